//! Notebook 0: two functions to try the language on.

use super::places::{Random, five, places};
use super::task::{Slip, Task};
use fiedler::data::blog_moons;
use fiedler::ndarray::{Array1, Array2};

/// Numbers, and a level that some of them lie above.
type Levelled = (Array1<f64>, f64);

/// Checks a function that computes the mean of an array.
pub fn mean(mine: impl Fn(&Array1<f64>) -> f64) {
    println!("{}", mean_task().reply(|x| mine(x)));
}

/// Checks a function that computes which share of the entries is larger than a level.
pub fn share_above(mine: impl Fn(&Array1<f64>, f64) -> f64) {
    println!("{}", share_above_task().reply(|(x, level)| mine(x, *level)));
}

fn first_column(x: &Array2<f64>) -> Array1<f64> {
    x.column(0).to_owned()
}

fn of_entries(x: &Array1<f64>) -> f64 {
    x.mean().expect("entries")
}

/// How many entries fulfil this.
fn count(x: &Array1<f64>, wanted: impl Fn(f64) -> bool) -> usize {
    x.iter().filter(|&&entry| wanted(entry)).count()
}

fn share(x: &Array1<f64>, wanted: impl Fn(f64) -> bool) -> f64 {
    count(x, wanted) as f64 / x.len() as f64
}

/// The first coordinates, and three to nine numbers at random.
fn columns() -> Vec<(String, Array1<f64>)> {
    let drawn = |random: &mut Random| {
        let n = 3 + random.below(7);
        random.vector(n)
    };
    places(
        first_column(&five().x),
        first_column(&blog_moons().x),
        drawn,
    )
}

/// The same with a level that is one of the numbers, so that "above" and "not below" differ.
fn levelled() -> Vec<(String, Levelled)> {
    let with_level = |(place, x): (String, Array1<f64>)| {
        let level = x[2];
        (place, (x, level))
    };
    columns().into_iter().map(with_level).collect()
}

pub(super) fn mean_task() -> Task<Array1<f64>, f64> {
    Task {
        right: of_entries,
        places: columns(),
        slips: vec![
            Slip {
                wrong: Array1::sum,
                hint: "That is the sum. Divide it by the number of entries, `x.len() as f64`.",
            },
            Slip {
                wrong: |x| x.sum() / 5.0,
                hint: "You divided by 5, which fits five entries only. Their number is `x.len() as f64`.",
            },
            Slip {
                wrong: |x| x.sum() / (x.len() as f64 - 1.0),
                hint: "You divided by one less than the number of entries.",
            },
        ],
        hint: "Add the entries by `x.sum()`, and divide by their number, `x.len() as f64`.",
    }
}

pub(super) fn share_above_task() -> Task<Levelled, f64> {
    Task {
        right: |(x, level)| share(x, |entry| entry > *level),
        places: levelled(),
        slips: vec![
            Slip {
                wrong: |(x, level)| (count(x, |entry| entry > *level) / x.len()) as f64,
                hint: "You divided one whole number by another, and Rust dropped the fraction. Write `as f64` behind each of the two before you divide.",
            },
            Slip {
                wrong: |(x, level)| count(x, |entry| entry > *level) as f64,
                hint: "You counted them. Their share is the count, divided by `x.len() as f64`.",
            },
            Slip {
                wrong: |(x, level)| share(x, |entry| entry >= *level),
                hint: "You took entries equal to the level too. They are not larger: write `>` and not `>=`.",
            },
            Slip {
                wrong: |(x, level)| share(x, |entry| entry < *level),
                hint: "Those are the entries below the level. Turn the sign round.",
            },
            Slip {
                wrong: |(x, level)| count(x, |entry| entry > *level) as f64 / 5.0,
                hint: "You divided by 5, which fits five entries only. Their number is `x.len() as f64`.",
            },
            Slip {
                wrong: |(x, _)| share(x, |entry| entry > 0.0),
                hint: "You compared with 0. Compare with `level`, whatever it is.",
            },
        ],
        hint: "Go through the entries, count those that are larger than `level`, and divide by the number of all.",
    }
}
