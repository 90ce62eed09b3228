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

use super::Isolated;
use super::steps::Core;
use crate::advice::beyond_reach;
use crate::eigen::Eigenpairs;
use crate::embedding::{Embedding, Laplacian, rows_of};
use crate::engine::neighbors;
use crate::error::{Error, Result};
use crate::graph::{GraphRule, Reach};
use crate::guard;
use ndarray::{Array1, Array2, ArrayView1, Axis};
use std::sync::OnceLock;

/// Divided by less than this, rounding in the sum over the neighbours would show in the seventh digit.
const QUOTIENT: f64 = 1e-9;

/// How a row of the embedding becomes a label.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Division {
    /// There is one cluster.
    Only,
    /// The label 1 where the second eigenvector exceeds this.
    Threshold(f64),
    /// The nearest of these centres.
    Centers(Array2<f64>),
    /// The largest entry after this rotation.
    Rotation(Array2<f64>),
    /// The entry largest in size after this rotation.
    RotationInSize(Array2<f64>),
}

/// What new points are compared with.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Model {
    /// The points that were joined.
    x: Array2<f64>,
    /// All points, and which of them were joined, where some were not: they too decide who is whose neighbour.
    all: Option<(Array2<f64>, Vec<usize>)>,
    rule: GraphRule,
    /// Worked out for the first new point: it takes another search for neighbours.
    reach: OnceLock<Reach>,
    laplacian: Laplacian,
    kind: Embedding,
    isolated: Isolated,
    pairs: Eigenpairs,
    /// √dᵢ of the old points.
    root_degrees: Array1<f64>,
    labels: Array1<usize>,
    clusters: usize,
    division: Division,
}

/// A new point: its entries of all eigenvectors, and its row of the embedding.
pub(super) struct Row {
    eigenvectors: Array1<f64>,
    pub(super) embedding: Array1<f64>,
}

impl Model {
    pub(super) fn new(
        rule: &GraphRule,
        x: Array2<f64>,
        all: Option<(Array2<f64>, Vec<usize>)>,
        laplacian: Laplacian,
        kind: Embedding,
        isolated: Isolated,
        core: &Core,
    ) -> Self {
        Self {
            rule: *rule,
            reach: OnceLock::new(),
            x,
            all,
            laplacian,
            kind,
            isolated,
            pairs: core.pairs.clone(),
            root_degrees: core.degrees.mapv(f64::sqrt),
            labels: core.labels.clone(),
            clusters: core.clusters,
            division: core.division.clone(),
        }
    }

    fn reach(&self) -> Result<&Reach> {
        let reach = match self.reach.get() {
            Some(reach) => return Ok(reach),
            None => self
                .rule
                .reach(self.all.as_ref().map_or(&self.x, |(all, _)| all))?,
        };
        Ok(self.reach.get_or_init(|| reach))
    }

    /// The place of each new point; `None` for one that is similar to no old point.
    pub(super) fn embed(&self, x: &Array2<f64>) -> Result<Vec<Option<Row>>> {
        let x = &*guard::points(x, 1)?;
        if x.ncols() != self.x.ncols() {
            return Err(Error::Columns {
                found: x.ncols(),
                wanted: self.x.ncols(),
            });
        }
        x.rows().into_iter().map(|point| self.row(point)).collect()
    }

    fn row(&self, point: ArrayView1<'_, f64>) -> Result<Option<Row>> {
        let s = match &self.all {
            None => self.reach()?.similarities(&self.x, point),
            Some((all, joined)) => {
                let twin = all.rows().into_iter().position(|row| row == point);
                if twin.is_some_and(|twin| joined.binary_search(&twin).is_err()) {
                    return Ok(None);
                }
                let to_all = self.reach()?.similarities(all, point);
                to_all.select(Axis(0), joined)
            }
        };
        let d = s.sum();
        if d < f64::MIN_POSITIVE {
            return Ok(None);
        }
        let needed = self.needed();
        let mut eigenvectors = Array1::zeros(needed);
        for j in 0..needed {
            let product = s.dot(&self.pairs.vectors.column(j));
            let value = self.pairs.values[j];
            let (divisor, size) = match self.laplacian {
                Laplacian::Unnormalized => (d - value, d),
                Laplacian::Symmetric | Laplacian::RandomWalk => (1.0 - value, 1.0),
            };
            if divisor <= QUOTIENT * size {
                return Err(Error::Value {
                    what: "an eigenvalue",
                    value,
                    wanted: "below 1 (or, for the unnormalised Laplacian, below the new point's degree): beyond it the eigenvector swings from neighbour to neighbour, and a new point has no place in it; ask for fewer clusters",
                });
            }
            eigenvectors[j] = match self.laplacian {
                Laplacian::Unnormalized => product / divisor,
                Laplacian::RandomWalk => product / d / divisor,
                // w = D^½z of the old points, and √d z of the new one.
                Laplacian::Symmetric => {
                    let z = self.pairs.vectors.column(j).to_owned() / &self.root_degrees;
                    s.dot(&z) / d.sqrt() / divisor
                }
            };
        }
        let one = eigenvectors.clone().insert_axis(Axis(0));
        let embedding = rows_of(&one, self.kind, self.clusters).row(0).to_owned();
        Ok(Some(Row {
            eigenvectors,
            embedding,
        }))
    }

    /// How many eigenvectors the embedding and the labels read.
    fn needed(&self) -> usize {
        let of_embedding = match self.kind {
            Embedding::NonTrivial => self.clusters + 1,
            Embedding::Leading | Embedding::UnitRows => self.clusters,
        };
        of_embedding.min(self.pairs.values.len())
    }

    pub(super) fn labels(&self, rows: &[Option<Row>], x: &Array2<f64>) -> Result<Array1<usize>> {
        let alone: Vec<usize> = (0..rows.len()).filter(|&i| rows[i].is_none()).collect();
        if !alone.is_empty() && self.isolated == Isolated::Refuse {
            return Err(beyond_reach(alone, true));
        }
        let mut next = self.clusters;
        let label = |(i, row): (usize, &Option<Row>)| match (row, self.isolated) {
            // A point that was there keeps its label, also where its entry is 0 but for rounding.
            (Some(row), _) => match neighbors::nearest_to(&self.x, x.row(i), 1, None)[0] {
                (twin, distance) if distance <= 0.0 => self.labels[twin],
                _ => self.label(row),
            },
            (None, Isolated::NearestCluster) => {
                self.labels[neighbors::nearest_to(&self.x, x.row(i), 1, None)[0].0]
            }
            (None, _) => {
                next += 1;
                next - 1
            }
        };
        Ok(rows.iter().enumerate().map(label).collect())
    }

    fn label(&self, row: &Row) -> usize {
        let largest = |values: Array1<f64>| {
            let mut best = 0;
            for (label, value) in values.iter().enumerate() {
                if *value > values[best] {
                    best = label;
                }
            }
            best
        };
        match &self.division {
            Division::Only => 0,
            Division::Threshold(threshold) => usize::from(row.eigenvectors[1] > *threshold),
            Division::Centers(centers) => largest(
                centers
                    .rows()
                    .into_iter()
                    .map(|center| -(&center - &row.embedding).mapv(|e| e * e).sum())
                    .collect(),
            ),
            Division::Rotation(rotation) => largest(row.embedding.dot(rotation)),
            Division::RotationInSize(rotation) => {
                largest(row.embedding.dot(rotation).mapv(f64::abs))
            }
        }
    }
}
