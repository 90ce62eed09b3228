//! From a drawing to a file: PNG and SVG, the same bytes for the same drawing.

use super::style::{CARD, SCALE, round, size, unsigned};
use super::text::{PLOTTERS_SIZE, font_at, width};
use ab_glyph::{Font, ScaleFont, point};
use base64::Engine;
use plotters::backend::{BitMapBackend, SVGBackend};
use plotters_backend::text_anchor::{HPos, VPos};
use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind,
};
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::io::Error;

/// A raster of colours, stretched over a rectangle given in pixels of the drawing. It lies under
/// everything that plotters draws.
#[derive(Debug, Clone)]
pub(super) struct Image {
    pub(super) left: i32,
    pub(super) top: i32,
    pub(super) width: i32,
    pub(super) height: i32,
    pub(super) columns: usize,
    pub(super) rgb: Vec<u8>,
}

impl Image {
    fn rows(&self) -> usize {
        self.rgb.len() / 3 / self.columns.max(1)
    }

    /// Copies the colours into a bitmap `line` pixels wide.
    fn paint(&self, bitmap: &mut [u8], line: usize) {
        let (width, height) = (size(self.width), size(self.height));
        let (left, top) = (size(self.left), size(self.top));
        for y in 0..height {
            let row = y * self.rows() / height;
            for x in 0..width {
                let from = 3 * (row * self.columns + x * self.columns / width);
                let to = 3 * ((top + y) * line + left + x);
                bitmap[to..to + 3].copy_from_slice(&self.rgb[from..from + 3]);
            }
        }
    }

    fn svg(&self) -> String {
        format!(
            "<image x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" preserveAspectRatio=\"none\" \
             style=\"image-rendering:pixelated\" href=\"data:image/png;base64,{}\"/>\n",
            self.left,
            self.top,
            self.width,
            self.height,
            base64(&encode(&self.rgb, self.columns, self.rows()))
        )
    }
}

/// Base 64, as browsers and notebooks want it.
pub(super) fn base64(bytes: &[u8]) -> String {
    base64::engine::general_purpose::STANDARD.encode(bytes)
}

/// An empty bitmap of the drawing's size, with its images.
pub(super) fn bitmap((columns, rows): (i32, i32), images: &[Image]) -> Vec<u8> {
    let line = size(columns);
    let mut pixels = [CARD.0, CARD.1, CARD.2].repeat(line * size(rows));
    for image in images {
        image.paint(&mut pixels, line);
    }
    pixels
}

/// The PNG of a finished bitmap: each `SCALE` × `SCALE` pixels averaged to one.
pub(super) fn png(bitmap: &[u8], (columns, rows): (i32, i32)) -> Vec<u8> {
    let scale = size(SCALE);
    let (wide, high) = (size(columns) / scale, size(rows) / scale);
    let line = 3 * size(columns);
    let mut rgb = Vec::with_capacity(3 * wide * high);
    for y in 0..high {
        for x in 0..3 * wide {
            let corner = scale * y * line + 3 * scale * (x / 3) + x % 3;
            let mut sum = 0;
            for dy in 0..scale {
                for dx in 0..scale {
                    sum += usize::from(bitmap[corner + dy * line + 3 * dx]);
                }
            }
            let mean = (sum + scale * scale / 2) / (scale * scale);
            rgb.push(u8::try_from(mean).unwrap_or(u8::MAX));
        }
    }
    encode(&rgb, wide, high)
}

/// Encodes RGB pixels as PNG with a palette of at most 256 colours.
fn encode(rgb: &[u8], columns: usize, rows: usize) -> Vec<u8> {
    let (palette, indices) = indexed(rgb);
    let side = |length: usize| u32::try_from(length).unwrap_or(u32::MAX);
    let mut file = Vec::new();
    let mut encoder = png::Encoder::new(&mut file, side(columns), side(rows));
    encoder.set_color(png::ColorType::Indexed);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_palette(palette);
    encoder.set_compression(png::Compression::High);
    encoder.set_filter(png::Filter::NoFilter);
    let mut writer = encoder.write_header().expect(IN_MEMORY);
    writer.write_image_data(&indices).expect(IN_MEMORY);
    writer.finish().expect(IN_MEMORY);
    file
}

/// A palette, and the index of each pixel in it. Up to 256 colours are kept as they are. Of more, which
/// come from smoothed edges, the most frequent of each small cube of colours stands for the whole cube,
/// the 256 fullest cubes count, and every other pixel takes the nearest of these.
fn indexed(rgb: &[u8]) -> (Vec<u8>, Vec<u8>) {
    let mut frequencies: BTreeMap<[u8; 3], usize> = BTreeMap::new();
    for pixel in rgb.chunks_exact(3) {
        *frequencies
            .entry([pixel[0], pixel[1], pixel[2]])
            .or_insert(0) += 1;
    }
    let mut kept: Vec<[u8; 3]> = frequencies.keys().copied().collect();
    if kept.len() > 256 {
        // Per cube: how many pixels, and the most frequent colour.
        let mut cubes: BTreeMap<[u8; 3], (usize, usize, [u8; 3])> = BTreeMap::new();
        for (&colour, &count) in &frequencies {
            let cube = cubes.entry(colour.map(|channel| channel / 8)).or_default();
            cube.0 += count;
            if count > cube.1 {
                (cube.1, cube.2) = (count, colour);
            }
        }
        let mut fullest: Vec<_> = cubes.into_values().collect();
        fullest.sort_by_key(|cube| (Reverse(cube.0), cube.2));
        kept = fullest.into_iter().take(256).map(|cube| cube.2).collect();
    }
    let nearest: BTreeMap<[u8; 3], u8> = frequencies
        .into_keys()
        .map(|colour| {
            let best = (0u8..=255)
                .zip(&kept)
                .min_by_key(|(_, kept)| distance(colour, **kept));
            (colour, best.map_or(0, |(index, _)| index))
        })
        .collect();
    let indices = rgb
        .chunks_exact(3)
        .map(|pixel| nearest[&[pixel[0], pixel[1], pixel[2]]])
        .collect();
    (kept.concat(), indices)
}

/// The squared distance of two colours.
fn distance(a: [u8; 3], b: [u8; 3]) -> u32 {
    a.into_iter()
        .zip(b)
        .map(|(a, b)| u32::from(a.abs_diff(b)).pow(2))
        .sum()
}

/// Why encoding and drawing cannot fail here.
pub(super) const IN_MEMORY: &str = "pictures are written to memory, in sizes that are checked";

/// The SVG of what plotters drew: with a title and a description for those who do not see it, the card and
/// the images put under the drawing, and attributes dropped that only repeat SVG's defaults.
pub(super) fn svg(
    drawn: &str,
    (columns, rows): (i32, i32),
    title: &str,
    alt: &str,
    images: &[Image],
) -> String {
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{}\" height=\"{}\" \
         viewBox=\"0 0 {columns} {rows}\" role=\"img\" stroke-linejoin=\"round\">\n\
         <title>{}</title>\n<desc>{}</desc>\n\
         <rect width=\"{columns}\" height=\"{rows}\" fill=\"#{:02X}{:02X}{:02X}\"/>\n",
        columns / SCALE,
        rows / SCALE,
        escaped(title),
        escaped(alt),
        CARD.0,
        CARD.1,
        CARD.2
    );
    for image in images {
        svg.push_str(&image.svg());
    }
    // plotters escapes quotation marks in texts, so that these are attributes wherever they occur.
    let elements = drawn.split_once('\n').map_or("", |(_, rest)| rest);
    let compact = elements
        .replace(" opacity=\"1\"", "")
        .replace(" stroke=\"none\" stroke-width=\"1\"", "")
        .replace(" stroke=\"none\"", "")
        .replace(" \"/>", "\"/>");
    svg.push_str(&compact);
    svg
}

/// Text as XML wants it.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '&' => escaped.push_str("&amp;"),
            other => escaped.push(other),
        }
    }
    escaped
}

/// What plotters draws on: its bitmap or its SVG, as one type, so that a scene is written once. On the
/// bitmap two things are mended: text keeps the side bearings of its glyphs and stands where the SVG has
/// it, and the pieces of a broken line join roundly, however it turns.
pub(super) enum Canvas<'a> {
    Bitmap(BitMapBackend<'a>),
    Svg(SVGBackend<'a>),
}

impl<'a> Canvas<'a> {
    pub(super) fn on_bitmap(pixels: &'a mut [u8], (columns, rows): (i32, i32)) -> Self {
        let size = (unsigned(columns), unsigned(rows));
        Self::Bitmap(BitMapBackend::with_buffer(pixels, size))
    }

    pub(super) fn on_svg(text: &'a mut String, (columns, rows): (i32, i32)) -> Self {
        let size = (unsigned(columns), unsigned(rows));
        Self::Svg(SVGBackend::with_string(text, size))
    }
}

type Outcome = Result<(), DrawingErrorKind<Error>>;

/// The bitmap's error as the SVG's.
fn as_io<E: std::error::Error + Send + Sync + 'static>(
    error: DrawingErrorKind<E>,
) -> DrawingErrorKind<Error> {
    DrawingErrorKind::DrawingError(Error::other(error))
}

impl DrawingBackend for Canvas<'_> {
    type ErrorType = Error;

    fn get_size(&self) -> (u32, u32) {
        match self {
            Self::Bitmap(bitmap) => bitmap.get_size(),
            Self::Svg(svg) => svg.get_size(),
        }
    }

    fn ensure_prepared(&mut self) -> Outcome {
        match self {
            Self::Bitmap(bitmap) => bitmap.ensure_prepared().map_err(as_io),
            Self::Svg(svg) => svg.ensure_prepared(),
        }
    }

    fn present(&mut self) -> Outcome {
        match self {
            Self::Bitmap(bitmap) => bitmap.present().map_err(as_io),
            Self::Svg(svg) => svg.present(),
        }
    }

    fn draw_pixel(&mut self, at: BackendCoord, colour: BackendColor) -> Outcome {
        match self {
            Self::Bitmap(bitmap) => bitmap.draw_pixel(at, colour).map_err(as_io),
            Self::Svg(svg) => svg.draw_pixel(at, colour),
        }
    }

    fn draw_line<S: BackendStyle>(
        &mut self,
        from: BackendCoord,
        to: BackendCoord,
        style: &S,
    ) -> Outcome {
        match self {
            Self::Bitmap(bitmap) => bitmap.draw_line(from, to, style).map_err(as_io),
            Self::Svg(svg) => svg.draw_line(from, to, style),
        }
    }

    fn draw_rect<S: BackendStyle>(
        &mut self,
        upper_left: BackendCoord,
        lower_right: BackendCoord,
        style: &S,
        fill: bool,
    ) -> Outcome {
        match self {
            Self::Bitmap(bitmap) => bitmap
                .draw_rect(upper_left, lower_right, style, fill)
                .map_err(as_io),
            Self::Svg(svg) => svg.draw_rect(upper_left, lower_right, style, fill),
        }
    }

    fn draw_circle<S: BackendStyle>(
        &mut self,
        centre: BackendCoord,
        radius: u32,
        style: &S,
        fill: bool,
    ) -> Outcome {
        match self {
            Self::Bitmap(bitmap) => bitmap
                .draw_circle(centre, radius, style, fill)
                .map_err(as_io),
            Self::Svg(svg) => svg.draw_circle(centre, radius, style, fill),
        }
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        corners: I,
        style: &S,
    ) -> Outcome {
        match self {
            Self::Bitmap(bitmap) => bitmap.fill_polygon(corners, style).map_err(as_io),
            Self::Svg(svg) => svg.fill_polygon(corners, style),
        }
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> Outcome {
        if let Self::Svg(svg) = self {
            return svg.draw_path(path, style);
        }
        let mut previous: Option<BackendCoord> = None;
        for (i, at) in path.into_iter().enumerate() {
            if let Some(from) = previous {
                if i > 1 && style.stroke_width() > 2 {
                    self.draw_circle(from, style.stroke_width() / 2, style, true)?;
                }
                self.draw_line(from, at, style)?;
            }
            previous = Some(at);
        }
        Ok(())
    }

    fn draw_text<S: BackendTextStyle>(
        &mut self,
        text: &str,
        style: &S,
        (x, y): BackendCoord,
    ) -> Outcome {
        if let Self::Svg(svg) = self {
            return svg.draw_text(text, style, (x, y));
        }
        let em = style.size() / PLOTTERS_SIZE;
        let (font, scale) = font_at(em);
        let font = font.as_scaled(scale);
        // Where the SVG backend puts the line of writing, with DejaVu's x-height for `ex`.
        let along = match style.anchor().h_pos {
            HPos::Left => 0.0,
            HPos::Center => -width(text, em) / 2.0,
            HPos::Right => -width(text, em),
        };
        let down = match style.anchor().v_pos {
            VPos::Top => 0.76,
            VPos::Center => 0.5 * X_HEIGHT,
            VPos::Bottom => -0.5 * X_HEIGHT,
        } * em;
        let mut pen = point(f64_as_f32(along), f64_as_f32(down));
        let mut previous = None;
        let colour = style.color();
        for character in text.chars() {
            let id = font.glyph_id(character);
            pen.x += previous.map_or(0.0, |previous| font.kern(previous, id));
            if let Some(glyph) = font.outline_glyph(id.with_scale_and_position(scale, pen)) {
                let corner = glyph.px_bounds().min;
                let (left, top) = (round(f64::from(corner.x)), round(f64::from(corner.y)));
                let mut covered = Vec::new();
                glyph.draw(|dx, dy, coverage| covered.push((dx, dy, coverage)));
                for (dx, dy, coverage) in covered {
                    let (dx, dy) = (round(f64::from(dx)) + left, round(f64::from(dy)) + top);
                    let (dx, dy) = style.transform().transform(dx, dy);
                    let mix = colour.mix(f64::from(coverage.clamp(0.0, 1.0)));
                    self.draw_pixel((x + dx, y + dy), mix)?;
                }
            }
            pen.x += font.h_advance(id);
            previous = Some(id);
        }
        Ok(())
    }
}

/// Height of DejaVu Sans' x, in em.
const X_HEIGHT: f64 = 0.547;

#[expect(
    clippy::cast_possible_truncation,
    reason = "a place on a picture needs no more"
)]
fn f64_as_f32(value: f64) -> f32 {
    value as f32
}
