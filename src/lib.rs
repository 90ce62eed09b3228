//! Spectral clustering, one step at a time.
//!
//! The modules stand in reading order; each uses only those above it.

mod checks;
mod error;

pub mod check;
pub mod clustering;
pub mod cut;
pub mod data;
pub mod eigen;
pub mod kmeans;
pub mod relaxation;
pub mod similarity;
pub mod transform;

pub use clustering::{agreement, labels_above, labels_by_sign, spectral_clustering};
pub use cut::{cut, cut_ordered_pairs, degrees, normcut, normcut_ordered_pairs, vols};
pub use eigen::{
    Eigenpairs, FiedlerVector, eig_random_walk, eigh_generalized, eigh_symmetric, fiedler_vector,
    laplacian, random_walk_laplacian, symmetric_laplacian,
};
pub use error::{Error, Result};
pub use kmeans::{KMeans, kmeans};
pub use relaxation::{
    Gradient, Minimum, Step, Stop, minimize_orth_obj, minimize_orth_obj_observed, orth, orth_obj,
    orth_obj_gradient, project,
};
pub use similarity::{DENSE_LIMIT, components, similarity_matrix, similarity_matrix_within};
pub use transform::{rayleigh_quotient, transform};

pub use ndarray;
