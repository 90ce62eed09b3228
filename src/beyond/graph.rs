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
//! | k nearest neighbours, bridged | [`Graph::bridged_nearest_neighbors`] | the average, and ½ for each of the shortest edges that join pieces |
//! | Gaussian | [`Graph::gaussian`] | exp(−‖xᵢ − xⱼ‖²/2σ²) |
//! | Gaussian on neighbours | [`Graph::gaussian_on_nearest_neighbors`] | the same, where i is a neighbour of j or j one of i |
//! | local scaling | [`Graph::local_scaling`] | exp(−‖xᵢ − xⱼ‖²/σᵢσⱼ), σᵢ the distance to the 7th neighbour |
//! | cosine | [`Graph::cosine`], [`Graph::cosine_on_nearest_neighbors`] | xᵢ·xⱼ/‖xᵢ‖‖xⱼ‖ where that is positive |
//! | of your own | [`Graph::from_similarity`] | f(xᵢ, xⱼ) |
//! | on the earth | [`Graph::haversine_epsilon`], [`Graph::haversine_nearest_neighbors`] | 1, or as of nearest neighbours |
//! | precomputed | [`Graph::from_matrix`], [`Graph::from_edges`], [`Graph::from_csr`], [`Graph::from_triplets`] | as given |
//! | by name | [`known`] | as the name says |
//!
//! Past one machine: [`petsc`].
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

#[cfg(feature = "approximate")]
mod approximate;
mod bridged;
mod builders;
mod compressed;
mod cuts;
mod edge_list;
mod eigenpairs;
mod kernels;
pub mod known;
mod on_earth;
#[cfg(feature = "petgraph")]
mod petgraph;
pub mod petsc;
mod reach;
mod rule;
#[cfg(feature = "sprs")]
mod sprs;
mod storage;
mod symmetric;
mod symmetry;

pub use bridged::Bridge;
pub(crate) use reach::{Reach, Similar};
pub use rule::GraphRule;
use storage::Storage;
pub use symmetry::Symmetry;

use crate::engine::sparse::{AlongCurve, Edges, Pieces, Sparse};
use crate::error::{Error, Result};
use crate::guard;
use ndarray::{Array1, Array2};
use std::sync::OnceLock;

/// A weighted undirected graph.
#[derive(Debug, Clone)]
pub struct Graph {
    storage: Storage,
    degrees: Array1<f64>,
    /// Found when first asked for.
    pieces: OnceLock<Pieces>,
}

/// The same edges, both kept whole or neither.
impl PartialEq for Graph {
    fn eq(&self, other: &Self) -> bool {
        match (&self.storage, &other.storage) {
            (Storage::Dense(one), Storage::Dense(other)) => one == other,
            _ => self.sparse().is_some() && self.sparse() == other.sparse(),
        }
    }
}

/// What becomes of a vertex whose degree is too small to divide by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tiny {
    /// The graph is refused.
    Refuse,
    /// Its edges are dropped: it is isolated, not in all but name.
    Isolate,
}

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
        let a = guard::into_standard(a);
        guard::similarity(&a)?;
        Ok(Self {
            degrees: Edges::Dense(&a).degrees(),
            storage: Storage::Dense(a),
            pieces: OnceLock::new(),
        })
    }

    /// The graph of a matrix that is symmetric by construction.
    fn dense(a: Array2<f64>, tiny: Tiny) -> Result<Self> {
        Self::from_storage(Storage::Dense(a), tiny)
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
    /// [`Error::NoPoints`], [`Error::OnePoint`] for fewer than two vertices, [`Error::Count`] for 2³² and more, and for more
    /// than 2²⁶ of which some must be without edges, being more than two for each; [`Error::Vertex`],
    /// [`Error::Weight`], [`Error::DuplicateEdge`] for an edge that cannot be; [`Error::Scale`],
    /// [`Error::TinyDegree`] for weights at the ends of f64.
    pub fn from_edges(vertices: usize, edges: &[(usize, usize, f64)]) -> Result<Self> {
        guard::vertices(vertices, edges.len())?;
        Self::from_sparse(edge_list::compressed(vertices, edges)?)
    }

    /// The graph of rows of (neighbour, weight) that are symmetric by construction.
    fn from_rows(rows: Vec<Vec<(usize, f64)>>) -> Result<Self> {
        Self::from_sparse(Sparse::from_rows(rows))
    }

    /// The graph of compressed rows that are symmetric by construction.
    fn from_sparse(rows: Sparse) -> Result<Self> {
        Self::from_storage(Storage::Sparse(rows), Tiny::Refuse)
    }

    /// The graph of rows along a curve that are symmetric by construction.
    fn along_curve(rows: AlongCurve, tiny: Tiny) -> Result<Self> {
        Self::from_storage(Storage::AlongCurve(rows), tiny)
    }

    fn from_storage(mut storage: Storage, tiny: Tiny) -> Result<Self> {
        let mut degrees = storage.edges().degrees();
        loop {
            match guard::scale(&degrees) {
                // Without its edges the degree of another may be tiny.
                Err(Error::TinyDegree { points, .. }) if tiny == Tiny::Isolate => {
                    storage = storage.without_edges_of(&points);
                    degrees = storage.edges().degrees();
                }
                Err(error) => return Err(error),
                Ok(()) => break,
            }
        }
        Ok(Self {
            degrees,
            storage,
            pieces: OnceLock::new(),
        })
    }

    pub(crate) fn edges(&self) -> Edges<'_> {
        self.storage.edges()
    }

    /// The compressed rows, of a graph that is not kept whole.
    fn sparse(&self) -> Option<&Sparse> {
        match &self.storage {
            Storage::Dense(_) => None,
            Storage::Sparse(rows) => Some(rows),
            Storage::AlongCurve(curve) => Some(curve.by_vertex()),
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
    /// [`Error::TooLarge`] above [`crate::similarity::DENSE_LIMIT`].
    pub fn matrix(&self) -> Result<Array2<f64>> {
        let instead = "call the functions of `Graph`, which need no matrix, or take fewer vertices";
        guard::dense_size(self.vertex_count(), crate::similarity::DENSE_LIMIT, instead)?;
        Ok(self.edges().matrix())
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
        self.pieces().labels.clone()
    }

    /// The components and a walk through them.
    pub(crate) fn pieces(&self) -> &Pieces {
        self.pieces.get_or_init(|| self.edges().pieces())
    }

    /// The number of connected components.
    #[must_use]
    pub fn component_count(&self) -> usize {
        self.pieces().count
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
        let mut renumbered = vec![usize::MAX; self.vertex_count()];
        let mut kept = Vec::with_capacity(vertices.len());
        for (edge, &vertex) in vertices.iter().enumerate() {
            let Some(slot) = renumbered.get_mut(vertex) else {
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
        let inside = |&(j, weight): &(usize, f64)| (renumbered[j], weight);
        if let Storage::Dense(a) = &self.storage {
            return Self::from_matrix(Array2::from_shape_fn((kept.len(), kept.len()), |(i, j)| {
                a[[kept[i], kept[j]]]
            }));
        }
        let row = |&i: &usize| {
            let neighbors = self
                .edges()
                .of(i)
                .filter(|&(j, _)| renumbered[j] != usize::MAX);
            neighbors.map(|pair| inside(&pair)).collect()
        };
        Self::from_rows(kept.iter().map(row).collect())
    }
}
