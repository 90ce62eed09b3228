//! Numbers that a caller chooses, and sizes that memory allows.

use super::{SCALES, standard};
use crate::error::{Error, Result};
use ndarray::Array1;
use std::borrow::Cow;

/// Too small to divide by: of a vertex that is isolated, or so in all but name.
pub(crate) fn is_tiny(degree: f64) -> bool {
    degree < SCALES.start
}

/// Positive and finite masses, far from the ends of f64.
pub(crate) fn masses(masses: &Array1<f64>) -> Result<Cow<'_, Array1<f64>>> {
    let refused = |what, value, wanted| {
        Err(Error::Value {
            what,
            value,
            wanted,
        })
    };
    if let Some(&mass) = masses.iter().find(|&&m| !(m > 0.0 && m.is_finite())) {
        return refused("a mass", mass, "positive and finite");
    }
    let masses = standard(masses);
    let sum = masses.sum();
    if sum.is_infinite() {
        let largest = masses.fold(0.0, |largest: f64, &mass| largest.max(mass));
        let wanted = "at most 1e75; divide them all by it: the eigenvalues are multiplied by it";
        return refused("the largest mass", largest, wanted);
    }
    if !SCALES.contains(&sum) {
        let wanted = "between 1e-75 and 1e75; divide them all by the largest: the eigenvalues are multiplied by it";
        return refused("the sum of the masses", sum, wanted);
    }
    match masses.iter().find(|&&mass| is_tiny(mass)) {
        Some(&mass) => refused("a mass", mass, "at least 1e-75"),
        None => Ok(masses),
    }
}

/// The radius of an ε graph: 0 or more; ∞ joins everything.
pub(crate) fn epsilon(epsilon: f64) -> Result<()> {
    if epsilon >= 0.0 {
        Ok(())
    } else {
        Err(Error::Parameter {
            name: "epsilon",
            value: epsilon,
            wanted: "0 or more",
        })
    }
}

/// A parameter that must be positive and finite.
pub(crate) fn positive(name: &'static str, value: f64) -> Result<()> {
    if value > 0.0 && value.is_finite() {
        Ok(())
    } else {
        Err(Error::Parameter {
            name,
            value,
            wanted: "positive and finite",
        })
    }
}

/// A dense n × n matrix of f64 stays within the limit; what to do `instead`, if not.
pub(crate) fn dense_size(n: usize, limit: usize, instead: &'static str) -> Result<()> {
    let bytes = n
        .checked_mul(n)
        .and_then(|entries| entries.checked_mul(size_of::<f64>()));
    if bytes.is_some_and(|bytes| bytes <= limit) {
        Ok(())
    } else {
        Err(Error::TooLarge {
            n,
            bytes,
            limit,
            instead,
        })
    }
}

/// So many entries of f64 beside the diagonal stay within the limit; what to do `instead`, if not.
pub(crate) fn envelope_size(entries: usize, limit: usize, instead: &str) -> Result<()> {
    let bytes = entries.saturating_mul(size_of::<f64>());
    if bytes <= limit {
        return Ok(());
    }
    Err(Error::Solver {
        method: "the elimination",
        reason: format!(
            "the envelope needs {bytes} bytes, more than the limit of {limit}; {instead}"
        ),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_matrix_whose_size_overflows_is_refused() {
        let refused = dense_size(usize::MAX / 2, usize::MAX, "take fewer");
        assert_eq!(
            refused,
            Err(Error::TooLarge {
                n: usize::MAX / 2,
                bytes: None,
                limit: usize::MAX,
                instead: "take fewer"
            })
        );
    }
}
