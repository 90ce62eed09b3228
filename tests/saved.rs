//! A fitted model in a file, and back: the same bits, or a refusal that says what is wrong with the file.

mod support;

use fiedler::data::{blobs, moons};
use fiedler::embedding::{Embedding, Laplacian};
use fiedler::error::ModelError;
use fiedler::estimator::Model;
use fiedler::ndarray::Array2;
use fiedler::parameters::{Bandwidth, NeighborCount};
use fiedler::{Error, GraphRule, Isolated, SpectralClustering};
use serde_json::{Value, json};
use std::fs;
use std::path::PathBuf;
use support::{EVERY_LABELLING, ok, refused};

/// A path of its own for each test.
fn path(name: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("fiedler-saved-{}", std::process::id()));
    fs::create_dir_all(&folder).expect("a folder");
    folder.join(name)
}

fn bits(matrix: &Array2<f64>) -> Vec<u64> {
    matrix.iter().map(|entry| entry.to_bits()).collect()
}

/// The model of the moons as JSON.
fn saved(name: &str) -> Value {
    let path = path(name);
    let clustering = ok(SpectralClustering::new().fit(&ok(moons(40, 0.05, 1)).x));
    ok(ok(clustering.model()).save(&path));
    let text = fs::read_to_string(&path).expect("the file");
    serde_json::from_str(&text).expect("JSON")
}

/// What is said of a file with this content.
fn said(name: &str, content: impl AsRef<[u8]>) -> ModelError {
    let path = path(name);
    fs::write(&path, content).expect("a file");
    match refused(Model::load(&path)) {
        Error::Model { path: named, error } => {
            assert_eq!(named, path.display().to_string());
            error
        }
        other => panic!("{other}"),
    }
}

#[test]
fn a_model_read_back_is_the_same_and_predicts_the_same_bits() {
    let (old, new) = (ok(moons(120, 0.08, 1)).x, ok(moons(60, 0.2, 2)).x);
    let path = path("same.json");
    let mut count = 0;
    for rule in [
        GraphRule::BridgedNearestNeighbors(NeighborCount::Ln, None),
        GraphRule::nearest_neighbors(10),
        GraphRule::Epsilon(0.5),
        GraphRule::gaussian(0.2),
        GraphRule::GaussianOnNearestNeighbors(Bandwidth::MedianDistance, NeighborCount::Ln),
        GraphRule::LocalScaling(7),
    ] {
        for labelling in EVERY_LABELLING {
            for laplacian in [
                Laplacian::RandomWalk,
                Laplacian::Symmetric,
                Laplacian::Unnormalized,
            ] {
                let estimator = SpectralClustering::new().graph(rule).labels(labelling);
                let estimator = estimator
                    .laplacian(laplacian)
                    .isolated(Isolated::NearestCluster);
                let Ok(clustering) = estimator.fit(&old) else {
                    continue;
                };
                let model = ok(clustering.model());
                ok(model.save(&path));
                let read = ok(Model::load(&path));
                assert_eq!(&read, model, "{rule:?}, {labelling:?}");
                assert_eq!(read.predict(&new), model.predict(&new));
                match (read.embed(&new), model.embed(&new)) {
                    (Ok(read), Ok(model)) => assert_eq!(bits(&read), bits(&model), "{rule:?}"),
                    (read, model) => assert_eq!(read, model, "{rule:?}"),
                }
                count += 1;
            }
        }
    }
    assert!(count > 60, "{count}");
}

#[test]
fn serde_has_the_model_too_with_the_bits_and_the_refusals_of_a_file() {
    let model = ok(SpectralClustering::new().fit(&ok(moons(40, 0.05, 1)).x));
    let model = ok(model.model());
    let text = serde_json::to_string(model).expect("JSON");
    let again: Model = serde_json::from_str(&text).expect("a model");
    assert_eq!(&again, model);
    let path = path("serde.json");
    ok(model.save(&path));
    assert_eq!(fs::read_to_string(&path).expect("the file"), text);
    let as_changed = |from: &str, to: &str| {
        let changed = text.replacen(from, to, 1);
        assert_ne!(changed, text, "{from}");
        let refused: Result<Model, serde_json::Error> = serde_json::from_str(&changed);
        refused.expect_err(to).to_string()
    };
    for (from, to, said) in [
        ("fiedler-model", "another", "no model of this crate"),
        ("\"version\":1", "\"version\":2", "format version 2"),
        (
            "\"clusters\":2",
            "\"clusters\":1",
            "below the number of clusters",
        ),
        ("\"eigenvalues\":[", "\"eigenvalues\":[null,", "eigenvalues"),
    ] {
        let words = as_changed(from, to);
        assert!(words.contains(said), "{words}");
    }
}

#[test]
fn points_that_were_not_joined_are_kept_and_more_clusters_and_columns_too() {
    let path = path("others.json");
    let mut x = ok(blobs(90, 3, 3, 0.5, 2)).x;
    x.row_mut(44).fill(1e6);
    let epsilon = SpectralClustering::new()
        .graph(GraphRule::Epsilon(2.0))
        .clusters(3);
    let nearest = epsilon
        .isolated(Isolated::OwnLabel)
        .embedding(Embedding::NonTrivial);
    let wide = SpectralClustering::new()
        .clusters(3)
        .ng_jordan_weiss()
        .eigenvectors(5);
    for estimator in [nearest, wide, SpectralClustering::new().clusters(1)] {
        let clustering = ok(estimator.fit(&x));
        let model = ok(clustering.model());
        ok(model.save(&path));
        let read = ok(Model::load(&path));
        assert_eq!(&read, model);
        assert_eq!(
            (read.clusters(), read.coordinates()),
            (clustering.clusters, 3)
        );
        assert_eq!(read.predict(&x), clustering.predict(&x));
    }
}

#[test]
fn a_file_that_is_no_model_is_said_to_be_none() {
    for content in [
        "",
        "{}",
        "[1, 2]",
        "x,y\n1,2\n",
        "\u{89}PNG\r\n",
        "{\"format\": \"other\", \"version\": 1}",
    ] {
        assert_eq!(
            said("none.json", content),
            ModelError::NotAModel,
            "{content}"
        );
    }
    assert!(matches!(
        refused(Model::load(path("absent.json"))),
        Error::File { .. }
    ));
}

#[test]
fn a_file_that_was_cut_off_is_said_to_be() {
    saved("whole.json");
    let whole = fs::read(path("whole.json")).expect("the file");
    for part in 1..20 {
        let error = said("cut.json", &whole[..whole.len() * part / 20]);
        assert!(
            matches!(error, ModelError::Truncated { .. }),
            "{part}: {error}"
        );
    }
}

#[test]
fn a_newer_version_is_told_from_a_broken_file() {
    let mut model = saved("newer.json");
    model["version"] = json!(2);
    model["rule"] = json!("of the future");
    let error = said("newer.json", model.to_string());
    assert_eq!(error, ModelError::Version { found: 2, known: 1 });
    assert!(error.to_string().contains("update fiedler"));
}

#[test]
fn whatever_does_not_fit_together_is_named() {
    type Change = fn(&mut Value);
    let changes: [(&str, Change); 14] = [
        ("labels has 39 entries", |m| {
            m["labels"].as_array_mut().expect("a list").pop();
        }),
        ("eigenvectors has 39 entries", |m| {
            m["eigenvectors"].as_array_mut().expect("a list").pop();
        }),
        ("eigenvectors has 1 entries", |m| {
            m["eigenvectors"][3] = json!([0.5]);
        }),
        ("points has 3 entries", |m| {
            m["points"][7] = json!([0.5, 1.0, 2.0]);
        }),
        ("entry 1 of row 7 of points is not a finite number", |m| {
            m["points"][7] = json!([0.5, null]);
        }),
        ("eigenvalues is not a finite number", |m| {
            m["eigenvalues"][1] = Value::Null;
        }),
        ("entry 5 of labels is 2", |m| m["labels"][5] = json!(2)),
        ("entry 0 of columns is 9", |m| m["columns"] = json!(9)),
        ("entry 0 of clusters is 3", |m| m["clusters"] = json!(3)),
        ("is not a finite number", |m| {
            m["division"] = json!({"Threshold": null});
        }),
        ("division has 1 entries", |m| {
            m["division"] = json!({"Centers": [[0.0, 1.0]]});
        }),
        ("entry 1 of joined is 0", |m| m["joined"] = json!([3, 0])),
        ("invalid type", |m| m["clusters"] = json!("two")),
        ("unknown variant", |m| m["laplacian"] = json!("Magnetic")),
    ];
    for (wanted, change) in changes {
        let mut model = saved("broken.json");
        change(&mut model);
        let error = said("broken.json", model.to_string()).to_string();
        assert!(error.contains(wanted), "{wanted}: {error}");
    }
    // Beyond f64 is no number either.
    let text = saved("broken.json").to_string().replacen(
        "\"eigenvalues\":[",
        "\"eigenvalues\":[1e999,",
        1,
    );
    let error = said("broken.json", text).to_string();
    assert!(error.contains("out of range"), "{error}");
}

#[test]
fn a_rule_that_fits_no_such_points_is_refused_as_by_the_graph() {
    let mut model = saved("rule.json");
    model["rule"] = json!({"NearestNeighbors": [{"Fixed": 40}, "Average"]});
    fs::write(path("rule.json"), model.to_string()).expect("a file");
    let error = refused(Model::load(path("rule.json")));
    assert_eq!(error, Error::NeighborCount { k: 40, n: 40 });
}

#[test]
fn where_saving_fails_what_stood_there_stands_and_nothing_is_left_beside() {
    let clustering = ok(SpectralClustering::new().fit(&ok(moons(40, 0.05, 1)).x));
    let model = ok(clustering.model());
    let folder = path("taken");
    fs::create_dir_all(folder.join("inside")).expect("a folder");
    for target in [folder.clone(), folder.join("missing").join("model.json")] {
        assert!(matches!(refused(model.save(&target)), Error::File { .. }));
    }
    let beside = fs::read_dir(folder.parent().expect("a folder")).expect("a folder");
    let names = beside.map(|entry| {
        entry
            .expect("an entry")
            .file_name()
            .to_string_lossy()
            .into_owned()
    });
    assert_eq!(names.filter(|name| name.contains("taken")).count(), 1);
    // And over a file that is there already, the new one.
    let target = folder.join("inside").join("model.json");
    fs::write(&target, "before").expect("a file");
    ok(model.save(&target));
    assert_eq!(&ok(Model::load(&target)), model);
}

#[test]
fn certificate_characteristics_and_report_are_json() {
    let clustering = ok(SpectralClustering::new()
        .clusters(2)
        .fit(&ok(moons(60, 0.05, 1)).x));
    let json = |value: serde_json::Result<Value>| value.expect("JSON");
    let certificate = json(serde_json::to_value(&clustering.certificate));
    assert_eq!(certificate["clusters"], 2);
    assert_eq!(certificate["eigenvalues"].as_array().map(Vec::len), Some(3));
    let characteristics = json(serde_json::to_value(ok(clustering.characteristics())));
    assert_eq!(
        characteristics["centers"][1].as_array().map(Vec::len),
        Some(2)
    );
    let report = json(serde_json::to_value(&clustering.report));
    assert!(report["solver"]["reason"].is_string());
    assert_eq!(report["rule"]["BridgedNearestNeighbors"][0]["Fixed"], 5);
}
