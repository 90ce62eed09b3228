//! How many clusters: where the eigenvalues jump.
//!
//! # Definition
//! k components have λ₁ = … = λₖ = 0 < λₖ₊₁. Where the k pieces are joined by few edges the first k eigenvalues
//! are still small, and the gap λₖ₊₁ − λₖ is the widest: k is where it is.
//!
//! It is a heuristic: it sees only as many gaps as there are values, and where clusters overlap no gap stands
//! out. k = 1 says that the graph does not fall apart. The gaps are returned so that one can look.
//!
//! # Must hold
//! At least two values, finite, ascending.
//!
//! # Known value
//! The values 0, 0.1, 0.9, 1 say 2.
//!
//! # Source
//! U. von Luxburg, "A tutorial on spectral clustering", Statistics and Computing 17 (2007), §8.3.

use crate::checks;
use crate::error::{Error, Result};
use ndarray::{Array1, s};

/// Steps down this small beside the largest value are rounding, not a wrong order; gaps so small are none.
const ROUNDING: f64 = 1e-13;

/// The number of clusters that the eigenvalues suggest.
#[derive(Debug, Clone, PartialEq)]
pub struct Eigengap {
    /// k with the widest gap behind it; of several, the smallest.
    pub clusters: usize,
    /// All gaps: entry j is λⱼ₊₂ − λⱼ₊₁ counted from 1, the gap behind the first j + 1 values.
    pub gaps: Array1<f64>,
}

/// The widest gap between eigenvalues in ascending order: the number of them before it, from 1 to one less than
/// there are.
///
/// ```
/// use fiedler::{eigengap, ndarray::array};
/// assert_eq!(eigengap(&array![0.0, 0.1, 0.9, 1.0])?.clusters, 2);
/// # Ok::<(), fiedler::Error>(())
/// ```
///
/// # Errors
/// [`Error::VectorNotFinite`]; [`Error::Parameter`] for fewer than two values or values out of order;
/// [`Error::RepeatedEigenvalue`] where all values are equal.
///
/// # Source
/// U. von Luxburg (2007), §8.3.
pub fn eigengap(values: &Array1<f64>) -> Result<Eigengap> {
    let count = values.len();
    let values = &*checks::scaled_vector("the list of eigenvalues", values, count)?;
    if count < 2 {
        return Err(Error::Parameter {
            name: "the number of eigenvalues",
            value: count as f64,
            wanted: "at least 2, to have a gap between them",
        });
    }
    let largest = values.fold(0.0, |largest: f64, value| largest.max(value.abs()));
    let gaps = &values.slice(s![1..]) - &values.slice(s![..-1]);
    if let Some(at) = gaps.iter().position(|&gap| gap < -ROUNDING * largest) {
        return Err(Error::Parameter {
            name: "an eigenvalue",
            value: values[at + 1],
            wanted: "at least the one before it: sort them first",
        });
    }
    let widest = gaps.fold(0.0, |widest: f64, &gap| widest.max(gap));
    if widest <= ROUNDING * largest {
        return Err(Error::RepeatedEigenvalue {
            index: count,
            value: values[count - 1],
            error: ROUNDING * largest,
            multiplicity: Some(count),
        });
    }
    // Equal gaps but for rounding: the first of them.
    let first = |&gap: &f64| gap >= widest - ROUNDING * largest;
    let clusters = gaps.iter().position(first).map_or(1, |gap| gap + 1);
    Ok(Eigengap { clusters, gaps })
}
