//! Step 2, the similarity matrix: which points are joined.
#![expect(
    clippy::float_cmp,
    reason = "entries are exactly 0 or 1, or copies of each other"
)]

mod support;

use fiedler::ndarray::{Array1, Array2, array};
use fiedler::{components, degrees, similarity::similarity_matrix_within, similarity_matrix};
use proptest::prelude::*;
use support::{
    cases, graph, labels, list, matrix, number, ok, path, reference, text, the_posts_graph,
    two_cliques, whole,
};

fn points() -> impl Strategy<Value = Array2<f64>> {
    (2_usize..20, 1_usize..4).prop_flat_map(|(n, p)| {
        prop::collection::vec(-1.0..1.0, n * p).prop_map(move |entries| {
            Array2::from_shape_vec((n, p), entries).expect("n times p entries")
        })
    })
}

#[test]
fn the_posts_graph_has_2258_edges() {
    let (a, _) = the_posts_graph();
    support::exactly(a.sum(), 4516.0);
    assert_eq!(whole(&reference("similarity")["post"]["ones"]), 2 * 2258);
}

#[test]
fn the_posts_degrees_are_reproduced() {
    let (a, _) = the_posts_graph();
    let wanted: Vec<usize> = list(&reference("similarity")["post"]["degrees"])
        .iter()
        .map(whole)
        .collect();
    assert_eq!(ok(degrees(&a)), Array1::from_vec(wanted).mapv(|d| d as f64));
}

#[test]
fn the_posts_rows_are_reproduced() {
    let (a, _) = the_posts_graph();
    let reference = reference("similarity");
    let rows = reference["post"]["rows"]
        .as_object()
        .expect("rows by number");
    assert_eq!(rows.len(), 5);
    for (row, wanted) in rows {
        let row: usize = row.parse().expect("a row number");
        assert_eq!(
            a.row(row),
            labels(wanted).mapv(|digit| digit as f64),
            "row {row}"
        );
    }
}

#[test]
fn small_graphs_are_reproduced() {
    let reference = reference("similarity");
    for case in list(&reference["small"]) {
        let a = ok(similarity_matrix(
            &matrix(&case["x"]),
            number(&case["epsilon"]),
        ));
        assert_eq!(a, matrix(&case["a"]), "{}", text(&case["name"]));
        let wanted: Array1<f64> = list(&case["degrees"]).iter().map(number).collect();
        assert_eq!(ok(degrees(&a)), wanted);
    }
}

#[test]
fn a_distance_equal_to_epsilon_is_an_edge() {
    // 3-4-5, and a grid: both distances are exact in f64.
    let right_triangle = array![[0.0, 0.0], [3.0, 4.0]];
    support::exactly(ok(similarity_matrix(&right_triangle, 5.0))[[0, 1]], 1.0);
    support::exactly(
        ok(similarity_matrix(&right_triangle, 5.0_f64.next_down()))[[0, 1]],
        0.0,
    );
    let line = array![[0.0], [0.25], [0.5], [0.75]];
    assert_eq!(ok(similarity_matrix(&line, 0.25)), path(4));
}

#[test]
fn epsilon_0_joins_only_points_that_coincide() {
    let x = array![[1.0, 2.0], [1.0, 2.0], [1.0, 2.5]];
    assert_eq!(ok(similarity_matrix(&x, 0.0)), graph(3, [(0, 1, 1.0)]));
    assert_eq!(ok(similarity_matrix(&x, -0.0)), graph(3, [(0, 1, 1.0)]));
}

#[test]
fn infinite_epsilon_joins_everything() {
    let x = array![[-1e308, 0.0], [1e308, 0.0], [0.0, 1e308]];
    assert_eq!(
        ok(similarity_matrix(&x, f64::INFINITY)),
        support::complete(3)
    );
}

#[test]
fn duplicates_are_joined_to_each_other_and_never_to_themselves() {
    let x = Array2::from_elem((5, 3), 0.1);
    assert_eq!(ok(similarity_matrix(&x, 0.0)), support::complete(5));
}

#[test]
fn a_large_offset_changes_no_edge() {
    // Multiples of 1/1024 below 2^27: differences are exact wherever the points lie.
    let moons = fiedler::data::blog_moons()
        .x
        .mapv(|value| (value * 1024.0).round() / 1024.0);
    let here = ok(similarity_matrix(&moons, 0.4));
    for offset in [1e8, -1e8, 67_108_864.0] {
        assert_eq!(
            ok(similarity_matrix(&(&moons + offset), 0.4)),
            here,
            "offset {offset}"
        );
    }
}

#[test]
fn coordinates_may_be_huge_or_tiny() {
    // Squares of 1e200 overflow, squares of 1e-200 vanish; the distances themselves are 5 units.
    for unit in [1e200, 1e-200, 2e307, 1e-300, 1.0] {
        let x = array![[0.0, 0.0], [3.0 * unit, 4.0 * unit]];
        support::exactly(ok(similarity_matrix(&x, 5.01 * unit))[[0, 1]], 1.0);
        support::exactly(ok(similarity_matrix(&x, 4.99 * unit))[[0, 1]], 0.0);
    }
}

#[test]
fn a_difference_beyond_f64_is_no_edge_at_any_finite_epsilon() {
    let x = array![[-1.7e308], [1.7e308]];
    support::exactly(ok(similarity_matrix(&x, f64::MAX))[[0, 1]], 0.0);
}

#[test]
fn the_limit_is_on_bytes() {
    let x = Array2::zeros((4, 1));
    let four_by_four = 4 * 4 * size_of::<f64>();
    assert_eq!(
        ok(similarity_matrix_within(&x, 1.0, four_by_four)),
        support::complete(4)
    );
    assert!(similarity_matrix_within(&x, 1.0, four_by_four - 1).is_err());
}

#[test]
fn components_are_numbered_in_order_of_first_appearance() {
    let a = graph(6, [(0, 3, 1.0), (1, 5, 0.5), (5, 4, 2.0)]);
    assert_eq!(ok(components(&a)), array![0, 1, 2, 0, 1, 1]);
}

#[test]
fn a_long_path_is_one_component_and_any_weight_joins() {
    assert_eq!(ok(components(&path(2000))), Array1::<usize>::zeros(2000));
    assert_eq!(ok(components(&two_cliques(5, 1e-300))).sum(), 0);
    assert_eq!(ok(components(&two_cliques(5, 0.0))).sum(), 5);
}

proptest! {
    #![proptest_config(cases(256))]

    #[test]
    fn the_matrix_is_symmetric_with_zeros_on_the_diagonal(x in points(), epsilon in 0.0..2.0) {
        let a = ok(similarity_matrix(&x, epsilon));
        prop_assert_eq!(a.t(), a.view());
        prop_assert!(a.diag().iter().all(|&entry| entry == 0.0));
        prop_assert!(a.iter().all(|&entry| entry == 0.0 || entry == 1.0));
    }

    #[test]
    fn the_matrix_holds_the_definition(x in points(), epsilon in 0.0..2.0) {
        let a = ok(similarity_matrix(&x, epsilon));
        for ((i, j), &entry) in a.indexed_iter() {
            let between = &x.row(i) - &x.row(j);
            let distance = between.dot(&between).sqrt();
            // Closer to ε than rounding can tell, either answer is right.
            if (distance - epsilon).abs() > support::FEW_ROUNDINGS {
                prop_assert_eq!(entry > 0.0, i != j && distance < epsilon);
            }
        }
    }

    #[test]
    fn a_larger_epsilon_keeps_every_edge(x in points(), epsilon in 0.0..1.0, more in 0.0..1.0) {
        let few = ok(similarity_matrix(&x, epsilon));
        let many = ok(similarity_matrix(&x, epsilon + more));
        prop_assert!(few.iter().zip(&many).all(|(few, many)| few <= many));
    }

    #[test]
    fn edges_follow_the_points_when_their_order_changes(x in points(), epsilon in 0.0..2.0) {
        let n = x.nrows();
        let backwards = Array2::from_shape_fn(x.dim(), |(i, j)| x[[n - 1 - i, j]]);
        let a = ok(similarity_matrix(&x, epsilon));
        let b = ok(similarity_matrix(&backwards, epsilon));
        prop_assert!(a.indexed_iter().all(|((i, j), &entry)| b[[n - 1 - i, n - 1 - j]] == entry));
    }

    #[test]
    fn an_edge_never_joins_two_components(a in support::graphs(), cut in 0.5..10.0) {
        // Only the heavy edges are kept, so that the graph falls apart.
        let heavy = a.mapv(|weight| if weight > cut { weight } else { 0.0 });
        let component = ok(components(&heavy));
        prop_assert!(heavy.indexed_iter().all(|((i, j), &w)| w == 0.0 || component[i] == component[j]));
        // Each component is numbered when its first point appears, and is itself connected.
        let mut seen = 0;
        for (i, &c) in component.iter().enumerate() {
            prop_assert!(c <= seen);
            if c == seen { seen += 1; }
            let members: Vec<usize> = (0..component.len()).filter(|&j| component[j] == c).collect();
            let others = |set: &Vec<usize>| members.iter().any(|j| !set.contains(j)
                && set.iter().any(|&k| heavy[[k, *j]] > 0.0));
            let mut reached = vec![i];
            while others(&reached) {
                let next = members.iter().copied().find(|j| !reached.contains(j)
                    && reached.iter().any(|&k| heavy[[k, *j]] > 0.0));
                reached.extend(next);
            }
            prop_assert_eq!(reached.len(), members.len());
        }
    }
}
