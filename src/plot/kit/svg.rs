//! The SVG file around what plotters draws.

use super::caption::Caption;
use super::image::Image;
use super::style::{CARD, SCALE};

/// The SVG of what plotters drew: with a title and a description for those who do not see it, the card and
/// the images put under the drawing, and attributes dropped that only repeat SVG's defaults.
pub(crate) fn svg(
    drawn: &str,
    (columns, rows): (i32, i32),
    caption: &Caption,
    images: &[Image],
) -> String {
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{}\" height=\"{}\" \
         viewBox=\"0 0 {columns} {rows}\" role=\"img\" stroke-linejoin=\"round\">\n\
         <title>{}</title>\n<desc>{}</desc>\n\
         <rect width=\"{columns}\" height=\"{rows}\" fill=\"#{:02X}{:02X}{:02X}\"/>\n",
        columns / SCALE,
        rows / SCALE,
        escaped(&caption.title),
        escaped(&caption.alt),
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
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}
