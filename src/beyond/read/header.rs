//! Whether a first line of numbers looks like the names of columns.
//!
//! # Definition
//! Its fields are whole numbers without a sign that rise or fall by one and the same step (2019, 2020; 0, 1, 2;
//! 400, 410, 420; of two columns, by 1), at least two points follow, and either no number below it is written as a whole number, or the
//! fields are years, from 1800 to 2100, and in every column most numbers below are none. A single column has no
//! step: only a year can be its name. A first line in quotation marks above lines without any is a header where its
//! fields are whole numbers; a number with decimals may be in quotation marks only for its comma, and is asked about.

use super::records::Cell;

const YEARS: std::ops::RangeInclusive<f64> = 1800.0..=2100.0;

/// What the lines below the first are watched for.
#[derive(Debug)]
pub(super) struct Watch {
    /// The fields of the first line are whole numbers at one step.
    steps: bool,
    /// They are years, too.
    years: bool,
    /// What the first line is where it stands in quotation marks, and no other field does.
    alone_quoted: Option<Verdict>,
    /// Whether each column has a whole number below.
    whole: Vec<bool>,
    /// How many numbers of each column are years.
    in_years: Vec<usize>,
    points: usize,
}

/// What was seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    Point,
    Names,
    Either,
}

impl Watch {
    /// Looks at the first line and its values.
    pub(super) fn new(cells: &[Cell<'_>], values: &[f64]) -> Self {
        #[expect(clippy::float_cmp, reason = "whole numbers")]
        let even = values
            .windows(3)
            .all(|three| three[1] - three[0] == three[2] - three[1]);
        // Two numbers have always a step between them: it must be 1.
        let first_step = values.get(1).map(|second| (second - values[0]).abs());
        let moves = match first_step {
            Some(step) if values.len() == 2 => (step - 1.0).abs() < 0.5,
            Some(step) => step > 0.0,
            None => true,
        };
        let all_whole = cells.iter().all(|cell| is_whole(&cell.text));
        Self {
            steps: even && moves && all_whole,
            years: values.iter().all(|value| YEARS.contains(value)),
            alone_quoted: cells
                .iter()
                .all(|cell| cell.quoted)
                .then_some(if all_whole {
                    Verdict::Names
                } else {
                    Verdict::Either
                }),
            whole: vec![false; values.len()],
            in_years: vec![0; values.len()],
            points: 0,
        }
    }

    /// Looks at a line below.
    pub(super) fn see(&mut self, cells: &[Cell<'_>], values: &[f64]) {
        self.points += 1;
        for (column, (cell, value)) in cells.iter().zip(values).enumerate() {
            self.alone_quoted = self.alone_quoted.filter(|_| !cell.quoted);
            if self.steps {
                self.whole[column] |= is_whole(cell.text.trim_start_matches(['+', '-']));
                self.in_years[column] += usize::from(YEARS.contains(value));
            }
        }
    }

    pub(super) fn verdict(&self) -> Verdict {
        if let Some(verdict) = self.alone_quoted.filter(|_| self.points > 0) {
            return verdict;
        }
        let fractions = self.whole.len() > 1 && !self.whole.contains(&true);
        let no_years = self.years && self.in_years.iter().all(|&years| 2 * years < self.points);
        if self.steps && self.points > 1 && (fractions || no_years) {
            Verdict::Either
        } else {
            Verdict::Point
        }
    }
}

fn is_whole(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}
