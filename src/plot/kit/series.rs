//! What curves are given: series of x and y.

use crate::error::{Error, Result};
use crate::guard;

/// At least one of something that is drawn.
pub(crate) fn some(name: &'static str, found: usize) -> Result<()> {
    if found > 0 {
        return Ok(());
    }
    Err(Error::Count {
        name,
        found,
        wanted: "1 or more",
    })
}

/// The points of a series, as many x as y and at least one, from left to right; `wanted` says what every number must be,
/// and `holds` whether it is.
pub(crate) fn ascending<Y: Copy>(
    xs: &[f64],
    ys: &[Y],
    value: impl Fn(Y) -> Option<f64>,
    (wanted, holds): (&'static str, impl Fn(f64) -> bool),
) -> Result<Vec<(f64, Y)>> {
    guard::length("y of a series", ys.len(), xs.len())?;
    some("the number of points of a series", xs.len())?;
    let all = xs
        .iter()
        .copied()
        .chain(ys.iter().filter_map(|&y| value(y)));
    if let Some(value) = all.into_iter().find(|&value| !holds(value)) {
        return Err(Error::Value {
            what: "a number of a series",
            value,
            wanted,
        });
    }
    let mut through: Vec<_> = xs.iter().copied().zip(ys.iter().copied()).collect();
    through.sort_by(|a, b| a.0.total_cmp(&b.0));
    Ok(through)
}
