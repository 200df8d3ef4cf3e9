//! `byline.xlsx`: the same bytes in every run, nothing left when the disk is full, and a workbook that a spreadsheet has
//! open is not replaced. What is in it is checked with openpyxl and LibreOffice by `tests/looks.sh`.

mod support;

use std::fs;
use std::process::Command;

use support::{BYLINE, Workdir, generated, read_folder};

const WITH: [&str; 2] = ["--format", "csv,html,xlsx"];

#[test]
fn the_workbook_has_the_same_bytes_whatever_the_threads_and_batches() {
    let dir = Workdir::with_sample();
    let mut first = None;
    for how in [["--threads", "1", "--batch-size", "1K"], ["--threads", "7", "--batch-size", "4M"]] {
        dir.run(&[WITH.as_slice(), &how].concat());
        let bytes = fs::read(dir.path("output/byline.xlsx")).expect("byline.xlsx");
        assert!(bytes.starts_with(b"PK") && first.get_or_insert_with(|| bytes.clone()) == &bytes, "{how:?}");
    }
    assert_eq!(dir.names("."), ["input", "output"]);
    dir.run(&[]);
    assert!(!dir.path("output/byline.xlsx").exists(), "a workbook of an earlier run is left");
}

#[test]
fn an_empty_corpus_has_a_workbook() {
    let dir = Workdir::with_input(&[("a.bin", "\u{0}\u{1}")]);
    dir.run(&WITH);
    assert!(dir.path("output/byline.xlsx").is_file());
}

#[test]
fn a_workbook_that_is_open_is_told_and_kept() {
    let dir = Workdir::with_sample();
    dir.run(&WITH);
    let before = read_folder(&dir.path("output"));
    dir.write("output/.~lock.byline.xlsx#", ",me,here,01.01.2025 10:00,file;");
    let run = dir.byline(&["run", "input", "-o", "output", "--window", "3"]).exits(1);
    run.names_path_and_remedy("byline.xlsx");
    fs::remove_file(dir.path("output/.~lock.byline.xlsx#")).expect("the lock");
    assert_eq!(read_folder(&dir.path("output")), before);
}

#[test]
fn a_folder_in_the_place_of_a_file_is_told() {
    for name in ["byline.xlsx", "report.html"] {
        let dir = Workdir::with_sample();
        dir.run(&["--format", "csv"]);
        dir.folder(format!("output/{name}"));
        dir.byline(&["run", "input", "-o", "output", "--force"]).exits(1).names_path_and_remedy(name);
    }
}

#[test]
#[cfg(target_os = "linux")]
fn a_full_disk_ends_the_run_with_its_cause_and_leaves_nothing() {
    let dir = Workdir::empty();
    generated::corpus(&dir.path("input"), 3, 12, 20_000);
    let mut failed = 0;
    // Blocks of 512 bytes, from what is too little for the first row to what is too little for the workbook.
    for blocks in [100, 600, 1_500, 3_000, 6_000, 9_000, 12_000, 16_000, 20_000, 24_000] {
        let mut shell = Command::new("sh");
        let script = format!(
            "trap '' XFSZ; ulimit -f {blocks}; exec \"$BYLINE\" run input -o output --quiet --format csv,xlsx,html"
        );
        let out = shell.current_dir(dir.path("")).env("BYLINE", BYLINE).args(["-c", &script]).output().expect("sh");
        let stderr = String::from_utf8_lossy(&out.stderr);
        if out.status.success() {
            break;
        }
        failed += 1;
        assert_eq!(out.status.code(), Some(1), "{blocks} blocks: {stderr}");
        assert!(stderr.contains("free some disk space") && stderr.contains(": "), "{blocks} blocks: {stderr}");
        assert!(!stderr.contains("panicked") && !stderr.contains("internal error"), "{blocks} blocks: {stderr}");
        assert_eq!(dir.names("."), ["input"], "{blocks} blocks left something behind");
    }
    assert!(failed >= 3, "only {failed} limits were too small");
}
