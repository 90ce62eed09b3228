//! The chapter on real data.

use crate::support::{near, relatively_near};
use crate::{FOUR_DIGITS, ON_PAPER};
use fiedler::data::{RandomState, iris, wine};
use fiedler::graph::known::karate_club;
use fiedler::ndarray::{Array1, Array2, Axis, array};
use fiedler::pixels::{pixel_graph, synthetic_picture};
use fiedler::{GraphRule, Labelling, Result, SpectralClustering, adjusted_rand_index, kmeans};

/// Each column's share of the mean squared distance.
fn shares(x: &Array2<f64>) -> Array1<f64> {
    let variances = x.var_axis(Axis(0), 0.0);
    let all = variances.sum();
    variances / all
}

#[test]
fn the_mean_squared_distance_is_twice_the_sum_of_the_variances() {
    let x = iris().x;
    let mut sum = 0.0;
    for one in x.rows() {
        for other in x.rows() {
            sum += (&one - &other).mapv(|e| e * e).sum();
        }
    }
    let mean = sum / (150.0 * 150.0);
    relatively_near(mean, 2.0 * x.var_axis(Axis(0), 0.0).sum(), 1e-11);
}

#[test]
fn the_petal_length_has_most_of_iris_and_the_sulphur_nearly_all_of_the_wine() {
    let of_iris = shares(&iris().x);
    relatively_near(of_iris[2], 0.6813, FOUR_DIGITS);
    relatively_near(of_iris[1], 0.0410, 5e-3);
    let wine = wine().x;
    let mut drawn: Vec<usize> = (0..1599).collect();
    RandomState::new(0).shuffle(&mut drawn);
    let of_wine = shares(&wine.select(Axis(0), &drawn[..400]));
    relatively_near(of_wine[6], 0.8907, FOUR_DIGITS); // total sulphur dioxide
    near(of_wine[5] + of_wine[6], 0.994, 5e-4); // with the free one
}

// ANCHOR: iris
#[test]
fn iris_in_three_clusters_has_136_of_150_right_and_a_certificate() -> Result<()> {
    let flowers = iris();
    let found = SpectralClustering::new()
        .clusters(3)
        .graph(GraphRule::nearest_neighbors(10))
        .fit(&flowers.x)?;

    let right = found.labels.iter().zip(&flowers.y).filter(|(a, b)| a == b);
    assert_eq!(right.count(), 136);
    relatively_near(
        adjusted_rand_index(&found.labels, &flowers.y)?,
        0.7592,
        FOUR_DIGITS,
    );
    relatively_near(found.certificate.ratio.unwrap(), 2.580, FOUR_DIGITS);
    // ANCHOR_END: iris
    relatively_near(found.certificate.normcut, 0.05007, FOUR_DIGITS);
    relatively_near(found.certificate.lower_bound, 0.01941, FOUR_DIGITS);
    relatively_near(
        adjusted_rand_index(&kmeans(&flowers.x, 3, 0)?.labels, &flowers.y)?,
        0.7302,
        FOUR_DIGITS,
    );
    let mut table = Array2::<f64>::zeros((3, 3));
    for (a, b) in found.labels.iter().zip(&flowers.y) {
        table[[*a, *b]] += 1.0;
    }
    assert_eq!(table, array![[50., 0., 0.], [0., 50., 14.], [0., 0., 36.]]);
    // ANCHOR: end
    Ok(())
}
// ANCHOR_END: end

#[test]
fn the_adjusted_rand_index_of_iris_follows_from_its_table_by_hand() {
    let pairs = |n: f64| n * (n - 1.0) / 2.0;
    let together = pairs(50.0) + pairs(50.0) + pairs(14.0) + pairs(36.0);
    let clusters = pairs(50.0) + pairs(64.0) + pairs(36.0);
    let species = 3.0 * pairs(50.0);
    near(together, 3171.0, 0.0);
    near(clusters, 3871.0, 0.0);
    near(species, 3675.0, 0.0);
    near(pairs(150.0), 11175.0, 0.0);
    let by_chance = clusters * species / pairs(150.0);
    relatively_near(by_chance, 1273.0, FOUR_DIGITS);
    let index = (together - by_chance) / (f64::midpoint(clusters, species) - by_chance);
    relatively_near(index, 0.7592, FOUR_DIGITS);
}

#[test]
fn the_wines_certificate_warns_of_a_graph_without_a_cheap_cut() -> Result<()> {
    let wines = wine();
    let mut drawn: Vec<usize> = (0..1599).collect();
    RandomState::new(0).shuffle(&mut drawn);
    let raw = wines.x.select(Axis(0), &drawn[..400]);
    let grade = wines.y.select(Axis(0), &drawn[..400]);
    let mean = raw.mean_axis(Axis(0)).unwrap();
    let x = (&raw - &mean) / &raw.std_axis(Axis(0), 0.0);
    let fit = |k| {
        SpectralClustering::new()
            .clusters(k)
            .graph(GraphRule::nearest_neighbors(20))
            .fit(&x)
    };
    let (two, six) = (fit(2)?, fit(6)?);
    relatively_near(two.eigenvalues[1], 0.095, 6e-3);
    near(adjusted_rand_index(&six.labels, &grade)?, 0.054, 5e-4);
    near(adjusted_rand_index(&two.labels, &grade)?, 0.037, 5e-4);
    Ok(())
}

#[test]
fn the_clubs_cuts_cost_less_than_its_history() -> Result<()> {
    let (club, factions) = karate_club();
    let fit = |labelling| SpectralClustering::new().labels(labelling).fit_graph(&club);
    let (sign, sweep) = (fit(Labelling::Sign)?, fit(Labelling::Sweep)?);
    relatively_near(club.normcut(&sign.labels)?, 0.2626, FOUR_DIGITS);
    relatively_near(club.normcut(&sweep.labels)?, 0.2566, FOUR_DIGITS);
    relatively_near(club.normcut(&factions)?, 0.2825, FOUR_DIGITS);
    near(club.cut(&factions)?, 11.0, 0.0);
    near(club.cut(&sign.labels)?, 10.0, 0.0);
    Ok(())
}

// ANCHOR: four_pixels
#[test]
fn four_pixels_in_a_row_are_the_two_pairs_of_the_eigenvectors_chapter() -> Result<()> {
    let row = array![[0.9, 0.8, 0.2, 0.1]];
    let graph = pixel_graph(&row, 0.3, 4.0, 1.0)?; // σ_I, σ_X, neighbours at distance 1

    let t = (-4.0_f64 + 1.0 / 9.0).exp(); // the middle edge over an outer one
    relatively_near(t, 0.02047, FOUR_DIGITS);
    let pairs = graph.smallest_eigenpairs(2)?;
    near(pairs.values[1], t / (1.0 + t), ON_PAPER);
    near(
        graph.normcut(&array![0, 0, 1, 1])?,
        2.0 * t / (2.0 + t),
        ON_PAPER,
    );
    // ANCHOR_END: four_pixels
    relatively_near(t / (1.0 + t), 0.02006, FOUR_DIGITS);
    relatively_near(2.0 * t / (2.0 + t), 0.02026, FOUR_DIGITS);
    Ok(())
}

#[test]
fn at_a_noise_of_0_12_the_graph_of_pixels_beats_the_greys_and_at_0_2_sigma_fails() -> Result<()> {
    let of = |noise: f64, sigma: f64| -> Result<[f64; 5]> {
        let (picture, parts) = synthetic_picture(24, 32, noise, 0)?;
        let truth: Array1<usize> = parts.iter().copied().collect();
        let graph = pixel_graph(&picture, sigma, 4.0, 5.0)?;
        let found = SpectralClustering::new().clusters(3).fit_graph(&graph)?;
        let greys: Vec<[f64; 1]> = picture.iter().map(|&grey| [grey]).collect();
        Ok([
            adjusted_rand_index(&found.labels, &truth)?,
            adjusted_rand_index(&kmeans(&greys.into(), 3, 0)?.labels, &truth)?,
            found.certificate.normcut,
            graph.normcut(&truth)?,
            found.certificate.lower_bound,
        ])
    };
    let clear = of(0.03, 0.1)?;
    near(clear[0], 1.0, 0.0);
    near(clear[1], 1.0, 0.0);
    let noisy = of(0.12, 0.1)?;
    near(noisy[0], 0.924, 5e-4);
    near(noisy[1], 0.548, 5e-4);
    let loose = of(0.03, 0.2)?;
    relatively_near(loose[2], 0.0650, 1e-3);
    relatively_near(loose[3], 0.0404, 2e-3);
    relatively_near(loose[4], 0.0247, 3e-3);
    near((6.75_f64).exp(), 854.06, 0.01);
    Ok(())
}

#[test]
fn a_column_of_2_4_and_6_has_a_6_of_1_2247_when_standardised() {
    near(2.0 / (8.0_f64 / 3.0).sqrt(), 1.2247, 5e-5);
}
