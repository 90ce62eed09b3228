//! Several figures as one picture: a notebook's cell shows a single one.

use super::kit::{
    Area, CAPTION, Drawn, Figure, NARROW, Scene, Sheet, WIDTH, count, counted, dev, room, some,
};
use crate::error::Result;
use std::sync::Arc;

/// The figures two by two, each with its title as a caption. One that needs the width stands alone.
///
/// ```
/// use fiedler::{data::blog_moons, kmeans, plot};
/// let moons = blog_moons();
/// let found = kmeans(&moons.x, 2, 0)?.labels;
/// let both = plot::side_by_side(&[
///     plot::clusters(&moons.x, &moons.y)?.with_title("truth"),
///     plot::clusters(&moons.x, &found)?.with_title("k-means"),
/// ])?;
/// assert!(both.alt().contains("2. k-means: "));
/// # Ok::<(), fiedler::Error>(())
/// ```
///
/// # Errors
/// [`crate::Error::Count`] for no figures, or more than make a picture 8000 pixels high.
pub fn side_by_side(figures: &[Figure]) -> Result<Figure> {
    some("the number of figures", figures.len())?;
    let rows = Stack::of(figures);
    counted(
        "the height of the picture in pixels",
        rows.size().1.unsigned_abs() as usize,
        ..=HIGHEST,
        "at most 8000: compose fewer figures",
    )?;
    let described: Vec<String> = figures
        .iter()
        .enumerate()
        .map(|(i, figure)| match figure.title() {
            "" => format!("{}. {}", i + 1, figure.alt()),
            title => format!("{}. {title}: {}", i + 1, figure.alt()),
        })
        .collect();
    let alt = format!(
        "{}. {}",
        count(figures.len(), "picture"),
        described.join(" ")
    );
    Ok(Figure::new("", &alt, rows))
}

/// The highest picture, in pixels: its drawing has nine times as many pixels and must fit in memory.
const HIGHEST: usize = 8000;
/// The margin around each figure, in pixels of the picture; the whole has one of its own.
const MARGIN: f64 = 4.0;

#[derive(Debug)]
struct Stack {
    figures: Vec<Figure>,
    rows: Vec<Row>,
    width: i32,
}

#[derive(Debug)]
enum Row {
    Alone(Figure),
    Pair([Figure; 2], i32),
    /// On a narrow page.
    Below(Figure, i32),
}

impl Row {
    fn height(&self) -> i32 {
        match self {
            Self::Alone(figure) => figure.height(),
            Self::Pair(_, height) | Self::Below(_, height) => *height,
        }
    }
}

impl Stack {
    /// Pairs neighbours that may stand side by side.
    fn of(figures: &[Figure]) -> Self {
        let mut rows = Vec::new();
        let mut rest = figures;
        while let [first, others @ ..] = rest {
            let second = others.first();
            let heights = (first.half_height(), second.and_then(Figure::half_height));
            if let ((Some(a), Some(b)), Some(second)) = (heights, second) {
                rows.push(Row::Pair([first.clone(), second.clone()], a.max(b)));
                rest = &others[1..];
            } else {
                rows.push(Row::Alone(first.clone()));
                rest = others;
            }
        }
        Self {
            figures: figures.to_vec(),
            rows,
            width: WIDTH,
        }
    }
}

impl Scene for Stack {
    fn size(&self) -> (i32, i32) {
        let heights = self.rows.iter().map(Row::height);
        let sum = heights.fold(0, i32::saturating_add);
        (self.width, sum.saturating_add(24))
    }

    fn half_height(&self) -> Option<i32> {
        None
    }

    fn narrow(&self) -> Option<Arc<dyn Scene>> {
        let rows: Option<Vec<Row>> = self
            .figures
            .iter()
            .map(|figure| Some(Row::Below(figure.clone(), figure.half_height()?)))
            .collect();
        Some(Arc::new(Self {
            figures: Vec::new(),
            rows: rows?,
            width: NARROW,
        }))
    }

    fn draw(&self, area: &Area<'_>, sheet: &mut Sheet) -> Drawn {
        let half = i32::try_from(area.dim_in_pixel().0 / 2).unwrap_or(0);
        // A title over the whole takes its room from all rows alike.
        let wanted: f64 = self.rows.iter().map(|row| f64::from(row.height())).sum();
        let share = (room(area).1 / wanted).min(1.0);
        let mut rest = area.clone();
        for row in &self.rows {
            let (strip, below) = rest.split_vertically(dev(share * f64::from(row.height())));
            match row {
                Row::Alone(figure) | Row::Below(figure, _) => {
                    figure.draw(&strip, sheet, CAPTION, MARGIN)?;
                }
                Row::Pair([left, right], _) => {
                    let (first, second) = strip.split_horizontally(half);
                    left.draw(&first, sheet, CAPTION, MARGIN)?;
                    right.draw(&second, sheet, CAPTION, MARGIN)?;
                }
            }
            rest = below;
        }
        Ok(())
    }
}
