use fiedler::read::CsvOptions;
use fiedler::read::Missing;
use fiedler::read::csv_file;
use fiedler::GraphRule;
use fiedler::Labelling;
use fiedler::{Clustering, SpectralClustering};

pub fn clustering() -> fiedler::Result<Clustering> {
    let table = csv_file("iris.csv", &CsvOptions::new().id("plant").label("kind").missing(Missing::Drop).standardize(true))?;
    SpectralClustering::new()
        .clusters(3)
        .graph(GraphRule::nearest_neighbors(10))
        .labels(Labelling::PivotedQr)
        .fit(&table.x)
}
