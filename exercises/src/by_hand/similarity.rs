//! Notebook 2: from points to a graph.

use super::places::{five, matrix, places};
use super::task::{Slip, Task};
use fiedler::data::blog_moons;
use fiedler::ndarray::{Array2, s};

/// Points and the length of the longest edge.
type Points = (Array2<f64>, f64);

/// Checks a function that joins the points at most `epsilon` apart.
pub fn similarity_matrix(mine: impl Fn(&Array2<f64>, f64) -> Array2<f64>) {
    println!(
        "{}",
        similarity_matrix_task().reply(|(x, epsilon)| mine(x, *epsilon))
    );
}

/// A matrix whose entries `entry` makes of the numbers of two points and the squared distance between them.
fn of_pairs((x, _): &Points, entry: impl Fn(usize, usize, f64) -> f64) -> Array2<f64> {
    let square = |i: usize, j: usize| {
        let difference = &x.row(i) - &x.row(j);
        difference.dot(&difference)
    };
    Array2::from_shape_fn((x.nrows(), x.nrows()), |(i, j)| entry(i, j, square(i, j)))
}

fn one_if(joined: bool) -> f64 {
    f64::from(u8::from(joined))
}

pub(super) fn similarity_matrix_task() -> Task<Points, Array2<f64>> {
    Task {
        right: |(x, epsilon)| matrix(x, *epsilon),
        places: places((five().x, five().epsilon), (blog_moons().x, 0.4), |draw| {
            (
                Array2::from_shape_fn((12, 3), |_| draw.unit()),
                0.3 + 0.4 * draw.unit(),
            )
        }),
        slips: vec![
            Slip {
                wrong: |points| of_pairs(points, |_, _, square| one_if(square.sqrt() <= points.1)),
                hint: "The diagonal holds ones. No vertex is joined to itself: leave out i = j.",
            },
            Slip {
                wrong: |points| {
                    of_pairs(points, |i, j, square| {
                        one_if(i != j && square.sqrt() < points.1)
                    })
                },
                hint: "A pair that is exactly ε apart has an edge too: `<=`, not `<`.",
            },
            Slip {
                wrong: |points| of_pairs(points, |_, _, square| one_if(square.sqrt() < points.1)),
                hint: "The diagonal holds ones, and a pair that is exactly ε apart has no edge: leave out i = j, and take `<=`.",
            },
            Slip {
                wrong: |points| {
                    of_pairs(points, |i, j, square| one_if(i != j && square <= points.1))
                },
                hint: "You compared the squared distance with ε. Take its square root.",
            },
            Slip {
                wrong: |points| {
                    of_pairs(points, |i, j, square| {
                        one_if(j < i && square.sqrt() <= points.1)
                    })
                },
                hint: "Each edge stands there once. Set a[[i, j]] and a[[j, i]]: near holds both ways.",
            },
            Slip {
                wrong: |points| {
                    of_pairs(points, |i, j, square| {
                        one_if(i < j && square.sqrt() <= points.1)
                    })
                },
                hint: "Each edge stands there once. Set a[[i, j]] and a[[j, i]]: near holds both ways.",
            },
            Slip {
                wrong: |points| {
                    of_pairs(points, |i, j, square| {
                        one_if(i != j && square.sqrt() > points.1)
                    })
                },
                hint: "Zeros and ones are the wrong way round: the near pairs get the 1.",
            },
            Slip {
                wrong: |points| {
                    of_pairs(points, |_, _, square| {
                        if square.sqrt() <= points.1 {
                            square.sqrt()
                        } else {
                            0.0
                        }
                    })
                },
                hint: "You kept the distances. An edge is a 1.",
            },
            Slip {
                wrong: |(x, epsilon)| matrix(&x.slice(s![.., ..2]).to_owned(), *epsilon),
                hint: "Here the points have three coordinates, and you took two. Loop over `x.ncols()`, or subtract whole rows.",
            },
        ],
        hint: "For each pair i ≠ j, the square root of the sum of the squared differences; where it is at most ε, a 1.",
    }
}
