//! Step 14, the solvers side by side: they agree with the dense solver and with known spectra, say what they cost, and
//! fail aloud.

mod support;

use fiedler::graph::known;
use fiedler::ndarray::{Array1, Array2, Axis};
use fiedler::solvers::{aggregates, chebyshev, curve_order, lanczos, multigrid};
use fiedler::{
    Eigenpairs, Error, Graph, GraphRule, Result, data, eigh_symmetric,
    power::power_iteration,
    solvers::{Convergence, Solver},
};
use proptest::prelude::*;
use std::f64::consts::PI;
use support::{
    EPS, all_near, cases, graphs, largest, near, ok, refused, same_eigenpairs, the_posts_graph,
};

/// What all are asked for: far above rounding, far below any gap here.
const TOLERANCE: f64 = 1e-10;

/// The three, each with room to converge.
fn all(graph: &Graph, count: usize, tolerance: f64) -> [Convergence; 3] {
    [
        ok(lanczos(graph, count, tolerance, 2000)),
        ok(chebyshev(graph, count, 30, tolerance, 300)),
        ok(multigrid(graph, count, tolerance)),
    ]
}

fn dense(graph: &Graph) -> Eigenpairs {
    ok(eigh_symmetric(&ok(graph.matrix())))
}

fn moons_graph(n: usize) -> Graph {
    let moons = ok(data::moons(n, 0.12, 0));
    ok(GraphRule::nearest_neighbors(10).build(&moons.x))
}

fn blobs_graph() -> Graph {
    let blobs = ok(data::blobs(400, 10, 4, 3.0, 0));
    ok(GraphRule::nearest_neighbors(10).build(&blobs.x))
}

/// What must hold of every answer that claims to have converged.
fn is_sound(found: &Convergence, graph: &Graph, count: usize) {
    let method = found.method;
    assert!(found.converged, "{method}: {:?}", found.residuals.last());
    assert_eq!(found.pairs.values.len(), count, "{method}");
    assert_eq!(found.products.len(), found.residuals.len(), "{method}");
    assert!(found.products.is_sorted(), "{method}: {:?}", found.products);
    let residuals = ok(graph.residuals(&found.pairs.values, &found.pairs.vectors));
    assert!(largest(residuals) <= 2.0 * TOLERANCE, "{method}");
    // D-orthonormal, to a rounding per row and what the residuals leave.
    let z = &found.pairs.vectors;
    let product = z
        .t()
        .dot(&(z * &graph.degrees().view().insert_axis(Axis(1))));
    let rounding = 10.0 * graph.vertex_count() as f64 * EPS;
    assert!(
        largest(product - Array2::<f64>::eye(count)) <= rounding,
        "{method}"
    );
}

#[test]
fn all_solvers_agree_with_the_dense_one() {
    let (a, _) = the_posts_graph();
    let cases = [
        ("the post's moons", ok(Graph::from_matrix(a)), 4),
        ("the karate club", known::karate_club().0, 3),
        ("a grid", ok(known::grid(12, 17)), 5),
        ("moons", moons_graph(300), 3),
        ("blobs", blobs_graph(), 5),
    ];
    for (name, graph, count) in &cases {
        println!("{name}");
        let wanted = dense(graph);
        for found in all(graph, *count, TOLERANCE) {
            is_sound(&found, graph, *count);
            same_eigenpairs(&found.pairs, &wanted, graph.degrees(), 2.0 * TOLERANCE);
        }
    }
}

#[test]
fn known_spectra_are_found() {
    let path: Vec<f64> = (0..4)
        .map(|j| 1.0 - (PI * f64::from(j) / 79.0).cos())
        .collect();
    let cases = [
        // Chung (1997), §1.2.
        (ok(known::path(80)), path),
        (ok(known::complete_bipartite(20, 30)), vec![0.0, 1.0]),
        (ok(known::hypercube(9)), vec![0.0, 2.0 / 9.0]),
    ];
    for (graph, wanted) in &cases {
        for found in all(graph, wanted.len(), TOLERANCE) {
            is_sound(&found, graph, wanted.len());
            // A value errs by the square of what its vector does.
            all_near(&found.pairs.values, wanted, 1e-13);
        }
    }
}

#[test]
fn lanczos_misses_the_second_copy_of_a_repeated_eigenvalue_and_the_blocks_find_it() {
    for n in [12_usize, 60] {
        let graph = ok(known::cycle(n));
        let value = |j: u32| 1.0 - (2.0 * PI * f64::from(j) / n as f64).cos();
        let [one, filtered, multigrid] = all(&graph, 3, TOLERANCE);
        // Converged, every residual tiny, and yet not the three smallest: what its documentation warns of.
        is_sound(&one, &graph, 3);
        all_near(&one.pairs.values, &[0.0, value(1), value(2)], 1e-13);
        for found in [filtered, multigrid] {
            is_sound(&found, &graph, 3);
            all_near(&found.pairs.values, &[0.0, value(1), value(1)], 1e-13);
        }
    }
}

#[test]
fn lanczos_says_so_where_its_span_ends_too_early() {
    // The complete graph has λ = n/(n − 1) and nothing else: one vector is all that a start vector leads to.
    let found = ok(lanczos(&ok(known::complete(8)), 3, TOLERANCE, 100));
    assert!(!found.converged);
    assert_eq!(found.steps, 1);
    all_near(&found.pairs.values, &[0.0, 8.0 / 7.0], 1e-14);
    assert!(matches!(
        refused(found.finished()),
        Error::MissingPairs {
            found: 2,
            asked: 3,
            ..
        }
    ));
}

#[test]
fn components_cost_no_products() {
    let (graph, _) = ok(known::cliques(3, 10, 0.0));
    for found in all(&graph, 3, TOLERANCE) {
        is_sound(&found, &graph, 3);
        assert_eq!(found.pairs.values, Array1::<f64>::zeros(3));
        assert!(found.products.is_empty());
    }
    // One more is found beside them: n/(n − 1) of each clique.
    for found in all(&graph, 4, TOLERANCE) {
        is_sound(&found, &graph, 4);
        near(found.pairs.values[3], 10.0 / 9.0, 1e-13);
    }
}

#[test]
fn too_few_steps_are_said_and_what_was_found_is_kept() {
    let graph = moons_graph(1000);
    let left = |found: Convergence, steps| {
        assert!(!found.converged);
        assert_eq!((found.steps, found.pairs.values.len()), (steps, 3));
        let (method, last) = (found.method, found.residuals[found.residuals.len() - 1]);
        assert_eq!(
            refused(found.finished()),
            Error::NotConverged {
                method,
                iterations: steps,
                residual: last
            }
        );
    };
    left(ok(lanczos(&graph, 3, TOLERANCE, 40)), 40);
    left(ok(chebyshev(&graph, 3, 10, TOLERANCE, 2)), 2);
    // No tolerance below rounding can be reached.
    let found = ok(multigrid(&graph, 3, 1e-300));
    let steps = found.steps;
    assert!(steps >= 10);
    // What it has is as good as rounding lets it be.
    assert!(found.residuals[found.residuals.len() - 1] < 1e-13);
    left(found, steps);
}

#[test]
fn the_residuals_fall_and_the_products_tell_the_solvers_apart() {
    let graph = moons_graph(4000);
    let found = all(&graph, 2, TOLERANCE);
    for one in &found {
        is_sound(one, &graph, 2);
        let (first, last) = (one.residuals[0], one.residuals[one.residuals.len() - 1]);
        assert!(last <= 1e-6 * first, "{}", one.method);
        // Not each is smaller than the one before, but none is much larger.
        assert!(
            one.residuals
                .windows(2)
                .all(|pair| pair[1] < 30.0 * pair[0])
        );
    }
    let products = found.map(|one| one.products[one.products.len() - 1]);
    let power = ok(power_iteration(&graph, 2, TOLERANCE, 2000));
    assert!(
        !power.converged,
        "2000 products do not suffice for power iteration"
    );
    // Multigrid takes the fewest, whatever its cycles count for.
    assert!(
        products[2] < products[0] && products[0] < products[1],
        "{products:?}"
    );
}

#[test]
fn the_steps_of_multigrid_hardly_grow_with_n() {
    let steps = |n| ok(multigrid(&moons_graph(n), 2, TOLERANCE)).steps;
    assert!(steps(16_000) <= steps(1000) + 4);
}

#[test]
fn every_number_of_threads_gives_the_same_bits() {
    let graph = moons_graph(3000);
    let run = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
        pool.expect("a pool of threads").install(|| {
            [
                ok(lanczos(&graph, 2, 1e-3, 100)),
                ok(chebyshev(&graph, 2, 20, 1e-3, 5)),
                ok(multigrid(&graph, 2, TOLERANCE)),
            ]
        })
    };
    let one = run(1);
    assert_eq!(run(2), one);
    assert_eq!(run(4), one);
}

proptest! {
    #![proptest_config(cases(48))]

    #[test]
    fn on_random_graphs_of_any_size_all_agree_with_the_dense_solver(a in graphs(), k in 1_usize..=4) {
        let n = a.nrows();
        let graph = ok(Graph::from_matrix(a));
        let k = k.min(n);
        let wanted = dense(&graph);
        for found in all(&graph, k, TOLERANCE) {
            // A repeated eigenvalue is for the others: random weights hardly have one.
            prop_assert!(found.converged, "{}", found.method);
            same_eigenpairs(&found.pairs, &wanted, graph.degrees(), 2.0 * TOLERANCE);
        }
    }
}

#[test]
fn the_engine_gives_what_its_history_shows() {
    let graph = moons_graph(600);
    let found = ok(multigrid(&graph, 3, 1e-12));
    let (pairs, report) = ok(graph.smallest_eigenpairs_by(Solver::Multigrid, 3));
    assert_eq!(found.pairs, pairs);
    assert_eq!(found.steps, report.iterations);
    // The last entry is that of a fresh product, here with the vectors in another order.
    let last = found.residuals.len() - 1;
    assert_eq!(found.residuals[..last], report.history[..last]);
    near(found.residuals[last], report.history[last], 1e-14);
    // Three products a column at first, and five a step for each that has not converged.
    let b = found.products[0] / 3;
    assert_eq!(found.products[0], 3 * b);
    assert_eq!(found.products[1], 8 * b);
    assert!(
        found
            .products
            .windows(2)
            .all(|pair| pair[1] - pair[0] <= 5 * b + 2)
    );
}

#[test]
fn aggregates_are_connected_and_shrink_from_level_to_level() {
    let graph = moons_graph(2000);
    let levels = ok(aggregates(&graph));
    let (_, report) = ok(graph.smallest_eigenpairs_by(Solver::Multigrid, 2));
    assert_eq!(levels.len() + 1, report.levels.len());
    let components = graph.components();
    for (level, (aggregate, &size)) in levels.iter().zip(&report.levels[1..]).enumerate() {
        assert_eq!(aggregate.iter().max(), Some(&(size - 1)));
        for number in 0..size {
            let of_it = aggregate
                .iter()
                .enumerate()
                .filter(|&(_, &other)| other == number);
            let members: Vec<usize> = of_it.map(|(i, _)| i).collect();
            assert!(
                ok(graph.induced(&members)).is_connected(),
                "{level}: {members:?}"
            );
            assert!(
                members
                    .iter()
                    .all(|&i| components[i] == components[members[0]])
            );
        }
        // Each is a union of those before.
        if level > 0 {
            let mut parent = vec![usize::MAX; report.levels[level]];
            for (&child, &own) in levels[level - 1].iter().zip(aggregate) {
                assert!(parent[child] == usize::MAX || parent[child] == own);
                parent[child] = own;
            }
        }
    }
    assert!(ok(aggregates(&ok(known::path(10)))).is_empty());
}

#[test]
fn points_close_on_the_curve_are_close_in_space() {
    let x = ok(data::moons(4000, 0.06, 1)).x;
    let order = ok(curve_order(&x));
    let mut sorted = order.to_vec();
    sorted.sort_unstable();
    assert!(sorted.iter().copied().eq(0..4000), "each point once");
    let length = |order: &[usize]| -> f64 {
        let steps = order
            .windows(2)
            .map(|pair| &x.row(pair[0]) - &x.row(pair[1]));
        steps.map(|step| step.dot(&step).sqrt()).sum()
    };
    let given: Vec<usize> = (0..4000).collect();
    // A curve through n points of an area needs about √n steps of its width; any order needs n.
    assert!(length(&order.to_vec()) < length(&given) / 15.0);
}

#[test]
fn bad_input_is_refused_by_name() {
    let graph = ok(known::path(5));
    let by_each = |graph: &Graph, count: usize, tolerance: f64| -> [Result<Convergence>; 3] {
        [
            lanczos(graph, count, tolerance, 10),
            chebyshev(graph, count, 4, tolerance, 10),
            multigrid(graph, count, tolerance),
        ]
    };
    for k in [0, 6] {
        for result in by_each(&graph, k, 1e-8) {
            assert_eq!(refused(result), Error::ClusterCount { k, n: 5 });
        }
    }
    for tolerance in [0.0, -1.0, f64::NAN, f64::INFINITY] {
        for result in by_each(&graph, 2, tolerance) {
            let error = refused(result);
            assert!(
                matches!(
                    error,
                    Error::Parameter {
                        name: "tolerance",
                        ..
                    }
                ),
                "{error}"
            );
        }
    }
    let zeros = [
        (lanczos(&graph, 2, 1e-8, 0), "max_steps"),
        (chebyshev(&graph, 2, 0, 1e-8, 5), "degree"),
        (chebyshev(&graph, 2, 5, 1e-8, 0), "max_rounds"),
    ];
    for (result, wanted) in zeros {
        let error = refused(result);
        assert!(
            matches!(error, Error::Count { name, .. } if name == wanted),
            "{error}"
        );
    }
    let lonely = ok(Graph::from_edges(3, &[(0, 2, 1.0)]));
    let isolated = Error::IsolatedPoints {
        points: vec![1],
        advice: fiedler::error::Advice::default(),
    };
    for result in by_each(&lonely, 2, 1e-8) {
        assert_eq!(refused(result), isolated);
    }
    assert_eq!(refused(aggregates(&lonely)), isolated);
    assert_eq!(
        refused(curve_order(&Array2::<f64>::zeros((0, 2)))),
        Error::NoPoints
    );
    assert_eq!(
        refused(curve_order(&Array2::<f64>::zeros((2, 0)))),
        Error::NoColumns
    );
    let mut x = Array2::zeros((3, 2));
    x[[1, 0]] = f64::NAN;
    assert!(matches!(
        refused(curve_order(&x)),
        Error::NotFinite {
            row: 1,
            column: 0,
            ..
        }
    ));
}
