//! A certificate: how far given labels can be from the best ones.
//!
//! # Definition
//! Let λ₁ ≤ λ₂ ≤ … be the eigenvalues of (D − A)z = λDz, and C₁, …, Cₖ any k clusters.
//!
//! ```text
//! λ₁ + … + λₖ ≤ Σ_c cut(C_c, V∖C_c)/vol(C_c)                  the normalised cut, from below
//! conductance(C) = cut(C, V∖C) / min(vol(C), vol(V∖C))
//! λ₂/2 ≤ φ(G) = min_C conductance(C) ≤ √(2λ₂)                 Cheeger's inequality
//! ```
//!
//! The first is Ky Fan's theorem: the normalised cut is the trace of Hᵀ(D − A)H for k vectors with HᵀDH = I, and no k
//! such vectors have a smaller trace than the first k eigenvectors. As λ₁ = 0, the bound is λ₂ for k = 2. Both sides
//! are 0 for k components that are the clusters.
//!
//! # Must hold
//! k ≥ 2 clusters, labelled 0, …, k − 1, none of volume 0; the k + 1 smallest eigenpairs (n where k = n), zᵀDz = 1,
//! solved to a residual of 10⁻⁶, the last of them, which only shows the gap, to a fifth of the gap. That they are the
//! *smallest* cannot be seen from them: it is the solver's word, or a count of your own by
//! [`crate::solvers::eigenvalues_below`].
//!
//! # Known value
//! The post's moons with ε = 0.4, the true labels: λ₂ = 0.0053844 ≤ normcut 0.0115184, a ratio of 2.139.
//!
//! # Source
//! K. Fan, "On a theorem of Weyl concerning eigenvalues of linear transformations", PNAS 35 (1949), 652–655;
//! F. R. K. Chung, "Spectral Graph Theory", AMS (1997), ch. 2; S. X. Yu & J. Shi (2003), §3.

mod bounds;
mod table;

pub(crate) use bounds::conductances;
pub use bounds::{cheeger_bounds, conductance};

use crate::eigen::Eigenpairs;
use crate::engine::eigenpairs::Precision;
use crate::error::{Error, Result};
use crate::graph::Graph;
use crate::guard;
use ndarray::{Array1, s};

/// Residuals above it prove nothing: the true eigenvalue could be as far away.
const LARGEST_RESIDUAL: f64 = 1e-6;

/// Sums of eigenvalues below it are 0 but for rounding: entries of z are rounded in the sixteenth digit, and so energies of
/// this size are left where none should be.
const ZERO: f64 = 1e-26;

/// Roundings of a Rayleigh quotient, relative to it: its terms are all positive.
const QUOTIENT: f64 = 64.0 * f64::EPSILON;

/// What is known of given labels: their normalised cut, bounds that no labels can pass, and how the eigenpairs
/// behind the bounds were solved.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Certificate {
    /// k.
    pub clusters: usize,
    /// λ₁, …, λₖ₊₁ (λₙ the last).
    #[cfg_attr(
        feature = "serde",
        serde(serialize_with = "crate::linalg::lists::nested")
    )]
    pub eigenvalues: Array1<f64>,
    /// λ₁ + … + λₖ, less what may be wrong with them: no k clusters have a smaller normalised cut.
    pub lower_bound: f64,
    /// The normalised cut of the labels.
    pub normcut: f64,
    /// `normcut` over `lower_bound`: the best labels are at most this many times better. `None` where the bound is
    /// 0 to rounding.
    pub ratio: Option<f64>,
    /// The conductance of each cluster.
    #[cfg_attr(
        feature = "serde",
        serde(serialize_with = "crate::linalg::lists::nested")
    )]
    pub conductances: Array1<f64>,
    /// The largest of them.
    pub largest_conductance: f64,
    /// λ₂/2 and √(2λ₂): φ(G), the smallest conductance of any set of vertices, lies between them.
    pub cheeger: (f64, f64),
    /// λₖ₊₁ − λₖ: the larger, the less the clusters hang on single edges. `None` for k = n.
    pub eigengap: Option<f64>,
    /// ‖D^-½((D − A)z − λDz)‖ of each pair: an eigenvalue lies within it.
    #[cfg_attr(
        feature = "serde",
        serde(serialize_with = "crate::linalg::lists::nested")
    )]
    pub residuals: Array1<f64>,
    /// The number of connected components.
    pub components: usize,
}

impl Certificate {
    /// The certificate of `labels`, by the k + 1 (or n) smallest eigenpairs of the graph; more may be given.
    ///
    /// ```
    /// use fiedler::{certificate::Certificate, data::blog_moons, Graph};
    /// let moons = blog_moons();
    /// let graph = Graph::epsilon(&moons.x, 0.4)?;
    /// let certificate = Certificate::new(&graph, &graph.smallest_eigenpairs(3)?, &moons.y)?;
    /// assert!((certificate.ratio.unwrap() - 2.139).abs() < 5e-4);
    /// assert!(certificate.is_optimal_within(2.2));
    /// # Ok::<(), fiedler::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`conductance`]; [`Error::IsolatedPoints`]; [`Error::Length`] for pairs of another graph;
    /// [`Error::Count`] for too few pairs, [`Error::Value`] for pairs that are not normalised or do not solve the equation;
    /// [`Error::VectorNotFinite`].
    pub fn new(graph: &Graph, pairs: &Eigenpairs, labels: &Array1<usize>) -> Result<Self> {
        Self::of(graph, pairs, labels, |few| {
            graph.residuals(&few.values, &few.vectors)
        })
    }

    /// The same for pairs that were found here, so that their residuals are known: computing them takes a product with A
    /// for each.
    pub(crate) fn of_solved(
        graph: &Graph,
        pairs: &Eigenpairs,
        labels: &Array1<usize>,
    ) -> Result<Self> {
        Self::of(graph, pairs, labels, |few| Ok(few.residuals.clone()))
    }

    fn of(
        graph: &Graph,
        pairs: &Eigenpairs,
        labels: &Array1<usize>,
        residuals: impl FnOnce(&Eigenpairs) -> Result<Array1<f64>>,
    ) -> Result<Self> {
        let n = graph.vertex_count();
        guard::no_isolated_points(graph.degrees())?;
        let (cuts, volumes) = graph.cuts_and_positive_volumes(labels)?;
        let by_cluster = conductances(&cuts, &volumes);
        let clusters = by_cluster.len();
        let few = first_pairs(graph, pairs, (clusters + 1).min(n))?;
        normalised(graph, &few)?;
        let residuals = accepted(&few, residuals(&few)?, clusters)?;
        let values = few.values;
        let normcut = (cuts / volumes).sum();
        let least = least_values(&values, &residuals);
        let lower_bound = least.slice(s![..clusters]).sum();
        Ok(Self {
            clusters,
            lower_bound,
            normcut,
            ratio: (lower_bound > ZERO).then(|| normcut / lower_bound),
            largest_conductance: by_cluster.fold(0.0, |a: f64, &b| a.max(b)),
            conductances: by_cluster,
            cheeger: (
                cheeger_bounds(least[1])?.0,
                cheeger_bounds(values[1].clamp(0.0, 2.0))?.1,
            ),
            eigengap: values.get(clusters).map(|next| next - values[clusters - 1]),
            eigenvalues: values,
            residuals,
            components: graph.component_count(),
        })
    }

    /// Whether no k clusters can have a normalised cut `factor` times smaller, as far as the bound says: `false` is
    /// no proof that there are such.
    #[must_use]
    pub fn is_optimal_within(&self, factor: f64) -> bool {
        let rounding = 2.0 * QUOTIENT;
        self.normcut <= factor * self.lower_bound * (1.0 + rounding)
    }

    /// Where the smallest normalised cut of any k clusters lies: from the lower bound to that of the labels.
    #[must_use]
    pub fn optimum_lies_between(&self) -> (f64, f64) {
        (self.lower_bound.min(self.normcut), self.normcut)
    }
}

/// What the eigenvalues are at least. A computed one is a Rayleigh quotient, never below λ but by a few roundings, and
/// above it by at most its residual, or by the square of that over the gap to the last value.
fn least_values(values: &Array1<f64>, residuals: &Array1<f64>) -> Array1<f64> {
    let last = values[values.len() - 1];
    let least = |(&value, &residual): (&f64, &f64)| {
        let gap = last - value;
        // What is computed of a residual may lie below its rounding.
        let residual = 2.0 * (residual + f64::EPSILON);
        let error = if gap > residual {
            residual * (residual / gap)
        } else {
            residual
        };
        ((value - error) * (1.0 - QUOTIENT)).clamp(0.0, 2.0)
    };
    values.iter().zip(residuals).map(least).collect()
}

/// The first `count` of the pairs.
fn first_pairs(graph: &Graph, pairs: &Eigenpairs, count: usize) -> Result<Eigenpairs> {
    let (rows, columns) = pairs.vectors.dim();
    guard::length("an eigenvector", rows, graph.vertex_count())?;
    let found = columns.min(pairs.values.len());
    if found < count {
        return Err(Error::Count {
            name: "the number of eigenpairs",
            found,
            wanted: "one more than the clusters (or n)",
        });
    }
    let values = pairs.values.slice(s![..count]).to_owned();
    let values = guard::vector("the eigenvalues", &values, count)?.into_owned();
    // Column after column in memory, as eigenvectors come.
    let rows_of_vectors = pairs.vectors.slice(s![.., ..count]).reversed_axes();
    let vectors = guard::into_standard(rows_of_vectors.to_owned()).reversed_axes();
    for z in vectors.columns() {
        guard::vector("an eigenvector", &z.to_owned(), rows)?;
    }
    let residuals = pairs.residuals.iter().take(count).copied().collect();
    Ok(Eigenpairs {
        values,
        vectors,
        residuals,
    })
}

/// Whether zᵀDz = 1 for each.
fn normalised(graph: &Graph, pairs: &Eigenpairs) -> Result<()> {
    for z in pairs.vectors.columns() {
        let length = (&z * &z).dot(graph.degrees());
        if (length - 1.0).abs() > LARGEST_RESIDUAL || length.is_nan() {
            return Err(Error::Value {
                what: "zᵀDz of an eigenvector",
                value: length,
                wanted: "1: normalise it",
            });
        }
    }
    Ok(())
}

/// The residuals, where the pairs solve the equation.
fn accepted(pairs: &Eigenpairs, residuals: Array1<f64>, clusters: usize) -> Result<Array1<f64>> {
    let precision = Precision {
        tolerance: LARGEST_RESIDUAL,
        last_for_the_gap: pairs.values.len() == clusters + 1,
    };
    let allowed = |index: usize| precision.allowed(&pairs.values, index);
    match residuals
        .iter()
        .enumerate()
        .find(|&(index, residual)| *residual > allowed(index))
    {
        Some((_, &residual)) => Err(Error::Value {
            what: "the residual of an eigenpair",
            value: residual,
            wanted: "at most 1e-6: solve it more closely, and for this graph",
        }),
        None => Ok(residuals),
    }
}
