//! The random walk: leaving probabilities, commute distances, and walks that are really walked.

mod support;

use fiedler::data::moons;
use fiedler::ndarray::{Array1, Array2, Axis, array};
use fiedler::walk::{
    commute_distances, commute_limit, leaving_probability, pseudo_inverse, simulate_commute,
    simulate_leaving, stationary, transition_matrix,
};
use fiedler::{Error, Graph, laplacian, random_walk_laplacian};
use proptest::prelude::*;
use support::{
    EPS, all_near, cases, complete, cycle, exactly, graphs, graphs_and_splits, labels, largest,
    list, matrix, near, number, ok, path, reference, refused, relatively_near, star, text,
    the_posts_graph, two_cliques,
};

fn graph(a: &Array2<f64>) -> Graph {
    ok(Graph::from_matrix(a.clone()))
}

/// Ten roundings per row times the condition of the matrix: what a backward stable inverse may lose.
fn rounding(n: usize, condition: f64) -> f64 {
    10.0 * n as f64 * EPS * condition
}

/// ‖L‖ over its smallest eigenvalue but 0, at most: twice the largest degree, and the trace of L⁺.
fn condition(a: &Array2<f64>) -> f64 {
    2.0 * largest(a.sum_axis(Axis(1))) * ok(pseudo_inverse(&graph(a))).diag().sum()
}

/// |found − wanted| in standard errors of a share p of `draws`.
fn standard_errors(found: f64, wanted: f64, draws: usize) -> f64 {
    (found - wanted).abs() / (wanted * (1.0 - wanted) / draws as f64).sqrt()
}

// --- One step ---------------------------------------------------------------------------------------

proptest! {
    #![proptest_config(cases(96))]

    #[test]
    fn every_row_of_the_transition_matrix_is_a_distribution(a in graphs()) {
        let p = ok(transition_matrix(&graph(&a)));
        prop_assert!(p.iter().all(|p| (0.0..=1.0).contains(p)));
        all_near(&p.sum_axis(Axis(1)), &Array1::ones(a.nrows()), rounding(a.nrows(), 1.0));
    }

    #[test]
    fn one_minus_the_transition_matrix_is_the_random_walk_laplacian(a in graphs()) {
        let p = ok(transition_matrix(&graph(&a)));
        all_near(&(Array2::<f64>::eye(a.nrows()) - p), &ok(random_walk_laplacian(&a)), 4.0 * EPS);
    }

    #[test]
    fn a_step_leaves_the_stationary_distribution_as_it_is_and_flows_balance(a in graphs()) {
        let (p, pi) = (ok(transition_matrix(&graph(&a))), ok(stationary(&graph(&a))));
        near(pi.sum(), 1.0, rounding(a.nrows(), 1.0));
        all_near(&pi.dot(&p), &pi, rounding(a.nrows(), 1.0));
        let flow = p * pi.insert_axis(Axis(1));
        all_near(&flow, &flow.t().to_owned(), 8.0 * EPS);
    }

    #[test]
    fn the_leaving_probabilities_sum_to_the_normalised_cut((a, y) in graphs_and_splits()) {
        let low = y.fold(usize::MAX, |a, &b| a.min(b));
        let y = y.mapv(|label| usize::from(label > low));
        let g = graph(&a);
        let leaving = ok(leaving_probability(&g, &y));
        prop_assert!(leaving.iter().all(|p| (0.0..=1.0 + rounding(a.nrows(), 1.0)).contains(p)));
        relatively_near(leaving.sum(), ok(g.normcut(&y)), 4.0 * EPS);
    }

    #[test]
    fn a_leaving_probability_is_a_conditional_probability((a, y) in graphs_and_splits()) {
        let low = y.fold(usize::MAX, |a, &b| a.min(b));
        let y = y.mapv(|label| usize::from(label > low));
        let g = graph(&a);
        let flow = ok(transition_matrix(&g)) * ok(stationary(&g)).insert_axis(Axis(1));
        for (cluster, &leaving) in ok(leaving_probability(&g, &y)).iter().enumerate() {
            let (mut inside, mut out) = (0.0, 0.0);
            for ((i, j), flow) in flow.indexed_iter().filter(|((i, _), _)| y[*i] == cluster) {
                inside += flow;
                out += if y[j] == y[i] { 0.0 } else { *flow };
            }
            // Sums of n² products, all positive.
            near(leaving, out / inside, a.len() as f64 * EPS);
        }
    }

    // --- The pseudo-inverse -------------------------------------------------------------------------

    #[test]
    fn the_pseudo_inverse_is_one(a in graphs()) {
        let (l, inverse) = (ok(laplacian(&a)), ok(pseudo_inverse(&graph(&a))));
        let n = a.nrows();
        let slack = rounding(n, condition(&a));
        // LL⁺ is what projects the constant out.
        let projection = Array2::<f64>::eye(n) - 1.0 / n as f64;
        all_near(&l.dot(&inverse), &projection, slack);
        let largest_of = |m: &Array2<f64>| largest(m.iter().copied());
        all_near(&l.dot(&inverse).dot(&l), &l, slack * largest_of(&l) * n as f64);
        all_near(&inverse.dot(&l).dot(&inverse), &inverse, slack * largest_of(&inverse) * n as f64);
        prop_assert_eq!(inverse.t(), inverse.view());
    }

    // --- Commute distances --------------------------------------------------------------------------

    #[test]
    fn commute_distances_are_a_metric(a in graphs()) {
        let c = ok(commute_distances(&graph(&a)));
        let n = a.nrows();
        let slack = rounding(n, condition(&a)) * largest(c.iter().copied());
        prop_assert_eq!(c.t(), c.view());
        for i in 0..n {
            exactly(c[[i, i]], 0.0);
            for j in (0..n).filter(|&j| j != i) {
                prop_assert!(c[[i, j]] > 0.0);
                prop_assert!((0..n).all(|via| c[[i, j]] <= c[[i, via]] + c[[via, j]] + slack));
            }
        }
    }

    #[test]
    fn on_a_tree_the_commute_distance_is_the_sum_of_its_wires_whatever_their_weights(
        wires in prop::collection::vec((any::<prop::sample::Index>(), -20_i32..20, 1.0..9.0), 1..12)
    ) {
        let wires = wires.iter().enumerate().map(|(i, (parent, exponent, digits))| {
            (parent.index(i + 1), i + 1, digits * 10_f64.powi(*exponent))
        });
        let wires: Vec<(usize, usize, f64)> = wires.collect();
        let n = wires.len() + 1;
        let mut wanted = Array2::<f64>::zeros((n, n));
        for &(parent, child, weight) in &wires {
            for j in 0..child {
                let length = wanted[[parent, j]] + 1.0 / weight;
                wanted[[child, j]] = length;
                wanted[[j, child]] = length;
            }
        }
        let tree = ok(Graph::from_edges(n, &wires));
        let c = ok(commute_distances(&tree)) / tree.volume();
        for (found, wanted) in c.iter().zip(&wanted) {
            relatively_near(*found, *wanted, 1e-12);
        }
    }

    #[test]
    fn the_resistances_of_all_edges_sum_to_one_less_than_the_vertices(
        a in graphs(), exponents in prop::collection::vec(-12_i32..12, 64)
    ) {
        // Foster's theorem, with weights over 24 orders.
        let n = a.nrows();
        let a = Array2::from_shape_fn((n, n), |(i, j)| {
            let (low, high) = (i.min(j), i.max(j));
            a[[i, j]] * 10_f64.powi(exponents[(7 * low + high) % 64])
        });
        let c = ok(commute_distances(&graph(&a))) / a.sum();
        near((&c * &a).sum() / 2.0, n as f64 - 1.0, 1e-12 * n as f64);
    }

    #[test]
    fn a_commute_is_the_hitting_time_there_and_back(a in graphs()) {
        // Hitting times of vertex 0 from all others: (D − A) without its row, times h, is d.
        let n = a.nrows();
        let c = ok(commute_distances(&graph(&a)));
        let (l, d) = (ok(laplacian(&a)), a.sum_axis(Axis(1)));
        let hitting = |to: usize| {
            // h = L⁺d − vol·L⁺(·, to) + a constant that makes it 0 there.
            let inverse = ok(pseudo_inverse(&graph(&a)));
            let h = inverse.dot(&d) - &inverse.column(to) * d.sum();
            let h = &h - h[to];
            let left = l.dot(&h);
            for i in (0..n).filter(|&i| i != to) {
                near(left[i], d[i], rounding(n, condition(&a)) * d.sum());
            }
            h
        };
        let back_and_forth = hitting(1)[0] + hitting(0)[1];
        near(c[[0, 1]], back_and_forth, rounding(n, condition(&a)) * largest(c.iter().copied()));
    }

    #[test]
    fn more_edges_bring_two_vertices_no_farther_apart_in_resistance(a in graphs(), weight in 0.1..10.0) {
        // Rayleigh's monotonicity: c/vol falls when an edge is added.
        let n = a.nrows();
        let resistance = |a: &Array2<f64>| ok(commute_distances(&graph(a))) / a.sum();
        let before = resistance(&a);
        let slack = rounding(n, condition(&a)) * largest(before.iter().copied());
        let mut more = a.clone();
        more[[0, n - 1]] += weight;
        more[[n - 1, 0]] += weight;
        prop_assert!(resistance(&more).iter().zip(&before).all(|(after, before)| *after <= before + slack));
    }
}

#[test]
fn on_a_path_a_commute_takes_twice_the_edges_times_the_distance() {
    let n = 12;
    let wanted =
        Array2::from_shape_fn((n, n), |(i, j)| 2.0 * (n - 1) as f64 * i.abs_diff(j) as f64);
    let slack = rounding(n, condition(&path(n))) * largest(wanted.iter().copied());
    all_near(&ok(commute_distances(&graph(&path(n)))), &wanted, slack);
}

#[test]
fn on_a_complete_graph_every_commute_takes_two_times_n_minus_one_steps() {
    let n = 9;
    let wanted = Array2::from_shape_fn(
        (n, n),
        |(i, j)| if i == j { 0.0 } else { 2.0 * (n - 1) as f64 },
    );
    all_near(
        &ok(commute_distances(&graph(&complete(n)))),
        &wanted,
        rounding(n, 2.0) * 16.0,
    );
}

#[test]
fn on_a_cycle_the_two_ways_are_resistors_in_parallel() {
    let n = 10;
    let wanted = Array2::from_shape_fn((n, n), |(i, j)| {
        let there = i.abs_diff(j);
        2.0 * (there * (n - there)) as f64
    });
    let slack = rounding(n, condition(&cycle(n))) * largest(wanted.iter().copied());
    all_near(&ok(commute_distances(&graph(&cycle(n)))), &wanted, slack);
}

#[test]
fn on_a_weighted_tree_resistances_add_up_along_the_way() {
    //      0 -2- 1 -½- 2,   1 -4- 3 -1- 4
    let edges = [(0, 1, 2.0), (1, 2, 0.5), (1, 3, 4.0), (3, 4, 1.0)];
    let tree = ok(Graph::from_edges(5, &edges));
    let c = ok(commute_distances(&tree)) / 15.0;
    for (i, j, wanted) in [
        (0, 1, 0.5),
        (0, 2, 2.5),
        (0, 4, 1.75),
        (2, 4, 3.25),
        (3, 4, 1.0),
    ] {
        near(c[[i, j]], wanted, rounding(5, 100.0));
    }
    let leaf_to_leaf = ok(commute_distances(&graph(&star(8))))[[1, 2]];
    near(leaf_to_leaf, 2.0 * 7.0 * 2.0, rounding(8, 64.0));
}

#[test]
fn a_loop_makes_the_walk_longer_and_the_resistance_no_other() {
    let plain = ok(Graph::from_edges(3, &[(0, 1, 1.0), (1, 2, 1.0)]));
    let looped = ok(Graph::from_edges(
        3,
        &[(0, 1, 1.0), (1, 2, 1.0), (2, 2, 4.0)],
    ));
    let (a, b) = (
        ok(commute_distances(&plain)) / 4.0,
        ok(commute_distances(&looped)) / 8.0,
    );
    all_near(&a, &b, rounding(3, 30.0));
}

#[test]
fn sparse_and_dense_graphs_commute_alike() {
    let (a, y) = the_posts_graph();
    let sparse = ok(Graph::epsilon(&fiedler::data::blog_moons().x, 0.4));
    assert_eq!(
        ok(commute_distances(&sparse)),
        ok(commute_distances(&graph(&a)))
    );
    assert_eq!(
        ok(leaving_probability(&sparse, &y)),
        ok(leaving_probability(&graph(&a), &y))
    );
}

#[test]
fn networkx_and_scipy_find_the_same_distances() {
    for case in list(&reference("walk")["graphs"]) {
        let a = matrix(&case["a"]);
        let wanted = matrix(&case["commute"]);
        let slack = rounding(a.nrows(), condition(&a));
        let found = ok(commute_distances(&graph(&a)));
        let size = largest(wanted.iter().copied());
        all_near(&found, &wanted, slack * size);
        let inverse = matrix(&case["pinv"]);
        let size = largest(inverse.iter().copied());
        all_near(&ok(pseudo_inverse(&graph(&a))), &inverse, slack * size);
        assert!(!text(&case["name"]).is_empty());
    }
    let post = &reference("walk")["post"];
    let (a, _) = the_posts_graph();
    let c = ok(commute_distances(&graph(&a)));
    for pair in list(&post["commute"]) {
        let pair = list(pair);
        let (i, j) = (support::whole(&pair[0]), support::whole(&pair[1]));
        relatively_near(c[[i, j]], number(&pair[2]), rounding(200, condition(&a)));
    }
    assert_eq!(labels(&post["y"]).len(), 200);
}

// --- Where it misleads ------------------------------------------------------------------------------

#[test]
fn on_larger_and_denser_graphs_the_commute_distance_forgets_all_but_the_degrees() {
    let off = |n: usize| {
        let data = ok(moons(n, 0.05, 0));
        let g = ok(Graph::gaussian(&data.x, 0.3));
        let (c, limit) = (ok(commute_distances(&g)), ok(commute_limit(&g)));
        let pairs = c.iter().zip(&limit).filter(|(_, limit)| **limit > 0.0);
        largest(pairs.map(|(c, limit)| c / limit - 1.0))
    };
    let found = [off(100), off(200), off(400)];
    // The error falls as 1/n where the degrees grow as n: by half each time, but for the sample's own chance.
    assert!(
        found[1] < 0.7 * found[0] && found[2] < 0.7 * found[1],
        "{found:?}"
    );
}

#[test]
fn on_a_complete_graph_the_limit_is_too_large_by_one_vertex() {
    // 2(n − 1) for 2n.
    let n = 50;
    let g = graph(&complete(n));
    let (c, limit) = (ok(commute_distances(&g)), ok(commute_limit(&g)));
    let wanted = (n - 1) as f64 / n as f64;
    near(c[[0, 1]] / limit[[0, 1]], wanted, rounding(n, 4.0));
}

// --- Walks that are walked --------------------------------------------------------------------------

#[test]
fn walkers_leave_as_often_as_the_cut_says() {
    let draws = 100_000;
    for (a, y) in [
        (two_cliques(5, 0.5), Array1::from_shape_fn(10, |i| i / 5)),
        (path(9), Array1::from_shape_fn(9, |i| i / 3)),
        the_posts_graph(),
    ] {
        let wanted = ok(leaving_probability(&graph(&a), &y));
        let found = ok(simulate_leaving(&graph(&a), &y, draws, 7));
        for (found, wanted) in found.probabilities.iter().zip(&wanted) {
            // Beyond 4.5 standard errors once in 150 000 such tests; the seed is fixed besides.
            let off = standard_errors(*found, *wanted, draws);
            assert!(off < 4.5, "{found} for {wanted}: {off} standard errors");
        }
        for (p, error) in found.probabilities.iter().zip(&found.standard_errors) {
            relatively_near(*error, (p * (1.0 - p) / draws as f64).sqrt(), 4.0 * EPS);
        }
    }
}

#[test]
fn over_many_seeds_the_standard_errors_are_what_they_say() {
    let (a, y) = (two_cliques(5, 0.5), Array1::from_shape_fn(10, |i| i / 5));
    let wanted = ok(leaving_probability(&graph(&a), &y));
    let (seeds, draws) = (200, 2000);
    let squares: f64 = (0..seeds)
        .map(|seed| {
            let found = ok(simulate_leaving(&graph(&a), &y, draws, seed)).probabilities;
            standard_errors(found[0], wanted[0], draws).powi(2)
        })
        .sum();
    // A mean of 200 squares of nearly normal numbers: 1 ± 0.1, and 4.5 of those.
    near(squares / seeds as f64, 1.0, 0.45);
}

#[test]
fn a_walk_there_and_back_takes_as_many_steps_as_the_commute_distance() {
    for (a, from, to) in [
        (path(6), 0, 4),
        (cycle(7), 0, 3),
        (complete(6), 1, 5),
        (two_cliques(4, 0.5), 0, 7),
    ] {
        let wanted = ok(commute_distances(&graph(&a)))[[from, to]];
        let found = ok(simulate_commute(&graph(&a), from, to, 20_000, 3));
        let off = (found.mean - wanted).abs() / found.standard_error;
        assert!(
            off < 4.5,
            "{} for {wanted}: {off} standard errors",
            found.mean
        );
    }
}

#[test]
fn the_same_seed_walks_the_same_way() {
    let (a, y) = the_posts_graph();
    let walk = |seed| ok(simulate_leaving(&graph(&a), &y, 5000, seed));
    assert_eq!(walk(1), walk(1));
    assert_ne!(walk(1), walk(2));
    let trip = |seed| ok(simulate_commute(&graph(&path(4)), 0, 3, 10, seed));
    assert_eq!(trip(5), trip(5));
}

// --- What is refused --------------------------------------------------------------------------------

#[test]
fn between_pieces_there_is_no_distance_but_a_pseudo_inverse() {
    let pieces = ok(Graph::from_edges(5, &[(0, 1, 1.0), (2, 3, 2.0)]));
    let sizes = vec![2, 2, 1];
    assert_eq!(
        refused(commute_distances(&pieces)),
        Error::Disconnected {
            sizes: sizes.clone()
        }
    );
    assert_eq!(
        refused(commute_limit(&pieces)),
        Error::Disconnected {
            sizes: sizes.clone()
        }
    );
    assert_eq!(
        refused(simulate_commute(&pieces, 0, 2, 5, 0)),
        Error::Disconnected { sizes }
    );
    let inverse = ok(pseudo_inverse(&pieces));
    let mut wanted = Array2::zeros((5, 5));
    for (i, j, weight) in [(0, 1, 1.0), (2, 3, 2.0)] {
        (wanted[[i, i]], wanted[[j, j]]) = (0.25 / weight, 0.25 / weight);
        (wanted[[i, j]], wanted[[j, i]]) = (-0.25 / weight, -0.25 / weight);
    }
    all_near(&inverse, &wanted, rounding(5, 1.0));
    let alone = ok(Graph::from_edges(2, &[]));
    assert_eq!(ok(pseudo_inverse(&alone)), Array2::<f64>::zeros((2, 2)));
}

#[test]
fn isolated_points_wrong_labels_and_walks_without_end_are_refused() {
    let alone = ok(Graph::from_edges(3, &[(0, 1, 1.0)]));
    let isolated = Error::IsolatedPoints {
        points: vec![2],
        advice: fiedler::error::Advice::default(),
    };
    assert_eq!(refused(transition_matrix(&alone)), isolated);
    assert_eq!(refused(stationary(&alone)), isolated);
    assert_eq!(
        refused(leaving_probability(&alone, &array![0, 0, 1])),
        isolated
    );
    assert_eq!(
        refused(simulate_leaving(&alone, &array![0, 0, 1], 5, 0)),
        isolated
    );
    let g = graph(&path(3));
    assert_eq!(
        refused(leaving_probability(&g, &array![0, 0, 2])),
        Error::MissingLabel { label: 1 }
    );
    assert!(matches!(
        refused(leaving_probability(&g, &array![0, 1])),
        Error::Length { .. }
    ));
    let y = array![0, 0, 1];
    for steps in [0, usize::MAX] {
        assert!(matches!(
            refused(simulate_leaving(&g, &y, steps, 0)),
            Error::Count { name: "steps", .. }
        ));
        assert!(matches!(
            refused(simulate_commute(&g, 0, 1, steps, 0)),
            Error::Count { name: "trips", .. }
        ));
    }
    assert!(matches!(
        refused(simulate_commute(&g, 0, 3, 5, 0)),
        Error::Vertex { vertex: 3, .. }
    ));
}

#[test]
fn a_link_that_rounding_cannot_see_is_refused_and_one_it_can_is_not() {
    let a = two_cliques(4, 1e-14);
    assert!(matches!(
        refused(pseudo_inverse(&graph(&a))),
        Error::Solver { .. }
    ));
    let a = two_cliques(4, 1e-9);
    let inverse = ok(pseudo_inverse(&graph(&a)));
    // ½ in each clique of four, and the link.
    let resistance = inverse[[0, 0]] + inverse[[7, 7]] - 2.0 * inverse[[0, 7]];
    relatively_near(resistance, 1e9 + 1.0, 1e-3);
}

#[test]
fn a_weak_link_costs_a_commute_distance_no_digits() {
    for weight in [1.0, 1e-9, 1e-14, 1e-40] {
        let a = two_cliques(4, weight);
        let c = ok(commute_distances(&graph(&a))) / a.sum();
        relatively_near(c[[0, 7]], 1.0 / weight + 1.0, 1e-14);
        // Within a clique, beside the large ones.
        relatively_near(c[[1, 2]], 0.5, 1e-14);
    }
    let star = ok(Graph::from_edges(3, &[(0, 1, 1e-10), (0, 2, 1.0)]));
    let c = ok(commute_distances(&star));
    relatively_near(c[[0, 1]], 2.0 * (1.0 + 1e-10) * 1e10, 1e-15);
    relatively_near(c[[0, 2]], 2.0 * (1.0 + 1e-10), 1e-15);
}
