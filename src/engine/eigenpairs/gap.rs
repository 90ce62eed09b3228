//! Whether the first k eigenvectors stand alone.
//!
//! # Definition
//! They span one space, and no other, where λₖ < λₖ₊₁. Computed values are not λ: each is known to an error, of which its
//! residual is a bound. Two of them are told apart where they differ by more than both errors together, however little
//! that is; where they are not, nobody can say which vectors are meant. k components are k null vectors, whatever follows.
//!
//! # Known value
//! The star of 14 vertices has λ₂ = … = λ₁₃ = 1: twelve times. The path of 90,000 has λ₂ = 6.0925·10⁻¹⁰ and λ₃ four times as
//! large, which are told apart.

use super::problem::Problem;
use super::scaled_laplacian;
use super::solved::Solved;
use crate::error::{Error, Result};
use crate::guard;
use crate::linalg::all_eigenpairs;
use ndarray::Array1;

/// Up to so many vertices all eigenvalues are computed to say how often one is repeated: a few hundredths of a second.
const COUNTED: usize = 256;
/// Eigenvalues of a full matrix are known to this, in units of the largest there can be: n roundings, for n that small.
const KNOWN: f64 = 256.0 * f64::EPSILON;
/// Values below it are not told from 0 by a full matrix.
const LEAST: f64 = 1e-9;

impl Problem<'_> {
    /// Refuses where the first k of the pairs do not stand alone.
    pub(crate) fn stands_alone(self, solved: &Solved, k: usize) -> Result<()> {
        let (values, errors) = (&solved.pairs.values, &solved.errors);
        if guard::few_components(&self.pieces.labels, k)? == k || values.len() <= k {
            return Ok(());
        }
        let error = errors[k - 1] + errors[k];
        if values[k] - values[k - 1] > error {
            return Ok(());
        }
        Err(Error::RepeatedEigenvalue {
            index: k,
            value: values[k - 1],
            error,
            multiplicity: self.multiplicity(values[k - 1]),
        })
    }

    /// How often an eigenvalue is repeated, where the graph is so small that all of them can be looked at.
    fn multiplicity(self, value: f64) -> Option<usize> {
        let (n, scale) = (self.degrees.len(), self.scale());
        if n > COUNTED || value < LEAST * scale {
            return None;
        }
        let roots: Array1<f64> = (self.masses * scale).mapv(f64::sqrt);
        let (all, _) = all_eigenpairs(scaled_laplacian(self.edges, self.degrees, &roots));
        let equal = |other: &&f64| (**other - value / scale).abs() <= KNOWN;
        Some(all.iter().filter(equal).count()).filter(|&count| count > 1)
    }
}
