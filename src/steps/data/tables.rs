//! Tables that everybody knows, from linfa-datasets.

use super::Data;
use linfa::dataset::Records;
use ndarray::{Array1, Array2};

/// Fisher's iris: 150 flowers, 4 lengths in centimetres, 3 species (from linfa-datasets: the copy of the
/// UCI repository, which differs from Fisher's paper in rows 34 and 37).
#[must_use]
pub fn iris() -> Data {
    from_linfa(linfa_datasets::iris())
}

/// Portuguese red wines: 1599 wines, 11 measurements, the tasters' quality from 3 to 8 (from linfa-datasets).
#[must_use]
pub fn wine() -> Data {
    from_linfa(linfa_datasets::winequality())
}

fn from_linfa(set: linfa::DatasetBase<Array2<f64>, Array1<usize>>) -> Data {
    debug_assert_eq!(set.records.nsamples(), set.targets.len());
    Data {
        x: set.records,
        y: set.targets,
    }
}
