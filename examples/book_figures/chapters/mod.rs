//! One file a chapter, each with its pictures by name. The tests draw them too.

mod certificate;
mod eigen;
mod power;
mod real_data;
mod sensitivity;

use fiedler::plot::Figure;

/// Pictures with the names of their files.
pub type Figures = Vec<(&'static str, Figure)>;
/// What may go wrong: a step of the crate, or the reading of a reference value.
pub type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

/// All pictures of the book.
pub fn figures() -> Result<Figures> {
    let chapters = [
        eigen::figures,
        certificate::figures,
        power::figures,
        real_data::figures,
        sensitivity::figures,
    ];
    let mut figures = Figures::new();
    for chapter in chapters {
        figures.extend(chapter()?);
    }
    Ok(figures)
}
