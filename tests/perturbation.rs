//! The ideal case and its perturbation: angles between subspaces, and how far weak edges turn the first
//! eigenvectors.

mod support;

use fiedler::ndarray::{Array1, Array2, Axis, array, s};
use fiedler::perturbation::{DavisKahan, davis_kahan, subspace_angle};
use fiedler::{Error, Graph, symmetric_laplacian};
use proptest::collection::vec;
use proptest::prelude::*;
use std::f64::consts::{FRAC_PI_2, FRAC_PI_4};
use support::{
    EPS, cases, complete, exactly, graphs, largest, list, near, number, ok, path, reference,
    refused, relatively_near, two_cliques, weights, whole,
};

fn graph(a: &Array2<f64>) -> Graph {
    ok(Graph::from_matrix(a.clone()))
}

/// Ten roundings per row.
fn rounding(n: usize) -> f64 {
    10.0 * n as f64 * EPS
}

/// k complete graphs of `size` vertices side by side.
fn cliques(k: usize, size: usize) -> Array2<f64> {
    Array2::from_shape_fn((k * size, k * size), |(i, j)| {
        f64::from(u8::from(i != j && i / size == j / size))
    })
}

/// The same with a ring of edges of this weight between neighbouring cliques.
fn linked(k: usize, size: usize, weight: f64) -> Array2<f64> {
    let mut a = cliques(k, size);
    for c in 0..k {
        let (i, j) = (c * size + size - 1, (c + 1) % k * size);
        (a[[i, j]], a[[j, i]]) = (weight, weight);
    }
    a
}

/// Random matrices of k columns, n rows.
fn bases(n: usize, k: usize) -> impl Strategy<Value = Array2<f64>> {
    vec(-1.0..1.0, n * k)
        .prop_map(move |entries| Array2::from_shape_vec((n, k), entries).expect("n × k"))
}

// --- Angles -----------------------------------------------------------------------------------------

#[test]
fn in_the_plane_the_angle_is_the_one_drawn() {
    for angle in [
        0.0,
        1e-300,
        1e-12,
        0.3,
        FRAC_PI_4,
        1.2,
        FRAC_PI_2 - 1e-9,
        FRAC_PI_2,
    ] {
        let (u, v) = (array![[2.0], [0.0]], array![[angle.cos()], [angle.sin()]]);
        relatively_near(ok(subspace_angle(&u, &v)), angle, 4.0 * EPS);
        relatively_near(ok(subspace_angle(&u, &-v)), angle, 4.0 * EPS);
    }
}

#[test]
fn of_several_angles_the_largest_counts() {
    let (small, large) = (1e-10_f64, 0.7_f64);
    let u = array![[1., 0.], [0., 1.], [0., 0.], [0., 0.]];
    let v = array![
        [small.cos(), 0.],
        [0., large.cos()],
        [small.sin(), 0.],
        [0., large.sin()]
    ];
    near(ok(subspace_angle(&u, &v)), large, 4.0 * EPS);
    let v = array![[small.cos(), 0.], [0., 1.], [small.sin(), 0.], [0., 0.]];
    relatively_near(ok(subspace_angle(&u, &v)), small, 8.0 * EPS);
}

proptest! {
    #![proptest_config(cases(96))]

    #[test]
    fn the_angle_is_symmetric_and_knows_the_span_alone(
        (u, v, mix) in (3_usize..12, 1_usize..3).prop_flat_map(|(n, k)| (bases(n, k), bases(n, k), bases(k, k)))
    ) {
        let angle = ok(subspace_angle(&u, &v));
        prop_assert!((0.0..=FRAC_PI_2).contains(&angle));
        // A basis of nearly parallel columns says its span only so well: rounding times its condition.
        let unit = |m: &Array2<f64>| m / &m.map_axis(Axis(0), |c| c.dot(&c).sqrt());
        let condition = |m: &Array2<f64>| {
            let m = unit(m);
            let gram = m.t().dot(&m);
            if gram.nrows() == 1 { 1.0 } else { 2.0 / (1.0 - gram[[0, 1]].powi(2)).max(EPS) }
        };
        let slack = rounding(u.nrows()) * (condition(&u) + condition(&v)) * condition(&mix);
        near(ok(subspace_angle(&v, &u)), angle, slack);
        let mix = unit(&mix) + Array2::<f64>::eye(u.ncols()) * 3.0;
        near(ok(subspace_angle(&u.dot(&mix), &v)), angle, 8.0 * slack);
        near(ok(subspace_angle(&u.dot(&mix), &u)), 0.0, 8.0 * slack);
    }

    // --- Davis and Kahan ----------------------------------------------------------------------------

    #[test]
    fn no_perturbation_turns_the_eigenvectors_farther_than_the_bound(
        k in 2_usize..4, size in 3_usize..6,
        noise in vec(prop::option::weighted(0.3, weights(-6.0, -0.5)), 200),
    ) {
        let ideal = cliques(k, size);
        let perturbed = disturbed(&ideal, &noise);
        let found = ok(davis_kahan(&graph(&ideal), &graph(&perturbed), k));
        // Both eigenvectors are computed with rounding over the gap.
        let slack = rounding(k * size) / found.gap.min(1.0);
        prop_assert!(found.gap > 0.0);
        prop_assert!(found.angle_sine <= found.bound + slack, "{found:?}");
        // And the bound is no empty one: for small noise it is small.
        let scale = largest((&perturbed - &ideal).into_iter());
        prop_assert!(found.bound <= 8.0 * (k * size) as f64 * scale, "{found:?} for {scale}");
    }

    #[test]
    fn nor_in_a_graph_that_is_not_ideal(a in graphs(), noise in vec(prop::option::weighted(0.3, weights(-6.0, -1.0)), 500)) {
        let perturbed = disturbed(&a, &noise);
        let found = davis_kahan(&graph(&a), &graph(&perturbed), 2);
        prop_assume!(unique(&found));
        let found = ok(found);
        let slack = rounding(a.nrows()) / found.gap.abs().min(1.0);
        prop_assert!(found.angle_sine <= found.bound + slack, "{found:?}");
        prop_assert!((0.0..=1.0).contains(&found.angle_sine));
    }

    #[test]
    fn without_a_perturbation_nothing_turns(a in graphs()) {
        let found = davis_kahan(&graph(&a), &graph(&a), 2);
        prop_assume!(unique(&found));
        let found = ok(found);
        exactly(found.perturbation_norm, 0.0);
        exactly(found.bound, 0.0);
        near(found.angle_sine, 0.0, rounding(a.nrows()));
    }

    #[test]
    fn scaling_all_weights_turns_nothing(a in graphs(), scale in weights(-3.0, 3.0)) {
        let found = davis_kahan(&graph(&a), &graph(&(&a * scale)), 2);
        prop_assume!(unique(&found));
        let found = ok(found);
        prop_assert!(found.perturbation_norm <= rounding(a.nrows()));
        prop_assert!(found.angle_sine <= rounding(a.nrows()) / found.gap, "{found:?}");
    }
}

/// A star has λ₂ = λ₃ = 1: two vectors of three then span anything.
fn unique(found: &fiedler::Result<DavisKahan>) -> bool {
    !matches!(found, Err(Error::RepeatedEigenvalue { .. }))
}

/// The noise added to the entries beside the diagonal, in order.
fn disturbed(a: &Array2<f64>, noise: &[Option<f64>]) -> Array2<f64> {
    let mut noisy = a.clone();
    let pairs = (1..a.nrows()).flat_map(|i| (0..i).map(move |j| (i, j)));
    for ((i, j), noise) in pairs.zip(noise) {
        noisy[[i, j]] += noise.unwrap_or(0.0);
        noisy[[j, i]] = noisy[[i, j]];
    }
    noisy
}

#[test]
fn scipy_finds_the_same_angles_norms_and_gaps() {
    for case in list(&reference("perturbation")["cases"]) {
        let (k, size) = (whole(&case["k"]), whole(&case["size"]));
        let weight = number(&case["weight"]);
        let perturbed = if k == 2 {
            two_cliques(size, weight)
        } else {
            linked(k, size, weight)
        };
        let found = ok(davis_kahan(
            &graph(&cliques(k, size)),
            &graph(&perturbed),
            k,
        ));
        // The eigenvectors on either side carry rounding over the gap, here about 1.
        let slack = rounding(k * size);
        near(found.angle_sine, number(&case["angle"]).sin(), slack);
        near(found.perturbation_norm, number(&case["norm"]), slack);
        near(found.gap, number(&case["gap"]), slack);
    }
}

#[test]
fn the_known_value_of_two_cliques() {
    let found = ok(davis_kahan(
        &graph(&cliques(2, 10)),
        &graph(&two_cliques(10, 0.1)),
        2,
    ));
    near(found.angle_sine, 0.004_263_960_773_895_5, rounding(20));
    near(found.bound, 0.010_260_519_938_673_1, rounding(20));
}

#[test]
fn the_norm_and_the_gap_are_those_of_the_laplacians() {
    let (a, b) = (cliques(2, 4), two_cliques(4, 0.3));
    let found = ok(davis_kahan(&graph(&a), &graph(&b), 2));
    let difference = ok(symmetric_laplacian(&b)) - ok(symmetric_laplacian(&a));
    // By the power method on its square, which has a gap.
    let mut v = Array1::from_shape_fn(8, |i| 1.0 + i as f64);
    let mut norm = 0.0;
    for _ in 0..2000 {
        let w = difference.dot(&difference.dot(&v));
        norm = (w.dot(&w) / v.dot(&v)).sqrt().sqrt();
        v = &w / w.dot(&w).sqrt();
    }
    relatively_near(found.perturbation_norm, norm, rounding(8));
    let after = ok(graph(&b).smallest_eigenpairs(3)).values;
    near(found.gap, after[2], rounding(8)); // λ₂ of the ideal graph is 0
    relatively_near(found.bound, found.perturbation_norm / found.gap, 4.0 * EPS);
}

#[test]
fn in_the_ideal_case_the_first_vectors_are_mixtures_of_the_indicators() {
    for k in 2..5 {
        let pairs = ok(graph(&cliques(k, 5)).smallest_eigenpairs(k + 1));
        assert!(
            pairs
                .values
                .slice(s![..k])
                .iter()
                .all(|value| *value == 0.0)
        );
        // n/(n − 1) for a complete graph of n.
        near(pairs.values[k], 1.25, rounding(5 * k));
        let indicators =
            Array2::from_shape_fn((5 * k, k), |(i, c)| f64::from(u8::from(i / 5 == c)));
        let first = pairs.vectors.slice(s![.., ..k]).to_owned();
        near(
            ok(subspace_angle(&first, &indicators)),
            0.0,
            rounding(5 * k),
        );
        for vector in first.columns() {
            for block in vector.exact_chunks(5) {
                assert!(
                    block.iter().all(|value| value - block[0] == 0.0),
                    "constant on each clique"
                );
            }
        }
    }
}

#[test]
fn the_first_eigenvalues_grow_in_proportion_to_a_weak_weight_and_the_next_does_not() {
    let (k, size) = (3, 6);
    let values =
        |weight: f64| ok(graph(&linked(k, size, weight)).smallest_eigenpairs(k + 1)).values;
    let (small, double) = (values(1e-5), values(2e-5));
    for j in 1..k {
        // Twice the weight, twice the value; the second order is smaller by the weight, times a handful.
        relatively_near(double[j], 2.0 * small[j], 1e-4);
    }
    // To first order: the weights 3w between three clusters of volume 30: w/10.
    relatively_near(small[1], 1e-5 / 10.0, 1e-4);
    relatively_near(double[k], small[k], 1e-4);
}

#[test]
fn the_angle_grows_in_proportion_too_and_so_does_the_bound() {
    let found = |weight: f64| {
        ok(davis_kahan(
            &graph(&cliques(3, 6)),
            &graph(&linked(3, 6, weight)),
            3,
        ))
    };
    let (small, double) = (found(1e-5), found(2e-5));
    relatively_near(double.angle_sine, 2.0 * small.angle_sine, 1e-3);
    relatively_near(double.bound, 2.0 * small.bound, 1e-3);
    assert!(
        small.angle_sine > 0.1 * small.bound,
        "{small:?}: of the same order"
    );
}

#[test]
fn where_the_gap_closes_the_theorem_says_nothing() {
    // The weak edge of one is the strong edge of the other: what is first in one is last in the other.
    let one = ok(Graph::from_edges(
        4,
        &[(0, 1, 9.0), (1, 2, 0.1), (2, 3, 9.0), (3, 0, 0.1)],
    ));
    let other = ok(Graph::from_edges(
        4,
        &[(0, 1, 0.1), (1, 2, 9.0), (2, 3, 0.1), (3, 0, 9.0)],
    ));
    let found = ok(davis_kahan(&one, &other, 3));
    assert!(
        found.bound >= 1.0 || found.bound >= found.angle_sine,
        "{found:?}"
    );
    let found = ok(davis_kahan(
        &graph(&path(6)),
        &ok(Graph::from_edges(
            6,
            &[
                (0, 1, 1e3),
                (1, 2, 1e-3),
                (2, 3, 1e3),
                (3, 4, 1e-3),
                (4, 5, 1e3),
            ],
        )),
        2,
    ));
    assert!(found.gap <= 0.0);
    exactly(found.bound, f64::INFINITY);
}

// --- What is refused --------------------------------------------------------------------------------

#[test]
fn shapes_that_differ_and_columns_that_add_nothing_are_refused() {
    let u = array![[1., 0.], [0., 1.], [0., 0.]];
    assert!(matches!(
        refused(subspace_angle(&u, &array![[1., 0.], [0., 1.]])),
        Error::Length { .. }
    ));
    assert!(matches!(
        refused(subspace_angle(&u, &array![[1.], [0.], [0.]])),
        Error::Count { .. }
    ));
    assert!(matches!(
        refused(subspace_angle(&u, &array![[1., 2.], [1., 2.], [1., 2.]])),
        Error::Solver { .. }
    ));
    assert!(matches!(
        refused(subspace_angle(&u, &Array2::zeros((3, 2)))),
        Error::Solver { .. }
    ));
    assert!(matches!(
        refused(subspace_angle(&array![[f64::NAN]], &array![[1.]])),
        Error::NotFinite { .. }
    ));
    assert_eq!(
        refused(subspace_angle(
            &Array2::zeros((2, 0)),
            &Array2::zeros((2, 0))
        )),
        Error::NoColumns
    );
    // More columns than rows: the last lies in the span of the others.
    assert!(matches!(
        refused(subspace_angle(&u.t().to_owned(), &u.t().to_owned())),
        Error::Solver { .. }
    ));
}

#[test]
fn huge_and_tiny_bases_span_what_they_span() {
    let (u, v) = (array![[1e300], [0.0]], array![[1e-300], [1e-300]]);
    near(ok(subspace_angle(&u, &v)), FRAC_PI_4, 4.0 * EPS);
}

#[test]
fn graphs_that_differ_in_size_and_spans_that_are_any_are_refused() {
    let (a, b) = (graph(&path(4)), graph(&path(5)));
    assert!(matches!(
        refused(davis_kahan(&a, &b, 2)),
        Error::Length {
            found: 5,
            points: 4,
            ..
        }
    ));
    for k in [0, 4] {
        assert!(matches!(
            refused(davis_kahan(&a, &a, k)),
            Error::Count { name: "k", .. }
        ));
    }
    assert!(matches!(
        refused(davis_kahan(&graph(&complete(4)), &a, 2)),
        Error::RepeatedEigenvalue { index: 2, .. }
    ));
    let three = graph(&cliques(3, 3));
    assert_eq!(
        refused(davis_kahan(&three, &three, 2)),
        Error::TooManyComponents {
            sizes: vec![3, 3, 3],
            advice: fiedler::error::Advice::default()
        }
    );
    let alone = ok(Graph::from_edges(4, &[(0, 1, 1.0), (1, 2, 1.0)]));
    assert_eq!(
        refused(davis_kahan(&alone, &a, 2)),
        Error::IsolatedPoints {
            points: vec![3],
            advice: fiedler::error::Advice::default()
        }
    );
}
