//! `cargo xtask lab --live-test`: JupyterLab in a browser, as a student has it. `livetest.py` looks at the page.

use crate::{
    copies, kernel,
    openblas::{self, Lapack},
    places::{Lab, project},
    shell::{answer, run, say},
    trouble::{Result, Trouble},
};
use serde_json::{Value, json};
use std::{
    fs,
    net::{TcpListener, TcpStream},
    path::Path,
    process::{Child, Command},
    thread,
    time::{Duration, Instant},
};

/// What the browser needs in Python.
const REQUIREMENTS: &str = include_str!("../requirements-live.txt");

const SCRIPT: &str = include_str!("livetest.py");

/// A folder beside `notebooks`, so that their paths hold. Git ignores it.
const FOLDER: &str = "live-test";

/// The server is for this test alone, on this machine alone.
const TOKEN: &str = "live-test";

/// How long the server may take to answer.
const PATIENCE: Duration = Duration::from_mins(2);

/// The cells that fail, each in its own way.
const TRIAL: [&str; 6] = [
    "()",
    "panic!(\"made to fail\");",
    "println!(\"ran\");",
    "let n: i32 = \"seven\".parse()?;",
    "std::thread::sleep(std::time::Duration::from_secs(9));\nprintln!(\"rested\");",
    "loop { std::thread::sleep(std::time::Duration::from_millis(10)); }",
];

/// A cell that is long in compiling: so many functions, each with a sort of its own, and each called.
fn heavy() -> String {
    const FUNCTIONS: usize = 1000;
    let one = |i: usize| {
        format!(
            "fn g{i}(v: &[f64]) -> Vec<String> {{ let mut w: Vec<(f64, String)> = v.iter().map(|x| (x * {i}.5, \
             format!(\"{{x}} {i}\"))).collect(); w.sort_by(|a, b| a.0.total_cmp(&b.0)); \
             w.into_iter().map(|pair| pair.1).collect() }}\n"
        )
    };
    let functions: String = (0..FUNCTIONS).map(one).collect();
    let calls: Vec<String> = (0..FUNCTIONS).map(|i| format!("g{i}(&v).len()")).collect();
    format!(
        "{functions}let v = [1.0, 2.0];\nprintln!(\"{{}}\", [{}].iter().sum::<usize>());",
        calls.join(", ")
    )
}

/// A server that ends with the test.
struct Server(Child);

impl Drop for Server {
    fn drop(&mut self) {
        // It ends its kernels when it is asked to; killed, it would leave them.
        let _ = Command::new("kill").arg(self.0.id().to_string()).status();
        let _ = self.0.wait();
    }
}

/// Installs what the browser needs, starts the server on copies of two notebooks and on one that fails, and looks.
pub fn run_all(
    lab: &Lab,
    lapack: &Lapack,
    server: impl FnOnce(&Path, u16) -> Result<Command>,
) -> Result<()> {
    let browser = ensure(lab)?;
    kernel::warm(lab, lapack)?;
    let folder = project().join(FOLDER);
    fill(&folder)?;
    let port = free_port().map_err(|error| {
        Trouble::new(
            format!("No port is free: {error}."),
            "run again when the network of this machine works",
        )
    })?;
    let mut command = server(&folder.join("01_kmeans.ipynb"), port)?;
    command.arg(format!("--IdentityProvider.token={TOKEN}"));
    let child = command.spawn().map_err(|error| {
        Trouble::new(
            format!("JupyterLab did not start: {error}."),
            "run `cargo xtask lab` to see why",
        )
    })?;
    let server = Server(child);
    wait_for(port)?;
    let mut test = Command::new(lab.python());
    test.args([
        "-c",
        SCRIPT,
        &format!("http://127.0.0.1:{port}?token={TOKEN}"),
    ]);
    test.args([folder, lab.path("")])
        .arg(browser.unwrap_or_default());
    lab.shelter(&mut test);
    say("Looking at the live page.");
    let status = test.status();
    drop(server);
    // Left behind, it only takes room.
    let _ = fs::remove_dir_all(project().join(FOLDER));
    if status.is_ok_and(|status| status.success()) {
        println!("The live page: all of it held");
        return Ok(());
    }
    Err(Trouble::new(
        "The live page does not show what it must.",
        format!(
            "look at {}, and at the lines above",
            lab.path("live-test/failure.png").display()
        ),
    ))
}

/// Installs Playwright, and a browser unless there is one; its path, or none for Playwright's own.
pub fn ensure(lab: &Lab) -> Result<Option<String>> {
    if !lab.has_stamp("live", REQUIREMENTS) {
        lab.write("requirements-live.txt", REQUIREMENTS)?;
        let mut pip = Command::new(lab.python());
        pip.args(["-m", "pip", "install", "--quiet"])
            .args(["--disable-pip-version-check", "--no-deps", "--requirement"])
            .arg(lab.path("requirements-live.txt"));
        lab.shelter(&mut pip);
        run(
            &mut pip,
            "see what pip says above; if the network failed, run the same command again",
        )?;
        lab.stamp("live", REQUIREMENTS)?;
    }
    let installed = || {
        ["chromium", "chromium-browser", "google-chrome"]
            .into_iter()
            .find(|name| answer(name, &["--version"]).is_some())
            .map(String::from)
            .and_then(|name| answer("which", &[&name]))
    };
    if let Some(browser) = installed() {
        return Ok(Some(browser));
    }
    if answer("apt-get", &["--version"]).is_some() {
        say("Installing a browser.");
        let install = ["install", "-y", "--no-install-recommends", "chromium"];
        if openblas::run_as_root("apt-get", &install).is_ok() {
            return Ok(installed());
        }
    }
    let mut own = Command::new(lab.python());
    own.args(["-m", "playwright", "install", "chromium"]);
    lab.shelter(&mut own);
    run(
        &mut own,
        "install Chromium by your system's package manager",
    )?;
    Ok(None)
}

fn fill(folder: &Path) -> Result<()> {
    // What an earlier test left.
    let _ = fs::remove_dir_all(folder);
    for part in ["01_kmeans", "02_similarity"] {
        copies::renew(&project().join("notebooks"), folder, part)?;
    }
    let cell = |(number, source): (usize, String)| {
        json!({ "cell_type": "code", "id": format!("c{number}"), "metadata": {}, "source": source, "outputs": [],
            "execution_count": null })
    };
    let sources = TRIAL.map(str::to_string).into_iter().chain([heavy()]);
    let cells: Vec<Value> = sources.enumerate().map(cell).collect();
    let kernel =
        json!({ "display_name": kernel::DISPLAY_NAME, "language": "rust", "name": kernel::NAME });
    let notebook = json!({ "cells": cells, "metadata": { "kernelspec": kernel }, "nbformat": 4, "nbformat_minor": 5 });
    let path = folder.join("99_trial.ipynb");
    fs::write(&path, notebook.to_string()).map_err(|error| Trouble::file(&path, &error))
}

fn free_port() -> std::io::Result<u16> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?.port())
}

fn wait_for(port: u16) -> Result<()> {
    let began = Instant::now();
    while began.elapsed() < PATIENCE {
        if TcpStream::connect(("127.0.0.1", port)).is_ok() {
            return Ok(());
        }
        thread::sleep(Duration::from_millis(200));
    }
    Err(Trouble::new(
        format!("JupyterLab did not answer within {} s.", PATIENCE.as_secs()),
        "run `cargo xtask lab` to see why",
    ))
}
