//! What must hold of each part, on graphs of different kinds.

use super::aggregation::coarser;
use super::laplacian::Laplacian;
use super::lobpcg::lobpcg;
use super::*;
use crate::engine::order::Order;
use crate::engine::sparse::{Edges, Pieces, Sparse};
use crate::linalg;
use ndarray::ArrayView2;
use std::sync::Arc;

/// Sums of a few dozen terms of size 1.
const ROUNDING: f64 = 1e-13;

/// (from, to, weight), each edge once.
type List = Vec<(usize, usize, f64)>;

fn path(n: usize) -> List {
    (1..n).map(|i| (i - 1, i, 1.0)).collect()
}

/// A grid of m × m vertices with weights over six orders of magnitude, beside a triangle.
fn uneven(m: usize) -> List {
    let mut rng = RandomState::new(3);
    let mut weight = || 10_f64.powf(-3.0 + 6.0 * rng.random_sample());
    let mut list = Vec::new();
    for i in 0..m {
        for j in 0..m {
            let v = i * m + j;
            if j + 1 < m {
                list.push((v, v + 1, weight()));
            }
            if i + 1 < m {
                list.push((v, v + m, weight()));
            }
        }
    }
    let t = m * m;
    list.extend([(t, t + 1, 1.0), (t + 1, t + 2, 1.0), (t, t + 2, 1.0)]);
    list
}

/// A hub with many rays, each of which ends in a triangle.
fn hub(rays: usize) -> List {
    let ray = |r: usize| {
        let v = 3 * r + 1;
        [
            (0, v, 1.0),
            (v, v + 1, 1.0),
            (v + 1, v + 2, 1.0),
            (v, v + 2, 1.0),
        ]
    };
    (0..rays).flat_map(ray).collect()
}

pub(super) fn laplacian_of(list: &List) -> (Laplacian, Arc<Order>) {
    let n = list.iter().map(|edge| edge.0.max(edge.1)).max().unwrap() + 1;
    let mut rows = vec![Vec::new(); n];
    for &(i, j, weight) in list {
        rows[i].push((j, weight));
        rows[j].push((i, weight));
    }
    let sparse = Sparse::from_rows(rows);
    let edges = Edges::Sparse(&sparse);
    let pieces = Pieces::new(edges);
    let (masses, labels) = (edges.degrees().to_vec(), pieces.labels.to_vec());
    (
        Laplacian::new(edges, &masses, &labels, &pieces.order),
        pieces.order,
    )
}

fn all_graphs() -> [List; 4] {
    [path(100), uneven(20), hub(60), path(400)]
}

fn times(laplacian: &Laplacian, x: &Array2<f64>) -> Array2<f64> {
    block::times(laplacian, x, &mut block::Spares::default())
}

#[test]
fn the_laplacian_of_a_path_takes_the_first_axis_to_its_first_row() {
    let (laplacian, _) = laplacian_of(&path(3));
    let x = Array2::from_shape_vec((3, 1), vec![1.0, 0.0, 0.0]).unwrap();
    assert_eq!(
        times(&laplacian, &x).into_raw_vec_and_offset().0,
        [1.0, -1.0, 0.0]
    );
}

#[test]
fn every_number_of_columns_has_the_same_product() {
    let (laplacian, _) = laplacian_of(&uneven(12));
    let mut rng = RandomState::new(0);
    let n = laplacian.size();
    let x = Array2::from_shape_simple_fn((n, 19), || rng.standard_normal());
    let whole = times(&laplacian, &x);
    for b in 1..=19 {
        let some = x.slice(s![.., ..b]).as_standard_layout().to_owned();
        assert_eq!(times(&laplacian, &some), whole.slice(s![.., ..b]), "{b}");
    }
}

#[test]
fn a_path_of_nine_has_aggregates_of_two_three_and_four() {
    let (laplacian, _) = laplacian_of(&path(9));
    let (coarse, prolongation) = coarser(&laplacian).unwrap();
    assert_eq!(coarse.size(), 3);
    // Rows with a single entry are those of vertices all of whose neighbours share their aggregate: 0, 3, 6, 7 and 8.
    let inner: Vec<usize> = (0..9)
        .filter(|&i| prolongation.rows.row(i).count() == 1)
        .collect();
    assert_eq!(inner, [0, 3, 6, 7, 8]);
}

#[test]
fn a_constant_stays_a_constant_on_every_level() {
    for list in all_graphs() {
        let (mut laplacian, _) = laplacian_of(&list);
        // Rounding has the size of the largest numbers that were added, and those are on the finest level.
        let largest = laplacian.diagonal.iter().fold(0.0, |a: f64, &b| a.max(b));
        while let Some((coarse, prolongation)) = coarser(&laplacian) {
            for i in 0..laplacian.size() {
                let sum: f64 = prolongation.rows.row(i).map(|(_, value)| value).sum();
                assert!((sum - 1.0).abs() <= ROUNDING);
            }
            let image = times(&coarse, &Array2::ones((coarse.size(), 1)));
            let worst = image.iter().fold(0.0, |a: f64, rest| a.max(rest.abs()));
            assert!(worst <= ROUNDING * largest, "{worst} {largest}");
            laplacian = coarse;
        }
    }
}

#[test]
fn coarsening_keeps_the_mass_and_the_components() {
    for list in all_graphs() {
        let (laplacian, _) = laplacian_of(&list);
        let (coarse, _) = coarser(&laplacian).unwrap();
        assert_eq!(coarse.components(), laplacian.components());
        for (one, other) in laplacian
            .component_masses
            .iter()
            .zip(&coarse.component_masses)
        {
            assert!((one - other).abs() <= ROUNDING * one);
        }
    }
}

#[test]
fn the_coarse_energy_of_a_vector_is_the_energy_of_what_it_stands_for() {
    for list in all_graphs() {
        let (laplacian, _) = laplacian_of(&list);
        let (coarse, prolongation) = coarser(&laplacian).unwrap();
        let mut rng = RandomState::new(1);
        let y = Array2::from_shape_simple_fn((coarse.size(), 1), || rng.standard_normal());
        let mut x = Array2::zeros((laplacian.size(), 1));
        prolongation
            .rows
            .times(block::data(&y), block::data_mut(&mut x), 1, true);
        let energy = |laplacian: &Laplacian, x: &Array2<f64>| (x * &times(laplacian, x)).sum();
        let (fine, coarse) = (energy(&laplacian, &x), energy(&coarse, &y));
        assert!((fine - coarse).abs() <= 1e-10 * fine, "{fine} {coarse}"); // sums of weights over six orders
    }
}

#[test]
fn the_cycle_is_symmetric_and_positive() {
    for list in all_graphs() {
        let (laplacian, _) = laplacian_of(&list);
        let hierarchy = Hierarchy::new(laplacian);
        let finest = hierarchy.level(0);
        let n = finest.size();
        let mut rng = RandomState::new(2);
        // Residuals are such images: they have no part along the null vectors.
        let random = Array2::from_shape_simple_fn((n, 6), || rng.standard_normal());
        let r = times(finest, &random);
        let mut x = Array2::zeros((n, 6));
        hierarchy.inverse(0)(block::data(&r), block::data_mut(&mut x), 6);
        let products = r.t().dot(&x);
        let size = products
            .diag()
            .fold(0.0, |size: f64, &entry| size.max(entry));
        for ((i, j), entry) in products.indexed_iter() {
            assert!((entry - products[[j, i]]).abs() <= 1e-9 * size); // the weights span six orders
        }
        let (values, _) = linalg::all_eigenpairs(products);
        assert!(values[0] > 0.0, "{values}");
    }
}

#[test]
fn the_search_gives_orthonormal_vectors_that_solve_the_equation() {
    for list in all_graphs() {
        let (laplacian, _) = laplacian_of(&list);
        let hierarchy = Hierarchy::new(laplacian);
        let finest = hierarchy.level(0);
        let goal = Goal {
            wanted: 4,
            tolerance: 1e-11,
            last_for_the_gap: false,
            max_steps: 200,
        };
        let mut rng = RandomState::new(0);
        let start = Array2::from_shape_simple_fn((finest.size(), 6), || rng.standard_normal());
        let proceed = |_: &Array1<f64>| ControlFlow::Continue(());
        let found = lobpcg(finest, start, &goal, hierarchy.inverse(0), proceed);
        assert!(found.converged);
        assert!(found.checked(finest).0);
        let masses = ArrayView2::from_shape((finest.size(), 1), &finest.masses).unwrap();
        let products = found.vectors.t().dot(&(&found.vectors * &masses));
        let rest = products - Array2::<f64>::eye(6);
        assert!(rest.iter().all(|entry| entry.abs() <= 1e-11)); // a dozen steps of rounding
    }
}

#[test]
fn a_search_that_is_told_to_stop_stops() {
    let (laplacian, order) = laplacian_of(&uneven(20));
    let hierarchy = Hierarchy::new(laplacian);
    let goal = Goal {
        wanted: 2,
        tolerance: 1e-12,
        last_for_the_gap: false,
        max_steps: 200,
    };
    let mut calls = 0;
    let outcome = smallest_nontrivial(&hierarchy, &order, &goal, |_| {
        calls += 1;
        if calls == 3 {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        }
    });
    assert_eq!((calls, outcome.converged), (3, false));
    assert_eq!(outcome.rows.dim(), (2, order.len()));
}

/// Three clusters of random edges with weights over twelve orders of magnitude, two edges between them.
fn three_clusters(size: usize, seed: u64) -> List {
    let mut rng = RandomState::new(seed);
    let mut list = Vec::new();
    for cluster in 0..3 {
        let vertex = |i: usize| cluster * size + i;
        for i in 1..size {
            for j in 0..i {
                if j + 1 == i || rng.random_sample() < 0.3 {
                    let weight = 10_f64.powf(-12.0 * rng.random_sample());
                    list.push((vertex(j), vertex(i), weight));
                }
            }
        }
    }
    list.extend([(0, size, 1e-12), (size + 1, 2 * size, 1e-7)]);
    list
}

#[test]
fn no_null_vector_comes_back_however_long_the_search() {
    for seed in 0..12 {
        let (laplacian, order) = laplacian_of(&three_clusters(60, seed));
        let masses: Vec<f64> = laplacian.masses.clone();
        let hierarchy = Hierarchy::new(laplacian);
        // More steps than it takes: near the end directions are short, and what is left of them is rounding.
        let goal = Goal {
            wanted: 6,
            tolerance: 1e-16,
            last_for_the_gap: false,
            max_steps: 60,
        };
        let proceed = |_: &Array1<f64>| ControlFlow::Continue(());
        let outcome = smallest_nontrivial(&hierarchy, &order, &goal, proceed);
        for row in outcome.rows.rows() {
            let mass: f64 = masses.iter().sum();
            let row = order.by_place(&row.to_vec());
            let share: f64 = row.iter().zip(&masses).map(|(z, mass)| mass * z).sum();
            // The constant vector of length 1 is 1/√mass.
            assert!((share / mass.sqrt()).abs() <= 1e-9, "seed {seed}: {share}");
        }
    }
}
