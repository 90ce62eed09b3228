//! The cells in which the reader writes a function: run empty, as they are committed, and then with the folded solution.
//!
//! Three cells belong together: one with the tag `write` that holds the function with nothing in it, the code cell after
//! it, which checks the function, and the text after that, whose folded solution holds the function in a block of Rust.

use crate::{
    session::Session,
    trouble::Result,
    verdict::{self, Outputs},
};

/// The tag of a cell that holds a function to write.
pub const TAG: &str = "write";

/// How the line of a check begins before anything is written, and how for a function that is right.
const EMPTY: &str = "Not written yet";
const RIGHT: &str = "Right";

/// A function to write.
#[derive(Debug, PartialEq)]
pub struct Written {
    /// The number of its cell among the cells that hold code, from 0. The next one checks it.
    pub cell: usize,
    /// The folded solution, where there is one.
    pub solution: Option<String>,
}

/// The Rust of the first folded solution in this text.
pub fn solution(text: &str) -> Option<String> {
    let folded = text.split_once("<summary>Solution</summary>")?.1;
    let folded = folded.split("</details>").next()?;
    let block = folded.split_once("```rust\n")?.1;
    Some(block.split_once("```")?.0.to_string())
}

/// Puts the solution in the place of the empty function and runs the check again; says why this does not pass.
pub fn solve(
    session: &mut Session,
    own: &Written,
    check: &str,
    shown: &Outputs,
) -> Result<Option<String>> {
    if let Some(complaint) = complaint(shown, EMPTY) {
        return Ok(Some(format!(
            "The function is not committed empty. {complaint}"
        )));
    }
    let Some(solution) = &own.solution else {
        return Ok(Some(
            "No folded solution with a block of Rust stands below its check.".to_string(),
        ));
    };
    for source in [solution, check] {
        let outputs = session.run(source)?;
        if let Some(message) = verdict::failure(&outputs) {
            return Ok(Some(format!("Its solution fails.\n{message}")));
        }
        if source == check {
            return Ok(complaint(&outputs, RIGHT)
                .map(|said| format!("Its solution does not pass. {said}")));
        }
    }
    Ok(None)
}

/// What a check said that does not begin as it should.
fn complaint(outputs: &Outputs, beginning: &str) -> Option<String> {
    let said = verdict::stdout(outputs);
    let is_said = said.lines().any(|line| line.starts_with(beginning));
    (!is_said).then(|| format!("The check says: {}", said.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn the_solution_is_the_first_folded_block_of_rust() {
        let text = "```rust\nno\n```\n<details><summary>Solution</summary>\n\nSo:\n\n```rust\nfn f() {\n}\n```\n</details>\n\n```rust\nnor this\n```\n";
        assert_eq!(solution(text).as_deref(), Some("fn f() {\n}\n"));
        let python = "<details><summary>Solution</summary>\n\n```python\nf()\n```\n</details>\n```rust\nno\n```\n";
        assert_eq!(solution(python), None);
        assert_eq!(solution("```rust\nfn f() {}\n```\n"), None);
    }

    #[test]
    fn a_check_that_says_something_else_is_quoted() {
        let said =
            |text: &str| vec![json!({ "output_type": "stream", "name": "stdout", "text": text })];
        assert_eq!(complaint(&said("Right: 2 of 2.\n"), RIGHT), None);
        assert_eq!(
            complaint(&said("Not yet: 4.\n"), RIGHT).as_deref(),
            Some("The check says: Not yet: 4.")
        );
        assert!(complaint(&vec![], EMPTY).is_some());
    }
}
