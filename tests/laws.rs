//! What holds between the tables and the files they were made of, for any corpus: offsets lead to the words shown, the
//! parts of a score sum to it, every key leads somewhere, and what is counted twice is counted alike. One run over the
//! sample corpus and generated articles in several spellings is read by all tests; each recomputes from the files or
//! from another table.

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use sha2::{Digest as _, Sha256};
use support::table::Row;
use support::{Table, Workdir, generated, read_folder};
use unicode_normalization::UnicodeNormalization as _;

/// The tables of one run and the files they were made of.
struct Corpus {
    tables: BTreeMap<String, Table>,
    files: BTreeMap<String, Vec<u8>>,
    written: BTreeMap<String, Vec<u8>>,
}

impl Corpus {
    #[track_caller]
    fn table(&self, name: &str) -> &Table {
        self.tables.get(name).unwrap_or_else(|| panic!("no table {name}.csv; there are {:?}", self.tables.keys()))
    }

    /// The bytes of the file whose row of `documents.csv` this is.
    #[track_caller]
    fn bytes(&self, document: &Row) -> &[u8] {
        let path = &document["path"];
        let name = path.strip_prefix("input/").unwrap_or(path);
        self.files.get(name).unwrap_or_else(|| panic!("documents.csv has the path {path}; no such file was given"))
    }

    /// The characters of each document's file without a byte-order mark, by `doc_id`.
    fn characters(&self) -> BTreeMap<&str, Vec<char>> {
        let documents = self.table("documents");
        let decoded = |row| {
            let text = String::from_utf8(self.bytes(row).to_vec()).expect("every file of this corpus is UTF-8");
            text.strip_prefix('\u{feff}').unwrap_or(&text).chars().collect()
        };
        documents.rows.iter().map(|row| (row["doc_id"].as_str(), decoded(row))).collect()
    }
}

fn corpus() -> &'static Corpus {
    static CORPUS: OnceLock<Corpus> = OnceLock::new();
    CORPUS.get_or_init(|| {
        let dir = Workdir::with_sample();
        generated::corpus(&dir.path("input/generated"), 7, 9, 12_000);
        let text = generated::article(77, 8_000);
        dir.write("input/spelled/crlf.txt", text.replace('\n', "\r\n"));
        dir.write("input/spelled/bom.md", format!("\u{feff}{text}"));
        dir.write("input/spelled/tabs.txt", text.replace(". ", ".\t"));
        dir.write("input/spelled/one-line.txt", text.replace('\n', " "));
        dir.write("input/spelled/decomposed.txt", text.replace("officials", "offici\u{0065}\u{0301}ls 🐟"));
        dir.run(&["--kwic", "the", "--kwic", "the * of", "--kwic", r"/\w+ing \w+/"]);
        let written = read_folder(&dir.path("output"));
        let names = written.keys().filter_map(|name| name.strip_suffix(".csv"));
        let tables = names.map(|name| (name.to_owned(), dir.table(&format!("{name}.csv")))).collect();
        Corpus { tables, files: read_folder(&dir.path("input")), written }
    })
}

/// The policy of text cells: one line, no control characters, NFC; a cell that would run as a formula gets a mark.
fn one_line(text: &str) -> String {
    let kept = |c: char| match c {
        '\r' | '\n' | '\t' | '\u{85}' | '\u{2028}' | '\u{2029}' => Some(' '),
        '\u{feff}' | '\u{fffe}' | '\u{ffff}' => None,
        c if c.is_ascii_control() => None,
        c => Some(c),
    };
    text.chars().filter_map(kept).nfc().collect()
}

/// Ends the test with at most ten of the rows that break a law, and how many were looked at.
#[track_caller]
fn holds(law: &str, looked_at: usize, wrong: &[String]) {
    assert!(looked_at > 0, "{law}: there is nothing to look at, so nothing is proved");
    let shown = &wrong[..wrong.len().min(10)];
    assert!(wrong.is_empty(), "{law}: {} of {looked_at} rows break it\n  {}", wrong.len(), shown.join("\n  "));
}

/// Checks that `char_start..char_end` of the file is what a column shows.
#[track_caller]
fn offsets_lead_to(table: &str, column: &str) {
    let corpus = corpus();
    let table = corpus.table(table);
    let files = corpus.characters();
    let mut wrong = Vec::new();
    for row in &table.rows {
        let (start, end) = (table.int(row, "char_start"), table.int(row, "char_end"));
        let file = &files[table.cell(row, "doc_id")];
        let there: Option<String> = file.get(start as usize..end as usize).map(|chars| chars.iter().collect());
        let there = there.as_deref().map(one_line);
        if there.as_deref() != Some(table.cell(row, column)) {
            let shown = table.cell(row, column);
            wrong.push(format!("{} {start}..{end}: shows {shown:?}, the file has {there:?}", row["doc_id"]));
        }
    }
    holds(&format!("offsets of {} lead to its {column}", table.name), table.rows.len(), &wrong);
}

#[test]
fn offsets_of_mentions_lead_to_their_surface() {
    offsets_lead_to("mentions", "surface");
}

#[test]
fn offsets_of_evidence_lead_to_the_cue() {
    offsets_lead_to("sentiment_evidence", "cue");
}

#[test]
fn offsets_of_quotations_lead_to_the_quote() {
    offsets_lead_to("quotations", "quote");
}

#[test]
fn offsets_of_hits_lead_to_the_keyword() {
    offsets_lead_to("kwic", "keyword");
}

#[test]
fn a_word_has_as_many_hits_as_occurrences() {
    let (kwic, terms) = (corpus().table("kwic"), corpus().table("terms"));
    let the = terms.rows.iter().filter(|row| row["feature"].eq_ignore_ascii_case("the"));
    let occurrences: i64 = the.map(|row| terms.int(row, "frequency")).sum();
    let hits = kwic.matching(&[("pattern", "the")]);
    assert!(occurrences > 100);
    assert_eq!(hits.len() as i64, occurrences);
    let wrong: Vec<String> = hits
        .iter()
        .filter(|row| row["from"] != row["to"] || row["L1"].is_empty() && !row["L2"].is_empty())
        .map(|row| format!("{row:?}"))
        .collect();
    holds("a word is one place", hits.len(), &wrong);
}

#[test]
fn pre_keyword_and_post_are_the_sentence_and_neighbours_are_its_words() {
    let corpus = corpus();
    let kwic = corpus.table("kwic");
    let sentences: BTreeMap<&str, &str> = corpus
        .table("mentions")
        .rows
        .iter()
        .map(|row| (row["sentence_id"].as_str(), row["sentence"].as_str()))
        .collect();
    let squeezed = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    let (mut looked_at, mut wrong) = (0, Vec::new());
    for row in &kwic.rows {
        let Some(sentence) = sentences.get(row["sentence_id"].as_str()) else { continue };
        let bare = |cell: &str| cell.strip_prefix('\'').unwrap_or(cell).to_owned();
        let shown = squeezed(&format!("{}{}{}", bare(&row["pre"]), bare(&row["keyword"]), bare(&row["post"])));
        looked_at += 1;
        if !squeezed(sentence).contains(&shown) {
            wrong.push(format!("{shown} is not in {sentence}"));
        }
        for (column, side) in [("L1", "pre"), ("R1", "post")] {
            let first = row[column].trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
            let side = row[side].to_lowercase().replace('’', "'").replace('.', "");
            if !side.contains(&first.replace('.', "")) {
                wrong.push(format!("{column} {first} is not in {side}"));
            }
        }
    }
    holds("kwic.csv shows its sentences", looked_at, &wrong);
}

#[test]
fn edges_join_nodes_and_say_what_cooccurrence_says() {
    let corpus = corpus();
    let (nodes, edges, pairs) = (corpus.table("nodes"), corpus.table("edges"), corpus.table("cooccurrence"));
    let labels: BTreeMap<&str, &str> =
        nodes.rows.iter().map(|row| (row["Id"].as_str(), row["Label"].as_str())).collect();
    let mut degrees: BTreeMap<&str, (i64, i64)> = BTreeMap::new();
    let mut wrong = Vec::new();
    for row in &edges.rows {
        let (source, target) = (row["Source"].as_str(), row["Target"].as_str());
        let weight = edges.int(row, "Weight");
        for end in [source, target] {
            let degree = degrees.entry(end).or_default();
            *degree = (degree.0 + 1, degree.1 + weight);
        }
        let mut names = [source, target].map(|id| labels.get(id).copied().unwrap_or_default());
        names.sort_unstable();
        let unit = [("unit", "sentence"), ("node_type", "entity"), ("item1", names[0]), ("item2", names[1])];
        let same =
            |pair: &&&Row| ["g2", "npmi", "log_dice", "docfreq"].iter().all(|column| pair[*column] == row[*column]);
        let found = pairs.matching(&unit);
        if !found.iter().any(|pair| same(&pair) && pairs.int(pair, "observed") == weight) {
            wrong.push(format!("{names:?}: {row:?}"));
        }
    }
    holds("edges.csv agrees with cooccurrence.csv", edges.rows.len(), &wrong);
    let shown = nodes.rows.iter();
    let shown: BTreeMap<&str, (i64, i64)> =
        shown.map(|row| (row["Id"].as_str(), (nodes.int(row, "degree"), nodes.int(row, "weighted_degree")))).collect();
    assert_eq!(shown, degrees);
}

#[test]
fn series_of_entities_sum_to_their_dated_names() {
    let corpus = corpus();
    let (series, mentions, dated) = (corpus.table("timeseries"), corpus.table("mentions"), corpus.table("documents"));
    let dated: BTreeSet<&str> =
        dated.rows.iter().filter(|row| !row["date"].is_empty()).map(|row| row["doc_id"].as_str()).collect();
    let mut named: BTreeMap<&str, i64> = BTreeMap::new();
    let names = ["name", "hyphen-part"];
    for row in mentions.rows.iter().filter(|row| names.contains(&row["role"].as_str())) {
        if dated.contains(row["doc_id"].as_str()) && !row["sentence_id"].ends_with("-s0000") {
            *named.entry(row["entity_id"].as_str()).or_default() += 1;
        }
    }
    let mut counted: BTreeMap<&str, i64> = BTreeMap::new();
    for row in series.rows.iter().filter(|row| row["kind"] == "entity") {
        *counted.entry(row["entity_id"].as_str()).or_default() += series.int(row, "frequency");
    }
    let wrong: Vec<String> = counted
        .iter()
        .filter(|(id, count)| named.get(*id).copied().unwrap_or(0) != **count)
        .map(|(id, count)| format!("{id}: {count} in timeseries.csv, {:?} in mentions.csv", named.get(id)))
        .collect();
    holds("timeseries.csv counts the names of entities", counted.len(), &wrong);
}

#[test]
fn lines_of_mentions_are_those_of_the_file() {
    let corpus = corpus();
    let mentions = corpus.table("mentions");
    let files = corpus.characters();
    let mut wrong = Vec::new();
    for row in &mentions.rows {
        let before = &files[row["doc_id"].as_str()][..mentions.int(row, "char_start") as usize];
        let line = before.iter().filter(|c| **c == '\n').count() as i64 + 1;
        if mentions.int(row, "line") != line {
            wrong.push(format!("{} {:?} is in line {line}, not {}", row["mention_id"], row["surface"], row["line"]));
        }
    }
    holds("line is the line of the file", mentions.rows.len(), &wrong);
}

#[test]
fn mentions_come_in_text_order_and_never_overlap() {
    let mentions = corpus().table("mentions");
    let mut wrong = Vec::new();
    for pair in mentions.rows.windows(2).filter(|pair| pair[0]["doc_id"] == pair[1]["doc_id"]) {
        if mentions.int(&pair[0], "char_end") > mentions.int(&pair[1], "char_start") {
            wrong.push(format!("{} overlaps {}", pair[0]["mention_id"], pair[1]["mention_id"]));
        }
    }
    holds("mentions are in order", mentions.rows.len(), &wrong);
}

#[test]
fn documents_describe_their_files() {
    let corpus = corpus();
    let documents = corpus.table("documents");
    let files = corpus.characters();
    let mut wrong = Vec::new();
    for row in &documents.rows {
        let bytes = corpus.bytes(row);
        let bom = bytes.starts_with(b"\xef\xbb\xbf");
        let hash: String = Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect();
        let chars = files[row["doc_id"].as_str()].len().to_string();
        let expected = [("sha256", hash), ("chars", chars), ("encoding", ["utf-8", "utf-8-sig"][bom as usize].into())];
        for (column, value) in expected {
            if documents.cell(row, column) != value {
                wrong.push(format!("{}: {column} is {:?}, expected {value:?}", row["path"], row[column]));
            }
        }
    }
    holds("documents.csv describes the files", documents.rows.len(), &wrong);
    assert_eq!(documents.rows.len(), corpus.files.len(), "some files are no documents");
}

/// Thousandths of a cell with three decimals.
fn thousandths(cell: &str) -> i64 {
    (cell.parse::<f64>().unwrap_or_else(|_| panic!("{cell:?} is no number")) * 1000.0).round() as i64
}

#[test]
fn contributions_sum_to_the_polarity() {
    let corpus = corpus();
    let (mentions, evidence) = (corpus.table("mentions"), corpus.table("sentiment_evidence"));
    let mut sums: BTreeMap<&str, i64> = BTreeMap::new();
    for row in &evidence.rows {
        *sums.entry(evidence.cell(row, "mention_id")).or_default() += thousandths(evidence.cell(row, "contribution"));
    }
    let scored: Vec<&Row> = mentions.rows.iter().filter(|row| !mentions.cell(row, "polarity").is_empty()).collect();
    let mut wrong = Vec::new();
    for row in &scored {
        let (polarity, sum) = (thousandths(&row["polarity"]), sums.remove(row["mention_id"].as_str()).unwrap_or(0));
        if polarity != sum || !(-1000..=1000).contains(&polarity) {
            wrong.push(format!("{}: polarity {polarity}, contributions sum to {sum} (thousandths)", row["mention_id"]));
        }
    }
    wrong.extend(sums.keys().map(|mention| format!("{mention}: has evidence, but is not scored")));
    holds("contributions sum to the polarity", scored.len(), &wrong);
    let moved = scored.iter().filter(|row| thousandths(&row["polarity"]) != 0).count();
    assert!(moved > 20, "only {moved} mentions of the whole corpus are praised or blamed");
}

#[test]
fn evidence_has_the_voice_of_its_mention() {
    let corpus = corpus();
    let (mentions, evidence) = (corpus.table("mentions"), corpus.table("sentiment_evidence"));
    let by_id: BTreeMap<&str, &Row> = mentions.rows.iter().map(|row| (row["mention_id"].as_str(), row)).collect();
    let mut wrong = Vec::new();
    for row in &evidence.rows {
        let Some(mention) = by_id.get(row["mention_id"].as_str()) else {
            wrong.push(format!("{} is no mention", row["mention_id"]));
            continue;
        };
        for column in ["doc_id", "sentence_id", "entity_id", "entity", "voice", "sentence"] {
            if evidence.cell(row, column) != mentions.cell(mention, column) {
                let (here, there) = (&row[column], &mention[column]);
                wrong.push(format!("{}: {column} {here:?} here, {there:?} in mentions.csv", row["mention_id"]));
            }
        }
        if row["voice"] == "author" && !evidence.cell(row, "speaker").is_empty() {
            wrong.push(format!("{}: the author's voice has the speaker {:?}", row["mention_id"], row["speaker"]));
        }
    }
    holds("evidence repeats its mention", evidence.rows.len(), &wrong);
}

#[test]
fn every_key_leads_somewhere() {
    let corpus = corpus();
    let keys = |table: &str, column: &str| -> BTreeSet<&str> {
        let rows = &corpus.table(table).rows;
        let keys: BTreeSet<&str> = rows.iter().map(|row| corpus.table(table).cell(row, column)).collect();
        assert_eq!(keys.len(), rows.len(), "{column} of {table}.csv is not unique");
        keys
    };
    let names: BTreeSet<&str> = corpus.table("entities").rows.iter().map(|row| row["entity"].as_str()).collect();
    let homes = [
        ("doc_id", keys("documents", "doc_id")),
        ("entity_id", keys("entities", "entity_id")),
        ("mention_id", keys("mentions", "mention_id")),
        ("quote_id", keys("quotations", "quote_id")),
        ("parent_quote_id", keys("quotations", "quote_id")),
        ("entity", names.clone()),
        ("speaker_entity", names.clone()),
        ("speaker_entity_2", names),
    ];
    let may_be_missing = ["parent_quote_id", "speaker_entity", "speaker_entity_2"];
    let (mut wrong, mut seen) = (Vec::new(), 0);
    for table in corpus.tables.values() {
        for (column, home) in homes.iter().filter(|(column, _)| table.columns.iter().any(|c| c == column)) {
            for row in &table.rows {
                let key = table.cell(row, column);
                seen += 1;
                let is_term = row.get("kind").is_some_and(|kind| kind == "term");
                let missing = key.is_empty() && (may_be_missing.contains(column) || is_term);
                if !home.contains(key) && !missing {
                    wrong.push(format!("{}: {column} {key:?} leads nowhere", table.name));
                }
            }
        }
    }
    holds("every key leads somewhere", seen, &wrong);
}

#[test]
fn an_entity_has_one_name_and_type_under_its_id_in_every_table() {
    let corpus = corpus();
    let entities = corpus.table("entities");
    let known: BTreeMap<&str, (&str, &str)> = entities
        .rows
        .iter()
        .map(|row| (entities.cell(row, "entity_id"), (entities.cell(row, "entity"), entities.cell(row, "type"))))
        .collect();
    let distinct: BTreeSet<_> = known.values().collect();
    assert_eq!(distinct.len(), known.len(), "two rows of entities.csv have the same name and type");
    let (mut wrong, mut seen) = (Vec::new(), 0);
    for table in corpus.tables.values().filter(|table| table.columns.iter().any(|c| c == "entity_id")) {
        let entity = if table.columns.iter().any(|c| c == "item") { "item" } else { "entity" };
        for row in table.rows.iter().filter(|row| row.get("kind").is_none_or(|kind| kind != "term")) {
            seen += 1;
            let (name, kind) = known.get(row["entity_id"].as_str()).copied().unwrap_or_default();
            let same_kind = table.name == "aliases.csv" || row.get("type").is_none_or(|t| t == kind);
            if table.cell(row, entity) != name || !same_kind {
                wrong.push(format!("{}: {} is {name:?} ({kind}), not {row:?}", table.name, row["entity_id"]));
            }
        }
    }
    holds("an id has one name", seen, &wrong);
}

#[test]
fn identities_begin_with_their_document() {
    let corpus = corpus();
    let (mut wrong, mut seen) = (Vec::new(), 0);
    for (table, column) in [("mentions", "mention_id"), ("mentions", "sentence_id"), ("quotations", "quote_id")] {
        let table = corpus.table(table);
        for row in &table.rows {
            seen += 1;
            // A quotation's letter is q, then the document's number.
            let document = &table.cell(row, "doc_id")[1..];
            if table.cell(row, column).get(1..9) != Some(document) {
                wrong.push(format!("{}: {column} {:?} in document {document}", table.name, row[column]));
            }
        }
    }
    holds("ids begin with their document", seen, &wrong);
}

#[test]
fn nested_quotations_lie_inside_their_parent() {
    let quotations = corpus().table("quotations");
    let by_id: BTreeMap<&str, &Row> = quotations.rows.iter().map(|row| (row["quote_id"].as_str(), row)).collect();
    let nested = quotations.rows.iter().filter(|row| !quotations.cell(row, "parent_quote_id").is_empty());
    let (mut wrong, mut seen) = (Vec::new(), 0);
    for row in nested {
        seen += 1;
        let parent = by_id[row["parent_quote_id"].as_str()];
        let inside = quotations.int(parent, "char_start") <= quotations.int(row, "char_start")
            && quotations.int(row, "char_end") <= quotations.int(parent, "char_end")
            && parent["doc_id"] == row["doc_id"];
        if !inside {
            wrong.push(format!("{} is not inside {}", row["quote_id"], row["parent_quote_id"]));
        }
    }
    holds("nested quotations lie inside", seen, &wrong);
}

#[test]
fn quotations_in_marks_stand_in_marks() {
    let corpus = corpus();
    let quotations = corpus.table("quotations");
    let files = corpus.characters();
    let in_marks: Vec<&Row> = quotations.rows.iter().filter(|row| row["type"] != "indirect").collect();
    let mut wrong = Vec::new();
    for row in &in_marks {
        let file = &files[row["doc_id"].as_str()];
        let at = |offset: i64| usize::try_from(offset).ok().and_then(|offset| file.get(offset)).copied();
        let mark = |c: Option<char>| c.is_some_and(|c| "\"'“”‘’".contains(c));
        let opened = mark(at(quotations.int(row, "char_start") - 1));
        let closed = mark(at(quotations.int(row, "char_end"))) || row["unclosed"] == "true";
        if !opened || !closed {
            wrong.push(format!("{} {:?}: opened {opened}, closed {closed}", row["quote_id"], row["quote"]));
        }
    }
    holds("quotations stand in marks", in_marks.len(), &wrong);
}

#[test]
fn documents_count_their_quotations() {
    let corpus = corpus();
    let (documents, quotations) = (corpus.table("documents"), corpus.table("quotations"));
    let mut wrong = Vec::new();
    for row in &documents.rows {
        let rows = quotations.matching(&[("doc_id", &row["doc_id"])]);
        let in_marks = rows.iter().filter(|quotation| quotation["type"] != "indirect").count() as i64;
        if documents.int(row, "quotations") != in_marks {
            wrong.push(format!("{}: quotations {}, rows {in_marks}", row["path"], row["quotations"]));
        }
    }
    holds("documents count their quotations", documents.rows.len(), &wrong);
}

#[test]
fn in_quote_says_whether_a_quotation_is_around_the_mention() {
    let corpus = corpus();
    let (mentions, quotations) = (corpus.table("mentions"), corpus.table("quotations"));
    let mut spans: BTreeMap<&str, Vec<(i64, i64)>> = BTreeMap::new();
    for row in quotations.rows.iter().filter(|row| row["type"] != "indirect") {
        let span = (quotations.int(row, "char_start"), quotations.int(row, "char_end"));
        spans.entry(&row["doc_id"]).or_default().push(span);
    }
    let mut wrong = Vec::new();
    for row in &mentions.rows {
        let (start, end) = (mentions.int(row, "char_start"), mentions.int(row, "char_end"));
        let around = spans.get(row["doc_id"].as_str()).into_iter().flatten().any(|&(a, b)| a <= start && end <= b);
        if mentions.cell(row, "in_quote") != around.to_string() {
            wrong.push(format!("{} {:?}: in_quote {}", row["mention_id"], row["surface"], row["in_quote"]));
        }
    }
    holds("in_quote is true inside quotations", mentions.rows.len(), &wrong);
}

#[test]
fn terms_sum_to_the_tokens_of_the_documents() {
    let corpus = corpus();
    let (terms, documents) = (corpus.table("terms"), corpus.table("documents"));
    assert_eq!(terms.sum("frequency"), documents.sum("tokens"), "sum of terms.frequency and sum of documents.tokens");
    let (n, types) = (documents.rows.len() as i64, documents.sum("types"));
    assert_eq!(terms.sum("docfreq"), types, "sum of terms.docfreq and sum of documents.types");
    let impossible = |row: &&Row| {
        let (frequency, docfreq) = (terms.int(row, "frequency"), terms.int(row, "docfreq"));
        docfreq < 1 || docfreq > n || docfreq > frequency
    };
    let wrong: Vec<String> = terms.rows.iter().filter(impossible).map(|row| format!("{row:?}")).collect();
    holds("1 <= docfreq <= min(frequency, documents)", terms.rows.len(), &wrong);
    let features: BTreeSet<&str> = terms.rows.iter().map(|row| terms.cell(row, "feature")).collect();
    assert_eq!(features.len(), terms.rows.len(), "a feature has two rows");
}

#[test]
fn measures_of_a_document_follow_from_its_sizes() {
    let documents = corpus().table("documents");
    let mut wrong = Vec::new();
    for row in &documents.rows {
        let number = |column: &str| documents.real(row, column);
        let (tokens, sentences) = (number("tokens"), number("sentences"));
        // Two measures each of the same syllables and of the same letters.
        let syllables = (206.835 - 1.015 * tokens / sentences - number("flesch_reading_ease")) / 84.6;
        let grade = 0.39 * tokens / sentences + 11.8 * syllables - 15.59;
        let letters = (number("ari") + 21.43 - 0.5 * tokens / sentences) / 4.71;
        let liau = 5.88 * letters - 29.6 * sentences / tokens - 15.8;
        let near = |a: f64, b: f64| (a - b).abs() < 0.001;
        let ratio = number("types") / tokens;
        let measured = near(grade, number("flesch_kincaid_grade")) && near(liau, number("coleman_liau"));
        let windows = documents.cell(row, "mattr_50").is_empty() == (tokens < 50.0);
        let sensible = (1.0..3.0).contains(&syllables) && (3.0..8.0).contains(&letters);
        if !measured || !windows || !sensible || !near(ratio, number("ttr")) {
            wrong.push(format!("{}: {syllables} syllables, {letters} letters a word, {row:?}", row["path"]));
        }
    }
    holds("measures of a document follow from its sizes", documents.rows.len(), &wrong);
}

#[test]
fn nested_ngrams_lie_inside_the_longer_rows() {
    let ngrams = corpus().table("ngrams");
    // What lies inside the n-grams that are longer by one word, from their first words and from their last.
    let (mut left, mut right) = (BTreeMap::<&str, i64>::new(), BTreeMap::<&str, i64>::new());
    for row in ngrams.rows.iter().filter(|row| ngrams.int(row, "length") > 2) {
        let (ngram, frequency) = (ngrams.cell(row, "ngram"), ngrams.int(row, "frequency"));
        let (first, last) = (ngram.rsplit_once(' ').unwrap().0, ngram.split_once(' ').unwrap().1);
        *left.entry(first).or_default() += frequency;
        *right.entry(last).or_default() += frequency;
    }
    let mut wrong = Vec::new();
    for row in &ngrams.rows {
        let (ngram, nested) = (ngrams.cell(row, "ngram"), ngrams.int(row, "count_nested"));
        let inside = |of: &BTreeMap<&str, i64>| of.get(ngram).copied().unwrap_or(0);
        let (begin, end) = (inside(&left), inside(&right));
        let most = (begin + end).min(ngrams.int(row, "frequency"));
        if !(begin.max(end)..=most).contains(&nested) {
            wrong.push(format!("{ngram}: {nested} nested, longer rows hold {begin} and {end}"));
        }
    }
    holds("count_nested follows from the longer n-grams", ngrams.rows.len(), &wrong);
    assert!(!left.is_empty(), "no n-gram is longer than a bigram");
}

#[test]
fn stop_words_are_no_items_of_pairs() {
    let corpus = corpus();
    let (terms, pairs) = (corpus.table("terms"), corpus.table("cooccurrence"));
    let stop = terms.matching(&[("stopword", "true")]);
    let stop: BTreeSet<&str> = stop.iter().map(|row| terms.cell(row, "feature")).collect();
    assert!(stop.contains("the") && !stop.contains("US"), "{stop:?}");
    let rows = pairs.matching(&[("node_type", "term")]);
    let wrong: Vec<String> = rows
        .iter()
        .flat_map(|row| [pairs.cell(row, "item1"), pairs.cell(row, "item2")])
        .filter(|item| stop.contains(item))
        .map(str::to_owned)
        .collect();
    holds("no item is a stop word", rows.len(), &wrong);
}

#[test]
fn entities_count_their_mentions() {
    let corpus = corpus();
    let (entities, mentions) = (corpus.table("entities"), corpus.table("mentions"));
    let mut wrong = Vec::new();
    for row in &entities.rows {
        let own = mentions.matching(&[("entity_id", &row["entity_id"])]);
        let of_role = |roles: &[&str]| own.iter().filter(|m| roles.contains(&m["role"].as_str())).count();
        let documents: BTreeSet<&str> = own.iter().map(|m| m["doc_id"].as_str()).collect();
        let dates: BTreeSet<&str> = own.iter().map(|m| m["date"].as_str()).filter(|d| !d.is_empty()).collect();
        let expected = [
            ("mentions", own.len().to_string()),
            ("mentions_name", of_role(&["name", "hyphen-part"]).to_string()),
            ("mentions_demonym", of_role(&["demonym"]).to_string()),
            ("mentions_metonym", of_role(&["metonym"]).to_string()),
            ("docfreq", documents.len().to_string()),
            ("first_date", dates.first().unwrap_or(&"").to_string()),
            ("last_date", dates.last().unwrap_or(&"").to_string()),
        ];
        for (column, value) in expected {
            if entities.cell(row, column) != value {
                wrong.push(format!("{}: {column} {:?}, mentions.csv gives {value:?}", row["entity"], row[column]));
            }
        }
    }
    holds("entities.csv sums mentions.csv", entities.rows.len(), &wrong);
    assert_eq!(entities.sum("mentions"), mentions.rows.len() as i64);
}

#[test]
fn aliases_count_the_surfaces_of_mentions() {
    let corpus = corpus();
    let (entities, aliases) = (corpus.table("entities"), corpus.table("aliases"));
    let mut sums: BTreeMap<(&str, &str), i64> = BTreeMap::new();
    for row in &aliases.rows {
        *sums.entry((aliases.cell(row, "entity"), aliases.cell(row, "type"))).or_default() += aliases.int(row, "count");
    }
    let mut wrong = Vec::new();
    for row in &entities.rows {
        let sum = sums.get(&(row["entity"].as_str(), row["type"].as_str())).copied().unwrap_or(0);
        if sum != entities.int(row, "mentions") {
            wrong.push(format!("{}: {} mentions, aliases sum to {sum}", row["entity"], row["mentions"]));
        }
    }
    holds("aliases sum to mentions", entities.rows.len(), &wrong);
}

/// The names in each body sentence, from `mentions.csv`: what the sentence unit of entity pairs is counted over.
fn names_by_sentence(mentions: &Table) -> BTreeMap<&str, BTreeSet<&str>> {
    let mut sentences: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for row in &mentions.rows {
        let by_name = ["name", "hyphen-part"].contains(&row["role"].as_str());
        let sentence = mentions.cell(row, "sentence_id");
        if by_name && !sentence.ends_with("-s0000") {
            sentences.entry(sentence).or_default().insert(&row["entity_id"]);
        }
    }
    sentences
}

#[test]
fn entity_pairs_of_sentences_follow_from_the_mentions() {
    let corpus = corpus();
    let (mentions, pairs) = (corpus.table("mentions"), corpus.table("cooccurrence"));
    let entities = corpus.table("entities");
    let name = |id: &str| entities.matching(&[("entity_id", id)])[0]["entity"].as_str();
    let (mut single, mut both) = (BTreeMap::<&str, i64>::new(), BTreeMap::<(&str, &str), i64>::new());
    for ids in names_by_sentence(mentions).values() {
        let names: BTreeSet<&str> = ids.iter().map(|id| name(id)).collect();
        // Two entities of one name and different types cannot be told apart in this table; the corpus has none.
        assert_eq!(names.len(), ids.len(), "two entities share a name in {ids:?}");
        for first in &names {
            *single.entry(first).or_default() += 1;
            for second in names.iter().filter(|second| *second > first) {
                *both.entry((first, second)).or_default() += 1;
            }
        }
    }
    let n = corpus.table("documents").sum("sentences");
    let rows = pairs.matching(&[("unit", "sentence"), ("node_type", "entity")]);
    let mut wrong = Vec::new();
    for row in &rows {
        let (first, second) = (pairs.cell(row, "item1"), pairs.cell(row, "item2"));
        let observed = both.remove(&(first, second)).or_else(|| both.remove(&(second, first))).unwrap_or(0);
        let frequency = |item| single.get(item).copied().unwrap_or(0);
        let expected = [("observed", observed), ("freq1", frequency(first)), ("freq2", frequency(second)), ("n", n)];
        for (column, value) in expected {
            if pairs.int(row, column) != value {
                wrong.push(format!("{first} | {second}: {column} {}, mentions.csv gives {value}", row[column]));
            }
        }
    }
    wrong.extend(both.iter().map(|((a, b), n)| format!("{a} | {b}: co-occur {n} times, but have no row")));
    holds("entity pairs follow from mentions", rows.len(), &wrong);
}

#[test]
fn sentiment_sums_up_the_scored_mentions() {
    let corpus = corpus();
    let (mentions, sentiment) = (corpus.table("mentions"), corpus.table("entity_sentiment"));
    let scored: Vec<&Row> = mentions.rows.iter().filter(|row| !row["polarity"].is_empty()).collect();
    let whole: Vec<&Row> = sentiment.matching(&[("speaker", "")]);
    let mut wrong = Vec::new();
    for row in &whole {
        let (entity, voice) = (&row["entity_id"], sentiment.cell(row, "voice"));
        let own =
            scored.iter().filter(|m| m["entity_id"] == *entity && (voice == "all" || m["voice"] == voice)).count();
        // Words of a voice that nobody is named for share the blank speaker; then this row may be a part.
        if voice != "quoted" && voice != "attributed" && sentiment.int(row, "mentions_scored") != own as i64 {
            wrong.push(format!("{} {voice}: {} scored, mentions.csv has {own}", row["entity"], row["mentions_scored"]));
        }
        let score = sentiment.real(row, "score");
        if !(-1.0..=1.0).contains(&score) {
            wrong.push(format!("{} {voice}: score {score} is out of -1 to 1", row["entity"]));
        }
    }
    holds("entity_sentiment.csv sums mentions.csv", whole.len(), &wrong);
}

#[test]
fn columns_csv_describes_every_column_of_every_table() {
    let corpus = corpus();
    let described = corpus.table("columns");
    let described: Vec<(String, String)> = described
        .rows
        .iter()
        .map(|row| (row["table"].trim_end_matches(".csv").to_owned(), row["column"].clone()))
        .collect();
    let mut wrong = Vec::new();
    for (name, table) in &corpus.tables {
        let told: Vec<&String> = described.iter().filter(|(t, _)| t == name).map(|(_, c)| c).collect();
        if !table.columns.iter().eq(told.iter().copied()) {
            wrong.push(format!("{name}.csv has {:?}, columns.csv tells of {told:?}", table.columns));
        }
    }
    holds("columns.csv describes the tables", corpus.tables.len(), &wrong);
}

#[test]
fn tables_are_utf8_with_a_mark_line_feeds_and_whole_rows() {
    let mut wrong = Vec::new();
    let tables = corpus().written.iter().filter(|(name, _)| name.ends_with(".csv"));
    let seen = tables
        .map(|(name, bytes)| {
            let text = String::from_utf8(bytes.clone()).unwrap_or_else(|e| panic!("{name} is not UTF-8: {e}"));
            let table = corpus().table(name.trim_end_matches(".csv"));
            // Older Gephi takes the mark for a part of the first column's name.
            let marks = usize::from(!matches!(name.as_str(), "nodes.csv" | "edges.csv"));
            if text.starts_with('\u{feff}') != (marks == 1) || text.matches('\u{feff}').count() != marks {
                wrong.push(format!("{name} has not {marks} byte-order marks, at its start"));
            }
            if text.contains('\r') || !text.ends_with('\n') {
                wrong.push(format!("{name} has other line ends than LF, or none at its end"));
            }
            if text.lines().count() != table.rows.len() + 1 {
                wrong.push(format!("{name} has rows of more than one line"));
            }
            let negative_zero = |cell: &str| cell.starts_with("-0") && cell.trim_matches(['-', '0', '.']).is_empty();
            let bad = |cell: &str| ["NaN", "inf", "-inf"].contains(&cell) || negative_zero(cell);
            if text.lines().any(|line| line.split(',').any(bad)) {
                wrong.push(format!("{name} holds a number that is none, or a negative zero"));
            }
        })
        .count();
    holds("tables are plain UTF-8 CSV", seen, &wrong);
}

#[test]
fn run_json_is_json_without_times_and_paths_of_this_machine() {
    let text = String::from_utf8(corpus().written["run.json"].clone()).expect("run.json is UTF-8");
    let value: serde_json::Value = serde_json::from_str(&text).unwrap_or_else(|e| panic!("run.json is no JSON: {e}"));
    assert!(value.is_object(), "run.json is no object");
    assert!(text.contains(env!("CARGO_PKG_VERSION")), "run.json does not name the version");
    let temporary = std::env::temp_dir().to_string_lossy().into_owned();
    assert!(!text.contains(&temporary), "run.json holds a path of this machine, so it cannot be the same on another");
}
