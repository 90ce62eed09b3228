//! Points that the reader brings, and the estimator's answer on them: the page "The playground".

use crate::{Answer, words};
use fiedler::data::{blobs, blog_moons, circles};
use fiedler::ndarray::Array2;
use fiedler::parameters::{
    Bandwidth, NeighborCount, connecting_distance, max_min_distance, median_distance, neighbors_ln,
    neighbors_log10,
};
use fiedler::read::{Csv, CsvError, CsvOptions, DecimalMark, Delimiter, csv};
use fiedler::{Clustering, Error, GraphRule, SpectralClustering};

/// Numbers and words: what [`cluster`] and [`table`] answer.
pub type Spoken = std::result::Result<(Vec<f64>, String), String>;

/// Numbers before the lists in the answer of [`cluster`].
pub const HEAD: usize = 11;
/// The most points that a page takes.
pub const LIMIT: usize = 2000;
/// The most points of the Gaussian graph, which joins all pairs: twice as many take ten times as long.
pub const PAIRS_LIMIT: usize = 1000;
/// The most edges that are given to be drawn.
const DRAWN: usize = 10_000;
/// By the eigengap, at most so many clusters are looked for.
const AT_MOST: usize = 8;

/// Fisher's irises in millimetres: `fiedler::data::iris`, without the reader of its file, which a page has no other use for.
const IRISES: [[u8; 4]; 150] = include!("iris.in");

/// Which graph the reader has chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Choice {
    /// What the estimator takes where nobody asks.
    Default,
    /// All points at most ε apart.
    Epsilon,
    /// k nearest neighbours.
    Neighbors,
    /// Weights by a Gaussian of width σ.
    Gaussian,
}

impl Choice {
    fn of(number: u32) -> Self {
        match number {
            0 => Self::Default,
            1 => Self::Epsilon,
            2 => Self::Neighbors,
            _ => Self::Gaussian,
        }
    }

    /// The rule with the reader's number.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a float becomes the nearest count, and the crate refuses 0 and too many"
    )]
    fn rule(self, value: f64) -> Option<GraphRule> {
        match self {
            Self::Default => None,
            Self::Epsilon => Some(GraphRule::Epsilon(value)),
            Self::Neighbors => Some(GraphRule::nearest_neighbors(value.round() as usize)),
            Self::Gaussian => Some(GraphRule::gaussian(value)),
        }
    }
}

/// Points to begin with, the number of columns first, then row after row: the post's moons (kind 0), two circles (1),
/// three blobs (2) or the iris table (3).
///
/// # Errors
/// None: the numbers are such that the crate takes them.
pub fn example(kind: u32) -> Answer {
    let data = match kind {
        0 => Ok(blog_moons()),
        1 => circles(200, 0.05, 0.4, 0),
        2 => blobs(200, 2, 3, 1.0, 7),
        _ => return Ok(rows(&irises())),
    };
    Ok(rows(&data.map_err(|error| words(&error))?.x))
}

fn irises() -> Array2<f64> {
    Array2::from_shape_fn((150, 4), |(i, j)| f64::from(IRISES[i][j]) / 10.0)
}

/// The points of a CSV file, whose bytes are the input, one number each. What is known of it: the delimiter (0 nothing,
/// then the crate's in its order: comma, comma and blank, semicolon, tab, bar, spaces), the decimal mark (0 nothing, 1 a
/// point, 2 a comma), and whether the first line is a header (0 nothing, 1 yes, 2 no).
///
/// The answer: as [`example`]. The words: how it was read, then the names of the columns, one a line, where there are any.
///
/// # Errors
/// As `read::csv`, in the crate's words; for one column, and for more than [`LIMIT`] points.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "bytes that came as numbers become bytes again"
)]
pub fn table(numbers: &[f64], delimiter: u32, mark: u32, header: u32) -> Spoken {
    let bytes: Vec<u8> = numbers.iter().map(|&byte| byte as u8).collect();
    let delimiter = match delimiter {
        1 => Some(Delimiter::Comma),
        2 => Some(Delimiter::CommaSpace),
        3 => Some(Delimiter::Semicolon),
        4 => Some(Delimiter::Tab),
        5 => Some(Delimiter::Bar),
        6 => Some(Delimiter::Spaces),
        _ => None,
    };
    let mark = match mark {
        1 => Some(DecimalMark::Point),
        2 => Some(DecimalMark::Comma),
        _ => None,
    };
    let header = match header {
        1 => Some(true),
        2 => Some(false),
        _ => None,
    };
    let mut options = CsvOptions::new();
    options = delimiter.map_or(options.clone(), |known| options.delimiter(known));
    options = mark.map_or(options.clone(), |known| options.decimal_mark(known));
    options = header.map_or(options.clone(), |known| options.header(known));
    let (read, left_out) = text(&bytes)
        .and_then(|text| without_words(text, options))
        .map_err(|error| words(&error))?;
    let (n, columns) = read.x.dim();
    if columns < 2 {
        return Err(format!(
            "{n} points of one column were found, and a picture needs two: give each line two numbers or more"
        ));
    }
    few(n)?;
    let lines = read.names.iter().flatten();
    let lines = lines.map(|name| format!("\n{}", name.replace(['\n', '\r'], " ")));
    let reading = read.reading() + &left_out;
    Ok((rows(&read.x), reading + &lines.collect::<String>()))
}

/// The table without its columns of words, two at most, and which they are: words name points or classes, and are no
/// coordinates.
fn without_words(text: &str, mut options: CsvOptions) -> fiedler::Result<(Csv, String)> {
    let mut left_out = String::new();
    for column in 0.. {
        let error = match csv(text, &options) {
            Ok(read) => return Ok((read, left_out)),
            Err(error) => error,
        };
        let Error::Csv {
            error: CsvError::TextColumn { field, name, .. },
            ..
        } = &error
        else {
            return Err(error);
        };
        let number = field.to_string();
        options = match column {
            0 => options.label(number),
            1 => options.id(number),
            _ => return Err(error),
        };
        let called = if name.is_empty() { "" } else { ", " };
        left_out += &[
            "; column ",
            &field.to_string(),
            called,
            name,
            " holds words and is left out",
        ]
        .concat();
    }
    unreachable!("the loop returns")
}

/// What the crate's rules offer for the chosen graph (0 none, 1 ε, 2 k nearest neighbours, 3 Gaussian), two numbers: for ε
/// the smallest in one piece and the smallest that leaves no point alone; for k ⌈ln n⌉ and ⌈log₁₀ n⌉; for σ the mean
/// distance to the ⌈ln n⌉-th neighbour and the median distance. NaN where a rule has no answer.
///
/// # Errors
/// For more than [`LIMIT`] points, and for no column.
pub fn offers(numbers: &[f64], columns: usize, graph: u32) -> Answer {
    let x = points(numbers, columns)?;
    let n = x.nrows();
    let or_nan = |found: fiedler::Result<f64>| found.unwrap_or(f64::NAN);
    Ok(match Choice::of(graph) {
        Choice::Default => vec![f64::NAN; 2],
        Choice::Epsilon => vec![
            or_nan(connecting_distance(&x)),
            or_nan(max_min_distance(&x)),
        ],
        Choice::Neighbors => vec![neighbors_ln(n) as f64, neighbors_log10(n) as f64],
        Choice::Gaussian => vec![
            or_nan(Bandwidth::MeanNeighborDistance(NeighborCount::Ln).of(&x)),
            or_nan(median_distance(&x)),
        ],
    })
}

/// The estimator's answer on the points in the input, row after row: the graph (0 the default, 1 ε, 2 k nearest
/// neighbours, 3 Gaussian) with its number, and how many clusters (0 for the eigengap).
///
/// The answer: points n, clusters k, eigenvalues e, edges m, edges given g (none where they are too many to draw or all
/// pairs), pieces of the graph, bridges b, warnings w, the normalised cut, its lower bound, and the ratio of the two (NaN
/// where the bound is 0); then n labels, e eigenvalues, the ends of g edges, and those of b bridges. The words: the
/// certificate as the crate prints it, then the graph on a line and w warnings on one each.
///
/// # Errors
/// As `SpectralClustering::fit`, in the crate's words; for more than [`LIMIT`] points, or [`PAIRS_LIMIT`] of the Gaussian
/// graph, and for no column.
pub fn cluster(numbers: &[f64], columns: usize, graph: u32, value: f64, clusters: usize) -> Spoken {
    let x = points(numbers, columns)?;
    let n = x.nrows();
    let choice = Choice::of(graph);
    if choice == Choice::Gaussian && n > PAIRS_LIMIT {
        return Err(format!(
            "the Gaussian graph joins all pairs of {n} points, and this page takes it for {PAIRS_LIMIT} at most: take another graph, or the crate itself"
        ));
    }
    let rule = choice.rule(value);
    let mut choices = SpectralClustering::new();
    choices = match clusters {
        0 => choices.clusters_by_eigengap(AT_MOST.min(n)),
        k => choices.clusters(k),
    };
    if let Some(rule) = rule {
        choices = choices.graph(rule);
    }
    let found = choices.fit(&x).map_err(|error| words(&error))?;
    Ok((told(&found, rule), said(&found)))
}

fn told(found: &Clustering, rule: Option<GraphRule>) -> Vec<f64> {
    let m = found.graph.edge_count();
    let all_pairs = matches!(rule, Some(GraphRule::Gaussian(_)));
    let given = if all_pairs || m > DRAWN { 0 } else { m };
    let certificate = &found.certificate;
    let counts = [
        found.labels.len(),
        found.clusters,
        found.eigenvalues.len(),
        m,
        given,
        certificate.components,
        found.report.bridges.len(),
        found.report.warnings.len(),
    ];
    let mut answer: Vec<f64> = counts.iter().map(|&count| count as f64).collect();
    answer.extend([
        certificate.normcut,
        certificate.lower_bound,
        certificate.ratio.unwrap_or(f64::NAN),
    ]);
    answer.extend(found.labels.iter().map(|&label| label as f64));
    answer.extend(&found.eigenvalues);
    for (i, j, _) in found.graph.weighted_edges().take(given) {
        answer.extend([i as f64, j as f64]);
    }
    for bridge in &found.report.bridges {
        answer.extend([bridge.from as f64, bridge.to as f64]);
    }
    answer
}

fn said(found: &Clustering) -> String {
    let rule = found.report.rule.map(|rule| rule.to_string());
    let mut lines = vec![found.certificate.to_string(), rule.unwrap_or_default()];
    lines.extend(found.report.warnings.iter().map(ToString::to_string));
    lines.join("\n")
}

/// The number of columns, then the rows.
fn rows(x: &Array2<f64>) -> Vec<f64> {
    let mut numbers = vec![x.ncols() as f64];
    numbers.extend(x);
    numbers
}

fn points(numbers: &[f64], columns: usize) -> std::result::Result<Array2<f64>, String> {
    if columns == 0 {
        return Err("points need one column or more".to_string());
    }
    let n = numbers.len() / columns;
    few(n)?;
    Ok(Array2::from_shape_fn((n, columns), |(i, j)| {
        numbers[columns * i + j]
    }))
}

/// Not so many points that the page would stand still.
fn few(n: usize) -> std::result::Result<(), String> {
    if n <= LIMIT {
        return Ok(());
    }
    Err(format!(
        "{n} points are more than this page takes, {LIMIT} at most: bring a sample, or use the crate itself, which takes a million"
    ))
}

/// Text in UTF-8, or the crate's refusal, which a file on a disk would have had.
fn text(bytes: &[u8]) -> fiedler::Result<&str> {
    let refuse = |error| Error::Csv { path: None, error };
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return Err(refuse(CsvError::Utf16));
    }
    std::str::from_utf8(bytes).map_err(|error| {
        let before = &bytes[..error.valid_up_to()];
        let line = before.split(|&byte| byte == b'\n').count();
        refuse(CsvError::Encoding { line })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_of_words_are_left_out_and_named_two_at_most() {
        let read = |text: &str| {
            let bytes: Vec<f64> = text.bytes().map(f64::from).collect();
            table(&bytes, 0, 0, 0)
        };
        let (points, words) = read("name,x,y,kind\na,1,2,red\nb,3,4.5,blue\nc,5,6,red\n").unwrap();
        assert_eq!(points[points.len() - 6..], [1.0, 2.0, 3.0, 4.5, 5.0, 6.0]);
        assert!(
            words.contains("column 1, name holds words and is left out"),
            "{words}"
        );
        assert!(words.contains("column 4, kind"), "{words}");
        assert!(words.ends_with("\nx\ny"), "{words}");
        let three = read("a,b,c,x,y\np,q,r,1,2\ns,t,u,3,4.5\n").unwrap_err();
        assert!(three.contains("column"), "{three}");
        assert!(read("x,y\n1,2\n3,b\n").is_err());
    }

    #[test]
    fn the_irises_are_those_of_the_crate() {
        assert_eq!(irises(), fiedler::data::iris().x);
    }
}
