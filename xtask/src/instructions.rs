//! `cargo xtask instructions`: the instructions of the hot paths, held against committed budgets.
//!
//! Times on a shared machine differ by a factor of two; the instructions that a program executes hardly differ.
//! valgrind's callgrind counts them, of one thread, in pure Rust, with the work and without it.

use crate::{
    places::{cargo, project},
    shell::{answer, say},
    trouble::{Result, Trouble},
};
use std::{
    collections::BTreeMap,
    fs,
    process::{Command, Stdio},
};

/// What a count may be above its budget: hashing and the order of allocations move it by a per cent or two.
const SLACK: f64 = 1.05;
const BUDGETS: &str = "benches/instructions.txt";
const CASES: [&str; 12] = [
    "neighbors_2d",
    "neighbors_10d",
    "neighbors_64d",
    "edges",
    "eigenpairs_2d",
    "eigenpairs_thin",
    "eigenpairs_streets",
    "eigenpairs_10d",
    "post",
    "kmeans",
    "sweep",
    "fit",
];

/// Counts, and compares with the budgets; or writes the counts as the new budgets.
pub fn guard(write: bool) -> Result<()> {
    if answer("valgrind", &["--version"]).is_none() {
        return Err(Trouble::new(
            "valgrind is not installed, and nothing else counts instructions here.",
            "`apt-get install valgrind`, or your system's word for it; macOS on ARM has none",
        ));
    }
    let compiler = answer("rustc", &["--version"]).unwrap_or_default();
    let program = build()?;
    let mut counts = Budgets::new();
    for case in CASES {
        let (all, prepared) = (
            count(&program, &[case])?,
            count(&program, &[case, "prepare"])?,
        );
        let work = all.saturating_sub(prepared);
        println!("  {case:<16}{work:>16}");
        counts.insert(case.to_string(), work);
    }
    let path = project().join(BUDGETS);
    if write {
        let text = written(&counts, &compiler);
        return fs::write(&path, text).map_err(|error| Trouble::file(&path, &error));
    }
    let text = fs::read_to_string(&path).map_err(|error| Trouble::file(&path, &error))?;
    let over = over(&counts, &read(&text)).join("\n");
    if over.is_empty() {
        println!("Every count is within its budget.");
        return Ok(());
    }
    if !text.contains(&compiler) {
        println!("Not compared: the budgets are of another compiler than {compiler}.\n{over}");
        return Ok(());
    }
    Err(Trouble::new(
        format!("More instructions than the budget:\n{over}"),
        format!(
            "find what became slower; where it is worth it, write new budgets to {BUDGETS} by \
             `cargo xtask instructions --write`"
        ),
    ))
}

type Budgets = BTreeMap<String, u64>;

/// Compiles the cases, optimised, without BLAS, whose kernels depend on the processor.
fn build() -> Result<String> {
    say("compiling the hot paths");
    let arguments = "build --release --bench instructions --no-default-features \
                     --message-format=json-render-diagnostics";
    let words: Vec<&str> = arguments.split_whitespace().collect();
    let failed =
        |what: &str| Trouble::new(what, format!("run `cargo {arguments}` and read its output"));
    let built = cargo(&words).stderr(Stdio::inherit()).output();
    let built = built.map_err(|error| failed(&format!("cargo did not start: {error}")))?;
    String::from_utf8_lossy(&built.stdout)
        .lines()
        .filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok())
        .filter(|message| message["target"]["name"] == "instructions")
        .find_map(|message| message["executable"].as_str().map(String::from))
        .ok_or_else(|| failed("The hot paths do not compile."))
}

/// The instructions of one run.
fn count(program: &str, arguments: &[&str]) -> Result<u64> {
    let mut command = Command::new("valgrind");
    command
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
        .arg(program)
        .args(arguments)
        .env("RAYON_NUM_THREADS", "1");
    let case = arguments.join(" ");
    let failed = |why: &str| {
        Trouble::new(
            format!("valgrind did not count `{case}`: {why}"),
            format!("run `valgrind --tool=callgrind {program} {case}`"),
        )
    };
    let output = command
        .output()
        .map_err(|error| failed(&error.to_string()))?;
    let said = String::from_utf8_lossy(&output.stderr);
    if !output.status.success() {
        return Err(failed(said.lines().last().unwrap_or_default()));
    }
    collected(&said).ok_or_else(|| failed("it says no total"))
}

/// The total in callgrind's last words: "==123== Collected : 4567".
fn collected(said: &str) -> Option<u64> {
    let line = said.lines().find(|line| line.contains("Collected :"))?;
    line.rsplit(' ').next()?.parse().ok()
}

/// "case count" a line; # begins a remark.
fn read(text: &str) -> Budgets {
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    let pair = |line: &str| {
        let (case, count) = line.split_once(' ')?;
        Some((case.to_string(), count.trim().parse().ok()?))
    };
    lines.filter_map(pair).collect()
}

fn written(counts: &Budgets, compiler: &str) -> String {
    let head = format!(
        "# Instructions of the hot paths in benches/instructions.rs, by `cargo xtask instructions --write`.\n\
         # {compiler}\n"
    );
    counts.iter().fold(head, |text, (case, count)| {
        format!("{text}{case} {count}\n")
    })
}

/// The cases beyond their budget, in words; a case without a budget is one of them.
fn over(counts: &Budgets, budgets: &Budgets) -> Vec<String> {
    let worse = |(case, &count): (&String, &u64)| match budgets.get(case) {
        Some(&budget) if count as f64 <= SLACK * budget as f64 => None,
        Some(&budget) => Some(format!(
            "  {case}: {count}, {:.2} times {budget}",
            count as f64 / budget as f64
        )),
        None => Some(format!("  {case}: {count}, and there is no budget for it")),
    };
    counts.iter().filter_map(worse).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn budgets(pairs: &[(&str, u64)]) -> Budgets {
        let owned = |&(case, count): &(&str, u64)| (case.to_string(), count);
        pairs.iter().map(owned).collect()
    }

    #[test]
    fn budgets_are_read_as_they_are_written() {
        let counts = budgets(&[("edges", 12), ("fit", 345)]);
        assert_eq!(read(&written(&counts, "rustc 1.95.0")), counts);
    }

    #[test]
    fn five_per_cent_above_the_budget_is_too_much() {
        let budget = budgets(&[("edges", 1000)]);
        assert!(over(&budgets(&[("edges", 1049)]), &budget).is_empty());
        assert!(over(&budgets(&[("edges", 1051)]), &budget)[0].contains("edges: 1051"));
        assert!(over(&budgets(&[("new", 1)]), &budget)[0].contains("no budget"));
    }

    #[test]
    fn the_total_is_in_the_last_words_of_callgrind() {
        let said = "==12== Events    : Ir\n==12== Collected : 4567\n==12==\n";
        assert_eq!(collected(said), Some(4567));
        assert_eq!(collected("Segmentation fault"), None);
    }

    #[test]
    fn every_case_has_a_committed_budget() {
        let text = fs::read_to_string(project().join(BUDGETS)).unwrap();
        let known: Vec<String> = read(&text).into_keys().collect();
        let mut cases = CASES.map(String::from);
        cases.sort();
        assert_eq!(known, cases);
    }
}
