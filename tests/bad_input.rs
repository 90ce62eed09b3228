//! What goes in wrong comes back as an error that names the offender: each error by itself, then everything at once.

mod support;

use fiedler::data::{blobs, blog_moons, circles, moons};
use fiedler::ndarray::{Array1, Array2, array};
use fiedler::{
    Error, Gradient, agreement,
    clustering::labels_above,
    components, cut,
    cut::{cut_ordered_pairs, normcut_ordered_pairs},
    degrees, eig_random_walk, eigh_generalized, eigh_symmetric, fiedler_vector, kmeans,
    labels_by_sign, laplacian, minimize_orth_obj, normcut, orth, orth_obj, orth_obj_gradient,
    project, random_walk_laplacian, rayleigh_quotient,
    similarity::{DENSE_LIMIT, similarity_matrix_within},
    similarity_matrix, spectral_clustering, symmetric_laplacian, transform, vols,
};
use proptest::collection::vec;
use proptest::prelude::*;
use std::fmt::Debug;
use support::{cases, cycle, ok, path, refused};

/// The error, and that its text has these parts.
#[track_caller]
fn says(error: &Error, parts: &[&str]) {
    let text = error.to_string();
    for part in parts {
        assert!(text.contains(part), "{part:?} is missing from: {text}");
    }
    // One sentence or two, and no number of 300 digits.
    assert!(text.len() < 400, "{text}");
}

/// The error of every function of a similarity matrix alone.
fn of_each_matrix_function(a: &Array2<f64>) -> Vec<(&'static str, Error)> {
    vec![
        ("degrees", refused(degrees(a))),
        ("components", refused(components(a))),
        ("laplacian", refused(laplacian(a))),
        ("random_walk_laplacian", refused(random_walk_laplacian(a))),
        ("symmetric_laplacian", refused(symmetric_laplacian(a))),
        ("eig_random_walk", refused(eig_random_walk(a))),
        ("eigh_symmetric", refused(eigh_symmetric(a))),
        ("eigh_generalized", refused(eigh_generalized(a))),
        ("fiedler_vector", refused(fiedler_vector(a))),
    ]
}

/// The error of every function of a similarity matrix with labels or a vector; those fit it.
fn of_each_function_of_two(a: &Array2<f64>) -> Vec<(&'static str, Error)> {
    let n = a.nrows();
    let y = Array1::from_shape_fn(n, |i| i % 2);
    let z = Array1::from_shape_fn(n, |i| if i == 0 { 1.0 } else { -0.25 });
    vec![
        ("cut", refused(cut(a, &y))),
        ("cut_ordered_pairs", refused(cut_ordered_pairs(a, &y))),
        ("vols", refused(vols(a, &y))),
        ("normcut", refused(normcut(a, &y))),
        (
            "normcut_ordered_pairs",
            refused(normcut_ordered_pairs(a, &y)),
        ),
        ("transform", refused(transform(a, &y))),
        ("rayleigh_quotient", refused(rayleigh_quotient(a, &z))),
        ("project", refused(project(a, &z))),
        ("orth_obj", refused(orth_obj(a, &z))),
        ("orth_obj_gradient", refused(orth_obj_gradient(a, &z))),
        (
            "minimize_orth_obj",
            refused(minimize_orth_obj(a, &z, Gradient::Exact)),
        ),
        (
            "minimize_orth_obj by differences",
            refused(minimize_orth_obj(a, &z, Gradient::FiniteDifferences)),
        ),
    ]
}

/// Every function of a similarity matrix refuses this one in the same way.
fn refused_everywhere(a: &Array2<f64>, wanted: &Error) {
    for (name, error) in [of_each_matrix_function(a), of_each_function_of_two(a)].concat() {
        // Text, because NaN is no equal of itself.
        assert_eq!(error.to_string(), wanted.to_string(), "{name}");
    }
}

// --- Points -----------------------------------------------------------------------------------------

#[test]
fn no_points() {
    let none = Array2::zeros((0, 2));
    for error in [
        refused(similarity_matrix(&none, 1.0)),
        refused(spectral_clustering(&none, 1.0)),
        refused(kmeans(&none, 1, 0)),
        refused(moons(0, 0.1, 0)),
        refused(circles(0, 0.1, 0.5, 0)),
        refused(blobs(0, 2, 1, 1.0, 0)),
        refused(labels_by_sign(&Array1::zeros(0))),
        refused(labels_above(&Array1::zeros(0), 0.0)),
        refused(agreement(&Array1::zeros(0), &Array1::zeros(0))),
        refused(degrees(&Array2::zeros((0, 0)))),
    ] {
        assert_eq!(error, Error::NoPoints);
        says(&error, &["no points", "at least two"]);
    }
}

#[test]
fn one_point() {
    let one = array![[1.0, 2.0]];
    for error in [
        refused(similarity_matrix(&one, 1.0)),
        refused(spectral_clustering(&one, 1.0)),
        refused(degrees(&array![[0.0]])),
        refused(fiedler_vector(&array![[1.0]])),
        refused(components(&array![[0.0]])),
    ] {
        assert_eq!(error, Error::OnePoint);
        says(&error, &["only one point", "at least two"]);
    }
}

#[test]
fn no_columns() {
    let x = Array2::zeros((3, 0));
    for error in [
        refused(similarity_matrix(&x, 1.0)),
        refused(spectral_clustering(&x, 1.0)),
        refused(kmeans(&x, 2, 0)),
        refused(blobs(3, 0, 2, 1.0, 0)),
    ] {
        assert_eq!(error, Error::NoColumns);
        says(&error, &["0 columns"]);
    }
}

#[test]
fn a_coordinate_that_is_no_finite_number_is_found_by_row_and_column() {
    for (bad, text) in [
        (f64::NAN, "NaN"),
        (f64::INFINITY, "inf"),
        (f64::NEG_INFINITY, "-inf"),
    ] {
        let mut x = blog_moons().x;
        x[[17, 1]] = bad;
        for error in [
            refused(similarity_matrix(&x, 0.4)),
            refused(spectral_clustering(&x, 0.4)),
            refused(kmeans(&x, 2, 0)),
        ] {
            let Error::NotFinite {
                row: 17,
                column: 1,
                value,
            } = error
            else {
                panic!("{error}")
            };
            assert_eq!(value.to_bits(), bad.to_bits());
            says(&error, &["row 17", "column 1", text]);
        }
    }
}

#[test]
fn epsilon_that_is_negative_or_no_number() {
    for (bad, text) in [
        (-0.1, "-0.1"),
        (f64::NAN, "NaN"),
        (f64::NEG_INFINITY, "-inf"),
        (-1e-300, "-1e-300"),
    ] {
        let x = blog_moons().x;
        for error in [
            refused(similarity_matrix(&x, bad)),
            refused(spectral_clustering(&x, bad)),
        ] {
            let Error::Parameter {
                name: "epsilon",
                value,
                ..
            } = error
            else {
                panic!("{error}")
            };
            assert_eq!(value.to_bits(), bad.to_bits());
            says(&error, &["epsilon", text, "0 or more"]);
        }
    }
}

#[test]
fn more_points_than_a_dense_matrix_may_have_are_refused_before_it_is_allocated() {
    let x = Array2::zeros((1 << 20, 1));
    let wanted = Error::TooLarge {
        n: 1 << 20,
        bytes: Some(1 << 43),
        limit: DENSE_LIMIT,
        instead: "take fewer points, raise the limit with `similarity_matrix_within`, or keep the edges alone with `Graph::epsilon`",
    };
    assert_eq!(refused(similarity_matrix(&x, 1.0)), wanted);
    // The estimator keeps edges, not a matrix; but of so many points in a heap every two are joined.
    let heap = Array2::from_shape_fn((1 << 20, 1), |(i, _)| f64::from(u8::from(i == 0)));
    let refused_edges = refused(spectral_clustering(&heap, 1.0));
    assert!(
        matches!(refused_edges, Error::TooManyEdges { .. }),
        "{refused_edges}"
    );
    assert_eq!(
        refused(spectral_clustering(&x, 1.0)),
        Error::AllPointsEqual { n: 1 << 20 }
    );
    says(
        &wanted,
        &["1048576 x 1048576", "8796093022208 bytes", "2147483648"],
    );
    let own = refused(similarity_matrix_within(&Array2::zeros((3, 1)), 1.0, 71));
    assert!(
        matches!(
            own,
            Error::TooLarge {
                n: 3,
                bytes: Some(72),
                limit: 71,
                ..
            }
        ),
        "{own}"
    );
}

#[test]
fn a_number_of_clusters_of_0_or_above_the_number_of_points() {
    let x = array![[0.0], [1.0], [2.0]];
    for k in [0, 4, usize::MAX] {
        let error = refused(kmeans(&x, k, 0));
        assert_eq!(error, Error::ClusterCount { k, n: 3 });
        says(&error, &[&k.to_string(), "between 1 and 3"]);
    }
    assert_eq!(
        refused(blobs(3, 2, 0, 1.0, 0)),
        Error::ClusterCount { k: 0, n: 3 }
    );
    assert_eq!(
        refused(blobs(3, 2, 4, 1.0, 0)),
        Error::ClusterCount { k: 4, n: 3 }
    );
}

#[test]
fn coordinates_whose_squares_overflow_are_refused_by_k_means() {
    let error = refused(kmeans(&array![[0.0], [-1e200]], 1, 0));
    says(&error, &["the largest coordinate", "1e200", "1e150"]);
}

#[test]
fn noise_spread_and_factor_out_of_range() {
    for bad in [-0.1, f64::NAN, f64::INFINITY, 1e308] {
        for (name, error) in [
            ("noise", refused(moons(10, bad, 0))),
            ("noise", refused(circles(10, bad, 0.5, 0))),
            ("spread", refused(blobs(10, 2, 2, bad, 0))),
        ] {
            let Error::Parameter {
                name: found, value, ..
            } = error
            else {
                panic!("{error}")
            };
            assert_eq!((found, value.to_bits()), (name, bad.to_bits()));
            says(&error, &[name, &format!("{bad:?}"), "0 or more"]);
        }
    }
    for bad in [1.0, 2.0, -0.1, f64::NAN, f64::INFINITY] {
        let error = refused(circles(10, 0.0, bad, 0));
        assert!(
            matches!(error, Error::Parameter { name: "factor", .. }),
            "{error}"
        );
        says(&error, &["factor", &format!("{bad:?}"), "less than 1"]);
    }
}

// --- Similarity matrices ----------------------------------------------------------------------------

#[test]
fn a_matrix_that_is_not_square() {
    for (rows, columns) in [(2, 3), (3, 2), (0, 2), (5, 0)] {
        let a = Array2::zeros((rows, columns));
        refused_everywhere(&a, &Error::NotSquare { rows, columns });
        says(
            &refused(degrees(&a)),
            &[
                &format!("{rows} rows"),
                &format!("{columns} columns"),
                "square",
            ],
        );
    }
}

#[test]
fn a_matrix_that_is_not_symmetric() {
    let mut a = cycle(5);
    a[[1, 3]] = 0.5;
    let wanted = Error::NotSymmetric {
        row: 1,
        column: 3,
        value: 0.5,
        mirrored: 0.0,
    };
    assert_eq!(refused(degrees(&a)), wanted);
    refused_everywhere(&a, &wanted);
    says(&wanted, &["(1, 3)", "(3, 1)", "0.5", "not symmetric"]);
    // A difference in the last digits is the rounding of whoever computed it.
    let mut nearly = cycle(5);
    nearly[[0, 1]] = 1.0 + 1e-14;
    assert!(degrees(&nearly).is_ok());
    nearly[[0, 1]] = 1.0 + 1e-10;
    assert!(matches!(
        refused(degrees(&nearly)),
        Error::NotSymmetric {
            row: 0,
            column: 1,
            ..
        }
    ));
}

#[test]
fn a_negative_similarity() {
    let mut a = cycle(5);
    (a[[2, 4]], a[[4, 2]]) = (-0.25, -0.25);
    let wanted = Error::Negative {
        row: 2,
        column: 4,
        value: -0.25,
    };
    assert_eq!(refused(degrees(&a)), wanted);
    refused_everywhere(&a, &wanted);
    says(&wanted, &["row 2", "column 4", "-0.25"]);
    // The other zero is a zero.
    let mut minus_zero = cycle(5);
    (minus_zero[[2, 4]], minus_zero[[4, 2]]) = (-0.0, -0.0);
    assert!(fiedler::normcut(&minus_zero, &array![0, 0, 1, 1, 1]).is_ok());
}

#[test]
fn a_similarity_that_is_no_finite_number() {
    for bad in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
        let mut a = cycle(5);
        (a[[0, 3]], a[[3, 0]]) = (bad, bad);
        refused_everywhere(
            &a,
            &Error::NotFinite {
                row: 0,
                column: 3,
                value: bad,
            },
        );
    }
}

#[test]
fn a_graph_without_edges() {
    let a = Array2::zeros((4, 4));
    let (y, z) = (array![0, 0, 1, 1], array![1.0, 2.0, 3.0, 5.0]);
    for error in [
        refused(normcut(&a, &y)),
        refused(transform(&a, &y)),
        refused(rayleigh_quotient(&a, &z)),
        refused(project(&a, &z)),
        refused(orth_obj(&a, &z)),
        refused(minimize_orth_obj(&a, &z, Gradient::Exact)),
        refused(random_walk_laplacian(&a)),
        refused(symmetric_laplacian(&a)),
        refused(eigh_symmetric(&a)),
        refused(eigh_generalized(&a)),
        refused(eig_random_walk(&a)),
        refused(fiedler_vector(&a)),
    ] {
        assert_eq!(
            error,
            Error::NoEdges {
                advice: fiedler::error::Advice::default()
            }
        );
        says(&error, &["no edge", "positive similarity"]);
    }
    // What needs no division is defined all the same.
    support::exactly(ok(cut(&a, &y)), 0.0);
    assert_eq!(ok(degrees(&a)), Array1::<f64>::zeros(4));
    assert_eq!(ok(components(&a)), array![0, 1, 2, 3]);
}

#[test]
fn isolated_points_are_named() {
    let a = support::graph(6, [(0, 2, 1.0), (2, 3, 1.0), (3, 5, 0.5)]);
    let z = array![1.0, 2.0, 3.0, 5.0, 8.0, 13.0];
    for error in [
        refused(random_walk_laplacian(&a)),
        refused(symmetric_laplacian(&a)),
        refused(eigh_symmetric(&a)),
        refused(eigh_generalized(&a)),
        refused(eig_random_walk(&a)),
        refused(fiedler_vector(&a)),
        refused(orth_obj(&a, &z)),
        refused(orth_obj_gradient(&a, &z)),
        refused(minimize_orth_obj(&a, &z, Gradient::FiniteDifferences)),
    ] {
        assert_eq!(
            error,
            Error::IsolatedPoints {
                points: vec![1, 4],
                advice: fiedler::error::Advice::default()
            }
        );
        says(
            &error,
            &["2 isolated", "1, 4", "give them neighbours, or drop them"],
        );
    }
}

#[test]
fn similarities_near_the_ends_of_what_f64_holds() {
    for (weight, text) in [
        (1e300, "1e301"),
        (1e-200, "1e-199"),
        (f64::MAX, "sum to more than f64 holds"),
        (5e-324, "5e-323"),
    ] {
        let a = cycle(5) * weight;
        let error = refused(degrees(&a));
        let Error::Scale { sum } = error else {
            panic!("{error}")
        };
        assert!(sum > 0.0);
        refused_everywhere(&a, &error);
        says(&error, &[text, "divide them all by the largest"]);
        // As it advises.
        assert!(degrees(&(&a / weight)).is_ok());
    }
}

#[test]
fn three_pieces_equal_similarities_and_repeated_values() {
    let pieces = support::graph(6, [(0, 1, 1.0), (2, 3, 1.0), (4, 5, 1.0)]);
    let error = refused(fiedler_vector(&pieces));
    assert_eq!(
        error,
        Error::TooManyComponents {
            sizes: vec![2, 2, 2],
            advice: fiedler::error::Advice::default()
        }
    );
    says(&error, &["3 pieces", "2, 2, 2", "components"]);

    let error = refused(fiedler_vector(&support::complete(7)));
    assert_eq!(
        error,
        Error::NoStructure {
            n: 7,
            advice: fiedler::error::Advice::default()
        }
    );
    says(&error, &["7 points", "equally similar", "that differ"]);

    let error = refused(fiedler_vector(&cycle(6)));
    let Error::RepeatedEigenvalue {
        index: 2,
        value,
        multiplicity: Some(2),
        ..
    } = error
    else {
        panic!("{error}")
    };
    support::near(value, 0.5, 100.0 * support::EPS); // 1 − cos 60°
    says(&error, &["repeated 2 times"]);
}

#[test]
fn a_point_that_is_isolated_in_all_but_name() {
    let a = support::graph(4, [(0, 1, 1.0), (1, 2, 1.0), (2, 3, 1e-200)]);
    let error = refused(degrees(&a));
    let Error::TinyDegree { ref points, degree } = error else {
        panic!("{error}")
    };
    support::exactly(degree, 1e-200);
    refused_everywhere(&a, &error);
    assert_eq!(points, &[3]);
    says(
        &error,
        &["too small to divide by", "1e-200", ": 3;", "drop them"],
    );
    // A tiny similarity beside larger ones is no trouble.
    let mut joined = a;
    (joined[[0, 3]], joined[[3, 0]]) = (0.5, 0.5);
    assert!(fiedler_vector(&joined).is_ok());
}

// --- Labels -----------------------------------------------------------------------------------------

#[test]
fn labels_of_the_wrong_length() {
    let a = path(4);
    for y in [array![0, 1, 0], array![0, 1, 0, 1, 0]] {
        let wanted = Error::Length {
            name: "labels",
            found: y.len(),
            points: 4,
        };
        for error in [
            refused(cut(&a, &y)),
            refused(cut_ordered_pairs(&a, &y)),
            refused(vols(&a, &y)),
            refused(normcut(&a, &y)),
            refused(normcut_ordered_pairs(&a, &y)),
            refused(transform(&a, &y)),
        ] {
            assert_eq!(error, wanted);
        }
        says(
            &wanted,
            &["labels", &format!("{} entries", y.len()), "4 points"],
        );
    }
    let error = refused(agreement(&array![0, 1], &array![0, 1, 1]));
    assert_eq!(
        error,
        Error::Length {
            name: "labels",
            found: 2,
            points: 3
        }
    );
}

#[test]
fn labels_with_fewer_or_more_than_two_values() {
    let a = path(4);
    for (y, values) in [
        (array![3, 3, 3, 3], vec![3]),
        (array![0, 1, 2, 0], vec![0, 1, 2]),
        (array![9, 7, 5, 3], vec![3, 5, 7, 9]),
    ] {
        let wanted = Error::NotTwoLabels {
            values: values.clone(),
        };
        for error in [
            refused(cut(&a, &y)),
            refused(vols(&a, &y)),
            refused(normcut(&a, &y)),
            refused(transform(&a, &y)),
        ] {
            assert_eq!(error, wanted);
        }
        says(
            &wanted,
            &[
                &format!("{} different", values.len()),
                format!("{values:?}").trim_matches(['[', ']']),
                "exactly two",
            ],
        );
    }
    let error = refused(agreement(&array![0, 1, 2], &array![0, 1, 1]));
    assert_eq!(error, Error::NotZeroOrOne { point: 2, label: 2 });
    // A thousand different labels make no message of a thousand numbers.
    let many = Array1::from_iter(0..1000);
    says(
        &refused(cut(&path(1000), &many)),
        &["1000 different", "8, 9, and 990 more", "exactly two"],
    );
}

#[test]
fn a_cluster_without_volume() {
    let a = support::graph(4, [(0, 1, 1.0)]);
    for (y, label) in [(array![0, 0, 1, 1], 1), (array![8, 8, 3, 3], 3)] {
        for error in [
            refused(normcut(&a, &y)),
            refused(normcut_ordered_pairs(&a, &y)),
            refused(transform(&a, &y)),
        ] {
            assert_eq!(error, Error::EmptyCluster { label });
            says(&error, &[&format!("labelled {label}"), "volume 0"]);
        }
        assert!(vols(&a, &y).is_ok());
    }
}

// --- Vectors ----------------------------------------------------------------------------------------

/// The error of every function of a matrix and a vector.
fn of_each_vector_function(a: &Array2<f64>, z: &Array1<f64>) -> Vec<(&'static str, Error)> {
    vec![
        ("rayleigh_quotient", refused(rayleigh_quotient(a, z))),
        ("project", refused(project(a, z))),
        ("orth_obj", refused(orth_obj(a, z))),
        ("orth_obj_gradient", refused(orth_obj_gradient(a, z))),
        (
            "minimize_orth_obj",
            refused(minimize_orth_obj(a, z, Gradient::Exact)),
        ),
        (
            "minimize_orth_obj by differences",
            refused(minimize_orth_obj(a, z, Gradient::FiniteDifferences)),
        ),
    ]
}

#[test]
fn a_vector_of_the_wrong_length() {
    for length in [0, 3, 5] {
        let wanted = Error::Length {
            name: "z",
            found: length,
            points: 4,
        };
        for (name, error) in of_each_vector_function(&path(4), &Array1::ones(length)) {
            assert_eq!(error, wanted, "{name}");
        }
        says(
            &wanted,
            &["z has", &format!("{length} entries"), "4 points"],
        );
    }
    let error = refused(orth(&array![1.0], &array![1.0, 2.0]));
    assert_eq!(
        error,
        Error::Length {
            name: "u",
            found: 1,
            points: 2
        }
    );
}

#[test]
fn a_vector_entry_that_is_no_finite_number() {
    for (bad, text) in [
        (f64::NAN, "NaN"),
        (f64::INFINITY, "inf"),
        (f64::NEG_INFINITY, "-inf"),
    ] {
        let z = array![1.0, 2.0, bad, 3.0];
        let mut errors = of_each_vector_function(&path(4), &z);
        errors.push(("labels_by_sign", refused(labels_by_sign(&z))));
        errors.push(("labels_above", refused(labels_above(&z, 0.0))));
        errors.push(("orth, u", refused(orth(&z, &Array1::ones(4)))));
        errors.push(("orth, v", refused(orth(&Array1::ones(4), &z))));
        for (name, error) in errors {
            assert!(
                matches!(error, Error::VectorNotFinite { index: 2, .. }),
                "{name}: {error}"
            );
            says(&error, &["entry 2", text]);
        }
    }
}

#[test]
fn a_zero_vector_or_a_multiple_of_d() {
    let a = support::graph(4, [(0, 1, 0.3), (1, 2, 0.7), (2, 3, 1.9), (3, 0, 0.1)]);
    let d = ok(degrees(&a));
    for z in [Array1::zeros(4), &d * 1.0, &d * -7.3, &d * 1e-9, &d * 1e9] {
        for error in [
            refused(orth_obj(&a, &z)),
            refused(orth_obj_gradient(&a, &z)),
            refused(minimize_orth_obj(&a, &z, Gradient::Exact)),
            refused(minimize_orth_obj(&a, &z, Gradient::FiniteDifferences)),
        ] {
            assert_eq!(error, Error::ZeroVector);
            says(&error, &["multiple of d", "transform"]);
        }
    }
    assert_eq!(
        refused(rayleigh_quotient(&a, &Array1::zeros(4))),
        Error::ZeroVector
    );
    assert_eq!(refused(orth(&d, &Array1::zeros(4))), Error::ZeroVector);
    // On a regular graph d is a multiple of 𝟙.
    assert_eq!(
        refused(orth_obj(&cycle(7), &Array1::from_elem(7, 0.1))),
        Error::ZeroVector
    );
}

#[test]
fn a_vector_near_the_ends_of_what_f64_holds() {
    for (largest, text) in [
        (1e200, "1e200"),
        (1e-200, "1e-200"),
        (f64::MAX, "1.797"),
        (5e-324, "5e-324"),
    ] {
        let z = array![0.5, 0.0, -1.0, 0.25] * largest;
        for (name, error) in of_each_vector_function(&path(4), &z) {
            let Error::VectorScale {
                name: "z",
                largest: found,
            } = error
            else {
                panic!("{name}: {error}")
            };
            support::exactly(found, largest);
            says(&error, &["z is", text, "divide z by it"]);
        }
        assert!(matches!(
            refused(orth(&z, &Array1::ones(4))),
            Error::VectorScale { name: "u", .. }
        ));
        assert!(matches!(
            refused(orth(&Array1::ones(4), &z)),
            Error::VectorScale { name: "v", .. }
        ));
        // Signs need no squares.
        assert_eq!(ok(labels_by_sign(&z))[2], 0);
    }
}

#[test]
fn a_threshold_that_is_no_number() {
    let error = refused(labels_above(&array![1.0, 2.0], f64::NAN));
    assert!(
        matches!(
            error,
            Error::Parameter {
                name: "threshold",
                ..
            }
        ),
        "{error}"
    );
    says(&error, &["threshold", "NaN"]);
    // Infinite ones divide nothing, and say so by their labels.
    assert_eq!(
        ok(labels_above(&array![1.0, 2.0], f64::INFINITY)),
        array![0, 0]
    );
    assert_eq!(
        ok(labels_above(&array![1.0, 2.0], f64::NEG_INFINITY)),
        array![1, 1]
    );
}

// --- Everything at once -----------------------------------------------------------------------------

/// Numbers that break things, and some that do not.
fn numbers() -> impl Strategy<Value = f64> + Clone {
    prop_oneof![
        6 => prop::sample::select(vec![
            f64::NAN, f64::INFINITY, f64::NEG_INFINITY, 0.0, -0.0, 1e-308, 5e-324, 1e308, f64::MAX, f64::MIN, -1e-308,
            1e-160, 1e160, -1e155, 1e-75, 1e75, 1e-150, 1e149, f64::EPSILON, 1.0, 1.0, -1.0, 0.5, 2.0,
        ]),
        4 => -3.0..3.0,
    ]
}

/// Numbers that a check at the door lets through, of any size.
fn sizes() -> impl Strategy<Value = f64> + Clone {
    prop_oneof![
        3 => prop::sample::select(vec![
            0.0, -0.0, 1e-308, 5e-324, 1e-160, 1e-76, 1e-74, 1e-40, 1e-16, 1.0, 1.0, 1e16, 1e40, 1e70, 1e74, 1e76,
        ]),
        2 => 0.0..3.0,
        1 => support::weights(-30.0, 30.0),
    ]
}

/// Matrices of any shape and content; more often square and symmetric ones that get far.
fn matrices() -> impl Strategy<Value = Array2<f64>> {
    let wild = (0_usize..6, 0_usize..6).prop_flat_map(|(rows, columns)| {
        vec(numbers(), rows * columns).prop_map(move |entries| {
            Array2::from_shape_vec((rows, columns), entries).expect("rows times columns")
        })
    });
    let symmetric = |entry: BoxedStrategy<f64>| {
        (2_usize..7).prop_flat_map(move |n| {
            vec(entry.clone(), n * n).prop_map(move |entries| {
                Array2::from_shape_fn((n, n), |(i, j)| entries[i.min(j) * n + i.max(j)])
            })
        })
    };
    prop_oneof![
        1 => wild,
        2 => symmetric(numbers().boxed()),
        5 => symmetric(sizes().boxed()),
        2 => (2_usize..7).prop_flat_map(|n| support::connected_graph(n, sizes())),
    ]
}

fn any_vectors(length: usize) -> impl Strategy<Value = Array1<f64>> {
    let lengths = prop_oneof![9 => Just(length), 1 => 0_usize..6];
    let entry = prop_oneof![1 => numbers().boxed(), 2 => sizes().boxed(), 2 => (-1e3..1e3).boxed()];
    (lengths, entry.prop_map(|entry| entry)).prop_flat_map(|(length, first)| {
        let rest = prop_oneof![
            1 => vec(numbers(), length).boxed(),
            3 => vec((sizes(), any::<bool>()).prop_map(|(size, sign)| if sign { size } else { -size }), length).boxed(),
            2 => vec(-1.0..1.0, length).boxed(),
        ];
        rest.prop_map(move |mut entries| {
            if let Some(entry) = entries.first_mut() {
                *entry = first;
            }
            Array1::from_vec(entries)
        })
    })
}

fn any_labels(length: usize) -> impl Strategy<Value = Array1<usize>> {
    let lengths = prop_oneof![9 => Just(length), 1 => 0_usize..6];
    (lengths, 1_usize..4)
        .prop_flat_map(|(length, kinds)| vec(0..kinds, length).prop_map(Array1::from_vec))
}

/// What may come back: numbers to be looked at one by one.
trait Numbers: Debug {
    fn numbers(&self) -> Vec<f64>;
}

impl Numbers for f64 {
    fn numbers(&self) -> Vec<f64> {
        vec![*self]
    }
}

impl Numbers for (f64, f64) {
    fn numbers(&self) -> Vec<f64> {
        vec![self.0, self.1]
    }
}

impl Numbers for Array1<f64> {
    fn numbers(&self) -> Vec<f64> {
        self.to_vec()
    }
}

impl Numbers for Array2<f64> {
    fn numbers(&self) -> Vec<f64> {
        self.iter().copied().collect()
    }
}

impl Numbers for Array1<usize> {
    fn numbers(&self) -> Vec<f64> {
        vec![]
    }
}

impl Numbers for fiedler::Eigenpairs {
    fn numbers(&self) -> Vec<f64> {
        [
            self.values.numbers(),
            self.vectors.numbers(),
            self.residuals.numbers(),
        ]
        .concat()
    }
}

impl Numbers for fiedler::eigen::FiedlerVector {
    fn numbers(&self) -> Vec<f64> {
        [self.vector.to_vec(), vec![self.value, self.residual]].concat()
    }
}

impl Numbers for fiedler::kmeans::KMeans {
    fn numbers(&self) -> Vec<f64> {
        [self.centers.numbers(), vec![self.inertia]].concat()
    }
}

impl Numbers for fiedler::relaxation::Minimum {
    fn numbers(&self) -> Vec<f64> {
        let history = self.history.iter().map(|step| step.value).collect();
        [self.z.to_vec(), vec![self.value], history].concat()
    }
}

impl Numbers for fiedler::data::Data {
    fn numbers(&self) -> Vec<f64> {
        self.x.numbers()
    }
}

/// Finite numbers, or an error that can be read.
fn sound<T: Numbers>(name: &str, result: fiedler::Result<T>) {
    match result {
        Ok(value) => assert!(
            value.numbers().iter().all(|number| number.is_finite()),
            "{name} gave {value:?}"
        ),
        Err(error) => says(&error, &[]),
    }
}

proptest! {
    #![proptest_config(cases(3000))]

    #[test]
    fn no_function_of_points_panics_or_returns_nan(x in matrices(), epsilon in numbers(), k in 0_usize..7, seed in any::<u64>()) {
        sound("similarity_matrix", similarity_matrix(&x, epsilon));
        sound("similarity_matrix_within", similarity_matrix_within(&x, epsilon, 128));
        sound("spectral_clustering", spectral_clustering(&x, epsilon));
        sound("kmeans", kmeans(&x, k, seed));
    }

    #[test]
    fn no_function_of_a_matrix_panics_or_returns_nan(a in matrices()) {
        sound("degrees", degrees(&a));
        sound("components", components(&a));
        sound("laplacian", laplacian(&a));
        sound("random_walk_laplacian", random_walk_laplacian(&a));
        sound("symmetric_laplacian", symmetric_laplacian(&a));
        sound("eig_random_walk", eig_random_walk(&a));
        sound("eigh_symmetric", eigh_symmetric(&a));
        sound("eigh_generalized", eigh_generalized(&a));
        sound("fiedler_vector", fiedler_vector(&a));
    }

    #[test]
    fn no_function_of_labels_panics_or_returns_nan(
        (a, y, truth) in matrices().prop_flat_map(|a| (any_labels(a.nrows()), any_labels(a.nrows()), Just(a)))
            .prop_map(|(y, truth, a)| (a, y, truth)),
    ) {
        sound("cut", cut(&a, &y));
        sound("cut_ordered_pairs", cut_ordered_pairs(&a, &y));
        sound("vols", vols(&a, &y));
        sound("normcut", normcut(&a, &y));
        sound("normcut_ordered_pairs", normcut_ordered_pairs(&a, &y));
        sound("transform", transform(&a, &y));
        sound("agreement", agreement(&y, &truth));
    }

    #[test]
    fn no_function_of_a_vector_panics_or_returns_nan(
        (a, z, u) in matrices().prop_flat_map(|a| (any_vectors(a.nrows()), any_vectors(a.nrows()), Just(a)))
            .prop_map(|(z, u, a)| (a, z, u)),
        threshold in numbers(),
    ) {
        sound("rayleigh_quotient", rayleigh_quotient(&a, &z));
        sound("project", project(&a, &z));
        sound("orth_obj", orth_obj(&a, &z));
        sound("orth_obj_gradient", orth_obj_gradient(&a, &z));
        sound("orth", orth(&u, &z));
        sound("labels_by_sign", labels_by_sign(&z));
        sound("labels_above", labels_above(&z, threshold));
    }

    #[test]
    fn no_data_panics_or_returns_nan(n in 0_usize..12, features in 0_usize..4, spread in numbers(), factor in numbers(), seed in any::<u64>()) {
        sound("moons", moons(n, spread, seed));
        sound("circles", circles(n, spread, factor, seed));
        sound("blobs", blobs(n, features, n / 2, spread, seed));
    }
}

proptest! {
    #![proptest_config(cases(1000))]

    #[test]
    fn no_minimisation_panics_hangs_or_returns_nan(
        (a, z) in matrices().prop_flat_map(|a| (any_vectors(a.nrows()), Just(a))).prop_map(|(z, a)| (a, z)),
    ) {
        sound("minimize_orth_obj", minimize_orth_obj(&a, &z, Gradient::Exact));
        sound("minimize_orth_obj by differences", minimize_orth_obj(&a, &z, Gradient::FiniteDifferences));
    }
}
