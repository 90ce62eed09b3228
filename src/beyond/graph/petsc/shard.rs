//! Shards: each machine builds the rows of its own points, from them and from those near them.
//!
//! # Definition
//! The points are numbered, and a shard owns those from one number to another. Its halo of width w holds every other
//! point that is within w of one of its own (more may be given). From both it builds the rows of its own points in the
//! graph of the k nearest neighbours, columns by the numbers of all points.
//!
//! # Must hold
//! Let rᵢ be how far the last of the k neighbours of point i is. **If rᵢ ≤ w/2 for every point of every shard, each row is
//! that of the whole graph, to the last bit.** A shard refuses where one of its own points breaks the rule; so where none
//! refuses, it holds for all points, each of which is some shard's own.
//!
//! *What i lists.* All points within w of i are given, so the k nearest among those given are within w/2 of it, and nothing
//! nearer is missing.
//!
//! *What lists i.* Point j, wherever it is, lists i only if ‖xᵢ − xⱼ‖ ≤ rⱼ ≤ w/2: so j is given, and a longer edge is none.
//! Whether j lists i is a question of the points nearer to j than i. They are within w/2 of j, so within w of i: they are
//! given too, and j's list, as far as i, is the true one. It may be wrong beyond, where nobody asks.
//!
//! One longest edge is not enough in general: a point of the halo may take i for a neighbour in the place of one that was
//! not given. That every point within w *was* given a shard cannot see; where one was not, the edge to it stands in the
//! row of the other shard only, which [`super::put_together`] notices.
//!
//! # Known value
//! The points 0, 1, 2, …, 9 on a line, k = 1, in two shards: the last neighbour is 1 away, a halo of 2 is enough, and one of
//! 1.9 is refused.
//!
//! # Source
//! W.-Y. Chen, Y. Song, H. Bai, C.-J. Lin & E. Y. Chang, "Parallel spectral clustering in distributed systems", IEEE TPAMI
//! 33 (2011), 568–586, §3.1, who send every point to every machine instead.

use super::folder::{Folder, file_of, manifest_of};
use super::format::Rows;
use super::{PetscError, Row};
use crate::engine::neighbors;
use crate::engine::sparse::{Chunk, Edges, Sparse};
use crate::error::{Error, Result};
use crate::graph::Symmetry;
use crate::graph::symmetric::symmetric;
use crate::guard;
use crate::points::Points;
use ndarray::{Array2, Axis, concatenate, s};
use std::ops::Range;
use std::path::Path;

/// Half the width is this much more than a distance that is computed as it.
const ROUNDING: f64 = 1.0 + 1e-12;

/// The points of one machine, and those near them.
#[derive(Debug, Clone, PartialEq)]
pub struct Shard {
    /// Its own points, one a row, numbered from `first` on.
    pub own: Array2<f64>,
    /// The number of the first of them.
    pub first: usize,
    /// Points of other shards, one a row: every one that is within `width` of an own one.
    pub halo: Array2<f64>,
    /// Their numbers.
    pub halo_numbers: Vec<usize>,
    /// The number of points of all shards.
    pub points: usize,
    /// The width of the halo.
    pub width: f64,
}

/// The rows of the points of one machine.
#[derive(Debug, Clone, PartialEq)]
pub struct ShardRows {
    first: usize,
    points: usize,
    /// The columns are numbers of points.
    rows: Sparse,
    neighbors: usize,
    symmetry: Symmetry,
    width: f64,
}

/// Cuts points into `count` shards of consecutive rows with halos of this width, in the memory of one machine: to try how
/// shards work, and as the model of what machines do. Each takes the points within `width` of the smallest box around
/// its own. Sort the points along a curve first ([`crate::solvers::curve_order`]), or the halos hold nearly everything.
///
/// Takes O(n · count) for n points.
///
/// ```
/// use fiedler::graph::{Symmetry, petsc::shards};
/// use fiedler::ndarray::Array2;
/// let line = Array2::from_shape_fn((10, 1), |(i, _)| i as f64);
/// let halves = shards(&line, 2, 2.1)?;
/// assert_eq!((halves[1].first, &halves[1].halo_numbers[..]), (5, &[3, 4][..]));
/// let rows = halves[1].nearest_neighbors(Symmetry::Average, 1)?;
/// // 4 and 6 are equally far from 5, which lists the first; 6 lists 5.
/// assert_eq!(rows.neighbors(5)?, [(4, 0.5), (6, 0.5)]);
/// assert!(shards(&line, 2, 1.9)?[1].nearest_neighbors(Symmetry::Average, 1).is_err());
/// # Ok::<(), fiedler::Error>(())
/// ```
///
/// # Errors
/// As [`Graph::nearest_neighbors`](super::Graph::nearest_neighbors) for points; [`Error::Count`] unless 1 ≤ `count` ≤ n;
/// [`Error::Parameter`] for a width that is not positive.
pub fn shards(x: &(impl Points + ?Sized), count: usize, width: f64) -> Result<Vec<Shard>> {
    let x = x.matrix()?;
    let x = &*guard::points(&x, 2)?;
    let n = x.nrows();
    guard::positive("width", width)?;
    if count == 0 || count > n {
        return Err(Error::Count {
            name: "the number of shards",
            found: count,
            wanted: "at least 1, and at most the number of points",
        });
    }
    let part = |shard: usize| {
        let numbers = shard * n / count..(shard + 1) * n / count;
        let own = x.slice(s![numbers.clone(), ..]).to_owned();
        let near = near_box(x, &own, width);
        let halo: Vec<usize> = near.filter(|i| !numbers.contains(i)).collect();
        Shard {
            first: numbers.start,
            halo: x.select(Axis(0), &halo),
            halo_numbers: halo,
            points: n,
            width,
            own,
        }
    };
    Ok((0..count).map(part).collect())
}

/// The rows of x within this distance of the smallest box around those of `own`.
fn near_box<'a>(
    x: &'a Array2<f64>,
    own: &Array2<f64>,
    width: f64,
) -> impl Iterator<Item = usize> + 'a {
    let end = |from: f64, pick: fn(f64, f64) -> f64| {
        own.fold_axis(Axis(0), from, move |&end, &value| pick(end, value))
    };
    let (low, high) = (
        end(f64::INFINITY, f64::min),
        end(f64::NEG_INFINITY, f64::max),
    );
    // A width that rounding does not make smaller.
    let square = width * ROUNDING * width * ROUNDING;
    (0..x.nrows()).filter(move |&i| {
        let row = x.row(i);
        let outside = row.iter().zip(low.iter().zip(&high));
        let outside = outside.map(|(v, (low, high))| (low - v).max(v - high).max(0.0));
        outside.map(|off| off * off).sum::<f64>() <= square
    })
}

impl Shard {
    /// The rows of its own points in the graph of the `k` nearest neighbours of all points,
    /// [`Graph::nearest_neighbors`](super::Graph::nearest_neighbors): the same to the last bit, wherever no shard refuses.
    ///
    /// Takes the time and memory of that graph on the points given.
    ///
    /// # Errors
    /// [`Error::Petsc`] with [`PetscError::ThinHalo`], which names a width that would do here, [`PetscError::SmallShard`] or
    /// [`PetscError::HaloPoint`]; [`Error::Length`] for a halo without a number for each point, [`Error::Columns`];
    /// as [`Graph::nearest_neighbors`](super::Graph::nearest_neighbors) for points.
    pub fn nearest_neighbors(&self, symmetry: Symmetry, k: usize) -> Result<ShardRows> {
        guard::positive("width", self.width)?;
        guard::points(&self.own, 1)?;
        let (numbers, own, x) = self.all()?;
        if k >= x.nrows() {
            let given = x.nrows();
            return Err(Error::shard(PetscError::SmallShard {
                given,
                neighbors: k,
            }));
        }
        let near = neighbors::nearest(&x, k)?;
        let most = self.width / 2.0 / ROUNDING;
        let reach = own.clone().map(|i| (near.last(i).1, i));
        let (distance, farthest) = reach.fold(
            (0.0, 0),
            |most, one| {
                if one.0 > most.0 { one } else { most }
            },
        );
        if distance > most {
            return Err(Error::shard(PetscError::ThinHalo {
                point: numbers[farthest],
                distance,
                width: self.width,
            }));
        }
        let rows = symmetric(near, |distance, mutual| {
            let weight = if mutual { 1.0 } else { symmetry.one_way() };
            (distance <= most).then_some(weight)
        });
        let mut chunk = Chunk::default();
        for i in own {
            Edges::AlongCurve(&rows).each_edge(i, |j, weight| {
                chunk.push(crate::engine::order::short(numbers[j]), weight);
            });
            chunk.end_row();
        }
        Ok(ShardRows {
            first: self.first,
            points: self.points,
            rows: chunk.into_sparse(),
            neighbors: k,
            symmetry,
            width: self.width,
        })
    }

    /// All points that are given, by ascending number, so that of two equally far the same comes first as among all
    /// points: their numbers, where its own stand, and their coordinates.
    fn all(&self) -> Result<(Vec<usize>, Range<usize>, Array2<f64>)> {
        let (own, halo) = (self.own.nrows(), &self.halo_numbers);
        guard::length("the list of numbers", halo.len(), self.halo.nrows())?;
        if !halo.is_empty() && self.halo.ncols() != self.own.ncols() {
            return Err(Error::Columns {
                found: self.halo.ncols(),
                wanted: self.own.ncols(),
            });
        }
        let end = self.first.saturating_add(own);
        let mut order: Vec<usize> = (0..halo.len()).collect();
        order.sort_by_key(|&at| halo[at]);
        let twice = order.windows(2).find(|two| halo[two[0]] == halo[two[1]]);
        let outside = |number: usize| number >= self.points || (self.first..end).contains(&number);
        let stray = order.iter().find(|&&at| outside(halo[at]));
        let last = (end > self.points).then_some(end - 1);
        let wrong = twice.map(|two| halo[two[0]]).or(stray.map(|&at| halo[at]));
        if let Some(point) = wrong.or(last) {
            let points = self.points;
            return Err(Error::shard(PetscError::HaloPoint { point, points }));
        }
        let before = order.partition_point(|&at| halo[at] < self.first);
        let (below, above) = order.split_at(before);
        let number = |&at: &usize| halo[at];
        let numbers = below.iter().map(number).chain(self.first..end);
        let numbers = numbers.chain(above.iter().map(number)).collect();
        let of_halo = |rows: &[usize]| {
            if rows.is_empty() {
                Array2::zeros((0, self.own.ncols()))
            } else {
                self.halo.select(Axis(0), rows)
            }
        };
        let (below, above) = (of_halo(below), of_halo(above));
        let x = concatenate![Axis(0), below, self.own, above];
        Ok((numbers, before..before + own, x))
    }
}

impl ShardRows {
    /// The numbers of its points.
    #[must_use]
    pub fn points(&self) -> Range<usize> {
        self.first..self.first + self.rows.starts.len() - 1
    }

    /// The neighbours of a point of the shard and the weights of the edges to them, by ascending number.
    ///
    /// # Errors
    /// [`Error::Vertex`] where the point is not the shard's own.
    pub fn neighbors(&self, point: usize) -> Result<Vec<(usize, f64)>> {
        if self.points().contains(&point) {
            return Ok(self.rows.row(point - self.first).collect());
        }
        Err(Error::Vertex {
            edge: 0,
            vertex: point,
            vertices: self.points,
        })
    }

    /// Writes the rows as shard `number`, from 0 on in the order of the points, into a folder that all shards share: a
    /// matrix of PETSc's with as many rows as points here. Machines may write at the same time.
    /// [`super::put_together`] comes last.
    ///
    /// # Errors
    /// As [`Graph::write_petsc`](super::Graph::write_petsc); an isolated point cannot be.
    pub fn write_petsc(&self, folder: impl AsRef<Path>, number: usize) -> Result<()> {
        let folder = Folder::new(folder.as_ref());
        let rows = Rows {
            numbers: self.points(),
            columns: self.points,
            fill: |point: usize, row: &mut Row| {
                self.rows.each(point - self.first, |other, weight| {
                    row.push((crate::engine::order::short(other), weight));
                });
            },
        };
        let entries = rows.entries();
        folder.refuse_more("rows", self.points)?;
        folder.refuse_more("entries", entries)?;
        folder.claim(&manifest_of(number))?;
        folder.matrix(&file_of("matrix", Some(number)), entries, &rows)?;
        let degrees = self.rows.row_sums(|_, _, weight| weight);
        folder.vector(&file_of("degrees", Some(number)), degrees.into_iter())?;
        let lines = [
            ("first", self.first.to_string()),
            ("rows", self.points().len().to_string()),
            ("vertices", self.points.to_string()),
            ("entries", entries.to_string()),
            ("neighbors", self.neighbors.to_string()),
            ("symmetry", format!("{:?}", self.symmetry)),
            ("width", self.width.to_string()),
            ("balance", self.balance().to_string()),
        ];
        folder.finish(&manifest_of(number), &lines)
    }

    /// A number for each edge, of its ends and its weight, added where the other end has the larger number and taken away
    /// where it has the smaller one: over all shards the sum is 0 where each edge stands in both of its rows.
    fn balance(&self) -> u64 {
        let mut sum = 0_u64;
        for i in self.points() {
            self.rows.each(i - self.first, |j, weight| {
                let edge =
                    mixed(mixed(mixed(i.min(j) as u64) ^ i.max(j) as u64) ^ weight.to_bits());
                sum = if i < j {
                    sum.wrapping_add(edge)
                } else {
                    sum.wrapping_sub(edge)
                };
            });
        }
        sum
    }
}

/// The bits of a number well mixed: the last steps of SplitMix64 (G. Steele, D. Lea & C. Flood, 2014).
fn mixed(number: u64) -> u64 {
    let mut bits = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    bits ^ (bits >> 31)
}
