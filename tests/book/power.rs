//! The chapter on computing eigenvectors.

use crate::support::{all_near, near, relatively_near, the_posts_graph};
use crate::{FOUR_DIGITS, ON_PAPER};
use fiedler::graph::known::{cliques, cycle};
use fiedler::ndarray::{Array1, Array2, Axis, array};
use fiedler::solvers::{eigenvalues_below, elimination_order, lanczos};
use fiedler::{
    Graph, GraphRule, Result, data, degrees, fiedler_vector, labels_by_sign, laplacian,
    power::power_iteration,
};

/// Two strong edges of weight 2, joined by a weak one of weight 1.
fn two_pairs() -> Array2<f64> {
    array![
        [0., 2., 0., 0.],
        [2., 0., 1., 0.],
        [0., 1., 0., 2.],
        [0., 0., 2., 0.]
    ]
}

// ANCHOR: by_hand
#[test]
fn two_steps_of_power_iteration_on_the_two_pairs_are_those_by_hand() -> Result<()> {
    let a = two_pairs();
    let d = degrees(&a)?;
    let step = |z: &Array1<f64>| (z + &(a.dot(z) / &d)) / 2.0; // (I + D⁻¹A)/2

    let start = array![6., 0., -4., 0.];
    near(start.dot(&d), 0.0, 0.0); // no part along 𝟙
    let one = step(&start);
    all_near(&one, &array![3., 4. / 3., -2., -2.], ON_PAPER);
    let two = step(&one);
    all_near(&two, &array![13. / 6., 4. / 3., -13. / 9., -2.], ON_PAPER);
    // ANCHOR_END: by_hand
    all_near(
        &(two * (36.0 / 25.0)),
        &array![3.12, 1.92, -2.08, -2.88],
        ON_PAPER,
    );
    assert_eq!(labels_by_sign(&one)?, array![1, 1, 0, 0]);
    // ANCHOR: end
    Ok(())
}
// ANCHOR_END: end

#[test]
fn the_tangent_to_the_eigenvector_shrinks_at_least_by_the_ratio_each_step() -> Result<()> {
    let (a, _) = the_posts_graph();
    let graph = Graph::from_matrix(a.clone())?;
    let pairs = graph.smallest_eigenpairs(200)?;
    let d = graph.degrees();
    let ratio = (2.0 - pairs.values[2]) / (2.0 - pairs.values[1]);
    relatively_near(ratio, 0.986_65, 5e-6);
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
    let values = graph.smallest_eigenpairs(3)?.values;
    relatively_near(values[1] / values[2], 0.1682, FOUR_DIGITS);
    relatively_near(2.0 / values[1], 371.4, FOUR_DIGITS);
    Ok(())
}

// ANCHOR: mixture
#[test]
fn a_mixture_of_two_close_eigenvectors_passes_a_residual_check_and_is_45_degrees_off() -> Result<()>
{
    // Three cliques, joined evenly but for one edge that is a millionth stronger.
    let (even, _) = cliques(3, 4, 0.05)?;
    let mut edges: Vec<_> = even.weighted_edges().collect();
    let bridge = edges
        .iter_mut()
        .find(|(i, j, _)| (*i, *j) == (3, 4))
        .unwrap();
    bridge.2 += 1e-6;
    let graph = Graph::from_edges(12, &edges)?;

    let pairs = graph.smallest_eigenpairs(3)?;
    let gap = pairs.values[2] - pairs.values[1];
    assert!(1e-8 < gap && gap < 1e-6);

    let mixed = (&pairs.vectors.column(1) + &pairs.vectors.column(2)) / 2_f64.sqrt();
    let value = f64::midpoint(pairs.values[1], pairs.values[2]);
    let vectors = mixed.insert_axis(fiedler::ndarray::Axis(1));
    let residual = graph.residuals(&array![value], &vectors)?[0];
    near(residual, gap / 2.0, 1e-13); // below any usual tolerance
    // ANCHOR_END: mixture
    relatively_near(gap, 1.384e-7, FOUR_DIGITS);
    Ok(())
}

#[test]
fn a_residual_over_the_gap_bounds_the_angle_to_the_eigenvector() -> Result<()> {
    let (a, _) = the_posts_graph();
    let graph = Graph::from_matrix(a)?;
    let pairs = graph.smallest_eigenpairs(200)?;
    let found = power_iteration(&graph, 2, 1e-4, 20_000)?.finished()?;
    let w = found.vectors.column(1).to_owned();
    let root = graph.degrees().mapv(f64::sqrt);
    let value = 1.0 - found.values[1];
    let shares = pairs.vectors.t().dot(&(&root * &w));
    let sine = (1.0 - shares[1] * shares[1]).max(0.0).sqrt();
    let others = pairs.values.iter().enumerate().filter(|(j, _)| *j != 1);
    let gap = others
        .map(|(_, other)| (other - value).abs())
        .fold(2.0, f64::min);
    let vectors = (&w / &root).insert_axis(fiedler::ndarray::Axis(1));
    let residual = graph.residuals(&array![value], &vectors)?[0];
    assert!(sine <= residual / gap * (1.0 + 1e-6) + 1e-7);
    // The value errs by the square.
    near((value - pairs.values[1]).abs(), 1.5e-6, 0.05e-6);
    assert!((value - pairs.values[1]).abs() <= 2.0 * sine * sine);
    assert!((value - pairs.values[1]).abs() <= residual * residual / gap * (1.0 + 1e-6) + 1e-12);
    relatively_near(residual, 1.404e-4, FOUR_DIGITS);
    relatively_near(sine, 0.01883, FOUR_DIGITS);
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

#[test]
fn a_digit_takes_171_steps_of_the_power_iteration_and_less_than_2_of_the_inverse() {
    near(1.0 / (1.0 / 0.986_65_f64).log10(), 171.0, 0.5);
    near(1.0 / (1.0 / 0.1682_f64).log10(), 1.3, 0.05);
}

// ANCHOR: mesh
/// The network without vertex k: its star becomes a mesh.
fn without(k: usize, w: &Array2<f64>) -> Array2<f64> {
    let star = w.column(k).insert_axis(Axis(1)).to_owned();
    let mut mesh = w + &(star.dot(&star.t()) / star.sum());
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

#[test]
fn layer_by_layer_the_envelope_of_two_moons_is_narrow() -> Result<()> {
    let graph = GraphRule::nearest_neighbors(10).build(&data::moons(300, 0.08, 0)?.x)?;
    let matrix = graph.matrix()?;
    let widths = |order: &[usize]| {
        let sorted = matrix.select(Axis(0), order).select(Axis(1), order);
        let mut reach = 0;
        let width = |(k, row): (usize, fiedler::ndarray::ArrayView1<'_, f64>)| {
            let own = (k..300).rev().find(|&j| row[j] > 0.0).unwrap_or(k);
            reach = reach.max(own);
            reach - k
        };
        sorted
            .rows()
            .into_iter()
            .enumerate()
            .map(width)
            .collect::<Vec<_>>()
    };
    let work = |widths: &[usize]| widths.iter().map(|b| b * (b + 1) / 2).sum::<usize>();
    let layers = widths(&elimination_order(&graph)?.to_vec());
    let given = widths(&(0..300).collect::<Vec<_>>());
    assert_eq!((work(&layers), layers.iter().max()), (26_803, Some(&23)));
    assert_eq!(work(&given), 4_488_558);
    Ok(())
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
