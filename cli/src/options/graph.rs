//! Which graph to build from points.

use crate::trouble::{Result, Trouble};
use clap::{Args, ValueEnum};
use fiedler::GraphRule;
use fiedler::graph::Symmetry;
use fiedler::parameters::{Bandwidth, NeighborCount};

#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "The graph of the points")]
pub struct GraphOptions {
    /// Which points are joined [default: what the options below ask for; else bridged]
    #[arg(long, value_enum, value_name = "NAME")]
    pub graph: Option<Kind>,
    /// How many nearest neighbours a point is joined to: a number, or ln or log10 of the number of points
    #[arg(long, value_name = "K|RULE", value_parser = neighbors, allow_negative_numbers = true)]
    pub neighbors: Option<NeighborCount>,
    /// Points at most this far apart are joined, in the unit of the data
    #[arg(long, value_name = "DISTANCE", value_parser = positive, allow_negative_numbers = true)]
    pub epsilon: Option<f64>,
    /// The width of the Gaussian: a number in the unit of the data, or neighbors (the mean distance to the ln n-th
    /// neighbour), median (of all distances), ln, log10 or features
    #[arg(long, value_name = "WIDTH|RULE", value_parser = sigma, allow_negative_numbers = true)]
    pub sigma: Option<Bandwidth>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Kind {
    /// Nearest neighbours, and the shortest bridges where more pieces than clusters are left
    Bridged,
    /// Nearest neighbours: joined where either is a neighbour of the other
    Neighbors,
    /// Mutual nearest neighbours: joined where each is a neighbour of the other
    Mutual,
    /// All within --epsilon
    Epsilon,
    /// All within the smallest epsilon that leaves no point alone
    MaxMin,
    /// Every two points, by a Gaussian of their distance; for up to some thousand points
    Gaussian,
    /// Nearest neighbours, by a Gaussian of their distance
    GaussianNeighbors,
    /// Every two points, each with a width of its own: the distance to its 7th neighbour, or to the --neighbors-th
    LocalScaling,
}

impl GraphOptions {
    /// The library's rule.
    pub fn rule(&self) -> Result<GraphRule> {
        let kind = self.kind()?;
        self.fits(kind)?;
        let neighbors = self.neighbors.unwrap_or(NeighborCount::Ln);
        let sigma = self
            .sigma
            .unwrap_or(Bandwidth::MeanNeighborDistance(NeighborCount::Ln));
        Ok(match kind {
            Kind::Bridged => GraphRule::BridgedNearestNeighbors(neighbors, None),
            Kind::Neighbors => GraphRule::NearestNeighbors(neighbors, Symmetry::Average),
            Kind::Mutual => GraphRule::MutualNearestNeighbors(neighbors),
            Kind::Epsilon => GraphRule::Epsilon(self.epsilon.ok_or_else(|| {
                Trouble::Usage("--graph epsilon needs --epsilon DISTANCE".to_string())
            })?),
            Kind::MaxMin => GraphRule::MaxMinEpsilon,
            Kind::Gaussian => GraphRule::Gaussian(sigma),
            Kind::GaussianNeighbors => GraphRule::GaussianOnNearestNeighbors(sigma, neighbors),
            Kind::LocalScaling => GraphRule::LocalScaling(match self.neighbors {
                None => 7,
                Some(NeighborCount::Fixed(k)) => k,
                Some(_) => {
                    let words = "--graph local-scaling takes a number of --neighbors, no rule";
                    return Err(Trouble::Usage(words.to_string()));
                }
            }),
        })
    }

    /// Whether anything was said of the graph.
    pub fn is_given(&self) -> bool {
        self.graph.is_some()
            || self.neighbors.is_some()
            || self.epsilon.is_some()
            || self.sigma.is_some()
    }

    /// The kind that was named, or that the parameters ask for.
    fn kind(&self) -> Result<Kind> {
        if let Some(kind) = self.graph {
            return Ok(kind);
        }
        match (self.neighbors, self.epsilon, self.sigma) {
            (None, None, None) => Ok(Kind::Bridged),
            (Some(_), None, None) => Ok(Kind::Neighbors),
            (None, Some(_), None) => Ok(Kind::Epsilon),
            (None, None, Some(_)) => Ok(Kind::Gaussian),
            (Some(_), None, Some(_)) => Ok(Kind::GaussianNeighbors),
            (_, Some(_), _) => Err(Trouble::Usage(
                "--epsilon goes with neither --neighbors nor --sigma: each is the parameter of a graph of its own"
                    .to_string(),
            )),
        }
    }

    /// Whether each parameter given is one of this kind.
    fn fits(&self, kind: Kind) -> Result<()> {
        let takes: &[&str] = match kind {
            Kind::Bridged | Kind::Neighbors | Kind::Mutual | Kind::LocalScaling => &["--neighbors"],
            Kind::Epsilon => &["--epsilon"],
            Kind::MaxMin => &[],
            Kind::Gaussian => &["--sigma"],
            Kind::GaussianNeighbors => &["--sigma", "--neighbors"],
        };
        let given = [
            ("--neighbors", self.neighbors.is_some()),
            ("--epsilon", self.epsilon.is_some()),
            ("--sigma", self.sigma.is_some()),
        ];
        let foreign = given
            .iter()
            .find(|(name, given)| *given && !takes.contains(name));
        match (foreign, kind.to_possible_value()) {
            (Some((name, _)), Some(value)) => Err(Trouble::Usage(format!(
                "--graph {} has no {name}",
                value.get_name()
            ))),
            _ => Ok(()),
        }
    }
}

fn neighbors(word: &str) -> std::result::Result<NeighborCount, String> {
    match word {
        "ln" => Ok(NeighborCount::Ln),
        "log10" => Ok(NeighborCount::Log10),
        number => match number.parse() {
            Ok(k) if k > 0 => Ok(NeighborCount::Fixed(k)),
            _ => Err("it must be a whole number above 0, ln or log10".to_string()),
        },
    }
}

/// A distance, or a width.
pub fn positive(word: &str) -> std::result::Result<f64, String> {
    match word.parse::<f64>() {
        Ok(value) if value > 0.0 && value.is_finite() => Ok(value),
        _ => Err("it must be a number above 0".to_string()),
    }
}

fn sigma(word: &str) -> std::result::Result<Bandwidth, String> {
    match word {
        "neighbors" => Ok(Bandwidth::MeanNeighborDistance(NeighborCount::Ln)),
        "median" => Ok(Bandwidth::MedianDistance),
        "ln" => Ok(Bandwidth::Ln),
        "log10" => Ok(Bandwidth::Log10),
        "features" => Ok(Bandwidth::Features),
        number => positive(number)
            .map(Bandwidth::Fixed)
            .map_err(|error| format!("{error}, or one of neighbors, median, ln, log10, features")),
    }
}
