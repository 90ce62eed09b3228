//! What is noted while one input goes through the library: answers, refusals, faults.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};

thread_local! {
    static LAST_PANIC: RefCell<String> = const { RefCell::new(String::new()) };
}

/// Panics are noted with their place instead of being printed.
pub fn note_panics() {
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map_or_else(String::new, |at| {
            format!("{}:{}", short(at.file()), at.line())
        });
        let what = panic.payload();
        let what = what
            .downcast_ref::<&str>()
            .map(ToString::to_string)
            .or_else(|| what.downcast_ref::<String>().cloned());
        let text = format!("{place}\t{}", what.unwrap_or_default());
        LAST_PANIC.with(|last| *last.borrow_mut() = text);
    }));
}

/// The last three parts of a path: enough to find it, and the same on every machine.
fn short(path: &str) -> String {
    let parts: Vec<&str> = path.split('/').collect();
    parts[parts.len().saturating_sub(3)..].join("/")
}

/// Something that must not happen.
pub struct Fault {
    /// The same for inputs that fail in one way.
    pub kind: String,
    pub detail: String,
}

/// What one input did.
#[derive(Default)]
pub struct Run {
    pub faults: Vec<Fault>,
    pub answered: u64,
    pub refused: BTreeMap<String, u64>,
    /// Whether the input itself has NaN or ∞, so that a message may name them.
    pub wild: bool,
}

impl Run {
    pub fn fault(&mut self, kind: impl Into<String>, detail: impl Into<String>) {
        self.faults.push(Fault {
            kind: kind.into(),
            detail: detail.into(),
        });
    }

    pub fn must(&mut self, holds: bool, kind: &str, detail: impl FnOnce() -> String) {
        if !holds {
            self.fault(kind, detail());
        }
    }

    /// A plain call: `None` where it panics.
    pub fn plain<T>(&mut self, name: &str, call: impl FnOnce() -> T) -> Option<T> {
        if let Ok(value) = catch_unwind(AssertUnwindSafe(call)) {
            return Some(value);
        }
        let text = LAST_PANIC.with(|last| last.borrow().clone());
        let (place, message) = text.split_once('\t').unwrap_or((&text, ""));
        self.fault(format!("{name}: panic at {place}"), message);
        None
    }

    /// A call that may be refused; the refusal is judged by its words.
    pub fn attempt<T>(
        &mut self,
        name: &str,
        call: impl FnOnce() -> fiedler::Result<T>,
    ) -> Option<fiedler::Result<T>> {
        let result = self.plain(name, call)?;
        match &result {
            Ok(_) => self.answered += 1,
            Err(error) => {
                let (variant, text) = (variant(error), error.to_string());
                self.must(
                    !text.trim().is_empty(),
                    &format!("{name}: empty message"),
                    || variant.clone(),
                );
                let nonsense = text
                    .split(|c: char| !c.is_alphanumeric())
                    .any(|word| word == "NaN" || word == "inf");
                self.must(
                    self.wild || !nonsense,
                    &format!("{name}: {variant} speaks of NaN or inf"),
                    || text,
                );
                *self.refused.entry(variant).or_default() += 1;
            }
        }
        Some(result)
    }

    /// The answer of a call that may be refused.
    pub fn call<T>(&mut self, name: &str, call: impl FnOnce() -> fiedler::Result<T>) -> Option<T> {
        self.attempt(name, call)?.ok()
    }

    /// The answer of a call that has no reason to refuse.
    pub fn owed<T>(&mut self, name: &str, call: impl FnOnce() -> fiedler::Result<T>) -> Option<T> {
        match self.attempt(name, call)? {
            Ok(value) => Some(value),
            Err(error) => {
                self.fault(
                    format!("{name}: refused without a reason ({})", variant(&error)),
                    error.to_string(),
                );
                None
            }
        }
    }
}

/// What the refusals of one variant have in common: the first words of the message that hold no number.
pub fn variant(error: &fiedler::Error) -> String {
    let text = error.to_string();
    let words = text.split_whitespace();
    let words = words.filter(|word| !word.contains(|c: char| c.is_ascii_digit()));
    words.take(6).collect::<Vec<_>>().join(" ")
}
