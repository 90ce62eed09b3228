//! The way out of a refusal that suits the caller: which parameter of which graph, which policy, or other data.

use crate::error::{Advice, Error};
use crate::graph::GraphRule;
use crate::guard;
use crate::linalg::distance;
use crate::parameters::{NeighborCount, connecting_distance, max_min_distance};
use ndarray::Array2;
use std::cmp::{Ordering, Reverse};

/// Above so many points a minimum spanning tree takes longer than its length is worth in a message.
const MANY: usize = 3000;

/// Who is told: with the points and the rule of their graph, or a graph alone; and what else can be chosen.
pub(crate) struct Caller<'a> {
    pub(crate) points: Option<(&'a Array2<f64>, GraphRule)>,
    pub(crate) choice: Choice,
}

/// What a caller can choose beside the graph.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Choice {
    /// Nothing.
    Graph,
    /// A policy for isolated vertices, for two clusters.
    Pair,
    /// That, and the number of clusters.
    Clusters,
}

impl Caller<'_> {
    /// The same error, with advice where it depends on the caller.
    pub(crate) fn advise(&self, error: Error) -> Error {
        match error {
            Error::NoStructure { n, .. } if self.all_equal() => Error::AllPointsEqual { n },
            Error::IsolatedPoints { points, .. } => {
                let joined = self.join();
                let joined = joined.unwrap_or_else(|| "give them neighbours".to_string());
                Error::IsolatedPoints {
                    points,
                    advice: self.or_policy(&joined).into(),
                }
            }
            Error::NoEdges { .. } => Error::NoEdges {
                advice: self.join().map(Advice::from).unwrap_or_default(),
            },
            Error::TooManyComponents { sizes, .. } => Error::TooManyComponents {
                advice: self.connect(sizes.len()).into(),
                sizes,
            },
            Error::NoStructure { n, .. } => Error::NoStructure {
                n,
                advice: self.loosen().map(Advice::from).unwrap_or_default(),
            },
            other => other,
        }
    }

    fn all_equal(&self) -> bool {
        self.points.is_some_and(|(x, _)| guard::all_equal(x))
    }

    /// How every vertex gets a neighbour.
    fn join(&self) -> Option<String> {
        let (x, rule) = self.points?;
        Some(match rule {
            GraphRule::Epsilon(_) => match joining_epsilon(x) {
                Some(epsilon) => format!("raise epsilon to {epsilon:?}"),
                None => NO_EPSILON.to_string(),
            },
            GraphRule::Gaussian(_) | GraphRule::GaussianOnNearestNeighbors(..) => {
                "raise sigma".to_string()
            }
            GraphRule::MutualNearestNeighbors(_) => {
                "take more neighbours, or `GraphRule::nearest_neighbors`, which leaves nobody alone"
                    .to_string()
            }
            _ => "take another graph".to_string(),
        })
    }

    /// The policies for isolated vertices that would accept them.
    fn or_policy(&self, joined: &str) -> String {
        if self.choice == Choice::Graph {
            return format!("{joined}, or drop them");
        }
        let nearest = if self.points.is_some() {
            ", or `Isolated::NearestCluster`, which gives each the label of the nearest point"
        } else {
            ""
        };
        format!(
            "{joined}, or set `isolated` to `Isolated::OwnLabel`, which gives each a label of its own{nearest}"
        )
    }

    /// How fewer pieces come about, or as many clusters as there are pieces.
    fn connect(&self, pieces: usize) -> String {
        let join = match self.points {
            None => "join them by edges".to_string(),
            Some((x, rule)) => bridge(x, rule),
        };
        if self.choice == Choice::Clusters {
            format!("{join}, or ask for {pieces} clusters")
        } else {
            format!("{join}, or treat each piece as a cluster (`components` labels them)")
        }
    }

    /// How the similarities become different.
    fn loosen(&self) -> Option<String> {
        let (x, rule) = self.points?;
        let advice = match rule {
            _ if equidistant(x) => {
                "they lie equally far from each other, and no similarity of distances tells them apart"
            }
            GraphRule::Epsilon(_) => match joining_epsilon(x) {
                Some(epsilon) if x.nrows() <= MANY => {
                    return Some(format!("lower epsilon to {epsilon:?}"));
                }
                Some(_) => "lower epsilon",
                None => NO_EPSILON,
            },
            GraphRule::Gaussian(_) => "lower sigma",
            GraphRule::GaussianOnNearestNeighbors(..) => "lower sigma, or take fewer neighbours",
            GraphRule::NearestNeighbors(..)
            | GraphRule::BridgedNearestNeighbors(..)
            | GraphRule::MutualNearestNeighbors(_) => "take fewer neighbours",
            _ => "take another graph",
        };
        Some(advice.to_string())
    }
}

const NO_EPSILON: &str = "as no epsilon joins all without joining every two of them, take another graph, as `SpectralClustering` offers";

/// The ε that joins all, where it does not join every two points; for many points, the least that isolates none.
fn joining_epsilon(x: &Array2<f64>) -> Option<f64> {
    let n = x.nrows();
    if n > MANY {
        return max_min_distance(x).ok().map(rounded_up);
    }
    let exact = connecting_distance(x).ok()?;
    let every_two =
        |epsilon: f64| (0..n).all(|i| (0..i).all(|j| distance(x.row(i), x.row(j)) <= epsilon));
    let mut ways = [rounded_up(exact), exact].into_iter();
    ways.find(|&epsilon| n == 2 || !every_two(epsilon))
}

/// The number, or a little more, in four digits: what joins all at the one does at the other.
fn rounded_up(number: f64) -> f64 {
    let text = format!("{number:.3e}");
    let near = text.parse().unwrap_or(number);
    if near >= number && near.is_finite() {
        return near;
    }
    let above = text.split_once('e').and_then(|(digits, exponent)| {
        let digits: u32 = digits.replace('.', "").parse().ok()?;
        let exponent: i32 = exponent.parse().ok()?;
        format!("{}e{}", digits + 1, exponent - 3).parse().ok()
    });
    above
        .filter(|above: &f64| above.is_finite())
        .unwrap_or(number)
}

/// Every two of a few points lie equally far from each other.
#[expect(clippy::float_cmp, reason = "equal means equal")]
fn equidistant(x: &Array2<f64>) -> bool {
    let n = x.nrows();
    let apart = |i: usize, j: usize| distance(x.row(i), x.row(j));
    n <= MANY && (1..n).all(|i| (0..i).all(|j| apart(i, j) == apart(0, 1)))
}

/// What joins pieces of this graph.
fn bridge(x: &Array2<f64>, rule: GraphRule) -> String {
    let copies = |k: NeighborCount| {
        let (n, k) = (x.nrows(), k.of(x.nrows()));
        let (point, times) = most_copied(x);
        if times <= k {
            return None;
        }
        // As many different places as k of them would be without copies.
        let more = match times.saturating_mul(k) {
            enough if enough < n => format!(", or take {enough} neighbours"),
            _ => String::new(),
        };
        Some(format!(
            "point {point} stands {times} times among the points, so that its {k} nearest neighbours are its own copies: drop the copies{more}"
        ))
    };
    match rule {
        GraphRule::Epsilon(epsilon) => {
            let copies = if epsilon == 0.0 {
                "with epsilon 0 only copies of one point are joined: "
            } else {
                ""
            };
            match joining_epsilon(x) {
                Some(epsilon) => format!("{copies}raise epsilon to {epsilon:?}"),
                None => format!("{copies}{NO_EPSILON}"),
            }
        }
        GraphRule::Gaussian(_) => "raise sigma".to_string(),
        GraphRule::NearestNeighbors(k, _) | GraphRule::MutualNearestNeighbors(k) => {
            copies(k).unwrap_or_else(|| "take more neighbours".to_string())
        }
        GraphRule::GaussianOnNearestNeighbors(_, k) => {
            copies(k).unwrap_or_else(|| "take more neighbours or a larger sigma".to_string())
        }
        GraphRule::BridgedNearestNeighbors(..) => "bridge it down to fewer pieces".to_string(),
        _ => "take another graph".to_string(),
    }
}

/// The point that stands most often among the points, the first of them, and how often.
fn most_copied(x: &Array2<f64>) -> (usize, usize) {
    let mut order: Vec<usize> = (0..x.nrows()).collect();
    let rows = |&i: &usize, &j: &usize| {
        let pairs = x.row(i).into_iter().zip(x.row(j));
        let mut orders = pairs.map(|(a, b)| (a + 0.0).total_cmp(&(b + 0.0)));
        orders
            .find(|order| order.is_ne())
            .unwrap_or(Ordering::Equal)
    };
    order.sort_by(rows);
    let runs = order.chunk_by(|i, j| rows(i, j).is_eq());
    // The sort is stable: the first of a run is the first in the data.
    let most = runs.max_by_key(|run| (run.len(), Reverse(run[0])));
    most.map_or((0, 0), |run| (run[0], run.len()))
}

/// The error of the steps on points, with advice on ε.
pub(crate) fn for_epsilon(x: &Array2<f64>, epsilon: f64, error: Error) -> Error {
    let caller = Caller {
        points: Some((x, GraphRule::Epsilon(epsilon))),
        choice: Choice::Graph,
    };
    caller.advise(error)
}

/// New points that are similar to no old one.
pub(crate) fn beyond_reach(points: Vec<usize>, labels: bool) -> Error {
    let advice = if labels {
        "none is similar to a clustered point: drop them, or set `isolated` to `Isolated::NearestCluster` or `Isolated::OwnLabel` before `fit`"
    } else {
        "none is similar to a clustered point: drop them"
    };
    Error::IsolatedPoints {
        points,
        advice: advice.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn four_digits_are_never_less_than_the_number() {
        for (number, wanted) in [
            (1.640_121_946_685_672_7, 1.641),
            (0.4, 0.4),
            (9.999_9, 10.0),
            (3.000_000_1e-200, 3.001e-200),
            (f64::MAX, f64::MAX),
        ] {
            assert_eq!(rounded_up(number).to_bits(), wanted.to_bits(), "{number}");
        }
    }
    use ndarray::array;

    #[test]
    fn the_most_copied_point_is_counted_with_its_zeros_of_either_sign() {
        let x = array![[1.0, 0.0], [0.0, 2.0], [1.0, -0.0], [3.0, 3.0], [1.0, 0.0]];
        assert_eq!(most_copied(&x), (0, 3));
    }
}
