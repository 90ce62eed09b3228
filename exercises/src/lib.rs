//! What the notebooks check with: the answers to the exercises, and the last cell's checkpoint.
//!
//! An exercise prints one line: right, or what to look at again. It never fails the notebook, which must
//! run before anybody has answered. The last cell holds the claims, and prints the checkpoint where all hold.
//!
//! The library knows nothing of this. The answers are a table, and `tests/exercises.rs` computes each by the library.

mod answer;
pub mod by_hand;
mod claims;
mod naming;
mod table;

pub use answer::Answer;
pub use claims::claims;
pub use naming::named_like;
pub use table::EXERCISES;

/// A question of a notebook whose answer is one number.
#[derive(Clone, Copy, Debug)]
pub struct Exercise {
    /// The notebook that asks, by the name of its file: `03_cut`.
    pub notebook: &'static str,
    /// What the notebook calls it by.
    pub name: &'static str,
    /// The answer.
    pub right: f64,
    /// Wrong answers that many give, each with its hint.
    pub slips: &'static [(f64, &'static str)],
    /// The hint for all other wrong answers.
    pub hint: &'static str,
}

/// Answers are numbers with a few digits: one part in a thousand tells right from wrong.
const CLOSE_ENOUGH: f64 = 1e-3;

/// For an answer that may have been a fraction once.
const WHOLE: &str =
    "(Between whole numbers, Rust's `/` drops the fraction: 1 / 3 is 0. Write 1.0 / 3.0.)";

/// Prints what to say to this answer to the exercise of this name.
pub fn check(name: &str, answer: impl Answer) {
    println!("{}", reply(name, answer));
}

/// Prints the line by which a run of notebook `stem` shows that it reached its end: every claim before it held.
pub fn checkpoint(stem: &str) {
    println!("Checkpoint {stem}: every claim of this notebook held.");
}

fn reply(name: &str, answer: impl Answer) -> String {
    let whole = answer.is_whole();
    let answer = answer.value();
    let Some(exercise) = EXERCISES.iter().find(|exercise| exercise.name == name) else {
        return unknown(name);
    };
    let verdict = exercise.verdict(answer);
    if whole && exercise.lost_its_fraction(answer) {
        return format!("{verdict} {WHOLE}");
    }
    verdict
}

impl Exercise {
    fn verdict(&self, answer: f64) -> String {
        let is =
            |value: f64| (answer - value).abs() <= CLOSE_ENOUGH * value.abs().max(CLOSE_ENOUGH);
        if answer.is_nan() {
            return "No answer yet: put your number in the place of f64::NAN and run the cell again."
                .to_string();
        }
        if is(self.right) {
            return format!("Right: {answer}.");
        }
        let slip = self.slips.iter().find(|(value, _)| is(*value));
        let hint = slip.map_or(self.hint, |(_, hint)| hint);
        format!("Not yet: {answer}. {hint}")
    }

    /// Whether the answer is what is left of the right one without its fraction.
    fn lost_its_fraction(&self, answer: f64) -> bool {
        let left = self.right.trunc();
        (answer - left).abs() < CLOSE_ENOUGH && (self.right - left).abs() > CLOSE_ENOUGH
    }
}

/// What to say to a name that no exercise has: the three nearest ones.
fn unknown(name: &str) -> String {
    let mut names: Vec<&str> = EXERCISES.iter().map(|exercise| exercise.name).collect();
    names.sort_by_key(|other| edits(name, other));
    names.truncate(3);
    let near = names.join(", ");
    format!("No exercise is called {name:?}. The nearest names: {near}.")
}

/// How many letters must be put in, taken out or changed to make one word of the other (Levenshtein's distance).
fn edits(from: &str, to: &str) -> usize {
    let to: Vec<char> = to.chars().collect();
    // What each beginning of `to` is away from the letters of `from` read so far.
    let mut row: Vec<usize> = (0..=to.len()).collect();
    for letter in from.chars() {
        let mut corner = row[0];
        row[0] += 1;
        for (j, other) in to.iter().enumerate() {
            let changed = corner + usize::from(letter != *other);
            corner = row[j + 1];
            row[j + 1] = changed.min(corner + 1).min(row[j] + 1);
        }
    }
    row[to.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    const ONE: Exercise = Exercise {
        notebook: "",
        name: "",
        right: 1.0,
        slips: &[(2.0, "Twice?")],
        hint: "Count again.",
    };

    #[test]
    fn a_right_answer_a_slip_a_wrong_one_and_none_each_get_their_line() {
        assert_eq!(ONE.verdict(1.0), "Right: 1.");
        assert_eq!(ONE.verdict(2.0), "Not yet: 2. Twice?");
        assert_eq!(ONE.verdict(7.0), "Not yet: 7. Count again.");
        assert_eq!(ONE.verdict(f64::INFINITY), "Not yet: inf. Count again.");
        assert!(ONE.verdict(f64::NAN).starts_with("No answer yet"));
    }

    #[test]
    fn a_right_answer_of_zero_is_recognised() {
        let zero = Exercise { right: 0.0, ..ONE };
        assert!(zero.verdict(0.0).starts_with("Right"));
        assert!(zero.verdict(0.5).starts_with("Not yet"));
    }

    #[test]
    fn every_exercise_knows_its_answer_and_every_slip_its_hint() {
        for exercise in EXERCISES {
            let name = exercise.name;
            assert!(reply(name, exercise.right).starts_with("Right"), "{name}");
            for (value, hint) in exercise.slips {
                assert_eq!(reply(name, *value), format!("Not yet: {value}. {hint}"));
            }
            let namesakes = EXERCISES.iter().filter(|other| other.name == name);
            assert_eq!(namesakes.count(), 1, "{name}");
        }
    }

    #[test]
    fn a_whole_number_a_fraction_a_count_and_a_reference_are_answers() {
        let right = "Right: 10.";
        assert_eq!(reply("inertia_on_a_line", 10), right);
        assert_eq!(reply("inertia_on_a_line", 30.0 / 3.0), right);
        assert_eq!(reply("inertia_on_a_line", 10_f32), right);
        assert_eq!(reply("inertia_on_a_line", [0; 10].len()), right);
        let referred = [&10_u64];
        assert_eq!(reply("inertia_on_a_line", referred[0]), right);
        let twice = &referred[0];
        assert_eq!(reply("inertia_on_a_line", twice), right);
        assert!(reply("inertia_on_a_line", -10).starts_with("Not yet: -10. "));
    }

    #[test]
    fn a_fraction_that_whole_numbers_lost_is_told_from_other_wrong_answers() {
        // The right answer is 1.5, and 3 / 2 is 1.
        assert!(reply("degree_on_a_line", 3 / 2).ends_with(WHOLE));
        assert!(!reply("degree_on_a_line", 1.0).ends_with(WHOLE));
        assert!(!reply("degree_on_a_line", 10).ends_with(WHOLE));
        assert!(!reply("inertia_on_a_line", 0).ends_with(WHOLE));
    }

    #[test]
    fn a_misspelt_name_is_told_the_nearest_ones() {
        let line = reply("inertia_on_line", 10.0);
        assert!(line.starts_with(
            "No exercise is called \"inertia_on_line\". The nearest names: inertia_on_a_line, "
        ));
        assert_eq!(edits("kitten", "sitting"), 3);
        assert_eq!((edits("", "cut"), edits("cut", "")), (3, 3));
    }
}
