//! What a figure shows, and where it is drawn.

use super::canvas::Canvas;
use super::image::Image;
use super::style::SCALE;
use plotters::coord::Shift;
use plotters::prelude::{DrawingArea, DrawingAreaErrorKind};
use plotters::style::RGBColor;
use std::fmt;
use std::sync::Arc;

/// A part of the canvas; pixels count from its upper left corner, [`SCALE`] to one of the picture.
pub(crate) type Area<'a> = DrawingArea<Canvas<'a>, Shift>;
pub(crate) type Drawn<T = ()> = std::result::Result<T, DrawingAreaErrorKind<std::io::Error>>;

/// Width and height of an area in pixels of the picture.
pub(crate) fn room(area: &Area<'_>) -> (f64, f64) {
    let (columns, rows) = area.dim_in_pixel();
    let natural = |pixels: u32| f64::from(pixels) / f64::from(SCALE);
    (natural(columns), natural(rows))
}

/// The width of a figure in pixels.
pub(crate) const WIDTH: i32 = 760;
const HEIGHT: i32 = 480;
/// The height of a figure that stands beside another.
pub(crate) const HALF_HEIGHT: i32 = 390;
/// The width of a figure for a narrow page.
pub(crate) const NARROW: i32 = WIDTH / 2;

/// What a figure shows.
pub(crate) trait Scene: fmt::Debug + Send + Sync {
    /// Draws it into the area; its images go onto the sheet.
    fn draw(&self, area: &Area<'_>, sheet: &mut Sheet) -> Drawn;

    /// Width and height in pixels.
    fn size(&self) -> (i32, i32) {
        (WIDTH, HEIGHT)
    }

    /// Its height where it is one of two in a row; none where it needs a row of its own.
    fn half_height(&self) -> Option<i32> {
        Some(HALF_HEIGHT)
    }

    /// Its parts one below the other, for a narrow page; none where it has no parts that can be.
    fn narrow(&self) -> Option<Arc<dyn Scene>> {
        None
    }
}

/// What a scene is told, and what it leaves beside its drawing.
#[derive(Debug, Default)]
pub(crate) struct Sheet {
    /// The names of the axes, where the user gave some.
    pub(crate) names: Option<[String; 2]>,
    /// The images, in pixels of the whole drawing; they lie under it.
    pub(crate) images: Vec<Image>,
}

impl Sheet {
    /// Puts a raster, row by row, between two corners of the area.
    pub(crate) fn put(
        &mut self,
        area: &Area<'_>,
        [(left, top), (right, bottom)]: [(i32, i32); 2],
        columns: usize,
        colours: impl IntoIterator<Item = RGBColor>,
    ) {
        let (x0, y0) = area.get_base_pixel();
        let bytes = |RGBColor(r, g, b)| [r, g, b];
        self.images.push(Image {
            left: x0 + left,
            top: y0 + top,
            width: right - left,
            height: bottom - top,
            columns,
            rgb: colours.into_iter().flat_map(bytes).collect(),
        });
    }

    /// The names of the axes: the user's, or these.
    pub(crate) fn names(&self, x: &str, y: &str) -> [String; 2] {
        self.names
            .clone()
            .unwrap_or_else(|| [x.to_string(), y.to_string()])
    }
}
