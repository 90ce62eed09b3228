//! Graphs that others made, and similarities beside the Gaussian: sparse matrices, petgraph, the cosine, a function of
//! one's own, places on the earth. Each against another way to the same graph.

mod support;

use fiedler::geography::{EARTH_RADIUS, chord, haversine, on_sphere};
use fiedler::graph::Symmetry;
use fiedler::ndarray::{Array2, ArrayView1, array};
use fiedler::points::Points;
use fiedler::{Error, Graph, SpectralClustering};
use petgraph::graph::UnGraph;
use petgraph::graphmap::UnGraphMap;
use petgraph::stable_graph::StableUnGraph;
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::f64::consts::PI;
use support::{cases, near, ok, refused};

type Edge = (usize, usize, f64);

/// Graphs as lists of edges, loops among them.
fn edges() -> impl Strategy<Value = (usize, Vec<Edge>)> {
    (2..9_usize).prop_flat_map(|n| {
        let edge = ((0..n, 0..n), 0.1..10.0_f64);
        prop::collection::vec(edge, 1..20).prop_map(move |list| {
            let mut once = BTreeMap::new();
            for ((one, other), weight) in list {
                once.insert((one.min(other), one.max(other)), weight);
            }
            let edges = once
                .into_iter()
                .map(|((one, other), weight)| (one, other, weight));
            (n, edges.collect())
        })
    })
}

/// Each edge in both directions.
fn both(edges: &[Edge]) -> Vec<Edge> {
    let back = |&(one, other, weight): &Edge| (one != other).then_some((other, one, weight));
    edges
        .iter()
        .copied()
        .chain(edges.iter().filter_map(back))
        .collect()
}

/// Compressed rows of these entries, in the order given.
fn compressed(n: usize, entries: &[Edge]) -> (Vec<usize>, Vec<usize>, Vec<f64>) {
    let (mut starts, mut columns, mut weights) = (vec![0], Vec::new(), Vec::new());
    for row in 0..n {
        for &(_, column, weight) in entries.iter().filter(|entry| entry.0 == row) {
            columns.push(column);
            weights.push(weight);
        }
        starts.push(columns.len());
    }
    (starts, columns, weights)
}

/// The matrix of sprs, stored zeros and all.
fn of_sprs(n: usize, entries: &[Edge]) -> sprs::CsMat<f64> {
    let mut triplets = sprs::TriMat::new((n, n));
    for &(row, column, weight) in entries {
        triplets.add_triplet(row, column, weight);
    }
    triplets.to_csr()
}

proptest! {
    #![proptest_config(cases(96))]

    #[test]
    fn every_door_leads_to_the_same_graph((n, list) in edges(), shuffle in any::<u64>()) {
        let wanted = ok(Graph::from_edges(n, &list));
        let mut entries = both(&list);
        fiedler::data::RandomState::new(shuffle).shuffle(&mut entries);
        prop_assert_eq!(&ok(Graph::from_triplets(n, &entries)), &wanted);
        let (starts, columns, weights) = compressed(n, &entries);
        prop_assert_eq!(&ok(Graph::from_csr(&starts, &columns, &weights)), &wanted);
        // Zeros that are stored are no edges.
        let mut stored = entries.clone();
        if !entries.iter().any(|entry| (entry.0, entry.1) == (0, 1)) {
            stored.push((0, 1, 0.0));
        }
        prop_assert_eq!(&ok(Graph::from_triplets(n, &stored)), &wanted);

        let matrix = of_sprs(n, &entries);
        prop_assert_eq!(&ok(Graph::try_from(&matrix)), &wanted);
        prop_assert_eq!(&ok(Graph::try_from(&matrix.to_csc())), &wanted);
        prop_assert_eq!(&ok(Graph::try_from(&matrix.view())), &wanted);

        let whole = ok(Graph::from_matrix(ok(wanted.matrix())));
        let gap = wanted.degrees() - whole.degrees();
        prop_assert!(gap.iter().all(|gap| gap.abs() < 1e-12), "the sums of a row in another order");

        let mut un = UnGraph::<usize, f64, u32>::new_undirected();
        let vertices: Vec<_> = (0..n).map(|vertex| un.add_node(vertex)).collect();
        for &(one, other, weight) in &list {
            un.add_edge(vertices[other], vertices[one], weight);
        }
        let (graph, order) = ok(Graph::from_petgraph(&un, |&weight| weight));
        prop_assert_eq!((&graph, &order), (&wanted, &vertices));
    }

    #[test]
    fn what_is_not_symmetric_is_refused_with_the_entry_by_every_door(
        (n, list) in edges(),
        at in any::<prop::sample::Index>(),
        factor in prop::sample::select(vec![0.0, 0.5, 1.0 + 1e-9, -1.0, f64::NAN, f64::INFINITY]),
    ) {
        let mut entries = both(&list);
        let at = at.index(entries.len());
        entries[at].2 *= factor;
        let (row, column, value) = entries[at];
        let matrix = of_sprs(n, &entries);
        let (starts, columns, weights) = compressed(n, &entries);
        let answers = [
            Graph::from_triplets(n, &entries),
            Graph::from_csr(&starts, &columns, &weights),
            Graph::try_from(&matrix),
            Graph::from_matrix(Array2::from_shape_fn((n, n), |place| {
                let entry = entries.iter().find(|entry| (entry.0, entry.1) == place);
                entry.map_or(0.0, |entry| entry.2)
            })),
        ];
        for answer in answers {
            match (answer, row == column) {
                (Err(Error::NotFinite { row: i, column: j, .. }), _) => {
                    prop_assert!(!value.is_finite() && (i, j) == (row, column));
                }
                (Err(Error::Negative { row: i, column: j, value: found }), _) => {
                    prop_assert!(value < 0.0 && (i, j) == (row, column) && found.to_bits() == value.to_bits());
                }
                (Err(Error::NotSymmetric { row: i, column: j, .. }), false) => {
                    prop_assert!((i.min(j), i.max(j)) == (row.min(column), row.max(column)));
                }
                // A loop has no counterpart.
                (Ok(_), true) => prop_assert!(value >= 0.0),
                (other, _) => prop_assert!(false, "{other:?}"),
            }
        }
    }

    #[test]
    fn an_entry_that_stands_there_twice_is_named((n, list) in edges(), at in any::<prop::sample::Index>()) {
        let mut entries = both(&list);
        let (row, column, weight) = entries[at.index(entries.len())];
        entries.push((row, column, weight));
        let wanted = Error::DuplicateEntry { row, column };
        prop_assert_eq!(refused(Graph::from_triplets(n, &entries)), wanted.clone());
        let (starts, columns, weights) = compressed(n, &entries);
        prop_assert_eq!(refused(Graph::from_csr(&starts, &columns, &weights)), wanted);
    }
}

#[test]
fn slices_that_do_not_belong_together_are_refused() {
    let csr = |starts: &[usize], columns: &[usize], weights: &[f64]| {
        refused(Graph::from_csr(starts, columns, weights))
    };
    assert_eq!(csr(&[], &[], &[]), Error::NoPoints);
    assert_eq!(csr(&[0], &[], &[]), Error::NoPoints);
    assert_eq!(csr(&[0, 0], &[], &[]), Error::OnePoint);
    let says = |error: Error, wanted: &str| assert_eq!(error.to_string(), wanted);
    says(
        csr(&[1, 1, 2], &[1, 0], &[1.0, 1.0]),
        "the start of row 0 is 1, but it must be 0",
    );
    says(
        csr(&[0, 2, 1, 2], &[1, 0], &[1.0, 1.0]),
        "the end of a row is 1, but it must be at least its start",
    );
    says(
        csr(&[0, 1, 3], &[1, 0], &[1.0, 1.0]),
        "the last of the starts is 3, but it must be the number of columns given",
    );
    says(
        csr(&[0, 1, 2], &[1, 0], &[1.0]),
        "the number of weights is 1, but it must be that of the columns",
    );
    let (edge, vertex, vertices) = (1, 7, 2);
    let beyond = Error::Vertex {
        edge,
        vertex,
        vertices,
    };
    assert_eq!(csr(&[0, 1, 2], &[1, 7], &[1.0, 1.0]), beyond);
    assert_eq!(
        refused(Graph::from_triplets(0, &[(0, 0, 1.0)])),
        Error::NoPoints
    );
    let wide = sprs::CsMat::<f64>::zero((2, 3));
    let (rows, columns) = (2, 3);
    assert_eq!(
        refused(Graph::try_from(&wide)),
        Error::NotSquare { rows, columns }
    );
}

#[test]
fn every_kind_of_petgraph_keeps_its_vertices_in_its_order() {
    let mut stable = StableUnGraph::<&str, ()>::default();
    let [a, gone, b, c] = ["a", "gone", "b", "c"].map(|name| stable.add_node(name));
    stable.add_edge(a, gone, ());
    stable.add_edge(c, b, ());
    stable.add_edge(a, c, ());
    stable.remove_node(gone);
    let (graph, order) = ok(Graph::from_petgraph(&stable, |()| 1.0));
    assert_eq!(order, [a, b, c]);
    assert_eq!(graph, ok(Graph::from_edges(3, &[(1, 2, 1.0), (0, 2, 1.0)])));

    let map = UnGraphMap::<&str, f32>::from_edges([("x", "y", 0.5), ("y", "z", 2.0)]);
    let (graph, order) = ok(Graph::from_petgraph(&map, |&weight| f64::from(weight)));
    assert_eq!(order, ["x", "y", "z"]);
    assert_eq!(ok(graph.neighbors(1)), [(0, 0.5), (2, 2.0)]);

    let mut parallel = UnGraph::<(), f64>::from_edges([(0, 1, 1.0), (1, 0, 2.0)]);
    let (edge, from, to) = (1, 1, 0);
    let twice = Error::DuplicateEdge { edge, from, to };
    assert_eq!(
        refused(Graph::from_petgraph(&parallel, |&weight| weight)),
        twice
    );
    parallel.clear_edges();
    parallel.add_edge(0.into(), 1.into(), -1.0);
    let negative = refused(Graph::from_petgraph(&parallel, |&weight| weight));
    assert!(matches!(negative, Error::Weight { edge: 0, .. }));
}

// --- similarities -----------------------------------------------------------------------------------

fn cosine(a: ArrayView1<'_, f64>, b: ArrayView1<'_, f64>) -> f64 {
    a.dot(&b) / (a.dot(&a) * b.dot(&b)).sqrt()
}

#[test]
fn the_cosine_graph_has_the_cosines_that_are_positive_and_no_length() {
    let x = array![[1.0, 0.0], [1.0, 1.0], [0.0, 5.0], [-2.0, 0.5]];
    let a = ok(ok(Graph::cosine(&x)).matrix());
    for ((i, j), &found) in a.indexed_iter() {
        let wanted = if i == j {
            0.0
        } else {
            cosine(x.row(i), x.row(j)).max(0.0)
        };
        near(found, wanted, 1e-15);
    }
    near(a[[0, 1]], 0.5_f64.sqrt(), 1e-15);
    assert_eq!((a[[0, 2]], a[[0, 3]]), (0.0, 0.0));
    let mut scaled = x.clone();
    for (row, factor) in [1e-200, 3.0, 1e200, 1e300].into_iter().enumerate() {
        scaled.row_mut(row).mapv_inplace(|entry| entry * factor);
    }
    let b = ok(ok(Graph::cosine(&scaled)).matrix());
    assert!((&a - &b).iter().all(|gap| gap.abs() < 1e-15));
    let zero = array![[1.0, 0.0], [0.0, 0.0]];
    let wanted = Error::NoDirection { row: 1 };
    assert_eq!(refused(Graph::cosine(&zero)), wanted);
    assert_eq!(
        refused(Graph::cosine_on_nearest_neighbors(&zero, 1)),
        wanted
    );
    let tiny = array![[5e-324, 0.0], [5e-324, 5e-324]];
    near(ok(Graph::cosine(&tiny)).degrees()[0], 0.5_f64.sqrt(), 1e-15);
}

proptest! {
    #![proptest_config(cases(48))]

    #[test]
    fn the_nearest_by_angle_are_those_of_the_largest_cosine(
        values in prop::collection::vec(0.01..1.0_f64, 60),
        columns in prop::sample::select(vec![2_usize, 3, 20]),
        k in 1..3_usize,
    ) {
        let x = Array2::from_shape_vec((60 / columns, columns), values).expect("a shape");
        let n = x.nrows();
        prop_assume!(k < n);
        let found = ok(ok(Graph::cosine_on_nearest_neighbors(&x, k)).matrix());
        let all = ok(ok(Graph::cosine(&x)).matrix());
        let least = |i: usize| {
            let mut row: Vec<f64> = (0..n).filter(|&j| j != i).map(|j| all[[i, j]]).collect();
            row.sort_by(|a, b| b.total_cmp(a));
            row[k - 1]
        };
        let lists = |i: usize, j: usize| all[[i, j]] >= least(i) - 1e-12;
        for ((i, j), &weight) in found.indexed_iter().filter(|((i, j), _)| i != j) {
            let wanted = if lists(i, j) || lists(j, i) { all[[i, j]] } else { 0.0 };
            prop_assert!((weight - wanted).abs() < 1e-12, "{i} {j}: {weight} {wanted}");
        }
    }
}

#[test]
fn a_similarity_of_ones_own_is_any_that_is_finite_nonnegative_and_symmetric() {
    let x = ok(fiedler::data::moons(30, 0.05, 0)).x;
    let gaussian = |a: &[f64], b: &[f64]| {
        let squared: f64 = a.iter().zip(b).map(|(a, b)| (a - b).powi(2)).sum();
        (-squared / (2.0 * 0.09)).exp()
    };
    let own = ok(ok(Graph::from_similarity(&x, gaussian)).matrix());
    let ours = ok(ok(Graph::gaussian(&x, 0.3)).matrix());
    assert!((&own - &ours).iter().all(|gap| gap.abs() < 1e-14));

    let refusal = |similarity: fn(&[f64], &[f64]) -> f64| {
        refused(Graph::from_similarity(&[[0.0], [1.0], [2.0]], similarity))
    };
    let (row, column) = (0, 1);
    let value = -1.0;
    assert_eq!(
        refusal(|a, b| -(a[0] - b[0]).abs()),
        Error::Negative { row, column, value }
    );
    let infinite = refusal(|a, b| 1.0 / (a[0] + b[0] - 1.0).max(0.0));
    assert!(matches!(
        infinite,
        Error::NotFinite {
            row: 0,
            column: 1,
            ..
        }
    ));
    let one_way = refusal(|a, b| (b[0] - a[0]).max(0.0));
    assert!(
        matches!(one_way, Error::NotSymmetric { value, mirrored, .. } if (value - mirrored).abs() > 0.5)
    );
    assert_eq!(
        refused(Graph::from_similarity(&[[1.0]], |_, _| 1.0)),
        Error::OnePoint
    );
}

// --- the earth --------------------------------------------------------------------------------------

#[test]
fn half_the_earth_around_is_pi_r_and_its_chord_the_diameter() {
    near(haversine([0.0, 0.0], [0.0, 180.0]), PI * EARTH_RADIUS, 1e-9);
    near(
        haversine([90.0, 12.0], [-90.0, 77.0]),
        PI * EARTH_RADIUS,
        1e-9,
    );
    near(
        chord(PI * EARTH_RADIUS * (1.0 - 1e-12)),
        2.0 * EARTH_RADIUS,
        1e-9,
    );
    near(
        chord(PI * EARTH_RADIUS / 2.0),
        2.0_f64.sqrt() * EARTH_RADIUS,
        1e-9,
    );
    let there = ok(on_sphere(&[[0.0, 0.0], [0.0, 90.0], [90.0, 0.0]]));
    let wanted = Array2::<f64>::eye(3) * EARTH_RADIUS;
    assert!((there - wanted).iter().all(|gap| gap.abs() < 1e-9));
}

#[test]
fn one_place_with_two_names_is_one_point() {
    for (one, other) in [
        ([90.0, 0.0], [90.0, 123.0]),
        ([-90.0, -5.0], [-90.0, 60.0]),
        ([10.0, 180.0], [10.0, -180.0]),
        ([-33.0, -70.0], [-33.0, 290.0]),
        ([0.0, 0.0], [0.0, 360.0]),
    ] {
        let there = ok(on_sphere(&[one, other]));
        assert_eq!(there.row(0), there.row(1), "{one:?}");
    }
}

/// Places everywhere, with many at the poles and at the date line.
fn places() -> impl Strategy<Value = Vec<[f64; 2]>> {
    let latitude =
        prop_oneof![4 => -90.0..=90.0_f64, 1 => Just(90.0), 1 => Just(-90.0), 1 => 89.0..=90.0_f64];
    let longitude = prop_oneof![4 => -180.0..=180.0_f64, 1 => Just(180.0), 1 => Just(-180.0), 1 => 179.0..=180.0_f64, 1 => -180.0..=-179.0_f64];
    prop::collection::vec(
        (latitude, longitude).prop_map(|(one, other)| [one, other]),
        4..30,
    )
}

/// A kilometre that rounding cannot turn.
const ROUNDING: f64 = 1e-4;

proptest! {
    #![proptest_config(cases(96))]

    #[test]
    fn within_so_many_kilometres_are_those_that_the_haversine_says(
        places in places(),
        kilometers in prop_oneof![1.0..20_100.0_f64, 1.0..500.0_f64],
    ) {
        let graph = Graph::haversine_epsilon(&places, kilometers);
        let a = ok(ok(graph).matrix());
        for ((i, j), &found) in a.indexed_iter().filter(|((i, j), _)| i != j) {
            let distance = haversine(places[i], places[j]);
            // Opposite places: the haversine's own square root loses half the digits there.
            if (distance - kilometers).abs() > ROUNDING && distance < 20_014.0 {
                prop_assert_eq!(found > 0.0, distance <= kilometers, "{} of {}", distance, kilometers);
            }
        }
    }

    #[test]
    fn the_nearest_places_are_those_that_the_haversine_says(places in places(), k in 1..4_usize) {
        let graph = Graph::haversine_nearest_neighbors(&places, Symmetry::Either, k);
        let distinct = places.iter().any(|place| haversine(*place, places[0]) > 1.0);
        prop_assume!(distinct);
        let a = ok(ok(graph).matrix());
        let n = places.len();
        let farthest = |i: usize| {
            let others = (0..n).filter(|&j| j != i);
            let mut row: Vec<f64> = others.map(|j| haversine(places[i], places[j])).collect();
            row.sort_by(f64::total_cmp);
            row[k - 1]
        };
        let last: Vec<f64> = (0..n).map(farthest).collect();
        for ((i, j), &found) in a.indexed_iter().filter(|((i, j), _)| i != j) {
            let distance = haversine(places[i], places[j]);
            let (low, high) = (last[i].min(last[j]), last[i].max(last[j]));
            if distance < high - ROUNDING {
                prop_assert!(found > 0.0, "{i} {j}: {distance}, {low} {high}");
            }
            if distance > high + ROUNDING {
                prop_assert!(found == 0.0, "{i} {j}: {distance}, {low} {high}");
            }
        }
    }
}

#[test]
fn what_is_not_on_the_earth_is_refused_by_its_row() {
    let place = |latitude: f64, longitude: f64| {
        refused(Graph::haversine_epsilon(
            &[[0.0, 0.0], [latitude, longitude]],
            1.0,
        ))
    };
    for (latitude, longitude, name, value) in [
        (90.1, 0.0, "latitude", 90.1_f64),
        (-91.0, 0.0, "latitude", -91.0),
        (0.0, 361.0, "longitude", 361.0),
        (0.0, -180.5, "longitude", -180.5),
    ] {
        let error = place(latitude, longitude);
        assert!(
            matches!(error, Error::Place { row: 1, name: n, value: v, .. } if n == name && v.to_bits() == value.to_bits()),
            "{error}"
        );
    }
    assert!(matches!(
        place(f64::NAN, 0.0),
        Error::NotFinite {
            row: 1,
            column: 0,
            ..
        }
    ));
    let three = refused(on_sphere(&[[1.0, 2.0, 3.0]]));
    assert!(matches!(three, Error::Count { found: 3, .. }), "{three}");
    let negative = refused(Graph::haversine_epsilon(&[[0.0, 0.0], [1.0, 1.0]], -1.0));
    assert!(matches!(
        negative,
        Error::Parameter {
            name: "epsilon",
            ..
        }
    ));
}

#[test]
fn the_estimator_clusters_and_predicts_places_across_the_date_line() {
    // Around (0°, 180°) and around (0°, 170°): in degrees the first would fall apart.
    let around = |longitude: f64| {
        (0..20).map(move |i| {
            let angle = f64::from(i);
            let east = longitude + 0.5 * angle.cos();
            [
                0.5 * angle.sin(),
                if east > 180.0 { east - 360.0 } else { east },
            ]
        })
    };
    let places: Vec<[f64; 2]> = around(180.0).chain(around(170.0)).collect();
    assert!(places.iter().any(|place| place[1] < 0.0));
    let found = ok(SpectralClustering::new().fit(&ok(on_sphere(&places))));
    let first = found.labels[0];
    assert!((0..20).all(|i| found.labels[i] == first && found.labels[i + 20] != first));
    let new = ok(on_sphere(&[[0.1, -179.9], [0.1, 169.9]]));
    let labels = ok(found.predict(&new));
    assert_eq!((labels[0], labels[1]), (first, 1 - first));
    assert!(ok(places.matrix()).ncols() == 2);
}
