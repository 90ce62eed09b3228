//! Step 8, points of other people's making: whatever holds them goes in, and needs no version of ours.
//!
//! # Definition
//! A point is a row of coordinates. [`Points`] is what can be read as a matrix of them, one point a row, in `f64`:
//!
//! | what you have | how it goes in | a copy |
//! |---|---|---|
//! | `Array2<f64>` in C order, ndarray's own | `&x` | none |
//! | `Array2` in any other layout, or of `f32` or integers | `&x` | one |
//! | a view or a part of an array | `&x.view()`, `&x.slice(s![.., 1..3])` | one |
//! | `Vec<Vec<f64>>`, `[[f64; 2]]`, `&[&[f64]]` | `&x` | one |
//! | a flat slice, row after row | [`flat`]`(&values, columns)?` | one |
//! | rows of any library or version | [`rows`]`(iterator)?` | one |
//! | columns of a data frame | [`columns`]`(iterator)?` | one |
//! | a dataset of linfa (feature `linfa`) | `&dataset` | as its records |
//!
//! # Must hold
//! All rows are equally long. That there is a point, a column and no NaN is looked at by whoever takes the points;
//! [`rows`] and [`columns`] look at once.
//!
//! # Known value
//! The rows of `[[0.0, 1.0], [2.0, 3.0]]` are the matrix with these rows.

use crate::error::{Error, Result};
use crate::guard;
use ndarray::{
    ArcArray2, Array2, ArrayBase, ArrayView2, ArrayViewMut2, CowArray, Data, Ix1, Ix2, RawData,
};
use std::borrow::Cow;

/// Points, one a row.
///
/// ```
/// use fiedler::{SpectralClustering, ndarray::array};
/// let estimator = SpectralClustering::new();
/// let matrix = array![[0.0, 0.0], [0.1, 0.0], [0.0, 0.1], [5.0, 5.0], [5.1, 5.0], [5.0, 5.1]];
/// let labels = estimator.fit(&matrix)?.labels;
///
/// let rows: Vec<Vec<f64>> = matrix.rows().into_iter().map(|row| row.to_vec()).collect();
/// assert_eq!(estimator.fit(&rows)?.labels, labels);
/// assert_eq!(estimator.fit(&matrix.view())?.labels, labels);
/// # Ok::<(), fiedler::Error>(())
/// ```
///
/// For a type of your own, implement [`Points::matrix`]; [`rows`] makes the matrix.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be read as points, one a row",
    note = "arrays and views of this crate's `ndarray`, `Vec<Vec<f64>>`, `[[f64; D]]` and linfa datasets can",
    note = "for rows of any other library, or of another version of ndarray: `fiedler::points::rows(x.rows())?`",
    note = "for numbers that f64 does not hold exactly: `x.mapv(|value| value as f64)`"
)]
pub trait Points {
    /// The matrix of the points in standard layout, borrowed where it lies so already.
    ///
    /// # Errors
    /// [`Error::Ragged`] where the rows are not equally long.
    fn matrix(&self) -> Result<Cow<'_, Array2<f64>>>;
}

/// A number that `f64` holds exactly, or a reference to one.
pub trait Number {
    /// The number.
    fn to_f64(&self) -> f64;
}

/// One point: its coordinates in order.
pub trait Row {
    /// The coordinates.
    fn coordinates(&self) -> impl Iterator<Item = f64>;
}

impl<P: Points + ?Sized> Points for &P {
    fn matrix(&self) -> Result<Cow<'_, Array2<f64>>> {
        (**self).matrix()
    }
}

impl<P: Points + ToOwned + ?Sized> Points for Cow<'_, P> {
    fn matrix(&self) -> Result<Cow<'_, Array2<f64>>> {
        (**self).matrix()
    }
}

impl Points for Array2<f64> {
    fn matrix(&self) -> Result<Cow<'_, Array2<f64>>> {
        Ok(guard::standard(self))
    }
}

/// Arrays that no matrix of ours can borrow from.
macro_rules! copied {
    ($($array:ty $(, $generic:ident)?;)*) => {$(
        impl $(<$generic: Number>)? Points for $array {
            fn matrix(&self) -> Result<Cow<'_, Array2<f64>>> {
                copy(self)
            }
        }
    )*};
}

copied! {
    ArrayView2<'_, N>, N;
    ArrayViewMut2<'_, N>, N;
    ArcArray2<N>, N;
    Array2<f32>;
    Array2<i8>;
    Array2<i16>;
    Array2<i32>;
    Array2<u8>;
    Array2<u16>;
    Array2<u32>;
}

impl<N: Number + Clone> Points for CowArray<'_, N, Ix2> {
    fn matrix(&self) -> Result<Cow<'_, Array2<f64>>> {
        copy(self)
    }
}

impl<R: Row> Points for [R] {
    fn matrix(&self) -> Result<Cow<'_, Array2<f64>>> {
        let rows = self.iter().map(Row::coordinates);
        table(rows, "row").map(Cow::Owned)
    }
}

impl<R: Row> Points for Vec<R> {
    fn matrix(&self) -> Result<Cow<'_, Array2<f64>>> {
        self[..].matrix()
    }
}

impl<R: Row, const N: usize> Points for [R; N] {
    fn matrix(&self) -> Result<Cow<'_, Array2<f64>>> {
        self[..].matrix()
    }
}

impl<N: Number> Row for [N] {
    fn coordinates(&self) -> impl Iterator<Item = f64> {
        self.iter().map(Number::to_f64)
    }
}

impl<N: Number> Row for Vec<N> {
    fn coordinates(&self) -> impl Iterator<Item = f64> {
        self[..].coordinates()
    }
}

impl<N: Number, const D: usize> Row for [N; D] {
    fn coordinates(&self) -> impl Iterator<Item = f64> {
        self[..].coordinates()
    }
}

impl<S: Data<Elem: Number>> Row for ArrayBase<S, Ix1> {
    fn coordinates(&self) -> impl Iterator<Item = f64> {
        self.iter().map(Number::to_f64)
    }
}

impl<R: Row + ?Sized> Row for &R {
    fn coordinates(&self) -> impl Iterator<Item = f64> {
        (**self).coordinates()
    }
}

macro_rules! numbers {
    ($($number:ty)*) => {$(
        impl Number for $number {
            fn to_f64(&self) -> f64 {
                (*self).into()
            }
        }
    )*};
}

numbers! { f64 f32 i8 i16 i32 u8 u16 u32 }

impl<N: Number + ?Sized> Number for &N {
    fn to_f64(&self) -> f64 {
        (**self).to_f64()
    }
}

/// The matrix of any iterator of rows: those of another version of ndarray, of nalgebra or faer, of a reader of your own.
///
/// ```
/// use fiedler::{ndarray::array, points};
/// let text = "0 1\n2 3\n";
/// let numbers = |line: &'static str| line.split(' ').map(|number| number.parse::<f64>().unwrap());
/// assert_eq!(points::rows(text.lines().map(numbers))?, array![[0., 1.], [2., 3.]]);
/// # Ok::<(), fiedler::Error>(())
/// ```
///
/// One pass; memory for the matrix.
///
/// # Errors
/// [`Error::NoPoints`], [`Error::NoColumns`], [`Error::NotFinite`]; [`Error::Ragged`] where a row is longer or shorter
/// than the first.
pub fn rows<R>(rows: impl IntoIterator<Item = R>) -> Result<Array2<f64>>
where
    R: IntoIterator<Item: Number>,
{
    let x = table(rows.into_iter().map(numbers), "row")?;
    guard::points(&x, 1)?;
    Ok(x)
}

/// The matrix of any iterator of columns, as data frames have them.
///
/// ```
/// use fiedler::{ndarray::array, points};
/// let (lengths, widths) = (vec![0.0, 2.0, 4.0], vec![1.0, 3.0, 5.0]);
/// assert_eq!(points::columns([&lengths, &widths])?, array![[0., 1.], [2., 3.], [4., 5.]]);
/// # Ok::<(), fiedler::Error>(())
/// ```
///
/// One pass, and a copy that lays the rows one behind the other.
///
/// # Errors
/// As [`rows`]; [`Error::Ragged`] where a column is longer or shorter than the first.
pub fn columns<C>(columns: impl IntoIterator<Item = C>) -> Result<Array2<f64>>
where
    C: IntoIterator<Item: Number>,
{
    let x = table(columns.into_iter().map(numbers), "column")?;
    let x = guard::into_standard(x.reversed_axes());
    if x.ncols() == 0 {
        return Err(Error::NoColumns);
    }
    guard::points(&x, 1)?;
    Ok(x)
}

/// A flat slice, row after row, read as a matrix of so many columns, without a copy.
///
/// ```
/// use fiedler::{ndarray::array, points};
/// assert_eq!(points::flat(&[0., 1., 2., 3.], 2)?, array![[0., 1.], [2., 3.]]);
/// # Ok::<(), fiedler::Error>(())
/// ```
///
/// # Errors
/// [`Error::NoColumns`]; [`Error::Flat`] where the slice does not end with a row.
pub fn flat<N: Number>(values: &[N], columns: usize) -> Result<ArrayView2<'_, N>> {
    if columns == 0 {
        return Err(Error::NoColumns);
    }
    let whole = ArrayView2::from_shape((values.len() / columns, columns), values);
    let found = values.len();
    let whole = whole.ok().filter(|x| x.len() == found);
    whole.ok_or(Error::Flat { found, columns })
}

fn numbers<L: IntoIterator<Item: Number>>(line: L) -> impl Iterator<Item = f64> {
    line.into_iter().map(|number| number.to_f64())
}

/// Lines that are equally long; `what` a line is, for the error.
fn table<L>(lines: impl Iterator<Item = L>, what: &'static str) -> Result<Array2<f64>>
where
    L: Iterator<Item = f64>,
{
    let (mut values, mut count, mut wanted) = (Vec::new(), 0, 0);
    for (index, line) in lines.enumerate() {
        let before = values.len();
        values.extend(line);
        let found = values.len() - before;
        if index == 0 {
            wanted = found;
        }
        if found != wanted {
            return Err(Error::Ragged {
                what,
                index,
                found,
                wanted,
            });
        }
        count += 1;
    }
    let table = Array2::from_shape_vec((count, wanted), values);
    // As many values as lines times their length: each was counted.
    table.map_err(|_| Error::NoPoints)
}

/// The numbers in standard layout.
fn copy<S>(x: &ArrayBase<S, Ix2>) -> Result<Cow<'_, Array2<f64>>>
where
    S: Data + RawData<Elem: Number>,
{
    let values = x.iter().map(Number::to_f64).collect();
    let copy = Array2::from_shape_vec(x.dim(), values);
    copy.map(Cow::Owned).map_err(|_| Error::NoPoints)
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;

    #[test]
    fn known_value() {
        let wanted = array![[0.0, 1.0], [2.0, 3.0]];
        assert_eq!(*[[0.0, 1.0], [2.0, 3.0]].matrix().unwrap(), wanted);
        assert!(matches!(wanted.matrix(), Ok(Cow::Borrowed(_))));
    }
}
