//! What a folder of PETSc's files, and a shard of points, can be refused for.

/// Everything that [`crate::graph::petsc`] refuses beside what the system says of its files ([`crate::Error::File`]).
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum PetscError {
    /// More rows or entries than PETSc's numbers count.
    #[error(
        "the matrix has {found} {what}, but PETSc counts to 2147483647 in one file; cut the points into shards (`graph::petsc::Shard`), each of which has a file of its own"
    )]
    TooMany {
        /// Rows or entries.
        what: &'static str,
        /// Their number.
        found: usize,
    },
    /// The folder holds something else.
    #[error(
        "the folder holds {file:?}, which was not written here; give an empty folder, or one that does not exist"
    )]
    Foreign {
        /// The name of the file.
        file: String,
    },
    /// The manifest is not there, or says that writing was broken off.
    #[error(
        "there is no finished {file}: no graph was written here, or the writing was broken off; write it (again)"
    )]
    Unfinished {
        /// The name of the manifest.
        file: String,
    },
    /// A line of the manifest is not what it must be.
    #[error(
        "{file} does not say `{wanted}` with a number this version understands; write the graph again"
    )]
    Manifest {
        /// The name of the manifest.
        file: String,
        /// The key that is missing or has another value.
        wanted: &'static str,
    },
    /// A file is not there.
    #[error("there is no {file}; {advice}")]
    Missing {
        /// Its name.
        file: String,
        /// What makes it.
        advice: &'static str,
    },
    /// A file does not begin as PETSc writes such things.
    #[error("{file} does not begin with {wanted}, as PETSc's {what} does, but with {found}")]
    Class {
        /// Its name.
        file: String,
        /// What was to be in it.
        what: &'static str,
        /// PETSc's number of such things.
        wanted: i32,
        /// The number that stands there.
        found: i32,
    },
    /// A file ends early.
    #[error("{file} ends after {found} bytes of {wanted}: it was cut off; copy or write it again")]
    Truncated {
        /// Its name.
        file: String,
        /// Its length in bytes.
        found: u64,
        /// What it had to be, at least.
        wanted: u64,
    },
    /// A list has another length than the graph.
    #[error(
        "{file} holds a list of {found}, but the graph has {vertices} vertices: they do not belong together"
    )]
    Vertices {
        /// The file's name.
        file: String,
        /// The length found.
        found: usize,
        /// The number of vertices.
        vertices: usize,
    },
    /// There are not as many values as vectors.
    #[error(
        "values.petsc holds {values} values, but vectors.petsc {vectors} vectors; let the solver write both again"
    )]
    Pairs {
        /// Values.
        values: usize,
        /// Vectors.
        vectors: usize,
    },
    /// An entry is NaN or infinite.
    #[error(
        "entry {index} of {file} is {value}: the solver broke down; let it begin again with a larger shift"
    )]
    NotFinite {
        /// The file's name.
        file: String,
        /// The entry, counted from 0 over the whole file.
        index: usize,
        /// What stands there.
        value: f64,
    },
    /// The order of the rows is none.
    #[error(
        "row {row} of order.petsc is the vertex {vertex}, which stands there twice or is none of the graph's {vertices}"
    )]
    Order {
        /// The row.
        row: usize,
        /// What stands there.
        vertex: i64,
        /// The number of vertices.
        vertices: usize,
    },
    /// A row of a matrix cannot be.
    #[error(
        "row {row} of {file} is longer than the file, or its columns do not ascend below the number of vertices: the file is damaged; write the graph again"
    )]
    Row {
        /// The file's name.
        file: String,
        /// The row, counted over all files.
        row: usize,
    },
    /// The folder was written from another graph.
    #[error(
        "row {row} has the degree {found:?}, but it stands for vertex {vertex}, whose degree in this graph is {wanted:?}: the folder is another graph's, or its order is; write this one"
    )]
    OtherGraph {
        /// The row of the folder.
        row: usize,
        /// The vertex.
        vertex: usize,
        /// The degree in the folder.
        found: f64,
        /// The degree in the graph.
        wanted: f64,
    },
    /// The solver took out other null vectors than the graph has.
    #[error(
        "the solver took out the null vectors of {found} component(s), but the graph has {components}; join the pieces, or write the graph by `Graph::write_petsc`, which says where they are"
    )]
    Components {
        /// As many as the manifest says.
        found: usize,
        /// As many as there are.
        components: usize,
    },
    /// A pair does not solve the equation.
    #[error(
        "pair {pair} of the solver is {residual:e} away from solving the equation of this graph, and at most {limit:e} is accepted; solve again with a smaller tolerance, and look whether the files are of one run"
    )]
    Residual {
        /// The pair, counted from 1 as the solver wrote them.
        pair: usize,
        /// Its residual, or how far the value is from the quotient of its vector.
        residual: f64,
        /// The largest that is accepted.
        limit: f64,
    },
    /// Two vectors are not at right angles.
    #[error(
        "the vectors {one} and {other} of the solver have the product {product:e} where 0 is wanted: it found one twice; let it begin again with a smaller tolerance"
    )]
    Dependent {
        /// One, counted from 1.
        one: usize,
        /// The other.
        other: usize,
        /// zᵢᵀDzⱼ of both at length 1.
        product: f64,
    },
    /// A shard cannot know the neighbours of one of its points.
    #[error(
        "the last neighbour of point {point} is {distance:e} away, more than half of the halo's width {width:e}: a point that was not given could be nearer, or have it for a neighbour; give all shards a halo of {:e} at least", 2.1 * distance
    )]
    ThinHalo {
        /// The number of the point.
        point: usize,
        /// How far its last neighbour is, at most.
        distance: f64,
        /// The width of the halo.
        width: f64,
    },
    /// A shard has fewer points than neighbours are asked of each.
    #[error(
        "the shard and its halo have {given} points, too few for {neighbors} neighbours of each; give a wider halo, or cut into fewer shards"
    )]
    SmallShard {
        /// The points of the shard and of its halo.
        given: usize,
        /// The neighbours asked for.
        neighbors: usize,
    },
    /// A point of the halo is none.
    #[error(
        "point {point} stands in the halo, but it is one of the shard's own, stands there twice, or is none of the {points} points"
    )]
    HaloPoint {
        /// Its number.
        point: usize,
        /// The number of all points.
        points: usize,
    },
    /// The shards in a folder are not all of one graph.
    #[error(
        "{file} differs from fiedler-0.txt in `{key}`, or does not go on where the shard before it ends; write all shards with the same choices, numbered in the order of their points"
    )]
    Shards {
        /// The manifest of the shard.
        file: String,
        /// What differs.
        key: &'static str,
    },
    /// An edge stands in the row of one end and not in that of the other.
    #[error(
        "an edge stands in one shard and not in the other, or with another weight: a halo lacked points within its width; collect the halos again"
    )]
    OneSided,
}
