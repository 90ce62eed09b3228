//! Which columns of a table are coordinates, which one names the points, and which one their classes.

use super::CsvOptions;
use super::records::Cell;
use crate::error::CsvError;

/// Columns by what they hold, counted from 0.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Roles {
    /// The coordinates, in the order of the points' columns.
    pub(super) coordinates: Vec<usize>,
    pub(super) id: Option<usize>,
    pub(super) label: Option<usize>,
    /// Every column is a coordinate, in its order.
    pub(super) plain: bool,
}

impl CsvOptions {
    /// The words by which columns were chosen.
    fn chosen(&self) -> impl Iterator<Item = &String> {
        let listed = self.columns.iter().flatten();
        self.id.iter().chain(&self.label).chain(listed)
    }

    /// Whether a line holds a name by which a column was chosen.
    pub(super) fn names_one_of(&self, cells: &[Cell<'_>]) -> bool {
        self.chosen()
            .any(|word| cells.iter().any(|cell| cell.text == word.as_str()))
    }

    /// The roles of so many columns, by their names where they have some, and by number.
    pub(super) fn roles(&self, names: Option<&[String]>, count: usize) -> Result<Roles, CsvError> {
        let find = |word: &String| column(word, names, count);
        let id = self.id.as_ref().map(find).transpose()?;
        let label = self.label.as_ref().map(find).transpose()?;
        let coordinates: Vec<usize> = match &self.columns {
            Some(listed) => listed.iter().map(find).collect::<Result<_, _>>()?,
            None => (0..count)
                .filter(|&column| Some(column) != id && Some(column) != label)
                .collect(),
        };
        if coordinates.is_empty() {
            return Err(CsvError::NoCoordinates);
        }
        Ok(Roles {
            plain: coordinates.iter().copied().eq(0..count),
            coordinates,
            id,
            label,
        })
    }
}

impl Roles {
    /// The names of the coordinates, of those of all columns.
    pub(super) fn names(&self, all: &[String]) -> Vec<String> {
        let of = |&column: &usize| all[column].clone();
        self.coordinates.iter().map(of).collect()
    }
}

/// The column of this name, or of this number.
fn column(word: &str, names: Option<&[String]>, count: usize) -> Result<usize, CsvError> {
    let mut called = (0..count).filter(|&at| names.is_some_and(|names| names[at] == word));
    match (called.next(), called.next(), word.parse::<usize>()) {
        (Some(_), Some(_), _) => Err(CsvError::TwoColumns {
            name: word.to_string(),
        }),
        (Some(at), None, _) => Ok(at),
        (None, _, Ok(number)) if (1..=count).contains(&number) => Ok(number - 1),
        _ => Err(CsvError::NoColumn {
            name: word.to_string(),
            names: names.map_or_else(Vec::new, <[String]>::to_vec),
            count,
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_comes_before_a_number() {
        let names = ["x", "1", "x"].map(String::from);
        assert_eq!(column("1", Some(&names), 3), Ok(1));
        assert_eq!(column("1", None, 3), Ok(0));
        assert_eq!(column("3", Some(&names), 3), Ok(2));
        assert!(matches!(
            column("x", Some(&names), 3),
            Err(CsvError::TwoColumns { .. })
        ));
        for word in ["0", "4", "y", ""] {
            let found = column(word, Some(&names), 3);
            assert!(matches!(found, Err(CsvError::NoColumn { .. })), "{word}");
        }
    }
}
