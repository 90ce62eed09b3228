//! The smallest eigenvalues: 0, then λ₂, and the gap behind it that says how sure the split is.

use super::kit::{
    ACCENT, AXIS, Area, Axis, Dash, Drawn, Figure, Plane, Scene, Sheet, Spaced, TEXT, colour,
    count, counted, dev, drawable, interval, significant, subscript, width, with_margin, write,
};
use crate::error::{Error, Result};
use crate::guard;
use ndarray::Array1;

/// Eigenvalues lie between 0 and 2, and this is what rounding leaves of a 0.
const ROUNDING: f64 = 1e-14;

/// The first ten eigenvalues λ₁ ≤ λ₂ ≤ …, each a stem, and the gap between λ₂ and λ₃.
///
/// The values may come in any order. [`Spectrum`] shows more of them, and another gap.
///
/// ```
/// use fiedler::{data::blog_moons, eigh_symmetric, plot, similarity_matrix};
/// let pairs = eigh_symmetric(&similarity_matrix(&blog_moons().x, 0.4)?)?;
/// let figure = plot::spectrum(&pairs.values)?;
/// assert!(figure.alt().contains("λ₂ = 0.00538"));
/// # Ok::<(), fiedler::Error>(())
/// ```
///
/// # Errors
/// [`Error::NoPoints`] for no values, [`Error::VectorNotFinite`]; [`Error::Value`] for values too large
/// to be drawn.
pub fn spectrum(values: &Array1<f64>) -> Result<Figure> {
    Spectrum::new(values).draw()
}

/// [`spectrum`] with choices: how many eigenvalues, and which gap.
///
/// ```
/// use fiedler::{ndarray::array, plot};
/// let values = array![0.0, 0.01, 0.02, 0.5, 0.6];
/// let figure = plot::Spectrum::new(&values).first(4).gap_after(3).draw()?;
/// assert!(figure.alt().ends_with("The gap between λ₃ and λ₄ is 0.48."));
/// # Ok::<(), fiedler::Error>(())
/// ```
#[derive(Debug, Clone, Copy)]
#[must_use = "`draw` makes the figure"]
pub struct Spectrum<'a> {
    values: &'a Array1<f64>,
    first: usize,
    gap_after: Option<usize>,
}

impl<'a> Spectrum<'a> {
    /// As [`spectrum`] draws it.
    pub fn new(values: &'a Array1<f64>) -> Self {
        Self {
            values,
            first: 10,
            gap_after: None,
        }
    }

    /// The first `m` eigenvalues, at most 50.
    pub fn first(mut self, m: usize) -> Self {
        self.first = m;
        self
    }

    /// The gap behind the `k`-th eigenvalue, not the second: the one that k clusters need.
    pub fn gap_after(mut self, k: usize) -> Self {
        self.gap_after = Some(k);
        self
    }

    /// The figure.
    ///
    /// # Errors
    /// As [`spectrum`]; [`Error::Count`] for an m outside 1 to 50, or unless 1 ≤ k ≤ m.
    pub fn draw(self) -> Result<Figure> {
        if self.values.is_empty() {
            return Err(Error::NoPoints);
        }
        let values = &*guard::vector("values", self.values, self.values.len())?;
        counted("m", self.first, 1..=50, "between 1 and 50")?;
        if let Some(k) = self.gap_after {
            let wanted = "between 1 and the number of eigenvalues shown";
            counted("k", k, 1..=self.first, wanted)?;
        }
        let mut sorted = values.to_vec();
        sorted.sort_by(f64::total_cmp);
        sorted.truncate(self.first);
        drawable("an eigenvalue", sorted.iter().copied())?;
        let title = match sorted.len() {
            1 => "The smallest eigenvalue".to_string(),
            shown => format!("The {shown} smallest eigenvalues"),
        };
        let stems = Stems {
            values: sorted,
            k: self.gap_after.unwrap_or(2),
        };
        Ok(Figure::new(&title, &stems.described(), stems))
    }
}

#[derive(Debug)]
struct Stems {
    values: Vec<f64>,
    /// The gap behind λₖ is shown.
    k: usize,
}

impl Stems {
    /// λₖ and λₖ₊₁.
    fn gap(&self) -> Option<(f64, f64)> {
        Some((*self.values.get(self.k - 1)?, *self.values.get(self.k)?))
    }

    /// The distance of two eigenvalues in words; what rounding leaves of a 0 is 0.
    fn distance((before, behind): (f64, f64)) -> String {
        let gap = behind - before;
        significant(if gap < ROUNDING { 0.0 } else { gap }, 3)
    }

    /// "λ₂" and "λ₃".
    fn names(&self) -> [String; 2] {
        [self.k, self.k + 1].map(|i| format!("λ{}", subscript(i)))
    }

    fn described(&self) -> String {
        let shown: Vec<String> = self
            .values
            .iter()
            .take(4)
            .enumerate()
            .map(|(i, &value)| {
                // What rounding leaves of the 0.
                let value = if value.abs() < ROUNDING { 0.0 } else { value };
                format!("λ{} = {}", subscript(i + 1), significant(value, 3))
            })
            .collect();
        let mut alt = format!(
            "{} as stems, in ascending order: {}{}.",
            count(self.values.len(), "eigenvalue"),
            shown.join(", "),
            if self.values.len() > 4 { ", …" } else { "" }
        );
        if let Some(gap) = self.gap().map(Self::distance) {
            let [one, next] = self.names();
            alt = format!("{alt} The gap between {one} and {next} is {gap}.");
        }
        alt
    }
}

impl Scene for Stems {
    fn draw(&self, area: &Area<'_>, sheet: &mut Sheet) -> Drawn {
        let last = self.values.len() as f64;
        let values = self.values.iter().copied();
        let ys = with_margin(interval(values.chain([0.0])), 0.07);
        let [x_name, y_name] = sheet.names("", "eigenvalue");
        let plane = Plane::fitted(area, |room| {
            // Where not all have room, λₖ keeps its label.
            let every = (last * 26.0 / room.0).ceil().max(1.0);
            let ticks = (1..=self.values.len())
                .map(|i| (i as f64, format!("λ{}", subscript(i))))
                .filter(|(at, _)| (at - self.k as f64) % every == 0.0)
                .collect();
            (
                Axis::with_ticks(&x_name, (0.4, last + 0.6), ticks),
                Axis::linear(&y_name, ys, room.1, Spaced::Above),
            )
        })?;
        let zero = plane.at(0.0, 0.0).1;
        let [(left, _), (right, _)] = plane.corners();
        plane.line(&[(left, zero), (right, zero)], AXIS, Dash::Solid, 1.0)?;
        self.draw_gap(&plane)?;
        for (i, &value) in self.values.iter().enumerate() {
            let look = usize::from(i + 1 == self.k);
            let at = plane.at((i + 1) as f64, value);
            plane.line(&[(at.0, zero), at], colour(look), Dash::Solid, 2.5)?;
            plane.marker(at, look, 5.5)?;
        }
        Ok(())
    }
}

impl Stems {
    /// Two dashed lines at λₖ and λₖ₊₁ with the distance between them.
    fn draw_gap(&self, plane: &Plane<'_>) -> Drawn {
        let Some((before, behind)) = self.gap() else {
            return Ok(());
        };
        let (x, low) = plane.at(self.k as f64, before);
        let (end, high) = plane.at((self.k + 1) as f64, behind);
        let [one, next] = self.names();
        let words = format!("gap {next} − {one} = {}", Self::distance((before, behind)));
        plane.line(&[(x, low), (end, low)], ACCENT, Dash::Dashed, 1.5)?;
        plane.line(&[(x, high), (end, high)], ACCENT, Dash::Dashed, 1.5)?;
        let middle = i32::midpoint(x, end);
        plane.line(&[(middle, low), (middle, high)], ACCENT, Dash::Solid, 1.5)?;
        // Above λₖ₊₁, and above every stem that the words would cross.
        let [(left, top), _] = plane.corners();
        let room = dev(width(&words, TEXT));
        let from = (middle - room / 2).max(left + dev(8.0));
        let stems = self.values.iter().enumerate();
        let crossed = stems
            .map(|(i, &value)| plane.at((i + 1) as f64, value))
            .filter(|(x, _)| (from - dev(8.0)..from + room + dev(8.0)).contains(x))
            .map(|(_, y)| y);
        let highest = crossed.min().unwrap_or(high).min(high);
        let y = (highest - dev(18.0)).max(top + dev(10.0));
        if y + dev(22.0) < high {
            let leader = [(middle, high), (middle, y + dev(10.0))];
            plane.line(&leader, ACCENT, Dash::Dotted, 1.0)?;
        }
        write(&plane.area, &words, (from, y))
    }
}
