//! The same numbers in other places of memory: the same answers, bit for bit.

use crate::random::Random;
use crate::run::Run;
use fiedler::ndarray::{Array1, Array2, Axis, ShapeBuilder, s};
use fiedler::{
    Eigenpairs, Graph, GraphRule, Result, SpectralClustering,
    embedding::{Embedding, Laplacian},
    parameters, perturbation,
    solvers::Solver,
};

/// One input: a random matrix, points and a vector, and one of the functions.
pub fn run(seed: u64) -> (Run, String) {
    let mut rng = Random::new(seed);
    let mut run = Run::default();
    let n = rng.between(2, 9);
    let a = matrix(&mut rng, n);
    let columns = rng.between(1, 4);
    let x = Array2::from_shape_fn((n, columns), |_| rng.normal());
    let z = Array1::from_shape_fn(n, |_| rng.normal());
    let y = Array1::from_shape_fn(n, |i| if i < 2 { i } else { rng.below(2) });
    let (layout, other) = (rng.between(1, 7), rng.between(1, 7));
    let function = rng.below(FUNCTIONS.len());
    let (name, call) = FUNCTIONS[function];
    let code = format!(
        "{name} in layout {layout}: let a = array!{:?}; let x = array!{:?}; let z = array!{z:?}; let y = array!{y:?};",
        rows(&a),
        rows(&x)
    );
    let plain = Given {
        a: a.clone(),
        x: x.clone(),
        z: z.clone(),
        y: y.clone(),
    };
    let moved = Given {
        a: laid(&a, layout),
        x: laid(&x, other),
        z: strided(&z, rng.between(0, 2)),
        y: strided(&y, rng.between(0, 2)),
    };
    let first = run.plain(name, || call(&plain));
    let second = run.plain(&format!("layouts: {name}"), || call(&moved));
    if let (Some(first), Some(second)) = (first, second) {
        match (&first, &second) {
            (Ok(_), _) => run.answered += 1,
            (Err(error), _) => *run.refused.entry(crate::run::variant(error)).or_default() += 1,
        }
        // NaN in an error is equal to itself in words alone.
        run.must(
            format!("{first:?}") == format!("{second:?}"),
            &format!("layouts: {name}: another answer"),
            || format!("{first:?} {second:?}, strides {:?}", moved.a.strides()),
        );
    }
    (run, code)
}

fn rows(a: &Array2<f64>) -> Vec<Vec<f64>> {
    a.rows().into_iter().map(|row| row.to_vec()).collect()
}

fn matrix(rng: &mut Random, n: usize) -> Array2<f64> {
    let density = rng.real(0.3, 1.0);
    let mut a = Array2::zeros((n, n));
    for i in 0..n {
        for j in 0..i {
            if rng.chance(density) {
                let weight = rng.magnitude(-2.0, 1.0);
                a[[i, j]] = weight;
                a[[j, i]] = weight;
            }
        }
    }
    a
}

/// The same matrix with other strides.
fn laid(a: &Array2<f64>, layout: usize) -> Array2<f64> {
    let (m, n) = a.dim();
    let mut laid = match layout {
        1 => Array2::zeros((m, n).f()),
        2 => Array2::zeros((2 * m, 3 * n)).slice_move(s![..;2, ..;3]),
        3 => Array2::zeros((m, n)).slice_move(s![..;-1, ..]),
        4 => Array2::zeros((m, n)).slice_move(s![.., ..;-1]),
        5 => Array2::zeros((m, n).f()).slice_move(s![..;-1, ..;-1]),
        6 => Array2::zeros((n, m)).reversed_axes(),
        _ => {
            let mut b = Array2::zeros((m + 2, n + 1).f()).slice_move(s![1..=m, 1..]);
            b.invert_axis(Axis(1));
            b
        }
    };
    laid.assign(a);
    laid
}

fn strided<T: Copy + Default>(z: &Array1<T>, layout: usize) -> Array1<T> {
    let n = z.len();
    let mut laid = match layout {
        0 => return z.clone(),
        1 => Array1::from_elem(3 * n, T::default()).slice_move(s![..;3]),
        _ => Array1::from_elem(n, T::default()).slice_move(s![..;-1]),
    };
    laid.assign(z);
    laid
}

struct Given {
    a: Array2<f64>,
    x: Array2<f64>,
    z: Array1<f64>,
    y: Array1<usize>,
}

/// The bits of an answer.
type Bits = Vec<u64>;

fn numbers<'a>(of: impl IntoIterator<Item = &'a f64>) -> Bits {
    of.into_iter().map(|entry| entry.to_bits()).collect()
}

fn whole<'a>(of: impl IntoIterator<Item = &'a usize>) -> Bits {
    of.into_iter().map(|entry| *entry as u64).collect()
}

fn pairs(of: &Eigenpairs) -> Bits {
    numbers(of.values.iter().chain(of.vectors.iter()))
}

fn edges(of: &Graph) -> Bits {
    let edges = of.weighted_edges();
    edges
        .flat_map(|(i, j, w)| [i as u64, j as u64, w.to_bits()])
        .collect()
}

type Function = fn(&Given) -> Result<Bits>;

/// The functions that take a matrix or a vector.
const FUNCTIONS: [(&str, Function); 48] = [
    ("degrees", |g| Ok(numbers(&fiedler::degrees(&g.a)?))),
    ("cut", |g| Ok(numbers(&[fiedler::cut(&g.a, &g.y)?]))),
    ("vols", |g| {
        fiedler::vols(&g.a, &g.y).map(|(a, b)| numbers(&[a, b]))
    }),
    ("normcut", |g| Ok(numbers(&[fiedler::normcut(&g.a, &g.y)?]))),
    ("transform", |g| {
        Ok(numbers(&fiedler::transform(&g.a, &g.y)?))
    }),
    ("rayleigh_quotient", |g| {
        Ok(numbers(&[fiedler::rayleigh_quotient(&g.a, &g.z)?]))
    }),
    ("orth", |g| {
        Ok(numbers(&fiedler::orth(&g.z, &g.x.column(0).to_owned())?))
    }),
    ("project", |g| Ok(numbers(&fiedler::project(&g.a, &g.z)?))),
    ("orth_obj", |g| {
        Ok(numbers(&[fiedler::orth_obj(&g.a, &g.z)?]))
    }),
    ("orth_obj_gradient", |g| {
        Ok(numbers(&fiedler::orth_obj_gradient(&g.a, &g.z)?))
    }),
    ("laplacian", |g| Ok(numbers(&fiedler::laplacian(&g.a)?))),
    ("random_walk_laplacian", |g| {
        Ok(numbers(&fiedler::random_walk_laplacian(&g.a)?))
    }),
    ("symmetric_laplacian", |g| {
        Ok(numbers(&fiedler::symmetric_laplacian(&g.a)?))
    }),
    ("eig_random_walk", |g| {
        Ok(pairs(&fiedler::eig_random_walk(&g.a)?))
    }),
    ("eigh_symmetric", |g| {
        Ok(pairs(&fiedler::eigh_symmetric(&g.a)?))
    }),
    ("eigh_generalized", |g| {
        Ok(pairs(&fiedler::eigh_generalized(&g.a)?))
    }),
    ("fiedler_vector", |g| {
        Ok(numbers(&fiedler::fiedler_vector(&g.a)?.vector))
    }),
    ("components", |g| Ok(whole(&fiedler::components(&g.a)?))),
    ("labels_by_sign", |g| {
        Ok(whole(&fiedler::labels_by_sign(&g.z)?))
    }),
    ("agreement", |g| {
        Ok(numbers(&[fiedler::agreement(&g.y, &g.y)?]))
    }),
    ("adjusted_rand_index", |g| {
        Ok(numbers(&[fiedler::adjusted_rand_index(&g.y, &g.y)?]))
    }),
    ("similarity_matrix", |g| {
        Ok(numbers(&fiedler::similarity_matrix(&g.x, 1.0)?))
    }),
    ("kmeans", |g| {
        Ok(whole(&fiedler::kmeans(&g.x, 2, 0)?.labels))
    }),
    ("from_matrix", |g| {
        Ok(edges(&Graph::from_matrix(g.a.clone())?))
    }),
    ("smallest_eigenpairs", |g| {
        Ok(pairs(
            &Graph::from_matrix(g.a.clone())?.smallest_eigenpairs(2)?,
        ))
    }),
    ("multigrid", |g| {
        let graph = Graph::from_matrix(g.a.clone())?;
        Ok(pairs(
            &graph.smallest_eigenpairs_by(Solver::Multigrid, 2)?.0,
        ))
    }),
    ("elimination", |g| {
        let graph = Graph::from_matrix(g.a.clone())?;
        Ok(pairs(
            &graph.smallest_eigenpairs_by(Solver::Elimination, 2)?.0,
        ))
    }),
    ("smallest_eigenpairs_with", |g| {
        let masses = g.z.mapv(|z| z.abs() + 0.1);
        let mut strided = g.z.clone();
        strided.assign(&masses);
        let graph = Graph::from_matrix(g.a.clone())?;
        Ok(pairs(&graph.smallest_eigenpairs_with(&strided, 2)?))
    }),
    ("sweep", |g| {
        Ok(numbers(
            &fiedler::labelling::sweep(&Graph::from_matrix(g.a.clone())?, &g.z)?.normcuts,
        ))
    }),
    ("graph cut", |g| {
        Ok(numbers(&Graph::from_matrix(g.a.clone())?.cuts(&g.y)?))
    }),
    ("conductance", |g| {
        Ok(numbers(&fiedler::certificate::conductance(
            &Graph::from_matrix(g.a.clone())?,
            &g.y,
        )?))
    }),
    ("exact_normcut", |g| {
        Ok(whole(
            &fiedler::exact::exact_normcut(&Graph::from_matrix(g.a.clone())?)?.labels,
        ))
    }),
    ("fit_graph", |g| {
        let graph = Graph::from_matrix(g.a.clone())?;
        Ok(whole(&SpectralClustering::new().fit_graph(&graph)?.labels))
    }),
    ("fit", |g| {
        let rule = GraphRule::gaussian(1.0);
        let found = SpectralClustering::new().graph(rule).fit(&g.x)?;
        Ok([whole(&found.labels), whole(&found.predict(&g.x)?)].concat())
    }),
    ("fit by neighbours", |g| {
        let rule = GraphRule::nearest_neighbors(2);
        let found = SpectralClustering::new().graph(rule).fit(&g.x)?;
        Ok([whole(&found.labels), numbers(&found.embed(&g.x)?)].concat())
    }),
    ("epsilon", |g| Ok(edges(&Graph::epsilon(&g.x, 1.0)?))),
    ("gaussian", |g| Ok(edges(&Graph::gaussian(&g.x, 1.0)?))),
    ("nearest_neighbors", |g| {
        Ok(edges(&Graph::nearest_neighbors(
            &g.x,
            fiedler::graph::Symmetry::Average,
            1,
        )?))
    }),
    ("local_scaling", |g| {
        Ok(edges(&Graph::local_scaling(&g.x, 1)?))
    }),
    ("max_min_distance", |g| {
        Ok(numbers(&[parameters::max_min_distance(&g.x)?]))
    }),
    ("median_distance", |g| {
        Ok(numbers(&[parameters::median_distance(&g.x)?]))
    }),
    ("pivoted_qr", |g| {
        Ok(whole(&fiedler::labelling::pivoted_qr(&g.x)?.labels))
    }),
    ("discretize", |g| {
        Ok(whole(&fiedler::labelling::discretize(&g.x, 0)?.labels))
    }),
    ("embed", |g| {
        let given = Eigenpairs {
            values: Array1::zeros(g.x.ncols()),
            vectors: g.x.clone(),
            residuals: Array1::zeros(g.x.ncols()),
        };
        Ok(numbers(&fiedler::embedding::embed(
            &given,
            Embedding::UnitRows,
            1,
        )?))
    }),
    ("spectral_embedding", |g| {
        let graph = Graph::from_matrix(g.a.clone())?;
        Ok(numbers(&fiedler::embedding::spectral_embedding(
            &graph,
            Laplacian::Symmetric,
            Embedding::UnitRows,
            2,
        )?))
    }),
    ("subspace_angle", |g| {
        Ok(numbers(&[perturbation::subspace_angle(&g.x, &g.x)?]))
    }),
    ("characteristics", |g| {
        let graph = Graph::from_matrix(g.a.clone())?;
        Ok(numbers(
            &fiedler::characteristics::characteristics(&g.x, &graph, &g.y)?.centers,
        ))
    }),
    ("commute_distances", |g| {
        Ok(numbers(&fiedler::walk::commute_distances(
            &Graph::from_matrix(g.a.clone())?,
        )?))
    }),
];
