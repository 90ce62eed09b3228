//! Pictures that move or answer to the hand, and what is drawn over points: centres, borders, numbers.
#![cfg(feature = "plot")]

use fiedler::ndarray::{Array1, Array2, array};
use fiedler::plot::{self, Animation, Clusters, Figure, Joined};
use fiedler::{Error, data, kmeans, similarity_matrix};

fn three_steps() -> Vec<(f64, Figure)> {
    let moons = data::blog_moons();
    let of = |share: f64| {
        let labels = moons.x.column(0).mapv(|x| usize::from(x > share));
        let figure = plot::clusters(&moons.x, &labels).unwrap();
        (share, figure.with_title(format!("x₁ > {share}")))
    };
    [0.0, 0.5, 1.0].map(of).to_vec()
}

#[test]
fn a_slider_stands_still_and_complete_where_no_script_runs() {
    let steps = three_steps();
    let slider = plot::slider("the border", &steps).unwrap();
    let slider = slider.starting_at(1).unwrap();
    let html = slider.html();
    let (before, script) = html.split_once("<script").unwrap();
    let shown = format!("alt=\"the border = 0.5. {}\"", steps[1].1.alt());
    assert!(before.contains(&shown), "{before:.300}");
    // Only the script shows the slider.
    assert!(before.contains("style=\"display:none"));
    assert_eq!(before.matches("<img").count(), 1);
    assert_eq!(slider.figure().svg(), steps[1].1.svg());
    // Every figure is there once for the script.
    assert_eq!(script.matches("\"png\":\"iVBOR").count(), 3);
    for (value, figure) in &steps {
        let step = format!(
            "\"value\":\"{value}\",\"alt\":\"the border = {value}. {}\"",
            figure.alt()
        );
        assert!(script.contains(&step), "{value}");
    }
}

#[test]
fn a_notebook_gets_the_slider_and_the_words_of_its_first_figure() {
    let steps = three_steps();
    let output = plot::slider("t", &steps).unwrap().evcxr_output();
    assert!(output.starts_with("EVCXR_BEGIN_CONTENT text/html\n<div>"));
    let words = format!(
        "EVCXR_BEGIN_CONTENT text/plain\nt = 0. {}\n",
        steps[0].1.alt()
    );
    assert!(output.contains(&words));
}

#[test]
fn words_that_look_like_a_page_do_not_become_one() {
    let figure = plot::points(&array![[0.0, 0.0], [1.0, 1.0]]).unwrap();
    let evil = figure.with_alt("</script><script>alert(\"no\")</script>");
    let html = plot::slider("<b>\"", &[("</script>", evil)])
        .unwrap()
        .html();
    assert!(!html.contains("alert(\"no\")"), "{html:.400}");
    assert_eq!(html.matches("</script>").count(), 2);
    assert!(!html.contains("<b>"));
}

#[test]
fn a_slider_of_nothing_or_too_much_or_from_nowhere_is_refused() {
    let steps = three_steps();
    let none: [(f64, Figure); 0] = [];
    let count = |found: fiedler::Result<plot::Slider>| match found {
        Err(Error::Count { name, found, .. }) => (name, found),
        other => panic!("{other:?}"),
    };
    assert_eq!(
        count(plot::slider("t", &none)),
        ("the number of figures", 0)
    );
    let many = vec![steps[0].clone(); 61];
    assert_eq!(
        count(plot::slider("t", &many)),
        ("the number of figures", 61)
    );
    let from = plot::slider("t", &steps).unwrap().starting_at(3);
    assert_eq!(count(from), ("the figure to start at", 3));
    let error = plot::slider("t", &steps)
        .unwrap()
        .save_html("/nowhere/at/all.html");
    assert!(matches!(error, Err(Error::File { .. })), "{error:?}");
}

#[test]
fn the_steps_of_a_method_follow_each_other_in_their_own_time() {
    let figures: Vec<Figure> = three_steps().into_iter().map(|step| step.1).collect();
    let moving = Animation::of(&figures, 0.75).unwrap();
    assert_eq!(
        (moving.frame_count(), moving.size()),
        (3, figures[0].size())
    );
    assert_eq!(moving.frame(2).unwrap().svg(), figures[2].svg());
    let mut options = gif::DecodeOptions::new();
    options.set_color_output(gif::ColorOutput::RGBA);
    let file = moving.gif();
    let mut decoder = options.read_info(&file[..]).unwrap();
    let mut delays = Vec::new();
    while let Some(frame) = decoder.read_next_frame().unwrap() {
        delays.push(frame.delay);
    }
    assert_eq!(delays, [75, 75, 75]);
    assert!(
        moving
            .alt()
            .starts_with("An animation of 3 frames. First, x₁ > 0: 200 points")
    );
    assert!(moving.alt().contains(" Last, x₁ > 1: 200 points"));
}

#[test]
fn frames_that_do_not_fit_are_refused() {
    let points = plot::points(&data::blog_moons().x).unwrap();
    let other = plot::heights(&data::blog_moons().x, &Array1::zeros(200)).unwrap();
    let beside = plot::side_by_side(&[points.clone(), points.clone()]).unwrap();
    for (frames, seconds) in [(vec![], 1.0), (vec![points.clone(), beside], 1.0)] {
        let found = Animation::of(&frames, seconds);
        assert!(matches!(found, Err(Error::Count { .. })), "{found:?}");
    }
    for seconds in [0.0, -1.0, 1e9, f64::NAN] {
        let found = Animation::of(&[points.clone(), other.clone()], seconds);
        let is_parameter = matches!(
            found,
            Err(Error::Parameter {
                name: "seconds",
                ..
            })
        );
        assert!(is_parameter, "{found:?}");
    }
}

#[test]
fn centres_are_marked_as_centres_and_not_as_points() {
    let moons = data::blog_moons();
    let found = kmeans(&moons.x, 2, 0).unwrap();
    let plain = plot::clusters(&moons.x, &found.labels).unwrap();
    let drawn = Clusters::new(&moons.x, &found.labels);
    assert_eq!(drawn.draw().unwrap().svg(), plain.svg());
    let with = drawn.centers(&found.centers).draw().unwrap();
    // The points are counted as before; each centre is two circles and a cross.
    assert!(with.alt().starts_with(plain.alt()));
    assert!(
        with.alt()
            .contains("Their centres, crosses in a circle, stand at (1.19, −0.06), (−0.21, 0.58)."),
        "{}",
        with.alt()
    );
    let circles = |figure: &Figure| figure.svg().matches("<circle").count();
    assert_eq!(circles(&with), circles(&plain) + 4);
    assert!(!with.alt().contains("dashed"));
}

#[test]
fn a_centre_far_from_all_points_is_in_the_picture() {
    let x = array![[0.0, 0.0], [1.0, 0.0]];
    let far = array![[0.0, 0.0], [20.0, 10.0]];
    let figure = Clusters::new(&x, &array![0, 0])
        .centers(&far)
        .border()
        .draw();
    let svg = figure.unwrap().svg();
    let labels: Vec<&str> = svg.lines().filter(|line| !line.contains('<')).collect();
    assert!(labels.contains(&"20"), "the axis reaches it: {labels:?}");
}

#[test]
fn centres_and_borders_that_make_no_sense_are_refused() {
    let (x, y) = (array![[0.0, 0.0], [1.0, 0.0]], array![0, 1]);
    let draw = |centers: &Array2<f64>, border: bool| {
        let picture = Clusters::new(&x, &y).centers(centers);
        if border { picture.border() } else { picture }
            .draw()
            .map(|_| ())
    };
    for (centers, border) in [(array![[0.0]], false), (array![[0.0, 0.0]], true)] {
        let found = draw(&centers, border);
        assert!(matches!(found, Err(Error::Count { .. })), "{found:?}");
    }
    let found = draw(&array![[f64::NAN, 0.0]], false);
    assert!(matches!(found, Err(Error::NotFinite { .. })), "{found:?}");
    let found = draw(&array![[1e305, 0.0]], false);
    assert!(matches!(found, Err(Error::Value { .. })), "{found:?}");
    assert!(Clusters::new(&x, &y).border().draw().is_err());
}

#[test]
fn every_vertex_has_its_number_beside_it() {
    let x = array![[0.0, 0.0], [0.3, 0.1], [0.1, 0.4], [0.8, 0.6], [0.9, 0.2]];
    let a = similarity_matrix(&x, 0.5).unwrap();
    let plain = plot::graph(&x, &a, None).unwrap();
    let numbered = Joined::new(&x, &a).numbered().draw().unwrap();
    assert_eq!(Joined::new(&x, &a).draw().unwrap().svg(), plain.svg());
    let texts = |figure: &Figure| figure.svg().matches("<text").count();
    assert_eq!(texts(&numbered), texts(&plain) + 5);
    let told = "The vertices are numbered from 0 to 4. Edges lead from 0 to 1, 2; 1 to 2; 3 to 4.";
    assert!(numbered.alt().ends_with(told), "{}", numbered.alt());
    let y = array![0, 0, 0, 1, 1];
    let split = Joined::new(&x, &a).labels(&y).draw().unwrap();
    assert_eq!(split.svg(), plot::graph(&x, &a, Some(&y)).unwrap().svg());
    let many = data::moons(101, 0.0, 0).unwrap().x;
    let found = Joined::new(&many, &Array2::zeros((101, 101)))
        .numbered()
        .draw();
    assert!(
        matches!(found, Err(Error::Count { found: 101, .. })),
        "{found:?}"
    );
}
