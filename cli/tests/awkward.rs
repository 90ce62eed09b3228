//! Files as people have them, each with its right outcome: the labels of what can be read in one way, and for all else
//! a message that names the place and what to do.

mod support;

use support::Folder;

/// What must come of a file.
enum Outcome {
    /// So many points are clustered.
    Points(usize),
    /// It is refused with exit code 1, and the message holds all of these.
    Says(&'static [&'static str]),
}

use Outcome::{Points, Says};

/// A name, the bytes, the options, and what must come of it.
type Row = (&'static str, &'static [u8], &'static str, Outcome);

const TABLES: &[Row] = &[
    ("plain", b"0.5,0\n0.5,1\n9.5,9\n9.5,8\n", "", Points(4)),
    ("header", b"x,y\n0,0\n0,1\n9,9\n9,8\n", "", Points(4)),
    ("semicolons", b"x;y\n0;0\n0;1\n9;9\n9;8\n", "", Points(4)),
    ("tabs", b"x\ty\n0\t0\n0\t1\n9\t9\n9\t8\n", "", Points(4)),
    ("bars", b"0|0\n0|1\n9|9\n9|8\n", "", Points(4)),
    (
        "spaces of any number",
        b"0  0\n 0 1\n9   9\n9 8 \n",
        "",
        Points(4),
    ),
    (
        "no line end at the end",
        b"0.5,0\n0.5,1\n9.5,9\n9.5,8",
        "",
        Points(4),
    ),
    (
        "CRLF",
        b"x,y\r\n0,0\r\n0,1\r\n9,9\r\n9,8\r\n",
        "",
        Points(4),
    ),
    (
        "old Macintosh line ends",
        b"0.5,0\r0.5,1\r9.5,9\r9.5,8\r",
        "",
        Points(4),
    ),
    (
        "byte order mark",
        b"\xef\xbb\xbfx,y\n0,0\n0,1\n9,9\n9,8\n",
        "",
        Points(4),
    ),
    (
        "remarks and blank lines",
        b"# made by hand\n\n0.5,0\n0.5,1\n\n# far away\n9.5,9\n9.5,8\n",
        "",
        Points(4),
    ),
    (
        "quotation marks",
        b"\"x\",\"y\"\n\"0\",\"0\"\n\"0\",\"1\"\n\"9\",\"9\"\n\"9\",\"8\"\n",
        "",
        Points(4),
    ),
    (
        "a name with a comma",
        b"\"x, cm\",y\n0,0\n0,1\n9,9\n9,8\n",
        "",
        Points(4),
    ),
    (
        "decimal commas between semicolons",
        b"x;y\n0,5;0\n0,5;1\n9,5;9\n9,5;8\n",
        "",
        Points(4),
    ),
    (
        "decimal commas that are said",
        b"0,5\n1,25\n9,5\n9,75\n",
        "--decimal comma",
        Points(4),
    ),
    (
        "commas that are said to separate",
        b"0,5\n1,25\n9,5\n9,75\n",
        "--delimiter comma",
        Points(4),
    ),
    (
        "exponents",
        b"1e-3,0\n1E0,1\n9e0,9\n9.5e+0,8\n",
        "",
        Points(4),
    ),
    (
        "an id by name",
        b"who,x,y\nann,0,0\nbob,0,1\ncyd,9,9\ndan,9,8\n",
        "--id who",
        Points(4),
    ),
    (
        "an id by number without a header",
        b"ann,0.5,0\nbob,0,1\ncyd,9,9\ndan,9,8\n",
        "--id 1",
        Points(4),
    ),
    (
        "classes by name",
        b"x,y,kind\n0,0,a\n0,1,a\n9,9,b\n9,8,b\n",
        "--label kind",
        Points(4),
    ),
    (
        "classes that are numbers",
        b"x,y,kind\n0,0,1\n0,1,1\n9,9,2\n9,8,2\n",
        "--truth kind",
        Points(4),
    ),
    (
        "chosen columns",
        b"who,x,note,y\na,0,?,0\nb,0,,1\nc,9,hm,9\nd,9,7,8\n",
        "--columns x,y",
        Points(4),
    ),
    (
        "missing values left out",
        b"x,y\n0,0\n0,1\nNA,5\n9,9\n9,8\n5,\n",
        "--missing drop",
        Points(4),
    ),
    (
        "missing values filled",
        b"x,y\n0,0\n0,\n9,9\n9,8\n",
        "--missing mean",
        Points(4),
    ),
    (
        "standardised",
        b"x,y\n0,0\n0,1000\n9,9000\n9,8000\n",
        "--standardize",
        Points(4),
    ),
    (
        "a constant column, standardised",
        b"x,y\n0,7\n1,7\n8,7\n9,7\n",
        "--standardize",
        Points(4),
    ),
    ("one column", b"0\n1\n8\n9\n", "", Points(4)),
    (
        "years as names that are said",
        b"2019,2020\n0.5,0\n0.1,1\n9.5,9\n9.1,8\n",
        "--header yes",
        Points(4),
    ),
    ("empty", b"", "", Says(&["0 points"])),
    ("a header alone", b"x,y\n", "", Says(&["0 points"])),
    ("one point", b"1.5,2\n", "", Says(&["only one point"])),
    (
        "equal points",
        b"x,y\n3,3\n3,3\n3,3\n",
        "",
        Says(&["all 3 points are equal"]),
    ),
    (
        "a word among numbers",
        b"x,y\n0,0\n0,one\n9,9\n",
        "",
        Says(&["line 3", "field 2", "\"one\""]),
    ),
    (
        "a column of words",
        b"x,y,kind\n0,0,a\n9,9,b\n",
        "",
        Says(&["line 2", "field 3", "\"kind\"", "--label kind", "--id kind"]),
    ),
    (
        "a first line of both",
        b"a,0,0\nb,9,9\n",
        "",
        Says(&["line 1", "field 1", "--id 1"]),
    ),
    (
        "a missing value",
        b"x,y\n0,0\n0,\n9,9\n",
        "",
        Says(&["line 3", "field 2", "--missing drop", "--missing mean"]),
    ),
    (
        "a short line",
        b"0.5,0\n0\n9,9\n",
        "",
        Says(&["line 2", "1 fields"]),
    ),
    (
        "an ambiguous comma",
        b"0,5\n1,25\n",
        "",
        Says(&["line 1", "--delimiter comma", "--decimal comma"]),
    ),
    (
        "names or a point",
        b"2019,2020\n5.5,7\n8,3.25\n",
        "",
        Says(&["--header yes", "--header no"]),
    ),
    (
        "an open quotation mark",
        b"0.5,0\n\"0,1\n9,9\n",
        "",
        Says(&["line 2", "quotation mark"]),
    ),
    (
        "infinity",
        b"0.5,0\n0,inf\n9,9\n",
        "",
        Says(&["line 2", "field 2", "\"inf\""]),
    ),
    (
        "beyond f64",
        b"0.5,0\n0,1e999\n9,9\n",
        "",
        Says(&["line 2", "field 2", "1e999"]),
    ),
    (
        "a column that is not there",
        b"x,y\n0,0\n9,9\n",
        "--label kind",
        Says(&["\"kind\"", "x, y"]),
    ),
    (
        "a name without a header",
        b"0,0\n9,9\n",
        "--label kind",
        Says(&["\"kind\"", "1 to 2"]),
    ),
    (
        "two columns of one name",
        b"x,x\n0,0\n9,9\n",
        "--columns x",
        Says(&["two columns", "number"]),
    ),
    (
        "nothing but missing values",
        b"x,y\n0,\n9,\n",
        "--missing mean",
        Says(&["field 2", "missing in every line"]),
    ),
    (
        "every line has a gap",
        b"x,y\n0,\n,9\n",
        "--missing drop",
        Says(&["0 points"]),
    ),
    (
        "Latin 1",
        b"l\xe4nge,y\n0,0\n9,9\n",
        "",
        Says(&["line 1", "UTF-8"]),
    ),
    (
        "UTF-16",
        b"\xff\xfex\0,\0y\0\n\0",
        "",
        Says(&["UTF-16", "UTF-8"]),
    ),
    (
        "Parquet",
        b"PAR1\x15\x04\x15",
        "",
        Says(&["Parquet", "CSV"]),
    ),
    ("Excel", b"PK\x03\x04\x14\0", "", Says(&["xlsx", "CSV"])),
    ("gzip", b"\x1f\x8b\x08\0", "", Says(&["gunzip"])),
    (
        "a picture",
        b"\x89PNG\r\n\x1a\n",
        "",
        Says(&["fiedler segment"]),
    ),
    (
        "NumPy, cut off",
        b"\x93NUMPY\x01\0",
        "",
        Says(&[".npy", "header"]),
    ),
    (
        "grouped digits",
        b"1;1\n1.234,56;2\n9;9\n",
        "",
        Says(&["line 2", "groups its digits"]),
    ),
];

const GRAPHS: &[Row] = &[
    (
        "names",
        b"ann bob\nbob cyd\ncyd ann\ncyd dan\ndan eve\neve fay\nfay dan\n",
        "",
        Points(6),
    ),
    (
        "names and weights",
        b"ann,bob,2\nbob,cyd,1.5\ncyd,ann,1\ncyd,dan,0.1\ndan,eve,1\neve,fay,1\nfay,dan,1\n",
        "",
        Points(6),
    ),
    (
        "names with blanks between tabs",
        b"ann lee\tbob\nbob\tcyd\ncyd\tann lee\ncyd\tdan\ndan\teve\neve\tfay\nfay\tdan\n",
        "",
        Points(6),
    ),
    (
        "an edge both ways, summed",
        b"a b\nb a\nb c\nc d\n",
        "--sum-duplicates",
        Points(4),
    ),
    (
        "an edge both ways",
        b"a b\nb a\nb c\n",
        "",
        Says(&["line 2", "--sum-duplicates"]),
    ),
    (
        "weight 0, dropped",
        b"a b 1\nb c 1\nc d 1\na d 0\n",
        "--drop-zero-weights",
        Points(4),
    ),
    (
        "weight 0",
        b"a b 1\nb c 0\n",
        "",
        Says(&["line 2", "--drop-zero-weights"]),
    ),
    (
        "a negative weight",
        b"a b 1\nb c -1\n",
        "",
        Says(&["line 2", "-1"]),
    ),
    (
        "the largest piece",
        b"a b\nb c\nc d\nx y\n",
        "--largest-component",
        Points(4),
    ),
    ("a single name", b"a b\nc\n", "", Says(&["line 2"])),
    ("nothing", b"", "", Says(&[""])),
];

#[test]
fn every_awkward_table_has_its_right_outcome() {
    assert!(TABLES.len() + GRAPHS.len() > 60);
    each(TABLES, "cluster file.csv -k 2 --labels out.csv");
}

#[test]
fn every_awkward_graph_has_its_right_outcome() {
    each(GRAPHS, "cluster file.csv --edges -k 2 --labels out.csv");
}

fn each(rows: &[Row], words: &str) {
    for (at, (name, bytes, options, outcome)) in rows.iter().enumerate() {
        let folder = Folder::new(&format!("awkward-{}-{at}", rows.len()));
        folder.write("file.csv", bytes);
        let run = folder.run(&format!("{words} {options}"));
        match outcome {
            Points(count) => {
                assert_eq!(run.code, 0, "{name}: {}", run.stderr);
                let labels = folder.read("out.csv");
                assert_eq!(labels.lines().count(), count + 1, "{name}: {labels}");
            }
            Says(parts) => {
                assert_eq!(run.code, 1, "{name}: {run:?}");
                assert_eq!(run.stdout, "", "{name}");
                assert!(run.stderr.starts_with("error: "), "{name}: {}", run.stderr);
                for part in *parts {
                    assert!(
                        run.stderr.contains(part),
                        "{name}: no {part} in {}",
                        run.stderr
                    );
                }
                for foreign in ["::", "`fit`", "panicked", "set the "] {
                    assert!(
                        !run.stderr.contains(foreign),
                        "{name}: {foreign} in {}",
                        run.stderr
                    );
                }
                assert_eq!(
                    folder.names(),
                    ["file.csv"],
                    "{name} leaves something behind"
                );
            }
        }
        // What comes by a pipe is read alike.
        let piped = words.replace("file.csv", "-").replace("out.csv", "-");
        let again = folder.run_with(&format!("{piped} {options}"), bytes);
        assert_eq!(again.code, run.code, "{name}: {again:?}");
        if run.code == 0 {
            assert_eq!(again.stdout, folder.read("out.csv"), "{name}");
        }
    }
}

/// A `.npy` file of version 1.
fn npy(kind: &str, by_columns: bool, shape: &str, numbers: &[u8]) -> Vec<u8> {
    let order = if by_columns { "True" } else { "False" };
    let mut header = format!("{{'descr': '{kind}', 'fortran_order': {order}, 'shape': {shape}, }}");
    while (10 + header.len() + 1) % 64 != 0 {
        header.push(' ');
    }
    header.push('\n');
    let length = u16::try_from(header.len())
        .expect("a short header")
        .to_le_bytes();
    [
        b"\x93NUMPY\x01\0".as_slice(),
        &length,
        header.as_bytes(),
        numbers,
    ]
    .concat()
}

#[test]
fn arrays_of_numpy_are_points_in_either_order_and_of_several_kinds() {
    let rows = [0.0, 0.0, 0.0, 1.0, 9.0, 9.0, 9.0, 8.0];
    let columns = [0.0, 0.0, 9.0, 9.0, 0.0, 1.0, 9.0, 8.0];
    let f64s = |numbers: [f64; 8]| {
        numbers
            .iter()
            .flat_map(|n| n.to_le_bytes())
            .collect::<Vec<u8>>()
    };
    let f32s: Vec<u8> = [0_f32, 0.0, 0.0, 1.0, 9.0, 9.0, 9.0, 8.0]
        .iter()
        .flat_map(|n| n.to_le_bytes())
        .collect();
    let i64s: Vec<u8> = [0_i64, 0, 0, 1, 9, 9, 9, 8]
        .iter()
        .flat_map(|n| n.to_le_bytes())
        .collect();
    for (name, bytes) in [
        ("f64", npy("<f8", false, "(4, 2)", &f64s(rows))),
        ("by columns", npy("<f8", true, "(4, 2)", &f64s(columns))),
        ("f32", npy("<f4", false, "(4, 2)", &f32s)),
        ("i64", npy("<i8", false, "(4, 2)", &i64s)),
    ] {
        let folder = Folder::new(&format!("npy-{}", name.replace(' ', "-")));
        folder.write("p.npy", bytes);
        let run = folder.run("cluster p.npy -k 2 --labels -");
        assert_eq!(run.code, 0, "{name}: {}", run.stderr);
        let column: Vec<&str> = run
            .stdout
            .lines()
            .skip(1)
            .filter_map(|l| l.split(',').nth(1))
            .collect();
        assert!(
            column[0] == column[1] && column[2] == column[3] && column[1] != column[2],
            "{name}: {}",
            run.stdout
        );
    }
    for (bytes, said) in [
        (npy("<f8", false, "(5, 2)", &f64s(rows)), "5 x 2"),
        (npy("<f8", false, "(2, 2, 2)", &f64s(rows)), "3 dimensions"),
        (npy("<c16", false, "(4, 2)", &f64s(rows)), "astype"),
        (
            npy("<f8", false, "(4, 2)", &f64s([f64::NAN; 8])),
            "row 0, column 0",
        ),
    ] {
        let folder = Folder::new("npy-refused");
        folder.write("p.npy", bytes);
        let run = folder.run("cluster p.npy -k 2");
        assert_eq!(run.code, 1, "{run:?}");
        assert!(run.stderr.contains(said), "{}", run.stderr);
    }
}

#[test]
fn matrices_of_matrix_market_are_graphs() {
    let triangle_pairs = "2 1\n3 1\n3 2\n4 3\n5 4\n6 4\n6 5\n";
    let weighted = triangle_pairs.replace('\n', " 1.5\n");
    let turned = |line: &str| {
        let words: Vec<&str> = line.split(' ').collect();
        [words[1], words[0], words[2]].join(" ")
    };
    let turned: Vec<String> = weighted.lines().map(turned).collect();
    let both = format!("{weighted}{}\n", turned.join("\n"));
    let good = [
        format!(
            "%%MatrixMarket matrix coordinate pattern symmetric\n% two triangles\n6 6 7\n{triangle_pairs}"
        ),
        format!("%%MatrixMarket matrix coordinate real symmetric\n6 6 7\n{weighted}"),
        format!("%%MatrixMarket matrix coordinate real general\n6 6 14\n{both}"),
    ];
    for text in &good {
        let folder = Folder::new("mtx");
        folder.write("g.mtx", text);
        let run = folder.run("cluster g.mtx -k 2 --labels -");
        assert_eq!(run.code, 0, "{text}: {}", run.stderr);
        assert_eq!(run.stdout.lines().count(), 7);
    }
    for (text, said) in [
        (
            "%%MatrixMarket matrix array real general\n2 2\n0\n1\n1\n0\n",
            "full matrix",
        ),
        (
            "%%MatrixMarket matrix coordinate real general\n2 3 1\n1 2 1\n",
            "square",
        ),
        (
            "%%MatrixMarket matrix coordinate real general\n3 3 1\n1 2 1\n",
            "symmetric",
        ),
        (
            "%%MatrixMarket matrix coordinate real symmetric\n3 3 2\n2 1 1\n",
            "2 entries were announced",
        ),
        (
            "%%MatrixMarket matrix coordinate real symmetric\n3 3 1\n4 1 1\n",
            "line 3",
        ),
        (
            "%%MatrixMarket matrix coordinate real symmetric\n3 3 1\n2 1 -1\n",
            "no weight",
        ),
        (
            "%%MatrixMarket matrix coordinate complex symmetric\n3 3 1\n2 1 1 1\n",
            "line 1",
        ),
    ] {
        let folder = Folder::new("mtx-refused");
        folder.write("g.mtx", text);
        let run = folder.run("cluster g.mtx -k 2");
        assert_eq!(run.code, 1, "{text}: {run:?}");
        assert!(run.stderr.contains(said), "{said}: {}", run.stderr);
    }
}
