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

mod inverse_iteration;
#[cfg(lapack)]
#[path = "eigen/with_lapack.rs"]
mod solver;
#[cfg(not(lapack))]
#[path = "eigen/without_lapack.rs"]
mod solver;

use crate::checks;
use crate::cut::row_sums;
use crate::error::{Error, Result};
use crate::similarity::component_labels;
use ndarray::{Array1, Array2, Axis, s};

/// Entries this close to the largest count as the largest when the sign is fixed, so that rounding does
/// not choose between two ends of a symmetric graph.
const SIGN_TIE: f64 = 1e-6;
/// Two eigenvalues of an n × n problem closer than this times n are one to rounding: a hundred times the
/// error bound of a backward stable solver on matrices of norm 2.
const REPEATED: f64 = 100.0 * f64::EPSILON;
/// What Gram–Schmidt leaves of a vector of length 1 when it was another one but for rounding.
const COINCIDE: f64 = 1e-7;

/// The unnormalised Laplacian, L = D − A. Shape n × n.
///
/// # Errors
/// As [`crate::degrees`].
pub fn laplacian(a: &Array2<f64>) -> Result<Array2<f64>> {
    checks::similarity(a)?;
    Ok(Array2::from_diag(&row_sums(a)) - a)
}

/// The random-walk Laplacian, D⁻¹(D − A): the post's matrix. Not symmetric. Shape n × n.
///
/// # Errors
/// As [`crate::degrees`]; [`Error::IsolatedPoints`] or [`Error::NoEdges`] where D has no inverse.
pub fn random_walk_laplacian(a: &Array2<f64>) -> Result<Array2<f64>> {
    let d = invertible_degrees(a)?;
    Ok(Array2::eye(d.len()) - a / &d.insert_axis(Axis(1)))
}

/// The symmetric normalised Laplacian, D^-½(D − A)D^-½. Shape n × n.
///
/// # Errors
/// As [`random_walk_laplacian`].
pub fn symmetric_laplacian(a: &Array2<f64>) -> Result<Array2<f64>> {
    let d = invertible_degrees(a)?;
    Ok(symmetric_laplacian_of(a, &d))
}

/// Eigenvalues and eigenvectors of a graph, as the [module](self) states its conventions.
#[derive(Debug, Clone, PartialEq)]
pub struct Eigenpairs {
    /// λ₁ ≤ λ₂ ≤ … ≤ λₙ, all in [0, 2].
    pub values: Array1<f64>,
    /// The z that belongs to each, one a column; zᵢᵀDzⱼ is 1 for i = j and 0 otherwise.
    pub vectors: Array2<f64>,
}

/// All eigenpairs by the post's route: the unsymmetric matrix D⁻¹(D − A), by LAPACK's `dgeev`.
///
/// Where an eigenvalue repeats, `dgeev` returns any basis of its eigenvectors; ours is made D-orthogonal.
/// Without LAPACK the matrix is first made symmetric by a diagonal similarity, since no eigensolver for
/// unsymmetric matrices is at hand in pure Rust.
///
/// # Errors
/// As [`random_walk_laplacian`]; [`Error::Solver`] where the solver gives up.
pub fn eig_random_walk(a: &Array2<f64>) -> Result<Eigenpairs> {
    let d = invertible_degrees(a)?;
    let matrix = random_walk_laplacian(a)?;
    let (values, vectors) = solver::unsymmetric(&matrix, &d)?;
    let mut pairs = ordered(&values, &vectors, &d);
    orthogonalise_repeated(&mut pairs, &d)?;
    Ok(pairs)
}

/// All eigenpairs by the symmetric route: D^-½(D − A)D^-½ w = λw by `dsyev`, then z = D^-½ w.
///
/// # Errors
/// As [`eig_random_walk`].
pub fn eigh_symmetric(a: &Array2<f64>) -> Result<Eigenpairs> {
    let d = invertible_degrees(a)?;
    let (values, w) = solver::symmetric(&symmetric_laplacian_of(a, &d))?;
    let z = w / d.mapv(f64::sqrt).insert_axis(Axis(1));
    Ok(ordered(&values, &z, &d))
}

/// All eigenpairs by the generalised route: (D − A)z = λDz as it stands, by `dsygv`.
///
/// Without LAPACK, D is split by Cholesky as `dsygv` does it, and the symmetric rest solved.
///
/// # Errors
/// As [`eig_random_walk`].
pub fn eigh_generalized(a: &Array2<f64>) -> Result<Eigenpairs> {
    let d = invertible_degrees(a)?;
    let (values, vectors) =
        solver::generalized(&(Array2::from_diag(&d) - a), &Array2::from_diag(&d))?;
    Ok(ordered(&values, &vectors, &d))
}

/// The second eigenvalue of a graph and its eigenvector: Fiedler's vector, the one that splits the graph.
#[derive(Debug, Clone, PartialEq)]
pub struct FiedlerVector {
    /// λ₂: 0 for two components, larger the harder the graph is to split.
    pub value: f64,
    /// z with (D − A)z = λ₂Dz, zᵀD𝟙 = 0, zᵀDz = 1; the sign as the [module](self) states it.
    pub vector: Array1<f64>,
    /// ‖D^-½((D − A)z − λ₂Dz)‖: how far the pair is from solving the equation.
    pub residual: f64,
}

/// The Fiedler vector of a graph.
///
/// Computed alone, not among all n: by inverse iteration on a few vectors, in pure Rust, whether LAPACK
/// is there or not. Where that does not converge (no gap behind the first few eigenvalues), by
/// [`eigh_symmetric`].
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
    let d = invertible_degrees(a)?;
    let labels = component_labels(a);
    match labels.iter().max() {
        Some(0) => connected_fiedler_vector(a, &d),
        Some(1) => Ok(fiedler_vector_of_two_components(a, &d, &labels)),
        _ => Err(Error::TooManyComponents {
            sizes: sizes(&labels),
        }),
    }
}

fn connected_fiedler_vector(a: &Array2<f64>, d: &Array1<f64>) -> Result<FiedlerVector> {
    let n = d.len();
    if n > 2 && all_equal(a) {
        return Err(Error::NoStructure { n });
    }
    let few = inverse_iteration::smallest_nontrivial(symmetric_laplacian_of(a, d), d);
    let (values, vectors) = few.map_or_else(|| all_nontrivial(a, d), Ok)?;
    let multiplicity = values
        .iter()
        .filter(|&&other| other - values[0] <= REPEATED * n as f64)
        .count();
    if multiplicity > 1 {
        return Err(Error::RepeatedEigenvalue {
            value: values[0],
            multiplicity,
        });
    }
    Ok(with_residual(a, d, &vectors.row(0) / &d.mapv(f64::sqrt)))
}

/// The pair of a vector that solves the equation: its Rayleigh quotient, and what is left over.
fn with_residual(a: &Array2<f64>, d: &Array1<f64>, mut vector: Array1<f64>) -> FiedlerVector {
    normalise(&mut vector, d);
    let dz = d * &vector;
    let lz = &dz - &a.dot(&vector);
    let value = vector.dot(&lz);
    let rest = (lz - dz * value) / d.mapv(f64::sqrt);
    let residual = rest.dot(&rest).sqrt();
    FiedlerVector {
        value,
        vector,
        residual,
    }
}

/// All eigenpairs but the constant one, the vectors in rows. That one is moved from 0 to 3, above all others:
/// beside a λ₂ of the size of rounding, the solver would mix the two.
fn all_nontrivial(a: &Array2<f64>, d: &Array1<f64>) -> Result<(Array1<f64>, Array2<f64>)> {
    let last = d.len() - 1;
    let w1 = (d / d.sum()).mapv(f64::sqrt);
    let constant = &w1.view().insert_axis(Axis(1)) * &w1;
    let (values, w) = solver::symmetric(&(symmetric_laplacian_of(a, d) + constant * 3.0))?;
    let all = ordered(&values, &w, &Array1::ones(last + 1));
    Ok((
        all.values.slice_move(s![..last]),
        all.vectors.reversed_axes().slice_move(s![..last, ..]),
    ))
}

/// On two components the null space is spanned by their indicators, and one direction in it is
/// D-orthogonal to 𝟙: the z of the two labels.
fn fiedler_vector_of_two_components(
    a: &Array2<f64>,
    d: &Array1<f64>,
    labels: &Array1<usize>,
) -> FiedlerVector {
    let volume = |label: usize| -> f64 {
        d.iter()
            .zip(labels)
            .filter(|(_, l)| **l == label)
            .map(|(d, _)| d)
            .sum()
    };
    let levels = [1.0 / volume(0), -1.0 / volume(1)];
    FiedlerVector {
        value: 0.0,
        ..with_residual(a, d, labels.mapv(|label| levels[label]))
    }
}

/// Degrees of a checked similarity matrix, none of them 0.
fn invertible_degrees(a: &Array2<f64>) -> Result<Array1<f64>> {
    checks::similarity(a)?;
    let d = row_sums(a);
    checks::no_isolated_points(&d)?;
    Ok(d)
}

/// I − D^-½AD^-½ for degrees known to be positive.
fn symmetric_laplacian_of(a: &Array2<f64>, d: &Array1<f64>) -> Array2<f64> {
    let scale = d.mapv(|degree| 1.0 / degree.sqrt());
    let mut s = a.clone();
    for (i, mut row) in s.rows_mut().into_iter().enumerate() {
        row.zip_mut_with(&scale, |entry, factor| *entry *= -scale[i] * factor);
        row[i] += 1.0;
    }
    s
}

/// Whether every point is equally similar to every other.
#[expect(
    clippy::float_cmp,
    reason = "equal means equal: a nearly complete graph has structure"
)]
fn all_equal(a: &Array2<f64>) -> bool {
    let (off, on) = (a[[0, 1]], a[[0, 0]]);
    a.indexed_iter()
        .all(|((i, j), &weight)| weight == if i == j { on } else { off })
}

/// The number of points of each component.
fn sizes(labels: &Array1<usize>) -> Vec<usize> {
    let mut sizes = vec![0; labels.iter().max().map_or(0, |last| last + 1)];
    labels.iter().for_each(|&label| sizes[label] += 1);
    sizes
}

/// Scales z to zᵀDz = 1 and fixes its sign.
fn normalise(z: &mut Array1<f64>, d: &Array1<f64>) {
    let length = z.dot(&(d * &*z)).sqrt();
    let largest = z
        .iter()
        .fold(0.0, |largest: f64, entry| largest.max(entry.abs()));
    let first = z
        .iter()
        .find(|entry| entry.abs() >= (1.0 - SIGN_TIE) * largest);
    let sign = first.map_or(1.0, |entry| entry.signum());
    *z *= sign / length;
}

/// Sorts the pairs by eigenvalue and normalises the vectors.
fn ordered(values: &Array1<f64>, vectors: &Array2<f64>, d: &Array1<f64>) -> Eigenpairs {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|&i, &j| values[i].total_cmp(&values[j]));
    let values = values.select(Axis(0), &order);
    let mut vectors = vectors.select(Axis(1), &order);
    for mut column in vectors.columns_mut() {
        let mut z = column.to_owned();
        normalise(&mut z, d);
        column.assign(&z);
    }
    Eigenpairs { values, vectors }
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
