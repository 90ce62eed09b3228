//! Odd arguments to what is left: data, known graphs, vectors, masses, parameters.

use crate::oracle;
use crate::random::Random;
use crate::run::Run;
use fiedler::data::{self, RandomState};
use fiedler::graph::known;
use fiedler::ndarray::{Array1, Array2};
use fiedler::{
    Eigenpairs, Gradient, Graph, SpectralClustering,
    clustering::labels_above,
    embedding::{Embedding, embed},
    kmeans,
    labelling::{discretize, eigengap, pivoted_qr},
    minimize_orth_obj, orth, parameters, perturbation,
};

/// One input.
pub fn run(seed: u64) -> (Run, String) {
    let mut rng = Random::new(seed);
    let mut run = Run {
        wild: true,
        ..Run::default()
    };
    let code = match rng.below(7) {
        0 => generators(&mut rng, &mut run),
        1 => graphs(&mut rng, &mut run),
        2 => vectors(&mut rng, &mut run),
        3 => matrices(&mut rng, &mut run),
        4 => descent(&mut rng, &mut run),
        5 => pictures(&mut rng, &mut run),
        _ => repeated(&mut rng, &mut run),
    };
    (run, code)
}

/// A number of any kind.
fn number(rng: &mut Random) -> f64 {
    let odd = [
        0.0,
        -0.0,
        1.0,
        -1.0,
        0.5,
        f64::NAN,
        f64::INFINITY,
        f64::NEG_INFINITY,
        f64::MAX,
        f64::MIN,
        f64::MIN_POSITIVE,
        5e-324,
        f64::EPSILON,
        1e75,
        1e-75,
        1e154,
        1e-160,
    ];
    match rng.below(4) {
        0 => rng.pick(&odd),
        1 => rng.magnitude(-300.0, 300.0),
        _ => rng.normal(),
    }
}

/// A count of any kind that memory can hold, or far beyond it.
fn count(rng: &mut Random) -> usize {
    match rng.below(8) {
        0 => rng.pick(&[usize::MAX, usize::MAX / 2, 1 << 62, 1 << 40, 1 << 33]),
        1 => 0,
        _ => rng.below(12),
    }
}

fn generators(rng: &mut Random, run: &mut Run) -> String {
    let (n, noise, seed) = (rng.below(12), number(rng), 7);
    let mut code = format!("n = {n}, noise = {noise:?}");
    let found = match rng.below(4) {
        0 => run.call("moons", || data::moons(n, noise, seed)),
        1 => {
            let factor = number(rng);
            code = format!("{code}, factor = {factor:?}");
            run.call("circles", || data::circles(n, noise, factor, seed))
        }
        2 => {
            let turns = number(rng);
            code = format!("{code}, turns = {turns:?}");
            run.call("spirals", || data::spirals(n, turns, noise, seed))
        }
        _ => {
            let (features, centers) = (rng.below(5), rng.below(5));
            code = format!("{code}, features = {features}, centers = {centers}");
            run.call("blobs", || data::blobs(n, features, centers, noise, seed))
        }
    };
    if let Some(found) = found {
        let finite = found.x.iter().all(|entry| entry.is_finite());
        run.must(
            finite && found.x.nrows() == found.y.len(),
            "data: NaN, ∞, or labels missing",
            || code.clone(),
        );
    }
    let mut state = RandomState::new(1);
    run.plain("randint", || {
        state.randint(u32::try_from(n).unwrap_or(0).max(1))
    });
    format!("data: {code}")
}

fn graphs(rng: &mut Random, run: &mut Run) -> String {
    let (m, n) = (rng.below(9), rng.below(9));
    let weight = number(rng);
    let code = format!("known: m = {m}, n = {n}, weight = {weight:?}");
    let small = match rng.below(9) {
        0 => run.call("cockroach", || known::cockroach(n)),
        1 => run.call("path", || known::path(n)),
        2 => run.call("cycle", || known::cycle(n)),
        3 => run.call("complete", || known::complete(n)),
        4 => run.call("complete_bipartite", || known::complete_bipartite(m, n)),
        5 => run.call("star", || known::star(n)),
        6 => run.call("hypercube", || {
            known::hypercube(u32::try_from(n).unwrap_or(0) % 7)
        }),
        7 => run.call("grid", || known::grid(m, n)),
        _ => run.call("cliques", || Ok(known::cliques(m, n, weight)?.0)),
    };
    if let Some(graph) = small {
        let right = graph.volume().is_finite() && graph.vertex_count() > 1;
        run.must(right, "known: no graph", || code.clone());
    }
    let huge = count(rng);
    if huge > 1000 {
        run.call("path", || known::path(huge));
        run.call("complete", || known::complete(huge));
        run.call("grid", || known::grid(huge, huge));
        run.call("cockroach", || known::cockroach(huge));
        run.call("cliques", || known::cliques(huge, 3, 1.0));
        run.call("complete_bipartite", || {
            known::complete_bipartite(huge, huge)
        });
        run.call("star", || known::star(huge));
        run.call("cycle", || known::cycle(huge));
        run.call("hypercube", || known::hypercube(63));
        run.call("from_edges", || Graph::from_edges(huge, &[(0, 1, 1.0)]));
    }
    let neighbors = parameters::neighbors_ln(huge) > 0 && parameters::neighbors_log10(huge) > 0;
    run.must(neighbors, "neighbors_ln, neighbors_log10: 0", String::new);
    run.must(
        parameters::sigma_ln(huge.max(1)).is_finite(),
        "sigma_ln: NaN",
        String::new,
    );
    format!("{code}, huge = {huge}")
}

fn vectors(rng: &mut Random, run: &mut Run) -> String {
    let n = rng.below(7);
    let calm = rng.chance(0.5);
    let entry = |rng: &mut Random| {
        if calm {
            rng.magnitude(-74.0, 74.0) * rng.pick(&[1.0, -1.0])
        } else {
            number(rng)
        }
    };
    let z: Array1<f64> = (0..n).map(|_| entry(rng)).collect();
    let other: Array1<f64> = (0..if rng.chance(0.9) { n } else { rng.below(7) })
        .map(|_| entry(rng))
        .collect();
    let threshold = number(rng);
    let code = format!(
        "z = {:?}, other = {:?}, threshold = {threshold:?}",
        z.to_vec(),
        other.to_vec()
    );
    if let Some(rest) = run.call("orth", || orth(&z, &other)) {
        let finite = rest.iter().all(|entry| entry.is_finite());
        run.must(finite, "orth: NaN or ∞", || format!("{rest} of {code}"));
    }
    if let Some(labels) = run.call("labels_above", || labels_above(&z, threshold)) {
        let right = labels
            .iter()
            .zip(&z)
            .all(|(label, entry)| (*label == 1) <= (*entry > threshold));
        run.must(
            right,
            "labels_above: a label of 1 below the threshold",
            || format!("{labels} of {code}"),
        );
    }
    let mut sorted = z.to_vec();
    sorted.sort_by(f64::total_cmp);
    let sorted = Array1::from_vec(sorted);
    if let Some(found) = run.call("eigengap", || eigengap(&sorted)) {
        let right =
            (1..n).contains(&found.clusters) && found.gaps.iter().all(|gap| gap.is_finite());
        run.must(right, "eigengap: out of range", || {
            format!("{found:?} of {code}")
        });
    }
    on_a_path(&z, &code, run);
    code
}

/// The same vector on the vertices of a path.
fn on_a_path(z: &Array1<f64>, code: &str, run: &mut Run) {
    let Ok(graph) = known::path(z.len().max(2)) else {
        return;
    };
    let masses = z.mapv(f64::abs);
    let found = run.call("smallest_eigenpairs_with", || {
        graph.smallest_eigenpairs_with(&masses, 2)
    });
    if let Some(found) = found {
        let mut all = found.values.iter().chain(&found.vectors);
        let right = all.all(|entry| entry.is_finite());
        run.must(right, "smallest_eigenpairs_with: NaN or ∞", || {
            format!("{found:?} of {code}")
        });
        let right = found.values[0] == 0.0 && found.values[1] >= 0.0;
        run.must(right, "smallest_eigenpairs_with: λ below 0", || {
            format!("{} of {code}", found.values)
        });
    }
    if let Some(best) = run.call("sweep", || fiedler::labelling::sweep(&graph, z)) {
        let right = best.normcut.is_finite() && best.threshold.is_finite();
        run.must(right, "sweep: NaN or ∞", || format!("{best:?} of {code}"));
    }
    let Ok(a) = graph.matrix() else { return };
    let quotient = run.call("rayleigh_quotient", || fiedler::rayleigh_quotient(&a, z));
    let objective = run.call("orth_obj", || fiedler::orth_obj(&a, z));
    let energy = run.call("energy", || fiedler::springs::energy(&graph, z));
    for (name, number, most) in [
        ("rayleigh_quotient", quotient, 2.0),
        ("orth_obj", objective, 2.0 + 1e-12),
        ("energy", energy, f64::MAX),
    ] {
        run.must(
            number.is_none_or(|number| (0.0..=most).contains(&number)),
            &format!("{name}: out of range"),
            || format!("{number:?} of {code}"),
        );
    }
    let projected = run.call("project", || fiedler::project(&a, z));
    let gradient = run.call("orth_obj_gradient", || fiedler::orth_obj_gradient(&a, z));
    for (name, vector) in [("project", projected), ("orth_obj_gradient", gradient)] {
        let finite = vector.is_none_or(|vector| vector.iter().all(|entry| entry.is_finite()));
        run.must(finite, &format!("{name}: NaN or ∞"), || code.to_string());
    }
}

fn matrices(rng: &mut Random, run: &mut Run) -> String {
    let (n, m) = (rng.below(8), rng.below(4));
    let calm = rng.chance(0.6);
    let levels = rng.chance(0.3);
    let scale = if rng.chance(0.3) {
        rng.magnitude(-300.0, 300.0)
    } else {
        1.0
    };
    let x = Array2::from_shape_fn((n, m), |_| {
        let entry = if calm { rng.normal() } else { number(rng) };
        scale * if levels { entry.round() } else { entry }
    });
    let rows: Vec<Vec<f64>> = x.rows().into_iter().map(|row| row.to_vec()).collect();
    let k = count(rng);
    let code = format!("x = array!{rows:?} ({n} x {m}), k = {k}");
    if let Some(found) = run.call("kmeans", || kmeans(&x, k, 1)) {
        let right = found.labels.iter().all(|label| *label < k)
            && found.centers.iter().all(|entry| entry.is_finite())
            && found.inertia >= 0.0;
        run.must(right, "kmeans: a label out of range, NaN or ∞", || {
            format!("{found:?} of {code}")
        });
    }
    for (name, found) in [
        ("pivoted_qr", run.call("pivoted_qr", || pivoted_qr(&x))),
        ("discretize", run.call("discretize", || discretize(&x, 3))),
    ] {
        if let Some(found) = found {
            let finite = found.rotation.iter().all(|entry| entry.is_finite());
            let taken = (0..m).all(|label| found.labels.iter().any(|other| *other == label));
            run.must(
                finite && taken,
                &format!("{name}: NaN, or labels that are not 0 to k − 1"),
                || format!("{found:?} of {code}"),
            );
        }
    }
    let kind = rng.pick(&[
        Embedding::Leading,
        Embedding::UnitRows,
        Embedding::NonTrivial,
    ]);
    let pairs = Eigenpairs {
        values: Array1::zeros(if rng.chance(0.9) { m } else { n }),
        vectors: x.clone(),
        residuals: Array1::zeros(m),
    };
    if let Some(rows) = run.call("embed", || embed(&pairs, kind, k)) {
        let finite = rows.iter().all(|entry| entry.is_finite());
        run.must(finite, "embed: NaN or ∞", || format!("{rows} of {code}"));
    }
    let y = Array2::from_shape_fn((n, m), |_| rng.normal());
    if let Some(angle) = run.call("subspace_angle", || perturbation::subspace_angle(&x, &y)) {
        let right = (0.0..=std::f64::consts::FRAC_PI_2 + 1e-15).contains(&angle);
        run.must(right, "subspace_angle: out of range", || {
            format!("{angle:e} of {code}")
        });
    }
    for (name, found) in [
        (
            "max_min_distance",
            run.call("max_min_distance", || parameters::max_min_distance(&x)),
        ),
        (
            "median_distance",
            run.call("median_distance", || parameters::median_distance(&x)),
        ),
        (
            "mean_neighbor_distance",
            run.call("mean_neighbor_distance", || {
                parameters::mean_neighbor_distance(&x, k)
            }),
        ),
    ] {
        if let Some(found) = found {
            run.must(
                found.is_finite() && found >= 0.0,
                &format!("{name}: NaN, ∞ or below 0"),
                || format!("{found:e} of {code}"),
            );
        }
    }
    run.call("curve_order", || fiedler::solvers::curve_order(&x));
    // Square ones as similarity matrices, symmetric or not.
    if n > 0 && m > 0 {
        let a = Array2::from_shape_fn((m, m), |(i, j)| x[[i.max(j) % n, i.min(j)]].abs());
        run.call("degrees", || fiedler::degrees(&a));
        run.call("components", || fiedler::components(&a));
        if let Some(found) = run.call("fiedler_vector", || fiedler::fiedler_vector(&a)) {
            let finite =
                found.vector.iter().all(|entry| entry.is_finite()) && found.value.is_finite();
            run.must(finite, "fiedler_vector: NaN or ∞", || {
                format!("{found:?} of {code}")
            });
        }
        run.call("degrees", || fiedler::degrees(&x));
    }
    code
}

fn descent(rng: &mut Random, run: &mut Run) -> String {
    let n = rng.between(2, 6);
    let mut edges = Vec::new();
    for i in 1..n {
        edges.push((rng.below(i), i, rng.magnitude(-6.0, 6.0)));
    }
    let start: Array1<f64> = (0..n)
        .map(|_| rng.normal() * if rng.chance(0.1) { 1e60 } else { 1.0 })
        .collect();
    let code = format!(
        "Graph::from_edges({n}, &{edges:?}), start = {:?}",
        start.to_vec()
    );
    let Ok(a) = Graph::from_edges(n, &edges).and_then(|graph| graph.matrix()) else {
        return code;
    };
    let gradient = rng.pick(&[Gradient::Exact, Gradient::FiniteDifferences]);
    if let Some(found) = run.call("minimize_orth_obj", || {
        minimize_orth_obj(&a, &start, gradient)
    }) {
        let finite = found.z.iter().all(|entry| entry.is_finite()) && found.value.is_finite();
        run.must(finite, "minimize_orth_obj: NaN or ∞", || {
            format!("{found:?} of {code}")
        });
        if let Some(before) = run.call("orth_obj", || fiedler::orth_obj(&a, &start)) {
            run.must(
                found.value <= before + 1e-9,
                "minimize_orth_obj: above its start",
                || format!("{:e} > {before:e} of {code}", found.value),
            );
        }
    }
    code
}

fn pictures(rng: &mut Random, run: &mut Run) -> String {
    let (rows, columns) = (rng.below(7), rng.below(7));
    let calm = rng.chance(0.7);
    let picture =
        Array2::from_shape_fn(
            (rows, columns),
            |_| if calm { rng.unit() } else { number(rng) },
        );
    let (sigma_i, sigma_x, radius) = (number(rng), number(rng), number(rng));
    let code = format!("{picture:?}, {sigma_i:?}, {sigma_x:?}, {radius:?}");
    if let Some(graph) = run.call("pixel_graph", || {
        fiedler::pixels::pixel_graph(&picture, sigma_i, sigma_x, radius)
    }) {
        let right = graph.vertex_count() == rows * columns && graph.volume().is_finite();
        run.must(right, "pixel_graph: another number of vertices", || {
            code.clone()
        });
        if let Some(found) = run.call("fit_graph", || SpectralClustering::new().fit_graph(&graph)) {
            oracle::readable(run, "Certificate", &found.certificate.to_string());
        }
    }
    code
}

fn repeated(rng: &mut Random, run: &mut Run) -> String {
    let n = rng.between(2, 12);
    let x = Array2::from_shape_fn((n, 2), |(i, _)| 4.0 * (i % 2) as f64 + rng.normal());
    let (rounds, share) = (
        rng.below(4),
        if rng.chance(0.8) {
            rng.unit()
        } else {
            number(rng)
        },
    );
    let code = format!("x = {x:?}, {rounds} rounds, share {share:?}");
    let estimator = SpectralClustering::new().graph(fiedler::GraphRule::gaussian(1.0));
    let found = run.call("stability_under_resampling", || {
        fiedler::stability::stability_under_resampling(&x, &estimator, rounds, share, 3)
    });
    if let Some(found) = found {
        let shares = [found.mean(), found.worst()];
        run.must(
            shares.iter().all(|s| (0.0..=1.0).contains(s)),
            "stability: out of range",
            || format!("{shares:?} of {code}"),
        );
    }
    let variants = [
        estimator.clusters(count(rng)),
        estimator.clusters_by_eigengap(count(rng)),
    ];
    run.call("stability_under_variants", || {
        fiedler::stability::stability_under_variants(&x, &estimator, &variants)
    });
    code
}
