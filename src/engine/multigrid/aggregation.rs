//! Coarsening: vertices are gathered into aggregates, and the aggregates are the vertices of a smaller graph.
//!
//! # Definition
//! An edge is strong where its weight, scaled by its ends, sᵢⱼ = wᵢⱼ/√(LᵢᵢLⱼⱼ), is at least a quarter of the
//! largest at both of its ends. Then, over the vertices in order:
//! 1. a vertex none of whose strong neighbours has an aggregate yet founds one with all of them;
//! 2. a vertex left over joins the aggregate of its strongest neighbour that has one;
//! 3. what is still left founds aggregates with its neighbours that are left.
//!
//! With the aggregates in the columns of an n × n_c matrix of 0 and 1, P₀ takes values on aggregates back to their
//! members. One step of averaging over strong neighbours makes its steps smooth:
//!
//! ```text
//! P = (I − ω D_s⁻¹L_s) P₀ = (1 − ω) P₀ + ω D_s⁻¹A_s P₀
//! ```
//!
//! for the Laplacian L_s = D_s − A_s of the strong edges alone. Rows of P add up to 1: a constant stays one. The
//! coarse problem is L_c = PᵀLP with the masses Pᵀm; its rows add up to 0 again.
//!
//! # Must hold
//! As for [`Laplacian`]. Vertices of different components never share an aggregate.
//!
//! # Known value
//! The path of nine vertices has three aggregates, of two, three and four.
//!
//! # Source
//! P. Vaněk, J. Mandel & M. Brezina, "Algebraic multigrid by smoothed aggregation for second and fourth order
//! elliptic problems", Computing 56 (1996), §4.

use super::galerkin::galerkin;
use super::laplacian::Laplacian;
use super::parallel::{of_chunks, on_rows, together};
use super::sparse::Rows;
use crate::engine::sparse::Chunk;

/// The share of the largest weight at a vertex from which on an edge is strong.
const STRONG: f64 = 0.25;
/// ω: 4/3 over the largest eigenvalue of D_s⁻¹L_s, which is at most 2.
const OMEGA: f64 = 2.0 / 3.0;
/// Where smoothing leaves more than this part of the entries, the graph has no dimension to speak of, as around hubs:
/// then P₀ is taken, which never fills in.
const FILL: usize = 2;
const NONE: u32 = u32::MAX;

/// P and its transpose, both in compressed rows.
#[derive(Debug, Clone)]
pub(super) struct Prolongation {
    pub(super) rows: Rows,
    pub(super) columns: Rows,
}

/// The coarser problem, and the way back from it; `None` where nothing can be gathered.
pub(super) fn coarser(fine: &Laplacian) -> Option<(Laplacian, Prolongation)> {
    let strong = strong_edges(fine);
    let (aggregate, count) = aggregates(fine, &strong);
    if count * 10 > fine.size() * 9 {
        return None;
    }
    let rows = smoothed(fine, &strong, &aggregate);
    let columns = rows.transposed(count);
    if let Some(coarse) = galerkin(fine, &rows, &columns, fine.entries() / FILL) {
        return Some((coarse, Prolongation { rows, columns }));
    }
    let rows = plain(&aggregate);
    let columns = rows.transposed(count);
    let coarse = galerkin(fine, &rows, &columns, usize::MAX)?;
    Some((coarse, Prolongation { rows, columns }))
}

/// The aggregate of each vertex, as [`coarser`] forms them.
pub(super) fn founded(fine: &Laplacian) -> Vec<u32> {
    aggregates(fine, &strong_edges(fine)).0
}

/// For each entry beside the diagonal whether its edge is strong.
fn strong_edges(fine: &Laplacian) -> Vec<bool> {
    let n = fine.size();
    let scale: Vec<f64> = fine
        .diagonal
        .iter()
        .map(|&d| if d > 0.0 { 1.0 / d.sqrt() } else { 0.0 })
        .collect();
    let mut largest = vec![0.0; n];
    on_rows(&mut largest, 1, fine.entries(), |rows, largest| {
        for (i, largest) in rows.zip(largest) {
            let mut most = 0.0_f64;
            fine.rows.each(i, |j, w| most = most.max(w * scale[j]));
            *largest = most * scale[i];
        }
    });
    let chunks = of_chunks(n, fine.entries(), |rows| {
        let mut strong =
            Vec::with_capacity(fine.rows.starts[rows.end] - fine.rows.starts[rows.start]);
        for i in rows {
            fine.rows.each(i, |j, w| {
                let s = w * scale[i] * scale[j];
                strong.push(s > 0.0 && s >= STRONG * largest[i].max(largest[j]));
            });
        }
        strong
    });
    together(&chunks.iter().map(|chunk| &chunk[..]).collect::<Vec<_>>())
}

/// The aggregate of each vertex, and their number.
fn aggregates(fine: &Laplacian, strong: &[bool]) -> (Vec<u32>, usize) {
    let n = fine.size();
    let mut aggregate = vec![NONE; n];
    let mut count = 0_u32;
    let strong_row = |i: usize| {
        let entries = fine.rows.range(i);
        let strong = entries.filter(|&entry| strong[entry]);
        strong.map(|entry| fine.rows.columns[entry] as usize)
    };
    // ANCHOR: found
    for i in 0..n {
        let free = |j: usize| aggregate[j] == NONE;
        if free(i) && strong_row(i).next().is_some() && strong_row(i).all(free) {
            aggregate[i] = count;
            strong_row(i).for_each(|j| aggregate[j] = count);
            count += 1;
        }
    }
    // ANCHOR_END: found
    // Decided all at once, so that no chain of vertices follows each other into one aggregate.
    let founded = aggregate.clone();
    for i in (0..n).filter(|&i| founded[i] == NONE) {
        let scaled = |j: usize, w: f64| w * w / fine.diagonal[j];
        let joined = fine
            .row(i)
            .filter(|&(j, w)| founded[j] != NONE && w > 0.0)
            .max_by(|a, b| {
                scaled(a.0, a.1)
                    .total_cmp(&scaled(b.0, b.1))
                    .then(b.0.cmp(&a.0))
            });
        if let Some((j, _)) = joined {
            aggregate[i] = founded[j];
        }
    }
    for i in 0..n {
        if aggregate[i] == NONE {
            aggregate[i] = count;
            for (j, w) in fine.row(i) {
                if aggregate[j] == NONE && w > 0.0 {
                    aggregate[j] = count;
                }
            }
            count += 1;
        }
    }
    (aggregate, count as usize)
}

/// P₀.
fn plain(aggregate: &[u32]) -> Rows {
    Rows {
        starts: (0..=aggregate.len()).collect(),
        columns: aggregate.to_vec(),
        values: vec![1.0; aggregate.len()],
    }
}

/// P: each row the average of its own unit vector and those of its strong neighbours.
fn smoothed(fine: &Laplacian, strong: &[bool], aggregate: &[u32]) -> Rows {
    let chunks = of_chunks(fine.size(), fine.entries(), |rows| {
        let mut chunk = Chunk::default();
        let mut row: Vec<(u32, f64)> = Vec::new();
        for i in rows {
            row.clear();
            let add = |row: &mut Vec<(u32, f64)>, column: u32, value: f64| match row
                .iter_mut()
                .find(|entry| entry.0 == column)
            {
                Some(entry) => entry.1 += value,
                None => row.push((column, value)),
            };
            let mut total = 0.0;
            let mut strong = strong[fine.rows.range(i)].iter();
            fine.rows.each(i, |j, weight| {
                if strong.next() == Some(&true) {
                    total += weight;
                    add(&mut row, aggregate[j], weight);
                }
            });
            if total > 0.0 {
                for entry in &mut row {
                    entry.1 *= OMEGA / total;
                }
                add(&mut row, aggregate[i], 1.0 - OMEGA);
            } else {
                row.push((aggregate[i], 1.0));
            }
            row.sort_unstable_by_key(|entry| entry.0);
            for &(column, value) in &row {
                chunk.push(column, value);
            }
            chunk.end_row();
        }
        chunk
    });
    Rows::from_chunks(&chunks)
}
