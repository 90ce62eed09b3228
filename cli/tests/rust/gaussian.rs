use fiedler::embedding::Embedding;
use fiedler::embedding::Laplacian;
use fiedler::read::CsvOptions;
use fiedler::read::DecimalMark;
use fiedler::read::Delimiter;
use fiedler::read::csv_file;
use fiedler::GraphRule;
use fiedler::Isolated;
use fiedler::Labelling;
use fiedler::{Clustering, SpectralClustering};

pub fn clustering() -> fiedler::Result<Clustering> {
    let table = csv_file("moons.csv", &CsvOptions::new().delimiter(Delimiter::Semicolon).decimal_mark(DecimalMark::Comma).header(false))?;
    SpectralClustering::new()
        .clusters(2)
        .graph(GraphRule::gaussian(0.1))
        .laplacian(Laplacian::Symmetric)
        .embedding(Embedding::UnitRows)
        .labels(Labelling::Sweep)
        .isolated(Isolated::NearestCluster)
        .tolerance(1e-9)
        .seed(7)
        .fit(&table.x)
}
