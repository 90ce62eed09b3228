//! How a graph that was built reaches out to points that were not there.

use super::rule::bridged_count;
use super::{GraphRule, Symmetry, Tiny, bridged, builders};
use crate::engine::neighbors;
use crate::error::Result;
use crate::guard;
use crate::linalg::distance;
use crate::parameters::{NeighborCount, max_min_distance};
use ndarray::{Array1, Array2, ArrayView1};

/// A rule with its numbers, and what it needs to know of the old points: nothing of it is left to be chosen.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Reach {
    /// 1 within this distance.
    Epsilon(f64),
    /// The Gaussian of this width.
    Gaussian(f64),
    /// A graph of the k nearest neighbours.
    Neighbors {
        k: usize,
        /// The last neighbour of each old point, and its distance: nearer points are neighbours too.
        last: Vec<(usize, f64)>,
        weight: Weight,
        /// The ends of the bridges, which reach no other point.
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
pub(crate) enum Weight {
    /// 1, and this where only one is a neighbour of the other.
    OneWay(f64),
    /// The Gaussian of this width.
    Gaussian(f64),
}

impl GraphRule {
    /// What similarities to new points need to know of the old ones.
    pub(crate) fn reach(&self, x: &Array2<f64>) -> Result<Reach> {
        let x = &*guard::points(x, 2)?;
        let among_neighbors = |k: NeighborCount, weight: Weight| {
            let k = k.of(x.nrows());
            let near = neighbors::nearest(x, k)?;
            let last = (0..near.len()).map(|i| near.last(i)).collect();
            Ok(Reach::Neighbors {
                k,
                last,
                weight,
                bridges: Vec::new(),
            })
        };
        match *self {
            Self::Epsilon(epsilon) => guard::epsilon(epsilon).map(|()| Reach::Epsilon(epsilon)),
            Self::MaxMinEpsilon => max_min_distance(x).map(Reach::Epsilon),
            Self::NearestNeighbors(k, symmetry) => {
                among_neighbors(k, Weight::OneWay(symmetry.one_way()))
            }
            Self::BridgedNearestNeighbors(k, _) => {
                let k = NeighborCount::Fixed(bridged_count(k, x.nrows()));
                let one_way = Weight::OneWay(Symmetry::Average.one_way());
                let mut reach = among_neighbors(k, one_way)?;
                if let Reach::Neighbors { bridges, .. } = &mut reach {
                    let built = self.built(x, Tiny::Refuse)?.1;
                    *bridges = built
                        .iter()
                        .map(|bridge| (bridge.from, bridge.to))
                        .collect();
                }
                Ok(reach)
            }
            Self::MutualNearestNeighbors(k) => among_neighbors(k, Weight::OneWay(0.0)),
            Self::Gaussian(sigma) => width(sigma.of(x)?).map(Reach::Gaussian),
            Self::GaussianOnNearestNeighbors(sigma, k) => {
                among_neighbors(k, Weight::Gaussian(width(sigma.of(x)?)?))
            }
            Self::LocalScaling(neighbor) => {
                let scales = builders::local_scales(&neighbors::nearest(x, neighbor)?);
                Ok(Reach::LocalScaling { neighbor, scales })
            }
        }
    }
}

fn width(sigma: f64) -> Result<f64> {
    guard::positive("sigma", sigma).map(|()| sigma)
}

impl Reach {
    /// The similarity of a point to each point of `x`, as if it had been there; the old points keep their
    /// neighbours. A point equal to an old one is that one: it has its row of the similarity matrix, so that
    /// nothing that is averaged over neighbours changes for it.
    pub(crate) fn similarities(&self, x: &Array2<f64>, point: ArrayView1<'_, f64>) -> Array1<f64> {
        let twin = x.rows().into_iter().position(|row| row == point);
        let distances: Array1<f64> = x
            .rows()
            .into_iter()
            .map(|row| distance(point, row))
            .collect();
        let mut similarities = self.to_all(x, point, &distances, twin);
        if let Some(twin) = twin {
            similarities[twin] = 0.0;
        }
        similarities
    }

    fn to_all(
        &self,
        x: &Array2<f64>,
        point: ArrayView1<'_, f64>,
        distances: &Array1<f64>,
        twin: Option<usize>,
    ) -> Array1<f64> {
        match self {
            Self::Epsilon(epsilon) => distances.mapv(|r| if r <= *epsilon { 1.0 } else { 0.0 }),
            Self::Gaussian(sigma) => distances.mapv(|r| builders::gaussian(r, *sigma)),
            Self::Neighbors {
                k,
                last,
                weight,
                bridges,
            } => {
                let mut is_near = vec![false; x.nrows()];
                for (j, _) in neighbors::nearest_to(x, point, *k, twin) {
                    is_near[j] = true;
                }
                // Of two equally far the smaller index comes first, and a new point after all old ones.
                let index = twin.unwrap_or(x.nrows());
                let lists = |j: usize| {
                    let (last, farthest) = last[j];
                    distances[j] < farthest || (distances[j] <= farthest && index <= last)
                };
                let of = |j: usize| match (is_near[j], lists(j), weight) {
                    (false, false, _) => 0.0,
                    (_, _, Weight::Gaussian(sigma)) => builders::gaussian(distances[j], *sigma),
                    (true, true, _) => 1.0,
                    (_, _, Weight::OneWay(weight)) => *weight,
                };
                let mut similarities: Array1<f64> = (0..x.nrows()).map(of).collect();
                for &(from, to) in bridges {
                    match twin {
                        Some(twin) if twin == from => similarities[to] = bridged::WEIGHT,
                        Some(twin) if twin == to => similarities[from] = bridged::WEIGHT,
                        _ => {}
                    }
                }
                similarities
            }
            Self::LocalScaling { neighbor, scales } => {
                let own = neighbors::nearest_to(x, point, *neighbor, twin);
                let own = own.last().map_or(0.0, |&(_, r)| r);
                let pairs = distances.iter().zip(scales);
                pairs
                    .map(|(&r, &scale)| builders::scaled(r, own, scale))
                    .collect()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parameters::Bandwidth;
    use ndarray::array;

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
                    assert_eq!(reach.similarities(&x, point), row, "{rule:?}");
                }
            }
        }
    }

    #[test]
    fn a_rule_and_the_numbers_it_stands_for_reach_the_same_points() {
        let x = crate::data::moons(30, 0.1, 1).unwrap().x;
        for rule in rules() {
            let resolved = rule.resolved(&x).unwrap();
            assert_eq!(rule.reach(&x), resolved.reach(&x), "{rule:?}");
            assert_eq!(rule.build(&x), resolved.build(&x), "{rule:?}");
        }
    }

    #[test]
    fn a_new_point_is_joined_as_if_it_had_been_there() {
        let x = array![[0.0], [1.0], [3.0], [7.0]];
        let of = |rule: GraphRule, at: f64| {
            let reach = rule.reach(&x).unwrap();
            reach.similarities(&x, array![at].view())
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
