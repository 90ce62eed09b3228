//! Step 10, the embedding: whose eigenvectors, in which normal form, and when they are the only ones.

mod support;

use fiedler::ndarray::{Array1, Array2, Axis, array, s};
use fiedler::{
    Eigenpairs, Error, Graph,
    embedding::{
        Embedding, Laplacian, eigenpairs, embed, ng_jordan_weiss, non_trivial, shi_malik,
        spectral_embedding,
    },
    laplacian, random_walk_laplacian, symmetric_laplacian,
};
use proptest::prelude::*;
use support::{
    EPS, FEW_ROUNDINGS, all_near, cases, complete, cycle, graphs, largest, matrix, near, norm,
    number, ok, path, reference, refused, two_cliques, vector,
};

const LAPLACIANS: [Laplacian; 3] = [
    Laplacian::Unnormalized,
    Laplacian::Symmetric,
    Laplacian::RandomWalk,
];

/// As in the proofs of the eigenvectors: ten roundings per row, on a matrix of norm 2 at most.
fn rounding(n: usize) -> f64 {
    10.0 * n as f64 * EPS
}

fn graph_of(a: &Array2<f64>) -> Graph {
    ok(Graph::from_matrix(a.clone()))
}

/// Columns that are equal up to the sign of each.
fn same_columns(found: &Array2<f64>, wanted: &Array2<f64>, tolerance: &[f64]) {
    assert_eq!(found.dim(), wanted.dim());
    for (j, (found, wanted)) in found
        .columns()
        .into_iter()
        .zip(wanted.columns())
        .enumerate()
    {
        let sign = found.dot(&wanted).signum();
        let found = &found * sign;
        all_near(&found, &wanted.to_owned(), tolerance[j]);
    }
}

proptest! {
    #![proptest_config(cases(64))]

    #[test]
    fn each_laplacian_has_its_equation_and_its_normal_form(a in graphs(), k in any::<prop::sample::Index>()) {
        let (n, graph) = (a.nrows(), graph_of(&a));
        let k = 1 + k.index(n);
        let d = graph.degrees();
        let most = d.fold(0.0, |a: f64, &b| a.max(b));
        let ones = Array1::ones(n);
        for which in LAPLACIANS {
            // The equation is looked at where its matrix is symmetric, scaled to norm 2 at most.
            let (matrix, metric, unit) = match which {
                Laplacian::Unnormalized => (ok(laplacian(&a)), &ones, most),
                Laplacian::Symmetric => (ok(symmetric_laplacian(&a)), &ones, 1.0),
                Laplacian::RandomWalk => (ok(random_walk_laplacian(&a)), d, 1.0),
            };
            let pairs = ok(eigenpairs(&graph, which, k));
            prop_assert_eq!(pairs.vectors.dim(), (n, k));
            let root = metric.mapv(f64::sqrt);
            for (&value, v) in pairs.values.iter().zip(pairs.vectors.columns()) {
                let rest = (matrix.dot(&v) - &v * value) * &root;
                prop_assert!(norm(&rest) <= 2.0 * rounding(n) * unit, "{which:?}: {:e}", norm(&rest));
            }
            let products = pairs.vectors.t().dot(&(&pairs.vectors * &metric.view().insert_axis(Axis(1))));
            prop_assert!(largest(products - Array2::<f64>::eye(k)) <= 2.0 * rounding(n), "{which:?}");
        }
    }

    #[test]
    fn unit_rows_of_z_and_of_w_are_the_same(a in graphs(), k in any::<prop::sample::Index>()) {
        let graph = graph_of(&a);
        let k = 1 + k.index(a.nrows());
        let rows = |which| ok(embed(&ok(eigenpairs(&graph, which, k)), Embedding::UnitRows, k));
        let (of_z, of_w) = (rows(Laplacian::RandomWalk), rows(Laplacian::Symmetric));
        all_near(&of_z, &of_w, FEW_ROUNDINGS); // wᵢ = √dᵢ zᵢ: a factor that the length takes out
        for row in of_w.rows() {
            near(row.dot(&row), 1.0, FEW_ROUNDINGS);
        }
    }

    #[test]
    fn pieces_stand_at_right_angles(
        sizes in prop::collection::vec(2_usize..7, 1..5), weight in 0.1..10.0_f64,
    ) {
        let (graph, components) = cliques(&sizes, weight);
        let k = sizes.len();
        for rows in [ok(ng_jordan_weiss(&graph, k)), ok(shi_malik(&graph, k))] {
            for (i, row) in rows.rows().into_iter().enumerate() {
                for (j, other) in rows.rows().into_iter().enumerate() {
                    let cosine = row.dot(&other) / norm(&row.to_owned()) / norm(&other.to_owned());
                    let wanted = f64::from(u8::from(components[i] == components[j]));
                    near(cosine, wanted, rounding(components.len()));
                }
            }
        }
    }
}

/// Complete graphs side by side, and which vertex is in which.
fn cliques(sizes: &[usize], weight: f64) -> (Graph, Vec<usize>) {
    let piece = |(label, &size): (usize, &usize)| vec![label; size];
    let of: Vec<usize> = sizes.iter().enumerate().flat_map(piece).collect();
    let n = of.len();
    let a = Array2::from_shape_fn((n, n), |(i, j)| {
        if i != j && of[i] == of[j] {
            weight
        } else {
            0.0
        }
    });
    (graph_of(&a), of)
}

#[test]
fn scipy_and_scikit_learn_have_the_same_vectors() {
    let wanted = reference("embedding");
    let graph = ok(Graph::gaussian(
        &matrix(&wanted["x"]),
        number(&wanted["sigma"]),
    ));
    let n = graph.vertex_count();
    let d = graph.degrees();
    let (least, most) = (
        d.fold(f64::INFINITY, |a: f64, &b| a.min(b)),
        d.fold(0.0, |a: f64, &b| a.max(b)),
    );
    let values = vector(&wanted["values"]);
    // First-order perturbation: rounding over the distance to the nearest other value, z = w/√d.
    let tolerances = |values: &Array1<f64>, unit: f64| -> Vec<f64> {
        let gap = |j: usize| {
            (values[j + 1] - values[j]).min(if j == 0 {
                f64::INFINITY
            } else {
                values[j] - values[j - 1]
            })
        };
        (0..3).map(|j| 4.0 * rounding(n) * unit / gap(j)).collect()
    };
    let of_w = tolerances(&values, 1.0);
    let of_z: Vec<f64> = of_w.iter().map(|t| t / least.sqrt()).collect();
    let three = |name: &str| matrix(&wanted[name]).slice(s![.., ..3]).to_owned();
    let z = ok(eigenpairs(&graph, Laplacian::RandomWalk, 4));
    all_near(&z.values, &values, 2.0 * rounding(n));
    same_columns(&ok(embed(&z, Embedding::Leading, 3)), &three("z"), &of_z);
    same_columns(&ok(shi_malik(&graph, 3)), &three("scikit_learn"), &of_z);
    let w = ok(eigenpairs(&graph, Laplacian::Symmetric, 3));
    same_columns(&w.vectors, &three("w"), &of_w);
    let f = ok(eigenpairs(&graph, Laplacian::Unnormalized, 4));
    let values = vector(&wanted["unnormalized_values"]);
    all_near(&f.values, &values, 2.0 * rounding(n) * most);
    same_columns(
        &f.vectors.slice(s![.., ..3]).to_owned(),
        &three("f"),
        &tolerances(&values, most),
    );
    let shifted = three("f").slice(s![.., 1..]).to_owned();
    same_columns(
        &ok(non_trivial(&graph, 2)),
        &shifted,
        &tolerances(&values, most)[1..],
    );
}

#[test]
fn the_three_ways_pick_these_columns() {
    let pairs = Eigenpairs {
        values: array![0.0, 1.0, 2.0],
        vectors: array![
            [3.0, 4.0, 5.0],
            [0.0, 0.0, 6.0],
            [1e300, 0.0, -7.0],
            [0.0, -1e-300, 8.0]
        ],
        residuals: Array1::zeros(3),
    };
    assert_eq!(
        ok(embed(&pairs, Embedding::Leading, 2)),
        pairs.vectors.slice(s![.., ..2])
    );
    assert_eq!(
        ok(embed(&pairs, Embedding::NonTrivial, 2)),
        pairs.vectors.slice(s![.., 1..])
    );
    // A row of zeros stays; no square overflows or vanishes.
    let unit = array![[0.6, 0.8], [0.0, 0.0], [1.0, 0.0], [0.0, -1.0]];
    all_near(
        &ok(embed(&pairs, Embedding::UnitRows, 2)),
        &unit,
        FEW_ROUNDINGS,
    );
    assert_eq!(
        (Embedding::default(), Laplacian::default()),
        (Embedding::Leading, Laplacian::RandomWalk)
    );
}

#[test]
fn one_column_is_constant_and_all_columns_span_the_space() {
    for a in [path(4), complete(4), cycle(5), two_cliques(3, 0.1)] {
        let (n, graph) = (a.nrows(), graph_of(&a));
        let one = ok(shi_malik(&graph, 1));
        all_near(
            &one,
            &Array2::from_elem((n, 1), 1.0 / graph.volume().sqrt()),
            rounding(n),
        );
        all_near(
            &ok(ng_jordan_weiss(&graph, 1)),
            &Array2::ones((n, 1)),
            rounding(n),
        );
        let w = ok(ng_jordan_weiss(&graph, n));
        assert!(largest(w.dot(&w.t()) - Array2::<f64>::eye(n)) <= 2.0 * rounding(n));
        assert_eq!(ok(shi_malik(&graph, n)).dim(), (n, n));
        assert_eq!(ok(non_trivial(&graph, n - 1)).dim(), (n, n - 1));
    }
}

#[test]
fn the_scale_of_the_weights_scales_z_and_leaves_unit_rows_and_f() {
    let graph = |scale: f64| graph_of(&(two_cliques(4, 0.2) * scale));
    for scale in [1e-70, 1e70] {
        let tolerance = 10.0 * rounding(8); // the gaps of this graph are above 0.1
        all_near(
            &(ok(shi_malik(&graph(scale), 2)) * scale.sqrt()),
            &ok(shi_malik(&graph(1.0), 2)),
            tolerance,
        );
        all_near(
            &ok(ng_jordan_weiss(&graph(scale), 2)),
            &ok(ng_jordan_weiss(&graph(1.0), 2)),
            tolerance,
        );
        all_near(
            &ok(non_trivial(&graph(scale), 1)),
            &ok(non_trivial(&graph(1.0), 1)),
            tolerance,
        );
    }
    let beyond = two_cliques(4, 0.2) * 1e76;
    assert!(matches!(
        refused(Graph::from_matrix(beyond)),
        Error::Scale { .. }
    ));
}

#[test]
fn permuting_the_vertices_permutes_the_rows() {
    let a = two_cliques(4, 0.2);
    let order = [5, 2, 7, 0, 3, 6, 1, 4];
    let permuted = Array2::from_shape_fn((8, 8), |(i, j)| a[[order[i], order[j]]]);
    for way in [shi_malik, ng_jordan_weiss, non_trivial] {
        // Of two columns the first of the non-trivial ones is single; λ₃ … are repeated, so k = 2 and k = 1.
        let k = if way(&graph_of(&a), 2).is_ok() { 2 } else { 1 };
        let rows = ok(way(&graph_of(&a), k)).select(Axis(0), &order);
        same_columns(
            &ok(way(&graph_of(&permuted), k)),
            &rows,
            &[10.0 * rounding(8); 2],
        );
    }
}

#[test]
fn what_is_not_unique_is_refused_by_name() {
    // λ₂ = λ₃ < λ₄ = λ₅ on a cycle of five.
    let ring = graph_of(&cycle(5));
    for (k, is_unique) in [(1, true), (2, false), (3, true), (4, false), (5, true)] {
        for way in [shi_malik, ng_jordan_weiss] {
            match way(&ring, k) {
                Ok(_) => assert!(is_unique, "{k}"),
                Err(Error::RepeatedEigenvalue { index, .. }) => {
                    assert!(!is_unique && index == k, "{k}");
                }
                Err(other) => panic!("{other}"),
            }
        }
    }
    assert!(matches!(
        refused(non_trivial(&ring, 1)),
        Error::RepeatedEigenvalue { index: 2, .. }
    ));
    assert_eq!(ok(non_trivial(&ring, 2)).dim(), (5, 2));
    for k in 2..5 {
        assert_eq!(
            refused(shi_malik(&graph_of(&complete(5)), k)),
            Error::NoStructure {
                n: 5,
                advice: fiedler::error::Advice::default()
            }
        );
        assert_eq!(
            refused(ng_jordan_weiss(&graph_of(&complete(5)), k)),
            Error::NoStructure {
                n: 5,
                advice: fiedler::error::Advice::default()
            }
        );
    }
    let (pieces, _) = cliques(&[3, 2, 2], 1.0);
    for way in [shi_malik, ng_jordan_weiss, non_trivial] {
        assert_eq!(
            refused(way(&pieces, 2)),
            Error::TooManyComponents {
                sizes: vec![3, 2, 2],
                advice: fiedler::error::Advice::default()
            }
        );
    }
    assert_eq!(ok(shi_malik(&pieces, 3)).dim(), (7, 3));
}

#[test]
fn a_number_of_columns_that_cannot_be_is_refused_before_any_work() {
    // A graph too large for any dense matrix: only a check at the door answers at once.
    let edges: Vec<(usize, usize, f64)> = (1..200_000).map(|i| (i - 1, i, 1.0)).collect();
    let large = ok(Graph::from_edges(200_000, &edges));
    for k in [0, 200_001] {
        let error = Error::ClusterCount { k, n: 200_000 };
        for way in [shi_malik, ng_jordan_weiss, non_trivial] {
            assert_eq!(refused(way(&large, k)), error);
        }
        for which in LAPLACIANS {
            assert_eq!(refused(eigenpairs(&large, which, k)), error);
        }
    }
    let error = refused(non_trivial(&large, 200_000));
    assert!(matches!(error, Error::Count { name: "k", .. }), "{error}");
}

#[test]
fn eigenpairs_that_do_not_fit_are_refused_by_name() {
    let pairs = Eigenpairs {
        values: array![0.0, 1.0],
        vectors: array![[1.0, 1.0], [1.0, 0.0], [1.0, -1.0]],
        residuals: Array1::zeros(2),
    };
    let few = |way, k| refused(embed(&pairs, way, k));
    assert!(matches!(
        few(Embedding::Leading, 3),
        Error::Count {
            name: "the number of eigenpairs",
            ..
        }
    ));
    assert!(matches!(
        few(Embedding::NonTrivial, 2),
        Error::Count {
            name: "the number of eigenpairs",
            ..
        }
    ));
    assert!(matches!(
        few(Embedding::NonTrivial, 3),
        Error::Count { name: "k", .. }
    ));
    assert_eq!(
        few(Embedding::UnitRows, 0),
        Error::ClusterCount { k: 0, n: 3 }
    );
    let short = Eigenpairs {
        values: array![0.0],
        ..pairs.clone()
    };
    assert!(matches!(
        refused(embed(&short, Embedding::Leading, 1)),
        Error::Length { .. }
    ));
    let mut broken = pairs;
    broken.vectors[[1, 1]] = f64::NAN;
    assert!(matches!(
        refused(embed(&broken, Embedding::Leading, 1)),
        Error::NotFinite {
            row: 1,
            column: 1,
            ..
        }
    ));
}

#[test]
fn an_isolated_vertex_is_a_component_of_the_unnormalised_laplacian_only() {
    let graph = ok(Graph::from_edges(4, &[(0, 1, 1.0), (1, 3, 2.0)]));
    let isolated = Error::IsolatedPoints {
        points: vec![2],
        advice: fiedler::error::Advice::default(),
    };
    assert_eq!(refused(shi_malik(&graph, 2)), isolated);
    assert_eq!(refused(ng_jordan_weiss(&graph, 2)), isolated);
    let rows = ok(spectral_embedding(
        &graph,
        Laplacian::Unnormalized,
        Embedding::Leading,
        2,
    ));
    for i in [1, 3] {
        all_near(rows.row(0), rows.row(i), rounding(4));
    }
    assert!((rows[[2, 1]] - rows[[0, 1]]).abs() > 0.5);
}
