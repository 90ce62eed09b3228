//! Step 8, the graph: scikit-learn's graphs, one answer for dense and sparse, and what must not matter.
#![expect(
    clippy::float_cmp,
    reason = "weights of 0, ½ and 1, and numbers computed twice in one way"
)]

mod support;

use fiedler::ndarray::{Array1, Array2, Axis, array};
use fiedler::parameters::{Bandwidth, NeighborCount, max_min_distance};
use fiedler::{
    Error, Graph, GraphRule, Result, components, data, degrees, fiedler_vector, graph::Symmetry,
    normcut, rayleigh_quotient, similarity_matrix,
};
use proptest::prelude::*;
use serde_json::Value;
use support::{
    EPS, all_near, cases, complete, exactly, graph, graphs, graphs_and_splits, labels, list,
    matrix, near, number, ok, path, reference, refused, relatively_near, two_cliques, vector,
    whole,
};

/// The same graph kept sparse.
fn sparse(a: &Array2<f64>) -> Graph {
    let entries = a.indexed_iter().filter(|((i, j), w)| i <= j && **w > 0.0);
    let edges: Vec<_> = entries.map(|((i, j), &w)| (i, j, w)).collect();
    ok(Graph::from_edges(a.nrows(), &edges))
}

/// Random points of 4 to 20 rows and 1 to 3 columns, on a lattice so that ties and equal points occur.
fn points() -> impl Strategy<Value = Array2<f64>> {
    (4_usize..20, 1_usize..4, 2_i32..40).prop_flat_map(|(n, p, size)| {
        prop::collection::vec(0..size, n * p).prop_map(move |entries| {
            let entries = entries.into_iter().map(|entry| f64::from(entry) / 8.0);
            Array2::from_shape_vec((n, p), entries.collect()).expect("n times p entries")
        })
    })
}

/// One rule of every kind, for data of about unit size.
fn rules() -> Vec<GraphRule> {
    let k = NeighborCount::Fixed(3);
    vec![
        GraphRule::Epsilon(0.5),
        GraphRule::MaxMinEpsilon,
        GraphRule::nearest_neighbors(3),
        GraphRule::NearestNeighbors(k, Symmetry::Either),
        GraphRule::BridgedNearestNeighbors(k, None),
        GraphRule::MutualNearestNeighbors(k),
        GraphRule::gaussian(0.5),
        GraphRule::GaussianOnNearestNeighbors(Bandwidth::Fixed(0.5), k),
        GraphRule::LocalScaling(3),
    ]
}

fn built(rule: &GraphRule, x: &Array2<f64>) -> Array2<f64> {
    ok(ok(rule.build(x)).matrix())
}

// --- scikit-learn's graphs ----------------------------------------------------------------------------

/// Each small set of the reference: its points, and the case.
fn each_small_set(check: impl Fn(&Array2<f64>, usize, &Value)) {
    let reference = reference("graph");
    let sets = list(&reference["small"]);
    assert_eq!(sets.len(), 2);
    for case in sets {
        check(&matrix(&case["x"]), whole(&case["k"]), case);
    }
}

#[test]
fn neighbor_graphs_are_scikit_learns() {
    each_small_set(|x, k, case| {
        let average = ok(Graph::nearest_neighbors(x, Symmetry::Average, k));
        assert_eq!(ok(average.matrix()), matrix(&case["average"]));
        let either = ok(Graph::nearest_neighbors(x, Symmetry::Either, k));
        assert_eq!(ok(either.matrix()), matrix(&case["either"]));
        let mutual = ok(Graph::mutual_nearest_neighbors(x, k));
        assert_eq!(ok(mutual.matrix()), matrix(&case["mutual"]));
        assert!(!average.is_dense() && !either.is_dense() && !mutual.is_dense());
    });
}

#[test]
fn the_epsilon_graph_is_scikit_learns_and_has_the_edges_of_the_similarity_matrix() {
    each_small_set(|x, _, case| {
        let epsilon = number(&case["epsilon"]);
        let found = ok(Graph::epsilon(x, epsilon));
        assert_eq!(ok(found.matrix()), matrix(&case["radius"]));
        assert_eq!(ok(found.matrix()), ok(similarity_matrix(x, epsilon)));
    });
}

#[test]
fn gaussian_graphs_are_scikit_learns() {
    each_small_set(|x, k, case| {
        let sigma = number(&case["sigma"]);
        let (wanted, either) = (matrix(&case["gaussian"]), matrix(&case["either"]));
        // scikit-learn takes ‖x − y‖² from ‖x‖² + ‖y‖² − 2xᵀy, which is off by a few roundings of ‖x‖².
        let largest_square = x.mapv(|entry| entry * entry).sum_axis(Axis(1));
        let squares = largest_square.fold(0.0, |a: f64, &b| a.max(b));
        let tolerance = 16.0 * EPS * squares / (sigma * sigma);
        let dense = ok(Graph::gaussian(x, sigma));
        assert!(dense.is_dense());
        all_near(&ok(dense.matrix()), &wanted, tolerance);
        let on_neighbors = ok(Graph::gaussian_on_nearest_neighbors(x, sigma, k));
        all_near(&ok(on_neighbors.matrix()), &(wanted * either), tolerance);
    });
}

#[test]
fn local_scaling_is_the_papers_formula_in_numpy() {
    each_small_set(|x, k, case| {
        let found = ok(ok(Graph::local_scaling(x, k)).matrix());
        // exp(−t) has the relative error of t times t, and t·exp(−t) < 1.
        all_near(&found, &matrix(&case["local_scaling"]), 16.0 * EPS);
    });
    let moons = data::blog_moons();
    let wanted = vector(&reference("graph")["post"]["local_scaling_7_degrees"]);
    let found = ok(Graph::local_scaling(&moons.x, 7));
    // Sums of 200 such terms.
    all_near(found.degrees().iter().take(20), &wanted, 200.0 * 16.0 * EPS);
}

#[test]
fn the_posts_moons_by_ten_neighbors_have_scipys_spectrum() {
    let post = &reference("graph")["post"];
    let case = &post["neighbors_10"];
    let found = ok(Graph::nearest_neighbors(
        &data::blog_moons().x,
        Symmetry::Average,
        10,
    ));
    assert_eq!(found.edge_count(), whole(&case["edges"]));
    exactly(found.volume(), number(&case["volume"])); // nk, since every neighbour counts ½ at both ends
    let wanted = vector(&case["eigenvalues"]);
    let pairs = ok(found.smallest_eigenpairs(5));
    exactly(pairs.values[0], 0.0);
    // Both solvers are backward stable on matrices of norm 2: n·ε·2, and twice for the two of them.
    all_near(&pairs.values, &wanted, 4.0 * 200.0 * EPS);
    assert!(
        ok(found.residuals(&pairs.values, &pairs.vectors))
            .iter()
            .all(|&residual| residual <= 200.0 * EPS)
    );
}

#[test]
fn the_gaussian_degrees_of_the_posts_moons_are_scikit_learns() {
    let wanted = vector(&reference("graph")["post"]["gaussian_degrees"]);
    let found = ok(Graph::gaussian(&data::blog_moons().x, 0.25));
    // Squares of at most 5 over σ², a few roundings each, 200 of them.
    all_near(
        found.degrees().iter().take(20),
        &wanted,
        200.0 * 16.0 * EPS * 5.0 / 0.0625,
    );
}

#[test]
fn the_cut_of_many_clusters_is_numpys() {
    let post = &reference("graph")["post"];
    let four = labels(&post["four"]);
    let found = ok(Graph::epsilon(&data::blog_moons().x, 0.4));
    exactly(ok(found.cut(&four)), number(&post["cut_of_four"]));
    near(
        ok(found.normcut(&four)),
        number(&post["normcut_of_four"]),
        8.0 * EPS,
    );
}

// --- Known values -------------------------------------------------------------------------------------

#[test]
fn the_posts_graph_has_2258_edges_and_one_component() {
    let found = ok(Graph::epsilon(&data::blog_moons().x, 0.4));
    assert_eq!(found.edge_count(), 2258);
    assert_eq!(found.weighted_edges().count(), 2258);
    assert!(found.is_connected());
    assert_eq!(found.missing_links(), 0);
    exactly(found.volume(), 4516.0);
}

#[test]
fn two_neighbors_equally_far_are_ranked_by_index() {
    let case = &reference("graph")["grid"];
    let x = matrix(&case["x"]);
    let found = ok(Graph::nearest_neighbors(
        &x,
        Symmetry::Average,
        whole(&case["k"]),
    ));
    assert_eq!(ok(found.matrix()), matrix(&case["average"]));
    // The middle of a cross has four neighbours at distance 1: the first two count.
    let cross = array![[0., 0.], [1., 0.], [0., 1.], [-1., 0.], [0., -1.]];
    let mutual = ok(Graph::mutual_nearest_neighbors(&cross, 2));
    let neighbors: Vec<usize> = ok(mutual.neighbors(0)).iter().map(|pair| pair.0).collect();
    assert_eq!(neighbors, [1, 2]);
}

#[test]
fn k_counts_other_points_and_equal_ones_are_neighbors_at_distance_0() {
    let x = array![[0.0], [0.0], [5.0], [6.0]];
    let found = ok(Graph::mutual_nearest_neighbors(&x, 1));
    let edges: Vec<_> = found.weighted_edges().collect();
    assert_eq!(edges, [(0, 1, 1.0), (2, 3, 1.0)]);
    // Three equal points: the first two list each other, and the third lists the first.
    let x = array![[0.0], [0.0], [0.0], [9.0]];
    let found = ok(Graph::nearest_neighbors(&x, Symmetry::Average, 1));
    let edges: Vec<_> = found.weighted_edges().collect();
    assert_eq!(edges, [(0, 1, 1.0), (0, 2, 0.5), (0, 3, 0.5)]);
    // Where σᵢ is 0, equal points are still similar, and no other is.
    let scaled = ok(ok(Graph::local_scaling(&x, 2)).matrix());
    assert_eq!(scaled.row(0), array![0., 1., 1., 0.]);
}

#[test]
fn three_neighbors_split_the_spirals_and_mutual_ones_shatter_them() {
    let spirals = ok(data::spirals(300, 1.25, 0.01, 18));
    let either = ok(Graph::nearest_neighbors(&spirals.x, Symmetry::Either, 3));
    let same = |found: &Array1<usize>| {
        found
            .iter()
            .zip(&spirals.y)
            .all(|(f, y)| (f == &found[0]) == (y == &spirals.y[0]))
    };
    assert_eq!(either.component_count(), 2);
    assert!(same(&either.components()));
    let mutual = ok(Graph::mutual_nearest_neighbors(&spirals.x, 3));
    assert_eq!(mutual.component_count(), 12);
}

#[test]
fn a_narrow_gaussian_splits_the_spirals_and_a_wide_one_does_not() {
    let spirals = ok(data::spirals(300, 1.25, 0.01, 18));
    let right = |sigma: f64| {
        let pairs = ok(ok(Graph::gaussian(&spirals.x, sigma)).smallest_eigenpairs(2));
        let found = pairs
            .vectors
            .column(1)
            .mapv(|entry| usize::from(entry > 0.0));
        ok(fiedler::agreement(&found, &spirals.y))
    };
    exactly(right(0.07), 1.0);
    exactly(right(0.08), 1.0);
    let wide = right(fiedler::parameters::sigma_features(2));
    assert!(wide < 0.65, "{wide}");
}

// --- Dense and sparse ---------------------------------------------------------------------------------

proptest! {
    #![proptest_config(cases(96))]

    #[test]
    fn a_graph_has_the_degrees_the_components_and_the_fiedler_vector_of_its_matrix(a in graphs()) {
        let wanted = fiedler_vector(&a);
        for graph in [ok(Graph::from_matrix(a.clone())), sparse(&a)] {
            all_near(graph.degrees(), &ok(degrees(&a)), 1e-14 * (1.0 + a.sum()));
            prop_assert_eq!(graph.components(), ok(components(&a)));
            match (&wanted, graph.fiedler_vector()) {
                (Ok(wanted), Ok(found)) => {
                    near(found.value, wanted.value, 1e-12);
                    prop_assert!(found.residual < 1e-9);
                    // λ₃ may be near: then the vectors differ, and both solve the equation.
                    let rest = ok(rayleigh_quotient(&a, &found.vector));
                    near(rest, wanted.value, 1e-12);
                }
                (Err(wanted), Err(found)) => prop_assert_eq!(
                    std::mem::discriminant(wanted), std::mem::discriminant(&found)
                ),
                (wanted, found) => prop_assert!(false, "{wanted:?} and {found:?}"),
            }
        }
    }

    #[test]
    fn a_dense_graph_and_a_sparse_one_give_the_same_answers((a, y) in graphs_and_splits()) {
        let (n, dense, sparse) = (a.nrows(), ok(Graph::from_matrix(a.clone())), sparse(&a));
        prop_assert!(dense.is_dense() && !sparse.is_dense());
        prop_assert_eq!(dense.vertex_count(), sparse.vertex_count());
        prop_assert_eq!(dense.edge_count(), sparse.edge_count());
        prop_assert!(dense.weighted_edges().eq(sparse.weighted_edges()));
        prop_assert_eq!(ok(dense.matrix()), ok(sparse.matrix()));
        prop_assert_eq!(&ok(sparse.matrix()), &a);
        for i in 0..n {
            prop_assert_eq!(ok(dense.neighbors(i)), ok(sparse.neighbors(i)));
        }
        // A sum of n positive terms in another order: n roundings of it.
        let tolerance = n as f64 * EPS;
        for (dense, sparse) in dense.degrees().iter().zip(sparse.degrees()) {
            relatively_near(*dense, *sparse, tolerance);
        }
        relatively_near(dense.volume(), sparse.volume(), 2.0 * tolerance);
        prop_assert_eq!(dense.components(), sparse.components());
        prop_assert_eq!(dense.component_count(), sparse.component_count());
        prop_assert_eq!(dense.is_connected(), sparse.is_connected());
        prop_assert_eq!(dense.missing_links(), sparse.missing_links());
        prop_assert_eq!(dense.isolated_vertices(), sparse.isolated_vertices());
        let y = numbered(&y);
        prop_assert_eq!(ok(dense.cut(&y)), ok(sparse.cut(&y)));
        prop_assert_eq!(ok(dense.cuts(&y)), ok(sparse.cuts(&y)));
        prop_assert_eq!(ok(dense.vols(&y)), ok(sparse.vols(&y)));
        prop_assert_eq!(ok(dense.normcut(&y)), ok(sparse.normcut(&y)));
        let some: Vec<usize> = (0..n).step_by(2).collect();
        let (one, other) = (ok(dense.induced(&some)), ok(sparse.induced(&some)));
        prop_assert_eq!(ok(one.matrix()), ok(other.matrix()));
        let (one, other) = (ok(dense.smallest_eigenpairs(n)), ok(sparse.smallest_eigenpairs(n)));
        // Degrees off by n roundings move eigenvalues of size 2 by as much, twice.
        all_near(&one.values, &other.values, 16.0 * tolerance);
        for (graph, pairs) in [(&dense, &one), (&sparse, &other)] {
            let residuals = ok(graph.residuals(&pairs.values, &pairs.vectors));
            prop_assert!(residuals.iter().all(|&residual| residual <= 16.0 * tolerance), "{residuals}");
        }
        let ones = Array1::ones(n);
        let one = ok(dense.smallest_eigenpairs_with(&ones, n));
        let other = ok(sparse.smallest_eigenpairs_with(&ones, n));
        let largest = one.values[n - 1];
        all_near(&one.values, &other.values, 16.0 * tolerance * largest);
    }

    #[test]
    fn the_normcut_of_two_clusters_is_the_one_of_step_3((a, y) in graphs_and_splits()) {
        let found = ok(ok(Graph::from_matrix(a.clone())).normcut(&numbered(&y)));
        relatively_near(found, ok(normcut(&a, &y)), 4.0 * a.len() as f64 * EPS);
    }

    #[test]
    fn the_cuts_of_all_clusters_sum_to_twice_the_cut((a, y) in graphs_and_splits(), k in 2_usize..4) {
        let n = a.nrows();
        let y = Array1::from_shape_fn(n, |i| (y[i] + i) % k.min(n));
        let y = numbered(&y);
        let graph = ok(Graph::from_matrix(a));
        relatively_near(ok(graph.cuts(&y)).sum(), 2.0 * ok(graph.cut(&y)), 4.0 * EPS);
        relatively_near(ok(graph.vols(&y)).sum(), graph.volume(), (n * n) as f64 * EPS);
        let (found, clusters) = (ok(graph.normcut(&y)), y.iter().max().unwrap() + 1);
        prop_assert!((0.0..=clusters as f64).contains(&found));
    }

    #[test]
    fn an_induced_subgraph_has_the_entries_of_its_vertices(a in graphs(), seed in any::<u64>()) {
        let mut order: Vec<usize> = (0..a.nrows()).collect();
        data::RandomState::new(seed).shuffle(&mut order);
        order.truncate(2.max(a.nrows() / 2));
        let wanted = a.select(Axis(0), &order).select(Axis(1), &order);
        let again: Vec<usize> = order.iter().chain(&order).copied().collect();
        prop_assert_eq!(&ok(ok(sparse(&a).induced(&order)).matrix()), &wanted);
        prop_assert_eq!(&ok(ok(ok(Graph::from_matrix(a)).induced(&again)).matrix()), &wanted);
    }
}

/// Labels numbered 0, 1, … in order of first appearance.
fn numbered(y: &Array1<usize>) -> Array1<usize> {
    let mut seen: Vec<usize> = Vec::new();
    let mut number = |label: usize| {
        seen.iter()
            .position(|&other| other == label)
            .unwrap_or_else(|| {
                seen.push(label);
                seen.len() - 1
            })
    };
    y.iter().map(|&label| number(label)).collect()
}

// --- What must not matter -----------------------------------------------------------------------------

/// No two distances of the moons lie closer than this, so that rounding joins and parts no points.
const APART: f64 = 1e-7;

/// 30 points no two distances of which are nearly equal.
fn general_points() -> Array2<f64> {
    let x = ok(data::moons(30, 0.2, 3)).x;
    let mut distances = Vec::new();
    for i in 0..30 {
        for j in 0..i {
            let difference = &x.row(i) - &x.row(j);
            distances.push(difference.dot(&difference).sqrt());
        }
    }
    distances.extend([0.5, ok(max_min_distance(&x)) - 2.0 * APART]);
    distances.sort_by(f64::total_cmp);
    assert!(distances.windows(2).all(|pair| pair[1] - pair[0] > APART));
    x
}

#[test]
fn the_order_of_the_points_does_not_matter() {
    let x = general_points();
    let mut order: Vec<usize> = (0..30).collect();
    data::RandomState::new(0).shuffle(&mut order);
    for rule in rules() {
        let wanted = built(&rule, &x)
            .select(Axis(0), &order)
            .select(Axis(1), &order);
        assert_eq!(built(&rule, &x.select(Axis(0), &order)), wanted, "{rule:?}");
    }
}

#[test]
fn a_rotation_does_not_matter() {
    let x = general_points();
    let (sine, cosine) = 0.7_f64.sin_cos();
    let turned = x.dot(&array![[cosine, sine], [-sine, cosine]]);
    for rule in rules()
        .into_iter()
        .filter(|rule| *rule != GraphRule::MaxMinEpsilon)
    {
        // Distances of at most 3 off by a few roundings, over σ of at least .05 squared.
        all_near(
            &built(&rule, &turned),
            &built(&rule, &x),
            64.0 * EPS * 9.0 / 0.0025,
        );
    }
}

#[test]
fn the_place_of_the_origin_does_not_matter() {
    // On a lattice of eighths a move by 10⁸ is exact: x² + y² − 2xy would lose every distance.
    let x = general_points().mapv(|entry| (entry * 64.0).round() / 64.0);
    let moved = &x + 1e8;
    for rule in rules() {
        assert_eq!(built(&rule, &moved), built(&rule, &x), "{rule:?}");
    }
}

#[test]
fn the_unit_does_not_matter_when_epsilon_and_sigma_have_it_too() {
    let x = general_points();
    for unit in [0.125, 1024.0, 2_f64.powi(500), 2_f64.powi(-500)] {
        let larger = &x * unit;
        let same = |one: Result<Graph>, other: Result<Graph>| {
            // At the ends of f64 a distance is scaled first, and rounded once or twice more: exp(−t) has the
            // relative error of t times t, and t·exp(−t) < 1.
            all_near(&ok(ok(one).matrix()), &ok(ok(other).matrix()), 16.0 * EPS);
        };
        same(Graph::epsilon(&larger, 0.5 * unit), Graph::epsilon(&x, 0.5));
        same(
            Graph::gaussian(&larger, 0.5 * unit),
            Graph::gaussian(&x, 0.5),
        );
        same(
            Graph::local_scaling(&larger, 3),
            Graph::local_scaling(&x, 3),
        );
        let average = |x| Graph::nearest_neighbors(x, Symmetry::Average, 3);
        same(average(&larger), average(&x));
    }
}

proptest! {
    #![proptest_config(cases(96))]

    #[test]
    fn every_rule_builds_a_symmetric_graph_without_loops_or_refuses(x in points()) {
        for rule in rules() {
            let Ok(graph) = rule.build(&x) else {
                let all_equal = x.rows().into_iter().all(|row| row == x.row(0));
                prop_assert!(all_equal, "{rule:?}");
                continue;
            };
            let a = ok(graph.matrix());
            prop_assert_eq!(&a, &a.t());
            prop_assert!(a.diag().iter().all(|&entry| entry == 0.0));
            prop_assert!(a.iter().all(|entry| (0.0..=1.0).contains(entry)));
        }
    }

    #[test]
    fn mutual_neighbors_are_neighbors_and_the_average_lies_between(x in points(), k in 1_usize..4) {
        let Ok(mutual) = Graph::mutual_nearest_neighbors(&x, k) else { return Ok(()) };
        let either = ok(ok(Graph::nearest_neighbors(&x, Symmetry::Either, k)).matrix());
        let average = ok(ok(Graph::nearest_neighbors(&x, Symmetry::Average, k)).matrix());
        prop_assert_eq!((ok(mutual.matrix()) + either) / 2.0, &average);
        exactly(average.sum(), (x.nrows() * k) as f64);
    }
}

// --- The eigenpairs of any graph ----------------------------------------------------------------------

#[test]
fn every_component_gives_a_null_vector_that_is_constant_on_it() {
    let two = ok(Graph::from_matrix(two_cliques(4, 0.0)));
    let pairs = ok(two.smallest_eigenpairs(3));
    assert_eq!(
        pairs.values.slice(fiedler::ndarray::s![..2]),
        array![0.0, 0.0]
    );
    // Two complete graphs of 4: the third eigenvalue is 4/3.
    near(pairs.values[2], 4.0 / 3.0, 16.0 * EPS);
    let z = pairs.vectors.column(1);
    assert!((0..4).all(|i| z[i] == z[0] && z[4 + i] == z[4] && z[0] > 0.0 && z[4] < 0.0));
}

#[test]
fn with_masses_of_1_they_are_those_of_the_unnormalized_laplacian() {
    let n = 6;
    let pairs = ok(ok(Graph::from_matrix(path(n))).smallest_eigenpairs_with(&Array1::ones(n), n));
    let wanted = (0..n).map(|k| 2.0 - 2.0 * (std::f64::consts::PI * k as f64 / n as f64).cos());
    all_near(
        &pairs.values,
        &wanted.collect::<Vec<_>>(),
        4.0 * n as f64 * EPS,
    );
    // An isolated vertex is a component like any other.
    let lonely = ok(Graph::from_edges(3, &[(0, 1, 1.0)]));
    let pairs = ok(lonely.smallest_eigenpairs_with(&Array1::ones(3), 3));
    all_near(&pairs.values, &[0.0, 0.0, 2.0], 4.0 * EPS);
    assert_eq!(lonely.isolated_vertices(), [2]);
    assert_eq!(lonely.missing_links(), 1);
}

#[test]
fn the_laplacians_of_a_graph_are_those_of_its_matrix() {
    let moons = data::blog_moons();
    let graph = ok(Graph::epsilon(&moons.x, 0.4));
    let a = ok(graph.matrix());
    assert_eq!(ok(graph.laplacian()), ok(fiedler::laplacian(&a)));
    assert_eq!(
        ok(graph.random_walk_laplacian()),
        ok(fiedler::random_walk_laplacian(&a))
    );
    assert_eq!(
        ok(graph.symmetric_laplacian()),
        ok(fiedler::symmetric_laplacian(&a))
    );
    let apart = ok(Graph::from_edges(3, &[(0, 1, 1.0)]));
    ok(apart.laplacian());
    let alone = Error::IsolatedPoints {
        points: vec![2],
        advice: fiedler::error::Advice::default(),
    };
    assert_eq!(refused(apart.symmetric_laplacian()), alone);
    assert_eq!(refused(apart.random_walk_laplacian()), alone);
}

#[test]
fn the_degree_of_an_isolated_vertex_is_0_without_a_sign() {
    let graph = ok(Graph::from_edges(3, &[(0, 1, 1.0)]));
    assert!(graph.degrees()[2].is_sign_positive());
}

#[test]
fn a_loop_counts_once_in_the_degree() {
    let found = ok(Graph::from_edges(2, &[(0, 1, 1.0), (1, 1, 3.0)]));
    assert_eq!(found.degrees(), &array![1.0, 4.0]);
    assert_eq!(found.edge_count(), 2);
    exactly(ok(found.cut(&array![0, 1])), 1.0);
}

// --- Bad input ----------------------------------------------------------------------------------------

#[test]
fn a_number_of_neighbors_that_cannot_be_is_refused() {
    let x = array![[0.0], [1.0], [3.0]];
    for k in [0, 3, usize::MAX] {
        let wanted = Error::NeighborCount { k, n: 3 };
        assert_eq!(
            refused(Graph::nearest_neighbors(&x, Symmetry::Either, k)),
            wanted
        );
        assert_eq!(refused(Graph::mutual_nearest_neighbors(&x, k)), wanted);
        assert_eq!(
            refused(Graph::gaussian_on_nearest_neighbors(&x, 1.0, k)),
            wanted
        );
        assert_eq!(refused(Graph::local_scaling(&x, k)), wanted);
    }
}

#[test]
fn a_sigma_that_is_no_width_is_refused() {
    let x = array![[0.0], [1.0], [3.0]];
    for sigma in [0.0, -1.0, f64::NAN, f64::INFINITY] {
        for found in [
            Graph::gaussian(&x, sigma),
            Graph::gaussian_on_nearest_neighbors(&x, sigma, 1),
        ] {
            assert!(matches!(
                refused(found),
                Error::Parameter { name: "sigma", .. }
            ));
        }
    }
    for epsilon in [-0.1, f64::NAN] {
        assert!(matches!(
            refused(Graph::epsilon(&x, epsilon)),
            Error::Parameter { .. }
        ));
    }
}

#[test]
fn similarities_that_vanish_leave_isolated_vertices_and_those_that_nearly_do_are_refused() {
    let x = array![[0.0], [1.0], [9.0]];
    let far = ok(Graph::gaussian(&x, 0.2));
    assert_eq!(far.isolated_vertices(), [2]);
    assert_eq!(
        refused(far.smallest_eigenpairs(2)),
        Error::IsolatedPoints {
            points: vec![2],
            advice: fiedler::error::Advice::default()
        }
    );
    let none = ok(Graph::gaussian(&x, 0.01));
    assert_eq!(
        refused(none.smallest_eigenpairs(2)),
        Error::NoEdges {
            advice: fiedler::error::Advice::default()
        }
    );
    assert_eq!(
        refused(none.normcut(&array![0, 1, 1])),
        Error::NoEdges {
            advice: fiedler::error::Advice::default()
        }
    );
    // exp(−8²/2·0.4²) = 10⁻⁸⁷.
    assert!(matches!(
        refused(Graph::gaussian(&x, 0.4)),
        Error::TinyDegree { points, .. } if points == [2]
    ));
}

#[test]
fn points_that_are_none_or_one_or_equal_or_not_finite_are_refused() {
    let rules = rules();
    let of = |x: &Array2<f64>| -> Vec<Error> {
        rules.iter().map(|rule| refused(rule.build(x))).collect()
    };
    assert!(
        of(&Array2::zeros((0, 2)))
            .iter()
            .all(|error| *error == Error::NoPoints)
    );
    assert!(
        of(&Array2::zeros((1, 2)))
            .iter()
            .all(|error| *error == Error::OnePoint)
    );
    assert!(
        of(&Array2::zeros((2, 0)))
            .iter()
            .all(|error| *error == Error::NoColumns)
    );
    let nan = array![[0.0], [f64::NAN], [1.0], [2.0], [3.0]];
    assert!(
        of(&nan)
            .iter()
            .all(|error| matches!(error, Error::NotFinite { row: 1, .. }))
    );
    let equal = Array2::from_elem((5, 2), 7.5);
    for rule in &rules {
        match rule {
            // Equal points are all similar: that is a graph, if one without structure.
            GraphRule::Epsilon(_) | GraphRule::Gaussian(_) => {
                assert_eq!(built(rule, &equal), complete(5));
            }
            _ => assert_eq!(
                refused(rule.build(&equal)),
                Error::AllPointsEqual { n: 5 },
                "{rule:?}"
            ),
        }
    }
}

#[test]
fn coordinates_of_any_size_build_a_graph() {
    let x = general_points() * 1e200;
    for rule in [
        GraphRule::MaxMinEpsilon,
        GraphRule::nearest_neighbors(3),
        GraphRule::LocalScaling(3),
    ] {
        let graph = ok(rule.build(&x));
        assert!(
            graph.isolated_vertices().is_empty() && graph.degrees().iter().all(|d| d.is_finite())
        );
    }
    assert!(ok(Graph::gaussian(&x, 1e200)).is_connected());
    let ends = array![[-1.7e308], [1.7e308], [0.0], [1.0]];
    for rule in rules() {
        if let Ok(graph) = rule.build(&ends) {
            assert!(graph.degrees().iter().all(|d| d.is_finite()), "{rule:?}");
        }
    }
}

#[test]
fn a_matrix_that_is_no_similarity_is_refused() {
    let refused = |a| refused(Graph::from_matrix(a));
    assert!(matches!(
        refused(Array2::zeros((2, 3))),
        Error::NotSquare { .. }
    ));
    assert!(matches!(
        refused(array![[0., 1.], [2., 0.]]),
        Error::NotSymmetric { .. }
    ));
    assert!(matches!(
        refused(array![[0., -1.], [-1., 0.]]),
        Error::Negative { .. }
    ));
    assert!(matches!(
        refused(array![[0., f64::NAN], [f64::NAN, 0.]]),
        Error::NotFinite { .. }
    ));
    assert_eq!(refused(Array2::zeros((0, 0))), Error::NoPoints);
    assert_eq!(refused(Array2::zeros((1, 1))), Error::OnePoint);
    assert!(matches!(
        refused(array![[0., 1e200], [1e200, 0.]]),
        Error::Scale { .. }
    ));
}

#[test]
fn a_list_of_edges_that_is_no_graph_is_refused() {
    let refused = |n, edges: &[(usize, usize, f64)]| refused(Graph::from_edges(n, edges));
    assert_eq!(refused(0, &[]), Error::NoPoints);
    assert_eq!(refused(1, &[]), Error::OnePoint);
    let outside = Error::Vertex {
        edge: 1,
        vertex: 3,
        vertices: 3,
    };
    assert_eq!(refused(3, &[(0, 1, 1.0), (3, 1, 1.0)]), outside);
    for weight in [0.0, -1.0, f64::INFINITY] {
        assert_eq!(
            refused(3, &[(0, 1, weight)]),
            Error::Weight { edge: 0, weight }
        );
    }
    assert!(matches!(
        refused(3, &[(0, 1, f64::NAN)]),
        Error::Weight { edge: 0, .. }
    ));
    let twice = Error::DuplicateEdge {
        edge: 1,
        from: 1,
        to: 0,
    };
    assert_eq!(refused(3, &[(0, 1, 1.0), (1, 0, 2.0)]), twice);
    assert!(matches!(refused(2, &[(0, 1, 1e300)]), Error::Scale { .. }));
    assert!(matches!(refused(usize::MAX, &[]), Error::Count { .. }));
    // Without any edge it is still a graph, and one that cannot be cut.
    assert_eq!(ok(Graph::from_edges(3, &[])).component_count(), 3);
}

#[test]
fn vertices_labels_and_masses_that_do_not_fit_are_refused() {
    let found = ok(Graph::from_matrix(graph(3, [(0, 1, 1.0), (1, 2, 1.0)])));
    assert!(matches!(
        refused(found.neighbors(3)),
        Error::Vertex {
            vertex: 3,
            vertices: 3,
            ..
        }
    ));
    assert!(matches!(
        refused(found.induced(&[0, 9])),
        Error::Vertex {
            edge: 1,
            vertex: 9,
            ..
        }
    ));
    assert_eq!(refused(found.induced(&[])), Error::NoPoints);
    assert_eq!(refused(found.induced(&[1, 1])), Error::OnePoint);
    assert!(matches!(
        refused(found.cut(&array![0, 1])),
        Error::Length { .. }
    ));
    assert!(matches!(
        refused(found.cut(&array![0, 1, 7])),
        Error::Label { point: 2, .. }
    ));
    assert_eq!(
        refused(found.cut(&array![0, 2, 2])),
        Error::MissingLabel { label: 1 }
    );
    let lonely = ok(Graph::from_edges(3, &[(0, 1, 1.0)]));
    assert_eq!(
        refused(lonely.normcut(&array![0, 0, 1])),
        Error::EmptyCluster { label: 1 }
    );
    for count in [0, 4] {
        assert_eq!(
            refused(found.smallest_eigenpairs(count)),
            Error::ClusterCount { k: count, n: 3 }
        );
    }
    let short = found.smallest_eigenpairs_with(&Array1::ones(2), 1);
    assert!(matches!(refused(short), Error::Length { .. }));
    let none = found.smallest_eigenpairs_with(&array![1.0, 0.0, 1.0], 1);
    assert!(matches!(refused(none), Error::Value { .. }));
    let of_another = ok(ok(Graph::from_matrix(path(4))).smallest_eigenpairs(2));
    assert!(matches!(
        refused(found.residuals(&of_another.values, &of_another.vectors)),
        Error::Length { .. }
    ));
}

// --- Bridges ----------------------------------------------------------------------------------------

proptest! {
    #![proptest_config(cases(96))]

    #[test]
    fn bridges_join_the_nearest_pieces_until_as_many_are_left_as_wanted(x in points(), k in 1_usize..4, wanted in 1_usize..6) {
        let Ok(plain) = Graph::nearest_neighbors(&x, Symmetry::Average, k) else { return Ok(()) };
        let bridged = ok(Graph::bridged_nearest_neighbors(&x, k, wanted));
        prop_assert_eq!(bridged.component_count(), plain.component_count().min(wanted));
        let added: Vec<_> = bridged.weighted_edges().filter(|&(i, j, _)| {
            let old = ok(plain.neighbors(i));
            old.iter().all(|&(other, _)| other != j)
        }).collect();
        prop_assert_eq!(added.len(), plain.component_count() - bridged.component_count());
        prop_assert_eq!(bridged.edge_count(), plain.edge_count() + added.len());
        let length = |i: usize, j: usize| {
            let step = &x.row(i) - &x.row(j);
            step.dot(&step).sqrt()
        };
        // No two points of the pieces that are left are nearer than a bridge is long.
        let pieces = bridged.components();
        for (i, j, weight) in added {
            exactly(weight, 0.5);
            for a in 0..x.nrows() {
                for b in 0..a {
                    prop_assert!(pieces[a] == pieces[b] || length(a, b) >= length(i, j));
                }
            }
        }
    }
}

#[test]
fn a_bridged_graph_down_to_no_piece_is_refused() {
    let x = array![[0.0], [1.0], [3.0]];
    let error = refused(Graph::bridged_nearest_neighbors(&x, 1, 0));
    assert!(
        matches!(
            error,
            Error::Parameter {
                name: "the number of pieces",
                ..
            }
        ),
        "{error}"
    );
}
