//! What a solver of PETSc's world found, read back and looked at.

use super::folder::{Folder, MANIFEST, Manifest, file_of};
use super::format::VECTOR;
use super::matrix::order;
use super::{Graph, PetscError, WRITE};
use crate::eigen::Eigenpairs;
use crate::engine::order::Order;
use crate::error::Result;
use crate::guard;
use ndarray::{Array1, Array2, Axis};
use std::path::Path;

/// What is accepted of a residual, and of the difference between a value and the quotient of its vector: as
/// [`crate::certificate`] accepts it.
const LIMIT: f64 = 1e-6;
/// What is accepted of the product of two vectors of length 1: as [`Eigenpairs`] promises it.
const PRODUCT: f64 = 1e-8;
/// Degrees are sums of the same weights, perhaps in another order.
const DEGREE: f64 = 1e-12;
const SOLVE: &str = "let the solver write it: `scale/README.md` has the command";

impl Eigenpairs {
    /// The eigenpairs that a solver wrote into the folder of this graph (see [`crate::graph::petsc`]), as if
    /// [`Graph::smallest_eigenpairs`] had found them: null vectors first, one for each component, then the solver's, as z,
    /// with zᵀDz = 1 and the sign fixed; sweep, embeddings, labels and certificate go on with them.
    ///
    /// Nothing is taken on trust but that no eigenvalue was missed, which [`crate::solvers::eigenvalues_below`] can count on
    /// smaller graphs. The files must be whole, finite, and of this graph; the values are the quotients of the vectors,
    /// from which the solver's may not differ; [`Graph::residuals`] are computed anew.
    ///
    /// Takes O(m) for each vector, and the memory of the vectors.
    ///
    /// # Errors
    /// [`crate::Error::Petsc`] with what is wrong, [`crate::Error::File`]; [`crate::Error::IsolatedPoints`],
    /// [`crate::Error::NoEdges`].
    pub fn read_petsc(folder: impl AsRef<Path>, graph: &Graph) -> Result<Self> {
        guard::no_isolated_points(graph.degrees())?;
        let folder = Folder::new(folder.as_ref());
        let manifest = Manifest::read(&folder)?;
        let order = order_of(&folder, manifest, graph)?;
        let components = graph.component_count();
        let found = manifest.components.unwrap_or(1);
        if found != components {
            return Err(folder.error(PetscError::Components { found, components }));
        }
        let values = values(&folder)?;
        let vectors = vectors(&folder, graph, &order, values.len())?;
        at_right_angles(graph, &vectors).map_err(|error| folder.error(error))?;
        let problem = graph.problem(graph.degrees());
        let spectrum = problem.assembled(components + values.len(), &vectors);
        let pairs = problem.looked_at(spectrum);
        solved(&pairs, components, values).map_err(|error| folder.error(error))?;
        Ok(pairs)
    }
}

/// The order of the rows, in which the degrees are those of this graph.
fn order_of(folder: &Folder<'_>, manifest: Manifest, graph: &Graph) -> Result<Order> {
    let vertices = graph.vertex_count();
    let wrong = |file: &str, found: usize| {
        folder.error(PetscError::Vertices {
            file: file.to_string(),
            found,
            vertices,
        })
    };
    if manifest.vertices != vertices {
        return Err(wrong(MANIFEST, manifest.vertices));
    }
    let order = order(folder, manifest)?;
    let mut row = 0;
    for shard in manifest.files() {
        row = degrees(folder, &file_of("degrees", shard), row, graph, &order)?;
    }
    if row == vertices {
        Ok(order)
    } else {
        Err(wrong("degrees.petsc", row))
    }
}

/// Compares the degrees of the rows from `first` on with the graph's, and says which row comes next.
fn degrees(
    folder: &Folder<'_>,
    name: &str,
    first: usize,
    graph: &Graph,
    order: &Order,
) -> Result<usize> {
    let vertices = order.len();
    folder.read(name, WRITE, |file| {
        let next = first + file.header("vector", VECTOR, 8)?;
        if next > vertices {
            let file = name.to_string();
            return Err(PetscError::Vertices {
                file,
                found: next,
                vertices,
            }
            .into());
        }
        for row in first..next {
            let found = file.number(row - first)?;
            let vertex = order.vertex(row);
            let wanted = graph.degrees()[vertex];
            if (found - wanted).abs() > DEGREE * wanted {
                return Err(PetscError::OtherGraph {
                    row,
                    vertex,
                    found,
                    wanted,
                }
                .into());
            }
        }
        Ok(next)
    })
}

/// The solver's values.
fn values(folder: &Folder<'_>) -> Result<Vec<f64>> {
    folder.read("values.petsc", SOLVE, |file| {
        let count = file.header("vector", VECTOR, 8)?;
        (0..count).map(|index| file.number(index)).collect()
    })
}

/// z = D^-½w of each of the solver's vectors, a row each, by vertex and of length 1: zᵀDz = 1.
fn vectors(
    folder: &Folder<'_>,
    graph: &Graph,
    order: &Order,
    values: usize,
) -> Result<Array2<f64>> {
    let vertices = order.len();
    let roots = graph.degrees().mapv(f64::sqrt);
    let rows = folder.read("vectors.petsc", SOLVE, |file| {
        let mut rows: Vec<Array1<f64>> = Vec::with_capacity(values);
        while !file.is_at_end() {
            let found = file.header("vector", VECTOR, 8)?;
            if found != vertices {
                let file = "vectors.petsc".to_string();
                return Err(PetscError::Vertices {
                    file,
                    found,
                    vertices,
                }
                .into());
            }
            let mut w = Array1::zeros(vertices);
            for (place, &vertex) in order.vertices().iter().enumerate() {
                w[vertex as usize] = file.number(rows.len() * vertices + place)?;
            }
            let length = w.dot(&w).sqrt();
            rows.push(w / length / &roots);
        }
        Ok(rows)
    })?;
    if rows.len() != values {
        let vectors = rows.len();
        return Err(folder.error(PetscError::Pairs { values, vectors }));
    }
    let mut vectors = Array2::zeros((values, vertices));
    for (mut row, z) in vectors.rows_mut().into_iter().zip(&rows) {
        row.assign(z);
    }
    Ok(vectors)
}

/// Whether no two vectors, in rows, have a part in common.
fn at_right_angles(graph: &Graph, vectors: &Array2<f64>) -> std::result::Result<(), PetscError> {
    let scaled = vectors * &graph.degrees().view().insert_axis(Axis(0));
    let products = vectors.dot(&scaled.t());
    for ((one, other), &product) in products.indexed_iter() {
        // NaN, of a vector of zeros, is none.
        let small = product.abs() <= PRODUCT;
        if one < other && !small {
            let (one, other) = (one + 1, other + 1);
            return Err(PetscError::Dependent {
                one,
                other,
                product,
            });
        }
    }
    Ok(())
}

/// Whether the pairs behind the null vectors solve the equation, with the values that the solver gave.
fn solved(
    pairs: &Eigenpairs,
    components: usize,
    mut values: Vec<f64>,
) -> std::result::Result<(), PetscError> {
    values.sort_by(f64::total_cmp);
    for (at, value) in values.into_iter().enumerate() {
        let off = (pairs.values[components + at] - value).abs();
        let residual = pairs.residuals[components + at].max(off);
        let pair = at + 1;
        let is_solved = residual <= LIMIT && pairs.residuals[components + at] <= LIMIT;
        if !is_solved {
            let limit = LIMIT;
            return Err(PetscError::Residual {
                pair,
                residual,
                limit,
            });
        }
    }
    Ok(())
}
