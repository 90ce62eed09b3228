//! The machine, described.

use serde::{Deserialize, Serialize};
use std::path::Path;
use std::process::Command;

/// What a reader needs to judge the times.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Machine {
    pub processor: String,
    pub cores: usize,
    pub memory_gib: f64,
    pub system: String,
    pub rustc: String,
    /// Python and its packages.
    pub python: String,
    /// The commit of this repository, `-dirty` where files were changed.
    pub commit: String,
}

impl Machine {
    /// This one.
    pub fn here(python: &str) -> Self {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("python/versions.py");
        Self {
            processor: field("/proc/cpuinfo", "model name"),
            cores: std::thread::available_parallelism().map_or(1, usize::from),
            memory_gib: field("/proc/meminfo", "MemTotal")
                .split_whitespace()
                .next()
                .and_then(|kib| kib.parse::<f64>().ok())
                .map_or(0.0, |kib| (kib / 1_048_576.0 * 10.0).round() / 10.0),
            system: std::fs::read_to_string("/etc/os-release")
                .unwrap_or_default()
                .lines()
                .find_map(|line| line.strip_prefix("PRETTY_NAME="))
                .map_or_else(
                    || std::env::consts::OS.into(),
                    |name| name.trim_matches('"').into(),
                ),
            rustc: output(Command::new("rustc").arg("--version")),
            python: output(Command::new(python).arg(script)),
            commit: output(
                Command::new("git")
                    .args(["describe", "--always", "--dirty"])
                    .current_dir(env!("CARGO_MANIFEST_DIR")),
            ),
        }
    }

    pub fn described(&self) -> String {
        format!(
            "{} × {}, {} GiB, {}; {}; {}; commit {}",
            self.cores,
            self.processor,
            self.memory_gib,
            self.system,
            self.rustc,
            self.python,
            self.commit
        )
    }
}

/// The load average of the last minute.
pub fn load() -> Option<f64> {
    let text = std::fs::read_to_string("/proc/loadavg").ok()?;
    text.split_whitespace().next()?.parse().ok()
}

/// The first "name : value" of a file of such lines.
fn field(path: &str, name: &str) -> String {
    let text = std::fs::read_to_string(path).unwrap_or_default();
    let line = text.lines().find(|line| line.starts_with(name));
    line.and_then(|line| line.split_once(':'))
        .map_or_else(|| "unknown".into(), |(_, value)| value.trim().into())
}

fn output(command: &mut Command) -> String {
    match command.output() {
        Ok(done) if done.status.success() => String::from_utf8_lossy(&done.stdout).trim().into(),
        _ => "unknown".into(),
    }
}
