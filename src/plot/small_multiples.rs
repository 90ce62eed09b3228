//! One picture of clusters after another, at one scale: for a sweep over ε.

use super::kit::{
    Area, Axis, Drawn, Entry, Figure, Group, Plane, RIGHT, Scatter, Scene, Sheet, Swatch, TEXT,
    TOP, WIDTH, area_size, axes, count, counted, dev, ends, groups, legend, look_of, one_line,
    room, round, shortened, to_scale, write,
};
use crate::error::Result;
use ndarray::{Array1, Array2};

/// A grid of clusters with shared axes, each panel under a title of its own.
///
/// ```
/// use fiedler::{data::circles, plot, spectral_clustering};
/// let rings = circles(300, 0.05, 0.4, 0)?;
/// let (wide, narrow) = (spectral_clustering(&rings.x, 1.0)?, spectral_clustering(&rings.x, 0.4)?);
/// let figure = plot::small_multiples(&[("ε = 1", &rings.x, &wide), ("ε = 0.4", &rings.x, &narrow)])?;
/// assert!(figure.alt().contains("ε = 0.4: "));
/// # Ok::<(), fiedler::Error>(())
/// ```
///
/// # Errors
/// As [`super::clusters`] for each panel, and [`crate::Error::Count`] for none, or more than 24.
pub fn small_multiples<S: AsRef<str>>(
    panels: &[(S, &Array2<f64>, &Array1<usize>)],
) -> Result<Figure> {
    counted(
        "the number of panels",
        panels.len(),
        1..=24,
        "between 1 and 24",
    )?;
    let all = groups(panels.iter().flat_map(|(_, _, labels)| labels.iter()));
    let mut drawn = Vec::new();
    let mut alt = Vec::new();
    for (title, x, labels) in panels {
        let mut scatter = Scatter::new(x, Some(labels))?;
        // A label looks the same in every panel.
        scatter.looks = labels.iter().map(|&label| look_of(&all, label)).collect();
        let title = one_line(title.as_ref());
        let sizes: Vec<String> = scatter
            .groups
            .iter()
            .take(6)
            .map(|group| format!("{} in cluster {}", group.count, group.label))
            .collect();
        alt.push(format!("{title}: {}", sizes.join(", ")));
        drawn.push((title, scatter));
    }
    let alt = format!(
        "{} of points by cluster, on shared axes. {}.",
        count(panels.len(), "picture"),
        alt.join("; ")
    );
    let title = count(panels.len(), "clustering");
    Ok(Figure::new(&title, &alt, Grid { panels: drawn, all }))
}

#[derive(Debug)]
struct Grid {
    panels: Vec<(String, Scatter)>,
    /// The labels of all panels.
    all: Vec<Group>,
}

/// The height of a panel's title, in pixels of the picture.
const TITLE_ROW: f64 = 26.0;

impl Grid {
    /// Columns and rows of panels.
    fn shape(&self) -> (usize, usize) {
        let columns = match self.panels.len() {
            1 => 1,
            2 | 4 => 2,
            _ => 3,
        };
        (columns, self.panels.len().div_ceil(columns))
    }

    /// The intervals that hold all panels.
    fn intervals(&self) -> [(f64, f64); 2] {
        let own = || self.panels.iter().map(|(_, scatter)| scatter.intervals());
        [0, 1].map(|side| ends(own().flat_map(|of| [of[side].0, of[side].1])))
    }

    fn legend(&self) -> Vec<Entry> {
        let entry = |group: &Group| {
            let words = format!("cluster {}", group.label);
            (Swatch::Marker(group.look), words)
        };
        self.all.iter().map(entry).collect()
    }
}

impl Scene for Grid {
    fn size(&self) -> (i32, i32) {
        let (columns, rows) = self.shape();
        let [x, y] = self.intervals();
        let ratio = ((y.1 - y.0) / (x.1 - x.0)).clamp(0.45, 0.8);
        let panel = (f64::from(WIDTH) - 100.0) / columns as f64 - 20.0;
        let row = panel * ratio + TITLE_ROW + TOP + 10.0;
        (WIDTH, round(row * rows as f64 + 130.0))
    }

    fn half_height(&self) -> Option<i32> {
        None
    }

    fn draw(&self, area: &Area<'_>, sheet: &mut Sheet) -> Drawn {
        let area = legend(area, &self.legend())?;
        let (columns, rows) = self.shape();
        let (wide, high) = room(&area);
        let (columns_f, rows_f) = (columns as f64, rows as f64);
        let names = sheet.names("x₁", "x₂");
        let intervals = self.intervals();
        // The axes with labels decide how much is left for a plane, and the plane decides the labels.
        let mut left = (200.0, 150.0);
        let (mut x, mut y) = axes(&names, intervals, left);
        for _ in 0..2 {
            left = (
                (wide - y.width() - (columns_f - 1.0) * bare(&y).width()) / columns_f - RIGHT,
                (high - x.height() - (rows_f - 1.0) * bare(&x).height()) / rows_f - TOP - TITLE_ROW,
            );
            left = (left.0.max(40.0), left.1.max(40.0));
            (x, y) = axes(&names, to_scale(intervals, left), left);
        }
        let plane = (dev(left.0), dev(left.1));
        let mut rest = area;
        for (row, panels) in self.panels.chunks(columns).enumerate() {
            // A panel has its x axis labelled where none stands below it.
            let below = |column: usize| (row + 1) * columns + column < self.panels.len();
            let mut strip = rest.clone();
            let row_height = area_size(plane, &bare(&x), &y).1 + dev(TITLE_ROW);
            for (column, (title, scatter)) in panels.iter().enumerate() {
                let x = if below(column) { bare(&x) } else { x.clone() };
                let y = if column > 0 { bare(&y) } else { y.clone() };
                let (across, down) = area_size(plane, &x, &y);
                let (panel, further) = strip.split_horizontally(across);
                let (head, panel) = panel.split_vertically(dev(TITLE_ROW));
                let title = shortened(title.clone(), TEXT, left.0);
                write(&head, &title, (dev(y.width()), dev(0.6 * TITLE_ROW)))?;
                let plane = Plane::draw(&panel.split_vertically(down).0, &x, &y)?;
                scatter.markers(&plane)?;
                strip = further;
            }
            rest = rest.split_vertically(row_height).1;
        }
        Ok(())
    }
}

/// The axis without its words.
fn bare(axis: &Axis) -> Axis {
    let ticks = axis.ticks.iter().map(|(at, _)| (*at, String::new()));
    Axis::with_ticks("", (axis.from, axis.to), ticks.collect())
}
