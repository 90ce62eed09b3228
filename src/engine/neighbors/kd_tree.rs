//! A kd-tree: points in boxes, boxes in boxes, so that most of them need not be looked at.
//!
//! # Definition
//! The tight box of all points is halved across its widest side, so that half of the points lie on either side; so
//! are the halves, down to leaves of [`LEAF_SIZE`] points. The points are stored leaf by leaf. That order is a
//! space-filling curve: points close in it are close in space.
//!
//! # Must hold
//! Every leaf but the last is full, so a node is a range of leaves, and where its two children lie follows from
//! their number: nothing points anywhere, and the depth is ⌈log₂⌉ of the number of leaves, whatever the data. A
//! node whose points are all equal is not halved further; its points stand by index.
//!
//! # Known value
//! The points 0, …, 39 on a line make three leaves; the root's halves hold 0–31 and 32–39.
//!
//! # Source
//! J. Friedman, J. Bentley & R. Finkel, "An algorithm for finding best matches in logarithmic expected time", ACM
//! Transactions on Mathematical Software 3 (1977).

use super::curve::morton_order;
use super::ruler::Ruler;
use crate::engine::order::{Order, short};
use ndarray::Array2;
use rayon::prelude::*;

/// Points of a leaf. Their coordinates lie column by column, so that a loop over points is one over lanes.
pub(super) const LEAF_SIZE: usize = 16;
/// From this many leaves on, the halves of a node are built in parallel.
const LEAVES_TO_SHARE: usize = 128;
/// From this many points on they are sorted along a curve first, so that those halved together lie together in
/// memory: a million in the plane take a third of the time to build.
const POINTS_TO_SORT: usize = 1 << 14;

/// Of both children one column of their boxes: the lower ends, then the upper ones.
pub(super) type Sides = [[f64; 2]; 2];

/// The tree of the rows of a matrix, which it does not keep.
#[derive(Debug, Clone)]
pub(super) struct Tree {
    pub(super) ruler: Ruler,
    columns: usize,
    /// The row of the matrix at each place of the tree.
    pub(super) order: Order,
    /// Leaf by leaf, column by column, the coordinates of the leaf's points; NaN where the last leaf has none.
    leaves: Vec<[f64; LEAF_SIZE]>,
    /// Inner node by inner node (a node, its left descendants, its right ones), column by column.
    boxes: Vec<Sides>,
    /// Whether all points of a child are equal.
    equal: Vec<[bool; 2]>,
    root_equal: bool,
}

/// A node: its number among the inner nodes (meaningless for a leaf) and its leaves.
#[derive(Debug, Clone, Copy)]
pub(super) struct Node {
    number: usize,
    pub(super) first: usize,
    pub(super) leaves: usize,
    pub(super) equal: bool,
}

impl Node {
    /// Its number among the inner nodes.
    pub(super) fn number(self) -> usize {
        self.number
    }

    /// Whether its points are looked at one by one: it is a leaf, or all of them are equal.
    pub(super) fn is_leaf(self) -> bool {
        self.leaves == 1 || self.equal
    }
}

/// How many of a node's leaves go to the left.
fn left(leaves: usize) -> usize {
    leaves.div_ceil(2)
}

impl Tree {
    pub(super) fn new(x: &Array2<f64>) -> Self {
        let (n, columns) = x.dim();
        let ruler = Ruler::new(x);
        let mut points = ruler.coordinates(x);
        let mut curve = None;
        if n >= POINTS_TO_SORT {
            let order = morton_order(x);
            points = gathered(&points, &order, columns).into();
            curve = Some(order);
        }
        let count = n.div_ceil(LEAF_SIZE);
        let mut members: Vec<(f64, u32)> = indices(n).map(|i| (0.0, i)).collect();
        let mut boxes = vec![[[0.0; 2]; 2]; (count - 1) * columns];
        let mut equal = vec![[false; 2]; count - 1];
        let builder = Builder {
            points: &points,
            columns,
        };
        let root = builder.tight(&members);
        builder.halve(&mut members, &root, &mut boxes, &mut equal);
        let order: Vec<u32> = members.into_iter().map(|(_, i)| i).collect();
        let mut leaves = vec![[f64::NAN; LEAF_SIZE]; count * columns];
        for (leaf, members) in leaves
            .chunks_exact_mut(columns)
            .zip(order.chunks(LEAF_SIZE))
        {
            for (lane, &i) in members.iter().enumerate() {
                for (column, value) in leaf.iter_mut().zip(&points[i as usize * columns..]) {
                    column[lane] = *value;
                }
            }
        }
        let order = match curve {
            Some(curve) => order.into_iter().map(|i| curve[i as usize]).collect(),
            None => order,
        };
        Self {
            root_equal: is_equal(&root),
            ruler,
            columns,
            order: Order::new(order),
            leaves,
            boxes,
            equal,
        }
    }

    pub(super) fn root(&self) -> Node {
        Node {
            number: 0,
            first: 0,
            leaves: self.order.len().div_ceil(LEAF_SIZE),
            equal: self.root_equal,
        }
    }

    /// The lower child of a node, or (side 1) the upper one: by choices between numbers, without a jump.
    #[inline]
    pub(super) fn child(&self, node: Node, side: usize) -> Node {
        let left = left(node.leaves);
        let upper = side == 1;
        Node {
            number: node.number + if upper { left } else { 1 },
            first: node.first + if upper { left } else { 0 },
            leaves: if upper { node.leaves - left } else { left },
            equal: self.equal[node.number][side],
        }
    }

    /// The boxes of both children, column by column.
    pub(super) fn boxes(&self, node: Node) -> &[Sides] {
        &self.boxes[node.number * self.columns..][..self.columns]
    }

    pub(super) fn leaf(&self, leaf: usize) -> &[[f64; LEAF_SIZE]] {
        &self.leaves[leaf * self.columns..][..self.columns]
    }
}

/// 0, …, n − 1. The guard sees to it that there are fewer than 2³² points.
pub(super) fn indices(n: usize) -> std::ops::Range<u32> {
    0..short(n)
}

/// The rows of these points in this order.
fn gathered(points: &[f64], order: &[u32], columns: usize) -> Vec<f64> {
    let mut rows = vec![0.0; points.len()];
    let chunks = rows.par_chunks_mut(1024 * columns);
    chunks
        .zip(order.par_chunks(1024))
        .for_each(|(rows, order)| {
            for (row, &i) in rows.chunks_exact_mut(columns).zip(order) {
                row.copy_from_slice(&points[i as usize * columns..][..columns]);
            }
        });
    rows
}

fn is_equal(sides: &[(f64, f64)]) -> bool {
    sides.iter().all(|(low, high)| low >= high)
}

struct Builder<'a> {
    points: &'a [f64],
    columns: usize,
}

impl Builder<'_> {
    /// The smallest box around these points: its lower and upper end in each column.
    fn tight(&self, members: &[(f64, u32)]) -> Vec<(f64, f64)> {
        let mut sides = vec![(f64::INFINITY, f64::NEG_INFINITY); self.columns];
        for &(_, i) in members {
            let point = &self.points[i as usize * self.columns..];
            for ((low, high), &value) in sides.iter_mut().zip(point) {
                *low = if value < *low { value } else { *low };
                *high = if value > *high { value } else { *high };
            }
        }
        sides
    }

    /// Sorts the points of a node into its leaves, and writes down the boxes of all its descendants.
    fn halve(
        &self,
        members: &mut [(f64, u32)],
        sides: &[(f64, f64)],
        boxes: &mut [Sides],
        equal: &mut [[bool; 2]],
    ) {
        let leaves = members.len().div_ceil(LEAF_SIZE);
        if leaves == 1 || is_equal(sides) {
            members.sort_unstable_by_key(|&(_, i)| i);
            return;
        }
        let width = |column: &usize| sides[*column].1 - sides[*column].0;
        let wider = |a: &usize, b: &usize| width(a).total_cmp(&width(b));
        let widest = (0..self.columns).max_by(wider).unwrap_or(0);
        for (key, i) in members.iter_mut() {
            *key = self.points[*i as usize * self.columns + widest];
        }
        let left = left(leaves);
        members.select_nth_unstable_by(left * LEAF_SIZE, |a, b| {
            a.0.total_cmp(&b.0).then(a.1.cmp(&b.1))
        });
        let (lower, upper) = members.split_at_mut(left * LEAF_SIZE);
        let (own, boxes) = boxes.split_at_mut(self.columns);
        let (lower_boxes, upper_boxes) = boxes.split_at_mut((left - 1) * self.columns);
        let (own_equal, equal) = equal.split_at_mut(1);
        let (lower_equal, upper_equal) = equal.split_at_mut(left - 1);
        let halves = (self.tight(lower), self.tight(upper));
        for (column, (lower, upper)) in own.iter_mut().zip(halves.0.iter().zip(&halves.1)) {
            *column = [[lower.0, upper.0], [lower.1, upper.1]];
        }
        own_equal[0] = [is_equal(&halves.0), is_equal(&halves.1)];
        let mut lower = || self.halve(lower, &halves.0, lower_boxes, lower_equal);
        let mut upper = || self.halve(upper, &halves.1, upper_boxes, upper_equal);
        if leaves < LEAVES_TO_SHARE {
            lower();
            upper();
        } else {
            rayon::join(lower, upper);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data;

    /// Visits all nodes below one with their boxes.
    fn each_box(tree: &Tree, node: Node, check: &mut impl FnMut(Node, Vec<[f64; 2]>)) {
        if node.is_leaf() {
            return;
        }
        for side in [0, 1] {
            let child = tree.child(node, side);
            let sides = tree.boxes(node).iter();
            check(
                child,
                sides.map(|[low, high]| [low[side], high[side]]).collect(),
            );
            each_box(tree, child, check);
        }
    }

    /// The points of a node, as rows of the matrix.
    fn members(tree: &Tree, node: Node) -> &[u32] {
        let end = ((node.first + node.leaves) * LEAF_SIZE).min(tree.order.len());
        &tree.order.vertices()[node.first * LEAF_SIZE..end]
    }

    #[test]
    fn known_value() {
        let x = Array2::from_shape_fn((40, 1), |(i, _)| i as f64);
        let tree = Tree::new(&x);
        assert_eq!(tree.root().leaves, 3);
        assert_eq!(tree.boxes(tree.root()), [[[0.0, 32.0], [31.0, 39.0]]]);
    }

    #[test]
    fn every_box_is_tight_around_its_points_and_every_point_comes_once() {
        let moons = data::moons(1000, 0.1, 0).unwrap().x;
        let grid = Array2::from_shape_fn((500, 3), |(i, j)| ((i >> j) % 3) as f64);
        // Enough to be sorted along the curve, and to be built by several threads.
        let many = Array2::from_shape_fn((POINTS_TO_SORT + 7, 2), |(i, j)| {
            ((i * [7919, 104_729][j]) % 1009) as f64
        });
        for x in [moons, grid, many] {
            let tree = Tree::new(&x);
            let mut nodes = 0;
            each_box(&tree, tree.root(), &mut |node, sides| {
                nodes += 1;
                let rows = members(&tree, node).iter().map(|&i| x.row(i as usize));
                for (column, [low, high]) in sides.into_iter().enumerate() {
                    let values = rows.clone().map(|row| row[column]);
                    let ends = values.fold((f64::INFINITY, f64::NEG_INFINITY), |ends, v| {
                        (ends.0.min(v), ends.1.max(v))
                    });
                    assert_eq!((low, high), ends);
                }
            });
            assert!(nodes > 0);
            let mut order = tree.order.vertices().to_vec();
            order.sort_unstable();
            assert!(order.into_iter().eq(indices(x.nrows())));
        }
    }

    #[test]
    fn equal_points_are_one_node_and_stand_by_index() {
        let x = Array2::from_shape_fn((1000, 2), |(i, _)| (i % 2) as f64);
        let tree = Tree::new(&x);
        let mut equal = 0;
        each_box(&tree, tree.root(), &mut |node, _| {
            if node.equal {
                equal += members(&tree, node).len();
                assert!(members(&tree, node).is_sorted());
            }
        });
        // All but the leaf that has points of both kinds.
        assert!(equal >= 1000 - LEAF_SIZE, "{equal}");
        assert!(Tree::new(&Array2::ones((100, 2))).root().is_leaf());
    }
}
