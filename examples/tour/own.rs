//! The same steps, on the user's points.

use crate::arguments::{Result, Trouble};
use crate::points::{Points, read, rounded_up, smallest_epsilons};
use crate::report::Report;
use fiedler::plot::{self, Figure};
use fiedler::{
    agreement, components, cut, degrees, eigh_symmetric, fiedler_vector, kmeans, normcut,
    similarity_matrix, spectral_clustering,
};
use std::path::Path;

/// Above this number of points the spectrum is left out: it needs all eigenvalues.
const SPECTRUM_LIMIT: usize = 1500;

pub fn tour(file: &Path, epsilon: Option<f64>, folder: &Path) -> Result<()> {
    let points = read(file)?;
    let Points { x, .. } = &points;
    let Some(epsilon) = epsilon else {
        let (isolated, connected) = smallest_epsilons(x);
        return Err(Trouble::NoEpsilon {
            isolated: rounded_up(isolated),
            connected: rounded_up(connected),
        });
    };
    let name = file
        .file_name()
        .unwrap_or(file.as_os_str())
        .to_string_lossy();
    let mut report = Report::new(folder, &format!("Spectral clustering of {name}"))?;

    report.section("1. The points, and k-means");
    report.numbers(&[
        ("points", x.nrows().to_string()),
        ("columns, all used", x.ncols().to_string()),
    ]);
    if x.ncols() > 2 {
        report.say("The figures show the first two columns.");
    }
    let by_means = kmeans(x, 2, 0)?.labels;
    let clusters = plot::clusters(x, &by_means)?.with_title("k-means");
    report.figure("k-means", &named(clusters, &points))?;

    report.section("2. The similarity matrix");
    let a = similarity_matrix(x, epsilon)?;
    let d = degrees(&a)?;
    let pieces = components(&a)?.iter().max().map_or(0, |last| last + 1);
    report.numbers(&[
        ("ε", epsilon.to_string()),
        ("edges", (a.sum() / 2.0).to_string()),
        ("pieces of the graph", pieces.to_string()),
        (
            "points without a neighbour",
            d.iter().filter(|&&d| d == 0.0).count().to_string(),
        ),
    ]);

    report.section("3. The second eigenvector, and its signs");
    let fiedler = fiedler_vector(&a)?;
    let labels = spectral_clustering(x, epsilon)?;
    let differ = 1.0 - agreement(&labels, &by_means)?;
    report.numbers(&[
        ("λ₂", fiedler.value.to_string()),
        ("spectral clustering: cut", cut(&a, &labels)?.to_string()),
        ("  normalised cut", normcut(&a, &labels)?.to_string()),
        ("k-means: cut", cut(&a, &by_means)?.to_string()),
        ("  normalised cut", normcut(&a, &by_means)?.to_string()),
        (
            "share of points on which they differ",
            format!("{differ:.3}"),
        ),
    ]);
    let graph = plot::graph(x, &a, Some(&labels))?.with_title("Spectral clustering, and its cut");
    report.figure("spectral", &named(graph, &points))?;
    report.figure("matrix", &plot::matrix_sorted(&a, &labels)?)?;
    let z = plot::against_index_with_threshold(&fiedler.vector, &labels, 0.0)?;
    report.figure("eigenvector", &z.with_title("The second eigenvector"))?;
    if x.nrows() <= SPECTRUM_LIMIT {
        report.figure("spectrum", &plot::spectrum(&eigh_symmetric(&a)?.values)?)?;
    } else {
        report.say(&format!(
            "More than {SPECTRUM_LIMIT} points: the figure of all eigenvalues is left out."
        ));
    }
    report.say("Try other values of --epsilon: does the split stay?");
    report.finish()
}

/// The figure with the columns' names on its axes.
fn named(figure: Figure, points: &Points) -> Figure {
    match points.names.as_deref() {
        Some([x, y, ..]) => figure.with_axes(x, y),
        Some([x]) => figure.with_axes(x, ""),
        _ => figure,
    }
}
