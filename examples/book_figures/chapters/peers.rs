//! Time against n, ours and others', as `benches/peers` measured it: drawn from its committed results.

#[path = "../../../benches/peers/src/picture.rs"]
mod picture;

use super::{Figures, Result};

const RESULTS: &str = include_str!("../../../benches/peers/results/results.csv");

pub fn figures() -> Result<Figures> {
    Ok(vec![("peers_loglog", picture::drawn(RESULTS)?)])
}
