//! What a table of text can be refused for: the line, the field, and the setting that settles it.

/// Everything that [`crate::read::csv`] refuses. Lines and fields count from 1, as editors and spreadsheets do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CsvError {
    /// No line holds a point.
    #[error("0 points were found; give one a line")]
    NoPoints,
    /// The bytes of a line are no text.
    #[error("line {line}: this is not text in UTF-8; save the file as UTF-8")]
    Encoding {
        /// The line.
        line: usize,
    },
    /// The file is text of two bytes a character, as some spreadsheets save it.
    #[error("this is text in UTF-16; save the file as UTF-8")]
    Utf16,
    /// A quotation mark is opened and never closed.
    #[error("line {line}: a quotation mark is opened here, and nothing closes it")]
    OpenQuote {
        /// The line of the mark.
        line: usize,
    },
    /// A line has more or fewer fields than the first.
    #[error("line {line}: it has {found} fields, but the first line has {wanted}; mend or drop it")]
    Fields {
        /// The line.
        line: usize,
        /// The number of its fields.
        found: usize,
        /// That of the first line's.
        wanted: usize,
    },
    /// A field is empty, or says that a value is missing.
    #[error(
        "line {line}: field {field} is {text:?}, a missing value; fill it in, drop its line or its column, or name a rule for missing values"
    )]
    Missing {
        /// The line.
        line: usize,
        /// The field.
        field: usize,
        /// What stands there: nothing, `NA`, `NaN`, …
        text: String,
    },
    /// A field is no number.
    #[error(
        "line {line}: field {field} is {text:?}, but every field must be a finite number; {advice}"
    )]
    NotANumber {
        /// The line.
        line: usize,
        /// The field.
        field: usize,
        /// What stands there.
        text: String,
        /// What would mend it.
        advice: &'static str,
    },
    /// A column of coordinates holds text from top to bottom.
    #[error(
        "line {line}: field {field} is {text:?}, and the whole column{} holds text, but coordinates are numbers; make it the id or the label, or choose other columns",
        called(name)
    )]
    TextColumn {
        /// The first line.
        line: usize,
        /// The field.
        field: usize,
        /// The name of the column.
        name: String,
        /// What stands there.
        text: String,
    },
    /// No column has this name or number.
    #[error("there is no column {name:?}; {}", columns(names, *count))]
    NoColumn {
        /// The name or number that was chosen.
        name: String,
        /// The names of the columns; empty where the first line is a point.
        names: Vec<String>,
        /// The number of columns.
        count: usize,
    },
    /// Two columns have the name by which one was chosen.
    #[error("two columns are called {name:?}; choose one by its number, counted from 1")]
    TwoColumns {
        /// The name.
        name: String,
    },
    /// Every column was chosen for something else, or none at all for the coordinates.
    #[error("no column is left for the coordinates; choose at least one")]
    NoCoordinates,
    /// A column has no value whose mean could stand in for those that are missing.
    #[error("field {field} is missing in every line, and so has no mean; leave its column out")]
    NoValues {
        /// The field.
        field: usize,
    },
    /// A field is infinite, or so large or so small that f64 cannot hold it.
    #[error(
        "line {line}: field {field} is {text:?}, which is beyond the finite numbers of f64; mend it, drop its line, or take another unit"
    )]
    Range {
        /// The line.
        line: usize,
        /// The field.
        field: usize,
        /// What stands there.
        text: String,
    },
    /// The first line has numbers and words.
    #[error(
        "line {line}: field {field} is {text:?}, beside numbers; set the header to yes if the line holds the names of the columns, and mend the field if it holds a point"
    )]
    FirstLine {
        /// The line.
        line: usize,
        /// The first field that is no number.
        field: usize,
        /// What stands there.
        text: String,
    },
    /// The commas can separate columns, or mark decimals.
    #[error(
        "line {line}: {text:?} can be read in two ways: {} (to say so, set the {}), or {} (set the {})", readings[0].0, readings[0].1, readings[1].0, readings[1].1
    )]
    Comma {
        /// The first line where it matters.
        line: usize,
        /// What stands there.
        text: String,
        /// Each reading in words, and the setting that asks for it.
        readings: Box<[(String, &'static str); 2]>,
    },
    /// The first line has numbers only, and they look like names.
    #[error(
        "line {line}: {text:?} can be the names of the columns (to say so, set the header to yes) or a point (set the header to no)"
    )]
    Header {
        /// The line.
        line: usize,
        /// What stands there.
        text: String,
    },
    /// No line holds an edge.
    #[error("0 edges were found; give one a line: two names, and perhaps a weight")]
    NoEdges,
    /// A line of a list of edges is no edge.
    #[error(
        "line {line}: it has {found} field(s), but an edge is two names, and perhaps a weight; set the delimiter, or drop the other columns"
    )]
    EdgeFields {
        /// The line.
        line: usize,
        /// The number of its fields.
        found: usize,
    },
    /// The weight of an edge is no positive number.
    #[error("line {line}: the weight is {text:?}, but it must be a positive number")]
    EdgeWeight {
        /// The line.
        line: usize,
        /// What stands there.
        text: String,
    },
    /// The weight of an edge is 0.
    #[error(
        "line {line}: the weight is 0, and an edge has a positive weight; drop the line, or ask for edges of weight 0 to be dropped"
    )]
    ZeroWeight {
        /// The line.
        line: usize,
    },
    /// An edge stands in the list twice, in one direction or in both.
    #[error(
        "line {line}: {from:?} and {to:?} are joined in line {before} already; drop one of the two, or ask for the weights of duplicates to be summed"
    )]
    DuplicateEdge {
        /// The line.
        line: usize,
        /// The line before it.
        before: usize,
        /// One end.
        from: String,
        /// The other end.
        to: String,
    },
}

/// The name of a column behind it.
fn called(name: &str) -> String {
    if name.is_empty() {
        String::new()
    } else {
        format!(" {name:?}")
    }
}

/// Which columns there are to choose from.
fn columns(names: &[String], count: usize) -> String {
    if names.is_empty() {
        let them = if count == 1 {
            "the only one has number 1".to_string()
        } else {
            format!("they have the numbers 1 to {count}")
        };
        return format!("the first line is no header, and so columns have no names: {them}");
    }
    let shown: Vec<&str> = names.iter().take(20).map(String::as_str).collect();
    let more = if names.len() > 20 { ", …" } else { "" };
    format!("there are {}{more}", shown.join(", "))
}

impl CsvError {
    /// The line that is at fault, where it is one.
    #[must_use]
    pub fn line(&self) -> Option<usize> {
        match *self {
            Self::NoPoints
            | Self::Utf16
            | Self::NoColumn { .. }
            | Self::TwoColumns { .. }
            | Self::NoCoordinates
            | Self::NoValues { .. }
            | Self::NoEdges => None,
            Self::Encoding { line }
            | Self::OpenQuote { line }
            | Self::Fields { line, .. }
            | Self::Missing { line, .. }
            | Self::NotANumber { line, .. }
            | Self::TextColumn { line, .. }
            | Self::Range { line, .. }
            | Self::FirstLine { line, .. }
            | Self::Comma { line, .. }
            | Self::Header { line, .. }
            | Self::EdgeFields { line, .. }
            | Self::EdgeWeight { line, .. }
            | Self::ZeroWeight { line }
            | Self::DuplicateEdge { line, .. } => Some(line),
        }
    }
}
