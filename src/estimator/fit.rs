//! The steps in their order.

use super::nystrom::{Model, Place};
use super::report::Course;
use super::{
    Clustering, Clusters, Isolated, Labelling, Progress, Report, SpectralClustering, Stage,
};
use crate::certificate::Certificate;
use crate::characteristics::characteristics;
use crate::eigen::{Eigenpairs, Precision, Solved, SolverReport};
use crate::embedding::{Embedding, Laplacian, embed, symmetric_form};
use crate::error::{Error, Result};
use crate::graph::{Graph, GraphRule};
use crate::labelling::{discretize, eigengap, labels_by_kmeans, pivoted_qr, sweep};
use crate::{checks, labels_above, neighbors};
use ndarray::{Array1, Array2, Axis};
use std::ops::ControlFlow;

/// The certificate has no use for larger residuals, whatever the tolerance.
const CERTIFIED: f64 = 1e-6;

impl SpectralClustering {
    /// Clusters the rows of `x`.
    ///
    /// # Errors
    /// [`Error::ClusterCount`] unless 1 ≤ k ≤ n, before any work; what the graph's builder refuses;
    /// [`Error::IsolatedPoints`], [`Error::NoEdges`], [`Error::NoStructure`]; [`Error::TooManyComponents`] for
    /// more components than clusters; [`Error::RepeatedEigenvalue`] without a gap behind λ_k;
    /// [`Error::FewerClusters`]; [`Error::NotConverged`] where the eigenvectors are not found; [`Error::Parameter`] for
    /// choices that do not fit together.
    pub fn fit(&self, x: &Array2<f64>) -> Result<Clustering> {
        self.fit_watched(x, |_| ControlFlow::Continue(()))
    }

    /// [`SpectralClustering::fit`] with a callback: it is told where the work stands, and may stop it.
    ///
    /// ```
    /// use fiedler::{Error, SpectralClustering, data::blog_moons};
    /// use std::ops::ControlFlow;
    /// let stopped = SpectralClustering::new().fit_watched(&blog_moons().x, |_| ControlFlow::Break(()));
    /// assert_eq!(stopped, Err(Error::Stopped { stage: "the graph" }));
    /// ```
    ///
    /// # Errors
    /// As [`SpectralClustering::fit`], and [`Error::Stopped`].
    pub fn fit_watched(
        &self,
        x: &Array2<f64>,
        mut watch: impl FnMut(&Progress) -> ControlFlow<()>,
    ) -> Result<Clustering> {
        checks::points(x, 2)?;
        self.check(x.nrows())?;
        let mut course = Course::new(&mut watch, self.progress);
        course.begin(Stage::Graph)?;
        let rule = self.graph.resolved(x)?;
        self.run(rule.build(x)?, Some((x, rule)), &mut course)
    }

    /// Clusters the vertices of a graph; the choice of the graph is not used.
    ///
    /// # Errors
    /// As [`SpectralClustering::fit`]; [`Error::Parameter`] where isolated vertices should go to the nearest
    /// cluster, which a graph alone does not know.
    pub fn fit_graph(&self, graph: &Graph) -> Result<Clustering> {
        self.fit_graph_watched(graph, |_| ControlFlow::Continue(()))
    }

    /// [`SpectralClustering::fit_graph`] with a callback, as [`SpectralClustering::fit_watched`].
    ///
    /// # Errors
    /// As [`SpectralClustering::fit_graph`], and [`Error::Stopped`].
    pub fn fit_graph_watched(
        &self,
        graph: &Graph,
        mut watch: impl FnMut(&Progress) -> ControlFlow<()>,
    ) -> Result<Clustering> {
        self.check(graph.vertex_count())?;
        let mut course = Course::new(&mut watch, self.progress);
        course.begin(Stage::Graph)?;
        self.run(graph.clone(), None, &mut course)
    }

    /// What can be refused before any work.
    fn check(&self, n: usize) -> Result<()> {
        let (Clusters::Fixed(k) | Clusters::Eigengap(k)) = self.clusters;
        checks::cluster_count(k, n)?;
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

    fn run(
        &self,
        graph: Graph,
        points: Option<(&Array2<f64>, GraphRule)>,
        course: &mut Course<'_>,
    ) -> Result<Clustering> {
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
        let core = self.run_joined(induced.as_ref().unwrap_or(&graph), course)?;

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
        let model = kept.map(|(kept, rule)| {
            Model::new(
                &rule,
                kept,
                self.laplacian,
                self.embedding,
                self.isolated,
                &core,
            )
        });
        Ok(Clustering {
            labels,
            clusters: core.clusters,
            eigenvalues: core.pairs.values,
            embedding,
            certificate: core.certificate,
            characteristics,
            isolated,
            report: Report {
                solver: core.report,
                seconds: course.finish(),
            },
            graph,
            model,
        })
    }

    /// The steps on a graph without isolated vertices.
    fn run_joined(&self, graph: &Graph, course: &mut Course<'_>) -> Result<Core> {
        let n = graph.vertex_count();
        let (Clusters::Fixed(most) | Clusters::Eigengap(most)) = self.clusters;
        checks::cluster_count(most, n)?;
        let components = &graph.pieces().labels;
        checks::few_components(components, most)?;
        if most > 1 && most < n {
            checks::structure(graph.edges())?;
        }
        course.begin(Stage::Eigenvectors)?;
        let (normalised, residuals, pairs, report) = self.eigenpairs(graph, most, course)?;
        let k = match self.clusters {
            Clusters::Fixed(k) => k,
            Clusters::Eigengap(_) => eigengap(&pairs.values)?.clusters,
        };
        if k < n {
            checks::gap(&pairs.values, k, components)?;
        }
        course.begin(Stage::Labels)?;
        let embedding = embed(&pairs, self.embedding, k)?;
        let (labels, place) = self.labels_of(graph, &pairs, &embedding, k)?;
        course.begin(Stage::Certificate)?;
        let solved = (&first(&normalised, k + 1), &residuals);
        let certificate = Certificate::of_solved(graph, solved, &labels)?;
        Ok(Core {
            labels,
            clusters: k,
            pairs,
            embedding,
            certificate,
            degrees: graph.degrees().clone(),
            place,
            report,
        })
    }

    /// The eigenpairs of the normalised cut and their residuals, those of the Laplacian that was chosen, and how they were found. One more
    /// than clusters: without the next eigenvalue nobody knows whether the last is alone. The certificate speaks of
    /// the normalised cut, whatever Laplacian makes the embedding.
    fn eigenpairs(
        &self,
        graph: &Graph,
        most: usize,
        course: &mut Course<'_>,
    ) -> Result<(Eigenpairs, Array1<f64>, Eigenpairs, SolverReport)> {
        let n = graph.vertex_count();
        let count = (most + 1).min(n);
        let precision = Precision {
            tolerance: self.tolerance.min(CERTIFIED),
            // The embedding v₂ … v_k₊₁ takes the last vector too.
            last_for_the_gap: most < n && self.embedding != Embedding::NonTrivial,
        };
        let mut solve = |masses: &Array1<f64>| {
            graph.solve(masses, count, self.solver, precision, |step, residual| {
                course.step(Stage::Eigenvectors, step, Some(residual))
            })
        };
        let Solved { pairs, report } = solve(graph.degrees())?;
        let residuals = self.checked_residuals(graph, &pairs, precision)?;
        let chosen = match self.laplacian {
            Laplacian::RandomWalk => pairs.clone(),
            Laplacian::Symmetric => symmetric_form(graph, pairs.clone()),
            Laplacian::Unnormalized => solve(&Array1::ones(n))?.pairs,
        };
        Ok((pairs, residuals, chosen, report))
    }

    /// The residuals on the graph itself, where they are small enough.
    fn checked_residuals(
        &self,
        graph: &Graph,
        pairs: &Eigenpairs,
        precision: Precision,
    ) -> Result<Array1<f64>> {
        let residuals = graph.residuals(pairs)?;
        // What was asked for, which may be more than the certificate's bound.
        let asked = Precision {
            tolerance: self.tolerance,
            ..precision
        };
        let allowed = |index: usize| asked.allowed(&pairs.values, index);
        match residuals
            .iter()
            .enumerate()
            .find(|&(index, residual)| *residual > allowed(index))
        {
            Some((index, residual)) => Err(Error::Solver {
                method: "the eigensolver",
                reason: format!(
                    "eigenpair {} has the residual {residual:e}, above the tolerance {:e}; raise the tolerance if that is enough",
                    index + 1,
                    allowed(index)
                ),
            }),
            None => Ok(residuals),
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
pub(super) struct Core {
    pub(super) labels: Array1<usize>,
    pub(super) clusters: usize,
    pub(super) pairs: Eigenpairs,
    embedding: Array2<f64>,
    certificate: Certificate,
    pub(super) degrees: Array1<f64>,
    pub(super) place: Place,
    report: SolverReport,
}
