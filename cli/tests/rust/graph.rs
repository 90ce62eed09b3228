use fiedler::Graph;
use fiedler::{Clustering, SpectralClustering};

pub fn clustering(graph: &Graph) -> fiedler::Result<Clustering> {
    SpectralClustering::new()
        .clusters(2)
        .fit_graph(graph)
}
