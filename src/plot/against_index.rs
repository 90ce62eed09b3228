//! z against the index of its entries: where one cluster's values end and the other's begin.

use super::kit::{
    Area, Dash, Drawn, Figure, Group, INK, Plane, Scene, Sheet, Swatch, axes, count, drawable,
    ends, entries, groups, interval, legend, look_name, look_of, one_line, radius, short,
    significant, with_margin,
};
use crate::error::{Error, Result};
use crate::guard;
use ndarray::Array1;

/// The entries of `z` against their index, each with the marker of its true label;
/// [`AgainstIndex`] draws a threshold too.
///
/// ```
/// use fiedler::{data::blog_moons, fiedler_vector, plot, similarity_matrix};
/// let moons = blog_moons();
/// let z = fiedler_vector(&similarity_matrix(&moons.x, 0.4)?)?.vector;
/// let figure = plot::against_index(&z, &moons.y)?;
/// assert!(figure.alt().starts_with("The 200 entries of z against their index."));
/// # Ok::<(), fiedler::Error>(())
/// ```
///
/// # Errors
/// [`Error::NoPoints`] for an empty z, [`Error::VectorNotFinite`], [`Error::Length`] unless there is one
/// label per entry; [`Error::Value`] for entries too large to be drawn.
pub fn against_index(z: &Array1<f64>, truth: &Array1<usize>) -> Result<Figure> {
    AgainstIndex::new(z, truth).draw()
}

/// [`against_index`] with two choices: a threshold, and the name of what is drawn.
///
/// ```
/// use fiedler::{ndarray::array, plot};
/// let (z, truth) = (array![0.3, -0.2, 0.1], array![0, 1, 0]);
/// let figure = plot::AgainstIndex::new(&z, &truth).threshold(0.0).draw()?;
/// assert!(figure.alt().ends_with("A dashed line stands at 0, with 2 entries above it."));
/// let other = plot::AgainstIndex::new(&z, &truth).named("height").draw()?;
/// assert!(other.alt().starts_with("height against the index: 3 entries."));
/// # Ok::<(), fiedler::Error>(())
/// ```
#[derive(Debug, Clone, Copy)]
#[must_use = "`draw` makes the figure"]
pub struct AgainstIndex<'a> {
    z: &'a Array1<f64>,
    truth: &'a Array1<usize>,
    threshold: Option<f64>,
    name: &'a str,
}

impl<'a> AgainstIndex<'a> {
    /// As [`against_index`] draws it.
    pub fn new(z: &'a Array1<f64>, truth: &'a Array1<usize>) -> Self {
        Self {
            z,
            truth,
            threshold: None,
            name: "z",
        }
    }

    /// A dashed line at the threshold, which parts the entries in two.
    pub fn threshold(mut self, threshold: f64) -> Self {
        self.threshold = Some(threshold);
        self
    }

    /// What the entries are, where they are not those of z: "dᵢzᵢ".
    pub fn named(mut self, name: &'a str) -> Self {
        self.name = name;
        self
    }

    /// The figure.
    ///
    /// # Errors
    /// As [`against_index`]; [`Error::Value`] where the threshold is not finite.
    pub fn draw(self) -> Result<Figure> {
        drawable("the threshold", self.threshold)?;
        if self.z.is_empty() {
            return Err(Error::NoPoints);
        }
        let z = &*guard::vector("z", self.z, self.z.len())?;
        guard::length("labels", self.truth.len(), z.len())?;
        drawable("an entry of z", z.iter().copied())?;
        let series = Series {
            z: z.to_vec(),
            truth: self.truth.to_vec(),
            groups: groups(self.truth),
            threshold: self.threshold,
            name: one_line(self.name),
        };
        let name = &series.name;
        let title = match self.threshold {
            None => format!("{name} against the index"),
            Some(threshold) => format!(
                "{name} against the index, parted at {}",
                significant(threshold, 3)
            ),
        };
        let alt = series.described();
        Ok(Figure::new(&title, &alt, series))
    }
}

#[derive(Debug)]
struct Series {
    z: Vec<f64>,
    truth: Vec<usize>,
    groups: Vec<Group>,
    threshold: Option<f64>,
    name: String,
}

impl Series {
    /// The smallest and the largest entry of a cluster.
    fn ends(&self, group: &Group) -> (f64, f64) {
        let members = self.z.iter().zip(&self.truth);
        let members = members.filter(|(_, label)| **label == group.label);
        ends(members.map(|(&z, _)| z))
    }

    fn described(&self) -> String {
        let (low, high) = interval(self.z.iter().copied());
        let number = |value| short(value, high - low);
        let entries = count(self.z.len(), "entry");
        let mut alt = match self.name.as_str() {
            "z" => format!("The {entries} of z against their index."),
            name => format!("{name} against the index: {entries}."),
        };
        for group in self.groups.iter().take(6) {
            let (from, to) = self.ends(group);
            alt = format!(
                "{alt} Cluster {}, {}, lies between {} and {}.",
                group.label,
                look_name(group.look),
                number(from),
                number(to)
            );
        }
        if let [first, second] = &self.groups[..] {
            let (a, b) = (self.ends(first), self.ends(second));
            let gap = (a.0 - b.1).max(b.0 - a.1);
            alt = if gap > 0.0 {
                format!("{alt} A gap of {} parts them.", number(gap))
            } else {
                format!("{alt} They overlap.")
            };
        }
        if let Some(threshold) = self.threshold {
            let above = self.z.iter().filter(|&&z| z > threshold).count();
            alt = format!(
                "{alt} A dashed line stands at {}, with {} above it.",
                significant(threshold, 3),
                count(above, "entry")
            );
        }
        alt
    }
}

impl Scene for Series {
    fn draw(&self, area: &Area<'_>, sheet: &mut Sheet) -> Drawn {
        let mut entries = entries(&self.groups);
        if let Some(threshold) = self.threshold {
            let swatch = Swatch::Line(INK, Dash::Dashed, None);
            entries.push((swatch, format!("threshold {}", significant(threshold, 3))));
        }
        let area = legend(area, &entries)?;
        let last = (self.z.len() - 1) as f64;
        let xs = with_margin(interval([0.0, last]), 0.02);
        let ys = with_margin(interval(self.z.iter().copied().chain(self.threshold)), 0.06);
        let name = match self.name.as_str() {
            "z" => "zᵢ",
            name => name,
        };
        let names = sheet.names("index i of the point", name);
        let plane = Plane::fitted(&area, |room| axes(&names, [xs, ys], room))?;
        let [(left, top), (right, bottom)] = plane.corners();
        let radius = radius(self.z.len(), (right - left, bottom - top));
        for (i, (&z, &label)) in self.z.iter().zip(&self.truth).enumerate() {
            let at = plane.at(i as f64, z);
            plane.marker(at, look_of(&self.groups, label), radius)?;
        }
        if let Some(threshold) = self.threshold {
            let y = plane.at(0.0, threshold).1;
            plane.line(&[(left, y), (right, y)], INK, Dash::Dashed, 2.0)?;
        }
        Ok(())
    }
}
