//! The figures of the reference article, which is not part of the repository: numbers and names only. Where
//! `../shared/articles` is not there the test says so on standard error and checks nothing; with
//! `BYLINE_REQUIRE_REFERENCE` set it then fails instead.

mod support;

use std::io::Write;
use std::path::{Path, PathBuf};

use support::{Table, Workdir, copy_folder, repository};

/// Says something that the test runner does not capture.
fn say(line: &str) {
    drop(writeln!(std::io::stderr(), "{line}"));
}

fn articles() -> Option<PathBuf> {
    let folder = repository().join("../shared/articles");
    if folder.is_dir() {
        return Some(folder);
    }
    assert!(std::env::var_os("BYLINE_REQUIRE_REFERENCE").is_none(), "{} is required and missing", folder.display());
    say("reference article: not here, nothing checked");
    None
}

fn tables(articles: &Path) -> Workdir {
    let dir = Workdir::empty();
    copy_folder(articles, &dir.path("input"));
    dir.run(&["--ngram-min", "1", "--min-count", "1", "--top", "0"]);
    dir
}

#[test]
fn the_reference_article_comes_out_right() {
    let Some(articles) = articles() else { return };
    let dir = tables(&articles);
    document(&dir.table("documents.csv"));
    entities(&dir.table("entities.csv"));
    pairs(&dir.table("cooccurrence.csv"));
    terms(&dir.table("terms.csv"));
    ngrams(&dir.table("ngrams.csv"));
    quotations(&dir.table("quotations.csv"));
    say("reference article: checked");
}

#[track_caller]
fn expect(table: &Table, key: &[(&str, &str)], column: &str, value: &str) {
    let rows = table.matching(key);
    let cells: Vec<&str> = rows.iter().map(|row| table.cell(row, column)).collect();
    assert_eq!(cells, [value], "{} {key:?} {column}", table.name);
}

fn document(documents: &Table) {
    assert_eq!(documents.rows.len(), 1);
    let expected = [
        ("title", "Chinese and Russian presidents meet as US targets both countries"),
        ("author", "Peter Symonds"),
        ("date", "2023-03-23"),
        ("date_source", "text"),
        ("paragraphs", "22"),
        ("paragraphs_rejoined", "3"),
        ("sentences", "41"),
        ("tokens", "1288"),
        ("types", "552"),
        ("quotations", "14"),
        ("boilerplate_blocks", "2"),
    ];
    for (column, value) in expected {
        expect(documents, &[], column, value);
    }
}

fn entities(entities: &Table) {
    let names = [
        ("Xi Jinping", "PERSON", "10"),
        ("Vladimir Putin", "PERSON", "10"),
        ("United States", "GPE", "20"),
        ("China", "GPE", "17"),
        ("Russia", "GPE", "12"),
        ("Ukraine", "GPE", "7"),
        ("Soviet Union", "GPE", "5"),
        ("NATO", "ORG", "4"),
        ("Mao Zedong", "PERSON", "3"),
        ("Antony Blinken", "PERSON", "2"),
        ("Richard Nixon", "PERSON", "2"),
        ("Volodymyr Zelensky", "PERSON", "1"),
        ("Joe Biden", "PERSON", "1"),
        ("Donald Trump", "PERSON", "1"),
        ("Henry Kissinger", "PERSON", "1"),
        ("Taiwan", "GPE", "2"),
        ("Moscow", "GPE", "3"),
        ("Beijing", "GPE", "1"),
        ("United Nations", "ORG", "1"),
        ("International Criminal Court", "ORG", "1"),
        ("AUKUS", "ORG", "1"),
        ("CNN", "ORG", "1"),
        ("World War II", "EVENT", "1"),
    ];
    for (entity, kind, count) in names {
        expect(entities, &[("entity", entity)], "mentions_name", count);
        expect(entities, &[("entity", entity)], "type", kind);
    }
    let others = [
        ("United States", "2", "7"),
        ("China", "8", "2"),
        ("Russia", "7", "3"),
        ("Ukraine", "5", "2"),
        ("Soviet Union", "1", "0"),
    ];
    for (entity, demonyms, metonyms) in others {
        expect(entities, &[("entity", entity)], "mentions_demonym", demonyms);
        expect(entities, &[("entity", entity)], "mentions_metonym", metonyms);
    }
    for absent in ["Peter Symonds", "WSWS", "Socialist Equality Party", "State", "Siberia", "West"] {
        assert!(entities.matching(&[("entity", absent)]).is_empty(), "{absent} is not named in the body");
    }
}

fn pairs(pairs: &Table) {
    let key = |a, b| [("unit", "sentence"), ("node_type", "entity"), ("item1", a), ("item2", b)];
    let leaders = key("Vladimir Putin", "Xi Jinping");
    let expected = [
        ("observed", "8"),
        ("freq1", "10"),
        ("freq2", "10"),
        ("n", "41"),
        ("pmi", "1.713696"),
        ("npmi", "0.726896"),
        ("log_dice", "13.678072"),
        ("g2", "20.714493"),
        ("mi3", "7.713696"),
        ("t_score", "1.966102"),
        ("z_score", "3.560762"),
        ("dice", "0.800000"),
        ("jaccard", "0.666667"),
        ("delta_p_2_given_1", "0.735484"),
    ];
    for (column, value) in expected {
        expect(pairs, &leaders, column, value);
    }
    expect(pairs, &key("China", "Russia"), "g2", "3.773822");
    expect(pairs, &key("China", "United States"), "pmi", "-0.005018");
    expect(pairs, &key("Antony Blinken", "Vladimir Putin"), "delta_p_2_given_1", "0.794872");
    expect(pairs, &key("NATO", "United States"), "pmi", "-0.812373");
}

fn terms(terms: &Table) {
    let expected = [
        ("china", "17"),
        ("US", "16"),
        ("us-dominated", "1"),
        ("russia", "12"),
        ("war", "12"),
        ("xi", "8"),
        ("putin", "8"),
        ("washington", "7"),
        ("ukraine", "7"),
        ("chinese", "7"),
        ("russian", "6"),
        ("xi-putin", "2"),
        ("soviet", "5"),
        ("nato", "4"),
    ];
    for (feature, count) in expected {
        expect(terms, &[("feature", feature)], "frequency", count);
    }
    assert_eq!(terms.rows.len(), 552);
    assert_eq!(terms.matching(&[("frequency", "1")]).len(), 396);
}

fn ngrams(ngrams: &Table) {
    let bigrams = ngrams.matching(&[("length", "2")]);
    let positions: i64 = bigrams.iter().map(|row| ngrams.int(row, "frequency")).sum();
    assert_eq!(positions, 1247, "bigram positions inside sentences");
    let expected = [
        ("soviet union", "4", "7.962318", "13.830075", "48.920744"),
        ("peace plan", "2", "8.699283", "", "25.919101"),
        ("biden administration", "2", "", "14.000000", "29.738186"),
        ("the US", "10", "2.905734", "", "30.376394"),
        ("joint statement", "4", "", "", ""),
        ("two leaders", "3", "", "", ""),
    ];
    for (ngram, count, pmi, log_dice, g2) in expected {
        let key = [("ngram", ngram), ("length", "2")];
        expect(ngrams, &key, "frequency", count);
        for (column, value) in [("pmi", pmi), ("log_dice", log_dice), ("g2", g2)] {
            if !value.is_empty() {
                expect(ngrams, &key, column, value);
            }
        }
    }
}

/// No wrong speaker, and the ones that the text names are found.
fn quotations(quotations: &Table) {
    let speakers: Vec<&str> = quotations
        .rows
        .iter()
        .filter(|row| quotations.cell(row, "type") != "indirect")
        .map(|row| quotations.cell(row, "speaker_entity"))
        .collect();
    assert_eq!(speakers.len(), 14);
    let right = ["", "Xi Jinping", "Vladimir Putin", "Antony Blinken", "Volodymyr Zelensky"];
    assert!(speakers.iter().all(|s| right.contains(s)), "{speakers:?}");
    for named in ["Vladimir Putin", "Antony Blinken", "Volodymyr Zelensky"] {
        assert!(speakers.contains(&named), "{named} is quoted: {speakers:?}");
    }
}
