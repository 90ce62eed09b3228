//! Numbers that a caller chooses, and sizes that memory allows.

use super::{SCALES, standard};
use crate::error::{Error, Result};
use ndarray::Array1;
use std::borrow::Cow;

/// So many vertices a graph may have, however few its edges: where its rows start takes 1 GiB while they are sorted.
const MOST_IN_ANY_CASE: usize = 1 << 26;

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

/// Points or vertices that can be numbered: their numbers are kept in 32 bits.
pub(crate) fn numbered(name: &'static str, found: usize) -> Result<()> {
    if u32::try_from(found).is_ok() {
        return Ok(());
    }
    Err(Error::Count {
        name,
        found,
        wanted: "below 2^32: take a sample of them",
    })
}

/// Vertices of a graph that is given by so many edges. Where its rows start takes memory for each vertex, one without edges
/// too: beyond a gigabyte for a list that does not name them all, the number is a mistake.
pub(crate) fn vertices(found: usize, edges: usize) -> Result<()> {
    match found {
        0 => return Err(Error::NoPoints),
        1 => return Err(Error::OnePoint),
        _ => numbered("the number of vertices", found)?,
    }
    if found <= MOST_IN_ANY_CASE.max(edges.saturating_mul(2)) {
        return Ok(());
    }
    Err(Error::Count {
        name: "the number of vertices",
        found,
        wanted: "at most 2^26, or two for each edge: no more have one; leave out those without",
    })
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
pub(crate) fn elimination_size(entries: usize, limit: usize, instead: &str) -> Result<()> {
    let bytes = entries.saturating_mul(size_of::<f64>());
    if bytes <= limit {
        return Ok(());
    }
    Err(Error::Solver {
        method: "the elimination",
        reason: format!("it needs {bytes} bytes, more than the limit of {limit}; {instead}"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn vertices_without_number_are_refused_and_many_with_edges_are_not() {
        assert!(vertices(1 << 26, 1).is_ok());
        assert!(vertices(100_000_000, 50_000_000).is_ok());
        assert!(vertices(u32::MAX as usize, usize::MAX).is_ok());
        let refused = |found, edges| match vertices(found, edges) {
            Err(Error::Count { wanted, .. }) => wanted,
            other => panic!("{other:?}"),
        };
        assert!(refused((1 << 26) + 1, 1 << 20).starts_with("at most 2^26, or two for each edge"));
        #[cfg(target_pointer_width = "64")]
        assert!(refused(1 << 32, usize::MAX).starts_with("below 2^32"));
        #[cfg(target_pointer_width = "64")]
        assert!(numbered("the number of points", 1 << 32).is_err());
        assert!(numbered("the number of points", u32::MAX as usize).is_ok());
    }

    #[test]
    fn an_elimination_beyond_the_limit_is_refused_with_a_way_out() {
        assert!(elimination_size(10, 80, "take another").is_ok());
        let refused = elimination_size(10, 79, "take another").map_err(|error| error.to_string());
        assert!(refused.is_err_and(|text| text.contains("80 bytes") && text.contains("another")));
        assert!(elimination_size(usize::MAX, usize::MAX - 1, "take another").is_err());
    }

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
