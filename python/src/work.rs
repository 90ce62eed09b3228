//! Work without the interpreter's lock, which Ctrl-C stops and which no panic leaves.

use crate::words::in_python;
use fiedler::Error;
use fiedler::estimator::Progress;
use pyo3::exceptions::{PyRuntimeError, PyValueError};
use pyo3::prelude::*;
use rayon::{ThreadPool, ThreadPoolBuilder};
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// How long Ctrl-C waits at most until somebody looks.
const PATIENCE: Duration = Duration::from_millis(50);

/// Whether the caller wants the work to end.
#[derive(Clone, Default)]
pub(crate) struct Stop(Arc<AtomicBool>);

impl Stop {
    /// What the crate asks between two steps.
    pub(crate) fn watch(&self, _: &Progress) -> ControlFlow<()> {
        if self.0.load(Ordering::Relaxed) {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        }
    }
}

/// The threads that work: the crate's own number of them, or so many.
///
/// Not rayon's own: they do not live on in a forked process, as those of `multiprocessing` are, and work would wait for
/// them for ever. The lock of Python is held throughout, so that no fork finds the list half changed.
fn pool(threads: Option<usize>) -> PyResult<Arc<ThreadPool>> {
    static USUAL: Mutex<Option<(u32, Arc<ThreadPool>)>> = Mutex::new(None);
    let build = |number| {
        let pool = ThreadPoolBuilder::new().num_threads(number).build();
        pool.map(Arc::new)
            .map_err(|error| PyRuntimeError::new_err(format!("no threads to work: {error}")))
    };
    if let Some(number) = threads {
        return build(number);
    }
    let here = std::process::id();
    let mut usual = USUAL.lock().unwrap_or_else(PoisonError::into_inner);
    match &*usual {
        Some((process, pool)) if *process == here => Ok(Arc::clone(pool)),
        _ => {
            let pool = build(0)?;
            // The threads of a parent are not here to be ended.
            if let Some(parents) = usual.replace((here, Arc::clone(&pool))) {
                std::mem::forget(parents);
            }
            Ok(pool)
        }
    }
}

/// What the work answers, as Python hears it: a refusal is a `ValueError` with the crate's words.
pub(crate) fn answer<R>(result: fiedler::Result<R>) -> PyResult<R> {
    result.map_err(|error| {
        let words = in_python(&error.to_string());
        match error {
            // FileNotFoundError, PermissionError and their kin.
            Error::File { kind, .. } => std::io::Error::new(kind, words).into(),
            _ => PyValueError::new_err(words),
        }
    })
}

#[expect(
    clippy::redundant_closure_for_method_calls,
    reason = "the method is for one lifetime only"
)]
fn signals() -> PyResult<()> {
    Python::attach(|py| py.check_signals())
}

/// Does the work by other threads while Python goes on, and looks for Ctrl-C meanwhile.
pub(crate) fn run<R: Send + 'static>(
    py: Python<'_>,
    threads: Option<usize>,
    work: impl FnOnce(&Stop) -> fiedler::Result<R> + Send + 'static,
) -> PyResult<R> {
    let pool = pool(threads)?;
    let stop = Stop::default();
    let (sender, receiver) = channel();
    let inside = stop.clone();
    py.detach(move || {
        pool.spawn(move || {
            let result = catch_unwind(AssertUnwindSafe(|| work(&inside)));
            // Nobody listens any more where the interpreter is being ended.
            let _ = sender.send(result);
        });
        let mut pressed = None;
        loop {
            match receiver.recv_timeout(PATIENCE) {
                Err(RecvTimeoutError::Timeout) if pressed.is_none() => {
                    if let Err(interrupt) = signals() {
                        stop.0.store(true, Ordering::Relaxed);
                        pressed = Some(interrupt);
                    }
                }
                Err(RecvTimeoutError::Timeout) => {}
                Ok(Ok(result)) => return pressed.map_or_else(|| answer(result), Err),
                Ok(Err(_)) | Err(RecvTimeoutError::Disconnected) => {
                    return Err(PyRuntimeError::new_err(
                        "a fault in fiedler, not in your data: please report what you called",
                    ));
                }
            }
        }
    })
}
