//! The chapter on cut and volume.

use super::{Figures, Result};
use fiedler::data;
use fiedler::ndarray::{Array1, Array2, array};
use fiedler::plot::{Figure, graph, lines, side_by_side};
use fiedler::{cut, normcut, similarity_matrix};

pub fn figures() -> Result<Figures> {
    Ok(vec![
        ("cut_crumb", truth_and_crumb()?),
        ("cut_balance", price_by_size()?),
    ])
}

/// The true split of the moons, and one that cuts fewer edges.
fn truth_and_crumb() -> fiedler::Result<Figure> {
    let moons = data::blog_moons();
    let a = similarity_matrix(&moons.x, 0.4)?;
    let tip = Array1::from_shape_fn(200, |i| usize::from(i == 116));
    let panel = |name: &str, y: &Array1<usize>| -> fiedler::Result<Figure> {
        let title = format!("{name}: {} edges cut", cut(&a, y)?);
        Ok(graph(&moons.x, &a, Some(y))?.with_title(title))
    };
    side_by_side(&[
        panel("the moons", &moons.y)?,
        panel("one point alone", &tip)?,
    ])
}

/// The first m of the twelve vertices of two cliques against the rest: the cut, and the normalised cut times 20.
fn price_by_size() -> fiedler::Result<Figure> {
    let a = two_cliques();
    let sizes: Vec<f64> = (1..12).map(f64::from).collect();
    let splits = (1..12).map(|m| Array1::from_shape_fn(12, |i| usize::from(i >= m)));
    let mut values = array![[0.0; 11], [0.0; 11]];
    for (m, y) in splits.enumerate() {
        values[[0, m]] = cut(&a, &y)?;
        values[[1, m]] = 20.0 * normcut(&a, &y)?;
    }
    let of = |row: usize| -> Vec<Option<f64>> { values.row(row).mapv(Some).to_vec() };
    let (cuts, normcuts) = (of(0), of(1));
    let figure = lines(&[
        ("cut", &sizes[..], &cuts[..]),
        ("20 times the normalised cut", &sizes[..], &normcuts[..]),
    ])?;
    Ok(figure
        .with_title("Two cliques of six, joined by six edges")
        .with_axes("vertices on the first side", "price"))
}

/// Two cliques of six vertices, each vertex joined to its twin.
fn two_cliques() -> Array2<f64> {
    Array2::from_shape_fn((12, 12), |(i, j)| {
        let together = i != j && (i < 6) == (j < 6);
        let twins = i + 6 == j || j + 6 == i;
        f64::from(together || twins)
    })
}
