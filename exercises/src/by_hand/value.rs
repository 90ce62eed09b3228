//! What a reader's function returns, seen as numbers in a shape.

use fiedler::ndarray::{Array1, Array2};

/// An answer that can be compared with another, entry by entry.
pub trait Value {
    /// How many rows and columns; nothing for a number.
    fn shape(&self) -> Vec<usize>;
    /// The entries, row by row.
    fn entries(&self) -> Vec<f64>;
}

impl Value for f64 {
    fn shape(&self) -> Vec<usize> {
        Vec::new()
    }

    fn entries(&self) -> Vec<f64> {
        vec![*self]
    }
}

impl Value for (f64, f64) {
    fn shape(&self) -> Vec<usize> {
        vec![2]
    }

    fn entries(&self) -> Vec<f64> {
        vec![self.0, self.1]
    }
}

impl Value for Array1<f64> {
    fn shape(&self) -> Vec<usize> {
        vec![self.len()]
    }

    fn entries(&self) -> Vec<f64> {
        self.to_vec()
    }
}

impl Value for Array1<usize> {
    fn shape(&self) -> Vec<usize> {
        vec![self.len()]
    }

    fn entries(&self) -> Vec<f64> {
        self.iter().map(|&label| label as f64).collect()
    }
}

impl Value for Array2<f64> {
    fn shape(&self) -> Vec<usize> {
        vec![self.nrows(), self.ncols()]
    }

    fn entries(&self) -> Vec<f64> {
        self.iter().copied().collect()
    }
}

/// Two ways to add the same numbers differ by rounding, far less than this part of the largest entry.
const ROUNDING: f64 = 1e-9;

/// Whether two answers are the same but for rounding.
pub fn same(one: &impl Value, other: &impl Value) -> bool {
    one.shape() == other.shape() && first_difference(one, other).is_none()
}

/// The place, among the entries, of the first that differs; two answers of one shape.
pub fn first_difference(one: &impl Value, other: &impl Value) -> Option<usize> {
    let (one, other) = (one.entries(), other.entries());
    let size = |entries: &[f64]| entries.iter().fold(0.0, |most: f64, x| most.max(x.abs()));
    let tolerance = ROUNDING * size(&other);
    let equal = |(x, y): (&f64, &f64)| (x - y).abs() <= tolerance;
    one.iter().zip(&other).position(|pair| !equal(pair))
}

/// Whether this is what a function returns before anybody has written it: nothing, or not a number anywhere.
pub fn is_unwritten(value: &impl Value) -> bool {
    value.entries().iter().all(|entry| entry.is_nan())
}

/// A number with the digits that a reader compares.
pub fn shown(number: f64) -> String {
    if number == 0.0 || (1e-3..1e6).contains(&number.abs()) {
        let digits = format!("{number:.6}");
        let trimmed = digits.trim_end_matches('0').trim_end_matches('.');
        trimmed.replace('-', "−")
    } else {
        format!("{number:.4e}").replace('-', "−")
    }
}

/// A shape in words.
pub fn in_words(shape: &[usize]) -> String {
    match shape {
        [] => "a number".to_string(),
        [n] => format!("{n} entries"),
        more => {
            let sides: Vec<String> = more.iter().map(usize::to_string).collect();
            format!("{} entries", sides.join(" × "))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use fiedler::ndarray::array;

    #[test]
    fn rounding_is_no_difference_and_a_thousandth_is_one() {
        assert!(same(&(0.1 + 0.2), &0.3));
        assert!(!same(&0.3003, &0.3));
        assert!(!same(&f64::NAN, &0.3));
        assert!(same(&array![1.0, 1e-17], &array![1.0, 0.0]));
        assert!(!same(&array![1.0], &array![1.0, 0.0]));
        let (one, other) = (
            array![[0.0, 1.0], [2.0, 3.0]],
            array![[0.0, 1.0], [4.0, 3.0]],
        );
        assert_eq!(first_difference(&one, &other), Some(2));
    }

    #[test]
    fn what_is_empty_or_not_a_number_is_unwritten_and_a_zero_is_not() {
        assert!(is_unwritten(&f64::NAN) && is_unwritten(&(f64::NAN, f64::NAN)));
        assert!(is_unwritten(&Array2::<f64>::zeros((0, 0))));
        assert!(!is_unwritten(&0.0) && !is_unwritten(&array![0_usize, 0]));
    }

    #[test]
    fn numbers_are_shown_short() {
        assert_eq!(shown(13.0), "13");
        assert_eq!(shown(-0.25), "−0.25");
        assert_eq!(shown(0.011_518_412_331), "0.011518");
        assert_eq!(shown(0.000_434_97), "4.3497e−4");
        assert_eq!(in_words(&[5, 5]), "5 × 5 entries");
    }
}
