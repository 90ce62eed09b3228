//! The rules for the parameters of a graph: NumPy's numbers, and what each rule promises.

mod support;

use fiedler::ndarray::{Array2, array};
use fiedler::parameters::{
    Bandwidth, NeighborCount, connecting_distance, max_min_distance, mean_neighbor_distance,
    median_distance, neighbors_ln, neighbors_log10, sigma_features, sigma_ln, sigma_log10,
};
use fiedler::{Error, Graph, components, data, similarity_matrix};
use proptest::prelude::*;
use support::{
    EPS, FEW_ROUNDINGS, cases, exactly, list, number, ok, reference, refused, relatively_near,
    whole,
};

#[test]
fn the_rules_for_k_are_numpys() {
    let reference = reference("parameters");
    let rules = list(&reference["rules"]);
    assert_eq!(rules.len(), 9);
    for rule in rules {
        let n = whole(&rule["n"]);
        assert_eq!(neighbors_ln(n), whole(&rule["ln"]), "ln {n}");
        assert_eq!(neighbors_log10(n), whole(&rule["log10"]), "log10 {n}");
        assert_eq!(NeighborCount::Ln.of(n), neighbors_ln(n));
        assert_eq!(NeighborCount::Log10.of(n), neighbors_log10(n));
    }
    assert_eq!(NeighborCount::from(7).of(200), 7);
}

#[test]
fn no_number_of_points_asks_for_no_neighbor() {
    for n in [0, 1, 2] {
        assert_eq!(neighbors_ln(n), 1);
        assert_eq!(neighbors_log10(n), 1);
    }
}

#[test]
fn the_distances_of_the_posts_moons_are_numpys() {
    let x = data::blog_moons().x;
    let post = &reference("parameters")["post"];
    relatively_near(
        ok(max_min_distance(&x)),
        number(&post["max_min_distance"]),
        FEW_ROUNDINGS,
    );
    relatively_near(
        ok(median_distance(&x)),
        number(&post["median_distance"]),
        FEW_ROUNDINGS,
    );
    // A mean of 200: as many roundings.
    let mean = number(&post["mean_neighbor_distance_6"]);
    relatively_near(ok(mean_neighbor_distance(&x, 6)), mean, 200.0 * EPS);
}

#[test]
fn the_smallest_epsilon_that_isolates_no_point_is_smallest() {
    let x = data::blog_moons().x;
    let epsilon = ok(max_min_distance(&x));
    assert!((0.12599..0.126).contains(&epsilon));
    assert!(
        ok(Graph::epsilon(&x, epsilon))
            .isolated_vertices()
            .is_empty()
    );
    assert_eq!(
        ok(Graph::epsilon(&x, epsilon.next_down()))
            .isolated_vertices()
            .len(),
        1
    );
}

proptest! {
    #![proptest_config(cases(96))]

    #[test]
    fn at_the_connecting_distance_all_is_in_one_piece_and_just_below_it_is_not(entries in prop::collection::vec(-1.0..1.0, 6..40)) {
        let x = Array2::from_shape_fn((entries.len() / 2, 2), |(i, j)| entries[2 * i + j]);
        let epsilon = ok(connecting_distance(&x));
        let pieces = |epsilon| ok(components(&ok(similarity_matrix(&x, epsilon)))).iter().max().map_or(0, |last| last + 1);
        prop_assert_eq!(pieces(epsilon), 1);
        prop_assert!(pieces(epsilon.next_down()) > 1);
    }

    #[test]
    fn at_max_min_distance_no_point_is_isolated_and_just_below_one_is(entries in prop::collection::vec(-1.0..1.0, 6..40)) {
        let n = entries.len() / 2;
        let x = Array2::from_shape_vec((n, 2), entries[..2 * n].to_vec()).expect("n times 2");
        let epsilon = ok(max_min_distance(&x));
        prop_assert!(ok(Graph::epsilon(&x, epsilon)).isolated_vertices().is_empty());
        prop_assert!(!ok(Graph::epsilon(&x, epsilon.next_down())).isolated_vertices().is_empty());
    }

    #[test]
    fn distances_have_the_unit_of_the_data(seed in any::<u64>(), exponent in -300..300_i32) {
        let x = ok(data::moons(20, 0.1, seed)).x;
        let unit = 2_f64.powi(exponent);
        let larger = &x * unit;
        exactly(ok(max_min_distance(&larger)), unit * ok(max_min_distance(&x)));
        exactly(ok(connecting_distance(&larger)), unit * ok(connecting_distance(&x)));
        exactly(ok(median_distance(&larger)), unit * ok(median_distance(&x)));
        relatively_near(ok(mean_neighbor_distance(&larger, 3)), unit * ok(mean_neighbor_distance(&x, 3)), 20.0 * EPS);
    }
}

#[test]
fn the_median_of_an_even_number_is_the_mean_of_the_middle_two() {
    exactly(ok(median_distance(&array![[0.0], [1.0], [3.0]])), 2.0);
    // 1, 2, 3, 4, 6, 7.
    exactly(
        ok(median_distance(&array![[0.0], [1.0], [3.0], [7.0]])),
        3.5,
    );
}

#[test]
fn the_rules_for_sigma_are_their_formulas() {
    let x = array![[0.0, 0.0], [3.0, 4.0], [3.0, 5.0]];
    exactly(ok(Bandwidth::Ln.of(&x)), 3_f64.ln() + 1.0);
    exactly(sigma_ln(3), 3_f64.ln() + 1.0);
    exactly(ok(Bandwidth::Log10.of(&x)), 3_f64.log10() + 1.0);
    exactly(sigma_log10(1000), 4.0);
    exactly(ok(Bandwidth::Features.of(&x)), 0.5_f64.sqrt());
    exactly(sigma_features(4), 0.5);
    exactly(ok(Bandwidth::MedianDistance.of(&x)), 5.0);
    // Nearest others: 5, 1 and 1 away.
    let mean = ok(Bandwidth::MeanNeighborDistance(1.into()).of(&x));
    relatively_near(mean, 7.0 / 3.0, FEW_ROUNDINGS);
    exactly(ok(Bandwidth::from(0.25).of(&x)), 0.25);
}

#[test]
fn points_without_a_distance_are_refused() {
    let equal = Array2::from_elem((3, 2), 4.0);
    for found in [
        max_min_distance(&equal),
        connecting_distance(&equal),
        median_distance(&equal),
        mean_neighbor_distance(&equal, 1),
    ] {
        assert_eq!(refused(found), Error::AllPointsEqual { n: 3 });
    }
    let one = Array2::<f64>::zeros((1, 2));
    for found in [
        max_min_distance(&one),
        median_distance(&one),
        Bandwidth::Ln.of(&one),
    ] {
        assert_eq!(refused(found), Error::OnePoint);
    }
    let x = array![[0.0], [1.0]];
    for k in [0, 2] {
        assert_eq!(
            refused(mean_neighbor_distance(&x, k)),
            Error::NeighborCount { k, n: 2 }
        );
    }
    assert!(matches!(
        refused(median_distance(&array![[f64::NAN], [1.0]])),
        Error::NotFinite { .. }
    ));
}
