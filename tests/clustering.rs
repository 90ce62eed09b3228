//! Step 7, all together: the post's pictures as labels, against SciPy's, and what must not change them.

mod support;

use fiedler::data::{Data, blog_moons, circles, moons};
use fiedler::ndarray::{Array1, Array2, Axis, array};
use fiedler::{
    Error, GraphRule, SpectralClustering, agreement, clustering::labels_above, components,
    fiedler_vector, kmeans, labels_by_sign, similarity_matrix, spectral_clustering,
};
use proptest::prelude::*;
use serde_json::Value;
use support::{
    EPS, cases, exactly, graphs, labels, list, matrix, near, number, ok, reference, refused, text,
    the_posts_graph, vector, whole,
};

/// Agreements are whole numbers over n: one division, and one subtraction from 1.
const SHARE: f64 = EPS;

/// The points of a reference case.
fn points(name: &str) -> Data {
    match name {
        "moons .25" => ok(moons(1000, 0.25, 0)),
        "moons .10" => ok(moons(1000, 0.10, 0)),
        "circles" => ok(circles(1000, 0.05, 0.4, 0)),
        other => panic!("no such data: {other}"),
    }
}

/// The reference runs on these data, and their points.
fn runs(name: &str) -> (Data, Vec<Value>) {
    let reference = reference("clustering");
    let runs = list(&reference["runs"])
        .iter()
        .filter(|run| run["data"] == name)
        .cloned()
        .collect();
    (points(name), runs)
}

/// Our labels on these points, held against SciPy's: equal but for the names of the two clusters.
fn labels_as_scipy(data: &Data, run: &Value) -> f64 {
    // The margin says that no pair of points lies so close to ε that rounding could move an edge.
    assert!(number(&run["margin"]) > 1e-9);
    let found = ok(spectral_clustering(&data.x, number(&run["epsilon"])));
    exactly(ok(agreement(&found, &labels(&run["labels"]))), 1.0);
    let right = ok(agreement(&found, &data.y));
    near(right, number(&run["agreement"]), SHARE);
    right
}

/// One run of the circles, by ε.
fn bulls_eye(epsilon: f64) -> f64 {
    let (data, runs) = runs("circles");
    let run = runs
        .iter()
        .find(|run| (number(&run["epsilon"]) - epsilon).abs() < 1e-9)
        .expect("a reference run");
    labels_as_scipy(&data, run)
}

// --- The post's pictures ----------------------------------------------------------------------------

#[test]
fn the_posts_moons_are_split_199_of_200() {
    let data = blog_moons();
    let found = ok(spectral_clustering(&data.x, 0.4));
    near(ok(agreement(&found, &data.y)), 199.0 / 200.0, SHARE);
    exactly(
        ok(agreement(
            &found,
            &labels(&reference("eigen")["post"]["by_sign"]["labels"]),
        )),
        1.0,
    );
}

#[test]
fn k_means_gets_the_moons_wrong_where_spectral_clustering_gets_them_right() {
    let data = blog_moons();
    let by_means = ok(agreement(&ok(kmeans(&data.x, 2, 0)).labels, &data.y));
    let by_graph = ok(agreement(&ok(spectral_clustering(&data.x, 0.4)), &data.y));
    near(by_means, 0.745, SHARE);
    near(by_graph, 0.995, SHARE);
}

#[test]
fn the_larger_data_are_scikit_learns() {
    let reference = reference("clustering");
    for (name, wanted) in reference["data"].as_object().expect("data by name") {
        let data = points(name);
        assert_eq!(data.x.nrows(), whole(&wanted["n"]));
        assert_eq!(data.y, labels(&wanted["y"]));
        let near_by = |found: &Array1<f64>, wanted: &Value, tolerance| {
            support::all_near(found, &vector(wanted), tolerance);
        };
        near_by(&data.x.row(0).to_owned(), &wanted["first_point"], 8.0 * EPS);
        near_by(
            &data.x.row(999).to_owned(),
            &wanted["last_point"],
            8.0 * EPS,
        );
        near_by(
            &data.x.sum_axis(Axis(0)),
            &wanted["column_sums"],
            1000.0 * EPS * 500.0,
        ); // a thousand roundings
    }
}

#[test]
fn the_noisy_moons_of_the_post() {
    for (name, share) in [("moons .25", 0.828), ("moons .10", 0.986)] {
        let (data, runs) = runs(name);
        assert_eq!(runs.len(), 1);
        near(labels_as_scipy(&data, &runs[0]), share, SHARE);
        let found = ok(fiedler_vector(&ok(similarity_matrix(&data.x, 0.4))));
        near(found.value, number(&runs[0]["lambda2"]), 1e4 * EPS); // ten roundings a row
    }
}

#[test]
fn the_bulls_eye_is_right_from_035_to_05_and_wrong_from_055() {
    for epsilon in [0.35, 0.4, 0.45, 0.5] {
        exactly(bulls_eye(epsilon), 1.0);
    }
    for epsilon in [0.55, 0.6, 0.7, 0.8, 1.0] {
        let share = bulls_eye(epsilon);
        assert!(share < 0.75, "{share} at {epsilon}");
    }
    // Below, the two circles are not even joined: two components, and right for that reason.
    for epsilon in [0.2, 0.25, 0.3] {
        exactly(bulls_eye(epsilon), 1.0);
        let data = points("circles");
        let a = ok(similarity_matrix(&data.x, epsilon));
        exactly(ok(agreement(&ok(components(&a)), &data.y)), 1.0);
        exactly(ok(fiedler_vector(&a)).value, 0.0);
    }
}

#[test]
fn k_means_gets_the_bulls_eye_no_better_than_chance() {
    let data = points("circles");
    assert!(ok(agreement(&ok(kmeans(&data.x, 2, 0)).labels, &data.y)) < 0.55);
}

#[test]
fn the_posts_own_function_gave_these_labels() {
    // Its inv and eig in NumPy: the same labels wherever the graph is connected.
    let reference = reference("clustering");
    let (mut connected, mut broken) = (0, 0);
    for run in list(&reference["post_function"]) {
        let data = points(text(&run["data"]));
        let found = spectral_clustering(&data.x, number(&run["epsilon"]));
        if let Some(error) = run["error"].as_str() {
            // Where it stops at a singular matrix, we name the isolated points.
            assert_eq!(error, "Singular matrix");
            let Error::IsolatedPoints { points, .. } = refused(found) else {
                panic!("isolated points")
            };
            assert_eq!(points.len(), whole(&run["isolated"]));
            broken += 1;
        } else if whole(&run["components"]) == 1 {
            exactly(ok(agreement(&ok(found), &labels(&run["labels"]))), 1.0);
            connected += 1;
        } else {
            // Two components: its eigenvectors were complex, its labels of chance; ours are right.
            near(number(&run["agreement"]), 0.5, SHARE);
            exactly(ok(agreement(&ok(found), &data.y)), 1.0);
        }
    }
    assert_eq!((connected, broken), (3, 1));
}

// --- What must not change a label -------------------------------------------------------------------

#[test]
fn labels_follow_the_points_when_their_order_changes() {
    let x = blog_moons().x;
    let found = ok(spectral_clustering(&x, 0.4));
    for step in [7, 99, 199] {
        // Coprime to 200, so that every point comes once.
        let order: Vec<usize> = (0..200).map(|i| (i * step + 3) % 200).collect();
        let moved = ok(spectral_clustering(&x.select(Axis(0), &order), 0.4));
        exactly(ok(agreement(&moved, &found.select(Axis(0), &order))), 1.0);
    }
}

#[test]
fn a_large_offset_changes_no_label() {
    // On a grid of 1/1024, 1e8 is added without rounding; 0.4 is no distance between points of the grid, and the
    // nearest of them is much farther from it than rounding reaches.
    let x = blog_moons()
        .x
        .mapv(|value| (value * 1024.0).round() / 1024.0);
    let here = ok(spectral_clustering(&x, 0.4));
    for offset in [1e8, -1e8] {
        assert_eq!(ok(spectral_clustering(&(&x + offset), 0.4)), here);
        // One column alone.
        let mut moved = x.clone();
        moved.column_mut(1).mapv_inplace(|value| value + offset);
        assert_eq!(ok(spectral_clustering(&moved, 0.4)), here);
    }
    // And with the post's own points: none is as near to 0.4 as the 3e-8 that 1e8 rounds coordinates by.
    assert!(number(&reference("similarity")["post"]["margin"]) > 1e-4);
    let post = blog_moons().x;
    assert_eq!(
        ok(spectral_clustering(&(&post + 1e8), 0.4)),
        ok(spectral_clustering(&post, 0.4))
    );
}

#[test]
fn the_unit_of_the_data_changes_no_label() {
    // Powers of 2 change no digit.
    let x = blog_moons().x;
    let here = ok(spectral_clustering(&x, 0.4));
    for unit in [
        2_f64.powi(-900),
        2_f64.powi(-20),
        2_f64.powi(20),
        2_f64.powi(900),
    ] {
        assert_eq!(
            ok(spectral_clustering(&(&x * unit), 0.4 * unit)),
            here,
            "unit {unit:e}"
        );
    }
}

#[test]
fn turning_and_mirroring_the_points_changes_no_label() {
    let x = blog_moons().x;
    let here = ok(spectral_clustering(&x, 0.4));
    let (sin, cos) = 1.0_f64.sin_cos();
    for turn in [
        array![[cos, sin], [-sin, cos]],
        array![[1.0, 0.0], [0.0, -1.0]],
        array![[0.0, 1.0], [1.0, 0.0]],
    ] {
        exactly(
            ok(agreement(
                &ok(spectral_clustering(&x.dot(&turn), 0.4)),
                &here,
            )),
            1.0,
        );
    }
}

#[test]
fn columns_of_noughts_change_no_label() {
    let x = blog_moons().x;
    let mut wide = Array2::zeros((200, 5));
    wide.column_mut(1).assign(&x.column(0));
    wide.column_mut(4).assign(&x.column(1));
    assert_eq!(
        ok(spectral_clustering(&wide, 0.4)),
        ok(spectral_clustering(&x, 0.4))
    );
}

#[test]
fn the_same_points_give_the_same_labels() {
    let x = blog_moons().x;
    assert_eq!(
        ok(spectral_clustering(&x, 0.4)),
        ok(spectral_clustering(&x, 0.4))
    );
}

#[test]
fn duplicates_share_a_label() {
    let x = blog_moons().x;
    let twice =
        fiedler::ndarray::concatenate(Axis(0), &[x.view(), x.view()]).expect("two columns each");
    let found = ok(spectral_clustering(&twice, 0.4));
    for i in 0..200 {
        assert_eq!(found[i], found[i + 200], "point {i}");
    }
}

proptest! {
    #![proptest_config(cases(128))]

    #[test]
    fn labels_do_not_depend_on_the_sign(a in graphs()) {
        if let Ok(found) = fiedler_vector(&a) {
            // A vector with a 0 in it puts that point on either side: the claim is on the others.
            let longest = support::largest(found.vector.iter().copied());
            prop_assume!(found.vector.iter().all(|entry| entry.abs() > 1e-9 * longest));
            let (plus, minus) = (ok(labels_by_sign(&found.vector)), ok(labels_by_sign(&-&found.vector)));
            exactly(ok(agreement(&plus, &minus)), 1.0);
            prop_assert!(plus.iter().zip(&minus).all(|(one, other)| one + other == 1));
        }
    }

    #[test]
    fn both_labels_occur(a in graphs()) {
        if let Ok(found) = fiedler_vector(&a) {
            // zᵀD𝟙 = 0 with positive degrees: some entries are positive, some negative.
            let labels = ok(labels_by_sign(&found.vector));
            prop_assert!(labels.sum() > 0 && labels.sum() < labels.len());
        }
    }

    #[test]
    fn thresholds_divide_as_they_say(z in prop::collection::vec(-1.0..1.0, 1..30), threshold in -1.0..1.0) {
        let z = Array1::from_vec(z);
        let found = ok(labels_above(&z, threshold));
        for (&label, &entry) in found.iter().zip(&z) {
            // Within a rounding of the threshold either side is right.
            prop_assert!(label == usize::from(entry > threshold) || (entry - threshold).abs() < 1e-11);
        }
    }

    #[test]
    fn agreement_is_symmetric_and_ignores_names(pairs in prop::collection::vec((0_usize..2, 0_usize..2), 1..40)) {
        let (y, truth): (Vec<usize>, Vec<usize>) = pairs.iter().copied().unzip();
        let (y, truth) = (Array1::from_vec(y), Array1::from_vec(truth));
        let share = ok(agreement(&y, &truth));
        prop_assert!((0.5..=1.0).contains(&share));
        exactly(ok(agreement(&truth, &y)), share);
        near(ok(agreement(&y.mapv(|label| 1 - label), &truth)), share, SHARE);
        let same = pairs.iter().filter(|(a, b)| a == b).count() as f64 / pairs.len() as f64;
        near(share, same.max(1.0 - same), SHARE);
        exactly(ok(agreement(&y, &y)), 1.0);
    }
}

// --- ε out of range ---------------------------------------------------------------------------------

#[test]
fn epsilon_too_small_is_an_error_that_says_so() {
    let x = blog_moons().x;
    // No edge at all.
    let none = spectral_clustering(&x, 1e-6).expect_err("no edge");
    assert_eq!(
        none,
        Error::NoEdges {
            advice: fiedler::error::Advice::default()
        }
    );
    assert!(none.to_string().contains("raise epsilon"), "{none}");
    // Some points without a neighbour, and which.
    let lonely = spectral_clustering(&x, 0.05).expect_err("isolated points");
    let Error::IsolatedPoints { points, .. } = &lonely else {
        panic!("{lonely}")
    };
    let a = ok(similarity_matrix(&x, 0.05));
    let truly: Vec<usize> = (0..200).filter(|&i| a.row(i).sum() == 0.0).collect();
    assert_eq!(*points, truly);
    assert!(lonely.to_string().contains("raise epsilon"), "{lonely}");
    // Every point with a neighbour, but in many pieces.
    let corners = array![
        [0.0, 0.0],
        [0.1, 0.0],
        [5.0, 0.0],
        [5.1, 0.0],
        [9.0, 0.0],
        [9.1, 0.0],
        [9.2, 0.0]
    ];
    let pieces = spectral_clustering(&corners, 0.15).expect_err("pieces");
    assert_eq!(
        pieces,
        Error::TooManyComponents {
            sizes: vec![2, 2, 3],
            advice: fiedler::error::Advice::default()
        }
    );
    assert!(pieces.to_string().contains("raise epsilon"), "{pieces}");
}

#[test]
fn epsilon_too_large_is_an_error_that_says_so() {
    let x = blog_moons().x;
    for epsilon in [10.0, 1e300, f64::INFINITY] {
        let error = spectral_clustering(&x, epsilon).expect_err("no structure");
        assert_eq!(
            error,
            Error::NoStructure {
                n: 200,
                advice: fiedler::error::Advice::default()
            }
        );
        assert!(error.to_string().contains("lower epsilon"), "{error}");
    }
}

#[test]
fn every_epsilon_in_between_gives_labels_or_says_why_not() {
    let x = blog_moons().x;
    for step in 1..60 {
        match spectral_clustering(&x, f64::from(step) * 0.05) {
            Ok(labels) => assert!(labels.sum() > 0 && labels.sum() < 200),
            Err(error) => assert!(error.to_string().contains("epsilon"), "{error}"),
        }
    }
}

#[test]
fn two_points_are_two_clusters_when_joined() {
    assert_eq!(ok(spectral_clustering(&array![[0.0], [1.0]], 1.0)).sum(), 1);
    assert_eq!(
        refused(spectral_clustering(&array![[0.0], [1.0]], 0.5)),
        Error::NoEdges {
            advice: fiedler::error::Advice::default()
        }
    );
}

#[test]
fn the_small_moons_of_the_reference_have_an_isolated_point() {
    let reference = reference("similarity");
    let case = &reference["small"][0];
    let found = refused(spectral_clustering(
        &matrix(&case["x"]),
        number(&case["epsilon"]),
    ));
    assert!(matches!(found, Error::IsolatedPoints { .. }), "{found}");
}

#[test]
fn what_rounding_leaves_of_a_nought_counts_as_nought() {
    assert_eq!(
        ok(labels_by_sign(&array![1.0, 1e-13, -1e-13, 0.0, -0.0, -1.0])),
        array![1, 0, 0, 0, 0, 0]
    );
    assert_eq!(
        ok(labels_by_sign(&array![1.0, 1e-11, -1.0])),
        array![1, 1, 0]
    );
    // The middle of a path of three is 0.
    let z = ok(fiedler_vector(&support::path(3))).vector;
    assert_eq!(ok(labels_by_sign(&z)), array![1, 0, 0]);
}

#[test]
fn the_posts_graph_is_connected() {
    assert_eq!(ok(components(&the_posts_graph().0)).sum(), 0);
}

#[test]
fn the_three_lines_and_the_estimator_give_the_same_labels() {
    let sets = [
        (blog_moons(), 0.4),
        (fiedler::data::blog_blobs(), 3.0),
        (ok(moons(1500, 0.06, 1)), 0.2),
        (ok(circles(400, 0.05, 0.5, 2)), 0.3),
        (ok(fiedler::data::spirals(300, 1.0, 0.01, 3)), 0.2),
        (fiedler::data::iris(), 1.0),
        (ok(fiedler::data::blobs(500, 3, 2, 1.0, 4)), 2.5),
    ];
    let mut answered = 0;
    for (data, epsilon) in sets {
        let by_steps = spectral_clustering(&data.x, epsilon);
        let estimator = SpectralClustering::new().graph(GraphRule::Epsilon(epsilon));
        match (by_steps, estimator.fit(&data.x)) {
            (Ok(labels), Ok(found)) => {
                assert_eq!(labels, found.labels);
                answered += 1;
            }
            (Err(one), Err(other)) => {
                assert_eq!(std::mem::discriminant(&one), std::mem::discriminant(&other));
            }
            (one, other) => panic!("{one:?} and {:?}", other.map(|found| found.labels)),
        }
    }
    assert!(answered >= 4, "{answered}");
}
