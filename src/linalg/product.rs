//! Products of full matrices on all threads.
//!
//! # Definition
//! The rows of AB are those of A times B. They are taken in chunks whose size depends on nothing, and no sum goes over
//! two of them: so the product is the same for any number of threads.

use ndarray::linalg::general_mat_mul;
use ndarray::{Array1, Array2, ArrayView1, ArrayView2, Axis};
use rayon::prelude::*;

/// Rows that one thread takes at a time: enough to make up for bringing B into the order in which it is read.
const ROWS: usize = 64;

/// C + αAB.
pub(crate) fn add_product(
    c: &mut Array2<f64>,
    alpha: f64,
    a: ArrayView2<'_, f64>,
    b: ArrayView2<'_, f64>,
) {
    let chunks = c.axis_chunks_iter_mut(Axis(0), ROWS);
    let chunks: Vec<_> = chunks.zip(a.axis_chunks_iter(Axis(0), ROWS)).collect();
    chunks
        .into_par_iter()
        .for_each(|(mut c, a)| general_mat_mul(alpha, &a, &b, 1.0, &mut c));
}

/// AB.
pub(crate) fn product(a: ArrayView2<'_, f64>, b: ArrayView2<'_, f64>) -> Array2<f64> {
    let mut c = Array2::zeros((a.nrows(), b.ncols()));
    add_product(&mut c, 1.0, a, b);
    c
}

/// Of each row of A a number.
pub(crate) fn of_rows<T: Send>(
    a: ArrayView2<'_, f64>,
    of: impl Fn(ArrayView1<'_, f64>) -> T + Send + Sync,
) -> Array1<T> {
    let rows: Vec<_> = a.rows().into_iter().collect();
    let numbers = rows.into_par_iter().with_min_len(ROWS).map(of);
    numbers.collect::<Vec<T>>().into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::linalg::RandomState;

    #[test]
    fn a_product_is_that_of_one_thread_whatever_the_shape() {
        let mut rng = RandomState::new(0);
        for (n, m, k) in [(1, 1, 1), (63, 5, 2), (64, 64, 64), (200, 3, 70)] {
            let a = Array2::from_shape_simple_fn((n, m), || rng.standard_normal());
            let b = Array2::from_shape_simple_fn((m, k), || rng.standard_normal());
            let off = product(a.view(), b.view()) - a.dot(&b);
            assert!(off.iter().all(|entry| entry.abs() <= 1e-13));
            let lengths = of_rows(a.view(), |row| row.dot(&row));
            assert_eq!(lengths.len(), n);
        }
    }
}
