//! The coarse problem: L_c = PᵀLP, Galerkin's.
//!
//! # Definition
//! For any coarse vector y, yᵀL_cy = (Py)ᵀL(Py): the coarse energy of y is the energy of what it stands for. It is
//! computed as LP, row by row, then Pᵀ times that. Rows of P add up to 1, so those of L_c to 0: L_c is a Laplacian
//! again, but that a few of its weights may be negative. The masses of the aggregates are Pᵀm: all of the mass stays.
//!
//! # Source
//! W. Briggs, V. E. Henson & S. McCormick, "A Multigrid Tutorial" (2000), ch. 5 and 8.

use super::laplacian::Laplacian;
use super::parallel::{chunk_rows, of_chunks_with};
use super::sparse::{Rows, Sums};
use crate::engine::order::short;
use crate::engine::sparse::{Chunk, Sparse, Weights, starts_of_chunks};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// L_c = PᵀLP, the masses Pᵀm, and the component of each aggregate; `None` where L_c, or the product on the way to it,
/// has more entries than `limit` (the product: eight times as many).
pub(super) fn galerkin(
    fine: &Laplacian,
    p: &Rows,
    transposed: &Rows,
    limit: usize,
) -> Option<Laplacian> {
    let count = transposed.count();
    // Counted by all threads; whether the sum passes the limit does not depend on their order.
    let (entries, coarse_entries) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let within = |entries: &AtomicUsize, more: usize, limit: usize| {
        entries.fetch_add(more, Ordering::Relaxed) + more <= limit
    };
    let workspace = || Sums::new(count);
    // LP stays in the chunks in which it is made: it is the largest thing here, and read once.
    let product = of_chunks_with(fine.size(), fine.entries(), workspace, |sums, rows| {
        let mut chunk = Chunk::default();
        for i in rows {
            for (column, value) in p.row(i) {
                sums.add(column, fine.diagonal[i] * value);
            }
            fine.rows.each(i, |j, weight| {
                for (column, value) in p.row(j) {
                    sums.add(column, -weight * value);
                }
            });
            sums.drain(|column, value| chunk.push(column, value));
            if !within(&entries, chunk.end_row(), limit.saturating_mul(8)) {
                break;
            }
        }
        chunk
    });
    if entries.load(Ordering::Relaxed) > limit.saturating_mul(8) {
        return None;
    }
    let in_chunk = chunk_rows(fine.size());
    let entries = entries.into_inner();
    let mut diagonal = vec![0.0; count];
    let chunks = of_chunks_with(count, entries, workspace, |sums, rows| {
        let mut chunk = Chunk::default();
        for a in rows {
            for (i, share) in transposed.row(a) {
                for (column, value) in product[i / in_chunk].row(i % in_chunk) {
                    sums.add(column, share * value);
                }
            }
            sums.drain_ascending(|column, value| chunk.push(column, value));
            if !within(&coarse_entries, chunk.end_row(), limit) {
                break;
            }
        }
        chunk
    });
    if coarse_entries.load(Ordering::Relaxed) > limit {
        return None;
    }
    let whole = Rows::from_chunks(&chunks);
    // The diagonal apart; the rest with the other sign, as weights have it.
    let mut rows = Chunk::default();
    for (a, diagonal) in diagonal.iter_mut().enumerate() {
        for (b, value) in whole.row(a) {
            if a == b {
                *diagonal = value;
            } else if value != 0.0 {
                rows.push(short(b), -value);
            }
        }
        rows.end_row();
    }
    let mut masses = vec![0.0; count];
    let mut component = vec![0; count];
    for a in 0..count {
        for (i, share) in transposed.row(a) {
            masses[a] += share * fine.masses[i];
            component[a] = fine.component[i];
        }
    }
    let starts = starts_of_chunks([&rows.ends[..]]);
    let rows = Sparse::new(starts, rows.columns, Weights::Double(rows.values));
    Some(Laplacian::from_parts(
        Arc::new(rows),
        diagonal,
        masses,
        component,
    ))
}
