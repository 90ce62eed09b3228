//! Edges with names, from a list of text: each dialect, each mending, and each refusal with its line.

use fiedler::read::{CsvError, Delimiter, EdgeOptions, NamedGraph, edges, edges_file};
use fiedler::{Error, Graph};
use proptest::prelude::*;

fn read(text: &str) -> NamedGraph {
    edges(text, &EdgeOptions::new()).unwrap_or_else(|error| panic!("{text:?}: {error}"))
}

fn refused(text: &str, options: &EdgeOptions) -> CsvError {
    match edges(text, options) {
        Err(Error::Csv { path: None, error }) => error,
        other => panic!("{text:?}: {other:?}"),
    }
}

#[test]
fn a_list_of_edges_is_read_in_every_dialect() {
    let plain = Graph::from_edges(3, &[(0, 1, 1.0), (1, 2, 1.0)]).expect("a path");
    let heavy = Graph::from_edges(3, &[(0, 1, 2.5), (1, 2, 0.5)]).expect("a path");
    for (text, wanted, delimiter) in [
        ("a b\nb c\n", &plain, Delimiter::Spaces),
        ("a,b\nb,c", &plain, Delimiter::Comma),
        ("a, b\r\nb, c\r\n", &plain, Delimiter::Comma),
        ("a;b\nb;c\n", &plain, Delimiter::Semicolon),
        ("a\tb\nb\tc\n", &plain, Delimiter::Tab),
        ("a|b\rb|c\r", &plain, Delimiter::Bar),
        (
            "\u{feff}# who knows whom\n\na,b\n# and\nb,c\n\n",
            &plain,
            Delimiter::Comma,
        ),
        ("a,b,2.5\nb,c,.5\n", &heavy, Delimiter::Comma),
        ("a;b;2,5\nb;c;0,5\n", &heavy, Delimiter::Semicolon),
        ("a  b  25e-1\nb c 5e-1\n", &heavy, Delimiter::Spaces),
        (
            "\"a\",\"b\",2.5\n\"b\",\"c\",\"0.5\"\n",
            &heavy,
            Delimiter::Comma,
        ),
        (
            "source,target,weight\na,b,2.5\nb,c,0.5\n",
            &heavy,
            Delimiter::Comma,
        ),
        ("Source\tTarget\na\tb\nb\tc\n", &plain, Delimiter::Tab),
    ] {
        let named = read(text);
        assert_eq!(&named.graph, wanted, "{text:?}");
        assert_eq!(named.names, ["a", "b", "c"], "{text:?}");
        assert_eq!(named.delimiter, Some(delimiter), "{text:?}");
    }
}

#[test]
fn names_are_kept_as_they_stand_and_numbered_in_order_of_appearance() {
    let named = read("Zürich,\"Basel, Stadt\"\n\"Basel, Stadt\",NA\n7,NA\n07,7\n");
    assert_eq!(named.names, ["Zürich", "Basel, Stadt", "NA", "7", "07"]);
    for (vertex, name) in named.names.iter().enumerate() {
        assert_eq!(named.index(name), Some(vertex));
    }
    assert_eq!(named.index("Bern"), None);
    let numbers = read("10 20\n20 30\n");
    assert_eq!(numbers.names, ["10", "20", "30"]);
    assert_eq!(numbers.header, None);
    assert_eq!(
        numbers.reading(),
        "3 vertices and 2 edges, separated by spaces"
    );
}

#[test]
fn a_header_is_told_from_an_edge_or_decided() {
    for (text, header) in [
        ("from,to\na,b\nb,c\n", true),
        ("x,y\n1,2\n2,3\n", true),
        ("x,y,strength\na,b,1\nb,c,2\n", true),
        ("anna,bert\nbert,carl\n", false),
        // A vertex may be called so.
        ("from,to\nto,a\n", false),
        ("1,2\n2,3\n", false),
    ] {
        assert_eq!(read(text).header.is_some(), header, "{text:?}");
    }
    let kept = edges("from,to\na,b\nb,c\n", &EdgeOptions::new().header(false));
    assert_eq!(kept.expect("three edges").names.len(), 5);
    let dropped = edges(
        "anna,bert\nbert,carl\ncarl,dora\n",
        &EdgeOptions::new().header(true),
    );
    let dropped = dropped.expect("two edges");
    assert_eq!(dropped.names, ["bert", "carl", "dora"]);
    assert_eq!(dropped.header.expect("a header"), ["anna", "bert"]);
}

#[test]
fn an_edge_that_stands_there_twice_names_both_lines_or_is_summed() {
    let text = "# roads\na,b,1\nb,c,2\n\nb,a,4\na,b,8\n";
    let wanted = CsvError::DuplicateEdge {
        line: 5,
        before: 2,
        from: "b".to_string(),
        to: "a".to_string(),
    };
    let error = refused(text, &EdgeOptions::new());
    assert_eq!(error, wanted);
    assert!(
        error
            .to_string()
            .starts_with("line 5: \"b\" and \"a\" are joined in line 2 already")
    );
    let named = edges(text, &EdgeOptions::new().sum_duplicates(true)).expect("summed");
    let graph = Graph::from_edges(3, &[(0, 1, 13.0), (1, 2, 2.0)]).expect("a path");
    assert_eq!((named.graph.clone(), named.summed), (graph, 2));
    assert!(named.reading().ends_with("; 2 lines added to another"));
}

#[test]
fn a_weight_of_0_is_refused_by_its_line_or_dropped() {
    let text = "a,b,1\nb,c,0\nb,d,2\n";
    assert_eq!(
        refused(text, &EdgeOptions::new()),
        CsvError::ZeroWeight { line: 2 }
    );
    let named = edges(text, &EdgeOptions::new().drop_zero_weights(true)).expect("dropped");
    assert_eq!((named.dropped, named.graph.edge_count()), (1, 2));
    // Its ends stay.
    assert_eq!(named.names, ["a", "b", "c", "d"]);
    assert_eq!(named.graph.isolated_vertices(), [2]);
    let joined = EdgeOptions::new()
        .drop_zero_weights(true)
        .largest_component(true);
    let named = edges(text, &joined).expect("the rest");
    assert_eq!(
        (named.names.len(), &named.left_out[..]),
        (3, &["c".to_string()][..])
    );
    assert_eq!(
        named.reading(),
        "3 vertices and 2 edges, separated by commas; 1 line of weight 0 left out; 1 vertex outside the largest component left out"
    );
}

#[test]
fn the_largest_component_alone_says_what_it_left_out() {
    let text = "a b\nx y\ny z\nz w\nb c\n";
    let all = read(text);
    assert!(all.left_out.is_empty() && all.graph.component_count() == 2);
    let named = edges(text, &EdgeOptions::new().largest_component(true)).expect("a path");
    assert_eq!(named.names, ["x", "y", "z", "w"]);
    assert_eq!(named.left_out, ["a", "b", "c"]);
    assert_eq!(named.graph, fiedler::graph::known::path(4).expect("a path"));
    assert_eq!((named.index("y"), named.index("a")), (Some(1), None));
    // Of two equally large, the first.
    let tie = edges("a b\nx y\n", &EdgeOptions::new().largest_component(true));
    assert_eq!(tie.expect("a pair").names, ["a", "b"]);
}

#[test]
fn what_is_no_edge_is_refused_by_its_line() {
    let plain = EdgeOptions::new();
    for (text, wanted) in [
        ("", "0 edges were found"),
        ("# nothing\n\n", "0 edges were found"),
        ("a\nb\n", "line 1: it has 1 field(s)"),
        ("a,b,1,2\n", "line 1: it has 4 field(s)"),
        (
            "a,b\nb,c,1\n",
            "line 2: it has 3 fields, but the first line has 2",
        ),
        ("a,b,1\nb,c,-1\n", "line 2: the weight is \"-1\""),
        ("a,b,1\nb,c,heavy\n", "line 2: the weight is \"heavy\""),
        ("a,b,1\nb,c,1e999\n", "line 2: field 3 is \"1e999\""),
        ("a,b,1\nb,c,inf\n", "line 2: field 3 is \"inf\""),
        ("a,b,1\nb,c,\n", "line 2: field 3 is \"\", a missing value"),
        ("a,b\n,c\n", "line 2: field 1 is \"\", a missing value"),
        ("a,b,1\n\"b,c,1\n", "line 2: a quotation mark is opened"),
    ] {
        let message = refused(text, &plain).to_string();
        assert!(message.starts_with(wanted), "{text:?}: {message}");
    }
    let decimals = refused("a;b;1,5\nb;c;0.5\n", &plain);
    assert!(
        matches!(decimals, CsvError::EdgeWeight { line: 1, .. }),
        "{decimals}"
    );
    // A single vertex is no graph that can be split.
    assert_eq!(edges("a,a\n", &plain), Err(Error::OnePoint));
}

#[test]
fn where_two_delimiters_fit_the_one_is_asked_for() {
    let text = "a 1,b 2\nb 2,c 3\n";
    let error = refused(text, &EdgeOptions::new());
    assert!(matches!(error, CsvError::Comma { line: 1, .. }));
    let message = error.to_string();
    assert!(message.contains("set the delimiter to comma"), "{message}");
    assert!(message.contains("set the delimiter to spaces"), "{message}");
    let by = |delimiter| edges(text, &EdgeOptions::new().delimiter(delimiter)).expect("edges");
    assert_eq!(by(Delimiter::Comma).names, ["a 1", "b 2", "c 3"]);
    assert_eq!(by(Delimiter::Spaces).names, ["a", "1,b", "b", "2,c"]);
}

#[test]
fn a_file_is_named_in_what_it_is_refused_for() {
    let folder = std::env::temp_dir().join(format!("fiedler-edges-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    let path = folder.join("edges.tsv");
    std::fs::write(&path, "a\tb\nb\tc\n").expect("a file");
    assert_eq!(
        edges_file(&path, &EdgeOptions::new())
            .expect("edges")
            .names
            .len(),
        3
    );
    std::fs::write(&path, "a\tb\nb\ta\n").expect("a file");
    let error = edges_file(&path, &EdgeOptions::new())
        .expect_err("twice")
        .to_string();
    assert!(
        error.starts_with(&format!("{}, line 2: ", path.display())),
        "{error}"
    );
    std::fs::remove_dir_all(&folder).expect("a folder");
    let missing = edges_file(&path, &EdgeOptions::new());
    assert!(matches!(missing, Err(Error::File { .. })));
}

proptest! {
    #[test]
    fn a_graph_written_as_a_list_is_read_back(
        weights in prop::collection::btree_map((0..12_u8, 0..12_u8), 1..1000_u32, 1..30),
    ) {
        // Each edge once, in the direction that its numbers happen to have.
        let mut once = std::collections::BTreeMap::new();
        for ((one, other), weight) in weights {
            once.entry((one.min(other), one.max(other))).or_insert((one, other, weight));
        }
        prop_assume!(once.values().any(|(one, other, _)| one != other));
        let line = |(one, other, weight): &(u8, u8, u32)| format!("v{one};v{other};{weight}\n");
        let text: String = once.values().map(line).collect();
        let named = edges(&text, &EdgeOptions::new()).expect("edges");
        prop_assert_eq!(named.graph.edge_count(), once.len());
        for (one, other, weight) in once.values() {
            let vertex = |number: &u8| named.index(&format!("v{number}")).expect("a vertex");
            let near = named.graph.neighbors(vertex(one)).expect("a vertex");
            prop_assert!(near.contains(&(vertex(other), f64::from(*weight))));
        }
        // Twice the same list is twice the weight.
        let twice = edges(&text.repeat(2), &EdgeOptions::new().sum_duplicates(true)).expect("edges");
        let gap = twice.graph.volume() - 2.0 * named.graph.volume();
        prop_assert!(gap.abs() < 0.5, "whole numbers: {gap}");
        prop_assert!(edges(&text.repeat(2), &EdgeOptions::new()).is_err());
    }

    #[test]
    fn no_text_makes_it_panic(text in "[ab1,;\\t |\"#\n\r.-]{0,40}") {
        let mended = EdgeOptions::new().sum_duplicates(true).drop_zero_weights(true);
        let _ = edges(&text, &EdgeOptions::new());
        let _ = edges(&text, &mended.largest_component(true));
    }
}
