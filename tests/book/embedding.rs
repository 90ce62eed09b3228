//! The chapter on more than two clusters.

use crate::numbers::Printed;
use crate::support::{all_near, d_product, near, relatively_near};
use crate::{FOUR_DIGITS, ON_PAPER};
use fiedler::data::RandomState;
use fiedler::ndarray::{Array1, Array2, Axis, array, s};
use fiedler::{
    Eigenpairs, Graph, Result,
    embedding::{Embedding, Laplacian, eigenpairs, ng_jordan_weiss, shi_malik, spectral_embedding},
    exact::exact_conductance,
    labelling::{discretize, labels_by_kmeans, pivoted_qr},
    laplacian,
};

/// Years; √17 and the polynomials of the example; the points of the picture; volumes of exercises 2 and 3; 40 draws.
pub const CHOSEN: &[&str] = &[
    "10", "11", "16", "17", "2000", "2001", "2003", "2014", "2019", "255", "40", "15",
];

/// The numbers that the chapter prints.
pub fn printed() -> Result<Printed> {
    let graph = three_pairs()?;
    let Eigenpairs {
        values, vectors, ..
    } = graph.smallest_eigenpairs(4)?;
    let scaled = |i: usize, j: usize| vectors[[i, j]] / vectors[[0, j]];
    let pairs = graph.normcut(&array![0, 0, 1, 1, 2, 2])?;
    let bound = values.slice(s![..3]).sum();
    let merged = graph.normcut(&array![0, 0, 1, 1, 1, 1])?;
    let [two, three, four] = largest_quotients()?;
    Ok(vec![
        ("0.1461", values[1]),
        ("0.15", values[1]),
        ("0.4795", values[2]),
        ("0.48", values[2]),
        ("1.5205", values[3]),
        ("1.52", values[3]),
        ("0.8539", scaled(1, 1)),
        ("0.85", scaled(1, 1)),
        ("0.1872", scaled(2, 1)),
        ("0.19", scaled(2, 1)),
        ("0.5205", scaled(1, 2)),
        ("0.52", scaled(1, 2)),
        ("1.1872", scaled(2, 2)),
        ("1.19", scaled(2, 2)),
        ("0.7333", pairs),
        ("0.6256", bound),
        ("1.172", pairs / bound),
        ("90", all_partitions_of_six().len() as f64),
        ("55", 16.0 / merged),
        ("0.66", two),
        ("0.89", three),
        ("1.07", four),
    ])
}

/// Connected graphs of seven vertices with weights between 0.1 and 1.
fn random_graphs() -> Result<Vec<Graph>> {
    let mut rng = RandomState::new(11);
    let one = |_| {
        let mut edges = Vec::new();
        for i in 0..7 {
            for j in 0..i {
                if j + 1 == i || rng.uniform(0.0, 1.0) < 0.3 {
                    edges.push((j, i, rng.uniform(0.1, 1.0)));
                }
            }
        }
        Graph::from_edges(7, &edges)
    };
    (0..40).map(one).collect()
}

/// ρ(k): of all k disjoint nonempty sets of vertices, the smallest of the largest cut over volume.
fn least_leak(graph: &Graph, k: usize) -> Result<f64> {
    let (a, d, n) = (graph.matrix()?, graph.degrees(), graph.vertex_count());
    let mut least = f64::INFINITY;
    let mut set = vec![0; n]; // 0: in none
    for code in 0..(k + 1).pow(u32::try_from(n).expect("small")) {
        let mut rest = code;
        for name in &mut set {
            *name = rest % (k + 1);
            rest /= k + 1;
        }
        let leak = |c: usize| {
            let inside = (0..n).filter(|&i| set[i] == c);
            let (cut, volume) = inside.fold((0.0, 0.0), |(cut, volume), i| {
                let out: f64 = (0..n).filter(|&j| set[j] != c).map(|j| a[[i, j]]).sum();
                (cut + out, volume + d[i])
            });
            if volume > 0.0 {
                cut / volume
            } else {
                f64::INFINITY
            }
        };
        let mut most = 0.0_f64;
        for c in 1..=k {
            most = most.max(leak(c));
            if most >= least {
                break;
            }
        }
        least = least.min(most);
    }
    Ok(least)
}

/// The largest ρ(k)/√λₖ of the random graphs, for k = 2, 3, 4.
fn largest_quotients() -> Result<[f64; 3]> {
    let mut largest = [0.0_f64; 3];
    for graph in random_graphs()? {
        let values = graph.smallest_eigenpairs(4)?.values;
        for k in 2..=4 {
            let quotient = least_leak(&graph, k)? / values[k - 1].sqrt();
            largest[k - 2] = largest[k - 2].max(quotient);
        }
    }
    Ok(largest)
}

// ANCHOR: ways
/// The clusters of three by k-means on two embeddings, by discretisation, and by pivoted QR.
fn every_way(graph: &Graph) -> Result<[Array1<usize>; 4]> {
    let z = shi_malik(graph, 3)?;
    let t = ng_jordan_weiss(graph, 3)?;
    let w = eigenpairs(graph, Laplacian::Symmetric, 3)?.vectors;
    Ok([
        labels_by_kmeans(&z, 3, 0)?.labels,
        labels_by_kmeans(&t, 3, 0)?.labels,
        discretize(&w, 0)?.labels,
        pivoted_qr(&w)?.labels,
    ])
}
// ANCHOR_END: ways

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

#[test]
fn every_way_finds_the_three_pairs() -> Result<()> {
    for labels in every_way(&three_pairs()?)? {
        assert_eq!(labels, array![0, 0, 1, 1, 2, 2]);
    }
    Ok(())
}

#[test]
fn the_three_algorithms_find_the_three_pairs() -> Result<()> {
    let graph = three_pairs()?;
    for (laplacian, embedding) in [
        (Laplacian::Unnormalized, Embedding::Leading),
        (Laplacian::RandomWalk, Embedding::Leading),
        (Laplacian::Symmetric, Embedding::UnitRows),
    ] {
        let rows = spectral_embedding(&graph, laplacian, embedding, 3)?;
        let labels = labels_by_kmeans(&rows, 3, 0)?.labels;
        assert_eq!(labels, array![0, 0, 1, 1, 2, 2]);
    }
    let unit = |rows: &Array2<f64>| rows.map_axis(Axis(1), |row| row.dot(&row));
    all_near(
        &unit(&ng_jordan_weiss(&graph, 3)?),
        &Array1::ones(6),
        ON_PAPER,
    );
    // The first eigenvector of the random walk is constant.
    let z = shi_malik(&graph, 3)?;
    all_near(
        &z.column(0).to_owned(),
        &Array1::from_elem(6, z[[0, 0]]),
        ON_PAPER,
    );
    Ok(())
}

#[test]
fn the_ratio_cut_is_the_trace_of_indicators_scaled_by_size() -> Result<()> {
    let graph = three_pairs()?;
    let l = laplacian(&graph.matrix()?)?;
    let least = eigenpairs(&graph, Laplacian::Unnormalized, 3)?.values.sum();
    for y in all_partitions_of_six() {
        let size = |c: usize| y.iter().filter(|&&label| label == c).count() as f64;
        let h = Array2::from_shape_fn((6, 3), |(i, c)| {
            f64::from(u8::from(y[i] == c)) / size(c).sqrt()
        });
        all_near(&h.t().dot(&h), &Array2::<f64>::eye(3), ON_PAPER);
        let cuts = graph.cuts(&y)?;
        let ratio_cut: f64 = (0..3).map(|c| cuts[c] / size(c)).sum();
        near(h.t().dot(&l.dot(&h)).diag().sum(), ratio_cut, ON_PAPER);
        assert!(least <= ratio_cut);
    }
    Ok(())
}

#[test]
fn the_rotation_of_the_discretisation_keeps_products_of_rows_and_the_labels_of_k_means()
-> Result<()> {
    let graph = three_pairs()?;
    let w = eigenpairs(&graph, Laplacian::Symmetric, 3)?.vectors;
    let rotation = discretize(&w, 0)?.rotation;
    for rows in [shi_malik(&graph, 3)?, ng_jordan_weiss(&graph, 3)?] {
        let turned = rows.dot(&rotation);
        all_near(&turned.dot(&turned.t()), &rows.dot(&rows.t()), ON_PAPER);
        // The columns have changed, and the clusters have not.
        assert!((&turned - &rows).iter().any(|entry| entry.abs() > 0.1));
        let (before, after) = (
            labels_by_kmeans(&rows, 3, 0)?,
            labels_by_kmeans(&turned, 3, 0)?,
        );
        assert_eq!(before.labels, after.labels);
    }
    Ok(())
}

#[test]
fn k_disjoint_sets_leak_half_of_the_kth_eigenvalue_at_least_and_its_root_at_most() -> Result<()> {
    for graph in random_graphs()? {
        let values = graph.smallest_eigenpairs(4)?.values;
        let mut before = 0.0;
        for k in 2..=4 {
            let least = least_leak(&graph, k)?;
            assert!(values[k - 1] / 2.0 <= least + ON_PAPER && before <= least);
            before = least;
            // With c₀ = 1, on these graphs.
            assert!(least < (k * k) as f64 * values[k - 1].sqrt());
        }
        // For two sets it is the conductance, and Cheeger's constant is √2.
        let two = least_leak(&graph, 2)?;
        near(two, exact_conductance(&graph)?.conductance, ON_PAPER);
        assert!(two <= (2.0 * values[1]).sqrt());
    }
    Ok(())
}

#[test]
fn for_two_clusters_the_indicators_span_the_constant_and_the_old_vector() -> Result<()> {
    let graph = three_pairs()?;
    let y = array![0, 0, 1, 1, 1, 1];
    let (h, vols) = (indicators(&graph, &y, 2)?, graph.vols(&y)?);
    let ones = &h.column(0) * vols[0].sqrt() + &h.column(1) * vols[1].sqrt();
    all_near(&ones, &Array1::ones(6), ON_PAPER);
    let z = &h.column(0) / vols[0].sqrt() - &h.column(1) / vols[1].sqrt();
    let old = y.mapv(|label| {
        if label == 0 {
            1.0 / vols[0]
        } else {
            -1.0 / vols[1]
        }
    });
    all_near(&z, &old, ON_PAPER);
    near(d_product(&ones, graph.degrees(), &z), 0.0, ON_PAPER);
    // Scaled to mass 1 the two have the trace of the indicators.
    let [one, other] = [ones, z].map(|column| {
        let mass = d_product(&column, graph.degrees(), &column);
        column / mass.sqrt()
    });
    let both = side_by_side(&one, &other);
    near(
        trace_and_gram(&graph, &both)?.0,
        graph.normcut(&y)?,
        ON_PAPER,
    );
    Ok(())
}

fn side_by_side(one: &Array1<f64>, other: &Array1<f64>) -> Array2<f64> {
    Array2::from_shape_fn(
        (one.len(), 2),
        |(i, j)| if j == 0 { one[i] } else { other[i] },
    )
}

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
