//! Where the data come from: a file or the standard input, in a format that is known by its name.

use crate::options::TableOptions;
use crate::trouble::{Result, Trouble};
use fiedler::ndarray::Array2;
use fiedler::read::csv;
use std::io::Read;
use std::path::{Path, PathBuf};

/// A file, or the standard input for `-`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    StandardInput,
    File(PathBuf),
}

impl From<&str> for Source {
    fn from(word: &str) -> Self {
        match word {
            "-" => Self::StandardInput,
            path => Self::File(path.into()),
        }
    }
}

impl Source {
    /// All that it holds.
    pub fn bytes(&self) -> Result<Vec<u8>> {
        match self {
            Self::File(path) => std::fs::read(path).map_err(|error| Trouble::file(path, &error)),
            Self::StandardInput => {
                let mut bytes = Vec::new();
                match std::io::stdin().lock().read_to_end(&mut bytes) {
                    Ok(_) => Ok(bytes),
                    Err(error) => Err(Trouble::file(Path::new("the standard input"), &error)),
                }
            }
        }
    }

    /// Its path, where it is a file.
    pub fn path(&self) -> Option<&Path> {
        match self {
            Self::StandardInput => None,
            Self::File(path) => Some(path),
        }
    }
}

/// Points, and what is known of them.
#[derive(Debug, Clone)]
pub struct Points {
    pub x: Array2<f64>,
}

/// Reads points.
pub fn points(source: &Source, options: &TableOptions) -> Result<Points> {
    let bytes = source.bytes()?;
    let text = String::from_utf8_lossy(&bytes);
    let table = csv(&text, &options.csv())?;
    Ok(Points { x: table.x })
}
