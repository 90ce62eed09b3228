//! The crate's messages, with Python's names for what to choose.

/// What the crate calls a choice, and what Python does; the longer names first.
const NAMES: &[(&str, &str)] = &[
    (
        "`Graph::gaussian_on_nearest_neighbors`",
        "`affinity=\"rbf_nearest_neighbors\"`",
    ),
    (
        "`GraphRule::nearest_neighbors`",
        "`affinity=\"nearest_neighbors\"`",
    ),
    ("`Isolated::OwnLabel`", "\"own_label\""),
    ("`Isolated::NearestCluster`", "\"nearest_cluster\""),
    (
        "`Solver::Dense` by `Graph::smallest_eigenpairs_by`",
        "`eigen_solver=\"dense\"`",
    ),
    ("`Solver::Auto`", "`eigen_solver=\"auto\"`"),
    ("`Solver::Dense`", "`eigen_solver=\"dense\"`"),
    ("`Graph::smallest_eigenpairs`", "another solver"),
    ("`transform(&a, &y)`", "`transform(a, y)`"),
    ("eigenvectors is ", "n_components is "),
    // γ = 1/(2σ²): what is too small a σ is too large a γ.
    (
        "sigma is too small beside what it is to measure; raise it",
        "gamma is too large for what it is to measure; lower it",
    ),
    ("raise sigma", "lower gamma"),
    ("lower sigma", "raise gamma"),
    ("a larger sigma", "a smaller gamma"),
    ("Aᵀ", "A.T"),
];

/// The message as Python should read it; what has no name here loses at least its Rust module.
pub(crate) fn in_python(message: &str) -> String {
    let replaced = |text: String, (rust, python): &(&str, &str)| text.replace(rust, python);
    let text = NAMES.iter().fold(message.to_string(), replaced);
    let spans = text.split('`').enumerate();
    let plain = spans.map(|(place, span)| match span.rsplit_once("::") {
        Some((_, name)) if place % 2 == 1 => name,
        _ => span,
    });
    plain.collect::<Vec<_>>().join("`")
}
