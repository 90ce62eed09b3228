//! Labels, and how they look.

use super::legend::{Entry, Swatch};

/// A label, how it looks and how many points have it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Group {
    pub(crate) label: usize,
    pub(crate) look: usize,
    pub(crate) count: usize,
}

/// The labels in ascending order; the smallest has the first look, and so on.
pub(crate) fn groups<'a>(labels: impl IntoIterator<Item = &'a usize>) -> Vec<Group> {
    let mut counts = std::collections::BTreeMap::new();
    for &label in labels {
        *counts.entry(label).or_insert(0) += 1;
    }
    counts
        .into_iter()
        .enumerate()
        .map(|(look, (label, count))| Group { label, look, count })
        .collect()
}

/// The look of a label among the groups.
pub(crate) fn look_of(groups: &[Group], label: usize) -> usize {
    groups
        .binary_search_by_key(&label, |group| group.label)
        .map_or(0, |found| groups[found].look)
}

/// From so many groups on, their legend is in short.
const MANY: usize = 10;

/// A legend of the groups: "cluster 0 (n = 100)"; of many, "0 (100)".
pub(crate) fn entries(groups: &[Group]) -> Vec<Entry> {
    let words = |group: &Group| match groups.len() {
        MANY.. => format!("{} ({})", group.label, group.count),
        _ => format!("cluster {} (n = {})", group.label, group.count),
    };
    let entries = groups.iter();
    entries
        .map(|group| (Swatch::Marker(group.look), words(group)))
        .collect()
}
