//! What plotters draws on.

use super::style::{round, unsigned};
use super::text::{PLOTTERS_SIZE, font_at, width};
use ab_glyph::{Font, ScaleFont, point};
use plotters::backend::{BitMapBackend, SVGBackend};
use plotters_backend::text_anchor::{HPos, VPos};
use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind,
};
use std::io::Error;

/// plotters' bitmap or its SVG, as one type, so that a scene is written once. On the
/// bitmap two things are mended: text keeps the side bearings of its glyphs and stands where the SVG has
/// it, and the pieces of a broken line join roundly, however it turns.
pub(crate) enum Canvas<'a> {
    Bitmap(BitMapBackend<'a>),
    Svg(SVGBackend<'a>),
}

impl<'a> Canvas<'a> {
    pub(crate) fn on_bitmap(pixels: &'a mut [u8], (columns, rows): (i32, i32)) -> Self {
        let size = (unsigned(columns), unsigned(rows));
        Self::Bitmap(BitMapBackend::with_buffer(pixels, size))
    }

    pub(crate) fn on_svg(text: &'a mut String, (columns, rows): (i32, i32)) -> Self {
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

/// The same call to whichever of the two it is.
macro_rules! pass {
    ($canvas:ident.$method:ident($($argument:ident),*)) => {
        match $canvas {
            Self::Bitmap(bitmap) => bitmap.$method($($argument),*).map_err(as_io),
            Self::Svg(svg) => svg.$method($($argument),*),
        }
    };
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
        pass!(self.ensure_prepared())
    }

    fn present(&mut self) -> Outcome {
        pass!(self.present())
    }

    fn draw_pixel(&mut self, at: BackendCoord, colour: BackendColor) -> Outcome {
        pass!(self.draw_pixel(at, colour))
    }

    fn draw_line<S: BackendStyle>(
        &mut self,
        from: BackendCoord,
        to: BackendCoord,
        style: &S,
    ) -> Outcome {
        pass!(self.draw_line(from, to, style))
    }

    fn draw_rect<S: BackendStyle>(
        &mut self,
        upper_left: BackendCoord,
        lower_right: BackendCoord,
        style: &S,
        fill: bool,
    ) -> Outcome {
        pass!(self.draw_rect(upper_left, lower_right, style, fill))
    }

    fn draw_circle<S: BackendStyle>(
        &mut self,
        centre: BackendCoord,
        radius: u32,
        style: &S,
        fill: bool,
    ) -> Outcome {
        pass!(self.draw_circle(centre, radius, style, fill))
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        corners: I,
        style: &S,
    ) -> Outcome {
        pass!(self.fill_polygon(corners, style))
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
