//! What the native crate answers to the page's questions, as JSON: `cargo xtask book --live-test` asks the module in the
//! browser the same, and compares.

use fiedler_web::playground::Spoken;
use fiedler_web::{Answer, playground, similarity};

/// A question: the exported function, its arguments, the numbers in its input, and the native answer.
struct Case {
    name: &'static str,
    arguments: Vec<f64>,
    input: Vec<f64>,
    answer: Answer,
}

fn main() {
    let mut cases: Vec<String> = similarity_cases().iter().map(json).collect();
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
            (3, 0.3, 2),
            (3, f64::NAN, 2),
            (3, 0.3, 5000),
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
