//! The chapter on large graphs.

use super::{Figures, Result};
use fiedler::data::RandomState;
use fiedler::ndarray::{Array1, Array2, Axis};
use fiedler::plot::{Figure, clusters, graph, lines, log_log, matrix, side_by_side};
use fiedler::solvers::{Convergence, aggregates, chebyshev, curve_order, lanczos, multigrid};
use fiedler::{Graph, data, graph::Symmetry, power::power_iteration};

pub fn figures() -> Result<Figures> {
    Ok(vec![
        ("large_convergence", four_searches()?),
        ("large_order", two_orders()?),
        ("large_chebyshev", polynomials()?),
        ("large_smoothing", errors()?),
        ("large_damping", factors()?),
        ("large_aggregates", two_graphs()?),
    ])
}

fn neighbours(x: &Array2<f64>) -> fiedler::Result<Graph> {
    Graph::nearest_neighbors(x, Symmetry::Average, 10)
}

/// The residual by the number of products, for each method.
fn four_searches() -> fiedler::Result<Figure> {
    let graph = neighbours(&data::moons(1000, 0.12, 0)?.x)?;
    let power = power_iteration(&graph, 2, 1e-6, 200_000)?;
    let history = &power.history[1];
    let last = history.len() - 1;
    let doubled = std::iter::successors(Some(1), |step| Some(step * 2));
    let power: (Vec<f64>, Vec<f64>) = doubled
        .take_while(|&step| step < last)
        .chain([last])
        .map(|step| (step as f64, history[step]))
        .unzip();
    let course = |found: Convergence| -> (Vec<f64>, Vec<f64>) {
        let products = found.products.iter().map(|&count| count as f64).collect();
        (products, found.residuals)
    };
    let filtered = course(chebyshev(&graph, 2, 30, 1e-8, 100)?);
    let kept = course(lanczos(&graph, 2, 1e-8, 1000)?);
    let coarse = course(multigrid(&graph, 2, 1e-8)?);
    Ok(log_log(&[
        ("power iteration", &power.0[..], &power.1[..]),
        ("Chebyshev's filters", &filtered.0[..], &filtered.1[..]),
        ("Lanczos", &kept.0[..], &kept.1[..]),
        ("multigrid", &coarse.0[..], &coarse.1[..]),
    ])?
    .with_title("Two moons, 1000 points: the second eigenvector")
    .with_axes("products with A", "residual"))
}

/// Points joined in the order they stand in, and the matrix of their graph in that order.
fn two_orders() -> fiedler::Result<Figure> {
    let made = data::moons(300, 0.08, 0)?.x;
    let sorted = made.select(Axis(0), &curve_order(&made)?.to_vec());
    let one_line =
        Array2::from_shape_fn((300, 300), |(i, j)| f64::from(u8::from(i.abs_diff(j) == 1)));
    let edges = |x: &Array2<f64>| -> fiedler::Result<Array2<f64>> {
        Ok(neighbours(x)?.matrix()?.mapv(f64::ceil))
    };
    side_by_side(&[
        graph(&made, &one_line, None)?.with_title("as they came"),
        graph(&sorted, &one_line, None)?.with_title("along the curve"),
        matrix(&edges(&made)?)?.with_title("the graph, as they came"),
        matrix(&edges(&sorted)?)?.with_title("the graph, along the curve"),
    ])
}

/// Chebyshev's polynomials of the degrees 2 and 4, on [−1, 1] and a little beyond.
fn polynomials() -> fiedler::Result<Figure> {
    let x: Vec<f64> = (-24..=24).map(|i| f64::from(i) / 20.0).collect();
    let curve = |t: fn(f64) -> f64| -> Vec<Option<f64>> { x.iter().map(|&x| Some(t(x))).collect() };
    let four = curve(|x| 8.0 * x.powi(4) - 8.0 * x * x + 1.0);
    let two = curve(|x| 2.0 * x * x - 1.0);
    Ok(lines(&[
        ("degree 4", &x[..], &four[..]),
        ("degree 2", &x[..], &two[..]),
    ])?
    .with_title("Chebyshev's polynomials")
    .with_axes("x", "Tₘ(x)"))
}

/// The two ω that are best for the upper part, [½, 2].
fn omegas() -> [f64; 2] {
    let root = 0.75 / 2.0_f64.sqrt();
    [1.0 / (1.25 + root), 1.0 / (1.25 - root)]
}

/// An error on a path, a wave and noise, before smoothing, and after one and four pairs of steps.
fn errors() -> fiedler::Result<Figure> {
    let n = 64;
    let mut rng = RandomState::new(3);
    let wave = |i: usize| 1.5 * (std::f64::consts::TAU * i as f64 / (n - 1) as f64).cos();
    let start = Array1::from_shape_fn(n, |i| wave(i) + rng.standard_normal());
    let step = |x: &Array1<f64>, omega: f64| {
        Array1::from_shape_fn(n, |i| {
            let around = match i {
                0 => x[1],
                i if i == n - 1 => x[n - 2],
                i => f64::midpoint(x[i - 1], x[i + 1]),
            };
            x[i] + omega * (around - x[i])
        })
    };
    let pair = |x: &Array1<f64>| omegas().iter().fold(x.clone(), |x, &omega| step(&x, omega));
    let once = pair(&start);
    let four = (0..3).fold(once.clone(), |x, _| pair(&x));
    let vertices: Vec<f64> = (0..n).map(|i| i as f64).collect();
    let some = |x: &Array1<f64>| -> Vec<Option<f64>> { x.iter().map(|&v| Some(v)).collect() };
    let (start, once, four) = (some(&start), some(&once), some(&four));
    Ok(lines(&[
        ("the error", &vertices[..], &start[..]),
        ("after 2 steps", &vertices[..], &once[..]),
        ("after 8 steps", &vertices[..], &four[..]),
    ])?
    .with_title("Smoothing on a path")
    .with_axes("vertex", "error"))
}

/// What is left of an error along an eigenvector of D⁻¹L, by its eigenvalue.
fn factors() -> fiedler::Result<Figure> {
    let x: Vec<f64> = (0..=40).map(|i| f64::from(i) / 20.0).collect();
    let [first, second] = omegas();
    let curve = |left: &dyn Fn(f64) -> f64| -> Vec<Option<f64>> {
        x.iter().map(|&x| Some(left(x))).collect()
    };
    let one = curve(&|x| 1.0 - 0.8 * x);
    let twice = curve(&|x| (1.0 - 0.8 * x).powi(2));
    let pair = curve(&|x| (1.0 - first * x) * (1.0 - second * x));
    Ok(lines(&[
        ("ω = 0.8", &x[..], &one[..]),
        ("ω = 0.8 twice", &x[..], &twice[..]),
        ("ω = 0.562, then 1.390", &x[..], &pair[..]),
    ])?
    .with_title("What smoothing leaves")
    .with_axes("eigenvalue λ", "factor"))
}

/// The points, neighbouring aggregates in different colours, and the graph of the aggregates.
fn two_graphs() -> fiedler::Result<Figure> {
    let n = 300;
    let x = data::moons(n, 0.08, 0)?.x;
    let fine = neighbours(&x)?;
    let of = aggregates(&fine)?.swap_remove(0);
    let count = of.iter().max().map_or(0, |last| last + 1);
    let mut between = Array2::zeros((count, count));
    for (i, j, weight) in fine.weighted_edges() {
        let (a, b) = (of[i], of[j]);
        if a != b {
            between[[a, b]] += weight;
            between[[b, a]] += weight;
        }
    }
    let mut middles = Array2::zeros((count, 2));
    let mut members = Array1::<f64>::zeros(count);
    for (point, &a) in x.rows().into_iter().zip(&of) {
        let mut middle = middles.row_mut(a);
        middle += &point;
        members[a] += 1.0;
    }
    middles /= &members.insert_axis(Axis(1));
    // Each aggregate takes the first colour that none of its neighbours before it has.
    let mut colours = Vec::new();
    for a in 0..count {
        let taken = |colour: &usize| (0..a).any(|b| between[[a, b]] > 0.0 && colours[b] == *colour);
        let free = (0..=a).find(|colour| !taken(colour));
        colours.push(free.unwrap_or(a));
    }
    let by_aggregate = of.mapv(|a| colours[a]);
    side_by_side(&[
        clusters(&x, &by_aggregate)?.with_title("each aggregate in a colour"),
        graph(&middles, &between, None)?.with_title("the next graph"),
    ])
}
