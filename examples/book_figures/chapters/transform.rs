//! The chapter on the transform.

use super::{Figures, Result};

pub fn figures() -> Result<Figures> {
    Ok(vec![])
}
