//! What is documented of eigenvalues holds to the last bit: in [0, 2], ascending, exactly 0 for null vectors, in every
//! function; and what one function returns no other refuses.

mod support;

use fiedler::ndarray::{Array1, Array2};
use fiedler::{
    Eigenpairs, Error, Graph, SpectralClustering,
    certificate::{Certificate, cheeger_bounds},
    eig_random_walk, eigh_generalized, eigh_symmetric,
    graph::known,
    labelling::eigengap,
    normcut,
    power::{largest_of_affinity, power_iteration},
    rayleigh_quotient,
    solvers::{self, Solver},
    transform,
};
use proptest::collection::vec;
use proptest::prelude::*;
use support::{cases, near, ok};

/// In [0, 2], ascending, and as many zeros as components.
fn hold(values: &Array1<f64>, components: usize, name: &str) {
    let shown = format!("{name}: {:?}", values.to_vec());
    assert!(
        values.iter().all(|value| (0.0..=2.0).contains(value)),
        "{shown}"
    );
    assert!(
        values.windows(2).into_iter().all(|two| two[0] <= two[1]),
        "{shown}"
    );
    let null = components.min(values.len());
    assert!(
        values.iter().take(null).all(|&value| value == 0.0),
        "{shown}"
    );
    assert!(
        values.iter().skip(null).all(|&value| value > 0.0),
        "{shown}"
    );
    for &value in values {
        ok(cheeger_bounds(value));
    }
}

/// zᵢᵀDzⱼ is 1 for i = j and 0 otherwise: to rounding, and on steep graphs to what settled entries may add to w.
fn orthonormal(pairs: &Eigenpairs, d: &Array1<f64>, steep: bool, name: &str) {
    let allowed = if steep { 1e-5 } else { 1e-8 };
    for (i, z) in pairs.vectors.columns().into_iter().enumerate() {
        for (j, other) in pairs.vectors.columns().into_iter().enumerate() {
            let product: f64 = (0..d.len()).map(|v| z[v] * d[v] * other[v]).sum();
            let wanted = f64::from(u8::from(i == j));
            assert!(
                (product - wanted).abs() < allowed,
                "{name}: {i}, {j}: {product:e}"
            );
        }
    }
}

/// The pairs; `None` where a graph whose degrees are of many different sizes defeats every solver, and they say so.
fn answered(found: fiedler::Result<Eigenpairs>, may_refuse: bool) -> Option<Eigenpairs> {
    match found {
        Err(Error::Solver { .. }) if may_refuse => None,
        other => Some(ok(other)),
    }
}

/// Every function that gives eigenvalues of the normalised cut, on a graph without isolated vertices.
fn everywhere(graph: &Graph) {
    let (n, components) = (graph.vertex_count(), graph.component_count());
    let d = graph.degrees();
    let (least, most) = d
        .iter()
        .fold((f64::INFINITY, 0.0), |(least, most): (f64, f64), &d| {
            (least.min(d), most.max(d))
        });
    let steep = most > 1e10 * least;
    let a = ok(graph.matrix());
    let routes: [(&str, fiedler::Result<Eigenpairs>); 3] = [
        ("eig_random_walk", eig_random_walk(&a)),
        ("eigh_symmetric", eigh_symmetric(&a)),
        ("eigh_generalized", eigh_generalized(&a)),
    ];
    for (name, pairs) in routes {
        if let Some(pairs) = answered(pairs, steep) {
            hold(&pairs.values, components, name);
            orthonormal(&pairs, d, steep, name);
        }
    }
    for count in [1, 2, n / 2, n] {
        let count = count.max(1);
        // The first two are what a split in two takes.
        let may_refuse = steep && count > 2;
        let Some(pairs) = answered(graph.smallest_eigenpairs(count), may_refuse) else {
            continue;
        };
        hold(&pairs.values, components, "smallest_eigenpairs");
        orthonormal(&pairs, d, steep, "smallest_eigenpairs");
        assert!(
            ok(graph.residuals(&pairs.values, &pairs.vectors))
                .iter()
                .all(|&residual| residual < 1e-6)
        );
        if pairs.values.len() > 1 && pairs.values[pairs.values.len() - 1] > 0.0 {
            let found = eigengap(&pairs.values);
            assert!(
                found.is_ok() || found.unwrap_err().to_string().contains("repeated"),
                "eigengap refuses the order of what smallest_eigenpairs returns"
            );
        }
    }
    let labels: Array1<usize> = (0..n).map(|i| usize::from(i >= n / 2)).collect();
    let pairs = answered(graph.smallest_eigenpairs(n.min(3)), steep);
    let certificate = pairs.map(|pairs| Certificate::new(graph, &pairs, &labels));
    if let Some(Ok(certificate)) = certificate {
        let (least, most) = certificate.cheeger;
        assert!(0.0 <= least && least <= most, "{least:e} {most:e}");
        assert!(certificate.lower_bound <= certificate.normcut);
        assert!(
            certificate
                .conductances
                .iter()
                .all(|phi| (0.0..=1.0).contains(phi))
        );
    }
    if let Ok(cut) = normcut(&a, &labels) {
        assert!((0.0..=2.0).contains(&cut));
        let z = ok(transform(&a, &labels));
        // Both add positive numbers alone.
        near(ok(rayleigh_quotient(&a, &z)), cut, 1e-13 * cut);
    }
    if let Ok(found) = SpectralClustering::new().fit_graph(graph) {
        hold(&found.eigenvalues, components, "fit_graph");
        assert!(found.certificate.lower_bound <= found.certificate.normcut);
        assert!(found.certificate.eigengap.is_none_or(|gap| gap >= 0.0));
    }
    let affinity = ok(largest_of_affinity(graph, n)).values;
    assert!(affinity.iter().all(|mu| (-1.0..=1.0).contains(mu)));
    let power = ok(power_iteration(graph, 1, 1e-10, 50)).values;
    assert!(power.iter().all(|mu| (-1.0..=1.0).contains(mu)));
    for found in [
        ok(solvers::lanczos(graph, 2, 1e-10, 50)),
        ok(solvers::chebyshev(graph, 2, 8, 1e-10, 20)),
        ok(solvers::multigrid(graph, 2, 1e-10)),
    ] {
        hold(&found.pairs.values, components, found.method);
    }
}

#[test]
fn of_the_examples_that_were_found_by_trying() {
    everywhere(&ok(Graph::from_edges(2, &[(0, 1, 1.0)])));
    everywhere(&ok(known::cliques(2, 6, 1e-18)).0);
    everywhere(&ok(known::complete_bipartite(7, 9)));
    everywhere(&ok(known::path(3)));
    everywhere(&ok(known::star(9)));
    let moons = ok(fiedler::data::moons(50, 0.05, 1));
    let graph = ok(Graph::gaussian(&moons.x, 0.02));
    if graph.isolated_vertices().is_empty() {
        hold(
            &ok(graph.smallest_eigenpairs(6)).values,
            graph.component_count(),
            "moons",
        );
    }
    for edges in [
        &[(0, 1, 0.533), (0, 2, 1.0), (0, 3, 2.7e-37)][..],
        &[(0, 1, 1.0), (1, 2, 2.1e45), (1, 3, 1.1e71), (0, 4, 1.5e69)],
        &[(0, 1, 1.1e-25), (0, 2, 1.0), (0, 3, 1.0)],
        &[(2, 3, 1e-18), (3, 4, 1.0), (4, 5, 1.0), (0, 1, 1.0)],
        &[(0, 1, 1.8e19), (2, 3, 9.7e15), (0, 3, 1.0), (2, 2, 2.4e19)],
        // λ = 1 and 2 are repeated in components of very different weight.
        &[(4, 1, 1.0), (3, 1, 1.0), (6, 5, 1.1e68), (0, 2, 5.8e43)],
        &[(1, 5, 1.0), (2, 0, 1.0), (4, 6, 1e-10), (6, 3, 1e-18)],
        &[(0, 1, 1.0), (1, 2, 2.5e-77), (2, 3, 4.7e-43)],
        &[(4, 2, 3.1e15), (2, 0, 1e16), (1, 3, 2.45e24)],
        &[(0, 2, 1.0), (1, 3, 1.0), (0, 4, 1.0), (3, 5, 2.6e37)],
        &[(1, 2, 1.0), (0, 4, 1.0), (1, 1, 1.6e48), (3, 3, 1.0)],
        &[(0, 1, 1e-16), (1, 2, 2.2e-308), (2, 3, 1e-37), (3, 4, 1.0)],
        &[(0, 3, 1e-4), (4, 5, 1e6), (1, 3, 1e-5), (2, 3, 1e-4)],
        &[(0, 2, 1e6), (3, 1, 1.3e-8), (4, 1, 1e-6)],
        &[
            (5, 1, 1.0),
            (0, 7, 1.0),
            (0, 6, 1000.0),
            (7, 2, 1e-6),
            (8, 4, 1.0),
            (0, 3, 1.0),
        ],
        &[
            (5, 0, 100.0),
            (5, 2, 1e8),
            (3, 4, 1e-5),
            (4, 1, 1e-3),
            (3, 1, 1e-7),
            (0, 3, 1e-9),
        ],
        &[
            (1, 5, 1.0),
            (3, 0, 1.0),
            (7, 1, 3.3e53),
            (4, 6, 1.0),
            (8, 8, 1.0),
            (2, 2, 1.0),
        ],
        &[(2, 3, 1.0), (0, 1, 3.2e60), (1, 1, 6.8e73), (4, 4, 1.0)],
        &[
            (2, 1, 1.0),
            (1, 5, 7e53),
            (5, 3, 4.4e61),
            (3, 0, 1.0),
            (2, 4, 1.9e18),
        ],
        &[(0, 2, 1.0), (1, 3, 1.0), (2, 1, 1.18e-39)],
        &[(1, 3, 3.5e-15), (3, 0, 4.9e10), (1, 2, 2.2e9)],
    ] {
        let n = edges.iter().map(|&(i, j, _)| i.max(j) + 1).max();
        everywhere(&ok(Graph::from_edges(n.expect("edges"), edges)));
    }
}

#[test]
fn small_ones_keep_their_digits() {
    // Two edges joined by w: λ₂ = w/(1 + w), by any route.
    for w in [1e-3, 1e-9, 1e-15, 1e-18, 1e-30, 1e-60] {
        let graph = ok(Graph::from_edges(4, &[(0, 1, 1.0), (1, 2, w), (2, 3, 1.0)]));
        let a = ok(graph.matrix());
        let wanted = w / (1.0 + w);
        near(ok(fiedler::fiedler_vector(&a)).value / wanted, 1.0, 1e-12);
        for solver in [Solver::Auto, Solver::Dense, Solver::Elimination] {
            let (pairs, _) = ok(graph.smallest_eigenpairs_by(solver, 2));
            near(pairs.values[1] / wanted, 1.0, 1e-12);
        }
        let certificate = ok(SpectralClustering::new().fit_graph(&graph)).certificate;
        near(certificate.normcut / (2.0 * w / (2.0 + w)), 1.0, 1e-12);
        assert!(certificate.lower_bound <= certificate.normcut);
    }
}

proptest! {
    #![proptest_config(cases(200))]

    #[test]
    fn of_graphs_with_weights_over_forty_orders(
        n in 2..9_usize,
        exponents in vec(-20.0..20.0_f64, 8 * 7 / 2),
        kept in vec(any::<bool>(), 8 * 7 / 2),
    ) {
        let mut a = Array2::zeros((n, n));
        let pairs = (0..n).flat_map(|i| (0..i).map(move |j| (i, j)));
        for ((i, j), (exponent, kept)) in pairs.zip(exponents.iter().zip(kept)) {
            // A path through all of them, so that nobody is alone.
            if kept || j + 1 == i {
                a[[i, j]] = 10_f64.powf(*exponent);
                a[[j, i]] = a[[i, j]];
            }
        }
        everywhere(&ok(Graph::from_matrix(a)));
    }
}
