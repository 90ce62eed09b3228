//! Distances and lengths.

use ndarray::ArrayView1;

/// ‖v‖∞: the largest size of an entry, 0 of none. NaN is passed over.
pub(crate) fn largest<'a>(entries: impl IntoIterator<Item = &'a f64>) -> f64 {
    let sizes = entries.into_iter().map(|entry| entry.abs());
    sizes.fold(0.0, f64::max)
}

/// The Euclidean distance; scaled by the largest difference where squares would overflow or vanish.
pub(crate) fn distance(x: ArrayView1<'_, f64>, y: ArrayView1<'_, f64>) -> f64 {
    let squared = |scale: f64| -> f64 {
        x.iter()
            .zip(y)
            .map(|(a, b)| ((a - b) / scale).powi(2))
            .sum()
    };
    let plain = squared(1.0);
    if (1e-280..1e280).contains(&plain) {
        return plain.sqrt();
    }
    let largest = x
        .iter()
        .zip(y)
        .map(|(a, b)| (a - b).abs())
        .fold(0.0, f64::max);
    if largest == 0.0 || largest.is_infinite() {
        largest
    } else {
        largest * squared(largest).sqrt()
    }
}

/// The column of the largest entry; of several, the first.
pub(crate) fn largest_column(row: ArrayView1<'_, f64>) -> usize {
    let entries = row.iter().enumerate();
    entries
        .fold((0, f64::NEG_INFINITY), |best, (column, &entry)| {
            if entry > best.1 {
                (column, entry)
            } else {
                best
            }
        })
        .0
}
