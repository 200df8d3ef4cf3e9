//! What the options of words do to the tables: stop lists, keep lists, stems, spellings, multi-word terms and capitals,
//! and what is said of a list that cannot be used. Every list and text is written here.

mod support;

use support::table::Row;
use support::{Run, Table, Workdir};

const TEXT: &str = "Ferry opens\n\n3 March 2025\n\nThe Prime Minister opened the ferry in 2025. Two former prime ministers \
                    came. In its prime, minister after minister took the colourful ferry; the S&P 500 fell and the US \
                    Army sailed. The St. Louis ferries were in colour, not in color.\n";

/// Runs over the text with a list, and gives the folder.
fn run(list: &str, options: &[&str]) -> Workdir {
    let dir = Workdir::with_input(&[("a.txt", TEXT)]);
    let path = dir.write("list.txt", list);
    let path = path.to_string_lossy().into_owned();
    let options: Vec<&str> =
        options.iter().map(|option| if *option == "LIST" { path.as_str() } else { option }).collect();
    dir.run(&options);
    dir
}

/// How often a feature occurs; 0 when it has no row.
fn frequency(dir: &Workdir, feature: &str, kind: &str) -> i64 {
    let terms = dir.table("terms.csv");
    let rows = terms.matching(&[("feature", feature), ("feature_type", kind)]);
    rows.first().map_or(0, |row| terms.int(row, "frequency"))
}

/// The items of sentence pairs of terms, each once.
fn items(dir: &Workdir) -> Vec<String> {
    let pairs: Table = dir.table("cooccurrence.csv");
    let rows: Vec<&Row> = pairs.matching(&[("unit", "sentence"), ("node_type", "term")]);
    let mut items: Vec<String> = rows.iter().flat_map(|row| [row["item1"].clone(), row["item2"].clone()]).collect();
    items.sort_unstable();
    items.dedup();
    items
}

#[test]
fn stop_and_keep_lists_choose_the_items_of_pairs() {
    let every = |list: &str, options: &[&str]| items(&run(list, &[options, &["--min-count", "1"]].concat()));
    let english = every("", &[]);
    assert!(english.contains(&"ferry".into()) && !english.contains(&"the".into()) && !english.contains(&"2025".into()));
    let none = every("", &["--stopwords", "none"]);
    assert!(["the", "2025", "ferry"].iter().all(|word| none.contains(&(*word).into())), "{none:?}");
    let own = every("Ferry # no comment here\nferry\n", &["--stopwords", "LIST"]);
    assert!(own.contains(&"the".into()) && !own.contains(&"ferry".into()) && !own.contains(&"2025".into()), "{own:?}");
    let kept = every("the\n2025\n", &["--keep-words", "LIST"]);
    assert!(kept.contains(&"the".into()) && kept.contains(&"2025".into()) && !kept.contains(&"in".into()), "{kept:?}");
}

#[test]
fn terms_say_which_words_the_stop_list_has() {
    let dir = run("ferry\n", &["--stopwords", "LIST"]);
    let terms = dir.table("terms.csv");
    let flags = |feature: &str| terms.matching(&[("feature", feature)])[0]["stopword"].clone();
    assert_eq!((flags("ferry"), flags("the")), ("true".into(), "false".into()));
    assert!(frequency(&dir, "ferry", "word") > 0, "frequencies keep stop words");
}

#[test]
fn multiword_terms_are_counted_as_one() {
    let list = "prime minister\nS&P 500\nSt. Louis\nUS Army\nferry opens\n";
    let dir = run(list, &["--multiword", "LIST"]);
    assert_eq!(frequency(&dir, "prime minister", "mwe"), 1, "not the plural, not over the comma");
    for term in ["s&p 500", "st louis", "US army"] {
        assert_eq!(frequency(&dir, term, "mwe"), 1, "{term}: {:?}", dir.table("terms.csv").rows);
    }
    assert_eq!(frequency(&dir, "ferry opens", "mwe"), 0, "the title is not counted");
    assert_eq!(frequency(&dir, "prime", "word"), 2);
    let stems = run(list, &["--multiword", "LIST", "--stem", "english"]);
    assert_eq!(frequency(&stems, "prime minister", "mwe"), 2, "the plural has the same stem");
}

#[test]
fn stems_and_spellings_bring_forms_together() {
    let dir = run("", &["--stem", "english"]);
    assert_eq!((frequency(&dir, "ferri", "word"), frequency(&dir, "ferry", "word")), (3, 0));
    assert_eq!(frequency(&dir, "the", "word"), 6, "stop words stay as they are");
    let dir = run("variant,standard\ncolour,color\n", &["--spelling", "LIST"]);
    assert_eq!((frequency(&dir, "color", "word"), frequency(&dir, "colour", "word")), (2, 0));
    assert_eq!(frequency(&dir, "colourful", "word"), 1);
}

#[test]
fn capitals_are_folded_or_kept() {
    let folded = run("", &[]);
    assert_eq!((frequency(&folded, "the", "word"), frequency(&folded, "US", "word")), (6, 1));
    let kept = run("", &["--case", "keep"]);
    assert_eq!((frequency(&kept, "the", "word"), frequency(&kept, "The", "word")), (4, 2));
    assert!(!items(&kept).contains(&"The".into()), "a stop word is one whatever its case");
}

#[test]
fn the_manifest_names_lists_by_digest_and_not_by_place() {
    let dir = run("ferry\n", &["--stopwords", "LIST"]);
    let text = String::from_utf8(support::read_folder(&dir.path("output"))["run.json"].clone()).unwrap();
    let json: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(json["options"]["stopwords"]["list"]["entries"], 1);
    assert_eq!(json["options"]["stopwords"]["list"]["sha256"].as_str().map(str::len), Some(64));
    assert!(!text.contains("list.txt"));
}

/// Runs with a bad list and gives what was said.
fn refused(list: &[u8], option: &str) -> Run {
    let dir = Workdir::with_input(&[("a.txt", TEXT)]);
    let path = dir.write("list.txt", list);
    let run = dir.byline(&["run", "input", "-o", "output", option, &path.to_string_lossy()]);
    assert_eq!(dir.names("."), ["input", "list.txt"], "a run that failed left something behind");
    run.exits(2).names_path_and_remedy("list.txt")
}

#[test]
fn bad_lists_end_the_run_before_it_begins() {
    for option in ["--stopwords", "--keep-words", "--spelling", "--multiword"] {
        refused(b"", option);
        refused(b"# nothing\n", option);
        refused(b"fine,good\ncaf\xe9,x\n", option).complains_of("line 2: is not UTF-8");
    }
    refused(b"a,b\nb,a\n", "--spelling").complains_of("line 1");
    refused(b"x,y\nb,c\na,b\n", "--spelling").complains_of("line 3: a leads to b");
    refused("x".repeat(10_000).as_bytes(), "--multiword").complains_of("line 1");
    refused("word ".repeat(10_000).as_bytes(), "--multiword").complains_of("10000 words");
    let dir = Workdir::with_input(&[("a.txt", TEXT)]);
    let run = dir.byline(&["run", "input", "-o", "output", "--stopwords", "absent.txt"]);
    run.exits(1).names_path_and_remedy("absent.txt");
}

#[test]
fn a_term_of_ten_thousand_characters_is_counted_like_any_other() {
    let long = "x".repeat(10_000);
    let dir = Workdir::with_input(&[("a.txt", &format!("A title\n\nThe {long} ferry and the {long} ferry sailed.\n"))]);
    let list = dir.write("list.txt", format!("{long} ferry\n"));
    let stop = dir.write("stop.txt", &long);
    let (list, stop) = (list.to_string_lossy(), stop.to_string_lossy());
    dir.run(&["--multiword", &list, "--stopwords", &stop, "--stem", "english", "--case", "keep"]);
    assert_eq!(frequency(&dir, &format!("{long} ferry"), "mwe"), 2);
}
