//! The chapter on parameters.

use crate::support::{near, ok, relatively_near};
use crate::{FOUR_DIGITS, ON_PAPER};
use fiedler::data::{RandomState, blog_moons, circles, moons};
use fiedler::ndarray::{Array1, Array2, array};
use fiedler::parameters::{max_min_distance, mean_neighbor_distance, neighbors_ln, sigma_ln};
use fiedler::sensitivity::{Measure, over_epsilon, sensitivity};
use fiedler::{Graph, GraphRule, Result, SpectralClustering, adjusted_rand_index};

/// The example by hand: two groups of three on a line.
fn six_points() -> Array2<f64> {
    array![[0.0], [1.0], [2.0], [5.0], [6.0], [7.0]]
}

// ANCHOR: six_points
#[test]
fn six_points_on_a_line_are_cut_for_nothing_until_epsilon_is_3_and_dearly_at_7() -> Result<()> {
    let x = array![[0.0], [1.0], [2.0], [5.0], [6.0], [7.0]];
    let y = array![0, 0, 0, 1, 1, 1];
    near(max_min_distance(&x)?, 1.0, 0.0);

    let by_hand = [0.0, 0.0, 2.0 / 7.0, 2.0 / 3.0, 1.0, 8.0 / 7.0, 6.0 / 5.0];
    for (epsilon, wanted) in (1..=7).map(f64::from).zip(by_hand) {
        let graph = Graph::epsilon(&x, epsilon)?;
        near(graph.normcut(&y)?, wanted, ON_PAPER);
        assert_eq!(graph.is_connected(), epsilon >= 3.0);
    }
    // ANCHOR_END: six_points
    let all = Graph::epsilon(&x, 7.0)?.smallest_eigenpairs(6)?.values;
    for value in all.iter().skip(1) {
        near(*value, 1.2, ON_PAPER);
    }
    // ANCHOR: end
    Ok(())
}
// ANCHOR_END: end

#[test]
fn the_epsilon_graph_hangs_together_from_the_longest_edge_of_the_spanning_tree_on() -> Result<()> {
    let mut rng = RandomState::new(9);
    for _ in 0..20 {
        let x = Array2::from_shape_simple_fn((30, 2), || rng.standard_normal());
        let apart = |i: usize, j: usize| (&x.row(i) - &x.row(j)).mapv(|e| e * e).sum().sqrt();
        // Prim: the tree grows by the nearest point, and the longest of its edges is kept.
        let (mut inside, mut longest) = (vec![0], 0.0_f64);
        while inside.len() < 30 {
            let outside = (0..30).filter(|j| !inside.contains(j));
            let nearest = |j: usize| {
                inside
                    .iter()
                    .map(|&i| apart(i, j))
                    .fold(f64::INFINITY, f64::min)
            };
            let next = outside
                .min_by(|&i, &j| nearest(i).total_cmp(&nearest(j)))
                .unwrap();
            longest = longest.max(nearest(next));
            inside.push(next);
        }
        assert!(Graph::epsilon(&x, longest * (1.0 + 1e-9))?.is_connected());
        assert!(!Graph::epsilon(&x, longest * (1.0 - 1e-9))?.is_connected());
        assert!(max_min_distance(&x)? <= longest * (1.0 + 1e-9));
    }
    Ok(())
}

#[test]
fn nearly_equal_weights_leave_no_cheap_cut() -> Result<()> {
    let mut rng = RandomState::new(10);
    for delta in [0.0, 0.1, 0.5, 0.9] {
        for n in [3, 10, 25] {
            let pairs = (0..n).flat_map(|i| (0..i).map(move |j| (j, i)));
            let edges: Vec<_> = pairs
                .map(|(j, i)| (j, i, rng.uniform(1.0 - delta, 1.0)))
                .collect();
            let value = Graph::from_edges(n, &edges)?.smallest_eigenpairs(2)?.values[1];
            assert!(value >= (1.0 - delta) * n as f64 / (n as f64 - 1.0) - 1e-12);
        }
    }
    Ok(())
}

#[test]
fn with_the_rule_that_knows_no_unit_all_points_of_the_moons_are_85_percent_alike() -> Result<()> {
    let moons = blog_moons();
    let sigma = sigma_ln(200);
    relatively_near(sigma, 6.298, FOUR_DIGITS);
    let graph = Graph::gaussian(&moons.x, sigma)?;
    let least = graph
        .weighted_edges()
        .map(|edge| edge.2)
        .fold(1.0, f64::min);
    assert!(least > 0.85);
    let value = graph.smallest_eigenpairs(2)?.values[1];
    assert!(value > 0.85 * 200.0 / 199.0);
    let rule = mean_neighbor_distance(&moons.x, neighbors_ln(200) + 1)?;
    let by_rule = SpectralClustering::new()
        .graph(GraphRule::gaussian(rule))
        .fit(&moons.x)?;
    relatively_near(rule, 0.1456, FOUR_DIGITS);
    near(adjusted_rand_index(&by_rule.labels, &moons.y)?, 1.0, 0.0);
    let by_mixed = SpectralClustering::new()
        .graph(GraphRule::gaussian(sigma))
        .fit(&moons.x)?;
    assert!(adjusted_rand_index(&by_mixed.labels, &moons.y)? < 0.25);
    Ok(())
}

#[test]
fn scaling_points_and_width_together_changes_no_label() -> Result<()> {
    let moons = blog_moons();
    let labels = |scale: f64| -> Result<Array1<usize>> {
        let rule = GraphRule::gaussian(0.15 * scale);
        Ok(SpectralClustering::new()
            .graph(rule)
            .fit(&(&moons.x * scale))?
            .labels)
    };
    // Powers of two round nothing.
    assert_eq!(labels(1.0)?, labels(1024.0)?);
    let tenth = sigma_ln(200) / mean_neighbor_distance(&(&moons.x * 1000.0), 7)?;
    let one = sigma_ln(200) / mean_neighbor_distance(&moons.x, 7)?;
    relatively_near(one / tenth, 1000.0, 1e-12);
    Ok(())
}

#[test]
fn more_points_widen_the_range_of_epsilon_that_works_for_the_moons() -> Result<()> {
    let epsilons: Vec<f64> = (2..=20).map(|i| f64::from(i) * 0.05).collect();
    for (n, lowest, highest) in [
        (50, 0.35, 0.5),
        (100, 0.25, 0.55),
        (200, 0.15, 0.5),
        (400, 0.15, 0.55),
    ] {
        let moons = moons(n, 0.05, 0)?;
        let cases = over_epsilon(
            &moons.x,
            Some(&moons.y),
            SpectralClustering::new(),
            &epsilons,
        );
        let table = sensitivity(&["epsilon"], &cases)?;
        let (from, to) = table.working_range(0.9).unwrap();
        near(from, lowest, ON_PAPER);
        near(to, highest, ON_PAPER);
    }
    Ok(())
}

// ANCHOR: sweep
#[test]
fn the_table_shows_where_the_rings_are_found_and_why_not_elsewhere() -> Result<()> {
    let rings = circles(200, 0.05, 0.4, 0)?;
    let epsilons: Vec<f64> = (2..15).map(|i| f64::from(i) * 0.05).collect();
    let cases = over_epsilon(
        &rings.x,
        Some(&rings.y),
        SpectralClustering::new(),
        &epsilons,
    );
    let table = sensitivity(&["epsilon"], &cases)?;

    let (from, to) = table.working_range(1.0).unwrap();
    near(from, 0.2, ON_PAPER);
    near(to, 0.5, ON_PAPER);
    // ANCHOR_END: sweep
    assert!(table.rows[0].error.is_some() && table.column(Measure::Ari)[0].is_none());
    Ok(())
}

#[test]
fn ln_n_neighbours_are_where_isolated_points_end_for_uniform_points() {
    // n(1 − p)ⁿ⁻¹ for n = 1000 with pn = ln n − 2, ln n, ln n + 2.
    let n = 1000.0_f64;
    for (more, printed) in [(-2.0, 7.336), (0.0, 0.9831), (2.0, 0.1312)] {
        let p = (n.ln() + more) / n;
        relatively_near(n * (1.0 - p).powf(n - 1.0), printed, FOUR_DIGITS);
    }
    assert_eq!(neighbors_ln(1000), 7);
}

#[test]
fn six_points_have_the_rules_of_the_exercise() {
    near(ok(mean_neighbor_distance(&six_points(), 1)), 1.0, ON_PAPER);
    near(
        ok(mean_neighbor_distance(&six_points(), 2)),
        5.0 / 3.0,
        ON_PAPER,
    );
    let gap = (-0.5 * 9.0_f64 / (25.0 / 9.0)).exp();
    let near_by = (-0.5 / (25.0_f64 / 9.0)).exp();
    relatively_near(gap, 0.1979, FOUR_DIGITS);
    relatively_near(near_by, 0.8353, FOUR_DIGITS);
}
