//! The chapter on more than two clusters.

use crate::support::{all_near, d_product, near, relatively_near};
use crate::{FOUR_DIGITS, ON_PAPER};
use fiedler::data::RandomState;
use fiedler::ndarray::{Array1, Array2, Axis, array, s};
use fiedler::{
    Eigenpairs, Graph, Result,
    embedding::{Laplacian, eigenpairs, ng_jordan_weiss, shi_malik},
    labelling::{discretize, labels_by_kmeans, pivoted_qr},
    laplacian,
};

// ANCHOR: three_pairs
/// Three strong edges of weight 2, joined in a row by weak ones of weight 1.
fn three_pairs() -> Result<Graph> {
    Graph::from_edges(
        6,
        &[
            (0, 1, 2.0),
            (1, 2, 1.0),
            (2, 3, 2.0),
            (3, 4, 1.0),
            (4, 5, 2.0),
        ],
    )
}
// ANCHOR_END: three_pairs

/// The columns 𝟙_C/√vol(C), one for each cluster.
fn indicators(graph: &Graph, labels: &Array1<usize>, k: usize) -> Result<Array2<f64>> {
    let vols = graph.vols(labels)?;
    Ok(Array2::from_shape_fn((labels.len(), k), |(i, c)| {
        if labels[i] == c {
            1.0 / vols[c].sqrt()
        } else {
            0.0
        }
    }))
}

/// tr(HᵀLH) and HᵀDH.
fn trace_and_gram(graph: &Graph, h: &Array2<f64>) -> Result<(f64, Array2<f64>)> {
    let l = laplacian(&graph.matrix()?)?;
    let d = graph.degrees().view().insert_axis(Axis(1));
    Ok((h.t().dot(&l.dot(h)).diag().sum(), h.t().dot(&(h * &d))))
}

fn turn(angle: f64) -> Array2<f64> {
    let (sine, cosine) = angle.sin_cos();
    array![[cosine, -sine], [sine, cosine]]
}

/// n labels from 0 to k − 1, each taken.
fn random_labels(n: usize, k: u32, rng: &mut RandomState) -> Array1<usize> {
    Array1::from_shape_fn(n, |i| {
        if i < k as usize {
            i
        } else {
            rng.randint(k) as usize
        }
    })
}

/// All k-tuples of vectors with ZᵀDZ = I, by Gram and Schmidt on random ones.
fn random_d_orthonormal(d: &Array1<f64>, k: usize, rng: &mut RandomState) -> Array2<f64> {
    let mut z = Array2::from_shape_simple_fn((d.len(), k), || rng.normal(0.0, 1.0));
    for j in 0..k {
        let mut column = z.column(j).to_owned();
        for i in 0..j {
            let other = z.column(i).to_owned();
            let share = d_product(&other, d, &column);
            column.scaled_add(-share, &other);
        }
        let mass = d_product(&column, d, &column);
        z.column_mut(j).assign(&(column / mass.sqrt()));
    }
    z
}

/// Each way to give six vertices the labels 0, 1, 2, all taken, up to their names.
fn all_partitions_of_six() -> Vec<Array1<usize>> {
    let all = (0..3_usize.pow(6)).map(|code| {
        Array1::from_shape_fn(6, |i| {
            code / 3_usize.pow(u32::try_from(i).expect("small")) % 3
        })
    });
    all.filter(|y| {
        let first = |label| y.iter().position(|&found| found == label);
        matches!((first(0), first(1), first(2)), (Some(0), Some(b), Some(c)) if b < c)
    })
    .collect()
}

#[test]
fn the_k_way_normalised_cut_is_the_trace_of_its_indicators() -> Result<()> {
    let graph = three_pairs()?;
    let mut rng = RandomState::new(1);
    for k in [2, 3, 4] {
        for _ in 0..20 {
            let y = random_labels(6, k, &mut rng);
            let k = k as usize;
            let (trace, gram) = trace_and_gram(&graph, &indicators(&graph, &y, k)?)?;
            let wanted = (&graph.cuts(&y)? / &graph.vols(&y)?).sum();
            near(trace, wanted, ON_PAPER);
            near(trace, graph.normcut(&y)?, ON_PAPER);
            all_near(&gram, &Array2::<f64>::eye(k), ON_PAPER);
        }
    }
    Ok(())
}

// ANCHOR: ky_fan
#[test]
fn no_trace_lies_below_the_sum_of_the_first_eigenvalues() -> Result<()> {
    let graph = three_pairs()?;
    let values = graph.smallest_eigenpairs(6)?.values;
    let mut rng = RandomState::new(2);
    for k in 1..=6 {
        let least: f64 = values.slice(s![..k]).sum();
        for _ in 0..200 {
            let z = random_d_orthonormal(graph.degrees(), k, &mut rng);
            assert!(trace_and_gram(&graph, &z)?.0 >= least - ON_PAPER);
        }
    }
    Ok(())
}
// ANCHOR_END: ky_fan

#[test]
fn the_trace_is_a_weighted_sum_of_eigenvalues_with_weights_between_0_and_1() -> Result<()> {
    let graph = three_pairs()?;
    let Eigenpairs {
        values, vectors, ..
    } = graph.smallest_eigenpairs(6)?;
    let d = graph.degrees();
    let mut rng = RandomState::new(3);
    for k in 1..=6 {
        let z = random_d_orthonormal(d, k, &mut rng);
        let shares = vectors.t().dot(&(&z * &d.view().insert_axis(Axis(1))));
        let weights = (&shares * &shares).sum_axis(Axis(1));
        near(weights.sum(), k as f64, ON_PAPER);
        assert!(weights.iter().all(|p| (0.0..=1.0 + ON_PAPER).contains(p)));
        near(
            weights.dot(&values),
            trace_and_gram(&graph, &z)?.0,
            ON_PAPER,
        );
    }
    Ok(())
}

#[test]
fn a_rotation_changes_neither_the_trace_nor_the_distances_of_rows() -> Result<()> {
    let graph = three_pairs()?;
    let z = graph.smallest_eigenpairs(2)?.vectors;
    let (before, _) = trace_and_gram(&graph, &z)?;
    for angle in [0.3, 1.0, 2.5] {
        let turned = z.dot(&turn(angle));
        let (after, gram) = trace_and_gram(&graph, &turned)?;
        near(after, before, ON_PAPER);
        all_near(&gram, &Array2::<f64>::eye(2), ON_PAPER);
        for i in 0..6 {
            for j in 0..6 {
                let square = |z: &Array2<f64>| {
                    let off = &z.row(i) - &z.row(j);
                    off.dot(&off)
                };
                near(square(&turned), square(&z), ON_PAPER);
            }
        }
    }
    Ok(())
}

// ANCHOR: by_hand
#[test]
fn the_three_pairs_have_the_second_and_third_eigenvectors_of_the_book() -> Result<()> {
    let pairs = three_pairs()?.smallest_eigenpairs(4)?;
    let root = 17.0_f64.sqrt();
    near(pairs.values[1], (5.0 - root) / 6.0, ON_PAPER);
    near(pairs.values[2], (7.0 - root) / 6.0, ON_PAPER);

    let scaled = |j: usize| {
        let z = pairs.vectors.column(j);
        &z / z[0] // with a 1 in front
    };
    let (y, u) = ((1.0 + root) / 6.0, (root - 3.0) / 6.0);
    all_near(&scaled(1), &array![1., y, u, -u, -y, -1.], ON_PAPER);
    let (y, u) = ((root - 1.0) / 6.0, (-3.0 - root) / 6.0);
    all_near(&scaled(2), &array![1., y, u, u, y, 1.], ON_PAPER);
    Ok(())
}
// ANCHOR_END: by_hand

#[test]
fn the_numbers_that_the_book_prints_of_the_three_pairs_are_these() -> Result<()> {
    let values = three_pairs()?.smallest_eigenpairs(6)?.values;
    for (found, printed) in values.iter().skip(1).zip([0.1461, 0.4795]) {
        relatively_near(*found, printed, FOUR_DIGITS);
    }
    relatively_near(values[1] + values[2], 0.6256, FOUR_DIGITS);
    relatively_near(values[3], 1.5205, FOUR_DIGITS);
    let root = 17.0_f64.sqrt();
    for (found, printed) in [
        ((1.0 + root) / 6.0, 0.8539),
        ((root - 3.0) / 6.0, 0.1872),
        ((root - 1.0) / 6.0, 0.5205),
        ((3.0 + root) / 6.0, 1.1872),
    ] {
        relatively_near(found, printed, FOUR_DIGITS);
    }
    relatively_near(11.0 / 15.0 / (values[1] + values[2]), 1.172, FOUR_DIGITS);
    Ok(())
}

// ANCHOR: ninety
#[test]
fn of_the_90_partitions_of_the_three_pairs_the_pairs_cost_least() -> Result<()> {
    let graph = three_pairs()?;
    let all = all_partitions_of_six();
    assert_eq!(all.len(), 90);

    let pairs = array![0, 0, 1, 1, 2, 2];
    let least = graph.normcut(&pairs)?;
    near(least, 11.0 / 15.0, ON_PAPER);
    let bound: f64 = graph.smallest_eigenpairs(3)?.values.sum();
    for y in all {
        let cost = graph.normcut(&y)?;
        assert!(bound <= cost && (y == pairs || least < cost));
    }
    Ok(())
}
// ANCHOR_END: ninety

// ANCHOR: ways
#[test]
fn every_way_finds_the_three_pairs() -> Result<()> {
    let graph = three_pairs()?;
    let pairs = array![0, 0, 1, 1, 2, 2];

    let z = shi_malik(&graph, 3)?;
    assert_eq!(labels_by_kmeans(&z, 3, 0)?.labels, pairs);
    let t = ng_jordan_weiss(&graph, 3)?;
    assert_eq!(labels_by_kmeans(&t, 3, 0)?.labels, pairs);

    let w = eigenpairs(&graph, Laplacian::Symmetric, 3)?.vectors;
    assert_eq!(discretize(&w, 0)?.labels, pairs);
    assert_eq!(pivoted_qr(&w)?.labels, pairs);
    Ok(())
}
// ANCHOR_END: ways

#[test]
fn separate_pieces_have_rows_at_right_angles_whose_lengths_know_the_volume() -> Result<()> {
    // A triangle and an edge: volumes 6 and 2.
    let pieces = [(0, 1, 1.0), (1, 2, 1.0), (0, 2, 1.0), (3, 4, 1.0)];
    let graph = Graph::from_edges(5, &pieces)?;
    let z = shi_malik(&graph, 2)?;
    for (i, j, wanted) in [
        (0, 0, 1.0 / 6.0),
        (0, 2, 1.0 / 6.0),
        (3, 4, 0.5),
        (0, 3, 0.0),
    ] {
        near(z.row(i).dot(&z.row(j)), wanted, ON_PAPER);
    }
    let off = &z.row(0) - &z.row(3);
    near(off.dot(&off), 2.0 / 3.0, ON_PAPER);
    Ok(())
}

#[test]
fn a_graph_of_even_shares_reaches_the_bound_with_k_clusters() -> Result<()> {
    // Three pairs of weight 4, every two vertices of different pairs joined by weight 1.
    let a = Array2::from_shape_fn((6, 6), |(i, j)| match (i == j, i / 2 == j / 2) {
        (true, _) => 0.0,
        (false, true) => 4.0,
        (false, false) => 1.0,
    });
    let graph = Graph::from_matrix(a)?;
    let values = graph.smallest_eigenpairs(6)?.values;
    let wanted = array![0.0, 0.75, 0.75, 1.5, 1.5, 1.5];
    all_near(&values, &wanted, ON_PAPER);
    near(graph.normcut(&array![0, 0, 1, 1, 2, 2])?, 1.5, ON_PAPER);
    Ok(())
}

#[test]
fn merging_two_clusters_never_costs_more() -> Result<()> {
    let graph = three_pairs()?;
    let merged = graph.normcut(&array![0, 0, 1, 1, 1, 1])?;
    near(merged, 1.0 / 5.0 + 1.0 / 11.0, ON_PAPER);
    for y in all_partitions_of_six() {
        let merged = y.mapv(|label| usize::from(label > 0));
        assert!(graph.normcut(&merged)? <= graph.normcut(&y)? + ON_PAPER);
    }
    Ok(())
}
