//! Markers and lines.

use super::ramp::diverging;
use super::scene::{Area, Drawn};
use super::style::{AXIS, SCALE, Shape, TEXT, colour, dev, round, shape, unsigned};
use super::text::style;
use plotters::element::{Circle, PathElement, Polygon, Rectangle};
use plotters::style::text_anchor::{HPos, VPos};
use plotters::style::{Color, RGBColor};

/// The pattern of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Dash {
    Solid,
    Dashed,
    Dotted,
}

impl Dash {
    /// The pattern of the `i`-th line.
    pub(crate) fn nth(i: usize) -> Self {
        [Self::Solid, Self::Dashed, Self::Dotted][i % 3]
    }

    /// Lengths of stroke and gap in pixels of the picture.
    fn lengths(self) -> Option<(f64, f64)> {
        match self {
            Self::Solid => None,
            Self::Dashed => Some((9.0, 5.0)),
            Self::Dotted => Some((2.0, 4.0)),
        }
    }
}

/// Draws a marker: `radius` in pixels of the picture, about the same area for each shape.
pub(crate) fn marker(area: &Area<'_>, at: (i32, i32), look: usize, radius: f64) -> Drawn {
    coloured(area, at, (shape(look), colour(look)), radius)
}

/// Draws a marker of any shape and colour.
pub(crate) fn coloured(
    area: &Area<'_>,
    (x, y): (i32, i32),
    (shape, colour): (Shape, RGBColor),
    radius: f64,
) -> Drawn {
    let r = dev(radius);
    let part = |share: f64| round(f64::from(r) * share);
    let fill = colour.filled();
    let thick = colour.stroke_width(unsigned(part(0.75).max(1)));
    let polygon = |corners: &[(f64, f64)]| {
        let corners: Vec<(i32, i32)> = corners
            .iter()
            .map(|&(dx, dy)| (x + part(dx), y + part(dy)))
            .collect();
        Polygon::new(corners, fill)
    };
    let stroke = |ends: [(f64, f64); 2]| {
        let ends = ends.map(|(dx, dy)| (x + part(dx), y + part(dy)));
        PathElement::new(ends.to_vec(), thick)
    };
    match shape {
        Shape::Circle => area.draw(&Circle::new((x, y), r, fill)),
        Shape::Triangle => area.draw(&polygon(&[(0.0, -1.3), (1.2, 0.8), (-1.2, 0.8)])),
        Shape::Square => {
            let a = part(0.9);
            area.draw(&Rectangle::new([(x - a, y - a), (x + a, y + a)], fill))
        }
        Shape::Diamond => area.draw(&polygon(&[
            (0.0, -1.35),
            (1.35, 0.0),
            (0.0, 1.35),
            (-1.35, 0.0),
        ])),
        Shape::Cross => {
            area.draw(&stroke([(-0.95, -0.95), (0.95, 0.95)]))?;
            area.draw(&stroke([(-0.95, 0.95), (0.95, -0.95)]))
        }
        Shape::Plus => {
            area.draw(&stroke([(-1.25, 0.0), (1.25, 0.0)]))?;
            area.draw(&stroke([(0.0, -1.25), (0.0, 1.25)]))
        }
    }
}

/// The marker of a value, on a scale that ends at `largest`.
pub(crate) fn by_sign(value: f64, largest: f64) -> (Shape, RGBColor) {
    let share = if largest > 0.0 {
        0.5 + 0.5 * (value / largest)
    } else {
        0.5
    };
    let shape = if value < 0.0 {
        Shape::Circle
    } else {
        Shape::Triangle
    };
    (shape, diverging(share))
}

/// Draws a line through pixels of the area, in the given pattern, `stroke` pixels of the picture wide.
pub(crate) fn line(
    area: &Area<'_>,
    through: &[(i32, i32)],
    colour: RGBColor,
    dash: Dash,
    stroke: f64,
) -> Drawn {
    let style = colour.stroke_width(unsigned(dev(stroke)));
    let Some((stroke, gap)) = dash.lengths() else {
        return area.draw(&PathElement::new(through.to_vec(), style));
    };
    for piece in dashes(through, f64::from(dev(stroke)), f64::from(dev(gap))) {
        area.draw(&PathElement::new(piece, style))?;
    }
    Ok(())
}

/// Cuts a polyline into strokes of one length with gaps of another.
fn dashes(through: &[(i32, i32)], stroke: f64, gap: f64) -> Vec<Vec<(i32, i32)>> {
    let mut pieces = Vec::new();
    let mut along = 0.0;
    for pair in through.windows(2) {
        let from = (f64::from(pair[0].0), f64::from(pair[0].1));
        let to = (f64::from(pair[1].0), f64::from(pair[1].1));
        let length = ((to.0 - from.0).powi(2) + (to.1 - from.1).powi(2)).sqrt();
        let at = |distance: f64| {
            let share = distance / length;
            (
                round(from.0 + share * (to.0 - from.0)),
                round(from.1 + share * (to.1 - from.1)),
            )
        };
        let mut start = -(along % (stroke + gap));
        while start < length {
            let (a, b) = (start.max(0.0), (start + stroke).min(length));
            if b > a {
                pieces.push(vec![at(a), at(b)]);
            }
            start += stroke + gap;
        }
        along += length;
    }
    pieces
}

/// The outline of a rectangle, one pixel of the picture wide.
pub(crate) fn outline(area: &Area<'_>, corners: [(i32, i32); 2]) -> Drawn {
    let [(left, top), (right, bottom)] = corners;
    area.draw(&PathElement::new(
        vec![
            (left, top),
            (right, top),
            (right, bottom),
            (left, bottom),
            (left, top),
        ],
        AXIS.stroke_width(unsigned(SCALE)),
    ))
}

/// Writes a line of text that begins at a pixel of the area, half above it and half below.
pub(crate) fn write(area: &Area<'_>, words: &str, at: (i32, i32)) -> Drawn {
    area.draw_text(words, &style(TEXT, HPos::Left, VPos::Center), at)
}
