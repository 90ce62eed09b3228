//! The parts of messages that take more than a format string.

use super::CsvError;

/// 2 as "second", 4 as "4th", 21 as "21st".
pub(super) fn ordinal(index: usize) -> String {
    match (index, index % 10, index % 100) {
        (1, ..) => "first".to_string(),
        (2, ..) => "second".to_string(),
        (3, ..) => "third".to_string(),
        (_, _, 11..=13) => format!("{index}th"),
        (_, 1, _) => format!("{index}st"),
        (_, 2, _) => format!("{index}nd"),
        (_, 3, _) => format!("{index}rd"),
        _ => format!("{index}th"),
    }
}

/// The first ten entries of a list, and how many more there are.
pub(super) fn first_few(list: &[usize]) -> String {
    match list.len().saturating_sub(10) {
        0 => listed(list),
        more => format!("{}, and {more} more", listed(list)),
    }
}

/// How many pieces a graph falls into, and the sizes of the first.
pub(super) fn pieces(sizes: &[usize]) -> String {
    let all = sizes.len();
    match all.saturating_sub(10) {
        0 => format!("{all} pieces of {} points", listed(sizes)),
        more => format!(
            "{all} pieces, ten of {} points, and {more} more pieces",
            listed(sizes)
        ),
    }
}

fn listed(list: &[usize]) -> String {
    let shown: Vec<String> = list.iter().take(10).map(ToString::to_string).collect();
    shown.join(", ")
}

/// How small the residuals were to be, and what can be done: nobody set the number of steps, and where the gap decides
/// no tolerance helps.
pub(super) fn needed(residual: f64, tolerance: f64, to_the_gap: bool) -> String {
    if !to_the_gap {
        return format!(
            "it had to be at most {tolerance:e}; take `Solver::Auto` or `Solver::Dense`, or another number of eigenpairs"
        );
    }
    let larger = if residual > tolerance {
        ", a larger tolerance"
    } else {
        ""
    };
    format!(
        "they had to be at most {tolerance:e} and a hundredth of the gap between the last two eigenvalues (the last one a tenth), to tell the clusters apart; take `Solver::Auto` or `Solver::Dense`{larger}, or another number of clusters"
    )
}

/// What can be done where an iteration did not converge. The multigrid takes no number of steps.
pub(super) fn way_out(method: &str) -> &'static str {
    if method.contains("multigrid") {
        "take a larger tolerance, or `Solver::Dense` by `Graph::smallest_eigenpairs_by`"
    } else {
        "allow more steps or a larger tolerance, or take `Solver::Dense`"
    }
}

/// A sum at the ends of what f64 holds, or past them.
pub(super) fn beyond(sum: f64) -> String {
    if sum.is_infinite() {
        "more than f64 holds".to_string()
    } else {
        format!("{sum:e}, too close to the ends of what f64 holds")
    }
}

/// The path before "line 3: …", or before a fault of the whole file.
pub(super) fn place(path: Option<&str>, error: &CsvError) -> String {
    match (path, error.line()) {
        (None, _) => String::new(),
        (Some(path), Some(_)) => format!("{path}, "),
        (Some(path), None) => format!("{path}: "),
    }
}

/// The folder before what is wrong with it.
pub(super) fn folder(path: Option<&str>) -> String {
    path.map_or_else(String::new, |path| format!("{path}: "))
}

/// The first ten gaps, and how many more there are.
pub(super) fn first_gaps(gaps: &[f64]) -> String {
    let shown: Vec<String> = gaps
        .iter()
        .take(10)
        .map(|gap| format!("{gap:.2e}"))
        .collect();
    match gaps.len().saturating_sub(10) {
        0 => shown.join(", "),
        more => format!("{}, and {more} more", shown.join(", ")),
    }
}

/// The numbers of clusters to try, and what speaks for each.
pub(super) fn ranked(best: &[(usize, f64)]) -> String {
    let shown: Vec<String> = best
        .iter()
        .map(|(k, share)| format!("{k} ({:.0} %)", 100.0 * share))
        .collect();
    match shown.len() {
        0 => String::new(),
        _ => format!(
            ", {}: so much of the next eigenvalue lies in the gap",
            shown.join(", then ")
        ),
    }
}

/// What is known of an eigenvalue that is not alone.
pub(super) fn repeated(multiplicity: Option<usize>, error: f64) -> String {
    match multiplicity {
        Some(times) => format!("is repeated {times} times"),
        None => {
            format!("does not differ from the next one by more than both are known to, {error:.0e}")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Error;

    #[test]
    fn a_long_list_is_cut_after_ten_entries_and_says_how_many_follow() {
        let error = Error::isolated((0..12).collect());
        let text = error.to_string();
        assert!(text.contains("12 isolated"), "{text}");
        assert!(text.contains("8, 9, and 2 more"), "{text}");
    }

    #[test]
    fn what_follows_the_first_ten_pieces_is_pieces() {
        assert_eq!(pieces(&[2, 2, 1]), "3 pieces of 2, 2, 1 points");
        let text = pieces(&[4; 50]);
        assert!(text.starts_with("50 pieces, ten of 4, 4,"), "{text}");
        assert!(text.ends_with("4 points, and 40 more pieces"), "{text}");
    }
}
