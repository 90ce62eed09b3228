use super::*;
use crate::engine::sparse::Edges;
use crate::graph::Graph;
use crate::linalg::RandomState;
use std::collections::BTreeSet;
use std::f64::consts::PI;

fn rows(graph: &Graph) -> Sparse {
    let rows = (0..graph.vertex_count()).map(|i| graph.edges().of(i).collect());
    Sparse::from_rows(rows.collect())
}

fn from_edges(n: usize, edges: &[(usize, usize, f64)]) -> Sparse {
    rows(&Graph::from_edges(n, edges).expect("edges"))
}

/// In this order, each row reaching to the end.
fn in_order(order: Vec<u32>) -> Elimination {
    let starts = starts((0..order.len()).rev());
    let order = Order::new(order);
    Elimination {
        order,
        starts,
        listed: None,
    }
}

#[test]
fn a_star_without_its_centre_is_a_mesh() {
    let star = from_edges(5, &[(0, 1, 1.0), (0, 2, 1.0), (0, 3, 1.0), (0, 4, 1.0)]);
    let way = in_order(vec![0, 1, 2, 3, 4]);
    let network = way.eliminate(&star, vec![0.0; 5]).expect("a network");
    assert_eq!(network.shares[..4], [0.25; 4]);
    // Arm 1 is joined to three others, by ¼ each: 4/4 of them in all from the centre, 3 of which lead on.
    assert_eq!(network.sums[..2], [4.0, 0.75]);
    assert!(network.sums[4] == 0.0);
}

#[test]
fn resistances_in_a_row_add_up_whatever_their_size() {
    let conductances = [1.0, 1e-12, 3.0, 1e9, 7e-5];
    let edges: Vec<_> = conductances
        .iter()
        .enumerate()
        .map(|(i, &w)| (i, i + 1, w))
        .collect();
    let path = from_edges(6, &edges);
    let way = in_order(vec![3, 1, 0, 5, 2, 4]);
    let network = way.eliminate(&path, vec![0.0; 6]).expect("a network");
    // One unit flows in at vertex 0 and out at vertex 5.
    let mut x = [0.0, 0.0, 1.0, -1.0, 0.0, 0.0];
    network.solve(&mut x);
    let resistance: f64 = conductances.iter().map(|w| 1.0 / w).sum();
    let error = (x[2] - x[3]) / resistance - 1.0;
    assert!(error.abs() < 8.0 * f64::EPSILON, "{error}");
}

#[test]
fn voltages_solve_the_equation_of_a_random_network_of_two_components() {
    let n = 60;
    let mut rng = RandomState::new(3);
    let mut edges = Vec::new();
    for i in 0..n {
        for j in (i + 2..n).step_by(2) {
            if j == i + 2 || rng.random_sample() < 0.1 {
                edges.push((i, j, 0.1 + rng.random_sample()));
            }
        }
    }
    let rows = from_edges(n, &edges);
    let mut currents: Vec<f64> = (0..n).map(|_| rng.standard_normal()).collect();
    // Even vertices are one component and odd ones the other; what flows in must flow out.
    for part in 0..2 {
        let sum: f64 = currents.iter().skip(part).step_by(2).sum();
        currents[part] -= sum;
    }
    for elimination in both(&rows) {
        let network = elimination
            .eliminate(&rows, vec![0.0; n])
            .expect("a network");
        let mut x = elimination.order.by_place(&currents);
        network.solve(&mut x);
        let voltages: Array1<f64> = elimination.order.by_vertex(&x).into();
        let edges = Edges::Sparse(&rows);
        let flow = edges.degrees() * &voltages - edges.times(&voltages);
        for (flow, current) in flow.iter().zip(&currents) {
            assert!((flow - current).abs() < 1e-12, "{flow} {current}");
        }
    }
}

/// In both orders.
fn both(rows: &Sparse) -> [Elimination; 2] {
    let fewest = Elimination::by_fewest(rows, u64::MAX).expect("any number is allowed");
    [Elimination::by_layers(rows), fewest]
}

/// The rows of the lattice of this width and height.
fn lattice(width: usize, height: usize) -> Sparse {
    let at = |i, j| i * width + j;
    let mut edges = Vec::new();
    for i in 0..height {
        for j in 0..width {
            if j + 1 < width {
                edges.push((at(i, j), at(i, j + 1), 1.0));
            }
            if i + 1 < height {
                edges.push((at(i, j), at(i + 1, j), 1.0));
            }
        }
    }
    from_edges(width * height, &edges)
}

/// How many vertices are left beside each when it goes, by the definition: each two neighbours of it are joined.
fn reaches(rows: &Sparse, order: &Order) -> Vec<usize> {
    let mut left: Vec<BTreeSet<usize>> = (0..order.len())
        .map(|i| rows.row(i).map(|(j, _)| j).collect())
        .collect();
    let one = |&vertex: &u32| {
        let neighbors = std::mem::take(&mut left[vertex as usize]);
        for &i in &neighbors {
            left[i].extend(&neighbors);
            left[i].remove(&i);
            left[i].remove(&(vertex as usize));
        }
        neighbors.len()
    };
    order.vertices().iter().map(one).collect()
}

#[test]
fn the_listed_places_are_those_that_are_filled_and_the_work_is_theirs() {
    let mut rng = RandomState::new(8);
    for n in [1, 2, 5, 30, 90] {
        for share in [0.0, 0.03, 0.2, 1.0] {
            let mut edges = Vec::new();
            for i in 0..n {
                for j in 0..i {
                    if rng.random_sample() < share {
                        edges.push((i, j, 1.0));
                    }
                }
            }
            let listed = (0..n).map(|i| {
                let own = edges.iter().filter(move |edge| edge.0 == i || edge.1 == i);
                own.map(|&(a, b, w)| (a + b - i, w)).collect()
            });
            let rows = Sparse::from_rows(listed.collect());
            let fewest = Elimination::by_fewest(&rows, u64::MAX).expect("any number");
            let mut seen = fewest.order.vertices().to_vec();
            seen.sort_unstable();
            assert!(seen.into_iter().eq(0..short(n)), "{n} {share}");
            let reaches = reaches(&rows, &fewest.order);
            let lengths = fewest.starts.windows(2).map(|pair| pair[1] - pair[0]);
            assert!(lengths.eq(reaches.iter().copied()), "{n} {share}");
            // Known before the places are: the order gives up at one multiplication less.
            let work = fewest.work();
            assert!(Elimination::by_fewest(&rows, work).is_some(), "{n} {share}");
            let less = work
                .checked_sub(1)
                .map(|less| Elimination::by_fewest(&rows, less));
            assert!(less.flatten().is_none(), "{n} {share}");
        }
    }
}

#[test]
fn without_circles_nothing_is_filled_and_in_the_plane_little() {
    // A tree: leaf after leaf goes.
    let tree: Vec<_> = (1..200).map(|i| (i, (i * 7 / 9) % i, 1.0)).collect();
    let tree = from_edges(200, &tree);
    let fewest = Elimination::by_fewest(&tree, u64::MAX).expect("any number");
    assert_eq!((fewest.entries(), fewest.work()), (199, 199));
    // A star, whose centre reaches everybody.
    let star: Vec<_> = (1..50).map(|i| (0, i, 1.0)).collect();
    let [layers, fewest] = both(&from_edges(50, &star));
    assert!(layers.entries() > 20 * fewest.entries());
    let [layers, fewest] = both(&lattice(40, 40));
    assert!(layers.work() > 2 * fewest.work());
}

#[test]
fn both_orders_count_the_same() {
    let rows = lattice(9, 7);
    let degrees = Edges::Sparse(&rows).degrees().to_vec();
    let counts = both(&rows).map(|elimination| {
        let masses = elimination.order.by_place(&degrees).into();
        let count = |step: i32| elimination.below(&rows, &masses, 0.0531 * f64::from(step));
        (1..39).map(count).collect::<Vec<_>>()
    });
    assert!(counts[0].iter().flatten().count() > 30);
    for (one, other) in counts[0].iter().zip(&counts[1]) {
        if let (Some(one), Some(other)) = (one, other) {
            assert_eq!(one, other);
        }
    }
}

#[test]
fn a_path_is_taken_from_its_end_and_needs_one_place_a_row() {
    // 4–0–3–1–5–2.
    let path = from_edges(
        6,
        &[
            (4, 0, 1.0),
            (0, 3, 1.0),
            (3, 1, 1.0),
            (1, 5, 1.0),
            (5, 2, 1.0),
        ],
    );
    let envelope = Elimination::by_layers(&path);
    let ends = [0, 5].map(|place| envelope.order.vertex(place));
    assert!(ends == [4, 2] || ends == [2, 4], "{ends:?}");
    assert_eq!((envelope.entries(), envelope.work()), (5, 5));
}

/// The count on the path of twelve vertices, for σ = 1 − cos(πj/11): an eigenvalue where j is whole.
fn below_on_the_path(j: f64, factor: f64) -> Option<usize> {
    let n = 12;
    let edges: Vec<_> = (1..n).map(|i| (i - 1, i, 1.0)).collect();
    let path = from_edges(n, &edges);
    let degrees = Edges::Sparse(&path).degrees();
    let envelope = Elimination::by_layers(&path);
    let masses = envelope.order.by_place(&degrees.to_vec()).into();
    let sigma = factor * (1.0 - (PI * j / (n - 1) as f64).cos());
    envelope.below(&path, &masses, sigma)
}

#[test]
fn as_many_sums_are_negative_as_eigenvalues_lie_below() {
    for j in 0..11 {
        // On the way from λⱼ to the next, where no part of the path has an eigenvalue.
        let below = below_on_the_path(j as f64 + 0.2931, 1.0);
        assert_eq!(below, Some(j + 1), "{j}");
    }
}

#[test]
fn edges_that_vanish_by_underflow_are_noticed() {
    let tiny = f64::from_bits(1);
    let arm = vec![(0, tiny)];
    let arms = (1..4).map(|j| (j, tiny)).collect();
    let star = Sparse::from_rows(vec![arms, arm.clone(), arm.clone(), arm]);
    let way = in_order(vec![0, 1, 2, 3]);
    assert!(way.eliminate(&star, vec![0.0; 4]).is_none());
}

#[test]
fn a_sum_whose_terms_cancel_is_noticed() {
    // Halfway from one eigenvalue to the next, a part of the path has one: a sum is 0 but for rounding.
    assert_eq!(below_on_the_path(0.5, 1.0), None);
    assert_eq!(below_on_the_path(0.5, 1.01), Some(1));
}
