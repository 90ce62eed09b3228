//! What is right, computed in the plainest way, with nothing of the library.

use crate::run::Run;

/// A weighted edge, each undirected one once.
pub type Edge = (usize, usize, f64);

/// Sums of nonnegative numbers differ by fewer roundings than this.
pub const SUMS: f64 = 1e-12;

/// Whether the two differ by at most `tolerance` of the larger.
pub fn alike(a: f64, b: f64, tolerance: f64) -> bool {
    a == b || (a - b).abs() <= tolerance * a.abs().max(b.abs())
}

pub fn degrees(n: usize, edges: &[Edge]) -> Vec<f64> {
    let mut degrees = vec![0.0; n];
    for &(i, j, weight) in edges {
        degrees[i] += weight;
        if i != j {
            degrees[j] += weight;
        }
    }
    degrees
}

/// The cut and the volume of each of k clusters.
pub fn sums(n: usize, edges: &[Edge], labels: &[usize], k: usize) -> (Vec<f64>, Vec<f64>) {
    let (mut cuts, mut volumes) = (vec![0.0; k], vec![0.0; k]);
    for (i, degree) in degrees(n, edges).into_iter().enumerate() {
        volumes[labels[i]] += degree;
    }
    for &(i, j, weight) in edges {
        if labels[i] != labels[j] {
            cuts[labels[i]] += weight;
            cuts[labels[j]] += weight;
        }
    }
    (cuts, volumes)
}

pub fn normcut(n: usize, edges: &[Edge], labels: &[usize], k: usize) -> f64 {
    let (cuts, volumes) = sums(n, edges, labels, k);
    cuts.iter()
        .zip(&volumes)
        .map(|(cut, volume)| cut / volume)
        .sum()
}

/// The conductance of each cluster.
pub fn conductances(n: usize, edges: &[Edge], labels: &[usize], k: usize) -> Vec<f64> {
    let (cuts, volumes) = sums(n, edges, labels, k);
    let rest = |c: usize| -> f64 { (0..k).filter(|&o| o != c).map(|o| volumes[o]).sum() };
    (0..k).map(|c| cuts[c] / volumes[c].min(rest(c))).collect()
}

/// The component of each vertex, and how many there are.
pub fn components(n: usize, edges: &[Edge]) -> (Vec<usize>, usize) {
    let mut of: Vec<usize> = (0..n).collect();
    fn root(of: &mut [usize], mut i: usize) -> usize {
        while of[i] != i {
            of[i] = of[of[i]];
            i = of[i];
        }
        i
    }
    for &(i, j, _) in edges {
        let (a, b) = (root(&mut of, i), root(&mut of, j));
        of[a.max(b)] = a.min(b);
    }
    let (mut names, mut count) = (vec![usize::MAX; n], 0);
    let labels = (0..n)
        .map(|i| {
            let at = root(&mut of, i);
            if names[at] == usize::MAX {
                names[at] = count;
                count += 1;
            }
            names[at]
        })
        .collect();
    (labels, count)
}

/// The smallest normalised cut and the smallest conductance of all splits in two, by trying all.
pub fn best_splits(n: usize, edges: &[Edge]) -> (f64, f64) {
    let degrees = degrees(n, edges);
    let (mut normcut, mut conductance) = (f64::INFINITY, f64::INFINITY);
    for mask in 1_u32..1 << (n - 1) {
        let side = |i: usize| usize::from(i > 0 && mask >> (i - 1) & 1 == 1);
        let mut volumes = [0.0_f64; 2];
        for (i, degree) in degrees.iter().enumerate() {
            volumes[side(i)] += degree;
        }
        let cut: f64 = edges
            .iter()
            .filter(|(i, j, _)| side(*i) != side(*j))
            .map(|edge| edge.2)
            .sum();
        normcut = normcut.min(cut / volumes[0] + cut / volumes[1]);
        conductance = conductance.min(cut / volumes[0].min(volumes[1]));
    }
    (normcut, conductance)
}

/// Σ a(zᵢ − zⱼ)² / Σ dz².
pub fn quotient(n: usize, edges: &[Edge], z: &[f64]) -> f64 {
    let largest = z.iter().fold(0.0, |a: f64, b| a.max(b.abs()));
    let z: Vec<f64> = z.iter().map(|entry| entry / largest).collect();
    let energy: f64 = edges
        .iter()
        .map(|&(i, j, weight)| weight * (z[i] - z[j]).powi(2))
        .sum();
    let degrees = degrees(n, edges);
    let mass: f64 = degrees.iter().zip(&z).map(|(d, z)| d * z * z).sum();
    energy / mass
}

/// How far Σⱼ aᵢⱼ(zᵢ − zⱼ) misses λmᵢzᵢ at the worst entry, as a share of dᵢ + λmᵢ times the largest entry of z.
pub fn worst_entry(edges: &[Edge], masses: &[f64], value: f64, z: &[f64]) -> f64 {
    let n = z.len();
    let (mut rest, weight) = (vec![0.0; n], degrees(n, edges));
    for &(i, j, a) in edges.iter().filter(|(i, j, _)| i != j) {
        rest[i] += a * (z[i] - z[j]);
        rest[j] += a * (z[j] - z[i]);
    }
    let largest = z.iter().fold(0.0, |a: f64, b| a.max(b.abs()));
    let off = |i: usize| {
        let off = (rest[i] - value * masses[i] * z[i]).abs();
        if off == 0.0 {
            return 0.0;
        }
        off / ((weight[i] + value * masses[i]) * largest)
    };
    (0..n).map(off).fold(0.0, f64::max)
}

/// A text that people read has no NaN in it.
pub fn readable(run: &mut Run, name: &str, text: &str) {
    let nonsense = text
        .split(|c: char| !c.is_alphanumeric())
        .any(|word| word == "NaN" || word == "inf");
    run.must(!nonsense, &format!("{name}: prints NaN or inf"), || {
        text.to_string()
    });
}
