//! The problem by a full matrix.

use super::elimination::Elimination;
use super::inverse_iteration::ROUNDINGS;
use super::method::{Solver, SolverReport};
use super::problem::{Problem, STEPS, WHOLE, largest};
use super::solved::Solved;
use super::{FullMatrix, few_smallest};
use crate::engine::multigrid::Goal;
use crate::error::Result;
use crate::guard;
use crate::linalg::Spectrum;
use std::ops::ControlFlow;

/// What a full matrix leaves where its inverse has done its work.
const BY_INVERSE: f64 = 1e-10;
/// Values this small are not known to many digits from a full matrix, whose entries are rounded in the sixteenth.
const MINUTE: f64 = 1e-9;
/// Nor are the vectors of those that stand beside them told from theirs.
const BESIDE_MINUTE: f64 = 1e-6;

impl Problem<'_> {
    /// By a full matrix.
    pub(crate) fn dense(self, count: usize, reason: &str) -> Result<Solved> {
        let instead = "take fewer vertices, or few eigenpairs by `Solver::Multigrid`";
        guard::dense_size(self.degrees.len(), crate::guard::DENSE_LIMIT, instead)?;
        let solved = self.full_matrix(count, reason, FullMatrix::Inverse)?;
        let within =
            |solved: &Solved, bound: f64| solved.pairs.residuals.iter().all(|r| *r <= bound);
        if within(&solved, BY_INVERSE * self.scale()) {
            return Ok(solved);
        }
        let other = self.full_matrix(count, reason, FullMatrix::AllPairs)?;
        // NaN is within nothing.
        let keeps = within(&solved, largest(&other.pairs.residuals));
        Ok(if keeps { solved } else { other })
    }

    fn full_matrix(self, count: usize, reason: &str, way: FullMatrix) -> Result<Solved> {
        let pieces = self.pieces;
        let wanted = count.saturating_sub(pieces.count);
        let rows = few_smallest(
            self.edges,
            self.degrees,
            self.masses,
            &pieces.labels,
            wanted,
            way,
        )?;
        let pairs = self.assembled(count, &rows);
        if let Some(solved) = self.minute(&pairs, reason) {
            return Ok(solved);
        }
        let report = SolverReport::new(Solver::Dense, reason.to_string());
        Ok(Solved::new(self, pairs, report))
    }

    /// The same pairs, the first of them by elimination: those whose values are not large beside rounding in a full matrix.
    fn minute(self, pairs: &Spectrum, reason: &str) -> Option<Solved> {
        let (n, null) = (self.degrees.len(), self.pieces.count);
        let below = |bound: f64| {
            let values = pairs.values.iter().skip(null);
            values.take_while(|v| **v <= bound * self.scale()).count()
        };
        if below(MINUTE) == 0 || n > WHOLE {
            return None;
        }
        let minute = below(BESIDE_MINUTE);
        let laplacian = self.laplacian();
        let elimination = Elimination::by_layers(&laplacian.rows);
        let goal = Goal {
            wanted: minute,
            tolerance: ROUNDINGS * n as f64,
            last_for_the_gap: false,
            max_steps: STEPS,
        };
        let go_on = |_| ControlFlow::Continue(());
        let known = null + minute;
        let (mut first, way) =
            self.by_elimination(&laplacian, &elimination, (known, &goal, true), go_on)?;
        for (value, z) in pairs.values.iter().zip(pairs.vectors.columns()).skip(known) {
            first.push(*value, z);
        }
        let reason = format!("{reason}; {minute} by elimination, below what a full matrix shows");
        let report = SolverReport::new(Solver::Dense, reason);
        Some(Solved::counted(self, first, way, report))
    }
}
