//! What can be drawn.

use crate::error::{Error, Result};
use std::ops::RangeBounds;

/// A number of things within a range, which `wanted` puts in words.
pub(crate) fn counted(
    name: &'static str,
    found: usize,
    range: impl RangeBounds<usize>,
    wanted: &'static str,
) -> Result<()> {
    if range.contains(&found) {
        return Ok(());
    }
    Err(Error::Count {
        name,
        found,
        wanted,
    })
}

/// At least one of something that is drawn.
pub(crate) fn some(name: &'static str, found: usize) -> Result<()> {
    counted(name, found, 1.., "1 or more")
}

/// Numbers of which `holds` is true, which `wanted` puts in words.
pub(crate) fn all(
    what: &'static str,
    values: impl IntoIterator<Item = f64>,
    holds: impl Fn(f64) -> bool,
    wanted: &'static str,
) -> Result<()> {
    match values.into_iter().find(|&value| !holds(value)) {
        Some(value) => Err(Error::Value {
            what,
            value,
            wanted,
        }),
        None => Ok(()),
    }
}

/// Numbers whose differences are numbers, with room for margins.
pub(crate) fn drawable(what: &'static str, values: impl IntoIterator<Item = f64>) -> Result<()> {
    let wanted = "between -1e300 and 1e300 to be drawn";
    all(what, values, within_reach, wanted)
}

/// What [`within_reach`] asks, where there may be no number.
pub(crate) const OR_NONE: &str =
    "finite and between -1e300 and 1e300; None where there is no value";

pub(crate) fn within_reach(value: f64) -> bool {
    value.abs() <= 1e300
}
