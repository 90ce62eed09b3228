//! Points with a look each, and the plane they are drawn in.

use super::axis::{axes, ends, interval, with_margin};
use super::checks::drawable;
use super::groups::{Group, entries, groups, look_of};
use super::legend::legend;
use super::numbers::{count, short};
use super::plane::{Plane, plane_size};
use super::scene::{Area, Drawn, Scene, Sheet};
use super::style::{SCALE, look_name, size};
use crate::error::Result;
use crate::guard;
use ndarray::{Array1, Array2};

/// Above this ratio of their extents the two coordinates have scales of their own.
const ELONGATED: f64 = 5.0;

/// Points with a look each.
#[derive(Debug, Clone)]
pub(crate) struct Scatter {
    pub(crate) at: Vec<(f64, f64)>,
    pub(crate) looks: Vec<usize>,
    pub(crate) groups: Vec<Group>,
    one_column: bool,
}

impl Scatter {
    pub(crate) fn new(x: &Array2<f64>, labels: Option<&Array1<usize>>) -> Result<Self> {
        let x = &*guard::points(x, 1)?;
        if let Some(labels) = labels {
            guard::length("labels", labels.len(), x.nrows())?;
        }
        let one_column = x.ncols() == 1;
        let at: Vec<(f64, f64)> = x
            .outer_iter()
            .map(|point| (point[0], if one_column { 0.0 } else { point[1] }))
            .collect();
        // Differences of coordinates must be numbers, with room for the margins.
        let coordinates = at.iter().flat_map(|&(a, b)| [a, b]);
        drawable("a coordinate", coordinates)?;
        let groups = labels.map(groups).unwrap_or_default();
        let looks = labels.map_or_else(
            || vec![0; at.len()],
            |labels| {
                labels
                    .iter()
                    .map(|&label| look_of(&groups, label))
                    .collect()
            },
        );
        Ok(Self {
            at,
            looks,
            groups,
            one_column,
        })
    }

    /// "cluster 0, blue circles, 100 points around (0.01, 0.64)" for each of at most six clusters.
    pub(crate) fn described(&self) -> String {
        let mut parts: Vec<String> = Vec::new();
        let [x, y] = [self.ends(|at| at.0), self.ends(|at| at.1)];
        let extent = (x.1 - x.0).max(y.1 - y.0);
        for group in self.groups.iter().take(6) {
            let members = self.at.iter().zip(&self.looks);
            let members = members.filter(|(_, look)| **look == group.look);
            let n = group.count as f64;
            let (a, b) = members.fold((0.0, 0.0), |(a, b), (at, _)| (a + at.0 / n, b + at.1 / n));
            parts.push(format!(
                "cluster {}, {}, {} around ({}, {})",
                group.label,
                look_name(group.look),
                count(group.count, "point"),
                short(a, extent),
                short(b, extent)
            ));
        }
        if self.groups.len() > 6 {
            parts.push(format!("and {} more", self.groups.len() - 6));
        }
        parts.join("; ")
    }

    /// "x₁ runs from −1.1 to 2.1, x₂ from −0.6 to 1.1."
    pub(crate) fn extent(&self) -> String {
        let words = |(low, high): (f64, f64)| {
            let extent = high - low;
            format!("from {} to {}", short(low, extent), short(high, extent))
        };
        let first = words(self.ends(|at| at.0));
        if self.one_column {
            return format!("They stand on a line, x₁ {first}.");
        }
        let second = words(self.ends(|at| at.1));
        format!("x₁ runs {first}, x₂ {second}.")
    }

    /// The smallest and the largest value of a coordinate.
    pub(crate) fn ends(&self, coordinate: impl Fn(&(f64, f64)) -> f64) -> (f64, f64) {
        ends(self.at.iter().map(coordinate))
    }

    /// The intervals of both coordinates, with a margin for the markers.
    pub(crate) fn intervals(&self) -> [(f64, f64); 2] {
        self.intervals_with(&[])
    }

    /// The same where others stand among the points.
    pub(crate) fn intervals_with(&self, others: &[(f64, f64)]) -> [(f64, f64); 2] {
        let all = || self.at.iter().chain(others);
        let x = interval(all().map(|at| at.0));
        let y = interval(all().map(|at| at.1));
        [with_margin(x, 0.04), with_margin(y, 0.05)]
    }

    /// A plane for the points, with one scale in both directions.
    pub(crate) fn plane<'a>(&self, area: &Area<'a>, sheet: &Sheet) -> Drawn<Plane<'a>> {
        self.plane_with(area, sheet, &[])
    }

    /// The same where others stand among the points.
    pub(crate) fn plane_with<'a>(
        &self,
        area: &Area<'a>,
        sheet: &Sheet,
        others: &[(f64, f64)],
    ) -> Drawn<Plane<'a>> {
        let names = sheet.names("x₁", if self.one_column { "" } else { "x₂" });
        let intervals = self.intervals_with(others);
        // The room depends on the width of the labels, and these on the intervals: twice is enough.
        let made = |intervals, room| {
            let (x, mut y) = axes(&names, intervals, room);
            if self.one_column {
                y.ticks.clear();
            }
            (x, y)
        };
        let mut room = (400.0, 300.0);
        let mut drawn = made(intervals, room);
        for _ in 0..2 {
            room = plane_size(area, &drawn.0, &drawn.1);
            drawn = made(to_scale(intervals, room), room);
        }
        Plane::draw(area, &drawn.0, &drawn.1)
    }

    /// Draws the markers.
    pub(crate) fn markers(&self, plane: &Plane<'_>) -> Drawn {
        let [(left, top), (right, bottom)] = plane.corners();
        let radius = radius(self.at.len(), (right - left, bottom - top));
        for (&(x, y), &look) in self.at.iter().zip(&self.looks) {
            plane.marker(plane.at(x, y), look, radius)?;
        }
        Ok(())
    }
}

/// The radius at which markers cover a small part of the plane, within limits; in pixels of the picture.
pub(crate) fn radius(points: usize, (width, height): (i32, i32)) -> f64 {
    let scale = f64::from(SCALE);
    let room = size(width) as f64 * size(height) as f64 / (scale * scale);
    (0.04 * room / points as f64).sqrt().clamp(2.2, 5.0)
}

/// Widens one of two intervals so that a unit takes as many pixels in both directions, unless one is so
/// much longer that the other would be a line.
pub(crate) fn to_scale(
    [(x0, x1), (y0, y1)]: [(f64, f64); 2],
    (width, height): (f64, f64),
) -> [(f64, f64); 2] {
    let elongation = (x1 - x0) / (y1 - y0);
    if !(1.0 / ELONGATED..=ELONGATED).contains(&elongation) {
        return [(x0, x1), (y0, y1)];
    }
    let unit = ((x1 - x0) / width).max((y1 - y0) / height);
    let widened = |from: f64, to: f64, pixels: f64| {
        let more = 0.5 * (unit * pixels - (to - from));
        (from - more, to + more)
    };
    [widened(x0, x1, width), widened(y0, y1, height)]
}

impl Scene for Scatter {
    fn draw(&self, area: &Area<'_>, sheet: &mut Sheet) -> Drawn {
        let area = legend(area, &entries(&self.groups))?;
        let plane = self.plane(&area, sheet)?;
        self.markers(&plane)
    }
}
