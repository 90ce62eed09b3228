//! What was found, told to somebody who sees it for the first time.

use crate::record::{Record, Truth};
use fiedler::labelling::LEAP;

/// A heading, and what is said under it, a paragraph an entry.
pub type Section = (&'static str, Vec<String>);

/// Of this many clusters each is told.
const TOLD: usize = 12;

/// All that there is to tell.
pub fn told(record: &Record) -> Vec<Section> {
    let mut sections = vec![
        ("What was done", done(record)),
        ("The clusters", clusters(record)),
        ("How far to trust them", trust(record)),
    ];
    if let Some(truth) = &record.truth {
        sections.push(("Beside the truth", beside(truth)));
    }
    if !record.report.warnings.is_empty() {
        sections.push(("Doubts", record.report.warnings.clone()));
    }
    sections.push(("What to try next", next(record)));
    sections
}

fn done(record: &Record) -> Vec<String> {
    let input = &record.input;
    let mut words = vec![format!("{} was read as {}.", input.file, input.reading)];
    let things = record.things();
    let (points, edges) = (grouped(input.points), grouped(record.report.edges));
    let graph = match (&record.report.graph, input.columns) {
        (Some(rule), Some(columns)) => format!(
            "Its {points} points with {} were joined into a graph ({rule}) of {edges} edges.",
            counted(columns, "coordinate", "coordinates")
        ),
        _ => format!("It is a graph of {points} vertices and {edges} edges."),
    };
    let bridges = match record.report.bridges {
        0 => String::new(),
        count => format!(
            " {} of them {} added to join pieces, the shortest there are.",
            grouped(count),
            if count == 1 { "was" } else { "were" }
        ),
    };
    words.push(format!("{graph}{bridges}"));
    words.push(format!(
        "The eigenvectors of that graph give each of the {things} a place where those of one cluster lie together; from these places came {}.",
        counted(record.clusters, "cluster", "clusters")
    ));
    words
}

fn clusters(record: &Record) -> Vec<String> {
    let one = |(label, size): (usize, &usize)| {
        let share = 100.0 * *size as f64 / record.labels.len() as f64;
        let apart = match record.certificate.conductances.get(label) {
            Some(conductance) if *conductance < 1e-12 => "no edge leaves it".to_string(),
            Some(conductance) => format!(
                "{} of the weight of its edges leads out of it (its conductance is {})",
                percent(*conductance),
                short(*conductance)
            ),
            None => "a vertex without edges, with a label of its own".to_string(),
        };
        format!(
            "Cluster {label}: {} of the {} ({share:.0} %); {apart}.",
            grouped(*size),
            record.things()
        )
    };
    let mut words: Vec<String> = record
        .sizes
        .iter()
        .enumerate()
        .take(TOLD)
        .map(one)
        .collect();
    if record.sizes.len() > TOLD {
        words.push(format!("And {} more.", record.sizes.len() - TOLD));
    }
    words
}

fn trust(record: &Record) -> Vec<String> {
    let of = &record.certificate;
    let k = record.clusters;
    let mut words = Vec::new();
    words.extend(number(record));
    let cut =
        "the normalised cut, which adds up over the clusters what share of its edges each loses";
    if of.normalised_cut < 1e-12 {
        words.push(format!("The clusters are measured by {cut}. It is 0: no edge joins two clusters, and nothing is better than that."));
    } else {
        let bound = match of.ratio {
            Some(ratio) => format!(
                "However the {} are divided into {k} clusters, it cannot be less than {}, the sum of the first {k} eigenvalues (a theorem of Fan). So the best division there is, is at most {} times better than this one.",
                record.things(), short(of.lower_bound), short(ratio)
            ),
            None => "No lower bound was found but 0, so nothing can be said of the best division there is.".to_string(),
        };
        words.push(format!(
            "The clusters are measured by {cut}. Here it is {}. {bound}",
            short(of.normalised_cut)
        ));
    }
    if let (Some(gap), Some(next)) = (of.eigengap, record.eigenvalues.get(k)) {
        let share = gap / next.max(f64::MIN_POSITIVE);
        let verdict = match share {
            s if s >= 0.5 => "It is wide: the data themselves ask for this number of clusters",
            s if s >= 0.1 => {
                "It is there, though not wide: another number of clusters may be as good"
            }
            _ => {
                "It is narrow: slightly other data, or another graph, may give quite other clusters"
            }
        };
        words.push(format!(
            "Between the eigenvalue of the last cluster, {}, and the next one, {}, there is a gap of {}. {verdict}.",
            short(record.eigenvalues[k - 1]), short(*next), short(gap)
        ));
    }
    if of.components > 1 {
        words.push(format!(
            "The graph falls into {} pieces that no edge joins. Clusters that are pieces were never in doubt; whether the pieces are real is a question to the graph.",
            of.components
        ));
    }
    if let Some(found) = &record.characteristics {
        let share = percent(found.between_share);
        let mut balls = format!(
            "As balls around their centres, the clusters explain {share} of the spread of the points."
        );
        if found.between_share < 0.6 {
            balls += " That is little, and no fault: two half moons have a small share, and are two clusters all the same.";
        }
        words.push(balls);
    }
    words.push(format!(
        "The eigenvectors solve their equation up to {:.0e}, so the numbers above are not rounding.",
        of.largest_residual.max(1e-16)
    ));
    words
}

/// How the number of clusters was found, where it was not given; with the numbers that come next.
fn number(record: &Record) -> Option<String> {
    let ranking = &record.report.ranking;
    let k = record.clusters;
    let mut others = ranking.iter().filter(|of| of.clusters != k);
    let next = others.next()?;
    let why = match ranking.iter().find(|of| of.clusters == k) {
        Some(of) => format!("k = {k} by the share of the gap ({})", percent(of.share)),
        None => "k = 1, as the first gap is far wider than all others".to_string(),
    };
    let third = others.next().map_or(String::new(), |of| {
        format!(", then {} ({})", of.clusters, percent(of.share))
    });
    let finer = if next.clusters > k {
        " Clusters that overlap count as one here: where you expect more, ask for them by -k."
    } else {
        ""
    };
    Some(format!(
        "The number of clusters was left to the eigenvalues: {why}; next {} ({}){third}. The share is the part of the next eigenvalue that lies in the gap; above {} a gap stands out, and the last one that does is taken.{finer}",
        next.clusters,
        percent(next.share),
        percent(1.0 - 1.0 / LEAP)
    ))
}

fn beside(truth: &Truth) -> Vec<String> {
    let (ari, nmi) = (
        truth.adjusted_rand_index,
        truth.normalized_mutual_information,
    );
    let verdict = match ari {
        a if a >= 0.999 => "they are the same",
        a if a >= 0.8 => "they agree closely",
        a if a >= 0.4 => "they agree in part",
        a if a >= 0.1 => "they have little in common",
        _ => "they agree no more than chance would",
    };
    vec![format!(
        "Compared with the {} of the file, {verdict}: the adjusted Rand index is {}, where 1 is the same and 0 is chance; the mutual information, as a share, {}.",
        counted(truth.classes.len(), "class", "classes"),
        short(ari),
        short(nmi)
    )]
}

fn next(record: &Record) -> Vec<String> {
    let file = &record.input.file;
    let mut words = Vec::new();
    if record.input.kind == "points" && file != "the standard input" {
        words.push(format!("See what other parameters give: fiedler sweep {file} --neighbors 4..20 --heatmap sweep.svg"));
    }
    let command = record.command.join(" ");
    if !command.contains("--report") {
        words.push("Have it on a page: the same command with --report report.html".to_string());
    }
    if record.input.columns.is_some_and(|columns| columns > 1) && !command.contains("--standardize")
    {
        words.push("Where the columns have different units, try --standardize: the largest unit decides otherwise.".to_string());
    }
    if record.input.kind == "graph" {
        words.push(
            "Ask for another number of clusters (-k), and hold the certificates beside each other."
                .to_string(),
        );
    } else if words.is_empty() {
        words.push("Another graph (--graph) is another opinion: clusters that several graphs find are safer than those of one.".to_string());
    }
    words
}

fn counted(count: usize, one: &str, many: &str) -> String {
    let noun = if count == 1 { one } else { many };
    format!("{} {noun}", grouped(count))
}

/// 12345 as 12,345.
pub fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A share as a percentage of two digits.
pub fn percent(share: f64) -> String {
    let value = 100.0 * share;
    match value {
        v if v >= 10.0 => format!("{v:.0} %"),
        v if v >= 1.0 => format!("{v:.1} %"),
        v if v >= 0.01 => format!("{v:.2} %"),
        v => format!("{v:.1e} %"),
    }
}

/// Four digits; 0 for what is 0 but for rounding.
pub fn short(value: f64) -> String {
    let size = value.abs();
    match size {
        s if s < 1e-12 => "0".to_string(),
        s if !(1e-4..1e6).contains(&s) => format!("{value:.3e}"),
        s => {
            let before = [1000.0, 100.0, 10.0, 1.0, 0.1, 0.01, 0.001];
            let digits = before.iter().filter(|bound| s < **bound).count();
            format!("{value:.digits$}")
        }
    }
}

/// Lines no longer than a terminal is wide; a paragraph after the first of its section stands apart.
pub fn as_text(sections: &[Section]) -> String {
    let mut text = String::new();
    for (heading, paragraphs) in sections {
        if !text.is_empty() {
            text.push('\n');
        }
        let line = "-".repeat(heading.chars().count());
        text.extend([heading, "\n", line.as_str(), "\n"]);
        for paragraph in paragraphs {
            text += &wrapped(paragraph, 88);
        }
    }
    text
}

fn wrapped(words: &str, columns: usize) -> String {
    let mut text = String::new();
    let mut line = String::new();
    for word in words.split_whitespace() {
        if !line.is_empty() && line.chars().count() + 1 + word.chars().count() > columns {
            text += &line;
            text.push('\n');
            line.clear();
            line.push_str("  ");
        } else if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    text + &line + "\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_shown_with_four_digits_and_nothing_that_rounding_made() {
        for (number, said) in [
            (0.058_154, "0.05815"),
            (2.996_2, "2.996"),
            (1e-17, "0"),
            (1234.5, "1234"),
            (1e-5, "1.000e-5"),
        ] {
            assert_eq!(short(number), said);
        }
        assert_eq!(grouped(1_234_567), "1,234,567");
        assert_eq!(grouped(123), "123");
        assert_eq!(
            (percent(0.0213), percent(0.884)),
            ("2.1 %".to_string(), "88 %".to_string())
        );
    }

    #[test]
    fn a_paragraph_is_wrapped_at_words_with_later_lines_set_in() {
        assert_eq!(wrapped("one two three", 8), "one two\n  three\n");
    }
}
