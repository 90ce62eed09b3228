//! The glossary.

use crate::numbers::{Printed, chapter};
use fiedler::Result;

/// The page has no number that would need a source.
pub const CHOSEN: &[&str] = &[];

/// None.
#[expect(clippy::unnecessary_wraps, reason = "as every chapter's")]
pub fn printed() -> Result<Printed> {
    Ok(Vec::new())
}

#[test]
fn the_words_stand_in_the_order_of_the_alphabet() {
    let page = chapter("glossary");
    let words = page.lines().filter_map(|line| line.strip_prefix("**"));
    let sorted = |word: &str| {
        let word = word.split(":**").next().unwrap_or_default().to_lowercase();
        word.replace('ε', "epsilon").replace('–', "-")
    };
    let words: Vec<String> = words.map(sorted).collect();
    assert!(words.len() > 80, "{}", words.len());
    for two in words.windows(2) {
        assert!(two[0] < two[1], "{} before {}", two[0], two[1]);
    }
}
