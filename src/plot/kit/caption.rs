//! What a figure and an animation say of themselves, and how they leave: to a notebook, to a file.

use super::text::one_line;
use crate::error::{Error, Result};
use std::path::Path;

/// A title, and a text for those who do not see what it stands over: a line each.
#[derive(Debug, Clone)]
pub(crate) struct Caption {
    pub(crate) title: String,
    pub(crate) alt: String,
}

impl Caption {
    pub(crate) fn new(title: &str, alt: &str) -> Self {
        Self {
            title: one_line(title),
            alt: one_line(alt),
        }
    }

    /// What evcxr takes for the result of a cell.
    pub(crate) fn output(&self, kind: &str, content: &str) -> String {
        shown(kind, content, &self.alt)
    }
}

/// What evcxr takes for the result of a cell: the content, of this type, and the alternative text.
pub(crate) fn shown(kind: &str, content: &str, alt: &str) -> String {
    format!(
        "EVCXR_BEGIN_CONTENT {kind}\n{content}\nEVCXR_END_CONTENT\n\
         EVCXR_BEGIN_CONTENT text/plain\n{alt}\nEVCXR_END_CONTENT"
    )
}

/// Text that may stand in a page, in an attribute too.
pub(crate) fn escaped(text: &str) -> String {
    let text = text.replace('&', "&amp;").replace('"', "&quot;");
    text.replace('<', "&lt;")
}

/// Writes a file.
pub(crate) fn save(path: &Path, bytes: &[u8]) -> Result<()> {
    std::fs::write(path, bytes).map_err(|error| Error::file(path, &error))
}
