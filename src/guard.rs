//! The checks at the door: shape, finiteness, symmetry and labels, looked at once where data enters.
//!
//! What is checked comes back in standard layout, one row after the other in memory. Sums, products and LAPACK go
//! through memory in its order; so an answer would depend, in its last digits or altogether, on whether a caller's
//! matrix was transposed, cut out of another or turned round. Behind the door there is one layout.

use crate::error::{Error, Result};
use ndarray::{Array, Array1, Array2, Axis, Dimension, s};
use std::borrow::Cow;
use std::collections::BTreeSet;

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

/// Labels in standard layout.
type Labels<'a> = Cow<'a, Array1<usize>>;

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
        let equal = |(&value, &mirrored): (&f64, &f64)| {
            (value - mirrored).abs() <= SYMMETRY_TOLERANCE * value.max(mirrored)
        };
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

/// Labels of two values, and these, the smaller first.
pub(crate) fn two_labels(y: &Array1<usize>, points: usize) -> Result<(Labels<'_>, (usize, usize))> {
    length("labels", y.len(), points)?;
    let values: BTreeSet<usize> = y.iter().copied().collect();
    match (values.len(), values.first(), values.last()) {
        (2, Some(&first), Some(&second)) => Ok((standard(y), (first, second))),
        _ => Err(Error::NotTwoLabels {
            values: values.into_iter().collect(),
        }),
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

/// A similarity matrix and a split of its points in two: 0 where the label is the smaller one, else 1.
pub(crate) fn split<'a>(
    a: &'a Array2<f64>,
    y: &Array1<usize>,
) -> Result<(Cow<'a, Array2<f64>>, Array1<usize>)> {
    let a = similarity(a)?;
    let (y, (c0, _)) = two_labels(y, a.nrows())?;
    Ok((a, y.mapv(|label| usize::from(label != c0))))
}

/// Two volumes that can be divided by; `y` are the labels whose volumes they are.
pub(crate) fn both_positive(volumes: (f64, f64), y: &Array1<usize>) -> Result<(f64, f64)> {
    let label = |of: fn(&usize, &usize) -> bool| {
        y.iter()
            .copied()
            .reduce(|a, b| if of(&a, &b) { a } else { b })
            .unwrap_or(0)
    };
    match (volumes.0 == 0.0, volumes.1 == 0.0) {
        (true, true) => Err(Error::no_edges()),
        (true, false) => Err(Error::EmptyCluster {
            label: label(usize::le),
        }),
        (false, true) => Err(Error::EmptyCluster {
            label: label(usize::ge),
        }),
        (false, false) => Ok(volumes),
    }
}

/// No more components than k; gives their number.
pub(crate) fn few_components(components: &Array1<usize>, k: usize) -> Result<usize> {
    let sizes = sizes(components);
    if sizes.len() > k {
        return Err(Error::too_many_components(sizes));
    }
    Ok(sizes.len())
}

/// How many vertices each label has, for labels without gaps.
pub(crate) fn sizes(labels: &Array1<usize>) -> Vec<usize> {
    let mut sizes = vec![0; labels.iter().max().map_or(0, |last| last + 1)];
    labels.iter().for_each(|&label| sizes[label] += 1);
    sizes
}

/// Labels 0, 1, …, k − 1, one per point and each of them taken, and k.
pub(crate) fn labels(y: &Array1<usize>, points: usize) -> Result<(Labels<'_>, usize)> {
    length("labels", y.len(), points)?;
    label_range(y, points)?;
    match sizes(y).iter().position(|&size| size == 0) {
        Some(label) => Err(Error::MissingLabel { label }),
        None => Ok((standard(y), y.iter().max().map_or(0, |last| last + 1))),
    }
}

/// Labels below the number of points.
pub(crate) fn label_range(y: &Array1<usize>, points: usize) -> Result<()> {
    match y.iter().enumerate().find(|&(_, &label)| label >= points) {
        Some((point, &label)) => Err(Error::Label {
            point,
            label,
            points,
        }),
        None => Ok(()),
    }
}

/// The number of clusters: from 1 to the number of points.
pub(crate) fn cluster_count(k: usize, n: usize) -> Result<()> {
    if (1..=n).contains(&k) {
        Ok(())
    } else {
        Err(Error::ClusterCount { k, n })
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
