//! Beyond the post: any graph, more clusters, trust, springs, real data.

use crate::arguments::Result;
use crate::report::Report;
use fiedler::graph::known::{cockroach, karate_club};
use fiedler::ndarray::{Array2, s};
use fiedler::parameters::max_min_distance;
use fiedler::pixels::{pixel_graph, synthetic_picture};
use fiedler::plot;
use fiedler::sensitivity::{Measure, over_sigma_and_neighbors, sensitivity};
use fiedler::springs::{Masses, normal_modes};
use fiedler::walk::{leaving_probability, simulate_leaving};
use fiedler::{
    Graph, GraphRule, Labelling, SpectralClustering, adjusted_rand_index, certificate::Certificate,
    data, labelling::sweep, labels_by_sign, scores::normalized_mutual_information,
    stability::stability_under_resampling,
};

pub fn tour(report: &mut Report) -> Result<()> {
    graphs(report)?;
    parameters(report)?;
    clusters(report)?;
    springs(report)?;
    trust(report)?;
    real_data(report)?;
    picture(report)
}

fn number(value: f64) -> String {
    format!("{value:.4}")
}

fn graphs(report: &mut Report) -> Result<()> {
    report.section("11. Choosing the graph");
    let moons = data::blog_moons();
    report.say(
        "A graph can be built in many ways. What it tells of itself shows whether it will do: points \
         without neighbours, pieces, edges.",
    );
    let rules = [
        ("ε = 0.4", GraphRule::Epsilon(0.4)),
        ("ε by the max-min rule", GraphRule::MaxMinEpsilon),
        ("10 nearest neighbours", GraphRule::nearest_neighbors(10)),
        (
            "mutual 10 nearest",
            GraphRule::MutualNearestNeighbors(10.into()),
        ),
        ("Gaussian, σ = 0.1", GraphRule::gaussian(0.1)),
        ("local scaling", GraphRule::LocalScaling(7)),
    ];
    let mut rows = vec![(
        "largest distance to a nearest neighbour".to_string(),
        number(max_min_distance(&moons.x)?),
    )];
    let mut figures = Vec::new();
    for (name, rule) in rules {
        let graph = rule.build(&moons.x)?;
        rows.push((
            format!("{name}: edges, pieces, isolated"),
            format!(
                "{}, {}, {}",
                graph.edge_count(),
                graph.component_count(),
                graph.isolated_vertices().len()
            ),
        ));
        if figures.len() < 4 {
            let figure = plot::graph(&moons.x, &graph, None)?;
            figures.push(figure.with_title(name));
        }
    }
    report.numbers(&rows);
    report.figure("graphs", &plot::side_by_side(&figures)?)
}

fn parameters(report: &mut Report) -> Result<()> {
    report.section("12. Parameters");
    report.say(
        "The same question under many parameters: the adjusted Rand index (ARI, 1 is right) for the \
         Gaussian of width σ on the edges of the k nearest neighbours. Grey: no answer, and an error says why.",
    );
    let moons = data::moons(200, 0.08, 1)?;
    let (sigmas, counts) = ([0.05, 0.1, 0.2, 0.5], [3, 6, 10, 20, 40]);
    let estimator = SpectralClustering::new().labels(Labelling::Sweep);
    let cases = over_sigma_and_neighbors(&moons.x, Some(&moons.y), estimator, &sigmas, &counts)?;
    let table = sensitivity(&["sigma", "k"], &cases)?;
    let ari = table.column(Measure::Ari);
    let answers = ari.iter().flatten();
    report.numbers(&[
        ("settings", ari.len().to_string()),
        ("with an answer", answers.clone().count().to_string()),
        (
            "with an ARI of at least 0.95",
            answers.filter(|&&ari| ari >= 0.95).count().to_string(),
        ),
    ]);
    let values = Array2::from_shape_vec((sigmas.len(), counts.len()), ari)
        .expect("one value for each pair of parameters");
    let rows = sigmas.map(|sigma| format!("σ = {sigma}"));
    let columns = counts.map(|k| format!("k = {k}"));
    let figure = plot::heat_map("ARI", &rows, &columns, &values)?;
    report.figure("parameters", &figure)
}

fn clusters(report: &mut Report) -> Result<()> {
    report.section("13. More than two clusters");
    let blobs = data::blobs(200, 2, 4, 1.0, 42)?;
    let estimator = SpectralClustering::new()
        .clusters_by_eigengap(8)
        .graph(GraphRule::nearest_neighbors(10));
    let found = estimator.fit(&blobs.x)?;
    report.say(
        "The largest gap of the eigenvalues says how many clusters there are; here it is right.",
    );
    report.numbers(&[
        ("clusters", found.clusters.to_string()),
        (
            "eigengap",
            found.certificate.eigengap.map_or("none".into(), number),
        ),
        ("ARI", number(adjusted_rand_index(&found.labels, &blobs.y)?)),
    ]);
    let both = [
        plot::Spectrum::new(&found.eigenvalues)
            .first(9)
            .gap_after(found.clusters)
            .draw()?,
        plot::clusters(&blobs.x, &found.labels)?.with_title("Four clusters"),
    ];
    report.figure("clusters", &plot::side_by_side(&both)?)
}

fn springs(report: &mut Report) -> Result<()> {
    report.section("14. Springs, and a random walk");
    let moons = data::blog_moons();
    let graph = Graph::epsilon(&moons.x, 0.4)?;
    let modes = normal_modes(&graph, Masses::Degrees, 4)?;
    report.say(
        "Let points be masses and edges springs. The eigenvectors are the ways in which it swings: the \
         slowest moves one moon against the other. And let a walker go along the edges: the normalised cut is the \
         chance of leaving a cluster in one step, added over the clusters.",
    );
    let leaving = leaving_probability(&graph, &moons.y)?;
    let walked = simulate_leaving(&graph, &moons.y, 20_000, 0)?;
    report.numbers(&[
        ("frequency of mode 2, √λ₂", number(modes.frequencies[1])),
        ("chance of leaving moon 0", number(leaving[0])),
        (
            "  in 20,000 simulated steps",
            number(walked.probabilities[0]),
        ),
        (
            "both moons, added: the normalised cut",
            number(leaving.sum()),
        ),
    ]);
    report.figure(
        "modes",
        &plot::heights(&moons.x, &modes.shapes.column(1).to_owned())?,
    )?;
    let moving = plot::vibration(&moons.x, &graph, &modes, &[2, 3, 4])?;
    report.animation("vibration", &moving)
}

fn trust(report: &mut Report) -> Result<()> {
    report.section("15. How far to trust it");
    report.say(
        "No split has a smaller normalised cut than λ₂. The certificate sets the split that was found \
         beside that bound. The karate club's best split is known: 10/39 = 0.2564.",
    );
    let (club, _) = karate_club();
    let pairs = club.smallest_eigenpairs(3)?;
    let z = pairs.vectors.column(1).to_owned();
    let (by_sign, by_sweep) = (labels_by_sign(&z)?, sweep(&club, &z)?);
    let certificate = Certificate::new(&club, &pairs, &by_sweep.labels)?;
    report.numbers(&[
        (
            "karate club: λ₂, below every split",
            number(pairs.values[1]),
        ),
        ("  the best threshold of z", number(by_sweep.normcut)),
        ("  the sign of z", number(club.normcut(&by_sign)?)),
        (
            "  found over bound",
            certificate.ratio.map_or("none".into(), number),
        ),
    ]);
    let roach = cockroach(4)?;
    let exact = fiedler::exact::exact_normcut(&roach)?;
    let z = roach.smallest_eigenpairs(2)?.vectors.column(1).to_owned();
    report.numbers(&[
        (
            "cockroach of 16: the best of all splits",
            number(exact.normcut),
        ),
        (
            "  the sign of z, which is misled",
            number(roach.normcut(&labels_by_sign(&z)?)?),
        ),
    ]);
    let moons = data::blog_moons();
    let estimator = SpectralClustering::new().graph(GraphRule::Epsilon(0.4));
    let stable = stability_under_resampling(&moons.x, &estimator, 10, 0.9, 0)?;
    report.numbers(&[(
        "moons: labels that survive resampling",
        number(stable.mean()),
    )]);
    Ok(())
}

fn real_data(report: &mut Report) -> Result<()> {
    report.section("16. Real data: iris");
    let iris = data::iris();
    let found = SpectralClustering::new()
        .clusters(3)
        .graph(GraphRule::nearest_neighbors(10))
        .labels(Labelling::PivotedQr)
        .fit(&iris.x)?;
    report.numbers(&[
        ("flowers", iris.x.nrows().to_string()),
        ("ARI", number(adjusted_rand_index(&found.labels, &iris.y)?)),
        (
            "NMI",
            number(normalized_mutual_information(&found.labels, &iris.y)?),
        ),
        ("normalised cut", number(found.certificate.normcut)),
        (
            "no three clusters have less than",
            number(found.certificate.lower_bound),
        ),
    ]);
    let petals = iris.x.slice(s![.., 2..]).to_owned();
    let both = [
        plot::clusters(&petals, &iris.y)?.with_title("Species, by petal length and width"),
        plot::clusters(&petals, &found.labels)?.with_title("Clusters"),
    ];
    report.figure("iris", &plot::side_by_side(&both)?)
}

fn picture(report: &mut Report) -> Result<()> {
    report.section("17. A picture cut into its parts");
    let (picture, parts) = synthetic_picture(24, 32, 0.03, 0)?;
    let k = 1 + parts.iter().max().copied().unwrap_or(0);
    let graph = pixel_graph(&picture, 0.1, 4.0, 5.0)?;
    let found = SpectralClustering::new().clusters(k).fit_graph(&graph)?;
    let truth = parts.flatten().to_owned();
    report.numbers(&[
        ("pixels", graph.vertex_count().to_string()),
        ("parts", k.to_string()),
        ("ARI", number(adjusted_rand_index(&found.labels, &truth)?)),
    ]);
    let both = [
        plot::picture(&picture)?,
        plot::segments(&picture, &found.labels)?,
    ];
    report.figure("picture", &plot::side_by_side(&both)?)
}
