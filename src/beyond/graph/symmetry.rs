//! From a relation that is not symmetric to edges.

/// How the relation "j is one of the k nearest neighbours of i", which is not symmetric, becomes a graph.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum Symmetry {
    /// (W + Wᵀ)/2: an edge weighs 1 where both are neighbours of each other, ½ where only one is.
    #[default]
    Average,
    /// An edge of weight 1 where at least one is a neighbour of the other.
    Either,
}

impl Symmetry {
    /// What an edge weighs where only one end is a neighbour of the other.
    pub(super) fn one_way(self) -> f64 {
        match self {
            Self::Average => 0.5,
            Self::Either => 1.0,
        }
    }
}
