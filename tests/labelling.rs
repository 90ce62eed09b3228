//! Step 10, the labels: four ways from an embedding to clusters, and the number of them.

mod support;

use fiedler::data::{blobs, blog_moons, circles, iris, moons, spirals};
use fiedler::ndarray::{Array1, Array2, Axis, array, s};
use fiedler::{
    Error, Graph, agreement,
    certificate::conductance,
    clustering::labels_above,
    eigh_symmetric,
    embedding::{Laplacian, eigenpairs, ng_jordan_weiss, shi_malik},
    graph::Symmetry,
    labelling::{Rotated, Sweep, discretize, eigengap, labels_by_kmeans, pivoted_qr, sweep},
    labels_by_sign,
    solvers::Solver,
};
use proptest::prelude::*;
use support::{
    EPS, FEW_ROUNDINGS, all_near, cases, complete, connected_graph, cycle, exactly, graphs,
    graphs_and_vectors, labels, largest, list, matrix, near, number, ok, path, reference, refused,
    relatively_near, text, two_cliques, vector, weights,
};

/// As in the proofs of the eigenvectors: ten roundings per row, on a matrix of norm 2 at most.
fn rounding(n: usize) -> f64 {
    10.0 * n as f64 * EPS
}

fn graph_of(a: &Array2<f64>) -> Graph {
    ok(Graph::from_matrix(a.clone()))
}

/// The w of the k smallest eigenvalues.
fn leading(graph: &Graph, k: usize) -> Array2<f64> {
    ok(eigenpairs(graph, Laplacian::Symmetric, k)).vectors
}

fn second(graph: &Graph) -> Array1<f64> {
    ok(graph.smallest_eigenpairs(2))
        .vectors
        .column(1)
        .to_owned()
}

/// Labels renumbered in order of first appearance: equal for equal splits.
fn in_order(labels: &Array1<usize>) -> Array1<usize> {
    let mut seen = Vec::new();
    labels.mapv(|label| {
        seen.iter()
            .position(|&old| old == label)
            .unwrap_or_else(|| {
                seen.push(label);
                seen.len() - 1
            })
    })
}

/// The labels of k clusters, by each way that takes a number of clusters.
fn each_way(graph: &Graph, k: usize) -> Vec<(&'static str, Array1<usize>)> {
    let (w, z) = (leading(graph, k), ok(graph.smallest_eigenpairs(k)).vectors);
    let unit = ok(ng_jordan_weiss(graph, k));
    vec![
        ("discretisation of w", ok(discretize(&w, 0)).labels),
        ("discretisation of z", ok(discretize(&z, 0)).labels),
        ("pivoted QR of w", ok(pivoted_qr(&w)).labels),
        ("pivoted QR of z", ok(pivoted_qr(&z)).labels),
        ("k-means of z", ok(labels_by_kmeans(&z, k, 0)).labels),
        (
            "k-means of unit rows",
            ok(labels_by_kmeans(&unit, k, 0)).labels,
        ),
    ]
}

/// R is orthogonal, the labels are the largest columns of what it turns, and are numbered as they appear.
fn is_sound(rows: &Array2<f64>, found: &Rotated, signed: bool) {
    let k = rows.ncols();
    assert!(
        largest(found.rotation.t().dot(&found.rotation) - Array2::<f64>::eye(k))
            <= 4.0 * rounding(k)
    );
    for (row, &label) in rows
        .dot(&found.rotation)
        .rows()
        .into_iter()
        .zip(&found.labels)
    {
        let row = if signed {
            row.to_owned()
        } else {
            row.mapv(f64::abs)
        };
        let most = row.fold(f64::NEG_INFINITY, |a: f64, &b| a.max(b));
        assert!(row[label] >= most - FEW_ROUNDINGS * largest(row.iter().copied()));
    }
    assert_eq!(found.labels, in_order(&found.labels));
    assert_eq!(found.labels.iter().max(), Some(&(k - 1)));
}

// --- The sweep --------------------------------------------------------------------------------------

proptest! {
    #![proptest_config(cases(96))]

    #[test]
    fn a_sweep_has_the_normcut_and_conductance_of_every_threshold((a, z) in graphs_and_vectors()) {
        let (n, graph) = (a.nrows(), graph_of(&a));
        let found = ok(sweep(&graph, &z));
        prop_assert_eq!(found.normcuts.len(), n - 1);
        for i in 0..n - 1 {
            let mut labels = Array1::ones(n);
            found.order[..=i].iter().for_each(|&vertex| labels[vertex] = 0);
            prop_assert!(z[found.order[i]] <= z[found.order[i + 1]]);
            let (cut, vols) = (ok(graph.cut(&labels)), ok(graph.vols(&labels)));
            relatively_near(found.normcuts[i], ok(graph.normcut(&labels)), terms_added(&graph));
            relatively_near(found.conductances[i], cut / vols[0].min(vols[1]), terms_added(&graph));
        }
        prop_assert_eq!(&found.labels, &ok(labels_above(&z, found.threshold)));
        claims_what_its_labels_have(&graph, &found);
    }

    #[test]
    fn a_sweep_keeps_every_digit_whatever_the_weights((graph, z) in graphs_of_any_weights()) {
        let n = graph.vertex_count();
        let found = ok(sweep(&graph, &z));
        for i in 0..n - 1 {
            let mut labels = Array1::ones(n);
            found.order[..=i].iter().for_each(|&vertex| labels[vertex] = 0);
            // Below the smallest normal number a quotient has fewer digits.
            let within = |wanted: f64| terms_added(&graph) * wanted + f64::MIN_POSITIVE;
            let (wanted, phi) = (ok(graph.normcut(&labels)), ok(conductance(&graph, &labels))[0]);
            near(found.normcuts[i], wanted, within(wanted));
            near(found.conductances[i], phi, within(phi));
        }
        claims_what_its_labels_have(&graph, &found);
    }

    #[test]
    fn the_best_threshold_is_no_worse_than_the_sign_and_keeps_cheegers_bounds(a in graphs()) {
        let (n, graph) = (a.nrows(), graph_of(&a));
        let pairs = ok(graph.smallest_eigenpairs(2));
        let z = pairs.vectors.column(1).to_owned();
        let found = ok(sweep(&graph, &z));
        let by_sign = ok(graph.normcut(&ok(labels_by_sign(&z))));
        let slack = rounding(n) * graph.volume() / graph.degrees().fold(f64::INFINITY, |a: f64, &b| a.min(b));
        prop_assert!(found.normcut <= by_sign + slack);
        // λ₂/2 ≤ φ ≤ √(2λ₂) (Chung 1997, §2.2, §2.3), and Ncut ≥ λ₂.
        let phi = found.conductances.fold(f64::INFINITY, |a: f64, &b| a.min(b));
        prop_assert!(pairs.values[1] / 2.0 <= phi + slack && phi <= (2.0 * pairs.values[1]).sqrt() + slack);
        prop_assert!(found.normcut >= pairs.values[1] - slack);
    }

    #[test]
    fn two_pieces_are_what_the_sweep_finds_with_a_cut_of_exactly_0(
        one in (2_usize..=9).prop_flat_map(|n| connected_graph(n, weights(-3.0, 3.0))),
        other in (2_usize..=9).prop_flat_map(|n| connected_graph(n, weights(-3.0, 3.0))),
    ) {
        let graph = side_by_side(&[one, other]);
        let found = ok(sweep(&graph, &second(&graph)));
        exactly(found.normcut, 0.0);
        prop_assert_eq!(in_order(&found.labels), graph.components());
        // Equal entries cannot be separated: one split has a value, all others have none.
        let finite = found.normcuts.iter().filter(|normcut| normcut.is_finite()).count();
        prop_assert_eq!(finite, 1);
        // A vector that tells more vertices apart gives the same, whatever rounding does to the sums.
        let z = second(&graph) + Array1::from_iter((0..graph.vertex_count()).map(|i| 1e-9 * i as f64 / graph.volume().sqrt()));
        exactly(ok(sweep(&graph, &z)).normcut, 0.0);
    }
}

/// Sums of positive terms in two orders: one rounding a term, and a few for the quotients.
fn terms_added(graph: &Graph) -> f64 {
    (2 * graph.edge_count() + 8) as f64 * EPS
}

/// The normalised cut that is returned is that of the labels, to the last bit, and no other threshold is better.
fn claims_what_its_labels_have(graph: &Graph, found: &Sweep) {
    exactly(found.normcut, ok(graph.normcut(&found.labels)));
    let least = |a: f64, &b: &f64| a.min(b);
    exactly(found.normcut, found.normcuts.fold(f64::INFINITY, least));
}

/// A connected graph and a vector on it. Weights from 1e-300 to 1e73, and as much as `Graph::from_edges` accepts: no
/// degree below 1e-75, and their sum below 1e75.
fn graphs_of_any_weights() -> impl Strategy<Value = (Graph, Array1<f64>)> {
    let tree_and_more = (3_usize..=40).prop_flat_map(|n| {
        let tree =
            prop::collection::vec((any::<prop::sample::Index>(), weights(-74.0, 73.0)), n - 1);
        let more = prop::collection::vec((0..n, 0..n, weights(-300.0, 73.0)), 0..3 * n);
        let order = Just((0..n).map(|i| i as f64 + 1.0).collect::<Vec<_>>()).prop_shuffle();
        (tree, more, order)
    });
    tree_and_more.prop_map(|(tree, more, z)| {
        let tree = tree.iter().enumerate();
        let tree = tree.map(|(i, (parent, weight))| (parent.index(i + 1), i + 1, *weight));
        let more = more
            .into_iter()
            .map(|(i, j, weight)| (i.min(j), i.max(j), weight));
        let mut edges: Vec<_> = tree.chain(more).collect();
        edges.sort_by_key(|&(i, j, _)| (i, j));
        edges.dedup_by_key(|&mut (i, j, _)| (i, j));
        (ok(Graph::from_edges(z.len(), &edges)), z.into())
    })
}

/// Two triangles joined by an edge, all of weight 1, and a vertex that hangs on the second one by this weight.
fn triangles_and_pendant(weight: f64) -> Graph {
    let unit = [(0, 1), (0, 2), (1, 2), (2, 3), (3, 4), (3, 5), (4, 5)];
    let mut edges: Vec<_> = unit.into_iter().map(|(i, j)| (i, j, 1.0)).collect();
    edges.push((5, 6, weight));
    ok(Graph::from_edges(7, &edges))
}

#[test]
fn a_tiny_edge_is_not_lost_beside_large_ones() {
    for weight in [1e-8, 1e-16, 1e-30, 1e-60] {
        let graph = triangles_and_pendant(weight);
        let found = ok(sweep(&graph, &array![-3., -2., -1., 1., 2., 3., 4.]));
        claims_what_its_labels_have(&graph, &found);
        assert_eq!(found.labels, array![0, 0, 0, 1, 1, 1, 1]);
        // Of the triangles: the edge 2–3 is cut, the volumes are 7 and 7 + 2w.
        relatively_near(
            found.normcut,
            1.0 / 7.0 + 1.0 / (7.0 + 2.0 * weight),
            FEW_ROUNDINGS,
        );
        // Of the vertex that hangs on them: all its volume is cut, and next to nothing of the others'.
        relatively_near(
            found.normcuts[5],
            1.0 + weight / (14.0 + weight),
            FEW_ROUNDINGS,
        );
        exactly(found.conductances[5], 1.0);
    }
    let graph = triangles_and_pendant(1e-16);
    let found = ok(sweep(&graph, &second(&graph)));
    claims_what_its_labels_have(&graph, &found);
    relatively_near(found.normcut, 2.0 / 7.0, FEW_ROUNDINGS);
}

#[test]
fn an_outlier_in_a_gaussian_graph_is_not_taken_for_a_cut_of_nothing() {
    let blobs = ok(blobs(30, 2, 2, 0.5, 0));
    for away in [6.0, 9.0, 12.0] {
        let mut x = blobs.x.clone();
        let far = x.fold(0.0, |far: f64, entry| far.max(entry.abs())) + away / 2_f64.sqrt();
        x.push_row(array![far, far].view()).expect("two columns");
        let graph = ok(Graph::gaussian(&x, 1.0));
        // Along the diagonal the outlier is the last one.
        let z = x.sum_axis(Axis(1));
        let found = ok(sweep(&graph, &z));
        assert_eq!(found.order[30], 30);
        relatively_near(found.normcuts[29], 1.0, 1e-6);
        claims_what_its_labels_have(&graph, &found);
    }
}

#[test]
fn every_threshold_of_a_path_cuts_one_edge() {
    for n in (2..70).chain([1000, 1023, 1024, 1025]) {
        let z = Array1::from_iter((0..n).map(|i| i as f64));
        let found = ok(sweep(&ok(fiedler::graph::known::path(n)), &z));
        for i in 0..n - 1 {
            let (left, right) = ((2 * i + 1) as f64, (2 * (n - 2 - i) + 1) as f64);
            exactly(found.conductances[i], 1.0 / left.min(right));
        }
    }
}

#[test]
fn the_order_in_which_rows_are_kept_does_not_count() {
    // So many points that the rows stand along a curve.
    let x = ok(moons(5000, 0.1, 0)).x;
    let along = ok(Graph::gaussian_on_nearest_neighbors(&x, 0.05, 10));
    let edges: Vec<_> = along.weighted_edges().collect();
    let by_vertex = ok(Graph::from_edges(5000, &edges));
    let z = x.column(0).to_owned();
    let (one, other) = (ok(sweep(&along, &z)), ok(sweep(&by_vertex, &z)));
    assert_eq!((one.order, one.labels), (other.order, other.labels));
    for (&one, &other) in one.normcuts.iter().zip(&other.normcuts) {
        relatively_near(one, other, rounding(5000));
    }
}

fn side_by_side(pieces: &[Array2<f64>]) -> Graph {
    let n = pieces.iter().map(Array2::nrows).sum();
    let mut a = Array2::zeros((n, n));
    let mut start = 0;
    for piece in pieces {
        let end = start + piece.nrows();
        a.slice_mut(s![start..end, start..end]).assign(piece);
        start = end;
    }
    graph_of(&a)
}

#[test]
fn the_best_threshold_on_the_posts_moons_is_the_truth() {
    let moons = blog_moons();
    let graph = ok(Graph::epsilon(&moons.x, 0.4));
    let found = ok(sweep(&graph, &second(&graph)));
    assert_eq!(in_order(&found.labels), in_order(&moons.y));
    exactly(ok(graph.cut(&found.labels)), 13.0);
    near(found.normcut, 0.011_518_412_331_615_225, FEW_ROUNDINGS);
    let by_sign = ok(labels_by_sign(&second(&graph)));
    near(
        ok(graph.normcut(&by_sign)),
        0.012_408_541_372_271_941,
        FEW_ROUNDINGS,
    );
    assert!(ok(agreement(&by_sign, &moons.y)) < 1.0);
}

#[test]
fn on_ten_nearest_neighbours_the_sweep_is_far_better_than_the_sign() {
    let wanted = &reference("labelling")["moons"];
    let graph = ok(Graph::nearest_neighbors(
        &ok(moons(200, 0.05, 2)).x,
        Symmetry::Average,
        10,
    ));
    let z = second(&graph);
    let by_sign = ok(graph.normcut(&ok(labels_by_sign(&z))));
    relatively_near(by_sign, number(&wanted["by_sign"]), rounding(200));
    let found = ok(sweep(&graph, &z)).normcut;
    relatively_near(found, number(&wanted["by_sweep"]), rounding(200));
    assert!(found < 0.3 * by_sign);
}

#[test]
fn a_threshold_cannot_separate_equal_entries() {
    let graph = graph_of(&path(5));
    let found = ok(sweep(&graph, &array![2.0, 1.0, 1.0, 1.0 + 1e-15, 0.0]));
    assert_eq!(found.order, [4, 1, 2, 3, 0]);
    let finite: Vec<bool> = found
        .normcuts
        .iter()
        .map(|normcut| normcut.is_finite())
        .collect();
    assert_eq!(finite, [true, false, false, true]);
    assert!(
        !found
            .normcuts
            .iter()
            .chain(&found.conductances)
            .any(|value| value.is_nan())
    );
    near(found.threshold, 0.5, 0.0);
    let constant = Array1::from_elem(5, 0.3);
    assert_eq!(
        refused(sweep(&graph, &constant)),
        Error::FewerClusters { asked: 2, found: 1 }
    );
    // The side of an isolated vertex has volume 0.
    let lonely = ok(Graph::from_edges(3, &[(0, 2, 1.0)]));
    let found = ok(sweep(&lonely, &array![0.0, -1.0, 1.0]));
    assert!(found.normcuts[0].is_infinite());
    near(found.normcuts[1], 2.0, 0.0);
}

// --- As others do it --------------------------------------------------------------------------------

#[test]
fn scikit_learn_has_the_same_labels() {
    let wanted = reference("labelling");
    let knn = |x: &Array2<f64>, k| ok(Graph::nearest_neighbors(x, Symmetry::Average, k));
    let graphs = [
        ("post", ok(Graph::epsilon(&blog_moons().x, 0.4)), 2),
        ("moons", knn(&ok(moons(200, 0.05, 2)).x, 10), 2),
        ("circles", knn(&ok(circles(200, 0.05, 0.4, 0)).x, 10), 2),
        ("four_blobs", knn(&ok(blobs(200, 2, 4, 1.0, 42)).x, 30), 4),
    ];
    for (name, graph, k) in graphs {
        let w = leading(&graph, k);
        let wanted = &wanted[name];
        assert_eq!(
            ok(discretize(&w, 0)).labels,
            labels(&wanted["discretize"]),
            "{name}"
        );
        assert_eq!(
            ok(pivoted_qr(&w)).labels,
            labels(&wanted["cluster_qr"]),
            "{name}"
        );
    }
    let w = matrix(&wanted["three_blobs"]["embedding"]);
    assert_eq!(
        ok(discretize(&w, 7)).labels,
        labels(&wanted["three_blobs"]["discretize"])
    );
    assert_eq!(
        ok(pivoted_qr(&w)).labels,
        labels(&wanted["three_blobs"]["cluster_qr"])
    );
    // Rows without any clusters: nothing but the recipe decides.
    let raw = matrix(&wanted["no_structure"]["embedding"]);
    assert_eq!(
        ok(pivoted_qr(&raw)).labels,
        labels(&wanted["no_structure"]["cluster_qr"])
    );
    assert_eq!(
        text(&wanted["four_blobs"]["truth"]),
        text(&wanted["four_blobs"]["cluster_qr"])
    );
    assert!(list(&wanted["no_structure"]["embedding"]).len() == 30);
}

proptest! {
    #![proptest_config(cases(48))]

    #[test]
    fn k_pieces_are_the_k_clusters_of_every_way(
        pieces in prop::collection::vec((2_usize..=8).prop_flat_map(|n| connected_graph(n, weights(-1.0, 1.0))), 1..6),
    ) {
        let graph = side_by_side(&pieces);
        for (name, labels) in each_way(&graph, pieces.len()) {
            prop_assert_eq!(labels, graph.components(), "{}", name);
        }
    }

    #[test]
    fn the_rotation_is_orthogonal_and_the_labels_are_its_largest_columns(
        n in 6_usize..30, k in 1_usize..6, seed in any::<u64>(),
    ) {
        let mut rng = fiedler::data::RandomState::new(seed);
        let rows = Array2::from_shape_simple_fn((n, k), || rng.standard_normal());
        for (found, signed) in [(discretize(&rows, seed), true), (pivoted_qr(&rows), false)] {
            match found {
                Ok(found) => is_sound(&rows, &found, signed),
                Err(Error::FewerClusters { asked, found }) => prop_assert!(asked == k && found < k),
                Err(other) => prop_assert!(false, "{other}"),
            }
        }
    }

    #[test]
    fn no_rotation_and_no_labels_alone_bring_the_rows_nearer(seed in 0_u64..1000) {
        let mut rng = fiedler::data::RandomState::new(seed);
        let rows = Array2::from_shape_simple_fn((20, 3), || rng.standard_normal());
        let lengths = rows.map_axis(Axis(1), |row| row.dot(&row).sqrt());
        let unit = &rows / &lengths.insert_axis(Axis(1));
        let found = ok(discretize(&rows, seed));
        let distance = |labels: &Array1<usize>, rotation: &Array2<f64>| {
            let mut rest = unit.dot(rotation);
            labels.iter().enumerate().for_each(|(i, &label)| rest[[i, label]] -= 1.0);
            rest.iter().map(|entry| entry * entry).sum::<f64>()
        };
        let reached = distance(&found.labels, &found.rotation);
        for i in 0..20 {
            let mut labels = found.labels.clone();
            labels[i] = (labels[i] + 1) % 3;
            prop_assert!(distance(&labels, &found.rotation) >= reached - rounding(20));
        }
        for (i, j) in [(0, 1), (0, 2), (1, 2)] {
            for angle in [-0.5_f64, -1e-3, 1e-3, 0.5, 3.0] {
                let mut turn = Array2::eye(3);
                (turn[[i, i]], turn[[j, j]]) = (angle.cos(), angle.cos());
                (turn[[i, j]], turn[[j, i]]) = (-angle.sin(), angle.sin());
                prop_assert!(distance(&found.labels, &found.rotation.dot(&turn)) >= reached - rounding(20));
            }
        }
    }
}

// --- What must not count ----------------------------------------------------------------------------

/// Three cliques of different sizes, a weak edge between each two.
fn three_cliques() -> (Array2<f64>, Array1<usize>) {
    let truth: Array1<usize> = array![0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2];
    let mut a = Array2::from_shape_fn((15, 15), |(i, j)| {
        f64::from(u8::from(i != j && truth[i] == truth[j]))
    });
    for (i, j, weight) in [(4, 5, 0.1), (8, 9, 0.2), (14, 0, 0.05)] {
        a[[i, j]] = weight;
        a[[j, i]] = weight;
    }
    (a, truth)
}

#[test]
fn permuting_the_vertices_permutes_the_labels() {
    let (a, truth) = three_cliques();
    let mut order: Vec<usize> = (0..15).collect();
    for seed in 0..5 {
        fiedler::data::RandomState::new(seed).shuffle(&mut order);
        let permuted = Array2::from_shape_fn((15, 15), |(i, j)| a[[order[i], order[j]]]);
        let wanted = in_order(&truth.select(Axis(0), &order));
        for (name, labels) in each_way(&graph_of(&permuted), 3) {
            assert_eq!(labels, wanted, "{name}");
        }
        let z = second(&graph_of(&a));
        let found = ok(sweep(&graph_of(&a), &z)).labels.select(Axis(0), &order);
        let again = ok(sweep(&graph_of(&permuted), &z.select(Axis(0), &order)));
        assert_eq!(again.labels, found);
    }
}

#[test]
fn the_scale_of_the_weights_does_not_count() {
    let (a, truth) = three_cliques();
    for scale in [1e-70, 1.0, 1e70] {
        let graph = graph_of(&(&a * scale));
        for (name, labels) in each_way(&graph, 3) {
            assert_eq!(labels, truth, "{name}, {scale:e}");
        }
        let split = ok(sweep(&graph, &second(&graph)));
        let wanted = ok(sweep(&graph_of(&a), &second(&graph_of(&a))));
        assert_eq!(split.labels, wanted.labels);
        relatively_near(split.normcut, wanted.normcut, rounding(15));
    }
    for beyond in [1e76, 1e-78] {
        assert!(matches!(
            refused(Graph::from_matrix(&a * beyond)),
            Error::Scale { .. }
        ));
    }
}

#[test]
fn the_scale_of_the_rows_does_not_count() {
    let w = leading(&graph_of(&three_cliques().0), 3);
    for scale in [1e-300, 1e-70, 1e70, 1e300] {
        assert_eq!(
            ok(pivoted_qr(&(&w * scale))).labels,
            ok(pivoted_qr(&w)).labels
        );
        assert_eq!(
            ok(discretize(&(&w * scale), 3)).labels,
            ok(discretize(&w, 3)).labels
        );
    }
}

#[test]
fn the_same_seed_gives_the_same_answer() {
    let rows = matrix(&reference("labelling")["no_structure"]["embedding"]);
    for seed in [0, 1, u64::MAX] {
        assert_eq!(ok(discretize(&rows, seed)), ok(discretize(&rows, seed)));
        let k = |seed| ok(labels_by_kmeans(&rows, 4, seed));
        assert_eq!(k(seed), k(seed));
    }
}

// --- The ends ---------------------------------------------------------------------------------------

#[test]
fn one_cluster_is_all_and_n_clusters_are_one_vertex_each() {
    for a in [path(6), complete(6), cycle(6), two_cliques(3, 0.1)] {
        let graph = graph_of(&a);
        for (name, labels) in each_way(&graph, 1) {
            assert_eq!(labels, Array1::<usize>::zeros(6), "{name}");
        }
        for (name, labels) in each_way(&graph, 6) {
            assert_eq!(labels, Array1::from_iter(0..6), "{name}");
        }
    }
}

#[test]
fn a_complete_graph_has_no_embedding_and_no_eigengap_but_the_first() {
    let graph = graph_of(&complete(6));
    assert_eq!(
        refused(shi_malik(&graph, 2)),
        Error::NoStructure {
            n: 6,
            advice: fiedler::error::Advice::default()
        }
    );
    let values = ok(graph.smallest_eigenpairs(6)).values;
    assert_eq!(ok(eigengap(&values)).clusters, 1);
}

#[test]
fn fewer_groups_than_asked_are_never_passed_off() {
    let fewer = |found| Error::FewerClusters { asked: 3, found };
    // Two different rows, three columns.
    let rows = array![
        [1., 2., 0.],
        [1., 2., 0.],
        [0., 1., 1.],
        [0., 1., 1.],
        [1., 2., 0.]
    ];
    assert_eq!(refused(labels_by_kmeans(&rows, 3, 0)), fewer(2));
    assert_eq!(refused(discretize(&rows, 0)), fewer(2));
    assert_eq!(refused(pivoted_qr(&rows)), fewer(2));
    let zeros = Array2::zeros((5, 3));
    assert_eq!(refused(labels_by_kmeans(&zeros, 3, 0)), fewer(1));
    assert_eq!(refused(discretize(&zeros, 0)), fewer(1));
    assert_eq!(refused(pivoted_qr(&zeros)), fewer(0));
}

// --- Many clusters ----------------------------------------------------------------------------------

/// k triangles, each hung on the one before by an edge of this weight; 0 for none.
fn triangles(k: usize, weight: f64) -> (Graph, Array1<usize>) {
    let mut edges = Vec::new();
    for first in (0..k).map(|triangle| 3 * triangle) {
        edges.extend([(0, 1), (0, 2), (1, 2)].map(|(i, j)| (first + i, first + j, 1.0)));
        if weight > 0.0 && first > 0 {
            edges.push((first - 1, first, weight));
        }
    }
    let truth = (0..3 * k).map(|i| i / 3).collect();
    (ok(Graph::from_edges(3 * k, &edges)), truth)
}

#[test]
fn as_many_clusters_as_triangles_are_found_by_every_way() {
    for weight in [0.0, 0.01, 0.1] {
        for k in [25, 60, 130] {
            let (graph, truth) = triangles(k, weight);
            for (name, labels) in each_way(&graph, k) {
                assert_eq!(labels, truth, "{name}, {k} triangles, {weight}");
            }
        }
    }
}

#[test]
fn the_many_pairs_that_many_clusters_take_are_found_by_elimination_and_a_copy_is_not_missed() {
    let mut rng = fiedler::data::RandomState::new(0);
    let mut edges = Vec::new();
    for first in (0..40).map(|block| 8 * block) {
        let pairs = (0..8).flat_map(|i| (0..i).map(move |j| (first + j, first + i)));
        edges.extend(pairs.map(|(i, j)| (i, j, 1.0 + 0.1 * rng.standard_normal().abs())));
        if first > 0 {
            let other = rng.randint(u32::try_from(first).expect("few")) as usize;
            edges.push((other, first, 0.5));
        }
    }
    let blocks = ok(Graph::from_edges(320, &edges));
    // Forty equal cliques around a hub: every eigenvalue but a few has 39 copies, which single vectors do not see.
    let spokes = (0..40).flat_map(|clique| {
        let first = 1 + 6 * clique;
        let pairs = (0..6).flat_map(move |i| (0..i).map(move |j| (first + j, first + i, 1.0)));
        pairs.chain([(0, first, 0.5)])
    });
    let hub = ok(Graph::from_edges(241, &spokes.collect::<Vec<_>>()));
    for (graph, solver) in [(blocks, Solver::Elimination), (hub, Solver::Dense)] {
        let (pairs, report) = ok(graph.smallest_eigenpairs_by(Solver::Auto, 41));
        assert_eq!(report.solver, solver, "{}", report.reason);
        let wanted = ok(eigh_symmetric(&ok(graph.matrix())));
        support::same_eigenpairs(&pairs, &wanted, graph.degrees(), rounding(320));
    }
}

#[test]
fn many_clusters_are_the_same_for_any_number_of_threads() {
    let mut rng = fiedler::data::RandomState::new(0);
    let rows = Array2::from_shape_simple_fn((700, 40), || rng.standard_normal());
    let all = || {
        (
            discretize(&rows, 0),
            pivoted_qr(&rows),
            labels_by_kmeans(&rows, 40, 0),
        )
    };
    let with = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
        pool.expect("threads").install(all)
    };
    let one = with(1);
    assert!(one.0.is_ok() && one.1.is_ok() && one.2.is_ok());
    assert_eq!(one, with(2));
    assert_eq!(one, with(5));
}

proptest! {
    #![proptest_config(cases(8))]

    #[test]
    fn the_rotation_of_many_columns_is_orthogonal_too(k in 26_usize..60, more in 0_usize..200, seed in any::<u64>()) {
        let mut rng = fiedler::data::RandomState::new(seed);
        let rows = Array2::from_shape_simple_fn((k + more, k), || rng.standard_normal());
        for (found, signed) in [(discretize(&rows, seed), true), (pivoted_qr(&rows), false)] {
            match found {
                Ok(found) => is_sound(&rows, &found, signed),
                Err(Error::FewerClusters { asked, found }) => prop_assert!(asked == k && found < k),
                Err(other) => prop_assert!(false, "{other}"),
            }
        }
    }

    #[test]
    fn rows_of_too_low_a_rank_are_refused_with_the_rank(k in 26_usize..60, less in 1_usize..20, seed in any::<u64>()) {
        let mut rng = fiedler::data::RandomState::new(seed);
        let left = Array2::from_shape_simple_fn((2 * k, k - less), || rng.standard_normal());
        let rows = left.dot(&Array2::from_shape_simple_fn((k - less, k), || rng.standard_normal()));
        prop_assert_eq!(refused(pivoted_qr(&rows)), Error::FewerClusters { asked: k, found: k - less });
    }
}

#[test]
fn bad_input_is_refused_by_name() {
    let rows = |n, k| Array2::<f64>::ones((n, k));
    let mut broken = rows(4, 2);
    broken[[2, 1]] = f64::INFINITY;
    for way in [|x: &Array2<f64>| discretize(x, 0), pivoted_qr] {
        assert_eq!(refused(way(&rows(0, 2))), Error::NoPoints);
        assert_eq!(refused(way(&rows(2, 0))), Error::NoColumns);
        assert_eq!(
            refused(way(&rows(2, 3))),
            Error::ClusterCount { k: 3, n: 2 }
        );
        assert!(matches!(
            refused(way(&broken)),
            Error::NotFinite {
                row: 2,
                column: 1,
                ..
            }
        ));
    }
    assert_eq!(
        refused(labels_by_kmeans(&rows(2, 2), 3, 0)),
        Error::ClusterCount { k: 3, n: 2 }
    );
    let graph = graph_of(&path(3));
    assert!(matches!(
        refused(sweep(&graph, &array![1.0, 2.0])),
        Error::Length {
            name: "z",
            found: 2,
            points: 3
        }
    ));
    assert!(matches!(
        refused(sweep(&graph, &array![1.0, f64::NAN, 0.0])),
        Error::VectorNotFinite { index: 1, .. }
    ));
    assert!(matches!(
        refused(sweep(&graph, &array![1e200, 1.0, 0.0])),
        Error::VectorScale { .. }
    ));
    let bare = graph_of(&Array2::zeros((3, 3)));
    assert_eq!(
        refused(sweep(&bare, &array![1.0, 2.0, 3.0])),
        Error::NoEdges {
            advice: fiedler::error::Advice::default()
        }
    );
}

// --- How many ---------------------------------------------------------------------------------------

#[test]
fn the_eigengap_counts_pieces_and_nearly_pieces() {
    let (a, _) = three_cliques();
    let found = ok(eigengap(&ok(graph_of(&a).smallest_eigenpairs(15)).values));
    assert_eq!((found.clusters, found.gaps.len()), (3, 14));
    for k in 1..5 {
        let pieces = side_by_side(&vec![complete(4); k]);
        let values = ok(pieces.smallest_eigenpairs(4 * k)).values;
        let found = ok(eigengap(&values));
        assert_eq!(found.clusters, k);
        near(found.gaps[k - 1], 4.0 / 3.0, rounding(4 * k)); // λ = n/(n − 1) of a complete graph
        all_near(
            &found.gaps,
            &(&values.slice(s![1..]) - &values.slice(s![..-1])),
            0.0,
        );
    }
}

#[test]
fn the_eigengap_does_not_see_the_two_moons() {
    let wanted = vector(&reference("labelling")["post"]["first_values"]);
    let values = ok(ok(Graph::epsilon(&blog_moons().x, 0.4)).smallest_eigenpairs(13)).values;
    all_near(&values, &wanted, rounding(200));
    // The widest of the gaps grows with the number of values looked at: 2 clusters are seen among three only.
    let clusters = |count: usize| ok(eigengap(&values.slice(s![..count]).to_owned())).clusters;
    assert_eq!([3, 5, 8, 13].map(clusters), [2, 4, 6, 10]);
    // But λ₃ is 5.9 times λ₂, and nothing leaps after that: this gap stands out, however many follow.
    let clear = |count: usize| ok(eigengap(&values.slice(s![..count]).to_owned())).clear;
    assert_eq!([3, 5, 8, 13].map(clear), [Some(2); 4]);
}

/// What stands out among the first 5, 9, 11 and 16 eigenvalues of a graph: the same each time.
fn clear(graph: &Graph) -> Option<usize> {
    let values = ok(graph.smallest_eigenpairs(16)).values;
    let among = |count: usize| ok(eigengap(&values.slice(s![..count]).to_owned())).clear;
    let found = among(16);
    assert_eq!([5, 9, 11].map(among), [found; 3], "{values}");
    found
}

#[test]
fn where_the_number_of_clusters_is_known_the_eigengap_says_it_or_that_it_does_not_know() {
    let nearest = |x: &Array2<f64>| ok(Graph::nearest_neighbors(x, Symmetry::Average, 10));
    for (noise, seed, wanted) in [(0.05, 0, Some(2)), (0.05, 1, Some(2)), (0.1, 0, None)] {
        let x = ok(moons(200, noise, seed)).x;
        assert_eq!(clear(&nearest(&x)), wanted, "moons {noise} {seed}");
    }
    assert_eq!(clear(&nearest(&blog_moons().x)), None);
    assert_eq!(clear(&ok(Graph::epsilon(&blog_moons().x, 0.4))), Some(2));
    assert_eq!(clear(&nearest(&ok(circles(500, 0.02, 0.5, 0)).x)), Some(2));
    assert_eq!(clear(&nearest(&ok(circles(200, 0.05, 0.5, 0)).x)), None);
    for (n, turns, noise, seed, wanted) in [
        (300, 1.25, 0.01, 18, None),
        (300, 2.0, 0.01, 1, None),
        (1000, 1.25, 0.02, 2, Some(2)),
    ] {
        let x = ok(spirals(n, turns, noise, seed)).x;
        assert_eq!(clear(&nearest(&x)), wanted, "spirals {n} {turns}");
    }
    for centers in 2..=4 {
        for spread in [0.5, 1.0, 1.5] {
            let x = ok(blobs(300, 2, centers, spread, 42)).x;
            assert_eq!(clear(&nearest(&x)), Some(centers), "{centers} {spread}");
        }
    }
    // The species are three, and two of them overlap.
    assert_eq!(clear(&nearest(&iris().x)), Some(2));
    // One cloud: it does not fall apart, or nobody knows.
    assert_eq!(clear(&nearest(&ok(blobs(300, 5, 1, 1.0, 0)).x)), Some(1));
    assert_eq!(clear(&nearest(&ok(blobs(300, 2, 1, 1.0, 0)).x)), None);
    // A line of points, each joined to several others.
    let line = Array2::from_shape_fn((100, 1), |(i, _)| i as f64);
    for k in [2, 4, 6, 10] {
        let graph = ok(Graph::nearest_neighbors(&line, Symmetry::Average, k));
        assert_eq!(clear(&graph), None, "{k}");
    }
}

proptest! {
    #![proptest_config(cases(48))]

    #[test]
    fn paths_and_rings_side_by_side_are_as_many_clusters_as_they_are_pieces(
        pieces in prop::collection::vec((3_usize..30, any::<bool>()), 1..5)
    ) {
        let matrices = pieces.iter().map(|&(n, closed)| if closed { cycle(n) } else { path(n) });
        let matrices: Vec<Array2<f64>> = matrices.collect();
        let graph = side_by_side(&matrices);
        let values = ok(graph.smallest_eigenpairs(graph.vertex_count())).values;
        for count in pieces.len() + 1..=values.len() {
            let found = ok(eigengap(&values.slice(s![..count]).to_owned())).clear;
            if pieces.len() > 1 {
                prop_assert_eq!(found, Some(pieces.len()));
            } else {
                prop_assert!(found.is_none_or(|k| k == 1));
            }
        }
    }
}

#[test]
fn eigenvalues_without_a_gap_or_out_of_order_are_refused_by_name() {
    for values in [array![0.0, 0.0, 0.0], array![0.5, 0.5 + 1e-16]] {
        let (index, multiplicity) = (values.len(), values.len());
        let error = refused(eigengap(&values));
        assert!(
            matches!(error, Error::RepeatedEigenvalue { index: i, multiplicity: m, .. } if i == index && m == Some(multiplicity))
        );
    }
    for values in [array![], array![0.0]] {
        let error = refused(eigengap(&values));
        assert!(
            matches!(
                error,
                Error::Count {
                    name: "the number of eigenvalues",
                    ..
                }
            ),
            "{error}"
        );
    }
    let error = refused(eigengap(&array![0.0, 2.0, 1.0]));
    assert!(
        matches!(
            error,
            Error::Value {
                what: "an eigenvalue",
                value: 1.0,
                ..
            }
        ),
        "{error}"
    );
    assert!(matches!(
        refused(eigengap(&array![0.0, f64::NAN])),
        Error::VectorNotFinite { index: 1, .. }
    ));
    // A step down by rounding is none.
    assert_eq!(ok(eigengap(&array![0.0, -1e-17, 1.0])).clusters, 2);
}
