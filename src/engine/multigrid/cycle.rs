//! The multigrid cycle: an approximate inverse of L, at the cost of a few products.
//!
//! # Definition
//! To solve Lx = r roughly:
//! 1. two steps of Jacobi's method from 0 take out what swings from neighbour to neighbour;
//! 2. what is left of r is gathered on the aggregates, Pᵀ(r − Lx), solved there in the same way, and brought back: x + Pe;
//! 3. the two steps again, in the other order.
//!
//! The coarsest problem is small, and solved. The steps of 1 and 3 mirror each other, so that the whole is one
//! symmetric positive operator, as a preconditioner must be. Their ω are those of Chebyshev's polynomial for the upper
//! part of the spectrum of diag(L)⁻¹L.
//!
//! # Source
//! W. Briggs, V. E. Henson & S. McCormick, "A Multigrid Tutorial" (2000), ch. 3 (the V-cycle), ch. 8 (algebraic);
//! M. Adams et al., "Parallel multigrid smoothing: polynomial versus Gauss–Seidel", J. Comput. Phys. 188 (2003), §3.

use super::aggregation::{Prolongation, coarser, founded};
use super::block;
use super::laplacian::Laplacian;
use super::parallel::on_rows;
use crate::linalg::inverse;
use ndarray::{Array2, ArrayView2};

/// Vertices of the coarsest problem, at most, unless it cannot be made smaller.
const COARSEST: usize = 64;
/// Levels, at most: each is at most nine tenths of the one before, and mostly a tenth.
const LEVELS: usize = 30;
/// The part of the spectrum that smoothing is for: from the largest eigenvalue down to this share of it.
const UPPER: f64 = 0.25;

/// A graph, and ever coarser ones.
pub(crate) struct Hierarchy {
    levels: Vec<Level>,
    /// (L + shift)⁻¹ of the last level, where it is small.
    coarsest: Option<Array2<f64>>,
}

struct Level {
    laplacian: Laplacian,
    /// The way from the next level to this one.
    prolongation: Option<Prolongation>,
    /// The two ω of Jacobi's method.
    omegas: [f64; 2],
}

/// Room for the vectors of one level, kept from cycle to cycle.
#[derive(Default)]
struct Workspace {
    x: Vec<f64>,
    y: Vec<f64>,
    r: Vec<f64>,
}

impl Level {
    fn new(laplacian: Laplacian, largest: f64) -> Self {
        Self {
            omegas: omegas(largest),
            laplacian,
            prolongation: None,
        }
    }
}

/// The roots' reciprocals of Chebyshev's polynomial of degree 2 on the upper part of [0, `largest`].
fn omegas(largest: f64) -> [f64; 2] {
    let (middle, half) = (largest * (1.0 + UPPER) / 2.0, largest * (1.0 - UPPER) / 2.0);
    let root = half * std::f64::consts::FRAC_1_SQRT_2;
    [1.0 / (middle + root), 1.0 / (middle - root)]
}

/// What rounding leaves of a diagonal, beside the masses.
const ROUNDED: f64 = 1e-12;

/// An upper bound of the eigenvalues of diag(L)⁻¹L where no weight is negative, by Gershgorin.
const LARGEST: f64 = 2.0;

/// The same where some may be.
fn largest(laplacian: &Laplacian) -> f64 {
    let row = |i: usize| {
        let beside = laplacian.row(i).fold(0.0, |sum, (_, w)| sum + w.abs());
        if laplacian.diagonal[i] > 0.0 {
            1.0 + beside / laplacian.diagonal[i]
        } else {
            0.0
        }
    };
    (0..laplacian.size()).map(row).fold(1.0, f64::max)
}

impl Hierarchy {
    pub(crate) fn new(finest: Laplacian) -> Self {
        let mut levels = vec![Level::new(finest, LARGEST)];
        while levels.len() < LEVELS {
            let last = levels.last_mut().expect("a finest level");
            if last.laplacian.size() <= COARSEST {
                break;
            }
            let Some((coarse, prolongation)) = coarser(&last.laplacian) else {
                break;
            };
            last.prolongation = Some(prolongation);
            let largest = largest(&coarse);
            levels.push(Level::new(coarse, largest));
        }
        let last = &levels.last().expect("a finest level").laplacian;
        let coarsest = (last.size() <= 4 * COARSEST)
            .then(|| dense_inverse(last))
            .flatten();
        Self { levels, coarsest }
    }

    /// x ≈ L⁻¹r on the level `at`, as a function of r, x and the number of their columns.
    pub(super) fn inverse(&self, at: usize) -> impl FnMut(&[f64], &mut [f64], usize) + '_ {
        let levels = &self.levels[at..];
        let mut workspaces: Vec<Workspace> = levels.iter().map(|_| Workspace::default()).collect();
        move |r, x, b| cycle(levels, &mut workspaces, self.coarsest.as_ref(), r, x, b)
    }

    /// The problem on the level `at`; 0 is the finest.
    pub(super) fn level(&self, at: usize) -> &Laplacian {
        &self.levels[at].laplacian
    }

    /// The number of levels.
    pub(super) fn depth(&self) -> usize {
        self.levels.len()
    }

    /// Vectors of the next coarser level, brought to the level `at`, and made smooth there: Jacobi's method for
    /// Lx = 0, which leaves slow vectors as they are.
    pub(super) fn prolonged(&self, at: usize, coarse: &Array2<f64>) -> Array2<f64> {
        let b = coarse.ncols();
        let level = &self.levels[at];
        let mut fine = Array2::zeros((level.laplacian.size(), b));
        if let Some(p) = &level.prolongation {
            p.rows
                .times(block::data(coarse), block::data_mut(&mut fine), b, true);
        }
        let mut smooth = Array2::zeros(fine.dim());
        for omega in level.omegas {
            let (x, y) = (block::data(&fine), block::data_mut(&mut smooth));
            level.laplacian.averaged(omega, x, y, b);
            std::mem::swap(&mut fine, &mut smooth);
        }
        fine
    }

    /// For each coarser level, the vertex of it that each vertex of the finest has become a part of. Formed anew: a
    /// solver has no use for them once there is a prolongation.
    pub(crate) fn aggregates(&self) -> Vec<Vec<u32>> {
        let mut composed: Vec<Vec<u32>> = Vec::new();
        for level in &self.levels[..self.depth() - 1] {
            let next = founded(&level.laplacian);
            let whole = match composed.last() {
                Some(before) => before.iter().map(|&part| next[part as usize]).collect(),
                None => next,
            };
            composed.push(whole);
        }
        composed
    }

    /// The number of vertices on each level, the finest first.
    pub(crate) fn sizes(&self) -> Vec<usize> {
        let sizes = self.levels.iter().map(|level| level.laplacian.size());
        sizes.collect()
    }
}

fn cycle(
    levels: &[Level],
    workspaces: &mut [Workspace],
    coarsest: Option<&Array2<f64>>,
    r: &[f64],
    x: &mut [f64],
    b: usize,
) {
    let (level, coarser) = levels.split_first().expect("a level");
    let (workspace, workspaces) = workspaces.split_first_mut().expect("a room for each level");
    let laplacian = &level.laplacian;
    let n = laplacian.size();
    if let (true, Some(inverse)) = (coarser.is_empty(), coarsest) {
        let right = ArrayView2::from_shape((n, b), r).expect("n rows of b numbers");
        let solved = inverse.dot(&right);
        x.copy_from_slice(
            solved
                .as_slice()
                .expect("a fresh product is in standard layout"),
        );
        return;
    }
    workspace.y.resize(n * b, 0.0);
    let y = &mut workspace.y;
    let [first, second] = level.omegas;
    // The first step starts from 0, where it is a division.
    on_rows(y, b, n * b, |rows, y| {
        for (i, y) in rows.zip(y.chunks_exact_mut(b)) {
            let diagonal = laplacian.diagonal[i];
            let step = if diagonal > 0.0 {
                first / diagonal
            } else {
                0.0
            };
            for (y, r) in y.iter_mut().zip(&r[i * b..]) {
                *y = step * r;
            }
        }
    });
    // ANCHOR: cycle
    laplacian.relaxed(second, r, y, x, b);
    if let (Some(p), Some(next)) = (&level.prolongation, coarser.first()) {
        laplacian.residual(r, x, y, b);
        let m = next.laplacian.size();
        workspace.r.resize(m * b, 0.0);
        workspace.x.resize(m * b, 0.0);
        p.columns.times(y, &mut workspace.r, b, true);
        cycle(
            coarser,
            workspaces,
            coarsest,
            &workspace.r,
            &mut workspace.x,
            b,
        );
        p.rows.times(&workspace.x, x, b, false);
    }
    laplacian.relaxed(second, r, x, y, b);
    laplacian.relaxed(first, r, y, x, b);
    // ANCHOR_END: cycle
}

/// L as a dense matrix.
fn dense(laplacian: &Laplacian) -> Array2<f64> {
    let mut matrix = Array2::from_diag(&ndarray::aview1(&laplacian.diagonal));
    for i in 0..laplacian.size() {
        for (j, weight) in laplacian.row(i) {
            matrix[[i, j]] -= weight;
        }
    }
    matrix
}

/// The inverse of L with its null vectors moved to the size of the largest entry.
fn dense_inverse(laplacian: &Laplacian) -> Option<Array2<f64>> {
    let mut matrix = dense(laplacian);
    let most = |list: &[f64]| list.iter().fold(0.0, |a: f64, &b| a.max(b));
    let (size, mass) = (most(&laplacian.diagonal), most(&laplacian.masses));
    // Of a component that is one vertex nothing is left on the diagonal, or rounding: then the unit is that of the masses.
    let size = if size > ROUNDED * mass { size } else { mass };
    let mut members = vec![0.0; laplacian.component_masses.len()];
    for &c in &laplacian.component {
        members[c as usize] += 1.0;
    }
    for (i, &c) in laplacian.component.iter().enumerate() {
        for (j, &other) in laplacian.component.iter().enumerate() {
            if c == other {
                matrix[[i, j]] += size / members[c as usize];
            }
        }
    }
    inverse(matrix)
}
