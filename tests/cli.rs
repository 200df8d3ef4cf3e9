//! The command line as a person meets it: help, exit codes, messages, what is written where and what is left behind.
//! Every test runs the built binary in a temporary folder; none looks into the tables beyond their being there.

mod support;

use std::fs;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use support::{Workdir, differences, read_folder};

const ARTICLE: &str = "Ferry opens\n\nBy Nuala Brennock\n3 March 2025\n\nHelen Marsh opened the ferry. “It is excellent,” \
                       Marsh said. Norway and Britain sent letters.\n";

/// Options that take a value, with one that makes sense.
const VALUED: &[(&str, &str)] = &[
    ("--output", "output"),
    ("--threads", "2"),
    ("--memory", "64M"),
    ("--batch-size", "64K"),
    ("--max-file-size", "8M"),
    ("--tmp-dir", "."),
    ("--window", "4"),
    ("--ngram-max", "4"),
    ("--ngram-min", "3"),
    ("--min-count", "3"),
    ("--top", "100"),
    ("--top-by", "log_dice"),
    ("--network", "term"),
    ("--network-unit", "window"),
    ("--network-min", "1"),
    ("--network-top", "9"),
    ("--kwic", "ferry*"),
    ("--kwic-window", "7"),
    ("--group-by", "month,outlet"),
    ("--groups-top", "7"),
    ("--group-terms-min-count", "3"),
    ("--group-terms-top", "50"),
    ("--keyness-min-count", "3"),
    ("--keyness-top", "50"),
    ("--period", "week"),
    ("--timeseries-top", "50"),
    ("--encoding", "windows-1252"),
    ("--text-column", "body"),
    ("--title-column", "headline"),
    ("--date-column", "day"),
    ("--author-column", "writer"),
    ("--outlet-column", "paper"),
    ("--section-column", "desk"),
    ("--url-column", "link"),
    ("--language-column", "tongue"),
    ("--filename-pattern", "{date}_{title}"),
    ("--language", "en"),
    ("--boilerplate", "rules"),
    ("--duplicates", "drop"),
    ("--duplicate-similarity", "75"),
    ("--color", "never"),
    ("--log-format", "json"),
];

const SWITCHES: &[&str] = &["--force", "--quiet", "--strict", "--mtime-dates", "--dry-run", "--no-config"];

#[test]
fn help_documents_every_option() {
    let dir = Workdir::empty();
    let help = dir.byline(&["run", "--help"]).exits(0).stdout;
    let lines: Vec<&str> = help.lines().collect();
    let options = VALUED.iter().map(|(option, _)| *option).chain(SWITCHES.iter().copied());
    for option in options {
        let at = lines
            .iter()
            .position(|line| {
                let line = line.trim_start();
                line.starts_with('-') && line.split([' ', ',', '=']).any(|word| word == option)
            })
            .unwrap_or_else(|| panic!("`byline run --help` has no line for {option}:\n{help}"));
        let told = lines[at].split_once(option).map_or("", |(_, rest)| rest).split_whitespace();
        let beside = told.filter(|word| !word.starts_with(['<', '['])).count();
        let below = lines.get(at + 1).map_or("", |line| line.trim());
        let below = if below.starts_with('-') { 0 } else { below.split_whitespace().count() };
        assert!(beside.max(below) >= 3, "`byline run --help` does not say what {option} does:\n{help}");
    }
    assert!(help.contains("-o"), "the short -o is not in the help:\n{help}");
}

#[test]
fn help_shows_examples_that_work() {
    let dir = Workdir::with_input(&[("a.txt", ARTICLE)]);
    let help =
        format!("{}\n{}", dir.byline(&["--help"]).exits(0).stdout, dir.byline(&["run", "--help"]).exits(0).stdout);
    assert!(help.to_lowercase().contains("example"), "the help has no examples:\n{help}");
    let example = help.lines().map(str::trim).find(|line| line.starts_with("byline run ") && !line.contains('<'));
    assert!(example.is_some(), "the help has no line that starts with `byline run` to copy:\n{help}");
    assert!(help.contains("run"), "`byline --help` does not name the command `run`:\n{help}");
}

#[test]
fn every_option_is_accepted() {
    for (option, value) in VALUED {
        let dir = Workdir::with_input(&[("a.txt", ARTICLE)]);
        dir.byline(&["run", "input", option, value]).exits(0);
        assert!(dir.path("output/run.json").is_file(), "with {option} {value} no run.json was written");
    }
    for switch in SWITCHES {
        let dir = Workdir::with_input(&[("a.txt", ARTICLE)]);
        dir.byline(&["run", "input", "-o", "output", switch]).exits(0);
    }
}

#[test]
fn version_is_the_package_version() {
    let version = Workdir::empty().byline(&["--version"]).exits(0).stdout;
    assert_eq!(version.trim(), format!("byline {}", env!("CARGO_PKG_VERSION")));
}

#[test]
fn without_arguments_it_runs_input_to_output() {
    let (bare, full) = (Workdir::with_sample(), Workdir::with_sample());
    bare.byline(&[]).exits(0);
    full.byline(&["run", "input", "-o", "output"]).exits(0);
    let found = differences(&read_folder(&full.path("output")), &read_folder(&bare.path("output")));
    assert!(found.is_empty(), "`byline` and `byline run input -o output` differ:\n{}", found.join("\n"));
}

#[test]
fn without_arguments_and_without_input_it_says_what_is_missing() {
    let dir = Workdir::empty();
    dir.byline(&[]).exits(1).names_path_and_remedy("input");
    assert_eq!(dir.names("."), Vec::<String>::new(), "a run that failed left something behind");
}

#[test]
fn usage_errors_exit_2_and_write_nothing() {
    let lines: &[&[&str]] = &[
        &["run", "input", "--no-such-flag"],
        &["no-such-command"],
        &["run", "input", "--window"],
        &["run", "input", "--window", "0"],
        &["run", "input", "--window", "five"],
        &["run", "input", "--ngram-max", "9"],
        &["run", "input", "--ngram-max", "1"],
        &["run", "input", "--memory", "12Q"],
        &["run", "input", "--memory", "1K"],
        &["run", "input", "--max-file-size", "0"],
        &["run", "input", "--threads", "100000"],
        &["run", "input", "--threads", "many"],
        &["run", "input", "--top", "few"],
        &["run", "input", "--top-by", "g3"],
        &["run", "input", "--top-by", "p"],
        &["run", "input", "--network", "words"],
        &["run", "input", "--network-unit", "chapter"],
        &["run", "input", "--kwic", "/(/"],
        &["run", "input", "--kwic", ""],
        &["run", "input", "--kwic", "*"],
        &["run", "input", "--kwic-window", "0"],
        &["kwic", "ferry", "input", "--kwic-window=101"],
        &["run", "input", "--encoding", "klingon"],
        &["run", "input", "--filename-pattern", "{date"],
        &["run", "input", "--filename-pattern", "plain"],
        &["run", "input", "--filename-pattern", "{date}{date}"],
        &["run", "input", "--mtime-dates=maybe"],
        &["run", "input", "--language", "English"],
        &["run", "input", "--boilerplate", "some"],
        &["run", "input", "--duplicates", "hide"],
        &["run", "input", "--duplicate-similarity", "0"],
        &["run", "input", "--duplicate-similarity", "101"],
        &["run", "input", "--text-column"],
        &["inspect", "input", "--language", "English"],
        &["inspect", "input", "--output=tables"],
    ];
    for line in lines {
        let dir = Workdir::with_input(&[("a.txt", ARTICLE)]);
        let run = dir.byline(line).exits(2);
        assert!(run.stdout.is_empty(), "{line:?} wrote to standard output:\n{}", run.stdout);
        assert!(!run.stderr.trim().is_empty(), "{line:?} failed without a word");
        let culprit = line.iter().rev().find(|word| word.starts_with("--") || word.starts_with("no-")).expect("a word");
        let culprit = culprit.split('=').next().expect("a word");
        assert!(run.stderr.contains(culprit), "{line:?}: the message does not name {culprit}:\n{}", run.stderr);
        assert_eq!(dir.names("."), ["input"], "{line:?} left something behind");
    }
}

#[test]
fn a_missing_path_exits_1_and_writes_nothing() {
    let dir = Workdir::with_input(&[("a.txt", ARTICLE)]);
    for paths in [&["no-such-folder"][..], &["input", "no-such-folder"]] {
        let mut args = vec!["run"];
        args.extend(paths);
        args.extend(["-o", "output"]);
        dir.byline(&args).exits(1).names_path_and_remedy("no-such-folder");
        assert_eq!(dir.names("."), ["input"], "{paths:?} left something behind");
    }
}

#[test]
fn several_paths_and_single_files_are_read() {
    let dir = Workdir::empty();
    dir.write("one/a.txt", ARTICLE);
    dir.write("two/b.md", ARTICLE);
    dir.write("three.txt", ARTICLE);
    dir.byline(&["run", "one", "two", "three.txt", "-o", "output"]).exits(0);
    assert_eq!(dir.table("documents.csv").rows.len(), 3);
}

#[test]
fn a_foreign_output_folder_is_refused_unless_forced() {
    let dir = Workdir::with_input(&[("a.txt", ARTICLE)]);
    dir.write("output/thesis.txt", "two years of work");
    let run = dir.byline(&["run", "input", "-o", "output"]).exits(1).names_path_and_remedy("output");
    run.complains_of("--force");
    assert_eq!(dir.names("output"), ["thesis.txt"], "the refused folder was written to");
    assert_eq!(dir.names("."), ["input", "output"], "a refused run left something behind");
    dir.run(&["--force"]);
    assert!(dir.path("output/documents.csv").is_file(), "--force wrote no tables");
}

#[test]
fn an_own_output_folder_with_a_foreign_file_is_refused_unless_forced() {
    let dir = Workdir::with_input(&[("a.txt", ARTICLE)]);
    dir.run(&[]);
    dir.write("output/my notes.csv", "kept by hand");
    let before = read_folder(&dir.path("output"));
    dir.byline(&["run", "input", "-o", "output"]).exits(1).complains_of("my notes.csv").complains_of("--force");
    let found = differences(&before, &read_folder(&dir.path("output")));
    assert!(found.is_empty(), "the refused folder was changed:\n{}", found.join("\n"));
    dir.run(&["--force"]);
}

#[test]
fn a_file_in_the_place_of_the_output_folder_is_refused_and_kept() {
    let dir = Workdir::with_input(&[("a.txt", ARTICLE)]);
    dir.write("output", "not a folder");
    dir.byline(&["run", "input", "-o", "output"]).exits(1).names_path_and_remedy("output");
    assert_eq!(fs::read_to_string(dir.path("output")).unwrap(), "not a folder");
}

#[test]
fn an_output_that_cannot_be_written_exits_1() {
    let dir = Workdir::with_input(&[("a.txt", ARTICLE)]);
    dir.write("blocked", "a file where a folder is needed");
    dir.byline(&["run", "input", "-o", "blocked/output"]).exits(1).names_path_and_remedy("blocked");
    dir.byline(&["run", "input", "-o", "output", "--tmp-dir", "blocked"]).exits(1).names_path_and_remedy("blocked");
    assert_eq!(dir.names("."), ["blocked", "input"], "a run that failed left something behind");
}

#[test]
fn a_missing_parent_of_the_output_folder_is_made_or_named() {
    let dir = Workdir::with_input(&[("a.txt", ARTICLE)]);
    let run = dir.byline(&["run", "input", "-o", "new/place/output"]);
    match run.code {
        Some(0) => assert!(dir.path("new/place/output/run.json").is_file(), "exit code 0, but no tables"),
        _ => drop(run.exits(1).names_path_and_remedy("new/place")),
    }
}

#[test]
fn an_empty_output_folder_is_used() {
    let dir = Workdir::with_input(&[("a.txt", ARTICLE)]);
    dir.folder("output");
    dir.run(&[]);
    assert!(dir.path("output/run.json").is_file());
}

#[test]
fn a_rerun_replaces_its_own_tables_and_leaves_nothing_else() {
    let dir = Workdir::with_input(&[("a.txt", ARTICLE), ("b.txt", ARTICLE)]);
    dir.folder("tmp");
    dir.run(&["--tmp-dir", "tmp"]);
    let first = read_folder(&dir.path("output"));
    dir.run(&["--tmp-dir", "tmp"]);
    let found = differences(&first, &read_folder(&dir.path("output")));
    assert!(found.is_empty(), "a second run over the same input differs:\n{}", found.join("\n"));
    fs::remove_file(dir.path("input/b.txt")).unwrap();
    dir.run(&["--tmp-dir", "tmp"]);
    assert_eq!(dir.table("documents.csv").rows.len(), 1, "the tables of the old run are still there");
    assert_eq!(dir.names("."), ["input", "output", "tmp"], "temporary folders were left behind");
    assert_eq!(dir.names("tmp"), Vec::<String>::new(), "temporary files were left behind");
}

#[test]
fn a_failed_run_keeps_the_tables_of_the_run_before() {
    let dir = Workdir::with_input(&[("a.txt", ARTICLE)]);
    dir.run(&[]);
    let before = read_folder(&dir.path("output"));
    dir.byline(&["run", "gone", "-o", "output"]).exits(1);
    let found = differences(&before, &read_folder(&dir.path("output")));
    assert!(found.is_empty(), "a run that failed changed the tables of the run before:\n{}", found.join("\n"));
}

#[test]
fn nothing_goes_to_standard_output_and_no_escape_codes_off_a_terminal() {
    let dir = Workdir::with_sample();
    dir.write("input/empty.txt", "");
    let lines: [(&[&str], i32); 3] =
        [(&["run", "input", "-o", "output"], 0), (&["run", "gone", "-o", "output"], 1), (&["run", "--nonsense"], 2)];
    for (args, code) in lines {
        let run = dir.byline(args).exits(code);
        assert!(run.stdout.is_empty(), "{args:?} wrote to standard output:\n{}", run.stdout);
        assert!(!run.stderr.contains('\x1b'), "{args:?} wrote escape codes into a pipe: {:?}", run.stderr);
        assert!(!run.stderr.contains('\r'), "{args:?} drew a progress bar into a pipe: {:?}", run.stderr);
    }
}

#[test]
fn a_run_says_what_it_did_and_quiet_says_nothing() {
    let dir = Workdir::with_input(&[("a.txt", ARTICLE)]);
    let told = dir.run(&[]).stderr;
    assert!(told.contains("output"), "a run does not say where its tables are:\n{told}");
    let silent = dir.run(&["--quiet"]);
    assert_eq!((silent.stdout.as_str(), silent.stderr.as_str()), ("", ""), "--quiet is not silent");
    dir.byline(&["run", "gone", "-o", "output", "--quiet"]).exits(1).complains_of("gone");
}

#[test]
fn skipped_files_exit_0_and_with_strict_3_and_the_tables_are_written() {
    let dir = Workdir::with_input(&[("a.txt", ARTICLE), ("b.txt", "")]);
    dir.run(&[]).complains_of("skipped");
    dir.byline(&["run", "input", "-o", "output", "--strict"]).exits(3);
    assert_eq!(dir.table("documents.csv").rows.len(), 1);
    assert_eq!(dir.table("skipped.csv").rows.len(), 1);
    fs::remove_file(dir.path("input/b.txt")).unwrap();
    dir.run(&["--strict"]);
}

#[test]
fn help_into_a_closed_pipe_is_no_failure() {
    let dir = Workdir::empty();
    for args in [&["--help"][..], &["run", "--help"], &["--version"]] {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let out = dir.command(args).stdout(writer).stderr(Stdio::piped()).output().unwrap();
        let stderr = String::from_utf8_lossy(&out.stderr);
        assert_eq!(out.status.code(), Some(0), "{args:?} into a closed pipe failed:\n{stderr}");
        assert!(stderr.is_empty(), "{args:?} into a closed pipe complained:\n{stderr}");
    }
}

/// Kills the child when a test ends before it.
struct Guard(Child);

impl Drop for Guard {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Waits until `done` gives a value, at most `limit`.
fn wait_for<T>(limit: Duration, what: &str, mut done: impl FnMut() -> Option<T>) -> T {
    let start = Instant::now();
    loop {
        if let Some(value) = done() {
            return value;
        }
        assert!(start.elapsed() < limit, "waited {limit:?} in vain for {what}");
        std::thread::sleep(Duration::from_millis(2));
    }
}

/// Starts a run over `copies` MB, sends SIGINT as soon as `due` says so, and checks what is left.
#[cfg(target_os = "linux")]
fn interrupt(copies: usize, due: impl Fn(&Workdir, u32) -> bool) {
    let dir = Workdir::empty();
    dir.folder("input");
    let article = support::generated::article(11, 1 << 20);
    for at in 0..copies {
        dir.write(format!("input/{at:02}.txt"), &article);
    }
    dir.folder("place");
    dir.folder("tmp");
    let args = ["run", "input", "-o", "place/output", "--tmp-dir", "tmp", "--memory", "1M"];
    let mut command = dir.command(args);
    let mut child = Guard(command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("the binary starts"));
    wait_for(Duration::from_secs(300), "the moment to interrupt", || {
        let ended = child.0.try_wait().expect("a child to ask");
        assert!(ended.is_none(), "the run over {copies} MB ended ({ended:?}) before it could be interrupted");
        due(&dir, child.0.id()).then_some(())
    });
    let sent = Command::new("sh").args(["-c", &format!("kill -INT {}", child.0.id())]).status().expect("a shell");
    assert!(sent.success(), "could not send SIGINT");
    let status = wait_for(Duration::from_secs(60), "the run to stop after SIGINT", || {
        child.0.try_wait().expect("a child to ask")
    });
    assert_eq!(status.code(), Some(130), "an interrupted run ended with {status:?}");
    assert_eq!(dir.names("place"), Vec::<String>::new(), "an interrupted run left tables or temporary folders");
    assert_eq!(dir.names("tmp"), Vec::<String>::new(), "an interrupted run left temporary files");
}

#[cfg(target_os = "linux")]
#[test]
fn an_interrupt_while_reading_exits_130_and_leaves_nothing() {
    interrupt(40, |dir, process| {
        let tmp = dir.path("tmp").canonicalize().unwrap();
        support::temporary_bytes(&tmp, process) > 0
    });
}

#[cfg(target_os = "linux")]
#[test]
fn an_interrupt_while_writing_tables_exits_130_and_leaves_nothing() {
    // The first table with a byte in it, in the temporary folder beside the output.
    interrupt(12, |dir, _| {
        let files = walkdir::WalkDir::new(dir.path("place")).into_iter().flatten();
        let mut sizes =
            files.filter_map(|file| file.metadata().ok()).filter(|data| data.is_file()).map(|data| data.len());
        sizes.any(|bytes| bytes > 0)
    });
}
