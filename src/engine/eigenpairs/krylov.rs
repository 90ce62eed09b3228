//! Lanczos's recurrence, for any symmetric operator.
//!
//! # Definition
//! The vectors v, Hv, H²v, …, made orthonormal one after the other, are v₁, v₂, …, vₘ. In their span H is a tridiagonal
//! matrix T: αₘ = vₘᵀHvₘ on the diagonal, and beside it βₘ, the length of Hvₘ when its parts along all vectors so far
//! are taken out. If T has the eigenpair θ, s, then w = Σ sᵢvᵢ has ‖Hw − θw‖ = βₘ|sₘ|.
//!
//! # Source
//! B. N. Parlett, "The Symmetric Eigenvalue Problem" (1998), §13.1 to §13.3.

use super::NullSpace;
use crate::linalg::{largest, of_tridiagonal, orthogonalise_once};
use ndarray::{Array1, Array2, s};

/// What is left of a product that lies in the span of those before it, relative to the size of H: a few thousand
/// roundings, at most.
const ENDED: f64 = 1e-12;

/// v₁, …, vₘ and T.
pub(crate) struct Krylov {
    basis: Vec<Array1<f64>>,
    diagonal: Vec<f64>,
    /// β₁, …, βₘ.
    off_diagonal: Vec<f64>,
    /// vₘ₊₁.
    next: Array1<f64>,
}

impl Krylov {
    /// From a vector of length 1.
    pub(crate) fn new(start: Array1<f64>) -> Self {
        Self {
            basis: Vec::new(),
            diagonal: Vec::new(),
            off_diagonal: Vec::new(),
            next: start,
        }
    }

    /// m.
    pub(crate) fn steps(&self) -> usize {
        self.basis.len()
    }

    /// One product more.
    pub(crate) fn step(
        &mut self,
        null: &NullSpace,
        times: impl FnOnce(&Array1<f64>) -> Array1<f64>,
    ) {
        let mut next = times(&self.next);
        self.diagonal.push(self.next.dot(&next));
        self.basis.push(std::mem::take(&mut self.next));
        // Twice is enough (Kahan): the second pass removes what rounding left in the first.
        for _ in 0..2 {
            orthogonalise_once(&mut next, self.basis.iter().map(Array1::view));
            null.project_out(&mut next);
        }
        let length = next.dot(&next).sqrt();
        self.off_diagonal.push(length);
        next /= length;
        self.next = next;
    }

    /// Whether the span holds all its products: there is no next vector.
    pub(crate) fn ended(&self) -> bool {
        let size = largest(&self.diagonal);
        self.off_diagonal
            .last()
            .is_some_and(|&length| length <= ENDED * size)
    }

    /// The `wanted` largest θ, descending, and βₘ|sₘ| of each, without the rest of s.
    pub(crate) fn values(&self, wanted: usize) -> Vec<(f64, f64)> {
        let m = self.steps();
        let mut last = Array2::zeros((m, 1));
        last[[m - 1, 0]] = 1.0;
        let (values, entries) = self.tridiagonal(last);
        let pairs = values.iter().zip(entries.column(0)).rev().take(wanted);
        let length = self.off_diagonal[m - 1];
        pairs
            .map(|(&theta, entry)| (theta, length * entry.abs()))
            .collect()
    }

    /// w = Σ sᵢvᵢ of the `wanted` largest θ, in rows, the largest first.
    pub(crate) fn vectors(&self, wanted: usize) -> Array2<f64> {
        let m = self.steps();
        let (_, s) = self.tridiagonal(Array2::eye(m));
        let mut rows = Array2::zeros((wanted.min(m), self.basis[0].len()));
        let largest = s.slice_move(s![..;-1, ..]);
        for (mut row, s) in rows.rows_mut().into_iter().zip(largest.rows()) {
            for (share, v) in s.iter().zip(&self.basis) {
                row.scaled_add(*share, v);
            }
        }
        rows
    }

    /// All eigenvalues of T, ascending, and the products of its eigenvectors with these columns.
    fn tridiagonal(&self, columns: Array2<f64>) -> (Array1<f64>, Array2<f64>) {
        let mut off_diagonal = self.off_diagonal.clone();
        off_diagonal[self.steps() - 1] = 0.0;
        of_tridiagonal(self.diagonal.clone(), off_diagonal, columns)
    }
}
