//! The nearest neighbours of every point.

use crate::checks;
use crate::error::{Error, Result};
use crate::similarity::distance;
use ndarray::{Array2, ArrayView1};

/// Of each point its nearest others as (index, distance), nearest first.
pub(crate) type Neighbors = Vec<Vec<(usize, f64)>>;

/// The `k` nearest neighbours of every point: not the point itself; of two equally far, the smaller index first.
pub(crate) fn nearest(x: &Array2<f64>, k: usize) -> Result<Neighbors> {
    checks::points(x, 2)?;
    let n = x.nrows();
    if k == 0 || k >= n {
        return Err(Error::NeighborCount { k, n });
    }
    let first = x.row(0);
    if x.rows().into_iter().all(|row| row == first) {
        return Err(Error::AllPointsEqual { n });
    }
    Ok((0..n)
        .map(|i| nearest_to(x, x.row(i), k, Some(i)))
        .collect())
}

/// The `k` points nearest to `point`, without the one of index `but`.
pub(crate) fn nearest_to(
    x: &Array2<f64>,
    point: ArrayView1<'_, f64>,
    k: usize,
    but: Option<usize>,
) -> Vec<(usize, f64)> {
    let others = (0..x.nrows()).filter(|&j| Some(j) != but);
    let mut all: Vec<(usize, f64)> = others.map(|j| (j, distance(point, x.row(j)))).collect();
    let nearer = |a: &(usize, f64), b: &(usize, f64)| a.1.total_cmp(&b.1).then(a.0.cmp(&b.0));
    if k < all.len() {
        all.select_nth_unstable_by(k, nearer);
        all.truncate(k);
    }
    all.sort_unstable_by(nearer);
    all
}
