//! A disk that fills up: the run ends with exit code 1 and names path, cause and remedy, and nothing half-written is
//! left, wherever it happens. A limit on the size of files stands in for the disk, and a small file system in memory
//! where the machine allows to mount one.

#![cfg(target_os = "linux")]

mod support;

use std::process::Command;

use support::{BYLINE, Workdir, generated, read_folder};

/// Enough text for every temporary file and table to be larger than the least limit.
fn corpus() -> Workdir {
    let dir = Workdir::empty();
    generated::corpus(&dir.path("input"), 3, 12, 20_000);
    dir
}

/// Runs byline in a shell after some lines of setup.
fn shell(dir: &Workdir, setup: &str, args: &str) -> (Option<i32>, String) {
    let script = format!("{setup}\nexec \"$BYLINE\" {args}");
    let mut command = Command::new("sh");
    command.current_dir(dir.path("")).env("BYLINE", BYLINE).args(["-c", &script]);
    let out = command.output().expect("sh");
    (out.status.code(), String::from_utf8_lossy(&out.stderr).into_owned())
}

fn told(stderr: &str) {
    assert!(stderr.contains("free some disk space") && stderr.contains(": "), "{stderr}");
    assert!(!stderr.contains("panicked") && !stderr.contains("internal error"), "{stderr}");
    assert_eq!(stderr.trim_end().lines().count(), 1, "more than one line is said: {stderr}");
}

#[test]
fn a_run_that_cannot_write_on_says_so_and_leaves_nothing() {
    let dir = corpus();
    let mut failed = 0;
    // Blocks of 512 bytes: the texts, the records, the tables do not fit.
    for (blocks, more) in
        [(1, ""), (40, ""), (200, ""), (600, ""), (1_500, ""), (20, " --memory 1M --tables terms,ngrams")]
    {
        let setup = format!("trap '' XFSZ; ulimit -f {blocks}");
        let (code, stderr) = shell(&dir, &setup, &format!("run input -o output --quiet{more}"));
        if code == Some(0) {
            continue;
        }
        failed += 1;
        assert_eq!(code, Some(1), "{blocks} blocks: {stderr}");
        told(&stderr);
        assert_eq!(dir.names("."), ["input"], "{blocks} blocks left something behind");
    }
    assert!(failed >= 4, "only {failed} limits were too small");
}

#[test]
fn tables_of_the_run_before_outlive_a_full_disk() {
    let dir = corpus();
    dir.byline(&["run", "input", "-o", "output"]).exits(0);
    let before = read_folder(&dir.path("output"));
    let (code, stderr) = shell(&dir, "trap '' XFSZ; ulimit -f 100", "run input -o output --quiet --window 3");
    assert_eq!(code, Some(1), "{stderr}");
    assert_eq!(read_folder(&dir.path("output")), before);
}

#[test]
fn every_format_says_which_file_does_not_fit() {
    let dir = corpus();
    let mut formats = vec![("jsonl", ".jsonl"), ("xlsx", "byline.xlsx"), ("csv", ".csv")];
    if cfg!(feature = "parquet") {
        formats.push(("parquet", ".parquet"));
    }
    for (format, ending) in formats {
        let args = format!("run input -o output --quiet --memory 64M --format {format}");
        let blocks = [1_500, 2_500, 4_000, 6_000, 9_000, 12_000];
        let failed = blocks.map(|blocks| shell(&dir, &format!("trap '' XFSZ; ulimit -f {blocks}"), &args));
        let failed: Vec<String> =
            failed.into_iter().filter(|(code, _)| *code != Some(0)).map(|(_, said)| said).collect();
        failed.iter().for_each(|stderr| told(stderr));
        assert!(failed.iter().any(|stderr| stderr.contains(&format!("{ending}: "))), "{format}: {failed:?}");
        let left: Vec<String> = dir.names(".").into_iter().filter(|name| name.starts_with('.')).collect();
        assert!(left.is_empty(), "{format} left {left:?}");
        let _ = std::fs::remove_dir_all(dir.path("output"));
    }
}

#[test]
fn a_disk_that_is_full_at_the_page_or_the_workbook_keeps_nothing() {
    let dir = Workdir::with_sample();
    for (format, last) in [("csv,html", "report.html"), ("csv,xlsx", "byline.xlsx")] {
        dir.byline(&["run", "input", "-o", "output", "--format", format]).exits(0);
        let pages = |bytes: u64| bytes.div_ceil(4096);
        let size = |name: &String| std::fs::metadata(dir.path("output").join(name)).expect("a file").len();
        let names = dir.names("output");
        let before: u64 = names.iter().filter(|name| *name != last).map(|name| pages(size(name))).sum();
        let room = before + pages(size(&last.to_owned())) / 2;
        std::fs::remove_dir_all(dir.path("output")).expect("the tables");
        dir.folder("disk");
        let script = format!(
            "mount -t tmpfs -o size={}k none disk || exit 77; \
             \"$BYLINE\" run input -o disk/output --tmp-dir . --quiet --format {format}; code=$?; ls -A disk; exit $code",
            room * 4
        );
        let mut command = Command::new("unshare");
        command.current_dir(dir.path("")).env("BYLINE", BYLINE).args(["-rm", "sh", "-c", &script]);
        let Some(out) = command.output().ok().filter(|out| !matches!(out.status.code(), None | Some(77))) else {
            eprintln!("full_disk: this machine mounts nothing");
            return;
        };
        let stderr = String::from_utf8_lossy(&out.stderr);
        if stderr.contains("unshare") {
            eprintln!("full_disk: this machine mounts nothing");
            return;
        }
        assert_eq!(out.status.code(), Some(1), "{format}: {stderr}");
        told(&stderr);
        assert!(stderr.contains(&format!("{last}: ")), "{format}: {stderr}");
        assert_eq!(String::from_utf8_lossy(&out.stdout).trim(), "", "{format} left something on the disk");
    }
}

#[test]
fn a_small_file_system_that_fills_up_is_told_and_left_empty() {
    let dir = corpus();
    dir.folder("disk");
    // The mount is seen by this shell alone and goes with it.
    let mount = "mount -t tmpfs -o size=300k none disk";
    let tried = Command::new("unshare").args(["-rm", "sh", "-c", mount]).current_dir(dir.path("")).output();
    if !tried.is_ok_and(|out| out.status.success()) {
        eprintln!("full_disk: this machine mounts nothing; the limit on files stands in for it");
        return;
    }
    for args in ["run input -o disk/output --quiet", "run input -o output --tmp-dir disk --memory 1M --quiet"] {
        let script = format!("{mount}; \"$BYLINE\" {args}; code=$?; ls -A disk; exit $code");
        let mut command = Command::new("unshare");
        command.current_dir(dir.path("")).env("BYLINE", BYLINE).args(["-rm", "sh", "-c", &script]);
        let out = command.output().expect("unshare");
        let stderr = String::from_utf8_lossy(&out.stderr);
        assert_eq!(out.status.code(), Some(1), "{args}: {stderr}");
        told(&stderr);
        assert_eq!(String::from_utf8_lossy(&out.stdout).trim(), "", "{args} left something on the disk");
        assert_eq!(dir.names("."), ["disk", "input"], "{args} left something behind");
    }
}

#[test]
fn a_place_that_cannot_be_written_is_told_with_its_path() {
    let dir = Workdir::with_sample();
    dir.write("file", "mine");
    for (place, named) in [("file", "file"), ("file/below", "file"), ("/proc/byline", "/proc")] {
        dir.byline(&["run", "input", "-o", place, "--format", "csv,xlsx,html"]).exits(1).names_path_and_remedy(named);
    }
    assert_eq!(std::fs::read_to_string(dir.path("file")).expect("the file"), "mine");
    assert_eq!(dir.names("."), ["file", "input"]);
}
