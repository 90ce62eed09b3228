//! Searches in the tree: the nearest of a point, and all within a radius.
//!
//! # Definition
//! From the root on, the child whose box is nearer is entered first, and the other one put by with the distance of
//! its box. When it is its turn, what was found meanwhile may be nearer than all that it holds.
//!
//! # Must hold
//! A box is passed over only where [`Ruler::limit`] allows it: never for a point that is equally far. The square of
//! a difference, and a sum of such, only grows by rounding where it grows without, so the s of a box is at most that
//! of each point in it, to the last bit.
//!
//! # Known value
//! Of 0, 1 and 3 on a line the nearest to 1 is 0, one away; within 2 of it lie both others.
//!
//! [`Ruler::limit`]: super::ruler::Ruler::limit

use super::best::Best;
use super::kd_tree::{LEAF_SIZE, Node, Sides, Tree};
use crate::engine::order::short;
use crate::linalg::distance;
use ndarray::{Array2, ArrayView1};

/// The coordinates of a point: an array, where the compiler is to know their number, or a vector.
pub(super) trait Query: AsRef<[f64]> + AsMut<[f64]> + Clone + Send + Sync {}
impl<const D: usize> Query for [f64; D] {}
impl Query for Vec<f64> {}

/// The place of who has none.
const NOWHERE: u32 = u32::MAX;

/// The nodes that were put by, with the s of their boxes.
pub(super) type Waiting = Vec<(Node, f64)>;

/// s to each point of a leaf.
#[inline]
pub(super) fn to_points(query: &[f64], leaf: &[[f64; LEAF_SIZE]]) -> [f64; LEAF_SIZE] {
    let mut s = [0.0; LEAF_SIZE];
    for (q, column) in query.iter().zip(leaf) {
        for (s, v) in s.iter_mut().zip(column) {
            let difference = q - v;
            *s += difference * difference;
        }
    }
    s
}

/// The greater of two numbers. Not `max`, which asks after NaN: this is one instruction.
fn greater(a: f64, b: f64) -> f64 {
    if a > b { a } else { b }
}

/// The smaller of two numbers.
fn smaller(a: f64, b: f64) -> f64 {
    if a < b { a } else { b }
}

/// s to the nearest place of each of two boxes.
#[inline]
pub(super) fn to_boxes(query: &[f64], boxes: &[Sides]) -> [f64; 2] {
    let mut s = [0.0; 2];
    for (q, [low, high]) in query.iter().zip(boxes) {
        for child in 0..2 {
            let (below, above) = (low[child] - q, q - high[child]);
            let outside = greater(greater(below, above), 0.0);
            s[child] += outside * outside;
        }
    }
    s
}

/// Which points of a leaf are within a limit, one bit each. NaN, where there is no point, is not.
#[inline]
pub(super) fn within(s: &[f64; LEAF_SIZE], limit: f64) -> u32 {
    let mut bits = 0;
    for (lane, s) in s.iter().enumerate() {
        bits |= u32::from(*s <= limit) << lane;
    }
    bits
}

/// Who asks, of which points: one of them, or another one.
#[derive(Clone, Copy)]
pub(super) struct Asker<'a> {
    x: &'a Array2<f64>,
    point: ArrayView1<'a, f64>,
    /// The place of the point itself, which is not among the answers.
    own: u32,
}

impl<'a> Asker<'a> {
    /// The point at a place of the tree.
    pub(super) fn inside(tree: &Tree, x: &'a Array2<f64>, place: usize) -> Self {
        Self {
            x,
            point: x.row(tree.order.vertex(place)),
            own: short(place),
        }
    }

    /// A point that is none of them.
    pub(super) fn outside(x: &'a Array2<f64>, point: ArrayView1<'a, f64>) -> Self {
        let own = NOWHERE;
        Self { x, point, own }
    }

    /// The distance to the point at a place, given its s.
    #[inline]
    pub(super) fn exact(&self, tree: &Tree, s: f64, at: u32) -> f64 {
        let row = || self.x.row(tree.order.vertex(at as usize));
        tree.ruler.exact(s, || distance(self.point, row()))
    }
}

impl Tree {
    /// Copies the point at a place of the tree.
    pub(super) fn copy(&self, place: usize, point: &mut [f64]) {
        for (value, column) in point.iter_mut().zip(self.leaf(place / LEAF_SIZE)) {
            *value = column[place % LEAF_SIZE];
        }
    }

    /// Fills the list with the points nearest to `query`, the coordinates of who asks. `waiting` is memory to use.
    #[inline]
    pub(super) fn nearest<Q: Query>(
        &self,
        query: &Q,
        asker: &Asker<'_>,
        best: &mut Best<'_>,
        waiting: &mut Waiting,
    ) {
        let query = query.as_ref();
        waiting.clear();
        waiting.push((self.root(), 0.0));
        while let Some((mut node, mut s)) = waiting.pop() {
            while s <= best.limit && !node.is_leaf() {
                let [lower, upper] = to_boxes(query, &self.boxes(node)[..query.len()]);
                let near = usize::from(upper < lower);
                waiting.push((self.child(node, 1 - near), greater(lower, upper)));
                (node, s) = (self.child(node, near), smaller(lower, upper));
            }
            if s <= best.limit {
                self.offer_leaf(query, asker, node, best);
            }
        }
    }

    #[inline]
    fn offer_leaf(&self, query: &[f64], asker: &Asker<'_>, node: Node, best: &mut Best<'_>) {
        let s = to_points(query, &self.leaf(node.first)[..query.len()]);
        if node.equal {
            self.offer_equal(s[0], asker, node, best);
            return;
        }
        let mut bits = within(&s, best.limit);
        while bits != 0 {
            let lane = bits.trailing_zeros();
            bits &= bits - 1;
            let (s, at) = (s[lane as usize], short(node.first * LEAF_SIZE) + lane);
            // The limit may have fallen since the bits were set.
            if at != asker.own && s <= best.limit {
                let distance = asker.exact(self, s, at);
                best.offer(distance, at, self.order.vertices(), &self.ruler);
            }
        }
    }

    /// Of points all equal, which stand by index, the first ones will do.
    fn offer_equal(&self, s: f64, asker: &Asker<'_>, node: Node, best: &mut Best<'_>) {
        let first = short(node.first * LEAF_SIZE);
        let end = short(((node.first + node.leaves) * LEAF_SIZE).min(self.order.len()));
        let distance = asker.exact(self, s, first);
        for at in (first..end).filter(|&at| at != asker.own) {
            if !best.offer(distance, at, self.order.vertices(), &self.ruler) {
                return;
            }
        }
    }

    /// Calls `found` with the place of every point within `radius` of `query`, the coordinates of who asks, and its
    /// distance; by ascending place.
    #[inline]
    pub(super) fn each_within<Q: Query>(
        &self,
        query: &Q,
        asker: &Asker<'_>,
        radius: f64,
        waiting: &mut Waiting,
        mut found: impl FnMut(u32, f64),
    ) {
        let query = query.as_ref();
        let limit = self.ruler.limit(radius);
        waiting.push((self.root(), 0.0));
        while let Some((node, _)) = waiting.pop() {
            if !node.is_leaf() {
                let s = to_boxes(query, &self.boxes(node)[..query.len()]);
                // The lower one is taken up first.
                let children = [1, 0].map(|side| (self.child(node, side), s[side]));
                waiting.extend(children.into_iter().filter(|(_, s)| *s <= limit));
                continue;
            }
            for leaf in node.first..node.first + node.leaves {
                let s = to_points(query, &self.leaf(leaf)[..query.len()]);
                let mut bits = within(&s, limit);
                while bits != 0 {
                    let lane = bits.trailing_zeros();
                    bits &= bits - 1;
                    let at = short(leaf * LEAF_SIZE) + lane;
                    if at == asker.own {
                        continue;
                    }
                    let distance = asker.exact(self, s[lane as usize], at);
                    if distance <= radius {
                        found(at, distance);
                    }
                }
            }
        }
    }
}
