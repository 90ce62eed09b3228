//! The chapter on the eigenvectors.

use crate::numbers::Printed;
use crate::support::{
    all_near, d_product, near, reference, relatively_near, the_posts_graph, vector,
};
use crate::{FOUR_DIGITS, ON_PAPER};
use fiedler::data::{RandomState, blog_moons};
use fiedler::ndarray::{Array1, Array2, array};
use fiedler::{
    Result, agreement, clustering::labels_above, cut, degrees, eig_random_walk, eigh_generalized,
    eigh_symmetric, fiedler_vector, labels_by_sign, laplacian, normcut, orth, orth_obj, project,
    rayleigh_quotient, similarity_matrix, transform,
};

/// Sizes, ε, angles and ranks; the number of splits (10⁵⁹); what `cut.rs` pins of the post's arbitrary labels (1092 and
/// 0.976840924); the steps on paper, from the entries to the results that `printed` computes (10, 12, 17, 24).
pub const CHOSEN: &[&str] = &[
    "0.3",
    "0.4",
    "0.976840924",
    "10",
    "100",
    "1092",
    "12",
    "17",
    "180",
    "199",
    "200",
    "24",
    "90",
];

/// The numbers that the chapter prints.
pub fn printed() -> Result<Printed> {
    let (a, y) = the_posts_graph();
    let d = degrees(&a)?;
    let pairs = eigh_generalized(&a)?;
    let second = fiedler_vector(&a)?;
    let (z, volume) = (&second.vector, d.sum());
    let (largest, least) = ends(z);
    let by_sign = labels_by_sign(z)?;
    let of_split = transform(&a, &y)?;
    let of_split = &of_split / d_product(&of_split, &d, &of_split).sqrt();
    let (upper, lower) = ends(&of_split);
    let length = z.dot(z).sqrt();
    let cosine = z.sum() / (length * (z.len() as f64).sqrt());
    let mean = z.sum() / z.len() as f64;
    let post = reference("relaxation");
    let (most_degree, _) = ends(&d);
    let two = two_pairs();
    let of_two = array![3.0, 2.0, -2.0, -3.0];
    let mass = d_product(&of_two, &degrees(&two)?, &of_two);
    let hidden = &of_two + &(degrees(&two)? * 2.0);
    let centred = array![4.0, 1.0, -5.0];
    let path_mass = d_product(&centred, &degrees(&path_of_three())?, &centred);
    Ok(vec![
        ("0.0198", largest),
        ("0.0169", least),
        ("0.0023", least_of(z, &y, 1)),
        ("0.0089", -least_of(&-z, &y, 0)),
        ("99", z.iter().filter(|&&entry| entry > 0.0).count() as f64),
        ("101", z.iter().filter(|&&entry| entry < 0.0).count() as f64),
        ("34,784", crate::support::number(&post["post"]["nfev"])),
        ("0.0152", upper.abs().max(lower.abs())),
        ("0.0146", upper.abs().min(lower.abs())),
        ("0.03760", z.sum()),
        ("0.1788", z.sum() / length),
        ("89.28", cosine.acos().to_degrees()),
        ("30", most_degree),
        ("0.0053844", second.value),
        ("0.0053836", rayleigh_quotient(&a, &(z - mean))?),
        ("0.005384412", second.value),
        ("0.005384", second.value),
        ("0.0054", second.value),
        ("0.011518412", normcut(&a, &y)?),
        ("0.011518", normcut(&a, &y)?),
        ("2.14", normcut(&a, &y)? / second.value),
        ("0.012408541", normcut(&a, &by_sign)?),
        ("13", cut(&a, &y)?),
        ("14", cut(&a, &by_sign)?),
        ("0.000188", mean),
        ("4516", volume),
        ("1.00016", 1.0 + mean * mean * volume),
        (
            "47.86",
            (pairs.values[199] - pairs.values[1]) / (pairs.values[2] - pairs.values[1]),
        ),
        ("1.28", pairs.values[199]),
        ("1.04", pairs.values[99]),
        ("0.42", pairs.values[9]),
        ("0.032", pairs.values[2]),
        ("0.03", pairs.values[2]),
        ("60", mass),
        ("20", mass * rayleigh_quotient(&two, &of_two)?),
        ("52", hidden.dot(&degrees(&two)?)),
        ("26", degrees(&two)?.dot(&degrees(&two)?)),
        (
            "54",
            path_mass * rayleigh_quotient(&path_of_three(), &centred)?,
        ),
        ("2.56", f64::midpoint(1.0, 17.0_f64.sqrt())),
    ])
}

/// The smallest entry among the points of this label.
fn least_of(z: &Array1<f64>, y: &Array1<usize>, label: usize) -> f64 {
    let entries = z.iter().zip(y).filter(|(_, of)| **of == label);
    entries
        .map(|(entry, _)| *entry)
        .fold(f64::INFINITY, f64::min)
}

/// The largest entry and the smallest.
fn ends(z: &Array1<f64>) -> (f64, f64) {
    let end = |pick: fn(f64, f64) -> f64| z.iter().copied().reduce(pick).expect("entries");
    (end(f64::max), end(f64::min))
}

/// The same for 200 points and 4516 ones, whose sums carry more rounding.
const ON_THE_MOONS: f64 = 1e-11;

/// Two strong edges of weight 2, joined by a weak one of weight 1.
fn two_pairs() -> Array2<f64> {
    array![
        [0., 2., 0., 0.],
        [2., 0., 1., 0.],
        [0., 1., 0., 2.],
        [0., 0., 2., 0.]
    ]
}

/// Three vertices in a row, by edges of weight 2 and 1.
fn path_of_three() -> Array2<f64> {
    array![[0., 2., 0.], [2., 0., 1.], [0., 1., 0.]]
}

/// Two edges of weight 1, joined by one of weight t.
fn pairs_joined_by(t: f64) -> Array2<f64> {
    array![
        [0., 1., 0., 0.],
        [1., 0., t, 0.],
        [0., t, 0., 1.],
        [0., 0., 1., 0.]
    ]
}

/// The least normalised cut over all thresholds between two entries of the second eigenvector, and its
/// labels.
fn best_of_sweep(a: &Array2<f64>) -> Result<(f64, Array1<usize>)> {
    let z = fiedler_vector(a)?.vector;
    let mut sorted = z.to_vec();
    sorted.sort_by(f64::total_cmp);
    let mut best: Option<(f64, Array1<usize>)> = None;
    for two in sorted.windows(2) {
        let y = labels_above(&z, f64::midpoint(two[0], two[1]))?;
        let value = normcut(a, &y)?;
        if best.as_ref().is_none_or(|(least, _)| value < *least) {
            best = Some((value, y));
        }
    }
    Ok(best.expect("two points have a threshold between them"))
}

/// A vector of normal numbers.
fn random_vector(n: usize, rng: &mut RandomState) -> Array1<f64> {
    Array1::from_shape_simple_fn(n, || rng.normal(0.0, 1.0))
}

#[test]
fn the_two_pairs_have_the_degrees_2_3_3_2_and_the_laplacian_of_the_book() -> Result<()> {
    let a = two_pairs();
    all_near(&degrees(&a)?, &array![2., 3., 3., 2.], 0.0);
    let printed = array![
        [2., -2., 0., 0.],
        [-2., 3., -1., 0.],
        [0., -1., 3., -2.],
        [0., 0., -2., 2.]
    ];
    let difference = laplacian(&a)? - printed;
    assert!(difference.iter().all(|entry| entry.abs() <= ON_PAPER));
    Ok(())
}

#[test]
fn the_two_pairs_have_the_eigenvalues_0_one_third_five_thirds_and_2() -> Result<()> {
    let a = two_pairs();
    let wanted = [
        (0.0, array![1., 1., 1., 1.]),
        (1.0 / 3.0, array![3., 2., -2., -3.]),
        (5.0 / 3.0, array![3., -2., -2., 3.]),
        (2.0, array![1., -1., 1., -1.]),
    ];
    let d = degrees(&a)?;
    for pairs in [
        eigh_generalized(&a)?,
        eigh_symmetric(&a)?,
        eig_random_walk(&a)?,
    ] {
        for (k, (value, z)) in wanted.iter().enumerate() {
            near(pairs.values[k], *value, ON_PAPER);
            let normalised = z / d_product(z, &d, z).sqrt();
            all_near(&pairs.vectors.column(k).to_owned(), &normalised, ON_PAPER);
        }
    }
    Ok(())
}

#[test]
fn the_second_eigenvector_of_the_two_pairs_is_the_one_by_hand() -> Result<()> {
    // ANCHOR: second_of_two_pairs
    let a = array![
        [0., 2., 0., 0.],
        [2., 0., 1., 0.],
        [0., 1., 0., 2.],
        [0., 0., 2., 0.]
    ];
    let second = fiedler_vector(&a)?; // second.value is 1/3
    // It comes with zᵀDz = 1. With a 3 in front, it is the one found by hand.
    let z = &second.vector * (3.0 / second.vector[0]); // (3, 2, −2, −3)
    // ANCHOR_END: second_of_two_pairs
    assert_eq!(a, two_pairs());
    near(second.value, 1.0 / 3.0, ON_PAPER);
    all_near(&z, &array![3., 2., -2., -3.], ON_PAPER);
    Ok(())
}

#[test]
fn the_seven_splits_of_the_two_pairs_have_the_normcuts_of_the_book() -> Result<()> {
    let a = two_pairs();
    let lambda_2 = fiedler_vector(&a)?.value;
    let splits = [
        (array![0, 0, 1, 1], 2.0 / 5.0),
        (array![0, 1, 1, 1], 5.0 / 4.0),
        (array![0, 0, 0, 1], 5.0 / 4.0),
        (array![0, 1, 0, 0], 10.0 / 7.0),
        (array![0, 0, 1, 0], 10.0 / 7.0),
        (array![0, 1, 1, 0], 5.0 / 3.0),
        (array![0, 1, 0, 1], 2.0),
    ];
    for (y, by_hand) in splits {
        let computed = normcut(&a, &y)?;
        near(computed, by_hand, ON_PAPER);
        assert!(lambda_2 <= computed);
    }
    Ok(())
}

#[test]
fn two_splits_of_the_two_pairs_are_eigenvectors_themselves() -> Result<()> {
    let a = two_pairs();
    let d = degrees(&a)?;
    for (y, value) in [(array![0, 1, 1, 0], 5.0 / 3.0), (array![0, 1, 0, 1], 2.0)] {
        let z = transform(&a, &y)?;
        all_near(&laplacian(&a)?.dot(&z), &(&d * &z * value), ON_PAPER);
    }
    Ok(())
}

#[test]
fn a_multiple_of_d_hides_the_split_until_it_is_projected_away() -> Result<()> {
    let a = two_pairs();
    let z = array![3., 2., -2., -3.];
    let hidden = &z + &(degrees(&a)? * 2.0);
    all_near(&hidden, &array![7., 8., 4., 1.], ON_PAPER); // no sign changes

    // The objective cannot tell the two apart …
    near(orth_obj(&a, &hidden)?, orth_obj(&a, &z)?, ON_PAPER);
    // … and the projection brings the split back.
    all_near(&project(&a, &hidden)?, &z, ON_PAPER);
    Ok(())
}

#[test]
fn the_quotient_is_the_mean_of_the_eigenvalues_weighted_by_the_squared_coefficients() -> Result<()>
{
    let (a, _) = the_posts_graph();
    let d = degrees(&a)?;
    let pairs = eigh_symmetric(&a)?;
    let mut rng = RandomState::new(6);
    for _ in 0..20 {
        let z = random_vector(a.nrows(), &mut rng);
        // c_k = z_kᵀDz, since the eigenvectors are D-orthonormal.
        let squares = pairs.vectors.t().dot(&(&d * &z)).mapv(|c| c * c);
        let mean = pairs.values.dot(&squares) / squares.sum();
        near(rayleigh_quotient(&a, &z)?, mean, ON_THE_MOONS);
    }
    Ok(())
}

#[test]
fn under_any_one_constraint_the_quotient_falls_to_the_second_eigenvalue_or_below() -> Result<()> {
    let (a, _) = the_posts_graph();
    let second = fiedler_vector(&a)?;
    let mut rng = RandomState::new(7);
    for _ in 0..20 {
        let c = random_vector(a.nrows(), &mut rng);
        // A combination of 𝟙 and z₂ that satisfies cᵀz = 0.
        let z = c.dot(&second.vector) - &second.vector * c.sum();
        assert!(c.dot(&z).abs() <= ON_THE_MOONS);
        assert!(rayleigh_quotient(&a, &z)? <= second.value + ON_THE_MOONS);
    }
    Ok(())
}

#[test]
fn the_moons_second_eigenvector_is_orthogonal_to_d_and_not_to_1() -> Result<()> {
    let a = similarity_matrix(&blog_moons().x, 0.4)?;
    let d = degrees(&a)?;
    let z = fiedler_vector(&a)?.vector; // zᵀDz = 1

    assert_eq!(ends(&d), (30.0, 8.0));
    near(z.dot(&d), 0.0, ON_THE_MOONS); // zᵀD𝟙 is 0 …
    relatively_near(z.sum(), 0.037_60, FOUR_DIGITS); // … and zᵀ𝟙 is not

    let length = z.dot(&z).sqrt();
    relatively_near(z.sum() / length, 0.1788, FOUR_DIGITS); // NumPy's scale
    let cosine = z.sum() / (length * (z.len() as f64).sqrt());
    relatively_near(cosine.acos().to_degrees(), 89.28, FOUR_DIGITS);
    Ok(())
}

#[test]
fn the_moons_second_eigenvector_made_orthogonal_to_the_constant_falls_below_the_second_eigenvalue()
-> Result<()> {
    let (a, _) = the_posts_graph();
    let second = fiedler_vector(&a)?;
    let mean = second.vector.sum() / second.vector.len() as f64;
    let centred = &second.vector - mean;
    let value = rayleigh_quotient(&a, &centred)?;
    near(
        value,
        second.value / (1.0 + mean * mean * a.sum()),
        ON_THE_MOONS,
    );
    near(value, 0.005_383_553, 1e-9);
    assert!(value < second.value);
    Ok(())
}

#[test]
fn the_moons_second_eigenvalue_bounds_their_splits_from_below() -> Result<()> {
    let moons = blog_moons();
    let a = similarity_matrix(&moons.x, 0.4)?;
    let second = fiedler_vector(&a)?;

    let of_the_truth = normcut(&a, &moons.y)?;
    let by_sign = normcut(&a, &labels_by_sign(&second.vector)?)?;

    near(second.value, 0.005_384_412_046_145, ON_THE_MOONS);
    near(of_the_truth, 0.011_518_412_331_615, ON_THE_MOONS);
    near(by_sign, 0.012_408_541_372_272, ON_THE_MOONS);
    assert!(second.value < of_the_truth && of_the_truth < by_sign);
    relatively_near(of_the_truth / second.value, 2.139, FOUR_DIGITS);
    Ok(())
}

#[test]
fn the_best_threshold_of_the_moons_second_eigenvector_gives_the_true_split() -> Result<()> {
    let (a, y) = the_posts_graph();
    let (value, found) = best_of_sweep(&a)?;
    near(value, normcut(&a, &y)?, ON_PAPER);
    near(agreement(&found, &y)?, 1.0, 0.0);
    Ok(())
}

#[test]
fn most_of_the_posts_minimiser_lies_along_d() -> Result<()> {
    let (a, _) = the_posts_graph();
    let z = vector(&reference("relaxation")["post"]["x"]);
    let along_d = orth(&z, &degrees(&a)?)?;
    relatively_near(
        (along_d.dot(&along_d) / z.dot(&z)).sqrt(),
        0.9431,
        FOUR_DIGITS,
    );
    Ok(())
}

#[test]
fn the_path_of_weights_2_and_1_has_the_second_eigenvector_1_0_minus_2() -> Result<()> {
    let a = path_of_three();
    all_near(&degrees(&a)?, &array![2., 3., 1.], 0.0);
    let second = fiedler_vector(&a)?;
    near(second.value, 1.0, ON_PAPER);
    let z = &second.vector / second.vector[0];
    all_near(&z, &array![1., 0., -2.], ON_PAPER);
    all_near(&eigh_generalized(&a)?.values, &array![0., 1., 2.], ON_PAPER);
    for (y, by_hand) in [
        (array![0, 0, 1], 6.0 / 5.0),
        (array![0, 1, 1], 3.0 / 2.0),
        (array![0, 1, 0], 2.0),
    ] {
        near(normcut(&a, &y)?, by_hand, ON_PAPER);
    }
    Ok(())
}

#[test]
fn a_constant_added_under_the_condition_lowers_the_quotient() -> Result<()> {
    let a = path_of_three();
    let z = array![1., 0., -2.];
    // zᵀLz / (zᵀDz + c² vol(V)) with zᵀLz = zᵀDz = vol(V) = 6.
    for c in [0.0, 1.0 / 3.0, -1.0, 10.0] {
        near(
            rayleigh_quotient(&a, &(&z + c))?,
            1.0 / (1.0 + c * c),
            ON_PAPER,
        );
    }
    let centred = array![4., 1., -5.];
    near(centred.sum(), 0.0, 0.0);
    near(rayleigh_quotient(&a, &centred)?, 0.9, ON_PAPER);
    Ok(())
}

#[test]
fn two_pairs_joined_by_weight_t_have_the_second_eigenvalue_t_over_1_plus_t() -> Result<()> {
    for t in [0.01, 0.1, 0.5, 1.0, 2.0, 10.0] {
        let a = pairs_joined_by(t);
        let values = array![0.0, t / (1.0 + t), (2.0 + t) / (1.0 + t), 2.0];
        all_near(&eigh_generalized(&a)?.values, &values, ON_PAPER);
        let z = array![1.0 + t, 1.0, -1.0, -1.0 - t];
        let found = eigh_generalized(&a)?.vectors.column(1).to_owned();
        all_near(
            &found,
            &(&z / d_product(&z, &degrees(&a)?, &z).sqrt()),
            ON_PAPER / t,
        );
        let in_the_middle = normcut(&a, &array![0, 0, 1, 1])?;
        near(in_the_middle, 2.0 * t / (2.0 + t), ON_PAPER);
        near(
            in_the_middle / values[1],
            (2.0 + 2.0 * t) / (2.0 + t),
            ON_PAPER / t,
        );
    }
    Ok(())
}

#[test]
fn a_strong_middle_edge_makes_an_end_the_better_cut_and_only_the_sweep_finds_it() -> Result<()> {
    let middle_and_end = |t: f64| -> Result<(f64, f64)> {
        let a = pairs_joined_by(t);
        let middle = labels_by_sign(&fiedler_vector(&a)?.vector)?;
        assert_eq!(middle, array![1, 1, 0, 0]);
        Ok((normcut(&a, &middle)?, best_of_sweep(&a)?.0))
    };
    let turn = f64::midpoint(1.0, 17.0_f64.sqrt());
    let (middle, best) = middle_and_end(turn - 0.01)?;
    near(middle, best, ON_PAPER);
    let (middle, best) = middle_and_end(turn + 0.01)?;
    assert!(best < middle);
    let (middle, best) = middle_and_end(3.0)?;
    near(middle, 6.0 / 5.0, ON_PAPER);
    near(best, 10.0 / 9.0, ON_PAPER);
    Ok(())
}

#[test]
fn the_end_beats_every_split_of_the_pairs_but_the_middle() -> Result<()> {
    for t in [0.01, 0.5, 1.0, 2.5, 10.0, 1000.0] {
        let a = pairs_joined_by(t);
        let end = normcut(&a, &array![0, 1, 1, 1])?;
        near(end, 1.0 + 1.0 / (3.0 + 2.0 * t), ON_PAPER);
        for others in [array![0, 1, 0, 0], array![0, 1, 0, 1], array![0, 1, 1, 0]] {
            assert!(end < normcut(&a, &others)?);
        }
    }
    Ok(())
}

#[test]
fn the_relaxation_is_exact_where_every_vertex_sends_the_same_share_across() -> Result<()> {
    // A cycle of four with weights 3, 1, 3, 1: a quarter of each degree crosses the split.
    let a = array![
        [0., 3., 0., 1.],
        [3., 0., 1., 0.],
        [0., 1., 0., 3.],
        [1., 0., 3., 0.]
    ];
    let y = array![0, 0, 1, 1];
    let second = fiedler_vector(&a)?;
    near(normcut(&a, &y)?, 0.5, ON_PAPER);
    near(second.value, 0.5, ON_PAPER);
    let z = &second.vector / second.vector[0];
    all_near(&z, &array![1., 1., -1., -1.], ON_PAPER);
    Ok(())
}

#[test]
fn the_quotient_is_2_where_z_alternates_along_every_edge() -> Result<()> {
    let alternating = array![1., -1., 1., -1.];
    near(
        rayleigh_quotient(&two_pairs(), &alternating)?,
        2.0,
        ON_PAPER,
    );
    // A triangle with a tail has an odd cycle: no z reaches 2.
    let triangle_with_tail = array![
        [0., 1., 1., 0.],
        [1., 0., 1., 0.],
        [1., 1., 0., 1.],
        [0., 0., 1., 0.]
    ];
    let largest = eigh_generalized(&triangle_with_tail)?.values[3];
    near(largest, (15.0 + 33.0_f64.sqrt()) / 12.0, ON_PAPER);
    assert!(largest < 1.73);
    Ok(())
}
