//! Who takes part, and what each cannot do.

#[cfg(not(all(feature = "ferrolearn", feature = "lapl", feature = "scirs2")))]
mod absent;
mod ferrolearn;
mod fiedler;
mod given;
mod lapl;
mod scirs2;

use crate::measure::Answer;
use crate::rows::{Data, Row};
use std::path::Path;

/// A contestant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Contestant {
    /// ARPACK to machine precision: no contestant, but what the others are held against.
    Exact,
    Fiedler,
    /// The post's own code: NumPy's `inv` and `eig`.
    Post,
    SklearnArpack,
    SklearnLobpcg,
    SklearnAmg,
    /// `lapl::spectral_embedding` on the dense matrix, its rows to labels by our k-means: lapl has none.
    Lapl,
    /// `lapl::sparse::spectral_embedding_sparse`, the same way.
    LaplSparse,
    /// `scirs2_cluster::spectral_clustering`.
    Scirs2,
    /// `scirs2_cluster::spectral_cluster`, the "advanced" one.
    Scirs2Advanced,
    /// `ferrolearn_cluster::SpectralClustering`: a Gaussian graph only.
    Ferrolearn,
}

use Contestant::{
    Exact, Ferrolearn, Fiedler, Lapl, LaplSparse, Post, Scirs2, Scirs2Advanced, SklearnAmg,
    SklearnArpack, SklearnLobpcg,
};

/// In the order of the table.
pub const ALL: [Contestant; 11] = [
    Exact,
    Fiedler,
    Post,
    SklearnArpack,
    SklearnLobpcg,
    SklearnAmg,
    Lapl,
    LaplSparse,
    Scirs2,
    Scirs2Advanced,
    Ferrolearn,
];

/// Bytes of the largest matrix that our graph makes of itself.
const OUR_LARGEST_MATRIX: u64 = 2 << 30;
/// Bytes that a child may take.
pub const MEMORY: u64 = 20 << 30;

impl Contestant {
    /// As on the command line and in the files.
    pub fn name(self) -> &'static str {
        match self {
            Exact => "exact",
            Fiedler => "fiedler",
            Post => "post",
            SklearnArpack => "sklearn-arpack",
            SklearnLobpcg => "sklearn-lobpcg",
            SklearnAmg => "sklearn-amg",
            Lapl => "lapl",
            LaplSparse => "lapl-sparse",
            Scirs2 => "scirs2",
            Scirs2Advanced => "scirs2-advanced",
            Ferrolearn => "ferrolearn",
        }
    }

    /// As in the table.
    pub fn title(self) -> &'static str {
        match self {
            Exact => "exact (ARPACK, tol 0)",
            Fiedler => "**fiedler**",
            Post => "the post's code",
            SklearnArpack => "scikit-learn arpack",
            SklearnLobpcg => "scikit-learn lobpcg",
            SklearnAmg => "scikit-learn amg",
            Lapl => "lapl",
            LaplSparse => "lapl, sparse",
            Scirs2 => "scirs2-cluster",
            Scirs2Advanced => "scirs2-cluster, advanced",
            Ferrolearn => "ferrolearn-cluster",
        }
    }

    pub fn named(name: &str) -> Option<Self> {
        ALL.into_iter().find(|contestant| contestant.name() == name)
    }

    /// Whether it runs in Python.
    pub fn is_python(self) -> bool {
        matches!(
            self,
            Exact | Post | SklearnArpack | SklearnLobpcg | SklearnAmg
        )
    }

    /// Whether the row is no question to ask of it; then it has no line in the table.
    pub fn is_out_of_place(self, row: &Row) -> bool {
        match self {
            Fiedler => false,
            Post => !row.is_post(),
            Exact => row.truth == crate::rows::Truth::None,
            // The post's row is between its code and ours.
            _ => row.is_post() || matches!(row.data, Data::Moons(10_000_000, _)),
        }
    }

    /// Why it is not even started on this row.
    pub fn refusal(self, row: &Row) -> Option<String> {
        let built = match self {
            Lapl | LaplSparse => cfg!(feature = "lapl"),
            Scirs2 | Scirs2Advanced => cfg!(feature = "scirs2"),
            Ferrolearn => cfg!(feature = "ferrolearn"),
            _ => true,
        };
        if !built {
            return Some("not built in".into());
        }
        if self == Ferrolearn && row.is_graph() {
            return Some("takes points only".into());
        }
        // Our graph makes no larger matrix for it.
        if self == Lapl && 8 * (row.n() as u64).pow(2) > OUR_LARGEST_MATRIX {
            return Some("dense: our graph makes no matrix of that size".into());
        }
        // n × n matrices alive at once, counted in each one's source.
        let matrices = match self {
            Lapl => 3,
            Scirs2 => 6,
            Scirs2Advanced | Ferrolearn => 4,
            _ => 0,
        };
        let bytes = 8 * matrices * (row.n() as u64).pow(2);
        (bytes > MEMORY).then(|| format!("dense: it would take {} GiB", bytes >> 30))
    }

    /// Clusters in this process; only for those in Rust. The second closure is what is timed.
    pub fn prepare(self, row: Row, folder: &Path) -> Result<Work, String> {
        match self {
            Fiedler => fiedler::prepare(row, folder),
            Lapl => lapl::dense(row, folder),
            LaplSparse => lapl::sparse(row, folder),
            Scirs2 => scirs2::plain(row, folder),
            Scirs2Advanced => scirs2::advanced(row, folder),
            Ferrolearn => ferrolearn::prepare(row, folder),
            Exact | Post | SklearnArpack | SklearnLobpcg | SklearnAmg => {
                Err("runs in Python".into())
            }
        }
    }
}

/// What is timed: the data are in memory already.
pub type Work = Box<dyn FnMut() -> Result<Answer, String>>;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rows::ROWS;

    #[test]
    fn every_name_leads_back_to_its_contestant() {
        for contestant in ALL {
            assert_eq!(Contestant::named(contestant.name()), Some(contestant));
        }
    }

    #[test]
    fn dense_matrices_beyond_the_memory_are_not_tried() {
        let row = |name| ROWS.into_iter().find(|row| row.name == name).unwrap();
        assert!(Lapl.refusal(&row("moons_100000")).is_some());
        assert!(LaplSparse.refusal(&row("moons_100000")).is_none());
        assert!(Fiedler.refusal(&row("moons12_10000000")).is_none());
    }
}
