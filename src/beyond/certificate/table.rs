//! The certificate as a short table.

use super::Certificate;
use ndarray::Array1;
use std::fmt;

/// A short table: four digits, which no machine changes, and of the residuals the order of magnitude.
impl fmt::Display for Certificate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let k = self.clusters;
        let list = |values: &Array1<f64>| {
            values
                .iter()
                .map(|&v| short(v))
                .collect::<Vec<_>>()
                .join("  ")
        };
        let ratio = self.ratio.map_or("– (the bound is 0)".to_string(), short);
        let gap = self.eigengap.map_or("– (k = n)".to_string(), short);
        let largest = self.residuals.fold(0.0, |a: f64, &b| a.max(b));
        let residual = ["1e-12", "1e-9"]
            .into_iter()
            .find(|bound| largest < bound.parse().unwrap_or(0.0))
            .unwrap_or("1e-6");
        writeln!(
            f,
            "clusters                  {k}  (the graph has {} component(s))",
            self.components
        )?;
        writeln!(f, "normalised cut            {}", short(self.normcut))?;
        // λ₁ is 0, and needs no place in a sum of two.
        let sum = match k {
            1 | 2 => format!("λ{}", subscript(k)),
            _ => format!("λ₁ + … + λ{}", subscript(k)),
        };
        writeln!(
            f,
            "no {k} clusters have less   {}  ({sum})",
            short(self.lower_bound)
        )?;
        writeln!(f, "ratio                     {ratio}")?;
        writeln!(f, "conductances              {}", list(&self.conductances))?;
        writeln!(
            f,
            "conductance of the graph  {} to {}  (Cheeger)",
            short(self.cheeger.0),
            short(self.cheeger.1)
        )?;
        writeln!(f, "eigenvalues               {}", list(&self.eigenvalues))?;
        writeln!(f, "eigengap                  {gap}")?;
        write!(f, "residuals                 < {residual}")
    }
}

/// Four digits; 0 for what is 0 but for rounding.
fn short(value: f64) -> String {
    let size = value.abs();
    if size < 1e-12 {
        "0".to_string()
    } else if size < 1e-4 {
        format!("{value:.3e}")
    } else {
        let before = [1.0, 0.1, 0.01, 0.001]
            .iter()
            .filter(|&&bound| size < bound)
            .count();
        format!("{value:.*}", 3 + before)
    }
}

/// 12 as ₁₂.
fn subscript(number: usize) -> String {
    let digits = ['₀', '₁', '₂', '₃', '₄', '₅', '₆', '₇', '₈', '₉'];
    let of = |c: char| c.to_digit(10).map_or(c, |digit| digits[digit as usize]);
    number.to_string().chars().map(of).collect()
}
