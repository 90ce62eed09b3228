//! How many clusters, and by which way from the graph to the labels.

use super::graph::positive;
use clap::{Args, ValueEnum};
use fiedler::embedding::{Embedding, Laplacian};
use fiedler::{Isolated, Labelling, SpectralClustering};

#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "The clusters")]
pub struct MethodOptions {
    /// How many clusters: a number, or auto: as many as the eigenvalues say, where they do
    #[arg(short = 'k', long = "clusters", value_name = "K|auto", default_value = "auto", value_parser = clusters, allow_negative_numbers = true)]
    pub clusters: Clusters,
    /// The most clusters that -k auto looks for
    #[arg(long, value_name = "K", default_value_t = 10)]
    pub at_most: usize,
    /// How rows of eigenvectors become labels [default: sign for two clusters, else k-means]
    #[arg(long, value_enum, value_name = "NAME")]
    pub assign: Option<Assign>,
    /// Whose eigenvectors are taken
    #[arg(long, value_enum, value_name = "NAME", default_value_t = Matrix::RandomWalk)]
    pub laplacian: Matrix,
    /// Which eigenvectors, and how: the first k, those but the first, or the first k with rows of unit length
    #[arg(long, value_enum, value_name = "NAME", default_value_t = Rows::Leading)]
    pub embedding: Rows,
    /// What becomes of a vertex without any edge
    #[arg(long, value_enum, value_name = "NAME", default_value_t = Alone::Refuse)]
    pub isolated: Alone,
    /// The largest residual of an eigenpair
    #[arg(long, value_name = "NUMBER", default_value = "1e-8", value_parser = positive, allow_negative_numbers = true)]
    pub tolerance: f64,
    /// The seed of k-means and of the discretisation: the same seed gives the same labels
    #[arg(long, value_name = "NUMBER", default_value_t = 0)]
    pub seed: u64,
}

/// How many clusters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Clusters {
    Auto,
    Fixed(usize),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Assign {
    /// The sign of the second eigenvector; two clusters only
    Sign,
    /// The best threshold of the second eigenvector; two clusters only
    Sweep,
    #[value(name = "kmeans")]
    KMeans,
    /// The rotation that comes nearest to zeros and ones
    Discretize,
    /// QR with column pivoting: no start, no seed
    Qr,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Matrix {
    RandomWalk,
    Symmetric,
    Unnormalized,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Rows {
    Leading,
    NonTrivial,
    #[value(name = "unit-rows")]
    OfUnitLength,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Alone {
    /// An error that names it
    Refuse,
    /// A label of its own
    OwnLabel,
    /// The label of the nearest point that has edges
    Nearest,
}

impl MethodOptions {
    /// The estimator for so many points, its graph apart.
    pub fn estimator(&self, points: usize) -> SpectralClustering {
        let estimator = SpectralClustering::new()
            .laplacian(self.laplacian.laplacian())
            .embedding(self.embedding.embedding())
            .isolated(self.isolated.isolated())
            .tolerance(self.tolerance)
            .seed(self.seed);
        let estimator = match self.clusters {
            Clusters::Auto => estimator.clusters_by_eigengap(self.most(points)),
            Clusters::Fixed(k) => estimator.clusters(k),
        };
        match self.assign {
            None => estimator,
            Some(assign) => estimator.labels(assign.labelling()),
        }
    }
}

impl MethodOptions {
    /// The most clusters that are looked for among so many points: fewer than these.
    pub fn most(&self, points: usize) -> usize {
        self.at_most.min(points.saturating_sub(1)).max(1)
    }
}

impl Assign {
    pub fn labelling(self) -> Labelling {
        match self {
            Self::Sign => Labelling::Sign,
            Self::Sweep => Labelling::Sweep,
            Self::KMeans => Labelling::KMeans,
            Self::Discretize => Labelling::Discretize,
            Self::Qr => Labelling::PivotedQr,
        }
    }
}

impl Matrix {
    pub fn laplacian(self) -> Laplacian {
        match self {
            Self::RandomWalk => Laplacian::RandomWalk,
            Self::Symmetric => Laplacian::Symmetric,
            Self::Unnormalized => Laplacian::Unnormalized,
        }
    }
}

impl Rows {
    pub fn embedding(self) -> Embedding {
        match self {
            Self::Leading => Embedding::Leading,
            Self::NonTrivial => Embedding::NonTrivial,
            Self::OfUnitLength => Embedding::UnitRows,
        }
    }
}

impl Alone {
    pub fn isolated(self) -> Isolated {
        match self {
            Self::Refuse => Isolated::Refuse,
            Self::OwnLabel => Isolated::OwnLabel,
            Self::Nearest => Isolated::NearestCluster,
        }
    }
}

fn clusters(word: &str) -> Result<Clusters, String> {
    match word {
        "auto" => Ok(Clusters::Auto),
        number => match number.parse() {
            Ok(k) if k > 0 => Ok(Clusters::Fixed(k)),
            _ => Err("it must be a whole number above 0, or auto".to_string()),
        },
    }
}
