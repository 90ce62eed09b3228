//! All eigenvalues of a small graph to thirty digits: Jacobi's rotations on pairs of f64.

use crate::oracle::Edge;
use std::ops::{Add, Div, Mul, Neg, Sub};

/// A number as the sum of two f64, the second at most half a unit in the last place of the first.
#[derive(Clone, Copy, Debug)]
pub struct Double(pub f64, pub f64);

fn two_sum(a: f64, b: f64) -> Double {
    let s = a + b;
    let t = s - a;
    Double(s, (a - (s - t)) + (b - t))
}

fn split(a: f64) -> (f64, f64) {
    let t = 134_217_729.0 * a;
    let high = t - (t - a);
    (high, a - high)
}

fn two_product(a: f64, b: f64) -> Double {
    let p = a * b;
    let ((a1, a2), (b1, b2)) = (split(a), split(b));
    Double(p, ((a1 * b1 - p) + a1 * b2 + a2 * b1) + a2 * b2)
}

impl From<f64> for Double {
    fn from(a: f64) -> Self {
        Self(a, 0.0)
    }
}

impl Add for Double {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        let (s, t) = (two_sum(self.0, other.0), two_sum(self.1, other.1));
        let s = two_sum(s.0, s.1 + t.0);
        two_sum(s.0, s.1 + t.1)
    }
}

impl Neg for Double {
    type Output = Self;
    fn neg(self) -> Self {
        Self(-self.0, -self.1)
    }
}

impl Sub for Double {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        self + -other
    }
}

impl Mul for Double {
    type Output = Self;
    fn mul(self, other: Self) -> Self {
        let p = two_product(self.0, other.0);
        two_sum(p.0, p.1 + (self.0 * other.1 + self.1 * other.0))
    }
}

impl Div for Double {
    type Output = Self;
    fn div(self, other: Self) -> Self {
        let first = self.0 / other.0;
        let rest = self - other * first.into();
        let second = rest.0 / other.0;
        let rest = rest - other * second.into();
        two_sum(first, second) + (rest.0 / other.0).into()
    }
}

impl Double {
    pub fn sqrt(self) -> Self {
        if self.0 <= 0.0 {
            return 0.0.into();
        }
        let root = Self::from(self.0.sqrt());
        let root = root + (self - root * root) / (root + root);
        root + (self - root * root) / (root + root)
    }

    fn size(self) -> f64 {
        self.0.abs()
    }
}

/// λ ascending, and for each the z (not normalised) of (D − A)z = λDz.
pub fn eigenpairs(n: usize, edges: &[Edge]) -> (Vec<f64>, Vec<Vec<f64>>) {
    let zero = Double::from(0.0);
    let (mut degrees, mut without_loops) = (vec![zero; n], vec![zero; n]);
    for &(i, j, a) in edges {
        degrees[i] = degrees[i] + a.into();
        if i != j {
            degrees[j] = degrees[j] + a.into();
            without_loops[i] = without_loops[i] + a.into();
            without_loops[j] = without_loops[j] + a.into();
        }
    }
    let roots: Vec<Double> = degrees.iter().map(|d| d.sqrt()).collect();
    let mut s = vec![vec![zero; n]; n];
    for i in 0..n {
        s[i][i] = without_loops[i] / degrees[i];
    }
    for &(i, j, a) in edges.iter().filter(|(i, j, _)| i != j) {
        let entry = -(Double::from(a) / roots[i] / roots[j]);
        s[i][j] = s[i][j] + entry;
        s[j][i] = s[i][j];
    }
    let mut w = vec![vec![zero; n]; n];
    for (i, row) in w.iter_mut().enumerate() {
        row[i] = 1.0.into();
    }
    for _ in 0..60 {
        let mut done = true;
        for p in 0..n {
            for q in p + 1..n {
                if s[p][q].size() > 1e-34 {
                    done = false;
                    rotate(&mut s, &mut w, p, q);
                }
            }
        }
        if done {
            break;
        }
    }
    let mut order: Vec<usize> = (0..n).collect();
    order.sort_by(|&i, &j| s[i][i].0.total_cmp(&s[j][j].0));
    let values = order.iter().map(|&i| s[i][i].0).collect();
    let z = |&i: &usize| (0..n).map(|row| (w[row][i] / roots[row]).0).collect();
    (values, order.iter().map(z).collect())
}

fn rotate(s: &mut [Vec<Double>], w: &mut [Vec<Double>], p: usize, q: usize) {
    let one = Double::from(1.0);
    let theta = (s[q][q] - s[p][p]) / (s[p][q] + s[p][q]);
    let size = if theta.0 < 0.0 { -theta } else { theta };
    let t = if size.0 > 1e30 {
        one / (size + size)
    } else {
        one / (size + (size * size + one).sqrt())
    };
    let t = if theta.0 < 0.0 { -t } else { t };
    let c = one / (t * t + one).sqrt();
    let sine = c * t;
    for row in s.iter_mut() {
        let (a, b) = (row[p], row[q]);
        row[p] = c * a - sine * b;
        row[q] = sine * a + c * b;
    }
    for k in 0..s.len() {
        let (a, b) = (s[p][k], s[q][k]);
        s[p][k] = c * a - sine * b;
        s[q][k] = sine * a + c * b;
    }
    s[p][q] = 0.0.into();
    s[q][p] = 0.0.into();
    for row in w.iter_mut() {
        let (a, b) = (row[p], row[q]);
        row[p] = c * a - sine * b;
        row[q] = sine * a + c * b;
    }
}
