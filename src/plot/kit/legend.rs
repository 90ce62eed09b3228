//! The legend: what each mark stands for.

use super::marks::{Dash, coloured, line, marker, outline, write};
use super::scene::{Area, Drawn, room};
use super::style::{AXIS, PAPER, Shape, TEXT, dev};
use super::text::{shortened, width};
use plotters::element::Rectangle;
use plotters::style::{Color, RGBColor};

/// Height of one line of the legend, and the room between two entries, in pixels of the picture.
const ROW: f64 = 22.0;
const BETWEEN: f64 = 22.0;
const SWATCH: f64 = 22.0;

/// What a line of the legend shows before its words.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Swatch {
    /// The marker of a label.
    Marker(usize),
    /// A piece of a line with the given pattern, with the marker of that look where there is one.
    Line(RGBColor, Dash, Option<usize>),
    /// A marker of any shape and colour.
    Coloured(Shape, RGBColor),
    /// A filled square.
    Fill(RGBColor),
    /// A square that is crossed out.
    Crossed,
}

/// One entry of a legend.
pub(crate) type Entry = (Swatch, String);

/// Draws the legend at the top of the area, in as many rows as it needs, and gives what is left below.
pub(crate) fn legend<'a>(area: &Area<'a>, entries: &[Entry]) -> Drawn<Area<'a>> {
    let (room, down) = room(area);
    let most = if down > 380.0 { 4 } else { 3 };
    let placed = places(entries, room, most);
    let used = placed.iter().map(|(_, row, _)| row + 1).max().unwrap_or(0);
    let (top, rest) = area.split_vertically(dev(used as f64 * ROW));
    for (x, row, (swatch, text)) in &placed {
        let (x, y) = (*x, (*row as f64 + 0.5) * ROW);
        draw_swatch(&top, swatch, x, y)?;
        let text = shortened(text.clone(), TEXT, room - SWATCH);
        let indent = if *swatch == NOTHING { 0.0 } else { SWATCH };
        write(&top, &text, (dev(x + indent), dev(y)))?;
    }
    Ok(rest)
}

/// A swatch that shows nothing: for the entry that counts those without room.
const NOTHING: Swatch = Swatch::Fill(PAPER);

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
        Swatch::Coloured(shape, colour) => coloured(area, (middle, y), (*shape, *colour), 5.5),
        Swatch::Line(colour, dash, look) => {
            line(area, &[(left, y), (right, y)], *colour, *dash, 2.0)?;
            look.map_or(Ok(()), |look| marker(area, (middle, y), look, 4.5))
        }
        Swatch::Crossed => {
            let half = dev(7.0);
            let [(left, top), (right, bottom)] =
                [(middle - half, y - half), (middle + half, y + half)];
            let stroke = |ends: [(i32, i32); 2]| line(area, &ends, AXIS, Dash::Solid, 1.0);
            stroke([(left, top), (right, bottom)])?;
            stroke([(left, bottom), (right, top)])?;
            outline(area, [(left, top), (right, bottom)])
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
