//! The user's points, from a CSV file.

use crate::arguments::{Result, Trouble};
use fiedler::ndarray::Array2;
use std::path::Path;

/// Points with the names of their columns, where the file has a header.
pub struct Points {
    pub x: Array2<f64>,
    pub names: Option<Vec<String>>,
}

/// Reads a table of numbers. The first line is a header if none of its fields is a number.
pub fn read(path: &Path) -> Result<Points> {
    let shown = path.display().to_string();
    let bytes = std::fs::read(path).map_err(|error| Trouble::File {
        path: shown.clone(),
        reason: error.to_string(),
    })?;
    parse(&bytes, &shown)
}

fn parse(bytes: &[u8], path: &str) -> Result<Points> {
    let trouble = |line: u64, reason: String| Trouble::Line {
        path: path.to_string(),
        line,
        reason,
    };
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .trim(csv::Trim::All)
        .delimiter(delimiter(bytes))
        .from_reader(bytes);
    let mut names = None;
    let mut columns = 0;
    let mut values = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| {
            let line = error.position().map_or(1, csv::Position::line);
            trouble(line, "this is not text in UTF-8".into())
        })?;
        let line = record.position().map_or(0, csv::Position::line);
        let is_first = columns == 0;
        if is_first {
            columns = record.len();
            if record.iter().all(|field| field.parse::<f64>().is_err()) {
                names = Some(record.iter().map(String::from).collect());
                continue;
            }
        }
        if record.len() != columns {
            let found = record.len();
            return Err(trouble(
                line,
                format!("it has {found} fields, but the first line has {columns}"),
            ));
        }
        for (column, field) in record.iter().enumerate() {
            match field.parse::<f64>() {
                Ok(value) if value.is_finite() => values.push(value),
                _ => {
                    let column = column + 1;
                    return Err(trouble(
                        line,
                        format!(
                            "field {column} is \"{field}\", but every field must be a finite \
                             number: mend it, or drop its line or its column"
                        ),
                    ));
                }
            }
        }
    }
    let rows = values.len().checked_div(columns).unwrap_or(0);
    if rows < 2 {
        return Err(Trouble::File {
            path: path.to_string(),
            reason: format!("it has {rows} points; give at least two, one a line"),
        });
    }
    let x = Array2::from_shape_vec((rows, columns), values).map_err(|error| Trouble::File {
        path: path.to_string(),
        reason: error.to_string(),
    })?;
    Ok(Points { x, names })
}

/// The most frequent of comma, semicolon and tab in the first line.
fn delimiter(bytes: &[u8]) -> u8 {
    let first = bytes.split(|&byte| byte == b'\n').next().unwrap_or(&[]);
    let first = String::from_utf8_lossy(first);
    let mut best = b',';
    for other in [b';', b'\t'] {
        if first.matches(char::from(other)).count() > first.matches(char::from(best)).count() {
            best = other;
        }
    }
    best
}

/// The smallest ε that leaves no point isolated, and the smallest that joins all points into one piece:
/// the longest way to a nearest neighbour, and the longest edge of a minimum spanning tree (Prim).
pub fn smallest_epsilons(x: &Array2<f64>) -> (f64, f64) {
    let n = x.nrows();
    let distance = |i: usize, j: usize| {
        let difference = &x.row(i) - &x.row(j);
        difference.dot(&difference).sqrt()
    };
    let mut to_neighbour = vec![f64::INFINITY; n];
    let mut to_tree = vec![f64::INFINITY; n];
    let mut in_tree = vec![false; n];
    let mut longest_edge: f64 = 0.0;
    let mut newest = 0;
    for _ in 1..n {
        in_tree[newest] = true;
        for other in (0..n).filter(|&other| other != newest) {
            let away = distance(newest, other);
            to_neighbour[newest] = to_neighbour[newest].min(away);
            to_neighbour[other] = to_neighbour[other].min(away);
            to_tree[other] = to_tree[other].min(away);
        }
        let outside = (0..n).filter(|&i| !in_tree[i]);
        newest = outside
            .min_by(|&i, &j| to_tree[i].total_cmp(&to_tree[j]))
            .unwrap_or(0);
        longest_edge = longest_edge.max(to_tree[newest]);
    }
    let isolated = to_neighbour.into_iter().fold(0.0, f64::max);
    (isolated, longest_edge)
}

/// A value in three digits, rounded up.
pub fn rounded_up(value: f64) -> String {
    if value == 0.0 {
        return "0.1".into();
    }
    let unit = 10f64.powi(2 - exponent(value));
    let up = (value * unit).ceil() / unit;
    format!("{up}")
}

fn exponent(value: f64) -> i32 {
    let text = format!("{value:e}");
    let exponent = text.split_once('e').map(|(_, exponent)| exponent.parse());
    exponent.and_then(std::result::Result::ok).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use fiedler::ndarray::array;

    fn parsed(text: &str) -> Result<Points> {
        parse(text.as_bytes(), "p.csv")
    }

    #[test]
    fn numbers_are_read_with_and_without_a_header() {
        let x = array![[1.0, 2.0], [-3.5, 4e2]];
        let plain = parsed("1,2\n-3.5,4e2\n").unwrap();
        assert_eq!((plain.x, plain.names), (x.clone(), None));
        let named = parsed("\u{feff}width; height\r\n1; 2\r\n\r\n-3.5; 4e2\r\n").unwrap();
        assert_eq!(named.x, x);
        assert_eq!(named.names.unwrap(), ["width", "height"]);
        assert_eq!(parsed("1\t2\n-3.5\t4e2").unwrap().x, x);
    }

    #[test]
    fn what_is_wrong_in_a_file_is_said_with_its_line() {
        for (text, said) in [
            ("1,2\n3,x\n", "p.csv, line 2: field 2 is \"x\""),
            ("a,b\n1,2\n3,inf\n", "p.csv, line 3: field 2 is \"inf\""),
            (
                "1,2\n3\n",
                "p.csv, line 2: it has 1 fields, but the first line has 2",
            ),
            ("1,b\n3,4\n", "p.csv, line 1: field 2 is \"b\""),
            ("1,2\n3,\n", "p.csv, line 2: field 2 is \"\""),
            ("", "p.csv: it has 0 points"),
            ("a,b\n", "p.csv: it has 0 points"),
            ("a,b\n1,2\n", "p.csv: it has 1 points"),
        ] {
            let trouble = parsed(text).map(|points| points.x).unwrap_err();
            assert!(trouble.to_string().starts_with(said), "{text:?}: {trouble}");
        }
        let trouble = parse(b"1,2\n\xff,3\n", "p.csv").map(|points| points.x);
        assert!(
            trouble
                .unwrap_err()
                .to_string()
                .starts_with("p.csv, line 2")
        );
    }

    #[test]
    fn the_smallest_epsilons_are_the_longest_way_to_a_neighbour_and_to_the_others() {
        // Two pairs: neighbours at most 2 apart, the pairs 5 apart.
        let x = array![[0.0], [1.0], [6.0], [8.0]];
        assert_eq!(smallest_epsilons(&x), (2.0, 5.0));
        assert_eq!(smallest_epsilons(&array![[3.0], [3.0]]), (0.0, 0.0));
    }

    #[test]
    fn a_suggestion_is_rounded_up_so_that_it_still_joins_all() {
        assert_eq!(rounded_up(0.234_51), "0.235");
        assert_eq!(rounded_up(123_456.0), "124000");
        assert_eq!(rounded_up(5.0), "5");
        assert_eq!(rounded_up(0.0), "0.1");
    }
}
