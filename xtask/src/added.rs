//! A fresh crate that adds what would be published: it prints what the README says, with and without OpenBLAS.

use crate::{
    openblas::Lapack,
    places::{cargo, project, remove},
    shell::{answer, run},
    trouble::{Result, Trouble},
};
use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

const REMEDY: &str =
    "whoever adds the crate meets this: build the fresh crate by hand, and read its words";

/// The fresh crate, and where what it compiles lies: with the project's own, so that most is there already.
struct Fresh {
    folder: PathBuf,
    target: PathBuf,
}

/// Makes the crate, and runs it: as it is added, bare, and where the linker finds no OpenBLAS.
pub fn prove(unpacked: &Path, target: &Path, lapack: &Lapack) -> Result<()> {
    let readme = text_of(&unpacked.join("README.md"))?;
    let program = block(&readme, "```rust\n")?;
    let printed = block(&readme, "```text\n")?;
    let fresh = Fresh {
        folder: target.join("package/fiedler-added"),
        target: target.to_path_buf(),
    };
    fresh.make(unpacked, program)?;
    for arguments in [&[][..], &["--no-default-features"]] {
        let mut command = fresh.run(arguments);
        lapack.pass_to(&mut command);
        expect(&mut command, true, printed)?;
    }
    if cfg!(unix) {
        return fresh.without_openblas(printed);
    }
    println!("NOT TRIED: a linker that finds no OpenBLAS; it is a script of Unix.");
    Ok(())
}

impl Fresh {
    fn make(&self, unpacked: &Path, program: &str) -> Result<()> {
        remove(&self.folder)?;
        self.write("src/main.rs", program)?;
        // The versions and the profile of the project, so that nothing is fetched and little compiled.
        let lock = text_of(&project().join("Cargo.lock"))?;
        self.write("Cargo.lock", &lock)?;
        let own = text_of(&project().join("Cargo.toml"))?;
        let profile = own.find("[profile.dev]").map_or("", |start| &own[start..]);
        let manifest = format!(
            "[package]\nname = \"fiedler-added\"\nedition = \"2024\"\n\n[workspace]\n\n[features]\ndefault = [\"fiedler/default\"]\n\n\
             [dependencies]\nfiedler = {{ path = {:?}, default-features = false }}\n\n{profile}\n\
             [profile.dev.package.fiedler]\nopt-level = 0\n",
            unpacked.display().to_string()
        );
        self.write("Cargo.toml", &manifest)
    }

    fn write(&self, name: &str, text: &str) -> Result<()> {
        let path = self.folder.join(name);
        let made = fs::create_dir_all(path.parent().unwrap_or(&self.folder));
        let written = made.and_then(|()| fs::write(&path, text));
        written.map_err(|error| Trouble::file(&path, &error))
    }

    /// The command that runs it.
    fn run(&self, arguments: &[&str]) -> Command {
        let mut command = cargo(&["run", "--offline"]);
        command.args(arguments).current_dir(&self.folder);
        command.env("CARGO_TARGET_DIR", &self.target);
        command
    }

    /// The same where the linker refuses OpenBLAS: a warning and pure Rust, or an error where it is demanded.
    fn without_openblas(&self, printed: &str) -> Result<()> {
        let script = "#!/bin/sh\ncase \"$*\" in *-lopenblas*) exit 1 ;; esac\nexec cc \"$@\"\n";
        self.write("linker.sh", script)?;
        let linker = self.folder.join("linker.sh");
        run(Command::new("chmod").arg("+x").arg(&linker), REMEDY)?;
        let host = answer("rustc", &["--print", "host-tuple"]).unwrap_or_default();
        let host = host.replace('-', "_").to_uppercase();
        let hidden = |wish: &str| {
            let mut command = self.run(&[]);
            command.env(format!("CARGO_TARGET_{host}_LINKER"), &linker);
            command.env("FIEDLER_LAPACK", wish);
            command
        };
        let told = expect(&mut hidden("auto"), true, printed)?;
        let warnings = told.matches("OpenBLAS was not found").count();
        if warnings != 1 {
            let what = format!("{warnings} warnings say that there is no OpenBLAS:\n{told}");
            return Err(Trouble::new(what, REMEDY));
        }
        let demand = "FIEDLER_LAPACK=on demands it";
        expect(&mut hidden("on"), false, demand).map(drop)
    }
}

fn text_of(path: &Path) -> Result<String> {
    fs::read_to_string(path).map_err(|error| Trouble::file(path, &error))
}

/// The first block of the README that opens so.
fn block<'a>(readme: &'a str, opening: &str) -> Result<&'a str> {
    let found = readme.split(opening).nth(1);
    let found = found.and_then(|rest| rest.split("```").next());
    found.ok_or_else(|| Trouble::new(format!("README.md has no {opening}"), "write its ten lines"))
}

/// Runs it: it is to succeed and print this, or to fail with this among its words. Gives what it said beside.
fn expect(command: &mut Command, success: bool, words: &str) -> Result<String> {
    println!("  $ {command:?}");
    let output = command.output();
    let Output {
        status,
        stdout,
        stderr,
    } = output.map_err(|error| Trouble::new(format!("cargo did not start: {error}"), REMEDY))?;
    let told = String::from_utf8_lossy(&stderr).into_owned();
    let printed = String::from_utf8_lossy(&stdout);
    let right = if success {
        printed == words
    } else {
        told.contains(words)
    };
    if status.success() == success && right {
        return Ok(told);
    }
    let what =
        format!("The fresh crate gave ({status})\n{printed}{told}\nbut was to give\n{words}");
    Err(Trouble::new(what, REMEDY))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_block_of_a_kind_is_the_program_or_what_it_prints() {
        let page = "# A\n```rust\nfn main() {}\n```\n```text\n1\n```\n```rust\nelse\n```\n";
        assert_eq!(block(page, "```rust\n").unwrap(), "fn main() {}\n");
        assert_eq!(block(page, "```text\n").unwrap(), "1\n");
        assert!(block(page, "```python\n").is_err());
    }
}
