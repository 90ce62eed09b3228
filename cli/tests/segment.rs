//! `fiedler segment`: the parts of pictures that were drawn.

mod support;

use support::{Folder, png_of};

#[test]
fn parts_of_one_colour_or_one_grey_have_the_sizes_that_were_drawn() {
    let folder = Folder::new("segment");
    let in_three = |[left, above, below]: [[u8; 3]; 3]| {
        png_of(40, 30, move |x, y| match (x < 18, y < 13) {
            (true, _) => left,
            (false, true) => above,
            (false, false) => below,
        })
    };
    folder.write(
        "colours.png",
        in_three([[200, 40, 40], [40, 160, 60], [40, 60, 200]]),
    );
    folder.write("greys.png", in_three([[20; 3], [130; 3], [240; 3]]));
    for name in ["colours", "greys"] {
        let run = folder.run(&format!("segment {name}.png -k 3 --out out.png"));
        assert_eq!(run.code, 0, "{}", run.stderr);
        let words = run.stdout.split_whitespace();
        let mut sizes: Vec<&str> = words
            .filter(|word| ["540", "286", "374"].contains(word))
            .collect();
        sizes.sort_unstable();
        assert_eq!(sizes, ["286", "374", "540"], "{name}: {}", run.stdout);
        assert!(folder.names().contains(&"out.png".to_string()));
    }
}

#[test]
fn a_pixel_that_is_like_none_around_it_is_named_by_its_place_with_the_way_out() {
    let folder = Folder::new("speck");
    let speck = png_of(40, 30, |x, y| match (x, y) {
        (20, 15) => [255, 0, 0],
        _ if x < 20 => [0, 160, 60],
        _ => [0, 60, 160],
    });
    folder.write("speck.png", speck);
    let run = folder.run("segment speck.png -k 2 --out out.png");
    assert_eq!(run.code, 1);
    for words in [
        "speck.png: 1 pixel(s)",
        "row 16, column 21 of a picture of 40 x 30",
        "--sigma-color",
    ] {
        assert!(run.stderr.contains(words), "{}", run.stderr);
    }
    assert_eq!(folder.names(), ["speck.png"]);
    let wider = folder.run("segment speck.png -k 2 --out out.png --sigma-color 0.3");
    assert_eq!(wider.code, 0, "{}", wider.stderr);
}
