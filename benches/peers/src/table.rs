//! The table: first the times at a glance, then everything.

use crate::contestants::{ALL, Contestant};
use crate::record::{Fate, Record, Results};
use crate::rows::{ROWS, Row};
use crate::verdict::Exact;
use crate::words::{self, duration};
use std::fmt::Write as _;

/// Markdown.
pub fn written(results: &Results, csv: &str) -> String {
    let rows: Vec<Row> = ROWS
        .into_iter()
        .filter(|row| results.rows.contains_key(row.name))
        .collect();
    let mut text = String::from(
        "<!-- Written by `cargo run --release --manifest-path benches/peers/Cargo.toml`; do not edit. -->\n\n",
    );
    let _ = writeln!(text, "Measured on {}.\n", results.machine.described());
    text += "Median seconds. ✗: the answer is wrong; (✗): its labels are right, its eigenvectors are not.\n\n";
    text += "<!-- ANCHOR: glance -->\n";
    text += &glance(results, &rows);
    text += "<!-- ANCHOR_END: glance -->\n\n";
    text += &words::written(csv);
    text += "\nEverything. *Residual*: the largest ‖D^-½((D − A)z − λDz)‖ of the k vectors, against λₖ₊₁ − λₖ, the gap. \
             *λ off*: the largest distance of a Rayleigh quotient from the exact eigenvalue. *Memory*: what the first \
             run adds to the process at its peak. Ncut is that of the labels on the row's graph, whatever graph the \
             contestant itself took.\n";
    for row in &rows {
        text += &whole(results, row);
    }
    text
}

/// The README with what it shows of the table between its marks.
pub fn into_readme(readme: &str, table: &str) -> Option<String> {
    let (before, rest) = readme.split_once("<!-- peers -->\n")?;
    let (_, after) = rest.split_once("<!-- /peers -->")?;
    let machine = table.lines().find(|line| line.starts_with("Measured on"))?;
    let part = |name: &str| {
        let (_, rest) = table.split_once(&format!("<!-- ANCHOR: {name} -->\n"))?;
        Some(
            rest.split_once(&format!("\n<!-- ANCHOR_END: {name} -->"))?
                .0,
        )
    };
    let shown = [
        machine,
        part("glance")?,
        part("everybody")?,
        part("arpack")?,
    ]
    .join("\n\n");
    Some(format!(
        "{before}<!-- peers -->\n{shown}\n<!-- /peers -->{after}"
    ))
}

fn glance(results: &Results, rows: &[Row]) -> String {
    let columns: Vec<Contestant> = ALL
        .into_iter()
        .filter(|&contestant| contestant != Contestant::Exact)
        .filter(|contestant| {
            rows.iter()
                .any(|row| results.get(row.name, contestant.name()).is_some())
        })
        .collect();
    let titles: Vec<&str> = columns
        .iter()
        .map(|contestant| contestant.title())
        .collect();
    let mut text = format!(
        "| | {} |\n|---|{}\n",
        titles.join(" | "),
        "---:|".repeat(columns.len())
    );
    for row in rows {
        let exact = exact(results, row);
        let cells: Vec<String> = columns
            .iter()
            .map(
                |contestant| match results.get(row.name, contestant.name()) {
                    None => String::new(),
                    Some(record) => cell(record, exact.verdict(record, row.k)),
                },
            )
            .collect();
        // What belongs together is not torn apart at the end of a line.
        let title = format!("{}, k = {}", row.title, row.k).replace(" = ", "\u{a0}=\u{a0}");
        let cells = cells.iter().map(|cell| cell.replace(' ', "\u{a0}"));
        let cells: Vec<String> = cells.collect();
        let _ = writeln!(text, "| {title} | {} |", cells.join(" | "));
    }
    text
}

fn cell(record: &Record, verdict: &str) -> String {
    match (&record.fate, record.seconds()) {
        (Fate::Done, Some(seconds)) => {
            let mark = match verdict {
                "**wrong**" => " ✗",
                "labels right, vectors **wrong**" => " (✗)",
                _ => "",
            };
            duration(seconds) + mark
        }
        (Fate::Killed(limit), _) => format!("> {limit} s"),
        (Fate::NotTried(_), _) => "–".into(),
        _ => "failed".into(),
    }
}

fn whole(results: &Results, row: &Row) -> String {
    let exact = exact(results, row);
    let gap = exact
        .gap(row.k)
        .map_or(String::new(), |gap| format!("; gap {}", small(gap)));
    let values = exact.values.get(row.k - 1).map_or(String::new(), |value| {
        format!("; λ_{} = {value:.6e}", row.k)
    });
    let mut text = format!(
        "\n### {}\nk = {}; graph: {}{values}{gap}.\n\n",
        row.title,
        row.k,
        row.graph()
    );
    text += "| | median | times ours | runs | memory | ARI | Ncut | residual | λ off | answer |\n";
    text += "|---|---:|---:|---:|---:|---:|---:|---:|---:|---|\n";
    let ours = results
        .get(row.name, Contestant::Fiedler.name())
        .and_then(Record::seconds);
    for contestant in ALL {
        let Some(record) = results.get(row.name, contestant.name()) else {
            continue;
        };
        let answer = match &record.fate {
            Fate::Killed(limit) => format!("killed after {limit} s"),
            Fate::NotTried(reason) => format!("not tried: {reason}"),
            Fate::Failed(reason) => format!("failed: {}", reason.replace('|', "/")),
            Fate::Done if contestant == Contestant::Exact => {
                "what the others are held against".into()
            }
            Fate::Done => {
                let note = record.measured.note.as_ref();
                let note = note.map_or(String::new(), |note| {
                    format!("; {}", note.replace('|', "/"))
                });
                format!("{}{note}", exact.verdict(record, row.k))
            }
        };
        let or_nothing = |cell: Option<String>| cell.unwrap_or_default();
        let seconds = record.seconds().filter(|_| record.fate == Fate::Done);
        let ratio = seconds.zip(ours).map(|(seconds, ours)| seconds / ours);
        let judged = &record.judged;
        let cells = [
            or_nothing(seconds.map(duration)),
            or_nothing(
                ratio
                    .filter(|_| contestant != Contestant::Exact)
                    .map(|ratio| format!("{ratio:.3}")),
            ),
            or_nothing(seconds.map(|_| record.measured.seconds.len().to_string())),
            or_nothing(record.measured.peak_bytes.map(bytes)),
            or_nothing(judged.ari.map(|ari| format!("{ari:.4}"))),
            or_nothing(judged.normcut.map(|cut| format!("{cut:.6}"))),
            or_nothing(judged.residual.map(small)),
            or_nothing(
                exact
                    .off(record, row.k)
                    .filter(|_| contestant != Contestant::Exact)
                    .map(small),
            ),
            answer,
        ];
        let _ = writeln!(text, "| {} | {} |", contestant.title(), cells.join(" | "));
    }
    text
}

/// A row's exact solution.
pub fn exact<'a>(results: &'a Results, row: &Row) -> Exact<'a> {
    let get = |contestant: Contestant| results.get(row.name, contestant.name());
    Exact::of(get(Contestant::Exact), get(Contestant::Fiedler))
}

fn bytes(count: u64) -> String {
    match count as f64 / 1_048_576.0 {
        mib if mib < 10.0 => format!("{mib:.1} MiB"),
        mib if mib < 1024.0 => format!("{mib:.0} MiB"),
        mib => format!("{:.1} GiB", mib / 1024.0),
    }
}

fn small(value: f64) -> String {
    if value > 1e99 {
        "not a number".into()
    } else {
        format!("{value:.1e}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_killed_contestant_says_so() {
        let mut results = Results::default();
        results.put("digits", "sklearn-arpack", Record::of(Fate::Killed(120.0)));
        let text = written(&results, "");
        assert!(
            text.contains("killed after 120 s") && text.contains("| >\u{a0}120\u{a0}s |"),
            "{text}"
        );
    }
}
