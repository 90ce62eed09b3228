//! Step 14, a million points: four ways to the few smallest eigenvectors of a large graph, side by side.
//!
//! # Definition
//! (D − A)z = λDz, from products with A alone. With N = D^-½AD^-½ and w = D^½z it reads Nw = (1 − λ)w: the smallest λ
//! belong to the largest eigenvalues of N. What the methods make of the products:
//!
//! | function | looks for w | a product brings the error down by |
//! |---|---|---|
//! | [`power_iteration`](crate::power::power_iteration) | in the last vector | a factor that is nearly 1 where the gap is small |
//! | [`lanczos`] | in the span of all vectors so far | more with each step, but each is kept |
//! | [`chebyshev`] | in a block, each vector sent through a polynomial | as Lanczos, without keeping any |
//! | [`multigrid`] | in a block and its steps, errors sent through coarser graphs | a factor that does not know n |
//!
//! Each gives a [`Convergence`]: the pairs, the products they took, and the residuals on the way. The first three
//! are for reading; the last is what [`Graph::smallest_eigenpairs`] uses.
//!
//! # Must hold
//! No isolated vertices. 1 ≤ count ≤ n. The components' null vectors, D^½𝟙 on each, are known exactly, and taken out of
//! everything: no method spends a product on them.
//!
//! # Known value
//! The cycle of 12 vertices has λ₂ = λ₃ = 1 − cos(π/6) = 0.1339745962. [`chebyshev`] and [`multigrid`] find both,
//! [`lanczos`] finds one of them and then λ₄ = ½.
//!
//! # Source
//! Y. Saad, "Numerical Methods for Large Eigenvalue Problems" (2011), §4.1 (power), §6.3 (Lanczos), §5.3 (subspaces),
//! §4.4 (Chebyshev's polynomials).

mod affinity;
mod chebyshev;
mod coarsening;
mod elimination;
mod lanczos;
mod multigrid;

pub use chebyshev::chebyshev;
pub use coarsening::{aggregates, curve_order};
pub use elimination::{eigenvalues_below, elimination_order, fewest_neighbors_order};
pub use lanczos::lanczos;
pub use multigrid::multigrid;

use crate::engine::eigenpairs::Problem;
pub use crate::engine::eigenpairs::{Solver, SolverReport};
use crate::error::{Error, Result};
use crate::graph::Graph;

use crate::eigen::Eigenpairs;
use crate::guard;
use ndarray::Array2;

/// What a solver found, and how it got there.
#[derive(Debug, Clone, PartialEq)]
#[must_use = "look at `converged`, or call `finished`"]
pub struct Convergence {
    /// The solver.
    pub method: &'static str,
    /// The pairs, as [`Graph::smallest_eigenpairs`] gives them: λ ascending, zᵢᵀDzⱼ = 0, zᵀDz = 1, the sign fixed.
    /// Where it did not converge, the last ones may be missing, and others may be guesses.
    pub pairs: Eigenpairs,
    /// The products of A with a vector so far, at each record; a product with a block counts once for each column.
    pub products: Vec<usize>,
    /// The largest residual ‖Nw − (1 − λ)w‖ of the wanted pairs at each record; the last one by a fresh product.
    pub residuals: Vec<f64>,
    /// The steps taken: of [`lanczos`] and [`multigrid`] those of the iteration, of [`chebyshev`] the rounds.
    pub steps: usize,
    /// Whether all wanted pairs are there with a residual within the tolerance.
    pub converged: bool,
    /// How many pairs are beyond the reach of the iteration, however long it goes on.
    missing: usize,
}

impl Convergence {
    /// Itself where it converged.
    ///
    /// # Errors
    /// [`Error::MissingPairs`] where no more steps would find them all, and [`Error::NotConverged`] else.
    pub fn finished(self) -> Result<Self> {
        if self.converged {
            return Ok(self);
        }
        if self.missing > 0 {
            let found = self.pairs.values.len();
            return Err(Error::MissingPairs {
                method: self.method,
                found,
                asked: found + self.missing,
            });
        }
        Err(Error::NotConverged {
            method: self.method,
            iterations: self.steps,
            residual: self.residuals.last().copied().unwrap_or(f64::INFINITY),
        })
    }
}

/// A fresh product may say a little more than the numbers that an iteration carried along.
const LEEWAY: f64 = 2.0;

/// What was asked, checked at the door.
#[derive(Clone, Copy)]
struct Task<'a> {
    graph: &'a Graph,
    count: usize,
    tolerance: f64,
}

/// What an iteration leaves behind.
struct Course {
    method: &'static str,
    /// The z found beside the null vectors, by ascending λ, in rows of any length.
    rows: Array2<f64>,
    products: Vec<usize>,
    residuals: Vec<f64>,
    steps: usize,
    /// Whether more steps would lead nowhere new.
    ended: bool,
}

impl<'a> Task<'a> {
    fn new(graph: &'a Graph, count: usize, tolerance: f64) -> Result<Self> {
        guard::cluster_count(count, graph.vertex_count())?;
        guard::positive("tolerance", tolerance)?;
        guard::no_isolated_points(graph.degrees())?;
        Ok(Self {
            graph,
            count,
            tolerance,
        })
    }

    fn problem(self) -> Problem<'a> {
        Problem {
            edges: self.graph.edges(),
            degrees: self.graph.degrees(),
            masses: self.graph.degrees(),
            pieces: self.graph.pieces(),
        }
    }

    /// How many pairs are wanted beside the null vectors.
    fn wanted(self) -> usize {
        self.count.saturating_sub(self.graph.pieces().count)
    }

    /// The vectors found as eigenpairs beside the null vectors, their residuals by a fresh product.
    fn finish(self, course: Course) -> Convergence {
        let Course {
            method,
            rows,
            mut products,
            mut residuals,
            steps,
            ended,
        } = course;
        let found = rows.nrows();
        let pairs = self
            .problem()
            .looked_at(self.problem().assembled(self.count, &rows));
        let null = pairs.values.len() - found;
        let worst = pairs
            .residuals
            .iter()
            .skip(null)
            .fold(0.0, |a: f64, &b| a.max(b));
        if let (Some(products), Some(residual)) = (products.last_mut(), residuals.last_mut()) {
            *products += found;
            *residual = worst;
        }
        Convergence {
            method,
            converged: found == self.wanted() && worst <= LEEWAY * self.tolerance,
            pairs,
            products,
            residuals,
            steps,
            missing: if ended { self.wanted() - found } else { 0 },
        }
    }
}

/// At least one step, round or degree.
fn at_least_one(name: &'static str, value: usize) -> Result<()> {
    if value > 0 {
        return Ok(());
    }
    Err(Error::Count {
        name,
        found: 0,
        wanted: "at least 1",
    })
}
