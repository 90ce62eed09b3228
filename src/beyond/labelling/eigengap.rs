//! How many clusters: where the eigenvalues jump.
//!
//! # Definition
//! k components have λ₁ = … = λₖ = 0 < λₖ₊₁. Where the k pieces are joined by few edges the first k eigenvalues
//! are still small, and the gap λₖ₊₁ − λₖ is the widest: k is where it is.
//!
//! That is a heuristic. Along a thin cluster, a moon or a ring, the eigenvalues grow like 0, 1, 4, 9, …, so that the
//! widest gap is the last one looked at, wherever one stops. They climb, but they do not leap: on a path
//! λⱼ = 1 − cos θⱼ with evenly spaced θⱼ, on a ring the same in pairs, and 1 − cos 2θ ≤ 4 (1 − cos θ). So a gap
//! *stands out* where the next eigenvalue is more than [`LEAP`] times the last one, more than any path, any ring, or
//! several of them side by side can do. Of several such gaps the last counts: they are the levels of clusters within
//! clusters, and the last is the finest. Where no gap stands out and the first is twice as wide as every other, the
//! graph does not fall apart, and k = 1.
//!
//! # What it cannot know
//! Where clusters touch, the eigenvalues of clusters run into those within clusters: no gap stands out, or only that
//! of a coarser split (iris: 2, its species are 3). Beyond the values that it is given it sees nothing. And a single
//! far point is a cluster to it.
//!
//!
//! # What speaks for each
//! The *share* of a gap is the part of λₖ₊₁ that lies in it, 1 − λₖ/λₖ₊₁: 1 behind k separate pieces, ¾ on a path of two,
//! and a leap from 0.8 on. It ranks the numbers of clusters, k ≥ 2, where one must be chosen though none stands out, and says
//! how close the next one came where one does. Measured on moons, circles, spirals and blobs by the nearest neighbours and
//! by a Gaussian, no k that stood out was larger than the number of clusters drawn; of blobs that overlap it is often
//! smaller, and then theirs is mostly among the first three. By ε the graph itself may fall into pieces that are no
//! clusters, and each counts.
//!
//! # Must hold
//! At least two values, finite, ascending.
//!
//! # Known value
//! The values 0, 0.1, 0.9, 1 say 2, and the gap stands out; the widest gap of 0, 1, 4, 9 is its last, and none does.
//!
//! # Source
//! U. von Luxburg, "A tutorial on spectral clustering", Statistics and Computing 17 (2007), §8.3: choose k such that
//! λ₁, …, λₖ are very small, but λₖ₊₁ is relatively large. The eigenvalues of paths and rings: F. Chung, "Spectral
//! Graph Theory" (1997), examples 1.4 and 1.5.

use crate::error::{Error, Result};
use crate::guard;
use crate::linalg;
use ndarray::{Array1, s};

/// Steps down this small beside the largest value are rounding, not a wrong order; gaps so small are none.
const ROUNDING: f64 = 1e-13;

/// An eigenvalue so many times the one before it leaps. Paths and rings of points come to 4, and to a little more where
/// each point is joined to several on either side: at the ends there are fewer. Measured with 4, 5, 6 and 8 on moons,
/// rings, spirals, blobs, clouds without clusters and tables of flowers and wines, by the nearest neighbours, by ε and by
/// a Gaussian: from 5 on no line of points was taken for clusters, and above it more blobs were missed.
pub const LEAP: f64 = 5.0;
/// The first gap says that there is one cluster where it is so many times as wide as every other.
const ALONE: f64 = 2.0;

/// A number of clusters, and what speaks for it.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Candidate {
    /// k.
    pub clusters: usize,
    /// The part of λₖ₊₁ that lies in the gap behind λₖ, from 0 to 1.
    pub share: f64,
}

/// The number of clusters that the eigenvalues suggest.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Eigengap {
    /// k with the widest gap behind it; of several, the smallest. Wide is not clear: see [`Eigengap::clear`].
    pub clusters: usize,
    /// k with the last gap that stands out behind it: λₖ₊₁ is more than [`LEAP`] times λₖ; or 1, where none does and
    /// the first gap is twice as wide as every other. `None`: the eigenvalues do not say.
    pub clear: Option<usize>,
    /// All gaps: entry j is λⱼ₊₂ − λⱼ₊₁ counted from 1, the gap behind the first j + 1 values.
    pub gaps: Array1<f64>,
    /// All k from 2 on, those with the largest share of the gap first; of equal ones, the smaller first.
    pub ranking: Vec<Candidate>,
}

/// The widest gap between eigenvalues in ascending order, as the number of them before it, from 1 to one less than
/// there are; and the last gap that stands out.
///
/// ```
/// use fiedler::{labelling::eigengap, ndarray::array};
/// let found = eigengap(&array![0.0, 0.1, 0.9, 1.0])?;
/// assert_eq!((found.clusters, found.clear), (2, Some(2)));
/// // A path: steps that grow, and no leap.
/// let found = eigengap(&array![0.0, 1.0, 4.0, 9.0])?;
/// assert_eq!((found.clusters, found.clear), (3, None));
/// // If it must be cut, then in two.
/// assert_eq!((found.ranking[0].clusters, found.ranking[0].share), (2, 0.75));
/// # Ok::<(), fiedler::Error>(())
/// ```
///
/// # Errors
/// [`Error::VectorNotFinite`]; [`Error::Count`] for fewer than two values, [`Error::Value`] for values out of order;
/// [`Error::RepeatedEigenvalue`] where all values are equal.
///
/// # Source
/// U. von Luxburg (2007), §8.3.
pub fn eigengap(values: &Array1<f64>) -> Result<Eigengap> {
    let count = values.len();
    let values = &*guard::vector("the list of eigenvalues", values, count)?;
    // However small they are their gaps are numbers; of the largest of f64 the gaps are not.
    if values.iter().any(|value| value.abs() > 1.0) {
        guard::scaled_vector("the list of eigenvalues", values, count)?;
    }
    if count < 2 {
        return Err(Error::Count {
            name: "the number of eigenvalues",
            found: count,
            wanted: "at least 2, to have a gap between them",
        });
    }
    let largest = linalg::largest(values);
    let gaps = &values.slice(s![1..]) - &values.slice(s![..-1]);
    if let Some(at) = gaps.iter().position(|&gap| gap < -ROUNDING * largest) {
        return Err(Error::Value {
            what: "an eigenvalue",
            value: values[at + 1],
            wanted: "at least the one before it: sort them first",
        });
    }
    let widest = gaps.fold(0.0, |widest: f64, &gap| widest.max(gap));
    if widest <= ROUNDING * largest {
        return Err(Error::RepeatedEigenvalue {
            index: count,
            value: values[count - 1],
            error: ROUNDING * largest,
            multiplicity: Some(count),
        });
    }
    // Equal gaps but for rounding: the first of them.
    let first = |&gap: &f64| gap >= widest - ROUNDING * largest;
    let clusters = gaps.iter().position(first).map_or(1, |gap| gap + 1);
    let leaps = |k: &usize| values[*k] > LEAP * values[k - 1].max(ROUNDING * largest);
    // Before the first gap stands 0, and from there everything leaps.
    let alone = |other: &f64| gaps[0] >= ALONE * other;
    let one = || (count > 2 && gaps.iter().skip(1).all(alone)).then_some(1);
    Ok(Eigengap {
        clusters,
        clear: (2..count).rev().find(leaps).or_else(one),
        ranking: ranking(values, &gaps, ROUNDING * largest),
        gaps,
    })
}

/// The numbers of clusters from 2 on by the shares of their gaps; gaps within rounding are none.
fn ranking(values: &Array1<f64>, gaps: &Array1<f64>, rounding: f64) -> Vec<Candidate> {
    let candidate = |clusters: usize| {
        let (gap, next) = (gaps[clusters - 1], values[clusters]);
        let share = if gap > rounding {
            (gap / next).clamp(0.0, 1.0)
        } else {
            0.0
        };
        Candidate { clusters, share }
    };
    let mut ranking: Vec<Candidate> = (2..values.len()).map(candidate).collect();
    ranking.sort_by(|a, b| b.share.total_cmp(&a.share));
    ranking
}
