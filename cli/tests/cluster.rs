//! `fiedler cluster`, from files to files.

mod support;

use std::fmt::Write;
use support::Folder;

#[test]
fn points_of_a_csv_file_get_labels_in_a_csv_file() {
    let folder = Folder::new("labels");
    folder.write("p.csv", "x,y\n0,0\n0,1\n1,0\n9,9\n9,8\n8,9\n");
    let run = folder.run("cluster p.csv -k 2 --quiet --labels out.csv");
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert_eq!((run.stdout.as_str(), run.stderr.as_str()), ("", ""));
    let labels = folder.read("out.csv");
    let column: Vec<&str> = labels
        .lines()
        .filter_map(|line| line.split(',').nth(1))
        .collect();
    assert_eq!(column[0], "label");
    assert!(
        column[1..4].iter().all(|label| *label == column[1]),
        "{labels}"
    );
    assert!(
        column[4..].iter().all(|label| *label != column[1]),
        "{labels}"
    );
}

/// Three groups of points, with a class and a name each.
fn groups() -> String {
    let mut text = String::from("name,length,width,kind\n");
    for (kind, (x, y)) in [(0.0, 0.0), (6.0, 1.0), (3.0, 6.0)].into_iter().enumerate() {
        for i in 0..20_i32 {
            let (turn, out) = (f64::from(i) * 2.4, f64::from(i).sqrt() / 3.0);
            let (a, b) = (x + out * turn.cos(), y + out * turn.sin());
            let _ = writeln!(text, "p{kind}-{i},{a:.4},{b:.4},kind<{kind}>");
        }
    }
    text
}

#[test]
fn the_json_holds_everything_and_explain_tells_it_in_the_words_of_the_run() {
    let folder = Folder::new("json");
    folder.write("p.csv", groups());
    let words = "cluster p.csv --id name --label kind -k 3 --json out.json --labels out.csv";
    let run = folder.run(words);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let json: serde_json::Value = serde_json::from_str(&folder.read("out.json")).expect("JSON");
    assert_eq!(json["format"], "fiedler clustering");
    assert_eq!(json["version"], env!("CARGO_PKG_VERSION"));
    let command: Vec<&str> = words.split(' ').collect();
    assert_eq!(json["command"], serde_json::json!(command));
    assert_eq!(json["clusters"], 3);
    assert_eq!(json["labels"].as_array().expect("labels").len(), 60);
    assert_eq!(json["ids"][20], "p1-0");
    assert_eq!(json["sizes"], serde_json::json!([20, 20, 20]));
    assert_eq!(json["truth"]["adjusted_rand_index"], 1.0);
    assert_eq!(
        json["input"]["names"],
        serde_json::json!(["length", "width"])
    );
    for key in [
        "eigenvalues",
        "certificate",
        "characteristics",
        "report",
        "rust",
    ] {
        assert!(!json[key].is_null(), "{key}");
    }
    assert!(folder.read("out.csv").starts_with("id,label\np0-0,"));
    let told = folder.run("explain out.json");
    assert_eq!((told.code, &told.stdout), (0, &run.stdout));
    assert!(told.stdout.contains("they are the same"), "{}", told.stdout);
    let piped = folder.run_with("explain -", folder.read("out.json").as_bytes());
    assert_eq!(piped.stdout, told.stdout);
}

#[test]
fn the_page_stands_alone_and_says_what_the_file_says_without_running_it() {
    let folder = Folder::new("page");
    folder.write("p.csv", groups());
    let run = folder.run(
        "cluster p.csv --id name --label kind -k 3 --report out.html --picture out.png --quiet",
    );
    assert_eq!((run.code, run.stdout.as_str()), (0, ""), "{}", run.stderr);
    let page = folder.read("out.html");
    for part in [
        "<title>3 clusters in p.csv</title>",
        "prefers-color-scheme: dark",
        "How far to trust them",
        "The same in Rust",
        "SpectralClustering::new()",
        "kind&lt;0&gt;",
        "normalised cut",
        "centre length",
    ] {
        assert!(page.contains(part), "no {part}");
    }
    // Nothing is fetched, nothing of the data becomes a tag, every picture has its words.
    for outside in ["http://", "https://", "<script", "<link", "kind<0>"] {
        assert!(!page.contains(outside), "{outside}");
    }
    assert_eq!(page.matches("<img ").count(), 3);
    assert!(!page.contains("alt=\"\""));
    let png = std::fs::read(folder.0.join("out.png")).expect("the picture");
    assert!(png.starts_with(b"\x89PNG"));
}

#[test]
fn a_sweep_is_a_table_and_a_heat_map() {
    let folder = Folder::new("sweep");
    folder.write("p.csv", groups());
    let run = folder.run("sweep p.csv --id name --label kind --neighbors 3..8 -k 2..4 --table out.csv --heatmap out.svg");
    assert_eq!(run.code, 0, "{}", run.stderr);
    let table = folder.read("out.csv");
    assert!(table.starts_with("neighbors,k,components,"), "{table}");
    assert_eq!(table.lines().count(), 1 + 6 * 3);
    let three = |line: &&str| line.split(',').nth(1) == Some("3");
    assert!(
        table.lines().filter(three).all(|line| line.contains(",1,")),
        "{table}"
    );
    assert!(folder.read("out.svg").contains("adjusted Rand index"));
    let both = folder.run("sweep p.csv --columns length,width --sigma 0.5..2 --neighbors 4..6 -k 3 --steps 3 --heatmap both.png --quiet");
    assert_eq!(
        (both.code, both.stdout.as_str()),
        (0, ""),
        "{}",
        both.stderr
    );
}

/// As one line, whatever it was wrapped to.
fn unwrapped(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn the_number_that_the_eigenvalues_say_is_told_everywhere_with_the_one_that_comes_next() {
    let folder = Folder::new("auto");
    let mut text = String::new();
    for row in fiedler::data::iris().x.rows() {
        let fields: Vec<String> = row.iter().map(ToString::to_string).collect();
        let _ = writeln!(text, "{}", fields.join(","));
    }
    folder.write("iris.csv", text);
    let run = folder
        .run("cluster iris.csv --header no -k auto --neighbors 10 --json out.json --report out.html --labels out.csv");
    assert_eq!(run.code, 0, "{}", run.stderr);
    let json: serde_json::Value = serde_json::from_str(&folder.read("out.json")).expect("JSON");
    assert_eq!(json["clusters"], 2);
    let ranking = json["report"]["ranking"].as_array().expect("a ranking");
    assert_eq!(
        (&ranking[0]["clusters"], &ranking[1]["clusters"]),
        (&2.into(), &3.into())
    );
    let told = unwrapped(&run.stdout);
    let explained = unwrapped(&folder.run("explain out.json").stdout);
    for place in [&told, &explained, &unwrapped(&folder.read("out.html"))] {
        for words in [
            "k = 2 by the share of the gap (100 %); next 3 (69 %)",
            "above 80 % a gap stands out",
            "where you expect more, ask for them by -k",
        ] {
            assert!(place.contains(words), "no {words} in {place}");
        }
    }
    // A number that was asked for was not found out.
    let given = folder.run("cluster iris.csv --header no -k 2 --neighbors 10");
    assert!(
        !given.stdout.contains("share of the gap"),
        "{}",
        given.stdout
    );
}

#[test]
fn points_without_neighbours_are_named_by_their_ids_or_their_lines() {
    let folder = Folder::new("alone");
    folder.write("p.csv", "who,x,y\na,0,0\nb,0,1\nc,50,50\nd,0,2\n");
    let run = folder.run("cluster p.csv --id who -k 2 --epsilon 1.5");
    assert_eq!(run.code, 1);
    assert!(run.stderr.contains("they are called c\n"), "{}", run.stderr);
    let run = folder.run("cluster p.csv --columns x,y -k 2 --epsilon 1.5");
    assert!(
        run.stderr.contains("they stand in the lines 4\n"),
        "{}",
        run.stderr
    );
    assert!(
        run.stderr.contains("--isolated own-label"),
        "{}",
        run.stderr
    );
    let run =
        folder.run("cluster p.csv --id who -k 1 --epsilon 1.5 --isolated own-label --labels -");
    assert_eq!(
        run.stdout, "id,label\na,0\nb,0\nc,1\nd,0\n",
        "{}",
        run.stderr
    );
}
