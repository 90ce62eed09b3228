//! The picture: time against n, a line a contestant, from `results.csv`. The book's pictures include this file
//! too, so that a test can tell a stale picture from a fresh one.

use fiedler::plot::{Figure, log_log, side_by_side};

/// The rows on a line, with what they are.
const PANELS: [(&str, &str); 2] = [
    ("moons_", "Two moons, noise .06, k = 2"),
    ("blobs_", "Ten blobs in 10-D, k = 10"),
];

/// A contestant's points: its name, whether its answers there are right, n and seconds.
type Line = (String, bool, Vec<f64>, Vec<f64>);

/// Two planes: moons and blobs. A contestant with wrong answers has a line of its own for them, named so.
///
/// # Errors
/// Where a panel has no measurement, or a number of the table cannot be read.
pub fn drawn(csv: &str) -> Result<Figure, Box<dyn std::error::Error>> {
    let panels: Result<Vec<Figure>, _> = PANELS
        .iter()
        .map(|(rows, title)| panel(csv, rows).map(|figure| figure.with_title(title)))
        .collect();
    Ok(side_by_side(&panels?)?)
}

fn panel(csv: &str, rows: &str) -> Result<Figure, Box<dyn std::error::Error>> {
    let mut lines: Vec<Line> = Vec::new();
    for record in csv.lines().skip(1) {
        // The last field alone may hold commas.
        let fields: Vec<&str> = record.split(',').collect();
        let [row, n, _, contestant, fate, seconds, ..] = fields[..] else {
            return Err(format!("too few fields: {record}").into());
        };
        if !row.starts_with(rows) || fate != "done" || contestant == "exact" {
            continue;
        }
        let wrong = fields
            .get(15)
            .is_some_and(|verdict| verdict.contains("wrong"));
        let name = if wrong {
            format!("{contestant}, wrong")
        } else {
            contestant.to_string()
        };
        let known = lines.iter().position(|line| line.0 == name);
        let place = known.unwrap_or_else(|| {
            lines.push((name, !wrong, Vec::new(), Vec::new()));
            lines.len() - 1
        });
        let line = &mut lines[place];
        line.2.push(n.parse()?);
        line.3.push(seconds.parse()?);
    }
    let right_first = lines
        .iter()
        .filter(|line| line.1)
        .chain(lines.iter().filter(|line| !line.1));
    let series: Vec<_> = right_first
        .map(|line| (line.0.as_str(), &line.2[..], &line.3[..]))
        .collect();
    Ok(log_log(&series)?.with_axes("n", "seconds"))
}
