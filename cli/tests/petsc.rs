//! `fiedler graph` and `fiedler label`: past one machine and back. The solver's part is played by the library.

mod support;

use fiedler::Graph;
use std::fmt::Write;
use support::Folder;

/// Two moons as CSV.
fn moons(folder: &Folder) {
    let x = fiedler::data::moons(300, 0.08, 0).expect("moons").x;
    let mut text = String::from("x,y\n");
    for row in x.rows() {
        let _ = writeln!(text, "{},{}", row[0], row[1]);
    }
    folder.write("moons.csv", text);
}

/// Writes what a solver would: `count` pairs behind the null vector.
fn solve(folder: &Folder, count: usize) {
    let graph = Graph::read_petsc(folder.0.join("g")).expect("the graph");
    let pairs = graph.smallest_eigenpairs(count + 1).expect("pairs");
    let order = std::fs::read(folder.0.join("g/order.petsc")).expect("the order");
    let vertex = |four: &[u8]| u32::from_be_bytes(four.try_into().expect("four")) as usize;
    let order: Vec<usize> = order[8..].chunks_exact(4).map(vertex).collect();
    let vector = |entries: Vec<f64>| {
        let length = i32::try_from(entries.len()).expect("short");
        let head = [1_211_214, length].map(i32::to_be_bytes).concat();
        let numbers = entries.into_iter().flat_map(f64::to_be_bytes);
        head.into_iter().chain(numbers).collect::<Vec<u8>>()
    };
    let mut vectors = Vec::new();
    for z in pairs.vectors.columns().into_iter().skip(1) {
        let w = |&i: &usize| z[i] * graph.degrees()[i].sqrt();
        vectors.extend(vector(order.iter().map(w).collect()));
    }
    folder.write("g/vectors.petsc", vectors);
    folder.write(
        "g/values.petsc",
        vector(pairs.values.iter().skip(1).copied().collect()),
    );
}

/// The command with these words is refused, and says all this.
fn refused(folder: &Folder, words: &str, said: &[&str]) {
    let run = folder.run(words);
    assert_eq!(run.code, 1, "{words}: {run:?}");
    let all = said.iter().all(|part| run.stderr.contains(part));
    assert!(all, "{words}: {}", run.stderr);
}

#[test]
fn points_go_out_as_a_graph_and_come_back_as_labels_with_a_certificate() {
    let folder = Folder::new("petsc");
    moons(&folder);
    let run = folder.run("graph moons.csv --petsc g --neighbors 10");
    assert_eq!((run.code, run.stdout.as_str()), (0, ""), "{}", run.stderr);
    refused(&folder, "label g", &["values.petsc", "scale/README.md"]);
    solve(&folder, 3);
    let run = folder.run("label g");
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(
        run.stdout.contains("no 2 clusters have less"),
        "{}",
        run.stdout
    );
    for (words, clusters) in [
        ("label g --labels out.csv", 2),
        ("label g --assign sign --labels out.csv", 2),
        ("label g -k 3 --labels out.csv", 3),
        ("label g -k 3 --assign qr --labels out.csv", 3),
        (
            "label g -k 3 --assign discretize --seed 1 --labels out.csv",
            3,
        ),
    ] {
        let run = folder.run(words);
        assert_eq!(run.code, 0, "{words}: {}", run.stderr);
        let text = folder.read("out.csv");
        assert_eq!(text.lines().count(), 301);
        let mut labels: Vec<_> = text
            .lines()
            .skip(1)
            .filter_map(|line| line.split(',').nth(1))
            .collect();
        labels.sort_unstable();
        labels.dedup();
        assert_eq!(labels.len(), clusters, "{words}");
    }
}

#[test]
fn too_few_pairs_and_ways_that_do_not_fit_are_refused_with_the_way_out() {
    let folder = Folder::new("petsc-refused");
    moons(&folder);
    assert_eq!(
        folder.run("graph moons.csv --petsc g --neighbors 10").code,
        0
    );
    solve(&folder, 2);
    refused(&folder, "label g -k 3", &["solve.py with 4"]);
    assert_eq!(folder.run("label g -k 3 --assign sweep").code, 2);
    assert_eq!(folder.run("label g -k 1").code, 2);
    assert_eq!(folder.run("graph moons.csv").code, 2);
    refused(&folder, "label nowhere", &["nowhere", "fiedler.txt"]);
    folder.write("mine.txt", "mine");
    refused(&folder, "graph moons.csv --petsc .", &["empty folder"]);
}
