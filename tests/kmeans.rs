//! Step 1, k-means: right on the post's blobs, wrong on its moons, and small cases worked by hand.

mod support;

use fiedler::data::{RandomState, blog_blobs, blog_moons};
use fiedler::ndarray::{Array1, Array2, Axis, array};
use fiedler::{Error, agreement, kmeans, kmeans::KMeans, lloyd};
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
    // Fifty starts each: scikit-learn's best of twenty.
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
    assert_eq!(found.inertia.to_bits(), 0.0_f64.to_bits());
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

/// n points in three clumps around fixed places, and the clump of each, in order of appearance.
fn clumps(n: usize, spread: f64, seed: u64) -> (Array2<f64>, Array1<usize>) {
    let mut rng = RandomState::new(seed);
    let y = Array1::from_shape_fn(n, |i| i % 3);
    let places = array![[0.0, 0.0], [3.0, 0.0], [0.0, 5.0]];
    let offsets = Array2::from_shape_simple_fn((n, 2), || rng.normal(0.0, spread));
    (places.select(Axis(0), &y.to_vec()) + offsets, y)
}

#[test]
fn any_number_of_threads_gives_the_same_answer_to_the_last_bit() {
    // Without a sample; with one; and with so much overlap that many points lie near a border.
    for (n, spread) in [(3000, 0.3), (20_000, 0.3), (20_000, 2.0)] {
        let (x, _) = clumps(n, spread, 0);
        let on = |threads: usize| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
            pool.expect("threads").install(|| ok(kmeans(&x, 4, 1)))
        };
        let alone = on(1);
        for threads in [2, 4] {
            assert_eq!(on(threads), alone, "{n} points, {threads} threads");
        }
    }
}

#[test]
fn a_sample_of_many_points_leads_to_the_clusters_of_all() {
    let (x, y) = clumps(30_000, 0.2, 0);
    for seed in 0..5 {
        let found = ok(kmeans(&x, 3, seed));
        assert_eq!(found.labels, y);
        is_consistent(&x, &found);
        for (label, center) in found.centers.outer_iter().enumerate() {
            let own: Vec<usize> = (label..30_000).step_by(3).collect();
            let mean = x.select(Axis(0), &own).mean_axis(Axis(0)).expect("points");
            // Sums of 10,000 coordinates of size 5.
            all_near(&center.to_owned(), &mean, 50_000.0 * EPS);
        }
    }
}

#[test]
fn clusters_that_alternate_in_the_order_of_the_points_are_all_found() {
    // 40,960 points: a sample of every tenth would see one cluster alone.
    for n in [20_000, 40_960, 65_536] {
        let y = Array1::from_shape_fn(n, |i| i % 10);
        let mut rng = RandomState::new(0);
        let x = Array2::from_shape_fn((n, 2), |(i, j)| {
            let place = if j == 0 { i % 10 % 4 } else { i % 10 / 4 };
            10.0 * place as f64 + rng.normal(0.0, 0.5)
        });
        for seed in 0..3 {
            assert_eq!(
                ok(kmeans(&x, 10, seed)).labels,
                y,
                "{n} points, seed {seed}"
            );
        }
    }
}

#[test]
fn five_of_many_points_far_from_all_others_are_a_cluster_of_their_own() {
    // Of 2048 stretches of 48 points few see one of the five: the draws by distance must find them.
    let (mut x, mut y) = clumps(100_000, 1e-3, 0);
    for i in [7, 30_000, 50_001, 50_002, 99_999] {
        x.row_mut(i).assign(&array![40.0, 40.0]);
        y[i] = 3;
    }
    for seed in 0..5 {
        assert_eq!(ok(kmeans(&x, 4, seed)).labels, y, "seed {seed}");
    }
}

#[test]
fn many_points_that_coincide_or_hardly_differ_are_no_obstacle() {
    let n = 20_000;
    let alike = ok(kmeans(&Array2::from_elem((n, 2), 0.7), 3, 0));
    assert_eq!(alike.labels, Array1::<usize>::zeros(n));
    // Neither -0 nor rounding.
    assert_eq!(alike.inertia.to_bits(), 0.0_f64.to_bits());
    // A constant column beside two values; and fewer different points than clusters.
    let x = Array2::from_shape_fn((n, 2), |(i, j)| if j == 0 { 1e6 } else { (i % 2) as f64 });
    for k in [2, 5] {
        let found = ok(kmeans(&x, k, 0));
        assert_eq!(found.labels, Array1::from_shape_fn(n, |i| i % 2));
        near(found.inertia, 0.0, EPS);
    }
}

#[test]
fn the_order_in_memory_changes_nothing() {
    let (x, _) = clumps(3000, 0.5, 0);
    let mut by_columns = Array2::zeros((2, 3000)).reversed_axes();
    by_columns.assign(&x);
    assert_eq!(ok(kmeans(&by_columns, 3, 0)), ok(kmeans(&x, 3, 0)));
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

#[test]
fn the_plain_method_goes_from_the_centres_it_is_given_to_the_means() {
    // From 0 and 1 over (0 | 1, 9, 10), where 1 is nearer to 0 than to the mean 20/3, to (0, 1 | 9, 10).
    let x = array![[0.0], [1.0], [9.0], [10.0]];
    let found = ok(lloyd(&x, &array![[0.0], [1.0]]));
    assert_eq!(found.labels, array![0, 0, 1, 1]);
    assert_eq!(found.centers, array![[0.5], [9.5]]);
    near(found.inertia, 1.0, EPS);
    // A centre that no point is nearest to stays where it is.
    let found = ok(lloyd(&x, &array![[5.0], [100.0]]));
    assert_eq!(found.centers, array![[5.0], [100.0]]);
    let refused = lloyd(&x, &array![[0.0, 1.0]]);
    assert!(
        matches!(refused, Err(Error::Count { found: 2, .. })),
        "{refused:?}"
    );
    let refused = lloyd(&x, &Array2::zeros((5, 1)));
    assert_eq!(refused, Err(Error::ClusterCount { k: 5, n: 4 }));
}

proptest! {
    #![proptest_config(cases(128))]

    #[test]
    fn the_fast_method_comes_to_rest_where_the_plain_one_does(
        entries in prop::collection::vec(-5.0..5.0, 240), k in 1_usize..9, seed in any::<u64>(),
    ) {
        let x = Array2::from_shape_vec((80, 3), entries).expect("240 entries");
        let fast = ok(kmeans(&x, k, seed));
        let plain = ok(lloyd(&x, &fast.centers));
        prop_assert_eq!(&plain.labels, &fast.labels);
        all_near(&plain.centers, &fast.centers, MEAN);
        near(plain.inertia, fast.inertia, MEAN * (1.0 + fast.inertia));
        // And from anywhere else the plain one ends no lower than a few percent below the best of fifty starts.
        let elsewhere = ok(lloyd(&x, &x.slice(fiedler::ndarray::s![..k, ..]).to_owned()));
        prop_assert!(elsewhere.inertia >= 0.9 * fast.inertia);
    }

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
