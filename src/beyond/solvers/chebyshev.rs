//! Chebyshev-filtered subspace iteration: a polynomial that is small where nothing is wanted.
//!
//! # Definition
//! All λ lie in [0, 2]. For a cut a in between, ℓ(λ) = (2λ − a − 2)/(2 − a) takes [a, 2] to [−1, 1]. Chebyshev's polynomial
//! Tₘ stays within ±1 there and grows outside faster than any other of its degree. So w ← Tₘ(ℓ(I − N))w, m products by
//!
//! ```text
//! T₀ = 1,   T₁ = ℓ,   Tⱼ₊₁ = 2ℓ Tⱼ − Tⱼ₋₁
//! ```
//!
//! leaves of λ > a next to nothing beside λ < a. A block of vectors is filtered, made orthonormal, and turned to the
//! best that their span holds (Rayleigh–Ritz). The largest value of the block is the next a.
//!
//! # Must hold
//! The block has a few columns more than pairs are wanted, and eigenvalues that repeat no more often than it has columns
//! are found with all their copies. Divided by Tₘ(ℓ(0)) at each step, nothing overflows.
//! What it **cannot** do: below a small gap Tₘ grows slowly: a round takes m ≈ 1/√a products of each column to do
//! any good, and on large graphs in the plane that is hundreds.
//!
//! # Known value
//! With a = 1 and m = 2 the filter is T₂(2λ − 3)/17: 1 at λ = 0, −1/17 at 3/2.
//!
//! # Source
//! Y. Zhou, Y. Saad, M. Tiago & J. Chelikowsky, "Self-consistent-field calculations using Chebyshev-filtered subspace
//! iteration", J. Comput. Phys. 219 (2006), 172–184; H. Rutishauser, "Computational aspects of F. L. Bauer's simultaneous
//! iteration method", Numer. Math. 13 (1969), 4–13.

use super::affinity::{Affinity, norm};
use super::{Convergence, Course, Task, at_least_one};
use crate::error::Result;
use crate::graph::Graph;
use crate::linalg::RandomState;
use crate::linalg::{all_eigenpairs, orthogonalise};
use ndarray::{Array1, Array2, Axis, s};

/// Columns of the block beside those wanted, at least.
const MORE: usize = 4;
/// The cut, at most: the filter needs an interval to be small on.
const HIGHEST: f64 = 1.9;
/// The damped part begins at this many times the block's last value.
const ABOVE: f64 = 1.05;
/// What Gram–Schmidt leaves of a vector of length 1 that lay in the span of others.
const DEPENDENT: f64 = 1e-12;

/// The `count` smallest eigenpairs by subspace iteration, each round filtered by a polynomial of this `degree`, until
/// every residual is at most `tolerance`, at most `max_rounds` rounds. The start is random, the same in every run.
///
/// ```
/// use fiedler::{Graph, data::blog_moons, solvers::chebyshev};
/// let graph = Graph::epsilon(&blog_moons().x, 0.4)?;
/// let found = chebyshev(&graph, 2, 20, 1e-10, 100)?.finished()?;
/// assert!((found.pairs.values[1] - 0.005384412046144769).abs() < 1e-14);
/// # Ok::<(), fiedler::Error>(())
/// ```
///
/// # Errors
/// [`Error::ClusterCount`](crate::Error::ClusterCount) unless 1 ≤ count ≤ n; [`Error::Parameter`](crate::Error::Parameter)
/// unless the tolerance is positive; [`Error::Count`](crate::Error::Count) unless there is a degree and a round;
/// [`Error::IsolatedPoints`](crate::Error::IsolatedPoints), [`Error::NoEdges`](crate::Error::NoEdges).
pub fn chebyshev(
    graph: &Graph,
    count: usize,
    degree: usize,
    tolerance: f64,
    max_rounds: usize,
) -> Result<Convergence> {
    let task = Task::new(graph, count, tolerance)?;
    at_least_one("degree", degree)?;
    at_least_one("max_rounds", max_rounds)?;
    let (affinity, wanted) = (Affinity::new(graph), task.wanted());
    let (mut products, mut residuals) = (Vec::new(), Vec::new());
    let mut w = Array2::zeros((0, graph.vertex_count()));
    if wanted > 0 {
        let columns = (wanted + MORE.max(wanted / 4)).min(affinity.dimensions());
        let mut rng = RandomState::new(0);
        // A row of zeros is one that depends on others: all are filled at random.
        w = orthonormal(Array2::zeros((columns, w.ncols())), &affinity, &mut rng);
        let mut used = 0;
        loop {
            let (values, turned, lw) = rayleigh_ritz(&affinity, &w);
            used += columns;
            let rest = &lw - &(&turned * &values.view().insert_axis(Axis(1)));
            let squares = (&rest * &rest).sum_axis(Axis(1));
            let worst = squares.iter().take(wanted);
            let worst = worst.fold(0.0, |most: f64, square| most.max(square.sqrt()));
            products.push(used);
            residuals.push(worst);
            w = turned;
            if worst <= tolerance || residuals.len() > max_rounds {
                break;
            }
            // A little above the last value: where all of the block have the same, it would be damped with the rest.
            let cut = (ABOVE * values[columns - 1]).min(HIGHEST);
            w = orthonormal(filtered(&affinity, w, lw, degree, cut), &affinity, &mut rng);
            used += columns * (degree - 1);
        }
    }
    Ok(task.finish(Course {
        method: "Chebyshev-filtered subspace iteration",
        rows: affinity.unscaled(w.slice_move(s![..wanted, ..])),
        steps: residuals.len().saturating_sub(1),
        products,
        residuals,
        ended: false,
    }))
}

/// (I − N)w, for w in rows.
fn laplacian(affinity: &Affinity<'_>, w: &Array2<f64>) -> Array2<f64> {
    let mut lw = w.clone();
    for (mut row, w) in lw.rows_mut().into_iter().zip(w.rows()) {
        row -= &affinity.times(&w.to_owned());
    }
    lw
}

/// The best vectors in the span of orthonormal rows: their values, ascending, themselves, and (I − N) times them.
fn rayleigh_ritz(
    affinity: &Affinity<'_>,
    w: &Array2<f64>,
) -> (Array1<f64>, Array2<f64>, Array2<f64>) {
    let lw = laplacian(affinity, w);
    let problem = w.dot(&lw.t());
    let (values, turn) = all_eigenpairs((&problem + &problem.t()) / 2.0);
    (values, turn.dot(w), turn.dot(&lw))
}

/// Tₘ(ℓ(I − N))w / Tₘ(ℓ(0)), for w in rows; `lw` is (I − N)w.
fn filtered(
    affinity: &Affinity<'_>,
    w: Array2<f64>,
    lw: Array2<f64>,
    degree: usize,
    cut: f64,
) -> Array2<f64> {
    let (middle, half) = (f64::midpoint(2.0, cut), (2.0 - cut) / 2.0);
    // Tⱼ(ℓ(0)) / Tⱼ₊₁(ℓ(0)), by the recurrence that Tⱼ obeys itself.
    let first = -half / middle;
    let mut ratio = first;
    let mut before = w;
    let mut now = (lw - &before * middle) * (ratio / half);
    for _ in 1..degree {
        let next_ratio = 1.0 / (2.0 / first - ratio);
        let next = (laplacian(affinity, &now) - &now * middle) * (2.0 * next_ratio / half)
            - before * (ratio * next_ratio);
        (before, now, ratio) = (now, next, next_ratio);
    }
    now
}

/// The rows made orthonormal, by Gram–Schmidt; one that lies in the span of those before it is replaced by a random one.
fn orthonormal(
    mut rows: Array2<f64>,
    affinity: &Affinity<'_>,
    rng: &mut RandomState,
) -> Array2<f64> {
    for j in 0..rows.nrows() {
        let (before, mut others) = rows.view_mut().split_at(Axis(0), j);
        let mut own = others.row_mut(0);
        let mut w = own.to_owned();
        loop {
            affinity.take_out_null(&mut w);
            let length = norm(&w);
            orthogonalise(&mut w, before.rows());
            let left = norm(&w);
            if left > DEPENDENT * length {
                own.assign(&(w / left));
                break;
            }
            w = affinity.random(rng);
        }
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_filter_of_degree_2_is_as_the_formula_says() {
        // The cycle of 4: λ = 0, 1, 1, 2. T₂(x) = 2x² − 1, so T₂(2λ − 3) is 17, 1, 1 and 1.
        let edges: Vec<_> = (0..4).map(|i| (i, (i + 1) % 4, 1.0)).collect();
        let graph = Graph::from_edges(4, &edges).expect("a cycle");
        let affinity = Affinity::new(&graph);
        for w in [[1.0, 0.0, -1.0, 0.0], [1.0, -1.0, 1.0, -1.0]] {
            let w = Array2::from_shape_vec((1, 4), w.to_vec()).expect("a row");
            let lw = laplacian(&affinity, &w);
            let found = filtered(&affinity, w.clone(), lw, 2, 1.0);
            assert!((found - w / 17.0).iter().all(|rest| rest.abs() < 1e-15));
        }
    }
}
