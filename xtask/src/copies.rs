//! The student's own copies of the notebooks: without outputs, in a folder that git ignores.
//!
//! The committed notebooks keep their outputs, for readers on the web; a run of one's own would change them in git.

use crate::{
    execute,
    notebook::Notebook,
    shell::say,
    trouble::{Result, Trouble},
};
use std::{
    fs,
    path::{Path, PathBuf},
};

/// The student's folder. It stands beside `notebooks`, so that all paths and links in them hold.
pub const FOLDER: &str = "my-notebooks";

/// Copies those notebooks of `from` that `to` lacks; what is there stays as it is.
pub fn complete(from: &Path, to: &Path) -> Result<()> {
    for notebook in execute::find(from, "")? {
        let copy = beside(&notebook, to);
        if !copy.exists() {
            make(&notebook, &copy)?;
        }
    }
    Ok(())
}

/// Puts new copies in the place of those whose name contains `part`; the old ones stay, under another name.
pub fn renew(from: &Path, to: &Path, part: &str) -> Result<()> {
    for notebook in execute::find(from, part)? {
        let copy = beside(&notebook, to);
        if copy.exists() {
            let kept = free(&copy);
            fs::rename(&copy, &kept).map_err(|error| Trouble::file(&copy, &error))?;
            say(&format!("Your {} is now {}.", shown(&copy), shown(&kept)));
        }
        make(&notebook, &copy)?;
    }
    Ok(())
}

fn make(notebook: &Path, copy: &Path) -> Result<()> {
    let text = Notebook::read(notebook)?.with_outputs(&[]);
    let folder = copy.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder)
        .and_then(|()| fs::write(copy, text))
        .map_err(|error| Trouble::file(copy, &error))
}

fn beside(notebook: &Path, folder: &Path) -> PathBuf {
    folder.join(notebook.file_name().unwrap_or_default())
}

/// The first free name for what is to be kept: `03_cut-before-1.ipynb`.
fn free(copy: &Path) -> PathBuf {
    let stem = copy.file_stem().unwrap_or_default().to_string_lossy();
    let mut number = 1;
    loop {
        let kept = copy.with_file_name(format!("{stem}-before-{number}.ipynb"));
        if !kept.exists() {
            return kept;
        }
        number += 1;
    }
}

fn shown(path: &Path) -> String {
    path.file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    /// Two folders: one with two notebooks that have outputs, and one that is not there yet.
    fn folders(test: &str) -> (PathBuf, PathBuf) {
        let root = std::env::temp_dir().join(format!("fiedler-{test}-{}", std::process::id()));
        let (from, to) = (root.join("notebooks"), root.join(FOLDER));
        fs::create_dir_all(&from).unwrap();
        let output = json!({ "output_type": "stream", "name": "stdout", "text": "done\n" });
        let cell = json!({ "cell_type": "code", "id": "a", "metadata": { "tags": ["volatile"] }, "source": "f()",
            "outputs": [output], "execution_count": 1 });
        let notebook =
            json!({ "cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5 });
        for name in ["01_kmeans.ipynb", "02_cut.ipynb"] {
            fs::write(from.join(name), notebook.to_string()).unwrap();
        }
        (from, to)
    }

    fn first_cell(path: &Path) -> Value {
        let text = fs::read_to_string(path).unwrap();
        serde_json::from_str::<Value>(&text).unwrap()["cells"][0].clone()
    }

    #[test]
    fn copies_have_no_outputs_and_the_originals_keep_theirs() {
        let (from, to) = folders("copies");
        complete(&from, &to).unwrap();
        let copy = first_cell(&to.join("02_cut.ipynb"));
        assert_eq!(copy["outputs"], json!([]));
        assert_eq!(copy["execution_count"], Value::Null);
        assert_eq!(copy["source"], json!(["f()"]));
        assert!(first_cell(&from.join("02_cut.ipynb"))["outputs"][0].is_object());
        fs::remove_dir_all(from.parent().unwrap()).unwrap();
    }

    #[test]
    fn a_new_start_leaves_the_students_work_and_brings_what_is_missing() {
        let (from, to) = folders("work");
        complete(&from, &to).unwrap();
        fs::write(to.join("01_kmeans.ipynb"), "my work").unwrap();
        fs::remove_file(to.join("02_cut.ipynb")).unwrap();
        complete(&from, &to).unwrap();
        assert_eq!(
            fs::read_to_string(to.join("01_kmeans.ipynb")).unwrap(),
            "my work"
        );
        assert!(to.join("02_cut.ipynb").exists());
        fs::remove_dir_all(from.parent().unwrap()).unwrap();
    }

    #[test]
    fn what_is_renewed_stays_under_another_name() {
        let (from, to) = folders("renewed");
        complete(&from, &to).unwrap();
        for work in ["first", "second"] {
            fs::write(to.join("02_cut.ipynb"), work).unwrap();
            renew(&from, &to, "cut").unwrap();
            assert_eq!(
                first_cell(&to.join("02_cut.ipynb"))["source"],
                json!(["f()"])
            );
        }
        let kept = |number| fs::read_to_string(to.join(format!("02_cut-before-{number}.ipynb")));
        assert_eq!(kept(1).unwrap(), "first");
        assert_eq!(kept(2).unwrap(), "second");
        assert!(!to.join("01_kmeans-before-1.ipynb").exists());
        assert!(renew(&from, &to, "nothing").is_err());
        fs::remove_dir_all(from.parent().unwrap()).unwrap();
    }
}
