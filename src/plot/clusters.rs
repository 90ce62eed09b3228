//! Points by their labels, and the centres that k-means found.

use super::kit::{
    Area, Dash, Drawn, Figure, INK, PAPER, Plane, Scatter, Scene, Shape, Sheet, Swatch, coloured,
    count, drawable, entries, legend, short,
};
use crate::error::{Error, Result};
use crate::guard;
use ndarray::{Array1, Array2};

/// The points of `x` with a marker and a colour for each label of `labels`; [`Clusters`] draws their centres too.
///
/// ```
/// let moons = fiedler::data::blog_moons();
/// let found = fiedler::kmeans(&moons.x, 2, 0)?;
/// let figure = fiedler::plot::clusters(&moons.x, &found.labels)?.with_title("k-means on two moons");
/// assert!(figure.alt().contains("2 clusters"));
/// # Ok::<(), fiedler::Error>(())
/// ```
///
/// # Errors
/// As [`super::points`], and [`Error::Length`] unless there is one label per point.
pub fn clusters(x: &Array2<f64>, labels: &Array1<usize>) -> Result<Figure> {
    let scatter = Scatter::new(x, Some(labels))?;
    Ok(figure(scatter))
}

/// [`clusters`] with choices: the centres, and the border between those who are nearer to one and to another.
///
/// ```
/// use fiedler::{data::blog_moons, kmeans, plot};
/// let moons = blog_moons();
/// let found = kmeans(&moons.x, 2, 0)?;
/// let figure = plot::Clusters::new(&moons.x, &found.labels).centers(&found.centers).border().draw()?;
/// assert!(figure.alt().contains("Their centres, crosses in a circle, stand at"));
/// assert!(figure.alt().ends_with("A dashed line parts the points by their nearest centre."));
/// # Ok::<(), fiedler::Error>(())
/// ```
#[derive(Debug, Clone, Copy)]
#[must_use = "`draw` makes the figure"]
pub struct Clusters<'a> {
    x: &'a Array2<f64>,
    labels: &'a Array1<usize>,
    centers: Option<&'a Array2<f64>>,
    border: bool,
}

impl<'a> Clusters<'a> {
    /// As [`clusters`] draws them.
    pub fn new(x: &'a Array2<f64>, labels: &'a Array1<usize>) -> Self {
        Self {
            x,
            labels,
            centers: None,
            border: false,
        }
    }

    /// With these centres, one a row, in their first two columns.
    pub fn centers(mut self, centers: &'a Array2<f64>) -> Self {
        self.centers = Some(centers);
        self
    }

    /// With a dashed line where two centres are equally near and no other is nearer.
    pub fn border(mut self) -> Self {
        self.border = true;
        self
    }

    /// The figure.
    ///
    /// # Errors
    /// As [`clusters`], and for the centres as [`super::points`]; [`Error::Count`] where they have other columns than the
    /// points, and for a border without two columns and two centres.
    pub fn draw(self) -> Result<Figure> {
        let scatter = Scatter::new(self.x, Some(self.labels))?;
        let centers = match self.centers {
            Some(centers) => located(centers, self.x.ncols())?,
            None => Vec::new(),
        };
        if self.border && (centers.len() < 2 || self.x.ncols() != 2) {
            return Err(Error::Count {
                name: "centres with two columns",
                found: centers.len().min(self.x.ncols()),
                wanted: "at least 2 for a border between them: give them by `centers`",
            });
        }
        if centers.is_empty() {
            return Ok(figure(scatter));
        }
        let (low, high) = scatter.ends(|at| at.0);
        let place =
            |&(a, b): &(f64, f64)| format!("({}, {})", short(a, high - low), short(b, high - low));
        let places: Vec<String> = centers.iter().map(place).collect();
        let mut told = match &places[..] {
            [place] => format!("A centre, a cross in a circle, stands at {place}."),
            _ => format!(
                "Their centres, crosses in a circle, stand at {}.",
                places.join(", ")
            ),
        };
        if self.border {
            told += " A dashed line parts the points by their nearest centre.";
        }
        let plain = figure(scatter.clone());
        let alt = format!("{} {told}", plain.alt());
        let title = plain.title().to_string();
        let picture = Centred {
            scatter,
            centers,
            border: self.border,
        };
        Ok(Figure::new(&title, &alt, picture))
    }
}

fn figure(scatter: Scatter) -> Figure {
    let title = format!(
        "{} in {}",
        count(scatter.at.len(), "point"),
        count(scatter.groups.len(), "cluster")
    );
    let alt = format!("{title}: {}. {}", scatter.described(), scatter.extent());
    Figure::new(&title, &alt, scatter)
}

/// Where these centres stand in the plane.
fn located(centers: &Array2<f64>, columns: usize) -> Result<Vec<(f64, f64)>> {
    let centers = &*guard::points(centers, 1)?;
    if centers.ncols() != columns {
        return Err(Error::Count {
            name: "columns of the centres",
            found: centers.ncols(),
            wanted: "as many as the points have",
        });
    }
    let second = |row: usize| if columns == 1 { 0.0 } else { centers[[row, 1]] };
    let at: Vec<(f64, f64)> = (0..centers.nrows())
        .map(|row| (centers[[row, 0]], second(row)))
        .collect();
    drawable(
        "a coordinate of a centre",
        at.iter().flat_map(|&(a, b)| [a, b]),
    )?;
    Ok(at)
}

#[derive(Debug)]
struct Centred {
    scatter: Scatter,
    centers: Vec<(f64, f64)>,
    border: bool,
}

impl Scene for Centred {
    fn draw(&self, area: &Area<'_>, sheet: &mut Sheet) -> Drawn {
        let mut entries = entries(&self.scatter.groups);
        entries.push((Swatch::Coloured(Shape::Cross, INK), "centre".to_string()));
        if self.border {
            let line = Swatch::Line(INK, Dash::Dashed, None);
            entries.push((line, "equally near to two centres".to_string()));
        }
        let area = legend(area, &entries)?;
        // The centres may lie outside of the points.
        let plane = self.scatter.plane_with(&area, sheet, &self.centers)?;
        self.scatter.markers(&plane)?;
        if self.border {
            let [xs, ys] = self.scatter.intervals_with(&self.centers);
            for [from, to] in borders(&self.centers, [xs, ys]) {
                let ends = [plane.at(from.0, from.1), plane.at(to.0, to.1)];
                plane.line(&ends, INK, Dash::Dashed, 2.0)?;
            }
        }
        for &(x, y) in &self.centers {
            cross_in_a_circle(&plane, plane.at(x, y))?;
        }
        Ok(())
    }
}

/// Larger than any marker of a point.
const CENTRE: f64 = 9.0;

fn cross_in_a_circle(plane: &Plane<'_>, at: (i32, i32)) -> Drawn {
    coloured(&plane.area, at, (Shape::Circle, INK), CENTRE)?;
    coloured(&plane.area, at, (Shape::Circle, PAPER), CENTRE - 1.5)?;
    coloured(&plane.area, at, (Shape::Cross, INK), 0.55 * CENTRE)
}

/// The pieces of straight lines, within a rectangle, on which two centres are equally near and no other is nearer.
fn borders(centers: &[(f64, f64)], rectangle: [(f64, f64); 2]) -> Vec<[(f64, f64); 2]> {
    let mut pieces = Vec::new();
    for (i, a) in centers.iter().enumerate() {
        for (j, b) in centers.iter().enumerate().skip(i + 1) {
            let middle = (f64::midpoint(a.0, b.0), f64::midpoint(a.1, b.1));
            let along = (a.1 - b.1, b.0 - a.0);
            // Each condition is c + t·s ≥ 0 for the point middle + t·along.
            let mut conditions = Vec::new();
            for (axis, (low, high)) in [(middle.0, along.0), (middle.1, along.1)]
                .into_iter()
                .zip(rectangle)
            {
                conditions.push((axis.0 - low, axis.1));
                conditions.push((high - axis.0, -axis.1));
            }
            let others = centers.iter().enumerate();
            for (_, other) in others.filter(|&(k, _)| k != i && k != j) {
                // ‖p − other‖² − ‖p − a‖² is linear in p.
                let normal = (2.0 * (a.0 - other.0), 2.0 * (a.1 - other.1));
                let level = other.0 * other.0 + other.1 * other.1 - a.0 * a.0 - a.1 * a.1;
                conditions.push((
                    level + normal.0 * middle.0 + normal.1 * middle.1,
                    normal.0 * along.0 + normal.1 * along.1,
                ));
            }
            let (mut from, mut to) = (f64::NEG_INFINITY, f64::INFINITY);
            for (at_zero, slope) in conditions {
                let root = -at_zero / slope;
                if slope > 0.0 {
                    from = from.max(root);
                } else if slope < 0.0 {
                    to = to.min(root);
                } else if at_zero < 0.0 {
                    from = f64::INFINITY;
                }
            }
            // Centres in one place have no border: nothing bounds it.
            if from < to && to < f64::INFINITY {
                pieces.push([from, to].map(|t| (middle.0 + t * along.0, middle.1 + t * along.1)));
            }
        }
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(a: (f64, f64), b: (f64, f64)) -> bool {
        (a.0 - b.0).abs() < 1e-12 && (a.1 - b.1).abs() < 1e-12
    }

    #[test]
    fn the_border_of_two_centres_is_their_bisector() {
        let pieces = borders(&[(-1.0, 0.0), (1.0, 0.0)], [(-2.0, 2.0), (-3.0, 3.0)]);
        assert_eq!(pieces.len(), 1);
        let ends = pieces[0];
        assert!(
            near(ends[0], (0.0, -3.0)) || near(ends[0], (0.0, 3.0)),
            "{ends:?}"
        );
    }

    #[test]
    fn three_borders_meet_where_three_centres_are_equally_near() {
        // The corners of a right-angled triangle: the middle of its longest side.
        let corners = [(0.0, 0.0), (2.0, 0.0), (0.0, 2.0)];
        let pieces = borders(&corners, [(-3.0, 3.0), (-3.0, 3.0)]);
        assert_eq!(pieces.len(), 3);
        let meeting = pieces
            .iter()
            .filter(|ends| ends.iter().any(|&end| near(end, (1.0, 1.0))));
        assert_eq!(meeting.count(), 3, "{pieces:?}");
    }

    #[test]
    fn centres_in_one_place_have_no_border() {
        assert!(borders(&[(1.0, 1.0), (1.0, 1.0)], [(0.0, 2.0), (0.0, 2.0)]).is_empty());
    }
}
