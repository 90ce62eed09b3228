//! The chapter on the random walk.

use crate::numbers::Printed;
use crate::support::{all_near, cases, complete, graphs, near, ok, relatively_near};
use crate::{FOUR_DIGITS, ON_PAPER};
use fiedler::data::{blog_moons, moons};
use fiedler::ndarray::{Array1, Array2, Axis, array};
use fiedler::walk::{
    commute_distances, commute_limit, leaving_probability, pseudo_inverse, stationary,
    transition_matrix,
};
use fiedler::{Graph, Result, agreement, labels_by_sign};
use proptest::prelude::*;

/// Sizes of examples, steps of the figure and of the table, exercise and formula numbers; the years 2001, 2010 and 2014
/// of the sources; the step.
pub const CHOSEN: &[&str] = &[
    "100", "11", "16", "200", "400", "1500", "2001", "2010", "2014",
];

/// The numbers that the chapter prints.
pub fn printed() -> Result<Printed> {
    let pi = stationary(&two_pairs()?)?;
    let post = blog_moons();
    let graph = Graph::epsilon(&post.x, 0.4)?;
    let leaving = leaving_probability(&graph, &post.y)?;
    let volumes = graph.vols(&post.y)?;
    let mixing = Spectral::new(&graph)?;
    let (few, more, many) = (
        error_and_ratio(100)?,
        error_and_ratio(200)?,
        error_and_ratio(400)?,
    );
    let ((within1, between1), (within4, between4)) = (quotients(100)?, quotients(400)?);
    let words = words_and_reports()?.smallest_eigenpairs(9)?.values;
    let c = commute_distances(&two_pairs()?)?;
    let (low, high) = mixing.bounds();
    let dense = moons(400, 0.05, 0)?;
    let faded = Spectral::new(&Graph::gaussian(&dense.x, 0.3)?)?;
    let between_over_within = |t: u32| faded.between_over_within(t, &dense.y);
    Ok(vec![
        ("0.2", pi[0]),
        ("0.3", pi[1]),
        ("0.5", pi[0] + pi[1]),
        ("13", graph.cut(&post.y)?),
        ("2299", volumes[0]),
        ("2217", volumes[1]),
        ("177", 1.0 / leaving[0]),
        ("171", 1.0 / leaving[1]),
        ("258", low.ceil()),
        ("1435", high),
        ("930", mixing.first_below_one(30)),
        ("355", f64::from(mixing.time())),
        ("10", two_pairs()?.volume()),
        ("10", c[[0, 3]] / 2.0),
        ("20", c[[0, 3]]),
        ("1.53", few.0),
        ("1.30", few.1),
        ("0.860", few.2),
        ("0.75", more.0),
        ("1.17", more.1),
        ("0.855", more.2),
        ("0.40", many.0),
        ("1.10", many.1),
        ("0.870", many.2),
        ("86", 100.0 * (few.2 + more.2 + many.2) / 3.0),
        ("1.1", between1[0]),
        ("2.5", between1[1]),
        ("0.9", within1[0]),
        ("1.9", within1[1]),
        ("1.0", between4[0]),
        ("1.4", between4[1]),
        ("1.0", within4[0]),
        ("1.25", within4[1]),
        ("1.00", between_over_within(0)),
        ("1.35", between_over_within(4)),
        ("2.28", between_over_within(16)),
        ("0.134", words[1]),
        ("0.866", 1.0 - words[1]),
        ("0.711", words[2]),
        ("0.711", words[3]),
    ])
}

/// The smallest and the largest quotient of the commute distance over its limit, within a moon and between.
fn quotients(n: usize) -> Result<([f64; 2], [f64; 2])> {
    let data = moons(n, 0.05, 0)?;
    let graph = Graph::gaussian(&data.x, 0.3)?;
    let (c, limit) = (commute_distances(&graph)?, commute_limit(&graph)?);
    let mut found = ([f64::INFINITY, 0.0], [f64::INFINITY, 0.0]);
    for ((i, j), c) in c.indexed_iter().filter(|((i, j), _)| i < j) {
        let quotient = c / limit[[i, j]];
        let of = if data.y[i] == data.y[j] {
            &mut found.0
        } else {
            &mut found.1
        };
        *of = [of[0].min(quotient), of[1].max(quotient)];
    }
    Ok(found)
}

/// A lazy walk by its eigenvectors, as (6) has it.
struct Spectral {
    tau: Array1<f64>,
    z: Array2<f64>,
    d: Array1<f64>,
}

impl Spectral {
    fn new(graph: &Graph) -> Result<Self> {
        let pairs = graph.smallest_eigenpairs(graph.vertex_count())?;
        Ok(Self {
            tau: 1.0 - pairs.values / 2.0,
            z: pairs.vectors,
            d: graph.degrees().clone(),
        })
    }

    /// The chances after t steps.
    fn after(&self, t: u32) -> Array2<f64> {
        let faded = &self.z * &self.tau.mapv(|tau| power(tau, t));
        faded.dot(&self.z.t()) * &self.d
    }

    fn stationary(&self) -> Array1<f64> {
        &self.d / self.d.sum()
    }

    /// r(t).
    fn rest(&self, t: u32) -> f64 {
        let off = (self.after(t) - self.stationary()).mapv(f64::abs);
        off.sum_axis(Axis(1))
            .fold(0.0, |most: f64, &sum| most.max(sum / 2.0))
    }

    /// The mixing time, by halving: r never grows.
    fn time(&self) -> u32 {
        let (mut low, mut high) = (0, 4096);
        while low + 1 < high {
            let middle = u32::midpoint(low, high);
            if self.rest(middle) <= 0.25 {
                high = middle;
            } else {
                low = middle;
            }
        }
        high
    }

    /// Both sides of (8).
    fn bounds(&self) -> (f64, f64) {
        let least = self.stationary().fold(1.0, |least: f64, &pi| least.min(pi));
        let lambda = 2.0 * (1.0 - self.tau[1]);
        let high = 2.0 / lambda * (2.0 / least.sqrt()).ln();
        (-(2.0_f64.ln()) / self.tau[1].ln(), high.ceil())
    }

    /// The first of every so many steps at which the right side of (7) is at most 1.
    fn first_below_one(&self, every: u32) -> f64 {
        let least = self.stationary().fold(1.0, |least: f64, &pi| least.min(pi));
        let below = |t: &u32| power(self.tau[1], *t) / (2.0 * least.sqrt()) <= 1.0;
        (0..50)
            .map(|step| step * every)
            .find(below)
            .map_or(f64::NAN, f64::from)
    }

    /// The squared diffusion distance: the right side of (18), for `steps` = 2t.
    fn diffusion(&self, i: usize, j: usize, steps: u32) -> f64 {
        let off = &self.z.row(i) - &self.z.row(j);
        let faded = self.tau.mapv(|tau| power(tau, steps));
        self.d.sum() * (&off * &off).dot(&faded)
    }

    /// Its mean between the clusters over that within.
    fn between_over_within(&self, t: u32, labels: &Array1<usize>) -> f64 {
        let faded = &self.z * &self.tau.mapv(|tau| power(tau, t));
        let products = faded.dot(&faded.t());
        let (mut within, mut between) = ((0.0, 0.0), (0.0, 0.0));
        for ((i, j), product) in products.indexed_iter().filter(|((i, j), _)| i < j) {
            let square = products[[i, i]] + products[[j, j]] - 2.0 * product;
            let of = if labels[i] == labels[j] {
                &mut within
            } else {
                &mut between
            };
            *of = (of.0 + square, of.1 + 1.0);
        }
        between.0 / between.1 / (within.0 / within.1)
    }
}

/// τᵗ, where rounding may leave τ a little below 0.
fn power(tau: f64, t: u32) -> f64 {
    tau.max(0.0).powi(i32::try_from(t).expect("few steps"))
}

/// ½(I + P).
fn lazy(graph: &Graph) -> Result<Array2<f64>> {
    Ok((Array2::<f64>::eye(graph.vertex_count()) + transition_matrix(graph)?) / 2.0)
}

proptest! {
    #![proptest_config(cases(48))]

    #[test]
    fn the_eigenvectors_give_the_chances_after_any_number_of_steps(a in graphs()) {
        let graph = ok(Graph::from_matrix(a));
        let (spectral, step) = (ok(Spectral::new(&graph)), ok(lazy(&graph)));
        let d = graph.degrees();
        let unit = d.fold(0.0, |most: f64, &d| most.max(1.0 / d));
        let inverse = Array2::from_diag(&d.mapv(f64::recip));
        all_near(&spectral.z.dot(&spectral.z.t()), &inverse, 1e-11 * unit);
        // Weights differ a hundredfold, and so do the squares of entries.
        let mut chances = Array2::<f64>::eye(graph.vertex_count());
        for t in 0..12 {
            all_near(&spectral.after(t), &chances, 1e-9);
            chances = chances.dot(&step);
        }
    }

    #[test]
    fn the_distance_from_the_stationary_distribution_lies_between_its_bounds(a in graphs()) {
        let graph = ok(Graph::from_matrix(a));
        let (step, pi) = (ok(lazy(&graph)), ok(stationary(&graph)));
        let tau = 1.0 - ok(graph.smallest_eigenpairs(2)).values[1] / 2.0;
        let least = pi.fold(1.0, |least: f64, &pi| least.min(pi));
        let mut chances = Array2::<f64>::eye(graph.vertex_count());
        for t in 0..30 {
            let off = (&chances - &pi).mapv(f64::abs).sum_axis(Axis(1)) / 2.0;
            let rest = off.fold(0.0, |most: f64, &off| most.max(off));
            prop_assert!(power(tau, t) / 2.0 <= rest + 1e-12);
            prop_assert!(rest <= power(tau, t) / (2.0 * least.sqrt()) + 1e-12);
            chances = chances.dot(&step);
        }
    }

    #[test]
    fn the_diffusion_distance_is_a_distance_of_faded_eigenvectors(a in graphs()) {
        let graph = ok(Graph::from_matrix(a));
        let (spectral, step, pi) = (ok(Spectral::new(&graph)), ok(lazy(&graph)), ok(stationary(&graph)));
        let (n, limit) = (graph.vertex_count(), ok(commute_limit(&graph)));
        let mut chances = Array2::<f64>::eye(n);
        for t in 0..8 {
            for (i, j) in [(0, 1), (0, n - 1), (1, n - 1)] {
                let off = &chances.row(i) - &chances.row(j);
                let found = (&off * &off / &pi).sum();
                near(spectral.diffusion(i, j, 2 * t), found, 1e-9 * limit[[i, j]]);
                if t == 0 {
                    relatively_near(found, limit[[i, j]], 1e-11);
                }
            }
            chances = chances.dot(&step);
        }
    }

    #[test]
    fn the_error_of_the_limit_is_at_most_the_largest_share_of_an_edge_times_the_gap(a in graphs()) {
        let heaviest = a.fold(0.0, |most: f64, &weight| most.max(weight));
        let graph = ok(Graph::from_matrix(a));
        let lightest = graph.degrees().fold(f64::INFINITY, |least: f64, &d| least.min(d));
        let value = ok(graph.smallest_eigenpairs(2)).values[1];
        let bound = heaviest / lightest * (1.0 + 1.0 / value);
        let (c, limit) = (ok(commute_distances(&graph)), ok(commute_limit(&graph)));
        for ((i, j), c) in c.indexed_iter().filter(|((i, j), _)| i != j) {
            prop_assert!((c / limit[[i, j]] - 1.0).abs() <= bound + 1e-9);
        }
    }
}

#[test]
fn the_error_of_the_limit_keeps_its_bound_on_complete_graphs_and_moons() -> Result<()> {
    let dense = moons(100, 0.05, 0)?;
    for graph in [
        Graph::from_matrix(complete(30))?,
        Graph::gaussian(&dense.x, 0.3)?,
    ] {
        let weights = graph.weighted_edges();
        let heaviest = weights.fold(0.0, |most: f64, (_, _, weight)| most.max(weight));
        let degrees = graph.degrees();
        let lightest = degrees.fold(f64::INFINITY, |least: f64, &d| least.min(d));
        let bound = heaviest / lightest * (1.0 + 1.0 / graph.smallest_eigenpairs(2)?.values[1]);
        let (c, limit) = (commute_distances(&graph)?, commute_limit(&graph)?);
        for ((i, j), c) in c.indexed_iter().filter(|((i, j), _)| i != j) {
            assert!((c / limit[[i, j]] - 1.0).abs() <= bound);
        }
    }
    Ok(())
}

#[test]
fn the_moons_mix_within_the_bounds_of_the_theorem() -> Result<()> {
    let graph = Graph::epsilon(&blog_moons().x, 0.4)?;
    let spectral = Spectral::new(&graph)?;
    let (time, (low, high)) = (spectral.time(), spectral.bounds());
    assert!(low <= f64::from(time) && f64::from(time) <= high);
    // By the walk itself, squared again and again.
    let (mut square, mut chances) = (lazy(&graph)?, Array2::<f64>::eye(200));
    let mut left = time;
    while left > 0 {
        if left % 2 == 1 {
            chances = chances.dot(&square);
        }
        square = square.dot(&square);
        left /= 2;
    }
    all_near(&chances, &spectral.after(time), 1e-10);
    assert!(spectral.rest(time) <= 0.25 && spectral.rest(time - 1) > 0.25);
    assert_eq!(
        Spectral::new(&Graph::from_matrix(complete(200))?)?.time(),
        2
    );
    Ok(())
}

#[test]
fn the_commute_distance_is_half_the_sum_of_all_diffusion_distances() -> Result<()> {
    let graph = two_pairs()?;
    let (spectral, c) = (Spectral::new(&graph)?, commute_distances(&graph)?);
    for (i, j) in [(0, 1), (1, 2), (0, 3)] {
        // (5/6)³⁰⁰ is below rounding.
        let sum: f64 = (0..300).map(|s| spectral.diffusion(i, j, s)).sum();
        near(sum / 2.0, c[[i, j]], 1e-11);
    }
    Ok(())
}

#[test]
fn the_diffusion_distance_tells_the_moons_apart_where_the_commute_distance_does_not() -> Result<()>
{
    let data = moons(400, 0.05, 0)?;
    let spectral = Spectral::new(&Graph::gaussian(&data.x, 0.3)?)?;
    let quotients = [0, 4, 16].map(|t| spectral.between_over_within(t, &data.y));
    assert!(
        quotients.windows(2).all(|two| two[0] < two[1]),
        "{quotients:?}"
    );
    let of_commutes = error_and_ratio(400)?.1;
    assert!(
        quotients[0] < of_commutes && of_commutes < quotients[1],
        "{quotients:?}"
    );
    Ok(())
}

/// How often each of five words stands in each of four reports.
fn counts() -> Array2<f64> {
    array![
        [2., 1., 0., 0.],
        [1., 2., 0., 0.],
        [1., 1., 1., 1.],
        [0., 0., 2., 1.],
        [0., 0., 1., 2.]
    ]
}

/// The words, and after them the reports.
fn words_and_reports() -> Result<Graph> {
    // ANCHOR: words
    let b = counts(); // a row for each word, a column for each report
    let stands = b.indexed_iter().filter(|(_, count)| **count > 0.0);
    let edges: Vec<_> = stands.map(|((i, l), &count)| (i, 5 + l, count)).collect();
    let graph = Graph::from_edges(9, &edges)?;
    let z = graph.fiedler_vector()?.vector; // 0 to 4: words, 5 to 8: reports
    // ANCHOR_END: words
    assert_eq!(z.len(), 9);
    Ok(graph)
}

#[test]
fn words_and_documents_fall_into_their_two_subjects_together() -> Result<()> {
    let graph = words_and_reports()?;
    let found = graph.fiedler_vector()?;
    near(found.value, 1.0 - 0.75_f64.sqrt(), ON_PAPER);
    let z = &found.vector / found.vector[0];
    // β over α is σ: 3β = σ · 3α.
    let beta = 0.75_f64.sqrt();
    let wanted = array![1., 1., 0., -1., -1., beta, beta, -beta, -beta];
    all_near(&z, &wanted, 1e-12);
    let values = graph.smallest_eigenpairs(9)?.values;
    let twice = 1.0 - 12_f64.sqrt().recip();
    all_near([values[2], values[3]].iter(), &[twice, twice], 1e-12);
    all_near(graph.degrees(), &[3., 3., 4., 3., 3., 4., 4., 4., 4.], 0.0);
    Ok(())
}

#[test]
fn the_eigenvectors_of_words_and_documents_are_singular_vectors() -> Result<()> {
    let pairs = words_and_reports()?.smallest_eigenpairs(9)?;
    let b = counts();
    let roots = |axis| b.sum_axis(axis).mapv(f64::sqrt);
    let (of_words, of_reports) = (roots(Axis(1)), roots(Axis(0)));
    let n = &b / &of_reports / &of_words.clone().insert_axis(Axis(1));
    for k in 0..9 {
        // A mirror image about 1, with a 1 for the word that is too many.
        near(pairs.values[k] + pairs.values[8 - k], 2.0, 1e-12);
        let sigma = 1.0 - pairs.values[k];
        let z = pairs.vectors.column(k);
        let (x, y) = z.split_at(Axis(0), 5);
        let (u, v) = (&x * &of_words, &y * &of_reports);
        all_near(&n.dot(&v), &(&u * sigma), 1e-12);
        all_near(&n.t().dot(&u), &(&v * sigma), 1e-12);
        all_near(&b.dot(&y), &(&x * &(&of_words * &of_words) * sigma), 1e-12);
    }
    Ok(())
}

#[test]
fn the_largest_eigenvectors_of_words_and_documents_are_the_smallest_with_one_side_turned()
-> Result<()> {
    let pairs = words_and_reports()?.smallest_eigenpairs(9)?;
    for (small, large) in [(0, 8), (1, 7)] {
        let (z, turned) = (pairs.vectors.column(small), pairs.vectors.column(large));
        let turned = &turned * (z[0] / turned[0]);
        for l in 0..9 {
            let wanted = if l < 5 { z[l] } else { -z[l] };
            near(turned[l], wanted, 1e-12);
        }
    }
    Ok(())
}

/// Sums over 200 points of numbers near 1000: some hundred ε of them.
const STEPS_ON_THE_MOONS: f64 = 1e-8;

fn two_pairs() -> Result<Graph> {
    Graph::from_edges(4, &[(0, 1, 2.0), (1, 2, 1.0), (2, 3, 2.0)])
}

#[test]
fn one_step_on_the_two_pairs_is_the_one_by_hand() -> Result<()> {
    let graph = two_pairs()?;
    let p = array![
        [0., 1., 0., 0.],
        [2. / 3., 0., 1. / 3., 0.],
        [0., 1. / 3., 0., 2. / 3.],
        [0., 0., 1., 0.]
    ];
    all_near(&transition_matrix(&graph)?, &p, ON_PAPER);

    let pi = stationary(&graph)?;
    all_near(&pi, &array![0.2, 0.3, 0.3, 0.2], ON_PAPER);
    all_near(&pi.dot(&p), &pi, ON_PAPER); // a step leaves π as it is

    let y = array![0, 0, 1, 1];
    let leaving = leaving_probability(&graph, &y)?;
    all_near(&leaving, &array![0.2, 0.2], ON_PAPER);
    near(leaving.sum(), graph.normcut(&y)?, ON_PAPER); // 2/5
    Ok(())
}

#[test]
fn on_the_moons_a_walker_leaves_a_moon_once_in_some_170_steps() -> Result<()> {
    let moons = blog_moons();
    let graph = Graph::epsilon(&moons.x, 0.4)?;
    let leaving = leaving_probability(&graph, &moons.y)?;
    relatively_near(leaving[0], 13.0 / 2299.0, ON_PAPER);
    relatively_near(leaving[1], 13.0 / 2217.0, ON_PAPER);
    relatively_near(1.0 / leaving[0], 176.8, FOUR_DIGITS);
    relatively_near(1.0 / leaving[1], 170.5, FOUR_DIGITS);
    Ok(())
}

/// All commute distances of the two pairs.
fn commutes() -> Result<Array2<f64>> {
    // ANCHOR: commute
    let graph = Graph::from_edges(4, &[(0, 1, 2.0), (1, 2, 1.0), (2, 3, 2.0)])?;
    let c = commute_distances(&graph)?; // c[[0, 3]]: 20, up to rounding
    // ANCHOR_END: commute
    Ok(c)
}

#[test]
fn from_end_to_end_of_the_two_pairs_and_back_takes_20_steps() -> Result<()> {
    let c = commutes()?;
    near(c[[0, 3]], 20.0, ON_PAPER);
    near(c[[0, 1]], 5.0, ON_PAPER);
    near(c[[1, 2]], 10.0, ON_PAPER);
    Ok(())
}

#[test]
fn the_hitting_times_of_the_last_vertex_solve_their_equation() -> Result<()> {
    let graph = two_pairs()?;
    let h = array![10., 9., 4., 0.];
    let left = graph.laplacian()?.dot(&h);
    // d − vol(V) e₄
    all_near(&left, &array![2., 3., 3., 2. - 10.], ON_PAPER);
    let by_inverse = pseudo_inverse(&graph)?.dot(&array![2., 3., 3., -8.]);
    all_near(&(&by_inverse - by_inverse[3]), &h, ON_PAPER);
    Ok(())
}

#[test]
fn the_commute_distance_is_a_sum_over_all_eigenvectors() -> Result<()> {
    let moons = blog_moons();
    for (graph, slack) in [
        (two_pairs()?, ON_PAPER),
        (Graph::epsilon(&moons.x, 0.4)?, STEPS_ON_THE_MOONS),
    ] {
        let n = graph.vertex_count();
        let c = commute_distances(&graph)?;
        let pairs = graph.smallest_eigenpairs(n)?;
        for (i, j) in [(0, 1), (0, n - 1), (1, n - 2)] {
            let sum: f64 = (1..n)
                .map(|k| {
                    let z = pairs.vectors.column(k);
                    (z[i] - z[j]).powi(2) / pairs.values[k]
                })
                .sum();
            near(graph.volume() * sum, c[[i, j]], slack);
        }
    }
    Ok(())
}

#[test]
fn the_squared_differences_alone_sum_to_the_two_degrees() -> Result<()> {
    let graph = two_pairs()?;
    let z = graph.smallest_eigenpairs(4)?.vectors;
    let d = graph.degrees();
    for i in 0..4 {
        for j in (0..4).filter(|&j| j != i) {
            let off = &z.row(i) - &z.row(j);
            near(off.dot(&off), 1.0 / d[i] + 1.0 / d[j], ON_PAPER);
        }
    }
    Ok(())
}

#[test]
fn the_commute_distance_lies_between_its_limit_over_the_last_and_over_the_second_eigenvalue()
-> Result<()> {
    let moons = blog_moons();
    for graph in [
        two_pairs()?,
        Graph::epsilon(&moons.x, 0.4)?,
        Graph::gaussian(&moons.x, 0.3)?,
    ] {
        let n = graph.vertex_count();
        let values = graph.smallest_eigenpairs(n)?.values;
        let (c, limit) = (commute_distances(&graph)?, commute_limit(&graph)?);
        for (c, limit) in c.iter().zip(&limit) {
            assert!(limit / values[n - 1] <= c + STEPS_ON_THE_MOONS);
            assert!(*c <= limit / values[1] + STEPS_ON_THE_MOONS);
        }
    }
    Ok(())
}

/// The largest error of the limit, as a share of it; the mean distance between moons over that within.
fn error_and_ratio(n: usize) -> Result<(f64, f64, f64)> {
    let data = moons(n, 0.05, 0)?;
    let graph = Graph::gaussian(&data.x, 0.3)?;
    let (c, limit) = (commute_distances(&graph)?, commute_limit(&graph)?);
    let (mut error, mut within, mut between) = (0.0_f64, 0.0, 0.0);
    let (mut withins, mut betweens) = (0.0, 0.0);
    for ((i, j), &c) in c.indexed_iter().filter(|((i, j), _)| i != j) {
        error = error.max((c / limit[[i, j]] - 1.0).abs());
        if data.y[i] == data.y[j] {
            (within, withins) = (within + c, withins + 1.0);
        } else {
            (between, betweens) = (between + c, betweens + 1.0);
        }
    }
    let second = graph.smallest_eigenpairs(2)?.vectors.column(1).to_owned();
    let right = agreement(&labels_by_sign(&second)?, &data.y)?;
    Ok((error, between / betweens / (within / withins), right))
}

#[test]
fn the_more_points_the_less_the_commute_distance_tells_the_moons_apart() -> Result<()> {
    // points, largest error, between over within, right by sign
    for (n, error, ratio, right) in [
        (100, 1.532, 1.295, 0.860),
        (200, 0.7525, 1.173, 0.855),
        (400, 0.4016, 1.100, 0.870),
    ] {
        let found = error_and_ratio(n)?;
        relatively_near(found.0, error, FOUR_DIGITS);
        relatively_near(found.1, ratio, FOUR_DIGITS);
        relatively_near(found.2, right, FOUR_DIGITS);
    }
    Ok(())
}

#[test]
fn the_resistances_of_all_edges_sum_to_one_less_than_the_vertices() -> Result<()> {
    let moons = blog_moons();
    for (graph, slack) in [
        (two_pairs()?, ON_PAPER),
        (Graph::from_matrix(complete(7))?, ON_PAPER),
        (Graph::epsilon(&moons.x, 0.4)?, STEPS_ON_THE_MOONS),
    ] {
        let c = commute_distances(&graph)?;
        let sum: f64 = graph
            .weighted_edges()
            .map(|(i, j, weight)| weight * c[[i, j]] / graph.volume())
            .sum();
        near(sum, graph.vertex_count() as f64 - 1.0, slack);
    }
    Ok(())
}

#[test]
fn on_a_triangle_every_commute_takes_four_steps() -> Result<()> {
    let c = commute_distances(&Graph::from_matrix(complete(3))?)?;
    let wanted = array![[0., 4., 4.], [4., 0., 4.], [4., 4., 0.]];
    all_near(&c, &wanted, ON_PAPER);
    Ok(())
}

#[test]
fn on_the_path_of_weights_2_and_1_the_walker_leaves_as_the_book_says() -> Result<()> {
    let path = Graph::from_edges(3, &[(0, 1, 2.0), (1, 2, 1.0)])?;
    all_near(
        &leaving_probability(&path, &array![0, 0, 1])?,
        &array![0.2, 1.0],
        ON_PAPER,
    );
    let c: Array2<f64> = commute_distances(&path)?;
    all_near(
        &c,
        &array![[0., 3., 9.], [3., 0., 6.], [9., 6., 0.]],
        ON_PAPER,
    );
    Ok(())
}

#[test]
fn on_a_graph_of_two_colours_the_walk_never_settles() -> Result<()> {
    let p = transition_matrix(&two_pairs()?)?;
    let mut place = array![1., 0., 0., 0.];
    for step in 1..=1000 {
        place = place.dot(&p);
        let even: Array1<f64> = array![place[0], place[2]];
        near(even.sum(), f64::from(u8::from(step % 2 == 0)), ON_PAPER);
    }
    Ok(())
}
