//! The pictures: the same bytes each time, words for those who do not see them, colours for those who see
//! few, and nothing that panics.
#![cfg(feature = "plot")]

use fiedler::ndarray::{Array1, Array2, array};
use fiedler::plot::{self, Animation, Figure, PALETTE};
use fiedler::springs::{Masses, Modes, normal_modes};
use fiedler::{
    Error, Gradient, Graph, cut, data,
    graph::Symmetry,
    minimize_orth_obj,
    relaxation::{Minimum, Stop},
    similarity_matrix,
};
use fiedler::{spectral_clustering, transform};

type Rgb = [u8; 3];

/// One figure of every kind, with a name for the messages.
fn gallery() -> Vec<(&'static str, Figure)> {
    let moons = data::blog_moons();
    let a = similarity_matrix(&moons.x, 0.4).unwrap();
    let z = transform(&a, &moons.y).unwrap();
    let found = minimize_orth_obj(&a, &z, Gradient::Exact).unwrap();
    let clusters = plot::clusters(&moons.x, &moons.y).unwrap();
    let graph = plot::graph(&moons.x, &a, Some(&moons.y)).unwrap();
    let weighted = &a * 0.5 + Array2::<f64>::eye(200) * 0.25;
    vec![
        ("points", plot::points(&moons.x).unwrap()),
        ("matrix", plot::matrix(&a).unwrap()),
        ("weighted", plot::matrix(&weighted).unwrap()),
        ("sorted", plot::matrix_sorted(&a, &moons.y).unwrap()),
        ("index", plot::against_index(&z, &moons.y).unwrap()),
        (
            "convergence",
            plot::convergence(&[("a", &found)], 0.005).unwrap(),
        ),
        (
            "evaluations",
            plot::Convergence::new(&[("a", &found)], 0.005)
                .by_evaluations()
                .draw()
                .unwrap(),
        ),
        (
            "spectrum",
            plot::spectrum(&array![0.0, 0.005, 0.03, 0.04]).unwrap(),
        ),
        (
            "gap",
            plot::Spectrum::new(&array![0.0, 0.005, 0.03, 0.04])
                .first(4)
                .gap_after(3)
                .draw()
                .unwrap(),
        ),
        (
            "multiples",
            plot::small_multiples(&[("one", &moons.x, &moons.y)]).unwrap(),
        ),
        (
            "side by side",
            plot::side_by_side(&[clusters.clone(), graph.clone()]).unwrap(),
        ),
        ("clusters", clusters),
        ("graph", graph),
        ("heat map", sensitivity()),
        (
            "lines",
            plot::lines(&[("a", &[0.1, 0.2, 0.4], &[None, Some(1.0), Some(0.5)])]).unwrap(),
        ),
        (
            "log-log",
            plot::log_log(&[("a", &[1.0, 100.0], &[0.01, 30.0])]).unwrap(),
        ),
        ("picture", plot::picture(&moons.x).unwrap()),
        ("segments", disc().1),
        ("heights", plot::heights(&moons.x, &z).unwrap()),
        ("frame", vibrating_moons().frame(1).unwrap()),
    ]
}

/// A table of 3 × 4 settings, one of which gave no value.
fn sensitivity() -> Figure {
    let values = Array2::from_shape_fn((3, 4), |(i, j)| {
        (i + j > 0).then_some((i * 4 + j) as f64 / 11.0)
    });
    let (rows, columns) = (["k = 3", "k = 5", "k = 9"], ["0.1", "0.2", "0.3", "0.4"]);
    plot::heat_map("ARI", &rows, &columns, &values).unwrap()
}

/// A synthetic picture in its true parts: the picture, and the figure of the parts.
fn disc() -> (Array2<f64>, Figure) {
    let (picture, parts) = fiedler::pixels::synthetic_picture(20, 30, 0.05, 0).unwrap();
    let labels: Array1<usize> = parts.iter().copied().collect();
    let figure = plot::segments(&picture, &labels).unwrap();
    (picture, figure)
}

/// The pixels of a PNG, row by row.
fn pixels(figure: &Figure) -> Vec<Vec<Rgb>> {
    let png = figure.png();
    let mut decoder = png::Decoder::new(std::io::Cursor::new(&png));
    decoder.set_transformations(png::Transformations::EXPAND);
    let mut reader = decoder.read_info().unwrap();
    let mut bytes = vec![0; reader.output_buffer_size().unwrap()];
    let info = reader.next_frame(&mut bytes).unwrap();
    assert_eq!((info.width, info.height), figure.size());
    let row = |row: &[u8]| row.chunks_exact(3).map(|p| [p[0], p[1], p[2]]).collect();
    bytes.chunks_exact(info.line_size).map(row).collect()
}

/// FNV-1a, enough to compare two machines.
fn fingerprint(bytes: impl IntoIterator<Item = u8>) -> u64 {
    bytes.into_iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    for ((name, one), (_, other)) in gallery().iter().zip(&gallery()) {
        assert!(one.png() == other.png(), "{name}");
        assert!(one.svg() == other.svg(), "{name}");
    }
}

#[test]
fn every_machine_draws_the_same_picture() {
    // Data of whole numbers, so that no sine or exponential of a machine's library comes in. A change of
    // the drawing changes these two numbers; a change of the machine must not.
    let x = array![[0., 0.], [3., 1.], [4., 4.], [9., 2.], [7., 8.]];
    let labels = array![0, 0, 1, 1, 2];
    let a = similarity_matrix(&x, 6.0).unwrap();
    let figure = plot::side_by_side(&[
        plot::graph(&x, &a, Some(&labels)).unwrap(),
        plot::matrix_sorted(&a, &labels).unwrap(),
        plot::spectrum(&array![0., 0.25, 0.5, 1.]).unwrap(),
        plot::AgainstIndex::new(&array![1., 2., 4., 8., -3.], &labels)
            .threshold(3.)
            .draw()
            .unwrap(),
    ])
    .unwrap();
    let drawn = pixels(&figure).concat().concat();
    assert_eq!(
        fingerprint(figure.svg().bytes()),
        0x3591_4d67_6f97_856d,
        "the SVG changed"
    );
    assert_eq!(
        fingerprint(drawn),
        0x369a_4671_7dd9_fa6a,
        "the pixels changed"
    );
}

#[test]
fn a_png_has_the_stated_size_and_is_not_blank() {
    for (name, figure) in gallery() {
        let mut colours: Vec<Rgb> = pixels(&figure).concat();
        colours.sort_unstable();
        colours.dedup();
        assert!(colours.len() > 10, "{name} has {} colours", colours.len());
    }
}

#[test]
fn files_stay_small() {
    for (name, figure) in gallery() {
        let size = figure.png().len();
        assert!(size < 60_000, "{name} takes {size} bytes");
    }
}

#[test]
fn every_figure_has_words_for_those_who_do_not_see_it_and_the_svg_carries_them() {
    for (name, figure) in gallery() {
        assert!(figure.alt().len() > 20, "{name}: {}", figure.alt());
        assert!(
            figure.alt().contains(|c: char| c.is_ascii_digit()),
            "{name}: no number"
        );
        let svg = figure.svg();
        assert!(svg.contains("role=\"img\""), "{name}");
        assert!(
            svg.contains(&format!("<desc>{}</desc>", figure.alt())),
            "{name}"
        );
        assert!(
            svg.contains(&format!("<title>{}</title>", figure.title())),
            "{name}"
        );
    }
}

#[test]
fn an_svg_is_well_formed_and_tells_neither_place_nor_time() {
    for (name, figure) in gallery() {
        let svg = figure
            .with_title("a < b & \"c\" > 'd'\u{0}\n</svg>")
            .with_alt("<script>&amp;")
            .svg();
        check_tags(name, &svg);
        for trace in [
            env!("CARGO_MANIFEST_DIR"),
            "/home",
            "/tmp",
            "file:",
            "date",
            "Date",
        ] {
            assert!(!svg.contains(trace), "{name} contains {trace}");
        }
    }
}

/// Every tag is closed in order, and every bare `&` starts an entity.
fn check_tags(name: &str, svg: &str) {
    let mut open = Vec::new();
    let mut rest = svg;
    while let Some(start) = rest.find('<') {
        let text = &rest[..start];
        assert!(!text.contains('>'), "{name}: a stray > in {text:?}");
        for entity in text.split('&').skip(1) {
            let known = ["lt;", "gt;", "amp;", "quot;", "apos;"];
            assert!(
                known.iter().any(|known| entity.starts_with(known)),
                "{name}: &{entity}"
            );
        }
        let end = start + rest[start..].find('>').expect("a tag ends");
        let tag = &rest[start + 1..end];
        assert_eq!(tag.matches('"').count() % 2, 0, "{name}: <{tag}>");
        if let Some(closed) = tag.strip_prefix('/') {
            assert_eq!(open.pop(), Some(closed), "{name}");
        } else if !tag.ends_with('/') {
            open.push(tag.split(' ').next().unwrap());
        }
        rest = &rest[end + 1..];
    }
    assert!(open.is_empty(), "{name}: {open:?} stay open");
}

#[test]
fn a_png_holds_the_picture_and_nothing_else() {
    let png = plot::points(&data::blog_moons().x).unwrap().png();
    let mut at = 8;
    let mut chunks = Vec::new();
    while at < png.len() {
        let length = u32::from_be_bytes(png[at..at + 4].try_into().unwrap()) as usize;
        chunks.push(String::from_utf8_lossy(&png[at + 4..at + 8]).into_owned());
        at += 12 + length;
    }
    chunks.dedup();
    assert_eq!(chunks, ["IHDR", "PLTE", "IDAT", "IEND"]);
}

#[test]
fn evcxr_is_given_a_png_and_a_text() {
    let figure = plot::points(&array![[0., 0.], [1., 1.]]).unwrap();
    let output = figure
        .with_alt("two points\nEVCXR_END_CONTENT")
        .evcxr_output();
    let lines: Vec<&str> = output.lines().collect();
    assert_eq!(lines[0], "EVCXR_BEGIN_CONTENT image/png");
    assert!(
        lines[1].starts_with("iVBORw0KGgo"),
        "base 64 of the PNG's signature"
    );
    assert_eq!(lines[2], "EVCXR_END_CONTENT");
    assert_eq!(lines[3], "EVCXR_BEGIN_CONTENT text/plain");
    assert_eq!(lines[4], "two points EVCXR_END_CONTENT");
    assert_eq!(lines[5..], ["EVCXR_END_CONTENT"]);
}

/// A channel of sRGB made linear.
fn linear(channel: u8) -> f64 {
    let share = f64::from(channel) / 255.0;
    if share <= 0.04045 {
        share / 12.92
    } else {
        ((share + 0.055) / 1.055).powf(2.4)
    }
}

fn times(matrix: [[f64; 3]; 3], colour: [f64; 3]) -> [f64; 3] {
    matrix.map(|row| row.iter().zip(colour).map(|(m, c)| m * c).sum())
}

/// CIE L*a*b* of a linear sRGB colour, white point D65.
fn lab(colour: [f64; 3]) -> [f64; 3] {
    let xyz = times(
        [
            [0.412_456_4, 0.357_576_1, 0.180_437_5],
            [0.212_672_9, 0.715_152_2, 0.072_175_0],
            [0.019_333_9, 0.119_192_0, 0.950_304_1],
        ],
        colour.map(|channel| channel.clamp(0.0, 1.0)),
    );
    let root = |t: f64| {
        if t > 0.008_856 {
            t.cbrt()
        } else {
            7.787 * t + 16.0 / 116.0
        }
    };
    let [x, y, z] = [
        root(xyz[0] / 0.950_47),
        root(xyz[1]),
        root(xyz[2] / 1.088_83),
    ];
    [116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)]
}

#[test]
fn the_colours_differ_to_everybody() {
    // Viénot, Brettel & Mollon (1999), for linear sRGB.
    let identity = [[1., 0., 0.], [0., 1., 0.], [0., 0., 1.]];
    let protanopia = [
        [0.112_38, 0.887_62, 0.0],
        [0.112_38, 0.887_62, 0.0],
        [0.004_01, -0.004_01, 1.0],
    ];
    let deuteranopia = [
        [0.292_75, 0.707_25, 0.0],
        [0.292_75, 0.707_25, 0.0],
        [-0.022_34, 0.022_34, 1.0],
    ];
    for (eyes, matrix) in [
        ("trichromat", identity),
        ("protanope", protanopia),
        ("deuteranope", deuteranopia),
    ] {
        for (i, one) in PALETTE.iter().enumerate() {
            for other in &PALETTE[..i] {
                let seen = |&(r, g, b): &(u8, u8, u8)| lab(times(matrix, [r, g, b].map(linear)));
                let (a, b) = (seen(one), seen(other));
                let squares = a.iter().zip(b).map(|(a, b)| (a - b).powi(2));
                let distance = squares.sum::<f64>().sqrt();
                assert!(
                    distance > 20.0,
                    "{eyes}: {one:?} and {other:?} are {distance} apart"
                );
            }
        }
    }
}

#[test]
fn the_colours_stand_out_from_the_card() {
    let luminance =
        |(r, g, b): (u8, u8, u8)| 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
    let card = luminance(plot::CARD) + 0.05;
    for colour in PALETTE {
        let contrast = card / (luminance(colour) + 0.05);
        assert!(contrast >= 3.0, "{colour:?} has contrast {contrast}");
    }
}

#[test]
fn bad_points_are_refused() {
    let labels = array![0, 1];
    let empty = Array2::<f64>::zeros((0, 2));
    assert_eq!(plot::points(&empty).unwrap_err(), Error::NoPoints);
    let flat = Array2::<f64>::zeros((2, 0));
    assert_eq!(plot::points(&flat).unwrap_err(), Error::NoColumns);
    let infinite = array![[0., 1.], [f64::INFINITY, 0.]];
    let refused = plot::clusters(&infinite, &labels).unwrap_err();
    assert!(
        matches!(
            refused,
            Error::NotFinite {
                row: 1,
                column: 0,
                ..
            }
        ),
        "{refused}"
    );
    let huge = array![[0., 1.], [f64::MAX, 0.]];
    assert!(matches!(
        plot::points(&huge).unwrap_err(),
        Error::Value { .. }
    ));
    let three = array![[0., 1.], [1., 0.], [2., 2.]];
    let short = Error::Length {
        name: "labels",
        found: 2,
        points: 3,
    };
    assert_eq!(plot::clusters(&three, &labels).unwrap_err(), short);
    assert_eq!(
        plot::small_multiples(&[("", &three, &labels)]).unwrap_err(),
        short
    );
    let none: [(&str, &Array2<f64>, &Array1<usize>); 0] = [];
    assert!(matches!(
        plot::small_multiples(&none).unwrap_err(),
        Error::Count { .. }
    ));
    assert!(matches!(
        plot::side_by_side(&[]).unwrap_err(),
        Error::Count { .. }
    ));
}

#[test]
fn bad_matrices_and_graphs_are_refused() {
    let oblong = Array2::<f64>::zeros((2, 3));
    assert_eq!(
        plot::matrix(&oblong).unwrap_err(),
        Error::NotSquare {
            rows: 2,
            columns: 3
        }
    );
    assert_eq!(
        plot::matrix(&Array2::zeros((0, 0))).unwrap_err(),
        Error::NoPoints
    );
    let nan = array![[0., f64::NAN], [0., 0.]];
    assert!(matches!(
        plot::matrix(&nan).unwrap_err(),
        Error::NotFinite { .. }
    ));
    let a = array![[0., 1.], [1., 0.]];
    let one = array![0];
    let short = Error::Length {
        name: "labels",
        found: 1,
        points: 2,
    };
    assert_eq!(plot::matrix_sorted(&a, &one).unwrap_err(), short);
    let x = array![[0., 0.], [1., 0.], [2., 0.]];
    let refused = plot::graph(&x, &a, None).unwrap_err();
    assert!(
        matches!(
            refused,
            Error::Length {
                found: 2,
                points: 3,
                ..
            }
        ),
        "{refused}"
    );
    let crooked = array![[0., 1.], [0., 0.]];
    let two = array![[0., 0.], [1., 0.]];
    assert!(matches!(
        plot::graph(&two, &crooked, None).unwrap_err(),
        Error::NotSymmetric { .. }
    ));
}

#[test]
fn bad_vectors_and_runs_are_refused() {
    let z = array![0.5, f64::NAN];
    let y = array![0, 1];
    let refused = plot::against_index(&z, &y).unwrap_err();
    assert!(
        matches!(refused, Error::VectorNotFinite { index: 1, .. }),
        "{refused}"
    );
    assert_eq!(
        plot::against_index(&array![], &array![]).unwrap_err(),
        Error::NoPoints
    );
    let z = array![0.5, 1.5];
    assert!(plot::against_index(&z, &array![0]).is_err());
    assert!(
        plot::AgainstIndex::new(&z, &y)
            .threshold(f64::NAN)
            .draw()
            .is_err()
    );
    assert_eq!(plot::spectrum(&array![]).unwrap_err(), Error::NoPoints);
    assert!(plot::Spectrum::new(&z).first(0).draw().is_err());
    let none: [(&str, &Minimum); 0] = [];
    assert!(plot::convergence(&none, 0.0).is_err());
    let run = run_of(&[]);
    assert!(plot::convergence(&[("run", &run)], f64::NAN).is_err());
}

/// A run through the given values.
fn run_of(values: &[f64]) -> Minimum {
    let step = |(i, &value): (usize, &f64)| fiedler::relaxation::Step {
        iteration: i + 1,
        value,
        evaluations: 2 * i + 1,
    };
    Minimum {
        z: array![1.0],
        value: values.last().copied().unwrap_or(1.0),
        iterations: values.len(),
        evaluations: 2 * values.len(),
        stopped: Stop::SmallGradient,
        history: values.iter().enumerate().map(step).collect(),
        path: values.iter().map(|_| array![1.0]).collect(),
    }
}

/// Draws in both formats.
fn draws(figure: fiedler::Result<Figure>) {
    let figure = figure.unwrap();
    assert!(!figure.png().is_empty());
    check_tags(figure.alt(), &figure.svg());
}

#[test]
fn points_that_leave_nothing_to_scale_by_are_drawn() {
    draws(plot::points(&array![[3.0, 4.0]]));
    draws(plot::points(&array![[3.0], [5.0]]));
    draws(plot::points(&Array2::ones((50, 2))));
    draws(plot::points(&array![[0.0, 0.0], [5e-324, 1e-310]]));
    draws(plot::points(&array![[-1e300, 0.0], [1e300, 1e-300]]));
    draws(plot::points(&array![[1e15, 0.0], [1e15 + 1.0, 1.0]]));
    draws(plot::points(&array![[0.0, 0.0], [1e9, 1e-9]]));
    draws(plot::clusters(
        &array![[1e-7, 2e-7], [3e-7, 4e-7]],
        &array![7, usize::MAX],
    ));
}

#[test]
fn constant_vectors_and_matrices_are_drawn() {
    draws(plot::against_index(&Array1::zeros(5), &Array1::zeros(5)));
    draws(plot::against_index(&array![1e300], &array![3]));
    draws(
        plot::AgainstIndex::new(&array![1.0, 1.0], &array![0, 1])
            .threshold(-1e300)
            .draw(),
    );
    draws(plot::spectrum(&array![0.0]));
    draws(plot::spectrum(&array![0.0, 0.0, 0.0]));
    draws(
        plot::Spectrum::new(&Array1::linspace(0.0, 2.0, 60))
            .first(50)
            .draw(),
    );
    draws(plot::matrix(&array![[7.0]]));
    draws(plot::matrix(&Array2::zeros((3, 3))));
    draws(plot::matrix_sorted(
        &array![[-1.0, 2.0], [1e300, 0.0]],
        &array![0, 1],
    ));
    draws(plot::convergence(&[("stays", &run_of(&[1.0, 1.0]))], 1.0));
    draws(plot::convergence(
        &[("ended before its first step", &run_of(&[]))],
        0.5,
    ));
    draws(
        plot::Convergence::new(&[("one", &run_of(&[3.0]))], 0.5)
            .by_evaluations()
            .draw(),
    );
}

#[test]
fn one_cluster_and_many_are_drawn() {
    let blobs = data::blobs(120, 2, 12, 0.5, 0).unwrap();
    let twelve = plot::clusters(&blobs.x, &blobs.y).unwrap();
    assert!(twelve.alt().contains("12 clusters"));
    assert!(
        twelve.svg().contains("11 (10)"),
        "the legend names all twelve"
    );
    draws(Ok(twelve.clone()));
    draws(plot::clusters(&blobs.x, &Array1::zeros(120)));
    let each_its_own = Array1::from_iter(0..120);
    let many = plot::clusters(&blobs.x, &each_its_own).unwrap();
    assert!(many.svg().contains("more</text>") || many.svg().contains("more\n</text>"));
    draws(Ok(many.clone()));
    draws(plot::side_by_side(&[twelve, many]));
    let a = similarity_matrix(&blobs.x, 2.0).unwrap();
    draws(plot::matrix_sorted(&a, &each_its_own));
    draws(plot::graph(&blobs.x, &a, Some(&each_its_own)));
}

#[test]
fn any_words_will_do_for_a_title() {
    let figure = plot::points(&array![[0., 0.], [1., 1.]]).unwrap();
    for words in [
        "",
        " ",
        "\u{0}\u{7}",
        &"long ".repeat(200),
        &"W".repeat(500),
        "猫 🐈 ∞ 𝟙",
    ] {
        let titled = figure.clone().with_title(words).with_axes(words, words);
        draws(Ok(titled.clone()));
        draws(plot::side_by_side(&[titled.clone(), titled]));
    }
}

#[test]
fn a_picture_too_high_to_compose_is_refused() {
    let figure = plot::points(&array![[0., 0.], [1., 1.]]).unwrap();
    let refused = plot::side_by_side(&vec![figure; 60]).unwrap_err();
    assert!(matches!(refused, Error::Count { .. }), "{refused}");
}

const NAVY: Rgb = [11, 60, 111];

/// The pixels inside the frame of a 0/1 matrix: those between the outermost navy ones below the legend.
fn matrix_pixels(figure: &Figure) -> Vec<Vec<Rgb>> {
    let all = pixels(figure);
    let below = &all[68..];
    let is_navy = |row: &Vec<Rgb>| row.contains(&NAVY);
    let top = below.iter().position(is_navy).unwrap();
    let bottom = below.iter().rposition(is_navy).unwrap();
    let columns = || (0..below[0].len()).filter(|&x| below.iter().any(|row| row[x] == NAVY));
    let (left, right) = (columns().next().unwrap(), columns().next_back().unwrap());
    below[top..=bottom]
        .iter()
        .map(|row| row[left..=right].to_vec())
        .collect()
}

#[test]
fn a_sorted_matrix_shows_its_labels_as_dark_blocks_on_the_diagonal() {
    // Ten points of label 5 among thirty of label 9, each joined to its own kind alone.
    let labels = Array1::from_shape_fn(40, |i| if i % 4 == 2 { 5 } else { 9 });
    let a = Array2::from_shape_fn((40, 40), |(i, j)| f64::from(labels[i] == labels[j]));
    let inside = matrix_pixels(&plot::matrix_sorted(&a, &labels).unwrap());
    let share = |rows: std::ops::Range<usize>, columns: std::ops::Range<usize>| {
        let part = inside[rows].iter().flat_map(|row| &row[columns.clone()]);
        let (navy, all) = part.fold((0, 0), |(n, all), p| (n + usize::from(*p == NAVY), all + 1));
        f64::from(u32::try_from(100 * navy / all).unwrap()) / 100.0
    };
    let (n, quarter) = (inside.len(), inside.len() / 4);
    assert!(share(0..quarter, 0..quarter) > 0.9, "label 5 comes first");
    assert!(
        share(quarter + 2..n, quarter + 2..n) > 0.9,
        "label 9 follows"
    );
    assert!(
        share(0..quarter, quarter + 2..n) < 0.05,
        "nothing joins them"
    );
    assert!(
        share(quarter + 2..n, 0..quarter) < 0.05,
        "nor on the other side"
    );
}

#[test]
fn a_matrix_keeps_its_first_row_on_top() {
    let mut a = Array2::<f64>::zeros((20, 20));
    a.row_mut(0).fill(1.0);
    a[[19, 0]] = 1.0;
    let inside = matrix_pixels(&plot::matrix(&a).unwrap());
    let navy = |row: &[Rgb]| row.iter().filter(|p| **p == NAVY).count();
    assert_eq!(navy(&inside[3]), inside[0].len(), "row 0 is dark all along");
    let last = &inside[inside.len() - 3];
    assert!(
        last[2] == NAVY && navy(last) < inside[0].len() / 10,
        "row 19 at its start alone"
    );
}

#[test]
fn a_large_matrix_is_averaged_quickly() {
    let n = 2000;
    let a = Array2::from_shape_fn((n, n), |(i, j)| f64::from((i < n / 2) == (j < n / 2)));
    let begin = std::time::Instant::now();
    let inside = matrix_pixels(&plot::matrix(&a).unwrap());
    assert!(begin.elapsed().as_secs() < 20, "{:?}", begin.elapsed());
    let (n, half) = (inside.len(), inside.len() / 2);
    assert_eq!(inside[half / 2][half / 2], NAVY);
    assert_eq!(inside[half / 2][n - half / 2], [255; 3]);
}

#[test]
fn as_many_edges_are_drawn_as_cut_as_the_cut_counts() {
    let moons = data::blog_moons();
    let a = similarity_matrix(&moons.x, 0.4).unwrap();
    let labels = spectral_clustering(&moons.x, 0.4).unwrap();
    for y in [&moons.y, &labels, &data::blog_arbitrary_labels()] {
        let svg = plot::graph(&moons.x, &a, Some(y)).unwrap().svg();
        let (r, g, b) = PALETTE[3];
        let accent = format!("stroke=\"#{r:02X}{g:02X}{b:02X}\"");
        // One line more stands in the legend.
        let drawn = svg.lines().filter(|line| line.contains(&accent)).count() - 1;
        let expected = cut(&a, y).unwrap();
        assert!(
            (drawn as f64 - expected).abs() < 0.5,
            "{drawn} drawn, {expected} cut"
        );
    }
}

#[test]
fn a_graph_is_drawn_as_its_matrix_is() {
    let moons = data::blog_moons();
    let graphs = [
        Graph::epsilon(&moons.x, 0.4),
        Graph::gaussian(&moons.x, 0.1),
        Graph::nearest_neighbors(&moons.x, Symmetry::Average, 5),
        // Weights of all sizes, a loop, and vertices that nothing joins.
        Graph::from_edges(
            200,
            &[(150, 3, 0.5), (0, 9, 2.0), (7, 7, 1.0), (2, 1, 1e-3)],
        ),
        // More edges than are drawn, in an order of the graph's own.
        Graph::nearest_neighbors(&moons.x, Symmetry::Either, 150),
    ];
    for graph in graphs.map(Result::unwrap) {
        for labels in [None, Some(&moons.y)] {
            let drawn = plot::graph(&moons.x, &graph, labels).unwrap();
            let matrix = graph.matrix().unwrap();
            let of_matrix = plot::graph(&moons.x, &matrix, labels).unwrap();
            assert_eq!(drawn.alt(), of_matrix.alt());
            assert!(drawn.svg() == of_matrix.svg(), "{}", drawn.alt());
        }
    }
    let other = Graph::from_edges(2, &[(0, 1, 1.0)]).unwrap();
    let refused = plot::graph(&moons.x, &other, None).unwrap_err();
    assert!(
        matches!(
            refused,
            Error::Length {
                found: 2,
                points: 200,
                ..
            }
        ),
        "{refused}"
    );
}

#[test]
fn a_graph_of_very_many_edges_says_that_it_draws_a_part() {
    let moons = data::moons(400, 0.05, 0).unwrap();
    let a = similarity_matrix(&moons.x, 1.5).unwrap();
    let figure = plot::graph(&moons.x, &a, Some(&moons.y)).unwrap();
    assert!(figure.alt().contains("is drawn"), "{}", figure.alt());
    draws(Ok(figure));
}

#[test]
fn a_file_that_cannot_be_written_is_an_error_with_its_name() {
    let figure = plot::points(&array![[0., 0.], [1., 1.]]).unwrap();
    let refused = figure.save_png("no/such/folder/x.png").unwrap_err();
    assert!(
        refused.to_string().starts_with("no/such/folder/x.png: "),
        "{refused}"
    );
    assert!(figure.save_svg("no/such/folder/x.svg").is_err());
}

#[test]
fn a_heat_map_names_its_extremes_and_prints_its_numbers() {
    let figure = sensitivity();
    assert_eq!(figure.title(), "ARI");
    let alt = figure.alt();
    for part in [
        "ARI over 3 rows (k = 3 to k = 9) and 4 columns (0.1 to 0.4)",
        "the smallest, 0.0909, at row k = 3, column 0.2",
        "the largest, 1, at row k = 9, column 0.4",
        "1 of 12 cells has no value",
    ] {
        assert!(alt.contains(part), "{alt}");
    }
    let svg = figure.svg();
    for number in [">\n0.0909\n<", ">\n0.545\n<", ">\n1\n<", "no value (1)"] {
        assert!(svg.contains(number), "{number} is not in the picture");
    }
    // Sixty columns have no room for numbers, and no room for every label.
    let many = Array2::from_elem((2, 60), Some(0.125));
    let columns: Vec<String> = (0..60).map(|i| format!("setting {i}")).collect();
    let figure = plot::heat_map("", &["a", "b"], &columns, &many).unwrap();
    assert!(!figure.svg().contains(">\n0.125\n<"));
    assert!(figure.svg().matches("setting").count() < 12);
    // Nothing but failures is a picture too.
    let none = Array2::from_elem((1, 1), None);
    let figure = plot::heat_map("λ₂", &["a"], &["b"], &none).unwrap();
    assert!(
        figure.alt().contains("no cell has a value"),
        "{}",
        figure.alt()
    );
    assert!(!figure.png().is_empty());
}

#[test]
fn lines_break_where_there_is_no_value_and_say_where_they_are_largest() {
    let x = [0.4, 0.1, 0.2, 0.3, 0.5]; // in any order
    let y = [Some(1.0), None, Some(0.5), Some(1.0), Some(0.25)];
    let other = [Some(0.0); 5];
    let figure = plot::lines(&[("moons", &x[..], &y[..]), ("circles", &x, &other)]).unwrap();
    let alt = figure.alt();
    for part in [
        "2 lines from 0.1 to 0.5",
        "moons, a solid line with circles, is largest, 1, at 0.3 (last at 0.4), and smallest with 0.25",
        "without a value at 1 setting",
        "circles, a dashed line with triangles, is largest, 0, at 0.1 (last at 0.5)",
    ] {
        assert!(alt.contains(part), "{alt}");
    }
    assert!(figure.svg().contains("no value of the series at its foot"));
    let nothing = plot::lines(&[("none", &[1.0][..], &[None][..])]).unwrap();
    assert!(nothing.alt().contains("has no value"), "{}", nothing.alt());
    assert!(!nothing.png().is_empty());
}

#[test]
fn a_power_is_a_straight_line_of_that_slope_on_two_logarithmic_axes() {
    let n = [1e6, 1e2, 1e4]; // in any order
    let square = n.map(|n| 3e-8 * n * n);
    let short: [f64; 1] = [1e3];
    let series = [
        ("square", &n[..], &square[..]),
        ("one point", &short, &[0.5][..]),
    ];
    let figure = plot::log_log(&series).unwrap();
    let alt = figure.alt();
    for part in [
        "2 lines on two logarithmic axes",
        "square, a solid line with circles, goes from 0.0003 at 100 to 30000 at 1.00·10⁶, by the power 2",
        "one point, a dashed line with triangles, is 0.5 at 1000",
    ] {
        assert!(alt.contains(part), "{alt}");
    }
    let svg = figure.svg();
    for tick in ["10²", "10⁴", "10⁶", "10⁻²"] {
        assert!(svg.contains(tick), "{tick}");
    }
    // A decade's middle alone has no whole power within: the axis widens until it has two.
    let middle = plot::log_log(&[("a", &[3.0][..], &[5.0][..])]).unwrap();
    assert!(middle.svg().contains("10¹"));
}

#[test]
fn what_has_no_logarithm_is_refused() {
    for bad in [0.0, -1.0, f64::NAN, f64::INFINITY] {
        for (x, y) in [(bad, 1.0), (1.0, bad)] {
            let refused = plot::log_log(&[("a", &[x][..], &[y][..])]).unwrap_err();
            assert!(matches!(refused, Error::Value { .. }), "{refused}");
        }
    }
    let nothing: [(&str, &[f64], &[f64]); 0] = [];
    assert!(plot::log_log(&nothing).is_err());
    assert!(plot::log_log(&[("a", &[][..], &[][..])]).is_err());
    let lengths = plot::log_log(&[("a", &[1.0][..], &[][..])]).unwrap_err();
    assert!(matches!(lengths, Error::Length { .. }), "{lengths}");
}

#[test]
fn a_picture_keeps_its_greys_and_its_shape() {
    let figure = plot::picture(&array![[0.0, 1.0, 1.0], [1.0, 1.0, 1.0]]).unwrap();
    let drawn = pixels(&figure);
    let black = drawn
        .iter()
        .flatten()
        .filter(|&&pixel| pixel == [0, 0, 0])
        .count();
    let white = drawn
        .iter()
        .flatten()
        .filter(|&&pixel| pixel == [255, 255, 255])
        .count();
    // One pixel in six is black; borders take a few.
    let share = white as f64 / black as f64;
    assert!((4.8..5.2).contains(&share), "{share}");
    let flat = plot::picture(&Array2::from_elem((3, 3), 2.0)).unwrap();
    assert!(flat.alt().contains("3 × 3 pixels"), "{}", flat.alt());
    assert!(!flat.png().is_empty());
}

#[test]
fn whatever_picture_has_a_graph_is_drawn() {
    // Beyond the reach of a graph with the smallest radius, and longer than any side that was once drawn.
    for shape in [(1, 3_000_000), (900, 700), (1201, 1)] {
        let picture = Array2::from_shape_fn(shape, |(i, j)| ((i / 100 + j / 100) % 2) as f64);
        let figure = plot::picture(&picture).unwrap();
        assert!(figure.png().len() > 1000, "{shape:?}");
    }
    let parts = Array2::from_shape_fn((500, 600), |(_, j)| j as f64);
    let labels: Array1<usize> = (0..300_000).map(|pixel| (pixel % 600) / 300).collect();
    let figure = plot::segments(&parts, &labels).unwrap();
    assert!(figure.png().len() > 1000);
    assert_eq!(fiedler::pixels::MOST_PIXELS, 1 << 24);
    let too_many = plot::picture(&Array2::zeros((1 << 12, (1 << 12) + 1)));
    assert!(too_many.unwrap_err().to_string().contains("at most 2^24"));
}

#[test]
fn the_parts_of_a_picture_have_markers_borders_and_words() {
    let (_, figure) = disc();
    assert!(
        figure
            .alt()
            .contains("cut into 3 parts: cluster 0, blue circles, "),
        "{}",
        figure.alt()
    );
    assert!(
        figure.alt().contains("cluster 2, green squares, "),
        "{}",
        figure.alt()
    );
    assert!(figure.svg().contains("cluster 1 (n ="));
}

#[test]
fn bad_tables_lines_and_pictures_are_refused() {
    let two = Array2::from_elem((1, 2), Some(1.0));
    assert!(matches!(
        plot::heat_map("", &["a"], &["b"], &two).unwrap_err(),
        Error::Length { .. }
    ));
    let none: [&str; 0] = [];
    let empty = Array2::from_elem((0, 0), None);
    assert!(matches!(
        plot::heat_map("", &none, &none, &empty).unwrap_err(),
        Error::Count { .. }
    ));
    for bad in [f64::NAN, f64::INFINITY, 1e308] {
        let values = Array2::from_elem((1, 1), Some(bad));
        assert!(matches!(
            plot::heat_map("", &["a"], &["b"], &values).unwrap_err(),
            Error::Value { .. }
        ));
        let refused = plot::lines(&[("a", &[bad][..], &[Some(1.0)][..])]).unwrap_err();
        assert!(matches!(refused, Error::Value { .. }), "{refused}");
        let refused = plot::lines(&[("a", &[1.0][..], &[Some(bad)][..])]).unwrap_err();
        assert!(matches!(refused, Error::Value { .. }), "{refused}");
        assert!(plot::picture(&array![[0.0, bad]]).is_err());
    }
    let nothing: [plot::Series<'_, &str>; 0] = [];
    assert!(matches!(
        plot::lines(&nothing).unwrap_err(),
        Error::Count { .. }
    ));
    assert!(matches!(
        plot::lines(&[("a", &[][..], &[][..])]).unwrap_err(),
        Error::Count { .. }
    ));
    assert!(matches!(
        plot::lines(&[("a", &[1.0][..], &[][..])]).unwrap_err(),
        Error::Length { .. }
    ));
    let picture = array![[0.0, 1.0]];
    assert!(matches!(
        plot::segments(&picture, &array![0]).unwrap_err(),
        Error::Length { .. }
    ));
    assert_eq!(
        plot::picture(&Array2::zeros((0, 1))).unwrap_err(),
        Error::NoPoints
    );
}
// --- Values at points, and pictures that move --------------------------------------------------------

fn modes_of_the_moons() -> (Array2<f64>, Graph, Modes) {
    let x = data::blog_moons().x;
    let graph = Graph::epsilon(&x, 0.4).unwrap();
    let modes = normal_modes(&graph, Masses::Degrees, 4).unwrap();
    (x, graph, modes)
}

fn vibrating_moons() -> Animation {
    let (x, graph, modes) = modes_of_the_moons();
    plot::vibration(&x, &graph, &modes, &[2, 3, 4]).unwrap()
}

/// Three masses on a line; in mode 2 the middle one stands still, and the last goes twice as far as the first.
fn vibrating_path() -> Animation {
    let x = array![[0., 0.], [4., 0.], [8., 0.]];
    let graph = Graph::from_edges(3, &[(0, 1, 1.), (1, 2, 1.)]).unwrap();
    let modes = Modes {
        frequencies: array![0., 1., 2.],
        shapes: array![[1., 1., 1.], [1., 0., -2.], [1., -2., 1.]],
        masses: Array1::ones(3),
    };
    plot::vibration(&x, &graph, &modes, &[2]).unwrap()
}

#[test]
fn values_of_the_two_signs_differ_by_colour_and_by_shape() {
    let x = array![[0., 0.], [1., 0.], [2., 0.], [3., 1.]];
    let figure = plot::heights(&x, &array![-2., -1., 0., 1.]).unwrap();
    assert!(
        figure
            .alt()
            .contains("from −2 to 1: 2 below 0, blue circles, and 2 from 0 on"),
        "{}",
        figure.alt()
    );
    let svg = figure.svg();
    // Two circles of points and one in the legend; triangles are polygons.
    assert_eq!(svg.matches("<circle").count(), 3);
    assert_eq!(svg.matches("<polygon").count(), 3);
    assert!(
        svg.contains("#005A9C"),
        "the largest size is below 0: full blue"
    );
}

#[test]
fn heights_of_nothing_but_zeros_or_of_one_point_can_be_drawn() {
    for n in [1, 3] {
        let figure = plot::heights(&Array2::zeros((n, 1)), &Array1::zeros(n)).unwrap();
        assert!(figure.png().starts_with(b"\x89PNG"));
    }
    let tiny = plot::heights(&array![[0., 0.], [1., 1.]], &array![5e-324, -5e-324]).unwrap();
    assert!(tiny.png().starts_with(b"\x89PNG"));
    let huge = plot::heights(&array![[0., 0.], [1., 1.]], &array![1e300, -1e300]).unwrap();
    assert!(huge.png().starts_with(b"\x89PNG"));
}

#[test]
fn values_that_do_not_fit_their_points_are_refused() {
    let x = array![[0., 0.], [1., 0.]];
    assert!(matches!(
        plot::heights(&x, &array![1.]),
        Err(Error::Length { .. })
    ));
    assert!(matches!(
        plot::heights(&x, &array![1., f64::NAN]),
        Err(Error::VectorNotFinite { index: 1, .. })
    ));
    assert!(matches!(
        plot::heights(&x, &array![1., 1e301]),
        Err(Error::Value { .. })
    ));
}

#[test]
fn an_animation_is_a_gif_that_repeats_and_stays_small() {
    let animation = vibrating_moons();
    let gif = animation.gif();
    assert!(gif.starts_with(b"GIF89a"));
    assert!(gif.len() < 1_000_000, "{} bytes", gif.len());
    assert!(
        gif.windows(11).any(|bytes| bytes == b"NETSCAPE2.0"),
        "no repeat"
    );
    let mut decoder = gif::DecodeOptions::new().read_info(&gif[..]).unwrap();
    let (width, height) = animation.size();
    assert_eq!(
        (u32::from(decoder.width()), u32::from(decoder.height())),
        (width, height)
    );
    let mut frames = 0;
    while let Some(frame) = decoder.read_next_frame().unwrap() {
        assert_eq!(
            (u32::from(frame.width), u32::from(frame.height)),
            (width, height)
        );
        assert!(frame.delay > 0);
        frames += 1;
    }
    assert_eq!(frames, animation.frame_count());
}

#[test]
fn the_same_animation_gives_the_same_bytes() {
    assert!(vibrating_moons().gif() == vibrating_moons().gif());
}

#[test]
fn every_machine_draws_the_same_first_frame() {
    // At the start the cosine is 1 exactly, and everything else is whole numbers.
    let frame = vibrating_path().frame(0).unwrap();
    assert_eq!(
        fingerprint(frame.svg().bytes()),
        0xa0a0_d9c1_9cb9_3aa8,
        "the SVG changed"
    );
}

/// The vertical places of the markers of an SVG, from left to right.
fn heights_of_markers(svg: &str) -> Vec<i32> {
    let number = |text: &str| -> i32 { text.split('"').next().unwrap().parse().unwrap() };
    let mut found: Vec<(i32, i32)> = Vec::new();
    for tag in svg.split("<circle ").skip(1) {
        let x = number(tag.split("cx=\"").nth(1).unwrap());
        found.push((x, number(tag.split("cy=\"").nth(1).unwrap())));
    }
    for tag in svg.split("<polygon ").skip(1) {
        // The first corner is the tip: 1.3 radii above the middle, straight over it.
        let corners = tag.split("points=\"").nth(1).unwrap();
        let tip = corners.split([' ', '"']).next().unwrap();
        let (x, y) = tip.split_once(',').unwrap();
        let other = corners
            .split([' ', '"'])
            .nth(1)
            .unwrap()
            .split_once(',')
            .unwrap()
            .1;
        let (y, other): (i32, i32) = (y.parse().unwrap(), other.parse().unwrap());
        // Corners stand 1.3 radii above and 0.8 below.
        found.push((x.parse().unwrap(), y + (other - y) * 13 / 21));
    }
    found.sort_unstable();
    found.into_iter().map(|(_, y)| y).collect()
}

#[test]
fn the_first_frame_is_displaced_by_the_shape_and_half_a_period_later_by_its_opposite() {
    let animation = vibrating_path();
    let at = |i: usize| heights_of_markers(&animation.frame(i).unwrap().svg());
    // Two periods in 36 frames: half a period is 9 frames.
    let (start, half, again) = (at(0), at(9), at(18));
    assert_eq!(start.len(), 3);
    let rest = i32::midpoint(start[0], half[0]);
    // The shape is 1, 0, −2; up is less in pixels. Positions are rounded to pixels of the drawing.
    let (up, still, down) = (rest - start[0], start[1] - rest, start[2] - rest);
    assert!(up > 10 && still.abs() <= 2, "{start:?} about {rest}");
    assert!((down - 2 * up).abs() <= 3, "{down} for {up}");
    for i in 0..3 {
        assert!(
            (start[i] - rest + half[i] - rest).abs() <= 3,
            "mirrored after half a period"
        );
    }
    assert_eq!(start, again);
}

#[test]
fn the_loop_closes_with_whole_periods_at_the_true_relative_speeds() {
    // ω = 0.0734, 0.179, 0.189: as 2 to 4.88 to 5.14.
    let alt = vibrating_moons().alt().to_string();
    for part in [
        "ω₂ = 0.0734, 2 periods",
        "ω₃ = 0.179, 5 periods",
        "ω₄ = 0.189, 5 periods",
        "200 points",
        "36 frames",
    ] {
        assert!(alt.contains(part), "{part} is missing from: {alt}");
    }
    let animation = vibrating_moons();
    let last = animation.frame_count() - 1;
    // The cosine is even: the frame before the first is the one after it.
    assert!(animation.frame(1).unwrap().png() == animation.frame(last).unwrap().png());
    assert!(animation.frame(1).unwrap().png() != animation.frame(2).unwrap().png());
}

#[test]
fn a_notebook_gets_the_gif_and_the_words() {
    let animation = vibrating_path()
        .with_title("Three beads")
        .with_alt("a <b>\nc");
    assert_eq!(
        (animation.title(), animation.alt()),
        ("Three beads", "a <b> c")
    );
    assert_eq!(animation.frame(0).unwrap().title(), "Three beads");
    let output = animation.evcxr_output();
    assert!(output.starts_with("EVCXR_BEGIN_CONTENT text/html\n<img "));
    assert!(output.contains("src=\"data:image/gif;base64,R0lGODlh"));
    assert!(output.ends_with("EVCXR_BEGIN_CONTENT text/plain\na <b> c\nEVCXR_END_CONTENT"));
    assert_eq!(output.lines().count(), 6);
}

#[test]
fn an_animation_that_cannot_be_saved_or_a_frame_that_is_not_there_is_an_error() {
    let animation = vibrating_path();
    assert!(matches!(
        animation.save_gif("/nowhere/at/all.gif"),
        Err(Error::File { .. })
    ));
    assert!(matches!(animation.frame(36), Err(Error::Count { .. })));
}

#[test]
fn modes_that_do_not_vibrate_or_do_not_fit_are_refused() {
    let (x, graph, modes) = modes_of_the_moons();
    for shown in [&[][..], &[1], &[5], &[0], &[2, 2, 3, 3, 4]] {
        let refused = plot::vibration(&x, &graph, &modes, shown);
        assert!(
            matches!(refused, Err(Error::Count { .. } | Error::Value { .. })),
            "{shown:?}"
        );
    }
    let few = array![[0., 0.], [1., 0.]];
    assert!(matches!(
        plot::vibration(&few, &graph, &modes, &[2]),
        Err(Error::Length { .. })
    ));
}

#[test]
fn the_spectrum_shows_the_gap_behind_the_eigenvalue_that_was_asked_for() {
    let values = array![0.0, 0.01, 0.02, 0.5, 0.6];
    let figure = plot::Spectrum::new(&values)
        .first(5)
        .gap_after(3)
        .draw()
        .unwrap();
    assert!(
        figure.alt().contains("between λ₃ and λ₄ is 0.48"),
        "{}",
        figure.alt()
    );
    assert!(figure.svg().contains("gap λ₄ − λ₃ = 0.48"));
    for k in [0, 6] {
        assert!(
            plot::Spectrum::new(&values)
                .first(5)
                .gap_after(k)
                .draw()
                .is_err()
        );
    }
    // Behind the last value shown nothing is known.
    let last = plot::Spectrum::new(&values)
        .first(5)
        .gap_after(5)
        .draw()
        .unwrap();
    assert!(!last.alt().contains("gap"), "{}", last.alt());
}
