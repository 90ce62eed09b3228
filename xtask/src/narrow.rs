//! Pictures for narrow pages: where a figure has a narrow twin, a telephone is given that one, whose text is as large as
//! the page's.

use crate::trouble::{Result, Trouble};
use std::{fs, path::Path};

/// From this width on a page takes the wide picture, as the style sheet has it.
const NARROW: &str = "(max-width: 620px)";
const IMAGE: &str = "<img src=\"figures/";
const WIDE: &str = ".svg";
const TWIN: &str = "_narrow.svg";

/// Goes through the pages of a built book.
pub fn offer(built: &Path) -> Result<()> {
    let entries = fs::read_dir(built).map_err(|error| Trouble::file(built, &error))?;
    for path in entries.flatten().map(|entry| entry.path()) {
        if path.extension().is_none_or(|end| end != "html") {
            continue;
        }
        let page = fs::read_to_string(&path).map_err(|error| Trouble::file(&path, &error))?;
        let offered = with_twins(&page, |name| built.join("figures").join(name).is_file());
        fs::write(&path, offered).map_err(|error| Trouble::file(&path, &error))?;
    }
    Ok(())
}

/// The page, with a choice of pictures wherever the twin exists.
fn with_twins(page: &str, exists: impl Fn(&str) -> bool) -> String {
    let mut text = String::new();
    let mut rest = page;
    while let Some(at) = rest.find(IMAGE) {
        text.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = end_of_tag(rest);
        let (tag, behind) = rest.split_at(end);
        let name = tag[IMAGE.len()..].split('"').next().unwrap_or_default();
        match name.strip_suffix(WIDE).map(|stem| format!("{stem}{TWIN}")) {
            Some(twin) if exists(&twin) => {
                let source = format!("<source media=\"{NARROW}\" srcset=\"figures/{twin}\">");
                text.extend(["<picture>", &source, tag, "</picture>"]);
            }
            _ => text.push_str(tag),
        }
        rest = behind;
    }
    text + rest
}

/// Where the tag ends that the text begins with; a `>` inside quotes does not end it.
fn end_of_tag(text: &str) -> usize {
    let mut inside = false;
    for (at, letter) in text.char_indices() {
        match letter {
            '"' => inside = !inside,
            '>' if !inside => return at + 1,
            _ => {}
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_with_a_twin_is_offered_twice_and_another_stays() {
        let page =
            "<p><img src=\"figures/a.svg\" alt=\"x > 0\"> <img src=\"figures/b.svg\" alt=\"\"></p>";
        let found = with_twins(page, |name| name == "a_narrow.svg");
        assert_eq!(
            found,
            "<p><picture><source media=\"(max-width: 620px)\" srcset=\"figures/a_narrow.svg\">\
             <img src=\"figures/a.svg\" alt=\"x > 0\"></picture> <img src=\"figures/b.svg\" alt=\"\"></p>"
        );
    }
}
