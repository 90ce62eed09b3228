//! The chapter on k-means.

use super::{Figures, Result};
use fiedler::data::{self, Data};
use fiedler::ndarray::{Array1, Array2, Axis, array};
use fiedler::plot::{Clusters, Figure, clusters, lines, side_by_side};
use fiedler::{agreement, kmeans, spectral_clustering};

pub fn figures() -> Result<Figures> {
    Ok(vec![
        ("kmeans_blobs_and_moons", blobs_and_moons()?),
        ("kmeans_border", border_through_the_moons()?),
        ("kmeans_inertia", inertia_by_step()?),
        ("kmeans_bulls_eye", bulls_eye()?),
        ("introduction_two_methods", two_methods()?),
    ])
}

/// k-means on the post's two sets of points, with its centres and the border between them.
fn blobs_and_moons() -> Result<Figure> {
    let panels = [
        by_centers("blobs", &data::blog_blobs())?,
        by_centers("moons", &data::blog_moons())?,
    ];
    Ok(side_by_side(&panels)?)
}

/// What k-means makes of them, the upper left cluster first: one colour means one side in both panels.
fn by_centers(name: &str, data: &Data) -> Result<Figure> {
    let found = kmeans(&data.x, 2, 0)?;
    let right = (data.x.nrows() as f64 * agreement(&found.labels, &data.y)?).round();
    let first = usize::from(found.centers[[1, 0]] < found.centers[[0, 0]]);
    let labels = found.labels.mapv(|label| label ^ first);
    let centers = found.centers.select(Axis(0), &[first, 1 - first]);
    let title = format!("{name}: {right} of {} right", data.x.nrows());
    let drawn = Clusters::new(&data.x, &labels)
        .centers(&centers)
        .border()
        .draw()?;
    Ok(drawn.with_title(title))
}

/// The true moons, and the border of k-means through them.
fn border_through_the_moons() -> Result<Figure> {
    let moons = data::blog_moons();
    let found = kmeans(&moons.x, 2, 0)?;
    let drawn = Clusters::new(&moons.x, &moons.y)
        .centers(&found.centers)
        .border()
        .draw()?;
    Ok(drawn.with_title("The true moons, and the border between two centres"))
}

/// The post's two rings around one centre.
fn bulls_eye() -> Result<Figure> {
    by_centers("bull's-eye", &data::circles(1000, 0.05, 0.4, 0)?)
}

/// Two methods on the post's moons, for the introduction: each cluster in the colour of the moon it shares most points with.
fn two_methods() -> Result<Figure> {
    let moons = data::blog_moons();
    let panel = |method: &str, labels: &Array1<usize>| -> Result<Figure> {
        let right = (200.0 * agreement(labels, &moons.y)?).round();
        let alike = labels.iter().zip(&moons.y).filter(|(a, b)| a == b).count();
        let turned = labels.mapv(|label| label ^ usize::from(alike < 100));
        let title = format!("{method}: {right} of 200 right");
        Ok(clusters(&moons.x, &turned)?.with_title(title))
    };
    Ok(side_by_side(&[
        panel("k-means", &kmeans(&moons.x, 2, 0)?.labels)?,
        panel("spectral clustering", &spectral_clustering(&moons.x, 0.4)?)?,
    ])?)
}

/// The inertia after every half round but the first of Lloyd's method on the moons, from two starts, beside that of the truth.
fn inertia_by_step() -> Result<Figure> {
    let moons = data::blog_moons();
    let starts = [
        array![[0.0, 1.0], [0.0, 1.1]],
        array![[-1.0, 0.0], [-1.0, 0.2]],
    ];
    let runs = starts.map(|start| half_rounds(&moons.x, start, 6));
    let steps: Vec<f64> = (2..=12).map(f64::from).collect();
    let mut of_the_truth = 0.0;
    for moon in 0..2 {
        let own: Vec<usize> = (0..200).filter(|&i| moons.y[i] == moon).collect();
        of_the_truth += kmeans(&moons.x.select(Axis(0), &own), 1, 0)?.inertia;
    }
    let truth = [Some(of_the_truth); 11];
    let figure = lines(&[
        ("start at the top", &steps[..], &runs[0][1..]),
        ("start at the left", &steps[..], &runs[1][1..]),
        ("the true moons", &steps[..], &truth[..]),
    ])?;
    Ok(figure
        .with_title("Lloyd's method on the moons")
        .with_axes("half round", "inertia"))
}

/// The inertia after each assignment and after each move of the centres.
fn half_rounds(x: &Array2<f64>, mut centers: Array2<f64>, rounds: usize) -> Vec<Option<f64>> {
    let squared = |i: usize, center: usize, centers: &Array2<f64>| {
        let between = &x.row(i) - &centers.row(center);
        between.dot(&between)
    };
    let mut values = Vec::new();
    for _ in 0..rounds {
        let nearer = |i: usize| usize::from(squared(i, 1, &centers) < squared(i, 0, &centers));
        let labels: Vec<usize> = (0..x.nrows()).map(nearer).collect();
        let inertia = |centers: &Array2<f64>| -> f64 {
            let all = labels.iter().enumerate();
            all.map(|(i, &label)| squared(i, label, centers)).sum()
        };
        values.push(Some(inertia(&centers)));
        for label in 0..2 {
            let own: Vec<usize> = (0..x.nrows()).filter(|&i| labels[i] == label).collect();
            if let Some(mean) = x.select(Axis(0), &own).mean_axis(Axis(0)) {
                centers.row_mut(label).assign(&mean);
            }
        }
        values.push(Some(inertia(&centers)));
    }
    values
}
