//! Step 10, the other end: the largest of the affinity are the smallest of the Laplacian, and power iteration
//! converges as the eigenvalues say.

mod support;

use fiedler::ndarray::{Array1, Array2, Axis};
use fiedler::power::{largest_of_affinity, normalized_affinity};
use fiedler::{Error, Graph, power::power_iteration, symmetric_laplacian};
use proptest::prelude::*;
use std::f64::consts::PI;
use support::{
    EPS, all_near, cases, complete, complete_bipartite, graphs, largest, matrix, near, norm,
    number, ok, path, reference, refused, the_posts_graph, two_cliques, vector,
};

/// As in the proofs of the eigenvectors: ten roundings per row, on a matrix of norm 2 at most.
fn rounding(n: usize) -> f64 {
    10.0 * n as f64 * EPS
}

fn graph_of(a: &Array2<f64>) -> Graph {
    ok(Graph::from_matrix(a.clone()))
}

/// ‖Nw − μw‖.
fn residual(n: &Array2<f64>, value: f64, w: &Array1<f64>) -> f64 {
    norm(&(n.dot(w) - w * value))
}

/// How far the columns are from orthonormal.
fn off_orthonormal(vectors: &Array2<f64>) -> f64 {
    largest(vectors.t().dot(vectors) - Array2::<f64>::eye(vectors.ncols()))
}

proptest! {
    #![proptest_config(cases(64))]

    #[test]
    fn the_affinity_and_the_symmetric_laplacian_add_up_to_the_identity(a in graphs()) {
        let affinity = ok(normalized_affinity(&graph_of(&a)));
        prop_assert_eq!(affinity.t(), affinity.view());
        let sum = affinity + ok(symmetric_laplacian(&a));
        all_near(&sum, &Array2::eye(a.nrows()), 8.0 * EPS); // a handful of roundings an entry
    }

    #[test]
    fn the_smallest_of_the_laplacian_are_one_minus_the_largest_of_the_affinity(a in graphs(), k in any::<prop::sample::Index>()) {
        let n = a.nrows();
        let k = 1 + k.index(n);
        let graph = graph_of(&a);
        let affinity = ok(largest_of_affinity(&graph, k));
        let smallest = ok(graph.smallest_eigenpairs(k));
        all_near(&affinity.values.mapv(|mu| 1.0 - mu), &smallest.values, 2.0 * rounding(n));
        // The same equation has both: w = D^½z.
        let matrix = ok(normalized_affinity(&graph));
        let w = smallest.vectors * graph.degrees().mapv(f64::sqrt).insert_axis(Axis(1));
        for j in 0..k {
            prop_assert!(residual(&matrix, affinity.values[j], &affinity.vectors.column(j).to_owned()) <= rounding(n));
            prop_assert!(residual(&matrix, 1.0 - smallest.values[j], &w.column(j).to_owned()) <= 2.0 * rounding(n));
        }
    }

    #[test]
    fn what_power_iteration_calls_found_solves_the_equation(a in graphs()) {
        let (graph, tolerance) = (graph_of(&a), 1e-8);
        let n = a.nrows();
        let found = ok(power_iteration(&graph, n.min(4), tolerance, 3000));
        let affinity = ok(normalized_affinity(&graph));
        prop_assert!(off_orthonormal(&found.vectors) <= rounding(n));
        let last = found.history.len() - 1;
        for (j, (&value, w)) in found.values.iter().zip(found.vectors.columns()).enumerate() {
            let converged = found.history[j].last().is_some_and(|&rest| rest <= tolerance);
            prop_assert!(converged || j == last && !found.converged);
            if converged {
                // Its own part, and one of each vector before it, at right angles to each other.
                let bound = ((j + 1) as f64).sqrt() * tolerance;
                prop_assert!(residual(&affinity, value, &w.to_owned()) <= bound + rounding(n), "{j}");
            }
        }
    }
}

#[test]
fn scipy_has_the_same_largest_pairs() {
    let wanted = reference("power");
    let graph = ok(Graph::gaussian(
        &matrix(&wanted["x"]),
        number(&wanted["sigma"]),
    ));
    let n = graph.vertex_count();
    let values = vector(&wanted["values"]);
    let found = ok(largest_of_affinity(&graph, n));
    all_near(&found.values, &values, 2.0 * rounding(n));
    let vectors = matrix(&wanted["vectors"]);
    for (j, wanted) in vectors.columns().into_iter().enumerate() {
        // First-order perturbation: rounding over the gap to the next value.
        let tolerance = 4.0 * rounding(n) / (values[j] - values[j + 1]);
        all_near(found.vectors.column(j), wanted, tolerance);
    }
    let iterated = ok(ok(power_iteration(&graph, 3, 1e-11, 5000)).finished());
    // A value errs by the square of what its vector does, and by rounding.
    all_near(&iterated.values, values.iter().take(3), 2.0 * rounding(n));
    for j in 0..3 {
        let gap = values[j] - values[j + 1];
        all_near(iterated.vectors.column(j), vectors.column(j), 4e-11 / gap);
    }
}

#[test]
fn on_the_posts_moons_the_second_is_one_minus_lambda_2() {
    let graph = graph_of(&the_posts_graph().0);
    let wanted = 0.994_615_587_953_855;
    near(
        ok(largest_of_affinity(&graph, 2)).values[1],
        wanted,
        rounding(200),
    );
    let found = ok(ok(power_iteration(&graph, 2, 1e-9, 20_000)).finished());
    near(found.values[1], wanted, rounding(200));
}

#[test]
fn the_error_shrinks_by_the_ratio_of_the_next_value_to_its_own() {
    // μⱼ = cos((j − 1)π/9) on a path of ten (Chung 1997, §1.2).
    let mu = |j: usize| ((j - 1) as f64 * PI / 9.0).cos();
    let found = ok(ok(power_iteration(&graph_of(&path(10)), 3, 1e-10, 1000)).finished());
    for j in 1..=3 {
        near(found.values[j - 1], mu(j), rounding(10));
        let history = &found.history[j - 1];
        let below = |size: f64| {
            history
                .iter()
                .position(|&rest| rest < size)
                .expect("it converged")
        };
        // Late enough that only the next vector is left, early enough that rounding is not seen.
        let (from, to) = (below(1e-6), below(1e-8));
        let rate = (history[to] / history[from]).powf(1.0 / (to - from) as f64);
        let predicted = (1.0 + mu(j + 1)) / (1.0 + mu(j));
        near(rate, predicted, 1e-6);
    }
}

#[test]
fn a_closer_next_value_takes_more_steps() {
    let steps = |weight: f64| {
        let graph = graph_of(&two_cliques(5, weight));
        let found = ok(ok(power_iteration(&graph, 1, 1e-9, 100_000)).finished());
        found.history[0].len()
    };
    // λ₂ falls with the weight of the bridge, and 1 − λ₂/2 is the factor a step.
    assert!(steps(1.0) < steps(0.1) && steps(0.1) < steps(0.01));
}

#[test]
fn too_few_steps_are_said_and_what_was_found_is_kept() {
    let graph = graph_of(&the_posts_graph().0);
    let found = ok(power_iteration(&graph, 5, 1e-10, 10));
    assert!(!found.converged);
    assert_eq!(
        (
            found.values.len(),
            found.vectors.ncols(),
            found.history.len()
        ),
        (1, 1, 1)
    );
    assert_eq!(found.history[0].len(), 11);
    let last = found.history[0][10];
    match refused(found.finished()) {
        Error::NotConverged {
            method,
            iterations,
            residual,
        } => {
            assert_eq!((method, iterations), ("power iteration", 10));
            near(residual, last, 0.0);
        }
        other => panic!("{other}"),
    }
    // No tolerance below rounding can be reached.
    assert!(!ok(power_iteration(&graph, 2, 1e-300, 100)).converged);
}

#[test]
fn all_vectors_of_small_graphs_are_found_down_to_minus_one() {
    for a in [path(2), path(5), complete(4), complete_bipartite(2, 3)] {
        let n = a.nrows();
        let graph = graph_of(&a);
        let found = ok(ok(power_iteration(&graph, n, 1e-12, 2000)).finished());
        // n tolerances: a deflated vector inherits the errors of those before it.
        all_near(
            &found.values,
            &ok(largest_of_affinity(&graph, n)).values,
            n as f64 * 1e-12,
        );
        assert!(off_orthonormal(&found.vectors) <= rounding(n));
    }
}

#[test]
fn two_pieces_have_the_value_1_twice() {
    let pieces = ok(Graph::from_edges(
        5,
        &[(0, 1, 1.0), (1, 2, 3.0), (3, 4, 0.5)],
    ));
    let found = ok(ok(power_iteration(&pieces, 2, 1e-10, 2000)).finished());
    all_near(&found.values, &[1.0, 1.0], rounding(5));
    // On each piece w is a multiple of √d.
    let z = &found.vectors / &pieces.degrees().mapv(f64::sqrt).insert_axis(Axis(1));
    for z in z.columns() {
        near(z[0], z[1], 1e-9);
        near(z[1], z[2], 1e-9);
        near(z[3], z[4], 1e-9);
    }
}

#[test]
fn the_scale_of_the_weights_does_not_count() {
    let graph = |scale: f64| graph_of(&(two_cliques(4, 0.2) * scale));
    let wanted = ok(power_iteration(&graph(1.0), 2, 1e-10, 5000));
    for scale in [1e-70, 1e70] {
        let found = ok(power_iteration(&graph(scale), 2, 1e-10, 5000));
        assert!(found.converged);
        all_near(&found.vectors, &wanted.vectors, 1e-8); // two tolerances over a gap of about 0.1
        all_near(
            &ok(normalized_affinity(&graph(scale))),
            &ok(normalized_affinity(&graph(1.0))),
            8.0 * EPS,
        );
    }
}

#[test]
fn bad_input_is_refused_by_name() {
    let graph = graph_of(&path(3));
    let count = |k| Error::ClusterCount { k, n: 3 };
    assert_eq!(refused(power_iteration(&graph, 0, 1e-9, 10)), count(0));
    assert_eq!(refused(power_iteration(&graph, 4, 1e-9, 10)), count(4));
    assert_eq!(refused(largest_of_affinity(&graph, 0)), count(0));
    assert_eq!(refused(largest_of_affinity(&graph, 4)), count(4));
    for tolerance in [0.0, -1.0, f64::NAN, f64::INFINITY] {
        let error = refused(power_iteration(&graph, 1, tolerance, 10));
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
    let error = refused(power_iteration(&graph, 1, 1e-9, 0));
    assert!(
        matches!(
            error,
            Error::Count {
                name: "max_steps",
                ..
            }
        ),
        "{error}"
    );
    let lonely = ok(Graph::from_edges(3, &[(0, 2, 1.0)]));
    let isolated = Error::IsolatedPoints {
        points: vec![1],
        advice: fiedler::error::Advice::default(),
    };
    assert_eq!(refused(normalized_affinity(&lonely)), isolated);
    assert_eq!(refused(power_iteration(&lonely, 1, 1e-9, 10)), isolated);
}
