//! The chapter that puts all together.

use crate::support::{
    all_near, complete, graph, list, near, number, ok, reference, relatively_near, text,
};
use crate::{FOUR_DIGITS, ON_PAPER};
use fiedler::data::{blog_moons, circles, moons};
use fiedler::ndarray::{Array1, Array2, array};
use fiedler::{
    Error, Graph, Result, agreement, components, eigh_generalized, exact::exact_normcut,
    fiedler_vector, kmeans, labels_by_sign, laplacian, normcut, rayleigh_quotient,
    similarity_matrix, spectral_clustering,
};
use std::f64::consts::TAU;

// ANCHOR: three_steps
#[test]
fn the_function_is_its_three_steps() -> Result<()> {
    let moons = blog_moons();

    let a = similarity_matrix(&moons.x, 0.4)?; // from points to a graph
    let z = fiedler_vector(&a)?.vector; // its second eigenvector
    let labels = labels_by_sign(&z)?; // the signs

    assert_eq!(labels, spectral_clustering(&moons.x, 0.4)?);
    near(agreement(&labels, &moons.y)?, 0.995, ON_PAPER);
    Ok(())
}
// ANCHOR_END: three_steps

// ANCHOR: rings
/// Two rings of m vertices, one inside the other, by edges of weight 1, and a rung of weight t between
/// each vertex and its partner: first the inner ring, then the outer one.
fn two_rings(m: usize, t: f64) -> Array2<f64> {
    let around = |first: usize| (0..m).map(move |j| (first + j, first + (j + 1) % m, 1.0));
    let rungs = (0..m).map(|j| (j, m + j, t));
    graph(2 * m, around(0).chain(around(m)).chain(rungs))
}
// ANCHOR_END: rings

/// 0 on the inner ring, 1 on the outer one.
fn by_ring(m: usize) -> Array1<usize> {
    Array1::from_shape_fn(2 * m, |i| usize::from(i >= m))
}

/// Half of both rings, for an even m.
fn by_half(m: usize) -> Array1<usize> {
    Array1::from_shape_fn(2 * m, |i| usize::from(i % m >= m / 2))
}

#[test]
fn two_rings_have_the_eigenvalues_of_the_book() -> Result<()> {
    for (m, t) in [(3, 1.0), (6, 0.4), (7, 0.2), (12, 2.5)] {
        let mut by_hand: Vec<f64> = (0..m)
            .map(|k| 2.0 * (1.0 - (TAU * k as f64 / m as f64).cos()))
            .flat_map(|swing| [swing / (2.0 + t), (swing + 2.0 * t) / (2.0 + t)])
            .collect();
        by_hand.sort_by(f64::total_cmp);
        all_near(
            &eigh_generalized(&two_rings(m, t))?.values,
            &by_hand,
            ON_PAPER,
        );
    }
    Ok(())
}

#[test]
fn waves_around_two_rings_in_step_or_against_are_eigenvectors() -> Result<()> {
    let (m, t) = (7, 0.3);
    let a = two_rings(m, t);
    for k in 0..m {
        for phase in [0.0, 0.25] {
            for against in [1.0, -1.0] {
                let z = Array1::from_shape_fn(2 * m, |i| {
                    let wave = (TAU * ((i % m * k) as f64 / m as f64 + phase)).cos();
                    if i < m { wave } else { against * wave }
                });
                let swing = 2.0 * (1.0 - (TAU * k as f64 / m as f64).cos());
                let value = (swing + t * (1.0 - against)) / (2.0 + t);
                all_near(
                    &laplacian(&a)?.dot(&z),
                    &(&z * (value * (2.0 + t))),
                    ON_PAPER,
                );
            }
        }
    }
    Ok(())
}

// ANCHOR: missed
#[test]
fn between_the_two_limits_the_rings_are_the_best_split_and_are_missed() -> Result<()> {
    let m = 6; // the limits are 1 − cos 60° = 1/2 and 4/6
    for (t, found) in [(0.45, true), (0.55, false)] {
        let a = two_rings(m, t);
        let (rings, halves) = (normcut(&a, &by_ring(m))?, normcut(&a, &by_half(m))?);
        near(rings, 2.0 * t / (2.0 + t), ON_PAPER);
        near(halves, 8.0 / (6.0 * (2.0 + t)), ON_PAPER);

        // Of all 2047 splits the rings are the best, both times …
        let least = exact_normcut(&Graph::from_matrix(a.clone())?)?.normcut;
        near(least, rings, ON_PAPER);
        assert!(rings < halves);

        // … but the second eigenvalue is theirs at 0.45 only.
        let second = eigh_generalized(&a)?.values[1];
        assert_eq!((second - rings).abs() < ON_PAPER, found);
    }
    Ok(())
}
// ANCHOR_END: missed

#[test]
fn above_the_second_limit_half_of_both_rings_is_cheaper() -> Result<()> {
    for m in [6_usize, 8, 12, 20] {
        let limit = 4.0 / m as f64;
        for (t, rings_win) in [(0.99 * limit, true), (1.01 * limit, false)] {
            let a = two_rings(m, t);
            let cheaper = normcut(&a, &by_ring(m))? < normcut(&a, &by_half(m))?;
            assert_eq!(cheaper, rings_win);
        }
        assert!(1.0 - (TAU / m as f64).cos() < limit);
    }
    near(1.0 - (TAU / 12.0).cos(), 0.134, 5e-4);
    near(1.0 - (TAU / 4.0).cos(), 1.0, ON_PAPER);
    Ok(())
}

#[test]
fn a_wave_around_the_rings_has_less_energy_than_its_own_signs() -> Result<()> {
    // m = 12, t = 0.2: the wave lies below the rings, its signs lie above.
    let (m, t) = (12, 0.2);
    let a = two_rings(m, t);
    let wave = Array1::from_shape_fn(2 * m, |i| (TAU * (i % m) as f64 / m as f64 + 0.1).cos());
    let signs = labels_by_sign(&wave)?;
    near(rayleigh_quotient(&a, &wave)?, 0.121_80, 5e-6);
    near(normcut(&a, &by_ring(m))?, 0.181_82, 5e-6);
    near(normcut(&a, &signs)?, 0.303_03, 5e-6);
    Ok(())
}

#[test]
fn the_bulls_eye_costs_what_the_table_says() -> Result<()> {
    let data = circles(1000, 0.05, 0.4, 0)?;
    for (epsilon, right, found, truth) in [
        (0.40, 1.000, 0.0012, 0.0012),
        (0.50, 1.000, 0.0534, 0.0534),
        (0.55, 0.729, 0.4386, 0.1671),
        (0.60, 0.502, 0.4151, 0.3384),
        (0.70, 0.510, 0.4844, 0.6258),
        (1.00, 0.502, 0.6795, 0.8717),
    ] {
        let a = similarity_matrix(&data.x, epsilon)?;
        let labels = labels_by_sign(&fiedler_vector(&a)?.vector)?;
        near(agreement(&labels, &data.y)?, right, ON_PAPER);
        near(normcut(&a, &labels)?, found, 5.01e-5);
        near(normcut(&a, &data.y)?, truth, 5.01e-5);
    }
    // They cross between 0.60 and 0.65.
    let a = similarity_matrix(&data.x, 0.65)?;
    let labels = labels_by_sign(&fiedler_vector(&a)?.vector)?;
    assert!(normcut(&a, &labels)? < normcut(&a, &data.y)?);
    Ok(())
}

#[test]
fn on_the_bulls_eye_the_ratio_of_the_eigenvalues_tells_right_from_wrong() {
    for run in list(&reference("clustering")["runs"]) {
        let ratio = number(&run["lambda3"]) / number(&run["lambda2"]);
        if text(&run["data"]) == "circles" && number(&run["epsilon"]) > 0.32 {
            let right = number(&run["agreement"]) > 0.99;
            assert!(if right { ratio > 1.56 } else { ratio < 1.03 }, "{ratio}");
        }
        if text(&run["data"]) == "moons .25" {
            relatively_near(ratio, 2.726, FOUR_DIGITS); // a clear cut, and not the truth
        }
    }
}

#[test]
fn without_noise_the_moons_allow_nine_values_of_epsilon_and_with_much_noise_none() -> Result<()> {
    let right = |noise: f64, epsilon: f64| -> Result<f64> {
        let data = moons(200, noise, 0)?;
        agreement(&spectral_clustering(&data.x, epsilon)?, &data.y)
    };
    for twentieths in 2..=10 {
        near(right(0.0, f64::from(twentieths) * 0.05)?, 1.0, ON_PAPER);
    }
    assert!(right(0.0, 0.55)? < 1.0);
    for epsilon in [0.65, 0.75, 0.85] {
        assert!(right(0.3, epsilon)? < 0.8, "{epsilon}");
    }
    for epsilon in [0.1, 0.3, 0.5, 0.6] {
        let refused = right(0.3, epsilon).expect_err("points without a neighbour, or pieces");
        assert!(refused.to_string().contains("raise epsilon"), "{refused}");
    }
    Ok(())
}

#[test]
fn k_means_has_751_and_762_of_the_noisy_moons() -> Result<()> {
    for (noise, right) in [(0.10, 0.751), (0.25, 0.762)] {
        let data = moons(1000, noise, 0)?;
        let labels = kmeans(&data.x, 2, 0)?.labels;
        near(agreement(&labels, &data.y)?, right, ON_PAPER);
    }
    let data = circles(1000, 0.05, 0.4, 0)?;
    near(
        agreement(&kmeans(&data.x, 2, 0)?.labels, &data.y)?,
        0.505,
        ON_PAPER,
    );
    Ok(())
}

#[test]
fn five_labels_agree_with_their_truth_on_four() -> Result<()> {
    let (labels, truth) = (array![0, 0, 1, 1, 1], array![1, 1, 1, 0, 0]);
    near(agreement(&labels, &truth)?, 0.8, ON_PAPER);
    Ok(())
}

#[test]
fn in_two_pieces_every_mixture_of_their_indicators_is_a_first_eigenvector() -> Result<()> {
    let data = circles(1000, 0.05, 0.4, 0)?;
    let a = similarity_matrix(&data.x, 0.2)?;
    near(agreement(&components(&a)?, &data.y)?, 1.0, ON_PAPER);
    let l = laplacian(&a)?;
    let inner = data.y.mapv(|label| label as f64);
    for (b, c) in [(1.0, 0.0), (1.0, 1.0), (2.0, -3.0)] {
        let z = &inner * b + &(inner.mapv(|on| 1.0 - on) * c);
        all_near(&l.dot(&z), &Array1::zeros(1000), ON_PAPER * 100.0);
    }
    Ok(())
}

#[test]
fn beyond_the_widest_distance_the_graph_is_complete_and_is_refused() {
    let x = blog_moons().x;
    assert_eq!(
        spectral_clustering(&x, 10.0).expect_err("no structure"),
        Error::NoStructure {
            n: 200,
            advice: fiedler::error::Advice::default()
        }
    );
    for n in [3, 10] {
        let values = ok(eigh_generalized(&complete(n))).values;
        for k in 1..n {
            near(values[k], n as f64 / (n as f64 - 1.0), ON_PAPER);
        }
    }
}
