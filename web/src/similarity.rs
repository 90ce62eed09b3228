//! Points, the ε graph on them, and what its second eigenvector says: the figure of the chapters on similarity and on
//! clustering.

use crate::{Answer, words};
use fiedler::data::{circles, moons};
use fiedler::ndarray::{Array1, Array2};
use fiedler::{Graph, agreement, labels_by_sign};

/// Numbers before the lists in the answer of [`graph`].
pub const HEAD: usize = 9;
/// Numbers for each point in the input of [`graph`]: x, y and the true label.
const EACH: usize = 3;

/// Two moons (kind 0) or two circles (kind 1): x, y and the true label of each point.
///
/// # Errors
/// As the crate's `moons` and `circles`.
pub fn points(kind: u32, n: usize, noise: f64, seed: u32) -> Answer {
    let data = match kind {
        0 => moons(n, noise, u64::from(seed)),
        _ => circles(n, noise, 0.4, u64::from(seed)),
    };
    let data = data.map_err(|error| words(&error))?;
    let mut numbers = Vec::with_capacity(EACH * n);
    for (point, &label) in data.x.outer_iter().zip(&data.y) {
        numbers.extend([point[0], point[1], label as f64]);
    }
    Ok(numbers)
}

/// The graph of points (x, y and label each) at most ε apart, and its eigenvector number `which`, counted from 1.
///
/// The answer: edges m, components, isolated points, λ₂, λ₃, the normalised cut of the signs, that of the true labels,
/// the share of the signs that is right, and whether the eigenvector is there (0 where a point is isolated); then n
/// entries of z, n labels by its sign, and the ends of m edges. What is not there is NaN.
///
/// # Errors
/// As `Graph::epsilon`, in the crate's words.
pub fn graph(numbers: &[f64], epsilon: f64, which: usize) -> Answer {
    let n = numbers.len() / EACH;
    let x = Array2::from_shape_fn((n, 2), |(i, axis)| numbers[EACH * i + axis]);
    let truth = Array1::from_shape_fn(n, |i| usize::from(numbers[EACH * i + 2] > 0.5));
    let graph = Graph::epsilon(&x, epsilon).map_err(|error| words(&error))?;
    let isolated = graph.isolated_vertices().len();
    let mut head = [f64::NAN; HEAD];
    head[0] = graph.edge_count() as f64;
    head[1] = graph.component_count() as f64;
    head[2] = isolated as f64;
    head[8] = 0.0;
    let mut z = Array1::from_elem(n, f64::NAN);
    let mut labels = Array1::<usize>::zeros(n);
    if isolated == 0 {
        let count = which.max(3).min(n);
        let pairs = graph.smallest_eigenpairs(count);
        let pairs = pairs.map_err(|error| words(&error))?;
        (head[3], head[4]) = (pairs.values[1], pairs.values[2]);
        z = pairs.vectors.column(which.clamp(1, count) - 1).to_owned();
        labels = labels_by_sign(&z).map_err(|error| words(&error))?;
        head[5] = graph.normcut(&labels).unwrap_or(f64::NAN);
        head[6] = graph.normcut(&truth).unwrap_or(f64::NAN);
        head[7] = agreement(&labels, &truth).unwrap_or(f64::NAN);
        head[8] = 1.0;
    }
    let mut answer = head.to_vec();
    answer.extend(&z);
    answer.extend(labels.iter().map(|&label| label as f64));
    for (i, j, _) in graph.weighted_edges() {
        answer.extend([i as f64, j as f64]);
    }
    Ok(answer)
}
