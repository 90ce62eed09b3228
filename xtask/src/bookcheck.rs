//! Checks a built book: everything it shows is in it, every formula is set, and every link leads somewhere.

use crate::{
    html::{Page, Tag},
    trouble::{Result, Trouble},
};
use std::{
    collections::{BTreeMap, HashSet},
    fs,
    path::{Path, PathBuf},
};

/// Checks the built book, and sums it up; fails after naming every fault.
pub fn check(built: &Path) -> Result<String> {
    let mut pages = BTreeMap::new();
    let mut faults = Vec::new();
    for path in files(built)? {
        let name = path.strip_prefix(built).unwrap_or(&path);
        let name = name.to_string_lossy().into_owned();
        match path.extension().and_then(|end| end.to_str()) {
            Some("html") => {
                pages.insert(name, Page::parse(&read(&path)?));
            }
            Some("css") => {
                faults.extend(css_faults(&read(&path)?).map(|fault| format!("{name}: {fault}")));
            }
            _ => {}
        }
    }
    let anchors: BTreeMap<&str, HashSet<&str>> = pages
        .iter()
        .map(|(name, page)| (name.as_str(), ids(page)))
        .collect();
    let exists = |target: &str, anchor: &str| match anchors.get(target) {
        Some(ids) => anchor.is_empty() || ids.contains(anchor),
        None => built.join(target).is_file(),
    };
    // The print page repeats the chapters, with their faults.
    for (name, page) in pages.iter().filter(|(name, _)| *name != "print.html") {
        let here = page_faults(page)
            .into_iter()
            .chain(link_faults(name, page, &exists));
        faults.extend(here.map(|fault| format!("{name}: {fault}")));
    }
    if faults.is_empty() {
        return Ok(summary(&pages));
    }
    for fault in &faults {
        println!("  {fault}");
    }
    Err(Trouble::new(
        format!("The book has {} faults, listed above.", faults.len()),
        "mend them in book/src, then `cargo xtask book` again",
    ))
}

fn ids(page: &Page) -> HashSet<&str> {
    page.tags.iter().filter_map(|tag| tag.get("id")).collect()
}

fn summary(pages: &BTreeMap<String, Page>) -> String {
    // The print page repeats the chapters.
    let chapters = pages.iter().filter(|(name, _)| *name != "print.html");
    let tags: Vec<&Tag> = chapters.flat_map(|(_, page)| &page.tags).collect();
    let count = |wanted: fn(&&&Tag) -> bool| tags.iter().filter(wanted).count();
    format!(
        "{} pages, {} formulas, {} links: nothing is missing, and nothing comes from another host.",
        pages.len(),
        count(|tag| tag.get("class") == Some("katex")),
        count(|tag| tag.name == "a" && tag.get("href").is_some()),
    )
}

fn css_faults(css: &str) -> impl Iterator<Item = String> {
    let targets = css
        .split("url(")
        .skip(1)
        .chain(css.split("@import").skip(1));
    let targets = targets.map(|target| target.trim_start_matches([' ', '"', '\'']).to_string());
    targets.filter(|target| is_elsewhere(target)).map(|target| {
        format!(
            "it asks another host: {}",
            target.chars().take(60).collect::<String>()
        )
    })
}

/// Faults that a page shows by itself.
fn page_faults(page: &Page) -> Vec<String> {
    let mut faults = Vec::new();
    for tag in &page.tags {
        let loaded = match tag.name.as_str() {
            "link" => tag.get("href"),
            "script" | "img" | "source" | "iframe" | "video" | "audio" | "embed" => tag.get("src"),
            _ => None,
        };
        if let Some(address) = loaded.filter(|address| is_elsewhere(address)) {
            faults.push(format!("it asks another host: {address}"));
        }
        if tag.name == "img" && tag.get("alt").is_none_or(|alt| alt.trim().is_empty()) {
            faults.push(format!(
                "the picture {} has no description",
                tag.get("src").unwrap_or_default()
            ));
        }
        if tag.name == "del" {
            faults.push(
                "something is struck through: a `~` in a formula (\\tilde) was read as Markdown"
                    .to_string(),
            );
        }
        if tag
            .get("class")
            .is_some_and(|class| class.contains("katex-error"))
        {
            faults.push("KaTeX could not set a formula".to_string());
        }
    }
    for mark in ["$", "\\(", "\\["] {
        if let Some(at) = page.prose.find(mark) {
            let near: String = page.prose[at..].chars().take(50).collect();
            faults.push(format!(
                "a formula was not set: {}",
                near.replace('\n', " ")
            ));
        }
    }
    let code = page.code.iter().map(String::as_str);
    if let Some(text) = code
        .clone()
        .chain([page.prose.as_str()])
        .find(|text| text.contains("{{#"))
    {
        let at = text.find("{{#").unwrap_or_default();
        faults.push(format!(
            "an include found nothing: {}",
            text[at..].lines().next().unwrap_or_default()
        ));
    }
    if code.clone().any(|block| block.trim().is_empty()) {
        faults.push(
            "a block of code is empty: does its include name an anchor that exists?".to_string(),
        );
    }
    faults
}

/// Links of a page that lead nowhere inside the book.
fn link_faults(name: &str, page: &Page, exists: &dyn Fn(&str, &str) -> bool) -> Vec<String> {
    // The page for a wrong address is read from any folder.
    if name == "404.html" {
        return Vec::new();
    }
    let addresses = page
        .tags
        .iter()
        .filter_map(|tag| tag.get("href").or_else(|| tag.get("src")));
    let inside = addresses
        .filter(|address| !address.is_empty() && !is_elsewhere(address) && !has_scheme(address));
    inside
        .filter(|address| {
            let (path, anchor) = address.split_once('#').unwrap_or((address, ""));
            let target = if path.is_empty() {
                name.to_string()
            } else {
                resolve(name, path)
            };
            !exists(&target, &decoded(anchor))
        })
        .map(|address| format!("the link {address} leads nowhere"))
        .collect()
}

fn is_elsewhere(address: &str) -> bool {
    ["http://", "https://", "//"]
        .iter()
        .any(|start| address.starts_with(start))
}

fn has_scheme(address: &str) -> bool {
    ["data:", "mailto:", "javascript:"]
        .iter()
        .any(|start| address.starts_with(start))
}

/// The file that a relative address on a page means.
fn resolve(page: &str, address: &str) -> String {
    let mut parts: Vec<&str> = page.split('/').collect();
    parts.pop();
    for part in address.split('?').next().unwrap_or_default().split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    let path = decoded(&parts.join("/"));
    if address.ends_with('/') {
        format!("{path}/index.html")
    } else {
        path
    }
}

/// Text with its `%20` and the like undone.
fn decoded(text: &str) -> String {
    let mut parts = text.split('%');
    let mut bytes = parts.next().unwrap_or_default().as_bytes().to_vec();
    for part in parts {
        match part
            .get(..2)
            .and_then(|digits| u8::from_str_radix(digits, 16).ok())
        {
            Some(byte) => {
                bytes.push(byte);
                bytes.extend(&part.as_bytes()[2..]);
            }
            None => bytes.extend([b"%", part.as_bytes()].concat()),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let entries = fs::read_dir(folder).map_err(|error| Trouble::file(folder, &error))?;
    let mut found = Vec::new();
    for path in entries.flatten().map(|entry| entry.path()) {
        if path.is_dir() {
            found.extend(files(&path)?);
        } else {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

fn read(path: &Path) -> Result<String> {
    fs::read_to_string(path).map_err(|error| Trouble::file(path, &error))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(html: &str) -> Vec<String> {
        page_faults(&Page::parse(html))
    }

    #[test]
    fn a_good_page_has_no_fault() {
        let html = "<p>x <span class=\"katex\">z</span> <a href=\"https://example.org\">out</a> <img src=\"a.png\" alt=\"A graph\"></p><pre><code>let price = \"$1\";</code></pre>";
        assert_eq!(faults(html), Vec::<String>::new());
    }

    #[test]
    fn each_fault_of_a_page_is_told() {
        for (html, word) in [
            (
                "<link rel=\"stylesheet\" href=\"https://cdn.example.org/katex.css\">",
                "another host",
            ),
            (
                "<script src=\"//cdn.example.org/x.js\"></script>",
                "another host",
            ),
            ("<img src=\"a.png\" alt=\"\">", "no description"),
            ("<span class=\"katex-error\">x</span>", "could not set"),
            ("<p>a <del>b</del></p>", "struck through"),
            ("<p>$\\bad{x}$</p>", "was not set: $\\bad"),
            ("<p>\\(x\\)</p>", "was not set"),
            (
                "<pre><code>{{#include x.rs:a}}\n</code></pre>",
                "{{#include x.rs:a}}",
            ),
            ("<pre><code>\n</code></pre>", "empty"),
        ] {
            let all = faults(html);
            assert!(all.len() == 1 && all[0].contains(word), "{html}: {all:?}");
        }
    }

    #[test]
    fn links_are_followed_to_files_and_anchors() {
        let page = Page::parse(
            "<a href=\"two.html#a%20b\">x</a><a href=\"../index.html\">x</a><a href=\"#here\">x</a><a href=\"https://example.org\">x</a><img src=\"gone.png\">",
        );
        let asked = std::cell::RefCell::new(Vec::new());
        let exists = |target: &str, anchor: &str| {
            asked.borrow_mut().push(format!("{target}#{anchor}"));
            target != "part/gone.png"
        };
        assert_eq!(
            link_faults("part/one.html", &page, &exists),
            ["the link gone.png leads nowhere"]
        );
        assert_eq!(
            *asked.borrow(),
            [
                "part/two.html#a b",
                "index.html#",
                "part/one.html#here",
                "part/gone.png#"
            ]
        );
    }

    #[test]
    fn a_style_sheet_that_asks_another_host_is_told() {
        assert_eq!(
            css_faults("a{src:url(fonts/x.woff2)}b{src:url(data:font/woff2;base64,AA)}").count(),
            0
        );
        assert_eq!(
            css_faults("a{src:url(\"https://example.org/x.woff2\")}").count(),
            1
        );
        assert_eq!(
            css_faults("@import 'https://example.org/x.css';").count(),
            1
        );
    }
}
