//! The chapter on the eigenvectors.

use super::{Figures, Result};
use fiedler::ndarray::{Array1, Axis};
use fiedler::plot::{Figure, against_index, clusters, graph, side_by_side};
use fiedler::{
    agreement, data, fiedler_vector, kmeans, labels_by_sign, project, similarity_matrix,
    spectral_clustering,
};

pub fn figures() -> Result<Figures> {
    Ok(vec![
        ("moons_kmeans_and_spectral", kmeans_and_spectral()?),
        ("moons_z", graph_and_vector()?),
        ("moons_z_sorted", sorted_entries()?),
        ("moons_projected", before_and_after_the_projection()?),
    ])
}

/// Two methods on the post's moons.
fn kmeans_and_spectral() -> fiedler::Result<Figure> {
    let moons = data::blog_moons();
    let panel = |method: &str, labels: &Array1<usize>| {
        let right = (200.0 * agreement(labels, &moons.y)?).round();
        Ok(clusters(&moons.x, labels)?.with_title(format!("{method}: {right} of 200 right")))
    };
    side_by_side(&[
        panel("k-means", &kmeans(&moons.x, 2, 0)?.labels)?,
        panel("spectral clustering", &spectral_clustering(&moons.x, 0.4)?)?,
    ])
}

/// The graph, split by the sign of its Fiedler vector.
fn graph_and_vector() -> fiedler::Result<Figure> {
    let moons = data::blog_moons();
    let a = similarity_matrix(&moons.x, 0.4)?;
    let labels = labels_by_sign(&fiedler_vector(&a)?.vector)?;
    Ok(graph(&moons.x, &a, Some(&labels))?.with_title("Signs of the second eigenvector"))
}

/// The entries of the Fiedler vector, the largest first.
fn sorted_entries() -> fiedler::Result<Figure> {
    let moons = data::blog_moons();
    let a = similarity_matrix(&moons.x, 0.4)?;
    let z = fiedler_vector(&a)?.vector;
    let mut order: Vec<usize> = (0..z.len()).collect();
    order.sort_by(|&i, &j| z[j].total_cmp(&z[i]));
    let figure = against_index(&z.select(Axis(0), &order), &moons.y.select(Axis(0), &order))?;
    Ok(figure
        .with_title("The second eigenvector, its entries in order")
        .with_axes("rank, the largest entry first", "entry of z"))
}

/// What SciPy's optimiser returned in the post's call, by its signs, and the same after the projection.
fn before_and_after_the_projection() -> Result<Figure> {
    let moons = data::blog_moons();
    let a = similarity_matrix(&moons.x, 0.4)?;
    let reference = include_str!("../../../tests/reference/relaxation.json");
    let reference: serde_json::Value = serde_json::from_str(reference)?;
    let z: Array1<f64> = serde_json::from_value::<Vec<f64>>(reference["post"]["x"].clone())?.into();
    let panel = |title: &str, z: &Array1<f64>| -> fiedler::Result<Figure> {
        let labels = labels_by_sign(z)?;
        let share = agreement(&labels, &moons.y)?;
        Ok(clusters(&moons.x, &labels)?.with_title(format!("{title}: {share:.3} right")))
    };
    let panels = [
        panel("as returned", &z)?,
        panel("projected", &project(&a, &z)?)?,
    ];
    Ok(side_by_side(&panels)?)
}
