//! Right or wrong: each answer held against the exact one.
//!
//! - Vectors are right where their largest residual is below a tenth of the gap λₖ₊₁ − λₖ, and no quotient is
//!   further than that from its eigenvalue: a residual alone does not tell whether a pair was left out.
//! - Labels are right where their normalised cut is at most a twentieth above that of labels from the exact
//!   vectors, or they are as near to the truth; wrong where the cut is twice as large, and they are not even roughly
//!   as near; poorer in between.

use crate::record::{Fate, Record};

/// The share of the gap that a residual may have.
const SHARE: f64 = 0.1;
/// What a normalised cut may be above the exact one: k-means has its own local minima.
const CUT: f64 = 1.05;
/// What an adjusted Rand index may be below the exact one, for the same reason.
const ARI: f64 = 0.01;
/// What makes labels wrong.
const BAD_CUT: f64 = 2.0;
const BAD_ARI: f64 = 0.1;

/// How labels compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Labels {
    Right,
    Poorer,
    Wrong,
}

/// A row's exact solution, as far as it was found.
#[derive(Debug, Clone, Copy, Default)]
pub struct Exact<'a> {
    /// λ₁, …, λₖ₊₁.
    pub values: &'a [f64],
    pub ari: Option<f64>,
    pub normcut: Option<f64>,
}

impl<'a> Exact<'a> {
    /// By the exact contestant, or by our own eigenvalues where there is none: then only the gap is taken from
    /// them, and our vectors are judged by their residuals.
    pub fn of(exact: Option<&'a Record>, ours: Option<&'a Record>) -> Self {
        match (exact, ours) {
            (Some(exact), _) if exact.fate == Fate::Done => Self {
                values: &exact.judged.quotients,
                ari: exact.judged.ari,
                normcut: exact.judged.normcut,
            },
            (_, Some(ours)) if ours.fate == Fate::Done => Self {
                values: &ours.measured.values,
                ari: ours.judged.ari,
                normcut: ours.judged.normcut,
            },
            _ => Self::default(),
        }
    }

    /// λₖ₊₁ − λₖ.
    pub fn gap(&self, k: usize) -> Option<f64> {
        Some(self.values.get(k)? - self.values.get(k - 1)?)
    }

    /// The largest distance of a contestant's quotient from its eigenvalue.
    pub fn off(&self, record: &Record, k: usize) -> Option<f64> {
        let found = &record.judged.quotients;
        if found.len() < k || self.values.len() < k {
            return None;
        }
        let distances = found
            .iter()
            .zip(self.values)
            .take(k)
            .map(|(a, b)| (a - b).abs());
        distances.reduce(f64::max)
    }

    /// In words, for the table.
    pub fn verdict(&self, record: &Record, k: usize) -> &'static str {
        match (self.vectors(record, k), self.labels(record)) {
            (Some(true), Some(Labels::Right) | None) => "right",
            (Some(true), Some(_)) => "vectors right, labels poorer",
            (Some(false), Some(Labels::Right)) => "labels right, vectors **wrong**",
            (Some(false), _) | (None, Some(Labels::Wrong)) => "**wrong**",
            (None, Some(Labels::Right)) => "right labels",
            (None, Some(Labels::Poorer)) => "labels poorer",
            (None, None) => "not judged",
        }
    }

    fn vectors(&self, record: &Record, k: usize) -> Option<bool> {
        let residual = record.judged.residual?;
        let most = SHARE * self.gap(k)?;
        Some(residual <= most && self.off(record, k).is_none_or(|off| off <= most))
    }

    fn labels(&self, record: &Record) -> Option<Labels> {
        let cut = record.judged.normcut.zip(self.normcut);
        let ari = record.judged.ari.zip(self.ari);
        if cut.is_none() && ari.is_none() {
            return None;
        }
        let cut_within =
            |factor: f64| cut.is_some_and(|(cut, exact)| cut <= factor * exact + 1e-12);
        let ari_within = |less: f64| ari.is_some_and(|(ari, exact)| ari >= exact - less);
        Some(if cut_within(CUT) || ari_within(ARI) {
            Labels::Right
        } else if cut_within(BAD_CUT) || ari_within(BAD_ARI) {
            Labels::Poorer
        } else {
            Labels::Wrong
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(residual: Option<f64>, quotients: &[f64], normcut: f64) -> Record {
        let mut record = Record::of(Fate::Done);
        record.judged.residual = residual;
        record.judged.quotients = quotients.to_vec();
        record.judged.normcut = Some(normcut);
        record
    }

    #[test]
    fn a_small_residual_does_not_excuse_a_pair_that_was_left_out() {
        let exact = record(Some(1e-15), &[0.0, 0.1, 0.3], 0.2);
        let held = Exact::of(Some(&exact), None);
        assert_eq!(
            held.verdict(&record(Some(1e-9), &[0.0, 0.1], 0.2), 2),
            "right"
        );
        assert_eq!(
            held.verdict(&record(Some(1e-9), &[0.0, 0.3], 0.2), 2),
            "labels right, vectors **wrong**"
        );
        assert_eq!(
            held.verdict(&record(Some(0.03), &[0.0, 0.1], 0.4), 2),
            "**wrong**"
        );
        assert_eq!(held.verdict(&record(None, &[], 0.2), 2), "right labels");
        assert_eq!(
            held.verdict(&record(Some(1e-9), &[0.0, 0.1], 0.3), 2),
            "vectors right, labels poorer"
        );
    }

    #[test]
    fn without_an_exact_solution_our_own_eigenvalues_give_the_gap() {
        let mut ours = record(Some(1e-9), &[0.0, 0.1], 0.2);
        ours.measured.values = vec![0.0, 0.1, 0.3];
        let held = Exact::of(None, Some(&ours));
        assert!((held.gap(2).unwrap() - 0.2).abs() < 1e-15);
        assert_eq!(held.verdict(&ours, 2), "right");
    }
}
