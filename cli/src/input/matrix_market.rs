//! Matrix Market: the entries of a sparse matrix, one a line, as the similarities of a graph.
//!
//! # Source
//! R. F. Boisvert, R. Pozo & K. A. Remington, "The Matrix Market exchange formats: initial design", NISTIR 5935 (1996).

use super::{InputOptions, Named};
use crate::trouble::Result;
use fiedler::Graph;
use std::collections::HashMap;

const BANNER: &str = "%%MatrixMarket";

/// Whether this is such a file.
pub fn is(bytes: &[u8]) -> bool {
    let begin = bytes.get(..BANNER.len());
    begin.is_some_and(|begin| begin.eq_ignore_ascii_case(BANNER.as_bytes()))
}

/// What the first line says.
struct Kind {
    pattern: bool,
    symmetric: bool,
}

/// The graph of the matrix.
pub fn read(options: &InputOptions, bytes: &[u8]) -> Result<Named> {
    let text = String::from_utf8_lossy(bytes);
    let (n, edges) = entries(&text, options).map_err(|reason| options.source.trouble(reason))?;
    let graph = Graph::from_edges(n, &edges).map_err(|error| options.source.refused(error))?;
    Ok(Named {
        graph,
        names: None,
        reading: format!("a Matrix Market file of {n} vertices"),
    })
}

type Edges = Vec<(usize, usize, f64)>;

fn entries(text: &str, options: &InputOptions) -> std::result::Result<(usize, Edges), String> {
    let mut lines = text
        .lines()
        .enumerate()
        .map(|(at, line)| (at + 1, line.trim()));
    let kind = kind(lines.next().map_or("", |(_, line)| line))?;
    let mut lines = lines.filter(|(_, line)| !line.is_empty() && !line.starts_with('%'));
    let (line, sizes) = lines.next().ok_or("the file ends before its sizes")?;
    let sizes: Vec<usize> = sizes
        .split_whitespace()
        .filter_map(|word| word.parse().ok())
        .collect();
    let [rows, columns, count] = sizes[..] else {
        return Err(format!(
            "line {line}: rows, columns and entries are wanted here, three whole numbers"
        ));
    };
    if rows != columns {
        return Err(format!(
            "line {line}: the matrix is {rows} x {columns}, but that of a graph is square"
        ));
    }
    let mut found: HashMap<(usize, usize), (f64, usize)> = HashMap::new();
    let mut seen = 0;
    for (line, words) in lines {
        let (row, column, value) =
            entry(words, &kind, rows).map_err(|reason| format!("line {line}: {reason}"))?;
        seen += 1;
        if value == 0.0 && options.mending.drop_zero_weights {
            continue;
        }
        if kind.symmetric && row < column {
            return Err(format!(
                "line {line}: of a symmetric matrix only the entries on and below the diagonal are listed"
            ));
        }
        match found.get_mut(&(row, column)) {
            Some((sum, _)) if options.mending.sum_duplicates => *sum += value,
            Some((_, first)) => {
                return Err(format!(
                    "line {line}: this entry stands in line {first} too; give --sum-duplicates to add them"
                ));
            }
            None => {
                found.insert((row, column), (value, line));
            }
        }
    }
    if seen != count {
        return Err(format!(
            "{count} entries were announced, and {seen} are there; the file was cut off, or is damaged"
        ));
    }
    let mut edges = Vec::with_capacity(found.len());
    for (&(row, column), &(value, line)) in &found {
        if kind.symmetric || row == column {
            edges.push((row, column, value));
            continue;
        }
        let mirrored = found.get(&(column, row)).map(|(value, _)| *value);
        if mirrored != Some(value) {
            let other = mirrored.unwrap_or(0.0);
            return Err(format!(
                "line {line}: entry ({}, {}) is {value}, but entry ({}, {}) is {other}; a graph needs a symmetric matrix: use (A + Aᵀ)/2 if both ways should count",
                row + 1,
                column + 1,
                column + 1,
                row + 1
            ));
        }
        if row > column {
            edges.push((row, column, value));
        }
    }
    edges.sort_unstable_by_key(|&(row, column, _)| (row, column));
    Ok((rows, edges))
}

fn kind(banner: &str) -> std::result::Result<Kind, String> {
    let words: Vec<String> = banner.split_whitespace().map(str::to_lowercase).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words[..] {
        [_, "matrix", "coordinate", field @ ("real" | "integer" | "pattern"), symmetry @ ("general" | "symmetric")] => {
            Ok(Kind {
                pattern: field == "pattern",
                symmetric: symmetry == "symmetric",
            })
        }
        [_, "matrix", "array", ..] => {
            Err("line 1: this is a full matrix; save it as coordinates, which list the entries that are not 0".to_string())
        }
        _ => Err(
            "line 1: a graph is a matrix in coordinates, real, integer or pattern, general or symmetric".to_string(),
        ),
    }
}

fn entry(line: &str, kind: &Kind, n: usize) -> std::result::Result<(usize, usize, f64), String> {
    let words: Vec<&str> = line.split_whitespace().collect();
    let wanted = if kind.pattern { 2 } else { 3 };
    if words.len() != wanted {
        return Err(format!(
            "it has {} fields, but {wanted} are wanted",
            words.len()
        ));
    }
    let index = |word: &str| match word.parse::<usize>() {
        Ok(index) if (1..=n).contains(&index) => Ok(index - 1),
        _ => Err(format!(
            "{word:?} is no row or column; they are numbered from 1 to {n}"
        )),
    };
    let value = match words.get(2) {
        None => 1.0,
        Some(word) => word
            .parse::<f64>()
            .ok()
            .filter(|value| value.is_finite() && *value >= 0.0)
            .ok_or(format!(
                "{word:?} is no weight; similarities are finite numbers of 0 or more"
            ))?,
    };
    Ok((index(words[0])?, index(words[1])?, value))
}
