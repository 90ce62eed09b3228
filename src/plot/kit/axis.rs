//! Axes: ranges that can be drawn, ticks at round numbers, labels that do not overlap.

use super::numbers::{exponent_of_ten, fixed, power_of_ten, scientific};
use super::style::{TEXT, round};
use super::text::width;
use plotters::coord::ranged1d::{KeyPointHint, NoDefaultFormatting, Ranged, ValueFormatter};
use std::ops::Range;

/// Lengths in pixels of the picture.
pub(crate) const TICK: f64 = 4.0;
const GAP: f64 = 6.0;
const LINE: f64 = 19.0;

/// An interval narrower than this, relative to its ends, has no room for ticks in double precision.
const NARROWEST: f64 = 1e-9;
/// Nor has one narrower than this.
const SMALLEST: f64 = 1e-290;

/// One axis: its name, the interval shown, and what is written where.
#[derive(Debug, Clone)]
pub(crate) struct Axis {
    pub(crate) name: String,
    pub(crate) from: f64,
    pub(crate) to: f64,
    pub(crate) ticks: Vec<(f64, String)>,
}

impl Axis {
    /// An axis of this scale.
    pub(crate) fn of(name: &str, scale: Scale, pixels: f64, spaced: Spaced) -> Self {
        match scale {
            Scale::Linear(ends) => Self::linear(name, ends, pixels, spaced),
            Scale::Log10(ends) => Self::log10(name, ends, pixels),
        }
    }

    /// Ticks at round numbers, as many as have room on `pixels`; `spaced` is the room one label needs.
    pub(crate) fn linear(name: &str, (from, to): (f64, f64), pixels: f64, spaced: Spaced) -> Self {
        let most = (pixels / 45.0).max(2.0);
        let mut tick_step = step((to - from) / most);
        let mut ticks = ticks_at(tick_step, from, to);
        let room = |ticks: &[(f64, String)]| {
            let needed = match spaced {
                Spaced::Beside => 1.3 * widest(ticks) + 6.0,
                Spaced::Above => LINE,
            };
            ticks.len() as f64 * needed <= pixels.max(2.0 * needed)
        };
        while !room(&ticks) && ticks.len() > 2 {
            tick_step = step(tick_step * 1.01);
            ticks = ticks_at(tick_step, from, to);
        }
        Self::with_ticks(name, (from, to), ticks)
    }

    /// For values that are logarithms to base 10: ticks at whole powers.
    fn log10(name: &str, (from, to): (f64, f64), pixels: f64) -> Self {
        let (first, last) = (round(from.ceil()), round(to.floor()));
        let most = round((pixels / 50.0).max(2.0));
        let every = 1.max((last - first + most) / most);
        let ticks = (first..=last)
            .filter(|exponent| exponent.rem_euclid(every) == 0)
            .map(|exponent| (f64::from(exponent), power_of_ten(exponent)))
            .collect();
        Self::with_ticks(name, (from, to), ticks)
    }

    pub(crate) fn with_ticks(
        name: &str,
        (from, to): (f64, f64),
        ticks: Vec<(f64, String)>,
    ) -> Self {
        Self {
            name: name.to_string(),
            from,
            to,
            ticks,
        }
    }

    fn name_room(&self) -> f64 {
        if self.name.is_empty() {
            0.0
        } else {
            LINE + 3.0
        }
    }

    /// The height this axis takes below the plane.
    pub(crate) fn height(&self) -> f64 {
        let labelled = self.ticks.iter().any(|(_, label)| !label.is_empty());
        GAP + TICK + if labelled { LINE } else { 0.0 } + self.name_room()
    }

    /// The width this axis takes to the left of the plane.
    pub(crate) fn width(&self) -> f64 {
        GAP + TICK + widest(&self.ticks) + self.name_room()
    }
}

/// What plotters asks of an axis.
impl Ranged for Axis {
    type FormatOption = NoDefaultFormatting;
    type ValueType = f64;

    fn map(&self, value: &f64, (first, last): (i32, i32)) -> i32 {
        let share = (value - self.from) / (self.to - self.from);
        first + round(share * f64::from(last - first))
    }

    fn key_points<Hint: KeyPointHint>(&self, _: Hint) -> Vec<f64> {
        self.ticks.iter().map(|tick| tick.0).collect()
    }

    fn range(&self) -> Range<f64> {
        self.from..self.to
    }
}

impl ValueFormatter<f64> for Axis {
    fn format_ext(&self, value: &f64) -> String {
        let tick = self
            .ticks
            .iter()
            .find(|(at, _)| at.total_cmp(value).is_eq());
        tick.map(|(_, label)| label.clone()).unwrap_or_default()
    }
}

/// The interval that an axis shows, of numbers or of their logarithms to base 10.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Scale {
    Linear((f64, f64)),
    Log10((f64, f64)),
}

/// How labels follow each other: side by side along x, one above the other along y.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Spaced {
    Beside,
    Above,
}

/// Two axes with numbers, across and down, on so much room.
pub(crate) fn axes(names: &[String; 2], [x, y]: [(f64, f64); 2], room: (f64, f64)) -> (Axis, Axis) {
    (
        Axis::linear(&names[0], x, room.0, Spaced::Beside),
        Axis::linear(&names[1], y, room.1, Spaced::Above),
    )
}

/// [`axes`] of so many columns and rows: row 0 is on top.
pub(crate) fn table_axes(
    names: &[String; 2],
    (columns, rows): (f64, f64),
    room: (f64, f64),
) -> (Axis, Axis) {
    let (x, mut y) = axes(names, [(0.0, columns), (0.0, rows)], room);
    (y.from, y.to) = (y.to, y.from);
    (x, y)
}

fn widest(ticks: &[(f64, String)]) -> f64 {
    ticks
        .iter()
        .map(|(_, label)| width(label, TEXT))
        .fold(0.0, f64::max)
}

/// The smallest of 1, 2 and 5 times a power of ten that is at least `least`.
fn step(least: f64) -> f64 {
    // Parsed, and so the nearest double on every machine, which `powi` does not promise.
    let power = format!("1e{}", exponent_of_ten(least))
        .parse()
        .unwrap_or(1.0);
    let steps = [1.0, 2.0, 5.0, 10.0].map(|factor| factor * power);
    let enough = steps.into_iter().find(|&step| step >= least);
    enough.unwrap_or(steps[3])
}

/// The multiples of `step` within the interval, with as many decimals as the step has.
fn ticks_at(step: f64, from: f64, to: f64) -> Vec<(f64, String)> {
    // A hair of tolerance, so that an end that is a multiple keeps its tick.
    let first = (from / step - 1e-6).ceil();
    let last = (to / step + 1e-6).floor();
    let largest = from.abs().max(to.abs());
    let fine = exponent_of_ten(step);
    let coarse = exponent_of_ten(largest);
    let count = round(last - first).clamp(0, 100);
    (0..=count)
        .map(|i| (first + f64::from(i)) * step)
        .map(|value| {
            let label = if (-5..6).contains(&fine) && coarse < 6 {
                fixed(value, usize::try_from(-fine).unwrap_or(0))
            } else if value == 0.0 {
                "0".into()
            } else {
                let exponent = exponent_of_ten(value);
                scientific(value, usize::try_from(exponent - fine).unwrap_or(0))
            };
            (value.clamp(from, to), label)
        })
        .collect()
}

/// The smallest and the largest of some numbers.
pub(crate) fn ends(values: impl IntoIterator<Item = f64>) -> (f64, f64) {
    let none = (f64::INFINITY, f64::NEG_INFINITY);
    let wider = |(low, high): (f64, f64), value| (low.min(value), high.max(value));
    values.into_iter().fold(none, wider)
}

/// The interval of some finite numbers, widened where they are (nearly) one number.
pub(crate) fn interval(values: impl IntoIterator<Item = f64>) -> (f64, f64) {
    let (low, high) = ends(values);
    if low > high {
        return (0.0, 1.0);
    }
    let size = low.abs().max(high.abs());
    if high - low >= (NARROWEST * size).max(SMALLEST) {
        (low, high)
    } else {
        let half = if size > 1e3 { 1e-3 * size } else { 0.5 };
        (low - half, high + half)
    }
}

/// The interval with a margin on both sides, a share of its width.
pub(crate) fn with_margin((from, to): (f64, f64), share: f64) -> (f64, f64) {
    let margin = share * (to - from);
    (from - margin, to + margin)
}
