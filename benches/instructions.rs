//! The hot paths, one a run, for counting their instructions: `cargo xtask instructions`.
//!
//! `instructions CASE` prepares a case and does its work; `instructions CASE prepare` leaves the work out, so that
//! the difference of two counts is that of the work alone.

use fiedler::data::{Data, blobs, moons};
use fiedler::ndarray::Array2;
use fiedler::{
    Graph, Result, SpectralClustering,
    graph::{Symmetry, known::grid},
    kmeans,
    labelling::sweep,
    spectral_clustering,
};
use std::hint::black_box;

/// Enough for the sparse engine, and little enough for a program that runs fifty times slower.
const N: usize = 2_000;
const NEIGHBORS: usize = 10;

fn main() -> Result<()> {
    let words: Vec<String> = std::env::args()
        .skip(1)
        .filter(|word| !word.starts_with("--"))
        .collect();
    let [case, rest @ ..] = &words[..] else {
        println!("Run by `cargo xtask instructions`, which counts.");
        return Ok(());
    };
    let works = rest.is_empty();
    match case.as_str() {
        "neighbors_2d" => neighbors(&two_moons()?.x, works),
        "neighbors_10d" => neighbors(&ten_blobs()?.x, works),
        "neighbors_64d" => neighbors(&blobs(N, 64, 10, 3.0, 0)?.x, works),
        "edges" => edges(works),
        "eigenpairs_2d" => eigenpairs(&graph(&two_moons()?.x)?, 3, works),
        "eigenpairs_thin" => eigenpairs(&graph(&moons(N, 0.06, 0)?.x)?, 3, works),
        "eigenpairs_streets" => eigenpairs(&grid(60, 50)?, 11, works),
        "eigenpairs_10d" => eigenpairs(&graph(&ten_blobs()?.x)?, 11, works),
        "post" => post(works),
        "kmeans" => k_means(works),
        "sweep" => best_threshold(works),
        "fit" => whole(works),
        _ => {
            eprintln!("there is no case {case}");
            std::process::exit(2);
        }
    }
}

fn two_moons() -> Result<Data> {
    moons(N, 0.12, 0)
}

fn ten_blobs() -> Result<Data> {
    blobs(N, 10, 10, 3.0, 0)
}

fn graph(x: &Array2<f64>) -> Result<Graph> {
    Graph::nearest_neighbors(x, Symmetry::Average, NEIGHBORS)
}

/// All nearest neighbours, and the graph of them.
fn neighbors(x: &Array2<f64>, works: bool) -> Result<()> {
    if works {
        black_box(graph(x)?);
    }
    Ok(())
}

/// A lattice from its list of edges.
fn edges(works: bool) -> Result<()> {
    let side = 100;
    let right = (0..side * side)
        .filter(|i| i % side + 1 < side)
        .map(|i| (i, i + 1, 1.0));
    let down = (0..side * (side - 1)).map(|i| (i, i + side, 1.0));
    let all: Vec<_> = right.chain(down).collect();
    if works {
        black_box(Graph::from_edges(side * side, &all)?);
    }
    black_box(all);
    Ok(())
}

/// The smallest eigenpairs of a sparse graph.
fn eigenpairs(graph: &Graph, count: usize, works: bool) -> Result<()> {
    if works {
        black_box(graph.smallest_eigenpairs(count)?);
    }
    Ok(())
}

/// k-means on rows as an embedding has them.
fn k_means(works: bool) -> Result<()> {
    let data = ten_blobs()?;
    if works {
        black_box(kmeans(&data.x, 10, 0)?);
    }
    Ok(())
}

/// All thresholds of a vector.
fn best_threshold(works: bool) -> Result<()> {
    let data = two_moons()?;
    let graph = graph(&data.x)?;
    let z = data.x.column(1).to_owned();
    if works {
        black_box(sweep(&graph, &z)?);
    }
    Ok(())
}

/// The whole call of the post: 1,000 points, 55,000 edges.
fn post(works: bool) -> Result<()> {
    let x = moons(1_000, 0.10, 0)?.x;
    if works {
        black_box(spectral_clustering(&x, 0.4)?);
    }
    Ok(())
}

/// From a graph to labels and certificate.
fn whole(works: bool) -> Result<()> {
    let graph = graph(&two_moons()?.x)?;
    if works {
        black_box(SpectralClustering::new().fit_graph(&graph)?);
    }
    Ok(())
}
