//! Rows in chunks, on as many threads as there are: every result is the same for any number of them.
//!
//! The chunks depend on the number of rows alone, and what they add up to is added in their order.

use crate::engine::sparse::{parts, starts};
use rayon::prelude::*;
use std::ops::Range;

/// `$body` with the constant `$B` equal to the number of columns `$b`, 1 to 8: loops over so many columns are then
/// unrolled, and their sums stay in registers.
macro_rules! of_width {
    ($b:expr, $B:ident => $body:expr) => {
        of_width!(@all $b, $B, $body, 1 2 3 4 5 6 7 8)
    };
    (@all $b:expr, $B:ident, $body:expr, $($width:literal)*) => {
        match $b {
            $($width => {
                const $B: usize = $width;
                $body
            })*
            other => unreachable!("{other} columns at a time"),
        }
    };
}
pub(super) use of_width;

/// Below this much work (multiplications, or entries moved) starting threads costs more than it saves.
const WORTH_IT: usize = 1 << 16;
/// Rows in a chunk, at least: with a handful of columns they fit the nearest cache.
const LEAST: usize = 512;
/// Chunks, at most: the partial sums of all of them are kept until they are added.
const MOST: usize = 1 << 9;

/// The rows of a chunk of n.
pub(super) fn chunk_rows(n: usize) -> usize {
    LEAST.max(n.div_ceil(MOST))
}

/// `work` on each chunk of the rows of `out`, given the rows and their part of it; `cost` decides whether in
/// parallel. What it gives comes back in the order of the chunks.
pub(super) fn on_rows<T: Send, R: Send>(
    out: &mut [T],
    columns: usize,
    cost: usize,
    work: impl Fn(Range<usize>, &mut [T]) -> R + Sync + Send,
) -> Vec<R> {
    if columns == 0 || out.is_empty() {
        return Vec::new();
    }
    let rows = chunk_rows(out.len() / columns);
    let one = |(chunk, part): (usize, &mut [T])| {
        let start = chunk * rows;
        work(start..start + part.len() / columns, part)
    };
    if cost < WORTH_IT {
        out.chunks_mut(rows * columns)
            .enumerate()
            .map(one)
            .collect()
    } else {
        out.par_chunks_mut(rows * columns)
            .enumerate()
            .map(one)
            .collect()
    }
}

/// What `work` gives for each chunk of 0 … n − 1, in order.
pub(super) fn of_chunks<R: Send>(
    n: usize,
    cost: usize,
    work: impl Fn(Range<usize>) -> R + Sync + Send,
) -> Vec<R> {
    of_chunks_with(n, cost, || (), |(), rows| work(rows))
}

/// The same, with room to work in that several chunks share, one after the other, and leave as they found it.
pub(super) fn of_chunks_with<T, R: Send>(
    n: usize,
    cost: usize,
    workspace: impl Fn() -> T + Sync + Send,
    work: impl Fn(&mut T, Range<usize>) -> R + Sync + Send,
) -> Vec<R> {
    let rows = chunk_rows(n);
    let range = |chunk: usize| chunk * rows..n.min((chunk + 1) * rows);
    let chunks = 0..n.div_ceil(rows);
    if cost < WORTH_IT {
        let mut workspace = workspace();
        chunks
            .map(|chunk| work(&mut workspace, range(chunk)))
            .collect()
    } else {
        chunks
            .into_par_iter()
            .map_init(workspace, |workspace, chunk| work(workspace, range(chunk)))
            .collect()
    }
}

/// All lists, one after the other.
pub(super) fn together<T: Copy + Default + Send + Sync>(lists: &[&[T]]) -> Vec<T> {
    let starts = starts(lists.iter().map(|list| list.len()));
    let mut all = vec![T::default(); starts[lists.len()]];
    // Memory is touched for the first time here, which takes longer than to copy.
    let parts = parts(&starts, 1, &mut all);
    let copied = parts.into_par_iter().zip(lists);
    copied.for_each(|(part, list)| part.copy_from_slice(list));
    all
}
