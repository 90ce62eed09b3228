//! The README's lines, run as they stand there.

mod support;

use std::fmt::Write;
use support::{Folder, png_of};

#[test]
fn every_line_of_the_readmes_section_on_the_command_works() {
    let readme = include_str!("../../README.md");
    let section = readme
        .split("<!-- command -->")
        .nth(1)
        .and_then(|rest| rest.split("<!-- /command -->").next());
    let lines = section.expect("the section").lines();
    let lines: Vec<&str> = lines
        .filter_map(|line| line.strip_prefix("fiedler "))
        .collect();
    assert!(lines.len() >= 6, "{lines:?}");
    let folder = Folder::new("readme");
    let mut points = String::from("x,y\n");
    let mut flowers = String::from("length,width,species\n");
    for (kind, (x, y)) in [(0.0, 0.0), (6.0, 1.0), (3.0, 6.0)].into_iter().enumerate() {
        for i in 0..20_i32 {
            let (turn, out) = (f64::from(i) * 2.4, f64::from(i).sqrt() / 3.0);
            let (a, b) = (x + out * turn.cos(), y + out * turn.sin());
            let _ = writeln!(points, "{a:.4},{b:.4}");
            let _ = writeln!(flowers, "{a:.4},{b:.4},kind{kind}");
        }
    }
    folder.write("points.csv", points);
    folder.write("iris.csv", flowers);
    folder.write(
        "edges.tsv",
        "ann\tbob\nbob\tcyd\ncyd\tann\ncyd\tdan\ndan\teve\neve\tfay\nfay\tdan\n",
    );
    folder.write("picture.png", picture());
    for line in lines {
        let run = folder.run(line);
        assert_eq!(run.code, 0, "{line}: {}", run.stderr);
        let silent = line.contains("--quiet") || line.starts_with("predict");
        assert_eq!(run.stdout.is_empty(), silent, "{line}");
        let mut words = line.split_whitespace();
        while let Some(word) = words.next() {
            if [
                "--labels",
                "--picture",
                "--report",
                "--json",
                "--heatmap",
                "--out",
                "--model",
            ]
            .contains(&word)
            {
                let file = words.next().expect(word);
                assert!(!folder.read(file).is_empty(), "{line}: {file}");
            }
        }
    }
}

/// Four fields of one colour each.
fn picture() -> Vec<u8> {
    png_of(40, 30, |x, y| match (x < 18, y < 13) {
        (true, true) => [200, 40, 40],
        (true, false) => [40, 160, 60],
        (false, true) => [40, 60, 200],
        (false, false) => [230, 220, 90],
    })
}
