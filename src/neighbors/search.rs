//! Searches in the tree: the nearest of a point, and all within a radius.
//!
//! # Definition
//! From the root on, the child whose box is nearer is entered first, and the other one put by with the distance of
//! its box. When it is its turn, what was found meanwhile may be nearer than all that it holds.
//!
//! # Must hold
//! A box is passed over only where [`Ruler::limit`] allows it: never for a point that is equally far.
//!
//! # Known value
//! Of 0, 1 and 3 on a line the nearest to 1 is 0, one away; within 2 of it lie both others.

use super::kd_tree::{LANES, Node, Sides, Tree};
use super::ruler::Ruler;

/// A tree of a point in each leaf has 32 levels at most.
const LEVELS: usize = 33;

/// The k best so far, nearest first; of two equally far, the smaller index.
pub(super) struct Best<'a> {
    /// Where the points stand in the tree, and how far they are.
    places: &'a mut [u32],
    distances: &'a mut [f64],
    found: usize,
    /// No point of a larger s has a place in the list.
    pub(super) limit: f64,
}

impl<'a> Best<'a> {
    /// An empty list, to be written there.
    pub(super) fn new(places: &'a mut [u32], distances: &'a mut [f64]) -> Self {
        Self {
            places,
            distances,
            found: 0,
            limit: f64::INFINITY,
        }
    }

    /// Puts the point at `place` into the list; false where the list is full of better ones.
    pub(super) fn offer(
        &mut self,
        distance: f64,
        place: u32,
        order: &[u32],
        ruler: &Ruler<'_>,
    ) -> bool {
        let k = self.places.len();
        let index = order[place as usize];
        let nearer = |other: f64, at: u32| {
            distance < other || (distance <= other && index < order[at as usize])
        };
        let mut slot = self.found;
        if slot == k {
            slot = k - 1;
            if !nearer(self.distances[slot], self.places[slot]) {
                return false;
            }
        } else {
            self.found += 1;
        }
        while slot > 0 && nearer(self.distances[slot - 1], self.places[slot - 1]) {
            self.distances[slot] = self.distances[slot - 1];
            self.places[slot] = self.places[slot - 1];
            slot -= 1;
        }
        self.distances[slot] = distance;
        self.places[slot] = place;
        if self.found == k {
            self.limit = self.limit.min(ruler.limit(self.distances[k - 1]));
        }
        true
    }
}

/// s to each point of a leaf.
#[inline]
fn to_points(query: &[f64], leaf: &[[f64; LANES]]) -> [f64; LANES] {
    let mut s = [0.0; LANES];
    for (q, column) in query.iter().zip(leaf) {
        for (s, v) in s.iter_mut().zip(column) {
            let difference = v - q;
            *s += difference * difference;
        }
    }
    s
}

/// s to the nearest place of each of two boxes.
#[inline]
fn to_boxes(query: &[f64], boxes: &[Sides]) -> [f64; 2] {
    let mut s = [0.0; 2];
    for (q, [low, high]) in query.iter().zip(boxes) {
        for child in 0..2 {
            let (below, above) = (low[child] - q, q - high[child]);
            let outside = if below > above { below } else { above };
            let outside = if outside > 0.0 { outside } else { 0.0 };
            s[child] += outside * outside;
        }
    }
    s
}

/// Which points of a leaf are within a limit, one bit each.
#[inline]
fn within(s: &[f64; LANES], limit: f64) -> u32 {
    let mut bits = 0;
    for (lane, s) in s.iter().enumerate() {
        bits |= u32::from(*s <= limit) << lane;
    }
    bits
}

/// A query point: an array, where the number of columns is known to the compiler, or a vector.
pub(super) trait Query: AsRef<[f64]> + AsMut<[f64]> + Clone + Send + Sync {}
impl<const D: usize> Query for [f64; D] {}
impl Query for Vec<f64> {}

impl Tree<'_> {
    /// Copies the point at a place of the tree.
    pub(super) fn copy(&self, place: usize, point: &mut [f64]) {
        for (value, column) in point.iter_mut().zip(self.leaf(place / LANES)) {
            *value = column[place % LANES];
        }
    }

    /// Fills the list with the points nearest to `query`, which is the point at `own`.
    #[inline]
    pub(super) fn nearest<Q: Query>(&self, query: &Q, own: u32, best: &mut Best<'_>) {
        let query = query.as_ref();
        let mut put_by = [(Node::default(), 0.0); LEVELS];
        let mut waiting = 0;
        let mut node = self.root();
        let mut s = 0.0;
        loop {
            if s <= best.limit {
                if node.leaves > 1 && !node.equal {
                    let of = to_boxes(query, &self.boxes(node)[..query.len()]);
                    let children = self.children(node);
                    let near = usize::from(of[1] < of[0]);
                    put_by[waiting] = (children[1 - near], of[1 - near]);
                    waiting += 1;
                    (node, s) = (children[near], of[near]);
                    continue;
                }
                self.offer_leaf(query, own, node, best);
            }
            if waiting == 0 {
                return;
            }
            waiting -= 1;
            (node, s) = put_by[waiting];
        }
    }

    #[inline]
    fn offer_leaf(&self, query: &[f64], own: u32, node: Node, best: &mut Best<'_>) {
        let s = to_points(query, &self.leaf(node.first)[..query.len()]);
        let first = place(node.first * LANES);
        if node.equal {
            self.offer_equal(s[0], own, node, best);
            return;
        }
        let mut bits = within(&s, best.limit);
        while bits != 0 {
            let lane = bits.trailing_zeros();
            bits &= bits - 1;
            let (s, at) = (s[lane as usize], first + lane);
            if at == own || s > best.limit {
                continue;
            }
            let (i, j) = (self.order[own as usize], self.order[at as usize]);
            let distance = self.ruler.exact(s, i, j);
            best.offer(distance, at, &self.order, &self.ruler);
        }
    }

    /// Of points all equal, which stand by index, the first ones will do.
    fn offer_equal(&self, s: f64, own: u32, node: Node, best: &mut Best<'_>) {
        let first = place(node.first * LANES);
        let end = place(((node.first + node.leaves) * LANES).min(self.order.len()));
        let (i, j) = (self.order[own as usize], self.order[first as usize]);
        let distance = self.ruler.exact(s, i, j);
        for at in (first..end).filter(|&at| at != own) {
            if !best.offer(distance, at, &self.order, &self.ruler) {
                return;
            }
        }
    }

    /// Calls `found` with the place of every point but `own` within `radius` of the point at `own`.
    pub(super) fn each_within<Q: Query>(
        &self,
        query: &Q,
        own: u32,
        radius: f64,
        mut found: impl FnMut(u32),
    ) {
        let query = query.as_ref();
        let limit = self.ruler.limit(radius);
        let mut put_by = [Node::default(); LEVELS];
        let mut waiting = 1;
        put_by[0] = self.root();
        while waiting > 0 {
            waiting -= 1;
            let node = put_by[waiting];
            if node.leaves > 1 && !node.equal {
                let s = to_boxes(query, &self.boxes(node)[..query.len()]);
                for (child, s) in self.children(node).into_iter().zip(s) {
                    if s <= limit {
                        put_by[waiting] = child;
                        waiting += 1;
                    }
                }
                continue;
            }
            for leaf in node.first..node.first + node.leaves {
                let s = to_points(query, &self.leaf(leaf)[..query.len()]);
                let mut bits = within(&s, limit);
                while bits != 0 {
                    let lane = bits.trailing_zeros();
                    bits &= bits - 1;
                    let at = place(leaf * LANES) + lane;
                    let (i, j) = (self.order[own as usize], self.order[at as usize]);
                    if at != own && self.ruler.exact(s[lane as usize], i, j) <= radius {
                        found(at);
                    }
                }
            }
        }
    }
}

/// A place in the tree as it is stored.
pub(super) fn place(place: usize) -> u32 {
    u32::try_from(place).expect("at most 2^32 points")
}
