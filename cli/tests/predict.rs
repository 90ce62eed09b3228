//! `fiedler cluster --model` and `fiedler predict`: new points into the clusters of old ones.

mod support;

use std::fmt::Write;
use support::Folder;

/// Two clouds whose second column has large units, with an id; the columns in this order.
fn table(order: [usize; 3], points: std::ops::Range<i32>) -> String {
    let names = ["name", "length", "weight"];
    let mut text = order.map(|column| names[column]).join(",") + "\n";
    for i in points {
        let (turn, out) = (f64::from(i) * 2.4, f64::from(i % 40).sqrt() / 4.0);
        let cloud = f64::from(i % 2) * 5.0;
        let fields = [
            format!("p{i}"),
            format!("{:.4}", cloud + out * turn.cos()),
            format!("{:.1}", 1000.0 * (cloud + out * turn.sin())),
        ];
        let _ = writeln!(
            text,
            "{}",
            order.map(|column| fields[column].clone()).join(",")
        );
    }
    text
}

#[test]
fn a_model_gives_the_points_that_made_it_their_labels_whatever_the_order_of_the_columns() {
    let folder = Folder::new("predict");
    folder.write("old.csv", table([0, 1, 2], 0..80));
    let run = folder.run(
        "cluster old.csv --id name --standardize -k 2 --labels old.labels --model m.json --quiet",
    );
    assert_eq!((run.code, run.stdout.as_str()), (0, ""), "{}", run.stderr);
    folder.write("again.csv", table([2, 0, 1], 0..80));
    let run = folder.run("predict m.json again.csv --id name --labels again.labels");
    assert_eq!((run.code, run.stdout.as_str()), (0, ""), "{}", run.stderr);
    assert_eq!(folder.read("again.labels"), folder.read("old.labels"));
    // Others of the same clouds, by a pipe.
    let new = table([1, 2, 0], 100..140);
    let run = folder.run_with("predict m.json - --id name", new.as_bytes());
    assert_eq!(run.code, 0, "{}", run.stderr);
    let label = |line: &str| line.rsplit(',').next().map(str::to_string);
    let labels: Vec<_> = run.stdout.lines().skip(1).map(label).collect();
    assert_eq!(labels.len(), 40);
    assert!(labels[0] != labels[1] && labels.chunks(2).all(|pair| pair == &labels[..2]));
}

#[test]
fn what_cannot_be_placed_is_refused_and_nothing_is_left_behind() {
    let folder = Folder::new("predict-refused");
    folder.write("old.csv", table([0, 1, 2], 0..80));
    folder.write("edges.csv", "a b\nb c\nc a\nc d\nd e\n");
    folder.write("half.csv", "length,height\n1,2\n");
    folder.write("other.json", "{\"labels\": [0, 1]}");
    let run = folder.run("cluster old.csv --id name -k 2 --model m.json --quiet");
    assert_eq!(run.code, 0, "{}", run.stderr);
    let whole = folder.read("m.json");
    folder.write("cut.json", &whole[..whole.len() / 2]);
    let before = folder.names();
    for (words, code, says) in [
        (
            "cluster edges.csv --edges -k 2 --model g.json",
            2,
            "--model goes with points",
        ),
        ("predict m.json half.csv --labels out.csv", 1, "weight"),
        (
            "predict other.json old.csv --id name --labels out.csv",
            1,
            "other.json",
        ),
        (
            "predict cut.json old.csv --id name --labels out.csv",
            1,
            "cut off",
        ),
        (
            "predict none.json old.csv --id name --labels out.csv",
            1,
            "none.json",
        ),
        (
            "predict m.json old.csv --id name --labels m.json",
            1,
            "m.json",
        ),
        (
            "predict m.json old.csv --id name --standardize",
            2,
            "--standardize",
        ),
    ] {
        let run = folder.run(words);
        assert_eq!(run.code, code, "{words}: {}", run.stderr);
        assert_eq!(run.stdout, "", "{words}");
        assert!(run.stderr.contains(says), "{words}: {}", run.stderr);
        assert_eq!(folder.names(), before, "{words}");
    }
    assert_eq!(folder.read("m.json"), whole);
}
