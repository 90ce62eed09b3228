//! Vertices of tiny mass, whose entries a solver cannot know, as their neighbours determine them.
//!
//! # Definition
//! Solvers work on w = M^½z, whose entries they know to a rounding of the longest of them. Divided by √mᵢ that is all
//! digits of zᵢ for most vertices, and none for one whose mass is 10⁻³² of the others: w does not *see* it. But row i of
//! (D − A)z = λMz does. For the set T of vertices that w does not see,
//!
//! ```text
//! (L − λM)_TT z_T = A_TR z_R          R: all others; for one vertex alone zᵢ(dᵢ − λmᵢ) = Σⱼ aᵢⱼzⱼ
//! ```
//!
//! which elimination solves with all digits, since it adds numbers of the size of those few edges only: no other mass
//! comes near them. Where z lives on T itself, w sees it, and there is nothing to do.
//!
//! # Must hold
//! λ is no eigenvalue of the block L_TT z = λM_TT z. Where it nearly is one, as where λ is repeated in another component,
//! any multiple of its vector solves the rows; then the entries are 0.
//!
//! # Known value
//! Triangles 0 1 2 and 3 4 5 of weight 1, 2–3 of ½, 6–0 of 10⁻⁶⁰: λ₂ is 0.1271583853, and z₆/z₀ = 1/(1 − λ₂) = 1.1456832295.
//!
//! # Source
//! A. Alfa, J. Xue & Q. Ye, "Accurate computation of the smallest eigenvalue of a diagonally dominant M-matrix", Math.
//! Comp. 71 (2002), 217–236, for elimination that is exact entry by entry.

mod block;

use crate::engine::sparse::Edges;
use block::{Block, PIVOTED};
use ndarray::{Array1, ArrayView1};

/// Masses this small beside the largest one: their square root is a ten-thousandth.
const TINY: f64 = 1e-8;
/// Entries of w this small beside the largest one: a solver knows no more than six or seven digits of them.
const FAINT: f64 = 1e-4;
/// Entries of w this small beside the largest one: of a rounding at the largest, nine digits are left above it.
const SMALL: f64 = 1e-6;
/// What a solver may leave of an error in w, beside its largest entry. Where other eigenvalues are near it leaves more, up
/// to [`SMALL`].
const NOISE: f64 = 1e-9;
/// A solution that hardly changes where λ moves by this share of it hangs on no eigenvalue of the block.
const PROBE: f64 = 1e-4;
/// A row that is solved to this, in its own units, is solved to the last digits.
const ROUNDED: f64 = 1e-15;
/// This is far above a few roundings, and far below 1, which is a row that has nothing to do with z.
const SOLVED: f64 = 1e-9;
/// No label hangs on more digits of an entry that nobody else's hangs on.
const FOUR_DIGITS: f64 = 1e-4;

/// The vertices of tiny mass in a graph; most graphs have none.
pub(crate) struct Unseen<'a> {
    edges: Edges<'a>,
    masses: &'a Array1<f64>,
    /// In ascending order.
    tiny: Vec<usize>,
}

impl<'a> Unseen<'a> {
    pub(crate) fn new(edges: Edges<'a>, masses: &'a Array1<f64>) -> Self {
        let bound = TINY * masses.fold(0.0, |most: f64, &mass| most.max(mass));
        let masses_of = masses.iter().enumerate();
        let tiny = masses_of
            .filter(|(_, mass)| **mass < bound)
            .map(|(i, _)| i)
            .collect();
        Self {
            edges,
            masses,
            tiny,
        }
    }

    /// The vertices of tiny mass whose share of w = M^½z is small too, those that edges join together, and the largest
    /// share of all. Small is `bound` of that one.
    fn groups(&self, z: ArrayView1<'_, f64>, bound: f64) -> (Vec<Vec<usize>>, f64) {
        if self.tiny.is_empty() {
            return (Vec::new(), 0.0);
        }
        // The largest may stand on a vertex of tiny mass: there z lives, and there w sees.
        let largest = (0..z.len()).fold(0.0, |most: f64, i| most.max(self.share(i, z[i])));
        let is_small = |i: &usize| self.share(*i, z[*i]) <= bound * largest;
        let unseen: Vec<usize> = self.tiny.iter().copied().filter(is_small).collect();
        let mut taken = vec![false; unseen.len()];
        let mut groups = Vec::new();
        for start in 0..unseen.len() {
            if std::mem::replace(&mut taken[start], true) {
                continue;
            }
            let (mut group, mut next) = (vec![unseen[start]], 0);
            while let Some(&i) = group.get(next) {
                self.edges.each_edge(i, |j, _| {
                    if let Ok(at) = unseen.binary_search(&j)
                        && !std::mem::replace(&mut taken[at], true)
                    {
                        group.push(j);
                    }
                });
                next += 1;
            }
            group.sort_unstable();
            groups.push(group);
        }
        (groups, largest)
    }

    /// |wᵢ|.
    fn share(&self, i: usize, z: f64) -> f64 {
        self.masses[i].sqrt() * z.abs()
    }

    /// Puts in place of the entries of z that w does not see those that their neighbours determine, and 0 where nothing
    /// does; whether any entry changed.
    pub(crate) fn settle(&self, value: f64, z: &mut Array1<f64>) -> bool {
        // Where one entry that w does see a little spoils its group, those that w does not see at all are a group too.
        let bounds = [FAINT, SMALL, NOISE];
        let settled = bounds.map(|bound| self.settle_groups(value, z, bound));
        settled.contains(&true)
    }

    fn settle_groups(&self, value: f64, z: &mut Array1<f64>, bound: f64) -> bool {
        let (groups, largest) = self.groups(z.view(), bound);
        let mut changed = false;
        for group in groups {
            match self.settled(value, z, &group, largest) {
                Settled::AsItWas | Settled::TooLarge => {}
                Settled::Determined => changed = true,
                Settled::Undetermined => {
                    // Where they are no larger than noise in w, they are noise.
                    if group
                        .iter()
                        .all(|&i| self.share(i, z[i]) <= NOISE * largest)
                    {
                        set(z, &group, &vec![0.0; group.len()]);
                        changed = true;
                    }
                }
            }
        }
        changed
    }

    /// Looks for entries of a group that solve its rows, and puts them in place.
    fn settled(&self, value: f64, z: &mut Array1<f64>, group: &[usize], largest: f64) -> Settled {
        let before = self.worst(value, z.view(), group);
        if before <= ROUNDED {
            return Settled::AsItWas;
        }
        let block = Block::new(self, value, z, group);
        let kept: Vec<f64> = group.iter().map(|&i| z[i]).collect();
        let mut tried = group.len() <= PIVOTED;
        for solved in [Block::eliminated, Block::pivoted] {
            let Some(entries) = solved(&block) else {
                continue;
            };
            tried = true;
            // Only what w does not see may change. Else λ is an eigenvalue of the block, and any multiple of its vector
            // solves the rows.
            let changes = group.iter().zip(kept.iter().zip(&entries));
            let changes = changes.map(|(&i, (before, entry))| self.share(i, entry - before));
            let change = changes.fold(0.0, larger);
            let elsewhere = || Block::new(self, value * (1.0 + PROBE), z, group);
            let alone = || solved(&elsewhere()).is_some_and(|other| alike(&entries, &other));
            // Rows that are solved as they are need no larger change.
            let small = change <= NOISE * largest
                || before > SOLVED && change <= SMALL * largest && alone();
            if !small {
                continue;
            }
            set(z, group, &entries);
            // NaN is not better.
            if self.worst(value, z.view(), group) < before {
                return Settled::Determined;
            }
            set(z, group, &kept);
        }
        if before <= SOLVED {
            Settled::AsItWas
        } else if tried {
            Settled::Undetermined
        } else {
            Settled::TooLarge
        }
    }

    /// How far the entries of z that w does not see are from those that their neighbours determine: the largest of
    /// |((D − A)z − λMz)ᵢ| / (Σⱼ aᵢⱼ(|zᵢ| + |zⱼ|) + λmᵢ|zᵢ|), which is 1 where rows have nothing to do with z. 0 where
    /// w sees all, and where four digits are right.
    pub(crate) fn residual(&self, value: f64, z: ArrayView1<'_, f64>) -> f64 {
        let (groups, largest) = self.groups(z, FAINT);
        let of_group = |group: &Vec<usize>| {
            let found = self.worst(value, z, group);
            if found <= FOUR_DIGITS {
                return 0.0;
            }
            let noise = group
                .iter()
                .all(|&i| self.share(i, z[i]) <= NOISE * largest);
            match self.settled(value, &mut z.to_owned(), group, largest) {
                Settled::Undetermined if noise => 0.0,
                _ => found,
            }
        };
        groups.iter().map(of_group).fold(0.0, larger)
    }

    fn worst(&self, value: f64, z: ArrayView1<'_, f64>, unseen: &[usize]) -> f64 {
        let relative = |&i: &usize| {
            let right = value * self.masses[i] * z[i];
            let (mut rest, mut size) = (-right, right.abs());
            self.edges.each_edge(i, |j, weight| {
                if j != i {
                    rest += weight * (z[i] - z[j]);
                    size += weight * (z[i].abs() + z[j].abs());
                }
            });
            if size > 0.0 { rest.abs() / size } else { 0.0 }
        };
        unseen.iter().map(relative).fold(0.0, larger)
    }
}

/// What became of a group of entries.
enum Settled {
    /// They solved their rows already.
    AsItWas,
    /// Their neighbours determine them.
    Determined,
    /// Their neighbours do not: λ is an eigenvalue of their block but for rounding.
    Undetermined,
    /// There are too many to say.
    TooLarge,
}

/// The larger of two numbers; NaN where one is, which `max` would pass over.
pub(super) fn larger(most: f64, rest: f64) -> f64 {
    if rest <= most || most.is_nan() {
        most
    } else {
        rest
    }
}

/// Whether two solutions differ by less than a tenth of the larger.
fn alike(one: &[f64], other: &[f64]) -> bool {
    let largest = one
        .iter()
        .chain(other)
        .fold(0.0, |most, entry| larger(most, entry.abs()));
    let pairs = one.iter().zip(other);
    pairs.fold(0.0, |most, (a, b)| larger(most, (a - b).abs())) < 0.1 * largest
}

fn set(z: &mut Array1<f64>, at: &[usize], entries: &[f64]) {
    for (&i, &entry) in at.iter().zip(entries) {
        z[i] = entry;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::sparse::Sparse;
    use ndarray::array;

    /// The known value, its weak edge of this weight.
    fn triangles(weight: f64) -> Sparse {
        let edges = [
            (0, 1, 1.0),
            (0, 2, 1.0),
            (1, 2, 1.0),
            (3, 4, 1.0),
            (3, 5, 1.0),
            (4, 5, 1.0),
            (2, 3, 0.5),
            (6, 0, weight),
        ];
        let mut rows = vec![Vec::new(); 7];
        for (i, j, weight) in edges {
            rows[i].push((j, weight));
            rows[j].push((i, weight));
        }
        Sparse::from_rows(rows)
    }

    #[test]
    fn known_value() {
        for weight in [1e-20, 1e-40, 1e-60, 1e-75] {
            let rows = triangles(weight);
            let edges = Edges::Sparse(&rows);
            let d = edges.degrees();
            let unseen = Unseen::new(edges, &d);
            let value = 0.127_158_385_259_952;
            let mut z = array![0.4, 0.4, 0.3, -0.3, -0.4, -0.4, 1e16];
            // Noise that is small beside the rest is noise too.
            z[6] = 1e-12 / d[6].sqrt();
            unseen.settle(value, &mut z);
            assert!((z[6] / z[0] - 1.145_683_229_480_1).abs() < 1e-13, "{z}");
            assert!(unseen.residual(value, z.view()) < 1e-15);
        }
    }

    #[test]
    fn noise_at_a_tiny_vertex_is_a_residual_of_1() {
        let rows = triangles(1e-60);
        let edges = Edges::Sparse(&rows);
        let d = edges.degrees();
        let z = array![0.4, 0.4, 0.3, -0.3, -0.4, -0.4, 1e14];
        let found = Unseen::new(edges, &d).residual(0.127, z.view());
        assert!((0.5..=1.0).contains(&found), "{found}");
    }

    #[test]
    fn what_is_seen_stays_to_the_last_bit() {
        let rows = triangles(1e-6);
        let edges = Edges::Sparse(&rows);
        let d = edges.degrees();
        let mut z = array![0.4, 0.4, 0.3, -0.3, -0.4, -0.4, 3.0];
        let before = z.clone();
        Unseen::new(edges, &d).settle(0.127, &mut z);
        assert_eq!(z, before);
        // A vector that lives on the tiny vertex.
        let rows = triangles(1e-60);
        let edges = Edges::Sparse(&rows);
        let d = edges.degrees();
        let mut z = array![1e-30, 0.0, 0.0, 0.0, 0.0, 0.0, 1e30];
        let before = z.clone();
        Unseen::new(edges, &d).settle(1.0, &mut z);
        assert_eq!(z, before);
    }
}
