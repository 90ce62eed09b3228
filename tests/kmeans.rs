//! Step 1, k-means: right on the post's blobs, wrong on its moons, and small cases worked by hand.

mod support;

use fiedler::data::{blog_blobs, blog_moons};
use fiedler::ndarray::{Array1, Array2, Axis, array};
use fiedler::{KMeans, agreement, kmeans};
use proptest::prelude::*;
use serde_json::Value;
use support::{EPS, all_near, cases, labels, matrix, near, number, ok, reference, relatively_near};

/// Lloyd's method is done when no label changes: then centres are means, to the rounding of sums of 200
/// coordinates of size 10.
const MEAN: f64 = 2_000.0 * EPS;

/// The centres as the means of their points, and the inertia around them, by the definition.
fn is_consistent(x: &Array2<f64>, found: &KMeans) {
    let mut sum = 0.0;
    for (point, &label) in x.outer_iter().zip(&found.labels) {
        let squared = |center: usize| {
            let between = &point - &found.centers.row(center);
            between.dot(&between)
        };
        sum += squared(label);
        for other in 0..found.centers.nrows() {
            let (own, other) = (squared(label), squared(other));
            assert!(
                own <= other + MEAN * (1.0 + other),
                "a point at {own:e} from its own centre and {other:e} from another"
            );
        }
    }
    near(found.inertia, sum, MEAN * (1.0 + sum));
}

fn reproduces(x: &Array2<f64>, y: &Array1<usize>, wanted: &Value) {
    let found = ok(kmeans(x, 2, 0));
    assert_eq!(found.labels, labels(&wanted["labels"]));
    all_near(&found.centers, &matrix(&wanted["centres"]), MEAN);
    relatively_near(found.inertia, number(&wanted["inertia"]), MEAN);
    support::exactly(
        ok(agreement(&found.labels, y)),
        number(&wanted["agreement"]),
    );
    is_consistent(x, &found);
}

#[test]
fn the_posts_blobs_come_out_right() {
    let blobs = blog_blobs();
    let found = ok(kmeans(&blobs.x, 2, 0));
    support::exactly(ok(agreement(&found.labels, &blobs.y)), 1.0);
    reproduces(&blobs.x, &blobs.y, &reference("kmeans")["post_blobs"]);
}

#[test]
fn the_posts_moons_come_out_wrong_for_51_of_200_points() {
    let moons = blog_moons();
    let found = ok(kmeans(&moons.x, 2, 0));
    support::exactly(ok(agreement(&found.labels, &moons.y)), 149.0 / 200.0);
    reproduces(&moons.x, &moons.y, &reference("kmeans")["post_moons"]);
}

#[test]
fn every_seed_finds_the_best_split_of_the_posts_data() {
    // Ten starts each: scikit-learn's best of twenty.
    let reference = reference("kmeans");
    for seed in 0..20 {
        let on = |x: &Array2<f64>| ok(kmeans(x, 2, seed)).inertia;
        relatively_near(
            on(&blog_blobs().x),
            number(&reference["post_blobs"]["inertia"]),
            MEAN,
        );
        relatively_near(
            on(&blog_moons().x),
            number(&reference["post_moons"]["inertia"]),
            MEAN,
        );
    }
}

#[test]
fn one_cluster_has_the_mean_for_its_centre() {
    let x = array![[0.0, 3.0], [2.0, 0.0], [4.0, 3.0]];
    let found = ok(kmeans(&x, 1, 0));
    assert_eq!(found.labels, array![0, 0, 0]);
    all_near(&found.centers, &array![[2.0, 2.0]], MEAN);
    near(found.inertia, 8.0 + 6.0, MEAN * 14.0);
}

#[test]
fn as_many_clusters_as_points_leave_no_inertia() {
    let x = array![[0.0], [10.0], [30.0], [70.0]];
    let found = ok(kmeans(&x, 4, 0));
    assert_eq!(found.labels, array![0, 1, 2, 3]);
    all_near(&found.centers, &x, MEAN * 70.0);
    support::exactly(found.inertia, 0.0);
}

#[test]
fn two_pairs_are_two_clusters() {
    let x = array![[10.0], [0.0], [1.0], [9.0]];
    let found = ok(kmeans(&x, 2, 0));
    assert_eq!(found.labels, array![0, 1, 1, 0]);
    all_near(&found.centers, &array![[9.5], [0.5]], MEAN);
    near(found.inertia, 1.0, MEAN);
}

#[test]
fn points_that_coincide_share_one_cluster_and_leave_the_others_empty() {
    let x = Array2::from_elem((5, 2), 0.7);
    let found = ok(kmeans(&x, 3, 0));
    assert_eq!(found.labels, Array1::<usize>::zeros(5));
    assert_eq!(found.centers.dim(), (3, 2));
    all_near(&found.centers, &Array2::from_elem((3, 2), 0.7), EPS);
    near(found.inertia, 0.0, EPS);
}

#[test]
fn more_clusters_than_different_points_leave_no_inertia() {
    let x = array![[1.0], [1.0], [5.0], [5.0]];
    let found = ok(kmeans(&x, 3, 0));
    assert_eq!(found.labels, array![0, 0, 1, 1]);
    near(found.inertia, 0.0, EPS);
    assert!(found.centers.iter().all(|center| center.is_finite()));
}

#[test]
fn one_point_is_one_cluster() {
    let found = ok(kmeans(&array![[3.0, 4.0]], 1, 0));
    assert_eq!(
        (found.labels, found.centers),
        (array![0], array![[3.0, 4.0]])
    );
}

#[test]
fn the_same_seed_gives_the_same_answer() {
    let x = blog_moons().x;
    assert_eq!(ok(kmeans(&x, 5, 7)), ok(kmeans(&x, 5, 7)));
}

#[test]
fn a_large_offset_changes_no_label() {
    // Multiples of 1/1024, so that moving them by 1e8 rounds nothing.
    let x = blog_moons()
        .x
        .mapv(|value| (value * 1024.0).round() / 1024.0);
    let here = ok(kmeans(&x, 2, 0));
    let there = ok(kmeans(&(&x + 1e8), 2, 0));
    assert_eq!(there.labels, here.labels);
    // A mean of numbers near 1e8 rounds by 1e-8 each time a term is added: 200 terms.
    all_near(&there.centers, &(here.centers + 1e8), 3e-6);
    near(there.inertia, here.inertia, 1e-4);
}

#[test]
fn coordinates_may_be_huge_or_tiny_until_their_squares_overflow() {
    let x = array![[0.0, 5.0], [1.0, 5.0], [1.1, 5.0], [0.1, 5.0]];
    for unit in [1e-300, 1e-200, 1e-100, 1e100, 1e149] {
        let found = ok(kmeans(&(&x * unit), 2, 0));
        assert_eq!(found.labels, array![0, 1, 1, 0], "unit {unit:e}");
        all_near(
            &(found.centers / unit),
            &array![[0.05, 5.0], [1.05, 5.0]],
            MEAN,
        );
        assert!(found.inertia.is_finite());
    }
    let error = support::refused(kmeans(&(&x * 1e200), 2, 0));
    assert!(error.to_string().contains("5e200"), "{error}");
}

#[test]
fn the_unit_of_the_data_changes_no_label() {
    let x = blog_moons().x;
    let here = ok(kmeans(&x, 2, 0));
    for unit in [1e-9, 1e-6, 1e-3, 1e3, 1e6] {
        let there = ok(kmeans(&(&x * unit), 2, 0));
        assert_eq!(there.labels, here.labels, "unit {unit:e}");
        relatively_near(there.inertia, here.inertia * unit * unit, MEAN);
    }
}

proptest! {
    #![proptest_config(cases(128))]

    #[test]
    fn every_point_is_nearest_to_its_own_centre(
        entries in prop::collection::vec(-5.0..5.0, 24), k in 1_usize..6, seed in any::<u64>(),
    ) {
        let x = Array2::from_shape_vec((12, 2), entries).expect("24 entries");
        let found = ok(kmeans(&x, k, seed));
        is_consistent(&x, &found);
        // Clusters are numbered in order of first appearance.
        let mut next = 0;
        for &label in &found.labels {
            prop_assert!(label <= next);
            next = next.max(label + 1);
        }
    }

    #[test]
    fn every_centre_is_the_mean_of_its_points(
        entries in prop::collection::vec(-5.0..5.0, 24), k in 1_usize..6, seed in any::<u64>(),
    ) {
        let x = Array2::from_shape_vec((12, 2), entries).expect("24 entries");
        let found = ok(kmeans(&x, k, seed));
        for (label, center) in found.centers.outer_iter().enumerate() {
            let own: Vec<usize> = (0..12).filter(|&i| found.labels[i] == label).collect();
            if let Some(mean) = x.select(Axis(0), &own).mean_axis(Axis(0)) {
                all_near(&center.to_owned(), &mean, MEAN);
            }
        }
    }
}
