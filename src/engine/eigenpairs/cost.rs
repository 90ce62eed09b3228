//! What each way to the eigenpairs costs, before it is gone: which is shorter is reckoned, not known from the size alone.
//!
//! # Definition
//! The unit is a multiplication in a row of others. With w pairs wanted of a graph of n vertices and e entries beside the
//! diagonal:
//!
//! | way | cost |
//! |---|---|
//! | elimination with W multiplications and E places | c(2W + 2mE) + 2m²n: it is done twice, the second time to count; m steps solve, and keep their vectors orthogonal |
//! | the order of the fewest neighbours | [`ORDER`]e |
//! | multigrid | [`PRODUCTS`]be + [`ALGEBRA`]b²n for a block of b = w + 1: ten steps, of which each goes through its coarser graphs, and turns its basis |
//! | a filter, at the least | [`FILTERED`]be + [`TURNED`]b²n for the columns b of its block: two rounds |
//!
//! c is 1 within an envelope, and [`LISTED`] at listed places, where each multiplication looks its place up. m is about
//! [`STEPS`]: a few, and a few more a pair.
//!
//! # Known value
//! Of a mesh around a wing of 4,253 vertices and 24,578 entries, and ten pairs: 17 million by elimination, 5 for its order, 54 by
//! multigrid; the seconds are as 20 to 35.

use super::elimination::Elimination;
use crate::engine::multigrid::columns_for;

/// Multiplications in a row, in the time of one at a listed place.
const LISTED: usize = 2;
/// The order of the fewest neighbours, for each entry.
pub(super) const ORDER: usize = 200;
/// Multigrid, for each entry and column.
const PRODUCTS: usize = 100;
/// Multigrid, for each vertex and each two columns.
const ALGEBRA: usize = 40;
/// Two rounds of the filter, for each entry and column: some twenty products, of eight columns side by side.
const FILTERED: usize = 10;
/// The same, for each vertex and each two columns.
const TURNED: usize = 20;

/// Steps on the inverse until so many pairs are known.
fn steps(wanted: usize) -> usize {
    8 + 2 * wanted
}

/// The size of a problem.
#[derive(Clone, Copy)]
pub(super) struct Size {
    pub(super) vertices: usize,
    /// Beside the diagonal.
    pub(super) entries: usize,
    pub(super) wanted: usize,
}

impl Size {
    pub(super) fn of_multigrid(self) -> usize {
        let columns = self.wanted + 1;
        PRODUCTS * columns * self.entries + ALGEBRA * columns.pow(2) * self.vertices
    }

    pub(super) fn of_elimination(self, elimination: &Elimination) -> usize {
        let m = steps(self.wanted);
        let once = if elimination.is_listed() { LISTED } else { 1 };
        let solving = once * 2 * (elimination.work() + m * elimination.entries());
        solving + 2 * m.pow(2) * self.vertices
    }

    /// At the least: the first round of the filter, and a second one.
    pub(super) fn of_filter(self) -> usize {
        let columns = columns_for(self.wanted);
        FILTERED * columns * self.entries + TURNED * columns.pow(2) * self.vertices
    }

    /// Multiplications up to which an elimination in the order of the fewest neighbours, which is yet to be found, takes less
    /// than `most`; `None` where finding it is half of that already.
    pub(super) fn worth_an_order(self, most: usize) -> Option<usize> {
        let order = ORDER * self.entries;
        let left = most.checked_sub(order + 2 * steps(self.wanted).pow(2) * self.vertices)?;
        (2 * order <= most).then_some(left / (2 * LISTED))
    }
}
