//! The graph over its points: what is joined, and what a split cuts.

use super::kit::{
    ACCENT, Area, Dash, Drawn, EDGE, Entry, Figure, Scatter, Scene, Sheet, Swatch, count, counted,
    dev, entries, legend, line, significant, trails, write,
};
use crate::error::Result;
use crate::graph::Graph;
use crate::guard;
use ndarray::{Array1, Array2};

/// Above this number of lines only every k-th is drawn: more would be one blot, and a slow one. The edges
/// within clusters and those between them are counted apart.
const MOST_EDGES: usize = 20_000;

/// What joins points: a similarity matrix, wherever it is positive, or a [`Graph`].
#[derive(Debug, Clone, Copy)]
pub enum Adjacency<'a> {
    /// `&Array2<f64>`, which becomes one by itself.
    Matrix(&'a Array2<f64>),
    /// `&Graph`, which does too.
    Graph(&'a Graph),
}

impl<'a> From<&'a Array2<f64>> for Adjacency<'a> {
    fn from(matrix: &'a Array2<f64>) -> Self {
        Self::Matrix(matrix)
    }
}

impl<'a> From<&'a Graph> for Adjacency<'a> {
    fn from(graph: &'a Graph) -> Self {
        Self::Graph(graph)
    }
}

/// What is borrowed twice, as in a loop over `&a` and `&b`.
impl<'a, T> From<&&'a T> for Adjacency<'a>
where
    Self: From<&'a T>,
{
    fn from(borrowed: &&'a T) -> Self {
        <Self as From<&'a T>>::from(borrowed)
    }
}

impl Adjacency<'_> {
    /// The edges (i, j, weight) with i < j between this many points, row by row.
    fn edges(self, points: usize) -> Result<Vec<(usize, usize, f64)>> {
        let joined = |&(i, j, weight): &(usize, usize, f64)| i < j && weight > 0.0;
        match self {
            Self::Matrix(a) => {
                let a = guard::similarity(a)?;
                guard::length("the similarity matrix", a.nrows(), points)?;
                let entries = a.indexed_iter().map(|((i, j), &weight)| (i, j, weight));
                Ok(entries.filter(joined).collect())
            }
            Self::Graph(graph) => {
                guard::length("the graph", graph.vertex_count(), points)?;
                let mut edges: Vec<_> = graph.weighted_edges().filter(joined).collect();
                edges.sort_by_key(|&(i, j, _)| (i, j));
                Ok(edges)
            }
        }
    }
}

/// The points of `x`, joined by a line wherever the similarity matrix is positive, or the graph has an edge;
/// [`Joined`] numbers them too.
///
/// With labels, the edges between two labels are drawn last, thick and purple: together they are the cut.
///
/// ```
/// use fiedler::{Graph, cut, data::blog_moons, plot, similarity_matrix};
/// let moons = blog_moons();
/// let a = similarity_matrix(&moons.x, 0.4)?;
/// let figure = plot::graph(&moons.x, &a, Some(&moons.y))?;
/// assert!(figure.alt().contains("13 edges join points of different clusters"));
/// assert_eq!(cut(&a, &moons.y)?, 13.0);
/// let of_graph = plot::graph(&moons.x, &Graph::epsilon(&moons.x, 0.4)?, Some(&moons.y))?;
/// assert_eq!(of_graph.svg(), figure.svg());
/// # Ok::<(), fiedler::Error>(())
/// ```
///
/// # Errors
/// As [`super::points`] for `x` and [`crate::degrees`] for a matrix; [`crate::Error::Length`] unless there are as many
/// rows in it, vertices, and labels, as points.
pub fn graph<'a>(
    x: &Array2<f64>,
    adjacency: impl Into<Adjacency<'a>>,
    labels: Option<&Array1<usize>>,
) -> Result<Figure> {
    drawn(x, adjacency.into(), labels, false)
}

/// [`graph`] with choices: labels, and the number of each vertex.
///
/// ```
/// use fiedler::{graph::known::path, ndarray::array, plot};
/// let x = array![[0.0, 0.0], [1.0, 0.0], [2.0, 0.0]];
/// let figure = plot::Joined::new(&x, &path(3)?).labels(&array![0, 0, 1]).numbered().draw()?;
/// assert!(figure.alt().ends_with("The vertices are numbered from 0 to 2. Edges lead from 0 to 1; 1 to 2."));
/// # Ok::<(), fiedler::Error>(())
/// ```
#[derive(Debug, Clone, Copy)]
#[must_use = "`draw` makes the figure"]
pub struct Joined<'a> {
    x: &'a Array2<f64>,
    adjacency: Adjacency<'a>,
    labels: Option<&'a Array1<usize>>,
    numbered: bool,
}

impl<'a> Joined<'a> {
    /// As [`graph`] draws it without labels.
    pub fn new(x: &'a Array2<f64>, adjacency: impl Into<Adjacency<'a>>) -> Self {
        Self {
            x,
            adjacency: adjacency.into(),
            labels: None,
            numbered: false,
        }
    }

    /// The edges between two labels are drawn as cut.
    pub fn labels(mut self, labels: &'a Array1<usize>) -> Self {
        self.labels = Some(labels);
        self
    }

    /// The number of each vertex, from 0, beside it.
    pub fn numbered(mut self) -> Self {
        self.numbered = true;
        self
    }

    /// The figure.
    ///
    /// # Errors
    /// As [`graph`]; [`crate::Error::Count`] for more than 100 vertices to be numbered.
    pub fn draw(self) -> Result<Figure> {
        if self.numbered {
            let most = "at most 100: more numbers cannot be read";
            counted("the number of vertices", self.x.nrows(), 0..=100, most)?;
        }
        drawn(self.x, self.adjacency, self.labels, self.numbered)
    }
}

fn drawn(
    x: &Array2<f64>,
    adjacency: Adjacency<'_>,
    labels: Option<&Array1<usize>>,
    numbered: bool,
) -> Result<Figure> {
    let scatter = Scatter::new(x, labels)?;
    let all = adjacency.edges(x.nrows())?;
    let told = in_numbers(&all, x.nrows());
    let between = |i: usize, j: usize| labels.is_some_and(|labels| labels[i] != labels[j]);
    let (cut, kept): (Vec<_>, Vec<_>) = all.into_iter().partition(|&(i, j, _)| between(i, j));
    let edges = cut.len() + kept.len();
    let weight: f64 = cut.iter().map(|(_, _, weight)| weight).sum();
    let every = |lines: &[(usize, usize, f64)]| lines.len().div_ceil(MOST_EDGES).max(1);
    let thinned = |lines: &[(usize, usize, f64)]| -> Vec<(usize, usize)> {
        let thinned = lines.iter().step_by(every(lines));
        thinned.map(|&(i, j, _)| (i, j)).collect()
    };
    let [points, lines] = [count(x.nrows(), "point"), count(edges, "edge")];
    let mut title = format!("{points}, {lines}");
    let mut alt = format!("A graph of {points} joined by {lines}.");
    if labels.is_some() {
        title = format!("{title}, {} of them cut", cut.len());
        let verb = if cut.len() == 1 { "joins" } else { "join" };
        alt = format!(
            "{alt} {} {verb} points of different clusters, drawn thick and purple: the cut, of total weight {}. \
             In it are {}.",
            count(cut.len(), "edge"),
            significant(weight, 6),
            scatter.described(),
        );
    }
    for (lines, which) in [(&kept, "edges within clusters"), (&cut, "cut edges")] {
        if every(lines) > 1 {
            alt = format!("{alt} Of the {which}, one in {} is drawn.", every(lines));
        }
    }
    let mut legend = entries(&scatter.groups);
    let mut explain = |colour, words: &str, count: usize, lines: &[(usize, usize, f64)]| {
        let thinned = match every(lines) {
            1 => String::new(),
            every => format!(", 1 in {every} drawn"),
        };
        let swatch = Swatch::Line(colour, Dash::Solid, None);
        legend.push((swatch, format!("{words} (n = {count}{thinned})")));
    };
    if !cut.is_empty() {
        explain(ACCENT, "cut", cut.len(), &cut);
    }
    // Where each edge is cut, none looks like this.
    if !kept.is_empty() || cut.is_empty() {
        explain(EDGE, "edge", edges, &kept);
    }
    let graph = Picture {
        scatter,
        kept: thinned(&kept),
        cut: thinned(&cut),
        legend,
        numbered,
    };
    if numbered {
        alt += &told;
    }
    Ok(Figure::new(&title, &alt, graph))
}

/// So many edges are told one by one.
const READABLE: usize = 30;

/// What the numbers in the picture tell the eye: who is joined to whom.
fn in_numbers(edges: &[(usize, usize, f64)], vertices: usize) -> String {
    let text = format!(" The vertices are numbered from 0 to {}.", vertices - 1);
    if edges.is_empty() || edges.len() > READABLE {
        return text;
    }
    let of = |i: usize| {
        let others = edges.iter().filter(|edge| edge.0 == i);
        let others: Vec<String> = others.map(|edge| edge.1.to_string()).collect();
        (!others.is_empty()).then(|| format!("{i} to {}", others.join(", ")))
    };
    let parts: Vec<String> = (0..vertices).filter_map(of).collect();
    format!("{text} Edges lead from {}.", parts.join("; "))
}

/// Edges that a reader may count one by one.
const FEW: usize = 100;
/// Points whose markers stand above all lines.
const FEW_POINTS: usize = 30;

#[derive(Debug)]
struct Picture {
    scatter: Scatter,
    /// The edges drawn, by the rows of their ends.
    kept: Vec<(usize, usize)>,
    cut: Vec<(usize, usize)>,
    legend: Vec<Entry>,
    numbered: bool,
}

impl Scene for Picture {
    fn draw(&self, area: &Area<'_>, sheet: &mut Sheet) -> Drawn {
        let area = legend(area, &self.legend)?;
        let plane = self.scatter.plane(&area, sheet)?;
        let at = |i: usize| plane.at(self.scatter.at[i].0, self.scatter.at[i].1);
        // Few edges are each looked at; many are a texture.
        let width = if self.kept.len() < FEW { 1.8 } else { 0.7 };
        for trail in trails(&self.kept) {
            let through: Vec<(i32, i32)> = trail.into_iter().map(at).collect();
            line(&plane.area, &through, EDGE, Dash::Solid, width)?;
        }
        // Among many points the cut is what is looked for; few points are each looked at.
        let few = self.scatter.at.len() <= FEW_POINTS;
        if !few {
            self.scatter.markers(&plane)?;
        }
        for &(i, j) in &self.cut {
            line(&plane.area, &[at(i), at(j)], ACCENT, Dash::Solid, 2.0)?;
        }
        if few {
            self.scatter.markers(&plane)?;
        }
        if self.numbered {
            for i in 0..self.scatter.at.len() {
                let (x, y) = at(i);
                write(&plane.area, &i.to_string(), (x + dev(8.0), y - dev(9.0)))?;
            }
        }
        Ok(())
    }
}
