//! A picture as its pixels.

use fiedler::ndarray::Array3;
use std::io::Cursor;

/// Red, green and blue of each pixel, from 0 to 1, row by row.
#[derive(Debug, Clone)]
pub struct Raster {
    pub width: usize,
    pub height: usize,
    pub pixels: Vec<[f64; 3]>,
}

impl Raster {
    /// Of a PNG; where it is transparent, on white.
    pub fn read(bytes: &[u8]) -> Result<Self, String> {
        if bytes.starts_with(b"\xff\xd8\xff") {
            return Err("this is a JPEG picture; save it as PNG".to_string());
        }
        if !bytes.starts_with(b"\x89PNG") {
            return Err("this is no PNG picture".to_string());
        }
        let damaged = |error: png::DecodingError| format!("the picture cannot be read: {error}");
        let mut decoder = png::Decoder::new(Cursor::new(bytes));
        decoder.set_transformations(png::Transformations::normalize_to_color8());
        let mut reader = decoder.read_info().map_err(damaged)?;
        let size = reader
            .output_buffer_size()
            .ok_or("the picture is too large")?;
        let mut buffer = vec![0; size];
        let info = reader.next_frame(&mut buffer).map_err(damaged)?;
        let samples = info.color_type.samples();
        let on_white = |pixel: &[u8]| {
            let share = |byte: u8| f64::from(byte) / 255.0;
            let (colour, alpha) = match *pixel {
                [grey] => ([grey; 3], 255),
                [grey, alpha] => ([grey; 3], alpha),
                [red, green, blue] => ([red, green, blue], 255),
                [red, green, blue, alpha, ..] => ([red, green, blue], alpha),
                [] => ([0; 3], 0),
            };
            colour.map(|byte| share(byte) * share(alpha) + 1.0 - share(alpha))
        };
        Ok(Self {
            width: info.width as usize,
            height: info.height as usize,
            pixels: buffer[..info.buffer_size()]
                .chunks_exact(samples)
                .map(on_white)
                .collect(),
        })
    }

    /// As a PNG.
    pub fn png(&self) -> Result<Vec<u8>, String> {
        let failed = |error: png::EncodingError| format!("the parts cannot be written: {error}");
        let side = |length: usize| {
            u32::try_from(length).map_err(|_| "the picture is too large".to_string())
        };
        let mut bytes = Vec::new();
        let mut encoder = png::Encoder::new(&mut bytes, side(self.width)?, side(self.height)?);
        encoder.set_color(png::ColorType::Rgb);
        encoder.set_depth(png::BitDepth::Eight);
        let mut writer = encoder.write_header().map_err(failed)?;
        let data = self.bytes().into_raw_vec_and_offset().0;
        writer.write_image_data(&data).map_err(failed)?;
        writer.finish().map_err(failed)?;
        Ok(bytes)
    }

    /// Rows × columns × red, green and blue, as the library takes a picture.
    pub fn bytes(&self) -> Array3<u8> {
        let shares =
            |(y, x, channel): (usize, usize, usize)| self.pixels[y * self.width + x][channel];
        Array3::from_shape_fn((self.height, self.width, 3), |at| byte(shares(at)))
    }
}

/// A copy with at most so many pixels, each the mean of a square; and the side of the squares.
pub fn shrunk(whole: &Raster, most: usize) -> (Raster, usize) {
    let small = |factor: usize| whole.width.div_ceil(factor) * whole.height.div_ceil(factor);
    let factor = (1..=whole.pixels.len())
        .find(|&factor| small(factor) <= most)
        .unwrap_or(1);
    let (width, height) = (whole.width.div_ceil(factor), whole.height.div_ceil(factor));
    let mut sums = vec![([0.0; 3], 0.0); width * height];
    for (at, pixel) in whole.pixels.iter().enumerate() {
        let (x, y) = (at % whole.width / factor, at / whole.width / factor);
        let (sum, count) = &mut sums[y * width + x];
        (0..3).for_each(|c| sum[c] += pixel[c]);
        *count += 1.0;
    }
    let pixels = sums
        .into_iter()
        .map(|(sum, count)| sum.map(|s: f64| s / count))
        .collect();
    (
        Raster {
            width,
            height,
            pixels,
        },
        factor,
    )
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a share from 0 to 1, and the cast saturates"
)]
fn byte(share: f64) -> u8 {
    (255.0 * share).round() as u8
}

#[cfg(test)]
mod tests {
    use super::*;
    use fiedler::ndarray::array;
    use fiedler::pixels::color_features;

    #[test]
    fn black_and_white_differ_by_one_and_red_lies_where_the_library_says() {
        let raster = Raster {
            width: 3,
            height: 1,
            pixels: vec![[0.0; 3], [1.0; 3], [1.0, 0.0, 0.0]],
        };
        let features = color_features(&raster.bytes()).expect("three pixels");
        assert_eq!(features, array![[0.0; 3], [1.0, 0.0, 0.0], [1.0, 0.0, 1.0]]);
    }

    #[test]
    fn a_picture_is_read_back_as_it_was_written() {
        let pixels = vec![
            [0.0; 3],
            [1.0, 0.0, 0.2],
            [0.4, 0.6, 1.0],
            [1.0; 3],
            [0.2; 3],
            [0.8; 3],
        ];
        let raster = Raster {
            width: 3,
            height: 2,
            pixels,
        };
        let bytes = raster.png().expect("it is written");
        let again = Raster::read(&bytes).expect("it is read");
        assert_eq!((again.width, again.height), (3, 2));
        for (one, other) in raster
            .pixels
            .iter()
            .flatten()
            .zip(again.pixels.iter().flatten())
        {
            assert!((one - other).abs() < 0.5 / 255.0);
        }
        let (small, factor) = shrunk(&raster, 2);
        assert_eq!((small.width, small.height, factor), (2, 1, 2));
    }
}
