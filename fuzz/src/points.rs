//! Points through every graph and the estimator.

use crate::checks::answers::certificate_holds;
use crate::oracle;
use crate::random::Random;
use crate::run::{Run, variant};
use fiedler::ndarray::{Array1, Array2};
use fiedler::parameters::{Bandwidth, NeighborCount};
use fiedler::{
    Clustering, Error, Graph, GraphRule, Isolated, Labelling, SpectralClustering, graph::Symmetry,
};

/// One input.
pub fn run(seed: u64) -> (Run, String) {
    let mut rng = Random::new(seed);
    let mut run = Run::default();
    let x = drawn(&mut rng);
    run.wild = x.iter().any(|entry| !entry.is_finite());
    let (n, columns) = x.dim();
    let rows: Vec<Vec<f64>> = x.rows().into_iter().map(|row| row.to_vec()).collect();
    let mut code = format!("let x = array!{rows:?};");
    if n == 0 || columns == 0 {
        code = format!("let x = Array2::<f64>::zeros(({n}, {columns}));");
    }
    if rng.chance(0.3) {
        edges(&x, &mut rng, &mut run, &mut code);
    } else {
        fit(&x, &mut rng, &mut run, &mut code);
    }
    (run, code)
}

fn drawn(rng: &mut Random) -> Array2<f64> {
    if rng.chance(0.01) {
        return Array2::zeros((rng.below(3), rng.below(3)));
    }
    let n = match rng.below(100) {
        0..=69 => rng.between(2, 10),
        70..=95 => rng.between(11, 40),
        96..=98 => rng.between(41, 100),
        _ => rng.between(101, 300),
    };
    let columns = rng.pick(&[1, 1, 2, 2, 2, 3, 4, 9, 20]);
    let scale = match rng.below(8) {
        0 => rng.magnitude(-200.0, 200.0),
        1 => rng.magnitude(-308.0, 308.0),
        2 => rng.magnitude(-8.0, 8.0),
        _ => 1.0,
    };
    let kind = rng.below(8);
    let groups = rng.between(1, 4) as f64;
    let levels = rng.between(1, 4);
    let mut x = Array2::from_shape_fn((n, columns), |(i, _)| match kind {
        0 => rng.below(levels) as f64,
        1 => 10.0 * (i as f64 % groups) + rng.normal(),
        2 => 10.0 * (i as f64 % groups) + 0.1 * rng.normal(),
        3 => i as f64,
        4 => rng.magnitude(-6.0, 6.0),
        5 => (i / 2) as f64,
        _ => rng.normal(),
    });
    if kind == 3 && rng.chance(0.5) {
        x.mapv_inplace(|t| (t * 0.7).sin() + 0.1 * t);
    }
    if rng.chance(0.2) {
        let (i, far) = (rng.below(n), rng.magnitude(1.0, 4.0));
        x.row_mut(i).fill(far);
    }
    if rng.chance(0.2) {
        for _ in 0..rng.below(n) {
            let (i, j) = (rng.below(n), rng.below(n));
            let row = x.row(i).to_owned();
            x.row_mut(j).assign(&row);
        }
    }
    let shift = if rng.chance(0.1) {
        rng.magnitude(0.0, 12.0)
    } else {
        0.0
    };
    x.mapv_inplace(|entry| (entry + shift) * scale);
    if rng.chance(0.01) {
        x[[rng.below(n), 0]] = rng.pick(&[f64::NAN, f64::INFINITY, f64::NEG_INFINITY]);
    }
    x
}

fn some_rule(x: &Array2<f64>, rng: &mut Random) -> GraphRule {
    let n = x.nrows();
    let k = match rng.below(4) {
        0 => NeighborCount::Ln,
        1 => NeighborCount::Log10,
        _ => NeighborCount::Fixed(rng.between(0, n.min(8))),
    };
    let size = x
        .iter()
        .copied()
        .filter(|e| e.is_finite())
        .fold(0.0, |a: f64, b| a.max(b.abs()));
    let length = size * rng.magnitude(-3.0, 1.0);
    let sigma = match rng.below(6) {
        0 => Bandwidth::MeanNeighborDistance(k),
        1 => Bandwidth::MedianDistance,
        2 => Bandwidth::Features,
        3 => Bandwidth::Ln,
        _ => Bandwidth::Fixed(length),
    };
    match rng.below(7) {
        0 => GraphRule::Epsilon(length),
        1 => GraphRule::MaxMinEpsilon,
        2 => GraphRule::NearestNeighbors(k, rng.pick(&[Symmetry::Average, Symmetry::Either])),
        3 => GraphRule::MutualNearestNeighbors(k),
        4 => GraphRule::Gaussian(sigma),
        5 => GraphRule::GaussianOnNearestNeighbors(sigma, k),
        _ => GraphRule::LocalScaling(rng.between(0, n.min(8))),
    }
}

fn distance(x: &Array2<f64>, i: usize, j: usize) -> f64 {
    let (one, other) = (x.row(i), x.row(j));
    let both = || one.iter().zip(other.iter());
    let size = both().fold(0.0, |a: f64, (p, q)| a.max((p - q).abs()));
    if size == 0.0 || !size.is_finite() {
        return size;
    }
    let squares = both().map(|(p, q)| ((p - q) / size).powi(2));
    size * squares.sum::<f64>().sqrt()
}

/// The edges of the graphs against all distances.
fn edges(x: &Array2<f64>, rng: &mut Random, run: &mut Run, code: &mut String) {
    let rule = some_rule(x, rng);
    *code = format!("{code} let rule = {rule:?};");
    run.wild |= format!("{rule:?}").contains("inf");
    let Some(graph) = run.call("GraphRule::build", || rule.build(x)) else {
        return;
    };
    let Some(rule) = run.owed("GraphRule::resolved", || rule.resolved(x)) else {
        return;
    };
    let n = x.nrows();
    if n > 100 {
        return;
    }
    let near = |i: usize, k: usize| {
        let mut others: Vec<(f64, usize)> = (0..n)
            .filter(|&j| j != i)
            .map(|j| (distance(x, i, j), j))
            .collect();
        others.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        // Distances that tie but for rounding: no word on who is in.
        let last = others[k - 1].0;
        let unsure = others
            .get(k)
            .is_some_and(|next| next.0 <= last * (1.0 + 1e-9));
        (
            others
                .into_iter()
                .take(k)
                .map(|other| other.1)
                .collect::<Vec<_>>(),
            unsure,
        )
    };
    let wanted: Box<dyn Fn(usize, usize) -> Option<f64>> = match rule {
        GraphRule::Epsilon(epsilon) => Box::new(move |i, j| {
            let r = distance(x, i, j);
            if epsilon.is_infinite() {
                return Some(1.0);
            }
            let unsure = (r - epsilon).abs() <= 1e-9 * epsilon;
            (!unsure).then(|| f64::from(u8::from(r < epsilon)))
        }),
        GraphRule::NearestNeighbors(NeighborCount::Fixed(k), symmetry) => {
            let lists: Vec<_> = (0..n).map(|i| near(i, k)).collect();
            Box::new(move |i, j| {
                let (one, other) = (lists[i].0.contains(&j), lists[j].0.contains(&i));
                if lists[i].1 || lists[j].1 {
                    return None;
                }
                Some(match (one, other, symmetry) {
                    (true, true, _) => 1.0,
                    (false, false, _) => 0.0,
                    (_, _, Symmetry::Average) => 0.5,
                    _ => 1.0,
                })
            })
        }
        GraphRule::MutualNearestNeighbors(NeighborCount::Fixed(k)) => {
            let lists: Vec<_> = (0..n).map(|i| near(i, k)).collect();
            Box::new(move |i, j| {
                let both = lists[i].0.contains(&j) && lists[j].0.contains(&i);
                (!lists[i].1 && !lists[j].1).then(|| f64::from(u8::from(both)))
            })
        }
        GraphRule::Gaussian(Bandwidth::Fixed(sigma)) => {
            Box::new(move |i, j| Some((-0.5 * (distance(x, i, j) / sigma).powi(2)).exp()))
        }
        _ => Box::new(|_, _| None),
    };
    let Ok(found) = graph.matrix() else { return };
    for i in 0..n {
        for j in 0..i {
            if let Some(wanted) = wanted(i, j) {
                let found = found[[i, j]];
                // The exponent is as large as 700 where the weight is the smallest number.
                let right = oracle::alike(found, wanted, 1e-9) || (found - wanted).abs() < 1e-300;
                run.must(right, &format!("{}: an edge is wrong", name(&rule)), || {
                    format!("({i}, {j}): {found:e}, not {wanted:e}")
                });
            }
        }
    }
}

fn name(rule: &GraphRule) -> String {
    let text = format!("{rule:?}");
    text.split('(').next().unwrap_or_default().to_string()
}

fn fit(x: &Array2<f64>, rng: &mut Random, run: &mut Run, code: &mut String) {
    let n = x.nrows();
    let mut estimator = SpectralClustering::new();
    let k = if rng.chance(0.6) {
        2
    } else {
        rng.between(0, n.min(5) + 1)
    };
    estimator = estimator.clusters(k);
    let rule = rng.chance(0.7).then(|| some_rule(x, rng));
    if let Some(rule) = rule {
        estimator = estimator.graph(rule);
    }
    if rng.chance(0.5) {
        estimator = estimator.labels(rng.pick(&[
            Labelling::Sign,
            Labelling::Sweep,
            Labelling::KMeans,
            Labelling::Discretize,
            Labelling::PivotedQr,
        ]));
    }
    let policies = [
        Isolated::Refuse,
        Isolated::OwnLabel,
        Isolated::NearestCluster,
    ];
    estimator = estimator.isolated(rng.pick(&policies));
    *code = format!("{code} let estimator = {estimator:?};");
    run.wild |= format!("{rule:?}").contains("inf");
    let found = match run.attempt("fit", || estimator.fit(x)) {
        Some(Ok(found)) => found,
        Some(Err(error)) => {
            let gave_up = matches!(
                error,
                Error::Solver { .. } | Error::NotResolved { .. } | Error::NotConverged { .. }
            );
            // Similarities of many sizes may defeat every solver, and they say so.
            let says_so = matches!(error, Error::Solver { .. });
            run.must(
                !gave_up || says_so,
                &format!("fit: gave up ({})", variant(&error)),
                || error.to_string(),
            );
            let of_the_graph = matches!(
                error,
                Error::TooManyComponents { .. }
                    | Error::IsolatedPoints { .. }
                    | Error::NoEdges { .. }
                    | Error::TinyDegree { .. }
                    | Error::NeighborCount { .. }
                    | Error::Scale { .. }
            );
            run.must(
                rule.is_some() || !of_the_graph,
                &format!("fit: the default graph is refused ({})", variant(&error)),
                || error.to_string(),
            );
            return;
        }
        None => return,
    };
    answered(x, &found, run);
    predicted(x, &found, run);
    let near = x.mapv(|entry| entry * (1.0 + 1e-3 * rng.normal()));
    if let Some(labels) = run.call("predict", || found.predict(&near)) {
        labels_in_range(&labels, &found, n, run);
    }
    // Powers of two scale all distances exactly; these rules know no unit.
    let unitless = matches!(
        rule,
        None | Some(
            GraphRule::MaxMinEpsilon
                | GraphRule::NearestNeighbors(..)
                | GraphRule::MutualNearestNeighbors(..)
                | GraphRule::LocalScaling(_)
        )
    );
    let factor = rng.pick(&[2.0, 0.5, 2.0_f64.powi(50), 2.0_f64.powi(-50)]);
    if unitless {
        rescaled(x, &estimator, &found, factor, run);
    }
}

fn labels_in_range(labels: &Array1<usize>, found: &Clustering, n: usize, run: &mut Run) {
    // A new point that is similar to none may have a label of its own.
    let most = found.clusters + found.isolated.len() + n;
    let right = labels.len() == n && labels.iter().all(|label| *label < most);
    run.must(right, "predict: a label out of range", || {
        format!("{labels} for {}", found.clusters)
    });
}

/// The labels and the embedding of the same points.
fn predicted(x: &Array2<f64>, found: &Clustering, run: &mut Run) {
    let n = x.nrows();
    match run.attempt("predict", || found.predict(x)) {
        Some(Ok(labels)) => {
            labels_in_range(&labels, found, n, run);
            let both = labels.iter().zip(&found.labels);
            let differ = both.filter(|(a, b)| a != b).count();
            // Of equal points the first speaks for all, and ties of neighbours may have split them.
            let distinct = (0..n).all(|i| (0..i).all(|j| x.row(i) != x.row(j)));
            run.must(
                !found.isolated.is_empty() || n < 5 || !distinct || 2 * differ <= n,
                "predict: other labels for most of the same points",
                || format!("{labels} {}", found.labels),
            );
        }
        // An eigenvalue of 1 or more leaves no place for new points.
        Some(Err(Error::Value { .. } | Error::IsolatedPoints { .. })) | None => {}
        Some(Err(error)) => run.fault(
            format!(
                "predict: refuses the points that were clustered ({})",
                variant(&error)
            ),
            error.to_string(),
        ),
    }
    if let Some(embedded) = run.call("embed", || found.embed(x)) {
        let finite = embedded.iter().all(|entry| entry.is_finite());
        run.must(finite, "embed: NaN or ∞", || format!("{embedded}"));
    }
}

fn rescaled(
    x: &Array2<f64>,
    estimator: &SpectralClustering,
    found: &Clustering,
    factor: f64,
    run: &mut Run,
) {
    let size = x.iter().fold(0.0, |a: f64, b| a.max(b.abs()));
    let entries = x.iter().filter(|entry| **entry != 0.0);
    let least = entries.fold(f64::MAX, |a: f64, b| a.min(b.abs()));
    if size > 1e120 || least < 1e-120 {
        return;
    }
    match run.attempt("fit", || estimator.fit(&(x * factor))) {
        Some(Ok(scaled)) => run.must(
            scaled.labels == found.labels,
            "fit: other labels for the points times a power of two",
            || format!("{factor}: {} {}", scaled.labels, found.labels),
        ),
        Some(Err(error)) => run.fault(
            "fit: refuses the points times a power of two",
            format!("{factor}: {error}"),
        ),
        None => {}
    }
}

fn answered(x: &Array2<f64>, found: &Clustering, run: &mut Run) {
    let n = x.nrows();
    let all = found.clusters + found.isolated.len();
    let labels: Array1<usize> = found.labels.clone();
    run.must(
        labels.len() == n && labels.iter().all(|label| *label < all),
        "fit: a label out of range",
        || format!("{labels} for {}", found.clusters),
    );
    let kept: Vec<usize> = (0..n).filter(|i| !found.isolated.contains(i)).collect();
    let Ok(inside) = found.graph.induced(&kept) else {
        run.fault(
            "fit: a graph without its isolated vertices cannot be had",
            String::new(),
        );
        return;
    };
    let edges: Vec<_> = inside.weighted_edges().collect();
    let own: Vec<usize> = kept.iter().map(|&i| labels[i]).collect();
    if (0..found.clusters).all(|label| own.contains(&label)) {
        certificate_holds(&found.certificate, kept.len(), &edges, &own, run);
    } else {
        run.fault("fit: a cluster without points", format!("{labels}"));
    }
    if let Ok(characteristics) = found.characteristics() {
        oracle::readable(run, "Characteristics", &characteristics.to_string());
    }
    // ε may be ∞, which joins everything.
    let report = found.report.to_string().replace("within inf", "");
    oracle::readable(run, "Report", &report);
    let finite = found.embedding.iter().all(|entry| entry.is_finite());
    run.must(finite, "fit: NaN or ∞ in the embedding", || {
        format!("{}", found.embedding)
    });
    let _ = Graph::vertex_count(&found.graph);
}
