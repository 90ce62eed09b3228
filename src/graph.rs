//! Step 8, the graph: any weighted undirected graph, and the ways to build one from points.
//!
//! # Definition
//! A [`Graph`] has n vertices and a symmetric similarity matrix A ≥ 0; aᵢⱼ > 0 is the weight of the edge between
//! i and j. It is dense or sparse inside, and says the same words either way: [`Graph::degrees`],
//! [`Graph::cut`], [`Graph::normcut`], … for any number of clusters.
//!
//! | graph | built by | aᵢⱼ |
//! |---|---|---|
//! | ε | [`Graph::epsilon`] | 1 where ‖xᵢ − xⱼ‖ ≤ ε |
//! | k nearest neighbours | [`Graph::nearest_neighbors`] | (wᵢⱼ + wⱼᵢ)/2, or 1 where either is 1; wᵢⱼ = 1 where j is one of the k nearest of i |
//! | mutual k nearest neighbours | [`Graph::mutual_nearest_neighbors`] | 1 where wᵢⱼ = wⱼᵢ = 1 |
//! | Gaussian | [`Graph::gaussian`] | exp(−‖xᵢ − xⱼ‖²/2σ²) |
//! | Gaussian on neighbours | [`Graph::gaussian_on_nearest_neighbors`] | the same, where i is a neighbour of j or j one of i |
//! | local scaling | [`Graph::local_scaling`] | exp(−‖xᵢ − xⱼ‖²/σᵢσⱼ), σᵢ the distance to the 7th neighbour |
//! | precomputed | [`Graph::from_matrix`], [`Graph::from_edges`] | as given |
//! | by name | [`known`] | as the name says |
//!
//! # Must hold
//! What a similarity matrix must: finite, nonnegative, symmetric. Checked once, where the graph is built. A
//! point is not its own neighbour; of two neighbours equally far, the one of the smaller index comes first.
//!
//! # Known value
//! The post's moons with ε = 0.4 have 2258 edges and one component; the smallest ε that leaves no point alone
//! is 0.12599.
//!
//! # Source
//! U. von Luxburg, "A tutorial on spectral clustering", Statistics and Computing 17 (2007), §2.2.

mod builders;
pub mod known;
mod reach;
mod rule;

pub(crate) use reach::Reach;
pub use rule::GraphRule;

use crate::checks;
use crate::edges::{Edges, Sparse};
use crate::eigen::{self, Eigenpairs};
use crate::error::{Error, Result};
use ndarray::{Array1, Array2};
use std::collections::HashSet;

/// A weighted undirected graph.
#[derive(Debug, Clone, PartialEq)]
pub struct Graph {
    storage: Storage,
    degrees: Array1<f64>,
}

#[derive(Debug, Clone, PartialEq)]
enum Storage {
    Dense(Array2<f64>),
    Sparse(Sparse),
}

/// How the relation "j is one of the k nearest neighbours of i", which is not symmetric, becomes a graph.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Symmetry {
    /// (W + Wᵀ)/2: an edge weighs 1 where both are neighbours of each other, ½ where only one is.
    #[default]
    Average,
    /// An edge of weight 1 where at least one is a neighbour of the other.
    Either,
}

impl Symmetry {
    /// What an edge weighs where only one end is a neighbour of the other.
    fn one_way(self) -> f64 {
        match self {
            Self::Average => 0.5,
            Self::Either => 1.0,
        }
    }
}

/// The most vertices of a graph given by its edges: the lists of neighbours alone take 1.5 GiB then.
const MOST_VERTICES: usize = 1 << 26;

impl Graph {
    /// The graph of a similarity matrix, kept as it stands (dense).
    ///
    /// ```
    /// use fiedler::{Graph, ndarray::array};
    /// let path = Graph::from_matrix(array![[0., 1., 0.], [1., 0., 1.], [0., 1., 0.]])?;
    /// assert_eq!(path.edge_count(), 2);
    /// # Ok::<(), fiedler::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`crate::degrees`].
    pub fn from_matrix(a: Array2<f64>) -> Result<Self> {
        checks::similarity(&a)?;
        Ok(Self {
            degrees: Edges::Dense(&a).degrees(),
            storage: Storage::Dense(a),
        })
    }

    /// The graph of a list of edges (from, to, weight), each undirected edge once, in either direction. An edge
    /// from a vertex to itself is a loop, and counts once in its degree.
    ///
    /// ```
    /// use fiedler::{Graph, ndarray::array};
    /// let path = Graph::from_edges(3, &[(0, 1, 1.0), (2, 1, 1.0)])?;
    /// assert_eq!(path.degrees(), &array![1., 2., 1.]);
    /// # Ok::<(), fiedler::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Error::NoPoints`], [`Error::OnePoint`] for fewer than two vertices, [`Error::Parameter`] for more than
    /// 2²⁶; [`Error::Vertex`],
    /// [`Error::Weight`], [`Error::DuplicateEdge`] for an edge that cannot be; [`Error::Scale`],
    /// [`Error::TinyDegree`] for weights at the ends of f64.
    pub fn from_edges(vertices: usize, edges: &[(usize, usize, f64)]) -> Result<Self> {
        match vertices {
            0 => return Err(Error::NoPoints),
            1 => return Err(Error::OnePoint),
            2..=MOST_VERTICES => {}
            _ => {
                return Err(Error::Parameter {
                    name: "the number of vertices",
                    value: vertices as f64,
                    wanted: "at most 2^26",
                });
            }
        }
        let mut seen = HashSet::with_capacity(edges.len());
        let mut rows = vec![Vec::new(); vertices];
        for (edge, &(from, to, weight)) in edges.iter().enumerate() {
            if let Some(vertex) = [from, to].into_iter().find(|&end| end >= vertices) {
                return Err(Error::Vertex {
                    edge,
                    vertex,
                    vertices,
                });
            }
            if !(weight > 0.0 && weight.is_finite()) {
                return Err(Error::Weight { edge, weight });
            }
            if !seen.insert((from.min(to), from.max(to))) {
                return Err(Error::DuplicateEdge { edge, from, to });
            }
            rows[from].push((to, weight));
            if from != to {
                rows[to].push((from, weight));
            }
        }
        Self::from_rows(rows)
    }

    /// The graph of rows of (neighbour, weight) that are symmetric by construction.
    fn from_rows(rows: Vec<Vec<(usize, f64)>>) -> Result<Self> {
        let rows = Sparse::from_rows(rows);
        let degrees = Edges::Sparse(&rows).degrees();
        checks::scale(&degrees)?;
        Ok(Self {
            degrees,
            storage: Storage::Sparse(rows),
        })
    }

    pub(crate) fn edges(&self) -> Edges<'_> {
        match &self.storage {
            Storage::Dense(a) => Edges::Dense(a),
            Storage::Sparse(rows) => Edges::Sparse(rows),
        }
    }

    /// n.
    #[must_use]
    pub fn vertex_count(&self) -> usize {
        self.degrees.len()
    }

    /// The number of edges, loops included.
    #[must_use]
    pub fn edge_count(&self) -> usize {
        self.edges().entries().filter(|(i, j, _)| i <= j).count()
    }

    /// Whether the similarity matrix is kept whole; else only its entries that are not 0.
    #[must_use]
    pub fn is_dense(&self) -> bool {
        matches!(self.storage, Storage::Dense(_))
    }

    /// The edges (i, j, weight) with i ≤ j, in order.
    pub fn weighted_edges(&self) -> impl Iterator<Item = (usize, usize, f64)> + '_ {
        self.edges().entries().filter(|(i, j, _)| i <= j)
    }

    /// The neighbours of vertex `i` and the weights of the edges to them, in order.
    ///
    /// # Errors
    /// [`Error::Vertex`] where there is no such vertex.
    pub fn neighbors(&self, i: usize) -> Result<Vec<(usize, f64)>> {
        let vertices = self.vertex_count();
        if i < vertices {
            Ok(self.edges().of(i).collect())
        } else {
            Err(Error::Vertex {
                edge: 0,
                vertex: i,
                vertices,
            })
        }
    }

    /// The similarity matrix A, shape n × n.
    ///
    /// # Errors
    /// [`Error::TooLarge`] above [`crate::DENSE_LIMIT`].
    pub fn matrix(&self) -> Result<Array2<f64>> {
        checks::dense_size(self.vertex_count(), crate::DENSE_LIMIT)?;
        Ok(self.edges().matrix())
    }

    /// The unnormalised Laplacian D − A, as [`crate::laplacian`]. Shape n × n.
    ///
    /// # Errors
    /// As [`Graph::matrix`].
    pub fn laplacian(&self) -> Result<Array2<f64>> {
        eigen::laplacian(&self.matrix()?)
    }

    /// D⁻¹(D − A), as [`crate::random_walk_laplacian`]. Shape n × n.
    ///
    /// # Errors
    /// As [`Graph::matrix`], and [`Error::IsolatedPoints`] or [`Error::NoEdges`].
    pub fn random_walk_laplacian(&self) -> Result<Array2<f64>> {
        eigen::random_walk_laplacian(&self.matrix()?)
    }

    /// D^-½(D − A)D^-½, as [`crate::symmetric_laplacian`]. Shape n × n.
    ///
    /// # Errors
    /// As [`Graph::random_walk_laplacian`].
    pub fn symmetric_laplacian(&self) -> Result<Array2<f64>> {
        eigen::symmetric_laplacian(&self.matrix()?)
    }

    /// dᵢ = Σⱼ aᵢⱼ.
    #[must_use]
    pub fn degrees(&self) -> &Array1<f64> {
        &self.degrees
    }

    /// The sum of all degrees.
    #[must_use]
    pub fn volume(&self) -> f64 {
        self.degrees.sum()
    }

    /// The connected component of each vertex, numbered in order of first appearance.
    #[must_use]
    pub fn components(&self) -> Array1<usize> {
        self.edges().components()
    }

    /// The number of connected components.
    #[must_use]
    pub fn component_count(&self) -> usize {
        self.components().iter().max().map_or(0, |last| last + 1)
    }

    /// Whether a path of edges joins every two vertices.
    #[must_use]
    pub fn is_connected(&self) -> bool {
        self.component_count() == 1
    }

    /// How many edges the graph lacks to be connected: its components but one.
    #[must_use]
    pub fn missing_links(&self) -> usize {
        self.component_count() - 1
    }

    /// The vertices without any edge.
    #[must_use]
    pub fn isolated_vertices(&self) -> Vec<usize> {
        let degrees = self.degrees.iter().enumerate();
        degrees
            .filter(|(_, d)| **d == 0.0)
            .map(|(i, _)| i)
            .collect()
    }

    /// The graph on these vertices alone, renumbered in the order given; the edges between them are kept.
    ///
    /// # Errors
    /// [`Error::Vertex`] for a vertex that does not exist; [`Error::OnePoint`], [`Error::NoPoints`] for fewer
    /// than two; [`Error::DuplicateEdge`] is not possible: a vertex named twice is kept once.
    pub fn induced(&self, vertices: &[usize]) -> Result<Self> {
        let mut place = vec![usize::MAX; self.vertex_count()];
        let mut kept = Vec::with_capacity(vertices.len());
        for (edge, &vertex) in vertices.iter().enumerate() {
            let Some(slot) = place.get_mut(vertex) else {
                return Err(Error::Vertex {
                    edge,
                    vertex,
                    vertices: self.vertex_count(),
                });
            };
            if *slot == usize::MAX {
                *slot = kept.len();
                kept.push(vertex);
            }
        }
        match kept.len() {
            0 => return Err(Error::NoPoints),
            1 => return Err(Error::OnePoint),
            _ => {}
        }
        let inside = |&(j, weight): &(usize, f64)| (place[j], weight);
        if let Storage::Dense(a) = &self.storage {
            return Self::from_matrix(Array2::from_shape_fn((kept.len(), kept.len()), |(i, j)| {
                a[[kept[i], kept[j]]]
            }));
        }
        let row = |&i: &usize| {
            let neighbors = self.edges().of(i).filter(|&(j, _)| place[j] != usize::MAX);
            neighbors.map(|pair| inside(&pair)).collect()
        };
        Self::from_rows(kept.iter().map(row).collect())
    }

    /// The weight of all edges between different clusters of `labels`, each edge counted once.
    ///
    /// # Errors
    /// [`Error::Length`], [`Error::Label`], [`Error::MissingLabel`] for labels that are not 0, 1, …, k − 1.
    ///
    /// # Source
    /// J. Shi & J. Malik (2000), §2, eq. (1), for two clusters.
    pub fn cut(&self, labels: &Array1<usize>) -> Result<f64> {
        Ok(self.cuts_and_volumes(labels)?.0.sum() / 2.0)
    }

    /// The cut of each cluster: the weight of the edges that leave it, cut(C, V∖C).
    ///
    /// # Errors
    /// As [`Graph::cut`].
    pub fn cuts(&self, labels: &Array1<usize>) -> Result<Array1<f64>> {
        Ok(self.cuts_and_volumes(labels)?.0)
    }

    /// The volume of each cluster: the sum of its degrees.
    ///
    /// # Errors
    /// As [`Graph::cut`].
    pub fn vols(&self, labels: &Array1<usize>) -> Result<Array1<f64>> {
        Ok(self.cuts_and_volumes(labels)?.1)
    }

    /// The normalised cut into any number of clusters, Σ_c cut(C, V∖C)/vol(C). For two clusters it is that of
    /// [`crate::normcut`]; for k it lies between 0 and k.
    ///
    /// ```
    /// use fiedler::{Graph, data::blog_moons};
    /// let moons = blog_moons();
    /// let normcut = Graph::epsilon(&moons.x, 0.4)?.normcut(&moons.y)?;
    /// assert!((normcut - 0.011518412331615225).abs() < 1e-15);
    /// # Ok::<(), fiedler::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`Graph::cut`], and [`Error::EmptyCluster`] where a volume is 0.
    ///
    /// # Source
    /// S. X. Yu & J. Shi, "Multiclass spectral clustering", ICCV 2003, §2; U. von Luxburg (2007), §5, eq. (5).
    pub fn normcut(&self, labels: &Array1<usize>) -> Result<f64> {
        let (cuts, volumes) = self.cuts_and_volumes(labels)?;
        match volumes.iter().position(|&volume| volume == 0.0) {
            Some(_) if self.volume() == 0.0 => Err(Error::NoEdges),
            Some(label) => Err(Error::EmptyCluster { label }),
            None => Ok((cuts / volumes).sum()),
        }
    }

    fn cuts_and_volumes(&self, labels: &Array1<usize>) -> Result<(Array1<f64>, Array1<f64>)> {
        let k = checks::labels(labels, self.vertex_count())?;
        Ok(self.edges().cuts_and_volumes(labels, k))
    }

    /// The `count` smallest eigenpairs of (D − A)z = λDz, with the conventions of [`crate::eigen`]: ascending,
    /// zᵢᵀDzⱼ = 0, zᵀDz = 1, the sign fixed. Each component gives one eigenvalue that is 0 exactly: the first vector
    /// is constant, and each next one weighs a component against all before it.
    ///
    /// ```
    /// use fiedler::{Graph, data::blog_moons};
    /// let pairs = Graph::epsilon(&blog_moons().x, 0.4)?.smallest_eigenpairs(3)?;
    /// assert_eq!(pairs.values[0], 0.0);
    /// assert!((pairs.values[1] - 0.005384412046144769).abs() < 1e-14);
    /// # Ok::<(), fiedler::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Error::ClusterCount`] unless 1 ≤ count ≤ n; [`Error::IsolatedPoints`], [`Error::NoEdges`];
    /// [`Error::TooLarge`] above [`crate::DENSE_LIMIT`]; [`Error::Solver`] where the eigensolver gives up.
    pub fn smallest_eigenpairs(&self, count: usize) -> Result<Eigenpairs> {
        checks::cluster_count(count, self.vertex_count())?;
        checks::no_isolated_points(&self.degrees)?;
        self.few_smallest(&self.degrees, count)
    }

    /// The `count` smallest eigenpairs of Lf = λMf, L = D − A, for the diagonal matrix M of positive `masses`:
    /// fᵢᵀMfⱼ = 0, fᵀMf = 1. With masses 1 these are the eigenpairs of the unnormalised Laplacian; isolated
    /// vertices are components like others.
    ///
    /// # Errors
    /// As [`Graph::smallest_eigenpairs`], but for isolated vertices; [`Error::Length`] and [`Error::Parameter`]
    /// for masses that are not one positive number per vertex.
    pub fn smallest_eigenpairs_with(
        &self,
        masses: &Array1<f64>,
        count: usize,
    ) -> Result<Eigenpairs> {
        checks::cluster_count(count, self.vertex_count())?;
        checks::length("masses", masses.len(), self.vertex_count())?;
        masses
            .iter()
            .try_for_each(|&mass| checks::positive("a mass", mass))?;
        checks::scale(masses)?;
        self.few_smallest(masses, count)
    }

    fn few_smallest(&self, masses: &Array1<f64>, count: usize) -> Result<Eigenpairs> {
        checks::dense_size(self.vertex_count(), crate::DENSE_LIMIT)?;
        eigen::few_smallest(
            self.edges(),
            &self.degrees,
            masses,
            &self.components(),
            count,
        )
    }

    /// ‖D^-½((D − A)z − λDz)‖ of each pair: how far it is from solving the equation.
    ///
    /// # Errors
    /// [`Error::Length`] where the pairs are of another graph; [`Error::IsolatedPoints`], [`Error::NoEdges`].
    pub fn residuals(&self, pairs: &Eigenpairs) -> Result<Array1<f64>> {
        checks::length("an eigenvector", pairs.vectors.nrows(), self.vertex_count())?;
        checks::no_isolated_points(&self.degrees)?;
        Ok(eigen::residuals(
            self.edges(),
            &self.degrees,
            &self.degrees,
            pairs,
        ))
    }
}
