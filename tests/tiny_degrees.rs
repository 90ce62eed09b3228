//! A vertex of tiny degree takes the place that its neighbours give it, and spoils nobody else's.

mod support;

use fiedler::ndarray::{Array1, Array2, array, s};
use fiedler::{
    Error, Graph, GraphRule, Isolated, Labelling, SpectralClustering, agreement, eig_random_walk,
    eigh_generalized, eigh_symmetric, embedding::Laplacian, fiedler_vector, labelling::sweep,
    solvers::Solver,
};
use proptest::collection::vec;
use proptest::prelude::*;
use support::{EVERY_LABELLING, cases, near, ok, refused};

/// Two edges that a weak one joins, and a vertex that hangs on them by almost nothing.
fn chain(weight: f64) -> Graph {
    ok(Graph::from_edges(
        5,
        &[(0, 1, 1.0), (1, 2, 0.1), (2, 3, 1.0), (3, 4, weight)],
    ))
}

/// Triangles 0 1 2 and 3 4 5, joined by ½, and vertex 6 on vertex 0.
fn triangles(weight: f64) -> Graph {
    ok(Graph::from_edges(
        7,
        &[
            (0, 1, 1.0),
            (0, 2, 1.0),
            (1, 2, 1.0),
            (3, 4, 1.0),
            (3, 5, 1.0),
            (4, 5, 1.0),
            (2, 3, 0.5),
            (6, 0, weight),
        ],
    ))
}

/// Two blocks of six points, and one far away.
fn blocks(outlier: [f64; 2]) -> Array2<f64> {
    let mut x = Array2::zeros((13, 2));
    for (i, left) in [0.0, 0.5, 1.0, 3.0, 3.5, 4.0].into_iter().enumerate() {
        for j in 0..2 {
            x.row_mut(2 * i + j).assign(&array![left, j as f64 / 2.0]);
        }
    }
    x.row_mut(12).assign(&Array1::from(outlier.to_vec()));
    x
}

/// Whether these are the same two clusters, whatever they are called.
fn same(labels: &Array1<usize>, truth: &Array1<usize>) -> bool {
    ok(agreement(labels, truth)) > 1.0 - ROUNDING
}

const WEIGHTS: [f64; 8] = [1e-12, 1e-20, 1e-28, 1e-31, 1e-34, 1e-45, 1e-60, 1e-74];
/// A few roundings of a small, well-conditioned problem.
const ROUNDING: f64 = 1e-12;

#[test]
fn the_fiedler_vector_agrees_with_arithmetic_of_110_digits() {
    // tests/reference/tiny_degrees.py, at the weight 1e-60; below 1e-20 no digit shown here depends on it.
    let chain_z = [
        0.511_766_315_719_159,
        0.465_242_105_199_235,
        -0.465_242_105_199_235,
        -0.511_766_315_719_159,
        -0.562_942_947_291_075,
    ];
    let triangles_z = [
        0.304_569_380_920_244,
        0.304_569_380_920_244,
        0.227_112_279_565_361,
        -0.227_112_279_565_361,
        -0.304_569_380_920_244,
        -0.304_569_380_920_244,
        0.348_940_031_933_459,
    ];
    for weight in WEIGHTS.into_iter().filter(|&weight| weight <= 1e-20) {
        for (graph, value, wanted) in [
            (chain(weight), 1.0 / 11.0, &chain_z[..]),
            (triangles(weight), 0.127_158_385_259_952, &triangles_z[..]),
        ] {
            let a = ok(graph.matrix());
            let found = ok(fiedler_vector(&a));
            near(found.value, value, ROUNDING);
            assert!(found.residual < ROUNDING);
            let mut vectors = vec![found.vector];
            for solver in [Solver::Dense, Solver::Elimination] {
                let (pairs, _) = ok(graph.smallest_eigenpairs_by(solver, 2));
                near(pairs.values[1], value, ROUNDING);
                vectors.push(pairs.vectors.column(1).to_owned());
            }
            for all in [
                eigh_symmetric(&a),
                eigh_generalized(&a),
                eig_random_walk(&a),
            ] {
                let all = ok(all);
                near(all.values[1], value, ROUNDING);
                vectors.push(all.vectors.column(1).to_owned());
            }
            for z in vectors {
                let sign = (z[0] * wanted[0]).signum();
                for (found, wanted) in z.iter().zip(wanted) {
                    near(sign * found, *wanted, ROUNDING);
                }
            }
        }
    }
}

#[test]
fn labels_and_normalised_cut_are_those_without_the_weak_edge() {
    for weight in WEIGHTS {
        for labelling in EVERY_LABELLING {
            for laplacian in [Laplacian::RandomWalk, Laplacian::Symmetric] {
                let estimator = SpectralClustering::new()
                    .labels(labelling)
                    .laplacian(laplacian);
                let found = ok(estimator.fit_graph(&chain(weight)));
                if laplacian == Laplacian::Symmetric && labelling == Labelling::KMeans {
                    // Its rows are w, where the vertex stands beside 0 wherever it belongs.
                    continue;
                }
                assert!(
                    same(&found.labels, &array![0, 0, 1, 1, 1]),
                    "{weight:e} {labelling:?}"
                );
                near(found.certificate.normcut, 1.0 / 10.5, 1e-9);
                let found = ok(estimator.fit_graph(&triangles(weight)));
                assert!(
                    same(&found.labels, &array![0, 0, 0, 1, 1, 1, 0]),
                    "{weight:e} {labelling:?}"
                );
                near(found.certificate.normcut, 0.153_846_153_846, 1e-9);
                assert!(
                    found
                        .certificate
                        .residuals
                        .iter()
                        .all(|&residual| residual < 1e-12)
                );
            }
        }
    }
}

#[test]
fn an_outlier_of_twelve_sigma_joins_the_side_that_its_neighbours_are_on() {
    // Beside the middle: at (2, 14) itself it is as far from both, and any side is right.
    for (at, label) in [([1.9, 14.0], 0), ([2.1, 14.0], 1)] {
        let x = blocks(at);
        let mut truth = Array1::from_iter((0..13).map(|i| usize::from(i >= 6)));
        truth[12] = label;
        for labelling in [Labelling::Sign, Labelling::KMeans, Labelling::Sweep] {
            let found = ok(SpectralClustering::new()
                .graph(GraphRule::gaussian(1.0))
                .labels(labelling)
                .fit(&x));
            near(found.certificate.normcut, 0.081_503_709_015_472_5, 1e-12);
            // To a sweep both sides of the vertex cost the same to the last digit.
            if labelling != Labelling::Sweep {
                assert!(same(&found.labels, &truth), "{labelling:?}");
            }
        }
    }
    let graph = ok(Graph::gaussian(&blocks([2.0, 14.0]), 1.0));
    let z = ok(graph.smallest_eigenpairs(2))
        .vectors
        .column(1)
        .to_owned();
    near(
        ok(sweep(&graph, &z)).normcut,
        0.081_503_709_015_472_5,
        1e-12,
    );
}

#[test]
fn a_cluster_of_tiny_degrees_is_one() {
    // A triangle of 1e-40 beside two of 1, joined to them by 1e-44: its share of the volume is nothing, its normalised cut
    // 1e-4 is the smallest there is, and a fourth vertex hangs on it by 1e-70.
    let mut edges = vec![(2, 3, 0.5), (5, 6, 1e-44), (8, 9, 1e-70)];
    for (first, weight) in [(0, 1.0), (3, 1.0), (6, 1e-40)] {
        for (i, j) in [(0, 1), (0, 2), (1, 2)] {
            edges.push((first + i, first + j, weight));
        }
    }
    let graph = ok(Graph::from_edges(10, &edges));
    for solver in [Solver::Auto, Solver::Dense, Solver::Elimination] {
        let found = ok(SpectralClustering::new().solver(solver).fit_graph(&graph));
        let truth = array![0, 0, 0, 0, 0, 0, 1, 1, 1, 1];
        assert!(same(&found.labels, &truth), "{solver:?}");
        // 1e-44 over a volume of 6e-40.
        near(found.certificate.normcut, 1e-4 / 6.0, 1e-8);
        let found = ok(SpectralClustering::new()
            .clusters(3)
            .ng_jordan_weiss()
            .solver(solver)
            .fit_graph(&graph));
        assert_eq!(
            found.labels,
            array![0, 0, 0, 1, 1, 1, 2, 2, 2, 2],
            "{solver:?}"
        );
    }
}

#[test]
fn a_residual_sees_what_stands_at_a_tiny_vertex() {
    let graph = triangles(1e-60);
    let mut pairs = ok(graph.smallest_eigenpairs(2));
    assert!(ok(graph.residuals(&pairs.values, &pairs.vectors))[1] < ROUNDING);
    pairs.vectors[[6, 1]] = -0.3;
    assert!(ok(graph.residuals(&pairs.values, &pairs.vectors))[1] > 0.1);
}

#[test]
fn vertices_too_tiny_to_divide_by_are_all_named_and_the_policies_take_them() {
    // exp(−25²/2) is 1e-136.
    let mut x = blocks([2.0, 25.5]);
    x.push_row(array![30.0, 0.0].view()).expect("two columns");
    let fit = |policy| {
        SpectralClustering::new()
            .graph(GraphRule::gaussian(1.0))
            .isolated(policy)
            .fit(&x)
    };
    let Error::TinyDegree { points, degree } = refused(fit(Isolated::Refuse)) else {
        panic!("another error")
    };
    assert_eq!(points, [12, 13]);
    assert!(degree < 1e-130 && degree > 0.0);
    let found = ok(fit(Isolated::OwnLabel));
    assert_eq!(found.isolated, [12, 13]);
    let joined = found.labels.slice(s![..12]).to_owned();
    let truth: Array1<usize> = (0..12).map(|i| usize::from(i >= 6)).collect();
    assert!(same(&joined, &truth));
    assert_eq!((found.labels[12], found.labels[13]), (2, 3));
    let found = ok(fit(Isolated::NearestCluster));
    assert_eq!(found.labels[13], found.labels[11]);
    near(found.certificate.normcut, 0.081_503_709_015_472_5, 1e-12);
}

#[test]
fn an_eigenvalue_that_multigrid_passes_over_is_missed() {
    // A chain whose end weighs 1e-48 of the rest, and has an eigenvalue of 5e-9 of its own.
    let unit = [
        (3, 10),
        (8, 11),
        (0, 5),
        (4, 5),
        (1, 7),
        (2, 8),
        (1, 10),
        (6, 10),
        (9, 10),
        (5, 12),
        (12, 13),
        (13, 14),
        (14, 15),
        (15, 16),
        (16, 17),
    ];
    let mut edges: Vec<_> = unit.iter().map(|&(i, j)| (i, j, 1.0)).collect();
    edges.extend([(17, 18, 1e-56), (18, 19, 1e-48), (19, 20, 1e-57)]);
    let graph = ok(Graph::from_edges(21, &edges));
    // Three components, then 5e-9: 1e-56 over the 2e-48 of two vertices.
    near(ok(graph.smallest_eigenpairs(4)).values[3] / 5e-9, 1.0, 1e-6);
    match graph.smallest_eigenpairs_by(Solver::Multigrid, 4) {
        Ok((pairs, _)) => near(pairs.values[3] / 5e-9, 1.0, 1e-3),
        Err(error) => assert!(error.to_string().contains("passed over"), "{error}"),
    }
}

#[test]
fn a_model_without_some_of_its_points_knows_them_all_the_same() {
    // One neighbour each: without the third point the rule would have nothing to be built of.
    let x = array![[0.0], [0.0], [1039.0]];
    let rule = GraphRule::GaussianOnNearestNeighbors(1.0.into(), 1.into());
    for policy in [Isolated::NearestCluster, Isolated::OwnLabel] {
        let fitted = ok(SpectralClustering::new()
            .clusters(1)
            .graph(rule)
            .isolated(policy)
            .fit(&x));
        assert_eq!(ok(fitted.predict(&x)).slice(s![..2]), array![0, 0]);
    }
    let mut x = blocks([2.0, 25.5]);
    x.push_row(array![30.0, 0.0].view()).expect("two columns");
    let fitted = ok(SpectralClustering::new()
        .graph(GraphRule::gaussian(1.0))
        .isolated(Isolated::NearestCluster)
        .fit(&x));
    assert_eq!(ok(fitted.predict(&x)), fitted.labels);
}

proptest! {
    #![proptest_config(cases(300))]

    #[test]
    fn a_pendant_vertex_follows_its_neighbour_however_thin_its_edge(
        n in 4..12_usize,
        weights in vec(0.1..1.0_f64, 12 * 11 / 2),
        at in 0..4_usize,
        exponent in 20.0..70.0_f64,
        more in 0.0..4.0_f64,
    ) {
        // Any graph whose second eigenvalue stands alone, and a chain of two vertices that hangs on it.
        let mut edges = Vec::new();
        let pairs = (0..n).flat_map(|i| (0..i).map(move |j| (j, i)));
        for ((i, j), weight) in pairs.zip(weights) {
            if (i < n / 2) == (j < n / 2) || j == i + 1 {
                edges.push((i, j, weight));
            }
        }
        let bare = ok(Graph::from_edges(n, &edges));
        let Ok(whole) = fiedler_vector(&ok(bare.matrix())) else {
            return Ok(());
        };
        let pairs = ok(bare.smallest_eigenpairs(n.min(3)));
        prop_assume!(pairs.values[2] - pairs.values[1] > 1e-3 && whole.value < 0.9);
        let weight = 10_f64.powf(-exponent);
        let thinner = weight * 10_f64.powf(-more);
        let share = thinner / (weight + thinner);
        // The chain by itself, fixed where it hangs, has 1 − √share: below it nothing lives on the chain.
        prop_assume!(whole.value < 1.0 - share.sqrt() - 0.05);
        edges.extend([(at, n, weight), (n, n + 1, thinner)]);
        let graph = ok(Graph::from_edges(n + 2, &edges));
        let dense = ok(Graph::from_matrix(ok(graph.matrix())));
        for found in [
            ok(fiedler_vector(&ok(graph.matrix()))).vector,
            ok(graph.smallest_eigenpairs(2)).vectors.column(1).to_owned(),
            ok(dense.smallest_eigenpairs(2)).vectors.column(1).to_owned(),
        ] {
            let sign = (found[at] * whole.vector[at]).signum();
            for i in 0..n {
                near(sign * found[i], whole.vector[i], 1e-10);
            }
            // Its rows: (w + t)(1 − λ)z = w z_at + t z', and (1 − λ)z' = z.
            let rest = 1.0 - whole.value;
            let wanted = (1.0 - share) * found[at] / (rest - share / rest);
            near(found[n], wanted, 1e-10 * (1.0 + wanted.abs()));
            near(found[n + 1], wanted / rest, 1e-10 * (1.0 + wanted.abs() / rest));
        }
    }
}
