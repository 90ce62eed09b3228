//! Smoothness and springs: the energy of a vector, the modes of a graph, and motions made of them.

mod support;

use fiedler::ndarray::{Array1, Array2, Axis, array};
use fiedler::springs::{Masses, Modes, Motion, energy, normal_modes, potential_energy};
use fiedler::{Error, Graph, laplacian};
use proptest::prelude::*;
use std::f64::consts::PI;
use support::{
    EPS, all_near, cases, complete, cycle, exactly, graphs, graphs_and_vectors, largest, near, ok,
    path, refused, relatively_near, star, the_posts_graph, two_cliques, vectors,
};

fn graph(a: &Array2<f64>) -> Graph {
    ok(Graph::from_matrix(a.clone()))
}

fn all_modes(a: &Array2<f64>, masses: Masses) -> Modes {
    ok(normal_modes(&graph(a), masses, a.nrows()))
}

/// Ten roundings per row of a matrix of this norm: what a backward stable solver leaves of an eigenvalue.
fn rounding(n: usize, norm: f64) -> f64 {
    10.0 * n as f64 * EPS * norm
}

/// The squares of the frequencies are the wanted eigenvalues, and the zero is exactly one.
#[track_caller]
fn has_eigenvalues(a: &Array2<f64>, masses: Masses, mut wanted: Vec<f64>) {
    wanted.sort_by(f64::total_cmp);
    let norm = wanted[wanted.len() - 1];
    let found = all_modes(a, masses).frequencies;
    exactly(found[0], 0.0);
    all_near(&found.mapv(|w| w * w), &wanted, rounding(a.nrows(), norm));
}

// --- The energy -------------------------------------------------------------------------------------

#[test]
fn the_energy_sums_stiffness_times_the_square_of_each_edges_difference() {
    let chain = ok(Graph::from_edges(
        3,
        &[(0, 1, 1.0), (1, 2, 4.0), (2, 2, 9.0)],
    ));
    exactly(ok(energy(&chain, &array![1.0, 3.0, 2.0])), 8.0);
    exactly(ok(potential_energy(&chain, &array![1.0, 3.0, 2.0])), 4.0);
}

#[test]
fn nothing_cancels_on_a_large_constant_with_a_small_change() {
    let edge = ok(Graph::from_edges(2, &[(0, 1, 1.0)]));
    let step = 2_f64.powi(-20);
    exactly(ok(energy(&edge, &array![1e6, 1e6 + step])), step * step);
}

proptest! {
    #![proptest_config(cases(96))]

    #[test]
    fn the_energy_is_the_quadratic_form_of_the_laplacian((a, f) in graphs_and_vectors()) {
        let direct = f.dot(&ok(laplacian(&a)).dot(&f));
        // The form cancels terms of the size Σ dᵢfᵢ², each rounded a few times per entry of its row.
        let size = (a.sum_axis(Axis(1)) * &f * &f).sum();
        near(ok(energy(&graph(&a), &f)), direct, 4.0 * rounding(a.nrows(), size));
    }

    #[test]
    fn the_energy_is_half_the_sum_over_ordered_pairs((a, f) in graphs_and_vectors()) {
        let pairs: f64 = a.indexed_iter().map(|((i, j), s)| s * (f[i] - f[j]).powi(2)).sum();
        relatively_near(ok(energy(&graph(&a), &f)), pairs / 2.0, a.len() as f64 * EPS);
    }

    #[test]
    fn a_spring_graph_holds_half_the_energy((a, f) in graphs_and_vectors()) {
        // ½su² for each spring, stretched by u.
        let springs: f64 = graph(&a).weighted_edges().map(|(i, j, s)| 0.5 * s * (f[i] - f[j]).powi(2)).sum();
        relatively_near(ok(potential_energy(&graph(&a), &f)), springs, a.len() as f64 * EPS);
    }

    #[test]
    fn the_potential_energy_is_the_work_against_the_springs((a, f) in graphs_and_vectors()) {
        // The force on the way from 0 to f is −Ltf: the work ∫₀¹ fᵀL(tf)dt by the midpoint, exact for a line.
        let force = ok(laplacian(&a)).dot(&(&f * 0.5));
        let size = (a.sum_axis(Axis(1)) * &f * &f).sum();
        near(ok(potential_energy(&graph(&a), &f)), f.dot(&force), 4.0 * rounding(a.nrows(), size));
    }

    #[test]
    fn a_constant_has_no_energy_and_adding_one_changes_none((a, f) in graphs_and_vectors()) {
        let g = graph(&a);
        exactly(ok(energy(&g, &Array1::from_elem(a.nrows(), 0.3))), 0.0);
        let moved = ok(energy(&g, &(&f + 1.0)));
        // fᵢ + 1 is rounded at size 2: each difference moves by 2ε.
        let slack: f64 = g.weighted_edges().map(|(i, j, s)| 4.0 * EPS * s * ((f[i] - f[j]).abs() + EPS)).sum();
        near(moved, ok(energy(&g, &f)), 2.0 * slack + a.len() as f64 * EPS * moved);
    }

    // --- The modes ----------------------------------------------------------------------------------

    #[test]
    fn each_eigenvalue_is_the_energy_of_its_mode(a in graphs(), by_degree in any::<bool>()) {
        let modes = all_modes(&a, if by_degree { Masses::Degrees } else { Masses::Unit });
        let norm = 2.0 * largest(a.sum_axis(Axis(1)) / &modes.masses);
        for (w, u) in modes.frequencies.iter().zip(modes.shapes.columns()) {
            let energy = ok(energy(&graph(&a), &u.to_owned()));
            near(energy, w * w, rounding(a.nrows(), norm));
        }
    }

    #[test]
    fn shapes_are_orthonormal_in_the_masses(a in graphs(), by_degree in any::<bool>()) {
        let modes = all_modes(&a, if by_degree { Masses::Degrees } else { Masses::Unit });
        let column = modes.masses.clone().insert_axis(Axis(1));
        let gram = modes.shapes.t().dot(&(&modes.shapes * &column));
        all_near(&gram, &Array2::<f64>::eye(a.nrows()), rounding(a.nrows(), 1.0));
    }

    #[test]
    fn no_vector_of_a_modes_mass_without_slower_parts_has_less_energy((a, f) in graphs_and_vectors()) {
        let modes = all_modes(&a, Masses::Unit);
        let slow = modes.shapes.column(0);
        let f = &f - &(&slow * slow.dot(&f));
        let (w, size) = (modes.frequencies[1], f.dot(&f));
        let norm = 2.0 * largest(a.sum_axis(Axis(1)));
        prop_assert!(ok(energy(&graph(&a), &f)) >= w * w * size - rounding(a.nrows(), norm) * size);
    }

    // --- Motions ------------------------------------------------------------------------------------

    #[test]
    fn a_motion_keeps_its_energy((a, start, push) in starts(), by_degree in any::<bool>(), time in -50.0..50.0) {
        let motion = moving(&a, by_degree, &start, &push);
        let (first, now) = (ok(motion.total_energy(0.0)), ok(motion.total_energy(time)));
        // Kinetic and potential energy are sums of n squares, from vectors of n rounded terms each.
        relatively_near(now, first, rounding(a.nrows(), 1.0));
    }

    #[test]
    fn the_energy_of_a_motion_is_that_of_the_springs_and_the_masses((a, start, push) in starts(), time in -50.0..50.0) {
        let motion = moving(&a, false, &start, &push);
        let total = ok(motion.total_energy(time));
        let held = ok(potential_energy(&graph(&a), &ok(motion.position(time))));
        // The position holds the free drift as well, up to 50 units large: its differences are rounded at that size.
        let drift = rounding(a.nrows(), a.sum()) * 100.0 * total.max(1.0);
        near(held, ok(motion.potential_energy(time)), drift);
    }

    #[test]
    fn mass_times_acceleration_is_minus_the_laplacian_times_the_displacement(
        (a, start, push) in starts(), by_degree in any::<bool>(), time in -5.0..5.0
    ) {
        let motion = moving(&a, by_degree, &start, &push);
        let masses = if by_degree { a.sum_axis(Axis(1)) } else { Array1::ones(a.nrows()) };
        let force = -ok(laplacian(&a)).dot(&ok(motion.position(time)));
        let size = 2.0 * largest(a.sum_axis(Axis(1)));
        let reach = 10.0 * (largest(start) + largest(push)) * a.nrows() as f64;
        all_near(&(masses * ok(motion.acceleration(time))), &force, rounding(a.nrows(), size * reach));
    }

    #[test]
    fn the_velocity_is_the_change_of_the_position((a, start, push) in starts(), time in -5.0..5.0) {
        let motion = moving(&a, false, &start, &push);
        let h = 1e-5;
        let slope = |at: &dyn Fn(f64) -> Array1<f64>| (at(time + h) - at(time - h)) / (2.0 * h);
        let position = |t: f64| ok(motion.position(t));
        let velocity = |t: f64| ok(motion.velocity(t));
        let n = a.nrows() as f64;
        // Central differences miss h²/6 of the third derivative, at most ω³ or ω⁴ times the start; and lose ε/h.
        let w = (2.0 * largest(a.sum_axis(Axis(1)))).sqrt();
        let miss = |order: i32| h * h * w.powi(order).max(1.0) * n + 100.0 * n * n * EPS * w.max(1.0) / h;
        all_near(&slope(&position), &ok(motion.velocity(time)), miss(3));
        all_near(&slope(&velocity), &ok(motion.acceleration(time)), miss(4));
    }

    #[test]
    fn a_motion_starts_where_and_as_fast_as_it_was_told((a, start, push) in starts()) {
        let motion = moving(&a, true, &start, &push);
        // D-normalised shapes of a graph with degrees from 0.1 to 300 turn there and back: √κ each way at most.
        let d = a.sum_axis(Axis(1));
        let kappa = largest(d.clone()) / d.fold(f64::INFINITY, |low: f64, &d| low.min(d));
        all_near(&ok(motion.position(0.0)), &start, rounding(a.nrows(), kappa.sqrt()));
        all_near(&ok(motion.velocity(0.0)), &push, rounding(a.nrows(), kappa.sqrt()));
    }
}

fn starts() -> impl Strategy<Value = (Array2<f64>, Array1<f64>, Array1<f64>)> {
    graphs().prop_flat_map(|a| (Just(a.clone()), vectors(a.nrows()), vectors(a.nrows())))
}

fn moving(a: &Array2<f64>, by_degree: bool, start: &Array1<f64>, push: &Array1<f64>) -> Motion {
    let masses = if by_degree {
        Masses::Degrees
    } else {
        Masses::Unit
    };
    ok(Motion::new(&all_modes(a, masses), start, push))
}

// --- Graphs whose frequencies are known -------------------------------------------------------------

#[test]
fn a_path_vibrates_like_a_string_of_beads() {
    for n in [2, 3, 10, 25] {
        let wave = |step: f64| (0..n).map(|j| 1.0 - (step * j as f64).cos()).collect();
        has_eigenvalues(&path(n), Masses::Degrees, wave(PI / (n - 1) as f64));
        let unit: Vec<f64> = wave(PI / n as f64);
        has_eigenvalues(
            &path(n),
            Masses::Unit,
            unit.into_iter().map(|x| 2.0 * x).collect(),
        );
    }
}

#[test]
fn the_modes_of_a_path_are_cosines() {
    let n = 12;
    let modes = all_modes(&path(n), Masses::Unit);
    for j in 1..n {
        let wave =
            Array1::from_shape_fn(n, |i| (PI * j as f64 * (i as f64 + 0.5) / n as f64).cos());
        let wave = &wave / wave.dot(&wave).sqrt();
        let overlap = wave.dot(&modes.shapes.column(j)).abs();
        // 1 − overlap is second order in the angle, which is rounding over the gap, 0.06 at least.
        near(overlap, 1.0, rounding(n, 1.0));
    }
}

#[test]
fn a_cycle_vibrates_in_pairs_of_equal_frequency() {
    for n in [3, 8, 15] {
        let wave = (0..n).map(|j| 2.0 - 2.0 * (2.0 * PI * j as f64 / n as f64).cos());
        has_eigenvalues(&cycle(n), Masses::Unit, wave.collect());
    }
}

#[test]
fn a_star_has_many_modes_of_frequency_one_and_one_of_root_n() {
    let n = 9;
    let mut wanted = vec![1.0; n];
    (wanted[0], wanted[n - 1]) = (0.0, n as f64);
    has_eigenvalues(&star(n), Masses::Unit, wanted);
}

#[test]
fn in_a_complete_graph_every_mode_but_the_rigid_one_has_frequency_root_n() {
    let n = 7;
    let mut wanted = vec![n as f64; n];
    wanted[0] = 0.0;
    has_eigenvalues(&complete(n), Masses::Unit, wanted);
}

#[test]
fn each_piece_of_a_graph_moves_freely_at_frequency_0() {
    let pieces = ok(Graph::from_edges(
        6,
        &[(0, 1, 1.0), (2, 3, 2.0), (3, 4, 1.0)],
    ));
    let modes = ok(normal_modes(&pieces, Masses::Unit, 6));
    assert_eq!(modes.frequencies.iter().filter(|w| **w == 0.0).count(), 3);
    // Pushed together, the pieces drift apart and hold no energy.
    let push = array![1.0, 1.0, -2.0, -2.0, -2.0, 0.0];
    let motion = ok(Motion::new(&modes, &Array1::zeros(6), &push));
    let reach = ok(motion.position(10.0));
    all_near(&reach, &(push * 10.0), rounding(6, 20.0));
    near(ok(motion.potential_energy(10.0)), 0.0, rounding(6, 1.0));
}

#[test]
fn clusters_swing_against_each_other_in_the_second_mode() {
    let modes = ok(normal_modes(&graph(&two_cliques(6, 0.1)), Masses::Unit, 3));
    let (_, shape) = ok(modes.mode(2));
    assert!((0..12).all(|i| (shape[i] > 0.0) == (i < 6)));
    assert!(modes.frequencies[2] > 5.0 * modes.frequencies[1]);
}

#[test]
fn with_degrees_for_masses_mode_2_of_the_posts_graph_has_the_known_frequency() {
    let modes = ok(normal_modes(
        &graph(&the_posts_graph().0),
        Masses::Degrees,
        2,
    ));
    // δω = δλ/2ω, and λ₂ is good to a few roundings of 1.
    near(
        modes.frequencies[1],
        0.005_384_412_046_144_769_f64.sqrt(),
        rounding(200, 1.0),
    );
}

#[test]
fn a_mode_is_back_after_its_period_and_mirrored_after_half() {
    let modes = all_modes(&path(6), Masses::Unit);
    for mode in 2..=6 {
        let (w, shape) = ok(modes.mode(mode));
        let period = 2.0 * PI / w;
        all_near(&ok(modes.displacement(mode, 0.0)), &shape, 0.0);
        all_near(&ok(modes.displacement(mode, period)), &shape, 10.0 * EPS);
        all_near(
            &ok(modes.displacement(mode, period / 2.0)),
            &-shape,
            10.0 * EPS,
        );
    }
    let (_, still) = ok(modes.mode(1));
    all_near(&ok(modes.displacement(1, 7.0)), &still, 0.0);
}

// --- What is refused --------------------------------------------------------------------------------

#[test]
fn a_vector_that_does_not_fit_or_is_not_finite_is_refused() {
    let g = graph(&path(3));
    assert_eq!(
        refused(energy(&g, &array![1.0, 2.0])),
        Error::Length {
            name: "f",
            found: 2,
            points: 3
        }
    );
    assert!(matches!(
        refused(energy(&g, &array![1.0, f64::NAN, 0.0])),
        Error::VectorNotFinite { index: 1, .. }
    ));
    assert!(matches!(
        refused(energy(&g, &array![1e200, 0.0, 0.0])),
        Error::VectorScale { .. }
    ));
    let modes = all_modes(&path(3), Masses::Unit);
    let short = array![1.0];
    assert!(matches!(
        refused(Motion::new(&modes, &short, &short)),
        Error::Length { .. }
    ));
}

#[test]
fn modes_that_were_not_computed_and_times_without_end_are_refused() {
    let modes = all_modes(&path(3), Masses::Unit);
    for mode in [0, 4] {
        assert!(matches!(
            refused(modes.mode(mode)),
            Error::Count { name: "mode", .. }
        ));
        assert!(matches!(
            refused(modes.displacement(mode, 0.0)),
            Error::Count { .. }
        ));
    }
    for time in [f64::NAN, f64::INFINITY, 1e80] {
        assert!(matches!(
            refused(modes.displacement(2, time)),
            Error::Parameter { name: "time", .. }
        ));
    }
    let g = graph(&path(3));
    assert_eq!(
        refused(normal_modes(&g, Masses::Unit, 4)),
        Error::ClusterCount { k: 4, n: 3 }
    );
    assert_eq!(
        refused(normal_modes(&g, Masses::Unit, 0)),
        Error::ClusterCount { k: 0, n: 3 }
    );
}

#[test]
fn an_isolated_vertex_has_mass_1_but_no_mass_by_degree() {
    let alone = ok(Graph::from_edges(3, &[(0, 1, 1.0)]));
    exactly(
        ok(normal_modes(&alone, Masses::Unit, 3)).frequencies[1],
        0.0,
    );
    assert_eq!(
        refused(normal_modes(&alone, Masses::Degrees, 2)),
        Error::IsolatedPoints {
            points: vec![2],
            advice: fiedler::error::Advice::default()
        }
    );
}
