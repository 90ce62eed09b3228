//! The same steps, on the user's points.

use crate::arguments::{Arguments, Result, Trouble};
use crate::points::{rounded_up, smallest_epsilons};
use crate::report::Report;
use fiedler::plot::{self, Figure};
use fiedler::read::{Csv, csv_file};
use fiedler::{
    agreement, components, cut, degrees, eigh_symmetric, fiedler_vector, kmeans, normcut,
    similarity_matrix, spectral_clustering,
};
use std::path::Path;

/// Above this number of points the spectrum is left out: it needs all eigenvalues.
const SPECTRUM_LIMIT: usize = 1500;

pub fn tour(file: &Path, arguments: &Arguments) -> Result<()> {
    let points = csv_file(file, &arguments.options)?;
    let x = &points.x;
    if x.nrows() < 2 {
        return Err(Trouble::File {
            path: file.display().to_string(),
            reason: "it has 1 point; give at least two, one a line".into(),
        });
    }
    // What k-means refuses is said before a distance is advised.
    let by_means = kmeans(x, 2, 0)?.labels;
    let Some(epsilon) = arguments.epsilon else {
        let (isolated, connected) = smallest_epsilons(x)?;
        return Err(Trouble::NoEpsilon {
            isolated: rounded_up(isolated),
            connected: rounded_up(connected),
        });
    };
    let name = file
        .file_name()
        .unwrap_or(file.as_os_str())
        .to_string_lossy();
    let mut report = Report::new(&arguments.out, &format!("Spectral clustering of {name}"))?;

    report.section("1. The points, and k-means");
    report.numbers(&[
        ("points", x.nrows().to_string()),
        ("columns, all used", x.ncols().to_string()),
    ]);
    report.say(&format!("The file was read as {}.", points.reading()));
    if x.ncols() > 2 {
        report.say("The figures show the first two columns.");
    }
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
    // First, as its refusal speaks of the distance.
    let labels = spectral_clustering(x, epsilon)?;
    let fiedler = fiedler_vector(&a)?;
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
    let z = plot::AgainstIndex::new(&fiedler.vector, &labels)
        .threshold(0.0)
        .draw()?;
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
fn named(figure: Figure, points: &Csv) -> Figure {
    match points.names.as_deref() {
        Some([x, y, ..]) => figure.with_axes(x, y),
        Some([x]) => figure.with_axes(x, ""),
        _ => figure,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use fiedler::read::CsvOptions;

    /// What the tour says of a file with this text.
    fn tour_of(name: &str, text: &str, epsilon: Option<f64>) -> Result<()> {
        let folder = std::env::temp_dir().join(format!("fiedler-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let file = folder.join("p.csv");
        std::fs::write(&file, text).unwrap();
        let arguments = Arguments {
            file: Some(file.clone()),
            epsilon,
            options: CsvOptions::new(),
            out: folder.join("out"),
            help: false,
        };
        let end = tour(&file, &arguments);
        std::fs::remove_dir_all(&folder).unwrap();
        end
    }

    #[test]
    fn the_advised_distance_works_in_any_unit_and_with_copies() {
        let points = [0.0, 0.0, 1.0, 1.5, 6.0, 6.25, 8.0, 8.0];
        for unit in [1.0, 1e-200, 1e-7, 1e140] {
            let line = |x: f64| format!("{:?}\n", x * unit);
            let text: String = points.into_iter().map(line).collect();
            let advice = tour_of("advice", &text, None).unwrap_err();
            let Trouble::NoEpsilon { connected, .. } = advice else {
                panic!("{advice}");
            };
            let followed = tour_of("advice", &text, Some(connected.parse().unwrap()));
            assert!(followed.is_ok(), "{unit:?}: {}", followed.unwrap_err());
        }
    }

    #[test]
    fn where_no_distance_helps_none_is_advised() {
        for (text, said) in [
            ("3\n3\n3\n", "all 3 points are equal"),
            ("0\n1e200\n3e200\n", "1e150"),
            ("1\n", "p.csv: it has 1 point;"),
            ("1.5,2\n3,x\n", "p.csv, line 2: field 2 is \"x\""),
        ] {
            let trouble = tour_of("none", text, None).unwrap_err().to_string();
            assert!(trouble.contains(said), "{text:?}: {trouble}");
        }
    }
}
