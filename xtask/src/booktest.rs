//! `cargo xtask book --live-test`: the book's live figures in a browser. `booktest.py` looks at the pages, with
//! what stands in `booklook.py`.

use crate::{
    livetest,
    places::{Lab, cargo, project},
    python,
    shell::{run, say},
    trouble::{Result, Trouble},
    web,
};
use std::{fs, process::Command, process::Stdio};

const SCRIPT: &str = concat!(include_str!("booklook.py"), include_str!("booktest.py"));

/// Asks the native crate the page's questions, then looks at every live figure of the book that was just built.
pub fn run_all() -> Result<()> {
    let built = project().join("book/book");
    if !built.join(web::MODULE).is_file() {
        return Err(Trouble::new(
            "The book was built without its figures' module, so there is nothing to try.",
            "see why above, and run `cargo xtask book --live-test` again",
        ));
    }
    let lab = Lab::find()?;
    {
        let _lock = lab.lock("install")?;
        python::ensure(&lab)?;
    }
    let browser = livetest::ensure(&lab)?;
    say("Asking the native crate what the page will be asked.");
    let native = |words: &[&str]| {
        let mut native = cargo(words);
        native
            .current_dir(project().join("web"))
            .env("CARGO_TARGET_DIR", lab.path("web"));
        native
    };
    run(
        native(&["test", "--quiet", "--locked", "--lib"]).stdout(Stdio::null()),
        "see the test's words above",
    )?;
    let mut native = native(&["run", "--quiet", "--locked", "--example", "cases"]);
    native.stderr(Stdio::inherit());
    let output = native.output().map_err(|error| {
        Trouble::new(
            format!("cargo did not start: {error}."),
            "see that Rust is installed",
        )
    })?;
    if !output.status.success() {
        return Err(Trouble::new(
            "The native crate did not answer.",
            "see its words above",
        ));
    }
    let cases = lab.path("web/cases.json");
    fs::write(&cases, output.stdout).map_err(|error| Trouble::file(&cases, &error))?;
    say("Looking at the live figures.");
    let mut test = Command::new(lab.python());
    test.args(["-c", SCRIPT]);
    test.args([built, cases, lab.path("book-test")]);
    test.arg(browser.unwrap_or_default());
    lab.shelter(&mut test);
    if test.status().is_ok_and(|status| status.success()) {
        println!("The live figures: all of it held");
        return Ok(());
    }
    Err(Trouble::new(
        "A live figure does not do what it must.",
        format!(
            "see above, and the pictures in {}",
            lab.path("book-test").display()
        ),
    ))
}
