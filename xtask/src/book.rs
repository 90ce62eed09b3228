//! `cargo xtask book`: builds the book so that it reads without a network, checks it, and shows it.

use crate::{
    bookcheck, claims,
    install::{MDBOOK, MDBOOK_KATEX},
    katex, narrow,
    places::{Lab, cargo, project},
    shell::{answer, opener, run, say},
    trouble::{Result, Trouble},
    web,
};
use std::{
    env, iter,
    path::Path,
    process::{Command, Stdio},
};

/// Installs what is missing, builds the book, checks it, and opens it if asked to.
pub fn build(open: bool) -> Result<()> {
    let folder = project().join("book");
    if !folder.join("book.toml").is_file() {
        let remedy = "run this in a full clone of the project";
        return Err(Trouble::new("There is no book/book.toml.", remedy));
    }
    let lab = Lab::find()?;
    {
        let _lock = lab.lock("install")?;
        MDBOOK.ensure(&lab)?;
        MDBOOK_KATEX.ensure(&lab)?;
        katex::ensure(&lab, &folder)?;
    }
    say("Drawing the pictures, and building the book.");
    // In pure Rust: a reader of the book need not have OpenBLAS.
    let draw = ["run", "--quiet", "--example", "book_figures"];
    let features = ["--no-default-features", "--features", "plot"];
    let mut figures = cargo(&[&draw[..], &features].concat());
    figures.stdout(Stdio::null());
    run(
        &mut figures,
        "read the error above: a figure could not be drawn",
    )?;
    claims::write(&project())?;
    let mut mdbook = Command::new(lab.program(MDBOOK.name));
    let usual = env::var_os("PATH").unwrap_or_default();
    let path = env::join_paths(iter::once(lab.path("bin")).chain(env::split_paths(&usual)));
    mdbook.arg("build").arg(&folder);
    mdbook.env("PATH", path.unwrap_or(usual));
    run(&mut mdbook, "see mdBook's words above")?;
    let built = folder.join("book");
    narrow::offer(&built)?;
    web::put_into(&lab, &built)?;
    println!("{}", bookcheck::check(&built)?);
    let index = built.join("index.html");
    println!("The book is at {}", index.display());
    if open {
        show(&index);
    }
    Ok(())
}

fn show(page: &Path) {
    let (opener, before) = opener();
    let page = page.to_string_lossy();
    if answer(opener, &[before, &[&*page]].concat()).is_none() {
        println!("No browser could be started from here: open that file in yours.");
    }
}
