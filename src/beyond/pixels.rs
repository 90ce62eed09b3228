//! A picture cut into its parts: the pixels as points, and a graph that joins those near in place and in grey.
//!
//! # Definition
//! Pixel (i, j) of a picture of m columns is vertex i·m + j: row by row. Two pixels at most r apart are joined by
//!
//! ```text
//! aₚᵩ = exp(−(Iₚ − Iᵩ)²/σ_I²) · exp(−‖xₚ − xᵩ‖²/σ_X²)
//! ```
//!
//! where I is the intensity and x the place, counted in pixels. In a picture in colours ‖Fₚ − Fᵩ‖² stands for (Iₚ − Iᵩ)²,
//! where F is the pixel's place in the cone of hue h, saturation s and value v, all from 0 to 1 but for the angle h:
//!
//! ```text
//! F = (v, v·s·sin h, v·s·cos h)
//! ```
//!
//! So two colours are 1 apart that differ by black and white, dark colours are near to each other whatever their hue,
//! and a grey picture has the graph of its intensities. There is no 2 in the denominators: so the paper has
//! it, unlike the Gaussian of [`crate::graph`].
//!
//! # Must hold
//! At least two pixels, every intensity finite; σ_I and σ_X positive; r at least 1, so that each pixel has neighbours.
//!
//! # Known value
//! Red, (255, 0, 0), lies at F = (1, 0, 1), and grey 51 at (0.2, 0, 0). Within r = 1.5 an inner pixel has 8 neighbours. Cut in three, the synthetic picture of 24 × 32 pixels with noise
//! 0.03 and seed 0 falls into background, disc and bar, every pixel right.
//!
//! # Source
//! J. Shi & J. Malik, "Normalized cuts and image segmentation", IEEE Trans. PAMI 22 (2000), §3, eq. (11), and §4.

use crate::error::{Error, Result};
use crate::graph::Graph;
use crate::guard;
use crate::linalg::RandomState;
use ndarray::{Array2, Array3};

/// The most edges of a graph of pixels: as many need half a gigabyte.
const MOST_EDGES: f64 = (1 << 24) as f64;
/// The most pixels of a picture, here and where it is drawn. How many of them a graph takes depends on the radius: as many
/// as have 2²⁴ pixels within it, all together.
pub const MOST_PIXELS: usize = 1 << 24;

/// The graph of a picture's pixels. Sparse. `sigma_intensity` has the unit of the intensities, `sigma_distance` and
/// `radius` are in pixels.
///
/// ```
/// use fiedler::{ndarray::array, pixels::pixel_graph};
/// let graph = pixel_graph(&array![[0.0, 0.0, 1.0]], 0.5, 2.0, 1.0)?;
/// let edges: Vec<_> = graph.weighted_edges().collect();
/// assert_eq!(edges[0], (0, 1, (-0.25_f64).exp())); // one pixel apart, and of one grey
/// assert_eq!(edges[1], (1, 2, (-4.25_f64).exp()));
/// # Ok::<(), fiedler::Error>(())
/// ```
///
/// # Errors
/// [`Error::NoPoints`], [`Error::OnePoint`], [`Error::NotFinite`] for a picture that is none; [`Error::Parameter`] for
/// a σ that is not positive and finite, a radius below 1 or infinite; [`Error::Value`] for one that would join too
/// many pixels; [`Error::SmallSigma`], [`Error::TinyDegree`] where σ is so small that the similarities of a pixel vanish all but entirely. Where they
/// vanish entirely, the pixel is isolated.
pub fn pixel_graph(
    intensity: &Array2<f64>,
    sigma_intensity: f64,
    sigma_distance: f64,
    radius: f64,
) -> Result<Graph> {
    let intensity = &*guard::points(intensity, 1)?;
    guard::positive("sigma_intensity", sigma_intensity)?;
    let sigmas = "sigma_intensity or sigma_distance";
    joined(intensity.dim(), (sigma_distance, radius), sigmas, |p, q| {
        ((intensity[p] - intensity[q]) / sigma_intensity).powi(2)
    })
}

/// The graph of a picture in colours: rows × columns × 3 bytes, red, green and blue. Sparse. `sigma_color` is a distance in
/// the cone of colours, in which black and white are 1 apart; the others are as in [`pixel_graph`].
///
/// ```
/// use fiedler::{ndarray::{Array3, array}, pixels::color_graph};
/// let row: Array3<u8> = array![[[255, 0, 0], [255, 0, 0], [0, 0, 255]]]; // red, red, blue
/// let graph = color_graph(&row, 0.5, 2.0, 1.0)?;
/// let edges: Vec<_> = graph.weighted_edges().collect();
/// assert_eq!(edges[0], (0, 1, (-0.25_f64).exp()));
/// // From red to blue it is √3 across the rim of the cone, a third of the way round.
/// assert!((edges[1].2 - (-3.0 / 0.25 - 0.25_f64).exp()).abs() < 1e-15);
/// # Ok::<(), fiedler::Error>(())
/// ```
///
/// # Errors
/// As [`pixel_graph`]; [`Error::Count`] unless a pixel has three bytes.
///
/// # Source
/// J. Shi & J. Malik (2000), §4: the features of color images.
pub fn color_graph(
    picture: &Array3<u8>,
    sigma_color: f64,
    sigma_distance: f64,
    radius: f64,
) -> Result<Graph> {
    let features = color_features(picture)?;
    guard::positive("sigma_color", sigma_color)?;
    let (rows, columns, _) = picture.dim();
    let sigmas = "sigma_color or sigma_distance";
    joined((rows, columns), (sigma_distance, radius), sigmas, |p, q| {
        let feature = |pixel: [usize; 2]| features.row(pixel[0] * columns + pixel[1]);
        let pairs = feature(p).into_iter().zip(feature(q));
        pairs.map(|(a, b)| ((a - b) / sigma_color).powi(2)).sum()
    })
}

/// The place of each pixel's colour in the cone, (v, v·s·sin h, v·s·cos h): one pixel a row, row by row of the picture.
///
/// ```
/// use fiedler::{ndarray::array, pixels::color_features};
/// let features = color_features(&array![[[255_u8, 0, 0], [51, 51, 51]]])?;
/// assert_eq!(features, array![[1.0, 0.0, 1.0], [0.2, 0.0, 0.0]]);
/// # Ok::<(), fiedler::Error>(())
/// ```
///
/// # Errors
/// [`Error::NoPoints`], [`Error::NoColumns`]; [`Error::Count`] unless a pixel has three bytes.
///
/// # Source
/// J. Shi & J. Malik (2000), §4.
pub fn color_features(picture: &Array3<u8>) -> Result<Array2<f64>> {
    let (rows, columns, channels) = picture.dim();
    match (rows, columns) {
        (0, _) => return Err(Error::NoPoints),
        (_, 0) => return Err(Error::NoColumns),
        _ if channels == 3 => {}
        _ => {
            return Err(Error::Count {
                name: "the number of bytes of a pixel",
                found: channels,
                wanted: "3: red, green and blue; leave out what says how opaque it is",
            });
        }
    }
    let mut features = Array2::zeros((rows * columns, 3));
    for (mut row, pixel) in features.rows_mut().into_iter().zip(picture.rows()) {
        let [red, green, blue] = [0, 1, 2].map(|channel| f64::from(pixel[channel]) / 255.0);
        let value = red.max(green).max(blue);
        // v·s, and the hue in sixths of the way round.
        let chroma = value - red.min(green).min(blue);
        let sixths = if chroma <= 0.0 {
            0.0
        } else if value <= red {
            (green - blue) / chroma
        } else if value <= green {
            2.0 + (blue - red) / chroma
        } else {
            4.0 + (red - green) / chroma
        };
        let (sin, cos) = (sixths * std::f64::consts::FRAC_PI_3).sin_cos();
        row[0] = value;
        row[1] = chroma * sin;
        row[2] = chroma * cos;
    }
    Ok(features)
}

/// The graph of pixels near in place, by how far two of them are apart otherwise, squared and in units of σ.
fn joined(
    (rows, columns): (usize, usize),
    (sigma_distance, radius): (f64, f64),
    sigmas: &'static str,
    apart_squared: impl Fn([usize; 2], [usize; 2]) -> f64,
) -> Result<Graph> {
    let pixels = rows * columns;
    if pixels == 1 {
        return Err(Error::OnePoint);
    }
    guard::positive("sigma_distance", sigma_distance)?;
    if !(1.0..f64::INFINITY).contains(&radius) {
        return Err(Error::Parameter {
            name: "radius",
            value: radius,
            wanted: "at least 1 pixel, and finite",
        });
    }
    let (down, across) = (whole(radius).min(rows - 1), whole(radius).min(columns - 1));
    let edges = pixels as f64 * (down + 1) as f64 * (2 * across + 1) as f64;
    if edges > MOST_EDGES {
        return Err(Error::Value {
            what: "pixels times the pixels within the radius",
            value: edges,
            wanted: "at most 2^24: take a smaller radius, or a smaller picture",
        });
    }
    let mut edges = Vec::new();
    for (i, j) in (0..pixels).map(|pixel| (pixel / columns, pixel % columns)) {
        for k in i..(i + down + 1).min(rows) {
            for l in j.saturating_sub(across)..(j + across + 1).min(columns) {
                let (dy, dx) = ((k - i) as f64, l as f64 - j as f64);
                let apart = dy.hypot(dx);
                // Each pair once: to the right in the same row, and anywhere below.
                if (k == i && l <= j) || apart > radius {
                    continue;
                }
                let in_place = apart / sigma_distance;
                let weight = (-apart_squared([i, j], [k, l]) - in_place.powi(2)).exp();
                if weight > 0.0 {
                    edges.push((i * columns + j, k * columns + l, weight));
                }
            }
        }
    }
    Graph::from_edges(pixels, &edges).map_err(|error| match error {
        Error::Scale { sum } => Error::SmallSigma { name: sigmas, sum },
        other => other,
    })
}

/// ⌊radius⌋, for a radius that was checked.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "at least 1, and the cast saturates"
)]
fn whole(radius: f64) -> usize {
    radius.floor() as usize
}

/// A picture made here, and its true parts: 0 the background, 1 a bright disc, 2 a dark bar.
///
/// # Formula
/// With u = (i + ½)/rows and v = (j + ½)/columns, and s the shorter side in pixels:
///
/// ```text
/// disc          within 0.27 s of u = 0.4, v = 0.3              0.9
/// bar           0.12 < u < 0.88 and 0.68 < v < 0.84             0.1
/// background    everywhere else                                0.4 + 0.2 u
/// ```
/// plus normal noise on every pixel. The background is graded: no one grey is its own.
///
/// # Errors
/// [`Error::Count`] for fewer than 8 rows or columns or more than 2²⁴ pixels, [`Error::Parameter`] for noise outside [0, 1].
pub fn synthetic_picture(
    rows: usize,
    columns: usize,
    noise: f64,
    seed: u64,
) -> Result<(Array2<f64>, Array2<usize>)> {
    let too_many = rows.checked_mul(columns).is_none_or(|n| n > MOST_PIXELS);
    if rows.min(columns) < 8 || too_many {
        let side = if too_many {
            rows.max(columns)
        } else {
            rows.min(columns)
        };
        return Err(Error::Count {
            name: "a side of the picture",
            found: side,
            wanted: "at least 8 pixels, and at most 2^24 pixels in all",
        });
    }
    if !(0.0..=1.0).contains(&noise) {
        return Err(Error::Parameter {
            name: "noise",
            value: noise,
            wanted: "from 0 to 1",
        });
    }
    let shorter = rows.min(columns) as f64;
    let at = |i: usize, j: usize| {
        let (y, x) = (i as f64 + 0.5, j as f64 + 0.5);
        (y / rows as f64, x / columns as f64)
    };
    let parts = Array2::from_shape_fn((rows, columns), |(i, j)| {
        let (u, v) = at(i, j);
        let (dy, dx) = ((u - 0.4) * rows as f64, (v - 0.3) * columns as f64);
        if dy.hypot(dx) <= 0.27 * shorter {
            1
        } else if (0.12..0.88).contains(&u) && (0.68..0.84).contains(&v) {
            2
        } else {
            0
        }
    });
    let mut rng = RandomState::new(seed);
    let intensity = Array2::from_shape_fn((rows, columns), |(i, j)| {
        let clean = [0.4 + 0.2 * at(i, j).0, 0.9, 0.1][parts[[i, j]]];
        clean + rng.normal(0.0, noise)
    });
    Ok((intensity, parts))
}
