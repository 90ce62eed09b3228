//! Graphs by name: their edges, their eigenvalues in closed form, and sizes that cannot be.

mod support;

use fiedler::graph::known::{
    cliques, cockroach, complete, complete_bipartite, cycle, grid, hypercube, karate_club, path,
    star,
};
use fiedler::ndarray::{Array1, Axis};
use fiedler::{Error, Graph, fiedler_vector, labels_by_sign};
use std::f64::consts::PI;
use support::{EPS, all_near, exactly, labels, list, near, ok, reference, refused, vector, whole};

/// Ten roundings per row of a matrix of norm 2: a backward stable solver.
fn rounding(n: usize) -> f64 {
    10.0 * n as f64 * EPS
}

/// All eigenvalues, against the wanted ones in any order.
#[track_caller]
fn has_the_eigenvalues(graph: &Graph, wanted: impl IntoIterator<Item = f64>) {
    let mut wanted: Vec<f64> = wanted.into_iter().collect();
    wanted.sort_by(f64::total_cmp);
    let n = graph.vertex_count();
    let found = ok(graph.smallest_eigenpairs(n)).values;
    all_near(&found, &wanted, rounding(n));
}

fn repeated(value: f64, times: usize) -> impl Iterator<Item = f64> {
    std::iter::repeat_n(value, times)
}

#[test]
fn the_karate_club_is_that_of_networkx() {
    let (graph, factions) = karate_club();
    let reference = reference("known");
    let wanted = list(&reference["karate_edges"]).iter();
    let wanted: Vec<_> = wanted
        .map(|edge| (whole(&edge[0]), whole(&edge[1]), 1.0))
        .collect();
    assert_eq!(graph.weighted_edges().collect::<Vec<_>>(), wanted);
    assert_eq!(wanted.len(), 78);
    assert_eq!(factions, labels(&reference["karate_factions"]));
    let values = vector(&reference["karate_values"]);
    // Two backward stable solvers.
    all_near(
        &ok(graph.smallest_eigenpairs(34)).values,
        &values,
        2.0 * rounding(34),
    );
}

#[test]
fn the_factions_of_the_karate_club_are_halves_joined_by_eleven_edges() {
    let (graph, factions) = karate_club();
    assert_eq!(factions.sum(), 17);
    exactly(ok(graph.cut(&factions)), 11.0);
}

#[test]
fn the_path_has_the_eigenvalues_of_its_closed_form() {
    for n in [2, 3, 9] {
        let of = |j: usize| 1.0 - (PI * j as f64 / (n - 1) as f64).cos();
        has_the_eigenvalues(&ok(path(n)), (0..n).map(of));
    }
}

#[test]
fn the_cycle_has_the_eigenvalues_of_its_closed_form() {
    for n in [3, 4, 9] {
        let of = |j: usize| 1.0 - (2.0 * PI * j as f64 / n as f64).cos();
        has_the_eigenvalues(&ok(cycle(n)), (0..n).map(of));
    }
}

#[test]
fn the_complete_graph_has_the_eigenvalues_of_its_closed_form() {
    for n in [2, 3, 8] {
        let value = n as f64 / (n - 1) as f64;
        has_the_eigenvalues(&ok(complete(n)), repeated(value, n - 1).chain([0.0]));
    }
}

#[test]
fn the_complete_bipartite_graph_and_the_star_have_the_eigenvalues_0_1_and_2() {
    for (m, n) in [(1, 1), (2, 3), (4, 4)] {
        let wanted = repeated(1.0, m + n - 2).chain([0.0, 2.0]);
        has_the_eigenvalues(&ok(complete_bipartite(m, n)), wanted);
    }
    assert_eq!(ok(star(6)), ok(complete_bipartite(1, 5)));
}

#[test]
fn the_hypercube_has_the_eigenvalues_of_its_closed_form() {
    has_the_eigenvalues(&ok(hypercube(1)), [0.0, 2.0]);
    let thirds = [0.0, 2.0 / 3.0, 4.0 / 3.0, 2.0];
    let wanted = thirds.into_iter().zip([1, 3, 3, 1]);
    has_the_eigenvalues(
        &ok(hypercube(3)),
        wanted.flat_map(|(value, times)| repeated(value, times)),
    );
}

#[test]
fn cliques_have_the_eigenvalues_of_their_closed_form() {
    for (k, m, w) in [(1, 4, 0.5), (3, 2, 0.0), (2, 5, 0.01), (4, 3, 0.25)] {
        let (graph, y) = ok(cliques(k, m, w));
        let between = (k * m) as f64 * w;
        let degree = (m - 1) as f64 + between - m as f64 * w;
        let wanted =
            repeated(between / degree, k - 1).chain(repeated(1.0 + 1.0 / degree, k * m - k));
        has_the_eigenvalues(&graph, wanted.chain([0.0]));
        assert_eq!(y.iter().filter(|&&label| label == k - 1).count(), m);
    }
}

#[test]
fn cliques_without_weight_between_are_the_components() {
    let (graph, y) = ok(cliques(4, 3, 0.0));
    assert_eq!(graph.components(), y);
}

#[test]
fn the_grid_joins_neighbours_in_rows_and_columns() {
    let graph = ok(grid(2, 3));
    let edges: Vec<_> = graph.weighted_edges().map(|(i, j, _)| (i, j)).collect();
    assert_eq!(
        edges,
        [(0, 1), (0, 3), (1, 2), (1, 4), (2, 5), (3, 4), (4, 5)]
    );
    assert_eq!(ok(grid(1, 5)), ok(path(5)));
    assert_eq!(ok(grid(5, 1)), ok(path(5)));
}

#[test]
fn the_cockroach_has_its_rungs_at_the_far_ends() {
    let edges: Vec<_> = ok(cockroach(2))
        .weighted_edges()
        .map(|(i, j, _)| (i, j))
        .collect();
    let (paths, rungs) = (
        [(0, 1), (1, 2), (2, 3), (4, 5), (5, 6), (6, 7)],
        [(2, 6), (3, 7)],
    );
    let mut wanted = [paths.as_slice(), &rungs].concat();
    wanted.sort_unstable();
    assert_eq!(edges, wanted);
}

/// The cut of the second eigenvector's signs, of (D − A)z = λDz or of D − A.
fn cut_by_sign(graph: &Graph, normalized: bool) -> f64 {
    let z = if normalized {
        ok(fiedler_vector(&ok(graph.matrix()))).vector
    } else {
        let ones = Array1::ones(graph.vertex_count());
        let pairs = ok(graph.smallest_eigenpairs_with(&ones, 2));
        pairs.vectors.index_axis(Axis(1), 1).to_owned()
    };
    ok(graph.cut(&ok(labels_by_sign(&z))))
}

#[test]
fn the_sign_cuts_every_rung_of_the_cockroach_where_two_edges_would_do() {
    for k in 3..=12 {
        let graph = ok(cockroach(k));
        assert_eq!(
            (graph.vertex_count(), graph.edge_count()),
            (4 * k, 5 * k - 2)
        );
        let antennae = (0..4 * k).map(|i| usize::from(i % (2 * k) < k)).collect();
        exactly(ok(graph.cut(&antennae)), 2.0);
        exactly(cut_by_sign(&graph, false), k as f64);
    }
}

#[test]
fn the_normalised_vector_is_misled_by_cockroaches_up_to_k_8_only() {
    for k in 3..=12 {
        let wanted = if k <= 8 { k as f64 } else { 2.0 };
        exactly(cut_by_sign(&ok(cockroach(k)), true), wanted);
    }
}

#[test]
fn the_smallest_shapes_exist() {
    assert_eq!(ok(cockroach(1)).edge_count(), 3);
    assert_eq!(ok(star(2)), ok(path(2)));
    near(ok(cliques(1, 2, 0.0)).0.volume(), 2.0, 0.0);
}

#[test]
fn sizes_that_cannot_be_are_refused_by_name() {
    let many = usize::MAX;
    for (name, result) in [
        ("k", cockroach(0)),
        ("n", path(1)),
        ("n", cycle(2)),
        ("n", complete(0)),
        ("m", complete_bipartite(0, 3)),
        ("n", complete_bipartite(3, 0)),
        ("n", star(0)),
        ("dimension", hypercube(0)),
        ("rows", grid(0, 3)),
        ("columns", grid(3, 0)),
        ("rows times columns", grid(1, 1)),
        ("k", cliques(0, 3, 0.1).map(|(graph, _)| graph)),
        ("size", cliques(3, 1, 0.1).map(|(graph, _)| graph)),
        (
            "weight_between",
            cliques(3, 3, -0.1).map(|(graph, _)| graph),
        ),
        (
            "weight_between",
            cliques(3, 3, f64::NAN).map(|(graph, _)| graph),
        ),
        ("the number of edges", cockroach(many)),
        ("the number of edges", path(many)),
        ("the number of edges", cycle(many)),
        ("the number of edges", complete(many)),
        ("the number of edges", complete_bipartite(many, many)),
        ("the number of edges", star(many)),
        ("the number of edges", hypercube(u32::MAX)),
        ("the number of edges", hypercube(63)),
        ("the number of edges", grid(many, many)),
        (
            "the number of edges",
            cliques(many, many, 0.0).map(|(graph, _)| graph),
        ),
    ] {
        let error = refused(result);
        assert!(
            matches!(error, Error::Count { name: found, .. } | Error::Parameter { name: found, .. } if found == name),
            "{name}: {error}"
        );
    }
}

#[test]
fn a_weight_between_cliques_at_the_end_of_f64_is_refused() {
    let error = refused(cliques(2, 2, 1e300));
    assert!(
        matches!(
            error,
            Error::Parameter {
                name: "weight_between",
                ..
            }
        ),
        "{error}"
    );
}
