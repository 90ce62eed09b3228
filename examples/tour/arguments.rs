//! What the user asks for, and what can go wrong with it.

use std::path::PathBuf;

pub const HELP: &str = "\
The whole story in one go: numbers here, figures and a page in target/tour/.

  cargo run --release --example tour
      on the post's own data; for points of your own there is the command:
      cargo run --release -p fiedler-cli -- cluster points.csv

  --out FOLDER   write there instead of target/tour/
";

/// The command line, understood.
#[derive(Debug, PartialEq)]
pub struct Arguments {
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
    #[error("{0}")]
    Step(#[from] fiedler::Error),
}

pub type Result<T> = std::result::Result<T, Trouble>;

/// Reads the command line without the program's name.
pub fn parse(words: impl IntoIterator<Item = String>) -> Result<Arguments> {
    let mut arguments = Arguments {
        out: PathBuf::from("target/tour"),
        help: false,
    };
    let mut words = words.into_iter();
    while let Some(word) = words.next() {
        match word.as_str() {
            "--help" | "-h" => arguments.help = true,
            "--out" => {
                let folder = words.next();
                let folder = folder.ok_or_else(|| Trouble::Usage("--out needs a value".into()))?;
                arguments.out = folder.into();
            }
            option if option.starts_with('-') => {
                return Err(Trouble::Usage(format!("there is no option {option}")));
            }
            file => {
                return Err(Trouble::Usage(format!(
                    "the tour keeps the post's data; for {file} take the command: \
                     cargo run --release -p fiedler-cli -- cluster {file}"
                )));
            }
        }
    }
    Ok(arguments)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(line: &str) -> Result<Arguments> {
        parse(line.split_whitespace().map(String::from))
    }

    #[test]
    fn the_folder_can_be_chosen() {
        assert_eq!(parsed("").unwrap().out, PathBuf::from("target/tour"));
        assert_eq!(parsed("--out there").unwrap().out, PathBuf::from("there"));
    }

    #[test]
    fn a_mistaken_word_is_named() {
        for (line, named) in [
            ("--out", "--out needs a value"),
            ("--eps 0.4", "no option --eps"),
            ("points.csv", "-p fiedler-cli -- cluster points.csv"),
        ] {
            let trouble = parsed(line).unwrap_err().to_string();
            assert!(trouble.contains(named), "{line}: {trouble}");
        }
    }
}
