//! Step 10, the other end: the largest eigenpairs of the scaled affinity, by nothing but multiplication.
//!
//! # Definition
//! The scaled affinity is N = D^-½AD^-½. As D^-½(D − A)D^-½ = I − N, both have the same eigenvectors w, and
//! μ = 1 − λ: the k smallest λ are the k largest μ, and two recipes of the literature are one.
//!
//! Power iteration multiplies a vector by a matrix again and again; the part along the eigenvector whose
//! eigenvalue is largest in size outgrows all others. N has eigenvalues down to −1, as large in size as the 1 at
//! the top. So it runs on (I + N)/2: the same vectors, the values (1 + μ)/2 in [0, 1]. A vector that was found is
//! taken out of all later ones (deflation), so that the next largest wins. The error of the j-th vector shrinks
//! by (1 + μⱼ₊₁)/(1 + μⱼ) a step: the nearer the next value, the slower.
//!
//! # Must hold
//! No isolated vertices. 1 ≤ count ≤ n.
//!
//! # Known value
//! On the post's moons with ε = 0.4, μ₂ = 1 − λ₂ = 0.994615587953855.
//!
//! # Source
//! A. Ng, M. Jordan & Y. Weiss, "On spectral clustering", NIPS 14 (2002), §2 (largest of the affinity);
//! G. Golub & C. Van Loan, "Matrix Computations" (2013), §8.2.1 (power method).

use crate::error::{Error, Result};
use crate::graph::Graph;
use crate::guard;
use crate::linalg::RandomState;
use crate::linalg::{Spectrum, normalise};
use ndarray::{Array1, Array2, Axis, concatenate, s};

/// The scaled affinity N = D^-½AD^-½, shape n × n. Its eigenvalues lie in [−1, 1].
///
/// ```
/// use fiedler::{Graph, ndarray::array, power::normalized_affinity};
/// let star = Graph::from_edges(3, &[(0, 1, 2.0), (0, 2, 2.0)])?;
/// let half = 0.5_f64.sqrt();
/// let wanted = array![[0., half, half], [half, 0., 0.], [half, 0., 0.]];
/// assert!((normalized_affinity(&star)? - wanted).iter().all(|rest| rest.abs() < 1e-15));
/// # Ok::<(), fiedler::Error>(())
/// ```
///
/// # Errors
/// [`Error::IsolatedPoints`], [`Error::NoEdges`]; [`Error::TooLarge`] above [`crate::similarity::DENSE_LIMIT`].
pub fn normalized_affinity(graph: &Graph) -> Result<Array2<f64>> {
    guard::no_isolated_points(graph.degrees())?;
    let scale = graph.degrees().mapv(|d| 1.0 / d.sqrt());
    let mut n = graph.matrix()?;
    for (mut row, &factor) in n.rows_mut().into_iter().zip(&scale) {
        // One product of two factors, the same for both mirrored entries: so N is symmetric to the last bit.
        row.zip_mut_with(&scale, |entry, other| *entry *= factor * other);
    }
    Ok(n)
}

/// Eigenpairs of the scaled affinity, the largest first.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct LargestPairs {
    /// μ₁ ≥ μ₂ ≥ …, all in [−1, 1].
    pub values: Array1<f64>,
    /// The w of each, one a column: orthonormal, the sign as [`crate::eigen`] fixes it.
    pub vectors: Array2<f64>,
}

/// The `count` largest eigenpairs of N, all at once by a dense eigensolver.
///
/// ```
/// use fiedler::{Graph, power::largest_of_affinity};
/// let path = Graph::from_edges(3, &[(0, 1, 1.0), (1, 2, 1.0)])?;
/// let mu = largest_of_affinity(&path, 3)?.values;
/// assert!((mu[0] - 1.0).abs() < 1e-14 && mu[1].abs() < 1e-14 && (mu[2] + 1.0).abs() < 1e-14);
/// # Ok::<(), fiedler::Error>(())
/// ```
///
/// # Errors
/// [`Error::ClusterCount`] unless 1 ≤ count ≤ n; those of [`normalized_affinity`]; [`Error::Solver`].
pub fn largest_of_affinity(graph: &Graph, count: usize) -> Result<LargestPairs> {
    guard::cluster_count(count, graph.vertex_count())?;
    let all = Spectrum::of_symmetric(&normalized_affinity(graph)?)?;
    Ok(LargestPairs {
        values: all
            .values
            .slice(s![..;-1])
            .slice(s![..count])
            .mapv(|mu| mu.clamp(-1.0, 1.0)),
        vectors: all
            .vectors
            .slice(s![.., ..;-1])
            .slice(s![.., ..count])
            .to_owned(),
    })
}

/// What power iteration found, and how it got there.
#[derive(Debug, Clone, PartialEq)]
#[must_use = "look at `converged`, or call `finished`"]
#[non_exhaustive]
pub struct PowerIteration {
    /// The μ found, the largest first. Where it did not converge, the last one is a guess, and those after it are
    /// missing.
    pub values: Array1<f64>,
    /// The w of each, one a column.
    pub vectors: Array2<f64>,
    /// For each vector the residual ‖Nw − μw‖ before each step, without its part along the vectors found before.
    pub history: Vec<Vec<f64>>,
    /// Whether the last residual of every vector is within the tolerance.
    pub converged: bool,
}

impl PowerIteration {
    /// Itself where it converged.
    ///
    /// # Errors
    /// [`Error::NotConverged`] else.
    pub fn finished(self) -> Result<Self> {
        let last = self.history.last();
        match last.and_then(|residuals| residuals.last()) {
            Some(&residual) if !self.converged => Err(Error::NotConverged {
                method: "power iteration",
                iterations: last.map_or(0, Vec::len) - 1,
                residual,
            }),
            _ => Ok(self),
        }
    }
}

/// The `count` largest eigenpairs of N by power iteration on (I + N)/2 with deflation, one after the other, at most
/// `max_steps` each. A pair counts as found where ‖Nw − μw‖ ≤ `tolerance`; it then lies within √j·`tolerance` of
/// solving the equation, if it is the j-th. The starts are random, the same in every run.
///
/// Where one does not converge the iteration ends with it: `converged` is false, and [`PowerIteration::finished`]
/// makes that an error. What came so far is returned, to look at.
///
/// ```
/// use fiedler::{Graph, power::power_iteration};
/// let path = Graph::from_edges(3, &[(0, 1, 1.0), (1, 2, 1.0)])?;
/// let found = power_iteration(&path, 2, 1e-10, 1000)?.finished()?;
/// assert!((found.values[0] - 1.0).abs() < 1e-10 && found.values[1].abs() < 1e-10);
/// # Ok::<(), fiedler::Error>(())
/// ```
///
/// # Errors
/// [`Error::ClusterCount`] unless 1 ≤ count ≤ n; [`Error::Parameter`] unless the tolerance is positive and there is
/// a step ([`Error::Count`]); [`Error::IsolatedPoints`], [`Error::NoEdges`].
///
/// # Source
/// G. Golub & C. Van Loan (2013), §8.2.1.
pub fn power_iteration(
    graph: &Graph,
    count: usize,
    tolerance: f64,
    max_steps: usize,
) -> Result<PowerIteration> {
    let n = graph.vertex_count();
    guard::cluster_count(count, n)?;
    guard::positive("tolerance", tolerance)?;
    if max_steps == 0 {
        return Err(Error::Count {
            name: "max_steps",
            found: 0,
            wanted: "at least 1",
        });
    }
    guard::no_isolated_points(graph.degrees())?;
    let mut rng = RandomState::new(0);
    let mut before = Array2::zeros((n, 0));
    let (mut values, mut history, mut converged) = (Vec::new(), Vec::new(), true);
    while converged && history.len() < count {
        let start = Array1::from_shape_simple_fn(n, || rng.standard_normal());
        let (value, w, residuals) = next(graph, &before, start, tolerance, max_steps);
        converged = residuals.last().is_some_and(|&last| last <= tolerance);
        before = concatenate![Axis(1), before, w.insert_axis(Axis(1))];
        values.push(value);
        history.push(residuals);
    }
    Ok(PowerIteration {
        values: values.into(),
        vectors: before,
        history,
        converged,
    })
}

/// The next eigenpair beside those `before`: μ, w, and the residuals on the way.
fn next(
    graph: &Graph,
    before: &Array2<f64>,
    mut w: Array1<f64>,
    tolerance: f64,
    max_steps: usize,
) -> (f64, Array1<f64>, Vec<f64>) {
    let scale = graph.degrees().mapv(|d| 1.0 / d.sqrt());
    let times = |w: &Array1<f64>| deflated(&scale * &graph.edges().times(&(&scale * w)), before);
    let unit = |w: Array1<f64>| {
        let w = deflated(w, before);
        let length = w.dot(&w).sqrt();
        // Twice, as what is left of the first may be short, and mostly rounding along the others.
        let w = deflated(w / length, before);
        let length = w.dot(&w).sqrt();
        w / length
    };
    w = unit(w);
    let mut residuals = Vec::new();
    loop {
        let nw = times(&w);
        let value = w.dot(&nw);
        let rest = &nw - &(&w * value);
        residuals.push(rest.dot(&rest).sqrt());
        let step = &nw + &w;
        // Where (I + N)w is 0, w is an eigenvector for −1 and the residual is 0 as well: nothing to divide by.
        let vanishes = step.dot(&step) == 0.0;
        if residuals.last() <= Some(&tolerance) || residuals.len() > max_steps || vanishes {
            normalise(&mut w, &Array1::ones(scale.len()));
            return (value.clamp(-1.0, 1.0), w, residuals);
        }
        w = unit(step);
    }
}

/// w without its part along the columns of `others`, which are orthonormal.
fn deflated(w: Array1<f64>, others: &Array2<f64>) -> Array1<f64> {
    let shares = others.t().dot(&w);
    w - others.dot(&shares)
}
