//! An order of the vertices.
//!
//! # Definition
//! A *place* is a number in the order, from 0; a *vertex* is a number in the graph as it was given. Lists come by vertex or
//! by place, and only here does one become the other: a list that is read in the wrong order is no error that anybody sees.
//!
//! # Must hold
//! The places are those of the vertices: the two undo each other.

use ndarray::{Array2, ArrayView2, Axis};
use rayon::prelude::*;

/// Entries that one thread takes at a time.
const ENTRIES: usize = 1 << 12;

/// Which vertex stands at each place, and at which place each vertex.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Order {
    vertices: Vec<u32>,
    places: Vec<u32>,
}

/// A number of a vertex or a place as it is stored.
pub(crate) fn short(number: usize) -> u32 {
    u32::try_from(number).expect("the guard lets fewer than 2^32 through")
}

impl Order {
    /// The order in which these vertices come, each once.
    pub(crate) fn new(vertices: Vec<u32>) -> Self {
        let mut places = vec![0; vertices.len()];
        for (place, &vertex) in (0..).zip(&vertices) {
            places[vertex as usize] = place;
        }
        Self { vertices, places }
    }

    /// The number of vertices.
    pub(crate) fn len(&self) -> usize {
        self.vertices.len()
    }

    /// The vertex at each place.
    pub(crate) fn vertices(&self) -> &[u32] {
        &self.vertices
    }

    /// The place of each vertex.
    pub(crate) fn places(&self) -> &[u32] {
        &self.places
    }

    /// The vertex at this place.
    pub(crate) fn vertex(&self, place: usize) -> usize {
        self.vertices[place] as usize
    }

    /// The place of this vertex.
    pub(crate) fn place(&self, vertex: usize) -> usize {
        self.places[vertex] as usize
    }

    /// A list by place of one by vertex.
    pub(crate) fn by_place<T: Copy + Send + Sync>(&self, by_vertex: &[T]) -> Vec<T> {
        picked(by_vertex, &self.vertices)
    }

    /// A list by vertex of one by place.
    pub(crate) fn by_vertex<T: Copy + Send + Sync>(&self, by_place: &[T]) -> Vec<T> {
        picked(by_place, &self.places)
    }

    /// Columns by vertex, each a row, of columns by place.
    pub(crate) fn rows_by_vertex(&self, columns: ArrayView2<'_, f64>) -> Array2<f64> {
        let mut rows = Array2::zeros((columns.ncols(), columns.nrows()));
        for (mut row, column) in rows.rows_mut().into_iter().zip(columns.axis_iter(Axis(1))) {
            for (value, &vertex) in column.iter().zip(&self.vertices) {
                row[vertex as usize] = *value;
            }
        }
        rows
    }

    /// This order of the places of another, as an order of the vertices.
    pub(crate) fn of_places_in(&self, other: &Self) -> Self {
        Self::new(picked(&other.vertices, &self.vertices))
    }
}

/// The items of a list at these indices.
fn picked<T: Copy + Send + Sync>(list: &[T], at: &[u32]) -> Vec<T> {
    let at = at.par_iter().with_min_len(ENTRIES);
    at.map(|&at| list[at as usize]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;

    #[test]
    fn what_stands_by_vertex_stands_by_place_and_back() {
        let order = Order::new(vec![2, 0, 3, 1]);
        assert_eq!(order.places(), [1, 3, 0, 2]);
        assert_eq!((order.vertex(0), order.place(2)), (2, 0));
        let by_vertex = ['a', 'b', 'c', 'd'];
        let by_place = order.by_place(&by_vertex);
        assert_eq!(by_place, ['c', 'a', 'd', 'b']);
        assert_eq!(order.by_vertex(&by_place), by_vertex);
        let columns = array![[2.0, 20.0], [0.0, 0.0], [3.0, 30.0], [1.0, 10.0]];
        let rows = array![[0.0, 1.0, 2.0, 3.0], [0.0, 10.0, 20.0, 30.0]];
        assert_eq!(order.rows_by_vertex(columns.view()), rows);
    }

    #[test]
    fn an_order_of_places_is_one_of_vertices() {
        let first = Order::new(vec![2, 0, 3, 1]);
        let further = Order::new(vec![3, 2, 1, 0]);
        assert_eq!(further.of_places_in(&first).vertices(), [1, 3, 0, 2]);
    }
}
