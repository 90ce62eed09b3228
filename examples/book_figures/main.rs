//! The book's pictures, made by the crate: `cargo run --example book_figures` writes `book/src/figures/`.
//!
//! `cut_balance_narrow.svg` is `cut_balance.svg` for narrow pages. The same input gives the same bytes: a test draws them again, and fails where a committed picture is stale.

mod chapters;

use std::path::Path;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("book/src/figures");
    std::fs::create_dir_all(&folder)?;
    for (name, picture) in chapters::figures()? {
        let path = folder.join(name).with_extension("svg");
        picture.save_svg(&path)?;
        if let Some(narrow) = picture.narrow() {
            narrow.save_svg(folder.join(format!("{name}_narrow.svg")))?;
        }
        println!("{name}.svg: {}", picture.alt());
    }
    Ok(())
}
