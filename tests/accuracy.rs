//! Floors under the quality of names, tokens and sentences: on sentences written and labelled for byline
//! (`tests/accuracy/news.tsv`; `wire.tsv` in the manner of news wires and encyclopedias) and on articles whose names were labelled for it by whom they name
//! (`tests/accuracy/aliases`), and on the labelled data of `../shared/gold` where that is at hand; it is no part of the
//! repository. The floors stand a little below what was measured, so that noise passes and a loss does not.

mod support;

use std::io::Write;
use std::path::Path;

use support::{Workdir, repository};

/// A metric of `byline evaluate`, 0 to 1.
fn metric(task: &str, file: &Path, name: &str) -> f64 {
    let dir = Workdir::empty();
    let run = dir.byline(&["evaluate", task, &file.display().to_string()]).exits(0);
    let line = run.stdout.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(','));
    line.and_then(|value| value.parse().ok()).unwrap_or_else(|| panic!("no {name} in\n{}", run.stdout))
}

#[track_caller]
fn floor(task: &str, file: &Path, name: &str, least: f64) {
    let value = metric(task, file, name);
    assert!(value >= least, "{task} {}: {name} is {value}, at least {least} is wanted", file.display());
}

#[test]
fn names_in_news_are_found() {
    let file = repository().join("tests/accuracy/news.tsv");
    for (name, least) in [("ner_f1", 0.90), ("per_f1", 0.90), ("org_f1", 0.84), ("loc_f1", 0.92)] {
        floor("ner", &file, name, least);
    }
}

#[test]
fn names_in_results_headlines_and_encyclopedias_are_found() {
    let file = repository().join("tests/accuracy/wire.tsv");
    for (name, least) in [("ner_f1", 0.88), ("per_f1", 0.86), ("org_f1", 0.84), ("loc_f1", 0.90)] {
        floor("ner", &file, name, least);
    }
}

#[test]
fn names_of_one_person_or_body_are_one() {
    let folder = repository().join("tests/accuracy/aliases");
    for (name, least) in [("given_pairwise_f1", 0.95), ("given_bcubed_f1", 0.96), ("end_to_end_pairwise_f1", 0.84)] {
        floor("aliases", &folder, name, least);
    }
}

#[test]
fn the_labelled_data_of_the_workplace_is_met() {
    let gold = repository().join("../shared/gold");
    if !gold.is_dir() {
        drop(writeln!(std::io::stderr(), "shared/gold: not here, nothing checked"));
        return;
    }
    floor("ner", &gold.join("ner/uner_ewt/dev.tsv"), "ner_f1", 0.725);
    floor("ner", &gold.join("ner/gum_wikinews/dev.tsv"), "ner_f1", 0.77);
    let aliases = gold.join("aliases");
    floor("aliases", &aliases, "given_pairwise_f1", 0.92);
    floor("aliases", &aliases, "given_held_out_pairwise_f1", 0.91);
    floor("aliases", &aliases, "end_to_end_pairwise_f1", 0.80);
    let ewt = gold.join("tokens/ewt/dev.raw.jsonl");
    floor("tokens", &ewt, "sentence_f1", 0.885);
    floor("tokens", &ewt, "joined_token_f1", 0.995);
    let wikinews = gold.join("tokens/gum_wikinews/wikinews_dev.raw.jsonl");
    floor("tokens", &wikinews, "sentence_f1", 0.965);
    floor("tokens", &wikinews, "joined_token_f1", 0.995);
    drop(writeln!(std::io::stderr(), "shared/gold: checked"));
}
