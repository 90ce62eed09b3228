//! The few smallest eigenpairs of a graph, by block Lanczos on the inverse.
//!
//! # Definition
//! S = M^-½(D − A)M^-½ has a null vector for each component; let W hold them, of length 1, in its rows. Beside
//! them S has an inverse, which stretches the part along wⱼ by 1/λⱼ: the smallest λ win. The vectors of all steps are
//! kept, and the inverse is solved on their span (Rayleigh–Ritz): that is why a dozen steps suffice where the last vectors
//! alone would need hundreds.
//!
//! Single vectors would not see a repeated eigenvalue twice; a block with one vector more than pairs are asked
//! for does.
//!
//! # Source
//! B. N. Parlett, "The Symmetric Eigenvalue Problem" (1998), §11.3 (Rayleigh–Ritz), §13.10 (block Lanczos).

use crate::linalg::RandomState;
use crate::linalg::{all_eigenpairs, orthogonalise};
use ndarray::{Array1, Array2, ArrayView1, Axis};
use std::ops::ControlFlow;

/// Vectors in a block, at least.
const BLOCK: usize = 3;
/// Steps after which another solver is the better way.
const MAX_STEPS: usize = 30;
/// Residual ‖Sw − λw‖, per n, at which a pair counts as converged: a few roundings in S itself.
pub(super) const ROUNDINGS: f64 = 4.0 * f64::EPSILON;
/// What is left of a vector, relative to its length, when it lay in the span of the others.
const DEPENDENT: f64 = 1e-10;

/// What the iteration found.
pub(super) struct Found {
    /// The λ, ascending: the wanted ones, and maybe a few more.
    pub(super) values: Array1<f64>,
    /// Their w, in rows.
    pub(super) vectors: Array2<f64>,
    /// Whether all wanted pairs are solved to rounding.
    pub(super) converged: bool,
}

/// The `wanted` smallest eigenpairs of S, ‖S‖ ≤ 2, beside its null vectors `null` (in rows, of length 1). `invert`
/// turns rows r that are orthogonal to them into S⁻¹r, orthogonal to them too. `watch` is told the largest residual, and
/// may stop the search.
pub(super) fn smallest_nontrivial(
    null: &Array2<f64>,
    wanted: usize,
    mut invert: impl FnMut(&mut Array2<f64>),
    mut watch: impl FnMut(f64) -> ControlFlow<()>,
) -> Found {
    let n = null.ncols();
    let rest = n - null.nrows();
    let wanted = wanted.min(rest);
    let size = BLOCK.max(wanted + 1).min(rest);

    // The basis so far and the inverse times it, one vector a row.
    let (mut basis, mut image) = (Array2::zeros((0, n)), Array2::zeros((0, n)));
    let mut rng = RandomState::new(0);
    let mut block = Array2::from_shape_simple_fn((size, n), || rng.standard_normal());
    let mut steps = 0;
    loop {
        block = new_directions(&block, &basis, null);
        basis.append(Axis(0), block.view()).expect("rows of n");
        invert(&mut block);
        image.append(Axis(0), block.view()).expect("rows of n");

        let problem = basis.dot(&image.t());
        let (stretches, rotation) = largest(all_eigenpairs((&problem + &problem.t()) / 2.0), size);
        let vectors = rotation.dot(&basis);
        let rest = rotation.dot(&image) - &vectors * &stretches.view().insert_axis(Axis(1));
        let values = stretches.mapv(|stretch| 1.0 / stretch);
        // Sw − λw = −λS(S⁻¹w − w/λ), and ‖S‖ ≤ 2.
        let residual = |row: usize| 2.0 * values[row] * norm(rest.row(row));
        let enough = values.len() >= wanted;
        let worst = (0..wanted.min(values.len())).fold(0.0, |worst: f64, j| worst.max(residual(j)));
        steps += 1;
        let converged = enough && worst <= ROUNDINGS * n as f64;
        if watch(worst).is_break() || converged || steps == MAX_STEPS {
            return Found {
                values,
                vectors,
                converged,
            };
        }
    }
}

/// The `count` largest of some ascending eigenvalues, descending, and their vectors, in rows as they came.
fn largest(
    (values, vectors): (Array1<f64>, Array2<f64>),
    count: usize,
) -> (Array1<f64>, Array2<f64>) {
    let order: Vec<usize> = (0..values.len()).rev().take(count).collect();
    (
        values.select(Axis(0), &order),
        vectors.select(Axis(0), &order),
    )
}

/// The rows of `block` made orthonormal, and orthogonal to the rows of `null` and of `basis`; those that lie
/// in the span of the others are left out.
fn new_directions(block: &Array2<f64>, basis: &Array2<f64>, null: &Array2<f64>) -> Array2<f64> {
    let mut fresh: Array2<f64> = Array2::zeros((0, block.ncols()));
    for row in block.rows() {
        let mut row = row.to_owned();
        let before = norm(row.view());
        let others = basis.rows().into_iter().chain(fresh.rows());
        orthogonalise(&mut row, others.chain(null.rows()));
        let after = norm(row.view());
        if after > DEPENDENT * before {
            row /= after;
            fresh
                .push_row(row.view())
                .expect("a row of the block has the length of the block's rows");
        }
    }
    fresh
}

fn norm(vector: ArrayView1<'_, f64>) -> f64 {
    vector.dot(&vector).sqrt()
}
