//! The chapter on k-means.

use super::{Figures, Result};
use fiedler::data::{self, Data};
use fiedler::ndarray::{Array2, Axis, array, concatenate};
use fiedler::plot::{Figure, clusters, lines, side_by_side};
use fiedler::{agreement, kmeans};

pub fn figures() -> Result<Figures> {
    Ok(vec![
        ("kmeans_blobs_and_moons", blobs_and_moons()?),
        ("kmeans_inertia", inertia_by_step()?),
    ])
}

/// k-means on the post's two sets of points, with its centres under a label of their own.
fn blobs_and_moons() -> Result<Figure> {
    let panel = |name: &str, data: &Data| -> Result<Figure> {
        let found = kmeans(&data.x, 2, 0)?;
        let right = (200.0 * agreement(&found.labels, &data.y)?).round();
        let x = concatenate(Axis(0), &[data.x.view(), found.centers.view()])?;
        let labels = concatenate(Axis(0), &[found.labels.view(), array![2, 2].view()])?;
        Ok(clusters(&x, &labels)?.with_title(format!("{name}: {right} of 200 right")))
    };
    let panels = [
        panel("blobs", &data::blog_blobs())?,
        panel("moons", &data::blog_moons())?,
    ];
    Ok(side_by_side(&panels)?)
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
