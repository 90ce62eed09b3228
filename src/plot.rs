//! Pictures of what the steps find: one function a picture, in the order of the steps.
//!
//! | picture | function |
//! |---|---|
//! | points, plain or by label, with their centres | [`points`], [`clusters`], [`Clusters`] |
//! | a matrix, as it stands or sorted by label | [`matrix`], [`matrix_sorted`] |
//! | the graph over its points, and what a split cuts | [`graph`], [`Joined`] |
//! | z against the index, with a threshold | [`against_index`], [`AgainstIndex`] |
//! | how the optimisers approach the minimum | [`convergence`], [`Convergence`] |
//! | the smallest eigenvalues, and the gap behind λ₂ or λₖ | [`spectrum`], [`Spectrum`] |
//! | clusters again and again, for a sweep over ε | [`small_multiples`] |
//! | values over two parameters | [`heat_map`] |
//! | curves over one parameter | [`lines`] |
//! | two quantities over many powers of ten | [`log_log`] |
//! | a picture, and its parts | [`picture`], [`segments`] |
//! | several figures as one | [`side_by_side`] |
//! | a value at each point, as its height | [`heights`] |
//! | the graph as masses and springs, moving | [`vibration`] |
//! | the steps of a method, moving | [`Animation::of`] |
//! | one figure after another, by hand | [`slider`] |
//!
//! Each gives a [`Figure`], which a notebook shows by itself and which [`Figure::save_png`] and
//! [`Figure::save_svg`] write to a file; [`vibration`] gives an [`Animation`] of them, [`slider`] a [`Slider`].
//!
//! # Must hold
//! Every picture can be read without colour and without eyes: labels differ by the shape of their markers
//! too, lines by their pattern, and each figure has an alternative text computed from its data. The same
//! input gives the same bytes on every machine: plotters draws, and the font is embedded.
//!
//! # Known value
//! In the [`graph`] of the post's moons with ε = 0.4, 13 edges are drawn as cut.

mod kit;

mod points;

mod clusters;

mod matrix;

mod graph;

mod against_index;

mod convergence;

mod spectrum;

mod small_multiples;

mod heat_map;

mod lines;

mod log_log;

mod picture;

mod side_by_side;

mod heights;

mod vibration;

mod slider;

pub use against_index::{AgainstIndex, against_index};
pub use clusters::{Clusters, clusters};
pub use convergence::{Convergence, convergence};
pub use graph::{Adjacency, Joined, graph};
pub use heat_map::heat_map;
pub use heights::heights;
pub use kit::{Animation, CARD, Figure, PALETTE};
pub use lines::{Series, lines};
pub use log_log::log_log;
pub use matrix::{matrix, matrix_sorted};
pub use picture::{picture, segments};
pub use points::points;
pub use side_by_side::side_by_side;
pub use slider::{Slider, slider};
pub use small_multiples::small_multiples;
pub use spectrum::{Spectrum, spectrum};
pub use vibration::vibration;
