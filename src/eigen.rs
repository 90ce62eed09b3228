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

mod cholesky;
mod direct;
mod envelope;
mod gap;
mod inverse_iteration;
mod krylov;
mod large;
mod method;
mod null_space;
mod problem;
mod pseudo_inverse;
mod residual;
#[cfg(lapack)]
#[path = "eigen/with_lapack.rs"]
mod solver;
#[cfg(not(lapack))]
#[path = "eigen/without_lapack.rs"]
mod solver;
mod unseen;

pub(crate) use envelope::Envelope;
pub(crate) use krylov::Krylov;
pub(crate) use large::{Goal, small};
pub(crate) use method::Precision;
pub use method::{Solver, SolverReport};
pub(crate) use null_space::NullSpace;
pub(crate) use problem::{Problem, STEPS, Solved};
pub(crate) use pseudo_inverse::pseudo_inverse;
pub(crate) use residual::{errors, residuals, scale};

use crate::checks;
use crate::edges::Edges;
use crate::error::{Error, Result};
use ndarray::linalg::general_mat_mul;
use ndarray::{Array1, Array2, ArrayView1, Axis, aview0, s};
use std::borrow::Cow;
use std::ops::ControlFlow;
use unseen::Unseen;

/// Entries this close to the largest count as the largest when the sign is fixed, so that rounding does
/// not choose between two ends of a symmetric graph.
const SIGN_TIE: f64 = 1e-6;
/// Where the null space is moved: above all other eigenvalues, none of which exceeds 2.
const MOVED: f64 = 3.0;
/// Of eigenvalues so small a matrix whose entries are rounded in the sixteenth digit shows few digits; the energy of the
/// vector shows them all.
const FEW_DIGITS: f64 = 1e-6;
/// What Gram–Schmidt leaves of a vector of length 1 when it was another one but for rounding.
const COINCIDE: f64 = 1e-7;

/// The unnormalised Laplacian, L = D − A. Shape n × n.
///
/// # Errors
/// As [`crate::degrees`].
pub fn laplacian(a: &Array2<f64>) -> Result<Array2<f64>> {
    let a = &*checks::similarity(a)?;
    Ok(Array2::from_diag(&Edges::Dense(a).degrees()) - a)
}

/// The random-walk Laplacian, D⁻¹(D − A): the post's matrix. Not symmetric. Shape n × n.
///
/// # Errors
/// As [`crate::degrees`]; [`Error::IsolatedPoints`] or [`Error::NoEdges`] where D has no inverse.
pub fn random_walk_laplacian(a: &Array2<f64>) -> Result<Array2<f64>> {
    let (a, d) = invertible_degrees(a)?;
    Ok(Array2::eye(d.len()) - &*a / &d.insert_axis(Axis(1)))
}

/// The symmetric normalised Laplacian, D^-½(D − A)D^-½. Shape n × n.
///
/// # Errors
/// As [`random_walk_laplacian`].
pub fn symmetric_laplacian(a: &Array2<f64>) -> Result<Array2<f64>> {
    let (a, d) = invertible_degrees(a)?;
    Ok(scaled_laplacian(Edges::Dense(&a), &d, &d.mapv(f64::sqrt)))
}

/// Eigenvalues and eigenvectors of a graph, as the [module](self) states its conventions.
#[derive(Debug, Clone, PartialEq)]
pub struct Eigenpairs {
    /// λ₁ ≤ λ₂ ≤ … ≤ λₙ, all in [0, 2].
    pub values: Array1<f64>,
    /// The z that belongs to each, one a column; zᵢᵀDzⱼ is 1 for i = j and 0 otherwise: to 10⁻⁸, and to 10⁻⁵ where degrees
    /// differ by more than ten powers of ten.
    pub vectors: Array2<f64>,
}

impl Eigenpairs {
    /// One more, which is not smaller than the others.
    fn push(&mut self, value: f64, z: ArrayView1<'_, f64>) {
        self.values
            .append(Axis(0), aview0(&value).insert_axis(Axis(0)))
            .expect("two lists");
        self.vectors.push_column(z).expect("as many vertices");
    }
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
    let all = AllPairs::new(a)?;
    let d = &all.d;
    let mut matrix = random_walk_laplacian(&all.a)?;
    general_mat_mul(MOVED, &all.null.t(), &(&all.null * d), 1.0, &mut matrix);
    let (values, vectors) = solver::unsymmetric(&matrix, d)?;
    let mut found = ordered(&values, &vectors, d);
    orthogonalise_repeated(&mut found, d)?;
    Ok(all.finished(&found.values, &found.vectors))
}

/// All eigenpairs by the symmetric route: D^-½(D − A)D^-½ w = λw by `dsyev`, then z = D^-½ w.
///
/// # Errors
/// As [`eig_random_walk`].
pub fn eigh_symmetric(a: &Array2<f64>) -> Result<Eigenpairs> {
    let all = AllPairs::new(a)?;
    let roots = all.d.mapv(f64::sqrt);
    let w = &all.null * &roots;
    let mut matrix = symmetric_laplacian(&all.a)?;
    general_mat_mul(MOVED, &w.t(), &w, 1.0, &mut matrix);
    let (values, w) = solver::symmetric(&matrix)?;
    Ok(all.finished(&values, &(w / roots.insert_axis(Axis(1)))))
}

/// All eigenpairs by the generalised route: (D − A)z = λDz as it stands, by `dsygv`.
///
/// Without LAPACK, D is split by Cholesky as `dsygv` does it, and the symmetric rest solved.
///
/// # Errors
/// As [`eig_random_walk`].
pub fn eigh_generalized(a: &Array2<f64>) -> Result<Eigenpairs> {
    let all = AllPairs::new(a)?;
    let metric = Array2::from_diag(&all.d);
    let dz = &all.null * &all.d;
    let mut matrix = &metric - &*all.a;
    general_mat_mul(MOVED, &dz.t(), &dz, 1.0, &mut matrix);
    let (values, vectors) = solver::generalized(&matrix, &metric)?;
    Ok(all.finished(&values, &vectors))
}

/// What the three routes to all eigenpairs share.
struct AllPairs<'a> {
    a: Cow<'a, Array2<f64>>,
    d: Array1<f64>,
    /// The null vectors, in rows.
    null: Array2<f64>,
}

impl<'a> AllPairs<'a> {
    fn new(a: &'a Array2<f64>) -> Result<Self> {
        let (a, d) = invertible_degrees(a)?;
        let components = Edges::Dense(&a).components();
        Ok(Self {
            null: null_vectors(&d, &components, usize::MAX),
            a,
            d,
        })
    }

    /// The null vectors, and all that a solver found beside them: ascending, in [0, 2], in their normal form.
    fn finished(&self, values: &Array1<f64>, vectors: &Array2<f64>) -> Eigenpairs {
        let (n, null) = (self.d.len(), self.null.nrows());
        let found = ordered(values, vectors, &self.d);
        let edges = Edges::Dense(&self.a);
        let unseen = Unseen::new(edges, &self.d);
        let mut pairs: Vec<(f64, Array1<f64>)> = Vec::with_capacity(n);
        for (&value, z) in found
            .values
            .iter()
            .zip(found.vectors.columns())
            .take(n - null)
        {
            let (mut value, mut z) = (value.clamp(0.0, 2.0), z.to_owned());
            if unseen.settle(value, &mut z) {
                normalise(&mut z, &self.d);
            }
            if value < FEW_DIGITS {
                value = edges.energy(&z);
            }
            pairs.push((value, z));
        }
        pairs.sort_by(|one, other| one.0.total_cmp(&other.0));
        let mut vectors = Array2::zeros((n, n));
        let null = self.null.rows().into_iter().map(|z| {
            let mut z = z.to_owned();
            normalise(&mut z, &self.d);
            (0.0, z)
        });
        let (values, rows): (Vec<f64>, Vec<_>) = null.chain(pairs).unzip();
        for (mut column, z) in vectors.columns_mut().into_iter().zip(&rows) {
            column.assign(z);
        }
        Eigenpairs {
            values: values.into(),
            vectors,
        }
    }
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
    let (a, d) = invertible_degrees(a)?;
    let edges = Edges::Dense(&a);
    let pieces = edges.pieces();
    checks::structure(edges)?;
    let problem = Problem {
        edges,
        degrees: &d,
        masses: &d,
        pieces: &pieces,
    };
    let solved = problem.dense(d.len().min(3), String::new())?.sound(1.0)?;
    problem.stands_alone(&solved, 2)?;
    Ok(FiedlerVector {
        value: solved.pairs.values[1],
        residual: solved.residuals[1],
        vector: solved.pairs.vectors.column(1).to_owned(),
    })
}

/// How a full matrix is solved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FullMatrix {
    /// By steps with its inverse, where they converge.
    Inverse,
    /// By all its eigenpairs: for values that are as small as rounding in the inverse.
    AllPairs,
}

/// The `wanted` smallest eigenvectors beside the null vectors of (D − A)z = λMz, in rows, for the diagonal matrix M of
/// `masses`, on a full matrix.
pub(crate) fn few_smallest(
    edges: Edges<'_>,
    d: &Array1<f64>,
    masses: &Array1<f64>,
    components: &Array1<usize>,
    wanted: usize,
    way: FullMatrix,
) -> Result<Array2<f64>> {
    if wanted == 0 {
        return Ok(Array2::zeros((0, d.len())));
    }
    let root = masses.mapv(f64::sqrt);
    let w = null_vectors(masses, components, usize::MAX) * &root;
    // Built again for the other way rather than kept for it: it is the largest thing here.
    let scaled = (masses * scale(d, masses)).mapv(f64::sqrt);
    let matrix = || scaled_laplacian(edges, d, &scaled);
    let few = match way {
        FullMatrix::Inverse => by_inverse(matrix(), &w, wanted),
        FullMatrix::AllPairs => None,
    };
    let vectors = match few {
        Some(few) => few.1,
        None => all_nontrivial(matrix(), &w)?.1,
    };
    let few = wanted.min(vectors.nrows());
    Ok(vectors.slice_move(s![..few, ..]) / &root)
}

/// So many wanted pairs, and one in so many of all: then all are found before a block of them takes a few steps.
const MANY: usize = 32;
const SHARE: usize = 16;

/// The smallest eigenpairs of the symmetric `s` beside its null vectors `w` (in rows), the vectors in rows, by a Cholesky
/// factor of S + WᵀW, where the null vectors have the value 1. `None` where they do not converge, or where the smallest
/// value is too small for Cholesky.
fn by_inverse(
    mut s: Array2<f64>,
    w: &Array2<f64>,
    wanted: usize,
) -> Option<(Array1<f64>, Array2<f64>)> {
    if wanted >= MANY && SHARE * wanted > s.nrows() {
        return None;
    }
    general_mat_mul(1.0, &w.t(), w, 1.0, &mut s);
    let lower = cholesky::cholesky(s)?;
    let invert = |block: &mut Array2<f64>| cholesky::solve(&lower, block);
    let watch = |_| ControlFlow::Continue(());
    let found = inverse_iteration::smallest_nontrivial(w, wanted, invert, watch);
    found.converged.then_some((found.values, found.vectors))
}

/// One null vector for each component, a row each: 𝟙 first, then 1/mass on all components before the j-th
/// and −1/mass on the j-th. They are orthogonal in the product uᵀMv, and of length 1 in it.
/// No more than `most` of them.
fn null_vectors(masses: &Array1<f64>, components: &Array1<usize>, most: usize) -> Array2<f64> {
    let count = components.iter().max().map_or(0, |last| last + 1);
    let mut mass = vec![0.0; count];
    for (&component, m) in components.iter().zip(masses) {
        mass[component] += m;
    }
    let mut before = 0.0;
    let mut rows = Array2::zeros((count.min(most), masses.len()));
    for (j, mut row) in rows.rows_mut().into_iter().enumerate() {
        let levels = match j {
            0 => [1.0, 1.0],
            _ => [1.0 / before, -1.0 / mass[j]],
        };
        before += mass[j];
        for (entry, &component) in row.iter_mut().zip(components) {
            if j == 0 || component < j {
                *entry = levels[0];
            } else if component == j {
                *entry = levels[1];
            }
        }
        let length = row.dot(&(masses * &row)).sqrt();
        row /= length;
    }
    rows
}

/// All eigenpairs but those of the null vectors `w` (in rows), the vectors in rows. The null space is moved
/// from 0 to [`MOVED`], above all others: beside a λ of the size of rounding, the solver would mix the two.
fn all_nontrivial(mut matrix: Array2<f64>, w: &Array2<f64>) -> Result<(Array1<f64>, Array2<f64>)> {
    let n = matrix.nrows();
    general_mat_mul(MOVED, &w.t(), w, 1.0, &mut matrix);
    let (values, vectors) = solver::symmetric(&matrix)?;
    let all = ordered(&values, &vectors, &Array1::ones(n));
    let rest = n - w.nrows();
    Ok((
        all.values.slice_move(s![..rest]),
        all.vectors.reversed_axes().slice_move(s![..rest, ..]),
    ))
}

/// ‖S‖₂ of a symmetric matrix: the largest size of an eigenvalue.
pub(crate) fn spectral_norm(matrix: &Array2<f64>) -> Result<f64> {
    let largest =
        |entries: &Array1<f64>| entries.fold(0.0, |size: f64, entry| size.max(entry.abs()));
    // Solvers square entries, which may be as small as rounding here.
    let size = matrix.fold(0.0, |size: f64, entry| size.max(entry.abs()));
    if size == 0.0 {
        return Ok(0.0);
    }
    let (values, _) = solver::symmetric(&(matrix / size))?;
    Ok(largest(&values) * size)
}

/// A checked similarity matrix and its degrees, none of them 0.
fn invertible_degrees(a: &Array2<f64>) -> Result<(Cow<'_, Array2<f64>>, Array1<f64>)> {
    let a = checks::similarity(a)?;
    let d = Edges::Dense(&a).degrees();
    checks::no_isolated_points(&d)?;
    Ok((a, d))
}

/// R⁻¹(D − A)R⁻¹ for the diagonal matrix R of `roots`, all positive.
fn scaled_laplacian(edges: Edges<'_>, d: &Array1<f64>, roots: &Array1<f64>) -> Array2<f64> {
    let scale = roots.mapv(|root| 1.0 / root);
    let mut s = edges.matrix();
    for (i, mut row) in s.rows_mut().into_iter().enumerate() {
        row.zip_mut_with(&scale, |entry, factor| *entry *= -scale[i] * factor);
        row[i] += d[i] * scale[i] * scale[i];
    }
    s
}

/// All eigenpairs of a symmetric matrix: ascending, the vectors of unit length with their sign fixed.
pub(crate) fn symmetric(matrix: &Array2<f64>) -> Result<Eigenpairs> {
    let (values, vectors) = solver::symmetric(matrix)?;
    Ok(ordered(&values, &vectors, &Array1::ones(matrix.nrows())))
}

/// Scales z to zᵀDz = 1 and fixes its sign.
pub(crate) fn normalise(z: &mut Array1<f64>, d: &Array1<f64>) {
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
