//! The checks at the door: shape, finiteness, symmetry and labels, looked at once where data enters.
//!
//! What is checked comes back in standard layout, one row after the other in memory. Sums, products and LAPACK go
//! through memory in its order; so an answer would depend, in its last digits or altogether, on whether a caller's
//! matrix was transposed, cut out of another or turned round. Behind the door there is one layout.

mod labels;
mod numbers;

pub(crate) use numbers::{
    dense_size, elimination_size, epsilon, is_tiny, masses, numbered, positive, vertices,
};

pub(crate) use labels::{
    both_positive, cluster_count, few_components, label_range, labels, sizes, split,
};

use crate::error::{Error, Result};
use ndarray::{Array, Array1, Array2, Axis, Dimension, s};
use std::borrow::Cow;

/// Two mirrored entries may differ by this much, relative to the larger: the rounding of a similarity
/// that was computed twice, and far below any difference that is meant.
const SYMMETRY_TOLERANCE: f64 = 1e-12;

/// Degrees, their sum, and the largest entries of vectors lie in this range or are 0: products of four of
/// them, and quotients of those, neither overflow nor vanish.
const SCALES: std::ops::Range<f64> = 1e-75..1e75;

/// The largest dense matrix that [`crate::similarity_matrix`] allocates: 2 GiB, that is n = 16,384 points.
pub const DENSE_LIMIT: usize = 2 << 30;

/// Coordinates beyond this size have sums of squares that f64 does not hold.
const LARGEST: f64 = 1e150;

/// Rows and columns of a tile: two tiles fit the nearest cache.
const TILE: usize = 32;

/// The array itself where it is in standard layout, else a copy that is.
pub(crate) fn standard<T: Clone, D: Dimension>(array: &Array<T, D>) -> Cow<'_, Array<T, D>> {
    if array.is_standard_layout() {
        Cow::Borrowed(array)
    } else {
        Cow::Owned(array.as_standard_layout().into_owned())
    }
}

/// [`standard`] for an array that is given away.
pub(crate) fn into_standard<T: Clone, D: Dimension>(array: Array<T, D>) -> Array<T, D> {
    if array.is_standard_layout() {
        array
    } else {
        array.as_standard_layout().into_owned()
    }
}

/// Points: at least `least` rows, one column, every entry finite.
pub(crate) fn points(x: &Array2<f64>, least: usize) -> Result<Cow<'_, Array2<f64>>> {
    let (rows, columns) = x.dim();
    if rows == 0 {
        return Err(Error::NoPoints);
    }
    if columns == 0 {
        return Err(Error::NoColumns);
    }
    if rows < least {
        return Err(Error::OnePoint);
    }
    numbered("the number of points", rows)?;
    finite(x)?;
    Ok(standard(x))
}

/// Coordinates whose squares f64 holds.
pub(crate) fn squares(x: &Array2<f64>) -> Result<()> {
    let size = x.fold(0.0, |size: f64, entry| size.max(entry.abs()));
    if size <= LARGEST {
        return Ok(());
    }
    Err(Error::Value {
        what: "the largest coordinate",
        value: size,
        wanted: "at most 1e150, so that squared distances are finite; take another unit",
    })
}

/// Points that have `k` nearest neighbours each, and are not all the same.
pub(crate) fn neighbors(x: &Array2<f64>, k: usize) -> Result<Cow<'_, Array2<f64>>> {
    let x = points(x, 2)?;
    let n = x.nrows();
    if k == 0 || k >= n {
        return Err(Error::NeighborCount { k, n });
    }
    if all_equal(&x) {
        return Err(Error::AllPointsEqual { n });
    }
    Ok(x)
}

/// Whether all rows are the same.
pub(crate) fn all_equal(x: &Array2<f64>) -> bool {
    let mut rows = x.rows().into_iter();
    rows.next().is_none_or(|first| rows.all(|row| row == first))
}

/// Every entry of the matrix is finite.
fn finite(matrix: &Array2<f64>) -> Result<()> {
    match matrix.indexed_iter().find(|(_, value)| !value.is_finite()) {
        Some(((row, column), &value)) => Err(Error::NotFinite { row, column, value }),
        None => Ok(()),
    }
}

/// A similarity matrix: at least two rows, square, finite, nonnegative, symmetric, of a sane scale.
pub(crate) fn similarity(a: &Array2<f64>) -> Result<Cow<'_, Array2<f64>>> {
    let (rows, columns) = a.dim();
    if rows != columns {
        return Err(Error::NotSquare { rows, columns });
    }
    match rows {
        0 => return Err(Error::NoPoints),
        1 => return Err(Error::OnePoint),
        _ => finite(a)?,
    }
    let a = standard(a);
    for (row, entries) in a.rows().into_iter().enumerate() {
        if let Some((column, &value)) = entries.iter().enumerate().find(|(_, value)| **value < 0.0)
        {
            return Err(Error::Negative { row, column, value });
        }
    }
    symmetric(&a)?;
    scale(&a.sum_axis(Axis(1)))?;
    Ok(a)
}

/// Degrees whose sum and quotients stay far from the ends of f64.
pub(crate) fn scale(degrees: &Array1<f64>) -> Result<()> {
    let sum = degrees.sum();
    if sum != 0.0 && !SCALES.contains(&sum) {
        return Err(Error::Scale { sum });
    }
    let points: Vec<usize> = (0..degrees.len())
        .filter(|&i| degrees[i] != 0.0 && is_tiny(degrees[i]))
        .collect();
    match points.iter().map(|&i| degrees[i]).reduce(f64::min) {
        Some(degree) => Err(Error::TinyDegree { points, degree }),
        None => Ok(()),
    }
}

/// Whether two nonnegative entries on both sides of the diagonal are the same, but for rounding.
pub(crate) fn mirrors(value: f64, mirrored: f64) -> bool {
    (value - mirrored).abs() <= SYMMETRY_TOLERANCE * value.max(mirrored)
}

/// Every entry equals the one on the other side of the diagonal. Looked at in tiles: a whole column of a
/// large matrix would miss the cache at every entry.
fn symmetric(a: &Array2<f64>) -> Result<()> {
    let starts = || (0..a.nrows()).step_by(TILE);
    for (top, left) in starts().flat_map(|top| {
        starts()
            .filter(move |&left| left <= top)
            .map(move |left| (top, left))
    }) {
        let tile = a.slice(s![
            top..(top + TILE).min(a.nrows()),
            left..(left + TILE).min(a.nrows())
        ]);
        let mirror = a.slice(s![
            left..(left + TILE).min(a.nrows()),
            top..(top + TILE).min(a.nrows())
        ]);
        let equal = |(&value, &mirrored): (&f64, &f64)| mirrors(value, mirrored);
        if tile.iter().zip(mirror.t()).all(equal) {
            continue;
        }
        for ((i, j), &value) in tile.indexed_iter() {
            if !equal((&value, &mirror[[j, i]])) {
                let (row, column) = (top + i, left + j);
                return Err(Error::NotSymmetric {
                    row,
                    column,
                    value,
                    mirrored: mirror[[j, i]],
                });
            }
        }
    }
    Ok(())
}

/// One entry per point.
pub(crate) fn length(name: &'static str, found: usize, points: usize) -> Result<()> {
    if found == points {
        Ok(())
    } else {
        Err(Error::Length {
            name,
            found,
            points,
        })
    }
}

/// A vector with one finite entry per point.
pub(crate) fn vector<'a>(
    name: &'static str,
    z: &'a Array1<f64>,
    points: usize,
) -> Result<Cow<'a, Array1<f64>>> {
    length(name, z.len(), points)?;
    match z.iter().enumerate().find(|(_, value)| !value.is_finite()) {
        Some((index, &value)) => Err(Error::VectorNotFinite { index, value }),
        None => Ok(standard(z)),
    }
}

/// A vector with one entry per point, of a scale whose squares f64 holds.
pub(crate) fn scaled_vector<'a>(
    name: &'static str,
    z: &'a Array1<f64>,
    points: usize,
) -> Result<Cow<'a, Array1<f64>>> {
    let z = vector(name, z, points)?;
    let largest = z
        .iter()
        .fold(0.0, |largest: f64, entry| largest.max(entry.abs()));
    if largest == 0.0 || SCALES.contains(&largest) {
        Ok(z)
    } else {
        Err(Error::VectorScale { name, largest })
    }
}

/// Degrees that can be divided by: an edge somewhere, and a neighbour for every point.
pub(crate) fn no_isolated_points(degrees: &Array1<f64>) -> Result<()> {
    let isolated: Vec<usize> = degrees
        .iter()
        .enumerate()
        .filter(|&(_, &d)| d == 0.0)
        .map(|(i, _)| i)
        .collect();
    match isolated.len() {
        0 => Ok(()),
        all if all == degrees.len() => Err(Error::no_edges()),
        _ => Err(Error::isolated(isolated)),
    }
}

/// A similarity matrix and its degrees, none of them 0: D has an inverse.
pub(crate) fn joined(a: &Array2<f64>) -> Result<(Cow<'_, Array2<f64>>, Array1<f64>)> {
    let a = similarity(a)?;
    let d = a.sum_axis(Axis(1));
    no_isolated_points(&d)?;
    Ok((a, d))
}
