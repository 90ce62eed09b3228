//! The appendix on linear algebra.

use crate::ON_PAPER;
use crate::numbers::Printed;
use crate::support::{all_near, cases, graph, graphs, near, norm, ok, path, the_posts_graph};
use fiedler::data::RandomState;
use fiedler::ndarray::{Array1, Array2, Axis, array};
use fiedler::{
    Graph, Result, degrees, eigh_generalized, eigh_symmetric,
    embedding::{Laplacian, eigenpairs},
    laplacian, orth, symmetric_laplacian,
};
use proptest::prelude::*;

/// The denominator of the example on paper.
pub const CHOSEN: &[&str] = &["25"];

/// The numbers that the chapter prints.
pub fn printed() -> Result<Printed> {
    let (first, second) = (array![3.0, 4.0], array![1.0, 0.0]);
    let rest = &second - &orth(&second, &first)?;
    Ok(vec![
        ("16", 25.0 * rest[0]),
        ("12", 25.0 * rest[1]),
        ("20", 25.0 * norm(&rest)),
    ])
}

/// 200 columns of length 1, each orthogonal to the others but for a few roundings.
const TWO_HUNDRED_COLUMNS: f64 = 1e-11;

/// The columns made orthonormal for the masses d, as (2) says.
fn gram_schmidt(columns: &Array2<f64>, d: &Array1<f64>) -> Array2<f64> {
    let mut found: Vec<Array1<f64>> = Vec::new();
    for column in columns.columns() {
        let mut rest = column.to_owned();
        // Twice, for what rounding leaves the first time.
        for q in found.iter().chain(&found.clone()) {
            let share = q.dot(&(d * &rest));
            rest = rest - q * share;
        }
        let length = rest.dot(&(d * &rest)).sqrt();
        found.push(rest / length);
    }
    let views: Vec<_> = found.iter().map(Array1::view).collect();
    fiedler::ndarray::stack(Axis(1), &views).expect("columns of one length")
}

#[test]
fn gram_schmidt_on_two_vectors_gives_the_numbers_of_the_book() {
    let found = gram_schmidt(&array![[3.0, 1.0], [4.0, 0.0]], &array![1.0, 1.0]);
    all_near(&found, &array![[0.6, 0.8], [0.8, -0.6]], ON_PAPER);
}

#[test]
fn the_symmetric_laplacian_of_the_moons_is_put_together_again_from_its_eigenpairs() -> Result<()> {
    let (a, _) = the_posts_graph();
    let pairs = eigh_symmetric(&a)?;
    let root = degrees(&a)?.mapv(f64::sqrt);
    let q = &pairs.vectors * &root.insert_axis(Axis(1)); // it returns z; w = D^½ z
    let together = (&q * &pairs.values).dot(&q.t());
    all_near(&together, &symmetric_laplacian(&a)?, TWO_HUNDRED_COLUMNS);
    Ok(())
}

#[test]
fn an_edge_more_lowers_no_eigenvalue_of_the_laplacian_and_may_lower_one_with_degrees() -> Result<()>
{
    let before = path(4);
    let mut lowered = false;
    for (i, j) in [(0, 2), (0, 3), (1, 3), (0, 1), (1, 2)] {
        let after = &before + &graph(4, [(i, j, 1.0)]);
        let values = |a: &Array2<f64>, kind| -> Result<Array1<f64>> {
            Ok(eigenpairs(&Graph::from_matrix(a.clone())?, kind, 4)?.values)
        };
        let (plain, more) = (
            values(&before, Laplacian::Unnormalized)?,
            values(&after, Laplacian::Unnormalized)?,
        );
        assert!(
            plain
                .iter()
                .zip(&more)
                .all(|(one, other)| *other >= one - ON_PAPER)
        );
        let (plain, more) = (eigh_generalized(&before)?, eigh_generalized(&after)?);
        lowered |= more.values[1] < plain.values[1] - 0.01;
    }
    assert!(lowered);
    Ok(())
}

proptest! {
    #![proptest_config(cases(64))]

    #[test]
    fn no_d_orthonormal_columns_have_a_smaller_trace_than_the_first_eigenvalues(a in graphs(), seed in 0_u64..1000) {
        let (n, k) = (a.nrows(), 2);
        let d = ok(degrees(&a));
        let mut rng = RandomState::new(seed);
        let columns = Array2::from_shape_simple_fn((n, k), || rng.normal(0.0, 1.0));
        let y = gram_schmidt(&columns, &d);
        let l = ok(laplacian(&a));
        let trace: f64 = y.columns().into_iter().map(|column| column.dot(&l.dot(&column))).sum();
        let pairs = ok(eigh_generalized(&a));
        let least: f64 = pairs.values.iter().take(k).sum();
        prop_assert!(trace >= least - 1e-12);
        let attained: f64 = (0..k).map(|i| {
            let z = pairs.vectors.column(i).to_owned();
            z.dot(&l.dot(&z))
        }).sum();
        near(attained, least, 1e-11 * (1.0 + norm(&d)));
    }
}
