//! `cargo xtask doctor`: what is here, what is missing, and what to type. It installs nothing.

use crate::{
    install::{EVCXR, MDBOOK, MDBOOK_KATEX, Tool},
    openblas,
    places::Lab,
    python,
    shell::{NPM, answer},
    trouble::{Result, Trouble},
};

/// One thing that a command needs.
struct Need {
    what: &'static str,
    found: Option<String>,
    remedy: String,
}

/// Prints a line for each thing; fails only if `cargo xtask test` could not run.
pub fn examine() -> Result<()> {
    let lab = Lab::find()?;
    let essential = [rust()];
    show("cargo xtask test", &essential);
    show("cargo xtask test", &[openblas()]);
    show("cargo xtask lab", &for_lab(&lab));
    println!(
        "note     Each open notebook has a kernel, which takes 700 to 900 MB of memory until its tab is closed"
    );
    show("cargo xtask book", &for_book(&lab));
    println!("The lab is {}", lab.path("").display());
    if essential.iter().all(|need| need.found.is_some()) {
        return Ok(());
    }
    Err(Trouble::new(
        "Something that the tests need is missing.",
        "type what the lines marked `missing` say",
    ))
}

fn show(command: &str, needs: &[Need]) {
    for Need {
        what,
        found,
        remedy,
    } in needs
    {
        match found {
            Some(version) => println!("ok       {what}: {version}"),
            None => println!("missing  {what}, for `{command}`. To get it: {remedy}"),
        }
    }
}

fn need(what: &'static str, found: Option<String>, remedy: impl Into<String>) -> Need {
    let remedy = remedy.into();
    Need {
        what,
        found,
        remedy,
    }
}

fn rust() -> Need {
    let version = answer("rustc", &["--version"]);
    need("Rust", version, "install Rust 1.95 or newer with rustup")
}

fn openblas() -> Need {
    let found = if openblas::switched_off() {
        Some("not wanted, FIEDLER_LAPACK=off is set".to_string())
    } else {
        openblas::links().then(|| "links".to_string())
    };
    let remedy = format!(
        "`cargo xtask openblas`, or by hand `{}`; without it all runs in pure Rust",
        openblas::by_hand()
    );
    need("OpenBLAS", found, remedy)
}

fn for_lab(lab: &Lab) -> [Need; 3] {
    let python = python::find().ok();
    let python = python.and_then(|python| answer(python, &["--version"]));
    let jupyter = python::is_ready(lab).then(|| "in the lab".to_string());
    [
        need("Python", python, "install Python 3.10 or newer"),
        need("JupyterLab", jupyter, "`cargo xtask lab`"),
        tool(lab, &EVCXR, "`cargo xtask lab`"),
    ]
}

fn for_book(lab: &Lab) -> [Need; 3] {
    let npm = answer(NPM, &["--version"]);
    [
        tool(lab, &MDBOOK, "`cargo xtask book`"),
        tool(lab, &MDBOOK_KATEX, "`cargo xtask book`"),
        need("npm", npm, "install Node.js"),
    ]
}

fn tool(lab: &Lab, tool: &Tool, remedy: &str) -> Need {
    let found = tool.is_ready(lab).then(|| tool.version.to_string());
    need(tool.name, found, remedy)
}
