//! The committed pictures are those that the crate draws now.

#[path = "../../examples/book_figures/chapters/mod.rs"]
mod chapters;

use fiedler::plot::Figure;
use std::fs;
use std::path::Path;

#[test]
fn no_picture_of_the_book_is_stale_and_none_is_a_stray() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("book/src/figures");
    let figures = chapters::figures().expect("the book's pictures");
    let narrow = figures.iter().filter_map(|(name, figure)| {
        let narrow = figure.narrow()?;
        Some((format!("{name}_narrow"), narrow))
    });
    let wide = figures.iter();
    let wide = wide.map(|(name, figure)| ((*name).to_string(), figure.clone()));
    let figures: Vec<(String, Figure)> = wide.chain(narrow).collect();
    for (name, figure) in &figures {
        let path = folder.join(name).with_extension("svg");
        let committed = fs::read_to_string(&path).unwrap_or_default();
        assert!(
            committed == figure.svg(),
            "{} is stale: run `cargo run --example book_figures`",
            path.display()
        );
    }
    for entry in fs::read_dir(&folder).expect("a folder of figures") {
        let path = entry.expect("a file").path();
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        let known = figures.iter().any(|(known, _)| *known == name);
        assert!(known, "{} is drawn by no chapter", path.display());
    }
}
