//! `cargo xtask lab`: from a fresh clone to JupyterLab with the first notebook open.

use crate::{
    copies, execute, kernel, livetest,
    openblas::{self, Lapack},
    places::{Lab, project},
    python, selftest,
    shell::say,
    trouble::{Result, Trouble},
};
use serde_json::json;
use std::{
    path::{Path, PathBuf},
    process::Command,
};

/// What may be asked of `lab` besides running notebooks.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Errand {
    /// Open the notebooks.
    #[default]
    Open,
    /// Build the kernel, and compile the project's crates; the page may be open meanwhile.
    Prepare,
    /// Prove that a failing notebook is noticed.
    SelfTest,
    /// Prove that the live page shows what it must.
    LiveTest,
}

/// What `lab` was asked to do.
#[derive(Debug, Default, PartialEq)]
pub struct Wish {
    /// What for.
    pub errand: Errand,
    /// Run the notebooks whose name contains this, instead of opening them.
    pub execute: Option<String>,
    /// Begin anew with the notebooks whose name contains this.
    pub fresh: Option<String>,
    /// Print the address instead of opening a browser.
    pub no_open: bool,
    /// The port to serve on.
    pub port: Option<String>,
    /// Another folder of notebooks.
    pub folder: Option<PathBuf>,
}

/// Installs what is missing, then does as asked.
pub fn run(wish: &Wish) -> Result<()> {
    if cfg!(windows) {
        return Err(Trouble::new(
            "The notebooks need Linux or macOS.",
            "on Windows, run this in WSL; the library and its tests run on Windows too: `cargo xtask test`",
        ));
    }
    let lab = Lab::find()?;
    let lapack = openblas::ensure();
    {
        let _lock = lab.lock("install")?;
        python::ensure(&lab)?;
        kernel::settle(&lab)?;
        // The page may be open before there is a kernel.
        if wish.errand != Errand::Open || wish.execute.is_some() {
            kernel::ensure(&lab)?;
        }
        if wish.errand == Errand::Prepare {
            // Under the lock: the kernels of the page wait for it. See `kernel.py`.
            return kernel::warm(&lab, &lapack);
        }
    }
    if wish.errand == Errand::SelfTest {
        return selftest::run(&lab);
    }
    let notebooks = project().join("notebooks");
    if let Some(part) = &wish.execute {
        let folder = wish.folder.as_ref().unwrap_or(&notebooks);
        return execute::all(&lab, &lapack, &execute::find(folder, part)?);
    }
    if wish.errand == Errand::LiveTest {
        let server = |notebook: &Path, port: u16| {
            let wish = Wish {
                no_open: true,
                port: Some(port.to_string()),
                ..Wish::default()
            };
            server(&lab, &lapack, &wish, notebook)
        };
        return livetest::run_all(&lab, &lapack, server);
    }
    let own = project().join(copies::FOLDER);
    if let Some(part) = &wish.fresh {
        copies::renew(&notebooks, &own, part)?;
    }
    if wish.folder.is_none() {
        copies::complete(&notebooks, &own)?;
    }
    if !kernel::is_ready(&lab) {
        prepare(&lapack)?;
    }
    let folder = wish.folder.as_ref().unwrap_or(&own);
    let jupyter = server(&lab, &lapack, wish, &execute::find(folder, "")?[0])?;
    say("Starting JupyterLab. Stop it with Ctrl-C.");
    stay_with(jupyter)
}

/// Builds the kernel in another process, so that the page opens now. It stays when this one becomes JupyterLab.
fn prepare(lapack: &Lapack) -> Result<()> {
    say("The page opens now; you can read the first notebook while the rest is built.");
    let program = std::env::current_exe();
    let started = program.and_then(|program| {
        let mut command = Command::new(program);
        lapack.pass_to(&mut command);
        command.args(["lab", "--prepare"]).spawn()
    });
    started.map(drop).map_err(|error| {
        Trouble::new(
            format!("The kernel's build did not start: {error}."),
            "run `cargo xtask lab --prepare`, then `cargo xtask lab`",
        )
    })
}

/// The command that starts JupyterLab on this notebook.
fn server(lab: &Lab, lapack: &Lapack, wish: &Wish, notebook: &Path) -> Result<Command> {
    lab.write(
        "jupyter/config/jupyter_lab_config.json",
        &format!("{:#}\n", settings()),
    )?;
    lab.write(
        "jupyter/config/labconfig/default_setting_overrides.json",
        &format!("{:#}\n", overrides()),
    )?;
    let mut jupyter = kernel::jupyter(lab);
    lapack.pass_to(&mut jupyter);
    let name = notebook.strip_prefix(project()).unwrap_or(notebook);
    jupyter.current_dir(project()).args([
        format!("--ServerApp.root_dir={}", project().display()),
        format!("--LabApp.default_url=/lab/tree/{}", name.display()),
    ]);
    if wish.no_open {
        jupyter.arg("--no-browser");
    }
    if let Some(port) = &wish.port {
        jupyter.arg(format!("--port={port}"));
    }
    if openblas::is_root() {
        // As in a container, where there is nobody else to be.
        jupyter.arg("--allow-root");
    }
    Ok(jupyter)
}

/// Becomes JupyterLab, so that Ctrl-C reaches nobody else.
#[cfg(unix)]
fn stay_with(mut jupyter: Command) -> Result<()> {
    use std::os::unix::process::CommandExt;
    let error = jupyter.exec();
    Err(Trouble::new(
        format!("JupyterLab did not start: {error}."),
        "remove the lab's folder (`.lab`) and run again",
    ))
}

#[cfg(not(unix))]
fn stay_with(mut jupyter: Command) -> Result<()> {
    crate::shell::run(&mut jupyter, "see JupyterLab's words above")
}

/// The server's settings: our kernel alone, nothing asked of the network, no question at the end.
fn settings() -> serde_json::Value {
    json!({
        "ServerApp": { "answer_yes": true, "log_level": "WARN" },
        "LabApp": {
            "check_for_updates_class": "jupyterlab.handlers.announcements.NeverCheckForUpdate",
            "extension_manager": "readonly",
            "news_url": null,
        },
        "MultiKernelManager": { "default_kernel_name": kernel::NAME },
        "KernelSpecManager": { "allowed_kernelspecs": [kernel::NAME], "ensure_native_kernel": false },
        // The first start of a kernel on a slow disk.
        "MappingKernelManager": { "kernel_info_timeout": 300 },
    })
}

/// The page's settings. A kernel takes most of a gigabyte: it ends with its notebook's tab.
fn overrides() -> serde_json::Value {
    json!({
        "@jupyterlab/apputils-extension:notification": { "checkForUpdates": false, "fetchNews": "false" },
        "@jupyterlab/notebook-extension:tracker": { "kernelShutdown": true },
    })
}
