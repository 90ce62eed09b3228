//! The chapter on parameters.

use super::{Figures, Result};
use fiedler::plot::{Figure, lines};
use fiedler::sensitivity::{Measure, over_epsilon, sensitivity};
use fiedler::{SpectralClustering, data};

pub fn figures() -> Result<Figures> {
    Ok(vec![("sensitivity_sample_size", sample_size()?)])
}

/// The adjusted Rand index over ε, for moons of 50 to 400 points.
fn sample_size() -> fiedler::Result<Figure> {
    let epsilons: Vec<f64> = (2..=20).map(|i| f64::from(i) * 0.05).collect();
    let mut columns = Vec::new();
    for n in [50, 100, 200, 400] {
        let moons = data::moons(n, 0.05, 0)?;
        let cases = over_epsilon(
            &moons.x,
            Some(&moons.y),
            SpectralClustering::new(),
            &epsilons,
        )?;
        let table = sensitivity(&["epsilon"], &cases)?;
        columns.push((format!("{n} points"), table.column(Measure::Ari)));
    }
    let series: Vec<_> = columns
        .iter()
        .map(|(name, column)| (name.as_str(), &epsilons[..], &column[..]))
        .collect();
    Ok(lines(&series)?
        .with_title("More points, a wider range of ε that works")
        .with_axes("ε", "adjusted Rand index"))
}
