//! The pseudo-inverse of a graph's Laplacian.
//!
//! # Definition
//! With one unit null vector for each component in the rows of W, and any s > 0, M = L + sWᵀW is positive
//! definite, and L⁺ = M⁻¹ − WᵀW/s. Here s is the largest degree, so that M has no larger eigenvalue than 2s.

use super::null_vectors;
use crate::engine::sparse::Edges;
use crate::error::{Error, Result};
use crate::linalg::inverse;
use ndarray::{Array1, Array2};

/// The share of a result that rounding may take: three digits stay right.
const LOST: f64 = 1e-3;

/// L⁺, symmetric to the last bit; 0 for a graph without edges.
pub(crate) fn pseudo_inverse(
    edges: Edges<'_>,
    d: &Array1<f64>,
    components: &Array1<usize>,
) -> Result<Array2<f64>> {
    let n = d.len();
    let scale = d.fold(0.0, |largest: f64, &degree| largest.max(degree));
    if scale == 0.0 {
        return Ok(Array2::zeros((n, n)));
    }
    let w = null_vectors(&Array1::ones(n), components, usize::MAX);
    let null = w.t().dot(&w);
    let laplacian = (Array2::from_diag(d) - edges.matrix()) / scale;
    let inverse = inverse(laplacian + &null).filter(|inverse| {
        // The trace is at least 1/λ for the smallest λ of M/s, and nε/λ is what rounding takes.
        inverse.diag().sum() * n as f64 * f64::EPSILON <= LOST
    });
    let Some(inverse) = inverse else {
        return Err(Error::Solver {
            method: "Cholesky's method",
            reason: "the weakest link is so weak beside the strongest edge that no digit of the pseudo-inverse \
                     can be trusted; drop that link, or take its two sides one at a time"
                .to_string(),
        });
    };
    let pseudo = (inverse - null) / scale;
    Ok((&pseudo + &pseudo.t()) / 2.0)
}
