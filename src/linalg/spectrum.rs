//! Eigenvalues with their vectors, and their normal form.

use super::dense;
use super::norms::largest;
use crate::error::Result;
use ndarray::{Array1, Array2, ArrayView1, Axis, aview0};

/// Entries this close to the largest count as the largest when the sign is fixed, so that rounding does
/// not choose between two ends of a symmetric graph.
const SIGN_TIE: f64 = 1e-6;

/// Eigenvalues, ascending, with their vectors.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Spectrum {
    pub(crate) values: Array1<f64>,
    /// One a column.
    pub(crate) vectors: Array2<f64>,
}

impl Spectrum {
    /// One more, which is not smaller than the others.
    pub(crate) fn push(&mut self, value: f64, z: ArrayView1<'_, f64>) {
        self.values
            .append(Axis(0), aview0(&value).insert_axis(Axis(0)))
            .expect("two lists");
        self.vectors.push_column(z).expect("as many vertices");
    }

    /// All eigenpairs of a symmetric matrix: ascending, the vectors of unit length with their sign fixed.
    pub(crate) fn of_symmetric(matrix: &Array2<f64>) -> Result<Self> {
        let (values, vectors) = dense::eigh(matrix)?;
        Ok(ordered(&values, &vectors, &Array1::ones(matrix.nrows())))
    }
}

/// Scales z to zᵀDz = 1 and fixes its sign.
pub(crate) fn normalise(z: &mut Array1<f64>, d: &Array1<f64>) {
    let length = z.dot(&(d * &*z)).sqrt();
    let largest = largest(&*z);
    let first = z
        .iter()
        .find(|entry| entry.abs() >= (1.0 - SIGN_TIE) * largest);
    let sign = first.map_or(1.0, |entry| entry.signum());
    *z *= sign / length;
}

/// The pairs by ascending value, the vectors in columns and in their normal form, zᵀDz = 1.
pub(crate) fn ordered(values: &Array1<f64>, vectors: &Array2<f64>, d: &Array1<f64>) -> Spectrum {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|&i, &j| values[i].total_cmp(&values[j]));
    let values = values.select(Axis(0), &order);
    let mut vectors = vectors.select(Axis(1), &order);
    for mut column in vectors.columns_mut() {
        let mut z = column.to_owned();
        normalise(&mut z, d);
        column.assign(&z);
    }
    Spectrum { values, vectors }
}

/// ‖S‖₂ of a symmetric matrix: the largest size of an eigenvalue.
pub(crate) fn spectral_norm(matrix: &Array2<f64>) -> Result<f64> {
    // Solvers square entries, which may be as small as rounding here.
    let size = largest(matrix);
    if size == 0.0 {
        return Ok(0.0);
    }
    let (values, _) = dense::eigh(&(matrix / size))?;
    Ok(largest(&values) * size)
}
