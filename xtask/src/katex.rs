//! KaTeX's style sheet and fonts, from npm, as one file that the book carries: no page asks another host for them.

use crate::{
    places::Lab,
    shell::{NPM, answer, run, say},
    trouble::{Result, Trouble},
};
use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

/// The version of KaTeX inside our mdbook-katex: what it writes needs the style sheet of that version.
const VERSION: &str = "0.16.4";

const NO_NPM: &str = "npm was not found: it brings the style sheet and the fonts of the formulas.";

/// Writes `book/theme/katex.css` unless it is there: KaTeX's style sheet with its fonts inside.
pub fn ensure(lab: &Lab, book: &Path) -> Result<()> {
    let target = book.join("theme/katex.css");
    let header = format!(
        "/* KaTeX {VERSION}, MIT licence, with its fonts; written by `cargo xtask book` */\n"
    );
    if fs::read_to_string(&target).is_ok_and(|css| css.starts_with(&header)) {
        return Ok(());
    }
    if answer(NPM, &["--version"]).is_none() {
        let remedy = "install Node.js (Debian/Ubuntu: `sudo apt-get install npm`; macOS: `brew install node`; Windows: `winget install OpenJS.NodeJS`)";
        return Err(Trouble::new(NO_NPM, remedy));
    }
    say("Fetching KaTeX's style sheet and fonts.");
    let package = fetch(lab)?;
    let sheet = package.join("dist/katex.min.css");
    let css = fs::read_to_string(&sheet).map_err(|error| Trouble::file(&sheet, &error))?;
    let css = with_fonts_inside(&css, |name| {
        fs::read(package.join("dist/fonts").join(name)).ok()
    });
    fs::create_dir_all(book.join("theme"))
        .and_then(|()| fs::write(&target, header + &css))
        .map_err(|error| Trouble::file(&target, &error))
}

/// The folder that npm puts the package in.
fn fetch(lab: &Lab) -> Result<PathBuf> {
    let prefix = lab.path("katex");
    fs::create_dir_all(&prefix).map_err(|error| Trouble::file(&prefix, &error))?;
    let quiet = ["--silent", "--ignore-scripts", "--no-audit", "--no-fund"];
    let mut npm = Command::new(NPM);
    npm.arg("install").args(quiet).arg("--prefix").arg(&prefix);
    npm.arg(format!("katex@{VERSION}"));
    lab.shelter(&mut npm);
    let remedy = "see npm's words above; if the network failed, run the same command again";
    run(&mut npm, remedy)?;
    Ok(prefix.join("node_modules/katex"))
}

/// The style sheet with each font of format woff2 in place of its address. The two older formats are left out: a
/// browser takes the first that it knows, and all know this one.
fn with_fonts_inside(css: &str, font: impl Fn(&str) -> Option<Vec<u8>>) -> String {
    let mut parts = css.split("url(fonts/");
    let mut text = parts.next().unwrap_or_default().to_string();
    for part in parts {
        // A part is `NAME.woff2) format("woff2"),` or ends the list: `NAME.ttf) format("truetype")}…`
        let (name, after) = part.split_once(')').unwrap_or((part, ""));
        let (format, rest) = after.split_at(after.find([',', '}', ';']).unwrap_or(after.len()));
        if format.contains("woff2")
            && let Some(bytes) = font(name)
        {
            text += "url(data:font/woff2;base64,";
            text += &base64(&bytes);
            text += ")";
            text += format;
        }
        text += rest.strip_prefix(',').unwrap_or(rest);
    }
    text
}

fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for chunk in bytes.chunks(3) {
        let byte = |at: usize| usize::from(chunk.get(at).copied().unwrap_or(0));
        let group = byte(0) << 16 | byte(1) << 8 | byte(2);
        for digit in 0..4 {
            text.push(if digit <= chunk.len() {
                char::from(DIGITS[group >> (18 - 6 * digit) & 63])
            } else {
                '='
            });
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fonts_move_into_the_style_sheet() {
        let css = "@font-face{src:url(fonts/A.woff2) format(\"woff2\"),url(fonts/A.woff) format(\"woff\"),url(fonts/A.ttf) format(\"truetype\");x:y}";
        let font = |name: &str| (name == "A.woff2").then(|| b"font".to_vec());
        assert_eq!(
            with_fonts_inside(css, font),
            "@font-face{src:url(data:font/woff2;base64,Zm9udA==) format(\"woff2\");x:y}"
        );
    }

    #[test]
    fn base64_as_in_the_standard() {
        for (text, coded) in [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foobar", "Zm9vYmFy"),
        ] {
            assert_eq!(base64(text.as_bytes()), coded);
        }
    }
}
