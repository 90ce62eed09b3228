//! What the prose prints was computed: each number of a chapter that has a decimal point or more than one digit was chosen
//! by its author, or comes out of the code again, to the last digit that stands there.

use crate::{
    certificate, clustering, cut, eigen, embedding, errata, glossary, introduction, kmeans, large,
    linear_algebra, notation, perturbation, power, python, real_data, relaxation, sensitivity,
    similarity, springs, transform, walk, your_data,
};
use fiedler::Result;
use std::{collections::BTreeSet, fs, path::Path};

/// Numbers as a chapter prints them, each with what the code finds, without its sign and its power of ten. A number may
/// stand for several values.
pub type Printed = Vec<(&'static str, f64)>;

/// A chapter; what its author chose (sizes, ε, years) or a benchmark measured; and what the code finds.
type Chapter = (
    &'static str,
    &'static [&'static str],
    fn() -> Result<Printed>,
);

const CHAPTERS: [Chapter; 23] = [
    ("introduction", introduction::CHOSEN, introduction::printed),
    ("kmeans", kmeans::CHOSEN, kmeans::printed),
    ("similarity", similarity::CHOSEN, similarity::printed),
    ("cut", cut::CHOSEN, cut::printed),
    ("transform", transform::CHOSEN, transform::printed),
    ("relaxation", relaxation::CHOSEN, relaxation::printed),
    ("eigen", eigen::CHOSEN, eigen::printed),
    ("clustering", clustering::CHOSEN, clustering::printed),
    ("embedding", embedding::CHOSEN, embedding::printed),
    ("springs", springs::CHOSEN, springs::printed),
    ("walk", walk::CHOSEN, walk::printed),
    ("perturbation", perturbation::CHOSEN, perturbation::printed),
    ("certificate", certificate::CHOSEN, certificate::printed),
    ("your_data", your_data::CHOSEN, your_data::printed),
    ("sensitivity", sensitivity::CHOSEN, sensitivity::printed),
    ("real_data", real_data::CHOSEN, real_data::printed),
    ("power", power::CHOSEN, power::printed),
    ("large", large::CHOSEN, large::printed),
    ("notation", notation::CHOSEN, notation::printed),
    (
        "linear_algebra",
        linear_algebra::CHOSEN,
        linear_algebra::printed,
    ),
    ("errata", errata::CHOSEN, errata::printed),
    ("python", python::CHOSEN, python::printed),
    ("glossary", glossary::CHOSEN, glossary::printed),
];

/// The names of all pages that have prose, in the book's order.
pub fn stems() -> impl Iterator<Item = &'static str> {
    CHAPTERS.iter().map(|(stem, ..)| *stem)
}

/// The source of a chapter.
pub fn chapter(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("book/src/{name}.md"));
    fs::read_to_string(path).expect("a chapter")
}

/// The text that a reader sees as prose: no code, no names of tests, no references.
fn prose(name: &str) -> String {
    let mut text = chapter(name);
    for (from, to) in [
        ("```", "```"),
        ("<!--", "-->"),
        ("<details class=\"checked\">", "</details>"),
        ("<svg", "</svg>"),
        ("\n## Where to read on\n", "\n## "),
        ("`", "`"),
        ("](", ")"),
        ("\\tag{", "}"),
    ] {
        text = without(&text, from, to);
    }
    // Tags, and not what is less.
    for name in [
        "div",
        "p",
        "figure",
        "figcaption",
        "details",
        "summary",
        "a",
        "br",
        "b",
        "i",
        "em",
        "strong",
        "sub",
        "sup",
    ] {
        for start in [
            format!("<{name}>"),
            format!("<{name} "),
            format!("</{name}"),
        ] {
            text = without_tag(&text, &start);
        }
    }
    text
}

/// The text without the tags that begin so.
fn without_tag(text: &str, start: &str) -> String {
    let start_alone = start.trim_end_matches('>');
    let mut rest = text;
    let mut kept = String::new();
    while let Some(at) = rest.find(start) {
        kept.push_str(&rest[..at]);
        let after = &rest[at + start_alone.len()..];
        rest = after.split_once('>').map_or("", |(_, behind)| behind);
    }
    kept + rest
}

/// The text without what stands between two marks, and without the marks.
pub fn without(text: &str, from: &str, to: &str) -> String {
    let mut rest = text;
    let mut kept = String::new();
    while let Some((before, after)) = rest.split_once(from) {
        kept.push_str(before);
        kept.push(' ');
        rest = after.split_once(to).map_or("", |(_, behind)| behind);
    }
    kept + rest
}

/// The numbers of a text that have a point or two digits; not those of formulas, "(12)", and of names, "x12" and "10^{12}".
fn numbers(text: &str) -> BTreeSet<String> {
    let is_part = |c: char| c.is_ascii_digit() || c == ',' || c == '.';
    let mut found = BTreeSet::new();
    let mut rest = text;
    let mut before = ' ';
    while let Some(first) = rest.chars().next() {
        if !first.is_ascii_digit() {
            before = first;
            rest = &rest[first.len_utf8()..];
            continue;
        }
        let end = rest.find(|c: char| !is_part(c)).unwrap_or(rest.len());
        let number = rest[..end].trim_end_matches([',', '.']);
        let is_reference = before == '(' && rest[end..].starts_with(')');
        let is_name = before.is_alphanumeric() || ['^', '_', '\\'].contains(&before);
        let head = text[..text.len() - rest.len()].trim_end_matches('-');
        let is_exponent = head.ends_with("^{") || head.ends_with("_{");
        if number.len() > 1 && !is_reference && !is_name && !is_exponent {
            found.insert(number.to_string());
        }
        before = rest[..end].chars().next_back().unwrap_or(' ');
        rest = &rest[end..];
    }
    found
}

/// Whether this is how the value is printed.
fn is_printed_as(value: f64, number: &str) -> bool {
    let plain = number.replace(',', "");
    let digits = plain.split_once('.').map_or(0, |(_, behind)| behind.len());
    let read: f64 = plain.parse().expect("a number");
    let unit = 0.1_f64.powi(i32::try_from(digits).expect("few digits"));
    // Half a unit of the last digit, and what the number itself is rounded by.
    (value.abs() - read).abs() <= 0.5 * unit * (1.0 + 1e-9) + 1e-12 * read
}

#[test]
fn every_number_of_the_prose_is_chosen_or_computed() -> Result<()> {
    let mut faults = Vec::new();
    for (chapter, chosen, printed) in CHAPTERS {
        let in_prose = numbers(&prose(chapter));
        let printed = printed()?;
        for (number, value) in &printed {
            if !is_printed_as(*value, number) {
                faults.push(format!("{chapter}: {number} is printed, and {value} found"));
            }
        }
        let known: BTreeSet<&str> = printed.iter().map(|(number, _)| *number).collect();
        for number in chosen.iter().chain(&known) {
            if !in_prose.contains(*number) {
                faults.push(format!("{chapter}: {number} is listed, and not printed"));
            }
        }
        for number in &in_prose {
            if !known.contains(number.as_str()) && !chosen.contains(&number.as_str()) {
                faults.push(format!("{chapter}: where does {number} come from?"));
            }
        }
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
    Ok(())
}

#[test]
fn numbers_are_read_as_a_reader_sees_them() {
    let text =
        "Of 1,000 points, 13; by (12) it is $0.45$, $10^{-12}$, $\\frac{13}{52}$, x86 and 3.";
    let found = numbers(text);
    let found: Vec<&str> = found.iter().map(String::as_str).collect();
    assert_eq!(found, ["0.45", "1,000", "10", "13", "52"]);
    assert_eq!(without("a `b12` c", "`", "`"), "a   c");
    assert_eq!(without_tag("<p>12 <j 13</p>", "<p>"), "12 <j 13</p>");
}

#[test]
fn a_value_is_printed_to_its_last_digit() {
    assert!(is_printed_as(0.018_004_6, "0.0180") && !is_printed_as(0.018_004_6, "0.0170"));
    assert!(is_printed_as(-2258.0, "2,258") && !is_printed_as(2259.0, "2,258"));
    assert!(is_printed_as(0.0566, "0.057") && !is_printed_as(0.0564, "0.057"));
}
