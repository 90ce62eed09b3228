//! Columns in units of their own spread.

use crate::error::{Error, Result};
use crate::guard;
use crate::points::Points;
use ndarray::{Array1, Array2, Axis};

/// The mean and the standard deviation of each column, to take both out of it.
///
/// # Formula
/// ```text
/// x̃ᵢⱼ = (xᵢⱼ − x̄ⱼ)/sⱼ,    sⱼ² = (1/n) Σᵢ (xᵢⱼ − x̄ⱼ)²
/// ```
/// A column of one value has s = 0, and becomes 0: it tells no two points apart.
///
/// # Source
/// The n in the denominator is that of scikit-learn's `StandardScaler`; R's `scale` divides by n − 1.
#[derive(Debug, Clone, PartialEq)]
pub struct Scaling {
    means: Array1<f64>,
    deviations: Array1<f64>,
}

impl Scaling {
    /// Of these points, one a row.
    ///
    /// ```
    /// use fiedler::{ndarray::array, read::Scaling};
    /// let scaling = Scaling::of(&array![[1.0, 7.0], [3.0, 7.0]])?;
    /// assert_eq!((scaling.means(), scaling.deviations()), (&array![2.0, 7.0], &array![1.0, 0.0]));
    /// assert_eq!(scaling.apply(&array![[5.0, 7.0]])?, array![[3.0, 0.0]]);
    /// # Ok::<(), fiedler::Error>(())
    /// ```
    ///
    /// Time grows with the number of entries.
    ///
    /// # Errors
    /// [`Error::NoPoints`], [`Error::NoColumns`], [`Error::NotFinite`], [`Error::Ragged`].
    pub fn of(x: &(impl Points + ?Sized)) -> Result<Self> {
        let x = x.matrix()?;
        let x = &*guard::points(&x, 1)?;
        let n = x.nrows() as f64;
        let mut means = Array1::zeros(x.ncols());
        let mut deviations = Array1::zeros(x.ncols());
        for (j, column) in x.columns().into_iter().enumerate() {
            // From the first value on, and in units of the largest difference: a column of one value has s = 0 to the bit,
            // and no square leaves the range of f64.
            let first = column[0];
            let halves = column.mapv(|value| value / 2.0 - first / 2.0);
            let unit = halves.fold(0.0, |most: f64, half| most.max(half.abs()));
            if unit > 0.0 {
                let shares = halves / unit;
                let mean = shares.sum() / n;
                let squares = shares.mapv(|share| (share - mean).powi(2));
                means[j] = first + 2.0 * (mean * unit);
                deviations[j] = 2.0 * ((squares.sum() / n).sqrt() * unit);
            } else {
                means[j] = first;
            }
        }
        Self::new(means, deviations)
    }

    /// Of these means and standard deviations, one a column each.
    ///
    /// # Errors
    /// [`Error::Length`] where there are not as many of the one as of the other; [`Error::VectorNotFinite`];
    /// [`Error::Value`] for a negative deviation.
    pub fn new(means: Array1<f64>, deviations: Array1<f64>) -> Result<Self> {
        let columns = means.len();
        guard::vector("the deviations", &deviations, columns)?;
        guard::vector("the means", &means, columns)?;
        match deviations.iter().find(|deviation| **deviation < 0.0) {
            Some(&value) => Err(Error::Value {
                what: "a standard deviation",
                value,
                wanted: "0 or more",
            }),
            None => Ok(Self {
                means: guard::into_standard(means),
                deviations: guard::into_standard(deviations),
            }),
        }
    }

    /// x̄ⱼ of each column.
    #[must_use]
    pub fn means(&self) -> &Array1<f64> {
        &self.means
    }

    /// sⱼ of each column.
    #[must_use]
    pub fn deviations(&self) -> &Array1<f64> {
        &self.deviations
    }

    /// These points, or new ones, in the units of the columns.
    ///
    /// # Errors
    /// [`Error::NoPoints`], [`Error::NoColumns`], [`Error::NotFinite`], [`Error::Ragged`]; [`Error::Columns`] where there are
    /// more or fewer columns.
    pub fn apply(&self, x: &(impl Points + ?Sized)) -> Result<Array2<f64>> {
        let x = x.matrix()?;
        let mut x = guard::points(&x, 1)?.into_owned();
        if x.ncols() != self.means.len() {
            return Err(Error::Columns {
                found: x.ncols(),
                wanted: self.means.len(),
            });
        }
        for mut row in x.axis_iter_mut(Axis(0)) {
            for ((entry, mean), &deviation) in row.iter_mut().zip(&self.means).zip(&self.deviations)
            {
                let unit = if deviation > 0.0 { deviation } else { 1.0 };
                *entry = (*entry - mean) / unit;
            }
        }
        Ok(x)
    }
}
