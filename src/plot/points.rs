//! Points in the plane.

use super::kit::{Figure, Scatter, count};
use crate::error::Result;
use ndarray::Array2;

/// The points of `x` by their first two columns, at one scale in both directions (unless they extend more
/// than five times as far in one of them).
///
/// Points of a single column stand on a line.
///
/// ```
/// let blobs = fiedler::data::blog_blobs();
/// let figure = fiedler::plot::points(&blobs.x)?;
/// assert!(figure.alt().starts_with("200 points."));
/// # Ok::<(), fiedler::Error>(())
/// ```
///
/// # Errors
/// [`crate::Error::NoPoints`], [`crate::Error::NoColumns`], [`crate::Error::NotFinite`]; [`crate::Error::Value`] for coordinates
/// too large to be drawn.
pub fn points(x: &Array2<f64>) -> Result<Figure> {
    let scatter = Scatter::new(x, None)?;
    let title = count(x.nrows(), "point");
    let alt = format!("{title}. {}", scatter.extent());
    Ok(Figure::new(&title, &alt, scatter))
}
