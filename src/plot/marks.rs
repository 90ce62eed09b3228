//! Marks and the legend that explains them.

use super::figure::{Area, Drawn};
use super::style::{AXIS, CARD, SCALE, Shape, TEXT, colour, dev, round, shape, unsigned};
use super::text::{shortened, style, width};
use plotters::element::{Circle, PathElement, Polygon, Rectangle};
use plotters::style::text_anchor::{HPos, VPos};
use plotters::style::{Color, RGBColor};

/// Height of one line of the legend, and the room between two entries, in pixels of the picture.
const ROW: f64 = 22.0;
const BETWEEN: f64 = 22.0;
const SWATCH: f64 = 22.0;

/// What a line of the legend shows before its words.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Swatch {
    /// The marker of a label.
    Marker(usize),
    /// A piece of a line with the given pattern, with the marker of that look where there is one.
    Line(RGBColor, Dash, Option<usize>),
    /// A filled square.
    Fill(RGBColor),
}

/// The pattern of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Dash {
    Solid,
    Dashed,
    Dotted,
}

impl Dash {
    /// The pattern of the `i`-th line.
    pub(super) fn nth(i: usize) -> Self {
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

/// One entry of a legend.
pub(super) type Entry = (Swatch, String);

/// Draws a marker: `radius` in pixels of the picture, about the same area for each shape.
pub(super) fn marker(area: &Area<'_>, (x, y): (i32, i32), look: usize, radius: f64) -> Drawn {
    let r = dev(radius);
    let part = |share: f64| round(f64::from(r) * share);
    let fill = colour(look).filled();
    let stroke = colour(look).stroke_width(unsigned(part(0.75).max(1)));
    let polygon = |corners: &[(f64, f64)]| {
        let corners: Vec<(i32, i32)> = corners
            .iter()
            .map(|&(dx, dy)| (x + part(dx), y + part(dy)))
            .collect();
        Polygon::new(corners, fill)
    };
    match shape(look) {
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
            let a = part(0.95);
            area.draw(&PathElement::new(
                vec![(x - a, y - a), (x + a, y + a)],
                stroke,
            ))?;
            area.draw(&PathElement::new(
                vec![(x - a, y + a), (x + a, y - a)],
                stroke,
            ))
        }
        Shape::Plus => {
            let a = part(1.25);
            area.draw(&PathElement::new(vec![(x - a, y), (x + a, y)], stroke))?;
            area.draw(&PathElement::new(vec![(x, y - a), (x, y + a)], stroke))
        }
    }
}

/// Draws a line through pixels of the area, in the given pattern, `stroke` pixels of the picture wide.
pub(super) fn line(
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

/// Draws the legend at the top of the area, in as many rows as it needs, and gives what is left below.
pub(super) fn legend<'a>(area: &Area<'a>, entries: &[Entry]) -> Drawn<Area<'a>> {
    let (columns, rows) = area.dim_in_pixel();
    let room = f64::from(columns) / f64::from(SCALE);
    let most = if rows > unsigned(dev(380.0)) { 4 } else { 3 };
    let placed = places(entries, room, most);
    let used = placed.iter().map(|(_, row, _)| row + 1).max().unwrap_or(0);
    let (top, rest) = area.split_vertically(dev(used as f64 * ROW));
    for (x, row, (swatch, words)) in &placed {
        let (x, y) = (*x, (*row as f64 + 0.5) * ROW);
        draw_swatch(&top, swatch, x, y)?;
        let text = style(TEXT, HPos::Left, VPos::Center);
        let words = shortened(words.clone(), TEXT, room - SWATCH);
        let indent = if *swatch == NOTHING { 0.0 } else { SWATCH };
        top.draw_text(&words, &text, (dev(x + indent), dev(y)))?;
    }
    Ok(rest)
}

/// A swatch that shows nothing: for the entry that counts those without room.
const NOTHING: Swatch = Swatch::Fill(RGBColor(CARD.0, CARD.1, CARD.2));

/// Where each entry goes: its x in pixels of the picture and its row. Those beyond the last row are
/// counted by a last entry.
fn places(entries: &[Entry], room: f64, most: usize) -> Vec<(f64, usize, Entry)> {
    for kept in (0..=entries.len()).rev() {
        let mut shown = entries[..kept].to_vec();
        if kept < entries.len() {
            shown.push((NOTHING, format!("and {} more", entries.len() - kept)));
        }
        let (mut x, mut row) = (0.0, 0);
        let placed: Vec<_> = shown
            .into_iter()
            .map(|entry| {
                let needed = SWATCH + width(&entry.1, TEXT);
                if x > 0.0 && x + needed > room {
                    (x, row) = (0.0, row + 1);
                }
                let at = x;
                x += needed + BETWEEN;
                (at, row, entry)
            })
            .collect();
        if row < most {
            return placed;
        }
    }
    Vec::new()
}

fn draw_swatch(area: &Area<'_>, swatch: &Swatch, x: f64, y: f64) -> Drawn {
    let (left, middle, right) = (dev(x), dev(x + 8.0), dev(x + 17.0));
    let y = dev(y);
    match swatch {
        Swatch::Marker(look) => marker(area, (middle, y), *look, 5.5),
        Swatch::Line(colour, dash, look) => {
            line(area, &[(left, y), (right, y)], *colour, *dash, 2.0)?;
            look.map_or(Ok(()), |look| marker(area, (middle, y), look, 4.5))
        }
        Swatch::Fill(colour) => {
            let half = dev(7.0);
            let corners = [(middle - half, y - half), (middle + half, y + half)];
            area.draw(&Rectangle::new(corners, colour.filled()))?;
            if *swatch == NOTHING {
                return Ok(());
            }
            outline(area, corners)
        }
    }
}

/// The outline of a rectangle, one pixel of the picture wide.
pub(super) fn outline(area: &Area<'_>, corners: [(i32, i32); 2]) -> Drawn {
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
