//! What a clustering knows of points that it has not seen.

use super::nystrom::{Fate, Old, Part};
use super::steps::Core;
use super::{Isolated, SpectralClustering};
use crate::advice::beyond_reach;
use crate::error::{Error, Result};
use crate::graph::GraphRule;
use crate::guard;
use crate::points::Points;
use ndarray::{Array1, Array2, ArrayView1, ArrayView2, Axis};

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

impl Division {
    /// The label of a new point, from its entries of the eigenvectors and its row of the embedding.
    fn label(&self, eigenvectors: ArrayView1<'_, f64>, row: ArrayView1<'_, f64>) -> usize {
        let dot =
            |other: ArrayView1<'_, f64>| -> f64 { row.iter().zip(other).map(|(a, b)| a * b).sum() };
        let apart = |center: ArrayView1<'_, f64>| -> f64 {
            let squares = center.iter().zip(row).map(|(a, b)| (a - b) * (a - b));
            squares.sum()
        };
        match self {
            Self::Only => 0,
            Self::Threshold(threshold) => usize::from(eigenvectors[1] > *threshold),
            Self::Centers(centers) => first_largest(centers.rows().into_iter().map(|c| -apart(c))),
            Self::Rotation(rotation) => first_largest(rotation.columns().into_iter().map(dot)),
            Self::RotationInSize(rotation) => {
                first_largest(rotation.columns().into_iter().map(|c| dot(c).abs()))
            }
        }
    }
}

/// The place of the largest number; of several, of the first.
fn first_largest(numbers: impl Iterator<Item = f64>) -> usize {
    let mut best = (0, f64::NEG_INFINITY);
    for (place, number) in numbers.enumerate() {
        if number > best.1 {
            best = (place, number);
        }
    }
    best.0
}

/// A fitted clustering as far as new points need it: the old points with their similarities, their eigenvectors, and the
/// way from there to labels.
///
/// # Definition
/// The eigenvector equation itself, read at a new point, gives its place in the embedding from its similarities to the old
/// points, which keep theirs (the Nyström extension). A point that was there keeps its label.
///
/// # Cost
/// For m new points about m log n steps where the graph is sparse (neighbours, ε), m·n where it is dense, by all threads;
/// the answer is the same for any number of them. The first call builds the search tree of the n old points. Memory grows
/// with what is asked for alone, not with m·n.
///
/// ```
/// use fiedler::{SpectralClustering, data::moons, ndarray::array};
/// let clustering = SpectralClustering::new().fit(&moons(200, 0.05, 0)?.x)?;
/// let model = clustering.model()?;
/// let ends = model.predict(&array![[-1.0, 0.1], [2.0, 0.4]])?; // the tips of both moons
/// assert_ne!(ends[0], ends[1]);
/// assert_eq!(model.embed(&array![[-1.0, 0.1]])?.dim(), (1, 2));
/// # Ok::<(), fiedler::Error>(())
/// ```
///
/// # Source
/// Y. Bengio et al., "Out-of-sample extensions for LLE, Isomap, MDS, Eigenmaps, and spectral clustering",
/// NIPS 16 (2003), §3; C. Fowlkes, S. Belongie, F. Chung & J. Malik, "Spectral grouping using the Nyström method",
/// IEEE TPAMI 26 (2004), §3.
#[derive(Debug, Clone, PartialEq)]
pub struct Model {
    pub(super) old: Old,
    pub(super) isolated: Isolated,
    pub(super) labels: Array1<usize>,
    pub(super) clusters: usize,
    pub(super) division: Division,
}

impl Model {
    pub(super) fn new(
        choices: &SpectralClustering,
        rule: GraphRule,
        x: Array2<f64>,
        all: Option<(Array2<f64>, Vec<usize>)>,
        core: &Core,
    ) -> Self {
        let kinds = (choices.laplacian, choices.embedding);
        let columns = core.embedding_columns;
        let of_labels = if matches!(core.division, Division::Threshold(_)) {
            2
        } else {
            1
        };
        let needed = choices.embedding.reads(columns).max(of_labels);
        let needed = needed.min(core.pairs.values.len());
        Self {
            old: Old::new(rule, x, all, kinds, (columns, needed), core),
            isolated: choices.isolated,
            labels: core.labels.clone(),
            clusters: core.clusters,
            division: core.division.clone(),
        }
    }

    /// The number of clusters.
    #[must_use]
    pub fn clusters(&self) -> usize {
        self.clusters
    }

    /// The number of coordinates that a point has.
    #[must_use]
    pub fn coordinates(&self) -> usize {
        self.old.x.ncols()
    }

    /// The labels of new points.
    ///
    /// # Errors
    /// [`Error::Value`] where an eigenvalue is so large that the equation divides by 0; [`Error::NotFinite`];
    /// [`Error::Columns`] unless the new points have as many coordinates as the old; [`Error::IsolatedPoints`] for those
    /// that are similar to no old point, unless the policy for isolated vertices gives them a label.
    pub fn predict(&self, x: &(impl Points + ?Sized)) -> Result<Array1<usize>> {
        let x = x.matrix()?;
        let x = &*self.checked(&x)?;
        let (order, parts) = self
            .old
            .by_parts(x, |part, points| self.labels_of(part, points))?;
        let mut labels: Vec<Option<usize>> = vec![None; x.nrows()];
        let mut places = order.into_iter();
        for part in parts {
            for (label, i) in part?.into_iter().zip(&mut places) {
                labels[i] = label;
            }
        }
        let alone: Vec<usize> = (0..labels.len()).filter(|&i| labels[i].is_none()).collect();
        if !alone.is_empty() && self.isolated == Isolated::Refuse {
            return Err(beyond_reach(alone, true));
        }
        let mut own = self.clusters..;
        let all = labels.into_iter();
        Ok(all
            .filter_map(|label| label.or_else(|| own.next()))
            .collect())
    }

    /// The rows of the embedding at new points: what [`Model::predict`] reads the labels from.
    ///
    /// # Errors
    /// As [`Model::predict`]; no policy gives a point a place that is similar to no old one.
    pub fn embed(&self, x: &(impl Points + ?Sized)) -> Result<Array2<f64>> {
        let x = x.matrix()?;
        let x = &*self.checked(&x)?;
        let of = |part: &Part, _: ArrayView2<'_, f64>| (part.fates.clone(), part.embedding.clone());
        let (order, parts) = self.old.by_parts(x, of)?;
        let mut embedding = Array2::zeros((x.nrows(), self.old.columns));
        let mut alone = Vec::new();
        let rows = parts
            .iter()
            .flat_map(|(fates, rows)| fates.iter().zip(rows.rows()));
        for (i, (fate, row)) in order.into_iter().zip(rows) {
            embedding.row_mut(i).assign(&row);
            if *fate == Fate::Alone {
                alone.push(i);
            }
        }
        if alone.is_empty() {
            return Ok(embedding);
        }
        alone.sort_unstable();
        Err(beyond_reach(alone, false))
    }

    fn checked<'a>(&self, x: &'a Array2<f64>) -> Result<std::borrow::Cow<'a, Array2<f64>>> {
        let x = guard::points(x, 1)?;
        if x.ncols() == self.coordinates() {
            Ok(x)
        } else {
            Err(Error::Columns {
                found: x.ncols(),
                wanted: self.coordinates(),
            })
        }
    }

    /// The label of each point of a part; none for those that are alone and get none from another point.
    fn labels_of(&self, part: &Part, points: ArrayView2<'_, f64>) -> Result<Vec<Option<usize>>> {
        let label = |(i, fate): (usize, &Fate)| match fate {
            // A point that was there keeps its label, also where its entry is 0 but for rounding.
            Fate::Twin(twin) => Ok(Some(self.labels[*twin])),
            Fate::Placed => {
                let (eigenvectors, row) = (part.eigenvectors.row(i), part.embedding.row(i));
                Ok(Some(self.division.label(eigenvectors, row)))
            }
            Fate::Alone if self.isolated == Isolated::NearestCluster => {
                let nearest = self.old.nearest(points.index_axis(Axis(0), i))?;
                Ok(Some(self.labels[nearest]))
            }
            Fate::Alone => Ok(None),
        };
        part.fates.iter().enumerate().map(label).collect()
    }
}
