//! NumPy's legacy random generator, number for number: what `np.random.seed(1234)` sets going.
//!
//! # Definition
//! MT19937 (Matsumoto & Nishimura, 1998), seeded by one integer, read in NumPy's own ways: a float from
//! 53 bits of two draws, an integer by masked rejection, a normal by Marsaglia's polar method with the
//! second value of each pair kept for the next call. NumPy froze these streams in 2018 (NEP 19), so they
//! hold for every later version.
//!
//! # Must hold
//! Seeds below 2³² are NumPy's. A larger one counts as its two halves, `RandomState([low, high])`.
//!
//! # Known value
//! `RandomState::new(1234).random_sample()` is 0.1915194503788923, as `np.random.RandomState(1234)` gives.

use rand_mt::Mt;

/// The generator behind `np.random.seed` and `random_state=<int>`.
///
/// ```
/// let mut rng = fiedler::data::RandomState::new(1234);
/// assert!((rng.random_sample() - 0.191_519_450_378_892_3).abs() < 1e-16);
/// ```
#[derive(Debug, Clone)]
pub struct RandomState {
    bits: Mt,
    /// The second normal of the last pair.
    kept: Option<f64>,
}

impl RandomState {
    /// `np.random.RandomState(seed)`; from 2³² on `np.random.RandomState([low, high])` of its two halves.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        #[expect(clippy::cast_possible_truncation, reason = "its two halves")]
        let [low, high] = [seed as u32, (seed >> 32) as u32];
        let bits = match high {
            0 => Mt::new(low),
            _ => Mt::new_with_key([low, high]),
        };
        Self { bits, kept: None }
    }

    /// A float in [0, 1), as `random_sample()`.
    pub fn random_sample(&mut self) -> f64 {
        let high = f64::from(self.bits.next_u32() >> 5);
        let low = f64::from(self.bits.next_u32() >> 6);
        (high * 67_108_864.0 + low) / 9_007_199_254_740_992.0
    }

    /// A float in [low, high), as `uniform(low, high)`.
    pub fn uniform(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.random_sample()
    }

    /// A standard normal, as `standard_normal()`: two at a time, the second kept for the next call.
    pub fn standard_normal(&mut self) -> f64 {
        if let Some(kept) = self.kept.take() {
            return kept;
        }
        loop {
            let x = 2.0 * self.random_sample() - 1.0;
            let y = 2.0 * self.random_sample() - 1.0;
            let r2 = x * x + y * y;
            if r2 < 1.0 && r2 != 0.0 {
                let f = (-2.0 * r2.ln() / r2).sqrt();
                self.kept = Some(f * x);
                return f * y;
            }
        }
    }

    /// A normal of this mean and standard deviation, as `normal(loc, scale)`.
    pub fn normal(&mut self, mean: f64, standard_deviation: f64) -> f64 {
        mean + standard_deviation * self.standard_normal()
    }

    /// An integer in 0..`high`, as `randint(high)`; 0 where `high` is 0 or 1.
    pub fn randint(&mut self, high: u32) -> u32 {
        self.at_most(high.saturating_sub(1))
    }

    /// Puts the items in random order, as `shuffle(items)`.
    ///
    /// # Panics
    /// Never in practice: with more than 2³² items.
    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for i in (1..items.len()).rev() {
            let last = u32::try_from(i).expect("fewer than 2^32 items");
            items.swap(i, self.at_most(last) as usize);
        }
    }

    /// An integer in 0..=`max`: draws are masked to the bits of `max` until one fits.
    fn at_most(&mut self, max: u32) -> u32 {
        if max == 0 {
            return 0;
        }
        let mask = u32::MAX >> max.leading_zeros();
        loop {
            let value = self.bits.next_u32() & mask;
            if value <= max {
                return value;
            }
        }
    }
}
