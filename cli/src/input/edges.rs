//! A list of edges: two names a line, and perhaps a weight.

use super::{InputOptions, Named};
use crate::options::{Answer, Mark};
use crate::trouble::Result;
use fiedler::read::{DecimalMark, EdgeOptions, edges};

/// The graph, and the names of its vertices.
pub fn read(options: &InputOptions, bytes: &[u8]) -> Result<Named> {
    let text = String::from_utf8_lossy(bytes);
    let list = edges(&text, &choices(options)).map_err(|error| options.source.refused(error))?;
    Ok(Named {
        reading: list.reading(),
        graph: list.graph,
        names: Some(list.names),
    })
}

fn choices(options: &InputOptions) -> EdgeOptions {
    let mending = &options.mending;
    let mut choices = EdgeOptions::new()
        .sum_duplicates(mending.sum_duplicates)
        .drop_zero_weights(mending.drop_zero_weights)
        .largest_component(mending.largest_component);
    if let Some(separator) = options.table.delimiter {
        choices = choices.delimiter(separator.delimiter());
    }
    if let Some(mark) = options.table.decimal {
        choices = choices.decimal_mark(match mark {
            Mark::Point => DecimalMark::Point,
            Mark::Comma => DecimalMark::Comma,
        });
    }
    if let Some(header) = options.table.header {
        choices = choices.header(header == Answer::Yes);
    }
    choices
}
