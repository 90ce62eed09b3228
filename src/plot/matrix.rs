//! Matrices as pictures: as they stand, and with their rows and columns sorted by label.

use super::kit::{Cells, Figure, count, drawable, groups, significant};
use crate::error::{Error, Result};
use crate::guard;
use ndarray::{Array1, Array2, Axis};
use std::borrow::Cow;

/// The matrix as a picture, row 0 on top: zeros and ones in two colours, other values from light for the
/// smallest to dark for the largest.
///
/// A matrix of more than 400 rows is averaged to 400 × 400 cells, so that a grey cell is a mixed one.
///
/// ```
/// use fiedler::{data::blog_moons, plot, similarity_matrix};
/// let a = similarity_matrix(&blog_moons().x, 0.4)?;
/// assert!(plot::matrix(&a)?.alt().contains("4516 of its 40000 entries are 1"));
/// # Ok::<(), fiedler::Error>(())
/// ```
///
/// # Errors
/// [`Error::NotSquare`], [`Error::NoPoints`], [`Error::NotFinite`]; [`Error::Value`] for entries too
/// large to be drawn.
pub fn matrix(a: &Array2<f64>) -> Result<Figure> {
    let a = &*check(a)?;
    let cells = Cells::new(a, Vec::new());
    let n = a.nrows();
    let title = format!("The matrix, {n} × {n}");
    let alt = format!("A matrix of {}, {}.", count(n, "row"), cells.described(a));
    Ok(Figure::new(&title, &alt, cells))
}

/// [`matrix`] with its rows and columns sorted by label, and lines between the labels: a good split shows
/// as dark blocks along the diagonal.
///
/// ```
/// use fiedler::{data::blog_moons, plot, similarity_matrix};
/// let moons = blog_moons();
/// let a = similarity_matrix(&moons.x, 0.4)?;
/// let figure = plot::matrix_sorted(&a, &moons.y)?;
/// assert!(figure.alt().contains("26 of the 4516 ones lie outside the diagonal blocks"));
/// # Ok::<(), fiedler::Error>(())
/// ```
///
/// # Errors
/// As [`matrix`], and [`Error::Length`] unless there is one label per row.
pub fn matrix_sorted(a: &Array2<f64>, labels: &Array1<usize>) -> Result<Figure> {
    let a = &*check(a)?;
    guard::length("labels", labels.len(), a.nrows())?;
    let mut order: Vec<usize> = (0..labels.len()).collect();
    order.sort_by_key(|&i| labels[i]);
    let sorted = a.select(Axis(0), &order).select(Axis(1), &order);
    let cells = Cells::new(&sorted, groups(labels));
    let n = a.nrows();
    let title = format!("The matrix, {n} × {n}, sorted by label");
    let outside = a
        .indexed_iter()
        .filter(|((i, j), _)| labels[*i] != labels[*j]);
    let share = if cells.binary {
        let ones = outside.filter(|(_, value)| **value > 0.0).count();
        let all = a.sum();
        format!("{ones} of the {all} ones lie outside the diagonal blocks")
    } else {
        let weight: f64 = outside.map(|(_, value)| value.abs()).sum();
        let all = a.mapv(f64::abs).sum();
        let percent = if all > 0.0 { 100.0 * weight / all } else { 0.0 };
        format!(
            "{} % of the weight lies outside the diagonal blocks",
            significant(percent, 2)
        )
    };
    let alt = format!(
        "A matrix of {}, {}, sorted by label into {}: {share}.",
        count(n, "row"),
        cells.described(a),
        count(cells.blocks.len(), "block"),
    );
    Ok(Figure::new(&title, &alt, cells))
}

fn check(a: &Array2<f64>) -> Result<Cow<'_, Array2<f64>>> {
    let (rows, columns) = a.dim();
    if rows != columns {
        return Err(Error::NotSquare { rows, columns });
    }
    let a = guard::points(a, 1)?;
    drawable("an entry of the matrix", a.iter().copied())?;
    Ok(a)
}
