//! The chapter on springs.

use crate::support::{all_near, exactly, near, relatively_near};
use crate::{FOUR_DIGITS, ON_PAPER};
use fiedler::data::{RandomState, blog_moons};
use fiedler::ndarray::{Array1, array};
use fiedler::springs::{Masses, Motion, energy, normal_modes, potential_energy};
use fiedler::{Graph, Result, exact::exact_normcut, fiedler_vector};
use std::f64::consts::PI;

fn three_beads() -> Result<Graph> {
    Graph::from_edges(3, &[(0, 1, 1.0), (1, 2, 1.0)])
}

fn two_pairs() -> Result<Graph> {
    Graph::from_edges(4, &[(0, 1, 2.0), (1, 2, 1.0), (2, 3, 2.0)])
}

// ANCHOR: half
#[test]
fn one_spring_of_stiffness_3_pulled_2_apart_holds_6() -> Result<()> {
    let spring = Graph::from_edges(2, &[(0, 1, 3.0)])?;
    let pulled = array![1.0, -1.0];
    exactly(energy(&spring, &pulled)?, 12.0); // fᵀLf
    exactly(potential_energy(&spring, &pulled)?, 6.0); // ½ · 3 · 2²
    Ok(())
}
// ANCHOR_END: half

#[test]
fn the_energy_of_labels_of_plus_and_minus_1_is_four_times_the_cut() -> Result<()> {
    let moons = blog_moons();
    let graph = Graph::epsilon(&moons.x, 0.4)?;
    let f = moons.y.mapv(|label| 2.0 * label as f64 - 1.0);
    near(energy(&graph, &f)?, 52.0, ON_PAPER);
    near(energy(&graph, &f)?, 4.0 * graph.cut(&moons.y)?, ON_PAPER);
    Ok(())
}

#[test]
fn three_beads_in_a_row_have_the_frequencies_0_1_and_root_3() -> Result<()> {
    let modes = normal_modes(&three_beads()?, Masses::Unit, 3)?;
    all_near(
        &modes.frequencies,
        &array![0.0, 1.0, 3.0_f64.sqrt()],
        ON_PAPER,
    );
    for (j, by_hand) in [array![1., 1., 1.], array![1., 0., -1.], array![1., -2., 1.]]
        .iter()
        .enumerate()
    {
        let shape = modes.shapes.column(j);
        let wanted = by_hand / f64::sqrt(by_hand.dot(by_hand));
        near(shape.dot(&wanted).abs(), 1.0, ON_PAPER);
    }
    Ok(())
}

// ANCHOR: let_go
#[test]
fn three_beads_let_go_move_as_the_book_says() -> Result<()> {
    let modes = normal_modes(&three_beads()?, Masses::Unit, 3)?;
    let motion = Motion::new(&modes, &array![1., 0., 0.], &Array1::zeros(3))?;
    for t in [0.0, 0.5, PI, 20.0] {
        let (slow, fast) = (t.cos(), (3.0_f64.sqrt() * t).cos());
        let by_hand = array![
            1.0 / 3.0 + slow / 2.0 + fast / 6.0,
            1.0 / 3.0 - fast / 3.0,
            1.0 / 3.0 - slow / 2.0 + fast / 6.0
        ];
        all_near(&motion.position(t)?, &by_hand, ON_PAPER);
        near(motion.total_energy(t)?, 0.5, ON_PAPER); // at all times
    }
    Ok(())
}
// ANCHOR_END: let_go

#[test]
fn without_the_half_the_sum_of_the_energies_would_change() -> Result<()> {
    let graph = three_beads()?;
    let modes = normal_modes(&graph, Masses::Unit, 3)?;
    let (_, shape) = modes.mode(2)?;
    let motion = Motion::new(&modes, &(shape * 2.0_f64.sqrt()), &Array1::zeros(3))?;
    let sum = |t: f64| -> Result<f64> {
        Ok(motion.kinetic_energy(t)? + energy(&graph, &motion.position(t)?)?)
    };
    near(sum(0.0)?, 2.0, ON_PAPER);
    near(sum(PI / 2.0)?, 1.0, ON_PAPER);
    near(motion.total_energy(PI / 2.0)?, 1.0, ON_PAPER);
    Ok(())
}

#[test]
fn three_beads_at_time_pi_stand_where_the_book_says() -> Result<()> {
    let modes = normal_modes(&three_beads()?, Masses::Unit, 3)?;
    let motion = Motion::new(&modes, &array![1., 0., 0.], &Array1::zeros(3))?;
    let place = motion.position(PI)?;
    for (found, printed) in place.iter().zip([-0.0556, 0.1113, 0.9444]) {
        near(*found, printed, 5e-5);
    }
    near(place.sum(), 1.0, ON_PAPER);
    Ok(())
}

#[test]
fn two_rigid_bodies_swing_with_the_normalised_cut_as_their_squared_frequency() -> Result<()> {
    // Two beads with the masses v₀, v₁ and a spring of stiffness cut(C₀, C₁).
    let moons = blog_moons();
    let graphs = [
        (two_pairs()?, array![0, 0, 1, 1]),
        (two_pairs()?, array![0, 1, 1, 1]),
        (Graph::epsilon(&moons.x, 0.4)?, moons.y),
    ];
    for (graph, y) in graphs {
        let (stiffness, vols) = (graph.cut(&y)?, graph.vols(&y)?);
        // A loop adds to a bead's degree, and so to its mass, and pulls at nothing.
        let bodies = Graph::from_matrix(array![
            [vols[0] - stiffness, stiffness],
            [stiffness, vols[1] - stiffness]
        ])?;
        let frequency = normal_modes(&bodies, Masses::Degrees, 2)?.frequencies[1];
        near(frequency * frequency, graph.normcut(&y)?, ON_PAPER);
        // Without the glue it is slower.
        let free = normal_modes(&graph, Masses::Degrees, 2)?.frequencies[1];
        assert!(free < frequency);
    }
    Ok(())
}

// ANCHOR: glue
#[test]
fn glue_can_only_raise_the_frequency() -> Result<()> {
    let graph = two_pairs()?;
    let free = normal_modes(&graph, Masses::Degrees, 2)?.frequencies[1];
    let glued = exact_normcut(&graph)?.normcut.sqrt(); // the best split
    relatively_near(free, 0.5774, FOUR_DIGITS); // √(1/3)
    relatively_near(glued, 0.6325, FOUR_DIGITS); // √(2/5)
    Ok(())
}
// ANCHOR_END: glue

#[test]
fn the_moons_frequencies_are_those_that_the_book_prints() -> Result<()> {
    let graph = Graph::epsilon(&blog_moons().x, 0.4)?;
    let modes = normal_modes(&graph, Masses::Degrees, 4)?;
    for (found, printed) in modes
        .frequencies
        .iter()
        .skip(1)
        .zip([0.07338, 0.1789, 0.1887])
    {
        relatively_near(*found, printed, FOUR_DIGITS);
    }
    relatively_near(graph.normcut(&blog_moons().y)?.sqrt(), 0.1073, FOUR_DIGITS);
    Ok(())
}

#[test]
fn the_shuffled_fiedler_vector_has_almost_two_hundred_times_the_energy() -> Result<()> {
    let graph = Graph::epsilon(&blog_moons().x, 0.4)?;
    let z = fiedler_vector(&graph.matrix()?)?.vector;
    let mut dealt = z.to_vec();
    RandomState::new(3).shuffle(&mut dealt);
    relatively_near(energy(&graph, &z)?, 0.005_384, FOUR_DIGITS);
    relatively_near(energy(&graph, &dealt.into())?, 1.0045, FOUR_DIGITS);
    Ok(())
}

#[test]
fn in_a_mode_the_energies_are_equal_on_average() -> Result<()> {
    let graph = two_pairs()?;
    let modes = normal_modes(&graph, Masses::Degrees, 4)?;
    for number in 2..=4 {
        let (frequency, shape) = modes.mode(number)?;
        let motion = Motion::new(&modes, &shape, &Array1::zeros(4))?;
        let steps = 64;
        let (mut held, mut moving) = (0.0, 0.0);
        for step in 0..steps {
            let t = 2.0 * PI / frequency * f64::from(step) / f64::from(steps);
            held += motion.potential_energy(t)? / f64::from(steps);
            moving += motion.kinetic_energy(t)? / f64::from(steps);
        }
        near(held, frequency * frequency / 4.0, ON_PAPER);
        near(moving, frequency * frequency / 4.0, ON_PAPER);
    }
    Ok(())
}

#[test]
fn no_motion_without_drift_has_a_smaller_quotient_than_mode_2() -> Result<()> {
    let graph = two_pairs()?;
    let modes = normal_modes(&graph, Masses::Degrees, 4)?;
    let mut rng = RandomState::new(9);
    for _ in 0..100 {
        let f = Array1::from_shape_simple_fn(4, || rng.normal(0.0, 1.0));
        let drift = f.dot(&modes.masses) / modes.masses.sum();
        let f = f - drift;
        let quotient = energy(&graph, &f)? / f.dot(&(&modes.masses * &f));
        assert!(quotient >= modes.frequencies[1].powi(2) - ON_PAPER);
    }
    Ok(())
}

#[test]
fn a_stiffer_spring_lowers_no_frequency() -> Result<()> {
    let softer = normal_modes(&two_pairs()?, Masses::Unit, 4)?.frequencies;
    for edge in [(0, 1), (1, 2), (2, 3), (0, 3), (0, 2)] {
        let mut edges: Vec<(usize, usize, f64)> = two_pairs()?.weighted_edges().collect();
        edges.push((edge.0, edge.1, 0.7));
        let mut a = fiedler::ndarray::Array2::<f64>::zeros((4, 4));
        for (i, j, weight) in edges {
            a[[i, j]] += weight;
            a[[j, i]] = a[[i, j]];
        }
        let stiffer = normal_modes(&Graph::from_matrix(a)?, Masses::Unit, 4)?.frequencies;
        assert!(
            stiffer
                .iter()
                .zip(&softer)
                .all(|(after, before)| *after >= before - ON_PAPER)
        );
    }
    Ok(())
}

#[test]
fn heavier_springs_and_heavier_masses_can_slow_the_second_mode() -> Result<()> {
    // Masses by degree: a stiffer spring inside the pairs makes them heavier, too.
    let pairs = |inside: f64| Graph::from_edges(4, &[(0, 1, inside), (1, 2, 1.0), (2, 3, inside)]);
    let second = |graph: Graph| -> Result<f64> {
        Ok(normal_modes(&graph, Masses::Degrees, 2)?.frequencies[1])
    };
    near(second(pairs(2.0)?)?, (1.0_f64 / 3.0).sqrt(), ON_PAPER);
    near(second(pairs(3.0)?)?, 0.5, ON_PAPER);
    Ok(())
}
