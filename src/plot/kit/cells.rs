//! A matrix reduced to cells, with its axes and its colour bar.

use super::axis::{Axis, ends, interval, table_axes};
use super::bar::{BAR, draw_bar};
use super::groups::Group;
use super::legend::{Swatch, legend};
use super::marks::{Dash, outline};
use super::numbers::significant;
use super::plane::{Plane, plane_size};
use super::ramp::ramp;
use super::scene::{Area, Drawn, Scene, Sheet};
use super::style::{ACCENT, SCALE, TEXT, dev, round, size};
use super::text::shortened;
use ndarray::Array2;
use plotters::style::RGBColor;

/// At most this many cells along a side.
const MOST: usize = 400;

/// A matrix reduced to cells.
#[derive(Debug)]
pub(crate) struct Cells {
    n: usize,
    /// Cells along a side, at most `MOST`.
    side: usize,
    colours: Vec<RGBColor>,
    pub(crate) binary: bool,
    range: (f64, f64),
    pub(crate) blocks: Vec<Group>,
}

impl Cells {
    pub(crate) fn new(a: &Array2<f64>, blocks: Vec<Group>) -> Self {
        let n = a.nrows();
        let cells = n.min(MOST);
        let binary = a.iter().all(|value| [0.0, 1.0].contains(value));
        let range = if binary {
            (0.0, 1.0)
        } else {
            ends(a.iter().copied())
        };
        let (from, to) = interval([range.0, range.1]);
        let colours = averaged(a, cells)
            .iter()
            .map(|value| (value - from) / (to - from))
            .map(ramp)
            .collect();
        Self {
            n,
            side: cells,
            colours,
            binary,
            range,
            blocks,
        }
    }

    pub(crate) fn described(&self, a: &Array2<f64>) -> String {
        let all = a.len();
        if self.binary {
            let ones = a.sum();
            let percent = significant(100.0 * ones / all as f64, 3);
            format!("dark where it is 1: {ones} of its {all} entries are 1 ({percent} %)")
        } else {
            format!(
                "from light for {} to dark for {}",
                significant(self.range.0, 3),
                significant(self.range.1, 3)
            )
        }
    }

    /// The axes: row and column numbers, or the labels in the middle of their blocks.
    fn axes(&self, sheet: &Sheet, room: (f64, f64)) -> (Axis, Axis) {
        let n = self.n as f64;
        if self.blocks.is_empty() {
            return table_axes(&sheet.names("column j", "row i"), (n, n), room);
        }
        let [column, row] = sheet.names("points, sorted by cluster", "points, sorted by cluster");
        let mut ticks: Vec<(f64, String)> = Vec::new();
        let mut start = 0.0;
        for block in &self.blocks {
            let middle = start + 0.5 * block.count as f64;
            start += block.count as f64;
            let gap = middle - ticks.last().map_or(-n, |tick| tick.0);
            // Labels of thin blocks would overlap.
            if gap * room.0.min(room.1) / n >= 24.0 {
                let label = shortened(block.label.to_string(), TEXT, 40.0);
                ticks.push((middle, label));
            }
        }
        (
            Axis::with_ticks(&column, (0.0, n), ticks.clone()),
            Axis::with_ticks(&row, (n, 0.0), ticks),
        )
    }
}

/// The matrix averaged to `cells` × `cells`, each entry counted by the share of it that lies in a cell.
fn averaged(a: &Array2<f64>, cells: usize) -> Array2<f64> {
    let n = a.nrows();
    if n == cells {
        return a.clone();
    }
    let mut weights = Array2::zeros((cells, n));
    let width = n as f64 / cells as f64;
    for cell in 0..cells {
        let (from, to) = (cell as f64 * width, (cell + 1) as f64 * width);
        for i in size(round(from.floor()))..n.min(size(round(to.ceil()))) {
            let inside = to.min((i + 1) as f64) - from.max(i as f64);
            weights[[cell, i]] = inside.max(0.0) / width;
        }
    }
    weights.dot(a).dot(&weights.t())
}

impl Scene for Cells {
    fn size(&self) -> (i32, i32) {
        if self.binary { (560, 540) } else { (600, 518) }
    }

    fn half_height(&self) -> Option<i32> {
        Some(if self.binary { 390 } else { 335 })
    }

    fn draw(&self, area: &Area<'_>, sheet: &mut Sheet) -> Drawn {
        let mut entries = Vec::new();
        if self.binary {
            for (value, words) in [(1.0, "1: joined"), (0.0, "0: not joined")] {
                entries.push((Swatch::Fill(ramp(value)), words.to_string()));
            }
        }
        let area = legend(area, &entries)?;
        // A square of whole pixels per cell, as large as the area allows.
        let (x, y) = self.axes(sheet, (300.0, 300.0));
        let room = plane_size(&area, &x, &y);
        let bar = if self.binary { 0.0 } else { BAR };
        let side = dev((room.0 - bar).min(room.1).max(40.0));
        let cells = round(self.side as f64);
        let side = if side >= cells {
            side / cells * cells
        } else {
            side
        };
        let pixels = f64::from(side) / f64::from(SCALE);
        let (x, y) = self.axes(sheet, (pixels, pixels));
        let (plane, beside) = Plane::sized(&area, (side, side), &x, &y)?;
        self.draw_cells(&plane, sheet)?;
        if self.binary {
            return Ok(());
        }
        draw_bar(&beside, &plane, self.range, ramp, sheet)
    }
}

impl Cells {
    /// The cells, and the lines between the blocks.
    fn draw_cells(&self, plane: &Plane<'_>, sheet: &mut Sheet) -> Drawn {
        let [(left, top), (right, bottom)] = plane.corners();
        let colours = self.colours.iter().copied();
        sheet.put(&plane.area, plane.corners(), self.side, colours);
        outline(&plane.area, plane.corners())?;
        let mut border = 0;
        for block in self.blocks.iter().take(self.blocks.len().saturating_sub(1)) {
            border += block.count;
            let (x, y) = plane.at(border as f64, border as f64);
            for ends in [[(left, y), (right, y)], [(x, top), (x, bottom)]] {
                plane.line(&ends, ACCENT, Dash::Solid, 1.7)?;
            }
        }
        Ok(())
    }
}
