//! What the proofs share: the reference values, comparisons that say what differed, graphs and labels.

// Each test binary compiles this file and uses its own part of it.
#![allow(dead_code)]

use fiedler::graph::known;
use fiedler::ndarray::{Array1, Array2};
use fiedler::{Eigenpairs, Graph, Labelling, eigh_symmetric};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use serde_json::Value;
use std::fmt::Debug;

/// The distance from 1 to the next f64.
pub const EPS: f64 = f64::EPSILON;

/// A few roundings: for results of a handful of operations, none of which cancels.
pub const FEW_ROUNDINGS: f64 = 8.0 * EPS;

/// The ways to labels; those by the second eigenvector alone come first.
pub const EVERY_LABELLING: [Labelling; 5] = [
    Labelling::Sign,
    Labelling::Sweep,
    Labelling::KMeans,
    Labelling::Discretize,
    Labelling::PivotedQr,
];

// --- Reference values -------------------------------------------------------------------------------

/// The values that SciPy and scikit-learn gave for this step: `tests/reference/<stem>.json`.
pub fn reference(stem: &str) -> Value {
    let path = format!("{}/tests/reference/{stem}.json", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{path}: {error}"))
}

pub fn number(value: &Value) -> f64 {
    value
        .as_f64()
        .unwrap_or_else(|| panic!("not a number: {value}"))
}

pub fn whole(value: &Value) -> usize {
    let number = value
        .as_u64()
        .unwrap_or_else(|| panic!("not a whole number: {value}"));
    usize::try_from(number).expect("reference numbers are small")
}

pub fn list(value: &Value) -> &[Value] {
    value
        .as_array()
        .unwrap_or_else(|| panic!("not a list: {value}"))
}

/// The text of a value; `""` where a test would rather see its own message.
pub fn text(value: &Value) -> &str {
    value
        .as_str()
        .unwrap_or_else(|| panic!("not a text: {value}"))
}

pub fn vector(value: &Value) -> Array1<f64> {
    list(value).iter().map(number).collect()
}

/// A string of digits: one label each.
pub fn labels(value: &Value) -> Array1<usize> {
    let digit = |c: char| c.to_digit(10).expect("a digit") as usize;
    text(value).chars().map(digit).collect()
}

/// Rows of numbers, or strings of digits.
pub fn matrix(value: &Value) -> Array2<f64> {
    let rows: Vec<Array1<f64>> = list(value)
        .iter()
        .map(|row| {
            if row.is_string() {
                labels(row).mapv(|digit| digit as f64)
            } else {
                vector(row)
            }
        })
        .collect();
    let columns = rows.first().map_or(0, Array1::len);
    let entries: Vec<f64> = rows.iter().flatten().copied().collect();
    Array2::from_shape_vec((rows.len(), columns), entries).expect("rows of one length")
}

// --- Comparisons ------------------------------------------------------------------------------------

/// Equal to the last bit: for integers held in floats, and for results that no rounding touches.
#[track_caller]
pub fn exactly(found: f64, wanted: f64) {
    assert!(
        found.to_bits() == wanted.to_bits(),
        "found {found:e}, not {wanted:e}"
    );
}

/// |found − wanted| ≤ tolerance.
#[track_caller]
pub fn near(found: f64, wanted: f64, tolerance: f64) {
    let off = (found - wanted).abs();
    assert!(
        off <= tolerance,
        "found {found:e}, wanted {wanted:e}: off by {off:e}, more than {tolerance:e}"
    );
}

/// |found − wanted| ≤ tolerance · |wanted|.
#[track_caller]
pub fn relatively_near(found: f64, wanted: f64, tolerance: f64) {
    near(found, wanted, tolerance * wanted.abs());
}

/// Every entry within `tolerance` of the wanted one.
#[track_caller]
pub fn all_near<'a>(
    found: impl IntoIterator<Item = &'a f64>,
    wanted: impl IntoIterator<Item = &'a f64>,
    tolerance: f64,
) {
    let (found, wanted): (Vec<_>, Vec<_>) =
        (found.into_iter().collect(), wanted.into_iter().collect());
    assert_eq!(found.len(), wanted.len(), "lists of different lengths");
    for (index, (found, wanted)) in found.iter().zip(&wanted).enumerate() {
        let off = (*found - *wanted).abs();
        assert!(
            off <= tolerance,
            "entry {index}: found {found:e}, wanted {wanted:e}: off by {off:e}, more than {tolerance:e}"
        );
    }
}

/// Values closer than this are taken for one when their vectors are compared: of a cluster of eigenvalues only the span
/// of the vectors is determined well.
const ONE_VALUE: f64 = 1e-6;

/// Each found pair has the value of the wanted one in its place and, by Davis and Kahan, lies in the span of all wanted
/// vectors of nearly its value but for residual/gap. `wanted` goes on until the values differ, or holds all pairs.
#[track_caller]
pub fn same_eigenpairs(found: &Eigenpairs, wanted: &Eigenpairs, d: &Array1<f64>, residual: f64) {
    let rounding = 10.0 * d.len() as f64 * EPS;
    let count = found.values.len();
    all_near(
        &found.values,
        wanted.values.iter().take(count),
        residual + rounding,
    );
    for (j, (&value, z)) in found.values.iter().zip(found.vectors.columns()).enumerate() {
        let (mut along, mut gap) = (0.0, 2.0_f64);
        for (other, u) in wanted.values.iter().zip(wanted.vectors.columns()) {
            if (other - value).abs() <= ONE_VALUE {
                along += d_product(&u.to_owned(), d, &z.to_owned()).powi(2);
            } else {
                gap = gap.min((other - value).abs());
            }
        }
        let sine = (1.0 - along).max(0.0).sqrt();
        // Of 1 − along rounding is seen as its root.
        let tolerance = (residual + rounding) / gap + rounding.sqrt();
        assert!(
            sine <= tolerance,
            "vector {j}: sine {sine:e}, more than {tolerance:e}"
        );
    }
}

/// Graphs that are hard on solvers: bottlenecks, hubs, values that repeat.
pub fn hard_shapes(size: usize) -> Vec<(&'static str, Graph)> {
    let side = 3 * size / 10;
    vec![
        ("roach", ok(known::cockroach(size / 5))),
        ("star", ok(known::star(size))),
        ("complete", ok(known::complete(2 * side))),
        ("two sides", ok(known::complete_bipartite(side, side + 10))),
    ]
}

/// What is found on each graph is what the solver for full matrices finds there.
#[track_caller]
pub fn as_the_dense_solver_says(
    cases: &[(&str, Graph)],
    found: impl Fn(&Graph) -> Eigenpairs,
    residual: f64,
) {
    for (name, graph) in cases {
        println!("{name}");
        let wanted = ok(eigh_symmetric(&ok(graph.matrix())));
        same_eigenpairs(&found(graph), &wanted, graph.degrees(), residual);
    }
}

pub fn norm(z: &Array1<f64>) -> f64 {
    z.dot(z).sqrt()
}

/// uᵀDv for D = diag(d).
pub fn d_product(u: &Array1<f64>, d: &Array1<f64>, v: &Array1<f64>) -> f64 {
    u.dot(&(d * v))
}

pub fn largest(entries: impl IntoIterator<Item = f64>) -> f64 {
    entries
        .into_iter()
        .fold(0.0, |largest, entry| largest.max(entry.abs()))
}

// --- Graphs by name ---------------------------------------------------------------------------------

/// The graph on n vertices with these edges.
pub fn graph(n: usize, edges: impl IntoIterator<Item = (usize, usize, f64)>) -> Array2<f64> {
    let mut a = Array2::zeros((n, n));
    for (i, j, weight) in edges {
        a[[i, j]] = weight;
        a[[j, i]] = weight;
    }
    a
}

pub fn path(n: usize) -> Array2<f64> {
    graph(n, (1..n).map(|i| (i - 1, i, 1.0)))
}

pub fn cycle(n: usize) -> Array2<f64> {
    graph(n, (0..n).map(|i| (i, (i + 1) % n, 1.0)))
}

pub fn complete(n: usize) -> Array2<f64> {
    Array2::from_shape_fn((n, n), |(i, j)| f64::from(u8::from(i != j)))
}

/// The first m vertices joined to each of the other n.
pub fn complete_bipartite(m: usize, n: usize) -> Array2<f64> {
    Array2::from_shape_fn((m + n, m + n), |(i, j)| {
        f64::from(u8::from((i < m) != (j < m)))
    })
}

pub fn star(n: usize) -> Array2<f64> {
    complete_bipartite(1, n - 1)
}

pub fn hypercube(dimension: u32) -> Array2<f64> {
    let n = 1_usize << dimension;
    Array2::from_shape_fn((n, n), |(i, j)| {
        f64::from(u8::from((i ^ j).is_power_of_two()))
    })
}

/// Two complete graphs of n vertices, joined between vertices n − 1 and n by an edge of this weight.
pub fn two_cliques(n: usize, weight: f64) -> Array2<f64> {
    let mut a = Array2::from_shape_fn((2 * n, 2 * n), |(i, j)| {
        f64::from(u8::from(i != j && (i < n) == (j < n)))
    });
    a[[n - 1, n]] = weight;
    a[[n, n - 1]] = weight;
    a
}

// --- Random graphs, vectors and labels --------------------------------------------------------------

/// `cases` cases, the same in every run: a failure can be seen again. PROPTEST_RNG_SEED and PROPTEST_CASES
/// draw others.
pub fn cases(cases: u32) -> ProptestConfig {
    let mut config = ProptestConfig {
        failure_persistence: None,
        ..ProptestConfig::default()
    };
    if config.rng_seed == RngSeed::Random {
        config.rng_seed = RngSeed::Fixed(1973); // the year of Fiedler's paper
    }
    if std::env::var_os("PROPTEST_CASES").is_none() {
        config.cases = cases;
    }
    config
}

/// Weights from 10^low to 10^high, spread evenly over the orders of magnitude.
pub fn weights(low: f64, high: f64) -> impl Strategy<Value = f64> + Clone {
    (low..high).prop_map(|exponent: f64| 10_f64.powf(exponent))
}

/// A connected graph on `n` vertices: a random tree, more edges with a random density, now and then a loop.
pub fn connected_graph(
    n: usize,
    weight: impl Strategy<Value = f64> + Clone + 'static,
) -> impl Strategy<Value = Array2<f64>> {
    let tree = vec((any::<prop::sample::Index>(), weight.clone()), n - 1);
    let more = (0.0..0.6).prop_flat_map(move |density: f64| {
        vec(
            prop::option::weighted(density, weight.clone()),
            n * (n - 1) / 2 + n / 8,
        )
    });
    (tree, more).prop_map(move |(tree, more)| {
        let pairs = (1..n).flat_map(|i| (0..i).map(move |j| (i, j)));
        let loops = (0..n / 8).map(|i| (i, i));
        let more = pairs
            .chain(loops)
            .zip(more)
            .filter_map(|((i, j), w)| w.map(|w| (i, j, w)));
        let tree = tree
            .iter()
            .enumerate()
            .map(|(i, (parent, w))| (i + 1, parent.index(i + 1), *w));
        graph(n, more.chain(tree))
    })
}

/// Connected graphs of 3 to 30 vertices with weights from 0.1 to 10.
pub fn graphs() -> impl Strategy<Value = Array2<f64>> {
    (3_usize..=30).prop_flat_map(|n| connected_graph(n, weights(-1.0, 1.0)))
}

/// A vector of n entries between −1 and 1.
pub fn vectors(n: usize) -> impl Strategy<Value = Array1<f64>> {
    vec(-1.0..1.0, n).prop_map(Array1::from_vec)
}

/// Labels of n points with exactly two different values.
pub fn splits(n: usize) -> impl Strategy<Value = Array1<usize>> {
    let values = (0_usize..5, 1_usize..5).prop_map(|(low, step)| [low, low + step]);
    (vec(any::<bool>(), n), any::<prop::sample::Index>(), values).prop_map(
        |(sides, flip, values)| {
            let mut sides = Array1::from_vec(sides);
            if sides.iter().all(|side| *side == sides[0]) {
                let one = flip.index(sides.len());
                sides[one] = !sides[one];
            }
            sides.mapv(|side| values[usize::from(side)])
        },
    )
}

/// A random graph and one random vector.
pub fn graphs_and_vectors() -> impl Strategy<Value = (Array2<f64>, Array1<f64>)> {
    graphs().prop_flat_map(|a| (vectors(a.nrows()), Just(a)).prop_map(|(z, a)| (a, z)))
}

/// A random graph and a random split of its vertices.
pub fn graphs_and_splits() -> impl Strategy<Value = (Array2<f64>, Array1<usize>)> {
    graphs().prop_flat_map(|a| (splits(a.nrows()), Just(a)).prop_map(|(y, a)| (a, y)))
}

// --- The post's graph -------------------------------------------------------------------------------

/// The similarity matrix of the post's moons at its ε = 0.4, and their true labels.
pub fn the_posts_graph() -> (Array2<f64>, Array1<usize>) {
    let moons = fiedler::data::blog_moons();
    (ok(fiedler::similarity_matrix(&moons.x, 0.4)), moons.y)
}

/// The value of a call that must succeed; the error, in its own words, where it did not.
#[track_caller]
pub fn ok<T>(result: fiedler::Result<T>) -> T {
    result.unwrap_or_else(|error| panic!("{error}"))
}

/// The error of a call that must fail.
#[track_caller]
pub fn refused<T: Debug>(result: fiedler::Result<T>) -> fiedler::Error {
    match result {
        Err(error) => error,
        Ok(value) => panic!("accepted, and gave {value:?}"),
    }
}
