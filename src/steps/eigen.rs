//! Step 6, the eigenvectors: the same minimum at one stroke.
//!
//! # Definition
//! The z that minimises zᵀ(D − A)z / zᵀDz under zᵀD𝟙 = 0 solves the generalised eigenproblem
//!
//! ```text
//! (D − A) z = λ D z                                  the generalised form
//! D⁻¹(D − A) z = λ z                                 the post's form
//! D^-½(D − A)D^-½ w = λ w,   w = D^½ z               the symmetric form
//! ```
//!
//! for the second smallest λ; the smallest is 0, with z = 𝟙. All three have the same λ and the same z.
//! Since D⁻¹(D − A) is not symmetric, its eigenvectors are not orthogonal: they are D-orthogonal,
//! zᵢᵀDzⱼ = 0. That is why the condition is zᵀD𝟙 = 0 in every form, not zᵀ𝟙 = 0.
//!
//! # Must hold
//! A is a similarity matrix without isolated points, so that D has an inverse.
//!
//! # Known value
//! On the post's moons with ε = 0.4: λ₂ = 0.005384412046144769, λ₃ = 0.0320091857.
//!
//! # Conventions
//! Eigenvalues ascend. Eigenvectors are D-normalised, zᵀDz = 1. Their sign: the first entry whose size is
//! within a millionth of the largest is positive.

use crate::engine::eigenpairs::{MOVED, completed, null_vectors, second};
use crate::error::{Error, Result};
use crate::guard;
pub use crate::linalg::{Eigenpairs, FiedlerVector};
use crate::linalg::{eig, eigh, eigh_generalized as eigh_with_metric, normalise, ordered};
use crate::similarity::components;
use ndarray::{Array1, Array2, Axis};

/// What Gram–Schmidt leaves of a vector of length 1 when it was another one but for rounding.
const COINCIDE: f64 = 1e-7;

/// The unnormalised Laplacian, L = D − A. Shape n × n.
///
/// # Errors
/// As [`crate::degrees`].
pub fn laplacian(a: &Array2<f64>) -> Result<Array2<f64>> {
    let a = &*guard::similarity(a)?;
    Ok(Array2::from_diag(&a.sum_axis(Axis(1))) - a)
}

/// The random-walk Laplacian, D⁻¹(D − A): the post's matrix. Not symmetric. Shape n × n.
///
/// # Errors
/// As [`crate::degrees`]; [`Error::IsolatedPoints`] or [`Error::NoEdges`] where D has no inverse.
pub fn random_walk_laplacian(a: &Array2<f64>) -> Result<Array2<f64>> {
    let (a, d) = guard::joined(a)?;
    Ok(Array2::eye(d.len()) - &*a / &d.insert_axis(Axis(1)))
}

/// The symmetric normalised Laplacian, D^-½(D − A)D^-½. Shape n × n.
///
/// # Errors
/// As [`random_walk_laplacian`].
pub fn symmetric_laplacian(a: &Array2<f64>) -> Result<Array2<f64>> {
    let (a, d) = guard::joined(a)?;
    let root = d.mapv(f64::sqrt);
    let column = root.view().insert_axis(Axis(1));
    Ok((Array2::from_diag(&d) - &*a) / (&column * &root))
}

/// All eigenpairs by the post's route: the unsymmetric matrix D⁻¹(D − A), by LAPACK's `dgeev`.
///
/// Here and in the two other routes the null vectors, one for each component, are known beforehand and exactly. Their
/// eigenvalue is moved from 0 to 3, above all others, so that no solver can mix them with those of a λ as
/// small as rounding; the others stay as they are.
///
/// Where an eigenvalue repeats, `dgeev` returns any basis of its eigenvectors; ours is made D-orthogonal.
/// Without LAPACK the matrix is first made symmetric by a diagonal similarity, since no eigensolver for
/// unsymmetric matrices is at hand in pure Rust.
///
/// The last digits of this route and of the two others are OpenBLAS's: they may differ with the number of its threads
/// (`OPENBLAS_NUM_THREADS`). [`fiedler_vector`] and [`crate::Graph`] do not depend on it.
///
/// # Errors
/// As [`random_walk_laplacian`]; [`Error::Solver`] where the solver gives up.
pub fn eig_random_walk(a: &Array2<f64>) -> Result<Eigenpairs> {
    let (a, d) = guard::joined(a)?;
    let null = null_vectors(&d, &components(&a)?, usize::MAX);
    let moved = random_walk_laplacian(&a)? + null.t().dot(&(&null * &d)) * MOVED;
    let (values, z) = eig(&moved, &d)?;
    let mut found = ordered(&values, &z, &d);
    orthogonalise_repeated(&mut found, &d)?;
    Ok(completed(&a, &d, &null, &found))
}

/// All eigenpairs by the symmetric route: D^-½(D − A)D^-½ w = λw by `dsyev`, then z = D^-½ w.
///
/// # Errors
/// As [`eig_random_walk`].
pub fn eigh_symmetric(a: &Array2<f64>) -> Result<Eigenpairs> {
    let (a, d) = guard::joined(a)?;
    let (root, null) = (
        d.mapv(f64::sqrt),
        null_vectors(&d, &components(&a)?, usize::MAX),
    );
    let u = &null * &root;
    let (values, w) = eigh(&(symmetric_laplacian(&a)? + u.t().dot(&u) * MOVED))?;
    let z = w / root.insert_axis(Axis(1));
    Ok(completed(&a, &d, &null, &ordered(&values, &z, &d)))
}

/// All eigenpairs by the generalised route: (D − A)z = λDz as it stands, by `dsygv`.
///
/// Without LAPACK, D is split by Cholesky as `dsygv` does it, and the symmetric rest solved.
///
/// # Errors
/// As [`eig_random_walk`].
pub fn eigh_generalized(a: &Array2<f64>) -> Result<Eigenpairs> {
    let (a, d) = guard::joined(a)?;
    let null = null_vectors(&d, &components(&a)?, usize::MAX);
    let dz = &null * &d;
    let moved = laplacian(&a)? + dz.t().dot(&dz) * MOVED;
    let (values, z) = eigh_with_metric(&moved, &Array2::from_diag(&d))?;
    Ok(completed(&a, &d, &null, &ordered(&values, &z, &d)))
}

/// The Fiedler vector of a graph.
///
/// The second column of [`eigh_symmetric`], computed alone, not among all n, in pure Rust whether LAPACK is there or not.
/// [`crate::Graph::fiedler_vector`] does the same without a matrix, for graphs of any size.
///
/// A graph of exactly two components has λ₂ = 0, and its Fiedler vector is constant on each of them.
///
/// ```
/// use fiedler::ndarray::array;
/// // Two edges, joined by a weak third one: the split is where it is weak.
/// let a = array![[0., 1., 0., 0.], [1., 0., 0.1, 0.], [0., 0.1, 0., 1.], [0., 0., 1., 0.]];
/// let z = fiedler::fiedler_vector(&a)?.vector;
/// assert!(z[0] > 0. && z[1] > 0. && z[2] < 0. && z[3] < 0.);
/// # Ok::<(), fiedler::Error>(())
/// ```
///
/// # Errors
/// As [`eig_random_walk`]. [`Error::TooManyComponents`] for three or more; [`Error::NoStructure`] where
/// all similarities are equal; [`Error::RepeatedEigenvalue`] where λ₃ equals λ₂ to rounding: then no
/// single vector is *the* second eigenvector.
///
/// # Source
/// M. Fiedler, "A property of eigenvectors of nonnegative symmetric matrices and its application to graph
/// theory", Czechoslovak Math. J. 25 (1975); in this normalised form J. Shi & J. Malik (2000), §2.1.
pub fn fiedler_vector(a: &Array2<f64>) -> Result<FiedlerVector> {
    let (a, d) = guard::joined(a)?;
    second(&a, &d)
}

/// Makes the eigenvectors of one repeated eigenvalue D-orthogonal to each other, by Gram–Schmidt. An
/// unsymmetric solver may return one vector twice: then nothing is left of the second.
fn orthogonalise_repeated(pairs: &mut Eigenpairs, d: &Array1<f64>) -> Result<()> {
    let n = pairs.values.len();
    for j in 1..n {
        let mut z = pairs.vectors.column(j).to_owned();
        // Twice is enough (Kahan): the second pass removes what rounding left in the first.
        for _ in 0..2 {
            for i in (0..j).rev() {
                if pairs.values[j] - pairs.values[i] > 1e-8 {
                    break;
                }
                let other = pairs.vectors.column(i);
                let share = other.dot(&(d * &z));
                z.scaled_add(-share, &other);
            }
        }
        if z.dot(&(d * &z)).sqrt() < COINCIDE {
            let value = pairs.values[j];
            return Err(Error::Solver {
                method: "the unsymmetric eigensolver",
                reason: format!(
                    "two eigenvectors of the eigenvalue {value:e} coincide to rounding; `eigh_symmetric` keeps them apart"
                ),
            });
        }
        normalise(&mut z, d);
        pairs.vectors.column_mut(j).assign(&z);
    }
    Ok(())
}
