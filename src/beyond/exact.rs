//! The exact optimum of a small graph: every split in two, tried.
//!
//! # Definition
//! n vertices are split in two in 2ⁿ⁻¹ − 1 ways. A Gray code orders them so that each differs from the one before
//! in one vertex v. When v leaves its side C for the other one,
//!
//! ```text
//! cut ← cut + Σ_{j ∈ C, j ≠ v} aᵥⱼ − Σ_{j ∉ C} aᵥⱼ       vol(C) ← vol(C) − dᵥ
//! ```
//!
//! which takes only v's edges. The smallest normalised cut and the smallest conductance φ(G) are found in this way;
//! both are NP-hard in general.
//!
//! **Rounding.** Sums that are updated drift. Here they only choose: a split whose updated value, less all the
//! rounding there can be, does not undercut the best is passed over; any other is added up afresh.
//!
//! # Must hold
//! At most [`LARGEST`] vertices, none isolated.
//!
//! # Known value
//! The path of 4 vertices is best cut in the middle: normcut 1 · (1/3 + 1/3) = 2/3, conductance 1/3, of 7 splits.
//!
//! # Source
//! NP-hardness: J. Shi & J. Malik (2000), appendix A (by C. Papadimitriou). The Gray code: D. E. Knuth, "The Art
//! of Computer Programming", vol. 4A (2011), §7.2.1.1, where step t flips the bit at which t ends in zeros.

use crate::error::{Error, Result};
use crate::graph::Graph;
use crate::guard;
use ndarray::Array1;

/// The largest number of vertices: half a million splits.
pub const LARGEST: usize = 20;

/// After so many updates the sums are added up afresh.
const REFRESH: u64 = 1024;

/// The split of a graph in two with the smallest normalised cut.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct ExactSplit {
    /// 0 or 1 of each vertex, 0 of the first. Of splits with equal values, the first in lexicographic order.
    pub labels: Array1<usize>,
    /// Its normalised cut: no split has a smaller one.
    pub normcut: f64,
    /// How many splits were tried: 2ⁿ⁻¹ − 1.
    pub splits: u64,
}

/// The split of a graph in two with the smallest conductance.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct ExactConductance {
    /// As of [`ExactSplit`].
    pub labels: Array1<usize>,
    /// φ(G) = min cut(C, V∖C) / min(vol(C), vol(V∖C)): the conductance of the graph.
    pub conductance: f64,
    /// How many splits were tried: 2ⁿ⁻¹ − 1.
    pub splits: u64,
}

/// The smallest normalised cut of all splits in two.
///
/// ```
/// use fiedler::graph::known::path;
/// let best = fiedler::exact::exact_normcut(&path(4)?)?;
/// assert_eq!(best.labels, fiedler::ndarray::array![0, 0, 1, 1]);
/// assert!((best.normcut - 2.0 / 3.0).abs() < 1e-15);
/// # Ok::<(), fiedler::Error>(())
/// ```
///
/// # Errors
/// [`Error::TooManySplits`] above [`LARGEST`] vertices; [`Error::IsolatedPoints`], [`Error::NoEdges`].
pub fn exact_normcut(graph: &Graph) -> Result<ExactSplit> {
    let best = smallest(graph, |cut, vol0, vol1| cut / vol0 + cut / vol1)?;
    Ok(ExactSplit {
        normcut: best.value,
        labels: best.labels,
        splits: best.splits,
    })
}

/// The smallest conductance of all splits in two: φ(G).
///
/// ```
/// use fiedler::graph::known::path;
/// assert_eq!(fiedler::exact::exact_conductance(&path(4)?)?.conductance, 1.0 / 3.0);
/// # Ok::<(), fiedler::Error>(())
/// ```
///
/// # Errors
/// As [`exact_normcut`].
pub fn exact_conductance(graph: &Graph) -> Result<ExactConductance> {
    let best = smallest(graph, |cut, vol0, vol1| cut / vol0.min(vol1))?;
    Ok(ExactConductance {
        conductance: best.value,
        labels: best.labels,
        splits: best.splits,
    })
}

/// The best split so far.
struct Best {
    labels: Array1<usize>,
    value: f64,
    splits: u64,
}

/// The split of the smallest `value`(cut, vol(C₀), vol(C₁)), which must grow with the cut and fall with the volumes.
fn smallest(graph: &Graph, value: impl Fn(f64, f64, f64) -> f64) -> Result<Best> {
    let n = graph.vertex_count();
    if n > LARGEST {
        return Err(Error::TooManySplits { n, limit: LARGEST });
    }
    guard::no_isolated_points(graph.degrees())?;
    let edges: Vec<Vec<(usize, f64)>> = (0..n).map(|i| graph.edges().of(i).collect()).collect();
    let d = graph.degrees();
    // At most n + 1 roundings a step, each of a sum that no more than the whole volume bounds.
    let drift = REFRESH as f64 * (n + 1) as f64 * f64::EPSILON * graph.volume();

    let mut labels = Array1::zeros(n);
    let mut sums = Sums::of(graph, &labels);
    let splits = (1_u64 << (n - 1)) - 1;
    let mut best: Option<Best> = None;
    for step in 1..=splits {
        // Vertex 0 stays: the other half of the code has the same splits by other names.
        let moved = 1 + step.trailing_zeros() as usize;
        for &(j, weight) in edges[moved].iter().filter(|&&(j, _)| j != moved) {
            let together = labels[j] == labels[moved];
            sums.cut += if together { weight } else { -weight };
        }
        sums.volumes[labels[moved]] -= d[moved];
        labels[moved] = 1 - labels[moved];
        sums.volumes[labels[moved]] += d[moved];
        if step % REFRESH == 0 {
            sums = Sums::of(graph, &labels);
        }
        let [vol0, vol1] = sums.volumes;
        let at_least = value((sums.cut - drift).max(0.0), vol0 + drift, vol1 + drift);
        if best.as_ref().is_some_and(|best| at_least > best.value) {
            continue;
        }
        let Sums { cut, volumes } = Sums::of(graph, &labels);
        let found = value(cut, volumes[0], volumes[1]);
        let better = best
            .as_ref()
            .is_none_or(|best| (found, labels.as_slice()) < (best.value, best.labels.as_slice()));
        if better {
            best = Some(Best {
                labels: labels.clone(),
                value: found,
                splits,
            });
        }
    }
    best.ok_or(Error::OnePoint)
}

/// The cut and the volumes of both sides.
struct Sums {
    cut: f64,
    volumes: [f64; 2],
}

impl Sums {
    fn of(graph: &Graph, labels: &Array1<usize>) -> Self {
        let (cuts, volumes) = graph.edges().cuts_and_volumes(labels, 2);
        Self {
            cut: cuts[0],
            volumes: [volumes[0], volumes[1]],
        }
    }
}
