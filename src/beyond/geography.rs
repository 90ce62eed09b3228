//! Step 8, places on the earth: latitude and longitude as points whose distances mean kilometres.
//!
//! # Definition
//! The haversine distance of two places is the length of the great circle between them,
//!
//! ```text
//! d = 2R asin √(sin²(Δφ/2) + cos φ₁ cos φ₂ sin²(Δλ/2))
//! ```
//!
//! with R = 6371.0088 km, the earth's mean radius. The straight line through the earth, the chord, is 2R sin(d/2R): of two
//! places the one nearer along the great circle is nearer along the chord too. So [`on_sphere`] turns places into points in
//! space, in kilometres, and every search, graph and estimator for points is one for places, exactly. Degrees themselves
//! would not do: at 60° north one of longitude is half as wide as at the equator, and at ±180° near places lie far apart.
//!
//! # Must hold
//! Latitudes from −90 to 90, longitudes from −180 to 360.
//!
//! # Known value
//! From (0°, 0°) to (0°, 180°) it is half the earth around, πR = 20,015.1 km, and the chord is 2R.
//!
//! # Source
//! R. W. Sinnott, "Virtues of the haversine", Sky and Telescope 68 (1984), 158. The radius: H. Moritz, "Geodetic reference
//! system 1980", Journal of Geodesy 74 (2000). The earth is no sphere: distances are right to about half a percent.

use crate::error::{Error, Result};
use crate::guard;
use crate::points::Points;
use ndarray::{Array2, ArrayView1};

/// The mean radius of the earth, in kilometres.
pub const EARTH_RADIUS: f64 = 6371.0088;

/// The length of the great circle between two places (latitude, longitude) in degrees, in kilometres.
///
/// ```
/// use fiedler::geography::haversine;
/// let (berlin, munich) = ([52.52, 13.405], [48.137, 11.575]);
/// assert!((haversine(berlin, munich) - 504.3).abs() < 0.5);
/// ```
#[must_use]
pub fn haversine(one: [f64; 2], other: [f64; 2]) -> f64 {
    let half_sine = |angle: f64| (0.5 * angle.to_radians()).sin().powi(2);
    let cosines = one[0].to_radians().cos() * other[0].to_radians().cos();
    let squared = half_sine(other[0] - one[0]) + cosines * half_sine(other[1] - one[1]);
    2.0 * EARTH_RADIUS * squared.clamp(0.0, 1.0).sqrt().asin()
}

/// The straight line between two places so many kilometres apart on the great circle: the ε of points
/// [`on_sphere`]. From half the earth around on, everything is within reach.
///
/// ```
/// use fiedler::geography::chord;
/// assert!((chord(100.0) - 100.0).abs() < 0.002);
/// assert_eq!(chord(30_000.0), f64::INFINITY);
/// ```
#[must_use]
pub fn chord(kilometers: f64) -> f64 {
    let angle = kilometers / (2.0 * EARTH_RADIUS);
    if angle >= std::f64::consts::FRAC_PI_2 {
        f64::INFINITY
    } else {
        2.0 * EARTH_RADIUS * angle.sin()
    }
}

/// Places, latitude and longitude in degrees, as points in space, in kilometres from the earth's centre, shape n × 3:
/// for [`crate::SpectralClustering::fit`] and all that takes points.
///
/// ```
/// use fiedler::{SpectralClustering, geography::on_sphere};
/// // Three islands on each side of the date line, and three cities in Europe.
/// let places = [
///     [-18.1, 178.4], [-16.8, -180.0], [-17.8, -178.8],
///     [48.1, 11.6], [47.4, 8.5], [48.2, 16.4],
/// ];
/// let labels = SpectralClustering::new().fit(&on_sphere(&places)?)?.labels;
/// assert!(labels[0] == labels[2] && labels[3] == labels[5] && labels[0] != labels[3]);
/// # Ok::<(), fiedler::Error>(())
/// ```
///
/// # Errors
/// [`Error::NoPoints`], [`Error::NotFinite`]; [`Error::Count`] unless there are two columns; [`Error::Place`] for one that is
/// not on the earth, with its row.
pub fn on_sphere(places: &(impl Points + ?Sized)) -> Result<Array2<f64>> {
    in_space(&*places.matrix()?)
}

fn in_space(places: &Array2<f64>) -> Result<Array2<f64>> {
    let places = &*guard::points(places, 1)?;
    if places.ncols() != 2 {
        return Err(Error::Count {
            name: "the number of columns",
            found: places.ncols(),
            wanted: "2: latitude and longitude, in degrees",
        });
    }
    let mut points = Array2::zeros((places.nrows(), 3));
    for (row, place) in places.rows().into_iter().enumerate() {
        for (axis, coordinate) in point(row, place)?.into_iter().enumerate() {
            points[[row, axis]] = EARTH_RADIUS * coordinate;
        }
    }
    Ok(points)
}

/// A point on the sphere of radius 1; the same one for the same place, whatever its longitude is called.
fn point(row: usize, place: ArrayView1<'_, f64>) -> Result<[f64; 3]> {
    let (latitude, longitude) = (place[0], place[1]);
    let refused = |name, value, wanted| {
        Err(Error::Place {
            row,
            name,
            value,
            wanted,
        })
    };
    if !(-90.0..=90.0).contains(&latitude) {
        return refused("latitude", latitude, "between -90 and 90");
    }
    if !(-180.0..=360.0).contains(&longitude) {
        return refused("longitude", longitude, "between -180 and 360");
    }
    if latitude.abs() >= 90.0 {
        return Ok([0.0, 0.0, latitude.signum()]);
    }
    let (height, width) = latitude.to_radians().sin_cos();
    let (east, ahead) = longitude.rem_euclid(360.0).to_radians().sin_cos();
    Ok([width * ahead, width * east, height])
}
