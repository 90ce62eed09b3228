//! Long and thin graphs: eigenvalues that are tiny, close together, and yet told apart.

mod support;

use fiedler::ndarray::Array2;
use fiedler::{
    Error, Graph, GraphRule, SpectralClustering, embedding::eigenpairs, fiedler_vector,
    graph::known,
};
use fiedler::{embedding::Laplacian, labels_by_sign};
use std::f64::consts::PI;
use support::{near, ok, refused};

/// λⱼ₊₁ of a path of n vertices: 1 − cos(jπ/(n − 1)), as the square of a sine, which keeps its digits.
fn of_path(n: usize, j: usize) -> f64 {
    2.0 * (j as f64 * PI / (2.0 * (n as f64 - 1.0))).sin().powi(2)
}

#[test]
fn a_long_path_is_cut_in_its_middle() {
    for n in [1_000, 10_000, 90_000, 1_000_000] {
        let found = ok(SpectralClustering::new().fit_graph(&ok(known::path(n))));
        for j in 1..3 {
            let wanted = of_path(n, j);
            near(
                found.eigenvalues[j] / wanted,
                1.0,
                if j == 1 { 1e-6 } else { 0.05 },
            );
        }
        let ones = found.labels.sum();
        assert_eq!(ones, n / 2, "{n}");
        assert_eq!(found.labels[0] + found.labels[n - 1], 1);
    }
}

#[test]
fn a_track_of_two_hundred_thousand_points_is_answered() {
    let n = 200_000;
    let x = Array2::from_shape_fn((n, 2), |(i, column)| {
        let u = i as f64 / (n as f64 - 1.0);
        if column == 0 {
            48.0 + 0.5 * u
        } else {
            11.0 + 0.4 * (6.0 * u).sin()
        }
    });
    let found = ok(SpectralClustering::new()
        .graph(GraphRule::nearest_neighbors(10))
        .fit(&x));
    let changes = (1..n).filter(|&i| found.labels[i] != found.labels[i - 1]);
    assert_eq!(changes.count(), 1);
    let share = found.labels.sum() as f64 / n as f64;
    assert!((share - 0.5).abs() < 0.01, "{share}");
}

#[test]
fn a_repeated_eigenvalue_is_said_to_be_repeated_as_often_as_it_is() {
    let repeated = |error: Error| match error {
        Error::RepeatedEigenvalue {
            index,
            multiplicity,
            ..
        } => (index, multiplicity),
        other => panic!("{other}"),
    };
    let star = ok(Graph::from_edges(
        14,
        &(1..14).map(|i| (0, i, 1.0)).collect::<Vec<_>>(),
    ));
    let fit = |graph: &Graph, k: usize| {
        repeated(refused(
            SpectralClustering::new().clusters(k).fit_graph(graph),
        ))
    };
    assert_eq!(fit(&star, 2), (2, Some(12)));
    assert_eq!(fit(&star, 5), (5, Some(12)));
    assert_eq!(
        repeated(refused(fiedler_vector(&ok(star.matrix())))),
        (2, Some(12))
    );
    let triangles = [(0, 1), (0, 2), (1, 2), (3, 4), (3, 5), (4, 5)].map(|(i, j)| (i, j, 1.0));
    let triangles = ok(Graph::from_edges(6, &triangles));
    assert_eq!(fit(&triangles, 3), (3, Some(4)));
    // A ring is too large to be looked at whole, and repeats all the same.
    assert_eq!(fit(&ok(known::cycle(1000)), 2), (2, None));
}

#[test]
fn the_scale_of_the_weights_decides_nothing() {
    // λ of D − A go with the weights: 10⁻³⁰ or 10³⁰ of them are the same graph.
    for scale in [1e-30, 1.0, 1e30] {
        let weights = [1.0, 0.1, 1.0].map(|weight| weight * scale);
        let edges: Vec<_> = (0..3).map(|i| (i, i + 1, weights[i])).collect();
        let graph = ok(Graph::from_edges(4, &edges));
        let found = ok(SpectralClustering::new()
            .laplacian(Laplacian::Unnormalized)
            .fit_graph(&graph));
        assert_eq!(found.labels[0], found.labels[1]);
        assert_ne!(found.labels[1], found.labels[2]);
    }
}

#[test]
fn one_heavy_edge_hides_no_light_one() {
    // D − A of a path with one edge of 3.8e60: λ₂ is that of the path in which its two ends are one.
    let edges = [
        (3, 2, 1.0),
        (2, 0, 1.0),
        (0, 1, 3.8e60),
        (1, 5, 1.0),
        (5, 4, 1.0),
    ];
    let graph = ok(Graph::from_edges(6, &edges));
    let pairs = ok(eigenpairs(&graph, Laplacian::Unnormalized, 3));
    // The middle weighs 2: z is odd about it, and each half is a path fixed at one end, 4 sin²(π/10).
    near(pairs.values[1], 4.0 * (PI / 10.0).sin().powi(2), 1e-10);
    let labels = ok(labels_by_sign(&pairs.vectors.column(1).to_owned()));
    assert_eq!(labels[3], labels[2]);
    assert_eq!(labels[5], labels[4]);
    assert_ne!(labels[2], labels[5]);
}
