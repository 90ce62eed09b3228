//! The chapter on perturbation.

use crate::numbers::Printed;
use crate::support::{all_near, near, relatively_near, two_cliques};
use crate::{FOUR_DIGITS, ON_PAPER};
use fiedler::ndarray::{Array1, Array2, Axis, array, s};
use fiedler::perturbation::{davis_kahan, subspace_angle};
use fiedler::{
    Graph, Result,
    embedding::{Laplacian, eigenpairs},
    labelling::eigengap,
    labels_by_sign,
};

/// Weights and sizes of examples; the eigenvalues of exercise 1; the step that goes with the chapter.
pub const CHOSEN: &[&str] = &[
    "0.01", "0.02", "0.05", "0.06", "0.1", "0.3", "0.5", "0.65", "0.7", "10", "12",
];

/// The eigenvalues of exercise 1.
const EXERCISE: [f64; 5] = [0.0, 0.02, 0.05, 0.65, 0.7];

/// The numbers that the chapter prints.
pub fn printed() -> Result<Printed> {
    let tenth = davis_kahan(&pairs_joined_by(0.0)?, &pairs_joined_by(0.1)?, 2)?;
    let ideal = Graph::from_matrix(two_cliques(10, 0.0))?;
    let cliques = davis_kahan(&ideal, &Graph::from_matrix(two_cliques(10, 0.1))?, 2)?;
    let evenly = davis_kahan(&joined_evenly(0.0)?, &joined_evenly(0.3)?, 2)?;
    let (one, other) = (three_pairs(0.01, 0.02)?, three_pairs(0.02, 0.01)?);
    let alone = davis_kahan(&one, &other, 2)?;
    let together = davis_kahan(&one, &other, 3)?;
    let exercise = eigengap(&Array1::from(EXERCISE.to_vec()))?.gaps;
    let least = EXERCISE[3] - 0.06;
    Ok(vec![
        ("0.0238", tenth.angle_sine),
        ("0.1105", tenth.perturbation_norm),
        ("1.909", tenth.gap),
        ("0.0579", tenth.bound),
        ("2.4", tenth.bound / tenth.angle_sine),
        ("0.0043", cliques.angle_sine),
        ("0.0103", cliques.bound),
        ("0.46", evenly.bound),
        ("13", 6.0 / evenly.bound),
        ("0.03", exercise[1]),
        ("0.60", exercise[2]),
        ("0.59", least),
        ("0.54", least - EXERCISE[2]),
        ("0.0109", alone.perturbation_norm),
        ("0.495", alone.angle_sine),
        ("30", alone.angle_sine.asin().to_degrees()),
        ("0.0035", together.angle_sine),
        ("0.017", alone.gap),
        ("1.95", together.gap),
        ("6.4", (0.06 / (least - EXERCISE[2])).asin().to_degrees()),
    ])
}

fn pairs_joined_by(t: f64) -> Result<Graph> {
    let mut edges = vec![(0, 1, 1.0), (2, 3, 1.0)];
    if t > 0.0 {
        edges.push((1, 2, t));
    }
    Graph::from_edges(4, &edges)
}

/// Two complete graphs of 4, and this weight between any two vertices of different ones.
fn joined_evenly(weight: f64) -> Result<Graph> {
    let entry = |(i, j)| match (i == j, i / 4 == j / 4) {
        (true, _) => 0.0,
        (false, true) => 1.0,
        (false, false) => weight,
    };
    Graph::from_matrix(Array2::from_shape_fn((8, 8), entry))
}

/// Three pairs in a row, with two links.
fn three_pairs(first: f64, second: f64) -> Result<Graph> {
    let links = [(1, 2, first), (3, 4, second)];
    Graph::from_edges(
        6,
        &[&[(0, 1, 1.0), (2, 3, 1.0), (4, 5, 1.0)], &links[..]].concat(),
    )
}

fn leading(graph: &Graph, k: usize) -> Result<Array2<f64>> {
    Ok(eigenpairs(graph, Laplacian::Symmetric, k)?.vectors)
}

/// sin Θ, ‖E‖ and δ of two pairs that a weight t joins, by hand.
fn by_hand(t: f64) -> (f64, f64, f64) {
    let root = (1.0 + t).sqrt();
    let sine = (root - 1.0) / (2.0 * (2.0 + t)).sqrt();
    let (tau, e) = (t / (1.0 + t), 1.0 - 1.0 / root);
    let norm = f64::midpoint(tau, (tau * tau + 4.0 * e * e).sqrt());
    (sine, norm, (2.0 + t) / (1.0 + t))
}

#[test]
fn two_pairs_turn_by_the_angle_found_by_hand() -> Result<()> {
    for t in [0.01, 0.1, 0.5, 1.0] {
        let found = davis_kahan(&pairs_joined_by(0.0)?, &pairs_joined_by(t)?, 2)?;
        let (sine, norm, gap) = by_hand(t);
        near(found.angle_sine, sine, ON_PAPER);
        near(found.perturbation_norm, norm, ON_PAPER);
        near(found.gap, gap, ON_PAPER);
        assert!(found.angle_sine < found.bound);
    }
    Ok(())
}

// ANCHOR: tenth
#[test]
fn an_edge_of_a_tenth_turns_the_two_pairs_by_a_sine_of_0_0238() -> Result<()> {
    let found = davis_kahan(&pairs_joined_by(0.0)?, &pairs_joined_by(0.1)?, 2)?;
    relatively_near(found.angle_sine, 0.023_82, FOUR_DIGITS);
    relatively_near(found.perturbation_norm, 0.1105, FOUR_DIGITS);
    relatively_near(found.gap, 1.909, FOUR_DIGITS);
    relatively_near(found.bound, 0.057_88, FOUR_DIGITS);
    Ok(())
}
// ANCHOR_END: tenth

#[test]
fn no_eigenvalue_moves_farther_than_the_norm_of_the_perturbation() -> Result<()> {
    let ideal = pairs_joined_by(0.0)?.smallest_eigenpairs(4)?.values;
    for t in [0.01, 0.1, 0.5, 1.0, 5.0] {
        let after = pairs_joined_by(t)?.smallest_eigenpairs(4)?.values;
        let (_, norm, _) = by_hand(t);
        let moved = (&after - &ideal).mapv(f64::abs);
        assert!(moved.iter().all(|step| *step <= norm + ON_PAPER));
    }
    Ok(())
}

/// ‖V − UUᵀV‖² in squares of entries, for orthonormal columns.
fn rest_beside(u: &Array2<f64>, v: &Array2<f64>) -> f64 {
    let rest = v - &u.dot(&u.t().dot(v));
    rest.iter().map(|entry| entry * entry).sum()
}

#[test]
fn all_rows_together_leave_their_ideal_places_by_k_squared_sines_at_most() -> Result<()> {
    for weight in [0.01, 0.1, 1.0] {
        let ideal = Graph::from_matrix(two_cliques(10, 0.0))?;
        let perturbed = Graph::from_matrix(two_cliques(10, weight))?;
        let (u, v) = (leading(&ideal, 2)?, leading(&perturbed, 2)?);
        let sine = davis_kahan(&ideal, &perturbed, 2)?.angle_sine;
        assert!(rest_beside(&u, &v) <= 2.0 * sine * sine + ON_PAPER);
        assert!(rest_beside(&u, &v) >= sine * sine - ON_PAPER);
    }
    Ok(())
}

// ANCHOR: cliques
#[test]
fn an_edge_of_a_tenth_hardly_turns_two_cliques_of_ten() -> Result<()> {
    let ideal = Graph::from_matrix(two_cliques(10, 0.0))?;
    let joined = Graph::from_matrix(two_cliques(10, 0.1))?;
    let found = davis_kahan(&ideal, &joined, 2)?;
    relatively_near(found.angle_sine, 0.004_264, FOUR_DIGITS);
    relatively_near(found.bound, 0.010_26, FOUR_DIGITS);
    relatively_near(found.gap, 1.100, FOUR_DIGITS);
    Ok(())
}
// ANCHOR_END: cliques

#[test]
fn separate_pieces_have_as_many_zeros_and_then_a_gap() -> Result<()> {
    let values = Graph::from_matrix(two_cliques(10, 0.0))?
        .smallest_eigenpairs(3)?
        .values;
    all_near(&values, &array![0.0, 0.0, 10.0 / 9.0], ON_PAPER);
    Ok(())
}

// ANCHOR: even
#[test]
fn joined_evenly_two_cliques_do_not_turn_at_all() -> Result<()> {
    let found = davis_kahan(&joined_evenly(0.0)?, &joined_evenly(0.3)?, 2)?;
    near(found.angle_sine, 0.0, ON_PAPER);
    relatively_near(found.bound, 6.0 / 13.0, ON_PAPER);
    Ok(())
}
// ANCHOR_END: even

#[test]
fn a_narrow_gap_lets_a_small_weight_turn_one_vector_far_and_the_pair_hardly() -> Result<()> {
    // The links change places.
    let (one, other) = (three_pairs(0.01, 0.02)?, three_pairs(0.02, 0.01)?);
    let alone = davis_kahan(&one, &other, 2)?;
    let together = davis_kahan(&one, &other, 3)?;
    assert!(alone.angle_sine > 50.0 * together.angle_sine);
    assert!(alone.bound >= alone.angle_sine && together.bound >= together.angle_sine);
    relatively_near(alone.angle_sine, 0.4950, FOUR_DIGITS);
    relatively_near(alone.bound, 0.6401, FOUR_DIGITS);
    relatively_near(alone.gap, 0.016_98, FOUR_DIGITS);
    relatively_near(together.gap, 1.954, FOUR_DIGITS);
    relatively_near(together.angle_sine, 0.003_483, FOUR_DIGITS);
    relatively_near(together.bound, 0.005_564, FOUR_DIGITS);
    Ok(())
}

#[test]
fn two_lines_in_the_plane_turn_by_the_sine_of_the_product() -> Result<()> {
    let line = |angle: f64| array![[angle.cos()], [angle.sin()]];
    let angle = subspace_angle(&line(0.2), &line(0.9))?;
    near(angle, 0.7, ON_PAPER);
    // The complement of the second, times the first.
    let normal: Array1<f64> = array![-(0.9_f64.sin()), 0.9_f64.cos()];
    near(
        normal.dot(&line(0.2).index_axis(Axis(1), 0)).abs(),
        0.7_f64.sin(),
        ON_PAPER,
    );
    Ok(())
}

#[test]
fn a_two_by_two_matrix_reaches_the_bound() {
    // S = diag(0, 1), perturbed to R diag(0, 1) Rᵀ: E has the norm sin θ, and δ is 1.
    for theta in [0.01_f64, 0.3, 1.0] {
        let (sine, cosine) = theta.sin_cos();
        let after = array![
            [sine * sine, -sine * cosine],
            [-sine * cosine, cosine * cosine]
        ];
        let e: Array2<f64> = after - array![[0.0, 0.0], [0.0, 1.0]];
        // A symmetric 2 × 2 matrix of trace 0 and determinant −sin²θ.
        near(e.diag().sum(), 0.0, ON_PAPER);
        let determinant = e[[0, 0]] * e[[1, 1]] - e[[0, 1]] * e[[1, 0]];
        near(determinant, -sine * sine, ON_PAPER);
    }
}

#[test]
fn the_sign_still_finds_the_pairs_when_the_edge_is_as_strong_as_they_are() -> Result<()> {
    let z = pairs_joined_by(1.0)?.smallest_eigenpairs(2)?.vectors;
    let labels = labels_by_sign(&z.slice(s![.., 1]).to_owned())?;
    assert!(labels[0] == labels[1] && labels[2] == labels[3] && labels[0] != labels[2]);
    Ok(())
}

#[test]
fn a_gap_of_0_6_and_a_change_of_0_06_turn_by_a_ninth_at_most() -> Result<()> {
    let gaps = eigengap(&Array1::from(EXERCISE.to_vec()))?;
    assert_eq!(gaps.clusters, 3);
    let bound: f64 = 0.06 / (0.65 - 0.06 - 0.05);
    near(bound, 1.0 / 9.0, ON_PAPER);
    relatively_near(bound.asin().to_degrees(), 6.379, FOUR_DIGITS);
    Ok(())
}

#[test]
fn the_gap_of_two_evenly_joined_cliques_closes_where_the_graph_is_complete() -> Result<()> {
    let m = 4.0;
    for t in [0.1, 0.3, 0.9, 1.0] {
        let values = joined_evenly(t)?.smallest_eigenpairs(3)?.values;
        let degree = m - 1.0 + m * t;
        near(values[1], 2.0 * m * t / degree, ON_PAPER);
        near(values[2], 1.0 + 1.0 / degree, ON_PAPER);
    }
    Ok(())
}
