//! The user's word on entities: decisions about aliases that win and survive, names of another program, metonyms, and
//! what is said of files that cannot be used.

mod support;

use support::Workdir;
use support::table::Row;

const ARTICLES: &[(&str, &str)] = &[
    (
        "a.txt",
        "Rupert Ashdown runs the Quarry Safety Board (QSB). Ashdown said on Monday that the QSB would hire more people \
         in Norland. Vostrikon Corp. agreed with him, and Vostrikon paid.\n",
    ),
    (
        "b.txt",
        "Ashdown said that the QSB was right. Washington denied it, and Vostrikon shares fell. The United States was silent.\n",
    ),
    ("c.txt", "Maria Castlon met Peter Castlon in Leeds. Later Castlon spoke about Rupert Ashdown.\n"),
];

fn rows(dir: &Workdir, table: &str) -> Vec<Row> {
    dir.table(table).rows
}

/// `alias=entity/type/rule/decision` of every row.
fn aliases(dir: &Workdir) -> Vec<String> {
    let shown = |r: &Row| format!("{}={}/{}/{}/{}", r["alias"], r["entity"], r["type"], r["rule"], r["decision"]);
    rows(dir, "aliases.csv").iter().map(shown).collect()
}

#[track_caller]
fn has(rows: &[String], wanted: &str) {
    assert!(rows.iter().any(|row| row.starts_with(wanted)), "{wanted} is not among {rows:#?}");
}

fn output(dir: &Workdir, name: &str) -> String {
    std::fs::read_to_string(dir.path("output").join(name)).expect("a table that was written")
}

#[test]
fn names_of_other_documents_are_joined_by_rules_that_are_told() {
    let dir = Workdir::with_input(ARTICLES);
    dir.run(&[]);
    let rows = aliases(&dir);
    has(&rows, "Ashdown=Rupert Ashdown/PERSON/surname/auto");
    has(&rows, "Ashdown=Rupert Ashdown/PERSON/surname in the corpus/auto");
    has(&rows, "QSB=Quarry Safety Board/ORG/acronym/auto");
    has(&rows, "QSB=Quarry Safety Board/ORG/short form in the corpus/auto");
    has(&rows, "Vostrikon=Vostrikon Corp./ORG/short form in the corpus/auto");
    let table = dir.table("entities.csv");
    let ashdown = table.matching(&[("entity", "Rupert Ashdown")]);
    assert_eq!(ashdown[0]["docfreq"], "3");
    assert_eq!(ashdown[0]["merge_confidence"], "0.50");
}

#[test]
fn decisions_win_and_survive() {
    let dir = Workdir::with_input(ARTICLES);
    dir.run(&[]);
    let header =
        output(&dir, "aliases.csv").lines().next().unwrap_or_default().trim_start_matches('\u{feff}').to_owned();
    assert_eq!(header, "alias,entity,type,rule,confidence,count,decision,kb_id,note,entity_id");
    let header = header.trim_end_matches(",entity_id");
    let edited = format!(
        "{header}\nCastlon,Maria Castlon,PERSON,surname,0.60,1,merge,,she spoke\nVostrikon,Vostrikon Corp.,ORG,,,,block,,\n\
         Rupert Ashdown,R. Ashdown,PERSON,,,,rename,Q42,\nNorland,Norland,LOC,,,,type,,\nNobody,Nobody at all,ORG,,,,merge,,\n\
         QSB,Quarry Safety Board,ORG,acronym,0.95,2,auto,Q7,\nGone,Gone,ORG,,,,auto,Q9,\n"
    );
    dir.write("edited.csv", edited);
    dir.run(&["--aliases", "edited.csv", "--force"]);
    let first = aliases(&dir);
    has(&first, "Castlon=Maria Castlon/PERSON/user/merge");
    has(&first, "Vostrikon=Vostrikon/ORG/user/auto");
    has(&first, "Vostrikon=Vostrikon Corp./ORG/user/block");
    has(&first, "Ashdown=R. Ashdown/PERSON/");
    has(&first, "Rupert Ashdown=R. Ashdown/PERSON/user/rename");
    has(&first, "Norland=Norland/LOC/");
    has(&first, "Nobody=Nobody at all/ORG/user/merge");
    let ids: Vec<String> = rows(&dir, "entities.csv")
        .iter()
        .filter(|row| !row["kb_id"].is_empty())
        .map(|row| format!("{} {}", row["entity"], row["kb_id"]))
        .collect();
    assert_eq!(ids, ["Quarry Safety Board Q7", "R. Ashdown Q42"]);
    // The table of this run is the input of the next, which gives it again, byte for byte.
    let before = output(&dir, "aliases.csv");
    dir.write("again.csv", &before);
    dir.run(&["--aliases", "again.csv", "--force"]);
    assert_eq!(output(&dir, "aliases.csv"), before);
    assert!(before.contains("\"Q9\""), "an id of an entity that is not there was forgotten");
    assert!(before.contains("she spoke"));
}

#[test]
fn a_run_reads_its_own_table_and_changes_nothing() {
    let dir = Workdir::with_sample();
    dir.run(&[]);
    let before = ["aliases.csv", "entities.csv", "mentions.csv"].map(|name| output(&dir, name));
    dir.write("aliases.csv", &before[0]);
    dir.run(&["--aliases", "aliases.csv", "--threads", "2", "--batch-size", "4K", "--force"]);
    assert_eq!(["aliases.csv", "entities.csv", "mentions.csv"].map(|name| output(&dir, name)), before);
}

#[test]
fn metonyms_are_counted_as_asked() {
    for (how, names, metonyms) in [("separate", "1", "1"), ("merge", "2", "0"), ("off", "1", "0")] {
        let dir = Workdir::with_input(ARTICLES);
        dir.run(&["--metonyms", how]);
        let table = dir.table("entities.csv");
        let states = table.matching(&[("entity", "United States")]);
        assert_eq!(
            (states[0]["mentions_name"].as_str(), states[0]["mentions_metonym"].as_str()),
            (names, metonyms),
            "{how}"
        );
        assert_eq!(table.matching(&[("entity", "Washington")]).len(), usize::from(how == "off"));
    }
}

#[test]
fn names_of_another_program_replace_or_join_ours() {
    let text = ARTICLES[0].1;
    let span = |name: &str| {
        let at = text.find(name).unwrap_or_default();
        format!("{},{}", at, at + name.len())
    };
    let table = format!(
        "doc,start,end,type,name\na.txt,{},PER,Rupert Ashdown OBE\na.txt,{},FAC,\n",
        span("Rupert Ashdown"),
        span("Monday")
    );
    let dir = Workdir::with_input(&ARTICLES[..1]);
    dir.write("spans.csv", &table);
    dir.run(&["--entities", "spans.csv"]);
    let mentions = rows(&dir, "mentions.csv");
    let shown: Vec<String> =
        mentions.iter().map(|r| format!("{}={}/{}/{}", r["surface"], r["entity"], r["type"], r["rule"])).collect();
    assert_eq!(shown, ["Rupert Ashdown=Rupert Ashdown OBE/PERSON/given", "Monday=Monday/FACILITY/exact"]);
    dir.run(&["--entities", "spans.csv", "--entities-mode", "join", "--force"]);
    let joined = rows(&dir, "mentions.csv");
    assert!(joined.len() > 4, "{joined:?}");
    let ashdown: Vec<&str> =
        joined.iter().filter(|r| r["surface"] == "Ashdown").map(|r| r["entity"].as_str()).collect();
    assert_eq!(ashdown, ["Rupert Ashdown OBE"]);
    // What a run wrote of its mentions is a table of spans.
    dir.run(&["--force"]);
    let own = rows(&dir, "mentions.csv");
    let spans: String =
        own.iter().map(|r| format!("{},{},{},{},\n", r["doc_id"], r["char_start"], r["char_end"], r["type"])).collect();
    dir.write("own.csv", format!("doc,start,end,type,name\n{spans}"));
    dir.run(&["--entities", "own.csv", "--force"]);
    let key = |r: &Row| (r["surface"].clone(), r["entity"].clone(), r["char_start"].clone());
    assert_eq!(rows(&dir, "mentions.csv").iter().map(key).collect::<Vec<_>>(), own.iter().map(key).collect::<Vec<_>>());
}

#[test]
fn spans_outside_a_text_are_left_out_and_told() {
    let dir = Workdir::with_input(&ARTICLES[..1]);
    dir.write("spans.csv", "doc,start,end,type\na.txt,0,14,PER\na.txt,9999,10003,ORG\nnowhere.txt,0,3,ORG\n");
    let run = dir.run(&["--entities", "spans.csv"]);
    assert_eq!(rows(&dir, "mentions.csv").len(), 1);
    assert!(rows(&dir, "documents.csv")[0]["warnings"].contains("entities_outside_file"));
    run.complains_of("line 4")
        .complains_of("nowhere.txt")
        .complains_of("--entities, line 3, column start: behind the end of the file");
    let end = ARTICLES[0].1.len();
    dir.write("spans.csv", format!("doc,start,end,type\na.txt,0,14,PER\na.txt,{},{},ORG\n", end - 4, end + 9));
    let run = dir.run(&["--entities", "spans.csv", "--force"]);
    run.complains_of("--entities, line 3, column end: behind the end of the file");
    dir.write("spans.csv", "doc,start,end,type\na.txt,0,14,PER\na.txt,14,15,ORG\n");
    let run = dir.run(&["--entities", "spans.csv", "--force"]);
    run.complains_of("--entities, line 3, columns start and end: where no text is read");
}

#[test]
fn an_edited_row_that_says_auto_is_told() {
    let dir = Workdir::with_input(ARTICLES);
    dir.run(&[]);
    let own = output(&dir, "aliases.csv");
    let edited = own.replace("\"QSB\",\"Quarry Safety Board\",\"ORG\"", "\"QSB\",\"Quarrel Board\",\"ORG\"");
    let edited = edited.replace("\"Norland\",\"Norland\",\"GPE\"", "\"Norland\",\"Norland\",\"LOC\"");
    assert_ne!(own, edited);
    dir.write("edited.csv", edited.clone());
    let run = dir.run(&["--aliases", "edited.csv", "--force"]);
    let line =
        |words: &str| 1 + edited.lines().position(|line| line.starts_with(words)).expect("a row that was edited");
    let line_of_entity = line("\"QSB\",\"Quarrel Board\"");
    let run = run.complains_of(&format!(
        "edited.csv, line {line_of_entity}, column entity: QSB is Quarrel Board here and Quarry Safety Board by the rules"
    ));
    run.complains_of(&format!(
        "edited.csv, line {}, column type: Norland is LOC here",
        line("\"Norland\",\"Norland\",\"LOC\"")
    ));
    // What was decided elsewhere is no reason to complain.
    dir.write("own.csv", format!("{own}\"Rupert Ashdown\",\"R. Ashdown\",\"PERSON\",,,,rename,,,\n"));
    let run = dir.run(&["--aliases", "own.csv", "--force"]);
    assert!(!run.stderr.contains("says auto"), "{}", run.stderr);
}

#[test]
fn files_that_cannot_be_used_are_told_with_line_and_column() {
    let dir = Workdir::with_input(&ARTICLES[..1]);
    for (flag, text, told) in [
        ("--aliases", "alias,entity,decision\nA,B,marry\n", "line 2: column decision"),
        ("--aliases", "alias,entity,decision\nA,B\n", "line 2: has 2 cells, not 3"),
        ("--aliases", "alias,entity,decision\nA,B,merge\nA,C,merge\n", "line 3: A is C here and B in line 2"),
        ("--aliases", "alias,entity,decision\nA,B,merge\nB,A,merge\n", "leads back to itself by lines 2, 3"),
        ("--aliases", "", "line 1: there is no column alias"),
        ("--entities", "doc,start,end,type\na.txt,x,4,PER\n", "line 2: column start"),
        ("--entities", "doc,start,end,type\na.txt,4,2,PER\n", "line 2: column end"),
        ("--entities", "doc,start,end,type\na.txt,0,2,HUMAN\n", "line 2: column type"),
    ] {
        dir.write("bad.csv", text);
        dir.byline(&["run", "input", flag, "bad.csv"]).exits(2).complains_of(told).names_path_and_remedy("bad.csv");
    }
    let missing = dir.byline(&["run", "input", "--aliases", "none.csv"]).exits(1);
    missing.complains_of("there is no such file or folder").names_path_and_remedy("none.csv");
}
