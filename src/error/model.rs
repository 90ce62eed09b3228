//! What a file that should hold a fitted model can be refused for.

/// Everything that `estimator::Model::load` refuses of what it reads. Lines and columns count from 1.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum ModelError {
    /// The file is something else.
    #[error(
        "this is no model of this crate, which begins with \"format\": \"fiedler-model\"; give a file that `Model::save` wrote"
    )]
    NotAModel,
    /// The file was written by a newer release.
    #[error(
        "the model has the format version {found}, and this release reads version {known}; update fiedler, or save the model again with this release"
    )]
    Version {
        /// The version of the file.
        found: u64,
        /// The version that is read.
        known: u64,
    },
    /// The file ends before the model does.
    #[error(
        "the file ends in the middle of the model, in line {line}, column {column}: it was cut off; copy or save it again"
    )]
    Truncated {
        /// The line of its end.
        line: usize,
        /// The column.
        column: usize,
    },
    /// Something stands where the format has something else.
    #[error("line {line}, column {column}: {reason}; save the model again")]
    Content {
        /// The line.
        line: usize,
        /// The column.
        column: usize,
        /// What is wrong.
        reason: String,
    },
    /// A list is too short or too long.
    #[error("{name} has {found} entries, but {wanted} belong there; save the model again")]
    Length {
        /// Which list.
        name: &'static str,
        /// How many it has.
        found: usize,
        /// How many it should have.
        wanted: usize,
    },
    /// An entry is no finite number.
    #[error(
        "entry {column} of row {row} of {name} is not a finite number, counted from 0; save the model again"
    )]
    NotFinite {
        /// Which list.
        name: &'static str,
        /// The row of the entry.
        row: usize,
        /// Its place in the row.
        column: usize,
    },
    /// A whole number is too large, or out of order.
    #[error("entry {index} of {name} is {found}, but it must be {wanted}; save the model again")]
    Entry {
        /// Which list.
        name: &'static str,
        /// The place of the entry.
        index: usize,
        /// What stands there.
        found: usize,
        /// What would be accepted, in words.
        wanted: &'static str,
    },
}
