//! What the native crate answers to the page's questions, as JSON: `cargo xtask book --live-test` asks the module in the
//! browser the same, and compares.

use fiedler_web::{Answer, multigrid, similarity, walk};

/// A question: the exported function, its arguments, the numbers in its input, and the native answer.
struct Case {
    name: &'static str,
    arguments: Vec<f64>,
    input: Vec<f64>,
    answer: Answer,
}

fn main() {
    let cases = [similarity_cases(), walk_cases(), multigrid_cases()];
    let cases: Vec<String> = cases.iter().flatten().map(json).collect();
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

fn walk_cases() -> Vec<Case> {
    let mut cases = vec![Case {
        name: "walk_points",
        arguments: Vec::new(),
        input: Vec::new(),
        answer: walk::points(),
    }];
    // Where two points have the same neighbours, eigenvalues are one, and any basis of their eigenvectors is right: so the
    // modes are compared on a graph without, and only what is made of them on the figure's and on one in pieces.
    let uneven = [
        [0.0, 0.0],
        [1.0, 0.0],
        [0.0, 1.0],
        [0.0, 2.0],
        [-1.0, 0.0],
        [-2.0, 0.0],
        [-3.0, 0.0],
        [0.6, 0.6],
    ];
    let uneven = uneven.map(|[x, y]| [x, y, f64::from(u8::from(x > -0.5))]);
    let few = |n| similarity::points(0, n, 0.05, 0);
    for (points, epsilon) in [
        (walk::points(), 0.4),
        (Ok(uneven.concat()), 1.05),
        (few(40), 0.3),
        (few(7), 0.01),
        (few(7), f64::NAN),
    ] {
        let input = points.unwrap_or_default();
        let n = input.len() / 3;
        let answer = walk::modes(&input, epsilon);
        let modes = answer.clone().unwrap_or_default();
        if n < 40 {
            cases.push(Case {
                name: "walk_modes",
                arguments: vec![epsilon],
                input,
                answer,
            });
        }
        let questions: &[(usize, u32)] = if n > 100 {
            &[(0, 40)]
        } else {
            &[(0, 0), (6, 1), (7, 2000), (40, 3)]
        };
        for &(start, steps) in questions {
            cases.push(Case {
                name: "walk_after",
                arguments: vec![start as f64, f64::from(steps)],
                input: modes.clone(),
                answer: walk::after(&modes, start, steps),
            });
        }
    }
    cases.push(Case {
        name: "walk_after",
        arguments: vec![0.0, 1.0],
        input: vec![f64::NAN; 5],
        answer: walk::after(&[f64::NAN; 5], 0, 1),
    });
    cases
}

fn multigrid_cases() -> Vec<Case> {
    let mut cases = Vec::new();
    let mut ask = |name, arguments, input: &[f64], answer: Answer| {
        cases.push(Case {
            name,
            arguments,
            input: input.to_vec(),
            answer: answer.clone(),
        });
        answer.unwrap_or_default()
    };
    for (n, kind) in [(90_u32, 0_u32), (180, 1), (90, 2), (9, 0), (1, 0), (0, 0)] {
        let size = n as usize;
        let first = multigrid::error(size, kind);
        let first = ask(
            "multigrid_error",
            vec![f64::from(n), f64::from(kind)],
            &[],
            first,
        );
        let first = first.get(multigrid::HEAD..).unwrap_or_default();
        ask(
            "multigrid_described",
            vec![],
            first,
            multigrid::described_error(first),
        );
        let smooth = ask(
            "multigrid_smooth",
            vec![3.0],
            first,
            multigrid::smooth(first, 3),
        );
        let smooth = smooth.get(multigrid::HEAD..).unwrap_or_default();
        let down = ask(
            "multigrid_coarsen",
            vec![],
            smooth,
            multigrid::coarsen(smooth),
        );
        let right = down.get(1 + size..).unwrap_or_default();
        let answer = multigrid::solve(right, size);
        let solved = ask("multigrid_solve", vec![f64::from(n)], right, answer);
        let correction = solved.get(right.len()..).unwrap_or_default();
        let both = [smooth, correction].concat();
        ask("multigrid_back", vec![], &both, multigrid::back(&both));
    }
    let odd = [f64::NAN; 91];
    ask(
        "multigrid_described",
        vec![],
        &odd,
        multigrid::described_error(&odd),
    );
    ask(
        "multigrid_solve",
        vec![90.0],
        &odd,
        multigrid::solve(&odd, 90),
    );
    ask("multigrid_back", vec![], &odd, multigrid::back(&odd));
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
