//! The few smallest eigenpairs of a small and thin graph: its vertices are eliminated, and Lanczos's recurrence runs on
//! the inverse.
//!
//! # Definition
//! With S = M^-½LM^-½ and r orthogonal to M^½𝟙 on each component, S⁻¹r is M^½x less its part along those vectors, where
//! Lx = M^½r. It stretches the part along an eigenvector by 1/λ: the smallest λ win, in a dozen steps.
//!
//! A single start vector sees one copy of a repeated eigenvalue. So the eigenvalues below the last one found are
//! counted, by a second elimination. Where there are more, a block of vectors starts anew.
//!
//! # Source
//! T. Ericsson & A. Ruhe, "The spectral transformation Lanczos method for the numerical solution of large sparse
//! generalized symmetric eigenvalue problems", Math. Comp. 35 (1980), 1251–1268, for both the inverse and the count.

use super::elimination::{Eliminated, Elimination};
use super::inverse_iteration::smallest_nontrivial;
use super::krylov::Krylov;
use super::null_space::NullSpace;
use super::null_vectors;
use super::problem::{Problem, largest};
use crate::engine::multigrid::{Goal, Laplacian};
use crate::engine::order::Order;
use crate::engine::sparse::Sparse;
use crate::linalg::RandomState;
use crate::linalg::Spectrum;
use ndarray::{Array1, Array2, s};
use std::cell::Cell;
use std::ops::ControlFlow;

/// Products of the single vector, and of each more that is wanted.
const STEPS: [usize; 2] = [60, 4];
/// Steps before which nobody looks at the residuals, beside one for each that is wanted.
const FIRST_LOOK: usize = 6;
/// How far below the last value the others are counted, relative to it: equal ones must not count.
const BESIDE: f64 = 1e-6;
/// Other numbers below the last value, relative to it: the nearest that can be counted says the most.
const FURTHER: [f64; 5] = [0.999_97, 0.9993, 0.983, FAR, 0.61];
const FAR: f64 = 0.83;
/// Entries of z are rounded in the sixteenth digit, and the energy of a constant z so rounded is some 10⁻³² of the largest:
/// smaller values, with room for many vertices, are not told from it.
const MINUTE: f64 = 1e-26;
/// No residual of a vector of length 1 is larger, where no eigenvalue exceeds 2.
const MOST: f64 = 2.0;
/// So many times what was aimed at may the residual be by a fresh product.
const LEEWAY: f64 = 2.0;
/// Rounding may leave so much of a vector whose value is small beside others, but large beside one smaller still.
const CLOSE: f64 = 1e-12;

/// The network of a graph, its vertices in the order of their elimination.
struct Network<'a> {
    eliminated: Eliminated<'a>,
    null: NullSpace,
    masses: Array1<f64>,
    labels: Array1<usize>,
    order: Order,
    elimination: &'a Elimination,
    laplacian: &'a Laplacian,
    /// Where masses are of very different sizes, the place of the heaviest vertex of each component.
    ground: Option<Vec<usize>>,
    /// Products with the inverse so far.
    steps: Cell<usize>,
}

/// How the pairs were found.
pub(super) struct Way {
    /// The largest residual of the wanted pairs, whenever one looked.
    pub(super) history: Vec<f64>,
    /// Products with the inverse.
    pub(super) steps: usize,
    /// As many eigenvalues lie below this number as values do.
    pub(super) counted_below: f64,
    /// As [`Problem::residuals`] of the pairs.
    pub(super) residuals: Array1<f64>,
}

impl Problem<'_> {
    /// The `count` smallest pairs, those beside the null vectors as closely as the goal says, and the way to them.
    /// `None` where they could not be found, or not be proven to be the smallest. Where single vectors miss some, a block
    /// is tried if so wished.
    pub(super) fn by_elimination(
        self,
        laplacian: &Laplacian,
        elimination: &Elimination,
        (count, goal, block): (usize, &Goal, bool),
        mut watch: impl FnMut(f64) -> ControlFlow<()>,
    ) -> Option<(Spectrum, Way)> {
        let eliminated = elimination.eliminate(&laplacian.rows, vec![0.0; laplacian.size()])?;
        let masses = Array1::from(elimination.order.by_place(&laplacian.masses));
        let labels = elimination.order.by_place(&laplacian.component);
        let labels: Array1<usize> = labels.into_iter().map(|label| label as usize).collect();
        let ground = laplacian
            .is_steep()
            .then(|| heaviest(&masses, &labels, self.pieces.count));
        let network = Network {
            eliminated,
            ground,
            null: NullSpace::new(&masses, labels.clone()),
            masses,
            labels,
            order: elimination.order.of_places_in(&self.pieces.order),
            elimination,
            laplacian,
            steps: Cell::new(0),
        };
        let mut history = Vec::new();
        let mut watch = |bound: f64| {
            let residual = bound.min(MOST);
            history.push(residual);
            watch(residual)
        };
        let accepted = |rows: Array2<f64>| self.accepted(&network, goal, &rows, count);
        let pairs = network
            .by_single_vectors(goal, &mut watch)
            .and_then(accepted);
        let (pairs, residuals, counted_below) = match pairs {
            Some(found) => found,
            None if !block => return None,
            None => network.by_block(goal, &mut watch).and_then(accepted)?,
        };
        let way = Way {
            history,
            steps: network.steps.get(),
            counted_below,
            residuals,
        };
        Some((pairs, way))
    }

    /// The pairs of the vectors z in rows, where they solve the equation on the graph itself, and no smaller one is
    /// missing.
    fn accepted(
        self,
        network: &Network<'_>,
        goal: &Goal,
        rows: &Array2<f64>,
        count: usize,
    ) -> Option<(Spectrum, Array1<f64>, f64)> {
        let mut pairs = self.assembled(count, rows);
        // The masses of the Laplacian are `scale` times those of the problem, and its values as much smaller.
        let scale = self.scale();
        network.minute_values(&mut pairs, count - rows.nrows(), scale);
        let residuals = self.residuals(&pairs);
        let rests = &residuals / scale;
        let values = &pairs.values / scale;
        let null = count - rows.nrows();
        let targets = goal.residuals(&values.slice(s![null..]).to_owned());
        let solved = |(rest, target): (&f64, &f64)| *rest <= CLOSE.max(LEEWAY * target);
        if !rests.iter().skip(null).zip(&targets).all(solved) {
            return None;
        }
        let counted = Counted {
            elimination: network.elimination,
            rows: &network.laplacian.rows,
            masses: &network.masses,
        };
        let (sigma, all) = counted.just_below(&values, rests[count - 1])?;
        all.then_some((pairs, residuals, sigma * scale))
    }
}

/// A graph whose eigenvalues can be counted, its masses in the order of the elimination.
pub(super) struct Counted<'a> {
    pub(super) elimination: &'a Elimination,
    pub(super) rows: &'a Sparse,
    pub(super) masses: &'a Array1<f64>,
}

impl Counted<'_> {
    /// A number just below the last of these values, which is known to `rest`, and whether as many eigenvalues lie below it
    /// as values do; `None` where they cannot be counted.
    pub(super) fn just_below(&self, values: &Array1<f64>, rest: f64) -> Option<(f64, bool)> {
        let last = values[values.len() - 1];
        let first = last - (BESIDE * last).max(rest.min(last / 2.0));
        // A part of the graph may have just this eigenvalue, and its sum cancels: then another number.
        // Beside a value that is not known so closely, only the far ones.
        let apart = |share: &&f64| **share * last < first || **share <= FAR;
        let further = FURTHER.iter().filter(apart).map(|share| share * last);
        std::iter::once(first).chain(further).find_map(|sigma| {
            let found = values.iter().filter(|&&value| value < sigma).count();
            let below = self.elimination.below(self.rows, self.masses, sigma)?;
            Some((sigma, found == below))
        })
    }
}

impl Network<'_> {
    /// The vectors z, in rows, by Lanczos's recurrence.
    fn by_single_vectors(
        &self,
        goal: &Goal,
        mut watch: impl FnMut(f64) -> ControlFlow<()>,
    ) -> Option<Array2<f64>> {
        let wanted = goal.wanted;
        let max_steps = (STEPS[0] + STEPS[1] * wanted).min(self.null.dimensions());
        let mut krylov = Krylov::new(self.null.random(&mut RandomState::new(0)));
        let mut look_at = wanted + FIRST_LOOK;
        loop {
            krylov.step(&self.null, |v| self.inverse(v));
            let steps = krylov.steps();
            let ends = krylov.ended() || steps == max_steps;
            if !ends && steps < look_at {
                continue;
            }
            look_at = steps + 1 + steps / 10;
            let found = krylov.values(wanted);
            let values: Array1<f64> = found.iter().map(|(theta, _)| 1.0 / theta).collect();
            // Sw − λw = −λS(S⁻¹w − w/λ), and ‖S‖ ≤ 2.
            let rests: Array1<f64> = found
                .iter()
                .map(|(theta, rest)| 2.0 * rest / theta)
                .collect();
            let stopped = watch(largest(&rests)).is_break();
            let targets = goal.residuals(&values);
            let solved = found.len() == wanted
                && rests
                    .iter()
                    .zip(&targets)
                    .all(|(rest, target)| rest <= target);
            if solved || ends || stopped {
                return (solved && !stopped).then(|| self.by_vertex(&krylov.vectors(wanted)));
            }
        }
    }

    /// The same with a block of vectors.
    fn by_block(
        &self,
        goal: &Goal,
        watch: impl FnMut(f64) -> ControlFlow<()>,
    ) -> Option<Array2<f64>> {
        let null = null_vectors(&self.masses, &self.labels, usize::MAX) * &self.null.roots;
        let invert = |block: &mut Array2<f64>| {
            for mut row in block.rows_mut() {
                let mut image = self.inverse(&row.to_owned());
                self.null.project_out(&mut image);
                row.assign(&image);
            }
        };
        let found = smallest_nontrivial(&null, goal.wanted, invert, watch);
        found
            .converged
            .then(|| self.by_vertex(&found.vectors.slice_move(s![..goal.wanted, ..])))
    }

    /// Values that are smaller than what rounding in z makes of its energy, by the inverse: 1/(wᵀS⁻¹w), where only positive
    /// numbers are added.
    fn minute_values(&self, pairs: &mut Spectrum, null: usize, scale: f64) {
        for (value, z) in pairs
            .values
            .iter_mut()
            .zip(pairs.vectors.columns())
            .skip(null)
        {
            if *value > MINUTE * scale {
                break;
            }
            let by_place = self.order.vertices().iter().map(|&i| z[i as usize]);
            let mut w = by_place.collect::<Array1<f64>>() * &self.null.roots;
            self.null.project_out(&mut w);
            let mut image = self.inverse(&w);
            self.null.project_out(&mut image);
            let stretch = w.dot(&image) / w.dot(&w);
            if stretch > 0.0 && stretch.is_finite() {
                *value = value.min(scale / stretch);
            }
        }
        let mut before = 0.0_f64;
        for value in &mut pairs.values {
            *value = value.max(before);
            before = *value;
        }
    }

    /// S⁻¹r, with any part along the null vectors.
    fn inverse(&self, r: &Array1<f64>) -> Array1<f64> {
        self.steps.set(self.steps.get() + 1);
        let mut x = r * &self.null.roots;
        self.eliminated.solve(x.as_slice_mut().expect("a list"));
        // Voltages are known but for one in each component. 0 at its heaviest vertex, else what is left there by rounding
        // outweighs all that stands at the light ones.
        if let Some(ground) = &self.ground {
            let at_ground: Vec<f64> = ground.iter().map(|&k| x[k]).collect();
            for (x, &label) in x.iter_mut().zip(&self.labels) {
                *x -= at_ground[label];
            }
        }
        x *= &self.null.roots;
        x
    }

    /// z = M^-½w, in rows, vertex by vertex.
    fn by_vertex(&self, w: &Array2<f64>) -> Array2<f64> {
        let z = w / &self.null.roots;
        self.order.rows_by_vertex(z.t())
    }
}

/// The place of the heaviest vertex of each component.
fn heaviest(masses: &Array1<f64>, labels: &Array1<usize>, count: usize) -> Vec<usize> {
    let mut at: Vec<Option<usize>> = vec![None; count];
    for (place, (mass, &label)) in masses.iter().zip(labels).enumerate() {
        if at[label].is_none_or(|best| masses[best] < *mass) {
            at[label] = Some(place);
        }
    }
    at.into_iter().flatten().collect()
}
