//! Time against size, or any two positive quantities: both axes logarithmic, so that a power is a straight line.

use super::kit::{Chart, Curve, Figure, Scale, count, interval, significant, with_margin, xs, ys};
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
    let holds = |value: f64| value > 0.0 && value.is_finite();
    let mut curves = Curve::all(series, holds, "positive and finite")?;
    let described = curves.iter().enumerate().map(described);
    let alt = format!(
        "{} on two logarithmic axes. {}.",
        count(curves.len(), "line"),
        described.collect::<Vec<_>>().join("; ")
    );
    for (x, y) in curves.iter_mut().flat_map(|curve| &mut curve.through) {
        (*x, *y) = (x.log10(), y.map(f64::log10));
    }
    let across = with_a_power(with_margin(interval(xs(&curves)), 0.03));
    let down = with_a_power(with_margin(interval(ys(&curves)), 0.05));
    let scene = Chart {
        curves,
        scales: [Scale::Log10(across), Scale::Log10(down)],
        names: ["x", "y"],
        most_markers: usize::MAX,
    };
    Ok(Figure::new("", &alt, scene))
}

/// A line in words, from its first point to its last.
fn described((i, curve): (usize, &Curve)) -> String {
    let look = curve.look(i);
    let (Some((x, y)), Some((last_x, last_y))) = (curve.values().next(), curve.values().last())
    else {
        return look;
    };
    let (at, from) = (significant(x, 3), significant(y, 3));
    if last_x > x {
        // The quotient of logarithms, each within the range of f64.
        let power = (last_y.log10() - y.log10()) / (last_x.log10() - x.log10());
        format!(
            "{look}, goes from {from} at {at} to {} at {}, by the power {}",
            significant(last_y, 3),
            significant(last_x, 3),
            significant(power, 3)
        )
    } else {
        format!("{look}, is {from} at {at}")
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
