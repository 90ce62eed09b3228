//! Errors that are made in many places.

use super::{Advice, Error, PetscError};
use std::path::Path;

impl Error {
    pub(crate) fn isolated(points: Vec<usize>) -> Self {
        let advice = Advice::default();
        Self::IsolatedPoints { points, advice }
    }

    pub(crate) fn no_edges() -> Self {
        let advice = Advice::default();
        Self::NoEdges { advice }
    }

    pub(crate) fn too_many_components(sizes: Vec<usize>) -> Self {
        let advice = Advice::default();
        Self::TooManyComponents { sizes, advice }
    }

    pub(crate) fn no_structure(n: usize) -> Self {
        let advice = Advice::default();
        Self::NoStructure { n, advice }
    }

    /// That the system could not read or write a file.
    pub(crate) fn file(path: &Path, error: &std::io::Error) -> Self {
        Self::File {
            path: path.display().to_string(),
            kind: error.kind(),
            reason: error.to_string(),
        }
    }

    /// What is wrong with a folder of PETSc's files.
    pub(crate) fn petsc(folder: &Path, error: PetscError) -> Self {
        let path = Some(folder.display().to_string());
        Self::Petsc { path, error }
    }

    /// What is wrong with a shard, which has no folder yet. No `From`: where an error has two of them, a closure with a `?` in
    /// it must say its type.
    pub(crate) fn shard(error: PetscError) -> Self {
        Self::Petsc { path: None, error }
    }
}
