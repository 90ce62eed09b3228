//! Claims about real data: iris, wines, the karate club and a picture, as notebook 13 makes them.

mod support;

use fiedler::data::{Data, RandomState, iris, wine};
use fiedler::graph::known::karate_club;
use fiedler::linfa::DatasetBase;
use fiedler::linfa::metrics::{SilhouetteScore, ToConfusionMatrix};
use fiedler::linfa::traits::{Fit, Predict};
use fiedler::ndarray::{Array1, Array2, Axis};
use fiedler::pixels::{pixel_graph, synthetic_picture};
use fiedler::{
    Clustering, GraphRule, Labelling, SpectralClustering, adjusted_rand_index, agreement,
    clustering::labels_above, kmeans, scores::normalized_mutual_information,
};
use support::{EPS, all_near, exactly, near, ok};

fn estimator(clusters: usize, neighbors: usize) -> SpectralClustering {
    SpectralClustering::new()
        .clusters(clusters)
        .graph(GraphRule::nearest_neighbors(neighbors))
}

fn ari(labels: &Array1<usize>, truth: &Array1<usize>) -> f64 {
    ok(adjusted_rand_index(labels, truth))
}

/// Each column with mean 0 and standard deviation 1.
fn standardised(x: &Array2<f64>) -> Array2<f64> {
    let mean = x.mean_axis(Axis(0)).expect("rows");
    (x - &mean) / &x.std_axis(Axis(0), 0.0)
}

/// The numbers below n in NumPy's random order of seed 0.
fn shuffled(n: usize) -> Vec<usize> {
    let mut order: Vec<usize> = (0..n).collect();
    RandomState::new(0).shuffle(&mut order);
    order
}

// --- Iris -------------------------------------------------------------------------------------------

#[test]
fn iris_in_three_clusters_makes_14_mistakes_and_k_means_is_a_little_worse() {
    let Data { x, y } = iris();
    let found = ok(estimator(3, 10).fit(&x));
    // The clusters come in the order of the species: the labels can be compared as they stand.
    let right = found.labels.iter().zip(&y).filter(|(a, b)| a == b).count();
    assert_eq!(right, 136);
    near(ari(&found.labels, &y), 0.7592, 5e-5);
    let mutual = ok(normalized_mutual_information(&found.labels, &y));
    near(mutual, 0.8057, 5e-5);
    let by_kmeans = ok(kmeans(&x, 3, 0)).labels;
    near(ari(&by_kmeans, &y), 0.7302, 5e-5);
}

#[test]
fn iris_comes_out_better_in_centimetres_than_standardised() {
    let Data { x, y } = iris();
    let scaled = standardised(&x);
    for neighbors in [5, 7, 10, 15, 20] {
        let of = |x: &Array2<f64>| ari(&ok(estimator(3, neighbors).fit(x)).labels, &y);
        let (in_cm, standard) = (of(&x), of(&scaled));
        assert!(in_cm > 0.74 && standard < 0.64, "{neighbors} neighbours");
    }
}

#[test]
fn on_iris_one_species_is_a_component_and_the_gap_comes_after_three() {
    let found = ok(estimator(3, 10).fit(&iris().x));
    assert_eq!(found.certificate.components, 2);
    assert!(found.certificate.conductances[0] < EPS);
    let numbers = ok(found.characteristics()).clone();
    assert_eq!(numbers.sizes.to_vec(), [50, 64, 36]);
    let gap = |i: usize| found.eigenvalues[i + 1] - found.eigenvalues[i];
    assert!(gap(2) > gap(0) && gap(2) > gap(1));
    assert!(found.certificate.is_optimal_within(2.6));
}

#[test]
fn flowers_that_come_later_get_the_cluster_that_they_would_have_had() {
    let x = iris().x;
    let order = shuffled(150);
    let (old, new) = order.split_at(120);
    let all = ok(estimator(3, 10).fit(&x)).labels;
    let on_old = ok(estimator(3, 10).fit(&x.select(Axis(0), old)));
    let of_new = ok(on_old.predict(&x.select(Axis(0), new)));
    exactly(ari(&of_new, &all.select(Axis(0), new)), 1.0);
}

// --- linfa ------------------------------------------------------------------------------------------

#[test]
fn linfas_traits_and_metrics_go_with_the_estimator() {
    let Data { x, y } = iris();
    let dataset = DatasetBase::new(x.clone(), y.clone());
    let fitted: Clustering = Fit::fit(&estimator(3, 10), &dataset).expect("iris");
    let labels: Array1<usize> = Predict::predict(&fitted, &dataset);
    assert_eq!(labels, fitted.labels);
    let confusion = labels.confusion_matrix(&y).expect("as many of both");
    near(f64::from(confusion.accuracy()), 136.0 / 150.0, 1e-6); // it counts in f32
}

#[test]
fn the_silhouette_likes_the_clusters_of_iris_better_than_the_species() {
    let Data { x, y } = iris();
    let labels = ok(estimator(3, 10).fit(&x)).labels;
    let score = |labels: Array1<usize>| {
        let dataset = DatasetBase::new(x.clone(), labels);
        dataset.silhouette_score().expect("three clusters")
    };
    let (found, species) = (score(labels), score(y));
    near(found, 0.5539, 5e-5);
    near(species, 0.5033, 5e-5);
}

// --- Wine -------------------------------------------------------------------------------------------

/// 400 wines, drawn at random, their measurements standardised.
fn wines() -> (Array2<f64>, Array1<usize>) {
    let Data { x, y } = wine();
    let drawn = &shuffled(1599)[..400];
    let x = standardised(&x.select(Axis(0), drawn));
    (x, y.select(Axis(0), drawn))
}

#[test]
fn standardised_columns_have_mean_0_and_deviation_1() {
    let (x, _) = wines();
    let few = 400.0 * EPS; // a sum of 400
    // The density is about 0.997 with a deviation of 0.002: subtracting costs three digits.
    all_near(
        &x.mean_axis(Axis(0)).expect("rows"),
        &Array1::zeros(11),
        1e3 * few,
    );
    all_near(&x.std_axis(Axis(0), 0.0), &Array1::ones(11), few);
}

#[test]
fn clusters_of_wines_are_not_the_tasters_grades_but_not_chance_either() {
    let (x, grade) = wines();
    for k in [2, 6] {
        let labels = ok(estimator(k, 20).fit(&x)).labels;
        let found = ari(&labels, &grade);
        let (mut mixed, mut rng) = (grade.to_vec(), RandomState::new(1));
        let mut by_chance = 0.0_f64;
        for _ in 0..200 {
            rng.shuffle(&mut mixed);
            by_chance = by_chance.max(ari(&labels, &mixed.clone().into()));
        }
        assert!(
            found < 0.1 && found > by_chance,
            "{k}: {found}, {by_chance}"
        );
    }
}

#[test]
fn the_two_clusters_of_wines_are_those_of_less_and_more_acid() {
    let (x, _) = wines();
    let found = ok(estimator(2, 20).fit(&x));
    let centers = ok(found.characteristics()).centers.clone();
    let fixed = 0;
    let more = usize::from(centers[[1, fixed]] > centers[[0, fixed]]);
    let (volatile, citric, ph) = (1, 2, 8);
    assert!(centers[[more, fixed]] > 0.5 && centers[[more, citric]] > 0.5);
    assert!(centers[[more, volatile]] < -0.5 && centers[[more, ph]] < -0.5);
}

#[test]
fn unscaled_the_sulphur_dioxide_decides() {
    let Data { x, .. } = wine();
    let x = x.select(Axis(0), &shuffled(1599)[..400]);
    let found = ok(estimator(2, 20).fit(&x));
    let centers = ok(found.characteristics()).centers.clone();
    let spread = x.std_axis(Axis(0), 0.0);
    let apart = (&centers.row(0) - &centers.row(1)).mapv(f64::abs) / spread;
    let sulphur = 6;
    for (column, other) in apart
        .iter()
        .enumerate()
        .filter(|(i, _)| ![5, 6].contains(i))
    {
        assert!(apart[sulphur] > 4.0 * other, "column {column}: {apart}");
    }
}

// --- The karate club --------------------------------------------------------------------------------

#[test]
fn the_sign_misplaces_members_2_and_8_of_the_karate_club_and_the_sweep_member_8_alone() {
    let (club, factions) = karate_club();
    let misplaced = |labelling: Labelling| {
        let found = ok(SpectralClustering::new().labels(labelling).fit_graph(&club)).labels;
        let with_instructor = found[0];
        let wrong = |&i: &usize| (found[i] != with_instructor) != (factions[i] != 0);
        let wrong: Vec<usize> = (0..34).filter(wrong).collect();
        (wrong, ok(club.normcut(&found)))
    };
    let (sign, sweep) = (misplaced(Labelling::Sign), misplaced(Labelling::Sweep));
    assert_eq!((sign.0, sweep.0), (vec![2, 8], vec![8]));
    // The club did not split along its cheapest cut.
    assert!(sweep.1 < sign.1 && sign.1 < ok(club.normcut(&factions)));
}

#[test]
fn a_threshold_that_costs_more_puts_all_members_of_the_club_right() {
    let (club, factions) = karate_club();
    let z = ok(club.smallest_eigenpairs(2)).vectors.column(1).to_owned();
    let found = ok(labels_above(&z, -0.03));
    exactly(ok(agreement(&found, &factions)), 1.0);
    let by_sign = ok(labels_above(&z, 0.0));
    assert!(ok(club.normcut(&found)) > ok(club.normcut(&by_sign)));
}

#[test]
fn member_8_went_with_the_instructor_and_has_more_friends_among_the_officers() {
    let (club, factions) = karate_club();
    assert_eq!(factions[8], factions[0]);
    let friends = ok(club.neighbors(8));
    let officers = friends.iter().filter(|(j, _)| factions[*j] == factions[33]);
    assert_eq!((officers.count(), friends.len()), (3, 5));
}

// --- A picture --------------------------------------------------------------------------------------

/// The picture's truth, and what the graph of its pixels and its greys alone find of it.
fn cut_in_three(noise: f64, sigma: f64) -> (f64, f64) {
    let (picture, parts) = ok(synthetic_picture(24, 32, noise, 0));
    let truth: Array1<usize> = parts.iter().copied().collect();
    let graph = ok(pixel_graph(&picture, sigma, 4.0, 5.0));
    let found = ok(SpectralClustering::new().clusters(3).fit_graph(&graph));
    let greys: Vec<[f64; 1]> = picture.iter().map(|&grey| [grey]).collect();
    let by_grey = ok(kmeans(&greys.into(), 3, 0));
    (ari(&found.labels, &truth), ari(&by_grey.labels, &truth))
}

#[test]
fn a_picture_with_little_noise_falls_into_its_true_parts_by_graph_and_by_grey() {
    assert_eq!(cut_in_three(0.03, 0.1), (1.0, 1.0));
}

#[test]
fn with_more_noise_the_graph_finds_the_parts_and_the_greys_alone_do_not() {
    let (graph, grey) = cut_in_three(0.12, 0.1);
    assert!(graph > 0.9 && grey < 0.6, "{graph}, {grey}");
}

#[test]
fn with_noise_of_one_and_a_half_sigma_the_graph_is_worse_than_the_greys() {
    let (graph, grey) = cut_in_three(0.15, 0.1);
    assert!(graph < grey && grey < 0.5, "{graph}, {grey}");
}

#[test]
fn with_sigma_0_2_the_cut_fails_though_the_true_parts_cost_less() {
    let (picture, parts) = ok(synthetic_picture(24, 32, 0.03, 0));
    let truth: Array1<usize> = parts.iter().copied().collect();
    let graph = ok(pixel_graph(&picture, 0.2, 4.0, 5.0));
    let found = ok(SpectralClustering::new().clusters(3).fit_graph(&graph));
    assert!(ari(&found.labels, &truth) < 0.6);
    let cheaper = ok(graph.normcut(&truth));
    assert!(cheaper < 0.7 * found.certificate.normcut);
    assert!(found.certificate.lower_bound < cheaper);
}
