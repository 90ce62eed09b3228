//! The characteristics of clusters: NumPy's and scikit-learn's sums of squares, their identity, and far origins.

mod support;

use fiedler::data::iris;
use fiedler::graph::known::{complete, path};
use fiedler::ndarray::{Array1, Array2, array};
use fiedler::{
    Error, Graph,
    certificate::conductance,
    characteristics::{Characteristics, characteristics},
};
use proptest::collection::vec;
use proptest::prelude::*;
use support::{
    EPS, all_near, cases, exactly, labels, matrix, near, number, ok, reference, refused,
    relatively_near, vector,
};

/// Sums of up to 150 · 4 squares: one rounding each, relative to the sum.
const SUM: f64 = 600.0 * EPS;

/// Points, and labels of k ≥ 2 clusters that are all taken.
fn points_and_labels() -> impl Strategy<Value = (Array2<f64>, Array1<usize>)> {
    (4_usize..30, 1_usize..5)
        .prop_flat_map(|(n, p)| (Just(n), Just(p), 2..=n))
        .prop_flat_map(|(n, p, k)| {
            let labels =
                vec(0..k, n - k).prop_map(move |more| (0..k).chain(more).collect::<Vec<_>>());
            (vec(-1.0..1.0, n * p), labels.prop_shuffle(), Just((n, p)))
        })
        .prop_map(|(entries, labels, shape)| {
            let x = Array2::from_shape_vec(shape, entries).expect("n times p entries");
            (x, labels.into())
        })
}

fn describe(x: &Array2<f64>, labels: &Array1<usize>) -> Characteristics {
    ok(characteristics(x, &ok(complete(x.nrows())), labels))
}

proptest! {
    #![proptest_config(cases(128))]

    #[test]
    fn total_is_within_and_between((x, y) in points_and_labels()) {
        let found = describe(&x, &y);
        relatively_near(found.within.sum() + found.between, found.total, SUM);
        prop_assert!((0.0..=1.0).contains(&found.ratio));
        prop_assert_eq!(found.sizes.sum(), x.nrows());
    }

    #[test]
    fn a_far_origin_changes_no_sum_of_squares((x, y) in points_and_labels()) {
        let far = 1e8;
        let moved = describe(&(&x + far), &y);
        let found = describe(&x, &y);
        // Each entry is rounded by up to far · ε/2, and a sum of squares s changes by 2√s times the length of all
        // that; its square is far below. Within rounding, the same.
        let length = far * EPS * (x.len() as f64).sqrt();
        let change = 2.0 * found.total.sqrt() * length + length * length + SUM * found.total;
        near(moved.total, found.total, change);
        near(moved.between, found.between, change);
        all_near(&moved.within, &found.within, change);
        all_near(&moved.centers, &(&found.centers + far), 4.0 * far * EPS);
    }

    #[test]
    fn the_graphs_numbers_are_the_graphs_own((x, y) in points_and_labels()) {
        let graph = ok(path(x.nrows()));
        let found = ok(characteristics(&x, &graph, &y));
        prop_assert_eq!(&found.volumes, &ok(graph.vols(&y)));
        prop_assert_eq!(&found.cuts, &ok(graph.cuts(&y)));
        prop_assert_eq!(&found.conductances, &ok(conductance(&graph, &y)));
    }
}

#[test]
fn the_species_of_iris_have_the_sums_of_squares_of_numpy() {
    let wanted = reference("characteristics");
    let (x, y) = (matrix(&wanted["x"]), labels(&wanted["y"]));
    let found = describe(&x, &y);
    relatively_near(found.total, number(&wanted["total"]), SUM);
    relatively_near(found.between, number(&wanted["between"]), SUM);
    for (found, wanted) in found.within.iter().zip(&vector(&wanted["within"])) {
        relatively_near(*found, *wanted, SUM);
    }
    all_near(&found.centers, &matrix(&wanted["centers"]), SUM);
    assert_eq!(found.sizes, array![50, 50, 50]);
}

#[test]
fn the_within_sum_of_squares_is_scikit_learns_inertia() {
    let wanted = reference("characteristics");
    let found = describe(&matrix(&wanted["x"]), &labels(&wanted["kmeans_labels"]));
    relatively_near(found.within.sum(), number(&wanted["kmeans_inertia"]), SUM);
}

#[test]
fn the_known_value_is_printed_as_a_table() {
    let x = array![[0.], [1.], [5.], [6.]];
    let found = ok(characteristics(&x, &ok(path(4)), &array![0, 0, 1, 1]));
    let wanted = "\
cluster  size  within  volume  cut  conductance  centre 1
      0     2  0.5000       3    1       0.3333    0.5000
      1     2  0.5000       3    1       0.3333    5.5000
total sum of squares    26
within sum of squares   1
between sum of squares  25
between/total           0.9615";
    assert_eq!(found.to_string(), wanted);
}

#[test]
fn every_column_of_iris_has_its_centre_in_the_table() {
    let data = iris();
    let table = describe(&data.x, &data.y).to_string();
    let widths: Vec<usize> = table
        .lines()
        .take(4)
        .map(|line| line.chars().count())
        .collect();
    assert!(table.contains("centre 4"), "{table}");
    assert!(widths.iter().all(|width| *width == widths[0]), "{table}");
}

#[test]
fn points_on_their_own_have_nothing_within() {
    let x = array![[0., 1.], [3., 1.], [0., 5.]];
    let found = describe(&x, &array![2, 0, 1]);
    assert_eq!(found.within, array![0., 0., 0.]);
    exactly(found.ratio, 1.0);
    assert_eq!(found.centers, array![[3., 1.], [0., 5.], [0., 1.]]);
}

#[test]
fn bad_input_is_refused() {
    let graph = ok(path(3));
    let x = array![[0.], [1.], [2.]];
    let y = array![0, 1, 1];
    let of =
        |x: &Array2<f64>, graph: &Graph, y: &Array1<usize>| refused(characteristics(x, graph, y));
    let length = |name, found| Error::Length {
        name,
        found,
        points: 3,
    };
    assert_eq!(of(&x, &graph, &array![0, 1]), length("labels", 2));
    assert_eq!(of(&x, &ok(path(4)), &y), length("the graph", 4));
    assert_eq!(
        of(&x, &graph, &array![0, 2, 2]),
        Error::MissingLabel { label: 1 }
    );
    assert!(matches!(
        of(&array![[0.], [1.], [f64::NAN]], &graph, &y),
        Error::NotFinite { row: 2, .. }
    ));
    assert_eq!(of(&Array2::zeros((3, 0)), &graph, &y), Error::NoColumns);
    assert_eq!(
        of(&Array2::from_elem((3, 2), 7.0), &graph, &y),
        Error::AllPointsEqual { n: 3 }
    );
    for far in [1e200, 1e-200, f64::MAX] {
        let x = array![[-far], [far], [0.5 * far]];
        assert!(
            matches!(of(&x, &graph, &y), Error::VectorScale { name: "x", .. }),
            "{far}"
        );
    }
    let apart = ok(Graph::from_edges(3, &[(1, 2, 1.0)]));
    assert_eq!(of(&x, &apart, &y), Error::EmptyCluster { label: 0 });
}
