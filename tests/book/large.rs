//! The chapter on large graphs.

use crate::ON_PAPER;
use crate::numbers::Printed;
use crate::support::{all_near, near, relatively_near};
use fiedler::data::{RandomState, blobs, moons};
use fiedler::graph::known::{cycle, path};
use fiedler::graph::{Symmetry, petsc};
use fiedler::ndarray::{Array1, Array2, Axis, array};
use fiedler::power::power_iteration;
use fiedler::solvers::{aggregates, chebyshev, curve_order, lanczos, multigrid};
use fiedler::{Graph, Result, rayleigh_quotient, solvers::Solver};
use std::f64::consts::{FRAC_1_SQRT_2, PI};

#[path = "../../benches/peers/src/rows.rs"]
#[allow(dead_code)]
mod rows;
#[path = "../../benches/peers/src/words.rs"]
#[allow(dead_code)]
mod words;

/// What the author chose or the crate was given, and what was measured, by whom.
pub const CHOSEN: &[&str] = &[
    // The live figure: its paths, and the sizes that its model (`web/src/multigrid.rs`) finds, which the browser is asked too.
    "90", "180", "1.23", "1.06", "0.02", // Sizes, noises, years and the like.
    "0.08", "0.12", "1,000", "10,000", "100,000", "1000", "2000", "8000", "500", "300", "2026",
    "1.2", "15", "20", "64", "45", "000", "200",
    // By hand: the Morton curve, whose test is below, T₂(5/3), λ₂ of the path of nine, an exercise.
    "39", "31", "32", "101", "011", "111", "100111", "011111", "100000", "0.6", "50", "41", "51",
    "585", "378", "999",
    // scikit-learn 1.9.1: the adjusted Rand index by solver, as the text says.
    "1.9.1", "0.536", "0.425", "0.535", "0.176", "0.495", "0.022",
    // SciPy 1.17.1: products of `eigsh(I + N, 2, which="LA", tol=0)` from `RandomState(0).uniform(-1, 1, n)`, on moons of
    // noise .12 with `kneighbors_graph(x, 9)`, made symmetric by halves.
    "1,025", "5,596", "34,198",
    // The memory of ten million points in benches/peers/results, times ten.
    "53", // benches/peers/README.md, "What stops it"; 32 milliseconds by the author.
    "1.7", "91", "48", "30", "0.06", "15.5", "0.11",
    "3.2", // Where the engine tries a filter: src/engine/multigrid/filter.rs.
    "0.4", "0.2", "2048", // A section of Parlett's book.
    "11.7",
];

/// The vertices in the order in which a graph is written for many machines.
fn order_of_the_files(graph: &Graph) -> Result<Vec<usize>> {
    let folder = std::env::temp_dir().join(format!("fiedler-book-{}", std::process::id()));
    graph.write_petsc(&folder)?;
    let bytes = std::fs::read(folder.join("order.petsc")).expect("the order");
    std::fs::remove_dir_all(folder).expect("the folder");
    let vertex = |four: &[u8]| u32::from_be_bytes(four.try_into().expect("four")) as usize;
    Ok(bytes[8..].chunks_exact(4).map(vertex).collect())
}

/// How many entries two ranks send each other before a product, the vertices in this order.
fn sent(graph: &Graph, order: &[usize]) -> Result<f64> {
    let half = order.len() / 2;
    let mut is_first = vec![false; order.len()];
    order[..half].iter().for_each(|&i| is_first[i] = true);
    let mut sent = 0;
    for i in 0..order.len() {
        let neighbors = graph.neighbors(i)?;
        sent += usize::from(neighbors.iter().any(|&(j, _)| is_first[i] != is_first[j]));
    }
    Ok(sent as f64)
}

#[test]
fn a_halo_of_one_longest_edge_can_be_too_thin() {
    let weight = |x: &[f64]| {
        let x = Array2::from_shape_fn((x.len(), 1), |(i, _)| x[i]);
        let graph = Graph::nearest_neighbors(&x, Symmetry::Average, 1).expect("a graph");
        graph.neighbors(1).expect("a vertex").last().copied()
    };
    assert_eq!(weight(&[0.0, 4.0, 7.0, 9.0]), Some((2, 0.5)));
    assert_eq!(weight(&[0.0, 4.0, 7.0]), Some((2, 1.0)));
    let line = Array2::from_shape_fn((4, 1), |(i, _)| [0.0, 4.0, 7.0, 9.0][i]);
    let first = |width| {
        let shards = petsc::shards(&line, 2, width).expect("two halves");
        shards[0].nearest_neighbors(Symmetry::Average, 1)
    };
    assert!(first(4.0).is_err());
    let rows = first(8.1).expect("wide enough");
    assert_eq!(rows.neighbors(1).expect("its own").last(), Some(&(2, 0.5)));
}

/// ω of the way back.
const OMEGA: f64 = 2.0 / 3.0;

/// The numbers that the chapter prints.
pub fn printed() -> Result<Printed> {
    let thousand = neighbors(1000, 0.12)?;
    let power = power_iteration(&thousand, 2, 1e-6, 20_000)?.finished()?;
    let filtered = chebyshev(&thousand, 2, 30, 1e-8, 100)?.finished()?;
    let kept = lanczos(&thousand, 2, 1e-8, 1000)?.finished()?;
    let coarse = multigrid(&thousand, 2, 1e-8)?.finished()?;
    let high = kept.residuals.iter().rposition(|&residual| residual > 1e-3);
    let last = |products: &[usize]| products[products.len() - 1] as f64;
    let [made, curve, walk] = edges_in_three_orders()?;
    let fine = neighbors(100_000, 0.08)?;
    let (pairs, report) = fine.smallest_eigenpairs_by(Solver::Multigrid, 3)?;
    let levels: Vec<f64> = report.levels.iter().map(|&size| size as f64).collect();
    let ten = Graph::nearest_neighbors(&blobs(1000, 10, 10, 3.0, 0)?.x, Symmetry::Average, 10)?;
    let ten = ten.smallest_eigenpairs(11)?.values;
    let steps = |n| Ok::<_, fiedler::Error>(multigrid(&neighbors(n, 0.12)?, 2, 1e-8)?.steps as f64);
    let ten_thousand = neighbors(10_000, 0.12)?;
    let drawn: Vec<usize> = (0..10_000).collect();
    let written = order_of_the_files(&ten_thousand)?;
    let [first, second] = omegas();
    let nine = path(9)?;
    let gamma = TwoLevels::new(&nine)?.gamma();
    let p = smoothed(&nine, &staircase(&NINE))?;
    let full = p.t().dot(&Array2::from_diag(nine.degrees())).dot(&p);
    let coarse_l = p.t().dot(&nine.laplacian()?).dot(&p);
    let of_nine = Graph::from_edges(3, &[(0, 1, 1.0 / 3.0), (1, 2, 1.0 / 3.0)])?;
    let coarse_value = of_nine
        .smallest_eigenpairs_with(&array![3.0, 6.0, 7.0], 2)?
        .values[1];
    let ring = cycle(9)?.smallest_eigenpairs(2)?.values[1];
    let gap = |n: usize| path_value(n, 2) - path_value(n, 1);
    let delta = gap(1000) / (2.0 - path_value(1000, 2));
    let tolerance = |n: f64| n * f64::EPSILON.sqrt();
    let printed = vec![
        ("15,933", (power.history[1].len() - 1) as f64),
        ("1,056", last(&filtered.products)),
        ("76", high.map_or(0.0, |at| kept.products[at] as f64)),
        ("140", last(&kept.products)),
        ("87", last(&coarse.products)),
        ("9993", sent(&ten_thousand, &drawn)?),
        ("259", sent(&ten_thousand, &written)?),
        ("673", made.0),
        ("1983", made.1 as f64),
        ("37", curve.0),
        ("1099", curve.1 as f64),
        ("52", walk.0),
        ("150", walk.1 as f64),
        ("4.93", 1e10 * PI * PI / 2.0 / 99_999.0 / 99_999.0),
        ("6.07", chebyshevs(4, 1.2)),
        ("1.88", chebyshevs(2, 1.2)),
        ("5.5", 5596.0 / 1025.0),
        ("6.1", 34_198.0 / 5596.0),
        ("3.2", 10_f64.sqrt()),
        ("0.22", 9.0 / 41.0),
        ("0.562", first),
        ("1.390", second),
        ("0.36", (1.0 - 0.8 * 0.5_f64).powi(2)),
        ("6,362", levels[1]),
        ("865", levels[2]),
        ("100", levels[3]),
        ("14", levels[4]),
        ("7.3", 100.0 * levels[1..].iter().sum::<f64>() / levels[0]),
        ("19", count(&aggregates(&neighbors(300, 0.08)?)?[0]) as f64),
        ("16", nine.volume()),
        ("0.0709", coarse_value),
        ("0.0761", path_value(9, 1)),
        ("0.2128", 3.0 * coarse_value),
        ("0.161", gamma),
        ("2.6", 100.0 * gamma * gamma),
        ("13", steps(500)?),
        ("11", steps(2000)?),
        ("10", steps(8000)?),
        ("2.2", 1e16 * f64::EPSILON),
        ("1.5", 1e3 * tolerance(1e5)),
        ("3.0", 1e5 * tolerance(2000.0)),
        ("1.9", 1e6 * gap(2000) / 2.0),
        ("6.8", 1e6 * pairs.values[1]),
        ("1.03", 1e5 * (pairs.values[2] - pairs.values[1])),
        ("0.028", ten[9]),
        ("0.26", ten[10]),
        ("5.7", 1e10 / chebyshevs(20, 5.0 / 3.0)),
        ("99.6", 100.0 / chebyshevs(20, (2.0 + 1e-5) / (2.0 - 1e-5))),
        ("0.2340", ring),
        ("0.167", 1.0 / 6.0),
        ("0.0875", second_value(&coarse_l, &full)),
        ("1.48", 1e5 * gap(1000)),
        ("7.4", 1e6 * delta),
        (
            "3510",
            (2e8_f64.ln() / (2.0 * delta.sqrt()) / 10.0).round() * 10.0,
        ),
        ("2.5", 1e-6 * 1e8_f64.ln() / delta),
    ];
    Ok(printed)
}

/// Two moons, ten neighbours each.
fn neighbors(n: usize, noise: f64) -> Result<Graph> {
    Graph::nearest_neighbors(&moons(n, noise, 0)?.x, Symmetry::Average, 10)
}

/// How many aggregates there are.
fn count(aggregates: &Array1<usize>) -> usize {
    aggregates.iter().max().map_or(0, |last| last + 1)
}

/// Tₘ(x).
fn chebyshevs(m: usize, x: f64) -> f64 {
    let (mut before, mut now) = (1.0, x);
    for _ in 1..m {
        (before, now) = (now, 2.0 * x * now - before);
    }
    now
}

/// The path's eigenvalue λₖ₊₁.
fn path_value(n: usize, k: usize) -> f64 {
    1.0 - (k as f64 * PI / (n - 1) as f64).cos()
}

fn random(n: usize, rng: &mut RandomState) -> Array1<f64> {
    Array1::from_shape_simple_fn(n, || rng.standard_normal())
}

/// P₀ of the aggregate of each vertex.
fn staircase(aggregates: &[usize]) -> Array2<f64> {
    let count = aggregates.iter().max().map_or(0, |last| last + 1);
    Array2::from_shape_fn((aggregates.len(), count), |(i, a)| {
        f64::from(u8::from(aggregates[i] == a))
    })
}

/// (1 − ω)P₀ + ωD⁻¹AP₀.
fn smoothed(graph: &Graph, p: &Array2<f64>) -> Result<Array2<f64>> {
    let around = graph.matrix()?.dot(p) / graph.degrees().view().insert_axis(Axis(1));
    Ok(p * (1.0 - OMEGA) + around * OMEGA)
}

#[test]
fn the_curve_through_a_grid_interleaves_the_bits() -> Result<()> {
    let cells: Vec<[f64; 2]> = (0..64)
        .map(|i| [f64::from(i / 8), f64::from(i % 8)])
        .collect();
    let order = curve_order(&cells)?;
    for (place, &cell) in order.iter().enumerate() {
        let (x, y) = (cell / 8, cell % 8);
        let bits = [x >> 2, y >> 2, x >> 1, y >> 1, x, y];
        assert_eq!(
            place,
            bits.iter().fold(0, |place, bit| place << 1 | bit & 1)
        );
    }
    assert_eq!(order[39], 5 * 8 + 3);
    assert_eq!([order[31], order[32]], [3 * 8 + 7, 4 * 8]);
    let jump = |place: usize| {
        let (a, b) = (order[place], order[place + 1]);
        (a / 8).abs_diff(b / 8).pow(2) + (a % 8).abs_diff(b % 8).pow(2)
    };
    assert!((0..63).all(|place| place == 31 || jump(place) < jump(31)));
    Ok(())
}

/// The mean and the largest distance of the ends of an edge on two moons of 2000 points: as made, along the curve, in the
/// walk.
fn edges_in_three_orders() -> Result<[(f64, usize); 3]> {
    let n = 2000;
    let x = moons(n, 0.12, 0)?.x;
    let graph = neighbors(n, 0.12)?;
    let mut walk = vec![0];
    let mut seen = vec![false; n];
    seen[0] = true;
    let mut at = 0;
    while at < walk.len() {
        for (j, _) in graph.neighbors(walk[at])? {
            if !seen[j] {
                seen[j] = true;
                walk.push(j);
            }
        }
        at += 1;
    }
    let apart = |order: &[usize]| {
        let mut place = vec![0; n];
        for (p, &i) in order.iter().enumerate() {
            place[i] = p;
        }
        let edges = graph.weighted_edges();
        let apart: Vec<usize> = edges.map(|(i, j, _)| place[i].abs_diff(place[j])).collect();
        let mean = apart.iter().sum::<usize>() as f64 / apart.len() as f64;
        (mean, apart.iter().max().map_or(0, |&most| most))
    };
    let made: Vec<usize> = (0..n).collect();
    Ok([made, curve_order(&x)?.to_vec(), walk].map(|order| apart(&order)))
}

#[test]
fn the_ends_of_an_edge_stand_close_along_the_curve_and_never_far_in_the_walk() -> Result<()> {
    let [made, curve, walk] = edges_in_three_orders()?;
    assert!(curve.0 < walk.0 && walk.0 < made.0 / 10.0);
    assert!(walk.1 < curve.1 / 5 && curve.1 < made.1);
    Ok(())
}

#[test]
fn no_point_of_a_box_is_nearer_than_its_nearest_side() {
    let mut rng = RandomState::new(1);
    for _ in 0..200 {
        let points: Vec<_> = (0..5).map(|_| random(3, &mut rng)).collect();
        let q = random(3, &mut rng);
        let s: f64 = (0..3)
            .map(|c| {
                let values = points.iter().map(|point| point[c]);
                let low = values.clone().fold(f64::INFINITY, f64::min);
                let high = values.fold(f64::NEG_INFINITY, f64::max);
                (low - q[c]).max(q[c] - high).max(0.0).powi(2)
            })
            .sum();
        for point in &points {
            let apart = (point - &q).mapv(|side| side * side).sum();
            assert!(s <= apart * (1.0 + ON_PAPER));
        }
    }
}

#[test]
fn the_tree_of_boxes_finds_the_neighbours_that_all_pairs_find() -> Result<()> {
    let (n, k) = (500, 10);
    let x = moons(n, 0.12, 3)?.x;
    let graph = Graph::nearest_neighbors(&x, Symmetry::Average, k)?;
    let mut halves = Array2::<f64>::zeros((n, n));
    for i in 0..n {
        let apart = |j: usize| (&x.row(i) - &x.row(j)).mapv(|side| side * side).sum();
        let mut others: Vec<usize> = (0..n).filter(|&j| j != i).collect();
        others.sort_by(|&a, &b| apart(a).total_cmp(&apart(b)).then(a.cmp(&b)));
        for &j in &others[..k] {
            halves[[i, j]] += 0.5;
            halves[[j, i]] += 0.5;
        }
    }
    assert_eq!(graph.matrix()?, halves);
    Ok(())
}

#[test]
fn components_give_their_vectors_without_a_product() -> Result<()> {
    // Three rings of 100.
    let edge = |i: usize| (i, i / 100 * 100 + (i + 1) % 100, 1.0);
    let edges: Vec<_> = (0..300).map(edge).collect();
    let graph = Graph::from_edges(300, &edges)?;
    let found = multigrid(&graph, 3, 1e-10)?.finished()?;
    assert_eq!((found.steps, found.products.len()), (0, 0));
    all_near(&found.pairs.values, &array![0., 0., 0.], 0.0);
    for residual in graph.residuals(&found.pairs.values, &found.pairs.vectors)? {
        near(residual, 0.0, ON_PAPER);
    }
    Ok(())
}

#[test]
fn the_path_has_the_cosines_for_eigenvalues() -> Result<()> {
    let values = path(50)?.smallest_eigenpairs(50)?.values;
    for (k, value) in values.iter().enumerate() {
        near(*value, path_value(50, k), ON_PAPER);
    }
    let (pairs, report) = path(3000)?.smallest_eigenpairs_by(Solver::Multigrid, 3)?;
    assert_eq!(report.solver, Solver::Multigrid);
    relatively_near(pairs.values[1], path_value(3000, 1), 1e-6);
    relatively_near(pairs.values[2], path_value(3000, 2), 1e-6);
    Ok(())
}

#[test]
fn lanczos_keeps_the_bound_of_chebyshev() -> Result<()> {
    let n = 60;
    let graph = path(n)?;
    let pairs = graph.smallest_eigenpairs(n)?;
    let root = graph.degrees().mapv(f64::sqrt);
    let a = graph.matrix()?;
    let first = &pairs.vectors.column(0) * &root;
    let second = &pairs.vectors.column(1) * &root;
    let mut w = random(n, &mut RandomState::new(2));
    w.scaled_add(-first.dot(&w), &first);
    w /= w.dot(&w).sqrt();
    let tangent = |basis: &[Array1<f64>]| {
        let along: f64 = basis.iter().map(|v| v.dot(&second).powi(2)).sum();
        ((1.0 - along) / along).max(0.0).sqrt()
    };
    let mut basis = vec![w];
    let start = tangent(&basis);
    let gamma = (path_value(n, 2) - path_value(n, 1)) / (2.0 - path_value(n, 2));
    for m in 1..50 {
        let mut next = a.dot(&(&basis[m - 1] / &root)) / &root;
        for _ in 0..2 {
            next.scaled_add(-first.dot(&next), &first);
            for v in &basis {
                next.scaled_add(-v.dot(&next), v);
            }
        }
        next /= next.dot(&next).sqrt();
        basis.push(next);
        let growth = (m as f64 * (1.0 + 2.0 * gamma).acosh()).cosh();
        // A tangent below 1e-7 is a difference of numbers near 1.
        assert!(tangent(&basis) <= start / growth * (1.0 + 1e-9) + 1e-7);
    }
    Ok(())
}

#[test]
fn on_a_path_twice_as_long_lanczos_takes_twice_the_products_and_multigrid_does_not() -> Result<()> {
    let (short, long) = (path(300)?, path(600)?);
    let products = |graph: &Graph| -> Result<f64> {
        let found = lanczos(graph, 2, 1e-8, 600)?.finished()?;
        Ok(found.products[found.products.len() - 1] as f64)
    };
    let growth = products(&long)? / products(&short)?;
    assert!((1.7..2.3).contains(&growth), "{growth}");
    let steps = |graph: &Graph| Ok::<_, fiedler::Error>(multigrid(graph, 2, 1e-8)?.steps);
    let (before, after) = (steps(&short)?, steps(&long)?);
    assert!(after <= before + 3 && after < 25, "{before}, {after}");
    Ok(())
}

#[test]
fn a_filter_of_degree_20_is_sharp_above_one_half_and_blunt_above_a_hundred_thousandth() -> Result<()>
{
    for (cut, left) in [(0.5, 1e-9), (1e-5, 0.997)] {
        let bent = |value: f64| (2.0 * value - cut - 2.0) / (2.0 - cut);
        let at_zero = chebyshevs(20, bent(0.0)).abs();
        relatively_near(at_zero, chebyshevs(20, (2.0 + cut) / (2.0 - cut)), ON_PAPER);
        assert!(1.0 / at_zero < left && left < 2.0 / at_zero);
        for i in 0..=100 {
            let value = cut + (2.0 - cut) * f64::from(i) / 100.0;
            assert!(chebyshevs(20, bent(value)).abs() <= 1.0 + ON_PAPER);
        }
    }
    // The crate's own filter: a few rounds where there is a wide gap, and many where there is none.
    let x = blobs(1000, 10, 10, 3.0, 0)?.x;
    let ten = Graph::nearest_neighbors(&x, Symmetry::Average, 10)?;
    assert_eq!(chebyshev(&ten, 10, 20, 1e-8, 50)?.finished()?.steps, 3);
    assert!(
        chebyshev(&path(1000)?, 2, 20, 1e-8, 50)?
            .finished()
            .is_err()
    );
    Ok(())
}

/// The two ω of smoothing.
fn omegas() -> [f64; 2] {
    let root = 0.75 * FRAC_1_SQRT_2;
    [1.0 / (1.25 + root), 1.0 / (1.25 - root)]
}

#[test]
fn two_smoothing_steps_leave_at_most_nine_forty_firsts_of_what_is_rough_and_the_wave() -> Result<()>
{
    let [first, second] = omegas();
    let left = |x: f64| (1.0 - first * x) * (1.0 - second * x);
    let most = |left: &dyn Fn(f64) -> f64| {
        let rough = (0..=600).map(|i| 0.5 + f64::from(i) / 400.0);
        rough.map(|x| left(x).abs()).fold(0.0, f64::max)
    };
    near(most(&left), 9.0 / 41.0, ON_PAPER);
    near(most(&|x| (1.0 - 0.8 * x).powi(2)), 0.36, ON_PAPER);
    for i in 1..=200 {
        let x = f64::from(i) / 100.0;
        assert!(left(x).abs() < 1.0);
        near(
            left(x),
            9.0 / 41.0 * chebyshevs(2, (4.0 * x - 5.0) / 3.0),
            ON_PAPER,
        );
    }
    // On a path: the wave of the third eigenvector, and noise.
    let graph = path(64)?;
    let (a, d) = (graph.matrix()?, graph.degrees());
    let wave = Array1::from_shape_fn(64, |i| (2.0 * PI * i as f64 / 63.0).cos() * 1.5);
    let mut x = wave + random(64, &mut RandomState::new(3));
    let length = |x: &Array1<f64>| x.dot(x).sqrt();
    let (size, before) = (length(&x), rayleigh_quotient(&a, &x)?);
    for omega in omegas().repeat(4) {
        x = &x + &((a.dot(&x) / d - &x) * omega);
    }
    assert!(rayleigh_quotient(&a, &x)? < before / 10.0 && length(&x) > size / 2.0);
    Ok(())
}

#[test]
fn with_plain_aggregates_the_coarse_weights_are_sums() -> Result<()> {
    let graph = neighbors(200, 0.12)?;
    let of = aggregates(&graph)?.swap_remove(0).to_vec();
    let (plain, l) = (staircase(&of), graph.laplacian()?);
    let coarse = plain.t().dot(&l).dot(&plain);
    let mut sums = Array2::<f64>::zeros(coarse.dim());
    for (i, j, weight) in graph.weighted_edges() {
        sums[[of[i], of[j]]] += weight;
        sums[[of[j], of[i]]] += weight;
    }
    for ((a, b), value) in coarse.indexed_iter().filter(|((a, b), _)| a != b) {
        near(*value, -sums[[a, b]], ON_PAPER);
    }
    let p = smoothed(&graph, &plain)?;
    all_near(&p.sum_axis(Axis(1)), &Array1::ones(200), ON_PAPER);
    let coarse = p.t().dot(&l).dot(&p);
    all_near(
        &coarse.sum_axis(Axis(1)),
        &Array1::zeros(coarse.nrows()),
        10.0 * ON_PAPER,
    );
    relatively_near(p.t().dot(graph.degrees()).sum(), graph.volume(), ON_PAPER);
    Ok(())
}

/// The aggregates that the rules make of the path of nine: see the crate's own test of it.
const NINE: [usize; 9] = [0, 0, 1, 1, 1, 2, 2, 2, 2];

#[test]
fn the_path_of_nine_has_the_coarse_graph_of_the_book() -> Result<()> {
    let graph = path(9)?;
    let (l, d) = (graph.laplacian()?, graph.degrees());
    let p = smoothed(&graph, &staircase(&NINE))?;
    let ramps = array![
        [3., 2., 1., 0., 0., 0., 0., 0., 0.],
        [0., 1., 2., 3., 2., 1., 0., 0., 0.],
        [0., 0., 0., 0., 1., 2., 3., 3., 3.]
    ];
    all_near(&p, &(ramps.t().to_owned() / 3.0), ON_PAPER);
    let coarse = p.t().dot(&l).dot(&p);
    let chain = array![[1., -1., 0.], [-1., 2., -1.], [0., -1., 1.]];
    all_near(&coarse, &(&chain / 3.0), ON_PAPER);
    let masses = p.t().dot(d);
    all_near(&masses, &array![3., 6., 7.], ON_PAPER);
    let of_three = Graph::from_edges(3, &[(0, 1, 1.0 / 3.0), (1, 2, 1.0 / 3.0)])?;
    let by_hand = (51.0 - 585_f64.sqrt()) / 378.0;
    let value = of_three.smallest_eigenpairs_with(&masses, 2)?.values[1];
    relatively_near(value, by_hand, 1e-12);
    // With P₀ the springs are three times as stiff, and the masses the same.
    let plain = staircase(&NINE);
    all_near(&plain.t().dot(&l).dot(&plain), &chain, ON_PAPER);
    all_near(&plain.t().dot(d), &masses, ON_PAPER);
    Ok(())
}

/// The smallest λ > 0 with Ly = λMy, for 3 × 3 and L𝟙 = 0: of the problem on two directions that M holds apart from 𝟙.
fn second_value(l: &Array2<f64>, m: &Array2<f64>) -> f64 {
    let apart = |y: Array1<f64>| &y - m.dot(&y).sum() / m.sum();
    let (u, v) = (apart(array![1., 0., 0.]), apart(array![0., 0., 1.]));
    let on = |a: &Array2<f64>| [u.dot(&a.dot(&u)), u.dot(&a.dot(&v)), v.dot(&a.dot(&v))];
    let ([a, b, c], [x, y, z]) = (on(l), on(m));
    let (square, linear, constant) = (x * z - y * y, a * z + c * x - 2.0 * b * y, a * c - b * b);
    (linear - (linear * linear - 4.0 * square * constant).sqrt()) / (2.0 * square)
}

#[test]
fn with_full_masses_the_coarse_value_lies_above_the_true_one() -> Result<()> {
    let graph = path(9)?;
    let p = smoothed(&graph, &staircase(&NINE))?;
    let coarse = p.t().dot(&graph.laplacian()?).dot(&p);
    let full = p.t().dot(&Array2::from_diag(graph.degrees())).dot(&p);
    all_near(&full.sum_axis(Axis(1)), &array![3., 6., 7.], ON_PAPER);
    assert!(second_value(&coarse, &full) > path_value(9, 1));
    let diagonal = Array2::from_diag(&array![3., 6., 7.]);
    assert!(second_value(&coarse, &diagonal) < path_value(9, 1));
    Ok(())
}

#[test]
fn the_ring_of_nine_becomes_a_triangle() -> Result<()> {
    let ring = cycle(9)?;
    let p = smoothed(&ring, &staircase(&[0, 0, 1, 1, 1, 2, 2, 2, 0]))?;
    let coarse = p.t().dot(&ring.laplacian()?).dot(&p);
    let triangle = array![[2., -1., -1.], [-1., 2., -1.], [-1., -1., 2.]] / 3.0;
    all_near(&coarse, &triangle, ON_PAPER);
    let masses = p.t().dot(ring.degrees());
    all_near(&masses, &array![6., 6., 6.], ON_PAPER);
    let weights = [(0, 1), (1, 2), (0, 2)].map(|(i, j)| (i, j, 1.0 / 3.0));
    let values = Graph::from_edges(3, &weights)?
        .smallest_eigenpairs_with(&masses, 3)?
        .values;
    all_near(&values, &array![0.0, 1.0 / 6.0, 1.0 / 6.0], ON_PAPER);
    Ok(())
}

/// The cycle of two levels on the path of nine, as a function of r.
struct TwoLevels {
    l: Array2<f64>,
    p: Array2<f64>,
}

impl TwoLevels {
    fn new(graph: &Graph) -> Result<Self> {
        Ok(Self {
            l: graph.laplacian()?,
            p: smoothed(graph, &staircase(&NINE))?,
        })
    }

    /// Br.
    fn cycle(&self, r: &Array1<f64>) -> Array1<f64> {
        let [first, second] = omegas();
        let rest = |x: &Array1<f64>| r - &self.l.dot(x);
        let step = |x: Array1<f64>, omega: f64| &x + &(rest(&x) * omega / self.l.diag());
        let x = step(step(Array1::zeros(9), first), second);
        let gathered = self.p.t().dot(&rest(&x));
        // On a path of three of stiffness ⅓, its first vertex at 0, the ends say all.
        let middle = -3.0 * gathered[0];
        let e = array![0.0, middle, middle + 3.0 * gathered[2]];
        step(step(x + self.p.dot(&e), second), first)
    }

    /// (I − BL)x.
    fn left(&self, x: &Array1<f64>) -> Array1<f64> {
        x - &self.cycle(&self.l.dot(x))
    }

    fn energy(&self, x: &Array1<f64>) -> f64 {
        x.dot(&self.l.dot(x))
    }

    /// The largest eigenvalue of I − BL, by power iteration: it is symmetric for the energy.
    fn gamma(&self) -> f64 {
        let mut x = random(9, &mut RandomState::new(4));
        let mut gamma = 0.0;
        for _ in 0..300 {
            let next = self.left(&x);
            gamma = (self.energy(&next) / self.energy(&x)).sqrt();
            x = next / gamma;
            x -= x.sum() / 9.0;
        }
        gamma
    }
}

#[test]
fn a_cycle_is_symmetric_and_leaves_less_than_all_of_any_error() -> Result<()> {
    let levels = TwoLevels::new(&path(9)?)?;
    let mut columns = Array2::zeros((9, 9));
    for j in 0..9 {
        let mut unit = Array1::zeros(9);
        unit[j] = 1.0;
        let column = levels.l.dot(&levels.cycle(&levels.l.dot(&unit)));
        columns.column_mut(j).assign(&column);
    }
    all_near(&columns, &columns.t().to_owned(), ON_PAPER);
    let mut rng = RandomState::new(5);
    for _ in 0..100 {
        let x = random(9, &mut rng);
        let kept = x.dot(&levels.l.dot(&levels.left(&x)));
        assert!(-ON_PAPER < kept && kept < levels.energy(&x));
    }
    assert!((0.0..1.0).contains(&levels.gamma()));
    Ok(())
}

#[test]
fn the_gradient_of_the_quotient_is_the_residual() -> Result<()> {
    let graph = neighbors(40, 0.12)?;
    let (a, l, d) = (graph.matrix()?, graph.laplacian()?, graph.degrees());
    let z = random(40, &mut RandomState::new(9));
    let residual = l.dot(&z) - d * &z * rayleigh_quotient(&a, &z)?;
    let gradient = residual * 2.0 / z.dot(&(d * &z));
    for i in 0..40 {
        let at = |step: f64| {
            let mut moved = z.clone();
            moved[i] += step;
            rayleigh_quotient(&a, &moved)
        };
        // The error of the difference goes with the square of the step.
        near((at(1e-4)? - at(-1e-4)?) / 2e-4, gradient[i], 1e-8);
    }
    Ok(())
}

#[test]
fn a_preconditioned_step_keeps_the_bound_of_knyazev_and_neymeyr() -> Result<()> {
    let graph = path(9)?;
    let (levels, d) = (TwoLevels::new(&graph)?, graph.degrees());
    let gamma = levels.gamma();
    let quotient = |z: &Array1<f64>| levels.energy(z) / z.dot(&(d * z));
    let mut rng = RandomState::new(6);
    for _ in 0..50 {
        let mut z = random(9, &mut rng);
        for _ in 0..8 {
            z -= z.dot(d) / d.sum();
            let before = quotient(&z);
            z = &z - &levels.cycle(&(levels.l.dot(&z) - d * &z * before));
            z -= z.dot(d) / d.sum();
            let after = quotient(&z);
            let i = (1..8).rfind(|&k| path_value(9, k) <= before).unwrap_or(1);
            let (low, high) = (path_value(9, i), path_value(9, i + 1));
            if after < low || before - low < 1e-9 {
                continue;
            }
            let q = 1.0 - (1.0 - gamma) * (1.0 - low / high);
            let bound = q * q * (before - low) / (high - before);
            assert!((after - low) / (high - after) <= bound * (1.0 + 1e-6));
        }
    }
    Ok(())
}

#[test]
fn the_inner_products_of_two_directions_lose_an_angle_of_a_billionth() {
    let (sine, cosine) = 1e-9_f64.sin_cos();
    let (x, p) = (array![1.0, 0.0], array![cosine, sine]);
    near(x.dot(&x) * p.dot(&p) - x.dot(&p).powi(2), 0.0, 0.0); // the determinant is gone
    let rest = &p - &(&x * x.dot(&p));
    all_near(&(&rest / rest.dot(&rest).sqrt()), &array![0.0, 1.0], 0.0); // the direction is not
}

#[test]
fn the_number_of_steps_hardly_knows_how_many_points_there_are() -> Result<()> {
    for n in [500, 2000, 8000] {
        let steps = multigrid(&neighbors(n, 0.12)?, 2, 1e-8)?.finished()?.steps;
        assert!((8..14).contains(&steps), "{n}: {steps}");
    }
    Ok(())
}

#[test]
fn the_value_errs_by_the_square_of_the_residual_over_the_gap() -> Result<()> {
    let graph = path(9)?;
    let (l, d) = (graph.laplacian()?, graph.degrees());
    let mut rng = RandomState::new(8);
    for _ in 0..500 {
        let mut z = random(9, &mut rng);
        z /= z.dot(&(d * &z)).sqrt();
        let value = z.dot(&l.dot(&z));
        let rest = l.dot(&z) - d * &z * value;
        let square = (&rest * &rest / d).sum();
        let m = (0..8).rfind(|&k| path_value(9, k) <= value).unwrap_or(0);
        let (below, above) = (path_value(9, m), path_value(9, m + 1));
        assert!((value - below) * (above - value) <= square + ON_PAPER);
    }
    Ok(())
}

#[test]
fn a_tolerance_of_n_times_root_epsilon_passes_a_mixture_at_45_degrees_on_a_path() -> Result<()> {
    let n = 2000;
    let wave = |k: usize| {
        let angle = k as f64 * PI / (n - 1) as f64;
        Array1::from_shape_fn(n, |i| (i as f64 * angle).cos()) / ((n - 1) as f64).sqrt()
    };
    let (values, mixed) = (
        array![f64::midpoint(path_value(n, 1), path_value(n, 2))],
        (wave(1) + wave(2)) / 2_f64.sqrt(),
    );
    let graph = path(n)?;
    near(
        mixed.dot(&(graph.degrees() * &wave(1))),
        0.5_f64.sqrt(),
        ON_PAPER,
    );
    let vectors = mixed.insert_axis(Axis(1));
    let residual = graph.residuals(&values, &vectors)?[0];
    relatively_near(residual, (path_value(n, 2) - path_value(n, 1)) / 2.0, 1e-6);
    assert!(residual < n as f64 * f64::EPSILON.sqrt() / 10.0);
    Ok(())
}

// --- beside other packages ------------------------------------------------------------------------

fn results(file: &str) -> String {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/benches/peers/results/");
    std::fs::read_to_string(folder.to_string() + file).expect("the committed results")
}

#[test]
fn every_sentence_that_compares_is_made_from_the_committed_results() {
    let made = words::written(&results("results.csv"));
    assert!(
        results("table.md").contains(&made),
        "write it again: cargo run --release --manifest-path benches/peers/Cargo.toml -- --table"
    );
}

#[test]
fn in_the_committed_results_our_answer_is_right_on_every_row() {
    let csv = results("results.csv");
    let ours: Vec<&str> = csv
        .lines()
        .filter(|line| line.contains(",fiedler,"))
        .collect();
    assert!(ours.len() >= 20, "rows: {}", ours.len());
    for line in ours {
        let fields: Vec<&str> = line.split(',').collect();
        assert!(
            fields[4] == "done" && fields[15].starts_with("right"),
            "{line}"
        );
    }
}
