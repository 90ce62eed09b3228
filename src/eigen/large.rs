//! The few smallest eigenpairs of a large graph: multigrid and LOBPCG on its edges, no n × n matrix anywhere.

pub(crate) mod aggregation;
pub(crate) mod block;
pub(crate) mod cycle;
pub(crate) mod laplacian;
pub(crate) mod lobpcg;
pub(crate) mod order;
pub(crate) mod parallel;
pub(crate) mod small;

use crate::data::RandomState;
use crate::edges::Edges;
use cycle::Hierarchy;
use laplacian::Laplacian;
use lobpcg::{Found, Goal, lobpcg};
use ndarray::Array2;

/// Steps on each coarser level; its vectors are only a start for the next finer one.
const COARSE_STEPS: usize = 4;

pub(crate) fn solve(
    edges: Edges<'_>,
    masses: &[f64],
    component: &[usize],
    goal: &Goal,
    mut watch: impl FnMut(usize, &ndarray::Array1<f64>) -> bool,
) -> Found {
    let t = std::time::Instant::now();
    let order = order::breadth_first(edges);
    eprintln!("order {:?}", t.elapsed());
    let finest = Laplacian::new(edges, masses, component, &order);
    eprintln!("laplacian {:?}", t.elapsed());
    let n = finest.size();
    let guard = 2.max(goal.wanted / 8);
    let b = (goal.wanted + guard).min(n - finest.component_masses.len());
    let hierarchy = Hierarchy::new(finest);
    eprintln!("hierarchy {:?} {:?} {}", t.elapsed(), hierarchy.sizes(), hierarchy.complexity());
    let mut rng = RandomState::new(0);
    let mut start: Option<Array2<f64>> = None;
    let last = hierarchy.levels.len() - 1;
    for at in (0..=last).rev() {
        let laplacian = &hierarchy.levels[at].laplacian;
        let size = laplacian.size();
        if at > 0 && size < 4 * b + laplacian.component_masses.len() {
            continue;
        }
        let x = match start.take() {
            Some(coarse) => {
                let p = hierarchy.levels[at].prolongation.as_ref().expect("a coarser level");
                let mut x = Array2::zeros((size, b));
                p.rows.times(block::data(&coarse), block::data_mut(&mut x), b, true);
                x
            }
            None => match (at == last)
                .then(|| cycle::coarsest_eigenvectors(laplacian, b))
                .flatten()
            {
                Some(vectors) => vectors,
                None => Array2::from_shape_simple_fn((size, b), || rng.standard_normal()),
            },
        };
        let goal = if at == 0 { *goal } else { Goal { most: COARSE_STEPS, ..*goal } };
        let found = lobpcg(
            laplacian,
            x,
            &goal,
            hierarchy.inverse(at),
            |norms| at > 0 || watch(at, norms),
        );
        eprintln!("level {at} {size} {:?} {} steps {:?} {}", t.elapsed(), found.history.len() - 1, found.history.last(), found.values);
        if at == 0 {
            let mut vectors = Array2::zeros((n, found.vectors.ncols()));
            for (p, &i) in order.iter().enumerate() {
                vectors.row_mut(i as usize).assign(&found.vectors.row(p));
            }
            return Found { vectors, ..found };
        }
        start = Some(found.vectors);
    }
    unreachable!()
}
