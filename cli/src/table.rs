//! Tables that others read: CSV with a header, fields in quotation marks where they need them.

use std::fmt::Write;

/// A line a point: its id, or its number from 0, and its label.
pub fn labels(labels: &[usize], ids: Option<&[String]>) -> String {
    let mut text = String::from("id,label\n");
    for (point, label) in labels.iter().enumerate() {
        let _ = match ids.and_then(|ids| ids.get(point)) {
            Some(id) => writeln!(text, "{},{label}", field(id)),
            None => writeln!(text, "{point},{label}"),
        };
    }
    text
}

/// A field, in quotation marks where it holds what separates fields.
fn field(text: &str) -> String {
    if text.contains([',', '"', '\n', '\r']) || text.starts_with(['#', ' ']) || text.ends_with(' ')
    {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_with_a_comma_or_a_mark_stands_in_quotation_marks() {
        let ids = ["a", "b,c", "d\"e", "#f"].map(String::from);
        assert_eq!(
            labels(&[0, 1, 0, 2], Some(&ids)),
            "id,label\na,0\n\"b,c\",1\n\"d\"\"e\",0\n\"#f\",2\n"
        );
        assert_eq!(labels(&[1], None), "id,label\n0,1\n");
    }
}
