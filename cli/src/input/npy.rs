//! NumPy's `.npy`: one array of numbers, and a line of text that says how they lie.
//!
//! # Source
//! numpy.lib.format, "NEP 1 — A simple file format for NumPy arrays", versions 1.0 to 3.0.

use fiedler::ndarray::{Array2, ShapeBuilder};

const MAGIC: &[u8] = b"\x93NUMPY";

/// Whether this is such a file.
pub fn is(bytes: &[u8]) -> bool {
    bytes.starts_with(MAGIC)
}

/// What the line of text says.
#[derive(Debug, PartialEq)]
struct Header {
    kind: String,
    by_columns: bool,
    shape: (usize, usize),
}

/// The points, one a row; a vector is a single column.
pub fn read(bytes: &[u8]) -> Result<Array2<f64>, String> {
    let (text, data) = parts(bytes).ok_or("the .npy file ends within its header")?;
    let header = header(text)?;
    let (rows, columns) = header.shape;
    let (width, value) = reader(&header.kind)?;
    let count = rows.checked_mul(columns);
    let needed = count.and_then(|count| count.checked_mul(width));
    if needed != Some(data.len()) {
        return Err(format!(
            "the .npy file says {rows} x {columns} numbers of {width} bytes, but {} bytes follow; it was cut off, or is damaged",
            data.len()
        ));
    }
    let values = data.chunks_exact(width).map(value).collect();
    let shape = header.shape.set_f(header.by_columns);
    Array2::from_shape_vec(shape, values).map_err(|error| error.to_string())
}

/// The header's text, and what follows it.
fn parts(bytes: &[u8]) -> Option<(&str, &[u8])> {
    let length = |at: usize, width: usize| -> Option<usize> {
        let bytes = bytes.get(at..at + width)?;
        let digit =
            |sum: usize, (place, byte): (usize, &u8)| sum | usize::from(*byte) << (8 * place);
        Some(bytes.iter().enumerate().fold(0, digit))
    };
    let (begin, length): (usize, usize) = match bytes.get(6)? {
        1 => (10, length(8, 2)?),
        _ => (12, length(8, 4)?),
    };
    let text = std::str::from_utf8(bytes.get(begin..begin.checked_add(length)?)?).ok()?;
    Some((text, &bytes[begin + length..]))
}

/// `{'descr': '<f8', 'fortran_order': False, 'shape': (3, 2), }`
fn header(text: &str) -> Result<Header, String> {
    let after = |key: &str| {
        let quoted = format!("'{key}':");
        let rest = text.split_once(&quoted);
        rest.map(|(_, rest)| rest.trim_start())
            .ok_or(format!("the header of the .npy file has no {key}"))
    };
    let kind = after("descr")?
        .strip_prefix('\'')
        .and_then(|rest| rest.split('\'').next());
    let kind = kind.ok_or(
        "the .npy file holds records of several fields; save the columns as one array of numbers",
    )?;
    let by_columns = after("fortran_order")?.starts_with("True");
    let shape = after("shape")?
        .strip_prefix('(')
        .and_then(|rest| rest.split(')').next());
    let sides = shape
        .unwrap_or_default()
        .split(',')
        .map(str::trim)
        .filter(|side| !side.is_empty());
    let sides: Vec<usize> = sides
        .filter_map(|side| side.trim_end_matches('L').parse().ok())
        .collect();
    let shape = match sides[..] {
        [rows] => (rows, 1),
        [rows, columns] => (rows, columns),
        _ => {
            return Err(format!(
                "the .npy file holds an array of {} dimensions; points have two, one row a point",
                sides.len()
            ));
        }
    };
    Ok(Header {
        kind: kind.to_string(),
        by_columns,
        shape,
    })
}

/// How many bytes a number has, and how it is made of them.
type Reader = (usize, fn(&[u8]) -> f64);

/// The bytes of one number.
fn own<const N: usize>(bytes: &[u8]) -> [u8; N] {
    let mut own = [0; N];
    own.copy_from_slice(bytes);
    own
}

fn reader(kind: &str) -> Result<Reader, String> {
    Ok(match kind {
        "<f8" => (8, |b| f64::from_le_bytes(own(b))),
        ">f8" => (8, |b| f64::from_be_bytes(own(b))),
        "<f4" => (4, |b| f64::from(f32::from_le_bytes(own(b)))),
        ">f4" => (4, |b| f64::from(f32::from_be_bytes(own(b)))),
        "<i8" => (8, |b| i64::from_le_bytes(own(b)) as f64),
        ">i8" => (8, |b| i64::from_be_bytes(own(b)) as f64),
        "<i4" => (4, |b| f64::from(i32::from_le_bytes(own(b)))),
        "<i2" => (2, |b| f64::from(i16::from_le_bytes(own(b)))),
        "|i1" => (1, |b| f64::from(i8::from_le_bytes(own(b)))),
        "|u1" => (1, |b| f64::from(u8::from_le_bytes(own(b)))),
        _ => {
            return Err(format!(
                "the .npy file holds numbers of the type {kind}; save it by x.astype('float64')"
            ));
        }
    })
}
