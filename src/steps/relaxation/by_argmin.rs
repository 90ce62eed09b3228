//! The general optimiser: BFGS on differences, L-BFGS on the formula, both as argmin has them.

use super::minimum::{Gradient, Minimum, Step, Stop};
use super::{along, value, value_and_gradient};
use crate::error::{Error, Result};
use argmin::core::observers::{Observe, ObserverMode};
use argmin::core::{
    CostFunction, Executor, Gradient as ArgminGradient, IterState, KV, State, TerminationReason,
};
use argmin::solver::linesearch::MoreThuenteLineSearch;
use argmin::solver::quasinewton::{BFGS, LBFGS};
use ndarray::{Array1, Array2};
use std::cell::RefCell;
use std::rc::Rc;

/// SciPy's step for forward differences, √(machine epsilon) = 1.49·10⁻⁸.
const DIFFERENCE_STEP: f64 = 1.490_116_119_384_765_6e-8;
/// ‖∇‖·‖z‖ at which L-BFGS stops. The objective ignores the scale of z, so the gradient alone shrinks as z
/// grows; the product does not. The value's error goes with its square.
const GRADIENT_TOLERANCE: f64 = 1e-9;
/// Trial points of one line search after which no step is left that rounding can see. Without a limit the
/// search of argmin never ends there.
const MAX_TRIALS: usize = 20;
/// A restart is worth another if it lowered the value by this much of it, and by more than rounding does.
const HELPS: f64 = 1e-12;
/// Restarts at most; more than one is rare.
const MAX_RESTARTS: usize = 10;
/// How many past steps L-BFGS keeps (Nocedal & Wright recommend 3 to 20).
const MEMORY: usize = 10;
/// Steps after which either method gives up.
const MAX_ITERATIONS: u64 = 2_000;

/// The minimum of the relaxed normalised cut from `start`, all of it checked.
pub(super) fn minimized(
    a: &Array2<f64>,
    d: &Array1<f64>,
    start: &Array1<f64>,
    gradient: Gradient,
    observer: impl FnMut(&Step) + 'static,
) -> Result<Minimum> {
    let objective = Objective { a, d };
    let record = Rc::new(RefCell::new(Record::default()));
    let watcher = Watcher {
        record: Rc::clone(&record),
        observer: Rc::new(RefCell::new(observer)),
    };
    let stopped = match gradient {
        Gradient::FiniteDifferences => bfgs(objective, start, &record, watcher),
        Gradient::Exact => lbfgs_with_restarts(&objective, start, &record, &watcher),
    };
    let record = record.take();
    // A step that fails leaves argmin without a result, so the best point is kept by ourselves.
    let (value, z) = record.best.ok_or_else(|| Error::Solver {
        method: "the optimiser",
        reason: format!("it stopped before its first evaluation: {stopped:?}"),
    })?;
    Ok(Minimum {
        z,
        value,
        iterations: record.history.len(),
        evaluations: record.evaluations,
        stopped,
        history: record.history,
        path: record.path,
    })
}

/// A and d, ready to be evaluated many times.
#[derive(Debug, Clone, Copy)]
struct Objective<'a> {
    a: &'a Array2<f64>,
    d: &'a Array1<f64>,
}

impl Objective<'_> {
    fn value(&self, z: &Array1<f64>) -> f64 {
        value(self.a, self.d, z)
    }

    fn value_and_gradient(&self, z: &Array1<f64>) -> (f64, Array1<f64>) {
        value_and_gradient(self.a, self.d, z)
    }

    fn forward_differences(&self, z: &Array1<f64>) -> Array1<f64> {
        let here = self.value(z);
        let mut moved = z.clone();
        Array1::from_shape_fn(z.len(), |i| {
            moved[i] = z[i] + DIFFERENCE_STEP;
            let slope = (self.value(&moved) - here) / DIFFERENCE_STEP;
            moved[i] = z[i];
            slope
        })
    }
}

/// What happened so far.
#[derive(Debug, Default)]
struct Record {
    evaluations: usize,
    /// Trial points since the last step.
    trials: usize,
    /// The last trial point had a gradient below the tolerance.
    converged: bool,
    best: Option<(f64, Array1<f64>)>,
    history: Vec<Step>,
    path: Vec<Array1<f64>>,
}

impl Record {
    /// Counts one trial point, and gives its value back.
    fn tried(
        &mut self,
        z: &Array1<f64>,
        value: f64,
    ) -> std::result::Result<f64, argmin::core::Error> {
        if self.converged {
            return Err(argmin::core::Error::msg("the gradient is small"));
        }
        self.evaluations += 1;
        self.trials += 1;
        if !value.is_finite() {
            return Err(argmin::core::Error::msg("the step left the range of f64"));
        }
        if self.trials > MAX_TRIALS {
            return Err(argmin::core::Error::msg(
                "no step along the last direction made the value smaller",
            ));
        }
        if self.best.as_ref().is_none_or(|(best, _)| value < *best) {
            self.best = Some((value, z.clone()));
        }
        Ok(value)
    }
}

/// The objective alone: argmin's trait asks for a type, the type asks for nothing more.
struct ByDifferences<'a> {
    objective: Objective<'a>,
    record: Rc<RefCell<Record>>,
}

impl CostFunction for ByDifferences<'_> {
    type Param = Array1<f64>;
    type Output = f64;

    fn cost(&self, z: &Array1<f64>) -> std::result::Result<f64, argmin::core::Error> {
        let value = self.objective.value(z);
        self.record.borrow_mut().tried(z, value)
    }
}

impl ArgminGradient for ByDifferences<'_> {
    type Param = Array1<f64>;
    type Gradient = Array1<f64>;

    fn gradient(&self, z: &Array1<f64>) -> std::result::Result<Array1<f64>, argmin::core::Error> {
        self.record.borrow_mut().evaluations += z.len() + 1;
        Ok(self.objective.forward_differences(z))
    }
}

/// The objective with its gradient. argmin asks for the value at z and then for the gradient at the same
/// z; both come from one product with A, so the second is kept from the first.
struct ByFormula<'a> {
    objective: Objective<'a>,
    record: Rc<RefCell<Record>>,
    last: RefCell<Option<(Array1<f64>, Array1<f64>)>>,
}

impl CostFunction for ByFormula<'_> {
    type Param = Array1<f64>;
    type Output = f64;

    fn cost(&self, z: &Array1<f64>) -> std::result::Result<f64, argmin::core::Error> {
        let (value, gradient) = self.objective.value_and_gradient(z);
        let slope = (gradient.dot(&gradient) * z.dot(z)).sqrt();
        self.last.replace(Some((z.clone(), gradient)));
        let mut record = self.record.borrow_mut();
        let value = record.tried(z, value)?;
        record.converged = slope <= GRADIENT_TOLERANCE;
        Ok(value)
    }
}

impl ArgminGradient for ByFormula<'_> {
    type Param = Array1<f64>;
    type Gradient = Array1<f64>;

    fn gradient(&self, z: &Array1<f64>) -> std::result::Result<Array1<f64>, argmin::core::Error> {
        match &*self.last.borrow() {
            Some((at, gradient)) if at == z => Ok(gradient.clone()),
            _ => Ok(self.objective.value_and_gradient(z).1),
        }
    }
}

/// Writes the history and tells the observer.
struct Watcher<F> {
    record: Rc<RefCell<Record>>,
    observer: Rc<RefCell<F>>,
}

// Derived, it would ask that F be Clone.
impl<F> Clone for Watcher<F> {
    fn clone(&self) -> Self {
        Self {
            record: Rc::clone(&self.record),
            observer: Rc::clone(&self.observer),
        }
    }
}

impl<S, F> Observe<S> for Watcher<F>
where
    S: State<Float = f64, Param = Array1<f64>>,
    F: FnMut(&Step),
{
    fn observe_iter(&mut self, state: &S, _: &KV) -> std::result::Result<(), argmin::core::Error> {
        let step = {
            let mut record = self.record.borrow_mut();
            record.trials = 0;
            let iteration = record.history.len() + 1;
            let step = Step {
                iteration,
                value: state.get_cost(),
                evaluations: record.evaluations,
            };
            record.history.push(step);
            // Where a step has ended the search, argmin has handed its point on: it is the best one.
            let best = record.best.as_ref().map(|(_, z)| z.clone());
            record.path.extend(state.get_param().cloned().or(best));
            step
        };
        (self.observer.borrow_mut())(&step);
        Ok(())
    }
}

type LineSearch = MoreThuenteLineSearch<Array1<f64>, Array1<f64>, f64>;
type BfgsState = IterState<Array1<f64>, Array1<f64>, (), Array2<f64>, (), f64>;
type LbfgsState = IterState<Array1<f64>, Array1<f64>, (), (), (), f64>;

/// BFGS on finite differences, started from the identity as SciPy does. Never from a gradient tolerance:
/// the noise of the differences keeps the gradient above any useful one, so the line search ends it.
fn bfgs<F: FnMut(&Step) + 'static>(
    objective: Objective<'_>,
    start: &Array1<f64>,
    record: &Rc<RefCell<Record>>,
    watcher: Watcher<F>,
) -> Stop {
    let problem = ByDifferences {
        objective,
        record: Rc::clone(record),
    };
    let solver: BFGS<LineSearch, f64> = BFGS::new(LineSearch::new());
    let identity = Array2::eye(start.len());
    let run = Executor::new(problem, solver)
        .configure(|state: BfgsState| {
            state
                .param(start.clone())
                .inv_hessian(identity)
                .max_iters(MAX_ITERATIONS)
        })
        .add_observer(watcher, ObserverMode::Always)
        .timer(false)
        .run();
    stop(run.map(|result| result.state.get_termination_reason().cloned()))
}

/// L-BFGS, started again at its best point as long as that helps: once in ten thousand graphs the line search
/// fails on its way from one saddle to the next, where steepest descent still finds a step.
fn lbfgs_with_restarts<F: FnMut(&Step) + 'static>(
    objective: &Objective<'_>,
    start: &Array1<f64>,
    record: &Rc<RefCell<Record>>,
    watcher: &Watcher<F>,
) -> Stop {
    let mut stopped = lbfgs(*objective, start, record, watcher.clone());
    let mut before = objective.value(start);
    for _ in 0..MAX_RESTARTS {
        let best = record.borrow().best.clone();
        match (&stopped, best) {
            (Stop::LineSearch(_), Some((value, z)))
                if before - value > HELPS * before + f64::EPSILON =>
            {
                before = value;
                record.borrow_mut().trials = 0;
                stopped = lbfgs(*objective, &z, record, watcher.clone());
            }
            _ => break,
        }
    }
    stopped
}

/// L-BFGS on the formula.
fn lbfgs<F: FnMut(&Step) + 'static>(
    objective: Objective<'_>,
    start: &Array1<f64>,
    record: &Rc<RefCell<Record>>,
    watcher: Watcher<F>,
) -> Stop {
    // Of length 1, so that the first trial step, the gradient itself, is neither huge nor tiny beside it.
    let z = start - along(start, objective.d);
    let z = &z / z.dot(&z).sqrt();
    let problem = ByFormula {
        objective,
        record: Rc::clone(record),
        last: RefCell::default(),
    };
    let solver: LBFGS<LineSearch, Array1<f64>, Array1<f64>, f64> =
        LBFGS::new(LineSearch::new(), MEMORY)
            .with_tolerance_grad(0.0)
            .and_then(|solver| solver.with_tolerance_cost(0.0))
            .expect("both tolerances are 0 or more");
    let run = Executor::new(problem, solver)
        .configure(|state: LbfgsState| state.param(z).max_iters(MAX_ITERATIONS))
        .add_observer(watcher, ObserverMode::Always)
        .timer(false)
        .run();
    if record.borrow().converged {
        return Stop::SmallGradient;
    }
    stop(run.map(|result| result.state.get_termination_reason().cloned()))
}

/// argmin's end, in our words.
fn stop(run: std::result::Result<Option<TerminationReason>, argmin::core::Error>) -> Stop {
    match run {
        Ok(Some(TerminationReason::SolverConverged)) => Stop::SmallGradient,
        Ok(Some(TerminationReason::SolverExit(reason))) => Stop::LineSearch(reason),
        Ok(_) => Stop::MaxIterations,
        Err(error) => Stop::LineSearch(error.to_string()),
    }
}
