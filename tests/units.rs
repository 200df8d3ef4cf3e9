//! The worked example of co-occurrence in README.md: its articles are read, its table is checked row by row.

mod support;

use support::{Workdir, repository};

/// The articles: blocks of lines that begin with `>`, below the sentence that announces them.
fn articles(readme: &str) -> Vec<String> {
    let (_, rest) = readme.split_once("with `--window 2`:\n").expect("README.md has its example");
    let (quoted, _) = rest.split_once("`peace` and `talks`").expect("README.md has the table of its example");
    let blocks = quoted.trim().split("\n\n");
    let plain =
        |block: &str| block.lines().map(|line| line.trim_start_matches('>').trim()).collect::<Vec<_>>().join("\n");
    blocks.map(plain).collect()
}

/// The rows of the table whose header begins with a word.
fn table(readme: &str, first: &str) -> Vec<Vec<String>> {
    let rows = readme.lines().skip_while(|line| !line.starts_with(&format!("| {first} |")));
    let cells = |line: &str| line.trim_matches('|').split('|').map(|cell| cell.trim().to_owned()).collect();
    let rows: Vec<Vec<String>> = rows.take_while(|line| line.starts_with('|')).map(cells).collect();
    assert!(rows.len() > 2, "README.md has no table of {first}");
    rows.into_iter().enumerate().filter(|(at, _)| *at != 1).map(|(_, row)| row).collect()
}

#[test]
fn the_example_of_the_readme_is_what_byline_counts() {
    let readme = std::fs::read_to_string(repository().join("README.md")).expect("README.md");
    let articles = articles(&readme);
    assert_eq!(articles.len(), 2, "{articles:?}");
    let records = articles
        .iter()
        .enumerate()
        .map(|(at, text)| serde_json::json!({"title": format!("Article {at}"), "text": text}).to_string() + "\n");
    let dir = Workdir::empty();
    dir.write("articles.jsonl", records.collect::<String>());
    dir.byline(&["run", "articles.jsonl", "-o", "output", "--window", "2"]).exits(0);
    assert_eq!(dir.table("documents.csv").rows.len(), 2);
    let found = dir.table("cooccurrence.csv");
    let pairs = found.matching(&[("node_type", "term"), ("item1", "peace"), ("item2", "talks")]);
    let example = table(&readme, "unit");
    let (header, rows) = example.split_first().expect("a header");
    let columns = &header[..header.len() - 1];
    let shown: Vec<Vec<&str>> =
        pairs.iter().map(|row| columns.iter().map(|column| found.cell(row, column)).collect()).collect();
    let told: Vec<&[String]> = rows.iter().map(|row| &row[..columns.len()]).collect();
    assert_eq!(shown, told, "README.md says otherwise");
    assert_eq!(told.len(), 4, "one row for each unit");
}
