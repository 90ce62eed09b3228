//! Beads side by side, each free to move up and down, with a spring from each to the next: the figure of the chapters on
//! the z vector and on the eigenvectors. Bead i weighs its degree dᵢ, and its height is zᵢ.
//!
//! The input is the same for all: the n − 1 stiffnesses, then the n heights. A spring of stiffness 0 is not there. And so
//! is the answer: the energy zᵀLz, the mass zᵀDz, the balance zᵀd, the quotient R (NaN where all heights are 0), λ₂, the
//! normalised cut of the two sides, then n heights and n degrees.

use crate::{Answer, words};
use fiedler::ndarray::{Array1, Array2};
use fiedler::springs::{Masses, Modes, Motion, energy, normal_modes};
use fiedler::{Graph, Result, normcut, project, rayleigh_quotient, transform, vols};

/// Numbers before the heights in an answer.
pub const HEAD: usize = 6;
/// The lock that keeps the beads in balance, zᵀd = 0.
pub const BALANCE: u32 = 1;
/// The lock that glues the beads of each side.
pub const TWO_VALUES: u32 = 2;

/// The springs and what hangs on them, with the split after the first `border` beads.
struct Chain {
    graph: Graph,
    a: Array2<f64>,
    y: Array1<usize>,
    z: Array1<f64>,
}

impl Chain {
    fn new(numbers: &[f64], border: usize) -> Result<Self> {
        let n = numbers.len().div_ceil(2);
        let (stiff, heights) = numbers.split_at(n.saturating_sub(1));
        let edges = stiff.iter().enumerate().map(|(i, &s)| (i, i + 1, s));
        let there: Vec<_> = edges.filter(|&(_, _, s)| s != 0.0).collect();
        let graph = Graph::from_edges(n, &there)?;
        Ok(Self {
            a: graph.matrix()?,
            graph,
            y: Array1::from_shape_fn(n, |i| usize::from(i >= border)),
            z: Array1::from_iter(heights.iter().take(n).copied()),
        })
    }

    fn answer(&self, z: &Array1<f64>) -> Result<Vec<f64>> {
        let d = self.graph.degrees();
        let mut answer = vec![
            energy(&self.graph, z)?,
            z.dot(&(d * z)),
            z.dot(d),
            // At a height of 0 everywhere there is none.
            rayleigh_quotient(&self.a, z).unwrap_or(f64::NAN),
            self.graph.smallest_eigenpairs(2)?.values[1],
            normcut(&self.a, &self.y)?,
        ];
        answer.extend(z.iter().chain(d));
        Ok(answer)
    }

    /// In balance, by `project`. That moves every bead, in proportion to its degree; so a bead in the hand is first taken
    /// so far that it comes back to where the hand is.
    fn balanced(&self, held: Option<usize>) -> Result<Array1<f64>> {
        let d = self.graph.degrees();
        let mut z = self.z.clone();
        if let Some(i) = held {
            let all = d.dot(d);
            let others = z.dot(d) - z[i] * d[i];
            z[i] = (z[i] + d[i] * others / all) / (1.0 - d[i] * d[i] / all);
        }
        project(&self.a, &z)
    }

    /// One height on each side: the one in the hand, or the mean, where a bead counts as it weighs.
    fn two_values(&self, held: Option<usize>) -> Array1<f64> {
        let d = self.graph.degrees();
        let height = |side: usize| match held {
            Some(i) if self.y[i] == side => self.z[i],
            _ => {
                let on_side = self.y.mapv(|label| f64::from(u8::from(label == side)));
                let weights = d * on_side;
                weights.dot(&self.z) / weights.sum()
            }
        };
        let heights = [height(0), height(1)];
        self.y.mapv(|label| heights[label])
    }

    /// Both at once: a multiple of the z of the split, the one that brings the bead to the hand, or the nearest.
    fn two_values_balanced(&self, held: Option<usize>) -> Result<Array1<f64>> {
        let z = transform(&self.a, &self.y)?;
        let weighted = self.graph.degrees() * &z;
        let times = match held {
            Some(i) => self.z[i] / z[i],
            None => self.z.dot(&weighted) / z.dot(&weighted),
        };
        Ok(z * times)
    }

    /// The modes of two rigid bodies, the glued sides, on the springs between them: ω² is the normalised cut.
    fn glued_modes(&self) -> Result<Modes> {
        let (volume0, volume1) = vols(&self.a, &self.y)?;
        let masses = Array1::from(vec![volume0, volume1]);
        let between = fiedler::cut(&self.a, &self.y)?;
        let spring = [(0, 1, between)];
        let bodies = Graph::from_edges(2, if between > 0.0 { &spring } else { &[] })?;
        let pairs = bodies.smallest_eigenpairs_with(&masses, 2)?;
        Ok(Modes {
            frequencies: pairs.values.mapv(|value| value.max(0.0).sqrt()),
            shapes: pairs.vectors,
            masses,
        })
    }
}

/// The beads under their locks (the sum of [`BALANCE`] and [`TWO_VALUES`]), with bead `held` brought to `height`; a `held`
/// of n or more is no bead.
///
/// # Errors
/// As `Graph::from_edges`, `normcut` and `project`, in the crate's words.
pub fn springs(numbers: &[f64], locks: u32, border: usize, held: usize, height: f64) -> Answer {
    let compute = || {
        let mut chain = Chain::new(numbers, border)?;
        let held = (held < chain.z.len()).then_some(held);
        if let Some(i) = held {
            chain.z[i] = height;
        }
        let z = match (locks & BALANCE != 0, locks & TWO_VALUES != 0) {
            (false, false) => chain.z.clone(),
            (true, false) => chain.balanced(held)?,
            (false, true) => chain.two_values(held),
            (true, true) => chain.two_values_balanced(held)?,
        };
        chain.answer(&z)
    };
    compute().map_err(|error| words(&error))
}

/// Where the beads are at `time` after they were let go, at rest, from their heights; with [`TWO_VALUES`] among the locks
/// the sides stay glued.
///
/// # Errors
/// As [`springs`], and as `Motion::position` for a time that is none.
pub fn springs_swing(numbers: &[f64], locks: u32, border: usize, time: f64) -> Answer {
    let compute = || {
        let chain = Chain::new(numbers, border)?;
        let n = chain.z.len();
        let z = if locks & TWO_VALUES == 0 {
            let modes = normal_modes(&chain.graph, Masses::Degrees, n)?;
            Motion::new(&modes, &chain.z, &Array1::zeros(n))?.position(time)?
        } else {
            let modes = chain.glued_modes()?;
            let glued = chain.two_values(None);
            let start = Array1::from(vec![glued[0], glued[n - 1]]);
            let places = Motion::new(&modes, &start, &Array1::zeros(2))?.position(time)?;
            chain.y.mapv(|label| places[label])
        };
        chain.answer(&z)
    };
    compute().map_err(|error| words(&error))
}

/// The shape of mode number `which`, counted from 1, of mass 1.
///
/// # Errors
/// As [`springs`], and as `normal_modes` for a mode that is none.
pub fn springs_mode(numbers: &[f64], border: usize, which: usize) -> Answer {
    let compute = || {
        let chain = Chain::new(numbers, border)?;
        let modes = normal_modes(&chain.graph, Masses::Degrees, which)?;
        chain.answer(&modes.mode(which)?.1)
    };
    compute().map_err(|error| words(&error))
}
