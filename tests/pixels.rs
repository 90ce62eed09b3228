//! A picture cut into its parts: the paper's weights, and the parts that were drawn.
#![expect(
    clippy::float_cmp,
    reason = "noise of 0 leaves the formula's own numbers"
)]

mod support;

use fiedler::ndarray::{Array1, Array2, Array3, array};
use fiedler::pixels::{color_features, color_graph, pixel_graph, synthetic_picture};
use fiedler::{Error, kmeans};
use proptest::prelude::*;
use support::{FEW_ROUNDINGS, cases, ok, refused, relatively_near};

/// The labels of a cut into k parts: k-means on the rows of the first k eigenvectors.
fn parts(picture: &Array2<f64>, k: usize) -> Array1<usize> {
    let graph = ok(pixel_graph(picture, 0.1, 4.0, 5.0));
    assert!(graph.is_connected());
    let pairs = ok(graph.smallest_eigenpairs(k));
    ok(kmeans(&pairs.vectors, k, 0)).labels
}

/// The adjusted Rand index of L. Hubert & P. Arabie (1985), eq. (5), from the table of counts.
fn adjusted_rand(labels: &Array1<usize>, truth: &Array1<usize>) -> f64 {
    let pairs = |n: f64| n * (n - 1.0) / 2.0;
    let mut counts = Array2::<f64>::zeros((10, 10));
    for (&label, &true_one) in labels.iter().zip(truth) {
        counts[[label, true_one]] += 1.0;
    }
    let both = counts.mapv(pairs).sum();
    let [rows, columns] = [1, 0].map(|axis| {
        counts
            .sum_axis(fiedler::ndarray::Axis(axis))
            .mapv(pairs)
            .sum()
    });
    let expected = rows * columns / pairs(labels.len() as f64);
    (both - expected) / (f64::midpoint(rows, columns) - expected)
}

proptest! {
    #![proptest_config(cases(48))]

    #[test]
    fn every_weight_is_the_papers_and_no_edge_is_longer_than_the_radius(
        (rows, columns, grey) in (2_usize..7, 1_usize..7).prop_flat_map(|(m, n)| {
            (Just(m), Just(n), prop::collection::vec(0.0..1.0, m * n))
        }),
        radius in 1.0..4.0,
    ) {
        let picture = Array2::from_shape_vec((rows, columns), grey).expect("one grey a pixel");
        let a = ok(ok(pixel_graph(&picture, 0.3, 2.5, radius)).matrix());
        let flat: Vec<f64> = picture.iter().copied().collect();
        for p in 0..rows * columns {
            for q in 0..rows * columns {
                let difference = |one: usize, other: usize| one as f64 - other as f64;
                let (dy, dx) = (difference(p / columns, q / columns), difference(p % columns, q % columns));
                let squared = dy * dy + dx * dx;
                if p == q || squared.sqrt() > radius {
                    prop_assert_eq!(a[[p, q]], 0.0);
                } else {
                    let in_grey = (-((flat[p] - flat[q]) / 0.3).powi(2)).exp();
                    // Two exponents of up to 12 instead of their sum.
                    relatively_near(a[[p, q]], in_grey * (-squared / 6.25).exp(), 12.0 * FEW_ROUNDINGS);
                }
                prop_assert_eq!(a[[p, q]], a[[q, p]]);
            }
        }
    }
}

#[test]
fn within_one_and_a_half_an_inner_pixel_has_eight_neighbors() {
    let (picture, _) = ok(synthetic_picture(8, 9, 0.0, 0));
    let graph = ok(pixel_graph(&picture, 1.0, 1.0, 1.5));
    assert_eq!(ok(graph.neighbors(9 + 1)).len(), 8);
    assert_eq!(ok(graph.neighbors(0)).len(), 3);
    assert!(!graph.is_dense());
    // Within 1: an edge between each two pixels side by side.
    assert_eq!(
        ok(pixel_graph(&picture, 1.0, 1.0, 1.0)).edge_count(),
        8 * 8 + 7 * 9
    );
}

#[test]
fn a_picture_and_its_transpose_have_the_same_edges() {
    let (picture, _) = ok(synthetic_picture(8, 11, 0.1, 1));
    let one = ok(pixel_graph(&picture, 0.2, 2.0, 3.0));
    let other = ok(pixel_graph(&picture.t().to_owned(), 0.2, 2.0, 3.0));
    assert_eq!(one.edge_count(), other.edge_count());
    for (p, q, weight) in one.weighted_edges() {
        let turned = |p: usize| p % 11 * 8 + p / 11;
        assert!(ok(other.neighbors(turned(p))).contains(&(turned(q), weight)));
    }
}

#[test]
fn a_cut_in_three_finds_background_disc_and_bar() {
    let (picture, truth) = ok(synthetic_picture(24, 32, 0.03, 0));
    let truth: Array1<usize> = truth.iter().copied().collect();
    let found = parts(&picture, 3);
    assert_eq!(adjusted_rand(&found, &truth), 1.0);
}

#[test]
fn more_noise_costs_few_pixels() {
    for seed in 0..3 {
        let (picture, truth) = ok(synthetic_picture(20, 24, 0.06, seed));
        let truth: Array1<usize> = truth.iter().copied().collect();
        let score = adjusted_rand(&parts(&picture, 3), &truth);
        assert!(score > 0.9, "seed {seed}: {score}");
    }
}

#[test]
fn grey_alone_does_not_find_the_parts_of_a_noisy_picture() {
    let (picture, truth) = ok(synthetic_picture(24, 32, 0.15, 0));
    let truth: Array1<usize> = truth.iter().copied().collect();
    let grey = Array2::from_shape_vec((24 * 32, 1), picture.iter().copied().collect());
    let found = ok(kmeans(&grey.expect("one grey a pixel"), 3, 0)).labels;
    let score = adjusted_rand(&found, &truth);
    assert!(score < 0.8, "{score}");
}

#[test]
fn the_picture_without_noise_is_its_formula() {
    let (picture, parts) = ok(synthetic_picture(24, 32, 0.0, 0));
    for ((i, j), &part) in parts.indexed_iter() {
        let background = 0.4 + 0.2 * ((i as f64 + 0.5) / 24.0);
        assert_eq!(picture[[i, j]], [background, 0.9, 0.1][part]);
    }
    let sizes = [0, 1, 2].map(|part| parts.iter().filter(|other| **other == part).count());
    assert!(sizes.iter().all(|&size| size > 80), "{sizes:?}");
    assert_eq!(
        ok(synthetic_picture(8, 8, 0.1, 7)),
        ok(synthetic_picture(8, 8, 0.1, 7))
    );
}

#[test]
fn what_is_no_picture_and_no_width_is_refused() {
    let picture = array![[0.0, 1.0], [0.5, 0.2]];
    for (grey, place, radius) in [
        (0.0, 1.0, 1.0),
        (f64::NAN, 1.0, 1.0),
        (1.0, -1.0, 1.0),
        (1.0, f64::INFINITY, 1.0),
        (1.0, 1.0, 0.9),
        (1.0, 1.0, f64::NAN),
        (1.0, 1.0, f64::INFINITY),
    ] {
        let refused = refused(pixel_graph(&picture, grey, place, radius));
        assert!(matches!(refused, Error::Parameter { .. }), "{refused}");
    }
    // A radius beyond the picture joins all of it.
    assert_eq!(ok(pixel_graph(&picture, 1.0, 1.0, 1e300)).edge_count(), 6);
    assert_eq!(
        refused(pixel_graph(&array![[1.0]], 1.0, 1.0, 1.0)),
        Error::OnePoint
    );
    assert_eq!(
        refused(pixel_graph(&Array2::zeros((0, 3)), 1.0, 1.0, 1.0)),
        Error::NoPoints
    );
    let nan = array![[0.0, f64::NAN]];
    assert!(matches!(
        refused(pixel_graph(&nan, 1.0, 1.0, 1.0)),
        Error::NotFinite { .. }
    ));
    let large = Array2::zeros((3000, 3000));
    assert!(matches!(
        refused(pixel_graph(&large, 1.0, 1.0, 2.0)),
        Error::Value { .. }
    ));
    for (rows, columns, noise) in [
        (7, 20, 0.0),
        (20, 0, 0.0),
        (usize::MAX, 8, 0.0),
        (8, 8, -0.1),
        (8, 8, f64::NAN),
    ] {
        let refused = refused(synthetic_picture(rows, columns, noise, 0));
        assert!(
            matches!(refused, Error::Count { .. } | Error::Parameter { .. }),
            "{refused}"
        );
    }
}

#[test]
fn differences_that_vanish_leave_a_pixel_alone_and_those_that_nearly_do_are_refused() {
    let picture = array![[0.0, 0.0, 100.0]];
    assert_eq!(
        ok(pixel_graph(&picture, 1.0, 1.0, 1.0)).isolated_vertices(),
        [2]
    );
    let nearly = array![[0.0, 0.0, 15.0]];
    assert!(matches!(
        refused(pixel_graph(&nearly, 1.0, 1.0, 1.0)),
        Error::TinyDegree { points, .. } if points == [2]
    ));
}

/// A picture in colours and its parts: red, green and blue stripes, all of one intensity, with noise.
fn stripes(noise: u8) -> (Array3<u8>, Array1<usize>) {
    let mut state = 7_u32;
    let part = |j: usize| j / 6;
    let picture = Array3::from_shape_fn((12, 18, 3), |(_, j, channel)| {
        // Knuth's multiplicative generator.
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let above = u8::try_from(state >> 24).expect("a byte") % (noise + 1);
        if part(j) == channel {
            200 - above
        } else {
            40 + above
        }
    });
    (
        picture,
        (0..12 * 18).map(|pixel| part(pixel % 18)).collect(),
    )
}

#[test]
fn parts_that_differ_in_hue_alone_are_found_in_colours() {
    let (picture, truth) = stripes(20);
    let graph = ok(color_graph(&picture, 0.2, 4.0, 3.0));
    let pairs = ok(graph.smallest_eigenpairs(3));
    let labels = ok(kmeans(&pairs.vectors, 3, 0)).labels;
    assert_eq!(adjusted_rand(&labels, &truth), 1.0);
}

#[test]
fn a_grey_picture_in_colours_has_the_graph_of_its_intensities() {
    let grey = Array2::from_shape_fn((5, 7), |(i, j)| {
        u8::try_from((i * 37 + j * 91) % 256).expect("a byte")
    });
    let picture = Array3::from_shape_fn((5, 7, 3), |(i, j, _)| grey[[i, j]]);
    let intensity = grey.mapv(|byte| f64::from(byte) / 255.0);
    let graphs = (
        color_graph(&picture, 0.3, 2.0, 2.5),
        pixel_graph(&intensity, 0.3, 2.0, 2.5),
    );
    assert_eq!(ok(graphs.0), ok(graphs.1));
}

#[test]
fn the_corners_of_the_cube_of_colours_stand_where_hue_saturation_and_value_say() {
    let corners: Array3<u8> = array![[
        [255, 255, 0],
        [0, 255, 0],
        [0, 255, 255],
        [0, 0, 255],
        [255, 0, 255],
        [0, 0, 0]
    ]];
    let features = ok(color_features(&corners));
    for (sixth, row) in (1..6).zip(features.rows()) {
        let angle = f64::from(sixth) * std::f64::consts::FRAC_PI_3;
        let wanted = [1.0, angle.sin(), angle.cos()];
        for (found, wanted) in row.iter().zip(wanted) {
            assert!(
                (found - wanted).abs() < 1e-15,
                "{sixth}: {found} and {wanted}"
            );
        }
    }
    assert_eq!(features.row(5).to_vec(), [0.0; 3]);
}

#[test]
fn pictures_in_colours_that_are_none_are_refused() {
    let four = Array3::<u8>::zeros((2, 2, 4));
    let error = refused(color_graph(&four, 0.1, 4.0, 2.0));
    assert!(matches!(error, Error::Count { found: 4, .. }), "{error}");
    let of = |rows, columns| {
        refused(color_graph(
            &Array3::zeros((rows, columns, 3)),
            0.1,
            4.0,
            2.0,
        ))
    };
    assert_eq!(
        (of(0, 3), of(3, 0), of(1, 1)),
        (Error::NoPoints, Error::NoColumns, Error::OnePoint)
    );
    let picture = Array3::<u8>::zeros((2, 2, 3));
    for bad in [0.0, -1.0, f64::NAN] {
        let error = refused(color_graph(&picture, bad, 4.0, 2.0));
        assert!(
            matches!(
                error,
                Error::Parameter {
                    name: "sigma_color",
                    ..
                }
            ),
            "{error}"
        );
    }
}
