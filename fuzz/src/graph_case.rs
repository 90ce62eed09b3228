//! Random graphs: their shapes, their weights, and how a failing one is made smaller.

use crate::oracle::Edge;
use crate::random::Random;
use fiedler::ndarray::Array2;
use fiedler::{Graph, Result};
use std::collections::BTreeSet;
use std::fmt::Write;

/// A graph, and the seed of what is then done with it.
#[derive(Clone, Debug)]
pub struct GraphCase {
    pub n: usize,
    pub edges: Vec<Edge>,
    /// Kept as a full matrix.
    pub dense: bool,
    pub seed: u64,
}

impl GraphCase {
    pub fn build(&self) -> Result<Graph> {
        if self.dense {
            Graph::from_matrix(self.matrix())
        } else {
            Graph::from_edges(self.n, &self.edges)
        }
    }

    pub fn matrix(&self) -> Array2<f64> {
        let mut a = Array2::zeros((self.n, self.n));
        for &(i, j, weight) in &self.edges {
            a[[i, j]] = weight;
            a[[j, i]] = weight;
        }
        a
    }

    /// As Rust code.
    pub fn code(&self) -> String {
        let mut text = format!("let graph = Graph::from_edges({}, &[", self.n);
        for (at, (i, j, weight)) in self.edges.iter().enumerate() {
            let comma = if at == 0 { "" } else { ", " };
            let _ = write!(text, "{comma}({i}, {j}, {weight:?})");
        }
        text.push_str("])?;");
        if self.dense {
            text.push_str(" let graph = Graph::from_matrix(graph.matrix()?)?;");
        }
        text
    }

    /// Smaller and plainer graphs, the boldest steps first.
    pub fn simpler(&self) -> Vec<Self> {
        let mut all = Vec::new();
        for gone in 0..self.n {
            if self.n > 2 {
                let place = |i: usize| if i > gone { i - 1 } else { i };
                let kept = self.edges.iter().filter(|e| e.0 != gone && e.1 != gone);
                all.push(Self {
                    n: self.n - 1,
                    edges: kept.map(|e| (place(e.0), place(e.1), e.2)).collect(),
                    ..self.clone()
                });
            }
        }
        for gone in 0..self.edges.len() {
            let mut edges = self.edges.clone();
            edges.remove(gone);
            all.push(Self {
                edges,
                ..self.clone()
            });
        }
        for at in 0..self.edges.len() {
            let weight = self.edges[at].2;
            let power = 10_f64.powi(exponent(weight));
            for plain in [1.0, power] {
                let fewer = plain.to_string().len() < weight.to_string().len();
                if plain.is_finite() && plain > 0.0 && (fewer || plain == 1.0) && plain != weight {
                    let mut edges = self.edges.clone();
                    edges[at].2 = plain;
                    all.push(Self {
                        edges,
                        ..self.clone()
                    });
                }
            }
        }
        all
    }
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "exponents of f64 lie within ±330"
)]
fn exponent(weight: f64) -> i32 {
    weight.log10().round() as i32
}

/// Where weights come from.
enum Palette {
    Equal(f64),
    Few([f64; 3]),
    /// From 10^low to 10^high.
    Spread(f64, f64),
    /// 1, now and then far less.
    Sunk(f64),
    Odd,
}

/// Numbers at the edges of what f64 holds, and next to round ones.
const ODD: [f64; 16] = [
    1.0,
    1.0 + f64::EPSILON,
    1.0 - f64::EPSILON,
    0.1,
    1.0 / 3.0,
    3.0,
    1e16,
    1e-16,
    f64::MIN_POSITIVE,
    5e-324,
    f64::MAX,
    1e-75,
    1.1e-75,
    9.9e74,
    1e-37,
    2.0,
];

impl Palette {
    fn drawn(rng: &mut Random) -> Self {
        let middle = if rng.chance(0.2) {
            rng.real(-70.0, 70.0)
        } else {
            0.0
        };
        match rng.below(10) {
            0 => Self::Equal(rng.magnitude(middle - 3.0, middle + 3.0)),
            1 => Self::Equal(1.0),
            2 => Self::Few([1.0, rng.magnitude(-3.0, 3.0), rng.magnitude(-40.0, 0.0)]),
            3 | 4 => {
                let depth = rng.pick(&[3.0, 12.0, 17.0, 35.0, 74.0]);
                Self::Sunk(depth)
            }
            5 if rng.chance(0.3) => Self::Odd,
            6 if rng.chance(0.3) => Self::Spread(-300.0, 300.0),
            _ => {
                let half = rng.pick(&[0.5, 1.5, 1.5, 8.0, 20.0, 36.0, 74.0]);
                Self::Spread(middle - half, middle + half)
            }
        }
    }

    fn weight(&self, rng: &mut Random) -> f64 {
        match *self {
            Self::Equal(weight) => weight,
            Self::Few(of) => rng.pick(&of),
            Self::Spread(low, high) => rng.magnitude(low.max(-323.0), high.min(308.0)),
            Self::Sunk(depth) => {
                if rng.chance(0.2) {
                    rng.magnitude(-depth, 0.0)
                } else {
                    1.0
                }
            }
            Self::Odd => rng.pick(&ODD),
        }
    }
}

/// How many vertices: most inputs are tiny.
fn size(rng: &mut Random) -> usize {
    match rng.below(1000) {
        0..=799 => rng.between(2, 10),
        800..=949 => rng.between(11, 20),
        950..=994 => rng.between(21, 60),
        _ => rng.between(61, 400),
    }
}

/// A random graph.
pub fn drawn(rng: &mut Random) -> GraphCase {
    let n = size(rng);
    let palette = Palette::drawn(rng);
    let (pairs, weak) = shape(rng, n);
    // One depth for all weak edges, or one for each.
    let depth = rng.pick(&[2.0, 10.0, 17.0, 35.0, 70.0]);
    let together = rng.chance(0.5).then(|| rng.magnitude(-depth, 0.0));
    let mut edges: Vec<Edge> = Vec::with_capacity(pairs.len());
    for (i, j) in pairs {
        edges.push((i, j, palette.weight(rng)));
    }
    for (i, j) in weak {
        let factor = together.unwrap_or_else(|| rng.magnitude(-depth, 0.0));
        edges.push((i, j, palette.weight(rng) * factor));
    }
    if rng.chance(0.15) {
        for i in 0..n {
            if rng.chance(0.3) {
                edges.push((i, i, palette.weight(rng)));
            }
        }
    }
    let mut seen = BTreeSet::new();
    edges.retain(|&(i, j, weight)| weight > 0.0 && seen.insert((i.min(j), i.max(j))));
    if rng.chance(0.5) {
        let name = rng.shuffled(n);
        for edge in &mut edges {
            (edge.0, edge.1) = (name[edge.0], name[edge.1]);
        }
    }
    GraphCase {
        n,
        edges,
        dense: rng.chance(0.4) && n <= 60,
        seed: rng.bits(),
    }
}

type Pairs = Vec<(usize, usize)>;

/// Pairs of vertices, and those whose edge is to be weak.
fn shape(rng: &mut Random, n: usize) -> (Pairs, Pairs) {
    let all = || (1..n).flat_map(|i| (0..i).map(move |j| (j, i)));
    let path = || (1..n).map(|i| (i - 1, i));
    let none = Vec::new();
    match rng.below(13) {
        0 => (path().collect(), none),
        1 => (
            path().chain([(0, n - 1)]).filter(|(i, j)| i != j).collect(),
            none,
        ),
        2 => ((1..n).map(|i| (0, i)).collect(), none),
        3 if n <= 60 => (all().collect(), none),
        4 if n <= 60 => {
            let m = rng.between(1, n - 1);
            (all().filter(|&(i, j)| (i < m) != (j < m)).collect(), none)
        }
        5 | 6 => cliques(rng, n),
        7 | 8 => pendants(rng, n),
        9 => {
            let (m, mut pairs) = (rng.between(1, n - 1), tree(rng, n, 0.3));
            pairs.retain(|&(i, j)| (i < m) == (j < m));
            (pairs, none)
        }
        10 => {
            let columns = rng.between(1, n);
            let right = (1..n).filter(|i| i % columns != 0).map(|i| (i - 1, i));
            (
                right
                    .chain((columns..n).map(|i| (i - columns, i)))
                    .collect(),
                none,
            )
        }
        11 => {
            let density = rng.unit().min(6.0 / n as f64);
            (all().filter(|_| rng.chance(density)).collect(), none)
        }
        _ => {
            let density = rng.unit().powi(2);
            (tree(rng, n, density.min(4.0 / n as f64 + 0.1)), none)
        }
    }
}

/// A random tree and more.
fn tree(rng: &mut Random, n: usize, density: f64) -> Pairs {
    let mut pairs: Pairs = (1..n).map(|i| (rng.below(i), i)).collect();
    for i in 1..n {
        for j in 0..i {
            if rng.chance(density) {
                pairs.push((j, i));
            }
        }
    }
    pairs
}

/// Complete graphs of about one size, joined by weak edges.
fn cliques(rng: &mut Random, n: usize) -> (Pairs, Pairs) {
    let parts = rng.between(2, 4.min(n));
    let part = |i: usize| i * parts / n;
    let (mut strong, mut weak) = (Vec::new(), Vec::new());
    let density = if n <= 40 { 1.0 } else { 8.0 / n as f64 };
    for i in 1..n {
        if part(i) == part(i - 1) {
            strong.push((i - 1, i));
        } else {
            weak.push((rng.below(i), i));
        }
        for j in 0..i {
            if part(i) == part(j) {
                if density >= 1.0 || rng.chance(density) {
                    strong.push((j, i));
                }
            } else if rng.chance(0.5 / n as f64) {
                weak.push((j, i));
            }
        }
    }
    (strong, weak)
}

/// A core, and vertices that hang on it, or on each other, by weak edges.
fn pendants(rng: &mut Random, n: usize) -> (Pairs, Pairs) {
    let hanging = rng.between(1, (n / 2).max(1));
    let core = (n - hanging).max(1);
    let strong = tree(rng, core, 0.5_f64.min(6.0 / core as f64));
    let chains = rng.chance(0.4);
    let weak = (core..n)
        .map(|i| (if chains { i - 1 } else { rng.below(i) }, i))
        .collect();
    (strong, weak)
}
