//! One reading of a text: a delimiter and a decimal mark, tried on every line.

use super::field::Field;
use super::header::{Verdict, Watch};
use super::records::{Cell, Records};
use super::{CsvOptions, DecimalMark, Delimiter};
use crate::error::CsvError;
use std::cmp::Reverse;

/// Of a field this many characters are shown.
const SHOWN: usize = 60;

/// How a text is understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Reading {
    /// `None` where a line is one field.
    pub(super) delimiter: Option<Delimiter>,
    pub(super) mark: DecimalMark,
}

/// What a reading found.
#[derive(Debug)]
pub(super) struct Table {
    pub(super) reading: Reading,
    pub(super) columns: usize,
    pub(super) values: Vec<f64>,
    pub(super) names: Option<Vec<String>>,
    /// The first field with a decimal comma outside quotation marks.
    pub(super) comma: Option<(usize, String)>,
}

/// Where a reading stopped, and why.
#[derive(Debug)]
pub(super) struct Misfit {
    pub(super) error: CsvError,
    delimiter: Option<Delimiter>,
    records: usize,
    fields: usize,
}

impl Reading {
    /// Reads all lines, up to the first that does not fit.
    pub(super) fn of(self, text: &str, options: &CsvOptions) -> Result<Table, Misfit> {
        let mut progress = Progress::default();
        self.table(text, options, &mut progress)
            .map_err(|error| Misfit {
                error,
                delimiter: self.delimiter,
                records: progress.records,
                fields: progress.fields,
            })
    }

    fn table(
        self,
        text: &str,
        options: &CsvOptions,
        progress: &mut Progress,
    ) -> Result<Table, CsvError> {
        let mut records = Records::new(text, self.delimiter);
        let mut cells = Vec::new();
        let mut table = Table {
            reading: self,
            columns: 0,
            values: Vec::new(),
            names: None,
            comma: None,
        };
        let mut watch = None;
        let mut first_line = 0;
        while let Some(line) = records.next(&mut cells)? {
            progress.fields = 0;
            if progress.records == 0 {
                first_line = line;
                table.columns = cells.len();
                if options.header.unwrap_or_else(|| self.is_header(&cells)) {
                    table.names = Some(cells.iter().map(|c| c.text.to_string()).collect());
                    progress.records = 1;
                    continue;
                }
                if options.header.is_none() {
                    self.all_or_none(line, &cells, &mut progress.fields)?;
                }
            }
            if cells.len() != table.columns {
                return Err(CsvError::Fields {
                    line,
                    found: cells.len(),
                    wanted: table.columns,
                });
            }
            let begin = table.values.len();
            for (field, cell) in cells.iter().enumerate() {
                progress.fields = field;
                table
                    .values
                    .push(self.number(line, field + 1, &cell.text, options)?);
                if table.comma.is_none() && !cell.quoted && cell.text.contains(',') {
                    table.comma = Some((line, shown(&cell.text)));
                }
            }
            let values = &table.values[begin..];
            match &mut watch {
                None if options.header.is_none() && table.names.is_none() => {
                    watch = Some(Watch::new(&cells, values));
                }
                None => {}
                Some(watch) => watch.see(&cells, values),
            }
            progress.records += 1;
        }
        match watch.map_or(Verdict::Point, |watch| watch.verdict()) {
            Verdict::Point => {}
            Verdict::Names => {
                let mut records = Records::new(text, self.delimiter);
                records.next(&mut cells)?;
                table.names = Some(cells.iter().map(|c| c.text.to_string()).collect());
                table.values.drain(..table.columns);
            }
            Verdict::Either => {
                return Err(CsvError::Header {
                    line: first_line,
                    text: shown(Records::line_of(text, first_line)),
                });
            }
        }
        if table.values.is_empty() {
            return Err(CsvError::NoPoints);
        }
        Ok(table)
    }

    /// Words only, or words and empty fields; in a line of one field no delimiter.
    fn is_header(self, cells: &[Cell<'_>]) -> bool {
        let numeric = |cell: &Cell<'_>| {
            let text = cell.text.trim();
            !Field::is_name(text) && !matches!(Field::of(text, self.mark), Field::Missing)
        };
        let delimited = |cell: &Cell<'_>| {
            self.delimiter.is_none() && !cell.quoted && cell.text.contains([',', ';', '|', '\t'])
        };
        !cells.iter().any(|cell| numeric(cell) || delimited(cell))
            && cells.iter().any(|cell| Field::is_name(&cell.text))
    }

    /// Refuses a first line where words stand beside numbers.
    fn all_or_none(
        self,
        line: usize,
        cells: &[Cell<'_>],
        wrong: &mut usize,
    ) -> Result<(), CsvError> {
        let fields = || cells.iter().map(|cell| Field::of(&cell.text, self.mark));
        let number = |field| matches!(field, Field::Number(_) | Field::Range);
        match fields().position(|field| !number(field)) {
            Some(field) if fields().any(number) => {
                *wrong = field;
                Err(CsvError::FirstLine {
                    line,
                    field: field + 1,
                    text: shown(&cells[field].text),
                })
            }
            _ => Ok(()),
        }
    }

    fn number(
        self,
        line: usize,
        field: usize,
        text: &str,
        options: &CsvOptions,
    ) -> Result<f64, CsvError> {
        let kind = Field::of(text, self.mark);
        let text = || shown(text);
        match kind {
            Field::Number(value) => Ok(value),
            Field::Missing => Err(CsvError::Missing {
                line,
                field,
                text: text(),
            }),
            Field::Range => Err(CsvError::Range {
                line,
                field,
                text: text(),
            }),
            Field::Text => Err(CsvError::NotANumber {
                line,
                field,
                text: text(),
                advice: self.advice(&text(), options),
            }),
        }
    }

    fn advice(self, text: &str, options: &CsvOptions) -> &'static str {
        let other = self.mark.other();
        if matches!(Field::of(text, other), Field::Number(_)) {
            return match (options.decimal_mark, self.mark) {
                (None, _) => "write all numbers with the same decimal mark",
                (_, DecimalMark::Point) => "set the decimal mark to comma",
                (_, DecimalMark::Comma) => "set the decimal mark to point",
            };
        }
        let digits: String = text
            .chars()
            .filter(|c| !matches!(c, '.' | ',' | '\'' | ' '))
            .collect();
        if matches!(Field::of(&digits, self.mark), Field::Number(_)) {
            return "leave out what groups its digits";
        }
        "mend it, or drop its line or its column"
    }

    /// In words.
    pub(super) fn words(self, columns: usize) -> String {
        let noun = if columns == 1 { "column" } else { "columns" };
        let between = match self.delimiter {
            None => String::new(),
            Some(delimiter) => format!(" separated by {}", delimiter.words()),
        };
        let marks = match self.mark {
            DecimalMark::Point => "",
            DecimalMark::Comma => " with decimal commas",
        };
        format!("{columns} {noun}{between}{marks}")
    }

    /// The setting that asks for it.
    pub(super) fn setting(self) -> &'static str {
        match self.delimiter {
            None => "decimal mark to comma",
            Some(delimiter) => delimiter.setting(),
        }
    }
}

impl Table {
    /// Whether another reading of the same text gives other points.
    pub(super) fn differs(&self, other: &Self) -> bool {
        self.columns != other.columns || self.values != other.values
    }

    /// Decimal commas in a single column, and no header that would say that it is one.
    pub(super) fn is_bare_column(&self) -> bool {
        self.reading.delimiter.is_none() && self.names.is_none() && self.comma.is_some()
    }

    /// That the text can be read in this way or in another.
    pub(super) fn or(&self, other: &Self, text: &str) -> CsvError {
        let seen = self.comma.clone().or_else(|| other.comma.clone());
        let (line, field) = seen.unwrap_or((1, String::new()));
        let shown = match self.reading.delimiter {
            None => field,
            Some(_) => shown(Records::line_of(text, line)),
        };
        let way = |table: &Self| (table.reading.words(table.columns), table.reading.setting());
        CsvError::Comma {
            line,
            text: shown,
            readings: Box::new([way(self), way(other)]),
        }
    }

    /// That the commas of a single column can separate columns.
    pub(super) fn or_columns(&self) -> CsvError {
        let (line, text) = self.comma.clone().unwrap_or((1, String::new()));
        let columns = text.matches(',').count() + 1;
        let commas = Reading {
            delimiter: Some(Delimiter::Comma),
            mark: DecimalMark::Point,
        };
        let two = (commas.words(columns), commas.setting());
        let one = (self.reading.words(1), self.reading.setting());
        CsvError::Comma {
            line,
            text,
            readings: Box::new([two, one]),
        }
    }
}

impl Misfit {
    /// The error of the reading that cuts the text best: most lines into equally many fields.
    pub(super) fn nearest(misfits: Vec<Self>, text: &str) -> CsvError {
        let delimiters: Vec<_> = misfits.iter().map(|misfit| misfit.delimiter).collect();
        let mut best: Option<(_, CsvError)> = None;
        for misfit in misfits {
            let (delimited, even) = shape(text, misfit.delimiter);
            let order = delimiters
                .iter()
                .position(|&other| other == misfit.delimiter);
            let progress = (misfit.records, misfit.fields);
            let reach = (delimited, even, Reverse(order), progress);
            if best.as_ref().is_none_or(|(other, _)| reach > *other) {
                best = Some((reach, misfit.error));
            }
        }
        best.map_or(CsvError::NoPoints, |(_, error)| error)
    }
}

/// Whether a delimiter cuts most lines into several fields, equally many, and how many lines.
fn shape(text: &str, delimiter: Option<Delimiter>) -> (bool, usize) {
    let mut records = Records::new(text, delimiter);
    let mut cells = Vec::new();
    let (mut columns, mut even, mut all) = (0, 0, 0);
    while let Ok(Some(_)) = records.next(&mut cells) {
        if all == 0 {
            columns = cells.len();
        }
        all += 1;
        even += usize::from(cells.len() == columns);
    }
    (columns > 1 && 2 * even >= all, even)
}

/// How far a reading came.
#[derive(Debug, Default)]
struct Progress {
    records: usize,
    fields: usize,
}

/// The beginning of a long text.
pub(super) fn shown(text: &str) -> String {
    match text.char_indices().nth(SHOWN) {
        None => text.to_string(),
        Some((end, _)) => format!("{}…", &text[..end]),
    }
}
