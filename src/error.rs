//! What can go wrong, said so that it can be mended: what is wrong, where, and what to do.

mod advice;
mod csv;
mod made;
mod model;
mod petsc;
mod words;

pub use advice::Advice;
pub use csv::CsvError;
pub use model::ModelError;
pub use petsc::PetscError;

use std::fmt;
use std::io::ErrorKind;
use words::{
    beyond, first_few, first_gaps, folder, needed, ordinal, pieces, place, ranked, repeated,
    way_out,
};

/// The result of every fallible function of this crate.
pub type Result<T> = std::result::Result<T, Error>;

/// Everything that a public function of this crate refuses, with the offender named.
///
/// `{:?}` prints the message, as `{}` does: a `main` that returns [`Result`], an `unwrap` and a notebook's cell all print
/// `{:?}`, and it is the message that helps there. What kind of error it is, `match` tells.
#[derive(Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The data matrix has no rows, or a vector no entries.
    #[error("there are no points; give at least two")]
    NoPoints,
    /// One point cannot be split.
    #[error("there is only one point, and one point cannot be split; give at least two")]
    OnePoint,
    /// The data matrix has no columns.
    #[error(
        "the points have no coordinates: the data matrix has 0 columns; give at least one column"
    )]
    NoColumns,
    /// New points do not have the coordinates of the old ones.
    #[error(
        "the new points have {found} coordinates, but the clustered ones have {wanted}; give the same columns in the same order"
    )]
    Columns {
        /// The number of columns given.
        found: usize,
        /// The number of columns of the points that were clustered.
        wanted: usize,
    },
    /// Rows, or columns, of points are not equally long.
    #[error(
        "{what} {index} has {found} numbers, but {what} 0 has {wanted}; every {what} must be equally long"
    )]
    Ragged {
        /// What was counted: `row` or `column`.
        what: &'static str,
        /// Which one, counted from 0.
        index: usize,
        /// How many numbers it has.
        found: usize,
        /// How many the first one has.
        wanted: usize,
    },
    /// A flat list of numbers does not end with a row.
    #[error(
        "{found} numbers are no whole number of rows of {columns}: {} are left over; give the number of columns, not of rows", found % columns
    )]
    Flat {
        /// How many numbers there are.
        found: usize,
        /// How many make a row.
        columns: usize,
    },
    /// An entry is NaN or infinite.
    #[error(
        "the entry in row {row}, column {column} is {value}; every entry must be a finite number: drop or fill it first"
    )]
    NotFinite {
        /// Row of the entry, counted from 0.
        row: usize,
        /// Column of the entry, counted from 0.
        column: usize,
        /// The entry: NaN, ∞ or −∞.
        value: f64,
    },
    /// An entry of a vector is NaN or infinite.
    #[error("entry {index} of the vector is {value}; every entry must be a finite number")]
    VectorNotFinite {
        /// Index of the entry, counted from 0.
        index: usize,
        /// The entry: NaN, ∞ or −∞.
        value: f64,
    },
    /// A parameter lies outside its range.
    #[error("{name} is {value:?}, but it must be {wanted}")]
    Parameter {
        /// The parameter's name, as the function's documentation spells it.
        name: &'static str,
        /// The value given.
        value: f64,
        /// What would be accepted, in words.
        wanted: &'static str,
    },
    /// A number of things, or a whole number among the parameters, lies outside its range.
    #[error("{name} is {found}, but it must be {wanted}")]
    Count {
        /// The parameter's name, or what was counted.
        name: &'static str,
        /// The number given or found.
        found: usize,
        /// What would be accepted, in words.
        wanted: &'static str,
    },
    /// A number among the data, or one computed from them, lies outside its range.
    #[error("{what} is {value:?}, but it must be {wanted}")]
    Value {
        /// What the number is.
        what: &'static str,
        /// The number.
        value: f64,
        /// What would be accepted, in words.
        wanted: &'static str,
    },
    /// The number of clusters, or of eigenpairs, is 0 or exceeds the number of points.
    #[error(
        "{k} clusters or eigenpairs were asked of {n} points; their number must lie between 1 and {n}"
    )]
    ClusterCount {
        /// The number asked for.
        k: usize,
        /// The number of points.
        n: usize,
    },
    /// More neighbours are asked for than there are other points.
    #[error("{k} nearest neighbours were asked of {n} points; k must lie between 1 and {}", n - 1)]
    NeighborCount {
        /// The number of neighbours asked for.
        k: usize,
        /// The number of points.
        n: usize,
    },
    /// A label is too large to be one of 0, 1, …, k − 1.
    #[error(
        "the label of point {point} is {label}, but {points} points have at most {points} clusters; number them 0, 1, 2, …"
    )]
    Label {
        /// The point's row number, counted from 0.
        point: usize,
        /// Its label.
        label: usize,
        /// The number of points.
        points: usize,
    },
    /// A label below the largest is taken by no point.
    #[error("no point has the label {label}; number the clusters 0, 1, 2, … without a gap")]
    MissingLabel {
        /// The label that is missing.
        label: usize,
    },
    /// A method found fewer clusters than it was asked for.
    #[error(
        "{asked} clusters were asked for, but only {found} of the labels were taken; ask for fewer, or take another way to the labels"
    )]
    FewerClusters {
        /// The number asked for.
        asked: usize,
        /// The number of labels that were taken.
        found: usize,
    },
    /// An edge, or another entry of a list, names a vertex that does not exist.
    #[error("entry {edge} names the vertex {vertex}, but the graph has the vertices 0 to {}", vertices - 1)]
    Vertex {
        /// The place in the list, counted from 0.
        edge: usize,
        /// The vertex it names.
        vertex: usize,
        /// The number of vertices.
        vertices: usize,
    },
    /// The weight of an edge is negative, zero, NaN or infinite.
    #[error("edge {edge} has the weight {weight:?}; weights must be positive and finite")]
    Weight {
        /// The edge's place in the list, counted from 0.
        edge: usize,
        /// Its weight.
        weight: f64,
    },
    /// An edge stands in the list twice.
    #[error(
        "edge {edge} joins {from} and {to}, which an edge before it joins already; add up their weights first"
    )]
    DuplicateEdge {
        /// The second one's place in the list, counted from 0.
        edge: usize,
        /// One end.
        from: usize,
        /// The other end.
        to: usize,
    },
    /// An entry of a sparse matrix stands there twice.
    #[error(
        "the entry in row {row}, column {column} stands there twice; add the two up, or drop one"
    )]
    DuplicateEntry {
        /// Row of the entry, counted from 0.
        row: usize,
        /// Column of the entry, counted from 0.
        column: usize,
    },
    /// A row is 0, and has no direction.
    #[error(
        "row {row} is 0 in every column, and has no direction to compare with others; drop it, or take another similarity"
    )]
    NoDirection {
        /// The row, counted from 0.
        row: usize,
    },
    /// A place that is not on the earth.
    #[error(
        "the {name} in row {row} is {value:?}; it must be {wanted}, in degrees: column 0 is the latitude, column 1 the longitude"
    )]
    Place {
        /// The row, counted from 0.
        row: usize,
        /// `latitude` or `longitude`.
        name: &'static str,
        /// What stands there.
        value: f64,
        /// What would be accepted, in words.
        wanted: &'static str,
    },
    /// All points coincide.
    #[error("all {n} points are equal: there is nothing to tell them apart by")]
    AllPointsEqual {
        /// The number of points.
        n: usize,
    },
    /// A distance between points is larger than any number of f64.
    #[error(
        "the coordinates are too far apart: {what} is more than f64 holds (1.8e308); take another unit, for instance by dividing them all by the largest"
    )]
    TooFarApart {
        /// The distance that was asked for, in words.
        what: &'static str,
    },
    /// All splits of a graph were to be looked at, and there are too many.
    #[error("{n} vertices can be split in 2^{} ways; the exact optimum is found by trying them all, and that ends at {limit} vertices: take the certificate's bounds instead", n - 1)]
    TooManySplits {
        /// The number of vertices.
        n: usize,
        /// The largest number that is tried.
        limit: usize,
    },
    /// The graph is in several pieces, where one is needed.
    #[error(
        "the graph falls into {}, and between two pieces this has no value; join them, or take one piece at a time",
        pieces(sizes)
    )]
    Disconnected {
        /// Number of vertices of each connected component, in order of first appearance.
        sizes: Vec<usize>,
    },
    /// A vector does not have one entry per point.
    #[error("{name} has {found} entries, but there are {points} points; give one entry per point")]
    Length {
        /// What the vector is: `labels`, `z`, …
        name: &'static str,
        /// Its number of entries.
        found: usize,
        /// The number of points.
        points: usize,
    },
    /// The labels take fewer or more than two different values.
    #[error("the labels take {} different value(s), {}, but a split in two needs exactly two", values.len(), first_few(values))]
    NotTwoLabels {
        /// The different values found, sorted.
        values: Vec<usize>,
    },
    /// Two splits in two are compared by the labels 0 and 1, and there is another.
    #[error(
        "the label of point {point} is {label}, but the two clusters must be numbered 0 and 1; `adjusted_rand_index` takes any labels"
    )]
    NotZeroOrOne {
        /// The point's row number, counted from 0.
        point: usize,
        /// Its label.
        label: usize,
    },
    /// A cluster has volume 0: no edge touches any of its points.
    #[error(
        "the cluster labelled {label} has volume 0 (no edge touches its points), and the normalised cut divides by the volume; move its points or join them to the graph"
    )]
    EmptyCluster {
        /// The label of that cluster.
        label: usize,
    },
    /// Some points have no neighbour, so their degree is 0 and D has no inverse.
    #[error("{} isolated point(s) without any neighbour: {}; {}", points.len(), first_few(points), advice.or("give them neighbours, or drop them"))]
    IsolatedPoints {
        /// Their row numbers, counted from 0.
        points: Vec<usize>,
        /// What to do.
        advice: Advice,
    },
    /// The graph has no edge at all.
    #[error("the graph has no edge: no two points are similar; {}", advice.or("give at least two of them a positive similarity"))]
    NoEdges {
        /// What to do.
        advice: Advice,
    },
    /// The graph falls into three or more pieces, and the second eigenvector is not unique.
    #[error("the graph falls into {}: there are too few edges to say which pieces belong together; {}", pieces(sizes), advice.or("join them by edges, or treat each piece as a cluster (`components` labels them)"))]
    TooManyComponents {
        /// Number of points of each connected component, in order of first appearance.
        sizes: Vec<usize>,
        /// What to do.
        advice: Advice,
    },
    /// Every point is equally similar to every other: every split is as good as any.
    #[error("every two of the {n} points are equally similar, so the graph shows no structure: all splits look alike; {}", advice.or("give similarities that differ"))]
    NoStructure {
        /// The number of points.
        n: usize,
        /// What to do.
        advice: Advice,
    },
    /// The last eigenvalue that is needed is repeated, or not told from the next one, so that its vectors are not unique.
    #[error("the {} eigenvalue, {value:?}, {}: any mixture of its eigenvectors splits the graph as well, and the points do not say which; break the tie by other weights or another graph, or ask for another number of clusters", ordinal(*index), repeated(*multiplicity, *error))]
    RepeatedEigenvalue {
        /// Which one: 2 for λ₂, counted from 1.
        index: usize,
        /// The eigenvalue.
        value: f64,
        /// How far it and the next one can be, together, from what was computed.
        error: f64,
        /// How often it is an eigenvalue, on graphs so small that all eigenvalues were looked at.
        multiplicity: Option<usize>,
    },
    /// No gap between the eigenvalues stands out, so that they do not say how many clusters there are.
    #[error(
        "the eigenvalues do not say how many clusters there are: the gaps between them are {}, and none leads to more than 5 times the eigenvalue before it; ask for a number of clusters{}",
        first_gaps(gaps),
        ranked(best)
    )]
    NoEigengap {
        /// All gaps that were looked at, as in [`crate::labelling::Eigengap::gaps`].
        gaps: Vec<f64>,
        /// The three numbers of clusters that most speaks for, and for each the share that the gap has of the next
        /// eigenvalue, as in [`crate::labelling::Eigengap::ranking`].
        best: Vec<(usize, f64)>,
    },
    /// The matrix is not square.
    #[error(
        "the matrix has {rows} rows and {columns} columns; it must be square, one row and one column per point"
    )]
    NotSquare {
        /// Number of rows.
        rows: usize,
        /// Number of columns.
        columns: usize,
    },
    /// The matrix is not symmetric.
    #[error(
        "the similarity matrix is not symmetric: entry ({row}, {column}) is {value:?} but entry ({column}, {row}) is {mirrored:?}; use (A + Aᵀ)/2 if both ways should count"
    )]
    NotSymmetric {
        /// Row of the first offending entry.
        row: usize,
        /// Its column.
        column: usize,
        /// The entry.
        value: f64,
        /// The entry on the other side of the diagonal.
        mirrored: f64,
    },
    /// A similarity is negative.
    #[error(
        "the similarity in row {row}, column {column} is {value:?}; similarities must be 0 or more"
    )]
    Negative {
        /// Row of the entry.
        row: usize,
        /// Column of the entry.
        column: usize,
        /// The entry.
        value: f64,
    },
    /// The similarities are so large or so small that their sums or quotients leave the range of f64.
    #[error(
        "the similarities sum to {}; divide them all by the largest: no result here depends on their scale",
        beyond(*sum)
    )]
    Scale {
        /// The sum of all entries.
        sum: f64,
    },
    /// σ is so small beside the distances that the similarities all but vanish.
    #[error(
        "the similarities sum to {sum:e}, too small to divide by: {name} is too small beside what it is to measure; raise it"
    )]
    SmallSigma {
        /// The parameter's name.
        name: &'static str,
        /// The sum of all similarities.
        sum: f64,
    },
    /// The similarities of some points are so small that f64 cannot divide by their sum.
    #[error("{} point(s) whose degree is too small to divide by, down to {degree:e}: {}; they are isolated in all but name: drop them, or let the similarity fall more slowly", points.len(), first_few(points))]
    TinyDegree {
        /// Their row numbers, counted from 0.
        points: Vec<usize>,
        /// The smallest of their degrees.
        degree: f64,
    },
    /// A vector is so large or so small that squares of its entries leave the range of f64.
    #[error(
        "the largest entry of {name} is {largest:e}, too close to the ends of what f64 holds; divide {name} by it"
    )]
    VectorScale {
        /// What the vector is: `z`, `u` or `v`.
        name: &'static str,
        /// The size of its largest entry.
        largest: f64,
    },
    /// The vector is zero, or nothing is left of it after the projection.
    #[error(
        "z is a multiple of d = D1 (or zero): nothing is left of it after the projection, and the quotient would be 0/0; start from another z, for instance `transform(&a, &y)`"
    )]
    ZeroVector,
    /// An n × n matrix would not fit into the stated limit.
    #[error("a dense {n} x {n} matrix needs {} bytes, more than the limit of {limit} bytes; {instead}", bytes.map_or_else(|| "over 2^64".to_string(), |b| b.to_string()))]
    TooLarge {
        /// The number of points.
        n: usize,
        /// The bytes needed; `None` where the number itself overflows.
        bytes: Option<usize>,
        /// The limit in force, in bytes.
        limit: usize,
        /// What to do, in words.
        instead: &'static str,
    },
    /// A sparse graph would have more edges than memory is set aside for.
    #[error(
        "the graph has more than {limit} edges; lower epsilon, or take the nearest neighbours: their number does not grow with the density of the points"
    )]
    TooManyEdges {
        /// The largest number of edges.
        limit: usize,
    },
    /// A method of another crate gave up.
    #[error("{method} gave up: {reason}")]
    Solver {
        /// Which method.
        method: &'static str,
        /// What it said.
        reason: String,
    },
    /// The eigenvectors of a graph were not found as closely as they are needed: for a clustering, as the gap behind
    /// them asks.
    #[error("after {iterations} steps of {method} the largest residual of the eigenpairs is {residual:e}, and {}", needed(*residual, *tolerance, *to_the_gap))]
    NotResolved {
        /// Which iteration.
        method: &'static str,
        /// The number of steps taken.
        iterations: usize,
        /// What was left of the equation after the last one.
        residual: f64,
        /// What was to be left at most.
        tolerance: f64,
        /// Whether it was to be small beside the gap between the last two eigenvalues, too.
        to_the_gap: bool,
    },
    /// An iteration ended before it reached the tolerance that was asked for.
    #[error(
        "{method} did not converge: after {iterations} steps the residual is {residual:e}; {}",
        way_out(method)
    )]
    NotConverged {
        /// Which iteration.
        method: &'static str,
        /// The number of steps taken.
        iterations: usize,
        /// What was left of the equation after the last one.
        residual: f64,
    },
    /// The vectors that an iteration can make do not hold all pairs that were asked for.
    #[error(
        "{method} found {found} of {asked} eigenpairs, and no more are within its reach: where eigenvalues are repeated, one start leads to one vector of each; take `Graph::smallest_eigenpairs`"
    )]
    MissingPairs {
        /// Which iteration.
        method: &'static str,
        /// The number of pairs found.
        found: usize,
        /// The number asked for.
        asked: usize,
    },
    /// Coordinates are needed, and the clustering is that of a graph alone.
    #[error(
        "{what} are found from the coordinates of the points, and a graph alone has none; {instead}"
    )]
    NoCoordinates {
        /// What was asked for.
        what: &'static str,
        /// What to do, in words.
        instead: &'static str,
    },
    /// The caller's callback asked to stop.
    #[error("stopped during {stage}, as the callback asked")]
    Stopped {
        /// What was being done.
        stage: &'static str,
    },
    /// A file could not be read or written.
    #[error("{path}: {reason}")]
    File {
        /// The file's path.
        path: String,
        /// What kind of trouble it is, for a program.
        kind: ErrorKind,
        /// What the system said.
        reason: String,
    },
    /// A file holds no fitted model, or one that does not fit together.
    #[error("{path}: {error}")]
    Model {
        /// The file's path.
        path: String,
        /// What is wrong.
        error: ModelError,
    },
    /// A table of text holds no points, or several kinds of them.
    #[error("{}{error}", place(path.as_deref(), error))]
    Csv {
        /// The file's path, where it came from one.
        path: Option<String>,
        /// What is wrong, and in which line and field.
        error: CsvError,
    },
    /// A folder of PETSc's files, or a shard of points, cannot be used.
    #[error("{}{error}", folder(path.as_deref()))]
    Petsc {
        /// The folder, where there is one.
        path: Option<String>,
        /// What is wrong.
        error: PetscError,
    },
}

/// The message: see [`Error`].
impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
