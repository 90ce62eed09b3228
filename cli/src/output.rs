//! What a run leaves behind: every file whole, or none.
//!
//! A file is written beside its place under another name, and takes its place when all others are written too.

use crate::trouble::{Result, Trouble};
use std::convert::Infallible;
use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::str::FromStr;

/// Where something goes: a file, or the standard output for `-`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    StandardOutput,
    File(PathBuf),
}

impl FromStr for Target {
    type Err = Infallible;

    fn from_str(word: &str) -> std::result::Result<Self, Infallible> {
        Ok(match word {
            "-" => Self::StandardOutput,
            path => Self::File(path.into()),
        })
    }
}

impl std::fmt::Display for Target {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::StandardOutput => write!(f, "the standard output"),
            Self::File(path) => write!(f, "{}", path.display()),
        }
    }
}

/// Refuses, before any work, targets that cannot be: an input, one of them twice, a folder.
pub fn check(targets: &[Option<&Target>], inputs: &[&Path]) -> Result<()> {
    let inputs: Vec<PathBuf> = inputs.iter().filter_map(|path| real(path)).collect();
    let mut seen: Vec<(PathBuf, &Target)> = Vec::new();
    let mut streams = 0;
    for target in targets.iter().flatten() {
        let Target::File(path) = target else {
            streams += 1;
            continue;
        };
        if path.is_dir() {
            return Err(Trouble::of(path, "this is a folder; name a file in it"));
        }
        let Some(place) = real(path) else {
            return Err(Trouble::of(path, "there is no such folder to write into"));
        };
        if inputs.contains(&place) {
            return Err(Trouble::of(
                path,
                "this is the input, and would be overwritten; give the output another name",
            ));
        }
        if seen.iter().any(|(other, _)| *other == place) && is_regular(&place) {
            return Err(Trouble::Usage(format!(
                "two outputs go to {target}; give each a file of its own"
            )));
        }
        seen.push((place, target));
    }
    if streams > 1 {
        return Err(Trouble::Usage(
            "two outputs go to the standard output; give one of them a file".to_string(),
        ));
    }
    Ok(())
}

/// A path with all links followed; of a file that is not there yet, its folder's.
fn real(path: &Path) -> Option<PathBuf> {
    if let Ok(whole) = path.canonicalize() {
        return Some(whole);
    }
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    Some(folder.canonicalize().ok()?.join(path.file_name()?))
}

/// A file, or nothing yet; not a device or a pipe.
fn is_regular(path: &Path) -> bool {
    fs::metadata(path).map_or(true, |found| found.is_file())
}

/// What is to be written.
#[derive(Debug, Default)]
pub struct Outputs {
    planned: Vec<(Target, Vec<u8>)>,
}

impl Outputs {
    /// These bytes go there.
    pub fn add(&mut self, target: &Target, bytes: impl Into<Vec<u8>>) {
        self.planned.push((target.clone(), bytes.into()));
    }

    /// Writes all of them; the files first.
    pub fn write(self) -> Result<()> {
        let mut waiting = Waiting::default();
        let mut streamed = Vec::new();
        for (target, bytes) in self.planned {
            match target {
                Target::StandardOutput => streamed.push(bytes),
                Target::File(path) => waiting.beside(&path, &bytes)?,
            }
        }
        waiting.in_place()?;
        streamed.iter().try_for_each(|bytes| to_stdout(bytes))
    }
}

/// Files written under another name; those that did not come to their place are taken away.
#[derive(Debug, Default)]
struct Waiting {
    files: Vec<(PathBuf, PathBuf)>,
}

impl Waiting {
    fn beside(&mut self, path: &Path, bytes: &[u8]) -> Result<()> {
        let failed = |error: &std::io::Error| Trouble::file(path, error);
        let place = real(path).ok_or_else(|| Trouble::of(path, "there is no such folder"))?;
        if !is_regular(&place) {
            return fs::write(&place, bytes).map_err(|error| failed(&error));
        }
        let name = place.file_name().unwrap_or_default().to_string_lossy();
        let other = place.with_file_name(format!(".{name}.{}.part", std::process::id()));
        self.files.push((other.clone(), place.clone()));
        let mut file = OpenOptions::new()
            .write(true)
            .create(true)
            .truncate(true)
            .open(&other)
            .map_err(|error| failed(&error))?;
        file.write_all(bytes).map_err(|error| failed(&error))?;
        if let Ok(old) = fs::metadata(&place) {
            if old.permissions().readonly() {
                return Err(Trouble::of(path, "the file is there and is read-only"));
            }
            // Who may read the file may read the new one. Where that cannot be set, nothing is lost.
            let _ = fs::set_permissions(&other, old.permissions());
        }
        Ok(())
    }

    fn in_place(mut self) -> Result<()> {
        while let Some((other, place)) = self.files.first().cloned() {
            fs::rename(&other, &place).map_err(|error| Trouble::file(&place, &error))?;
            self.files.remove(0);
        }
        Ok(())
    }
}

impl Drop for Waiting {
    fn drop(&mut self) {
        for (other, _) in &self.files {
            let _ = fs::remove_file(other);
        }
    }
}

/// Writes to the standard output, and says where nobody reads it any more.
pub fn to_stdout(bytes: &[u8]) -> Result<()> {
    let mut out = std::io::stdout().lock();
    match out.write_all(bytes).and_then(|()| out.flush()) {
        Ok(()) => Ok(()),
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Err(Trouble::Closed),
        Err(error) => Err(Trouble::File {
            path: "the standard output".to_string(),
            reason: error.to_string(),
        }),
    }
}

/// Writes to the standard error; where that is closed, nobody is left to be told.
pub fn to_stderr(text: &str) {
    let _ = std::io::stderr().lock().write_all(text.as_bytes());
}
