//! Labels, and how many there may be.

use super::{length, similarity, standard};
use crate::error::{Error, Result};
use ndarray::{Array1, Array2};
use std::borrow::Cow;
use std::collections::BTreeSet;

/// Labels in standard layout.
type Labels<'a> = Cow<'a, Array1<usize>>;

/// Labels of two values, and these, the smaller first.
fn two_labels(y: &Array1<usize>, points: usize) -> Result<(Labels<'_>, (usize, usize))> {
    length("labels", y.len(), points)?;
    let values: BTreeSet<usize> = y.iter().copied().collect();
    match (values.len(), values.first(), values.last()) {
        (2, Some(&first), Some(&second)) => Ok((standard(y), (first, second))),
        _ => Err(Error::NotTwoLabels {
            values: values.into_iter().collect(),
        }),
    }
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
    let empty = |label: Option<&usize>| {
        Err(Error::EmptyCluster {
            label: label.copied().unwrap_or(0),
        })
    };
    match (volumes.0 == 0.0, volumes.1 == 0.0) {
        (true, true) => Err(Error::no_edges()),
        (true, false) => empty(y.iter().min()),
        (false, true) => empty(y.iter().max()),
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
