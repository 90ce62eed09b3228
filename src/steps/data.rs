//! Step 0, the data: moons, circles and blobs, equal to scikit-learn's number for number.
//!
//! # Definition
//! `moons`, `circles` and `blobs` draw the points of scikit-learn's `make_moons`, `make_circles` and
//! `make_blobs` (shuffled, as is their default) for `random_state=<seed>`, from NumPy's legacy generator
//! [`RandomState`]. [`spirals`] are our own, from the same generator. `iris` and `wine` are the well-known tables, from
//! the crate linfa-datasets (feature `datasets`).
//!
//! # Must hold
//! At least one point, noise from 0 to 1e100. Labels count from 0.
//!
//! # Known value
//! [`blog_moons`] is the post's data: 200 points, noise 0.05, seed 1234; its graph of ε = 0.4 has
//! volumes 2299 and 2217.

#[cfg(feature = "datasets")]
mod tables;

pub use crate::linalg::RandomState;
#[cfg(feature = "datasets")]
pub use tables::{iris, wine};

use crate::error::{Error, Result};
use ndarray::{Array1, Array2, Axis};
use std::f64::consts::{PI, TAU};

/// Beyond it, ten standard deviations and their squares would leave the range of f64.
const LARGEST_SPREAD: f64 = 1e100;

/// Points and the cluster each of them was drawn from.
#[derive(Debug, Clone, PartialEq)]
pub struct Data {
    /// One point a row.
    pub x: Array2<f64>,
    /// The true label of each point, counted from 0.
    pub y: Array1<usize>,
}

/// The post's two moons: `np.random.seed(1234); make_moons(200, shuffle=True, noise=0.05)`.
#[must_use]
pub fn blog_moons() -> Data {
    draw_moons(200, 0.05, &mut RandomState::new(1234))
}

/// The post's two blobs: `np.random.seed(1111); make_blobs(200, centers=2, cluster_std=2.0)`.
#[must_use]
pub fn blog_blobs() -> Data {
    draw_blobs(200, 2, 2, 2.0, &mut RandomState::new(1111))
}

/// The labels that the post draws at random, right after its moons: `np.random.randint(2, size=200)`.
///
/// ```
/// assert_eq!(fiedler::data::blog_arbitrary_labels().sum(), 110);
/// ```
#[must_use]
pub fn blog_arbitrary_labels() -> Array1<usize> {
    let mut rng = RandomState::new(1234);
    draw_moons(200, 0.05, &mut rng);
    Array1::from_shape_fn(200, |_| rng.randint(2) as usize)
}

/// Two interleaving half circles: scikit-learn's `make_moons(n, noise=noise, random_state=seed)`.
///
/// # Errors
/// [`Error::NoPoints`] for n = 0; [`Error::Parameter`] for noise outside [0, 1e100].
pub fn moons(n: usize, noise: f64, seed: u64) -> Result<Data> {
    check(n, "noise", noise)?;
    Ok(draw_moons(n, noise, &mut RandomState::new(seed)))
}

/// Two circles around one centre, the inner of radius `factor`:
/// scikit-learn's `make_circles(n, noise=noise, factor=factor, random_state=seed)`.
///
/// # Errors
/// [`Error::NoPoints`] for n = 0; [`Error::Parameter`] for noise outside [0, 1e100], and
/// for a factor outside [0, 1).
pub fn circles(n: usize, noise: f64, factor: f64, seed: u64) -> Result<Data> {
    check(n, "noise", noise)?;
    if !(0.0..1.0).contains(&factor) {
        return Err(Error::Parameter {
            name: "factor",
            value: factor,
            wanted: "at least 0 and less than 1",
        });
    }
    Ok(draw_circles(n, noise, factor, &mut RandomState::new(seed)))
}

/// Two spirals of `turns` turns, wound around each other; each has its own label.
///
/// # Formula
/// ```text
/// sᵢ = √((i + ½)/m)    i = 0, …, m − 1: about equal steps along the arm
/// rᵢ = 0.1 + 0.9 sᵢ
/// φᵢ = 2π·turns·sᵢ + π·arm,   arm 0 or 1
/// xᵢ = (rᵢ cos φᵢ, rᵢ sin φᵢ) + normal noise on each coordinate
/// ```
/// The first arm has m = ⌊n/2⌋ points, the second the rest; they are shuffled, then the noise is added.
///
/// ```
/// let spirals = fiedler::data::spirals(300, 1.25, 0.01, 18)?;
/// assert_eq!(spirals.y.sum(), 150);
/// // Three neighbours of each point tell the two arms apart, and no k-means does.
/// let graph = fiedler::Graph::nearest_neighbors(&spirals.x, Default::default(), 3)?;
/// assert_eq!(graph.component_count(), 2);
/// # Ok::<(), fiedler::Error>(())
/// ```
///
/// # Errors
/// [`Error::NoPoints`] for n = 0; [`Error::Parameter`] for noise outside [0, 1e100], and for turns outside
/// [0, 1e6].
pub fn spirals(n: usize, turns: f64, noise: f64, seed: u64) -> Result<Data> {
    check(n, "noise", noise)?;
    if !(0.0..=1e6).contains(&turns) {
        return Err(Error::Parameter {
            name: "turns",
            value: turns,
            wanted: "0 or more, and at most 1e6",
        });
    }
    Ok(draw_spirals(n, turns, noise, &mut RandomState::new(seed)))
}

/// Gaussian blobs around uniform centres in [−10, 10]ᵖ:
/// scikit-learn's `make_blobs(n, n_features=features, centers=centers, cluster_std=spread, random_state=seed)`.
///
/// # Errors
/// [`Error::NoPoints`] for n = 0, [`Error::NoColumns`] for no features, [`Error::ClusterCount`] for no
/// centres or more centres than points, [`Error::Parameter`] for a spread outside [0, 1e100].
pub fn blobs(n: usize, features: usize, centers: usize, spread: f64, seed: u64) -> Result<Data> {
    check(n, "spread", spread)?;
    if features == 0 {
        return Err(Error::NoColumns);
    }
    if centers == 0 || centers > n {
        return Err(Error::ClusterCount { k: centers, n });
    }
    Ok(draw_blobs(
        n,
        features,
        centers,
        spread,
        &mut RandomState::new(seed),
    ))
}

fn check(n: usize, name: &'static str, spread: f64) -> Result<()> {
    if n == 0 {
        return Err(Error::NoPoints);
    }
    if !(0.0..=LARGEST_SPREAD).contains(&spread) {
        return Err(Error::Parameter {
            name,
            value: spread,
            wanted: "0 or more, and at most 1e100",
        });
    }
    Ok(())
}

fn draw_moons(n: usize, noise: f64, rng: &mut RandomState) -> Data {
    let outer = n / 2;
    let inner = n - outer;
    let upper = linspace(PI, outer, outer.saturating_sub(1)).map(|t| [t.cos(), t.sin()]);
    let lower =
        linspace(PI, inner, inner.saturating_sub(1)).map(|t| [1.0 - t.cos(), 1.0 - t.sin() - 0.5]);
    shuffled_with_noise(upper.chain(lower), outer, noise, rng)
}

fn draw_circles(n: usize, noise: f64, factor: f64, rng: &mut RandomState) -> Data {
    let outer = n / 2;
    let inner = n - outer;
    let around = linspace(TAU, outer, outer).map(|t| [t.cos(), t.sin()]);
    let within = linspace(TAU, inner, inner).map(|t| [t.cos() * factor, t.sin() * factor]);
    shuffled_with_noise(around.chain(within), outer, noise, rng)
}

fn draw_spirals(n: usize, turns: f64, noise: f64, rng: &mut RandomState) -> Data {
    let first = n / 2;
    let arm = |number: f64, m: usize| {
        (0..m).map(move |i| {
            let s = ((i as f64 + 0.5) / m as f64).sqrt();
            let (radius, angle) = (0.1 + 0.9 * s, TAU * turns * s + PI * number);
            [radius * angle.cos(), radius * angle.sin()]
        })
    };
    shuffled_with_noise(
        arm(0.0, first).chain(arm(1.0, n - first)),
        first,
        noise,
        rng,
    )
}

fn draw_blobs(
    n: usize,
    features: usize,
    centers: usize,
    spread: f64,
    rng: &mut RandomState,
) -> Data {
    let middles = Array2::from_shape_simple_fn((centers, features), || rng.uniform(-10.0, 10.0));
    let mut x = Array2::zeros((n, features));
    let mut y = Array1::zeros(n);
    let mut row = 0;
    for (label, middle) in middles.outer_iter().enumerate() {
        // The first n mod `centers` blobs get one point more.
        let size = n / centers + usize::from(label < n % centers);
        for _ in 0..size {
            x.row_mut(row)
                .assign(&middle.map(|&m| rng.normal(m, spread)));
            y[row] = label;
            row += 1;
        }
    }
    shuffled(&Data { x, y }, rng)
}

/// `np.linspace(0, stop, count)`, with its last point left out where `intervals` equals `count`.
fn linspace(stop: f64, count: usize, intervals: usize) -> impl Iterator<Item = f64> {
    let step = stop / intervals.max(1) as f64;
    // NumPy sets the end point to `stop` itself, without the rounding of (count − 1) · step.
    let last = if intervals + 1 == count && count > 1 {
        Some(count - 1)
    } else {
        None
    };
    (0..count).map(move |i| {
        if Some(i) == last {
            stop
        } else {
            i as f64 * step
        }
    })
}

/// Shuffles the points of two curves, then adds noise to every coordinate: scikit-learn's order.
fn shuffled_with_noise(
    points: impl Iterator<Item = [f64; 2]>,
    first: usize,
    noise: f64,
    rng: &mut RandomState,
) -> Data {
    let x: Array2<f64> = points.collect::<Vec<_>>().into();
    let y = Array1::from_shape_fn(x.nrows(), |i| usize::from(i >= first));
    let mut data = shuffled(&Data { x, y }, rng);
    data.x.mapv_inplace(|value| value + rng.normal(0.0, noise));
    data
}

fn shuffled(data: &Data, rng: &mut RandomState) -> Data {
    let mut order: Vec<usize> = (0..data.y.len()).collect();
    rng.shuffle(&mut order);
    Data {
        x: data.x.select(Axis(0), &order),
        y: data.y.select(Axis(0), &order),
    }
}
