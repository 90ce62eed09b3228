//! Scores of labels against a truth: the adjusted Rand index and the normalised mutual information.
//!
//! # Definition
//! Of n points, nᵢⱼ have the label i and the true label j; aᵢ = Σⱼ nᵢⱼ, bⱼ = Σᵢ nᵢⱼ. Of all pairs of points, p are
//! together in both, q in neither, r only by the labels and s only by the truth. H is the entropy of shares.
//!
//! ```text
//! ARI = 2(pq − rs) / ((p + s)(s + q) + (p + r)(r + q))
//! H(labels) = −Σᵢ aᵢ/n · ln(aᵢ/n)       H(truth) and H(labels, truth) alike, of bⱼ and nᵢⱼ
//! NMI = 2 (H(labels) + H(truth) − H(labels, truth)) / (H(labels) + H(truth))
//! ```
//!
//! Both are 1 where the clusters are the same, whatever they are called. By chance, ARI is 0 on average; NMI is
//! never negative, and grows with the number of clusters by chance alone.
//!
//! # Must hold
//! One label per point, of any values, and at least one point. Where both sides have a single cluster, or both
//! every point on its own, they agree: 1.
//!
//! # Known value
//! Labels 0 0 1 1 of the truth 0 0 1 2: ARI 4/7, NMI 4/5.
//!
//! # Source
//! L. Hubert & P. Arabie, "Comparing partitions", Journal of Classification 2 (1985), 193–218, eq. (5);
//! N. X. Vinh, J. Epps & J. Bailey, "Information theoretic measures for clusterings comparison", JMLR 11 (2010),
//! table 2, NMI_sum. As scikit-learn's `adjusted_rand_score` and `normalized_mutual_info_score`.

use crate::error::{Error, Result};
use crate::guard;
use ndarray::Array1;
use std::collections::BTreeMap;

/// The adjusted Rand index of `labels` and `truth`: 1 for the same clusters, 0 on average by chance, −½ at worst.
///
/// ```
/// use fiedler::{adjusted_rand_index, ndarray::array};
/// let score = adjusted_rand_index(&array![0, 0, 1, 1], &array![0, 0, 1, 2])?;
/// assert!((score - 4.0 / 7.0).abs() < 1e-15);
/// # Ok::<(), fiedler::Error>(())
/// ```
///
/// # Errors
/// [`Error::Length`] where they differ in length, [`Error::NoPoints`] where they are empty.
///
/// # Source
/// L. Hubert & P. Arabie (1985), eq. (5).
pub fn adjusted_rand_index(labels: &Array1<usize>, truth: &Array1<usize>) -> Result<f64> {
    let table = Table::new(labels, truth)?;
    let n = table.points as u128;
    let (rows, columns) = (pairs(&table.rows), pairs(&table.columns));
    let both = pairs(&table.cells);
    let (by_labels, by_truth) = (rows - both, columns - both);
    if by_labels == 0 && by_truth == 0 {
        return Ok(1.0);
    }
    let neither = n * (n - 1) / 2 - both - by_labels - by_truth;
    let [p, q, r, s] = [both, neither, by_labels, by_truth].map(|count| count as f64);
    Ok(2.0 * (p * q - r * s) / ((p + s) * (s + q) + (p + r) * (r + q)))
}

/// The normalised mutual information of `labels` and `truth`, over the arithmetic mean of their entropies: from
/// 0, where one says nothing of the other (but for rounding), to 1.
///
/// ```
/// use fiedler::{ndarray::array, scores::normalized_mutual_information};
/// let score = normalized_mutual_information(&array![0, 0, 1, 1], &array![0, 0, 1, 2])?;
/// assert!((score - 0.8).abs() < 1e-15);
/// # Ok::<(), fiedler::Error>(())
/// ```
///
/// # Errors
/// As [`adjusted_rand_index`].
///
/// # Source
/// N. X. Vinh, J. Epps & J. Bailey (2010), table 2.
pub fn normalized_mutual_information(labels: &Array1<usize>, truth: &Array1<usize>) -> Result<f64> {
    let table = Table::new(labels, truth)?;
    if table.rows.len() == 1 && table.columns.len() == 1 {
        return Ok(1.0);
    }
    let both = entropy(&table.rows, table.points) + entropy(&table.columns, table.points);
    let joint = entropy(&table.cells, table.points);
    Ok((2.0 * (both - joint) / both).clamp(0.0, 1.0))
}

/// How many points have each label, each true label, and each two of them. Sorted by size: sums over them are the
/// same to the last bit, whatever the clusters are called.
struct Table {
    points: usize,
    rows: Vec<usize>,
    columns: Vec<usize>,
    cells: Vec<usize>,
}

impl Table {
    fn new(labels: &Array1<usize>, truth: &Array1<usize>) -> Result<Self> {
        guard::length("labels", labels.len(), truth.len())?;
        if labels.is_empty() {
            return Err(Error::NoPoints);
        }
        Ok(Self {
            points: labels.len(),
            rows: counts(labels.iter()),
            columns: counts(truth.iter()),
            cells: counts(labels.iter().zip(truth)),
        })
    }
}

/// How often each value occurs, ascending.
fn counts<T: Ord>(values: impl Iterator<Item = T>) -> Vec<usize> {
    let mut counts = BTreeMap::new();
    values.for_each(|value| *counts.entry(value).or_insert(0) += 1);
    let mut counts: Vec<usize> = counts.into_values().collect();
    counts.sort_unstable();
    counts
}

/// The pairs of points within groups of these sizes. In u128, where no number of points overflows.
fn pairs(sizes: &[usize]) -> u128 {
    let of = |&size: &usize| size as u128 * (size as u128 - 1) / 2;
    sizes.iter().map(of).sum()
}

/// −Σ share · ln share.
fn entropy(sizes: &[usize], points: usize) -> f64 {
    let share = |&size: &usize| size as f64 / points as f64;
    sizes.iter().map(share).map(|p| -p * p.ln()).sum()
}
