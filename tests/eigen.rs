//! Step 6, the eigenvectors: what they are, three ways to them, and how well each is computed.

mod support;

use fiedler::ndarray::{Array1, Array2, Axis, array};
use fiedler::{
    Eigenpairs, Error, Gradient, agreement, components, cut, degrees, eig_random_walk,
    eigen::FiedlerVector, eigh_generalized, eigh_symmetric, fiedler_vector, labels_by_sign,
    laplacian, minimize_orth_obj, normcut, orth_obj_gradient, project, random_walk_laplacian,
    rayleigh_quotient, symmetric_laplacian, transform,
};
use proptest::prelude::*;
use std::f64::consts::PI;
use support::{
    EPS, FEW_ROUNDINGS, all_near, cases, complete, complete_bipartite, connected_graph, cycle,
    d_product, exactly, graphs, graphs_and_splits, graphs_and_vectors, hypercube, labels, largest,
    list, matrix, near, norm, number, ok, path, reference, refused, relatively_near, star, text,
    the_posts_graph, two_cliques, vector, weights,
};

/// Ten roundings per row, on a matrix of norm 2 at most: what backward stable solvers leave of an eigenpair
/// (LAPACK Users' Guide, §4.7, has p(n)·ε·‖A‖ with a p "of modest growth").
fn rounding(n: usize) -> f64 {
    10.0 * n as f64 * EPS
}

/// The largest degree over the smallest. `dgeev` errs relative to ‖D⁻¹(D − A)‖, and D^½ on one side, D^-½ on
/// the other bring its error to the symmetric scale: at most √κ each time.
fn kappa(d: &Array1<f64>) -> f64 {
    d.fold(0.0, |a: f64, &b| a.max(b)) / d.fold(f64::INFINITY, |a: f64, &b| a.min(b))
}

/// Each route by name, its pairs, and the rounding that its residuals may have.
fn routes(a: &Array2<f64>) -> [(&'static str, Eigenpairs, f64); 3] {
    let n = a.nrows();
    let unsymmetric = rounding(n) * kappa(&ok(degrees(a)));
    [
        ("symmetric", ok(eigh_symmetric(a)), rounding(n)),
        ("generalised", ok(eigh_generalized(a)), rounding(n)),
        ("random walk", ok(eig_random_walk(a)), unsymmetric),
    ]
}

/// ‖D^-½((D − A)z − λDz)‖.
fn residual(a: &Array2<f64>, value: f64, z: &Array1<f64>) -> f64 {
    let d = ok(degrees(a));
    norm(&((ok(laplacian(a)).dot(z) - &d * z * value) / d.mapv(f64::sqrt)))
}

/// The D-norm of what two normalised vectors differ by, up to their sign.
fn apart(u: &Array1<f64>, v: &Array1<f64>, d: &Array1<f64>) -> f64 {
    let sign = d_product(u, d, v).signum();
    let rest = u - &(v * sign);
    d_product(&rest, d, &rest).sqrt()
}

/// The residual, the constraint and the length of a Fiedler vector: what makes it one, but for its number.
fn is_sound(a: &Array2<f64>, found: &FiedlerVector) {
    let (n, d) = (a.nrows(), ok(degrees(a)));
    assert!(
        residual(a, found.value, &found.vector) <= rounding(n),
        "residual {:e}",
        residual(a, found.value, &found.vector)
    );
    assert!(found.residual <= rounding(n));
    near(
        d_product(&found.vector, &d, &found.vector),
        1.0,
        rounding(n),
    );
    // Its w = D^½z is orthogonal to D^½𝟙, of length √(Σd).
    near(found.vector.dot(&d), 0.0, rounding(n) * d.sum().sqrt());
}

/// Σ over all edges: the graphs of several pieces side by side.
fn side_by_side(pieces: &[Array2<f64>]) -> Array2<f64> {
    let n = pieces.iter().map(Array2::nrows).sum();
    let mut a = Array2::zeros((n, n));
    let mut start = 0;
    for piece in pieces {
        for ((i, j), &weight) in piece.indexed_iter() {
            a[[start + i, start + j]] = weight;
        }
        start += piece.nrows();
    }
    a
}

// --- The three matrices -----------------------------------------------------------------------------

proptest! {
    #![proptest_config(cases(128))]

    #[test]
    fn the_constant_vector_is_an_eigenvector_with_eigenvalue_0(a in graphs()) {
        let (n, d) = (a.nrows(), ok(degrees(&a)));
        let one = Array1::ones(n);
        // A row's sum, once added up and once subtracted: n roundings.
        prop_assert!(largest(ok(laplacian(&a)).dot(&one) / &d) <= rounding(n));
        prop_assert!(largest(ok(random_walk_laplacian(&a)).dot(&one)) <= rounding(n));
        let root_d = d.mapv(f64::sqrt);
        prop_assert!(norm(&ok(symmetric_laplacian(&a)).dot(&root_d)) <= rounding(n) * norm(&root_d));
        let constant = Array1::from_elem(n, 1.0 / d.sum().sqrt());
        for (name, pairs, rounding) in routes(&a) {
            prop_assert!(pairs.values[0].abs() <= rounding, "{name}: {:e}", pairs.values[0]);
            let off = apart(&pairs.vectors.column(0).to_owned(), &constant, &d);
            prop_assert!(off <= 4.0 * rounding / pairs.values[1], "{name}: {off:e}");
        }
    }

    #[test]
    fn the_symmetric_form_has_the_same_eigenvalues_and_w_is_root_d_z(a in graphs()) {
        let (n, root_d) = (a.nrows(), ok(degrees(&a)).mapv(f64::sqrt));
        let s = ok(symmetric_laplacian(&a));
        let column = root_d.view().insert_axis(Axis(1));
        all_near(&s, &(ok(random_walk_laplacian(&a)) * column / &root_d), FEW_ROUNDINGS);
        prop_assert_eq!(s.t(), s.view());
        let pairs = ok(eigh_generalized(&a));
        for (value, z) in pairs.values.iter().zip(pairs.vectors.columns()) {
            let w = &z * &root_d;
            near(norm(&w), 1.0, rounding(n));
            prop_assert!(norm(&(s.dot(&w) - &w * *value)) <= 2.0 * rounding(n)); // S itself was rounded too
        }
        all_near(&ok(eigh_symmetric(&a)).values, &pairs.values, 2.0 * rounding(n));
    }

    // --- The eigenpairs -----------------------------------------------------------------------------

    #[test]
    fn eigenvalues_lie_between_0_and_2(a in graphs()) {
        for (name, pairs, rounding) in routes(&a) {
            prop_assert!(pairs.values.iter().all(|value| (-rounding..=2.0 + rounding).contains(value)), "{name}");
            let ascending = pairs.values.windows(2);
            prop_assert!(ascending.into_iter().all(|pair| pair[0] <= pair[1]), "{name}");
        }
    }

    #[test]
    fn the_eigenvalues_sum_to_n_when_no_vertex_has_a_loop(a in graphs()) {
        let n = a.nrows();
        let loopless = Array2::from_shape_fn((n, n), |(i, j)| if i == j { 0.0 } else { a[[i, j]] });
        for (_, pairs, rounding) in routes(&loopless) {
            near(pairs.values.sum(), n as f64, n as f64 * rounding); // the trace of I − D^-½AD^-½
        }
    }

    #[test]
    fn eigenvectors_are_d_orthonormal(a in graphs()) {
        let (n, d) = (a.nrows(), ok(degrees(&a)));
        for (name, pairs, rounding) in routes(&a) {
            for i in 0..n {
                let zi = pairs.vectors.column(i).to_owned();
                near(d_product(&zi, &d, &zi), 1.0, FEW_ROUNDINGS * n as f64);
                for j in 0..i {
                    let product = d_product(&zi, &d, &pairs.vectors.column(j).to_owned()).abs();
                    // From both equations, (λᵢ − λⱼ) zᵢᵀDzⱼ = 0. An unsymmetric solver leaves a residual on the
                    // right, so that the closer the values the less orthogonal the vectors.
                    let gap = if name == "random walk" { pairs.values[i] - pairs.values[j] } else { 1.0 };
                    prop_assert!(product <= 2.0 * rounding / gap.min(1.0) || gap <= 1e-8 && product <= rounding,
                        "{name} {i} {j}: {product:e}, gap {gap:e}");
                }
            }
        }
    }

    #[test]
    fn residuals_stay_within_ten_n_epsilon(
        a in (3_usize..=30).prop_flat_map(|n| connected_graph(n, weights(-4.0, 4.0))),
    ) {
        for (name, pairs, rounding) in routes(&a) {
            for (&value, z) in pairs.values.iter().zip(pairs.vectors.columns()) {
                let rest = residual(&a, value, &z.to_owned());
                prop_assert!(rest <= rounding, "{name}: {rest:e} at {value}");
            }
        }
        match fiedler_vector(&a) {
            Ok(found) => is_sound(&a, &found),
            Err(error) => {
                prop_assert!(matches!(error, Error::RepeatedEigenvalue { .. } | Error::NoStructure { .. }), "{error}");
            }
        }
    }

    #[test]
    fn three_routes_agree(a in graphs()) {
        let d = ok(degrees(&a));
        let [(_, symmetric, _), others @ ..] = routes(&a);
        for (name, pairs, rounding) in others {
            all_near(&pairs.values, &symmetric.values, 2.0 * rounding);
            for j in 0..a.nrows() {
                let to_the_next = |i: usize| pairs.values.get(i).map_or(f64::INFINITY, |v| (v - pairs.values[j]).abs());
                let gap = to_the_next(j + 1).min(to_the_next(j.wrapping_sub(1)));
                // Vectors of two equal values are no single vectors.
                if gap > 1e-6 {
                    let column = |pairs: &Eigenpairs| pairs.vectors.column(j).to_owned();
                    let off = apart(&column(&pairs), &column(&symmetric), &d);
                    prop_assert!(off <= 4.0 * rounding / gap, "{name} {j}: {off:e}, gap {gap:e}");
                }
            }
        }
    }

    #[test]
    fn the_first_of_the_largest_entries_is_positive(a in graphs()) {
        for (name, pairs, _) in routes(&a) {
            for z in pairs.vectors.columns() {
                let longest = largest(z.iter().copied());
                let first = z.iter().find(|entry| entry.abs() >= (1.0 - 1e-6) * longest);
                prop_assert!(first.is_some_and(|&entry| entry > 0.0), "{name}: {z}");
            }
        }
    }

    #[test]
    fn zero_eigenvalues_count_the_components(
        pieces in prop::collection::vec((2_usize..=8).prop_flat_map(|n| connected_graph(n, weights(-1.0, 1.0))), 1..5),
    ) {
        let a = side_by_side(&pieces);
        for (name, pairs, _) in routes(&a) {
            // Connected graphs of 8 vertices and such weights have λ₂ far above 1e-6, and rounding is far below.
            let zeros = pairs.values.iter().filter(|value| value.abs() < 1e-6).count();
            prop_assert_eq!(zeros, pieces.len(), "{}: {}", name, pairs.values);
        }
        prop_assert_eq!(ok(components(&a)).iter().max().copied(), Some(pieces.len() - 1));
    }

    // --- The second one -----------------------------------------------------------------------------

    #[test]
    fn the_fiedler_vector_is_the_second_eigenvector(a in graphs()) {
        let (n, d) = (a.nrows(), ok(degrees(&a)));
        let pairs = ok(eigh_symmetric(&a));
        let gap = pairs.values[2] - pairs.values[1];
        match fiedler_vector(&a) {
            Ok(found) => {
                is_sound(&a, &found);
                near(found.value, pairs.values[1], rounding(n));
                // With λ₃ close by, a residual of the size of rounding turns the vector by that over the gap.
                let off = apart(&found.vector, &pairs.vectors.column(1).to_owned(), &d);
                prop_assert!(off <= 4.0 * rounding(n) / gap, "{off:e}, gap {gap:e}");
            }
            Err(Error::RepeatedEigenvalue { value, multiplicity, .. }) => {
                near(value, pairs.values[1], rounding(n));
                prop_assert!(multiplicity.is_none_or(|times| times > 1) && gap <= 1e-12, "gap {gap:e}");
            }
            Err(Error::NoStructure { .. }) => prop_assert!(gap <= rounding(n)),
            Err(error) => prop_assert!(false, "{error}"),
        }
    }

    #[test]
    fn the_second_smallest_is_the_minimum_over_the_d_complement_of_1((a, z) in graphs_and_vectors()) {
        let (n, d) = (a.nrows(), ok(degrees(&a)));
        let pairs = ok(eigh_symmetric(&a));
        // Any z, less its mean weighted by the degrees, satisfies zᵀD𝟙 = 0, and its quotient is not below λ₂.
        let complement = &z - z.dot(&d) / d.sum();
        prop_assume!(norm(&complement) > 0.01 * norm(&z)); // what is left of less is mostly rounding
        prop_assert!(ok(rayleigh_quotient(&a, &complement)) >= pairs.values[1] - 100.0 * rounding(n));
        // The second eigenvector satisfies it too, and there the quotient is λ₂.
        let second = pairs.vectors.column(1).to_owned();
        near(second.dot(&d), 0.0, 4.0 * rounding(n) / pairs.values[1] * d.sum().sqrt());
        near(ok(rayleigh_quotient(&a, &second)), pairs.values[1], rounding(n));
        // Without the constraint the minimum is 0, at 𝟙.
        near(ok(rayleigh_quotient(&a, &Array1::ones(n))), 0.0, rounding(n));
    }

    #[test]
    fn a_stationary_point_of_the_quotient_is_an_eigenvector((a, z) in graphs_and_vectors()) {
        let (n, d) = (a.nrows(), ok(degrees(&a)));
        // At every eigenvector but the constant one the slope is 0: it is a residual over ‖z‖_D = 1.
        let pairs = ok(eigh_symmetric(&a));
        for z in pairs.vectors.columns().into_iter().skip(1) {
            let slope = norm(&ok(orth_obj_gradient(&a, &z.to_owned())));
            let scale = d.fold(0.0, |a: f64, &b| a.max(b)).sqrt() / pairs.values[1];
            prop_assert!(slope <= 40.0 * rounding(n) * scale, "{slope:e}");
        }
        // And where the slope is small, the equation nearly holds. With r = (D − A)z − RDz the gradient is
        // 2Pr / zᵀDz, P takes away a multiple of d, and 𝟙ᵀr = 0 says which: |r| ≤ (1 + √n|d| / Σd) |Pr|.
        let z = ok(project(&a, &z));
        prop_assume!(norm(&z) > 0.01);
        let quotient = ok(rayleigh_quotient(&a, &z));
        let rest = ok(laplacian(&a)).dot(&z) - &d * &z * quotient;
        let slope = norm(&ok(orth_obj_gradient(&a, &z))) * d_product(&z, &d, &z) / 2.0;
        let factor = 1.0 + (n as f64).sqrt() * norm(&d) / d.sum();
        prop_assert!(norm(&rest) <= factor * slope * (1.0 + 1e-9) + rounding(n) * norm(&d), "{:e} {slope:e}", norm(&rest));
    }

    #[test]
    fn two_components_have_the_z_of_their_labels(
        one in (2_usize..=9).prop_flat_map(|n| connected_graph(n, weights(-1.0, 1.0))),
        other in (2_usize..=9).prop_flat_map(|n| connected_graph(n, weights(-1.0, 1.0))),
    ) {
        let a = side_by_side(&[one, other]);
        let found = ok(fiedler_vector(&a));
        is_sound(&a, &found);
        near(found.value, 0.0, 0.0);
        let (d, z) = (ok(degrees(&a)), ok(transform(&a, &ok(components(&a)))));
        let length = d_product(&z, &d, &z).sqrt();
        prop_assert!(apart(&found.vector, &(z / length), &d) <= rounding(a.nrows()));
    }

    #[test]
    fn no_split_beats_the_second_eigenvalue((a, y) in graphs_and_splits()) {
        let lambda2 = ok(eigh_symmetric(&a)).values[1];
        prop_assert!(ok(normcut(&a, &y)) >= lambda2 - rounding(a.nrows()));
    }
}

// --- Known spectra ----------------------------------------------------------------------------------

/// Eigenvalues by each route, and by the closed form.
fn has_spectrum(name: &str, a: &Array2<f64>, mut wanted: Vec<f64>) {
    wanted.sort_by(f64::total_cmp);
    for (route, pairs, rounding) in routes(a) {
        println!("{name}, {route}");
        all_near(&pairs.values, &wanted, rounding);
        for (&value, z) in pairs.values.iter().zip(pairs.vectors.columns()) {
            assert!(residual(a, value, &z.to_owned()) <= rounding);
        }
        // Most of these values repeat: the vectors are D-orthonormal all the same.
        let d = ok(degrees(a)).insert_axis(Axis(1));
        let gram = pairs.vectors.t().dot(&(&pairs.vectors * &d));
        all_near(&gram, &Array2::eye(a.nrows()), 40.0 * rounding);
    }
}

/// The same value, so many times.
fn times(count: usize, value: f64) -> impl Iterator<Item = f64> {
    std::iter::repeat_n(value, count)
}

#[test]
fn known_spectra_path_cycle_complete_bipartite_star_hypercube() {
    // F. Chung, "Spectral Graph Theory" (1997), chapter 1, examples 1.1 to 1.6.
    for n in [2, 3, 4, 7, 20] {
        let angle = |k: usize| PI * k as f64 / (n - 1) as f64;
        has_spectrum(
            "path",
            &path(n),
            (0..n).map(|k| 1.0 - angle(k).cos()).collect(),
        );
        has_spectrum(
            "complete",
            &complete(n),
            times(1, 0.0)
                .chain(times(n - 1, n as f64 / (n - 1) as f64))
                .collect(),
        );
        has_spectrum(
            "star",
            &star(n),
            [0.0, 2.0].into_iter().chain(times(n - 2, 1.0)).collect(),
        );
    }
    for n in [3, 4, 8, 15] {
        let angle = |k: usize| 2.0 * PI * k as f64 / n as f64;
        has_spectrum(
            "cycle",
            &cycle(n),
            (0..n).map(|k| 1.0 - angle(k).cos()).collect(),
        );
        let bipartite = [0.0, 2.0].into_iter().chain(times(n + 2, 1.0)).collect();
        has_spectrum("complete bipartite", &complete_bipartite(n, 4), bipartite);
    }
    for (dimension, binomial) in [
        (1, vec![1, 1]),
        (2, vec![1, 2, 1]),
        (3, vec![1, 3, 3, 1]),
        (4, vec![1, 4, 6, 4, 1]),
    ] {
        let value = |k: usize| 2.0 * k as f64 / f64::from(dimension);
        let values = binomial
            .into_iter()
            .enumerate()
            .flat_map(|(k, count)| times(count, value(k)));
        has_spectrum("hypercube", &hypercube(dimension), values.collect());
    }
}

#[test]
fn the_closed_forms_agree_with_scipy() {
    let reference = reference("eigen");
    let cases = list(&reference["closed_form"]);
    assert_eq!(cases.len(), 6);
    for case in cases {
        has_spectrum(
            text(&case["name"]),
            &matrix(&case["a"]),
            vector(&case["eigenvalues"]).to_vec(),
        );
    }
}

#[test]
fn many_equal_pieces_repeat_their_spectrum() {
    // Zeros side by side on the diagonal stop some solvers from ever stopping.
    let third = 2.0 / 3.0;
    let of_cube = [
        0.0,
        third,
        third,
        third,
        2.0 * third,
        2.0 * third,
        2.0 * third,
        2.0,
    ];
    for (name, piece, spectrum) in [
        ("edges", path(2), vec![0.0, 2.0]),
        ("squares", cycle(4), vec![0.0, 1.0, 1.0, 2.0]),
        ("triangles", complete(3), vec![0.0, 1.5, 1.5]),
        ("stars", star(5), vec![0.0, 1.0, 1.0, 1.0, 2.0]),
        ("cubes", hypercube(3), of_cube.to_vec()),
    ] {
        for count in [2, 3, 8] {
            let a = side_by_side(&vec![piece.clone(); count]);
            has_spectrum(name, &a, spectrum.repeat(count));
        }
    }
}

#[test]
fn the_weights_of_a_star_do_not_matter() {
    // Every edge of a star ends in a leaf, so that D^-½AD^-½ has rank 2 whatever the weights.
    let a = support::graph(5, [(0, 1, 0.25), (0, 2, 1.0), (0, 3, 3.0), (0, 4, 100.0)]);
    has_spectrum("weighted star", &a, vec![0.0, 1.0, 1.0, 1.0, 2.0]);
}

#[test]
fn a_small_weighted_graph_is_reproduced() {
    let reference = reference("eigen");
    let wanted = &reference["weighted"];
    let a = matrix(&wanted["a"]);
    has_spectrum("weighted", &a, vector(&wanted["eigenvalues"]).to_vec());
    let d = ok(degrees(&a));
    // λ₃ − λ₂ is 0.3.
    assert!(
        apart(
            &ok(fiedler_vector(&a)).vector,
            &vector(&wanted["vector"]),
            &d
        ) <= 10.0 * rounding(7)
    );
}

// --- The post's graph -------------------------------------------------------------------------------

#[test]
fn the_post_s_first_eigenvalues_are_reproduced() {
    let (a, _) = the_posts_graph();
    let reference = reference("eigen");
    let wanted = vector(&reference["post"]["eigenvalues"]);
    for (name, pairs, rounding) in routes(&a) {
        println!("{name}");
        all_near(&pairs.values, &wanted, rounding);
        let printed = [0.0, 5.384_412_05e-3, 3.200_918_57e-2, 3.560_833_77e-2];
        all_near(pairs.values.iter().take(4), &printed, 5e-11); // to the digits printed
    }
    near(
        ok(fiedler_vector(&a)).value,
        0.005_384_412_046_144_769,
        rounding(200),
    );
}

#[test]
fn the_posts_second_eigenvector_is_reproduced() {
    let (a, y) = the_posts_graph();
    let reference = reference("eigen");
    let post = &reference["post"];
    let (found, d) = (ok(fiedler_vector(&a)), ok(degrees(&a)));
    is_sound(&a, &found);
    let gap = 0.026_6; // λ₃ − λ₂
    assert!(apart(&found.vector, &vector(&post["vector"]), &d) <= 2.0 * rounding(200) / gap);

    let by_sign = ok(labels_by_sign(&found.vector));
    near(
        ok(agreement(&by_sign, &labels(&post["by_sign"]["labels"]))),
        1.0,
        0.0,
    );
    near(ok(agreement(&by_sign, &y)), 0.995, EPS);
    exactly(ok(cut(&a, &by_sign)), number(&post["by_sign"]["cut_once"]));
    relatively_near(
        ok(normcut(&a, &by_sign)),
        number(&post["by_sign"]["normcut_once"]),
        FEW_ROUNDINGS,
    );
}

#[test]
fn the_best_of_all_thresholds_is_the_truth_itself() {
    let (a, y) = the_posts_graph();
    let z = ok(fiedler_vector(&a)).vector;
    let mut order: Vec<usize> = (0..200).collect();
    order.sort_by(|&i, &j| z[i].total_cmp(&z[j]));
    let below = |count: usize| {
        let mut labels = Array1::<usize>::ones(200);
        order[..count].iter().for_each(|&i| labels[i] = 0);
        labels
    };
    let quality = |count: &usize| ok(normcut(&a, &below(*count)));
    let best = (1..200)
        .min_by(|i, j| quality(i).total_cmp(&quality(j)))
        .expect("199 thresholds");
    exactly(ok(agreement(&below(best), &y)), 1.0);
    exactly(ok(cut(&a, &below(best))), 13.0);
    let reference = reference("eigen");
    relatively_near(
        quality(&best),
        number(&reference["post"]["by_sweep"]["normcut_once"]),
        FEW_ROUNDINGS,
    );
    assert!(quality(&best) < ok(normcut(&a, &ok(labels_by_sign(&z)))));
}

#[test]
fn eigenvectors_of_the_posts_matrix_are_not_orthogonal_but_d_orthogonal() {
    let (a, _) = the_posts_graph();
    let (n, d, matrix) = (200, ok(degrees(&a)), ok(random_walk_laplacian(&a)));
    assert!(
        largest((&matrix - &matrix.t()).iter().copied()) > 0.01,
        "it is not symmetric"
    );
    let vectors = ok(eig_random_walk(&a)).vectors;
    let (mut plain, mut with_d) = (0.0_f64, 0.0_f64);
    for i in 0..n {
        for j in 0..i {
            let (u, v) = (vectors.column(i).to_owned(), vectors.column(j).to_owned());
            plain = plain.max(u.dot(&v).abs() / (norm(&u) * norm(&v)));
            with_d = with_d.max(d_product(&u, &d, &v).abs());
        }
    }
    // Two of them stand at 79 degrees (cosine 0.195) instead of 90; with D between, all are at right angles.
    assert!(plain > 0.15, "cosine {plain}");
    // The unsymmetric solver's rounding, over gaps as small as 1e-3 among the 200 eigenvalues.
    assert!(with_d < 1e-9, "{with_d:e}");
}

#[test]
fn the_constraint_of_the_posts_form_is_z_d_1_not_z_1() {
    let (a, _) = the_posts_graph();
    let d = ok(degrees(&a));
    let second = [
        ok(fiedler_vector(&a)).vector,
        ok(eig_random_walk(&a)).vectors.column(1).to_owned(),
        ok(eigh_generalized(&a)).vectors.column(1).to_owned(),
        ok(eigh_symmetric(&a)).vectors.column(1).to_owned(),
    ];
    for z in second {
        let (against_one, against_d) = (
            z.sum() / (norm(&z) * 200.0_f64.sqrt()),
            z.dot(&d) / (norm(&z) * norm(&d)),
        );
        assert!(
            against_one.abs() > 1e-3,
            "the cosine of z and 𝟙 is {against_one:e}"
        );
        assert!(
            against_d.abs() < 1e-10,
            "the cosine of z and D𝟙 is {against_d:e}"
        ); // the solvers' rounding, over λ₂
    }
}

#[test]
fn the_minimiser_and_the_eigenvector_are_one_vector() {
    let (a, y) = the_posts_graph();
    let d = ok(degrees(&a));
    let found = ok(minimize_orth_obj(
        &a,
        &ok(transform(&a, &y)),
        Gradient::Exact,
    ));
    let z = ok(project(&a, &found.z));
    let z = &z / d_product(&z, &d, &z).sqrt();
    // A value 1e-15 above the minimum, over the gap 0.027, is the square of what the vectors differ by.
    assert!(apart(&z, &ok(fiedler_vector(&a)).vector, &d) < 1e-6);
}

// --- Hard cases -------------------------------------------------------------------------------------

#[test]
fn the_fiedler_vector_is_tested_where_it_is_hard() {
    // A long path: λ₂ = 1.2e-4 with λ₃ only 4 times as large. Its vector is a cosine.
    let n = 200;
    let a = path(n);
    let found = ok(fiedler_vector(&a));
    is_sound(&a, &found);
    near(found.value, 1.0 - (PI / (n - 1) as f64).cos(), rounding(n));
    let cosine = Array1::from_shape_fn(n, |i| (PI * i as f64 / (n - 1) as f64).cos());
    let d = ok(degrees(&a));
    let length = d_product(&cosine, &d, &cosine).sqrt();
    assert!(apart(&found.vector, &(cosine / length), &d) <= rounding(n) / 3.7e-4);

    // Two cliques joined by next to nothing: λ₂ beside λ₁ = 0, down to where rounding cannot tell them apart.
    for weight in [
        1e-3, 1e-6, 1e-10, 1e-12, 1e-13, 1e-14, 1e-15, 1e-16, 1e-18, 1e-30, 1e-100, 1e-300,
    ] {
        for n in [3, 10, 40] {
            let a = two_cliques(n, weight);
            let truth = Array1::from_shape_fn(2 * n, |i| usize::from(i >= n));
            let found = ok(fiedler_vector(&a));
            is_sound(&a, &found);
            // The split's own z is the vector to first order in the weight.
            near(
                found.value,
                ok(normcut(&a, &truth)),
                rounding(2 * n) + weight * weight,
            );
            exactly(
                ok(agreement(&ok(labels_by_sign(&found.vector)), &truth)),
                1.0,
            );
        }
    }

    // A star: 1 is an eigenvalue n − 2 times over, and no single vector is second. With two leaves it is.
    match refused(fiedler_vector(&star(8))) {
        Error::RepeatedEigenvalue {
            value,
            multiplicity,
            ..
        } => {
            near(value, 1.0, rounding(8));
            assert_eq!(multiplicity, Some(6));
        }
        error => panic!("{error}"),
    }
    is_sound(&star(3), &ok(fiedler_vector(&star(3))));

    // One vertex, joined to three by weights that differ in the twelfth digit only: still a star.
    let nearly = support::graph(4, [(0, 1, 1.0), (0, 2, 1.0 + 1e-12), (0, 3, 1.0)]);
    assert!(matches!(
        refused(fiedler_vector(&nearly)),
        Error::RepeatedEigenvalue { .. }
    ));

    // Cycles and complete graphs look the same from everywhere.
    for n in [4, 5, 12, 101] {
        assert!(
            matches!(
                refused(fiedler_vector(&cycle(n))),
                Error::RepeatedEigenvalue { .. }
            ),
            "cycle of {n}"
        );
        assert_eq!(
            refused(fiedler_vector(&complete(n))),
            Error::NoStructure {
                n,
                advice: fiedler::error::Advice::default()
            }
        );
    }
    // A weak edge breaks the tie.
    let mut broken = cycle(12);
    (broken[[0, 1]], broken[[1, 0]]) = (0.9, 0.9);
    is_sound(&broken, &ok(fiedler_vector(&broken)));
}

#[test]
fn weights_may_span_many_orders_of_magnitude() {
    // A path whose weights fall from 1 to 1e-14: the vector of a path runs one way, whatever its weights.
    let falling = support::graph(
        15,
        (1..15).map(|i| (i - 1, i, 10_f64.powi(1 - i32::try_from(i).expect("small")))),
    );
    // And one whose weights swing over twelve orders: four pairs, joined ever more weakly.
    let swinging = support::graph(
        8,
        [
            (0, 1, 1e6),
            (1, 2, 1e-2),
            (2, 3, 1e6),
            (3, 4, 1e-6),
            (4, 5, 1e6),
            (5, 6, 1e-1),
            (6, 7, 1e6),
        ],
    );
    for a in [falling, swinging] {
        let found = ok(fiedler_vector(&a));
        is_sound(&a, &found);
        let z = &found.vector;
        let d = ok(degrees(&a));
        let rising = (1..z.len()).filter(|&i| {
            // An entry's rounding, in the scale of w = D^½z.
            let noise =
                rounding(z.len()) / found.value * (1.0 / d[i].sqrt() + 1.0 / d[i - 1].sqrt());
            z[i] - z[i - 1] > noise
        });
        let falling = (1..z.len()).filter(|&i| {
            let noise =
                rounding(z.len()) / found.value * (1.0 / d[i].sqrt() + 1.0 / d[i - 1].sqrt());
            z[i - 1] - z[i] > noise
        });
        let (rising, falling) = (rising.count(), falling.count());
        assert!(
            rising == 0 || falling == 0,
            "{rising} up, {falling} down: {z}"
        );
        let labels = ok(labels_by_sign(z));
        assert_eq!(
            (1..z.len()).filter(|&i| labels[i] != labels[i - 1]).count(),
            1,
            "{labels}"
        );
    }
}

#[test]
fn the_swinging_path_is_cut_at_its_weakest_edge() {
    let a = support::graph(
        6,
        [
            (0, 1, 1e5),
            (1, 2, 1e-3),
            (2, 3, 1e5),
            (3, 4, 1e-7),
            (4, 5, 1e5),
        ],
    );
    let labels = ok(labels_by_sign(&ok(fiedler_vector(&a)).vector));
    exactly(ok(agreement(&labels, &array![0, 0, 0, 0, 1, 1])), 1.0);
}

#[test]
fn three_pieces_have_no_second_vector_and_are_counted() {
    let a = side_by_side(&[path(2), complete(4), path(3)]);
    assert_eq!(
        refused(fiedler_vector(&a)),
        Error::TooManyComponents {
            sizes: vec![2, 4, 3],
            advice: fiedler::error::Advice::default()
        }
    );
}

#[test]
fn two_points_have_the_eigenvalue_2() {
    let found = ok(fiedler_vector(&(path(2) * 3.0)));
    near(found.value, 2.0, rounding(2));
    all_near(
        &found.vector,
        &array![1.0 / 6_f64.sqrt(), -1.0 / 6_f64.sqrt()],
        FEW_ROUNDINGS,
    );
}

#[test]
fn the_unit_of_the_weights_changes_no_vector_but_its_length() {
    let (a, y) = the_posts_graph();
    let here = ok(fiedler_vector(&a));
    for unit in [1e-70, 1e-9, 1e9, 1e70] {
        let there = ok(fiedler_vector(&(&a * unit)));
        near(there.value, here.value, rounding(200));
        near(
            ok(agreement(&ok(labels_by_sign(&there.vector)), &y)),
            0.995,
            EPS,
        );
        is_sound(&(&a * unit), &there);
    }
}
