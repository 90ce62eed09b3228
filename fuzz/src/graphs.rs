//! Graphs through everything that takes one.

use crate::checks::{self, Subject};
use crate::graph_case::{GraphCase, drawn};
use crate::oracle;
use crate::random::Random;
use crate::run::Run;
use std::time::{Duration, Instant};

/// How long a smaller input is looked for.
const PATIENCE: Duration = Duration::from_secs(4);

type Check = fn(&Subject<'_>, &mut Random, &mut Run);

/// The checks and how often each is drawn.
const CHECKS: [(Check, usize); 16] = [
    (checks::basics::basics, 2),
    (checks::basics::walk, 1),
    (checks::basics::springs, 1),
    (checks::basics::exact_splits, 1),
    (checks::basics::induced, 1),
    (checks::spectra::eigenpairs, 5),
    (checks::spectra::exact_eigenpairs, 2),
    (checks::spectra::solvers_agree, 2),
    (checks::spectra::matrix_functions, 3),
    (checks::spectra::by_hand, 2),
    (checks::spectra::elimination, 1),
    (checks::spectra::perturbed, 1),
    (checks::answers::fit, 10),
    (checks::answers::sweeps, 4),
    (checks::answers::embeddings, 2),
    (checks::answers::certificates, 2),
];

/// One input: the graph, and two of the checks.
pub fn run(seed: u64) -> (Run, String) {
    let mut rng = Random::new(seed);
    if rng.chance(0.03) {
        return bad_edges(&mut rng);
    }
    let case = drawn(&mut rng);
    (judged(&case), case.code())
}

fn judged(case: &GraphCase) -> Run {
    let mut run = Run::default();
    let mut rng = Random::new(case.seed);
    let (degrees, components) = (
        oracle::degrees(case.n, &case.edges),
        oracle::components(case.n, &case.edges),
    );
    let built = run.attempt("Graph", || case.build());
    let sum: f64 = degrees.iter().sum();
    let least = degrees.iter().filter(|d| **d > 0.0).copied();
    let least = least.fold(f64::INFINITY, f64::min);
    match built {
        None => return run,
        Some(Err(error)) => {
            // What is documented: degrees and their sum within 1e-75 and 1e75, or 0.
            let within = sum < 0.99e75 && least > 1.01e-75;
            run.must(
                !within,
                "Graph: refused within the documented scale",
                || error.to_string(),
            );
            return run;
        }
        Some(Ok(graph)) => {
            let subject = Subject {
                case,
                graph: &graph,
                degrees: &degrees,
                components: components.1,
                labels_of_components: &components.0,
            };
            let all: usize = CHECKS.iter().map(|check| check.1).sum();
            for _ in 0..2 {
                let mut at = rng.below(all);
                for (check, weight) in CHECKS {
                    if at < weight {
                        check(&subject, &mut rng, &mut run);
                        break;
                    }
                    at -= weight;
                }
            }
        }
    }
    run
}

/// The smallest graph that can be reached by simple steps and still fails in this way.
pub fn smallest(seed: u64, kind: &str) -> Option<String> {
    let mut rng = Random::new(seed);
    if rng.chance(0.03) {
        return None;
    }
    let mut case = drawn(&mut rng);
    if case.n > 60 {
        return None;
    }
    let fails = |case: &GraphCase| {
        let run = judged(case);
        let found = run.faults.into_iter().find(|fault| fault.kind == kind);
        found.map(|fault| fault.detail)
    };
    let mut detail = fails(&case)?;
    // The office takes silence for a hang.
    let begun = Instant::now();
    'smaller: loop {
        for simpler in case.simpler() {
            if begun.elapsed() > PATIENCE {
                break 'smaller;
            }
            if let Some(found) = fails(&simpler) {
                (case, detail) = (simpler, found);
                continue 'smaller;
            }
        }
        break;
    }
    Some(format!("{}  // {detail}", case.code()))
}

/// Lists of edges that are no graph: refused, not repaired.
fn bad_edges(rng: &mut Random) -> (Run, String) {
    let mut run = Run::default();
    let n = rng.below(6);
    let weights = [
        1.0,
        1.0,
        0.5,
        0.0,
        -0.0,
        -1.0,
        f64::NAN,
        f64::INFINITY,
        1e-310,
    ];
    let edges: Vec<_> = (0..rng.below(6))
        .map(|_| (rng.below(n + 1), rng.below(n + 1), rng.pick(&weights)))
        .collect();
    run.wild = edges.iter().any(|edge| !edge.2.is_finite());
    let named = |e: &(usize, usize, f64)| (e.0.min(e.1), e.0.max(e.1));
    let twice = (0..edges.len()).any(|i| edges[..i].iter().any(|e| named(e) == named(&edges[i])));
    let bad = n < 2
        || twice
        || edges
            .iter()
            .any(|&(i, j, w)| i >= n || j >= n || !(w > 0.0 && w.is_finite()));
    let code = format!("Graph::from_edges({n}, &{edges:?})");
    if let Some(Ok(_)) = run.attempt("from_edges", || fiedler::Graph::from_edges(n, &edges)) {
        run.must(!bad, "from_edges: accepted what is no graph", || {
            code.clone()
        });
    }
    (run, code)
}
