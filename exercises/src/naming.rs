//! Two clusters by the names of the truth, so that a picture has its colours.

use fiedler::ndarray::Array1;

/// The labels 0 and 1, swapped where that makes more of them equal to the truth's. For pictures: a method that splits
/// cannot know which part is called 0.
#[must_use]
pub fn named_like(truth: &Array1<usize>, labels: &Array1<usize>) -> Array1<usize> {
    let equal = labels.iter().zip(truth).filter(|(one, other)| one == other);
    if 2 * equal.count() >= labels.len() {
        labels.clone()
    } else {
        labels.mapv(|label| 1_usize.saturating_sub(label))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use fiedler::ndarray::array;

    #[test]
    fn names_are_swapped_only_where_that_helps() {
        let truth = array![0, 0, 1, 1, 1];
        assert_eq!(
            named_like(&truth, &array![1, 1, 0, 0, 1]),
            array![0, 0, 1, 1, 0]
        );
        assert_eq!(
            named_like(&truth, &array![0, 1, 1, 1, 0]),
            array![0, 1, 1, 1, 0]
        );
    }
}
