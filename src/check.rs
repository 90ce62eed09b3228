//! What the notebooks check with: the last cell's checkpoint, and the answers to the exercises.

/// Prints the line by which a run of notebook `stem` shows that it reached its end: every claim before it held.
pub fn checkpoint(stem: &str) {
    println!("Checkpoint {stem}: every claim of this notebook held.");
}
