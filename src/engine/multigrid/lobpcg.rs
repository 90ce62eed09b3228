//! LOBPCG: the few smallest eigenpairs of Lz = λMz, by a preconditioned search with memory.
//!
//! # Definition
//! A block X of b vectors is improved together. Its residuals R = LX − MXΛ, sent through an approximate inverse T of L,
//! say where to go: W = TR. The last step's direction P says where it came from. The best b vectors in the span of
//! [X, W, P] (Rayleigh–Ritz: a problem of 3b × 3b) are the next X:
//!
//! ```text
//! W = T(LX − MXΛ),   made M-orthonormal beside null vectors, X and P
//! QᵀLQ C = CΘ,       Q = [X P W],   C the b smallest
//! X ← QC,            P ← Q(C without its part in X), made orthogonal to the new X
//! ```
//!
//! For one vector without T this is the method of conjugate gradients on the Rayleigh quotient. As the basis is made
//! orthonormal each time, directions that depend on others are dropped instead of breaking the small problem.
//! Columns that have converged stay in X, where all others remain orthogonal to them, but add no direction
//! (soft locking). A few columns more than are wanted keep the last wanted one from waiting for its neighbour.
//!
//! # Must hold
//! M > 0. The start has no fewer columns than pairs are wanted.
//!
//! # Source
//! A. Knyazev, "Toward the optimal preconditioned eigensolver", SIAM J. Sci. Comput. 23 (2001), §4, algorithm 4.1;
//! U. Hetmaniuk & R. Lehoucq, "Basis selection in LOBPCG", J. Comput. Phys. 218 (2006), §3, and J. Duersch, M. Shao,
//! C. Yang & M. Gu, "A robust and efficient implementation of LOBPCG", SIAM J. Sci. Comput. 40 (2018), §4, for the
//! basis; A. Stathopoulos & K. Wu, "A block orthogonalization procedure", SIAM J. Sci. Comput. 23 (2002), §3 (SVQB).

use super::block::{
    Spares, beside, columns, combined, combined_into, data, data_mut, products, residuals, times,
    without_means,
};
use super::laplacian::Laplacian;
use crate::linalg;
use ndarray::{Array1, Array2, Axis, concatenate, s};
use std::ops::ControlFlow;

/// What is left of a direction, squared and relative to its length, where it lay in the span of others.
const DEPENDENT: f64 = 1e-14;
/// The share of a direction's squared length that must be left beside the basis to be told from rounding.
const PRESENT: f64 = 1e-4;
/// A basis this close to orthonormal is so after one more correction.
const NEARLY: f64 = 1e-4;
/// And this close it is so.
const DONE: f64 = 1e-13;
/// Rounds of making a block orthonormal; two or three do.
const ROUNDS: usize = 5;

/// When to stop.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Goal {
    /// How many pairs.
    pub(crate) wanted: usize,
    /// The largest residual of a pair that counts as solved.
    pub(crate) tolerance: f64,
    /// Whether the last wanted pair is there for its value alone, to see the gap before it. Then the others are solved
    /// until their residual is a hundredth of the gap too, and the last until it is a tenth.
    pub(crate) last_for_the_gap: bool,
    /// Iterations, at most.
    pub(crate) max_steps: usize,
}

impl Goal {
    /// The columns of a block that is to find the wanted pairs: a few more, so that the last one need not wait for its
    /// neighbour, and no more than there are vectors beside the null vectors.
    pub(super) fn columns(&self, laplacian: &Laplacian) -> usize {
        let guard = GUARD.max(self.wanted / 8);
        (self.wanted + guard).min(laplacian.size() - laplacian.components())
    }

    /// The residual that each wanted pair must reach, for these values.
    pub(crate) fn residuals(&self, values: &Array1<f64>) -> Array1<f64> {
        let last = self.wanted.min(values.len()) - 1;
        let mut targets = Array1::from_elem(values.len(), self.tolerance);
        if self.last_for_the_gap {
            let before = if last > 0 { values[last - 1] } else { 0.0 };
            // Below rounding no residual falls.
            let gap = (values[last] - before).max(100.0 * FLOOR);
            targets.mapv_inplace(|target| target.min(OTHERS * gap));
            // However small the gap is: it is not seen by a last value that is known to more than it.
            targets[last] = LAST * gap;
        }
        targets
    }
}

/// Columns more than pairs are wanted, at least.
const GUARD: usize = 1;
/// The share of the gap that residuals of the pairs before it may have: they turn an eigenvector by no more.
const OTHERS: f64 = 1e-2;
/// The share of the gap that the residual of the pair behind it may have.
const LAST: f64 = 1e-1;
/// Residuals that rounding leaves: a few dozen roundings of a matrix of norm 2.
const FLOOR: f64 = 1e-14;

/// What the iteration found, and how it got there.
#[derive(Debug, Clone)]
pub(crate) struct Found {
    pub(crate) values: Array1<f64>,
    pub(crate) vectors: Array2<f64>,
    /// The residuals of the wanted pairs before each step, and at the end.
    pub(crate) history: Vec<Array1<f64>>,
    /// For each entry of the history, the columns that were multiplied to get there.
    pub(crate) columns: Vec<usize>,
    /// What the residuals of the wanted pairs were to come down to.
    pub(crate) targets: Array1<f64>,
    pub(crate) converged: bool,
}

/// The smallest eigenpairs beside the null vectors, from the columns of `start`. `precondition` writes
/// TR to its second argument, for as many columns as the third says; `watch` may stop the iteration.
pub(super) fn lobpcg(
    laplacian: &Laplacian,
    start: Array2<f64>,
    goal: &Goal,
    mut precondition: impl FnMut(&[f64], &mut [f64], usize),
    mut watch: impl FnMut(&Array1<f64>) -> ControlFlow<()>,
) -> Found {
    let spares = &mut Spares::default();
    let x = orthonormal(laplacian, start, None, spares);
    let lx = times(laplacian, &x, spares);
    let (mut values, rows) = linalg::all_eigenpairs(symmetric(&products(&[&x], None, &lx)));
    let rotation = rows.t().to_owned();
    // The basis [X P], P empty at first, and L[X P].
    let mut basis = combined(&[&x], &rotation);
    let mut images = combined(&[&lx], &rotation);
    spares.give(x);
    spares.give(lx);
    let (mut plp, mut spare) = (Array2::zeros((0, 0)), Array2::zeros((0, 0)));
    let (n, b) = basis.dim();
    let mut r = Array2::zeros((n, b));
    let wanted = goal.wanted.min(b);
    let (mut history, mut multiplied) = (Vec::new(), vec![b]);
    loop {
        let norms = residuals(laplacian, &basis, &images, &values, &mut r);
        let wanted_norms = norms.slice(s![..wanted]).to_owned();
        let stopped = watch(&wanted_norms).is_break();
        history.push(wanted_norms);
        let targets = goal.residuals(&values);
        let active: Vec<usize> = (0..b).filter(|&c| norms[c] > targets[c]).collect();
        let converged = active.iter().all(|&c| c >= wanted);
        if converged || stopped || history.len() > goal.max_steps {
            return Found {
                values,
                vectors: columns(&basis, &(0..b).collect::<Vec<_>>(), spares),
                history,
                columns: multiplied,
                targets: targets.slice_move(s![..wanted]),
                converged,
            };
        }
        multiplied.push(active.len());
        let w = if active.len() == b {
            direction(laplacian, &r, &mut precondition, &basis, spares)
        } else {
            let some = columns(&r, &active, spares);
            let w = direction(laplacian, &some, &mut precondition, &basis, spares);
            spares.give(some);
            w
        };
        let lw = times(laplacian, &w, spares);
        let problem = projected(&values, &plp, &products(&[&basis, &w], None, &lw));
        let (all, rows) = linalg::all_eigenpairs(problem.clone());
        let best = rows.slice(s![..b, ..]).t().to_owned();
        let turned = directions(&best, &active, b);
        plp = symmetric(&turned.t().dot(&problem.dot(&turned)));
        values = all.slice(s![..b]).to_owned();
        let both = beside(best.view(), turned.view());
        combined_into(&mut spare, &[&basis, &w], &both);
        std::mem::swap(&mut basis, &mut spare);
        combined_into(&mut spare, &[&images, &lw], &both);
        std::mem::swap(&mut images, &mut spare);
        spares.give(w);
        spares.give(lw);
    }
}

/// W: where the residuals lead, M-orthonormal beside the null vectors and `basis`.
fn direction(
    laplacian: &Laplacian,
    r: &Array2<f64>,
    precondition: &mut impl FnMut(&[f64], &mut [f64], usize),
    basis: &Array2<f64>,
    spares: &mut Spares,
) -> Array2<f64> {
    let mut w = spares.take(r.nrows(), r.ncols());
    precondition(data(r), data_mut(&mut w), r.ncols());
    let w = orthonormal(laplacian, w, Some(basis), spares);
    if w.ncols() > 0 {
        return w;
    }
    // The preconditioner led nowhere new: the residuals themselves do, unless rounding is all there is.
    orthonormal(laplacian, r.clone(), Some(basis), spares)
}

/// QᵀLQ for Q = [X P W]: X and P are Ritz vectors and what is left beside them, so that XᵀLX is diagonal and XᵀLP = 0.
pub(super) fn projected(
    values: &Array1<f64>,
    plp: &Array2<f64>,
    beside_w: &Array2<f64>,
) -> Array2<f64> {
    let (size, nw) = beside_w.dim();
    let (b, rest) = (values.len(), size - nw);
    let mut problem = Array2::zeros((size, size));
    problem
        .slice_mut(s![..b, ..b])
        .assign(&Array2::from_diag(values));
    problem.slice_mut(s![b..rest, b..rest]).assign(plp);
    problem.slice_mut(s![.., rest..]).assign(beside_w);
    problem.slice_mut(s![rest.., ..]).assign(&beside_w.t());
    let corner = symmetric(&beside_w.slice(s![rest.., ..]).to_owned());
    problem.slice_mut(s![rest.., rest..]).assign(&corner);
    problem
}

/// The part of each active new vector that does not come from the old ones, orthogonal to all new vectors: the
/// coefficients of P.
fn directions(best: &Array2<f64>, active: &[usize], b: usize) -> Array2<f64> {
    let mut kept = Array2::zeros((best.nrows(), 0));
    for &c in active {
        let mut direction = best.column(c).to_owned();
        direction.slice_mut(s![..b]).fill(0.0);
        let before = direction.dot(&direction);
        // Gram–Schmidt twice: the second pass removes what rounding left in the first.
        for _ in 0..2 {
            let along = best.t().dot(&direction);
            direction -= &best.dot(&along);
            let along = kept.t().dot(&direction);
            direction -= &kept.dot(&along);
        }
        let after = direction.dot(&direction);
        if after > DEPENDENT * before && after > 0.0 {
            direction /= after.sqrt();
            kept = beside(kept.view(), direction.insert_axis(Axis(1)).view());
        }
    }
    kept
}

/// `w` made M-orthonormal, and M-orthogonal to the null vectors and to the block `basis`, which is so already; columns
/// that lie in the span of others are left out.
pub(super) fn orthonormal(
    laplacian: &Laplacian,
    mut w: Array2<f64>,
    basis: Option<&Array2<f64>>,
    spares: &mut Spares,
) -> Array2<f64> {
    without_means(laplacian, &mut w);
    let before = basis.map_or(0, Array2::ncols);
    for _ in 0..ROUNDS {
        if w.ncols() == 0 {
            break;
        }
        let parts: Vec<&Array2<f64>> = basis.into_iter().chain([&w]).collect();
        let products = products(&parts, Some(&laplacian.masses), &w);
        let along = products.slice(s![..before, ..]);
        let gram = symmetric(&products.slice(s![before.., ..]).to_owned());
        let off = gram.indexed_iter().fold(0.0, |most: f64, ((i, j), entry)| {
            most.max((entry - f64::from(u8::from(i == j))).abs())
        });
        let off = along.fold(off, |most: f64, entry| most.max(entry.abs()));
        if off < DONE {
            break;
        }
        let rest = &gram - &along.t().dot(&along);
        let present = |c: usize| rest[[c, c]] > PRESENT * gram[[c, c]];
        let turned = if (0..w.ncols()).all(present) {
            whitening(&rest)
        } else {
            // Nearly all of a column lies along the basis: the products say little of the rest. First that part goes.
            Array2::from_diag(&gram.diag().mapv(over_root))
        };
        let removed = -along.dot(&turned);
        let coefficients = concatenate![Axis(0), removed, turned];
        let mut better = spares.take(w.nrows(), coefficients.ncols());
        combined_into(&mut better, &parts, &coefficients);
        spares.give(std::mem::replace(&mut w, better));
        if off < NEARLY {
            break;
        }
        // What is left of a direction near the basis is short, and was made long: rounding along the null vectors grew
        // with it. They have the smallest values of all, and would take over.
        without_means(laplacian, &mut w);
    }
    w
}

/// 1/√x, and 0 where there is none.
fn over_root(square: f64) -> f64 {
    if square > 0.0 {
        1.0 / square.sqrt()
    } else {
        0.0
    }
}

/// B with BᵀGB = I for a Gram matrix G, without the directions that hardly exist.
fn whitening(gram: &Array2<f64>) -> Array2<f64> {
    let scale = gram.diag().mapv(over_root);
    let column = scale.view().insert_axis(Axis(1));
    let (values, rows) = linalg::all_eigenpairs(gram * &scale * column);
    let largest = values[values.len() - 1];
    let kept: Vec<usize> = (0..values.len())
        .filter(|&j| values[j] > DEPENDENT * largest && values[j] > 0.0)
        .collect();
    let roots: Array1<f64> = kept.iter().map(|&j| 1.0 / values[j].sqrt()).collect();
    rows.select(Axis(0), &kept).t().to_owned() * &scale.insert_axis(Axis(1)) * roots
}

/// The mean of a matrix and its transpose: what rounding left of a symmetric one.
pub(super) fn symmetric(matrix: &Array2<f64>) -> Array2<f64> {
    (matrix + &matrix.t()) / 2.0
}
