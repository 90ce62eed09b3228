//! The README's second example: `cargo run --example iris`.

use fiedler::{GraphRule, Labelling, SpectralClustering, data};

fn main() -> fiedler::Result<()> {
    let iris = data::iris(); // any ndarray matrix, one point a row
    let clustering = SpectralClustering::new()
        .clusters(3)
        .graph(GraphRule::nearest_neighbors(10))
        .labels(Labelling::PivotedQr)
        .fit(&iris.x)?;
    println!("{}", clustering.certificate); // bounds on the best cut there is, gap, residuals
    println!("{}", clustering.characteristics()?); // size, centre, cut of each cluster
    Ok(())
}
