//! How a table is to be read: what it does not say itself.

use clap::{Args, ValueEnum};
use fiedler::read::{CsvOptions, DecimalMark, Delimiter};

#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "Reading the table")]
pub struct TableOptions {
    /// What stands between two fields [default: found out; where two readings fit, you are asked]
    #[arg(long, value_enum, value_name = "NAME")]
    pub delimiter: Option<Separator>,
    /// What stands before the decimals [default: found out; where two readings fit, you are asked]
    #[arg(long, value_enum, value_name = "MARK")]
    pub decimal: Option<Mark>,
    /// Whether the first line holds the names of the columns [default: found out; where it could be either, you are asked]
    #[arg(long, value_enum, value_name = "YES|NO")]
    pub header: Option<Answer>,
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
        let mut options = CsvOptions::new();
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
}
