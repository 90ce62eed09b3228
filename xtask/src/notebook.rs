//! Notebooks as files: reading them, and writing them so that the same run gives the same bytes.

use crate::{
    kernel,
    trouble::{Result, Trouble},
    verdict::{Outputs, joined, stdout},
    written::{self, Written},
};
use serde_json::{Map, Value, json};
use std::{collections::HashSet, fmt::Write as _, fs, path::Path};

/// A notebook in memory.
#[derive(Debug)]
pub struct Notebook {
    json: Value,
}

impl Notebook {
    /// Reads a notebook file.
    pub fn read(path: &Path) -> Result<Self> {
        let name = path.display();
        let text = fs::read_to_string(path).map_err(|error| {
            Trouble::new(
                format!("{name} cannot be read: {error}."),
                "check its name and rights",
            )
        })?;
        Self::parse(&text).map_err(|reason| {
            Trouble::new(
                format!("{name} is no notebook: {reason}."),
                "restore it with `git checkout`",
            )
        })
    }

    fn parse(text: &str) -> std::result::Result<Self, String> {
        let json: Value = serde_json::from_str(text).map_err(|error| error.to_string())?;
        if json["nbformat"] != 4 || !json["cells"].is_array() {
            return Err("it is not of nbformat 4".to_string());
        }
        Ok(Self { json })
    }

    /// The source of every cell that holds code.
    pub fn code(&self) -> Vec<String> {
        self.cells()
            .iter()
            .filter(|cell| is_code(cell))
            .map(|cell| joined(&cell["source"]))
            .collect()
    }

    /// The functions that the reader writes.
    pub fn written(&self) -> Vec<Written> {
        let cells = self.cells();
        let code = (0..cells.len()).filter(|&at| is_code(&cells[at]));
        let code: Vec<usize> = code.collect();
        let own = code
            .iter()
            .enumerate()
            .filter(|(_, at)| has_tag(&cells[**at], written::TAG));
        own.map(|(cell, _)| {
            let after = |number: usize| code.get(number).copied().unwrap_or(cells.len());
            let below = cells.get(after(cell + 1) + 1..after(cell + 2));
            let solution = below
                .into_iter()
                .flatten()
                .find_map(|text| written::solution(&joined(&text["source"])));
            Written { cell, solution }
        })
        .collect()
    }

    fn cells(&self) -> &[Value] {
        self.json["cells"].as_array().map_or(&[], Vec::as_slice)
    }

    /// The notebook's text with these outputs, one list for each cell of [`Self::code`]. It is as nbformat writes it:
    /// sorted keys, an indent of one, text in lists of lines. Nothing in it depends on the machine or the hour: a cell
    /// with the tag `volatile` keeps what it showed before, if that says the same but for its numbers.
    pub fn with_outputs(&self, all: &[Outputs]) -> String {
        let mut ids = HashSet::new();
        let mut shown = (1..).zip(all);
        let cells = self.cells().iter().map(|cell| {
            let mut clean = Map::new();
            clean.insert("cell_type".into(), cell["cell_type"].clone());
            clean.insert("id".into(), Value::from(fresh_id(&cell["id"], &mut ids)));
            clean.insert("metadata".into(), lasting(&cell["metadata"]));
            clean.insert("source".into(), lines(&joined(&cell["source"])));
            if let Some(attachments) = cell.get("attachments") {
                clean.insert("attachments".into(), attachments.clone());
            }
            if cell["cell_type"] == "code" {
                let (count, outputs) = if is_code(cell) {
                    shown
                        .next()
                        .map_or((Value::Null, &[][..]), |(n, o)| (Value::from(n), o))
                } else {
                    (Value::Null, &[][..])
                };
                let fresh = tidy(outputs, &count);
                let keeps =
                    has_tag(cell, VOLATILE) && same_but_for_numbers(&cell["outputs"], &fresh);
                let shown = if keeps {
                    cell["outputs"].clone()
                } else {
                    fresh
                };
                clean.insert("outputs".into(), shown);
                clean.insert("execution_count".into(), count);
            }
            Value::Object(clean)
        });
        written(
            &json!({ "cells": cells.collect::<Vec<_>>(), "metadata": metadata(), "nbformat": 4, "nbformat_minor": 5 }),
        )
    }
}

/// The stem of `NN_stem.ipynb`.
pub fn stem(file_name: &str) -> Option<&str> {
    let (number, stem) = file_name.strip_suffix(".ipynb")?.split_once('_')?;
    let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    (is_number && !stem.is_empty()).then_some(stem)
}

fn is_code(cell: &Value) -> bool {
    cell["cell_type"] == "code" && !joined(&cell["source"]).trim().is_empty()
}

/// The tag of a cell that shows how long something took.
const VOLATILE: &str = "volatile";

fn has_tag(cell: &Value, wanted: &str) -> bool {
    let tags = cell["metadata"]["tags"].as_array();
    tags.is_some_and(|tags| tags.iter().any(|tag| tag == wanted))
}

/// Whether two lists of outputs show the same, numbers, spaces and the pixels of a figure aside.
fn same_but_for_numbers(before: &Value, after: &Value) -> bool {
    let shape = |outputs: &Value| -> Vec<(Value, String, Vec<String>)> {
        let outputs = outputs.as_array().into_iter().flatten();
        let words = |output: &Value| {
            let text = joined(&output["text"]) + &joined(&output["data"]["text/plain"]);
            wordy(&text)
        };
        let kinds = |output: &Value| {
            let data = output["data"].as_object();
            data.into_iter()
                .flatten()
                .map(|(mime, _)| mime.clone())
                .collect()
        };
        let one = |output: &Value| (output["output_type"].clone(), words(output), kinds(output));
        outputs.map(one).collect()
    };
    shape(before) == shape(after)
}

/// The text without its numbers and spaces.
fn wordy(text: &str) -> String {
    let lines = text.lines().map(|line| {
        let mut rest = String::new();
        let mut digits = false;
        for c in line.chars().filter(|c| !c.is_whitespace()) {
            // An exponent, a point or a sign belongs to the number around it.
            let of_a_number = c.is_ascii_digit() || ".,-−+".contains(c) || digits && c == 'e';
            if !of_a_number {
                rest.push(c);
            }
            digits = of_a_number;
        }
        rest
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// Outputs in the order in which a quiet machine shows them: what was printed, as one, then the results.
fn tidy(outputs: &[Value], count: &Value) -> Value {
    let printed = stdout(outputs);
    let stream = (!printed.is_empty())
        .then(|| json!({ "name": "stdout", "output_type": "stream", "text": lines(&printed) }));
    let results = outputs
        .iter()
        .filter(|output| output["output_type"] != "stream")
        .map(|output| {
            let mut output = output.clone();
            if output["output_type"] == "execute_result" {
                output["execution_count"] = count.clone();
            }
            if let Some(data) = output["data"].as_object() {
                let split = data
                    .iter()
                    .map(|(mime, content)| (mime.clone(), split(mime, content)));
                let (data, metadata) = (split.collect(), described(data));
                output["data"] = data;
                output["metadata"] = metadata;
            }
            output
        });
    stream.into_iter().chain(results).collect()
}

/// The plain text that comes with a figure is its description: Jupyter's exporters read it from here.
fn described(data: &Map<String, Value>) -> Value {
    let Some(text) = data.get("text/plain").map(joined) else {
        return json!({});
    };
    let images = data.keys().filter(|mime| mime.starts_with("image/"));
    images
        .map(|mime| (mime.clone(), json!({ "alt": text })))
        .collect()
}

fn split(mime: &str, content: &Value) -> Value {
    let by_lines = mime.starts_with("text/") || mime == "image/svg+xml";
    if by_lines && (content.is_string() || content.is_array()) {
        lines(&joined(content))
    } else {
        content.clone()
    }
}

/// What a cell's metadata says of the cell, not of one run.
fn lasting(metadata: &Value) -> Value {
    let kept = ["tags", "jupyter", "slideshow"];
    let all = metadata.as_object().into_iter().flatten();
    all.filter(|(key, _)| kept.contains(&key.as_str()))
        .map(|(key, value)| (key.clone(), value.clone()))
        .collect()
}

/// The notebook's metadata: what JupyterLab writes for this kernel.
fn metadata() -> Value {
    json!({
        "kernelspec": { "display_name": kernel::DISPLAY_NAME, "language": "rust", "name": kernel::NAME },
        "language_info": {
            "codemirror_mode": "rust", "file_extension": ".rs", "mimetype": "text/rust",
            "name": "Rust", "pygment_lexer": "rust", "version": ""
        },
    })
}

/// The cell's own id, or the first free one where it has none or another cell has it too.
fn fresh_id(id: &Value, taken: &mut HashSet<String>) -> String {
    let own = id.as_str().filter(|id| !id.is_empty()).map(String::from);
    let id = own
        .into_iter()
        .chain((1..=taken.len() + 1).map(|n| format!("cell-{n}")))
        .find(|id| !taken.contains(id))
        .unwrap_or_default();
    taken.insert(id.clone());
    id
}

/// Text as nbformat writes it: a list of lines with their ends.
fn lines(text: &str) -> Value {
    text.split_inclusive('\n').collect::<Vec<_>>().into()
}

/// JSON with an indent of one. No string of JSON holds a raw line end, so every line's indent is its depth.
fn written(json: &Value) -> String {
    let mut text = String::new();
    for line in format!("{json:#}").lines() {
        let content = line.trim_start_matches(' ');
        let _ = writeln!(
            text,
            "{}{content}",
            " ".repeat((line.len() - content.len()) / 2)
        );
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn printed(name: &str, text: &str) -> Value {
        json!({ "output_type": "stream", "name": name, "text": text })
    }

    fn notebook(cells: &Value) -> Notebook {
        Notebook::parse(
            &json!({ "cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5 })
                .to_string(),
        )
        .unwrap()
    }

    fn code(id: &str, source: impl Into<Value>) -> Value {
        json!({ "cell_type": "code", "id": id, "metadata": {}, "source": source.into(), "outputs": [], "execution_count": null })
    }

    #[test]
    fn a_stem_is_what_follows_the_number() {
        assert_eq!(stem("03_normalised_cut.ipynb"), Some("normalised_cut"));
        for name in [
            "cut.ipynb",
            "x3_cut.ipynb",
            "03_.ipynb",
            "_cut.ipynb",
            "03_cut.rs",
        ] {
            assert_eq!(stem(name), None, "{name}");
        }
    }

    #[test]
    fn only_cells_with_code_are_run_and_counted() {
        let nb = notebook(
            &json!([code("a", "1"), { "cell_type": "markdown", "id": "b", "metadata": {}, "source": "# x" }, code("c", " \n"), code("d", vec!["let x = 1;\n", "x"])]),
        );
        assert_eq!(nb.code(), ["1", "let x = 1;\nx"]);
        let text = nb.with_outputs(&[vec![], vec![printed("stdout", "hi\n")]]);
        let json: Value = serde_json::from_str(&text).unwrap();
        let counts: Vec<&Value> = json["cells"]
            .as_array()
            .unwrap()
            .iter()
            .map(|cell| &cell["execution_count"])
            .collect();
        assert_eq!(counts, [&json!(1), &Value::Null, &Value::Null, &json!(2)]);
        assert_eq!(json["cells"][3]["outputs"][0]["text"], json!(["hi\n"]));
    }

    #[test]
    fn what_was_printed_comes_first_and_as_one() {
        let result = json!({ "output_type": "execute_result", "execution_count": 7, "metadata": {}, "data": { "text/plain": "5" } });
        let tidied = tidy(
            &[printed("stdout", "a\n"), result, printed("stdout", "b\n")],
            &json!(2),
        );
        assert_eq!(tidied[0]["text"], json!(["a\n", "b\n"]));
        assert_eq!(tidied[1]["execution_count"], 2);
        assert_eq!(tidied.as_array().unwrap().len(), 2);
    }

    #[test]
    fn a_figure_is_described_by_its_plain_text() {
        let figure = json!({ "output_type": "execute_result", "execution_count": 1, "metadata": {}, "data": { "image/png": "AAAA", "text/plain": "Two moons" } });
        let tidied = tidy(&[figure], &json!(1));
        assert_eq!(
            tidied[0]["metadata"],
            json!({ "image/png": { "alt": "Two moons" } })
        );
        assert_eq!(
            tidied[0]["data"],
            json!({ "image/png": "AAAA", "text/plain": ["Two moons"] })
        );
    }

    #[test]
    fn traces_of_a_run_and_of_a_machine_go() {
        let mut cell = code("a", "1");
        cell["metadata"] = json!({ "execution": { "iopub.status.busy": "now" }, "scrolled": true, "tags": ["keep"] });
        let mut nb = notebook(&json!([cell]));
        nb.json["metadata"] = json!({ "vscode": {}, "kernelspec": { "name": "rust" } });
        let json: Value = serde_json::from_str(&nb.with_outputs(&[vec![]])).unwrap();
        assert_eq!(json["cells"][0]["metadata"], json!({ "tags": ["keep"] }));
        assert_eq!(json["metadata"], metadata());
    }

    #[test]
    fn a_volatile_cell_keeps_what_it_showed_unless_its_words_change() {
        let figure = |text: &str, png: &str| json!({ "output_type": "execute_result", "execution_count": 1, "metadata": {}, "data": { "image/png": png, "text/plain": text } });
        let shown = |seconds: &str, png: &str| {
            vec![
                printed("stdout", &format!("n 1000   {seconds} s\n")),
                figure(&format!("from {seconds} at 1000"), png),
            ]
        };
        let after = |tags: Value, new: Vec<Value>| {
            let mut cell = code("a", "1");
            cell["metadata"] = json!({ "tags": tags });
            cell["outputs"] = tidy(&shown("0.25", "AAAA"), &json!(1));
            let text = notebook(&json!([cell])).with_outputs(&[new]);
            let json: Value = serde_json::from_str(&text).unwrap();
            json["cells"][0]["outputs"].clone()
        };
        let (old, new) = (shown("0.25", "AAAA"), shown("12.5e-3", "BBBB"));
        let tidied = |outputs: &[Value]| tidy(outputs, &json!(1));
        assert_eq!(after(json!(["volatile"]), new.clone()), tidied(&old));
        assert_eq!(after(json!(["other"]), new.clone()), tidied(&new));
        // Other words, another line or another kind of output: what is shown is stale.
        let renamed = vec![printed("stdout", "n 1000   3 minutes\n"), new[1].clone()];
        let longer = vec![
            printed("stdout", "n 1000   3 s\nn 10   1 s\n"),
            new[1].clone(),
        ];
        for other in [renamed, longer, vec![new[0].clone()], vec![]] {
            assert_eq!(after(json!(["volatile"]), other.clone()), tidied(&other));
        }
    }

    #[test]
    fn a_function_to_write_is_found_with_the_solution_below_its_check() {
        let text = |id: &str, source: &str| json!({ "cell_type": "markdown", "id": id, "metadata": {}, "source": source });
        let folded = "<details><summary>Solution</summary>\n\n```rust\nfn f() {}\n```\n</details>";
        let mut empty = code("b", "fn f() { todo }");
        empty["metadata"] = json!({ "tags": ["write"] });
        let cells = [
            code("a", "1"),
            empty,
            code("c", "check(f)"),
            text("d", folded),
            code("e", "2"),
        ];
        let found = notebook(&json!(cells)).written();
        assert_eq!(
            found,
            [Written {
                cell: 1,
                solution: Some("fn f() {}\n".to_string())
            }]
        );
        // Below the next code it belongs to another.
        let [a, b, c, d, e] = cells;
        let found = notebook(&json!([a, b, c, e, d])).written();
        assert_eq!(
            found,
            [Written {
                cell: 1,
                solution: None
            }]
        );
    }

    #[test]
    fn ids_are_kept_and_missing_ones_are_filled_in() {
        let mut nameless = code("", "1");
        nameless.as_object_mut().unwrap().remove("id");
        let nb = notebook(&json!([code("a", "1"), nameless, code("a", "2")]));
        let json: Value =
            serde_json::from_str(&nb.with_outputs(&[vec![], vec![], vec![]])).unwrap();
        let ids: Vec<&str> = json["cells"]
            .as_array()
            .unwrap()
            .iter()
            .filter_map(|cell| cell["id"].as_str())
            .collect();
        assert_eq!(ids, ["a", "cell-1", "cell-2"]);
    }

    #[test]
    fn a_written_notebook_is_as_nbformat_writes_it_and_stays_so() {
        let nb = notebook(&json!([code("a", "println!(\"é\");\n1")]));
        let text = nb.with_outputs(&[vec![printed("stdout", "é\n")]]);
        let start = "{\n \"cells\": [\n  {\n   \"cell_type\": \"code\",\n   \"execution_count\": 1,\n   \"id\": \"a\",\n   \"metadata\": {},\n   \"outputs\": [\n";
        assert!(text.starts_with(start), "{text}");
        assert!(
            text.ends_with(" \"nbformat\": 4,\n \"nbformat_minor\": 5\n}\n"),
            "{text}"
        );
        let again = Notebook::parse(&text).unwrap();
        assert_eq!(again.with_outputs(&[vec![printed("stdout", "é\n")]]), text);
    }

    #[test]
    fn other_files_are_no_notebooks() {
        assert!(Notebook::parse("not JSON").is_err());
        assert!(Notebook::parse("{\"nbformat\": 3}").is_err());
    }
}
