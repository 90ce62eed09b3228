//! Step 12e, stability: the share of labels that survive.

#![expect(clippy::float_cmp, reason = "shares of a few points are exact")]

mod support;

use fiedler::data::{RandomState, blog_moons};
use fiedler::ndarray::{Array1, array};
use fiedler::{
    Error, GraphRule, SpectralClustering, agreement,
    stability::{stability_under_resampling, stability_under_variants, surviving_share},
};
use proptest::prelude::*;
use support::{cases, ok, refused};

fn estimator(epsilon: f64) -> SpectralClustering {
    SpectralClustering::new().graph(GraphRule::Epsilon(epsilon))
}

/// All permutations of 0 … k − 1.
fn permutations(k: usize) -> Vec<Vec<usize>> {
    if k == 0 {
        return vec![vec![]];
    }
    let shorter = permutations(k - 1);
    let insert = |p: &Vec<usize>| -> Vec<Vec<usize>> {
        (0..k)
            .map(|place| {
                let mut longer = p.clone();
                longer.insert(place, k - 1);
                longer
            })
            .collect()
    };
    shorter.iter().flat_map(insert).collect()
}

#[test]
fn the_known_value_of_the_module_header() {
    assert_eq!(
        ok(surviving_share(
            &array![0, 0, 1, 1, 2],
            &array![1, 1, 0, 0, 0]
        )),
        0.8
    );
}

proptest! {
    #![proptest_config(cases(64))]

    #[test]
    fn the_matching_is_the_best_of_all_permutations(seed in 0_u64..10_000, k in 1u32..5, l in 1u32..5) {
        let mut rng = RandomState::new(seed);
        let labels = Array1::from_shape_fn(20, |_| rng.randint(k) as usize);
        let before = Array1::from_shape_fn(20, |_| rng.randint(l) as usize);
        let best = permutations(k.max(l) as usize)
            .iter()
            .map(|p| labels.iter().zip(&before).filter(|&(&label, &old)| p[label] == old).count())
            .max();
        let share = best.expect("at least one permutation") as f64 / 20.0;
        prop_assert_eq!(ok(surviving_share(&labels, &before)), share);
        prop_assert_eq!(ok(surviving_share(&before, &labels)), share);
    }

    #[test]
    fn for_two_clusters_the_surviving_share_is_the_agreement(seed in 0_u64..10_000) {
        let mut rng = RandomState::new(seed);
        let labels = Array1::from_shape_fn(15, |_| rng.randint(2) as usize);
        let before = Array1::from_shape_fn(15, |_| rng.randint(2) as usize);
        let (share, agreement) = (ok(surviving_share(&labels, &before)), ok(agreement(&labels, &before)));
        support::near(share, agreement, support::FEW_ROUNDINGS);
    }
}

#[test]
fn a_sample_of_all_points_keeps_every_label() {
    let moons = blog_moons();
    let found = ok(stability_under_resampling(
        &moons.x,
        &estimator(0.4),
        3,
        1.0,
        0,
    ));
    assert_eq!(
        (found.mean(), found.worst(), found.refused()),
        (1.0, 1.0, 0)
    );
    assert_eq!(found.points, Array1::<f64>::ones(200));
}

#[test]
fn the_moons_survive_resampling_and_a_small_change_of_epsilon_but_not_a_large_one() {
    let moons = blog_moons();
    let found = ok(stability_under_resampling(
        &moons.x,
        &estimator(0.4),
        10,
        0.9,
        1,
    ));
    assert!(found.mean() > 0.95, "{}", found.mean());
    let small = [0.38, 0.42].map(estimator);
    assert!(ok(stability_under_variants(&moons.x, &estimator(0.4), &small)).worst() > 0.97);
    let large = [0.05, 1.0].map(estimator);
    let changed = ok(stability_under_variants(&moons.x, &estimator(0.4), &large));
    assert_eq!(changed.refused(), 1); // isolated points at .05
    assert!(changed.rounds[0].is_err() && changed.worst() == 0.0);
    assert!(
        changed.rounds[1].as_ref().is_ok_and(|&share| share < 0.95),
        "{changed:?}"
    );
}

#[test]
fn the_same_seed_draws_the_same_samples_whatever_the_number_of_threads() {
    let moons = blog_moons();
    let run = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .expect("a pool");
        pool.install(|| {
            ok(stability_under_resampling(
                &moons.x,
                &estimator(0.4),
                6,
                0.8,
                3,
            ))
        })
    };
    assert_eq!(run(1), run(3));
}

#[test]
fn impossible_questions_are_refused() {
    let moons = blog_moons();
    for share in [0.0, -0.5, 1.5, f64::NAN] {
        let error = refused(stability_under_resampling(
            &moons.x,
            &estimator(0.4),
            2,
            share,
            0,
        ));
        assert!(
            matches!(error, Error::Parameter { name: "share", .. }),
            "{error}"
        );
    }
    assert!(matches!(
        refused(surviving_share(&array![0, 1], &array![0])),
        Error::Length { .. }
    ));
    assert!(matches!(
        refused(surviving_share(&array![0, 9], &array![0, 1])),
        Error::Label { point: 1, .. }
    ));
    let empty: Array1<usize> = array![];
    assert_eq!(refused(surviving_share(&empty, &empty)), Error::NoPoints);
}
