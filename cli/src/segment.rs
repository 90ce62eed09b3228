//! `fiedler segment`: a picture cut into its parts.

use crate::input::Source;
use crate::options::positive;
use crate::output::{self, Outputs, Target};
use crate::raster::{Raster, shrunk};
use crate::trouble::{Result, Trouble};
use crate::words::{grouped, percent};
use clap::{Args, ValueEnum};
use fiedler::ndarray::Array1;
use fiedler::pixels::color_graph;
use fiedler::plot::PALETTE;
use fiedler::{Error, Labelling, SpectralClustering};
use std::fmt::Write;

/// Cut a picture (.png) into parts of one colour
///
/// Pixels near each other are joined, the stronger the more alike they are; what is cut is weak. Of a large picture the
/// parts are found in a smaller copy.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct Arguments {
    /// The picture, grey or in colour; - is the standard input
    #[arg(value_name = "FILE")]
    input: Source,
    /// How many parts
    #[arg(short = 'k', long = "parts", value_name = "K", default_value_t = 4, value_parser = parts)]
    parts: usize,
    /// Where the picture of the parts goes, as .png; - is the standard output
    #[arg(long, value_name = "FILE")]
    out: Target,
    /// How the parts are painted
    #[arg(long, value_enum, value_name = "NAME", default_value_t = Paint::Colors)]
    paint: Paint,
    /// How much two colours may differ and still be alike: black and white differ by 1, two full colours by up to 2
    #[arg(long, value_name = "NUMBER", default_value = "0.1", value_parser = positive, allow_negative_numbers = true)]
    sigma_color: f64,
    /// How far pixels may be apart and still count as near, in pixels of the smaller copy
    #[arg(long, value_name = "PIXELS", default_value = "4", value_parser = positive, allow_negative_numbers = true)]
    sigma_distance: f64,
    /// Pixels at most this far apart are joined
    #[arg(long, value_name = "PIXELS", default_value_t = 5, value_parser = clap::value_parser!(u16).range(1..=20))]
    radius: u16,
    /// A larger picture is first made smaller, to at most so many pixels
    #[arg(long, value_name = "COUNT", default_value_t = 20_000, value_parser = clap::value_parser!(u32).range(64..=1_000_000))]
    pixels: u32,
    /// Say nothing but what is refused
    #[arg(long, short)]
    quiet: bool,
}

const EXAMPLES: &str = "\
Example:
  fiedler segment picture.png -k 4 --out parts.png --paint means";

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Paint {
    /// Each in a colour of its own
    Colors,
    /// Each in the mean of its colours
    Means,
    /// The picture, with a line between the parts
    Borders,
}

/// Cuts, and writes the parts.
pub fn run(arguments: &Arguments) -> Result<()> {
    let inputs: Vec<_> = arguments.input.path().into_iter().collect();
    output::check(&[Some(&arguments.out)], &inputs)?;
    if let Target::File(path) = &arguments.out
        && path
            .extension()
            .is_none_or(|ending| !ending.eq_ignore_ascii_case("png"))
    {
        let words = format!(
            "{}: the parts are written as a file that ends in .png",
            path.display()
        );
        return Err(Trouble::Usage(words));
    }
    let refused = |reason: String| arguments.input.trouble(reason);
    let whole = Raster::read(&arguments.input.bytes()?).map_err(refused)?;
    let (small, factor) = shrunk(&whole, arguments.pixels as usize);
    let labels = labels(arguments, &small).map_err(|error| alone(arguments, &small, error))?;
    let of = |x: usize, y: usize| labels[(y / factor) * small.width + x / factor];
    let of_all: Vec<usize> = (0..whole.height)
        .flat_map(|y| (0..whole.width).map(move |x| of(x, y)))
        .collect();
    let painted = painted(&whole, &of_all, arguments.parts, arguments.paint);
    let mut outputs = Outputs::default();
    outputs.add(&arguments.out, painted.png().map_err(refused)?);
    if !arguments.quiet && arguments.out != Target::StandardOutput {
        let text = told(&whole, factor, &of_all, arguments.parts);
        outputs.add(&Target::StandardOutput, text);
    }
    outputs.write()
}

fn labels(arguments: &Arguments, small: &Raster) -> fiedler::Result<Array1<usize>> {
    let graph = color_graph(
        &small.bytes(),
        arguments.sigma_color,
        arguments.sigma_distance,
        f64::from(arguments.radius),
    )?;
    let estimator = SpectralClustering::new()
        .clusters(arguments.parts)
        .labels(Labelling::PivotedQr)
        .progress(!arguments.quiet);
    Ok(estimator.fit_graph(&graph)?.labels)
}

/// Refused, and where a pixel is like none of those around it, which, and what to do.
fn alone(arguments: &Arguments, small: &Raster, error: Error) -> Trouble {
    match &error {
        Error::TinyDegree { points, .. } | Error::IsolatedPoints { points, .. } => {
            let at = points.first().copied().unwrap_or(0);
            let (row, column) = (at / small.width + 1, at % small.width + 1);
            arguments.input.trouble(format!(
                "{} pixel(s) are like none of those around them, the first in row {row}, column {column} of a picture of {} x {}; give a larger --sigma-color than {}, or fewer --pixels",
                points.len(), small.width, small.height, arguments.sigma_color
            ))
        }
        _ => arguments.input.refused(error),
    }
}

fn painted(whole: &Raster, labels: &[usize], parts: usize, paint: Paint) -> Raster {
    let colours: Vec<[f64; 3]> = match paint {
        Paint::Colors => (0..parts).map(own_colour).collect(),
        Paint::Means | Paint::Borders => means(whole, labels, parts),
    };
    let width = whole.width;
    let edge = |at: usize| {
        let right = !(at + 1).is_multiple_of(width) && labels[at + 1] != labels[at];
        right
            || labels
                .get(at + width)
                .is_some_and(|below| *below != labels[at])
    };
    let pixel = |at: usize| match paint {
        Paint::Borders if edge(at) => own_colour(1),
        Paint::Borders => whole.pixels[at],
        Paint::Colors | Paint::Means => colours[labels[at]],
    };
    Raster {
        width,
        height: whole.height,
        pixels: (0..labels.len()).map(pixel).collect(),
    }
}

/// The colours of the library's pictures, and darker ones where there are more parts than these.
fn own_colour(part: usize) -> [f64; 3] {
    let (red, green, blue) = PALETTE[part % PALETTE.len()];
    let darker = 0.7_f64.powi(i32::try_from(part / PALETTE.len()).unwrap_or(i32::MAX));
    [red, green, blue].map(|byte| darker * f64::from(byte) / 255.0)
}

fn means(whole: &Raster, labels: &[usize], parts: usize) -> Vec<[f64; 3]> {
    let mut sums = vec![([0.0; 3], 0.0); parts];
    for (pixel, &label) in whole.pixels.iter().zip(labels) {
        let (sum, count) = &mut sums[label];
        (0..3).for_each(|c| sum[c] += pixel[c]);
        *count += 1.0;
    }
    sums.into_iter()
        .map(|(sum, count)| sum.map(|s| s / f64::max(count, 1.0)))
        .collect()
}

fn told(whole: &Raster, factor: usize, labels: &[usize], parts: usize) -> String {
    let mut text = format!("A picture of {} x {} pixels", whole.width, whole.height);
    if factor > 1 {
        let _ = write!(
            text,
            "; the parts were found in a copy with sides 1/{factor} as long"
        );
    }
    text.push('\n');
    let mut sizes = vec![0_usize; parts];
    for &label in labels {
        sizes[label] += 1;
    }
    for (part, size) in sizes.iter().enumerate() {
        let share = percent(*size as f64 / labels.len() as f64);
        let _ = writeln!(text, "part {part}: {} pixels, {share}", grouped(*size));
    }
    text
}

fn parts(word: &str) -> std::result::Result<usize, String> {
    match word.parse() {
        Ok(k) if (2..=100).contains(&k) => Ok(k),
        _ => Err("it must be a whole number from 2 to 100".to_string()),
    }
}
