//! The engine: what stands between a call and its answer where data are large. Private; the steps do without it.
//!
//! | room | what it is |
//! |---|---|
//! | [`order`] | an order of the vertices: by vertex, by place |
//! | [`sparse`] | edges in compressed rows, their order along a curve, connected components |
//! | [`neighbors`] | nearest neighbours, and the pairs within a radius, by a k-d tree |
//! | [`lloyd`] | the fast twin of k-means |
//! | [`eigenpairs`] | the eigenproblem of a graph: by a full matrix, by elimination, or handed on to multigrid |
//! | [`multigrid`] | eigenpairs of large graphs: aggregation, cycle, LOBPCG |
//! | [`progress`] | the bars of a terminal, and the clock |
//! | [`workers`] | one visit to the pool of threads for each call |
//!
//! Below it are only [`crate::linalg`], the door ([`crate::guard`]) and the errors.

pub(crate) mod eigenpairs;
pub(crate) mod lloyd;
pub(crate) mod multigrid;
pub(crate) mod neighbors;
pub(crate) mod order;
pub(crate) mod progress;
pub(crate) mod sparse;
pub(crate) mod workers;
