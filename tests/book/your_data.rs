//! The page on data of your own: each door, and what comes through it.

use crate::numbers::{Printed, chapter};
use fiedler::data::{self, blog_moons};
use fiedler::graph::Symmetry;
use fiedler::ndarray::{Array1, Array2, array, s};
use fiedler::points::{self, Points};
use fiedler::read::{CsvOptions, EdgeOptions, csv, edges};
use fiedler::{Graph, Result, SpectralClustering, geography::on_sphere};
use std::error::Error;

/// Versions of other libraries.
pub const CHOSEN: &[&str] = &["0.16", "0.17", "0.8"];

/// The numbers that the page prints.
pub fn printed() -> Result<Printed> {
    let islands = [[-17.8, 179.0], [-17.8, -179.0]];
    let far = fiedler::geography::haversine(islands[0], islands[1]);
    let graph = Graph::haversine_epsilon(&islands, far + 1e-6)?;
    assert!(graph.is_connected(), "the same along the chord");
    Ok(vec![("212", far)])
}

/// The labels of the same points as a matrix of our own.
fn wanted(x: &(impl Points + ?Sized)) -> Result<Array1<usize>> {
    Ok(SpectralClustering::new().fit(x)?.labels)
}

#[expect(clippy::cast_possible_truncation, reason = "for numbers of 32 bits")]
#[test]
fn rows_that_a_program_has_anyway_go_in_as_they_are() -> Result<()> {
    let moons = blog_moons();
    let of_a_program: Vec<[f64; 2]> = moons
        .x
        .rows()
        .into_iter()
        .map(|row| [row[0], row[1]])
        .collect();
    let readings: Vec<f64> = moons.x.iter().copied().collect();
    // ANCHOR: rows
    let estimator = SpectralClustering::new().clusters(2);
    let rows: Vec<[f64; 2]> = of_a_program;
    let of_rows = estimator.fit(&rows)?;
    let of_flat = estimator.fit(&points::flat(&readings, 2)?)?; // two columns
    let single: Array2<f32> = moons.x.mapv(|value| value as f32);
    let of_single = estimator.fit(&single)?;
    let of_a_part = estimator.fit(&moons.x.slice(s![..100, ..]))?;
    // ANCHOR_END: rows
    assert_eq!(of_rows.labels, wanted(&moons.x)?);
    assert_eq!(of_flat.labels, wanted(&moons.x)?);
    assert_eq!(of_single.labels, wanted(&moons.x)?);
    assert_eq!(of_a_part.labels.len(), 100);
    Ok(())
}

#[test]
fn another_ndarray_and_nalgebra_go_in_by_their_rows_and_a_data_frame_by_its_columns() -> Result<()>
{
    let moons = blog_moons();
    let shape = moons.x.dim();
    let values: Vec<f64> = moons.x.iter().copied().collect();
    let newer = ndarray_017::Array2::from_shape_vec(shape, values.clone()).expect("a shape");
    let matrix = nalgebra::DMatrix::from_row_slice(shape.0, shape.1, &values);
    let column = |j: usize| moons.x.column(j).iter().copied().map(Some).collect();
    let (widths, heights): (Vec<Option<f64>>, Vec<Option<f64>>) = (column(0), column(1));
    // ANCHOR: others
    let of_newer = points::rows(newer.rows())?; // ndarray 0.17
    let of_nalgebra = points::rows(
        matrix
            .row_iter()
            .map(|row| row.iter().copied().collect::<Vec<_>>()),
    )?;
    // A column of a data frame is an iterator of values that may be missing.
    let known =
        |column: Vec<Option<f64>>| column.into_iter().map(|value| value.unwrap_or(f64::NAN));
    let of_columns = points::columns([known(widths), known(heights)])?; // refuses the NaN, by its place
    // ANCHOR_END: others
    for x in [of_newer, of_nalgebra, of_columns] {
        assert_eq!(x, moons.x);
    }
    let missing = points::columns([known(vec![Some(1.0), None])]);
    assert!(missing.is_err_and(|error| error.to_string().contains("row 1, column 0")));
    Ok(())
}

#[test]
fn a_table_of_text_says_how_it_was_read() -> Result<()> {
    // ANCHOR: csv
    let text = "length;width\n5,1;3,5\n4,9;3,0\n9,3;8,2\n9,0;8,1\n";
    let table = csv(text, &CsvOptions::new())?; // or csv_file("flowers.csv", …)
    println!("{}", table.reading()); // 2 columns separated by semicolons with decimal commas, …
    let labels = SpectralClustering::new().fit(&table.x)?.labels;
    // ANCHOR_END: csv
    assert_eq!(
        table.reading(),
        "2 columns separated by semicolons with decimal commas, named length, width"
    );
    assert_eq!((labels[0], labels[2]), (labels[1], labels[3]));
    assert_ne!(labels[0], labels[2]);
    Ok(())
}

#[test]
fn names_stay_with_their_vertices() -> Result<()> {
    // ANCHOR: edges
    let text =
        "from,to,letters\nanna,bert,3\nbert,carl,1\nbert,anna,2\ncarl,dora,4\nemil,fritz,1\n";
    let options = EdgeOptions::new().sum_duplicates(true);
    let named = edges(text, &options.largest_component(true))?; // or edges_file("letters.csv", …)
    println!("{}", named.reading()); // 4 vertices and 3 edges, …; 1 line added to another; …
    let labels = SpectralClustering::new().fit_graph(&named.graph)?.labels;
    for (name, label) in named.names.iter().zip(&labels) {
        println!("{name} {label}");
    }
    // ANCHOR_END: edges
    assert_eq!(named.left_out, ["emil", "fritz"]);
    let of = |name: &str| labels[named.index(name).expect("a vertex")];
    assert_eq!((of("anna"), of("carl")), (of("bert"), of("dora")));
    assert_ne!(of("anna"), of("carl"));
    Ok(())
}

#[test]
fn a_matrix_of_similarities_is_a_graph_dense_or_sparse() -> std::result::Result<(), Box<dyn Error>>
{
    // ANCHOR: precomputed
    let a = array![[0., 2., 0.], [2., 0., 1.], [0., 1., 0.]];
    let dense = Graph::from_matrix(a)?;
    // SciPy's indptr, indices, data; nothing but slices, so any sparse library has them.
    let sparse = Graph::from_csr(&[0, 1, 3, 4], &[1, 0, 2, 1], &[2., 2., 1., 1.])?;
    let listed = Graph::from_edges(3, &[(0, 1, 2.0), (1, 2, 1.0)])?; // each edge once
    // ANCHOR_END: precomputed
    assert_eq!(sparse, listed);
    assert_eq!(dense.degrees(), sparse.degrees());
    // ANCHOR: sprs
    let mut triplets = sprs::TriMat::new((3, 3));
    for (i, j, weight) in [(0, 1, 2.0), (1, 2, 1.0)] {
        triplets.add_triplet(i, j, weight);
        triplets.add_triplet(j, i, weight);
    }
    let matrix: sprs::CsMat<f64> = triplets.to_csr();
    let graph = Graph::try_from(&matrix)?; // the feature sprs
    // ANCHOR_END: sprs
    assert_eq!(graph, listed);
    Ok(())
}

#[test]
fn a_graph_of_petgraph_keeps_its_vertices() -> Result<()> {
    // ANCHOR: petgraph
    let mut roads = petgraph::graph::UnGraph::<&str, f64>::new_undirected();
    let [ulm, bonn, linz] = ["Ulm", "Bonn", "Linz"].map(|town| roads.add_node(town));
    roads.add_edge(ulm, bonn, 1.5);
    roads.add_edge(bonn, linz, 0.5);
    let (graph, order) = Graph::from_petgraph(&roads, |&weight| weight)?; // the feature petgraph
    let labels = SpectralClustering::new().fit_graph(&graph)?.labels;
    println!("{} has the label {}", roads[order[2]], labels[2]);
    // ANCHOR_END: petgraph
    assert_eq!((order[2], labels.len()), (linz, 3));
    assert_eq!(labels[0], labels[1]);
    Ok(())
}

#[test]
fn places_are_compared_by_kilometres() -> Result<()> {
    // ANCHOR: earth
    let islands = [
        [-17.8, 179.0],
        [-17.8, -179.0],
        [-13.8, -171.8],
        [-14.3, -170.7],
    ];
    let graph = Graph::haversine_epsilon(&islands, 300.0)?; // within 300 kilometres
    // Or as points in space, for everything that takes points, and for new places too.
    let clustering = SpectralClustering::new().fit(&on_sphere(&islands)?)?;
    let of_apia = clustering.predict(&on_sphere(&[[-13.83, -171.76]])?)?;
    // ANCHOR_END: earth
    let nearest = Graph::haversine_nearest_neighbors(&islands, Symmetry::Average, 1)?;
    assert_eq!((graph.component_count(), nearest.component_count()), (2, 2));
    let labels = &clustering.labels;
    assert_eq!((labels[0], labels[2]), (labels[1], labels[3]));
    assert_ne!(labels[0], labels[2]);
    assert_eq!(of_apia[0], labels[3]);
    Ok(())
}

#[test]
fn words_are_compared_by_their_angle_and_anything_by_a_function() -> Result<()> {
    // ANCHOR: kernels
    let counts = [[3, 0, 1], [6, 1, 2], [0, 4, 0], [1, 9, 0]]; // of words, a text a row
    let by_angle = Graph::cosine(&counts)?;
    let near_by_angle = Graph::cosine_on_nearest_neighbors(&counts, 1)?;
    let shared = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| a.min(*b)).sum();
    let by_function = Graph::from_similarity(&counts, shared)?;
    let labels = SpectralClustering::new().fit_graph(&by_angle)?.labels;
    // ANCHOR_END: kernels
    assert_eq!((labels[0], labels[2]), (labels[1], labels[3]));
    assert_ne!(labels[0], labels[2]);
    assert_eq!(near_by_angle.component_count(), 2);
    assert_eq!(by_function.neighbors(0)?[0], (1, 4.0));
    Ok(())
}

#[test]
fn a_dataset_of_linfa_goes_in_by_method() -> Result<()> {
    // ANCHOR: linfa
    use fiedler::linfa::prelude::*;
    let blobs = data::blobs(60, 2, 2, 0.5, 1)?;
    let dataset = Dataset::new(blobs.x, blobs.y);
    let (old, new) = dataset.split_with_ratio(0.9);
    let model = SpectralClustering::new().fit(&old)?;
    let labels = model.predict(&new)?;
    // ANCHOR_END: linfa
    assert_eq!(labels.len(), 6);
    assert_eq!(wanted(&old.records)?, model.labels);
    Ok(())
}

#[test]
fn no_door_takes_more_than_ten_lines() {
    let source = include_str!("your_data.rs");
    let mut shown = 0;
    for listing in source.split("// ANCHOR: ").skip(1) {
        let (name, code) = listing.split_once('\n').expect("a listing");
        let Some((code, _)) = code.split_once("// ANCHOR_END") else {
            continue;
        };
        let lines = code.trim().lines().count();
        assert!(lines <= 10, "{name}: {lines} lines");
        shown += usize::from(chapter("your_data").contains(&format!("your_data.rs:{name}}}}}")));
    }
    assert_eq!(shown, 10, "each is on the page");
}
