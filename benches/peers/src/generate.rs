//! The data: drawn once, with fixed seeds, and written where every contestant reads it.
//!
//! Points are `x.npy` (n × dimensions), graphs `from.npy`, `to.npy`, `weight.npy` (each edge once), the truth
//! `y.npy`, where there is one.

use crate::npy;
use crate::rows::{Data, EPSILON, NEIGHBORS, Row};
use fiedler::data::{self, RandomState};
use fiedler::ndarray::{Array1, Array2};
use fiedler::{Graph, graph::Symmetry};
use std::collections::HashSet;
use std::error::Error;
use std::path::Path;

type Outcome<T = ()> = Result<T, Box<dyn Error>>;
/// (from, to), each edge once.
type Pairs = Vec<(u32, u32)>;

const BLOCKS: usize = 100;
/// Edges that a new vertex of the attachment graph brings.
const BRINGS: usize = 5;

/// Draws the data of this row; real ones come from `python/real.py`.
pub fn write(row: &Row, folder: &Path) -> Outcome {
    match row.data {
        Data::Moons(n, noise) => points(&data::moons(n, noise, 0)?, folder),
        Data::Post(n) => points(&data::moons(n, 0.10, 0)?, folder),
        Data::Blobs(n) => points(&data::blobs(n, 10, 10, 3.0, 0)?, folder),
        Data::Points(..) | Data::Network(..) => Err("real data come from python/real.py".into()),
        Data::Grid(side) => {
            let quadrant = |i: usize| {
                u32::from(2 * (i / side) >= side) * 2 + u32::from(2 * (i % side) >= side)
            };
            labels(folder, (0..side * side).map(quadrant), side * side)?;
            unweighted(&grid(u32::try_from(side)?), folder)
        }
        Data::Blocks(n) => {
            let (edges, y) = blocks(n)?;
            labels(folder, y.into_iter(), n)?;
            unweighted(&edges, folder)
        }
        Data::Attachment(n) => unweighted(&attachment(u32::try_from(n)?), folder),
    }
}

/// The edges of a row's graph of points, as our crate builds it: what the exact solution and the judge take.
pub fn write_graph(row: &Row, folder: &Path) -> Outcome {
    let graph = load_graph(row, folder)?;
    let all = || graph.weighted_edges();
    let count = all().count();
    let index = |i: usize| u32::try_from(i).unwrap_or(u32::MAX);
    npy::write(
        &folder.join("from.npy"),
        all().map(|edge| index(edge.0)),
        (count, 0),
    )?;
    npy::write(
        &folder.join("to.npy"),
        all().map(|edge| index(edge.1)),
        (count, 0),
    )?;
    npy::write(
        &folder.join("weight.npy"),
        all().map(|edge| edge.2),
        (count, 0),
    )?;
    Ok(())
}

/// The points of a row.
pub fn load_points(folder: &Path) -> Outcome<Array2<f64>> {
    let (values, shape) = npy::read(&folder.join("x.npy"))?;
    Ok(Array2::from_shape_vec(shape, values)?)
}

/// The edges of a row that is a graph.
pub fn load_edges(folder: &Path) -> Outcome<Vec<(usize, usize, f64)>> {
    let (from, _) = npy::read::<u32>(&folder.join("from.npy"))?;
    let (to, _) = npy::read::<u32>(&folder.join("to.npy"))?;
    let (weight, _) = npy::read::<f64>(&folder.join("weight.npy"))?;
    let pairs = from.into_iter().zip(to);
    Ok(pairs
        .zip(weight)
        .map(|((i, j), w)| (i as usize, j as usize, w))
        .collect())
}

/// The graph that all answers of a row are judged on.
pub fn load_graph(row: &Row, folder: &Path) -> Outcome<Graph> {
    if row.is_graph() {
        return Ok(Graph::from_edges(row.n(), &load_edges(folder)?)?);
    }
    let x = load_points(folder)?;
    Ok(if row.is_post() {
        Graph::epsilon(&x, EPSILON)?
    } else {
        Graph::nearest_neighbors(&x, Symmetry::Average, NEIGHBORS)?
    })
}

/// The labels in this file.
pub fn load_labels(path: &Path) -> Outcome<Array1<usize>> {
    let (values, _) = npy::read::<u32>(path)?;
    Ok(values.into_iter().map(|label| label as usize).collect())
}

fn points(data: &data::Data, folder: &Path) -> Outcome {
    npy::write(&folder.join("x.npy"), data.x.iter().copied(), data.x.dim())?;
    let label = |&label: &usize| u32::try_from(label).unwrap_or(u32::MAX);
    labels(folder, data.y.iter().map(label), data.y.len())
}

fn labels(folder: &Path, y: impl Iterator<Item = u32>, n: usize) -> Outcome {
    Ok(npy::write(&folder.join("y.npy"), y, (n, 0))?)
}

fn unweighted(edges: &Pairs, folder: &Path) -> Outcome {
    let count = edges.len();
    npy::write(
        &folder.join("from.npy"),
        edges.iter().map(|edge| edge.0),
        (count, 0),
    )?;
    npy::write(
        &folder.join("to.npy"),
        edges.iter().map(|edge| edge.1),
        (count, 0),
    )?;
    npy::write(
        &folder.join("weight.npy"),
        edges.iter().map(|_| 1.0),
        (count, 0),
    )?;
    Ok(())
}

fn grid(side: u32) -> Pairs {
    let mut edges = Pairs::new();
    for i in 0..side * side {
        if i % side + 1 < side {
            edges.push((i, i + 1));
        }
        if i / side + 1 < side {
            edges.push((i, i + side));
        }
    }
    edges
}

/// The planted partition: as many edges inside and between the blocks as are expected, drawn without
/// repetition. The vertices are shuffled, so that their numbers tell nothing.
fn blocks(n: usize) -> Outcome<(Pairs, Vec<u32>)> {
    let mut rng = RandomState::new(0);
    let size = u32::try_from(n / BLOCKS)?;
    let n = u32::try_from(n)?;
    let mut vertices: Vec<u32> = (0..n).collect();
    rng.shuffle(&mut vertices);
    let mut y = vec![0; vertices.len()];
    for (place, &vertex) in vertices.iter().enumerate() {
        y[vertex as usize] = u32::try_from(place)? / size;
    }
    let mut seen = HashSet::new();
    let mut edges = Pairs::new();
    let mut draw = |inside: bool, wanted: u32| {
        let mut drawn = 0;
        while drawn < wanted {
            let i = rng.randint(n);
            let j = if inside {
                i / size * size + rng.randint(size)
            } else {
                rng.randint(n)
            };
            if i != j && (i / size == j / size) == inside && seen.insert((i.min(j), i.max(j))) {
                edges.push((vertices[i as usize], vertices[j as usize]));
                drawn += 1;
            }
        }
    };
    draw(true, 10 * n);
    draw(false, 5 * n / 2);
    Ok((edges, y))
}

/// Barabási and Albert's graph: an end of a random edge is a vertex drawn by its degree.
fn attachment(n: u32) -> Pairs {
    let mut rng = RandomState::new(0);
    let first = u32::try_from(BRINGS).unwrap_or(5) + 1;
    // A complete graph to begin with.
    let mut edges: Pairs = (0..first)
        .flat_map(|i| (0..i).map(move |j| (i, j)))
        .collect();
    let mut ends: Vec<u32> = edges.iter().flat_map(|&(i, j)| [i, j]).collect();
    for vertex in first..n {
        let mut chosen: Vec<u32> = Vec::with_capacity(BRINGS);
        while chosen.len() < BRINGS {
            let end = ends[rng.randint(u32::try_from(ends.len()).unwrap_or(u32::MAX)) as usize];
            if !chosen.contains(&end) {
                chosen.push(end);
            }
        }
        for other in chosen {
            edges.push((vertex, other));
            ends.extend([vertex, other]);
        }
    }
    edges
}

#[cfg(test)]
mod tests {
    use super::*;

    fn graph(n: usize, edges: &Pairs) -> Graph {
        let edges: Vec<_> = edges
            .iter()
            .map(|&(i, j)| (i as usize, j as usize, 1.0))
            .collect();
        Graph::from_edges(n, &edges).unwrap()
    }

    #[test]
    fn a_lattice_has_two_edges_a_vertex_but_for_its_rim() {
        let lattice = graph(25, &grid(5));
        assert_eq!(lattice.edge_count(), 2 * 5 * 4);
        assert!(lattice.is_connected());
    }

    #[test]
    fn the_blocks_hold_four_fifths_of_the_edges() {
        let (edges, y) = blocks(5_000).unwrap();
        let inside = edges
            .iter()
            .filter(|&&(i, j)| y[i as usize] == y[j as usize])
            .count();
        assert_eq!((inside, edges.len()), (50_000, 62_500));
        assert_eq!(y.iter().filter(|&&label| label == 7).count(), 50);
    }

    #[test]
    fn every_later_vertex_brings_five_edges_and_the_first_become_hubs() {
        let hubs = graph(2_000, &attachment(2_000));
        assert_eq!(hubs.edge_count(), 15 + 5 * (2_000 - 6));
        let largest = hubs.degrees().iter().copied().fold(0.0, f64::max);
        assert!(largest > 50.0, "{largest}");
    }
}
