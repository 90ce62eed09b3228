//! Step 10b, the estimator: every choice of the steps in one place, with the answer and how far to trust it.
//!
//! # Definition
//! [`SpectralClustering`] holds the choices; [`SpectralClustering::fit`] runs the steps in their order: graph,
//! eigenvectors, embedding, labels, certificate.
//!
//! | choice | values | default |
//! |---|---|---|
//! | clusters | a number, or by the eigengap | 2 |
//! | graph | a [`GraphRule`] | ε by the max–min rule |
//! | Laplacian | [`Laplacian`] | random walk |
//! | embedding | [`Embedding`] | v₁ … v_k as they are |
//! | labels | [`Labelling`] | the sign for two clusters, k-means for more |
//! | isolated vertices | [`Isolated`] | refused |
//! | seed | of k-means and the discretisation | 0 |
//! | tolerance | the largest residual of an eigenpair | 10⁻⁸ |
//!
//! [`crate::spectral_clustering`] is this with its defaults and a given ε.
//!
//! # Must hold
//! 1 ≤ k ≤ n; no more components than clusters; a gap behind the k-th eigenvalue.
//!
//! # Known value
//! On the post's moons with the 10-nearest-neighbour graph, k-means on the two leading eigenvectors gets
//! 198 of 200 right.
//!
//! # Source
//! U. von Luxburg, "A tutorial on spectral clustering", Statistics and Computing 17 (2007), §4.

mod linfa_traits;
mod nystrom;

pub use linfa_traits::{FitError, UNKNOWN};

use crate::certificate::Certificate;
use crate::characteristics::{Characteristics, characteristics};
use crate::checks;
use crate::eigen::Eigenpairs;
use crate::embedding::{Embedding, Laplacian, eigenvectors, embed};
use crate::error::{Error, Result};
use crate::graph::{Graph, GraphRule};
use crate::labelling::{discretize, eigengap, labels_by_kmeans, pivoted_qr, sweep};
use crate::{labels_above, neighbors};
use ndarray::{Array1, Array2, Axis};
use nystrom::{Model, Place};

/// How many clusters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Clusters {
    /// This number.
    Fixed(usize),
    /// The number before the largest gap of the eigenvalues, at most this.
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
    labelling: Option<Labelling>,
    isolated: Isolated,
    seed: u64,
    tolerance: f64,
}

impl Default for SpectralClustering {
    fn default() -> Self {
        Self {
            clusters: Clusters::Fixed(2),
            graph: GraphRule::MaxMinEpsilon,
            laplacian: Laplacian::default(),
            embedding: Embedding::default(),
            labelling: None,
            isolated: Isolated::default(),
            seed: 0,
            tolerance: 1e-8,
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

    /// As many clusters as there are eigenvalues before the largest gap, at most `at_most`.
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

    /// The largest residual that an eigenpair may have; a positive number.
    #[must_use]
    pub fn tolerance(mut self, tolerance: f64) -> Self {
        self.tolerance = tolerance;
        self
    }

    /// Clusters the rows of `x`.
    ///
    /// # Errors
    /// [`Error::ClusterCount`] unless 1 ≤ k ≤ n, [`Error::TooLarge`] above [`crate::DENSE_LIMIT`], before any work; what the graph's builder refuses;
    /// [`Error::IsolatedPoints`], [`Error::NoEdges`], [`Error::NoStructure`]; [`Error::TooManyComponents`] for
    /// more components than clusters; [`Error::RepeatedEigenvalue`] without a gap behind λ_k;
    /// [`Error::FewerClusters`]; [`Error::Parameter`] for choices that do not fit together.
    pub fn fit(&self, x: &Array2<f64>) -> Result<Clustering> {
        checks::points(x, 2)?;
        self.check(x.nrows())?;
        let rule = self.graph.resolved(x)?;
        self.run(rule.build(x)?, Some((x, rule)))
    }

    /// Clusters the vertices of a graph; the choice of the graph is not used.
    ///
    /// # Errors
    /// As [`SpectralClustering::fit`]; [`Error::Parameter`] where isolated vertices should go to the nearest
    /// cluster, which a graph alone does not know.
    pub fn fit_graph(&self, graph: &Graph) -> Result<Clustering> {
        self.check(graph.vertex_count())?;
        self.run(graph.clone(), None)
    }

    /// What can be refused before any work.
    fn check(&self, n: usize) -> Result<()> {
        let (Clusters::Fixed(k) | Clusters::Eigengap(k)) = self.clusters;
        checks::cluster_count(k, n)?;
        // The eigensolver's matrix.
        checks::dense_size(n, crate::DENSE_LIMIT)?;
        checks::positive("tolerance", self.tolerance)?;
        let two = matches!(self.labelling, Some(Labelling::Sign | Labelling::Sweep));
        if two && self.clusters != Clusters::Fixed(2) {
            return Err(Error::Parameter {
                name: "clusters",
                value: k as f64,
                wanted: "2 for labels by sign or by sweep; take k-means, discretisation or pivoted QR for more",
            });
        }
        Ok(())
    }

    fn run(&self, graph: Graph, points: Option<(&Array2<f64>, GraphRule)>) -> Result<Clustering> {
        let n = graph.vertex_count();
        let isolated = graph.isolated_vertices();
        let joined: Vec<usize> = match isolated.len() {
            0 => (0..n).collect(),
            all if all == n => return Err(Error::NoEdges),
            _ if self.isolated == Isolated::Refuse => {
                return Err(Error::IsolatedPoints { points: isolated });
            }
            _ => (0..n)
                .filter(|i| isolated.binary_search(i).is_err())
                .collect(),
        };
        let whole = isolated.is_empty();
        let induced = if whole {
            None
        } else {
            Some(graph.induced(&joined)?)
        };
        let core = self.run_joined(induced.as_ref().unwrap_or(&graph))?;

        let mut labels = Array1::zeros(n);
        let mut embedding = Array2::zeros((n, core.embedding.ncols()));
        for (row, &i) in joined.iter().enumerate() {
            labels[i] = core.labels[row];
            embedding.row_mut(i).assign(&core.embedding.row(row));
        }
        let kept = points.map(|(x, rule)| (x.select(Axis(0), &joined), rule));
        for (place, &i) in isolated.iter().enumerate() {
            labels[i] = match (self.isolated, points, &kept) {
                (Isolated::NearestCluster, Some((x, _)), Some((kept, _))) => {
                    core.labels[neighbors::nearest_to(kept, x.row(i), 1, None)[0].0]
                }
                (Isolated::NearestCluster, ..) => {
                    return Err(Error::Parameter {
                        name: "the number of isolated vertices",
                        value: isolated.len() as f64,
                        wanted: "0 for a graph without points, or the policy `OwnLabel`",
                    });
                }
                _ => core.clusters + place,
            };
        }
        let characteristics = match &kept {
            Some((kept, _)) => {
                characteristics(kept, induced.as_ref().unwrap_or(&graph), &core.labels)
            }
            None => Err(Error::NoPoints),
        };
        let model = match kept {
            Some((kept, rule)) => Some(Model::new(
                &rule,
                kept,
                self.laplacian,
                self.embedding,
                self.isolated,
                &core,
            )?),
            None => None,
        };
        Ok(Clustering {
            labels,
            clusters: core.clusters,
            eigenvalues: core.pairs.values,
            embedding,
            certificate: core.certificate,
            characteristics,
            isolated,
            graph,
            model,
        })
    }

    /// The steps on a graph without isolated vertices.
    fn run_joined(&self, graph: &Graph) -> Result<Core> {
        let n = graph.vertex_count();
        let (Clusters::Fixed(most) | Clusters::Eigengap(most)) = self.clusters;
        checks::cluster_count(most, n)?;
        let components = graph.components();
        checks::few_components(&components, most)?;
        if most > 1 && most < n {
            checks::structure(graph.edges())?;
        }
        // One more than clusters: without the next eigenvalue nobody knows whether the last is alone. The
        // certificate speaks of the normalised cut, whatever Laplacian makes the embedding.
        let count = (most + 1).min(n);
        let normalised = graph.smallest_eigenpairs(count)?;
        self.check_residuals(graph, &normalised)?;
        let pairs = match self.laplacian {
            Laplacian::RandomWalk => normalised.clone(),
            other => eigenvectors(graph, other, count)?,
        };
        let k = match self.clusters {
            Clusters::Fixed(k) => k,
            Clusters::Eigengap(_) => eigengap(&pairs.values)?.clusters,
        };
        if k < n {
            checks::gap(&pairs.values, k, &components)?;
        }
        let embedding = embed(&pairs, self.embedding, k)?;
        let (labels, place) = self.labels_of(graph, &pairs, &embedding, k)?;
        let certificate = Certificate::new(graph, &first(&normalised, k + 1), &labels)?;
        Ok(Core {
            labels,
            clusters: k,
            pairs,
            embedding,
            certificate,
            degrees: graph.degrees().clone(),
            place,
        })
    }

    fn check_residuals(&self, graph: &Graph, pairs: &Eigenpairs) -> Result<()> {
        let residuals = graph.residuals(pairs)?;
        match residuals
            .iter()
            .enumerate()
            .find(|(_, residual)| **residual > self.tolerance)
        {
            Some((index, residual)) => Err(Error::Solver {
                method: "the eigensolver",
                reason: format!(
                    "eigenpair {} has the residual {residual:e}, above the tolerance {:e}; raise the tolerance if that is enough",
                    index + 1,
                    self.tolerance
                ),
            }),
            None => Ok(()),
        }
    }

    fn labels_of(
        &self,
        graph: &Graph,
        pairs: &Eigenpairs,
        embedding: &Array2<f64>,
        k: usize,
    ) -> Result<(Array1<usize>, Place)> {
        let n = graph.vertex_count();
        if k == 1 {
            return Ok((Array1::zeros(n), Place::Only));
        }
        let by_default = if k == 2 {
            Labelling::Sign
        } else {
            Labelling::KMeans
        };
        let labelling = self.labelling.unwrap_or(by_default);
        let second = || pairs.vectors.column(1).to_owned();
        match labelling {
            Labelling::Sign => Ok((labels_above(&second(), 0.0)?, Place::Threshold(0.0))),
            Labelling::Sweep => {
                let best = sweep(graph, &second())?;
                Ok((best.labels, Place::Threshold(best.threshold)))
            }
            Labelling::KMeans => {
                let found = labels_by_kmeans(embedding, k, self.seed)?;
                Ok((found.labels, Place::Centers(found.centers)))
            }
            Labelling::Discretize => {
                #[expect(
                    clippy::cast_possible_truncation,
                    reason = "any 32 bits of the seed are a seed"
                )]
                let found = discretize(embedding, self.seed as u32)?;
                Ok((found.labels, Place::Rotation(found.rotation)))
            }
            Labelling::PivotedQr => {
                let found = pivoted_qr(embedding)?;
                Ok((found.labels, Place::RotationInSize(found.rotation)))
            }
        }
    }
}

/// The first of some eigenpairs.
fn first(pairs: &Eigenpairs, count: usize) -> Eigenpairs {
    let count = count.min(pairs.values.len());
    let which: Vec<usize> = (0..count).collect();
    Eigenpairs {
        values: pairs.values.select(Axis(0), &which),
        vectors: pairs.vectors.select(Axis(1), &which),
    }
}

/// What the steps found on the vertices that have edges.
struct Core {
    labels: Array1<usize>,
    clusters: usize,
    pairs: Eigenpairs,
    embedding: Array2<f64>,
    certificate: Certificate,
    degrees: Array1<f64>,
    place: Place,
}

/// The answer, and what belongs to it.
#[derive(Debug, Clone, PartialEq)]
pub struct Clustering {
    /// The cluster of each point, 0 to k − 1; of isolated points that have labels of their own, k and up.
    pub labels: Array1<usize>,
    /// k.
    pub clusters: usize,
    /// The smallest eigenvalues of the chosen Laplacian: k + 1 of them, or as many as were looked at for the
    /// eigengap and one more.
    pub eigenvalues: Array1<f64>,
    /// The embedding, one point a row; a row of zeros for an isolated point.
    pub embedding: Array2<f64>,
    /// How far to trust the answer; of the graph without its isolated vertices.
    pub certificate: Certificate,
    /// Size, centre, sums of squares, cut of each cluster, without isolated points; or why there are none: no points
    /// but a graph alone, or coordinates whose squares leave the range of f64.
    pub characteristics: Result<Characteristics>,
    /// The vertices without edges.
    pub isolated: Vec<usize>,
    /// The graph.
    pub graph: Graph,
    model: Option<Model>,
}

impl Clustering {
    /// The labels of new points, by the Nyström extension: the eigenvector equation itself, read at the new
    /// point, gives its place in the embedding from its similarities to the old points, which keep theirs.
    ///
    /// # Errors
    /// [`Error::Parameter`] where the clustering is that of a graph without points, or where an eigenvalue is so
    /// large that the equation divides by 0; [`Error::NotFinite`]; [`Error::Columns`] unless the new points have
    /// as many coordinates as the old; [`Error::IsolatedPoints`] for those that are similar to no old point,
    /// unless the policy for isolated vertices gives them a label.
    ///
    /// # Source
    /// C. Fowlkes, S. Belongie, F. Chung & J. Malik, "Spectral grouping using the Nyström method",
    /// IEEE TPAMI 26 (2004), §3.
    pub fn predict(&self, x: &Array2<f64>) -> Result<Array1<usize>> {
        let model = self.model()?;
        model.labels(&model.embed(x)?, x)
    }

    /// The rows of the embedding at new points: what [`Clustering::predict`] reads the labels from.
    ///
    /// # Errors
    /// As [`Clustering::predict`].
    pub fn embed(&self, x: &Array2<f64>) -> Result<Array2<f64>> {
        let model = self.model()?;
        let rows = model.embed(x)?;
        let isolated: Vec<usize> = (0..rows.len()).filter(|&i| rows[i].is_none()).collect();
        if !isolated.is_empty() {
            return Err(Error::IsolatedPoints { points: isolated });
        }
        let mut embedding = Array2::zeros((rows.len(), self.embedding.ncols()));
        for (i, row) in rows.into_iter().flatten().enumerate() {
            embedding.row_mut(i).assign(&row.embedding);
        }
        Ok(embedding)
    }

    fn model(&self) -> Result<&Model> {
        self.model.as_ref().ok_or(Error::Parameter {
            name: "the number of points that were clustered",
            value: 0.0,
            wanted: "at least 2 (this clustering is that of a graph without points, so new points cannot be compared)",
        })
    }
}
