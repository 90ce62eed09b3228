//! The resistance between any two vertices, by elimination.
//!
//! # Definition
//! Each edge is a wire of conductance aᵢⱼ. A vertex v with the conductances w₁, w₂, … to the others, W in all, is taken
//! out by the conductances wᵤwₓ/W between these (from a star to a mesh); no resistance among the others changes. The
//! way back adds v: its place divides the currents in the shares pᵤ = wᵤ/W, so that
//! `R(v, j) = 1/W + Σᵤ pᵤ R(u, j) − ½ Σᵤₓ pᵤ pₓ R(u, x)`.
//!
//! # Must hold
//! The graph is connected. What the last sum takes away is at most the degree of v times what is left, whatever the
//! weights: R(v, j) ≥ 1/W, and R(u, j) ≤ 1/wᵤ + R(v, j). So a weak link costs no digits, as it does in L⁺.
//!
//! # Known value
//! Two wires of conductance 1 and 10⁻¹⁰, one after the other: 1 + 10¹⁰.

use crate::guard;
use ndarray::{Array1, Array2, aview1, s};
use rayon::prelude::*;

/// Rows that are worth a thread's attention.
const ROWS: usize = 64;

/// R for the conductances in `a`, whose diagonal has no say. Symmetric, 0 on its diagonal.
pub(super) fn resistances(a: Array2<f64>) -> Array2<f64> {
    let n = a.nrows();
    let mut left = guard::into_standard(a);
    for v in (1..n).rev() {
        let w = left.slice(s![v, ..v]).to_vec();
        let all: f64 = w.iter().sum();
        let entries = left.as_slice_mut().expect("in standard layout");
        let rows = entries[..v * n].par_chunks_mut(n).with_min_len(ROWS);
        rows.zip(&w).enumerate().for_each(|(u, (row, &own))| {
            let share = own / all;
            if share > 0.0 {
                let others = row[..u].iter_mut().zip(&w);
                others.for_each(|(weight, other)| *weight += share * other);
            }
        });
    }
    let mut found = Array2::zeros((n, n));
    for v in 1..n {
        let w = left.slice(s![v, ..v]);
        let all = w.sum();
        let p: Array1<f64> = &w / all;
        let entries: &[f64] = found.as_slice().expect("in standard layout");
        let rows = entries[..v * n].par_chunks(n).with_min_len(ROWS);
        let shared: Vec<f64> = rows.map(|row| aview1(&row[..v]).dot(&p)).collect();
        let within = aview1(&shared).dot(&p) / 2.0;
        for (j, shared) in shared.into_iter().enumerate() {
            let between = 1.0 / all + (shared - within);
            found[[v, j]] = between;
            found[[j, v]] = between;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;

    #[test]
    fn two_wires_in_a_row_add_up_whatever_their_weights() {
        let a = array![[0.0, 1e-10, 1.0], [1e-10, 0.0, 0.0], [1.0, 0.0, 0.0]];
        let found = resistances(a);
        for ((i, j), wanted) in [((0, 1), 1e10), ((0, 2), 1.0), ((1, 2), 1e10 + 1.0)] {
            assert!((found[[i, j]] / wanted - 1.0).abs() < 1e-15, "{found}");
        }
    }
}
