//! What an optimiser is asked, and what it finds.

use ndarray::Array1;

/// Where the gradient comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gradient {
    /// Forward differences, n + 1 evaluations each, fed to BFGS: what `scipy.optimize.minimize` does
    /// when it is given the function alone.
    FiniteDifferences,
    /// The formula, fed to L-BFGS.
    Exact,
}

/// Why the optimiser stopped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stop {
    /// The gradient fell below the tolerance.
    SmallGradient,
    /// The number of iterations reached its limit.
    MaxIterations,
    /// No step along the last direction made the value smaller: what SciPy calls "precision loss".
    LineSearch(String),
}

/// One step of the optimiser, as its observer sees it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Step {
    /// The number of the step, from 1.
    pub iteration: usize,
    /// The value after the step.
    pub value: f64,
    /// Evaluations of the function so far.
    pub evaluations: usize,
}

/// What `minimize_orth_obj` found.
#[derive(Debug, Clone, PartialEq)]
pub struct Minimum {
    /// The best z seen, free up to its scale and a multiple of d: [`super::project`] it before reading its signs.
    pub z: Array1<f64>,
    /// `orth_obj` there.
    pub value: f64,
    /// Steps taken.
    pub iterations: usize,
    /// Evaluations of the function, those for finite differences included.
    pub evaluations: usize,
    /// Why it stopped.
    pub stopped: Stop,
    /// Each step: for a picture of the convergence.
    pub history: Vec<Step>,
    /// z after each step: for pictures of the way.
    pub path: Vec<Array1<f64>>,
}
