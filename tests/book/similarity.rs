//! The chapter on the similarity.
