//! Step 10, the embedding: the first few eigenvectors give each vertex a row of k numbers, and vertices of one
//! cluster rows that lie together.
//!
//! # Definition
//! Let v₁, v₂, … be the eigenvectors of a Laplacian for λ₁ ≤ λ₂ ≤ …, in the normal form of that Laplacian.
//! Three Laplacians and three ways to pick columns are in use:
//!
//! | [`Laplacian`] | equation | vectors | normal form |
//! |---|---|---|---|
//! | `Unnormalized` | (D − A)f = λf | f | fᵢᵀfⱼ = 0, fᵀf = 1 |
//! | `Symmetric` | D^-½(D − A)D^-½ w = λw | w = D^½z | wᵢᵀwⱼ = 0, wᵀw = 1 |
//! | `RandomWalk` | D⁻¹(D − A)z = λz | z | zᵢᵀDzⱼ = 0, zᵀDz = 1 |
//!
//! | [`Embedding`] | the row of vertex i |
//! |---|---|
//! | `Leading` | (v₁(i), …, vₖ(i)) |
//! | `UnitRows` | the same, divided by its length; a row of zeros stays |
//! | `NonTrivial` | (v₂(i), …, vₖ₊₁(i)) |
//!
//! | who | Laplacian | columns | function |
//! |---|---|---|---|
//! | Shi & Malik (2000) | random walk | v₁ … vₖ | [`shi_malik`] |
//! | Ng, Jordan & Weiss (2002) | symmetric | v₁ … vₖ, rows of unit length | [`ng_jordan_weiss`] |
//! | the smoothest functions on a graph, fᵀ(D − A)f small | unnormalised | v₂ … vₖ₊₁ | [`non_trivial`] |
//!
//! Where the graph is connected, v₁ of L and of D⁻¹L is constant and tells no vertices apart: Shi and Malik's k
//! columns carry k − 1 coordinates. The non-trivial embedding has one more, and for k clusters that one is
//! already past the gap. For Ng, Jordan and Weiss v₁ is √d, which the unit rows take out again: as
//! wᵢ = √dᵢ·zᵢ, the rows of w and of z have the same direction.
//!
//! # Must hold
//! 1 ≤ k ≤ n, and k < n where v₁ is left out. The k vectors must be *the* k vectors: no more components than k,
//! and a gap behind the last eigenvalue.
//!
//! # Known value
//! Two pieces give two different rows: the path 0–1 beside the path 2–3 has unit rows (1, 1)/√2 and (1, −1)/√2.
//!
//! # Source
//! U. von Luxburg, "A tutorial on spectral clustering", Statistics and Computing 17 (2007), §4.

use crate::eigen::Eigenpairs;
use crate::engine::sparse::structure;
use crate::error::{Error, Result};
use crate::graph::Graph;
use crate::guard;
use crate::linalg;
use ndarray::{Array1, Array2, Axis, s};

/// Whose eigenvectors.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum Laplacian {
    /// D − A.
    Unnormalized,
    /// D^-½(D − A)D^-½.
    Symmetric,
    /// D⁻¹(D − A).
    #[default]
    RandomWalk,
}

impl Laplacian {
    /// The diagonal of M in (D − A)z = λMz, the form in which its eigenvectors are found.
    pub(crate) fn masses(self, graph: &Graph) -> Array1<f64> {
        match self {
            Self::Unnormalized => Array1::ones(graph.vertex_count()),
            Self::Symmetric | Self::RandomWalk => graph.degrees().clone(),
        }
    }
}

/// Which columns, and whether rows are scaled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum Embedding {
    /// v₁ … vₖ.
    #[default]
    Leading,
    /// v₁ … vₖ, each row divided by its length.
    UnitRows,
    /// v₂ … vₖ₊₁.
    NonTrivial,
}

impl Embedding {
    /// How many eigenvectors k columns read: k, or k + 1 where the first is left out.
    pub(crate) fn reads(self, k: usize) -> usize {
        match self {
            Self::Leading | Self::UnitRows => k,
            Self::NonTrivial => k + 1,
        }
    }

    /// The same, where n vertices have so many.
    fn vectors(self, k: usize, n: usize) -> Result<usize> {
        guard::cluster_count(k, n)?;
        match self.reads(k) {
            count if count <= n => Ok(count),
            _ => Err(Error::Count {
                name: "k",
                found: k,
                wanted: "less than the number of vertices, as the columns are v₂ to vₖ₊₁",
            }),
        }
    }
}

/// The `count` smallest eigenpairs of a Laplacian, ascending, the vectors in its own normal form: z, w or f. The
/// sign of w is that of its z.
///
/// ```
/// use fiedler::{embedding::{eigenpairs, Laplacian}, Graph};
/// let path = Graph::from_edges(3, &[(0, 1, 1.0), (1, 2, 1.0)])?;
/// let pairs = eigenpairs(&path, Laplacian::Unnormalized, 3)?;
/// assert!((pairs.values[1] - 1.0).abs() < 1e-14 && (pairs.values[2] - 3.0).abs() < 1e-14);
/// # Ok::<(), fiedler::Error>(())
/// ```
///
/// # Errors
/// As [`Graph::smallest_eigenpairs`]; for L itself isolated vertices are components like others.
pub fn eigenpairs(graph: &Graph, laplacian: Laplacian, count: usize) -> Result<Eigenpairs> {
    match laplacian {
        Laplacian::Unnormalized => {
            graph.smallest_eigenpairs_with(&Array1::ones(graph.vertex_count()), count)
        }
        Laplacian::RandomWalk => graph.smallest_eigenpairs(count),
        Laplacian::Symmetric => Ok(symmetric_form(graph, graph.smallest_eigenpairs(count)?)),
    }
}

/// The eigenpairs of D^-½(D − A)D^-½ from those of D⁻¹(D − A): w = D^½z.
pub(crate) fn symmetric_form(graph: &Graph, mut pairs: Eigenpairs) -> Eigenpairs {
    let roots = graph.degrees().mapv(f64::sqrt);
    pairs.vectors *= &roots.insert_axis(Axis(1));
    pairs
}

/// The rows of these eigenvectors, shape n × k. It takes the vectors as they are, also where they are not unique.
///
/// # Errors
/// [`Error::ClusterCount`] unless 1 ≤ k ≤ n; [`Error::Count`] for k = n non-trivial columns, or where there are
/// fewer pairs than the columns take; [`Error::Length`] where values and vectors differ in number;
/// [`Error::NotFinite`].
pub fn embed(pairs: &Eigenpairs, embedding: Embedding, k: usize) -> Result<Array2<f64>> {
    let (n, found) = pairs.vectors.dim();
    let needed = embedding.vectors(k, n)?;
    let vectors = &*guard::points(&pairs.vectors, 1)?;
    guard::length("the list of eigenvalues", pairs.values.len(), found)?;
    if found < needed {
        return Err(Error::Count {
            name: "the number of eigenpairs",
            found,
            wanted: "at least k, and k + 1 where the first is left out",
        });
    }
    Ok(rows_of(vectors, embedding, k))
}

/// The k columns of these vectors that the embedding takes, for vectors that are known to be enough.
pub(crate) fn rows_of(vectors: &Array2<f64>, embedding: Embedding, k: usize) -> Array2<f64> {
    match embedding {
        Embedding::Leading => vectors.slice(s![.., ..k]).to_owned(),
        Embedding::UnitRows => unit_rows(vectors.slice(s![.., ..k]).to_owned()),
        Embedding::NonTrivial => vectors.slice(s![.., 1..=k]).to_owned(),
    }
}

/// Divides each row by its length; a row of zeros stays.
pub(crate) fn unit_rows(mut matrix: Array2<f64>) -> Array2<f64> {
    for mut row in matrix.rows_mut() {
        // First by the largest entry: then no square overflows or vanishes.
        let largest = linalg::largest(&row);
        if largest > 0.0 {
            row /= largest;
            let length = row.dot(&row).sqrt();
            row /= length;
        }
    }
    matrix
}

/// The embedding of a graph in k columns, where it is unique: [`eigenpairs`], a look at the gap, [`embed`].
///
/// # Errors
/// As [`embed`] and [`eigenpairs`]. [`Error::TooManyComponents`] for more than k;
/// [`Error::NoStructure`] for 1 < k < n where all similarities are equal; [`Error::RepeatedEigenvalue`] where the
/// next eigenvalue equals the last one taken: then the columns span any of many spaces.
pub fn spectral_embedding(
    graph: &Graph,
    laplacian: Laplacian,
    embedding: Embedding,
    k: usize,
) -> Result<Array2<f64>> {
    let n = graph.vertex_count();
    let needed = embedding.vectors(k, n)?;
    if laplacian != Laplacian::Unnormalized {
        guard::no_isolated_points(graph.degrees())?;
    }
    let components = graph.components();
    guard::few_components(&components, k)?;
    if 1 < needed && needed < n {
        structure(graph.edges())?;
    }
    let mut pairs = graph.smallest_alone(&laplacian.masses(graph), needed)?;
    if laplacian == Laplacian::Symmetric {
        pairs = symmetric_form(graph, pairs);
    }
    embed(&pairs, embedding, k)
}

/// Shi and Malik's rows: z₁ … zₖ of D⁻¹(D − A), shape n × k.
///
/// ```
/// use fiedler::{embedding::shi_malik, Graph, ndarray::array};
/// let pieces = Graph::from_edges(4, &[(0, 1, 1.0), (2, 3, 1.0)])?;
/// let rows = shi_malik(&pieces, 2)?;
/// assert_eq!(rows, array![[0.5, 0.5], [0.5, 0.5], [0.5, -0.5], [0.5, -0.5]]);
/// # Ok::<(), fiedler::Error>(())
/// ```
///
/// # Errors
/// As [`spectral_embedding`].
///
/// # Source
/// J. Shi & J. Malik, "Normalized cuts and image segmentation", IEEE TPAMI 22 (2000), §3; as an embedding in
/// k columns U. von Luxburg (2007), §4.
pub fn shi_malik(graph: &Graph, k: usize) -> Result<Array2<f64>> {
    spectral_embedding(graph, Laplacian::RandomWalk, Embedding::Leading, k)
}

/// Ng, Jordan and Weiss's rows: w₁ … wₖ of D^-½(D − A)D^-½, each row divided by its length, shape n × k.
///
/// ```
/// use fiedler::{embedding::ng_jordan_weiss, Graph};
/// let pieces = Graph::from_edges(4, &[(0, 1, 1.0), (2, 3, 5.0)])?;
/// let rows = ng_jordan_weiss(&pieces, 2)?;
/// assert!(rows.row(0).dot(&rows.row(2)).abs() < 1e-15); // different pieces: at right angles
/// # Ok::<(), fiedler::Error>(())
/// ```
///
/// # Errors
/// As [`spectral_embedding`].
///
/// # Source
/// A. Ng, M. Jordan & Y. Weiss, "On spectral clustering: analysis and an algorithm", NIPS 14 (2002), §2.
pub fn ng_jordan_weiss(graph: &Graph, k: usize) -> Result<Array2<f64>> {
    spectral_embedding(graph, Laplacian::Symmetric, Embedding::UnitRows, k)
}

/// The k smoothest patterns that are not constant: f₂ … fₖ₊₁ of D − A, shape n × k. Isolated vertices are allowed,
/// as components.
///
/// # Errors
/// As [`spectral_embedding`].
///
/// # Source
/// M. Belkin & P. Niyogi, "Laplacian eigenmaps for dimensionality reduction and data representation", Neural
/// Computation 15 (2003), §3, for D⁻¹(D − A).
pub fn non_trivial(graph: &Graph, k: usize) -> Result<Array2<f64>> {
    spectral_embedding(graph, Laplacian::Unnormalized, Embedding::NonTrivial, k)
}
