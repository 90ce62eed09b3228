//! The engine for large graphs, against spectra that are known and against the dense solver: sizes far above those at
//! which a small matrix could stand in, repeated eigenvalues, graphs that nearly fall apart.

mod support;

use fiedler::data::{self, RandomState};
use fiedler::graph::known;
use fiedler::ndarray::{Array1, Array2, s};
use fiedler::{
    Eigenpairs, Error, Graph, GraphRule, Labelling, SpectralClustering, eigh_symmetric,
    solvers::Solver,
};
use proptest::prelude::*;
use std::collections::BTreeSet;
use std::f64::consts::PI;
use support::{
    all_near, as_the_dense_solver_says, cases, connected_graph, d_product, graph, hard_shapes,
    largest, near, ok, refused, relatively_near, same_eigenpairs, two_cliques, weights,
};

/// What the engine is asked for where nothing else is said.
const TOLERANCE: f64 = 1e-12;
/// The values of eigenpairs with such residuals, where the gap is at least a millionth: residual²/gap and rounding.
const VALUES: f64 = 1e-13;

fn by_multigrid(graph: &Graph, count: usize) -> Eigenpairs {
    let (pairs, report) = ok(graph.smallest_eigenpairs_by(Solver::Multigrid, count));
    assert_eq!(report.solver, Solver::Multigrid, "{}", report.reason);
    let residuals = ok(graph.residuals(&pairs.values, &pairs.vectors));
    assert!(largest(residuals) <= 2.0 * TOLERANCE);
    pairs
}

/// The torus of a × b vertices: each joined to the next in its row and column, round and round.
fn torus(a: usize, b: usize) -> Graph {
    let edges = (0..a * b).flat_map(|i| {
        let (row, column) = (i / b, i % b);
        let right = row * b + (column + 1) % b;
        let down = (row + 1) % a * b + column;
        [(i, right, 1.0), (i, down, 1.0)]
    });
    ok(Graph::from_edges(a * b, &edges.collect::<Vec<_>>()))
}

#[test]
fn a_path_of_a_hundred_thousand_has_its_known_pairs() {
    let n = 100_000;
    let pairs = by_multigrid(&ok(known::path(n)), 3);
    // λⱼ = 1 − cos(πj/(n − 1)) (Chung 1997, §1.2), written so that nothing cancels.
    let angle = |j: usize| PI * j as f64 / (n - 1) as f64;
    for j in 1..3 {
        // 5e-10 and 2e-9: an error of the vector of 1e-12/1e-9 is squared in the value.
        relatively_near(pairs.values[j], 2.0 * (angle(j) / 2.0).sin().powi(2), 1e-5);
        let z = pairs.vectors.column(j);
        let sign = z[0].signum();
        let scale = z[0].abs();
        for i in (0..n).step_by(997) {
            // residual/gap, relative to the largest entry.
            near(sign * z[i] / scale, (angle(j) * i as f64).cos(), 2e-3);
        }
    }
}

#[test]
fn a_grid_has_its_known_values() {
    let (rows, columns) = (120, 170);
    let grid = ok(known::grid(rows, columns));
    let n = rows * columns;
    // With masses 1 the values are sums of those of two paths, 4sin²(πj/2n) each.
    let of_path = |j: usize, n: usize| 4.0 * (PI * j as f64 / (2 * n) as f64).sin().powi(2);
    let sums = (0..6).flat_map(|i| (0..6).map(move |j| of_path(i, rows) + of_path(j, columns)));
    let mut wanted: Vec<f64> = sums.collect();
    wanted.sort_by(f64::total_cmp);
    let pairs = ok(grid.smallest_eigenpairs_with(&Array1::ones(n), 6));
    // The matrix has norm 8.
    all_near(&pairs.values, &wanted[..6], 8.0 * VALUES);
}

#[test]
fn tori_have_their_known_values_with_all_their_copies() {
    // λ = 1 − (cos(2πi/a) + cos(2πj/b))/2.
    for (a, b) in [(100, 100), (90, 150)] {
        let cosine = |i: usize, n: usize| (2.0 * PI * i as f64 / n as f64).cos();
        let all = (0..a)
            .flat_map(|i| (0..b).map(move |j| 1.0 - f64::midpoint(cosine(i, a), cosine(j, b))));
        let mut wanted: Vec<f64> = all.collect();
        wanted.sort_by(f64::total_cmp);
        // The square one has λ₂ four times, and then four of the diagonals.
        let pairs = by_multigrid(&torus(a, b), 9);
        all_near(&pairs.values, &wanted[..9], VALUES);
    }
}

#[test]
fn the_eigenspace_of_a_square_torus_is_that_of_its_waves() {
    let n = 48;
    let graph = torus(n, n);
    let pairs = by_multigrid(&graph, 5);
    let angle = |i: usize| 2.0 * PI * i as f64 / n as f64;
    let waves: [fn(f64, f64) -> f64; 4] = [
        |r, _| r.cos(),
        |r, _| r.sin(),
        |_, c| c.cos(),
        |_, c| c.sin(),
    ];
    for j in 1..5 {
        let z = pairs.vectors.column(j).to_owned();
        let along = waves.map(|wave| {
            let wave = Array1::from_shape_fn(n * n, |i| wave(angle(i / n), angle(i % n)));
            let length = d_product(&wave, graph.degrees(), &wave);
            d_product(&wave, graph.degrees(), &z).powi(2) / length
        });
        // Of 1 − along the residual over the gap is seen squared, and rounding.
        near(along.iter().sum(), 1.0, 1e-11);
    }
}

#[test]
fn a_hypercube_of_131072_vertices_has_its_known_values() {
    let pairs = by_multigrid(&ok(known::hypercube(17)), 4);
    // λ = 2k/17, the first of them seventeen times.
    all_near(
        &pairs.values,
        &[0.0, 2.0 / 17.0, 2.0 / 17.0, 2.0 / 17.0],
        VALUES,
    );
}

#[test]
fn separate_cliques_are_null_vectors_and_nothing_else() {
    let (k, size) = (40, 25);
    let (graph, labels) = ok(known::cliques(k, size, 0.0));
    let pairs = by_multigrid(&graph, k + 2);
    assert!(pairs.values.iter().take(k).all(|&value| value == 0.0));
    let above = size as f64 / (size - 1) as f64;
    all_near(pairs.values.iter().skip(k), &[above, above], VALUES);
    // Constant on each clique, exactly.
    for z in pairs.vectors.columns().into_iter().take(k) {
        for (i, &label) in labels.iter().enumerate() {
            assert!(z[i].to_bits() == z[label * size].to_bits());
        }
    }
}

#[test]
fn cliques_joined_by_1e_12_have_their_tiny_values() {
    let (k, size, weight) = (12, 30, 1e-12);
    let (graph, _) = ok(known::cliques(k, size, weight));
    let pairs = by_multigrid(&graph, k + 1);
    // kmw/d, k − 1 times: of the size of a rounding, and right to six digits.
    let d = (size - 1) as f64 + ((k - 1) * size) as f64 * weight;
    for &value in pairs.values.iter().take(k).skip(1) {
        relatively_near(value, (k * size) as f64 * weight / d, 1e-6);
    }
    near(pairs.values[k], 1.0 + 1.0 / d, 1e-10);
}

#[test]
fn two_cliques_joined_by_one_edge_of_1e_12_are_told_apart() {
    let size = 200;
    let graph = ok(Graph::from_matrix(two_cliques(size, 1e-12)));
    let pairs = by_multigrid(&graph, 2);
    // To first order the weight of the edge times (1/vol + 1/vol).
    let volume = (size * (size - 1)) as f64;
    relatively_near(pairs.values[1], 2e-12 / volume, 1e-6);
    let z = pairs.vectors.column(1);
    assert!((0..2 * size).all(|i| (z[i] > 0.0) == (i < size)));
}

#[test]
fn hard_shapes_agree_with_the_dense_solver() {
    let mut cases = hard_shapes(500);
    cases.push(("cycle", ok(known::cycle(400))));
    cases.push(("hubs", preferential_attachment(400, 2)));
    as_the_dense_solver_says(&cases, |graph| by_multigrid(graph, 3), 2.0 * TOLERANCE);
}

/// Each new vertex is joined to `m` others, drawn by their degrees: hubs.
fn preferential_attachment(n: usize, m: usize) -> Graph {
    let mut rng = RandomState::new(5);
    let mut ends: Vec<usize> = (0..=m).collect();
    let mut edges: Vec<(usize, usize, f64)> = Vec::new();
    for i in m + 1..n {
        let mut chosen = Vec::new();
        while chosen.len() < m {
            let at = rng.randint(u32::try_from(ends.len()).expect("few"));
            let j = ends[at as usize];
            if !chosen.contains(&j) {
                chosen.push(j);
            }
        }
        for j in chosen {
            edges.push((j, i, 1.0));
            ends.extend([i, j]);
        }
    }
    ok(Graph::from_edges(n, &edges))
}

/// `blocks` of `size` vertices each, an edge with probability `inside` in a block and `outside` between two.
fn stochastic_blocks(blocks: usize, size: usize, inside: f64, outside: f64) -> Graph {
    let mut rng = RandomState::new(6);
    let n = blocks * size;
    let mut edges = Vec::new();
    for i in 0..n {
        for j in 0..i {
            let chance = if i / size == j / size {
                inside
            } else {
                outside
            };
            if rng.random_sample() < chance {
                edges.push((j, i, 1.0));
            }
        }
    }
    ok(Graph::from_edges(n, &edges))
}

/// Vertices of the graphs that a dense solver is asked about. Without LAPACK it takes half a minute for each thousand.
const DENSE: usize = if cfg!(feature = "lapack") { 2000 } else { 500 };

#[test]
fn the_engine_agrees_with_lapack_on_every_kind_of_data() {
    let near_ten = |x: &Array2<f64>| ok(GraphRule::nearest_neighbors(10).build(x));
    let blocks = DENSE / 20;
    let cases = [
        ("moons .12", near_ten(&ok(data::moons(DENSE, 0.12, 0)).x), 3),
        ("moons .06", near_ten(&ok(data::moons(DENSE, 0.06, 0)).x), 3),
        (
            "blobs",
            near_ten(&ok(data::blobs(DENSE, 10, 10, 3.0, 0)).x),
            11,
        ),
        ("grid", ok(known::grid(DENSE / 50, 50)), 4),
        (
            "blocks",
            stochastic_blocks(blocks, 20, 0.6, 4.0 / DENSE as f64),
            blocks,
        ),
        ("hubs", preferential_attachment(DENSE, 5), 3),
        ("flowers", near_ten(&data::iris().x), 4),
        (
            "wines",
            near_ten(&data::wine().x.slice(s![..DENSE.min(1599), ..]).to_owned()),
            4,
        ),
    ];
    for (name, graph, count) in &cases {
        println!("{name}");
        let all = ok(eigh_symmetric(&ok(graph.matrix())));
        let wanted = Eigenpairs {
            values: all.values.slice(s![..=*count]).to_owned(),
            vectors: all.vectors.slice(s![.., ..=*count]).to_owned(),
            residuals: all.residuals.slice(s![..=*count]).to_owned(),
        };
        let found = by_multigrid(graph, *count);
        all_near(&found.values, wanted.values.iter().take(*count), 1e-10);
        // As many vectors as there is a gap behind them.
        let upto = (1..=*count)
            .rev()
            .find(|&k| wanted.values[k] - wanted.values[k - 1] > 1e-5);
        let upto = upto.unwrap_or(1);
        let few = Eigenpairs {
            values: found.values.iter().take(upto).copied().collect(),
            vectors: found.vectors.slice_move(s![.., ..upto]),
            residuals: found.residuals.slice_move(s![..upto]),
        };
        same_eigenpairs(&few, &wanted, graph.degrees(), 1e-11);
    }
}

proptest! {
    #![proptest_config(cases(40))]

    #[test]
    fn weights_over_twelve_orders_of_magnitude_are_no_trouble(a in connected_graph(60, weights(-6.0, 6.0))) {
        let graph = ok(Graph::from_matrix(a.clone()));
        let wanted = ok(eigh_symmetric(&a));
        // Products of such weights leave residuals of a few thousand roundings: no search comes below.
        let found = ok(ok(fiedler::solvers::multigrid(&graph, 4, 1e-10)).finished()).pairs;
        all_near(&found.values, wanted.values.iter().take(4), 1e-10);
    }

    #[test]
    fn components_hubs_and_all_are_as_the_dense_solver_says(
        pieces in prop::collection::vec((10_usize..60).prop_flat_map(|n| connected_graph(n, weights(-1.0, 1.0))), 1..4),
        hub in any::<bool>(),
        count in 2_usize..6,
    ) {
        let n: usize = pieces.iter().map(Array2::nrows).sum();
        let (mut edges, mut offset) = (Vec::new(), 0);
        for piece in &pieces {
            for ((i, j), &w) in piece.indexed_iter().filter(|&((i, j), &w)| i <= j && w > 0.0) {
                edges.push((i + offset, j + offset, w));
            }
            // A vertex that knows all others of its piece.
            if hub {
                let others = 1..piece.nrows();
                edges.extend(others.map(|i| (offset, offset + i, 3.0)));
            }
            offset += piece.nrows();
        }
        let a = graph(n, edges);
        let graph = ok(Graph::from_matrix(a.clone()));
        let wanted = ok(eigh_symmetric(&a));
        for solver in [Solver::Multigrid, Solver::Chebyshev] {
            let found = match graph.smallest_eigenpairs_by(solver, count) {
                Ok((found, _)) => found,
                // Of a long graph every polynomial knows too little.
                Err(Error::NotConverged { .. }) if solver == Solver::Chebyshev => continue,
                Err(error) => panic!("{solver:?}: {error}"),
            };
            same_eigenpairs(&found, &wanted, graph.degrees(), 1e-11);
            let null = found.values.iter().filter(|&&value| value == 0.0).count();
            prop_assert_eq!(null, graph.component_count().min(count));
        }
    }
}

/// `blocks` blocks of `size` vertices; each vertex draws ten neighbours in its block and two anywhere.
fn planted(blocks: usize, size: usize) -> Graph {
    let mut rng = RandomState::new(0);
    let mut below = |end: usize| rng.randint(u32::try_from(end).expect("few")) as usize;
    let mut seen = BTreeSet::new();
    for i in 0..blocks * size {
        let inside = (0..10)
            .map(|_| i / size * size + below(size))
            .collect::<Vec<_>>();
        let anywhere = (0..2).map(|_| below(blocks * size)).collect::<Vec<_>>();
        let others = inside.into_iter().chain(anywhere).filter(|&j| j != i);
        seen.extend(others.map(|j| (i.min(j), i.max(j))));
    }
    let edges: Vec<_> = seen.into_iter().map(|(i, j)| (i, j, 1.0)).collect();
    ok(Graph::from_edges(blocks * size, &edges))
}

#[test]
fn where_the_gap_is_wide_a_filter_finds_what_the_dense_solver_does() {
    let graph = planted(12, 100);
    let (found, report) = ok(graph.smallest_eigenpairs_by(Solver::Auto, 13));
    assert_eq!(report.solver, Solver::Chebyshev, "{}", report.reason);
    assert!(report.levels.is_empty());
    // The values beyond the block lie close, and its last one, which nobody waits for, is wanted to 1e-12 here.
    assert!(report.iterations < 30, "{report:?}");
    let (wanted, _) = ok(graph.smallest_eigenpairs_by(Solver::Dense, 13));
    // Beside λ₁₃ the next is near: its vector is turned by residual/gap.
    all_near(
        &found.values.slice(s![..12]).to_owned(),
        &wanted.values.slice(s![..12]).to_owned(),
        VALUES,
    );
    for j in 0..12 {
        let (z, other) = (found.vectors.column(j), wanted.vectors.column(j));
        let product = d_product(&z.to_owned(), graph.degrees(), &other.to_owned());
        // The values of the blocks are some thousandths apart, and a vector is turned by residual/gap.
        near(product.abs(), 1.0, 1e-12);
    }
}

#[test]
fn a_hypercube_has_its_known_values_with_all_their_copies() {
    // λ = 2j/d, as often as d over j: 0, then eleven times 2/11, then 4/11.
    let graph = ok(known::hypercube(11));
    let (pairs, _) = ok(graph.smallest_eigenpairs_by(Solver::Chebyshev, 13));
    for (j, &value) in pairs.values.iter().enumerate().skip(1) {
        near(value, if j <= 11 { 2.0 / 11.0 } else { 4.0 / 11.0 }, VALUES);
    }
}

#[test]
fn a_block_that_is_too_narrow_for_the_gap_is_left_to_multigrid() {
    // Ten blobs, and the first three values alone: all ten lie far below the others, and near each other.
    let x = ok(data::blobs(3_000, 10, 10, 3.0, 0)).x;
    let graph = ok(GraphRule::nearest_neighbors(10).build(&x));
    let (_, report) = ok(graph.smallest_eigenpairs_by(Solver::Auto, 3));
    assert_eq!(report.solver, Solver::Multigrid, "{}", report.reason);
}

#[test]
fn every_number_of_threads_gives_the_same_bits() {
    let x = ok(data::moons(20_000, 0.06, 2)).x;
    let run = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
        pool.expect("a pool of threads").install(|| {
            let graph = ok(GraphRule::nearest_neighbors(10).build(&x));
            let clustering = ok(SpectralClustering::new()
                .graph(GraphRule::nearest_neighbors(10))
                .fit(&x));
            let wide = ok(planted(20, 200).smallest_eigenpairs_by(Solver::Chebyshev, 21)).0;
            (ok(graph.smallest_eigenpairs(3)), clustering.labels, wide)
        })
    };
    let one = run(1);
    assert_eq!(run(2), one);
    assert_eq!(run(4), one);
}

#[test]
fn the_same_call_is_right_from_two_hundred_to_fifty_thousand_points() {
    for n in [200, 2000, 50_000] {
        let moons = ok(data::moons(n, 0.06, 3));
        let clustering = ok(SpectralClustering::new()
            .graph(GraphRule::nearest_neighbors(10))
            .labels(Labelling::KMeans)
            .fit(&moons.x));
        let right = ok(fiedler::agreement(&clustering.labels, &moons.y));
        assert!(right > 0.99, "{n}: {right}");
    }
}

#[test]
fn a_search_that_cannot_end_well_says_so() {
    let graph = ok(GraphRule::nearest_neighbors(10).build(&ok(data::moons(5000, 0.06, 0)).x));
    let found = ok(fiedler::solvers::multigrid(&graph, 3, 1e-300));
    // What there is can be looked at, and is as good as rounding allows.
    assert!(!found.converged && found.pairs.values.len() == 3);
    assert!(
        largest(ok(
            graph.residuals(&found.pairs.values, &found.pairs.vectors)
        )) < 1e-13
    );
    match refused(found.finished()) {
        Error::NotConverged {
            iterations,
            residual,
            ..
        } => {
            assert!(iterations > 10 && residual > 0.0);
        }
        other => panic!("{other}"),
    }
}
