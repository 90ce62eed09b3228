//! Questions of points that are not in the tree: who is near, who is within reach, and whose reach they are in.
//!
//! # Definition
//! The nearest of a point outside come by (distance, index) like those of a point inside. *Whose reach it is in* is the
//! search turned round: each point of the tree has a radius of its own, and a box is passed over where the point lies
//! farther from it than the largest radius in it.
//!
//! # Must hold
//! Exact, as the searches from inside. The tree belongs to the matrix that is handed in with it.
//!
//! # Known value
//! Of 0, 1 and 3 on a line, with the radii 1, 2 and 5, the point 2.5 is in reach of 1 and of 3.

use super::best::Best;
use super::kd_tree::{LEAF_SIZE, Node, Tree};
use super::search::{Asker, Query, Waiting, to_boxes, to_points};
use crate::engine::order::short;
use ndarray::{Array2, ArrayView1};

/// The points of a matrix, ready to be asked for those near any point; it does not keep the matrix.
#[derive(Debug, Clone)]
pub(crate) struct Index {
    tree: Tree,
}

/// How far each point of an index reaches, and so how far at most the points of each box.
#[derive(Debug, Clone)]
pub(crate) struct Spans {
    /// Of each place, the largest s that may be within its radius.
    limits: Vec<f64>,
    /// Of both children of each inner node, the largest of their limits.
    of_children: Vec<[f64; 2]>,
}

/// Memory that searches use again and again.
#[derive(Debug, Default)]
pub(crate) struct Desk {
    waiting: Waiting,
    places: Vec<u32>,
    distances: Vec<f64>,
}

impl Index {
    pub(crate) fn new(x: &Array2<f64>) -> Self {
        Self { tree: Tree::new(x) }
    }

    /// Fills `found` with the `k` nearest of `point` as (index, distance), nearest first, a point equal to it included.
    pub(crate) fn nearest(
        &self,
        x: &Array2<f64>,
        point: ArrayView1<'_, f64>,
        k: usize,
        desk: &mut Desk,
        found: &mut Vec<(usize, f64)>,
    ) {
        desk.places.resize(k, 0);
        desk.distances.resize(k, 0.0);
        let mut best = Best::new(&mut desk.places, &mut desk.distances);
        let (asker, waiting) = (Asker::outside(x, point.reborrow()), &mut desk.waiting);
        with_query!(x.ncols(), query => {
            let query = self.asked(query, point);
            self.tree.nearest(&query, &asker, &mut best, waiting);
        });
        let index = |&place: &u32| self.tree.order.vertex(place as usize);
        found.clear();
        found.extend(
            desk.places
                .iter()
                .map(index)
                .zip(desk.distances.iter().copied()),
        );
    }

    /// Calls `found` with the index and the distance of every point within `radius` of `point`, in no order.
    pub(crate) fn within(
        &self,
        x: &Array2<f64>,
        point: ArrayView1<'_, f64>,
        radius: f64,
        desk: &mut Desk,
        mut found: impl FnMut(usize, f64),
    ) {
        let (asker, waiting) = (Asker::outside(x, point.reborrow()), &mut desk.waiting);
        let found = |at: u32, distance| found(self.tree.order.vertex(at as usize), distance);
        with_query!(x.ncols(), query => {
            let query = self.asked(query, point);
            self.tree.each_within(&query, &asker, radius, waiting, found);
        });
    }

    /// The reach of points with these radii, by index.
    pub(crate) fn spans(&self, radius: impl Fn(usize) -> f64) -> Spans {
        let vertices = self.tree.order.vertices();
        let limit = |&vertex: &u32| self.tree.ruler.limit(radius(vertex as usize));
        let mut spans = Spans {
            limits: vertices.iter().map(limit).collect(),
            of_children: vec![[0.0; 2]; vertices.len().div_ceil(LEAF_SIZE) - 1],
        };
        spans.mark(&self.tree, self.tree.root());
        spans
    }

    /// Calls `found` with the index and the distance of every point whose radius `point` may lie within, in no order: all
    /// that do, and a few that miss it by rounding.
    pub(crate) fn in_reach_of(
        &self,
        x: &Array2<f64>,
        spans: &Spans,
        point: ArrayView1<'_, f64>,
        desk: &mut Desk,
        mut found: impl FnMut(usize, f64),
    ) {
        let (asker, waiting) = (Asker::outside(x, point.reborrow()), &mut desk.waiting);
        let found = |at: u32, distance| found(self.tree.order.vertex(at as usize), distance);
        with_query!(x.ncols(), query => {
            let query = self.asked(query, point);
            self.tree.each_reaching(&query, &asker, spans, waiting, found);
        });
    }

    /// The coordinates of a point as the tree takes them.
    fn asked<Q: Query>(&self, mut query: Q, point: ArrayView1<'_, f64>) -> Q {
        for (value, coordinate) in query.as_mut().iter_mut().zip(point) {
            *value = self.tree.ruler.scaled(*coordinate);
        }
        query
    }
}

impl Spans {
    /// Writes down the limits of the boxes below a node, and gives its own.
    fn mark(&mut self, tree: &Tree, node: Node) -> f64 {
        if node.is_leaf() {
            let end = (node.first + node.leaves) * LEAF_SIZE;
            let own = &self.limits[node.first * LEAF_SIZE..end.min(tree.order.len())];
            return own.iter().copied().fold(0.0, f64::max);
        }
        let limits = [0, 1].map(|side| self.mark(tree, tree.child(node, side)));
        self.of_children[node.number()] = limits;
        limits[0].max(limits[1])
    }
}

impl Tree {
    #[inline]
    fn each_reaching<Q: Query>(
        &self,
        query: &Q,
        asker: &Asker<'_>,
        spans: &Spans,
        waiting: &mut Waiting,
        mut found: impl FnMut(u32, f64),
    ) {
        let query = query.as_ref();
        waiting.push((self.root(), 0.0));
        while let Some((node, _)) = waiting.pop() {
            if !node.is_leaf() {
                let s = to_boxes(query, &self.boxes(node)[..query.len()]);
                let limits = spans.of_children[node.number()];
                for side in [1, 0].into_iter().filter(|&side| s[side] <= limits[side]) {
                    waiting.push((self.child(node, side), s[side]));
                }
                continue;
            }
            for leaf in node.first..node.first + node.leaves {
                let s = to_points(query, &self.leaf(leaf)[..query.len()]);
                let limits = &spans.limits[leaf * LEAF_SIZE..];
                for (at, (&s, &limit)) in (short(leaf * LEAF_SIZE)..).zip(s.iter().zip(limits)) {
                    if s <= limit {
                        found(at, asker.exact(self, s, at));
                    }
                }
            }
        }
    }
}
