//! Arbitrary numbers as labels, through every function that takes labels.

use crate::oracle::{self, SUMS, alike};
use crate::random::Random;
use crate::run::Run;
use fiedler::ndarray::{Array1, Array2, array};
use fiedler::{Graph, certificate::Certificate};
use fiedler::{
    adjusted_rand_index, agreement, scores::normalized_mutual_information,
    stability::surviving_share,
};
use std::collections::BTreeSet;

/// One input.
pub fn run(seed: u64) -> (Run, String) {
    let mut rng = Random::new(seed);
    let mut run = Run::default();
    let n = rng.between(2, 9);
    let mut edges = Vec::new();
    for i in 1..n {
        if !rng.chance(0.1) {
            edges.push((rng.below(i), i, rng.pick(&[1.0, 0.5, 1e-20, 3e10])));
        }
    }
    let labels = drawn(&mut rng, n);
    let other = drawn(&mut rng, n);
    let code = format!(
        "let graph = Graph::from_edges({n}, &{edges:?})?; let labels = array!{labels:?}; let other = array!{other:?};"
    );
    let (labels, other) = (Array1::from_vec(labels), Array1::from_vec(other));
    if let Ok(graph) = Graph::from_edges(n, &edges) {
        cuts(&graph, &edges, &labels, &mut rng, &mut run);
    }
    scores(&labels, &other, &mut run);
    (run, code)
}

fn drawn(rng: &mut Random, n: usize) -> Vec<usize> {
    let length = if rng.chance(0.85) {
        n
    } else {
        rng.below(n + 3)
    };
    let high = match rng.below(6) {
        0 => 1,
        1 | 2 => 2,
        3 => n,
        4 => n + 2,
        _ => 3,
    };
    let mut labels: Vec<usize> = (0..length).map(|_| rng.below(high)).collect();
    if rng.chance(0.15) && length > 0 {
        let odd = [
            usize::MAX,
            usize::MAX / 2,
            usize::MAX / 8,
            1 << 40,
            1 << 32,
            n,
            n + 1,
            100,
        ];
        labels[rng.below(length)] = rng.pick(&odd);
    }
    labels
}

/// The number of clusters of labels 0, …, k − 1 without a gap.
fn clusters(labels: &Array1<usize>, n: usize) -> Option<usize> {
    let values: BTreeSet<usize> = labels.iter().copied().collect();
    let whole = values.iter().copied().eq(0..values.len());
    (labels.len() == n && whole).then_some(values.len())
}

fn cuts(
    graph: &Graph,
    edges: &[oracle::Edge],
    labels: &Array1<usize>,
    rng: &mut Random,
    run: &mut Run,
) {
    let n = graph.vertex_count();
    let k = clusters(labels, n);
    let own = k.map(|k| oracle::sums(n, edges, &labels.to_vec(), k));
    let volumes = own
        .as_ref()
        .is_some_and(|own| own.1.iter().all(|v| *v > 0.0));
    judge(
        run,
        "Graph::cut",
        graph.cut(labels),
        own.as_ref().map(|own| own.0.iter().sum::<f64>() / 2.0),
    );
    let normcut = k
        .filter(|_| volumes)
        .map(|k| oracle::normcut(n, edges, &labels.to_vec(), k));
    judge(run, "Graph::normcut", graph.normcut(labels), normcut);
    run.call("Graph::cuts", || graph.cuts(labels));
    run.call("Graph::vols", || graph.vols(labels));
    run.call("conductance", || {
        fiedler::certificate::conductance(graph, labels)
    });
    run.call("leaving_probability", || {
        fiedler::walk::leaving_probability(graph, labels)
    });
    run.call("simulate_leaving", || {
        fiedler::walk::simulate_leaving(graph, labels, rng.below(20), 1)
    });
    let x = Array2::from_shape_fn((n, 2), |_| rng.normal());
    if let Some(found) = run.call("characteristics", || {
        fiedler::characteristics::characteristics(&x, graph, labels)
    }) {
        oracle::readable(run, "Characteristics", &found.to_string());
        run.must(
            k.is_some(),
            "characteristics: accepted labels that are none",
            || format!("{labels}"),
        );
        let share = found.between + found.within.sum();
        run.must(
            alike(share, found.total, 1e-9),
            "characteristics: the sums of squares do not add up",
            || format!("{found:?}"),
        );
    }
    if let Ok(pairs) = graph.smallest_eigenpairs((k.unwrap_or(2) + 1).min(n))
        && let Some(found) = run.call("Certificate::new", || {
            Certificate::new(graph, &pairs, labels)
        })
    {
        run.must(
            normcut.is_some(),
            "Certificate::new: accepted labels that are none",
            || format!("{labels}"),
        );
        if k.is_some_and(|k| k == found.clusters) {
            crate::checks::answers::certificate_holds(&found, n, edges, &labels.to_vec(), run);
        }
    }
    let Ok(a) = graph.matrix() else { return };
    // Two different values are a split, whatever they are.
    let values: BTreeSet<usize> = labels.iter().copied().collect();
    let split = labels.len() == n && values.len() == 2;
    let sides: Vec<usize> = labels
        .iter()
        .map(|label| usize::from(Some(label) != values.first()))
        .collect();
    let own = split.then(|| oracle::sums(n, edges, &sides, 2));
    judge(
        run,
        "cut",
        fiedler::cut(&a, labels),
        own.as_ref().map(|own| own.0[0]),
    );
    let whole = own
        .as_ref()
        .is_some_and(|own| own.1.iter().all(|volume| *volume > 0.0));
    let normcut = (split && whole).then(|| oracle::normcut(n, edges, &sides, 2));
    judge(run, "normcut", fiedler::normcut(&a, labels), normcut);
    run.call("vols", || fiedler::vols(&a, labels));
    let quotient = run.call("transform", || fiedler::transform(&a, labels));
    let quotient =
        quotient.and_then(|z| run.owed("rayleigh_quotient", || fiedler::rayleigh_quotient(&a, &z)));
    if let (Some(found), Some(normcut)) = (quotient, normcut) {
        run.must(
            alike(found, normcut, 1e-9),
            "transform: its quotient is not the normalised cut",
            || format!("{found:e}, not {normcut:e}, for {labels}"),
        );
    }
}

/// Answered with the right number where there is one, and refused where there is none.
fn judge(run: &mut Run, name: &str, found: fiedler::Result<f64>, wanted: Option<f64>) {
    let Some(found) = run.attempt(name, || found) else {
        return;
    };
    match (found, wanted) {
        (Ok(found), Some(wanted)) => run.must(
            alike(found, wanted, SUMS),
            &format!("{name}: wrong"),
            || format!("{found:e}, not {wanted:e}"),
        ),
        (Ok(found), None) => run.fault(
            format!("{name}: accepted labels that are none"),
            format!("{found:e}"),
        ),
        (Err(error), Some(_)) => run.fault(
            format!("{name}: refused labels that are right"),
            error.to_string(),
        ),
        (Err(_), None) => {}
    }
}

type Score = fn(&Array1<usize>, &Array1<usize>) -> fiedler::Result<f64>;

fn scores(labels: &Array1<usize>, other: &Array1<usize>, run: &mut Run) {
    let all: [(&str, Score, f64); 4] = [
        ("agreement", agreement, 0.5),
        ("adjusted_rand_index", adjusted_rand_index, -1.0),
        (
            "normalized_mutual_information",
            normalized_mutual_information,
            0.0,
        ),
        ("surviving_share", surviving_share, 0.0),
    ];
    for (name, score, least) in all {
        let found = run.call(name, || score(labels, other));
        let back = run.call(name, || score(other, labels));
        run.must(
            found.is_some() == back.is_some(),
            &format!("{name}: refused one way round only"),
            || format!("{found:?} {back:?}"),
        );
        if let Some(found) = found {
            run.must(
                (least..=1.0).contains(&found),
                &format!("{name}: out of range"),
                || format!("{found:e}"),
            );
        }
        if let (Some(found), Some(back), true) = (found, back, name != "surviving_share") {
            run.must(
                (found - back).abs() < 1e-12,
                &format!("{name}: not symmetric"),
                || format!("{found:e} {back:e}"),
            );
        }
        if let Some(found) = run.call(name, || score(labels, labels)) {
            run.must(
                (found - 1.0).abs() < 1e-12,
                &format!("{name}: labels do not agree with themselves"),
                || format!("{found:e}"),
            );
        }
    }
    run.call("labels_by_sign", || fiedler::labels_by_sign(&array![0.0]));
}
