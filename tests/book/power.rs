//! The chapter on computing eigenvectors.

use crate::numbers::Printed;
use crate::support::{all_near, near, relatively_near, the_posts_graph};
use crate::{FOUR_DIGITS, ON_PAPER};
use fiedler::graph::known::{cliques, cycle, grid};
use fiedler::ndarray::{Array1, Array2, Axis, array};
use fiedler::solvers::{eigenvalues_below, elimination_order, fewest_neighbors_order, lanczos};
use fiedler::{
    Graph, GraphRule, Result, data, degrees, eigh_symmetric, fiedler_vector, labels_by_sign,
    laplacian, power::power_iteration,
};
use std::collections::BTreeSet;

/// Sizes and weights of examples, thresholds of the crate, whole numbers of the sums by hand.
pub const CHOSEN: &[&str] = &[
    "0.05", "0.2", "0.5", "300", "10", "12", "13", "25", "36", "64", "0.005", "1100",
    // Thresholds of `Solver::Auto`.
    "16", "40", "50", "256", "8192",
    // Steps from a random start, which the test below holds to within a few for rounding.
    "1116",
];

/// The numbers that the chapter prints.
pub fn printed() -> Result<Printed> {
    let moons = Graph::from_matrix(the_posts_graph().0)?;
    let values = moons.smallest_eigenpairs(3)?.values;
    let (second, third) = (values[1], values[2]);
    let factor = (2.0 - third) / (2.0 - second);
    let digit = |factor: f64| 1.0 / (1.0 / factor).log10();
    let stopped = stopped_early()?;
    let two = two_steps_by_hand()? * (36.0 / 25.0);
    let mixture = mixture()?;
    let path = fiedler::graph::known::path(5)?
        .smallest_eigenpairs(5)?
        .values;
    let [layers, given] = envelopes()?;
    let square = on_a_square()?;
    Ok(vec![
        ("0.98665", factor),
        ("171", digit(factor)),
        ("0.0054", second),
        ("0.0320", third),
        ("0.168", second / third),
        ("0.1682", second / third),
        ("1.3", digit(second / third)),
        ("0.987", factor),
        ("371", 2.0 / second),
        ("3.12", two[0]),
        ("1.92", two[1]),
        ("2.08", two[2]),
        ("2.88", two[3]),
        ("0.12", two[0] - 3.0),
        ("0.08", two[1] - 2.0),
        ("2.2", 1e16 * f64::EPSILON),
        ("1.4", 1e7 * mixture.0),
        ("45", mixture.1),
        ("23", layers.iter().max().map_or(0.0, |&most| most as f64)),
        ("26,803", work(&layers) as f64),
        ("4,488,558", work(&given) as f64),
        ("682,240", square[0] as f64),
        ("225,511", square[1] as f64),
        ("0.019", stopped.sine),
        ("0.0000015", stopped.value_error),
        ("0.293", path[1]),
        ("1.707", path[3]),
    ])
}

/// Two strong edges of weight 2, joined by a weak one of weight 1.
fn two_pairs() -> Array2<f64> {
    array![
        [0., 2., 0., 0.],
        [2., 0., 1., 0.],
        [0., 1., 0., 2.],
        [0., 0., 2., 0.]
    ]
}

/// z after two steps from (6, 0, −4, 0).
fn two_steps_by_hand() -> Result<Array1<f64>> {
    let a = two_pairs();
    // ANCHOR: by_hand
    let d = degrees(&a)?;
    let step = |z: &Array1<f64>| (z + &(a.dot(z) / &d)) / 2.0; // (I + D⁻¹A)/2
    let start = array![6., 0., -4., 0.];
    let one = step(&start);
    let two = step(&one);
    // ANCHOR_END: by_hand
    near(start.dot(&d), 0.0, 0.0); // no part along 𝟙
    all_near(&one, &array![3., 4. / 3., -2., -2.], ON_PAPER);
    assert_eq!(labels_by_sign(&one)?, array![1, 1, 0, 0]);
    Ok(two)
}

#[test]
fn two_steps_of_power_iteration_on_the_two_pairs_are_those_by_hand() -> Result<()> {
    let two = two_steps_by_hand()?;
    all_near(&two, &array![13. / 6., 4. / 3., -13. / 9., -2.], ON_PAPER);
    Ok(())
}

#[test]
fn the_tangent_to_the_eigenvector_shrinks_at_least_by_the_ratio_each_step() -> Result<()> {
    let (a, _) = the_posts_graph();
    let graph = Graph::from_matrix(a.clone())?;
    let pairs = graph.smallest_eigenpairs(200)?;
    let d = graph.degrees();
    let ratio = (2.0 - pairs.values[2]) / (2.0 - pairs.values[1]);
    let mut z = Array1::from_shape_fn(200, |i| ((i * i) as f64).sin());
    let tangent = |z: &Array1<f64>| {
        let shares = pairs.vectors.t().dot(&(d * z));
        let rest: f64 = shares.iter().skip(2).map(|share| share * share).sum();
        rest.sqrt() / shares[1].abs()
    };
    let mut before = tangent(&z);
    for _ in 0..200 {
        z = (&z + &(a.dot(&z) / d)) / 2.0;
        let after = tangent(&z);
        assert!(after <= ratio * before * (1.0 + 1e-9));
        before = after;
    }
    Ok(())
}

#[test]
fn on_the_moons_the_power_iteration_takes_over_a_thousand_steps() -> Result<()> {
    let graph = Graph::from_matrix(the_posts_graph().0)?;
    let found = power_iteration(&graph, 2, 1e-9, 20_000)?.finished()?;
    let steps = found.history[1].len() - 1;
    // Rounding may move the last step by a few.
    assert!((1110..1122).contains(&steps), "{steps}");
    Ok(())
}

/// Of three cliques, joined evenly but for a millionth more on one edge: λ₃ − λ₂, the angle in degrees from q₂ to the even
/// mixture of q₂ and q₃, and its residual.
fn mixture() -> Result<(f64, f64, f64)> {
    let (even, _) = cliques(3, 4, 0.05)?;
    let mut edges: Vec<_> = even.weighted_edges().collect();
    for edge in &mut edges {
        if (edge.0, edge.1) == (3, 4) {
            edge.2 += 1e-6;
        }
    }
    let graph = Graph::from_edges(12, &edges)?;
    let pairs = graph.smallest_eigenpairs(3)?;
    let mixed = (&pairs.vectors.column(1) + &pairs.vectors.column(2)) / 2_f64.sqrt();
    let cosine = mixed.dot(&(graph.degrees() * &pairs.vectors.column(1)));
    let value = f64::midpoint(pairs.values[1], pairs.values[2]);
    let residual = graph.residuals(&array![value], &mixed.insert_axis(Axis(1)))?[0];
    let gap = pairs.values[2] - pairs.values[1];
    Ok((gap, cosine.acos().to_degrees(), residual))
}

#[test]
fn a_mixture_of_two_close_eigenvectors_passes_a_residual_check_and_is_45_degrees_off() -> Result<()>
{
    let (gap, angle, residual) = mixture()?;
    assert!(1e-8 < gap && residual < 1e-7);
    near(residual, gap / 2.0, 1e-13);
    near(angle, 45.0, 1e-6);
    Ok(())
}

/// Of a power iteration on the moons that was stopped early: the residual of its second vector, the distance of its value
/// from the next other eigenvalue, the sine of its angle to q₂, and the error of its value.
struct Stopped {
    residual: f64,
    gap: f64,
    sine: f64,
    value_error: f64,
}

fn stopped_early() -> Result<Stopped> {
    let graph = Graph::from_matrix(the_posts_graph().0)?;
    let pairs = graph.smallest_eigenpairs(200)?;
    let found = power_iteration(&graph, 2, 1e-4, 20_000)?.finished()?;
    let w = found.vectors.column(1).to_owned();
    let root = graph.degrees().mapv(f64::sqrt);
    let value = 1.0 - found.values[1];
    let shares = pairs.vectors.t().dot(&(&root * &w));
    let others = pairs.values.iter().enumerate().filter(|(j, _)| *j != 1);
    let away = others.map(|(_, other)| (other - value).abs());
    let vectors = (&w / &root).insert_axis(Axis(1));
    Ok(Stopped {
        residual: graph.residuals(&array![value], &vectors)?[0],
        gap: away.fold(2.0, f64::min),
        sine: (1.0 - shares[1] * shares[1]).max(0.0).sqrt(),
        value_error: (value - pairs.values[1]).abs(),
    })
}

#[test]
fn a_residual_over_the_gap_bounds_the_angle_to_the_eigenvector() -> Result<()> {
    let found = stopped_early()?;
    let ratio = found.residual / found.gap;
    assert!(found.sine <= ratio * (1.0 + 1e-6) + 1e-7);
    // The value errs by the square.
    assert!(found.value_error <= 2.0 * found.sine * found.sine);
    assert!(found.value_error <= found.residual * ratio * (1.0 + 1e-6) + 1e-12);
    relatively_near(found.residual, 1.404e-4, FOUR_DIGITS);
    Ok(())
}

#[test]
fn the_null_vectors_are_lifted_to_1_and_all_other_pairs_stay() -> Result<()> {
    // Two components, of four vertices and of three.
    let edges = [
        (0, 1, 2.0),
        (1, 2, 1.0),
        (2, 3, 2.0),
        (4, 5, 1.0),
        (5, 6, 3.0),
    ];
    let graph = Graph::from_edges(7, &edges)?;
    let root = graph.degrees().mapv(f64::sqrt);
    let mut w = Array2::zeros((2, 7));
    for (i, &component) in graph.components().iter().enumerate() {
        w[[component, i]] = root[i];
    }
    for mut row in w.rows_mut() {
        let length = row.dot(&row).sqrt();
        row /= length;
    }
    let scale = Array2::from_diag(&root.mapv(|root| 1.0 / root));
    let m = scale.dot(&graph.laplacian()?).dot(&scale) + w.t().dot(&w);
    let pairs = eigh_symmetric(&graph.matrix()?)?;
    for (j, z) in pairs.vectors.columns().into_iter().enumerate() {
        let vector = &z * &root;
        let lifted = if j < 2 { 1.0 } else { pairs.values[j] };
        assert!(lifted > 0.1);
        all_near(&m.dot(&vector), &(&vector * lifted), ON_PAPER);
    }
    Ok(())
}

#[test]
fn the_iteration_without_the_shift_swings_between_two_vectors_on_the_two_pairs() -> Result<()> {
    let a = two_pairs();
    let d = degrees(&a)?;
    let mut z = array![2., 0., 2., 0.]; // 𝟙 + (1, −1, 1, −1)
    for _ in 0..10 {
        z = a.dot(&z) / &d;
        all_near(&z, &array![0., 2., 0., 2.], ON_PAPER);
        z = a.dot(&z) / &d;
        all_near(&z, &array![2., 0., 2., 0.], ON_PAPER);
    }
    near(fiedler_vector(&a)?.value, 1.0 / 3.0, ON_PAPER);
    Ok(())
}

// ANCHOR: mesh
/// The network without vertex k: its star becomes a mesh.
fn without(k: usize, a: &Array2<f64>) -> Array2<f64> {
    let star = a.column(k).insert_axis(Axis(1)).to_owned();
    let mut mesh = a + &(star.dot(&star.t()) / star.sum());
    mesh.diag_mut().fill(0.0); // no vertex is its own neighbour
    mesh.row_mut(k).fill(0.0);
    mesh.column_mut(k).fill(0.0);
    mesh
}
// ANCHOR_END: mesh

#[test]
fn a_network_without_a_vertex_has_the_same_voltages() -> Result<()> {
    // Two springs in a row: 1/(1/2 + 1/1).
    near(without(1, &two_pairs())[[0, 2]], 2.0 / 3.0, ON_PAPER);
    // Four arms of 1 become a mesh of quarters.
    let mut star = Array2::zeros((5, 5));
    star.row_mut(0).fill(1.0);
    star.column_mut(0).fill(1.0);
    star[[0, 0]] = 0.0;
    let mesh = without(0, &star);
    near(mesh[[1, 2]], 0.25, ON_PAPER);
    near(mesh.sum(), 12.0 * 0.25, ON_PAPER);
    // The picture: arms of 1, 2, 3 and 4, around the clock.
    for arm in 1..5 {
        star[[0, arm]] = arm as f64;
        star[[arm, 0]] = arm as f64;
    }
    let mesh = without(0, &star);
    let pairs = [(1, 2), (2, 3), (3, 4), (1, 4), (1, 3), (2, 4)];
    let found = pairs.map(|(i, j)| mesh[[i, j]]);
    all_near(&found, &[0.2, 0.6, 1.2, 0.4, 0.3, 0.8], ON_PAPER);
    // On any network: the currents b = Lx, passed on in shares, belong to the same x.
    let w = array![
        [0., 3., 1., 0.5],
        [3., 0., 2., 0.],
        [1., 2., 0., 4.],
        [0.5, 0., 4., 0.]
    ];
    let x = array![0.3, -1.0, 2.0, 0.7];
    let b = laplacian(&w)?.dot(&x);
    let shares = &w.row(0) / w.row(0).sum();
    let onward = &b + &(&shares * b[0]);
    let rest = laplacian(&without(0, &w))?.dot(&x);
    all_near(rest.iter().skip(1), onward.iter().skip(1), 1e-14);
    near(x[0], b[0] / w.row(0).sum() + shares.dot(&x), 1e-14);
    Ok(())
}

/// How far each row reaches beyond the diagonal, if none before it reaches farther, of the graph of 300 points: layer by
/// layer, and as numbered.
fn envelopes() -> Result<[Vec<usize>; 2]> {
    let graph = GraphRule::nearest_neighbors(10).build(&data::moons(300, 0.08, 0)?.x)?;
    let matrix = graph.matrix()?;
    let layers = elimination_order(&graph)?.to_vec();
    Ok([layers, (0..300).collect()].map(|order| widths(&matrix, &order)))
}

fn widths(matrix: &Array2<f64>, order: &[usize]) -> Vec<usize> {
    let sorted = matrix.select(Axis(0), order).select(Axis(1), order);
    let mut reach = 0;
    let rows = sorted.rows().into_iter().enumerate();
    rows.map(|(k, row)| {
        let own = (k..row.len()).rev().find(|&j| row[j] > 0.0).unwrap_or(k);
        reach = reach.max(own);
        reach - k
    })
    .collect()
}

fn work(widths: &[usize]) -> usize {
    widths.iter().map(|b| b * (b + 1) / 2).sum()
}

#[test]
fn layer_by_layer_the_envelope_of_two_moons_is_narrow() -> Result<()> {
    let [layers, given] = envelopes()?;
    assert!(100 * work(&layers) < work(&given) && layers.iter().max() < Some(&30));
    Ok(())
}

/// The multiplications in this order, by the definition: the neighbours of each vertex that goes are joined.
fn multiplications(graph: &Graph, order: &[usize]) -> usize {
    let mut left = vec![BTreeSet::new(); graph.vertex_count()];
    for (i, j, _) in graph.weighted_edges() {
        left[i].insert(j);
        left[j].insert(i);
    }
    let goes = |&vertex: &usize| {
        let neighbors = std::mem::take(&mut left[vertex]);
        for &i in &neighbors {
            left[i].extend(&neighbors);
            left[i].remove(&i);
            left[i].remove(&vertex);
        }
        neighbors.len() * (neighbors.len() + 1) / 2
    };
    order.iter().map(goes).sum()
}

#[test]
fn on_a_square_the_fewest_neighbours_are_a_better_order_than_layers() -> Result<()> {
    let [layers, fewest] = on_a_square()?;
    assert!(2 * fewest < layers, "{fewest} {layers}");
    Ok(())
}

/// The multiplications on the square of 40 × 40 vertices: within the envelope of the layers, and with the fewest neighbours
/// first.
fn on_a_square() -> Result<[usize; 2]> {
    let square = grid(40, 40)?;
    let layers = widths(&square.matrix()?, &elimination_order(&square)?.to_vec());
    let fewest = fewest_neighbors_order(&square)?.to_vec();
    Ok([work(&layers), multiplications(&square, &fewest)])
}

#[test]
fn a_skipped_copy_has_a_perfect_residual_and_the_count_tells() -> Result<()> {
    let ring = cycle(12)?;
    let found = lanczos(&ring, 3, 1e-10, 100)?.finished()?;
    let residuals = ring.residuals(&found.pairs.values, &found.pairs.vectors)?;
    assert!(residuals.iter().all(|&residual| residual < 1e-10));
    // 1 − cos(π/6) twice, and only one of them among the three.
    let own = found
        .pairs
        .values
        .iter()
        .filter(|&&value| value < 0.2)
        .count();
    assert_eq!((own, eigenvalues_below(&ring, 0.2)?), (2, 3));
    Ok(())
}

#[test]
fn a_path_of_five_has_two_negative_sums_at_one_half() -> Result<()> {
    let mut leaks = [-0.5, -1.0, -1.0, -1.0, -0.5];
    let mut sums = Vec::new();
    for k in 0..5 {
        let weight = if k < 4 { 1.0 } else { 0.0 };
        let sum = weight + leaks[k];
        sums.push(sum);
        if k < 4 {
            leaks[k + 1] += weight / sum * leaks[k];
        }
    }
    all_near(&sums, &[0.5, -1.0, 2.0, 0.5, -1.5], ON_PAPER);
    let path = fiedler::graph::known::path(5)?;
    all_near(path.degrees(), &[1.0, 2.0, 2.0, 2.0, 1.0], 0.0);
    assert_eq!(eigenvalues_below(&path, 0.5)?, 2);
    Ok(())
}
