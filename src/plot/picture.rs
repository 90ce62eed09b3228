//! Pictures, and the parts they were cut into.

use super::kit::{
    Area, Dash, Drawn, Figure, Group, INK, PAPER, Plane, Scene, Sheet, byte, colour, count,
    counted, dev, drawable, ends, entries, groups, legend, look_name, look_of, outline, plane_size,
    round, significant, table_axes,
};
use crate::error::Result;
use crate::guard;
use crate::pixels::MOST_PIXELS;
use ndarray::{Array1, Array2};
use plotters::element::Circle;
use plotters::style::{Color, RGBColor};

/// A picture in grey, row 0 on top: black for its smallest value, white for its largest.
///
/// ```
/// use fiedler::{ndarray::array, plot};
/// let figure = plot::picture(&array![[0.0, 0.5], [0.5, 1.0]])?;
/// assert!(figure.alt().contains("black for 0 to white for 1"));
/// # Ok::<(), fiedler::Error>(())
/// ```
///
/// # Errors
/// [`crate::Error::NoPoints`], [`crate::Error::NoColumns`], [`crate::Error::NotFinite`]; [`crate::Error::Count`] for more than
/// [`MOST_PIXELS`] pixels, [`crate::Error::Value`] for values beyond ±1e300.
pub fn picture(intensity: &Array2<f64>) -> Result<Figure> {
    let parts = Parts::new(intensity, None)?;
    let alt = format!("{}.", parts.described());
    Ok(Figure::new("The picture", &alt, parts))
}

/// A picture with its parts: tinted in the colour of their label, with a border between them, and the marker
/// of the label inside the widest place of each.
///
/// `labels` has one entry per pixel, row by row, as [`crate::pixels`] numbers them.
///
/// ```
/// use fiedler::{ndarray::array, plot};
/// let figure = plot::segments(&array![[0.0, 1.0], [0.0, 1.0]], &array![0, 1, 0, 1])?;
/// assert!(figure.alt().contains("cut into 2 parts"));
/// # Ok::<(), fiedler::Error>(())
/// ```
///
/// # Errors
/// As [`picture`], and [`crate::Error::Length`] unless there is one label per pixel.
pub fn segments(intensity: &Array2<f64>, labels: &Array1<usize>) -> Result<Figure> {
    guard::length("labels", labels.len(), intensity.len())?;
    let parts = Parts::new(intensity, Some(labels))?;
    let named: Vec<String> = parts
        .groups
        .iter()
        .map(|group| {
            let look = look_name(group.look);
            format!(
                "cluster {}, {look}, {}",
                group.label,
                count(group.count, "pixel")
            )
        })
        .collect();
    let alt = format!(
        "{}, cut into {}: {}.",
        parts.described(),
        count(parts.groups.len(), "part"),
        named.join("; ")
    );
    Ok(Figure::new("The parts of the picture", &alt, parts))
}

#[derive(Debug)]
struct Parts {
    /// The share of each pixel in the range of values.
    shares: Array2<f64>,
    range: (f64, f64),
    /// The label of each pixel; none for the plain picture.
    labels: Option<Array2<usize>>,
    groups: Vec<Group>,
}

impl Parts {
    fn new(intensity: &Array2<f64>, labels: Option<&Array1<usize>>) -> Result<Self> {
        let intensity = &*guard::points(intensity, 1)?;
        let (rows, columns) = intensity.dim();
        let most = "at most 2^24: as many as a graph of pixels can have";
        counted("the number of pixels", rows * columns, ..=MOST_PIXELS, most)?;
        drawable("a value of the picture", intensity.iter().copied())?;
        let range = ends(intensity.iter().copied());
        let width = range.1 - range.0;
        // A picture of one value is of one grey.
        let shares = intensity.mapv(|value| {
            if width > 0.0 {
                (value - range.0) / width
            } else {
                0.5
            }
        });
        let of_pixels = |labels: &Array1<usize>| {
            Array2::from_shape_fn((rows, columns), |(i, j)| labels[i * columns + j])
        };
        Ok(Self {
            shares,
            range,
            labels: labels.map(of_pixels),
            groups: labels.map(groups).unwrap_or_default(),
        })
    }

    /// The height of the figure for a picture so wide: title, legend and axis take the rest.
    fn height(&self, across: f64) -> i32 {
        let (rows, columns) = self.shares.dim();
        round(across * rows as f64 / columns as f64 + 145.0)
    }

    fn described(&self) -> String {
        let (rows, columns) = self.shares.dim();
        format!(
            "A picture of {rows} × {columns} pixels, from black for {} to white for {}",
            significant(self.range.0, 3),
            significant(self.range.1, 3)
        )
    }

    /// Grey, and three parts in ten of the colour of the label.
    fn colours(&self) -> impl Iterator<Item = RGBColor> {
        self.shares.indexed_iter().map(|(at, share)| {
            // In 32 levels, so that a PNG with a palette holds them all.
            let grey = (share * 31.0).round() / 31.0 * 255.0;
            let Some(labels) = &self.labels else {
                return RGBColor(byte(grey), byte(grey), byte(grey));
            };
            let RGBColor(r, g, b) = colour(look_of(&self.groups, labels[at]));
            let mixed = |tint| byte(0.65 * grey + 0.35 * f64::from(tint));
            RGBColor(mixed(r), mixed(g), mixed(b))
        })
    }

    fn draw_parts(&self, plane: &Plane<'_>, labels: &Array2<usize>) -> Drawn {
        let (rows, columns) = labels.dim();
        let place = |i: usize, j: usize| plane.at(j as f64, i as f64);
        for ((i, j), label) in labels.indexed_iter() {
            let border = |ends: [(i32, i32); 2]| {
                plane.line(&ends, PAPER, Dash::Solid, 4.0)?;
                plane.line(&ends, INK, Dash::Solid, 1.7)
            };
            if i + 1 < rows && labels[[i + 1, j]] != *label {
                border([place(i + 1, j), place(i + 1, j + 1)])?;
            }
            if j + 1 < columns && labels[[i, j + 1]] != *label {
                border([place(i, j + 1), place(i + 1, j + 1)])?;
            }
        }
        for group in &self.groups {
            let (i, j) = widest_place(labels, group.label);
            let at = plane.at(j as f64 + 0.5, i as f64 + 0.5);
            let disc = Circle::new(at, dev(10.0), PAPER.filled());
            plane.area.draw(&disc)?;
            plane.marker(at, group.look, 6.0)?;
        }
        Ok(())
    }
}

/// The pixel of a label that lies farthest from other labels and from the edge, in steps along rows and columns.
fn widest_place(labels: &Array2<usize>, label: usize) -> (usize, usize) {
    let (rows, columns) = labels.dim();
    let mut depth = labels.mapv(|other| if other == label { usize::MAX / 2 } else { 0 });
    let step =
        |depth: &mut Array2<usize>, (i, j): (usize, usize), near: [Option<(usize, usize)>; 2]| {
            for at in near {
                let other = at.and_then(|at| depth.get(at)).copied().unwrap_or(0);
                depth[[i, j]] = depth[[i, j]].min(other + 1);
            }
            if labels[[i, j]] != label {
                depth[[i, j]] = 0;
            }
        };
    let mut best = (0, 0);
    // Forwards from above and the left, backwards from below and the right.
    for i in 0..rows {
        for j in 0..columns {
            let before = [
                i.checked_sub(1).map(|i| (i, j)),
                j.checked_sub(1).map(|j| (i, j)),
            ];
            step(&mut depth, (i, j), before);
        }
    }
    for i in (0..rows).rev() {
        for j in (0..columns).rev() {
            step(&mut depth, (i, j), [Some((i + 1, j)), Some((i, j + 1))]);
            if depth[[i, j]] > depth[best] {
                best = (i, j);
            }
        }
    }
    best
}

impl Scene for Parts {
    fn size(&self) -> (i32, i32) {
        (600, self.height(510.0).clamp(220, 620))
    }

    fn half_height(&self) -> Option<i32> {
        Some(self.height(290.0).clamp(200, 390))
    }

    fn draw(&self, area: &Area<'_>, sheet: &mut Sheet) -> Drawn {
        let area = legend(area, &entries(&self.groups))?;
        let (rows, columns) = self.shares.dim();
        let names = sheet.names("column j", "row i");
        let axes = |room| table_axes(&names, (columns as f64, rows as f64), room);
        let (x, y) = axes((400.0, 400.0));
        let room = plane_size(&area, &x, &y);
        // Square pixels, as large as the area allows.
        let pixel = (room.0 / columns as f64).min(room.1 / rows as f64);
        // A picture of one long row is a line, and not nothing.
        let side = |count: usize| (pixel * count as f64).max(1.0);
        let (across, down) = (side(columns), side(rows));
        let (x, y) = axes((across, down));
        let (plane, _) = Plane::sized(&area, (dev(across), dev(down)), &x, &y)?;
        sheet.put(&plane.area, plane.corners(), columns, self.colours());
        outline(&plane.area, plane.corners())?;
        self.labels
            .as_ref()
            .map_or(Ok(()), |labels| self.draw_parts(&plane, labels))
    }
}
