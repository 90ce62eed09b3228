//! The shards of a folder as one graph.

use super::PetscError;
use super::folder::{Folder, Manifest, manifest_of};
use crate::error::Result;
use std::path::Path;

/// Looks whether the shards in a folder are those of one graph, and finishes its manifest, so that a solver takes them. The
/// rows stay in their files, one for each rank; only the few lines that each shard left are read.
///
/// The components are not known, as nobody has the whole graph: the solver takes out one null vector, and where the graph
/// is in several pieces it finds the value 0 again.
///
/// # Errors
/// [`crate::Error::Petsc`] with [`PetscError::Unfinished`] where there is no shard 0, or one was broken off;
/// [`PetscError::Shards`] where they do not fit together or one is missing; [`PetscError::OneSided`] where a halo lacked
/// points; [`PetscError::Manifest`]; [`crate::Error::File`].
pub fn put_together(folder: impl AsRef<Path>) -> Result<()> {
    let folder = Folder::new(folder.as_ref());
    let first = folder.lines(&manifest_of(0))?;
    let vertices = first.number("vertices")?;
    let (mut next, mut entries, mut balance, mut shards) = (0, 0, 0_u64, 0);
    while next < vertices {
        let name = manifest_of(shards);
        let shard = folder.lines(&name)?;
        let differs = |key: &'static str| {
            let file = name.clone();
            folder.error(PetscError::Shards { file, key })
        };
        for key in ["vertices", "neighbors", "symmetry", "width"] {
            if shard.text(key)? != first.text(key)? {
                return Err(differs(key));
            }
        }
        if shard.number::<usize>("first")? != next || shard.number::<usize>("rows")? == 0 {
            return Err(differs("first"));
        }
        next += shard.number::<usize>("rows")?;
        entries += shard.number::<usize>("entries")?;
        balance = balance.wrapping_add(shard.number("balance")?);
        shards += 1;
    }
    if balance != 0 {
        return Err(folder.error(PetscError::OneSided));
    }
    let manifest = Manifest {
        vertices,
        entries,
        components: None,
        shards,
    };
    manifest.write(&folder)
}
