//! As many clusters as there are triangles, the three ways, end to end: `cargo bench --bench many_clusters`.
//!
//! Each triangle hangs on the next by a weak edge, or is a component of its own; and blocks of eight vertices, some of
//! whose edges lead elsewhere. Python is taken from `FIEDLER_PYTHON`, else `python3`; with scikit-learn in it, its
//! `spectral_clustering` is timed on the same graphs. Without, our side is timed alone.

use fiedler::data::RandomState;
use fiedler::{Graph, Labelling, SpectralClustering};
use std::fmt::Write as _;
use std::io::Write;
use std::process::{Command, Stdio};
use std::time::Instant;

type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

/// Prints the seconds and the normalised cut of each way of scikit-learn's.
const SCRIPT: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/benches/python/many_clusters.py"
);

fn main() -> Outcome<()> {
    for k in [300, 1000] {
        timed(
            &format!("{k} triangles on a string"),
            &triangles(k, true)?,
            k,
        )?;
        timed(&format!("{k} triangles apart"), &triangles(k, false)?, k)?;
    }
    timed("300 blocks of eight", &blocks(300)?, 300)
}

fn triangles(k: usize, joined: bool) -> fiedler::Result<Graph> {
    let mut edges = Vec::new();
    for first in (0..k).map(|triangle| 3 * triangle) {
        edges.extend([(0, 1), (0, 2), (1, 2)].map(|(i, j)| (first + i, first + j, 1.0)));
        if joined && first > 0 {
            edges.push((first - 1, first, 0.01));
        }
    }
    Graph::from_edges(3 * k, &edges)
}

fn blocks(k: usize) -> Outcome<Graph> {
    let mut rng = RandomState::new(1);
    let pairs = (0..k).flat_map(|block| {
        (0..8).flat_map(move |i| (0..i).map(move |j| (8 * block + j, 8 * block + i)))
    });
    let kept = |&(i, j): &(usize, usize)| j == i + 1 || rng.randint(10) < 7;
    let mut edges: Vec<_> = pairs.filter(kept).map(|(i, j)| (i, j, 1.0)).collect();
    let mut rng = RandomState::new(2);
    for block in 1..k {
        // To a block before this one, each to another.
        let other = rng.randint(u32::try_from(block)?) as usize;
        edges.push((8 * other + block % 8, 8 * block, 1.0));
    }
    Ok(Graph::from_edges(8 * k, &edges)?)
}

fn timed(name: &str, graph: &Graph, k: usize) -> Outcome<()> {
    println!("{name}");
    for way in [
        Labelling::KMeans,
        Labelling::Discretize,
        Labelling::PivotedQr,
    ] {
        let begin = Instant::now();
        let found = SpectralClustering::new()
            .clusters(k)
            .labels(way)
            .fit_graph(graph)?;
        let seconds = begin.elapsed().as_secs_f64();
        let name = format!("fiedler, {way:?}");
        let normcut = found.certificate.normcut;
        println!("  {name:<34} {seconds:>8.2} s   normcut {normcut:.9}");
    }
    in_python(graph, k)
}

/// The same by scikit-learn, or on stderr why not.
fn in_python(graph: &Graph, k: usize) -> Outcome<()> {
    let python = std::env::var("FIEDLER_PYTHON").unwrap_or_else(|_| "python3".to_string());
    let child = Command::new(&python)
        .arg(SCRIPT)
        .stdin(Stdio::piped())
        .spawn();
    let mut child = match child {
        Ok(child) => child,
        Err(error) => {
            eprintln!("  {python} did not start ({error}): our side alone");
            return Ok(());
        }
    };
    let mut text = format!("{} {k}\n", graph.vertex_count());
    for (i, j, weight) in graph.weighted_edges() {
        writeln!(text, "{i} {j} {weight}").expect("a string takes all");
    }
    // A Python without scikit-learn is gone before it has read all.
    let sent = child
        .stdin
        .take()
        .map(|mut stdin| stdin.write_all(text.as_bytes()));
    if !child.wait()?.success() || !matches!(sent, Some(Ok(()))) {
        eprintln!("  {python} has no scikit-learn: our side alone");
    }
    Ok(())
}
