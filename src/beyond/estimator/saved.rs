//! A model in a file, and back: the same model, bit for bit.
//!
//! # Definition
//! One object in JSON. Numbers are written in as many digits as they need, so that reading them gives them back.
//!
//! ```text
//! {"format": "fiedler-model", "version": 1,
//!  "points": [[x, …], …], "joined": null, or the numbers of the points that were joined,
//!  "rule": …, "laplacian": …, "embedding": …, "columns": m, "isolated": …,
//!  "eigenvalues": [λ, …], "eigenvectors": [[z, …], …] of the joined points, row by row,
//!  "clusters": k, "labels": [of the joined points], "division": how labels are read off}
//! ```
//!
//! # Must hold
//! What is read is looked at as closely as what comes from a caller: lengths, finite numbers, labels below k. A file is
//! complete or it is not there: it is written beside its place, and moved there at the end.

use super::Isolated;
use super::model::{Division, Model};
use super::nystrom::Old;
use crate::embedding::{Embedding, Laplacian};
use crate::error::{Error, ModelError, Result};
use crate::graph::GraphRule;
use ndarray::{Array1, Array2, Axis};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

const FORMAT: &str = "fiedler-model";
const VERSION: u64 = 1;

/// What every version begins with.
#[derive(Deserialize)]
struct Header {
    format: Option<String>,
    version: Option<u64>,
}

impl Header {
    fn check(&self) -> Checked<()> {
        let known = VERSION;
        match self.version {
            Some(found) if self.format.as_deref() == Some(FORMAT) && found != known => {
                Err(ModelError::Version { found, known })
            }
            Some(_) if self.format.as_deref() == Some(FORMAT) => Ok(()),
            _ => Err(ModelError::NotAModel),
        }
    }
}

#[derive(Serialize, Deserialize)]
struct Saved {
    format: String,
    version: u64,
    points: Vec<Vec<Number>>,
    joined: Option<Vec<usize>>,
    rule: GraphRule,
    laplacian: Laplacian,
    embedding: Embedding,
    columns: usize,
    isolated: Isolated,
    eigenvalues: Vec<Number>,
    eigenvectors: Vec<Vec<Number>>,
    clusters: usize,
    labels: Vec<usize>,
    division: Way,
}

/// A [`Division`].
#[derive(Serialize, Deserialize)]
enum Way {
    Only,
    Threshold(Number),
    Centers(Vec<Vec<Number>>),
    Rotation(Vec<Vec<Number>>),
    RotationInSize(Vec<Vec<Number>>),
}

/// A number; NaN for the `null` that JSON has where there is none.
#[derive(Clone, Copy)]
struct Number(f64);

impl Serialize for Number {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        serializer.serialize_some(&self.0)
    }
}

impl<'de> Deserialize<'de> for Number {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        Option::deserialize(deserializer).map(|number| Self(number.unwrap_or(f64::NAN)))
    }
}

impl Model {
    /// Writes the model to a file, as JSON. Needs the feature `serde`.
    ///
    /// Nothing is half-written: where it fails, what stood in the place of the file still stands there.
    ///
    /// # Errors
    /// [`Error::File`] where it cannot be written.
    pub fn save(&self, path: impl AsRef<Path>) -> Result<()> {
        let path = path.as_ref();
        let beside = beside(path);
        let written = self.write(&beside).and_then(|()| fs::rename(&beside, path));
        written.map_err(|error| {
            let _ = fs::remove_file(&beside);
            Error::file(path, &error)
        })
    }

    /// A model that [`Model::save`] wrote: it predicts what the saved one did, bit for bit. Needs the feature `serde`.
    ///
    /// ```
    /// use fiedler::{SpectralClustering, data::moons, estimator::Model};
    /// let old = moons(200, 0.05, 0)?.x;
    /// let new = moons(50, 0.05, 1)?.x;
    /// let clustering = SpectralClustering::new().fit(&old)?;
    /// let path = std::env::temp_dir().join("fiedler-moons.json");
    /// clustering.model()?.save(&path)?;
    /// let model = Model::load(&path)?;
    /// assert_eq!(model.predict(&new)?, clustering.predict(&new)?);
    /// # std::fs::remove_file(&path).ok();
    /// # Ok::<(), fiedler::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Error::File`] where it cannot be read; [`Error::Model`] for another file, a newer version, one that was cut off,
    /// lists that do not belong together, numbers that are none; what the rule of its graph refuses.
    pub fn load(path: impl AsRef<Path>) -> Result<Self> {
        let path = path.as_ref();
        let bytes = fs::read(path).map_err(|error| Error::file(path, &error))?;
        let model = read(&bytes).map_err(|error| Error::Model {
            path: path.display().to_string(),
            error,
        })?;
        model.old.reach()?;
        Ok(model)
    }

    fn write(&self, path: &Path) -> io::Result<()> {
        let mut writer = BufWriter::new(File::create_new(path)?);
        serde_json::to_writer(&mut writer, &Saved::of(self))?;
        writer.flush()?;
        writer.get_ref().sync_all()
    }
}

/// As [`Model::save`] writes it, in any format of serde's. Needs the feature `serde`.
///
/// ```
/// use fiedler::{SpectralClustering, data::moons, estimator::Model};
/// let clustering = SpectralClustering::new().fit(&moons(200, 0.05, 0)?.x)?;
/// let json = serde_json::to_string(clustering.model()?)?;
/// assert_eq!(&serde_json::from_str::<Model>(&json)?, clustering.model()?);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
impl Serialize for Model {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        Saved::of(self).serialize(serializer)
    }
}

/// Looked at as closely as by [`Model::load`], whose words the errors have. Needs the feature `serde`.
impl<'de> Deserialize<'de> for Model {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        let saved = Saved::deserialize(deserializer)?;
        let header = Header {
            format: Some(saved.format.clone()),
            version: Some(saved.version),
        };
        let model = header.check().and_then(|()| saved.model());
        let model = model.map_err(de::Error::custom)?;
        model.old.reach().map_err(de::Error::custom)?;
        Ok(model)
    }
}

/// A name of its own in the same folder.
fn beside(path: &Path) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    path.with_file_name(format!(".{name}.{}.partial", std::process::id()))
}

impl Saved {
    fn of(model: &Model) -> Self {
        let old = &model.old;
        let points = old.all.as_ref().map_or(&old.x, |(all, _)| all);
        Self {
            format: FORMAT.to_string(),
            version: VERSION,
            points: rows(points),
            joined: old.all.as_ref().map(|(_, joined)| joined.clone()),
            rule: old.rule,
            laplacian: old.laplacian,
            embedding: old.kind,
            columns: old.columns,
            isolated: model.isolated,
            eigenvalues: old.values.iter().copied().map(Number).collect(),
            eigenvectors: rows(&old.vectors),
            clusters: model.clusters,
            labels: model.labels.to_vec(),
            division: match &model.division {
                Division::Only => Way::Only,
                Division::Threshold(threshold) => Way::Threshold(Number(*threshold)),
                Division::Centers(centers) => Way::Centers(rows(centers)),
                Division::Rotation(rotation) => Way::Rotation(rows(rotation)),
                Division::RotationInSize(rotation) => Way::RotationInSize(rows(rotation)),
            },
        }
    }

    /// The model, where all of it fits together.
    fn model(self) -> Checked<Model> {
        let coordinates = self.points.first().map_or(0, Vec::len);
        at_least("points", self.points.len(), 2)?;
        at_least("row 0 of points", coordinates, 1)?;
        let points = matrix("points", &self.points, self.points.len(), coordinates)?;
        let (x, all) = match self.joined {
            None => (points, None),
            Some(joined) => {
                ascending(&joined, points.nrows())?;
                (points.select(Axis(0), &joined), Some((points, joined)))
            }
        };
        let (n, count) = (x.nrows(), self.eigenvalues.len());
        let values = matrix("eigenvalues", &[self.eigenvalues], 1, count)?;
        let vectors = matrix("eigenvectors", &self.eigenvectors, n, count)?;
        length("labels", self.labels.len(), n)?;
        let too_large = self.labels.iter().position(|&label| label >= self.clusters);
        if let Some(index) = too_large {
            let wanted = "below the number of clusters";
            return Err(entry("labels", index, self.labels[index], wanted));
        }
        let reads = self.columns.checked_add(self.embedding.reads(0));
        if self.columns == 0 || reads.is_none_or(|reads| reads > count) {
            let wanted = "at least 1, and no more than the eigenvectors are";
            return Err(entry("columns", 0, self.columns, wanted));
        }
        let division = self.division.read(self.clusters, self.columns, count)?;
        let kinds = (self.laplacian, self.embedding);
        let vectors = (values.row(0).to_owned(), vectors);
        Ok(Model {
            old: Old::of_parts(self.rule, x, all, kinds, self.columns, vectors),
            isolated: self.isolated,
            labels: Array1::from(self.labels),
            clusters: self.clusters,
            division,
        })
    }
}

impl Way {
    fn read(self, clusters: usize, columns: usize, vectors: usize) -> Checked<Division> {
        let square = |name, rows: &[Vec<Number>]| matrix(name, rows, columns, clusters);
        match self {
            Self::Only if clusters == 1 => Ok(Division::Only),
            Self::Only => Err(entry(
                "clusters",
                0,
                clusters,
                "1, where nothing divides them",
            )),
            Self::Threshold(_) if clusters != 2 || vectors < 2 => {
                let wanted = "2, and as many eigenvectors, where a threshold divides them";
                Err(entry("clusters", 0, clusters, wanted))
            }
            Self::Threshold(number) => {
                let one = matrix("division", &[vec![number]], 1, 1)?;
                Ok(Division::Threshold(one[[0, 0]]))
            }
            Self::Centers(rows) => {
                matrix("division", &rows, clusters, columns).map(Division::Centers)
            }
            Self::Rotation(rows) => square("division", &rows).map(Division::Rotation),
            Self::RotationInSize(rows) => square("division", &rows).map(Division::RotationInSize),
        }
    }
}

type Checked<T> = std::result::Result<T, ModelError>;

fn read(bytes: &[u8]) -> Checked<Model> {
    let mut words = bytes.windows(FORMAT.len());
    let ours = words.any(|word| word == FORMAT.as_bytes());
    // A number that was cut in two is no number, and where that is noticed is the end.
    let mut lines = bytes.split(|&byte| byte == b'\n');
    let end = (
        lines.clone().count(),
        lines.next_back().map_or(0, <[u8]>::len),
    );
    let told = |error: serde_json::Error| {
        let (line, column) = (error.line(), error.column());
        if !ours {
            ModelError::NotAModel
        } else if error.is_eof() || (line, column) == end {
            ModelError::Truncated { line, column }
        } else {
            let text = error.to_string();
            let reason = text.split(" at line ").next().unwrap_or(&text).to_string();
            ModelError::Content {
                line,
                column,
                reason,
            }
        }
    };
    let header: Header = serde_json::from_slice(bytes).map_err(told)?;
    header.check()?;
    let saved: Saved = serde_json::from_slice(bytes).map_err(told)?;
    saved.model()
}

fn rows(matrix: &Array2<f64>) -> Vec<Vec<Number>> {
    let row = |row: ndarray::ArrayView1<'_, f64>| row.iter().copied().map(Number).collect();
    matrix.rows().into_iter().map(row).collect()
}

/// The matrix of these rows, of this shape, of finite numbers.
fn matrix(
    name: &'static str,
    rows: &[Vec<Number>],
    count: usize,
    columns: usize,
) -> Checked<Array2<f64>> {
    length(name, rows.len(), count)?;
    let mut matrix = Array2::zeros((count, columns));
    for (row, numbers) in rows.iter().enumerate() {
        length(name, numbers.len(), columns)?;
        for (column, number) in numbers.iter().enumerate() {
            if !number.0.is_finite() {
                return Err(ModelError::NotFinite { name, row, column });
            }
            matrix[[row, column]] = number.0;
        }
    }
    Ok(matrix)
}

fn length(name: &'static str, found: usize, wanted: usize) -> Checked<()> {
    if found == wanted {
        Ok(())
    } else {
        Err(ModelError::Length {
            name,
            found,
            wanted,
        })
    }
}

fn at_least(name: &'static str, found: usize, wanted: usize) -> Checked<()> {
    length(name, found, found.max(wanted))
}

fn entry(name: &'static str, index: usize, found: usize, wanted: &'static str) -> ModelError {
    ModelError::Entry {
        name,
        index,
        found,
        wanted,
    }
}

/// Numbers of points, each above the one before.
fn ascending(joined: &[usize], points: usize) -> Checked<()> {
    at_least("joined", joined.len(), 2)?;
    let mut least = 0;
    for (index, &found) in joined.iter().enumerate() {
        if found < least || found >= points {
            let wanted = "above the one before it, and the number of a point";
            return Err(entry("joined", index, found, wanted));
        }
        least = found + 1;
    }
    Ok(())
}
