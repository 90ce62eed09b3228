//! The picture: time against n, ours beside one other in each panel, from `results.csv`. The book's pictures include this
//! file too, so that a test can tell a stale picture from a fresh one.

use fiedler::plot::{Figure, log_log, side_by_side};

/// The panels: the rows, and the contestant beside ours, with a title.
const PANELS: [(&str, &str, &str); 6] = [
    ("moons_", "exact", "moons: ARPACK alone"),
    ("moons_", "sklearn-arpack", "moons: scikit-learn's arpack"),
    ("moons_", "sklearn-amg", "moons: scikit-learn's amg"),
    ("moons_", "lapl-sparse", "moons: lapl, sparse"),
    ("blobs_", "exact", "10 blobs: ARPACK alone"),
    ("blobs_", "sklearn-amg", "10 blobs: scikit-learn's amg"),
];

/// n and seconds of a line.
type Line = (Vec<f64>, Vec<f64>);

/// Six planes: ours, and one other, whose wrong answers have a line of their own, named so.
///
/// # Errors
/// Where a panel has no measurement, or a number of the table cannot be read.
pub fn drawn(csv: &str) -> Result<Figure, Box<dyn std::error::Error>> {
    let panels: Result<Vec<Figure>, _> = PANELS
        .iter()
        .map(|(rows, other, title)| panel(csv, rows, other).map(|figure| figure.with_title(title)))
        .collect();
    Ok(side_by_side(&panels?)?)
}

fn panel(csv: &str, rows: &str, other: &str) -> Result<Figure, Box<dyn std::error::Error>> {
    let names = ["fiedler", other, "wrong"];
    let mut lines: [Line; 3] = Default::default();
    for record in csv.lines().skip(1) {
        // The last field alone may hold commas.
        let fields: Vec<&str> = record.split(',').collect();
        let [row, n, _, contestant, fate, seconds, ..] = fields[..] else {
            return Err(format!("too few fields: {record}").into());
        };
        let Some(own) = names[..2].iter().position(|name| *name == contestant) else {
            continue;
        };
        if !row.starts_with(rows) || fate != "done" {
            continue;
        }
        let verdict = fields.get(15);
        let wrong = verdict.is_some_and(|verdict| verdict.contains("wrong"));
        let line = &mut lines[if wrong { 2 } else { own }];
        line.0.push(n.parse()?);
        line.1.push(seconds.parse()?);
    }
    let series: Vec<_> = [names[0], shown(other), names[2]]
        .into_iter()
        .zip(&lines)
        .filter(|(_, line)| !line.0.is_empty())
        .map(|(name, line)| (name, &line.0[..], &line.1[..]))
        .collect();
    Ok(log_log(&series)?.with_axes("n", "seconds"))
}

/// A contestant's name in a legend.
fn shown(contestant: &str) -> &str {
    match contestant {
        "exact" => "ARPACK alone",
        "sklearn-arpack" => "arpack",
        "sklearn-amg" => "amg",
        other => other,
    }
}
