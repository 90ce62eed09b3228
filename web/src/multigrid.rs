//! Multigrid by hand on a path: the figure of the chapter on large graphs.
//!
//! The steps of the crate's own cycle are not public, so this is the chapter's model of them, with its formulas: the two
//! steps of Jacobi's method (6), the smoothed way back (7) and Galerkin's coarse graph (8). The path, the aggregates, and
//! the inverse on the coarse graph are the crate's.
//!
//! The problem is Lx = 0, so that the guess x is its own error, of which a constant does not count.

use crate::{Answer, words};
use fiedler::graph::known::path;
use fiedler::ndarray::{Array1, Array2, ArrayView1, Axis};
use fiedler::solvers::aggregates;
use fiedler::walk::pseudo_inverse;
use fiedler::{Graph, rayleigh_quotient};
use std::f64::consts::{FRAC_1_SQRT_2, PI};

/// Numbers before the error in all answers that have one: its size and its roughness.
pub const HEAD: usize = 2;
/// The ω of the way back.
const OMEGA: f64 = 2.0 / 3.0;
/// What rounding leaves of a coarse weight where none is, beside the largest.
const ROUNDED: f64 = 1e-12;

/// The path of n vertices with its coarse graph.
struct TwoLevels {
    fine: Graph,
    /// Of each vertex.
    aggregates: Array1<usize>,
    /// P, from the coarse graph to the path.
    back: Array2<f64>,
    coarse: Graph,
}

impl TwoLevels {
    fn new(n: usize) -> Result<Self, String> {
        let fine = path(n).map_err(|error| words(&error))?;
        let levels = aggregates(&fine).map_err(|error| words(&error))?;
        let Some(aggregates) = levels.into_iter().next() else {
            return Err(format!(
                "a graph of {n} vertices has no coarser one: it is solved outright"
            ));
        };
        let count = aggregates.iter().max().map_or(0, |most| most + 1);
        let mut stairs = Array2::zeros((n, count));
        for (i, &aggregate) in aggregates.iter().enumerate() {
            stairs[[i, aggregate]] = 1.0;
        }
        let matrix = fine.matrix().map_err(|error| words(&error))?;
        let laplacian = fine.laplacian().map_err(|error| words(&error))?;
        let around = matrix.dot(&stairs) / fine.degrees().view().insert_axis(Axis(1));
        let back = stairs * (1.0 - OMEGA) + around * OMEGA;
        let energy = back.t().dot(&laplacian).dot(&back);
        let least = ROUNDED * energy.iter().fold(0.0, |most: f64, &entry| most.max(entry));
        let edges: Vec<_> = (energy.indexed_iter())
            .filter(|&((i, j), entry)| i < j && entry.abs() > least)
            .map(|((i, j), entry)| (i, j, -entry))
            .collect();
        let coarse = Graph::from_edges(count, &edges).map_err(|error| words(&error))?;
        Ok(Self {
            fine,
            aggregates,
            back,
            coarse,
        })
    }

    /// Pᵀ(0 − Lx).
    fn carried_down(&self, x: &ArrayView1<'_, f64>) -> Result<Array1<f64>, String> {
        let laplacian = self.fine.laplacian().map_err(|error| words(&error))?;
        Ok(-self.back.t().dot(&laplacian.dot(x)))
    }
}

/// The size, the roughness, and the entries of an error, without its mean, both weighed with the degrees: √(xᵀDx/vol)
/// and xᵀLx/xᵀDx.
fn described(graph: &Graph, x: &Array1<f64>) -> Answer {
    let (d, volume) = (graph.degrees(), graph.volume());
    let x = x - d.dot(x) / volume;
    let matrix = graph.matrix().map_err(|error| words(&error))?;
    let roughness = rayleigh_quotient(&matrix, &x).map_err(|error| words(&error))?;
    let mut answer = vec![(d * &x * &x).sum().sqrt() / volume.sqrt(), roughness];
    answer.extend(x);
    Ok(answer)
}

/// An error on a path of n vertices: a wave with noise (kind 0), the wave (kind 1) or the noise (kind 2).
///
/// The answer: its size, its roughness, and n entries. So are the answers of [`described_error`], [`smooth`] and
/// [`back`].
///
/// # Errors
/// As the crate's `path`.
pub fn error(n: usize, kind: u32) -> Answer {
    let graph = path(n).map_err(|error| words(&error))?;
    let golden = (5_f64.sqrt() - 1.0) / 2.0;
    let entry = |i: usize| {
        let place = i as f64;
        let wave = 1.5 * (2.0 * PI * place / (n as f64 - 1.0)).cos();
        // Squares, turned by the golden ratio: they look thrown, and are the same on all machines.
        let noise = 2.0 * (place * place * golden).fract() - 1.0;
        match kind {
            0 => wave + noise,
            1 => wave,
            _ => noise,
        }
    };
    described(&graph, &Array1::from_shape_fn(n, entry))
}

/// An error that was drawn by hand.
///
/// # Errors
/// As the crate's `path` and `rayleigh_quotient`.
pub fn described_error(numbers: &[f64]) -> Answer {
    let graph = path(numbers.len()).map_err(|error| words(&error))?;
    described(&graph, &Array1::from(numbers.to_vec()))
}

/// The error in the input after so many pairs of smoothing steps.
///
/// # Errors
/// As [`described_error`].
pub fn smooth(numbers: &[f64], pairs: u32) -> Answer {
    let graph = path(numbers.len()).map_err(|error| words(&error))?;
    let matrix = graph.matrix().map_err(|error| words(&error))?;
    let mut x = Array1::from(numbers.to_vec());
    let (middle, root) = (1.25, 0.75 * FRAC_1_SQRT_2);
    for _ in 0..pairs {
        for omega in [1.0 / (middle + root), 1.0 / (middle - root)] {
            x = &x + &((matrix.dot(&x) / graph.degrees() - &x) * omega);
        }
    }
    described(&graph, &x)
}

/// What comes down of the error in the input to the coarse graph: the right side of its problem.
///
/// The answer: the number m of aggregates, the aggregate of each of the n vertices, and the m numbers of Pᵀ(0 − Lx).
///
/// # Errors
/// As the crate's `path`, and where the path is so short that it has no coarse graph.
pub fn coarsen(numbers: &[f64]) -> Answer {
    let levels = TwoLevels::new(numbers.len())?;
    let right = levels.carried_down(&ArrayView1::from(numbers))?;
    let mut answer = vec![right.len() as f64];
    answer.extend(levels.aggregates.iter().map(|&aggregate| aggregate as f64));
    answer.extend(right);
    Ok(answer)
}

/// The coarse problem of a path of n vertices solved for the right side in the input: m numbers y, and the n numbers of
/// Py that they stand for.
///
/// # Errors
/// As [`coarsen`], and where the input has another length than m.
pub fn solve(numbers: &[f64], n: usize) -> Answer {
    let levels = TwoLevels::new(n)?;
    let count = levels.coarse.vertex_count();
    if numbers.len() != count {
        let found = numbers.len();
        return Err(format!("{found} numbers for {count} aggregates"));
    }
    let inverse = pseudo_inverse(&levels.coarse).map_err(|error| words(&error))?;
    let y = inverse.dot(&ArrayView1::from(numbers));
    // A constant is free: the one without which Py has no mean.
    let masses = levels.back.t().dot(levels.fine.degrees());
    let y = &y - masses.dot(&y) / masses.sum();
    let mut answer = y.to_vec();
    answer.extend(levels.back.dot(&y));
    Ok(answer)
}

/// x + Py, for the input x and then Py, n numbers each.
///
/// # Errors
/// As [`described_error`].
pub fn back(numbers: &[f64]) -> Answer {
    let (x, correction) = numbers.split_at(numbers.len() / 2);
    if x.len() != correction.len() {
        return Err(format!("{} numbers are not two lists", numbers.len()));
    }
    let graph = path(x.len()).map_err(|error| words(&error))?;
    described(
        &graph,
        &(&ArrayView1::from(x) + &ArrayView1::from(correction)),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cycle(x: &[f64]) -> Vec<f64> {
        let n = x.len();
        let x = smooth(x, 1).unwrap().split_off(HEAD);
        let right = coarsen(&x).unwrap().split_off(1 + n);
        let count = right.len();
        let correction = solve(&right, n).unwrap().split_off(count);
        let x = back(&[x, correction].concat()).unwrap().split_off(HEAD);
        smooth(&x, 1).unwrap()
    }

    #[test]
    fn a_cycle_leaves_little_of_the_error_and_smoothing_nearly_all() {
        for n in [90, 180] {
            let first = error(n, 0).unwrap();
            assert!(cycle(&first[HEAD..])[0] < 0.1 * first[0]);
            assert!(smooth(&first[HEAD..], 5).unwrap()[0] > 0.8 * first[0]);
        }
    }

    #[test]
    fn the_coarse_graph_is_a_path_of_springs_a_third_as_stiff() {
        let levels = TwoLevels::new(90).unwrap();
        assert_eq!(levels.coarse.edge_count(), 29);
        let near = |(_, _, weight): (usize, usize, f64)| (weight - 1.0 / 3.0).abs() < 1e-14;
        assert!(levels.coarse.weighted_edges().all(near));
    }

    #[test]
    fn what_makes_no_sense_is_refused() {
        assert!(error(0, 0).is_err());
        assert!(coarsen(&[1.0; 9]).is_err());
        assert!(solve(&[1.0; 9], 90).is_err());
        assert!(described_error(&[f64::NAN; 90]).is_err());
    }
}
