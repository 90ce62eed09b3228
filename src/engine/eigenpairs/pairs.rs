//! The eigenpairs of a graph, and the one that splits it.

use crate::linalg::Spectrum;
use ndarray::{Array1, Array2};

/// Eigenvalues and eigenvectors of a graph, as [`mod@crate::eigen`] states its conventions, and how well they solve its
/// equation.
#[derive(Debug, Clone, PartialEq)]
pub struct Eigenpairs {
    /// λ₁ ≤ λ₂ ≤ … ≤ λₙ, all in [0, 2].
    pub values: Array1<f64>,
    /// The z that belongs to each, one a column; zᵢᵀDzⱼ is 1 for i = j and 0 otherwise: to 10⁻⁸, and to 10⁻⁵ where degrees
    /// differ by more than ten powers of ten.
    pub vectors: Array2<f64>,
    /// ‖D^-½((D − A)z − λDz)‖ of each: an eigenvalue lies within it. As [`crate::Graph::residuals`] computes it.
    pub residuals: Array1<f64>,
}

impl Eigenpairs {
    pub(super) fn with(found: Spectrum, residuals: Array1<f64>) -> Self {
        Self {
            values: found.values,
            vectors: found.vectors,
            residuals,
        }
    }
}

/// The second eigenvalue of a graph and its eigenvector: Fiedler's vector, the one that splits the graph.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct FiedlerVector {
    /// λ₂: 0 for two components, larger the harder the graph is to split.
    pub value: f64,
    /// z with (D − A)z = λ₂Dz, zᵀD𝟙 = 0, zᵀDz = 1; the sign as [`mod@crate::eigen`] states it.
    pub vector: Array1<f64>,
    /// ‖D^-½((D − A)z − λ₂Dz)‖: how far the pair is from solving the equation.
    pub residual: f64,
}
