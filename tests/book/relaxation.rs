//! The chapter on the relaxation.

use crate::numbers::Printed;
use crate::support::{
    all_near, cases, complete, d_product, graph, graphs_and_vectors, largest, near, norm, number,
    ok, path, reference, relatively_near, the_posts_graph, vector, whole,
};
use crate::{FOUR_DIGITS, ON_PAPER};
use fiedler::ndarray::{Array1, Array2, Axis, array};
use fiedler::{
    Error, Graph, Result, agreement, clustering::labels_above, degrees, eigh_generalized,
    exact::exact_normcut, fiedler_vector, labels_by_sign, laplacian, orth_obj, orth_obj_gradient,
    project, rayleigh_quotient, transform,
};
use proptest::prelude::*;

/// Sizes, ranges and scales, and hits that stand for two things; the post's threshold, and SciPy's step; what SciPy's
/// BFGS held at the end of our run of the post's call (13, 0.000008); L-BFGS's count, which differs by the machine and is
/// the mass by hand too. Then the steps on paper, from the formula to the results that `printed` computes.
pub const CHOSEN: &[&str] = &[
    "0.0015", "1.49", "0.000008", "10", "11", "12", "13", "20", "22", "30", "50", "200", "1000",
    "42", "72", "100", "119", "125", "136", "216", "252", "432",
];

/// The numbers that the chapter prints.
pub fn printed() -> Result<Printed> {
    let (a, y) = the_posts_graph();
    let (z, d) = (transform(&a, &y)?, degrees(&a)?);
    let (gradient, error) = gradient_and_error(&a, &z)?;
    let post = &reference("relaxation")["post"];
    let x = vector(&post["x"]);
    let (last_gradient, last_error) = gradient_and_error(&a, &x)?;
    let least = fiedler_vector(&a)?.value;
    let along_d = x.dot(&d) / d.dot(&d);
    let share = |z: &Array1<f64>| agreement(&labels_by_sign(z)?, &y);
    let degree_22 = d.iter().position(|&degree| (degree - 22.0).abs() < 0.5);
    let bent = curvature(&a, &z, degree_22.expect("a point of degree 22"));
    let by_lists = lists();
    let fair = by_lists.iter().filter(|list| can_be_shared(&list[..]));

    // Three in a row, by (4), (5), (7) and (8).
    let start = array![1.0, 0.0, 0.0];
    let six = project(&path(3), &start)? * 6.0;
    let mass = d_product(&six, &degrees(&path(3))?, &six);
    let energy = mass * rayleigh_quotient(&path(3), &six)?;
    let slope = orth_obj_gradient(&path(3), &start)?;
    Ok(vec![
        ("34,784", number(&post["nfev"])),
        ("74", number(&post["nit"])),
        ("173", ((number(&post["nfev"]) - 11.0) / 201.0)),
        ("201", a.nrows() as f64 + 1.0),
        ("0.005386461", orth_obj(&a, &x)?),
        ("0.005384412", least),
        ("0.04", 100.0 * (orth_obj(&a, &x)? / least - 1.0)),
        ("199", x.iter().filter(|&&entry| entry < 0.0).count() as f64),
        ("0.505", share(&x)?),
        ("0.96", agreement(&labels_above(&x, -0.0015)?, &y)?),
        ("0.995", share(&project(&a, &x)?)?),
        ("94.3", 100.0 * along_d.abs() * norm(&d) / norm(&x)),
        ("0.00007", along_d),
        ("524,287", 2.0_f64.powi(19) - 1.0),
        ("625", by_lists.len() as f64),
        ("225", fair.count() as f64),
        ("15.8", largest(gradient.iter().copied())),
        ("0.00045", largest(z.iter().copied())),
        (
            "0.0004",
            z.iter()
                .copied()
                .fold(f64::INFINITY, |least, entry| least.min(entry.abs())),
        ),
        ("0.014", 2.0 * largest((&gradient * &z).iter().copied())),
        ("19.3", norm(&gradient)),
        ("0.0054", norm(&error)),
        ("0.349", norm(&last_gradient)),
        ("0.0032", norm(&last_error)),
        ("49,000", (bent / 1000.0).round() * 1000.0),
        ("0.00002", 1.0 / bent),
        ("49", energy - 1.0),
        ("34", mass),
        ("25", 17.0 * orth_obj(&path(3), &start)?),
        ("17", mass / 2.0),
        ("144", slope[2] / 2.0 * 289.0),
        ("289", 144.0 / (slope[2] / 2.0)),
        (
            "36",
            35.0 * exact_normcut(&Graph::from_matrix(hubs(&[1, 1, 4]))?)?.normcut,
        ),
        (
            "35",
            36.0 / exact_normcut(&Graph::from_matrix(hubs(&[1, 1, 4]))?)?.normcut,
        ),
    ])
}

/// The gradient, and what forward differences make of it too much.
fn gradient_and_error(a: &Array2<f64>, z: &Array1<f64>) -> Result<(Array1<f64>, Array1<f64>)> {
    let exact = orth_obj_gradient(a, z)?;
    let error = forward_differences(a, z, STEP) - &exact;
    Ok((exact, error))
}

/// SciPy's step for forward differences.
const STEP: f64 = 1.490_116_119_384_765_6e-8;
/// What the terms that the leading one leaves out amount to on the moons: a part in n.
const A_PART_IN_N: f64 = 2e-3;

/// Two hubs, p and q, and one vertex for each number x, joined to both hubs by edges of weight x.
fn hubs(numbers: &[u32]) -> Array2<f64> {
    let (p, q) = (0, 1);
    let edges = numbers.iter().enumerate().flat_map(|(i, &x)| {
        let x = f64::from(x);
        [(p, i + 2, x), (q, i + 2, x)]
    });
    graph(numbers.len() + 2, edges)
}

/// Whether some of the numbers add up to half of the whole sum: by trying all.
fn can_be_shared(numbers: &[u32]) -> bool {
    let whole: u32 = numbers.iter().sum();
    (0..1_u32 << numbers.len()).any(|pick| {
        let chosen = numbers.iter().enumerate();
        let part: u32 = chosen
            .filter(|(i, _)| pick >> i & 1 == 1)
            .map(|(_, x)| x)
            .sum();
        2 * part == whole
    })
}

/// All lists of four numbers from 1 to 5.
fn lists() -> Vec<[u32; 4]> {
    let digit = |code: u32, place: u32| code / 5_u32.pow(place) % 5 + 1;
    (0..625)
        .map(|code| [0, 1, 2, 3].map(|place| digit(code, place)))
        .collect()
}

#[test]
fn numbers_can_be_shared_fairly_exactly_if_their_graph_has_a_normcut_of_1() -> Result<()> {
    let mut fair = 0;
    for numbers in lists() {
        let least = exact_normcut(&Graph::from_matrix(hubs(&numbers))?)?.normcut;
        assert!(least > 1.0 - ON_PAPER);
        assert_eq!(least < 1.0 + ON_PAPER, can_be_shared(&numbers));
        fair += usize::from(can_be_shared(&numbers));
    }
    assert_eq!(fair, 225); // of 625 lists
    Ok(())
}

#[test]
fn three_one_one_two_two_one_is_shared_and_one_one_four_is_not() -> Result<()> {
    let least = |numbers: &[u32]| -> Result<f64> {
        Ok(exact_normcut(&Graph::from_matrix(hubs(numbers))?)?.normcut)
    };
    near(least(&[3, 1, 1, 2, 2, 1])?, 1.0, ON_PAPER);
    // k = 3: the best shares are 4 and 2, so 4·9/((3 + 4)(3 + 2)).
    near(least(&[1, 1, 4])?, 36.0 / 35.0, ON_PAPER);
    Ok(())
}

#[test]
fn the_relaxation_of_the_hubs_is_1_and_sees_no_difference() -> Result<()> {
    for numbers in [vec![3, 1, 1, 2, 2, 1], vec![1, 1, 4]] {
        let a = hubs(&numbers);
        let values = eigh_generalized(&a)?.values;
        let n = values.len();
        near(values[0], 0.0, ON_PAPER);
        for k in 1..n - 1 {
            near(values[k], 1.0, ON_PAPER);
        }
        near(values[n - 1], 2.0, ON_PAPER);
        let refused = fiedler_vector(&a).expect_err("a second eigenvector that is not one");
        assert!(
            matches!(refused, Error::RepeatedEigenvalue { .. }),
            "{refused}"
        );
    }
    Ok(())
}

#[test]
fn the_path_of_three_has_the_projection_the_value_and_the_gradient_by_hand() -> Result<()> {
    // ANCHOR: gradient_by_hand
    let a = array![[0., 1., 0.], [1., 0., 1.], [0., 1., 0.]];
    let z = array![1., 0., 0.];

    let projected = project(&a, &z)?; // (5, −2, −1) / 6
    let value = orth_obj(&a, &z)?; // 25/17
    let gradient = orth_obj_gradient(&a, &z)?; // (0, −1, 2) · 144/289
    // ANCHOR_END: gradient_by_hand
    all_near(&(projected * 6.0), &array![5., -2., -1.], ON_PAPER);
    near(value, 25.0 / 17.0, ON_PAPER);
    let by_hand = array![0., -1., 2.] * (144.0 / 289.0);
    all_near(&gradient, &by_hand, ON_PAPER);
    Ok(())
}

#[test]
fn one_step_down_reaches_the_minimum_of_the_path_and_keeps_its_part_along_d() -> Result<()> {
    let a = array![[0., 1., 0.], [1., 0., 1.], [0., 1., 0.]];
    let z = array![1., 0., 0.];
    let moved = &z + &(array![0., 1., -2.] / 3.0); // against the gradient

    near(orth_obj(&a, &moved)?, 1.0, ON_PAPER); // λ₂
    let projected = project(&a, &moved)?;
    all_near(&projected, &(array![1., 0., -1.] * (5.0 / 6.0)), ON_PAPER);

    // The part along d is still that of the start, a sixth of d.
    all_near(&(&moved - &projected), &(degrees(&a)? / 6.0), ON_PAPER);
    Ok(())
}

#[test]
fn along_the_first_step_the_path_has_the_values_of_the_book() -> Result<()> {
    // z(t) = (1, t, −2t) is (½ + t) u + (⅓ − t) v for u = (1, 0, −1) and v = (1, −1, 1), and a part along d.
    for t in [-1.0, 0.0, 0.1, 1.0 / 3.0, 0.5, 1.0, 4.0] {
        let (b, c) = (0.5 + t, 1.0 / 3.0 - t);
        let by_hand = (2.0 * b * b + 8.0 * c * c) / (2.0 * b * b + 4.0 * c * c);
        near(
            orth_obj(&path(3), &array![1.0, t, -2.0 * t])?,
            by_hand,
            ON_PAPER,
        );
    }
    near(
        orth_obj(&path(3), &array![1.0, 1.0, -2.0])?,
        145.0 / 113.0,
        ON_PAPER,
    );
    Ok(())
}

/// The second derivative of `orth_obj` along entry i, from formula (12).
fn curvature(a: &Array2<f64>, z: &Array1<f64>, i: usize) -> f64 {
    let d = ok(degrees(a));
    let w = ok(project(a, z));
    let (r, mass) = (ok(rayleigh_quotient(a, &w)), d_product(&w, &d, &w));
    let mut e = Array1::zeros(z.len());
    e[i] = 1.0;
    let e = ok(project(a, &e));
    let bent = ok(laplacian(a)).dot(&e) - &d * &e * r;
    let gradient = ok(orth_obj_gradient(a, z));
    let tilt = ok(project(a, &(&d * &w)))[i];
    (2.0 * e.dot(&bent) - 4.0 * gradient[i] * tilt) / mass
}

proptest! {
    #![proptest_config(cases(64))]

    #[test]
    fn the_curvature_along_an_entry_is_that_of_differences_of_the_gradient((a, z) in graphs_and_vectors()) {
        let rest = norm(&ok(project(&a, &z)));
        prop_assume!(rest > 0.1 * norm(&z));
        let step = 1e-4 * rest;
        for i in 0..z.len() {
            let slope = |steps: f64| {
                let mut moved = z.clone();
                moved[i] += steps * step;
                ok(orth_obj_gradient(&a, &moved))[i]
            };
            // Over five points: the error goes with the fourth power of the step, 1e-16, and rounding with 1/step.
            let near_by = slope(1.0) - slope(-1.0);
            let farther = slope(2.0) - slope(-2.0);
            let found = (8.0 * near_by - farther) / (12.0 * step);
            near(found, curvature(&a, &z, i), 1e-6 / (rest * rest));
        }
    }

    #[test]
    fn the_projection_takes_away_no_more_than_the_length_and_keeps_what_is_balanced((a, z) in graphs_and_vectors()) {
        let (d, w) = (ok(degrees(&a)), ok(project(&a, &z)));
        let along = z.dot(&d) / norm(&d);
        near(w.dot(&w), z.dot(&z) - along * along, 1e-12 * z.dot(&z)); // Pythagoras
    }
}

proptest! {
    #![proptest_config(cases(64))]

    #[test]
    fn an_entry_keeps_its_sign_beside_a_shorter_multiple_of_d((a, z) in graphs_and_vectors(), share in -2.0..2.0_f64) {
        let (d, w) = (ok(degrees(&a)), ok(project(&a, &z)));
        for (&entry, &degree) in w.iter().zip(&d) {
            let moved = entry + share * degree;
            let keeps = (share * degree).abs() < entry.abs();
            prop_assert!(!keeps || moved * entry > 0.0);
        }
    }
}

/// The gradient that SciPy makes of the function alone.
fn forward_differences(a: &Array2<f64>, z: &Array1<f64>, step: f64) -> Array1<f64> {
    let here = ok(orth_obj(a, z));
    Array1::from_shape_fn(z.len(), |i| {
        let mut moved = z.clone();
        moved[i] += step;
        (ok(orth_obj(a, &moved)) - here) / step
    })
}

/// h(1 − R)/(zₒᵀDzₒ) · d, what (13) expects of the error.
fn expected_error(a: &Array2<f64>, z: &Array1<f64>, step: f64) -> Array1<f64> {
    let (d, w) = (ok(degrees(a)), ok(project(a, z)));
    let r = ok(orth_obj(a, z));
    &d * (step * (1.0 - r) / d_product(&w, &d, &w))
}

#[test]
fn the_error_of_forward_differences_on_the_moons_is_the_expected_multiple_of_d() -> Result<()> {
    let (a, y) = the_posts_graph();
    let z = transform(&a, &y)?;
    let exact = orth_obj_gradient(&a, &z)?;
    let error = forward_differences(&a, &z, STEP) - &exact;
    let expected = expected_error(&a, &z, STEP);

    assert!(norm(&(&error - &expected)) < A_PART_IN_N * norm(&error));
    relatively_near(norm(&exact), 19.288, FOUR_DIGITS);
    relatively_near(norm(&error), 0.005_373, FOUR_DIGITS);

    let d = degrees(&a)?;
    let cosine = error.dot(&d) / (norm(&error) * norm(&d));
    assert!(cosine > 0.999_998);
    Ok(())
}

#[test]
fn at_the_posts_start_the_gradient_is_large_and_its_product_with_z_small() -> Result<()> {
    let (a, y) = the_posts_graph();
    let z = transform(&a, &y)?;
    let gradient = orth_obj_gradient(&a, &z)?;
    relatively_near(largest(gradient.iter().copied()), 15.8, 5e-3);
    relatively_near(largest(z.iter().copied()), 0.000_451, 5e-4);
    // 2|gᵢzᵢ|, which (13) leaves out beside 1 − R.
    let products = largest((&gradient * &z).iter().map(|product| 2.0 * product));
    assert!(0.005 < products && products < 0.0143, "{products}");
    // A thousand times the vector: a thousandth of the gradient, and the same product.
    let longer = &z * 1000.0;
    let again = orth_obj_gradient(&a, &longer)? * &longer;
    all_near(&again, &(&gradient * &z), 1e-12);
    Ok(())
}

#[test]
fn a_multiple_of_d_does_not_change_the_error_that_made_it() -> Result<()> {
    let (a, y) = the_posts_graph();
    let z = transform(&a, &y)?;
    let d = degrees(&a)?;
    for share in [1e-5, -1e-4] {
        let moved = &z + &(&d * share);
        let error = forward_differences(&a, &moved, STEP) - orth_obj_gradient(&a, &moved)?;
        let expected = expected_error(&a, &z, STEP);
        assert!(norm(&(&error - &expected)) < A_PART_IN_N * norm(&error));
    }
    Ok(())
}

#[test]
fn where_scipy_stopped_the_error_is_a_hundredth_of_the_gradient() -> Result<()> {
    let (a, _) = the_posts_graph();
    let x = vector(&reference("relaxation")["post"]["x"]);
    let exact = orth_obj_gradient(&a, &x)?;
    let error = forward_differences(&a, &x, STEP) - &exact;
    relatively_near(norm(&exact), 0.3491, FOUR_DIGITS);
    relatively_near(norm(&error), 0.003_195, FOUR_DIGITS);
    assert!(norm(&(&error - &expected_error(&a, &x, STEP))) < A_PART_IN_N * norm(&error));
    assert_eq!(x.iter().filter(|&&entry| entry < 0.0).count(), 199);
    Ok(())
}

#[test]
fn across_the_valley_the_curvature_of_the_start_is_tens_of_thousands_and_along_d_it_is_0()
-> Result<()> {
    let (a, y) = the_posts_graph();
    let z = transform(&a, &y)?;
    let d = degrees(&a)?;
    let i = d
        .iter()
        .position(|&degree| (degree - 22.0).abs() < 0.5)
        .expect("a point of degree 22");
    relatively_near(curvature(&a, &z, i), 4.9e4, 0.01);
    // Along d the value is the same everywhere.
    for share in [1e-6, 1e-3, 1.0] {
        let moved = &z + &(&d * share);
        relatively_near(orth_obj(&a, &moved)?, orth_obj(&a, &z)?, 1e-9);
    }
    Ok(())
}

#[test]
fn a_thousand_times_the_start_makes_the_expected_error_a_thousandth_of_the_gradient() -> Result<()>
{
    let (a, y) = the_posts_graph();
    let z = transform(&a, &y)?;
    let share = |z: &Array1<f64>| -> Result<f64> {
        Ok(norm(&expected_error(&a, z, STEP)) / norm(&orth_obj_gradient(&a, z)?))
    };
    relatively_near(share(&(&z * 1000.0))?, share(&z)? / 1000.0, 1e-9);

    // And SciPy, started there, needs no projection.
    let scipys = &reference("relaxation")["post_from_1000_z"];
    near(number(&scipys["agreement"]["sign"]), 0.995, 0.0);
    near(
        number(&reference("relaxation")["post"]["agreement"]["sign"]),
        0.505,
        0.0,
    );
    Ok(())
}

#[test]
fn scipys_34784_evaluations_are_173_gradients_of_201_and_11_more() {
    let post = &reference("relaxation")["post"];
    assert_eq!(whole(&post["nfev"]), 173 * 201 + 11);
    assert_eq!(whole(&post["nit"]), 74);
}

#[test]
fn from_every_eigenvector_a_way_without_a_bump_leads_down_to_the_second() -> Result<()> {
    let (a, _) = the_posts_graph();
    let pairs = eigh_generalized(&a)?;
    let (lambda_2, second) = (pairs.values[1], pairs.vectors.column(1));
    for (k, other) in pairs.vectors.axis_iter(Axis(1)).enumerate().skip(2) {
        for angle in [0.0, 0.3, 0.8, 1.2, 1.5] {
            let (sin, cos) = f64::sin_cos(angle);
            let z = &other * cos + &second * sin;
            let by_formula = pairs.values[k] * cos * cos + lambda_2 * sin * sin;
            relatively_near(orth_obj(&a, &z)?, by_formula, 1e-9);
        }
    }
    Ok(())
}

#[test]
fn the_valley_of_the_moons_is_48_times_steeper_than_wide() -> Result<()> {
    let (a, _) = the_posts_graph();
    let values = eigh_generalized(&a)?.values;
    let ratio = (values[199] - values[1]) / (values[2] - values[1]);
    relatively_near(ratio, 47.86, FOUR_DIGITS);
    Ok(())
}

#[test]
fn a_multiple_of_d_twice_as_long_hides_the_signs_and_changes_no_value() -> Result<()> {
    let (a, y) = the_posts_graph();
    let second = fiedler_vector(&a)?;
    let z = second.vector;
    let d = degrees(&a)?;
    let as_long = &d * (norm(&z) / norm(&d));
    for (share, at_least, at_most) in [(0.0, 0.99, 1.0), (2.0, 0.5, 0.56), (-2.0, 0.5, 0.56)] {
        let moved = &z + &(&as_long * share);
        let right = agreement(&labels_by_sign(&moved)?, &y)?;
        assert!(at_least <= right && right <= at_most, "{right} at {share}");
        relatively_near(orth_obj(&a, &moved)?, second.value, 1e-9);
    }
    Ok(())
}

#[test]
fn the_first_exercise_projects_to_2_0_minus_1_0_and_has_the_value_1() -> Result<()> {
    let (a, z) = (path(4), array![3.0, 2.0, 1.0, 1.0]);
    all_near(&project(&a, &z)?, &array![2.0, 0.0, -1.0, 0.0], ON_PAPER);
    near(orth_obj(&a, &z)?, 1.0, ON_PAPER);
    let by_hand = array![1.0, -8.0, 2.0, 11.0] / 30.0;
    all_near(&orth_obj_gradient(&a, &z)?, &by_hand, ON_PAPER);
    near(fiedler_vector(&a)?.value, 0.5, ON_PAPER);
    Ok(())
}

#[test]
fn on_a_complete_graph_every_balanced_vector_has_the_same_value_and_no_gradient() -> Result<()> {
    for n in [3_u32, 4, 7] {
        let a = complete(n as usize);
        for seed in 0..4 {
            let z = Array1::from_shape_fn(n as usize, |i| (i * (i + seed)) as f64);
            let wanted = f64::from(n) / f64::from(n - 1);
            near(orth_obj(&a, &z)?, wanted, ON_PAPER);
            let gradient = orth_obj_gradient(&a, &z)?;
            all_near(&gradient, &Array1::zeros(n as usize), ON_PAPER);
        }
    }
    Ok(())
}

#[test]
fn the_bfgs_update_leaves_its_guess_along_d_as_it_was() {
    // s and y orthogonal to d, and a guess of the inverse curvature that has d as eigenvector.
    let d = array![1.0, 2.0, 1.0];
    let (s, y) = (array![1.0, 0.0, -1.0], array![3.0, -2.0, 1.0]);
    let column = |v: &Array1<f64>| v.clone().insert_axis(Axis(1));
    let outer = |u: &Array1<f64>, v: &Array1<f64>| column(u).dot(&column(v).t());
    let rho = 1.0 / s.dot(&y);
    let left = Array2::eye(3) - outer(&s, &y) * rho;
    let updated = left.dot(&left.t()) + outer(&s, &s) * rho;
    all_near(&updated.dot(&d), &d, ON_PAPER);
    // Along the step it has learned: Hy = s.
    all_near(&updated.dot(&y), &s, ON_PAPER);
}
