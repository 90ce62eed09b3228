//! Two clusters by the best threshold: all cuts along a vector.
//!
//! # Definition
//! Sort the vertices by z. The first i of them against the rest, for i = 1 … n − 1, are n − 1 splits; each has
//!
//! ```text
//! Ncut = cut · (1/vol S + 1/vol V∖S),    conductance φ = cut / min(vol S, vol V∖S).
//! ```
//!
//! An edge between places p < q is cut by every split that parts them. One running sum, to which it is added at p and
//! from which it is subtracted at q, would lose small cuts to the rounding of large weights. So nothing is subtracted:
//! where ℓ is the highest binary digit in which p and q differ, they lie in the two halves of one block of 2^(ℓ + 1)
//! places. Of the splits within the left half the edge is cut by those from p on, a sum that grows from the start of
//! the block; of those within the right half by those before q, a sum that grows from its end. Two walks over the
//! edges with one running sum for each ℓ give all cuts in O(m + n log n), each as exact as its own terms added up.
//!
//! A threshold cannot separate equal entries. Their splits have no value: +∞, and so have splits with a side of
//! volume 0.
//!
//! # Must hold
//! One finite entry per vertex, not all equal; an edge.
//!
//! # Known value
//! On the post's moons with ε = 0.4 and the second eigenvector: Ncut 0.011518412331615225, the truth.
//!
//! # Source
//! J. Shi & J. Malik, "Normalized cuts and image segmentation", IEEE TPAMI 22 (2000), §3; F. Chung, "Spectral
//! Graph Theory" (1997), §2.2, for the conductance: the best sweep has φ ≤ √(2λ₂) (Cheeger's inequality).

use crate::engine::sparse::Edges;
use crate::error::{Error, Result};
use crate::graph::Graph;
use crate::guard;
use crate::linalg;
use crate::linalg::largest_column;
use ndarray::Array1;

/// Entries of z this close, beside the largest, are equal but for rounding. Half of it is still above what
/// [`crate::clustering::labels_above`] takes for equal, so that a threshold in the middle separates the two.
const TIE: f64 = 4e-12;

/// The best threshold and all others.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Sweep {
    /// 1 where z exceeds the threshold, 0 elsewhere, as [`crate::clustering::labels_above`] gives them.
    pub labels: Array1<usize>,
    /// The middle between the two entries that the best split separates.
    pub threshold: f64,
    /// The normalised cut of `labels`, as [`Graph::normcut`] gives it: the smallest of `normcuts`.
    pub normcut: f64,
    /// The vertices by ascending z; equal entries by their index.
    pub order: Vec<usize>,
    /// Entry i: the normalised cut of the first i + 1 vertices of `order`; +∞ where no threshold gives that split,
    /// or a side has volume 0. Length n − 1.
    pub normcuts: Array1<f64>,
    /// The conductance of the same splits, +∞ at the same places.
    pub conductances: Array1<f64>,
}

/// Looks at every threshold of z and takes the one of the smallest normalised cut.
///
/// ```
/// use fiedler::{data::blog_moons, Graph, labelling::sweep};
/// let moons = blog_moons();
/// let graph = Graph::epsilon(&moons.x, 0.4)?;
/// let z = graph.smallest_eigenpairs(2)?.vectors.column(1).to_owned();
/// let best = sweep(&graph, &z)?;
/// assert!((best.normcut - 0.011518412331615225).abs() < 1e-15);
/// assert_eq!(fiedler::agreement(&best.labels, &moons.y)?, 1.0);
/// # Ok::<(), fiedler::Error>(())
/// ```
///
/// # Errors
/// [`Error::Length`], [`Error::VectorNotFinite`], [`Error::VectorScale`] for z; [`Error::NoEdges`];
/// [`Error::FewerClusters`] where no threshold leaves an edge on both sides, as for a constant z.
pub fn sweep(graph: &Graph, z: &Array1<f64>) -> Result<Sweep> {
    let z = &*guard::scaled_vector("z", z, graph.vertex_count())?;
    let total = graph.volume();
    if total == 0.0 {
        return Err(Error::no_edges());
    }
    let mut order: Vec<usize> = (0..z.len()).collect();
    order.sort_by(|&i, &j| z[i].total_cmp(&z[j]));
    let volumes = running_sums(order.iter().map(|&i| graph.degrees()[i]));
    let rest = running_sums(order.iter().rev().map(|&i| graph.degrees()[i]));
    let cuts = cuts(graph.edges(), &order);
    let largest = linalg::largest(z);
    let n = z.len();
    let (mut normcuts, mut conductances) = (
        Array1::from_elem(n - 1, f64::INFINITY),
        Array1::from_elem(n - 1, f64::INFINITY),
    );
    for i in 0..n - 1 {
        let (inside, outside) = (volumes[i], rest[n - 2 - i]);
        let tie = z[order[i + 1]] - z[order[i]] <= TIE * largest;
        if !tie && inside > 0.0 && outside > 0.0 {
            normcuts[i] = cuts[i] / inside + cuts[i] / outside;
            conductances[i] = cuts[i] / inside.min(outside);
        }
    }
    let best = largest_column(normcuts.mapv(|normcut| -normcut).view());
    if normcuts[best].is_infinite() {
        return Err(Error::FewerClusters { asked: 2, found: 1 });
    }
    let mut labels = Array1::ones(n);
    order[..=best].iter().for_each(|&i| labels[i] = 0);
    let normcut = graph.normcut(&labels)?;
    // The same terms added in another order: the last digits may differ, and what then is below the smallest is it.
    normcuts[best] = normcut;
    normcuts.mapv_inplace(|other| other.max(normcut));
    Ok(Sweep {
        labels,
        threshold: z[order[best]] / 2.0 + z[order[best + 1]] / 2.0,
        normcut,
        order,
        normcuts,
        conductances,
    })
}

fn running_sums(terms: impl Iterator<Item = f64>) -> Vec<f64> {
    let sums = terms.scan(0.0, |sum, term| {
        *sum += term;
        Some(*sum)
    });
    sums.collect()
}

/// The weight that each split cuts: the first place against the rest, the first two, …, at last all against none.
fn cuts(edges: Edges<'_>, order: &[usize]) -> Vec<f64> {
    let mut place = vec![0_u32; order.len()];
    for (p, &i) in (0..).zip(order) {
        place[i] = p;
    }
    let (mut edges, mut order) = (edges, order.to_vec());
    if let Edges::AlongCurve(curve) = edges {
        edges = Edges::Sparse(&curve.rows);
        place = curve.order.by_place(&place);
        for (i, &p) in place.iter().enumerate() {
            order[p as usize] = i;
        }
    }
    let (mut cuts, rest) = rayon::join(
        || cuts_in_left_halves(edges, &order, &place),
        || cuts_in_right_halves(edges, &order, &place),
    );
    cuts.iter_mut()
        .zip(rest)
        .for_each(|(cut, more)| *cut += more);
    cuts
}

/// Of each split, the weight of the cut edges in whose left half it is.
fn cuts_in_left_halves(edges: Edges<'_>, order: &[usize], place: &[u32]) -> Vec<f64> {
    let mut sums = vec![0.0; levels(order.len())];
    let split = |&i: &usize| {
        let p = place[i];
        edges.each_edge(i, |j, weight| {
            if p < place[j] {
                sums[level(p, place[j])] += weight;
            }
        });
        let cut = sums.iter().sum();
        // The left half that ends here.
        sums[p.trailing_ones() as usize] = 0.0;
        cut
    };
    order.iter().map(split).collect()
}

/// Of each split, the weight of the cut edges in whose right half it is.
fn cuts_in_right_halves(edges: Edges<'_>, order: &[usize], place: &[u32]) -> Vec<f64> {
    let mut sums = vec![0.0; levels(order.len())];
    let mut cuts = vec![0.0; order.len()];
    for (cut, &j) in cuts.iter_mut().zip(order).skip(1).rev() {
        let q = place[j];
        *cut = sums.iter().sum();
        edges.each_edge(j, |i, weight| {
            if place[i] < q {
                sums[level(place[i], q)] += weight;
            }
        });
        // The right half that starts here.
        sums[q.trailing_zeros() as usize] = 0.0;
    }
    cuts
}

/// The highest binary digit in which two places differ.
fn level(p: u32, q: u32) -> usize {
    (p ^ q).ilog2() as usize
}

/// The number of levels of n places: the last place may end a half of all levels but one.
fn levels(n: usize) -> usize {
    n.ilog2() as usize + 1
}
