//! The core of the Python package `fiedler`: numbers from NumPy to the crate and back.
//!
//! What is here has no opinion: the crate computes, and the class in `fiedler/_estimator.py` is what a Python reader meets.
//! Each function copies its arrays in once, and computes without the interpreter's lock ([`work`]), so that whatever
//! Python does to an array meanwhile is not seen. What a fit found is copied once on its way out.

mod arrays;
mod choices;
mod fitted;
mod model;
mod steps;
mod words;
mod work;

/// The compiled part of the package `fiedler`.
#[pyo3::pymodule]
mod _fiedler {
    use pyo3::prelude::*;

    #[pymodule_export]
    use crate::fitted::{Fitted, fit_csr, fit_directions, fit_matrix, fit_points};
    #[pymodule_export]
    use crate::model::Model;
    #[pymodule_export]
    use crate::steps::{
        adjusted_rand_index, agreement, blobs, blog_blobs, blog_moons, circles, components, cut,
        degrees, fiedler_vector, kmeans, labels_by_sign, moons, normcut, orth, orth_obj,
        orth_obj_gradient, project, rayleigh_quotient, similarity_matrix, spectral_clustering,
        spirals, transform, vols,
    };

    /// A message of the crate's in Python's names.
    #[pyfunction]
    fn in_python(message: &str) -> String {
        crate::words::in_python(message)
    }
}
