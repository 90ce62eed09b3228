//! Child processes: one at a time, each with a limit of seconds and of memory.

use crate::contestants::MEMORY;
use std::io::Result;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// How a child ended.
#[derive(Debug, Clone, PartialEq)]
pub enum End {
    Well,
    Badly(String),
    Killed,
}

/// Runs a program and waits for it, no longer than `limit` seconds. What it prints goes to a file.
pub fn run(program: &str, arguments: &[String], limit: f64, log: &Path) -> Result<End> {
    // The shell sets the limit and then becomes the program, so that killing it kills the program.
    let mut child = Command::new("sh")
        .args(["-c", "ulimit -v \"$0\" 2>/dev/null; exec \"$@\""])
        .arg((MEMORY / 1024).to_string())
        .arg(program)
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(std::fs::File::create(log.with_extension("out"))?)
        .stderr(std::fs::File::create(log)?)
        .spawn()?;
    let begin = Instant::now();
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(if status.success() {
                End::Well
            } else {
                End::Badly(reason(log).unwrap_or_else(|| status.to_string()))
            });
        }
        if begin.elapsed().as_secs_f64() > limit {
            child.kill()?;
            child.wait()?;
            return Ok(End::Killed);
        }
        sleep(Duration::from_millis(10));
    }
}

/// The last line that a child wrote to its error output.
fn reason(log: &Path) -> Option<String> {
    let text = std::fs::read_to_string(log).ok()?;
    let line = text.lines().rev().find(|line| !line.trim().is_empty())?;
    Some(line.trim().chars().take(200).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shell(script: &str, limit: f64) -> End {
        let log = std::env::temp_dir().join(format!("peers_{}_{limit}.log", std::process::id()));
        let end = run("sh", &["-c".into(), script.into()], limit, &log).unwrap();
        std::fs::remove_file(log.with_extension("out")).unwrap();
        std::fs::remove_file(log).unwrap();
        end
    }

    #[test]
    fn a_child_ends_well_badly_or_is_killed() {
        assert_eq!(shell("true", 10.0), End::Well);
        assert_eq!(shell("echo no >&2; exit 3", 11.0), End::Badly("no".into()));
        assert_eq!(shell("sleep 5", 0.1), End::Killed);
    }
}
