//! The weights of edges, in the smallest form that holds them all.

use rayon::prelude::*;

/// One weight per entry of `columns`, in the smallest form that holds them all exactly: equal weights are stored
/// equally.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Weights {
    /// All of them are 1.
    One,
    /// All of them are whole in 32 bits: half the memory to read in each product.
    Single(Vec<f32>),
    Double(Vec<f64>),
}

/// What a weight is computed as.
pub(crate) trait Weight: Copy + Default + Send + Sync {
    /// The smallest form that holds these.
    fn stored(weights: Vec<Self>) -> Weights;
}

/// Every edge weighs 1.
impl Weight for () {
    fn stored(_: Vec<Self>) -> Weights {
        Weights::One
    }
}

#[expect(
    clippy::float_cmp,
    reason = "a weight of exactly 1 needs no place of its own"
)]
impl Weight for f32 {
    fn stored(weights: Vec<Self>) -> Weights {
        if all(&weights, |weight| weight == 1.0) {
            Weights::One
        } else {
            Weights::Single(weights)
        }
    }
}

impl Weight for f64 {
    fn stored(weights: Vec<Self>) -> Weights {
        if all(&weights, |weight| single(weight).is_some()) {
            f32::stored(weights.into_iter().filter_map(single).collect())
        } else {
            Weights::Double(weights)
        }
    }
}

/// Whether `holds` for all, asked in parallel where that pays.
fn all<T: Copy + Sync>(list: &[T], holds: impl Fn(T) -> bool + Sync) -> bool {
    let chunks = list.par_chunks(1 << 16);
    chunks.all(|chunk| chunk.iter().all(|&item| holds(item)))
}

/// The same number in 32 bits, where there is one.
#[expect(
    clippy::float_cmp,
    clippy::cast_possible_truncation,
    reason = "whether it is the same is what the comparison asks"
)]
fn single(weight: f64) -> Option<f32> {
    let short = weight as f32;
    (f64::from(short) == weight).then_some(short)
}
