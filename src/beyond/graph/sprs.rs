//! A graph from a sparse matrix of the crate `sprs`; the feature `sprs`.

use super::Graph;
use crate::error::{Error, Result};
use sprs::{CsMatBase, SpIndex};
use std::ops::Deref;

/// Of a symmetric matrix, in compressed rows or columns, owned or a view.
///
/// ```
/// use fiedler::Graph;
/// let mut entries = sprs::TriMat::new((2, 2));
/// entries.add_triplet(0, 1, 0.5);
/// entries.add_triplet(1, 0, 0.5);
/// let matrix: sprs::CsMat<f64> = entries.to_csr();
/// assert_eq!(Graph::try_from(&matrix)?, Graph::from_edges(2, &[(0, 1, 0.5)])?);
/// # Ok::<(), fiedler::Error>(())
/// ```
///
/// # Errors
/// [`Error::NotSquare`]; as [`Graph::from_triplets`].
impl<I, P, S, C, D> TryFrom<&CsMatBase<f64, I, S, C, D, P>> for Graph
where
    I: SpIndex,
    P: SpIndex,
    S: Deref<Target = [P]>,
    C: Deref<Target = [I]>,
    D: Deref<Target = [f64]>,
{
    type Error = Error;

    fn try_from(matrix: &CsMatBase<f64, I, S, C, D, P>) -> Result<Self> {
        let (rows, columns) = matrix.shape();
        if rows != columns {
            return Err(Error::NotSquare { rows, columns });
        }
        let entries = matrix.iter();
        let entries = entries.map(|(&value, (i, j))| (i.index(), j.index(), value));
        Self::from_entries(rows, entries)
    }
}
