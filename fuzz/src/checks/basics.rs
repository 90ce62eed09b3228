//! Degrees, pieces, cuts, walks, springs, all splits of a small graph.

use super::{Subject, list};
use crate::oracle::{self, SUMS, alike};
use crate::random::Random;
use crate::run::Run;
use fiedler::ndarray::{Array1, Axis};
use fiedler::springs::{Masses, Motion, energy, normal_modes};
use fiedler::{
    exact::{exact_conductance, exact_normcut},
    walk,
};

pub fn basics(subject: &Subject<'_>, rng: &mut Random, run: &mut Run) {
    let (graph, n) = (subject.graph, subject.n());
    for (found, wanted) in graph.degrees().iter().zip(subject.degrees) {
        run.must(alike(*found, *wanted, SUMS), "degrees: wrong", || {
            format!("{found:e}, not {wanted:e}")
        });
    }
    run.must(
        graph.components().to_vec() == subject.labels_of_components,
        "components: wrong",
        || format!("{}", graph.components()),
    );
    run.must(
        graph.edge_count() == subject.edges().len(),
        "edge_count: wrong",
        || graph.edge_count().to_string(),
    );
    let mut edges: Vec<_> = subject
        .edges()
        .iter()
        .map(|&(i, j, w)| (i.min(j), i.max(j), w))
        .collect();
    edges.sort_by_key(|edge| (edge.0, edge.1));
    run.must(
        graph.weighted_edges().eq(edges.iter().copied()),
        "weighted_edges: not those given",
        String::new,
    );
    let k = rng.between(1, n.min(4));
    let labels = subject.labels(rng, k);
    let (cuts, volumes) = oracle::sums(n, subject.edges(), &labels.to_vec(), k);
    if let Some(found) = run.owed("Graph::cuts", || graph.cuts(&labels)) {
        let right = found.iter().zip(&cuts).all(|(a, b)| alike(*a, *b, SUMS));
        run.must(right, "Graph::cuts: wrong", || format!("{found} {cuts:?}"));
    }
    if let Some(found) = run.owed("Graph::cut", || graph.cut(&labels)) {
        let wanted = cuts.iter().sum::<f64>() / 2.0;
        run.must(alike(found, wanted, SUMS), "Graph::cut: wrong", || {
            format!("{found:e}, not {wanted:e}, for {labels}")
        });
    }
    if let Some(found) = run.owed("Graph::vols", || graph.vols(&labels)) {
        let right = found.iter().zip(&volumes).all(|(a, b)| alike(*a, *b, SUMS));
        run.must(right, "Graph::vols: wrong", || {
            format!("{found} {volumes:?}")
        });
    }
    if volumes.iter().all(|volume| *volume > 0.0) {
        let wanted = oracle::normcut(n, subject.edges(), &labels.to_vec(), k);
        if let Some(found) = run.owed("Graph::normcut", || graph.normcut(&labels)) {
            run.must(alike(found, wanted, SUMS), "Graph::normcut: wrong", || {
                format!("{found:e}, not {wanted:e}, for {labels}")
            });
        }
        if let Some(found) = run.owed("conductance", || {
            fiedler::certificate::conductance(graph, &labels)
        }) {
            let wanted = oracle::conductances(n, subject.edges(), &labels.to_vec(), k);
            let right = k == 1 || found.iter().zip(&wanted).all(|(a, b)| alike(*a, *b, SUMS));
            run.must(right, "conductance: wrong", || {
                format!("{found} {wanted:?}")
            });
            let range = found.iter().all(|c| (0.0..=1.0).contains(c));
            run.must(range, "conductance: outside 0 and 1", || {
                format!("{found} for {labels}")
            });
        }
    }
}

pub fn walk(subject: &Subject<'_>, rng: &mut Random, run: &mut Run) {
    let (graph, n) = (subject.graph, subject.n());
    if let Some(p) = run.call("transition_matrix", || walk::transition_matrix(graph)) {
        let right = p.sum_axis(Axis(1)).iter().all(|sum| alike(*sum, 1.0, SUMS));
        run.must(right, "transition_matrix: rows do not sum to 1", || {
            format!("{p}")
        });
    }
    if let Some(found) = run.call("stationary", || walk::stationary(graph)) {
        run.must(
            alike(found.sum(), 1.0, SUMS),
            "stationary: does not sum to 1",
            || format!("{found}"),
        );
    }
    let k = rng.between(1, n.min(3));
    let labels = subject.labels(rng, k);
    if let Some(found) = run.call("leaving_probability", || {
        walk::leaving_probability(graph, &labels)
    }) {
        let wanted = oracle::normcut(n, subject.edges(), &labels.to_vec(), k);
        run.must(
            alike(found.sum(), wanted, SUMS),
            "leaving_probability: does not sum to the normalised cut",
            || format!("{found} {wanted:e}"),
        );
    }
    if n > 30 {
        return;
    }
    run.call("commute_limit", || walk::commute_limit(graph));
    let Some(found) = run.call("commute_distances", || walk::commute_distances(graph)) else {
        return;
    };
    let volume: f64 = subject.degrees.iter().sum();
    run.must(
        found.iter().all(|entry| *entry >= 0.0),
        "commute_distances: negative or NaN",
        || format!("{found}"),
    );
    for &(i, j, a) in subject.edges().iter().filter(|(i, j, _)| i != j) {
        let distance = found[[i, j]];
        run.must(
            distance <= volume / a * (1.0 + 1e-6),
            "commute_distances: above that of the edge alone (vol/a)",
            || format!("({i}, {j}): {distance:e} > {:e}", volume / a),
        );
    }
    let outward = |i: usize| -> f64 {
        let own = subject
            .edges()
            .iter()
            .filter(|(p, q, _)| p != q && (*p == i || *q == i));
        own.map(|edge| edge.2).sum()
    };
    for i in 0..n {
        let least = volume / outward(i) * (1.0 - 1e-6);
        for j in (0..n).filter(|&j| j != i) {
            let distance = found[[i, j]];
            run.must(
                distance >= least,
                "commute_distances: below what the vertex's own edges cost (vol/d)",
                || format!("({i}, {j}): {distance:e} < {least:e}"),
            );
        }
    }
}

pub fn springs(subject: &Subject<'_>, rng: &mut Random, run: &mut Run) {
    let (graph, n) = (subject.graph, subject.n());
    let f: Array1<f64> = (0..n).map(|_| rng.normal()).collect();
    if let Some(found) = run.owed("energy", || energy(graph, &f)) {
        let terms = subject.edges().iter();
        let wanted: f64 = terms.map(|&(i, j, a)| a * (f[i] - f[j]).powi(2)).sum();
        run.must(alike(found, wanted, SUMS), "energy: wrong", || {
            format!("{found:e}, not {wanted:e}")
        });
    }
    let masses = rng.pick(&[Masses::Unit, Masses::Degrees]);
    let count = rng.between(1, n.min(6));
    let name = format!("normal_modes({masses:?})");
    let modes = run.attempt(&name, || normal_modes(graph, masses, count));
    let modes = match modes {
        Some(Ok(modes)) => modes,
        Some(Err(error)) => {
            super::spectra::no_surrender(subject, &name, &error, run);
            return;
        }
        None => return,
    };
    let (own, omega) = (list(&modes.masses), list(&modes.frequencies));
    let top = 2.0
        * own
            .iter()
            .zip(subject.degrees)
            .fold(0.0, |a: f64, (m, d)| a.max(d / m))
            .sqrt();
    run.must(
        omega.iter().all(|w| *w >= 0.0 && *w <= top * (1.0 + 1e-9)),
        &format!("{name}: frequencies out of range"),
        || format!("{omega:?}"),
    );
    run.must(
        omega.windows(2).all(|pair| pair[0] <= pair[1]),
        &format!("{name}: frequencies do not ascend"),
        || format!("{omega:?}"),
    );
    let free = omega.iter().filter(|w| **w == 0.0).count();
    run.must(
        free == subject.components.min(count),
        &format!("{name}: not one free motion for each component"),
        || format!("{omega:?}, {} components", subject.components),
    );
    if masses == Masses::Degrees {
        for (j, z) in modes.shapes.columns().into_iter().enumerate() {
            let z = z.to_vec();
            let off = oracle::worst_entry(subject.edges(), &own, omega[j].powi(2), &z);
            run.must(
                off <= 1e-6,
                &format!("{name}: a shape does not solve the equation"),
                || {
                    format!(
                        "mode {j} of {omega:?}: off by {off:e}: {}",
                        super::shown(&z)
                    )
                },
            );
        }
    }
    let rest = Array1::zeros(n);
    if let Some(motion) = run.owed("Motion::new", || Motion::new(&modes, &f, &rest)) {
        let time = rng.magnitude(-3.0, 3.0);
        let early = run.owed("total_energy", || motion.total_energy(0.0));
        let late = run.owed("total_energy", || motion.total_energy(time));
        if let (Some(early), Some(late)) = (early, late) {
            let allowed = if subject.steep() { 1e-6 } else { 1e-9 };
            run.must(
                alike(early, late, allowed) || early.abs().max(late.abs()) < 1e-250,
                "total_energy: not conserved",
                || format!("{early:e} {late:e} at {time:e}"),
            );
        }
    }
}

pub fn exact_splits(subject: &Subject<'_>, _: &mut Random, run: &mut Run) {
    let (graph, n) = (subject.graph, subject.n());
    if n > 10 {
        return;
    }
    let (normcut, conductance) = oracle::best_splits(n, subject.edges());
    if let Some(found) = run.call("exact_normcut", || exact_normcut(graph)) {
        let own = oracle::normcut(n, subject.edges(), &found.labels.to_vec(), 2);
        let right = alike(found.normcut, normcut, SUMS) && alike(own, normcut, SUMS);
        run.must(right, "exact_normcut: not the best", || {
            format!(
                "{:e}, labels {} of {own:e}, best {normcut:e}",
                found.normcut, found.labels
            )
        });
    }
    if let Some(found) = run.call("exact_conductance", || exact_conductance(graph)) {
        let own = oracle::conductances(n, subject.edges(), &found.labels.to_vec(), 2);
        let own = own.into_iter().fold(0.0, f64::max);
        let right = alike(found.conductance, conductance, SUMS) && alike(own, conductance, SUMS);
        run.must(right, "exact_conductance: not the best", || {
            format!(
                "{:e}, labels of {own:e}, best {conductance:e}",
                found.conductance
            )
        });
    }
}

pub fn induced(subject: &Subject<'_>, rng: &mut Random, run: &mut Run) {
    let n = subject.n();
    let kept: Vec<usize> = (0..rng.below(n + 2)).map(|_| rng.below(n)).collect();
    let Some(graph) = run.call("induced", || subject.graph.induced(&kept)) else {
        return;
    };
    let mut names: Vec<usize> = Vec::new();
    for vertex in kept {
        if !names.contains(&vertex) {
            names.push(vertex);
        }
    }
    let place = |vertex: usize| names.iter().position(|&name| name == vertex);
    let mut wanted: Vec<_> = subject
        .edges()
        .iter()
        .filter_map(|&(i, j, a)| Some((place(i)?, place(j)?, a)))
        .map(|(i, j, a)| (i.min(j), i.max(j), a))
        .collect();
    wanted.sort_by_key(|edge| (edge.0, edge.1));
    run.must(
        graph.vertex_count() == names.len() && graph.weighted_edges().eq(wanted),
        "induced: other edges",
        || format!("{names:?}"),
    );
}
