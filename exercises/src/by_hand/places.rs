//! Where the reader's functions are tried: the five vertices, the moons, and inputs at random with a fixed seed.

use fiedler::data::{Data, blog_moons};
use fiedler::ndarray::{Array1, Array2, array};
use fiedler::similarity_matrix;

/// A graph and a split of it.
pub type Split = (Array2<f64>, Array1<usize>);

/// The graph that the notebooks draw beside each function to write.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Five {
    /// Five points of the plane.
    pub x: Array2<f64>,
    /// Two points are joined where they lie at most so far apart.
    pub epsilon: f64,
    /// Their similarity matrix.
    pub a: Array2<f64>,
    /// A split: vertices 0, 1 and 2 against 3 and 4.
    pub y: Array1<usize>,
}

/// A triangle, a neighbour of two of its corners, and one more at the end. Two of the edges are exactly ε long.
#[must_use]
pub fn five() -> Five {
    let x = array![
        [0.0, 0.0],
        [0.5, 0.0],
        [0.25, 0.375],
        [0.75, 0.375],
        [0.75, 0.75]
    ];
    let epsilon = 0.5;
    Five {
        a: matrix(&x, epsilon),
        x,
        epsilon,
        y: array![0, 0, 0, 1, 1],
    }
}

/// The library's similarity matrix of points that are fit for it.
pub fn matrix(x: &Array2<f64>, epsilon: f64) -> Array2<f64> {
    similarity_matrix(x, epsilon).expect("points of this module")
}

/// The inputs of every task: of the five vertices, of the moons, and so many at random.
pub fn places<I>(five: I, moons: I, mut random: impl FnMut(&mut Random) -> I) -> Vec<(String, I)> {
    let named = [("on the five vertices", five), ("on the moons", moons)];
    let mut draw = Random(0x2545_F491_4F6C_DD1D);
    let drawn =
        (1..=AT_RANDOM).map(|number| (format!("on random input {number}"), random(&mut draw)));
    let named = named.map(|(place, input)| (place.to_string(), input));
    named.into_iter().chain(drawn).collect()
}

/// So many random inputs: enough that no slip of the tables passes them all.
const AT_RANDOM: usize = 20;

/// Where splits are tried: those of the drawing and of the post, and random ones of graphs with weights.
pub fn splits() -> Vec<(String, Split)> {
    let Data { x, y } = blog_moons();
    let Five { a, y: of_five, .. } = five();
    places((a, of_five), (matrix(&x, 0.4), y), Random::split)
}

/// A generator of numbers: Marsaglia's xorshift, the same numbers for ever.
pub struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    /// A number from 0 up to 1.
    pub fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// A whole number below `n`.
    pub fn below(&mut self, n: usize) -> usize {
        usize::try_from(self.next() % n as u64).unwrap_or_default()
    }

    /// Numbers from −1 to 1.
    pub fn vector(&mut self, n: usize) -> Array1<f64> {
        Array1::from_shape_fn(n, |_| 2.0 * self.unit() - 1.0)
    }

    /// A connected graph of 4 to 12 vertices: a ring, and about a third of all other edges, each with a weight.
    pub fn graph(&mut self) -> Array2<f64> {
        let n = 4 + self.below(9);
        let mut a = Array2::zeros((n, n));
        for i in 0..n {
            for j in 0..i {
                let in_the_ring = i == j + 1 || (j == 0 && i == n - 1);
                if in_the_ring || self.below(3) == 0 {
                    a[[i, j]] = 0.1 + 2.0 * self.unit();
                    a[[j, i]] = a[[i, j]];
                }
            }
        }
        a
    }

    /// A graph and labels; each cluster has a vertex at least.
    pub fn split(&mut self) -> Split {
        let a = self.graph();
        let n = a.nrows();
        let mut y = Array1::from_shape_fn(n, |_| self.below(2));
        y[n - 1] = 1 - y[0];
        (a, y)
    }
}
