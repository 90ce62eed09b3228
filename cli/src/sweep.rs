//! `fiedler sweep`: the same question under many parameters.

use crate::input::{Data, InputOptions};
use crate::options::positive;
use crate::output::{self, Outputs, Target};
use crate::picture::Format;
use crate::record::numbered;
use crate::trouble::{Result, Trouble, in_words_of_the_command_line};
use crate::words::short;
use clap::{Args, ValueEnum};
use fiedler::ndarray::{Array1, Array2};
use fiedler::parameters::{Bandwidth, NeighborCount};
use fiedler::plot::{self, Figure};
use fiedler::sensitivity::{Case, Measure, Sensitivity, sensitivity};
use fiedler::{GraphRule, SpectralClustering};
use std::fmt::Write;

/// Cluster under many parameters, and see what does not change
///
/// One of --epsilon, --neighbors and --sigma is varied, or --sigma and --neighbors together; and the number of clusters.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct Arguments {
    #[command(flatten)]
    input: InputOptions,
    /// Distances within which points are joined: FROM..TO, or one
    #[arg(long, value_name = "FROM..TO", value_parser = span, help_heading = "What is varied")]
    epsilon: Option<Span>,
    /// Numbers of nearest neighbours: FROM..TO, or one
    #[arg(long, value_name = "FROM..TO", value_parser = counts, help_heading = "What is varied")]
    neighbors: Option<Span>,
    /// Widths of the Gaussian: FROM..TO, or one
    #[arg(long, value_name = "FROM..TO", value_parser = span, help_heading = "What is varied")]
    sigma: Option<Span>,
    /// Numbers of clusters: FROM..TO, or one
    #[arg(short = 'k', long = "clusters", value_name = "FROM..TO", default_value = "2..5", value_parser = counts, help_heading = "What is varied")]
    clusters: Span,
    /// How many values from FROM to TO
    #[arg(long, value_name = "COUNT", default_value_t = 10, value_parser = clap::value_parser!(u16).range(1..=60), help_heading = "What is varied")]
    steps: u16,
    /// The seed of k-means
    #[arg(long, value_name = "NUMBER", default_value_t = 0)]
    seed: u64,
    /// The table as CSV [default: in short on the standard output]
    #[arg(long, value_name = "FILE", help_heading = "What is written")]
    table: Option<Target>,
    /// A heat map of one number of the table, as .svg or .png
    #[arg(long, value_name = "FILE", help_heading = "What is written")]
    heatmap: Option<Target>,
    /// Which number [default: the agreement with the truth where --label is given, else the normalised cut]
    #[arg(
        long,
        value_enum,
        value_name = "NAME",
        help_heading = "What is written"
    )]
    measure: Option<Shown>,
    /// Say nothing but what is refused
    #[arg(long, short, help_heading = "What is written")]
    quiet: bool,
}

const EXAMPLES: &str = "\
Examples:
  fiedler sweep points.csv --epsilon 0.1..1.0 --heatmap out.svg
  fiedler sweep iris.csv --label species --neighbors 4..20 -k 3 --table out.csv";

/// Values from one to another.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Span {
    from: f64,
    to: f64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Shown {
    /// The adjusted Rand index against the classes of --label
    Ari,
    /// The normalised cut
    Normcut,
    /// The gap behind the eigenvalue of the last cluster
    Eigengap,
    /// The second eigenvalue
    Lambda2,
    /// The pieces of the graph
    Components,
    /// The vertices without edges
    Isolated,
}

impl Shown {
    fn measure(self) -> Measure {
        match self {
            Self::Ari => Measure::Ari,
            Self::Normcut => Measure::Normcut,
            Self::Eigengap => Measure::Eigengap,
            Self::Lambda2 => Measure::Lambda2,
            Self::Components => Measure::Components,
            Self::Isolated => Measure::Isolated,
        }
    }

    fn words(self) -> &'static str {
        match self {
            Self::Ari => "adjusted Rand index",
            Self::Normcut => "normalised cut",
            Self::Eigengap => "eigengap",
            Self::Lambda2 => "second eigenvalue",
            Self::Components => "pieces of the graph",
            Self::Isolated => "vertices without edges",
        }
    }
}

/// A graph's parameter or two, by name, with the rules for its values.
struct Varied {
    names: Vec<&'static str>,
    rules: Vec<(Vec<f64>, GraphRule)>,
}

/// Fits all, and writes what was asked for.
pub fn run(arguments: &Arguments) -> Result<()> {
    let targets = [arguments.table.as_ref(), arguments.heatmap.as_ref()];
    let inputs: Vec<_> = arguments.input.source.path().into_iter().collect();
    output::check(&targets, &inputs)?;
    let format = arguments.heatmap.as_ref().map(Format::of).transpose()?;
    if arguments.input.edges {
        return Err(a_graph(&arguments.input));
    }
    let shown = shown(arguments)?;
    let varied = varied(arguments)?;
    let counts = arguments.clusters.whole(usize::from(arguments.steps));
    if arguments.heatmap.is_some() && varied.names.len() == 2 && counts.len() > 1 {
        let words =
            "a heat map has two sides, and three things are varied: give one number with -k";
        return Err(Trouble::Usage(words.to_string()));
    }
    let points = match arguments.input.read()? {
        Data::Points(points) => points,
        Data::Graph(_) => return Err(a_graph(&arguments.input)),
    };
    let truth = points.classes.as_ref().map(|classes| numbered(classes).0);
    let cases = cases(&varied, &counts, &points.x, truth.as_ref(), arguments.seed)?;
    let names: Vec<&str> = varied.names.iter().copied().chain(["k"]).collect();
    let found = sensitivity(&names, &cases)?;
    let mut outputs = Outputs::default();
    if let Some(target) = &arguments.table {
        outputs.add(target, found.to_csv()?);
    }
    if let (Some(target), Some(format)) = (&arguments.heatmap, format) {
        let figure = heat_map(&found, &varied, &counts, shown)?;
        outputs.add(target, format.bytes(&figure));
    }
    let silent = arguments.quiet || targets.contains(&Some(&Target::StandardOutput));
    if !silent {
        outputs.add(&Target::StandardOutput, in_short(&found, truth.is_some()));
    }
    outputs.write()
}

/// Why a graph is not swept, and what to do.
fn a_graph(input: &InputOptions) -> Trouble {
    let file = input.source.name();
    let edges = if input.edges { " --edges" } else { "" };
    Trouble::Usage(format!(
        "a sweep varies how points are joined into a graph, and {file} is a graph already: only the number of clusters is open; \
         give it several in turn, fiedler cluster {file}{edges} -k 2, -k 3, …, and hold their certificates beside each other"
    ))
}

fn shown(arguments: &Arguments) -> Result<Shown> {
    let truth = arguments.input.table.label.is_some();
    match arguments.measure {
        Some(Shown::Ari) if !truth => Err(Trouble::Usage(
            "--measure ari compares with classes, and no --label says which column holds them"
                .to_string(),
        )),
        Some(shown) => Ok(shown),
        None if truth => Ok(Shown::Ari),
        None => Ok(Shown::Normcut),
    }
}

fn varied(arguments: &Arguments) -> Result<Varied> {
    let steps = usize::from(arguments.steps);
    let (epsilon, sigma, neighbors) = (arguments.epsilon, arguments.sigma, arguments.neighbors);
    let rules = |values: Vec<f64>, rule: &dyn Fn(f64) -> GraphRule| {
        values
            .into_iter()
            .map(|value| (vec![value], rule(value)))
            .collect()
    };
    let fixed = |k: usize| NeighborCount::Fixed(k);
    Ok(match (epsilon, sigma, neighbors) {
        (Some(span), None, None) => Varied {
            names: vec!["epsilon"],
            rules: rules(span.values(steps), &GraphRule::Epsilon),
        },
        (None, Some(span), None) => Varied {
            names: vec!["sigma"],
            rules: rules(span.values(steps), &|sigma| GraphRule::gaussian(sigma)),
        },
        (None, None, Some(span)) => Varied {
            names: vec!["neighbors"],
            rules: span
                .whole(steps)
                .into_iter()
                .map(|k| (vec![k as f64], GraphRule::nearest_neighbors(k)))
                .collect(),
        },
        (None, Some(sigmas), Some(counts)) => {
            let pair = |sigma: f64, k: usize| {
                let rule = GraphRule::GaussianOnNearestNeighbors(Bandwidth::Fixed(sigma), fixed(k));
                (vec![sigma, k as f64], rule)
            };
            let of = |sigma: f64| counts.whole(steps).into_iter().map(move |k| pair(sigma, k));
            Varied {
                names: vec!["sigma", "neighbors"],
                rules: sigmas.values(steps).into_iter().flat_map(of).collect(),
            }
        }
        (None, None, None) => {
            let words =
                "nothing is varied: give --neighbors 4..20, --epsilon FROM..TO or --sigma FROM..TO";
            return Err(Trouble::Usage(words.to_string()));
        }
        (Some(_), ..) => {
            let words = "--epsilon goes with neither --neighbors nor --sigma: each is the parameter of a graph of its own";
            return Err(Trouble::Usage(words.to_string()));
        }
    })
}

fn cases(
    varied: &Varied,
    counts: &[usize],
    x: &Array2<f64>,
    truth: Option<&Array1<usize>>,
    seed: u64,
) -> fiedler::Result<Vec<Case>> {
    let case = |(values, rule): &(Vec<f64>, GraphRule), k: usize| {
        let values: Vec<f64> = values.iter().copied().chain([k as f64]).collect();
        let estimator = SpectralClustering::new().clusters(k).seed(seed);
        Case::new(x, truth, estimator, *rule, &values)
    };
    let of = |setting| counts.iter().map(move |&k| case(setting, k));
    varied.rules.iter().flat_map(of).collect()
}

/// Two of the parameters, one down and one across.
fn heat_map(
    found: &Sensitivity,
    varied: &Varied,
    counts: &[usize],
    shown: Shown,
) -> Result<Figure> {
    let column = found.column(shown.measure());
    let by_clusters = varied.names.len() == 1;
    let name = |value: f64| {
        short(value)
            .trim_end_matches('0')
            .trim_end_matches('.')
            .to_string()
    };
    let across: Vec<f64> = if by_clusters {
        varied.rules.iter().map(|(values, _)| values[0]).collect()
    } else {
        distinct(varied.rules.iter().map(|(values, _)| values[0]))
    };
    let down: Vec<f64> = if by_clusters {
        counts.iter().map(|&k| k as f64).collect()
    } else {
        distinct(varied.rules.iter().map(|(values, _)| values[1]))
    };
    // The cases run through what is down first.
    let values = Array2::from_shape_fn((down.len(), across.len()), |(row, at)| {
        column[at * down.len() + row]
    });
    let numbers = |values: &[f64]| -> Vec<String> {
        let whole = values.iter().all(|value| value.fract() == 0.0);
        let shown = |value: &f64| {
            if whole {
                format!("{value:.0}")
            } else {
                name(*value)
            }
        };
        values.iter().map(shown).collect()
    };
    let figure = plot::heat_map(shown.words(), &numbers(&down), &numbers(&across), &values)?;
    let side = if by_clusters { "clusters" } else { "neighbors" };
    Ok(figure.with_axes(varied.names[0], side))
}

/// Each value once, in order of first appearance.
fn distinct(values: impl Iterator<Item = f64>) -> Vec<f64> {
    let mut found: Vec<f64> = Vec::new();
    for value in values {
        if !found.iter().any(|other| other.to_bits() == value.to_bits()) {
            found.push(value);
        }
    }
    found
}

/// A line a row for the eye.
fn in_short(found: &Sensitivity, with_truth: bool) -> String {
    let mut text = String::new();
    for name in &found.parameters {
        let _ = write!(text, "{name:>10}");
    }
    let mut measures = vec![
        Measure::Components,
        Measure::Isolated,
        Measure::Eigengap,
        Measure::Normcut,
    ];
    if with_truth {
        measures.push(Measure::Ari);
    }
    for measure in &measures {
        let _ = write!(text, "{:>12}", measure.name());
    }
    text.push('\n');
    let mut first = None;
    for row in &found.rows {
        for value in &row.values {
            let _ = write!(text, "{:>10}", shortest(*value));
        }
        for measure in &measures {
            let cell = measure
                .of(row)
                .map_or("–".to_string(), |value| match measure {
                    Measure::Components | Measure::Isolated => format!("{value:.0}"),
                    _ => short(value),
                });
            let _ = write!(text, "{cell:>12}");
        }
        text.push('\n');
        first = first.or(row.error.as_ref());
    }
    if let Some(error) = first {
        let refused = found.rows.iter().filter(|row| row.error.is_some()).count();
        let _ = writeln!(
            text,
            "\n{refused} of {} settings were refused, the first for this reason: {}",
            found.rows.len(),
            in_words_of_the_command_line(&error.to_string())
        );
    }
    text
}

/// A parameter without digits that say nothing.
fn shortest(value: f64) -> String {
    if value.fract() == 0.0 && value.abs() < 1e9 {
        format!("{value:.0}")
    } else {
        short(value)
    }
}

impl Span {
    /// So many values, from the one end to the other.
    fn values(self, steps: usize) -> Vec<f64> {
        if steps < 2 || self.to <= self.from {
            return vec![self.from];
        }
        let share = |at: usize| at as f64 / (steps - 1) as f64;
        (0..steps)
            .map(|at| self.from + (self.to - self.from) * share(at))
            .collect()
    }

    /// All whole numbers, or so many of them.
    fn whole(self, steps: usize) -> Vec<usize> {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "whole numbers above 0, as they were read"
        )]
        let (from, to) = (self.from as usize, self.to as usize);
        let all: Vec<usize> = (from..=to).collect();
        if all.len() <= steps {
            return all;
        }
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "rounded between two whole numbers"
        )]
        let rounded: Vec<usize> = self
            .values(steps)
            .iter()
            .map(|value| value.round() as usize)
            .collect();
        rounded
    }
}

fn span(word: &str) -> std::result::Result<Span, String> {
    let (from, to) = word.split_once("..").unwrap_or((word, word));
    let (from, to) = (positive(from)?, positive(to)?);
    if from <= to {
        Ok(Span { from, to })
    } else {
        Err("the first number must not be above the second".to_string())
    }
}

fn counts(word: &str) -> std::result::Result<Span, String> {
    let found = span(word)?;
    if found.from.fract() == 0.0 && found.to.fract() == 0.0 && found.to < 1e9 {
        Ok(found)
    } else {
        Err("whole numbers are wanted, as 4..20".to_string())
    }
}
