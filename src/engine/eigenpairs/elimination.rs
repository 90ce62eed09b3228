//! A graph taken apart one vertex after another: Cholesky's method for the Laplacian of a long and thin graph.
//!
//! # Definition
//! Lx = b asks for the voltages x in a network of conductances wᵢⱼ into which the currents b flow. A vertex k is
//! *eliminated*: its current goes on to its neighbours in shares, and each two of them are joined as strongly as they
//! were by way of k. With d = Σⱼ wₖⱼ over the neighbours that are left,
//!
//! ```text
//! uₖⱼ = wₖⱼ / d              the shares
//! bⱼ  ← bⱼ + uₖⱼ bₖ          the current goes on
//! wᵢⱼ ← wᵢⱼ + uₖᵢ wₖⱼ        the star of k becomes a mesh
//! ```
//!
//! What is left is a network again, with one vertex less and the same voltages. The last vertex of each component has
//! no neighbour left; its voltage is 0. Then all go back in turn: xₖ = bₖ/d + Σⱼ uₖⱼxⱼ, the mean of the neighbours and
//! what flows in. In matrices this is LDLᵀ.
//!
//! With a leak sₖ to the ground at each vertex the matrix is L + diag(s), and d takes it in: d = sₖ + Σⱼ wₖⱼ. The leak is
//! shared out like the current. For s = −σm, which is L − σM, the vertices with d < 0 are as many as there are
//! eigenvalues of Lz = λMz below σ (Sylvester's law of inertia): a proof that none was missed.
//!
//! New edges arise between k's later neighbours only, so that all depends on the order. Two are known here:
//!
//! | order | where the new edges are |
//! |---|---|
//! | [`layers`] | with the vertices layer by layer, later neighbours stand close together: within an *envelope* beside the diagonal, from each vertex to the last one that is joined to it or to one before it. It is found in a few walks, and needs no list of places |
//! | [`fewest`] | next always the vertex with the fewest neighbours left: their places are listed, row by row. In the plane there are far fewer than within the envelope, but the order takes longer to find |
//!
//! The squared lengths of the rows are the work.
//!
//! # Must hold
//! No negative weights. Without leaks only positive numbers are added, never subtracted, so that each is known to its
//! last digits, also where they are of very different size.
//!
//! # Known value
//! A star whose arms 1, …, 4 conduct 1 each, without its centre, is a mesh of conductances ¼.
//!
//! # Source
//! A. George & J. Liu, "Computer Solution of Large Sparse Positive Definite Systems" (1981), §4.2 (envelope), §5.1 to §5.4
//! (listed places); A. Rosen, "A new network theorem", J. Inst. Electr. Eng. 62 (1924), 916–918 (star
//! and mesh); B. N. Parlett, "The Symmetric Eigenvalue Problem" (1998), §3.3 (counting eigenvalues).

mod fewest;
mod layers;
#[cfg(test)]
mod tests;

use super::cost::ORDER;
use crate::engine::order::{Order, short};
use crate::engine::sparse::{Sparse, starts, starts_by_counting};
use ndarray::Array1;

/// The order of the fewest neighbours alone.
pub(crate) fn fewest_first(rows: &Sparse) -> Order {
    Order::new(fewest::fewest_first(rows, u64::MAX).expect("any number is allowed"))
}

/// A sum that is so much smaller than its terms says little: what is divided by it would drown all the rest.
const CANCELLED: f64 = 1e-9;

/// An order of the vertices, and which places of each row it fills.
pub(crate) struct Elimination {
    /// The vertices, in the order in which they go.
    pub(crate) order: Order,
    /// Where the places of each row begin. Within an envelope they are those that follow the row's own.
    starts: Vec<usize>,
    /// The places themselves, else.
    listed: Option<Listed>,
}

/// Places that do not simply follow the row's own.
struct Listed {
    /// Row after row, ascending.
    places: Vec<u32>,
    /// Where the rows before it that fill this place begin: (row, where in `places`).
    starts_before: Vec<usize>,
    before: Vec<(u32, usize)>,
}

/// The network after its last vertex is gone: shares and conductances of each.
pub(super) struct Eliminated<'a> {
    way: &'a Elimination,
    /// uₖⱼ for the places j behind k that are filled, row after row.
    shares: Vec<f64>,
    /// What was left of the conductances of each place; 0 for the last of a component.
    sums: Vec<f64>,
}

impl Elimination {
    /// Layer by layer.
    pub(crate) fn by_layers(rows: &Sparse) -> Self {
        let order = Order::new(layers::layers(rows));
        let mut reach = 0;
        let widths = order.vertices().iter().enumerate().map(|(k, &vertex)| {
            let own = rows.row(vertex as usize);
            reach = own.fold(reach.max(k), |most, (j, _)| most.max(order.place(j)));
            reach - k
        });
        let starts = starts(widths.collect::<Vec<_>>());
        Self {
            order,
            starts,
            listed: None,
        }
    }

    /// In the order that takes fewer multiplications, of which the second is only looked for where the first takes many.
    pub(crate) fn shorter(rows: &Sparse) -> Self {
        let layers = Self::by_layers(rows);
        let few = layers.work() <= ORDER * rows.columns.len() as u64;
        let fewest = (!few).then(|| Self::by_fewest(rows, layers.work()));
        fewest.flatten().unwrap_or(layers)
    }

    /// Always the vertex with the fewest neighbours; `None` where it takes more than `most` multiplications.
    pub(super) fn by_fewest(rows: &Sparse, most: u64) -> Option<Self> {
        let order = Order::new(fewest::fewest_first(rows, most)?);
        let (starts, listed) = Listed::new(rows, &order);
        Some(Self {
            order,
            starts,
            listed: Some(listed),
        })
    }

    /// Whether each place has to be looked up.
    pub(super) fn is_listed(&self) -> bool {
        self.listed.is_some()
    }

    /// The multiplications of the elimination.
    pub(super) fn work(&self) -> u64 {
        let lengths = self.starts.windows(2).map(|pair| pair[1] - pair[0]);
        lengths.map(of_a_row).sum()
    }

    /// The places beside the diagonal.
    pub(crate) fn entries(&self) -> usize {
        self.starts[self.order.len()]
    }

    /// How many eigenvalues of Lz = λMz lie below σ: as many as vertices of L − σM have a negative sum. `None` where
    /// one is 0 but for rounding: the elimination cannot go on.
    pub(crate) fn below(&self, rows: &Sparse, masses: &Array1<f64>, sigma: f64) -> Option<usize> {
        let leaks = masses.iter().map(|mass| -sigma * mass).collect();
        let sums = self.eliminate(rows, leaks)?.sums;
        Some(sums.iter().filter(|&&sum| sum < 0.0).count())
    }

    /// Eliminates all vertices in their order. `leaks` are what the rows add up to: 0 for L itself. `None` where the terms
    /// of a sum cancel before the end, or vanish by underflow.
    pub(super) fn eliminate(&self, rows: &Sparse, leaks: Vec<f64>) -> Option<Eliminated<'_>> {
        let (shares, sums) = match &self.listed {
            None => self.within_the_envelope(rows, leaks)?,
            Some(listed) => self.at_listed_places(listed, rows, leaks)?,
        };
        Some(Eliminated {
            way: self,
            shares,
            sums,
        })
    }

    /// Shares and sums: each vertex adds its mesh to the rows of its neighbours.
    fn within_the_envelope(
        &self,
        rows: &Sparse,
        mut leaks: Vec<f64>,
    ) -> Option<(Vec<f64>, Vec<f64>)> {
        let starts = &self.starts;
        let mut shares = vec![0.0; self.entries()];
        for (k, &vertex) in self.order.vertices().iter().enumerate() {
            rows.each(vertex as usize, |j, weight| {
                let j = self.order.place(j);
                if j > k {
                    shares[starts[k] + j - k - 1] = weight;
                }
            });
        }
        for k in 0..self.order.len() {
            let (row, later) = shares[starts[k]..].split_at_mut(starts[k + 1] - starts[k]);
            let sum = divided(row, leaks[k])?;
            if sum == 0.0 {
                continue;
            }
            for (t, (&share, start)) in row.iter().zip(&starts[k + 1..]).enumerate() {
                if share != 0.0 {
                    let mesh = &mut later[start - starts[k + 1]..];
                    add(mesh, share * sum, &row[t + 1..]);
                }
            }
            let leak = std::mem::replace(&mut leaks[k], sum);
            if leak != 0.0 {
                add(&mut leaks[k + 1..], leak, row);
            }
        }
        Some((shares, leaks))
    }

    /// The same: each row takes what all meshes before it have for it.
    fn at_listed_places(
        &self,
        listed: &Listed,
        rows: &Sparse,
        mut leaks: Vec<f64>,
    ) -> Option<(Vec<f64>, Vec<f64>)> {
        let n = self.order.len();
        let starts = &self.starts;
        let (mut shares, mut sums) = (vec![0.0; self.entries()], vec![0.0; n]);
        let mut row = vec![0.0; n];
        for (k, &vertex) in self.order.vertices().iter().enumerate() {
            rows.each(vertex as usize, |j, weight| {
                row[self.order.place(j)] = weight;
            });
            let mut leak = leaks[k];
            for &(earlier, at) in
                &listed.before[listed.starts_before[k]..listed.starts_before[k + 1]]
            {
                let earlier = earlier as usize;
                let share = shares[at];
                leak += share * leaks[earlier];
                let rest = at + 1..starts[earlier + 1];
                let places = &listed.places[rest.clone()];
                scatter(&mut row, share * sums[earlier], places, &shares[rest]);
            }
            leaks[k] = leak;
            let own = starts[k]..starts[k + 1];
            for (share, &place) in shares[own.clone()]
                .iter_mut()
                .zip(&listed.places[own.clone()])
            {
                *share = std::mem::take(&mut row[place as usize]);
            }
            sums[k] = divided(&mut shares[own], leak)?;
        }
        Some((shares, sums))
    }
}

impl Listed {
    /// The places that each row fills in this order, and where they begin: its own neighbours, and what is left of each
    /// row before it whose first place it is.
    fn new(rows: &Sparse, order: &Order) -> (Vec<usize>, Self) {
        let n = order.len();
        let mut starts = vec![0];
        let mut places: Vec<u32> = Vec::with_capacity(4 * rows.columns.len());
        let mut seen_by = vec![usize::MAX; n];
        // The rows whose first place this is, each leading on to the next.
        let (mut first_of, mut next_of) = (vec![usize::MAX; n], vec![usize::MAX; n]);
        for (k, &vertex) in order.vertices().iter().enumerate() {
            let begin = places.len();
            seen_by[k] = k;
            for &j in &rows.columns[rows.range(vertex as usize)] {
                let place = order.places()[j as usize];
                if place as usize > k && std::mem::replace(&mut seen_by[place as usize], k) != k {
                    places.push(place);
                }
            }
            let mut earlier = first_of[k];
            while earlier != usize::MAX {
                for at in starts[earlier]..starts[earlier + 1] {
                    let place = places[at];
                    if std::mem::replace(&mut seen_by[place as usize], k) != k {
                        places.push(place);
                    }
                }
                earlier = next_of[earlier];
            }
            starts.push(places.len());
            if let Some(&first) = places[begin..].iter().min() {
                next_of[k] = std::mem::replace(&mut first_of[first as usize], k);
            }
        }
        let ascending = Self::sorted(&starts, places);
        (starts, ascending)
    }

    /// Each row in ascending order, by counting: turned over twice.
    fn sorted(starts: &[usize], mut places: Vec<u32>) -> Self {
        let n = starts.len() - 1;
        let starts_before = starts_by_counting(n, places.iter().map(|&place| place as usize));
        let mut before = vec![(0, 0); places.len()];
        let mut next = starts_before.clone();
        for (k, range) in starts.windows(2).enumerate() {
            for &place in &places[range[0]..range[1]] {
                let next = &mut next[place as usize];
                before[*next] = (short(k), 0);
                *next += 1;
            }
        }
        let mut next = starts.to_vec();
        for (place, range) in starts_before.windows(2).enumerate() {
            for (k, at) in &mut before[range[0]..range[1]] {
                let next = &mut next[*k as usize];
                *at = *next;
                places[*next] = short(place);
                *next += 1;
            }
        }
        Self {
            places,
            starts_before,
            before,
        }
    }
}

/// The sum of a row of weights and a leak, by which the row is then divided; `None` where its terms cancel.
fn divided(row: &mut [f64], leak: f64) -> Option<f64> {
    let sum = row.iter().sum::<f64>() + leak;
    let size = row.iter().map(|weight| weight.abs()).sum::<f64>() + leak.abs();
    if sum.abs() <= CANCELLED * size && !row.is_empty() {
        return None;
    }
    if sum != 0.0 {
        for weight in row {
            *weight /= sum;
        }
    }
    Some(sum)
}

impl Eliminated<'_> {
    /// Solves (L + diag(s))x = b in place, s the leaks, the currents b in the order of the elimination. Those of a component
    /// without leaks must add up to 0; the last of its voltages is 0.
    pub(super) fn solve(&self, x: &mut [f64]) {
        let range = |k: usize| self.way.starts[k]..self.way.starts[k + 1];
        let listed = self.way.listed.as_ref();
        for k in 0..x.len() {
            let (current, shares) = (x[k], &self.shares[range(k)]);
            match listed {
                None => add(&mut x[k + 1..], current, shares),
                Some(listed) => scatter(x, current, &listed.places[range(k)], shares),
            }
        }
        for k in (0..x.len()).rev() {
            let (sum, shares) = (self.sums[k], &self.shares[range(k)]);
            if sum == 0.0 {
                x[k] = 0.0;
                continue;
            }
            let others = match listed {
                None => dot(shares, &x[k + 1..]),
                Some(listed) => gathered(x, &listed.places[range(k)], shares),
            };
            x[k] = x[k] / sum + others;
        }
    }
}

/// Adds a multiple of a list to these places of another.
fn scatter(to: &mut [f64], factor: f64, places: &[u32], list: &[f64]) {
    for (&place, entry) in places.iter().zip(list) {
        to[place as usize] += factor * entry;
    }
}

/// The sum of the products of a list with these places of another.
fn gathered(from: &[f64], places: &[u32], list: &[f64]) -> f64 {
    let products = places.iter().zip(list);
    products
        .map(|(&place, entry)| from[place as usize] * entry)
        .sum()
}

/// The multiplications for a row of so many places: also where there are few bits to a `usize`, they are counted in many.
fn of_a_row(places: usize) -> u64 {
    let places = places as u64;
    places * (places + 1) / 2
}

/// Adds a multiple of a list to the first entries of another. A function of its own, whose loop has the registers for
/// itself.
#[inline(never)]
fn add(to: &mut [f64], factor: f64, list: &[f64]) {
    for (to, entry) in to[..list.len()].iter_mut().zip(list) {
        *to += factor * entry;
    }
}

/// The sum of the products of a list with the first entries of another, in two parts that do not wait for each other.
#[inline(never)]
fn dot(list: &[f64], with: &[f64]) -> f64 {
    let (pairs, rest) = list.as_chunks::<2>();
    let (with_pairs, with_rest) = with[..list.len()].as_chunks::<2>();
    let mut sums = [0.0; 2];
    for (with, pair) in with_pairs.iter().zip(pairs) {
        sums[0] += with[0] * pair[0];
        sums[1] += with[1] * pair[1];
    }
    let rest = with_rest.iter().zip(rest).map(|(with, entry)| with * entry);
    sums.into_iter().chain(rest).sum()
}
