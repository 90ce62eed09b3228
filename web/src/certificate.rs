//! Every threshold of the second eigenvector, beside what Cheeger promises of the best: the figure of the chapter on
//! certificates.

use crate::{Answer, words};
use fiedler::certificate::{cheeger_bounds, conductance};
use fiedler::labelling::sweep;
use fiedler::ndarray::{Array1, Array2};
use fiedler::{Graph, labels_by_sign};

/// Numbers for each point in the input: x, y and a label.
const EACH: usize = 3;
/// Columns and rows of the grid that [`contour_field`] gives.
pub const GRID: (usize, usize) = (73, 55);

/// All splits of the ε graph by a threshold of z₂. The input: x, y and the true label of n points.
///
/// The answer: edges m, components, λ₂, Cheeger's λ₂/2 and √(2λ₂); how many points lie below the threshold of the smallest
/// normalised cut, and that cut; the same for the smallest conductance; how many points lie below 0. Then n entries of z₂,
/// of the two signs the one for which the points labelled 1 lie higher; n indices of the points by ascending entry; n − 1
/// normalised cuts and n − 1 conductances, of 1, 2, … points below the threshold, infinite where equal entries leave
/// no room for one; and the ends of m edges.
///
/// # Errors
/// As `Graph::epsilon`, `Graph::smallest_eigenpairs` and `sweep`, in the crate's words.
pub fn all_thresholds(numbers: &[f64], epsilon: f64) -> Answer {
    of_points(numbers, |x, truth| {
        let graph = Graph::epsilon(x, epsilon)?;
        let pairs = graph.smallest_eigenpairs(2.min(graph.vertex_count()))?;
        let mut z = pairs.vectors.column(1).to_owned();
        if height_of_ones(&z, truth) < 0.0 {
            z.mapv_inplace(|entry| -entry);
        }
        let second = pairs.values[1];
        let (floor, ceiling) = cheeger_bounds(second.clamp(0.0, 2.0))?;
        let found = sweep(&graph, &z)?;
        let below = labels_by_sign(&z)?.iter().filter(|&&l| l == 0).count();
        let (best, smallest) = (least(&found.normcuts), least(&found.conductances));
        let mut answer = vec![
            graph.edge_count() as f64,
            graph.component_count() as f64,
            second,
            floor,
            ceiling,
            (best + 1) as f64,
            found.normcuts[best],
            (smallest + 1) as f64,
            found.conductances[smallest],
            below as f64,
        ];
        answer.extend(&z);
        answer.extend(found.order.iter().map(|&i| i as f64));
        answer.extend(&found.normcuts);
        answer.extend(&found.conductances);
        for (i, j, _) in graph.weighted_edges() {
            answer.extend([i as f64, j as f64]);
        }
        Ok(answer)
    })
}

/// One split of the ε graph. The input: x, y and the side, 0 or 1, of n points. The answer: the cut, the volumes of side 0
/// and of side 1, the normalised cut, and the conductance.
///
/// # Errors
/// As `Graph::epsilon` and `Graph::normcut`, in the crate's words.
pub fn one_split(numbers: &[f64], epsilon: f64) -> Answer {
    of_points(numbers, |x, sides| {
        let graph = Graph::epsilon(x, epsilon)?;
        let volumes = graph.vols(sides)?;
        Ok(vec![
            graph.cut(sides)?,
            volumes[0],
            volumes.get(1).copied().unwrap_or(0.0),
            graph.normcut(sides)?,
            conductance(&graph, sides)?[0],
        ])
    })
}

/// Entries spread over the plane, for a contour among the points. The input: x, y and the entry of n points; the window
/// is `[left, right, bottom, top]`.
///
/// The answer: at each place of a grid over the window, row by row from below, the mean of all entries, weighed by a
/// Gaussian of this width; NaN where no point is within three widths.
///
/// # Errors
/// For a width that is not above 0.
pub fn contour_field(numbers: &[f64], width: f64, window: [f64; 4]) -> Answer {
    if width.is_nan() || width <= 0.0 {
        return Err(format!("a width is above 0, and {width} is not"));
    }
    let [left, right, bottom, top] = window;
    let (columns, rows) = GRID;
    let share = |place: usize, count: usize| place as f64 / (count - 1) as f64;
    let mean = |(row, column): (usize, usize)| {
        let x = left + share(column, columns) * (right - left);
        let y = bottom + share(row, rows) * (top - bottom);
        let near = numbers.chunks_exact(EACH).filter_map(|point| {
            let square = ((point[0] - x).powi(2) + (point[1] - y).powi(2)) / (width * width);
            (square < 9.0).then(|| ((-square / 2.0).exp(), point[2]))
        });
        let (weights, sum) = near.fold((0.0, 0.0), |(weights, sum), (weight, entry)| {
            (weights + weight, sum + weight * entry)
        });
        sum / weights
    };
    let places = (0..rows).flat_map(|row| (0..columns).map(move |column| (row, column)));
    Ok(places.map(mean).collect())
}

/// Calls with the points and their labels.
fn of_points(
    numbers: &[f64],
    compute: impl FnOnce(&Array2<f64>, &Array1<usize>) -> fiedler::Result<Vec<f64>>,
) -> Answer {
    let n = numbers.len() / EACH;
    let x = Array2::from_shape_fn((n, 2), |(i, axis)| numbers[EACH * i + axis]);
    let labels = Array1::from_shape_fn(n, |i| usize::from(numbers[EACH * i + 2] > 0.5));
    compute(&x, &labels).map_err(|error| words(&error))
}

/// How much higher the entries labelled 1 lie than those labelled 0, on the whole.
fn height_of_ones(z: &Array1<f64>, labels: &Array1<usize>) -> f64 {
    let side = |wanted: usize| {
        let entries = z.iter().zip(labels).filter(|&(_, &label)| label == wanted);
        let (sum, count) = entries.fold((0.0, 0.0), |(sum, count), (entry, _)| {
            (sum + entry, count + 1.0)
        });
        sum / f64::max(count, 1.0)
    };
    side(1) - side(0)
}

/// Where the smallest is, the first of equal ones.
fn least(values: &Array1<f64>) -> usize {
    (0..values.len()).fold(0, |best, i| if values[i] < values[best] { i } else { best })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_field_is_the_entry_near_one_point_and_lies_between_two() {
        let points = [0.0, 0.0, -1.0, 2.0, 0.0, 3.0];
        let field = contour_field(&points, 0.5, [0.0, 2.0, 0.0, 1.0]).unwrap();
        assert_eq!(field.len(), GRID.0 * GRID.1);
        let below = &field[..GRID.0];
        assert!((below[0] + 1.0).abs() < 1e-2 && (below[GRID.0 - 1] - 3.0).abs() < 1e-2);
        assert!((below[GRID.0 / 2] - 1.0).abs() < 1e-12);
        // Of one point alone a mean is its entry, but for rounding.
        assert!(below.windows(2).all(|pair| pair[0] <= pair[1] + 1e-15));
        let far = contour_field(&points, 0.1, [5.0, 6.0, 5.0, 6.0]).unwrap();
        assert!(far.iter().all(|value| value.is_nan()));
        assert!(contour_field(&points, f64::NAN, [0.0, 1.0, 0.0, 1.0]).is_err());
    }
}
