//! Labels by QR with column pivoting: k rows as different as can be stand for the clusters.
//!
//! # Definition
//! Let V (n × k) hold the eigenvectors.
//! 1. QR with column pivoting of Vᵀ picks k rows of V: the longest first, then each time the row of which most is
//!    left beside those picked.
//! 2. R is the rotation nearest to the k × k matrix of these rows, in columns.
//! 3. Vertex i gets the label argmaxⱼ |(VR)ᵢⱼ|.
//!
//! There is no start to choose and nothing to iterate. For k components R takes each component to an axis.
//!
//! # Must hold
//! V is finite, of rank k.
//!
//! # Known value
//! The rows (1, 1), (1, 1), (1, −1) give the labels 0, 0, 1.
//!
//! # Source
//! A. Damle, V. Minden & L. Ying, "Simple, direct and efficient multi-way spectral clustering", Information and
//! Inference 8 (2019), §3, algorithm 1.

use super::{Rotated, renumbered};
use crate::error::{Error, Result};
use crate::linalg;
use crate::linalg::{add_product, largest_column, nearest_rotation, of_rows, product};
use ndarray::{Array2, Axis, s};

/// What is left of a row, relative to the largest entry and per column, when it lies in the span of others.
const DEPENDENT: f64 = 1e-12;
/// Pivots after which the rows are brought up to date.
const BLOCK: usize = 32;
/// What is left of a squared length where subtracting has cost too many of its digits.
const CANCELLED: f64 = 1e-3;

/// Labels of the rows of an embedding, as many clusters as columns, by pivoted QR. Meant for orthonormal columns,
/// the w of [`crate::embedding::Laplacian::Symmetric`]; other embeddings are taken as they are, and their scale does not count.
///
/// ```
/// use fiedler::{labelling::pivoted_qr, ndarray::array};
/// assert_eq!(pivoted_qr(&array![[1., 1.], [1., 1.], [1., -1.]])?.labels, array![0, 0, 1]);
/// # Ok::<(), fiedler::Error>(())
/// ```
///
/// # Errors
/// [`Error::NoPoints`], [`Error::NoColumns`], [`Error::NotFinite`]; [`Error::ClusterCount`] for more columns than rows;
/// [`Error::FewerClusters`] where the rank is below k, or a cluster stays empty.
///
/// # Source
/// A. Damle, V. Minden & L. Ying (2019), algorithm 1.
pub fn pivoted_qr(embedding: &Array2<f64>) -> Result<Rotated> {
    let embedding = &*super::rows(embedding)?;
    let largest = linalg::largest(embedding);
    let unit = if largest == 0.0 { 1.0 } else { largest };
    let v = embedding / unit;
    let picked = v.select(Axis(0), &pivots(v.clone())?);
    let (rotation, _) = nearest_rotation(&picked.reversed_axes());
    let sizes = product(v.view(), rotation.view()).mapv_into(f64::abs);
    let labels = sizes.rows().into_iter().map(largest_column).collect();
    renumbered(&labels, &rotation)
}

/// The first k pivots, by Gram–Schmidt on the rows: `rest` is what is left of each beside those picked. It is brought
/// up to date for several pivots at once. In between, a row picked is freed of the directions since then, and only the
/// squared length of each other row is, by what that direction has of it.
fn pivots(mut rest: Array2<f64>) -> Result<Vec<usize>> {
    let (n, k) = rest.dim();
    let mut picked = Vec::with_capacity(k);
    while picked.len() < k {
        let mut left = of_rows(rest.view(), |row| row.dot(&row));
        let longest = left[largest_column(left.view())];
        let most = BLOCK.min(k - picked.len());
        let mut directions = Array2::zeros((most, k));
        let mut shares = Array2::zeros((most, n));
        let mut taken = 0;
        while taken < most {
            let pivot = largest_column(left.view());
            if taken > 0 && left[pivot] <= CANCELLED * longest {
                break;
            }
            let mut direction = rest.row(pivot).to_owned();
            let before = directions.slice(s![..taken, ..]);
            for _ in 0..2 {
                direction -= &before.t().dot(&before.dot(&direction));
            }
            let length = direction.dot(&direction).sqrt();
            if length <= DEPENDENT * k as f64 {
                let found = picked.len();
                return Err(Error::FewerClusters { asked: k, found });
            }
            direction /= length;
            let share = of_rows(rest.view(), |row| row.dot(&direction));
            left.zip_mut_with(&share, |left, share| *left -= share * share);
            left[pivot] = 0.0;
            directions.row_mut(taken).assign(&direction);
            shares.row_mut(taken).assign(&share);
            picked.push(pivot);
            taken += 1;
        }
        let (shares, directions) = (
            shares.slice(s![..taken, ..]),
            directions.slice(s![..taken, ..]),
        );
        add_product(&mut rest, -1.0, shares.t(), directions);
    }
    Ok(picked)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::linalg::RandomState;

    /// As the definition has it: all rows brought up to date after each pivot.
    fn plainly(mut rest: Array2<f64>) -> Vec<usize> {
        let columns = rest.ncols();
        let pick = |_| {
            let left = rest.map_axis(Axis(1), |row| row.dot(&row));
            let pivot = largest_column(left.view());
            let direction = &rest.row(pivot) / left[pivot].sqrt();
            for mut row in rest.rows_mut() {
                let share = row.dot(&direction);
                row.scaled_add(-share, &direction);
            }
            pivot
        };
        (0..columns).map(pick).collect()
    }

    #[test]
    fn the_pivots_are_those_of_gram_and_schmidt_also_where_little_is_left_of_the_rows() {
        let mut rng = RandomState::new(0);
        // More columns than are brought up to date at once; ten of them stand out.
        for beside in [1.0, 1e-3, 1e-6, 1e-9] {
            let mut rows = Array2::from_shape_simple_fn((200, 70), || rng.standard_normal());
            rows.slice_mut(s![.., 10..])
                .mapv_inplace(|entry| entry * beside);
            assert_eq!(pivots(rows.clone()), Ok(plainly(rows)), "{beside:e}");
        }
    }
}
