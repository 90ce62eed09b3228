//! Beyond the post: any graph, any number of clusters, large data, and how far to trust an answer.

pub(crate) mod advice;

// In reading order; the blank lines keep rustfmt from sorting them by name.
pub mod read;

pub mod points;

pub mod geography;

pub mod parameters;

pub mod graph;

pub mod scores;

pub mod power;

pub mod embedding;

pub mod labelling;

pub mod exact;

pub mod certificate;

pub mod characteristics;

pub mod estimator;

pub mod sensitivity;

pub mod stability;

pub mod springs;

pub mod walk;

pub mod perturbation;

pub mod pixels;

pub mod solvers;
