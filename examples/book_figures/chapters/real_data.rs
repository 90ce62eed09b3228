//! The chapter on real data.

use super::{Figures, Result};
use fiedler::ndarray::Array2;
use fiedler::pixels::{pixel_graph, synthetic_picture};
use fiedler::plot::{Figure, segments, side_by_side};
use fiedler::{SpectralClustering, kmeans};

pub fn figures() -> Result<Figures> {
    Ok(vec![("real_data_noisy_picture", noisy_picture()?)])
}

/// A noisy picture, cut in three by its greys alone and by the graph of its pixels.
fn noisy_picture() -> fiedler::Result<Figure> {
    let (picture, _) = synthetic_picture(24, 32, 0.12, 0)?;
    let greys: Vec<[f64; 1]> = picture.iter().map(|&grey| [grey]).collect();
    let greys: Array2<f64> = greys.into();
    let graph = pixel_graph(&picture, 0.1, 4.0, 5.0)?;
    let found = SpectralClustering::new().clusters(3).fit_graph(&graph)?;
    side_by_side(&[
        segments(&picture, &kmeans(&greys, 3, 0)?.labels)?.with_title("greys alone, by k-means"),
        segments(&picture, &found.labels)?.with_title("the graph of the pixels"),
    ])
}
