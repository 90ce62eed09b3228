//! The chapter on the relaxation.

use super::{Figures, Result};
use fiedler::ndarray::Array1;
use fiedler::plot::{Figure, clusters, side_by_side};
use fiedler::{agreement, data, labels_by_sign, project, similarity_matrix};

pub fn figures() -> Result<Figures> {
    Ok(vec![(
        "relaxation_projected",
        before_and_after_the_projection()?,
    )])
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
