//! Step 2, the similarity matrix: from points to a graph.
//!
//! # Definition
//! aᵢⱼ = 1 where ‖xᵢ − xⱼ‖ ≤ ε and i ≠ j, else 0. Points are vertices, ones are edges.
//!
//! # Must hold
//! At least two points, every coordinate finite, ε ≥ 0. The matrix is symmetric with a zero diagonal.
//!
//! # Known value
//! The post's moons with ε = 0.4 have 4516 ones, that is 2258 edges.

use crate::error::Result;
use crate::guard;
use crate::linalg::distance;
use ndarray::{Array1, Array2};

pub use guard::DENSE_LIMIT;

/// The similarity matrix A of the rows of `x`: 1 where two different points lie within `epsilon` of each
/// other (Euclidean distance, the boundary included), else 0. Shape n × n.
///
/// Takes O(n²) operations for each column of `x`, and 8n² bytes.
///
/// ```
/// use fiedler::ndarray::array;
/// let x = array![[0.0, 0.0], [0.3, 0.4], [2.0, 0.0]];
/// let a = fiedler::similarity_matrix(&x, 0.5)?; // ‖(0.3, 0.4)‖ is exactly 0.5
/// assert_eq!(a, array![[0., 1., 0.], [1., 0., 0.], [0., 0., 0.]]);
/// # Ok::<(), fiedler::Error>(())
/// ```
///
/// Distances are taken from differences of coordinates, never from x² + y² − 2xy, so that data far from
/// the origin keep their edges.
///
/// # Errors
/// [`crate::Error::NoPoints`], [`crate::Error::OnePoint`], [`crate::Error::NoColumns`], [`crate::Error::NotFinite`];
/// [`crate::Error::Parameter`] where `epsilon` is negative or NaN; [`crate::Error::TooLarge`] above [`DENSE_LIMIT`].
pub fn similarity_matrix(x: &Array2<f64>, epsilon: f64) -> Result<Array2<f64>> {
    similarity_matrix_within(x, epsilon, DENSE_LIMIT)
}

/// [`similarity_matrix`] with a limit of your own on the size of the matrix, in bytes (8n² are needed).
///
/// # Errors
/// As [`similarity_matrix`], with [`crate::Error::TooLarge`] above `limit`, before anything is allocated.
// ANCHOR: similarity_matrix
pub fn similarity_matrix_within(
    x: &Array2<f64>,
    epsilon: f64,
    limit: usize,
) -> Result<Array2<f64>> {
    let x = &*guard::points(x, 2)?;
    guard::epsilon(epsilon)?;
    let n = x.nrows();
    let instead = "take fewer points, raise the limit with `similarity_matrix_within`, \
                   or keep the edges alone with `Graph::epsilon`";
    guard::dense_size(n, limit, instead)?;
    let mut a = Array2::zeros((n, n));
    for i in 0..n {
        for j in 0..i {
            if distance(x.row(i), x.row(j)) <= epsilon {
                a[[i, j]] = 1.0;
                a[[j, i]] = 1.0;
            }
        }
    }
    Ok(a)
}
// ANCHOR_END: similarity_matrix

/// The connected component of each point of the graph, numbered in order of first appearance.
///
/// Two points share a component when a path of edges joins them.
///
/// Takes O(n²) operations.
///
/// ```
/// use fiedler::ndarray::array;
/// let a = array![[0., 0., 1.], [0., 0., 0.], [1., 0., 0.]];
/// assert_eq!(fiedler::components(&a)?, array![0, 1, 0]);
/// # Ok::<(), fiedler::Error>(())
/// ```
///
/// # Errors
/// What every function of a similarity matrix refuses: [`crate::Error::NotSquare`], [`crate::Error::NotFinite`],
/// [`crate::Error::Negative`], [`crate::Error::NotSymmetric`], [`crate::Error::NoPoints`], [`crate::Error::OnePoint`],
/// [`crate::Error::Scale`], [`crate::Error::TinyDegree`].
pub fn components(a: &Array2<f64>) -> Result<Array1<usize>> {
    let a = &*guard::similarity(a)?;
    let n = a.nrows();
    let unseen = usize::MAX;
    let (mut components, mut count) = (Array1::from_elem(n, unseen), 0);
    for start in 0..n {
        if components[start] != unseen {
            continue;
        }
        components[start] = count;
        let mut waiting = vec![start];
        while let Some(i) = waiting.pop() {
            for j in 0..n {
                if a[[i, j]] > 0.0 && components[j] == unseen {
                    components[j] = count;
                    waiting.push(j);
                }
            }
        }
        count += 1;
    }
    Ok(components)
}
