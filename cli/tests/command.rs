//! The command as a tool among others: its help, its exit codes, pipes, and files that are whole or not there.

mod support;

use std::io::Read;
use std::process::Stdio;
use support::Folder;

const MOONS: &str = "x,y\n0,0\n0,1\n1,0\n9,9\n9,8\n8,9\n";

#[test]
fn the_help_is_as_it_was_last_looked_at() {
    let folder = Folder::new("help");
    for (words, kept) in [
        ("--help", include_str!("help/fiedler.txt")),
        ("cluster -h", include_str!("help/cluster.txt")),
        ("sweep -h", include_str!("help/sweep.txt")),
        ("segment -h", include_str!("help/segment.txt")),
        ("predict -h", include_str!("help/predict.txt")),
    ] {
        let run = folder.run(words);
        assert_eq!(run.code, 0);
        let shown = |text: &str| {
            text.lines()
                .map(str::trim_end)
                .collect::<Vec<_>>()
                .join("\n")
        };
        assert_eq!(
            shown(&run.stdout),
            shown(kept),
            "fiedler {words}: write it to cli/tests/help, and look at the change"
        );
    }
}

#[test]
fn a_command_line_that_cannot_be_has_exit_code_2_and_says_why() {
    let folder = Folder::new("usage");
    folder.write("p.csv", MOONS);
    for (words, said) in [
        ("", "Usage"),
        ("cluster", "<FILE>"),
        ("cluster p.csv -k none", "whole number above 0, or auto"),
        ("cluster p.csv -k 0", "whole number above 0"),
        ("cluster p.csv --epsilon -1", "--epsilon"),
        (
            "cluster p.csv --epsilon 1 --neighbors 3",
            "--epsilon goes with neither",
        ),
        (
            "cluster p.csv --graph mutual --sigma 1",
            "mutual has no --sigma",
        ),
        ("cluster p.csv --graph epsilon", "needs --epsilon"),
        ("cluster p.csv --picture p.gif", ".svg or .png"),
        ("cluster p.csv --labels a.csv --json a.csv", "two outputs"),
        ("cluster p.csv --labels - --json -", "two outputs"),
        ("cluster p.csv --sum-duplicates", "--edges"),
        (
            "cluster p.csv -k 2 --axes x,y",
            "give --picture FILE or --report FILE",
        ),
        (
            "cluster p.csv -k 2 --picture p.svg --axes x",
            "--axes takes two columns",
        ),
        ("sweep p.csv", "nothing is varied"),
        (
            "sweep p.csv --edges --neighbors 3..5",
            "fiedler cluster p.csv --edges -k 2, -k 3",
        ),
        ("sweep p.csv --epsilon 2..1", "must not be above"),
        ("sweep p.csv --neighbors 1.5..3", "whole numbers"),
        ("sweep p.csv --neighbors 1..3 --measure ari", "--label"),
        ("segment p.png -k 2 --out p.jpg", ".png"),
        ("man nonsense", "no subcommand"),
    ] {
        let run = folder.run(words);
        assert_eq!(run.code, 2, "{words}: {run:?}");
        assert!(
            run.stderr.contains(said),
            "{words}: no {said} in {}",
            run.stderr
        );
        assert_eq!(folder.names(), ["p.csv"], "{words}");
    }
}

/// With 7 clusters of 6 points, so that a run that got as far as the clustering ends with other words.
#[test]
fn what_the_data_cannot_have_is_refused_before_the_clustering() {
    let folder = Folder::new("before");
    folder.write("p.csv", MOONS);
    folder.write("e.txt", "a b\nb c\nc a\n");
    let head = "%%MatrixMarket matrix coordinate pattern symmetric\n3 3 3\n";
    folder.write("g.mtx", format!("{head}2 1\n3 1\n3 2\n"));
    for (words, said) in [
        (
            "cluster p.csv -k 7 --picture p.svg --axes x,z",
            "p.csv: --axes: there is no column \"z\" among the coordinates, which are x, y",
        ),
        (
            "cluster p.csv -k 7 --report p.html --axes 1,3",
            "p.csv: --axes: there is no column \"3\"",
        ),
        (
            "cluster p.csv -k 7 --report p.html --axes 0,1",
            "p.csv: --axes: there is no column \"0\"",
        ),
        (
            "cluster e.txt --edges -k 7 --picture p.svg --axes 1,2",
            "--axes are columns of points",
        ),
        (
            "cluster e.txt --edges -k 7 --model m.json",
            "--model goes with points",
        ),
        (
            "cluster e.txt --edges -k 7 --isolated nearest",
            "--isolated nearest needs points",
        ),
        (
            "sweep g.mtx --neighbors 2..3",
            "g.mtx is a graph already: only the number of clusters is open",
        ),
        (
            "cluster e.txt --edges -k 7 --neighbors 2",
            "make a graph of points",
        ),
    ] {
        let run = folder.run(words);
        assert_eq!(run.code, 2, "{words}: {run:?}");
        assert!(run.stderr.contains(said), "{words}: {}", run.stderr);
        assert_eq!(folder.names(), ["e.txt", "g.mtx", "p.csv"], "{words}");
    }
    let right = folder.run("cluster p.csv -k 2 --picture p.svg --axes y,1 --quiet");
    assert_eq!(right.code, 0, "{}", right.stderr);
}

#[test]
fn what_cannot_be_read_or_written_has_exit_code_1_and_leaves_nothing_behind() {
    let folder = Folder::new("files");
    folder.write("p.csv", MOONS);
    folder.write("words.csv", "x,y\n0,0\n0,one\n");
    folder.write("old.csv", "kept");
    std::fs::create_dir(folder.0.join("folder")).expect("a folder");
    for (words, said) in [
        ("cluster none.csv -k 2", "none.csv: "),
        ("cluster folder -k 2", "folder: "),
        ("cluster p.csv -k 2 --labels folder", "this is a folder"),
        ("cluster p.csv -k 2 --labels none/out.csv", "no such folder"),
        ("cluster p.csv -k 2 --labels p.csv", "this is the input"),
        (
            "cluster p.csv -k 2 --labels ./folder/../p.csv",
            "this is the input",
        ),
        ("cluster words.csv -k 2 --labels old.csv", "line 3"),
        ("cluster p.csv -k 7 --labels old.csv", "7 clusters"),
        ("explain p.csv", "not what `fiedler cluster --json` writes"),
        ("segment p.csv --out out.png", "no PNG"),
    ] {
        let run = folder.run(words);
        assert_eq!(run.code, 1, "{words}: {run:?}");
        assert!(
            run.stderr.contains(said),
            "{words}: no {said} in {}",
            run.stderr
        );
        assert_eq!(
            folder.names(),
            ["folder", "old.csv", "p.csv", "words.csv"],
            "{words}"
        );
        assert_eq!(folder.read("old.csv"), "kept", "{words}");
    }
}

#[cfg(unix)]
#[test]
fn of_several_files_none_is_written_where_one_cannot_be() {
    use std::os::unix::fs::PermissionsExt;
    let folder = Folder::new("half");
    folder.write("p.csv", MOONS);
    folder.write("old.csv", "kept");
    folder.write("old.json", "kept too");
    let read_only = std::fs::Permissions::from_mode(0o444);
    std::fs::set_permissions(folder.0.join("old.json"), read_only).expect("permissions");
    let run = folder.run("cluster p.csv -k 2 --labels old.csv --json old.json");
    assert_eq!(run.code, 1, "{run:?}");
    assert!(
        run.stderr
            .contains("old.json: the file is there and is read-only"),
        "{}",
        run.stderr
    );
    assert_eq!(folder.names(), ["old.csv", "old.json", "p.csv"]);
    assert_eq!(folder.read("old.csv"), "kept");
}

#[cfg(unix)]
#[test]
fn a_link_stays_a_link_and_the_permissions_of_a_file_stay_its_own() {
    use std::os::unix::fs::PermissionsExt;
    let folder = Folder::new("link");
    folder.write("p.csv", MOONS);
    folder.write("real.csv", "old");
    let mode = std::fs::Permissions::from_mode(0o640);
    std::fs::set_permissions(folder.0.join("real.csv"), mode).expect("permissions");
    std::os::unix::fs::symlink("real.csv", folder.0.join("link.csv")).expect("a link");
    assert_eq!(folder.run("cluster p.csv -k 2 --labels link.csv").code, 0);
    assert!(folder.read("real.csv").starts_with("id,label\n"));
    let link = std::fs::symlink_metadata(folder.0.join("link.csv")).expect("the link");
    assert!(link.file_type().is_symlink());
    let mode = std::fs::metadata(folder.0.join("real.csv"))
        .expect("the file")
        .permissions()
        .mode();
    assert_eq!(mode & 0o777, 0o640);
    // A device is written to, not replaced.
    assert_eq!(folder.run("cluster p.csv -k 2 --labels /dev/null").code, 0);
    // A link to the input is the input.
    std::os::unix::fs::symlink("p.csv", folder.0.join("same.csv")).expect("a link");
    assert_eq!(folder.run("cluster p.csv -k 2 --labels same.csv").code, 1);
}

#[test]
fn a_reader_who_has_enough_is_no_failure() {
    let folder = Folder::new("closed");
    let point = |i: usize| format!("{},{}", (i % 2) * 1000 + i / 2 % 97, i / 194);
    let points: Vec<String> = (0..20_000).map(point).collect();
    folder.write("p.csv", format!("x,y\n{}\n", points.join("\n")));
    let mut child = folder
        .command("cluster p.csv -k 2 --labels -")
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the command runs");
    // Ten bytes, and no more.
    let mut few = [0; 10];
    child
        .stdout
        .take()
        .expect("an output")
        .read_exact(&mut few)
        .expect("ten bytes");
    assert_eq!(&few, b"id,label\n0");
    let output = child.wait_with_output().expect("it ends");
    assert!(output.status.success(), "{output:?}");
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
}

#[test]
fn the_completions_and_the_manual_name_the_subcommands_and_their_options() {
    let folder = Folder::new("shell");
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let run = folder.run(&format!("completions {shell}"));
        assert_eq!(run.code, 0, "{shell}: {}", run.stderr);
        assert!(
            run.stdout.contains("segment") && run.stdout.contains("epsilon"),
            "{shell}"
        );
    }
    let whole = folder.run("man");
    assert!(whole.stdout.contains(".TH fiedler 1") && whole.stdout.contains("segment"));
    let one = folder.run("man cluster");
    assert!(one.stdout.contains("fiedler\\-cluster") && one.stdout.contains("standardize"));
}
