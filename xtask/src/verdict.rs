//! Judging what a cell showed: has it failed, has it drawn a figure, has it printed the checkpoint?

use serde_json::Value;
use std::fmt::Write as _;

/// What one code cell showed.
pub type Outputs = Vec<Value>;

/// Why a cell has failed, judged by what it showed. evcxr answers "ok" to a panic and to a failing `?`, and only writes
/// them to standard error: so anything there is a failure.
pub fn failure(outputs: &[Value]) -> Option<String> {
    let errors = outputs
        .iter()
        .filter(|output| output["output_type"] == "error")
        .map(error_text);
    let complaints = outputs
        .iter()
        .filter(|output| output["name"] == "stderr")
        .map(|output| joined(&output["text"]));
    let all: Vec<String> = complaints
        .collect::<String>()
        .lines()
        .map(String::from)
        .chain(errors)
        .collect();
    (!all.is_empty() || outputs.iter().any(|output| output["name"] == "stderr"))
        .then(|| shortened(&all))
}

/// Whether these outputs hold the line that ends a notebook with this stem.
pub fn holds_checkpoint(outputs: &[Value], stem: &str) -> bool {
    let line = checkpoint(stem);
    stdout(outputs).lines().any(|printed| printed == line)
}

/// The line that ends a notebook with this stem, printed by `fiedler_exercises::checkpoint`.
pub fn checkpoint(stem: &str) -> String {
    format!("Checkpoint {stem}: every claim of this notebook held.")
}

/// Whether a figure is among these outputs.
pub fn has_figure(outputs: &[Value]) -> bool {
    outputs
        .iter()
        .filter_map(|output| output["data"].as_object())
        .any(|data| data.keys().any(|mime| is_figure(mime)))
}

fn is_figure(mime: &str) -> bool {
    mime.starts_with("image/") || mime.starts_with("application/vnd.vega")
}

/// What the cell printed to standard output.
pub fn stdout(outputs: &[Value]) -> String {
    outputs
        .iter()
        .filter(|output| output["name"] == "stdout")
        .map(|output| joined(&output["text"]))
        .collect()
}

/// An error's message without terminal colours: its traceback shows the place, its value is the message alone.
fn error_text(output: &Value) -> String {
    let traceback = output["traceback"]
        .as_array()
        .map_or(&[][..], Vec::as_slice);
    let text = traceback
        .iter()
        .filter_map(Value::as_str)
        .collect::<Vec<_>>()
        .join("\n");
    let text = uncoloured(&text);
    if text.trim().is_empty() {
        joined(&output["evalue"])
    } else {
        text
    }
}

/// Without the escape sequences that colour a terminal.
fn uncoloured(text: &str) -> String {
    let mut rest = text.split("\u{1b}[");
    let first = rest.next().unwrap_or_default().to_string();
    rest.fold(first, |plain, part| {
        plain + part.split_once('m').map_or("", |(_, after)| after)
    })
}

/// A failure of a few lines: a panic's backtrace tells nothing of the notebook.
fn shortened(all: &[String]) -> String {
    let mut text = String::new();
    for line in all
        .iter()
        .take_while(|line| !line.starts_with("stack backtrace:"))
        .filter(|line| !line.trim().is_empty())
    {
        let _ = writeln!(text, "{line}");
    }
    if text.is_empty() {
        "it wrote to standard error".to_string()
    } else {
        text.trim_end().to_string()
    }
}

/// Text as nbformat keeps it in memory: it may be a string or a list of lines.
pub fn joined(text: &Value) -> String {
    match text {
        Value::String(text) => text.clone(),
        Value::Array(lines) => lines.iter().filter_map(Value::as_str).collect(),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn printed(name: &str, text: &str) -> Value {
        json!({ "output_type": "stream", "name": name, "text": text })
    }

    #[test]
    fn quiet_cells_pass() {
        assert_eq!(failure(&[]), None);
        assert_eq!(failure(&[printed("stdout", "error: only a word\n")]), None);
    }

    #[test]
    fn a_panic_fails_and_its_backtrace_is_left_out() {
        let lines = [
            "\n",
            "thread 'main' panicked at src/lib.rs:1:\n",
            "one is not two\n",
            "stack backtrace:\n",
            "   0: begin_unwind\n",
        ];
        let outputs: Vec<Value> = lines.iter().map(|line| printed("stderr", line)).collect();
        assert_eq!(
            failure(&outputs).unwrap(),
            "thread 'main' panicked at src/lib.rs:1:\none is not two"
        );
    }

    #[test]
    fn a_failing_question_mark_fails_even_with_an_empty_message() {
        assert_eq!(failure(&[printed("stderr", "bad\n")]).unwrap(), "bad");
        assert_eq!(
            failure(&[printed("stderr", "\n")]).unwrap(),
            "it wrote to standard error"
        );
    }

    #[test]
    fn a_compile_error_fails_with_its_traceback_uncoloured() {
        let output = json!({ "output_type": "error", "evalue": "mismatched types", "traceback": ["\u{1b}[31m[E0308] Error:\u{1b}[0m mismatched types", " 1 | x"] });
        assert_eq!(
            failure(&[output]).unwrap(),
            "[E0308] Error: mismatched types\n 1 | x"
        );
        let bare =
            json!({ "output_type": "error", "evalue": "Subprocess terminated", "traceback": [] });
        assert_eq!(failure(&[bare]).unwrap(), "Subprocess terminated");
    }

    #[test]
    fn a_checkpoint_is_a_whole_line_of_standard_output() {
        let line = "Checkpoint cut: every claim of this notebook held.";
        assert!(holds_checkpoint(
            &[
                printed("stdout", "cut 26\n"),
                printed("stdout", &format!("{line}\n"))
            ],
            "cut"
        ));
        assert!(!holds_checkpoint(
            &[printed("stdout", &format!("{line}\n"))],
            "points"
        ));
        assert!(!holds_checkpoint(
            &[printed("stdout", &format!("{line}!\n"))],
            "cut"
        ));
        assert!(!holds_checkpoint(
            &[printed("stderr", &format!("{line}\n"))],
            "cut"
        ));
    }

    #[test]
    fn a_picture_or_a_chart_is_a_figure() {
        let shown = |mime: &str| json!({ "output_type": "execute_result", "data": { mime: "", "text/plain": "" } });
        assert!(has_figure(&[shown("image/png")]));
        assert!(has_figure(&[shown("application/vnd.vegalite.v5+json")]));
        assert!(!has_figure(&[
            shown("text/html"),
            printed("stdout", "image/png")
        ]));
    }
}
