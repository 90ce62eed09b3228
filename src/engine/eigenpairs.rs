//! The eigenproblem of a graph, (D − A)z = λMz, and who solves it.
//!
//! # Definition
//! The null vectors, one for each component, are known before anything is solved. The others come from one of three: a
//! full matrix, elimination ([`direct`]), or multigrid ([`crate::engine::multigrid`]). [`problem`] chooses, and looks at
//! what comes back.
//!
//! | file | what it is |
//! |---|---|
//! | [`problem`] | the problem, the choice of a solver, the look at its answer |
//! | [`pairs`] | what everybody gets: eigenpairs with their residuals, the Fiedler vector |
//! | [`solved`] | what a solver found, and what it is worth |
//! | [`method`] | the names of the solvers, and what they report |
//! | [`full_matrix`] | a full matrix, and values that are small beside its rounding |
//! | [`inverse_iteration`] | steps with the inverse of a full matrix |
//! | [`elimination`], [`direct`] | elimination, and Lanczos on the inverse |
//! | [`cost`] | what each way costs, reckoned beforehand |
//! | [`krylov`], [`null_space`] | Lanczos's recurrence; the null vectors taken out of a vector |
//! | [`unseen`] | entries at vertices of tiny mass, as their neighbours determine them |
//! | [`residual`], [`gap`] | how far pairs are from solving the equation; whether the first k stand alone |
//! | [`pseudo_inverse`] | L⁺ |

mod cost;
mod direct;
mod elimination;
mod full_matrix;
mod gap;
mod inverse_iteration;
mod krylov;
mod method;
mod null_space;
mod pairs;
mod problem;
mod pseudo_inverse;
mod residual;
mod solved;
mod unseen;

pub(crate) use elimination::{Elimination, fewest_first};
pub(crate) use krylov::Krylov;
pub(crate) use method::Precision;
pub use method::{Solver, SolverReport};
pub(crate) use null_space::NullSpace;
pub use pairs::{Eigenpairs, FiedlerVector};
pub(crate) use problem::{Problem, STEPS};
pub(crate) use pseudo_inverse::pseudo_inverse;
pub(crate) use residual::{errors, residuals, scale};
pub(crate) use solved::Solved;

use crate::engine::sparse::{Edges, structure};
use crate::error::Result;
use crate::linalg::{self, normalise, ordered};
use ndarray::linalg::general_mat_mul;
use ndarray::{Array1, Array2, s};
use std::ops::ControlFlow;
use unseen::Unseen;

/// Where the null space is moved: above all other eigenvalues, none of which exceeds 2.
pub(crate) const MOVED: f64 = 3.0;
/// Of eigenvalues so small a matrix whose entries are rounded in the sixteenth digit shows few digits; the energy of the
/// vector shows them all.
const FEW_DIGITS: f64 = 1e-6;

/// The null vectors of a similarity matrix and its degrees, in rows: one for each component, D-orthogonal.
pub(crate) fn null_space(a: &Array2<f64>, d: &Array1<f64>) -> Array2<f64> {
    null_vectors(d, &Edges::Dense(a).pieces().labels, usize::MAX)
}

/// All pairs: the null vectors (in rows), and what a solver found beside them, ascending, in [0, 2], in their normal form.
/// Entries that no solver sees are those that their neighbours determine.
pub(crate) fn completed(
    a: &Array2<f64>,
    d: &Array1<f64>,
    null: &Array2<f64>,
    values: &Array1<f64>,
    vectors: &Array2<f64>,
) -> Eigenpairs {
    let (n, nullity) = (d.len(), null.nrows());
    let found = ordered(values, vectors, d);
    let edges = Edges::Dense(a);
    let unseen = Unseen::new(edges, d);
    let mut pairs: Vec<(f64, Array1<f64>)> = Vec::with_capacity(n);
    let columns = found.values.iter().zip(found.vectors.columns());
    for (&value, z) in columns.take(n - nullity) {
        let (mut value, mut z) = (value.clamp(0.0, 2.0), z.to_owned());
        if unseen.settle(value, &mut z) {
            normalise(&mut z, d);
        }
        if value < FEW_DIGITS {
            value = edges.energy(&z);
        }
        pairs.push((value, z));
    }
    pairs.sort_by(|one, other| one.0.total_cmp(&other.0));
    let mut vectors = Array2::zeros((n, n));
    let null = null.rows().into_iter().map(|z| {
        let mut z = z.to_owned();
        normalise(&mut z, d);
        (0.0, z)
    });
    let (values, rows): (Vec<f64>, Vec<_>) = null.chain(pairs).unzip();
    for (mut column, z) in vectors.columns_mut().into_iter().zip(&rows) {
        column.assign(z);
    }
    let values: Array1<f64> = values.into();
    let residuals = residuals(edges, d, d, &values, &vectors);
    Eigenpairs {
        values,
        vectors,
        residuals,
    }
}

/// The second pair of a similarity matrix and its degrees, alone, where no other has its value.
pub(crate) fn second(a: &Array2<f64>, d: &Array1<f64>) -> Result<FiedlerVector> {
    let edges = Edges::Dense(a);
    structure(edges)?;
    let problem = Problem {
        edges,
        degrees: d,
        masses: d,
        pieces: &edges.pieces(),
    };
    let solved = problem.dense(d.len().min(3), "")?.sound(1.0)?;
    problem.stands_alone(&solved, 2)?;
    Ok(solved.second())
}

/// How a full matrix is solved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FullMatrix {
    /// By steps with its inverse, where they converge.
    Inverse,
    /// By all its eigenpairs: for values that are as small as rounding in the inverse.
    AllPairs,
}

/// The `wanted` smallest eigenvectors beside the null vectors of (D − A)z = λMz, in rows, for the diagonal matrix M of
/// `masses`, on a full matrix.
pub(crate) fn few_smallest(
    edges: Edges<'_>,
    d: &Array1<f64>,
    masses: &Array1<f64>,
    components: &Array1<usize>,
    wanted: usize,
    way: FullMatrix,
) -> Result<Array2<f64>> {
    if wanted == 0 {
        return Ok(Array2::zeros((0, d.len())));
    }
    let root = masses.mapv(f64::sqrt);
    let w = null_vectors(masses, components, usize::MAX) * &root;
    // Built again for the other way rather than kept for it: it is the largest thing here.
    let scaled = (masses * scale(d, masses)).mapv(f64::sqrt);
    let matrix = || scaled_laplacian(edges, d, &scaled);
    let few = match way {
        FullMatrix::Inverse => by_inverse(matrix(), &w, wanted),
        FullMatrix::AllPairs => None,
    };
    let vectors = match few {
        Some(few) => few.1,
        None => all_nontrivial(matrix(), &w, way)?.1,
    };
    let few = wanted.min(vectors.nrows());
    Ok(vectors.slice_move(s![..few, ..]) / &root)
}

/// So many wanted pairs, and one in so many of all: then all are found before a block of them takes a few steps.
const MANY: usize = 32;
const SHARE: usize = 16;

/// The smallest eigenpairs of the symmetric `s` beside its null vectors `w` (in rows), the vectors in rows, by a Cholesky
/// factor of S + WᵀW, where the null vectors have the value 1. `None` where they do not converge, or where the smallest
/// value is too small for Cholesky.
fn by_inverse(
    mut s: Array2<f64>,
    w: &Array2<f64>,
    wanted: usize,
) -> Option<(Array1<f64>, Array2<f64>)> {
    if wanted >= MANY && SHARE * wanted > s.nrows() {
        return None;
    }
    general_mat_mul(1.0, &w.t(), w, 1.0, &mut s);
    let lower = linalg::cholesky(s)?;
    let invert = |block: &mut Array2<f64>| linalg::solve(&lower, block);
    let watch = |_| ControlFlow::Continue(());
    let found = inverse_iteration::smallest_nontrivial(w, wanted, invert, watch);
    found.converged.then_some((found.values, found.vectors))
}

/// One null vector for each component, a row each: 𝟙 first, then 1/mass on all components before the j-th
/// and −1/mass on the j-th. They are orthogonal in the product uᵀMv, and of length 1 in it.
/// No more than `at_most` of them.
pub(crate) fn null_vectors(
    masses: &Array1<f64>,
    components: &Array1<usize>,
    at_most: usize,
) -> Array2<f64> {
    let count = components.iter().max().map_or(0, |last| last + 1);
    let mut mass = vec![0.0; count];
    for (&component, m) in components.iter().zip(masses) {
        mass[component] += m;
    }
    let mut before = 0.0;
    let mut rows = Array2::zeros((count.min(at_most), masses.len()));
    for (j, mut row) in rows.rows_mut().into_iter().enumerate() {
        let levels = match j {
            0 => [1.0, 1.0],
            _ => [1.0 / before, -1.0 / mass[j]],
        };
        before += mass[j];
        for (entry, &component) in row.iter_mut().zip(components) {
            if j == 0 || component < j {
                *entry = levels[0];
            } else if component == j {
                *entry = levels[1];
            }
        }
        let length = row.dot(&(masses * &row)).sqrt();
        row /= length;
    }
    rows
}

/// All eigenpairs but those of the null vectors `w` (in rows), the vectors in rows. The null space is moved
/// from 0 to [`MOVED`], above all others: beside a λ of the size of rounding, the solver would mix the two.
fn all_nontrivial(
    mut matrix: Array2<f64>,
    w: &Array2<f64>,
    way: FullMatrix,
) -> Result<(Array1<f64>, Array2<f64>)> {
    let n = matrix.nrows();
    general_mat_mul(MOVED, &w.t(), w, 1.0, &mut matrix);
    let (values, vectors) = match way {
        FullMatrix::Inverse => linalg::eigh_semidefinite(&matrix)?,
        FullMatrix::AllPairs => linalg::eigh(&matrix)?,
    };
    let all = ordered(&values, &vectors, &Array1::ones(n));
    let rest = n - w.nrows();
    Ok((
        all.values.slice_move(s![..rest]),
        all.vectors.reversed_axes().slice_move(s![..rest, ..]),
    ))
}

/// R⁻¹(D − A)R⁻¹ for the diagonal matrix R of `roots`, all positive.
fn scaled_laplacian(edges: Edges<'_>, d: &Array1<f64>, roots: &Array1<f64>) -> Array2<f64> {
    let scale = roots.mapv(|root| 1.0 / root);
    let mut s = edges.matrix();
    for (i, mut row) in s.rows_mut().into_iter().enumerate() {
        row.zip_mut_with(&scale, |entry, factor| *entry *= -scale[i] * factor);
        row[i] += d[i] * scale[i] * scale[i];
    }
    s
}
