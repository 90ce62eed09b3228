//! One reading of a text: a delimiter and a decimal mark, tried on every line.

use super::columns::Roles;
use super::field::Field;
use super::header::{Verdict, Watch};
use super::records::{Cell, Records};
use super::{CsvOptions, DecimalMark, Delimiter, Missing};
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
    /// The fields of a line.
    pub(super) columns: usize,
    /// Those of them that are coordinates, and which.
    pub(super) width: usize,
    pub(super) fields: Vec<usize>,
    /// The coordinates, line by line; NaN where one is missing and may be.
    pub(super) values: Vec<f64>,
    /// The line of each point, its name, and its class.
    pub(super) lines: Vec<usize>,
    pub(super) ids: Vec<String>,
    pub(super) classes: Vec<String>,
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
        let Some(first_line) = records.next(&mut cells)? else {
            return Err(CsvError::NoPoints);
        };
        let (roles, names) = self.opening(&cells, options)?;
        let mut table = Table::new(self, cells.len(), &roles);
        progress.records = usize::from(names.is_some());
        let has_names = names.is_some();
        table.names = names;
        let mut watch = None;
        let mut line = first_line;
        if has_names {
            match records.next(&mut cells)? {
                Some(next) => line = next,
                None => return Err(CsvError::NoPoints),
            }
        }
        loop {
            progress.fields = 0;
            if cells.len() != table.columns {
                return Err(CsvError::Fields {
                    line,
                    found: cells.len(),
                    wanted: table.columns,
                });
            }
            table.keep_words(line, &cells, &roles);
            if !roles.plain {
                let of = |&column: &usize| cells[column].clone();
                cells = roles.coordinates.iter().map(of).collect();
            }
            if options.header.is_none() && progress.records == 0 {
                self.all_or_none(line, &cells, &roles, options, &mut progress.fields)?;
            }
            let begin = table.values.len();
            for (cell, field) in cells.iter().zip(&roles.coordinates) {
                progress.fields = *field;
                let value = self.number(line, field + 1, &cell.text, options)?;
                table.values.push(value);
                if table.comma.is_none() && !cell.quoted && cell.text.contains(',') {
                    table.comma = Some((line, shown(&cell.text)));
                }
            }
            let values = &table.values[begin..];
            match &mut watch {
                None if options.header.is_none() && !has_names => {
                    watch = Some(Watch::new(&cells, values));
                }
                None => {}
                Some(watch) => watch.see(&cells, values),
            }
            progress.records += 1;
            match records.next(&mut cells)? {
                Some(next) => line = next,
                None => break,
            }
        }
        match watch.map_or(Verdict::Point, |watch| watch.verdict()) {
            Verdict::Point => Ok(table),
            Verdict::Names => {
                let mut records = Records::new(text, self.delimiter);
                records.next(&mut cells)?;
                table.take_names(&cells, &roles);
                Ok(table)
            }
            Verdict::Either => Err(CsvError::Header {
                line: first_line,
                text: shown(Records::line_of(text, first_line)),
            }),
        }
    }

    /// What each column holds, by the first line; and the names of the coordinates, where it holds them.
    fn opening(
        self,
        cells: &[Cell<'_>],
        options: &CsvOptions,
    ) -> Result<(Roles, Option<Vec<String>>), CsvError> {
        let by_number = options.roles(None, cells.len()).ok();
        let looks_like_names = || match &by_number {
            Some(roles) if !roles.plain => {
                let of = |&column: &usize| cells[column].clone();
                let chosen: Vec<Cell<'_>> = roles.coordinates.iter().map(of).collect();
                self.is_header(&chosen)
            }
            _ => self.is_header(cells),
        };
        let header = options
            .header
            .unwrap_or_else(|| options.names_one_of(cells) || looks_like_names());
        let names = header.then(|| all_names(cells));
        let roles = options.roles(names.as_deref(), cells.len())?;
        let of_coordinates = |names: Vec<String>| roles.names(&names);
        let names = names.map(of_coordinates);
        Ok((roles, names))
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
        roles: &Roles,
        options: &CsvOptions,
        wrong: &mut usize,
    ) -> Result<(), CsvError> {
        let fields = || cells.iter().map(|cell| Field::of(&cell.text, self.mark));
        let gaps = options.missing != Missing::Refuse;
        let number = |field: Field| {
            matches!(field, Field::Number(_) | Field::Range) || gaps && field == Field::Missing
        };
        match fields().position(|field| !number(field)) {
            Some(at) if fields().any(number) => {
                *wrong = roles.coordinates[at];
                Err(CsvError::FirstLine {
                    line,
                    field: *wrong + 1,
                    text: shown(&cells[at].text),
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
            Field::Missing if options.missing != Missing::Refuse => Ok(f64::NAN),
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
    fn new(reading: Reading, columns: usize, roles: &Roles) -> Self {
        Self {
            reading,
            columns,
            width: roles.coordinates.len(),
            fields: roles.coordinates.clone(),
            values: Vec::new(),
            lines: Vec::new(),
            ids: Vec::new(),
            classes: Vec::new(),
            names: None,
            comma: None,
        }
    }

    /// The line, the name and the class of a point.
    fn keep_words(&mut self, line: usize, cells: &[Cell<'_>], roles: &Roles) {
        self.lines.push(line);
        let word = |column: usize| cells[column].text.to_string();
        self.ids.extend(roles.id.map(word));
        self.classes.extend(roles.label.map(word));
    }

    /// The first line was no point: its fields are the names.
    fn take_names(&mut self, cells: &[Cell<'_>], roles: &Roles) {
        self.names = Some(roles.names(&all_names(cells)));
        self.values.drain(..self.width);
        self.lines.drain(..1);
        self.ids.drain(..self.ids.len().min(1));
        self.classes.drain(..self.classes.len().min(1));
    }

    /// Whether another reading of the same text gives other points.
    pub(super) fn differs(&self, other: &Self) -> bool {
        // A missing value is equal to itself.
        let bits = |table: &Self| table.values.iter().map(|value| value.to_bits()).collect();
        let (one, other_bits): (Vec<u64>, Vec<u64>) = (bits(self), bits(other));
        self.width != other.width || one != other_bits
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
        let mut best: Option<(_, (CsvError, _))> = None;
        for misfit in misfits {
            let (delimited, even) = shape(text, misfit.delimiter);
            let order = delimiters
                .iter()
                .position(|&other| other == misfit.delimiter);
            let progress = (misfit.records, misfit.fields);
            let reach = (delimited, even, Reverse(order), progress);
            if best.as_ref().is_none_or(|(other, _)| reach > *other) {
                let delimiter = misfit.delimiter;
                best = Some((reach, (misfit.error, delimiter)));
            }
        }
        match best.map(|(_, found)| found) {
            Some((
                CsvError::NotANumber {
                    line,
                    field,
                    text: word,
                    advice,
                },
                delimiter,
            )) => text_column(text, delimiter, field).map_or(
                CsvError::NotANumber {
                    line,
                    field,
                    text: word.clone(),
                    advice,
                },
                |name| CsvError::TextColumn {
                    line,
                    field,
                    name,
                    text: word,
                },
            ),
            Some((error, _)) => error,
            None => CsvError::NoPoints,
        }
    }
}

/// The name of a column that holds text in every line below the first.
fn text_column(text: &str, delimiter: Option<Delimiter>, field: usize) -> Option<String> {
    let mut records = Records::new(text, delimiter);
    let mut cells = Vec::new();
    records.next(&mut cells).ok()??;
    let name = cells.get(field - 1)?.text.to_string();
    if !Field::is_name(&name) {
        // The first line is a point.
        return None;
    }
    let mut seen = false;
    while let Ok(Some(_)) = records.next(&mut cells) {
        let cell = cells.get(field - 1)?;
        let is = |mark| Field::of(&cell.text, mark) == Field::Text;
        if !is(DecimalMark::Point) || !is(DecimalMark::Comma) {
            return None;
        }
        seen = true;
    }
    seen.then_some(name)
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

fn all_names(cells: &[Cell<'_>]) -> Vec<String> {
    cells.iter().map(|cell| cell.text.to_string()).collect()
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
