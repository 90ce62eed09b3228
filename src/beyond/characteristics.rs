//! The characteristics of clusters, as geographers print them: sizes, centres, sums of squares, and the cuts.
//!
//! # Definition
//! With n_c points in cluster c, x̄_c their mean and x̄ the mean of all points,
//!
//! ```text
//! total   = Σᵢ ‖xᵢ − x̄‖²
//! within_c = Σ_{i ∈ c} ‖xᵢ − x̄_c‖²
//! between = Σ_c n_c ‖x̄_c − x̄‖²  =  total − Σ_c within_c
//! ```
//!
//! and, of the graph, each cluster's volume, cut and [conductance](fn@crate::certificate::conductance). The ratio between/total
//! says how much of the spread the clusters explain *as balls around their centres*: two moons well split have a
//! small one, and k-means a larger one that is wrong.
//!
//! # Must hold
//! One label per point and vertex, 0, …, k − 1 for k ≥ 2; points that differ; no cluster of volume 0.
//!
//! # Known value
//! The points 0, 1, 5, 6 in pairs: within ½ and ½, between 25, total 26.
//!
//! # Source
//! L. Anselin, "An Introduction to Spatial Data Science with GeoDa", vol. 2 (2024), ch. 8.

use crate::certificate::conductances;
use crate::error::{Error, Result};
use crate::graph::Graph;
use crate::guard;
use crate::linalg;
use crate::points::Points;
use ndarray::{Array1, Array2, Axis};
use std::fmt;

/// Each cluster in numbers, and all of them together. Sums of squares are in the squared unit of the data.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Characteristics {
    /// The number of points of each cluster.
    #[cfg_attr(
        feature = "serde",
        serde(serialize_with = "crate::linalg::lists::nested")
    )]
    pub sizes: Array1<usize>,
    /// The mean of each cluster's points, one a row. Shape k × p.
    #[cfg_attr(
        feature = "serde",
        serde(serialize_with = "crate::linalg::lists::nested")
    )]
    pub centers: Array2<f64>,
    /// The within sum of squares of each cluster.
    #[cfg_attr(
        feature = "serde",
        serde(serialize_with = "crate::linalg::lists::nested")
    )]
    pub within: Array1<f64>,
    /// The volume of each cluster in the graph.
    #[cfg_attr(
        feature = "serde",
        serde(serialize_with = "crate::linalg::lists::nested")
    )]
    pub volumes: Array1<f64>,
    /// The weight of the edges that leave each cluster.
    #[cfg_attr(
        feature = "serde",
        serde(serialize_with = "crate::linalg::lists::nested")
    )]
    pub cuts: Array1<f64>,
    /// cut/min(volume, volume of the rest) of each cluster.
    #[cfg_attr(
        feature = "serde",
        serde(serialize_with = "crate::linalg::lists::nested")
    )]
    pub conductances: Array1<f64>,
    /// The total sum of squares.
    pub total: f64,
    /// The between sum of squares, from the centres.
    pub between: f64,
    /// between/total, from 0 to 1.
    pub ratio: f64,
}

/// The characteristics of the clusters `labels` of the points `x` (one a row), joined by `graph`.
///
/// ```
/// use fiedler::{characteristics::characteristics, graph::known::path, ndarray::array};
/// let found = characteristics(&array![[0.], [1.], [5.], [6.]], &path(4)?, &array![0, 0, 1, 1])?;
/// assert_eq!(found.within, array![0.5, 0.5]);
/// assert_eq!((found.between, found.total), (25.0, 26.0));
/// # Ok::<(), fiedler::Error>(())
/// ```
///
/// # Errors
/// [`Error::NoPoints`], [`Error::OnePoint`], [`Error::NoColumns`], [`Error::NotFinite`]; [`Error::Length`] where
/// points, vertices and labels differ in number; what [`crate::certificate::conductance()`] refuses; [`Error::AllPointsEqual`];
/// [`Error::VectorScale`] where a sum of squares leaves the range of f64.
pub fn characteristics(
    x: &(impl Points + ?Sized),
    graph: &Graph,
    labels: &Array1<usize>,
) -> Result<Characteristics> {
    of_matrix(&*x.matrix()?, graph, labels)
}

fn of_matrix(x: &Array2<f64>, graph: &Graph, labels: &Array1<usize>) -> Result<Characteristics> {
    let x = &*guard::points(x, 2)?;
    guard::length("labels", labels.len(), x.nrows())?;
    let labels = &*guard::standard(labels);
    guard::length("the graph", graph.vertex_count(), x.nrows())?;
    let (cuts, volumes) = graph.cuts_and_positive_volumes(labels)?;
    // Far from 0, squares lose what the points differ by: from here on, the first point is the origin.
    let origin = x.row(0).to_owned();
    let from_first = x - &origin;
    if from_first.iter().all(|&entry| entry == 0.0) {
        return Err(Error::AllPointsEqual { n: x.nrows() });
    }
    let one_cluster = Array1::zeros(x.nrows());
    let (_, mean) = means(&from_first, &one_cluster, 1);
    let total = within(&from_first, &mean, &one_cluster).sum();
    if !total.is_normal() {
        let largest = linalg::largest(x);
        return Err(Error::VectorScale { name: "x", largest });
    }
    let (sizes, centers) = means(&from_first, labels, cuts.len());
    let offsets = (&centers - &mean).map_axis(Axis(1), |offset| offset.dot(&offset));
    let between = sizes.mapv(|size| size as f64).dot(&offsets);
    Ok(Characteristics {
        within: within(&from_first, &centers, labels),
        sizes,
        centers: centers + origin,
        conductances: conductances(&cuts, &volumes),
        volumes,
        cuts,
        total,
        between,
        ratio: (between / total).min(1.0),
    })
}

/// The size and the mean of each cluster.
fn means(x: &Array2<f64>, labels: &Array1<usize>, k: usize) -> (Array1<usize>, Array2<f64>) {
    let mut sizes = Array1::zeros(k);
    let mut sums = Array2::zeros((k, x.ncols()));
    for (&label, row) in labels.iter().zip(x.rows()) {
        sizes[label] += 1;
        for (sum, entry) in sums.row_mut(label).iter_mut().zip(row) {
            *sum += entry;
        }
    }
    let counts = sizes.mapv(|size: usize| size as f64).insert_axis(Axis(1));
    (sizes, sums / counts)
}

/// The squared distances from each cluster's centre, summed.
fn within(x: &Array2<f64>, centers: &Array2<f64>, labels: &Array1<usize>) -> Array1<f64> {
    let mut sums = Array1::zeros(centers.nrows());
    for (&label, row) in labels.iter().zip(x.rows()) {
        for (entry, center) in row.iter().zip(centers.row(label)) {
            sums[label] += (entry - center).powi(2);
        }
    }
    sums
}

/// An aligned table, one cluster a line, and the sums of squares below it.
impl fmt::Display for Characteristics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut head: Vec<String> = ["cluster", "size", "within", "volume", "cut", "conductance"]
            .map(String::from)
            .to_vec();
        head.extend((1..=self.centers.ncols()).map(|column| format!("centre {column}")));
        let mut lines = vec![head];
        for (c, center) in self.centers.rows().into_iter().enumerate() {
            let mut line = vec![c.to_string(), self.sizes[c].to_string()];
            let numbers = [
                self.within[c],
                self.volumes[c],
                self.cuts[c],
                self.conductances[c],
            ];
            line.extend(numbers.into_iter().chain(center.to_owned()).map(short));
            lines.push(line);
        }
        for line in &lines {
            for (column, cell) in line.iter().enumerate() {
                let width = lines
                    .iter()
                    .map(|line| line[column].len())
                    .max()
                    .unwrap_or(0);
                write!(f, "{}{cell:>width$}", if column == 0 { "" } else { "  " })?;
            }
            writeln!(f)?;
        }
        writeln!(f, "total sum of squares    {}", short(self.total))?;
        writeln!(f, "within sum of squares   {}", short(self.within.sum()))?;
        writeln!(f, "between sum of squares  {}", short(self.between))?;
        write!(f, "between/total           {:.4}", self.ratio)
    }
}

/// Whole numbers as they are, others with four digits after the point; very large and small ones by powers of ten.
fn short(number: f64) -> String {
    let size = number.abs();
    if number.fract() == 0.0 && size < 1e9 {
        format!("{number:.0}")
    } else if (1e-3..1e9).contains(&size) {
        format!("{number:.4}")
    } else if size < 1e-12 {
        "0".to_string()
    } else {
        format!("{number:.3e}")
    }
}
