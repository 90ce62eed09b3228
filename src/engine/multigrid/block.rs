//! Blocks of vectors: n rows, a few columns. What LOBPCG does with them, in one pass over the rows each.

use super::laplacian::Laplacian;
use super::parallel::{of_chunks, of_width, on_rows};
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

/// Blocks whose numbers nobody needs any more. Their memory serves again: to touch new memory takes longer than to
/// write to it.
#[derive(Default)]
pub(super) struct Spares(Vec<Array2<f64>>);

impl Spares {
    /// n rows of b numbers, whatever they are.
    pub(super) fn take(&mut self, n: usize, b: usize) -> Array2<f64> {
        shaped(self.0.pop().unwrap_or_default(), n, b)
    }

    pub(super) fn give(&mut self, block: Array2<f64>) {
        self.0.push(block);
    }
}

/// A block of another shape in the memory of this one, as far as that goes.
fn shaped(block: Array2<f64>, n: usize, b: usize) -> Array2<f64> {
    let mut memory = block.into_raw_vec_and_offset().0;
    memory.resize(n * b, 0.0);
    Array2::from_shape_vec((n, b), memory).expect("n rows of b numbers")
}

/// So many columns fit the registers; wider blocks are multiplied by a library.
const NARROW: usize = 8;

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
    let mass = |i: usize| masses.map_or(1.0, |masses| masses[i]);
    let chunks = of_chunks(n, n * height * b, |rows| {
        if (1..=NARROW).contains(&b) {
            return of_width!(b, B => narrow_products::<B>(parts, mass, data(right), &rows));
        }
        let mut left = gather(parts, &rows);
        for (mut row, i) in left.rows_mut().into_iter().zip(rows.clone()) {
            row *= mass(i);
        }
        left.t().dot(&right.slice(s![rows, ..]))
    });
    let mut total = Array2::zeros((height, b));
    for chunk in &chunks {
        total += chunk;
    }
    total
}

fn narrow_products<const B: usize>(
    parts: &[&Array2<f64>],
    mass: impl Fn(usize) -> f64,
    right: &[f64],
    rows: &Range<usize>,
) -> Array2<f64> {
    let right = &right.as_chunks::<B>().0[rows.clone()];
    let mut sums: Vec<[f64; B]> = Vec::new();
    for part in parts {
        let b = part.ncols();
        for from in (0..b).step_by(NARROW) {
            of_width!((b - from).min(NARROW), P => {
                let mut own = [[0.0; B]; P];
                for (i, right) in rows.clone().zip(right) {
                    let left: &[f64; P] = at(data(part), i * b + from);
                    let mass = mass(i);
                    for p in 0..P {
                        let value = mass * left[p];
                        for c in 0..B {
                            own[p][c] += value * right[c];
                        }
                    }
                }
                sums.extend(own);
            });
        }
    }
    Array2::from_shape_fn((sums.len(), B), |(row, c)| sums[row][c])
}

/// `P` numbers of a list, from this one on.
pub(super) fn at<const P: usize>(list: &[f64], from: usize) -> &[f64; P] {
    list[from..].first_chunk().expect("so many columns")
}

/// [parts] · `coefficients`: each new column a combination of all columns of the parts.
pub(super) fn combined(parts: &[&Array2<f64>], coefficients: &Array2<f64>) -> Array2<f64> {
    let mut out = Array2::zeros((parts[0].nrows(), coefficients.ncols()));
    combined_into(&mut out, parts, coefficients);
    out
}

/// The same in the memory of `out`.
pub(super) fn combined_into(
    out: &mut Array2<f64>,
    parts: &[&Array2<f64>],
    coefficients: &Array2<f64>,
) {
    let (n, (height, b)) = (parts[0].nrows(), coefficients.dim());
    let coefficients = coefficients.as_standard_layout();
    *out = shaped(std::mem::take(out), n, b);
    on_rows(data_mut(out), b, n * height * b, |rows, out| {
        if b <= NARROW {
            let list = coefficients.as_slice().expect("in standard layout");
            of_width!(b, B => narrow_combined::<B>(parts, list, rows, out));
        } else {
            let sum = gather(parts, &rows).dot(&coefficients);
            out.copy_from_slice(data(&sum));
        }
    });
}

fn narrow_combined<const B: usize>(
    parts: &[&Array2<f64>],
    coefficients: &[f64],
    rows: Range<usize>,
    out: &mut [f64],
) {
    let out = out.as_chunks_mut::<B>().0;
    let mut coefficients = coefficients.as_chunks::<B>().0;
    if coefficients.is_empty() {
        out.fill([0.0; B]);
    }
    let mut first = true;
    // Part by part, so that the compiler knows both widths.
    for part in parts {
        let b = part.ncols();
        for from in (0..b).step_by(NARROW) {
            of_width!((b - from).min(NARROW), P => {
                let (own, others) = coefficients.split_at(P);
                coefficients = others;
                let own: &[[f64; B]; P] = own.first_chunk().expect("so many rows");
                for (i, out) in rows.clone().zip(&mut *out) {
                    let values: &[f64; P] = at(data(part), i * b + from);
                    let mut sum = if first { [0.0; B] } else { *out };
                    for p in 0..P {
                        for c in 0..B {
                            sum[c] += values[p] * own[p][c];
                        }
                    }
                    *out = sum;
                }
            });
            first = false;
        }
    }
}

/// Lx.
pub(super) fn times(laplacian: &Laplacian, x: &Array2<f64>, spares: &mut Spares) -> Array2<f64> {
    let mut y = spares.take(x.nrows(), x.ncols());
    laplacian.times(data(x), data_mut(&mut y), x.ncols());
    y
}

/// Lx − MxΛ into `r`, and ‖M^-½(Lx − λMx)‖ of each column, for the first columns of the blocks x and Lx, one for each
/// value.
pub(super) fn residuals(
    laplacian: &Laplacian,
    x: &Array2<f64>,
    lx: &Array2<f64>,
    values: &Array1<f64>,
    r: &mut Array2<f64>,
) -> Array1<f64> {
    let (n, width) = x.dim();
    let b = values.len();
    let (x, lx) = (data(x), data(lx));
    let sums = on_rows(data_mut(r), b, n * b, |rows, r| {
        let mut squares = Array1::<f64>::zeros(b);
        for (i, r) in rows.zip(r.chunks_exact_mut(b)) {
            let mass = laplacian.masses[i];
            let (x, lx) = (&x[i * width..][..b], &lx[i * width..][..b]);
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
pub(super) fn columns(block: &Array2<f64>, which: &[usize], spares: &mut Spares) -> Array2<f64> {
    let (n, b) = (block.nrows(), which.len());
    let mut some = spares.take(n, b);
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
