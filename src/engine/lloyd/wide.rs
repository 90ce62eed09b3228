//! Many columns and many centres: distances by products of matrices.
//!
//! # Definition
//! ‖x − c‖² = ‖x‖² + ‖c‖² − 2xᵀc, and all the xᵀc are one product of two matrices, which a processor computes many times
//! faster than distances one by one. It rounds by the size of x and c, not of the distance: so what decides, the
//! distance from the nearest centre, and where two come too close to tell which is nearer, is computed once more from
//! the coordinates. Labels are what they would be by distances alone.
//!
//! # Known value
//! The points (1, 0), (0, 1) and (1, 0): the squared distances from the first are 0, 2, 0.

use super::lanes::Turned;
use super::settle::Settled;
use crate::linalg::{of_rows, product};
use ndarray::{Array1, Array2, ArrayView1, ArrayView2, Axis};
use rayon::prelude::*;

/// Columns, and centres, from which on it pays.
const MANY: usize = 32;
/// Points up to which the products of all with all are kept: 128 MiB.
const KEPT: usize = 4096;
/// Points that one thread takes at a time.
const ROWS: usize = 256;
/// A squared distance beside the squared lengths below which half of its digits are lost.
const CANCELLED: f64 = 1e-6;

/// The points, one a row.
pub(super) struct Wide {
    rows: Array2<f64>,
    /// ‖x‖².
    squares: Array1<f64>,
    /// All xᵢᵀxⱼ, of few points.
    products: Option<Array2<f64>>,
}

impl Wide {
    /// The points, where they are to have so many centres that it pays.
    pub(super) fn where_it_pays(points: &Turned, k: usize) -> Option<Self> {
        (k >= MANY && points.columns >= MANY).then(|| {
            let entries: Vec<f64> = (0..points.rows).flat_map(|row| points.row(row)).collect();
            let rows = Array2::from_shape_vec((points.rows, points.columns), entries);
            Self::new(rows.expect("rows of one length"))
        })
    }

    fn new(rows: Array2<f64>) -> Self {
        Self {
            squares: of_rows(rows.view(), |x| x.dot(&x)),
            products: (rows.nrows() <= KEPT).then(|| product(rows.view(), rows.t())),
            rows,
        }
    }

    /// The squared distances of all points from these, one point of them a row.
    pub(super) fn squares_from(&self, points: &[usize]) -> Array2<f64> {
        let mut squares = match &self.products {
            Some(products) => products.select(Axis(0), points),
            None => product(self.rows.select(Axis(0), points).view(), self.rows.t()),
        };
        for (mut squares, &point) in squares.rows_mut().into_iter().zip(points) {
            for (i, square) in squares.iter_mut().enumerate() {
                let lengths = self.squares[i] + self.squares[point];
                *square = lengths - 2.0 * *square;
                if *square <= CANCELLED * lengths {
                    *square = squared_distance(self.rows.row(i), self.rows.row(point));
                }
            }
        }
        squares
    }

    /// The nearest centre of each point, of several the first, and the squared distance.
    fn nearest(&self, centers: ArrayView2<'_, f64>) -> Vec<(usize, f64)> {
        let squares = of_rows(centers, |center| center.dot(&center));
        let longest = squares.fold(0.0, |longest: f64, &square| longest.max(square));
        // One rounding for each of the terms of a product, with room to spare.
        let rounding = 4.0 * centers.ncols() as f64 * f64::EPSILON;
        let of_point = |(x, products): (ArrayView1<'_, f64>, ArrayView1<'_, f64>)| {
            let about = &squares - &(&products * 2.0);
            let least = about.fold(f64::INFINITY, |least: f64, &square| least.min(square));
            let most = least + rounding * (x.dot(&x) + longest);
            let close = about
                .iter()
                .enumerate()
                .filter(|&(_, &square)| square <= most);
            let exact = close.map(|(j, _)| (j, squared_distance(x, centers.row(j))));
            let first = exact.min_by(|one, other| one.1.total_cmp(&other.1));
            first.expect("the least is one of them")
        };
        let chunks: Vec<_> = self.rows.axis_chunks_iter(Axis(0), ROWS).collect();
        let of_chunk = |rows: ArrayView2<'_, f64>| -> Vec<(usize, f64)> {
            let products = rows.dot(&centers.t());
            let points = rows.rows().into_iter().zip(products.rows());
            points.map(of_point).collect()
        };
        let found: Vec<Vec<_>> = chunks.into_par_iter().map(of_chunk).collect();
        found.concat()
    }

    /// The squared distance of each point from the nearest of these centres.
    pub(super) fn least(&self, centers: Vec<f64>) -> Vec<f64> {
        let nearest = self.nearest(self.centers(centers).view());
        nearest.into_iter().map(|(_, square)| square).collect()
    }

    /// Centres that stand one after the other, one a row.
    fn centers(&self, centers: Vec<f64>) -> Array2<f64> {
        let d = self.rows.ncols();
        let centers = Array2::from_shape_vec((centers.len() / d, d), centers);
        centers.expect("centres of d coordinates")
    }

    /// Lloyd's two steps from these centres, at most `steps` of them.
    pub(super) fn settle(
        &self,
        weights: Option<&[f64]>,
        centers: Vec<f64>,
        steps: usize,
    ) -> Settled {
        let weight = |row: usize| weights.map_or(1.0, |weights| weights[row]);
        let mut centers = self.centers(centers);
        let mut found = self.nearest(centers.view());
        for _ in 0..steps {
            let mut sums = Array2::<f64>::zeros(centers.dim());
            let mut sizes = vec![0.0; centers.nrows()];
            for (row, &(label, _)) in found.iter().enumerate() {
                sums.row_mut(label)
                    .scaled_add(weight(row), &self.rows.row(row));
                sizes[label] += weight(row);
            }
            for (label, &size) in sizes.iter().enumerate() {
                // A cluster without points keeps its centre.
                if size > 0.0 {
                    centers.row_mut(label).assign(&(&sums.row(label) / size));
                }
            }
            let before = std::mem::replace(&mut found, self.nearest(centers.view()));
            let mut labels = found.iter().zip(&before);
            if labels.all(|(new, old)| new.0 == old.0) {
                break;
            }
        }
        let shares = found.iter().enumerate();
        Settled {
            inertia: shares.map(|(row, &(_, square))| weight(row) * square).sum(),
            labels: found.into_iter().map(|(label, _)| label).collect(),
            centers: centers.into_iter().collect(),
        }
    }
}

/// One coordinate after the other, as `squares` of the narrow ones.
fn squared_distance(x: ArrayView1<'_, f64>, c: ArrayView1<'_, f64>) -> f64 {
    let pairs = x.iter().zip(c);
    pairs.fold(0.0, |sum, (x, c)| sum + (x - c) * (x - c))
}

#[cfg(test)]
mod tests {
    use super::super::settle::settle;
    use super::*;
    use crate::linalg::RandomState;
    use ndarray::array;

    /// Groups of points about k places, some of them equal.
    fn groups(n: usize, d: usize, k: usize) -> Array2<f64> {
        let mut rng = RandomState::new(0);
        let places = Array2::from_shape_simple_fn((k, d), || rng.standard_normal());
        let mut x = places.select(Axis(0), &(0..n).map(|i| i % k).collect::<Vec<_>>());
        for mut row in x.rows_mut().into_iter().skip(n / 2) {
            row.mapv_inplace(|entry| entry + 0.3 * rng.standard_normal());
        }
        x
    }

    #[test]
    fn squared_distances_keep_their_digits_also_where_points_are_close() {
        let known = Wide::new(array![[1., 0.], [0., 1.], [1., 0.]]);
        assert_eq!(known.squares_from(&[0]), array![[0., 2., 0.]]);
        let mut x = groups(100, 40, 7);
        let close = x.row(3).mapv(|entry| entry + 1e-9);
        x.row_mut(4).assign(&close);
        let squares = Wide::new(x.clone()).squares_from(&[3, 50]);
        for (row, point) in [(0, 3), (1, 50)] {
            for i in 0..100 {
                let wanted = squared_distance(x.row(i), x.row(point));
                assert!((squares[[row, i]] - wanted).abs() <= 1e-9 * wanted);
            }
        }
    }

    #[test]
    fn the_steps_lead_where_they_lead_without_products_also_where_all_points_are_close() {
        let (n, d, k) = (700, 33, 40);
        let weights: Vec<f64> = (0..n).map(|i| 1.0 + (i % 3) as f64).collect();
        for scale in [1.0, 1e-5, 1e-9] {
            let x = groups(n, d, k + 5) * scale + 1.0;
            let points = Turned::new(&x, &Array1::zeros(d));
            let wide = Wide::where_it_pays(&points, k).expect("it pays");
            // Two centres in one place: the first of them counts.
            let start: Vec<f64> = (0..k).flat_map(|j| points.row(j.max(1))).collect();
            for weights in [None, Some(&weights[..])] {
                let found = wide.settle(weights, start.clone(), 300);
                let wanted = settle(&points, weights, start.clone());
                assert_eq!(found.labels, wanted.labels, "{scale:e}");
                // Coordinates about 1 hold differences of this scale to so many digits.
                let rounding = 1e-12 + 10.0 * f64::EPSILON / scale;
                assert!((found.inertia - wanted.inertia).abs() <= rounding * wanted.inertia);
            }
        }
    }
}
