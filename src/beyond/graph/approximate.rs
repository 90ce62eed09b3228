//! Nearest neighbours by an approximate index, for many points in many columns, where every exact way compares all
//! with all.
//!
//! # Definition
//! A navigable small world: a graph of near points in layers, from a few far apart to all of them. A search walks
//! greedily towards its point, layer by layer. It misses some neighbours; how many is measured here on a sample, by
//! comparing with all points: the *recall*, the share of true neighbours that were found.
//!
//! # Source
//! Y. Malkov & D. Yashunin, "Efficient and robust approximate nearest neighbor search using hierarchical navigable small
//! world graphs", IEEE TPAMI 42 (2020), §4. The index is that of the crate `instant-distance`.

use super::{Graph, Symmetry};
use crate::engine::neighbors::nearest_to;
use crate::error::Result;
use crate::guard;
use crate::linalg::distance;
use crate::points::Points;
use instant_distance::{Builder, Hnsw, PointId, Search};
use ndarray::{Array2, ArrayView1};
use rayon::prelude::*;

/// Points whose neighbours are also searched exactly.
const SAMPLE: usize = 200;
/// Candidates that a search keeps beside the neighbours asked for: the more, the better the recall.
const CANDIDATES: usize = 100;

/// A point of the index; distances are compared in 32 bits, and computed again in 64 for those that are found.
#[derive(Clone)]
struct Row<'a>(ArrayView1<'a, f64>);

impl instant_distance::Point for Row<'_> {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "the index only needs to know which is nearer, roughly"
    )]
    fn distance(&self, other: &Self) -> f32 {
        distance(self.0, other.0) as f32
    }
}

impl Graph {
    /// [`Graph::nearest_neighbors`] by an approximate index, and its recall: the share of true neighbours that it found,
    /// on a sample of 200 points. Needs the feature `approximate`.
    ///
    /// For more than some hundred thousand points in more than a dozen columns, where the exact search takes too long.
    /// The index is built by all threads at once, and so is not the same in every run.
    ///
    /// ```
    /// use fiedler::{data::blobs, Graph, graph::Symmetry};
    /// let x = blobs(2000, 20, 4, 1.0, 0)?.x;
    /// let (graph, recall) = Graph::approximate_nearest_neighbors(&x, Symmetry::Average, 10)?;
    /// println!("recall {recall:.3}");
    /// assert!(recall > 0.9 && graph.vertex_count() == 2000);
    /// # Ok::<(), fiedler::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`Graph::nearest_neighbors`].
    ///
    /// # Source
    /// Y. Malkov & D. Yashunin (2020), §4.
    pub fn approximate_nearest_neighbors(
        x: &(impl Points + ?Sized),
        symmetry: Symmetry,
        k: usize,
    ) -> Result<(Self, f64)> {
        let x = x.matrix()?;
        let x = &*guard::neighbors(&x, k)?;
        let n = x.nrows();
        let rows_to_search = x.rows().into_iter().map(Row).collect();
        let builder = Builder::default().seed(0).ef_search(CANDIDATES.max(2 * k));
        let (index, ids) = builder.build_hnsw(rows_to_search);
        let mut rows = vec![0; n];
        for (row, id) in ids.iter().enumerate() {
            rows[id.into_inner() as usize] = row;
        }
        let near: Vec<Vec<usize>> = (0..n)
            .into_par_iter()
            .map_init(Search::default, |search, i| {
                found(&index, search, &rows, x, i, k)
            })
            .collect();
        let recall = recall(x, k, &near);
        // An edge stands in the list once for each end that lists the other.
        let ends = |(i, list): (usize, &Vec<usize>)| -> Vec<(usize, usize)> {
            list.iter().map(|&j| (i.min(j), i.max(j))).collect()
        };
        let mut pairs: Vec<(usize, usize)> =
            near.par_iter().enumerate().flat_map_iter(ends).collect();
        pairs.par_sort_unstable();
        let mut edges: Vec<Vec<(usize, f64)>> = vec![Vec::new(); n];
        for same in pairs.chunk_by(|one, other| one == other) {
            let (i, j) = same[0];
            let weight = if same.len() == 2 {
                1.0
            } else {
                symmetry.one_way()
            };
            edges[i].push((j, weight));
            edges[j].push((i, weight));
        }
        Ok((Self::from_rows(edges)?, recall))
    }
}

/// The k nearest of the points that the index finds near point i, by their distances in 64 bits.
fn found<'a>(
    index: &Hnsw<Row<'a>>,
    search: &mut Search,
    rows: &[usize],
    x: &'a Array2<f64>,
    i: usize,
    k: usize,
) -> Vec<usize> {
    let row = |pid: PointId| rows[pid.into_inner() as usize];
    let all = index.search(&Row(x.row(i)), search);
    let others = all.map(|item| row(item.pid)).filter(|&j| j != i);
    let mut near: Vec<(f64, usize)> = others.map(|j| (distance(x.row(i), x.row(j)), j)).collect();
    near.sort_unstable_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    near.truncate(k);
    near.into_iter().map(|(_, j)| j).collect()
}

/// The share of true neighbours among those found, on a sample of evenly spread rows. A point as far as the last true
/// neighbour is as good as that one.
fn recall(x: &Array2<f64>, k: usize, near: &[Vec<usize>]) -> f64 {
    let n = x.nrows();
    let sample: Vec<usize> = (0..n).step_by(n.div_ceil(SAMPLE)).collect();
    let hits = |&i: &usize| {
        let truth = nearest_to(x, x.row(i), k, Some(i));
        let farthest = truth.last().map_or(0.0, |last| last.1);
        let as_near = |&&j: &&usize| distance(x.row(i), x.row(j)) <= farthest;
        near[i].iter().filter(as_near).count()
    };
    let all: usize = sample.par_iter().map(hits).sum();
    all as f64 / (sample.len() * k) as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::{RandomState, blobs};
    use crate::error::Error;

    #[test]
    fn the_recall_is_the_share_of_true_neighbours() {
        let x = ndarray::array![[0.0], [1.0], [3.0], [7.0]];
        assert!((recall(&x, 1, &[vec![1], vec![0], vec![1], vec![2]]) - 1.0).abs() < 1e-15);
        assert!((recall(&x, 1, &[vec![1], vec![0], vec![0], vec![1]]) - 0.5).abs() < 1e-15);
    }

    #[test]
    fn most_neighbours_are_found_and_every_edge_is_one_that_was_found() {
        let x = blobs(3000, 30, 5, 2.0, 1).unwrap().x;
        let (graph, recall) =
            Graph::approximate_nearest_neighbors(&x, Symmetry::Average, 10).unwrap();
        assert!(recall > 0.9, "{recall}");
        let exact = Graph::nearest_neighbors(&x, Symmetry::Average, 10).unwrap();
        let both = graph
            .weighted_edges()
            .filter(|&(i, j, _)| exact.neighbors(i).unwrap().iter().any(|near| near.0 == j))
            .count();
        assert!(both as f64 > 0.85 * exact.edge_count() as f64);
        assert_eq!(graph.isolated_vertices().len(), 0);
    }

    #[test]
    fn what_the_exact_search_refuses_is_refused() {
        let mut rng = RandomState::new(0);
        let x = Array2::from_shape_simple_fn((5, 2), || rng.standard_normal());
        for k in [0, 5] {
            assert_eq!(
                Graph::approximate_nearest_neighbors(&x, Symmetry::Average, k),
                Err(Error::NeighborCount { k, n: 5 })
            );
        }
        let equal = Array2::<f64>::zeros((5, 2));
        assert_eq!(
            Graph::approximate_nearest_neighbors(&equal, Symmetry::Either, 2),
            Err(Error::AllPointsEqual { n: 5 })
        );
    }
}
