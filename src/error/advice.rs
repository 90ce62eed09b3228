//! What to do, where that depends on who asks.

/// The way out of a refusal that suits this caller; the usual one where nothing is known of the caller. It is no
/// part of what is wrong: two errors that differ in their advice alone are equal.
#[derive(Debug, Clone, Default)]
pub struct Advice(Option<String>);

impl Advice {
    /// The advice, or the usual one.
    pub(super) fn or<'a>(&'a self, usual: &'a str) -> &'a str {
        self.0.as_deref().unwrap_or(usual)
    }
}

impl<S: Into<String>> From<S> for Advice {
    fn from(advice: S) -> Self {
        Self(Some(advice.into()))
    }
}

impl PartialEq for Advice {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for Advice {}
