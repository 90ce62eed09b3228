//! The steps of the post, on the post's data.

use crate::arguments::Result;
use crate::beyond;
use crate::report::Report;
use fiedler::ndarray::{Array1, Array2};
use fiedler::plot::{self, Figure};
use fiedler::{
    Eigenpairs, Gradient, agreement, components, cut,
    cut::{cut_ordered_pairs, normcut_ordered_pairs},
    data, degrees, eig_random_walk, eigh_generalized, eigh_symmetric, fiedler_vector, kmeans,
    labels_by_sign, minimize_orth_obj, normcut, project, rayleigh_quotient,
    relaxation::{Minimum, Stop},
    similarity_matrix, spectral_clustering, transform, vols,
};
use std::path::Path;

/// The post's distance.
const EPSILON: f64 = 0.4;

/// The points of the middle part, their graph, and the labels that k-means gives them.
struct Moons {
    x: Array2<f64>,
    y: Array1<usize>,
    a: Array2<f64>,
    by_means: Array1<usize>,
}

pub fn tour(folder: &Path) -> Result<()> {
    let mut report = Report::new(folder, "Spectral clustering: the tour")?;
    report.say(
        "Every number below is computed as you read it. \"Right\" is the share of points whose \
         label agrees with the truth, the names of the clusters aside: 0.5 is a coin's.",
    );
    blobs(&mut report)?;
    let moons = moons(&mut report)?;
    graph(&mut report, &moons)?;
    cuts(&mut report, &moons)?;
    z_vector(&mut report, &moons)?;
    minimising(&mut report, &moons)?;
    eigenvectors(&mut report, &moons)?;
    all_together(&mut report, &moons)?;
    larger_moons(&mut report)?;
    bulls_eye(&mut report)?;
    beyond::tour(&mut report)?;
    report.finish()
}

fn share(value: f64) -> String {
    format!("{value:.3}")
}

/// What rounding leaves of a 0: its size is all that matters.
fn rounding(value: f64) -> String {
    if value == 0.0 {
        "0".into()
    } else {
        format!("{value:.0e}")
    }
}

fn blobs(report: &mut Report) -> Result<()> {
    report.section("1. Two blobs, and k-means");
    let blobs = data::blog_blobs();
    let found = kmeans(&blobs.x, 2, 0)?;
    report.say("k-means puts every point with the nearer of two centres. Two round blobs suit it.");
    report.numbers(&[
        ("points", blobs.x.nrows().to_string()),
        ("right", share(agreement(&found.labels, &blobs.y)?)),
    ]);
    let both = [
        plot::points(&blobs.x)?.with_title("The points"),
        plot::clusters(&blobs.x, &found.labels)?.with_title("k-means"),
    ];
    report.figure("blobs", &plot::side_by_side(&both)?)
}

fn moons(report: &mut Report) -> Result<Moons> {
    report.section("2. Two moons, and k-means again");
    let data::Data { x, y, .. } = data::blog_moons();
    let by_means = kmeans(&x, 2, 0)?.labels;
    report.say(
        "A moon's inner tip lies nearer to the middle of the other moon than to that of its own, and \
         k-means goes by the middles.",
    );
    report.numbers(&[
        ("points", x.nrows().to_string()),
        ("right", share(agreement(&by_means, &y)?)),
    ]);
    let both = [
        plot::clusters(&x, &y)?.with_title("The truth"),
        plot::clusters(&x, &by_means)?.with_title("k-means"),
    ];
    report.figure("moons", &plot::side_by_side(&both)?)?;
    let a = similarity_matrix(&x, EPSILON)?;
    Ok(Moons { x, y, a, by_means })
}

fn graph(report: &mut Report, moons: &Moons) -> Result<()> {
    report.section("3. The similarity matrix");
    let Moons { a, y, .. } = moons;
    let ones = a.sum();
    let pieces = components(a)?.iter().max().map_or(0, |last| last + 1);
    report.say(&format!(
        "Join two points where they lie at most ε = {EPSILON} apart: A has a 1 there. Points become \
         vertices, and ones become edges. As the points come, A shows nothing; with one moon before \
         the other it shows two blocks."
    ));
    report.numbers(&[
        ("ones in A", ones.to_string()),
        ("edges", (ones / 2.0).to_string()),
        ("pieces of the graph", pieces.to_string()),
    ]);
    let both = [
        plot::matrix(a)?.with_title("A as the points come"),
        plot::matrix_sorted(a, y)?.with_title("A with one moon first"),
    ];
    report.figure("matrix", &plot::side_by_side(&both)?)
}

fn cuts(report: &mut Report, moons: &Moons) -> Result<()> {
    report.section("4. Cut and volume");
    let Moons { x, y, a, by_means } = moons;
    let arbitrary = data::blog_arbitrary_labels();
    report.say(
        "The cut counts the edges between the clusters, the volume the ends of edges at the \
         points of each. Their normalised cut, cut · (1/vol₀ + 1/vol₁), is small for a good split. The post's loop \
         runs over ordered pairs, and so counts each edge twice; both conventions are shown.",
    );
    let (vol0, vol1) = vols(a, y)?;
    let mut rows = vec![("volumes of the moons".into(), format!("{vol0} and {vol1}"))];
    let splits = [
        ("the truth", y),
        ("k-means", by_means),
        ("arbitrary labels", &arbitrary),
    ];
    for (name, labels) in splits {
        rows.push((format!("{name}: cut"), cut(a, labels)?.to_string()));
        let twice = cut_ordered_pairs(a, labels)?.to_string();
        rows.push(("  over ordered pairs".to_string(), twice));
        rows.push((
            format!("{name}: normalised cut"),
            normcut(a, labels)?.to_string(),
        ));
        let twice = normcut_ordered_pairs(a, labels)?.to_string();
        rows.push(("  over ordered pairs".to_string(), twice));
    }
    report.numbers(&rows);
    let graph = plot::graph(x, a, Some(y))?.with_title("The true split, and the edges it cuts");
    report.figure("cut", &graph)
}

fn z_vector(report: &mut Report, moons: &Moons) -> Result<()> {
    report.section("5. The labels as a vector z");
    let Moons { y, a, .. } = moons;
    let z = transform(a, y)?;
    let largest = z.iter().copied().fold(f64::MIN, f64::max);
    let smallest = z.iter().copied().fold(f64::MAX, f64::min);
    let quotient = rayleigh_quotient(a, &z)?;
    let normalised = normcut(a, y)?;
    report.say(
        "Let z be 1/vol₀ on one cluster and −1/vol₁ on the other. Then the normalised cut is a \
         quotient, zᵀ(D − A)z / zᵀDz, and zᵀD𝟙 = 0. (The post's factor 2 belongs to ordered pairs.)",
    );
    report.numbers(&[
        ("z on one cluster", format!("{largest:.8}")),
        ("z on the other", format!("{smallest:.8}")),
        ("zᵀ(D − A)z / zᵀDz", quotient.to_string()),
        ("  less the normalised cut", rounding(quotient - normalised)),
        ("zᵀD𝟙", rounding(z.dot(&degrees(a)?))),
    ]);
    Ok(())
}

fn minimising(report: &mut Report, moons: &Moons) -> Result<()> {
    report.section("6. Any z, and a general optimiser");
    let Moons { x, y, a, .. } = moons;
    let start = transform(a, y)?;
    let lambda = fiedler_vector(a)?.value;
    report.say(
        "Forget that z has only two values, and let an optimiser make the quotient small. Given the \
         function alone, it must feel its way by differences; given the gradient too, it need not.",
    );
    let by_differences = minimize_orth_obj(a, &start, Gradient::FiniteDifferences)?;
    let by_formula = minimize_orth_obj(a, &start, Gradient::Exact)?;
    let runs = [
        ("BFGS, finite differences", &by_differences),
        ("L-BFGS, exact gradient", &by_formula),
    ];
    for (name, run) in runs {
        report.numbers(&outcome(name, run));
    }
    report.figure("convergence", &plot::convergence(&runs, lambda)?)?;
    report.say(
        "The objective takes the part of z along d = D𝟙 away before it looks, so the minimiser may \
         carry any multiple of d. Its signs mean nothing until that part is gone:",
    );
    let as_it_is = labels_by_sign(&by_differences.z)?;
    let projected = project(a, &by_differences.z)?;
    let mended = labels_by_sign(&projected)?;
    let rights = [agreement(&as_it_is, y)?, agreement(&mended, y)?];
    report.numbers(&[
        ("signs of z as it comes: right", share(rights[0])),
        ("signs of z after `project`: right", share(rights[1])),
    ]);
    let titled = |figure: Figure, words: &str| figure.with_title(words);
    let four = [
        titled(
            plot::clusters(x, &as_it_is)?,
            &format!("z as it comes: {:.3} right", rights[0]),
        ),
        titled(
            plot::clusters(x, &mended)?,
            &format!("z projected: {:.3} right", rights[1]),
        ),
        titled(
            plot::AgainstIndex::new(&by_differences.z, y)
                .threshold(0.0)
                .draw()?,
            "z as it comes, by true label",
        ),
        titled(
            plot::AgainstIndex::new(&projected, y)
                .threshold(0.0)
                .draw()?,
            "z projected, by true label",
        ),
    ];
    report.figure("minimiser", &plot::side_by_side(&four)?)
}

fn outcome(name: &str, run: &Minimum) -> [(String, String); 4] {
    let stopped = match &run.stopped {
        Stop::SmallGradient => "the gradient is small",
        Stop::MaxIterations => "the steps ran out",
        Stop::LineSearch(_) => "no step makes it smaller",
    };
    [
        (format!("{name}: minimum"), run.value.to_string()),
        ("  iterations".into(), run.iterations.to_string()),
        (
            "  evaluations of the function".into(),
            run.evaluations.to_string(),
        ),
        ("  stopped because".into(), stopped.into()),
    ]
}

fn eigenvectors(report: &mut Report, moons: &Moons) -> Result<()> {
    report.section("7. The eigenvectors");
    let Moons { y, a, .. } = moons;
    report.say(
        "The minimum is an eigenvalue, the second smallest of (D − A)z = λDz, and the minimiser its \
         eigenvector. Three routes lead to all of them; a fourth finds the second one alone.",
    );
    let routes: [(&str, Eigenpairs); 3] = [
        ("D⁻¹(D − A)z = λz, the post's", eig_random_walk(a)?),
        ("D^-½(D − A)D^-½ w = λw, z = D^-½ w", eigh_symmetric(a)?),
        ("(D − A)z = λDz", eigh_generalized(a)?),
    ];
    let mut rows = Vec::new();
    for (name, pairs) in &routes {
        let z = pairs.vectors.column(1).to_owned();
        let right = agreement(&labels_by_sign(&z)?, y)?;
        rows.push((format!("{name}: λ₂"), format!("{:.12}", pairs.values[1])));
        rows.push(("  signs of z: right".into(), share(right)));
    }
    let fiedler = fiedler_vector(a)?;
    rows.push((
        "fiedler_vector: λ₂".into(),
        format!("{:.12}", fiedler.value),
    ));
    let small = fiedler.residual < 1e-10;
    rows.push((
        "  residual below 1e-10".into(),
        if small { "yes" } else { "no" }.into(),
    ));
    report.numbers(&rows);
    report.figure("spectrum", &plot::spectrum(&routes[1].1.values)?)?;
    let z = plot::AgainstIndex::new(&fiedler.vector, y)
        .threshold(0.0)
        .draw()?;
    report.figure(
        "eigenvector",
        &z.with_title("The second eigenvector, by true label"),
    )
}

fn all_together(report: &mut Report, moons: &Moons) -> Result<()> {
    report.section("8. All together: spectral_clustering");
    let Moons { x, y, a, by_means } = moons;
    let labels = spectral_clustering(x, EPSILON)?;
    let rights = [agreement(by_means, y)?, agreement(&labels, y)?];
    report.numbers(&[
        ("k-means: right", share(rights[0])),
        ("spectral clustering: right", share(rights[1])),
        ("its cut", cut(a, &labels)?.to_string()),
        ("its normalised cut", normcut(a, &labels)?.to_string()),
    ]);
    let both = [
        plot::clusters(x, by_means)?.with_title(format!("k-means: {:.3} right", rights[0])),
        plot::clusters(x, &labels)?.with_title(format!("spectral: {:.3} right", rights[1])),
    ];
    report.figure("spectral", &plot::side_by_side(&both)?)
}

fn larger_moons(report: &mut Report) -> Result<()> {
    report.section("9. A thousand points, and more noise");
    report.say("Noise blurs the gap between the moons; at 0.25 there is none left.");
    let mut rows = Vec::new();
    let mut panels = Vec::new();
    for noise in [0.25, 0.1] {
        let moons = data::moons(1000, noise, 0)?;
        let labels = spectral_clustering(&moons.x, EPSILON)?;
        let right = share(agreement(&labels, &moons.y)?);
        panels.push((format!("noise {noise}: {right} right"), moons.x, labels));
        rows.push((format!("noise {noise}: right"), right));
    }
    report.numbers(&rows);
    let panels: Vec<_> = panels.iter().map(|(title, x, y)| (title, x, y)).collect();
    let figure = plot::small_multiples(&panels)?;
    report.figure(
        "noise",
        &figure.with_title("Spectral clustering of 1000 points, ε = 0.4"),
    )
}

fn bulls_eye(report: &mut Report) -> Result<()> {
    report.section("10. The bull's-eye");
    let rings = data::circles(1000, 0.05, 0.4, 0)?;
    let by_means = kmeans(&rings.x, 2, 0)?.labels;
    let right = share(agreement(&by_means, &rings.y)?);
    report
        .say("One ring around another: no two centres can tell them apart, but ε can, in a range.");
    report.figure(
        "rings",
        &plot::clusters(&rings.x, &by_means)?.with_title(format!("k-means: {right} right")),
    )?;
    let mut rows = vec![("k-means: right".to_string(), right)];
    let mut panels = Vec::new();
    for epsilon in [1.0, 0.6, 0.4, 0.2] {
        let labels = spectral_clustering(&rings.x, epsilon)?;
        let right = share(agreement(&labels, &rings.y)?);
        panels.push((format!("ε = {epsilon}, {right} right"), labels));
        rows.push((format!("ε = {epsilon}: right"), right));
    }
    report.numbers(&rows);
    let panels: Vec<_> = panels
        .iter()
        .map(|(title, y)| (title, &rings.x, y))
        .collect();
    let figure = plot::small_multiples(&panels)?;
    report.figure(
        "epsilon",
        &figure.with_title("The bull's-eye by spectral clustering"),
    )
}
