//! Edges whose rows stand along a curve through space, not by the numbers of their vertices.
//!
//! # Definition
//! A place is a number on the curve ([`Order`]). Neighbours in the graph are near in space, so they are near on the curve too: a
//! pass over the rows reads its vector from a window that moves on, in whatever order the points were given. Vectors
//! and labels go in and come out by vertex. Rows by vertex are made when one is asked for.
//!
//! # Source
//! J. Mellor-Crummey, D. Whalley & K. Kennedy, "Improving memory hierarchy performance for irregular applications using
//! data and computation reorderings", Int. J. Parallel Programming 29 (2001), 217–247.

use super::{Chunk, Pieces, Sparse, Weight, Weights, parts, starts};
use crate::engine::order::{Order, short};
use ndarray::Array1;
use rayon::prelude::*;
use std::sync::{Arc, OnceLock};

/// Rows that are renumbered one after the other, by one thread.
const CHUNK: usize = 256;

/// Rows of edges along a curve.
#[derive(Debug, Clone)]
pub(crate) struct AlongCurve {
    pub(crate) order: Arc<Order>,
    /// Place by place, the places of the neighbours.
    pub(crate) rows: Arc<Sparse>,
    /// The same rows by vertex, once asked for.
    by_vertex: OnceLock<Sparse>,
}

impl AlongCurve {
    pub(crate) fn new(order: Arc<Order>, rows: Sparse) -> Self {
        Self {
            order,
            rows: Arc::new(rows),
            by_vertex: OnceLock::new(),
        }
    }

    /// The rows by vertex.
    pub(crate) fn by_vertex(&self) -> &Sparse {
        self.by_vertex.get_or_init(|| match &self.rows.weights {
            Weights::One => self.renumbered(|_| ()),
            Weights::Single(list) => self.renumbered(|entry| list[entry]),
            Weights::Double(list) => self.renumbered(|entry| list[entry]),
        })
    }

    fn renumbered<W: Weight>(&self, weight: impl Fn(usize) -> W + Sync) -> Sparse {
        let rows = &*self.rows;
        let places = self.order.places().iter();
        let starts = starts(places.map(|&place| rows.range(place as usize).len()));
        let mut columns = vec![0; rows.columns.len()];
        let mut weights = vec![W::default(); rows.columns.len()];
        let chunks = parts(&starts, CHUNK, &mut columns).into_par_iter();
        let chunks = chunks.zip(parts(&starts, CHUNK, &mut weights));
        let chunks = chunks.zip(self.order.places().par_chunks(CHUNK));
        chunks.for_each(|((columns, weights), places)| {
            let mut slots = columns.iter_mut().zip(weights);
            let mut row = Vec::new();
            for &place in places {
                let entry = |entry| {
                    (
                        self.order.vertex(rows.columns[entry] as usize),
                        weight(entry),
                    )
                };
                row.extend(rows.range(place as usize).map(entry));
                row.sort_unstable_by_key(|&(vertex, _)| vertex);
                for ((vertex, weight), slot) in row.drain(..).zip(&mut slots) {
                    (*slot.0, *slot.1) = (short(vertex), weight);
                }
            }
        });
        Sparse::new(starts, columns, W::stored(weights))
    }

    /// The same rows with an edge of this weight more between each two vertices, which had none.
    pub(crate) fn with_edges(
        &self,
        edges: impl Iterator<Item = (usize, usize)>,
        weight: f64,
    ) -> Self {
        let mut more: Vec<(usize, usize)> = edges
            .map(|(i, j)| (self.order.place(i), self.order.place(j)))
            .flat_map(|(i, j)| [(i, j), (j, i)])
            .collect();
        more.sort_unstable();
        let mut more = more.into_iter().peekable();
        let (mut all, mut row) = (Chunk::default(), Vec::new());
        for place in 0..self.order.len() {
            self.rows
                .each(place, |other, weight| row.push((other, weight)));
            while let Some((_, other)) = more.next_if(|&(from, _)| from == place) {
                row.push((other, weight));
            }
            row.sort_unstable_by_key(|&(other, _)| other);
            for (other, weight) in row.drain(..) {
                all.push(short(other), weight);
            }
            all.end_row();
        }
        Self::new(self.order.clone(), all.into_sparse())
    }

    /// The components, and the curve for the order.
    pub(super) fn pieces(&self) -> Pieces {
        let along = Pieces::new(super::Edges::Sparse(&self.rows));
        let labels = along.labels.as_slice().expect("a list");
        let mut labels: Array1<usize> = self.order.by_vertex(labels).into();
        // The walk numbered them as they come along the curve.
        let mut numbers = vec![usize::MAX; along.count];
        let mut count = 0;
        for label in &mut labels {
            let number = &mut numbers[*label];
            if *number == usize::MAX {
                *number = count;
                count += 1;
            }
            *label = *number;
        }
        Pieces {
            labels,
            count,
            order: self.order.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::sparse::Edges;
    use ndarray::{Array2, array};

    /// The path 2–0–3–1 with the weights 1, ½ and ¼, and the edge 4–5, place by place in the order 5, 3, 0, 4, 2, 1.
    fn path_and_edge() -> (AlongCurve, Array2<f64>) {
        let order = vec![5, 3, 0, 4, 2, 1];
        let rows = Sparse::from_rows(vec![
            vec![(3, 1.0)],
            vec![(2, 0.5), (5, 0.25)],
            vec![(4, 1.0), (1, 0.5)],
            vec![(0, 1.0)],
            vec![(2, 1.0)],
            vec![(1, 0.25)],
        ]);
        let mut matrix = Array2::zeros((6, 6));
        for (i, j, weight) in [(0, 2, 1.0), (0, 3, 0.5), (1, 3, 0.25), (4, 5, 1.0)] {
            matrix[[i, j]] = weight;
            matrix[[j, i]] = weight;
        }
        (AlongCurve::new(Arc::new(Order::new(order)), rows), matrix)
    }

    #[test]
    fn the_rows_by_vertex_are_those_of_the_matrix_each_ascending() {
        let (curve, matrix) = path_and_edge();
        let edges = Edges::AlongCurve(&curve);
        assert_eq!(edges.matrix(), matrix);
        assert_eq!(edges.of(0).collect::<Vec<_>>(), [(2, 1.0), (3, 0.5)]);
        assert_eq!(edges.of(3).collect::<Vec<_>>(), [(0, 0.5), (1, 0.25)]);
    }

    #[test]
    fn the_words_say_what_they_say_of_the_matrix() {
        let (curve, matrix) = path_and_edge();
        let (along, dense) = (Edges::AlongCurve(&curve), Edges::Dense(&matrix));
        let z = array![1.0, -2.0, 3.0, 0.5, 7.0, -1.0];
        let labels = array![0, 1, 0, 1, 2, 1];
        assert_eq!(along.vertices(), 6);
        assert_eq!(along.degrees(), dense.degrees());
        assert_eq!(along.times(&z), dense.times(&z));
        assert!((along.energy(&z) - dense.energy(&z)).abs() < 1e-13);
        assert_eq!(
            along.cuts_and_volumes(&labels, 3),
            dense.cuts_and_volumes(&labels, 3)
        );
    }

    #[test]
    fn components_are_numbered_by_the_first_vertex_and_not_by_the_first_place() {
        let (curve, _) = path_and_edge();
        let pieces = Edges::AlongCurve(&curve).pieces();
        assert_eq!(pieces.labels, array![0, 0, 0, 0, 1, 1]);
        assert_eq!(pieces.count, 2);
        assert_eq!(pieces.order.vertices(), [5, 3, 0, 4, 2, 1]);
    }
}
