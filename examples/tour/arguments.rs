//! What the user asks for, and what can go wrong with it.

use fiedler::read::{CsvOptions, DecimalMark, Delimiter};
use std::path::PathBuf;

pub const HELP: &str = "\
The whole story in one go: numbers here, figures and a page in target/tour/.

  cargo run --release --example tour
      the post's own data
  cargo run --release --example tour -- points.csv --epsilon 0.4
      your points, one a row: numbers separated by commas, semicolons, tabs,
      bars or spaces, with or without a header; points at most epsilon apart are
      joined

  --delimiter comma|comma-space|semicolon|tab|bar|spaces
  --decimal-mark point|comma
  --header yes|no
      how your file is to be read, where that is not clear from the file
  --out FOLDER   write there instead of target/tour/
";

/// The command line, understood.
#[derive(Debug, PartialEq)]
pub struct Arguments {
    pub file: Option<PathBuf>,
    pub epsilon: Option<f64>,
    pub options: CsvOptions,
    pub out: PathBuf,
    pub help: bool,
}

/// Everything that ends the tour early, with what to do about it.
#[derive(Debug, thiserror::Error)]
pub enum Trouble {
    #[error("{0}\n\n{HELP}")]
    Usage(String),
    #[error("{path}: {reason}")]
    File { path: String, reason: String },
    #[error(
        "no --epsilon was given, and the right one depends on your points:\n\
         \x20 {isolated} is the smallest that leaves no point without a neighbour,\n\
         \x20 {connected} is the smallest that joins all points into one piece\n\
         (both rounded up). Start with --epsilon {connected}, and see what changes below\n\
         and above."
    )]
    NoEpsilon { isolated: String, connected: String },
    #[error("{0}")]
    Step(#[from] fiedler::Error),
}

pub type Result<T> = std::result::Result<T, Trouble>;

/// Reads the command line without the program's name.
pub fn parse(words: impl IntoIterator<Item = String>) -> Result<Arguments> {
    let mut arguments = Arguments {
        file: None,
        epsilon: None,
        options: CsvOptions::new(),
        out: PathBuf::from("target/tour"),
        help: false,
    };
    let mut words = words.into_iter();
    while let Some(word) = words.next() {
        let mut value = || {
            let missing = || Trouble::Usage(format!("{word} needs a value"));
            words.next().ok_or_else(missing)
        };
        match word.as_str() {
            "--help" | "-h" => arguments.help = true,
            "--epsilon" => arguments.epsilon = Some(epsilon(&value()?)?),
            "--delimiter" | "--decimal-mark" | "--header" => {
                let chosen = value()?;
                arguments.options = setting(arguments.options, &word, &chosen)?;
            }
            "--out" => arguments.out = value()?.into(),
            option if option.starts_with("--") => {
                return Err(Trouble::Usage(format!("there is no option {option}")));
            }
            _ if arguments.file.is_some() => {
                return Err(Trouble::Usage(format!(
                    "one file is enough, but {word} follows"
                )));
            }
            file => arguments.file = Some(file.into()),
        }
    }
    if arguments.file.is_none() && arguments.epsilon.is_some() {
        let reason = "--epsilon goes with a file of your own; the post's data keep the post's 0.4";
        return Err(Trouble::Usage(reason.into()));
    }
    if arguments.file.is_none() && arguments.options != CsvOptions::new() {
        let reason = "--delimiter, --decimal-mark and --header go with a file of your own";
        return Err(Trouble::Usage(reason.into()));
    }
    Ok(arguments)
}

/// How the file is to be read.
fn setting(options: CsvOptions, word: &str, value: &str) -> Result<CsvOptions> {
    Ok(match (word, value) {
        ("--delimiter", "comma") => options.delimiter(Delimiter::Comma),
        ("--delimiter", "comma-space") => options.delimiter(Delimiter::CommaSpace),
        ("--delimiter", "semicolon") => options.delimiter(Delimiter::Semicolon),
        ("--delimiter", "tab") => options.delimiter(Delimiter::Tab),
        ("--delimiter", "bar") => options.delimiter(Delimiter::Bar),
        ("--delimiter", "spaces") => options.delimiter(Delimiter::Spaces),
        ("--decimal-mark", "point") => options.decimal_mark(DecimalMark::Point),
        ("--decimal-mark", "comma") => options.decimal_mark(DecimalMark::Comma),
        ("--header", "yes") => options.header(true),
        ("--header", "no") => options.header(false),
        _ => return Err(Trouble::Usage(format!("{word} cannot be {value}"))),
    })
}

fn epsilon(word: &str) -> Result<f64> {
    match word.parse::<f64>() {
        Ok(epsilon) if epsilon >= 0.0 && epsilon.is_finite() => Ok(epsilon),
        _ => Err(Trouble::Usage(format!(
            "--epsilon {word}: it must be a distance, a number of 0 or more"
        ))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(line: &str) -> Result<Arguments> {
        parse(line.split_whitespace().map(String::from))
    }

    #[test]
    fn a_file_and_a_distance_are_understood_in_any_order() {
        let one = parsed("points.csv --epsilon 0.4").unwrap();
        assert_eq!(one, parsed("--epsilon 0.4 points.csv").unwrap());
        assert_eq!(one.epsilon, Some(0.4));
        assert_eq!(one.out, PathBuf::from("target/tour"));
    }

    #[test]
    fn what_a_question_about_the_file_asks_for_can_be_said() {
        let line = "a.csv --delimiter semicolon --decimal-mark comma --header no";
        let options = CsvOptions::new()
            .delimiter(Delimiter::Semicolon)
            .decimal_mark(DecimalMark::Comma)
            .header(false);
        assert_eq!(parsed(line).unwrap().options, options);
    }

    #[test]
    fn a_mistaken_word_is_named() {
        for (line, named) in [
            ("--epsilon", "--epsilon needs a value"),
            ("a.csv --epsilon far", "--epsilon far"),
            ("a.csv --epsilon -1", "--epsilon -1"),
            ("a.csv --epsilon NaN", "--epsilon NaN"),
            ("--epsilon 0.4", "file of your own"),
            ("--header no", "file of your own"),
            ("a.csv --header maybe", "--header cannot be maybe"),
            ("a.csv --delimiter point", "--delimiter cannot be point"),
            ("--eps 0.4", "no option --eps"),
            ("a.csv b.csv", "b.csv follows"),
        ] {
            let trouble = parsed(line).unwrap_err().to_string();
            assert!(trouble.contains(named), "{line}: {trouble}");
        }
    }
}
