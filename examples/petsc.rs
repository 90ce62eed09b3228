//! Two moons past one machine: their graph is written for PETSc, whole or in shards, and what SLEPc found is read back.
//!
//! ```sh
//! cargo run --release --example petsc -- write moons 20000      # or: shards moons 20000, in two
//! mpirun -n 2 python3 scale/solve.py moons 4
//! cargo run --release --example petsc -- read moons
//! ```

use fiedler::certificate::Certificate;
use fiedler::error::PetscError;
use fiedler::graph::{Symmetry, petsc};
use fiedler::labelling::sweep;
use fiedler::ndarray::{Array2, Axis};
use fiedler::solvers::curve_order;
use fiedler::{Eigenpairs, Error, Graph, data::moons};
use std::path::Path;
use std::time::Instant;

/// Anything that can go wrong, in words.
type Outcome<T = ()> = Result<T, Box<dyn std::error::Error>>;

fn main() -> Outcome {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["write", folder, points] => write(Path::new(folder), &drawn(points.parse()?)?),
        ["shards", folder, points] => shards(Path::new(folder), &drawn(points.parse()?)?),
        ["read", folder] => read(Path::new(folder)),
        _ => Err("petsc -- write|shards FOLDER POINTS, petsc -- read FOLDER".into()),
    }
}

/// Points on two moons, in the order of a curve, as shards want them.
fn drawn(points: usize) -> Outcome<Array2<f64>> {
    let x = moons(points, 0.12, 0)?.x;
    Ok(x.select(Axis(0), &curve_order(&x)?.to_vec()))
}

fn write(folder: &Path, x: &Array2<f64>) -> Outcome {
    let begun = Instant::now();
    let graph = Graph::nearest_neighbors(x, Symmetry::Average, 10)?;
    println!("graph      {:.2?}", begun.elapsed());
    let begun = Instant::now();
    graph.write_petsc(folder)?;
    println!("written    {:.2?}", begun.elapsed());
    Ok(())
}

/// What two machines would do: each says how wide a halo it needs, and all take the widest.
fn shards(folder: &Path, x: &Array2<f64>) -> Outcome {
    let mut width: f64 = 0.05;
    loop {
        let mut wider = width;
        for (number, shard) in petsc::shards(x, 2, width)?.iter().enumerate() {
            match shard.nearest_neighbors(Symmetry::Average, 10) {
                Ok(rows) => rows.write_petsc(folder, number)?,
                Err(Error::Petsc {
                    error: PetscError::ThinHalo { distance, .. },
                    ..
                }) => wider = wider.max(2.1 * distance),
                Err(error) => return Err(error.into()),
            }
            println!(
                "shard      {number}: {} points and {} near them",
                shard.own.nrows(),
                shard.halo.nrows()
            );
        }
        if wider <= width {
            return Ok(petsc::put_together(folder)?);
        }
        width = wider;
    }
}

/// The pairs of the solver beside our own, and the labels of both.
fn read(folder: &Path) -> Outcome {
    let graph = Graph::read_petsc(folder)?;
    let theirs = Eigenpairs::read_petsc(folder, &graph)?;
    let begun = Instant::now();
    let ours = graph.smallest_eigenpairs(theirs.values.len())?;
    println!("ours       {:.2?}", begun.elapsed());
    for (one, other) in theirs.values.iter().zip(&ours.values).skip(1) {
        println!("value      {one:.15e} {other:.15e}");
    }
    let best = sweep(&graph, &theirs.vectors.column(1).to_owned())?;
    let own = sweep(&graph, &ours.vectors.column(1).to_owned())?;
    let differing = best.labels.iter().zip(&own.labels);
    let differing = differing.filter(|(one, other)| one != other).count();
    println!("labels     {differing} of {} differ", best.labels.len());
    println!("{}", Certificate::new(&graph, &theirs, &best.labels)?);
    Ok(())
}
