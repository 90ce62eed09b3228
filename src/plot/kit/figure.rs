//! A figure: a drawing with a title and a text for those who do not see it.

use super::canvas::Canvas;
use super::caption::{Caption, save};
use super::image::{IN_MEMORY, Image, averaged, base64, bitmap, png};
use super::scene::{Area, Drawn, NARROW, Scene, Sheet, room};
use super::style::{AXIS, SCALE, TEXT, TITLE, dev, unsigned};
use super::svg::svg;
use super::text::{one_line, style, wrapped};
use crate::error::Result;
use plotters::element::PathElement;
use plotters::prelude::IntoDrawingArea;
use plotters::style::Color;
use plotters::style::text_anchor::{HPos, VPos};
use std::path::Path;
use std::sync::Arc;

/// The margin around a figure, in pixels.
const MARGIN: f64 = 12.0;
/// Captions of a figure that stands with others are a little smaller than the title of one alone.
pub(crate) const CAPTION: f64 = 16.0;

/// A picture, ready to be shown in a notebook or saved as PNG or SVG.
///
/// The same figure gives the same bytes each time and on every machine. It carries a title and an
/// [alternative text](Self::alt), and is drawn on a light card of its own, so that it reads the same on a
/// dark page. Labels differ by colour and by the shape of their markers.
///
/// ```
/// use fiedler::{data::blog_moons, plot};
/// let moons = blog_moons();
/// let figure = plot::clusters(&moons.x, &moons.y)?.with_title("Two moons");
/// assert_eq!(figure.title(), "Two moons");
/// assert!(figure.alt().contains("cluster 0, blue circles, 100 points"));
/// assert!(figure.png().starts_with(b"\x89PNG"));
/// # Ok::<(), fiedler::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct Figure {
    caption: Caption,
    names: Option<[String; 2]>,
    scene: Arc<dyn Scene>,
}

impl Figure {
    pub(crate) fn new(title: &str, alt: &str, scene: impl Scene + 'static) -> Self {
        Self {
            caption: Caption::new(title, alt),
            names: None,
            scene: Arc::new(scene),
        }
    }

    /// The title, as it stands over the picture.
    #[must_use]
    pub fn title(&self) -> &str {
        &self.caption.title
    }

    /// The alternative text: what there is to see, in a sentence or two, with its numbers.
    #[must_use]
    pub fn alt(&self) -> &str {
        &self.caption.alt
    }

    /// The same figure under another title; `""` for none. Two lines have room.
    #[must_use]
    pub fn with_title(mut self, title: impl AsRef<str>) -> Self {
        self.caption.title = one_line(title.as_ref());
        self
    }

    /// The same figure with another alternative text.
    #[must_use]
    pub fn with_alt(mut self, alt: impl AsRef<str>) -> Self {
        self.caption.alt = one_line(alt.as_ref());
        self
    }

    /// The same figure with other names on its axes, their units in brackets: "petal length (cm)".
    #[must_use]
    pub fn with_axes(mut self, x: impl AsRef<str>, y: impl AsRef<str>) -> Self {
        self.names = Some([one_line(x.as_ref()), one_line(y.as_ref())]);
        self
    }

    /// Width and height in pixels.
    #[must_use]
    pub fn size(&self) -> (u32, u32) {
        let (width, height) = self.scene.size();
        (unsigned(width), unsigned(height))
    }

    /// The same figure for a narrow page, such as a telephone's: half as wide, its text as large, figures side by side
    /// now one below the other. None for a figure that needs the whole width.
    ///
    /// ```
    /// use fiedler::{data::blog_moons, plot};
    /// let moons = blog_moons();
    /// let (bare, split) = (plot::points(&moons.x)?, plot::clusters(&moons.x, &moons.y)?);
    /// let both = plot::side_by_side(&[bare, split])?;
    /// assert_eq!(both.size(), (760, 414));
    /// assert_eq!(both.narrow().map(|figure| figure.size()), Some((380, 804)));
    /// # Ok::<(), fiedler::Error>(())
    /// ```
    #[must_use]
    pub fn narrow(&self) -> Option<Self> {
        let alone = || -> Option<Arc<dyn Scene>> {
            let height = self.half_height()?;
            let figure = self.clone();
            Some(Arc::new(Narrow { figure, height }))
        };
        let scene = self.scene.narrow();
        let has_parts = scene.is_some();
        let mut caption = self.caption.clone();
        if !has_parts {
            // It stands over the figure inside.
            caption.title.clear();
        }
        Some(Self {
            caption,
            names: None,
            scene: scene.or_else(alone)?,
        })
    }

    pub(crate) fn half_height(&self) -> Option<i32> {
        self.scene.half_height()
    }

    pub(crate) fn height(&self) -> i32 {
        self.scene.size().1
    }

    /// The picture as a PNG file.
    #[must_use]
    pub fn png(&self) -> Vec<u8> {
        png(&self.drawn_as_bitmap(), self.drawing_size())
    }

    /// The picture's colours, row by row.
    pub(crate) fn rgb(&self) -> Vec<u8> {
        averaged(&self.drawn_as_bitmap(), self.drawing_size())
    }

    /// The picture as an SVG file, with its title and alternative text inside.
    #[must_use]
    pub fn svg(&self) -> String {
        let (drawn, images) = self.drawn_as_svg();
        svg(&drawn, self.drawing_size(), &self.caption, &images)
    }

    /// Writes the PNG.
    ///
    /// # Errors
    /// [`crate::Error::File`] where the file cannot be written.
    pub fn save_png(&self, path: impl AsRef<Path>) -> Result<()> {
        save(path.as_ref(), &self.png())
    }

    /// Writes the SVG.
    ///
    /// # Errors
    /// [`crate::Error::File`] where the file cannot be written.
    pub fn save_svg(&self, path: impl AsRef<Path>) -> Result<()> {
        save(path.as_ref(), self.svg().as_bytes())
    }

    /// Shows the figure as the result of a notebook's cell: evcxr calls this by its name.
    pub fn evcxr_display(&self) {
        println!("{}", self.evcxr_output());
    }

    /// What [`Self::evcxr_display`] prints: the PNG, and the alternative text for those who do not see it.
    #[must_use]
    pub fn evcxr_output(&self) -> String {
        self.caption.output("image/png", &self.base64())
    }

    /// The PNG as text.
    pub(crate) fn base64(&self) -> String {
        base64(&self.png())
    }

    fn drawing_size(&self) -> (i32, i32) {
        let (width, height) = self.scene.size();
        (width * SCALE, height * SCALE)
    }

    fn drawn_as_bitmap(&self) -> Vec<u8> {
        // The images lie under the drawing, and drawing tells where: as an SVG it is cheap.
        let (_, images) = self.drawn_as_svg();
        let size = self.drawing_size();
        let mut pixels = bitmap(size, &images);
        let canvas = Canvas::on_bitmap(&mut pixels, size);
        self.draw_sheet(canvas).expect(IN_MEMORY);
        pixels
    }

    fn drawn_as_svg(&self) -> (String, Vec<Image>) {
        let mut text = String::new();
        let canvas = Canvas::on_svg(&mut text, self.drawing_size());
        let images = self.draw_sheet(canvas).expect(IN_MEMORY);
        (text, images)
    }

    /// Draws the figure with its border, and gives the images that belong under it.
    fn draw_sheet(&self, canvas: Canvas<'_>) -> Drawn<Vec<Image>> {
        let root = canvas.into_drawing_area();
        let (right, bottom) = self.drawing_size();
        let edge = SCALE / 2;
        let border = [
            (edge, edge),
            (right - 1 - edge, edge),
            (right - 1 - edge, bottom - 1 - edge),
            (edge, bottom - 1 - edge),
            (edge, edge),
        ];
        let line = AXIS.mix(0.6).stroke_width(unsigned(SCALE));
        root.draw(&PathElement::new(border.to_vec(), line))?;
        let mut sheet = Sheet::default();
        self.draw(&root, &mut sheet, TITLE, MARGIN)?;
        root.present()?;
        Ok(sheet.images)
    }

    /// Draws title and scene into a part of a sheet.
    pub(crate) fn draw(
        &self,
        area: &Area<'_>,
        sheet: &mut Sheet,
        title_size: f64,
        margin: f64,
    ) -> Drawn {
        let margin = dev(margin);
        let area = area.margin(margin, margin, margin, margin);
        let area = titled(&area, &self.caption.title, title_size)?;
        let outer = std::mem::replace(&mut sheet.names, self.names.clone());
        let drawn = self.scene.draw(&area, sheet);
        sheet.names = outer;
        drawn
    }
}

/// A figure on a narrow page.
#[derive(Debug)]
struct Narrow {
    figure: Figure,
    height: i32,
}

impl Scene for Narrow {
    fn size(&self) -> (i32, i32) {
        (NARROW, self.height)
    }

    fn half_height(&self) -> Option<i32> {
        None
    }

    fn draw(&self, area: &Area<'_>, sheet: &mut Sheet) -> Drawn {
        self.figure.draw(area, sheet, CAPTION, 0.0)
    }
}

/// Writes a title in at most two lines at the top of the area and gives what is left.
fn titled<'a>(area: &Area<'a>, title: &str, size: f64) -> Drawn<Area<'a>> {
    if title.is_empty() {
        return Ok(area.clone());
    }
    let lines = wrapped(title, size, room(area).0, 2);
    let height = 1.35 * size;
    let used = height * lines.len() as f64 + 0.4 * TEXT;
    let (top, rest) = area.split_vertically(dev(used));
    for (i, line) in lines.iter().enumerate() {
        let middle = dev(height * (i as f64 + 0.5));
        top.draw_text(line, &style(size, HPos::Left, VPos::Center), (0, middle))?;
    }
    Ok(rest)
}
