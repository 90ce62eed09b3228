//! Labels, and what is certified of them.

use super::{Subject, list, shown};
use crate::oracle::{self, SUMS, alike};
use crate::random::Random;
use crate::run::{Run, variant};
use fiedler::ndarray::Array1;
use fiedler::{
    Clustering, Error, Isolated, Labelling, SpectralClustering,
    certificate::Certificate,
    clustering::labels_above,
    embedding::{Embedding, Laplacian, spectral_embedding},
    labelling::{discretize, eigengap, labels_by_kmeans, pivoted_qr, sweep},
};

pub fn fit(subject: &Subject<'_>, rng: &mut Random, run: &mut Run) {
    let n = subject.n();
    let k = if rng.chance(0.6) {
        2.min(n)
    } else {
        rng.between(1, n.min(6))
    };
    let mut estimator = SpectralClustering::new().clusters(k).seed(rng.bits() % 4);
    let by_gap = rng.chance(0.1);
    if by_gap {
        estimator = estimator.clusters_by_eigengap(k);
    }
    if rng.chance(0.5) {
        estimator = estimator.laplacian(rng.pick(&[
            Laplacian::RandomWalk,
            Laplacian::Symmetric,
            Laplacian::Unnormalized,
        ]));
        estimator = estimator.embedding(rng.pick(&[
            Embedding::Leading,
            Embedding::UnitRows,
            Embedding::NonTrivial,
        ]));
    }
    let two = k == 2 && !by_gap;
    let mut sweeps = false;
    if rng.chance(0.8) {
        let all = [
            Labelling::KMeans,
            Labelling::Discretize,
            Labelling::PivotedQr,
            Labelling::Sign,
            Labelling::Sweep,
            Labelling::Sweep,
        ];
        let labelling = rng.pick(if two { &all } else { &all[..3] });
        sweeps = labelling == Labelling::Sweep;
        estimator = estimator.labels(labelling);
    }
    let mut by = String::new();
    if rng.chance(0.4) {
        let solver = rng.pick(&super::spectra::SOLVERS);
        by = format!(" by {solver:?}");
        estimator = estimator.solver(solver);
    }
    let policy = rng.pick(&[Isolated::Refuse, Isolated::OwnLabel, Isolated::OwnLabel]);
    estimator = estimator.isolated(policy);
    let found = run.attempt("fit_graph", || estimator.fit_graph(subject.graph));
    if rng.chance(0.2) {
        let exponent = rng.pick(&[2, -2, 10, -10, 100, -100]);
        scaled(subject, &estimator, exponent, run);
    }
    match found {
        Some(Ok(found)) => {
            certified(subject, &found, &estimator, run);
            if sweeps && subject.joined() {
                cheeger(subject, &found, &estimator, run);
            }
            if rng.chance(0.1) {
                let again = run.owed("fit_graph", || estimator.fit_graph(subject.graph));
                let same = again.is_some_and(|again| again == found);
                run.must(
                    same,
                    "fit_graph: another answer the second time",
                    String::new,
                );
            }
        }
        Some(Err(error)) => {
            let all_named = match &error {
                Error::TooManyComponents { sizes, .. } => sizes.len() > k,
                Error::IsolatedPoints { .. } => policy == Isolated::Refuse,
                _ => true,
            };
            run.must(
                all_named,
                "fit_graph: a refusal that does not apply",
                || error.to_string(),
            );
            let gave_up = matches!(
                error,
                Error::Solver { .. } | Error::NotResolved { .. } | Error::NotConverged { .. }
            );
            run.must(
                !gave_up || subject.steep() || super::spectra::by_choice(&by),
                &format!("fit_graph{by}: gave up ({})", variant(&error)),
                || format!("{error}; {estimator:?}"),
            );
            if !unnormalised(&estimator) {
                super::spectra::unjust(subject, "fit_graph", &error, run);
            }
        }
        None => {
            if let Some(fault) = run.faults.last_mut() {
                fault.detail = format!("{}; {estimator:?}", fault.detail);
            }
        }
    }
}

/// Labels in range, and a certificate that agrees with them.
fn certified(
    subject: &Subject<'_>,
    found: &Clustering,
    estimator: &SpectralClustering,
    run: &mut Run,
) {
    let (n, labels) = (subject.n(), found.labels.to_vec());
    let k = found.clusters;
    let all = k + found.isolated.len();
    run.must(
        labels.len() == n && labels.iter().all(|label| *label < all),
        "fit_graph: a label out of range",
        || format!("{labels:?} for {k}"),
    );
    if let Some(missing) = (0..k).find(|label| !labels.contains(label)) {
        run.fault(
            "fit_graph: a cluster without vertices",
            format!("{missing}: {labels:?}; {estimator:?}"),
        );
        return;
    }
    let kept: Vec<usize> = (0..n).filter(|i| !found.isolated.contains(i)).collect();
    let place = |i: usize| kept.binary_search(&i).ok();
    let edges: Vec<_> = subject
        .edges()
        .iter()
        .filter_map(|&(i, j, a)| Some((place(i)?, place(j)?, a)))
        .collect();
    let own: Vec<usize> = kept.iter().map(|&i| labels[i]).collect();
    certificate_holds(&found.certificate, kept.len(), &edges, &own, run);
    oracle::readable(run, "Report", &found.report.to_string());
    let finite = found.embedding.iter().all(|entry| entry.is_finite());
    run.must(finite, "fit_graph: NaN or ∞ in the embedding", || {
        format!("{}", found.embedding)
    });
    let finite = found
        .eigenvalues
        .iter()
        .all(|value| value.is_finite() && *value >= 0.0);
    run.must(finite, "fit_graph: an eigenvalue below 0", || {
        format!("{}", found.eigenvalues)
    });
    let ascend = list(&found.eigenvalues)
        .windows(2)
        .all(|pair| pair[0] <= pair[1]);
    run.must(ascend, "fit_graph: λ do not ascend", || {
        format!("{}", found.eigenvalues)
    });
}

/// What a certificate says is so.
pub fn certificate_holds(
    certificate: &Certificate,
    n: usize,
    edges: &[oracle::Edge],
    labels: &[usize],
    run: &mut Run,
) {
    let k = certificate.clusters;
    let text = || format!("labels {labels:?}: {certificate:?}");
    oracle::readable(run, "Certificate", &certificate.to_string());
    let normcut = oracle::normcut(n, edges, labels, k);
    run.must(
        alike(certificate.normcut, normcut, SUMS),
        "Certificate: not the normalised cut of the labels",
        || format!("{normcut:e}: {}", text()),
    );
    let conductances = oracle::conductances(n, edges, labels, k);
    let right = k == 1
        || certificate
            .conductances
            .iter()
            .zip(&conductances)
            .all(|(a, b)| alike(*a, *b, SUMS));
    run.must(right, "Certificate: other conductances", || {
        format!("{conductances:?}: {}", text())
    });
    let bound = certificate.lower_bound;
    if bound > normcut + 1e-12 {
        run.fault(
            "Certificate: the lower bound exceeds the normalised cut",
            text(),
        );
    } else if bound > normcut * (1.0 + 1e-9) {
        run.fault(
            "Certificate: the lower bound exceeds a normalised cut below 1e-12 (rounding)",
            text(),
        );
    }
    if let Some(ratio) = certificate.ratio {
        run.must(
            ratio.is_finite() && ratio >= 1.0 - 1e-9,
            "Certificate: a ratio below 1",
            text,
        );
    }
    let (least, most) = certificate.optimum_lies_between();
    run.must(
        least <= most,
        "Certificate: the interval of the optimum is empty",
        text,
    );
    let (low, high) = certificate.cheeger;
    run.must(
        (0.0..=1.0).contains(&low) && low <= high && high <= 2.0,
        "Certificate: Cheeger's bounds are none",
        text,
    );
    if k == 2 && n <= 10 {
        let (best, conductance) = oracle::best_splits(n, edges);
        run.must(
            bound <= best + 1e-13,
            "Certificate: the lower bound exceeds the optimum",
            || format!("{best:e}: {}", text()),
        );
        run.must(
            low <= conductance + 1e-13 && conductance <= high + 1e-6,
            "Certificate: the smallest conductance lies outside Cheeger's bounds",
            || format!("{conductance:e}: {}", text()),
        );
        run.must(
            low <= conductance * (1.0 + 1e-9) && conductance <= high * (1.0 + 1e-9) + 1e-300,
            "Certificate: the smallest conductance lies outside Cheeger's bounds, by rounding of λ₂",
            || format!("{conductance:e}: {}", text()),
        );
        for factor in [1.0, 1.5, 2.0] {
            run.must(
                !certificate.is_optimal_within(factor) || normcut <= factor * best + 1e-12,
                "Certificate: optimal within a factor that it is not within",
                || format!("{factor}, best {best:e}: {}", text()),
            );
        }
    }
    run.must(
        certificate.eigengap.is_none_or(|gap| gap >= 0.0),
        "Certificate: a negative gap",
        text,
    );
    run.must(
        certificate.components == oracle::components(n, edges).1,
        "Certificate: another number of components",
        text,
    );
}

/// The estimator does not show its choices but in its text.
fn unnormalised(estimator: &SpectralClustering) -> bool {
    format!("{estimator:?}").contains("Unnormalized")
}

/// All weights times a power of four: every number is the same but for its exponent, and the labels know no unit.
fn scaled(subject: &Subject<'_>, estimator: &SpectralClustering, exponent: i32, run: &mut Run) {
    let mut case = subject.case.clone();
    let factor = 2.0_f64.powi(exponent);
    case.edges.iter_mut().for_each(|edge| edge.2 *= factor);
    // A weight that becomes subnormal or infinite is another weight.
    if !case.edges.iter().all(|edge| edge.2.is_normal()) {
        return;
    }
    let Ok(graph) = case.build() else { return };
    let first = run.call("fit_graph", || estimator.fit_graph(subject.graph));
    let second = run.attempt("fit_graph", || estimator.fit_graph(&graph));
    let which = if unnormalised(estimator) {
        " (unnormalised)"
    } else {
        ""
    };
    match (first, second) {
        (Some(first), Some(Ok(second))) => run.must(
            first.labels == second.labels,
            &format!("fit_graph: other labels for weights times a power of four{which}"),
            || {
                format!(
                    "2^{exponent}: {} {}; {estimator:?}",
                    first.labels, second.labels
                )
            },
        ),
        (Some(_), Some(Err(error))) => run.fault(
            format!(
                "fit_graph: refuses weights times a power of four{which} ({})",
                variant(&error)
            ),
            format!("2^{exponent}: {error}; {estimator:?}"),
        ),
        _ => {}
    }
}

/// The best threshold of the second eigenvector has a conductance of at most √(2λ₂).
fn cheeger(
    subject: &Subject<'_>,
    found: &Clustering,
    estimator: &SpectralClustering,
    run: &mut Run,
) {
    if subject.components > 1 || unnormalised(estimator) || found.clusters != 2 {
        return;
    }
    // Ncut ≤ 2φ, and of all thresholds that of the smallest Ncut was taken.
    let bound = 2.0 * (2.0 * (found.eigenvalues[1] + 1e-13)).sqrt() * (1.0 + 1e-6);
    run.must(
        found.certificate.normcut <= bound,
        "fit_graph: the sweep misses Cheeger's bound",
        || {
            format!(
                "{:e} > {bound:e}, {:?}",
                found.certificate.normcut, estimator
            )
        },
    );
}

pub fn sweeps(subject: &Subject<'_>, rng: &mut Random, run: &mut Run) {
    let (n, graph) = (subject.n(), subject.graph);
    let z: Array1<f64> = match rng.below(6) {
        0 => (0..n).map(|_| rng.pick(&[0.0, 1.0, -1.0, 0.5])).collect(),
        1 => (0..n)
            .map(|_| rng.magnitude(-70.0, 70.0) * rng.pick(&[1.0, -1.0]))
            .collect(),
        2 => {
            let count = n.min(3);
            let Some(pairs) = run.call("smallest_eigenpairs", || graph.smallest_eigenpairs(count))
            else {
                return;
            };
            pairs.vectors.column(1).to_owned()
        }
        3 => {
            let near = rng.magnitude(-14.0, -8.0);
            (0..n).map(|_| 1.0 + near * rng.below(4) as f64).collect()
        }
        _ => (0..n).map(|_| rng.normal()).collect(),
    };
    let Some(found) = run.attempt("sweep", || sweep(graph, &z)) else {
        return;
    };
    let found = match found {
        Ok(found) => found,
        Err(error) => {
            let expected = matches!(
                error,
                Error::FewerClusters { .. } | Error::NoEdges { .. } | Error::VectorScale { .. }
            );
            run.must(expected, "sweep: refused without a reason", || {
                error.to_string()
            });
            return;
        }
    };
    let labels = found.labels.to_vec();
    let text = || format!("z = {}; {:?}", shown(&list(&z)), found.labels);
    let own = oracle::normcut(n, subject.edges(), &labels, 2);
    run.must(
        alike(found.normcut, own, SUMS),
        "sweep: not the normalised cut of its labels",
        || format!("{:e}, not {own:e}; {}", found.normcut, text()),
    );
    if let Some(above) = run.owed("labels_above", || labels_above(&z, found.threshold)) {
        run.must(
            above == found.labels,
            "sweep: its threshold gives other labels",
            || format!("{:e} gives {above}; {}", found.threshold, text()),
        );
    }
    let largest = z.fold(0.0, |a: f64, b| a.max(b.abs()));
    let mut side = vec![1; n];
    let mut best = f64::INFINITY;
    for i in 0..n - 1 {
        side[found.order[i]] = 0;
        let (p, q) = (z[found.order[i]], z[found.order[i + 1]]);
        run.must(p <= q, "sweep: out of order", text);
        let normcut = oracle::normcut(n, subject.edges(), &side, 2);
        let found_here = found.normcuts[i];
        if found_here.is_finite() {
            best = best.min(normcut);
            run.must(
                alike(found_here, normcut, SUMS),
                "sweep: the cut of a threshold is wrong",
                || format!("threshold {i}: {found_here:e}, not {normcut:e}; {}", text()),
            );
            let own = oracle::conductances(n, subject.edges(), &side, 2)[0];
            run.must(
                alike(found.conductances[i], own, SUMS),
                "sweep: the conductance of a threshold is wrong",
                || {
                    format!(
                        "threshold {i}: {:e}, not {own:e}; {}",
                        found.conductances[i],
                        text()
                    )
                },
            );
        } else {
            let (_, volumes) = oracle::sums(n, subject.edges(), &side, 2);
            run.must(
                q - p <= 1e-11 * largest || volumes.contains(&0.0),
                "sweep: a threshold without a value",
                || format!("threshold {i}: {found_here}; {}", text()),
            );
        }
    }
    run.must(
        alike(found.normcut, best, SUMS),
        "sweep: not the best threshold",
        || format!("{:e}, not {best:e}; {}", found.normcut, text()),
    );
}

pub fn embeddings(subject: &Subject<'_>, rng: &mut Random, run: &mut Run) {
    let n = subject.n();
    let k = rng.between(1, n.min(5));
    let laplacian = rng.pick(&[
        Laplacian::RandomWalk,
        Laplacian::Symmetric,
        Laplacian::Unnormalized,
    ]);
    let kind = rng.pick(&[
        Embedding::Leading,
        Embedding::UnitRows,
        Embedding::NonTrivial,
    ]);
    let name = format!("spectral_embedding({laplacian:?})");
    let found = run.attempt(&name, || {
        spectral_embedding(subject.graph, laplacian, kind, k)
    });
    let rows = match found {
        Some(Ok(rows)) => rows,
        Some(Err(error)) => {
            super::spectra::no_surrender(subject, &name, &error, run);
            if laplacian != Laplacian::Unnormalized {
                super::spectra::unjust(subject, &name, &error, run);
            }
            return;
        }
        None => return,
    };
    let finite = rows.iter().all(|entry| entry.is_finite());
    run.must(
        finite && rows.dim() == (n, k),
        &format!("{name}: NaN, or another shape"),
        || format!("{rows}"),
    );
    let (way, labels) = match rng.below(3) {
        0 => (
            "labels_by_kmeans",
            run.call("labels_by_kmeans", || {
                Ok(labels_by_kmeans(&rows, k, 0)?.labels)
            }),
        ),
        1 => (
            "discretize",
            run.call("discretize", || Ok(discretize(&rows, 0)?.labels)),
        ),
        _ => (
            "pivoted_qr",
            run.call("pivoted_qr", || Ok(pivoted_qr(&rows)?.labels)),
        ),
    };
    if let Some(labels) = labels {
        let right = labels.len() == n
            && labels.iter().all(|label| *label < k)
            && (0..k).all(|label| labels.iter().any(|found| *found == label));
        run.must(
            right,
            &format!("{way}: labels that are not 0 to k − 1"),
            || format!("{labels}"),
        );
    }
}

/// The certificate of any labels, by pairs from the same library.
pub fn certificates(subject: &Subject<'_>, rng: &mut Random, run: &mut Run) {
    let n = subject.n();
    if n < 2 {
        return;
    }
    let k = rng.between(2, n.min(4));
    let labels = subject.labels(rng, k);
    let count = (k + 1).min(n);
    let Some(pairs) = run.call("smallest_eigenpairs", || {
        subject.graph.smallest_eigenpairs(count)
    }) else {
        return;
    };
    let found = run.attempt("Certificate::new", || {
        Certificate::new(subject.graph, &pairs, &labels)
    });
    match found {
        Some(Ok(certificate)) => {
            certificate_holds(&certificate, n, subject.edges(), &labels.to_vec(), run);
        }
        Some(Err(error)) => run.fault(
            format!(
                "Certificate::new: refuses pairs of smallest_eigenpairs ({})",
                variant(&error)
            ),
            error.to_string(),
        ),
        None => {}
    }
    if let Some(found) = run.attempt("eigengap", || eigengap(&pairs.values)) {
        match found {
            Ok(found) => {
                let right = (1..count).contains(&found.clusters);
                run.must(right, "eigengap: out of range", || format!("{found:?}"));
            }
            Err(Error::RepeatedEigenvalue { .. } | Error::VectorScale { .. }) => {}
            Err(error) => run.fault(
                "eigengap: refuses values of smallest_eigenpairs",
                error.to_string(),
            ),
        }
    }
}
