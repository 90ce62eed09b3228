//! Which ε suits the user's points, said in few digits.

use fiedler::ndarray::Array2;
use fiedler::parameters::{connecting_distance, max_min_distance};

/// The smallest ε that leaves no point isolated, and the smallest that joins all points into one piece.
pub fn smallest_epsilons(x: &Array2<f64>) -> fiedler::Result<(f64, f64)> {
    Ok((max_min_distance(x)?, connecting_distance(x)?))
}

/// A value in three digits, rounded up.
pub fn rounded_up(value: f64) -> String {
    let nearest = format!("{value:.2e}");
    let up = match nearest.parse::<f64>() {
        Ok(rounded) if rounded < value => one_more(&nearest),
        _ => nearest,
    };
    match up.parse::<f64>() {
        Ok(up) if up == 0.0 || (1e-4..1e7).contains(&up) => up.to_string(),
        Ok(up) if up.is_finite() => format!("{up:e}"),
        _ => format!("{value:e}"),
    }
}

/// 1.23e-4 as 124e-6.
fn one_more(three_digits: &str) -> String {
    let (mantissa, exponent) = three_digits.split_once('e').unwrap_or((three_digits, "0"));
    let digits = mantissa.replace('.', "").parse::<u32>().unwrap_or(0);
    let exponent = exponent.parse::<i32>().unwrap_or(0);
    format!("{}e{}", digits + 1, exponent - 2)
}

#[cfg(test)]
mod tests {
    use super::*;
    use fiedler::ndarray::array;

    #[test]
    fn the_smallest_epsilons_are_the_longest_way_to_a_neighbour_and_to_the_others() {
        // Two pairs: neighbours at most 2 apart, the pairs 5 apart.
        let x = array![[0.0], [1.0], [6.0], [8.0]];
        assert_eq!(smallest_epsilons(&x), Ok((2.0, 5.0)));
        for unit in [2_f64.powi(-700), 2_f64.powi(-900), 2_f64.powi(700)] {
            assert_eq!(
                smallest_epsilons(&(&x * unit)),
                Ok((2.0 * unit, 5.0 * unit))
            );
        }
        // Every point has a copy: no ε is too small to leave none alone.
        let copies = array![[0.0], [0.0], [5.0], [5.0]];
        assert_eq!(smallest_epsilons(&copies), Ok((0.0, 5.0)));
        assert!(smallest_epsilons(&array![[3.0], [3.0]]).is_err());
    }

    #[test]
    fn a_suggestion_is_rounded_up_so_that_it_still_joins_all() {
        for (value, said) in [
            (0.234_51, "0.235"),
            (123_456.0, "124000"),
            (5.0, "5"),
            (0.999_5, "1"),
            (0.0, "0"),
            (1.234e-200, "1.24e-200"),
            (1.234e200, "1.24e200"),
            (f64::MAX, "1.7976931348623157e308"),
        ] {
            assert_eq!(rounded_up(value), said);
            assert!(said.parse::<f64>().unwrap() >= value);
        }
    }
}
