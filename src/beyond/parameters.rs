//! Rules for the parameters of a graph: how many neighbours, how wide a Gaussian, which ε.
//!
//! # Definition
//! | parameter | rule | function |
//! |---|---|---|
//! | k | ⌈ln n⌉, ⌈log₁₀ n⌉ | [`neighbors_ln`], [`neighbors_log10`] |
//! | σ | the mean distance to the k-th neighbour | [`mean_neighbor_distance`] |
//! | σ | ln n + 1, log₁₀ n + 1 | [`sigma_ln`], [`sigma_log10`] |
//! | σ | √(1/p), p the number of columns | [`sigma_features`] |
//! | σ | the median distance of two points | [`median_distance`] |
//! | ε | the largest distance to a nearest neighbour | [`max_min_distance`] |
//! | ε | the longest edge of a minimum spanning tree | [`connecting_distance`] |
//!
//! None of them knows the clusters: they give a place to begin, from which a sweep goes on. Two of them, ln n + 1
//! and √(1/p), do not even know the unit of the data: they want columns of about unit spread.
//!
//! # Must hold
//! At least two points.
//!
//! # Known value
//! n = 200: ⌈ln n⌉ = 6 and ⌈log₁₀ n⌉ = 3. On the post's moons ε = 0.12599 leaves no point alone.
//!
//! # Source
//! U. von Luxburg, "A tutorial on spectral clustering", Statistics and Computing 17 (2007), §8.1, and
//! L. Anselin, "An Introduction to Spatial Data Science with GeoDa", vol. 2 (2024), §8.4.3. The minimum spanning
//! tree: R. C. Prim, "Shortest connection networks and some generalizations", Bell System Technical Journal 36
//! (1957), 1389–1401.

use crate::engine::neighbors;
use crate::error::{Error, Result};
use crate::guard;
use crate::linalg::distance;
use crate::points::Points;

/// k = ⌈ln n⌉, at least 1.
///
/// ```
/// assert_eq!(fiedler::parameters::neighbors_ln(200), 6);
/// ```
///
/// # Source
/// U. von Luxburg (2007), §8.1: k of the order of log n keeps the graph connected as n grows.
#[must_use]
pub fn neighbors_ln(n: usize) -> usize {
    ceiling((n as f64).ln())
}

/// k = ⌈log₁₀ n⌉, at least 1.
///
/// ```
/// assert_eq!(fiedler::parameters::neighbors_log10(200), 3);
/// ```
///
/// # Source
/// L. Anselin (2024), §8.4.3.
#[must_use]
pub fn neighbors_log10(n: usize) -> usize {
    ceiling((n as f64).log10())
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the logarithm of a usize is below 64, and the largest of it and 1 is positive"
)]
fn ceiling(logarithm: f64) -> usize {
    logarithm.ceil().max(1.0) as usize
}

/// σ = ln n + 1.
///
/// # Source
/// L. Anselin (2024), §8.4.3, after U. von Luxburg (2007), §8.1; there k ~ ln n + 1 is the number of the neighbour
/// whose mean distance σ is to be ([`mean_neighbor_distance`]), not σ itself.
#[must_use]
pub fn sigma_ln(n: usize) -> f64 {
    (n as f64).ln() + 1.0
}

/// σ = log₁₀ n + 1.
///
/// # Source
/// L. Anselin (2024), §8.4.3.
#[must_use]
pub fn sigma_log10(n: usize) -> f64 {
    (n as f64).log10() + 1.0
}

/// σ = √(1/p) for p columns.
///
/// ```
/// assert_eq!(fiedler::parameters::sigma_features(4), 0.5);
/// ```
///
/// # Source
/// L. Anselin (2024), §8.4.3.
#[must_use]
pub fn sigma_features(p: usize) -> f64 {
    (1.0 / p as f64).sqrt()
}

/// σ = the mean, over all points, of the distance to the k-th nearest neighbour.
///
/// ```
/// use fiedler::ndarray::array;
/// // The nearest others lie 1, 1 and 2 away.
/// let sigma = fiedler::parameters::mean_neighbor_distance(&array![[0.0], [1.0], [3.0]], 1)?;
/// assert!((sigma - 4.0 / 3.0).abs() < 1e-15);
/// # Ok::<(), fiedler::Error>(())
/// ```
///
/// # Errors
/// As [`crate::Graph::nearest_neighbors`]; [`Error::TooFarApart`].
///
/// # Source
/// U. von Luxburg (2007), §8.1.
pub fn mean_neighbor_distance(x: &(impl Points + ?Sized), k: usize) -> Result<f64> {
    let near = neighbors::nearest(&*x.matrix()?, k)?;
    let last = (0..near.len()).map(|i| near.last(i).1);
    let mean = last.map(|distance| distance / near.len() as f64).sum();
    held("the mean distance to a neighbour", mean)
}

/// σ = the median of the n(n−1)/2 distances between two points; of an even number, the mean of the middle two.
///
/// # Errors
/// Those of [`crate::similarity_matrix`] for points; [`Error::AllPointsEqual`]; [`Error::TooFarApart`].
pub fn median_distance(x: &(impl Points + ?Sized)) -> Result<f64> {
    let x = x.matrix()?;
    let x = &*guard::points(&x, 2)?;
    let n = x.nrows();
    guard::dense_size(
        n,
        crate::similarity::DENSE_LIMIT,
        "take a sample of the points",
    )?;
    let pairs = (0..n).flat_map(|i| (0..i).map(move |j| (i, j)));
    let mut distances: Vec<f64> = pairs.map(|(i, j)| distance(x.row(i), x.row(j))).collect();
    distances.sort_unstable_by(f64::total_cmp);
    let middle = distances.len() / 2;
    if distances.last() == Some(&0.0) {
        return Err(Error::AllPointsEqual { n });
    }
    let median = if distances.len() % 2 == 1 {
        distances[middle]
    } else {
        f64::midpoint(distances[middle - 1], distances[middle])
    };
    held("the median distance", median)
}

/// ε = the largest distance of any point to its nearest neighbour: the smallest ε whose graph isolates no point.
///
/// ```
/// use fiedler::ndarray::array;
/// assert_eq!(fiedler::parameters::max_min_distance(&array![[0.0], [1.0], [3.0]])?, 2.0);
/// # Ok::<(), fiedler::Error>(())
/// ```
///
/// # Errors
/// As [`crate::Graph::nearest_neighbors`]; [`Error::TooFarApart`].
///
/// # Source
/// L. Anselin (2024), §8.4.1.
pub fn max_min_distance(x: &(impl Points + ?Sized)) -> Result<f64> {
    let near = neighbors::nearest(&*x.matrix()?, 1)?;
    let largest = near.distances.into_iter().fold(0.0, f64::max);
    held("the largest distance to a nearest neighbour", largest)
}

/// ε = the longest edge of a minimum spanning tree: the smallest ε whose graph is in one piece.
///
/// ```
/// use fiedler::ndarray::array;
/// let x = array![[0.0], [1.0], [6.0], [8.0]];
/// assert_eq!(fiedler::parameters::connecting_distance(&x)?, 5.0);
/// # Ok::<(), fiedler::Error>(())
/// ```
///
/// By Prim's algorithm: n² distances, memory for n.
///
/// # Errors
/// Those of [`crate::similarity_matrix`] for points; [`Error::AllPointsEqual`]; [`Error::TooFarApart`].
pub fn connecting_distance(x: &(impl Points + ?Sized)) -> Result<f64> {
    let x = x.matrix()?;
    guard::neighbors(&x, 1)?;
    let mut outside: Vec<usize> = (1..x.nrows()).collect();
    let mut to_tree = vec![f64::INFINITY; x.nrows()];
    let (mut newest, mut longest) = (0, 0.0_f64);
    while !outside.is_empty() {
        let mut nearest = 0;
        for (at, &i) in outside.iter().enumerate() {
            to_tree[i] = to_tree[i].min(distance(x.row(i), x.row(newest)));
            if to_tree[i] < to_tree[outside[nearest]] {
                nearest = at;
            }
        }
        newest = outside.swap_remove(nearest);
        longest = longest.max(to_tree[newest]);
    }
    held("the longest edge of a minimum spanning tree", longest)
}

/// A distance that is a number of f64.
fn held(what: &'static str, distance: f64) -> Result<f64> {
    if distance.is_finite() {
        Ok(distance)
    } else {
        Err(Error::TooFarApart { what })
    }
}

/// The k of a graph of nearest neighbours: a number, or a rule for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum NeighborCount {
    /// This number.
    Fixed(usize),
    /// [`neighbors_ln`].
    Ln,
    /// [`neighbors_log10`].
    Log10,
}

impl NeighborCount {
    /// The number for n points.
    #[must_use]
    pub fn of(self, n: usize) -> usize {
        match self {
            Self::Fixed(k) => k,
            Self::Ln => neighbors_ln(n),
            Self::Log10 => neighbors_log10(n),
        }
    }
}

impl From<usize> for NeighborCount {
    fn from(k: usize) -> Self {
        Self::Fixed(k)
    }
}

/// The σ of a Gaussian similarity: a number in the unit of the data, or a rule for it.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum Bandwidth {
    /// This number.
    Fixed(f64),
    /// [`mean_neighbor_distance`] to this neighbour.
    MeanNeighborDistance(NeighborCount),
    /// [`sigma_ln`].
    Ln,
    /// [`sigma_log10`].
    Log10,
    /// [`sigma_features`].
    Features,
    /// [`median_distance`].
    MedianDistance,
}

impl Bandwidth {
    /// The number for these points.
    ///
    /// # Errors
    /// What the rule's function refuses.
    pub fn of(self, x: &(impl Points + ?Sized)) -> Result<f64> {
        let x = x.matrix()?;
        let x = &*guard::points(&x, 2)?;
        match self {
            Self::Fixed(sigma) => Ok(sigma),
            Self::MeanNeighborDistance(k) => mean_neighbor_distance(x, k.of(x.nrows())),
            Self::Ln => Ok(sigma_ln(x.nrows())),
            Self::Log10 => Ok(sigma_log10(x.nrows())),
            Self::Features => Ok(sigma_features(x.ncols())),
            Self::MedianDistance => median_distance(x),
        }
    }
}

impl From<f64> for Bandwidth {
    fn from(sigma: f64) -> Self {
        Self::Fixed(sigma)
    }
}
