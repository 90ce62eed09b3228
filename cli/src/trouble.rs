//! What ends a run early, in words for the command line.

use fiedler::read::CsvError;
use std::path::Path;

/// Everything that ends a run early.
#[derive(Debug, thiserror::Error)]
pub enum Trouble {
    /// The data, as the library refuses them, in the words of the command line.
    #[error("{0}")]
    Refused(String),
    /// A file could not be read or written.
    #[error("{path}: {reason}")]
    File {
        /// Its path, or where it goes.
        path: String,
        /// What the system said, or what is wrong with it.
        reason: String,
    },
    /// Options that do not go together, or a value that cannot be.
    #[error("{0}")]
    Usage(String),
    /// Who reads the standard output has closed it.
    #[error("the standard output was closed")]
    Closed,
}

/// The result of every step of a run.
pub type Result<T> = std::result::Result<T, Trouble>;

impl Trouble {
    /// A file that the system refuses.
    pub fn file(path: &Path, error: &std::io::Error) -> Self {
        Self::of(path, error.to_string())
    }

    /// A file that is refused here.
    pub fn of(path: &Path, reason: impl Into<String>) -> Self {
        Self::File {
            path: path.display().to_string(),
            reason: reason.into(),
        }
    }
}

/// How the library's errors name a choice, and how the command line does; longer phrases first.
const WORDS: [(&str, &str); 22] = [
    ("set the delimiter, or drop", "give --delimiter, or drop"),
    (
        "or ask for the weights of duplicates to be summed",
        "or give --sum-duplicates",
    ),
    (
        "or ask for edges of weight 0 to be dropped",
        "or give --drop-zero-weights",
    ),
    ("set the delimiter to ", "give --delimiter "),
    ("set the decimal mark to ", "give --decimal "),
    ("set the header to ", "give --header "),
    (
        "or name a rule for missing values",
        "or give --missing drop or --missing mean",
    ),
    (
        "set `isolated` to `Isolated::OwnLabel`, or cluster the points with `fit`",
        "give --isolated own-label",
    ),
    (
        "set `isolated` to `Isolated::NearestCluster` or `Isolated::OwnLabel` before `fit`",
        "give --isolated nearest or own-label when you cluster",
    ),
    (
        "set `isolated` to `Isolated::OwnLabel`",
        "give --isolated own-label",
    ),
    ("`Isolated::OwnLabel`", "--isolated own-label"),
    ("`Isolated::NearestCluster`", "--isolated nearest"),
    ("`GraphRule::nearest_neighbors`", "--graph neighbors"),
    ("as `SpectralClustering` offers", "by --graph"),
    (" (`components` labels them)", ""),
    (
        "take `Solver::Auto` or `Solver::Dense`, or another",
        "take another",
    ),
    (
        "take `Solver::Auto` or `Solver::Dense`",
        "take another graph",
    ),
    ("raise epsilon", "raise --epsilon"),
    ("lower epsilon", "lower --epsilon"),
    ("raise sigma", "raise --sigma"),
    ("lower sigma", "lower --sigma"),
    (
        "ask for a number of clusters",
        "ask for a number of clusters by -k",
    ),
];

impl From<fiedler::Error> for Trouble {
    fn from(error: fiedler::Error) -> Self {
        let message = in_words_of_the_command_line(&error.to_string());
        let fiedler::Error::Csv { error, .. } = &error else {
            return Self::Refused(message);
        };
        Self::Refused(match error {
            CsvError::TextColumn { field, name, .. } => {
                let column = if name.is_empty() {
                    field.to_string()
                } else {
                    quoted(name)
                };
                let advice = format!(
                    "give --label {column} where it holds classes, --id {column} where it names the points, or choose others by --columns"
                );
                // A list of edges begins with a name.
                let edges = if *field == 1 {
                    "; where each line is an edge, give --edges"
                } else {
                    ""
                };
                let general = "make it the id or the label, or choose other columns";
                message.replace(general, &advice) + edges
            }
            CsvError::FirstLine { field, .. } => {
                format!(
                    "{message}; where the whole column holds text, give --id {field} or --label {field}"
                )
            }
            _ => message,
        })
    }
}

/// As a shell takes it for one word.
fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.');
    if word.chars().all(plain) {
        word.to_string()
    } else {
        format!("'{}'", word.replace('\'', "'\\''"))
    }
}

/// A message of the library with the options of the command line in it.
pub fn in_words_of_the_command_line(message: &str) -> String {
    let replaced = |text: String, (from, to): &(&str, &str)| text.replace(from, to);
    WORDS.iter().fold(message.to_string(), replaced)
}
