//! What the native crate answers to the page's questions, as JSON: `cargo xtask book --live-test` asks the module in the
//! browser the same, and compares.

use fiedler_web::{Answer, certificate, perturbation, rings, similarity};

/// A question: the exported function, its arguments, the numbers in its input, and the native answer.
struct Case {
    name: &'static str,
    arguments: Vec<f64>,
    input: Vec<f64>,
    answer: Answer,
}

fn main() {
    let all = [
        similarity_cases(),
        certificate_cases(),
        perturbation_cases(),
        rings_cases(),
    ];
    let cases: Vec<String> = all.iter().flatten().map(json).collect();
    println!("[{}]", cases.join(",\n"));
}

fn similarity_cases() -> Vec<Case> {
    let mut cases = Vec::new();
    for (kind, n, noise) in [(0, 200, 0.05), (1, 200, 0.05), (0, 7, 0.0), (0, 1, 0.1)] {
        let answer = similarity::points(kind, n, noise, 0);
        let input = answer.clone().unwrap_or_default();
        cases.push(Case {
            name: "points",
            arguments: vec![f64::from(kind), n as f64, noise, 0.0],
            input: Vec::new(),
            answer,
        });
        for (epsilon, which) in [(0.4, 2), (0.1, 2), (0.6, 4), (-1.0, 2), (f64::NAN, 2)] {
            cases.push(Case {
                name: "graph",
                arguments: vec![epsilon, which as f64],
                input: input.clone(),
                answer: similarity::graph(&input, epsilon, which),
            });
        }
    }
    cases
}

fn certificate_cases() -> Vec<Case> {
    let mut cases = Vec::new();
    for (n, noise) in [(200, 0.05), (30, 0.0), (3, 0.0), (1, 0.0)] {
        let input = similarity::points(0, n, noise, 1234).unwrap_or_default();
        // One side for all points leaves nothing to cut.
        let together: Vec<f64> = input.chunks(3).flat_map(|p| [p[0], p[1], 0.0]).collect();
        for epsilon in [0.4, 0.62, 0.1, 0.0, f64::NAN] {
            cases.push(Case {
                name: "certificate_thresholds",
                arguments: vec![epsilon],
                input: input.clone(),
                answer: certificate::all_thresholds(&input, epsilon),
            });
            for sides in [&input, &together] {
                cases.push(Case {
                    name: "certificate_split",
                    arguments: vec![epsilon],
                    input: sides.clone(),
                    answer: certificate::one_split(sides, epsilon),
                });
            }
        }
    }
    cases
}

fn perturbation_cases() -> Vec<Case> {
    let asked = [
        (0.02, 4),
        (0.1, 4),
        (0.5, 4),
        (1.0, 9),
        (-0.1, 4),
        (f64::NAN, 4),
        (1e300, 4),
    ];
    let case = |(size, seed)| Case {
        name: "perturbation_rows",
        arguments: vec![size, f64::from(seed)],
        input: Vec::new(),
        answer: perturbation::rows(size, seed),
    };
    asked.into_iter().map(case).collect()
}

fn rings_cases() -> Vec<Case> {
    let asked = [
        (12, 0.2),
        (12, 0.05),
        (6, 0.55),
        (24, 0.6),
        (5, 0.1),
        (12, 0.0),
        (2, 0.1),
        (1000, 0.1),
        (12, -1.0),
        (12, f64::NAN),
    ];
    let mut cases = Vec::new();
    for (m, t) in asked {
        cases.push(Case {
            name: "rings_at",
            arguments: vec![m as f64, t],
            input: Vec::new(),
            answer: rings::at(m, t),
        });
        cases.push(Case {
            name: "rings_curves",
            arguments: vec![m as f64, t],
            input: Vec::new(),
            answer: rings::curves(m, t),
        });
    }
    cases
}

fn json(case: &Case) -> String {
    let answer = match &case.answer {
        Ok(numbers) => format!("\"answer\":{}", list(numbers)),
        Err(words) => format!("\"refused\":{words:?}"),
    };
    format!(
        "{{\"name\":{:?},\"arguments\":{},\"input\":{},{answer}}}",
        case.name,
        list(&case.arguments),
        list(&case.input)
    )
}

/// NaN is null.
fn list(numbers: &[f64]) -> String {
    let number = |x: &f64| {
        if x.is_finite() {
            format!("{x:?}")
        } else {
            "null".to_string()
        }
    };
    format!(
        "[{}]",
        numbers.iter().map(number).collect::<Vec<_>>().join(",")
    )
}
