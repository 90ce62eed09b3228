//! Which eigensolvers are linked: what the build script tells cargo, by the environment and what it finds.

#[expect(
    dead_code,
    reason = "cargo calls its `main`; here it is asked for its answers"
)]
#[path = "../build.rs"]
mod build;

use fiedler::SpectralClustering;
use fiedler::data::moons;

/// The answers in this environment, those left out that every build hears.
fn told(environment: &[(&str, &str)], found: Option<&[&str]>) -> Vec<String> {
    let variable = |name: &str| {
        let found = environment.iter().find(|(known, _)| *known == name);
        found.map(|(_, value)| (*value).to_string())
    };
    let search = || found.map(|folders| folders.iter().map(ToString::to_string).collect());
    let lines = build::instructions(variable, search).into_iter();
    lines
        .filter(|line| !line.starts_with("rerun-if") && !line.starts_with("rustc-check-cfg"))
        .collect()
}

const FEATURE: (&str, &str) = ("CARGO_FEATURE_LAPACK", "1");

fn wish(value: &str) -> (&str, &str) {
    ("FIEDLER_LAPACK", value)
}

#[test]
fn openblas_is_linked_where_it_is_found() {
    let linked = ["rustc-link-lib=dylib=openblas", "rustc-cfg=lapack"];
    for environment in [
        vec![FEATURE],
        vec![FEATURE, wish("on")],
        vec![FEATURE, wish("auto")],
    ] {
        assert_eq!(told(&environment, Some(&[])), linked);
    }
    let elsewhere = told(&[FEATURE], Some(&["/opt/openblas/lib"]));
    assert_eq!(elsewhere[0], "rustc-link-search=native=/opt/openblas/lib");
    assert_eq!(elsewhere[1..], linked);
}

#[test]
fn without_openblas_the_build_goes_on_with_one_warning() {
    let lines = told(&[FEATURE], None);
    assert_eq!(lines.len(), 1, "{lines:?}");
    assert!(lines[0].starts_with("warning=OpenBLAS was not found"));
    assert!(!lines[0].contains('\n') && lines[0].contains("pure Rust"));
}

#[test]
fn on_demands_openblas_and_says_in_three_lines_how_to_get_it() {
    let lines = told(&[FEATURE, wish("on")], None);
    assert_eq!(lines.len(), 3, "{lines:?}");
    assert!(lines.iter().all(|line| line.starts_with("error=")));
}

#[test]
fn nothing_is_linked_where_it_is_refused_where_the_feature_is_off_and_for_docs() {
    for environment in [
        vec![FEATURE, wish("off")],
        vec![wish("off")],
        vec![wish("on")],
        vec![],
        vec![FEATURE, ("DOCS_RS", "1")],
    ] {
        assert_eq!(told(&environment, Some(&[])), [""; 0], "{environment:?}");
    }
}

#[test]
fn a_slip_in_the_variable_is_told() {
    let lines = told(&[FEATURE, wish("yes")], Some(&[]));
    assert_eq!(lines.len(), 1, "{lines:?}");
    assert!(
        lines[0].starts_with("error=FIEDLER_LAPACK is `yes`, but it must be `on`, `off` or `auto`")
    );
}

#[test]
fn the_report_of_a_fit_says_which_library_decomposes_full_matrices() {
    let points = moons(60, 0.05, 1).expect("moons");
    let fitted = SpectralClustering::new().fit(&points.x).expect("a fit");
    let report = fitted.report;
    assert!(["OpenBLAS", "pure Rust"].contains(&report.library));
    let line = format!("library      {}", report.library);
    assert!(report.to_string().lines().any(|found| found == line));
    if std::env::var("FIEDLER_LAPACK").is_ok_and(|value| value == "off") {
        assert_eq!(report.library, "pure Rust");
    }
}
