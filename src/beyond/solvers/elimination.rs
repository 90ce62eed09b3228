//! What elimination shows beside the eigenpairs: the order of the vertices, and how many eigenvalues lie below a number.
//!
//! # Definition
//! [`elimination_order`]: layer by layer from an end of each component, so that what is joined stands close together.
//! [`fewest_neighbors_order`]: next always a vertex with the fewest neighbours left, where the neighbours of those that went
//! are neighbours of each other.
//! [`eigenvalues_below`]: in the network of L − σD, a leak of −σdᵢ at each vertex, the vertices are eliminated in that one of
//! the orders that takes fewer multiplications. As many of them have a negative sum of conductances as there are eigenvalues below σ. No eigenvector is
//! needed, so it proves of any that none before them was missed.
//!
//! # Must hold
//! No isolated vertices. σ is no eigenvalue, and none of a part of the graph: of the block of the vertices up to some
//! place of the order, where the elimination would divide by 0. A little beside such a σ the count is right.
//!
//! # Known value
//! The path of five vertices has the eigenvalues 1 − cos(πj/4) = 0, 0.293, 1, 1.707, 2.
//!
//! # Source
//! A. George & J. Liu, "Computer Solution of Large Sparse Positive Definite Systems" (1981), §4.3 and §5.3; B. N. Parlett, "The
//! Symmetric Eigenvalue Problem" (1998), §3.3 (Sylvester's law of inertia, and counting).

use super::Task;
use crate::engine::eigenpairs::{Elimination, Problem, fewest_first};
use crate::error::{Error, Result};
use crate::graph::Graph;
use crate::guard;
use ndarray::Array1;

/// The vertices layer by layer: the order in which [`Solver::Elimination`](crate::solvers::Solver::Elimination) eliminates them
/// where the graph is long and thin.
///
/// ```
/// use fiedler::{Graph, solvers::elimination_order};
/// // 2–0–3–1: an end first.
/// let path = Graph::from_edges(4, &[(2, 0, 1.), (0, 3, 1.), (3, 1, 1.)])?;
/// assert_eq!(elimination_order(&path)?.to_vec(), [2, 0, 3, 1]);
/// # Ok::<(), fiedler::Error>(())
/// ```
///
/// # Errors
/// [`Error::IsolatedPoints`], [`Error::NoEdges`].
pub fn elimination_order(graph: &Graph) -> Result<Array1<usize>> {
    let problem = problem(graph)?;
    let rows = &problem.laplacian().rows;
    let order = Elimination::by_layers(rows)
        .order
        .of_places_in(&graph.pieces().order);
    Ok(order.vertices().iter().map(|&i| i as usize).collect())
}

/// The vertices, always one with the fewest neighbours left: the order of the same where that takes fewer multiplications.
///
/// ```
/// use fiedler::{Graph, solvers::fewest_neighbors_order};
/// // The centre of a star goes when one arm is left.
/// let star = Graph::from_edges(4, &[(0, 1, 1.), (0, 2, 1.), (0, 3, 1.)])?;
/// let order = fewest_neighbors_order(&star)?;
/// assert!(order.iter().position(|&vertex| vertex == 0) >= Some(2));
/// # Ok::<(), fiedler::Error>(())
/// ```
///
/// # Errors
/// [`Error::IsolatedPoints`], [`Error::NoEdges`].
pub fn fewest_neighbors_order(graph: &Graph) -> Result<Array1<usize>> {
    let problem = problem(graph)?;
    let rows = &problem.laplacian().rows;
    let order = fewest_first(rows).of_places_in(&graph.pieces().order);
    Ok(order.vertices().iter().map(|&i| i as usize).collect())
}

/// How many eigenvalues of (D − A)z = λDz lie below σ, each as often as it repeats.
///
/// ```
/// use fiedler::{graph::known, solvers::eigenvalues_below};
/// let path = known::path(5)?;
/// assert_eq!(eigenvalues_below(&path, 0.5)?, 2);
/// assert_eq!(eigenvalues_below(&path, 2.1)?, 5);
/// # Ok::<(), fiedler::Error>(())
/// ```
///
/// # Errors
/// [`Error::IsolatedPoints`], [`Error::NoEdges`]; [`Error::Parameter`] unless σ is finite; [`Error::Solver`] where σ is
/// an eigenvalue of the graph or of the block of the vertices eliminated first, and where it needs more than [`crate::similarity::DENSE_LIMIT`] bytes.
pub fn eigenvalues_below(graph: &Graph, sigma: f64) -> Result<usize> {
    let problem = problem(graph)?;
    if !sigma.is_finite() {
        return Err(Error::Parameter {
            name: "sigma",
            value: sigma,
            wanted: "finite",
        });
    }
    let laplacian = problem.laplacian();
    let elimination = Elimination::shorter(&laplacian.rows);
    let instead = "count the values of `Graph::smallest_eigenpairs`";
    guard::elimination_size(
        elimination.entries(),
        crate::similarity::DENSE_LIMIT,
        instead,
    )?;
    let masses = elimination.order.by_place(&laplacian.masses).into();
    let below = elimination.below(&laplacian.rows, &masses, sigma);
    below.ok_or_else(|| Error::Solver {
        method: "the elimination",
        reason: format!(
            "a sum is 0: {sigma} is an eigenvalue of the graph or of a part of it; move it a little"
        ),
    })
}

fn problem(graph: &Graph) -> Result<Problem<'_>> {
    guard::no_isolated_points(graph.degrees())?;
    let task = Task {
        graph,
        count: 1,
        tolerance: 1.0,
    };
    Ok(task.problem())
}
