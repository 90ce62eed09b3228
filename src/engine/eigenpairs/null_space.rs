//! The null vectors of M^-½(D − A)M^-½: known exactly, and taken out of every other vector.
//!
//! # Definition
//! On each component C the vector u = M^½𝟙 has the value 0. Of any w its part along u is Σ √mᵢwᵢ / Σ mᵢ over C, times u.

use crate::linalg::RandomState;
use ndarray::{Array1, Zip};

pub(crate) struct NullSpace {
    /// √m.
    pub(crate) roots: Array1<f64>,
    /// The component of each vertex.
    labels: Array1<usize>,
    /// Σ m over each component.
    masses: Vec<f64>,
}

impl NullSpace {
    pub(crate) fn new(masses: &Array1<f64>, labels: Array1<usize>) -> Self {
        let count = labels.iter().max().map_or(0, |last| last + 1);
        let mut sums = vec![0.0; count];
        for (&label, mass) in labels.iter().zip(masses) {
            sums[label] += mass;
        }
        Self {
            roots: masses.mapv(f64::sqrt),
            labels,
            masses: sums,
        }
    }

    /// How many dimensions there are beside the null vectors.
    pub(crate) fn dimensions(&self) -> usize {
        self.roots.len() - self.masses.len()
    }

    /// Takes the part along the null vectors out of w.
    pub(crate) fn project_out(&self, w: &mut Array1<f64>) {
        let mut shares = vec![0.0; self.masses.len()];
        Zip::from(&*w)
            .and(&self.roots)
            .and(&self.labels)
            .for_each(|w, root, &label| shares[label] += root * w);
        for (share, mass) in shares.iter_mut().zip(&self.masses) {
            *share /= mass;
        }
        Zip::from(w)
            .and(&self.roots)
            .and(&self.labels)
            .for_each(|w, root, &label| *w -= root * shares[label]);
    }

    /// A random vector of length 1 without a part along the null vectors.
    pub(crate) fn random(&self, rng: &mut RandomState) -> Array1<f64> {
        let mut w = Array1::from_shape_simple_fn(self.roots.len(), || rng.standard_normal());
        self.project_out(&mut w);
        let length = w.dot(&w).sqrt();
        w / length
    }
}
