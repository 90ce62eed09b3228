//! How the book sounds: a chapter of short sentences is a drumbeat.

use crate::numbers::{chapter, stems, without};

/// A sentence of at most so many words is short; a formula or a name in code is one word.
const SHORT: usize = 8;
/// Fewer than one in so many sentences of a chapter are short.
const ONE_IN: usize = 4;

/// The paragraphs that are read aloud: no code, tables, titles, pictures or references; a formula is one word.
fn paragraphs(text: &str) -> Vec<String> {
    let mut text = text.to_string();
    for (from, to) in [
        ("```", "```"),
        ("<details class=\"checked\">", "</details>"),
        ("\n## Where to read on\n", "\n## "),
        ("<svg", "</svg>"),
        ("![", ")\n"),
    ] {
        text = without(&text, from, to);
    }
    for (from, to) in [("$$", "$$"), ("$", "$"), ("`", "`")] {
        text = in_a_word(&text, from, to);
    }
    text = without(&text, "<", ">");
    let mut paragraphs = vec![String::new()];
    for line in text.lines() {
        let line = line.trim();
        let is_item = line.starts_with("- ")
            || line
                .split_once(". ")
                .is_some_and(|(n, _)| n.parse::<u32>().is_ok());
        if line.is_empty() || line.starts_with(['|', '#']) || is_item {
            paragraphs.push(String::new());
        }
        if !line.starts_with(['|', '#']) {
            let last = paragraphs.last_mut().expect("one at least");
            last.push_str(line);
            last.push(' ');
        }
    }
    paragraphs
}

/// The text with one word in the place of all that stands between two marks.
fn in_a_word(text: &str, from: &str, to: &str) -> String {
    let mut rest = text;
    let mut kept = String::new();
    while let Some((before, after)) = rest.split_once(from) {
        kept.push_str(before);
        kept.push('X');
        rest = after.split_once(to).map_or("", |(_, behind)| behind);
    }
    kept + rest
}

/// The numbers of words in the sentences of a paragraph; what has no two words is none.
fn sentences(paragraph: &str) -> Vec<usize> {
    let mut lengths = vec![0];
    for word in paragraph.split_whitespace() {
        let last = lengths.last_mut().expect("one at least");
        *last += usize::from(word.contains(char::is_alphanumeric));
        let bare = word.trim_end_matches(['*', '_', ')', '"', '”', ']']);
        if bare.ends_with(['.', '!', '?']) {
            lengths.push(0);
        }
    }
    lengths.retain(|&words| words >= 2);
    lengths
}

#[test]
fn fewer_than_a_quarter_of_a_chapters_sentences_are_short() {
    for name in stems() {
        let lengths: Vec<usize> = paragraphs(&chapter(name))
            .iter()
            .flat_map(|one| sentences(one))
            .collect();
        let short = lengths.iter().filter(|&&words| words <= SHORT).count();
        assert!(
            ONE_IN * short < lengths.len(),
            "{name}: {short} of {} sentences have at most {SHORT} words",
            lengths.len()
        );
    }
}

#[test]
fn sentences_are_counted_as_they_are_read() {
    let text = "# Title\n\nOne two three. (Four *five six.*) Seven $x_1.5 = 2$ eight?\n\n- an item of a list\n\n| a. b. c. |\n";
    let lengths: Vec<usize> = paragraphs(text)
        .iter()
        .flat_map(|one| sentences(one))
        .collect();
    assert_eq!(lengths, [3, 3, 3, 5]);
}
