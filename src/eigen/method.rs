//! Which way to the few smallest eigenpairs: dense for small graphs and full matrices, multigrid for all others.

use super::large::{Goal, Hierarchy, Laplacian, Outcome, smallest_nontrivial};
use super::{Eigenpairs, few_smallest, normalise, null_vectors};
use crate::checks;
use crate::edges::{Edges, Pieces};
use crate::error::{Error, Result};
use ndarray::{Array1, Array2, Axis};
use std::ops::ControlFlow;

/// Up to so many vertices the dense way is as fast, and exact to the last digits.
const SMALL: usize = 256;
/// Up to so many vertices the dense way steps in where the search does not converge: a minute's work.
const STEP_IN: usize = 4096;
/// Steps of the search; a dozen are usual, and a graph without any structure takes a hundred.
pub(crate) const STEPS: usize = 500;

/// How to find the few smallest eigenpairs of a graph.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Solver {
    /// [`Solver::Dense`] for graphs of at most 256 vertices and for those that are kept as a full matrix,
    /// [`Solver::Multigrid`] for all others.
    #[default]
    Auto,
    /// Inverse iteration on the full matrix: n³/3 multiplications and 8n² bytes.
    Dense,
    /// LOBPCG with multigrid, on the edges alone: time and memory grow with their number.
    Multigrid,
}

/// Which solver found the eigenpairs, and how.
#[derive(Debug, Clone, PartialEq)]
pub struct SolverReport {
    /// The solver: never [`Solver::Auto`].
    pub solver: Solver,
    /// Why this one.
    pub reason: String,
    /// The steps of the search; 0 for the dense solver.
    pub iterations: usize,
    /// The number of vertices of each graph of the multigrid, the finest first; empty for the dense solver.
    pub levels: Vec<usize>,
    /// The largest residual of the wanted pairs before each step, and at the end; empty for the dense solver.
    pub history: Vec<f64>,
}

/// How closely to solve.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Precision {
    /// The largest residual.
    pub(crate) tolerance: f64,
    /// Whether the last pair is there to see the gap before it, so that the gap decides how closely to solve.
    pub(crate) last_for_the_gap: bool,
}

impl Precision {
    /// The largest residual that this one of the pairs with these values may be left with.
    pub(crate) fn allowed(self, values: &Array1<f64>, index: usize) -> f64 {
        if self.last_for_the_gap && index > 0 && index + 1 == values.len() {
            self.tolerance
                .max((values[index] - values[index - 1]) / 5.0)
        } else {
            self.tolerance
        }
    }
}

/// (D − A)z = λMz, on a graph whose pieces are known.
#[derive(Clone, Copy)]
pub(crate) struct Problem<'a> {
    pub(crate) edges: Edges<'a>,
    pub(crate) degrees: &'a Array1<f64>,
    pub(crate) masses: &'a Array1<f64>,
    pub(crate) pieces: &'a Pieces,
}

/// Eigenpairs, and the way to them.
#[derive(Debug, Clone)]
pub(crate) struct Solved {
    pub(crate) pairs: Eigenpairs,
    pub(crate) report: SolverReport,
}

impl Problem<'_> {
    /// The `count` smallest eigenpairs. `watch` is told the step and the largest residual, and may stop the search.
    pub(crate) fn smallest(
        self,
        count: usize,
        solver: Solver,
        precision: Precision,
        mut watch: impl FnMut(usize, f64) -> ControlFlow<()>,
    ) -> Result<Solved> {
        let n = self.degrees.len();
        let full = matches!(self.edges, Edges::Dense(_));
        let nontrivial = n - self.pieces.count.min(n);
        let wanted = count.saturating_sub(self.pieces.count).min(nontrivial);
        let (dense, reason) = match solver {
            Solver::Dense => (true, "asked for".to_string()),
            // A block needs room beside the pairs it is to find.
            _ if wanted > 0 && n < 4 * (wanted + 2) + self.pieces.count => (
                true,
                format!("{wanted} of {n} eigenpairs are too many for a search"),
            ),
            Solver::Multigrid => (false, "asked for".to_string()),
            Solver::Auto if full => (true, "the graph is kept as a full matrix".to_string()),
            Solver::Auto if n <= SMALL => (true, format!("{n} vertices, at most {SMALL}")),
            Solver::Auto => (false, format!("{n} vertices, more than {SMALL}")),
        };
        if dense {
            return self.dense(count, reason);
        }
        if wanted == 0 {
            let none = Array2::zeros((0, n));
            let report = SolverReport {
                solver: Solver::Multigrid,
                reason: format!("{} components: all pairs are known", self.pieces.count),
                iterations: 0,
                levels: Vec::new(),
                history: Vec::new(),
            };
            let pairs = self.assembled(count, &none);
            return Ok(Solved { pairs, report });
        }
        let goal = Goal {
            wanted,
            tolerance: precision.tolerance,
            last_for_the_gap: precision.last_for_the_gap,
            most: STEPS,
        };
        let mut stopped = false;
        let mut step = 0;
        let (outcome, levels) = self.by_multigrid(&goal, |residuals| {
            let flow = watch(step, largest(residuals));
            step += 1;
            stopped |= flow.is_break();
            flow
        });
        let history: Vec<f64> = outcome.history.iter().map(largest).collect();
        let iterations = history.len() - 1;
        if stopped {
            return Err(Error::Stopped {
                stage: "the search for eigenvectors",
            });
        }
        if !outcome.converged {
            let residual = history[iterations];
            if n <= STEP_IN && solver == Solver::Auto {
                let reason = format!(
                    "LOBPCG with multigrid was left at a residual of {residual:.0e} after {iterations} steps"
                );
                return self.dense(count, reason);
            }
            return Err(Error::NotConverged {
                method: "LOBPCG with multigrid",
                iterations,
                residual,
            });
        }
        let report = SolverReport {
            solver: Solver::Multigrid,
            reason,
            iterations,
            levels,
            history,
        };
        let pairs = self.assembled(count, &outcome.rows);
        Ok(Solved { pairs, report })
    }

    fn dense(self, count: usize, reason: String) -> Result<Solved> {
        checks::dense_size(self.degrees.len(), crate::DENSE_LIMIT)?;
        let pairs = few_smallest(
            self.edges,
            self.degrees,
            self.masses,
            &self.pieces.labels,
            count,
        )?;
        let report = SolverReport {
            solver: Solver::Dense,
            reason,
            iterations: 0,
            levels: Vec::new(),
            history: Vec::new(),
        };
        Ok(Solved { pairs, report })
    }

    /// The largest eigenvalue of M^-½(D − A)M^-½ is at most twice this: 1 where the masses are the degrees.
    fn scale(self) -> f64 {
        let ratios = self.degrees / self.masses;
        ratios.fold(0.0, |largest: f64, &ratio| largest.max(ratio))
    }

    /// The graph and its coarser ones, the vertices of the finest in their order.
    pub(crate) fn hierarchy(self) -> Hierarchy {
        // In these units no eigenvalue exceeds 2, and tolerances mean the same for any masses.
        let masses = self.masses * self.scale();
        let labels = self.pieces.labels.as_slice().expect("a list");
        let masses = masses.as_slice().expect("a list");
        Hierarchy::new(Laplacian::new(
            self.edges,
            masses,
            labels,
            &self.pieces.order,
        ))
    }

    pub(crate) fn by_multigrid(
        self,
        goal: &Goal,
        watch: impl FnMut(&Array1<f64>) -> ControlFlow<()>,
    ) -> (Outcome, Vec<usize>) {
        let hierarchy = self.hierarchy();
        let outcome = smallest_nontrivial(&hierarchy, &self.pieces.order, goal, watch);
        (outcome, hierarchy.sizes())
    }

    /// The null vectors and the `found` ones (in rows), at most `count` together, each in its normal form with the
    /// Rayleigh quotient for its value: the best there is, and of a null vector exactly 0.
    pub(crate) fn assembled(self, count: usize, found: &Array2<f64>) -> Eigenpairs {
        let mut rows = null_vectors(self.masses, &self.pieces.labels, count);
        let null = rows.nrows();
        rows.append(Axis(0), found.view())
            .expect("rows of n entries");
        let mut pairs: Vec<(f64, Array1<f64>)> = Vec::with_capacity(rows.nrows());
        for (j, row) in rows.rows().into_iter().enumerate() {
            let mut z = row.to_owned();
            normalise(&mut z, self.masses);
            let value = if j < null { 0.0 } else { self.edges.energy(&z) };
            pairs.push((value, z));
        }
        // The quotients of equal values may have changed places.
        pairs[null..].sort_by(|one, other| one.0.total_cmp(&other.0));
        let mut vectors = Array2::zeros((pairs.len(), self.masses.len()));
        for (mut row, (_, z)) in vectors.rows_mut().into_iter().zip(&pairs) {
            row.assign(z);
        }
        Eigenpairs {
            values: pairs.iter().map(|(value, _)| *value).collect(),
            vectors: vectors.reversed_axes(),
        }
    }
}

fn largest(residuals: &Array1<f64>) -> f64 {
    residuals.fold(0.0, |most: f64, &residual| most.max(residual))
}
