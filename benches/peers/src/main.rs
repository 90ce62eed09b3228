//! Fiedler beside its peers: the same data, the same run, one table. See README.md.

mod contestants;
mod csv;
mod generate;
mod judge;
mod machine;
mod measure;
mod npy;
mod picture;
mod process;
mod record;
mod rows;
mod session;
mod table;
mod verdict;
mod words;

use contestants::Contestant;
use machine::Machine;
use record::Results;
use rows::{ROWS, Row};
use session::Session;
use std::error::Error;
use std::path::Path;

const HELP: &str = "\
cargo run --release --manifest-path benches/peers/Cargo.toml -- [options]
    (none)               measure what is not measured yet, without the large rows; 120 s a child
    --full               the large rows too; 600 s a child
    --only ROW           this row (again); several times for several rows
    --contestant NAME    this contestant (again); several times for several
    --again              measure again what is measured already
    --limit SECONDS      what a child may take
    --table              measure nothing: write the table and the picture from results.json
    --list               the rows and the contestants
Python is taken from FIEDLER_PYTHON, else python3.";

fn main() -> Result<(), Box<dyn Error>> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    match words.first().map(String::as_str) {
        Some("--child") => child(&words[1..]),
        Some("--help" | "-h") => {
            println!("{HELP}");
            Ok(())
        }
        Some("--list") => {
            for row in &ROWS {
                println!("{:<18} {}", row.name, row.title);
            }
            for one in &contestants::ALL {
                println!("{:<18} {}", one.name(), one.title());
            }
            Ok(())
        }
        _ => parent(&words),
    }
}

/// What a child does: `WHAT ROW FOLDER …`.
fn child(words: &[String]) -> Result<(), Box<dyn Error>> {
    let [what, row, folder, names @ ..] = words else {
        return Err("a child needs a task, a row and a folder".into());
    };
    let row = Row::named(row).ok_or("no such row")?;
    let folder = Path::new(folder);
    match (what.as_str(), Contestant::named(what)) {
        ("data", _) => generate::write(&row, folder),
        ("graph", _) => generate::write_graph(&row, folder),
        ("judge", _) => judge::run(&row, folder, names),
        (_, Some(contestant)) => measure::run(contestant, row, folder),
        _ => Err("no such task".into()),
    }
}

/// The options of a session.
#[derive(Debug, Default, PartialEq)]
struct Options {
    full: bool,
    again: bool,
    table: bool,
    limit: Option<f64>,
    rows: Vec<String>,
    contestants: Vec<String>,
}

impl Options {
    fn parse(words: &[String]) -> Result<Self, String> {
        let mut options = Self::default();
        let mut words = words.iter();
        while let Some(word) = words.next() {
            let mut value = || {
                words
                    .next()
                    .cloned()
                    .ok_or(format!("{word} needs a value\n\n{HELP}"))
            };
            match word.as_str() {
                "--full" => options.full = true,
                "--again" => options.again = true,
                "--table" => options.table = true,
                "--limit" => {
                    options.limit = Some(value()?.parse().map_err(|_| "--limit needs seconds")?);
                }
                "--only" => options.rows.push(value()?),
                "--contestant" => options.contestants.push(value()?),
                _ => return Err(format!("{word} is none of the options\n\n{HELP}")),
            }
        }
        Ok(options)
    }

    fn selected(&self) -> Result<Vec<Row>, String> {
        if self.rows.is_empty() {
            return Ok(ROWS
                .into_iter()
                .filter(|row| self.full || !row.large)
                .collect());
        }
        let named =
            |name: &String| Row::named(name).ok_or(format!("no row is called {name}: see --list"));
        self.rows.iter().map(named).collect()
    }
}

fn parent(words: &[String]) -> Result<(), Box<dyn Error>> {
    let options = Options::parse(words)?;
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("results");
    std::fs::create_dir_all(&folder)?;
    let file = folder.join("results.json");
    let mut results = Results::load(&file)?;
    if !options.table {
        let python = std::env::var("FIEDLER_PYTHON").unwrap_or_else(|_| "python3".into());
        results.machine = Machine::here(&python);
        println!(
            "{}; load {:.1}",
            results.machine.described(),
            machine::load().unwrap_or(0.0)
        );
        Session {
            python: &python,
            limit: options
                .limit
                .unwrap_or(if options.full { 600.0 } else { 120.0 }),
            rows: options.selected()?,
            contestants: session::contestants(&options.contestants)?,
            again: options.again || !options.rows.is_empty() || !options.contestants.is_empty(),
            results: &mut results,
            file: &file,
        }
        .run()?;
    }
    let csv = csv::written(&results);
    std::fs::write(folder.join("results.csv"), &csv)?;
    let table = table::written(&results, &csv);
    std::fs::write(folder.join("table.md"), &table)?;
    let readme = folder.join("../../../README.md");
    let text = std::fs::read_to_string(&readme)?;
    std::fs::write(
        readme,
        table::into_readme(&text, &table).ok_or("the README has lost its marks")?,
    )?;
    println!("{}", folder.join("table.md").display());
    let picture = folder.join("../../../book/src/figures/peers_loglog.svg");
    match picture::drawn(&csv) {
        Ok(figure) => figure.save_svg(picture)?,
        Err(error) => println!("no picture: {error}"),
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(line: &str) -> Result<Options, String> {
        Options::parse(
            &line
                .split_whitespace()
                .map(String::from)
                .collect::<Vec<_>>(),
        )
    }

    #[test]
    fn rows_and_contestants_can_be_named_again_and_again() {
        let options =
            parsed("--only digits --only moons_200 --contestant fiedler --limit 5").unwrap();
        assert_eq!(options.rows, ["digits", "moons_200"]);
        assert_eq!(options.contestants, ["fiedler"]);
        assert_eq!(options.limit, Some(5.0));
        assert_eq!(options.selected().unwrap().len(), 2);
        assert!(parsed("--only nothing").unwrap().selected().is_err());
        assert!(parsed("--onyl digits").is_err());
        assert!(parsed("--limit").is_err());
    }

    #[test]
    fn large_rows_wait_for_full() {
        let large = |options: Options| options.selected().unwrap().iter().any(|row| row.large);
        assert!(!large(parsed("").unwrap()));
        assert!(large(parsed("--full").unwrap()));
    }
}
