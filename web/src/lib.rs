//! What the book's live figures compute. Each function takes numbers and gives numbers; how a page calls it stands in
//! [`door`].

pub mod certificate;
pub mod cut;
pub mod door;
pub mod multigrid;
pub mod perturbation;
pub mod playground;
pub mod rings;
pub mod similarity;
pub mod springs;
pub mod walk;

/// What a figure is answered: numbers in an order that its function tells, or the crate's own message.
pub type Answer = std::result::Result<Vec<f64>, String>;

/// The words of a refusal.
pub(crate) fn words(error: &fiedler::Error) -> String {
    error.to_string()
}
