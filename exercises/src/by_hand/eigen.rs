//! Notebooks 6 and 7: the post's matrix D⁻¹(D − A), and all steps together.

use super::places::{Five, Random, five, matrix, places};
use super::task::{Slip, Task};
use super::transform::degrees;
use fiedler::data::blog_moons;
use fiedler::ndarray::{Array1, Array2, Axis};
use fiedler::{eigh_symmetric, labels_by_sign};

/// Points and the length of the longest edge.
type Points = (Array2<f64>, f64);

/// Checks a function that gives D⁻¹(D − A).
pub fn random_walk_laplacian(mine: impl Fn(&Array2<f64>) -> Array2<f64>) {
    println!("{}", random_walk_laplacian_task().reply(mine));
}

/// Checks a function that goes from points to labels; which cluster is called 0 does not count.
pub fn spectral_clustering(mine: impl Fn(&Array2<f64>, f64) -> Array1<usize>) {
    println!(
        "{}",
        spectral_clustering_task().reply(|(x, epsilon)| by_appearance(&mine(x, *epsilon)))
    );
}

/// The same clusters, numbered in the order in which they first appear.
fn by_appearance(labels: &Array1<usize>) -> Array1<usize> {
    let mut seen = Vec::new();
    labels.mapv(|label| {
        let known = seen.iter().position(|&other| other == label);
        known.unwrap_or_else(|| {
            seen.push(label);
            seen.len() - 1
        })
    })
}

/// The labels by the sign of the eigenvector with this number, from 0.
fn by_vector((x, epsilon): &Points, number: usize) -> Array1<usize> {
    let pairs = eigh_symmetric(&matrix(x, *epsilon)).expect("a joined graph");
    by_appearance(&labels_by_sign(&pairs.vectors.column(number).to_owned()).expect("a vector"))
}

/// Two clouds of six points, and an ε that joins all of them.
fn clouds(draw: &mut Random) -> Points {
    let x = Array2::from_shape_fn((12, 2), |(i, _)| {
        draw.unit() + if i < 6 { 0.0 } else { 1.0 }
    });
    (x, 1.1)
}

pub(super) fn random_walk_laplacian_task() -> Task<Array2<f64>, Array2<f64>> {
    Task {
        right: |a| fiedler::random_walk_laplacian(a).expect("a joined graph"),
        places: places(five().a, matrix(&blog_moons().x, 0.4), Random::graph),
        slips: vec![
            Slip {
                wrong: |a| Array2::from_diag(&degrees(a)) - a,
                hint: "That is D − A. Divide each row by its degree.",
            },
            Slip {
                wrong: |a| a / &degrees(a).insert_axis(Axis(1)),
                hint: "That is D⁻¹A. The matrix asked for is D⁻¹(D − A), which is 1 on the diagonal.",
            },
            Slip {
                wrong: |a| (Array2::from_diag(&degrees(a)) - a) / &degrees(a),
                hint: "You divided the columns. D⁻¹ stands on the left: it divides the rows.",
            },
            Slip {
                wrong: |a| (a - &Array2::from_diag(&degrees(a))) / &degrees(a).insert_axis(Axis(1)),
                hint: "The sign is the wrong way round: D − A, not A − D.",
            },
            Slip {
                wrong: |a| fiedler::symmetric_laplacian(a).expect("a joined graph"),
                hint: "That is the symmetric form, with a root of D on both sides. Here all of D⁻¹ stands on the left.",
            },
            Slip {
                wrong: |a| (Array2::from_diag(&degrees(a)) - a) * &degrees(a).insert_axis(Axis(1)),
                hint: "You multiplied by the degrees. D⁻¹ divides.",
            },
        ],
        hint: "On the diagonal d_i − a_ii over d_i, elsewhere −a_ij over d_i, with d_i the sum of row i.",
    }
}

pub(super) fn spectral_clustering_task() -> Task<Points, Array1<usize>> {
    let Five { x, epsilon, .. } = five();
    Task {
        right: |(x, epsilon)| {
            by_appearance(&fiedler::spectral_clustering(x, *epsilon).expect("a joined graph"))
        },
        places: places((x, epsilon), (blog_moons().x, 0.4), clouds),
        slips: vec![
            Slip {
                wrong: |(x, _)| Array1::zeros(x.nrows()),
                hint: "All are in one cluster. The first eigenvector is level and splits nothing: take the second.",
            },
            Slip {
                wrong: |points| by_vector(points, 2),
                hint: "Those are the signs of the third eigenvector. Count from 0: the second has the number 1.",
            },
            Slip {
                wrong: |(x, _)| by_appearance(&fiedler::kmeans(x, 2, 0).expect("points").labels),
                hint: "That is what k-means finds.",
            },
        ],
        hint: "Similarity matrix, second eigenvector, signs: label 1 where the entry is above zero.",
    }
}
