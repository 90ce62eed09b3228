//! Walks that are really walked, with the random numbers of NumPy.

use super::commute::commute_distances;
use crate::error::{Error, Result};
use crate::graph::Graph;
use crate::guard;
use crate::linalg::RandomState;
use ndarray::Array1;

/// More steps than this are not walked: about a minute.
const MOST_STEPS: f64 = 1e9;

/// How often a walker left each cluster.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Leaving {
    /// The share of steps from within each cluster that led out of it.
    pub probabilities: Array1<f64>,
    /// √(p(1 − p)/steps) for each of them: how far it is from the truth, typically.
    pub standard_errors: Array1<f64>,
}

/// Takes `steps` single steps from each cluster of `labels`, each from a vertex drawn anew from π within the
/// cluster, and counts how many lead out.
///
/// The starts are drawn anew since the steps of one long walk depend on each other: it stays long in a good
/// cluster, and its standard error would be larger by an unknown factor.
///
/// ```
/// use fiedler::{Graph, data::blog_moons, walk::{leaving_probability, simulate_leaving}};
/// let moons = blog_moons();
/// let graph = Graph::epsilon(&moons.x, 0.4)?;
/// let found = simulate_leaving(&graph, &moons.y, 100_000, 0)?;
/// let wanted = leaving_probability(&graph, &moons.y)?;
/// let off = (&found.probabilities - &wanted) / &found.standard_errors;
/// assert!(off.iter().all(|off| off.abs() < 3.0));
/// # Ok::<(), fiedler::Error>(())
/// ```
///
/// # Errors
/// As [`super::leaving_probability`]; [`Error::Count`] unless there is a step, and no more than 10⁹ in all.
pub fn simulate_leaving(
    graph: &Graph,
    labels: &Array1<usize>,
    steps: usize,
    seed: u64,
) -> Result<Leaving> {
    let (labels, k) = guard::labels(labels, graph.vertex_count())?;
    guard::no_isolated_points(graph.degrees())?;
    affordable("steps", steps, k as f64)?;
    let mut walker = Walker::new(graph, seed);
    let share = |label: usize| {
        let members = labels.iter().enumerate().filter(|(_, of)| **of == label);
        let members: Vec<usize> = members.map(|(i, _)| i).collect();
        let start = Choice::new(members.into_iter().map(|i| (i, graph.degrees()[i])));
        let mut left = 0_usize;
        for _ in 0..steps {
            let from = start.draw(&mut walker.rng);
            left += usize::from(labels[walker.step(from)] != label);
        }
        left as f64 / steps as f64
    };
    let probabilities: Array1<f64> = (0..k).map(share).collect();
    Ok(Leaving {
        standard_errors: probabilities.mapv(|p| (p * (1.0 - p) / steps as f64).sqrt()),
        probabilities,
    })
}

/// How long the way to a vertex and back took.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub struct Commute {
    /// The mean number of steps.
    pub mean: f64,
    /// The standard deviation over √trips.
    pub standard_error: f64,
}

/// Walks from one vertex to another and back, `trips` times, and counts the steps: the mean comes near
/// [`super::commute_distances`].
///
/// # Errors
/// [`Error::Vertex`] for a vertex that does not exist; [`Error::Count`] for fewer than two trips, or more than
/// 10⁹ steps to be expected; as [`super::commute_distances`] besides.
pub fn simulate_commute(
    graph: &Graph,
    from: usize,
    to: usize,
    trips: usize,
    seed: u64,
) -> Result<Commute> {
    graph.neighbors(from)?;
    graph.neighbors(to)?;
    let expected = commute_distances(graph)?[[from, to]];
    if trips < 2 {
        return Err(Error::Count {
            name: "trips",
            found: trips,
            wanted: "at least 2, for a standard error",
        });
    }
    affordable("trips", trips, expected)?;
    let mut walker = Walker::new(graph, seed);
    let (mut sum, mut squares) = (0.0, 0.0);
    for _ in 0..trips {
        let there = walker.steps_to(from, to);
        let steps = (there + walker.steps_to(to, from)) as f64;
        sum += steps;
        squares += (steps - expected).powi(2);
    }
    let trips = trips as f64;
    let mean = sum / trips;
    // Squares about the expectation, which is near the mean: nothing of weight cancels.
    let variance = (squares / trips - (mean - expected).powi(2)) * trips / (trips - 1.0);
    Ok(Commute {
        mean,
        standard_error: (variance.max(0.0) / trips).sqrt(),
    })
}

fn affordable(name: &'static str, times: usize, steps: f64) -> Result<()> {
    if times > 0 && times as f64 * steps <= MOST_STEPS {
        return Ok(());
    }
    Err(Error::Count {
        name,
        found: times,
        wanted: "at least 1, and such that no more than 10⁹ steps are walked in all",
    })
}

/// A walker on a graph without isolated vertices.
struct Walker {
    ways: Vec<Choice>,
    rng: RandomState,
}

impl Walker {
    fn new(graph: &Graph, seed: u64) -> Self {
        let ways = |i| Choice::new(graph.edges().of(i));
        Self {
            ways: (0..graph.vertex_count()).map(ways).collect(),
            rng: RandomState::new(seed),
        }
    }

    fn step(&mut self, from: usize) -> usize {
        self.ways[from].draw(&mut self.rng)
    }

    fn steps_to(&mut self, from: usize, to: usize) -> u64 {
        let (mut here, mut steps) = (from, 0);
        while here != to {
            here = self.step(here);
            steps += 1;
        }
        steps
    }
}

/// Vertices that are drawn in proportion to their weights.
struct Choice {
    vertices: Vec<usize>,
    /// The sum of all weights up to each.
    sums: Vec<f64>,
}

impl Choice {
    /// Of at least one vertex, with positive weights.
    fn new(weighted: impl Iterator<Item = (usize, f64)>) -> Self {
        let mut sum = 0.0;
        let add = |(vertex, weight)| {
            sum += weight;
            (vertex, sum)
        };
        let (vertices, sums) = weighted.map(add).unzip();
        Self { vertices, sums }
    }

    fn draw(&self, rng: &mut RandomState) -> usize {
        let last = self.sums.len() - 1;
        let point = rng.random_sample() * self.sums[last];
        let place = self.sums.partition_point(|&sum| sum <= point);
        self.vertices[place.min(last)]
    }
}
