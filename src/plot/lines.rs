//! Curves over a parameter: what a sweep found.

use super::kit::{
    AXIS, Area, Axis, Dash, Drawn, Figure, Plane, Scene, Sheet, Spaced, Swatch, ascending, colour,
    count, dev, interval, legend, line, look_name, marker, one_line, plane_size, significant, some,
    with_margin,
};
use crate::error::Result;

/// One of several [`lines`]: its name, its x in any order, and the y of each, where there is one.
pub type Series<'a, S> = (S, &'a [f64], &'a [Option<f64>]);

/// Lines through (x, y), one a series, each with a pattern and markers of its own: what a sweep over a parameter
/// found. Where y is `None` the line is broken, and a grey dotted line marks the place, with the marker of the
/// series at its foot: that setting gave no value.
///
/// [`Figure::with_axes`] names the axes.
///
/// ```
/// use fiedler::plot;
/// let epsilons = [0.1, 0.2, 0.3, 0.4];
/// let ari = [None, Some(1.0), Some(1.0), Some(0.4)];
/// let figure = plot::lines(&[("moons", &epsilons[..], &ari[..])])?.with_axes("ε", "ARI");
/// assert!(figure.alt().contains("moons, a solid line with circles, is largest, 1, at 0.2"));
/// # Ok::<(), fiedler::Error>(())
/// ```
///
/// # Errors
/// [`crate::Error::Count`] for no series or one without points; [`crate::Error::Value`] for a number that is not finite or beyond ±1e300;
/// [`crate::Error::Length`] where x and y differ in length.
pub fn lines<S: AsRef<str>>(series: &[Series<'_, S>]) -> Result<Figure> {
    some("the number of series", series.len())?;
    let mut curves = Vec::new();
    let mut alt = Vec::new();
    for (i, (name, xs, ys)) in series.iter().enumerate() {
        let wanted = "finite and between -1e300 and 1e300; None where there is no value";
        let holds = |value: f64| value.is_finite() && value.abs() <= 1e300;
        let through = ascending(xs, ys, |y| y, (wanted, holds))?;
        let curve = Curve {
            name: one_line(name.as_ref()),
            through,
        };
        alt.push(curve.described(i));
        curves.push(curve);
    }
    let (low, high) = interval(
        curves
            .iter()
            .flat_map(|curve| curve.through.iter().map(|at| at.0)),
    );
    let alt = format!(
        "{} from {} to {}. {}.",
        count(curves.len(), "line"),
        significant(low, 3),
        significant(high, 3),
        alt.join("; ")
    );
    Ok(Figure::new("", &alt, Lines { curves }))
}

#[derive(Debug)]
struct Curve {
    name: String,
    /// Ascending in x.
    through: Vec<(f64, Option<f64>)>,
}

impl Curve {
    fn values(&self) -> impl Iterator<Item = (f64, f64)> + '_ {
        self.through.iter().filter_map(|&(x, y)| y.map(|y| (x, y)))
    }

    fn described(&self, i: usize) -> String {
        let pattern = ["solid", "dashed", "dotted"][i % 3];
        let markers = look_name(i);
        let markers = markers.split_once(' ').map_or("", |(_, shape)| shape);
        let look = format!("{}, a {pattern} line with {markers},", self.name);
        let missing = self.through.len() - self.values().count();
        let missing = if missing == 0 {
            String::new()
        } else {
            format!(", without a value at {}", count(missing, "setting"))
        };
        // Of equal ones the first.
        let Some((at, largest)) = self.values().min_by(|a, b| b.1.total_cmp(&a.1)) else {
            return format!("{look} has no value");
        };
        let last = self
            .values()
            .filter(|(_, y)| y.total_cmp(&largest).is_eq())
            .last();
        let until = match last {
            Some((x, _)) if x > at => format!(" (last at {})", significant(x, 3)),
            _ => String::new(),
        };
        let smallest = self.values().map(|(_, y)| y).fold(f64::INFINITY, f64::min);
        format!(
            "{look} is largest, {}, at {}{until}, and smallest with {}{missing}",
            significant(largest, 3),
            significant(at, 3),
            significant(smallest, 3),
        )
    }
}

#[derive(Debug)]
struct Lines {
    curves: Vec<Curve>,
}

impl Scene for Lines {
    fn draw(&self, area: &Area<'_>, sheet: &mut Sheet) -> Drawn {
        let entry = |(i, curve): (usize, &Curve)| {
            let swatch = Swatch::Line(colour(i), Dash::nth(i), Some(i));
            (swatch, curve.name.clone())
        };
        let mut entries: Vec<_> = self.curves.iter().enumerate().map(entry).collect();
        let all = || self.curves.iter().flat_map(|curve| &curve.through);
        if all().any(|at| at.1.is_none()) {
            entries.push((
                Swatch::Line(AXIS, Dash::Dotted, None),
                "no value of the series at its foot".into(),
            ));
        }
        let area = legend(area, &entries)?;
        let xs = with_margin(interval(all().map(|at| at.0)), 0.03);
        let mut ys = with_margin(interval(all().filter_map(|at| at.1)), 0.05);
        if all().any(|at| at.1.is_none()) {
            // Room for the feet below every line.
            ys.0 -= 0.04 * self.curves.len().min(6) as f64 * (ys.1 - ys.0);
        }
        let [x_name, y_name] = sheet.names("x", "y");
        let axes = |room: (f64, f64)| {
            (
                Axis::linear(&x_name, xs, room.0, Spaced::Beside),
                Axis::linear(&y_name, ys, room.1, Spaced::Above),
            )
        };
        let (x, y) = axes((600.0, 300.0));
        let (x, y) = axes(plane_size(&area, &x, &y));
        let plane = Plane::draw(&area, &x, &y)?;
        let [(_, top), (_, bottom)] = plane.corners();
        for (i, curve) in self.curves.iter().enumerate() {
            for (x, _) in curve.through.iter().filter(|at| at.1.is_none()) {
                let across = plane.at(*x, ys.0).0;
                let ends = [(across, top), (across, bottom)];
                line(&plane.area, &ends, AXIS, Dash::Dotted, 1.5)?;
                // Several series may have no value here: one foot above the other.
                let foot = bottom - dev(8.0 + 11.0 * (i % 6) as f64);
                marker(&plane.area, (across, foot), i, 3.5)?;
            }
        }
        for (i, curve) in self.curves.iter().enumerate() {
            for part in curve.through.split(|at| at.1.is_none()) {
                let place = |&(x, y): &(f64, Option<f64>)| y.map(|y| plane.at(x, y));
                let at: Vec<(i32, i32)> = part.iter().filter_map(place).collect();
                line(&plane.area, &at, colour(i), Dash::nth(i), 2.0)?;
                for &at in &at {
                    marker(&plane.area, at, i, 5.0)?;
                }
            }
        }
        Ok(())
    }
}
