//! The exercises of the notebooks: each answer of the table, computed by the library.

mod support;

use fiedler::data::blog_moons;
use fiedler::graph::known;
use fiedler::ndarray::{Array1, Array2, Axis, array};
use fiedler::parameters::{neighbors_ln, neighbors_log10};
use fiedler::pixels::pixel_graph;
use fiedler::springs::potential_energy;
use fiedler::walk::leaving_probability;
use fiedler::{
    Graph, agreement, certificate::cheeger_bounds, characteristics::characteristics, components,
    cut, degrees, eigh_symmetric, exact::exact_normcut, graph::Symmetry, kmeans,
    labelling::eigengap, laplacian, normcut, orth, orth_obj, power::power_iteration, project,
    rayleigh_quotient, similarity_matrix, spectral_clustering, transform, vols,
};
use fiedler_exercises::EXERCISES;
use support::{FEW_ROUNDINGS, exactly, graph, near, ok, path, relatively_near};

/// The answer of the table to the exercise of this name.
fn right(name: &str) -> f64 {
    let found = EXERCISES.iter().find(|exercise| exercise.name == name);
    found
        .unwrap_or_else(|| panic!("no exercise is called {name}"))
        .right
}

#[test]
fn every_exercise_has_a_proof() {
    let proofs = include_str!("exercises.rs");
    for exercise in EXERCISES {
        let asked = format!("right(\"{}\")", exercise.name);
        assert!(
            proofs.contains(&asked),
            "no test here computes {}",
            exercise.name
        );
    }
}

/// 0.30, 0.31, …: the values of ε that a reader tries, from one hundredth to another.
fn hundredths(from: u32, to: u32) -> impl DoubleEndedIterator<Item = f64> {
    (from..=to).map(|hundredths| f64::from(hundredths) / 100.0)
}

fn pieces(x: &Array2<f64>, epsilon: f64) -> usize {
    let labels = ok(components(&ok(similarity_matrix(x, epsilon))));
    labels.iter().max().expect("points") + 1
}

// --- 00_rust ----------------------------------------------------------------------------------------

#[test]
fn half_of_1_to_5_between_whole_numbers_adds_up_to_6() {
    let mut sum = 0_u32;
    for i in 1..=5 {
        sum += i / 2;
    }
    exactly(f64::from(sum), right("halves_of_1_to_5"));
}

// --- 01_kmeans --------------------------------------------------------------------------------------

#[test]
fn the_inertia_of_0_2_10_and_14_in_two_pairs_is_10() {
    let x = array![[0.0], [2.0], [10.0], [14.0]];
    let found = ok(kmeans(&x, 2, 0));
    assert_eq!(found.labels, array![0, 0, 1, 1]);
    near(
        found.inertia,
        right("inertia_on_a_line"),
        10.0 * FEW_ROUNDINGS,
    );
    // The solution's own way: one centre for each pair.
    let pair = |rows: [usize; 2]| ok(kmeans(&x.select(Axis(0), &rows), 1, 0));
    near(pair([0, 1]).centers[[0, 0]], 1.0, FEW_ROUNDINGS);
    near(pair([2, 3]).centers[[0, 0]], 12.0, 12.0 * FEW_ROUNDINGS);
}

#[test]
fn with_a_centre_for_each_point_of_the_moons_the_inertia_is_0() {
    let found = ok(kmeans(&blog_moons().x, 200, 0));
    exactly(found.inertia, right("inertia_with_a_centre_for_each_point"));
}

// --- 02_similarity ----------------------------------------------------------------------------------

#[test]
fn the_points_0_a_quarter_a_half_and_1_have_4_edges_at_epsilon_one_half() {
    let x = array![[0.0], [0.25], [0.5], [1.0]];
    let edges = graph(4, [(0, 1, 1.0), (0, 2, 1.0), (1, 2, 1.0), (2, 3, 1.0)]);
    assert_eq!(ok(similarity_matrix(&x, 0.5)), edges);
    exactly(edges.sum() / 2.0, right("edges_on_a_line"));
}

#[test]
fn the_moons_are_in_one_piece_from_0_32_on() {
    let x = blog_moons().x;
    let first = hundredths(30, 35).find(|&epsilon| pieces(&x, epsilon) == 1);
    assert_eq!(first, Some(right("epsilon_that_joins_the_moons")));
}

// --- 03_cut -----------------------------------------------------------------------------------------

#[test]
fn the_path_of_four_points_split_in_the_middle_has_cut_1() {
    let found = ok(cut(&path(4), &array![0, 0, 1, 1]));
    exactly(found, right("cut_of_the_path"));
}

#[test]
fn two_triangles_joined_by_an_edge_have_normcut_two_sevenths() {
    let bridge = (2, 3, 1.0);
    let triangles = [(0, 1), (1, 2), (0, 2), (3, 4), (4, 5), (3, 5)];
    let a = graph(
        6,
        triangles
            .into_iter()
            .map(|(i, j)| (i, j, 1.0))
            .chain([bridge]),
    );
    let y = array![0, 0, 0, 1, 1, 1];
    exactly(ok(cut(&a, &y)), 1.0);
    assert_eq!(ok(vols(&a, &y)), (7.0, 7.0));
    near(
        ok(normcut(&a, &y)),
        right("normcut_of_two_triangles"),
        FEW_ROUNDINGS,
    );
}

// --- 04_transform -----------------------------------------------------------------------------------

#[test]
fn the_path_of_four_points_with_an_end_cut_off_has_the_quotient_1_2() {
    let (a, y) = (path(4), array![0, 1, 1, 1]);
    assert_eq!(ok(vols(&a, &y)), (1.0, 5.0));
    let z = ok(transform(&a, &y));
    assert_eq!(z, array![1.0, -0.2, -0.2, -0.2]);
    let answer = right("quotient_of_an_end_of_the_path");
    near(ok(rayleigh_quotient(&a, &z)), answer, FEW_ROUNDINGS);
    near(ok(normcut(&a, &y)), answer, FEW_ROUNDINGS);
}

#[test]
fn the_heights_2_1_minus_1_minus_2_have_the_quotient_one_half_below_every_split() {
    let (a, z) = (path(4), array![2.0, 1.0, -1.0, -2.0]);
    exactly(z.dot(&ok(degrees(&a))), 0.0);
    exactly(
        ok(rayleigh_quotient(&a, &z)),
        right("quotient_of_four_heights"),
    );
    // The last point stays in C₁, so that no split comes twice.
    let splits = (1..8_usize).map(|bits| Array1::from_shape_fn(4, |i| 1 - ((bits >> i) & 1)));
    let best = splits
        .map(|y| ok(normcut(&a, &y)))
        .fold(f64::INFINITY, f64::min);
    near(best, 2.0 / 3.0, FEW_ROUNDINGS);
}

// --- 05_relaxation ----------------------------------------------------------------------------------

#[test]
fn twice_d_is_in_3_4_1_on_the_path_of_three() {
    let (a, z) = (path(3), array![3.0, 4.0, 1.0]);
    let d = ok(degrees(&a));
    exactly(z.dot(&d), 12.0);
    exactly(d.dot(&d), 6.0);
    assert_eq!(ok(orth(&z, &d)), &d * right("multiple_of_d_on_the_path"));
    assert_eq!(ok(project(&a, &z)), array![1.0, 0.0, -1.0]);
}

#[test]
fn the_objective_at_3_4_1_is_1_and_the_quotient_without_projection_less() {
    let (a, z) = (path(3), array![3.0, 4.0, 1.0]);
    exactly(ok(orth_obj(&a, &z)), right("orth_obj_on_the_path"));
    near(ok(rayleigh_quotient(&a, &z)), 10.0 / 42.0, FEW_ROUNDINGS);
}

// --- 06_eigen ---------------------------------------------------------------------------------------

#[test]
fn the_path_of_three_has_the_eigenvalues_0_1_and_2() {
    let answer = right("second_eigenvalue_of_the_path");
    let values = ok(eigh_symmetric(&path(3))).values;
    for (value, wanted) in values.iter().zip([0.0, answer, 2.0]) {
        near(*value, wanted, FEW_ROUNDINGS);
    }
    exactly(
        ok(rayleigh_quotient(&path(3), &array![1.0, 0.0, -1.0])),
        answer,
    );
}

#[test]
fn two_edges_and_a_link_of_weight_one_quarter_have_the_second_eigenvalue_one_fifth() {
    let a = graph(4, [(0, 1, 1.0), (1, 2, 0.25), (2, 3, 1.0)]);
    let (pairs, z) = (ok(eigh_symmetric(&a)), array![5.0, 4.0, -4.0, -5.0]);
    let answer = right("second_eigenvalue_of_the_weak_link");
    near(pairs.values[1], answer, FEW_ROUNDINGS);
    assert_eq!(ok(laplacian(&a)).dot(&z), array![1.0, 1.0, -1.0, -1.0]);
    assert_eq!(&ok(degrees(&a)) * &z, array![5.0, 5.0, -5.0, -5.0]);
    near(
        ok(normcut(&a, &array![0, 0, 1, 1])),
        2.0 / 9.0,
        FEW_ROUNDINGS,
    );
}

// --- 07_clustering ----------------------------------------------------------------------------------

#[test]
fn the_agreement_of_00111_and_11100_is_0_8() {
    let share = ok(agreement(&array![0, 0, 1, 1, 1], &array![1, 1, 1, 0, 0]));
    exactly(share, right("agreement_by_hand"));
}

#[test]
fn the_moons_come_out_without_a_mistake_up_to_0_39() {
    let moons = blog_moons();
    let faultless = |epsilon: &f64| -> bool {
        let labels: Array1<usize> = ok(spectral_clustering(&moons.x, *epsilon));
        ok(agreement(&labels, &moons.y)) >= 1.0
    };
    let largest = hundredths(32, 45).rev().find(faultless);
    assert_eq!(largest, Some(right("largest_epsilon_without_a_mistake")));
    assert!(hundredths(32, 39).all(|epsilon| faultless(&epsilon)));
}

// --- 08_graph ---------------------------------------------------------------------------------------

#[test]
fn the_point_2_among_0_2_3_8_and_9_has_the_degree_1_5() {
    let x = array![[0.0], [2.0], [3.0], [8.0], [9.0]];
    let degree = |symmetry| ok(Graph::nearest_neighbors(&x, symmetry, 1)).degrees()[1];
    exactly(degree(Symmetry::Average), right("degree_on_a_line"));
    exactly(degree(Symmetry::Either), 2.0);
    exactly(ok(Graph::mutual_nearest_neighbors(&x, 1)).degrees()[1], 1.0);
}

#[test]
fn seven_neighbors_join_the_moons_and_four_to_six_part_them() {
    let moons = blog_moons();
    let graph = |k| ok(Graph::nearest_neighbors(&moons.x, Symmetry::Either, k));
    let first = (1..=10).find(|&k| graph(k).is_connected());
    let first = first.expect("10 neighbours join the moons");
    exactly(first as f64, right("neighbors_that_join_the_moons"));
    for k in 4..=6 {
        assert_eq!(graph(k).component_count(), 2);
        exactly(ok(agreement(&graph(k).components(), &moons.y)), 1.0);
    }
}

// --- 09_sensitivity ---------------------------------------------------------------------------------

#[test]
fn the_rule_gives_a_thousand_points_seven_neighbors() {
    let answer = right("neighbors_for_a_thousand_points");
    exactly(neighbors_ln(1000) as f64, answer);
    assert_eq!(neighbors_log10(1000), 3);
}

#[test]
fn the_points_0_2_4_and_6_in_pairs_have_a_share_of_0_8_between() {
    let x = array![[0.0], [2.0], [4.0], [6.0]];
    let found = ok(characteristics(
        &x,
        &ok(known::path(4)),
        &array![0, 0, 1, 1],
    ));
    exactly(found.between, 16.0);
    exactly(found.total, 20.0);
    near(
        found.ratio,
        right("explained_share_on_a_line"),
        FEW_ROUNDINGS,
    );
}

// --- 10_embedding -----------------------------------------------------------------------------------

#[test]
fn power_iteration_halves_the_error_of_the_first_vector_on_the_path_of_three() {
    let found = ok(ok(power_iteration(&ok(known::path(3)), 1, 1e-9, 100)).finished());
    let history = &found.history[0];
    // Late enough that only the next vector is left of the error, early enough that rounding is not seen.
    near(
        history[20] / history[19],
        right("factor_of_power_iteration"),
        1e-6,
    );
}

#[test]
fn the_eigengap_says_2_of_up_to_four_eigenvalues_of_the_moons() {
    let values = ok(ok(Graph::epsilon(&blog_moons().x, 0.4)).smallest_eigenpairs(13)).values;
    let says_two = |count: &usize| {
        let first: Array1<f64> = values.iter().take(*count).copied().collect();
        ok(eigengap(&first)).clusters == 2
    };
    let counts: Vec<usize> = (2..=13).filter(says_two).collect();
    assert_eq!(counts, [3, 4]);
    exactly(counts[1] as f64, right("eigenvalues_that_still_say_two"));
}

// --- 12_certificate ---------------------------------------------------------------------------------

#[test]
fn a_second_eigenvalue_of_0_02_bounds_the_conductance_by_0_2() {
    near(
        ok(cheeger_bounds(0.02)).1,
        right("cheegers_upper_bound"),
        FEW_ROUNDINGS,
    );
}

#[test]
fn one_antenna_of_the_cockroach_of_3_is_the_best_split_and_has_normcut_1_5_and_1_21() {
    let graph = ok(known::cockroach(3));
    let best = ok(exact_normcut(&graph));
    near(best.normcut, right("normcut_of_one_antenna"), FEW_ROUNDINGS);
    exactly(ok(graph.cut(&best.labels)), 1.0);
    let side = best.labels.sum();
    assert_eq!(side.min(12 - side), 3, "an antenna has three vertices");
}

// --- 11_springs -------------------------------------------------------------------------------------

/// Two edges of weight 1, joined by one of weight ¼.
fn weak_link() -> Graph {
    let edges = [(0, 1, 1.0), (1, 2, 0.25), (2, 3, 1.0)];
    ok(Graph::from_edges(4, &edges))
}

#[test]
fn the_springs_1_a_quarter_and_1_hold_1_5_with_their_beads_at_2_1_minus_1_minus_2() {
    let beads = array![2.0, 1.0, -1.0, -2.0];
    let found = ok(potential_energy(&weak_link(), &beads));
    exactly(found, right("energy_of_three_springs"));
}

#[test]
fn one_step_from_the_first_half_of_the_weak_link_leads_out_with_the_chance_1_in_9() {
    let leaving = ok(leaving_probability(&weak_link(), &array![0, 0, 1, 1]));
    near(
        leaving[0],
        right("chance_to_cross_the_weak_link"),
        FEW_ROUNDINGS,
    );
}

// --- 13_real_data -----------------------------------------------------------------------------------

#[test]
fn the_6_of_2_4_and_6_is_the_root_of_one_and_a_half_when_standardised() {
    let column = array![2.0, 4.0, 6.0];
    let standard = (&column - column.mean().expect("three")) / column.std(0.0);
    near(standard[2], right("standardised_six"), FEW_ROUNDINGS);
}

#[test]
fn the_edge_between_the_greys_0_4_and_0_1_is_exp_6_75_times_as_strong_with_twice_the_sigma() {
    let strength = |sigma: f64| {
        let pair = ok(pixel_graph(&array![[0.4, 0.1]], sigma, 4.0, 1.0));
        pair.volume() / 2.0
    };
    // Greys of one digit after the point: their difference is rounded, and the exponent 9 makes it tenfold.
    let found = strength(0.2) / strength(0.1);
    relatively_near(
        found,
        right("strength_of_a_looser_edge"),
        10.0 * FEW_ROUNDINGS,
    );
}

// --- 14_solvers -------------------------------------------------------------------------------------

#[test]
fn four_times_the_points_in_sixteen_times_the_time_is_the_power_2() {
    let (sizes, seconds) = (40_000.0_f64 / 10_000.0, 3.2_f64 / 0.2);
    near(
        seconds.ln() / sizes.ln(),
        right("power_of_growth"),
        FEW_ROUNDINGS,
    );
}

#[test]
fn vectors_of_100000_numbers_for_34198_steps_fill_27_gigabytes() {
    let bytes = 34_198.0 * 100_000.0 * size_of::<f64>() as f64;
    near(bytes / 1e9, right("gigabytes_of_lanczos"), 1e-12);
}

#[test]
fn the_second_vector_of_the_five_vertices_takes_so_many_rounds() {
    let five = ok(Graph::from_matrix(fiedler_exercises::by_hand::five().a));
    let n = ok(fiedler::power::normalized_affinity(&five));
    let unit = |z: Array1<f64>| &z / z.dot(&z).sqrt();
    let w1 = unit(five.degrees().mapv(f64::sqrt));
    let mut z = array![1.0, 0.0, 0.0, 0.0, 0.0];
    let mut rounds = 0.0;
    loop {
        rounds += 1.0;
        z = &n.dot(&z) + &z;
        z = unit(&z - &w1 * w1.dot(&z));
        let nz = n.dot(&z);
        let rest = &nz - &z * z.dot(&nz);
        if rest.dot(&rest).sqrt() < 1e-6 {
            break;
        }
    }
    exactly(rounds, right("rounds_to_the_second_vector"));
}
