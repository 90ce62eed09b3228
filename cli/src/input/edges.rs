//! A list of edges: two names a line, and perhaps a weight.

use super::{InputOptions, Mending, Named};
use crate::trouble::Result;
use fiedler::Graph;
use std::collections::HashMap;

type Edges = Vec<(usize, usize, f64)>;

/// The graph, and the names of its vertices in order of first appearance.
pub fn read(options: &InputOptions, bytes: &[u8]) -> Result<Named> {
    let text = std::str::from_utf8(bytes).map_err(|_| {
        options
            .source
            .trouble("this is not text in UTF-8; save the file as UTF-8")
    })?;
    let (names, edges) = list(text, options).map_err(|reason| options.source.trouble(reason))?;
    let refused = |error| options.source.refused(error);
    let graph = Graph::from_edges(names.len(), &edges).map_err(refused)?;
    let reading = format!(
        "a list of {} edges between {} names",
        edges.len(),
        names.len()
    );
    if !options.mending.largest_component {
        return Ok(Named {
            graph,
            names: Some(names),
            reading,
        });
    }
    let pieces = graph.components();
    let mut sizes = vec![0_usize; graph.component_count()];
    pieces.iter().for_each(|&piece| sizes[piece] += 1);
    let most = sizes.iter().max().copied().unwrap_or(0);
    let kept = sizes.iter().position(|&size| size == most).unwrap_or(0);
    let inside: Vec<usize> = (0..names.len())
        .filter(|&vertex| pieces[vertex] == kept)
        .collect();
    Ok(Named {
        graph: graph.induced(&inside).map_err(refused)?,
        reading: format!("{reading}, of which the largest piece has {most}"),
        names: Some(inside.iter().map(|&vertex| names[vertex].clone()).collect()),
    })
}

fn list(text: &str, options: &InputOptions) -> std::result::Result<(Vec<String>, Edges), String> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut numbers: HashMap<String, usize> = HashMap::new();
    let mut names: Vec<String> = Vec::new();
    let mut edges: HashMap<(usize, usize), (f64, usize)> = HashMap::new();
    let mut order = Vec::new();
    for (at, line) in text.lines().enumerate() {
        let line_number = at + 1;
        let wrong = |reason: String| format!("line {line_number}: {reason}");
        let Some((from, to, weight)) = edge(line).map_err(wrong)? else {
            continue;
        };
        let mut number = |name: &str| {
            *numbers.entry(name.to_string()).or_insert_with(|| {
                names.push(name.to_string());
                names.len() - 1
            })
        };
        let (from, to) = (number(from), number(to));
        if weight == 0.0 && options.mending.drop_zero_weights {
            continue;
        }
        let ends = (from.min(to), from.max(to));
        add(
            &mut edges,
            &mut order,
            ends,
            (weight, line_number),
            &options.mending,
        )
        .map_err(wrong)?;
    }
    let edges = order
        .into_iter()
        .map(|ends| (ends.0, ends.1, edges[&ends].0))
        .collect();
    Ok((names, edges))
}

fn add(
    edges: &mut HashMap<(usize, usize), (f64, usize)>,
    order: &mut Vec<(usize, usize)>,
    ends: (usize, usize),
    (weight, line): (f64, usize),
    mending: &Mending,
) -> std::result::Result<(), String> {
    match edges.get_mut(&ends) {
        _ if weight <= 0.0 => Err(format!(
            "the weight is {weight}, but it must be above 0; give --drop-zero-weights where 0 is no edge"
        )),
        Some((sum, _)) if mending.sum_duplicates => {
            *sum += weight;
            Ok(())
        }
        Some((_, first)) => Err(format!(
            "this edge stands in line {first} too; give --sum-duplicates to add their weights"
        )),
        None => {
            edges.insert(ends, (weight, line));
            order.push(ends);
            Ok(())
        }
    }
}

/// The two names of a line and its weight; nothing of an empty line or a remark.
fn edge(line: &str) -> std::result::Result<Option<(&str, &str, f64)>, String> {
    let line = line.trim();
    if line.is_empty() || line.starts_with(['#', '%']) {
        return Ok(None);
    }
    let separator = ['\t', ';', ',']
        .into_iter()
        .find(|separator| line.contains(*separator));
    let fields: Vec<&str> = match separator {
        Some(separator) => line.split(separator).map(str::trim).collect(),
        None => line.split_whitespace().collect(),
    };
    match fields[..] {
        [from, to] => Ok(Some((from, to, 1.0))),
        [from, to, weight] => match weight.parse::<f64>() {
            Ok(weight) if weight.is_finite() => Ok(Some((from, to, weight))),
            _ => Err(format!(
                "{weight:?} is no weight; a finite number is wanted as the third field"
            )),
        },
        _ => Err(format!(
            "it has {} fields, but an edge is two names, and perhaps a weight",
            fields.len()
        )),
    }
}
