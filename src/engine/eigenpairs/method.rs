//! The ways to the few smallest eigenpairs, and what a report says of the one that was taken.

use ndarray::Array1;

/// How to find the few smallest eigenpairs of a graph.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub enum Solver {
    /// [`Solver::Dense`] for graphs that are kept as a full matrix, and where more than a fourth of all pairs is asked
    /// for; [`Solver::Elimination`] for those of at most 8192 vertices where it takes fewer multiplications than multigrid is
    /// reckoned to take, which grows with the number of pairs; of all others,
    /// [`Solver::Dense`] for those of at most 256 vertices; [`Solver::Chebyshev`] where its first round shows that the gap is
    /// wide, which is tried where three steps of Lanczos's recurrence see no eigenvalue below 0.4; of at most 2048
    /// vertices, below 0.2, and in any case where they have 32 neighbours on average; [`Solver::Multigrid`] for the rest.
    #[default]
    Auto,
    /// Block Lanczos on the inverse, by Cholesky's factor of the full matrix: n³/6 multiplications and 8n² bytes.
    Dense,
    /// The same, by eliminating the vertices one after another, of which only those that come later and are joined by
    /// then are written down. Layer by layer that takes nb²/2 multiplications and 8nb bytes, where two neighbours are at most b
    /// places apart. Where that is much, always the vertex with the fewest neighbours left goes next: among neighbours in the
    /// plane, as crossings and the roads between them, a fiftieth of it.
    Elimination,
    /// LOBPCG with multigrid, on the edges alone: time and memory grow with their number.
    Multigrid,
    /// A subspace filtered by Chebyshev polynomials, on the edges alone: where the gap behind the wanted pairs is wide, as
    /// among random edges or in many dimensions, it takes a few dozen products.
    Chebyshev,
}

impl Solver {
    /// What errors call a search.
    pub(super) fn method(self) -> &'static str {
        match self {
            Self::Auto => "the eigensolver",
            Self::Dense => "the full matrix",
            Self::Elimination => "the elimination",
            Self::Multigrid => "LOBPCG with multigrid",
            Self::Chebyshev => "the Chebyshev filter",
        }
    }
}

/// Which solver found the eigenpairs, and how.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct SolverReport {
    /// The solver: never [`Solver::Auto`].
    pub solver: Solver,
    /// Why this one.
    pub reason: String,
    /// The steps of the search, of [`Solver::Chebyshev`] its rounds; of [`Solver::Elimination`] the products with the inverse; 0 for the dense solver, which
    /// does not count them.
    pub iterations: usize,
    /// The number of vertices of each graph of the multigrid, the finest first; empty for the others.
    pub levels: Vec<usize>,
    /// The largest residual of the wanted pairs before each step, and at the end; of [`Solver::Elimination`] whenever it
    /// looked; empty for the dense solver.
    pub history: Vec<f64>,
}

impl SolverReport {
    /// Of a solver that took no steps.
    pub(super) fn new(solver: Solver, reason: String) -> Self {
        Self {
            solver,
            reason,
            iterations: 0,
            levels: Vec::new(),
            history: Vec::new(),
        }
    }
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
