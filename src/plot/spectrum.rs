//! The smallest eigenvalues: 0, then λ₂, and the gap behind it that says how sure the split is.

use super::kit::{
    ACCENT, AXIS, Area, Axis, Dash, Drawn, Figure, Plane, Scene, Sheet, Spaced, TEXT, colour,
    count, dev, interval, line, marker, plane_size, significant, style, subscript, width,
    with_margin,
};
use crate::error::{Error, Result};
use crate::guard;
use ndarray::Array1;
use plotters::style::text_anchor::{HPos, VPos};

/// Eigenvalues lie between 0 and 2, and this is what rounding leaves of a 0.
const ROUNDING: f64 = 1e-14;

/// The first ten eigenvalues λ₁ ≤ λ₂ ≤ …, each a stem, and the gap between λ₂ and λ₃.
///
/// The values may come in any order.
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
    spectrum_first(values, 10)
}

/// [`spectrum`] of the first `m` eigenvalues, at most 50.
///
/// # Errors
/// As [`spectrum`], and [`Error::Count`] for an m outside 1 to 50.
pub fn spectrum_first(values: &Array1<f64>, m: usize) -> Result<Figure> {
    draw(values, m, 2)
}

/// [`spectrum`] of the first `m` eigenvalues, with the gap behind the `k`-th: the one that k clusters need.
///
/// # Errors
/// As [`spectrum_first`], and [`Error::Count`] unless 1 ≤ k ≤ m.
pub fn spectrum_gap(values: &Array1<f64>, m: usize, k: usize) -> Result<Figure> {
    if !(1..=m).contains(&k) {
        return Err(Error::Count {
            name: "k",
            found: k,
            wanted: "between 1 and the number of eigenvalues shown",
        });
    }
    draw(values, m, k)
}

fn draw(values: &Array1<f64>, m: usize, k: usize) -> Result<Figure> {
    if values.is_empty() {
        return Err(Error::NoPoints);
    }
    let values = &*guard::vector("values", values, values.len())?;
    if !(1..=50).contains(&m) {
        return Err(Error::Count {
            name: "m",
            found: m,
            wanted: "between 1 and 50",
        });
    }
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted.truncate(m);
    if let Some(&value) = sorted.iter().find(|value| value.abs() > 1e300) {
        return Err(Error::Value {
            what: "an eigenvalue",
            value,
            wanted: "between -1e300 and 1e300 to be drawn",
        });
    }
    let title = if sorted.len() == 1 {
        "The smallest eigenvalue".to_string()
    } else {
        format!("The {} smallest eigenvalues", sorted.len())
    };
    let stems = Stems { values: sorted, k };
    let alt = stems.described();
    Ok(Figure::new(&title, &alt, stems))
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
        let axes = |room: (f64, f64)| {
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
        };
        let (x, y) = axes((600.0, 300.0));
        let (x, y) = axes(plane_size(area, &x, &y));
        let plane = Plane::draw(area, &x, &y)?;
        let zero = plane.at(0.0, 0.0).1;
        let [(left, _), (right, _)] = plane.corners();
        line(
            &plane.area,
            &[(left, zero), (right, zero)],
            AXIS,
            Dash::Solid,
            1.0,
        )?;
        self.draw_gap(&plane)?;
        for (i, &value) in self.values.iter().enumerate() {
            let look = usize::from(i + 1 == self.k);
            let at = plane.at((i + 1) as f64, value);
            line(
                &plane.area,
                &[(at.0, zero), at],
                colour(look),
                Dash::Solid,
                2.5,
            )?;
            marker(&plane.area, at, look, 5.5)?;
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
        line(
            &plane.area,
            &[(x, low), (end, low)],
            ACCENT,
            Dash::Dashed,
            1.5,
        )?;
        line(
            &plane.area,
            &[(x, high), (end, high)],
            ACCENT,
            Dash::Dashed,
            1.5,
        )?;
        let middle = i32::midpoint(x, end);
        line(
            &plane.area,
            &[(middle, low), (middle, high)],
            ACCENT,
            Dash::Solid,
            1.5,
        )?;
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
            line(&plane.area, &leader, ACCENT, Dash::Dotted, 1.0)?;
        }
        let text = style(TEXT, HPos::Left, VPos::Center);
        plane.area.draw_text(&words, &text, (from, y))
    }
}
