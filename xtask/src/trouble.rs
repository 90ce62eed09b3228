//! What a command ends with when it cannot go on: what is wrong, and what to do about it.

use std::{fmt, io, path::Path};

/// A failure. Both halves are required, so that no message leaves the reader without a next step.
#[derive(Debug)]
pub struct Trouble {
    wrong: String,
    remedy: String,
}

/// The result of every step that can fail.
pub type Result<T> = std::result::Result<T, Trouble>;

impl Trouble {
    /// What is wrong, and what to type or change.
    pub fn new(wrong: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self {
            wrong: wrong.into(),
            remedy: remedy.into(),
        }
    }

    /// A file or folder that could not be read or written.
    pub fn file(path: &Path, error: &io::Error) -> Self {
        let wrong = format!("{} cannot be read or written: {error}.", path.display());
        Self::new(wrong, "check that it exists and that you may write there")
    }
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}\n  What to do: {}", self.wrong, self.remedy)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_trouble_says_what_is_wrong_and_what_to_do() {
        let text = Trouble::new("npm was not found", "install Node.js").to_string();
        assert_eq!(text, "npm was not found\n  What to do: install Node.js");
    }
}
