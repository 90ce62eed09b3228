//! The plane between two axes.

use super::axis::{Axis, TICK};
use super::canvas::Canvas;
use super::marks::{Dash, line, marker};
use super::scene::{Area, Drawn, room};
use super::style::{AXIS, GRID, SCALE, TEXT, dev, unsigned};
use super::text::{shortened, style};
use plotters::coord::cartesian::Cartesian2d;
use plotters::prelude::{ChartBuilder, DrawingArea};
use plotters::style::text_anchor::{HPos, VPos};
use plotters::style::{Color, RGBAColor, RGBColor};

/// Margins in pixels of the picture; on the right, half of the last label may stand in it.
pub(crate) const RIGHT: f64 = 18.0;
pub(crate) const TOP: f64 = 8.0;

/// The pixels of the picture that are left for the plane, axes given.
pub(crate) fn plane_size(area: &Area<'_>, x: &Axis, y: &Axis) -> (f64, f64) {
    let (across, down) = room(area);
    (
        (across - y.width() - RIGHT).max(40.0),
        (down - x.height() - TOP).max(40.0),
    )
}

/// The size of an area, in pixels of the drawing, in which the plane gets exactly `across` × `down`.
pub(crate) fn area_size((across, down): (i32, i32), x: &Axis, y: &Axis) -> (i32, i32) {
    (
        across + dev(y.width()) + dev(RIGHT),
        down + dev(x.height()) + dev(TOP),
    )
}

/// The plane between two axes that were drawn; its pixels count from the corner of `area`.
pub(crate) struct Plane<'a> {
    pub(crate) area: Area<'a>,
    plane: DrawingArea<Canvas<'a>, Cartesian2d<Axis, Axis>>,
}

impl<'a> Plane<'a> {
    /// Draws the axes into the area, with a line across the plane at each tick.
    pub(crate) fn draw(area: &Area<'a>, x: &Axis, y: &Axis) -> Drawn<Self> {
        Self::draw_with(area, x, y, GRID.to_rgba())
    }

    /// Draws axes that depend on the room they leave: made for a guess first, then for what that leaves.
    pub(crate) fn fitted(
        area: &Area<'a>,
        axes: impl Fn((f64, f64)) -> (Axis, Axis),
    ) -> Drawn<Self> {
        let (x, y) = axes((600.0, 300.0));
        let (x, y) = axes(plane_size(area, &x, &y));
        Self::draw(area, &x, &y)
    }

    /// Draws the axes alone, around a plane of exactly so many pixels of the drawing, and gives what is left beside.
    pub(crate) fn sized(
        area: &Area<'a>,
        size: (i32, i32),
        x: &Axis,
        y: &Axis,
    ) -> Drawn<(Self, Area<'a>)> {
        let (across, down) = area_size(size, x, y);
        let (left, beside) = area.split_horizontally(across);
        let part = left.split_vertically(down).0;
        Ok((Self::draw_with(&part, x, y, GRID.mix(0.0))?, beside))
    }

    fn draw_with(area: &Area<'a>, x: &Axis, y: &Axis, grid: RGBAColor) -> Drawn<Self> {
        let (across, down) = plane_size(area, x, y);
        let mut chart = ChartBuilder::on(area)
            .margin_top(dev(TOP))
            .margin_right(dev(RIGHT))
            .x_label_area_size(dev(x.height()))
            .y_label_area_size(dev(y.width()))
            .build_cartesian_2d(x.clone(), y.clone())?;
        let label = style(TEXT, HPos::Center, VPos::Center);
        chart
            .configure_mesh()
            .x_desc(shortened(x.name.clone(), TEXT, across))
            .y_desc(shortened(y.name.clone(), TEXT, down))
            .label_style(label.clone())
            .axis_desc_style(label)
            .bold_line_style(grid.stroke_width(unsigned(SCALE)))
            .light_line_style(GRID.mix(0.0))
            .axis_style(AXIS.stroke_width(unsigned(SCALE)))
            .set_all_tick_mark_size(dev(TICK))
            .draw()?;
        Ok(Self {
            area: area.clone(),
            plane: chart.plotting_area().clone(),
        })
    }

    /// The pixel of a point of the plane.
    pub(crate) fn at(&self, x: f64, y: f64) -> (i32, i32) {
        let (across, down) = self.plane.map_coordinate(&(x, y));
        let (left, top) = self.area.get_base_pixel();
        (across - left, down - top)
    }

    /// The upper left and the lower right pixel of the plane.
    pub(crate) fn corners(&self) -> [(i32, i32); 2] {
        let (across, down) = self.plane.get_pixel_range();
        let (left, top) = self.area.get_base_pixel();
        [
            (across.start - left, down.start - top),
            (across.end - left, down.end - top),
        ]
    }

    /// [`line()`] on the plane.
    pub(crate) fn line(
        &self,
        through: &[(i32, i32)],
        colour: RGBColor,
        dash: Dash,
        stroke: f64,
    ) -> Drawn {
        line(&self.area, through, colour, dash, stroke)
    }

    /// [`marker`] on the plane.
    pub(crate) fn marker(&self, at: (i32, i32), look: usize, radius: f64) -> Drawn {
        marker(&self.area, at, look, radius)
    }
}
