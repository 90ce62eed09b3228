//! The crate lapl: an embedding, of a dense matrix or of a sparse one.
//!
//! It has no labels and no sparse neighbour graph. The graph is therefore ours, and its time counts; so are the
//! labels, as ours are made: the sign of the second vector for two clusters, k-means on rows of unit length for
//! more.

#[cfg(not(feature = "lapl"))]
pub use super::absent::{one as dense, one as sparse};
#[cfg(feature = "lapl")]
pub use present::{dense, sparse};

#[cfg(feature = "lapl")]
mod present {
    use super::super::Work;
    use super::super::given::{Given, given};
    use crate::measure::{Answer, Normal};
    use crate::rows::Row;
    use fiedler::ndarray::{Array2, Axis};
    use fiedler::{Graph, labelling::labels_by_kmeans, labels_by_sign};
    use lapl::sparse::{CsrAdjacency, spectral_embedding_sparse_with_diagnostics};
    use lapl::{
        EmbeddingDiagnostics, SpectralEmbeddingConfig, spectral_embedding_with_diagnostics,
    };
    use std::path::Path;

    pub fn dense(row: Row, folder: &Path) -> Result<Work, String> {
        let embed = move |a: &Array2<f64>| {
            let found = spectral_embedding_with_diagnostics(a, row.k, &choices());
            answer(found.map_err(|error| error.to_string())?, row.k)
        };
        Ok(match given(&row, folder)? {
            Given::Graph(graph) => {
                let a = graph.matrix().map_err(|error| error.to_string())?;
                Box::new(move || embed(&a))
            }
            Given::Points(build) => {
                Box::new(move || embed(&build()?.matrix().map_err(|error| error.to_string())?))
            }
        })
    }

    pub fn sparse(row: Row, folder: &Path) -> Result<Work, String> {
        let rows_of = |graph: &Graph| {
            let edges: Vec<_> = graph.weighted_edges().collect();
            CsrAdjacency::from_undirected_edges(graph.vertex_count(), &edges)
                .map_err(|error| error.to_string())
        };
        let embed = move |a: &CsrAdjacency| {
            let found = spectral_embedding_sparse_with_diagnostics(a, row.k, &choices());
            answer(found.map_err(|error| error.to_string())?, row.k)
        };
        Ok(match given(&row, folder)? {
            Given::Graph(graph) => {
                let a = rows_of(&graph)?;
                Box::new(move || embed(&a))
            }
            Given::Points(build) => Box::new(move || embed(&rows_of(&build()?)?)),
        })
    }

    /// Its defaults, but for the first vector, which is kept, and the rows, whose length the judge needs.
    fn choices() -> SpectralEmbeddingConfig {
        SpectralEmbeddingConfig {
            skip_first: false,
            row_normalize: false,
            ..SpectralEmbeddingConfig::default()
        }
    }

    fn answer((w, said): (Array2<f64>, EmbeddingDiagnostics), k: usize) -> Result<Answer, String> {
        let text = |error: fiedler::Error| error.to_string();
        let labels = if k == 2 {
            labels_by_sign(&w.column(1).to_owned()).map_err(text)?
        } else {
            let lengths = (&w * &w).sum_axis(Axis(1)).mapv(f64::sqrt);
            let rows = &w
                / &lengths
                    .mapv(|length| length.max(f64::MIN_POSITIVE))
                    .insert_axis(Axis(1));
            labels_by_kmeans(&rows, k, 0).map_err(text)?.labels
        };
        Ok(Answer {
            labels,
            vectors: Some((Normal::Symmetric, w)),
            stages: Vec::new(),
            note: (!said.converged).then(|| {
                format!(
                    "says itself that it did not converge ({} restarts)",
                    said.restarts
                )
            }),
            values: said.eigenvalues,
        })
    }
}
