//! Notebook 5: the part along a vector, the objective without a condition, and its gradient.

use super::places::places;
use super::task::{Slip, Task};
use super::transform::{Heights, degrees, heights, products};
use fiedler::data::blog_moons;
use fiedler::ndarray::{Array1, Array2, array};

/// Two vectors.
type Pair = (Array1<f64>, Array1<f64>);

/// Checks a function that gives the part of `u` along `v`.
pub fn orth(mine: impl Fn(&Array1<f64>, &Array1<f64>) -> Array1<f64>) {
    println!("{}", orth_task().reply(|(u, v)| mine(u, v)));
}

/// Checks a function that gives the quotient of what is left of `z` without its part along the degrees.
pub fn orth_obj(mine: impl Fn(&Array2<f64>, &Array1<f64>) -> f64) {
    println!("{}", orth_obj_task().reply(|(a, z)| mine(a, z)));
}

/// Checks a function that gives the gradient of that quotient.
pub fn orth_obj_gradient(mine: impl Fn(&Array2<f64>, &Array1<f64>) -> Array1<f64>) {
    println!("{}", orth_obj_gradient_task().reply(|(a, z)| mine(a, z)));
}

/// The part of u along v.
fn along(u: &Array1<f64>, v: &Array1<f64>) -> Array1<f64> {
    v * (u.dot(v) / v.dot(v))
}

/// z without its part along the degrees.
fn balanced(a: &Array2<f64>, z: &Array1<f64>) -> Array1<f64> {
    z - along(z, &degrees(a))
}

/// (D − A)z − R(z) Dz, and the mass.
fn bracket(a: &Array2<f64>, z: &Array1<f64>) -> (Array1<f64>, f64) {
    let (mass, product) = products(a, z);
    let dz = degrees(a) * z;
    (&dz - &a.dot(z) - &dz * ((mass - product) / mass), mass)
}

/// The gradient.
fn gradient(a: &Array2<f64>, z: &Array1<f64>) -> Array1<f64> {
    fiedler::orth_obj_gradient(a, z).expect("a vector")
}

pub(super) fn orth_task() -> Task<Pair, Array1<f64>> {
    let moons = blog_moons().x;
    let columns = (moons.column(0).to_owned(), moons.column(1).to_owned());
    let small = (
        array![3.0, 1.0, 0.0, -1.0, -2.0],
        array![2.0, 3.0, 3.0, 3.0, 1.0],
    );
    Task {
        right: |(u, v)| fiedler::orth(u, v).expect("vectors"),
        places: places(small, columns, |draw| (draw.vector(7), draw.vector(7))),
        slips: vec![
            Slip {
                wrong: |(u, v)| v * u.dot(v),
                hint: "Divide by vᵀv.",
            },
            Slip {
                wrong: |(u, v)| v * (u.dot(v) / v.dot(v).sqrt()),
                hint: "You divided by the length of v. Divide by its square, vᵀv.",
            },
            Slip {
                wrong: |(u, v)| u - &along(u, v),
                hint: "That is what is left of u. The part along v is asked for.",
            },
            Slip {
                wrong: |(u, v)| along(v, u),
                hint: "The two are swapped: the answer is a multiple of v.",
            },
            Slip {
                wrong: |(u, v)| v * (u.dot(v) / u.dot(u)),
                hint: "You divided by uᵀu. It is v that you go along: divide by vᵀv.",
            },
            Slip {
                wrong: |(u, v)| u * (u.dot(v) / v.dot(v)),
                hint: "The number is right. Multiply v by it, not u.",
            },
        ],
        hint: "A multiple of v: the product of u and v, divided by that of v with itself, times v.",
    }
}

pub(super) fn orth_obj_task() -> Task<Heights, f64> {
    Task {
        right: |(a, z)| fiedler::orth_obj(a, z).expect("a vector"),
        places: heights(),
        slips: vec![
            Slip {
                wrong: |(a, z)| fiedler::rayleigh_quotient(a, z).expect("a vector"),
                hint: "That is the quotient of z as it stands. Subtract its part along d first.",
            },
            Slip {
                wrong: |(a, z)| {
                    let rest = balanced(a, z);
                    let ((mass, product), (of_z, _)) = (products(a, &rest), products(a, z));
                    (mass - product) / of_z
                },
                hint: "The mass is still that of z. Take z_o above and below.",
            },
            Slip {
                wrong: |(a, z)| {
                    let rest = balanced(a, z);
                    let (mass, product) = products(a, &rest);
                    (mass - product) / rest.dot(&rest)
                },
                hint: "In the mass each square is weighed with its degree.",
            },
            Slip {
                wrong: |(a, z)| {
                    fiedler::rayleigh_quotient(a, &along(z, &degrees(a))).expect("a vector")
                },
                hint: "You took the part along d. Take what is left of z without it.",
            },
            Slip {
                wrong: |(a, z)| {
                    let rest = z - z.mean().unwrap_or_default();
                    fiedler::rayleigh_quotient(a, &rest).expect("a vector")
                },
                hint: "You subtracted the mean. It is the part along d, the degrees, that goes.",
            },
        ],
        hint: "d is the row sums of A; z_o is z less its part along d; then energy over mass of z_o.",
    }
}

pub(super) fn orth_obj_gradient_task() -> Task<Heights, Array1<f64>> {
    Task {
        right: |(a, z)| gradient(a, z),
        places: heights(),
        slips: vec![
            Slip {
                wrong: |(a, z)| gradient(a, z) / 2.0,
                hint: "The factor 2 in front is missing.",
            },
            Slip {
                wrong: |(a, z)| -gradient(a, z),
                hint: "It points downhill. The gradient points uphill: look at the signs.",
            },
            Slip {
                wrong: |(a, z)| {
                    let (bracket, mass) = bracket(a, &balanced(a, z));
                    bracket * (2.0 / mass)
                },
                hint: "It has a part along d left. Project once more at the end: that is the P in front.",
            },
            Slip {
                wrong: |(a, z)| {
                    let (bracket, mass) = bracket(a, &balanced(a, z));
                    along(&(bracket * (2.0 / mass)), &degrees(a))
                },
                hint: "That is the part along d. Take it away from the bracket: the P in front leaves what is not along d.",
            },
            Slip {
                wrong: |(a, z)| {
                    let mass = bracket(a, &balanced(a, z)).1;
                    gradient(a, z) * mass
                },
                hint: "Divide by the mass of z_o.",
            },
            Slip {
                wrong: |(a, z)| {
                    let (bracket, mass) = bracket(a, z);
                    let found = bracket * (2.0 / mass);
                    &found - &along(&found, &degrees(a))
                },
                hint: "You put z into the bracket. Put z_o there, and in the mass.",
            },
        ],
        hint: "With z_o for z less its part along d: twice ((D − A) z_o − R D z_o) over the mass, and off d once more.",
    }
}
