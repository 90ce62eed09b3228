//! What the results say, in words that are made from them: every sentence in README and book that compares. A test of
//! the book includes this file too, and holds the committed words against the committed results.

use super::rows::{ROWS, Row};
use std::fmt::Write as _;

/// One line of `results.csv`.
struct Line<'a> {
    row: &'a str,
    contestant: &'a str,
    done: bool,
    verdict: &'a str,
    /// The median of the whole.
    seconds: Option<f64>,
    /// Medians: graph, eigenpairs, labels, certificate, eigenpairs at 1e-8, neighbours by products and by brute force.
    stages: [Option<f64>; 7],
    note: &'a str,
}

/// Where the fields stand.
const VERDICT: usize = 15;
const STAGES: usize = 17;

impl<'a> Line<'a> {
    fn read(line: &'a str) -> Option<Self> {
        // The last field alone may hold commas.
        let fields: Vec<&str> = line.splitn(STAGES + 8, ',').collect();
        let number = |i: usize| fields.get(i).and_then(|field| field.parse().ok());
        Some(Self {
            row: fields.first()?,
            contestant: fields.get(3)?,
            done: *fields.get(4)? == "done",
            verdict: fields.get(VERDICT)?,
            seconds: number(5),
            stages: std::array::from_fn(|i| number(STAGES + i)),
            note: fields.get(STAGES + 7)?.trim_matches('"'),
        })
    }

    fn is_right(&self) -> bool {
        self.done && self.verdict.starts_with("right")
    }
}

/// All lines of one row of the table.
struct Found<'a> {
    row: Row,
    lines: Vec<Line<'a>>,
}

impl Found<'_> {
    fn of(&self, contestant: &str) -> Option<&Line<'_>> {
        let mut lines = self.lines.iter();
        lines.find(|line| line.contestant == contestant && line.done)
    }

    /// How many times as long as ours the fastest other right answer took, and whose it was.
    fn rival(&self) -> Option<(f64, &str)> {
        let ours = self.of("fiedler")?.seconds?;
        let others = self
            .lines
            .iter()
            .filter(|line| line.is_right() && !["fiedler", "exact"].contains(&line.contestant));
        let ratios = others.filter_map(|line| Some((line.seconds? / ours, line.contestant)));
        ratios.min_by(|a, b| a.0.total_cmp(&b.0))
    }

    /// How many times as long as ours ARPACK took for the same eigenpairs: to rounding, and to 1e-8.
    fn arpack(&self) -> Option<(f64, f64)> {
        let ours = self.of("fiedler")?.stages[1]?;
        let theirs = self.of("exact")?.stages;
        Some((theirs[1]? / ours, theirs[4]? / ours))
    }
}

/// Markdown with an anchor around each part that a page includes.
pub fn written(csv: &str) -> String {
    let lines = || csv.lines().skip(1).filter_map(Line::read);
    let found: Vec<Found<'_>> = ROWS
        .into_iter()
        .map(|row| Found {
            row,
            lines: lines().filter(|line| line.row == row.name).collect(),
        })
        .filter(|found| found.of("fiedler").is_some())
        .collect();
    let parts = [
        ("everybody", everybody(&found)),
        ("stages", stages(&found)),
        ("arpack", arpack(&found)),
        ("growth", growth(&found)),
        ("products", products(&found)),
    ];
    parts
        .into_iter()
        .map(|(name, text)| {
            format!("<!-- ANCHOR: {name} -->\n{text}\n<!-- ANCHOR_END: {name} -->\n")
        })
        .collect::<Vec<_>>()
        .join("\n")
}

/// Is anybody both right and faster?
fn everybody(found: &[Found<'_>]) -> String {
    let right = found
        .iter()
        .filter(|one| one.of("fiedler").is_some_and(Line::is_right));
    let mut text = format!(
        "`fit` is right on {} of the {} rows. ",
        right.count(),
        found.len()
    );
    let rivals: Vec<_> = found
        .iter()
        .filter_map(|one| Some((one, one.rival()?)))
        .collect();
    let ahead: Vec<String> = rivals
        .iter()
        .filter(|(_, (ratio, _))| *ratio <= 1.0)
        .map(|(one, (_, who))| format!("{} ({who})", one.row.title))
        .collect();
    let by_ratio =
        |a: &&(&Found<'_>, (f64, &str)), b: &&(&Found<'_>, (f64, &str))| a.1.0.total_cmp(&b.1.0);
    let (Some(least), Some(most)) = (
        rivals.iter().min_by(by_ratio),
        rivals.iter().max_by(by_ratio),
    ) else {
        return text + "Nobody else was measured.";
    };
    let _ = if ahead.is_empty() {
        write!(
            text,
            "On none of them is anybody else both right and faster: "
        )
    } else {
        write!(
            text,
            "Somebody is both right and faster on {}: {}. ",
            ahead.len(),
            ahead.join("; ")
        )
    };
    let _ = write!(
        text,
        "the fastest other right answer takes between {} times as long ({}, {}) and {} times ({}, {}).",
        times(least.1.0),
        least.1.1,
        least.0.row.title,
        times(most.1.0),
        most.1.1,
        most.0.row.title
    );
    text
}

/// Each stage of ours, and ARPACK's eigenpairs beside it.
fn stages(found: &[Found<'_>]) -> String {
    let mut text = String::from(
        "| | graph | eigenpairs | by | labels | certificate | ARPACK's eigenpairs, to rounding | to 1e-8 |\n\
         |---|---:|---:|---|---:|---:|---:|---:|\n",
    );
    for one in found {
        let Some(ours) = one.of("fiedler").filter(|ours| ours.stages[1].is_some()) else {
            continue;
        };
        let cell = |seconds: Option<f64>| seconds.map_or(String::new(), duration);
        let theirs = one.of("exact").map_or([None; 7], |exact| exact.stages);
        let beside = |seconds: Option<f64>| {
            let ratio = seconds
                .zip(ours.stages[1])
                .map(|(theirs, ours)| theirs / ours);
            ratio.map_or(String::new(), |ratio| {
                format!("{} ({} ×)", cell(seconds), times(ratio))
            })
        };
        let [graph, pairs, labels, certificate, ..] = ours.stages.map(cell);
        let (exact, loosely) = (beside(theirs[1]), beside(theirs[4]));
        let solver = ours.note;
        let cells = [
            graph,
            pairs,
            solver.into(),
            labels,
            certificate,
            exact,
            loosely,
        ];
        let cells = cells.map(|cell| cell.replace(' ', "\u{a0}"));
        let title = format!("{}, k = {}", one.row.title, one.row.k).replace(" = ", "\u{a0}=\u{a0}");
        let _ = writeln!(text, "| {title} | {} |", cells.join(" | "));
    }
    text.trim_end().into()
}

/// The eigenpairs alone, against ARPACK.
fn arpack(found: &[Found<'_>]) -> String {
    let ratios: Vec<(&str, f64, f64)> = found
        .iter()
        .filter_map(|one| {
            one.arpack()
                .map(|(exact, loosely)| (one.row.title, exact, loosely))
        })
        .collect();
    let said = |what: &str, ratio: fn(&(&str, f64, f64)) -> f64| {
        let below = |bound: f64| {
            let rows = ratios.iter().filter(|one| ratio(one) < bound);
            rows.map(|one| format!("{} ({} ×)", one.0, times(ratio(one))))
                .collect::<Vec<_>>()
        };
        let mut sorted: Vec<f64> = ratios.iter().map(ratio).collect();
        sorted.sort_by(f64::total_cmp);
        let (Some(least), Some(most)) = (sorted.first(), sorted.last()) else {
            return format!("{what}: not measured.");
        };
        let range = format!(
            "between {} and {} times as long as ours",
            times(*least),
            times(*most)
        );
        let behind = match (below(1.0), below(1.5)) {
            (_, near) if near.is_empty() => "more than 1.5 times on every row".to_string(),
            (slower, near) if slower.is_empty() => {
                format!("less than 1.5 times on {}", near.join("; "))
            }
            (slower, _) => format!("and ARPACK is ahead on {}", slower.join("; ")),
        };
        format!("{what}, ARPACK's eigenpairs take {range}, {behind}.")
    };
    format!(
        "Over {} rows: {}\n{}",
        ratios.len(),
        said("to rounding", |one| one.1),
        said("Stopped at a residual of 1e-8", |one| one.2)
    )
}

/// What ten times the points cost.
fn growth(found: &[Found<'_>]) -> String {
    let whole = |name: &str| {
        let one = found.iter().find(|one| one.row.name == name)?;
        Some((one.row, one.of("fiedler")?.seconds?))
    };
    let steps: Vec<(f64, String)> = found
        .iter()
        .filter_map(|one| {
            let (row, seconds) = whole(one.row.name)?;
            let (larger, longer) = whole(&format!("{}0", row.name))?;
            let growth = longer / seconds;
            Some((
                growth,
                format!(
                    "{} to {}: {} ×",
                    row.title,
                    thousands(&larger.n().to_string()),
                    times(growth)
                ),
            ))
        })
        .collect();
    let most = steps.iter().map(|step| step.0).fold(0.0, f64::max);
    let least = steps
        .iter()
        .map(|step| step.0)
        .fold(f64::INFINITY, f64::min);
    let all: Vec<&str> = steps.iter().map(|step| step.1.as_str()).collect();
    format!(
        "Ten times the points take between {} and {} times as long ({}).",
        times(least),
        times(most),
        all.join("; ")
    )
}

/// Neighbours in many dimensions, beside products in NumPy.
fn products(found: &[Found<'_>]) -> String {
    let said = found.iter().filter_map(|one| {
        let ours = one.of("fiedler")?.stages[0]?;
        let [.., products, brute] = one.of("exact")?.stages;
        let (products, brute) = (products?, brute?);
        Some(format!(
            "{}: {} for the whole graph here; for the ten neighbours alone {} by scikit-learn's brute force ({} ×), {} by blocks of $xx^\\mathsf T$ in NumPy ({} ×)",
            one.row.title,
            duration(ours),
            duration(brute),
            times(brute / ours),
            duration(products),
            times(products / ours)
        ))
    });
    let said: Vec<String> = said.collect();
    if said.is_empty() {
        return "Not measured.".into();
    }
    said.join(". ") + "."
}

/// Three digits, with a unit.
pub fn duration(seconds: f64) -> String {
    match seconds {
        s if s < 1e-3 => format!("{:.0} µs", 1e6 * s),
        s if s < 1e-2 => format!("{:.2} ms", 1e3 * s),
        s if s < 0.1 => format!("{:.1} ms", 1e3 * s),
        s if s < 1.0 => format!("{:.0} ms", 1e3 * s),
        s if s < 10.0 => format!("{s:.2} s"),
        s if s < 100.0 => format!("{s:.1} s"),
        s => format!("{s:.0} s"),
    }
}

/// A ratio to two digits, to the whole from ten on.
fn times(ratio: f64) -> String {
    if ratio < 9.95 {
        format!("{ratio:.1}")
    } else {
        thousands(&format!("{ratio:.0}"))
    }
}

/// With a comma between thousands.
fn thousands(digits: &str) -> String {
    let places = digits.char_indices().map(|(i, digit)| {
        let comma = i > 0 && (digits.len() - i).is_multiple_of(3);
        format!("{}{digit}", if comma { "," } else { "" })
    });
    places.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "head\n";

    fn line(row: &str, who: &str, seconds: f64, pairs: f64, verdict: &str) -> String {
        format!(
            "{row},1,2,{who},done,{seconds},,,,,,,,,,{verdict},0.1,.1,{pairs},.1,.1,{pairs},,,\"note, with a comma\"\n"
        )
    }

    #[test]
    fn durations_have_three_digits() {
        for (seconds, text) in [
            (0.000_123, "123 µs"),
            (0.0123, "12.3 ms"),
            (1.2345, "1.23 s"),
            (97.04, "97.0 s"),
            (146.4, "146 s"),
        ] {
            assert_eq!(duration(seconds), text);
        }
    }

    #[test]
    fn who_is_right_and_faster_is_named_and_who_is_wrong_and_faster_is_not() {
        let ours = line("digits", "fiedler", 0.5, 0.2, "right");
        let behind = HEAD.to_string() + &ours + &line("digits", "lapl", 1.0, 0.0, "right");
        assert!(written(&behind).contains("On none of them is anybody else both right and faster"));
        let wrong = behind.clone() + &line("digits", "scirs2", 0.1, 0.0, "wrong");
        assert!(written(&wrong).contains("On none of them"));
        let ahead = behind + &line("digits", "sklearn-amg", 0.1, 0.0, "right labels");
        assert!(written(&ahead).contains(
            "Somebody is both right and faster on 1: digits, n = 1,797 in 64-D (sklearn-amg)"
        ));
    }

    #[test]
    fn arpack_is_named_where_it_is_ahead_though_it_is_no_contestant() {
        let ours = line("digits", "fiedler", 0.5, 0.2, "right");
        let slower = HEAD.to_string() + &ours + &line("digits", "exact", 0.4, 0.4, "right");
        assert!(written(&slower).contains("more than 1.5 times on every row"));
        let faster = HEAD.to_string() + &ours + &line("digits", "exact", 0.1, 0.1, "right");
        assert!(written(&faster).contains("ARPACK is ahead on digits"));
    }

    #[test]
    fn growth_is_from_a_row_to_its_tenfold() {
        let csv = HEAD.to_string() + &line("moons_200", "fiedler", 1.0, 0.2, "right");
        let both = line("moons_1000", "fiedler", 1.0, 0.2, "right")
            + &line("moons_10000", "fiedler", 7.5, 0.2, "right");
        assert!(written(&(csv + &both)).contains(
            "between 7.5 and 7.5 times as long (moons, noise .06, n = 1,000 to 10,000: 7.5 ×)"
        ));
    }
}
