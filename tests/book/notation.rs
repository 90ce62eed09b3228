//! The page on notation.

use crate::numbers::{Printed, chapter, stems};
use fiedler::Result;
use std::collections::BTreeSet;

/// The page has no number that would need a source.
pub const CHOSEN: &[&str] = &[];

/// None.
#[expect(clippy::unnecessary_wraps, reason = "as every chapter's")]
pub fn printed() -> Result<Printed> {
    Ok(Vec::new())
}

/// Pages without mathematics of their own.
const ASIDE: [&str; 5] = ["introduction", "notation", "errata", "python", "glossary"];

/// Short-lived factors, which the page leaves to the spot; signs of sums, of limits and of a smallest member.
const ON_THE_SPOT: [&str; 4] = ["alpha", "beta", "eta", "zeta"];

/// The Greek letters and the Latin capitals of the formulas between single and double dollars.
fn letters(name: &str) -> BTreeSet<String> {
    let text = chapter(name);
    // Code has dollars of its own.
    let text: String = text.split("```").step_by(2).collect();
    let mut found = BTreeSet::new();
    for formula in text.split('$').skip(1).step_by(2) {
        let mut rest = formula;
        while let Some(at) = rest.find(|c: char| c == '\\' || c.is_ascii_alphabetic()) {
            let tail = &rest[at..];
            let word = tail.trim_start_matches('\\');
            let end = word.find(|c: char| !c.is_ascii_alphabetic());
            let word = &word[..end.unwrap_or(word.len())];
            if tail.starts_with('\\') {
                if GREEK.contains(&word.to_lowercase().as_str()) {
                    found.insert(word.to_string());
                }
            } else {
                // A word in a formula is text, "vol".
                found.extend(Some(word.to_string()).filter(|w| w.len() == 1 && *w < "[".into()));
            }
            rest = &tail[tail
                .len()
                .min(word.len().max(1) + usize::from(tail.starts_with('\\')))..];
        }
    }
    found
}

const GREEK: [&str; 24] = [
    "alpha",
    "beta",
    "gamma",
    "delta",
    "varepsilon",
    "zeta",
    "eta",
    "theta",
    "iota",
    "kappa",
    "lambda",
    "mu",
    "nu",
    "xi",
    "pi",
    "rho",
    "sigma",
    "tau",
    "upsilon",
    "varphi",
    "phi",
    "chi",
    "psi",
    "omega",
];

#[test]
fn every_letter_of_the_chapters_has_a_line() {
    let page = letters("notation");
    let mut faults = Vec::new();
    for name in stems().filter(|stem| !ASIDE.contains(stem)) {
        for letter in letters(name) {
            if !page.contains(&letter) && !ON_THE_SPOT.contains(&letter.as_str()) {
                faults.push(format!("{name}: {letter}"));
            }
        }
    }
    assert!(faults.is_empty(), "no line in notation.md for {faults:?}");
}

#[test]
fn letters_are_read_out_of_formulas() {
    let walk = letters("walk");
    for letter in ["Z", "T", "tau", "Delta", "P", "N"] {
        assert!(walk.contains(letter), "{letter} of {walk:?}");
    }
    assert!(!walk.contains("W") && !walk.contains("kappa"), "{walk:?}");
}
