//! A graph that vibrates in a few of its modes, side by side.

use super::kit::{
    Animation, Area, Dash, Drawn, EDGE, Figure, Scatter, Scene, Sheet, TEXT, WIDTH, all, by_sign,
    coloured, count, counted, dev, ends, interval, line, radius, room, round, shortened,
    significant, subscript, to_scale, trails, with_margin, write,
};
use crate::error::Result;
use crate::graph::Graph;
use crate::guard;
use crate::linalg;
use crate::springs::Modes;
use ndarray::Array2;
use std::f64::consts::TAU;
use std::sync::Arc;

/// Frames in the loop.
const FRAMES: usize = 36;
/// Periods of the slowest mode in a loop: two, since one would round the others too coarsely.
const SLOWEST: f64 = 2.0;
/// A mode goes through at most this many periods in a loop: each then has four frames.
const MOST_PERIODS: f64 = 9.0;
/// The largest displacement, as a share of the longer side of the points' extent.
const REACH: f64 = 0.16;
/// Above this number of edges only every k-th is drawn.
const MOST_EDGES: usize = 4000;

/// The graph over its points, vibrating in each of these modes (one to four, numbered from 1), side by side.
///
/// A point moves up and down by its entry of the mode's shape u, times cos(ωt): vermillion triangles stand above
/// their place, blue circles below it, darker the farther. All panels start at the full swing, u itself, which is
/// scaled so that its largest entry reaches 0.16 of the points' extent.
///
/// In one loop the slowest of the modes goes through two periods, and each other through as many whole periods
/// as come nearest to its true frequency, at most 9: so the loop closes. The alternative text says how
/// many.
///
/// ```
/// use fiedler::{Graph, data::blog_moons, plot, springs::{Masses, normal_modes}};
/// let moons = blog_moons();
/// let graph = Graph::epsilon(&moons.x, 0.4)?;
/// let modes = normal_modes(&graph, Masses::Degrees, 4)?;
/// let animation = plot::vibration(&moons.x, &graph, &modes, &[2, 3, 4])?;
/// assert_eq!(animation.frame_count(), 36);
/// assert!(animation.alt().contains("mode 3: ω₃ = 0.179, 5 periods"));
/// # Ok::<(), fiedler::Error>(())
/// ```
///
/// # Errors
/// As [`super::points`]; [`crate::Error::Length`] unless points, graph and modes fit; [`crate::Error::Count`] for no mode or
/// more than four and for one that was not computed, [`crate::Error::Value`] for one of frequency 0, which never comes back.
pub fn vibration(
    x: &Array2<f64>,
    graph: &Graph,
    modes: &Modes,
    shown: &[usize],
) -> Result<Animation> {
    let scatter = Scatter::new(x, None)?;
    guard::length("the graph", graph.vertex_count(), x.nrows())?;
    guard::length("a mode's shape", modes.shapes.nrows(), x.nrows())?;
    counted("the number of modes", shown.len(), 1..=4, "between 1 and 4")?;
    let swings = shown.iter().map(|&mode| modes.mode(mode));
    let swings = swings.collect::<Result<Vec<_>>>()?;
    let frequencies = || swings.iter().map(|swing| swing.0);
    let what = "the frequency of a mode to be shown";
    let moves = |frequency: f64| frequency > 0.0 && frequency.is_finite();
    let wanted = "positive and finite: the mode stands still, show others";
    all(what, frequencies(), moves, wanted)?;
    let (slowest, _) = ends(frequencies());
    let mut panels = Vec::new();
    for (&mode, (frequency, shape)) in shown.iter().zip(&swings) {
        let shape = &*guard::vector("a mode's shape", shape, x.nrows())?;
        let largest = linalg::largest(shape);
        // Of a shape of zeros nothing moves.
        let largest = if largest > 0.0 { largest } else { 1.0 };
        let (name, number) = (subscript(mode), significant(*frequency, 3));
        panels.push(Panel {
            title: format!("mode {mode}: ω{name} = {number}"),
            shape: (shape / largest).to_vec(),
            periods: (SLOWEST * frequency / slowest).round().min(MOST_PERIODS),
        });
    }
    let edges: Vec<(usize, usize)> = graph
        .weighted_edges()
        .filter(|(i, j, _)| i != j)
        .map(|(i, j, _)| (i, j))
        .collect();
    let every = edges.len().div_ceil(MOST_EDGES).max(1);
    let titles: Vec<String> = panels
        .iter()
        .map(|panel| format!("{}, {} periods", panel.title, panel.periods))
        .collect();
    let mut alt = format!(
        "A graph of {} vibrates in {}, side by side, in a loop of {FRAMES} frames. Each point moves up and down: \
         a vermillion triangle above its place, a blue circle below it. Periods in one loop: {}.",
        count(x.nrows(), "point"),
        count(panels.len(), "mode"),
        titles.join("; ")
    );
    if every > 1 {
        alt = format!(
            "{alt} Of the {}, one in {every} is drawn.",
            count(edges.len(), "edge")
        );
    }
    let trails = trails(&edges.into_iter().step_by(every).collect::<Vec<_>>());
    let shared = Arc::new(Vibrating {
        scatter,
        trails,
        panels,
    });
    let title = "The graph as masses and springs";
    let frame = |i: usize| {
        let snapshot = Snapshot {
            of: Arc::clone(&shared),
            time: i as f64 / FRAMES as f64,
        };
        Figure::new(title, &format!("Frame {i} of {FRAMES}. {alt}"), snapshot)
    };
    Ok(Animation::new(
        title,
        &alt,
        (0..FRAMES).map(frame).collect(),
    ))
}

#[derive(Debug)]
struct Panel {
    title: String,
    /// The largest entry is ±1.
    shape: Vec<f64>,
    /// Periods in one loop.
    periods: f64,
}

#[derive(Debug)]
struct Vibrating {
    scatter: Scatter,
    trails: Vec<Vec<usize>>,
    panels: Vec<Panel>,
}

/// The graph at one time, in loops.
#[derive(Debug)]
struct Snapshot {
    of: Arc<Vibrating>,
    time: f64,
}

/// The height of a panel's title, in pixels of the picture.
const TITLE_ROW: f64 = 26.0;

impl Vibrating {
    /// The intervals that hold all points at all times, and the largest displacement.
    fn extent(&self) -> ((f64, f64), (f64, f64), f64) {
        let x = interval(self.scatter.at.iter().map(|at| at.0));
        let y = interval(self.scatter.at.iter().map(|at| at.1));
        let reach = REACH * (x.1 - x.0).max(y.1 - y.0);
        let y = (y.0 - reach, y.1 + reach);
        (with_margin(x, 0.05), with_margin(y, 0.03), reach)
    }
}

impl Scene for Snapshot {
    fn size(&self) -> (i32, i32) {
        let (x, y, _) = self.of.extent();
        let ratio = ((y.1 - y.0) / (x.1 - x.0)).clamp(0.5, 1.2);
        let panel = f64::from(WIDTH) / self.of.panels.len() as f64;
        (WIDTH, round((panel * ratio).min(420.0) + TITLE_ROW + 60.0))
    }

    fn half_height(&self) -> Option<i32> {
        None
    }

    fn draw(&self, area: &Area<'_>, _: &mut Sheet) -> Drawn {
        let parts = area.split_evenly((1, self.of.panels.len()));
        for (panel, part) in self.of.panels.iter().zip(&parts) {
            self.draw_panel(panel, part)?;
        }
        Ok(())
    }
}

impl Snapshot {
    fn draw_panel(&self, panel: &Panel, area: &Area<'_>) -> Drawn {
        let (head, area) = area.split_vertically(dev(TITLE_ROW));
        let area = area.margin(0, 0, dev(6.0), dev(6.0));
        let title = shortened(panel.title.clone(), TEXT, room(&head).0 - 20.0);
        write(&head, &title, (dev(10.0), dev(0.5 * TITLE_ROW)))?;
        let (columns, rows) = area.dim_in_pixel();
        let (columns, rows) = (f64::from(columns), f64::from(rows));
        let (xs, ys, reach) = self.of.extent();
        let [xs, ys] = to_scale([xs, ys], (columns, rows));
        let phase = (TAU * panel.periods * self.time).cos();
        let swing: Vec<f64> = panel.shape.iter().map(|entry| entry * phase).collect();
        let at = |i: usize| {
            let (x, y) = self.of.scatter.at[i];
            let (across, down) = (x - xs.0, ys.1 - (y + reach * swing[i]));
            (
                round(across / (xs.1 - xs.0) * columns),
                round(down / (ys.1 - ys.0) * rows),
            )
        };
        for trail in &self.of.trails {
            let through: Vec<(i32, i32)> = trail.iter().map(|&i| at(i)).collect();
            line(&area, &through, EDGE, Dash::Solid, 0.4)?;
        }
        let radius = 0.8 * radius(swing.len(), (round(columns), round(rows)));
        for (i, &value) in swing.iter().enumerate() {
            coloured(&area, at(i), by_sign(value, 1.0), radius)?;
        }
        Ok(())
    }
}
