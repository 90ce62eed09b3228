//! Colours, marker shapes and sizes: what tells one label from another, with colour and without.

use plotters::style::RGBColor;

/// The background of every picture, so that it reads the same on a light page and on a dark one.
pub const CARD: (u8, u8, u8) = (0xFB, 0xFA, 0xF6);

/// [`CARD`] as plotters wants it.
pub(crate) const PAPER: RGBColor = RGBColor(CARD.0, CARD.1, CARD.2);

/// The colours of the labels: blue, vermillion and green of Okabe & Ito, then four darker ones in place of
/// theirs that are too light for a light card. Each stands 3 : 1 against [`CARD`], and any two differ by a
/// CIE 1976 distance of 20 or more, to a protanope and a deuteranope too; `tests/plot.rs` computes it.
/// With six shapes of markers, the first 42 labels all look different.
///
/// # Source
/// M. Okabe & K. Ito, "Color Universal Design" (2008); dichromats simulated by F. Viénot, H. Brettel &
/// J. D. Mollon, Color Res. Appl. 24 (1999).
pub const PALETTE: [(u8, u8, u8); 7] = [
    (0x00, 0x72, 0xB2),
    (0xD5, 0x5E, 0x00),
    (0x00, 0x9E, 0x73),
    (0x95, 0x08, 0x5D),
    (0x5C, 0x3A, 0x00),
    (0x1D, 0x00, 0x62),
    (0x1A, 0x1A, 0x1A),
];

/// The names of the colours, for the alternative texts.
const COLOUR_NAMES: [&str; 7] = [
    "blue",
    "vermillion",
    "green",
    "purple",
    "brown",
    "indigo",
    "black",
];

/// Pixels of the drawing to one pixel of the picture, along each side.
pub(crate) const SCALE: i32 = 3;

/// Sizes of type, in pixels of the picture.
pub(crate) const TITLE: f64 = 18.0;
pub(crate) const TEXT: f64 = 15.0;

pub(crate) const INK: RGBColor = RGBColor(0x1F, 0x23, 0x28);
pub(crate) const GRID: RGBColor = RGBColor(0xE6, 0xE3, 0xDA);
pub(crate) const AXIS: RGBColor = RGBColor(0x8A, 0x88, 0x80);
pub(crate) const EDGE: RGBColor = RGBColor(0xA3, 0x9F, 0x94);
/// What the eye should go to: an edge that is cut, λ₂.
pub(crate) const ACCENT: RGBColor = RGBColor(0x95, 0x08, 0x5D);

/// The form of a marker.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    Circle,
    Triangle,
    Square,
    Cross,
    Diamond,
    Plus,
}

const SHAPES: [(Shape, &str); 6] = [
    (Shape::Circle, "circles"),
    (Shape::Triangle, "triangles"),
    (Shape::Square, "squares"),
    (Shape::Cross, "crosses"),
    (Shape::Diamond, "diamonds"),
    (Shape::Plus, "plus signs"),
];

pub(crate) fn colour(look: usize) -> RGBColor {
    let (r, g, b) = PALETTE[look % PALETTE.len()];
    RGBColor(r, g, b)
}

pub(crate) fn shape(look: usize) -> Shape {
    SHAPES[look % SHAPES.len()].0
}

/// "circles".
pub(crate) fn shape_name(look: usize) -> &'static str {
    SHAPES[look % SHAPES.len()].1
}

/// "blue circles".
pub(crate) fn look_name(look: usize) -> String {
    let colour = COLOUR_NAMES[look % COLOUR_NAMES.len()];
    format!("{colour} {}", shape_name(look))
}

/// A length of the picture in pixels of the drawing.
pub(crate) fn dev(pixels: f64) -> i32 {
    round(pixels * f64::from(SCALE))
}

/// The nearest integer; the ends of `i32` for what lies beyond them.
#[expect(
    clippy::cast_possible_truncation,
    reason = "the cast saturates, and pictures are small"
)]
pub(crate) fn round(value: f64) -> i32 {
    value.round() as i32
}

/// A nonnegative integer as a size; 0 for a negative one.
pub(crate) fn size(value: i32) -> usize {
    usize::try_from(value).unwrap_or(0)
}

/// A nonnegative integer as plotters wants its sizes; 0 for a negative one.
pub(crate) fn unsigned(value: i32) -> u32 {
    u32::try_from(value).unwrap_or(0)
}

/// A colour channel given as a number from 0 to 255.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the cast saturates, and the value is rounded first"
)]
pub(crate) fn byte(value: f64) -> u8 {
    value.round() as u8
}
