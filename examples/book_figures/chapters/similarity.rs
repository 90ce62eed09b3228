//! The chapter on the similarity.

use super::{Figures, Result};

pub fn figures() -> Result<Figures> {
    Ok(vec![])
}
