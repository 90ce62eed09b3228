//! How a number is written.

/// A number with `decimals` decimals and a true minus sign, never "−0".
pub(crate) fn fixed(value: f64, decimals: usize) -> String {
    let digits = format!("{:.decimals$}", value.abs());
    let is_zero = digits.chars().all(|c| matches!(c, '0' | '.'));
    if value < 0.0 && !is_zero {
        format!("−{digits}")
    } else {
        digits
    }
}

/// A number for a sentence, among others that extend over `extent`: to a hundredth of that.
pub(crate) fn short(value: f64, extent: f64) -> String {
    let finest = exponent_of_ten(extent) - 2;
    let digits = exponent_of_ten(value) - finest + 1;
    if extent == 0.0 || digits > 15 {
        significant(value, 3)
    } else if digits < 1 {
        "0".into()
    } else {
        significant(value, digits)
    }
}

/// A number in `digits` significant digits: plain where that is readable, else m·10ⁿ.
pub(crate) fn significant(value: f64, digits: i32) -> String {
    if value == 0.0 {
        return "0".into();
    }
    let exponent = exponent_of_ten(value);
    if (-4..6).contains(&exponent) {
        let decimals = usize::try_from(digits - 1 - exponent).unwrap_or(0);
        let text = fixed(value, decimals);
        if text.contains('.') {
            text.trim_end_matches('0').trim_end_matches('.').to_string()
        } else {
            text
        }
    } else {
        scientific(value, usize::try_from(digits - 1).unwrap_or(0))
    }
}

/// m·10ⁿ, with `decimals` decimals in m.
pub(crate) fn scientific(value: f64, decimals: usize) -> String {
    let text = format!("{:.decimals$e}", value.abs());
    let sign = if value < 0.0 { "−" } else { "" };
    match text.split_once('e') {
        Some((mantissa, exponent)) => {
            let exponent = exponent.parse().unwrap_or(0);
            format!("{sign}{mantissa}·{}", power_of_ten(exponent))
        }
        None => text,
    }
}

/// 10ⁿ.
pub(crate) fn power_of_ten(exponent: i32) -> String {
    let sign = if exponent < 0 { "⁻" } else { "" };
    let digits = exponent.unsigned_abs();
    format!("10{sign}{}", in_digits(u64::from(digits), "⁰¹²³⁴⁵⁶⁷⁸⁹"))
}

/// A number as an index: λ₁₂.
pub(crate) fn subscript(number: usize) -> String {
    in_digits(number as u64, "₀₁₂₃₄₅₆₇₈₉")
}

/// A number in other digits than 0 to 9.
fn in_digits(number: u64, digits: &str) -> String {
    let digits: Vec<char> = digits.chars().collect();
    let decimal = number.to_string();
    decimal
        .bytes()
        .map(|digit| digits[usize::from(digit - b'0')])
        .collect()
}

/// ⌊log₁₀ |value|⌋, read off the number's decimal form, so that it never rounds the wrong way.
pub(crate) fn exponent_of_ten(value: f64) -> i32 {
    let text = format!("{:e}", value.abs());
    text.split_once('e')
        .and_then(|(_, exponent)| exponent.parse().ok())
        .unwrap_or(0)
}

/// "1 point", "2 points", "3 entries".
pub(crate) fn count(number: usize, noun: &str) -> String {
    match noun.strip_suffix('y') {
        _ if number == 1 => format!("1 {noun}"),
        Some(stem) => format!("{number} {stem}ies"),
        None => format!("{number} {noun}s"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_with_a_true_minus_and_never_as_minus_zero() {
        assert_eq!(fixed(-0.5, 1), "−0.5");
        assert_eq!(fixed(-0.004, 2), "0.00");
        assert_eq!(significant(-0.001_547, 3), "−0.00155");
        assert_eq!(significant(2258.0, 3), "2258");
        assert_eq!(significant(1.0, 3), "1");
        assert_eq!(significant(5e-324, 3), "4.94·10⁻³²⁴");
        assert_eq!(significant(-1.5e300, 3), "−1.50·10³⁰⁰");
    }

    #[test]
    fn a_number_in_a_sentence_is_as_precise_as_its_company() {
        assert_eq!(short(0.002_38, 3.2), "0");
        assert_eq!(short(-13.684, 15.7), "−13.7");
        assert_eq!(short(0.63, 3.2), "0.63");
        assert_eq!(short(1e9 + 0.25, 0.0), "1.00·10⁹");
    }
}
