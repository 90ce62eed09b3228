//! What the errors say: true for this caller, and their advice works when it is followed.

mod support;

use fiedler::data::moons;
use fiedler::ndarray::{Array1, Array2, array, concatenate};
use fiedler::parameters::{
    Bandwidth, NeighborCount, connecting_distance, max_min_distance, mean_neighbor_distance,
    median_distance,
};
use fiedler::solvers::{Convergence, lanczos};
use fiedler::{
    Error, Graph, GraphRule, Isolated, Labelling, SpectralClustering, agreement,
    characteristics::characteristics,
    components,
    error::Advice,
    fiedler_vector,
    graph::Symmetry,
    labelling::{labels_by_kmeans, pivoted_qr},
    similarity_matrix,
    solvers::Solver,
    spectral_clustering,
};
use fiedler::{graph::known, ndarray::Axis};
use proptest::prelude::*;
use support::{cases, graph, ok, path};

/// The error itself, with the advice that came with it.
#[track_caller]
fn told<T>(result: fiedler::Result<T>) -> Error {
    result.map(|_| "accepted").expect_err("a refusal")
}

#[track_caller]
fn says(error: &Error, wanted: &[&str], unwanted: &[&str]) {
    let text = error.to_string();
    for part in wanted {
        assert!(text.contains(part), "no `{part}` in: {text}");
    }
    for part in unwanted {
        assert!(!text.contains(part), "`{part}` in: {text}");
    }
}

/// The number that a message gives behind these words.
#[track_caller]
fn number_behind(error: &Error, words: &str) -> f64 {
    let text = error.to_string();
    let rest = text
        .split(words)
        .nth(1)
        .unwrap_or_else(|| panic!("no `{words}` in: {text}"));
    let number = rest
        .trim_start()
        .split([' ', ',', ';'])
        .next()
        .expect("a word");
    number
        .parse()
        .unwrap_or_else(|_| panic!("{number} in: {text}"))
}

/// What only those can change who chose it.
const PARAMETERS: [&str; 4] = ["epsilon", "sigma", "more neighbours", "Isolated::"];

/// `pieces` pairs of points, each a unit wide, ten apart.
fn pairs(pieces: usize) -> Array2<f64> {
    Array2::from_shape_fn((2 * pieces, 1), |(i, _)| (10 * (i / 2) + i % 2) as f64)
}

#[test]
fn a_caller_with_a_matrix_is_told_of_edges_and_of_no_parameter() {
    let isolated = told(fiedler_vector(&graph(4, [(0, 1, 1.0), (1, 2, 0.5)])));
    says(
        &isolated,
        &["1 isolated", ": 3;", "or drop them"],
        &PARAMETERS,
    );
    assert!(fiedler_vector(&graph(3, [(0, 1, 1.0), (1, 2, 0.5)])).is_ok());

    let none = told(fiedler_vector(&Array2::zeros((3, 3))));
    says(&none, &["no edge", "positive similarity"], &PARAMETERS);

    let three = graph(6, [(0, 1, 1.0), (2, 3, 1.0), (4, 5, 1.0)]);
    let pieces = told(fiedler_vector(&three));
    says(
        &pieces,
        &[
            "3 pieces of 2, 2, 2 points",
            "join them by edges",
            "`components`",
        ],
        &PARAMETERS,
    );
    let joined = graph(
        6,
        [
            (0, 1, 1.0),
            (2, 3, 1.0),
            (4, 5, 1.0),
            (1, 2, 0.5),
            (3, 4, 0.1),
        ],
    );
    assert!(fiedler_vector(&joined).is_ok());
    assert_eq!(ok(components(&three)), array![0, 0, 1, 1, 2, 2]);

    let alike = Array2::from_shape_fn((5, 5), |(i, j)| f64::from(u8::from(i != j)));
    let structure = told(fiedler_vector(&alike));
    says(
        &structure,
        &["5 points", "equally similar", "similarities that differ"],
        &PARAMETERS,
    );
    let mut differing = alike;
    differing[[0, 1]] = 3.0;
    differing[[1, 0]] = 3.0;
    differing[[0, 2]] = 2.0;
    differing[[2, 0]] = 2.0;
    let after = fiedler_vector(&differing);
    assert!(!matches!(after, Err(Error::NoStructure { .. })));
}

#[test]
fn what_follows_the_first_ten_pieces_is_called_pieces() {
    let edges: Vec<_> = (0..50)
        .flat_map(|piece| (0..3).map(move |i| (4 * piece + i, 4 * piece + i + 1, 1.0)))
        .collect();
    let error = told(fiedler_vector(&graph(200, edges)));
    says(
        &error,
        &["50 pieces, ten of 4, 4,", "and 40 more pieces"],
        &["40 more points"],
    );
}

#[test]
fn an_epsilon_too_small_names_one_that_works() {
    let x = concatenate![Axis(0), pairs(3), array![[100.0]]];
    for (epsilon, cause) in [
        (
            0.5,
            Error::NoEdges {
                advice: Advice::default(),
            },
        ),
        (
            1.0,
            Error::IsolatedPoints {
                points: vec![6],
                advice: Advice::default(),
            },
        ),
    ] {
        let error = told(spectral_clustering(&x, epsilon));
        assert_eq!(error, cause);
        says(&error, &["raise epsilon to"], &["Isolated::", "sigma"]);
        let advised = number_behind(&error, "raise epsilon to");
        assert!(spectral_clustering(&x, advised).is_ok(), "{error}");
    }
    let error = told(spectral_clustering(&pairs(3), 1.0));
    assert!(matches!(error, Error::TooManyComponents { .. }));
    let advised = number_behind(&error, "raise epsilon to");
    assert!(spectral_clustering(&pairs(3), advised).is_ok(), "{error}");
}

#[test]
fn an_epsilon_too_large_is_to_be_lowered() {
    let x = pairs(3);
    let error = told(spectral_clustering(&x, 100.0));
    assert_eq!(
        error,
        Error::NoStructure {
            n: 6,
            advice: Advice::default()
        }
    );
    says(
        &error,
        &["lower epsilon to"],
        &["sigma", "similarities that differ"],
    );
    let advised = number_behind(&error, "lower epsilon to");
    assert!(spectral_clustering(&x, advised).is_ok());
}

#[test]
fn isolated_points_refused_by_the_estimator_name_the_policies_that_accept_them() {
    let x = concatenate![Axis(0), pairs(2), array![[100.0]]];
    let estimator = SpectralClustering::new().graph(GraphRule::Epsilon(1.0));
    let error = told(estimator.fit(&x));
    says(
        &error,
        &[
            "`Isolated::OwnLabel`",
            "`Isolated::NearestCluster`",
            "raise epsilon to",
        ],
        &["sigma"],
    );
    for policy in [Isolated::OwnLabel, Isolated::NearestCluster] {
        let found = ok(estimator.isolated(policy).fit(&x));
        assert_eq!(found.labels.len(), 5);
    }
    // A graph alone knows no nearest point.
    let lonely = ok(Graph::epsilon(&x, 1.0));
    let error = told(estimator.fit_graph(&lonely));
    says(
        &error,
        &["`Isolated::OwnLabel`", "neighbours"],
        &["NearestCluster", "epsilon", "sigma"],
    );
    assert!(
        estimator
            .isolated(Isolated::OwnLabel)
            .fit_graph(&lonely)
            .is_ok()
    );
    let error = told(
        estimator
            .isolated(Isolated::NearestCluster)
            .fit_graph(&lonely),
    );
    assert!(matches!(error, Error::NoCoordinates { .. }));
    says(
        &error,
        &["a graph alone has none", "`Isolated::OwnLabel`"],
        &["3.0", "1.0"],
    );
}

#[test]
fn more_pieces_than_clusters_can_be_clusters() {
    let x = pairs(4);
    let one_neighbour = GraphRule::nearest_neighbors(1);
    let estimator = SpectralClustering::new().graph(one_neighbour);
    let error = told(estimator.fit(&x));
    says(
        &error,
        &["4 pieces", "take more neighbours", "ask for 4 clusters"],
        &["epsilon", "sigma"],
    );
    assert_eq!(ok(estimator.clusters(4).fit(&x)).clusters, 4);
    assert!(
        estimator
            .graph(GraphRule::nearest_neighbors(3))
            .fit(&x)
            .is_ok()
    );
    let error = told(estimator.fit_graph(&ok(one_neighbour.build(&x))));
    says(
        &error,
        &["join them by edges", "ask for 4 clusters"],
        &["epsilon", "sigma", "neighbours"],
    );
    let bridged = |pieces| GraphRule::BridgedNearestNeighbors(1.into(), pieces);
    says(
        &told(estimator.graph(bridged(Some(3))).fit(&x)),
        &["bridge it down to fewer pieces", "ask for 3 clusters"],
        &["epsilon", "sigma"],
    );
    assert!(estimator.graph(bridged(Some(2))).fit(&x).is_ok());
    // Sign and sweep have two clusters and no more.
    let error = told(estimator.labels(Labelling::Sweep).fit(&x));
    says(&error, &["`components` labels them"], &["ask for"]);
}

#[test]
fn copies_that_part_a_graph_are_named_and_without_them_it_holds() {
    let moons = ok(moons(60, 0.05, 1)).x;
    // Each point seven times, the first of them eight.
    let which: Vec<usize> = (0..7).flat_map(|_| 0..60).chain([0]).collect();
    let x = moons.select(Axis(0), &which);
    let estimator = SpectralClustering::new().graph(GraphRule::nearest_neighbors(5));
    let error = told(estimator.fit(&x));
    assert!(matches!(error, Error::TooManyComponents { .. }), "{error}");
    says(
        &error,
        &[
            "point 0 stands 8 times",
            "its 5 nearest",
            "drop the copies, or take 40 neighbours",
        ],
        &["epsilon", "sigma"],
    );
    assert!(estimator.fit(&moons).is_ok());
    let enough = GraphRule::nearest_neighbors(40);
    assert!(estimator.graph(enough).fit(&x).is_ok());
    // And where ε = 0 joins copies alone.
    let twice = array![[0.0], [0.0], [5.0], [5.0], [9.0], [9.0]];
    let error = told(
        SpectralClustering::new()
            .graph(GraphRule::MaxMinEpsilon)
            .fit(&twice),
    );
    says(&error, &["only copies of one point are joined"], &[]);
    let epsilon = number_behind(&error, "raise epsilon to");
    assert!(
        SpectralClustering::new()
            .graph(GraphRule::Epsilon(epsilon))
            .fit(&twice)
            .is_ok()
    );
}

#[test]
fn no_epsilon_is_advised_where_none_works() {
    let x = array![[0.0], [0.0], [5.0], [5.0], [5.0]];
    let error = told(
        SpectralClustering::new()
            .clusters(1)
            .graph(GraphRule::Epsilon(0.0))
            .fit(&x),
    );
    says(
        &error,
        &["no epsilon joins all", "ask for 2 clusters"],
        &["raise epsilon"],
    );
    assert!(
        SpectralClustering::new()
            .clusters(2)
            .graph(GraphRule::Epsilon(0.0))
            .fit(&x)
            .is_ok()
    );
    let error = told(spectral_clustering(&x, 9.0));
    says(
        &error,
        &["no epsilon joins all", "another graph"],
        &["lower"],
    );
    let gaussian = SpectralClustering::new().graph(GraphRule::gaussian(5.0));
    let found = ok(gaussian.fit(&x)).labels;
    assert!(ok(agreement(&found, &array![0, 0, 1, 1, 1])) > 0.99);
    let simplex = Array2::eye(3);
    let error = told(spectral_clustering(&simplex, 2.0));
    says(&error, &["equally far from each other"], &["epsilon"]);
}

#[test]
fn where_all_points_are_equal_no_parameter_is_blamed() {
    let equal = Array2::from_elem((6, 2), 3.0);
    for rule in [
        GraphRule::Epsilon(1.0),
        GraphRule::MaxMinEpsilon,
        GraphRule::nearest_neighbors(5),
        GraphRule::MutualNearestNeighbors(NeighborCount::Fixed(2)),
        GraphRule::gaussian(1.0),
        GraphRule::LocalScaling(2),
    ] {
        let error = told(SpectralClustering::new().graph(rule).fit(&equal));
        assert_eq!(error, Error::AllPointsEqual { n: 6 }, "{rule:?}");
    }
    assert_eq!(
        told(spectral_clustering(&equal, 1.0)),
        Error::AllPointsEqual { n: 6 }
    );
}

#[test]
fn a_graph_where_all_are_neighbours_is_mended_by_fewer_and_a_wide_gaussian_by_a_smaller_sigma() {
    let x = ok(moons(12, 0.05, 3)).x;
    let all = SpectralClustering::new().graph(GraphRule::nearest_neighbors(11));
    let error = told(all.fit(&x));
    assert_eq!(
        error,
        Error::NoStructure {
            n: 12,
            advice: Advice::default()
        }
    );
    says(&error, &["take fewer neighbours"], &["epsilon", "sigma"]);
    assert!(all.graph(GraphRule::nearest_neighbors(4)).fit(&x).is_ok());
    let bridged = |k: usize| GraphRule::BridgedNearestNeighbors(k.into(), None);
    says(
        &told(all.graph(bridged(11)).fit(&x)),
        &["take fewer neighbours"],
        &["epsilon", "sigma"],
    );
    assert!(all.graph(bridged(4)).fit(&x).is_ok());
    let wide = all.graph(GraphRule::gaussian(1e12));
    let error = told(wide.fit(&x));
    says(&error, &["lower sigma"], &["epsilon", "neighbours"]);
    assert!(all.graph(GraphRule::gaussian(0.5)).fit(&x).is_ok());
}

#[test]
fn a_sigma_too_small_is_to_be_raised() {
    let x = Array2::from_shape_fn((6, 1), |(i, _)| i as f64);
    for narrow in [0.05, 0.03] {
        let gaussians = [
            Graph::gaussian(&x, narrow),
            Graph::gaussian_on_nearest_neighbors(&x, narrow, 2),
        ];
        for built in gaussians {
            let error = told(built);
            assert!(
                matches!(error, Error::SmallSigma { name: "sigma", .. }),
                "{error}"
            );
            says(
                &error,
                &["sigma is too small", "raise it"],
                &["divide them", "largest", "epsilon"],
            );
        }
        let error = told(
            SpectralClustering::new()
                .graph(GraphRule::gaussian(narrow))
                .fit(&x),
        );
        says(
            &error,
            &["sigma is too small", "raise it"],
            &["divide them"],
        );
    }
    // All similarities are 0 there.
    let error = told(
        SpectralClustering::new()
            .graph(GraphRule::gaussian(0.01))
            .fit(&x),
    );
    assert_eq!(
        error,
        Error::NoEdges {
            advice: Advice::default()
        }
    );
    says(&error, &["raise sigma"], &["epsilon"]);
    assert!(
        SpectralClustering::new()
            .graph(GraphRule::gaussian(0.5))
            .fit(&x)
            .is_ok()
    );
    // A matrix is divided by its largest entry.
    let tiny = path(4) * 1e-200;
    let error = told(fiedler_vector(&tiny));
    says(&error, &["divide them all by the largest"], &["sigma"]);
    assert!(fiedler_vector(&(&tiny / 1e-200)).is_ok());
}

#[test]
fn a_label_other_than_0_and_1_is_named_with_its_place() {
    let error = told(agreement(&array![3, 9, 3], &array![0, 1, 0]));
    assert_eq!(error, Error::NotZeroOrOne { point: 0, label: 3 });
    says(
        &error,
        &["point 0 is 3", "numbered 0 and 1"],
        &["[0, 1, 3]", "different"],
    );
    let renumbered = array![3, 9, 3].mapv(|label: usize| usize::from(label == 9));
    assert!(agreement(&renumbered, &array![0, 1, 0]).is_ok());
    assert!(fiedler::adjusted_rand_index(&array![3, 9, 3], &array![0, 1, 0]).is_ok());
}

#[test]
fn counts_are_whole_and_parameters_are_parameters() {
    for (error, wanted) in [
        (
            told(fiedler::labelling::eigengap(&array![0.0])),
            "the number of eigenvalues is 1, ",
        ),
        (told(known::path(1)), "n is 1, "),
        (
            told(lanczos(&ok(known::path(4)), 2, 1e-10, 0)),
            "max_steps is 0, ",
        ),
    ] {
        assert!(matches!(error, Error::Count { .. }), "{error}");
        says(&error, &[wanted], &[".0"]);
    }
    let error = told(ok(known::path(3)).smallest_eigenpairs_with(&array![1.0, -2.0, 1.0], 1));
    assert!(
        matches!(error, Error::Value { what: "a mass", .. }),
        "{error}"
    );
}

#[test]
fn masses_at_the_ends_of_f64_are_not_called_similarities() {
    let graph = ok(known::path(3));
    for unit in [1e-200, 1e200] {
        let error = told(graph.smallest_eigenpairs_with(&(array![1.0, 2.0, 1.0] * unit), 2));
        says(
            &error,
            &["the sum of the masses", "divide them all by the largest"],
            &["similarities"],
        );
    }
    assert!(
        graph
            .smallest_eigenpairs_with(&array![0.5, 1.0, 0.5], 2)
            .is_ok()
    );
}

#[test]
fn fewer_labels_than_asked_for_say_nothing_of_groups() {
    // Two groups of rows, in a plane that does not pass through the origin of either axis: pivoted QR finds rank 1.
    let rows = array![[1.0, 0.0], [1.0, 0.0], [2.0, 0.0], [2.0, 0.0]];
    let error = told(pivoted_qr(&rows));
    assert_eq!(error, Error::FewerClusters { asked: 2, found: 1 });
    says(&error, &["another way to the labels"], &["no more groups"]);
    assert_eq!(ok(labels_by_kmeans(&rows, 2, 0)).labels, array![0, 0, 1, 1]);
    let error = told(labels_by_kmeans(&rows, 3, 0));
    says(&error, &["ask for fewer"], &["no more groups"]);
    assert!(labels_by_kmeans(&rows, 2, 0).is_ok());
}

#[test]
fn pairs_that_no_step_would_find_are_said_to_be_missing() {
    let complete = ok(known::complete(8));
    let found: Convergence = ok(lanczos(&complete, 3, 1e-10, 100));
    let error = told(found.finished());
    says(
        &error,
        &["found 2 of 3", "repeated", "`Graph::smallest_eigenpairs`"],
        &["more steps"],
    );
    assert_eq!(ok(complete.smallest_eigenpairs(3)).values.len(), 3);
    // Where steps are missing, more of them help.
    let path = ok(known::path(60));
    let error = told(ok(lanczos(&path, 3, 1e-10, 2)).finished());
    says(&error, &["allow more steps"], &["repeated"]);
    assert!(ok(lanczos(&path, 3, 1e-10, 59)).finished().is_ok());
}

#[test]
fn an_iteration_without_a_number_of_steps_is_given_none() {
    let path = ok(known::path(300));
    let error = told(ok(fiedler::solvers::multigrid(&path, 2, 1e-300)).finished());
    says(
        &error,
        &["larger tolerance", "`Solver::Dense`"],
        &["more steps"],
    );
    assert!(
        ok(fiedler::solvers::multigrid(&path, 2, 1e-8))
            .finished()
            .is_ok()
    );
    assert!(
        path.smallest_eigenpairs_by(fiedler::solvers::Solver::Dense, 2)
            .is_ok()
    );
}

#[test]
fn eigenvectors_that_were_not_found_are_not_blamed_on_steps_that_nobody_set() {
    // A gap between λ₂ and λ₃ that is far below the tolerance.
    let exponents = [-5, 5, 8, -5, -2, 1, 5, 8, -1, 1, -6, -1, -7, -5, -5, -5, 8];
    let wires = (0..).zip(exponents);
    let edges: Vec<_> = wires
        .map(|(i, exponent)| (i, i + 1, 10_f64.powi(exponent)))
        .collect();
    let path = ok(Graph::from_edges(18, &edges));
    let by = |solver| SpectralClustering::new().solver(solver);
    let error = told(by(Solver::Multigrid).fit_graph(&path));
    let to_the_gap = matches!(
        error,
        Error::NotResolved { residual, tolerance, to_the_gap: true, .. } if residual < tolerance
    );
    assert!(to_the_gap, "{error}");
    says(
        &error,
        &[
            "hundredth of the gap",
            "`Solver::Auto` or `Solver::Dense`,",
            "another number of clusters",
        ],
        &["more steps", "larger tolerance"],
    );
    assert!(by(Solver::Dense).fit_graph(&path).is_ok());
    assert!(by(Solver::Auto).fit_graph(&path).is_ok());
    // Where it is the tolerance, a larger one helps.
    let long = ok(known::path(300));
    let error = told(by(Solver::Multigrid).tolerance(1e-300).fit_graph(&long));
    says(
        &error,
        &["at most 1e-300", "a larger tolerance"],
        &["more steps"],
    );
    assert!(
        by(Solver::Multigrid)
            .tolerance(1e-8)
            .fit_graph(&long)
            .is_ok()
    );
}

#[test]
fn a_sum_that_f64_does_not_hold_is_not_called_inf() {
    let edge = |weight| Graph::from_edges(2, &[(0, 1, weight)]);
    let error = told(edge(f64::MAX));
    says(
        &error,
        &["more than f64 holds", "divide them all"],
        &["inf"],
    );
    assert!(edge(1.0).is_ok());
    says(&told(edge(1e300)), &["2e300"], &["inf"]);
    // Masses as well.
    let path = ok(known::path(2));
    let masses = array![f64::MAX, f64::MAX];
    let error = told(path.smallest_eigenpairs_with(&masses, 1));
    says(
        &error,
        &["1.7976931348623157e308", "divide them all"],
        &["inf"],
    );
    assert!(
        path.smallest_eigenpairs_with(&(masses / f64::MAX), 1)
            .is_ok()
    );
}

#[test]
fn coordinates_too_far_apart_for_f64_are_said_to_be_and_another_unit_helps() {
    for x in [
        array![[-0.85, -0.36], [1.79e308, 1.79e308], [0.5, 3e29]],
        array![[-1e308, 0.0], [1e308, 0.0], [0.0, f64::MAX]],
        array![[-f64::MAX], [f64::MAX]],
    ] {
        for rule in [
            max_min_distance,
            connecting_distance,
            median_distance,
            |x: &Array2<f64>| mean_neighbor_distance(x, 1),
        ] {
            match rule(&x) {
                // The median of several may well be a number.
                Ok(distance) => assert!(distance.is_finite()),
                Err(error) => {
                    assert!(matches!(error, Error::TooFarApart { .. }), "{error}");
                    says(&error, &["too far apart", "another unit"], &["inf"]);
                }
            }
            assert!(ok(rule(&(&x / f64::MAX))).is_finite());
        }
        for rule in [
            GraphRule::MaxMinEpsilon,
            GraphRule::gaussian(Bandwidth::MedianDistance),
        ] {
            if let Err(error) = rule.build(&x) {
                says(&error, &[], &["sigma", "epsilon"]);
            }
        }
    }
    let apart = array![[-f64::MAX], [f64::MAX]];
    assert!(matches!(
        told(max_min_distance(&apart)),
        Error::TooFarApart { .. }
    ));
    assert!(matches!(
        told(connecting_distance(&apart)),
        Error::TooFarApart { .. }
    ));
    assert!(matches!(
        told(median_distance(&apart)),
        Error::TooFarApart { .. }
    ));
    assert!(matches!(
        told(mean_neighbor_distance(&apart, 1)),
        Error::TooFarApart { .. }
    ));
}

#[test]
fn the_largest_entry_is_the_callers_own() {
    let x = array![[-4.8e199], [2.03e200], [1e199]];
    let graph = ok(Graph::from_edges(3, &[(0, 1, 1.0), (1, 2, 1.0)]));
    let labels: Array1<usize> = array![0, 1, 1];
    let error = told(characteristics(&x, &graph, &labels));
    says(
        &error,
        &["the largest entry of x is 2.03e200", "divide x by it"],
        &["2.51e200"],
    );
    let largest = number_behind(&error, "the largest entry of x is");
    assert!(characteristics(&(x / largest), &graph, &labels).is_ok());
}

#[test]
fn a_matrix_too_large_is_avoided_as_its_caller_can() {
    let x = Array2::from_shape_fn((20_000, 1), |(i, _)| i as f64);
    let error = told(Graph::gaussian(&x, 1.0));
    says(
        &error,
        &["20000 x 20000", "gaussian_on_nearest_neighbors"],
        &["similarity_matrix_within"],
    );
    assert!(Graph::gaussian_on_nearest_neighbors(&x, 1.0, 2).is_ok());
    let error = told(similarity_matrix(&x, 1.0));
    says(&error, &["similarity_matrix_within", "Graph::epsilon"], &[]);
    let sparse = ok(Graph::epsilon(&x, 1.0));
    let error = told(sparse.matrix());
    says(
        &error,
        &["functions of `Graph`"],
        &["similarity_matrix_within"],
    );
    let error = told(fiedler::walk::pseudo_inverse(&sparse));
    says(&error, &["fewer vertices"], &["similarity_matrix_within"]);
    assert!(fiedler::walk::pseudo_inverse(&ok(sparse.induced(&[0, 1, 2]))).is_ok());
}

#[test]
fn new_points_beyond_reach_are_told_of_the_policies() {
    let estimator = SpectralClustering::new().graph(GraphRule::Epsilon(12.0));
    let x = pairs(3);
    let far = array![[1000.0]];
    let error = told(ok(estimator.fit(&x)).predict(&far));
    assert_eq!(
        error,
        Error::IsolatedPoints {
            points: vec![0],
            advice: Advice::default()
        }
    );
    says(
        &error,
        &["similar to a clustered point", "`Isolated::NearestCluster`"],
        &["epsilon"],
    );
    for policy in [Isolated::NearestCluster, Isolated::OwnLabel] {
        assert!(ok(estimator.isolated(policy).fit(&x)).predict(&far).is_ok());
    }
    let error = told(ok(estimator.fit(&x)).embed(&far));
    says(&error, &["drop them"], &["Isolated::"]);
    // A clustering of a graph has no points to compare with.
    let of_graph = ok(estimator.fit_graph(&ok(Graph::epsilon(&x, 12.0))));
    says(
        &told(of_graph.predict(&far)),
        &["cluster the points with `fit`"],
        &["0.0", "0 "],
    );
    says(
        &told(of_graph.characteristics().cloned()),
        &["a graph alone has none"],
        &["0 rows"],
    );
}

#[test]
fn a_pixel_graph_names_its_own_two_sigmas() {
    let picture = array![[0.0, 9.0]];
    let error = told(fiedler::pixels::pixel_graph(&picture, 0.6, 4.0, 1.5));
    says(
        &error,
        &["sigma_intensity or sigma_distance is too small", "raise it"],
        &["divide them"],
    );
    assert!(fiedler::pixels::pixel_graph(&picture, 6.0, 4.0, 1.5).is_ok());
}

proptest! {
    #![proptest_config(cases(64))]

    /// Whatever the points and ε, following the advice of a refusal leads to labels, or to a graph that is refused
    /// for another reason.
    #[test]
    fn the_advised_epsilon_is_never_refused_for_the_same_reason(
        cells in prop::collection::vec((0_i32..12, 0_i32..4), 4..30),
        epsilon in 0.0..3.0_f64,
        scale in -200_i32..200,
    ) {
        let unit = 2_f64.powi(scale);
        let x = Array2::from_shape_fn((cells.len(), 2), |(i, j)| {
            unit * f64::from(if j == 0 { cells[i].0 } else { cells[i].1 })
        });
        let Err(error) = spectral_clustering(&x, epsilon * unit) else { return Ok(()) };
        let text = error.to_string();
        prop_assert!(!text.contains("sigma") && !text.contains("Isolated"), "{}", text);
        for way in ["raise epsilon to", "lower epsilon to"] {
            if !text.contains(way) {
                continue;
            }
            let advised = number_behind(&error, way);
            if let Err(after) = spectral_clustering(&x, advised) {
                let repeated = matches!(after, Error::RepeatedEigenvalue { .. });
                prop_assert!(repeated, "{} … {}", text, after);
            }
        }
    }

    /// The same for numbers of neighbours: the pieces asked for as clusters are given.
    #[test]
    fn as_many_clusters_as_pieces_are_accepted(seed in 0_u64..1000, copies in 1_usize..9, k in 1_usize..4) {
        let base = ok(moons(20, 0.1, seed)).x;
        let x = concatenate![Axis(0), base, base.select(Axis(0), &vec![0; copies])];
        let estimator = SpectralClustering::new().graph(GraphRule::NearestNeighbors(k.into(), Symmetry::Either));
        let Err(error) = estimator.fit(&x) else { return Ok(()) };
        if matches!(error, Error::TooManyComponents { .. }) {
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a count")]
            let pieces = number_behind(&error, "or ask for") as usize;
            let found = estimator.clusters(pieces).fit(&x);
            prop_assert!(found.is_ok(), "{} … {:?}", error, found.err());
        }
    }
}
