//! `cargo xtask lab --execute`: runs the notebooks in the real kernel, judges them, and writes their outputs back.

use crate::{
    notebook::{self, Notebook},
    openblas::Lapack,
    places::Lab,
    session::Session,
    trouble::{Result, Trouble},
    verdict::{self, Outputs},
    written,
};
use std::{
    fs,
    io::Write as _,
    path::{Path, PathBuf},
    sync::atomic::{AtomicUsize, Ordering},
    thread,
    time::Instant,
};

/// A cell that stopped its notebook.
#[derive(Debug)]
pub struct Failure {
    /// Its number among the cells that hold code, from 1.
    pub cell: usize,
    /// What it holds.
    pub source: String,
    /// What went wrong.
    pub message: String,
}

/// The notebooks of a folder in reading order, those whose name contains `part`.
pub fn find(folder: &Path, part: &str) -> Result<Vec<PathBuf>> {
    let entries = fs::read_dir(folder).map_err(|error| {
        Trouble::new(
            format!("The folder {} cannot be read: {error}.", folder.display()),
            "run this in a full clone of the project",
        )
    })?;
    let mut paths: Vec<PathBuf> = entries
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|end| end == "ipynb"))
        .collect();
    paths.sort();
    if let Some(stray) = paths
        .iter()
        .find(|path| notebook::stem(&name(path)).is_none())
    {
        return Err(Trouble::new(
            format!("The notebook {} has no number.", name(stray)),
            "name it `NN_stem.ipynb`, as `03_cut.ipynb`",
        ));
    }
    paths.retain(|path| name(path).contains(part));
    if paths.is_empty() {
        return Err(Trouble::new(
            format!(
                "No notebook in {} has {part:?} in its name.",
                folder.display()
            ),
            "type `ls notebooks` for the names",
        ));
    }
    Ok(paths)
}

/// Kernels at work at once. Each compiles one cell at a time, which keeps little more than one core busy.
const AT_ONCE: usize = 2;

/// Runs these notebooks, two at a time; fails in the end if any of them failed.
pub fn all(lab: &Lab, lapack: &Lapack, paths: &[PathBuf]) -> Result<()> {
    let _lock = lab.lock("execute")?;
    let next = AtomicUsize::new(0);
    let worker = || {
        let mut failed = Vec::new();
        while let Some(path) = paths.get(next.fetch_add(1, Ordering::Relaxed)) {
            if !passes(lab, lapack, path)? {
                failed.push(name(path));
            }
        }
        Ok(failed)
    };
    let mut failed = thread::scope(|scope| {
        let workers: Vec<_> = (0..AT_ONCE).map(|_| scope.spawn(worker)).collect();
        let mut failed = Vec::new();
        for worker in workers {
            let ended = worker.join();
            failed.extend(ended.unwrap_or_else(|panic| std::panic::resume_unwind(panic))?);
        }
        Ok(failed)
    })?;
    failed.sort();
    if failed.is_empty() {
        println!("Notebooks: {} passed, 0 failed", paths.len());
        return Ok(());
    }
    Err(Trouble::new(
        format!(
            "{} of {} notebooks failed: {}.",
            failed.len(),
            paths.len(),
            failed.join(", ")
        ),
        format!(
            "mend the cell shown above, then `cargo xtask lab --execute {}`",
            failed[0]
        ),
    ))
}

/// Runs one notebook in a kernel of its own, and tells how it went in one piece: another may be telling of its own.
fn passes(lab: &Lab, lapack: &Lapack, path: &Path) -> Result<bool> {
    let began = Instant::now();
    let session = Session::start(lab, lapack, path.parent().unwrap_or(Path::new(".")))?;
    let outcome = one(session, path, began)?;
    let mut out = std::io::stdout().lock();
    // A terminal that cannot show it can do without: what counts is what is handed back.
    let _ = match &outcome {
        Ok(summary) => writeln!(out, "{} … passed: {summary}", name(path)),
        Err(failure) => {
            let seconds = began.elapsed().as_secs_f64();
            writeln!(
                out,
                "{} … FAILED in code cell {}, after {seconds:.0} s\n{}",
                name(path),
                failure.cell,
                told(failure)
            )
        }
    };
    Ok(outcome.is_ok())
}

/// Runs one notebook; if every cell holds, writes it back and tells the times. A function for the reader to write is run
/// empty, which is what the file shows, and then with its solution, which the cells below it see.
pub fn one(
    mut session: Session,
    path: &Path,
    began: Instant,
) -> Result<std::result::Result<String, Failure>> {
    let notebook = Notebook::read(path)?;
    let (cells, functions) = (notebook.code(), notebook.written());
    let mut all: Vec<Outputs> = Vec::new();
    let mut figure = None;
    for (index, source) in cells.iter().enumerate() {
        let outputs = match session.run(source) {
            Ok(outputs) => outputs,
            Err(trouble) => return Ok(Err(failure(index, source, trouble.to_string()))),
        };
        if let Some(message) = verdict::failure(&outputs) {
            return Ok(Err(failure(index, source, message)));
        }
        if let Some(own) = functions.iter().find(|own| own.cell + 1 == index) {
            let message = written::solve(&mut session, own, source, &outputs);
            if let Some(message) = message.unwrap_or_else(|trouble| Some(trouble.to_string())) {
                return Ok(Err(failure(own.cell, &cells[own.cell], message)));
            }
        }
        if figure.is_none() && verdict::has_figure(&outputs) {
            figure = Some(began.elapsed().as_secs_f64());
        }
        all.push(outputs);
    }
    let late = session.stragglers()?;
    let (last, source) = (
        cells.len().saturating_sub(1),
        cells.last().map_or("", String::as_str),
    );
    if let Some(message) = verdict::failure(&late) {
        return Ok(Err(failure(last, source, message)));
    }
    all.last_mut()
        .into_iter()
        .for_each(|outputs| outputs.extend(late.clone()));
    let stem = notebook::stem(&name(path)).unwrap_or_default().to_string();
    if !all
        .last()
        .is_some_and(|outputs| verdict::holds_checkpoint(outputs, &stem))
    {
        let message = format!(
            "The last code cell did not print its checkpoint, the line\n{}\nEnd it with `fiedler_exercises::checkpoint(\"{stem}\");`",
            verdict::checkpoint(&stem)
        );
        return Ok(Err(failure(last, source, message)));
    }
    fs::write(path, notebook.with_outputs(&all)).map_err(|error| {
        Trouble::new(
            format!("{} cannot be written: {error}.", path.display()),
            "check its rights",
        )
    })?;
    let figure = figure.map_or_else(
        || "no figure".to_string(),
        |seconds| format!("first figure after {seconds:.0} s"),
    );
    Ok(Ok(format!(
        "{} code cells, {figure}, {:.0} s in all",
        cells.len(),
        began.elapsed().as_secs_f64()
    )))
}

fn failure(index: usize, source: &str, message: String) -> Failure {
    Failure {
        cell: index + 1,
        source: source.to_string(),
        message,
    }
}

/// The cell and what is wrong with it, set in.
fn told(failure: &Failure) -> String {
    let cell = failure.source.lines().map(|line| format!("    | {line}"));
    let message = failure.message.lines().map(|line| format!("    {line}"));
    cell.chain(message).collect::<Vec<_>>().join("\n")
}

fn name(path: &Path) -> String {
    path.file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(test: &str, names: &[&str]) -> PathBuf {
        let folder = std::env::temp_dir().join(format!("fiedler-{test}-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        for name in names {
            fs::write(folder.join(name), "").unwrap();
        }
        folder
    }

    #[test]
    fn notebooks_come_in_the_order_of_their_numbers() {
        let folder = folder(
            "order",
            &[
                "02_graph.ipynb",
                "01_points.ipynb",
                "10_images.ipynb",
                "notes.md",
            ],
        );
        let names: Vec<String> = find(&folder, "")
            .unwrap()
            .iter()
            .map(|path| name(path))
            .collect();
        assert_eq!(
            names,
            ["01_points.ipynb", "02_graph.ipynb", "10_images.ipynb"]
        );
        assert_eq!(find(&folder, "graph").unwrap().len(), 1);
        assert!(find(&folder, "nothing").is_err());
        fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn a_notebook_without_a_number_is_refused() {
        let folder = folder("stray", &["01_points.ipynb", "Untitled.ipynb"]);
        assert!(
            find(&folder, "")
                .unwrap_err()
                .to_string()
                .contains("Untitled.ipynb has no number")
        );
        fs::remove_dir_all(folder).unwrap();
    }
}
