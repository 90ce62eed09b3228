//! The Rust kernel: evcxr at one version, its settings, and the kernel specification that Jupyter finds it by.

use crate::{
    install::EVCXR,
    openblas::Lapack,
    places::{Lab, cargo, project},
    session::Session,
    shell::{run, say},
    trouble::{Result, Trouble},
    verdict,
};
use serde_json::json;
use std::{fs, process::Command};

/// The name of the kernel in every notebook, and in `execute.py`.
pub const NAME: &str = "fiedler-rust";

/// How JupyterLab shows it.
pub const DISPLAY_NAME: &str = "Rust (Fiedler)";

/// Commands that evcxr runs before it answers: none. Not `:cache`: what it keeps names files of the workshop that compiled
/// it, and is compiled anew, with all that stands on it, in every other when that one changes. See `warm.py`.
const INIT: &str = "";

/// Rust that it runs then. evcxr's own `?` prints the error by `eprintln!("{}", error)`, like anything else that goes to
/// standard error: this macro stands before Rust's, and marks it for `mending.py`. The first `?` of a kernel's life
/// hides the figure that its cell shows: here is that first.
const PRELUDE: &str = r#"#![allow(unused)]
macro_rules! eprintln {
    (@ error $error:ident) => { std::eprintln!("\u{1}?\u{1}{}", $error) };
    (@ $other:ident $again:ident) => { std::eprintln!("{}", $other) };
    ("{}", $name:ident) => { eprintln!(@ $name $name) };
    ($($words:tt)*) => { std::eprintln!($($words)*) };
}
Ok::<(), String>(())?;
"#;

/// What Jupyter starts, by the names under which it lies in the lab.
const LAUNCHER: [(&str, &str); 6] = [
    ("kernel.py", include_str!("kernel.py")),
    ("proxy.py", include_str!("proxy.py")),
    ("mending.py", include_str!("mending.py")),
    ("processes.py", include_str!("processes.py")),
    ("tooltip.py", include_str!("tooltip.py")),
    ("warm.py", include_str!("warm.py")),
];

/// Installs evcxr unless it is there.
pub fn ensure(lab: &Lab) -> Result<()> {
    EVCXR.ensure(lab)
}

/// Whether the project's crates are compiled, and the kernel is there that did it.
pub fn is_ready(lab: &Lab) -> bool {
    EVCXR.is_ready(lab) && lab.has_stamp("warm", &state())
}

/// Writes what Jupyter and evcxr read: neither needs evcxr to be there yet.
pub fn settle(lab: &Lab) -> Result<()> {
    lab.write("evcxr/init.evcxr", INIT)?;
    lab.write("evcxr/prelude.rs", PRELUDE)?;
    for (name, text) in LAUNCHER {
        lab.write(&format!("launcher/{name}"), text)?;
    }
    let specification = json!({
        "argv": [lab.python(), lab.path("launcher/kernel.py"), "{connection_file}"],
        "display_name": DISPLAY_NAME,
        "language": "rust",
        "interrupt_mode": "message",
    });
    lab.write(
        &format!("jupyter/data/kernels/{NAME}/kernel.json"),
        &format!("{specification:#}\n"),
    )
}

/// Compiles the project once in a kernel, so that the first notebook need not: its workshop then has the crates.
pub fn warm(lab: &Lab, lapack: &Lapack) -> Result<()> {
    let (root, state) = (project(), state());
    if lab.has_stamp("warm", &state) {
        return Ok(());
    }
    say("Fetching the crates that the notebooks use.");
    run(
        &mut cargo(&["fetch", "--quiet", "--locked"]),
        "see cargo's words above; if the network failed, run the same command again",
    )?;
    say("Compiling them for the kernel: about two minutes, once.");
    let mut session = Session::start(lab, lapack, &root)?;
    let path = serde_json::Value::from(root.to_string_lossy());
    let outputs = session.run(&format!(":dep fiedler = {{ path = {path} }}"))?;
    if let Some(failure) = verdict::failure(&outputs) {
        return Err(Trouble::new(
            format!("The kernel could not compile the project:\n{failure}"),
            "type `cargo check` to see what is wrong with it",
        ));
    }
    lab.stamp("warm", &state)
}

/// What the compiled crates depend on.
fn state() -> String {
    let root = project();
    let read = |name: &str| fs::read_to_string(root.join(name)).unwrap_or_default();
    let (lock, manifest) = (read("Cargo.lock"), read("Cargo.toml"));
    format!("{}\n{lock}{manifest}", root.display())
}

/// The command of the lab's JupyterLab.
pub fn jupyter(lab: &Lab) -> Command {
    let mut command = Command::new(lab.python());
    command.args(["-m", "jupyterlab"]);
    lab.shelter(&mut command);
    // Somebody looks at the page.
    command.env("FIEDLER_LIVE", "1");
    command
}
