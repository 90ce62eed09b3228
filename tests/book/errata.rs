//! The errata of the sources: those that no step's own tests prove.

use crate::support::{near, norm, relatively_near, the_posts_graph};
use crate::{FOUR_DIGITS, ON_PAPER};
use fiedler::data::blog_moons;
use fiedler::ndarray::Array1;
use fiedler::parameters::{max_min_distance, mean_neighbor_distance, neighbors_ln, sigma_ln};
use fiedler::springs::{energy, potential_energy};
use fiedler::{
    Graph, Result, agreement, cut::cut_ordered_pairs, fiedler_vector, kmeans, labels_by_sign,
    rayleigh_quotient,
};

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
