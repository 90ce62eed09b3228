//! What the tour has to say, three times: in the terminal, as text and as a page.

use crate::arguments::{Result, Trouble};
use fiedler::plot::{Animation, Figure};
use std::fmt::Write;
use std::path::{Path, PathBuf};

/// The width of a terminal.
const COLUMNS: usize = 80;

/// Prints what it is told, and keeps it for the files.
pub struct Report {
    folder: PathBuf,
    text: String,
    html: String,
    figures: usize,
}

impl Report {
    /// A report into `folder`, which is made where it does not exist.
    pub fn new(folder: &Path, title: &str) -> Result<Self> {
        std::fs::create_dir_all(folder).map_err(|error| Trouble::File {
            path: folder.display().to_string(),
            reason: error.to_string(),
        })?;
        let mut report = Self {
            folder: folder.to_path_buf(),
            text: String::new(),
            html: HEAD.replace("TITLE", &escaped(title)),
            figures: 0,
        };
        report.print(&format!("{title}\n{}\n", "=".repeat(title.chars().count())));
        let _ = writeln!(report.html, "<h1>{}</h1>", escaped(title));
        Ok(report)
    }

    fn print(&mut self, lines: &str) {
        print!("{lines}");
        self.text.push_str(lines);
    }

    /// Starts a step.
    pub fn section(&mut self, title: &str) {
        self.print(&format!(
            "\n{title}\n{}\n",
            "-".repeat(title.chars().count())
        ));
        let _ = writeln!(self.html, "<h2>{}</h2>", escaped(title));
    }

    /// A paragraph.
    pub fn say(&mut self, words: &str) {
        let mut lines = String::new();
        let mut line = String::new();
        for word in words.split_whitespace() {
            if line.chars().count() + 1 + word.chars().count() > COLUMNS {
                lines.push_str(&line);
                lines.push('\n');
                line.clear();
            }
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
        self.print(&format!("{lines}{line}\n"));
        let _ = writeln!(self.html, "<p>{}</p>", escaped(words));
    }

    /// Numbers, each with what it is.
    pub fn numbers<W: AsRef<str>>(&mut self, rows: &[(W, String)]) {
        let longest = rows.iter().map(|row| row.0.as_ref().chars().count()).max();
        let width = longest.unwrap_or(0) + 3;
        let _ = writeln!(self.html, "<table>");
        for (what, number) in rows {
            let what = what.as_ref();
            let dots = ".".repeat(width - what.chars().count() - 1);
            self.print(&format!("  {what} {dots} {number}\n"));
            let under = if what.starts_with(' ') {
                " class=\"under\""
            } else {
                ""
            };
            let _ = writeln!(
                self.html,
                "<tr><th scope=\"row\"{under}>{}</th><td>{}</td></tr>",
                escaped(what.trim()),
                escaped(number)
            );
        }
        let _ = writeln!(self.html, "</table>");
    }

    /// A figure: a file of its own, and its place on the page.
    pub fn figure(&mut self, name: &str, figure: &Figure) -> Result<()> {
        self.figures += 1;
        let name = format!("{:02}-{name}.png", self.figures);
        figure.save_png(self.folder.join(&name))?;
        self.print(&format!(
            "  figure: {}\n",
            self.folder.join(&name).display()
        ));
        let svg = base64(figure.svg().as_bytes());
        let (width, height) = figure.size();
        let _ = writeln!(
            self.html,
            "<figure><a href=\"{name}\"><img src=\"data:image/svg+xml;base64,{svg}\" \
             width=\"{width}\" height=\"{height}\" alt=\"{alt}\"></a>\
             <figcaption>{alt}</figcaption></figure>",
            alt = escaped(figure.alt())
        );
        Ok(())
    }

    /// An animation: a GIF of its own, and its place on the page.
    pub fn animation(&mut self, name: &str, animation: &Animation) -> Result<()> {
        self.figures += 1;
        let name = format!("{:02}-{name}.gif", self.figures);
        animation.save_gif(self.folder.join(&name))?;
        self.print(&format!(
            "  animation: {}\n",
            self.folder.join(&name).display()
        ));
        let (width, height) = animation.size();
        let _ = writeln!(
            self.html,
            "<figure><img src=\"{name}\" width=\"{width}\" height=\"{height}\" alt=\"{alt}\">\
             <figcaption>{alt}</figcaption></figure>",
            alt = escaped(animation.alt())
        );
        Ok(())
    }

    /// Writes the text and the page, and says where they are.
    pub fn finish(mut self) -> Result<()> {
        self.html.push_str("</main>\n</html>\n");
        for (name, content) in [("index.html", &self.html), ("tour.txt", &self.text)] {
            let path = self.folder.join(name);
            std::fs::write(&path, content).map_err(|error| Trouble::File {
                path: path.display().to_string(),
                reason: error.to_string(),
            })?;
        }
        println!(
            "\nAll of it on one page: {}",
            self.folder.join("index.html").display()
        );
        Ok(())
    }
}

const HEAD: &str = r#"<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>TITLE</title>
<style>
:root { color-scheme: light dark; }
body { margin: 0; font: 1.05rem/1.6 system-ui, sans-serif; color: #1f2328; background: #fff; }
main { max-width: 47.5rem; margin: 0 auto; padding: 1rem; }
h1, h2 { line-height: 1.25; }
h2 { margin-top: 2.5rem; }
table { border-collapse: collapse; margin: 1rem 0; }
th, td { padding: .2rem .8rem .2rem 0; text-align: left; vertical-align: top; border-bottom: 1px solid #d0d7de; }
th { font-weight: normal; }
.under { padding-left: 1.2rem; }
td { font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
figure { margin: 1.5rem 0; }
img { display: block; max-width: 100%; height: auto; }
figcaption { margin-top: .4rem; font-size: .9rem; color: #57606a; }
@media (prefers-color-scheme: dark) {
  body { color: #e6edf3; background: #0d1117; }
  th, td { border-color: #30363d; }
  figcaption { color: #9da7b3; }
}
</style>
</head>
<main>
"#;

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

fn base64(bytes: &[u8]) -> String {
    use base64::Engine;
    base64::engine::general_purpose::STANDARD.encode(bytes)
}
