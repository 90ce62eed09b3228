//! Whether a graph tells its vertices apart.

use super::Edges;
use crate::error::{Error, Result};

/// Some two of three or more vertices are told apart by their similarities.
#[expect(
    clippy::float_cmp,
    reason = "equal means equal: a nearly complete graph has structure"
)]
pub(crate) fn structure(edges: Edges<'_>) -> Result<()> {
    let n = edges.vertices();
    if edges.kept() < n * (n - 1) {
        return Ok(());
    }
    let (Some(on), Some((_, off))) = (
        edges.of(0).find(|&(j, _)| j == 0).or(Some((0, 0.0))),
        edges.of(0).find(|&(j, _)| j != 0),
    ) else {
        return Ok(());
    };
    let expected = n * (n - 1) + if on.1 == 0.0 { 0 } else { n };
    let mut found = 0;
    for (i, j, weight) in edges.entries() {
        if weight != if i == j { on.1 } else { off } {
            return Ok(());
        }
        found += 1;
    }
    if n > 2 && found == expected {
        Err(Error::no_structure(n))
    } else {
        Ok(())
    }
}
