//! The introduction.

use crate::numbers::Printed;
use crate::support::near;
use fiedler::data::blog_moons;
use fiedler::{Result, agreement, kmeans, spectral_clustering};

/// The size of the post's data; the step of the solvers.
pub const CHOSEN: &[&str] = &["14", "200"];

/// Of the 200 points of the moons, those that k-means and spectral clustering get right.
fn right() -> Result<(f64, f64)> {
    let moons = blog_moons();
    let by_centers = agreement(&kmeans(&moons.x, 2, 0)?.labels, &moons.y)?;
    let by_graph = agreement(&spectral_clustering(&moons.x, 0.4)?, &moons.y)?;
    Ok((200.0 * by_centers, 200.0 * by_graph))
}

/// The numbers that the introduction prints.
pub fn printed() -> Result<Printed> {
    let (by_centers, by_graph) = right()?;
    Ok(vec![
        ("149", by_centers),
        ("51", 200.0 - by_centers),
        ("199", by_graph),
    ])
}

#[test]
fn k_means_gets_149_of_the_moons_right_and_spectral_clustering_199() -> Result<()> {
    let (by_centers, by_graph) = right()?;
    near(by_centers, 149.0, 1e-12);
    near(by_graph, 199.0, 1e-12);
    // The single wrong one is the left tip of the lower moon: its highest point there.
    let moons = blog_moons();
    let found = spectral_clustering(&moons.x, 0.4)?;
    let turned = usize::from(agreement_as_they_stand(&found, &moons.y) < 100);
    let wrong: Vec<usize> = (0..200)
        .filter(|&i| found[i] ^ turned != moons.y[i])
        .collect();
    let highest = (0..200)
        .filter(|&i| moons.y[i] == 1 && moons.x[[i, 0]] < 1.0)
        .max_by(|&i, &j| moons.x[[i, 1]].total_cmp(&moons.x[[j, 1]]));
    assert_eq!(wrong, [highest.expect("a point")]);
    Ok(())
}

fn agreement_as_they_stand(
    a: &fiedler::ndarray::Array1<usize>,
    b: &fiedler::ndarray::Array1<usize>,
) -> usize {
    a.iter().zip(b).filter(|(a, b)| a == b).count()
}
