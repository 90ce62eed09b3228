//! `fiedler cluster`, from files to files.

mod support;

use support::Folder;

#[test]
fn points_of_a_csv_file_get_labels_in_a_csv_file() {
    let folder = Folder::new("labels");
    folder.write("p.csv", "x,y\n0,0\n0,1\n1,0\n9,9\n9,8\n8,9\n");
    let run = folder.run("cluster p.csv -k 2 --quiet --labels out.csv");
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert_eq!((run.stdout.as_str(), run.stderr.as_str()), ("", ""));
    let labels = folder.read("out.csv");
    let column: Vec<&str> = labels
        .lines()
        .filter_map(|line| line.split(',').nth(1))
        .collect();
    assert_eq!(column[0], "label");
    assert!(
        column[1..4].iter().all(|label| *label == column[1]),
        "{labels}"
    );
    assert!(
        column[4..].iter().all(|label| *label != column[1]),
        "{labels}"
    );
}
