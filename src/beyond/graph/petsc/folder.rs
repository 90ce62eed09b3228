//! The folder: whose it is, its manifest, its files.
//!
//! # Definition
//! A manifest is text: the format and its version, then a key and its value a line. It is there, unfinished, before any
//! other file, and finished after all others; so a folder is known as ours, and what was broken off is known as that.

use super::format::{Fault, INDICES, Reader, Rows, VECTOR, integers, numbers, stored};
use super::{PetscError, Row};
use crate::error::{Error, Result};
use std::fs::{self, File};
use std::io::{self, BufReader, BufWriter, ErrorKind, Write};
use std::path::Path;

pub(super) const MANIFEST: &str = "fiedler.txt";
const HEAD: &str = "fiedler-petsc 1";
/// What the solver adds; away with it where another graph is written.
const SOLVED: [&str; 3] = ["values.petsc", "vectors.petsc", "residuals.petsc"];
/// What is written beside the manifest and the shards.
const WHOLE: [&str; 4] = [
    "matrix.petsc",
    "degrees.petsc",
    "order.petsc",
    "components.petsc",
];
/// Bytes that are read or written at once.
const BUFFER: usize = 1 << 20;

/// What the manifest of a whole graph says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Manifest {
    pub(super) vertices: usize,
    /// Entries of the matrix, the diagonal's among them.
    pub(super) entries: usize,
    /// Unknown where the graph came in shards.
    pub(super) components: Option<usize>,
    /// 0 where one file has all rows, else the number of files.
    pub(super) shards: usize,
}

impl Manifest {
    pub(super) fn write(self, folder: &Folder<'_>) -> Result<()> {
        let mut lines = vec![
            ("vertices", self.vertices.to_string()),
            ("entries", self.entries.to_string()),
            ("shards", self.shards.to_string()),
        ];
        lines.extend(
            self.components
                .map(|count| ("components", count.to_string())),
        );
        folder.finish(MANIFEST, &lines)
    }

    /// The files that the rows are in: none has a number where there is one.
    pub(super) fn files(self) -> impl Iterator<Item = Option<usize>> {
        let shards = self.shards;
        (0..shards.max(1)).map(move |shard| (shards > 0).then_some(shard))
    }

    pub(super) fn read(folder: &Folder<'_>) -> Result<Self> {
        let lines = folder.lines(MANIFEST)?;
        Ok(Self {
            vertices: lines.number("vertices")?,
            entries: lines.number("entries")?,
            components: lines.number("components").ok(),
            shards: lines.number("shards")?,
        })
    }
}

/// A folder that is written to or read from.
#[derive(Debug, Clone, Copy)]
pub(super) struct Folder<'a> {
    path: &'a Path,
}

impl<'a> Folder<'a> {
    pub(super) fn new(path: &'a Path) -> Self {
        Self { path }
    }

    pub(super) fn error(&self, error: PetscError) -> Error {
        Error::petsc(self.path, error)
    }

    pub(super) fn refuse_more(&self, what: &'static str, found: usize) -> Result<()> {
        if i32::try_from(found).is_ok_and(|found| found < i32::MAX) {
            return Ok(());
        }
        Err(self.error(PetscError::TooMany { what, found }))
    }

    /// Makes the folder, or takes one that holds nothing but ours, and begins a manifest.
    pub(super) fn claim(&self, manifest: &str) -> Result<()> {
        let failed = |error: io::Error| Error::file(self.path, &error);
        fs::create_dir_all(self.path).map_err(failed)?;
        let mut names = Vec::new();
        for entry in fs::read_dir(self.path).map_err(failed)? {
            let name = entry.map_err(failed)?.file_name();
            names.push(name.to_string_lossy().into_owned());
        }
        let known = names.iter().any(|name| is_manifest(name));
        if let Some(file) = names.iter().find(|name| !known || !is_ours(name)) {
            let file = file.clone();
            return Err(self.error(PetscError::Foreign { file }));
        }
        // A whole graph takes the place of shards, a shard that of no other.
        let of_shards = |name: &str| manifest == MANIFEST && !WHOLE.contains(&name);
        for old in names
            .iter()
            .filter(|name| SOLVED.contains(&name.as_str()) || of_shards(name))
        {
            match fs::remove_file(self.path.join(old)) {
                Err(error) if error.kind() != ErrorKind::NotFound => {
                    return Err(Error::file(&self.path.join(old), &error));
                }
                _ => {}
            }
        }
        if manifest != MANIFEST {
            self.finish(MANIFEST, &[("unfinished", "0".to_string())])?;
        }
        self.finish(manifest, &[("unfinished", "0".to_string())])
    }

    /// Writes a manifest.
    pub(super) fn finish(&self, name: &str, lines: &[(&str, String)]) -> Result<()> {
        let text = lines
            .iter()
            .fold(format!("{HEAD}\n"), |text, (key, value)| {
                format!("{text}{key} {value}\n")
            });
        let path = self.path.join(name);
        fs::write(&path, text).map_err(|error| Error::file(&path, &error))
    }

    /// The lines of a finished manifest.
    pub(super) fn lines(&self, name: &str) -> Result<Lines<'a>> {
        let file = name.to_string();
        let path = self.path.join(name);
        let text = match fs::read_to_string(&path) {
            Err(error) if error.kind() == ErrorKind::NotFound => {
                return Err(self.error(PetscError::Unfinished { file }));
            }
            other => other.map_err(|error| Error::file(&path, &error))?,
        };
        let mut lines = text.lines();
        if lines.next() != Some(HEAD) {
            let wanted = HEAD;
            return Err(self.error(PetscError::Manifest { file, wanted }));
        }
        let pairs = lines.filter_map(|line| line.split_once(' '));
        let pairs: Vec<_> = pairs
            .map(|(key, value)| (key.into(), value.into()))
            .collect();
        if pairs.iter().any(|(key, _)| key == "unfinished") {
            return Err(self.error(PetscError::Unfinished { file }));
        }
        let folder = *self;
        Ok(Lines {
            folder,
            file,
            pairs,
        })
    }

    pub(super) fn matrix<F: Fn(usize, &mut Row)>(
        &self,
        name: &str,
        entries: usize,
        rows: &Rows<F>,
    ) -> Result<()> {
        self.write(name, |file| rows.write(entries, file))
    }

    pub(super) fn vector(
        &self,
        name: &str,
        list: impl ExactSizeIterator<Item = f64>,
    ) -> Result<()> {
        self.write(name, |file| {
            integers(file, [VECTOR, stored(list.len())])?;
            numbers(file, list)
        })
    }

    pub(super) fn indices(
        &self,
        name: &str,
        list: impl ExactSizeIterator<Item = u32>,
    ) -> Result<()> {
        self.write(name, |file| {
            integers(file, [INDICES, stored(list.len())])?;
            integers(file, list.map(|index| stored(index as usize)))
        })
    }

    fn write(
        &self,
        name: &str,
        write: impl FnOnce(&mut BufWriter<File>) -> io::Result<()>,
    ) -> Result<()> {
        let path = self.path.join(name);
        let written = File::create(&path).and_then(|file| {
            let mut file = BufWriter::with_capacity(BUFFER, file);
            write(&mut file)?;
            file.flush()
        });
        written.map_err(|error| Error::file(&path, &error))
    }

    /// Reads a file by `read`, which `advice` says how to make where it is missing.
    pub(super) fn read<T>(
        &self,
        name: &str,
        advice: &'static str,
        read: impl FnOnce(&mut Reader<BufReader<File>>) -> std::result::Result<T, Fault>,
    ) -> Result<T> {
        let path = self.path.join(name);
        let opened = File::open(&path).and_then(|file| Ok((file.metadata()?.len(), file)));
        let (length, file) = match opened {
            Err(error) if error.kind() == ErrorKind::NotFound => {
                let file = name.to_string();
                return Err(self.error(PetscError::Missing { file, advice }));
            }
            other => other.map_err(|error| Error::file(&path, &error))?,
        };
        let mut reader = Reader {
            file: BufReader::with_capacity(BUFFER, file),
            name: name.to_string(),
            length,
            read: 0,
        };
        read(&mut reader).map_err(|fault| match fault {
            Fault::System(error) => Error::file(&path, &error),
            Fault::Ours(error) => self.error(error),
            Fault::Value(error) => error,
        })
    }
}

/// What a manifest says.
pub(super) struct Lines<'a> {
    folder: Folder<'a>,
    file: String,
    pairs: Vec<(String, String)>,
}

impl Lines<'_> {
    /// The value of a key.
    pub(super) fn text(&self, key: &'static str) -> Result<&str> {
        let found = self.pairs.iter().find(|(found, _)| found == key);
        found.map(|(_, value)| value.as_str()).ok_or_else(|| {
            let file = self.file.clone();
            self.folder
                .error(PetscError::Manifest { file, wanted: key })
        })
    }

    /// The value of a key that is a number.
    pub(super) fn number<T: std::str::FromStr>(&self, key: &'static str) -> Result<T> {
        self.text(key)?.parse().map_err(|_| {
            let file = self.file.clone();
            self.folder
                .error(PetscError::Manifest { file, wanted: key })
        })
    }
}

/// The manifest of a shard.
pub(super) fn manifest_of(shard: usize) -> String {
    format!("fiedler-{shard}.txt")
}

/// The file of a shard, `matrix` or `degrees`; of the whole graph where there is one file.
pub(super) fn file_of(what: &str, shard: Option<usize>) -> String {
    shard.map_or_else(
        || format!("{what}.petsc"),
        |shard| format!("{what}-{shard}.petsc"),
    )
}

fn is_manifest(name: &str) -> bool {
    name == MANIFEST || is_numbered(name, "fiedler-", ".txt")
}

fn is_ours(name: &str) -> bool {
    is_manifest(name)
        || WHOLE.contains(&name)
        || SOLVED.contains(&name)
        || is_numbered(name, "matrix-", ".petsc")
        || is_numbered(name, "degrees-", ".petsc")
}

fn is_numbered(name: &str, before: &str, after: &str) -> bool {
    let number = name.strip_prefix(before);
    let number = number.and_then(|rest| rest.strip_suffix(after));
    number.is_some_and(|number| number.parse::<usize>().is_ok())
}
