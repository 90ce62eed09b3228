//! Every search against the one through all pairs.

use super::*;
use crate::data;
use ndarray::{Axis, array, concatenate};
use proptest::prelude::*;

/// The relation by the search through all pairs: the oracle.
fn through_all(x: &Array2<f64>, k: usize) -> Vec<Vec<(usize, f64)>> {
    let of = |i: usize| nearest_to(x, x.row(i), k, Some(i));
    (0..x.nrows()).map(of).collect()
}

fn rows(near: &Neighbors) -> Vec<Vec<(usize, f64)>> {
    (0..near.len()).map(|i| near.row(i).collect()).collect()
}

/// Both searches, whatever the number of columns, find the oracle's neighbours, to the last bit.
fn agree(x: &Array2<f64>, k: usize) {
    let truth = through_all(x, k);
    assert_eq!(rows(&nearest_by_tree(x, k)), truth, "tree, k = {k}");
    assert_eq!(rows(&blocked::nearest(x, k)), truth, "blocked, k = {k}");
}

/// Those within a radius are those of all pairs, the boundary included.
fn agree_within(x: &Array2<f64>, radius: f64) {
    let near = within(x, radius, usize::MAX).expect("no limit");
    for (i, row) in x.rows().into_iter().enumerate() {
        let place = near.order.place(i);
        let lists = &near.chunks[place / CHUNK];
        let places = &lists.places[lists.range(place % CHUNK)];
        assert!(places.is_sorted(), "point {i}, radius {radius}");
        let mut found: Vec<u32> = places
            .iter()
            .map(|&at| near.order.vertices()[at as usize])
            .collect();
        found.sort_unstable();
        let others = (0..x.nrows()).filter(|&j| j != i);
        let truth = others.filter(|&j| distance(row, x.row(j)) <= radius);
        assert!(
            found.iter().map(|&j| j as usize).eq(truth),
            "point {i}, radius {radius}"
        );
    }
}

/// Numbers between 0 and 1 without any order, the same each time.
fn shuffled(shape: (usize, usize)) -> Array2<f64> {
    let mut state = 1_u64;
    Array2::from_shape_simple_fn(shape, || {
        // Knuth's multiplicative generator.
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        (state >> 11) as f64 / 2.0_f64.powi(53)
    })
}

#[test]
fn known_value() {
    let near = nearest(&array![[0.0], [1.0], [3.0]], 1).unwrap();
    assert_eq!(rows(&near), [[(1, 1.0)], [(0, 1.0)], [(1, 2.0)]]);
    assert_eq!(near.last(2), (1, 2.0));
}

#[test]
fn points_without_order_have_the_neighbors_of_the_search_through_all_pairs() {
    for columns in (1..=20).chain([40, 130]) {
        let x = shuffled((150, columns));
        agree(&x, 7);
        agree_within(&x, 0.3 * (columns as f64).sqrt());
    }
    let moons = data::moons(600, 0.1, 3).unwrap().x;
    for k in [1, 2, 10, 33, 300, 599] {
        agree(&moons, k);
    }
    for radius in [0.0, 0.05, 0.3, 10.0, f64::INFINITY] {
        agree_within(&moons, radius);
    }
}

#[test]
fn of_many_points_some_have_the_neighbors_of_the_search_through_all_pairs() {
    // Sorted along the curve first, and built by several threads.
    let moons = data::moons(20_000, 0.1, 0).unwrap().x;
    let near = nearest(&moons, 10).unwrap();
    for i in (0..20_000).step_by(97) {
        let truth = nearest_to(&moons, moons.row(i), 10, Some(i));
        assert!(near.row(i).eq(truth), "point {i}");
    }
}

#[test]
fn on_a_grid_of_two_equally_far_the_smaller_index_comes_first() {
    // Tenths are not whole in binary: some of the equal distances differ by rounding, and some do not.
    for unit in [1.0, 0.1, 1.0 / 3.0] {
        let grid = Array2::from_shape_fn((400, 2), |(i, j)| [i / 20, i % 20][j] as f64 * unit);
        // Backwards, so that the order of the tree is not that of the indices.
        let backwards = grid.select(Axis(0), &(0..400).rev().collect::<Vec<_>>());
        for k in [1, 3, 4, 8, 10] {
            agree(&grid, k);
            agree(&backwards, k);
        }
        for steps in [1.0, 2.0_f64.sqrt(), 2.0, 3.0] {
            agree_within(&grid, steps * unit);
        }
    }
    let cube = Array2::from_shape_fn((343, 3), |(i, j)| [i / 49, i / 7 % 7, i % 7][j] as f64);
    agree(&cube, 6);
    agree(&cube, 10);
}

#[test]
fn equal_points_are_neighbors_at_distance_0() {
    let equal = Array2::from_elem((1000, 2), 0.1);
    let other = concatenate![Axis(0), equal, array![[0.0, 0.0], [7.0, 7.0]], equal];
    let near = nearest_by_tree(&other, 5);
    assert!(near.row(0).eq((1..6).map(|j| (j, 0.0))));
    assert!(near.row(3).eq([0, 1, 2, 4, 5].map(|j| (j, 0.0))));
    assert!(near.row(1500).eq((0..5).map(|j| (j, 0.0))));
    // Farther from the crowd: its first five.
    let far = distance(other.row(1001), other.row(0));
    assert!(near.row(1001).eq((0..5).map(|j| (j, far))));
    let few = Array2::from_shape_fn((300, 2), |(i, j)| ((i * 7) % 3 + j) as f64);
    for k in [1, 10, 99, 100, 101, 299] {
        agree(&few, k);
    }
    agree_within(&few, 0.0);
    agree_within(&few, 1.0);
}

#[test]
fn equal_points_without_end_are_searched_as_fast_as_others() {
    // Through all pairs, or through all of a crowd for each of its points, this would take minutes.
    let x = Array2::from_shape_fn((200_000, 2), |(i, _)| (i % 3) as f64);
    let near = nearest(&x, 3).unwrap();
    assert!(near.row(9).eq([0, 3, 6].map(|j| (j, 0.0))));
}

#[test]
fn points_on_a_line_and_points_that_share_a_coordinate_are_found() {
    let line = Array2::from_shape_fn((500, 3), |(i, _)| (i * i % 501) as f64);
    let shared = Array2::from_shape_fn((33, 2), |(i, j)| [0.5, (i * i % 34) as f64][j]);
    let flat = Array2::from_shape_fn((200, 2), |(i, j)| [(i * i % 211) as f64, -1.0][j]);
    for x in [line, shared, flat] {
        agree(&x, 1);
        agree(&x, 10);
        agree_within(&x, 3.0);
    }
}

#[test]
fn all_others_may_be_asked_for() {
    for n in [2, 3, 16, 17, 18, 33, 129] {
        agree(&shuffled((n, 2)), n - 1);
        agree(&shuffled((n, 18)), n - 1);
    }
}

#[test]
fn coordinates_of_any_size_and_far_from_the_origin_are_measured_right() {
    let unit = shuffled((200, 2)) - 0.5;
    for scale in [1e200, 1e154, 1e-154, 1e-200, 1e-310, 5e-324, 3e307] {
        agree(&(&unit * scale), 5);
        agree_within(&(&unit * scale), 0.2 * scale);
    }
    for origin in [1e3, 1e9, 1e15] {
        agree(&(&unit + origin), 5);
        agree_within(&(&unit + origin), 0.2);
    }
    // The widest difference is infinite, and infinitely far is equally far.
    let ends = array![
        [1.7e308],
        [-1.7e308],
        [1.6e308],
        [-1.6e308],
        [0.0],
        [1e-300],
        [2e-300]
    ];
    for k in 1..7 {
        agree(&ends, k);
    }
    // Tiny distances beside large ones: single precision takes the crowd for one point.
    let crowd = concatenate![Axis(0), &unit * 1e-12, array![[1.0, 2.0], [1e30, 0.0]]];
    agree(&crowd, 5);
    agree_within(&crowd, 2e-13);
    let wide = concatenate![
        Axis(0),
        shuffled((100, 20)) * 1e-9,
        shuffled((60, 20)) + 3.0
    ];
    agree(&wide, 12);
}

#[test]
fn the_number_of_threads_changes_nothing() {
    let plane = data::moons(3000, 0.1, 2).unwrap().x;
    let wide = shuffled((700, 20));
    let on = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads);
        let pool = pool.build().unwrap();
        pool.install(|| (nearest(&plane, 10).unwrap(), nearest(&wide, 10).unwrap()))
    };
    let one = on(1);
    assert_eq!(on(2), one);
    assert_eq!(on(4), one);
}

#[test]
fn too_many_within_a_radius_are_refused() {
    let x = array![[0.0], [1.0], [2.0], [9.0]];
    assert!(within(&x, 1.0, 4).is_some());
    assert!(within(&x, 1.0, 3).is_none());
    // All pairs of this would take 2 TiB.
    let many = Array2::from_shape_fn((1 << 19, 1), |(i, _)| (i % 100) as f64);
    assert!(within(&many, 1e3, 1 << 20).is_none());
}

/// Points on a coarse lattice, where equal points and equal distances abound, or between.
fn points() -> impl Strategy<Value = Array2<f64>> {
    (2_usize..90, 1_usize..19, 1_i32..12, prop::bool::ANY).prop_flat_map(|(n, p, size, lattice)| {
        prop::collection::vec((0..size, 0.0_f64..1.0), n * p).prop_map(move |entries| {
            let entry = |(cell, inside)| f64::from(cell) + if lattice { 0.0 } else { inside };
            Array2::from_shape_vec((n, p), entries.into_iter().map(entry).collect())
                .expect("n times p entries")
        })
    })
}

proptest! {
    #[test]
    fn any_points_have_the_neighbors_of_the_search_through_all_pairs(
        x in points(),
        share in 0.0_f64..1.0,
        radius in 0.0_f64..3.0,
        exponent in -300_i32..300,
    ) {
        let k = (1..x.nrows()).rev().find(|&k| k as f64 <= share * x.nrows() as f64).unwrap_or(1);
        agree(&x, k);
        agree_within(&x, radius);
        agree_within(&x, radius.round());
        let scale = 10.0_f64.powi(exponent);
        agree(&(&x * scale), k);
    }
}
