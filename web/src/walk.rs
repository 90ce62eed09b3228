//! The lazy random walk on a graph of points: the figure of the chapter on the walk.
//!
//! The crate gives the graph and all its eigenpairs, once; formula (6) of the chapter makes of them the chances after any
//! number of steps. That takes n² products, however many the steps are.

use crate::{Answer, words};
use fiedler::Graph;
use fiedler::data::blog_moons;
use fiedler::ndarray::{Array1, Array2, ArrayView1, ArrayView2, Axis, s};

/// Numbers before the list in the answer of [`after`].
pub const HEAD: usize = 4 + 2 * BARS;
/// So many eigenvectors have a bar of their own.
pub const BARS: usize = 6;
/// Numbers for each point in the input of [`modes`]: x, y and the true label.
const EACH: usize = 3;
/// Numbers for each vertex in the answer of [`modes`], beside the eigenvectors.
const BESIDE: usize = 3;

/// The post's moons, on which the chapter's walker walks: x, y and the true label of each point.
///
/// # Errors
/// None.
pub fn points() -> Answer {
    let moons = blog_moons();
    let mut numbers = Vec::new();
    for (point, &label) in moons.x.outer_iter().zip(&moons.y) {
        numbers.extend([point[0], point[1], label as f64]);
    }
    Ok(numbers)
}

/// All eigenpairs of the graph of points (x, y and label each) at most ε apart.
///
/// The answer, for n points: n eigenvalues λ, n degrees, n labels, and the n × n matrix Z row by row, whose columns are
/// the eigenvectors, with `ZᵀDZ = I`.
///
/// # Errors
/// As `Graph::epsilon` and `Graph::smallest_eigenpairs`, in the crate's words.
pub fn modes(numbers: &[f64], epsilon: f64) -> Answer {
    let n = numbers.len() / EACH;
    let x = Array2::from_shape_fn((n, 2), |(i, axis)| numbers[EACH * i + axis]);
    let graph = Graph::epsilon(&x, epsilon).map_err(|error| words(&error))?;
    let pairs = graph.smallest_eigenpairs(n);
    let pairs = pairs.map_err(|error| words(&error))?;
    let mut answer = pairs.values.to_vec();
    answer.extend(graph.degrees());
    answer.extend((0..n).map(|i| f64::from(u8::from(numbers[EACH * i + 2] > 0.5))));
    answer.extend(&pairs.vectors);
    Ok(answer)
}

/// The chances of a lazy walker after so many `steps` from the vertex `start`, counted from 0. The input is the answer
/// of [`modes`].
///
/// The answer: the chance to be on a point with the label 0, and with the label 1, how far the chances p are from the
/// stationary π (half the sum of |p − π|), and what all modes but the first six make together now; |cₖ| τₖᵗ for k from 1
/// to 6, then |cₖ|; then pⱼ/πⱼ for the n vertices. Here τₖ = 1 − λₖ/2 and cₖ = √vol(V) zₖ(start), so that
/// pⱼ/πⱼ = Σ cₖ τₖᵗ √vol(V) zₖ(j), and the squares of all |cₖ| τₖᵗ but the first sum to the mean square of p/π − 1.
///
/// # Errors
/// Where the input is no answer of [`modes`], or has no such vertex.
pub fn after(numbers: &[f64], start: usize, steps: u32) -> Answer {
    let n = (0..=numbers.len()).find(|n| n * (n + BESIDE) >= numbers.len());
    let n = n.unwrap_or(0);
    if n * (n + BESIDE) != numbers.len() {
        return Err(format!(
            "{} numbers are not the modes of a graph",
            numbers.len()
        ));
    }
    if start >= n {
        return Err(format!("there is no vertex {start} among {n}"));
    }
    let list = |at: usize| ArrayView1::from(&numbers[at * n..(at + 1) * n]);
    let (values, d, labels) = (list(0), list(1), list(2));
    let z = ArrayView2::from_shape((n, n), &numbers[BESIDE * n..]);
    let z = z.map_err(|error| error.to_string())?;
    let volume = d.sum();
    let c = z.index_axis(Axis(0), start).mapv(|z| volume.sqrt() * z);
    let faded: Array1<f64> = c
        .iter()
        .zip(values)
        .map(|(c, value)| c * (1.0 - value / 2.0).powf(f64::from(steps)))
        .collect();
    let ratio = z.dot(&faded) * volume.sqrt();
    let mut head = [0.0; HEAD];
    for ((ratio, d), &label) in ratio.iter().zip(d).zip(labels) {
        head[usize::from(label > 0.5)] += ratio * d / volume;
        head[2] += (ratio - 1.0).abs() * d / volume / 2.0;
    }
    let bars = BARS.min(n);
    let rest = faded.slice(s![bars..]);
    head[3] = rest.dot(&rest).sqrt();
    for k in 0..bars {
        head[4 + k] = faded[k].abs();
        head[4 + BARS + k] = c[k].abs();
    }
    let mut answer = head.to_vec();
    answer.extend(&ratio);
    Ok(answer)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::similarity::points;
    use fiedler::walk::{stationary, transition_matrix};

    #[test]
    fn the_modes_walk_as_one_step_after_the_other() {
        let given = points(0, 40, 0.05, 0).unwrap();
        let found = modes(&given, 0.6).unwrap();
        let x = Array2::from_shape_fn((40, 2), |(i, axis)| given[EACH * i + axis]);
        let graph = Graph::epsilon(&x, 0.6).unwrap();
        let (step, pi) = (
            transition_matrix(&graph).unwrap(),
            stationary(&graph).unwrap(),
        );
        let mut chances = Array1::zeros(40);
        chances[7] = 1.0;
        for t in 0..50 {
            let answer = after(&found, 7, t).unwrap();
            let ratios = ArrayView1::from(&answer[HEAD..]);
            assert!(
                (&ratios * &pi - &chances)
                    .iter()
                    .all(|off| off.abs() < 1e-12)
            );
            assert!((answer[0] + answer[1] - 1.0).abs() < 1e-12);
            let square: f64 = answer[5..4 + BARS].iter().map(|bar| bar * bar).sum();
            let mean = ((&ratios - 1.0).mapv(|off| off * off) * &pi).sum();
            assert!((square + answer[3] * answer[3] - mean).abs() < 1e-10);
            chances = (&chances + &chances.dot(&step)) / 2.0;
        }
    }
}
