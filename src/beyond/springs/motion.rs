//! A motion made of modes, each swinging on its own.

use super::Modes;
use crate::error::{Error, Result};
use crate::guard;
use ndarray::Array1;

/// f(t) = Σⱼ qⱼ(t)uⱼ with qⱼ(t) = aⱼ cos ωⱼt + (bⱼ/ωⱼ) sin ωⱼt, and aⱼ + bⱼt where ωⱼ = 0: what a start from the
/// displacements Σaⱼuⱼ with the velocities Σbⱼuⱼ grows into.
#[derive(Debug, Clone, PartialEq)]
pub struct Motion {
    modes: Modes,
    amplitudes: Array1<f64>,
    speeds: Array1<f64>,
}

impl Motion {
    /// The motion that starts from these displacements with these velocities.
    ///
    /// With all n modes, it starts exactly there. With fewer, it starts from what they span of both.
    ///
    /// ```
    /// use fiedler::{Graph, ndarray::array, springs::{Masses, Motion, normal_modes}};
    /// let pair = Graph::from_edges(2, &[(0, 1, 1.0)])?;
    /// let modes = normal_modes(&pair, Masses::Unit, 2)?; // ω = 0 and √2
    /// let motion = Motion::new(&modes, &array![1.0, 0.0], &array![0.0, 0.0])?;
    /// let half_a_period = std::f64::consts::PI / 2_f64.sqrt();
    /// assert!((motion.position(half_a_period)? - array![0.0, 1.0]).iter().all(|off| off.abs() < 1e-15));
    /// # Ok::<(), fiedler::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Error::Length`], [`Error::VectorNotFinite`], [`Error::VectorScale`] for a start that is not one number
    /// per vertex.
    pub fn new(modes: &Modes, position: &Array1<f64>, velocity: &Array1<f64>) -> Result<Self> {
        let n = modes.masses.len();
        let position = &*guard::scaled_vector("the start", position, n)?;
        let velocity = &*guard::scaled_vector("the velocity", velocity, n)?;
        let modes = Modes {
            frequencies: guard::standard(&modes.frequencies).into_owned(),
            shapes: guard::standard(&modes.shapes).into_owned(),
            masses: guard::standard(&modes.masses).into_owned(),
        };
        let shares = |start: &Array1<f64>| modes.shapes.t().dot(&(&modes.masses * start));
        Ok(Self {
            amplitudes: shares(position),
            speeds: shares(velocity),
            modes,
        })
    }

    /// f(t): the displacement of each vertex.
    ///
    /// # Errors
    /// [`Error::Parameter`] for a time beyond ±1e75, here and below.
    pub fn position(&self, time: f64) -> Result<Array1<f64>> {
        Ok(self.modes.shapes.dot(&self.swings(time)?.0))
    }

    /// f′(t): the velocity of each vertex.
    ///
    /// # Errors
    /// As [`Motion::position`].
    pub fn velocity(&self, time: f64) -> Result<Array1<f64>> {
        Ok(self.modes.shapes.dot(&self.swings(time)?.1))
    }

    /// f″(t): the acceleration of each vertex, M⁻¹ times the force −Lf(t).
    ///
    /// # Errors
    /// As [`Motion::position`].
    pub fn acceleration(&self, time: f64) -> Result<Array1<f64>> {
        let squares = self.modes.frequencies.mapv(|frequency| -frequency.powi(2));
        Ok(self.modes.shapes.dot(&(squares * self.swings(time)?.0)))
    }

    /// ½f′ᵀMf′.
    ///
    /// # Errors
    /// As [`Motion::position`].
    pub fn kinetic_energy(&self, time: f64) -> Result<f64> {
        let velocity = self.velocity(time)?;
        Ok(velocity.dot(&(&self.modes.masses * &velocity)) / 2.0)
    }

    /// ½fᵀLf, mode by mode: ½Σⱼ ωⱼ²qⱼ².
    ///
    /// # Errors
    /// As [`Motion::position`].
    pub fn potential_energy(&self, time: f64) -> Result<f64> {
        let stretched = &self.modes.frequencies * &self.swings(time)?.0;
        Ok(stretched.dot(&stretched) / 2.0)
    }

    /// Kinetic and potential energy together: the same at all times.
    ///
    /// # Errors
    /// As [`Motion::position`].
    pub fn total_energy(&self, time: f64) -> Result<f64> {
        Ok(self.kinetic_energy(time)? + self.potential_energy(time)?)
    }

    /// qⱼ(t) and qⱼ′(t).
    fn swings(&self, time: f64) -> Result<(Array1<f64>, Array1<f64>)> {
        time_is_sane(time)?;
        let swing = |(&frequency, (&a, &b)): (&f64, (&f64, &f64))| {
            if frequency == 0.0 {
                return (a + b * time, b);
            }
            let (sine, cosine) = (frequency * time).sin_cos();
            (
                a * cosine + b / frequency * sine,
                b * cosine - a * frequency * sine,
            )
        };
        let starts = self.amplitudes.iter().zip(&self.speeds);
        let each = self.modes.frequencies.iter().zip(starts);
        let (positions, speeds): (Vec<f64>, Vec<f64>) = each.map(swing).unzip();
        Ok((positions.into(), speeds.into()))
    }
}

/// A time whose products with frequencies and speeds f64 holds.
pub(super) fn time_is_sane(time: f64) -> Result<()> {
    if time.abs() <= 1e75 {
        return Ok(());
    }
    Err(Error::Parameter {
        name: "time",
        value: time,
        wanted: "between -1e75 and 1e75",
    })
}
