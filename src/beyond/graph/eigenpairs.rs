//! The Laplacians of a graph, and their smallest eigenpairs.

use super::Graph;
use crate::eigen::{self, Eigenpairs, FiedlerVector};
use crate::engine::eigenpairs::{Precision, Problem, Solved, Solver, SolverReport, residuals};
use crate::engine::sparse::structure;
use crate::engine::workers::by_a_worker;
use crate::error::{Error, Result};
use crate::guard;
use ndarray::{Array1, Array2};
use std::ops::ControlFlow;

/// As closely as rounding lets one be sure of, for those who ask for eigenpairs and not for clusters.
const CLOSELY: Precision = Precision {
    tolerance: 1e-12,
    last_for_the_gap: false,
};

impl Graph {
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
    /// As [`Graph::matrix`], and [`crate::Error::IsolatedPoints`] or [`crate::Error::NoEdges`].
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

    /// The second smallest eigenvalue and its eigenvector, as [`crate::fiedler_vector`], from the edges alone where the graph
    /// is kept as edges.
    ///
    /// ```
    /// use fiedler::{Graph, data::blog_moons, labels_by_sign};
    /// let moons = blog_moons();
    /// let z = Graph::epsilon(&moons.x, 0.4)?.fiedler_vector()?.vector;
    /// assert_eq!(fiedler::agreement(&labels_by_sign(&z)?, &moons.y)?, 0.995);
    /// # Ok::<(), fiedler::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`crate::fiedler_vector`].
    pub fn fiedler_vector(&self) -> Result<FiedlerVector> {
        guard::no_isolated_points(&self.degrees)?;
        structure(self.edges())?;
        let count = self.vertex_count().min(3);
        let watch = |_, _| ControlFlow::Continue(());
        let solved = self.solve(&self.degrees, count, Solver::Auto, CLOSELY, watch)?;
        let solved = solved.sound(1.0)?;
        self.problem(&self.degrees).stands_alone(&solved, 2)?;
        Ok(solved.second())
    }

    /// The `count` smallest eigenpairs of (D − A)z = λDz, with the conventions of [`crate::eigen`]: ascending,
    /// zᵢᵀDzⱼ = 0, zᵀDz = 1, the sign fixed. Each component gives one eigenvalue that is 0 exactly: the first vector
    /// is constant, and each next one weighs a component against all before it.
    ///
    /// Where some degrees are below 1e-8 of the largest, the entries at their vertices are those that their neighbours
    /// determine. Where nothing determines them, since λ is an eigenvalue of that light part by itself, they are 0, or the
    /// pairs are refused.
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
    /// [`crate::Error::ClusterCount`] unless 1 ≤ count ≤ n; [`crate::Error::IsolatedPoints`], [`crate::Error::NoEdges`];
    /// [`crate::Error::NotResolved`], [`crate::Error::Solver`] where the eigensolver gives up;
    /// [`crate::Error::TooLarge`] for a full matrix above [`crate::similarity::DENSE_LIMIT`].
    pub fn smallest_eigenpairs(&self, count: usize) -> Result<Eigenpairs> {
        guard::cluster_count(count, self.vertex_count())?;
        guard::no_isolated_points(&self.degrees)?;
        self.few_smallest(&self.degrees, count)
    }

    /// [`Graph::smallest_eigenpairs`] by the solver of your choice, with its report: which solver, why, its steps and
    /// residuals.
    ///
    /// ```
    /// use fiedler::{data::blog_moons, Graph, solvers::Solver};
    /// let graph = Graph::epsilon(&blog_moons().x, 0.4)?;
    /// let (pairs, report) = graph.smallest_eigenpairs_by(Solver::Multigrid, 3)?;
    /// assert!((pairs.values[1] - 0.005384412046144769).abs() < 1e-14);
    /// assert_eq!(report.levels[0], 200);
    /// # Ok::<(), fiedler::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`Graph::smallest_eigenpairs`].
    pub fn smallest_eigenpairs_by(
        &self,
        solver: Solver,
        count: usize,
    ) -> Result<(Eigenpairs, SolverReport)> {
        guard::cluster_count(count, self.vertex_count())?;
        guard::no_isolated_points(&self.degrees)?;
        let watch = |_, _| ControlFlow::Continue(());
        let solved = self.solve(&self.degrees, count, solver, CLOSELY, watch)?;
        let solved = solved.sound(1.0)?;
        Ok((solved.pairs, solved.report))
    }

    /// The `count` smallest eigenpairs of Lf = λMf, L = D − A, for the diagonal matrix M of positive `masses`:
    /// fᵢᵀMfⱼ = 0, fᵀMf = 1. With masses 1 these are the eigenpairs of the unnormalised Laplacian; isolated
    /// vertices are components like others.
    ///
    /// # Errors
    /// As [`Graph::smallest_eigenpairs`], but for isolated vertices; [`crate::Error::Length`] and [`crate::Error::Value`]
    /// for masses that are not one positive number per vertex.
    pub fn smallest_eigenpairs_with(
        &self,
        masses: &Array1<f64>,
        count: usize,
    ) -> Result<Eigenpairs> {
        guard::cluster_count(count, self.vertex_count())?;
        guard::length("masses", masses.len(), self.vertex_count())?;
        let masses = &*guard::masses(masses)?;
        self.few_smallest(masses, count)
    }

    fn few_smallest(&self, masses: &Array1<f64>, count: usize) -> Result<Eigenpairs> {
        let watch = |_, _| ControlFlow::Continue(());
        let solved = self.solve(masses, count, Solver::Auto, CLOSELY, watch)?;
        Ok(solved.sound(self.problem(masses).scale())?.pairs)
    }

    /// The `count` smallest eigenpairs of Lz = λMz, and the way to them.
    pub(crate) fn solve(
        &self,
        masses: &Array1<f64>,
        count: usize,
        solver: Solver,
        precision: Precision,
        watch: impl FnMut(usize, f64) -> ControlFlow<()> + Send,
    ) -> Result<Solved> {
        by_a_worker(|| {
            let problem = self.problem(masses);
            problem.smallest(count, solver, precision, watch)
        })
        .map_err(|error| match error {
            // Its advice is for those who set the steps and the tolerance.
            Error::NotConverged {
                method,
                iterations,
                residual,
            } => Error::NotResolved {
                method,
                iterations,
                residual,
                tolerance: precision.tolerance,
                to_the_gap: precision.last_for_the_gap,
            },
            other => other,
        })
    }

    pub(crate) fn problem<'a>(&'a self, masses: &'a Array1<f64>) -> Problem<'a> {
        Problem {
            edges: self.edges(),
            degrees: &self.degrees,
            masses,
            pieces: self.pieces(),
        }
    }

    /// The k smallest eigenpairs of Lz = λMz and the next one, where there is one: refused unless the first k stand alone.
    pub(crate) fn smallest_alone(&self, masses: &Array1<f64>, k: usize) -> Result<Eigenpairs> {
        let count = (k + 1).min(self.vertex_count());
        let go_on = |_, _| ControlFlow::Continue(());
        let solved = self.solve(masses, count, Solver::Auto, CLOSELY, go_on)?;
        let problem = self.problem(masses);
        let solved = solved.sound(problem.scale())?;
        problem.stands_alone(&solved, k)?;
        Ok(solved.pairs)
    }

    /// ‖D^-½((D − A)z − λDz)‖ of pairs found elsewhere, zᵀDz = 1, one z a column: how far each is from solving the equation.
    ///
    /// ```
    /// use fiedler::{Graph, ndarray::array};
    /// let path = Graph::from_edges(3, &[(0, 1, 1.0), (1, 2, 1.0)])?;
    /// // z = (1, 0, −1)/√2 solves it for λ = 1; for λ = ¾ it is a quarter of √(zᵀDz) away.
    /// let z = array![[0.5_f64.sqrt()], [0.0], [-(0.5_f64.sqrt())]];
    /// assert!(path.residuals(&array![1.0], &z)?[0] < 1e-15);
    /// assert!((path.residuals(&array![0.75], &z)?[0] - 0.25).abs() < 1e-15);
    /// # Ok::<(), fiedler::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`crate::Error::Length`] where there are not as many values as vectors, or the vectors are of another graph;
    /// [`crate::Error::IsolatedPoints`], [`crate::Error::NoEdges`].
    pub fn residuals(&self, values: &Array1<f64>, vectors: &Array2<f64>) -> Result<Array1<f64>> {
        guard::length("an eigenvector", vectors.nrows(), self.vertex_count())?;
        guard::length("the eigenvalues", values.len(), vectors.ncols())?;
        guard::no_isolated_points(&self.degrees)?;
        Ok(residuals(
            self.edges(),
            &self.degrees,
            &self.degrees,
            values,
            vectors,
        ))
    }
}
