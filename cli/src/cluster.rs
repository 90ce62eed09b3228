//! `fiedler cluster`: points or a graph in; labels, numbers, a picture and a page out.

use crate::input::{Data, InputOptions, Named, Points};
use crate::options::{Alone, GraphOptions, MethodOptions};
use crate::output::{self, Outputs, Target};
use crate::record::{About, Record};
use crate::rust::{self, Reads};
use crate::trouble::{Result, Trouble};
use crate::{page, picture, predict, table, words};
use clap::Args;
use fiedler::plot::Figure;
use fiedler::{Clustering, GraphRule};

/// Cluster points, or the vertices of a graph
///
/// The answer is told in words on the standard output, unless an output goes there (-) or --quiet is given.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct Arguments {
    #[command(flatten)]
    outputs: Wanted,
    #[command(flatten)]
    method: MethodOptions,
    #[command(flatten)]
    graph: GraphOptions,
    #[command(flatten)]
    input: InputOptions,
}

const EXAMPLES: &str = "\
Examples:
  fiedler cluster points.csv -k 3 --labels out.csv --picture out.svg --report out.html
  fiedler cluster iris.csv --label species -k 3 --standardize
  fiedler cluster friends.tsv --edges -k 2 --labels -
  cat points.csv | fiedler cluster - -k 2 --json out.json";

/// What is to be written; - is the standard output.
#[derive(Debug, Args)]
#[command(next_help_heading = "What is written")]
struct Wanted {
    /// The labels as CSV: the id of a point, or its number from 0, and the number of its cluster
    #[arg(long, value_name = "FILE")]
    labels: Option<Target>,
    /// Everything that was found: labels, eigenvalues, certificate, characteristics, report
    #[arg(long, value_name = "FILE")]
    json: Option<Target>,
    /// The clusters drawn, as .svg or .png
    #[arg(long, value_name = "FILE")]
    picture: Option<Target>,
    /// The two columns that are the axes of the picture [default: the first two]
    #[arg(long, value_name = "COLUMN,COLUMN", value_delimiter = ',')]
    axes: Option<Vec<String>>,
    /// A page that stands alone: words, numbers, pictures, and the line of Rust that does the same
    #[arg(long, value_name = "FILE")]
    report: Option<Target>,
    /// What `fiedler predict` places new points by
    #[arg(long, value_name = "FILE")]
    model: Option<Target>,
    /// Say nothing but what is refused
    #[arg(long, short)]
    quiet: bool,
}

impl Wanted {
    fn targets(&self) -> [Option<&Target>; 5] {
        let all = [
            &self.labels,
            &self.json,
            &self.picture,
            &self.report,
            &self.model,
        ];
        all.map(Option::as_ref)
    }

    /// Refuses, before anything is read, axes of no picture, or not two of them.
    fn check_axes(&self) -> Result<()> {
        let words = match self.axes.as_deref() {
            None => return Ok(()),
            Some([_, _]) if self.picture.is_some() || self.report.is_some() => return Ok(()),
            Some([_, _]) => {
                "--axes are those of a picture: give --picture FILE or --report FILE too"
            }
            Some(_) => "--axes takes two columns, as --axes length,width",
        };
        Err(Trouble::Usage(words.to_string()))
    }

    /// Whether the words would stand between what others read.
    fn silent(&self) -> bool {
        self.quiet || self.targets().contains(&Some(&Target::StandardOutput))
    }
}

/// Clusters, and writes what was asked for.
pub fn run(arguments: &Arguments) -> Result<()> {
    let wanted = &arguments.outputs;
    let inputs: Vec<_> = arguments.input.source.path().into_iter().collect();
    output::check(&wanted.targets(), &inputs)?;
    let format = wanted
        .picture
        .as_ref()
        .map(picture::Format::of)
        .transpose()?;
    let rule = arguments.graph.rule()?;
    wanted.check_axes()?;
    let data = arguments.input.read()?;
    let axes = check(arguments, &data)?;
    let found = fit(arguments, &data, rule)?;
    let record = record(arguments, &data, &found, rule)?;
    let mut outputs = Outputs::default();
    if let Some(target) = &wanted.labels {
        outputs.add(target, table::labels(&record.labels, record.ids.as_deref()));
    }
    if let Some(target) = &wanted.json {
        outputs.add(target, json(&record)?);
    }
    if let Some(target) = &wanted.model {
        outputs.add(target, model(&data, &found)?);
    }
    if wanted.picture.is_some() || wanted.report.is_some() {
        let figures = figures(&data, &found, axes)?;
        if let (Some(target), Some(format), Some(first)) =
            (&wanted.picture, format, figures.first())
        {
            outputs.add(target, format.bytes(first));
        }
        if let Some(target) = &wanted.report {
            outputs.add(target, page::page(&record, &figures));
        }
    }
    if !wanted.silent() {
        let text = words::as_text(&words::told(&record));
        outputs.add(&Target::StandardOutput, text);
    } else if !wanted.quiet {
        for warning in &record.report.warnings {
            output::to_stderr(&format!("warning: {warning}\n"));
        }
    }
    outputs.write()
}

fn model(data: &Data, found: &Clustering) -> Result<String> {
    let (names, scaling) = match data {
        Data::Points(points) => (points.columns.clone(), points.scaling.as_ref()),
        Data::Graph(_) => (None, None),
    };
    predict::file(found.model()?, names, scaling)
}

/// Refuses, before any work, what these data cannot have; and says which columns are the axes of the picture.
fn check(arguments: &Arguments, data: &Data) -> Result<[usize; 2]> {
    let wanted = &arguments.outputs;
    let refused = match data {
        Data::Points(points) => {
            let axes = picture::axes(wanted.axes.as_deref(), points);
            return axes.map_err(|reason| {
                let file = arguments.input.source.name();
                Trouble::Usage(format!("{file}: --axes: {reason}"))
            });
        }
        Data::Graph(_) if wanted.axes.is_some() => {
            "--axes are columns of points, and this is a graph"
        }
        Data::Graph(_) if wanted.model.is_some() => {
            "--model goes with points: of a graph alone nobody knows where a new vertex belongs"
        }
        Data::Graph(_) if arguments.graph.is_given() => {
            "--graph, --neighbors, --epsilon and --sigma make a graph of points, and this is a graph already"
        }
        Data::Graph(_) if arguments.method.isolated == Alone::Nearest => {
            "--isolated nearest needs points: a graph alone does not know who is near"
        }
        Data::Graph(_) => return Ok([0, 1]),
    };
    Err(Trouble::Usage(refused.to_string()))
}

fn fit(arguments: &Arguments, data: &Data, rule: GraphRule) -> Result<Clustering> {
    let estimator = arguments.method.estimator(data.count());
    // On a terminal alone: the bar looks for itself.
    let estimator = estimator.progress(!arguments.outputs.quiet);
    let found = match data {
        Data::Points(points) => estimator.graph(rule).fit(&points.x),
        Data::Graph(named) => estimator.fit_graph(&named.graph),
    };
    found.map_err(|error| arguments.input.source.refused_with(error, data))
}

fn record(
    arguments: &Arguments,
    data: &Data,
    found: &Clustering,
    rule: GraphRule,
) -> Result<Record> {
    let (points, graph): (Option<&Points>, Option<&Named>) = match data {
        Data::Points(points) => (Some(points), None),
        Data::Graph(named) => (None, Some(named)),
    };
    let from_file = arguments.input.source.path().is_some();
    let reads = match (points, graph) {
        (Some(points), _) if points.lines.is_some() && from_file => Reads::Table,
        (Some(_), _) => Reads::Points,
        _ if arguments.input.edges && from_file => Reads::Edges,
        _ => Reads::Graph,
    };
    let about = About {
        file: arguments.input.source.name(),
        points,
        graph,
        rust: rust::program(
            reads,
            &arguments.input,
            rule,
            &arguments.method,
            data.count(),
        ),
    };
    Record::new(found, about)
}

pub fn json(record: &Record) -> Result<String> {
    let text = serde_json::to_string_pretty(record);
    let text = text.map_err(|error| Trouble::Refused(format!("the answer is no JSON: {error}")))?;
    Ok(text + "\n")
}

/// The clusters, then the spectrum, then the edges where they can be told apart.
fn figures(data: &Data, found: &Clustering, axes: [usize; 2]) -> Result<Vec<Figure>> {
    let mut figures = Vec::new();
    match data {
        Data::Points(points) => {
            figures.push(picture::of_points(points, found, axes)?);
            figures.push(picture::spectrum(found)?);
            figures.extend(picture::with_edges(points, found, axes)?);
        }
        Data::Graph(named) => {
            figures.push(picture::of_graph(named, found)?);
            figures.push(picture::spectrum(found)?);
        }
    }
    Ok(figures)
}
