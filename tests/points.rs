//! Points of other people's making: whatever holds them gives the same answer, bit for bit, and what cannot be points is
//! refused by name.

mod support;

use fiedler::linfa::{Dataset, DatasetBase};
use fiedler::ndarray::{Array1, Array2, ArrayView2, Axis, CowArray, ShapeBuilder, array, s};
use fiedler::points::{self, Points};
use fiedler::{Error, Graph, GraphRule, SpectralClustering, data::moons, parameters};
use proptest::prelude::*;
use std::borrow::Cow;
use support::{cases, ok, refused};

/// What a holder of points is read as.
#[track_caller]
fn read(x: &(impl Points + ?Sized)) -> Array2<f64> {
    ok(x.matrix()).into_owned()
}

fn rows(x: &Array2<f64>) -> Vec<Vec<f64>> {
    x.rows().into_iter().map(|row| row.to_vec()).collect()
}

#[test]
fn a_matrix_in_standard_layout_is_not_copied_and_any_other_is_once() {
    let x = array![[0.0, 1.0], [2.0, 3.0], [4.0, 5.0]];
    let reference = &x;
    let borrowed = ok(reference.matrix());
    assert!(matches!(borrowed, Cow::Borrowed(same) if std::ptr::eq(same, &raw const x)));
    let mut by_columns = Array2::zeros((3, 2).f());
    by_columns.assign(&x);
    let copied = ok(by_columns.matrix());
    assert!(matches!(&copied, Cow::Owned(copy) if copy.is_standard_layout()));
    assert_eq!(*copied, x);
}

proptest! {
    #![proptest_config(cases(64))]

    #[test]
    fn whatever_holds_the_points_holds_the_same_points(
        values in prop::collection::vec(-8.0_f64..8.0, 12),
        singles in prop::collection::vec(-8.0_f32..8.0, 12),
        columns in prop::sample::select(vec![1_usize, 2, 3, 4]),
    ) {
        let x = Array2::from_shape_vec((12 / columns, columns), values.clone()).expect("a shape");
        let other = |layout: Array2<f64>| read(&layout) == x && read(&layout.view()) == x;
        let mut by_columns = Array2::zeros(x.dim().f());
        by_columns.assign(&x);
        prop_assert!(other(by_columns));
        let mut backwards = x.clone();
        backwards.invert_axis(Axis(0));
        let mut backwards = backwards.as_standard_layout().into_owned();
        backwards.invert_axis(Axis(0));
        prop_assert!(other(backwards));
        let mut wide = Array2::from_elem((12 / columns, columns + 2), f64::NAN);
        wide.slice_mut(s![.., 1..=columns]).assign(&x);
        prop_assert_eq!(read(&wide.slice(s![.., 1..=columns])), &x);
        prop_assert_eq!(read(&wide.slice_mut(s![.., 1..=columns])), &x);

        prop_assert_eq!(read(&x.to_shared()), &x);
        prop_assert_eq!(read(&CowArray::from(x.view())), &x);
        prop_assert_eq!(read(&Cow::Borrowed(&x)), &x);
        let lists = rows(&x);
        prop_assert_eq!(read(&lists), &x);
        prop_assert_eq!(read(lists.as_slice()), &x);
        prop_assert_eq!(read(&lists.iter().map(Vec::as_slice).collect::<Vec<&[f64]>>()), &x);
        prop_assert_eq!(read(&lists.into_iter().map(Array1::from).collect::<Vec<_>>()), &x);
        prop_assert_eq!(&ok(points::rows(x.rows())), &x);
        prop_assert_eq!(&ok(points::rows(x.rows().into_iter().map(|row| row.to_vec()))), &x);
        prop_assert_eq!(&ok(points::columns(x.columns())), &x);
        prop_assert!(ok(points::columns(x.columns())).is_standard_layout());
        prop_assert_eq!(read(&ok(points::flat(&values, columns))), &x);

        let labels = Array1::<usize>::zeros(x.nrows());
        prop_assert_eq!(read(&DatasetBase::from(x.view())), &x);
        prop_assert_eq!(read(&Dataset::new(x.clone(), labels)), &x);
        let single = Array2::from_shape_vec(x.dim(), singles).expect("a shape");
        prop_assert_eq!(read(&single), single.mapv(f64::from));
        prop_assert_eq!(read(&single.view()), single.mapv(f64::from));
        prop_assert_eq!(read(&DatasetBase::from(single.clone())), single.mapv(f64::from));
    }
}

#[test]
fn numbers_of_few_bits_are_points_too() {
    let wanted = array![[0.0, 1.0], [2.0, 3.0]];
    assert_eq!(read(&[[0.0, 1.0], [2.0, 3.0]]), wanted);
    assert_eq!(read(&[[0.0_f32, 1.0], [2.0, 3.0]]), wanted);
    assert_eq!(read(&vec![[0_u8, 1], [2, 3]]), wanted);
    assert_eq!(read(&[&[0_i16, 1][..], &[2, 3]]), wanted);
    assert_eq!(read(&array![[0_i32, 1], [2, 3]]), wanted);
    assert_eq!(read(&array![[0_u16, 1], [2, 3]].view()), wanted);
    assert_eq!(ok(points::rows([[0_u32, 1], [2, 3]])), wanted);
    assert_eq!(ok(points::columns([[0_i8, 2], [1, 3]])), wanted);
}

/// The same holder for every function that takes points.
fn answers(x: &(impl Points + ?Sized)) -> String {
    let estimator = SpectralClustering::new().graph(GraphRule::nearest_neighbors(6));
    let found = ok(estimator.fit(x));
    let watched = ok(estimator.fit_watched(x, |_| std::ops::ControlFlow::Continue(())));
    assert_eq!(found.labels, watched.labels);
    let graphs = [
        ok(Graph::epsilon(x, 0.4)),
        ok(Graph::nearest_neighbors(
            x,
            fiedler::graph::Symmetry::Either,
            5,
        )),
        ok(Graph::mutual_nearest_neighbors(x, 9)),
        ok(Graph::bridged_nearest_neighbors(x, 3, 1)),
        ok(Graph::gaussian(x, 0.3)),
        ok(Graph::gaussian_on_nearest_neighbors(x, 0.3, 5)),
        ok(Graph::local_scaling(x, 7)),
        ok(GraphRule::MaxMinEpsilon.build(x)),
    ];
    let numbers = [
        ok(parameters::mean_neighbor_distance(x, 3)),
        ok(parameters::median_distance(x)),
        ok(parameters::max_min_distance(x)),
        ok(parameters::connecting_distance(x)),
    ];
    let stable = ok(fiedler::stability::stability_under_resampling(
        x, &estimator, 2, 0.9, 0,
    ));
    let about = ok(fiedler::characteristics::characteristics(
        x,
        &found.graph,
        &found.labels,
    ));
    format!(
        "{:?} {graphs:?} {numbers:?} {stable:?} {about:?} {:?} {:?} {:?}",
        found.labels,
        ok(found.predict(x)),
        ok(found.embed(x)),
        ok(fiedler::solvers::curve_order(x)),
    )
}

#[test]
fn every_function_takes_what_the_estimator_takes() {
    let x = ok(moons(60, 0.05, 3)).x;
    let wanted = answers(&x);
    assert_eq!(answers(&x.view()), wanted);
    assert_eq!(answers(&rows(&x)), wanted);
    assert_eq!(answers(rows(&x).as_slice()), wanted);
    assert_eq!(answers(&DatasetBase::from(x.view())), wanted);
    let mut by_columns = Array2::zeros(x.dim().f());
    by_columns.assign(&x);
    assert_eq!(answers(&by_columns), wanted);
}

#[test]
fn rows_that_are_not_equally_long_are_named_with_what_they_have() {
    let ragged = vec![
        vec![0.0, 1.0],
        vec![2.0, 3.0],
        vec![4.0],
        vec![5.0, 6.0, 7.0],
    ];
    let wanted = |what: &'static str| Error::Ragged {
        what,
        index: 2,
        found: 1,
        wanted: 2,
    };
    assert_eq!(refused(ragged.matrix()), wanted("row"));
    assert_eq!(
        refused(SpectralClustering::new().fit(&ragged)),
        wanted("row")
    );
    assert_eq!(
        refused(Graph::epsilon(ragged.as_slice(), 1.0)),
        wanted("row")
    );
    assert_eq!(refused(points::rows(&ragged)), wanted("row"));
    assert_eq!(refused(points::columns(&ragged)), wanted("column"));
    assert_eq!(
        wanted("row").to_string(),
        "row 2 has 1 numbers, but row 0 has 2; every row must be equally long"
    );
}

#[test]
fn a_flat_slice_ends_with_a_row() {
    let values: Vec<f64> = (0..10).map(f64::from).collect();
    let view: ArrayView2<'_, f64> = ok(points::flat(&values, 5));
    assert_eq!((view.dim(), view[[1, 0]]), ((2, 5), 5.0));
    let flat = Error::Flat {
        found: 10,
        columns: 4,
    };
    assert_eq!(refused(points::flat(&values, 4)), flat);
    assert!(flat.to_string().contains("2 are left over"), "{flat}");
    assert_eq!(refused(points::flat(&values, 0)), Error::NoColumns);
    let beyond = refused(points::flat(&values, usize::MAX));
    assert!(matches!(beyond, Error::Flat { found: 10, .. }));
    assert_eq!(ok(points::flat::<f64>(&[], 3)).dim(), (0, 3));
}

#[test]
fn nothing_and_what_is_no_number_is_refused_as_of_a_matrix() {
    let estimator = SpectralClustering::new();
    let none: [Vec<f64>; 0] = [];
    assert_eq!(refused(estimator.fit(&none)), Error::NoPoints);
    assert_eq!(refused(points::rows(&none)), Error::NoPoints);
    assert_eq!(refused(points::columns(&none)), Error::NoColumns);
    let empty: [Vec<f64>; 2] = [vec![], vec![]];
    assert_eq!(refused(estimator.fit(&empty)), Error::NoColumns);
    assert_eq!(refused(points::rows(&empty)), Error::NoColumns);
    assert_eq!(refused(points::columns(&empty)), Error::NoPoints);
    assert_eq!(refused(estimator.fit(&[[1.0, 2.0]])), Error::OnePoint);
    let infinite = [[0.0, 1.0], [2.0, f64::INFINITY]];
    let (row, column, value) = (1, 1, f64::INFINITY);
    let wanted = Error::NotFinite { row, column, value };
    assert_eq!(refused(estimator.fit(&infinite)), wanted);
    assert_eq!(refused(points::rows(infinite)), wanted);
    assert_eq!(refused(points::columns(infinite)), wanted);
    let single = [[0.0_f32, 1.0], [2.0, f32::INFINITY]];
    assert_eq!(refused(estimator.fit(&single)), wanted);
}

/// A type of one's own.
struct Tracks(Vec<(f64, f64)>);

impl Points for Tracks {
    fn matrix(&self) -> fiedler::Result<Cow<'_, Array2<f64>>> {
        points::rows(self.0.iter().map(|&(x, y)| [x, y])).map(Cow::Owned)
    }
}

#[test]
fn a_type_of_ones_own_can_be_points() {
    let x = ok(moons(40, 0.05, 0)).x;
    let tracks = Tracks(x.rows().into_iter().map(|row| (row[0], row[1])).collect());
    let estimator = SpectralClustering::new();
    let labels = |found: fiedler::Clustering| found.labels;
    assert_eq!(
        estimator.fit(&tracks).map(labels),
        estimator.fit(&x).map(labels)
    );
}

/// Without linfa's traits in scope.
mod plain {
    use fiedler::linfa::DatasetBase;
    use fiedler::ndarray::{Array1, Array2};
    use fiedler::{Result, SpectralClustering};

    pub fn labels<T>(data: &DatasetBase<Array2<f64>, T>) -> Result<[Array1<usize>; 2]> {
        let model = SpectralClustering::new().fit(data)?;
        Ok([model.labels.clone(), model.predict(data)?])
    }
}

/// With all of them.
mod with_prelude {
    use fiedler::linfa::prelude::*;
    use fiedler::ndarray::{Array1, Array2, ArrayView2};
    use fiedler::{Result, SpectralClustering};

    pub fn labels<T>(data: &DatasetBase<Array2<f64>, T>) -> Result<[Array1<usize>; 2]> {
        let model = SpectralClustering::new().fit(data)?;
        Ok([model.labels.clone(), model.predict(data)?])
    }

    /// By linfa's own words, for code that takes any clustering of linfa's.
    pub fn any_labels<'a, M, T, E>(
        estimator: &M,
        data: &'a DatasetBase<ArrayView2<'a, f64>, T>,
    ) -> std::result::Result<Array1<usize>, E>
    where
        M: Fit<ArrayView2<'a, f64>, T, E>,
        M::Object: PredictInplace<ArrayView2<'a, f64>, Array1<usize>>,
        E: std::error::Error + From<fiedler::linfa::Error>,
    {
        let model = estimator.fit(data)?;
        Ok(Predict::predict(&model, data))
    }
}

#[test]
fn linfas_datasets_go_in_by_method_with_and_without_its_traits() {
    let moons = ok(moons(80, 0.05, 1));
    let wanted = ok(SpectralClustering::new().fit(&moons.x)).labels;
    let data = Dataset::new(moons.x.clone(), moons.y);
    for labels in [ok(plain::labels(&data)), ok(with_prelude::labels(&data))].concat() {
        assert_eq!(labels, wanted);
    }
    let views = DatasetBase::from(data.records.view());
    let by_trait = with_prelude::any_labels(&SpectralClustering::new(), &views);
    assert_eq!(by_trait.expect("an answer"), wanted);
}
