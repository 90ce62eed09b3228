//! The errata of the sources: those that no step's own tests prove.

use crate::numbers::Printed;
use crate::support::{near, norm, reference, relatively_near, the_posts_graph, vector};
use crate::{FOUR_DIGITS, ON_PAPER};
use fiedler::data::{blog_arbitrary_labels, blog_moons, circles, moons};
use fiedler::graph::Symmetry;
use fiedler::labelling::sweep;
use fiedler::ndarray::Array1;
use fiedler::parameters::{max_min_distance, mean_neighbor_distance, neighbors_ln, sigma_ln};
use fiedler::springs::{energy, potential_energy};
use fiedler::{
    Graph, Result, agreement, cut,
    cut::{cut_ordered_pairs, normcut_ordered_pairs},
    fiedler_vector, kmeans, labels_by_sign, project, rayleigh_quotient, similarity_matrix,
};

/// The entries' own numbers; what the sources print or set (the post's 2.0480… and −0.0015, its ε, its range of ε, the
/// section of the geography chapter); the noise of the moons of entry 11.
pub const CHOSEN: &[&str] = &[
    "0.0015", "0.05", "0.2", "0.4", "0.5", "0.6", "10", "11", "12", "14", "15", "16", "17", "18",
    "19", "2.0480", "8.4",
];

/// The numbers that the page prints.
pub fn printed() -> Result<Printed> {
    let (a, y) = the_posts_graph();
    let x = blog_moons().x;
    let arbitrary = blog_arbitrary_labels();
    let of_scipy = vector(&reference("relaxation")["post"]["x"]);
    let projected = labels_by_sign(&project(&a, &of_scipy)?)?;
    let swept = sweep(&Graph::from_matrix(a.clone())?, &fiedler_vector(&a)?.vector)?;
    let (by_sign, by_sweep) = ten_neighbours()?;
    let sigma = mean_neighbor_distance(&x, neighbors_ln(x.nrows()))?;
    Ok(vec![
        ("26", cut_ordered_pairs(&a, &y)?),
        ("13", cut(&a, &y)?),
        ("312", cut_ordered_pairs(&a, &kmeans(&x, 2, 0)?.labels)?),
        ("2184", cut_ordered_pairs(&a, &arbitrary)?),
        ("1.9537", normcut_ordered_pairs(&a, &arbitrary)?),
        ("199", 200.0 * agreement(&projected, &y)?),
        ("199", swept.normcuts.len() as f64),
        ("200", x.nrows() as f64),
        ("0.502", right_on_the_bulls_eye(0.6)?),
        ("0.502", right_on_the_bulls_eye(1.0)?),
        ("0.0180", by_sign),
        ("0.0050", by_sweep),
        ("0.13", sigma),
        ("6.3", sigma_ln(x.nrows())),
        ("48", sigma_ln(x.nrows()) / sigma),
    ])
}

/// The share of points that the sign puts right, on a bull's-eye of a thousand.
fn right_on_the_bulls_eye(epsilon: f64) -> Result<f64> {
    let rings = circles(1000, 0.05, 0.4, 0)?;
    let a = similarity_matrix(&rings.x, epsilon)?;
    agreement(&labels_by_sign(&fiedler_vector(&a)?.vector)?, &rings.y)
}

/// The normalised cut by sign and by sweep on ten nearest neighbours of 200 moon points.
fn ten_neighbours() -> Result<(f64, f64)> {
    let points = moons(200, 0.05, 2)?.x;
    let graph = Graph::nearest_neighbors(&points, Symmetry::Average, 10)?;
    let z = graph.fiedler_vector()?.vector;
    Ok((
        graph.normcut(&labels_by_sign(&z)?)?,
        sweep(&graph, &z)?.normcut,
    ))
}

#[test]
fn no_two_points_of_the_posts_moons_are_exactly_epsilon_apart() {
    let x = blog_moons().x;
    let pairs = (0..x.nrows()).flat_map(|i| (0..i).map(move |j| (i, j)));
    let nearest = pairs
        .map(|(i, j)| (norm(&(&x.row(i) - &x.row(j))) - 0.4).abs())
        .fold(f64::INFINITY, f64::min);
    // Far above rounding.
    assert!(nearest > 1e-6, "{nearest:e}");
}

#[test]
fn the_posts_26_is_the_cut_of_the_true_labels_and_k_means_cuts_312() -> Result<()> {
    let (a, y) = the_posts_graph();
    near(cut_ordered_pairs(&a, &y)?, 26.0, 0.0);
    let by_means = kmeans(&blog_moons().x, 2, 0)?.labels;
    near(cut_ordered_pairs(&a, &by_means)?, 312.0, 0.0);
    Ok(())
}

#[test]
fn of_the_two_rules_for_sigma_one_is_48_times_the_other_and_wider_than_the_data() -> Result<()> {
    let x = blog_moons().x;
    let n = x.nrows();
    let (by_distance, by_count) = (mean_neighbor_distance(&x, neighbors_ln(n))?, sigma_ln(n));
    relatively_near(by_distance, 0.1317, FOUR_DIGITS);
    relatively_near(by_count, 6.298, FOUR_DIGITS);
    let differs = |i: usize, j: usize| norm(&(&x.row(i) - &x.row(j)));
    let widest = (0..n)
        .flat_map(|i| (0..i).map(move |j| (i, j)))
        .fold(0.0, |widest: f64, (i, j)| widest.max(differs(i, j)));
    relatively_near(widest, 3.180, FOUR_DIGITS);
    assert!(by_count > widest);
    // And a change of unit changes one of them only.
    let in_millimetres = &x * 1000.0;
    relatively_near(
        mean_neighbor_distance(&in_millimetres, neighbors_ln(n))?,
        1000.0 * by_distance,
        1e-12,
    );
    relatively_near(max_min_distance(&x)?, 0.1260, FOUR_DIGITS);
    Ok(())
}

#[test]
fn the_second_eigenvector_of_the_laplacian_is_none_of_the_affinity_itself() -> Result<()> {
    let (a, _) = the_posts_graph();
    let z = fiedler_vector(&a)?.vector;
    let az = a.dot(&z);
    let rest = &az - &(&z * (z.dot(&az) / z.dot(&z)));
    relatively_near(norm(&rest) / norm(&az), 0.1515, FOUR_DIGITS);
    Ok(())
}

#[test]
fn the_smallest_energy_of_all_belongs_to_the_constant_and_splits_nothing() -> Result<()> {
    let (a, y) = the_posts_graph();
    let graph = Graph::from_matrix(a.clone())?;
    let constant = Array1::from_elem(200, 200_f64.sqrt().recip());
    near(energy(&graph, &constant)?, 0.0, 0.0);
    near(rayleigh_quotient(&a, &constant)?, 0.0, ON_PAPER);
    near(agreement(&labels_by_sign(&constant)?, &y)?, 0.5, ON_PAPER);
    Ok(())
}

#[test]
fn the_energy_of_the_notes_is_twice_what_the_springs_hold() -> Result<()> {
    let (a, _) = the_posts_graph();
    let f = fiedler_vector(&a)?.vector;
    let graph = Graph::from_matrix(a)?;
    relatively_near(
        energy(&graph, &f)?,
        2.0 * potential_energy(&graph, &f)?,
        ON_PAPER,
    );
    Ok(())
}
