use fiedler::ndarray::Array2;
use fiedler::parameters::NeighborCount;
use fiedler::GraphRule;
use fiedler::{Clustering, SpectralClustering};

pub fn clustering(x: &Array2<f64>) -> fiedler::Result<Clustering> {
    SpectralClustering::new()
        .clusters(3)
        .graph(GraphRule::BridgedNearestNeighbors(NeighborCount::Ln, None))
        .fit(x)
}
