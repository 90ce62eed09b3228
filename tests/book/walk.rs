//! The chapter on the random walk.

use crate::support::{all_near, complete, near, relatively_near};
use crate::{FOUR_DIGITS, ON_PAPER};
use fiedler::data::{blog_moons, moons};
use fiedler::ndarray::{Array1, Array2, array};
use fiedler::walk::{
    commute_distances, commute_limit, leaving_probability, pseudo_inverse, stationary,
    transition_matrix,
};
use fiedler::{Graph, Result, agreement, labels_by_sign};

/// Sums over 200 points of numbers near 1000: some hundred ε of them.
const STEPS_ON_THE_MOONS: f64 = 1e-8;

fn two_pairs() -> Result<Graph> {
    Graph::from_edges(4, &[(0, 1, 2.0), (1, 2, 1.0), (2, 3, 2.0)])
}

// ANCHOR: one_step
#[test]
fn one_step_on_the_two_pairs_is_the_one_by_hand() -> Result<()> {
    let graph = two_pairs()?;
    let p = array![
        [0., 1., 0., 0.],
        [2. / 3., 0., 1. / 3., 0.],
        [0., 1. / 3., 0., 2. / 3.],
        [0., 0., 1., 0.]
    ];
    all_near(&transition_matrix(&graph)?, &p, ON_PAPER);

    let pi = stationary(&graph)?;
    all_near(&pi, &array![0.2, 0.3, 0.3, 0.2], ON_PAPER);
    all_near(&pi.dot(&p), &pi, ON_PAPER); // a step leaves π as it is

    let y = array![0, 0, 1, 1];
    let leaving = leaving_probability(&graph, &y)?;
    all_near(&leaving, &array![0.2, 0.2], ON_PAPER);
    near(leaving.sum(), graph.normcut(&y)?, ON_PAPER); // 2/5
    Ok(())
}
// ANCHOR_END: one_step

#[test]
fn on_the_moons_a_walker_leaves_a_moon_once_in_some_170_steps() -> Result<()> {
    let moons = blog_moons();
    let graph = Graph::epsilon(&moons.x, 0.4)?;
    let leaving = leaving_probability(&graph, &moons.y)?;
    relatively_near(leaving[0], 13.0 / 2299.0, ON_PAPER);
    relatively_near(leaving[1], 13.0 / 2217.0, ON_PAPER);
    relatively_near(1.0 / leaving[0], 176.8, FOUR_DIGITS);
    relatively_near(1.0 / leaving[1], 170.5, FOUR_DIGITS);
    Ok(())
}

// ANCHOR: commute
#[test]
fn from_end_to_end_of_the_two_pairs_and_back_takes_20_steps() -> Result<()> {
    let c = commute_distances(&two_pairs()?)?;
    near(c[[0, 3]], 20.0, ON_PAPER); // 10 there, 10 back
    near(c[[0, 1]], 5.0, ON_PAPER);
    near(c[[1, 2]], 10.0, ON_PAPER);
    Ok(())
}
// ANCHOR_END: commute

#[test]
fn the_hitting_times_of_the_last_vertex_solve_their_equation() -> Result<()> {
    let graph = two_pairs()?;
    let h = array![10., 9., 4., 0.];
    let left = graph.laplacian()?.dot(&h);
    // d − vol(V) e₄
    all_near(&left, &array![2., 3., 3., 2. - 10.], ON_PAPER);
    let by_inverse = pseudo_inverse(&graph)?.dot(&array![2., 3., 3., -8.]);
    all_near(&(&by_inverse - by_inverse[3]), &h, ON_PAPER);
    Ok(())
}

#[test]
fn the_commute_distance_is_a_sum_over_all_eigenvectors() -> Result<()> {
    let moons = blog_moons();
    for (graph, slack) in [
        (two_pairs()?, ON_PAPER),
        (Graph::epsilon(&moons.x, 0.4)?, STEPS_ON_THE_MOONS),
    ] {
        let n = graph.vertex_count();
        let c = commute_distances(&graph)?;
        let pairs = graph.smallest_eigenpairs(n)?;
        for (i, j) in [(0, 1), (0, n - 1), (1, n - 2)] {
            let sum: f64 = (1..n)
                .map(|k| {
                    let z = pairs.vectors.column(k);
                    (z[i] - z[j]).powi(2) / pairs.values[k]
                })
                .sum();
            near(graph.volume() * sum, c[[i, j]], slack);
        }
    }
    Ok(())
}

#[test]
fn the_squared_differences_alone_sum_to_the_two_degrees() -> Result<()> {
    let graph = two_pairs()?;
    let z = graph.smallest_eigenpairs(4)?.vectors;
    let d = graph.degrees();
    for i in 0..4 {
        for j in (0..4).filter(|&j| j != i) {
            let off = &z.row(i) - &z.row(j);
            near(off.dot(&off), 1.0 / d[i] + 1.0 / d[j], ON_PAPER);
        }
    }
    Ok(())
}

#[test]
fn the_commute_distance_lies_between_its_limit_over_the_last_and_over_the_second_eigenvalue()
-> Result<()> {
    let moons = blog_moons();
    for graph in [
        two_pairs()?,
        Graph::epsilon(&moons.x, 0.4)?,
        Graph::gaussian(&moons.x, 0.3)?,
    ] {
        let n = graph.vertex_count();
        let values = graph.smallest_eigenpairs(n)?.values;
        let (c, limit) = (commute_distances(&graph)?, commute_limit(&graph)?);
        for (c, limit) in c.iter().zip(&limit) {
            assert!(limit / values[n - 1] <= c + STEPS_ON_THE_MOONS);
            assert!(*c <= limit / values[1] + STEPS_ON_THE_MOONS);
        }
    }
    Ok(())
}

/// The largest error of the limit, as a share of it; the mean distance between moons over that within.
fn error_and_ratio(n: usize) -> Result<(f64, f64, f64)> {
    let data = moons(n, 0.05, 0)?;
    let graph = Graph::gaussian(&data.x, 0.3)?;
    let (c, limit) = (commute_distances(&graph)?, commute_limit(&graph)?);
    let (mut error, mut within, mut between) = (0.0_f64, 0.0, 0.0);
    let (mut withins, mut betweens) = (0.0, 0.0);
    for ((i, j), &c) in c.indexed_iter().filter(|((i, j), _)| i != j) {
        error = error.max((c / limit[[i, j]] - 1.0).abs());
        if data.y[i] == data.y[j] {
            (within, withins) = (within + c, withins + 1.0);
        } else {
            (between, betweens) = (between + c, betweens + 1.0);
        }
    }
    let second = graph.smallest_eigenpairs(2)?.vectors.column(1).to_owned();
    let right = agreement(&labels_by_sign(&second)?, &data.y)?;
    Ok((error, between / betweens / (within / withins), right))
}

// ANCHOR: forgets
#[test]
fn the_more_points_the_less_the_commute_distance_tells_the_moons_apart() -> Result<()> {
    // points, largest error, between over within, right by sign
    for (n, error, ratio, right) in [
        (100, 1.532, 1.295, 0.860),
        (200, 0.7525, 1.173, 0.855),
        (400, 0.4016, 1.100, 0.870),
    ] {
        let found = error_and_ratio(n)?;
        relatively_near(found.0, error, FOUR_DIGITS);
        relatively_near(found.1, ratio, FOUR_DIGITS);
        relatively_near(found.2, right, FOUR_DIGITS);
    }
    Ok(())
}
// ANCHOR_END: forgets

#[test]
fn the_resistances_of_all_edges_sum_to_one_less_than_the_vertices() -> Result<()> {
    let moons = blog_moons();
    for (graph, slack) in [
        (two_pairs()?, ON_PAPER),
        (Graph::from_matrix(complete(7))?, ON_PAPER),
        (Graph::epsilon(&moons.x, 0.4)?, STEPS_ON_THE_MOONS),
    ] {
        let c = commute_distances(&graph)?;
        let sum: f64 = graph
            .weighted_edges()
            .map(|(i, j, weight)| weight * c[[i, j]] / graph.volume())
            .sum();
        near(sum, graph.vertex_count() as f64 - 1.0, slack);
    }
    Ok(())
}

#[test]
fn on_a_triangle_every_commute_takes_four_steps() -> Result<()> {
    let c = commute_distances(&Graph::from_matrix(complete(3))?)?;
    let wanted = array![[0., 4., 4.], [4., 0., 4.], [4., 4., 0.]];
    all_near(&c, &wanted, ON_PAPER);
    Ok(())
}

#[test]
fn on_the_path_of_weights_2_and_1_the_walker_leaves_as_the_book_says() -> Result<()> {
    let path = Graph::from_edges(3, &[(0, 1, 2.0), (1, 2, 1.0)])?;
    all_near(
        &leaving_probability(&path, &array![0, 0, 1])?,
        &array![0.2, 1.0],
        ON_PAPER,
    );
    let c: Array2<f64> = commute_distances(&path)?;
    all_near(
        &c,
        &array![[0., 3., 9.], [3., 0., 6.], [9., 6., 0.]],
        ON_PAPER,
    );
    Ok(())
}

#[test]
fn on_a_graph_of_two_colours_the_walk_never_settles() -> Result<()> {
    let p = transition_matrix(&two_pairs()?)?;
    let mut place = array![1., 0., 0., 0.];
    for step in 1..=1000 {
        place = place.dot(&p);
        let even: Array1<f64> = array![place[0], place[2]];
        near(even.sum(), f64::from(u8::from(step % 2 == 0)), ON_PAPER);
    }
    Ok(())
}
