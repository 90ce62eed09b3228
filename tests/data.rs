//! Step 0, the data: NumPy's and scikit-learn's numbers, one by one.

mod support;

use fiedler::data::{
    Data, RandomState, blobs, blog_arbitrary_labels, blog_blobs, blog_moons, circles, iris, moons,
    spirals, wine,
};
use fiedler::ndarray::{Array1, Array2, Axis};
use serde_json::Value;
use std::cmp::Ordering;
use support::{
    EPS, all_near, exactly, labels, list, matrix, near, number, ok, reference, relatively_near,
    text, vector, whole,
};

/// NumPy's logarithm, sine and cosine need not round as ours do: each may differ by one unit in the last
/// place, and two more operations follow.
const LIBM: f64 = 4.0 * EPS;

fn seed(case: &Value) -> u64 {
    whole(&case["seed"]) as u64
}

/// For each seed of the reference: the seed, and what NumPy's generator gave.
fn for_each_seed(check: impl Fn(RandomState, &Value)) {
    let reference = reference("data");
    let generators = list(&reference["generator"]);
    assert_eq!(generators.len(), 6);
    for case in generators {
        check(RandomState::new(seed(case)), case);
    }
}

fn same_integers(wanted: &Value, mut draw: impl FnMut() -> u32) {
    for (index, wanted) in list(wanted).iter().enumerate() {
        assert_eq!(draw() as usize, whole(wanted), "draw {index}");
    }
}

fn same_floats(wanted: &Value, tolerance: f64, mut draw: impl FnMut() -> f64) {
    for wanted in list(wanted) {
        relatively_near(draw(), number(wanted), tolerance);
    }
}

fn same_shuffle(wanted: &Value, rng: &mut RandomState) {
    let wanted: Vec<usize> = list(wanted).iter().map(whole).collect();
    let mut order: Vec<usize> = (0..wanted.len()).collect();
    rng.shuffle(&mut order);
    assert_eq!(order, wanted);
}

/// Equal shapes, labels equal, coordinates within [`LIBM`] of 1 or of their size.
fn same_data(found: &Data, case: &Value) {
    let wanted = matrix(&case["x"]);
    assert_eq!(found.x.dim(), wanted.dim());
    assert_eq!(found.y, labels(&case["y"]));
    for ((index, &found), &wanted) in found.x.indexed_iter().zip(&wanted) {
        let off = (found - wanted).abs();
        assert!(
            off <= LIBM * wanted.abs().max(1.0),
            "{index:?}: {found:e}, not {wanted:e}"
        );
    }
}

/// The noise of a reference case; Python's None is none at all.
fn noise(case: &Value) -> f64 {
    case["noise"].as_f64().unwrap_or(0.0)
}

/// The rows in ascending order of their coordinates, the label last.
fn sorted_rows(x: &Array2<f64>, y: &Array1<usize>) -> Vec<(f64, f64, usize)> {
    let mut rows: Vec<_> = x
        .outer_iter()
        .zip(y)
        .map(|(point, &label)| (point[0], point[1], label))
        .collect();
    rows.sort_by(|a, b| match a.2.cmp(&b.2) {
        Ordering::Equal if (a.0 - b.0).abs() > 1e-9 => a.0.total_cmp(&b.0),
        Ordering::Equal => a.1.total_cmp(&b.1),
        other => other,
    });
    rows
}

#[test]
fn raw_draws_are_numpys() {
    // randint(2^32) masks nothing away, so that it is the generator itself; ours stops one short of it,
    // and rejects only the one value 2^32 − 1.
    for_each_seed(|mut rng, case| same_integers(&case["raw_u32"], || rng.randint(u32::MAX)));
}

#[test]
fn floats_are_numpys_to_the_last_bit() {
    for_each_seed(|mut rng, case| {
        same_floats(&case["random_sample_10"], 0.0, || rng.random_sample());
    });
}

#[test]
fn uniforms_are_numpys_to_the_last_bit() {
    for_each_seed(|mut rng, case| {
        same_floats(&case["uniform_10"], 0.0, || rng.uniform(-10.0, 10.0));
    });
}

#[test]
fn normals_are_numpys() {
    for_each_seed(|mut rng, case| {
        same_floats(&case["standard_normal_11"], LIBM, || rng.standard_normal());
    });
}

#[test]
fn integers_are_numpys() {
    for_each_seed(|rng, case| {
        for (name, high) in [
            ("randint_2_size_50", 2),
            ("randint_10_size_50", 10),
            ("randint_1000_size_20", 1000),
        ] {
            let mut rng = rng.clone();
            same_integers(&case[name], || rng.randint(high));
        }
    });
}

#[test]
fn shuffles_are_numpys() {
    for_each_seed(|mut rng, case| same_shuffle(&case["shuffle_arange_20"], &mut rng));
}

#[test]
fn the_second_normal_of_a_pair_waits_while_other_draws_pass_by() {
    for_each_seed(|mut rng, case| {
        let mixed = &case["mixed"];
        same_floats(&mixed["1_standard_normal_3"], LIBM, || {
            rng.standard_normal()
        });
        same_integers(&mixed["2_randint_1000_size_7"], || rng.randint(1000));
        same_shuffle(&mixed["3_shuffle_arange_11"], &mut rng);
        same_floats(&mixed["4_random_sample_2"], 0.0, || rng.random_sample());
        same_floats(&mixed["5_standard_normal_4"], LIBM, || {
            rng.standard_normal()
        });
        same_floats(&mixed["6_uniform_5_6_size_2"], 0.0, || {
            rng.uniform(5.0, 6.0)
        });
    });
}

#[test]
fn the_known_value_of_the_generator() {
    support::exactly(
        RandomState::new(1234).random_sample(),
        0.191_519_450_378_892_3,
    );
}

#[test]
fn a_normal_of_mean_and_deviation_is_the_standard_one_scaled_and_moved() {
    let (mut plain, mut moved) = (RandomState::new(7), RandomState::new(7));
    for _ in 0..20 {
        near(
            moved.normal(3.0, 0.5),
            3.0 + 0.5 * plain.standard_normal(),
            LIBM,
        );
    }
}

#[test]
fn an_integer_below_0_or_1_is_0_and_draws_nothing() {
    let mut rng = RandomState::new(5);
    assert_eq!((rng.randint(0), rng.randint(1)), (0, 0));
    support::exactly(rng.random_sample(), RandomState::new(5).random_sample());
}

#[test]
fn the_posts_moons_are_reproduced() {
    same_data(&blog_moons(), &reference("data")["post_moons"]);
}

#[test]
fn the_posts_moons_are_the_moons_of_seed_1234() {
    assert_eq!(blog_moons(), ok(moons(200, 0.05, 1234)));
}

#[test]
fn the_posts_arbitrary_labels_are_reproduced() {
    assert_eq!(
        blog_arbitrary_labels(),
        labels(&reference("data")["post_arbitrary_labels"])
    );
}

#[test]
fn the_posts_blobs_are_reproduced() {
    let reference = reference("data");
    same_data(&blog_blobs(), &reference["post_blobs"]);
    // The centres are the first draws: two uniforms each.
    let mut rng = RandomState::new(1111);
    let drawn = Array2::from_shape_simple_fn((2, 2), || rng.uniform(-10.0, 10.0));
    all_near(&drawn, &matrix(&reference["post_blobs"]["centres"]), 0.0);
}

#[test]
fn the_posts_blobs_are_the_blobs_of_seed_1111() {
    assert_eq!(blog_blobs(), ok(blobs(200, 2, 2, 2.0, 1111)));
}

#[test]
fn moons_are_scikit_learns() {
    let reference = reference("data");
    for case in list(&reference["moons"])
        .iter()
        .filter(|case| case["shuffle"] == true)
    {
        same_data(&ok(moons(whole(&case["n"]), noise(case), seed(case))), case);
    }
}

#[test]
fn circles_are_scikit_learns() {
    let reference = reference("data");
    for case in list(&reference["circles"])
        .iter()
        .filter(|case| case["shuffle"] == true)
    {
        let found = circles(
            whole(&case["n"]),
            noise(case),
            number(&case["factor"]),
            seed(case),
        );
        same_data(&ok(found), case);
    }
}

#[test]
fn blobs_are_scikit_learns() {
    let reference = reference("data");
    for case in list(&reference["blobs"]) {
        let [n, features, centers] = ["n", "n_features", "centers"].map(|name| whole(&case[name]));
        same_data(
            &ok(blobs(
                n,
                features,
                centers,
                number(&case["cluster_std"]),
                seed(case),
            )),
            case,
        );
    }
}

#[test]
fn the_shuffle_only_changes_the_order() {
    let reference = reference("data");
    let cases = |name: &str| list(&reference[name]).to_vec();
    for case in [cases("moons"), cases("circles")].concat() {
        if case["shuffle"] == true || noise(&case) > 0.0 {
            continue;
        }
        let (n, seed) = (whole(&case["n"]), seed(&case));
        let ours = match case["factor"].as_f64() {
            None => ok(moons(n, 0.0, seed)),
            Some(factor) => ok(circles(n, 0.0, factor, seed)),
        };
        let wanted = sorted_rows(&matrix(&case["x"]), &labels(&case["y"]));
        for (ours, theirs) in sorted_rows(&ours.x, &ours.y).iter().zip(&wanted) {
            assert_eq!(ours.2, theirs.2);
            near(ours.0, theirs.0, LIBM);
            near(ours.1, theirs.1, LIBM);
        }
    }
}

#[test]
fn noise_is_added_coordinate_by_coordinate() {
    // Unshuffled, scikit-learn's noisy moons are its clean ones plus the generator's first normals.
    let reference = reference("data");
    for name in ["moons", "circles"] {
        let unshuffled: Vec<&Value> = list(&reference[name])
            .iter()
            .filter(|case| case["shuffle"] == false)
            .collect();
        for pair in unshuffled.chunks(2) {
            let (clean, noisy) = (matrix(&pair[0]["x"]), matrix(&pair[1]["x"]));
            let mut rng = RandomState::new(seed(pair[1]));
            let ours = clean.mapv(|value| value + rng.normal(0.0, noise(pair[1])));
            all_near(&ours, &noisy, LIBM);
        }
    }
}

#[test]
fn every_curve_gets_half_of_the_points() {
    for n in 1..12 {
        for data in [ok(moons(n, 0.1, 3)), ok(circles(n, 0.1, 0.5, 3))] {
            assert_eq!(data.x.dim(), (n, 2));
            // The second curve gets the odd point, as in scikit-learn.
            assert_eq!(data.y.sum(), n - n / 2);
        }
        let data = ok(blobs(n, 3, n.min(4), 1.0, 3));
        assert_eq!((data.x.dim(), data.y.len()), ((n, 3), n));
    }
}

#[test]
fn circles_without_noise_lie_on_their_circles() {
    let data = ok(circles(101, 0.0, 0.25, 9));
    for (point, &label) in data.x.outer_iter().zip(&data.y) {
        near(point.dot(&point).sqrt(), [1.0, 0.25][label], LIBM);
    }
}

#[test]
fn blobs_without_spread_are_their_centres() {
    let data = ok(blobs(10, 2, 3, 0.0, 42));
    let mut rng = RandomState::new(42);
    let centers = Array2::from_shape_simple_fn((3, 2), || rng.uniform(-10.0, 10.0));
    for (point, &label) in data.x.outer_iter().zip(&data.y) {
        assert_eq!(point, centers.row(label));
    }
}

#[test]
fn spirals_without_noise_lie_on_their_formula() {
    let found = ok(spirals(41, 1.5, 0.0, 3));
    assert_eq!(found.y.sum(), 21); // the second arm gets the odd one
    for (point, &arm) in found.x.outer_iter().zip(&found.y) {
        let radius = point.dot(&point).sqrt();
        let angle = std::f64::consts::TAU * 1.5 * (radius - 0.1) / 0.9;
        let side = if arm == 0 { radius } else { -radius };
        // The angle, up to 10, carries a few roundings of the radius.
        near(point[0], side * angle.cos(), 16.0 * 10.0 * EPS);
        near(point[1], side * angle.sin(), 16.0 * 10.0 * EPS);
    }
}

#[test]
fn the_same_seed_draws_the_same_spirals_and_another_seed_others() {
    let of = |seed| ok(spirals(30, 1.0, 0.1, seed));
    assert_eq!(of(1), of(1));
    assert_ne!(of(1), of(2));
}

#[test]
fn spirals_that_cannot_be_are_refused() {
    assert_eq!(
        support::refused(spirals(0, 1.0, 0.0, 0)),
        fiedler::Error::NoPoints
    );
    for (turns, noise) in [
        (f64::NAN, 0.0),
        (-1.0, 0.0),
        (1e7, 0.0),
        (1.0, -0.1),
        (1.0, f64::NAN),
    ] {
        let refused = support::refused(spirals(9, turns, noise, 0));
        assert!(
            matches!(refused, fiedler::Error::Parameter { .. }),
            "{refused}"
        );
    }
    assert_eq!(ok(spirals(1, 1.0, 0.0, 0)).x.nrows(), 1);
}

/// (Total − within)/total sum of squares of a split.
fn between_over_total(x: &Array2<f64>, y: &Array1<usize>) -> f64 {
    let squares = |rows: &[usize]| {
        let part = x.select(Axis(0), rows);
        let mean = part.mean_axis(Axis(0)).expect("no cluster is empty");
        (part - mean).mapv(|entry| entry * entry).sum()
    };
    let of = |label: usize| (0..y.len()).filter(|&i| y[i] == label).collect::<Vec<_>>();
    let all: Vec<usize> = (0..y.len()).collect();
    1.0 - (squares(&of(0)) + squares(&of(1))) / squares(&all)
}

#[test]
fn on_spirals_the_wrong_split_has_the_larger_ratio_of_between_to_total() {
    let data = ok(spirals(300, 1.25, 0.01, 18));
    let wrong = ok(fiedler::kmeans(&data.x, 2, 0)).labels;
    assert!(ok(fiedler::agreement(&wrong, &data.y)) < 0.65);
    let (wrong, right) = (
        between_over_total(&data.x, &wrong),
        between_over_total(&data.x, &data.y),
    );
    // 0.465 and 0.116: three digits, since k-means may leave a point or two elsewhere.
    near(wrong, 0.465, 5e-4);
    near(right, 0.116, 5e-4);
}

#[test]
fn iris_and_wine_have_the_sizes_of_the_well_known_tables() {
    let iris = iris();
    assert_eq!(iris.x.dim(), (150, 4));
    let species: Vec<usize> = (0..3)
        .map(|kind| iris.y.iter().filter(|&&y| y == kind).count())
        .collect();
    assert_eq!(species, [50, 50, 50]);
    // The means that the UCI repository prints for its copy.
    let means = iris.x.mean_axis(Axis(0)).expect("150 rows");
    all_near(
        &means,
        &vector(&serde_json::json!([5.84, 3.05, 3.76, 1.20])),
        0.005,
    );

    let wine = wine();
    assert_eq!(wine.x.dim(), (1599, 11));
    assert_eq!(wine.y.iter().min().zip(wine.y.iter().max()), Some((&3, &8)));
    assert!(wine.x.iter().chain(&iris.x).all(|value| value.is_finite()));
}

#[test]
fn iris_is_the_copy_of_uci_which_slips_in_two_flowers() {
    // Fisher's paper has 0.2 where row 34 ends, and 3.6 and 1.4 inside row 37.
    let x = iris().x;
    assert_eq!(x.row(34), ndarray_of([4.9, 3.1, 1.5, 0.1]));
    assert_eq!(x.row(37), ndarray_of([4.9, 3.1, 1.5, 0.1]));
}

fn ndarray_of(entries: [f64; 4]) -> Array1<f64> {
    entries.to_vec().into()
}

#[test]
fn the_reference_names_its_makers() {
    let reference = reference("data");
    for maker in ["numpy", "scipy", "scikit-learn"] {
        assert!(!text(&reference["made_with"][maker]).is_empty());
    }
}

#[test]
fn a_seed_of_more_than_32_bits_is_its_two_halves() {
    // np.random.RandomState([7, 1]).random_sample()
    let mut rng = RandomState::new((1 << 32) + 7);
    exactly(rng.random_sample(), 0.225_508_889_298_931_87);
}
