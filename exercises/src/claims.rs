//! The end of a notebook: its claims, looked at once more.

use crate::checkpoint;

/// Prints the checkpoint of notebook `stem` where every claim holds. Where one does not, it is told in a line that it
/// was about the old number: the reader has changed one, which is what the notebooks are for.
pub fn claims(stem: &str, claims: &[(&str, bool)]) {
    let broken = told(claims);
    if broken.is_empty() {
        checkpoint(stem);
    } else {
        println!("{broken}");
    }
}

fn told(claims: &[(&str, bool)]) -> String {
    let broken = claims.iter().filter(|(_, holds)| !holds);
    let lines: Vec<String> = broken
        .map(|(claim, _)| format!("This claim was about the old number: {claim}."))
        .collect();
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_claim_that_no_longer_holds_is_told_in_one_line() {
        let claims = [("the cut is 13", true), ("a point alone costs 8", false)];
        assert_eq!(told(&claims[..1]), "");
        let line = "This claim was about the old number: a point alone costs 8.";
        assert_eq!(told(&claims), line);
    }
}
