//! What the binary writes, byte for byte: `input/` gives the committed `output/`, and each `cases/<name>/input` gives
//! `cases/<name>/expected`. `BLESS=1 cargo test --test golden` rewrites both; read the difference before committing it.
//!
//! A blessed file only says that nothing changed. What must be *right* in a case is written by hand in its
//! `expect.csv` (see [`check_fact`]), which no blessing touches.

mod support;

use std::fs;
use std::path::{Path, PathBuf};

use support::table::Row;
use support::{Table, Workdir, copy_folder, differences, read_folder, repository};

/// Compares what a run wrote with what is committed, or commits it when asked to.
fn compare(expected: &Path, got: &Path) -> Vec<String> {
    if std::env::var_os("BLESS").is_some_and(|value| value == "1") {
        if expected.exists() {
            fs::remove_dir_all(expected).unwrap_or_else(|e| panic!("cannot replace {}: {e}", expected.display()));
        }
        copy_folder(got, expected);
        return Vec::new();
    }
    if !expected.is_dir() {
        return vec![format!("{} is missing; write it with BLESS=1 and review it", expected.display())];
    }
    let mut found = differences(&read_folder(expected), &read_folder(got));
    if !found.is_empty() {
        found.push("if the change is meant: BLESS=1 cargo test --test golden, then review and commit".into());
    }
    found
}

#[test]
fn the_sample_corpus_gives_the_committed_tables() {
    let dir = Workdir::with_sample();
    dir.byline(&[]).exits(0);
    let found = compare(&repository().join("output"), &dir.path("output"));
    assert!(found.is_empty(), "`byline` over input/ no longer gives output/:\n{}", found.join("\n"));
}

#[test]
fn every_sample_file_is_a_document() {
    let dir = Workdir::with_sample();
    dir.run(&["--strict"]);
    assert_eq!(dir.table("documents.csv").rows.len(), read_folder(&repository().join("input")).len());
}

/// The case folders, in order.
fn cases() -> Vec<PathBuf> {
    let folder = repository().join("tests/cases");
    let entries = fs::read_dir(&folder).unwrap_or_else(|e| panic!("cannot list {}: {e}", folder.display()));
    let mut cases: Vec<PathBuf> = entries.flatten().map(|e| e.path()).filter(|path| path.is_dir()).collect();
    cases.sort();
    assert!(!cases.is_empty(), "{} holds no case", folder.display());
    cases
}

/// Runs a case and gives the folder it was run in.
fn run_case(case: &Path) -> Workdir {
    let dir = Workdir::empty();
    copy_folder(&case.join("input"), &dir.path("input"));
    // The page shows what the tables say; that of the sample stands for all.
    dir.run(&["--format", "csv"]);
    dir
}

#[test]
fn cases_give_their_expected_tables() {
    let mut found = Vec::new();
    for case in cases() {
        let name = case.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let dir = run_case(&case);
        found.extend(compare(&case.join("expected"), &dir.path("output")).into_iter().map(|d| format!("{name}/{d}")));
    }
    assert!(found.is_empty(), "cases changed:\n{}", found.join("\n"));
}

#[test]
fn the_facts_of_the_cases_hold() {
    let mut wrong = Vec::new();
    for case in cases() {
        let name = case.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let dir = run_case(&case);
        let facts = Table::read(&case.join("expect.csv")).with(&["table", "rows", "column", "is", "value", "why"]);
        assert!(!facts.rows.is_empty(), "{name}/expect.csv states nothing");
        for (at, fact) in facts.rows.iter().enumerate() {
            if let Err(told) = check_fact(&dir, fact) {
                let why = facts.cell(fact, "why");
                wrong.push(format!("{name}/expect.csv line {}: {told}\n    because: {why}", at + 2));
            }
        }
    }
    assert!(wrong.is_empty(), "{} facts do not hold:\n{}", wrong.len(), wrong.join("\n"));
}

/// Checks one line of an `expect.csv`.
///
/// - `table`: the table's name without `.csv`.
/// - `rows`: which rows it is about: `column=value` or `column~part`, joined by `; `. Empty means all.
/// - `column`, `is`, `value`: what holds of them. With `is` = `count` there are exactly `value` rows (no column).
///   Else there is exactly one row, and its cell `equals`, `contains`, is `above`, is `below` the value
///   (the last two as numbers).
fn check_fact(dir: &Workdir, fact: &Row) -> Result<(), String> {
    let (name, key) = (&fact["table"], &fact["rows"]);
    let (column, is, value) = (&fact["column"], fact["is"].as_str(), &fact["value"]);
    let table = dir.table(&format!("{name}.csv"));
    let mut rows: Vec<&Row> = table.rows.iter().collect();
    for condition in key.split("; ").filter(|c| !c.is_empty()) {
        let at = condition.find(['=', '~']).ok_or_else(|| format!("{condition:?} is no condition"))?;
        let (left, right) = (&condition[..at], &condition[at + 1..]);
        if !table.columns.iter().any(|c| c == left) {
            return Err(format!("{name}.csv has no column {left:?}; it has {:?}", table.columns));
        }
        let part = condition[at..].starts_with('~');
        rows.retain(|row| if part { row[left].contains(right) } else { row[left] == right });
    }
    if is == "count" {
        let shown: Vec<_> = rows.iter().map(|row| brief(row)).collect();
        let holds = rows.len().to_string() == *value;
        return if holds { Ok(()) } else { Err(format!("{value} rows of {name}.csv with {key}, got {shown:#?}")) };
    }
    let [row] = rows[..] else {
        return Err(format!("one row of {name}.csv with {key}, got {}", rows.len()));
    };
    if !table.columns.iter().any(|c| c == column) {
        return Err(format!("{name}.csv has no column {column:?}; it has {:?}", table.columns));
    }
    let cell = &row[column];
    let number = |text: &str| text.parse::<f64>().map_err(|_| format!("{column} {text:?} of {key} is no number"));
    let holds = match is {
        "equals" => cell == value,
        "contains" => cell.contains(value.as_str()),
        "above" => number(cell)? > number(value)?,
        "below" => number(cell)? < number(value)?,
        _ => return Err(format!("{is:?} is none of count, equals, contains, above, below")),
    };
    if holds { Ok(()) } else { Err(format!("{name}.csv, {key}: {column} {is} {value:?}, got {cell:?}")) }
}

/// A row on one line, without its empty cells.
fn brief(row: &Row) -> String {
    row.iter().filter(|(_, cell)| !cell.is_empty()).map(|(c, v)| format!("{c}={v}")).collect::<Vec<_>>().join(", ")
}
