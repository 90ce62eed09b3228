//! The solver that eliminates vertices, against known spectra and the other solvers: repeated eigenvalues, components,
//! weights of very different size, and the choice of a solver.

mod support;

use fiedler::data;
use fiedler::graph::known;
use fiedler::ndarray::{Array1, Array2};
use fiedler::solvers::{eigenvalues_below, elimination_order, fewest_neighbors_order};
use fiedler::{Eigenpairs, Error, Graph, GraphRule, eigh_symmetric, solvers::Solver};
use proptest::prelude::*;
use std::f64::consts::PI;
use support::{
    all_near, as_the_dense_solver_says, cases, connected_graph, graph, hard_shapes, largest, near,
    ok, refused, relatively_near, weights,
};

/// Of the residuals: a few roundings for each vertex, and twice that after a fresh product.
fn rounding(n: usize) -> f64 {
    8.0 * f64::EPSILON * n as f64
}

fn eliminated(graph: &Graph, count: usize) -> Eigenpairs {
    let (pairs, report) = ok(graph.smallest_eigenpairs_by(Solver::Elimination, count));
    assert_eq!(report.solver, Solver::Elimination, "{}", report.reason);
    let residuals = ok(graph.residuals(&pairs.values, &pairs.vectors));
    // Asked for to 1e-12, and closer on small graphs.
    assert!(largest(residuals) <= rounding(graph.vertex_count()).max(2e-12));
    pairs
}

fn neighbors(x: &Array2<f64>) -> Graph {
    ok(GraphRule::nearest_neighbors(10).build(x))
}

#[test]
fn a_path_has_its_values_to_eleven_digits_however_small_they_are() {
    let n = 8000;
    let pairs = eliminated(&ok(known::path(n)), 4);
    for j in 1..4 {
        // λⱼ = 1 − cos(πj/(n − 1)) (Chung 1997, §1.2), written so that nothing cancels: 8e-8 and up.
        let angle = PI * j as f64 / (n - 1) as f64;
        relatively_near(pairs.values[j], 2.0 * (angle / 2.0).sin().powi(2), 1e-11);
    }
}

#[test]
fn both_copies_of_the_values_of_a_cycle_are_found() {
    let n = 600;
    for count in 2..7 {
        let pairs = eliminated(&ok(known::cycle(n)), count);
        let value = |j: usize| 1.0 - (2.0 * PI * j.div_ceil(2) as f64 / n as f64).cos();
        all_near(
            &pairs.values,
            (0..count).map(value).collect::<Vec<_>>().iter(),
            1e-13,
        );
    }
}

#[test]
fn equal_components_give_equal_values_and_all_of_them_are_found() {
    let n = 40;
    let edges: Vec<_> = (0..3)
        .flat_map(|piece| (1..n).map(move |i| (piece * n + i - 1, piece * n + i, 1.0)))
        .collect();
    let pairs = eliminated(&ok(Graph::from_edges(3 * n, &edges)), 8);
    let value = |j: usize| 1.0 - (PI * j as f64 / (n - 1) as f64).cos();
    let wanted = [0, 0, 0, 1, 1, 1, 2, 2].map(value);
    all_near(&pairs.values, wanted.iter(), 1e-14);
}

#[test]
fn hard_shapes_agree_with_the_dense_solver() {
    let mut cases = hard_shapes(300);
    // Where a single vector misses copies, unless they are counted.
    cases.push(("few", ok(known::complete(150))));
    cases.push(("few sides", ok(known::complete_bipartite(70, 80))));
    cases.push(("square", ok(known::grid(15, 15))));
    cases.push(("cube", ok(known::hypercube(7))));
    as_the_dense_solver_says(&cases, |graph| eliminated(graph, 3), 1e-11);
}

#[test]
fn every_kind_of_data_agrees_with_the_dense_solver() {
    let n = 400;
    let cases = [
        ("moons .12", neighbors(&ok(data::moons(n, 0.12, 0)).x), 3),
        ("moons .06", neighbors(&ok(data::moons(n, 0.06, 0)).x), 3),
        (
            "blobs",
            neighbors(&ok(data::blobs(n, 10, 10, 3.0, 0)).x),
            11,
        ),
        ("flowers", neighbors(&data::iris().x), 4),
        (
            "post",
            ok(GraphRule::Epsilon(0.4).build(&data::blog_moons().x)),
            3,
        ),
    ];
    for (name, graph, count) in &cases {
        println!("{name}");
        let wanted = ok(eigh_symmetric(&ok(graph.matrix())));
        let found = eliminated(graph, *count);
        all_near(&found.values, wanted.values.iter().take(*count), 1e-13);
    }
}

#[test]
fn cliques_joined_by_1e_12_are_told_apart_or_refused() {
    let (k, size, weight) = (4, 12, 1e-12);
    let (graph, _) = ok(known::cliques(k, size, weight));
    let d = (size - 1) as f64 + ((k - 1) * size) as f64 * weight;
    for count in [k, k + 1] {
        match graph.smallest_eigenpairs_by(Solver::Elimination, count) {
            // kmw/d, k − 1 times: of the size of a rounding, and right to six digits.
            Ok((pairs, _)) => {
                println!("{count}: found");
                for &value in pairs.values.iter().take(k).skip(1) {
                    relatively_near(value, (k * size) as f64 * weight / d, 1e-6);
                }
            }
            Err(error) => assert!(matches!(error, Error::Solver { .. }), "{error}"),
        }
    }
}

#[test]
fn the_solver_is_chosen_by_size_and_shape_and_says_so() {
    let chosen = |graph: &Graph| ok(graph.smallest_eigenpairs_by(Solver::Auto, 3)).1;
    let thin = chosen(&neighbors(&ok(data::moons(2000, 0.06, 0)).x));
    assert_eq!(thin.solver, Solver::Elimination);
    assert!(thin.reason.contains("2000 vertices"), "{}", thin.reason);
    // A block of vectors would take three products a step.
    assert!((1..25).contains(&thin.iterations) && thin.levels.is_empty());
    assert!(thin.history.windows(2).all(|pair| pair[1] < pair[0]));
    let large = chosen(&ok(known::path(20_000)));
    assert_eq!(large.solver, Solver::Multigrid);
    assert!(large.reason.contains("20000"), "{}", large.reason);
    // Each of 1200 vertices is joined to others, far away: to eight of them, or to so many that no look is needed.
    let wide = |most: usize| {
        let jumps = (0..1200).flat_map(|i| {
            let far = (0..most).map(|jump| 1 + jump * (jump + 16));
            far.map(move |jump| (i, (i + jump) % 1200, 1.0))
        });
        chosen(&ok(Graph::from_edges(1200, &jumps.collect::<Vec<_>>())))
    };
    for (most, reason) in [(4, "three steps"), (18, "a filter first")] {
        let wide = wide(most);
        assert_eq!(wide.solver, Solver::Chebyshev, "{}", wide.reason);
        assert!(wide.reason.contains(reason), "{}", wide.reason);
    }
    // About as many vertices in a cube, joined to their neighbours: the steps come to small values.
    let cube = (0..2744).flat_map(|i| {
        let at = [i % 14, i / 14 % 14, i / 196];
        let along = (0..3).filter(move |&axis| at[axis] < 13);
        along.map(move |axis| (i, i + [1, 14, 196][axis], 1.0))
    });
    let cube = chosen(&ok(Graph::from_edges(2744, &cube.collect::<Vec<_>>())));
    assert_eq!(cube.solver, Solver::Multigrid, "{}", cube.reason);
    let full = chosen(&ok(Graph::from_matrix(
        ok(known::path(300)).matrix().expect("a small one"),
    )));
    assert_eq!(full.solver, Solver::Dense);
}

#[test]
fn eigenvalues_are_counted_below_any_number_with_their_copies() {
    let graphs = [
        ok(known::cycle(31)),
        ok(known::cockroach(8)),
        ok(known::grid(7, 7)),
        neighbors(&data::iris().x),
        ok(Graph::gaussian(&data::blog_moons().x, 0.3)),
    ];
    for graph in &graphs {
        let values = ok(eigh_symmetric(&ok(graph.matrix()))).values;
        for step in 1..40 {
            // No eigenvalue of these graphs is as near to a multiple of .0531 as rounding is.
            let sigma = 0.0531 * f64::from(step);
            let below = values.iter().filter(|&&value| value < sigma).count();
            assert_eq!(ok(eigenvalues_below(graph, sigma)), below, "{sigma}");
        }
        assert_eq!(ok(eigenvalues_below(graph, -0.1)), 0);
    }
    // The end of a path is cut off at σ = 1: 1 − σ·1 = 0.
    let error = refused(eigenvalues_below(&ok(known::path(9)), 1.0));
    assert!(error.to_string().contains("move it a little"), "{error}");
    assert!(matches!(
        refused(eigenvalues_below(&graphs[0], f64::NAN)),
        Error::Parameter { .. }
    ));
}

#[test]
fn the_order_of_elimination_has_every_vertex_once_and_keeps_neighbours_close() {
    let graph = neighbors(&ok(data::moons(300, 0.08, 1)).x);
    let places = |order: Array1<usize>| {
        let mut place = vec![usize::MAX; 300];
        for (at, &vertex) in order.iter().enumerate() {
            place[vertex] = at;
        }
        assert!(place.iter().all(|&at| at < 300));
        place
    };
    let _ = places(ok(fewest_neighbors_order(&graph)));
    let place = places(ok(elimination_order(&graph)));
    let matrix = ok(graph.matrix());
    let reach = |at: &dyn Fn(usize) -> usize| {
        let edges = matrix.indexed_iter().filter(|(_, weight)| **weight > 0.0);
        edges
            .map(|((i, j), _)| at(i).abs_diff(at(j)))
            .max()
            .unwrap_or(0)
    };
    assert!(reach(&|i| place[i]) < 40);
    assert!(reach(&|i| i) > 200);
}

#[test]
fn a_star_goes_arm_by_arm_and_takes_no_room() {
    // Layer by layer the centre would reach all others, and so would every row behind it: 6.4 GB.
    let star = ok(known::star(40_000));
    let pairs = eliminated(&star, 2);
    near(pairs.values[1], 1.0, 1e-12);
    assert_eq!(ok(eigenvalues_below(&star, 0.999)), 1);
    // 1 repeats for all arms but one, and the last value is 2.
    assert_eq!(ok(eigenvalues_below(&star, 1.001)), 39_999);
}

#[test]
fn the_way_is_chosen_by_the_number_of_pairs_too() {
    // A net of streets: long enough that layers are wide, thin enough that little is filled.
    let grid = ok(known::grid(60, 50));
    let chosen = |count| {
        let (_, report) = ok(grid.smallest_eigenpairs_by(Solver::Auto, count));
        (report.solver, report.reason)
    };
    let (many, reason) = chosen(11);
    assert_eq!(many, Solver::Elimination, "{reason}");
    assert!(reason.contains("the fewest neighbours first"), "{reason}");
    let (wanted, _) = ok(grid.smallest_eigenpairs_by(Solver::Multigrid, 11));
    all_near(&eliminated(&grid, 11).values, wanted.values.iter(), 1e-9);
}

proptest! {
    #![proptest_config(cases(60))]

    #[test]
    fn components_and_weights_are_as_the_dense_solver_says(
        pieces in prop::collection::vec((10_usize..40).prop_flat_map(|n| connected_graph(n, weights(-3.0, 3.0))), 1..4),
        count in 2_usize..6,
    ) {
        let n: usize = pieces.iter().map(Array2::nrows).sum();
        let (mut edges, mut offset) = (Vec::new(), 0);
        for piece in &pieces {
            for ((i, j), &w) in piece.indexed_iter().filter(|&((i, j), &w)| i <= j && w > 0.0) {
                edges.push((i + offset, j + offset, w));
            }
            offset += piece.nrows();
        }
        let wanted = ok(eigh_symmetric(&graph(n, edges.clone())));
        let sparse = ok(Graph::from_edges(n, &edges));
        let found = ok(sparse.smallest_eigenpairs(count));
        all_near(&found.values, wanted.values.iter().take(count), 1e-12);
        match sparse.smallest_eigenpairs_by(Solver::Elimination, count) {
            Ok((pairs, _)) => all_near(&pairs.values, wanted.values.iter().take(count), 1e-12),
            Err(error) => prop_assert!(matches!(error, Error::Solver { .. }), "{}", error),
        }
    }
}
