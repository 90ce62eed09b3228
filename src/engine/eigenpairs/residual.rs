//! How far pairs are from solving the equation, and how far their values can be from eigenvalues.
//!
//! # Definition
//! ‖M^-½((D − A)z − λMz)‖ for zᵀMz = 1: an eigenvalue lies within it. That norm weighs a row by its mass, so that it passes
//! over vertices of tiny mass, whatever stands there; for them the residual of their own row counts too, in units of that
//! row (see [`super::unseen`]). The larger of the two is the residual.
//!
//! # Source
//! B. N. Parlett, "The Symmetric Eigenvalue Problem" (1998), §4.5 (an eigenvalue within the residual).

use super::unseen::{Unseen, larger};
use crate::engine::sparse::Edges;
use crate::guard;
use crate::linalg::product;
use ndarray::{Array1, Array2, ArrayView1, Zip};
use rayon::prelude::*;

/// What rounding adds to the residual that is computed, in units of the largest eigenvalue there can be: a few roundings
/// of the sum over a row.
const ROUNDING: f64 = 8.0 * f64::EPSILON;
/// So many products with a full matrix, and they are one product of two matrices.
const MANY: usize = 16;

/// The residual of each pair.
pub(crate) fn residuals(
    edges: Edges<'_>,
    d: &Array1<f64>,
    masses: &Array1<f64>,
    values: &Array1<f64>,
    vectors: &Array2<f64>,
) -> Array1<f64> {
    let unseen = Unseen::new(edges, masses);
    // Of many at once the products of a full matrix are one.
    let products = match edges {
        Edges::Dense(a) if vectors.ncols() > MANY => Some(product(a.view(), vectors.view())),
        _ => None,
    };
    let residual = |(at, (&value, z)): (usize, (&f64, ArrayView1<'_, f64>))| {
        let own_rows = unseen.residual(value, z);
        let z = guard::into_standard(z.to_owned());
        let product = match &products {
            Some(products) => products.column(at).to_owned(),
            None => edges.times(&z),
        };
        let mut square = 0.0_f64;
        Zip::from(d)
            .and(masses)
            .and(&z)
            .and(&product)
            .for_each(|d, mass, z, az| square += (d * z - az - mass * value * z).powi(2) / mass);
        let norm = square.sqrt();
        larger(own_rows, norm)
    };
    let pairs = values.iter().zip(vectors.columns());
    let pairs: Vec<_> = pairs.enumerate().collect();
    let residuals: Vec<f64> = pairs.into_par_iter().map(residual).collect();
    residuals.into()
}

/// How far each value can be from an eigenvalue, for the residuals of the pairs; `scale` is half of what no eigenvalue
/// exceeds. Null vectors are known exactly.
pub(crate) fn errors(values: &Array1<f64>, residuals: &Array1<f64>, scale: f64) -> Array1<f64> {
    let error = |(&value, residual): (&f64, &f64)| {
        if value == 0.0 {
            0.0
        } else {
            residual + ROUNDING * scale
        }
    };
    values.iter().zip(residuals).map(error).collect()
}

/// The largest eigenvalue of M^-½(D − A)M^-½ is at most twice this: 1 where the masses are the degrees.
pub(crate) fn scale(degrees: &Array1<f64>, masses: &Array1<f64>) -> f64 {
    let ratios = degrees.iter().zip(masses);
    ratios.fold(0.0, |most: f64, (degree, mass)| most.max(degree / mass))
}
