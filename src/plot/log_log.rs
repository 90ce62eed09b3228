//! Time against size, or any two positive quantities: both axes logarithmic, so that a power is a straight line.

use super::kit::{
    Area, Axis, Dash, Drawn, Figure, HALF_HEIGHT, Plane, Scene, Sheet, Swatch, ascending, colour,
    count, interval, legend, line, look_name, marker, one_line, plane_size, significant, some,
    with_margin,
};
use crate::error::Result;

/// Lines through (x, y), one a series, on two logarithmic axes. Where y grows as xᵖ the line is straight, and p is
/// its slope; the alternative text gives it between the two ends of each line.
///
/// [`Figure::with_axes`] names the axes.
///
/// ```
/// use fiedler::plot;
/// let (n, seconds) = ([1e3, 1e4, 1e5], [0.01, 1.0, 100.0]);
/// let figure = plot::log_log(&[("all pairs", &n[..], &seconds[..])])?.with_axes("n", "seconds");
/// assert!(figure.alt().contains("goes from 0.01 at 1000 to 100 at 100000, by the power 2"));
/// # Ok::<(), fiedler::Error>(())
/// ```
///
/// # Errors
/// [`crate::Error::Count`] for no series or one without points; [`crate::Error::Value`] for a number that is not positive and finite;
/// [`crate::Error::Length`] where x and y differ in length.
pub fn log_log<S: AsRef<str>>(series: &[(S, &[f64], &[f64])]) -> Result<Figure> {
    some("the number of series", series.len())?;
    let mut curves = Vec::new();
    let mut alt = Vec::new();
    for (i, (name, xs, ys)) in series.iter().enumerate() {
        let holds = |value: f64| value > 0.0 && value.is_finite();
        let through = ascending(xs, ys, Some, ("positive and finite", holds))?;
        let name = one_line(name.as_ref());
        alt.push(described(&name, i, &through));
        let log = |&(x, y): &(f64, f64)| (x.log10(), y.log10());
        curves.push(Curve {
            name,
            through: through.iter().map(log).collect(),
        });
    }
    let alt = format!(
        "{} on two logarithmic axes. {}.",
        count(curves.len(), "line"),
        alt.join("; ")
    );
    Ok(Figure::new("", &alt, LogLog { curves }))
}

/// A line in words, from its first point to its last.
fn described(name: &str, i: usize, through: &[(f64, f64)]) -> String {
    let pattern = ["solid", "dashed", "dotted"][i % 3];
    let markers = look_name(i);
    let markers = markers.split_once(' ').map_or("", |(_, shape)| shape);
    let look = format!("{name}, a {pattern} line with {markers},");
    let (Some(&(x, y)), Some(&(last_x, last_y))) = (through.first(), through.last()) else {
        return look;
    };
    let (at, from) = (significant(x, 3), significant(y, 3));
    if last_x > x {
        // The quotient of logarithms, each within the range of f64.
        let power = (last_y.log10() - y.log10()) / (last_x.log10() - x.log10());
        format!(
            "{look} goes from {from} at {at} to {} at {}, by the power {}",
            significant(last_y, 3),
            significant(last_x, 3),
            significant(power, 3)
        )
    } else {
        format!("{look} is {from} at {at}")
    }
}

/// A series, its numbers as logarithms, ascending in x.
#[derive(Debug)]
struct Curve {
    name: String,
    through: Vec<(f64, f64)>,
}

#[derive(Debug)]
struct LogLog {
    curves: Vec<Curve>,
}

impl Scene for LogLog {
    /// Beside another the legend has room for a few names only.
    fn half_height(&self) -> Option<i32> {
        (self.curves.len() <= 4).then_some(HALF_HEIGHT)
    }

    fn draw(&self, area: &Area<'_>, sheet: &mut Sheet) -> Drawn {
        let entry = |(i, curve): (usize, &Curve)| {
            let swatch = Swatch::Line(colour(i), Dash::nth(i), Some(i));
            (swatch, curve.name.clone())
        };
        let entries: Vec<_> = self.curves.iter().enumerate().map(entry).collect();
        let area = legend(area, &entries)?;
        let all = || self.curves.iter().flat_map(|curve| &curve.through);
        let xs = with_a_power(with_margin(interval(all().map(|at| at.0)), 0.03));
        let ys = with_a_power(with_margin(interval(all().map(|at| at.1)), 0.05));
        let [x_name, y_name] = sheet.names("x", "y");
        let axes = |room: (f64, f64)| {
            (
                Axis::log10(&x_name, xs, room.0),
                Axis::log10(&y_name, ys, room.1),
            )
        };
        let (x, y) = axes((600.0, 300.0));
        let (x, y) = axes(plane_size(&area, &x, &y));
        let plane = Plane::draw(&area, &x, &y)?;
        for (i, curve) in self.curves.iter().enumerate() {
            let at: Vec<(i32, i32)> = curve.through.iter().map(|&(x, y)| plane.at(x, y)).collect();
            line(&plane.area, &at, colour(i), Dash::nth(i), 2.0)?;
            for &at in &at {
                marker(&plane.area, at, i, 5.0)?;
            }
        }
        Ok(())
    }
}

/// The interval, widened to hold two whole powers of ten: an axis without ticks says nothing.
fn with_a_power((from, to): (f64, f64)) -> (f64, f64) {
    if to.floor() - from.ceil() >= 1.0 {
        (from, to)
    } else {
        (from.floor(), to.ceil())
    }
}
