//! The certificate: bounds proved on random graphs by the exact optimum, the values of networkx, and pairs that
//! prove nothing.

mod support;

use fiedler::data::blog_moons;
use fiedler::graph::known::{cliques, complete, karate_club, path};
use fiedler::ndarray::{Array1, Array2, array, s};
use fiedler::{
    Eigenpairs, Error, Graph,
    certificate::{Certificate, cheeger_bounds, conductance},
    exact::{exact_conductance, exact_normcut},
    labels_by_sign,
};
use proptest::collection::vec;
use proptest::prelude::*;
use support::{
    EPS, FEW_ROUNDINGS, all_near, cases, connected_graph, exactly, graphs, near, number, ok,
    reference, refused, relatively_near, weights,
};

/// Ten roundings per row of a matrix of norm 2: a backward stable solver. As many for the sums of a cut.
fn rounding(n: usize) -> f64 {
    10.0 * n as f64 * EPS
}

fn certify(graph: &Graph, labels: &Array1<usize>) -> Certificate {
    let n = graph.vertex_count();
    let k = labels.iter().max().map_or(0, |last| last + 1);
    let pairs = ok(graph.smallest_eigenpairs((k + 1).min(n)));
    ok(Certificate::new(graph, &pairs, labels))
}

fn small_graphs() -> impl Strategy<Value = Graph> {
    (3_usize..=10)
        .prop_flat_map(|n| connected_graph(n, weights(-1.0, 1.0)))
        .prop_map(|a| ok(Graph::from_matrix(a)))
}

/// A random graph and labels of k ≥ 2 clusters, none of them empty.
fn graphs_and_labels() -> impl Strategy<Value = (Graph, Array1<usize>)> {
    graphs()
        .prop_flat_map(|a| (2..=a.nrows(), Just(a)))
        .prop_flat_map(|(k, a)| {
            let more = vec(0..k, a.nrows() - k);
            let labels = more.prop_map(move |more| (0..k).chain(more).collect::<Vec<_>>());
            (labels.prop_shuffle(), Just(a))
        })
        .prop_map(|(labels, a)| (ok(Graph::from_matrix(a)), labels.into()))
}

fn fiedler_pair(graph: &Graph) -> (f64, Array1<f64>) {
    let pairs = ok(graph.smallest_eigenpairs(2));
    (pairs.values[1], pairs.vectors.column(1).to_owned())
}

/// The labels of every threshold of z, from the lowest.
fn thresholds(z: &Array1<f64>) -> impl Iterator<Item = Array1<usize>> {
    let mut order: Vec<usize> = (0..z.len()).collect();
    order.sort_by(|&i, &j| z[i].total_cmp(&z[j]));
    (1..z.len()).map(move |below| {
        let mut labels = Array1::ones(order.len());
        order[..below].iter().for_each(|&i| labels[i] = 0);
        labels
    })
}

fn least(values: impl Iterator<Item = f64>) -> f64 {
    values.fold(f64::INFINITY, f64::min)
}

proptest! {
    #![proptest_config(cases(96))]

    #[test]
    fn the_second_eigenvalue_the_optimum_the_best_threshold_and_the_sign_ascend(graph in small_graphs()) {
        let (value, z) = fiedler_pair(&graph);
        let exact = ok(exact_normcut(&graph)).normcut;
        let best = least(thresholds(&z).map(|y| ok(graph.normcut(&y))));
        let sign = ok(graph.normcut(&ok(labels_by_sign(&z))));
        let rounding = rounding(graph.vertex_count());
        prop_assert!(value <= exact + rounding, "{value} {exact}");
        prop_assert!(exact <= best + rounding, "{exact} {best}");
        prop_assert!(best <= sign + rounding, "{best} {sign}");
    }

    #[test]
    fn the_conductance_of_the_graph_lies_between_cheegers_bounds(graph in small_graphs()) {
        let (value, z) = fiedler_pair(&graph);
        let (low, high) = ok(cheeger_bounds(value.max(0.0)));
        let exact = ok(exact_conductance(&graph)).conductance;
        let rounding = rounding(graph.vertex_count());
        prop_assert!(low <= exact + rounding, "{low} {exact}");
        prop_assert!(exact <= high + rounding, "{exact} {high}");
        // The proof of the upper bound finds a threshold that keeps it.
        let best = least(thresholds(&z).map(|y| ok(conductance(&graph, &y))[0]));
        prop_assert!(best <= high + rounding, "{best} {high}");
    }

    #[test]
    fn no_cluster_has_a_smaller_conductance_than_the_graph(graph in small_graphs()) {
        let exact = ok(exact_conductance(&graph)).conductance;
        let (_, z) = fiedler_pair(&graph);
        for y in thresholds(&z) {
            let of_clusters = ok(conductance(&graph, &y));
            prop_assert!(of_clusters.iter().all(|&found| found >= exact * (1.0 - rounding(10))));
        }
    }

    #[test]
    fn no_labels_have_a_smaller_normcut_than_the_sum_of_eigenvalues((graph, labels) in graphs_and_labels()) {
        let certificate = certify(&graph, &labels);
        let (n, k) = (graph.vertex_count(), certificate.clusters);
        // k eigenvalues, each with the solver's rounding.
        let slack = k as f64 * rounding(n);
        prop_assert!(certificate.lower_bound <= certificate.normcut + slack, "{certificate}");
        prop_assert!(certificate.ratio.is_none_or(|ratio| ratio >= 1.0 - slack / certificate.lower_bound));
        prop_assert_eq!(certificate.eigengap.is_none(), k == n);
        prop_assert_eq!(certificate.eigenvalues.len(), (k + 1).min(n));
        let (low, high) = certificate.optimum_lies_between();
        prop_assert!(low <= high);
        prop_assert!(certificate.conductances.iter().all(|&c| (0.0..=1.0 + rounding(n)).contains(&c)));
        // Conductances weigh by the smaller volume.
        prop_assert!(certificate.conductances.sum() >= certificate.normcut * (1.0 - rounding(n)));
    }
}

#[test]
fn every_vertex_on_its_own_has_the_sum_of_all_eigenvalues() {
    let labels = (0..7).collect();
    let certificate = certify(&ok(path(7)), &labels);
    // Each of the 7 cuts its whole volume; the trace of a Laplacian without loops.
    near(certificate.normcut, 7.0, FEW_ROUNDINGS * 7.0);
    near(certificate.lower_bound, 7.0, 7.0 * rounding(7));
    assert_eq!(certificate.eigengap, None);
}

#[test]
fn components_that_are_the_clusters_reach_the_bound() {
    let (graph, labels) = ok(cliques(4, 3, 0.0));
    let certificate = certify(&graph, &labels);
    exactly(certificate.normcut, 0.0);
    exactly(certificate.lower_bound, 0.0);
    exactly(certificate.largest_conductance, 0.0);
    assert_eq!(certificate.ratio, None);
    assert_eq!((certificate.components, certificate.clusters), (4, 4));
    assert!(certificate.is_optimal_within(1.0));
    assert_eq!(certificate.cheeger, (0.0, 0.0));
    near(certificate.eigengap.unwrap_or(0.0), 1.5, rounding(12));
}

#[test]
fn cliques_that_are_joined_evenly_reach_the_bound() {
    // λ₂ = … = λₖ = kmw/d, and each cluster's cut over its volume is (k − 1)mw/d: k of these are as much.
    let (graph, labels) = ok(cliques(3, 4, 0.05));
    let certificate = certify(&graph, &labels);
    near(certificate.ratio.unwrap_or(0.0), 1.0, 12.0 * rounding(12));
    assert!(certificate.is_optimal_within(1.0 + 12.0 * rounding(12)));
}

#[test]
fn the_posts_truth_is_at_most_2_139_times_the_best() {
    let moons = blog_moons();
    let graph = ok(Graph::epsilon(&moons.x, 0.4));
    let certificate = certify(&graph, &moons.y);
    near(
        certificate.lower_bound,
        0.005_384_412_046_144_769,
        rounding(200),
    );
    near(certificate.ratio.unwrap_or(0.0), 2.139, 5e-4); // as it is printed
    assert!(certificate.is_optimal_within(2.14));
    assert!(!certificate.is_optimal_within(2.13));
    // Of 13 edges: volumes 2299 and 2217.
    all_near(
        &certificate.conductances,
        &array![13.0 / 2217.0, 13.0 / 2217.0],
        EPS,
    );
}

#[test]
fn networkx_gives_the_karate_club_the_same_conductance_and_normcut() {
    let (graph, factions) = karate_club();
    let wanted = reference("certificate");
    let certificate = certify(&graph, &factions);
    relatively_near(
        certificate.normcut,
        number(&wanted["karate_normcut"]),
        FEW_ROUNDINGS,
    );
    let conductance = number(&wanted["karate_conductance"]);
    relatively_near(certificate.largest_conductance, conductance, FEW_ROUNDINGS);
    exactly(ok(graph.cut(&factions)), number(&wanted["karate_cut"]));
}

#[test]
fn the_karate_clubs_sign_and_best_threshold_miss_the_optimum_by_little() {
    let (graph, _) = karate_club();
    let (value, z) = fiedler_pair(&graph);
    let sign = ok(graph.normcut(&ok(labels_by_sign(&z))));
    let best = least(thresholds(&z).map(|y| ok(graph.normcut(&y))));
    // All cut 10 edges; of the volume 156, the smaller sides have 66, 76 and (tests/exact.rs) 78.
    relatively_near(sign, 26.0 / 99.0, FEW_ROUNDINGS);
    relatively_near(best, 39.0 / 152.0, FEW_ROUNDINGS);
    assert!(value < 10.0 / 39.0 && 10.0 / 39.0 < best);
}

#[test]
fn the_certificate_prints_no_digit_that_machines_differ_in() {
    let (graph, labels) = ok(cliques(2, 3, 0.0));
    let text = certify(&graph, &labels).to_string();
    for wanted in [
        "clusters                  2  (the graph has 2 component(s))",
        "normalised cut            0\n",
        "no 2 clusters have less   0  (λ₂)",
        "ratio                     – (the bound is 0)",
        "conductances              0  0\n",
        "eigenvalues               0  0  1.500",
        "residuals                 < 1e-12",
    ] {
        assert!(text.contains(wanted), "no `{wanted}` in\n{text}");
    }
}

#[test]
fn the_conductance_weighs_by_the_smaller_side() {
    let graph = ok(path(4));
    let found = ok(conductance(&graph, &array![0, 1, 1, 2]));
    all_near(&found, &array![1.0, 2.0 / 2.0, 1.0], EPS);
    assert_eq!(
        ok(conductance(&graph, &array![0, 0, 1, 1])),
        array![1.0 / 3.0, 1.0 / 3.0]
    );
}

#[test]
fn one_cluster_is_not_cut_from_anything() {
    let graph = ok(path(4));
    let one = Array1::zeros(4);
    assert_eq!(ok(conductance(&graph, &one)), array![0.0]);
    let pairs = ok(graph.smallest_eigenpairs(2));
    let certificate = ok(Certificate::new(&graph, &pairs, &one));
    assert_eq!((certificate.normcut, certificate.lower_bound), (0.0, 0.0));
}

#[test]
fn a_cluster_without_edges_has_no_conductance() {
    let graph = ok(Graph::from_edges(3, &[(0, 1, 1.0)]));
    let empty = Error::EmptyCluster { label: 1 };
    assert_eq!(refused(conductance(&graph, &array![0, 0, 1])), empty);
}

#[test]
fn labels_with_a_gap_are_refused() {
    let missing = Error::MissingLabel { label: 1 };
    assert_eq!(
        refused(conductance(&ok(path(3)), &array![0, 0, 2])),
        missing
    );
}

/// The error of a certificate of the path of 5, split in two, by these pairs.
#[track_caller]
fn proves_nothing(pairs: &Eigenpairs, wanted: &str) {
    let error = refused(Certificate::new(
        &ok(path(5)),
        pairs,
        &array![0, 0, 0, 1, 1],
    ));
    assert!(error.to_string().contains(wanted), "{error}");
}

#[test]
fn pairs_that_prove_nothing_are_refused() {
    let sound = ok(ok(path(5)).smallest_eigenpairs(3));
    let with = |change: &dyn Fn(&mut Eigenpairs)| {
        let mut pairs = sound.clone();
        change(&mut pairs);
        pairs
    };
    let few = Eigenpairs {
        values: sound.values.slice(s![..2]).to_owned(),
        vectors: sound.vectors.slice(s![.., ..2]).to_owned(),
        residuals: sound.residuals.slice(s![..2]).to_owned(),
    };
    proves_nothing(&few, "the number of eigenpairs is 2,");
    proves_nothing(&with(&|pairs| pairs.vectors *= 2.0), "normalise it");
    proves_nothing(&with(&|pairs| pairs.vectors.fill(0.0)), "normalise it");
    proves_nothing(&with(&|pairs| pairs.values[1] *= 1.001), "residual");
    proves_nothing(&with(&|pairs| pairs.values[1] = f64::NAN), "NaN");
    proves_nothing(&with(&|pairs| pairs.vectors[[3, 2]] = f64::NAN), "NaN");
    proves_nothing(
        &ok(ok(path(6)).smallest_eigenpairs(3)),
        "an eigenvector has 6 entries",
    );
    let none = Eigenpairs {
        values: Array1::zeros(0),
        vectors: Array2::zeros((5, 0)),
        residuals: Array1::zeros(0),
    };
    proves_nothing(&none, "the number of eigenpairs is 0,");
}

#[test]
fn the_pairs_of_another_graph_are_refused() {
    // The complete graph's vectors are another's on the path, where the degrees differ.
    let pairs = ok(ok(complete(5)).smallest_eigenpairs(3));
    proves_nothing(&pairs, "must be");
}

#[test]
fn cheegers_bounds_are_of_eigenvalues_only() {
    assert_eq!(ok(cheeger_bounds(2.0)), (1.0, 2.0));
    for value in [-0.1, 2.1, f64::NAN, f64::INFINITY] {
        let error = refused(cheeger_bounds(value));
        assert!(
            matches!(
                error,
                Error::Parameter {
                    name: "lambda2",
                    ..
                }
            ),
            "{error}"
        );
    }
}
