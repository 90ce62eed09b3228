//! What an answer may be wrong in, though nothing could be refused.

use ndarray::Array1;
use std::fmt;

/// A cluster has fewer points than this share of n/k, the size of k equal clusters: measured on moons, blobs and one
/// cloud without clusters, each cut in two or three, the pieces that only outliers make have a seventh of it or less, and
/// all others more than half.
const SMALL: f64 = 0.2;

/// A doubt about a clustering.
#[derive(Debug, Clone, PartialEq, Eq)]
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
        }
    }
}

/// The doubts about these labels of k clusters.
pub(super) fn warnings(labels: &Array1<usize>, k: usize) -> Vec<Warning> {
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
            warnings(&labels, 2)
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
        assert_eq!(warnings(&Array1::zeros(5), 1), []);
    }
}
