//! Squared distances to choose by, exact distances to answer with.
//!
//! # Definition
//! The searches compare s(x, y) = Σ (xᵢ − yᵢ)² of points whose coordinates were multiplied by one power of two.
//! The answer is [`distance`], which takes a square root, and other steps where squares overflow or vanish.
//!
//! # Must hold
//! s > [`Ruler::limit`]\(r) implies distance > r, also after rounding: a point beyond the limit cannot be nearer,
//! nor equally far. The converse need not hold: who lies within the limit is measured.
//!
//! # Known value
//! For the points 0 and 3, s = 9; the limit of distance 3 is 9 and a few units of rounding more.

use crate::similarity::distance;
use ndarray::Array2;
use std::borrow::Cow;

/// Below this the terms of s may have vanished; [`distance`] draws the same lines.
pub(super) const LEAST: f64 = 1e-280;
const MOST: f64 = 1e280;
/// Coordinates between 2^-400 and 2^400 keep s far from the ends of f64.
const EXPONENTS: std::ops::Range<i64> = -400..400;

/// The measure of the distances between the rows of `x`.
#[derive(Debug)]
pub(super) struct Ruler<'a> {
    pub(super) x: &'a Array2<f64>,
    /// The power of two that coordinates are multiplied by for s.
    scale: f64,
    /// More than the quotient of two s whose roots may be rounded to one number.
    slack: f64,
}

impl<'a> Ruler<'a> {
    pub(super) fn new(x: &'a Array2<f64>) -> Self {
        let largest = x.iter().fold(0.0_f64, |largest, v| largest.max(v.abs()));
        Self {
            x,
            scale: scale(largest),
            // Each of the d terms, the sum and the root are off by half a unit or two, in s and in the distance.
            slack: 1.0 + (4 * x.ncols() + 16) as f64 * f64::EPSILON,
        }
    }

    /// The coordinates for s, row by row.
    pub(super) fn coordinates(&self) -> Cow<'a, [f64]> {
        #[expect(clippy::float_cmp, reason = "1 is set, not computed")]
        match self.x.as_slice() {
            Some(slice) if self.scale == 1.0 => Cow::Borrowed(slice),
            _ => self.x.iter().map(|v| v * self.scale).collect(),
        }
    }

    /// No s above it belongs to a distance of `distance` or less.
    pub(super) fn limit(&self, distance: f64) -> f64 {
        // The smallest distances are rounded to multiples of 5e-324, coarse beside themselves.
        let scaled = (distance + f64::from_bits(2)) * self.scale;
        self.beyond(scaled * scaled)
    }

    /// No s above it belongs to a distance equal to that of `s`, or less.
    pub(super) fn beyond(&self, s: f64) -> f64 {
        (s * self.slack).max(LEAST)
    }

    /// The distance of the rows i and j, to the last bit, given their s.
    #[inline]
    pub(super) fn exact(&self, s: f64, i: u32, j: u32) -> f64 {
        #[expect(clippy::float_cmp, reason = "1 is set, not computed")]
        if self.scale == 1.0 && (LEAST..MOST).contains(&s) {
            // `distance` adds the same squares in the same order.
            return s.sqrt();
        }
        self.measured(i, j)
    }

    #[cold]
    pub(super) fn measured(&self, i: u32, j: u32) -> f64 {
        distance(self.x.row(i as usize), self.x.row(j as usize))
    }
}

/// 1 for coordinates of usual size, else the power of two that takes the largest near 1.
fn scale(largest: f64) -> f64 {
    let exponent = (i64::from(u32::try_from(largest.to_bits() >> 52).unwrap_or(0))) - 1023;
    if largest == 0.0 || EXPONENTS.contains(&exponent) {
        return 1.0;
    }
    // Of numbers near 1e-308 the inverse overflows: 2^1000 is large enough.
    2.0_f64.powi(i32::try_from((-exponent).min(1000)).unwrap_or(0))
}
