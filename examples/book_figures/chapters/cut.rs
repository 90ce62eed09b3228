//! The chapter on the cut.

use super::{Figures, Result};

pub fn figures() -> Result<Figures> {
    Ok(vec![])
}
