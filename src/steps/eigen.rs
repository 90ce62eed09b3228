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

use crate::engine::eigenpairs::{MOVED, completed, null_space, second};
use crate::error::Result;
use crate::{guard, linalg};
use ndarray::{Array2, Axis};

pub use crate::engine::eigenpairs::{Eigenpairs, FiedlerVector};

/// The unnormalised Laplacian, L = D − A. Shape n × n.
///
/// ```
/// use fiedler::ndarray::array;
/// let path = array![[0., 1., 0.], [1., 0., 1.], [0., 1., 0.]];
/// assert_eq!(fiedler::laplacian(&path)?, array![[1., -1., 0.], [-1., 2., -1.], [0., -1., 1.]]);
/// # Ok::<(), fiedler::Error>(())
/// ```
///
/// # Errors
/// As [`crate::degrees`].
pub fn laplacian(a: &Array2<f64>) -> Result<Array2<f64>> {
    let a = &*guard::similarity(a)?;
    Ok(Array2::from_diag(&a.sum_axis(Axis(1))) - a)
}

/// The random-walk Laplacian, D⁻¹(D − A): the post's matrix. Not symmetric. Shape n × n.
///
/// ```
/// use fiedler::ndarray::array;
/// let path = array![[0., 1., 0.], [1., 0., 1.], [0., 1., 0.]];
/// let wanted = array![[1., -1., 0.], [-0.5, 1., -0.5], [0., -1., 1.]];
/// assert_eq!(fiedler::random_walk_laplacian(&path)?, wanted);
/// # Ok::<(), fiedler::Error>(())
/// ```
///
/// # Errors
/// As [`crate::degrees`]; [`crate::Error::IsolatedPoints`] or [`crate::Error::NoEdges`] where D has no inverse.
// ANCHOR: random_walk_laplacian
pub fn random_walk_laplacian(a: &Array2<f64>) -> Result<Array2<f64>> {
    let (a, d) = guard::joined(a)?;
    Ok(Array2::eye(d.len()) - &*a / &d.insert_axis(Axis(1)))
}
// ANCHOR_END: random_walk_laplacian

/// The symmetric normalised Laplacian, D^-½(D − A)D^-½. Shape n × n.
///
/// ```
/// use fiedler::ndarray::array;
/// let path = array![[0., 1., 0.], [1., 0., 1.], [0., 1., 0.]];
/// let s = fiedler::symmetric_laplacian(&path)?;
/// assert!((s[[0, 1]] + 0.5_f64.sqrt()).abs() < 1e-15); // −1/√(1 · 2)
/// # Ok::<(), fiedler::Error>(())
/// ```
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
/// Takes O(n³) operations.
///
/// ```
/// use fiedler::ndarray::array;
/// let path = array![[0., 1., 0.], [1., 0., 1.], [0., 1., 0.]];
/// let pairs = fiedler::eig_random_walk(&path)?;
/// let off = pairs.values - array![0., 1., 2.];
/// assert!(off.iter().all(|off| off.abs() < 1e-14));
/// # Ok::<(), fiedler::Error>(())
/// ```
///
/// # Errors
/// As [`random_walk_laplacian`]; [`crate::Error::Solver`] where the solver gives up.
// ANCHOR: eig_random_walk
pub fn eig_random_walk(a: &Array2<f64>) -> Result<Eigenpairs> {
    let (a, d) = guard::joined(a)?;
    let null = null_space(&a, &d);
    let moved = random_walk_laplacian(&a)? + null.t().dot(&(&null * &d)) * MOVED;
    let (values, z) = linalg::eig(&moved, &d)?;
    Ok(completed(&a, &d, &null, &values, &z))
}
// ANCHOR_END: eig_random_walk

/// All eigenpairs by the symmetric route: D^-½(D − A)D^-½ w = λw by `dsyev`, then z = D^-½ w.
///
/// Takes O(n³) operations.
///
/// ```
/// use fiedler::ndarray::array;
/// let path = array![[0., 1., 0.], [1., 0., 1.], [0., 1., 0.]];
/// let pairs = fiedler::eigh_symmetric(&path)?;
/// let off = pairs.values - array![0., 1., 2.];
/// assert!(off.iter().all(|off| off.abs() < 1e-14));
/// # Ok::<(), fiedler::Error>(())
/// ```
///
/// # Errors
/// As [`eig_random_walk`].
pub fn eigh_symmetric(a: &Array2<f64>) -> Result<Eigenpairs> {
    let (a, d) = guard::joined(a)?;
    let (root, null) = (d.mapv(f64::sqrt), null_space(&a, &d));
    let u = &null * &root;
    let moved = symmetric_laplacian(&a)? + u.t().dot(&u) * MOVED;
    let (values, w) = linalg::eigh(&moved)?;
    Ok(completed(
        &a,
        &d,
        &null,
        &values,
        &(w / root.insert_axis(Axis(1))),
    ))
}

/// All eigenpairs by the generalised route: (D − A)z = λDz as it stands, by `dsygv`.
///
/// Without LAPACK, D is split by Cholesky as `dsygv` does it, and the symmetric rest solved.
///
/// Takes O(n³) operations.
///
/// ```
/// use fiedler::ndarray::array;
/// let path = array![[0., 1., 0.], [1., 0., 1.], [0., 1., 0.]];
/// let pairs = fiedler::eigh_generalized(&path)?;
/// let off = pairs.values - array![0., 1., 2.];
/// assert!(off.iter().all(|off| off.abs() < 1e-14));
/// # Ok::<(), fiedler::Error>(())
/// ```
///
/// # Errors
/// As [`eig_random_walk`].
pub fn eigh_generalized(a: &Array2<f64>) -> Result<Eigenpairs> {
    let (a, d) = guard::joined(a)?;
    let null = null_space(&a, &d);
    let u = &null * &d;
    let moved = laplacian(&a)? + u.t().dot(&u) * MOVED;
    let (values, z) = linalg::eigh_generalized(&moved, &Array2::from_diag(&d))?;
    Ok(completed(&a, &d, &null, &values, &z))
}

/// The Fiedler vector of a graph.
///
/// The second column of [`eigh_symmetric`], computed alone, not among all n, in pure Rust whether LAPACK is there or not.
/// [`crate::Graph::fiedler_vector`] does the same without a matrix, for graphs of any size.
///
/// A graph of exactly two components has λ₂ = 0, and its Fiedler vector is constant on each of them.
///
/// Takes O(n³) operations: those of a Cholesky factor, n³/3, and a few products with it.
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
/// As [`eig_random_walk`]. [`crate::Error::TooManyComponents`] for three or more; [`crate::Error::NoStructure`] where
/// all similarities are equal; [`crate::Error::RepeatedEigenvalue`] where λ₃ equals λ₂ to rounding: then no
/// single vector is *the* second eigenvector.
///
/// # Source
/// M. Fiedler, "A property of eigenvectors of nonnegative symmetric matrices and its application to graph
/// theory", Czechoslovak Math. J. 25 (1975); in this normalised form J. Shi & J. Malik (2000), §2.1.
// ANCHOR: fiedler_vector
pub fn fiedler_vector(a: &Array2<f64>) -> Result<FiedlerVector> {
    let (a, d) = guard::joined(a)?;
    second(&a, &d)
}
// ANCHOR_END: fiedler_vector
