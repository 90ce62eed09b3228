//! The rows of the vertices that w does not see, as equations.

use super::Unseen;
use crate::engine::eigenpairs::Elimination;
use crate::engine::sparse::Sparse;
use ndarray::{Array1, Array2};

/// Up to so many vertices Gauss's elimination takes a few hundredths of a second.
pub(super) const PIVOTED: usize = 512;

/// (L − λM)_TT z_T = A_TR z_R.
pub(super) struct Block {
    /// The edges within T.
    rows: Sparse,
    /// What each row of the matrix adds up to: the edges to R less λmᵢ.
    leaks: Vec<f64>,
    /// The degree of each, without loops.
    degrees: Vec<f64>,
    /// A_TR z_R.
    currents: Vec<f64>,
}

impl Block {
    pub(super) fn new(graph: &Unseen<'_>, value: f64, z: &Array1<f64>, unseen: &[usize]) -> Self {
        let mut rows = Vec::with_capacity(unseen.len());
        let (mut leaks, mut degrees, mut currents) = (Vec::new(), Vec::new(), Vec::new());
        for &i in unseen {
            let mut row = Vec::new();
            let (mut leak, mut degree, mut current) = (0.0, 0.0, 0.0);
            graph.edges.each_edge(i, |j, weight| {
                if j == i {
                    return;
                }
                degree += weight;
                if let Ok(place) = unseen.binary_search(&j) {
                    row.push((place, weight));
                } else {
                    leak += weight;
                    current += weight * z[j];
                }
            });
            rows.push(row);
            leaks.push(leak - value * graph.masses[i]);
            degrees.push(degree);
            currents.push(current);
        }
        Self {
            rows: Sparse::from_rows(rows),
            leaks,
            degrees,
            currents,
        }
    }

    /// The solution by elimination in the order of the graph: exact entry by entry, where no sum cancels.
    pub(super) fn eliminated(&self) -> Option<Vec<f64>> {
        let elimination = Elimination::by_layers(&self.rows);
        if elimination.entries() > crate::guard::DENSE_LIMIT / size_of::<f64>() {
            return None;
        }
        let order = &elimination.order;
        let eliminated = elimination.eliminate(&self.rows, order.by_place(&self.leaks))?;
        let mut x = order.by_place(&self.currents);
        eliminated.solve(&mut x);
        Some(order.by_vertex(&x))
    }

    /// The same by Gauss's elimination with partial pivoting, each row divided by its degree: where λ lies among the
    /// eigenvalues of the block, and sums cancel.
    pub(super) fn pivoted(&self) -> Option<Vec<f64>> {
        let n = self.leaks.len();
        if n > PIVOTED {
            return None;
        }
        let mut m = Array2::zeros((n, n + 1));
        for (i, mut row) in m.rows_mut().into_iter().enumerate() {
            let degree = self.degrees[i];
            // The sum of the row without its leak is its diagonal.
            row[i] = self.leaks[i] / degree;
            self.rows.each(i, |j, weight| {
                row[j] -= weight / degree;
                row[i] += weight / degree;
            });
            row[n] = self.currents[i] / degree;
        }
        for k in 0..n {
            let size = |&i: &usize| m[[i, k]].abs();
            let pivot = (k..n).max_by(|i, j| size(i).total_cmp(&size(j)))?;
            if m[[pivot, k]] == 0.0 {
                return None;
            }
            for column in k..=n {
                m.swap([k, column], [pivot, column]);
            }
            let own = m.row(k).to_owned();
            for mut row in m.rows_mut().into_iter().skip(k + 1) {
                let share = row[k] / own[k];
                if share != 0.0 {
                    row.scaled_add(-share, &own);
                }
            }
        }
        let mut x = vec![0.0; n];
        for i in (0..n).rev() {
            let known: f64 = (i + 1..n).map(|j| m[[i, j]] * x[j]).sum();
            x[i] = (m[[i, n]] - known) / m[[i, i]];
        }
        Some(x)
    }
}
