//! The chapter on springs.

use super::{Figures, Result};
use fiedler::data::{self, RandomState};
use fiedler::graph::known::grid;
use fiedler::ndarray::{Array1, Array2, s};
use fiedler::plot::{Figure, Joined, heights, lines, side_by_side};
use fiedler::springs::{Masses, Motion, energy, normal_modes};
use fiedler::{Graph, fiedler_vector};

pub fn figures() -> Result<Figures> {
    Ok(vec![
        ("springs_heights", fiedler_vector_and_noise()?),
        ("springs_three_beads", three_beads()?),
        ("springs_drawing", random_and_by_eigenvectors()?),
    ])
}

/// The Fiedler vector of the moons as a height, and the same entries dealt out at random.
fn fiedler_vector_and_noise() -> fiedler::Result<Figure> {
    let moons = data::blog_moons();
    let graph = Graph::epsilon(&moons.x, 0.4)?;
    let z = fiedler_vector(&graph.matrix()?)?.vector;
    let mut dealt = z.to_vec();
    RandomState::new(3).shuffle(&mut dealt);
    let panel = |name: &str, z: &Array1<f64>| {
        let title = format!("{name}: energy {:.4}", energy(&graph, z)?);
        Ok(heights(&moons.x, z)?.with_title(title))
    };
    side_by_side(&[
        panel("the Fiedler vector", &z)?,
        panel("its entries, shuffled", &dealt.into())?,
    ])
}

/// Three beads in a row, the first lifted by 1 and let go.
fn three_beads() -> fiedler::Result<Figure> {
    let row = Graph::from_edges(3, &[(0, 1, 1.0), (1, 2, 1.0)])?;
    let modes = normal_modes(&row, Masses::Unit, 3)?;
    let motion = Motion::new(&modes, &[1.0, 0.0, 0.0].to_vec().into(), &Array1::zeros(3))?;
    let times: Vec<f64> = (0..=48).map(|step| f64::from(step) * 0.25).collect();
    let mut places = vec![Vec::new(); 3];
    for &time in &times {
        for (bead, place) in motion.position(time)?.iter().enumerate() {
            // Without the rounding of the solver, which differs from one to another.
            places[bead].push(Some((place * 1e6).round() / 1e6));
        }
    }
    Ok(lines(&[
        ("bead 1", &times[..], &places[0][..]),
        ("bead 2", &times[..], &places[1][..]),
        ("bead 3", &times[..], &places[2][..]),
    ])?
    .with_title("Three beads in a row, the first lifted and let go")
    .with_axes("time", "height"))
}

/// A grid, its vertices at random places and at those of two eigenvectors: columns of length 1, at right angles, with
/// the sum 0.
fn random_and_by_eigenvectors() -> fiedler::Result<Figure> {
    let graph = grid(6, 9)?;
    let n = graph.vertex_count();
    let mut rng = RandomState::new(4);
    let mut places = Array2::from_shape_simple_fn((n, 2), || rng.standard_normal());
    for j in 0..2 {
        let mut column = places.column(j).to_owned();
        column -= column.sum() / n as f64;
        if j == 1 {
            let first = places.column(0);
            let share = first.dot(&column);
            column.scaled_add(-share, &first);
        }
        let length = column.dot(&column).sqrt();
        places.column_mut(j).assign(&(column / length));
    }
    let modes = normal_modes(&graph, Masses::Unit, 3)?;
    let by_modes = modes
        .shapes
        .slice(s![.., 1..3])
        .mapv(|entry| (entry * 1e9).round() / 1e9);
    let panel = |name: &str, places: &Array2<f64>| {
        let [f, g] = [0, 1].map(|j| places.column(j).to_owned());
        let all = energy(&graph, &f)? + energy(&graph, &g)?;
        let figure = Joined::new(places, &graph).draw()?;
        Ok(figure.with_title(format!("{name}: energy {all:.3}")))
    };
    side_by_side(&[
        panel("at random", &places)?,
        panel("by f₂ and f₃", &by_modes)?,
    ])
}
