//! Lanczos: one vector, and the best that can be made of all its products.
//!
//! # Definition
//! The vectors v, Nv, N²v, …, made orthonormal one after the other, are v₁, v₂, …, vₘ. In their span (Krylov's) I + N is
//! a tridiagonal matrix T: each new product needs to be made orthogonal to the last two only, as the others are so
//! already. If T has the eigenpair θ, s, then w = Σ sᵢvᵢ has
//!
//! ```text
//! ‖(I + N)w − θw‖ = βₘ |sₘ|        βₘ: the length of the next vector before it is made 1
//! ```
//!
//! so the residual is known without forming w. The largest θ converge first: λ = 2 − θ.
//!
//! # Must hold
//! In exact arithmetic "orthogonal to the last two" is enough. In floating point it is lost as soon as a pair has
//! converged, and copies of it appear: so each vector is made orthogonal to all before it, twice. That costs 4nm
//! operations in step m, and all vectors are kept: m steps take 8nm bytes. What it **cannot** do:
//! - A start vector has one direction in the eigenspace of a repeated eigenvalue, and so have all its products. One
//!   copy is found, the others are not, and nothing shows it: every residual is small.
//! - Where λ₂ and λ₃ are small, on large graphs in the plane, steps grow with 1/√(λ₃ − λ₂): 34,198 for 100,000 points
//!   on two moons (noise 0.12, nine neighbours, to rounding), whose vectors would fill 27 GB.
//!
//! # Known value
//! On the path 0–1–2, T is 2 × 2 with the eigenvalues 2 − λ = 1 and 0.
//!
//! # Source
//! C. Lanczos, "An iteration method for the solution of the eigenvalue problem of linear differential and integral
//! operators", J. Research NBS 45 (1950), 255–282; B. N. Parlett, "The Symmetric Eigenvalue Problem" (1998), §13.

use super::affinity::Affinity;
use super::{Convergence, Course, Task, at_least_one};
use crate::engine::eigenpairs::Krylov;
use crate::error::Result;
use crate::graph::Graph;
use crate::linalg::RandomState;
use ndarray::Array2;

/// The `count` smallest eigenpairs by Lanczos's method, in at most `max_steps` products, until every residual is at most
/// `tolerance`. The start is random, the same in every run. Looks at the residuals at every tenth part of the steps.
///
/// Where the span ends before there are enough pairs, `converged` is false and those pairs are missing.
///
/// ```
/// use fiedler::{Graph, data::blog_moons, solvers::lanczos};
/// let graph = Graph::epsilon(&blog_moons().x, 0.4)?;
/// let found = lanczos(&graph, 2, 1e-10, 200)?.finished()?;
/// assert!((found.pairs.values[1] - 0.005384412046144769).abs() < 1e-14);
/// # Ok::<(), fiedler::Error>(())
/// ```
///
/// # Errors
/// [`Error::ClusterCount`](crate::Error::ClusterCount) unless 1 ≤ count ≤ n; [`Error::Parameter`](crate::Error::Parameter)
/// unless the tolerance is positive; [`Error::Count`](crate::Error::Count) unless there is a step;
/// [`Error::IsolatedPoints`](crate::Error::IsolatedPoints), [`Error::NoEdges`](crate::Error::NoEdges).
pub fn lanczos(
    graph: &Graph,
    count: usize,
    tolerance: f64,
    max_steps: usize,
) -> Result<Convergence> {
    let task = Task::new(graph, count, tolerance)?;
    at_least_one("max_steps", max_steps)?;
    let (affinity, wanted) = (Affinity::new(graph), task.wanted());
    let max_steps = max_steps.min(affinity.dimensions());
    let mut krylov = Krylov::new(affinity.random(&mut RandomState::new(0)));
    let (mut products, mut residuals) = (Vec::new(), Vec::new());
    let mut look_at = wanted;
    let mut rows = Array2::zeros((0, graph.vertex_count()));
    if wanted > 0 {
        loop {
            krylov.step(&affinity.null, |v| v + &affinity.times(v));
            let steps = krylov.steps();
            let ends = krylov.ended() || steps == max_steps;
            if ends || steps >= look_at {
                look_at = steps + 1 + steps / 10;
                let found = krylov.values(wanted);
                let residual = found.iter().fold(0.0, |most: f64, pair| most.max(pair.1));
                products.push(steps);
                residuals.push(residual);
                if ends || residual <= tolerance {
                    break;
                }
            }
        }
        rows = affinity.unscaled(krylov.vectors(wanted));
    }
    Ok(task.finish(Course {
        method: "Lanczos's method",
        rows,
        products,
        residuals,
        steps: krylov.steps(),
        // As many steps as there are dimensions lead everywhere.
        ended: krylov.ended(),
    }))
}
