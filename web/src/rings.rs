//! Two rings joined by rungs, and which eigenvector comes second: a figure of the chapter on clustering.

use crate::{Answer, words};
use fiedler::eigen::Eigenpairs;
use fiedler::ndarray::Array1;
use fiedler::{Error, Graph, labels_by_sign};
use std::f64::consts::TAU;

/// Vertices of a ring: below, it is none; above, an answer would take too long for a hand that waits.
const VERTICES: std::ops::RangeInclusive<usize> = 3..=60;
/// Eigenpairs that are searched for the vector of the rings.
const PAIRS: usize = 12;
/// Points of the curves.
const STEPS: usize = 25;
/// Eigenvalues this close to each other are one, which comes several times.
const EQUAL: f64 = 1e-9;

/// The curves over the strength of the rungs, from 0 to `strongest`. At each of 25 strengths, in equal steps, four numbers:
/// the strength; the eigenvalue whose vector parts the rings; the one whose vector is the wave once around both (NaN
/// where it is not among the twelve smallest); and the normalised cut into half and half of both rings.
///
/// # Errors
/// As [`at`].
pub fn curves(m: usize, strongest: f64) -> Answer {
    let point = |step: usize| -> fiedler::Result<[f64; 4]> {
        let t = strongest * step as f64 / (STEPS - 1) as f64;
        let graph = two_rings(m, t)?;
        let pairs = graph.smallest_eigenpairs(PAIRS.min(2 * m))?;
        let halves = Array1::from_shape_fn(2 * m, |i| usize::from(i % m >= m / 2));
        Ok([
            t,
            value_of(&pairs, &[parting(m)]),
            value_of(&pairs, &[wave(m, 0.0), wave(m, 0.25)]),
            graph.normcut(&halves)?,
        ])
    };
    let points: fiedler::Result<Vec<_>> = (0..STEPS).map(point).collect();
    Ok(points.map_err(|error| words(&error))?.concat())
}

/// Two rings of m vertices, edges of weight 1 around each, and a rung of weight t from every vertex to its partner.
///
/// The answer: λ₂; how many eigenvalues equal it; the eigenvalue whose vector parts the rings, and its place, counted from 1,
/// among all, the last of equals; the eigenvalue of the wave once around; the normalised cut into the two rings, into
/// half and half of both, and by the sign of z₂; and whether z₂ parts the rings (1) or is a wave (0). Then the 2m
/// entries of z₂, the inner ring first. Where λ₂ comes several times its vectors are a whole space: this is the
/// one in it nearest to the vector that parts the rings or, where that is not in it, to a wave with its top on one side.
///
/// # Errors
/// `Error::Count` unless there are 3 to 60 vertices; as `Graph::from_edges` and `Graph::smallest_eigenpairs`, in the
/// crate's words.
pub fn at(m: usize, t: f64) -> Answer {
    compute(m, t).map_err(|error| words(&error))
}

fn compute(m: usize, t: f64) -> fiedler::Result<Vec<f64>> {
    let graph = two_rings(m, t)?;
    let pairs = graph.smallest_eigenpairs(PAIRS.min(2 * m))?;
    let second = pairs.values[1];
    let equals: Vec<usize> = (1..pairs.values.len())
        .filter(|&place| pairs.values[place] - second < EQUAL)
        .collect();
    let of_rings = value_of(&pairs, &[parting(m)]);
    let place = pairs.values.iter().filter(|&&v| v <= of_rings + EQUAL);
    let parts = of_rings - second < EQUAL;
    // A quarter of a step off the vertices, so that none of them is at 0.
    let toward = if parts {
        parting(m)
    } else {
        wave(m, 0.25 / m as f64)
    };
    let mut z = Array1::zeros(2 * m);
    for &place in &equals {
        let vector = pairs.vectors.column(place);
        z.scaled_add(vector.dot(&toward), &vector);
    }
    let rings = Array1::from_shape_fn(2 * m, |i| usize::from(i >= m));
    let halves = Array1::from_shape_fn(2 * m, |i| usize::from(i % m >= m / 2));
    let mut answer = vec![
        second,
        equals.len() as f64,
        of_rings,
        place.count() as f64,
        value_of(&pairs, &[wave(m, 0.0), wave(m, 0.25)]),
        graph.normcut(&rings)?,
        graph.normcut(&halves)?,
        graph.normcut(&labels_by_sign(&z)?)?,
        f64::from(u8::from(parts)),
    ];
    answer.extend(&z);
    Ok(answer)
}

/// The inner ring first, then the outer one.
fn two_rings(m: usize, t: f64) -> fiedler::Result<Graph> {
    if !VERTICES.contains(&m) {
        return Err(Error::Count {
            name: "the number of vertices of a ring",
            found: m,
            wanted: "from 3 to 60",
        });
    }
    let around = |first: usize| (0..m).map(move |j| (first + j, first + (j + 1) % m, 1.0));
    let rungs = (0..m).map(|j| (j, m + j, t)).filter(|rung| rung.2 != 0.0);
    let edges: Vec<_> = around(0).chain(around(m)).chain(rungs).collect();
    Graph::from_edges(2 * m, &edges)
}

/// 1 on the inner ring, −1 on the outer one.
fn parting(m: usize) -> Array1<f64> {
    Array1::from_shape_fn(2 * m, |i| if i < m { 1.0 } else { -1.0 })
}

/// A cosine once around both rings in step; its top is at this share of the way around, backwards from vertex 0.
fn wave(m: usize, share: f64) -> Array1<f64> {
    Array1::from_shape_fn(2 * m, |i| (TAU * ((i % m) as f64 / m as f64 + share)).cos())
}

/// The eigenvalue of the pair whose vector lies nearest to the space of these vectors, which are at right angles to each
/// other: NaN where none of them lies in it by more than half. All degrees are equal, so that a right angle is one with or without D.
fn value_of(pairs: &Eigenpairs, space: &[Array1<f64>]) -> f64 {
    let share = |z: &Array1<f64>| -> f64 {
        let inside = |basis: &Array1<f64>| basis.dot(z).powi(2) / basis.dot(basis);
        space.iter().map(inside).sum::<f64>() / z.dot(z)
    };
    let shares = pairs.vectors.columns().into_iter();
    let shares = shares.map(|z| share(&z.to_owned()));
    let best = shares
        .zip(&pairs.values)
        .fold((0.0, f64::NAN), |best, next| {
            if next.0 > best.0 {
                (next.0, *next.1)
            } else {
                best
            }
        });
    if best.0 > 0.4 { best.1 } else { f64::NAN }
}
