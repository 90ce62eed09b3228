//! The program of the library that does the same as a command line.

use crate::input::InputOptions;
use crate::options::{
    Alone, Answer, Assign, Clusters, Mark, Matrix, MethodOptions, Rows, Rule, Separator,
};
use fiedler::GraphRule;
use fiedler::graph::Symmetry;
use fiedler::parameters::{Bandwidth, NeighborCount};

/// What the clustering is of, in the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reads {
    /// A table that the library reads.
    Table,
    /// A list of edges that the library reads.
    Edges,
    /// Points that the command read.
    Points,
    /// A graph that the command read.
    Graph,
}

/// Names, and where they come from.
const IMPORTS: [(&str, &str); 17] = [
    ("Embedding::", "fiedler::embedding::Embedding"),
    ("Laplacian::", "fiedler::embedding::Laplacian"),
    ("Symmetry::", "fiedler::graph::Symmetry"),
    ("Array2<", "fiedler::ndarray::Array2"),
    ("Bandwidth::", "fiedler::parameters::Bandwidth"),
    ("NeighborCount::", "fiedler::parameters::NeighborCount"),
    ("CsvOptions::", "fiedler::read::CsvOptions"),
    ("DecimalMark::", "fiedler::read::DecimalMark"),
    ("Delimiter::", "fiedler::read::Delimiter"),
    ("EdgeOptions::", "fiedler::read::EdgeOptions"),
    ("Missing::", "fiedler::read::Missing"),
    ("csv_file(", "fiedler::read::csv_file"),
    ("edges_file(", "fiedler::read::edges_file"),
    ("&Graph", "fiedler::Graph"),
    ("GraphRule::", "fiedler::GraphRule"),
    ("Isolated::", "fiedler::Isolated"),
    ("Labelling::", "fiedler::Labelling"),
];

/// The program.
pub fn program(
    reads: Reads,
    input: &InputOptions,
    rule: GraphRule,
    method: &MethodOptions,
    points: usize,
) -> String {
    let file = input
        .source
        .path()
        .map_or("points.csv".to_string(), |path| path.display().to_string());
    let (argument, opening, fit) = match reads {
        Reads::Table => (
            String::new(),
            format!(
                "    let table = csv_file({file:?}, &{})?;\n",
                csv_options(input)
            ),
            "fit(&table.x)",
        ),
        Reads::Edges => (
            String::new(),
            format!(
                "    let list = edges_file({file:?}, &{})?;\n",
                edge_options(input)
            ),
            "fit_graph(&list.graph)",
        ),
        Reads::Points => ("x: &Array2<f64>".to_string(), String::new(), "fit(x)"),
        Reads::Graph => (
            "graph: &Graph".to_string(),
            String::new(),
            "fit_graph(graph)",
        ),
    };
    let mut calls = choices(method, points);
    if matches!(reads, Reads::Table | Reads::Points) {
        calls.insert(1, format!("graph({})", graph(rule)));
    }
    calls.push(fit.to_string());
    let chain = calls.join("\n        .");
    let body = format!(
        "pub fn clustering({argument}) -> fiedler::Result<Clustering> {{\n{opening}    SpectralClustering::new()\n        .{chain}\n}}\n"
    );
    let imports = IMPORTS.iter().filter(|(used, _)| body.contains(used));
    let imports: Vec<&str> = imports.map(|(_, path)| *path).collect();
    let imports = match imports.as_slice() {
        [] => String::new(),
        some => format!("use {};\n", some.join(";\nuse ")),
    };
    format!("{imports}use fiedler::{{Clustering, SpectralClustering}};\n\n{body}")
}

fn csv_options(input: &InputOptions) -> String {
    let table = &input.table;
    let mut calls = vec!["CsvOptions::new()".to_string()];
    let mut add = |call: String| calls.push(call);
    if let Some(column) = &table.id {
        add(format!("id({column:?})"));
    }
    if let Some(column) = &table.label {
        add(format!("label({column:?})"));
    }
    if let Some(columns) = &table.columns {
        add(format!("columns({columns:?})"));
    }
    match table.missing {
        Rule::Refuse => {}
        Rule::Drop => add("missing(Missing::Drop)".to_string()),
        Rule::Mean => add("missing(Missing::Mean)".to_string()),
    }
    if table.standardize {
        add("standardize(true)".to_string());
    }
    if let Some(separator) = table.delimiter {
        add(format!("delimiter({})", delimiter(separator)));
    }
    if let Some(mark) = table.decimal {
        let mark = if mark == Mark::Point {
            "Point"
        } else {
            "Comma"
        };
        add(format!("decimal_mark(DecimalMark::{mark})"));
    }
    if let Some(answer) = table.header {
        add(format!("header({})", answer == Answer::Yes));
    }
    calls.join(".")
}

fn edge_options(input: &InputOptions) -> String {
    let mut calls = vec!["EdgeOptions::new()".to_string()];
    let separator = input.table.delimiter.map(delimiter);
    calls.extend(separator.map(|separator| format!("delimiter({separator})")));
    let header = input.table.header.map(|answer| answer == Answer::Yes);
    calls.extend(header.map(|header| format!("header({header})")));
    let given = [
        (input.mending.sum_duplicates, "sum_duplicates(true)"),
        (input.mending.drop_zero_weights, "drop_zero_weights(true)"),
        (input.mending.largest_component, "largest_component(true)"),
    ];
    let given = given.iter().filter(|(given, _)| *given);
    calls.extend(given.map(|(_, call)| (*call).to_string()));
    calls.join(".")
}

fn delimiter(separator: Separator) -> String {
    format!("Delimiter::{:?}", separator.delimiter())
}

/// What differs from the defaults.
fn choices(method: &MethodOptions, points: usize) -> Vec<String> {
    let mut calls = vec![match method.clusters {
        Clusters::Auto => format!("clusters_by_eigengap({})", method.most(points)),
        Clusters::Fixed(k) => format!("clusters({k})"),
    }];
    if method.laplacian != Matrix::RandomWalk {
        calls.push(format!(
            "laplacian(Laplacian::{:?})",
            method.laplacian.laplacian()
        ));
    }
    if method.embedding != Rows::Leading {
        calls.push(format!(
            "embedding(Embedding::{:?})",
            method.embedding.embedding()
        ));
    }
    calls.extend(
        method
            .assign
            .map(|assign: Assign| format!("labels(Labelling::{:?})", assign.labelling())),
    );
    if method.isolated != Alone::Refuse {
        calls.push(format!(
            "isolated(Isolated::{:?})",
            method.isolated.isolated()
        ));
    }
    if (method.tolerance - 1e-8).abs() > 0.0 {
        calls.push(format!("tolerance({:?})", method.tolerance));
    }
    if method.seed != 0 {
        calls.push(format!("seed({})", method.seed));
    }
    calls
}

fn graph(rule: GraphRule) -> String {
    let count = |k: NeighborCount| match k {
        NeighborCount::Fixed(k) => format!("NeighborCount::Fixed({k})"),
        other => format!("NeighborCount::{other:?}"),
    };
    let width = |sigma: Bandwidth| match sigma {
        Bandwidth::MeanNeighborDistance(k) => {
            format!("Bandwidth::MeanNeighborDistance({})", count(k))
        }
        other => format!("Bandwidth::{other:?}"),
    };
    match rule {
        GraphRule::NearestNeighbors(NeighborCount::Fixed(k), Symmetry::Average) => {
            format!("GraphRule::nearest_neighbors({k})")
        }
        GraphRule::NearestNeighbors(k, symmetry) => {
            format!(
                "GraphRule::NearestNeighbors({}, Symmetry::{symmetry:?})",
                count(k)
            )
        }
        GraphRule::BridgedNearestNeighbors(k, pieces) => {
            format!(
                "GraphRule::BridgedNearestNeighbors({}, {pieces:?})",
                count(k)
            )
        }
        GraphRule::MutualNearestNeighbors(k) => {
            format!("GraphRule::MutualNearestNeighbors({})", count(k))
        }
        GraphRule::Gaussian(Bandwidth::Fixed(sigma)) => format!("GraphRule::gaussian({sigma:?})"),
        GraphRule::Gaussian(sigma) => format!("GraphRule::Gaussian({})", width(sigma)),
        GraphRule::GaussianOnNearestNeighbors(sigma, k) => {
            format!(
                "GraphRule::GaussianOnNearestNeighbors({}, {})",
                width(sigma),
                count(k)
            )
        }
        // As the debug form writes them: one number, or none.
        other => format!("GraphRule::{other:?}"),
    }
}
