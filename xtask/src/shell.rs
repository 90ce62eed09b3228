//! Running other programs: shown when they matter, silent when they only answer a question.

use crate::trouble::{Result, Trouble};
use std::process::{Command, Stdio};

/// npm, by the name of the file that the system starts: on Windows it is a script.
pub const NPM: &str = if cfg!(windows) { "npm.cmd" } else { "npm" };

/// What opens a page in the browser, and what stands before the page.
pub fn opener() -> (&'static str, &'static [&'static str]) {
    if cfg!(windows) {
        // `start` is a word of the shell, and takes the first quoted word for a title.
        ("cmd", &["/C", "start", ""])
    } else if cfg!(target_os = "macos") {
        ("open", &[])
    } else {
        ("xdg-open", &[])
    }
}

/// Prints a heading for a step that is about to start.
pub fn say(text: &str) {
    println!("• {text}");
}

/// Shows the command, runs it with its output on the terminal, and fails with this remedy if it fails.
pub fn run(command: &mut Command, remedy: &str) -> Result<()> {
    println!("  $ {}", line(command));
    let status = command.status().map_err(|error| {
        Trouble::new(
            format!("`{}` did not start: {error}", line(command)),
            remedy,
        )
    })?;
    if status.success() {
        return Ok(());
    }
    Err(Trouble::new(
        format!("`{}` failed ({status}).", line(command)),
        remedy,
    ))
}

/// The first line that a program prints, if it starts and succeeds.
pub fn answer(program: &str, arguments: &[&str]) -> Option<String> {
    let output = Command::new(program)
        .args(arguments)
        .stdin(Stdio::null())
        .output()
        .ok()?;
    let text = String::from_utf8_lossy(&output.stdout);
    output
        .status
        .success()
        .then(|| text.lines().next().unwrap_or_default().trim().to_string())
}

/// A command as one would type it, its program without the folder.
fn line(command: &Command) -> String {
    let program = std::path::Path::new(command.get_program());
    let name = program.file_name().unwrap_or(command.get_program());
    let words = std::iter::once(name).chain(command.get_args());
    words
        .map(|word| word.to_string_lossy())
        .collect::<Vec<_>>()
        .join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_is_shown_as_typed() {
        let mut command = Command::new("/usr/bin/cargo");
        command.args(["test", "--workspace"]);
        assert_eq!(line(&command), "cargo test --workspace");
    }

    #[test]
    fn a_missing_program_gives_no_answer() {
        assert_eq!(answer("no-such-program-here", &["--version"]), None);
    }
}
