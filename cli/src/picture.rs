//! What was found, as pictures.

use crate::input::{Named, Points};
use crate::output::Target;
use crate::trouble::{Result, Trouble};
use fiedler::Clustering;
use fiedler::ndarray::{Array1, Array2, Axis, s};
use fiedler::plot::{self, Figure};

/// Of more points one in so many is drawn: a picture has no room for more.
const MOST_POINTS: usize = 20_000;
/// So many points are drawn with their edges.
const FEW_POINTS: usize = 2000;

/// The format of a picture, by the ending of its file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    Svg,
    Png,
}

impl Format {
    /// Refuses, before any work, a picture whose format is not known.
    pub fn of(target: &Target) -> Result<Self> {
        let Target::File(path) = target else {
            return Ok(Self::Svg);
        };
        let ending = path.extension().unwrap_or_default().to_string_lossy();
        match ending.to_lowercase().as_str() {
            "svg" => Ok(Self::Svg),
            "png" => Ok(Self::Png),
            _ => Err(Trouble::Usage(format!(
                "{}: a picture is a file that ends in .svg or .png",
                path.display()
            ))),
        }
    }

    pub fn bytes(self, figure: &Figure) -> Vec<u8> {
        match self {
            Self::Svg => figure.svg().into_bytes(),
            Self::Png => figure.png(),
        }
    }
}

/// The points in the plane of two of their columns, by cluster.
pub fn of_points(points: &Points, found: &Clustering, axes: [usize; 2]) -> Result<Figure> {
    let (plane, labels, every) = thinned(points, &found.labels, axes);
    let figure = plot::clusters(&plane, &labels)?;
    let mut title = figure.title().to_string();
    if every > 1 {
        let n = points.x.nrows();
        title = format!(
            "{} clusters of {n} points, one in {every} drawn",
            found.clusters
        );
    }
    if points.x.ncols() > 2 {
        title = format!("{title}, in two of {} columns", points.x.ncols());
    }
    Ok(named(figure.with_title(title), points, axes))
}

/// The points with the edges of their graph, where they are few enough to be told apart.
pub fn with_edges(points: &Points, found: &Clustering, axes: [usize; 2]) -> Result<Option<Figure>> {
    if points.x.nrows() > FEW_POINTS {
        return Ok(None);
    }
    let (plane, labels, _) = thinned(points, &found.labels, axes);
    let figure = plot::graph(&plane, &found.graph, Some(&labels))?;
    Ok(Some(named(figure, points, axes)))
}

fn thinned(
    points: &Points,
    labels: &Array1<usize>,
    axes: [usize; 2],
) -> (Array2<f64>, Array1<usize>, usize) {
    let every = points.x.nrows().div_ceil(MOST_POINTS).max(1);
    let columns: &[usize] = if points.x.ncols() == 1 { &[0] } else { &axes };
    let kept = points.x.slice(s![..;every, ..]);
    let plane = kept.select(Axis(1), columns);
    (plane, labels.slice(s![..;every]).to_owned(), every)
}

/// With the names of the columns, or their numbers, on the axes.
fn named(figure: Figure, points: &Points, axes: [usize; 2]) -> Figure {
    let name = |column: usize| match &points.columns {
        Some(names) => names[column].clone(),
        None => format!("column {}", column + 1),
    };
    match points.x.ncols() {
        1 => figure.with_axes(name(0), ""),
        _ => figure.with_axes(name(axes[0]), name(axes[1])),
    }
}

/// A graph, each vertex at its entries of the second and the third eigenvector.
pub fn of_graph(named: &Named, found: &Clustering) -> Result<Figure> {
    let graph = &named.graph;
    // Vertices without edges have no place in an eigenvector: they stand at 0.
    let joined: Vec<usize> = (0..graph.vertex_count())
        .filter(|i| found.isolated.binary_search(i).is_err())
        .collect();
    let count = joined.len().min(3);
    let pairs = graph.induced(&joined)?.smallest_eigenpairs(count)?;
    let mut x = Array2::zeros((graph.vertex_count(), 2));
    for (row, &vertex) in joined.iter().enumerate() {
        for column in 1..count {
            x[[vertex, column - 1]] = pairs.vectors[[row, column]];
        }
    }
    let drawn = plot::Joined::new(&x, graph).labels(&found.labels);
    Ok(drawn
        .draw()?
        .with_axes("second eigenvector", "third eigenvector"))
}

/// The smallest eigenvalues and the gap behind the last cluster's.
pub fn spectrum(found: &Clustering) -> Result<Figure> {
    let most = found.eigenvalues.len().min(50);
    let drawn = plot::Spectrum::new(&found.eigenvalues).first(most);
    let with_gap = found.clusters < most;
    let drawn = if with_gap {
        drawn.gap_after(found.clusters)
    } else {
        drawn
    };
    Ok(drawn.draw()?)
}

/// The numbers, from 0, of two columns that were chosen by name or by number from 1; or why there are none.
pub fn axes(chosen: Option<&[String]>, points: &Points) -> std::result::Result<[usize; 2], String> {
    let count = points.x.ncols();
    let Some([x, y]) = chosen else {
        return Ok([0, (count - 1).min(1)]);
    };
    let names = points.columns.as_deref();
    let column = |word: &String| {
        let by_name = names.and_then(|names| names.iter().position(|name| name == word));
        let number = word.parse::<usize>().ok();
        let by_number = number.filter(|number| (1..=count).contains(number));
        by_name
            .or(by_number.map(|number| number - 1))
            .ok_or_else(|| {
                let there = match names {
                    Some(names) => names.join(", "),
                    None => format!("1 to {count}"),
                };
                format!("there is no column {word:?} among the coordinates, which are {there}")
            })
    };
    Ok([column(x)?, column(y)?])
}
