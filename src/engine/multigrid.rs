//! The few smallest eigenpairs of a large graph, from its edges alone: multigrid and LOBPCG.
//!
//! # Definition
//! Lz = λMz with L = D − A and the diagonal matrix M of the masses. The parts, from the ground up:
//!
//! | file | what it is |
//! |---|---|
//! | [`parallel`] | rows in chunks, the same result for any number of threads |
//! | [`laplacian`] | L in compressed rows, and its product with a block of vectors |
//! | [`sparse`], [`aggregation`], [`galerkin`] | from a graph to one of a tenth of its vertices |
//! | [`cycle`] | through all these graphs and back: roughly L⁻¹, for the price of a few products |
//! | [`block`], [`lobpcg`] | the search for the eigenvectors that uses it |
//! | [`filter`] | the search where the gap is wide, and no coarser graph is worth its making |
//!
//! The vertices are taken in an order in which neighbours lie near each other in memory: along a curve through the points
//! that the graph was made from, or in that of a walk through the graph. The search begins on the coarsest graph, where
//! it costs nothing, and hands its vectors on to the next finer one, smoothed.
//! One column is random on each level: should the coarse graphs have hidden a vector, it is found all the same.
//!
//! # Source
//! A. Knyazev & K. Neymeyr, "Efficient solution of symmetric eigenvalue problems using multigrid preconditioners in the
//! locally optimal block conjugate gradient method", ETNA 15 (2003), 38–55.

mod aggregation;
mod block;
mod cycle;
mod filter;
mod galerkin;
mod laplacian;
mod lobpcg;
mod parallel;
mod sparse;
#[cfg(test)]
mod tests;

pub(crate) use cycle::Hierarchy;
pub(crate) use filter::{columns_for, is_worth_a_try};
pub(crate) use laplacian::Laplacian;
pub(crate) use lobpcg::Goal;

use crate::engine::order::Order;
use crate::linalg::RandomState;
use lobpcg::{Found, lobpcg};
use ndarray::{Array1, Array2, s};
use std::ops::ControlFlow;

/// Steps on each coarser level: its vectors are only a start for the next finer one.
const COARSE_STEPS: usize = 4;
/// Steps after which LX is computed afresh, and the search goes on from X alone.
const FRESH: usize = 80;
/// Times the search goes on where the residuals, computed afresh, are larger than those it carried along.
const RESTARTS: usize = 3;

/// What the search found, and how it got there.
#[derive(Debug, Clone)]
pub(crate) struct Outcome {
    /// The vectors of the wanted pairs, one a row, by ascending eigenvalue, without the null vectors.
    pub(crate) rows: Array2<f64>,
    /// The residuals of the wanted pairs before each step on the finest level, and at the end.
    pub(crate) history: Vec<Array1<f64>>,
    /// For each entry of the history, the columns that were multiplied to get there: at first without a cycle, then
    /// with one.
    pub(crate) columns: Vec<usize>,
    /// Whether all of them came down to what was asked.
    pub(crate) converged: bool,
}

/// The smallest eigenpairs beside the null vectors. `order` is that in which the Laplacian's vertices stand; `watch` is
/// told the residuals at each step, and may stop the search.
pub(crate) fn smallest_nontrivial(
    hierarchy: &Hierarchy,
    order: &Order,
    goal: &Goal,
    mut watch: impl FnMut(&Array1<f64>) -> ControlFlow<()>,
) -> Outcome {
    let mut x = start(hierarchy, goal);
    let finest = hierarchy.level(0);
    let (mut history, mut columns): (Vec<Array1<f64>>, Vec<usize>) = (Vec::new(), Vec::new());
    let (mut restarts, mut stopped) = (0, false);
    loop {
        let left = goal.max_steps - (history.len().saturating_sub(1)).min(goal.max_steps);
        let some = Goal {
            max_steps: left.min(FRESH),
            ..*goal
        };
        let mut found = lobpcg(finest, x, &some, hierarchy.inverse(0), |residuals| {
            let flow = watch(residuals);
            stopped = flow.is_break();
            flow
        });
        // The search carries LX along; only a fresh product shows what rounding has made of it.
        let (solved, residuals) = found.checked(finest);
        // Its first entry is the last one of the round before.
        history.pop();
        found.columns[0] += columns.pop().unwrap_or(0);
        history.extend(found.history);
        columns.extend(found.columns);
        if let Some(last) = history.last_mut() {
            last.assign(&residuals);
        }
        x = found.vectors;
        restarts += usize::from(found.converged);
        if solved || stopped || restarts > RESTARTS || left <= FRESH && !found.converged {
            return outcome(&x, order, (history, columns), solved, goal.wanted);
        }
    }
}

/// The same by a filter, without any coarser graph; `None` where `may_leave`, and it would be the longer way.
pub(crate) fn by_filter(
    laplacian: &Laplacian,
    order: &Order,
    goal: &Goal,
    may_leave: bool,
    watch: impl FnMut(&Array1<f64>) -> ControlFlow<()>,
) -> Option<Outcome> {
    let found = filter::filter(laplacian, goal, may_leave, watch)?;
    let course = (found.history, found.columns);
    let converged = found.converged;
    Some(outcome(
        &found.vectors,
        order,
        course,
        converged,
        goal.wanted,
    ))
}

/// The vectors to begin with on the finest level: those of the coarsest, made better on each level in between.
fn start(hierarchy: &Hierarchy, goal: &Goal) -> Array2<f64> {
    let mut rng = RandomState::new(0);
    let b = goal.columns(hierarchy.level(0));
    let last = hierarchy.depth() - 1;
    let mut coarse: Option<Array2<f64>> = None;
    for at in (0..=last).rev() {
        let laplacian = hierarchy.level(at);
        let size = laplacian.size();
        if at > 0 && size < 4 * b + laplacian.components() {
            continue;
        }
        let mut x = match coarse.take() {
            Some(vectors) => hierarchy.prolonged(at, &vectors),
            None => drawn(laplacian, b, &mut rng),
        };
        // A column that came to lie in the span of others was left out on the way.
        let found = x.ncols().min(b - 1);
        if x.ncols() < b {
            let mut wider = Array2::zeros((size, b));
            wider
                .slice_mut(s![.., ..found])
                .assign(&x.slice(s![.., ..found]));
            x = wider;
        }
        let more = drawn(laplacian, b - found, &mut rng);
        x.slice_mut(s![.., found..]).assign(&more);
        if at == 0 {
            return x;
        }
        let goal = Goal {
            max_steps: COARSE_STEPS,
            ..*goal
        };
        let proceed = |_: &Array1<f64>| ControlFlow::Continue(());
        coarse = Some(lobpcg(laplacian, x, &goal, hierarchy.inverse(at), proceed).vectors);
    }
    unreachable!("the finest level returns")
}

/// So many random vectors z; where masses are of very different sizes, random w = M^½z: of a random z the heaviest vertices
/// are all that w shows.
fn drawn(laplacian: &Laplacian, count: usize, rng: &mut RandomState) -> Array2<f64> {
    let mut z = Array2::from_shape_simple_fn((laplacian.size(), count), || rng.standard_normal());
    if laplacian.is_steep() {
        for (mut row, mass) in z.rows_mut().into_iter().zip(&laplacian.masses) {
            row /= mass.sqrt();
        }
    }
    z
}

/// The wanted vectors in rows, in the graph's own order.
fn outcome(
    x: &Array2<f64>,
    order: &Order,
    (history, columns): (Vec<Array1<f64>>, Vec<usize>),
    converged: bool,
    wanted: usize,
) -> Outcome {
    let wanted = wanted.min(x.ncols());
    Outcome {
        rows: order.rows_by_vertex(x.slice(s![.., ..wanted])),
        history,
        columns,
        converged,
    }
}

impl Found {
    /// Whether the wanted pairs solve the equation as closely as was asked, by a fresh product, and their residuals.
    fn checked(&self, laplacian: &Laplacian) -> (bool, Array1<f64>) {
        let lx = block::times(laplacian, &self.vectors, &mut block::Spares::default());
        let mut r = Array2::zeros(self.vectors.dim());
        let norms = block::residuals(laplacian, &self.vectors, &lx, &self.values, &mut r);
        let wanted = self.targets.len();
        let norms = norms.slice_move(s![..wanted]);
        let solved = norms
            .iter()
            .zip(&self.targets)
            .all(|(norm, target)| *norm <= 2.0 * target);
        (self.converged && solved, norms)
    }
}
