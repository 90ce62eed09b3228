//! Curves on one plane, each with a colour, a pattern and markers of its own.

use super::axis::{Axis, Scale, Spaced};
use super::checks::{all, some};
use super::legend::{Swatch, legend};
use super::marks::Dash;
use super::plane::Plane;
use super::scene::{Area, Drawn, HALF_HEIGHT, Scene, Sheet};
use super::style::{AXIS, colour, dev, shape_name};
use super::text::one_line;
use crate::error::Result;
use crate::guard;

/// A curve through some places, ascending in x; where y is `None` it is broken.
#[derive(Debug)]
pub(crate) struct Curve {
    pub(crate) name: String,
    pub(crate) through: Vec<(f64, Option<f64>)>,
}

impl Curve {
    /// The curves of some series, of as many x as y and at least one each; of each number `holds` is true.
    pub(crate) fn all<S: AsRef<str>, Y: Copy + Into<Option<f64>>>(
        series: &[(S, &[f64], &[Y])],
        holds: impl Fn(f64) -> bool,
        wanted: &'static str,
    ) -> Result<Vec<Self>> {
        some("the number of series", series.len())?;
        let curve = |(name, xs, ys): &(S, &[f64], &[Y])| {
            guard::length("y of a series", ys.len(), xs.len())?;
            some("the number of points of a series", xs.len())?;
            let ys: Vec<Option<f64>> = ys.iter().map(|&y| y.into()).collect();
            let numbers = xs.iter().copied().chain(ys.iter().flatten().copied());
            all("a number of a series", numbers, &holds, wanted)?;
            let mut through: Vec<_> = xs.iter().copied().zip(ys).collect();
            through.sort_by(|a, b| a.0.total_cmp(&b.0));
            let name = one_line(name.as_ref());
            Ok(Self { name, through })
        };
        series.iter().map(curve).collect()
    }

    /// "time, a solid line with circles": how the `i`-th curve is told from the others.
    pub(crate) fn look(&self, i: usize) -> String {
        let pattern = ["solid", "dashed", "dotted"][i % 3];
        format!("{}, a {pattern} line with {}", self.name, shape_name(i))
    }

    /// The places with a value.
    pub(crate) fn values(&self) -> impl DoubleEndedIterator<Item = (f64, f64)> + '_ {
        self.through.iter().filter_map(|&(x, y)| Some((x, y?)))
    }
}

/// All x, and all y where there is one.
pub(crate) fn xs(curves: &[Curve]) -> impl Iterator<Item = f64> {
    curves
        .iter()
        .flat_map(|curve| &curve.through)
        .map(|at| at.0)
}

pub(crate) fn ys(curves: &[Curve]) -> impl Iterator<Item = f64> {
    curves.iter().flat_map(Curve::values).map(|at| at.1)
}

/// Curves between two axes.
#[derive(Debug)]
pub(crate) struct Chart {
    pub(crate) curves: Vec<Curve>,
    pub(crate) scales: [Scale; 2],
    /// What the axes are called where the user gives no names.
    pub(crate) names: [&'static str; 2],
    /// At most so many markers on a curve, and one on its last place.
    pub(crate) most_markers: usize,
}

impl Chart {
    fn is_broken(&self) -> bool {
        let mut curves = self.curves.iter();
        curves.any(|curve| curve.through.iter().any(|at| at.1.is_none()))
    }

    /// A dotted line wherever a curve has no value, with its marker at the foot.
    fn draw_gaps(&self, plane: &Plane<'_>) -> Drawn {
        let [(_, top), (_, bottom)] = plane.corners();
        for (i, curve) in self.curves.iter().enumerate() {
            for (x, _) in curve.through.iter().filter(|at| at.1.is_none()) {
                let across = plane.at(*x, 0.0).0;
                let ends = [(across, top), (across, bottom)];
                plane.line(&ends, AXIS, Dash::Dotted, 1.5)?;
                // Several curves may have no value here: one foot above the other.
                let foot = bottom - dev(8.0 + 11.0 * (i % 6) as f64);
                plane.marker((across, foot), i, 3.5)?;
            }
        }
        Ok(())
    }
}

impl Scene for Chart {
    /// Beside another the legend has room for a few names only.
    fn half_height(&self) -> Option<i32> {
        (self.curves.len() <= 4).then_some(HALF_HEIGHT)
    }

    fn draw(&self, area: &Area<'_>, sheet: &mut Sheet) -> Drawn {
        let entry = |(i, curve): (usize, &Curve)| {
            let swatch = Swatch::Line(colour(i), Dash::nth(i), Some(i));
            (swatch, curve.name.clone())
        };
        let mut entries: Vec<_> = self.curves.iter().enumerate().map(entry).collect();
        if self.is_broken() {
            let swatch = Swatch::Line(AXIS, Dash::Dotted, None);
            entries.push((swatch, "no value of the series at its foot".into()));
        }
        let area = legend(area, &entries)?;
        let [x_name, y_name] = sheet.names(self.names[0], self.names[1]);
        let plane = Plane::fitted(&area, |room| {
            (
                Axis::of(&x_name, self.scales[0], room.0, Spaced::Beside),
                Axis::of(&y_name, self.scales[1], room.1, Spaced::Above),
            )
        })?;
        self.draw_gaps(&plane)?;
        for (i, curve) in self.curves.iter().enumerate() {
            for part in curve.through.split(|at| at.1.is_none()) {
                let place = |&(x, y): &(f64, Option<f64>)| y.map(|y| plane.at(x, y));
                let at: Vec<(i32, i32)> = part.iter().filter_map(place).collect();
                plane.line(&at, colour(i), Dash::nth(i), 2.0)?;
                let every = at.len().div_ceil(self.most_markers).max(1);
                for (step, &place) in at.iter().enumerate() {
                    if step % every == 0 || step + 1 == at.len() {
                        plane.marker(place, i, 5.0)?;
                    }
                }
            }
        }
        Ok(())
    }
}
