//! Smoothness and springs: why the second eigenvector is the smoothest labelling, and how a graph vibrates.
//!
//! # Definition
//! The energy of a vector f with one value per vertex is
//!
//! ```text
//! fᵀLf = ½ Σᵢⱼ sᵢⱼ (fᵢ − fⱼ)² = Σ over edges of sᵢⱼ (fᵢ − fⱼ)²,     L = D − S
//! ```
//!
//! It is 0 for a constant f, and small where f changes only across weak edges: it says how far f is from smooth.
//!
//! Let each vertex be a mass and each edge a spring of stiffness sᵢⱼ, and f the displacements. A spring stretched
//! by u holds ½su², so that the potential energy is ½fᵀLf: half the energy above. (Some notes call fᵀLf itself
//! the potential energy. That only doubles every energy; modes and smoothness are the same.) The masses M obey
//! Mf″ = −Lf, and their normal modes solve Lf = λMf. The frequency of a mode is ω = √λ.
//!
//! # Must hold
//! One finite value of f per vertex. With [`Masses::Degrees`] no vertex is isolated, since its mass would be 0.
//!
//! # Known value
//! The path of n vertices with masses 1 has λ = 2 − 2cos(πj/n), j = 0, …, n − 1; for n = 3 the squares of the
//! frequencies are 0, 1 and 3.
//!
//! # Source
//! U. von Luxburg, "A tutorial on spectral clustering", Statistics and Computing 17 (2007), §3.1, Proposition 1;
//! normal modes: H. Goldstein, "Classical Mechanics" (1980), §6.2.

mod motion;

pub use motion::Motion;

use crate::error::{Error, Result};
use crate::graph::Graph;
use crate::guard;
use ndarray::{Array1, Array2};

/// The energy fᵀLf = Σ over edges of s(fᵢ − fⱼ)², summed edge by edge: nothing cancels, and a constant f has
/// exactly 0. A loop adds nothing.
///
/// ```
/// use fiedler::{Graph, ndarray::array, springs::energy};
/// let path = Graph::from_edges(3, &[(0, 1, 1.0), (1, 2, 4.0)])?;
/// assert_eq!(energy(&path, &array![1.0, 3.0, 2.0])?, 1.0 * 4.0 + 4.0 * 1.0);
/// # Ok::<(), fiedler::Error>(())
/// ```
///
/// # Errors
/// [`Error::Length`], [`Error::VectorNotFinite`], [`Error::VectorScale`] for an f that cannot be squared.
///
/// # Source
/// U. von Luxburg (2007), Proposition 1 (1).
pub fn energy(graph: &Graph, f: &Array1<f64>) -> Result<f64> {
    let f = &*guard::scaled_vector("f", f, graph.vertex_count())?;
    let edges = graph.weighted_edges();
    Ok(edges.map(|(i, j, s)| s * (f[i] - f[j]).powi(2)).sum())
}

/// What the springs hold, ½fᵀLf: half of [`energy`].
///
/// # Errors
/// As [`energy`].
pub fn potential_energy(graph: &Graph, f: &Array1<f64>) -> Result<f64> {
    Ok(energy(graph, f)? / 2.0)
}

/// What each vertex weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Masses {
    /// 1 each: the modes are the eigenvectors of L.
    #[default]
    Unit,
    /// The degree: the modes are the z of Lz = λDz, those of the normalised cut.
    Degrees,
}

impl Masses {
    /// The diagonal of M.
    #[must_use]
    pub fn of(self, graph: &Graph) -> Array1<f64> {
        match self {
            Self::Unit => Array1::ones(graph.vertex_count()),
            Self::Degrees => graph.degrees().clone(),
        }
    }
}

/// The slowest normal modes of a graph, numbered from 1 as their eigenvalues are: mode 2 is the one that splits.
#[derive(Debug, Clone, PartialEq)]
pub struct Modes {
    /// ω₁ ≤ ω₂ ≤ …, in radians per unit of time. Each component of the graph moves freely: one ω that is 0.
    pub frequencies: Array1<f64>,
    /// The shape of each mode, one a column: uᵢᵀMuⱼ is 1 for i = j and 0 otherwise.
    pub shapes: Array2<f64>,
    /// The diagonal of M.
    pub masses: Array1<f64>,
}

/// The `count` slowest normal modes.
///
/// ```
/// use fiedler::{Graph, springs::{Masses, normal_modes}};
/// let path = Graph::from_edges(3, &[(0, 1, 1.0), (1, 2, 1.0)])?;
/// let modes = normal_modes(&path, Masses::Unit, 3)?;
/// assert_eq!(modes.frequencies[0], 0.0);
/// assert!((modes.frequencies[2] - 3_f64.sqrt()).abs() < 1e-15);
/// # Ok::<(), fiedler::Error>(())
/// ```
///
/// # Errors
/// [`Error::ClusterCount`] unless 1 ≤ count ≤ n; with [`Masses::Degrees`] [`Error::IsolatedPoints`],
/// [`Error::NoEdges`]; [`Error::TooLarge`], [`Error::Solver`] as [`Graph::smallest_eigenpairs`].
pub fn normal_modes(graph: &Graph, masses: Masses, count: usize) -> Result<Modes> {
    let pairs = match masses {
        Masses::Unit => {
            graph.smallest_eigenpairs_with(&Array1::ones(graph.vertex_count()), count)?
        }
        Masses::Degrees => graph.smallest_eigenpairs(count)?,
    };
    Ok(Modes {
        // Rounding may take a λ that is 0 in all but name below it.
        frequencies: pairs.values.mapv(|value| value.max(0.0).sqrt()),
        shapes: pairs.vectors,
        masses: masses.of(graph),
    })
}

impl Modes {
    /// The frequency and the shape of a mode, numbered from 1.
    ///
    /// # Errors
    /// [`Error::Count`] for a mode that was not computed.
    pub fn mode(&self, mode: usize) -> Result<(f64, Array1<f64>)> {
        if (1..=self.frequencies.len()).contains(&mode) {
            let shape = guard::into_standard(self.shapes.column(mode - 1).to_owned());
            return Ok((self.frequencies[mode - 1], shape));
        }
        Err(Error::Count {
            name: "mode",
            found: mode,
            wanted: "one of those computed, numbered from 1",
        })
    }

    /// Where the vertices are at `time` in one mode alone, let go from its shape u at time 0: u cos(ωt).
    ///
    /// # Errors
    /// [`Error::Count`] for a mode that was not computed, [`Error::Parameter`] for a time beyond ±1e75.
    pub fn displacement(&self, mode: usize, time: f64) -> Result<Array1<f64>> {
        let (frequency, shape) = self.mode(mode)?;
        motion::time_is_sane(time)?;
        Ok(shape * (frequency * time).cos())
    }
}
