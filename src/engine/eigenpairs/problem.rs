//! The eigenproblem of a graph, and who solves it: elimination where it is reckoned to be shorter, a full matrix where the
//! graph is kept as one, a filter where the gap is wide, multigrid for all others.

use super::cost::{Size, by_fewest, by_layers};
use super::direct::{Counted, Way};
use super::elimination::Elimination;
use super::inverse_iteration::ROUNDINGS;
use super::method::{Precision, Solver, SolverReport};
use super::solved::Solved;
use super::unseen::Unseen;
use super::{normalise, null_vectors, scale};
use crate::engine::multigrid::{
    Goal, Hierarchy, Laplacian, Outcome, by_filter, is_worth_a_try, smallest_nontrivial,
};
use crate::engine::sparse::{Edges, Pieces, Sparse};
use crate::error::{Error, Result};
use crate::linalg::Spectrum;
use ndarray::{Array1, Array2, Axis};
use std::cell::Cell;
use std::fmt::Write;
use std::ops::ControlFlow;
use std::sync::Arc;

/// Up to so many vertices the dense way takes a few milliseconds, whatever the graph.
const SMALL: usize = 256;
/// Up to so many vertices the dense way steps in where the search does not converge: a minute's work.
const STEP_IN: usize = 4096;
/// Up to so many vertices a full matrix is eliminated in a second or two.
pub(super) const WHOLE: usize = 2048;
/// Steps of the search; a dozen are usual, and a graph without any structure takes a hundred.
pub(crate) const STEPS: usize = 500;
/// Wanted pairs up to which a block is tried where single vectors miss some.
const FEW_PAIRS: usize = 16;

/// (D − A)z = λMz, on a graph whose pieces are known.
#[derive(Clone, Copy)]
pub(crate) struct Problem<'a> {
    pub(crate) edges: Edges<'a>,
    pub(crate) degrees: &'a Array1<f64>,
    pub(crate) masses: &'a Array1<f64>,
    pub(crate) pieces: &'a Pieces,
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
        // A block needs room beside the pairs it is to find.
        let too_many = wanted > 0 && n < 4 * (wanted + 2) + self.pieces.count;
        match solver {
            Solver::Dense => return self.dense(count, "asked for"),
            _ if too_many => {
                let reason = format!("{wanted} of {n} eigenpairs are too many for a search");
                return self.dense(count, &reason);
            }
            Solver::Auto if full => {
                return self.dense(count, "the graph is kept as a full matrix");
            }
            _ => {}
        }
        if wanted == 0 {
            let solver = match solver {
                Solver::Auto => Solver::Elimination,
                asked => asked,
            };
            let reason = format!("{} components: all pairs are known", self.pieces.count);
            let pairs = self.assembled(count, &Array2::zeros((0, n)));
            let report = SolverReport::new(solver, reason);
            return Ok(Solved::new(self, pairs, report));
        }
        let laplacian = self.laplacian();
        let (step, stopped) = (Cell::new(0), Cell::new(false));
        let mut watch = |residual: f64| {
            // Whoever said stop is not asked again.
            if stopped.get() {
                return ControlFlow::Break(());
            }
            let flow = watch(step.replace(step.get() + 1), residual);
            stopped.set(flow.is_break());
            flow
        };
        let goal = Goal {
            wanted,
            tolerance: precision.tolerance,
            last_for_the_gap: precision.last_for_the_gap,
            max_steps: STEPS,
        };
        let auto = solver == Solver::Auto;
        let size = Size::new(&laplacian.rows, wanted);
        // Kept for a count where the search has to do it.
        let mut left = None;
        let mut thin = by_layers(&laplacian.rows, solver, size)?;
        // Else there may be a shorter way.
        let at_once = |(elimination, _): &mut (Elimination, String)| {
            let cost = size.of_elimination(elimination);
            !auto || n <= SMALL || cost <= size.of_filter() && size.worth_an_order(cost).is_none()
        };
        if let Some((elimination, reason)) = thin.take_if(at_once) {
            match self.eliminated(count, &laplacian, &elimination, &goal, solver, &mut watch) {
                _ if stopped.get() => return Err(SEARCH_STOPPED),
                Some((pairs, way)) => {
                    let report = SolverReport::new(Solver::Elimination, reason);
                    return Ok(Solved::counted(self, pairs, way, report));
                }
                None if solver == Solver::Elimination => return Err(not_eliminated()),
                None => left = Some(elimination),
            }
        }
        if auto && n <= SMALL {
            return self.dense(count, &format!("{n} vertices, at most {SMALL}"));
        }
        let found = self.by_search(count, (laplacian, thin, left), &goal, solver, watch);
        match found {
            _ if stopped.get() => Err(SEARCH_STOPPED),
            Err(error) if auto && n <= STEP_IN && is_passed_over(&error) => {
                self.dense(count, &error.to_string())
            }
            Err(Error::NotConverged {
                method,
                iterations,
                residual,
            }) if auto && n <= STEP_IN => self.dense(
                count,
                &format!(
                    "{method} was left at a residual of {residual:.0e} after {iterations} steps"
                ),
            ),
            found => found,
        }
    }

    /// The pairs by elimination, as closely as it pays; `None` as of [`Problem::by_elimination`].
    fn eliminated(
        self,
        count: usize,
        laplacian: &Laplacian,
        elimination: &Elimination,
        goal: &Goal,
        solver: Solver,
        watch: impl FnMut(f64) -> ControlFlow<()>,
    ) -> Option<(Spectrum, Way)> {
        // Of many pairs a block is slower than the search.
        let block = solver == Solver::Elimination || goal.wanted <= FEW_PAIRS;
        let goal = closer(goal, laplacian.size());
        self.by_elimination(laplacian, elimination, (count, &goal, block), watch)
    }

    /// By a search: through a filter where the gap is wide, by multigrid else. Between them an elimination that is shorter than
    /// multigrid: a `thin` one, or one in the order of the fewest neighbours, which is long to find. One that is `left` from
    /// before can still count.
    fn by_search(
        self,
        count: usize,
        (laplacian, thin, mut left): (
            Laplacian,
            Option<(Elimination, String)>,
            Option<Elimination>,
        ),
        goal: &Goal,
        solver: Solver,
        mut watch: impl FnMut(f64) -> ControlFlow<()>,
    ) -> Result<Solved> {
        let auto = solver == Solver::Auto;
        let steep = laplacian.is_steep();
        let size = Size::new(&laplacian.rows, goal.wanted);
        if steep && solver == Solver::Chebyshev {
            return Err(too_steep());
        }
        // A search may pass over an eigenvalue without a trace. Where it costs little they are counted, and where masses
        // are of very different sizes they must be. Who chose by themselves have asked already.
        if left.is_none() && !auto {
            let cheap = by_layers(&laplacian.rows, Solver::Auto, size)?;
            left = cheap.map(|(elimination, _)| elimination);
        }
        let mut reason = "asked for".to_string();
        let mut tries = solver == Solver::Chebyshev;
        if auto {
            let n = laplacian.size();
            reason = format!("{n} vertices, too many or too wide for elimination");
        }
        if auto && !steep {
            let (worth, seen) = is_worth_a_try(&laplacian);
            tries = worth;
            if let Some(seen) = seen {
                let _ = write!(reason, "; three steps see no eigenvalue below {seen:.2}");
            } else {
                reason += "; a filter first, as coarser graphs would not be cheap beside it";
            }
        }
        if tries {
            let order = &self.pieces.order;
            let found = by_filter(&laplacian, order, goal, auto, |r| watch(largest(r)));
            if let Some(outcome) = found {
                let report = report_of(&outcome, Solver::Chebyshev, reason);
                let to_count = left.map(|left| ToCount::new(&laplacian, left));
                return self.checked(count, &outcome, report, to_count);
            }
            reason += ", and yet the gap is narrow";
        }
        let shorter = (auto && left.is_none()).then(|| by_fewest(&laplacian.rows, size, thin));
        if let Some((elimination, reason)) = shorter.flatten() {
            match self.eliminated(count, &laplacian, &elimination, goal, solver, &mut watch) {
                Some((pairs, way)) => {
                    let report = SolverReport::new(Solver::Elimination, reason);
                    return Ok(Solved::counted(self, pairs, way, report));
                }
                None => left = Some(elimination),
            }
        }
        if left.is_none() && steep && laplacian.size() <= WHOLE {
            left = Some(Elimination::by_layers(&laplacian.rows));
        }
        let to_count = left.map(|left| ToCount::new(&laplacian, left));
        let hierarchy = Hierarchy::new(laplacian);
        let order = &self.pieces.order;
        let outcome = smallest_nontrivial(&hierarchy, order, goal, |r| watch(largest(r)));
        let report = SolverReport {
            levels: hierarchy.sizes(),
            ..report_of(&outcome, Solver::Multigrid, reason)
        };
        self.checked(count, &outcome, report, to_count)
    }

    /// What a search found, if it came to its end, and passed over no eigenvalue that was counted.
    fn checked(
        self,
        count: usize,
        outcome: &Outcome,
        report: SolverReport,
        to_count: Option<ToCount>,
    ) -> Result<Solved> {
        let method = report.solver.method();
        let residual = report.history[report.iterations];
        if !outcome.converged {
            return Err(Error::NotConverged {
                method,
                iterations: report.iterations,
                residual,
            });
        }
        let pairs = self.assembled(count, &outcome.rows);
        if let Some(kept) = to_count {
            let counted = Counted {
                elimination: &kept.elimination,
                rows: &kept.rows,
                masses: &kept.masses,
            };
            let values = &pairs.values / self.scale();
            let below = counted.just_below(&values, residual);
            if !below.map_or(!kept.must, |(_, all)| all) {
                return Err(passed_over(method));
            }
        }
        Ok(Solved::new(self, pairs, report))
    }

    /// The largest eigenvalue of M^-½(D − A)M^-½ is at most twice this: 1 where the masses are the degrees.
    pub(crate) fn scale(self) -> f64 {
        scale(self.degrees, self.masses)
    }

    /// D − A, the vertices in their order, with the masses.
    pub(crate) fn laplacian(self) -> Laplacian {
        // In these units no eigenvalue exceeds 2, and tolerances mean the same for any masses.
        let masses = self.masses * self.scale();
        let labels = self.pieces.labels.as_slice().expect("a list");
        let masses = masses.as_slice().expect("a list");
        Laplacian::new(self.edges, masses, labels, &self.pieces.order)
    }

    /// The graph and its coarser ones.
    pub(crate) fn hierarchy(self) -> Hierarchy {
        Hierarchy::new(self.laplacian())
    }

    /// The pairs beside the null vectors, by multigrid.
    pub(crate) fn by_multigrid(self, goal: &Goal) -> Outcome {
        let go_on = |_: &_| ControlFlow::Continue(());
        smallest_nontrivial(&self.hierarchy(), &self.pieces.order, goal, go_on)
    }

    /// The null vectors and the `found` ones (in rows), at most `count` together, each in its normal form with the
    /// Rayleigh quotient for its value: the best there is, and of a null vector exactly 0.
    pub(crate) fn assembled(self, count: usize, found: &Array2<f64>) -> Spectrum {
        let mut rows = null_vectors(self.masses, &self.pieces.labels, count);
        let null = rows.nrows();
        rows.append(Axis(0), found.view())
            .expect("rows of n entries");
        let (unseen, most) = (Unseen::new(self.edges, self.masses), 2.0 * self.scale());
        // Rounding may take a value a little too far.
        let quotient = |z: &Array1<f64>| self.edges.energy(z).min(most);
        let mut pairs: Vec<(f64, Array1<f64>)> = Vec::with_capacity(rows.nrows());
        for (j, row) in rows.rows().into_iter().enumerate() {
            let mut z = row.to_owned();
            normalise(&mut z, self.masses);
            let mut value = if j < null { 0.0 } else { quotient(&z) };
            if j >= null && unseen.settle(value, &mut z) {
                normalise(&mut z, self.masses);
                value = quotient(&z);
            }
            pairs.push((value, z));
        }
        // The quotients of equal values may have changed places.
        pairs[null..].sort_by(|one, other| one.0.total_cmp(&other.0));
        let mut vectors = Array2::zeros((pairs.len(), self.masses.len()));
        for (mut row, (_, z)) in vectors.rows_mut().into_iter().zip(&pairs) {
            row.assign(z);
        }
        Spectrum {
            values: pairs.iter().map(|(value, _)| *value).collect(),
            vectors: vectors.reversed_axes(),
        }
    }
}

/// What is needed to count eigenvalues when the Laplacian itself is gone.
struct ToCount {
    elimination: Elimination,
    rows: Arc<Sparse>,
    masses: Array1<f64>,
    /// Whether the result is to be proven, or to be doubted only where the count says so.
    must: bool,
}

impl ToCount {
    fn new(laplacian: &Laplacian, elimination: Elimination) -> Self {
        Self {
            masses: elimination.order.by_place(&laplacian.masses).into(),
            elimination,
            rows: laplacian.rows.clone(),
            must: laplacian.is_steep(),
        }
    }
}

/// What a search took.
fn report_of(outcome: &Outcome, solver: Solver, reason: String) -> SolverReport {
    let history: Vec<f64> = outcome.history.iter().map(largest).collect();
    SolverReport {
        iterations: history.len() - 1,
        history,
        ..SolverReport::new(solver, reason)
    }
}

/// The goal where a step costs little: all digits for few vertices, what was asked for more.
fn closer(goal: &Goal, n: usize) -> Goal {
    let rounding = ROUNDINGS * n as f64;
    if n <= SMALL {
        return Goal {
            tolerance: rounding,
            last_for_the_gap: false,
            ..*goal
        };
    }
    Goal {
        tolerance: goal.tolerance.max(rounding),
        ..*goal
    }
}

const SEARCH_STOPPED: Error = Error::Stopped {
    stage: "the search for eigenvectors",
};

const PASSED_OVER: &str =
    "a count of the eigenvalues does not show that they are the smallest; take `Solver::Auto`";

fn passed_over(method: &'static str) -> Error {
    Error::Solver {
        method,
        reason: PASSED_OVER.to_string(),
    }
}

fn too_steep() -> Error {
    Error::Solver {
        method: Solver::Chebyshev.method(),
        reason: "the degrees are of too many different sizes for a filter to find the smallest pairs; take `Solver::Auto`"
            .to_string(),
    }
}

fn is_passed_over(error: &Error) -> bool {
    matches!(error, Error::Solver { reason, .. } if reason == PASSED_OVER)
}

fn not_eliminated() -> Error {
    Error::Solver {
        method: "the elimination",
        reason: "the pairs could not be solved to rounding, or not be proven to be the smallest; take `Solver::Auto`"
            .to_string(),
    }
}

pub(super) fn largest(residuals: &Array1<f64>) -> f64 {
    residuals.fold(0.0, |most: f64, &residual| most.max(residual))
}
