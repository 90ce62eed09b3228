//! The small library: the seven steps of the post, and the data they are tried on. Each function is its definition,
//! written over `ndarray`; the fast twins live in the engine, and are tested against these.

// In reading order; the blank lines keep rustfmt from sorting them by name.
pub mod data;

pub mod kmeans;

pub mod similarity;

pub mod cut;

pub mod transform;

pub mod relaxation;

pub mod eigen;

pub mod clustering;
