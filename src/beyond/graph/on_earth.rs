//! Graphs of places on the earth.

use super::builders::within;
use super::{Graph, Symmetry};
use crate::error::Result;
use crate::geography::{chord, on_sphere};
use crate::guard;
use crate::points::Points;

impl Graph {
    /// The ε graph of places, latitude and longitude in degrees: an edge of weight 1 between every two within so many
    /// kilometres of each other, along the great circle. Sparse.
    ///
    /// ```
    /// use fiedler::{Graph, ndarray::array};
    /// // Munich, Augsburg (56 km away) and Suva, 16,000 km from both.
    /// let places = array![[48.137, 11.575], [48.371, 10.898], [-18.142, 178.442]];
    /// let graph = Graph::haversine_epsilon(&places, 60.0)?;
    /// assert_eq!(graph.neighbors(0)?, [(1, 1.0)]);
    /// assert_eq!(graph.isolated_vertices(), [2]);
    /// # Ok::<(), fiedler::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`on_sphere`] and [`Graph::epsilon`].
    pub fn haversine_epsilon(places: &(impl Points + ?Sized), kilometers: f64) -> Result<Self> {
        let x = on_sphere(places)?;
        guard::epsilon(kilometers)?;
        within(&x, chord(kilometers))
    }

    /// The graph of the `k` places nearest to each along the great circle, made symmetric. Sparse.
    ///
    /// # Errors
    /// As [`on_sphere`] and [`Graph::nearest_neighbors`].
    pub fn haversine_nearest_neighbors(
        places: &(impl Points + ?Sized),
        symmetry: Symmetry,
        k: usize,
    ) -> Result<Self> {
        Self::nearest_neighbors(&on_sphere(places)?, symmetry, k)
    }
}
