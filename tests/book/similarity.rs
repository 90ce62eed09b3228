//! The chapter on the similarity graph.

use crate::support::{all_near, exactly, near, relatively_near};
use crate::{FOUR_DIGITS, ON_PAPER};
use fiedler::data::{RandomState, blog_moons, moons};
use fiedler::ndarray::{Array1, Array2, array};
use fiedler::{
    Graph, Result, agreement, components, exact::exact_normcut, graph::Symmetry, labels_by_sign,
    parameters, similarity_matrix,
};

// ANCHOR: six_points
/// Three points 2 apart, then a gap of 5, then three points 6 and 7 apart.
fn six_points() -> Array2<f64> {
    array![[0.], [2.], [4.], [9.], [15.], [22.]]
}
// ANCHOR_END: six_points

/// A dense group of 40 points and one four times as wide.
fn uneven() -> (Array2<f64>, Array1<usize>) {
    let mut rng = RandomState::new(0);
    let mut x = Array2::zeros((80, 2));
    for (i, mut point) in x.outer_iter_mut().enumerate() {
        let (middle, spread) = if i < 40 { (0.0, 0.25) } else { (2.5, 1.0) };
        point[0] = rng.normal(middle, spread);
        point[1] = rng.normal(0.0, spread);
    }
    (x, Array1::from_shape_fn(80, |i| usize::from(i >= 40)))
}

/// Right of 80, by the sign of the second eigenvector.
fn right_by_sign(graph: &Graph, y: &Array1<usize>) -> Result<f64> {
    let second = graph.smallest_eigenpairs(2)?.vectors.column(1).to_owned();
    Ok((80.0 * agreement(&labels_by_sign(&second)?, y)?).round())
}

/// n points in two dimensions.
fn random_points(n: usize, rng: &mut RandomState) -> Array2<f64> {
    Array2::from_shape_simple_fn((n, 2), || rng.normal(0.0, 1.0))
}

/// The mean degree of each half of the points.
fn mean_degrees(graph: &Graph) -> [f64; 2] {
    let half = graph.vertex_count() / 2;
    let d = graph.degrees();
    [0, half].map(|start| d.iter().skip(start).take(half).sum::<f64>() / half as f64)
}

// ANCHOR: no_epsilon
#[test]
fn no_epsilon_gives_the_two_groups_of_the_six_points() -> Result<()> {
    let x = six_points();
    let pieces = |epsilon: f64| components(&similarity_matrix(&x, epsilon)?);
    assert_eq!(pieces(4.9)?, array![0, 0, 0, 1, 2, 3]);
    assert_eq!(pieces(5.0)?, array![0, 0, 0, 0, 1, 2]); // the gap is bridged …
    assert_eq!(pieces(6.0)?, array![0, 0, 0, 0, 0, 1]);
    assert_eq!(pieces(7.0)?, array![0, 0, 0, 0, 0, 0]); // … before the right group hangs together
    Ok(())
}
// ANCHOR_END: no_epsilon

// ANCHOR: two_neighbours
#[test]
fn two_neighbours_tell_the_six_points_apart() -> Result<()> {
    let x = six_points();
    let groups = array![0, 0, 0, 1, 1, 1];

    let mutual = Graph::mutual_nearest_neighbors(&x, 2)?;
    assert_eq!(mutual.components(), groups);

    let average = Graph::nearest_neighbors(&x, Symmetry::Average, 2)?;
    assert!(average.is_connected());
    let best = exact_normcut(&average)?; // all 31 splits, tried
    assert_eq!(best.labels, groups);
    near(best.normcut, 24.0 / 143.0, ON_PAPER);
    Ok(())
}
// ANCHOR_END: two_neighbours

#[test]
fn the_two_nearest_neighbours_of_the_six_points_are_those_of_the_book() -> Result<()> {
    let average = Graph::nearest_neighbors(&six_points(), Symmetry::Average, 2)?;
    let wanted = [
        (0, 1, 1.0),
        (0, 2, 1.0),
        (1, 2, 1.0),
        (2, 3, 0.5),
        (3, 4, 1.0),
        (3, 5, 0.5),
        (4, 5, 1.0),
    ];
    assert!(average.weighted_edges().eq(wanted));
    assert_eq!(average.degrees(), &array![2.0, 2.0, 2.5, 2.0, 2.0, 1.5]);
    Ok(())
}

#[test]
fn local_scaling_makes_the_gap_of_the_six_points_the_weakest_link() -> Result<()> {
    let local = Graph::local_scaling(&six_points(), 2)?;
    let a = local.matrix()?;
    // σ = 4, 2, 4, 6, 7, 13: the distances to the second neighbours.
    let exponents: [f64; 5] = [4.0 / 8.0, 4.0 / 8.0, 25.0 / 24.0, 36.0 / 42.0, 49.0 / 91.0];
    for (i, t) in exponents.into_iter().enumerate() {
        near(a[[i, i + 1]], (-t).exp(), ON_PAPER);
        assert!(a[[2, 3]] <= a[[i, i + 1]]);
    }
    let printed = [0.6065, 0.6065, 0.3529, 0.4244, 0.5836];
    for (i, value) in printed.into_iter().enumerate() {
        relatively_near(a[[i, i + 1]], value, FOUR_DIGITS);
    }
    assert_eq!(exact_normcut(&local)?.labels, array![0, 0, 0, 1, 1, 1]);
    // A Gaussian never does: there the nearer pair weighs more, whatever σ.
    for sigma in [1.5, 2.0, 4.0, 8.0] {
        let a = Graph::gaussian(&six_points(), sigma)?.matrix()?;
        assert!(a[[2, 3]] > a[[3, 4]] && a[[3, 4]] > a[[4, 5]]);
    }
    Ok(())
}

#[test]
fn the_uneven_groups_have_the_graphs_of_the_table() -> Result<()> {
    let (x, y) = uneven();
    let counts = |graph: &Graph| {
        let isolated = graph.isolated_vertices().len();
        (graph.edge_count(), graph.component_count(), isolated)
    };
    let average = |k| Graph::nearest_neighbors(&x, Symmetry::Average, k);

    let small = Graph::epsilon(&x, 0.25)?;
    assert_eq!(counts(&small), (192, 32, 23));
    all_near(&mean_degrees(&small), &[9.0, 0.6], ON_PAPER);

    let no_point_alone = parameters::max_min_distance(&x)?;
    relatively_near(no_point_alone, 0.8025, FOUR_DIGITS);
    let middle = Graph::epsilon(&x, no_point_alone)?;
    assert_eq!(counts(&middle), (824, 2, 0));
    exactly(middle.cut(&y)?, 7.0);
    assert!(agreement(&middle.components(), &y)? < 0.6);
    all_near(&mean_degrees(&middle), &[35.925, 5.275], ON_PAPER);

    let large = Graph::epsilon(&x, 1.26)?;
    assert!(large.is_connected());
    assert!(!Graph::epsilon(&x, 1.24)?.is_connected());
    assert_eq!(counts(&large), (1064, 1, 0));
    exactly(large.cut(&y)?, 59.0);
    all_near(&mean_degrees(&large), &[40.4, 12.8], 0.05);
    relatively_near(large.normcut(&y)?, 0.1515, FOUR_DIGITS);
    exactly(right_by_sign(&large, &y)?, 79.0);

    let neighbors = average(7)?;
    assert_eq!(counts(&neighbors), (369, 1, 0));
    exactly(neighbors.cut(&y)?, 4.0);
    relatively_near(neighbors.normcut(&y)?, 0.0286, 2.0 * FOUR_DIGITS);
    all_near(&mean_degrees(&neighbors), &[7.1, 6.9], ON_PAPER);
    exactly(right_by_sign(&neighbors, &y)?, 80.0);

    let mutual = Graph::mutual_nearest_neighbors(&x, 7)?;
    assert_eq!(counts(&mutual), (191, 3, 0));
    exactly(mutual.cut(&y)?, 0.0);
    all_near(&mean_degrees(&mutual), &[4.25, 5.3], ON_PAPER);
    Ok(())
}

#[test]
fn the_uneven_groups_have_the_weights_of_the_table() -> Result<()> {
    let (x, y) = uneven();
    for (sigma, degrees, cut, normcut, right) in [
        (0.25, [12.90, 0.97], 0.1815, 0.0050, 44.0),
        (0.5, [25.97, 4.11], 10.82, 0.0762, 80.0),
        (1.0, [38.31, 16.08], 151.6, 0.3347, 79.0),
    ] {
        let graph = Graph::gaussian(&x, sigma)?;
        all_near(&mean_degrees(&graph), &degrees, 0.005);
        relatively_near(graph.cut(&y)?, cut, 3.0 * FOUR_DIGITS);
        near(graph.normcut(&y)?, normcut, 0.000_05);
        exactly(right_by_sign(&graph, &y)?, right);
    }
    let local = Graph::local_scaling(&x, 7)?;
    all_near(&mean_degrees(&local), &[5.67, 5.69], 0.005);
    relatively_near(local.cut(&y)?, 2.657, FOUR_DIGITS);
    near(local.normcut(&y)?, 0.0234, 0.000_05);
    exactly(right_by_sign(&local, &y)?, 80.0);
    Ok(())
}

// ANCHOR: moons
#[test]
fn the_posts_moons_are_the_components_for_some_epsilons_and_noisier_moons_for_none() -> Result<()> {
    let data = blog_moons();
    for epsilon in [0.1287, 0.2, 0.3, 0.3157] {
        let found = components(&similarity_matrix(&data.x, epsilon)?)?;
        near(agreement(&found, &data.y)?, 1.0, 0.0);
    }
    let smallest = parameters::max_min_distance(&data.x)?; // 0.12599
    assert_eq!(Graph::epsilon(&data.x, smallest)?.component_count(), 4);
    assert_eq!(Graph::epsilon(&data.x, 0.1286)?.component_count(), 3);
    assert!(Graph::epsilon(&data.x, 0.3158)?.is_connected());

    let noisy = moons(1000, 0.1, 0)?;
    let just_below_the_gap = distance_between(&noisy.x, &noisy.y).next_down();
    assert!(Graph::epsilon(&noisy.x, just_below_the_gap)?.component_count() > 2);
    Ok(())
}
// ANCHOR_END: moons

/// The smallest distance between points of different labels.
fn distance_between(x: &Array2<f64>, y: &Array1<usize>) -> f64 {
    let n = x.nrows();
    let pairs = (0..n).flat_map(|i| (0..i).map(move |j| (i, j)));
    let across = pairs.filter(|&(i, j)| y[i] != y[j]).map(|(i, j)| {
        let between = &x.row(i) - &x.row(j);
        between.dot(&between).sqrt()
    });
    across.fold(f64::INFINITY, f64::min)
}

#[test]
fn the_average_has_the_volume_nk_and_every_degree_is_at_least_half_k() -> Result<()> {
    let mut rng = RandomState::new(1);
    for k in 1..9 {
        let x = random_points(40, &mut rng);
        let graph = Graph::nearest_neighbors(&x, Symmetry::Average, k)?;
        exactly(graph.volume(), (40 * k) as f64);
        assert!(graph.degrees().iter().all(|&d| d >= k as f64 / 2.0));
        let mutual = Graph::mutual_nearest_neighbors(&x, k)?;
        assert!(mutual.degrees().iter().all(|&d| d <= k as f64));
    }
    Ok(())
}

#[test]
fn every_component_of_a_neighbour_graph_has_more_than_k_points() -> Result<()> {
    let mut rng = RandomState::new(2);
    for k in 1..9 {
        let graph = Graph::nearest_neighbors(&random_points(60, &mut rng), Symmetry::Either, k)?;
        let piece = graph.components();
        for c in 0..graph.component_count() {
            assert!(piece.iter().filter(|&&other| other == c).count() > k);
        }
        assert!(graph.component_count() <= 60 / (k + 1));
    }
    Ok(())
}

#[test]
fn a_gaussian_cut_off_at_a_weight_is_an_epsilon_graph() -> Result<()> {
    let mut rng = RandomState::new(3);
    for weight in [0.1, 0.5, 0.9_f64] {
        for sigma in [0.3, 1.0, 2.0] {
            let x = random_points(30, &mut rng);
            let a = Graph::gaussian(&x, sigma)?.matrix()?;
            let kept = a.mapv(|entry| if entry >= weight { 1.0 } else { 0.0 });
            let epsilon = sigma * (2.0 * (1.0 / weight).ln()).sqrt();
            assert_eq!(kept, similarity_matrix(&x, epsilon)?);
        }
    }
    Ok(())
}

#[test]
fn a_gaussian_weighs_what_the_book_says_at_one_two_and_three_sigma() -> Result<()> {
    let a = Graph::gaussian(&array![[0.], [1.], [2.], [3.]], 1.0)?.matrix()?;
    for (j, value) in [(1, 0.6065), (2, 0.1353), (3, 0.01111)] {
        relatively_near(a[[0, j]], value, FOUR_DIGITS);
    }
    // A weight that f64 cannot hold is no edge.
    let far = |distance: f64| Graph::gaussian(&array![[0.], [1.], [1.0 + distance]], 1.0);
    assert_eq!(far(39.7)?.isolated_vertices(), [2]);
    Ok(())
}

#[test]
fn one_neighbour_of_the_six_points_gives_the_graph_of_exercise_1() -> Result<()> {
    let x = six_points();
    let average = Graph::nearest_neighbors(&x, Symmetry::Average, 1)?;
    let wanted = [
        (0, 1, 1.0),
        (1, 2, 0.5),
        (2, 3, 0.5),
        (3, 4, 0.5),
        (4, 5, 0.5),
    ];
    assert!(average.weighted_edges().eq(wanted));
    exactly(average.volume(), 6.0);
    let mutual = Graph::mutual_nearest_neighbors(&x, 1)?;
    assert_eq!(mutual.isolated_vertices(), [2, 3, 4, 5]);
    Ok(())
}

#[test]
fn a_hub_may_have_any_degree_in_a_neighbour_graph() -> Result<()> {
    for m in [2, 5, 20] {
        // The origin and the m unit vectors.
        let x = Array2::from_shape_fn((m + 1, m), |(i, j)| f64::from(i == j + 1));
        let either = Graph::nearest_neighbors(&x, Symmetry::Either, 1)?;
        exactly(either.degrees()[0], m as f64);
        let average = Graph::nearest_neighbors(&x, Symmetry::Average, 1)?;
        exactly(average.degrees()[0], (m + 1) as f64 / 2.0);
        exactly(average.volume(), (m + 1) as f64);
    }
    Ok(())
}

#[test]
fn local_scaling_gives_a_far_group_and_its_enlarged_copy_the_same_weights() -> Result<()> {
    let mut rng = RandomState::new(4);
    let small = random_points(12, &mut rng);
    let mut x = Array2::zeros((24, 2));
    for i in 0..12 {
        for j in 0..2 {
            x[[i, j]] = small[[i, j]];
            x[[12 + i, j]] = 1000.0 + 8.0 * small[[i, j]];
        }
    }
    let a = Graph::local_scaling(&x, 7)?.matrix()?;
    for i in 0..12 {
        for j in 0..12 {
            near(a[[i, j]], a[[12 + i, 12 + j]], 1e-11); // coordinates near 1000 are rounded
            near(a[[i, 12 + j]], 0.0, 1e-100);
        }
    }
    Ok(())
}
