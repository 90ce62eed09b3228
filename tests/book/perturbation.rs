//! The chapter on perturbation.

use crate::numbers::Printed;
use crate::support::{all_near, near, relatively_near, two_cliques};
use crate::{FOUR_DIGITS, ON_PAPER};
use fiedler::data::RandomState;
use fiedler::ndarray::{Array1, Array2, Axis, array, s};
use fiedler::perturbation::{DavisKahan, davis_kahan, subspace_angle};
use fiedler::{
    Error, Graph, Result,
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
    let (second_panel, last_panel) = (Clumps::of(&[10; 3], 0.02)?, Clumps::of(&[10; 3], 0.5)?);
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
        ("0.0077", second_panel.sine),
        ("0.00003", 1.0 - second_panel.cosine()),
        ("0.0007", second_panel.may_be_lost()),
        ("0.71", last_panel.may_be_lost()),
        ("30", last_panel.rows.nrows() as f64),
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

/// What an edge of a tenth does to two pairs.
fn joined_by_a_tenth() -> Result<DavisKahan> {
    // ANCHOR: tenth
    let pairs = [(0, 1, 1.0), (2, 3, 1.0)];
    let ideal = Graph::from_edges(4, &pairs)?;
    let joined = Graph::from_edges(4, &[pairs[0], pairs[1], (1, 2, 0.1)])?;
    let found = davis_kahan(&ideal, &joined, 2)?;
    println!("{:.4}, at most {:.4}", found.angle_sine, found.bound);
    // 0.0238, at most 0.0579
    // ANCHOR_END: tenth
    Ok(found)
}

#[test]
fn an_edge_of_a_tenth_turns_the_two_pairs_by_a_sine_of_0_0238() -> Result<()> {
    let found = joined_by_a_tenth()?;
    relatively_near(found.angle_sine, 0.023_82, FOUR_DIGITS);
    relatively_near(found.perturbation_norm, 0.1105, FOUR_DIGITS);
    relatively_near(found.gap, 1.909, FOUR_DIGITS);
    relatively_near(found.bound, 0.057_88, FOUR_DIGITS);
    let printed = format!("{:.4}, at most {:.4}", found.angle_sine, found.bound);
    assert_eq!(printed, "0.0238, at most 0.0579");
    Ok(())
}

#[test]
fn no_eigenvalue_moves_farther_than_the_norm_of_the_perturbation() -> Result<()> {
    let ideal = pairs_joined_by(0.0)?.smallest_eigenpairs(4)?.values;
    for t in [0.01, 0.1, 0.5, 1.0, 5.0] {
        let after = pairs_joined_by(t)?.smallest_eigenpairs(4)?.values;
        let norm = davis_kahan(&pairs_joined_by(0.0)?, &pairs_joined_by(t)?, 2)?.perturbation_norm;
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

#[test]
fn separate_pieces_have_as_many_zeros_and_then_a_gap() -> Result<()> {
    let values = Graph::from_matrix(two_cliques(10, 0.0))?
        .smallest_eigenpairs(3)?
        .values;
    all_near(&values, &array![0.0, 0.0, 10.0 / 9.0], ON_PAPER);
    Ok(())
}

#[test]
fn joined_evenly_two_cliques_do_not_turn_at_all() -> Result<()> {
    let found = davis_kahan(&joined_evenly(0.0)?, &joined_evenly(0.3)?, 2)?;
    near(found.angle_sine, 0.0, ON_PAPER);
    relatively_near(found.bound, 6.0 / 13.0, ON_PAPER);
    Ok(())
}

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

/// Complete graphs of these sizes; every two vertices of different ones joined by a random weight of this size, as in
/// the figure.
fn cliques_of(sizes: &[usize], weight: f64) -> Result<(Graph, Vec<usize>)> {
    let labels: Vec<usize> = sizes
        .iter()
        .enumerate()
        .flat_map(|(label, &size)| std::iter::repeat_n(label, size))
        .collect();
    let (n, mut rng) = (labels.len(), RandomState::new(4));
    let mut a = Array2::zeros((n, n));
    for i in 0..n {
        for j in 0..i {
            let between = if labels[i] == labels[j] {
                1.0
            } else {
                weight * rng.normal(0.0, 1.0).abs()
            };
            (a[[i, j]], a[[j, i]]) = (between, between);
        }
    }
    Ok((Graph::from_matrix(a)?, labels))
}

/// The rows of the first k eigenvectors, divided by the roots of the ideal degrees, and their ideal places.
struct Clumps {
    rows: Array2<f64>,
    places: Array2<f64>,
    /// M = UᵀÛ.
    m: Array2<f64>,
    labels: Vec<usize>,
    degrees: Array1<f64>,
    volumes: Array1<f64>,
    sine: f64,
}

impl Clumps {
    fn of(sizes: &[usize], weight: f64) -> Result<Self> {
        let k = sizes.len();
        let (ideal, labels) = cliques_of(sizes, 0.0)?;
        let (perturbed, _) = cliques_of(sizes, weight)?;
        let sine = davis_kahan(&ideal, &perturbed, k)?.angle_sine;
        let degrees = ideal.degrees().clone();
        let volumes = ideal.vols(&Array1::from(labels.clone()))?;
        let indicator = |(i, c): (usize, usize)| {
            let own = f64::from(u8::from(labels[i] == c));
            own * (degrees[i] / volumes[c]).sqrt()
        };
        let u = Array2::from_shape_fn((labels.len(), k), indicator);
        let after = leading(&perturbed, k)?;
        let m = u.t().dot(&after);
        Ok(Self {
            rows: &after / &degrees.mapv(f64::sqrt).insert_axis(Axis(1)),
            places: &m / &volumes.mapv(f64::sqrt).insert_axis(Axis(1)),
            m,
            labels,
            degrees,
            volumes,
            sine,
        })
    }

    fn cosine(&self) -> f64 {
        (1.0 - self.sine * self.sine).sqrt()
    }

    /// The right side of (9).
    fn may_be_lost(&self) -> f64 {
        let tangent = self.sine / self.cosine();
        4.0 * self.volumes.len() as f64 * tangent * tangent
    }

    fn strays(&self, i: usize, c: usize) -> f64 {
        length(&(&self.rows.row(i) - &self.places.row(c)))
    }

    /// The left side of (9).
    fn lost(&self) -> f64 {
        let k = self.volumes.len();
        let is_lost = |i: &usize| {
            let own = self.strays(*i, self.labels[*i]);
            (0..k).any(|c| self.strays(*i, c) < own)
        };
        let all = (0..self.labels.len()).filter(is_lost);
        all.map(|i| self.degrees[i] / self.volumes[self.labels[i]])
            .sum()
    }
}

fn length(x: &Array1<f64>) -> f64 {
    x.dot(x).sqrt()
}

/// The figure's cliques, and some of three sizes.
const SIZES: [&[usize]; 2] = [&[10, 10, 10], &[4, 7, 11]];

#[test]
fn the_places_stay_apart_by_the_cosine_and_few_rows_are_nearer_to_another() -> Result<()> {
    for sizes in SIZES {
        for weight in [0.02, 0.1, 0.5, 0.8] {
            let found = Clumps::of(sizes, weight)?;
            let strayed: f64 = (0..found.labels.len())
                .map(|i| found.degrees[i] * found.strays(i, found.labels[i]).powi(2))
                .sum();
            assert!(strayed <= 3.0 * found.sine * found.sine + ON_PAPER);
            for (b, c) in [(0, 1), (0, 2), (1, 2)] {
                let apart = length(&(&found.places.row(b) - &found.places.row(c)));
                let ideal = (1.0 / found.volumes[b] + 1.0 / found.volumes[c]).sqrt();
                assert!(apart >= found.cosine() * ideal - ON_PAPER);
                // Nor can they be farther apart than in the ideal graph.
                assert!(apart <= ideal + ON_PAPER);
            }
            assert!(found.lost() <= found.may_be_lost());
        }
    }
    let (second, last) = (Clumps::of(&[10; 3], 0.02)?, Clumps::of(&[10; 3], 0.5)?);
    // Fewer than one vertex of ten; and none is lost where the bound allows seven.
    assert!(second.may_be_lost() < 0.1);
    assert!(last.may_be_lost() > 0.7 && last.may_be_lost() < 0.8);
    near(second.lost() + last.lost(), 0.0, 0.0);
    Ok(())
}

#[test]
fn the_directions_of_the_places_are_apart_by_root_two_times_the_cosine() -> Result<()> {
    for sizes in SIZES {
        for weight in [0.02, 0.1, 0.5, 0.8] {
            let found = Clumps::of(sizes, weight)?;
            let direction = |c: usize| {
                let row = found.m.row(c).to_owned();
                assert!(length(&row) <= 1.0 + ON_PAPER);
                &row / length(&row)
            };
            for (b, c) in [(0, 1), (0, 2), (1, 2)] {
                let apart = length(&(direction(b) - direction(c)));
                assert!(apart >= 2_f64.sqrt() * found.cosine() - ON_PAPER);
            }
        }
    }
    Ok(())
}

#[test]
fn the_sine_is_the_norm_of_the_new_complement_times_the_old_space() -> Result<()> {
    for weight in [0.1, 0.5, 1.0, 5.0] {
        let (ideal, joined) = (pairs_joined_by(0.0)?, pairs_joined_by(weight)?);
        let u = leading(&ideal, 2)?;
        let complement = leading(&joined, 4)?.slice(s![.., 2..]).to_owned();
        let x = complement.t().dot(&u);
        // The norm of a 2 × 2 matrix: the root of the larger eigenvalue of XᵀX.
        let square = x.t().dot(&x);
        let (half, off) = (
            f64::midpoint(square[[0, 0]], square[[1, 1]]),
            (square[[0, 0]] - square[[1, 1]]) / 2.0,
        );
        let norm = (half + off.hypot(square[[0, 1]])).sqrt();
        near(davis_kahan(&ideal, &joined, 2)?.angle_sine, norm, 1e-12);
        near(
            subspace_angle(&u, &leading(&joined, 2)?)?.sin(),
            norm,
            1e-12,
        );
    }
    Ok(())
}

#[test]
fn a_two_by_two_matrix_reaches_the_bound() -> Result<()> {
    // S = diag(0, 1), perturbed to R diag(0, 1) Rᵀ: E has the norm sin θ, and δ is 1.
    for theta in [0.01_f64, 0.3, 1.0] {
        let (sine, cosine) = theta.sin_cos();
        let turned = array![[cosine, -sine], [sine, cosine]];
        let s = array![[0.0, 0.0], [0.0, 1.0]];
        let e = turned.dot(&s).dot(&turned.t()) - &s;
        // E stretches each of these by the same.
        for degrees in (0..180).step_by(15) {
            let angle = f64::from(degrees).to_radians();
            near(
                length(&e.dot(&array![angle.cos(), angle.sin()])),
                sine,
                ON_PAPER,
            );
        }
        let first = turned.slice(s![.., ..1]).to_owned();
        let angle = subspace_angle(&array![[1.0], [0.0]], &first)?;
        near(angle.sin(), sine, ON_PAPER);
    }
    Ok(())
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
        let turned = davis_kahan(&joined_evenly(0.0)?, &joined_evenly(t)?, 2);
        if t < 1.0 {
            near(turned?.angle_sine, 0.0, 1e-12);
        } else {
            assert!(matches!(turned, Err(Error::RepeatedEigenvalue { .. })));
        }
    }
    Ok(())
}
