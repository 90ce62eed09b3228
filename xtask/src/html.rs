//! Just enough HTML to check a built book: its tags, and its prose without code.

/// A tag with its attributes.
#[derive(Debug, PartialEq)]
pub struct Tag {
    /// Its name in lower case, as `img`.
    pub name: String,
    attributes: Vec<(String, String)>,
}

impl Tag {
    /// The value of an attribute; an attribute without a value has an empty one.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.attributes
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.as_str())
    }
}

/// What a page holds.
#[derive(Debug, Default)]
pub struct Page {
    /// Its opening tags.
    pub tags: Vec<Tag>,
    /// Its text outside code, scripts, styles and the sources of formulas.
    pub prose: String,
    /// The text of each block of code.
    pub code: Vec<String>,
}

/// Elements whose text is no prose.
const VERBATIM: [&str; 3] = ["pre", "code", "annotation"];

impl Page {
    /// Reads a page as mdBook writes it.
    pub fn parse(html: &str) -> Self {
        let mut page = Self::default();
        let mut open: Vec<String> = Vec::new();
        let mut rest = html;
        while let Some(start) = rest.find('<') {
            page.text(&rest[..start], &open);
            rest = &rest[start..];
            if let Some(comment) = rest.strip_prefix("<!--") {
                rest = comment.split_once("-->").map_or("", |(_, after)| after);
                continue;
            }
            let (inside, after) = split_tag(&rest[1..]);
            rest = after;
            if let Some(name) = inside.strip_prefix('/') {
                if open.last().is_some_and(|last| last == name.trim()) {
                    open.pop();
                }
                continue;
            }
            let tag = parse_tag(inside);
            if tag.name == "script" || tag.name == "style" {
                let end = format!("</{}", tag.name);
                rest = rest.find(&end).map_or("", |at| &rest[at..]);
            } else if VERBATIM.contains(&tag.name.as_str()) {
                if tag.name == "code" && open.last().is_some_and(|last| last == "pre") {
                    page.code.push(String::new());
                }
                open.push(tag.name.clone());
            }
            page.tags.push(tag);
        }
        page.text(rest, &open);
        page
    }

    fn text(&mut self, text: &str, open: &[String]) {
        if open.is_empty() {
            self.prose.push_str(text);
        } else if open.first().is_some_and(|first| first == "pre")
            && let Some(block) = self.code.last_mut()
        {
            block.push_str(text);
        }
    }
}

/// The inside of a tag and what follows it; a `>` in quotes does not end it.
fn split_tag(text: &str) -> (&str, &str) {
    let mut quote = None;
    for (at, character) in text.char_indices() {
        match (quote, character) {
            (None, '>') => return (&text[..at], &text[at + 1..]),
            (None, '"' | '\'') => quote = Some(character),
            (Some(open), character) if open == character => quote = None,
            _ => {}
        }
    }
    (text, "")
}

fn parse_tag(inside: &str) -> Tag {
    let (name, mut rest) = inside.split_at(
        inside
            .find(|c: char| c.is_whitespace() || c == '/')
            .unwrap_or(inside.len()),
    );
    let mut attributes = Vec::new();
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
        if rest.is_empty() {
            break;
        }
        let end = rest
            .find(|c: char| c.is_whitespace() || c == '=')
            .unwrap_or(rest.len());
        let key = rest[..end].to_lowercase();
        let (value, after) = value(&rest[end..]);
        attributes.push((key, value.replace("&amp;", "&")));
        rest = after;
    }
    Tag {
        name: name.to_lowercase(),
        attributes,
    }
}

/// The value at the start of `="value" …`, and what follows it.
fn value(text: &str) -> (&str, &str) {
    let Some(text) = text.strip_prefix('=') else {
        return ("", text);
    };
    for quote in ['"', '\''] {
        if let Some(quoted) = text.strip_prefix(quote) {
            return quoted.split_once(quote).unwrap_or((quoted, ""));
        }
    }
    text.split_at(text.find(char::is_whitespace).unwrap_or(text.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_and_attributes_are_read() {
        let page = Page::parse(
            "<p class=\"a b\"><img src='x.png' alt=\"two > one\"><input checked type=box></p><br/>",
        );
        let names: Vec<&str> = page.tags.iter().map(|tag| tag.name.as_str()).collect();
        assert_eq!(names, ["p", "img", "input", "br"]);
        assert_eq!(page.tags[1].get("alt"), Some("two > one"));
        assert_eq!(page.tags[1].get("src"), Some("x.png"));
        assert_eq!(
            (page.tags[2].get("checked"), page.tags[2].get("type")),
            (Some(""), Some("box"))
        );
        assert_eq!(page.tags[0].get("id"), None);
    }

    #[test]
    fn prose_is_without_code_scripts_and_comments() {
        let page = Page::parse(
            "a<code>$x$</code>b<script>if (a < b) { \"$\" }</script>c<!-- $ <p> -->d<pre><code>let x;<span>1</span></code></pre>e",
        );
        assert_eq!(page.prose, "abcde");
        assert_eq!(page.code, ["let x;1"]);
    }

    #[test]
    fn an_empty_block_of_code_shows() {
        assert_eq!(
            Page::parse("<pre><code class=\"language-rust\"></code></pre>").code,
            [""]
        );
    }
}
