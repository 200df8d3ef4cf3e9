//! What the flags for reading do to the tables, and what `byline inspect` prints: each flag once with a value that
//! changes a cell, and where a value can be wrong, what is said of it. Values that no run accepts are in `cli.rs`.

mod support;

use std::fs::File;
use std::process::Stdio;
use std::time::{Duration, SystemTime};

use support::table::Row;
use support::{Run, Workdir, read_folder};

/// A table whose columns have names that no program would guess.
const ODD: &str = "aa,bb,cc,dd,ee,ff,gg,hh\n\
    Ferry opens,Helen Marsh opened the ferry to Norway on Monday.,2025-03-04,Nuala Brennock,The Wend Courier,Harbour,\
    https://wend.example/1,en\n";

const STORY: &str = "Helen Marsh opened the ferry to Norway on Monday. The council of Wexmouth paid for the bridge, and \
    the mayor said that nobody would have to wait in the rain again before the winter came to the coast.\n";

/// The only row of `documents.csv`.
#[track_caller]
fn document(dir: &Workdir) -> Row {
    let mut rows = dir.table("documents.csv").rows;
    assert_eq!(rows.len(), 1, "not one document: {rows:?}");
    rows.remove(0)
}

/// The cells of one column of a table.
fn cells(dir: &Workdir, table: &str, column: &str) -> Vec<String> {
    dir.table(table).with(&[column]).rows.iter().map(|row| row[column].clone()).collect()
}

fn terms(dir: &Workdir) -> Vec<String> {
    cells(dir, "terms.csv", "feature")
}

#[test]
fn every_column_flag_names_its_column() {
    let flags = [
        ("--title-column", "aa", "title", "Ferry opens"),
        ("--date-column", "cc", "date", "2025-03-04"),
        ("--author-column", "dd", "author", "Nuala Brennock"),
        ("--outlet-column", "ee", "outlet", "The Wend Courier"),
        ("--section-column", "ff", "section", "Harbour"),
        ("--url-column", "gg", "url", "https://wend.example/1"),
        ("--language-column", "hh", "language", "en"),
    ];
    let dir = Workdir::with_input(&[("a.csv", ODD)]);
    let mut all = vec!["--text-column", "bb"];
    all.extend(flags.iter().flat_map(|(flag, column, ..)| [*flag, *column]));
    dir.run(&all);
    let row = document(&dir);
    for (flag, _, cell, expected) in flags {
        assert_eq!(row[cell], expected, "{flag} did not fill {cell}");
    }
    assert!(terms(&dir).contains(&"norway".to_owned()), "--text-column did not give the text");
}

#[test]
fn a_column_that_is_not_there_is_named_in_the_summary_and_in_the_table() {
    for role in ["title", "date", "author", "outlet", "section", "url", "language"] {
        let dir = Workdir::with_input(&[("a.csv", ODD)]);
        let flag = format!("--{role}-column");
        dir.run(&["--text-column", "bb", &flag, "nope"]).complains_of(&flag).complains_of("1 of 1 documents");
        let (warnings, word) = (document(&dir)["warnings"].clone(), format!("missing_{role}_column"));
        assert!(warnings.split('|').any(|warning| warning == word), "{flag} nope gave the warnings {warnings:?}");
    }
}

#[test]
fn a_text_column_that_is_not_there_costs_the_table_and_the_message_names_the_columns_there_are() {
    let files = [("a.csv", ODD), ("b.jsonl", "{\"text\": \"It rained.\", \"day\": 1}\n"), ("c.txt", STORY)];
    let dir = Workdir::with_input(&files);
    dir.run(&["--text-column", "nope"]).complains_of("no_text_column");
    assert_eq!(cells(&dir, "documents.csv", "path"), ["c.txt"]);
    let details = cells(&dir, "skipped.csv", "detail");
    for (detail, columns) in details.iter().zip(["aa, bb, cc", "text, day"]) {
        assert!(
            detail.contains("nope") && detail.contains(columns),
            "the detail {detail:?} does not say what is there"
        );
    }
    assert_eq!(cells(&dir, "skipped.csv", "reason"), ["no_text_column"; 2]);
}

#[test]
fn an_encoding_can_be_given_for_files_that_do_not_state_one() {
    // In this code page 0x8E is Ž; in windows-1251 it is the Cyrillic Ћ, in macintosh é.
    let labels = [("windows-1252", "cp1252", "Ž"), ("windows-1251", "cp1251", "Ћ"), ("macintosh", "mac-roman", "é")];
    for (label, name, expected) in labels {
        let dir = Workdir::empty();
        dir.write("input/a.txt", b"The ferry\n\nMarsh met \x8eelena on the pier in March.\n");
        dir.run(&["--encoding", label]);
        let sentence = format!("{expected}elena").to_lowercase();
        assert!(terms(&dir).contains(&sentence), "with --encoding {label} the terms are {:?}", terms(&dir));
        assert_eq!(document(&dir)["encoding"], name);
    }
}

#[test]
fn a_filename_pattern_fills_cells_and_what_it_does_not_fit_is_read_all_the_same() {
    let dir = Workdir::with_input(&[("2025-03-04_Wend Courier_Ferry opens.txt", STORY), ("other.txt", "It rained.\n")]);
    dir.run(&["--filename-pattern", "{date}_{outlet}_{title}"]);
    let table = dir.table("documents.csv");
    let row = table.rows.iter().find(|row| row["path"].starts_with("2025")).expect("the file that fits");
    assert_eq!(
        [&row["date"], &row["outlet"], &row["title"]].map(String::as_str),
        ["2025-03-04", "Wend Courier", "Ferry opens"]
    );
    assert_eq!(table.rows.len(), 2);
}

#[test]
fn the_time_of_the_last_change_dates_a_file_only_when_asked() {
    let dir = Workdir::with_input(&[("a.txt", STORY)]);
    let day = SystemTime::UNIX_EPOCH + Duration::from_secs(20_000 * 86_400 + 43_200);
    File::options().write(true).open(dir.path("input/a.txt")).unwrap().set_modified(day).unwrap();
    dir.run(&[]);
    assert_eq!(document(&dir)["date"], "", "a file's time dates it unasked");
    dir.run(&["--mtime-dates"]);
    let row = document(&dir);
    // 20,000 days after 1 January 1970.
    assert_eq!((row["date"].as_str(), row["date_source"].as_str()), ("2024-10-04", "mtime"));
}

#[test]
fn a_language_can_be_forced() {
    let german = "Die Fähre wurde am Montag eröffnet, und der Bürgermeister sagte, dass niemand mehr warten müsse. Alle \
        waren froh darüber, weil der Winter an der Küste sehr lang ist.\n";
    let dir = Workdir::with_input(&[("a.txt", german)]);
    dir.run(&[]);
    assert_eq!(document(&dir)["language"], "de");
    dir.run(&["--language", "EN"]);
    assert_eq!(document(&dir)["language"], "en");
}

#[test]
fn boilerplate_is_learned_or_ruled_out_or_kept() {
    let dir = Workdir::empty();
    let days = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday", "Easter"];
    for (number, day) in days.iter().enumerate() {
        let story = support::generated::article(number as u64, 900);
        let recurring = "The zinnober desk of the harbour paper answers letters every week from its readers.";
        let ruled = "Sign up for our newsletter";
        dir.write(format!("input/{day}.txt"), format!("{story}\n\n{recurring}\n\n{ruled}\n"));
    }
    let reasons = |which| {
        dir.run(&["--boilerplate", which]);
        let mut reasons = cells(&dir, "boilerplate.csv", "reason");
        reasons.sort();
        reasons.dedup();
        (reasons.contains(&"learned".to_owned()), reasons.len(), terms(&dir).contains(&"zinnober".to_owned()))
    };
    let (learned, all, counted) = reasons("learn");
    assert!(learned && all > 1 && !counted, "learn: {all} reasons, counted: {counted}");
    let (learned, ruled, counted) = reasons("rules");
    assert!(!learned && ruled > 0 && counted, "rules: {ruled} reasons, learned: {learned}, counted: {counted}");
    assert_eq!(reasons("keep"), (false, 0, true));
}

#[test]
fn copies_are_marked_or_dropped_or_not_looked_for() {
    let other = support::generated::article(3, 2_000);
    let near = STORY.repeat(4).replacen("Monday", "Tuesday", 1);
    let files = [("a.txt", STORY.repeat(4)), ("b.txt", STORY.repeat(4)), ("c.txt", near), ("d.txt", other)];
    let dir = Workdir::empty();
    files.iter().for_each(|(name, text)| drop(dir.write(format!("input/{name}"), text)));
    let counts = |options: &[&str]| {
        dir.run(options);
        (dir.table("documents.csv").rows.len(), dir.table("duplicates.csv").rows.len())
    };
    assert_eq!(counts(&["--duplicates", "mark"]), (4, 3));
    assert_eq!(counts(&["--duplicates", "keep"]), (4, 0));
    assert_eq!(counts(&["--duplicates", "drop"]).0, 2);
    assert_eq!(counts(&["--duplicate-similarity", "100"]), (4, 2), "a near copy is as good as one");
    assert_eq!(counts(&["--duplicate-similarity", "1"]).0, 4);
}

/// `byline inspect` with the summary cut off its lines.
fn inspect(dir: &Workdir, more: &[&str]) -> (Vec<String>, String) {
    let mut args = vec!["inspect", "input"];
    args.extend(more);
    let Run { stdout, .. } = dir.byline(&args).exits(0);
    let (lines, summary) = stdout.trim_end().rsplit_once("\n\n").unwrap_or_else(|| panic!("no summary in {stdout}"));
    (lines.lines().map(str::to_owned).collect(), summary.to_owned())
}

fn mixed() -> Workdir {
    let dir = Workdir::with_input(&[
        ("b.txt", &format!("Ferry opens\n\nBy Nuala Brennock\n4 March 2025\n\n{STORY}")),
        ("c.jsonl", "{\"title\": \"One\", \"text\": \"It rained.\"}\n{\"title\": \"cut\n"),
        ("empty.txt", ""),
    ]);
    dir.write("input/a.txt", b"The caf\xe9 opens\n\nMarsh sat in the caf\xe9 and said \x93yes\x94 to Z\xfcrich.\n");
    dir
}

#[test]
fn inspect_tells_what_each_file_would_become_and_writes_nothing() {
    let dir = mixed();
    let before = read_folder(&dir.path("."));
    let (lines, summary) = inspect(&dir, &[]);
    assert_eq!(lines.len(), 5, "not a line for each file and record:\n{}", lines.join("\n"));
    let parts: [&[&str]; 5] = [
        &["a.txt ", " text ", "cp1252", "guessed", "no date", "words", "The café opens"],
        &["b.txt ", " text ", " utf-8", "2025-03-04", "text", " 38 words", " en ", "Ferry opens"],
        &["c.jsonl#1 ", " jsonl ", "no date", "2 words", "One"],
        &["c.jsonl#2 ", "skipped: invalid_json", "column"],
        &["empty.txt ", "skipped: empty"],
    ];
    for (line, parts) in lines.iter().zip(parts) {
        for part in parts {
            assert!(line.contains(part), "{part:?} is not in the line\n{line}");
        }
        assert!(parts[0].trim() == line.split(' ').next().unwrap_or_default(), "not in order: {line}");
    }
    for part in ["3 documents", "2 skipped", "words", "second", "MB of memory"] {
        assert!(summary.contains(part), "{part:?} is not in the summary:\n{summary}");
    }
    assert_eq!(read_folder(&dir.path(".")), before, "inspect wrote or changed a file");
    dir.run(&[]);
    let told: i64 = lines[1].split(" words").next().and_then(|l| l.rsplit(' ').next()).unwrap().parse().unwrap();
    let table = dir.table("documents.csv");
    let row = table.rows.iter().find(|row| row["path"] == "b.txt").unwrap();
    assert_eq!(table.int(row, "tokens"), told, "inspect and run count other words");
}

#[test]
fn inspect_can_show_the_text_that_offsets_count_in() {
    let dir = mixed();
    let (lines, _) = inspect(&dir, &["--text"]);
    let at = lines.iter().position(|line| line.starts_with("a.txt ")).unwrap();
    assert_eq!(&lines[at + 1..at + 4], ["-----", "The café opens", ""]);
    assert_eq!(lines.iter().filter(|line| *line == "-----").count(), 2 * 3, "a text for each of three documents");
    assert!(!inspect(&dir, &[]).0.iter().any(|line| line == "-----"));
}

#[test]
fn inspect_takes_the_options_of_reading_and_fails_as_a_run_does() {
    let dir = Workdir::with_input(&[("a.csv", ODD)]);
    let (lines, _) = inspect(&dir, &["--text-column", "bb", "--title-column", "nope"]);
    assert!(lines[0].contains("missing_title_column"), "{lines:?}");
    let (lines, _) = inspect(&dir, &["--text-column", "nope"]);
    assert!(lines[0].contains("no_text_column") && lines[0].contains("aa, bb"), "{lines:?}");
    dir.byline(&["inspect", "gone"]).exits(1).names_path_and_remedy("gone");
}

#[test]
fn inspect_marks_copies_and_leaves_control_characters_out() {
    let dir = Workdir::empty();
    for name in ["a.txt", "b.txt"] {
        dir.write(format!("input/{name}"), format!("Ferry \u{1b}[31mopens\n\n{}", STORY.repeat(3)));
    }
    let (lines, summary) = inspect(&dir, &[]);
    assert!(lines[1].contains("copy of ") && summary.contains("1 of them copies"), "{lines:?}\n{summary}");
    assert!(!lines.concat().contains('\u{1b}'), "an escape code reached the terminal: {lines:?}");
}

#[test]
fn inspect_into_a_closed_pipe_is_no_failure() {
    let dir = Workdir::with_input(&[("a.txt", STORY)]);
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let out = dir.command(["inspect", "input"]).stdout(writer).stderr(Stdio::piped()).output().unwrap();
    assert_eq!(out.status.code(), Some(0), "{}", String::from_utf8_lossy(&out.stderr));
}
