//! The crate scirs2-cluster: two functions, both on the dense matrix of the graph.
//!
//! Its own neighbour graph is dense too, and joins where either end is a neighbour; so that all answers are of
//! one graph it is given ours, whose time counts.

#[cfg(not(feature = "scirs2"))]
pub use super::absent::{one as advanced, one as plain};
#[cfg(feature = "scirs2")]
pub use present::{advanced, plain};

#[cfg(feature = "scirs2")]
mod present {
    use super::super::Work;
    use super::super::given::{Given, given};
    use crate::measure::{Answer, Normal};
    use crate::rows::Row;
    use fiedler::Graph;
    use ndarray17::Array2;
    use scirs2_cluster::{
        AffinityMode, SimilarityKernel, SpectralClusteringOptions, SpectralConfig, SpectralVariant,
        spectral_cluster, spectral_clustering,
    };
    use std::path::Path;

    /// The eigenvectors come back as rows of unit length: they cannot be judged.
    pub fn plain(row: Row, folder: &Path) -> Result<Work, String> {
        work(row, folder, move |a| {
            let options = SpectralClusteringOptions {
                affinity: AffinityMode::Precomputed,
                random_seed: Some(0),
                ..SpectralClusteringOptions::default()
            };
            let (_, labels) = spectral_clustering(a.view(), row.k, Some(options))
                .map_err(|error| error.to_string())?;
            Ok(Answer {
                labels: labels.iter().copied().collect(),
                vectors: None,
                values: Vec::new(),
                stages: Vec::new(),
                note: None,
            })
        })
    }

    /// Shi and Malik's variant, whose rows are the eigenvectors z.
    pub fn advanced(row: Row, folder: &Path) -> Result<Work, String> {
        work(row, folder, move |a| {
            let options = SpectralConfig {
                n_clusters: Some(row.k),
                variant: SpectralVariant::ShiMalik,
                kernel: SimilarityKernel::Precomputed,
                seed: Some(0),
                ..SpectralConfig::default()
            };
            let found = spectral_cluster(a.view(), &options).map_err(|error| error.to_string())?;
            let embedding = &found.embedding;
            let shape = embedding.dim();
            let z = fiedler::ndarray::Array2::from_shape_fn(shape, |at| embedding[[at.0, at.1]]);
            Ok(Answer {
                labels: found.labels.iter().copied().collect(),
                vectors: Some((Normal::RandomWalk, z)),
                values: found.eigenvalues.to_vec(),
                stages: Vec::new(),
                note: None,
            })
        })
    }

    fn work(
        row: Row,
        folder: &Path,
        cluster: impl Fn(&Array2<f64>) -> Result<Answer, String> + 'static,
    ) -> Result<Work, String> {
        Ok(match given(&row, folder)? {
            Given::Graph(graph) => {
                let a = matrix(&graph);
                Box::new(move || cluster(&a))
            }
            Given::Points(build) => Box::new(move || cluster(&matrix(&build()?))),
        })
    }

    /// A, in the arrays of that crate.
    fn matrix(graph: &Graph) -> Array2<f64> {
        let n = graph.vertex_count();
        let mut a = Array2::zeros((n, n));
        for (i, j, weight) in graph.weighted_edges() {
            a[[i, j]] = weight;
            a[[j, i]] = weight;
        }
        a
    }
}
