//! A graph as files that PETSc reads, and the eigenpairs that SLEPc finds for it: past one machine.
//!
//! # Definition
//! A folder, every number in it big-endian as PETSc writes it:
//!
//! | file | what it is |
//! |---|---|
//! | `matrix.petsc` | A: the class 1211216, rows, columns, entries, the length of each row, the columns (i32), the weights (f64) |
//! | `degrees.petsc` | d, a vector: 1211214, n, n numbers (f64) |
//! | `order.petsc` | row i is the vertex that stands at place i: an index set, 1211218, n, n numbers (i32) |
//! | `components.petsc` | where there are several, the component of each row, an index set |
//! | `fiedler.txt` | the manifest: format and version, then `vertices`, `entries`, `components`, `shards`; it is finished last |
//! | `values.petsc`, `vectors.petsc` | what the solver adds: the values, one vector; w = D^½z of each, one vector after the other |
//!
//! It is A, not D^-½AD^-½: the usual weights 1 and ½ stay as they are, and a shard, which knows A but not the degrees of
//! points at its border, writes its rows too. Three lines of the solver (`scale/solve.py`) make D^-½(D − A)D^-½ of it in
//! place; for that each row has an entry on the diagonal, though it be 0.
//!
//! The rows stand along the curve that the points stand on, or in the order of a walk through the graph where it has no
//! points: ranks take consecutive rows, so that few neighbours live with another rank.
//!
//! | beyond | what happens |
//! |---|---|
//! | more than 2³¹ − 1 rows or entries | [`PetscError::TooMany`]: with the usual ten neighbours in the plane at 1.7·10⁸ points; shards have a file each, and 2³¹ − 1 rows in all |
//! | a graph larger than memory | [`Shard`]: each rank builds its own rows |
//!
//! # Must hold
//! No vertex is isolated: D has an inverse. Eigenpairs that come back are looked at as if nobody had promised anything.
//!
//! # Known value
//! The path of three vertices takes 16 + 3·4 + 7·12 = 112 bytes: 4 entries for its edges, 3 on the diagonal.
//!
//! # Source
//! PETSc/TAO Users Manual, Argonne National Laboratory, MatLoad and VecLoad, for the format; V. Hernandez, J. E. Roman &
//! V. Vidal, "SLEPc: a scalable and flexible toolkit for the solution of eigenvalue problems", ACM Transactions on
//! Mathematical Software 31 (2005), 351–362.

mod folder;
mod format;
mod matrix;
mod read;
mod shard;
mod together;

pub use crate::error::PetscError;
pub use shard::{Shard, ShardRows, shards};
pub use together::put_together;

use super::Graph;
use crate::engine::order::{Order, short};
use crate::engine::sparse::Edges;
use crate::error::Result;
use crate::guard;
use folder::{Folder, MANIFEST, Manifest, file_of};
use format::Rows;
use std::path::Path;

/// What is to be done where a file of the graph is missing.
const WRITE: &str = "write the graph again";

/// One row: columns ascending, and their weights.
type Row = Vec<(u32, f64)>;

impl Graph {
    /// Writes the graph into a folder as PETSc reads it (see [`petsc`](self)), for a solver on many machines. The folder is
    /// made where there is none; one that holds an earlier graph is written anew, and one that holds anything else is left
    /// alone. [`Eigenpairs::read_petsc`](crate::Eigenpairs::read_petsc) reads what the solver finds.
    ///
    /// Takes O(m log m/n) time for m entries, in three passes, and the memory of one row beside the graph.
    ///
    /// ```
    /// use fiedler::Graph;
    /// let path = Graph::from_edges(3, &[(0, 1, 1.0), (1, 2, 1.0)])?;
    /// let folder = std::env::temp_dir().join(format!("fiedler-doc-{}", std::process::id()));
    /// path.write_petsc(&folder)?;
    /// let bytes = std::fs::metadata(folder.join("matrix.petsc")).unwrap().len();
    /// assert_eq!(bytes, 16 + 3 * 4 + 7 * 12);
    /// # std::fs::remove_dir_all(&folder).unwrap();
    /// # Ok::<(), fiedler::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`crate::Error::IsolatedPoints`], [`crate::Error::NoEdges`]; [`crate::Error::Petsc`] with [`PetscError::TooMany`] or
    /// [`PetscError::Foreign`]; [`crate::Error::File`] where the system refuses, as on a full disk: then the manifest stays
    /// unfinished, and nobody takes the rest for a graph.
    pub fn write_petsc(&self, folder: impl AsRef<Path>) -> Result<()> {
        guard::no_isolated_points(self.degrees())?;
        let pieces = self.pieces();
        let order = &*pieces.order;
        let n = self.vertex_count();
        let rows = Rows {
            numbers: 0..n,
            columns: n,
            fill: |place: usize, row: &mut Row| row_at(self.edges(), order, place, row),
        };
        let entries = rows.entries();
        let folder = Folder::new(folder.as_ref());
        folder.refuse_more("rows", n)?;
        folder.refuse_more("entries", entries)?;
        folder.claim(MANIFEST)?;
        folder.matrix(&file_of("matrix", None), entries, &rows)?;
        let degrees = order.vertices().iter();
        let degrees = degrees.map(|&vertex| self.degrees()[vertex as usize]);
        folder.vector(&file_of("degrees", None), degrees)?;
        folder.indices("order.petsc", order.vertices().iter().copied())?;
        if pieces.count > 1 {
            let labels = order.vertices().iter();
            let labels = labels.map(|&vertex| short(pieces.labels[vertex as usize]));
            folder.indices("components.petsc", labels)?;
        }
        let manifest = Manifest {
            vertices: n,
            entries,
            components: Some(pieces.count),
            shards: 0,
        };
        manifest.write(&folder)
    }
}

/// The row of the vertex at this place, its columns by place.
fn row_at(edges: Edges<'_>, order: &Order, place: usize, row: &mut Row) {
    if let Edges::AlongCurve(curve) = edges {
        return curve
            .rows
            .each(place, |other, weight| row.push((short(other), weight)));
    }
    edges.each_edge(order.vertex(place), |j, weight| {
        row.push((short(order.place(j)), weight));
    });
    row.sort_unstable_by_key(|&(column, _)| column);
}
