//! The bars of a terminal, where the feature `progress` is; and the clock, where there is one.

#[cfg(feature = "progress")]
use indicatif::{ProgressBar, ProgressStyle};
use std::time::Instant;

/// A line that says how far something is. Without the feature it says nothing.
pub(crate) struct Bar {
    #[cfg(feature = "progress")]
    bar: ProgressBar,
}

impl Bar {
    /// Turns while something goes on, and says what.
    pub(crate) fn turning(shown: bool) -> Self {
        #[cfg(not(feature = "progress"))]
        let _ = shown;
        #[cfg(feature = "progress")]
        let bar = if shown {
            let style = ProgressStyle::with_template("{spinner} {msg} [{elapsed}]");
            ProgressBar::new_spinner()
                .with_style(style.unwrap_or_else(|_| ProgressStyle::default_spinner()))
        } else {
            ProgressBar::hidden()
        };
        Self {
            #[cfg(feature = "progress")]
            bar,
        }
    }

    /// Counts fits.
    pub(crate) fn of(fits: usize) -> Self {
        #[cfg(not(feature = "progress"))]
        let _ = fits;
        #[cfg(feature = "progress")]
        let bar = ProgressBar::new(fits as u64);
        #[cfg(feature = "progress")]
        if let Ok(style) = ProgressStyle::with_template("{bar:40} {pos}/{len} fits, {eta} left") {
            bar.set_style(style);
        }
        Self {
            #[cfg(feature = "progress")]
            bar,
        }
    }

    /// What goes on now.
    pub(crate) fn say(&self, message: String) {
        #[cfg(not(feature = "progress"))]
        let _ = (self, message);
        #[cfg(feature = "progress")]
        {
            self.bar.set_message(message);
            self.bar.tick();
        }
    }

    /// One more is done.
    pub(crate) fn count(&self) {
        #[cfg(not(feature = "progress"))]
        let _ = self;
        #[cfg(feature = "progress")]
        self.bar.inc(1);
    }

    /// All is done: the line goes.
    pub(crate) fn finish(&self) {
        #[cfg(not(feature = "progress"))]
        let _ = self;
        #[cfg(feature = "progress")]
        self.bar.finish_and_clear();
    }
}

/// The time, unless this is a browser: there Rust's clock panics.
pub(crate) fn now() -> Option<Instant> {
    let has_clock = !cfg!(all(target_family = "wasm", target_os = "unknown"));
    has_clock.then(Instant::now)
}
