//! Step 10b, the estimator: every choice of the steps in one place, with the answer and how far to trust it.
//!
//! # Definition
//! [`SpectralClustering`] holds the choices; [`SpectralClustering::fit`] runs the steps in their order: graph,
//! eigenvectors, embedding, labels, certificate.
//!
//! | choice | values | default |
//! |---|---|---|
//! | clusters | a number, or by the eigengap | 2 |
//! | graph | a [`GraphRule`] | ⌈ln n⌉ nearest neighbours, bridged to as many pieces as clusters |
//! | Laplacian | [`Laplacian`] | random walk |
//! | embedding | [`Embedding`] | v₁ … v_k as they are |
//! | eigenvectors | the columns of the embedding | as many as clusters |
//! | labels | [`Labelling`] | the sign for two clusters, k-means for more |
//! | isolated vertices | [`Isolated`] | refused |
//! | seed | of k-means and the discretisation | 0 |
//! | solver | a [`Solver`] | by size and kind of graph |
//! | tolerance | the largest residual of an eigenpair | 10⁻⁸ |
//! | progress | a bar for each stage | off |
//!
//! [`crate::spectral_clustering`] gives the labels of this with the ε graph of the post, and the defaults for the rest.
//!
//! # The default graph
//! It answers whatever can be answered: no point is isolated among nearest neighbours, and where they fall into more
//! pieces than clusters, the shortest bridges join them. Any data of any scale has it, without a number to choose, and it
//! stays sparse. ε by the max–min rule, [`GraphRule::MaxMinEpsilon`], refuses where pieces are left, and one far point
//! makes its ε so large that nothing else is told apart. ⌈ln n⌉ was measured beside ⌈log₁₀ n⌉ + 1, ⌈ln n⌉ + 1, ⌈log₂ n⌉,
//! 2⌈ln n⌉, √n and 10 on moons, rings, spirals, blobs and tables: from a hundred points on all but √n do about equally
//! well, and on few points 10 and 2⌈ln n⌉ join everything with everything. The report says which k was taken, which
//! bridges were added, and warns of a cluster that may only be outliers ([`Warning`]).
//!
//! # Must hold
//! 1 ≤ k ≤ n; no more components than clusters; a gap behind the k-th eigenvalue, or behind the last that is asked for by
//! [`SpectralClustering::eigenvectors`].
//!
//! # Known value
//! On the post's moons with the 10-nearest-neighbour graph, k-means on the two leading eigenvectors gets
//! 198 of 200 right.
//!
//! # Source
//! U. von Luxburg, "A tutorial on spectral clustering", Statistics and Computing 17 (2007), §4.

mod clustering;
mod fit;
#[cfg(feature = "linfa")]
mod linfa_traits;
mod model;
mod nystrom;
mod report;
#[cfg(feature = "serde")]
mod saved;
mod steps;
mod warning;

pub use clustering::Clustering;
#[cfg(feature = "linfa")]
pub use linfa_traits::{FitError, UNKNOWN};
pub use model::Model;
pub use report::{Progress, Report, Stage};
pub use warning::Warning;

use crate::embedding::{Embedding, Laplacian};
use crate::engine::eigenpairs::Solver;
use crate::graph::GraphRule;
use crate::parameters::NeighborCount;

/// How many clusters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Clusters {
    /// This number.
    Fixed(usize),
    /// The number before the last gap of the eigenvalues that stands out, at most this; see [`crate::labelling::eigengap()`].
    Eigengap(usize),
}

/// How the embedding becomes labels; see [`mod@crate::labelling`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Labelling {
    /// The sign of the second eigenvector; two clusters only.
    Sign,
    /// The best threshold of the second eigenvector; two clusters only.
    Sweep,
    /// k-means on the rows of the embedding.
    KMeans,
    /// The rotation of the embedding that comes nearest to 0 and 1 (Yu & Shi).
    Discretize,
    /// QR with column pivoting (Damle, Minden & Ying); no starting value, no seed.
    PivotedQr,
}

/// What becomes of a vertex without any edge.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum Isolated {
    /// An error that names it.
    #[default]
    Refuse,
    /// A label of its own, after those of the clusters.
    OwnLabel,
    /// The label of the nearest point that has edges. Needs points, not a graph alone.
    NearestCluster,
}

/// The choices of spectral clustering; a builder.
///
/// ```
/// use fiedler::{GraphRule, SpectralClustering, adjusted_rand_index, data::blog_moons};
/// let moons = blog_moons();
/// let clustering = SpectralClustering::new()
///     .clusters(2)
///     .graph(GraphRule::nearest_neighbors(10))
///     .fit(&moons.x)?;
/// assert!(adjusted_rand_index(&clustering.labels, &moons.y)? > 0.9);
/// println!("{}", clustering.certificate);
/// # Ok::<(), fiedler::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SpectralClustering {
    clusters: Clusters,
    graph: GraphRule,
    laplacian: Laplacian,
    embedding: Embedding,
    eigenvectors: Option<usize>,
    labelling: Option<Labelling>,
    isolated: Isolated,
    seed: u64,
    solver: Solver,
    tolerance: f64,
    progress: bool,
}

impl Default for SpectralClustering {
    fn default() -> Self {
        Self {
            clusters: Clusters::Fixed(2),
            graph: GraphRule::BridgedNearestNeighbors(NeighborCount::Ln, None),
            laplacian: Laplacian::default(),
            embedding: Embedding::default(),
            eigenvectors: None,
            labelling: None,
            isolated: Isolated::default(),
            seed: 0,
            solver: Solver::default(),
            tolerance: 1e-8,
            progress: false,
        }
    }
}

impl SpectralClustering {
    /// The defaults.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The number of clusters.
    #[must_use]
    pub fn clusters(mut self, k: usize) -> Self {
        self.clusters = Clusters::Fixed(k);
        self
    }

    /// As many clusters as there are eigenvalues before the last gap that stands out, at most `at_most`. Where none does
    /// the fit is refused, with all gaps and the numbers that most speaks for ([`crate::Error::NoEigengap`]): moons and
    /// spirals have often none. Where one does, [`Report::ranking`] says how close the others came, and
    /// [`Warning::OtherNumber`] names another that stands out too.
    #[must_use]
    pub fn clusters_by_eigengap(mut self, at_most: usize) -> Self {
        self.clusters = Clusters::Eigengap(at_most);
        self
    }

    /// The graph.
    #[must_use]
    pub fn graph(mut self, rule: GraphRule) -> Self {
        self.graph = rule;
        self
    }

    /// The Laplacian whose eigenvectors are taken.
    #[must_use]
    pub fn laplacian(mut self, laplacian: Laplacian) -> Self {
        self.laplacian = laplacian;
        self
    }

    /// Which eigenvectors make the embedding, and how.
    #[must_use]
    pub fn embedding(mut self, embedding: Embedding) -> Self {
        self.embedding = embedding;
        self
    }

    /// So many columns in the embedding, whatever the number of clusters; scikit-learn's `n_components`. Without it there
    /// are as many as clusters.
    ///
    /// The columns must be unique: with m of them the gap that is looked for lies behind the m-th eigenvalue (the m + 1-st
    /// of [`Embedding::NonTrivial`]), no longer behind λ_k, so that fewer or more columns than clusters are a way out
    /// where λ_k and λ_k₊₁ are equal. Labels by sign and by sweep read v₂ whatever m is, and ask for the gap behind it
    /// too. Discretisation and pivoted QR turn k columns onto k clusters: there m is k. Where the eigengap says k, it looks
    /// at the same eigenvalues as before.
    ///
    /// ```
    /// use fiedler::{Labelling, SpectralClustering, adjusted_rand_index, data::blobs};
    /// let data = blobs(300, 2, 3, 0.5, 1)?;
    /// let estimator = SpectralClustering::new().clusters(3).eigenvectors(5);
    /// let clustering = estimator.fit(&data.x)?;
    /// assert_eq!((clustering.clusters, clustering.embedding.ncols()), (3, 5));
    /// # Ok::<(), fiedler::Error>(())
    /// ```
    #[must_use]
    pub fn eigenvectors(mut self, m: usize) -> Self {
        self.eigenvectors = Some(m);
        self
    }

    /// Ng, Jordan & Weiss: the symmetric Laplacian, rows of unit length.
    #[must_use]
    pub fn ng_jordan_weiss(self) -> Self {
        self.laplacian(Laplacian::Symmetric)
            .embedding(Embedding::UnitRows)
    }

    /// The way from the embedding to labels.
    #[must_use]
    pub fn labels(mut self, labelling: Labelling) -> Self {
        self.labelling = Some(labelling);
        self
    }

    /// What becomes of isolated vertices.
    #[must_use]
    pub fn isolated(mut self, policy: Isolated) -> Self {
        self.isolated = policy;
        self
    }

    /// The seed of k-means and of the discretisation: the same seed gives the same labels.
    #[must_use]
    pub fn seed(mut self, seed: u64) -> Self {
        self.seed = seed;
        self
    }

    /// The way to the eigenvectors.
    #[must_use]
    pub fn solver(mut self, solver: Solver) -> Self {
        self.solver = solver;
        self
    }

    /// Whether a bar on the terminal says what is being done.
    #[must_use]
    pub fn progress(mut self, shown: bool) -> Self {
        self.progress = shown;
        self
    }

    /// The largest residual that an eigenpair may have; a positive number. Residuals are also kept below a hundredth of
    /// the gap behind λ_k; that of λ_k₊₁ itself, which only shows the gap, below a tenth of it.
    #[must_use]
    pub fn tolerance(mut self, tolerance: f64) -> Self {
        self.tolerance = tolerance;
        self
    }
}
