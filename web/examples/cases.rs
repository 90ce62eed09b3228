//! What the native crate answers to the page's questions, as JSON: `cargo xtask book --live-test` asks the module in the
//! browser the same, and compares.

use fiedler_web::playground::Spoken;
use fiedler_web::{
    Answer, certificate, cut, multigrid, perturbation, playground, rings, similarity, springs, walk,
};

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
        cut_cases(),
        springs_cases(),
        certificate_cases(),
        perturbation_cases(),
        rings_cases(),
        walk_cases(),
        multigrid_cases(),
    ];
    let mut cases: Vec<String> = all.iter().flatten().map(json).collect();
    cases.extend(playground_cases());
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

fn certificate_cases() -> Vec<Case> {
    let mut cases = Vec::new();
    for (n, noise) in [(200, 0.05), (30, 0.0), (3, 0.0), (1, 0.0)] {
        let input = similarity::points(0, n, noise, 1234).unwrap_or_default();
        for width in [0.1, 0.5, 0.0, f64::NAN] {
            let window = [-1.5, 2.5, -1.2, 1.7];
            cases.push(Case {
                name: "certificate_contour_field",
                arguments: [&[width], &window[..]].concat(),
                input: input.clone(),
                answer: certificate::contour_field(&input, width, window),
            });
        }
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

fn playground_cases() -> Vec<String> {
    let mut cases = Vec::new();
    let mut tables = Vec::new();
    for kind in 0..4 {
        let answer = playground::example(kind);
        let columns = if kind == 3 { 4 } else { 2 };
        tables.push((columns, answer.clone().unwrap_or_default()[1..].to_vec()));
        cases.push(json(&Case {
            name: "playground_example",
            arguments: vec![f64::from(kind)],
            input: Vec::new(),
            answer,
        }));
    }
    // None, one, two alike, no number, no column, and too many.
    tables.extend([(2, vec![]), (2, vec![1.0; 2]), (2, vec![1.0; 4])]);
    tables.extend([(2, vec![f64::NAN, 1.0, 2.0, 3.0, 4.0, 5.0]), (0, vec![1.0])]);
    tables.push((1, vec![1.0; playground::LIMIT + 1]));
    tables.push((1, vec![1.0; playground::PAIRS_LIMIT + 1]));
    for (columns, input) in tables {
        for graph in 0..4 {
            cases.push(json(&Case {
                name: "playground_offers",
                arguments: vec![columns as f64, f64::from(graph)],
                input: input.clone(),
                answer: playground::offers(&input, columns, graph),
            }));
        }
        for (graph, value, clusters) in [
            (0, 0.0, 2),
            (0, 0.0, 3),
            (0, 0.0, 0),
            (1, 0.4, 2),
            (1, 0.01, 2),
            (1, -1.0, 2),
            (2, 6.0, 3),
            (2, -3.0, 2),
            (2, 10.0, 0),
            (3, 2.0, 2),
            (3, f64::NAN, 2),
            (3, 2.0, 5000),
        ] {
            cases.push(spoken(
                "playground_cluster",
                vec![columns as f64, f64::from(graph), value, clusters as f64],
                input.clone(),
                playground::cluster(&input, columns, graph, value, clusters),
            ));
        }
    }
    let files: [(&[u8], [u32; 3]); 10] = [
        (b"x,y\n0.5,1\n2,3\n", [0, 0, 0]),
        ("Größe;Länge\r\n1,5;2\r\n2,5;3\r\n".as_bytes(), [0, 0, 0]),
        (b"0,5\n1,25\n", [0, 0, 0]),
        (b"0,5\n1,25\n", [0, 1, 0]),
        (b"0,5\n1,25\n", [0, 2, 0]),
        (b"2019,2020\n1.5,2.5\n3.5,4.5\n", [1, 1, 2]),
        (b"a,b\n1,\n", [0, 0, 1]),
        (b"a,b\n1,setosa\n", [0, 0, 0]),
        (b"", [0, 0, 0]),
        (b"1,\xff\n", [0, 0, 0]),
    ];
    for (bytes, [delimiter, mark, header]) in files {
        let input: Vec<f64> = bytes.iter().map(|&byte| f64::from(byte)).collect();
        let answer = playground::table(&input, delimiter, mark, header);
        let arguments = [delimiter, mark, header].map(f64::from).to_vec();
        cases.push(spoken("playground_table", arguments, input, answer));
    }
    cases
}

/// A case whose answer has words beside its numbers.
fn spoken(name: &'static str, arguments: Vec<f64>, input: Vec<f64>, answer: Spoken) -> String {
    let (answer, text) = match answer {
        Ok((numbers, text)) => (Ok(numbers), text),
        Err(words) => (Err(words), String::new()),
    };
    let case = json(&Case {
        name,
        arguments,
        input,
        answer,
    });
    format!("{},\"text\":{text:?}}}", &case[..case.len() - 1])
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
