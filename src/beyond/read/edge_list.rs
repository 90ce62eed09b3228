//! From a text to names and edges: which delimiter fits, whether the first line is a header, and each line in turn.
//!
//! # Definition
//! As [`super::edges()`] says it.

use super::EdgeOptions;
use super::field::Field;
use super::reading::shown;
use super::records::{Cell, Records};
use super::{DecimalMark, Delimiter};
use crate::error::CsvError;
use std::collections::HashMap;

/// What lists of edges are headed by.
const HEADINGS: [&str; 16] = [
    "source", "target", "from", "to", "src", "dst", "node1", "node2", "node_1", "node_2",
    "vertex1", "vertex2", "u", "v", "i", "j",
];

/// What one delimiter makes of the text.
#[derive(Debug, Default)]
pub(super) struct List {
    pub(super) delimiter: Option<Delimiter>,
    pub(super) header: Option<Vec<String>>,
    pub(super) names: Vec<String>,
    pub(super) numbers: HashMap<String, usize>,
    /// The ends, the smaller number first, and the weight.
    pub(super) edges: Vec<(usize, usize, f64)>,
    pub(super) summed: usize,
    pub(super) dropped: usize,
}

pub(super) type Read<T> = std::result::Result<T, CsvError>;

/// The list of the one delimiter that fits.
pub(super) fn decide(text: &str, options: &EdgeOptions) -> Read<List> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let delimiters = match options.delimiter {
        Some(delimiter) => vec![delimiter],
        None => Delimiter::occurring(text).into_iter().flatten().collect(),
    };
    let (mut fitting, mut nearest) = (Vec::new(), None);
    for delimiter in delimiters {
        match shape(text, delimiter, options) {
            Ok((columns, mark)) => fitting.push((delimiter, columns, mark)),
            // That of the line that was reached last.
            Err(error) => match &nearest {
                Some(other) if line(other) >= line(&error) => {}
                _ => nearest = Some(error),
            },
        }
    }
    // A comma with a blank behind it is a comma, and blanks beside other delimiters are none.
    if fitting.iter().any(|fit| fit.0 == Delimiter::Comma) {
        fitting.retain(|fit| fit.0 != Delimiter::CommaSpace);
    }
    // Where a tab, a semicolon or a bar fits, commas mark decimals or stand in names, as blanks do.
    let weak = [Delimiter::Comma, Delimiter::CommaSpace, Delimiter::Spaces];
    if fitting.iter().any(|fit| !weak.contains(&fit.0)) {
        fitting.retain(|fit| !weak.contains(&fit.0));
    }
    let others = fitting.iter().filter(|fit| fit.0 != Delimiter::Spaces);
    if others.clone().count() == 1 && others.clone().all(|fit| !has_blanks(text, fit.0)) {
        fitting.retain(|fit| fit.0 != Delimiter::Spaces);
    }
    match fitting[..] {
        [] => Err(nearest.unwrap_or_else(|| no_delimiter(text))),
        [(delimiter, _, mark)] => list(text, delimiter, mark, options),
        [one, other, ..] => {
            let way = |(delimiter, columns, _): (Delimiter, usize, DecimalMark)| {
                let fields = ["two names", "two names and a weight"][columns - 2];
                (
                    format!("{fields}, separated by {}", delimiter.words()),
                    delimiter.setting(),
                )
            };
            let line = first_line(text);
            Err(CsvError::Comma {
                line,
                text: shown(Records::line_of(text, line)),
                readings: Box::new([way(one), way(other)]),
            })
        }
    }
}

/// Whether a field has a blank inside.
fn has_blanks(text: &str, delimiter: Delimiter) -> bool {
    let mut records = Records::new(text, Some(delimiter));
    let mut cells = Vec::new();
    while let Ok(Some(_)) = records.next(&mut cells) {
        if cells
            .iter()
            .any(|cell| !cell.quoted && cell.text.contains(' '))
        {
            return true;
        }
    }
    false
}

fn line(error: &CsvError) -> usize {
    error.line().unwrap_or(0)
}

/// The first line that holds anything.
fn first_line(text: &str) -> usize {
    let first = Records::new(text, None).next(&mut Vec::new());
    first.ok().flatten().unwrap_or(1)
}

/// A text where nothing separates anything.
fn no_delimiter(text: &str) -> CsvError {
    match Records::new(text, None).next(&mut Vec::new()) {
        Err(error) => error,
        Ok(None) => CsvError::NoEdges,
        Ok(Some(line)) => CsvError::EdgeFields { line, found: 1 },
    }
}

/// How many fields each line has, and what marks the decimals of the weights.
fn shape(text: &str, delimiter: Delimiter, options: &EdgeOptions) -> Read<(usize, DecimalMark)> {
    let mut records = Records::new(text, Some(delimiter));
    let (mut cells, mut columns, mut count) = (Vec::new(), 0, 0);
    let mut marks = [DecimalMark::Point, DecimalMark::Comma].to_vec();
    marks.retain(|mark| options.decimal_mark.is_none_or(|known| known == *mark));
    while let Some(line) = records.next(&mut cells)? {
        let found = cells.len();
        if !(2..=3).contains(&found) {
            return Err(CsvError::EdgeFields { line, found });
        }
        if count == 0 {
            columns = found;
        }
        count += 1;
        if found != columns {
            return Err(CsvError::Fields {
                line,
                found,
                wanted: columns,
            });
        }
        let heads = count == 1 && options.header != Some(false);
        if let (Some(cell), false) = (cells.get(2), heads) {
            let fits = |mark: DecimalMark| Field::of(&cell.text, mark) != Field::Text;
            if !marks.iter().any(|&mark| fits(mark)) {
                return Err(CsvError::EdgeWeight {
                    line,
                    text: shown(&cell.text),
                });
            }
            marks.retain(|&mark| fits(mark));
        }
    }
    match (count, marks.first()) {
        (0, _) | (_, None) => Err(CsvError::NoEdges),
        (_, Some(&mark)) => Ok((columns, mark)),
    }
}

fn list(text: &str, delimiter: Delimiter, mark: DecimalMark, options: &EdgeOptions) -> Read<List> {
    let mut records = Records::new(text, Some(delimiter));
    let mut list = List {
        delimiter: Some(delimiter),
        ..List::default()
    };
    let (mut cells, mut places) = (Vec::new(), HashMap::new());
    let mut first = true;
    while let Some(line) = records.next(&mut cells)? {
        if std::mem::take(&mut first) {
            let heads = || is_header(text, delimiter, mark, &cells);
            if options.header.unwrap_or_else(heads) {
                list.header = Some(cells.iter().map(|cell| cell.text.to_string()).collect());
                continue;
            }
        }
        if let Some(field) = cells[..2].iter().position(|cell| cell.text.is_empty()) {
            return Err(CsvError::Missing {
                line,
                field: field + 1,
                text: String::new(),
            });
        }
        let weight = match cells.get(2) {
            None => 1.0,
            Some(cell) => weight(line, &cell.text, mark, options)?,
        };
        let (one, other) = (list.number(&cells[0]), list.number(&cells[1]));
        if weight == 0.0 {
            list.dropped += 1;
            continue;
        }
        let ends = (one.min(other), one.max(other));
        match places.get(&ends) {
            None => {
                places.insert(ends, (list.edges.len(), line));
                list.edges.push((ends.0, ends.1, weight));
            }
            Some(&(place, _)) if options.sum_duplicates => {
                list.edges[place].2 += weight;
                list.summed += 1;
            }
            Some(&(_, before)) => {
                return Err(CsvError::DuplicateEdge {
                    line,
                    before,
                    from: shown(&cells[0].text),
                    to: shown(&cells[1].text),
                });
            }
        }
    }
    if list.edges.is_empty() {
        return Err(CsvError::NoEdges);
    }
    Ok(list)
}

/// Positive and finite, or 0 where that is dropped.
fn weight(line: usize, text: &str, mark: DecimalMark, options: &EdgeOptions) -> Read<f64> {
    let shown = || shown(text);
    match Field::of(text, mark) {
        Field::Number(weight) if weight > 0.0 => Ok(weight),
        Field::Number(0.0) if options.drop_zero_weights => Ok(0.0),
        Field::Number(0.0) => Err(CsvError::ZeroWeight { line }),
        Field::Missing => Err(CsvError::Missing {
            line,
            field: 3,
            text: shown(),
        }),
        Field::Range => Err(CsvError::Range {
            line,
            field: 3,
            text: shown(),
        }),
        Field::Number(_) | Field::Text => Err(CsvError::EdgeWeight {
            line,
            text: shown(),
        }),
    }
}

/// Whether the first line, which is this, is a header.
fn is_header(text: &str, delimiter: Delimiter, mark: DecimalMark, first: &[Cell<'_>]) -> bool {
    let number = |cell: &Cell<'_>| matches!(Field::of(&cell.text, mark), Field::Number(_));
    let heading = |cell: &Cell<'_>| {
        HEADINGS
            .iter()
            .any(|word| cell.text.eq_ignore_ascii_case(word))
    };
    let marks = [DecimalMark::Point, DecimalMark::Comma];
    let is_word = |text: &str| {
        marks
            .iter()
            .all(|&mark| Field::of(text, mark) == Field::Text)
    };
    if first.get(2).is_some_and(|weight| is_word(&weight.text)) {
        return true;
    }
    let (mut numbered, mut headings, mut count) = (true, false, 0);
    let mut records = Records::new(text, Some(delimiter));
    let mut cells = Vec::new();
    let _ = records.next(&mut cells);
    while let Ok(Some(_)) = records.next(&mut cells) {
        count += 1;
        numbered &= cells[..2].iter().all(number);
        headings |= cells[..2].iter().any(heading);
    }
    let words = first[..2].iter().all(heading) && !headings;
    count > 0 && (words || numbered && !first[..2].iter().any(number))
}

impl List {
    /// The number of a name, a new one where it appears for the first time.
    fn number(&mut self, cell: &Cell<'_>) -> usize {
        if let Some(&number) = self.numbers.get(cell.text.as_ref()) {
            return number;
        }
        let number = self.names.len();
        self.names.push(cell.text.to_string());
        self.numbers.insert(cell.text.to_string(), number);
        number
    }
}
