//! The steps on a graph without isolated vertices, and what they find.

use super::model::Division;
use super::report::Course;
use super::{Clusters, Labelling, SpectralClustering, Stage};
use crate::certificate::Certificate;
use crate::eigen::Eigenpairs;
use crate::embedding::{Laplacian, embed, symmetric_form};
use crate::engine::eigenpairs::{Precision, Solved, SolverReport};
use crate::engine::sparse::structure;
use crate::error::{Error, Result};
use crate::graph::Graph;
use crate::labelling::{Candidate, discretize, eigengap, labels_by_kmeans, pivoted_qr, sweep};
use crate::{clustering::labels_above, guard};
use ndarray::{Array1, Array2, s};

/// The certificate has no use for larger residuals, whatever the tolerance.
const CERTIFIED: f64 = 1e-6;

impl SpectralClustering {
    /// The steps on a graph without isolated vertices.
    pub(super) fn run_joined(&self, graph: &Graph, course: &mut Course<'_>) -> Result<Core> {
        let n = graph.vertex_count();
        let (Clusters::Fixed(at_most) | Clusters::Eigengap(at_most)) = self.clusters;
        guard::cluster_count(at_most, n)?;
        let components = &graph.pieces().labels;
        guard::few_components(components, at_most)?;
        if at_most > 1 && at_most < n {
            structure(graph.edges())?;
        }
        course.begin(Stage::Eigenvectors)?;
        let (normalised, chosen) = self.eigenpairs(graph, at_most, course)?;
        let masses = self.laplacian.masses(graph);
        let mut ranking = Vec::new();
        let k = match self.clusters {
            Clusters::Fixed(k) => k,
            Clusters::Eigengap(1) => 1,
            Clusters::Eigengap(_) => {
                let looked_at = chosen.pairs.values.slice(s![..(at_most + 1).min(n)]);
                let found = number_of_clusters(&looked_at.to_owned())?;
                ranking = found.1;
                found.0
            }
        };
        let columns = self.eigenvectors.unwrap_or(k);
        self.check_columns(k, n)?;
        for last in self.last_vectors(k) {
            let pieces = components.iter().max().map_or(1, |last| last + 1);
            if last < pieces {
                return Err(Error::Count {
                    name: "eigenvectors",
                    found: columns,
                    wanted: "at least the number of pieces of the graph, as each of them has an eigenvector of its own",
                });
            }
            if last < n {
                graph.problem(&masses).stands_alone(&chosen, last)?;
            }
        }
        let (pairs, report) = (chosen.pairs, normalised.report);
        course.begin(Stage::Labels)?;
        let embedding = embed(&pairs, self.embedding, columns)?;
        let (labels, division) = self.labels_of(graph, &pairs, &embedding, k)?;
        course.begin(Stage::Certificate)?;
        let certificate = Certificate::of_solved(graph, &normalised.pairs, &labels)?;
        Ok(Core {
            labels,
            clusters: k,
            pairs,
            embedding_columns: embedding.ncols(),
            embedding,
            certificate,
            degrees: graph.degrees().clone(),
            division,
            ranking,
            report,
        })
    }

    /// The numbers of vectors that must stand alone: those that the columns of the embedding read, and the two that a
    /// labelling by the second alone does. k columns of the non-trivial vectors read one more than stands before the gap.
    fn last_vectors(&self, k: usize) -> Vec<usize> {
        let Some(m) = self.eigenvectors else {
            return vec![k];
        };
        let mut last = vec![self.embedding.reads(m)];
        if k == 2 && matches!(self.labelling_of(k), Labelling::Sign | Labelling::Sweep) {
            last.push(k);
        }
        last
    }

    /// The columns that were asked for are there, and enough for k labels.
    pub(super) fn check_columns(&self, k: usize, n: usize) -> Result<()> {
        let Some(m) = self.eigenvectors else {
            return Ok(());
        };
        let refused = |wanted| {
            Err(Error::Count {
                name: "eigenvectors",
                found: m,
                wanted,
            })
        };
        let turned = matches!(
            self.labelling_of(k),
            Labelling::Discretize | Labelling::PivotedQr
        );
        if m == 0 || self.embedding.reads(m) > n {
            return refused(
                "at least 1 and at most the number of points, which is one less where the first eigenvector is left out",
            );
        }
        if turned && m != k {
            return refused(
                "the number of clusters for labels by discretisation or pivoted QR, which turn as many columns onto them; take k-means for any other number",
            );
        }
        if k > 1 && self.embedding.reads(m) < 2 {
            return refused(
                "at least 2 for two clusters or more: the first eigenvector tells no points apart",
            );
        }
        Ok(())
    }

    /// The way from the embedding to k labels.
    fn labelling_of(&self, k: usize) -> Labelling {
        let by_default = if k == 2 {
            Labelling::Sign
        } else {
            Labelling::KMeans
        };
        self.labelling.unwrap_or(by_default)
    }

    /// The eigenpairs of the normalised cut, and those of the Laplacian that was chosen. One more than clusters: without
    /// the next eigenvalue nobody knows whether the last is alone. The certificate speaks of the normalised cut, whatever
    /// Laplacian makes the embedding.
    fn eigenpairs(
        &self,
        graph: &Graph,
        at_most: usize,
        course: &mut Course<'_>,
    ) -> Result<(Solved, Solved)> {
        let n = graph.vertex_count();
        let read = self.eigenvectors.map_or(0, |m| self.embedding.reads(m));
        let count = (at_most.max(read) + 1).min(n);
        let precision = Precision {
            tolerance: self.tolerance.min(CERTIFIED),
            // The embedding v₂ … v_k₊₁ takes the last vector too.
            last_for_the_gap: at_most.max(read) < n
                && self.embedding.reads(self.eigenvectors.unwrap_or(at_most)) < count,
        };
        let mut solve = |masses: &Array1<f64>| {
            graph.solve(masses, count, self.solver, precision, |step, residual| {
                course.step(Stage::Eigenvectors, step, Some(residual))
            })
        };
        let normalised = solve(graph.degrees())?;
        self.checked_residuals(&normalised, precision)?;
        let chosen = match self.laplacian {
            Laplacian::RandomWalk => normalised.clone(),
            Laplacian::Symmetric => Solved {
                pairs: symmetric_form(graph, normalised.pairs.clone()),
                ..normalised.clone()
            },
            Laplacian::Unnormalized => solve(&self.laplacian.masses(graph))?,
        };
        Ok((normalised, chosen))
    }

    /// The residuals on the graph itself are small enough.
    fn checked_residuals(&self, solved: &Solved, precision: Precision) -> Result<()> {
        // What was asked for, which may be more than the certificate's bound.
        let asked = Precision {
            tolerance: self.tolerance,
            ..precision
        };
        let allowed = |index: usize| asked.allowed(&solved.pairs.values, index);
        match solved
            .pairs
            .residuals
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
            None => Ok(()),
        }
    }

    fn labels_of(
        &self,
        graph: &Graph,
        pairs: &Eigenpairs,
        embedding: &Array2<f64>,
        k: usize,
    ) -> Result<(Array1<usize>, Division)> {
        let n = graph.vertex_count();
        if k == 1 {
            return Ok((Array1::zeros(n), Division::Only));
        }
        let second = || pairs.vectors.column(1).to_owned();
        match self.labelling_of(k) {
            Labelling::Sign => {
                // w has the signs of its z, but its entries at vertices of small degree are small whatever z is.
                let z = match self.laplacian {
                    Laplacian::Symmetric => second() / graph.degrees().mapv(f64::sqrt),
                    Laplacian::RandomWalk | Laplacian::Unnormalized => second(),
                };
                let labels = labels_above(&z, 0.0)?;
                match labels.sum() {
                    0 => Err(Error::FewerClusters { asked: 2, found: 1 }),
                    _ => Ok((labels, Division::Threshold(0.0))),
                }
            }
            Labelling::Sweep => {
                let best = sweep(graph, &second())?;
                Ok((best.labels, Division::Threshold(best.threshold)))
            }
            Labelling::KMeans => {
                let found = labels_by_kmeans(embedding, k, self.seed)?;
                Ok((found.labels, Division::Centers(found.centers)))
            }
            Labelling::Discretize => {
                let found = discretize(embedding, self.seed)?;
                Ok((found.labels, Division::Rotation(found.rotation)))
            }
            Labelling::PivotedQr => {
                let found = pivoted_qr(embedding)?;
                Ok((found.labels, Division::RotationInSize(found.rotation)))
            }
        }
    }
}

/// The number of clusters, where a gap stands out, and the ranking of all of them.
fn number_of_clusters(values: &Array1<f64>) -> Result<(usize, Vec<Candidate>)> {
    let found = eigengap(values)?;
    let best = found.ranking.iter().take(3);
    let best = best.map(|candidate| (candidate.clusters, candidate.share));
    match found.clear {
        Some(clusters) => Ok((clusters, found.ranking)),
        None => Err(Error::NoEigengap {
            gaps: found.gaps.to_vec(),
            best: best.collect(),
        }),
    }
}

/// What the steps found on the vertices that have edges.
pub(super) struct Core {
    pub(super) labels: Array1<usize>,
    pub(super) clusters: usize,
    pub(super) pairs: Eigenpairs,
    pub(super) embedding: Array2<f64>,
    /// Its columns.
    pub(super) embedding_columns: usize,
    pub(super) certificate: Certificate,
    pub(super) degrees: Array1<f64>,
    pub(super) division: Division,
    /// What spoke for each number of clusters, where it was found by the eigengap.
    pub(super) ranking: Vec<Candidate>,
    pub(super) report: SolverReport,
}
