//! A graph as PETSc's files, and back: byte for byte, and nothing taken on trust. The solver's part is played by a writer
//! of a few lines; `cargo xtask scale` runs the solver itself.

mod support;

use fiedler::certificate::Certificate;
use fiedler::data::moons;
use fiedler::error::PetscError;
use fiedler::graph::{Symmetry, known, petsc};
use fiedler::labelling::sweep;
use fiedler::ndarray::{Array1, Array2, Axis};
use fiedler::solvers::curve_order;
use fiedler::{Eigenpairs, Error, Graph};
use proptest::prelude::*;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use support::{all_near, cases, ok};

/// A folder of its own for each test, which goes with it.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Self {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("fiedler-petsc-{}-{number}", std::process::id());
        Self(std::env::temp_dir().join(name))
    }

    fn of(graph: &Graph) -> Self {
        let folder = Self::new();
        ok(graph.write_petsc(&folder.0));
        folder
    }

    fn file(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    fn bytes(&self, name: &str) -> Vec<u8> {
        fs::read(self.file(name)).expect(name)
    }

    fn write(&self, name: &str, bytes: &[u8]) {
        fs::write(self.file(name), bytes).expect(name);
    }

    /// Writes what a solver would: the values of pairs, and D^½z of each, by place.
    fn solve(&self, graph: &Graph, pairs: &Eigenpairs) {
        let places = self.order();
        let mut vectors = Vec::new();
        for z in pairs.vectors.columns() {
            let w: Vec<f64> = places
                .iter()
                .map(|&i| z[i] * graph.degrees()[i].sqrt())
                .collect();
            vectors.extend(vector(&w));
        }
        self.write(
            "values.petsc",
            &vector(pairs.values.as_slice().expect("a list")),
        );
        self.write("vectors.petsc", &vectors);
    }

    fn order(&self) -> Vec<usize> {
        let order = integers(&self.bytes("order.petsc")[8..]);
        order
            .iter()
            .map(|&i| usize::try_from(i).expect("a vertex"))
            .collect()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // Some tests make none.
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// A vector as PETSc writes it.
fn vector(entries: &[f64]) -> Vec<u8> {
    let length = i32::try_from(entries.len()).expect("a short one");
    let mut bytes = [1_211_214_i32, length].map(i32::to_be_bytes).concat();
    bytes.extend(entries.iter().flat_map(|entry| entry.to_be_bytes()));
    bytes
}

fn integers(bytes: &[u8]) -> Vec<i32> {
    let chunks = bytes.chunks_exact(4);
    chunks
        .map(|four| i32::from_be_bytes(four.try_into().expect("four")))
        .collect()
}

fn floats(bytes: &[u8]) -> Vec<f64> {
    let chunks = bytes.chunks_exact(8);
    chunks
        .map(|eight| f64::from_be_bytes(eight.try_into().expect("eight")))
        .collect()
}

/// A matrix that PETSc would read: its rows as (column, weight).
fn matrix(bytes: &[u8]) -> Vec<Vec<(usize, f64)>> {
    let size =
        |at: usize| usize::try_from(integers(&bytes[4 * at..4 * at + 4])[0]).expect("a size");
    let (rows, entries) = (size(1), size(3));
    assert_eq!(size(0), 1_211_216);
    assert_eq!(bytes.len(), 16 + 4 * rows + 12 * entries);
    let lengths = integers(&bytes[16..16 + 4 * rows]);
    let (columns, weights) = bytes[16 + 4 * rows..].split_at(4 * entries);
    let columns = integers(columns).into_iter();
    let columns = columns.map(|column| usize::try_from(column).expect("a column"));
    let mut entries = columns.zip(floats(weights));
    let row = |&length: &i32| (0..length).filter_map(|_| entries.next()).collect();
    lengths.iter().map(row).collect()
}

fn neighbors(n: usize) -> Graph {
    let x = ok(moons(n, 0.12, 0)).x;
    ok(Graph::nearest_neighbors(&x, Symmetry::Average, 10))
}

/// The pairs of the graph without the null vectors.
fn nontrivial(graph: &Graph, count: usize) -> Eigenpairs {
    let null = graph.component_count();
    let pairs = ok(graph.smallest_eigenpairs(count));
    let at: Vec<usize> = (null..count).collect();
    Eigenpairs {
        values: pairs.values.select(Axis(0), &at),
        vectors: pairs.vectors.select(Axis(1), &at),
        residuals: pairs.residuals.select(Axis(0), &at),
    }
}

#[track_caller]
fn refused<T>(result: fiedler::Result<T>) -> (PetscError, String) {
    let error = result.map(|_| "accepted").expect_err("a refusal");
    let text = error.to_string();
    match error {
        Error::Petsc { error, .. } => (error, text),
        other => panic!("{other}"),
    }
}

#[track_caller]
fn says(text: &str, parts: &[&str]) {
    for part in parts {
        assert!(text.contains(part), "no `{part}` in: {text}");
    }
}

// --- Writing ----------------------------------------------------------------------------------------

#[test]
fn a_path_of_three_is_112_bytes_each_known() {
    let graph = ok(Graph::from_edges(3, &[(0, 1, 1.0), (1, 2, 0.5)]));
    let folder = Folder::of(&graph);
    let wanted = vec![
        vec![(0, 0.0), (1, 1.0)],
        vec![(0, 1.0), (1, 0.0), (2, 0.5)],
        vec![(1, 0.5), (2, 0.0)],
    ];
    assert_eq!(matrix(&folder.bytes("matrix.petsc")), wanted);
    assert_eq!(folder.bytes("matrix.petsc").len(), 112);
    assert_eq!(folder.bytes("degrees.petsc"), vector(&[1.0, 1.5, 0.5]));
    assert_eq!(folder.order(), [0, 1, 2]);
    let manifest = String::from_utf8(folder.bytes("fiedler.txt")).expect("text");
    assert_eq!(
        manifest,
        "fiedler-petsc 1\nvertices 3\nentries 7\nshards 0\ncomponents 1\n"
    );
}

#[test]
fn a_loop_stands_on_the_diagonal_with_its_weight() {
    let graph = ok(Graph::from_edges(2, &[(0, 0, 2.0), (0, 1, 1.0)]));
    let rows = matrix(&Folder::of(&graph).bytes("matrix.petsc"));
    assert_eq!(rows, [vec![(0, 2.0), (1, 1.0)], vec![(0, 1.0), (1, 0.0)]]);
}

#[test]
fn the_rows_are_the_graphs_whichever_way_it_is_kept() {
    let x = ok(moons(300, 0.12, 0)).x;
    for graph in [
        ok(Graph::nearest_neighbors(&x, Symmetry::Average, 10)),
        ok(Graph::epsilon(&x, 0.4)),
        ok(Graph::gaussian(&x, 0.3)),
        ok(known::grid(15, 20)),
    ] {
        let folder = Folder::of(&graph);
        let order = folder.order();
        for (place, row) in matrix(&folder.bytes("matrix.petsc"))
            .into_iter()
            .enumerate()
        {
            assert!(row.is_sorted_by(|one, next| one.0 < next.0));
            assert!(row.contains(&(place, 0.0)));
            let row = row.into_iter().filter(|&(_, weight)| weight != 0.0);
            let mut row: Vec<_> = row
                .map(|(column, weight)| (order[column], weight))
                .collect();
            row.sort_by_key(|&(vertex, _)| vertex);
            assert_eq!(row, ok(graph.neighbors(order[place])));
        }
        let degrees = floats(&folder.bytes("degrees.petsc")[8..]);
        let wanted: Vec<f64> = order.iter().map(|&i| graph.degrees()[i]).collect();
        assert_eq!(degrees, wanted);
    }
}

#[test]
fn rows_stand_along_the_curve_of_the_points_so_that_ranks_share_few_edges() {
    let graph = neighbors(4000);
    let rows = matrix(&Folder::of(&graph).bytes("matrix.petsc"));
    let foreign = |rows: &[Vec<(usize, f64)>]| {
        let half = rows.len() / 2;
        let pairs = rows.iter().enumerate();
        pairs
            .flat_map(|(i, row)| row.iter().map(move |&(j, _)| (i < half) != (j < half)))
            .filter(|&other| other)
            .count()
    };
    let entries: usize = rows.iter().map(Vec::len).sum();
    // By the order in which the points were drawn a third or a half of all: they are shuffled.
    assert!(
        foreign(&rows) < entries / 50,
        "{} of {entries}",
        foreign(&rows)
    );
}

#[test]
fn a_graph_in_pieces_says_where_they_are() {
    let graph = ok(Graph::from_edges(
        5,
        &[(0, 3, 1.0), (1, 2, 1.0), (2, 4, 1.0)],
    ));
    let folder = Folder::of(&graph);
    let order = folder.order();
    let labels = integers(&folder.bytes("components.petsc")[8..]);
    let wanted: Vec<i32> = order.iter().map(|&i| [0, 1, 1, 0, 1][i]).collect();
    assert_eq!(labels, wanted);
    assert!(
        !Folder::of(&neighbors(2000))
            .file("components.petsc")
            .exists()
    );
}

#[test]
fn a_graph_is_written_over_an_earlier_one_whose_solution_goes() {
    let graph = neighbors(400);
    let folder = Folder::of(&graph);
    folder.solve(&graph, &nontrivial(&graph, 3));
    ok(neighbors(500).write_petsc(&folder.0));
    assert!(!folder.file("values.petsc").exists() && !folder.file("vectors.petsc").exists());
    let (error, text) = refused(Eigenpairs::read_petsc(&folder.0, &graph));
    assert!(
        matches!(error, PetscError::Vertices { found: 500, .. }),
        "{text}"
    );
}

#[test]
fn a_folder_of_somebody_else_is_left_alone() {
    for stranger in ["letters.txt", "matrix.petsc"] {
        let folder = Folder::new();
        fs::create_dir(&folder.0).expect("a folder");
        folder.write(stranger, b"mine");
        let (error, text) = refused(neighbors(100).write_petsc(&folder.0));
        let file = stranger.to_string();
        assert_eq!(error, PetscError::Foreign { file });
        says(&text, &[stranger, "empty folder"]);
        assert_eq!(folder.bytes(stranger), b"mine");
        assert_eq!(fs::read_dir(&folder.0).expect("it").count(), 1);
    }
    // Beside our own files too.
    let folder = Folder::of(&neighbors(100));
    folder.write("letters.txt", b"mine");
    let before = folder.bytes("matrix.petsc");
    refused(neighbors(200).write_petsc(&folder.0));
    assert_eq!(folder.bytes("matrix.petsc"), before);
}

#[test]
fn a_folder_that_cannot_be_made_and_an_isolated_vertex_are_errors() {
    let file = Folder::new();
    fs::write(&file.0, b"a file").expect("a file");
    let error = neighbors(100).write_petsc(&file.0).expect_err("no folder");
    assert!(matches!(error, Error::File { .. }), "{error}");
    fs::remove_file(&file.0).expect("away");
    let lonely = ok(Graph::from_edges(3, &[(0, 1, 1.0)]));
    let folder = Folder::new();
    let error = lonely.write_petsc(&folder.0).expect_err("isolated");
    assert!(matches!(error, Error::IsolatedPoints { .. }), "{error}");
    assert!(!folder.0.exists(), "nothing was begun");
}

/// A disk without room: what is written to `/dev/full` never fits.
#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_said_to_be_and_leaves_nothing_that_looks_finished() {
    let graph = neighbors(300);
    let folder = Folder::of(&graph);
    fs::remove_file(folder.file("matrix.petsc")).expect("away");
    std::os::unix::fs::symlink("/dev/full", folder.file("matrix.petsc")).expect("a link");
    match graph.write_petsc(&folder.0).expect_err("no room") {
        Error::File { path, kind, .. } => {
            assert!(path.ends_with("matrix.petsc"), "{path}");
            assert_eq!(kind, std::io::ErrorKind::StorageFull);
        }
        other => panic!("{other}"),
    }
    let (error, text) = refused(Eigenpairs::read_petsc(&folder.0, &graph));
    assert!(matches!(error, PetscError::Unfinished { .. }));
    says(&text, &["fiedler.txt", "broken off"]);
}

// --- Reading the graph ------------------------------------------------------------------------------

#[test]
fn a_graph_comes_back_with_its_vertices_edges_weights_and_order() {
    let x = ok(moons(300, 0.12, 0)).x;
    for graph in [
        ok(Graph::nearest_neighbors(&x, Symmetry::Average, 10)),
        ok(Graph::epsilon(&x, 0.4)),
        ok(Graph::local_scaling(&x, 7)),
        ok(Graph::from_edges(
            4,
            &[(0, 0, 2.0), (0, 3, 0.1), (1, 2, 1e-3)],
        )),
    ] {
        let folder = Folder::of(&graph);
        let read = ok(Graph::read_petsc(&folder.0));
        assert!(graph.weighted_edges().eq(read.weighted_edges()));
        // Sums of a row in another order.
        all_near(read.degrees(), graph.degrees(), 1e-13);
        assert_eq!(read.components(), graph.components());
        let again = Folder::of(&read);
        assert_eq!(again.bytes("matrix.petsc"), folder.bytes("matrix.petsc"));
    }
}

#[test]
fn a_matrix_that_is_no_graphs_is_refused() {
    let graph = ok(Graph::from_edges(3, &[(0, 1, 1.0), (1, 2, 0.5)]));
    let folder = Folder::of(&graph);
    let whole = folder.bytes("matrix.petsc");
    // The rows 0 | 0 1 2 | 1 2 with the diagonal: lengths from byte 16, columns from 28, weights from 56.
    let with = |at: usize, bytes: &[u8]| {
        let mut changed = whole.clone();
        changed[at..at + bytes.len()].copy_from_slice(bytes);
        folder.write("matrix.petsc", &changed);
        Graph::read_petsc(&folder.0).expect_err("a refusal")
    };
    let integer = |number: i32| number.to_be_bytes();
    let is_petsc = |error: &Error, fits: &dyn Fn(&PetscError) -> bool| {
        assert!(
            matches!(error, Error::Petsc { error, .. } if fits(error)),
            "{error}"
        );
    };
    is_petsc(&with(0, &integer(7)), &|error| {
        matches!(error, PetscError::Class { found: 7, .. })
    });
    is_petsc(&with(4, &integer(2)), &|error| {
        matches!(error, PetscError::Row { .. } | PetscError::Vertices { .. })
    });
    is_petsc(&with(8, &integer(4)), &|error| {
        matches!(error, PetscError::Vertices { found: 4, .. })
    });
    is_petsc(&with(12, &integer(i32::MAX)), &|error| {
        matches!(error, PetscError::Truncated { .. })
    });
    is_petsc(&with(16, &integer(9)), &|error| {
        matches!(error, PetscError::Row { .. })
    });
    is_petsc(&with(28, &integer(3)), &|error| {
        matches!(error, PetscError::Row { row: 0, .. })
    });
    is_petsc(&with(44, &integer(1)), &|error| {
        matches!(error, PetscError::Row { row: 1, .. })
    });
    is_petsc(&with(64, &f64::NAN.to_be_bytes()), &|error| {
        matches!(error, PetscError::NotFinite { .. })
    });
    let error = with(64, &(-1.0_f64).to_be_bytes());
    assert!(
        matches!(
            error,
            Error::Negative {
                row: 0,
                column: 1,
                ..
            }
        ),
        "{error}"
    );
    let error = with(64, &2.0_f64.to_be_bytes());
    assert!(
        matches!(
            error,
            Error::NotSymmetric {
                row: 0,
                column: 1,
                ..
            }
        ),
        "{error}"
    );
    folder.write("matrix.petsc", &whole[..whole.len() - 1]);
    is_petsc(&Graph::read_petsc(&folder.0).expect_err("cut"), &|error| {
        matches!(
            error,
            PetscError::Truncated {
                found: 111,
                wanted: 112,
                ..
            }
        )
    });
    fs::remove_file(folder.file("matrix.petsc")).expect("away");
    is_petsc(&Graph::read_petsc(&folder.0).expect_err("none"), &|error| {
        matches!(error, PetscError::Missing { .. })
    });
}

// --- Reading the pairs ----------------------------------------------------------------------------------------

/// A graph, its folder, and its three pairs beside the null vector, solved.
fn solved() -> (Graph, Folder, Eigenpairs) {
    let graph = neighbors(600);
    let folder = Folder::of(&graph);
    let pairs = nontrivial(&graph, 4);
    folder.solve(&graph, &pairs);
    (graph, folder, pairs)
}

#[test]
fn what_the_solver_found_comes_back_as_if_it_was_found_here() {
    for graph in [
        neighbors(600),
        ok(Graph::gaussian(&ok(moons(200, 0.05, 1)).x, 0.2)),
        ok(known::grid(10, 23)),
        // Two pieces.
        ok(Graph::nearest_neighbors(
            &ok(moons(500, 0.03, 2)).x,
            Symmetry::Average,
            8,
        )),
    ] {
        let folder = Folder::of(&graph);
        let mut found = nontrivial(&graph, 4);
        // A solver has its own signs and lengths, and need not sort.
        found.vectors *= -3.0;
        found.values.invert_axis(Axis(0));
        found.vectors.invert_axis(Axis(1));
        let found = Eigenpairs {
            values: found.values.as_standard_layout().into_owned(),
            vectors: found.vectors.as_standard_layout().into_owned(),
            residuals: found.residuals,
        };
        folder.solve(&graph, &found);
        let (read, ours) = (
            ok(Eigenpairs::read_petsc(&folder.0, &graph)),
            ok(graph.smallest_eigenpairs(4)),
        );
        all_near(&read.values, &ours.values, 1e-14);
        all_near(&read.vectors, &ours.vectors, 1e-9);
        assert!(read.residuals.iter().all(|&residual| residual < 1e-9));
        let z = |pairs: &Eigenpairs| pairs.vectors.column(1).to_owned();
        let (labels, own) = (ok(sweep(&graph, &z(&read))), ok(sweep(&graph, &z(&ours))));
        assert_eq!(labels.labels, own.labels);
        let certificate = ok(Certificate::new(&graph, &read, &labels.labels));
        let own = ok(Certificate::new(&graph, &ours, &own.labels));
        assert!((certificate.lower_bound - own.lower_bound).abs() < 1e-12);
    }
}

#[test]
fn files_that_are_missing_say_who_makes_them() {
    let (graph, folder, _) = solved();
    let read = || Eigenpairs::read_petsc(&folder.0, &graph);
    for (name, advice) in [
        ("vectors.petsc", "scale/README.md"),
        ("values.petsc", "scale/README.md"),
        ("degrees.petsc", "write the graph again"),
        ("order.petsc", "write the graph again"),
    ] {
        fs::remove_file(folder.file(name)).expect(name);
        says(&refused(read()).1, &[name, advice]);
    }
    fs::remove_file(folder.file("fiedler.txt")).expect("away");
    assert!(matches!(refused(read()).0, PetscError::Unfinished { .. }));
    let nowhere = Folder::new();
    let (error, _) = refused(Eigenpairs::read_petsc(&nowhere.0, &graph));
    assert!(matches!(error, PetscError::Unfinished { .. }));
}

#[test]
fn a_manifest_of_another_version_or_without_a_number_is_refused() {
    let (graph, folder, _) = solved();
    let text = String::from_utf8(folder.bytes("fiedler.txt")).expect("text");
    for (from, to, wanted) in [
        ("fiedler-petsc 1", "fiedler-petsc 2", "fiedler-petsc 1"),
        ("vertices 600", "vertices many", "vertices"),
        ("vertices 600\n", "", "vertices"),
        ("shards 0", "shards -1", "shards"),
    ] {
        folder.write("fiedler.txt", text.replace(from, to).as_bytes());
        let (error, message) = refused(Eigenpairs::read_petsc(&folder.0, &graph));
        assert!(matches!(error, PetscError::Manifest { .. }), "{message}");
        says(&message, &[wanted]);
    }
    folder.write(
        "fiedler.txt",
        text.replace("components 1", "components 2").as_bytes(),
    );
    let (error, message) = refused(Eigenpairs::read_petsc(&folder.0, &graph));
    assert!(
        matches!(
            error,
            PetscError::Components {
                found: 2,
                components: 1
            }
        ),
        "{message}"
    );
}

#[test]
fn nan_and_infinity_are_found_by_file_and_entry() {
    let (graph, folder, _) = solved();
    for (name, at) in [
        ("values.petsc", 1),
        ("vectors.petsc", 700),
        ("degrees.petsc", 5),
    ] {
        for value in [f64::NAN, f64::INFINITY] {
            let before = folder.bytes(name);
            let mut bytes = before.clone();
            // The second vector has a header of its own.
            let start = 8 + 8 * at + if at < 600 { 0 } else { 8 };
            bytes[start..start + 8].copy_from_slice(&value.to_be_bytes());
            folder.write(name, &bytes);
            let (error, text) = refused(Eigenpairs::read_petsc(&folder.0, &graph));
            assert!(
                matches!(error, PetscError::NotFinite { index, .. } if index == at),
                "{text}"
            );
            says(&text, &[name, &at.to_string()]);
            folder.write(name, &before);
        }
    }
    ok(Eigenpairs::read_petsc(&folder.0, &graph));
}

#[test]
fn a_file_cut_anywhere_is_refused() {
    let (graph, folder, _) = solved();
    for name in [
        "values.petsc",
        "vectors.petsc",
        "degrees.petsc",
        "order.petsc",
    ] {
        let whole = folder.bytes(name);
        for length in [0, 3, 8, 15, whole.len() / 2, whole.len() - 1] {
            folder.write(name, &whole[..length]);
            let (error, text) = refused(Eigenpairs::read_petsc(&folder.0, &graph));
            // An empty file of vectors holds none.
            let fits = matches!(
                error,
                PetscError::Truncated { .. } | PetscError::Pairs { .. }
            );
            assert!(fits, "{name} {length}: {text}");
            says(&text, &[name]);
        }
        folder.write(name, &whole);
    }
}

#[test]
fn files_of_another_kind_or_size_are_refused() {
    let (graph, folder, pairs) = solved();
    let matrix = folder.bytes("matrix.petsc");
    let read = || refused(Eigenpairs::read_petsc(&folder.0, &graph));
    folder.write("vectors.petsc", &matrix);
    says(&read().1, &["1211214", "1211216", "vectors.petsc"]);
    // Vectors of another length, values in another number.
    folder.write("vectors.petsc", &vector(&[1.0; 30]));
    assert!(matches!(
        read().0,
        PetscError::Vertices {
            found: 30,
            vertices: 600,
            ..
        }
    ));
    folder.solve(&graph, &pairs);
    folder.write("values.petsc", &vector(&[0.5]));
    assert!(matches!(
        read().0,
        PetscError::Pairs {
            values: 1,
            vectors: 3
        }
    ));
    folder.write(
        "values.petsc",
        &[1_211_214_i32, -5].map(i32::to_be_bytes).concat(),
    );
    assert!(matches!(
        read().0,
        PetscError::Pairs {
            values: 0,
            vectors: 3
        }
    ));
}

#[test]
fn a_wrong_order_is_refused_whether_or_not_it_is_one() {
    let (graph, folder, _) = solved();
    let read = || refused(Eigenpairs::read_petsc(&folder.0, &graph));
    let bytes = folder.bytes("order.petsc");
    let with = |entries: &[(usize, i32)]| {
        let mut bytes = bytes.clone();
        for &(place, vertex) in entries {
            bytes[8 + 4 * place..12 + 4 * place].copy_from_slice(&vertex.to_be_bytes());
        }
        folder.write("order.petsc", &bytes);
    };
    let order = integers(&bytes[8..]);
    for stray in [order[0], 600, -1] {
        with(&[(3, stray)]);
        let (error, text) = read();
        assert!(matches!(error, PetscError::Order { row: 3, .. }), "{text}");
    }
    // Two vertices of different degrees in each other's place: an order, and not this one.
    let degree = |place: usize| graph.degrees()[usize::try_from(order[place]).expect("a vertex")];
    let other = (1..600)
        .find(|&at| (degree(at) - degree(0)).abs() > 0.1)
        .expect("another degree");
    with(&[(0, order[other]), (other, order[0])]);
    let (error, text) = read();
    assert!(
        matches!(error, PetscError::OtherGraph { row: 0, .. }),
        "{text}"
    );
    says(&text, &["another graph's", "order"]);
    // Two of the same degree, far from each other: the equation notices.
    let gap = |at: &usize| (degree(*at) - degree(0)).abs() < 1e-9;
    let other = (300..600).find(gap).expect("the same degree");
    with(&[(0, order[other]), (other, order[0])]);
    let (error, text) = read();
    assert!(matches!(error, PetscError::Residual { .. }), "{text}");
}

#[test]
fn pairs_that_do_not_solve_the_equation_or_come_twice_are_refused() {
    let (graph, folder, pairs) = solved();
    let read = || refused(Eigenpairs::read_petsc(&folder.0, &graph));
    let solve = |change: &dyn Fn(&mut Eigenpairs)| {
        let mut changed = pairs.clone();
        change(&mut changed);
        folder.solve(&graph, &changed);
    };
    solve(&|pairs| pairs.vectors[[17, 1]] += 1e-4);
    let (error, text) = read();
    assert!(
        matches!(
            error,
            PetscError::Dependent { .. } | PetscError::Residual { .. }
        ),
        "{text}"
    );
    solve(&|pairs| pairs.values[1] += 1e-5);
    let (error, text) = read();
    assert!(
        matches!(error, PetscError::Residual { pair: 2, .. }),
        "{text}"
    );
    says(&text, &["smaller tolerance"]);
    solve(&|pairs| {
        let first = pairs.vectors.column(0).to_owned();
        pairs.vectors.column_mut(1).assign(&first);
        pairs.values[1] = pairs.values[0];
    });
    let (error, text) = read();
    assert!(
        matches!(
            error,
            PetscError::Dependent {
                one: 1,
                other: 2,
                ..
            }
        ),
        "{text}"
    );
    for column in 0..3 {
        solve(&|pairs| pairs.vectors.column_mut(column).fill(0.0));
        read();
    }
    // A null vector, which solves the equation and was to be left out.
    solve(&|pairs| {
        pairs.vectors.column_mut(0).fill(1.0);
        pairs.values[0] = 0.0;
    });
    let (error, text) = read();
    assert!(
        matches!(error, PetscError::Residual { pair: 1, .. }),
        "{text}"
    );
}

#[test]
fn pairs_of_another_graph_of_the_same_size_are_refused() {
    let (_, folder, _) = solved();
    let x = ok(moons(600, 0.12, 7)).x;
    let other = ok(Graph::nearest_neighbors(&x, Symmetry::Average, 10));
    let (error, text) = refused(Eigenpairs::read_petsc(&folder.0, &other));
    assert!(matches!(error, PetscError::OtherGraph { .. }), "{text}");
}

proptest! {
    #![proptest_config(cases(64))]

    /// Whatever bytes stand where a solver's files were expected: an error, and no panic.
    #[test]
    fn bytes_at_random_are_refused(
        name in prop::sample::select(vec!["values.petsc", "vectors.petsc", "order.petsc", "degrees.petsc", "fiedler.txt"]),
        class in prop::sample::select(vec![None, Some(1_211_214_i32), Some(1_211_218)]),
        size in any::<i32>(),
        bytes in prop::collection::vec(any::<u8>(), 0..64),
    ) {
        let (graph, folder, _) = solved();
        let head = class.map_or(Vec::new(), |class| [class, size].map(i32::to_be_bytes).concat());
        folder.write(name, &[head, bytes].concat());
        prop_assert!(Eigenpairs::read_petsc(&folder.0, &graph).is_err());
        // No bytes of a solver's are the graph's.
        prop_assert_eq!(Graph::read_petsc(&folder.0).is_ok(), name.starts_with('v') || name.starts_with('d'));
    }
}

// --- Shards -----------------------------------------------------------------------------------------

/// Points along a curve, as shards want them.
fn sorted(x: &Array2<f64>) -> Array2<f64> {
    let order = ok(curve_order(x));
    x.select(Axis(0), &order.to_vec())
}

/// How far the last of k neighbours is, of the point for which it is farthest.
fn longest(x: &Array2<f64>, k: usize) -> f64 {
    let n = x.nrows();
    let of = |i: usize| {
        let distance = |j: usize| (&x.row(i) - &x.row(j)).mapv(|d| d * d).sum().sqrt();
        let mut all: Vec<f64> = (0..n).filter(|&j| j != i).map(distance).collect();
        all.select_nth_unstable_by(k - 1, f64::total_cmp);
        all[k - 1]
    };
    (0..n).map(of).fold(0.0, f64::max)
}

#[track_caller]
fn same_rows(x: &Array2<f64>, count: usize, width: f64, symmetry: Symmetry, k: usize) {
    let whole = ok(Graph::nearest_neighbors(x, symmetry, k));
    let mut next = 0;
    for shard in ok(petsc::shards(x, count, width)) {
        let rows = ok(shard.nearest_neighbors(symmetry, k));
        assert_eq!(rows.points().start, next);
        for point in rows.points() {
            assert_eq!(
                ok(rows.neighbors(point)),
                ok(whole.neighbors(point)),
                "point {point}"
            );
        }
        next = rows.points().end;
    }
    assert_eq!(next, x.nrows());
}

#[test]
fn twenty_thousand_points_in_four_shards_have_the_rows_of_the_whole_graph() {
    let x = sorted(&ok(moons(20_000, 0.05, 0)).x);
    // Each shard says how wide a halo it needs, and the widest is for all.
    let mut width = 0.01;
    let asked = |width: f64| {
        let shards = ok(petsc::shards(&x, 4, width)).into_iter();
        let asked = shards.filter_map(|shard| {
            let rows = shard.nearest_neighbors(Symmetry::Average, 10);
            match refused(Err::<(), _>(rows.err()?)).0 {
                PetscError::ThinHalo { distance, .. } => Some(2.1 * distance),
                other => panic!("{other}"),
            }
        });
        asked.reduce(f64::max)
    };
    while let Some(wider) = asked(width) {
        assert!(wider > width);
        width = wider;
    }
    let shards = ok(petsc::shards(&x, 4, width));
    let given: usize = shards
        .iter()
        .map(|shard| shard.own.nrows() + shard.halo.nrows())
        .sum();
    assert!(given < 60_000, "{given}: a halo is not everything");
    same_rows(&x, 4, width, Symmetry::Average, 10);
}

#[test]
fn shards_in_one_folder_are_the_graph_that_is_written_whole() {
    let x = sorted(&ok(moons(900, 0.12, 0)).x);
    let whole = ok(Graph::nearest_neighbors(&x, Symmetry::Average, 10));
    let folder = Folder::new();
    let shards = ok(petsc::shards(&x, 3, 2.1 * longest(&x, 10)));
    // In any order, as machines are.
    for number in [2, 0, 1] {
        let rows = ok(shards[number].nearest_neighbors(Symmetry::Average, 10));
        ok(rows.write_petsc(&folder.0, number));
    }
    ok(petsc::put_together(&folder.0));
    let mut point = 0;
    for number in 0..3 {
        for row in matrix(&folder.bytes(&format!("matrix-{number}.petsc"))) {
            assert!(row.contains(&(point, 0.0)));
            let row: Vec<_> = row.into_iter().filter(|entry| entry.1 != 0.0).collect();
            assert_eq!(row, ok(whole.neighbors(point)));
            point += 1;
        }
    }
    assert_eq!(point, 900);
    assert_eq!(ok(Graph::read_petsc(&folder.0)), whole);
    // A solver's pairs are read from it too; rows stand by number.
    let pairs = nontrivial(&whole, 3);
    let mut vectors = Vec::new();
    for z in pairs.vectors.columns() {
        let w: Array1<f64> = &z * &whole.degrees().mapv(f64::sqrt);
        vectors.extend(vector(&w.to_vec()));
    }
    folder.write("values.petsc", &vector(&pairs.values.to_vec()));
    folder.write("vectors.petsc", &vectors);
    let read = ok(Eigenpairs::read_petsc(&folder.0, &whole));
    all_near(
        &read.values,
        &ok(whole.smallest_eigenpairs(3)).values,
        1e-14,
    );
}

#[test]
fn shards_that_do_not_fit_together_are_refused() {
    let x = sorted(&ok(moons(900, 0.12, 0)).x);
    let width = 2.1 * longest(&x, 10);
    let put = |change: &dyn Fn(usize, &mut petsc::Shard) -> usize| {
        let folder = Folder::new();
        for (number, mut shard) in ok(petsc::shards(&x, 3, width)).into_iter().enumerate() {
            let k = change(number, &mut shard);
            if k > 0 {
                let rows = ok(shard.nearest_neighbors(Symmetry::Average, k));
                ok(rows.write_petsc(&folder.0, number));
            }
        }
        petsc::put_together(&folder.0)
    };
    ok(put(&|_, _| 10));
    let (error, text) = refused(put(&|number, _| if number == 1 { 9 } else { 10 }));
    assert!(
        matches!(
            error,
            PetscError::Shards {
                key: "neighbors",
                ..
            }
        ),
        "{text}"
    );
    let (error, _) = refused(put(&|number, shard| {
        shard.width *= if number == 2 { 1.5 } else { 1.0 };
        10
    }));
    assert!(matches!(error, PetscError::Shards { key: "width", .. }));
    for missing in 0..3 {
        let (error, text) = refused(put(&|number, _| if number == missing { 0 } else { 10 }));
        assert!(matches!(error, PetscError::Unfinished { .. }), "{text}");
        says(&text, &[&format!("fiedler-{missing}.txt")]);
    }
    // A halo that lacks a point near the border, which no shard can see by itself.
    let (error, text) = refused(put(&|number, shard| {
        if number == 0 {
            let near = |at: &usize| {
                let gaps = shard.own.rows().into_iter();
                let gaps = gaps.map(|own| (&own - &shard.halo.row(*at)).mapv(f64::abs).sum());
                gaps.fold(f64::INFINITY, f64::min)
            };
            let all = 0..shard.halo_numbers.len();
            let nearest = all.min_by(|one, other| near(one).total_cmp(&near(other)));
            let nearest = nearest.expect("a halo");
            shard.halo_numbers.remove(nearest);
            shard.halo.remove_index(Axis(0), nearest);
        }
        10
    }));
    assert_eq!(error, PetscError::OneSided, "{text}");
}

#[test]
fn a_halo_too_thin_is_refused_and_the_advised_one_is_not() {
    let x = sorted(&ok(moons(900, 0.12, 0)).x);
    let needed = 2.0 * longest(&x, 10);
    let refusals = |width: f64| {
        let shards = ok(petsc::shards(&x, 3, width)).into_iter();
        let rows = shards.map(|shard| shard.nearest_neighbors(Symmetry::Average, 10));
        rows.filter(Result::is_err).count()
    };
    assert_eq!(refusals(needed * 1.0001), 0);
    assert!(refusals(needed * 0.9999) > 0);
    let shard = &ok(petsc::shards(&x, 3, needed / 2.0))[0];
    let (error, text) = refused(shard.nearest_neighbors(Symmetry::Average, 10));
    assert!(matches!(error, PetscError::ThinHalo { .. }));
    says(&text, &["half of the halo's width", "at least"]);
    let shard = &ok(petsc::shards(&x, 300, 1e-6))[0];
    let (error, _) = refused(shard.nearest_neighbors(Symmetry::Average, 10));
    assert!(matches!(error, PetscError::SmallShard { .. }));
}

#[test]
fn a_point_at_the_border_of_the_halo_makes_no_edge_that_is_none() {
    // The nearest of 3 is 3.9, which the first shard was not given: among what it has it would be 1.
    let line = Array2::from_shape_fn((4, 1), |(i, _)| [0.0, 1.0, 3.0, 3.9][i]);
    let shard = &ok(petsc::shards(&line, 2, 2.1))[0];
    assert_eq!(shard.halo_numbers, [2]);
    same_rows(&line, 2, 2.1, Symmetry::Average, 1);
}

#[test]
fn a_point_of_the_halo_that_is_none_is_refused() {
    let line = Array2::from_shape_fn((12, 1), |(i, _)| i as f64);
    let shard = ok(petsc::shards(&line, 3, 2.5)).remove(1);
    assert_eq!(shard.halo_numbers, [2, 3, 8, 9]);
    for stray in [5, 12, 8] {
        let mut wrong = shard.clone();
        wrong.halo_numbers[0] = stray;
        let (error, text) = refused(wrong.nearest_neighbors(Symmetry::Either, 1));
        let point = stray;
        assert_eq!(error, PetscError::HaloPoint { point, points: 12 }, "{text}");
    }
    let mut short = shard.clone();
    short.halo_numbers.pop();
    let error = short
        .nearest_neighbors(Symmetry::Either, 1)
        .expect_err("three of four");
    assert!(matches!(error, Error::Length { .. }));
    let mut flat = shard.clone();
    flat.halo = Array2::zeros((4, 2));
    let error = flat
        .nearest_neighbors(Symmetry::Either, 1)
        .expect_err("two columns");
    assert!(matches!(error, Error::Columns { .. }));
    // The halo may come in any order.
    let mut turned = shard.clone();
    turned.halo_numbers.reverse();
    turned.halo.invert_axis(Axis(0));
    assert_eq!(
        ok(turned.nearest_neighbors(Symmetry::Either, 1)),
        ok(shard.nearest_neighbors(Symmetry::Either, 1))
    );
    assert!(petsc::shards(&line, 0, 1.0).is_err() && petsc::shards(&line, 13, 1.0).is_err());
    assert!(petsc::shards(&line, 2, 0.0).is_err() && petsc::shards(&line, 2, f64::NAN).is_err());
    assert!(
        ok(shard.nearest_neighbors(Symmetry::Either, 1))
            .neighbors(3)
            .is_err()
    );
}

proptest! {
    #![proptest_config(cases(96))]

    /// On points anywhere, on grids full of ties and copies, in any number of shards, where no shard refuses.
    #[test]
    fn where_no_shard_refuses_no_row_differs(
        seed in any::<u64>(),
        n in 12_usize..90,
        columns in 1_usize..4,
        count in 1_usize..6,
        k in 1_usize..7,
        on_grid in any::<bool>(),
        share in 0.2_f64..2.5,
        along in any::<bool>(),
    ) {
        let mut state = seed;
        let mut draw = || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 40) as f64 / f64::from(1 << 24)
        };
        let x = Array2::from_shape_simple_fn((n, columns), || {
            let v = draw();
            // Far from each other in places.
            if on_grid { (v * 6.0).floor() } else { v / (1.01 - v) }
        });
        prop_assume!(x.rows().into_iter().any(|row| row != x.row(0)));
        let x = if along { sorted(&x) } else { x };
        let whole = ok(Graph::nearest_neighbors(&x, Symmetry::Average, k));
        let width = (share * 2.0 * longest(&x, k)).max(1e-3);
        let all: fiedler::Result<Vec<_>> = ok(petsc::shards(&x, count, width))
            .iter()
            .map(|shard| shard.nearest_neighbors(Symmetry::Average, k))
            .collect();
        let enough = share > 1.01;
        match all {
            Ok(shards) => for rows in shards {
                for point in rows.points() {
                    prop_assert_eq!(ok(rows.neighbors(point)), ok(whole.neighbors(point)));
                }
            },
            // All points of a shard and of its halo may be equal, or too few.
            Err(error) => prop_assert!(!enough || matches!(error, Error::AllPointsEqual { .. }), "{error}"),
        }
    }
}

/// The longest path that is given: nothing here panics on a folder's name.
#[test]
fn a_folder_within_folders_is_made() {
    let folder = Folder::new();
    let deep = folder.0.join("a").join("b");
    ok(neighbors(100).write_petsc(&deep));
    assert!(Path::new(&deep).join("matrix.petsc").is_file());
}
