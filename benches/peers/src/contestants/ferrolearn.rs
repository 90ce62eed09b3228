//! The crate ferrolearn-cluster: points only, and the dense Gaussian graph only.
//!
//! exp(−γr²) with γ = 1/2σ², σ the mean distance to the tenth neighbour: the width that comes nearest to the
//! graph of the others. Finding σ is not timed.

#[cfg(not(feature = "ferrolearn"))]
pub use super::absent::one as prepare;
#[cfg(feature = "ferrolearn")]
pub use present::prepare;

#[cfg(feature = "ferrolearn")]
mod present {
    use super::super::Work;
    use crate::generate::load_points;
    use crate::measure::Answer;
    use crate::rows::{NEIGHBORS, Row};
    use ferrolearn_cluster::SpectralClustering;
    use fiedler::parameters::mean_neighbor_distance;
    use ndarray17::Array2;
    use std::path::Path;

    pub fn prepare(row: Row, folder: &Path) -> Result<Work, String> {
        let points = load_points(folder).map_err(|error| error.to_string())?;
        let sigma =
            mean_neighbor_distance(&points, NEIGHBORS).map_err(|error| error.to_string())?;
        let x = Array2::from_shape_fn(points.dim(), |at| points[[at.0, at.1]]);
        Ok(Box::new(move || {
            let model = SpectralClustering::new(row.k)
                .with_gamma(0.5 / (sigma * sigma))
                .with_random_state(0);
            let labels = model.fit_predict(&x).map_err(|error| error.to_string())?;
            Ok(Answer {
                labels: labels.iter().copied().collect(),
                vectors: None,
                values: Vec::new(),
                stages: Vec::new(),
                note: Some("on a Gaussian graph".into()),
            })
        }))
    }
}
