//! Points from a table of text: each dialect, each question, and each message, whose advice is followed.

use fiedler::Error;
use fiedler::ndarray::{Array2, array};
use fiedler::read::{
    Csv, CsvError, CsvOptions, DecimalMark, Delimiter, Missing, Scaling, csv, csv_file,
};
use proptest::prelude::*;
use std::io::ErrorKind;

fn auto(text: &str) -> Csv {
    csv(text, &CsvOptions::new()).unwrap_or_else(|error| panic!("{text:?}: {error}"))
}

fn refused(text: &str, options: &CsvOptions) -> CsvError {
    match csv(text, options) {
        Err(Error::Csv { path: None, error }) => error,
        other => panic!("{text:?}: {other:?}"),
    }
}

/// Does what a message says: every "set the … to …" in it, one at a time.
fn follow(error: &CsvError) -> Vec<CsvOptions> {
    let message = error.to_string();
    let settings = message.split("set the ").skip(1);
    settings
        .map(|setting| set(setting, CsvOptions::new()))
        .collect()
}

fn set(setting: &str, options: CsvOptions) -> CsvOptions {
    let end = setting.find([')', ',', ';', ' ']).map(|_| setting);
    let words: Vec<&str> = end
        .expect(setting)
        .split([' ', ')', ',', ';'])
        .filter(|word| !word.is_empty())
        .collect();
    match words[..] {
        ["delimiter", "to", name, ..] => options.delimiter(match name {
            "comma" => Delimiter::Comma,
            "comma-space" => Delimiter::CommaSpace,
            "semicolon" => Delimiter::Semicolon,
            "tab" => Delimiter::Tab,
            "bar" => Delimiter::Bar,
            "spaces" => Delimiter::Spaces,
            other => panic!("{other}"),
        }),
        ["decimal", "mark", "to", "comma", ..] => options.decimal_mark(DecimalMark::Comma),
        ["decimal", "mark", "to", "point", ..] => options.decimal_mark(DecimalMark::Point),
        ["header", "to", "yes", ..] => options.header(true),
        ["header", "to", "no", ..] => options.header(false),
        _ => panic!("{setting}"),
    }
}

#[test]
fn a_text_with_one_reading_is_read_and_says_how() {
    use DecimalMark::{Comma, Point};
    let x = array![[1.0, 2.0], [-3.5, 4e2]];
    let decimals = array![[48.1, 11.5], [-0.25, 1e3]];
    for (text, wanted, delimiter, mark) in [
        ("1,2\n-3.5,4e2\n", &x, Delimiter::Comma, Point),
        ("1;2\n-3.5;4e2", &x, Delimiter::Semicolon, Point),
        ("1\t2\r\n-3.5\t4e2\r\n", &x, Delimiter::Tab, Point),
        ("1|2\r-3.5|4e2\r", &x, Delimiter::Bar, Point),
        ("  1   2\n-3.5 4e2", &x, Delimiter::Spaces, Point),
        (
            "\u{feff}# points\n\n1 , 2\n\n -3.5, 4e2 \n\n",
            &x,
            Delimiter::Comma,
            Point,
        ),
        (
            "\"1\",\"2\"\n\"-3.5\",\"4e2\"\n",
            &x,
            Delimiter::Comma,
            Point,
        ),
        (
            "48,1;11,5\n-0,25;1e3",
            &decimals,
            Delimiter::Semicolon,
            Comma,
        ),
        (
            "48,1\t11,5\n-0,25\t1000\n",
            &decimals,
            Delimiter::Tab,
            Comma,
        ),
        (
            "48,1 11,5\n-0,25  1000\n",
            &decimals,
            Delimiter::Spaces,
            Comma,
        ),
        (
            "\"48,1\",\"11,5\"\n\"-0,25\",1000\n",
            &decimals,
            Delimiter::Comma,
            Comma,
        ),
    ] {
        let table = auto(text);
        assert_eq!(&table.x, wanted, "{text:?}");
        assert_eq!(table.names, None, "{text:?}");
        assert_eq!(
            (table.delimiter, table.decimal_mark),
            (Some(delimiter), mark),
            "{text:?}"
        );
    }
    let column = auto("5\n6\n");
    assert_eq!((column.x, column.delimiter), (array![[5.0], [6.0]], None));
    assert_eq!(
        auto("48,1;11,5").reading(),
        "2 columns separated by semicolons with decimal commas, without names"
    );
    assert_eq!(auto("x\n5").reading(), "1 column, named x");
}

#[test]
fn words_in_the_first_line_name_the_columns() {
    for (text, names) in [
        ("width; height\n1; 2\n", vec!["width", "height"]),
        ("\"Länge, cm\",Breite\n1,2\n", vec!["Länge, cm", "Breite"]),
        ("Länge, cm;Breite\n1,5;2\n", vec!["Länge, cm", "Breite"]),
        ("body mass\n1\n2\n", vec!["body mass"]),
        (",x\n1,2\n", vec!["", "x"]),
        ("\"2019\",\"2020\"\n5.5,7\n", vec!["2019", "2020"]),
        // As many names as fields say that the commas separate columns, and one name that they do not.
        ("x,y\n0,5\n1,25\n", vec!["x", "y"]),
        ("x\n0,5\n1,25\n", vec!["x"]),
    ] {
        let table = auto(text);
        assert_eq!(
            table.names.as_deref(),
            Some(&names.iter().map(ToString::to_string).collect::<Vec<_>>()[..]),
            "{text:?}"
        );
        assert_eq!(table.x.ncols(), names.len(), "{text:?}");
    }
}

#[test]
fn commas_with_two_meanings_are_asked_about_and_each_answer_is_taken() {
    for (text, line, first, second) in [
        (
            "0,5\n1,25\n",
            1,
            array![[0.0, 5.0], [1.0, 25.0]],
            array![[0.5], [1.25]],
        ),
        (
            "1,2\n3,4",
            1,
            array![[1.0, 2.0], [3.0, 4.0]],
            array![[1.2], [3.4]],
        ),
        (
            "48,1, 11,5\n",
            1,
            array![[48.0, 1.0, 11.0, 5.0]],
            array![[48.1, 11.5]],
        ),
    ] {
        let error = refused(text, &CsvOptions::new());
        assert!(matches!(error, CsvError::Comma { .. }), "{text:?}: {error}");
        assert_eq!(error.line(), Some(line));
        let answers: Vec<Array2<f64>> = follow(&error)
            .iter()
            .map(|options| csv(text, options).expect(text).x)
            .collect();
        assert_eq!(answers, [first, second], "{error}");
    }
    assert_eq!(
        refused("# ages\n0,5\n1,25\n", &CsvOptions::new()).to_string(),
        "line 2: \"0,5\" can be read in two ways: 2 columns separated by commas (to say so, set the \
         delimiter to comma), or 1 column with decimal commas (set the decimal mark to comma)"
    );
}

#[test]
fn a_column_whose_later_lines_have_decimal_commas_is_asked_about_too() {
    for text in ["1\n0,5\n", "1,2\n3\n"] {
        let error = refused(text, &CsvOptions::new());
        assert!(matches!(error, CsvError::Comma { .. }), "{text:?}: {error}");
        let decimal = CsvOptions::new().decimal_mark(DecimalMark::Comma);
        assert_eq!(csv(text, &decimal).expect(text).x.dim(), (2, 1));
    }
}

#[test]
fn numbers_that_look_like_names_are_asked_about_and_each_answer_is_taken() {
    for text in [
        "2019,2020\n5.5,7\n8,3.25\n",
        "2019;2020\n5;7\n8;3\n",
        "0,1\n0.5,0.25\n-1.5,2.0\n",
        "0 1 2\n0.5 0.25 0.1\n-1.5 2.0 1e3\n",
        "400;410;420\n0,5;0,25;0,1\n0,7;0,1;0,3\n",
        "2019\n5\n8\n",
    ] {
        let error = refused(text, &CsvOptions::new());
        assert!(
            matches!(error, CsvError::Header { line: 1, .. }),
            "{text:?}: {error}"
        );
        let answers: Vec<Csv> = follow(&error)
            .iter()
            .map(|options| csv(text, options).expect(text))
            .collect();
        assert_eq!(answers[0].x.nrows(), 2, "{text:?}");
        assert!(answers[0].names.is_some());
        assert_eq!(answers[1].x.nrows(), 3, "{text:?}");
        assert!(answers[1].names.is_none());
    }
    // A question may follow on another: a header of years says that the commas separate columns.
    let both = "2019,2020\n5,7\n8,3\n";
    let error = refused(both, &CsvOptions::new());
    assert!(matches!(error, CsvError::Header { .. }), "{error}");
    assert_eq!(
        csv(both, &follow(&error)[0]).expect(both).x,
        array![[5.0, 7.0], [8.0, 3.0]]
    );
}

#[test]
fn a_first_point_that_looks_like_any_other_is_a_point() {
    for text in [
        "1;2\n3;4\n5;6\n",
        "2019;2020\n2020;2021\n2021;2022\n",
        "3;7\n0.5;0.25\n0.1;0.2\n",
        "0.0;1.0\n0.5;0.25\n0.1;0.2\n",
        "5;5\n0.5;0.25\n0.1;0.2\n",
        "0\n0.1\n0.2\n",
        "1;2\n0.5;0.25\n",
    ] {
        let table = auto(text);
        assert_eq!(
            (table.x.nrows(), table.names),
            (text.lines().count(), None),
            "{text:?}"
        );
    }
}

#[test]
fn what_is_wrong_in_a_text_is_said_with_its_line_and_field() {
    for (text, said) in [
        (
            "1,2\n3,x\n",
            "line 2: field 2 is \"x\", but every field must be a finite number; mend it",
        ),
        (
            "a,b\n\n1,2\n3,inf\n",
            "line 4: field 2 is \"inf\", which is beyond",
        ),
        (
            "1,2\n1e999,4.5\n",
            "line 2: field 1 is \"1e999\", which is beyond",
        ),
        (
            "1,2\n1e-999,4.5\n",
            "line 2: field 1 is \"1e-999\", which is beyond",
        ),
        (
            "1.5,2\n3\n",
            "line 2: it has 1 fields, but the first line has 2",
        ),
        (
            "a,b\n1,2\n3,4,5\n",
            "line 3: it has 3 fields, but the first line has 2",
        ),
        ("1,b\n3,4\n", "line 1: field 2 is \"b\", beside numbers"),
        (",0,1\n0,5,6\n", "line 1: field 1 is \"\", beside numbers"),
        ("1.5,2\n3,\n", "line 2: field 2 is \"\", a missing value"),
        (
            "1\t2\t3\n4\t\t6\n",
            "line 2: field 2 is \"\", a missing value",
        ),
        (
            "1.5,2\n3,NaN\n",
            "line 2: field 2 is \"NaN\", a missing value",
        ),
        (
            "48,1;11,x\n48,2;11,6\n",
            "line 1: field 2 is \"11,x\", beside numbers",
        ),
        ("48,1;11.5\n", "line 1: field 2 is \"11.5\", beside numbers"),
        (
            "0,5;1\n48,1;11.5\n",
            "line 2: field 2 is \"11.5\", but every field must be a finite number; write all",
        ),
        (
            "1;1\n1.234,56;2\n",
            "line 2: field 1 is \"1.234,56\", but every field must be a finite number; leave out",
        ),
        ("1,2\n\"3,4\n", "line 2: a quotation mark is opened here"),
        ("", "0 points"),
        ("\n# nothing\n", "0 points"),
        ("a,b\n", "0 points"),
    ] {
        let error = refused(text, &CsvOptions::new());
        assert!(error.to_string().starts_with(said), "{text:?}: {error}");
    }
}

#[test]
fn the_advice_of_a_refusal_works() {
    // Mixed first line: the header is set to yes.
    let mixed = "1,b\n3,4\n";
    let error = refused(mixed, &CsvOptions::new());
    assert_eq!(
        csv(mixed, &follow(&error)[0]).expect(mixed).x,
        array![[3.0, 4.0]]
    );
    // The wrong mark was set: the other is named.
    let text = "48,1;11,5\n";
    let error = refused(
        text,
        &CsvOptions::new()
            .header(false)
            .decimal_mark(DecimalMark::Point),
    );
    assert_eq!(
        csv(text, &follow(&error)[0]).expect(text).x,
        array![[48.1, 11.5]]
    );
    let text = "48.1;11.5\n";
    let error = refused(
        text,
        &CsvOptions::new()
            .header(false)
            .decimal_mark(DecimalMark::Comma),
    );
    assert_eq!(
        csv(text, &follow(&error)[0]).expect(text).x,
        array![[48.1, 11.5]]
    );
    // What groups the digits is left out.
    assert_eq!(
        auto("1;1\n1234,56;2\n").x,
        array![[1.0, 1.0], [1234.56, 2.0]]
    );
}

#[test]
fn a_setting_that_contradicts_the_text_is_refused() {
    for (text, options) in [
        (
            "1,2\n3.5,4\n",
            CsvOptions::new().delimiter(Delimiter::Semicolon),
        ),
        ("a,b\n1,2\n", CsvOptions::new().header(false)),
        ("0.5\n", CsvOptions::new().decimal_mark(DecimalMark::Comma)),
    ] {
        refused(text, &options);
    }
    let spaces = CsvOptions::new().delimiter(Delimiter::Spaces);
    assert_eq!(
        csv("1 \t 2\n3\t4\n", &spaces).expect("spaces and tabs").x,
        array![[1.0, 2.0], [3.0, 4.0]]
    );
}

#[test]
fn a_file_that_cannot_be_read_keeps_the_systems_word_for_it() {
    let folder = std::env::temp_dir().join(format!("fiedler-read-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    let path = folder.join("points.csv");
    let missing = csv_file(&path, &CsvOptions::new());
    assert!(
        matches!(
            missing,
            Err(Error::File {
                kind: ErrorKind::NotFound,
                ..
            })
        ),
        "{missing:?}"
    );
    for (bytes, said) in [
        (
            &b"1,2.5\n\xff,3\n"[..],
            "points.csv, line 2: this is not text in UTF-8",
        ),
        (&b"\xff\xfe1\0,\0"[..], "points.csv: this is text in UTF-16"),
        (&b"1,2.5\n3\n"[..], "points.csv, line 2: it has 1 fields"),
        (&b""[..], "points.csv: 0 points"),
    ] {
        std::fs::write(&path, bytes).expect("a file");
        let error = csv_file(&path, &CsvOptions::new())
            .expect_err(said)
            .to_string();
        assert!(error.contains(said), "{error}");
    }
    std::fs::write(&path, "x;y\n0,5;1\n").expect("a file");
    let table = csv_file(&path, &CsvOptions::new()).expect("points");
    assert_eq!(table.x, array![[0.5, 1.0]]);
    std::fs::remove_dir_all(&folder).expect("the folder");
}

#[test]
fn numbers_with_decimals_that_alone_stand_in_quotation_marks_are_asked_about() {
    for text in [
        "\"1,25\",\"6,75\"\n16,6\n",
        "\"1,25\",\"6\"\n16,6\n",
        "\"48,1\";\"11,5\"\n5;7\n",
        "\"1,25\"\n16\n",
        "\"1.5\",\"2.5\"\n3,4\n",
        "\"-1\",\"2\"\n3,4\n",
    ] {
        let error = refused(text, &CsvOptions::new());
        assert!(
            matches!(error, CsvError::Header { line: 1, .. }),
            "{text:?}: {error}"
        );
        let answers = follow(&error);
        let rows = |options| csv(text, options).expect(text).x.nrows();
        assert_eq!((rows(&answers[0]), rows(&answers[1])), (1, 2), "{text:?}");
    }
}

#[test]
fn what_a_remark_holds_has_no_say_in_how_the_points_are_read() {
    let comma = CsvOptions::new().decimal_mark(DecimalMark::Comma);
    let column = "-1,5\r1,25\r";
    for remark in ["# a\"b\r", "  # \"a\", b; c|d\r"] {
        for text in [format!("{remark}{column}"), format!("{column}{remark}")] {
            assert_eq!(csv(&text, &comma).expect(&text).x, array![[-1.5], [1.25]]);
            // The first line of points may be another, and nothing else.
            let plain = refused(column, &CsvOptions::new()).to_string();
            let asked = refused(&text, &CsvOptions::new()).to_string();
            assert_eq!(plain.split_once(": "), Some(("line 1", &plain[8..])));
            assert_eq!(
                plain.split_once(": ").map(|(_, said)| said),
                asked.split_once(": ").map(|(_, said)| said)
            );
        }
    }
    // A tab beside spaces would hide a missing value, but not in a remark.
    let spaces = "# lat\tlon\n48.1 11.5\n";
    assert_eq!(auto(spaces).x, array![[48.1, 11.5]]);
}

#[test]
fn quotation_marks_are_understood_between_spaces() {
    let spaces = CsvOptions::new().delimiter(Delimiter::Spaces);
    for text in ["\"0\" \"1\"\n2 3\n\"4\"  5 \n", " \"0\"\t1\n2 \"3\"\n4 5"] {
        let read = csv(text, &spaces).expect(text);
        assert_eq!(read.x, array![[0.0, 1.0], [2.0, 3.0], [4.0, 5.0]]);
    }
    let named = "\"body mass\" n1\n1 2\n";
    for read in [csv(named, &spaces).expect(named), auto(named)] {
        assert_eq!(read.names.expect(named), ["body mass", "n1"]);
        assert_eq!(read.x, array![[1.0, 2.0]]);
    }
}

#[test]
fn long_lines_and_many_lines_are_read() {
    let row = vec!["0.5"; 100_000].join(",");
    assert_eq!(auto(&row).x.dim(), (1, 100_000));
    let rows = "0.5,\"7\"\n".repeat(100_000);
    assert_eq!(auto(&rows).x.dim(), (100_000, 2));
}

/// Numbers as programs write them, in a table of one width.
fn tables() -> impl Strategy<Value = Vec<Vec<f64>>> {
    let number = prop_oneof![
        (-1000_i32..1000).prop_map(f64::from),
        (-1e4..1e4_f64).prop_map(|v| (v * 100.0).round() / 100.0),
        any::<f64>().prop_filter("finite", |v| v.is_finite()),
    ];
    (1_usize..5).prop_flat_map(move |columns| {
        let row = prop::collection::vec(number.clone(), columns);
        prop::collection::vec(row, 1..8)
    })
}

proptest! {
    #[test]
    fn what_is_written_is_read_back_or_asked_about(
        table in tables(),
        dialect in 0_usize..6,
        comma in any::<bool>(),
        header in any::<bool>(),
        end in prop::sample::select(vec!["\n", "\r\n", "\r"]),
    ) {
        let (between, delimiter) = [
            (",", Delimiter::Comma),
            (", ", Delimiter::CommaSpace),
            (";", Delimiter::Semicolon),
            ("\t", Delimiter::Tab),
            ("|", Delimiter::Bar),
            ("  ", Delimiter::Spaces),
        ][dialect];
        // Unquoted commas cannot do both.
        prop_assume!(!(comma && delimiter == Delimiter::Comma));
        let field = |value: &f64| {
            let text = format!("{value:?}");
            if comma { text.replace('.', ",") } else { text }
        };
        let mut lines: Vec<String> = table
            .iter()
            .map(|row| row.iter().map(field).collect::<Vec<_>>().join(between))
            .collect();
        if header {
            let names: Vec<String> = (0..table[0].len()).map(|i| format!("c{i}")).collect();
            lines.insert(0, names.join(between));
        }
        let text = lines.join(end);
        let wanted = Array2::from_shape_vec((table.len(), table[0].len()), table.concat()).unwrap();
        match csv(&text, &CsvOptions::new()) {
            Ok(read) => {
                prop_assert_eq!(&read.x, &wanted);
                prop_assert_eq!(read.names.is_some(), header);
            }
            Err(Error::Csv { error, .. }) => {
                prop_assert!(matches!(error, CsvError::Comma { .. } | CsvError::Header { .. }), "{}", error);
            }
            Err(error) => prop_assert!(false, "{}", error),
        }
        let told = CsvOptions::new()
            .delimiter(delimiter)
            .decimal_mark(if comma { DecimalMark::Comma } else { DecimalMark::Point })
            .header(header);
        prop_assert_eq!(csv(&text, &told).map(|read| read.x), Ok(wanted));
    }

    #[test]
    fn any_text_is_read_or_refused(text in "[0-9,;.|\\-e\" \t\n\r#xäN\u{feff}\u{a0}]{0,80}") {
        let mut all = vec![CsvOptions::new(), CsvOptions::new().header(true), CsvOptions::new().header(false)];
        for delimiter in [Delimiter::Comma, Delimiter::CommaSpace, Delimiter::Tab, Delimiter::Spaces] {
            all.push(CsvOptions::new().delimiter(delimiter));
        }
        for options in all {
            match csv(&text, &options) {
                Ok(read) => prop_assert!(read.x.iter().all(|value| value.is_finite()) && !read.x.is_empty()),
                Err(error) => {
                    let is_csv = matches!(error, Error::Csv { .. });
                    prop_assert!(is_csv);
                }
            }
        }
    }

    #[test]
    fn nobody_is_asked_again_for_what_was_told(text in "([0-9,;.\"# \t]{1,8}[\n\r]){1,4}") {
        for (told, setting) in [
            (CsvOptions::new().decimal_mark(DecimalMark::Comma), "decimal mark to comma"),
            (CsvOptions::new().delimiter(Delimiter::Comma), "delimiter to comma"),
            (CsvOptions::new().delimiter(Delimiter::CommaSpace), "delimiter to comma-space"),
        ] {
            if let Err(Error::Csv { error: CsvError::Comma { readings, .. }, .. }) = csv(&text, &told) {
                prop_assert!(readings.iter().all(|(_, set)| *set != setting), "{text:?}: {readings:?}");
            }
        }
    }

    #[test]
    fn following_a_question_about_commas_gives_what_it_says(text in "([0-9]{1,2},[0-9]{1,2}\n){1,4}") {
        if let Err(Error::Csv { error, .. }) = csv(&text, &CsvOptions::new()) {
            let answers = follow(&error);
            prop_assert_eq!(answers.len(), 2);
            if matches!(error, CsvError::Comma { .. }) {
                prop_assert_eq!(csv(&text, &answers[1]).unwrap().x.ncols(), 1);
            }
        }
    }
}

/// Iris as people have it, in small.
const PLANTS: &str =
    "plant,length,width,species\nA1,5.1,3.5,setosa\nB7,7.0,3.2,versicolor\nC2,6.3,3.3,virginica\n";

#[test]
fn a_column_names_the_points_and_another_their_classes_by_name_or_by_number() {
    let by_name = CsvOptions::new().id("plant").label("species");
    let by_number = CsvOptions::new().id("1").label("4");
    let table = csv(PLANTS, &by_name).expect("by name");
    assert_eq!(csv(PLANTS, &by_number), Ok(table.clone()));
    assert_eq!(table.x, array![[5.1, 3.5], [7.0, 3.2], [6.3, 3.3]]);
    assert_eq!(table.names.expect("a header"), ["length", "width"]);
    assert_eq!(table.ids.expect("an id"), ["A1", "B7", "C2"]);
    let classes = table.classes.expect("a label");
    assert_eq!(classes, ["setosa", "versicolor", "virginica"]);
    assert_eq!(table.lines, [2, 3, 4]);
    // Without a header.
    let points = PLANTS.split_once('\n').expect("a header").1;
    let table = csv(points, &by_number).expect("by number");
    assert_eq!((table.x.dim(), table.names), ((3, 2), None));
    assert_eq!(table.ids.expect("an id"), ["A1", "B7", "C2"]);
}

#[test]
fn the_columns_chosen_are_the_coordinates_in_the_order_in_which_they_were_chosen() {
    let chosen = |columns: &[&str]| csv(PLANTS, &CsvOptions::new().columns(columns.to_vec()));
    let table = chosen(&["width", "length"]).expect("two columns");
    assert_eq!(table.x.row(0), array![3.5, 5.1]);
    assert_eq!(table.names.expect("a header"), ["width", "length"]);
    assert_eq!((table.ids, table.classes), (None, None));
    assert_eq!(
        chosen(&["3"]).expect("one column").x.column(0),
        array![3.5, 3.2, 3.3]
    );
    assert_eq!(
        chosen(&[]),
        Err(Error::Csv {
            path: None,
            error: CsvError::NoCoordinates
        })
    );
}

#[test]
fn a_column_of_text_is_named_with_what_can_be_done_with_it() {
    let said = |text: &str, options: &CsvOptions| refused(text, options).to_string();
    assert_eq!(
        said(PLANTS, &CsvOptions::new().id("plant")),
        "line 2: field 4 is \"setosa\", and the whole column \"species\" holds text, but coordinates are numbers; \
         make it the id or the label, or choose other columns"
    );
    // One word among numbers is a mistake, not a column of text.
    let one = said("a,b\n1,2\n3,x\n", &CsvOptions::new());
    assert!(
        one.contains("field 2 is \"x\", but every field must be"),
        "{one}"
    );
    assert_eq!(
        said(PLANTS, &CsvOptions::new().label("speces")),
        "there is no column \"speces\"; there are plant, length, width, species"
    );
    assert_eq!(
        said("1,2\n3,4\n", &CsvOptions::new().label("3")),
        "there is no column \"3\"; the first line is no header, and so columns have no names: they have the numbers 1 to 2"
    );
    let twice = said("a,a\n1,2\n", &CsvOptions::new().label("a"));
    assert_eq!(
        twice,
        "two columns are called \"a\"; choose one by its number, counted from 1"
    );
}

#[test]
fn missing_values_are_refused_or_dealt_with_by_the_rule_that_is_named() {
    let text = "id,x,y\na,1,10\nb,NA,20\nc,3,\nd,5,30\n";
    let options = CsvOptions::new().id("id");
    let refusal = refused(text, &options);
    assert!(
        matches!(
            refusal,
            CsvError::Missing {
                line: 3,
                field: 2,
                ..
            }
        ),
        "{refusal}"
    );
    let dropped = csv(text, &options.clone().missing(Missing::Drop)).expect("dropped");
    assert_eq!(dropped.x, array![[1.0, 10.0], [5.0, 30.0]]);
    assert_eq!(dropped.ids.expect("an id"), ["a", "d"]);
    assert_eq!(
        (dropped.lines, dropped.dropped, dropped.filled),
        (vec![2, 5], vec![3, 4], 0)
    );
    let filled = csv(text, &options.clone().missing(Missing::Mean)).expect("filled");
    assert_eq!(
        filled.x,
        array![[1.0, 10.0], [3.0, 20.0], [3.0, 20.0], [5.0, 30.0]]
    );
    assert_eq!((filled.filled, filled.dropped), (2, vec![]));
    let empty = "x,y\n1,\n2,\n";
    let none = refused(empty, &CsvOptions::new().missing(Missing::Mean));
    assert_eq!(none, CsvError::NoValues { field: 2 });
    let none = refused(empty, &CsvOptions::new().missing(Missing::Drop));
    assert_eq!(none, CsvError::NoPoints);
    // A missing class or name is no missing coordinate.
    let blank = csv("x,y,c\n1,2,\n3,4,u\n", &CsvOptions::new().label("c")).expect("a blank class");
    assert_eq!(blank.classes.expect("a label"), ["", "u"]);
    // The first line may have one, too.
    let first =
        csv("NA,2\n3,4\n", &CsvOptions::new().missing(Missing::Mean)).expect("the first line");
    assert_eq!(first.x, array![[3.0, 2.0], [3.0, 4.0]]);
}

#[test]
fn a_standardised_column_has_mean_0_and_deviation_1_and_a_constant_one_is_0() {
    let options = CsvOptions::new().standardize(true);
    let table = csv("a,b,c\n1,0.1,1e300\n3,0.1,-1e300\n", &options).expect("a table");
    assert_eq!(table.x, array![[-1.0, 0.0, 1.0], [1.0, 0.0, -1.0]]);
    let scaling = table.scaling.expect("it was asked for");
    assert_eq!(scaling.deviations(), array![1.0, 0.0, 1e300]);
    // (5 − 2)/1, a constant column, (0 − 0)/1e300: all exact.
    let new = scaling.apply(&array![[5.0, 0.1, 0.0]]);
    assert_eq!(new.expect("a new point"), array![[3.0, 0.0, 0.0]]);
}

#[test]
fn the_units_of_columns_are_those_of_whatever_holds_points() {
    let matrix = array![[1.0, 7.0], [3.0, 7.0], [5.0, 8.0]];
    let rows: Vec<Vec<f64>> = matrix.rows().into_iter().map(|row| row.to_vec()).collect();
    let scaling = Scaling::of(&rows).expect("three points");
    assert_eq!(scaling, Scaling::of(&matrix).expect("three points"));
    assert_eq!(scaling.apply(&rows), scaling.apply(&matrix.view()));
    let ragged = vec![vec![1.0, 2.0], vec![3.0]];
    assert!(matches!(Scaling::of(&ragged), Err(Error::Ragged { .. })));
}
