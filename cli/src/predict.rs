//! `fiedler predict`: the clusters of points that were not there.

use crate::input::{InputOptions, Source};
use crate::output::{self, Outputs, Target};
use crate::table;
use crate::trouble::{Result, Trouble};
use clap::Args;
use fiedler::estimator::Model;
use fiedler::ndarray::Array1;
use fiedler::read::Scaling;
use serde::{Deserialize, Serialize};
use std::path::Path;

/// Put new points into the clusters that `fiedler cluster --model` found
///
/// The columns are found by their names where the model has some, and brought to the same units.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct Arguments {
    /// What --model wrote
    model: std::path::PathBuf,
    #[command(flatten)]
    input: InputOptions,
    /// Where the labels go, as CSV; - is the standard output
    #[arg(long, value_name = "FILE", default_value = "-")]
    labels: Target,
}

const EXAMPLES: &str = "\
Example:
  fiedler cluster points.csv -k 3 --model model.json --quiet
  fiedler predict model.json new.csv --labels out.csv";

/// What a table adds to a model.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Table {
    names: Option<Vec<String>>,
    /// The mean and the standard deviation that were taken out of each column.
    scaling: Option<[Vec<f64>; 2]>,
}

/// The file of a model, with what its table adds.
#[derive(Debug, Default, Deserialize)]
struct WithTable {
    #[serde(default)]
    table: Table,
}

/// Reads both, and writes the labels.
pub fn run(arguments: &Arguments) -> Result<()> {
    let inputs: Vec<&Path> = arguments
        .input
        .source
        .path()
        .into_iter()
        .chain([arguments.model.as_path()])
        .collect();
    output::check(&[Some(&arguments.labels)], &inputs)?;
    let model = Model::load(&arguments.model)?;
    let bytes = Source::File(arguments.model.clone()).bytes()?;
    let table = serde_json::from_slice::<WithTable>(&bytes)
        .unwrap_or_default()
        .table;
    if arguments.input.table.standardize && table.scaling.is_none() {
        let words = "the model was made without --standardize, and new points are taken in the units of the old ones";
        return Err(Trouble::Usage(words.to_string()));
    }
    let mut input = arguments.input.clone();
    input.table.standardize = false;
    if input.table.columns.is_none() {
        input.table.columns.clone_from(&table.names);
    }
    let points = input.points()?;
    let refused = |error| input.source.refused(error);
    let x = match &table.scaling {
        None => points.x,
        Some([means, deviations]) => {
            let scaling = Scaling::new(
                Array1::from(means.clone()),
                Array1::from(deviations.clone()),
            );
            scaling
                .and_then(|scaling| scaling.apply(&points.x))
                .map_err(refused)?
        }
    };
    let labels = model.predict(&x).map_err(refused)?.to_vec();
    let mut outputs = Outputs::default();
    outputs.add(
        &arguments.labels,
        table::labels(&labels, points.ids.as_deref()),
    );
    outputs.write()
}

/// The file of a model: what the library writes, and what the table adds.
pub fn file(
    model: &Model,
    names: Option<Vec<String>>,
    scaling: Option<&Scaling>,
) -> Result<String> {
    let scaling = scaling.map(|s| [s.means().to_vec(), s.deviations().to_vec()]);
    let place = std::env::temp_dir().join(format!("fiedler-model-{}.json", std::process::id()));
    model.save(&place)?;
    let text = std::fs::read_to_string(&place).map_err(|error| Trouble::file(&place, &error));
    let _ = std::fs::remove_file(&place);
    let table = serde_json::to_string(&Table { names, scaling });
    let table = table.map_err(|error| Trouble::Refused(error.to_string()))?;
    Ok(text?.replacen('{', &format!("{{\"table\": {table}, "), 1))
}
