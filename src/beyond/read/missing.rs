//! What becomes of missing values: a rule that is named, or none.

use super::reading::Table;
use crate::error::CsvError;

/// What becomes of a line with a missing value: an empty field, or a word such as `NA`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Missing {
    /// The table is refused, and the first of them named.
    #[default]
    Refuse,
    /// The line is left out.
    Drop,
    /// The mean of the others in its column stands in for it.
    Mean,
}

/// How many fields had no value, and the lines that were left out for it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Gaps {
    pub(super) filled: usize,
    pub(super) dropped: Vec<usize>,
}

impl Missing {
    /// Applies the rule to a table whose missing values are NaN.
    pub(super) fn apply(self, table: &mut Table) -> Result<Gaps, CsvError> {
        let gaps = table.values.iter().filter(|value| value.is_nan()).count();
        match self {
            _ if gaps == 0 => Ok(Gaps::default()),
            Self::Mean => fill(table, gaps),
            Self::Refuse | Self::Drop => drop_lines(table),
        }
    }
}

fn fill(table: &mut Table, filled: usize) -> Result<Gaps, CsvError> {
    let width = table.width;
    for column in 0..width {
        let of_column = || table.values.iter().skip(column).step_by(width);
        let present = of_column().filter(|value| !value.is_nan());
        let count = present.clone().count();
        if count == 0 {
            return Err(CsvError::NoValues {
                field: table.fields[column] + 1,
            });
        }
        // Each divided first: their sum may be more than f64 holds.
        let mean = present.map(|value| value / count as f64).sum();
        let entries = table.values.iter_mut().skip(column).step_by(width);
        entries
            .filter(|value| value.is_nan())
            .for_each(|value| *value = mean);
    }
    Ok(Gaps {
        filled,
        dropped: Vec::new(),
    })
}

fn drop_lines(table: &mut Table) -> Result<Gaps, CsvError> {
    let rows = table.values.chunks(table.width);
    let whole: Vec<bool> = rows.map(|row| !row.iter().any(|v| v.is_nan())).collect();
    let dropped = table.lines.iter().zip(&whole);
    let dropped: Vec<usize> = dropped
        .filter(|(_, whole)| !**whole)
        .map(|(l, _)| *l)
        .collect();
    if dropped.len() == whole.len() {
        return Err(CsvError::NoPoints);
    }
    let kept: Vec<f64> = table
        .values
        .chunks(table.width)
        .zip(&whole)
        .filter(|(_, whole)| **whole)
        .flat_map(|(row, _)| row.iter().copied())
        .collect();
    table.values = kept;
    retain(&mut table.lines, &whole);
    retain(&mut table.ids, &whole);
    retain(&mut table.classes, &whole);
    Ok(Gaps { filled: 0, dropped })
}

/// Those of a list, one a row or none at all, whose row is whole.
fn retain<T>(list: &mut Vec<T>, whole: &[bool]) {
    let mut whole = whole.iter();
    list.retain(|_| *whole.next().unwrap_or(&true));
}
