//! `byline wordlist`: its list is what `terms.csv` says of the same files, whatever these are, whatever a word is and on
//! however many threads; and how it behaves on standard output, in a file and with files that cannot be used.

mod support;

use std::fs;
use std::path::Path;

use support::{BYLINE, Table, Workdir, copy_folder, generated, repository};

const COLUMNS: [&str; 7] = ["feature", "feature_type", "stopword", "frequency", "rank", "docfreq", "per_million"];

/// Rows of the columns that both tables have, in order.
fn rows(path: &Path) -> Vec<String> {
    let table = Table::read(path);
    table.rows.iter().map(|row| COLUMNS.map(|column| table.cell(row, column)).join("|")).collect()
}

/// Compares the list with a run over the folder `input`.
#[track_caller]
fn agree(dir: &Workdir, options: &[&str]) {
    let run = ["run", "-o", "tables", "--tables", "terms", "--boilerplate", "keep", "--duplicates", "keep", "--quiet"];
    dir.byline(&[&run, options].concat()).exits(0);
    dir.byline(&[&["wordlist", "-o", "words.csv", "--quiet", "--threads", "1"], options].concat()).exits(0);
    let (expected, found) = (rows(&dir.path("tables/terms.csv")), rows(&dir.path("words.csv")));
    assert!(!expected.is_empty());
    let differ = expected.iter().zip(&found).find(|(expected, found)| expected != found);
    assert_eq!((differ, found.len()), (None, expected.len()), "{options:?}");
    dir.byline(&[&["wordlist", "-o", "more.csv", "--quiet", "--threads", "3"], options].concat()).exits(0);
    let bytes = |name: &str| fs::read(dir.path(name)).expect("a list");
    assert!(bytes("words.csv") == bytes("more.csv"), "three threads");
}

#[test]
fn the_list_is_terms_csv() {
    let dir = Workdir::with_sample();
    generated::corpus(&dir.path("input/generated"), 11, 9, 12_000);
    for case in ["aliases", "boilerplate", "hyphens", "negation", "quotes", "two-voices"] {
        copy_folder(&repository().join("tests/cases").join(case).join("input"), &dir.path(format!("input/{case}")));
    }
    let text = generated::article(78, 8_000);
    dir.write("input/spelled/crlf.txt", text.replace('\n', "\r\n"));
    dir.write("input/spelled/tabs.txt", text.replace(". ", ".\t"));
    dir.write("input/spelled/decomposed.txt", text.replace("officials", "offici\u{0065}\u{0301}ls 🐟"));
    dir.write("input/spelled/curly.txt", text.replace('\'', "’").replace("the ", "the\u{a0}").replace('a', "à"));
    dir.write("input/spelled/marks.txt", text.replace("the", "*the*").replace("of", "&amp; <b>of</b>"));
    agree(&dir, &[]);
    agree(&dir, &["--case", "keep"]);
    agree(&dir, &["--stem", "english", "--stopwords", "none"]);
    dir.write("list.txt", "prime minister\nof the\n");
    agree(&dir, &["--multiword", "list.txt", "--keep-words", "list.txt", "--csv-profile", "data"]);
}

#[test]
fn it_is_the_same_in_every_format() {
    let dir = Workdir::empty();
    copy_folder(&repository().join("tests/formats/input"), &dir.path("input"));
    agree(&dir, &[]);
}

#[test]
fn small_texts_agree_whatever_stands_in_them() {
    let pieces = [
        "US",
        "us",
        "the",
        "Vale’s",
        "it's",
        "dogs’",
        "rock-’n’-roll",
        "post-war",
        "co\u{2010}op",
        "-",
        "--",
        "—",
        ".",
        ". ",
        "...",
        "U.S.",
        "Mr.",
        "J.",
        "No. 5",
        "1,200",
        "$3.5bn",
        "12%",
        "12-year-old",
        "’90s",
        "5:15",
        "@who",
        "#tag",
        ":)",
        ":D",
        "www.",
        "a.com",
        "a@b.example",
        "http://x.example/y",
        "AT&T",
        "é",
        "e\u{301}",
        "日本語",
        "ß",
        "🐟",
        "_",
        "*",
        "x",
        "\n",
        "\n\n",
        "(",
        ")",
        "“",
        "”",
        "‘",
        ",",
        ";",
        "naïve",
        "WHO SAID",
        "averyveryverylongwordwithoutanend",
    ];
    let dir = Workdir::empty();
    let mut dice = generated::Dice::seeded(5);
    for file in 0..60 {
        let mut text = String::from("A title\n\n");
        for _ in 0..200 {
            text.push_str(dice.pick(&pieces));
            text.push_str(["", " ", " ", " "][dice.below(4)]);
        }
        dir.write(format!("input/{file}.txt"), text);
    }
    let line = |text: &str| format!("{}\n", serde_json::json!({ "title": "T", "text": text, "n": 1.5, "none": null }));
    dir.write("input/lines.jsonl", (0..40).map(|_| line(&dice.pick(&pieces).repeat(9))).collect::<String>());
    agree(&dir, &[]);
}

#[test]
fn the_list_is_printed_and_skipped_files_are_told() {
    let dir = Workdir::with_input(&[("a.txt", "Ferry opens\n\nThe ferry opened, the ferry."), ("b.txt", "")]);
    let run = dir.byline(&["wordlist", "--csv-profile", "data", "--strict"]).exits(3);
    let expected = "feature,feature_type,stopword,frequency,rank,docfreq,per_million\n\
                    \"ferry\",\"word\",false,2,1,1,400000.0000\n\"the\",\"word\",true,2,1,1,400000.0000\n\
                    \"opened\",\"word\",false,1,3,1,200000.0000\n";
    assert_eq!(run.stdout, expected);
    assert!(run.stderr.contains("1 document, 5 words, 3 different"), "{}", run.stderr);
    run.complains_of("skipped 1 of 2 files, the first: b.txt (empty)");
    let json = dir.byline(&["wordlist", "--log-format", "json"]).exits(0).stderr;
    assert!(json.contains("\"types\":3") && json.contains("\"reason\":\"empty\""), "{json}");
    dir.byline(&["wordlist", "nowhere"]).exits(1).names_path_and_remedy("nowhere");
    dir.byline(&["wordlist", "-o", "no/such/folder.csv"]).exits(1).names_path_and_remedy("no/such");
    dir.byline(&["wordlist", "--min-count", "3"]).exits(2);
}

#[test]
fn a_list_replaces_one_that_is_there_and_serves_as_reference() {
    let dir = Workdir::with_sample();
    dir.write("words.csv", "old");
    dir.byline(&["wordlist", "input", "-o", "words.csv"]).exits(0);
    assert_eq!(dir.names("."), ["input", "words.csv"]);
    dir.byline(&["run", "input", "-o", "out", "--tables", "keyness", "--reference", "words.csv"]).exits(0);
    assert!(dir.path("out/keyness.csv").is_file());
}

#[test]
fn a_reader_that_goes_away_is_no_failure() {
    let dir = Workdir::with_sample();
    let line = format!("{BYLINE} wordlist input --quiet | head -n 1");
    let out = std::process::Command::new("sh").arg("-c").arg(line).current_dir(dir.path(".")).output().expect("sh");
    assert!(out.status.success() && out.stderr.is_empty());
}
