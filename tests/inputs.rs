//! Where articles come from must not show in what is counted: standard input, arguments in any order, and the same
//! files in a folder, a zip archive or a tar archive, compressed or not.

mod support;

use std::collections::BTreeMap;
use std::io::{Cursor, Write as _};
use std::process::Stdio;

use support::table::Row;
use support::{Workdir, generated};

/// Articles by name: enough to have a copy, dates, outlets, records and something that is skipped.
fn articles() -> Vec<(String, Vec<u8>)> {
    let mut files: Vec<(String, Vec<u8>)> =
        (0..5).map(|n| (format!("2025/{n}.txt"), generated::article(n, 1_500).into_bytes())).collect();
    files.push(("a copy.txt".into(), generated::article(2, 1_500).into_bytes()));
    files.push(("b.jsonl".into(), b"{\"title\": \"One\", \"text\": \"Marsh met Okafor.\"}\n{broken\n".to_vec()));
    files.push(("c.csv".into(), b"title,text\nTwo,\"Okafor met Marsh,\nand left.\"\n".to_vec()));
    files.push(("empty.txt".into(), Vec::new()));
    files.push(("photo.jpg".into(), b"\xff\xd8\xff\xe0\0".to_vec()));
    files
}

fn zipped(files: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        archive.start_file(name.as_str(), zip::write::SimpleFileOptions::default()).expect("a zip archive");
        archive.write_all(bytes).expect("a zip archive");
    }
    archive.finish().expect("a zip archive").into_inner()
}

fn tarred(files: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut archive = tar::Builder::new(Vec::new());
    for (name, bytes) in files {
        let mut header = tar::Header::new_gnu();
        header.set_size(bytes.len() as u64);
        header.set_mode(0o644);
        archive.append_data(&mut header, name, bytes.as_slice()).expect("a tar archive");
    }
    archive.into_inner().expect("a tar archive")
}

fn gzipped(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::new(6));
    encoder.write_all(bytes).expect("memory to compress into");
    encoder.finish().expect("memory to compress into")
}

/// The rows of the tables that a reader would compare; of skipped files, those columns that tell of the file.
fn rows(dir: &Workdir) -> BTreeMap<&'static str, Vec<Row>> {
    let names = ["documents.csv", "duplicates.csv", "terms.csv", "ngrams.csv", "mentions.csv", "skipped.csv"];
    let read = |name| {
        let mut rows = dir.table(name).rows;
        if name == "skipped.csv" {
            rows.iter_mut().for_each(|row| row.retain(|column, _| column != "bytes"));
        }
        (name, rows)
    };
    names.into_iter().map(read).collect()
}

#[track_caller]
fn same(expected: &BTreeMap<&str, Vec<Row>>, got: &BTreeMap<&str, Vec<Row>>, what: &str) {
    for (table, rows) in expected {
        for (at, (expected, got)) in rows.iter().zip(&got[table]).enumerate() {
            assert_eq!(expected, got, "{what}: row {} of {table} is another", at + 1);
        }
        assert_eq!(rows.len(), got[table].len(), "{what}: {table} has another number of rows");
    }
}

/// Runs over some inputs and gives the rows.
fn run(dir: &Workdir, inputs: &[&str]) -> BTreeMap<&'static str, Vec<Row>> {
    let args: Vec<&str> = ["run", "-o", "output"].into_iter().chain(inputs.iter().copied()).collect();
    dir.byline(&args).exits(0);
    rows(dir)
}

#[test]
fn a_folder_and_every_archive_of_it_give_the_same_rows() {
    let files = articles();
    let dir = Workdir::empty();
    for (name, bytes) in &files {
        dir.write(format!("folder/{name}"), bytes);
    }
    let expected = run(&dir, &["folder"]);
    assert_eq!((expected["documents.csv"].len(), expected["skipped.csv"].len()), (8, 3), "not what was written");
    let mut backwards = files.clone();
    backwards.reverse();
    let archives = [
        ("a.zip", zipped(&files)),
        ("b.zip", zipped(&backwards)),
        ("a.tar", tarred(&files)),
        ("b.tar", tarred(&backwards)),
        ("a.tar.gz", gzipped(&tarred(&files))),
        ("b.tgz", gzipped(&tarred(&backwards))),
    ];
    for (name, bytes) in archives {
        dir.write(name, bytes);
        same(&expected, &run(&dir, &[name]), name);
    }
}

#[test]
fn the_order_of_arguments_changes_no_row() {
    let files = articles();
    let dir = Workdir::empty();
    for (name, bytes) in &files[..3] {
        dir.write(format!("one/{name}"), bytes);
    }
    for (name, bytes) in &files[3..] {
        dir.write(format!("two/{name}"), bytes);
    }
    dir.write("three.zip", zipped(&files[1..6]));
    let orders = [["one", "two", "three.zip"], ["three.zip", "two", "one"], ["two", "three.zip", "one"]];
    let expected = run(&dir, &orders[0]);
    assert_eq!(expected["documents.csv"].len(), 8 + 5);
    for order in &orders[1..] {
        same(&expected, &run(&dir, order), &order.join(" "));
    }
}

/// Runs over standard input, which holds these bytes, and perhaps over more.
#[track_caller]
fn piped(dir: &Workdir, bytes: &[u8], args: &[&str]) -> String {
    let mut command = dir.command(args);
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the binary reads its input");
    child.stdin.take().expect("the binary reads its input").write_all(bytes).expect("the binary reads its input");
    let out = child.wait_with_output().expect("the binary reads its input");
    let stderr = String::from_utf8_lossy(&out.stderr);
    assert!(out.status.success() && !stderr.contains("panicked"), "{args:?}: {:?}\n{stderr}", out.status);
    String::from_utf8_lossy(&out.stdout).into_owned()
}

/// The path, the record and the format of each document.
fn read(dir: &Workdir) -> Vec<String> {
    let table = dir.table("documents.csv");
    table.rows.iter().map(|row| format!("{}#{} {}", row["path"], row["record"], row["format"])).collect()
}

#[test]
fn standard_input_is_lines_of_json_or_text_or_anything_packed() {
    let dir = Workdir::empty();
    let lines = b"{\"title\": \"One\", \"text\": \"Marsh met Okafor.\"}\n{broken\n{\"text\": \"Okafor left.\"}\n";
    let text = "\u{feff}Ferry opens\n\n3 March 2025\n\nHelen Marsh opened the ferry to Norway.\n";
    let run = ["run", "-", "-o", "output"];
    let cases: [(&[u8], &[&str]); 7] = [
        (lines, &["-#1 jsonl", "-#3 jsonl"]),
        (&gzipped(lines), &["-#1 jsonl", "-#3 jsonl"]),
        (b"{\"text\": \"Only one, without a line end.\"}", &["-#1 json"]),
        (text.as_bytes(), &["-# text"]),
        (b"One line of text, caf\xe9", &["-# text"]),
        (
            &tarred(&[("a.txt".into(), text.into()), ("b.jsonl".into(), lines.to_vec())]),
            &["a.txt# text", "b.jsonl#1 jsonl", "b.jsonl#3 jsonl"],
        ),
        (&zipped(&[("a.txt".into(), text.into())]), &["a.txt# text"]),
    ];
    for (bytes, expected) in cases {
        assert!(piped(&dir, bytes, &run).is_empty(), "a run wrote to standard output");
        let found: Vec<String> = read(&dir).iter().map(|row| row.replacen("-/", "", 1)).collect();
        assert_eq!(found, expected);
    }
    piped(&dir, text.as_bytes(), &run);
    let row = &dir.table("documents.csv").rows[0];
    assert_eq!((row["title"].as_str(), row["date"].as_str()), ("Ferry opens", "2025-03-03"));
}

#[test]
fn empty_standard_input_is_a_row_and_a_dash_goes_with_other_inputs() {
    let dir = Workdir::with_input(&[("a.txt", "The ferry sailed.\n")]);
    piped(&dir, b"", &["run", "-", "-o", "output"]);
    assert_eq!((read(&dir).len(), dir.table("skipped.csv").rows[0]["reason"].as_str()), (0, "empty"));
    let line = b"{\"text\": \"It rained.\"}\n{\"text\": \"It snowed.\"}\n";
    let expected = ["-#1 jsonl", "-#2 jsonl", "input/a.txt# text"];
    for inputs in [["-", "input"], ["input", "-"]] {
        piped(&dir, line, &["run", inputs[0], inputs[1], "-o", "output"]);
        assert_eq!(read(&dir), expected, "{inputs:?}");
    }
}

#[test]
fn inspect_reads_standard_input_too() {
    let dir = Workdir::empty();
    let told = piped(&dir, b"{\"title\": \"One\", \"text\": \"It rained.\"}\n[]\n", &["inspect", "-"]);
    assert!(told.contains("-#1 ") && told.contains("-#2 ") && told.contains("invalid_json"), "{told}");
}
