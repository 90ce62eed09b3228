//! Rasters, and the PNG files that hold them.

use super::style::{CARD, SCALE, size};
use base64::Engine;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// Why encoding and drawing cannot fail here.
pub(crate) const IN_MEMORY: &str = "pictures are written to memory, in sizes that are checked";

/// A raster of colours, stretched over a rectangle given in pixels of the drawing. It lies under
/// everything that plotters draws.
#[derive(Debug, Clone)]
pub(crate) struct Image {
    pub(crate) left: i32,
    pub(crate) top: i32,
    pub(crate) width: i32,
    pub(crate) height: i32,
    pub(crate) columns: usize,
    pub(crate) rgb: Vec<u8>,
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

    pub(crate) fn svg(&self) -> String {
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
pub(crate) fn base64(bytes: &[u8]) -> String {
    base64::engine::general_purpose::STANDARD.encode(bytes)
}

/// An empty bitmap of the drawing's size, with its images.
pub(crate) fn bitmap((columns, rows): (i32, i32), images: &[Image]) -> Vec<u8> {
    let line = size(columns);
    let mut pixels = [CARD.0, CARD.1, CARD.2].repeat(line * size(rows));
    for image in images {
        image.paint(&mut pixels, line);
    }
    pixels
}

/// The PNG of a finished bitmap.
pub(crate) fn png(bitmap: &[u8], drawing: (i32, i32)) -> Vec<u8> {
    let scale = size(SCALE);
    let (wide, high) = (size(drawing.0) / scale, size(drawing.1) / scale);
    encode(&averaged(bitmap, drawing), wide, high)
}

/// The colours of a finished bitmap: each `SCALE` × `SCALE` pixels averaged to one.
pub(crate) fn averaged(bitmap: &[u8], (columns, rows): (i32, i32)) -> Vec<u8> {
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
    rgb
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
pub(crate) fn indexed(rgb: &[u8]) -> (Vec<u8>, Vec<u8>) {
    let mut frequencies: BTreeMap<[u8; 3], usize> = BTreeMap::new();
    // Most pixels equal the one before them: a run of those is looked up once.
    for run in rgb.as_chunks::<3>().0.chunk_by(|a, b| a == b) {
        *frequencies.entry(run[0]).or_insert(0) += run.len();
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
    let runs = rgb.as_chunks::<3>().0.chunk_by(|a, b| a == b);
    let indices = runs
        .flat_map(|run| std::iter::repeat_n(nearest[&run[0]], run.len()))
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
