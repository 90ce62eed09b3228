//! The post's own code in Python and ours, timed in one run: `cargo bench --bench post`.
//!
//! Python is taken from `FIEDLER_PYTHON`, else `python3`; it needs the packages of
//! `tests/reference/requirements.txt`. Without them our side is timed alone. Each figure is a median.

use fiedler::ndarray::Array1;
use fiedler::{
    Gradient, agreement, data, minimize_orth_obj, similarity_matrix, spectral_clustering, transform,
};
use std::process::Command;
use std::time::{Duration, Instant};

type Outcome = Result<(), Box<dyn std::error::Error>>;

fn main() -> Outcome {
    if std::env::args().any(|argument| argument == "--memory") {
        return memory_of_one_clustering();
    }
    let post = post_in_python();

    let moons = data::blog_moons();
    let a = similarity_matrix(&moons.x, 0.4)?;
    let start = transform(&a, &moons.y)?;
    let (exact, exact_time) = median(101, || minimize_orth_obj(&a, &start, Gradient::Exact))?;
    let (blind, blind_time) = median(3, || {
        minimize_orth_obj(&a, &start, Gradient::FiniteDifferences)
    })?;
    println!("minimising orth_obj, 200 moons");
    row("fiedler, exact gradient", exact_time, exact.value);
    row("fiedler, finite differences", blind_time, blind.value);
    if let Some(post) = &post {
        let seconds = number(post, "/minimize/median_seconds");
        row(
            "SciPy minimize",
            seconds,
            number(post, "/minimize/objective"),
        );
        println!("  ratio to the exact gradient: {:.0}", seconds / exact_time);
    }

    let thousand = data::moons(1000, 0.10, 0)?;
    let (labels, time): (Array1<usize>, f64) =
        median(15, || spectral_clustering(&thousand.x, 0.4))?;
    println!("spectral_clustering, 1000 moons");
    row("fiedler", time, agreement(&labels, &thousand.y)?);
    if let Some(post) = &post {
        let seconds = number(post, "/spectral_clustering/median_seconds");
        row(
            "inv + eig in NumPy",
            seconds,
            number(post, "/spectral_clustering/agreement"),
        );
        println!("  ratio: {:.1}", seconds / time);
        let theirs = number(post, "/spectral_clustering/peak_rss_added_bytes");
        println!(
            "  memory added at the peak: {:.1} MiB in Python",
            theirs / 1_048_576.0
        );
    }
    let child = Command::new(std::env::current_exe()?)
        .arg("--memory")
        .status()?;
    if child.success() {
        Ok(())
    } else {
        Err("the memory run failed".into())
    }
}

/// Run in a process of its own: prints what one clustering adds to the peak of its memory.
fn memory_of_one_clustering() -> Outcome {
    let thousand = data::moons(1000, 0.10, 0)?;
    let before = peak_kib();
    spectral_clustering(&thousand.x, 0.4)?;
    match (before, peak_kib()) {
        (Some(before), Some(after)) => {
            let mib = (after - before) / 1024.0;
            println!("  memory added at the peak: {mib:.1} MiB in fiedler");
        }
        _ => println!("  memory: this system has no /proc to read it from"),
    }
    Ok(())
}

/// The peak of this process's memory, in KiB, where the system tells.
fn peak_kib() -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}

/// The last result and the median of the seconds.
fn median<T>(
    repeats: usize,
    mut work: impl FnMut() -> fiedler::Result<T>,
) -> fiedler::Result<(T, f64)> {
    let mut times: Vec<Duration> = Vec::with_capacity(repeats);
    let mut timed = || {
        let begin = Instant::now();
        let result = work();
        times.push(begin.elapsed());
        result
    };
    let mut last = timed()?;
    for _ in 1..repeats {
        last = timed()?;
    }
    times.sort_unstable();
    Ok((last, times[repeats / 2].as_secs_f64()))
}

/// What `benches/python/post.py` measured, or why it is missing on stderr.
fn post_in_python() -> Option<serde_json::Value> {
    let python = std::env::var("FIEDLER_PYTHON").unwrap_or_else(|_| "python3".to_string());
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/benches/python/post.py");
    match Command::new(&python).args([script, "--json"]).output() {
        Ok(run) if run.status.success() => serde_json::from_slice(&run.stdout).ok(),
        Ok(run) => {
            let reason = String::from_utf8_lossy(&run.stderr);
            let last = reason.lines().last().unwrap_or_default();
            eprintln!("{python} could not time the post's code ({last}): our side alone follows");
            None
        }
        Err(error) => {
            eprintln!("{python} did not start ({error}): our side alone follows");
            None
        }
    }
}

fn number(report: &serde_json::Value, path: &str) -> f64 {
    report
        .pointer(path)
        .and_then(serde_json::Value::as_f64)
        .unwrap_or(f64::NAN)
}

fn row(name: &str, seconds: f64, value: f64) {
    println!("  {name:<30} {:>10.3} ms   {value:.15}", seconds * 1e3);
}
