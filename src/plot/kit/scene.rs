//! What a figure shows, and where it is drawn.

use super::canvas::Canvas;
use super::image::Image;
use plotters::coord::Shift;
use plotters::prelude::{DrawingArea, DrawingAreaErrorKind};
use std::fmt;

/// A part of the canvas; pixels count from its upper left corner, [`SCALE`] to one of the picture.
pub(crate) type Area<'a> = DrawingArea<Canvas<'a>, Shift>;
pub(crate) type Drawn<T = ()> = std::result::Result<T, DrawingAreaErrorKind<std::io::Error>>;

/// The width of a figure in pixels.
pub(crate) const WIDTH: i32 = 760;
const HEIGHT: i32 = 480;
/// The height of a figure that stands beside another.
pub(crate) const HALF_HEIGHT: i32 = 390;
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
    /// The names of the axes: the user's, or these.
    pub(crate) fn names(&self, x: &str, y: &str) -> [String; 2] {
        self.names
            .clone()
            .unwrap_or_else(|| [x.to_string(), y.to_string()])
    }
}
