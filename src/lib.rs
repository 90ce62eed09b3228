//! Spectral clustering, one step at a time.
pub use ndarray;
