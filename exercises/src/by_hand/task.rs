//! A function to write: where it is tried, what is right, and which slips are known.

use super::value::{Value, first_difference, in_words, is_unwritten, same, shown};
use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind, set_hook, take_hook};
use std::sync::Once;

/// A wrong way to write the function that many take, and what to say to them.
pub struct Slip<I, V> {
    /// The function as they write it.
    pub wrong: fn(&I) -> V,
    /// What to look at again.
    pub hint: &'static str,
}

/// A function to write, of inputs `I`.
pub struct Task<I, V> {
    /// The library's answer.
    pub right: fn(&I) -> V,
    /// Where the function is tried, in this order: "on the five vertices" first.
    pub places: Vec<(String, I)>,
    /// The usual slips.
    pub slips: Vec<Slip<I, V>>,
    /// The hint for all other wrong answers.
    pub hint: &'static str,
}

/// So many of the places are named one by one; the others are random.
pub const NAMED: usize = 2;

impl<I, V: Value> Task<I, V> {
    /// The line that this function of the reader's deserves.
    pub fn reply(&self, mine: impl Fn(&I) -> V) -> String {
        for (number, (place, input)) in self.places.iter().enumerate() {
            let found = match without_panic(|| mine(input)) {
                Ok(found) => found,
                Err(words) => {
                    return format!(
                        "Not yet: {place} it panics, saying \"{words}\".{}",
                        remedy(&words)
                    );
                }
            };
            if number == 0 && is_unwritten(&found) {
                return "Not written yet: put your lines in the place of the last one, and run both cells again. \
                    (Where a message stands under the function, it did not compile: mend that first.)"
                    .to_string();
            }
            if !same(&found, &(self.right)(input)) {
                return self.not_yet(number, &found, &mine);
            }
        }
        let named: Vec<String> = self.places[..NAMED]
            .iter()
            .map(|(place, input)| (self.right)(input).one_number() + place)
            .collect();
        let random = self.places.len() - NAMED;
        format!(
            "Right: {}, and as the library {random} times at random.",
            named.join(", ")
        )
    }

    fn not_yet(&self, number: usize, found: &V, mine: &impl Fn(&I) -> V) -> String {
        let (place, input) = &self.places[number];
        let right = (self.right)(input);
        // Two slips may give the same on five vertices: the one that goes the reader's way everywhere is meant.
        // A wrong function may have no answer at some place.
        let gives = |slip: &Slip<I, V>, input: &I, one: &V| {
            without_panic(|| (slip.wrong)(input)).is_ok_and(|wrong| same(&wrong, one))
        };
        let here = |slip: &&Slip<I, V>| gives(slip, input, found);
        let everywhere = |slip: &&Slip<I, V>| {
            let mut inputs = self.places.iter().map(|(_, input)| input);
            inputs.all(|input| {
                without_panic(|| mine(input)).is_ok_and(|one| gives(slip, input, &one))
            })
        };
        let slip = self.slips.iter().filter(here).find(everywhere);
        let slip = slip.or_else(|| self.slips.iter().find(here));
        let so_far = match number {
            0 => String::new(),
            _ => format!("right {}, but ", self.places[0].0),
        };
        let told = match slip {
            Some(_) if found.shape().is_empty() => {
                format!("{place} it gives {}", found.one_number().trim())
            }
            _ => told(place, found, &right),
        };
        let hint = slip.map_or(self.hint, |slip| slip.hint);
        format!("Not yet: {so_far}{told}. {hint}")
    }
}

trait OneNumber {
    /// The number and a space, if the answer is one number.
    fn one_number(&self) -> String;
}

impl<V: Value> OneNumber for V {
    fn one_number(&self) -> String {
        match self.shape().as_slice() {
            [] => format!("{} ", shown(self.entries()[0])),
            _ => String::new(),
        }
    }
}

/// What is wrong with an answer, in words.
fn told<V: Value>(place: &str, found: &V, right: &V) -> String {
    let (shape, wanted) = (found.shape(), right.shape());
    if shape != wanted {
        return format!(
            "{place} it gives {} where {} are wanted",
            in_words(&shape),
            in_words(&wanted)
        );
    }
    let at = first_difference(found, right).unwrap_or_default();
    let (found, right) = (shown(found.entries()[at]), shown(right.entries()[at]));
    let entry = match shape.as_slice() {
        [] => return format!("{place} it gives {found}, where {right} is right"),
        [_, columns] => format!("[{}, {}]", at / columns, at % columns),
        _ => at.to_string(),
    };
    format!("{place} its entry {entry} is {found}, where {right} is right")
}

/// What helps against a panic with these words.
fn remedy(words: &str) -> &'static str {
    if words.contains("out of bounds") {
        " Count from 0: the last of n has the number n − 1."
    } else if words.contains("on an `Err` value") {
        " The library refused what your function gave it. Is each value the one that was handed over, and none typed in?"
    } else if words.contains("overflow") {
        " A `usize` is never negative: turn it into an `f64` before you subtract."
    } else {
        ""
    }
}

thread_local! {
    /// The words of the last panic, while a reader's function runs.
    static WORDS: Cell<Option<String>> = const { Cell::new(None) };
    static LISTENING: Cell<bool> = const { Cell::new(false) };
}

/// What `f` returns, or the words of its panic; nothing is written to standard error.
fn without_panic<V>(f: impl FnOnce() -> V) -> Result<V, String> {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let before = take_hook();
        set_hook(Box::new(move |panic| {
            if LISTENING.get() {
                let words = panic.payload_as_str().unwrap_or("something without words");
                WORDS.set(Some(words.to_string()));
            } else {
                before(panic);
            }
        }));
    });
    LISTENING.set(true);
    let found = catch_unwind(AssertUnwindSafe(f));
    LISTENING.set(false);
    found.map_err(|_| WORDS.take().unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use fiedler::ndarray::{Array1, array};

    /// Twice a number, and the slip of squaring it: both give 4 of 2.
    fn double() -> Task<f64, f64> {
        Task {
            right: |x| 2.0 * x,
            places: vec![("of two".to_string(), 2.0), ("of three".to_string(), 3.0)],
            slips: vec![Slip {
                wrong: |x| x * x,
                hint: "You squared it.",
            }],
            hint: "Add it to itself.",
        }
    }

    #[test]
    fn a_slip_is_known_where_it_first_shows() {
        let line = double().reply(|x| x * x);
        assert_eq!(
            line,
            "Not yet: right of two, but of three it gives 9. You squared it."
        );
    }

    #[test]
    fn a_slip_without_an_answer_elsewhere_is_known_all_the_same() {
        let mut task = double();
        task.slips[0].wrong = |x| if *x > 2.5 { panic!("no answer") } else { 5.0 };
        let line = task.reply(|_| 5.0);
        assert_eq!(line, "Not yet: of two it gives 5. You squared it.");
    }

    #[test]
    fn another_wrong_answer_stands_beside_the_right_one() {
        let line = double().reply(|x| x + 1.0);
        assert_eq!(
            line,
            "Not yet: of two it gives 3, where 4 is right. Add it to itself."
        );
    }

    #[test]
    fn of_an_array_the_shape_is_told_or_the_first_wrong_entry() {
        let task: Task<f64, Array1<f64>> = Task {
            right: |x| array![*x, 0.0],
            places: vec![("here".to_string(), 1.0), ("there".to_string(), 2.0)],
            slips: vec![],
            hint: "Hint.",
        };
        let shape = task.reply(|x| array![*x]);
        assert_eq!(
            shape,
            "Not yet: here it gives 1 entries where 2 entries are wanted. Hint."
        );
        let entry = task.reply(|x| array![*x, 0.5]);
        assert_eq!(
            entry,
            "Not yet: here its entry 1 is 0.5, where 0 is right. Hint."
        );
    }

    #[test]
    fn the_panic_of_another_thread_is_not_swallowed() {
        assert_eq!(
            without_panic::<()>(|| panic!("mine")),
            Err("mine".to_string())
        );
        assert!(!LISTENING.get());
        assert!(without_panic(|| 1).is_ok());
    }
}
