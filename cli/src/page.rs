//! A page that stands alone: the answer in words, in numbers and in pictures, light and dark.

use crate::record::Record;
use crate::words::{self, Section, short};
use fiedler::plot::Figure;
use std::fmt::Write;

const STYLE: &str = include_str!("page.css");

/// The page.
pub fn page(record: &Record, figures: &[Figure]) -> String {
    let title = format!("{} clusters in {}", record.clusters, record.input.file);
    let mut html = format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{title}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<main>\n<h1>{title}</h1>\n",
        title = escaped(&title)
    );
    let sections = words::told(record);
    let (first, rest) = sections.split_at(2.min(sections.len()));
    for section in first {
        told(&mut html, section);
    }
    clusters(&mut html, record);
    for figure in figures.iter().take(1) {
        shown(&mut html, figure);
    }
    // What the words on trust speak of stands below them.
    let mut others = figures.iter().skip(1);
    for section in rest {
        told(&mut html, section);
        for figure in others.by_ref() {
            shown(&mut html, figure);
        }
    }
    truth(&mut html, record);
    let _ = write!(
        html,
        "<h2>The certificate</h2>\n<pre>{}</pre>\n<h2>How it was computed</h2>\n",
        escaped(&record.certificate.table)
    );
    computed(&mut html, record);
    let _ = write!(
        html,
        "<h2>The same in Rust</h2>\n<p>After <code>cargo add fiedler</code>:</p>\n<pre><code>{}</code></pre>\n\
         <footer>fiedler {}: <code>fiedler {}</code></footer>\n</main>\n</body>\n</html>\n",
        escaped(&record.rust),
        escaped(&record.version),
        escaped(&record.command.join(" "))
    );
    html
}

fn told(html: &mut String, (heading, paragraphs): &Section) {
    let _ = writeln!(html, "<h2>{}</h2>", escaped(heading));
    for paragraph in paragraphs {
        let _ = writeln!(html, "<p>{}</p>", escaped(paragraph));
    }
}

fn shown(html: &mut String, figure: &Figure) {
    use base64::Engine;
    let svg = base64::engine::general_purpose::STANDARD.encode(figure.svg());
    let (width, height) = figure.size();
    let _ = writeln!(
        html,
        "<figure><img src=\"data:image/svg+xml;base64,{svg}\" width=\"{width}\" height=\"{height}\" alt=\"{alt}\">\
         <details><summary>The picture in words</summary>{alt}</details></figure>",
        alt = escaped(figure.alt())
    );
}

fn table(html: &mut String, head: &[String], rows: &[Vec<String>]) {
    html.push_str("<div class=\"wide\"><table>\n<thead><tr>");
    for cell in head {
        let _ = write!(html, "<th scope=\"col\">{}</th>", escaped(cell));
    }
    html.push_str("</tr></thead>\n<tbody>\n");
    for row in rows {
        html.push_str("<tr>");
        for (at, cell) in row.iter().enumerate() {
            let _ = match at {
                0 => write!(html, "<th scope=\"row\">{}</th>", escaped(cell)),
                _ => write!(html, "<td>{}</td>", escaped(cell)),
            };
        }
        html.push_str("</tr>\n");
    }
    html.push_str("</tbody>\n</table></div>\n");
}

/// Each cluster in numbers.
fn clusters(html: &mut String, record: &Record) {
    let mut head = vec![
        "cluster".to_string(),
        record.things().to_string(),
        "conductance".to_string(),
    ];
    let of = record.characteristics.as_ref();
    if let Some(of) = of {
        head.extend(["volume", "cut", "within"].map(String::from));
        let columns = of.centers.first().map_or(0, Vec::len);
        let name = |column: usize| match &record.input.names {
            Some(names) => format!("centre {}", names[column]),
            None => format!("centre {}", column + 1),
        };
        head.extend((0..columns).map(name));
    }
    let row = |label: usize| {
        let number = |list: &[f64]| {
            list.get(label)
                .map_or("–".to_string(), |value| short(*value))
        };
        let mut row = vec![
            label.to_string(),
            words::grouped(record.sizes[label]),
            number(&record.certificate.conductances),
        ];
        if let Some(of) = of {
            row.extend([&of.volumes, &of.cuts, &of.within].map(|list| number(list)));
            let center = of.centers.get(label).into_iter().flatten();
            row.extend(center.map(|value| short(*value)));
        }
        row
    };
    let rows: Vec<Vec<String>> = (0..record.sizes.len()).map(row).collect();
    table(html, &head, &rows);
}

/// Clusters against classes.
fn truth(html: &mut String, record: &Record) {
    let Some(truth) = &record.truth else { return };
    html.push_str("<h2>Clusters and classes</h2>\n");
    let mut head = vec!["cluster".to_string()];
    head.extend(truth.classes.iter().cloned());
    let row = |(label, counts): (usize, &Vec<usize>)| {
        let counts = counts.iter().map(|count| words::grouped(*count));
        std::iter::once(label.to_string()).chain(counts).collect()
    };
    let rows: Vec<Vec<String>> = truth.counts.iter().enumerate().map(row).collect();
    table(html, &head, &rows);
}

fn computed(html: &mut String, record: &Record) {
    let of = &record.report;
    let mut rows = vec![
        vec![
            "solver".to_string(),
            format!("{} ({})", of.solver, of.reason),
        ],
        vec!["steps".to_string(), of.steps.to_string()],
        vec!["edges".to_string(), words::grouped(of.edges)],
    ];
    if let Some(graph) = &of.graph {
        rows.insert(0, vec!["graph".to_string(), graph.clone()]);
    }
    rows.extend(
        of.seconds
            .iter()
            .map(|(stage, seconds)| vec![format!("seconds for {stage}"), format!("{seconds:.3}")]),
    );
    table(html, &[String::new(), String::new()], &rows);
}

pub fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}
