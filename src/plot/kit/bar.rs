//! The colour bar: what value a colour stands for.

use super::axis::{Axis, Spaced, interval};
use super::marks::{Dash, line, outline, write};
use super::plane::Plane;
use super::scene::{Area, Drawn, Sheet};
use super::style::{AXIS, SCALE, dev, round};
use plotters::style::RGBColor;

/// The room for a colour bar with its numbers, in pixels of the picture.
pub(crate) const BAR: f64 = 80.0;

/// The colours in a bar.
const STEPS: u8 = 128;

/// Draws a bar beside the plane, as high as it, for values of this range; `colour` takes the share of it, from
/// 0 to 1.
pub(crate) fn draw_bar(
    area: &Area<'_>,
    plane: &Plane<'_>,
    range: (f64, f64),
    colour: fn(f64) -> RGBColor,
    sheet: &mut Sheet,
) -> Drawn {
    let [(_, top), (_, bottom)] = plane.corners();
    let (left, right) = (dev(4.0), dev(20.0));
    let corners = [(left, top), (right, bottom)];
    let shares = (0..STEPS)
        .rev()
        .map(|i| f64::from(i) / f64::from(STEPS - 1));
    sheet.put(area, corners, 1, shares.map(colour));
    outline(area, corners)?;
    let range = interval([range.0, range.1]);
    let height = f64::from(bottom - top);
    let axis = Axis::linear("", range, height / f64::from(SCALE), Spaced::Above);
    for (value, label) in &axis.ticks {
        let share = (value - range.0) / (range.1 - range.0);
        let y = bottom - round(share * height);
        let tick = [(right, y), (right + dev(4.0), y)];
        line(area, &tick, AXIS, Dash::Solid, 1.0)?;
        write(area, label, (right + dev(8.0), y))?;
    }
    Ok(())
}
