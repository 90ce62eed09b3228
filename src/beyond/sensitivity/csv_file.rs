//! The table as a file.

use super::{Measure, Sensitivity};
use crate::error::{Error, Result};
use std::io::ErrorKind;
use std::path::Path;

impl Sensitivity {
    /// The table as CSV: a line of names, then a line a row; an empty field where there is no number.
    ///
    /// # Errors
    /// [`Error::File`] is not possible here but for the writer's own faults.
    pub fn to_csv(&self) -> Result<String> {
        let failed = |reason: String| Error::File {
            path: "the table".to_string(),
            kind: ErrorKind::Other,
            reason,
        };
        let mut writer = csv::Writer::from_writer(Vec::new());
        let measures = Measure::ALL.map(Measure::name);
        let names = self.parameters.iter().map(String::as_str);
        writer
            .write_record(names.chain(measures).chain(["error"]))
            .map_err(|error| failed(error.to_string()))?;
        for row in &self.rows {
            let number = |value: Option<f64>| value.map_or_else(String::new, |v| v.to_string());
            let values = row.values.iter().map(|&value| number(Some(value)));
            let found = Measure::ALL.map(|measure| number(measure.of(row)));
            let error = row
                .error
                .as_ref()
                .map_or_else(String::new, ToString::to_string);
            writer
                .write_record(values.chain(found).chain([error]))
                .map_err(|error| failed(error.to_string()))?;
        }
        let bytes = writer
            .into_inner()
            .map_err(|error| failed(error.to_string()))?;
        String::from_utf8(bytes).map_err(|error| failed(error.to_string()))
    }

    /// Writes [`Sensitivity::to_csv`] to a file.
    ///
    /// # Errors
    /// [`Error::File`] where it cannot be written.
    pub fn save_csv(&self, path: impl AsRef<Path>) -> Result<()> {
        let path = path.as_ref();
        std::fs::write(path, self.to_csv()?).map_err(|error| Error::file(path, &error))
    }
}
