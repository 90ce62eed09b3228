//! The chapter on the transform.
