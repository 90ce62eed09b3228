//! `cargo xtask test`: the tests with OpenBLAS, then the same in pure Rust.

use crate::{
    openblas::{self, Lapack},
    places::cargo,
    shell::{run, say},
    trouble::Result,
};
use std::time::Instant;

const REMEDY: &str = "read the first failing test above; to run it alone: `cargo test NAME`";

/// Runs the tests, and says in the last lines what ran.
pub fn all() -> Result<()> {
    let lapack = openblas::ensure();
    let mut done = Vec::new();
    let mut ran = |what: &str, arguments: &[&str]| -> Result<()> {
        say(what);
        let began = Instant::now();
        let mut command = cargo(arguments);
        lapack.pass_to(&mut command);
        run(&mut command, REMEDY)?;
        done.push(format!(
            "  passed: {what} ({:.0} s)",
            began.elapsed().as_secs_f64()
        ));
        Ok(())
    };
    if let Lapack::OpenBlas = lapack {
        ran(
            "all tests and documentation examples, eigenvalues by OpenBLAS",
            &["test", "--workspace"],
        )?;
    }
    ran(
        "the same tests and examples in pure Rust, without OpenBLAS",
        &["test", "--no-default-features", "--features", "plot"],
    )?;
    println!("What ran:\n{}", done.join("\n"));
    if let Lapack::PureRust(reason) = &lapack {
        println!("  not run: the tests with OpenBLAS ({reason})");
    }
    Ok(())
}
