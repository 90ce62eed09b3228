//! Similarities beside the Gaussian: the cosine, and a function of your own.
//!
//! # Definition
//! The cosine of the angle between two rows, xᵢ·xⱼ/‖xᵢ‖‖xⱼ‖, where it is positive; at a right angle or beyond there is no
//! edge. Length does not count: of texts as counts of words, a long and a short one on the same matter are similar.
//!
//! Between rows of length 1 the distance is r with r² = 2 − 2 cos: the nearest are those of the largest cosine, and the
//! search for neighbours is the one of points.
//!
//! # Known value
//! (1, 0) and (1, 1) have the similarity √½.

use super::builders::{INSTEAD_OF_DENSE, dense};
use super::symmetric::symmetric;
use super::{Graph, Tiny};
use crate::engine::neighbors;
use crate::error::{Error, Result};
use crate::guard;
use crate::points::Points;
use ndarray::{Array2, Axis};

impl Graph {
    /// The cosine similarity between every two rows; 0 where it is negative, and on the diagonal. Dense, shape n × n.
    ///
    /// ```
    /// use fiedler::{Graph, ndarray::array};
    /// let graph = Graph::cosine(&array![[1.0, 0.0], [2.0, 2.0], [0.0, 3.0]])?;
    /// assert!((graph.degrees()[0] - 0.5_f64.sqrt()).abs() < 1e-15);
    /// # Ok::<(), fiedler::Error>(())
    /// ```
    ///
    /// # Errors
    /// Those of [`crate::similarity_matrix`] for points; [`Error::NoDirection`] for a row of zeros; [`Error::TooLarge`]
    /// above [`crate::similarity::DENSE_LIMIT`].
    pub fn cosine(x: &(impl Points + ?Sized)) -> Result<Self> {
        let unit = directions(&*x.matrix()?)?;
        dense(unit.nrows(), Tiny::Refuse, |i, j| {
            unit.row(i).dot(&unit.row(j)).clamp(0.0, 1.0)
        })
    }

    /// The cosine similarity on the edges of the graph of the `k` rows with the largest cosine ("either") alone. Sparse.
    ///
    /// # Errors
    /// As [`Graph::cosine`] and [`Graph::nearest_neighbors`].
    pub fn cosine_on_nearest_neighbors(x: &(impl Points + ?Sized), k: usize) -> Result<Self> {
        of_near_directions(&directions(&*x.matrix()?)?, k)
    }

    /// A similarity of your own between every two rows; 0 on the diagonal. Dense, shape n × n: the function is called for
    /// each pair in both orders.
    ///
    /// ```
    /// use fiedler::Graph;
    /// let shared = |a: &[f64], b: &[f64]| a.iter().zip(b).filter(|(a, b)| a == b).count() as f64;
    /// let graph = Graph::from_similarity(&[[1, 0, 2], [1, 5, 2], [7, 5, 9]], shared)?;
    /// assert_eq!(graph.neighbors(1)?, [(0, 2.0), (2, 1.0)]);
    /// # Ok::<(), fiedler::Error>(())
    /// ```
    ///
    /// # Errors
    /// Those of [`crate::similarity_matrix`] for points; [`Error::NotFinite`], [`Error::Negative`],
    /// [`Error::NotSymmetric`] with the pair named; [`Error::TooLarge`] above [`crate::similarity::DENSE_LIMIT`];
    /// [`Error::Scale`], [`Error::TinyDegree`].
    pub fn from_similarity(
        x: &(impl Points + ?Sized),
        similarity: impl Fn(&[f64], &[f64]) -> f64,
    ) -> Result<Self> {
        let x = x.matrix()?;
        let x = &*guard::points(&x, 2)?;
        let n = x.nrows();
        guard::dense_size(n, crate::similarity::DENSE_LIMIT, INSTEAD_OF_DENSE)?;
        let rows: Vec<Vec<f64>> = x.rows().into_iter().map(|row| row.to_vec()).collect();
        Self::from_matrix(Array2::from_shape_fn((n, n), |(i, j)| {
            if i == j {
                0.0
            } else {
                similarity(&rows[i], &rows[j])
            }
        }))
    }
}

/// Rows of length 1.
fn directions(x: &Array2<f64>) -> Result<Array2<f64>> {
    let mut x = guard::points(x, 2)?.into_owned();
    for (row, mut entries) in x.axis_iter_mut(Axis(0)).enumerate() {
        // By the largest first, so that no square leaves the range of f64.
        for _ in 0..2 {
            let largest = entries.fold(0.0_f64, |largest, entry| largest.max(entry.abs()));
            if largest == 0.0 {
                return Err(Error::NoDirection { row });
            }
            entries.mapv_inplace(|entry| entry / largest);
        }
        let length = entries.dot(&entries).sqrt();
        entries.mapv_inplace(|entry| entry / length);
    }
    Ok(x)
}

fn of_near_directions(unit: &Array2<f64>, k: usize) -> Result<Graph> {
    let near = neighbors::nearest(unit, k)?;
    let cosine = |r: f64| 1.0 - 0.5 * r * r;
    let rows = symmetric(near, |r, _| Some(cosine(r)).filter(|&cosine| cosine > 0.0));
    Graph::along_curve(rows, Tiny::Refuse)
}
