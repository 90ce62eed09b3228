//! Arrays as what they are read off: a vector is a list, a matrix a list of its rows.

use ndarray::{Array, Axis, Dimension};
use serde::ser::{Serialize, SerializeSeq, Serializer};

/// An array as nested lists, for `serialize_with`.
pub(crate) fn nested<T: Serialize, D: Dimension, S: Serializer>(
    array: &Array<T, D>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    List(array.view().into_dyn()).serialize(serializer)
}

struct List<'a, T>(ndarray::ArrayViewD<'a, T>);

impl<T: Serialize> Serialize for List<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.0.ndim() == 0 {
            return self.0[[]].serialize(serializer);
        }
        let mut list = serializer.serialize_seq(Some(self.0.len_of(Axis(0))))?;
        for part in self.0.outer_iter() {
            list.serialize_element(&List(part))?;
        }
        list.end()
    }
}
