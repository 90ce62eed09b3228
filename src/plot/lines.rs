//! Chart over a parameter: what a sweep found.

use super::kit::{
    Chart, Curve, Figure, OR_NONE, Scale, count, ends, interval, significant, with_margin,
    within_reach, xs, ys,
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
    let curves = Curve::all(series, within_reach, OR_NONE)?;
    let (low, high) = interval(xs(&curves));
    let described = curves.iter().enumerate().map(described);
    let alt = format!(
        "{} from {} to {}. {}.",
        count(curves.len(), "line"),
        significant(low, 3),
        significant(high, 3),
        described.collect::<Vec<_>>().join("; ")
    );
    let across = with_margin((low, high), 0.03);
    let mut down = with_margin(interval(ys(&curves)), 0.05);
    if curves.iter().any(|curve| missing(curve) > 0) {
        // Room for the feet below every line.
        down.0 -= 0.04 * curves.len().min(6) as f64 * (down.1 - down.0);
    }
    let scene = Chart {
        curves,
        scales: [Scale::Linear(across), Scale::Linear(down)],
        names: ["x", "y"],
        most_markers: usize::MAX,
    };
    Ok(Figure::new("", &alt, scene))
}

/// The settings without a value.
fn missing(curve: &Curve) -> usize {
    curve.through.len() - curve.values().count()
}

/// A line in words: where it is largest, and how small it gets.
fn described((i, curve): (usize, &Curve)) -> String {
    let look = curve.look(i);
    let missing = match missing(curve) {
        0 => String::new(),
        missing => format!(", without a value at {}", count(missing, "setting")),
    };
    let (smallest, largest) = ends(curve.values().map(|at| at.1));
    let mut peaks = curve.values().filter(|at| at.1 >= largest);
    let Some((at, largest)) = peaks.next() else {
        return format!("{look}, has no value");
    };
    let until = match peaks.next_back() {
        Some((x, _)) if x > at => format!(" (last at {})", significant(x, 3)),
        _ => String::new(),
    };
    format!(
        "{look}, is largest, {}, at {}{until}, and smallest with {}{missing}",
        significant(largest, 3),
        significant(at, 3),
        significant(smallest, 3),
    )
}
