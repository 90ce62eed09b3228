//! The order of the fewest neighbours: next goes always a vertex that has the fewest left.
//!
//! # Definition
//! When a vertex goes, its neighbours become a clique. Cliques are kept as lists of their members, never as edges, so that
//! the graph needs no more room than in the beginning: where a vertex goes that belongs to cliques, they merge into the
//! new one. The neighbours of a vertex are those along edges that are left, and the members of its cliques. Members of
//! several are counted several times, but for those of the newest: an upper bound, and quickly found.
//!
//! Vertices with the same edges and the same cliques are one from then on, of a larger weight; they go together.
//!
//! # Must hold
//! Symmetric, no loops.
//!
//! # Source
//! A. George & J. Liu, "The evolution of the minimum degree ordering algorithm", SIAM Rev. 31 (1989), 1–19; P. Amestoy,
//! T. Davis & I. Duff, "An approximate minimum degree ordering algorithm", SIAM J. Matrix Anal. Appl. 17 (1996),
//! 886–905, §5 and algorithm 1 (the bound).

use super::of_a_row;
use crate::engine::order::short;
use crate::engine::sparse::Sparse;
use std::ops::Range;

/// The vertices, those with the fewest neighbours first; `None` where the elimination in this order takes more than `most`
/// multiplications.
pub(super) fn fewest_first(rows: &Sparse, most: u64) -> Option<Vec<u32>> {
    let n = rows.starts.len() - 1;
    let mut graph = Quotient::new(rows);
    let mut order = Vec::with_capacity(n);
    let mut done = 0;
    while let Some(next) = graph.by_degree.pop() {
        let weight = graph.weights[next];
        let reach = graph.join(next);
        done += work(weight, reach) + graph.bring_up_to_date(next, reach);
        if done > most {
            return None;
        }
        graph.append_all_of(next, &mut order);
    }
    Some(order)
}

/// What is left of a graph: edges, and cliques named after the vertices that went.
struct Quotient {
    /// Of each vertex first its cliques, the newest first, then its neighbours along edges, ascending.
    lists: Vec<u32>,
    begins: Vec<usize>,
    edges_from: Vec<usize>,
    ends: Vec<usize>,
    /// How many vertices each stands for; 0 where it is gone.
    weights: Vec<usize>,
    /// An upper bound of the vertices that each is joined to.
    degrees: Vec<usize>,
    by_degree: Buckets,
    /// The members of all cliques, and where those of each stand.
    members: Vec<u32>,
    ranges: Vec<Range<usize>>,
    /// What the members of each clique weigh; 0 where it has merged into another.
    sizes: Vec<usize>,
    /// What they weigh beside the newest clique, where that was found in this round.
    beside: Vec<(u32, usize)>,
    /// The vertices of the newest clique have the number of the round.
    seen_in: Vec<u32>,
    round: u32,
    /// The vertices that each has taken in, as a list from one to the next.
    last_of: Vec<u32>,
    following: Vec<u32>,
    left: usize,
}

const NONE: u32 = u32::MAX;

impl Quotient {
    fn new(rows: &Sparse) -> Self {
        let n = rows.starts.len() - 1;
        let degrees: Vec<usize> = (0..n).map(|i| rows.range(i).len()).collect();
        let mut by_degree = Buckets::new(n);
        for (i, &degree) in degrees.iter().enumerate().rev() {
            by_degree.push(i, degree);
        }
        Self {
            lists: rows.columns.clone(),
            begins: rows.starts[..n].to_vec(),
            edges_from: rows.starts[..n].to_vec(),
            ends: rows.starts[1..].to_vec(),
            weights: vec![1; n],
            degrees,
            by_degree,
            members: Vec::with_capacity(rows.columns.len()),
            ranges: vec![0..0; n],
            sizes: vec![0; n],
            beside: vec![(0, 0); n],
            seen_in: vec![0; n],
            round: 0,
            last_of: (0..short(n)).collect(),
            following: vec![NONE; n],
            left: n,
        }
    }

    /// Makes one clique of all that `next` is joined to, and takes them out of the buckets; what they weigh.
    fn join(&mut self, next: usize) -> usize {
        self.round += 1;
        self.left -= std::mem::take(&mut self.weights[next]);
        let begin = self.members.len();
        let mut size = 0;
        for at in self.begins[next]..self.ends[next] {
            let entry = self.lists[at] as usize;
            if at >= self.edges_from[next] {
                size += self.take_in(entry);
                continue;
            }
            if self.sizes[entry] > 0 {
                for place in self.ranges[entry].clone() {
                    size += self.take_in(self.members[place] as usize);
                }
                self.sizes[entry] = 0;
            }
        }
        self.ranges[next] = begin..self.members.len();
        size
    }

    /// Makes a vertex a member of the newest clique, if it is there and not one already; what it weighs.
    fn take_in(&mut self, vertex: usize) -> usize {
        let weight = self.weights[vertex];
        if weight == 0 || self.seen_in[vertex] == self.round {
            return 0;
        }
        self.seen_in[vertex] = self.round;
        self.by_degree.take_out(vertex, self.degrees[vertex]);
        self.members.push(short(vertex));
        weight
    }

    /// Lists, degrees and likeness of the members of the clique `next`, which weigh `reach`. Some go with it at once: the
    /// multiplications for them.
    fn bring_up_to_date(&mut self, next: usize, mut reach: usize) -> u64 {
        let range = self.ranges[next].clone();
        for place in range.clone() {
            let i = self.members[place] as usize;
            for at in self.begins[i]..self.edges_from[i] {
                let clique = self.lists[at] as usize;
                if self.sizes[clique] == 0 {
                    continue;
                }
                if self.beside[clique].0 != self.round {
                    self.beside[clique] = (self.round, self.sizes[clique]);
                }
                self.beside[clique].1 -= self.weights[i];
            }
        }
        let (mut kinds, mut with_it) = (Vec::with_capacity(range.len()), 0);
        for place in range.clone() {
            let i = self.members[place] as usize;
            let (beside, kind) = self.relist(i, next);
            if beside == 0 && self.ends[i] == self.begins[i] + 1 {
                // It is joined to the clique alone: it may go now, and nothing is added.
                reach -= self.weights[i];
                self.left -= self.weights[i];
                with_it += work(self.weights[i], reach);
                self.merge(i, next);
                continue;
            }
            self.degrees[i] = beside.min(self.degrees[i]);
            kinds.push((kind, short(i)));
        }
        kinds.sort_unstable();
        for first in 0..kinds.len() {
            let (kind, i) = (kinds[first].0, kinds[first].1 as usize);
            if self.weights[i] == 0 {
                continue;
            }
            let others = kinds[first + 1..].iter();
            for &(_, j) in others.take_while(|&&(other, _)| other == kind) {
                let j = j as usize;
                if self.weights[j] > 0 && self.are_alike(i, j) {
                    self.weights[i] += self.weights[j];
                    self.merge(j, i);
                }
            }
        }
        let mut kept = range.start;
        for place in range.clone() {
            let member = self.members[place];
            let i = member as usize;
            if self.weights[i] > 0 {
                let degree = self.degrees[i] + reach - self.weights[i];
                self.degrees[i] = degree.min(self.left - self.weights[i]);
                self.by_degree.push(i, self.degrees[i]);
                self.members[kept] = member;
                kept += 1;
            }
        }
        self.members.truncate(kept);
        self.ranges[next] = range.start..kept;
        self.sizes[next] = reach;
        with_it
    }

    /// Writes the list of a member i of the newest clique anew: what is left of it. What i is joined to beside that clique
    /// weighs at most the first number; lists that are alike have the same second one.
    fn relist(&mut self, i: usize, newest: usize) -> (usize, usize) {
        let (begin, edges_from, end) = (self.begins[i], self.edges_from[i], self.ends[i]);
        let (mut beside, mut kind, mut cliques) = (0, 0_usize, 1);
        // The newest comes first and moves the others on, into the place of one that has gone: a neighbour or a clique
        // that led here.
        let (mut kept, mut held) = (begin, short(newest));
        for at in begin..end {
            let entry = self.lists[at];
            let other = entry as usize;
            let weight = if at < edges_from {
                // One with no other members tells nothing more.
                self.sizes[other].min(self.beside[other].1)
            } else if self.seen_in[other] == self.round {
                0
            } else {
                self.weights[other]
            };
            if weight > 0 {
                beside += weight;
                kind = kind.wrapping_add(other);
                cliques += usize::from(at < edges_from);
                self.lists[kept] = std::mem::replace(&mut held, entry);
                kept += 1;
            }
        }
        self.lists[kept] = held;
        self.edges_from[i] = begin + cliques;
        self.ends[i] = kept + 1;
        (beside, kind)
    }

    /// Whether two vertices have the same cliques and the same edges.
    fn are_alike(&self, i: usize, j: usize) -> bool {
        let list = |i: usize| &self.lists[self.begins[i]..self.ends[i]];
        let cliques = |i: usize| self.edges_from[i] - self.begins[i];
        cliques(i) == cliques(j) && list(i) == list(j)
    }

    /// Lets a vertex go with another one.
    fn merge(&mut self, vertex: usize, into: usize) {
        self.weights[vertex] = 0;
        self.following[self.last_of[into] as usize] = short(vertex);
        self.last_of[into] = self.last_of[vertex];
    }

    /// A vertex, and those that went with it.
    fn append_all_of(&self, vertex: usize, order: &mut Vec<u32>) {
        let mut next = short(vertex);
        while next != NONE {
            order.push(next);
            next = self.following[next as usize];
        }
    }
}

/// The multiplications of eliminating vertices one after another, the last of which has so many neighbours left.
fn work(vertices: usize, neighbors: usize) -> u64 {
    (neighbors..neighbors + vertices).map(of_a_row).sum()
}

/// Vertices by their degree, each degree a list that leads on and back.
struct Buckets {
    first: Vec<u32>,
    next: Vec<u32>,
    before: Vec<u32>,
    /// No degree is less.
    least: usize,
}

impl Buckets {
    fn new(n: usize) -> Self {
        Self {
            first: vec![NONE; n],
            next: vec![NONE; n],
            before: vec![NONE; n],
            least: 0,
        }
    }

    fn push(&mut self, vertex: usize, degree: usize) {
        let second = std::mem::replace(&mut self.first[degree], short(vertex));
        self.next[vertex] = second;
        self.before[vertex] = NONE;
        if second != NONE {
            self.before[second as usize] = short(vertex);
        }
        self.least = self.least.min(degree);
    }

    fn take_out(&mut self, vertex: usize, degree: usize) {
        let (before, next) = (self.before[vertex], self.next[vertex]);
        if before == NONE {
            self.first[degree] = next;
        } else {
            self.next[before as usize] = next;
        }
        if next != NONE {
            self.before[next as usize] = before;
        }
    }

    /// Takes out one of the least degree.
    fn pop(&mut self) -> Option<usize> {
        let lists = self.first.get(self.least..)?;
        self.least += lists.iter().position(|&first| first != NONE)?;
        let vertex = self.first[self.least] as usize;
        self.take_out(vertex, self.least);
        Some(vertex)
    }
}
