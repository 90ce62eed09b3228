//! Spectral clustering, one step at a time.
//!
//! To split points into two clusters, join those that are similar by an edge, and find the cheapest way to
//! cut the graph in two balanced parts. That is hard; its relaxation is an eigenvector, the one that
//! Miroslav Fiedler studied. This crate takes the steps one by one, each a plain function:
//!
//! # The small library: the seven steps
//! The folder `src/steps`. Each function is its definition, written over `ndarray`; one can read it in an hour.
//!
//! | step | module | what it gives |
//! |---|---|---|
//! | 0 | [`data`] | moons, circles and blobs, as scikit-learn draws them; spirals |
//! | 1 | [`mod@kmeans`] | the method that gets two moons wrong |
//! | 2 | [`similarity`] | from points to a graph: the matrix A |
//! | 3 | [`mod@cut`] | what makes a split good: cut, volumes, normalised cut |
//! | 4 | [`mod@transform`] | labels as a vector z; the normalised cut as a quotient |
//! | 5 | [`relaxation`] | any z allowed, and minimised by a general optimiser |
//! | 6 | [`eigen`] | the same minimum as the second eigenvector |
//! | 7 | [`clustering`] | all together: [`spectral_clustering`] |
//!
//! # Beyond the post
//! The folder `src/beyond`: any graph, any number of clusters, large data, and how far to trust an answer.
//!
//! | step | module | what it gives |
//! |---|---|---|
//! | 8 | [`read`] | points of your own, from a CSV file: what is ambiguous is asked about, never guessed |
//! | 8 | [`points`] | points of other libraries: rows, columns, views, of any layout and version |
//! | 8 | [`geography`] | latitude and longitude: points whose distances are kilometres |
//! | 8 | [`mod@graph`] | any graph: eight ways to build one, dense or sparse behind the same words |
//! | 9 | [`parameters`] | rules for k, σ and ε |
//! | 9 | [`mod@sensitivity`] | the same question under many parameters, in one table |
//! | 10 | [`scores`] | labels against a truth: adjusted Rand index, mutual information |
//! | 10 | [`power`] | the eigenvectors from the other end: the largest of D^-½AD^-½, by multiplying |
//! | 10 | [`mod@embedding`] | a row of k numbers for each vertex: three ways in use |
//! | 10 | [`mod@labelling`] | from the rows to k labels, and how many, by the eigengap |
//! | 10 | [`estimator`] | every choice in one place: [`SpectralClustering`] |
//! | 11 | [`springs`] | smoothness, energy, and the modes of masses on springs |
//! | 11 | [`walk`] | the random walk: the probability of leaving, the commute distance |
//! | 12 | [`exact`] | the best split of a small graph, by trying all |
//! | 12 | [`certificate`] | how far labels can be from the best |
//! | 12 | [`mod@characteristics`] | each cluster in numbers, as geographers print them |
//! | 12 | [`stability`] | what survives resampling and a change of parameters |
//! | 12 | [`perturbation`] | separate cliques, then weak edges: how far the eigenvectors turn |
//! | 13 | [`pixels`] | a picture cut into its parts |
//! | 14 | [`solvers`] | four ways to the eigenvectors of a large graph, side by side |
//!
//! The module `plot` draws what they find. Below them lies a private engine, for large data; below that linear algebra, the door
//! at which input is checked, and the errors. Each floor uses those below it only, and no module uses one that uses it.
//!
//! # The whole post in ten lines
#![doc = concat!("```\n", include_str!("../examples/ten_lines.rs"), "\n```")]
//!
//! # Conventions
//! One point a row. A is the similarity matrix, d its degrees (row sums), D = diag(d), 𝟙 the vector of
//! ones. Labels count from 0. Everything is `f64` on [`ndarray`], which is re-exported. Bad input gives an
//! [`Error`] that says what is wrong, where, and what to do; no function panics on it.
//! An array may stand in memory in any layout, transposed, cut out of another or turned round: the answer is the same,
//! bit for bit. Other layouts than C order, ndarray's own, cost one copy. The small library takes `&Array2<f64>`, which
//! is what one has in hand; beyond it whatever is [`points::Points`] goes in: views, `f32`, rows of any kind, datasets of
//! linfa, and through [`points::rows`] the matrices of other libraries and of other versions of ndarray.
//!
//! Arguments come in one order: the data (points, graph, labels, vectors), then choices (a solver, an embedding, an
//! estimator), then numbers, the seed last. k counts clusters, and the neighbours of a point; `count` counts eigenpairs; λ
//! are numbered from 1, vertices and labels from 0.
//!
//! # Limits
//! What is larger is refused by an error that says so, before memory is asked for.
//!
//! | what | limit | whence |
//! |---|---|---|
//! | points, or vertices | below 2³² | their numbers are kept in 32 bits |
//! | vertices of [`Graph::from_edges`] | 2²⁶, or two for each edge where that is more | room for each vertex, one without edges too |
//! | edges of [`Graph::epsilon`] | 2²⁶ | 2 GiB while the graph is built; nearest neighbours have no such limit |
//! | a full n × n matrix | 2 GiB: n = 16,384 | [`similarity::DENSE_LIMIT`]; `similarity::similarity_matrix_within` takes another |
//! | pixels times the pixels within the radius, in [`pixels`] | 2²⁴ | half a gigabyte |
//! | vertices of [`exact`] | 20 | all splits are tried |
//!
//! Memory is the limit that is met first: ten million points in two dimensions need some 5 GiB from the points to the labels.
//!
//! # Features
//! The first seven are on by default. `cargo add fiedler --no-default-features` leaves the bare library, in pure Rust:
//! every step and everything beyond it but what stands here, with a quarter of the packages.
//!
//! | feature | what it gives | by |
//! |---|---|---|
//! | `datasets` | `data::iris` and `data::wine` | linfa-datasets |
//! | `files` | tables written as CSV: `Sensitivity::save_csv` | csv |
//! | `lapack` | all eigenpairs by LAPACK, from the system's OpenBLAS. Without it, pure Rust behind the same functions; the Fiedler vector alone is computed in pure Rust either way | ndarray-linalg |
//! | `linfa` | the estimator behind linfa's traits; linfa itself, re-exported | linfa |
//! | `minimize` | `minimize_orth_obj`, the general optimiser of step 5 | argmin |
//! | `plot` | pictures: the module `plot` | plotters |
//! | `progress` | bars on a terminal, where they are asked for | indicatif |
//! | `approximate` | `Graph::approximate_nearest_neighbors`, for many points in many columns | instant-distance |
//! | `petgraph` | `Graph::from_petgraph` | petgraph |
//! | `sprs` | `Graph::try_from` of a sparse matrix | sprs |
//! | `serde` | a fitted model saved and read back | serde |

#![cfg_attr(docsrs, feature(doc_cfg))]

mod beyond;
mod engine;
mod guard;
mod linalg;
mod steps;

pub use beyond::{
    certificate, characteristics, embedding, estimator, exact, geography, graph, labelling,
    parameters, perturbation, pixels, points, power, read, scores, sensitivity, solvers, springs,
    stability, walk,
};
pub use steps::{clustering, cut, data, eigen, kmeans, relaxation, similarity, transform};

pub(crate) use beyond::advice;

pub mod error;

#[cfg(feature = "plot")]
pub mod plot;

// What the post has and what most people call; everything else is in its module.
pub use clustering::{agreement, labels_by_sign, spectral_clustering};
pub use cut::{cut, degrees, normcut, vols};
pub use eigen::{
    Eigenpairs, eig_random_walk, eigh_generalized, eigh_symmetric, fiedler_vector, laplacian,
    random_walk_laplacian, symmetric_laplacian,
};
pub use error::{Error, Result};
pub use estimator::{Clustering, Isolated, Labelling, SpectralClustering};
pub use graph::{Graph, GraphRule};
pub use kmeans::{kmeans, lloyd};
#[cfg(feature = "minimize")]
pub use relaxation::minimize_orth_obj;
pub use relaxation::{Gradient, orth, orth_obj, orth_obj_gradient, project};
pub use scores::adjusted_rand_index;
pub use similarity::{components, similarity_matrix};
pub use transform::{rayleigh_quotient, transform};

#[cfg(feature = "linfa")]
pub use linfa;
pub use ndarray;
