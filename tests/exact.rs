//! The exact optimum: every split tried again without the Gray code, and the karate club's by branch and bound.

mod support;

use fiedler::graph::known::{complete, cycle, hypercube, karate_club, path};
use fiedler::ndarray::{Array1, array};
use fiedler::{
    Error, Graph,
    certificate::conductance,
    exact::{exact_conductance, exact_normcut},
};
use proptest::prelude::*;
use support::{EPS, cases, connected_graph, exactly, ok, refused, relatively_near, weights};

/// Two sums of up to 13 · 13 positive weights, and the quotients of both sides.
const SUMS: f64 = 400.0 * EPS;

/// All splits of n vertices, the first one's side called 0, in lexicographic order.
fn all_splits(n: usize) -> impl Iterator<Item = Array1<usize>> {
    (1..1_usize << (n - 1)).map(move |bits| (0..n).map(|i| bits >> (n - 1 - i) & 1).collect())
}

fn least(values: impl Iterator<Item = f64>) -> f64 {
    values.fold(f64::INFINITY, f64::min)
}

/// Both optima against all splits, one by one.
fn is_the_least(a: &fiedler::ndarray::Array2<f64>) {
    let graph = ok(Graph::from_matrix(a.clone()));
    let n = graph.vertex_count();
    let best = ok(exact_normcut(&graph));
    assert_eq!(best.splits, (1 << (n - 1)) - 1);
    assert_eq!(best.labels[0], 0);
    let wanted = least(all_splits(n).map(|y| ok(graph.normcut(&y))));
    relatively_near(best.normcut, wanted, SUMS);
    relatively_near(ok(graph.normcut(&best.labels)), wanted, SUMS);

    let best = ok(exact_conductance(&graph));
    let wanted = least(all_splits(n).map(|y| ok(conductance(&graph, &y))[0]));
    relatively_near(best.conductance, wanted, SUMS);
    relatively_near(ok(conductance(&graph, &best.labels))[0], wanted, SUMS);
}

proptest! {
    #![proptest_config(cases(96))]

    #[test]
    fn no_split_is_better(
        a in (2_usize..=10).prop_flat_map(|n| connected_graph(n, weights(-1.0, 1.0))),
    ) {
        is_the_least(&a);
    }

    #[test]
    fn sparse_and_dense_graphs_have_one_optimum(
        a in (2_usize..=8).prop_flat_map(|n| connected_graph(n, weights(-1.0, 1.0))),
    ) {
        let dense = ok(Graph::from_matrix(a));
        let edges: Vec<_> = dense.weighted_edges().collect();
        let sparse = ok(Graph::from_edges(dense.vertex_count(), &edges));
        prop_assert_eq!(ok(exact_normcut(&dense)), ok(exact_normcut(&sparse)));
    }
}

proptest! {
    #![proptest_config(cases(12))]

    // 4095 splits: the sums are refreshed on the way, and weights of 20 orders of magnitude cancel.
    #[test]
    fn no_rounding_on_the_way_hides_the_best(a in connected_graph(13, weights(-10.0, 10.0))) {
        is_the_least(&a);
    }
}

#[test]
fn the_path_of_four_is_cut_in_the_middle() {
    let best = ok(exact_normcut(&ok(path(4))));
    assert_eq!(best.labels, array![0, 0, 1, 1]);
    assert_eq!(best.splits, 7);
    exactly(best.normcut, 1.0 / 3.0 + 1.0 / 3.0);
    exactly(ok(exact_conductance(&ok(path(4)))).conductance, 1.0 / 3.0);
}

#[test]
fn of_equal_splits_the_first_in_lexicographic_order_is_taken() {
    // 0011 and 0110 halve the square alike.
    assert_eq!(ok(exact_normcut(&ok(cycle(4)))).labels, array![0, 0, 1, 1]);
    let cube = ok(exact_conductance(&ok(hypercube(3))));
    assert_eq!(cube.labels, array![0, 0, 0, 0, 1, 1, 1, 1]);
}

#[test]
fn two_vertices_have_one_split() {
    let best = ok(exact_normcut(&ok(path(2))));
    assert_eq!((best.labels, best.splits), (array![0, 1], 1));
    exactly(best.normcut, 2.0);
}

#[test]
fn two_components_are_cut_for_nothing() {
    let graph = ok(Graph::from_edges(4, &[(0, 2, 1.0), (1, 3, 0.1)]));
    let best = ok(exact_normcut(&graph));
    assert_eq!(best.labels, array![0, 1, 0, 1]);
    exactly(best.normcut, 0.0);
}

#[test]
fn twenty_vertices_are_tried_and_twenty_one_refused() {
    // The best halves of a cycle have 20 of its 40 ends each, and 2 edges between them.
    let best = ok(exact_normcut(&ok(cycle(20))));
    assert_eq!(best.splits, 524_287);
    exactly(best.normcut, 0.2);
    let limit = Error::TooManySplits { n: 21, limit: 20 };
    assert_eq!(refused(exact_normcut(&ok(cycle(21)))), limit);
    assert_eq!(refused(exact_conductance(&ok(complete(21)))), limit);
}

#[test]
fn isolated_vertices_are_refused() {
    let graph = ok(Graph::from_edges(3, &[(0, 2, 1.0)]));
    let isolated = Error::IsolatedPoints {
        points: vec![1],
        advice: fiedler::error::Advice::default(),
    };
    assert_eq!(refused(exact_normcut(&graph)), isolated);
    let graph = ok(Graph::from_edges(3, &[]));
    assert_eq!(
        refused(exact_conductance(&graph)),
        Error::NoEdges {
            advice: fiedler::error::Advice::default()
        }
    );
}

// --- The karate club, in whole numbers --------------------------------------------------------------

/// All splits of a graph of edges of weight 1 that cut at most `limit`, by branch and bound: vertex after vertex is
/// given a side, and a branch ends where the edges cut already, with those that each vertex to come must cut
/// whatever its side, are more.
struct Search {
    neighbors: Vec<Vec<usize>>,
    order: Vec<usize>,
    sides: Vec<Option<usize>>,
    limit: usize,
    found: Vec<(usize, [usize; 2], Vec<usize>)>,
}

impl Search {
    fn new(graph: &Graph, limit: usize) -> Self {
        let n = graph.vertex_count();
        let row = |i| ok(graph.neighbors(i)).into_iter().map(|(j, _)| j).collect();
        let neighbors: Vec<Vec<usize>> = (0..n).map(row).collect();
        // Next comes the vertex with the most neighbours placed: its side is the most constrained.
        let mut order: Vec<usize> = Vec::new();
        while order.len() < n {
            let placed = |i: &usize| neighbors[*i].iter().filter(|j| order.contains(j)).count();
            let rest = (0..n).filter(|i| !order.contains(i));
            let next = rest.max_by_key(|i| (placed(i), neighbors[*i].len()));
            order.push(next.expect("some are left"));
        }
        Self {
            sides: vec![None; n],
            found: Vec::new(),
            neighbors,
            order,
            limit,
        }
    }

    /// How many neighbours of a vertex are on each side so far.
    fn placed(&self, i: usize) -> [usize; 2] {
        let on = |side| {
            let neighbors = self.neighbors[i].iter();
            neighbors.filter(|&&j| self.sides[j] == Some(side)).count()
        };
        [on(0), on(1)]
    }

    fn place(&mut self, depth: usize, cut: usize, volumes: [usize; 2]) {
        let to_come = self.order[depth..].iter();
        let forced: usize = to_come
            .map(|&i| self.placed(i).into_iter().min().unwrap_or(0))
            .sum();
        if cut + forced > self.limit {
            return;
        }
        let Some(&i) = self.order.get(depth) else {
            let sides = self.sides.iter().flatten().copied().collect();
            self.found.push((cut, volumes, sides));
            return;
        };
        // The first vertex keeps its side: the other half are the same splits by other names.
        for side in 0..if depth == 0 { 1 } else { 2 } {
            let crossed = self.placed(i)[1 - side];
            let mut volumes = volumes;
            volumes[side] += self.neighbors[i].len();
            self.sides[i] = Some(side);
            self.place(depth + 1, cut + crossed, volumes);
        }
        self.sides[i] = None;
    }
}

#[test]
fn the_karate_clubs_smallest_normcut_is_10_39_and_one_split_has_it() {
    let (graph, factions) = karate_club();
    // cut · 156/(vol₀ vol₁) ≥ cut · 156/78² = cut/39, so that no split that cuts more than 10 can do better.
    let mut search = Search::new(&graph, 10);
    search.place(0, 0, [0, 0]);
    assert!(search.found.len() > 1, "no split was found but one");
    let found = search.found.into_iter();
    let mut best = found.filter(|(cut, [vol0, vol1], _)| {
        vol0 * vol1 > 0 && cut * 156 * 39 <= 10 * vol0 * vol1 // normcut ≤ 10/39, in whole numbers
    });
    let (cut, volumes, sides) = best.next().expect("10/39 is reached");
    assert_eq!((cut, volumes, best.next()), (10, [78, 78], None));

    let labels = Array1::from_vec(sides);
    exactly(ok(graph.cut(&labels)), 10.0);
    assert_eq!(ok(graph.vols(&labels)), array![78.0, 78.0]);
    relatively_near(ok(graph.normcut(&labels)), 10.0 / 39.0, SUMS);
    // It exchanges two members of the factions: 8, who leaned to the officers and joined the instructor, and 9, who
    // has one friend on each side.
    let (same, other): (Vec<usize>, Vec<usize>) = (0..34).partition(|&i| labels[i] == factions[i]);
    assert!(same == [8, 9] || other == [8, 9], "{same:?}, {other:?}");
}
