//! The chapter on the cut.
