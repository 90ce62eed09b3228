//! The chapter on the similarity graph.

use crate::numbers::Printed;
use crate::support::{all_near, exactly, near, relatively_near};
use crate::{FOUR_DIGITS, ON_PAPER};
use fiedler::data::{RandomState, blog_moons, moons};
use fiedler::ndarray::{Array1, Array2, Axis, array};
use fiedler::{
    Error, Graph, Result, agreement, components, exact::exact_normcut, graph::Symmetry,
    labels_by_sign, parameters, similarity_matrix,
};

/// Sizes, ε and σ of examples, points of exercises; what `graph.rs` and `similarity.rs` pin (the spirals' 150 points and 12
/// pieces, the point at 10⁸); the exponents of the six points; 2⁵ − 1 = 31 splits of six points.
pub const CHOSEN: &[&str] = &[
    "0.1", "0.10", "0.2", "0.25", "0.3", "0.4", "0.400", "0.401", "0.5", "0.55", "0.6", "0.803",
    "1,000", "1.26", "10", "12", "15", "150", "24", "25", "42", "49", "91", "200", "22", "31",
    "40", "80", "0.01166", "0.165",
];

/// The numbers that the chapter prints.
pub fn printed() -> Result<Printed> {
    let moons_of_the_post = blog_moons();
    let x = &moons_of_the_post.x;
    let gap = distance_between(x, &moons_of_the_post.y);
    let at = |epsilon: f64| Graph::epsilon(x, epsilon);
    let count = |graph: &Graph| graph.edge_count() as f64;
    let noisy = moons(1000, 0.1, 0)?;
    let first = distance_between(&noisy.x, &noisy.y);
    let before = Graph::epsilon(&noisy.x, first.next_down())?;
    let whole = Graph::epsilon(&noisy.x, 0.165)?;
    let (wide, y) = uneven();
    let [small, middle, large] = [0.25, 0.803, 1.26].map(|epsilon| Graph::epsilon(&wide, epsilon));
    let (small, middle, large) = (small?, middle?, large?);
    let average = Graph::nearest_neighbors(&wide, Symmetry::Average, 7)?;
    let mutual = Graph::mutual_nearest_neighbors(&wide, 7)?;
    let [quarter, half, one] = [0.25, 0.5, 1.0].map(|sigma| Graph::gaussian(&wide, sigma));
    let (quarter, half, one) = (quarter?, half?, one?);
    let local = Graph::local_scaling(&wide, 7)?;
    let cut = |graph: &Graph| graph.cut(&y);
    let percent = |graph: &Graph| -> Result<f64> { Ok(200.0 * graph.cut(&y)? / graph.volume()) };
    let six = Graph::local_scaling(&six_points(), 2)?;
    let a = six.matrix()?;
    let soft = Graph::gaussian(&array![[0.], [1.], [2.], [3.]], 1.0)?.matrix()?;
    let moon = |label: usize| -> Result<f64> {
        let own: Vec<usize> = (0..200)
            .filter(|&i| moons_of_the_post.y[i] == label)
            .collect();
        parameters::connecting_distance(&x.select(Axis(0), &own))
    };
    Ok(vec![
        ("0.12599", parameters::max_min_distance(x)?),
        // From where both moons hang together to where an edge joins them: up and down.
        ("0.1287", (1e4 * moon(0)?.max(moon(1)?)).ceil() / 1e4),
        ("0.3157", (1e4 * gap).floor() / 1e4),
        ("1027", count(&at(0.2)?)),
        ("2258", count(&at(0.4)?)),
        ("3566", count(&at(0.6)?)),
        ("8159", count(&at(1.0)?)),
        ("13", at(0.4)?.cut(&moons_of_the_post.y)?),
        ("211", at(0.6)?.cut(&moons_of_the_post.y)?),
        ("2757", at(1.0)?.cut(&moons_of_the_post.y)?),
        ("0.0002", nearest_distance_to(x, 0.4)),
        ("4516", at(0.4)?.volume()),
        ("26", 2.0 * at(0.4)?.cut(&moons_of_the_post.y)?),
        ("0.0117", first),
        ("915", before.component_count() as f64),
        ("841", before.isolated_vertices().len() as f64),
        ("88", count(&before)),
        ("15,401", count(&whole)),
        ("18", whole.cut(&noisy.y)?),
        ("192", count(&small)),
        ("32", small.component_count() as f64),
        ("23", small.isolated_vertices().len() as f64),
        ("9.0", mean_degrees(&small)[0]),
        ("0.6", mean_degrees(&small)[1]),
        ("825", count(&middle)),
        ("76", sizes(&middle)[1] as f64),
        ("36.0", mean_degrees(&middle)[0]),
        ("5.3", mean_degrees(&middle)[1]),
        ("5.3", mean_degrees(&mutual)[1]),
        ("1.0", percent(&middle)?),
        ("1064", count(&large)),
        ("40.4", mean_degrees(&large)[0]),
        ("12.8", mean_degrees(&large)[1]),
        ("59", cut(&large)?),
        ("5.5", percent(&large)?),
        ("369", count(&average)),
        ("7.1", mean_degrees(&average)[0]),
        ("6.9", mean_degrees(&average)[1]),
        ("1.4", percent(&average)?),
        ("191", count(&mutual)),
        ("36", sizes(&mutual)[1] as f64),
        ("4.3", mean_degrees(&mutual)[0]),
        ("12.9", mean_degrees(&quarter)[0]),
        ("0.97", mean_degrees(&quarter)[1]),
        ("0.18", cut(&quarter)?),
        ("0.07", percent(&quarter)?),
        ("0.000009", quarter.cut(&outliers())?),
        ("26.0", mean_degrees(&half)[0]),
        ("4.1", mean_degrees(&half)[1]),
        ("10.8", cut(&half)?),
        ("1.8", percent(&half)?),
        ("38.3", mean_degrees(&one)[0]),
        ("16.1", mean_degrees(&one)[1]),
        ("152", cut(&one)?),
        ("13.9", percent(&one)?),
        ("5.7", mean_degrees(&local)[0]),
        ("5.7", mean_degrees(&local)[1]),
        ("2.7", cut(&local)?),
        ("1.2", percent(&local)?),
        ("0.607", a[[0, 1]]),
        ("0.353", a[[2, 3]]),
        ("0.424", a[[3, 4]]),
        ("0.584", a[[4, 5]]),
        ("0.42", least_cut(&six)?.1),
        ("0.61", soft[[0, 1]]),
        ("0.14", soft[[0, 2]]),
        ("0.011", soft[[0, 3]]),
        ("38.6", last_distance_with_a_weight()),
    ])
}

/// How near a distance of two points comes to this one.
fn nearest_distance_to(x: &Array2<f64>, wanted: f64) -> f64 {
    let pairs = (0..x.nrows()).flat_map(|i| (0..i).map(move |j| (i, j)));
    let off = pairs.map(|(i, j)| {
        let between = &x.row(i) - &x.row(j);
        (between.dot(&between).sqrt() - wanted).abs()
    });
    off.fold(f64::INFINITY, f64::min)
}

/// In units of σ, the largest distance whose Gaussian is positive in the computer.
fn last_distance_with_a_weight() -> f64 {
    let (mut with, mut without) = (1.0_f64, 100.0_f64);
    for _ in 0..60 {
        let middle = f64::midpoint(with, without);
        if (-middle * middle / 2.0).exp() > 0.0 {
            with = middle;
        } else {
            without = middle;
        }
    }
    with
}

/// Three points 2 apart, then a gap of 5, then three points 6 and 7 apart.
fn six_points() -> Array2<f64> {
    array![[0.], [2.], [4.], [9.], [15.], [22.]]
}

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

/// Four of the wide group, apart from the others.
fn outliers() -> Array1<usize> {
    Array1::from_shape_fn(80, |i| usize::from([42, 54, 55, 72].contains(&i)))
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

/// The split of six points that cuts the least weight, of all 31, and that weight.
fn least_cut(graph: &Graph) -> Result<(Array1<usize>, f64)> {
    let split =
        |code: usize| Array1::from_shape_fn(6, |i| if i == 0 { 0 } else { code >> (i - 1) & 1 });
    let mut best = (split(1), graph.cut(&split(1))?);
    for y in (2..32).map(split) {
        let found = graph.cut(&y)?;
        if found < best.1 {
            best = (y, found);
        }
    }
    Ok(best)
}

#[test]
fn the_least_cut_of_the_six_points_is_between_the_groups_where_each_point_has_its_own_distance()
-> Result<()> {
    let x = six_points();
    let groups = array![0, 0, 0, 1, 1, 1];
    let (y, weight) = least_cut(&Graph::nearest_neighbors(&x, Symmetry::Average, 2)?)?;
    assert_eq!(y, groups);
    exactly(weight, 0.5);
    let (y, weight) = least_cut(&Graph::local_scaling(&x, 2)?)?;
    assert_eq!(y, groups);
    relatively_near(weight, 0.4196, FOUR_DIGITS);
    // With one distance for all, the last point is cheaper to part from the others.
    assert_eq!(
        least_cut(&Graph::epsilon(&x, 7.0)?)?.0,
        array![0, 0, 0, 0, 0, 1]
    );
    for sigma in [2.0, 4.0, 8.0] {
        assert_ne!(least_cut(&Graph::gaussian(&x, sigma)?)?.0, groups);
    }
    Ok(())
}

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
    assert_eq!(counts(&Graph::epsilon(&x, no_point_alone)?), (824, 2, 0));
    let middle = Graph::epsilon(&x, 0.803)?; // one edge more
    assert_eq!(counts(&middle), (825, 2, 0));
    assert_eq!(sizes(&middle), [4, 76]);
    exactly(middle.cut(&y)?, 8.0);
    all_near(&mean_degrees(&middle), &[35.95, 5.3], ON_PAPER);

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
    assert_eq!(sizes(&mutual), [4, 36, 40]);
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
    // σ = 0.25: four outlying points hang on the others by less than the groups on each other.
    let thin = Graph::gaussian(&x, 0.25)?;
    let second = thin.smallest_eigenpairs(2)?.vectors.column(1).to_owned();
    near(agreement(&labels_by_sign(&second)?, &outliers())?, 1.0, 0.0);
    relatively_near(thin.cut(&outliers())?, 9.047e-6, FOUR_DIGITS);

    let local = Graph::local_scaling(&x, 7)?;
    all_near(&mean_degrees(&local), &[5.67, 5.69], 0.005);
    relatively_near(local.cut(&y)?, 2.657, FOUR_DIGITS);
    near(local.normcut(&y)?, 0.0234, 0.000_05);
    exactly(right_by_sign(&local, &y)?, 80.0);
    Ok(())
}

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

    // At the last moment before the first edge between the noisier moons they are crumbs.
    let noisy = moons(1000, 0.1, 0)?;
    let before = Graph::epsilon(&noisy.x, distance_between(&noisy.x, &noisy.y).next_down())?;
    assert_eq!(before.component_count(), 915);
    assert_eq!(
        (before.isolated_vertices().len(), before.edge_count()),
        (841, 88)
    );
    assert_eq!(*sizes(&before).last().expect("a piece"), 3);
    Ok(())
}

#[test]
fn more_and_more_edges_of_the_moons_lead_across() -> Result<()> {
    let data = blog_moons();
    for (epsilon, edges, across) in [
        (0.2, 1027, 0.0),
        (0.4, 2258, 13.0),
        (0.6, 3566, 211.0),
        (1.0, 8159, 2757.0),
    ] {
        let graph = Graph::epsilon(&data.x, epsilon)?;
        assert_eq!(graph.edge_count(), edges);
        exactly(graph.cut(&data.y)?, across);
    }
    Ok(())
}

/// The sizes of the components, ascending.
fn sizes(graph: &Graph) -> Vec<usize> {
    let piece = graph.components();
    let size = |c: usize| piece.iter().filter(|&&other| other == c).count();
    let mut sizes: Vec<usize> = (0..graph.component_count()).map(size).collect();
    sizes.sort_unstable();
    sizes
}

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
        let either = Graph::nearest_neighbors(&x, Symmetry::Either, k)?;
        assert!(either.degrees().iter().all(|&d| d >= k as f64));
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
    // A weight that f64 cannot hold is no edge, and one that it all but loses is refused.
    let far = |distance: f64| Graph::gaussian(&array![[0.], [1.], [1.0 + distance]], 1.0);
    near(last_distance_with_a_weight(), 38.6, 0.005);
    assert_eq!(far(38.65)?.isolated_vertices(), [2]);
    assert!(matches!(far(38.55), Err(Error::TinyDegree { points, .. }) if points == [2]));
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

/// The inline drawing of the chapter, two panels by two: 480 pixels wide, in half pixels.
fn uneven_drawing() -> Result<String> {
    let (x, y) = uneven();
    let place = |i: usize| {
        [
            (30.0 + 75.0 * (x[[i, 0]] + 0.75)).round(),
            (46.0 + 75.0 * (2.1 - x[[i, 1]])).round(),
        ]
    };
    let lines = |graph: &Graph, between: bool| -> String {
        let kept = graph
            .weighted_edges()
            .filter(|&(i, j, _)| i < j && (y[i] != y[j]) == between);
        let line = |(i, j, _)| {
            let ([a, b], [c, d]) = (place(i), place(j));
            format!("M{a} {b}L{c} {d}")
        };
        kept.map(line).collect()
    };
    let near = |i: usize| {
        let [a, b] = place(i);
        format!("M{} {b}a5 5 0 1 0 10 0a5 5 0 1 0-10 0", a - 5.0)
    };
    let far = |i: usize| {
        let [a, b] = place(i);
        format!("M{} {b}l6-10l6 10z", a - 6.0)
    };
    let dots: String = (0..40).map(near).collect();
    let triangles: String = (40..80).map(far).collect();
    let panels = [
        ("ε = 0.25", Graph::epsilon(&x, 0.25)?),
        ("ε = 1.26", Graph::epsilon(&x, 1.26)?),
        (
            "7 nearest neighbours",
            Graph::nearest_neighbors(&x, Symmetry::Average, 7)?,
        ),
        (
            "mutual nearest neighbours",
            Graph::mutual_nearest_neighbors(&x, 7)?,
        ),
    ];
    let told = |(title, graph): &(&str, Graph)| {
        let (edges, pieces) = (graph.edge_count(), graph.component_count());
        let between = graph
            .weighted_edges()
            .filter(|&(i, j, _)| y[i] != y[j])
            .count();
        let alone = graph.isolated_vertices().len();
        format!(
            " {title}: {edges} edges, {between} of them between the groups; components: {pieces}; points alone: {alone}."
        )
    };
    let drawn = |(panel, (title, graph)): (usize, &(&str, Graph))| {
        let (right, down) = (480 * (panel % 2), 350 * (panel / 2));
        let (kept, cut) = (lines(graph, false), lines(graph, true));
        format!(
            "<g transform=\"translate({right} {down})\" stroke=\"currentColor\" fill=\"none\">\n\
             <text x=\"240\" y=\"28\" font-size=\"28\" text-anchor=\"middle\" stroke=\"none\" fill=\"currentColor\">{title}</text>\n\
             <path d=\"{kept}\" stroke-width=\"1.6\" opacity=\".55\"/>\n\
             <path d=\"{cut}\" stroke-width=\"3\" stroke=\"#d0398f\"/>\n\
             <path class=\"vertex\" d=\"{dots}\" stroke-width=\"2\"/>\n\
             <path d=\"{triangles}\" stroke=\"none\" fill=\"currentColor\"/>\n</g>\n"
        )
    };
    let described: String = panels.iter().map(told).collect();
    let pictures: String = panels.iter().enumerate().map(drawn).collect();
    Ok(format!(
        "<svg class=\"drawing\" viewBox=\"0 0 960 700\" role=\"img\" aria-labelledby=\"uneven-title uneven-text\" \
         xmlns=\"http://www.w3.org/2000/svg\">\n\
         <title id=\"uneven-title\">Four graphs over the same 80 points</title>\n\
         <desc id=\"uneven-text\">Dots: a dense heap of 40 on the left. Triangles: 40 points spread four times as wide on the \
         right.{described}</desc>\n{pictures}</svg>\n"
    ))
}

#[test]
fn the_drawing_of_the_uneven_groups_is_the_one_of_their_graphs() -> Result<()> {
    let drawn = uneven_drawing()?;
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("book/src/drawings/similarity_uneven.svg");
    if std::fs::read_to_string(&path).unwrap_or_default() != drawn {
        let new = std::env::temp_dir().join("similarity_uneven.svg");
        std::fs::write(&new, &drawn).expect("a folder for temporary files");
        panic!("{} is stale: take {}", path.display(), new.display());
    }
    Ok(())
}
