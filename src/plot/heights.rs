//! A value at each point: the Fiedler vector as a height over the plane.

use super::kit::{
    Area, BAR, Drawn, Figure, Scatter, Scene, Sheet, Swatch, by_sign, coloured, count, dev,
    diverging, draw_bar, drawable, ends, legend, radius, significant,
};
use crate::error::Result;
use crate::guard;
use crate::linalg;
use ndarray::{Array1, Array2};

/// The points of `x`, coloured by the value of `z` at each: blue circles below 0, vermillion triangles from 0 on,
/// darker the farther from 0, grey near it. The scale runs as far below 0 as above.
///
/// ```
/// use fiedler::{data::blog_moons, fiedler_vector, plot, similarity_matrix};
/// let moons = blog_moons();
/// let z = fiedler_vector(&similarity_matrix(&moons.x, 0.4)?)?.vector;
/// let figure = plot::heights(&moons.x, &z)?;
/// assert!(figure.alt().starts_with("200 points coloured by value"));
/// # Ok::<(), fiedler::Error>(())
/// ```
///
/// # Errors
/// As [`super::points`]; [`crate::Error::Length`], [`crate::Error::VectorNotFinite`] for values that are not one number per
/// point, [`crate::Error::Value`] for one too large to be drawn.
pub fn heights(x: &Array2<f64>, z: &Array1<f64>) -> Result<Figure> {
    let scatter = Scatter::new(x, None)?;
    let z = &*guard::vector("z", z, x.nrows())?;
    drawable("an entry of z", z.iter().copied())?;
    let largest = linalg::largest(z);
    let (low, high) = ends(z.iter().copied());
    let below = z.iter().filter(|value| **value < 0.0).count();
    let title = format!("A value at each of {}", count(x.nrows(), "point"));
    let alt = format!(
        "{} coloured by value, from {} to {}: {below} below 0, blue circles, and {} from 0 on, vermillion \
         triangles; the darker, the farther from 0. {}",
        count(x.nrows(), "point"),
        significant(low, 3),
        significant(high, 3),
        x.nrows() - below,
        scatter.extent()
    );
    let heights = Heights {
        scatter,
        z: z.to_vec(),
        largest,
    };
    Ok(Figure::new(&title, &alt, heights))
}

#[derive(Debug)]
struct Heights {
    scatter: Scatter,
    z: Vec<f64>,
    largest: f64,
}

impl Scene for Heights {
    fn draw(&self, area: &Area<'_>, sheet: &mut Sheet) -> Drawn {
        let sign = |value: f64| {
            let (shape, colour) = by_sign(value, 1.0);
            Swatch::Coloured(shape, colour)
        };
        let entries = [
            (sign(-1.0), "below 0".into()),
            (sign(1.0), "0 or above".into()),
        ];
        let area = legend(area, &entries)?;
        let (columns, _) = area.dim_in_pixel();
        let (left, beside) = area.split_horizontally(columns.cast_signed() - dev(BAR));
        let plane = self.scatter.plane(&left, sheet)?;
        let [(x0, top), (x1, bottom)] = plane.corners();
        let radius = radius(self.z.len(), (x1 - x0, bottom - top));
        for (&(x, y), &value) in self.scatter.at.iter().zip(&self.z) {
            let look = by_sign(value, self.largest);
            coloured(&plane.area, plane.at(x, y), look, radius)?;
        }
        // A range of no width would be widened by a half; a z of zeros has a bar of its own kind.
        let end = if self.largest > 0.0 {
            self.largest
        } else {
            1.0
        };
        draw_bar(&beside, &plane, (-end, end), diverging, sheet)
    }
}
