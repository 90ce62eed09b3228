//! The colour bar: what value a colour stands for.

use super::axis::{Axis, Spaced, interval};
use super::image::Image;
use super::marks::{Dash, line, outline};
use super::scene::{Area, Drawn, Sheet};
use super::style::{AXIS, SCALE, TEXT, dev, round};
use super::text::style;
use plotters::style::text_anchor::{HPos, VPos};

/// The room for a colour bar with its numbers, in pixels of the picture.
pub(crate) const BAR: f64 = 80.0;

/// Draws a bar between two heights of the area, for values of this range; `colour` takes the share of it, from
/// 0 to 1.
pub(crate) fn draw_bar(
    area: &Area<'_>,
    (top, bottom): (i32, i32),
    range: (f64, f64),
    colour: fn(f64) -> (u8, u8, u8),
    sheet: &mut Sheet,
) -> Drawn {
    let (left, right) = (dev(4.0), dev(20.0));
    let (x0, y0) = area.get_base_pixel();
    let steps: u8 = 128;
    let shares = (0..steps)
        .rev()
        .map(|i| f64::from(i) / f64::from(steps - 1));
    sheet.images.push(Image {
        left: x0 + left,
        top: y0 + top,
        width: right - left,
        height: bottom - top,
        columns: 1,
        rgb: shares
            .flat_map(|share| <[u8; 3]>::from(colour(share)))
            .collect(),
    });
    outline(area, [(left, top), (right, bottom)])?;
    let range = interval([range.0, range.1]);
    let height = f64::from(bottom - top);
    let axis = Axis::linear("", range, height / f64::from(SCALE), Spaced::Above);
    for (value, label) in &axis.ticks {
        let share = (value - range.0) / (range.1 - range.0);
        let y = bottom - round(share * height);
        let tick = [(right, y), (right + dev(4.0), y)];
        line(area, &tick, AXIS, Dash::Solid, 1.0)?;
        let text = style(TEXT, HPos::Left, VPos::Center);
        area.draw_text(label, &text, (right + dev(8.0), y))?;
    }
    Ok(())
}
