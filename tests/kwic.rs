//! The concordance and the small corpora as a person meets them: `byline kwic`, `--kwic`, and what a corpus of one
//! document or one word gives.

mod support;

use support::{Table, Workdir};

const ARTICLE: &str = "Ferry opens\n\nBy Nuala Brennock\n3 March 2025\n\nHelen Marsh opened the ferry. “The ferry is \
                       excellent,” Marsh said. Norway’s ferries, and ferry-men, sent letters.\n\nFerry fares rise.\n";

fn lines(dir: &Workdir, folder: &str) -> Vec<String> {
    let kwic = Table::read(&dir.path(folder).join("kwic.csv"));
    let shown = ["pre", "keyword", "post", "voice", "speaker"];
    kwic.rows.iter().map(|row| shown.map(|column| kwic.cell(row, column)).join("|")).collect()
}

#[test]
fn kwic_shows_every_place_in_its_sentence_and_in_whose_words() {
    let dir = Workdir::with_input(&[("a.txt", ARTICLE)]);
    dir.byline(&["kwic", "ferry"]).exits(0);
    let expected = [
        "Helen Marsh opened the|ferry|.|author|",
        "“The|ferry|is excellent,” Marsh said.|quoted|Helen Marsh",
        "|Ferry|fares rise.|author|",
    ];
    assert_eq!(lines(&dir, "kwic"), expected);
    let kwic = Table::read(&dir.path("kwic/kwic.csv"));
    let columns = [
        "doc_id",
        "date",
        "outlet",
        "from",
        "to",
        "pre",
        "keyword",
        "post",
        "pattern",
        "sentence_id",
        "in_quote",
        "voice",
        "speaker",
        "L3",
        "L2",
        "L1",
        "R1",
        "R2",
        "R3",
        "char_start",
        "char_end",
    ];
    assert_eq!(kwic.columns, columns);
    let row = &kwic.rows[1];
    let cells = ["doc_id", "date", "from", "to", "sentence_id", "in_quote", "L3", "L2", "L1", "R1", "R2", "R3"];
    let found = cells.map(|column| kwic.cell(row, column));
    let wanted =
        ["d00000001", "2025-03-03", "7", "7", "d00000001-s0002", "true", "", "", "the", "is", "excellent", "marsh"];
    assert_eq!(found, wanted);
    let start = kwic.int(row, "char_start") as usize;
    assert_eq!(ARTICLE.chars().skip(start).take(5).collect::<String>(), "ferry");
    for file in ["documents.csv", "skipped.csv", "columns.csv", "run.json"] {
        assert!(dir.path("kwic").join(file).is_file(), "{file}");
    }
    assert!(!dir.path("kwic/terms.csv").exists());
}

#[test]
fn patterns_and_paths_are_told_apart() {
    let dir = Workdir::with_input(&[("a.txt", ARTICLE)]);
    dir.write("more/b.txt", ARTICLE.replace("fares", "prices"));
    dir.byline(&["kwic", "ferry fares", "f?rr*", "input", "more", "-o", "out"]).exits(0);
    let kwic = Table::read(&dir.path("out/kwic.csv"));
    assert_eq!(kwic.matching(&[("pattern", "ferry fares")]).len(), 1);
    assert_eq!(kwic.matching(&[("pattern", "f?rr*")]).len(), 10);
    // A word that is a path too: the first is a pattern, and -i makes all of them patterns.
    dir.write("ferry/c.txt", ARTICLE);
    dir.byline(&["kwic", "ferry", "-o", "first"]).exits(0);
    assert_eq!(lines(&dir, "first").len(), 3);
    dir.byline(&["kwic", "fares", "ferry", "-i", "input", "-i", "more", "-o", "both"]).exits(0);
    assert_eq!(Table::read(&dir.path("both/kwic.csv")).rows.len(), 7);
    let lost = Workdir::empty();
    lost.byline(&["kwic", "ferry", "artcles"])
        .exits(1)
        .complains_of("artcles")
        .complains_of("after what is looked for");
    assert_eq!(lost.names("."), Vec::<String>::new());
}

#[test]
fn a_run_writes_the_concordance_only_when_asked() {
    let dir = Workdir::with_input(&[("a.txt", ARTICLE)]);
    dir.run(&[]);
    assert!(!dir.path("output/kwic.csv").exists());
    dir.run(&["--kwic", "ferry", "--kwic", "/Norw[a-z]+/", "--kwic", "zeppelin", "--kwic-window", "1"])
        .complains_of("kwic.csv: nothing was found for zeppelin");
    let window = lines(&dir, "output");
    assert_eq!(window[0], "the|ferry|.|author|");
    assert_eq!(window[2], "|Norway’s|ferries|author|");
    let told = std::fs::read_to_string(dir.path("output/run.json")).expect("run.json");
    assert!(told.contains("/Norw[a-z]+/") && told.contains("\"kwic_window\": 1"), "{told}");
    dir.run(&[]);
    assert!(!dir.path("output/kwic.csv").exists(), "the table of an earlier run goes");
}

#[test]
fn one_endless_sentence_costs_no_more_than_its_context() {
    let dir = Workdir::with_input(&[("a.txt", &"the ferry of the ".repeat(20_000))]);
    dir.byline(&["kwic", "ferry", "-o", "out"]).exits(0);
    let size = std::fs::metadata(dir.path("out/kwic.csv")).expect("kwic.csv").len();
    assert_eq!(lines(&dir, "out").len(), 20_000);
    assert!(size < 20_000 * 700, "{size} bytes");
}

#[test]
fn a_corpus_of_one_document_or_one_word_gives_every_table() {
    for text in [ARTICLE, "Ferry\n\nSunk.\n", "Ferry"] {
        let dir = Workdir::with_input(&[("a.txt", text)]);
        dir.run(&["--kwic", "sunk"]);
        for name in dir.names("output").iter().filter(|name| name.ends_with(".csv")) {
            let table = dir.table(name);
            let bad = |cell: &String| ["NaN", "inf", "-inf"].contains(&cell.as_str());
            assert!(!table.rows.iter().any(|row| row.values().any(bad)), "{name} of {text:?}");
        }
        for row in &dir.table("terms.csv").rows {
            // One part has no dispersion over parts.
            assert_eq!((row["dp_norm"].as_str(), row["juilland_d"].as_str()), ("", ""), "{row:?}");
        }
    }
}

#[test]
fn a_group_without_words_is_told() {
    let dir = Workdir::empty();
    dir.write("news.csv", "text,outlet\n\"The ferry left the harbour.\",Courier\n\"— — —\",Gazette\n");
    let run = dir.byline(&["run", "news.csv", "-o", "output", "--keyness-min-count", "1"]).exits(0);
    assert_eq!(dir.table("keyness.csv").rows.len(), 0);
    assert!(run.stderr.contains("keyness.csv"), "{}", run.stderr);
}

#[test]
fn terms_of_ten_thousand_characters_go_through_every_table() {
    let word = "y".repeat(10_000);
    let text = format!("{word} and Helen Marsh met. {word} and Helen Marsh left.\n\n{word} came.\n");
    let dir = Workdir::with_input(&[("a.txt", &text)]);
    dir.run(&["--kwic", "y*", "--network", "term", "--network-min", "1"]);
    assert_eq!(lines(&dir, "output").len(), 3);
    let terms = dir.table("terms.csv");
    assert_eq!(terms.cell(terms.matching(&[("feature", &word)])[0], "frequency"), "3");
}
