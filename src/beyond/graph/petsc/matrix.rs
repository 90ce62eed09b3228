//! The graph of a folder, read back from its matrix.

use super::Graph;
use super::folder::{Folder, Manifest, file_of};
use super::format::{Fault, INDICES, MATRIX, Reader};
use super::{PetscError, WRITE};
use crate::engine::order::{Order, short};
use crate::engine::sparse::{AlongCurve, Chunk, Sparse};
use crate::error::{Error, Result};
use crate::graph::Tiny;
use std::io::Read;
use std::path::Path;
use std::sync::Arc;

impl Graph {
    /// The graph that [`Graph::write_petsc`], or shards of it, left in a folder: the same vertices, edges and weights. It
    /// takes the memory of the graph.
    ///
    /// ```
    /// use fiedler::Graph;
    /// let path = Graph::from_edges(3, &[(0, 1, 1.0), (1, 2, 0.5)])?;
    /// let folder = std::env::temp_dir().join(format!("fiedler-back-{}", std::process::id()));
    /// path.write_petsc(&folder)?;
    /// assert_eq!(Graph::read_petsc(&folder)?, path);
    /// # std::fs::remove_dir_all(&folder).unwrap();
    /// # Ok::<(), fiedler::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Error::Petsc`] with what is wrong, [`Error::File`]; [`Error::Negative`], [`Error::NotSymmetric`] for weights by row
    /// and column of the files; [`Error::Scale`], [`Error::TinyDegree`].
    pub fn read_petsc(folder: impl AsRef<Path>) -> Result<Self> {
        let folder = Folder::new(folder.as_ref());
        let manifest = Manifest::read(&folder)?;
        let order = order(&folder, manifest)?;
        let mut all = Chunk::default();
        for shard in manifest.files() {
            rows(&folder, &file_of("matrix", shard), manifest, &mut all)?;
        }
        let found = all.ends.len();
        let vertices = manifest.vertices;
        if found != vertices {
            let file = file_of("matrix", None);
            return Err(folder.error(PetscError::Vertices {
                file,
                found,
                vertices,
            }));
        }
        match vertices {
            0 => return Err(Error::NoPoints),
            1 => return Err(Error::OnePoint),
            _ => {}
        }
        let rows = all.into_sparse();
        symmetric(&rows)?;
        Self::along_curve(AlongCurve::new(Arc::new(order), rows), Tiny::Refuse)
    }
}

/// The vertex at each row: each once.
pub(super) fn order(folder: &Folder<'_>, manifest: Manifest) -> Result<Order> {
    let vertices = manifest.vertices;
    if manifest.shards > 0 {
        return Ok(Order::new((0..short(vertices)).collect()));
    }
    let order = folder.read("order.petsc", WRITE, |file| {
        let found = file.header("index set", INDICES, 4)?;
        if found != vertices {
            let file = "order.petsc".to_string();
            return Err(PetscError::Vertices {
                file,
                found,
                vertices,
            }
            .into());
        }
        let mut seen = vec![false; vertices];
        let mut order = Vec::with_capacity(vertices);
        for row in 0..vertices {
            let vertex = file.integer()?;
            let place = usize::try_from(vertex).ok();
            match place.and_then(|place| seen.get_mut(place)) {
                Some(seen) if !*seen => *seen = true,
                _ => {
                    return Err(PetscError::Order {
                        row,
                        vertex: vertex.into(),
                        vertices,
                    }
                    .into());
                }
            }
            order.push(vertex.unsigned_abs());
        }
        Ok(order)
    })?;
    Ok(Order::new(order))
}

/// The rows of one file behind those of the files before it.
fn rows(folder: &Folder<'_>, name: &str, manifest: Manifest, all: &mut Chunk<f64>) -> Result<()> {
    folder.read(name, WRITE, |file| {
        let [rows, columns, entries] = file.sizes("matrix", MATRIX)?;
        let vertices = manifest.vertices;
        let first = all.ends.len();
        if columns != vertices || first + rows > vertices {
            return Err(PetscError::Vertices {
                file: name.to_string(),
                found: columns.max(first + rows),
                vertices,
            }
            .into());
        }
        file.room(4 * rows as u64 + 12 * entries as u64)?;
        let lengths = integers(file, rows)?;
        let columns = integers(file, entries)?;
        let mut at = 0;
        for (row, &length) in (first..).zip(&lengths) {
            let next = (at + length).min(entries);
            let mut before = None;
            for &column in &columns[at..next] {
                let weight = file.number(at)?;
                if column >= vertices || before.is_some_and(|before| before >= column) {
                    return Err(unsorted(name, row).into());
                }
                if weight < 0.0 {
                    return Err(Fault::Value(Error::Negative {
                        row,
                        column,
                        value: weight,
                    }));
                }
                if weight > 0.0 {
                    all.push(short(column), weight);
                }
                before = Some(column);
                at += 1;
            }
            all.end_row();
        }
        if at == entries {
            return Ok(());
        }
        Err(unsorted(name, first + rows).into())
    })
}

fn unsorted(name: &str, row: usize) -> PetscError {
    PetscError::Row {
        file: name.to_string(),
        row,
    }
}

/// So many whole numbers, none of them negative.
fn integers<R: Read>(file: &mut Reader<R>, count: usize) -> std::result::Result<Vec<usize>, Fault> {
    (0..count)
        .map(|_| Ok(file.integer()?.max(0).unsigned_abs() as usize))
        .collect()
}

/// Whether each edge stands in the rows of both ends, with one weight.
fn symmetric(rows: &Sparse) -> Result<()> {
    for row in 0..rows.starts.len() - 1 {
        for (column, value) in rows.row(row) {
            let range = rows.range(column);
            let found = rows.columns[range.clone()].binary_search(&short(row));
            let entry = found.ok().and_then(|at| rows.row(column).nth(at));
            let mirrored = entry.map_or(0.0, |(_, weight)| weight);
            if mirrored.to_bits() != value.to_bits() {
                return Err(Error::NotSymmetric {
                    row,
                    column,
                    value,
                    mirrored,
                });
            }
        }
    }
    Ok(())
}
