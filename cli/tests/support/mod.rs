//! A folder of one test's own, and the command run in it.
#![allow(dead_code, reason = "each test uses what it needs")]

use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Stdio};

/// A folder that is gone at the end.
pub struct Folder(pub PathBuf);

/// What came of a run.
#[derive(Debug)]
pub struct Run {
    pub code: i32,
    pub stdout: String,
    pub stderr: String,
}

impl Folder {
    pub fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("fiedler-cli-{name}-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&path);
        std::fs::create_dir_all(&path).expect("a folder for the test");
        Self(path)
    }

    pub fn write(&self, name: &str, bytes: impl AsRef<[u8]>) {
        std::fs::write(self.0.join(name), bytes).expect(name);
    }

    pub fn read(&self, name: &str) -> String {
        let bytes = std::fs::read(self.0.join(name)).expect(name);
        String::from_utf8_lossy(&bytes).into_owned()
    }

    /// The names of all files.
    pub fn names(&self) -> Vec<String> {
        let entries = std::fs::read_dir(&self.0).expect("the folder");
        let name = |entry: std::io::Result<std::fs::DirEntry>| {
            let name = entry.expect("an entry").file_name();
            name.to_string_lossy().into_owned()
        };
        let mut names: Vec<String> = entries.map(name).collect();
        names.sort();
        names
    }

    pub fn command(&self, words: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_fiedler"));
        command.args(words.split_whitespace()).current_dir(&self.0);
        command
    }

    /// Runs the command with these words, nothing on its standard input.
    pub fn run(&self, words: &str) -> Run {
        self.run_with(words, b"")
    }

    /// Runs the command with this on its standard input.
    pub fn run_with(&self, words: &str, input: &[u8]) -> Run {
        let mut child = self
            .command(words)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the command runs");
        // Who does not read its input closes it.
        let _ = child.stdin.take().expect("an input").write_all(input);
        let output = child.wait_with_output().expect("the command ends");
        Run {
            code: output.status.code().unwrap_or(-1),
            stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
            stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// A picture of these colours, by column and row, as a PNG file.
pub fn png_of(width: u32, height: u32, colour: impl Fn(u32, u32) -> [u8; 3]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, width, height);
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_depth(png::BitDepth::Eight);
    let mut writer = encoder.write_header().expect("a header");
    let colour = |at: u32| colour(at % width, at / width);
    let data: Vec<u8> = (0..width * height).flat_map(colour).collect();
    writer.write_image_data(&data).expect("the pixels");
    writer.finish().expect("the end");
    bytes
}
