//! PETSc's binary files, written row by row and read number by number.
//!
//! # Definition
//! Big-endian: a class, sizes (i32), then the numbers (i32 or f64), one after the other.
//!
//! # Known value
//! The vector (1) is the bytes 00 12 7b 4e, 00 00 00 01, 3f f0 00 00 00 00 00 00.

use super::{PetscError, Row};
use crate::engine::order::short;
use crate::error::Error;
use std::io::{self, Read, Write};
use std::ops::Range;

/// PETSc's numbers of what a file holds.
pub(super) const MATRIX: i32 = 1_211_216;
pub(super) const VECTOR: i32 = 1_211_214;
pub(super) const INDICES: i32 = 1_211_218;

/// A number as PETSc stores it where it counts in 32 bits. What is larger was refused before.
pub(super) fn stored(number: usize) -> i32 {
    i32::try_from(number).expect("at most 2^31 - 1 of anything")
}

/// Rows of a matrix, in the order in which they are written.
pub(super) struct Rows<F> {
    /// The numbers of the rows.
    pub(super) numbers: Range<usize>,
    /// The number of columns.
    pub(super) columns: usize,
    /// Appends the entries of a row, ascending by column.
    pub(super) fill: F,
}

impl<F: Fn(usize, &mut Row)> Rows<F> {
    /// Calls `each` with every row, which has an entry on the diagonal, 0 where there was none.
    fn each(&self, mut each: impl FnMut(&Row) -> io::Result<()>) -> io::Result<()> {
        let mut row = Row::new();
        for i in self.numbers.clone() {
            row.clear();
            (self.fill)(i, &mut row);
            let diagonal = short(i);
            if let Err(at) = row.binary_search_by_key(&diagonal, |&(column, _)| column) {
                row.insert(at, (diagonal, 0.0));
            }
            each(&row)?;
        }
        Ok(())
    }

    /// The number of entries.
    pub(super) fn entries(&self) -> usize {
        let mut entries = 0;
        let counted = self.each(|row| {
            entries += row.len();
            Ok(())
        });
        counted.map_or(0, |()| entries)
    }

    /// Writes them: a pass for the lengths, one for the columns, one for the weights.
    pub(super) fn write(&self, entries: usize, file: &mut impl Write) -> io::Result<()> {
        let sizes = [self.numbers.len(), self.columns, entries];
        integers(file, [MATRIX].into_iter().chain(sizes.map(stored)))?;
        self.each(|row| integers(file, [stored(row.len())]))?;
        self.each(|row| {
            let columns = row.iter().map(|&(column, _)| stored(column as usize));
            integers(file, columns)
        })?;
        self.each(|row| numbers(file, row.iter().map(|&(_, weight)| weight)))
    }
}

/// Writes whole numbers.
pub(super) fn integers(
    file: &mut impl Write,
    list: impl IntoIterator<Item = i32>,
) -> io::Result<()> {
    let mut list = list.into_iter();
    list.try_for_each(|number| file.write_all(&number.to_be_bytes()))
}

/// Writes numbers.
pub(super) fn numbers(
    file: &mut impl Write,
    list: impl IntoIterator<Item = f64>,
) -> io::Result<()> {
    let mut list = list.into_iter();
    list.try_for_each(|number| file.write_all(&number.to_be_bytes()))
}

/// A file that is read from its beginning.
pub(super) struct Reader<R> {
    pub(super) file: R,
    pub(super) name: String,
    /// Its length in bytes, and how many of them were read.
    pub(super) length: u64,
    pub(super) read: u64,
}

/// What reading ends with: the system's word, or ours.
pub(super) enum Fault {
    System(io::Error),
    Ours(PetscError),
    /// A weight that no graph has.
    Value(Error),
}

impl From<PetscError> for Fault {
    fn from(error: PetscError) -> Self {
        Self::Ours(error)
    }
}

impl<R: Read> Reader<R> {
    /// Whether all of it was read.
    pub(super) fn is_at_end(&self) -> bool {
        self.read >= self.length
    }

    /// The size in the header of a list, all of whose numbers, of so many bytes each, are there.
    pub(super) fn header(
        &mut self,
        what: &'static str,
        class: i32,
        bytes: u64,
    ) -> Result<usize, Fault> {
        let [size] = self.sizes(what, class)?;
        self.room(size as u64 * bytes)?;
        Ok(size)
    }

    /// The class and the sizes behind it; what is negative is none.
    pub(super) fn sizes<const SIZES: usize>(
        &mut self,
        what: &'static str,
        class: i32,
    ) -> Result<[usize; SIZES], Fault> {
        self.room(4 + 4 * SIZES as u64)?;
        let found = self.integer()?;
        if found != class {
            return Err(Fault::Ours(PetscError::Class {
                file: self.name.clone(),
                what,
                wanted: class,
                found,
            }));
        }
        let mut sizes = [0; SIZES];
        for size in &mut sizes {
            *size = self.integer()?.max(0).unsigned_abs() as usize;
        }
        Ok(sizes)
    }

    /// The next whole number.
    pub(super) fn integer(&mut self) -> Result<i32, Fault> {
        Ok(i32::from_be_bytes(self.next()?))
    }

    /// The next number, which is finite.
    pub(super) fn number(&mut self, index: usize) -> Result<f64, Fault> {
        let value = f64::from_be_bytes(self.next()?);
        if value.is_finite() {
            return Ok(value);
        }
        let file = self.name.clone();
        Err(Fault::Ours(PetscError::NotFinite { file, index, value }))
    }

    /// Whether so many bytes are still there.
    pub(super) fn room(&self, bytes: u64) -> Result<(), Fault> {
        let wanted = self.read + bytes;
        if wanted <= self.length {
            return Ok(());
        }
        Err(Fault::Ours(PetscError::Truncated {
            file: self.name.clone(),
            found: self.length,
            wanted,
        }))
    }

    fn next<const BYTES: usize>(&mut self) -> Result<[u8; BYTES], Fault> {
        let mut bytes = [0; BYTES];
        self.file.read_exact(&mut bytes).map_err(Fault::System)?;
        self.read += BYTES as u64;
        Ok(bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_value() {
        let mut bytes = Vec::new();
        integers(&mut bytes, [VECTOR, 1]).unwrap();
        numbers(&mut bytes, [1.0]).unwrap();
        let wanted = [
            0, 0x12, 0x7b, 0x4e, 0, 0, 0, 1, 0x3f, 0xf0, 0, 0, 0, 0, 0, 0,
        ];
        assert_eq!(bytes, wanted);
    }

    #[test]
    fn a_row_has_its_diagonal_once_and_in_its_place() {
        let rows = Rows {
            numbers: 0..2,
            columns: 3,
            fill: |i: usize, row: &mut Row| match i {
                0 => row.extend([(0, 2.0), (2, 1.0)]),
                _ => row.extend([(0, 0.5), (2, 1.0)]),
            },
        };
        assert_eq!(rows.entries(), 5);
        let mut bytes = Vec::new();
        rows.write(5, &mut bytes).unwrap();
        let mut wanted = Vec::new();
        integers(&mut wanted, [MATRIX, 2, 3, 5, 2, 3, 0, 2, 0, 1, 2]).unwrap();
        numbers(&mut wanted, [2.0, 1.0, 0.5, 0.0, 1.0]).unwrap();
        assert_eq!(bytes, wanted);
    }
}
