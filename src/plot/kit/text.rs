//! Words and numbers: the embedded font, how wide a text is, how a number is written.
//!
//! The font is a subset of DejaVu Sans 2.37 (licence in `DejaVuSans-LICENSE.txt`), embedded so that the
//! same figure has the same bytes on every machine. It was made with fonttools, without its hints:
//!
//! ```text
//! pyftsubset DejaVuSans.ttf --no-hinting --layout-features='' --legacy-kern --drop-tables+=MATH
//!   --unicodes=U+0020-007E,U+00A0-00FF,U+0391-03A9,U+03B1-03C9,U+2013,U+2014,U+2016,U+2018,U+2019,
//!     U+201C,U+201D,U+2026,U+2032,U+2070,U+2071,U+2074-208E,U+2090-209C,U+1D40,U+1D48,U+1D62-1D65,
//!     U+2C7C,U+2113,U+211D,U+2190-2194,U+21D2,U+2200,U+2202,U+2207-2209,U+2211,U+2212,U+2218,U+221A,
//!     U+221D,U+221E,U+2225,U+2229,U+222A,U+2248,U+2260,U+2264,U+2265,U+226A,U+226B,U+22A5,U+22C5,
//!     U+25A0,U+25A1,U+25CF,U+25CB,U+1D7D9
//!   --output-file=DejaVuSans-subset.ttf
//! ```

use super::style::{INK, SCALE};
use ab_glyph::{Font, FontRef, PxScale, ScaleFont};
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{Color, FontDesc, FontFamily, FontStyle, TextStyle, register_font};
use std::sync::LazyLock;

const FONT_FILE: &[u8] = include_bytes!("DejaVuSans-subset.ttf");
/// The name under which plotters finds the font, and the list from which a browser takes it.
const FAMILY: &str = "DejaVu Sans, Verdana, sans-serif";
/// plotters divides sizes of type by this before it hands them on.
pub(crate) const PLOTTERS_SIZE: f64 = 1.24;

static FONT: LazyLock<FontRef<'static>> = LazyLock::new(|| {
    // Registered for plotters too, which measures the labels of the axes.
    let registered = register_font(FAMILY, FontStyle::Normal, FONT_FILE);
    assert!(registered.is_ok(), "the embedded font is a font");
    FontRef::try_from_slice(FONT_FILE).expect("the embedded font is a font")
});

/// The embedded font and its scale at which one em has `em` pixels.
pub(crate) fn font_at(em: f64) -> (&'static FontRef<'static>, PxScale) {
    let font = &*FONT;
    let em_height = font
        .units_per_em()
        .map_or(1.0, |units| font.height_unscaled() / units);
    (font, PxScale::from(single(em) * em_height))
}

/// Single precision, in which ab_glyph computes.
#[expect(
    clippy::cast_possible_truncation,
    reason = "a size of type needs no more"
)]
fn single(value: f64) -> f32 {
    value as f32
}

/// The width of a text whose em is `em`, in the same unit.
pub(crate) fn width(text: &str, em: f64) -> f64 {
    let (font, scale) = font_at(em);
    let font = font.as_scaled(scale);
    let mut previous = None;
    let mut width = 0.0;
    for character in text.chars() {
        let glyph = font.glyph_id(character);
        width += previous.map_or(0.0, |previous| font.kern(previous, glyph));
        width += font.h_advance(glyph);
        previous = Some(glyph);
    }
    f64::from(width)
}

/// The style of a text whose em is `em` pixels of the picture.
pub(crate) fn style(em: f64, horizontal: HPos, vertical: VPos) -> TextStyle<'static> {
    LazyLock::force(&FONT);
    FontDesc::new(
        FontFamily::Name(FAMILY),
        em * f64::from(SCALE) * PLOTTERS_SIZE,
        FontStyle::Normal,
    )
    .color(&INK.to_rgba())
    .pos(Pos::new(horizontal, vertical))
}

/// One line: control characters, which XML does not allow, and line breaks become single spaces.
pub(crate) fn one_line(text: &str) -> String {
    let spaced: String = text
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .filter(|c| !matches!(c, '\u{FFFE}' | '\u{FFFF}'))
        .collect();
    spaced.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The text in at most `lines` lines of `room` pixels; what does not fit gives way to an ellipsis.
pub(crate) fn wrapped(text: &str, em: f64, room: f64, lines: usize) -> Vec<String> {
    let mut wrapped = Vec::new();
    let mut line = String::new();
    for word in text.split_whitespace() {
        let longer = format!("{line} {word}").trim_start().to_string();
        if line.is_empty() || width(&longer, em) <= room {
            line = longer;
        } else if wrapped.len() + 1 < lines {
            wrapped.push(std::mem::replace(&mut line, word.to_string()));
        } else {
            line.push_str(" …");
            break;
        }
    }
    wrapped.push(line);
    wrapped
        .into_iter()
        .map(|line| shortened(line, em, room))
        .collect()
}

/// The text, cut to `room` pixels with an ellipsis where it is longer.
pub(crate) fn shortened(text: String, em: f64, room: f64) -> String {
    if width(&text, em) <= room {
        return text;
    }
    let mut kept = text;
    while !kept.is_empty() && width(&format!("{kept}…"), em) > room {
        kept.pop();
    }
    format!("{}…", kept.trim_end_matches([' ', '…']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_title_is_wrapped_and_then_cut_with_an_ellipsis() {
        let lines = wrapped(&"spectral ".repeat(30), TEXT_EM, 200.0, 2);
        assert_eq!(lines.len(), 2);
        assert!(lines[1].ends_with('…'), "{lines:?}");
        assert!(lines.iter().all(|line| width(line, TEXT_EM) <= 200.0));
    }

    #[test]
    fn every_character_that_the_figures_write_is_in_the_font() {
        let (font, _) = font_at(TEXT_EM);
        for character in "AZaz09 .,:;()−·…×≤≥√½εσλ₀₉⁰⁹⁻ᵀ‖𝟙₁₂ᵢⱼ–—∞".chars()
        {
            assert_ne!(font.glyph_id(character).0, 0, "{character} is missing");
        }
    }

    const TEXT_EM: f64 = 15.0;
}
