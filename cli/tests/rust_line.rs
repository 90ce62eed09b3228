//! The program that a report shows: it compiles, and its labels are those of the command.
//!
//! What the command writes is kept in `tests/rust`, and compiled here as it stands there.

mod support;

use fiedler::data::{blog_moons, iris};
use fiedler::graph::known::karate_club;
use std::fmt::Write;
use support::Folder;

mod of_iris {
    include!("rust/iris.rs");
}
mod of_moons {
    include!("rust/gaussian.rs");
}
mod of_points {
    include!("rust/points.rs");
}
mod of_graph {
    include!("rust/graph.rs");
}

const KINDS: [&str; 3] = ["setosa", "versicolor", "virginica"];

/// The program and the labels that the command gives.
fn run(folder: &Folder, words: &str, kept: &str, input: &[u8]) -> Vec<usize> {
    let run = folder.run_with(&format!("{words} --json -"), input);
    assert_eq!(run.code, 0, "{words}: {}", run.stderr);
    let json: serde_json::Value = serde_json::from_str(&run.stdout).expect("JSON");
    let program = json["rust"].as_str().expect("a program");
    assert_eq!(program, kept, "fiedler {words}: write it to cli/tests/rust");
    let labels = json["labels"].as_array().expect("labels").iter();
    labels
        .map(|label| usize::try_from(label.as_u64().expect("a label")).expect("small"))
        .collect()
}

#[test]
fn the_program_of_a_report_compiles_and_gives_the_labels_of_the_command() {
    let folder = Folder::new("rust");
    let mut text = String::from("plant,sepal length,sepal width,petal length,petal width,kind\n");
    let iris = iris();
    for (at, (row, kind)) in iris.x.rows().into_iter().zip(&iris.y).enumerate() {
        let _ = writeln!(
            text,
            "p{at},{},{},{},{},{}",
            row[0], row[1], row[2], row[3], KINDS[*kind]
        );
    }
    folder.write("iris.csv", &text);
    let moons = blog_moons();
    let lines = moons
        .x
        .rows()
        .into_iter()
        .map(|row| format!("{};{}", row[0], row[1]).replace('.', ","));
    folder.write("moons.csv", lines.collect::<Vec<_>>().join("\n"));
    // The programs read their files where they stand.
    std::env::set_current_dir(&folder.0).expect("the folder");

    let words = "cluster iris.csv --id plant --label kind -k 3 --neighbors 10 --assign qr --standardize --missing drop";
    let labels = run(&folder, words, include_str!("rust/iris.rs"), b"");
    assert_eq!(of_iris::clustering().expect("iris").labels.to_vec(), labels);

    let words = "cluster moons.csv --delimiter semicolon --decimal comma --header no -k 2 --sigma 0.1 --assign sweep --seed 7 --laplacian symmetric --embedding unit-rows --isolated nearest --tolerance 1e-9";
    let labels = run(&folder, words, include_str!("rust/gaussian.rs"), b"");
    assert_eq!(
        of_moons::clustering().expect("moons").labels.to_vec(),
        labels
    );

    // What came by a pipe is an argument of the program.
    let labels = run(
        &folder,
        "cluster - --id plant --label kind -k 3",
        include_str!("rust/points.rs"),
        text.as_bytes(),
    );
    assert_eq!(
        of_points::clustering(&iris.x)
            .expect("points")
            .labels
            .to_vec(),
        labels
    );

    let (graph, _) = karate_club();
    let mut edges = String::new();
    for (from, to, _) in graph.weighted_edges() {
        let _ = writeln!(edges, "{from} {to}");
    }
    let labels = run(
        &folder,
        "cluster - --edges -k 2",
        include_str!("rust/graph.rs"),
        edges.as_bytes(),
    );
    // The command numbers the vertices as they come: the factions are equally large.
    let sizes = |labels: &[usize]| {
        let ones = labels.iter().filter(|label| **label == 1).count();
        (ones.min(labels.len() - ones), labels.len())
    };
    let found = of_graph::clustering(&graph)
        .expect("a graph")
        .labels
        .to_vec();
    assert_eq!(sizes(&found), sizes(&labels));
}
