//! Points of your own, from a table of text such as CSV, with nothing guessed in silence.
//!
//! # Definition
//! A line is a point, a field a coordinate. Fields are separated by commas, semicolons, tabs, bars (`|`) or spaces;
//! decimals are marked by points or commas. Every reading of the text, a delimiter with a decimal mark, is tried on
//! every line. It fits where all lines have equally many fields and all fields are finite numbers. The table is that
//! of the one reading that fits; [`Csv`] says which. Where two fit and differ, the text is ambiguous
//! ([`CsvError::Comma`]) and [`CsvOptions`] decides: `0,5` is two numbers, or one half. A decimal comma in a single
//! column without a header is always asked about.
//!
//! The first line is a header where none of its fields is a number, or where it alone stands in quotation marks and
//! its numbers are whole. Numbers that look like names are asked about ([`CsvError::Header`]): those with decimals that
//! alone stand in quotation marks, which a decimal comma needs between commas; and whole numbers at one step (2019, 2020, or
//! 0, 1, 2; of two columns, the step 1) above at least two points, where no number below is written as a whole
//! number, or where they are years and most numbers below are none. All else is a point.
//!
//! Blank lines and lines that begin with `#` are skipped; a byte order mark, any kind of line end, blanks around
//! fields and quotation marks with anything inside them are understood, between spaces too. What a line that begins
//! with `#` holds has no say. Digits are not grouped: `1.234` is less than 2.
//!
//! A table holds more than coordinates: one column may name the points ([`CsvOptions::id`]), one their classes
//! ([`CsvOptions::label`]), and others may be left out ([`CsvOptions::columns`]). A column is chosen by its name, or by
//! its number from 1. Missing values are refused, or dealt with by a rule that is named ([`Missing`]); on request the
//! columns come in units of their own spread ([`Scaling`]).
//!
//! # Must hold
//! At least one point, and one column of coordinates.
//!
//! # Known value
//! `48,1;11,5` is the point (48.1, 11.5).

mod columns;
mod edge_list;
mod edges;
mod field;
mod header;
mod missing;
mod named_graph;
mod reading;
mod records;
mod scaling;

pub use crate::error::CsvError;
pub use edges::{EdgeOptions, edges, edges_file};
pub use missing::Missing;
pub use named_graph::NamedGraph;
pub use scaling::Scaling;

use crate::error::{Error, Result};
use ndarray::Array2;
use reading::{Misfit, Reading, Table};
use std::path::Path;

/// What stands between two fields.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Delimiter {
    /// `1,2`
    Comma,
    /// `1, 2`: a comma with a blank behind it, where other commas mark decimals.
    CommaSpace,
    /// `1;2`
    Semicolon,
    /// A tab; two of them enclose a missing value.
    Tab,
    /// `1|2`
    Bar,
    /// Any number of spaces, and of tabs where it is set in [`CsvOptions`].
    Spaces,
}

/// What stands before the decimals.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DecimalMark {
    /// `0.5`
    Point,
    /// `0,5`
    Comma,
}

/// What is known of a table beforehand; what is not is found out, or asked about.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CsvOptions {
    delimiter: Option<Delimiter>,
    decimal_mark: Option<DecimalMark>,
    header: Option<bool>,
    id: Option<String>,
    label: Option<String>,
    columns: Option<Vec<String>>,
    missing: Missing,
    standardize: bool,
}

/// Points, and how they were read.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Csv {
    /// One point a row.
    pub x: Array2<f64>,
    /// The names of these columns, where the first line is a header.
    pub names: Option<Vec<String>>,
    /// What names each point, where a column was chosen for it.
    pub ids: Option<Vec<String>>,
    /// The class of each point, where a column was chosen for it.
    pub classes: Option<Vec<String>>,
    /// The line that each point begins in, counted from 1.
    pub lines: Vec<usize>,
    /// How many missing values were filled in.
    pub filled: usize,
    /// The lines that were left out for a missing value.
    pub dropped: Vec<usize>,
    /// What was taken out of each column, where that was asked for.
    pub scaling: Option<Scaling>,
    /// What separates the fields; `None` in a single column.
    pub delimiter: Option<Delimiter>,
    /// What marks the decimals; [`DecimalMark::Point`] also where there are none.
    pub decimal_mark: DecimalMark,
}

/// Reads a table of numbers.
///
/// ```
/// use fiedler::ndarray::array;
/// use fiedler::read::{CsvOptions, DecimalMark, Delimiter, csv};
/// let table = csv("lat;lon\n48,1;11,5\n", &CsvOptions::new())?;
/// assert_eq!(table.x, array![[48.1, 11.5]]);
/// assert_eq!(table.names.unwrap(), ["lat", "lon"]);
/// assert_eq!((table.delimiter, table.decimal_mark), (Some(Delimiter::Semicolon), DecimalMark::Comma));
///
/// let column = "0,5\n1,25\n";
/// assert!(csv(column, &CsvOptions::new()).is_err());
/// let table = csv(column, &CsvOptions::new().decimal_mark(DecimalMark::Comma))?;
/// assert_eq!(table.x, array![[0.5], [1.25]]);
/// # Ok::<(), fiedler::Error>(())
/// ```
///
/// Time grows with the length of the text, and memory with the number of its fields.
///
/// # Errors
/// [`Error::Csv`] with one of [`CsvError`] inside.
pub fn csv(text: &str, options: &CsvOptions) -> Result<Csv> {
    decide(text, options).map_err(|error| Error::Csv { path: None, error })
}

/// [`csv()`] of a file.
///
/// # Errors
/// [`Error::File`] where it cannot be read, and [`Error::Csv`] with its path.
pub fn csv_file(path: impl AsRef<Path>, options: &CsvOptions) -> Result<Csv> {
    let path = path.as_ref();
    let bytes = std::fs::read(path).map_err(|error| Error::file(path, &error))?;
    csv_bytes(&bytes, options).map_err(|error| match error {
        Error::Csv { error, .. } => Error::Csv {
            path: Some(path.display().to_string()),
            error,
        },
        other => other,
    })
}

/// [`csv()`] of what a file holds, or a pipe brings.
///
/// # Errors
/// As [`csv()`]; [`CsvError::Encoding`] and [`CsvError::Utf16`] for what is no text in UTF-8.
pub fn csv_bytes(bytes: &[u8], options: &CsvOptions) -> Result<Csv> {
    text(bytes)
        .and_then(|text| decide(text, options))
        .map_err(|error| Error::Csv { path: None, error })
}

impl CsvOptions {
    /// Nothing is known.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The fields are separated by this.
    #[must_use]
    pub fn delimiter(mut self, delimiter: Delimiter) -> Self {
        self.delimiter = Some(delimiter);
        self
    }

    /// The decimals are marked by this.
    #[must_use]
    pub fn decimal_mark(mut self, mark: DecimalMark) -> Self {
        self.decimal_mark = Some(mark);
        self
    }

    /// The first line holds the names of the columns, or a point.
    #[must_use]
    pub fn header(mut self, header: bool) -> Self {
        self.header = Some(header);
        self
    }

    /// This column names the points: it is no coordinate.
    ///
    /// ```
    /// use fiedler::read::{CsvOptions, csv};
    /// let text = "plant,length,species\na,5.1,setosa\nb,7.0,versicolor\n";
    /// let table = csv(text, &CsvOptions::new().id("plant").label("species"))?;
    /// assert_eq!(table.names.unwrap(), ["length"]);
    /// assert_eq!(table.ids.unwrap(), ["a", "b"]);
    /// assert_eq!(table.classes.unwrap(), ["setosa", "versicolor"]);
    /// # Ok::<(), fiedler::Error>(())
    /// ```
    #[must_use]
    pub fn id(mut self, column: impl Into<String>) -> Self {
        self.id = Some(column.into());
        self
    }

    /// This column holds the class of each point, where it is known: it is no coordinate.
    #[must_use]
    pub fn label(mut self, column: impl Into<String>) -> Self {
        self.label = Some(column.into());
        self
    }

    /// These columns are the coordinates, in this order; not all but the id and the label.
    #[must_use]
    pub fn columns<C: Into<String>>(mut self, columns: impl IntoIterator<Item = C>) -> Self {
        self.columns = Some(columns.into_iter().map(Into::into).collect());
        self
    }

    /// What becomes of missing values.
    #[must_use]
    pub fn missing(mut self, rule: Missing) -> Self {
        self.missing = rule;
        self
    }

    /// Whether each column is brought to mean 0 and standard deviation 1.
    #[must_use]
    pub fn standardize(mut self, standardized: bool) -> Self {
        self.standardize = standardized;
        self
    }

    /// The readings to be tried, the likelier of two that fail alike first.
    fn readings(&self, text: &str) -> Vec<Reading> {
        let delimiters = match self.delimiter {
            Some(delimiter) => vec![Some(delimiter)],
            None => Delimiter::occurring(text),
        };
        // Between commas, decimal commas need quotation marks, and those of a remark are none.
        let quoted = records::has_quoted_fields(text, Delimiter::Comma);
        let mut readings = Vec::new();
        for delimiter in delimiters {
            for mark in [DecimalMark::Point, DecimalMark::Comma] {
                let mark_fits = self.decimal_mark.is_none_or(|known| known == mark);
                let comma_fits = delimiter != Some(Delimiter::Comma)
                    || mark == DecimalMark::Point
                    || quoted
                    || self.delimiter.is_some();
                let space_fits = delimiter != Some(Delimiter::CommaSpace)
                    || mark == DecimalMark::Comma
                    || self.delimiter.is_some();
                if mark_fits && comma_fits && space_fits {
                    readings.push(Reading { delimiter, mark });
                }
            }
        }
        readings
    }
}

impl Csv {
    /// How the text was read, in words: "2 columns separated by semicolons with decimal commas, named lat, lon".
    #[must_use]
    pub fn reading(&self) -> String {
        let reading = Reading {
            delimiter: self.delimiter,
            mark: self.decimal_mark,
        };
        let names = match &self.names {
            None => ", without names".to_string(),
            Some(names) => format!(", named {}", reading::shown(&names.join(", "))),
        };
        reading.words(self.x.ncols()) + &names
    }
}

impl DecimalMark {
    fn char(self) -> char {
        match self {
            Self::Point => '.',
            Self::Comma => ',',
        }
    }

    fn other(self) -> Self {
        match self {
            Self::Point => Self::Comma,
            Self::Comma => Self::Point,
        }
    }
}

impl Delimiter {
    /// None at all, and those that stand in the text, remarks left out.
    fn occurring(text: &str) -> Vec<Option<Self>> {
        let occurs = |part: &str| records::lines(text).any(|line| line.contains(part));
        let all = [
            (Self::Tab, occurs("\t")),
            (Self::Semicolon, occurs(";")),
            (Self::Bar, occurs("|")),
            (Self::Comma, occurs(",")),
            (Self::CommaSpace, occurs(", ") || occurs(",\t")),
            // Beside tabs they would hide a missing value.
            (Self::Spaces, occurs(" ") && !occurs("\t")),
        ];
        let found = all.into_iter().filter(|(_, occurs)| *occurs);
        let found = found.map(|(delimiter, _)| Some(delimiter));
        found.chain([None]).collect()
    }

    fn words(self) -> &'static str {
        match self {
            Self::Comma => "commas",
            Self::CommaSpace => "commas with blanks",
            Self::Semicolon => "semicolons",
            Self::Tab => "tabs",
            Self::Bar => "bars",
            Self::Spaces => "spaces",
        }
    }

    fn setting(self) -> &'static str {
        match self {
            Self::Comma => "delimiter to comma",
            Self::CommaSpace => "delimiter to comma-space",
            Self::Semicolon => "delimiter to semicolon",
            Self::Tab => "delimiter to tab",
            Self::Bar => "delimiter to bar",
            Self::Spaces => "delimiter to spaces",
        }
    }
}

/// Text in UTF-8.
fn text(bytes: &[u8]) -> std::result::Result<&str, CsvError> {
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return Err(CsvError::Utf16);
    }
    std::str::from_utf8(bytes).map_err(|error| {
        let before = &bytes[..error.valid_up_to()];
        let line = before.split(|&byte| byte == b'\n').count();
        CsvError::Encoding { line }
    })
}

/// The table of the one reading that fits.
fn decide(text: &str, options: &CsvOptions) -> std::result::Result<Csv, CsvError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut tables: Vec<Table> = Vec::new();
    let mut misfits: Vec<Misfit> = Vec::new();
    for reading in options.readings(text) {
        let is_read = |table: &Table| table.reading.delimiter == reading.delimiter;
        if tables.iter().any(is_read) {
            // It fits without decimal commas, so it has none.
            continue;
        }
        match reading.of(text, options) {
            // What separates nothing says nothing.
            Ok(table)
                if table.columns == 1
                    && table.reading.delimiter.is_some()
                    && options.delimiter.is_none() => {}
            Ok(table) => tables.push(table),
            Err(misfit) if matches!(misfit.error, CsvError::Header { .. }) => {
                return Err(misfit.error);
            }
            Err(misfit) => misfits.push(misfit),
        }
    }
    // A header has no decimals: as many names as fields say what its commas are.
    let named =
        |table: &Table| table.reading.delimiter == Some(Delimiter::Comma) && table.names.is_some();
    if let Some(at) = tables.iter().position(named) {
        tables.swap(0, at);
        tables.truncate(1);
    }
    let Some((table, rivals)) = tables.split_first() else {
        return Err(Misfit::nearest(misfits, text));
    };
    if let Some(rival) = rivals.iter().find(|rival| rival.differs(table)) {
        return Err(table.or(rival, text));
    }
    if options.decimal_mark.is_none() && table.is_bare_column() {
        return Err(table.or_columns());
    }
    points(tables.swap_remove(0), options)
}

/// The points of a table.
fn points(mut table: Table, options: &CsvOptions) -> std::result::Result<Csv, CsvError> {
    let gaps = options.missing.apply(&mut table)?;
    let rows = table.values.len() / table.width;
    let x = Array2::from_shape_vec((rows, table.width), table.values);
    // As many values as rows times columns: each line was counted.
    let mut x = x.map_err(|_| CsvError::NoPoints)?;
    let mut scaling = None;
    if options.standardize {
        // Every value of a table is finite, and it has at least one.
        let found = Scaling::of(&x).map_err(|_| CsvError::NoPoints)?;
        x = found.apply(&x).map_err(|_| CsvError::NoPoints)?;
        scaling = Some(found);
    }
    Ok(Csv {
        x,
        names: table.names,
        ids: options.id.as_ref().map(|_| table.ids),
        classes: options.label.as_ref().map(|_| table.classes),
        lines: table.lines,
        filled: gaps.filled,
        dropped: gaps.dropped,
        scaling,
        delimiter: table.reading.delimiter.filter(|_| table.columns > 1),
        decimal_mark: table.reading.mark,
    })
}
