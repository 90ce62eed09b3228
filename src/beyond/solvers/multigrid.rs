//! The crate's own solver, with its history: LOBPCG, preconditioned by multigrid.
//!
//! # Definition
//! A block of vectors is improved together by a search in the span of the block, its last step, and its residuals sent
//! through a multigrid cycle: roughly (D − A)⁻¹. The files of `src/engine/multigrid` take it apart.
//!
//! # Must hold
//! What counts as a product with A: one for each column that has not converged, and four for its cycle, on the finest
//! graph: two steps of smoothing after the first, which starts from 0, one for what is left, and one more. Before the
//! first step it is one for each column, and two to smooth what comes from the coarser graph. The work on the coarser
//! graphs is not counted: in the plane it adds less than a tenth.
//!
//! # Known value
//! On two moons it takes 8 to 13 steps, whether of 1000 or of 1,000,000 points.
//!
//! # Source
//! A. Knyazev & K. Neymeyr, "Efficient solution of symmetric eigenvalue problems using multigrid preconditioners in the
//! locally optimal block conjugate gradient method", ETNA 15 (2003), 38–55.

use super::{Convergence, Course, Task};
use crate::engine::eigenpairs::STEPS;
use crate::engine::multigrid::Goal;
use crate::error::Result;
use crate::graph::Graph;
use ndarray::Array2;

/// Products with A on the finest graph in one cycle.
const CYCLE: usize = 4;
/// The same to smooth a column of the start.
const START: usize = 2;

/// The `count` smallest eigenpairs by LOBPCG with multigrid, until every residual is at most `tolerance`. What
/// [`Graph::smallest_eigenpairs`] does on large graphs, with the residuals and products on the way.
///
/// ```
/// use fiedler::{Graph, data::blog_moons, solvers::multigrid};
/// let graph = Graph::epsilon(&blog_moons().x, 0.4)?;
/// let found = multigrid(&graph, 2, 1e-10)?.finished()?;
/// assert!((found.pairs.values[1] - 0.005384412046144769).abs() < 1e-14);
/// # Ok::<(), fiedler::Error>(())
/// ```
///
/// # Errors
/// [`Error::ClusterCount`](crate::Error::ClusterCount) unless 1 ≤ count ≤ n; [`Error::Parameter`](crate::Error::Parameter)
/// unless the tolerance is positive;
/// [`Error::IsolatedPoints`](crate::Error::IsolatedPoints), [`Error::NoEdges`](crate::Error::NoEdges).
pub fn multigrid(graph: &Graph, count: usize, tolerance: f64) -> Result<Convergence> {
    let task = Task::new(graph, count, tolerance)?;
    let mut course = Course {
        method: "LOBPCG with multigrid",
        rows: Array2::zeros((0, graph.vertex_count())),
        products: Vec::new(),
        residuals: Vec::new(),
        steps: 0,
        ended: false,
    };
    if task.wanted() > 0 {
        let goal = Goal {
            wanted: task.wanted(),
            tolerance,
            last_for_the_gap: false,
            max_steps: STEPS,
        };
        let outcome = task.problem().by_multigrid(&goal);
        let mut used = 0;
        for (at, (residuals, columns)) in outcome.history.iter().zip(&outcome.columns).enumerate() {
            used += columns * (1 + if at == 0 { START } else { CYCLE });
            course.products.push(used);
            let worst = residuals.fold(0.0, |most: f64, &residual| most.max(residual));
            course.residuals.push(worst);
        }
        course.rows = outcome.rows;
        course.steps = course.residuals.len().saturating_sub(1);
    }
    Ok(task.finish(course))
}
