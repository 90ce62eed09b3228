//! Step 4, the z vector: why the normalised cut is a quotient.

mod support;

use fiedler::ndarray::{Array1, Array2, array};
use fiedler::{
    cut::{cut_ordered_pairs, normcut_ordered_pairs},
    degrees, normcut, rayleigh_quotient, transform, vols,
};
use proptest::prelude::*;
use serde_json::Value;
use support::{
    EPS, FEW_ROUNDINGS, all_near, cases, d_product, graphs_and_splits, graphs_and_vectors, labels,
    list, matrix, near, number, ok, reference, relatively_near, text, the_posts_graph, vector,
};

/// zᵀ(D − A)z as a product of matrices subtracts sums of up to n² terms from each other: n² roundings,
/// relative to the terms and not to what is left of them. n is 30 at most.
const FORM: f64 = 900.0 * EPS;

/// zᵀ(D − A)z, by the definition.
fn energy(a: &Array2<f64>, z: &Array1<f64>) -> f64 {
    z.dot(&ok(fiedler::laplacian(a)).dot(z))
}

fn reproduces(a: &Array2<f64>, y: &Array1<usize>, wanted: &Value) {
    let (z, d) = (ok(transform(a, y)), ok(degrees(a)));
    all_near(&z, &vector(&wanted["z"]), EPS); // entries below 1: one division each
    near(z.dot(&d), number(&wanted["zt_d_1"]), 1e-15); // both are 0 but for rounding
    relatively_near(
        d_product(&z, &d, &z),
        number(&wanted["zt_d_z"]),
        200.0 * EPS,
    ); // n terms, n up to 200
    relatively_near(energy(a, &z), number(&wanted["zt_lap_z"]), CANCELLED);
    relatively_near(
        ok(rayleigh_quotient(a, &z)),
        number(&wanted["rayleigh"]),
        CANCELLED,
    );
    relatively_near(
        2.0 * ok(rayleigh_quotient(a, &z)),
        number(&wanted["twice_rayleigh"]),
        CANCELLED,
    );
    relatively_near(
        ok(normcut(a, y)),
        number(&wanted["normcut_once"]),
        FEW_ROUNDINGS,
    );
    relatively_near(
        ok(normcut_ordered_pairs(a, y)),
        number(&wanted["normcut_ordered"]),
        FEW_ROUNDINGS,
    );
}

/// On the post's graph D − A cancels 4516 terms down to 13 edges: 200 roundings a row, times 350.
const CANCELLED: f64 = 70_000.0 * EPS;

#[test]
fn the_posts_z_is_reproduced() {
    let (a, y) = the_posts_graph();
    let z = ok(transform(&a, &y));
    // As the post prints them, to its eight digits.
    let printed = [-0.000_451_06, -0.000_451_06, 0.000_434_97, 0.000_434_97];
    for (&found, printed) in z.iter().zip(printed) {
        near(found, printed, 5e-9);
    }
    let two_values = y.mapv(|label| {
        if label == 0 {
            1.0 / 2299.0
        } else {
            -1.0 / 2217.0
        }
    });
    assert_eq!(z, two_values); // each is one division of whole numbers
    reproduces(&a, &y, &reference("transform")["post"]);
}

#[test]
fn small_graphs_are_reproduced() {
    let reference = reference("transform");
    for case in list(&reference["small"]) {
        println!("{}", text(&case["name"]));
        reproduces(&matrix(&case["a"]), &labels(&case["y"]), case);
    }
}

#[test]
fn the_posts_factor_two_belongs_to_ordered_pairs() {
    let (a, y) = the_posts_graph();
    let quotient = ok(rayleigh_quotient(&a, &ok(transform(&a, &y))));
    // The post checks np.isclose(normcut(A, y), 2 zᵀ(D − A)z / zᵀDz), and its cut counts every edge twice.
    relatively_near(2.0 * quotient, ok(normcut_ordered_pairs(&a, &y)), CANCELLED);
    relatively_near(quotient, ok(normcut(&a, &y)), CANCELLED);
    // The factor and the formula's own count do not go together.
    assert!(2.0 * quotient > 1.9 * ok(normcut(&a, &y)));
}

#[test]
fn c0_is_positive_and_c1_negative() {
    let path = support::path(3);
    assert_eq!(
        ok(transform(&path, &array![0, 1, 1])),
        array![1.0, -1.0 / 3.0, -1.0 / 3.0]
    );
    assert_eq!(
        ok(transform(&path, &array![5, 3, 3])),
        array![-1.0, 1.0 / 3.0, 1.0 / 3.0]
    );
}

#[test]
fn the_quotient_of_the_largest_cut_is_2() {
    // On an edge, z = (1, −1) and zᵀ(D − A)z = 4, zᵀDz = 2.
    support::exactly(
        ok(rayleigh_quotient(&support::path(2), &array![1.0, -1.0])),
        2.0,
    );
}

proptest! {
    #![proptest_config(cases(256))]

    #[test]
    fn normcut_is_the_rayleigh_quotient_of_its_indicator((a, y) in graphs_and_splits()) {
        let z = ok(transform(&a, &y));
        near(ok(rayleigh_quotient(&a, &z)), ok(normcut(&a, &y)), FORM);
        near(2.0 * ok(rayleigh_quotient(&a, &z)), ok(normcut_ordered_pairs(&a, &y)), 2.0 * FORM);
    }

    #[test]
    fn a_small_cut_keeps_its_digits_in_the_quotient(
        (a, y) in graphs_and_splits(), cut in support::weights(-60.0, 0.0),
    ) {
        // What joins the two sides is made weak, so that rounding of the rest would swallow it.
        let mut weak = a;
        weak.indexed_iter_mut().filter(|((i, j), _)| y[*i] != y[*j]).for_each(|(_, w)| *w *= cut);
        let (n, vols) = (weak.nrows(), ok(degrees(&weak)));
        prop_assume!((0..n).all(|i| vols[i] > 0.0));
        let z = ok(transform(&weak, &y));
        relatively_near(ok(rayleigh_quotient(&weak, &z)), ok(normcut(&weak, &y)), 2.0 * (n * n) as f64 * EPS);
    }

    #[test]
    fn z_is_d_orthogonal_to_the_constant_vector((a, y) in graphs_and_splits()) {
        // zᵀD𝟙 = vol(C₀)/vol(C₀) − vol(C₁)/vol(C₁): each side is a sum of positive terms that comes to 1.
        near(ok(transform(&a, &y)).dot(&ok(degrees(&a))), 0.0, 60.0 * EPS);
    }

    #[test]
    fn the_mass_of_z_is_one_over_each_volume((a, y) in graphs_and_splits()) {
        let (z, (vol0, vol1)) = (ok(transform(&a, &y)), ok(vols(&a, &y)));
        relatively_near(d_product(&z, &ok(degrees(&a)), &z), 1.0 / vol0 + 1.0 / vol1, 60.0 * EPS);
    }

    #[test]
    fn the_energy_of_z_is_the_cut_times_its_jump_squared((a, y) in graphs_and_splits()) {
        let (z, (vol0, vol1)) = (ok(transform(&a, &y)), ok(vols(&a, &y)));
        let jump = 1.0 / vol0 + 1.0 / vol1;
        let terms = d_product(&z, &ok(degrees(&a)), &z);
        near(energy(&a, &z), ok(cut_ordered_pairs(&a, &y)) / 2.0 * jump * jump, FORM * terms);
    }

    #[test]
    fn the_energy_is_the_weighted_sum_of_squared_differences((a, z) in graphs_and_vectors()) {
        let squares: f64 = a.indexed_iter().map(|((i, j), w)| w * (z[i] - z[j]).powi(2)).sum();
        near(energy(&a, &z), squares / 2.0, FORM * d_product(&z, &ok(degrees(&a)), &z));
    }

    #[test]
    fn the_quotient_lies_between_0_and_2((a, z) in graphs_and_vectors()) {
        let quotient = ok(rayleigh_quotient(&a, &z));
        prop_assert!((-FORM..=2.0 + FORM).contains(&quotient), "{quotient}");
    }

    #[test]
    fn the_quotient_ignores_the_scale_of_z_and_of_the_weights((a, z) in graphs_and_vectors(), scale in support::weights(-50.0, 50.0)) {
        let quotient = ok(rayleigh_quotient(&a, &z));
        near(ok(rayleigh_quotient(&a, &(&z * -scale))), quotient, FORM);
        near(ok(rayleigh_quotient(&(&a * scale), &z)), quotient, FORM);
    }

    #[test]
    fn the_quotient_of_the_constant_vector_is_0(a in support::graphs(), level in 0.1..10.0) {
        near(ok(rayleigh_quotient(&a, &Array1::from_elem(a.nrows(), level))), 0.0, FORM);
    }

    #[test]
    fn z_has_two_values_and_their_signs_are_the_split((a, y) in graphs_and_splits()) {
        let (z, (vol0, vol1)) = (ok(transform(&a, &y)), ok(vols(&a, &y)));
        let c0 = *y.iter().min().expect("labels");
        for (&entry, &label) in z.iter().zip(&y) {
            relatively_near(entry, if label == c0 { 1.0 / vol0 } else { -1.0 / vol1 }, FEW_ROUNDINGS);
        }
    }
}
