//! The chapter on k-means.

use crate::numbers::Printed;
use crate::support::{all_near, near, ok, relatively_near};
use crate::{FOUR_DIGITS, ON_PAPER};
use fiedler::data::{Data, RandomState, blog_blobs, blog_moons, circles};
use fiedler::ndarray::{Array1, Array2, ArrayView1, Axis, array};
use fiedler::{Result, agreement, kmeans};

/// Sums of a hundred squares of size 100, one rounding each.
const SUM: f64 = 1e-10;

/// Points of examples and exercises and what is found from them by hand, on paper; sizes; the rules of `src/engine/lloyd`
/// (10 and 50 starts are words, up to 1024 points, samples of 4096 or 32k, 300 rounds).
pub const CHOSEN: &[&str] = &[
    "10", "100", "1000", "1024", "11", "12", "121", "131", "16", "200", "25", "300", "32", "35",
    "42", "4096", "43.125", "49", "58.75", "64", "65", "74", "80", "81", "110", "13", "14", "20",
];

/// The numbers that the chapter prints.
pub fn printed() -> Result<Printed> {
    let (blobs, moons, rings) = (blog_blobs(), blog_moons(), bulls_eye()?);
    let of_the_moons = kmeans(&moons.x, 2, 0)?;
    let right = |data: &Data| -> Result<f64> {
        let found = kmeans(&data.x, 2, 0)?;
        Ok(data.x.nrows() as f64 * agreement(&found.labels, &data.y)?)
    };
    let truth = inertia_of_labels(&moons.x, &moons.y);
    let (of_the_blobs, across) = (distances(&blobs, true), distances(&blobs, false));
    let (of_a_moon, between) = (distances(&moons, true), distances(&moons, false));
    let [blob, moon] = [of_the_blobs, of_a_moon].map(|all| *all.last().expect("a distance"));
    let percent = |some: usize, all: usize| 100.0 * some as f64 / all as f64;
    let farther = across.iter().filter(|&&distance| distance > blob).count();
    let nearer = between.iter().filter(|&&distance| distance < moon).count();
    let starts = two_starts().map(|start| lloyd(&moons.x, start).1);
    Ok(vec![
        ("11.7", blob),
        ("70", percent(farther, across.len())),
        ("2.1", moon),
        ("79", percent(nearer, between.len())),
        ("149", right(&moons)?),
        ("51", 200.0 - right(&moons)?),
        ("505", right(&rings)?),
        ("198.1", inertia_of_labels(&moons.x, &Array1::zeros(200))),
        ("120.6", truth),
        ("79.8", of_the_moons.inertia),
        ("34", 100.0 * (1.0 - of_the_moons.inertia / truth)),
        ("197", starts[0][1]),
        ("143", starts[1][1]),
        ("1478", inertia_of_labels(&blobs.x, &blobs.y)),
        ("9530", inertia_of_labels(&blobs.x, &Array1::zeros(200))),
        ("3.125", 25.0 / 8.0),
        ("5.83", 35.0 / 6.0),
        ("52.7", 64.0 - 8.0 * 2.0_f64.sqrt()),
    ])
}

/// The post's bull's-eye, from a seed of ours: the outer ring has the label 0.
fn bulls_eye() -> Result<Data> {
    circles(1000, 0.05, 0.4, 0)
}

/// The distances of all pairs with one label, or with two, ascending.
fn distances(data: &Data, together: bool) -> Vec<f64> {
    let pairs = (0..data.x.nrows()).flat_map(|i| (0..i).map(move |j| (i, j)));
    let pairs = pairs.filter(|&(i, j)| (data.y[i] == data.y[j]) == together);
    let mut all: Vec<f64> = pairs
        .map(|(i, j)| squared(data.x.row(i), data.x.row(j)).sqrt())
        .collect();
    all.sort_by(f64::total_cmp);
    all
}

/// Two centres at the top of the moons, and two at their left.
fn two_starts() -> [Array2<f64>; 2] {
    [
        array![[0.0, 1.0], [0.0, 1.1]],
        array![[-1.0, 0.0], [-1.0, 0.2]],
    ]
}

#[test]
fn heaps_are_alike_and_moons_are_not() {
    let last = |all: &[f64]| *all.last().expect("a distance");
    let share = |data: &Data| {
        let (longest, across) = (last(&distances(data, true)), distances(data, false));
        across
            .iter()
            .filter(|&&distance| distance > longest)
            .count() as f64
            / across.len() as f64
    };
    relatively_near(last(&distances(&blog_blobs(), true)), 11.69, FOUR_DIGITS);
    relatively_near(share(&blog_blobs()), 0.6973, FOUR_DIGITS);
    relatively_near(last(&distances(&blog_moons(), true)), 2.146, FOUR_DIGITS);
    relatively_near(share(&blog_moons()), 0.2065, FOUR_DIGITS);
}

#[test]
fn on_the_bulls_eye_k_means_is_hardly_better_than_a_coin() -> Result<()> {
    let rings = bulls_eye()?;
    let found = kmeans(&rings.x, 2, 0)?;
    near(agreement(&found.labels, &rings.y)?, 0.505, 1e-12);
    // A point of the inner ring lies between three of the outer one, so no line parts the rings.
    let towards = |angle: f64| {
        let along = |i: usize| rings.x[[i, 0]] * angle.cos() + rings.x[[i, 1]] * angle.sin();
        let outer = (0..1000).filter(|&i| rings.y[i] == 0);
        outer
            .max_by(|&i, &j| along(i).total_cmp(&along(j)))
            .expect("a point")
    };
    let third = 2.0 * std::f64::consts::FRAC_PI_3;
    let corners = [towards(0.0), towards(third), towards(2.0 * third)];
    let inner = (0..1000).filter(|&i| rings.y[i] == 1);
    let mut within = inner.map(|i| weights_in_triangle(&rings.x, corners, i));
    assert!(within.any(|weights| weights.iter().all(|&weight| weight > 0.1)));
    Ok(())
}

#[test]
fn the_crates_lloyd_ends_where_the_half_rounds_of_the_book_end() -> Result<()> {
    let line = array![[0.], [2.], [3.], [9.], [11.]];
    let found = fiedler::lloyd(&line, &array![[0.], [2.]])?;
    assert_eq!(found.labels, array![0, 0, 0, 1, 1]);
    near(found.inertia, 20.0 / 3.0, ON_PAPER);
    let other = fiedler::lloyd(&array![[0.], [1.], [5.], [8.]], &array![[0.], [1.]])?;
    assert_eq!(other.labels, array![0, 0, 1, 1]);
    near(other.inertia, 5.0, ON_PAPER);
    for start in two_starts() {
        let (_, values) = lloyd(&blog_moons().x, start.clone());
        let found = fiedler::lloyd(&blog_moons().x, &start)?;
        near(found.inertia, *values.last().expect("a value"), SUM);
    }
    Ok(())
}

fn squared(x: ArrayView1<'_, f64>, y: ArrayView1<'_, f64>) -> f64 {
    let between = &x - &y;
    between.dot(&between)
}

/// The first step: each point to its nearest centre; of several, to the first.
fn assign(x: &Array2<f64>, centers: &Array2<f64>) -> Array1<usize> {
    let nearest = |point: ArrayView1<'_, f64>| {
        let squares = centers.outer_iter().map(|center| squared(point, center));
        let first = squares.enumerate().min_by(|a, b| a.1.total_cmp(&b.1));
        first.expect("a centre").0
    };
    x.outer_iter().map(nearest).collect()
}

/// The second step: each centre to the mean of its points; a centre without points stays.
fn means(x: &Array2<f64>, labels: &Array1<usize>, centers: &Array2<f64>) -> Array2<f64> {
    let mut moved = centers.clone();
    for (label, mut center) in moved.outer_iter_mut().enumerate() {
        if let Some(mean) = cluster(x, labels, label).mean_axis(Axis(0)) {
            center.assign(&mean);
        }
    }
    moved
}

/// The points of one label.
fn cluster(x: &Array2<f64>, labels: &Array1<usize>, label: usize) -> Array2<f64> {
    let own: Vec<usize> = (0..x.nrows()).filter(|&i| labels[i] == label).collect();
    x.select(Axis(0), &own)
}

fn inertia(x: &Array2<f64>, labels: &Array1<usize>, centers: &Array2<f64>) -> f64 {
    let pairs = x.outer_iter().zip(labels);
    pairs
        .map(|(point, &label)| squared(point, centers.row(label)))
        .sum()
}

/// The inertia around the means of these labels.
fn inertia_of_labels(x: &Array2<f64>, labels: &Array1<usize>) -> f64 {
    let k = labels.iter().max().map_or(0, |last| last + 1);
    inertia(x, labels, &means(x, labels, &Array2::zeros((k, x.ncols()))))
}

/// Labels and inertia after each half round, until no label changes.
fn lloyd(x: &Array2<f64>, mut centers: Array2<f64>) -> (Array1<usize>, Vec<f64>) {
    let mut values = Vec::new();
    let mut labels = Array1::from_elem(x.nrows(), usize::MAX);
    loop {
        let next = assign(x, &centers);
        values.push(inertia(x, &next, &centers));
        if next == labels {
            return (labels, values);
        }
        labels = next;
        centers = means(x, &labels, &centers);
        values.push(inertia(x, &labels, &centers));
    }
}

/// n points in two dimensions.
fn random_points(n: usize, rng: &mut RandomState) -> Array2<f64> {
    Array2::from_shape_simple_fn((n, 2), || rng.normal(0.0, 3.0))
}

#[test]
fn the_mean_is_the_best_centre_and_any_other_costs_its_squared_distance() {
    let mut rng = RandomState::new(1);
    for n in 1..20 {
        let x = random_points(n, &mut rng);
        let mean = x.mean_axis(Axis(0)).expect("a point");
        let around =
            |c: &Array1<f64>| -> f64 { x.outer_iter().map(|point| squared(point, c.view())).sum() };
        let c = random_points(1, &mut rng).row(0).to_owned();
        let wanted = around(&mean) + n as f64 * squared(c.view(), mean.view());
        near(around(&c), wanted, SUM);
    }
}

#[test]
fn the_inertia_of_a_cluster_counts_all_its_pairs() {
    let mut rng = RandomState::new(2);
    for n in 1..20 {
        let x = random_points(n, &mut rng);
        let all = x
            .outer_iter()
            .flat_map(|p| x.outer_iter().map(move |q| squared(p, q)));
        let pairs = all.sum::<f64>() / (2.0 * n as f64);
        near(inertia_of_labels(&x, &Array1::zeros(n)), pairs, SUM);
    }
}

#[test]
fn neither_step_of_lloyds_method_raises_the_inertia_and_it_stops() {
    let mut rng = RandomState::new(3);
    for k in 1..8 {
        for _ in 0..20 {
            let x = random_points(20, &mut rng);
            // Centres anywhere, some without points.
            let (labels, values) = lloyd(&x, random_points(k, &mut rng));
            assert!(values.windows(2).all(|two| two[1] <= two[0] + SUM));
            let last = *values.last().expect("a value");
            near(last, inertia_of_labels(&x, &labels), SUM);
        }
    }
}

#[test]
fn the_border_between_two_centres_is_their_bisector() {
    let mut rng = RandomState::new(4);
    for _ in 0..100 {
        let centers = random_points(2, &mut rng);
        let x = random_points(30, &mut rng);
        let (first, second) = (centers.row(0), centers.row(1));
        let (normal, middle) = (&second - &first, (&first + &second) / 2.0);
        for (point, label) in x.outer_iter().zip(assign(&x, &centers)) {
            let side = normal.dot(&(&point - &middle));
            near(
                squared(point, first) - squared(point, second),
                2.0 * side,
                SUM,
            );
            assert_eq!(label, usize::from(side > 0.0));
        }
    }
}

#[test]
fn a_straight_line_gives_the_moons_the_labels_of_k_means() -> Result<()> {
    let x = blog_moons().x;
    let found = kmeans(&x, 2, 0)?;
    let (first, second) = (found.centers.row(0), found.centers.row(1));
    let (normal, middle) = (&second - &first, (&first + &second) / 2.0);
    for (point, &label) in x.outer_iter().zip(&found.labels) {
        assert_eq!(label, usize::from(normal.dot(&(&point - &middle)) > 0.0));
    }
    Ok(())
}

#[test]
fn no_straight_line_separates_the_moons() {
    let moons = blog_moons();
    let (corners, inside) = ([125, 127, 133], 12);
    assert!(corners.iter().all(|&i| moons.y[i] == 0));
    assert_eq!(moons.y[inside], 1);

    // The point of the one moon is a mean of three of the other, with positive weights.
    let weights = weights_in_triangle(&moons.x, corners, inside);
    assert!(weights.iter().all(|&weight| weight > 0.33));
}

/// The weights that make a point the weighted mean of three others.
fn weights_in_triangle(x: &Array2<f64>, corners: [usize; 3], inside: usize) -> [f64; 3] {
    let area = |i: usize, j: usize, k: usize| {
        let (u, v) = (&x.row(j) - &x.row(i), &x.row(k) - &x.row(i));
        u[0] * v[1] - u[1] * v[0]
    };
    let [a, b, c] = corners;
    let whole = area(a, b, c);
    let weights = [area(inside, b, c), area(a, inside, c), area(a, b, inside)];
    weights.map(|weight| weight / whole)
}

#[test]
fn the_true_moons_have_a_larger_inertia_than_what_k_means_finds() -> Result<()> {
    let moons = blog_moons();
    let found = kmeans(&moons.x, 2, 0)?;
    relatively_near(agreement(&found.labels, &moons.y)?, 0.745, FOUR_DIGITS);

    relatively_near(kmeans(&moons.x, 1, 0)?.inertia, 198.1, FOUR_DIGITS);
    relatively_near(found.inertia, 79.76, FOUR_DIGITS);
    relatively_near(inertia_of_labels(&moons.x, &moons.y), 120.6, FOUR_DIGITS);
    Ok(())
}

#[test]
fn on_the_blobs_the_truth_is_what_k_means_finds() -> Result<()> {
    let blobs = blog_blobs();
    let found = kmeans(&blobs.x, 2, 0)?;
    near(agreement(&found.labels, &blobs.y)?, 1.0, 0.0);
    near(
        found.inertia,
        inertia_of_labels(&blobs.x, &blobs.y),
        100.0 * SUM,
    );
    relatively_near(found.inertia, 1478.0, FOUR_DIGITS);
    relatively_near(kmeans(&blobs.x, 1, 0)?.inertia, 9530.0, FOUR_DIGITS);
    Ok(())
}

#[test]
fn two_starts_on_the_moons_reach_one_inertia_below_that_of_the_truth() -> Result<()> {
    let x = blog_moons().x;
    let least = kmeans(&x, 2, 0)?.inertia;
    for start in two_starts() {
        let (_, values) = lloyd(&x, start);
        near(*values.last().expect("a value"), least, SUM);
        assert!(values[3] < 93.0); // after two rounds
    }
    Ok(())
}

#[test]
fn five_points_on_a_line_settle_after_two_rounds() {
    let x = array![[0.], [2.], [3.], [9.], [11.]];
    let (labels, values) = lloyd(&x, array![[0.], [2.]]);
    assert_eq!(labels, array![0, 0, 0, 1, 1]);
    let by_hand = [131.0, 58.75, 43.125, 20.0 / 3.0, 20.0 / 3.0];
    all_near(&values, &by_hand, ON_PAPER);
}

#[test]
fn the_total_is_the_inertia_plus_what_lies_between_the_centres() {
    let mut rng = RandomState::new(5);
    for _ in 0..50 {
        let x = random_points(12, &mut rng);
        let mut labels = Array1::from_shape_simple_fn(12, || rng.randint(2) as usize);
        (labels[0], labels[1]) = (0, 1);
        let centers = means(&x, &labels, &Array2::zeros((2, 2)));
        let ones = labels.sum() as f64;
        let between = (12.0 - ones) * ones / 12.0 * squared(centers.row(0), centers.row(1));
        let total = inertia_of_labels(&x, &Array1::zeros(12));
        near(total, inertia(&x, &labels, &centers) + between, SUM);
    }
}

#[test]
fn four_other_points_settle_by_hand() {
    let x = array![[0.], [1.], [5.], [8.]];
    let (labels, values) = lloyd(&x, array![[0.], [1.]]);
    assert_eq!(labels, array![0, 0, 1, 1]);
    let by_hand = [65.0, 74.0 / 3.0, 110.0 / 9.0, 5.0, 5.0];
    all_near(&values, &by_hand, ON_PAPER);
}

#[test]
fn a_bad_start_leaves_a_rectangle_split_the_long_way() -> Result<()> {
    let rectangle = |w: f64, h: f64| array![[0., 0.], [w, 0.], [0., h], [w, h]];
    for (w, h) in [(4.0, 1.0), (10.0, 1.0), (3.0, 2.0)] {
        let x = rectangle(w, h);
        let (labels, values) = lloyd(&x, array![[w / 2.0, 0.0], [w / 2.0, h]]);
        assert_eq!(labels, array![0, 0, 1, 1]); // bottom and top
        near(*values.last().expect("a value"), w * w, ON_PAPER);
        let best = kmeans(&x, 2, 0)?;
        assert_eq!(best.labels, array![0, 1, 0, 1]); // left and right
        near(best.inertia, h * h, SUM);
    }
    // The same points with heights in another unit.
    assert_eq!(
        kmeans(&rectangle(4.0, 10.0), 2, 0)?.labels,
        array![0, 0, 1, 1]
    );
    Ok(())
}

#[test]
fn two_rings_around_one_centre_are_the_worst_split_of_all() {
    let mut points = Vec::new();
    for i in 0..8 {
        let (sine, cosine) = (f64::from(i) * std::f64::consts::FRAC_PI_4).sin_cos();
        points.push([cosine, sine]);
    }
    for i in 0..8 {
        let (sine, cosine) = (f64::from(i) * std::f64::consts::FRAC_PI_4).sin_cos();
        points.push([3.0 * cosine, 3.0 * sine]);
    }
    let x: Array2<f64> = points.into();
    let rings = Array1::from_shape_fn(16, |i| usize::from(i >= 8));
    let total = inertia_of_labels(&x, &Array1::zeros(16));
    near(total, 80.0, SUM); // 8 · 1 + 8 · 9
    near(inertia_of_labels(&x, &rings), total, SUM);
    let found = ok(kmeans(&x, 2, 0));
    // k-means takes two halves, each with half of either ring.
    near(found.inertia, 64.0 - 8.0 * 2.0_f64.sqrt(), SUM);
    near(ok(agreement(&found.labels, &rings)), 0.5, 0.0);
}
