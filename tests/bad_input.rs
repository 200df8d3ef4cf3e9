//! Files that cannot be used, or can but look as if they could not. Whatever lies in the input folder, a run ends with
//! tables, each file is either a row of `documents.csv` or a row of `skipped.csv`, and never both or neither.

mod support;

use std::fs;

use support::{Run, Workdir};

const GOOD: &str = "Ferry opens\n\n3 March 2025\n\nHelen Marsh opened the ferry. “It is excellent,” Marsh said.\n";

/// Runs, and asserts that the files of the input are accounted for: so many documents, so many skipped.
#[track_caller]
fn accounts(dir: &Workdir, documents: usize, skipped: usize) -> Run {
    let run = dir.run(&[]);
    let read: Vec<String> = column(dir, "documents.csv", "path");
    let left: Vec<String> = column(dir, "skipped.csv", "path");
    assert_eq!(
        (read.len(), left.len()),
        (documents, skipped),
        "expected {documents} documents and {skipped} skipped files\n  read:    {read:?}\n  skipped: {left:?}"
    );
    run
}

fn column(dir: &Workdir, table: &str, column: &str) -> Vec<String> {
    let table = dir.table(table).with(&[column]);
    table.rows.iter().map(|row| table.cell(row, column).to_owned()).collect()
}

/// The row of `skipped.csv` for the file whose path ends so.
#[track_caller]
fn reason(dir: &Workdir, name: &str) -> String {
    let table = dir.table("skipped.csv").with(&["path", "bytes", "reason", "detail", "action"]);
    let rows: Vec<_> = table.rows.iter().filter(|row| table.cell(row, "path").ends_with(name)).collect();
    assert_eq!(rows.len(), 1, "{name} should have one row in skipped.csv; the table is {:?}", table.rows);
    let reason = table.cell(rows[0], "reason");
    let stable =
        !reason.is_empty() && reason.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
    assert!(stable, "the reason {reason:?} is not one stable snake_case word");
    for told in ["detail", "action"] {
        assert!(!table.cell(rows[0], told).trim().is_empty(), "the {told} of {name} is empty");
    }
    reason.to_owned()
}

#[test]
fn an_empty_file_is_skipped_as_empty() {
    let dir = Workdir::with_input(&[("good.txt", GOOD), ("empty.txt", "")]);
    accounts(&dir, 1, 1);
    assert_eq!(reason(&dir, "empty.txt"), "empty");
    assert_eq!(column(&dir, "skipped.csv", "bytes"), ["0"]);
}

#[test]
fn files_of_white_space_are_skipped_as_empty() {
    let dir = Workdir::with_input(&[("good.txt", GOOD), ("space.txt", " \r\n\t\n   \n"), ("bom.txt", "\u{feff}\n")]);
    accounts(&dir, 1, 2);
    assert_eq!(reason(&dir, "space.txt"), "empty");
    assert_eq!(reason(&dir, "bom.txt"), "empty");
}

#[test]
fn bytes_that_are_not_utf8_are_read_in_their_encoding() {
    let dir = Workdir::with_input(&[("good.txt", GOOD)]);
    dir.write("input/old.txt", b"Ferry opens\n\nHelen Marsh sat in the caf\xe9 and said \x93yes\x94.\n");
    dir.write("input/cut.md", b"A headline\n\nThe last character is cut \xe2\x80");
    let utf16: Vec<u8> = [0xff, 0xfe].into_iter().chain(GOOD.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    dir.write("input/utf16.txt", utf16);
    accounts(&dir, 4, 0);
}

#[test]
fn files_of_other_kinds_are_never_read_as_text() {
    let dir = Workdir::with_input(&[("good.txt", GOOD)]);
    dir.write("input/zeros.txt", vec![0u8; 10_000]);
    dir.write("input/packed.txt", b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03");
    accounts(&dir, 1, 2);
    assert_eq!(reason(&dir, "zeros.txt"), "binary");
    assert_eq!(reason(&dir, "packed.txt"), "wrong_extension");
}

#[test]
fn files_with_other_endings_or_hidden_names_are_listed() {
    let dir = Workdir::with_input(&[
        ("good.txt", GOOD),
        ("photo.jpg", "not a photo"),
        ("noending", "no ending at all"),
        (".hidden.txt", GOOD),
    ]);
    accounts(&dir, 2, 2);
    assert_eq!(reason(&dir, "photo.jpg"), "unsupported_format");
    assert_eq!(reason(&dir, ".hidden.txt"), "hidden");
}

#[test]
fn a_table_with_a_broken_line_costs_that_line() {
    let dir = Workdir::with_input(&[
        ("good.txt", GOOD),
        ("a.jsonl", "{\"text\": \"The ferry sailed.\"}\n{\"text\": \"cut\n{\"text\": \"The ferry came back.\"}\n"),
        ("b.csv", "id,name\n1,short\n"),
        ("c.zip", "no archive at all"),
    ]);
    accounts(&dir, 3, 3);
    assert_eq!(reason(&dir, "a.jsonl"), "invalid_json");
    assert_eq!(reason(&dir, "b.csv"), "no_text_column");
    assert_eq!(reason(&dir, "c.zip"), "damaged");
}

#[test]
fn a_file_without_any_sentence_is_skipped_as_no_text() {
    let dir = Workdir::with_input(&[("good.txt", GOOD), ("rule.md", "* * *\n\n---\n")]);
    accounts(&dir, 1, 1);
    assert_eq!(reason(&dir, "rule.md"), "no_text");
}

#[test]
fn a_folder_named_like_a_text_file_is_a_folder() {
    let dir = Workdir::with_input(&[("good.txt", GOOD), ("folder.txt/inside.txt", GOOD)]);
    dir.folder("input/hollow.txt");
    accounts(&dir, 2, 0);
}

#[cfg(unix)]
#[test]
fn a_file_without_read_permission_is_skipped_or_read_by_root() {
    use std::os::unix::fs::PermissionsExt as _;
    let dir = Workdir::with_input(&[("good.txt", GOOD), ("locked.txt", GOOD)]);
    let locked = dir.path("input/locked.txt");
    fs::set_permissions(&locked, fs::Permissions::from_mode(0o000)).unwrap();
    // Root reads everything; then the file must be an ordinary document.
    if fs::read(&locked).is_ok() {
        accounts(&dir, 2, 0);
    } else {
        accounts(&dir, 1, 1);
        assert_eq!(reason(&dir, "locked.txt"), "permission_denied");
    }
}

#[cfg(unix)]
#[test]
fn link_loops_and_broken_links_are_told_and_end() {
    use std::os::unix::fs::symlink;
    let dir = Workdir::with_input(&[("good.txt", GOOD), ("sub/also.txt", GOOD)]);
    symlink("..", dir.path("input/sub/up")).unwrap();
    symlink("self.txt", dir.path("input/self.txt")).unwrap();
    symlink("nowhere.txt", dir.path("input/broken.txt")).unwrap();
    accounts(&dir, 2, 3);
    assert_eq!(reason(&dir, "sub/up"), "link_loop");
    assert_eq!(reason(&dir, "broken.txt"), "not_found");
    reason(&dir, "self.txt");
}

#[test]
fn an_empty_folder_ends_with_a_clear_word() {
    let dir = Workdir::empty();
    dir.folder("input");
    let run = dir.byline(&["run", "input", "-o", "output"]);
    match run.code {
        Some(0) => {
            assert!(
                run.stderr.contains('0') || run.stderr.contains("no "),
                "nothing was read, unsaid:\n{}",
                run.stderr
            );
            assert_eq!(dir.table("documents.csv").rows.len(), 0);
            assert!(!dir.table("documents.csv").columns.is_empty(), "documents.csv has no header");
        }
        _ => {
            run.exits(1).names_path_and_remedy("input");
            assert_eq!(dir.names("."), ["input"], "a run that failed left something behind");
        }
    }
}

#[test]
fn a_folder_of_bad_files_alone_still_gives_tables() {
    let dir = Workdir::with_input(&[("a.txt", ""), ("b.md", "\n\n")]);
    accounts(&dir, 0, 2);
    for name in dir.names("output").iter().filter(|name| name.ends_with(".csv")) {
        assert!(!dir.table(name).columns.is_empty(), "{name} has no header");
    }
}

#[test]
fn a_file_over_the_limit_is_skipped_as_too_large() {
    let dir = Workdir::with_input(&[("good.txt", GOOD)]);
    let file = fs::File::create(dir.path("input/huge.txt")).unwrap();
    file.set_len(70 << 20).unwrap();
    accounts(&dir, 1, 1);
    assert_eq!(reason(&dir, "huge.txt"), "too_large");
    assert_eq!(column(&dir, "skipped.csv", "bytes"), [(70u64 << 20).to_string()]);
}

#[test]
fn the_limit_is_an_option_and_a_file_of_just_that_size_is_read() {
    let dir =
        Workdir::with_input(&[("fits.txt", &"word ".repeat(2_048)[..10_240]), ("over.txt", &"word ".repeat(2_049))]);
    dir.run(&["--max-file-size", "10K"]);
    assert_eq!(column(&dir, "skipped.csv", "reason"), ["too_large"]);
    let read = column(&dir, "documents.csv", "path");
    assert!(read.len() == 1 && read[0].ends_with("fits.txt"), "a file of just the limit was not read: {read:?}");
}

#[test]
fn one_line_of_three_megabytes_is_read() {
    let dir = Workdir::empty();
    let line: String = support::generated::article(5, 3 << 20).replace(['#', '\n'], " ");
    assert!(line.len() > 3_000_000);
    dir.write("input/line.txt", line);
    accounts(&dir, 1, 0);
    let table = dir.table("documents.csv").with(&["tokens"]);
    let tokens = table.int(&table.rows[0], "tokens");
    // A word of English with its space is about six characters.
    assert!(tokens > 300_000, "a line of 3 MB gave only {tokens} tokens");
}

#[test]
fn one_word_of_a_megabyte_and_one_endless_quotation_are_read() {
    let dir = Workdir::with_input(&[
        ("word.txt", &"x".repeat(1 << 20)),
        ("quote.txt", &format!("A title\n\nHelen Marsh said: “{}", "it went on and on ".repeat(40_000))),
        ("marks.txt", &format!("A title\n\nMarsh {}", "“‘\"'—-.,(*_#>".repeat(20_000))),
        ("breaks.txt", &"Marsh\n\n".repeat(50_000)),
    ]);
    accounts(&dir, 4, 0);
}

#[test]
fn texts_that_end_within_a_report_are_read() {
    let dir = Workdir::with_input(&[("good.txt", GOOD)]);
    for (number, end) in
        ["said", "said on Tuesday", "said Tuesday", "told reporters", "said that", "said \""].iter().enumerate()
    {
        dir.write(format!("input/{number}.txt"), format!("Ferry opens\n\nHelen Marsh opened the ferry. Marsh {end}"));
    }
    accounts(&dir, 7, 0);
}

#[test]
fn ten_thousand_marks_in_a_paragraph_are_read() {
    let dir = Workdir::with_input(&[("good.txt", GOOD)]);
    for (name, mark) in [("straight", "\"a b\" "), ("curly", "“a ”"), ("alone", "\""), ("open", "“a ")] {
        dir.write(format!("input/{name}.txt"), format!("Ferry opens\n\nMarsh said {}\n", mark.repeat(10_000)));
    }
    accounts(&dir, 5, 0);
}

#[test]
fn a_sentence_of_five_megabytes_is_read() {
    let dir = Workdir::with_input(&[("good.txt", GOOD)]);
    let sentence = "Helen Marsh praised the reckless harbour and Marsh said the ferry is late and ";
    dir.write("input/long.txt", format!("Ferry opens\n\n{}\n", sentence.repeat(5_000_000 / sentence.len())));
    accounts(&dir, 2, 0);
}

#[test]
fn documents_of_quotations_only_are_read() {
    let text =
        |times: usize| "“We will rebuild the harbour by spring,” Marsh said. “It is excellent.”\n\n".repeat(times);
    let dir = Workdir::with_input(&[("short.txt", &text(500)), ("long.txt", &text(10_000))]);
    accounts(&dir, 2, 0);
    let table = dir.table("documents.csv").with(&["path", "quotations"]);
    let quotations = |name: &str| {
        let row = table.rows.iter().find(|row| table.cell(row, "path").ends_with(name)).expect("a document");
        table.int(row, "quotations")
    };
    assert_eq!((quotations("short.txt"), quotations("long.txt")), (1_000, 20_000));
}

#[test]
fn deep_folders_are_read() {
    let dir = Workdir::empty();
    let deep = format!("input/{}article.txt", "d/".repeat(200));
    dir.write(&deep, GOOD);
    accounts(&dir, 1, 0);
    assert!(column(&dir, "documents.csv", "path")[0].ends_with("d/d/d/article.txt"));
}

#[test]
fn odd_names_are_read_and_written_as_they_are() {
    let names = [
        "with space.txt",
        "Überblick für Señor.txt",
        "emoji 🐟.md",
        "-o.txt",
        "comma, quote \" semi;.txt",
        "UPPER.TXT",
        "a.b.c.txt",
        "'apostrophe’s.txt",
        "=1+2.txt",
        "%s {} \\n.txt",
        "العربية.txt",
    ];
    let files: Vec<(&str, &str)> = names.iter().map(|name| (*name, GOOD)).collect();
    let dir = Workdir::with_input(&files);
    accounts(&dir, names.len(), 0);
    let read = column(&dir, "documents.csv", "path");
    for name in names {
        assert!(read.iter().any(|path| path.ends_with(name)), "no document has the path {name:?}; read {read:?}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn names_with_line_breaks_or_broken_bytes_stay_one_row() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt as _;
    let dir = Workdir::with_input(&[("good.txt", GOOD), ("two\nlines.txt", GOOD)]);
    dir.write(std::path::Path::new("input").join(OsStr::from_bytes(b"caf\xe9.txt")), GOOD);
    accounts(&dir, 3, 0);
    let bytes = fs::read(dir.path("output/documents.csv")).unwrap();
    let lines = String::from_utf8(bytes).expect("documents.csv is UTF-8").lines().count();
    assert_eq!(lines, 4, "a line break in a file name broke a row of documents.csv");
}

#[test]
fn the_same_file_given_twice_is_one_document() {
    let dir = Workdir::with_input(&[("a.txt", GOOD)]);
    dir.byline(&["run", "input", "input/a.txt", "input", "-o", "output"]).exits(0);
    let read = column(&dir, "documents.csv", "path");
    assert_eq!(read.len(), 1, "one file named three ways became {read:?}");
}
