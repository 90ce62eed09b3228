//! The project's commands. `cargo xtask` alone lists them.

mod added;
mod book;
mod bookcheck;
mod booktest;
mod claims;
mod copies;
mod doctor;
mod execute;
mod features;
mod html;
mod install;
mod instructions;
mod katex;
mod kernel;
mod lab;
mod livetest;
mod narrow;
mod notebook;
mod openblas;
mod package;
mod places;
mod python;
mod scale;
mod selftest;
mod session;
mod shell;
mod test;
mod trouble;
mod verdict;
mod web;
mod wheel;
mod written;

use std::{env, process::ExitCode};
use trouble::{Result, Trouble};

const HELP: &str = "\
cargo xtask lab                    open your copy of the notebooks in JupyterLab; installs what is missing into .lab
            lab --fresh NAME       the same, with a new copy of those with NAME in their name; yours is kept beside it
            lab --no-open          the same, but only print the address (--port N chooses the port)
            lab --prepare          build the kernel and compile the crates, and open nothing
            lab --execute [NAME]   run the notebooks without a browser, all or those with NAME in their name
            lab --self-test        prove that a failing notebook is noticed
            lab --live-test        prove in a browser that the live page shows what it must
cargo xtask test                   run the tests, with OpenBLAS and in pure Rust; installs OpenBLAS if it can
cargo xtask features               check the library with none of its features, each alone, and all of them
cargo xtask python                 build the wheel, install it into a fresh environment, and test it there
cargo xtask package                pack what would be published, unpack it, test that alone, and add it to a fresh crate
cargo xtask book                   build the book, check it and open it (--no-open: do not open it)
            book --live-test       build it, and prove in a browser that its figures answer
cargo xtask doctor                 say what is installed and what is missing; installs nothing
cargo xtask openblas               install OpenBLAS, and nothing else
cargo xtask instructions           count the instructions of the hot paths, and hold them against their budgets
            instructions --write   write the counts as the new budgets
cargo xtask scale                  SLEPc on two ranks finds what the crate finds; installs both from Debian's packages

Environment: FIEDLER_LAB_DIR=<folder> puts the lab elsewhere, so that several clones share one.
             FIEDLER_LAPACK=off goes without OpenBLAS, in pure Rust.";

/// A command with its options.
#[derive(Debug, PartialEq)]
enum Task {
    Help,
    Lab(lab::Wish),
    Test,
    Features,
    Package,
    Python,
    Book { open: bool },
    BookTest,
    Doctor,
    OpenBlas,
    Instructions { write: bool },
    Scale,
}

fn main() -> ExitCode {
    let words: Vec<String> = env::args().skip(1).collect();
    match parse(&words).and_then(perform) {
        Ok(()) => ExitCode::SUCCESS,
        Err(trouble) => {
            eprintln!("\n{trouble}");
            ExitCode::FAILURE
        }
    }
}

fn perform(task: Task) -> Result<()> {
    match task {
        Task::Help => {
            println!("{HELP}");
            Ok(())
        }
        Task::Lab(wish) => lab::run(&wish),
        Task::Test => test::all(),
        Task::Features => features::check_each(),
        Task::Python => wheel::build_and_test(),
        Task::Package => package::prove(),
        Task::Book { open } => book::build(open),
        Task::BookTest => book::build(false).and_then(|()| booktest::run_all()),
        Task::Doctor => doctor::examine(),
        Task::Instructions { write } => instructions::guard(write),
        Task::Scale => scale::prove(),
        Task::OpenBlas => match openblas::ensure() {
            openblas::Lapack::OpenBlas => {
                println!("OpenBLAS links.");
                Ok(())
            }
            openblas::Lapack::PureRust(reason) => Err(Trouble::new(
                format!("There is no OpenBLAS to link: {reason}."),
                "set FIEDLER_LAPACK=off to build in pure Rust",
            )),
        },
    }
}

fn parse(words: &[String]) -> Result<Task> {
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words.as_slice() {
        [] | ["help" | "--help" | "-h"] | [_, "--help" | "-h"] => Ok(Task::Help),
        ["lab", options @ ..] => parse_lab(options).map(Task::Lab),
        ["test"] => Ok(Task::Test),
        ["features"] => Ok(Task::Features),
        ["package"] => Ok(Task::Package),
        ["python"] => Ok(Task::Python),
        ["book"] => Ok(Task::Book {
            open: env::var_os("CI").is_none(),
        }),
        ["book", "--no-open"] => Ok(Task::Book { open: false }),
        ["book", "--live-test"] => Ok(Task::BookTest),
        ["doctor"] => Ok(Task::Doctor),
        ["openblas"] => Ok(Task::OpenBlas),
        ["scale"] => Ok(Task::Scale),
        ["instructions"] => Ok(Task::Instructions { write: false }),
        ["instructions", "--write"] => Ok(Task::Instructions { write: true }),
        _ => Err(unknown(&words.join(" "))),
    }
}

fn parse_lab(mut options: &[&str]) -> Result<lab::Wish> {
    let mut wish = lab::Wish::default();
    while let [option, rest @ ..] = options {
        options = match (*option, rest) {
            ("--execute", [part, rest @ ..]) if !part.starts_with('-') => {
                wish.execute = Some((*part).to_string());
                rest
            }
            ("--execute", _) => {
                wish.execute = Some(String::new());
                rest
            }
            ("--self-test", _) => {
                wish.errand = lab::Errand::SelfTest;
                rest
            }
            ("--prepare", _) => {
                wish.errand = lab::Errand::Prepare;
                rest
            }
            ("--live-test", _) => {
                wish.errand = lab::Errand::LiveTest;
                rest
            }
            ("--no-open", _) => {
                wish.no_open = true;
                rest
            }
            ("--fresh", [part, rest @ ..]) if !part.starts_with('-') => {
                wish.fresh = Some((*part).to_string());
                rest
            }
            ("--port", [port, rest @ ..]) if port.parse::<u16>().is_ok() => {
                wish.port = Some((*port).to_string());
                rest
            }
            // For trying the command itself on other notebooks.
            ("--dir", [folder, rest @ ..]) => {
                wish.folder = std::path::absolute(folder).ok();
                rest
            }
            _ => return Err(unknown(&format!("lab {option}"))),
        };
    }
    Ok(wish)
}

fn unknown(words: &str) -> Trouble {
    Trouble::new(
        format!("`cargo xtask {words}` is not one of the commands."),
        format!("type one of these:\n\n{HELP}"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(line: &str) -> Result<Task> {
        parse(
            &line
                .split_whitespace()
                .map(String::from)
                .collect::<Vec<_>>(),
        )
    }

    #[test]
    fn every_command_of_the_help_is_understood() {
        let commands = HELP
            .lines()
            .take_while(|line| !line.is_empty())
            .map(|line| {
                line.trim_start_matches("cargo xtask")
                    .trim()
                    .split("  ")
                    .next()
                    .unwrap()
            });
        for command in commands {
            let plain = command.replace("[NAME]", "").replace("NAME", "cut");
            assert!(parsed(&plain).is_ok(), "{plain}");
        }
    }

    #[test]
    fn execute_takes_a_name_or_none() {
        let wish = |line| match parsed(line) {
            Ok(Task::Lab(wish)) => wish,
            other => panic!("{other:?}"),
        };
        assert_eq!(wish("lab").execute, None);
        assert_eq!(wish("lab --execute").execute.as_deref(), Some(""));
        assert_eq!(
            wish("lab --execute cut --port 9999").execute.as_deref(),
            Some("cut")
        );
        assert_eq!(wish("lab --execute --no-open").execute.as_deref(), Some(""));
    }

    #[test]
    fn a_slip_of_the_keyboard_shows_the_commands() {
        for line in [
            "lba",
            "test --fast",
            "lab --port x",
            "lab --port",
            "lab --fresh",
            "lab cut",
        ] {
            let trouble = parsed(line).unwrap_err().to_string();
            assert!(trouble.contains("cargo xtask doctor"), "{line}");
        }
    }
}
