//! Tables as text, whole and broken: what is read is what was written, or asked about, never another table.

use crate::random::Random;
use crate::run::Run;
use fiedler::Error;
use fiedler::ndarray::Array2;
use fiedler::read::{Csv, CsvError, CsvOptions, DecimalMark, Delimiter, csv};

/// One input.
pub fn run(seed: u64) -> (Run, String) {
    let mut rng = Random::new(seed);
    // The text itself may say NaN.
    let mut run = Run {
        wild: true,
        ..Run::default()
    };
    let text = match rng.below(4) {
        0 => noise(&mut rng),
        1 => broken(&mut rng),
        _ => {
            let table = Written::drawn(&mut rng);
            whole(&table, &mut rng, &mut run);
            table.text
        }
    };
    let options = some_options(&mut rng);
    let code = format!("csv({text:?}, &{options:?})");
    read(&text, &options, &mut run);
    (run, code)
}

const DELIMITERS: [(Delimiter, &str); 6] = [
    (Delimiter::Comma, ","),
    (Delimiter::CommaSpace, ", "),
    (Delimiter::Semicolon, ";"),
    (Delimiter::Tab, "\t"),
    (Delimiter::Bar, "|"),
    (Delimiter::Spaces, " "),
];

/// A table, and a text of it that says all that it says when the options are known.
struct Written {
    text: String,
    x: Array2<f64>,
    names: Option<Vec<String>>,
    options: CsvOptions,
    /// Whether it says by itself what is a name and what is a number.
    plain: bool,
}

impl Written {
    fn drawn(rng: &mut Random) -> Self {
        let (rows, columns) = (rng.between(1, 6), rng.between(1, 4));
        let (delimiter, between) = rng.pick(&DELIMITERS);
        let mark = rng.pick(&[DecimalMark::Point, DecimalMark::Comma]);
        let kind = rng.below(5);
        let x = Array2::from_shape_fn((rows, columns), |(i, j)| value(rng, kind, i, j));
        let years = rng.chance(0.3);
        let names = rng.chance(0.4).then(|| {
            let name = |j: usize| {
                if years {
                    (2019 + j).to_string()
                } else {
                    format!("n{j}")
                }
            };
            (0..columns).map(name).collect::<Vec<String>>()
        });
        // Between spaces a quotation mark is text.
        let spaces = delimiter == Delimiter::Spaces && columns > 1;
        let quotes = if spaces {
            0.0
        } else {
            rng.pick(&[0.0, 0.0, 0.2, 1.0])
        };
        let inside = between.trim_end_matches(' ').chars().next().unwrap_or(' ');
        let mut field = |text: String| {
            let must = text.contains(inside) && columns > 1;
            if must || rng.chance(quotes) {
                format!("\"{text}\"")
            } else {
                text
            }
        };
        let mut lines: Vec<String> = Vec::new();
        if let Some(names) = &names {
            let fields: Vec<String> = names.iter().cloned().map(&mut field).collect();
            lines.push(fields.join(between));
        }
        for row in x.rows() {
            let fields: Vec<String> = row
                .iter()
                .map(|&entry| field(number(entry, mark)))
                .collect();
            lines.push(fields.join(between));
        }
        if rng.chance(0.2) {
            let at = rng.below(lines.len() + 1);
            lines.insert(at, rng.pick(&["", "# a remark; 1,5", "   "]).to_string());
        }
        let end = rng.pick(&["\n", "\n", "\r\n", "\r"]);
        let mut text = lines.join(end);
        if rng.chance(0.8) {
            text += end;
        }
        if rng.chance(0.1) {
            text = format!("\u{feff}{text}");
        }
        let mut options = CsvOptions::new().decimal_mark(mark).header(names.is_some());
        if columns > 1 {
            options = options.delimiter(delimiter);
        }
        // A first line of numbers, or alone in quotation marks, is read as the documentation says.
        let plain = quotes == 0.0 && !(names.is_some() && years);
        Self {
            text,
            x,
            names,
            options,
            plain,
        }
    }
}

fn value(rng: &mut Random, kind: usize, i: usize, j: usize) -> f64 {
    match kind {
        0 => (10 * i + j) as f64,
        1 => 2000.0 + (i + j) as f64,
        2 => rng.below(100) as f64 / 4.0,
        3 => rng.magnitude(-200.0, 200.0) * rng.pick(&[1.0, -1.0]),
        _ => rng.normal(),
    }
}

/// The shortest text of a number that reads back as itself.
fn number(value: f64, mark: DecimalMark) -> String {
    let text = if value != 0.0 && !(1e-5..1e15).contains(&value.abs()) {
        format!("{value:e}")
    } else {
        value.to_string()
    };
    match mark {
        DecimalMark::Point => text,
        DecimalMark::Comma => text.replace('.', ","),
    }
}

/// With all options the table comes back; with none it comes back or is asked about.
fn whole(table: &Written, rng: &mut Random, run: &mut Run) {
    let text = || format!("{:?} of {:?}", table.x, table.text);
    match run.attempt("csv", || csv(&table.text, &table.options)) {
        Some(Ok(found)) => {
            run.must(
                found.x == table.x,
                "csv: another table than was written, all options given",
                || format!("{} not {}", found.x, text()),
            );
            run.must(
                found.names == table.names,
                "csv: other names than were written, all options given",
                || format!("{:?} not {:?}; {}", found.names, table.names, text()),
            );
        }
        Some(Err(error)) => run.fault(
            "csv: a whole table refused, all options given",
            format!("{error}; {}", text()),
        ),
        None => {}
    }
    let options = if rng.chance(0.6) {
        CsvOptions::new()
    } else {
        some_options(rng)
    };
    let Some(Ok(found)) = run.attempt("csv", || csv(&table.text, &options)) else {
        return;
    };
    if options == CsvOptions::new() && table.plain {
        run.must(
            found.x == table.x,
            "csv: another table than was written, without a word",
            || format!("{} ({}) not {}", found.x, found.reading(), text()),
        );
    }
}

fn some_options(rng: &mut Random) -> CsvOptions {
    let mut options = CsvOptions::new();
    if rng.chance(0.3) {
        options = options.delimiter(rng.pick(&DELIMITERS).0);
    }
    if rng.chance(0.3) {
        options = options.decimal_mark(rng.pick(&[DecimalMark::Point, DecimalMark::Comma]));
    }
    if rng.chance(0.3) {
        options = options.header(rng.chance(0.5));
    }
    options
}

/// Characters that mean something, and some that do not.
fn noise(rng: &mut Random) -> String {
    let telling: Vec<char> = "0123456789.,;\t| \"\n\r-+eE#nNaAiIfF'x\u{feff}\u{a0}\u{2212}½é\0%_"
        .chars()
        .collect();
    let few: Vec<char> = (0..rng.between(1, 8)).map(|_| rng.pick(&telling)).collect();
    let alphabet = if rng.chance(0.7) { &few } else { &telling };
    let length = if rng.chance(0.02) {
        rng.below(3000)
    } else {
        rng.below(60)
    };
    let odd = |rng: &mut Random| char::from_u32(u32::try_from(rng.below(0x11_0000)).unwrap_or(0));
    (0..length)
        .map(|_| match rng.below(50) {
            0 => odd(rng).unwrap_or('?'),
            _ => rng.pick(alphabet),
        })
        .collect()
}

/// A whole table with a few characters changed, lost, doubled or moved.
fn broken(rng: &mut Random) -> String {
    let mut text: Vec<char> = Written::drawn(rng).text.chars().collect();
    let telling: Vec<char> = "0159.,;\t| \"\n\r-e#NaN".chars().collect();
    for _ in 0..rng.between(1, 4) {
        let at = rng.below(text.len());
        match rng.below(5) {
            _ if text.is_empty() => text.push(rng.pick(&telling)),
            0 => {
                text.remove(at);
            }
            1 => text.insert(at, rng.pick(&telling)),
            2 => text[at] = rng.pick(&telling),
            3 => text.truncate(at),
            _ => {
                let to = rng.below(text.len());
                text.swap(at, to);
            }
        }
    }
    text.into_iter().collect()
}

/// Any text: read into finite numbers, or refused with a line that there is, and with advice that can be followed.
fn read(text: &str, options: &CsvOptions, run: &mut Run) {
    let case = || format!("{text:?}, {options:?}");
    match run.attempt("csv", || csv(text, options)) {
        Some(Ok(found)) => answered(text, options, &found, run),
        Some(Err(Error::Csv { path, error })) => {
            run.must(path.is_none(), "csv: a path of no file", case);
            // A carriage return alone ends a line, too.
            let lines = 1 + text.matches(['\n', '\r']).count();
            run.must(
                error.line().is_none_or(|line| (1..=lines).contains(&line)),
                "csv: a line that there is not",
                || format!("{error}; {}", case()),
            );
            followed(text, options, &error, run);
        }
        Some(Err(error)) => run.fault(
            "csv: an error of another kind",
            format!("{error}; {}", case()),
        ),
        None => {}
    }
}

fn answered(text: &str, given: &CsvOptions, found: &Csv, run: &mut Run) {
    let (rows, columns) = found.x.dim();
    run.must(
        rows > 0 && columns > 0 && found.x.iter().all(|entry| entry.is_finite()),
        "csv: no points, NaN or ∞",
        || format!("{} of {text:?}", found.x),
    );
    let named = found
        .names
        .as_ref()
        .is_none_or(|names| names.len() == columns);
    run.must(named, "csv: not one name for each column", || {
        format!("{:?} of {text:?}", found.names)
    });
    run.must(
        !found.reading().trim().is_empty(),
        "csv: a reading without words",
        || text.to_string(),
    );
    // What was read, said beforehand, is read again.
    let mut options = given
        .clone()
        .decimal_mark(found.decimal_mark)
        .header(found.names.is_some());
    if let Some(delimiter) = found.delimiter {
        options = options.delimiter(delimiter);
    }
    match run.attempt("csv", || csv(text, &options)) {
        Some(Ok(again)) => run.must(
            again.x == found.x && again.names == found.names,
            "csv: another table by the options that it names",
            || {
                format!(
                    "{} {:?}, then {} {:?}; {text:?}, {given:?}",
                    found.x, found.names, again.x, again.names
                )
            },
        ),
        Some(Err(error)) => run.fault(
            "csv: refused by the options that it names",
            format!("{error}; {}; {text:?}, {given:?}", found.reading()),
        ),
        None => {}
    }
}

/// What an error asks for is not asked for again once it is given.
fn followed(text: &str, options: &CsvOptions, error: &CsvError, run: &mut Run) {
    let given: Vec<CsvOptions> = match error {
        CsvError::Header { .. } => [true, false]
            .map(|header| options.clone().header(header))
            .into(),
        CsvError::FirstLine { .. } => vec![options.clone().header(true)],
        CsvError::Comma { readings, .. } => readings
            .iter()
            .map(|(_, setting)| match setting_of(setting) {
                Setting::Delimiter(delimiter) => options.clone().delimiter(delimiter),
                Setting::Mark(mark) => options.clone().decimal_mark(mark),
                Setting::Unknown => {
                    run.fault(
                        "csv: a setting that there is not",
                        format!("{setting}; {text:?}"),
                    );
                    options.clone()
                }
            })
            .collect(),
        _ => return,
    };
    for settled in given {
        let again = run.attempt("csv", || csv(text, &settled));
        let Some(Err(Error::Csv { error: second, .. })) = again else {
            continue;
        };
        let same = std::mem::discriminant(&second) == std::mem::discriminant(error);
        run.must(
            !same || second.line() != error.line(),
            "csv: asks again for what it was told",
            || format!("{error}, then {second}, with {settled:?}: {text:?}"),
        );
    }
}

enum Setting {
    Delimiter(Delimiter),
    Mark(DecimalMark),
    Unknown,
}

fn setting_of(words: &str) -> Setting {
    match words {
        "delimiter to comma" => Setting::Delimiter(Delimiter::Comma),
        "delimiter to comma-space" => Setting::Delimiter(Delimiter::CommaSpace),
        "delimiter to semicolon" => Setting::Delimiter(Delimiter::Semicolon),
        "delimiter to tab" => Setting::Delimiter(Delimiter::Tab),
        "delimiter to bar" => Setting::Delimiter(Delimiter::Bar),
        "delimiter to spaces" => Setting::Delimiter(Delimiter::Spaces),
        "decimal mark to point" => Setting::Mark(DecimalMark::Point),
        "decimal mark to comma" => Setting::Mark(DecimalMark::Comma),
        _ => Setting::Unknown,
    }
}
