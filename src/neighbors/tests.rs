//! Every search against the one through all pairs.

use super::*;
use crate::data;
use ndarray::array;

/// The relation by the search through all pairs: the oracle.
fn through_all(x: &Array2<f64>, k: usize) -> Vec<Vec<(usize, f64)>> {
    (0..x.nrows())
        .map(|i| nearest_to(x, x.row(i), k, Some(i)))
        .collect()
}

fn rows(near: &Neighbors) -> Vec<Vec<(usize, f64)>> {
    (0..near.len()).map(|i| near.row(i).collect()).collect()
}

/// Both searches, whatever the number of columns, give the oracle's neighbours.
fn agree(x: &Array2<f64>, k: usize) {
    let truth = through_all(x, k);
    assert_eq!(rows(&nearest_by_tree(x, k)), truth, "tree");
    assert_eq!(rows(&blocked::nearest(x, k)), truth, "blocked");
}

/// The points within a radius agree with the distances of all pairs, the boundary included.
fn agree_within(x: &Array2<f64>, radius: f64) {
    let near = within(x, radius, usize::MAX).expect("no limit");
    for i in 0..x.nrows() {
        let mut found: Vec<usize> = near
            .of(near.place[i] as usize)
            .iter()
            .map(|&place| near.order[place as usize] as usize)
            .collect();
        found.sort_unstable();
        let truth: Vec<usize> = (0..x.nrows())
            .filter(|&j| j != i && distance(x.row(i), x.row(j)) <= radius)
            .collect();
        assert_eq!(found, truth, "point {i}, radius {radius}");
    }
}

#[test]
fn known_value() {
    let near = nearest(&array![[0.0], [1.0], [3.0]], 1).unwrap();
    assert_eq!(rows(&near), [[(1, 1.0)], [(0, 1.0)], [(1, 2.0)]]);
    assert_eq!(near.last(2), (1, 2.0));
}

#[test]
fn points_at_random_have_the_neighbors_of_the_search_through_all_pairs() {
    let moons = data::moons(600, 0.1, 3).unwrap().x;
    for k in [1, 2, 10, 33, 300, 599] {
        agree(&moons, k);
    }
    for radius in [0.0, 0.05, 0.3, 10.0, f64::INFINITY] {
        agree_within(&moons, radius);
    }
}
