//! The chapter on the z vector.

use crate::numbers::Printed;
use crate::support::{
    all_near, d_product, exactly, graphs_and_splits, near, ok, path, relatively_near,
    the_posts_graph,
};
use crate::{FOUR_DIGITS, ON_PAPER};
use fiedler::data::RandomState;
use fiedler::ndarray::{Array1, Array2, array};
use fiedler::{
    Result, cut, degrees, laplacian, normcut, project, rayleigh_quotient, transform, vols,
};
use proptest::prelude::*;

/// Sizes, the range of the picture, the point at the tip; and the steps on paper, from the entries to the results that
/// `printed` computes and the exercises' tests assert.
pub const CHOSEN: &[&str] = &[
    "0.6", "1.4", "12", "15", "16", "25", "40", "100", "116", "160", "200",
];

/// The beads of the chapter's live figure: a path of five, the spring in the middle weaker.
fn five_beads() -> Array2<f64> {
    let mut a = Array2::zeros((5, 5));
    for (i, weight) in [2.0, 1.0, 2.0, 2.0].into_iter().enumerate() {
        (a[[i, i + 1]], a[[i + 1, i]]) = (weight, weight);
    }
    a
}

/// The numbers that the chapter prints.
pub fn printed() -> Result<Printed> {
    let (beads, sides) = (five_beads(), array![0, 0, 1, 1, 1]);
    let at_two = sides.mapv(|side| if side == 0 { 2.0 } else { -2.0 });
    let mass_of_beads = at_two.dot(&(&degrees(&beads)? * &at_two));
    let quotient_of_beads = rayleigh_quotient(&beads, &at_two)?;
    let (a, moons) = the_posts_graph();
    let (z, d) = (transform(&a, &moons)?, degrees(&a)?);
    let tip = Array1::from_shape_fn(200, |i| usize::from(i == 116));
    let of_labels = |a: &Array2<f64>, y: &Array1<usize>, t: f64| -> Result<f64> {
        rayleigh_quotient(a, &(two_valued(y, 1.0, 1.0) + t))
    };
    let (v0, v1) = vols(&a, &moons)?;
    let (triangles, alone) = (array![0, 0, 0, 1, 1, 1, 1], array![0, 0, 0, 0, 0, 0, 1]);
    let seven = seven();
    let to_balance = |y: &Array1<usize>| -> Result<f64> {
        let (v0, v1) = vols(&seven, y)?;
        Ok((v1 - v0) / (v0 + v1))
    };
    let forty = transform(&seven, &triangles)? * 40.0;
    let mass = d_product(&forty, &degrees(&seven)?, &forty);
    let uneven = path(3) * 1.5;
    let path = array![[0., 2., 0.], [2., 0., 1.], [0., 1., 0.]];
    let five = transform(&path, &array![0, 0, 1])? * 5.0;
    let path_mass = d_product(&five, &degrees(&path)?, &five);
    Ok(vec![
        ("16", quotient_of_beads * mass_of_beads),
        ("56", mass_of_beads),
        ("0.286", quotient_of_beads),
        ("0.311", normcut(&beads, &sides)?),
        ("2299", v0),
        ("2217", v1),
        ("0.000435", 1.0 / v0),
        ("0.000451", 1.0 / v1),
        ("0.000886", d_product(&z, &d, &z)),
        ("13", cut(&a, &moons)?),
        ("0.011518", rayleigh_quotient(&a, &z)?),
        ("0.011515", of_labels(&a, &moons, 0.0)?),
        ("0.007086", of_labels(&a, &tip, 0.0)?),
        ("1.0018", normcut(&a, &tip)?),
        ("0.444", of_labels(&seven, &triangles, 0.0)?),
        ("0.45", normcut(&seven, &triangles)?),
        ("0.11", to_balance(&triangles)?),
        ("0.222", of_labels(&seven, &alone, 0.0)?),
        ("1.06", normcut(&seven, &alone)?),
        ("0.89", to_balance(&alone)?),
        ("360", mass),
        ("162", mass * rayleigh_quotient(&seven, &forty)?),
        ("81", mass * rayleigh_quotient(&seven, &forty)? / 2.0),
        ("20", 9.0 / normcut(&seven, &triangles)?),
        ("10", vols(&seven, &triangles)?.1),
        ("18", degrees(&seven)?.sum()),
        ("17", degrees(&seven)?.sum() / normcut(&seven, &alone)?),
        ("4.5", vols(&uneven, &array![0, 0, 1])?.0),
        ("1.5", vols(&uneven, &array![0, 0, 1])?.1),
        ("30", path_mass),
        ("36", path_mass * rayleigh_quotient(&path, &five)?),
        ("50", degrees(&seven)?.dot(&degrees(&seven)?)),
    ])
}

/// Sums over 30 vertices with weights up to 10, and quotients of them.
const FORM: f64 = 1e-11;

/// Two triangles, joined by two edges, and a vertex that hangs on one of them.
fn seven() -> Array2<f64> {
    array![
        [0., 1., 1., 0., 0., 0., 0.],
        [1., 0., 1., 1., 0., 0., 0.],
        [1., 1., 0., 0., 1., 0., 0.],
        [0., 1., 0., 0., 1., 1., 0.],
        [0., 0., 1., 1., 0., 1., 0.],
        [0., 0., 0., 1., 1., 0., 1.],
        [0., 0., 0., 0., 0., 1., 0.]
    ]
}

/// a on C₀, the cluster of the smaller label, and −b on C₁.
fn two_valued(y: &Array1<usize>, a: f64, b: f64) -> Array1<f64> {
    let c0 = *y.iter().min().expect("labels");
    y.mapv(|label| if label == c0 { a } else { -b })
}

#[test]
fn the_z_of_the_seven_vertices_is_the_one_by_hand() -> Result<()> {
    let a = seven();
    // ANCHOR: by_hand
    let y = array![0, 0, 0, 1, 1, 1, 1];
    let z = transform(&a, &y)?; // 1/8 three times, and −1/10 four times
    let quotient = rayleigh_quotient(&a, &z)?; // 9/20
    // ANCHOR_END: by_hand
    let forty_z = array![5., 5., 5., -4., -4., -4., -4.];
    all_near(&(&z * 40.0), &forty_z, ON_PAPER);

    let (d, lz) = (degrees(&a)?, laplacian(&a)?.dot(&forty_z));
    all_near(&lz, &array![0., 9., 9., -9., -9., 0., 0.], ON_PAPER);
    near(forty_z.dot(&lz), 162.0, ON_PAPER); // the energy
    near(d_product(&forty_z, &d, &forty_z), 360.0, ON_PAPER); // the mass
    near(forty_z.dot(&d), 0.0, ON_PAPER); // the balance

    near(quotient, 162.0 / 360.0, ON_PAPER);
    near(normcut(&a, &y)?, 9.0 / 20.0, ON_PAPER);
    Ok(())
}

#[test]
fn with_the_labels_plus_and_minus_1_one_point_of_the_moons_is_cheaper_than_a_moon() -> Result<()> {
    let (a, moons) = the_posts_graph();
    let tip = Array1::from_shape_fn(200, |i| usize::from(i == 116));
    let of_labels = |y| rayleigh_quotient(&a, &two_valued(y, 1.0, 1.0));
    let of_z = |y| rayleigh_quotient(&a, &transform(&a, y)?);

    relatively_near(of_labels(&moons)?, 0.011_515, FOUR_DIGITS); // 4 · 13 / 4516
    relatively_near(of_labels(&tip)?, 0.007_086, FOUR_DIGITS); // 4 · 8 / 4516: less
    relatively_near(of_z(&moons)?, 0.011_518, FOUR_DIGITS);
    relatively_near(of_z(&tip)?, 1.002, FOUR_DIGITS); // much more
    Ok(())
}

proptest! {
    #![proptest_config(crate::support::cases(128))]

    #[test]
    fn the_laplacian_is_the_sum_of_one_matrix_per_edge((a, _) in graphs_and_splits()) {
        let n = a.nrows();
        let mut sum = Array2::<f64>::zeros((n, n));
        for i in 0..n {
            for j in 0..i {
                sum[[i, i]] += a[[i, j]];
                sum[[j, j]] += a[[i, j]];
                sum[[i, j]] -= a[[i, j]];
                sum[[j, i]] -= a[[i, j]];
            }
        }
        all_near(&sum, &ok(laplacian(&a)), FORM);
    }

    #[test]
    fn energy_and_mass_of_any_two_values_are_those_of_the_book(
        (a, y) in graphs_and_splits(), p in -3.0..3.0, q in -3.0..3.0,
    ) {
        let x = two_valued(&y, p, q);
        let (c, (v0, v1), d) = (ok(cut(&a, &y)), ok(vols(&a, &y)), ok(degrees(&a)));
        let scale = 1.0 + d.sum();
        near(x.dot(&ok(laplacian(&a)).dot(&x)), c * (p + q).powi(2), 100.0 * FORM * scale);
        near(d_product(&x, &d, &x), p * p * v0 + q * q * v1, FORM * scale);
        near(x.dot(&d), p * v0 - q * v1, FORM * scale);
    }

    #[test]
    fn a_two_valued_vector_has_the_normcut_less_what_it_lacks_in_balance(
        (a, y) in graphs_and_splits(), p in 0.1..3.0, q in 0.1..3.0,
    ) {
        let (x, d) = (two_valued(&y, p, q), ok(degrees(&a)));
        let lack = x.dot(&d).powi(2) / (d.sum() * d_product(&x, &d, &x));
        let (quotient, price) = (ok(rayleigh_quotient(&a, &x)), ok(normcut(&a, &y)));
        near(quotient, price * (1.0 - lack), FORM);
        prop_assert!(quotient <= price + FORM);
    }

    #[test]
    fn four_ways_to_write_z_are_multiples_of_each_other((a, y) in graphs_and_splits()) {
        let ((v0, v1), z) = (ok(vols(&a, &y)), ok(transform(&a, &y)));
        let (d, all) = (ok(degrees(&a)), v0 + v1);
        for (x, factor, mass) in [
            (two_valued(&y, 1.0 / v0, 1.0 / v1), 1.0, 1.0 / v0 + 1.0 / v1),
            (two_valued(&y, (v1 / v0).sqrt(), (v0 / v1).sqrt()), (v0 * v1).sqrt(), all),
            (two_valued(&y, v1 / all, v0 / all), v0 * v1 / all, v0 * v1 / all),
            (two_valued(&y, 1.0, v0 / v1), v0, v0 * all / v1),
        ] {
            let scale = 1.0 + factor;
            all_near(&x, &(&z * factor), FORM * scale);
            near(d_product(&x, &d, &x), mass, FORM * (1.0 + mass));
            near(ok(rayleigh_quotient(&a, &x)), ok(normcut(&a, &y)), FORM);
        }
    }

    #[test]
    fn z_is_the_indicator_less_its_weighted_mean((a, y) in graphs_and_splits()) {
        let ((v0, v1), d) = (ok(vols(&a, &y)), ok(degrees(&a)));
        let indicator = two_valued(&y, 1.0, 0.0);
        let centred = &indicator - indicator.dot(&d) / d.sum();
        let factor = v0 * v1 / (v0 + v1);
        all_near(&centred, &(ok(transform(&a, &y)) * factor), FORM);
    }

    #[test]
    fn the_normcut_is_the_sum_of_the_quotients_of_the_two_indicators((a, y) in graphs_and_splits()) {
        let of = |x| ok(rayleigh_quotient(&a, &x));
        let ((v0, _), c) = (ok(vols(&a, &y)), ok(cut(&a, &y)));
        let (first, second) = (of(two_valued(&y, 1.0, 0.0)), of(two_valued(&y, 0.0, -1.0)));
        near(first, c / v0, FORM);
        near(first + second, ok(normcut(&a, &y)), FORM);
    }

    #[test]
    fn the_ratio_cut_is_the_quotient_with_the_identity_for_d((a, y) in graphs_and_splits()) {
        let c0 = *y.iter().min().expect("labels");
        let n0 = y.iter().filter(|&&label| label == c0).count() as f64;
        let n1 = y.len() as f64 - n0;
        let x = two_valued(&y, 1.0 / n0, 1.0 / n1);
        near(x.sum(), 0.0, FORM);
        let quotient = x.dot(&ok(laplacian(&a)).dot(&x)) / x.dot(&x);
        let price = ok(cut(&a, &y)) * (1.0 / n0 + 1.0 / n1);
        near(quotient, price, FORM * (1.0 + a.sum()));
    }
}

#[test]
fn the_shift_that_balances_the_labels_gives_the_largest_quotient() -> Result<()> {
    let a = seven();
    for (y, peak, least, most) in [
        (
            array![0, 0, 0, 1, 1, 1, 1],
            1.0 / 9.0,
            4.0 / 9.0,
            9.0 / 20.0,
        ),
        (
            array![0, 0, 0, 0, 0, 0, 1],
            -8.0 / 9.0,
            2.0 / 9.0,
            18.0 / 17.0,
        ),
    ] {
        let labels = two_valued(&y, 1.0, 1.0);
        near(rayleigh_quotient(&a, &labels)?, least, ON_PAPER);
        near(rayleigh_quotient(&a, &(&labels + peak))?, most, ON_PAPER);
        for step in -40..40 {
            let moved = &labels + f64::from(step) * 0.05;
            assert!(rayleigh_quotient(&a, &moved)? <= most + ON_PAPER);
        }
    }
    Ok(())
}

#[test]
fn without_a_cut_every_two_values_have_the_quotient_0_balanced_or_not() -> Result<()> {
    // Two edges apart: the volumes are 2 and 4.
    let a = array![
        [0., 1., 0., 0.],
        [1., 0., 0., 0.],
        [0., 0., 0., 2.],
        [0., 0., 2., 0.]
    ];
    let y = array![0, 0, 1, 1];
    exactly(normcut(&a, &y)?, 0.0);
    for (alpha, beta) in [(1.0, 1.0), (2.0, 1.0), (1.0, 0.0)] {
        exactly(rayleigh_quotient(&a, &two_valued(&y, alpha, beta))?, 0.0);
    }
    Ok(())
}

#[test]
fn projecting_the_labels_off_d_is_not_what_balances_them_but_both_are_balanced() -> Result<()> {
    let (a, y) = (seven(), array![0, 0, 0, 1, 1, 1, 1]);
    let d = degrees(&a)?;
    let projected = project(&a, &two_valued(&y, 1.0, 1.0))?;
    near(projected.dot(&d), 0.0, ON_PAPER);
    // It has two values on one cluster: this is no multiple of z.
    near(projected[0], 1.0 + 2.0 / 25.0, ON_PAPER);
    near(projected[1], 1.0 + 3.0 / 25.0, ON_PAPER);
    Ok(())
}

#[test]
fn projecting_gives_a_multiple_of_z_if_the_degrees_of_each_cluster_are_equal() -> Result<()> {
    // A triangle of weight 2 and one of weight 1, and an edge of weight 1 between twins.
    let a = array![
        [0., 2., 2., 1., 0., 0.],
        [2., 0., 2., 0., 1., 0.],
        [2., 2., 0., 0., 0., 1.],
        [1., 0., 0., 0., 1., 1.],
        [0., 1., 0., 1., 0., 1.],
        [0., 0., 1., 1., 1., 0.]
    ];
    let y = array![0, 0, 0, 1, 1, 1];
    all_near(&degrees(&a)?, &array![5., 5., 5., 3., 3., 3.], ON_PAPER);
    let projected = project(&a, &two_valued(&y, 1.0, 1.0))?;
    let on_paper = array![12., 12., 12., -20., -20., -20.] / 17.0;
    all_near(&projected, &on_paper, ON_PAPER);
    all_near(
        &projected,
        &(transform(&a, &y)? * (15.0 * 12.0 / 17.0)),
        ON_PAPER,
    );
    Ok(())
}

#[test]
fn the_path_of_weights_2_and_1_has_the_quotient_6_fifths_for_its_better_split() -> Result<()> {
    let a = array![[0., 2., 0.], [2., 0., 1.], [0., 1., 0.]];
    let y = array![0, 0, 1];
    let five_z = transform(&a, &y)? * 5.0;
    all_near(&five_z, &array![1., 1., -5.], ON_PAPER);
    near(five_z.dot(&laplacian(&a)?.dot(&five_z)), 36.0, ON_PAPER);
    near(d_product(&five_z, &degrees(&a)?, &five_z), 30.0, ON_PAPER);
    near(normcut(&a, &y)?, 6.0 / 5.0, ON_PAPER);
    Ok(())
}

/// The post's function as it stands, with NumPy's rules: an array of whole numbers cuts off what is assigned.
#[expect(
    clippy::cast_possible_truncation,
    reason = "as NumPy does when a float is assigned to an entry of an integer array"
)]
fn the_posts_transform(a: &Array2<f64>, y: &Array1<usize>) -> Result<Array1<f64>> {
    let (vol0, vol1) = vols(a, y)?;
    let mut new = y.mapv(|label| i64::from(label != 0)); // the labels are 0 and 1
    new.mapv_inplace(|entry| if entry == 0 { vol0 as i64 } else { entry });
    new.mapv_inplace(|entry| if entry == 1 { (-vol1) as i64 } else { entry });
    Ok(new.mapv(|entry| 1.0 / entry as f64))
}

#[test]
fn the_posts_transform_is_right_on_its_own_graph() -> Result<()> {
    let (a, y) = the_posts_graph();
    assert_eq!(the_posts_transform(&a, &y)?, transform(&a, &y)?);
    Ok(())
}

#[test]
fn the_posts_transform_overwrites_a_volume_of_1() -> Result<()> {
    let (a, y) = (path(3), array![0, 1, 1]); // volumes 1 and 3
    let constant = the_posts_transform(&a, &y)?;
    all_near(&constant, &array![-1. / 3., -1. / 3., -1. / 3.], ON_PAPER);
    near(rayleigh_quotient(&a, &constant)?, 0.0, ON_PAPER); // not 4/3

    assert_eq!(transform(&a, &y)?, array![1., -1. / 3., -1. / 3.]);
    Ok(())
}

#[test]
fn the_posts_transform_cuts_the_fractions_off_the_volumes_of_a_weighted_graph() -> Result<()> {
    let (a, y) = (path(3) * 1.5, array![0, 0, 1]);
    assert_eq!(vols(&a, &y)?, (4.5, 1.5));
    let z = the_posts_transform(&a, &y)?;
    assert_eq!(z, array![0.25, 0.25, -1.0]); // 1/4 and −1/1
    exactly(z.dot(&degrees(&a)?), -0.375); // not balanced
    Ok(())
}

#[test]
fn the_posts_z_is_balanced_and_jumps_by_the_sum_of_the_reciprocals() -> Result<()> {
    let (a, y) = the_posts_graph();
    let (z, d) = (transform(&a, &y)?, degrees(&a)?);
    near(z.dot(&d), 0.0, 1e-13);
    let jump = 1.0 / 2299.0 + 1.0 / 2217.0;
    relatively_near(jump, 0.000_886_0, FOUR_DIGITS);
    near(d_product(&z, &d, &z), jump, 1e-15);
    let mut rng = RandomState::new(1);
    let shifted = &z + rng.normal(0.0, 1.0);
    assert!(rayleigh_quotient(&a, &shifted)? < rayleigh_quotient(&a, &z)?);
    Ok(())
}
