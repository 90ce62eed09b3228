//! Programs from crates.io, each at one version, installed into the lab.

use crate::{
    places::{Lab, cargo},
    shell::{answer, run, say},
    trouble::Result,
};
use std::{fs, process::Stdio};

/// A program from crates.io.
pub struct Tool {
    /// Its name there, which is its command's name too.
    pub name: &'static str,
    /// The version we use.
    pub version: &'static str,
    /// What it is for.
    what: &'static str,
    /// How long it takes to build.
    time: &'static str,
    /// Its packages that are compiled without optimisation, as that takes most of the time and is not felt.
    plain: &'static [&'static str],
}

/// The Rust kernel.
pub const EVCXR: Tool = Tool {
    name: "evcxr_jupyter",
    version: "0.22.0",
    what: "the Rust kernel for Jupyter",
    time: "about five minutes on two cores",
    plain: &[
        "ra_ap_ide_assists",
        "ra_ap_ide_diagnostics",
        "ra_ap_ide_completion",
        "ra_ap_ide",
        "ra_ap_ide_ssr",
        "ra_ap_ide_db",
        "ra_ap_hir",
        "ra_ap_hir_ty",
        "ra_ap_project_model",
        "ra_ap_load-cargo",
        "ra_ap_vfs-notify",
        "ra_ap_proc_macro_api",
        "zeromq",
        "tokio",
        "regex-automata",
        "regex-syntax",
        "clap_builder",
    ],
};

/// The maker of the book.
pub const MDBOOK: Tool = Tool {
    name: "mdbook",
    version: "0.5.4",
    what: "which makes the book",
    time: "about four minutes on two cores",
    plain: &[],
};

/// Sets the book's formulas while it is built.
pub const MDBOOK_KATEX: Tool = Tool {
    name: "mdbook-katex",
    version: "0.10.0",
    what: "which sets the book's formulas",
    time: "about three minutes on two cores",
    plain: &[],
};

impl Tool {
    /// Whether this version is in the lab.
    pub fn is_ready(&self, lab: &Lab) -> bool {
        lab.has_stamp(self.name, self.version) && lab.program(self.name).is_file()
    }

    /// Installs this version unless it is there: prebuilt if `cargo binstall` has it, else built.
    pub fn ensure(&self, lab: &Lab) -> Result<()> {
        if self.is_ready(lab) {
            return Ok(());
        }
        if !self.fetch(lab) {
            self.build(lab)?;
        }
        lab.stamp(self.name, self.version)
    }

    fn package(&self) -> String {
        format!("{}@{}", self.name, self.version)
    }

    fn fetch(&self, lab: &Lab) -> bool {
        if answer("cargo", &["binstall", "-V"]).is_none() {
            return false;
        }
        say(&format!("Fetching {}, {}.", self.package(), self.what));
        let options = [
            "binstall",
            "--no-confirm",
            "--disable-telemetry",
            "--disable-strategies=compile",
        ];
        let mut fetch = cargo(&options);
        fetch.arg("--root").arg(lab.path("")).arg(self.package());
        lab.shelter(&mut fetch);
        let fetched = run(fetch.stdin(Stdio::null()), "none needed").is_ok();
        if !fetched {
            println!("  It could not be had prebuilt.");
        }
        fetched
    }

    fn build(&self, lab: &Lab) -> Result<()> {
        say(&format!(
            "Building {}, {}: {}, once. If you stop it, the next run goes on from there.",
            self.package(),
            self.what,
            self.time
        ));
        let scratch = lab.path("build");
        let mut build = cargo(&["install", "--locked", "--force", "--root"]);
        build.arg(lab.path("")).arg("--target-dir").arg(&scratch);
        for package in self.plain {
            let setting = format!("profile.release.package.{package}.opt-level=0");
            build.args(["--config", &setting]);
        }
        build.arg(self.package()).stdin(Stdio::null());
        lab.shelter(&mut build);
        let remedy = "see cargo's words above; if the network failed, run the same command again";
        run(&mut build, remedy)?;
        // A gigabyte that nothing needs any more; left behind, it only takes room.
        let _ = fs::remove_dir_all(&scratch);
        Ok(())
    }
}
