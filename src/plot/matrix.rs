//! Matrices as pictures: as they stand, and with their rows and columns sorted by label.

use super::axes::{Axis, Plane, Spaced, area_size, interval, plane_size};
use super::canvas::Image;
use super::figure::{Area, Drawn, Figure, Scene, Sheet};
use super::marks::{Dash, Swatch, legend, line, outline};
use super::points::{Group, groups};
use super::style::{ACCENT, AXIS, SCALE, TEXT, byte, dev, round, size};
use super::text::{count, shortened, significant, style};
use crate::checks;
use crate::error::{Error, Result};
use ndarray::{Array1, Array2, Axis as Side};
use plotters::style::RGBColor;
use plotters::style::text_anchor::{HPos, VPos};

/// The matrix as a picture, row 0 on top: zeros and ones in two colours, other values from light for the
/// smallest to dark for the largest.
///
/// A matrix of more than 400 rows is averaged to 400 × 400 cells, so that a grey cell is a mixed one.
///
/// ```
/// use fiedler::{data::blog_moons, plot, similarity_matrix};
/// let a = similarity_matrix(&blog_moons().x, 0.4)?;
/// assert!(plot::matrix(&a)?.alt().contains("4516 of its 40000 entries are 1"));
/// # Ok::<(), fiedler::Error>(())
/// ```
///
/// # Errors
/// [`Error::NotSquare`], [`Error::NoPoints`], [`Error::NotFinite`]; [`Error::Parameter`] for entries too
/// large to be drawn.
pub fn matrix(a: &Array2<f64>) -> Result<Figure> {
    check(a)?;
    let map = Map::new(a, Vec::new());
    let n = a.nrows();
    let title = format!("The matrix, {n} × {n}");
    let alt = format!("A matrix of {}, {}.", count(n, "row"), map.described(a));
    Ok(Figure::new(&title, &alt, map))
}

/// [`matrix`] with its rows and columns sorted by label, and lines between the labels: a good split shows
/// as dark blocks along the diagonal.
///
/// ```
/// use fiedler::{data::blog_moons, plot, similarity_matrix};
/// let moons = blog_moons();
/// let a = similarity_matrix(&moons.x, 0.4)?;
/// let figure = plot::matrix_sorted(&a, &moons.y)?;
/// assert!(figure.alt().contains("26 of the 4516 ones lie outside the diagonal blocks"));
/// # Ok::<(), fiedler::Error>(())
/// ```
///
/// # Errors
/// As [`matrix`], and [`Error::Length`] unless there is one label per row.
pub fn matrix_sorted(a: &Array2<f64>, labels: &Array1<usize>) -> Result<Figure> {
    check(a)?;
    checks::length("labels", labels.len(), a.nrows())?;
    let mut order: Vec<usize> = (0..labels.len()).collect();
    order.sort_by_key(|&i| labels[i]);
    let sorted = a.select(Side(0), &order).select(Side(1), &order);
    let map = Map::new(&sorted, groups(labels));
    let n = a.nrows();
    let title = format!("The matrix, {n} × {n}, sorted by label");
    let outside = a
        .indexed_iter()
        .filter(|((i, j), _)| labels[*i] != labels[*j]);
    let share = if map.binary {
        let ones = outside.filter(|(_, value)| **value > 0.0).count();
        let all = a.sum();
        format!("{ones} of the {all} ones lie outside the diagonal blocks")
    } else {
        let weight: f64 = outside.map(|(_, value)| value.abs()).sum();
        let all = a.mapv(f64::abs).sum();
        let percent = if all > 0.0 { 100.0 * weight / all } else { 0.0 };
        format!(
            "{} % of the weight lies outside the diagonal blocks",
            significant(percent, 2)
        )
    };
    let alt = format!(
        "A matrix of {}, {}, sorted by label into {}: {share}.",
        count(n, "row"),
        map.described(a),
        count(map.blocks.len(), "block"),
    );
    Ok(Figure::new(&title, &alt, map))
}

fn check(a: &Array2<f64>) -> Result<()> {
    let (rows, columns) = a.dim();
    if rows != columns {
        return Err(Error::NotSquare { rows, columns });
    }
    checks::points(a, 1)?;
    match a.iter().find(|value| value.abs() > 1e300) {
        Some(&value) => Err(Error::Parameter {
            name: "an entry of the matrix",
            value,
            wanted: "between -1e300 and 1e300 to be drawn",
        }),
        None => Ok(()),
    }
}

/// At most this many cells along a side.
const CELLS: usize = 400;
/// The room for a colour bar beside the square, in pixels of the picture.
const BAR: f64 = 80.0;

/// White for the smallest value to navy for the largest, at 17 equal steps. The line between the two is
/// straight in CIELAB, so that equal steps in value look equal, and darker is more to everybody.
const RAMP: [(u8, u8, u8); 17] = [
    (255, 255, 255),
    (240, 241, 246),
    (226, 228, 236),
    (211, 215, 227),
    (197, 202, 218),
    (182, 189, 208),
    (168, 176, 199),
    (154, 163, 190),
    (140, 151, 181),
    (126, 139, 172),
    (112, 127, 163),
    (98, 115, 154),
    (83, 104, 146),
    (69, 92, 137),
    (53, 81, 128),
    (36, 70, 120),
    (11, 60, 111),
];

/// The colour of a value given as a share of the range.
fn colour(share: f64) -> (u8, u8, u8) {
    // In 32 levels, no two of which the eye tells apart: a quarter less to store.
    let level = (share.clamp(0.0, 1.0) * 32.0).round() / 32.0;
    let place = level * (RAMP.len() - 1) as f64;
    let below = size(round(place.floor())).min(RAMP.len() - 2);
    let (from, to) = (RAMP[below], RAMP[below + 1]);
    let mix = |from: u8, to: u8| {
        let (from, to) = (f64::from(from), f64::from(to));
        byte(from + (place - below as f64) * (to - from))
    };
    (mix(from.0, to.0), mix(from.1, to.1), mix(from.2, to.2))
}

/// A matrix reduced to cells.
#[derive(Debug)]
struct Map {
    n: usize,
    /// At most `CELLS` along a side.
    cells: usize,
    rgb: Vec<u8>,
    binary: bool,
    range: (f64, f64),
    blocks: Vec<Group>,
}

impl Map {
    fn new(a: &Array2<f64>, blocks: Vec<Group>) -> Self {
        let n = a.nrows();
        let cells = n.min(CELLS);
        let binary = a.iter().all(|value| [0.0, 1.0].contains(value));
        let range = if binary {
            (0.0, 1.0)
        } else {
            let ends = (f64::INFINITY, f64::NEG_INFINITY);
            a.iter().fold(ends, |(low, high), &value| {
                (low.min(value), high.max(value))
            })
        };
        let width = range.1 - range.0;
        let rgb = averaged(a, cells)
            .iter()
            .map(|value| {
                if width > 0.0 {
                    (value - range.0) / width
                } else {
                    0.0
                }
            })
            .flat_map(|share| <[u8; 3]>::from(colour(share)))
            .collect();
        Self {
            n,
            cells,
            rgb,
            binary,
            range,
            blocks,
        }
    }

    fn described(&self, a: &Array2<f64>) -> String {
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
            let [column, row] = sheet.names("column j", "row i");
            let x = Axis::linear(&column, (0.0, n), room.0, Spaced::Beside);
            let mut y = Axis::linear(&row, (0.0, n), room.1, Spaced::Above);
            (y.from, y.to) = (y.to, y.from);
            return (x, y);
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

impl Scene for Map {
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
                let (r, g, b) = colour(value);
                entries.push((Swatch::Fill(RGBColor(r, g, b)), words.to_string()));
            }
        }
        let area = legend(area, &entries)?;
        // A square of whole pixels per cell, as large as the area allows.
        let (x, y) = self.axes(sheet, (300.0, 300.0));
        let room = plane_size(&area, &x, &y);
        let bar = if self.binary { 0.0 } else { BAR };
        let side = dev((room.0 - bar).min(room.1).max(40.0));
        let cells = round(self.cells as f64);
        let side = if side >= cells {
            side / cells * cells
        } else {
            side
        };
        let pixels = f64::from(side) / f64::from(SCALE);
        let (x, y) = self.axes(sheet, (pixels, pixels));
        let (across, down) = area_size((side, side), &x, &y);
        let (left, beside) = area.split_horizontally(across);
        let plane = Plane::draw_bare(&left.split_vertically(down).0, &x, &y)?;
        self.draw_cells(&plane, sheet)?;
        if self.binary {
            return Ok(());
        }
        let [(_, top), (_, bottom)] = plane.corners();
        self.draw_bar(&beside, top, bottom, sheet)
    }
}

impl Map {
    /// The cells, and the lines between the blocks.
    fn draw_cells(&self, plane: &Plane<'_>, sheet: &mut Sheet) -> Drawn {
        let [(left, top), (right, bottom)] = plane.corners();
        let (x0, y0) = plane.area.get_base_pixel();
        sheet.images.push(Image {
            left: x0 + left,
            top: y0 + top,
            width: right - left,
            height: bottom - top,
            columns: self.cells,
            rgb: self.rgb.clone(),
        });
        outline(&plane.area, plane.corners())?;
        let mut border = 0;
        for block in self.blocks.iter().take(self.blocks.len().saturating_sub(1)) {
            border += block.count;
            let (x, y) = plane.at(border as f64, border as f64);
            let stroke = |ends: [(i32, i32); 2]| line(&plane.area, &ends, ACCENT, Dash::Solid, 1.7);
            stroke([(left, y), (right, y)])?;
            stroke([(x, top), (x, bottom)])?;
        }
        Ok(())
    }

    /// The colour bar: what value a colour stands for.
    fn draw_bar(&self, area: &Area<'_>, top: i32, bottom: i32, sheet: &mut Sheet) -> Drawn {
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
        let range = interval([self.range.0, self.range.1]);
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
}
