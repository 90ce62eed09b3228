//! The text cut into records, and these into fields: quotation marks, blank lines and comments understood.

use super::Delimiter;
use crate::error::CsvError;
use std::borrow::Cow;

/// A field without the blanks around it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Cell<'a> {
    pub(super) text: Cow<'a, str>,
    pub(super) quoted: bool,
}

/// The records of a text under one delimiter; without one, a record is one field.
#[derive(Debug)]
pub(super) struct Records<'a> {
    text: &'a str,
    delimiter: Option<Delimiter>,
    at: usize,
    line: usize,
}

impl<'a> Records<'a> {
    pub(super) fn new(text: &'a str, delimiter: Option<Delimiter>) -> Self {
        Self {
            text,
            delimiter,
            at: 0,
            line: 1,
        }
    }

    /// Puts the next record's fields into `cells`, and gives the line it begins in; `None` behind the last.
    pub(super) fn next(&mut self, cells: &mut Vec<Cell<'a>>) -> Result<Option<usize>, CsvError> {
        cells.clear();
        while self.at < self.text.len() {
            let line = &self.text[self.at..self.at + line_length(&self.text[self.at..])];
            let skipped = is_remark(line)
                || line
                    .chars()
                    .all(|c| c.is_whitespace() && !self.separates(c));
            if !skipped {
                let begin = self.line;
                self.fields(cells)?;
                return Ok(Some(begin));
            }
            self.at += line.len();
            self.end_line();
        }
        Ok(None)
    }

    /// The whole line that a record begins in, for a message.
    pub(super) fn line_of(text: &'a str, line: usize) -> &'a str {
        let mut records = Self::new(text, None);
        while records.line < line && records.at < text.len() {
            records.at += line_length(&text[records.at..]);
            records.end_line();
        }
        let rest = &text[records.at..];
        rest[..line_length(rest)].trim()
    }

    fn separates(&self, c: char) -> bool {
        c == '\t' && self.delimiter == Some(Delimiter::Tab)
    }

    fn fields(&mut self, cells: &mut Vec<Cell<'a>>) -> Result<(), CsvError> {
        loop {
            self.skip_blanks();
            let rest = &self.text[self.at..];
            if self.delimiter == Some(Delimiter::Spaces) && ends(rest) {
                break;
            }
            let quoted = if rest.starts_with('"') {
                self.quoted()?
            } else {
                None
            };
            cells.push(quoted.unwrap_or_else(|| self.plain()));
            match self.delimiter_length(&self.text[self.at..]) {
                0 => break,
                length => self.at += length,
            }
        }
        self.end_line();
        Ok(())
    }

    /// Up to the next delimiter or the end of the line.
    fn plain(&mut self) -> Cell<'a> {
        let rest = &self.text[self.at..];
        let end = rest
            .char_indices()
            .map(|(at, _)| at)
            .find(|&at| ends(&rest[at..]) || self.delimiter_length(&rest[at..]) > 0)
            .unwrap_or(rest.len());
        self.at += end;
        Cell {
            text: Cow::Borrowed(rest[..end].trim()),
            quoted: false,
        }
    }

    /// Between quotation marks, where two stand for one; `None` where more than blanks follows the second.
    fn quoted(&mut self) -> Result<Option<Cell<'a>>, CsvError> {
        let (start, line) = (self.at, self.line);
        let begin = start + 1;
        let mut end = begin;
        loop {
            let Some(mark) = self.text[end..].find('"') else {
                return Err(CsvError::OpenQuote { line });
            };
            end += mark;
            if !self.text[end + 1..].starts_with('"') {
                break;
            }
            end += 2;
        }
        self.at = end + 1;
        // Blanks may be the delimiter themselves.
        if self.delimiter_length(&self.text[self.at..]) == 0 {
            self.skip_blanks();
            let rest = &self.text[self.at..];
            if !ends(rest) && self.delimiter_length(rest) == 0 {
                self.at = start;
                return Ok(None);
            }
        }
        let inside = &self.text[begin..end];
        self.line += inside.matches('\n').count();
        let text = if inside.contains('"') {
            Cow::Owned(inside.replace("\"\"", "\""))
        } else {
            Cow::Borrowed(inside.trim())
        };
        Ok(Some(Cell { text, quoted: true }))
    }

    fn skip_blanks(&mut self) {
        let rest = &self.text[self.at..];
        let blank = |c: char| c.is_whitespace() && !matches!(c, '\n' | '\r') && !self.separates(c);
        self.at += rest.len() - rest.trim_start_matches(blank).len();
    }

    fn end_line(&mut self) {
        let rest = &self.text[self.at..];
        self.at += match rest.as_bytes() {
            [b'\r', b'\n', ..] => 2,
            [b'\r' | b'\n', ..] => 1,
            _ => 0,
        };
        self.line += 1;
    }

    /// The length of the delimiter that the text begins with; 0 where it begins with another thing.
    fn delimiter_length(&self, text: &str) -> usize {
        let bytes = text.as_bytes();
        let one = |byte: u8| usize::from(bytes.first() == Some(&byte));
        let is_blank = |byte: &&u8| matches!(byte, b' ' | b'\t');
        match self.delimiter {
            None => 0,
            Some(Delimiter::Comma) => one(b','),
            Some(Delimiter::CommaSpace) => match bytes {
                [b',', b' ' | b'\t', ..] => 1,
                _ => 0,
            },
            Some(Delimiter::Semicolon) => one(b';'),
            Some(Delimiter::Tab) => one(b'\t'),
            Some(Delimiter::Bar) => one(b'|'),
            Some(Delimiter::Spaces) => bytes.iter().take_while(is_blank).count(),
        }
    }
}

/// The lines that are no remarks.
pub(super) fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.split(['\n', '\r']).filter(|line| !is_remark(line))
}

/// Whether a field stands in quotation marks, or one of them is left open.
pub(super) fn has_quoted_fields(text: &str, delimiter: Delimiter) -> bool {
    if !text.contains('"') {
        return false;
    }
    let mut records = Records::new(text, Some(delimiter));
    let mut cells = Vec::new();
    loop {
        match records.next(&mut cells) {
            Ok(None) => return false,
            Ok(Some(_)) if cells.iter().any(|cell| cell.quoted) => return true,
            Ok(Some(_)) => {}
            Err(_) => return true,
        }
    }
}

fn is_remark(line: &str) -> bool {
    line.trim_start().starts_with('#')
}

/// Whether the line ends here.
fn ends(text: &str) -> bool {
    matches!(text.as_bytes().first(), None | Some(b'\n' | b'\r'))
}

/// Without the line's end.
fn line_length(text: &str) -> usize {
    text.find(['\n', '\r']).unwrap_or(text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn records(text: &str, delimiter: Delimiter) -> Vec<(usize, Vec<String>)> {
        let mut records = Records::new(text, Some(delimiter));
        let mut cells = Vec::new();
        let mut all = Vec::new();
        while let Some(line) = records.next(&mut cells).unwrap() {
            all.push((line, cells.iter().map(|c| c.text.to_string()).collect()));
        }
        all
    }

    #[test]
    fn quotation_marks_hold_delimiters_marks_and_line_ends() {
        let text = "\"a,b\", \"say \"\"x\"\"\" ,\"two\nlines\"\r\n1,2,3\r# no\r\r4,,6";
        let found = records(text, Delimiter::Comma);
        let row = |fields: [&str; 3]| fields.map(String::from).to_vec();
        assert_eq!(
            found,
            [
                (1, row(["a,b", "say \"x\"", "two\nlines"])),
                (3, row(["1", "2", "3"])),
                (6, row(["4", "", "6"])),
            ]
        );
        assert_eq!(Records::line_of(text, 3), "1,2,3");
        assert_eq!(Records::line_of(text, 6), "4,,6");
    }

    #[test]
    fn a_mark_that_does_not_end_its_field_is_text() {
        assert_eq!(records("\"a\"b,c", Delimiter::Comma)[0].1, ["\"a\"b", "c"]);
        let mut cells = Vec::new();
        let mut open = Records::new("1,2\n\"3,4\n", Some(Delimiter::Comma));
        assert_eq!(open.next(&mut cells), Ok(Some(1)));
        assert_eq!(open.next(&mut cells), Err(CsvError::OpenQuote { line: 2 }));
    }

    #[test]
    fn blanks_count_once_and_tabs_each() {
        assert_eq!(records("  1   2 \n", Delimiter::Spaces)[0].1, ["1", "2"]);
        assert_eq!(
            records("\t1\t\t2\n", Delimiter::Tab)[0].1,
            ["", "1", "", "2"]
        );
        assert_eq!(
            records("4,5, 6,7", Delimiter::CommaSpace)[0].1,
            ["4,5", "6,7"]
        );
    }
}
