//! Scores of labels against a truth: scikit-learn's values, the closed cases, and what renaming may not change.

mod support;

use fiedler::ndarray::{Array1, array};
use fiedler::{Error, adjusted_rand_index, scores::normalized_mutual_information};
use proptest::collection::vec;
use proptest::prelude::*;
use support::{EPS, cases, exactly, list, near, number, ok, reference, refused, whole};

/// Sums of up to 60 terms −p ln p, each below 1 and rounded three times, over a sum of about 1.
const ENTROPIES: f64 = 200.0 * EPS;

/// A handful of products of exact counts; their difference cancels to no less than their rounding.
const COUNTS: f64 = 16.0 * EPS;

fn both(labels: &Array1<usize>, truth: &Array1<usize>) -> (f64, f64) {
    let ari = ok(adjusted_rand_index(labels, truth));
    (ari, ok(normalized_mutual_information(labels, truth)))
}

/// Labels of n points in up to k clusters, and a truth of up to m.
fn labels_and_truth() -> impl Strategy<Value = (Array1<usize>, Array1<usize>)> {
    (1_usize..40, 1_usize..9, 1_usize..9).prop_flat_map(|(n, k, m)| {
        (vec(0..k, n), vec(0..m, n)).prop_map(|(y, truth)| (y.into(), truth.into()))
    })
}

#[test]
fn half_of_one_cluster_apart_scores_four_sevenths_and_four_fifths() {
    let (ari, nmi) = both(&array![0, 0, 1, 1], &array![0, 0, 1, 2]);
    near(ari, 4.0 / 7.0, COUNTS);
    near(nmi, 0.8, ENTROPIES);
}

#[test]
fn scikit_learns_scores_are_reproduced() {
    let reference = reference("scores");
    let scored = list(&reference["cases"]);
    assert_eq!(scored.len(), 31);
    for (index, case) in scored.iter().enumerate() {
        println!("case {index}");
        let labels = |name: &str| list(&case[name]).iter().map(whole).collect();
        let (ari, nmi) = both(&labels("labels"), &labels("truth"));
        near(ari, number(&case["ari"]), COUNTS);
        near(nmi, number(&case["nmi"]), ENTROPIES);
    }
}

#[test]
fn one_cluster_on_both_sides_is_agreement() {
    assert_eq!(both(&array![3, 3, 3], &array![8, 8, 8]), (1.0, 1.0));
}

#[test]
fn every_point_on_its_own_on_both_sides_is_agreement() {
    assert_eq!(both(&array![3, 1, 2], &array![7, 8, 9]), (1.0, 1.0));
}

#[test]
fn one_cluster_says_nothing_of_several() {
    assert_eq!(both(&array![0, 0, 0, 0], &array![0, 1, 0, 1]), (0.0, 0.0));
}

#[test]
fn pairs_that_are_crossed_score_worse_than_chance() {
    let (ari, nmi) = both(&array![0, 0, 1, 1], &array![0, 1, 0, 1]);
    exactly(ari, -0.5);
    near(nmi, 0.0, ENTROPIES);
}

#[test]
fn lists_of_different_lengths_are_refused() {
    let length = Error::Length {
        name: "labels",
        found: 2,
        points: 3,
    };
    let (y, truth) = (array![0, 1], array![0, 1, 1]);
    assert_eq!(refused(adjusted_rand_index(&y, &truth)), length);
    assert_eq!(refused(normalized_mutual_information(&y, &truth)), length);
}

#[test]
fn no_points_have_no_score() {
    let none = Array1::zeros(0);
    assert_eq!(refused(adjusted_rand_index(&none, &none)), Error::NoPoints);
    let refused = refused(normalized_mutual_information(&none, &none));
    assert_eq!(refused, Error::NoPoints);
}

proptest! {
    #![proptest_config(cases(256))]

    #[test]
    fn labels_agree_with_themselves((y, _) in labels_and_truth()) {
        prop_assert_eq!(both(&y, &y), (1.0, 1.0));
    }

    #[test]
    fn scores_are_symmetric((y, truth) in labels_and_truth()) {
        prop_assert_eq!(both(&y, &truth), both(&truth, &y));
    }

    #[test]
    fn renamed_clusters_score_the_same((y, truth) in labels_and_truth(), factor in 1_usize..1000) {
        // From the last name to the first, with gaps.
        let renamed = y.mapv(|label| (usize::MAX / 1000 - label) * factor);
        prop_assert_eq!(both(&y, &truth), both(&renamed, &truth));
    }

    #[test]
    fn the_order_of_the_points_does_not_count((y, truth) in labels_and_truth()) {
        let reversed = |labels: &Array1<usize>| labels.iter().rev().copied().collect();
        prop_assert_eq!(both(&y, &truth), both(&reversed(&y), &reversed(&truth)));
    }

    #[test]
    fn the_rand_index_counts_pairs((y, truth) in labels_and_truth()) {
        let n = y.len();
        let mut counts = [[0.0; 2]; 2];
        for (i, j) in (0..n).flat_map(|i| (0..i).map(move |j| (i, j))) {
            counts[usize::from(y[i] == y[j])][usize::from(truth[i] == truth[j])] += 1.0;
        }
        let [[neither, by_truth], [by_labels, both]] = counts;
        let (rows, columns) = (both + by_labels, both + by_truth);
        let expected = rows * columns / (both + by_labels + by_truth + neither);
        let largest = f64::midpoint(rows, columns);
        // The index less what chance gives, over the most it could exceed that.
        if by_labels + by_truth > 0.0 {
            // Where both counts nearly meet, the plain formula cancels.
            let rounding = COUNTS * largest.max(1.0) / (largest - expected);
            near(ok(adjusted_rand_index(&y, &truth)), (both - expected) / (largest - expected), rounding);
        }
    }
}
