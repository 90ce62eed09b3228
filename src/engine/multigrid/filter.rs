//! The few smallest eigenpairs where the gap behind them is wide: a polynomial in place of coarser graphs.
//!
//! # Definition
//! All λ of Lz = λMz lie in [0, 2]. For a cut a, ℓ(λ) = (2λ − a − 2)/(2 − a) takes [a, 2] to [−1, 1], where Chebyshev's
//! polynomial Tₘ stays within ±1; below a nothing of its degree grows faster. So, in rounds:
//!
//! ```text
//! W = Tₘ(ℓ(M⁻¹L))X,   made M-orthonormal beside X
//! X ← the best in the span of [X W] (Rayleigh–Ritz),   a ← its largest value
//! ```
//!
//! A product with L is all that a degree costs, and eight columns go through all degrees together, in a memory that is
//! near: nobody waits for the others between two products. What a residual must still fall says the degree of the next
//! round. Columns that have converged stay, and are not filtered again.
//!
//! # When
//! Where λ is small and many lie above it, Tₘ grows slowly, and multigrid is faster: its cycle does not know how wide the
//! gap is. Two looks tell. Three steps of Lanczos's recurrence ([`least_seen`]) are cheap: in them no vector comes below .4
//! where a neighbourhood grows as fast as in ten dimensions, or in a random graph; in the plane it comes to .17. Then the
//! first round itself: the last value of its block is never too small, and where it is small nevertheless, the true one is
//! smaller still. Of few vertices less is asked at the first look, and nothing where they have many neighbours: there coarser
//! graphs are dear beside a round.
//!
//! | graph, 10 neighbours | λ seen in 3 steps | the cut after the first round |
//! |---|---|---|
//! | points in the plane, 3,000 and 10,000 | .15 to .17 | .08 to .10 |
//! | in a cube of 3 dimensions, 1,000 | .20 | .15 |
//! | the same, 5,000 and 30,000 | .20 to .21 | .11 to .12 |
//! | of 5 dimensions, 5,000 and 30,000; of 8 | .28 to .31; .39 | .17 to .19; .23 |
//! | digits in 64 dimensions | .25 | .17 |
//! | ten blobs in 10 dimensions, 1,000 and 10,000 | .24, .40 | .38, .30 |
//! | all within ε, 110 neighbours, 1,000 | .13 | .41 |
//! | 100 blocks; hubs | .46; .57 | |
//!
//! The post's 1,000 points within ε take three quarters of the instructions that multigrid does, the 1,000 points of the
//! blobs seven tenths, the digits nine tenths.
//!
//! # Must hold
//! M > 0, of not too different sizes.
//!
//! # Source
//! Y. Zhou, Y. Saad, M. Tiago & J. Chelikowsky, "Self-consistent-field calculations using Chebyshev-filtered subspace
//! iteration", J. Comput. Phys. 219 (2006), 172–184; for spectral clustering, Q. Pang & H. Yang, "A distributed block
//! Chebyshev–Davidson algorithm for parallel spectral clustering", J. Sci. Comput. 98 (2024).

use super::block::{
    Spares, beside, columns, combined, data, data_mut, products, residuals, times, without_means,
};
use super::laplacian::Laplacian;
use super::lobpcg::{Found, Goal, orthonormal, projected, symmetric};
use super::parallel::on_rows;
use crate::linalg;
use ndarray::{Array1, Array2, s};
use rand_xoshiro::Xoshiro256Plus;
use rand_xoshiro::rand_core::{RngCore, SeedableRng};
use rayon::prelude::*;
use std::ops::ControlFlow;

/// Steps of the look at a graph.
const LOOKS: usize = 3;
/// The least value that they may come to where the filter is tried on many vertices.
const WIDE: f64 = 0.4;
/// Up to so many vertices no gap is very narrow, and it is tried from this value on; where rows have so many entries, which
/// makes coarser graphs dear, without a look.
const FEW: usize = 2048;
const WIDE_OF_FEW: f64 = 0.2;
const DENSE: usize = 32;
/// Columns that go through the filter together.
const PANEL: usize = 8;
/// Columns beside those wanted, at least: the filter is blind to what lies above the last of them.
const MORE: usize = 4;
/// The degree of the first round, from random vectors: higher ones would leave them all alike.
const FIRST: usize = 8;
/// Degrees of a round: at least, and at most.
const DEGREES: (usize, usize) = (3, 24);
/// The cut, at most: the filter needs an interval to be small on.
const HIGHEST: f64 = 1.9;
/// Below this cut after the first round, the gap is narrow: the true one is smaller still, and multigrid has less to do.
const NARROW_CUT: f64 = 0.14;
/// Below this cut, it has less to do where more than [`MANY`] degrees are still needed.
const LOW: f64 = 0.1;
const MANY: f64 = 60.0;
/// Rounds after which the values of the block are near enough to say so.
const SURE: usize = 3;
/// Columns up to which a round keeps those of the round before beside the filtered ones: where the values lie close, it needs
/// fewer rounds then. Of more columns the products among them cost more than that saves.
const NARROW: usize = 32;
/// Rounds after which it is left whatever they say.
const PATIENT: usize = 40;

/// Whether the filter is worth a first round, and what a look at the graph showed where one was needed.
pub(crate) fn is_worth_a_try(laplacian: &Laplacian) -> (bool, Option<f64>) {
    let n = laplacian.size();
    if n <= FEW && laplacian.entries() >= DENSE * n {
        return (true, None);
    }
    let seen = least_seen(laplacian);
    (
        seen >= if n <= FEW { WIDE_OF_FEW } else { WIDE },
        Some(seen),
    )
}

/// The columns of the block for so many pairs.
pub(crate) fn columns_for(wanted: usize) -> usize {
    (wanted + MORE).next_multiple_of(PANEL)
}

/// The least λ that a random vector and its products with M⁻¹L come to: as Lanczos's recurrence.
fn least_seen(laplacian: &Laplacian) -> f64 {
    let spares = &mut Spares::default();
    let mut v = signs(laplacian.size(), 1);
    without_means(laplacian, &mut v);
    let mut all = v.clone();
    for _ in 1..LOOKS {
        v = times(laplacian, &v, spares);
        v.iter_mut()
            .zip(&laplacian.masses)
            .for_each(|(entry, mass)| *entry /= mass);
        all = beside(all.view(), v.view());
    }
    let basis = orthonormal(laplacian, all, None, spares);
    let images = times(laplacian, &basis, spares);
    let (values, _) = linalg::all_eigenpairs(symmetric(&products(&[&basis], None, &images)));
    values.first().copied().unwrap_or(2.0)
}

/// The smallest eigenpairs beside the null vectors; `None` where `may_leave`, and the filter turns out to be the longer way.
pub(super) fn filter(
    laplacian: &Laplacian,
    goal: &Goal,
    may_leave: bool,
    mut watch: impl FnMut(&Array1<f64>) -> ControlFlow<()>,
) -> Option<Found> {
    let spares = &mut Spares::default();
    let (mut history, mut multiplied) = (Vec::new(), Vec::new());
    let beside_null = laplacian.size() - laplacian.components();
    let b = columns_for(goal.wanted).min(beside_null);
    let start = signs(laplacian.size(), b);
    let mut w = filtered(laplacian, &start, FIRST, 1.0);
    let mut used = b * FIRST;
    spares.give(start);
    let mut block = Block::empty(laplacian.size());
    loop {
        used += w.ncols();
        block = block.turned(laplacian, w, b, spares);
        let Block { values, x, lx } = &block;
        let mut r = spares.take(x.nrows(), x.ncols());
        let norms = residuals(laplacian, x, lx, values, &mut r);
        spares.give(r);
        let wanted = goal.wanted.min(values.len());
        let wanted_norms = norms.slice(s![..wanted]).to_owned();
        let stopped = watch(&wanted_norms).is_break();
        history.push(wanted_norms);
        multiplied.push(used);
        let targets = goal.residuals(values);
        let open: Vec<usize> = (0..wanted).filter(|&c| norms[c] > targets[c]).collect();
        let converged = open.is_empty();
        if converged || stopped || history.len() > goal.max_steps {
            return Some(Found {
                values: block.values,
                vectors: block.x,
                history,
                columns: multiplied,
                targets: targets.slice_move(s![..wanted]),
                converged,
            });
        }
        let cut = values[values.len() - 1].min(HIGHEST);
        let degrees = open
            .iter()
            .map(|&c| (norms[c] / targets[c]).ln() / growth(values[c], cut));
        let degrees = degrees.fold(0.0, f64::max);
        let longer = match history.len() {
            1 => cut < NARROW_CUT,
            rounds => rounds >= SURE && cut < LOW && degrees > MANY,
        };
        if may_leave && (longer || history.len() > PATIENT) {
            return None;
        }
        // What has converged before all others stays. Behind an open column it may be turned yet: the last one, solved
        // for the gap alone, holds parts of vectors that the open ones need.
        let first = open[0];
        let degree = rounded(degrees);
        let some: Vec<usize> = (first..values.len()).collect();
        let open = columns(x, &some, spares);
        w = filtered(laplacian, &open, degree, cut);
        used = open.ncols() * degree;
        spares.give(open);
        if values.len() > NARROW {
            block = block.shortened(first, spares);
        }
    }
}

/// The best vectors so far, M-orthonormal, with their values and LX.
struct Block {
    values: Array1<f64>,
    x: Array2<f64>,
    lx: Array2<f64>,
}

impl Block {
    fn empty(n: usize) -> Self {
        Self {
            values: Array1::zeros(0),
            x: Array2::zeros((n, 0)),
            lx: Array2::zeros((n, 0)),
        }
    }

    /// The b best vectors in the span of these and of W.
    fn turned(self, laplacian: &Laplacian, w: Array2<f64>, b: usize, spares: &mut Spares) -> Self {
        let w = orthonormal(laplacian, w, Some(&self.x), spares);
        let lw = times(laplacian, &w, spares);
        let plp = Array2::zeros((0, 0));
        let problem = projected(&self.values, &plp, &products(&[&self.x, &w], None, &lw));
        let (values, rows) = linalg::all_eigenpairs(problem);
        let turn = rows.slice(s![..b.min(rows.nrows()), ..]).t().to_owned();
        let found = Self {
            values: values.slice_move(s![..turn.ncols()]),
            x: combined(&[&self.x, &w], &turn),
            lx: combined(&[&self.lx, &lw], &turn),
        };
        for block in [self.x, self.lx, w, lw] {
            spares.give(block);
        }
        found
    }

    /// The first columns alone.
    fn shortened(self, count: usize, spares: &mut Spares) -> Self {
        let first: Vec<usize> = (0..count).collect();
        Self {
            values: self.values.slice(s![..count]).to_owned(),
            x: columns(&self.x, &first, spares),
            lx: columns(&self.lx, &first, spares),
        }
    }
}

/// ln of what a degree makes of a part at λ beside those at the cut and above: at least as much as rounding lets it be.
fn growth(value: f64, cut: f64) -> f64 {
    let (middle, half) = interval(cut);
    ((middle - value) / half).max(1.0).acosh().max(1e-3)
}

/// The middle of [cut, 2], and half its length.
fn interval(cut: f64) -> (f64, f64) {
    (f64::midpoint(2.0, cut), (2.0 - cut) / 2.0)
}

/// So many degrees, within what one round takes.
fn rounded(degrees: f64) -> usize {
    let (least, most) = DEGREES;
    (least..most)
        .find(|&degree| degree as f64 > degrees)
        .unwrap_or(most)
}

/// Tₘ(ℓ(M⁻¹L))x / Tₘ(ℓ(0)), by the recurrence Tⱼ₊₁ = 2ℓTⱼ − Tⱼ₋₁, eight columns after the other.
fn filtered(laplacian: &Laplacian, x: &Array2<f64>, degree: usize, cut: f64) -> Array2<f64> {
    let (n, b) = x.dim();
    let panels: Vec<Vec<f64>> = (0..b.div_ceil(PANEL))
        .into_par_iter()
        .map(|panel| {
            let from = panel * PANEL;
            let own = x.slice(s![.., from..b.min(from + PANEL)]);
            let width = own.ncols();
            let own = own.as_standard_layout().into_owned();
            let own = own.into_raw_vec_and_offset().0;
            filtered_panel(laplacian, own, width, degree, cut)
        })
        .collect();
    let mut out = Array2::zeros((n, b));
    on_rows(data_mut(&mut out), b, n * b, |rows, out| {
        for (i, out) in rows.zip(out.chunks_exact_mut(b)) {
            for (out, panel) in out.chunks_mut(PANEL).zip(&panels) {
                out.copy_from_slice(&panel[i * out.len()..][..out.len()]);
            }
        }
    });
    out
}

fn filtered_panel(
    laplacian: &Laplacian,
    x: Vec<f64>,
    width: usize,
    degree: usize,
    cut: f64,
) -> Vec<f64> {
    let (middle, half) = interval(cut);
    // Tⱼ(ℓ(0)) / Tⱼ₊₁(ℓ(0)), by the recurrence that Tⱼ obeys itself: divided by it, nothing overflows.
    let first = -half / middle;
    let mut ratio = first;
    let mut now = vec![0.0; x.len()];
    laplacian.chebyshev([ratio / half, middle, 0.0], &x, &x, &mut now, width);
    let (mut before, mut next) = (x, vec![0.0; now.len()]);
    for _ in 1..degree {
        let after = 1.0 / (2.0 / first - ratio);
        let step = [2.0 * after / half, middle, ratio * after];
        laplacian.chebyshev(step, &now, &before, &mut next, width);
        std::mem::swap(&mut before, &mut now);
        std::mem::swap(&mut now, &mut next);
        ratio = after;
    }
    now
}

/// Random ±1, the same in every run.
fn signs(n: usize, b: usize) -> Array2<f64> {
    let mut rng = Xoshiro256Plus::seed_from_u64(0);
    let mut x = Array2::zeros((n, b));
    for some in data_mut(&mut x).chunks_mut(32) {
        // The lowest bits of this generator are the weakest.
        let bits = rng.next_u64() >> 32;
        for (place, entry) in some.iter_mut().enumerate() {
            *entry = if bits >> place & 1 == 0 { 1.0 } else { -1.0 };
        }
    }
    debug_assert_eq!(data(&x).len(), n * b);
    x
}

#[cfg(test)]
mod tests {
    use super::super::tests::laplacian_of;
    use super::*;

    #[test]
    fn the_filter_of_degree_2_is_as_the_formula_says() {
        // The cycle of 4: λ = 0, 1, 1, 2. With a = 1 the filter is T₂(2λ − 3)/17, and T₂(x) = 2x² − 1.
        let cycle = (0..4).map(|i| (i, (i + 1) % 4, 1.0)).collect();
        let (laplacian, order) = laplacian_of(&cycle);
        for (z, factor) in [
            ([1.0; 4], 1.0),
            ([1.0, 0.0, -1.0, 0.0], 1.0 / 17.0),
            ([1.0, -1.0, 1.0, -1.0], 1.0 / 17.0),
        ] {
            let z = Array2::from_shape_vec((4, 1), order.by_place(&z)).expect("a column");
            let found = filtered(&laplacian, &z, 2, 1.0);
            assert!((found - z * factor).iter().all(|rest| rest.abs() < 1e-15));
        }
    }

    #[test]
    fn many_columns_are_filtered_as_each_alone() {
        let (laplacian, _) = laplacian_of(&(0..30).map(|i| (i, (i + 1) % 30, 1.0)).collect());
        let x = signs(30, 19);
        let all = filtered(&laplacian, &x, 5, 0.7);
        for (column, x) in all.columns().into_iter().zip(x.columns()) {
            let alone = filtered(
                &laplacian,
                &x.insert_axis(ndarray::Axis(1)).to_owned(),
                5,
                0.7,
            );
            assert_eq!(column, alone.column(0));
        }
    }

    #[test]
    fn a_complete_graph_is_wide_and_a_path_is_not() {
        // n/(n − 1) is the only value beside 0.
        let complete = (0..20).flat_map(|i| (0..i).map(move |j| (j, i, 1.0)));
        let (laplacian, _) = laplacian_of(&complete.collect());
        assert!((least_seen(&laplacian) - 20.0 / 19.0).abs() < 1e-13);
        let path = (1..500).map(|i| (i - 1, i, 1.0)).collect();
        assert!(least_seen(&laplacian_of(&path).0) < 0.2);
    }

    #[test]
    fn of_a_path_the_filter_is_left_and_asked_for_it_goes_on() {
        let (laplacian, _) = laplacian_of(&(1..500).map(|i| (i - 1, i, 1.0)).collect());
        let goal = Goal {
            wanted: 2,
            tolerance: 1e-8,
            last_for_the_gap: false,
            max_steps: 5,
        };
        let go_on = |_: &Array1<f64>| ControlFlow::Continue(());
        assert!(filter(&laplacian, &goal, true, go_on).is_none());
        let found = filter(&laplacian, &goal, false, go_on).expect("what five rounds find");
        assert!(!found.converged && found.history.len() == 6);
        assert_eq!(found.values.len(), 8);
        assert!(found.history[5][0] < found.history[0][0]);
        let stop = |_: &Array1<f64>| ControlFlow::Break(());
        let found = filter(&laplacian, &goal, true, stop).expect("what there was");
        assert_eq!((found.converged, found.history.len()), (false, 1));
    }
}
