//! Blocks of vectors: n rows, a few columns. What LOBPCG does with them, in one pass over the rows each.

use super::laplacian::Laplacian;
use super::parallel::{of_chunks, on_rows};
use ndarray::linalg::general_mat_mul;
use ndarray::{Array1, Array2, ArrayView2, Axis, s};
use std::ops::Range;

/// The numbers of a block, row after row.
pub(super) fn data(block: &Array2<f64>) -> &[f64] {
    block.as_slice().expect("blocks are in standard layout")
}

/// The same, to write.
pub(super) fn data_mut(block: &mut Array2<f64>) -> &mut [f64] {
    block.as_slice_mut().expect("blocks are in standard layout")
}

/// These rows of the parts, side by side.
fn gather(parts: &[&Array2<f64>], rows: &Range<usize>) -> Array2<f64> {
    let width: usize = parts.iter().map(|part| part.ncols()).sum();
    let mut chunk = Array2::zeros((rows.len(), width));
    let mut from = 0;
    for part in parts.iter().filter(|part| part.ncols() > 0) {
        let b = part.ncols();
        let own = data(part)[rows.start * b..rows.end * b].chunks_exact(b);
        for (row, own) in data_mut(&mut chunk).chunks_exact_mut(width).zip(own) {
            row[from..from + b].copy_from_slice(own);
        }
        from += b;
    }
    chunk
}

/// [parts]ᵀ M `right`: the products with the columns of all parts, one below the other; M = I without masses.
pub(super) fn products(
    parts: &[&Array2<f64>],
    masses: Option<&[f64]>,
    right: &Array2<f64>,
) -> Array2<f64> {
    let (n, b) = right.dim();
    let height: usize = parts.iter().map(|part| part.ncols()).sum();
    let chunks = of_chunks(n, n * height * b, |rows| {
        let mut left = gather(parts, &rows);
        if let Some(masses) = masses {
            for (mut row, mass) in left.rows_mut().into_iter().zip(&masses[rows.clone()]) {
                row *= *mass;
            }
        }
        left.t().dot(&right.slice(s![rows, ..]))
    });
    let mut total = Array2::zeros((height, b));
    for chunk in &chunks {
        total += chunk;
    }
    total
}

/// [others, w] · `coefficients`, in the place of w.
pub(super) fn replaced(
    others: &[&Array2<f64>],
    mut w: Array2<f64>,
    coefficients: &Array2<f64>,
) -> Array2<f64> {
    let (n, b) = (w.nrows(), coefficients.ncols());
    let cost = n * b * coefficients.nrows();
    let mut narrower = (w.ncols() != b).then(|| Array2::zeros((n, b)));
    let others_end = coefficients.nrows() - w.ncols();
    let product = |rows: &Range<usize>, own: ArrayView2<'_, f64>| {
        let mut sum = own.dot(&coefficients.slice(s![others_end.., ..]));
        if others_end > 0 {
            let others = gather(others, rows);
            general_mat_mul(
                1.0,
                &others,
                &coefficients.slice(s![..others_end, ..]),
                1.0,
                &mut sum,
            );
        }
        sum
    };
    if let Some(out) = &mut narrower {
        on_rows(data_mut(out), b, cost, |rows, out| {
            let sum = product(&rows, w.slice(s![rows.clone(), ..]));
            out.copy_from_slice(data(&sum));
        });
        return narrower.unwrap_or_default();
    }
    on_rows(data_mut(&mut w), b, cost, |rows, w| {
        let own = ArrayView2::from_shape((rows.len(), b), &*w).expect("rows of b numbers");
        let sum = product(&rows, own);
        w.copy_from_slice(data(&sum));
    });
    w
}

/// x ← [x p w] · best and p ← [x p w] · turned.
pub(super) fn advanced(
    x: &mut Array2<f64>,
    p: &mut Array2<f64>,
    w: &Array2<f64>,
    both: &Array2<f64>,
) {
    let (n, b) = x.dim();
    let t = both.ncols() - b;
    let cost = n * both.len();
    let old = std::mem::take(p);
    let mut new = if old.ncols() == t {
        old.clone()
    } else {
        Array2::zeros((n, t))
    };
    let sums = |rows: &Range<usize>, x: &[f64]| {
        let x = ArrayView2::from_shape((rows.len(), b), x).expect("rows of b numbers");
        let mut chunk = Array2::zeros((rows.len(), both.nrows()));
        chunk.slice_mut(s![.., ..b]).assign(&x);
        let beside = gather(&[&old, w], rows);
        chunk.slice_mut(s![.., b..]).assign(&beside);
        chunk.dot(both)
    };
    if t == 0 {
        on_rows(data_mut(x), b, cost, |rows, x| {
            let sum = sums(&rows, x);
            x.copy_from_slice(data(&sum));
        });
    } else {
        use rayon::prelude::*;
        let rows = 512.max(n.div_ceil(512));
        data_mut(x)
            .par_chunks_mut(rows * b)
            .zip(data_mut(&mut new).par_chunks_mut(rows * t))
            .enumerate()
            .for_each(|(chunk, (x, p))| {
                let start = chunk * rows;
                let sum = sums(&(start..start + x.len() / b), x);
                for ((row, x), p) in sum
                    .rows()
                    .into_iter()
                    .zip(x.chunks_exact_mut(b))
                    .zip(p.chunks_exact_mut(t))
                {
                    let row = row
                        .to_slice()
                        .expect("a fresh product is in standard layout");
                    x.copy_from_slice(&row[..b]);
                    p.copy_from_slice(&row[b..]);
                }
            });
    }
    *p = new;
}

/// Lx.
pub(super) fn times(laplacian: &Laplacian, x: &Array2<f64>) -> Array2<f64> {
    let mut y = Array2::zeros(x.dim());
    laplacian.times(data(x), data_mut(&mut y), x.ncols());
    y
}

/// Lx − MxΛ into `r`, and ‖M^-½(Lx − λMx)‖ of each column.
pub(super) fn residuals(
    laplacian: &Laplacian,
    x: &Array2<f64>,
    lx: &Array2<f64>,
    values: &Array1<f64>,
    r: &mut Array2<f64>,
) -> Array1<f64> {
    let (n, b) = x.dim();
    let (x, lx) = (data(x), data(lx));
    let sums = on_rows(data_mut(r), b, n * b, |rows, r| {
        let mut squares = Array1::<f64>::zeros(b);
        for (i, r) in rows.zip(r.chunks_exact_mut(b)) {
            let mass = laplacian.masses[i];
            let (x, lx) = (&x[i * b..][..b], &lx[i * b..][..b]);
            for c in 0..b {
                r[c] = lx[c] - mass * values[c] * x[c];
                squares[c] += r[c] * r[c] / mass;
            }
        }
        squares
    });
    let total = sums
        .iter()
        .fold(Array1::<f64>::zeros(b), |total, sum| total + sum);
    total.mapv(f64::sqrt)
}

/// Takes from each column its part along the null vectors: on each component its mean, weighed with the masses.
pub(super) fn without_means(laplacian: &Laplacian, x: &mut Array2<f64>) {
    let (n, b) = x.dim();
    let count = laplacian.component_masses.len();
    let sums = of_chunks(n, n * b, |rows| {
        let mut sums = Array2::zeros((count, b));
        let out = data_mut(&mut sums);
        for (i, x) in rows.clone().zip(data(x)[rows.start * b..].chunks_exact(b)) {
            let mass = laplacian.masses[i];
            let sum = &mut out[laplacian.component[i] as usize * b..][..b];
            sum.iter_mut().zip(x).for_each(|(sum, x)| *sum += mass * x);
        }
        sums
    });
    let mut means = sums
        .iter()
        .fold(Array2::zeros((count, b)), |total, sum| total + sum);
    for (mut row, mass) in means
        .rows_mut()
        .into_iter()
        .zip(&laplacian.component_masses)
    {
        row /= *mass;
    }
    let means = data(&means);
    on_rows(data_mut(x), b, n * b, |rows, x| {
        for (i, x) in rows.zip(x.chunks_exact_mut(b)) {
            let mean = &means[laplacian.component[i] as usize * b..][..b];
            x.iter_mut().zip(mean).for_each(|(x, mean)| *x -= mean);
        }
    });
}

/// These columns.
pub(super) fn columns(block: &Array2<f64>, which: &[usize]) -> Array2<f64> {
    let (n, b) = (block.nrows(), which.len());
    let mut some = Array2::zeros((n, b));
    on_rows(data_mut(&mut some), b, n * b, |rows, out| {
        for (i, out) in rows.zip(out.chunks_exact_mut(b)) {
            let row = block.row(i);
            out.iter_mut()
                .zip(which)
                .for_each(|(out, &c)| *out = row[c]);
        }
    });
    some
}

/// Two small matrices side by side.
pub(super) fn beside<'a>(left: ArrayView2<'a, f64>, right: ArrayView2<'a, f64>) -> Array2<f64> {
    let both = ndarray::concatenate(Axis(1), &[left, right]).expect("as many rows");
    both.as_standard_layout().to_owned()
}
