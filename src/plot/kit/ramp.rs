//! Colours for values: light for small and dark for large, or two colours for the two signs.

use super::style::{byte, round, size};
use plotters::style::RGBColor;

/// White for the smallest value to navy for the largest, at 17 equal steps. The line between the two is
/// straight in CIELAB, so that equal steps in value look equal, and darker is more to everybody.
const RAMP: [(u8, u8, u8); 17] = [
    (255, 255, 255),
    (240, 241, 246),
    (226, 228, 236),
    (211, 215, 227),
    (197, 202, 218),
    (182, 189, 208),
    (168, 176, 199),
    (154, 163, 190),
    (140, 151, 181),
    (126, 139, 172),
    (112, 127, 163),
    (98, 115, 154),
    (83, 104, 146),
    (69, 92, 137),
    (53, 81, 128),
    (36, 70, 120),
    (11, 60, 111),
];

/// The colour of a value given as a share of the range.
pub(crate) fn ramp(share: f64) -> RGBColor {
    // In 32 levels, no two of which the eye tells apart: a quarter less to store.
    between(&RAMP, (share.clamp(0.0, 1.0) * 32.0).round() / 32.0)
}

/// The ends and the middle of [`diverging`]: the palette's blue and vermillion, both darker, and grey.
const DIVERGING: [(u8, u8, u8); 3] = [(0x00, 0x5A, 0x9C), (0xB4, 0xB0, 0xA6), (0xC2, 0x4A, 0x00)];

/// Blue for 0, grey for ½, vermillion for 1. Blue and orange differ to every eye that sees colours at all;
/// to others both ends are dark, and the shape of the markers tells the sign.
pub(crate) fn diverging(share: f64) -> RGBColor {
    // In 16 levels to each side: few colours make small files.
    between(&DIVERGING, (share.clamp(0.0, 1.0) * 32.0).round() / 32.0)
}

/// The colour at a share, from 0 to 1, of the way through these, which stand at equal steps.
fn between(colours: &[(u8, u8, u8)], share: f64) -> RGBColor {
    let place = share * (colours.len() - 1) as f64;
    let below = size(round(place.floor())).min(colours.len() - 2);
    let (from, to) = (colours[below], colours[below + 1]);
    let mix = |from: u8, to: u8| {
        let (from, to) = (f64::from(from), f64::from(to));
        byte(from + (place - below as f64) * (to - from))
    };
    RGBColor(mix(from.0, to.0), mix(from.1, to.1), mix(from.2, to.2))
}
