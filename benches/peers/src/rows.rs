//! The cases: which points or which graph, how many clusters, how large.

/// What is clustered.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Data {
    /// Two moons with this noise, as scikit-learn draws them.
    Moons(usize, f64),
    /// Ten Gaussian blobs of standard deviation 3 around centres in [−10, 10]¹⁰.
    Blobs(usize),
    /// The post's setting: moons of noise 0.10, joined within ε = 0.4.
    Post(usize),
    /// Real points that `python/real.py` writes: what it calls them, and how many.
    Points(&'static str, usize),
    /// A real graph that `python/real.py` writes: what it calls it, and the number of its vertices.
    Network(&'static str, usize),
    /// The graph of a square lattice of this side, each vertex joined to its four neighbours.
    Grid(usize),
    /// A stochastic block model: 100 blocks, on average 20 edges of a vertex inside its block and 5 outside.
    Blocks(usize),
    /// Preferential attachment: each new vertex brings five edges to vertices drawn by their degree.
    Attachment(usize),
}

/// Where the eigenvalues that serve as the truth come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Truth {
    /// ARPACK on the inverse of L − σI: for planar-like graphs, whose factors stay small.
    ShiftInvert,
    /// ARPACK on 2I − L: for graphs with a wide gap.
    Largest,
    /// Nothing that runs here.
    None,
}

/// One case.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Row {
    pub name: &'static str,
    pub title: &'static str,
    pub data: Data,
    pub k: usize,
    pub truth: Truth,
    /// Only with `--full`.
    pub large: bool,
}

/// Neighbours of each point in the graph, itself not counted.
pub const NEIGHBORS: usize = 10;
/// ε of the post.
pub const EPSILON: f64 = 0.4;

const fn row(
    name: &'static str,
    title: &'static str,
    data: Data,
    k: usize,
    truth: Truth,
    large: bool,
) -> Row {
    Row {
        name,
        title,
        data,
        k,
        truth,
        large,
    }
}

use Data::{Attachment, Blobs, Blocks, Grid, Moons, Network, Points, Post};
use Truth::{Largest, ShiftInvert};

#[rustfmt::skip]
pub const ROWS: [Row; 24] = [
    row("post_1000", "the post's moons, ε = 0.4, n = 1,000", Post(1_000), 2, ShiftInvert, false),
    row("moons_200", "moons, noise .06, n = 200", Moons(200, 0.06), 2, ShiftInvert, false),
    row("moons_1000", "moons, noise .06, n = 1,000", Moons(1_000, 0.06), 2, ShiftInvert, false),
    row("moons_10000", "moons, noise .06, n = 10,000", Moons(10_000, 0.06), 2, ShiftInvert, false),
    row("moons_100000", "moons, noise .06, n = 100,000", Moons(100_000, 0.06), 2, ShiftInvert, false),
    row("moons_1000000", "moons, noise .06, n = 1,000,000", Moons(1_000_000, 0.06), 2, ShiftInvert, true),
    row("moons12_200", "moons, noise .12, n = 200", Moons(200, 0.12), 2, ShiftInvert, false),
    row("moons12_1000", "moons, noise .12, n = 1,000", Moons(1_000, 0.12), 2, ShiftInvert, false),
    row("moons12_10000", "moons, noise .12, n = 10,000", Moons(10_000, 0.12), 2, ShiftInvert, false),
    row("moons12_100000", "moons, noise .12, n = 100,000", Moons(100_000, 0.12), 2, ShiftInvert, false),
    row("moons12_1000000", "moons, noise .12, n = 1,000,000", Moons(1_000_000, 0.12), 2, ShiftInvert, true),
    row("moons12_10000000", "moons, noise .12, n = 10,000,000", Moons(10_000_000, 0.12), 2, Truth::None, true),
    row("blobs_1000", "10-D blobs, n = 1,000", Blobs(1_000), 10, Largest, false),
    row("blobs_10000", "10-D blobs, n = 10,000", Blobs(10_000), 10, Largest, false),
    row("blobs_100000", "10-D blobs, n = 100,000", Blobs(100_000), 10, Largest, true),
    row("digits", "digits, n = 1,797 in 64-D", Points("digits", 1_797), 10, Largest, false),
    // Fifteen components: of their fifteen null vectors ARPACK on 2I − L finds four, and a factor fills up.
    row("text_20000", "texts, n = 20,000 in 100-D", Points("text", 20_000), 20, Truth::None, false),
    row("grid_300", "lattice 300 × 300", Grid(300), 4, ShiftInvert, false),
    row("sbm_20000", "100 blocks, n = 20,000", Blocks(20_000), 100, Largest, false),
    row("hubs_20000", "preferential attachment, n = 20,000", Attachment(20_000), 2, Largest, false),
    row("roads", "roads of Minnesota, 2,640 crossings", Network("roads", 2_640), 10, ShiftInvert, false),
    row("mesh", "a wing's mesh, 4,253 vertices", Network("mesh", 4_253), 10, ShiftInvert, false),
    row("keys", "who signed whose key, 877 people", Network("keys", 877), 4, Largest, false),
    row("image_512", "a picture of 512 × 512 pixels", Network("image", 262_144), 10, ShiftInvert, false),
];

impl Row {
    pub fn named(name: &str) -> Option<Self> {
        ROWS.into_iter().find(|row| row.name == name)
    }

    /// The number of points or vertices.
    pub fn n(&self) -> usize {
        match self.data {
            Moons(n, _)
            | Blobs(n)
            | Post(n)
            | Points(_, n)
            | Blocks(n)
            | Attachment(n)
            | Network(_, n) => n,
            Grid(side) => side * side,
        }
    }

    /// What `python/real.py` calls these data, where it writes them.
    pub fn real(&self) -> Option<&'static str> {
        match self.data {
            Points(what, _) | Network(what, _) => Some(what),
            _ => None,
        }
    }

    /// Whether a graph is given instead of points.
    pub fn is_graph(&self) -> bool {
        matches!(self.data, Grid(_) | Blocks(_) | Attachment(_) | Network(..))
    }

    /// Whether this is the post's own problem.
    pub fn is_post(&self) -> bool {
        matches!(self.data, Post(_))
    }

    /// What the clusters' graph is, in words.
    pub fn graph(&self) -> &'static str {
        match self.data {
            Post(_) => "ε = 0.4",
            Moons(..) | Blobs(_) | Points(..) => "10 nearest neighbours",
            Grid(_) | Blocks(_) | Attachment(_) | Network(..) => "given",
        }
    }
}
