//! Squared distances to choose by, exact distances to answer with.
//!
//! # Definition
//! The searches compare s(x, y) = Σ (xᵢ − yᵢ)² of points whose coordinates were multiplied by one power of two.
//! The answer is [`linalg::distance`], which takes a square root, and other steps where squares overflow or vanish.
//!
//! # Must hold
//! s > [`Ruler::limit`]\(r) implies distance > r, also after rounding: a point beyond the limit cannot be nearer,
//! nor equally far. The converse need not hold: who lies within the limit is measured.
//!
//! # Known value
//! For the points 0 and 3, s = 9; the limit of distance 3 is 9 and a few units of rounding more.

use crate::linalg;
use ndarray::Array2;
use std::borrow::Cow;

/// Below this the terms of s may have vanished; [`linalg::distance`] draws the same lines.
pub(super) const LEAST: f64 = 1e-280;
const MOST: f64 = 1e280;
/// Coordinates between 2^-400 and 2^400 keep s far from the ends of f64.
const EXPONENTS: std::ops::Range<i32> = -400..400;

/// The measure of the distances to the rows of a matrix.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ruler {
    /// The power of two that coordinates are multiplied by for s.
    scale: f64,
    /// More than the quotient of two s whose roots may be rounded to one number.
    slack: f64,
}

impl Ruler {
    /// Takes the coordinates as they are, but for numbers whose squares come near the ends of f64.
    pub(super) fn new(x: &Array2<f64>) -> Self {
        let exponent = exponent(x);
        Self::scaled_by(
            x,
            if EXPONENTS.contains(&exponent) {
                0
            } else {
                exponent
            },
        )
    }

    /// Takes the largest coordinate between 1 and 2.
    pub(super) fn unit(x: &Array2<f64>) -> Self {
        Self::scaled_by(x, exponent(x))
    }

    fn scaled_by(x: &Array2<f64>, exponent: i32) -> Self {
        Self {
            // Of the smallest numbers the inverse overflows: so much is enough.
            scale: 2.0_f64.powi(-exponent.max(-1000)),
            // Each of the d terms, the sum and the root are off by half a unit or two, in s and in the distance.
            slack: 1.0 + (4 * x.ncols() + 16) as f64 * f64::EPSILON,
        }
    }

    /// A coordinate for s.
    pub(super) fn scaled(&self, coordinate: f64) -> f64 {
        coordinate * self.scale
    }

    /// The coordinates for s, row by row.
    pub(super) fn coordinates<'a>(&self, x: &'a Array2<f64>) -> Cow<'a, [f64]> {
        #[expect(clippy::float_cmp, reason = "1 is set, not computed")]
        match x.as_slice() {
            Some(slice) if self.scale == 1.0 => Cow::Borrowed(slice),
            _ => x.iter().map(|v| self.scaled(*v)).collect(),
        }
    }

    /// No s above it belongs to a distance of `distance` or less.
    pub(super) fn limit(&self, distance: f64) -> f64 {
        // The smallest distances are rounded to multiples of 5e-324, coarse beside themselves.
        let scaled = (distance + f64::from_bits(2)) * self.scale;
        (scaled * scaled * self.slack).max(LEAST)
    }

    /// The same for the distance of two points with this s: where distances overflow or hardly differ from 0, several s
    /// have one.
    pub(super) fn limit_of(&self, s: f64) -> f64 {
        self.limit(s.sqrt() / self.scale)
    }

    /// The distance of two points, to the last bit, given their s, and how to measure it.
    #[inline]
    pub(super) fn exact(&self, s: f64, measured: impl FnOnce() -> f64) -> f64 {
        #[expect(clippy::float_cmp, reason = "1 is set, not computed")]
        if self.scale == 1.0 && (LEAST..MOST).contains(&s) {
            // `linalg::distance` adds the same squares in the same order.
            return s.sqrt();
        }
        measured()
    }
}

/// The exponent of the largest coordinate: it lies between 2^e and 2^(e + 1). Of 0 and the smallest numbers −1023.
fn exponent(x: &Array2<f64>) -> i32 {
    let largest = linalg::largest(x);
    i32::try_from(largest.to_bits() >> 52).unwrap_or(0) - 1023
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::linalg::distance;
    use ndarray::{Axis, array};
    use proptest::prelude::*;

    #[test]
    fn known_value() {
        let x = array![[0.0], [3.0]];
        let limit = Ruler::new(&x).limit(3.0);
        assert!((9.0..9.0 + 1e-12).contains(&limit));
    }

    fn s(ruler: Ruler, x: &Array2<f64>) -> f64 {
        let coordinates = ruler.coordinates(x);
        let (a, b) = coordinates.split_at(coordinates.len() / 2);
        a.iter().zip(b).map(|(a, b)| (a - b) * (a - b)).sum()
    }

    /// Numbers of every size, both signs, 0 and the smallest ones.
    fn number() -> impl Strategy<Value = f64> {
        prop_oneof![
            -2.0_f64..2.0,
            (-2.0_f64..2.0, -320_i32..308).prop_map(|(v, e)| v * 10.0_f64.powi(e)),
            (-3_i32..4).prop_map(|v| f64::from(v) * f64::from_bits(1)),
            (-3_i32..4).prop_map(|v| f64::from(v) * 0.1),
        ]
    }

    fn two_points() -> impl Strategy<Value = Array2<f64>> {
        (1_usize..20).prop_flat_map(|columns| {
            prop::collection::vec(number(), 2 * columns).prop_map(move |entries| {
                Array2::from_shape_vec((2, columns), entries).expect("two rows")
            })
        })
    }

    proptest! {
        #[test]
        fn a_point_beyond_the_limit_is_farther(x in two_points()) {
            let truth = distance(x.row(0), x.row(1));
            // The second point may be there, or come from outside and be of another size altogether.
            let first = x.select(Axis(0), &[0]);
            for ruler in [Ruler::new(&x), Ruler::unit(&x), Ruler::new(&first)] {
                // Nor is it beyond that of its own distance.
                prop_assert!(s(ruler, &x) <= ruler.limit(truth));
                let exact = ruler.exact(s(ruler, &x), || truth);
                prop_assert_eq!(exact.to_bits(), truth.to_bits());
            }
        }
    }

    #[test]
    fn points_of_usual_size_are_told_apart_by_their_limit() {
        let x = array![[0.0, 0.0], [3.0, 4.0]];
        let ruler = Ruler::new(&x);
        assert!(s(ruler, &x) > ruler.limit(5.0 - 1e-12));
    }
}
