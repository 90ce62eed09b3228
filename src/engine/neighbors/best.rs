//! The k best so far: a short sorted list, into which a search puts what it finds.
//!
//! # Definition
//! Nearest first; of two equally far, the smaller index first. Full, it drops its last for a better one.
//!
//! # Must hold
//! No point twice. What the list keeps does not depend on the order in which the points come.
//!
//! # Known value
//! Of the distances 2, 1 and 2 at the indices 0, 1 and 2 the best two are 1 and 0.

use super::ruler::Ruler;

/// The list of one point, in the memory where the answer is wanted.
pub(super) struct Best<'a> {
    /// The places of the points; `order` of the search says their indices.
    places: &'a mut [u32],
    distances: &'a mut [f64],
    found: usize,
    /// No point of a larger s belongs in the list.
    pub(super) limit: f64,
}

impl<'a> Best<'a> {
    pub(super) fn new(places: &'a mut [u32], distances: &'a mut [f64]) -> Self {
        Self {
            places,
            distances,
            found: 0,
            limit: f64::INFINITY,
        }
    }

    /// k.
    pub(super) fn len(&self) -> usize {
        self.places.len()
    }

    /// Puts the point at `place` into the list; false where the list is full of better ones.
    #[inline]
    pub(super) fn offer(
        &mut self,
        distance: f64,
        place: u32,
        order: &[u32],
        ruler: &Ruler,
    ) -> bool {
        let last = self.places.len() - 1;
        let index = order[place as usize];
        let nearer = |other: f64, at: u32| {
            distance < other || (distance <= other && index < order[at as usize])
        };
        let mut slot = self.found;
        if slot <= last {
            self.found += 1;
        } else if nearer(self.distances[last], self.places[last]) {
            slot = last;
        } else {
            return false;
        }
        while slot > 0 && nearer(self.distances[slot - 1], self.places[slot - 1]) {
            self.distances[slot] = self.distances[slot - 1];
            self.places[slot] = self.places[slot - 1];
            slot -= 1;
        }
        self.distances[slot] = distance;
        self.places[slot] = place;
        if self.found > last {
            self.limit = ruler.limit(self.distances[last]);
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;

    #[test]
    fn known_value() {
        let x = array![[2.0], [1.0], [-2.0]];
        let ruler = Ruler::new(&x);
        let (mut places, mut distances) = ([0; 2], [0.0; 2]);
        let mut best = Best::new(&mut places, &mut distances);
        // The places are the indices backwards, and the points come by place.
        let offers = [(2.0, 0), (1.0, 1), (2.0, 2)];
        let taken = offers.map(|(distance, place)| best.offer(distance, place, &[2, 1, 0], &ruler));
        assert_eq!(taken, [true; 3]);
        assert!(!best.offer(2.0, 0, &[2, 1, 0], &ruler));
        assert!(best.limit >= 4.0 && best.limit < 4.0 + 1e-12);
        assert_eq!((places, distances), ([1, 2], [1.0, 2.0]));
    }
}
