//! Weights of many different sizes in one graph: a right answer, or one that says what it is worth.

mod support;

use fiedler::ndarray::{Array2, Axis};
use fiedler::{
    Eigenpairs, Error, Graph, Result, eig_random_walk, eigh_generalized, eigh_symmetric,
    solvers::Solver,
};
use support::{list, near, number, ok, reference, relatively_near, whole};

const SOLVERS: [Solver; 5] = [
    Solver::Auto,
    Solver::Dense,
    Solver::Elimination,
    Solver::Multigrid,
    Solver::Chebyshev,
];
/// A few roundings of a small problem.
const ROUNDING: f64 = 1e-12;
/// A larger residual says that the pair is none.
const SOLVED: f64 = 1e-8;

fn full_routes(a: &Array2<f64>) -> [Result<Eigenpairs>; 3] {
    [eig_random_walk(a), eigh_symmetric(a), eigh_generalized(a)]
}

#[test]
fn a_star_with_one_heavy_leg_is_known_or_refused() {
    // Bipartite: 0, then 1 as often as there are leaves but one, then 2. Of a random z only the heavy leg is seen.
    let legs = (1..=25).map(|leaf| (0, leaf, 1.0));
    let edges: Vec<_> = legs.chain([(0, 26, 4e35)]).collect();
    let graph = ok(Graph::from_edges(27, &edges));
    for solver in SOLVERS {
        match graph.smallest_eigenpairs_by(solver, 4) {
            Ok((pairs, _)) => {
                for &value in pairs.values.iter().skip(1) {
                    near(value, 1.0, ROUNDING);
                }
            }
            Err(error) => {
                assert_ne!(solver, Solver::Auto);
                assert!(matches!(error, Error::Solver { .. }), "{error}");
            }
        }
    }
}

#[test]
fn a_value_beside_many_equal_ones_is_not_passed_over() {
    // A leaf of 1e-17 with a loop of 1e-21: its value is 1e-17 / 1.0001e-17. All others of the star have 1.
    let legs = (1..=20).filter(|leaf| ![4, 17, 20].contains(leaf));
    let mut edges: Vec<_> = legs.map(|leaf| (0, leaf, 1.0)).collect();
    edges.extend([(0, 17, 1e-17), (0, 20, 1e14), (4, 4, 1.0), (17, 17, 1e-21)]);
    let graph = ok(Graph::from_edges(21, &edges));
    for solver in SOLVERS {
        match graph.smallest_eigenpairs_by(solver, 3) {
            Ok((pairs, _)) => near(pairs.values[2], 1.0 / 1.0001, ROUNDING),
            Err(error) => {
                assert!([Solver::Multigrid, Solver::Chebyshev].contains(&solver));
                assert!(error.to_string().contains("smallest"), "{error}");
            }
        }
    }
}

#[test]
fn parts_that_all_but_fall_apart_are_solved_each() {
    // Two edges, one with a loop at its end, and a loop alone, joined by 1e-36.
    let (edge, own) = (8.98, 0.58);
    let edges = [
        (0, 1, edge),
        (2, 3, 15.27),
        (0, 2, 1.3e-36),
        (0, 4, 8.3e-36),
        (1, 1, own),
        (4, 4, 0.63),
    ];
    let graph = ok(Graph::from_edges(5, &edges));
    for solver in SOLVERS {
        let (pairs, _) = ok(graph.smallest_eigenpairs_by(solver, 5));
        let few = pairs.values[2] < 1e-34 && pairs.values[1] > 0.0;
        assert!(few, "{solver:?}: {}", pairs.values);
        near(pairs.values[3], 1.0 + edge / (edge + own), ROUNDING);
        near(pairs.values[4], 2.0, ROUNDING);
        let worst = ok(graph.residuals(&pairs.values, &pairs.vectors));
        assert!(worst.iter().all(|rest| *rest < ROUNDING), "{worst}");
    }
}

#[test]
fn a_light_pair_beside_a_heavy_one_is_not_taken_for_a_constant() {
    // The conductance of {0, 1} is w/(w + 2a) for the edge w between the pairs and a within the light one.
    let (light, between, heavy) = (1.554e-29, 9.699e-58, 1.66e72);
    let edges = [(0, 1, light), (1, 3, between), (3, 2, heavy)];
    let graph = ok(Graph::from_edges(4, &edges));
    for graph in [ok(Graph::from_matrix(ok(graph.matrix()))), graph] {
        for solver in SOLVERS {
            for count in 2..=4 {
                let (pairs, _) = ok(graph.smallest_eigenpairs_by(solver, count));
                relatively_near(pairs.values[1], between / (2.0 * light), 1e-9);
                let z = pairs.vectors.column(1);
                assert!(z[0] * z[1] > 0.0 && z[0] * z[2] < 0.0 && z[0] * z[3] < 0.0);
            }
        }
    }
}

#[test]
fn two_values_beside_each_other_are_the_same_by_every_way() {
    let edges = [
        (0, 1, 5.6e-20),
        (1, 2, 0.00186),
        (2, 3, 1.66e-16),
        (0, 0, 0.0068),
        (1, 1, 846_295.8),
    ];
    let graph = ok(Graph::from_edges(4, &edges));
    let a = ok(graph.matrix());
    let wanted = ok(eigh_symmetric(&a)).values;
    assert!(wanted[3] - wanted[2] < 1e-6);
    for solver in SOLVERS {
        let (pairs, _) = ok(graph.smallest_eigenpairs_by(solver, 4));
        for (found, wanted) in pairs.values.iter().zip(&wanted) {
            near(*found, *wanted, ROUNDING);
        }
    }
    for pairs in full_routes(&a).map(ok) {
        for (found, wanted) in pairs.values.iter().zip(&wanted) {
            near(*found, *wanted, ROUNDING);
        }
    }
}

#[test]
fn vectors_of_values_as_small_as_rounding_are_orthogonal() {
    // Three triangles, one of them open, and bridges of 1.2e-9 between them: 9.2e-10 and 1.3e-9.
    let mut edges = Vec::new();
    for first in [0, 3, 6] {
        edges.extend([(first, first + 1, 1.0), (first + 1, first + 2, 1.0)]);
        if first < 6 {
            edges.push((first, first + 2, 1.0));
        }
    }
    let bridges = [(0, 3), (2, 4), (0, 6), (5, 6), (0, 7)];
    edges.extend(bridges.map(|(i, j)| (i, j, 1.1737e-9)));
    let graph = ok(Graph::from_edges(9, &edges));
    for solver in SOLVERS {
        let (pairs, _) = ok(graph.smallest_eigenpairs_by(solver, 7));
        let z = &pairs.vectors;
        let scaled = z * &graph.degrees().view().insert_axis(Axis(1));
        for ((i, j), product) in z.t().dot(&scaled).indexed_iter() {
            near(*product, f64::from(u8::from(i == j)), 1e-9);
        }
    }
}

#[test]
fn a_leaf_that_nothing_determines_is_0() {
    // Of the path 1–5–3 the vector of λ = 1 is not 0 at 3, and a leaf on 3 would have to be infinite: rounding tells.
    let edges = [(3, 4, 1e-20), (2, 0, 1.0), (1, 5, 1e5), (3, 5, 1e8)];
    let graph = ok(Graph::from_edges(6, &edges));
    for pairs in full_routes(&ok(graph.matrix())).map(ok) {
        for (value, z) in pairs.values.iter().zip(pairs.vectors.columns()) {
            let largest = z.fold(0.0_f64, |most, entry| most.max(entry.abs()));
            let off = (z[4] * (1.0 - value) - z[3]).abs();
            assert!(z[4] == 0.0 || off < 1e-9 * largest, "λ = {value}: {z}");
        }
    }
}

#[test]
fn the_residual_of_a_pair_tells_what_it_is_worth() {
    // Chains whose weights fall and rise by many powers of ten, at random but always the same.
    let mut state = 7_u64;
    let mut power = || {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        let share = (state >> 40) as f64 / (1_u64 << 24) as f64;
        10_f64.powf(-70.0 * share)
    };
    let (mut told, mut solved) = (0, 0);
    for n in [12, 24, 36] {
        let edges: Vec<_> = (1..n).map(|i| (i - 1, i, power())).collect();
        let graph = ok(Graph::from_edges(n, &edges));
        let a = ok(graph.matrix());
        for pairs in full_routes(&a).into_iter().flatten() {
            let residuals = ok(graph.residuals(&pairs.values, &pairs.vectors));
            for (j, z) in pairs.vectors.columns().into_iter().enumerate() {
                assert!(z.iter().all(|entry| entry.is_finite()));
                if residuals[j] > SOLVED {
                    told += 1;
                    continue;
                }
                solved += 1;
                let largest = z.fold(0.0_f64, |most, entry| most.max(entry.abs()));
                for i in 0..n {
                    let d = a.row(i).sum();
                    let rest: f64 = (0..n).map(|j| a[[i, j]] * (z[i] - z[j])).sum();
                    let value = pairs.values[j];
                    let off = (rest - value * d * z[i]).abs() / (d * largest);
                    assert!(
                        z[i] == 0.0 || off < 1e-6,
                        "n = {n}, vector {j}, entry {i}: {off:e}"
                    );
                }
            }
        }
    }
    assert!(solved > 100, "{solved} solved, {told} told");
}

#[test]
fn weights_below_all_normal_numbers_leave_no_nan() {
    let edges = [
        (0, 5, 1.0),
        (1, 2, 1.0),
        (0, 4, 7.3e-316),
        (5, 1, 3.25e67),
        (5, 3, 1.0),
        (4, 4, 1.0),
    ];
    let graph = ok(Graph::from_edges(6, &edges));
    let a = ok(graph.matrix());
    let by_name =
        SOLVERS.map(|solver| graph.smallest_eigenpairs_by(solver, 6).map(|found| found.0));
    for found in full_routes(&a).into_iter().chain(by_name) {
        match found {
            Ok(pairs) => assert!(pairs.vectors.iter().all(|entry| entry.is_finite())),
            Err(error) => assert!(!error.to_string().contains("NaN"), "{error}"),
        }
    }
}

#[test]
fn the_history_of_a_search_has_only_numbers() {
    // Two pieces that all but fall apart: the first steps of the recurrence say nothing about a residual.
    let edges = [
        (5, 1, 1.0),
        (4, 0, 1.0),
        (2, 6, 1.0),
        (5, 4, 1.4e-69),
        (4, 2, 1.4e-69),
        (5, 2, 1.4e-69),
        (6, 3, 1.4e-69),
    ];
    let graph = ok(Graph::from_edges(7, &edges));
    let (_, report) = ok(graph.smallest_eigenpairs_by(Solver::Dense, 7));
    assert!(!report.history.is_empty());
    assert!(report.history.iter().all(|rest| *rest <= 2.0), "{report:?}");
}

#[test]
fn a_level_that_loses_a_column_goes_on_with_another() {
    let value = reference("tree_of_many_sizes");
    let edges: Vec<_> = list(&value["edges"])
        .iter()
        .map(|edge| (whole(&edge[0]), whole(&edge[1]), number(&edge[2])))
        .collect();
    let graph = ok(Graph::from_edges(305, &edges));
    for count in 2..=6 {
        let wanted = ok(graph.smallest_eigenpairs(count)).values;
        match graph.smallest_eigenpairs_by(Solver::Multigrid, count) {
            Ok((pairs, _)) => {
                for (found, wanted) in pairs.values.iter().zip(&wanted) {
                    near(*found, *wanted, 1e-9);
                }
            }
            Err(error) => assert!(matches!(error, Error::Solver { .. }), "{error}"),
        }
    }
}

#[test]
fn a_power_of_four_in_all_weights_changes_nothing_also_where_one_vertex_is_the_coarsest_graph() {
    // Each of 346 vertices beside some forty others, picked by a fixed rule, and 0 beside all: one aggregate.
    let n = 346;
    let mut edges: Vec<_> = (1..n).map(|i| (0, i)).collect();
    for i in 0..n {
        edges.extend((1..=20).map(|step| (i, (i + step * step) % n)));
    }
    edges.retain(|(i, j)| i != j);
    let sorted = edges
        .iter()
        .map(|&(i, j): &(usize, usize)| (i.min(j), i.max(j)));
    let mut edges: Vec<_> = sorted.collect();
    edges.sort_unstable();
    edges.dedup();
    let found = [1.0, 2.0_f64.powi(100)].map(|weight| {
        let edges: Vec<_> = edges.iter().map(|&(i, j)| (i, j, weight)).collect();
        let graph = ok(Graph::from_edges(n, &edges));
        let (pairs, report) = ok(graph.smallest_eigenpairs_by(Solver::Multigrid, 2));
        assert_eq!(report.levels, [n, 1]);
        pairs.values
    });
    near(found[0][1], found[1][1], 1e-12);
}

#[test]
fn an_entry_that_is_seen_a_little_spoils_no_other() {
    // Vertex 1 weighs 1e-30 of the heaviest and is seen a little in w; 2 and 6, which hang on it, are not.
    let edges = [
        (6, 3, 2.517_702_708_510_699_7e-20),
        (0, 1, 1e10),
        (3, 5, 6.088_406_661_006_19e33),
        (4, 3, 4.940_289_117_667_097e15),
        (0, 5, 3.207_794_571_948_595e40),
        (6, 2, 5.775_352_646_082_481e-29),
        (1, 2, 9.16e-53),
    ];
    let graph = ok(Graph::from_edges(7, &edges));
    let a = ok(graph.matrix());
    let pairs = ok(graph.smallest_eigenpairs(4));
    for (value, z) in pairs.values.iter().zip(pairs.vectors.columns()) {
        let largest = z.fold(0.0_f64, |most, entry| most.max(entry.abs()));
        for i in 0..7 {
            let d = a.row(i).sum();
            let rest: f64 = (0..7).map(|j| a[[i, j]] * (z[i] - z[j])).sum();
            let off = (rest - value * d * z[i]).abs() / (d * largest);
            assert!(off < 1e-6, "λ = {value}, entry {i}: {off:e}");
        }
    }
}
