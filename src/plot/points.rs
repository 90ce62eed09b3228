//! Points in the plane, plain or by their labels.

use super::kit::{Figure, Scatter, count};
use crate::error::Result;
use ndarray::{Array1, Array2};

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

/// The points of `x` with a marker and a colour for each label of `labels`.
///
/// ```
/// let moons = fiedler::data::blog_moons();
/// let found = fiedler::kmeans(&moons.x, 2, 0)?;
/// let figure = fiedler::plot::clusters(&moons.x, &found.labels)?.with_title("k-means on two moons");
/// assert!(figure.alt().contains("2 clusters"));
/// # Ok::<(), fiedler::Error>(())
/// ```
///
/// # Errors
/// As [`points`], and [`crate::Error::Length`] unless there is one label per point.
pub fn clusters(x: &Array2<f64>, labels: &Array1<usize>) -> Result<Figure> {
    let scatter = Scatter::new(x, Some(labels))?;
    let title = format!(
        "{} in {}",
        count(x.nrows(), "point"),
        count(scatter.groups.len(), "cluster")
    );
    let alt = format!("{title}: {}. {}", scatter.described(), scatter.extent());
    Ok(Figure::new(&title, &alt, scatter))
}
