//! What the notebooks of the post say in passing, and no step's own test holds.

mod support;

use fiedler::data::{blog_arbitrary_labels, blog_moons, moons};
use fiedler::ndarray::{Array1, Array2};
use fiedler::{
    agreement, components, cut, degrees, kmeans, normcut, orth_obj, orth_obj_gradient,
    rayleigh_quotient, similarity_matrix,
};
use fiedler_exercises::by_hand::five;
use support::{FEW_ROUNDINGS, exactly, near, ok};

/// The post's graph.
fn posts_graph() -> (Array2<f64>, Array1<usize>) {
    let moons = blog_moons();
    (ok(similarity_matrix(&moons.x, 0.4)), moons.y)
}

#[test]
fn of_the_five_points_the_last_pair_is_joined_above_1_06() {
    let x = five().x;
    let way = &x.row(4) - &x.row(0);
    near(way.dot(&way).sqrt(), 1.061, 5e-4);
    exactly(ok(similarity_matrix(&x, 1.0)).sum(), 18.0);
    let d = ok(degrees(&five().a));
    assert_eq!(d.to_vec(), [2.0, 3.0, 3.0, 3.0, 1.0]);
}

#[test]
fn with_noise_0_10_no_epsilon_parts_the_graph_in_the_two_moons() {
    let noisy = ok(moons(1000, 0.10, 0));
    for hundredths in 1..=20_u32 {
        let a = ok(similarity_matrix(&noisy.x, f64::from(hundredths) / 100.0));
        let pieces = ok(components(&a));
        let two = pieces.iter().max() == Some(&1);
        assert!(!two || ok(agreement(&pieces, &noisy.y)) < 1.0);
        assert!(
            hundredths < 20 || pieces.sum() == 0,
            "one piece from 0.2 on"
        );
    }
}

#[test]
fn the_normcut_of_the_leftmost_points_falls_while_their_cut_grows() {
    let (a, _) = posts_graph();
    let x = blog_moons().x;
    let mut from_left: Vec<usize> = (0..200).collect();
    from_left.sort_by(|&i, &j| x[[i, 0]].total_cmp(&x[[j, 0]]));
    let split = |m: usize| {
        let mut y: Array1<usize> = Array1::zeros(200);
        from_left[..m].iter().for_each(|&i| y[i] = 1);
        y
    };
    let sizes = [1, 2, 5, 10, 20, 50, 100];
    let costs = sizes.map(|m| ok(normcut(&a, &split(m))));
    assert!(costs.windows(2).all(|pair| pair[1] < pair[0]), "{costs:?}");
    exactly(ok(cut(&a, &split(1))), 15.0);
    exactly(ok(cut(&a, &split(100))), 146.0);
}

#[test]
fn halving_a_moon_costs_more_than_parting_both() {
    let (a, y) = posts_graph();
    let x = blog_moons().x;
    let three = Array1::from_shape_fn(200, |i| {
        if y[i] == 1 {
            1
        } else {
            2 * usize::from(x[[i, 0]] > 0.0)
        }
    });
    let across: f64 = (0..200)
        .flat_map(|i| (0..200).map(move |j| (i, j)))
        .filter(|&(i, j)| three[i] == 0 && three[j] == 2)
        .map(|(i, j)| a[[i, j]])
        .sum();
    assert!(across > ok(cut(&a, &y)), "{across}");
}

#[test]
fn plus_and_minus_one_have_four_cuts_over_the_volume_as_their_quotient() {
    let (a, y) = posts_graph();
    let z = y.mapv(|label| if label == 0 { 1.0 } else { -1.0 });
    let wanted = 4.0 * ok(cut(&a, &y)) / a.sum();
    near(ok(rayleigh_quotient(&a, &z)), wanted, FEW_ROUNDINGS);
    let arbitrary = blog_arbitrary_labels();
    let by_kmeans = ok(kmeans(&blog_moons().x, 2, 0)).labels;
    let cost = |y: &Array1<usize>| ok(normcut(&a, y));
    assert!(cost(&by_kmeans) > 11.5 * cost(&y) && cost(&arbitrary) > cost(&by_kmeans));
}

#[test]
fn plain_descent_reaches_lambda_2_with_steps_of_two_hundredths_and_overshoots_with_five() {
    let (a, y) = posts_graph();
    let d = ok(degrees(&a));
    let after = |rounds: usize, step: f64| {
        let mut z = ok(fiedler::transform(&a, &y));
        for _ in 0..rounds {
            z = &z / z.dot(&(&d * &z)).sqrt();
            z = &z - &ok(orth_obj_gradient(&a, &z)) * step;
        }
        ok(orth_obj(&a, &z))
    };
    near(after(100, 0.02), 0.0054, 5e-5);
    near(after(1000, 0.02), 0.005_384, 5e-7);
    assert!(after(100, 0.05) > 0.1);
}
