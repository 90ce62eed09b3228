//! Step 12e, stability: the share of labels that survive when the question is asked a little differently.
//!
//! # Definition
//! Cluster again with fewer points, or with other parameters, and match the clusters of the two answers one to one
//! so that as many points as possible keep their cluster. The share of those points is what survived
//! ([`surviving_share`]). For two clusters it is [`crate::agreement`].
//!
//! A high share says that the answer does not hang on the accident of the sample or of the parameter. It does not
//! say that the answer is right: k-means on two moons is as stable as one could wish.
//!
//! # Must hold
//! Two labellings of the same points; a share of the points in (0, 1].
//!
//! # Known value
//! Labels 0, 0, 1, 1, 2 against 1, 1, 0, 0, 0 survive for 4 of 5 points.
//!
//! # Source
//! T. Lange, V. Roth, M. Braun & J. Buhmann, "Stability-based validation of clustering solutions",
//! Neural Computation 16 (2004), §2.

use crate::error::{Error, Result};
use crate::estimator::SpectralClustering;
use crate::guard;
use crate::linalg::RandomState;
use crate::points::Points;
use ndarray::{Array1, Array2, Axis};
use rayon::prelude::*;

/// How many labels survived, round by round.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Stability {
    /// Of each round the share of labels that survived; an error where the round had no answer.
    pub rounds: Vec<Result<f64>>,
    /// Of each point the share of the answered rounds with that point in which it kept its cluster; NaN never:
    /// a point in no round has 0.
    pub points: Array1<f64>,
}

impl Stability {
    /// The mean share over all rounds; a round without an answer counts as 0.
    #[must_use]
    pub fn mean(&self) -> f64 {
        let shares = self
            .rounds
            .iter()
            .map(|round| round.as_ref().map_or(0.0, |share| *share));
        shares.sum::<f64>() / self.rounds.len().max(1) as f64
    }

    /// The smallest share of any round; 0 where a round had no answer.
    #[must_use]
    pub fn worst(&self) -> f64 {
        let shares = self
            .rounds
            .iter()
            .map(|round| round.as_ref().map_or(0.0, |share| *share));
        shares.fold(1.0, f64::min)
    }

    /// The number of rounds that had no answer.
    #[must_use]
    pub fn refused(&self) -> usize {
        self.rounds.iter().filter(|round| round.is_err()).count()
    }
}

/// Clusters `rounds` samples of the points, a `share` of them each, drawn without replacement, and compares the
/// labels with those of all points. The same seed draws the same samples, whatever the number of threads.
///
/// # Errors
/// What [`SpectralClustering::fit`] refuses for all points; [`Error::Parameter`] unless 0 < share ≤ 1. What it
/// refuses in a round stands in [`Stability::rounds`].
pub fn stability_under_resampling(
    x: &(impl Points + ?Sized),
    estimator: &SpectralClustering,
    rounds: usize,
    share: f64,
    seed: u64,
) -> Result<Stability> {
    if !(share > 0.0 && share <= 1.0) {
        return Err(Error::Parameter {
            name: "share",
            value: share,
            wanted: "above 0 and at most 1",
        });
    }
    let x = &*x.matrix()?;
    let whole = estimator.fit(x)?.labels;
    let n = x.nrows();
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a share of n lies between 0 and n"
    )]
    let size = ((share * n as f64).round() as usize).clamp(1, n);
    let mut rng = RandomState::new(seed);
    let samples: Vec<Vec<usize>> = (0..rounds)
        .map(|_| {
            let mut all: Vec<usize> = (0..n).collect();
            rng.shuffle(&mut all);
            all.truncate(size);
            all.sort_unstable();
            all
        })
        .collect();
    let answers: Vec<_> = samples
        .into_par_iter()
        .map(|sample| {
            let answer = estimator.fit(&x.select(Axis(0), &sample));
            (sample, answer.map(|clustering| clustering.labels))
        })
        .collect();
    Ok(compare(&whole, answers))
}

/// Clusters the points with each of the `variants`, and compares the labels with those of `estimator`.
///
/// # Errors
/// As [`stability_under_resampling`].
pub fn stability_under_variants(
    x: &(impl Points + ?Sized),
    estimator: &SpectralClustering,
    variants: &[SpectralClustering],
) -> Result<Stability> {
    let x = &*x.matrix()?;
    let whole = estimator.fit(x)?.labels;
    let all: Vec<usize> = (0..x.nrows()).collect();
    let answers: Vec<_> = variants
        .par_iter()
        .map(|variant| {
            (
                all.clone(),
                variant.fit(x).map(|clustering| clustering.labels),
            )
        })
        .collect();
    Ok(compare(&whole, answers))
}

fn compare(whole: &Array1<usize>, answers: Vec<(Vec<usize>, Result<Array1<usize>>)>) -> Stability {
    let (mut kept, mut seen) = (Array1::zeros(whole.len()), Array1::zeros(whole.len()));
    let mut rounds = Vec::with_capacity(answers.len());
    for (sample, answer) in answers {
        rounds.push(match answer {
            Err(error) => Err(error),
            Ok(labels) => {
                let before = whole.select(Axis(0), &sample);
                let name = matching(&labels, &before);
                let mut count = 0.0;
                for (row, &point) in sample.iter().enumerate() {
                    seen[point] += 1.0;
                    if name[labels[row]] == Some(before[row]) {
                        kept[point] += 1.0;
                        count += 1.0;
                    }
                }
                Ok(count / sample.len() as f64)
            }
        });
    }
    let share = |(kept, seen): (&f64, &f64)| if *seen > 0.0 { kept / seen } else { 0.0 };
    Stability {
        points: kept.iter().zip(&seen).map(share).collect(),
        rounds,
    }
}

/// The share of points that keep their cluster when the clusters of two labellings are matched one to one as well as
/// can be; 1 for equal labellings, whatever their names.
///
/// ```
/// use fiedler::ndarray::array;
/// let share = fiedler::stability::surviving_share(&array![0, 0, 1, 1, 2], &array![1, 1, 0, 0, 0])?;
/// assert_eq!(share, 0.8);
/// # Ok::<(), fiedler::Error>(())
/// ```
///
/// # Errors
/// [`Error::Length`] where they differ in length; [`Error::NoPoints`]; [`Error::Label`] for labels not below n.
pub fn surviving_share(labels: &Array1<usize>, before: &Array1<usize>) -> Result<f64> {
    guard::length("labels", labels.len(), before.len())?;
    if before.is_empty() {
        return Err(Error::NoPoints);
    }
    for side in [labels, before] {
        guard::label_range(side, before.len())?;
    }
    let name = matching(labels, before);
    let pairs = labels.iter().zip(before);
    let kept = pairs
        .filter(|&(&label, &old)| name[label] == Some(old))
        .count();
    Ok(kept as f64 / before.len() as f64)
}

/// Of each label the old label that it is matched with, so that the most points keep theirs: the assignment problem,
/// by shortest augmenting paths (the Hungarian method).
fn matching(labels: &Array1<usize>, before: &Array1<usize>) -> Vec<Option<usize>> {
    let count = |side: &Array1<usize>| side.iter().max().map_or(0, |last| last + 1);
    let (new, old) = (count(labels), count(before));
    let size = new.max(old);
    // What a match costs: the points that it does not keep, up to a constant.
    let mut cost: Array2<f64> = Array2::zeros((size, size));
    for (&label, &truth) in labels.iter().zip(before) {
        cost[[label, truth]] -= 1.0;
    }
    // Row and column 0 are a place to stand; prices keep every reduced cost at 0 or more.
    let (mut row_price, mut column_price) = (vec![0.0; size + 1], vec![0.0; size + 1]);
    let mut row_of = vec![0; size + 1];
    for row in 1..=size {
        row_of[0] = row;
        let mut column = 0;
        let mut least = vec![f64::INFINITY; size + 1];
        let mut came_from = vec![0; size + 1];
        let mut done = vec![false; size + 1];
        while row_of[column] != 0 {
            done[column] = true;
            let current = row_of[column];
            let (mut step, mut next) = (f64::INFINITY, 0);
            for j in (1..=size).filter(|&j| !done[j]) {
                let reduced = cost[[current - 1, j - 1]] - row_price[current] - column_price[j];
                if reduced < least[j] {
                    (least[j], came_from[j]) = (reduced, column);
                }
                if least[j] < step {
                    (step, next) = (least[j], j);
                }
            }
            for j in 0..=size {
                if done[j] {
                    row_price[row_of[j]] += step;
                    column_price[j] -= step;
                } else {
                    least[j] -= step;
                }
            }
            column = next;
        }
        while column != 0 {
            row_of[column] = row_of[came_from[column]];
            column = came_from[column];
        }
    }
    let mut matched = vec![None; new];
    for (column, &row) in row_of.iter().enumerate().skip(1) {
        if row <= new && column <= old {
            matched[row - 1] = Some(column - 1);
        }
    }
    matched
}
