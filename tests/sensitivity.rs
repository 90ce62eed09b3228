//! Step 9, sensitivity: the same question under many parameters.

mod support;

use fiedler::data::{Data, blog_moons, circles, moons};
use fiedler::ndarray::array;
use fiedler::sensitivity::{
    Case, Measure, over_clusters, over_epsilon, over_neighbors, over_noise, over_sigma,
    over_sigma_and_neighbors, sensitivity,
};
use fiedler::{Error, Graph, GraphRule, SpectralClustering, adjusted_rand_index};
use std::sync::Arc;
use support::{ok, refused};

fn moons_by_epsilon(epsilons: &[f64]) -> Vec<Case> {
    let Data { x, y } = blog_moons();
    ok(over_epsilon(
        &x,
        Some(&y),
        SpectralClustering::new(),
        epsilons,
    ))
}

#[test]
fn the_known_value_of_the_module_header() {
    let Data { x, y } = ok(circles(200, 0.05, 0.4, 0));
    let epsilons: Vec<f64> = (4..15).map(|i| f64::from(i) * 0.05).collect();
    let estimator = SpectralClustering::new();
    let cases = ok(over_epsilon(&x, Some(&y), estimator, &epsilons));
    let table = ok(sensitivity(&["epsilon"], &cases));
    let (from, to) = table.working_range(1.0).expect("a range that works");
    support::near(from, 0.2, 1e-12);
    support::near(to, 0.5, 1e-12);
    // Up to .35 the rings are two components; from .4 on they hang together.
    for row in &table.rows {
        assert_eq!(
            row.components,
            Some(if row.values[0] < 0.375 { 2 } else { 1 })
        );
        assert_eq!(row.ari == Some(1.0), row.values[0] < 0.525);
    }
}

#[test]
fn each_row_holds_what_the_steps_give_one_by_one() {
    let Data { x, y } = blog_moons();
    let table = ok(sensitivity(
        &["epsilon"],
        &moons_by_epsilon(&[0.3, 0.4, 0.5]),
    ));
    for row in &table.rows {
        let rule = GraphRule::Epsilon(row.values[0]);
        let graph = ok(rule.build(&x));
        assert_eq!(row.components, Some(graph.component_count()));
        assert_eq!(row.isolated, Some(0));
        let found = ok(SpectralClustering::new().graph(rule).fit(&x));
        assert_eq!(row.normcut, Some(found.certificate.normcut));
        assert_eq!(row.ari, Some(ok(adjusted_rand_index(&found.labels, &y))));
        assert_eq!(row.lambda2, Some(found.eigenvalues[1]));
        assert_eq!(row.error, None);
    }
}

#[test]
fn what_a_case_refuses_stands_in_its_row_with_what_is_known_of_its_graph() {
    let table = ok(sensitivity(&["epsilon"], &moons_by_epsilon(&[0.05, 0.4])));
    let refused = &table.rows[0];
    assert!(matches!(refused.error, Some(Error::IsolatedPoints { .. })));
    let graph = ok(Graph::epsilon(&blog_moons().x, 0.05));
    assert_eq!(refused.isolated, Some(graph.isolated_vertices().len()));
    assert_eq!(refused.components, Some(graph.component_count()));
    assert_eq!(
        (refused.ari, refused.normcut, refused.lambda2),
        (None, None, None)
    );
    assert!(table.rows[1].ari.is_some());
}

#[test]
fn the_table_does_not_depend_on_the_number_of_threads() {
    let cases = moons_by_epsilon(&[0.3, 0.35, 0.4, 0.45, 0.5]);
    let run = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .expect("a pool");
        pool.install(|| ok(sensitivity(&["epsilon"], &cases)))
    };
    assert_eq!(run(1), run(4));
}

#[test]
fn the_csv_file_has_a_line_a_row_and_reads_back() {
    let table = ok(sensitivity(&["epsilon"], &moons_by_epsilon(&[0.05, 0.4])));
    let text = ok(table.to_csv());
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let names = reader.headers().expect("a line of names").clone();
    assert_eq!(
        names.iter().collect::<Vec<_>>(),
        [
            "epsilon",
            "components",
            "isolated",
            "clusters",
            "lambda2",
            "eigengap",
            "normcut",
            "ari",
            "error"
        ]
    );
    let rows: Vec<_> = reader.records().map(|row| row.expect("a row")).collect();
    assert_eq!(rows.len(), 2);
    // The message of the first row holds commas, and comes back whole.
    assert_eq!(
        rows[0][8],
        table.rows[0].error.as_ref().expect("refused").to_string()
    );
    assert_eq!(rows[0][7].len(), 0);
    assert_eq!(rows[1][7].parse::<f64>().ok(), table.rows[1].ari);
    let refused = table.save_csv("/no such folder/table.csv");
    assert!(matches!(refused, Err(Error::File { .. })));
}

#[test]
fn every_parameter_can_be_varied() {
    let Data { x, y } = blog_moons();
    let estimator = SpectralClustering::new();
    let rule = GraphRule::nearest_neighbors(10);
    let by_k = ok(sensitivity(
        &["k"],
        &ok(over_neighbors(&x, Some(&y), estimator, &[5, 10])),
    ));
    assert_eq!(by_k.rows[1].values, [10.0]);
    let by_sigma = ok(sensitivity(
        &["sigma"],
        &ok(over_sigma(&x, None, estimator, &[0.1, 0.2])),
    ));
    assert!(
        by_sigma
            .rows
            .iter()
            .all(|row| row.ari.is_none() && row.normcut.is_some())
    );
    let both = over_sigma_and_neighbors(&x, Some(&y), estimator, &[0.1, 0.2], &[5, 10, 20]);
    let both = ok(sensitivity(&["sigma", "k"], &ok(both)));
    assert_eq!(both.rows[4].values, [0.2, 10.0]);
    let by_count = ok(sensitivity(
        &["clusters"],
        &ok(over_clusters(&x, None, estimator, rule, &[2, 3])),
    ));
    assert_eq!(by_count.column(Measure::Clusters), [Some(2.0), Some(3.0)]);
    let draw = |noise: f64| moons(100, noise, 3);
    let by_noise = ok(sensitivity(
        &["noise"],
        &ok(over_noise(draw, estimator, rule, &[0.02, 0.6])),
    ));
    let ari = by_noise.column(Measure::Ari);
    assert!(ari[0] > ari[1], "{ari:?}");
}

#[test]
fn the_points_are_whatever_holds_points_and_one_copy_of_them_serves_all_cases() {
    let Data { x, y } = blog_moons();
    let estimator = SpectralClustering::new();
    let rows: Vec<Vec<f64>> = x.rows().into_iter().map(|row| row.to_vec()).collect();
    let of_rows = ok(over_neighbors(&rows, Some(&y), estimator, &[5, 10]));
    let of_view = ok(over_neighbors(&x.view(), Some(&y), estimator, &[5, 10]));
    let table = ok(sensitivity(&["k"], &of_rows));
    assert_eq!(table, ok(sensitivity(&["k"], &of_view)));
    assert!(Arc::ptr_eq(&of_rows[0].x, &of_rows[1].x));
    let ragged = vec![vec![0.0, 1.0], vec![2.0]];
    let rule = GraphRule::nearest_neighbors(1);
    for error in [
        refused(over_epsilon(&ragged, None, estimator, &[0.5])),
        refused(over_clusters(&ragged, None, estimator, rule, &[2])),
        refused(Case::new(&ragged, None, estimator, rule, &[])),
    ] {
        assert!(matches!(error, Error::Ragged { .. }), "{error}");
    }
}

#[test]
fn the_working_range_is_the_longest_run_that_works() {
    let mut table = ok(sensitivity(
        &["epsilon"],
        &moons_by_epsilon(&[0.3, 0.35, 0.4, 0.45, 0.5]),
    ));
    for (row, ari) in table
        .rows
        .iter_mut()
        .zip([Some(1.0), None, Some(0.9), Some(0.95), Some(0.2)])
    {
        row.ari = ari;
    }
    assert_eq!(table.working_range(0.9), Some((0.4, 0.45)));
    assert_eq!(table.working_range(0.99), Some((0.3, 0.3)));
    assert_eq!(table.working_range(1.1), None);
}

#[test]
fn cases_that_do_not_fit_the_parameters_are_refused() {
    let cases = moons_by_epsilon(&[0.4]);
    assert!(matches!(
        refused(sensitivity(&["epsilon", "k"], &cases)),
        Error::Length { .. }
    ));
    let mut short = cases.clone();
    short[0].truth = Some(array![0, 1]);
    assert!(matches!(
        refused(sensitivity(&["epsilon"], &short)),
        Error::Length { .. }
    ));
    assert_eq!(ok(sensitivity(&["epsilon"], &[])).rows.len(), 0);
}
