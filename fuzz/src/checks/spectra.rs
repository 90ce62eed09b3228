//! Eigenpairs by every way there is.

use super::{Subject, list, shown};
use crate::exact;
use crate::oracle;
use crate::random::Random;
use crate::run::{Run, variant};
use fiedler::ndarray::Array1;
use fiedler::power::largest_of_affinity;
use fiedler::solvers::{
    Convergence, aggregates, chebyshev, eigenvalues_below, elimination_order, lanczos, multigrid,
};
use fiedler::{
    Eigenpairs, Error, Graph, certificate::cheeger_bounds, eig_random_walk, eigh_generalized,
    eigh_symmetric, fiedler_vector, power::power_iteration, solvers::Solver,
};

/// Values in [0, 2], by whatever way, agree to this.
const VALUES: f64 = 1e-10;
/// An entry of an eigenvector is wrong where it misses its equation by this share: the second where degrees are of many
/// different sizes, and four digits are promised.
const ENTRY: [f64; 2] = [1e-6, 1e-4];
/// A pair with a larger residual is none.
const SOLVED: f64 = 1e-8;

/// A solver that gives up where nothing was asked of it but what it is for.
pub fn no_surrender(subject: &Subject<'_>, name: &str, error: &Error, run: &mut Run) {
    let gave_up = matches!(
        error,
        Error::Solver { .. } | Error::NotResolved { .. } | Error::NotConverged { .. }
    );
    run.must(
        !(gave_up && subject.joined() && !subject.steep()) || by_choice(name),
        &format!("{name}: gave up ({})", variant(error)),
        || error.to_string(),
    );
}

/// A solver that was asked for by name may say that it cannot, and that another can.
pub fn by_choice(name: &str) -> bool {
    ["Elimination", "Multigrid", "Chebyshev", "eig_random_walk"]
        .iter()
        .any(|way| name.contains(way))
}

/// The three ways to all pairs give what they find; the residuals tell what it is worth.
fn full_route(name: &str) -> bool {
    ["eig_random_walk", "eigh_symmetric", "eigh_generalized"].contains(&name)
}

/// What holds of eigenpairs of (D − A)z = λDz.
pub fn hold(subject: &Subject<'_>, name: &str, pairs: &Eigenpairs, count: usize, run: &mut Run) {
    let values = list(&pairs.values);
    let d = subject.degrees;
    run.must(
        values.len() == count && pairs.vectors.dim() == (subject.n(), count),
        &format!("{name}: another number of pairs"),
        || format!("{values:?} for {count}"),
    );
    values_hold(subject, name, &values, run);
    let residuals = run.owed("residuals", || {
        subject.graph.residuals(&pairs.values, &pairs.vectors)
    });
    let residuals = residuals.map_or_else(|| vec![0.0; count], |rests| rests.to_vec());
    for (j, z) in pairs.vectors.columns().into_iter().enumerate() {
        let z = z.to_vec();
        if z.iter().any(|entry| !entry.is_finite()) {
            run.fault(format!("{name}: NaN or ∞ in a vector"), shown(&z));
            return;
        }
        let length: f64 = z.iter().zip(d).map(|(z, d)| d * z * z).sum();
        run.must(
            (length - 1.0).abs() <= 1e-9,
            &format!("{name}: zᵀDz is not 1"),
            || format!("vector {j}: {length:e}"),
        );
        // A pair whose residual says that it is none has told; the ways to a few pairs refuse it.
        if residuals[j] > SOLVED && full_route(name) {
            continue;
        }
        run.must(
            residuals[j] <= SOLVED,
            &format!("{name}: a large residual"),
            || format!("vector {j} of λ = {values:?}: {:e}", residuals[j]),
        );
        for (i, other) in pairs.vectors.columns().into_iter().enumerate().take(j) {
            let product: f64 = z
                .iter()
                .zip(other)
                .zip(d)
                .map(|((a, b), d)| a * b * d)
                .sum();
            // Entries that their neighbours determine may add a millionth to w each.
            let allowed = if subject.steep() { 1e-5 } else { 1e-6 };
            run.must(
                product.abs() <= allowed,
                &format!("{name}: vectors are not D-orthogonal"),
                || format!("{i} and {j}: {product:e}, λ = {values:?}"),
            );
        }
        let quotient = oracle::quotient(subject.n(), subject.edges(), &z);
        run.must(
            (quotient - values[j]).abs() <= 1e-13,
            &format!("{name}: λ is not the quotient of its vector"),
            || format!("vector {j}: {quotient:e}, not {:e}", values[j]),
        );
        let off = oracle::worst_entry(subject.edges(), d, values[j], &z);
        run.must(
            off <= ENTRY[usize::from(subject.steep())],
            &format!("{name}: an entry does not solve the equation"),
            || {
                format!(
                    "vector {j} of λ = {values:?}: off by {off:e}: {}",
                    shown(&z)
                )
            },
        );
    }
}

fn values_hold(subject: &Subject<'_>, name: &str, values: &[f64], run: &mut Run) {
    run.must(
        values.iter().all(|value| (0.0..=2.0).contains(value)),
        &format!("{name}: λ outside [0, 2]"),
        || format!("{values:?}"),
    );
    run.must(
        values.windows(2).all(|pair| pair[0] <= pair[1]),
        &format!("{name}: λ do not ascend"),
        || format!("{values:?}"),
    );
    let zeros = values.iter().filter(|value| **value == 0.0).count();
    let null = subject.components.min(values.len());
    run.must(
        values.iter().take(null).all(|value| *value == 0.0),
        &format!("{name}: λ of a null vector is not 0"),
        || format!("{values:?}, {} components", subject.components),
    );
    // A weight below all normal numbers may leave a λ for which there is no number but 0.
    let lost = subject.edges().iter().any(|edge| !edge.2.is_normal());
    run.must(
        zeros <= null || lost,
        &format!("{name}: more λ of 0 than components"),
        || format!("{values:?}, {} components", subject.components),
    );
    for &value in values {
        if let Some(Err(error)) = run.attempt("cheeger_bounds", || cheeger_bounds(value)) {
            run.fault(
                format!("{name}: λ that cheeger_bounds refuses"),
                error.to_string(),
            );
        }
    }
}

/// All that can be asked for; the first is the judge of the others.
pub const SOLVERS: [Solver; 4] = [
    Solver::Dense,
    Solver::Elimination,
    Solver::Multigrid,
    Solver::Chebyshev,
];

fn some_count(subject: &Subject<'_>, rng: &mut Random) -> usize {
    let most = if subject.n() > 20 { 6 } else { subject.n() };
    rng.between(1, most)
}

pub fn eigenpairs(subject: &Subject<'_>, rng: &mut Random, run: &mut Run) {
    let count = some_count(subject, rng);
    let solver = rng.pick(&[
        Solver::Auto,
        Solver::Auto,
        Solver::Dense,
        Solver::Elimination,
        Solver::Multigrid,
        Solver::Chebyshev,
    ]);
    let name = format!("smallest_eigenpairs_by({solver:?})");
    let found = run.attempt(&name, || {
        subject.graph.smallest_eigenpairs_by(solver, count)
    });
    match found {
        Some(Ok((pairs, report))) => {
            hold(subject, &name, &pairs, count, run);
            oracle::readable(run, "SolverReport", &format!("{report:?}"));
            run.must(
                report.solver != Solver::Auto,
                "SolverReport: says Auto",
                String::new,
            );
        }
        Some(Err(error)) => no_surrender(subject, &name, &error, run),
        None => {}
    }
}

/// Against thirty digits.
pub fn exact_eigenpairs(subject: &Subject<'_>, rng: &mut Random, run: &mut Run) {
    if subject.n() > 8 || !subject.joined() {
        return;
    }
    let n = subject.n();
    let (wanted, vectors) = exact::eigenpairs(n, subject.edges());
    let solver = rng.pick(&SOLVERS);
    let name = format!("smallest_eigenpairs_by({solver:?})");
    let Some(found) = run.attempt(&name, || subject.graph.smallest_eigenpairs_by(solver, n)) else {
        return;
    };
    let pairs = match found {
        Ok((pairs, _)) => pairs,
        Err(error) => return no_surrender(subject, &name, &error, run),
    };
    for (j, (found, right)) in pairs.values.iter().zip(&wanted).enumerate() {
        run.must(
            (found - right.max(0.0)).abs() <= 1e-13,
            &format!("{name}: λ differs from thirty digits"),
            || format!("λ {j}: {found:e}, not {right:e}; {wanted:?}"),
        );
    }
    let gap = |j: usize| {
        let others = (0..n).filter(|&i| i != j);
        others.fold(2.0_f64, |gap, i| gap.min((wanted[i] - wanted[j]).abs()))
    };
    // Jacobi's own error, magnified by D^-½, must stay far below what is looked for.
    let (sum, least) = subject
        .degrees
        .iter()
        .fold((0.0, f64::INFINITY), |(sum, least), d| {
            (sum + d, d.min(least))
        });
    if least / sum < 1e-45 {
        return;
    }
    for (j, right) in vectors.iter().enumerate().skip(subject.components) {
        if gap(j) > 1e-4 {
            // Where degrees are of many different sizes four digits are promised, and of the first vector all.
            let later = j > subject.components.max(1);
            let allowed = if subject.steep() && later { 1e-4 } else { 1e-7 };
            let z = pairs.vectors.column(j).to_vec();
            if let Some((off, at)) = turned(right, &z) {
                run.must(
                    off <= allowed,
                    &format!("{name}: an eigenvector differs from thirty digits"),
                    || {
                        format!(
                            "vector {j}, entry {at}: off by {off:e} of the largest: {}",
                            shown(&z)
                        )
                    },
                );
            }
        }
    }
}

/// The largest difference of two vectors that are one but for their length, and where it is.
fn turned(right: &[f64], found: &[f64]) -> Option<(f64, usize)> {
    let at = (0..right.len()).max_by(|&i, &j| right[i].abs().total_cmp(&right[j].abs()))?;
    let largest = found.iter().fold(0.0, |a: f64, b| a.max(b.abs()));
    let unit = found[at].signum() / largest;
    let off = |i: usize| (right[i] / right[at] - found[i] * unit).abs();
    (0..right.len())
        .map(|i| (off(i), i))
        .max_by(|a, b| a.0.total_cmp(&b.0))
}

pub fn solvers_agree(subject: &Subject<'_>, rng: &mut Random, run: &mut Run) {
    let count = some_count(subject, rng);
    let mut first: Option<Eigenpairs> = None;
    for solver in SOLVERS {
        let name = format!("smallest_eigenpairs_by({solver:?})");
        let found = run.attempt(&name, || {
            subject.graph.smallest_eigenpairs_by(solver, count)
        });
        let pairs = match found {
            Some(Ok((pairs, _))) => pairs,
            Some(Err(error)) => {
                no_surrender(subject, &name, &error, run);
                continue;
            }
            None => continue,
        };
        let Some(first) = &first else {
            first = Some(pairs);
            continue;
        };
        for j in 0..count.min(pairs.values.len()).min(first.values.len()) {
            let (a, b) = (first.values[j], pairs.values[j]);
            run.must(
                (a - b).abs() <= VALUES,
                &format!("{name}: another λ than the solver before it"),
                || format!("λ {j}: {a:e}, {b:e}"),
            );
        }
        if subject.components == 1 && count > 2 && first.values[2] - first.values[1] > 1e-3 {
            let (a, b) = (first.vectors.column(1), pairs.vectors.column(1));
            let clear = |z: &fiedler::ndarray::ArrayView1<'_, f64>| {
                let largest = z.fold(0.0, |a: f64, b| a.max(b.abs()));
                z.mapv(|entry| {
                    if entry.abs() < 1e-6 * largest {
                        0.0
                    } else {
                        entry.signum()
                    }
                })
            };
            let (sa, sb) = (clear(&a), clear(&b));
            let apart = sa.iter().zip(&sb).any(|(a, b)| a * b < 0.0);
            let against = sa.iter().zip(&sb).any(|(a, b)| a * b > 0.0);
            run.must(
                !(apart && against),
                &format!("{name}: other signs of the second vector than the solver before it"),
                || format!("{a} and {b}"),
            );
        }
    }
}

/// The functions of a matrix.
pub fn matrix_functions(subject: &Subject<'_>, rng: &mut Random, run: &mut Run) {
    let n = subject.n();
    if n > 60 {
        return;
    }
    let a = subject.case.matrix();
    if let Some(found) = run.attempt("fiedler_vector", || fiedler_vector(&a)) {
        match found {
            Ok(found) => {
                let z = found.vector.insert_axis(fiedler::ndarray::Axis(1));
                let values = Array1::from_elem(1, found.value);
                let pairs = Eigenpairs {
                    values,
                    vectors: z,
                    residuals: Array1::from_elem(1, found.residual),
                };
                fiedler_holds(subject, &pairs, found.residual, run);
            }
            Err(error) => {
                no_surrender(subject, "fiedler_vector", &error, run);
                unjust(subject, "fiedler_vector", &error, run);
            }
        }
    }
    let (name, found) = match rng.below(3) {
        0 => (
            "eigh_symmetric",
            run.attempt("eigh_symmetric", || eigh_symmetric(&a)),
        ),
        1 => (
            "eigh_generalized",
            run.attempt("eigh_generalized", || eigh_generalized(&a)),
        ),
        _ => (
            "eig_random_walk",
            run.attempt("eig_random_walk", || eig_random_walk(&a)),
        ),
    };
    match found {
        Some(Ok(pairs)) => {
            hold(subject, name, &pairs, n, run);
            if let Some(few) = run.call("smallest_eigenpairs", || {
                subject.graph.smallest_eigenpairs(n)
            }) {
                let apart = few
                    .values
                    .iter()
                    .zip(&pairs.values)
                    .any(|(a, b)| (a - b).abs() > VALUES);
                run.must(
                    !apart,
                    &format!("{name}: other λ than smallest_eigenpairs"),
                    || format!("{} and {}", pairs.values, few.values),
                );
            }
        }
        Some(Err(error)) => no_surrender(subject, name, &error, run),
        None => {}
    }
}

fn fiedler_holds(subject: &Subject<'_>, pair: &Eigenpairs, residual: f64, run: &mut Run) {
    let name = "fiedler_vector";
    let (value, z) = (pair.values[0], pair.vectors.column(0).to_vec());
    run.must(
        (0.0..=2.0).contains(&value),
        "fiedler_vector: λ outside [0, 2]",
        || format!("{value:e}"),
    );
    run.must(residual <= 1e-9, "fiedler_vector: a large residual", || {
        format!("{residual:e}")
    });
    let zero = value == 0.0;
    run.must(
        zero == (subject.components > 1),
        "fiedler_vector: λ is 0 where the graph is connected, or not where it is not",
        || format!("{value:e}, {} components", subject.components),
    );
    let off = oracle::worst_entry(subject.edges(), subject.degrees, value, &z);
    run.must(
        off <= ENTRY[usize::from(subject.steep())],
        &format!("{name}: an entry does not solve the equation"),
        || format!("λ = {value:e}, off by {off:e}: {}", shown(&z)),
    );
}

/// A refusal for a repeated eigenvalue, where thirty digits see a gap.
pub fn unjust(subject: &Subject<'_>, name: &str, error: &Error, run: &mut Run) {
    // Two vertices with loops alone have λ = 0 twice, and no third.
    if subject.n() > 8 || !subject.joined() || subject.components >= subject.n() {
        return;
    }
    let Error::RepeatedEigenvalue {
        index,
        multiplicity,
        ..
    } = error
    else {
        return;
    };
    let (values, _) = exact::eigenpairs(subject.n(), subject.edges());
    let gap = values
        .get(*index)
        .map_or(f64::INFINITY, |next| next - values[index - 1]);
    // Where the count is not stated, the values are not known closely enough to tell; thousandths they should be.
    let least = if multiplicity.is_some() { 1e-11 } else { 1e-3 };
    run.must(
        gap <= least,
        &format!("{name}: an eigenvalue called repeated that is not"),
        || format!("gap {gap:e}: {error}"),
    );
    let equal = |within: f64| {
        let near = |value: &&f64| (**value - values[index - 1]).abs() < within;
        values.iter().filter(near).count()
    };
    run.must(
        multiplicity.is_none_or(|stated| (equal(1e-15)..=equal(1e-9)).contains(&stated)),
        &format!("{name}: another multiplicity than there is"),
        || format!("{error}; {values:?}"),
    );
}

/// The solvers for reading.
pub fn by_hand(subject: &Subject<'_>, rng: &mut Random, run: &mut Run) {
    let (graph, n) = (subject.graph, subject.n());
    let count = rng.between(1, n.min(4));
    let tolerance = rng.pick(&[1e-3, 1e-8, 1e-12]);
    match rng.below(5) {
        0 => {
            let name = "power_iteration";
            let Some(found) = run.call(name, || power_iteration(graph, count, tolerance, 200))
            else {
                return;
            };
            let range = found.values.iter().all(|mu| (-1.0..=1.0).contains(mu));
            run.must(range, "power_iteration: μ outside [−1, 1]", || {
                format!("{}", found.values)
            });
            let finite = found.vectors.iter().all(|entry| entry.is_finite());
            run.must(finite, "power_iteration: NaN", || {
                format!("{}", found.vectors)
            });
            let finite = found
                .history
                .iter()
                .flatten()
                .all(|entry| entry.is_finite());
            run.must(finite, "power_iteration: NaN in the history", String::new);
        }
        1 if n <= 60 => {
            let Some(found) = run.call("largest_of_affinity", || largest_of_affinity(graph, count))
            else {
                return;
            };
            let range = found.values.iter().all(|mu| (-1.0..=1.0).contains(mu));
            run.must(range, "largest_of_affinity: μ outside [−1, 1]", || {
                format!("{}", found.values)
            });
            let falls = list(&found.values)
                .windows(2)
                .all(|pair| pair[0] >= pair[1]);
            run.must(falls, "largest_of_affinity: μ do not descend", || {
                format!("{}", found.values)
            });
        }
        2 => {
            let steps = rng.pick(&[1, 5, 100]);
            let found = run.call("lanczos", || lanczos(graph, count, tolerance, steps));
            convergence(subject, found, count, tolerance, run);
        }
        3 => {
            let degree = rng.pick(&[1, 3, 10]);
            let found = run.call("chebyshev", || {
                chebyshev(graph, count, degree, tolerance, 30)
            });
            convergence(subject, found, count, tolerance, run);
        }
        _ => {
            let found = run.call("multigrid", || multigrid(graph, count, tolerance));
            convergence(subject, found, count, tolerance, run);
        }
    }
}

fn convergence(
    subject: &Subject<'_>,
    found: Option<Convergence>,
    count: usize,
    tolerance: f64,
    run: &mut Run,
) {
    let Some(found) = found else { return };
    let name = found.method;
    oracle::readable(run, name, &format!("{:?}", found.residuals));
    let values = list(&found.pairs.values);
    if !found.converged {
        let finite = found.pairs.vectors.iter().all(|entry| entry.is_finite());
        run.must(finite, &format!("{name}: NaN"), || format!("{values:?}"));
        if let Some(Err(error)) = run.attempt(name, || found.clone().finished()) {
            run.must(
                !error.to_string().contains("inf"),
                &format!("{name}: a residual of inf"),
                || error.to_string(),
            );
        }
        return;
    }
    run.must(
        values.len() == count,
        &format!("{name}: pairs are missing"),
        || format!("{values:?} for {count}"),
    );
    values_hold(subject, name, &values, run);
    if let Some(residuals) = run.owed("residuals", || {
        subject
            .graph
            .residuals(&found.pairs.values, &found.pairs.vectors)
    }) {
        let worst = residuals.fold(0.0, |a: f64, b| a.max(*b));
        run.must(
            worst <= 4.0 * tolerance.max(1e-13),
            &format!("{name}: converged to a larger residual"),
            || format!("{worst:e} for {tolerance:e}"),
        );
    }
}

pub fn elimination(subject: &Subject<'_>, rng: &mut Random, run: &mut Run) {
    let (graph, n) = (subject.graph, subject.n());
    if let Some(order) = run.call("elimination_order", || elimination_order(graph)) {
        let mut sorted = order.to_vec();
        sorted.sort_unstable();
        run.must(
            sorted.into_iter().eq(0..n),
            "elimination_order: no order of all vertices",
            || format!("{order}"),
        );
    }
    run.call("aggregates", || aggregates(graph));
    if n > 8 || !subject.joined() {
        return;
    }
    let (values, _) = exact::eigenpairs(n, subject.edges());
    let sigma = match rng.below(3) {
        0 => rng.real(-0.5, 2.5),
        1 => rng.magnitude(-30.0, 0.0),
        _ => f64::midpoint(values[rng.below(n)], values[rng.below(n)]),
    };
    // Next to an eigenvalue the sums that are counted cancel.
    if values
        .iter()
        .any(|value| (value - sigma).abs() < 1e-7 * sigma.abs().max(1e-9))
    {
        return;
    }
    let wanted = values.iter().filter(|value| value.max(0.0) < sigma).count();
    // Where σ is an eigenvalue of a part of the graph it is refused, as documented.
    if let Some(found) = run.call("eigenvalues_below", || eigenvalues_below(graph, sigma)) {
        run.must(found == wanted, "eigenvalues_below: another number", || {
            format!("{found}, not {wanted}, below {sigma:e} of {values:?}")
        });
    }
}

pub fn perturbed(subject: &Subject<'_>, rng: &mut Random, run: &mut Run) {
    let n = subject.n();
    if !(3..=30).contains(&n) {
        return;
    }
    let mut case = subject.case.clone();
    let size = rng.magnitude(-12.0, 0.5);
    for edge in &mut case.edges {
        edge.2 *= 1.0 + size * rng.unit();
    }
    let Some(other) = run.call("Graph", || Graph::from_edges(n, &case.edges)) else {
        return;
    };
    let k = rng.between(1, n - 1);
    let name = "davis_kahan";
    let found = run.attempt(name, || {
        fiedler::perturbation::davis_kahan(subject.graph, &other, k)
    });
    match found {
        Some(Ok(found)) => {
            oracle::readable(run, name, &format!("{found:?}").replace("inf", ""));
            let slack = 1e-7 + 1e-12 / found.gap.max(1e-300);
            run.must(
                found.angle_sine <= found.bound * (1.0 + 1e-6) + slack,
                "davis_kahan: the angle exceeds the bound",
                || format!("{found:?} for k = {k} and {other:?}"),
            );
        }
        Some(Err(error)) => no_surrender(subject, name, &error, run),
        None => {}
    }
}
