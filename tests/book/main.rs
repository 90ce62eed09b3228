//! The numbers that the book works out by hand, and the code it shows: one file a chapter, one test for each
//! claim that no step's own tests make. The chapters take their code from here, between the anchors.

#[path = "../support/mod.rs"]
mod support;

mod certificate;
mod clustering;
mod cut;
mod eigen;
mod embedding;
mod errata;
mod glossary;
mod introduction;
mod kmeans;
mod large;
mod linear_algebra;
mod notation;
mod numbers;
mod perturbation;
mod power;
mod python;
mod real_data;
mod relaxation;
mod sensitivity;
mod similarity;
mod springs;
mod transform;
mod voice;
mod walk;
mod your_data;

#[cfg(feature = "plot")]
mod figures;

/// Results that are exact on paper, for matrices of a few rows with entries near 1: some hundred ε.
const ON_PAPER: f64 = 1e-13;
/// Half a unit in the last of the four digits that the book prints, relative to the number.
const FOUR_DIGITS: f64 = 5e-4;
