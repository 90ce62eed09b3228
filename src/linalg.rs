//! Linear algebra of full matrices: what `numpy.linalg` is to the post. Knows nothing of graphs.
//!
//! | file | what it is |
//! |---|---|
//! | [`norms`] | distances and lengths |
//! | [`spectrum`] | eigenvalues with their vectors, and their normal form |
//! | `with_lapack`, `without_lapack` | the three dense eigenproblems: by LAPACK, or in pure Rust |
//! | [`symmetric`] | all eigenpairs of a symmetric matrix, in pure Rust |
//! | [`cholesky`] | Cholesky's factor, and what it solves |
//! | [`gram_schmidt`] | a vector made orthogonal to others |
//! | [`jacobi`] | orthogonal columns and singular values, by one-sided rotations |
//! | [`polar`] | the rotation nearest to a matrix |
//! | [`product`] | products on all threads |
//! | [`random_state`] | NumPy's random numbers |

mod cholesky;
#[cfg(lapack)]
#[path = "linalg/with_lapack.rs"]
mod dense;
#[cfg(not(lapack))]
#[path = "linalg/without_lapack.rs"]
mod dense;
mod gram_schmidt;
mod jacobi;
#[cfg(feature = "serde")]
pub(crate) mod lists;
mod norms;
mod polar;
mod product;
mod random_state;
mod spectrum;
mod symmetric;

pub(crate) use cholesky::{cholesky, inverse, solve};
pub(crate) use dense::{LIBRARY, eig, eigh, eigh_generalized, eigh_semidefinite};
pub(crate) use gram_schmidt::{orthogonalise, orthogonalise_once};
pub(crate) use jacobi::singular_values;
pub(crate) use norms::{distance, largest, largest_column};
pub(crate) use polar::nearest_rotation;
pub(crate) use product::{add_product, of_rows, product};
pub use random_state::RandomState;
pub(crate) use spectrum::{Spectrum, normalise, ordered, spectral_norm};
pub(crate) use symmetric::{all_eigenpairs, of_tridiagonal};
