//! How an optimiser approaches the minimum: its distance from λ₂, step by step, on a logarithmic axis.

use super::kit::{
    Area, Axis, Dash, Drawn, Figure, Plane, Scene, Sheet, Spaced, Swatch, colour, count, interval,
    legend, line, look_name, marker, one_line, plane_size, significant, some, with_margin,
};
use crate::error::{Error, Result};
use crate::relaxation::Minimum;

/// Differences below this are rounding, and are drawn here.
const ROUNDING: f64 = 1e-17;

/// The value of each run less `floor`, the minimum as it is known otherwise (λ₂), against its iterations.
///
/// ```
/// use fiedler::{Gradient, data::blog_moons, fiedler_vector, minimize_orth_obj, plot};
/// use fiedler::{similarity_matrix, transform};
/// let moons = blog_moons();
/// let a = similarity_matrix(&moons.x, 0.4)?;
/// let start = transform(&a, &moons.y)?;
/// let found = minimize_orth_obj(&a, &start, Gradient::Exact)?;
/// let figure = plot::convergence(&[("exact gradient", &found)], fiedler_vector(&a)?.value)?;
/// assert!(figure.alt().contains("exact gradient, a solid line with circles"));
/// # Ok::<(), fiedler::Error>(())
/// ```
///
/// # Errors
/// [`Error::Count`] for no runs, [`Error::Value`] for a floor or a value that is not finite.
pub fn convergence<S: AsRef<str>>(runs: &[(S, &Minimum)], floor: f64) -> Result<Figure> {
    drawn(runs, floor, Against::Iterations)
}

/// [`convergence`] against the evaluations of the function so far, on a logarithmic axis too: what each
/// method costs.
///
/// # Errors
/// As [`convergence`].
pub fn convergence_by_evaluations<S: AsRef<str>>(
    runs: &[(S, &Minimum)],
    floor: f64,
) -> Result<Figure> {
    drawn(runs, floor, Against::Evaluations)
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Against {
    Iterations,
    Evaluations,
}

fn drawn<S: AsRef<str>>(runs: &[(S, &Minimum)], floor: f64, against: Against) -> Result<Figure> {
    finite("the floor", floor)?;
    some("the number of runs", runs.len())?;
    let mut curves = Vec::new();
    let mut alt = Vec::new();
    for (i, (name, run)) in runs.iter().enumerate() {
        let name = one_line(name.as_ref());
        finite("the value of a run", run.value)?;
        let mut through = Vec::new();
        for step in &run.history {
            finite("the value of a step", step.value)?;
            let x = match against {
                Against::Iterations => step.iteration as f64,
                Against::Evaluations => (step.evaluations.max(1) as f64).log10(),
            };
            through.push((x, (step.value - floor).max(ROUNDING).log10()));
        }
        if through.is_empty() {
            // A run that ended before its first step still has a value.
            through.push((0.0, (run.value - floor).max(ROUNDING).log10()));
        }
        let cost = format!(
            "{}, {}",
            count(run.iterations, "iteration"),
            count(run.evaluations, "evaluation")
        );
        let pattern = ["solid", "dashed", "dotted"][i % 3];
        let markers = look_name(i);
        let markers = markers.split_once(' ').map_or("", |(_, shape)| shape);
        let end = run.value - floor;
        let end = if end > ROUNDING {
            format!("{} above", significant(end, 2))
        } else {
            "no more than rounding away from".to_string()
        };
        alt.push(format!(
            "{name}, a {pattern} line with {markers}, ends {end} the minimum after {cost}"
        ));
        curves.push(Curve { name, through });
    }
    let title = match against {
        Against::Iterations => "How far above the minimum, step by step",
        Against::Evaluations => "How far above the minimum, by the work done",
    };
    let alt = format!(
        "The value above the minimum {} on a logarithmic axis. {}.",
        significant(floor, 6),
        alt.join("; ")
    );
    Ok(Figure::new(title, &alt, Convergence { curves, against }))
}

fn finite(what: &'static str, value: f64) -> Result<()> {
    if value.is_finite() {
        return Ok(());
    }
    Err(Error::Value {
        what,
        value,
        wanted: "a finite number",
    })
}

#[derive(Debug)]
struct Curve {
    name: String,
    /// The place along the axis, and the logarithm of the distance from the minimum.
    through: Vec<(f64, f64)>,
}

#[derive(Debug)]
struct Convergence {
    curves: Vec<Curve>,
    against: Against,
}

impl Scene for Convergence {
    fn draw(&self, area: &Area<'_>, sheet: &mut Sheet) -> Drawn {
        let entries: Vec<_> = self
            .curves
            .iter()
            .enumerate()
            .map(|(i, curve)| {
                let swatch = Swatch::Line(colour(i), Dash::nth(i), Some(i));
                (swatch, curve.name.clone())
            })
            .collect();
        let area = legend(area, &entries)?;
        let all = || self.curves.iter().flat_map(|curve| &curve.through);
        let xs = interval(all().map(|at| at.0));
        // Whole powers of ten at both ends.
        let ys = interval(all().map(|at| at.1));
        let ys = with_margin((ys.0.floor(), ys.1.ceil()), 0.03);
        let (x_name, y_name) = match self.against {
            Against::Iterations => ("iteration", "value − minimum"),
            Against::Evaluations => ("evaluations of the function", "value − minimum"),
        };
        let [x_name, y_name] = sheet.names(x_name, y_name);
        let axes = |room: (f64, f64)| {
            let x = match self.against {
                Against::Iterations => Axis::linear(
                    &x_name,
                    with_margin((0.0, xs.1), 0.02),
                    room.0,
                    Spaced::Beside,
                ),
                Against::Evaluations => {
                    let ends = with_margin((xs.0.floor(), xs.1.ceil()), 0.02);
                    Axis::log10(&x_name, ends, room.0)
                }
            };
            (x, Axis::log10(&y_name, ys, room.1))
        };
        let (x, y) = axes((600.0, 300.0));
        let (x, y) = axes(plane_size(&area, &x, &y));
        let plane = Plane::draw(&area, &x, &y)?;
        for (i, curve) in self.curves.iter().enumerate() {
            let at: Vec<(i32, i32)> = curve.through.iter().map(|&(x, y)| plane.at(x, y)).collect();
            line(&plane.area, &at, colour(i), Dash::nth(i), 2.0)?;
            // A marker on about every twelfth part, and on the last step.
            let every = at.len().div_ceil(12).max(1);
            for (step, &at) in at.iter().enumerate() {
                if step % every == 0 || step + 1 == curve.through.len() {
                    marker(&plane.area, at, i, 5.0)?;
                }
            }
        }
        Ok(())
    }
}
