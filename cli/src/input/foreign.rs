//! Files that are something else, known by their first bytes, with the way to something that is read here.

/// What a file begins with, and what to do.
const KINDS: [(&[u8], &str); 12] = [
    (
        b"PAR1",
        "this is a Parquet file: save it as CSV, for instance by duckdb: COPY (FROM 'x.parquet') TO 'x.csv'",
    ),
    (
        b"PK\x03\x04",
        "this is a zip archive, as .xlsx, .ods and .npz are: save the sheet as CSV, or the array as .npy",
    ),
    (
        b"\x1f\x8b",
        "this is compressed by gzip: gunzip -c FILE | fiedler … -",
    ),
    (
        b"\xfd7zXZ",
        "this is compressed by xz: xz -dc FILE | fiedler … -",
    ),
    (
        b"\x28\xb5\x2f\xfd",
        "this is compressed by zstd: zstd -dc FILE | fiedler … -",
    ),
    (
        b"\x89HDF",
        "this is an HDF5 file: save the array as .npy or CSV",
    ),
    (b"ARROW1", "this is an Arrow file: save it as CSV"),
    (
        b"SQLite format 3",
        "this is a SQLite database: save the table as CSV",
    ),
    (
        b"\x89PNG",
        "this is a picture: `fiedler segment` cuts it into its parts",
    ),
    (
        b"\xff\xd8\xff",
        "this is a JPEG picture: save it as PNG, and `fiedler segment` cuts it into its parts",
    ),
    (
        b"%PDF",
        "this is a PDF document, and holds no table that could be read",
    ),
    (b"<!DOCTYPE", "this is a web page: save the table itself"),
];

/// Why such a file is refused.
pub fn refusal(bytes: &[u8]) -> Option<&'static str> {
    let kind = KINDS.iter().find(|(magic, _)| bytes.starts_with(magic));
    kind.map(|(_, words)| *words)
}
