//! The appendix for readers who come from Python: each line's number is the one that Python prints.

use crate::ON_PAPER;
use crate::numbers::Printed;
use crate::support::{near, relatively_near, the_posts_graph};
use fiedler::data::{self, RandomState, blog_arbitrary_labels, blog_moons};
use fiedler::ndarray::{Array1, Array2, Axis, array};
use fiedler::solvers::{lanczos, multigrid};
use fiedler::{
    Gradient, Graph, GraphRule, Result, SpectralClustering, agreement,
    clustering::labels_above,
    cut::{cut, cut_ordered_pairs, normcut_ordered_pairs},
    degrees, eig_random_walk, eigh_generalized,
    embedding::{Embedding, Laplacian, spectral_embedding},
    kmeans, labels_by_sign, laplacian, minimize_orth_obj, orth_obj, project, rayleigh_quotient,
    similarity_matrix, spectral_clustering, transform, vols,
};

/// The number of points; SciPy's minimum and the post's labels of it, which `tests/reference/relaxation.json` holds.
pub const CHOSEN: &[&str] = &["200", "0.005386460582", "0.96"];

/// The numbers that the appendix prints.
pub fn printed() -> Result<Printed> {
    let (found, best) = (the_calls_on_the_graph()?, the_calls_of_the_optimiser()?);
    Ok(vec![
        ("4516", found.ones),
        ("26", found.cut),
        ("13", cut(&found.a, &found.y)?),
        ("2299", found.volumes.0),
        ("2217", found.volumes.1),
        ("0.02303682466323045", found.normcut),
        ("0.01151841233161", rayleigh_quotient(&found.a, &best.z)?),
        (
            "2184",
            cut_ordered_pairs(&found.a, &blog_arbitrary_labels())?,
        ),
        ("0.00043497", best.z.fold(0.0, |most: f64, &z| most.max(z))),
        (
            "0.00045106",
            best.z.fold(0.0, |least: f64, &z| least.min(z)),
        ),
        ("0.005384412046", best.value),
    ])
}

/// What the calls give.
struct Found {
    a: Array2<f64>,
    y: Array1<usize>,
    ones: f64,
    cut: f64,
    volumes: (f64, f64),
    normcut: f64,
}

fn the_calls_on_the_graph() -> Result<Found> {
    // ANCHOR: graph
    let data::Data { x, y } = blog_moons();
    let a = similarity_matrix(&x, 0.4)?;
    let cut = cut_ordered_pairs(&a, &y)?;
    let volumes = vols(&a, &y)?;
    let normcut = normcut_ordered_pairs(&a, &y)?;
    // ANCHOR_END: graph
    let ones = a.sum();
    Ok(Found {
        a,
        y,
        ones,
        cut,
        volumes,
        normcut,
    })
}

#[test]
fn points_graph_and_cut_have_the_posts_numbers() -> Result<()> {
    let found = the_calls_on_the_graph()?;
    near(found.ones, 4516.0, ON_PAPER);
    near(found.cut, 26.0, ON_PAPER);
    assert_eq!(found.volumes, (2299.0, 2217.0));
    relatively_near(found.normcut, 0.023_036_824_663_230_45, 1e-15);
    let arbitrary = blog_arbitrary_labels();
    near(cut_ordered_pairs(&found.a, &arbitrary)?, 2184.0, ON_PAPER);
    Ok(())
}

/// z of the labels, what the optimiser makes of it, and the labels by sign.
struct Best {
    z: Array1<f64>,
    value: f64,
    found: Array1<f64>,
    labels: Array1<usize>,
}

fn the_calls_of_the_optimiser() -> Result<Best> {
    let (a, y) = the_posts_graph();
    // ANCHOR: optimiser
    let z = transform(&a, &y)?;
    let found = minimize_orth_obj(&a, &z, Gradient::Exact)?;
    let labels = labels_by_sign(&project(&a, &found.z)?)?;
    // ANCHOR_END: optimiser
    let (value, found) = (found.value, found.z);
    Ok(Best {
        z,
        value,
        found,
        labels,
    })
}

#[test]
fn transform_and_the_optimiser_have_the_posts_numbers() -> Result<()> {
    let (a, y) = the_posts_graph();
    let best = the_calls_of_the_optimiser()?;
    let two_r = 2.0 * rayleigh_quotient(&a, &best.z)?;
    relatively_near(two_r, normcut_ordered_pairs(&a, &y)?, 1e-13);
    relatively_near(best.value, 0.005_384_412_046_144_8, 1e-10);
    relatively_near(orth_obj(&a, &best.found)?, best.value, 1e-10);
    near(agreement(&best.labels, &y)?, 0.995, ON_PAPER);
    Ok(())
}

#[test]
fn three_calls_for_the_eigenvector_have_the_posts_numbers() -> Result<()> {
    let (a, y) = the_posts_graph();
    let by_eig = eig_random_walk(&a)?; // np.linalg.eig(np.linalg.inv(D) @ (D - A)), sorted
    let by_eigh = eigh_generalized(&a)?; // scipy.linalg.eigh(D - A, D)
    for pairs in [by_eig, by_eigh] {
        relatively_near(pairs.values[1], 0.005_384_412_05, 1e-8);
        relatively_near(pairs.values[2], 0.032_009_185_7, 1e-8);
        let z = pairs.vectors.column(1).to_owned();
        near(agreement(&labels_by_sign(&z)?, &y)?, 0.995, ON_PAPER);
    }
    Ok(())
}

#[test]
fn scikit_learns_classes_have_their_lines_too() -> Result<()> {
    let moons = blog_moons();
    let by_means = kmeans(&moons.x, 2, 0)?; // KMeans(2, n_init=10).fit(X)
    near(agreement(&by_means.labels, &moons.y)?, 0.745, ON_PAPER);

    // SpectralClustering(3, affinity="nearest_neighbors", n_neighbors=10).fit(X)
    let iris = data::iris();
    let found = SpectralClustering::new()
        .clusters(3)
        .graph(GraphRule::nearest_neighbors(10))
        .fit(&iris.x)?;
    assert_eq!(found.labels.len(), 150);

    // spectral_embedding(W, n_components=2, drop_first=False), in another scale
    let graph = Graph::gaussian(&moons.x, 0.3)?;
    let rows = spectral_embedding(&graph, Laplacian::RandomWalk, Embedding::Leading, 2)?;
    assert_eq!(rows.dim(), (200, 2));
    Ok(())
}

#[test]
fn ndarray_says_the_few_things_that_the_post_says_in_numpy() -> Result<()> {
    let a = array![[0.0, 1.0], [1.0, 0.0]];
    assert_eq!(a.sum_axis(Axis(0)), array![1.0, 1.0]); // A.sum(axis=0)
    assert_eq!(degrees(&a)?, array![1.0, 1.0]);
    assert_eq!(laplacian(&a)?, array![[1.0, -1.0], [-1.0, 1.0]]); // D - A
    assert_eq!(Array1::<f64>::ones(2), array![1.0, 1.0]); // np.ones(n)
    near(array![1.0, 2.0].dot(&array![3.0, 4.0]), 11.0, ON_PAPER); // u @ v
    assert_eq!(
        labels_above(&array![-0.002, -0.001], -0.0015)?,
        array![0, 1]
    ); // z > -0.0015
    Ok(())
}

#[test]
fn numpys_generator_is_the_crates_generator() -> Result<()> {
    let mut rng = RandomState::new(1234); // np.random.seed(1234)
    near(rng.normal(0.0, 1.0), 0.471_435_163_732_493_06, ON_PAPER); // np.random.normal()
    let x = data::circles(1000, 0.05, 0.4, 0)?; // make_circles(1000, noise=.05, factor=.4, random_state=0)
    near(
        agreement(&spectral_clustering(&x.x, 0.4)?, &x.y)?,
        1.0,
        ON_PAPER,
    );
    Ok(())
}

#[test]
fn searches_in_sparse_graphs_have_their_lines_too() -> Result<()> {
    let graph = Graph::epsilon(&data::blog_moons().x, 0.4)?;
    let value = graph.smallest_eigenpairs(2)?.values[1]; // eigsh(S, 2, sigma=-1e-5)
    near(value, 0.005_384_412_046_144_769, ON_PAPER);
    let coarse = multigrid(&graph, 2, 1e-8)?.finished()?; // lobpcg(S, X, M=…aspreconditioner(), largest=False)
    let kept = lanczos(&graph, 2, 1e-8, 199)?.finished()?; // eigsh(S, 2, which="SM")
    for found in [coarse, kept] {
        near(found.pairs.values[1], value, ON_PAPER);
    }
    Ok(())
}
