//! A folder of messy files in every format, as a careful human reader sees it: `formats/expect.csv`, `skipped.csv` and
//! `duplicates.csv` were written by hand beside the stories in `formats/generate.py`, never by running byline.
//!
//! The tables are compared with them cell by cell, and so are the first and last sentence, which no table holds. All
//! that differs is told in one go. The whole folder is also packed into a zip, which must change nothing.

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Write as _};
use std::path::{Path, PathBuf};

use byline::annotate::annotators;
use byline::config::Config;
use byline::corpus::{self, Outcome, Reader};
use byline::document::{Document, PassageKind};
use support::table::Row;
use support::{Table, Workdir, copy_folder, read_folder, repository};

/// A document: its path, and its record in the file or nothing.
type Key = (String, String);

/// Cells that the table and `expect.csv` share.
const CELLS: &[&str] = &[
    "format",
    "encoding",
    "encoding_source",
    "title",
    "author",
    "date",
    "date_source",
    "outlet",
    "section",
    "language",
];

/// Where the last sentence is followed by lines that only the whole corpus can tell from the story.
const LEARNED: &str = "learned/";

/// Words of those lines that stand nowhere else.
const LEARNED_WORDS: [&str; 2] = ["zinnober", "wexcombe"];

/// Characters without a width, which may be kept in a sentence but must not be part of a term.
const INVISIBLE: [char; 4] = ['\u{ad}', '\u{200b}', '\u{2060}', '\u{feff}'];

/// Endings of files that hold other files.
const PACKED: [&str; 6] = ["zip", "tar", "gz", "zst", "bz2", "xz"];

fn formats(name: &str) -> PathBuf {
    repository().join("tests/formats").join(name)
}

fn key(row: &Row) -> Key {
    let record = row.get("record").cloned().unwrap_or_default();
    (row["path"].clone(), if record == "0" { String::new() } else { record })
}

fn shown((path, record): &Key) -> String {
    if record.is_empty() { path.clone() } else { format!("{path} #{record}") }
}

fn by_key(table: &Table) -> BTreeMap<Key, &Row> {
    table.rows.iter().map(|row| (key(row), row)).collect()
}

/// A text as a reader sees it: single spaces, nothing invisible.
fn visible(text: &str) -> String {
    let text: String = text.chars().filter(|c| !INVISIBLE.contains(c)).collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether a text is what a pattern says, in which `*` stands for anything.
fn fits(pattern: &str, text: &str) -> bool {
    match pattern.split_once('*') {
        None => pattern == text,
        Some((start, rest)) => {
            let Some(tail) = text.strip_prefix(start) else { return false };
            let mut ends = tail.char_indices().map(|(at, _)| at).chain([tail.len()]);
            ends.any(|at| fits(rest, &tail[at..]))
        }
    }
}

#[track_caller]
fn told(what: &str, wrong: &[String]) {
    assert!(wrong.is_empty(), "{} things differ from {what}:\n{}", wrong.len(), wrong.join("\n"));
}

/// A run over the folder.
fn messy() -> Workdir {
    let dir = Workdir::empty();
    copy_folder(&formats("input"), &dir.path("input"));
    dir.run(&[]);
    dir
}

#[test]
fn every_document_is_what_a_reader_says() {
    let dir = messy();
    let expected = Table::read(&formats("expect.csv"));
    let documents = dir.table("documents.csv").with(CELLS).with(&["path", "record", "paragraphs", "warnings"]);
    let skipped = dir.table("skipped.csv");
    let got = by_key(&documents);
    let mut wrong = Vec::new();
    for row in &expected.rows {
        match got.get(&key(row)) {
            Some(document) => compare(row, document, &mut wrong),
            None => {
                let why = skipped.rows.iter().find(|s| s["path"] == row["path"]);
                let why = why.map_or("nowhere to be found".to_owned(), |s| format!("{}: {}", s["reason"], s["detail"]));
                wrong.push(format!("{}: no document ({why}) -- {}", shown(&key(row)), row["why"]));
            }
        }
    }
    let known = by_key(&expected);
    let unexpected = got.keys().filter(|key| !known.contains_key(*key));
    wrong.extend(unexpected.map(|key| format!("{}: a document that is none", shown(key))));
    told("tests/formats/expect.csv", &wrong);
}

/// Compares the cells of one document.
fn compare(expected: &Row, got: &Row, wrong: &mut Vec<String>) {
    let mut differs = |column: &str, want: &str, have: &str| {
        let name = shown(&key(expected));
        wrong.push(format!("{name}: {column} is {have:?}, should be {want:?} -- {}", expected["why"]));
    };
    for column in CELLS {
        let (want, have) = (&expected[*column], &got[*column]);
        if want != "*" && visible(want) != visible(have) {
            differs(column, want, have);
        }
    }
    let (want, have) = (&expected["paragraphs"], &got["paragraphs"]);
    if !want.is_empty() && want != have {
        differs("paragraphs", want, have);
    }
    let have: BTreeSet<&str> = got["warnings"].split('|').collect();
    for want in expected["warnings"].split('|').filter(|want| !want.is_empty() && !have.contains(want)) {
        differs("warnings", want, &got["warnings"]);
    }
}

#[test]
fn every_document_begins_and_ends_where_a_reader_says() {
    let expected = Table::read(&formats("expect.csv"));
    let sentences = sentences(&formats("input"));
    let mut wrong = Vec::new();
    for row in &expected.rows {
        let Some((first, last)) = sentences.get(&key(row)) else {
            wrong.push(format!("{}: not read -- {}", shown(&key(row)), row["why"]));
            continue;
        };
        for (column, have) in [("first_sentence", first), ("last_sentence", last)] {
            let want = &row[column];
            let checked = want != "*" && !(column == "last_sentence" && row["path"].starts_with(LEARNED));
            if checked && visible(want) != visible(have) {
                let name = shown(&key(row));
                wrong.push(format!("{name}: {column}\n    is        {have}\n    should be {want}\n    {}", row["why"]));
            }
        }
    }
    told("tests/formats/expect.csv", &wrong);
}

/// The first and last sentence of the body of every document in a folder.
fn sentences(folder: &Path) -> BTreeMap<Key, (String, String)> {
    let config = Config { inputs: vec![folder.to_path_buf()], ..Config::default() };
    let listing = corpus::walk(&config).unwrap_or_else(|e| panic!("cannot list {}: {e}", folder.display()));
    let stages = annotators(&config.corpus, byline::document::Layer::Tokens);
    let reader = Reader::new(&config).expect("options");
    let mut found = BTreeMap::new();
    for source in &listing.files {
        corpus::open(source, &config, &mut |opened| {
            let Ok(entry) = opened else { return true };
            if let Outcome::Article(article) = reader.read(entry) {
                let mut document = Document::from_article(*article);
                stages.iter().for_each(|stage| stage.annotate(&mut document));
                let article = &document.article;
                let record = if article.record == 0 { String::new() } else { article.record.to_string() };
                found.insert((article.path.clone(), record), ends(&document));
            }
            true
        });
    }
    found
}

fn ends(document: &Document) -> (String, String) {
    let kind = |passage: u32| document.article.passages[passage as usize].kind;
    let body: Vec<&str> = document
        .sentences
        .iter()
        .filter(|s| kind(s.passage) != PassageKind::Title)
        .map(|s| document.text(s.span))
        .collect();
    let end = |sentence: Option<&&str>| sentence.map_or(String::new(), |s| (*s).to_owned());
    (end(body.first()), end(body.last()))
}

#[test]
fn every_file_that_is_left_out_is_listed_with_its_reason() {
    let dir = messy();
    let expected = Table::read(&formats("skipped.csv"));
    let skipped = dir.table("skipped.csv").with(&["path", "record", "reason", "detail"]);
    let is = |want: &Row, have: &Row| fits(&want["path"], &have["path"]) && key(want).1 == key(have).1;
    let mut wrong = Vec::new();
    for want in &expected.rows {
        let name = shown(&key(want));
        match skipped.rows.iter().find(|have| is(want, have)) {
            None if want["reason"] == "?" => {}
            None => wrong.push(format!("{name}: not listed -- {}", want["why"])),
            Some(have) if want["reason"] != "?" && !fits(&want["reason"], &have["reason"]) => {
                let (want, why) = (&want["reason"], &want["why"]);
                wrong.push(format!("{name}: the reason is {:?}, should be {want:?} -- {why}", have["reason"]));
            }
            Some(have) if have["detail"].is_empty() => wrong.push(format!("{name}: no detail -- {}", want["why"])),
            Some(_) => {}
        }
    }
    for have in skipped.rows.iter().filter(|have| !expected.rows.iter().any(|want| is(want, have))) {
        wrong.push(format!("{}: listed, but can be read: {}: {}", shown(&key(have)), have["reason"], have["detail"]));
    }
    told("tests/formats/skipped.csv", &wrong);
}

#[test]
fn copies_are_found_and_nothing_else_is_one() {
    let dir = messy();
    let expected = Table::read(&formats("duplicates.csv"));
    let columns = ["doc_id", "path", "record", "dup_role", "representative", "similarity"];
    let copies = dir.table("duplicates.csv").with(&columns);
    let documents = dir.table("documents.csv");
    let path_of: BTreeMap<&str, &str> =
        documents.rows.iter().map(|row| (row["doc_id"].as_str(), row["path"].as_str())).collect();
    let (want, have) = (by_key(&expected), by_key(&copies));
    let mut wrong = Vec::new();
    for (key, row) in &want {
        let Some(copy) = have.get(key) else {
            wrong.push(format!("{}: not found", shown(key)));
            continue;
        };
        let representative = path_of.get(copy["representative"].as_str()).copied().unwrap_or_default();
        if representative != row["representative"] {
            wrong.push(format!("{}: stands for {representative}, should be {}", shown(key), row["representative"]));
        }
        let similarity = copies.real(copy, "similarity");
        if (similarity >= 1.0) != (row["kind"] == "exact") {
            wrong.push(format!("{}: the similarity is {similarity}, but it is {}", shown(key), row["kind"]));
        }
    }
    wrong.extend(have.keys().filter(|key| !want.contains_key(*key)).map(|key| format!("{}: no copy", shown(key))));
    told("tests/formats/duplicates.csv", &wrong);
}

#[test]
fn what_recurs_in_an_outlet_is_left_out_of_the_counts() {
    let dir = messy();
    let terms = dir.table("terms.csv").with(&["feature"]);
    let boilerplate = dir.table("boilerplate.csv").with(&["text", "reason", "documents"]);
    let mut wrong = Vec::new();
    for row in &terms.rows {
        let term = row["feature"].as_str();
        if LEARNED_WORDS.contains(&term) {
            wrong.push(format!("terms.csv: {term:?} stands in recurring lines only"));
        }
        if term.contains(INVISIBLE) || term.contains('\u{fffd}') {
            wrong.push(format!("terms.csv: {term:?} holds a character that nobody sees or that was broken"));
        }
    }
    let recurring = |row: &&Row| LEARNED_WORDS.iter().any(|word| row["text"].to_lowercase().contains(word));
    let (right, other): (Vec<&Row>, Vec<&Row>) =
        boilerplate.rows.iter().filter(|row| row["reason"] == "learned").partition(recurring);
    if right.is_empty() {
        wrong.push("boilerplate.csv: the recurring lines are not listed as learned".to_owned());
    }
    for row in right.iter().filter(|row| row["documents"] != "8") {
        wrong.push(format!("boilerplate.csv: {:?} is in {} documents, not 8", row["text"], row["documents"]));
    }
    wrong.extend(other.iter().map(|row| format!("boilerplate.csv: {:?} recurs nowhere", row["text"])));
    told("what recurs", &wrong);
}

#[test]
fn a_zip_of_the_folder_gives_the_same_rows() {
    let (plain, packed) = (Workdir::empty(), Workdir::empty());
    let mut files = read_folder(&formats("input"));
    files.retain(|name, _| !name.rsplit('.').next().is_some_and(|ending| PACKED.contains(&ending)));
    for (name, bytes) in &files {
        plain.write(format!("input/{name}"), bytes);
    }
    packed.write("input/all.zip", zip(&files));
    plain.run(&[]);
    packed.run(&[]);
    let mut wrong = Vec::new();
    for (table, left_out) in [("documents.csv", &["doc_id"][..]), ("skipped.csv", &["bytes", "detail"])] {
        same_rows(&plain.table(table), &packed.table(table), left_out, &mut wrong);
    }
    for table in ["terms.csv", "ngrams.csv"] {
        if plain.table(table).rows != packed.table(table).rows {
            wrong.push(format!("{table}: other rows"));
        }
    }
    told("the rows of the same files in a folder", &wrong);
}

/// A zip archive of files, in the order of their names.
fn zip(files: &BTreeMap<String, Vec<u8>>) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        let options = zip::write::SimpleFileOptions::default();
        archive.start_file(name.as_str(), options).unwrap_or_else(|e| panic!("cannot add {name}: {e}"));
        archive.write_all(bytes).unwrap_or_else(|e| panic!("cannot add {name}: {e}"));
    }
    archive.finish().expect("a zip archive").into_inner()
}

/// Compares a table with that of the packed files: every column but some, by path without the archive's name.
fn same_rows(plain: &Table, packed: &Table, left_out: &[&str], wrong: &mut Vec<String>) {
    let (want, have) = (by_key(plain), by_key(packed));
    let inside: BTreeMap<Key, &Row> = have
        .into_iter()
        .map(|((path, record), row)| ((path.strip_prefix("all.zip/").unwrap_or(&path).to_owned(), record), row))
        .collect();
    for (key, row) in &want {
        let Some(other) = inside.get(key) else {
            wrong.push(format!("{}: {} is missing", plain.name, shown(key)));
            continue;
        };
        for (column, cell) in row.iter().filter(|(c, _)| *c != "path" && !left_out.contains(&c.as_str())) {
            if other[column] != *cell {
                wrong.push(format!("{}: {}: {column} {cell:?} became {:?}", plain.name, shown(key), other[column]));
            }
        }
    }
    let added = inside.keys().filter(|key| !want.contains_key(*key));
    wrong.extend(added.map(|key| format!("{}: {} was not there", plain.name, shown(key))));
}
