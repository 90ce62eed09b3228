//! The ideal case and its perturbation: why a graph of nearly separate clusters still shows them.
//!
//! # Definition
//! Where k clusters have no edge between them, the first k eigenvectors span the clusters' indicators, and
//! λ₁ = … = λₖ = 0. Weak edges change the symmetric normalised Laplacian 𝓛 to 𝓛̃ by little, and turn that span
//! by little too. Let Θ be the principal angles between the spans of the first k eigenvectors of both:
//!
//! ```text
//! ‖sin Θ‖₂ ≤ ‖𝓛̃ − 𝓛‖₂ / δ,     δ = λₖ₊₁(𝓛̃) − λₖ(𝓛)
//! ```
//!
//! δ parts the first k of the ideal graph from the rest of the perturbed one: the wider the gap, the less a
//! perturbation counts.
//!
//! # Must hold
//! Both graphs have the same number of vertices, none of them isolated, and λₖ < λₖ₊₁ in each, so that the first
//! k eigenvectors span one space and not any.
//!
//! # Known value
//! Two complete graphs of 10 vertices are joined by an edge of weight 0.1. That turns the span of the first two
//! eigenvectors by an angle of sine 0.004264; the bound is 0.010261.
//!
//! # Source
//! C. Davis & W. Kahan, "The rotation of eigenvectors by a perturbation III", SIAM J. Numer. Anal. 7 (1970), the
//! sin Θ theorem; U. von Luxburg, "A tutorial on spectral clustering", Statistics and Computing 17 (2007), §7,
//! Theorem 7.

mod angles;

pub use angles::subspace_angle;

use crate::error::{Error, Result};
use crate::graph::Graph;
use crate::guard;
use crate::linalg::spectral_norm;
use ndarray::{Array1, Array2, Axis, s};

/// How far a perturbation turns the first k eigenvectors, and how far it can.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub struct DavisKahan {
    /// sin Θ of the largest angle between the two spans, as measured.
    pub angle_sine: f64,
    /// ‖𝓛̃ − 𝓛‖₂/δ, what it is at most; ∞ where δ ≤ 0, since then the theorem says nothing. Above 1 it says no
    /// more.
    pub bound: f64,
    /// ‖𝓛̃ − 𝓛‖₂.
    pub perturbation_norm: f64,
    /// δ = λₖ₊₁(𝓛̃) − λₖ(𝓛).
    pub gap: f64,
}

/// Compares the first k eigenvectors of two graphs on the same vertices, by their symmetric normalised
/// Laplacians.
///
/// ```
/// use fiedler::{Graph, ndarray::Array2, perturbation::davis_kahan};
/// let clique = |i: usize, j: usize| f64::from(u8::from(i != j && (i < 10) == (j < 10)));
/// let ideal = Array2::from_shape_fn((20, 20), |(i, j)| clique(i, j));
/// let mut perturbed = ideal.clone();
/// perturbed[[9, 10]] = 0.1;
/// perturbed[[10, 9]] = 0.1;
/// let found = davis_kahan(&Graph::from_matrix(ideal)?, &Graph::from_matrix(perturbed)?, 2)?;
/// assert!(found.angle_sine <= found.bound && found.bound < 0.02);
/// # Ok::<(), fiedler::Error>(())
/// ```
///
/// # Errors
/// [`Error::Length`] for different numbers of vertices; [`Error::Count`] unless 1 ≤ k < n;
/// [`Error::IsolatedPoints`], [`Error::NoEdges`]; [`Error::TooManyComponents`], [`Error::RepeatedEigenvalue`]
/// where λₖ = λₖ₊₁ in one of the graphs; [`Error::TooLarge`], [`Error::Solver`].
pub fn davis_kahan(ideal: &Graph, perturbed: &Graph, k: usize) -> Result<DavisKahan> {
    let n = ideal.vertex_count();
    guard::length("the perturbed graph", perturbed.vertex_count(), n)?;
    if !(1..n).contains(&k) {
        return Err(Error::Count {
            name: "k",
            found: k,
            wanted: "at least 1 and below the number of vertices",
        });
    }
    let leading = |graph: &Graph| -> Result<(Array2<f64>, Array1<f64>)> {
        guard::no_isolated_points(graph.degrees())?;
        let pairs = graph.smallest_alone(graph.degrees(), k)?;
        let root_d = graph.degrees().mapv(f64::sqrt).insert_axis(Axis(1));
        Ok((
            pairs.vectors.slice(s![.., ..k]).to_owned() * root_d,
            pairs.values,
        ))
    };
    let (before, values) = leading(ideal)?;
    let (after, perturbed_values) = leading(perturbed)?;
    let perturbation_norm = spectral_norm(&(laplacian(perturbed)? - laplacian(ideal)?))?;
    let gap = perturbed_values[k] - values[k - 1];
    Ok(DavisKahan {
        angle_sine: subspace_angle(&before, &after)?.sin(),
        bound: if gap > 0.0 {
            perturbation_norm / gap
        } else {
            f64::INFINITY
        },
        perturbation_norm,
        gap,
    })
}

/// D^-½(D − A)D^-½.
fn laplacian(graph: &Graph) -> Result<Array2<f64>> {
    crate::symmetric_laplacian(&graph.matrix()?)
}
