//! The chapter on springs.

use crate::numbers::Printed;
use crate::support::{all_near, exactly, near, relatively_near};
use crate::{FOUR_DIGITS, ON_PAPER};
use fiedler::data::{RandomState, blog_moons, moons};
use fiedler::graph::known::{cycle, grid, hypercube, path, star};
use fiedler::ndarray::{Array1, Array2, array};
use fiedler::springs::{Masses, Motion, energy, normal_modes, potential_energy};
use fiedler::{
    Graph, Result, agreement, exact::exact_normcut, fiedler_vector, kmeans, labels_by_sign,
    spectral_clustering,
};
use std::f64::consts::PI;

/// Sizes, ε and a soft label of the author's; the end of a picture's time; the number of the notebook.
pub const CHOSEN: &[&str] = &[
    "0.2", "0.3", "0.4", "0.5", "0.7", "11", "12", "200", "36", "600",
];

/// The numbers that the chapter prints.
pub fn printed() -> Result<Printed> {
    let moons = blog_moons();
    let graph = Graph::epsilon(&moons.x, 0.4)?;
    let z = fiedler_vector(&graph.matrix()?)?.vector;
    let mut dealt = z.to_vec();
    RandomState::new(3).shuffle(&mut dealt);
    let plus_minus = moons.y.mapv(|label| 2.0 * label as f64 - 1.0);
    let modes = normal_modes(&graph, Masses::Degrees, 4)?.frequencies;
    let place = first_bead_let_go()?.position(PI)?;
    let (sheets, truth) = two_sheets()?;
    let wrong = |epsilon| -> Result<f64> {
        let right = agreement(&spectral_clustering(&sheets, epsilon)?, &truth)?;
        Ok(600.0 * (1.0 - right))
    };
    let by_kmeans = agreement(&kmeans(&sheets, 2, 0)?.labels, &truth)?;
    Ok(vec![
        ("0.0054", energy(&graph, &z)?),
        ("1.0045", energy(&graph, &dealt.into())?),
        ("13", graph.cut(&moons.y)?),
        ("52", energy(&graph, &plus_minus)?),
        (
            "0.5774",
            normal_modes(&two_pairs()?, Masses::Degrees, 2)?.frequencies[1],
        ),
        ("0.6325", exact_normcut(&two_pairs()?)?.normcut.sqrt()),
        ("0.0734", modes[1]),
        ("0.1789", modes[2]),
        ("0.1887", modes[3]),
        ("0.1073", graph.normcut(&moons.y)?.sqrt()),
        ("54", grid(6, 9)?.vertex_count() as f64),
        ("75", 100.0 * by_kmeans),
        ("42", wrong(0.7)?),
        ("0.6661", (3.0_f64.sqrt() * PI).cos()),
        ("0.0556", place[0]),
        ("0.1113", place[1]),
        ("0.9444", place[2]),
    ])
}

// ANCHOR: let_go
/// Three beads in a row, the first lifted by 1 and let go.
fn first_bead_let_go() -> Result<Motion> {
    let row = Graph::from_edges(3, &[(0, 1, 1.0), (1, 2, 1.0)])?;
    let modes = normal_modes(&row, Masses::Unit, 3)?;
    let (lifted, at_rest) = (array![1.0, 0.0, 0.0], Array1::zeros(3));
    Motion::new(&modes, &lifted, &at_rest)
}
// ANCHOR_END: let_go

/// 600 points on two sheets that are bent as the moons are, and as wide as 1.
fn two_sheets() -> Result<(Array2<f64>, Array1<usize>)> {
    let moons = moons(600, 0.05, 0)?;
    let mut rng = RandomState::new(1);
    let x = Array2::from_shape_fn((600, 3), |(i, j)| match j {
        0 | 1 => moons.x[[i, j]],
        _ => rng.uniform(0.0, 1.0),
    });
    Ok((x, moons.y))
}

/// Entries this small are 0 but for rounding.
const ZERO: f64 = 1e-9;

/// The pieces of the graph on the vertices that are kept, each as a list.
fn pieces(graph: &Graph, kept: impl Fn(usize) -> bool) -> Result<Vec<Vec<usize>>> {
    let mut seen: Vec<bool> = (0..graph.vertex_count()).map(|i| !kept(i)).collect();
    let mut found = Vec::new();
    for start in 0..seen.len() {
        if seen[start] {
            continue;
        }
        seen[start] = true;
        let (mut piece, mut next) = (vec![start], 0);
        while next < piece.len() {
            for (j, _) in graph.neighbors(piece[next])? {
                if !std::mem::replace(&mut seen[j], true) {
                    piece.push(j);
                }
            }
            next += 1;
        }
        found.push(piece);
    }
    Ok(found)
}

/// The domains of z, and how many there are if zeros count for both signs.
fn domains(graph: &Graph, z: &Array1<f64>) -> Result<(usize, usize)> {
    let (mut strong, mut weak) = (0, 0);
    for z in [z.clone(), -z] {
        strong += pieces(graph, |i| z[i] > ZERO)?.len();
        let with_zeros = pieces(graph, |i| z[i] >= -ZERO)?;
        weak += with_zeros
            .iter()
            .filter(|piece| piece.iter().any(|&i| z[i] > ZERO))
            .count();
    }
    Ok((strong, weak))
}

/// Connected graphs of 4 to 23 vertices with random weights, and graphs whose eigenvectors have zeros.
fn many_graphs() -> Result<Vec<Graph>> {
    let mut rng = RandomState::new(21);
    let mut graphs = vec![
        star(5)?,
        path(9)?,
        cycle(8)?,
        grid(4, 4)?,
        grid(3, 5)?,
        hypercube(3)?,
    ];
    for n in (4..24).cycle().take(100) {
        let mut edges = Vec::new();
        for i in 1..n {
            // A tree, and some edges more.
            let parent = rng.randint(u32::try_from(i).expect("small")) as usize;
            for j in 0..i {
                if j == parent || rng.uniform(0.0, 1.0) < 0.15 {
                    edges.push((j, i, rng.uniform(0.1, 1.0)));
                }
            }
        }
        graphs.push(Graph::from_edges(n, &edges)?);
    }
    Ok(graphs)
}

fn three_beads() -> Result<Graph> {
    Graph::from_edges(3, &[(0, 1, 1.0), (1, 2, 1.0)])
}

fn two_pairs() -> Result<Graph> {
    Graph::from_edges(4, &[(0, 1, 2.0), (1, 2, 1.0), (2, 3, 2.0)])
}

#[test]
fn one_spring_of_stiffness_3_pulled_2_apart_holds_6() -> Result<()> {
    let spring = Graph::from_edges(2, &[(0, 1, 3.0)])?;
    let pulled = array![1.0, -1.0];
    exactly(energy(&spring, &pulled)?, 12.0); // fᵀLf
    exactly(potential_energy(&spring, &pulled)?, 6.0); // ½ · 3 · 2²
    let frequency = normal_modes(&spring, Masses::Unit, 2)?.frequencies[1];
    near(frequency, 6.0_f64.sqrt(), ON_PAPER);
    Ok(())
}

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

#[test]
fn three_beads_let_go_move_as_the_book_says() -> Result<()> {
    let motion = first_bead_let_go()?;
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
    let motion = first_bead_let_go()?;
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

#[test]
fn glue_can_only_raise_the_frequency() -> Result<()> {
    let graph = two_pairs()?;
    let free = normal_modes(&graph, Masses::Degrees, 2)?.frequencies[1];
    let glued = exact_normcut(&graph)?.normcut.sqrt(); // the best split
    relatively_near(free, 0.5774, FOUR_DIGITS); // √(1/3)
    relatively_near(glued, 0.6325, FOUR_DIGITS); // √(2/5)
    Ok(())
}

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

#[test]
fn the_one_wrong_point_of_the_moons_has_the_entry_nearest_to_zero() -> Result<()> {
    let moons = blog_moons();
    let graph = Graph::epsilon(&moons.x, 0.4)?;
    let z = graph.fiedler_vector()?.vector;
    let labels = labels_by_sign(&z)?;
    near(agreement(&labels, &moons.y)?, 0.995, ON_PAPER);
    let equal: Vec<bool> = labels.iter().zip(&moons.y).map(|(a, b)| a == b).collect();
    let most = equal.iter().filter(|&&same| same).count() > 100;
    let wrong = equal.iter().position(|&same| same != most).expect("one");
    assert!((0..200).all(|i| z[wrong].abs() <= z[i].abs()));
    // Softer is smoother: less energy for its size than the hard labels of the truth, and of the signs.
    let value = energy(&graph, &z)? / z.dot(&(graph.degrees() * &z));
    assert!(value < graph.normcut(&moons.y)? && value < graph.normcut(&labels)?);
    Ok(())
}

/// Two columns of length 1, at right angles, with the sum 0.
fn random_drawing(n: usize, rng: &mut RandomState) -> [Array1<f64>; 2] {
    let column = |rng: &mut RandomState| {
        let f = Array1::from_shape_simple_fn(n, || rng.standard_normal());
        let mean = f.sum() / n as f64;
        let f = f - mean;
        &f / f.dot(&f).sqrt()
    };
    let (f, g) = (column(rng), column(rng));
    let g = &g - &(&f * f.dot(&g));
    let length = g.dot(&g).sqrt();
    [f, g / length]
}

#[test]
fn no_drawing_of_this_spread_has_shorter_springs_than_two_eigenvectors() -> Result<()> {
    let mut rng = RandomState::new(5);
    for graph in many_graphs()? {
        let modes = normal_modes(&graph, Masses::Unit, 3)?;
        let values = modes.frequencies.mapv(|frequency| frequency * frequency);
        let of = |[f, g]: [Array1<f64>; 2]| Ok(energy(&graph, &f)? + energy(&graph, &g)?);
        let eigenvectors = [1, 2].map(|j| modes.shapes.column(j).to_owned());
        let least: f64 = of(eigenvectors)?;
        near(least, values[1] + values[2], 100.0 * ON_PAPER);
        for _ in 0..10 {
            let drawing = random_drawing(graph.vertex_count(), &mut rng);
            assert!(of(drawing)? >= least - 100.0 * ON_PAPER);
        }
    }
    Ok(())
}

#[test]
fn the_grid_draws_itself() -> Result<()> {
    // Each row and each column of the grid keeps its order in one coordinate, and its place in the other.
    let shapes = normal_modes(&grid(6, 9)?, Masses::Unit, 3)?.shapes;
    let at = |row: usize, column: usize, j: usize| shapes[[9 * row + column, j]];
    for row in 0..6 {
        for column in 0..9 {
            near(at(row, column, 1), at(0, column, 1), ZERO);
            near(at(row, column, 2), at(row, 0, 2), ZERO);
        }
    }
    let along = (at(0, 1, 1) - at(0, 0, 1)).signum();
    assert!((1..9).all(|column| along * (at(0, column, 1) - at(0, column - 1, 1)) > 0.01));
    let down = (at(1, 0, 2) - at(0, 0, 2)).signum();
    assert!((1..6).all(|row| down * (at(row, 0, 2) - at(row - 1, 0, 2)) > 0.01));
    Ok(())
}

#[test]
fn both_sides_of_the_second_mode_are_connected_on_random_graphs() -> Result<()> {
    for graph in many_graphs()? {
        for masses in [Masses::Unit, Masses::Degrees] {
            let z = normal_modes(&graph, masses, 2)?.mode(2)?.1;
            assert_eq!(pieces(&graph, |i| z[i] >= -ZERO)?.len(), 1);
            assert_eq!(pieces(&graph, |i| z[i] <= ZERO)?.len(), 1);
        }
    }
    Ok(())
}

#[test]
fn mode_k_has_at_most_k_domains_on_random_graphs() -> Result<()> {
    let mut most = 0;
    for graph in many_graphs()? {
        let n = graph.vertex_count();
        for masses in [Masses::Unit, Masses::Degrees] {
            let modes = normal_modes(&graph, masses, n)?;
            let values = modes.frequencies.mapv(|frequency| frequency * frequency);
            for j in 0..n {
                let equal = |m: &usize| (values[*m] - values[j]).abs() < ZERO;
                let (first, times) = ((0..n).find(equal), (0..n).filter(equal).count());
                let k = first.expect("itself") + 1;
                let (strong, weak) = domains(&graph, &modes.shapes.column(j).to_owned())?;
                assert!(
                    strong < k + times && weak <= k,
                    "{strong}, {weak}, {k}, {times}"
                );
                most = most.max(strong);
            }
        }
    }
    // It was no idle count.
    assert!(most > 10);
    Ok(())
}

#[test]
fn a_path_has_as_many_domains_as_its_mode_says_and_a_star_needs_its_middle() -> Result<()> {
    let modes = normal_modes(&path(8)?, Masses::Unit, 8)?;
    for k in 1..=8 {
        assert_eq!(domains(&path(8)?, &modes.mode(k)?.1)?.0, k);
    }
    let (graph, z) = (star(5)?, array![0.0, 1.0, 1.0, -1.0, -1.0]);
    let values = normal_modes(&graph, Masses::Unit, 5)?.frequencies;
    let lz = fiedler::laplacian(&graph.matrix()?)?.dot(&z);
    all_near(&lz, &(&z * values[1].powi(2)), ON_PAPER);
    assert_eq!(pieces(&graph, |i| z[i] > ZERO)?.len(), 2);
    assert_eq!(pieces(&graph, |i| z[i] >= -ZERO)?.len(), 1);
    Ok(())
}

#[test]
fn two_bent_sheets_are_found_while_neighbours_are_nearer_than_the_other_sheet() -> Result<()> {
    let (x, truth) = two_sheets()?;
    for (epsilon, wrong) in [
        (0.2, 0),
        (0.25, 0),
        (0.3, 0),
        (0.35, 0),
        (0.4, 0),
        (0.5, 2),
        (0.7, 42),
    ] {
        let right = agreement(&spectral_clustering(&x, epsilon)?, &truth)?;
        near(right, 1.0 - f64::from(wrong) / 600.0, ON_PAPER);
    }
    assert!(agreement(&kmeans(&x, 2, 0)?.labels, &truth)? < 0.8);
    Ok(())
}
