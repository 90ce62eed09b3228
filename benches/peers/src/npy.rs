//! NumPy's file format, as far as both sides need it: f64 and u32, one or two dimensions, C order.

use std::fs::File;
use std::io::{BufReader, BufWriter, Error, ErrorKind, Read, Result, Write};
use std::path::Path;

/// A number that both sides know.
pub trait Number: Copy {
    const NAME: &'static str;
    const SIZE: usize;
    fn put(self, bytes: &mut [u8]);
    fn take(bytes: &[u8]) -> Self;
}

macro_rules! number {
    ($type:ty, $name:literal, $size:literal) => {
        impl Number for $type {
            const NAME: &'static str = $name;
            const SIZE: usize = $size;
            fn put(self, bytes: &mut [u8]) {
                bytes.copy_from_slice(&self.to_le_bytes());
            }
            fn take(bytes: &[u8]) -> Self {
                let mut own = [0; $size];
                own.copy_from_slice(bytes);
                Self::from_le_bytes(own)
            }
        }
    };
}
number!(f64, "<f8", 8);
number!(u32, "<u4", 4);

/// Writes `values` of this shape: (n, 0) is one dimension.
pub fn write<T: Number>(
    path: &Path,
    values: impl Iterator<Item = T>,
    (rows, columns): (usize, usize),
) -> Result<()> {
    let shape = match columns {
        0 => format!("({rows},)"),
        _ => format!("({rows}, {columns})"),
    };
    let mut header = format!(
        "{{'descr': '{}', 'fortran_order': False, 'shape': {shape}, }}",
        T::NAME
    );
    // Magic, version, length and header fill a multiple of 64 bytes.
    while (10 + header.len() + 1) % 64 != 0 {
        header.push(' ');
    }
    header.push('\n');
    let length = u16::try_from(header.len()).map_err(Error::other)?;
    let mut file = BufWriter::new(File::create(path)?);
    file.write_all(b"\x93NUMPY\x01\x00")?;
    file.write_all(&length.to_le_bytes())?;
    file.write_all(header.as_bytes())?;
    let mut bytes = vec![0; T::SIZE];
    for value in values {
        value.put(&mut bytes);
        file.write_all(&bytes)?;
    }
    file.flush()
}

/// Reads such a file: the values and the shape, (n, 0) for one dimension.
pub fn read<T: Number>(path: &Path) -> Result<(Vec<T>, (usize, usize))> {
    let wrong = |what: &str| {
        Error::new(
            ErrorKind::InvalidData,
            format!("{}: {what}", path.display()),
        )
    };
    let mut file = BufReader::new(File::open(path)?);
    let mut start = [0; 10];
    file.read_exact(&mut start)?;
    if !start.starts_with(b"\x93NUMPY\x01") {
        return Err(wrong("not a .npy file of version 1"));
    }
    let mut header = vec![0; usize::from(u16::from_le_bytes([start[8], start[9]]))];
    file.read_exact(&mut header)?;
    let header = String::from_utf8_lossy(&header);
    if !header.contains(T::NAME) || header.contains("True") {
        return Err(wrong("another type of number, or Fortran order"));
    }
    let shape = header
        .split_once("'shape': (")
        .and_then(|(_, rest)| rest.split_once(')'))
        .ok_or_else(|| wrong("no shape"))?
        .0;
    let sizes: Vec<usize> = shape
        .split(',')
        .filter_map(|size| size.trim().parse().ok())
        .collect();
    let (rows, columns) = match sizes[..] {
        [rows] => (rows, 0),
        [rows, columns] => (rows, columns),
        _ => return Err(wrong("neither one dimension nor two")),
    };
    let count = rows * columns.max(1);
    let mut values = Vec::with_capacity(count);
    let mut bytes = vec![0; T::SIZE];
    for _ in 0..count {
        file.read_exact(&mut bytes)?;
        values.push(T::take(&bytes));
    }
    Ok((values, (rows, columns)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_again() {
        let path = std::env::temp_dir().join(format!("peers_{}.npy", std::process::id()));
        write(&path, [1.5, -2.0, 0.0, 4.0, 5.0, 6.0].into_iter(), (3, 2)).unwrap();
        assert_eq!(
            read::<f64>(&path).unwrap(),
            (vec![1.5, -2.0, 0.0, 4.0, 5.0, 6.0], (3, 2))
        );
        assert!(read::<u32>(&path).is_err());
        write(&path, [7_u32, 8].into_iter(), (2, 0)).unwrap();
        assert_eq!(read::<u32>(&path).unwrap(), (vec![7, 8], (2, 0)));
        std::fs::remove_file(path).unwrap();
    }
}
