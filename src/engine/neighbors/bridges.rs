//! The shortest connections between groups of points: a minimum spanning tree over the groups.
//!
//! # Definition
//! A bridge is the pair of nearest points of two different groups. Each group but the largest takes its shortest bridge
//! to any other; groups so joined are one, and again, until one is left: at most half of them are left each time
//! (Borůvka). The bridges taken are those of a minimum spanning tree, so the shortest p − q of them leave q of p groups
//! as Kruskal's algorithm does.
//!
//! # Must hold
//! Every group has a point. Pairs are ordered by (length, smaller index, larger index), so that of equal lengths the same
//! one is taken everywhere, whatever the number of threads.
//!
//! Each search passes over the boxes of the tree that hold points of its own group alone, and over those farther than
//! the best bridge of its group so far: without the first, groups far apart would be searched through and through, once
//! for each of their points.
//!
//! # Known value
//! The groups {0, 1}, {3} and {7} on a line are bridged by 1–3, of length 2, and 3–7, of length 4.
//!
//! # Source
//! W. March, P. Ram & A. Gray, "Fast Euclidean minimum spanning tree: algorithm, analysis, and applications", Proc. 16th
//! ACM SIGKDD (2010), 603–612.

use super::kd_tree::{LEAF_SIZE, Node, Tree};
use super::search::{Query, to_boxes, to_points, within};
use crate::engine::order::short;
use crate::linalg::distance;
use ndarray::{Array1, Array2};
use rayon::prelude::*;

/// The points of a bridge, the smaller index first, and how far they are apart.
pub(crate) type Pair = (f64, u32, u32);

/// A box that holds points of several groups.
const MIXED: u32 = u32::MAX;

/// All bridges of the spanning tree, shortest first.
pub(super) fn spanning<Q: Query>(
    query: &Q,
    x: &Array2<f64>,
    tree: &Tree,
    groups: &Array1<usize>,
) -> Vec<Pair> {
    // The group at each place of the tree.
    let mut groups: Vec<u32> = (tree.order.vertices().iter())
        .map(|&i| short(groups[i as usize]))
        .collect();
    let mut taken = Vec::new();
    loop {
        let members = members(&groups);
        if members.len() < 2 {
            break;
        }
        let view = Groups::new(x, tree, &groups);
        let largest = (0..members.len()).max_by_key(|&g| (members[g].len(), g));
        let smaller = members.par_iter().enumerate();
        let smaller = smaller.filter(|(g, _)| Some(*g) != largest);
        let mut shortest: Vec<Pair> = smaller
            .filter_map(|(_, members)| view.shortest_from(query, members))
            .collect();
        shortest.sort_unstable_by(by_length);
        let mut roots: Vec<u32> = (0..short(members.len())).collect();
        for pair in shortest {
            let ends = [pair.1, pair.2].map(|i| root(&roots, view.group_of(i)));
            if ends[0] != ends[1] {
                roots[ends[0].max(ends[1]) as usize] = ends[0].min(ends[1]);
                taken.push(pair);
            }
        }
        let merged: Vec<u32> = groups.iter().map(|&g| root(&roots, g)).collect();
        groups = renumbered(&merged);
    }
    taken.sort_unstable_by(by_length);
    taken
}

fn by_length(a: &Pair, b: &Pair) -> std::cmp::Ordering {
    a.0.total_cmp(&b.0).then((a.1, a.2).cmp(&(b.1, b.2)))
}

/// The group that stands for those joined to this one.
fn root(roots: &[u32], mut group: u32) -> u32 {
    while roots[group as usize] != group {
        group = roots[group as usize];
    }
    group
}

/// The groups as 0, 1, 2, … in order of first appearance.
fn renumbered(groups: &[u32]) -> Vec<u32> {
    let mut numbers = vec![MIXED; groups.len()];
    let mut next = 0;
    let number = |&group: &u32| {
        let number = &mut numbers[group as usize];
        if *number == MIXED {
            *number = next;
            next += 1;
        }
        *number
    };
    groups.iter().map(number).collect()
}

/// The places of each group.
fn members(groups: &[u32]) -> Vec<Vec<u32>> {
    let count = groups.iter().max().map_or(0, |&last| last as usize + 1);
    let mut members = vec![Vec::new(); count];
    for (at, &group) in groups.iter().enumerate() {
        members[group as usize].push(short(at));
    }
    members
}

/// The tree, and which of its boxes belong to one group.
struct Groups<'a> {
    x: &'a Array2<f64>,
    tree: &'a Tree,
    /// The group at each place.
    at: &'a [u32],
    /// The group of both children of each inner node, or that they are mixed.
    of_children: Vec<[u32; 2]>,
}

impl<'a> Groups<'a> {
    fn new(x: &'a Array2<f64>, tree: &'a Tree, groups: &'a [u32]) -> Self {
        let leaves = tree.order.len().div_ceil(LEAF_SIZE);
        let mut view = Self {
            x,
            tree,
            at: groups,
            of_children: vec![[MIXED; 2]; leaves - 1],
        };
        view.mark(tree.root());
        view
    }

    fn group_of(&self, point: u32) -> u32 {
        self.at[self.tree.order.place(point as usize)]
    }

    /// The places of a node.
    fn range(&self, node: Node) -> std::ops::Range<usize> {
        let end = (node.first + node.leaves) * LEAF_SIZE;
        node.first * LEAF_SIZE..end.min(self.tree.order.len())
    }

    /// Writes down the groups of the boxes below a node, and gives its own.
    fn mark(&mut self, node: Node) -> u32 {
        if node.is_leaf() {
            let groups = &self.at[self.range(node)];
            let alike = groups.iter().all(|&group| group == groups[0]);
            return if alike { groups[0] } else { MIXED };
        }
        let of_children = [0, 1].map(|side| self.mark(self.tree.child(node, side)));
        self.of_children[node.number()] = of_children;
        if of_children[0] == of_children[1] {
            of_children[0]
        } else {
            MIXED
        }
    }

    /// The shortest bridge from these places, all of one group, to another group.
    fn shortest_from<Q: Query>(&self, query: &Q, members: &[u32]) -> Option<Pair> {
        let own = self.at[*members.first()? as usize];
        let (mut query, mut waiting) = (query.clone(), Vec::new());
        let mut best = Shortest {
            pair: None,
            limit: f64::INFINITY,
        };
        for &at in members {
            self.tree.copy(at as usize, query.as_mut());
            self.search(query.as_ref(), at, own, &mut best, &mut waiting);
        }
        best.pair
    }

    fn search(
        &self,
        query: &[f64],
        at: u32,
        own: u32,
        best: &mut Shortest,
        waiting: &mut Vec<(Node, f64)>,
    ) {
        waiting.push((self.tree.root(), 0.0));
        while let Some((node, s)) = waiting.pop() {
            if s > best.limit {
                continue;
            }
            if node.is_leaf() {
                self.look(query, at, own, node, best);
                continue;
            }
            let s = to_boxes(query, &self.tree.boxes(node)[..query.len()]);
            let near = usize::from(s[1] < s[0]);
            // The nearer one is taken up first.
            for side in [1 - near, near] {
                if s[side] <= best.limit && self.of_children[node.number()][side] != own {
                    waiting.push((self.tree.child(node, side), s[side]));
                }
            }
        }
    }

    /// Offers the points of a leaf that are of another group.
    fn look(&self, query: &[f64], at: u32, own: u32, node: Node, best: &mut Shortest) {
        let other = |place: usize| self.at[place] != own;
        if node.equal {
            // They stand by index: the first will do.
            if let Some(place) = self.range(node).find(|&place| other(place)) {
                let leaf = to_points(query, &self.tree.leaf(place / LEAF_SIZE)[..query.len()]);
                self.offer(leaf[place % LEAF_SIZE], at, place, best);
            }
            return;
        }
        let s = to_points(query, &self.tree.leaf(node.first)[..query.len()]);
        let mut bits = within(&s, best.limit);
        while bits != 0 {
            let lane = bits.trailing_zeros() as usize;
            bits &= bits - 1;
            let place = node.first * LEAF_SIZE + lane;
            if other(place) {
                self.offer(s[lane], at, place, best);
            }
        }
    }

    fn offer(&self, s: f64, at: u32, place: usize, best: &mut Shortest) {
        let (i, j) = (
            self.tree.order.vertices()[at as usize],
            self.tree.order.vertices()[place],
        );
        let row = |i: u32| self.x.row(i as usize);
        let exact = self.tree.ruler.exact(s, || distance(row(i), row(j)));
        let pair = (exact, i.min(j), i.max(j));
        let shorter = |other: &Pair| by_length(&pair, other).is_lt();
        if best.pair.as_ref().is_none_or(shorter) {
            best.limit = self.tree.ruler.limit(pair.0);
            best.pair = Some(pair);
        }
    }
}

/// The shortest bridge so far, and the s beyond which none is shorter.
struct Shortest {
    pair: Option<Pair>,
    limit: f64,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data;
    use crate::engine::neighbors::bridges;
    use crate::linalg::distance;
    use ndarray::{Array2, array};

    /// Kruskal's algorithm on all pairs of points: the oracle.
    fn through_all_pairs(x: &Array2<f64>, groups: &Array1<usize>) -> Vec<Pair> {
        let n = x.nrows();
        let pairs = (0..n).flat_map(|j| (0..j).map(move |i| (i, j)));
        let mut pairs: Vec<Pair> = pairs
            .map(|(i, j)| (distance(x.row(i), x.row(j)), short(i), short(j)))
            .collect();
        pairs.sort_unstable_by(by_length);
        let mut groups = groups.to_vec();
        pairs.retain(|&(_, i, j)| {
            let (from, to) = (groups[i as usize], groups[j as usize]);
            let apart = from != to;
            groups
                .iter_mut()
                .filter(|g| **g == from)
                .for_each(|g| *g = to);
            apart
        });
        pairs
    }

    #[test]
    fn known_value() {
        let x = array![[0.0], [1.0], [3.0], [7.0]];
        assert_eq!(bridges(&x, &array![0, 0, 1, 2]), [(2.0, 1, 2), (4.0, 2, 3)]);
    }

    #[test]
    fn the_bridges_are_those_of_a_loop_over_all_pairs() {
        let moons = data::moons(300, 0.2, 0).unwrap().x;
        let grid = Array2::from_shape_fn((144, 2), |(i, j)| [i / 12, i % 12][j] as f64);
        let equal = Array2::from_shape_fn((200, 3), |(i, _)| (i % 5) as f64);
        let many_columns = data::blobs(90, 20, 3, 1.0, 0).unwrap().x;
        for x in [&moons * 1e-300, moons, grid, equal, many_columns] {
            for groups in [1, 2, 7, 40] {
                // Mixed in space, and along one coordinate.
                let mixed = Array1::from_shape_fn(x.nrows(), |i| (i * 7 + i / 11) % groups);
                let mut order: Vec<usize> = (0..x.nrows()).collect();
                order.sort_by(|&i, &j| x[[i, 0]].total_cmp(&x[[j, 0]]));
                let mut along = Array1::zeros(x.nrows());
                for (rank, &i) in order.iter().enumerate() {
                    along[i] = rank * groups / x.nrows();
                }
                for labels in [mixed, along] {
                    assert_eq!(bridges(&x, &labels), through_all_pairs(&x, &labels));
                }
            }
        }
    }
}
