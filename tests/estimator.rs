//! Step 10b, the estimator: every choice of the steps in one place.

#![expect(
    clippy::float_cmp,
    reason = "shares of points and null eigenvalues are exact"
)]

mod support;

use fiedler::data::{Data, RandomState, blobs, blog_moons, circles, iris, moons, spirals};
use fiedler::linfa::DatasetBase;
use fiedler::linfa::traits::{Fit, Predict};
use fiedler::ndarray::{Array1, Array2, Axis, array, concatenate};
use fiedler::parameters::{Bandwidth, NeighborCount};
use fiedler::{
    Error, Graph, GraphRule, Isolated, Labelling, SpectralClustering, adjusted_rand_index,
    agreement,
    embedding::{Embedding, Laplacian},
    estimator::{Progress, Stage, Warning},
    fiedler_vector, labels_by_sign, similarity_matrix,
    solvers::Solver,
    spectral_clustering,
    stability::surviving_share,
};
use proptest::prelude::*;
use std::ops::ControlFlow;
use support::{EVERY_LABELLING, cases, ok, refused};

const LABELLINGS: [Labelling; 3] = [
    Labelling::KMeans,
    Labelling::Discretize,
    Labelling::PivotedQr,
];

fn neighbors(k: usize) -> GraphRule {
    GraphRule::nearest_neighbors(k)
}

/// Three well separated blobs, so that every way must find them.
fn three_blobs() -> fiedler::data::Data {
    let mut data = ok(blobs(90, 2, 3, 0.5, 4));
    for (mut row, &label) in data.x.rows_mut().into_iter().zip(&data.y) {
        row[0] += 30.0 * label as f64;
    }
    data
}

fn agrees(labels: &Array1<usize>, truth: &Array1<usize>) -> f64 {
    ok(surviving_share(labels, truth))
}

#[test]
fn the_known_value_of_the_module_header() {
    let moons = blog_moons();
    let estimator = SpectralClustering::new()
        .graph(neighbors(10))
        .labels(Labelling::KMeans);
    assert_eq!(agrees(&ok(estimator.fit(&moons.x)).labels, &moons.y), 0.99);
}

#[test]
fn the_posts_function_is_the_estimator_with_its_defaults_and_agrees_with_the_steps() {
    let moons = blog_moons();
    for epsilon in [0.35, 0.4, 0.45] {
        let at_once = ok(spectral_clustering(&moons.x, epsilon));
        let a = ok(similarity_matrix(&moons.x, epsilon));
        let by_steps = ok(labels_by_sign(&ok(fiedler_vector(&a)).vector));
        assert_eq!(at_once, by_steps);
        let estimator = SpectralClustering::new().graph(GraphRule::Epsilon(epsilon));
        assert_eq!(at_once, ok(estimator.fit(&moons.x)).labels);
    }
    assert_eq!(
        ok(agreement(&ok(spectral_clustering(&moons.x, 0.4)), &moons.y)),
        0.995
    );
}

// --- The default graph --------------------------------------------------------------------------------

/// Clouds of normal points: of each its size, its centre on the first axis and its spread.
fn clouds(sizes: &[(usize, f64, f64)]) -> Data {
    let mut rng = RandomState::new(5);
    let mut rows = Vec::new();
    let mut y = Vec::new();
    for (label, &(size, centre, spread)) in sizes.iter().enumerate() {
        for _ in 0..size {
            rows.push([rng.normal(centre, spread), rng.normal(0.0, spread)]);
            y.push(label);
        }
    }
    Data {
        x: rows.into(),
        y: y.into(),
    }
}

/// A spot in two rings.
fn bulls_eye() -> Data {
    let mut rng = RandomState::new(0);
    let y = Array1::from_shape_fn(400, |i| usize::from(i >= 100) + usize::from(i >= 250));
    let x = y.map(|&ring| {
        let (angle, radius) = (rng.uniform(0.0, 6.3), [0.0, 1.0, 2.0][ring]);
        let spread = if ring == 0 { 0.15 } else { 0.05 };
        let (sine, cosine) = angle.sin_cos();
        [
            rng.normal(radius * cosine, spread),
            rng.normal(radius * sine, spread),
        ]
    });
    Data {
        x: x.to_vec().into(),
        y,
    }
}

/// With one point more, which belongs to nobody.
fn with_outlier(data: &Data, at: f64) -> Data {
    Data {
        x: concatenate![Axis(0), data.x, array![[at, at]]],
        y: concatenate![Axis(0), data.y, array![0]],
    }
}

/// Sets whose clusters are known, and the adjusted Rand index that the default must reach at least.
fn known_sets() -> Vec<(&'static str, Data, f64)> {
    let mut far = ok(blobs(300, 2, 3, 1.0, 3));
    for (mut row, &label) in far.x.rows_mut().into_iter().zip(&far.y) {
        row += 1000.0 * label as f64;
    }
    let mut rounded = ok(blobs(200, 2, 3, 0.5, 8));
    rounded.x.mapv_inplace(f64::round);
    let places = [
        [0.0, 0.0],
        [1.0, 0.0],
        [0.0, 1.0],
        [10.0, 10.0],
        [11.0, 10.0],
    ];
    let equal = Data {
        x: Array2::from_shape_fn((100, 2), |(i, j)| places[i / 20][j]),
        y: Array1::from_shape_fn(100, |i| usize::from(i >= 60)),
    };
    let twice = ok(moons(100, 0.05, 0));
    let twice = Data {
        x: concatenate![Axis(0), twice.x, twice.x],
        y: concatenate![Axis(0), twice.y, twice.y],
    };
    let collinear = Data {
        x: Array2::from_shape_fn((60, 2), |(i, _)| i as f64 + if i < 30 { 0.0 } else { 8.0 }),
        y: Array1::from_shape_fn(60, |i| usize::from(i >= 30)),
    };
    let pair = |x: Array2<f64>, y: Array1<usize>| Data { x, y };
    vec![
        ("the post's moons", blog_moons(), 0.95),
        ("many moons", ok(moons(1000, 0.05, 0)), 0.95),
        ("each point of the moons twice", twice, 0.95),
        ("circles", ok(circles(500, 0.02, 0.5, 0)), 1.0),
        ("noisy circles", ok(circles(200, 0.05, 0.5, 0)), 0.95),
        ("a bull's-eye", bulls_eye(), 0.95),
        ("spirals", ok(spirals(300, 1.25, 0.01, 18)), 1.0),
        ("blobs", ok(blobs(300, 2, 4, 1.0, 42)), 0.95),
        ("blobs far apart", far, 1.0),
        ("blobs in 50 columns", ok(blobs(200, 50, 4, 3.0, 0)), 1.0),
        ("many points equal", rounded, 0.95),
        ("five places", equal, 1.0),
        (
            "blobs and an outlier",
            with_outlier(&ok(blobs(200, 2, 2, 1.0, 1)), 100.0),
            0.95,
        ),
        (
            "moons and an outlier",
            with_outlier(&ok(moons(200, 0.05, 3)), 30.0),
            0.9,
        ),
        (
            "two scales",
            clouds(&[(100, 0.0, 0.1), (100, 20.0, 3.0)]),
            1.0,
        ),
        (
            "few and many",
            clouds(&[(20, 0.0, 0.01), (300, 20.0, 3.0)]),
            1.0,
        ),
        ("collinear", collinear, 1.0),
        ("iris", iris(), 0.7),
        ("two points", pair(array![[0.0], [1.0]], array![0, 1]), 1.0),
        (
            "three points",
            pair(array![[0.0], [1.0], [5.0]], array![0, 0, 1]),
            1.0,
        ),
        (
            "four points",
            pair(array![[0.0], [1.0], [5.0], [6.0]], array![0, 0, 1, 1]),
            1.0,
        ),
        (
            "two triangles",
            pair(
                array![
                    [0.0, 0.0],
                    [1.0, 0.0],
                    [0.0, 1.0],
                    [9.0, 9.0],
                    [9.0, 8.0],
                    [8.0, 9.0]
                ],
                array![0, 0, 0, 1, 1, 1],
            ),
            1.0,
        ),
    ]
}

#[test]
fn the_default_answers_all_ordinary_sets_and_is_right_where_the_truth_is_known() {
    for (name, data, least) in known_sets() {
        let k = data.y.iter().max().map_or(0, |last| last + 1);
        let estimator = SpectralClustering::new().clusters(k);
        let fitted = |x: &Array2<f64>| {
            estimator
                .fit(x)
                .unwrap_or_else(|error| panic!("{name}: {error}"))
        };
        let found = fitted(&data.x);
        let score = ok(adjusted_rand_index(&found.labels, &data.y));
        assert!(score >= least, "{name}: {score}");
        // In any unit.
        for power in [-300, 300] {
            assert_eq!(
                fitted(&(&data.x * 2.0_f64.powi(power))).labels,
                found.labels,
                "{name}"
            );
        }
        // An eigenvector whose eigenvalue is 1 or more, as of one edge, says nothing of new points.
        if data.y.len() > 4 {
            assert_eq!(ok(found.predict(&data.x)).len(), data.y.len(), "{name}");
        }
    }
}

#[test]
fn the_default_answers_where_nothing_is_known_to_be_right() {
    let line = Array2::from_shape_fn((100, 1), |(i, _)| i as f64);
    let grid = Array2::from_shape_fn((225, 2), |(i, j)| [i / 15, i % 15][j] as f64);
    let cloud = ok(blobs(300, 3, 1, 1.0, 0)).x;
    for (name, x) in [("line", line), ("grid", grid), ("cloud", cloud)] {
        for k in 1..5 {
            let found = SpectralClustering::new().clusters(k).fit(&x);
            let found = found.unwrap_or_else(|error| panic!("{name}, {k}: {error}"));
            assert_eq!(
                (found.clusters, &found.report.warnings),
                (k, &vec![]),
                "{name}"
            );
        }
    }
    assert_eq!(
        refused(SpectralClustering::new().fit(&Array2::<f64>::ones((5, 2)))),
        Error::AllPointsEqual { n: 5 }
    );
}

proptest! {
    #![proptest_config(cases(64))]

    #[test]
    fn points_that_are_not_all_equal_are_split_in_two_by_the_default(
        n in 2_usize..40, columns in 1_usize..4, size in 1_i32..20, seed in 0_u64..1000,
    ) {
        // On a coarse lattice many are equal, and many distances too.
        let mut rng = RandomState::new(seed);
        let x = Array2::from_shape_simple_fn((n, columns), || (rng.uniform(0.0, 1.0) * f64::from(size)).floor());
        match SpectralClustering::new().fit(&x) {
            Ok(found) => prop_assert!(found.labels.iter().all(|&label| label < 2)),
            Err(error) => prop_assert!(
                matches!(error, Error::AllPointsEqual { .. } | Error::RepeatedEigenvalue { .. } | Error::NoStructure { .. }),
                "{}", error
            ),
        }
    }
}

#[test]
fn the_report_says_which_graph_was_built_and_which_bridges_were_added() {
    // Four pairs far apart: with one neighbour each they are four pieces, and the nearest two pairs are joined.
    let x = array![[0.0], [1.0], [10.0], [11.0], [30.0], [31.0], [70.0], [71.0]];
    let rule = GraphRule::BridgedNearestNeighbors(NeighborCount::Fixed(1), None);
    let found = ok(SpectralClustering::new().graph(rule).clusters(3).fit(&x));
    assert_eq!(found.labels, array![0, 0, 0, 0, 1, 1, 2, 2]);
    let report = &found.report;
    let resolved = GraphRule::BridgedNearestNeighbors(NeighborCount::Fixed(1), Some(3));
    assert_eq!(report.rule, Some(resolved));
    let bridges: Vec<_> = report
        .bridges
        .iter()
        .map(|b| (b.from, b.to, b.length))
        .collect();
    assert_eq!(bridges, [(1, 2, 9.0)]);
    let printed = report.to_string();
    for line in [
        "nearest neighbours, k = 1, bridged",
        "1, 9.000e0 to 9.000e0 long",
    ] {
        assert!(printed.contains(line), "{printed}");
    }
    assert!(!printed.contains("warning"), "{printed}");
    // By the default's rule: ⌈ln 200⌉ = 6.
    let found = ok(SpectralClustering::new().fit(&blog_moons().x));
    assert!(
        found.report.to_string().contains("k = 6"),
        "{}",
        found.report
    );
    let given = ok(SpectralClustering::new().fit_graph(&found.graph));
    assert_eq!(given.report.rule, None);
}

#[test]
fn by_the_eigengap_pieces_are_joined_only_down_to_the_most_that_is_asked() {
    let data = three_blobs();
    for (at_most, bridges) in [(1, 2), (2, 1), (3, 0), (8, 0)] {
        let found = ok(SpectralClustering::new()
            .clusters_by_eigengap(at_most)
            .fit(&data.x));
        assert_eq!(found.report.bridges.len(), bridges);
        assert_eq!(found.clusters, at_most.min(3));
    }
}

#[test]
fn a_clustering_that_only_splits_off_an_outlier_is_warned_of() {
    let moons = ok(moons(200, 0.05, 3));
    for at in [4.0, 5.0, 10.0] {
        let data = with_outlier(&moons, at);
        // ε is the distance of the far point to its nearest: that one joins it, and all others are joined to each other.
        let found = ok(SpectralClustering::new()
            .graph(GraphRule::MaxMinEpsilon)
            .fit(&data.x));
        let label = found.labels[200];
        assert_eq!(
            found.labels.iter().filter(|&&other| other == label).count(),
            2
        );
        let warning = Warning::SmallCluster {
            label,
            size: 2,
            points: 201,
        };
        assert_eq!(found.report.warnings, [warning]);
        let printed = found.report.to_string();
        assert!(
            printed.contains("2 of 201 points: it may only be outliers"),
            "{printed}"
        );
        // Its advice: drop them, or another graph.
        let rest = SpectralClustering::new()
            .graph(GraphRule::MaxMinEpsilon)
            .fit(&moons.x);
        assert_eq!(ok(rest).report.warnings, []);
        // The default is not misled.
        let found = ok(SpectralClustering::new().fit(&data.x));
        assert!(ok(adjusted_rand_index(&found.labels, &data.y)) > 0.9);
        assert_eq!(found.report.warnings, []);
    }
}

#[test]
fn every_laplacian_embedding_and_labelling_finds_three_separate_blobs() {
    let data = three_blobs();
    for laplacian in [
        Laplacian::Unnormalized,
        Laplacian::Symmetric,
        Laplacian::RandomWalk,
    ] {
        for embedding in [Embedding::Leading, Embedding::UnitRows] {
            for labelling in LABELLINGS {
                let estimator = SpectralClustering::new()
                    .clusters(3)
                    .graph(GraphRule::gaussian(3.0))
                    .laplacian(laplacian)
                    .embedding(embedding)
                    .labels(labelling);
                let found = ok(estimator.fit(&data.x));
                let share = agrees(&found.labels, &data.y);
                assert_eq!(share, 1.0, "{laplacian:?}, {embedding:?}, {labelling:?}");
            }
        }
    }
}

#[test]
fn every_graph_finds_the_moons() {
    let data = ok(moons(200, 0.05, 0));
    for (rule, least) in [
        (GraphRule::Epsilon(0.3), 0.98),
        (neighbors(10), 0.98),
        (
            GraphRule::MutualNearestNeighbors(NeighborCount::Fixed(15)),
            0.98,
        ),
        (GraphRule::gaussian(0.1), 0.98),
        (
            GraphRule::GaussianOnNearestNeighbors(Bandwidth::Fixed(0.15), NeighborCount::Fixed(12)),
            0.98,
        ),
        (GraphRule::LocalScaling(7), 0.98),
    ] {
        let estimator = SpectralClustering::new()
            .graph(rule)
            .labels(Labelling::Sweep);
        let found = estimator
            .fit(&data.x)
            .unwrap_or_else(|error| panic!("{rule:?}: {error}"));
        let share = agrees(&found.labels, &data.y);
        assert!(share >= least, "{rule:?}: {share}");
    }
}

#[test]
fn as_many_components_as_clusters_are_the_clusters_whatever_the_way_to_labels() {
    let data = three_blobs();
    let graph = ok(Graph::epsilon(&data.x, 4.0));
    assert_eq!(graph.component_count(), 3);
    for labelling in LABELLINGS {
        let estimator = SpectralClustering::new().clusters(3).labels(labelling);
        let found = ok(estimator.fit_graph(&graph));
        assert_eq!(
            agrees(&found.labels, &graph.components()),
            1.0,
            "{labelling:?}"
        );
        assert_eq!(found.certificate.normcut, 0.0);
        assert!(matches!(
            found.characteristics(),
            Err(Error::NoCoordinates { .. })
        ));
    }
}

#[test]
fn the_eigengap_finds_the_number_of_separate_blobs() {
    let data = three_blobs();
    let estimator = SpectralClustering::new()
        .clusters_by_eigengap(8)
        .graph(GraphRule::gaussian(2.0));
    let found = ok(estimator.fit(&data.x));
    assert_eq!(found.clusters, 3);
    assert_eq!(found.eigenvalues.len(), 9);
    assert_eq!(agrees(&found.labels, &data.y), 1.0);
}

#[test]
fn where_no_gap_stands_out_the_eigengap_refuses_with_all_gaps_and_its_advice_is_good() {
    for x in [blog_moons().x, ok(spirals(300, 1.25, 0.01, 18)).x] {
        let estimator = SpectralClustering::new().graph(neighbors(10));
        let values = ok(estimator.clusters(10).fit(&x)).eigenvalues;
        for at_most in [4, 10] {
            let error = refused(estimator.clusters_by_eigengap(at_most).fit(&x));
            assert!(error.to_string().contains("5 times"), "{error}");
            assert_eq!(fiedler::labelling::LEAP, 5.0);
            // Two moons, or two spirals, are its first advice.
            assert!(
                error.to_string().contains("number of clusters, 2 ("),
                "{error}"
            );
            let Error::NoEigengap { gaps, best } = error else {
                panic!("{error}")
            };
            assert_eq!((best.len(), best[0].0), (3, 2));
            assert!(best.is_sorted_by(|a, b| a.1 >= b.1) && best[0].1 < 0.8);
            assert_eq!(gaps.len(), at_most);
            for (j, gap) in gaps.iter().enumerate() {
                support::near(*gap, values[j + 1] - values[j], 1e-9);
            }
        }
        // It says: ask for a number.
        assert_eq!(ok(estimator.clusters(2).fit(&x)).clusters, 2);
    }
    // Of one cluster at most there is nothing to be found out.
    let one = SpectralClustering::new().clusters_by_eigengap(1);
    assert_eq!(
        ok(one.graph(neighbors(10)).fit(&blog_moons().x)).clusters,
        1
    );
}

#[test]
fn the_eigengap_of_iris_is_two_however_many_are_allowed() {
    for at_most in 2..15 {
        let estimator = SpectralClustering::new().clusters_by_eigengap(at_most);
        let found = ok(estimator.graph(neighbors(10)).fit(&iris().x));
        assert_eq!(found.clusters, 2);
    }
}

/// Points and their clusters, drawn: two of any shape, and blobs of several sizes.
fn drawn() -> Vec<(String, Data, usize)> {
    let mut sets = vec![("blog_moons".to_string(), blog_moons(), 2)];
    for noise in [0.02, 0.05, 0.08, 0.12] {
        sets.push((format!("moons {noise}"), ok(moons(300, noise, 1)), 2));
        let noise = noise / 2.0;
        sets.push((
            format!("circles {noise}"),
            ok(circles(300, noise, 0.5, 1)),
            2,
        ));
        sets.push((
            format!("spirals {noise}"),
            ok(spirals(300, 1.5, noise, 1)),
            2,
        ));
    }
    for k in 2..=10 {
        for spread in [0.3, 0.6, 1.0] {
            let data = ok(blobs(40 * k, 2, k, spread, 0));
            sets.push((format!("{k} blobs {spread}"), data, k));
        }
    }
    sets
}

#[test]
fn the_eigengap_is_right_or_refused_on_shapes_and_on_blobs_never_finer_than_they_are() {
    let width = Bandwidth::MeanNeighborDistance(NeighborCount::Ln);
    let mut right = 0;
    for rule in [
        GraphRule::BridgedNearestNeighbors(NeighborCount::Ln, None),
        neighbors(10),
        GraphRule::gaussian(width),
        GraphRule::MaxMinEpsilon,
    ] {
        for (name, data, truth) in drawn() {
            let estimator = SpectralClustering::new().graph(rule);
            match estimator.clusters_by_eigengap(10).fit(&data.x) {
                Ok(found) => {
                    right += usize::from(found.clusters == truth);
                    let ranking = &found.report.ranking;
                    assert_eq!(ranking.len(), 9, "{name}, {rule:?}");
                    assert!(
                        ranking
                            .iter()
                            .any(|one| one.clusters == found.clusters && one.share > 0.8)
                    );
                    // What ε leaves in pieces is not always a cluster; it says so in its documentation.
                    let in_pieces = rule == GraphRule::MaxMinEpsilon && !found.graph.is_connected();
                    let blobs = name.contains("blobs");
                    let fair = found.clusters == truth || (blobs && found.clusters < truth);
                    assert!(fair || in_pieces, "{name}, {rule:?}: {}", found.clusters);
                }
                Err(Error::NoEigengap { best, .. }) => {
                    assert_eq!(best.len(), 3, "{name}, {rule:?}");
                    let moons = name.contains("moons");
                    assert!(!moons || best[0].0 == 2, "{name}, {rule:?}: {best:?}");
                }
                Err(error) => assert!(
                    matches!(error, Error::TooManyComponents { .. }),
                    "{name}, {rule:?}: {error}"
                ),
            }
        }
    }
    // Refusing everything would be no art.
    assert!(right > 40, "{right}");
}

#[test]
fn on_moons_circles_spirals_blobs_and_iris_the_number_is_right_or_refused_and_the_next_is_told() {
    let by_default = GraphRule::BridgedNearestNeighbors(NeighborCount::Ln, None);
    // The number, and the one that comes next; without the number, a refusal that ranks this one first.
    for (name, x, rule, number, next) in [
        ("blog_moons", blog_moons().x, by_default, Some(2), 4),
        ("blog_moons", blog_moons().x, neighbors(10), None, 2),
        // The README's example joins points at most 0.4 apart.
        (
            "README",
            blog_moons().x,
            GraphRule::Epsilon(0.4),
            Some(2),
            4,
        ),
        ("moons", ok(moons(300, 0.05, 1)).x, by_default, Some(2), 4),
        (
            "circles",
            ok(circles(300, 0.025, 0.5, 1)).x,
            by_default,
            Some(2),
            6,
        ),
        (
            "spirals",
            ok(spirals(300, 1.25, 0.01, 18)).x,
            neighbors(10),
            None,
            2,
        ),
        ("blobs", three_blobs().x, by_default, Some(3), 5),
        // Of its three species two overlap.
        ("iris", iris().x, by_default, Some(2), 3),
        ("iris", iris().x, neighbors(10), Some(2), 3),
    ] {
        let estimator = SpectralClustering::new().graph(rule);
        let found = match estimator.clusters_by_eigengap(10).fit(&x) {
            Ok(found) => found,
            Err(error) => {
                assert_eq!(number, None, "{name}: {error}");
                let told = format!("number of clusters, {next} (");
                assert!(error.to_string().contains(&told), "{name}: {error}");
                continue;
            }
        };
        let k = found.clusters;
        let mut others = found.report.ranking.iter().filter(|one| one.clusters != k);
        let second = others.next().expect("nine others");
        assert_eq!((Some(k), second.clusters), (number, next), "{name}");
        let report = found.report.to_string();
        for number in [k, next] {
            assert!(report.contains(&format!(" {number} (")), "{name}: {report}");
        }
        let doubted = found
            .report
            .warnings
            .iter()
            .any(|one| matches!(one, Warning::OtherNumber { .. }));
        assert_eq!(doubted, second.share > 0.8, "{name}: {report}");
    }
}

#[test]
fn of_clusters_within_clusters_the_finer_are_taken_and_the_coarser_named() {
    let corners = [[0.0, 0.0], [0.0, 6.0], [60.0, 0.0], [60.0, 6.0]];
    let blob = ok(blobs(40, 2, 1, 0.7, 3)).x;
    let middle = blob.mean_axis(fiedler::ndarray::Axis(0)).expect("points");
    let x = Array2::from_shape_fn((160, 2), |(i, j)| {
        blob[[i % 40, j]] - middle[j] + corners[i / 40][j]
    });
    let estimator = SpectralClustering::new().graph(GraphRule::gaussian(2.0));
    let found = ok(estimator.clusters_by_eigengap(8).fit(&x));
    assert_eq!(found.clusters, 4);
    let [Warning::OtherNumber { next: 2, .. }] = found.report.warnings[..] else {
        panic!("{:?}", found.report.warnings);
    };
    let told = found.report.to_string();
    for words in [
        "k = 4 by the share of the gap (",
        "next 2 (100 %), whose gap stands out too",
    ] {
        assert!(told.contains(words), "{told}");
    }
    // Asked for, neither is doubted.
    for k in [2, 4] {
        assert_eq!(ok(estimator.clusters(k).fit(&x)).report.warnings, []);
    }
}

#[test]
fn the_ranking_of_iris_says_that_three_comes_next() {
    let estimator = SpectralClustering::new().clusters_by_eigengap(10);
    let found = ok(estimator.graph(neighbors(10)).fit(&iris().x));
    let first: Vec<usize> = found
        .report
        .ranking
        .iter()
        .take(2)
        .map(|one| one.clusters)
        .collect();
    assert_eq!(first, [2, 3]);
    assert!(
        found
            .report
            .to_string()
            .contains("by the gap   2 (100 %), next 3 ("),
        "{}",
        found.report
    );
    // A number that was given is not ranked.
    let given = ok(SpectralClustering::new().fit(&iris().x));
    assert!(given.report.ranking.is_empty());
}

#[test]
fn the_columns_of_the_embedding_are_a_number_of_their_own() {
    let data = three_blobs();
    let estimator = SpectralClustering::new()
        .clusters(3)
        .graph(GraphRule::gaussian(10.0));
    for kind in [
        Embedding::Leading,
        Embedding::UnitRows,
        Embedding::NonTrivial,
    ] {
        let estimator = estimator.embedding(kind);
        for m in [2, 3, 6] {
            let found = ok(estimator.eigenvectors(m).fit(&data.x));
            assert_eq!(
                (found.clusters, found.embedding.ncols()),
                (3, m),
                "{kind:?}"
            );
            assert_eq!(agrees(&found.labels, &data.y), 1.0, "{kind:?}, {m}");
            assert_eq!(found.certificate.clusters, 3);
            // Beyond the gap the eigenvalues of so wide a Gaussian are above 1, where no new point has a place.
            if m == 2 {
                let beside = ok(found.predict(&(&data.x + 1e-3)));
                assert_eq!(beside, found.labels, "{kind:?}");
                assert_eq!(ok(found.embed(&data.x)).ncols(), m);
            }
        }
        let as_many = ok(estimator.eigenvectors(3).fit(&data.x));
        assert_eq!(as_many.labels, ok(estimator.fit(&data.x)).labels);
    }
    // The eigengap looks at the same eigenvalues, however many more there are.
    let by_gap = estimator
        .graph(GraphRule::gaussian(2.0))
        .clusters_by_eigengap(5);
    assert_eq!(ok(by_gap.eigenvectors(9).fit(&data.x)).clusters, 3);
}

#[test]
fn columns_that_the_labels_cannot_do_with_are_refused_with_the_reason() {
    let data = three_blobs();
    let estimator = SpectralClustering::new()
        .clusters(3)
        .graph(GraphRule::gaussian(10.0));
    let told = |estimator: SpectralClustering| {
        let error = refused(estimator.fit(&data.x));
        assert!(
            matches!(
                error,
                Error::Count {
                    name: "eigenvectors",
                    ..
                }
            ),
            "{error}"
        );
        error.to_string()
    };
    assert!(told(estimator.eigenvectors(0)).contains("at least 1"));
    assert!(told(estimator.eigenvectors(91)).contains("at most the number of points"));
    let without_first = estimator.embedding(Embedding::NonTrivial);
    assert!(told(without_first.eigenvectors(90)).contains("one less"));
    assert!(told(estimator.eigenvectors(1)).contains("at least 2"));
    assert_eq!(
        ok(without_first.eigenvectors(1).fit(&data.x))
            .embedding
            .ncols(),
        1
    );
    for turned in [Labelling::Discretize, Labelling::PivotedQr] {
        assert!(told(estimator.labels(turned).eigenvectors(4)).contains("k-means"));
        assert!(
            estimator
                .labels(turned)
                .eigenvectors(3)
                .fit(&data.x)
                .is_ok()
        );
    }
    let apart = estimator.graph(neighbors(5));
    assert!(told(apart.eigenvectors(2)).contains("pieces"));
    assert!(apart.eigenvectors(3).fit(&data.x).is_ok());
}

#[test]
fn the_gap_that_must_be_there_is_the_one_behind_the_last_column() {
    // A star of five has λ₂ = λ₃ = λ₄: cut there, no two or three vectors are the ones that are meant.
    let star = ok(Graph::from_edges(
        5,
        &[(0, 1, 1.0), (0, 2, 1.0), (0, 3, 1.0), (0, 4, 1.0)],
    ));
    let estimator = SpectralClustering::new()
        .clusters(3)
        .labels(Labelling::KMeans);
    for m in [2, 3] {
        let error = refused(estimator.eigenvectors(m).fit_graph(&star));
        assert!(matches!(error, Error::RepeatedEigenvalue { .. }), "{error}");
    }
    assert_eq!(ok(estimator.eigenvectors(4).fit_graph(&star)).clusters, 3);
    // Labels by sign read the second vector, whatever the embedding has.
    let by_sign = estimator
        .clusters(2)
        .labels(Labelling::Sign)
        .eigenvectors(4);
    let error = refused(by_sign.fit_graph(&star));
    assert!(
        matches!(error, Error::RepeatedEigenvalue { index: 2, .. }),
        "{error}"
    );
}

#[test]
fn one_cluster_and_as_many_as_points_are_answered() {
    let x = array![[0.0], [1.0], [2.5], [4.0], [7.0]];
    let one = ok(SpectralClustering::new()
        .clusters(1)
        .graph(GraphRule::gaussian(2.0))
        .fit(&x));
    assert_eq!(one.labels, Array1::<usize>::zeros(5));
    let all = ok(SpectralClustering::new()
        .clusters(5)
        .graph(GraphRule::gaussian(2.0))
        .fit(&x));
    let mut labels = all.labels.to_vec();
    labels.sort_unstable();
    assert_eq!(labels, [0, 1, 2, 3, 4]);
}

#[test]
fn isolated_points_are_refused_or_labelled_as_the_policy_says() {
    let mut moons = blog_moons();
    moons.x.row_mut(7).assign(&array![50.0, 50.0]);
    moons.x.row_mut(9).assign(&array![-60.0, 0.0]);
    let estimator = SpectralClustering::new().graph(GraphRule::Epsilon(0.4));
    assert_eq!(
        refused(estimator.fit(&moons.x)),
        Error::IsolatedPoints {
            points: vec![7, 9],
            advice: fiedler::error::Advice::default()
        }
    );

    let own = ok(estimator.isolated(Isolated::OwnLabel).fit(&moons.x));
    assert_eq!(own.isolated, [7, 9]);
    assert_eq!((own.labels[7], own.labels[9]), (2, 3));
    assert_eq!(own.clusters, 2);
    assert_eq!(own.embedding.row(7).sum(), 0.0);

    let nearest = ok(estimator.isolated(Isolated::NearestCluster).fit(&moons.x));
    assert!(nearest.labels.iter().all(|&label| label < 2));
    // The nearest point to (50, 50) is the one with the largest x + y, but for a little.
    let to = |i: usize, p: [f64; 2]| (moons.x[[i, 0]] - p[0]).hypot(moons.x[[i, 1]] - p[1]);
    let closest = (0..200)
        .filter(|i| ![7, 9].contains(i))
        .min_by(|&i, &j| to(i, [50.0, 50.0]).total_cmp(&to(j, [50.0, 50.0])));
    assert_eq!(
        nearest.labels[7],
        nearest.labels[closest.expect("198 points")]
    );

    let graph = ok(Graph::epsilon(&moons.x, 0.4));
    let error = refused(
        estimator
            .isolated(Isolated::NearestCluster)
            .fit_graph(&graph),
    );
    assert!(matches!(error, Error::NoCoordinates { .. }), "{error}");
    ok(estimator.isolated(Isolated::OwnLabel).fit_graph(&graph));
}

#[test]
fn choices_that_cannot_be_are_refused_before_any_work() {
    let x = array![[0.0], [1.0], [3.0]];
    let estimator = SpectralClustering::new().graph(GraphRule::gaussian(1.0));
    for k in [0, 4, usize::MAX] {
        assert_eq!(
            refused(estimator.clusters(k).fit(&x)),
            Error::ClusterCount { k, n: 3 }
        );
        assert_eq!(
            refused(estimator.clusters_by_eigengap(k).fit(&x)),
            Error::ClusterCount { k, n: 3 }
        );
    }
    for labelling in [Labelling::Sign, Labelling::Sweep] {
        let error = refused(estimator.clusters(3).labels(labelling).fit(&x));
        assert!(
            matches!(
                error,
                Error::Count {
                    name: "clusters",
                    ..
                }
            ),
            "{error}"
        );
    }
    for tolerance in [0.0, -1.0, f64::NAN] {
        let error = refused(estimator.tolerance(tolerance).fit(&x));
        assert!(
            matches!(
                error,
                Error::Parameter {
                    name: "tolerance",
                    ..
                }
            ),
            "{error}"
        );
    }
    let error = refused(estimator.tolerance(1e-300).fit(&x));
    assert!(matches!(error, Error::Solver { .. }), "{error}");
    assert_eq!(
        refused(estimator.fit(&Array2::<f64>::zeros((0, 2)))),
        Error::NoPoints
    );
    assert_eq!(
        refused(estimator.fit(&Array2::<f64>::zeros((1, 2)))),
        Error::OnePoint
    );
}

#[test]
fn no_structure_and_no_gap_are_said_and_not_answered_at_random() {
    let estimator = SpectralClustering::new();
    let complete = ok(Graph::from_matrix(support::complete(6)));
    assert_eq!(
        refused(estimator.fit_graph(&complete)),
        Error::NoStructure {
            n: 6,
            advice: fiedler::error::Advice::default()
        }
    );
    let star = ok(Graph::from_matrix(support::star(8)));
    let error = refused(estimator.clusters(3).fit_graph(&star));
    assert!(
        matches!(error, Error::RepeatedEigenvalue { index: 3, .. }),
        "{error}"
    );
    let pieces = ok(Graph::from_edges(
        6,
        &[(0, 1, 1.0), (2, 3, 1.0), (4, 5, 1.0)],
    ));
    assert_eq!(
        refused(estimator.fit_graph(&pieces)),
        Error::TooManyComponents {
            sizes: vec![2, 2, 2],
            advice: fiedler::error::Advice::default()
        }
    );
    let equal = Array2::<f64>::ones((5, 2));
    for rule in [
        neighbors(2),
        GraphRule::MaxMinEpsilon,
        GraphRule::gaussian(1.0),
    ] {
        assert_eq!(
            refused(estimator.graph(rule).fit(&equal)),
            Error::AllPointsEqual { n: 5 }
        );
    }
}

#[test]
fn predict_gives_new_points_of_the_moons_their_moon() {
    let (old, new) = (ok(moons(300, 0.05, 1)), ok(moons(100, 0.05, 2)));
    for rule in [
        GraphRule::Epsilon(0.3),
        neighbors(10),
        GraphRule::BridgedNearestNeighbors(NeighborCount::Ln, None),
        GraphRule::BridgedNearestNeighbors(NeighborCount::Fixed(10), None),
        GraphRule::gaussian(0.1),
        GraphRule::GaussianOnNearestNeighbors(Bandwidth::Fixed(0.15), NeighborCount::Fixed(12)),
        GraphRule::LocalScaling(7),
    ] {
        for labelling in EVERY_LABELLING {
            let estimator = SpectralClustering::new().graph(rule).labels(labelling);
            let fitted = estimator
                .fit(&old.x)
                .unwrap_or_else(|error| panic!("{rule:?}: {error}"));
            let share = ok(agreement(&fitted.labels, &old.y));
            let predicted = ok(fitted.predict(&new.x));
            let names_swapped = fitted
                .labels
                .iter()
                .zip(&old.y)
                .filter(|(l, t)| l != t)
                .count()
                > 150;
            let right = predicted
                .iter()
                .zip(&new.y)
                .filter(|(label, truth)| (label == truth) != names_swapped)
                .count();
            assert!(
                right as f64 >= 100.0 * share - 3.0,
                "{rule:?}, {labelling:?}: {right}"
            );
        }
    }
}

#[test]
fn the_nystrom_extension_at_an_old_point_is_its_place_in_the_embedding() {
    let moons = blog_moons();
    for rule in [
        GraphRule::gaussian(0.3),
        GraphRule::Epsilon(0.4),
        neighbors(10),
        GraphRule::BridgedNearestNeighbors(NeighborCount::Fixed(2), Some(1)),
        GraphRule::LocalScaling(7),
    ] {
        for laplacian in [
            Laplacian::RandomWalk,
            Laplacian::Symmetric,
            Laplacian::Unnormalized,
        ] {
            let estimator = SpectralClustering::new().graph(rule).laplacian(laplacian);
            let clustering = ok(estimator.fit(&moons.x));
            let new = ok(clustering.embed(&moons.x));
            let size = support::largest(clustering.embedding.iter().copied());
            let error = support::largest((new - &clustering.embedding).iter().copied()) / size;
            // The equation holds to a residual of n ε; reading it at a point divides by 1 − λ or d − λ, above .1 here.
            assert!(
                error < 100.0 * 200.0 * support::EPS,
                "{rule:?}, {laplacian:?}: {error:e}"
            );
            assert_eq!(ok(clustering.predict(&moons.x)), clustering.labels);
        }
    }
}

/// How far the extension to the points moved by `step` is from the embedding of those that were fitted, relative to
/// its largest entry; and the smallest degree.
fn extension_error(step: f64) -> (f64, f64) {
    let moons = blog_moons();
    let data = moons.x.select(Axis(0), &(0..60).collect::<Vec<_>>());
    let estimator = SpectralClustering::new().graph(GraphRule::gaussian(0.3));
    let clustering = ok(estimator.fit(&data));
    let new = ok(clustering.embed(&(&data + step)));
    let size = support::largest(clustering.embedding.iter().copied());
    let error = support::largest((new - &clustering.embedding).iter().copied()) / size;
    let degrees = clustering.graph.degrees();
    (error, degrees.fold(f64::INFINITY, |a: f64, &b| a.min(b)))
}

#[test]
fn the_nystrom_extension_beside_an_old_point_is_off_by_less_than_that_points_share() {
    // A new point beside an old one is similar to it, by 1, while no point is its own neighbour: that one
    // similarity among those of the degree pulls the new place towards the old one's.
    let (error, smallest) = extension_error(1e-9);
    assert!(error < 1.0 / smallest, "{error}, {smallest}");
    assert!(error > 1e-6, "{error}"); // not the same: the extension is an approximation
}

#[test]
fn a_new_point_has_the_place_that_the_definition_says() {
    let (old, new) = (ok(moons(80, 0.1, 3)).x, ok(moons(30, 0.3, 4)).x);
    for laplacian in [
        Laplacian::RandomWalk,
        Laplacian::Symmetric,
        Laplacian::Unnormalized,
    ] {
        let estimator = SpectralClustering::new().graph(GraphRule::gaussian(0.3));
        let fitted = ok(estimator.laplacian(laplacian).clusters(3).fit(&old));
        let degrees = fitted.graph.degrees();
        for (row, point) in ok(fitted.embed(&new)).rows().into_iter().zip(new.rows()) {
            let squares = (&old - &point).mapv(|v| v * v).sum_axis(Axis(1));
            let s = squares.mapv(|square| (-square / (2.0 * 0.09)).exp());
            let d = s.sum();
            for (j, entry) in row.iter().enumerate() {
                let v = fitted.embedding.column(j).to_owned();
                let value = fitted.eigenvalues[j];
                let wanted = match laplacian {
                    Laplacian::RandomWalk => s.dot(&v) / d / (1.0 - value),
                    Laplacian::Unnormalized => s.dot(&v) / (d - value),
                    Laplacian::Symmetric => {
                        let z = v / degrees.mapv(f64::sqrt);
                        s.dot(&z) / d.sqrt() / (1.0 - value)
                    }
                };
                // Sums of 80 terms in another order, divided by d − λ or 1 − λ.
                support::near(*entry, wanted, 1e-10);
            }
        }
    }
}

#[test]
fn predictions_do_not_depend_on_the_number_of_threads_nor_on_the_points_beside() {
    // So many new points that they are taken along a curve.
    let (old, new) = (ok(moons(500, 0.1, 1)).x, ok(moons(20_000, 0.3, 2)).x);
    let estimator = SpectralClustering::new().isolated(Isolated::OwnLabel);
    for rule in [neighbors(10), GraphRule::Epsilon(0.4)] {
        let fitted = ok(estimator.graph(rule).fit(&old));
        let on = |threads: usize| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
            pool.expect("threads").install(|| ok(fitted.predict(&new)))
        };
        let alone = on(1);
        assert_eq!(alone, on(3), "{rule:?}");
        let few: Vec<usize> = (0..new.nrows()).step_by(99).collect();
        let labels = ok(fitted.predict(&new.select(Axis(0), &few)));
        for (&i, &label) in few.iter().zip(&labels) {
            assert!(label >= 2 || label == alone[i], "{rule:?}, point {i}");
        }
        // Labels of their own are given in the order of the points.
        let own: Vec<usize> = alone.iter().copied().filter(|&label| label >= 2).collect();
        assert!(own.iter().copied().eq(2..2 + own.len()), "{rule:?}");
    }
}

#[test]
fn a_clustering_that_has_predicted_is_still_equal_to_itself() {
    let moons = ok(moons(100, 0.05, 1)).x;
    let (fitted, other) = (
        SpectralClustering::new().fit(&moons),
        SpectralClustering::new().fit(&moons),
    );
    ok(ok(fitted.clone()).predict(&moons));
    ok(fitted.as_ref().map_err(Clone::clone))
        .predict(&moons)
        .expect("labels");
    assert_eq!(fitted, other);
}

#[test]
fn new_points_that_cannot_be_placed_are_refused_or_labelled_as_the_policy_says() {
    let moons = blog_moons();
    let estimator = SpectralClustering::new().graph(GraphRule::Epsilon(0.4));
    let far = array![[0.0, 1.0], [99.0, 99.0]];
    let fitted = ok(estimator.fit(&moons.x));
    assert_eq!(
        refused(fitted.predict(&far)),
        Error::IsolatedPoints {
            points: vec![1],
            advice: fiedler::error::Advice::default()
        }
    );
    assert_eq!(
        refused(fitted.predict(&array![[1.0]])),
        Error::Columns {
            found: 1,
            wanted: 2
        }
    );
    assert!(matches!(
        refused(fitted.predict(&array![[1.0, f64::NAN]])),
        Error::NotFinite { .. }
    ));
    let own = ok(estimator.isolated(Isolated::OwnLabel).fit(&moons.x));
    assert_eq!(ok(own.predict(&far))[1], 2);
    let nearest = ok(estimator.isolated(Isolated::NearestCluster).fit(&moons.x));
    assert!(ok(nearest.predict(&far))[1] < 2);
    let without_points = ok(estimator.fit_graph(&fitted.graph));
    assert!(matches!(
        refused(without_points.predict(&far)),
        Error::NoCoordinates { .. }
    ));
}

#[test]
fn the_estimator_goes_with_linfas_datasets() {
    let moons = blog_moons();
    let dataset = DatasetBase::new(moons.x.clone(), moons.y.clone());
    let estimator = SpectralClustering::new().graph(GraphRule::Epsilon(0.4));
    let fitted = Fit::fit(&estimator, &dataset).expect("the moons");
    assert_eq!(fitted.labels, ok(estimator.fit(&moons.x)).labels);
    let predicted: Array1<usize> = Predict::predict(&fitted, &dataset);
    assert!(ok(agreement(&predicted, &moons.y)) >= 0.98);
    // linfa's trait cannot say why: the points that are refused have the label UNKNOWN, the others theirs.
    let far = array![[0.0, 1.0], [99.0, 99.0]];
    let labels: Array1<usize> = Predict::predict(&fitted, &far);
    assert!(labels[0] < 2 && labels[1] == fiedler::estimator::UNKNOWN);
}

#[test]
fn the_same_seed_gives_the_same_labels_whatever_the_number_of_threads() {
    let data = iris();
    let estimator = SpectralClustering::new()
        .clusters(3)
        .graph(neighbors(10))
        .seed(5);
    let fit = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .expect("a pool");
        pool.install(|| ok(estimator.fit(&data.x)).labels)
    };
    assert_eq!(fit(1), fit(3));
}

#[test]
fn circles_come_out_right_where_k_means_cannot() {
    let data = ok(circles(200, 0.05, 0.3, 0));
    let found = ok(SpectralClustering::new().graph(neighbors(10)).fit(&data.x));
    assert_eq!(agrees(&found.labels, &data.y), 1.0);
    assert!(agrees(&ok(fiedler::kmeans(&data.x, 2, 0)).labels, &data.y) < 0.6);
}

#[test]
fn a_point_that_stands_twice_has_one_label_and_moves_no_other() {
    let moons = blog_moons();
    let rows: Vec<usize> = (0..200).chain([17, 116]).collect();
    let doubled = moons.x.select(Axis(0), &rows);
    for rule in [
        GraphRule::Epsilon(0.35),
        neighbors(10),
        GraphRule::gaussian(0.1),
        GraphRule::LocalScaling(7),
    ] {
        let estimator = SpectralClustering::new()
            .graph(rule)
            .labels(Labelling::Sweep);
        let once = ok(estimator.fit(&moons.x)).labels;
        let twice = ok(estimator.fit(&doubled)).labels;
        for (copy, original) in [(200, 17), (201, 116)] {
            assert_eq!(twice[copy], twice[original], "{rule:?}");
        }
        let before = twice.select(Axis(0), &rows[..200]);
        assert_eq!(agrees(&before, &once), 1.0, "{rule:?}");
    }
}

proptest! {
    #![proptest_config(cases(16))]

    #[test]
    fn renumbering_moving_and_scaling_the_points_changes_no_cluster(
        seed in 0_u32..1000, shift in -1e8..1e8f64, log_scale in -20.0..20.0f64,
    ) {
        let data = ok(moons(60, 0.04, u64::from(seed)));
        let scale = log_scale.exp();
        let estimator = |unit: f64| SpectralClustering::new()
            .graph(GraphRule::gaussian(0.25 * unit)).labels(Labelling::KMeans);
        let Ok(found) = estimator(1.0).fit(&data.x) else { return Ok(()) };
        let turned: Vec<usize> = (0..60).map(|i| (i * 7 + 3) % 60).collect();
        let permuted = ok(estimator(1.0).fit(&data.x.select(Axis(0), &turned))).labels;
        // Rounding in moved coordinates is 1e8 ε; a gap in the eigenvalues of .001 makes of it 1e-5: no label turns
        // unless it lies that near the border between two clusters.
        prop_assert!(agrees(&permuted, &found.labels.select(Axis(0), &turned)) >= 59.0 / 60.0);
        let moved = ok(estimator(1.0).fit(&(&data.x + shift))).labels;
        prop_assert!(agrees(&moved, &found.labels) >= 59.0 / 60.0);
        let scaled = ok(estimator(scale).fit(&(&data.x * scale))).labels;
        prop_assert!(agrees(&scaled, &found.labels) >= 59.0 / 60.0);
    }

    #[test]
    fn the_certificate_bounds_hold_for_whatever_the_estimator_finds(seed in 0_u64..1000, k in 2usize..5) {
        let data = ok(blobs(50, 2, k, 1.5, seed));
        let estimator = SpectralClustering::new().clusters(k).graph(GraphRule::gaussian(2.0));
        if let Ok(found) = estimator.fit(&data.x) {
            let certificate = &found.certificate;
            prop_assert!(certificate.lower_bound <= certificate.normcut * (1.0 + 1e-12) + 1e-12);
            support::near(certificate.normcut, ok(found.graph.normcut(&found.labels)), 1e-12);
        }
    }
}

#[test]
fn adjusted_rand_index_of_iris_is_that_of_the_record() {
    // scikit-learn with the same graph gives the same three groups; see the reference of labelling.
    let data = iris();
    let found = ok(SpectralClustering::new()
        .clusters(3)
        .graph(neighbors(10))
        .fit(&data.x));
    assert!(ok(adjusted_rand_index(&found.labels, &data.y)) > 0.6);
}

/// Moons of a size for which the search is taken.
fn many_moons() -> fiedler::data::Data {
    ok(moons(1500, 0.08, 5))
}

#[test]
fn all_solvers_give_the_same_labels_and_the_report_says_which_was_taken() {
    let x = many_moons().x;
    let by = |solver| {
        ok(SpectralClustering::new()
            .graph(neighbors(10))
            .solver(solver)
            .fit(&x))
    };
    let (dense, search, auto) = (by(Solver::Dense), by(Solver::Multigrid), by(Solver::Auto));
    assert_eq!(dense.labels, search.labels);
    assert_eq!(search.labels, auto.labels);
    assert_eq!(dense.report.solver.solver, Solver::Dense);
    assert_eq!(dense.report.solver.iterations, 0);
    assert_eq!(search.report.solver.levels[0], 1500);
    for (found, solver) in [(&search, Solver::Multigrid), (&auto, Solver::Elimination)] {
        assert_eq!(found.report.solver.solver, solver);
        assert!(found.report.solver.iterations > 0);
        let stages: Vec<Stage> = found.report.seconds.iter().map(|stage| stage.0).collect();
        let all = [
            Stage::Graph,
            Stage::Eigenvectors,
            Stage::Labels,
            Stage::Certificate,
        ];
        assert_eq!(stages, all);
        let printed = found.report.to_string();
        assert!(printed.contains(&format!("{solver:?}")), "{printed}");
    }
    assert!(search.report.to_string().contains("1500 > "));
    assert!(auto.report.solver.reason.contains("1500 vertices"));
    // The reports of two runs are equal, however long they took.
    assert_eq!(by(Solver::Auto).report, auto.report);
}

#[test]
fn the_residuals_stay_below_a_hundredth_of_the_gap_and_the_last_below_a_tenth() {
    for (k, x) in [(2, many_moons().x), (4, ok(blobs(1200, 3, 4, 2.0, 1)).x)] {
        let found = ok(SpectralClustering::new()
            .clusters(k)
            .graph(neighbors(10))
            .fit(&x));
        let certificate = &found.certificate;
        let gap = certificate.eigengap.expect("k < n");
        for (j, residual) in certificate.residuals.iter().enumerate() {
            let allowed = if j < k {
                (gap / 100.0).min(1e-8)
            } else {
                gap / 10.0
            };
            // Twice, as the check after the search allows for rounding.
            assert!(
                *residual <= 2.0 * allowed.max(1e-12),
                "{j}: {residual}, gap {gap}"
            );
        }
    }
}

#[test]
fn the_callback_hears_every_stage_and_can_stop_each() {
    let x = many_moons().x;
    let estimator = SpectralClustering::new().graph(neighbors(10));
    let mut heard = Vec::new();
    let mut residuals = Vec::new();
    ok(estimator.fit_watched(&x, |progress| {
        if progress.step == 0 && !heard.contains(&progress.stage) {
            heard.push(progress.stage);
        }
        residuals.extend(progress.residual);
        ControlFlow::Continue(())
    }));
    let all = [
        Stage::Graph,
        Stage::Eigenvectors,
        Stage::Labels,
        Stage::Certificate,
    ];
    assert_eq!(heard, all);
    assert!(residuals.last() < residuals.first());
    for stage in all {
        let stop = |progress: &Progress| {
            if progress.stage == stage {
                ControlFlow::Break(())
            } else {
                ControlFlow::Continue(())
            }
        };
        let error = refused(estimator.fit_watched(&x, stop));
        assert_eq!(
            error,
            Error::Stopped {
                stage: stage.name()
            }
        );
    }
    // In the midst of the search.
    for (solver, step) in [(Solver::Multigrid, 2), (Solver::Elimination, 0)] {
        let estimator = estimator.solver(solver);
        let mut said_stop = 0;
        let error = refused(
            estimator.fit_watched(&x, |progress| match progress.residual {
                Some(_) if progress.step >= step => {
                    said_stop += 1;
                    ControlFlow::Break(())
                }
                _ => ControlFlow::Continue(()),
            }),
        );
        assert!(matches!(error, Error::Stopped { .. }), "{error}");
        assert_eq!(said_stop, 1);
    }
    let graph = ok(neighbors(10).build(&x));
    let error = refused(estimator.fit_graph_watched(&graph, |_| ControlFlow::Break(())));
    assert!(matches!(error, Error::Stopped { .. }), "{error}");
}

#[test]
fn labels_do_not_depend_on_the_number_of_threads() {
    let data = [
        (2, ok(moons(3000, 0.12, 1)).x),
        (5, ok(blobs(3000, 4, 5, 2.0, 2)).x),
    ];
    for (k, x) in data {
        let on = |threads: usize| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
            let pool = pool.expect("threads");
            pool.install(|| {
                ok(SpectralClustering::new()
                    .clusters(k)
                    .graph(neighbors(10))
                    .fit(&x))
            })
        };
        let alone = on(1);
        for threads in [2, 4] {
            let several = on(threads);
            assert_eq!(several.labels, alone.labels);
            // Not only the labels: every number.
            assert_eq!(several.embedding, alone.embedding);
            assert_eq!(several.certificate, alone.certificate);
        }
    }
}

#[test]
fn five_columns_for_three_blobs_are_not_left_at_the_minimum_that_most_starts_come_to() {
    let data = blobs(300, 2, 3, 0.5, 1).unwrap();
    let clustering = SpectralClustering::new()
        .clusters(3)
        .eigenvectors(5)
        .fit(&data.x)
        .unwrap();
    assert_eq!(clustering.embedding.ncols(), 5);
    assert_eq!(adjusted_rand_index(&clustering.labels, &data.y), Ok(1.0));
}
