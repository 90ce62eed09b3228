//! How a graph that was built reaches out to points that were not there.

use super::rule::bridged_count;
use super::{GraphRule, Symmetry, Tiny, bridged, builders};
use crate::engine::neighbors::{self, Desk, Index, Spans};
use crate::error::Result;
use crate::guard;
use crate::parameters::{NeighborCount, max_min_distance};
use ndarray::{Array1, Array2, ArrayView1};

/// A rule with its numbers, and what it needs to know of the old points: nothing of it is left to be chosen.
#[derive(Debug, Clone)]
pub(crate) struct Reach {
    index: Index,
    kind: Kind,
}

#[derive(Debug, Clone)]
enum Kind {
    /// 1 within this distance.
    Epsilon(f64),
    /// The Gaussian of this width.
    Gaussian(f64),
    /// A graph of the k nearest neighbours.
    Neighbors {
        k: usize,
        /// The last neighbour of each old point, and its distance: nearer points are neighbours too.
        last: Vec<(usize, f64)>,
        /// The same distances, to be searched by.
        spans: Spans,
        weight: Weight,
        /// The bridges from each of their ends, sorted; they reach no other point.
        bridges: Vec<(usize, usize)>,
    },
    /// Local scaling by the distance to this neighbour, with that of each old point.
    LocalScaling {
        neighbor: usize,
        scales: Array1<f64>,
    },
}

/// What an edge of a graph of nearest neighbours weighs.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Weight {
    /// 1, and this where only one is a neighbour of the other.
    OneWay(f64),
    /// The Gaussian of this width.
    Gaussian(f64),
}

/// The old points that are similar to one point; and memory to use for the next.
#[derive(Debug, Default)]
pub(crate) struct Similar {
    /// The old point that is equal to it; of several, the first.
    pub(crate) twin: Option<usize>,
    /// Index and similarity, by ascending index; the twin is not among them.
    pub(crate) entries: Vec<(usize, f64)>,
    desk: Desk,
    near: Vec<(usize, f64)>,
    /// Index and distance of those joined to it; twice, where both are neighbours of each other.
    joined: Vec<(usize, f64)>,
    distances: Vec<f64>,
}

impl GraphRule {
    /// What similarities to new points need to know of the old ones.
    pub(crate) fn reach(&self, x: &Array2<f64>) -> Result<Reach> {
        let x = &*guard::points(x, 2)?;
        let index = Index::new(x);
        let among_neighbors = |k: NeighborCount, weight: Weight| {
            let k = k.of(x.nrows());
            let near = neighbors::nearest(x, k)?;
            let last: Vec<_> = (0..near.len()).map(|i| near.last(i)).collect();
            Ok(Kind::Neighbors {
                k,
                spans: index.spans(|i| last[i].1),
                last,
                weight,
                bridges: Vec::new(),
            })
        };
        let kind = match *self {
            Self::Epsilon(epsilon) => guard::epsilon(epsilon).map(|()| Kind::Epsilon(epsilon)),
            Self::MaxMinEpsilon => max_min_distance(x).map(Kind::Epsilon),
            Self::NearestNeighbors(k, symmetry) => {
                among_neighbors(k, Weight::OneWay(symmetry.one_way()))
            }
            Self::BridgedNearestNeighbors(k, _) => {
                let k = NeighborCount::Fixed(bridged_count(k, x.nrows()));
                let one_way = Weight::OneWay(Symmetry::Average.one_way());
                let mut kind = among_neighbors(k, one_way)?;
                if let Kind::Neighbors { bridges, .. } = &mut kind {
                    let built = self.built(x, Tiny::Refuse)?.1;
                    let both = |b: &super::Bridge| [(b.from, b.to), (b.to, b.from)];
                    *bridges = built.iter().flat_map(both).collect();
                    bridges.sort_unstable();
                }
                Ok(kind)
            }
            Self::MutualNearestNeighbors(k) => among_neighbors(k, Weight::OneWay(0.0)),
            Self::Gaussian(sigma) => width(sigma.of(x)?).map(Kind::Gaussian),
            Self::GaussianOnNearestNeighbors(sigma, k) => {
                among_neighbors(k, Weight::Gaussian(width(sigma.of(x)?)?))
            }
            Self::LocalScaling(neighbor) => {
                let scales = builders::local_scales(&neighbors::nearest(x, neighbor)?);
                Ok(Kind::LocalScaling { neighbor, scales })
            }
        };
        kind.map(|kind| Reach { index, kind })
    }
}

fn width(sigma: f64) -> Result<f64> {
    guard::positive("sigma", sigma).map(|()| sigma)
}

impl Reach {
    /// The old points, to be searched for those near another.
    pub(crate) fn index(&self) -> &Index {
        &self.index
    }

    /// The old points of `x` that a point is similar to, as if it had been there; they keep their neighbours. A point
    /// equal to an old one is that one: it has its row of the similarity matrix, so that nothing that is averaged over
    /// neighbours changes for it. Takes about log n steps where the graph is sparse, n where it is dense.
    pub(crate) fn similarities(
        &self,
        x: &Array2<f64>,
        point: ArrayView1<'_, f64>,
        similar: &mut Similar,
    ) {
        let neighbors = match self.kind {
            Kind::Epsilon(_) | Kind::Gaussian(_) => 0,
            Kind::Neighbors { k, .. } => k,
            Kind::LocalScaling { neighbor, .. } => neighbor,
        };
        // Its twin is the nearest, and no neighbour of itself: one more, and it or the last is left out.
        let Similar { desk, near, .. } = similar;
        self.index.nearest(x, point, neighbors + 1, desk, near);
        similar.twin = near
            .first()
            .filter(|first| first.1 <= 0.0)
            .map(|first| first.0);
        match similar.twin {
            Some(_) => near.remove(0),
            None => near.remove(neighbors),
        };
        similar.entries.clear();
        match &self.kind {
            Kind::Epsilon(epsilon) => {
                let entries = &mut similar.entries;
                let push = |j, _| entries.push((j, 1.0));
                self.index
                    .within(x, point, *epsilon, &mut similar.desk, push);
                entries.sort_unstable_by_key(|entry| entry.0);
            }
            Kind::Gaussian(sigma) => {
                self.to_all(x, point, similar, |_, r| builders::gaussian(r, *sigma));
            }
            Kind::LocalScaling { scales, .. } => {
                let own = similar.near.last().map_or(0.0, |last| last.1);
                // So far away that nothing is told of it.
                if own.is_finite() {
                    self.to_all(x, point, similar, |j, r| {
                        builders::scaled(r, own, scales[j])
                    });
                }
            }
            Kind::Neighbors { .. } => self.to_neighbors(x, point, similar),
        }
        if let Some(twin) = similar.twin {
            similar.entries.retain(|entry| entry.0 != twin);
        }
    }

    /// The similarity to every old point, by its index and distance.
    fn to_all(
        &self,
        x: &Array2<f64>,
        point: ArrayView1<'_, f64>,
        similar: &mut Similar,
        of: impl Fn(usize, f64) -> f64,
    ) {
        let distances = &mut similar.distances;
        distances.resize(x.nrows(), 0.0);
        let put = |j: usize, r| distances[j] = r;
        self.index
            .within(x, point, f64::INFINITY, &mut similar.desk, put);
        let all = distances.iter().enumerate();
        similar.entries.extend(all.map(|(j, &r)| (j, of(j, r))));
    }

    /// The similarities to its neighbours, and to those whose neighbour it is.
    fn to_neighbors(&self, x: &Array2<f64>, point: ArrayView1<'_, f64>, similar: &mut Similar) {
        let Kind::Neighbors {
            last,
            spans,
            weight,
            bridges,
            ..
        } = &self.kind
        else {
            return;
        };
        let joined = &mut similar.joined;
        joined.clear();
        joined.extend_from_slice(&similar.near);
        // Of two equally far the smaller index comes first, and a new point after all old ones.
        let index = similar.twin.unwrap_or(x.nrows());
        let lists = |j: usize, r: f64| {
            let (last, farthest) = last[j];
            r < farthest || (r <= farthest && index <= last)
        };
        let put = |j, r| {
            if lists(j, r) {
                joined.push((j, r));
            }
        };
        self.index
            .in_reach_of(x, spans, point, &mut similar.desk, put);
        joined.sort_unstable_by_key(|entry| entry.0);
        let of = |of_one: &[(usize, f64)]| {
            let (j, r) = of_one[0];
            let similarity = match (of_one.len(), weight) {
                (_, Weight::Gaussian(sigma)) => builders::gaussian(r, *sigma),
                (1, Weight::OneWay(weight)) => *weight,
                _ => 1.0,
            };
            (j, similarity)
        };
        let by_index = joined.chunk_by(|a, b| a.0 == b.0);
        similar.entries.extend(by_index.map(of));
        let Some(twin) = similar.twin else { return };
        let first = bridges.partition_point(|bridge| bridge.0 < twin);
        let own = bridges[first..]
            .iter()
            .take_while(|bridge| bridge.0 == twin);
        for &(_, to) in own {
            similar.entries.retain(|entry| entry.0 != to);
            let at = similar.entries.partition_point(|entry| entry.0 < to);
            similar.entries.insert(at, (to, bridged::WEIGHT));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::linalg::distance;
    use crate::parameters::Bandwidth;
    use ndarray::array;
    use proptest::prelude::*;

    fn rules() -> [GraphRule; 12] {
        let k = NeighborCount::Fixed(3);
        [
            GraphRule::Epsilon(0.4),
            GraphRule::MaxMinEpsilon,
            GraphRule::nearest_neighbors(3),
            GraphRule::NearestNeighbors(k, Symmetry::Either),
            GraphRule::BridgedNearestNeighbors(NeighborCount::Fixed(1), None),
            GraphRule::BridgedNearestNeighbors(NeighborCount::Fixed(2), Some(2)),
            GraphRule::BridgedNearestNeighbors(NeighborCount::Ln, None),
            GraphRule::MutualNearestNeighbors(k),
            GraphRule::gaussian(0.3),
            GraphRule::gaussian(Bandwidth::MeanNeighborDistance(k)),
            GraphRule::GaussianOnNearestNeighbors(Bandwidth::MedianDistance, k),
            GraphRule::LocalScaling(3),
        ]
    }

    /// The similarities to all old points.
    fn row(reach: &Reach, x: &Array2<f64>, point: ArrayView1<'_, f64>) -> Array1<f64> {
        let mut similar = Similar::default();
        reach.similarities(x, point, &mut similar);
        assert!(similar.entries.is_sorted_by(|a, b| a.0 < b.0));
        let mut row = Array1::zeros(x.nrows());
        for (j, similarity) in similar.entries {
            row[j] = similarity;
        }
        row
    }

    /// The definition: the point stands among the others, and each pair is looked at.
    fn by_definition(reach: &Reach, x: &Array2<f64>, point: ArrayView1<'_, f64>) -> Array1<f64> {
        let twin = x.rows().into_iter().position(|row| row == point);
        let nearest = |k| neighbors::nearest_to(x, point, k, twin);
        let of = |j: usize| {
            let r = distance(point, x.row(j));
            match &reach.kind {
                _ if Some(j) == twin => 0.0,
                Kind::Epsilon(epsilon) => f64::from(u8::from(r <= *epsilon)),
                Kind::Gaussian(sigma) => builders::gaussian(r, *sigma),
                Kind::LocalScaling { neighbor, scales } => {
                    builders::scaled(r, nearest(*neighbor)[*neighbor - 1].1, scales[j])
                }
                Kind::Neighbors { bridges, .. }
                    if twin.is_some_and(|twin| bridges.contains(&(twin, j))) =>
                {
                    bridged::WEIGHT
                }
                Kind::Neighbors {
                    k, last, weight, ..
                } => {
                    let is_near = nearest(*k).iter().any(|near| near.0 == j);
                    let place = (r, twin.unwrap_or(x.nrows()));
                    let lists = place <= (last[j].1, last[j].0);
                    match (is_near, lists, weight) {
                        (false, false, _) => 0.0,
                        (_, _, Weight::Gaussian(sigma)) => builders::gaussian(r, *sigma),
                        (true, true, _) => 1.0,
                        (_, _, Weight::OneWay(weight)) => *weight,
                    }
                }
            }
        };
        (0..x.nrows()).map(of).collect()
    }

    /// Points on a grid or anywhere, with copies, and new ones: some there already, some between, some far away.
    fn old_and_new() -> impl Strategy<Value = (Array2<f64>, Array2<f64>)> {
        let points = |columns: usize, size: std::ops::Range<usize>| {
            let coordinate = prop_oneof![
                (-2_i32..3).prop_map(f64::from),
                -2.0_f64..2.0,
                (-2.0_f64..2.0).prop_map(|v| v * 1e3),
            ];
            let rows = prop::collection::vec(prop::collection::vec(coordinate, columns), size);
            rows.prop_map(move |rows| {
                Array2::from_shape_fn((rows.len(), columns), |(i, j)| rows[i][j])
            })
        };
        let both = (1_usize..5)
            .prop_flat_map(move |columns| (points(columns, 8..90), points(columns, 1..10)));
        both.prop_map(|(x, mut new)| {
            let twin = x.row(x.nrows() / 2).to_owned();
            new.row_mut(0).assign(&twin);
            (x, new)
        })
    }

    proptest! {
        #[test]
        fn the_search_finds_what_the_definition_says_by_every_rule((x, new) in old_and_new()) {
            for rule in rules() {
                let Ok(reach) = rule.reach(&x) else { continue };
                for point in new.rows() {
                    let found = row(&reach, &x, point);
                    prop_assert_eq!(found, by_definition(&reach, &x, point), "{:?}", rule);
                }
            }
        }
    }

    #[test]
    fn a_point_that_was_there_has_its_row_of_the_similarity_matrix() {
        let moons = crate::data::moons(40, 0.1, 0).unwrap().x;
        // On a grid most neighbours are equally far.
        let grid = Array2::from_shape_fn((20, 2), |(i, j)| [i / 5, i % 5][j] as f64);
        for x in [moons, grid] {
            for rule in rules() {
                let a = rule.build(&x).unwrap().matrix().unwrap();
                let reach = rule.reach(&x).unwrap();
                for (row, point) in a.rows().into_iter().zip(x.rows()) {
                    assert_eq!(self::row(&reach, &x, point), row, "{rule:?}");
                }
            }
        }
    }

    #[test]
    fn a_rule_and_the_numbers_it_stands_for_reach_the_same_points() {
        let x = crate::data::moons(30, 0.1, 1).unwrap().x;
        for rule in rules() {
            let resolved = rule.resolved(&x).unwrap();
            let (one, other) = (rule.reach(&x).unwrap(), resolved.reach(&x).unwrap());
            for point in x.rows() {
                let point = &point + 0.01;
                let rows = [&one, &other].map(|reach| row(reach, &x, point.view()));
                assert_eq!(rows[0], rows[1], "{rule:?}");
            }
            assert_eq!(rule.build(&x), resolved.build(&x), "{rule:?}");
        }
    }

    #[test]
    fn a_new_point_is_joined_as_if_it_had_been_there() {
        let x = array![[0.0], [1.0], [3.0], [7.0]];
        let of = |rule: GraphRule, at: f64| {
            let reach = rule.reach(&x).unwrap();
            row(&reach, &x, array![at].view())
        };
        // 1.5 is nearer to 1 than 0 is, and 1 is its nearest.
        assert_eq!(
            of(GraphRule::nearest_neighbors(1), 1.5),
            array![0.0, 1.0, 0.5, 0.0]
        );
        let mutual = GraphRule::MutualNearestNeighbors(NeighborCount::Fixed(1));
        assert_eq!(of(mutual, 1.5), array![0.0, 1.0, 0.0, 0.0]);
        // 2 lies as far from 1 as 0 does, and 0 was there first; it is nearer to 3 than 1 is, but 3 comes after 1.
        assert_eq!(of(mutual, 2.0), array![0.0, 0.0, 0.0, 0.0]);
        assert_eq!(of(GraphRule::Epsilon(2.0), 5.0), array![0.0, 0.0, 1.0, 1.0]);
        let far = of(GraphRule::gaussian(1.0), 1e200);
        assert_eq!(far, array![0.0, 0.0, 0.0, 0.0]);
        // σ of the new point at 2 is 1 (to 1, and to 3), of the old ones 1, 1, 2 and 4.
        let scaled = of(GraphRule::LocalScaling(1), 2.0);
        let wanted = array![4.0, 1.0, 0.5, 6.25].mapv(|exponent: f64| (-exponent).exp());
        assert_eq!(scaled, wanted);
    }

    #[test]
    fn a_rule_that_builds_no_graph_reaches_nothing() {
        let x = array![[0.0], [1.0], [3.0]];
        for rule in [
            GraphRule::Epsilon(f64::NAN),
            GraphRule::gaussian(0.0),
            GraphRule::nearest_neighbors(3),
            GraphRule::LocalScaling(0),
        ] {
            assert_eq!(
                rule.reach(&x).unwrap_err().to_string(),
                rule.build(&x).unwrap_err().to_string()
            );
        }
    }
}
