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
//!   on two moons, whose vectors would fill 27 GB.
//!
//! # Known value
//! On the path 0–1–2, T is 2 × 2 with the eigenvalues 2 − λ = 1 and 0.
//!
//! # Source
//! C. Lanczos, "An iteration method for the solution of the eigenvalue problem of linear differential and integral
//! operators", J. Research NBS 45 (1950), 255–282; B. N. Parlett, "The Symmetric Eigenvalue Problem" (1998), §13.

use super::affinity::{Affinity, norm};
use super::{Convergence, Course, Task, at_least_one};
use crate::data::RandomState;
use crate::eigen::small::of_tridiagonal;
use crate::error::Result;
use crate::graph::Graph;
use ndarray::{Array1, Array2, s};

/// What is left of a product that lies in the span of those before it: a few thousand roundings, at most.
const ENDED: f64 = 1e-12;

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
/// unless the tolerance is positive and there is a step;
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
    let most = max_steps.min(affinity.dimensions());
    let (mut basis, mut diagonal, mut beside) = (Vec::new(), Vec::new(), Vec::new());
    let (mut products, mut residuals) = (Vec::new(), Vec::new());
    let mut look_at = wanted;
    let mut rows = Array2::zeros((0, graph.vertex_count()));
    if wanted > 0 {
        let mut v = affinity.random(&mut RandomState::new(0));
        loop {
            let mut next = &v + &affinity.times(&v);
            diagonal.push(v.dot(&next));
            basis.push(v);
            // Twice is enough (Kahan): the second pass removes what rounding left in the first.
            for _ in 0..2 {
                for v in &basis {
                    let share = v.dot(&next);
                    next.scaled_add(-share, v);
                }
                affinity.take_out_null(&mut next);
            }
            let (length, steps) = (norm(&next), basis.len());
            let ends = length <= ENDED || steps == most;
            if ends || steps >= look_at {
                look_at = steps + 1 + steps / 10;
                let residual = length * largest_last_entry(&diagonal, &beside, wanted);
                products.push(steps);
                residuals.push(residual);
                if ends || residual <= tolerance {
                    break;
                }
            }
            beside.push(length);
            v = next / length;
        }
        rows = affinity.unscaled(ritz_vectors(&basis, diagonal, beside, wanted));
    }
    task.finish(Course {
        method: "Lanczos's method",
        rows,
        products,
        residuals,
        steps: basis.len(),
    })
}

/// The largest |sₘ| of the eigenvectors of T that are wanted, without the rest of them.
fn largest_last_entry(diagonal: &[f64], beside: &[f64], wanted: usize) -> f64 {
    let m = diagonal.len();
    let mut last = Array2::zeros((m, 1));
    last[[m - 1, 0]] = 1.0;
    let (_, entries) = of_tridiagonal(diagonal.to_vec(), [beside, &[0.0]].concat(), last);
    let largest = entries.column(0).to_vec().into_iter().rev().take(wanted);
    largest.fold(0.0, |most: f64, entry| most.max(entry.abs()))
}

/// w = Σ sᵢvᵢ of the largest θ, in rows, the largest first.
fn ritz_vectors(
    basis: &[Array1<f64>],
    diagonal: Vec<f64>,
    mut beside: Vec<f64>,
    wanted: usize,
) -> Array2<f64> {
    let m = diagonal.len();
    beside.push(0.0);
    let (_, s) = of_tridiagonal(diagonal, beside, Array2::eye(m));
    let mut rows = Array2::zeros((wanted.min(m), basis[0].len()));
    for (mut row, s) in rows
        .rows_mut()
        .into_iter()
        .zip(s.slice(s![..;-1, ..]).rows())
    {
        for (share, v) in s.iter().zip(basis) {
            row.scaled_add(*share, v);
        }
    }
    rows
}
