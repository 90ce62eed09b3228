//! A table of values over two parameters, as a heat map.

use super::kit::{
    AXIS, Area, Axis, BAR, Dash, Drawn, Figure, INK, OR_NONE, PAPER, Plane, Scene, Sheet, Swatch,
    TEXT, all, count, counted, dev, draw_bar, interval, legend, one_line, plane_size, ramp,
    shortened, significant, style, width, within_reach,
};
use crate::error::Result;
use crate::guard;
use ndarray::Array2;
use plotters::element::Rectangle;
use plotters::style::text_anchor::{HPos, VPos};
use plotters::style::{Color, RGBColor};

/// At most this many rows, and columns: a cell is not smaller than a few pixels.
const MOST: usize = 60;
/// The size of the numbers in the cells.
const NUMBER: f64 = 13.0;

/// Values over two parameters, light for the smallest to dark for the largest, the number in each cell that
/// has room for it; row 0 on top. A cell of `None`, a setting that gave no value, is crossed out.
///
/// `name` says what the values are; [`Figure::with_axes`] names the parameters.
///
/// ```
/// use fiedler::{ndarray::array, plot};
/// let values = array![[Some(0.25), Some(1.0)], [None, Some(0.5)]];
/// let figure = plot::heat_map("ARI", &["k = 5", "k = 10"], &["σ = 0.1", "σ = 1"], &values)?;
/// assert!(figure.alt().contains("the largest, 1, at row k = 5, column σ = 1"));
/// assert!(figure.alt().contains("1 of 4 cells has no value"));
/// # Ok::<(), fiedler::Error>(())
/// ```
///
/// # Errors
/// [`crate::Error::Length`] unless there is one label per row and per column; [`crate::Error::Count`] for no cells or more
/// than 60 rows or columns, [`crate::Error::Value`] for a value that is not finite or beyond ±1e300.
pub fn heat_map<R: AsRef<str>, C: AsRef<str>>(
    name: &str,
    rows: &[R],
    columns: &[C],
    values: &Array2<Option<f64>>,
) -> Result<Figure> {
    guard::length("the labels of the rows", rows.len(), values.nrows())?;
    guard::length("the labels of the columns", columns.len(), values.ncols())?;
    for side in [values.nrows(), values.ncols()] {
        let name = "the number of rows or columns of the table";
        counted(name, side, 1..=MOST, "from 1 to 60")?;
    }
    let numbers = values.iter().flatten().copied();
    all("a value of the table", numbers, within_reach, OR_NONE)?;
    let words = |label: &str| one_line(label);
    let map = HeatMap {
        rows: rows.iter().map(|label| words(label.as_ref())).collect(),
        columns: columns.iter().map(|label| words(label.as_ref())).collect(),
        values: guard::standard(values).into_owned(),
    };
    Ok(Figure::new(name, &map.described(name), map))
}

#[derive(Debug)]
struct HeatMap {
    rows: Vec<String>,
    columns: Vec<String>,
    values: Array2<Option<f64>>,
}

impl HeatMap {
    /// The smallest and the largest value with their cells, where there is one.
    fn ends(&self) -> Option<[((usize, usize), f64); 2]> {
        let some = || {
            self.values
                .indexed_iter()
                .filter_map(|(at, value)| value.map(|v| (at, v)))
        };
        // Of equal ones the first.
        let smallest = some().min_by(|a, b| a.1.total_cmp(&b.1))?;
        let largest = some().min_by(|a, b| b.1.total_cmp(&a.1))?;
        Some([smallest, largest])
    }

    fn range(&self) -> (f64, f64) {
        self.ends()
            .map_or((0.0, 1.0), |[low, high]| (low.1, high.1))
    }

    fn described(&self, name: &str) -> String {
        let size = format!(
            "{} over {} ({} to {}) and {} ({} to {})",
            if name.is_empty() { "Values" } else { name },
            count(self.rows.len(), "row"),
            self.rows[0],
            self.rows[self.rows.len() - 1],
            count(self.columns.len(), "column"),
            self.columns[0],
            self.columns[self.columns.len() - 1],
        );
        let at = |word: &str, ((i, j), value): ((usize, usize), f64)| {
            let (row, column) = (&self.rows[i], &self.columns[j]);
            format!(
                "the {word}, {}, at row {row}, column {column}",
                significant(value, 3)
            )
        };
        let ends = self.ends().map_or_else(
            || "no cell has a value".to_string(),
            |[low, high]| format!("{}; {}", at("smallest", low), at("largest", high)),
        );
        let missing = self.missing();
        let missing = match missing {
            0 => String::new(),
            _ => format!(
                "; {missing} of {} cells {} no value",
                self.values.len(),
                if missing == 1 { "has" } else { "have" }
            ),
        };
        format!("{size}, light for small and dark for large: {ends}{missing}.")
    }

    fn missing(&self) -> usize {
        self.values.iter().filter(|value| value.is_none()).count()
    }

    /// The axes: a label in the middle of each cell, as many as have room.
    fn axes(&self, sheet: &Sheet, (across, down): (f64, f64)) -> (Axis, Axis) {
        let [x_name, y_name] = sheet.names("", "");
        let place = |labels: &[String], room: f64, spaced: bool| -> Vec<(f64, String)> {
            let cell = room / labels.len() as f64;
            let short = |label: &String| shortened(label.clone(), TEXT, 120.0);
            let needed = |label: &String| {
                if spaced {
                    width(&short(label), TEXT) + 8.0
                } else {
                    18.0
                }
            };
            let widest = labels.iter().map(needed).fold(1.0, f64::max);
            let every = (1..labels.len()).find(|&every| every as f64 * cell >= widest);
            let ticks = labels
                .iter()
                .enumerate()
                .step_by(every.unwrap_or(labels.len()));
            ticks
                .map(|(i, label)| (i as f64 + 0.5, short(label)))
                .collect()
        };
        let (n, m) = (self.rows.len() as f64, self.columns.len() as f64);
        (
            Axis::with_ticks(&x_name, (0.0, m), place(&self.columns, across, true)),
            Axis::with_ticks(&y_name, (n, 0.0), place(&self.rows, down, false)),
        )
    }

    fn draw_cell(
        &self,
        plane: &Plane<'_>,
        (i, j): (usize, usize),
        (low, high): (f64, f64),
    ) -> Drawn {
        let (left, top) = plane.at(j as f64, i as f64);
        let (right, bottom) = plane.at((j + 1) as f64, (i + 1) as f64);
        let corners = [(left, top), (right, bottom)];
        let fill = |colour: RGBColor| {
            let cell = Rectangle::new(corners, colour.filled());
            plane.area.draw(&cell)
        };
        let Some(value) = self.values[[i, j]] else {
            fill(PAPER)?;
            plane.line(&corners, AXIS, Dash::Solid, 1.0)?;
            let rising = [(left, bottom), (right, top)];
            return plane.line(&rising, AXIS, Dash::Solid, 1.0);
        };
        let share = (value - low) / (high - low);
        fill(ramp(share))?;
        let fits = |words: &String| {
            dev(width(words, NUMBER) + 6.0) <= right - left && dev(NUMBER + 4.0) <= bottom - top
        };
        let written = [3, 2].map(|digits| significant(value, digits));
        let Some(words) = written.into_iter().find(fits) else {
            return Ok(());
        };
        let ink = if share > 0.45 { PAPER } else { INK };
        let text = style(NUMBER, HPos::Center, VPos::Center).color(&ink);
        let middle = (i32::midpoint(left, right), i32::midpoint(top, bottom));
        plane.area.draw_text(&words, &text, middle)
    }
}

impl Scene for HeatMap {
    fn draw(&self, area: &Area<'_>, sheet: &mut Sheet) -> Drawn {
        let mut entries = Vec::new();
        if self.missing() > 0 {
            let swatch = Swatch::Crossed;
            entries.push((swatch, format!("no value ({})", self.missing())));
        }
        let area = legend(area, &entries)?;
        let (x, y) = self.axes(sheet, (500.0, 300.0));
        let room = plane_size(&area, &x, &y);
        let room = ((room.0 - BAR).max(40.0), room.1);
        let (x, y) = self.axes(sheet, room);
        let (plane, beside) = Plane::sized(&area, (dev(room.0), dev(room.1)), &x, &y)?;
        let range = interval([self.range().0, self.range().1]);
        for (at, _) in self.values.indexed_iter() {
            self.draw_cell(&plane, at, range)?;
        }
        draw_bar(&beside, &plane, self.range(), ramp, sheet)
    }
}
