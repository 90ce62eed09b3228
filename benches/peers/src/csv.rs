//! Everything as comma-separated values, one contestant on one row a line.

use crate::contestants::ALL;
use crate::record::{Fate, Results};
use crate::rows::ROWS;
use crate::table::exact;
use std::fmt::Write as _;

const HEAD: &str = "row,n,k,contestant,fate,median_seconds,seconds,peak_bytes,ari,normcut,residual,gap,\
lambda_k,lambda_k_exact,lambda_off,verdict,load,graph_seconds,eigenpairs_seconds,labels_seconds,\
certificate_seconds,loosely_seconds,products_seconds,brute_seconds,note\n";

/// The parts of a time, in the order of [`HEAD`].
const STAGES: [&str; 7] = [
    "graph",
    "eigenpairs",
    "labels",
    "certificate",
    "loosely",
    "products",
    "brute",
];

pub fn written(results: &Results) -> String {
    let mut text = String::from(HEAD);
    for row in ROWS {
        let exact = exact(results, &row);
        for contestant in ALL {
            let Some(record) = results.get(row.name, contestant.name()) else {
                continue;
            };
            let (fate, reason) = match &record.fate {
                Fate::Done => ("done", record.measured.note.clone().unwrap_or_default()),
                Fate::Killed(limit) => ("killed", format!("after {limit} s")),
                Fate::Failed(reason) => ("failed", reason.clone()),
                Fate::NotTried(reason) => ("not tried", reason.clone()),
            };
            let all: Vec<String> = record.measured.seconds.iter().map(f64::to_string).collect();
            let judged = &record.judged;
            let verdict = if record.fate == Fate::Done {
                exact.verdict(record, row.k)
            } else {
                ""
            };
            let _ = writeln!(
                text,
                "{},{},{},{},{fate},{},{},{},{},{},{},{},{},{},{},{},{},{},{}",
                row.name,
                row.n(),
                row.k,
                contestant.name(),
                cell(record.seconds()),
                all.join(" "),
                cell(record.measured.peak_bytes),
                cell(judged.ari),
                cell(judged.normcut),
                cell(judged.residual),
                cell(exact.gap(row.k)),
                cell(judged.quotients.get(row.k - 1)),
                cell(exact.values.get(row.k - 1)),
                cell(exact.off(record, row.k)),
                verdict.replace('*', "").replace(',', ";"),
                cell(record.load),
                STAGES.map(|stage| cell(record.stage(stage))).join(","),
                quoted(&reason),
            );
        }
    }
    text
}

fn cell<T: ToString>(value: Option<T>) -> String {
    value.map_or(String::new(), |value| value.to_string())
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "'"))
}
