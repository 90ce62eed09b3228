//! How a table is to be read: what it does not say itself.

use crate::trouble::{Result, Trouble};
use clap::{Args, ValueEnum};
use fiedler::read::{CsvOptions, DecimalMark, Delimiter, Missing};

#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "Reading a table")]
pub struct TableOptions {
    /// The column that names the points, by its name or its number from 1: it is no coordinate
    #[arg(long, value_name = "COLUMN")]
    pub id: Option<String>,
    /// The column that holds the true classes: it is no coordinate, and the clusters are compared with it
    #[arg(long, visible_alias = "truth", value_name = "COLUMN")]
    pub label: Option<String>,
    /// The columns that are coordinates, in this order [default: all but those of --id and --label]
    #[arg(long, value_name = "COLUMN,…", value_delimiter = ',')]
    pub columns: Option<Vec<String>>,
    /// What becomes of a line with a missing value: an empty field, NA, NaN, null, ?
    #[arg(long, value_enum, value_name = "RULE", default_value_t = Rule::Refuse)]
    pub missing: Rule,
    /// Bring each column to mean 0 and standard deviation 1, so that units do not matter
    #[arg(long)]
    pub standardize: bool,
    /// What stands between two fields [default: found out; where two readings fit, you are asked]
    #[arg(long, value_enum, value_name = "NAME")]
    pub delimiter: Option<Separator>,
    /// What stands before the decimals [default: found out; where two readings fit, you are asked]
    #[arg(long, value_enum, value_name = "MARK")]
    pub decimal: Option<Mark>,
    /// Whether the first line names the columns [default: found out; where it could be either, you are asked]
    #[arg(long, value_enum, value_name = "YES|NO")]
    pub header: Option<Answer>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum Rule {
    /// The file is refused, and the first missing value named
    #[default]
    Refuse,
    /// The line is left out
    Drop,
    /// The mean of the others in its column stands in for it
    Mean,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Separator {
    Comma,
    /// A comma with a blank behind it, where other commas mark decimals
    CommaSpace,
    Semicolon,
    Tab,
    Bar,
    Spaces,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Mark {
    Point,
    Comma,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Answer {
    Yes,
    No,
}

impl Separator {
    pub fn delimiter(self) -> Delimiter {
        match self {
            Self::Comma => Delimiter::Comma,
            Self::CommaSpace => Delimiter::CommaSpace,
            Self::Semicolon => Delimiter::Semicolon,
            Self::Tab => Delimiter::Tab,
            Self::Bar => Delimiter::Bar,
            Self::Spaces => Delimiter::Spaces,
        }
    }
}

impl TableOptions {
    /// The library's options.
    pub fn csv(&self) -> CsvOptions {
        let mut options = CsvOptions::new().standardize(self.standardize);
        options = options.missing(match self.missing {
            Rule::Refuse => Missing::Refuse,
            Rule::Drop => Missing::Drop,
            Rule::Mean => Missing::Mean,
        });
        if let Some(column) = &self.id {
            options = options.id(column);
        }
        if let Some(column) = &self.label {
            options = options.label(column);
        }
        if let Some(columns) = &self.columns {
            options = options.columns(columns.iter().map(|column| column.trim()));
        }
        if let Some(separator) = self.delimiter {
            options = options.delimiter(separator.delimiter());
        }
        if let Some(mark) = self.decimal {
            options = options.decimal_mark(match mark {
                Mark::Point => DecimalMark::Point,
                Mark::Comma => DecimalMark::Comma,
            });
        }
        if let Some(answer) = self.header {
            options = options.header(answer == Answer::Yes);
        }
        options
    }

    /// Refuses options of a table where there is none.
    pub fn none_but(&self, allowed: &[&str], instead: &str) -> Result<()> {
        let given = [
            ("--id", self.id.is_some()),
            ("--label", self.label.is_some()),
            ("--columns", self.columns.is_some()),
            ("--missing", self.missing != Rule::Refuse),
            ("--standardize", self.standardize),
            ("--delimiter", self.delimiter.is_some()),
            ("--decimal", self.decimal.is_some()),
            ("--header", self.header.is_some()),
        ];
        let foreign = given
            .iter()
            .find(|(name, given)| *given && !allowed.contains(name));
        match foreign {
            Some((name, _)) => Err(Trouble::Usage(format!(
                "{name} goes with a table of points, and this is {instead}"
            ))),
            None => Ok(()),
        }
    }
}
