//! The tutorial's own structure: one step, one stem, in `src`, `tests`, `notebooks` and the README; every
//! test that the book names exists, and nothing that it includes is missing.

use fiedler_exercises::EXERCISES;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// The steps, in reading order. The data come first and have no notebook of their own.
const STEPS: [&str; 14] = [
    "kmeans",
    "similarity",
    "cut",
    "transform",
    "relaxation",
    "eigen",
    "clustering",
    "graph",
    "sensitivity",
    "embedding",
    "springs",
    "certificate",
    "real_data",
    "solvers",
];
/// The page before the first step, on the language: it has a notebook, and no module, test or chapter.
const FIRST_PAGE: &str = "00_rust";
/// The step that has no module of its own: it puts those before it to work.
const ALL_TOGETHER: &str = "real_data";
/// Modules with tests of their own, and the notebook that shows each.
const COMPANIONS: [(&str, &str); 11] = [
    ("parameters", "09_sensitivity"),
    ("scores", "10_embedding"),
    ("power", "10_embedding"),
    ("labelling", "10_embedding"),
    ("estimator", "10_embedding"),
    ("walk", "11_springs"),
    ("exact", "12_certificate"),
    ("characteristics", "12_certificate"),
    ("stability", "12_certificate"),
    ("perturbation", "12_certificate"),
    ("pixels", "13_real_data"),
];
/// So many of them, the first, are the steps of the post: with the data they are tried on, the small library.
const POST: usize = 7;
/// What `ls src` shows, from the top floor to the ground: each may name those behind it only.
const FLOORS: [&[&str]; 6] = [
    &["plot"],
    &["steps", "beyond"],
    &["engine"],
    &["linalg"],
    &["guard"],
    &["error"],
];

/// Where the module of a step stands.
fn source_of(step: &str) -> String {
    let floor = if step == "data" || STEPS[..POST].contains(&step) {
        "steps"
    } else {
        "beyond"
    };
    format!("src/{floor}/{step}.rs")
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: impl AsRef<Path>) -> String {
    let path = root().join(path);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The files of a folder with this ending, sorted by name.
fn files(folder: &str, ending: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(root().join(folder)).expect(folder);
    let paths = entries.map(|entry| entry.expect(folder).path());
    let mut files: Vec<PathBuf> = paths
        .filter(|path| path.extension().is_some_and(|found| found == ending))
        .collect();
    files.sort();
    files
}

fn stem(path: &Path) -> String {
    path.file_stem()
        .expect("a file name")
        .to_string_lossy()
        .into_owned()
}

fn notebooks() -> Vec<(String, Value)> {
    let parse = |path: &PathBuf| {
        let notebook = serde_json::from_str(&read(path));
        (
            stem(path),
            notebook.unwrap_or_else(|error| panic!("{}: {error}", path.display())),
        )
    };
    files("notebooks", "ipynb").iter().map(parse).collect()
}

fn cells<'a>(notebook: &'a Value, kind: &str) -> Vec<&'a Value> {
    let cells = notebook["cells"].as_array().expect("a notebook has cells");
    cells
        .iter()
        .filter(|cell| cell["cell_type"] == kind)
        .collect()
}

/// A notebook writes its text as one string or as a list of lines.
fn text(value: &Value) -> String {
    match value {
        Value::Array(lines) => lines.iter().filter_map(Value::as_str).collect(),
        other => other.as_str().unwrap_or_default().to_string(),
    }
}

/// The files that a step has under its own name.
fn step_files(number: usize, step: &str) -> Vec<String> {
    let mut files = vec![
        format!("tests/{step}.rs"),
        format!("notebooks/{:02}_{step}.ipynb", number + 1),
    ];
    if step != ALL_TOGETHER {
        files.push(source_of(step));
    }
    files
}

/// The steps with a module.
fn modules() -> impl Iterator<Item = &'static str> {
    STEPS.into_iter().filter(|&step| step != ALL_TOGETHER)
}

#[test]
fn every_step_has_its_source_its_test_and_its_notebook() {
    for (number, step) in STEPS.into_iter().enumerate() {
        for path in step_files(number, step) {
            assert!(root().join(&path).is_file(), "{path} is missing");
        }
    }
    for (module, notebook) in COMPANIONS {
        for path in [
            source_of(module),
            format!("tests/{module}.rs"),
            format!("notebooks/{notebook}.ipynb"),
        ] {
            assert!(root().join(&path).is_file(), "{path} is missing");
        }
    }
}

#[test]
fn no_source_file_and_no_notebook_is_a_stray() {
    let companions = COMPANIONS.map(|(module, _)| module);
    let served = ["data", "read", "points", "geography", "advice"];
    let known: BTreeSet<&str> = modules().chain(served).chain(companions).collect();
    let floors: BTreeSet<&str> = FLOORS.concat().into_iter().chain(["lib"]).collect();
    for path in files("src", "rs") {
        let found = floors.contains(stem(&path).as_str());
        assert!(found, "{} belongs to no floor", path.display());
    }
    for path in [files("src/steps", "rs"), files("src/beyond", "rs")].concat() {
        let name = stem(&path);
        assert!(
            known.contains(name.as_str()) && path.ends_with(source_of(&name)),
            "{} belongs to no step",
            path.display()
        );
    }
    let steps = STEPS.into_iter().enumerate();
    let steps = steps.map(|(i, step)| format!("{:02}_{step}", i + 1));
    let numbered: Vec<String> = [FIRST_PAGE.to_string()].into_iter().chain(steps).collect();
    let found: Vec<String> = notebooks().into_iter().map(|(name, _)| name).collect();
    assert_eq!(found, numbered);
}

#[test]
fn every_module_opens_with_its_definition_its_preconditions_and_a_known_value() {
    let companions = COMPANIONS.map(|(module, _)| module);
    for step in modules()
        .chain(["data", "read", "points", "geography"])
        .chain(companions)
    {
        let path = source_of(step);
        let source = read(&path);
        for heading in ["//! # Definition", "//! # Must hold", "//! # Known value"] {
            assert!(source.contains(heading), "{path} has no `{heading}`");
        }
    }
}

#[test]
fn the_readme_names_every_step_with_its_files() {
    let readme = read("README.md");
    for (number, step) in STEPS.into_iter().enumerate() {
        for name in step_files(number, step) {
            assert!(readme.contains(&name), "README.md does not name {name}");
        }
    }
}

#[test]
fn the_first_page_is_where_a_newcomer_finds_it() {
    assert!(read("README.md").contains(&format!("notebooks/{FIRST_PAGE}.ipynb")));
    let first_step = read(format!("notebooks/01_{}.ipynb", STEPS[0]));
    assert!(first_step.contains(&format!("({FIRST_PAGE}.ipynb)")));
}

#[test]
fn every_file_that_the_readme_and_the_map_link_to_exists() {
    for page in ["README.md", "CONTRIBUTING.md"] {
        for target in read(page)
            .split("](")
            .skip(1)
            .filter_map(|rest| rest.split(')').next())
        {
            let path = target.split('#').next().unwrap_or_default();
            let outside = target.starts_with("http") || path.is_empty();
            assert!(
                outside || root().join(path).exists(),
                "{page} links to {target}"
            );
        }
    }
}

/// The packages that the project was to be built on.
const PACKAGES: [&str; 6] = [
    "evcxr",
    "ndarray",
    "ndarray-linalg",
    "argmin",
    "plotters",
    "linfa-datasets",
];

#[test]
fn each_package_that_the_project_stands_on_is_named_where_people_look() {
    let readme = read("README.md");
    for package in PACKAGES {
        let row = readme
            .lines()
            .find(|line| line.starts_with(&format!("| [{package}](")));
        let row = row.unwrap_or_else(|| panic!("README.md has no row for {package}"));
        // Where its row sends the reader, it is named; a longer name that holds this one does not count.
        let pages = row.split("](").filter_map(|rest| rest.split(')').next());
        let named = |text: &str| {
            let longer = |rest: &str| rest.starts_with('-') || rest.starts_with("::");
            text.split(package).skip(1).any(|rest| !longer(rest))
        };
        let pages: Vec<&str> = pages.collect();
        for kind in [".ipynb", ".md"] {
            let page = pages.iter().find(|page| page.ends_with(kind));
            let page = page.unwrap_or_else(|| panic!("{package}: no {kind} in its row"));
            assert!(named(&prose(page)), "{page} does not name {package}");
        }
    }
}

/// What a reader reads: of a notebook the cells of text.
fn prose(page: &str) -> String {
    if !page.starts_with("notebooks/") {
        return read(page);
    }
    let notebook: Value = serde_json::from_str(&read(page)).expect("a notebook is JSON");
    let cells = cells(&notebook, "markdown");
    cells.iter().map(|cell| text(&cell["source"])).collect()
}

/// The registry shows the README with its relative links set on the repository, which it does for the hosts that it knows.
#[test]
fn links_of_the_readme_work_on_the_registrys_page() {
    let manifest = read("Cargo.toml");
    assert!(manifest.contains("repository = \"https://github.com/"));
    for target in read("README.md").split("](").skip(1) {
        let target = target.split(')').next().unwrap_or_default();
        let outward = target.starts_with("https://");
        let inward = !target.starts_with(['/', '#']) && !target.contains("./");
        assert!(outward || inward, "{target}");
    }
}

#[test]
fn every_notebook_was_run_from_top_to_bottom() {
    for (name, notebook) in notebooks() {
        let code = cells(&notebook, "code");
        for (number, cell) in code.iter().enumerate() {
            assert_eq!(
                cell["execution_count"],
                number + 1,
                "{name}: run it again from the top"
            );
            for output in cell["outputs"].as_array().expect("outputs") {
                assert_ne!(output["output_type"], "error", "{name} holds an error");
            }
        }
        let last = code.last().expect("a code cell");
        let printed: String = last["outputs"]
            .as_array()
            .expect("outputs")
            .iter()
            .map(|output| text(&output["text"]))
            .collect();
        let checkpoint = format!("Checkpoint {}: every claim", &name[3..]);
        assert!(
            printed.contains(&checkpoint),
            "{name} does not end at its checkpoint"
        );
    }
}

#[test]
fn every_notebook_says_what_it_teaches_asks_and_checks() {
    for (name, notebook) in notebooks() {
        let prose: String = cells(&notebook, "markdown")
            .iter()
            .map(|cell| text(&cell["source"]))
            .collect();
        let code: Vec<String> = cells(&notebook, "code")
            .iter()
            .map(|cell| text(&cell["source"]))
            .collect();
        let all = code.join("\n");
        let outputs = serde_json::to_string(&notebook).expect("a notebook is JSON");
        assert!(
            (10..=32).contains(&code.len()),
            "{name} has {} code cells",
            code.len()
        );
        for wanted in ["What you will learn", "Predict", "Exercise", "<details>"] {
            assert!(prose.contains(wanted), "{name} has no `{wanted}`");
        }
        let needs = ":dep fiedler = { path = \"..\" }\n:dep fiedler-exercises = { path = \"../exercises\" }\n";
        assert!(code[0].starts_with(needs), "{name}: {}", code[0]);
        assert_eq!(
            all.matches(":dep").count(),
            2,
            "{name}: no :dep but these two, in the first cell"
        );
        let checked: Vec<&str> = all
            .split("check(\"")
            .skip(1)
            .filter_map(|rest| rest.split('"').next())
            .collect();
        let own = EXERCISES
            .iter()
            .filter(|exercise| exercise.notebook == name);
        let own: Vec<&str> = own.map(|exercise| exercise.name).collect();
        assert_eq!(checked, own, "{name} checks the exercises of the table");
        assert!(!own.is_empty(), "{name} has no exercise");
        let last = code.last().expect("a cell");
        assert!(
            last.contains("assert!") || last.contains(&format!("claims(\"{}\", ", &name[3..])),
            "{name}: the last cell holds the claims"
        );
        assert!(outputs.contains("image/png"), "{name} has no figure");
    }
}

/// The functions of the post, and Lloyd's: in which notebook the reader writes each.
const WRITTEN: [(&str, &[&str]); 14] = [
    ("00_rust", &["mean", "share_above"]),
    ("01_kmeans", &["assign", "update", "lloyd"]),
    ("02_similarity", &["similarity_matrix"]),
    ("03_cut", &["cut", "vols", "normcut"]),
    ("04_transform", &["transform", "rayleigh_quotient"]),
    ("05_relaxation", &["orth", "orth_obj", "orth_obj_gradient"]),
    ("06_eigen", &["random_walk_laplacian"]),
    ("07_clustering", &["spectral_clustering"]),
    ("08_graph", &["average", "gaussian", "nearest_neighbors"]),
    ("09_sensitivity", &["mean_neighbor_distance"]),
    ("10_embedding", &["unit_rows", "power_step"]),
    ("11_springs", &["potential_energy", "walk_step"]),
    ("12_certificate", &["sweep", "exact_normcut"]),
    ("14_solvers", &["lanczos_step", "negative_eigenvalues"]),
];
/// A solution is as short as the post's Python: so many lines, with its signature and its last brace.
const LONGEST_SOLUTION: usize = 13;
/// So many lines a cell of a notebook may have.
const LONGEST_CELL: usize = 15;

/// The notebooks with all their cells.
fn notebooks_by_cells() -> Vec<(String, Vec<Value>)> {
    let cells = |notebook: &Value| notebook["cells"].as_array().expect("cells").clone();
    let all = notebooks().into_iter();
    all.map(|(name, notebook)| (name, cells(&notebook)))
        .collect()
}

fn has_tag(cell: &Value, tag: &str) -> bool {
    let tags = cell["metadata"]["tags"].as_array();
    tags.is_some_and(|tags| tags.iter().any(|one| one == tag))
}

#[test]
fn every_function_of_the_post_and_what_carries_the_rest_is_written_by_the_reader() {
    for (name, cells) in &notebooks_by_cells() {
        let written = WRITTEN.iter().find(|(notebook, _)| name == notebook);
        let functions = written.map_or(&[][..], |(_, functions)| functions);
        let own: Vec<usize> = (0..cells.len())
            .filter(|&at| has_tag(&cells[at], "write"))
            .collect();
        assert_eq!(
            own.len(),
            functions.len(),
            "{name}: cells with the tag `write`"
        );
        for (at, function) in own.into_iter().zip(functions) {
            let source = |at: usize| text(&cells[at]["source"]);
            let signature = format!("fn my_{function}(");
            assert!(
                source(at).contains(&signature),
                "{name} has no `{signature}`"
            );
            assert_eq!(
                source(at + 1),
                format!("by_hand::{function}(my_{function});"),
                "{name}: the cell below `{signature}` checks it"
            );
            // The file holds the function as the reader first sees it.
            let said = text(&cells[at + 1]["outputs"][0]["text"]);
            assert!(
                said.starts_with("Not written yet"),
                "{name}, {function}: {said}"
            );
            let below = source(at + 2);
            let folded = below.strip_prefix("<details><summary>Solution</summary>\n\n```rust\n");
            let folded =
                folded.unwrap_or_else(|| panic!("{name}: no folded solution of {function}"));
            let solution = folded.split("```").next().unwrap_or_default();
            assert!(solution.starts_with(&signature), "{name}: {solution}");
            let lines = solution.lines().count();
            assert!(
                lines <= LONGEST_SOLUTION,
                "{name}, {function}: {lines} lines"
            );
        }
    }
}

#[test]
fn a_cell_is_short_and_plain() {
    // What a beginner need not read yet; the notebooks after the post may have it.
    let hard = [
        ".iter().max().unwrap() + 1",
        "f64::max)",
        "f64::min)",
        "assert!",
        "assert_eq!",
    ];
    for (number, (name, cells)) in notebooks_by_cells().into_iter().enumerate() {
        for cell in cells.iter().filter(|cell| cell["cell_type"] == "code") {
            let (id, source) = (&cell["id"], text(&cell["source"]));
            let lines = source.lines().count();
            assert!(lines <= LONGEST_CELL, "{name}, {id}: {lines} lines");
            // The first page, and the notebooks of the post.
            for hard in hard.iter().filter(|_| number <= POST) {
                assert!(!source.contains(hard), "{name}, {id}: `{hard}`");
            }
        }
    }
}

#[test]
fn what_a_picture_says_is_made_of_its_values() {
    for (name, cells) in notebooks_by_cells() {
        for cell in &cells {
            let (id, source) = (&cell["id"], text(&cell["source"]));
            assert!(
                !source.contains("with_alt("),
                "{name}, {id}: a figure describes itself"
            );
            let typed = source
                .split("with_title(\"")
                .skip(1)
                .filter_map(|rest| rest.split('"').next());
            for title in typed {
                let has_number = title.contains(|c: char| c.is_ascii_digit());
                assert!(
                    !has_number,
                    "{name}, {id}: the number in {title:?} is typed by hand"
                );
            }
        }
    }
}

#[test]
fn a_cell_that_ends_with_a_figure_shows_it() {
    for (name, notebook) in notebooks() {
        for cell in cells(&notebook, "code") {
            let source = text(&cell["source"]);
            // Lines at the left margin: the last statement begins at the last of them that no brace closes.
            let begins = |line: &&str| !line.starts_with([' ', '}', ']', ')']);
            let last = source.lines().rfind(begins).unwrap_or_default();
            if last.starts_with("plot::") && !source.trim_end().ends_with(';') {
                let shown = cell["outputs"].to_string();
                // What moves or answers is a picture inside a page.
                let inside = shown.contains("text/html") && shown.contains("data:image/");
                assert!(
                    shown.contains("image/png") || inside,
                    "{name}, {}: no figure came",
                    cell["id"]
                );
            }
        }
    }
}

#[test]
fn every_test_that_the_book_names_exists() {
    let folders = ["tests", "tests/book"];
    let tests: String = folders
        .iter()
        .flat_map(|folder| files(folder, "rs"))
        .map(read)
        .collect();
    for page in files("book/src", "md") {
        let prose = read(&page);
        for name in prose.split('`').skip(1).step_by(2) {
            let is_a_sentence = name.matches('_').count() >= 3
                && name
                    .chars()
                    .all(|c| c == '_' || c.is_ascii_lowercase() || c.is_ascii_digit());
            if is_a_sentence {
                let found = tests.contains(&format!("fn {name}("));
                assert!(found, "{}: no test is called {name}", page.display());
            }
        }
    }
}

#[test]
fn every_listing_and_picture_of_the_book_exists() {
    for page in files("book/src", "md") {
        let prose = read(&page);
        for include in prose
            .split("{{#include ")
            .skip(1)
            .filter_map(|rest| rest.split("}}").next())
        {
            let (file, anchor) = include
                .trim()
                .split_once(':')
                .unwrap_or((include.trim(), ""));
            let source = read(page.parent().expect("a folder").join(file));
            // In code the line ends behind the name, in Markdown the comment does.
            let marked = anchor.is_empty()
                || source.contains(&format!("ANCHOR: {anchor}\n"))
                || source.contains(&format!("ANCHOR: {anchor} -->"));
            assert!(marked, "{}: no anchor {anchor} in {file}", page.display());
        }
        for picture in prose.split("![").skip(1) {
            let (alternative, rest) = picture.split_once("](").expect("a picture has a target");
            let target = rest.split([')', ' ']).next().expect("a target");
            assert!(
                !alternative.trim().is_empty(),
                "{}: {target} has no text",
                page.display()
            );
            let path = page.parent().expect("a folder").join(target);
            assert!(path.is_file(), "{}: {target} is missing", page.display());
        }
    }
}

#[test]
fn the_book_lists_every_chapter_and_no_chapter_is_a_stub() {
    let summary = read("book/src/SUMMARY.md");
    for page in files("book/src", "md")
        .iter()
        .filter(|page| stem(page) != "SUMMARY")
    {
        let name = format!("{}.md", stem(page));
        assert!(summary.contains(&name), "SUMMARY.md does not list {name}");
        let lines = read(page).lines().count();
        assert!(lines >= 40, "{name} has {lines} lines");
    }
}

#[test]
fn the_readmes_code_is_that_of_the_examples() {
    let readme = read("README.md");
    for example in ["ten_lines", "iris"] {
        let source = read(format!("examples/{example}.rs"));
        let code = source
            .find("use fiedler")
            .map(|start| source[start..].trim_end());
        let code = code.unwrap_or_else(|| panic!("examples/{example}.rs uses nothing of fiedler"));
        assert!(
            readme.contains(code),
            "the README does not show examples/{example}.rs"
        );
    }
}

#[test]
fn the_readme_prints_what_its_second_example_prints() {
    let iris = fiedler::data::iris();
    let clustering = fiedler::SpectralClustering::new()
        .clusters(3)
        .graph(fiedler::GraphRule::nearest_neighbors(10))
        .labels(fiedler::Labelling::PivotedQr)
        .fit(&iris.x)
        .expect("the README's example");
    let characteristics = clustering.characteristics().expect("iris has coordinates");
    let printed = format!("{}\n{characteristics}", clustering.certificate);
    let readme = read("README.md");
    for line in printed.lines() {
        assert!(readme.contains(line), "the README does not print: {line}");
    }
}

#[test]
fn the_readme_shows_what_was_measured_and_nothing_typed_beside_it() {
    let measured = read("benches/peers/results/table.md");
    let between = |text: &str, start: &str, end: &str| {
        let from = text.find(start).expect(start) + start.len();
        let length = text[from..].find(end).expect(end);
        text[from..from + length].trim().to_string()
    };
    let part = |name: &str| {
        let mark = |word: &str| format!("<!-- {word}: {name} -->");
        between(&measured, &mark("ANCHOR"), &mark("ANCHOR_END"))
    };
    let machine = measured
        .lines()
        .find(|line| line.starts_with("Measured on"));
    let machine = machine.expect("the machine").to_string();
    let parts = [machine, part("glance"), part("everybody"), part("arpack")];
    assert_eq!(
        between(&read("README.md"), "<!-- peers -->", "<!-- /peers -->"),
        parts.join("\n\n"),
        "write it again: cargo run --release --manifest-path benches/peers/Cargo.toml -- --table"
    );
}

/// The code of every source file by its top module, without comments and without what only its own tests see.
fn code_of_modules() -> Vec<(String, String)> {
    let own = |path: &PathBuf| {
        let inside = path.strip_prefix(root().join("src")).expect("a source");
        // The module: of the steps and what is beyond them, the floor is no part of its name.
        let mut names = inside.iter().map(|name| stem(Path::new(name)));
        let floor = names.next().expect("a name");
        let top = if ["steps", "beyond"].contains(&floor.as_str()) {
            names.next().unwrap_or(floor)
        } else {
            floor
        };
        (top, code(path))
    };
    sources("src").iter().map(own).collect()
}

fn words(code: &str) -> impl Iterator<Item = &str> {
    code.split(|c: char| !c.is_alphanumeric() && c != '_')
}

/// The first word.
fn name(code: &str) -> String {
    words(code).next().unwrap_or_default().to_string()
}

/// The types that hold arrays which anybody may fill: arrays, and structs with such a type in a public field.
fn holders(modules: &[(String, String)]) -> BTreeSet<String> {
    let arrays = [
        "Points",
        "Array",
        "Array1",
        "Array2",
        "ArrayBase",
        "ArrayView1",
        "ArrayView2",
    ];
    let mut holders: BTreeSet<String> = arrays.map(String::from).into();
    let structs: Vec<(String, &str)> = modules
        .iter()
        .flat_map(|(_, code)| code.split("\npub struct ").skip(1))
        .map(|declared| {
            (
                name(declared),
                declared.split("\n}").next().unwrap_or(declared),
            )
        })
        .collect();
    loop {
        let before = holders.len();
        for (name, body) in &structs {
            let mut fields = body.lines().filter(|line| line.starts_with("    pub "));
            if fields.any(|field| words(field).any(|word| holders.contains(word))) {
                holders.insert(name.clone());
            }
        }
        if holders.len() == before {
            return holders;
        }
    }
}

/// What stands between the parentheses that follow the name of a function and its generics.
fn arguments(signature: &str) -> &str {
    let mut angles = 0;
    let mut opened = None;
    let mut depth = 0;
    let mut last = ' ';
    for (at, c) in signature.char_indices() {
        match c {
            '<' if opened.is_none() => angles += 1,
            '>' if opened.is_none() && last != '-' => angles -= 1,
            '(' if angles == 0 => {
                depth += 1;
                opened = opened.or(Some(at));
            }
            ')' if angles == 0 => {
                depth -= 1;
                if depth == 0 {
                    return &signature[opened.unwrap_or(at)..at];
                }
            }
            _ => {}
        }
        last = c;
    }
    panic!("no arguments: {signature}")
}

#[test]
fn every_public_function_that_takes_an_array_is_tried_in_all_layouts() {
    let modules = code_of_modules();
    let holders = holders(&modules);
    assert!(holders.contains("Eigenpairs") && holders.contains("Case"));
    let tried = read("tests/layouts.rs");
    let mut count = 0;
    for (module, code) in &modules {
        // Blocks begin and end at the left margin: rustfmt sees to it.
        for block in code.split("\n}\n") {
            let of_type = block.split("\nimpl").nth(1).map(|header| {
                let header = header.split('{').next().unwrap_or_default();
                let header = header.rsplit(" for ").next().unwrap_or_default();
                // Behind the generics, which may have bounds of their own.
                let header = header.trim().rsplit("> ").next().unwrap_or_default();
                words(header).find(|word| !word.is_empty())
            });
            for function in block.split("pub fn ").skip(1) {
                let arguments = arguments(function);
                let own = of_type
                    .flatten()
                    .filter(|_| words(arguments).any(|word| word == "self"));
                if !words(arguments)
                    .chain(own)
                    .any(|word| holders.contains(word))
                {
                    continue;
                }
                count += 1;
                let place = of_type.flatten().unwrap_or(module);
                let name = format!("\"{place}::{}\"", name(function));
                assert!(
                    tried.contains(&name),
                    "tests/layouts.rs does not try {name}"
                );
            }
        }
    }
    // That many there were when this was written: fewer would mean that they are no longer found.
    assert!(count >= 110, "{count}");
}

/// The code of a file, without comments and without its tests.
fn code(path: &Path) -> String {
    let text = read(path);
    let code = text.split("\n#[cfg(test)]").next().unwrap_or_default();
    let lines = code.lines();
    let lines = lines.filter(|line| !line.trim_start().starts_with("//"));
    lines.fold(String::new(), |code, line| code + line + "\n")
}

/// The Rust files of a folder and of those in it.
fn sources(folder: &str) -> Vec<PathBuf> {
    let mut waiting = vec![root().join(folder)];
    let mut found = Vec::new();
    while let Some(folder) = waiting.pop() {
        for entry in fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                waiting.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                found.push(path);
            }
        }
    }
    found.retain(|path| stem(path) != "tests");
    found.sort();
    found
}

/// What a source names by `crate::…`: the first name of each such path.
fn named(code: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for rest in code.split("crate::").skip(1) {
        match rest.strip_prefix('{') {
            Some(list) => {
                let list = list.split('}').next().unwrap_or_default();
                found.extend(list.split(',').map(|item| name(item.trim())));
            }
            None => {
                found.insert(name(rest));
            }
        }
    }
    found
}

/// The floor that a name of the root belongs to: a floor itself, a module of the steps or beyond, or what the root
/// re-exports from one of them.
fn floor_of(name: &str) -> Option<usize> {
    let at = |module: &str| FLOORS.iter().position(|names| names.contains(&module));
    let lib = read("src/lib.rs");
    let from = |line: &str| {
        let module = line.strip_prefix("pub use ")?.split("::").next()?;
        Some(module.to_string())
    };
    at(name).or_else(|| {
        if root().join(source_of(name)).is_file() {
            return at("steps");
        }
        let mut statements = lib
            .split(';')
            .map(|text| text.split_whitespace().collect::<Vec<_>>().join(" "));
        let statement = statements
            .find(|text| text.starts_with("pub use ") && words(text).any(|word| word == name))?;
        let module = from(&statement)?;
        at(&module).or_else(|| {
            root()
                .join(source_of(&module))
                .is_file()
                .then(|| at("steps"))?
        })
    })
}

#[test]
fn arrows_only_fall() {
    for path in sources("src") {
        let inside = path.strip_prefix(root().join("src")).expect("a source");
        let own = stem(Path::new(inside.iter().next().expect("a name")));
        if own == "lib" {
            continue;
        }
        let own = FLOORS
            .iter()
            .position(|names| names.contains(&own.as_str()));
        let own = own.unwrap_or_else(|| panic!("{} stands on no floor", path.display()));
        for name in named(&code(&path)) {
            let other = floor_of(&name);
            let other = other.unwrap_or_else(|| panic!("{}: crate::{name}?", path.display()));
            assert!(
                other >= own,
                "{} names crate::{name}, which stands above it",
                path.display()
            );
        }
    }
}

#[test]
fn a_picture_names_the_drawing_kit_only_and_the_kit_no_picture() {
    let neighbours = |path: &PathBuf| -> BTreeSet<String> {
        let code = code(path);
        let within = named(&code).contains("plot");
        assert!(!within, "{} goes round by the root", path.display());
        code.split("super::").skip(1).map(name).collect()
    };
    let pictures = files("src/plot", "rs");
    assert!(pictures.len() > 10);
    for path in pictures {
        let others = neighbours(&path);
        let kit_only = others.iter().all(|name| name == "kit");
        assert!(kit_only, "{} names {others:?}", path.display());
    }
    let mut kit = BTreeMap::new();
    for path in files("src/plot/kit", "rs") {
        let others = neighbours(&path);
        // Between `super::` and `super::` stands nothing.
        assert!(!others.contains(""), "{} looks up", path.display());
        kit.insert(stem(&path), others);
    }
    assert!(kit["legend"].contains("marks"));
    assert_eq!(circle(&kit), None);
}

#[test]
fn the_small_library_is_small_and_shows_itself() {
    let mut lines = 0;
    for &step in STEPS[..POST].iter().chain(&["data"]) {
        let path = source_of(step);
        lines += read(&path).lines().count();
        let code = code(&root().join(&path));
        // Types of the engine; its functions may stand behind a definition.
        for word in [
            "Edges",
            "Sparse",
            "Problem",
            "Elimination",
            "Solved",
            "Turned",
            "argmin",
        ] {
            let found = words(&code).any(|found| found == word);
            assert!(!found, "{path} names {word}");
        }
    }
    assert!(lines < 1300, "{lines} lines");
}

/// Of modules beside each other, and what each names, those that name each other in a circle.
fn circle(arrows: &BTreeMap<String, BTreeSet<String>>) -> Option<Vec<String>> {
    // Those that name nothing that is left, taken away one after the other: what stays goes round.
    let mut left = arrows.clone();
    loop {
        let free: Vec<String> = left
            .iter()
            .filter(|(_, named)| named.iter().all(|other| !left.contains_key(other)))
            .map(|(module, _)| module.clone())
            .collect();
        if free.is_empty() {
            break;
        }
        for module in free {
            left.remove(&module);
        }
    }
    (!left.is_empty()).then(|| left.into_keys().collect())
}

#[test]
fn no_module_names_one_that_names_it() {
    let mut arrows = BTreeMap::new();
    for path in [sources("src/steps"), sources("src/beyond")].concat() {
        let inside = path.strip_prefix(root().join("src")).expect("a source");
        let own = stem(Path::new(inside.iter().nth(1).expect("a module")));
        let of: &mut BTreeSet<String> = arrows.entry(own.clone()).or_default();
        of.extend(named(&code(&path)).into_iter().filter(|name| *name != own));
    }
    assert_eq!(circle(&arrows), None);
    let mut rooms = BTreeMap::new();
    for path in sources("src/engine") {
        let inside = path
            .strip_prefix(root().join("src/engine"))
            .expect("a source");
        let own = stem(Path::new(inside.iter().next().expect("a room")));
        let of: &mut BTreeSet<String> = rooms.entry(own.clone()).or_default();
        let code = code(&path);
        let named = code.split("crate::engine::").skip(1).map(name);
        of.extend(named.filter(|name| *name != own));
    }
    assert_eq!(circle(&rooms), None);
    let mut commands = BTreeMap::new();
    for path in sources("xtask/src") {
        let own = stem(&path);
        let code = code(&path);
        // An item of a list of imports may be a list itself.
        let listed = code.split("use crate::{").nth(1);
        let listed = listed.and_then(|rest| rest.split("\n};").next());
        let listed = listed.into_iter().flat_map(str::lines);
        let listed = listed.filter(|line| line.starts_with("    ") && !line.starts_with("     "));
        let found = listed.map(|line| name(line.trim())).chain(named(&code));
        let found = found.filter(|name| *name != own && !name.is_empty());
        commands.insert(own.clone(), found.collect::<BTreeSet<String>>());
    }
    assert!(commands["kernel"].contains("session"));
    assert_eq!(circle(&commands), None);
}
