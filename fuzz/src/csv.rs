//! Tables as text, whole and broken.

use crate::run::Run;

/// One input.
pub fn run(_seed: u64) -> (Run, String) {
    (Run::default(), String::new())
}
