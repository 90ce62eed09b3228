//! What the notebooks check with: the last cell's checkpoint, and the answers to the exercises.
//!
//! An exercise prints one line: right, or what to look at again. It never fails the notebook, which must
//! run before anybody has answered; the checkpoint cell asserts, and does.

/// Prints the line by which a run of notebook `stem` shows that it reached its end: every claim before it held.
pub fn checkpoint(stem: &str) {
    println!("Checkpoint {stem}: every claim of this notebook held.");
}

/// Answers are numbers with a few digits: one part in a thousand tells right from wrong.
const CLOSE_ENOUGH: f64 = 1e-3;

/// Compares an answer with the right one. `slips` are wrong answers that many give, each with its hint;
/// `hint` is for all others.
fn number(answer: f64, right: f64, slips: &[(f64, &str)], hint: &str) {
    println!("{}", verdict(answer, right, slips, hint));
}

fn verdict(answer: f64, right: f64, slips: &[(f64, &str)], hint: &str) -> String {
    let is = |value: f64| (answer - value).abs() <= CLOSE_ENOUGH * value.abs().max(CLOSE_ENOUGH);
    if answer.is_nan() {
        return "No answer yet: put your number in the place of f64::NAN and run the cell again."
            .to_string();
    }
    if is(right) {
        return format!("Right: {answer}.");
    }
    let slip = slips.iter().find(|(value, _)| is(*value));
    format!("Not yet: {answer}. {}", slip.map_or(hint, |(_, hint)| hint))
}

/// Exercise of notebook 3: the cut of the path 0–1–2–3 split in the middle.
pub fn cut_of_the_path(answer: f64) {
    number(
        answer,
        1.0,
        &[(
            2.0,
            "You counted the edge once from each side; the formula counts it once.",
        )],
        "List the edges, and count those whose ends have different labels.",
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_right_answer_a_slip_a_wrong_one_and_none_each_get_their_line() {
        let line = |answer| verdict(answer, 1.0, &[(2.0, "Twice?")], "Count again.");
        assert!(line(1.0).starts_with("Right"));
        assert!(line(2.0).ends_with("Twice?"));
        assert!(line(7.0).ends_with("Count again."));
        assert!(line(f64::NAN).starts_with("No answer yet"));
    }

    #[test]
    fn a_right_answer_of_zero_is_recognised() {
        assert!(verdict(0.0, 0.0, &[], "").starts_with("Right"));
        assert!(verdict(0.5, 0.0, &[], "").starts_with("Not yet"));
    }
}
