//! Every exercise of the notebooks, in their order: what is asked stands above each.

use crate::Exercise;
use std::f64::consts::SQRT_2;

/// The exercises: one on the first page, two to every other notebook.
#[rustfmt::skip] // One line a slip.
pub const EXERCISES: &[Exercise] = &[
    // The sum of i / 2 over the whole numbers i in 1..=5.
    Exercise {
        notebook: "00_rust", name: "halves_of_1_to_5", right: 6.0,
        slips: &[
            (7.5, "You kept the halves; between whole numbers, Rust's division drops them."),
            (4.0, "You stopped before 5; the range 1..=5 includes its end."),
            (5.0, "You stopped before 5, and kept the halves; the range 1..=5 includes its end, and a division between whole numbers drops the fraction."),
        ],
        hint: "Write down i / 2 for each of 1, 2, 3, 4 and 5, without what stands behind the point, and add the five.",
    },
    // The inertia of the points 0, 2, 10 and 14, the first two in one cluster.
    Exercise {
        notebook: "01_kmeans", name: "inertia_on_a_line", right: 10.0,
        slips: &[
            (6.0, "You added the distances; the inertia adds their squares."),
            (2.5, "You took the mean of the squares; the inertia is their sum."),
            (20.0, "You squared the distances between the points; square those to the centres."),
        ],
        hint: "The centre of a cluster is the mean of its points: 1 for the first. Square the four distances to the centres and add them.",
    },
    // The inertia of 200 points with 200 centres.
    Exercise {
        notebook: "01_kmeans", name: "inertia_with_a_centre_for_each_point", right: 0.0,
        slips: &[],
        hint: "Where would you put the centres, if each point may have its own? How far is each point from it?",
    },
    // The edges of the points 0, 0.25, 0.5 and 1 with ε = 0.5.
    Exercise {
        notebook: "02_similarity", name: "edges_on_a_line", right: 4.0,
        slips: &[
            (8.0, "You counted the ones of the matrix; each edge stands there twice."),
            (2.0, "A distance equal to ε counts as an edge: look at the pairs that lie exactly 0.5 apart."),
            (12.0, "You counted the ones of the matrix, and those on the diagonal too; a point is never joined to itself."),
        ],
        hint: "Four points make six pairs. Write down the distance of each pair, and count those of at most 0.5.",
    },
    // The smallest of 0.30, 0.31, …, 0.35 for which the post's graph is in one piece.
    Exercise {
        notebook: "02_similarity", name: "epsilon_that_joins_the_moons", right: 0.32,
        slips: &[
            (0.30, "At 0.30 the graph is still in two pieces."),
            (0.31, "At 0.31 the graph is still in two pieces."),
            (0.33, "The graph is in one piece there, but a smaller value does it too."),
            (0.34, "The graph is in one piece there, but a smaller value does it too."),
            (0.35, "The graph is in one piece there, but a smaller value does it too."),
        ],
        hint: "Count the pieces for each of 0.30, 0.31, …, 0.35, as the table above does, and take the first that gives one piece.",
    },
    // The cut of the path 0–1–2–3 split in the middle.
    Exercise {
        notebook: "03_cut", name: "cut_of_the_path", right: 1.0,
        slips: &[(2.0, "You counted the edge once from each side; the formula counts it once.")],
        hint: "List the edges, and count those whose ends have different labels.",
    },
    // The normalised cut of two triangles joined by an edge, split at that edge.
    Exercise {
        notebook: "03_cut", name: "normcut_of_two_triangles", right: 2.0 / 7.0,
        slips: &[
            (4.0 / 7.0, "You counted the edge that is cut once from each side; the formula counts it once."),
            (1.0 / 3.0, "You left the edge between the triangles out of the degrees; it counts for both of its ends."),
            (2.0 / 3.0, "You counted the edges of each triangle; a volume adds degrees, so an edge within counts twice."),
            (0.5, "You counted the edges that touch each triangle; a volume adds degrees, so an edge within counts twice."),
            (7.0, "That is one volume; now put it into the formula."),
        ],
        hint: "Write down the six degrees first: four points have degree 2, and two have degree 3.",
    },
    // The Rayleigh quotient of z for the path 0–1–2–3 with point 0 cut off.
    Exercise {
        notebook: "04_transform", name: "quotient_of_an_end_of_the_path", right: 1.2,
        slips: &[
            (2.4, "You counted the edge that is cut twice, as the post's loop does; here it counts once."),
            (1.44, "That is the energy; divide it by the mass."),
            (4.0 / 3.0, "You divided by numbers of points; a volume adds the degrees."),
        ],
        hint: "The degrees are 1, 2, 2, 1. Add them on each side for the volumes, then use lines (4) and (5).",
    },
    // The Rayleigh quotient of (2, 1, −1, −2) on the path 0–1–2–3.
    Exercise {
        notebook: "04_transform", name: "quotient_of_four_heights", right: 0.5,
        slips: &[
            (1.0, "You counted each edge once in either direction; line (3) halves that sum."),
            (0.6, "In the mass each square is weighed with its degree."),
            (6.0, "That is the energy; divide it by the mass."),
        ],
        hint: "The energy adds the squared differences along the three edges; the mass adds the degree times the square of the height.",
    },
    // How many times d is in (3, 4, 1) on the path 0–1–2.
    Exercise {
        notebook: "05_relaxation", name: "multiple_of_d_on_the_path", right: 2.0,
        slips: &[
            (12.0, "That is zᵀd; divide it by dᵀd to get the multiple."),
            (3.0, "You divided by the sum of d; divide by the sum of its squares."),
        ],
        hint: "The part of z along d is (zᵀd / dᵀd) d: compute the two products.",
    },
    // The relaxed objective at (3, 4, 1) on the path 0–1–2.
    Exercise {
        notebook: "05_relaxation", name: "orth_obj_on_the_path", right: 1.0,
        slips: &[
            (10.0 / 42.0, "That is the quotient of z as it stands; project it off d first."),
            (2.0, "That is the energy; divide it by the mass, and count each edge once."),
        ],
        hint: "Subtract the multiple of d from exercise 1; the rest has small whole entries. Then energy over mass.",
    },
    // The eigenvalue λ₂ of the path 0–1–2.
    Exercise {
        notebook: "06_eigen", name: "second_eigenvalue_of_the_path", right: 1.0,
        slips: &[
            (0.0, "That is λ₁, which every graph has."),
            (2.0, "That is λ₃: the path can be painted in two colours."),
            (1.5, "Only λ₁ was taken away; the largest eigenvalue is known too."),
        ],
        hint: "Every graph has the eigenvalue 0, and one that can be painted in two colours has the eigenvalue 2.",
    },
    // The eigenvalue λ₂ of two edges of weight 1 joined by an edge of weight ¼.
    Exercise {
        notebook: "06_eigen", name: "second_eigenvalue_of_the_weak_link", right: 0.2,
        slips: &[
            (0.25, "That is the weight of the weak edge."),
            (1.0, "That is the first entry of (D − A)z; divide it by that of Dz."),
            (5.0, "Upside down: (D − A)z is λ times Dz."),
            (2.0 / 9.0, "That is the normalised cut of the split in the middle; λ₂ is a little below it."),
        ],
        hint: "Point 0 has one edge, of weight 1, to point 1: its row of D − A is (1, −1, 0, 0).",
    },
    // The agreement of 0, 0, 1, 1, 1 with 1, 1, 1, 0, 0.
    Exercise {
        notebook: "07_clustering", name: "agreement_by_hand", right: 0.8,
        slips: &[
            (0.2, "So far the names count: call the clusters of one of the two the other way round."),
            (4.0, "That is a number of points; the agreement is a share."),
        ],
        hint: "Count the points on which the labels are equal, then swap 0 and 1 in one of the two and count again. The larger share counts.",
    },
    // The largest ε, in hundredths, at which the post's moons come out without a mistake.
    Exercise {
        notebook: "07_clustering", name: "largest_epsilon_without_a_mistake", right: 0.39,
        slips: &[
            (0.40, "At 0.40 one of the 200 points is wrong."),
            (0.38, "No mistake there; but is it the largest such value?"),
        ],
        hint: "Cluster the post's moons for each of 0.32, 0.33, …, 0.45, and look for the last agreement of exactly 1.",
    },
    // The degree of the point 2 among 0, 2, 3, 8 and 9, one nearest neighbour, average.
    Exercise {
        notebook: "08_graph", name: "degree_on_a_line", right: 1.5,
        slips: &[
            (2.0, "That is the degree with `Symmetry::Either`; in the average a one-way edge weighs one half."),
            (1.0, "That is the degree in the mutual graph, or you counted only the point's own neighbour: who else lists it?"),
            (0.5, "One of its two edges is mutual, and weighs 1."),
        ],
        hint: "Write down the nearest neighbour of each of the five points. Which of them name the point at 2, and whom does it name?",
    },
    // The smallest k whose graph of nearest neighbours joins the post's moons.
    Exercise {
        notebook: "08_graph", name: "neighbors_that_join_the_moons", right: 7.0,
        slips: &[
            (4.0, "There the graph is still in two pieces: the moons."),
            (5.0, "There the graph is still in two pieces: the moons."),
            (6.0, "There the graph is still in two pieces: the moons."),
            (8.0, "The graph is in one piece there, but a smaller k does it too."),
            (10.0, "The graph is in one piece there, but a smaller k does it too."),
        ],
        hint: "Build the graph for each k from 1 to 10, print its number of pieces, and take the first k with 1.",
    },
    // ⌈ln 1000⌉.
    Exercise {
        notebook: "09_sensitivity", name: "neighbors_for_a_thousand_points", right: 7.0,
        slips: &[
            (3.0, "That is the rule with the decimal logarithm; take the natural one."),
            (6.0, "Round up, not down: the rule is a ceiling."),
            (6.908, "That is ln 1000; a number of neighbours is whole, so round it up."),
            (8.0, "That is the ceiling of ln n + 1, which belongs to the width σ."),
        ],
        hint: "ln 1000 is 3 ln 10, and ln 10 is about 2.303. Round up.",
    },
    // Between/total for the points 0, 2, 4 and 6 in pairs.
    Exercise {
        notebook: "09_sensitivity", name: "explained_share_on_a_line", right: 0.8,
        slips: &[
            (0.2, "That is within/total; the rest of the total is between."),
            (16.0, "That is the between sum of squares; divide it by the total."),
            (0.4, "Each centre counts once for each of its points: twice here."),
        ],
        hint: "The mean of all is 3, the centres are 1 and 5. Add the squares of the four distances to 3, and those of the centres, each twice.",
    },
    // The factor by which power iteration shrinks the error of the first vector on the path 0–1–2.
    Exercise {
        notebook: "10_embedding", name: "factor_of_power_iteration", right: 0.5,
        slips: &[
            (0.0, "That is μ₂/μ₁ of N itself; the iteration multiplies by N + I, so 1 is added above and below."),
            (2.0, "Upside down: the error shrinks."),
            (1.0, "Then nothing would shrink: put λ₁ below the line, λ₂ above it."),
        ],
        hint: "Put λ₁ = 0 and λ₂ = 1 into (2 − λ₂)/(2 − λ₁).",
    },
    // How many eigenvalues of the post's moons the eigengap may see and still say 2.
    Exercise {
        notebook: "10_embedding", name: "eigenvalues_that_still_say_two", right: 4.0,
        slips: &[
            (3.0, "Of three it says 2; but is three the largest such number?"),
            (5.0, "Of five it says 4."),
            (2.0, "Of two eigenvalues there is one gap, and it says 1."),
        ],
        hint: "Take the first 3, 4, 5, … of `moons_values` and apply `eigengap` to each.",
    },
    // The rounds that power iteration takes to the second vector of the five vertices.
    Exercise {
        notebook: "10_embedding", name: "rounds_to_the_second_vector", right: 19.0,
        slips: &[
            (18.0, "Count the first round as 1."),
        ],
        hint: "In each round: step, subtract w₁ times w₁·z, divide by the length, and look at Nz − μz with the new z.",
    },
    // What the springs 1, ¼, 1 hold with their beads at 2, 1, −1, −2.
    Exercise {
        notebook: "11_springs", name: "energy_of_three_springs", right: 1.5,
        slips: &[
            (3.0, "That is fᵀLf; a spring holds half its stiffness times the square."),
            (6.0, "You counted each spring once from either end, and without the half."),
            (1.25, "The middle spring is stretched by 2, and the square of that is 4."),
        ],
        hint: "Each spring holds ½ · stiffness · u², where u is the difference of its two beads. Add the three.",
    },
    // How likely a walker leaves the first half of the path with the weights 1, ¼, 1.
    Exercise {
        notebook: "11_springs", name: "chance_to_cross_the_weak_link", right: 1.0 / 9.0,
        slips: &[
            (0.25, "That is the cut; divide it by the volume of the cluster."),
            (2.0 / 9.0, "That is the sum for both clusters, the normalised cut."),
            (0.2, "So likely the walker leaves from the second point; from the first it never does."),
            (0.1, "The walker is less often at the first point than at the second: the long-run chances go by the degrees."),
            (1.0 / 18.0, "The walker stands in the first cluster: divide by its volume, not by that of the whole graph."),
        ],
        hint: "The chance is cut over volume. The volume adds the degrees of the first two points, and the weak edge counts in the degree of the second.",
    },
    // The largest value that the conductance of a graph with λ₂ = 0.02 can have.
    Exercise {
        notebook: "12_certificate", name: "cheegers_upper_bound", right: 0.2,
        slips: &[
            (0.01, "That is the lower bound, λ₂/2; the upper one has a root."),
            (0.04, "Now take the root."),
            (SQRT_2 / 10.0, "That is √λ₂; the bound is the root of 2λ₂."),
            (0.02, "That is λ₂ itself; put it into √(2λ₂)."),
        ],
        hint: "Cheeger's inequality: λ₂/2 ≤ φ ≤ √(2λ₂).",
    },
    // The normalised cut of the cockroach with k = 3, one antenna cut off.
    Exercise {
        notebook: "12_certificate", name: "normcut_of_one_antenna", right: 1.0 / 5.0 + 1.0 / 21.0,
        slips: &[
            (2.0 / 10.0 + 2.0 / 16.0, "That is the cut of both antennae; take one."),
            (6.0 / 13.0, "That is the cut of all three rungs, which the sign finds."),
            (1.0 / 3.0 + 1.0 / 9.0, "You divided by numbers of vertices; a volume adds the degrees."),
            (1.0 / 5.0, "That is one side; the normalised cut divides by the volume of the other too."),
        ],
        hint: "One edge is cut. The antenna has the degrees 1, 2, 2, and all degrees add up to twice the 13 edges.",
    },
    // The 6 of the column 2, 4, 6, standardised.
    Exercise {
        notebook: "13_real_data", name: "standardised_six", right: 1.224_744_871_391_589, // √1.5
        slips: &[
            (2.0, "The mean is subtracted; now divide by the standard deviation."),
            (1.0, "You divided by n − 1 in the variance; with 0.0 as the second argument it is n."),
            (0.75, "You divided by the variance; the standard deviation is its root."),
        ],
        hint: "Subtract the mean, 4. The standard deviation is the root of the mean of the squared deviations 4, 0, 4.",
    },
    // How much stronger σ_I = 0.2 makes the edge between the greys 0.4 and 0.1 than 0.1 does.
    Exercise {
        notebook: "13_real_data", name: "strength_of_a_looser_edge", right: 854.058_762_526_151_6, // e to the 6.75
        slips: &[
            (29.224_283_781_234_94, "There is no 2 in the denominator of this similarity."),
            (4.0, "So the exponents compare; the strengths are their exponentials."),
            (6.75, "That is the difference of the exponents; the ratio is its exponential."),
            (0.001_170_879_620_791_174_4, "Upside down: the looser edge is the stronger one."),
        ],
        hint: "The exponent is −(0.3/σ_I)²: compute it for both, and take the exponential of the difference.",
    },
    // The power of n by which time grows, if four times the points take sixteen times as long.
    Exercise {
        notebook: "14_solvers", name: "power_of_growth", right: 2.0,
        slips: &[
            (4.0, "So the time grows for twice the points; the power is the logarithm of that, to the base 2."),
            (16.0, "That is how the times compare; the power is the quotient of two logarithms."),
            (0.5, "Upside down: the logarithm of the times goes above, that of the sizes below."),
        ],
        hint: "On two logarithmic axes the power is the slope: log(3.2/0.2)/log(40,000/10,000).",
    },
    // What Lanczos's method keeps of 100,000 points in 34,198 steps, in gigabytes (noise 0.12, nine neighbours).
    Exercise {
        notebook: "14_solvers", name: "gigabytes_of_lanczos", right: 27.3584,
        slips: &[
            (3.4198, "So many numbers, in billions; each f64 takes eight bytes."),
            (27_358_400_000.0, "Those are bytes; a gigabyte is a billion of them."),
            (25.479_674_339_294_434, "That is in units of 2³⁰ bytes; a gigabyte is 10⁹."),
        ],
        hint: "Each step keeps one vector of 100,000 numbers, and a number takes eight bytes.",
    },
];
