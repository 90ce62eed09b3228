//! How an optimiser approaches the minimum: its distance from λ₂, step by step, on a logarithmic axis.

use super::kit::{
    Chart, Curve, Figure, Scale, all, count, interval, one_line, significant, some, with_margin,
    xs, ys,
};
use crate::error::Result;
use crate::relaxation::Minimum;

/// Differences below this are rounding, and are drawn here.
const ROUNDING: f64 = 1e-17;

/// The value of each run less `floor`, the minimum as it is known otherwise (λ₂), against its iterations;
/// [`Convergence`] draws it against the work done.
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
/// [`crate::Error::Count`] for no runs, [`crate::Error::Value`] for a floor or a value that is not finite.
pub fn convergence<S: AsRef<str>>(runs: &[(S, &Minimum)], floor: f64) -> Result<Figure> {
    Convergence::new(runs, floor).draw()
}

/// [`convergence`] with a choice: against what.
///
/// ```
/// use fiedler::{Gradient, data::blog_moons, fiedler_vector, minimize_orth_obj, plot};
/// use fiedler::{similarity_matrix, transform};
/// let moons = blog_moons();
/// let a = similarity_matrix(&moons.x, 0.4)?;
/// let found = minimize_orth_obj(&a, &transform(&a, &moons.y)?, Gradient::Exact)?;
/// let runs = [("exact gradient", &found)];
/// let figure = plot::Convergence::new(&runs, fiedler_vector(&a)?.value).by_evaluations().draw()?;
/// assert_eq!(figure.title(), "How far above the minimum, by the work done");
/// # Ok::<(), fiedler::Error>(())
/// ```
#[derive(Debug)]
#[must_use = "`draw` makes the figure"]
pub struct Convergence<'a, S> {
    runs: &'a [(S, &'a Minimum)],
    floor: f64,
    by_evaluations: bool,
}

impl<'a, S: AsRef<str>> Convergence<'a, S> {
    /// As [`convergence`] draws it.
    pub fn new(runs: &'a [(S, &'a Minimum)], floor: f64) -> Self {
        Self {
            runs,
            floor,
            by_evaluations: false,
        }
    }

    /// Against the evaluations of the function so far, on a logarithmic axis too: what each method costs.
    pub fn by_evaluations(mut self) -> Self {
        self.by_evaluations = true;
        self
    }

    /// The figure.
    ///
    /// # Errors
    /// As [`convergence`].
    pub fn draw(self) -> Result<Figure> {
        finite("the floor", [self.floor])?;
        some("the number of runs", self.runs.len())?;
        let mut curves = Vec::new();
        let mut alt = Vec::new();
        for (i, (name, run)) in self.runs.iter().enumerate() {
            let curve = Curve {
                name: one_line(name.as_ref()),
                through: self.through(run)?,
            };
            alt.push(self.described(&curve.look(i), run));
            curves.push(curve);
        }
        let alt = format!(
            "The value above the minimum {} on a logarithmic axis. {}.",
            significant(self.floor, 6),
            alt.join("; ")
        );
        let across = interval(xs(&curves));
        let (words, name, across) = if self.by_evaluations {
            let ends = with_margin(whole(across), 0.02);
            (
                "by the work done",
                "evaluations of the function",
                Scale::Log10(ends),
            )
        } else {
            let ends = with_margin((0.0, across.1), 0.02);
            ("step by step", "iteration", Scale::Linear(ends))
        };
        let down = with_margin(whole(interval(ys(&curves))), 0.03);
        let scene = Chart {
            curves,
            scales: [across, Scale::Log10(down)],
            names: [name, "value − minimum"],
            most_markers: 12,
        };
        let title = format!("How far above the minimum, {words}");
        Ok(Figure::new(&title, &alt, scene))
    }

    /// The place along the axis, and the logarithm of the distance from the minimum, of each step.
    fn through(&self, run: &Minimum) -> Result<Vec<(f64, Option<f64>)>> {
        finite("the value of a run", [run.value])?;
        finite(
            "the value of a step",
            run.history.iter().map(|step| step.value),
        )?;
        let above = |value: f64| Some((value - self.floor).max(ROUNDING).log10());
        if run.history.is_empty() {
            // A run that ended before its first step still has a value.
            return Ok(vec![(0.0, above(run.value))]);
        }
        let steps = run.history.iter().map(|step| {
            let x = if self.by_evaluations {
                (step.evaluations.max(1) as f64).log10()
            } else {
                step.iteration as f64
            };
            (x, above(step.value))
        });
        Ok(steps.collect())
    }

    fn described(&self, look: &str, run: &Minimum) -> String {
        let end = run.value - self.floor;
        let end = if end > ROUNDING {
            format!("{} above", significant(end, 2))
        } else {
            "no more than rounding away from".to_string()
        };
        format!(
            "{look}, ends {end} the minimum after {}, {}",
            count(run.iterations, "iteration"),
            count(run.evaluations, "evaluation")
        )
    }
}

fn finite(what: &'static str, values: impl IntoIterator<Item = f64>) -> Result<()> {
    all(what, values, f64::is_finite, "a finite number")
}

/// The interval between whole powers of ten.
fn whole((from, to): (f64, f64)) -> (f64, f64) {
    (from.floor(), to.ceil())
}
