//! What the native crate answers to the page's questions, as JSON: `cargo xtask book --live-test` asks the module in the
//! browser the same, and compares.

use fiedler_web::{Answer, cut, similarity, springs};

/// A question: the exported function, its arguments, the numbers in its input, and the native answer.
#[derive(Clone)]
struct Case {
    name: &'static str,
    arguments: Vec<f64>,
    input: Vec<f64>,
    answer: Answer,
}

fn main() {
    let cases = [similarity_cases(), cut_cases(), springs_cases()].concat();
    let cases: Vec<String> = cases.iter().map(json).collect();
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

fn cut_cases() -> Vec<Case> {
    let mut cases = vec![Case {
        name: "split_floor",
        arguments: Vec::new(),
        input: Vec::new(),
        answer: cut::split_floor(),
    }];
    let first = |n: usize| (0..cut::VERTICES).map(move |i| f64::from(u8::from(i < n)));
    let mut inputs: Vec<Vec<f64>> = [0, 1, 5, 10, 12].map(|n| first(n).collect()).into();
    inputs.extend([Vec::new(), vec![0.0, 1.0], vec![f64::NAN; cut::VERTICES]]);
    for input in inputs {
        let answer = cut::split(&input);
        cases.push(Case {
            name: "split",
            arguments: Vec::new(),
            input,
            answer,
        });
    }
    cases
}

fn springs_cases() -> Vec<Case> {
    let inputs = [
        vec![2.0, 1.0, 2.0, 2.0, 2.0, 2.0, -2.0, -1.0, -2.5],
        vec![2.0, 1.0, 2.0, 3.0, 2.0, -2.0, -3.0],
        // Two pieces, all heights 0, a push where a pull should be, no number, and not enough of them.
        vec![2.0, 0.0, 2.0, 3.0, 2.0, -2.0, -3.0],
        vec![2.0, 1.0, 2.0, 0.0, 0.0, 0.0, 0.0],
        vec![2.0, -1.0, 2.0, 3.0, 2.0, -2.0, -3.0],
        vec![2.0, 1.0, 2.0, 3.0, f64::NAN, -2.0, -3.0],
        vec![2.0, 1.0],
        Vec::new(),
    ];
    let mut cases = Vec::new();
    for input in inputs {
        let mut ask = |name, arguments: &[f64], answer| {
            cases.push(Case {
                name,
                arguments: arguments.to_vec(),
                input: input.clone(),
                answer,
            });
        };
        for locks in 0..4 {
            for (border, held, height) in [(2, 9, 0.0), (2, 1, 1.5), (0, 0, 1.0), (2, 0, f64::NAN)]
            {
                let arguments = [f64::from(locks), border as f64, held as f64, height];
                let answer = springs::springs(&input, locks, border, held, height);
                ask("springs", &arguments, answer);
            }
            for time in [0.0, 2.5, f64::NAN] {
                let answer = springs::springs_swing(&input, locks, 2, time);
                ask("springs_swing", &[f64::from(locks), 2.0, time], answer);
            }
        }
        for which in [0, 2, 4, 9] {
            let answer = springs::springs_mode(&input, 2, which);
            ask("springs_mode", &[2.0, which as f64], answer);
        }
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
