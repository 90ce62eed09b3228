//! One file a chapter, each with its pictures by name. The tests draw them too.

mod certificate;
mod clustering;
mod cut;
mod eigen;
mod embedding;
mod kmeans;
mod large;
mod peers;
mod perturbation;
mod power;
mod real_data;
mod relaxation;
mod sensitivity;
mod similarity;
mod springs;
mod transform;
mod walk;

use fiedler::plot::Figure;

/// Pictures with the names of their files.
pub type Figures = Vec<(&'static str, Figure)>;
/// What may go wrong: a step of the crate, or the reading of a reference value.
pub type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

/// All pictures of the book.
pub fn figures() -> Result<Figures> {
    let chapters = [
        kmeans::figures,
        similarity::figures,
        cut::figures,
        transform::figures,
        relaxation::figures,
        eigen::figures,
        clustering::figures,
        embedding::figures,
        springs::figures,
        walk::figures,
        perturbation::figures,
        certificate::figures,
        power::figures,
        large::figures,
        sensitivity::figures,
        real_data::figures,
        peers::figures,
    ];
    let mut figures = Figures::new();
    for chapter in chapters {
        figures.extend(chapter()?);
    }
    Ok(figures)
}
