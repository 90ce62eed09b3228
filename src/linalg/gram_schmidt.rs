//! Gram and Schmidt's way to orthogonal vectors.
//!
//! # Definition
//! v less its parts along vectors q that are orthonormal: v − Σ (qᵀv) q, one after the other, each from what is left.
//!
//! # Source
//! B. N. Parlett, "The Symmetric Eigenvalue Problem" (1998), §6.9: twice is enough (Kahan). The second pass removes what
//! rounding left in the first.

use ndarray::{Array1, ArrayView1};

/// Takes the parts along the others out of v, twice.
pub(crate) fn orthogonalise<'a, I>(v: &mut Array1<f64>, others: I)
where
    I: IntoIterator<Item = ArrayView1<'a, f64>> + Clone,
{
    orthogonalise_once(v, others.clone());
    orthogonalise_once(v, others);
}

/// Takes the parts along the others out of v, once.
pub(crate) fn orthogonalise_once<'a>(
    v: &mut Array1<f64>,
    others: impl IntoIterator<Item = ArrayView1<'a, f64>>,
) {
    for other in others {
        let share = other.dot(v);
        v.scaled_add(-share, &other);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;

    #[test]
    fn what_is_left_is_orthogonal_also_where_hardly_anything_is_left() {
        // Nearly in the span of the axes x and y: 1e-9 of it is left, to all its digits.
        let (x, y) = (array![1.0, 0.0, 0.0], array![0.0, 1.0, 0.0]);
        let mut v = array![3.0, -4.0, 1e-9];
        orthogonalise(&mut v, [x.view(), y.view()]);
        assert_eq!(v, array![0.0, 0.0, 1e-9]);
    }
}
