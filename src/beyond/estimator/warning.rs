//! What an answer may be wrong in, though nothing could be refused.

use crate::labelling::{Candidate, LEAP};
use ndarray::Array1;
use std::fmt;

/// A cluster has fewer points than this share of n/k, the size of k equal clusters: measured on moons, blobs and one
/// cloud without clusters, each cut in two or three, the pieces that only outliers make have a seventh of it or less, and
/// all others more than half.
const SMALL: f64 = 0.2;

/// A doubt about a clustering.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub enum Warning {
    /// A cluster has few points beside the others: it may be no more than outliers.
    SmallCluster {
        /// Its label.
        label: usize,
        /// How many points it has.
        size: usize,
        /// How many points were clustered.
        points: usize,
    },
    /// The eigenvalues said how many clusters, and the gap behind another number of them stands out too: there may be
    /// clusters within clusters.
    OtherNumber {
        /// The number of clusters that was taken.
        clusters: usize,
        /// The share of its gap; see [`Candidate::share`].
        share: f64,
        /// The number with the largest share of all others.
        next: usize,
        /// Its share.
        next_share: f64,
    },
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::SmallCluster {
                label,
                size,
                points,
            } => write!(
                f,
                "cluster {label} has {size} of {points} points: it may only be outliers; look at them, and where they are drop them, or try another graph"
            ),
            Self::OtherNumber {
                clusters,
                share,
                next,
                next_share,
            } => write!(
                f,
                "k = {clusters} by the share of the gap ({:.0} %); next {next} ({:.0} %), whose gap stands out too: there may be clusters within clusters; ask for {next} as well, and hold the answers beside each other",
                100.0 * share,
                100.0 * next_share
            ),
        }
    }
}

/// The doubts about these labels of k clusters, where this spoke for each number of them.
pub(super) fn warnings(labels: &Array1<usize>, k: usize, ranking: &[Candidate]) -> Vec<Warning> {
    let mut warnings = small_clusters(labels, k);
    warnings.extend(other_number(k, ranking));
    warnings
}

/// Another number of clusters whose gap stands out.
fn other_number(k: usize, ranking: &[Candidate]) -> Option<Warning> {
    let taken = ranking.iter().find(|one| one.clusters == k)?;
    let next = ranking.iter().find(|one| one.clusters != k)?;
    (next.share > 1.0 - 1.0 / LEAP).then_some(Warning::OtherNumber {
        clusters: k,
        share: taken.share,
        next: next.clusters,
        next_share: next.share,
    })
}

fn small_clusters(labels: &Array1<usize>, k: usize) -> Vec<Warning> {
    let points = labels.len();
    let mut sizes = vec![0_usize; k];
    labels.iter().for_each(|&label| sizes[label] += 1);
    let equal = points as f64 / k as f64;
    let small = sizes.into_iter().enumerate();
    let small = small.filter(|&(_, size)| (size as f64) < SMALL * equal);
    small
        .map(|(label, size)| Warning::SmallCluster {
            label,
            size,
            points,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cluster_below_a_fifth_of_the_equal_share_is_named_and_no_other() {
        let of = |small: usize, large: usize| {
            let labels = Array1::from_shape_fn(small + large, |i| usize::from(i >= small));
            small_clusters(&labels, 2)
        };
        assert_eq!(
            of(2, 199),
            [Warning::SmallCluster {
                label: 0,
                size: 2,
                points: 201
            }]
        );
        assert_eq!(of(1, 12).len(), 1);
        assert_eq!(of(10, 90), []);
        assert_eq!(of(1, 5), []);
        assert_eq!(small_clusters(&Array1::zeros(5), 1), []);
    }
}
