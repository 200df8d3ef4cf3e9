//! Groups, periods and reference lists as a person meets them: what `--group-by`, `--period`, `--reference` and
//! `byline keyness` write, and what they say when there is nothing to compare. Every test runs the built binary; the
//! counts are checked against a plain count over the texts.

mod support;

use std::collections::BTreeMap;

use support::Workdir;
use support::table::{Row, Table};

const SEA: &str = "Harbour news\n\n3 March 2025\n\nThe ferry left the harbour. The ferry was late, and the ferry was full of sailors.\n";
const LAND: &str =
    "Valley news\n\n9 May 2025\n\nThe tractor stood in the valley. A tractor is no ferry, said the farmers.\n";

fn two_folders() -> Workdir {
    let dir = Workdir::empty();
    dir.write("sea/1.txt", SEA);
    dir.write("sea/2.txt", SEA.replace("late", "early").replace("3 March", "4 March"));
    dir.write("land/1.txt", LAND);
    dir
}

fn find<'t>(table: &'t Table, cells: &[(&str, &str)]) -> &'t Row {
    let rows: Vec<&Row> =
        table.rows.iter().filter(|row| cells.iter().all(|(column, value)| row[*column] == *value)).collect();
    assert_eq!(rows.len(), 1, "one row with {cells:?}");
    rows[0]
}

fn whole(row: &Row, column: &str) -> u64 {
    row[column].parse().unwrap_or_else(|_| panic!("{column} is {:?}", row[column]))
}

fn number(row: &Row, column: &str) -> f64 {
    row[column].parse().unwrap_or_else(|_| panic!("{column} is {:?}", row[column]))
}

#[test]
fn two_folders_are_compared_with_each_other() {
    let dir = two_folders();
    dir.byline(&["keyness", "sea", "land", "-o", "out", "--duplicates", "keep", "--keyness-min-count", "1"]).exits(0);
    let names = dir.names("out");
    for file in ["keyness.csv", "terms_by_group.csv", "documents.csv", "skipped.csv", "columns.csv", "run.json"] {
        assert!(names.iter().any(|name| name == file), "{file} is not among {names:?}");
    }
    assert!(!names.iter().any(|name| name == "entities.csv"), "{names:?}");
    let keyness = Table::read(&dir.path("out/keyness.csv"));
    let ferry = find(&keyness, &[("target", "sea"), ("feature", "ferry")]);
    // 16 words in each text of the sea, 14 in that of the land.
    let counted = ["group_by", "reference", "n_target", "n_reference", "total_target", "total_reference"];
    let counted: Vec<&str> = counted.iter().map(|column| ferry[*column].as_str()).collect();
    assert_eq!(counted, ["input", "land", "6", "1", "32", "14"]);
    assert_eq!((ferry["docfreq_target"].as_str(), ferry["docfreq_reference"].as_str()), ("2", "1"));
    assert!(number(ferry, "g2") > 0.0 && number(ferry, "dp_target").abs() < 1e-9);
    let mirrored = find(&keyness, &[("target", "land"), ("feature", "ferry")]);
    assert!((number(ferry, "g2") + number(mirrored, "g2")).abs() < 1e-6);
    let columns = Table::read(&dir.path("out/columns.csv"));
    assert!(columns.rows.iter().any(|row| row["table"] == "keyness.csv" && row["column"] == "g2"));
    assert!(columns.rows.iter().all(|row| row["table"] != "entities.csv"), "only tables that are there");
}

#[test]
fn nothing_to_compare_is_told() {
    let dir = two_folders();
    dir.byline(&["keyness", "sea", "-o", "out"]).exits(2).complains_of("nothing to compare with");
    dir.byline(&["keyness", "sea", "nowhere", "-o", "out"]).exits(1).complains_of("nowhere");
    dir.folder("empty");
    dir.byline(&["keyness", "sea", "empty", "-o", "out"]).exits(0).complains_of("empty holds no document");
    assert_eq!(Table::read(&dir.path("out/keyness.csv")).rows.len(), 0);
    dir.byline(&["run", "land", "-o", "one", "--group-by", "month"])
        .exits(0)
        .complains_of("all documents that have one are of 2025-05");
    assert_eq!(Table::read(&dir.path("one/keyness.csv")).rows.len(), 0);
}

#[test]
fn a_column_that_is_not_there_ends_the_run_and_names_those_that_are() {
    let dir = Workdir::empty();
    dir.write(
        "news.csv",
        "text,topic\n\"The ferry left the harbour this morning.\",sea\n\"The tractor stood still.\",land\n",
    );
    let run = dir.byline(&["run", "news.csv", "-o", "out", "--group-by", "tpoic"]).exits(2);
    run.complains_of("--group-by tpoic").complains_of("topic");
    assert!(!dir.path("out").exists(), "nothing is written");
    assert_eq!(dir.names("."), ["news.csv"]);
    dir.byline(&["run", "news.csv", "-o", "out", "--group-by", "topic,outlet", "--keyness-min-count", "1"]).exits(0);
    let terms = Table::read(&dir.path("out/keyness.csv"));
    assert_eq!(find(&terms, &[("target", "land"), ("feature", "tractor")])["reference"], "sea");
    for (option, value) in [("--group-by", "topic,topic"), ("--group-by", "topic,"), ("--group-by", "none,topic")] {
        dir.byline(&["run", "news.csv", "-o", "out", option, value]).exits(2).complains_of("--group-by");
    }
    dir.byline(&["run", "news.csv", "-o", "out", "--period", "decade"]).exits(2);
}

#[test]
fn a_reference_list_is_the_other_side() {
    let dir = two_folders();
    dir.write("list.tsv", "Word\tCount\nferry\t10\nthe\t50\nwindmill\t40\n");
    let options = ["--reference", "list.tsv", "--keyness-min-count", "1", "--duplicates", "keep"];
    dir.byline(&[&["run", "sea", "land", "-o", "out"], &options[..]].concat()).exits(0);
    let keyness = Table::read(&dir.path("out/keyness.csv"));
    let ferry = find(&keyness, &[("feature", "ferry")]);
    let counted = ["group_by", "target", "reference", "n_target", "n_reference", "total_target", "total_reference"];
    let counted: Vec<&str> = counted.iter().map(|column| ferry[*column].as_str()).collect();
    assert_eq!(counted, ["corpus", "corpus", "list.tsv", "7", "10", "46", "100"]);
    assert_eq!(ferry["docfreq_reference"], "");
    let windmill = find(&keyness, &[("feature", "windmill")]);
    assert_eq!((windmill["n_target"].as_str(), windmill["feature_type"].as_str()), ("0", ""));
    assert!(number(windmill, "g2") < 0.0);
    let more = ["--reference-total", "1000", "--group-by", "input"];
    dir.byline(&[&["run", "sea", "land", "-o", "out"], &options[..], &more].concat()).exits(0);
    let keyness = Table::read(&dir.path("out/keyness.csv"));
    assert_eq!(find(&keyness, &[("target", "land"), ("feature", "ferry")])["total_reference"], "1000");
    dir.byline(&["keyness", "sea", "-o", "words", "--reference", "list.tsv"]).exits(0);
}

#[test]
fn a_broken_reference_list_is_told_with_its_line_before_anything_is_read() {
    let dir = two_folders();
    dir.write("list.csv", "word,count\nferry,many\n");
    let told = dir.byline(&["run", "sea", "-o", "out", "--reference", "list.csv"]).exits(1);
    told.names_path_and_remedy("list.csv").complains_of("line 2");
    dir.byline(&["run", "sea", "-o", "out", "--reference", "none.csv"]).exits(1).complains_of("none.csv");
    dir.byline(&["run", "sea", "-o", "out", "--reference-total", "5"]).exits(2);
    assert!(!dir.path("out").exists());
}

#[test]
fn series_have_every_period_and_say_what_has_none() {
    let dir = two_folders();
    dir.write("land/undated.txt", "No day\n\nA ferry without a date stood in the valley.\n");
    dir.byline(&["run", "sea", "land", "-o", "out", "--duplicates", "keep"])
        .exits(0)
        .complains_of("1 of 4 documents have no date");
    let series = Table::read(&dir.path("out/timeseries.csv"));
    let ferry: Vec<[&str; 5]> = series
        .rows
        .iter()
        .filter(|row| row["item"] == "ferry")
        .map(|row| ["period", "frequency", "docs", "docs_total", "tokens_total"].map(|column| row[column].as_str()))
        .collect();
    assert_eq!(
        ferry,
        [["2025-03", "6", "2", "2", "32"], ["2025-04", "0", "0", "0", "0"], ["2025-05", "1", "1", "1", "14"]]
    );
    assert!(series.rows.iter().all(|row| row["item"] != "the"), "stop words have no series");
    let april = series.rows.iter().find(|row| row["period"] == "2025-04").unwrap();
    assert_eq!(april["per_million"], "", "no documents, no rate");
    let trends = Table::read(&dir.path("out/trends.csv"));
    let ferry = find(&trends, &[("item", "ferry")]);
    assert_eq!(ferry["periods"], "2");
    // (1/14 - 6/32) million over two months.
    assert!((number(ferry, "slope") - (1e6 / 14.0 - 6e6 / 32.0) / 2.0).abs() < 1e-3, "{ferry:?}");
    dir.byline(&["run", "sea", "land", "-o", "out", "--period", "week", "--timeseries-top", "1"]).exits(0);
    let series = Table::read(&dir.path("out/timeseries.csv"));
    assert_eq!((series.rows[0]["period"].as_str(), series.rows.len()), ("2025-W10", 10));
}

/// `n_target` of each row is what `terms_by_group.csv` says, and the two sides make up `terms.csv`.
#[test]
fn the_sides_add_up_to_the_corpus() {
    let dir = Workdir::with_sample();
    dir.run(&[
        "--group-by",
        "month,language",
        "--keyness-top",
        "0",
        "--group-terms-top",
        "0",
        "--group-terms-min-count",
        "1",
    ]);
    let frequency: BTreeMap<String, u64> =
        dir.table("terms.csv").rows.iter().map(|row| (row["feature"].clone(), whole(row, "frequency"))).collect();
    let groups = dir.table("terms_by_group.csv");
    let of_group: BTreeMap<[&str; 3], u64> = groups
        .rows
        .iter()
        .map(|row| (["group_by", "group", "feature"].map(|column| row[column].as_str()), whole(row, "frequency")))
        .collect();
    let keyness = dir.table("keyness.csv");
    assert!(keyness.rows.len() > 100);
    for row in &keyness.rows {
        let key = ["group_by", "target", "feature"].map(|column| row[column].as_str());
        let (target, reference) = (whole(row, "n_target"), whole(row, "n_reference"));
        assert_eq!(of_group.get(&key).copied().unwrap_or(0), target, "{key:?}");
        assert_eq!(
            frequency[&row["feature"]],
            target + reference,
            "{key:?}: every document has a month and a language"
        );
        let over = number(row, "pm_target") > number(row, "pm_reference");
        assert!(number(row, "g2").abs() < 1e-9 || (number(row, "g2") > 0.0) == over, "{row:?}");
        assert!(number(row, "p") <= number(row, "p_adj_bh") + 1e-9, "{row:?}");
    }
}
