//! What a solver found, and what it is worth.

use super::direct::Way;
use super::method::SolverReport;
use super::problem::Problem;
use super::{Eigenpairs, FiedlerVector, errors, residuals};
use crate::error::{Error, Result};
use crate::linalg::Spectrum;
use ndarray::Array1;

/// A residual that no solver leaves where it has done its work.
const UNSOLVED: f64 = 1e-6;
/// A part along the null vectors that rounding does not leave in a vector of length 1.
const FOREIGN: f64 = 1e-8;

/// Eigenpairs, and the way to them.
#[derive(Debug, Clone)]
pub(crate) struct Solved {
    /// Their residuals as [`Problem::residuals`].
    pub(crate) pairs: Eigenpairs,
    /// How far each value can be from an eigenvalue.
    pub(crate) errors: Array1<f64>,
    pub(crate) report: SolverReport,
}

impl Solved {
    pub(super) fn new(problem: Problem<'_>, found: Spectrum, report: SolverReport) -> Self {
        let residuals = problem.residuals(&found);
        Self::with(problem, found, residuals, report)
    }

    fn with(
        problem: Problem<'_>,
        found: Spectrum,
        residuals: Array1<f64>,
        report: SolverReport,
    ) -> Self {
        let errors = errors(&found.values, &residuals, problem.scale());
        Self {
            pairs: Eigenpairs::with(found, residuals),
            errors,
            report,
        }
    }

    /// The second pair.
    pub(crate) fn second(&self) -> FiedlerVector {
        FiedlerVector {
            value: self.pairs.values[1],
            residual: self.pairs.residuals[1],
            vector: self.pairs.vectors.column(1).to_owned(),
        }
    }

    /// Itself, where its pairs solve the equation at every vertex: some graphs with degrees of many different sizes defeat
    /// every solver here.
    pub(crate) fn sound(self, scale: f64) -> Result<Self> {
        sound(&self.pairs.residuals, scale)?;
        Ok(self)
    }

    /// The same where it was counted that as many eigenvalues lie below σ as values do: those on either side are on that
    /// side.
    pub(super) fn counted(
        problem: Problem<'_>,
        found: Spectrum,
        way: Way,
        report: SolverReport,
    ) -> Self {
        let sigma = way.counted_below;
        let report = SolverReport {
            iterations: way.steps,
            history: way.history,
            ..report
        };
        // Of more pairs than were found on the way those of all are computed.
        let mut solved = if way.residuals.len() == found.values.len() {
            Self::with(problem, found, way.residuals, report)
        } else {
            Self::new(problem, found, report)
        };
        for (error, value) in solved.errors.iter_mut().zip(&solved.pairs.values) {
            *error = error.min((value - sigma).abs() / 2.0);
        }
        solved
    }
}

impl Problem<'_> {
    /// What a solver found, with its residuals.
    pub(crate) fn looked_at(self, found: Spectrum) -> Eigenpairs {
        let residuals = self.residuals(&found);
        Eigenpairs::with(found, residuals)
    }

    /// How far each pair is from solving the equation beside the null vectors: its residual, or its part along them where
    /// that is more than rounding leaves.
    pub(super) fn residuals(self, found: &Spectrum) -> Array1<f64> {
        let mut residuals = residuals(
            self.edges,
            self.degrees,
            self.masses,
            &found.values,
            &found.vectors,
        );
        let by_component = |of: &dyn Fn(usize) -> f64| {
            let mut sums = vec![0.0; self.pieces.count];
            for (i, &component) in self.pieces.labels.iter().enumerate() {
                sums[component] += of(i);
            }
            sums
        };
        let totals = by_component(&|i| self.masses[i]);
        let all = residuals.iter_mut().zip(found.vectors.columns());
        for (residual, z) in all.skip(self.pieces.count) {
            let shares = by_component(&|i| self.masses[i] * z[i]);
            let squares = shares.iter().zip(&totals);
            let part = squares.map(|(s, m)| s * s / m).sum::<f64>().sqrt();
            if part > FOREIGN && part > *residual {
                *residual = part;
            }
        }
        residuals
    }
}

/// Pairs with these residuals solve the equation, where no eigenvalue exceeds 2·`scale`.
fn sound(residuals: &Array1<f64>, scale: f64) -> Result<()> {
    let bound = UNSOLVED * scale.max(1.0);
    // NaN is not solved.
    let unsolved = |residual: &f64| residual.is_nan() || *residual > bound;
    match residuals.iter().position(unsolved) {
        Some(index) => Err(Error::Solver {
            method: "the eigensolver",
            reason: format!(
                "eigenvector {} does not solve its equation at every vertex (residual {:.0e}): the degrees are of too many different sizes; drop the vertices of the smallest degrees, or take the parts of the graph one at a time",
                index + 1,
                residuals[index]
            ),
        }),
        None => Ok(()),
    }
}
