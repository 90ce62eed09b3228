//! New points, by the Nyström extension.
//!
//! # Definition
//! An eigenvector satisfies Σⱼ sᵢⱼzⱼ = (1 − λ)dᵢzᵢ at every old point (Σⱼ sᵢⱼfⱼ = (dᵢ − λ)fᵢ for the unnormalised
//! Laplacian). Read at a new point, with its similarities s and d = Σⱼ sⱼ, it gives z there:
//!
//! ```text
//! z = Σⱼ sⱼzⱼ / ((1 − λ) d)          f = Σⱼ sⱼfⱼ / (d − λ)
//! ```
//!
//! # Source
//! Y. Bengio et al., "Out-of-sample extensions for LLE, Isomap, MDS, Eigenmaps, and spectral clustering",
//! NIPS 16 (2003), §3.

use super::steps::Core;
use crate::embedding::{Embedding, Laplacian, rows_of};
use crate::engine::neighbors::{CHUNK, Desk, Index, curve::morton_order};
use crate::engine::workers::by_a_worker;
use crate::error::{Error, Result};
use crate::graph::{GraphRule, Reach, Similar};
use ndarray::{Array1, Array2, ArrayView1, ArrayView2, Axis, s};
use rayon::prelude::*;
use std::sync::OnceLock;

/// Divided by less than this, rounding in the sum over the neighbours would show in the seventh digit.
const QUOTIENT: f64 = 1e-9;

/// From so many new points on they come along a curve, so that what one has just looked at is at hand for the next: a
/// million on a million in the plane take a fraction of the time.
const POINTS_TO_SORT: usize = 1 << 14;

/// What new points are compared with.
#[derive(Debug, Clone)]
pub(super) struct Old {
    /// The points that were joined.
    pub(super) x: Array2<f64>,
    /// All points, and which of them were joined, where some were not: they too decide who is whose neighbour.
    pub(super) all: Option<(Array2<f64>, Vec<usize>)>,
    pub(super) rule: GraphRule,
    pub(super) laplacian: Laplacian,
    pub(super) kind: Embedding,
    /// The columns of the embedding.
    pub(super) columns: usize,
    /// The eigenvalues that the embedding and the labels read, and of each old point its entries of the eigenvectors: z, or
    /// f for the unnormalised Laplacian.
    pub(super) values: Array1<f64>,
    pub(super) vectors: Array2<f64>,
    /// Worked out for the first new point: it takes another search for neighbours.
    reach: OnceLock<Reach>,
    joined: OnceLock<Index>,
}

/// What is to be compared; what was worked out for it follows.
impl PartialEq for Old {
    fn eq(&self, other: &Self) -> bool {
        (&self.x, &self.all, self.rule) == (&other.x, &other.all, other.rule)
            && (self.laplacian, self.kind, self.columns)
                == (other.laplacian, other.kind, other.columns)
            && (&self.values, &self.vectors) == (&other.values, &other.vectors)
    }
}

/// What became of a new point.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Fate {
    /// It is this old point, numbered among those that were joined.
    Twin(usize),
    /// It has a place of its own.
    Placed,
    /// It is similar to no old point.
    Alone,
}

/// Some of the new points.
pub(super) struct Part {
    pub(super) fates: Vec<Fate>,
    /// Their entries of the eigenvectors; zeros for those alone.
    pub(super) eigenvectors: Array2<f64>,
    pub(super) embedding: Array2<f64>,
}

/// Memory that one thread uses for one point after the other.
#[derive(Default)]
struct Bench {
    similar: Similar,
    sums: Vec<f64>,
}

impl Old {
    /// `needed` eigenvectors, of which the embedding takes so many columns.
    pub(super) fn new(
        rule: GraphRule,
        x: Array2<f64>,
        all: Option<(Array2<f64>, Vec<usize>)>,
        (laplacian, kind): (Laplacian, Embedding),
        (columns, needed): (usize, usize),
        core: &Core,
    ) -> Self {
        let mut vectors = core.pairs.vectors.slice(s![.., ..needed]).to_owned();
        if laplacian == Laplacian::Symmetric {
            // w = D^½z.
            let roots = core.degrees.mapv(f64::sqrt);
            vectors /= &roots.insert_axis(Axis(1));
        }
        let values = core.pairs.values.slice(s![..needed]).to_owned();
        Self::of_parts(rule, x, all, (laplacian, kind), columns, (values, vectors))
    }

    pub(super) fn of_parts(
        rule: GraphRule,
        x: Array2<f64>,
        all: Option<(Array2<f64>, Vec<usize>)>,
        (laplacian, kind): (Laplacian, Embedding),
        columns: usize,
        (values, vectors): (Array1<f64>, Array2<f64>),
    ) -> Self {
        Self {
            x,
            all,
            rule,
            laplacian,
            kind,
            columns,
            values,
            vectors,
            reach: OnceLock::new(),
            joined: OnceLock::new(),
        }
    }

    pub(super) fn reach(&self) -> Result<&Reach> {
        let reach = match self.reach.get() {
            Some(reach) => return Ok(reach),
            None => self
                .rule
                .reach(self.all.as_ref().map_or(&self.x, |(all, _)| all))?,
        };
        Ok(self.reach.get_or_init(|| reach))
    }

    /// What `of` makes of the places of new points, part by part, by all threads; and the new points in the order in
    /// which they come. No more is kept than what it makes.
    pub(super) fn by_parts<T: Send>(
        &self,
        x: &Array2<f64>,
        of: impl Fn(&Part, ArrayView2<'_, f64>) -> T + Send + Sync,
    ) -> Result<(Vec<usize>, Vec<T>)> {
        let reach = self.reach()?;
        by_a_worker(|| {
            let order: Vec<usize> = if x.nrows() < POINTS_TO_SORT {
                (0..x.nrows()).collect()
            } else {
                let along_curve = morton_order(x).into_iter();
                along_curve.map(|i| i as usize).collect()
            };
            let part = |members: &[usize]| {
                let points = x.select(Axis(0), members);
                Ok(of(&self.part(reach, points.view())?, points.view()))
            };
            // All of them, so that of several errors it is the first.
            let made: Vec<Result<T>> = order.par_chunks(CHUNK).map(part).collect();
            let made = made.into_iter().collect::<Result<_>>()?;
            Ok((order, made))
        })
    }

    fn part(&self, reach: &Reach, points: ArrayView2<'_, f64>) -> Result<Part> {
        let mut eigenvectors = Array2::zeros((points.nrows(), self.values.len()));
        let mut bench = Bench::default();
        let rows = points.rows().into_iter().zip(eigenvectors.rows_mut());
        let fates = rows.map(|(point, row)| {
            let row = row.into_slice().unwrap_or_default();
            self.place(reach, point, row, &mut bench)
        });
        let fates = fates.collect::<Result<_>>()?;
        let embedding = rows_of(&eigenvectors, self.kind, self.columns);
        Ok(Part {
            fates,
            eigenvectors,
            embedding,
        })
    }

    /// Writes down the entries of a new point of the eigenvectors.
    fn place(
        &self,
        reach: &Reach,
        point: ArrayView1<'_, f64>,
        row: &mut [f64],
        Bench { similar, sums }: &mut Bench,
    ) -> Result<Fate> {
        let (x, joined) = match &self.all {
            None => (&self.x, None),
            Some((all, joined)) => (all, Some(joined)),
        };
        reach.similarities(x, point, similar);
        let number = |index: usize| match joined {
            None => Some(index),
            Some(joined) => joined.binary_search(&index).ok(),
        };
        let twin = similar.twin.map(number);
        if twin == Some(None) {
            return Ok(Fate::Alone);
        }
        let mut d = 0.0;
        sums.clear();
        sums.resize(row.len(), 0.0);
        for &(index, similarity) in &similar.entries {
            let Some(j) = number(index) else { continue };
            d += similarity;
            for (sum, z) in sums.iter_mut().zip(self.vectors.row(j)) {
                *sum += similarity * z;
            }
        }
        if d < f64::MIN_POSITIVE {
            return Ok(Fate::Alone);
        }
        for ((entry, sum), &value) in row.iter_mut().zip(sums).zip(&self.values) {
            *entry = self.entry(*sum, d, value)?;
        }
        Ok(twin.flatten().map_or(Fate::Placed, Fate::Twin))
    }

    /// The entry of an eigenvector, from the sum Σⱼ sⱼzⱼ, the degree and the eigenvalue.
    fn entry(&self, sum: f64, d: f64, value: f64) -> Result<f64> {
        let (divisor, size) = match self.laplacian {
            Laplacian::Unnormalized => (d - value, d),
            Laplacian::Symmetric | Laplacian::RandomWalk => (1.0 - value, 1.0),
        };
        if divisor <= QUOTIENT * size {
            return Err(Error::Value {
                what: "an eigenvalue",
                value,
                wanted: "below 1 (or, for the unnormalised Laplacian, below the new point's degree): beyond it the eigenvector swings from neighbour to neighbour, and a new point has no place in it; ask for fewer clusters, or for fewer `eigenvectors`",
            });
        }
        Ok(match self.laplacian {
            Laplacian::Unnormalized => sum / divisor,
            Laplacian::RandomWalk => sum / d / divisor,
            Laplacian::Symmetric => sum / d.sqrt() / divisor,
        })
    }

    /// The nearest of the points that were joined.
    pub(super) fn nearest(&self, point: ArrayView1<'_, f64>) -> Result<usize> {
        let index = match (&self.all, self.reach()?) {
            (None, reach) => reach.index(),
            (Some(_), _) => self.joined.get_or_init(|| Index::new(&self.x)),
        };
        let mut found = Vec::new();
        index.nearest(&self.x, point, 1, &mut Desk::default(), &mut found);
        Ok(found[0].0)
    }
}
