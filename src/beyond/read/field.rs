//! One field: a number, a missing value, or neither.

use super::DecimalMark;

/// What a field says under a decimal mark.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Field {
    /// A finite number.
    Number(f64),
    /// Nothing, or a word for a missing value.
    Missing,
    /// An infinity, or a number that rounds to one, or to 0 though it is none.
    Range,
    /// Anything else.
    Text,
}

/// What R, pandas, SQL and spreadsheets write where there is no value. Not `Na`, which is sodium.
const MISSING: [&str; 11] = [
    "", "NA", "N/A", "#N/A", "NaN", "nan", "NAN", "null", "NULL", "None", "?",
];

impl Field {
    /// Sign, digits, the mark, digits, and an exponent.
    pub(super) fn of(text: &str, mark: DecimalMark) -> Self {
        if MISSING.contains(&text) {
            return Self::Missing;
        }
        let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
        if ["inf", "infinity"]
            .iter()
            .any(|word| unsigned.eq_ignore_ascii_case(word))
        {
            return Self::Range;
        }
        if !is_number(unsigned, mark) {
            return Self::Text;
        }
        let parsed = match mark {
            DecimalMark::Point => text.parse::<f64>(),
            DecimalMark::Comma => text.replace(',', ".").parse(),
        };
        let mantissa = unsigned.split(['e', 'E']).next().unwrap_or(unsigned);
        match parsed {
            Ok(value) if value.is_infinite() => Self::Range,
            Ok(0.0) if mantissa.contains(|c: char| matches!(c, '1'..='9')) => Self::Range,
            Ok(value) => Self::Number(value),
            Err(_) => Self::Text,
        }
    }

    /// Whether a field can be the name of a column: a part of it is no number, whatever separates the parts and
    /// marks the decimals.
    pub(super) fn is_name(text: &str) -> bool {
        let number = |part: &str| {
            [DecimalMark::Point, DecimalMark::Comma]
                .into_iter()
                .any(|mark| Self::of(part, mark) != Self::Text)
        };
        text.split([',', ';', '|', '\t', ' '])
            .any(|part| !number(part))
    }
}

/// Digits, perhaps with a mark between or before them; a comma is a mark only before a digit.
fn is_number(text: &str, mark: DecimalMark) -> bool {
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (text, None),
    };
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let exponent_is_one = exponent.is_none_or(|exponent| {
        let unsigned = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
        !unsigned.is_empty() && digits(unsigned)
    });
    let (before, behind) = mantissa.split_once(mark.char()).unwrap_or((mantissa, ""));
    let dangling = mark == DecimalMark::Comma && mantissa.ends_with(',');
    exponent_is_one
        && !dangling
        && digits(before)
        && digits(behind)
        && before.len() + behind.len() > 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_read_under_its_own_mark_only() {
        for (text, point, comma) in [
            ("48.1", Field::Number(48.1), Field::Text),
            ("48,1", Field::Text, Field::Number(48.1)),
            ("-4E+2", Field::Number(-400.0), Field::Number(-400.0)),
            ("1,5e3", Field::Text, Field::Number(1500.0)),
            (".5", Field::Number(0.5), Field::Text),
            ("1.", Field::Number(1.0), Field::Text),
            ("1,", Field::Text, Field::Text),
            ("1.234,5", Field::Text, Field::Text),
            ("1_0", Field::Text, Field::Text),
            ("e5", Field::Text, Field::Text),
            ("--5", Field::Text, Field::Text),
            ("-", Field::Text, Field::Text),
            ("-inf", Field::Range, Field::Range),
            ("1e999", Field::Range, Field::Range),
            ("1e-999", Field::Range, Field::Range),
            ("0e-999", Field::Number(0.0), Field::Number(0.0)),
            ("NaN", Field::Missing, Field::Missing),
            ("Na", Field::Text, Field::Text),
        ] {
            assert_eq!(Field::of(text, DecimalMark::Point), point, "{text}");
            assert_eq!(Field::of(text, DecimalMark::Comma), comma, "{text}");
        }
    }

    #[test]
    fn numbers_behind_any_delimiter_are_no_name() {
        for text in ["1 2", "2019,2020", "1;2", "NaN", "", "0,5", "inf"] {
            assert!(!Field::is_name(text), "{text}");
        }
        for text in ["x", "Länge, cm", "2019 a", "Na", "-"] {
            assert!(Field::is_name(text), "{text}");
        }
    }
}
