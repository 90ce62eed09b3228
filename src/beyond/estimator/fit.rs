//! From points or a graph to a clustering: the ways in, and vertices that have no edges.

use super::model::Model;
use super::report::Course;
use super::steps::Core;
use super::warning::warnings;
use super::{
    Clustering, Clusters, Isolated, Labelling, Progress, Report, SpectralClustering, Stage,
};
use crate::advice::{Caller, Choice};
use crate::characteristics::characteristics;
use crate::engine::neighbors::{Desk, Index};
use crate::engine::workers::by_a_worker;
use crate::error::{Error, Result};
use crate::graph::{Graph, GraphRule, Tiny};
use crate::guard;
use crate::points::Points;
use ndarray::{Array1, Array2, Axis};
use std::ops::ControlFlow;

impl SpectralClustering {
    /// Clusters the rows of `x`.
    ///
    /// # Errors
    /// [`Error::ClusterCount`] unless 1 ≤ k ≤ n, before any work; what the graph's builder refuses;
    /// [`Error::IsolatedPoints`], [`Error::NoEdges`], [`Error::NoStructure`]; [`Error::TooManyComponents`] for
    /// more components than clusters; [`Error::RepeatedEigenvalue`] without a gap behind λ_k;
    /// [`Error::NoEigengap`] where the eigenvalues should say how many clusters and do not;
    /// [`Error::FewerClusters`]; [`Error::NotResolved`] where the eigenvectors are not found; [`Error::Parameter`] and
    /// [`Error::Count`] for choices that do not fit together. Where the way out depends on the graph's rule or on the
    /// policies, the error carries [`crate::error::Advice`].
    pub fn fit(&self, x: &(impl Points + ?Sized)) -> Result<Clustering> {
        self.fit_matrix(&*x.matrix()?, &mut |_| ControlFlow::Continue(()))
    }

    /// [`SpectralClustering::fit`] with a callback: it is told where the work stands, by whichever thread
    /// does it, and may stop it.
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
        x: &(impl Points + ?Sized),
        mut watch: impl FnMut(&Progress) -> ControlFlow<()> + Send,
    ) -> Result<Clustering> {
        self.fit_matrix(&*x.matrix()?, &mut watch)
    }

    fn fit_matrix(
        &self,
        x: &Array2<f64>,
        watch: &mut (dyn FnMut(&Progress) -> ControlFlow<()> + Send),
    ) -> Result<Clustering> {
        let x = &*guard::points(x, 2)?;
        self.check(x.nrows())?;
        by_a_worker(|| {
            let mut course = Course::new(watch, self.progress);
            course.begin(Stage::Graph)?;
            let (Clusters::Fixed(at_most) | Clusters::Eigengap(at_most)) = self.clusters;
            let rule = self.graph.for_clusters(at_most).resolved(x)?;
            let tiny = match self.isolated {
                Isolated::Refuse => Tiny::Refuse,
                Isolated::OwnLabel | Isolated::NearestCluster => Tiny::Isolate,
            };
            let (graph, bridges) = rule.built(x, tiny)?;
            let mut found = self.run(graph, Some((x, rule)), &mut course)?;
            found.report.bridges = bridges;
            Ok(found)
        })
        .map_err(|error| self.advise(error, Some(x)))
    }

    /// Clusters the vertices of a graph; the choice of the graph is not used.
    ///
    /// # Errors
    /// As [`SpectralClustering::fit`]; [`Error::NoCoordinates`] where isolated vertices should go to the nearest
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
        mut watch: impl FnMut(&Progress) -> ControlFlow<()> + Send,
    ) -> Result<Clustering> {
        self.check(graph.vertex_count())?;
        by_a_worker(|| {
            let mut course = Course::new(&mut watch, self.progress);
            course.begin(Stage::Graph)?;
            self.run(graph.clone(), None, &mut course)
        })
        .map_err(|error| self.advise(error, None))
    }

    /// The error of a clustering of points, or of a graph alone, with the advice that suits the caller.
    fn advise(&self, error: Error, x: Option<&Array2<f64>>) -> Error {
        let pair = matches!(self.labelling, Some(Labelling::Sign | Labelling::Sweep));
        let caller = Caller {
            points: x.map(|x| (x, self.graph.resolved(x).unwrap_or(self.graph))),
            choice: if pair { Choice::Pair } else { Choice::Clusters },
        };
        caller.advise(error)
    }

    /// What can be refused before any work.
    fn check(&self, n: usize) -> Result<()> {
        let (Clusters::Fixed(k) | Clusters::Eigengap(k)) = self.clusters;
        guard::cluster_count(k, n)?;
        guard::positive("tolerance", self.tolerance)?;
        if let Clusters::Fixed(k) = self.clusters {
            self.check_columns(k, n)?;
        }
        let two = matches!(self.labelling, Some(Labelling::Sign | Labelling::Sweep));
        if two && self.clusters != Clusters::Fixed(2) {
            return Err(Error::Count {
                name: "clusters",
                found: k,
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
        let whole = isolated.is_empty();
        if isolated.len() == n {
            return Err(Error::no_edges());
        }
        if !whole && self.isolated == Isolated::Refuse {
            return Err(Error::isolated(isolated));
        }
        let is_joined = |i: &usize| isolated.binary_search(i).is_err();
        let joined: Vec<usize> = if whole {
            Vec::new()
        } else {
            (0..n).filter(is_joined).collect()
        };
        let induced = if whole {
            None
        } else {
            Some(graph.induced(&joined)?)
        };
        let inside = induced.as_ref().unwrap_or(&graph);
        let mut core = self.run_joined(inside, course)?;
        let mut embedding = std::mem::take(&mut core.embedding);
        let mut labels = core.labels.clone();
        let kept = points.map(|(x, rule)| {
            let kept = if whole {
                x.to_owned()
            } else {
                x.select(Axis(0), &joined)
            };
            (kept, rule)
        });
        if !whole {
            let both = points.zip(kept.as_ref());
            let both = both.map(|((all, _), (kept, _))| (all, kept));
            labels = self.all_labels(&core, &joined, &isolated, both)?;
            let mut all = Array2::zeros((n, embedding.ncols()));
            for (row, &i) in embedding.rows().into_iter().zip(&joined) {
                all.row_mut(i).assign(&row);
            }
            embedding = all;
        }
        let characteristics = match &kept {
            Some((kept, _)) => characteristics(kept, inside, &core.labels),
            None => Err(Error::NoCoordinates {
                what: "characteristics",
                instead: "call `characteristics` with the points",
            }),
        };
        let warnings = warnings(&core.labels, core.clusters, &core.ranking);
        let rule = points.map(|(_, rule)| rule);
        let all = points
            .filter(|_| !whole)
            .map(|(x, _)| (x.to_owned(), joined));
        let model = kept.map(|(kept, rule)| Model::new(self, rule, kept, all, &core));
        Ok(Clustering {
            labels,
            clusters: core.clusters,
            eigenvalues: core.pairs.values,
            embedding,
            certificate: core.certificate,
            characteristics,
            isolated,
            report: Report {
                rule,
                bridges: Vec::new(),
                ranking: core.ranking,
                warnings,
                solver: core.report,
                library: crate::linalg::LIBRARY,
                seconds: course.finish(),
            },
            graph,
            model,
        })
    }

    /// The labels of all vertices: those that were joined have theirs, and the isolated ones what the policy says.
    /// `points` are all points, and those that were joined.
    fn all_labels(
        &self,
        core: &Core,
        joined: &[usize],
        isolated: &[usize],
        points: Option<(&Array2<f64>, &Array2<f64>)>,
    ) -> Result<Array1<usize>> {
        let mut labels = Array1::zeros(joined.len() + isolated.len());
        for (&label, &i) in core.labels.iter().zip(joined) {
            labels[i] = label;
        }
        let to_nearest = self.isolated == Isolated::NearestCluster;
        let points = points.filter(|_| to_nearest);
        let points = points.map(|(all, kept)| (all, kept, Index::new(kept)));
        let (mut desk, mut found) = (Desk::default(), Vec::new());
        for (number, &i) in isolated.iter().enumerate() {
            labels[i] = match (self.isolated, &points) {
                (Isolated::NearestCluster, Some((all, kept, index))) => {
                    index.nearest(kept, all.row(i), 1, &mut desk, &mut found);
                    core.labels[found[0].0]
                }
                (Isolated::NearestCluster, None) => {
                    return Err(Error::NoCoordinates {
                        what: "the nearest clusters of isolated vertices",
                        instead: "set `isolated` to `Isolated::OwnLabel`, or cluster the points with `fit`",
                    });
                }
                _ => core.clusters + number,
            };
        }
        Ok(labels)
    }
}
