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
//! c is 1 within an envelope, and [`LISTED`] at listed places, where each multiplication looks its place up. m is
//! 8 and two more a pair.
//!
//! # Known value
//! Of a mesh around a wing of 4,253 vertices and 24,578 entries, and ten pairs: 18 million by elimination in the order of the
//! fewest neighbours, 5 for the order, 48 by multigrid. The seconds were as 18 (with the order) to 35.

use super::elimination::Elimination;
use super::method::Solver;
use crate::engine::multigrid::columns_for;
use crate::engine::sparse::Sparse;
use crate::error::Result;
use crate::guard;

/// Up to so many vertices it pays to ask what an elimination takes.
const THIN: u64 = 8192;
/// Multiplications in a row, in the time of one at a listed place.
const LISTED: u64 = 2;
/// The order of the fewest neighbours, for each entry.
pub(super) const ORDER: u64 = 200;
/// Multigrid, for each entry and column.
const PRODUCTS: u64 = 100;
/// Multigrid, for each vertex and each two columns.
const ALGEBRA: u64 = 40;
/// Two rounds of the filter, for each entry and column: some twenty products, of eight columns side by side.
const FILTERED: u64 = 10;
/// The same, for each vertex and each two columns.
const TURNED: u64 = 20;

/// Steps on the inverse until so many pairs are known.
fn steps(wanted: usize) -> u64 {
    8 + 2 * wanted as u64
}

/// The size of a problem.
#[derive(Clone, Copy)]
pub(super) struct Size {
    vertices: u64,
    /// Beside the diagonal.
    entries: u64,
    wanted: usize,
}

impl Size {
    pub(super) fn new(rows: &Sparse, wanted: usize) -> Self {
        Self {
            vertices: rows.starts.len() as u64 - 1,
            entries: rows.columns.len() as u64,
            wanted,
        }
    }

    pub(super) fn of_multigrid(self) -> u64 {
        let columns = self.wanted as u64 + 1;
        PRODUCTS * columns * self.entries + ALGEBRA * columns.pow(2) * self.vertices
    }

    pub(super) fn of_elimination(self, elimination: &Elimination) -> u64 {
        let m = steps(self.wanted);
        let once = if elimination.is_listed() { LISTED } else { 1 };
        let solving = once * 2 * (elimination.work() + m * elimination.entries() as u64);
        solving + 2 * m.pow(2) * self.vertices
    }

    /// At the least: the first round of the filter, and a second one.
    pub(super) fn of_filter(self) -> u64 {
        let columns = columns_for(self.wanted) as u64;
        FILTERED * columns * self.entries + TURNED * columns.pow(2) * self.vertices
    }

    /// Multiplications up to which an elimination in the order of the fewest neighbours, which is yet to be found, takes less
    /// than `most`; `None` where finding it is half of that already.
    pub(super) fn worth_an_order(self, most: u64) -> Option<u64> {
        let order = ORDER * self.entries;
        let left = most.checked_sub(order + 2 * steps(self.wanted).pow(2) * self.vertices)?;
        (2 * order <= most).then_some(left / (2 * LISTED))
    }
}

/// The elimination layer by layer, and why it is to be used: because it takes so few multiplications. Where elimination was
/// asked for, in the order that takes fewer.
pub(super) fn by_layers(
    rows: &Sparse,
    solver: Solver,
    size: Size,
) -> Result<Option<(Elimination, String)>> {
    match solver {
        Solver::Elimination => {
            let elimination = Elimination::shorter(rows);
            let instead = "take `Solver::Multigrid`";
            guard::elimination_size(elimination.entries(), crate::guard::DENSE_LIMIT, instead)?;
            Ok(Some((elimination, "asked for".to_string())))
        }
        Solver::Auto if size.vertices <= THIN => {
            let elimination = Elimination::by_layers(rows);
            let shorter = size.of_elimination(&elimination) <= size.of_multigrid();
            let reason = reason(&elimination, size, "layer by layer");
            Ok(shorter.then_some((elimination, reason)))
        }
        _ => Ok(None),
    }
}

/// The elimination in the order of the fewest neighbours, and why it is to be used, where it is the shorter way, else the
/// `thin` one.
pub(super) fn by_fewest(
    rows: &Sparse,
    size: Size,
    thin: Option<(Elimination, String)>,
) -> Option<(Elimination, String)> {
    let most = match &thin {
        Some((elimination, _)) => size.of_elimination(elimination),
        None => size.of_multigrid(),
    };
    let fewest = size
        .worth_an_order(most)
        .filter(|_| size.vertices <= THIN)
        .and_then(|work| Elimination::by_fewest(rows, work));
    fewest.map_or(thin, |elimination| {
        let reason = reason(&elimination, size, "the fewest neighbours first");
        Some((elimination, reason))
    })
}

fn reason(elimination: &Elimination, size: Size, order: &str) -> String {
    let share = elimination.work().div_ceil(size.entries);
    format!(
        "{} vertices, {share} multiplications an entry, {order}",
        size.vertices
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    const MESH: Size = Size {
        vertices: 4_253,
        entries: 24_578,
        wanted: 10,
    };

    #[test]
    fn the_mesh_costs_what_the_table_says() {
        // 100 · 11 · 24,578 + 40 · 11² · 4,253.
        assert_eq!(MESH.of_multigrid(), 27_035_800 + 20_584_520);
        // 16 columns: 10 · 16 · 24,578 + 20 · 16² · 4,253.
        assert_eq!(MESH.of_filter(), 3_932_480 + 21_775_360);
        // A quarter of what is left beside 200 · 24,578 for the order and 2 · 28² · 4,253 for its vectors.
        let left = 47_620_320 - 4_915_600 - 6_668_704;
        assert_eq!(MESH.worth_an_order(47_620_320), Some(left / 4));
        assert_eq!(MESH.worth_an_order(4_915_600), None);
        // Of one pair, an order is not worth its search.
        let one = Size { wanted: 1, ..MESH };
        assert_eq!(one.worth_an_order(one.of_multigrid()), None);
    }

    #[test]
    fn more_pairs_cost_more_by_every_way() {
        let more = Size { wanted: 11, ..MESH };
        assert!(more.of_multigrid() > MESH.of_multigrid());
        let path = (1..50).map(|i| (i - 1, i, 1.0)).collect::<Vec<_>>();
        let path = crate::graph::Graph::from_edges(50, &path).expect("a path");
        let crate::engine::sparse::Edges::Sparse(rows) = path.edges() else {
            unreachable!("edges are kept as such");
        };
        let layers = Elimination::by_layers(rows);
        assert!(more.of_elimination(&layers) > MESH.of_elimination(&layers));
    }
}
