//! The book's table of claims: every numbered formula with the tests that check it. Each named test is looked for
//! in the file that is named with it.

use crate::trouble::{Result, Trouble};
use std::{fmt::Write, fs, path::Path};

const HEAD: &str = "\
# Claims, formulas, tests

Every numbered formula of this book, and the tests that check it. In a chapter they stand folded under a ✓; this page
collects them. It is written when the book is built, and the build fails where a formula has no test, or where a test
that is named does not exist. `cargo xtask test` runs them all.

A line without a formula is a claim of the text: there the test's name is the claim.
";

/// One box of small print under a formula: the formulas' numbers, and the tests as (file, name).
struct Checked {
    numbers: Vec<String>,
    tests: Vec<(String, String)>,
}

/// What opens and ends a box.
const BOX: (&str, &str) = ("<details class=\"checked\">", "</details>");

/// Writes `claims.md` from the chapters that `SUMMARY.md` lists; fails after naming every test that is missing, and every
/// formula without one.
pub fn write(project: &Path) -> Result<()> {
    let folder = project.join("book/src");
    let mut page = HEAD.to_string();
    let mut missing = Vec::new();
    for stem in chapters(&read(&folder.join("SUMMARY.md"))?) {
        let text = read(&folder.join(format!("{stem}.md")))?;
        let boxes = checked(&text);
        missing.extend(
            boxes
                .iter()
                .flat_map(|found| &found.tests)
                .filter_map(|test| {
                    let (file, name) = test;
                    let source =
                        fs::read_to_string(project.join("tests").join(file)).unwrap_or_default();
                    let exists = source.contains(&format!("fn {name}("));
                    (!exists).then(|| {
                        format!("{stem}.md names `{name}`, which tests/{file} does not have")
                    })
                }),
        );
        let checked: Vec<&String> = boxes.iter().flat_map(|found| &found.numbers).collect();
        let unchecked = tags(&text).filter(|number| !checked.contains(&number));
        missing
            .extend(unchecked.map(|number| format!("{stem}.md: no test is named for ({number})")));
        if !boxes.is_empty() {
            table(&mut page, &stem, &text, &boxes);
        }
    }
    if !missing.is_empty() {
        for line in &missing {
            println!("  {line}");
        }
        return Err(Trouble::new(
            format!("{} claims of the book have no test.", missing.len()),
            "name the tests as they are, or write them",
        ));
    }
    let path = folder.join("claims.md");
    fs::write(&path, page).map_err(|error| {
        let remedy = "see that the folder can be written to";
        Trouble::new(format!("{}: {error}", path.display()), remedy)
    })
}

fn read(path: &Path) -> Result<String> {
    fs::read_to_string(path).map_err(|error| {
        let remedy = "write the chapter, or take it out of book/src/SUMMARY.md";
        Trouble::new(format!("{}: {error}", path.display()), remedy)
    })
}

/// The stems of the pages in the summary, this one aside.
fn chapters(summary: &str) -> Vec<String> {
    let targets = summary.split("](").skip(1);
    let stems =
        targets.filter_map(|rest| rest.split_once(".md)").map(|(stem, _)| stem.to_string()));
    stems.filter(|stem| stem != "claims").collect()
}

/// The boxes of a chapter, in order.
fn checked(text: &str) -> Vec<Checked> {
    let boxes = text.split(BOX.0).skip(1);
    boxes
        .filter_map(|rest| rest.split(BOX.1).next())
        .map(|inside| {
            let mut found = Checked {
                numbers: Vec::new(),
                tests: Vec::new(),
            };
            let mut file = String::new();
            for (place, part) in inside.split('`').enumerate() {
                if place % 2 == 0 {
                    found.numbers.extend(numbers(part));
                } else if Path::new(part).extension().is_some_and(|end| end == "rs") {
                    file = part.to_string();
                } else if part.contains('_') && !part.contains(char::is_whitespace) {
                    found.tests.push((file.clone(), part.to_string()));
                }
            }
            found
        })
        .collect()
}

/// The formulas' numbers in words such as "(2), (5)–(8):", one by one.
fn numbers(words: &str) -> Vec<String> {
    let mut found: Vec<u32> = Vec::new();
    let mut between = "";
    for part in words.split('(').skip(1) {
        if let Some((number, behind)) = part.split_once(')')
            && let Ok(number) = number.parse()
        {
            let first = match found.last() {
                Some(last) if between == "–" => last + 1,
                _ => number,
            };
            found.extend(first..=number);
            between = behind.trim();
        }
    }
    found.iter().map(u32::to_string).collect()
}

/// The numbers of a chapter's formulas.
fn tags(text: &str) -> impl Iterator<Item = String> {
    let parts = text.split("\\tag{").skip(1);
    parts.filter_map(|rest| rest.split_once('}').map(|(number, _)| number.to_string()))
}

/// The TeX of the formula of this number, on one line and without the number. Spaces around each `_`, but for `\_`: mdBook
/// takes two of them behind a bracket or a sign for emphasis.
fn formula(text: &str, number: &str) -> Option<String> {
    let tag = format!("\\tag{{{number}}}");
    let mut displays = text.split("$$").skip(1).step_by(2);
    let tex = displays.find(|tex| tex.contains(&tag))?;
    let words: Vec<&str> = tex.split_whitespace().collect();
    let line = words.join(" ").replace(&tag, "");
    Some(
        line.replace('_', " _ ")
            .replace("\\ _ ", "\\_")
            .trim()
            .to_string(),
    )
}

fn table(page: &mut String, stem: &str, text: &str, boxes: &[Checked]) {
    let title = text
        .lines()
        .next()
        .unwrap_or_default()
        .trim_start_matches(['#', ' ']);
    let _ = write!(
        page,
        "\n## [{title}]({stem}.md)\n\n<div class=\"tests\">\n\n| | formula | tests |\n|---|---|---|\n"
    );
    for found in boxes.iter().filter(|found| !found.tests.is_empty()) {
        let numbers: Vec<String> = found.numbers.iter().map(|n| format!("({n})")).collect();
        let formulas = found.numbers.iter().filter_map(|n| formula(text, n));
        let formulas: Vec<String> = formulas
            .map(|tex| format!("$\\displaystyle {tex}$"))
            .collect();
        let tests: Vec<String> = found
            .tests
            .iter()
            .map(|(file, name)| format!("`{file}`: `{name}`"))
            .collect();
        let _ = writeln!(
            page,
            "| {} | {} | {} |",
            numbers.join(", "),
            formulas.join("<br>"),
            tests.join("<br>")
        );
    }
    page.push_str("\n</div>\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    const CHAPTER: &str = "# A chapter\n\n$$\na = b\n\\tag{1}\n$$\n\n<details class=\"checked\">\n<summary>✓</summary>\n\n(1), (2): `cut.rs`,\n`one_is_one`; `book/cut.rs`, `two_is_two`\n\n</details>\n";

    #[test]
    fn a_box_names_its_formulas_and_each_test_with_its_file() {
        let boxes = checked(CHAPTER);
        assert_eq!(boxes.len(), 1);
        assert_eq!(boxes[0].numbers, ["1", "2"]);
        let tests = [("cut.rs", "one_is_one"), ("book/cut.rs", "two_is_two")];
        let tests = tests.map(|(file, name)| (file.to_string(), name.to_string()));
        assert_eq!(boxes[0].tests, tests);
    }

    #[test]
    fn a_range_of_formulas_is_each_of_them() {
        assert_eq!(
            numbers("(2), (5)–(8); (11):"),
            ["2", "5", "6", "7", "8", "11"]
        );
        assert_eq!(numbers("by hand (see above)"), [""; 0]);
        let twice = CHAPTER.replace("(1), (2): `cut.rs`", "(1): `cut.rs`");
        let twice = twice.replace("; `book", "; (2): `book");
        assert_eq!(checked(&twice)[0].numbers, ["1", "2"]);
    }

    #[test]
    fn a_formula_is_found_by_its_number() {
        assert_eq!(formula(CHAPTER, "1").as_deref(), Some("a = b"));
        assert_eq!(formula(CHAPTER, "2"), None);
        let indexed = CHAPTER.replace("a = b", "(h_c)_i = \\operatorname{orth\\_obj}");
        let spaced = "(h _ c) _ i = \\operatorname{orth\\_obj}";
        assert_eq!(formula(&indexed, "1").as_deref(), Some(spaced));
    }

    #[test]
    fn the_chapters_are_those_of_the_summary_in_its_order() {
        let summary = "[Introduction](introduction.md)\n- [A](a.md)\n- [Claims](claims.md)\n";
        assert_eq!(chapters(summary), ["introduction", "a"]);
    }

    #[test]
    fn a_test_that_does_not_exist_fails_the_build() {
        let folder = std::env::temp_dir().join(format!("fiedler-claims-{}", std::process::id()));
        fs::create_dir_all(folder.join("book/src")).unwrap();
        fs::create_dir_all(folder.join("tests/book")).unwrap();
        fs::write(folder.join("book/src/SUMMARY.md"), "- [A](a.md)\n").unwrap();
        fs::write(folder.join("book/src/a.md"), CHAPTER).unwrap();
        fs::write(folder.join("tests/cut.rs"), "fn one_is_one() {}").unwrap();
        assert!(write(&folder).is_err());
        fs::write(folder.join("tests/book/cut.rs"), "fn two_is_two() {}").unwrap();
        assert!(write(&folder).is_ok());
        let unnamed = CHAPTER.replace("(1), (2): `cut.rs`", "`cut.rs`");
        fs::write(folder.join("book/src/a.md"), unnamed).unwrap();
        let trouble = write(&folder).unwrap_err();
        assert!(trouble.to_string().contains("1 claims"), "{trouble}");
        fs::write(folder.join("book/src/a.md"), CHAPTER).unwrap();
        assert!(write(&folder).is_ok());
        let page = fs::read_to_string(folder.join("book/src/claims.md")).unwrap();
        assert!(page.contains("`cut.rs`: `one_is_one`<br>`book/cut.rs`: `two_is_two`"));
        fs::remove_dir_all(folder).unwrap();
    }
}
