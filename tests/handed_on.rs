//! What a program prints whose `main` hands an error of this crate on. This file is such a program: it has a `main` of its
//! own, without the harness of tests, and calls itself.

use fiedler::ndarray::array;
use std::process::Command;

/// Set for the call of itself.
const CALLED: &str = "FIEDLER_TEST_HANDED_ON";

fn main() -> fiedler::Result<()> {
    if std::env::var_os(CALLED).is_none() {
        an_error_that_main_hands_on_is_printed_as_its_message();
        return Ok(());
    }
    // The last point is nobody's neighbour.
    let x = array![[0.0, 0.0], [0.3, 0.0], [9.0, 9.0]];
    let labels = fiedler::spectral_clustering(&x, 0.4)?;
    println!("{labels}");
    Ok(())
}

fn an_error_that_main_hands_on_is_printed_as_its_message() {
    let own = std::env::current_exe().expect("the path of this program");
    let output = Command::new(own).env(CALLED, "yes").output();
    let output = output.expect("this program starts again");
    assert!(!output.status.success());
    assert!(output.stdout.is_empty());
    let printed = String::from_utf8_lossy(&output.stderr);
    let message =
        "1 isolated point(s) without any neighbour: 2; raise epsilon to 12.52, or drop them";
    assert_eq!(printed.trim_end(), format!("Error: {message}"));
    println!("test an_error_that_main_hands_on_is_printed_as_its_message ... ok");
}
