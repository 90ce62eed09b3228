//! `cargo xtask features`: the library alone, with none of its features, with each, and with all; no warning in any.

use crate::{
    openblas::{self, Lapack},
    places::cargo,
    shell::{run, say},
    trouble::{Result, Trouble},
};
use std::collections::BTreeSet;

/// So many packages the bare library may bring, itself among them: whoever adds it pays for each.
const LEAN: usize = 25;

/// Looks at each choice of features in turn, and says how many packages it brings.
pub fn check_each() -> Result<()> {
    let lapack = openblas::ensure();
    let mut lines = Vec::new();
    for choice in choices(&declared()?) {
        say(&format!("features: {}", choice.name()));
        choice.check(&lapack)?;
        let packages = choice.packages()?;
        lines.push(format!("  {:<12} {packages:>4}", choice.name()));
        if choice == Choice::None && packages > LEAN {
            return Err(Trouble::new(
                format!(
                    "The library without features brings {packages} packages, more than {LEAN}."
                ),
                "put what is new behind a feature; `cargo tree --no-default-features -e normal` shows who brings it",
            ));
        }
    }
    println!("packages, with fiedler itself:\n{}", lines.join("\n"));
    Ok(())
}

/// One choice of features.
#[derive(Debug, Clone, PartialEq)]
enum Choice {
    None,
    One(String),
    Default,
    All,
}

/// None, each of these, the default, all.
fn choices(features: &[String]) -> Vec<Choice> {
    let each = features.iter().cloned().map(Choice::One);
    let ends = [Choice::Default, Choice::All];
    [Choice::None].into_iter().chain(each).chain(ends).collect()
}

impl Choice {
    fn name(&self) -> &str {
        match self {
            Self::None => "none",
            Self::One(feature) => feature,
            Self::Default => "default",
            Self::All => "all",
        }
    }

    fn arguments(&self) -> Vec<&str> {
        match self {
            Self::None => vec!["--no-default-features"],
            Self::One(feature) => vec!["--no-default-features", "--features", feature],
            Self::Default => Vec::new(),
            Self::All => vec!["--all-features"],
        }
    }

    /// Code and documentation, without a warning.
    fn check(&self, lapack: &Lapack) -> Result<()> {
        let remedy = "a `cfg` of this feature is missing or one too many";
        let own = self.arguments();
        let clippy = [
            &["clippy", "--quiet", "--package", "fiedler", "--lib"],
            &own[..],
        ]
        .concat();
        let mut command = cargo(&[&clippy[..], &["--", "-D", "warnings"]].concat());
        lapack.pass_to(&mut command);
        run(&mut command, remedy)?;
        let doc = [
            "doc",
            "--quiet",
            "--package",
            "fiedler",
            "--lib",
            "--no-deps",
        ];
        let mut command = cargo(&[&doc[..], &own].concat());
        lapack.pass_to(&mut command);
        run(command.env("RUSTDOCFLAGS", "-D warnings"), remedy)
    }

    /// How many packages it brings on this machine, the crate itself among them.
    fn packages(&self) -> Result<usize> {
        let tree = [
            "tree",
            "--package",
            "fiedler",
            "--edges",
            "normal",
            "--prefix",
            "none",
        ];
        let text = printed(&[&tree[..], &self.arguments()].concat())?;
        let names = text.lines().map(|line| line.trim_end_matches(" (*)"));
        Ok(names.collect::<BTreeSet<_>>().len())
    }
}

/// The names of the features that the manifest declares, `default` left out.
fn declared() -> Result<Vec<String>> {
    let text = printed(&["metadata", "--no-deps", "--format-version", "1"])?;
    let metadata: serde_json::Value = serde_json::from_str(&text).unwrap_or_default();
    let packages = metadata["packages"].as_array().cloned().unwrap_or_default();
    let own = packages.iter().find(|package| package["name"] == "fiedler");
    let features = own.and_then(|package| package["features"].as_object());
    let names = features.into_iter().flat_map(serde_json::Map::keys);
    Ok(names.filter(|name| *name != "default").cloned().collect())
}

/// What cargo prints.
fn printed(arguments: &[&str]) -> Result<String> {
    let failed = |what: String| {
        let line = arguments.join(" ");
        Trouble::new(what, format!("run `cargo {line}` and read its output"))
    };
    let output = cargo(arguments).output();
    let output = output.map_err(|error| failed(format!("cargo did not start: {error}.")))?;
    if !output.status.success() {
        return Err(failed(String::from_utf8_lossy(&output.stderr).into_owned()));
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_feature_of_the_manifest_is_looked_at_alone() {
        let features = declared().unwrap();
        for name in ["lapack", "minimize", "plot"] {
            assert!(features.iter().any(|feature| feature == name), "{name}");
        }
        assert_eq!(choices(&features).len(), features.len() + 3);
    }

    #[test]
    fn what_is_optional_stays_out_of_the_bare_library() {
        let packages = |choice: Choice| choice.packages().unwrap();
        let bare = packages(Choice::None);
        assert!(bare <= LEAN, "{bare}");
        assert!(bare < packages(Choice::Default));
        assert!(packages(Choice::Default) < packages(Choice::All));
    }
}
