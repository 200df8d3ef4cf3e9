//! Invented records and the tables made of them, for the tests of reports only.

use std::path::Path;

use super::records::{RecordSummary, Sheets, Writer};
use super::sink::Outputs;
use super::table::TableSummary;
use super::table::tests::{Row, read};
use super::{CorpusRows, chosen, write_corpus};
use crate::config::entities::decisions::Decisions;
use crate::config::{ConcordanceConfig, Config};
use crate::count::entity::{EntityCounts, EntityLedger};
use crate::count::fixture::{body, segment};
use crate::count::group::Grouper;
use crate::count::grouped::{Grouped, ReferenceList};
use crate::count::{Counts, Naming, Totals};
use crate::document::{AliasRule, Date, EntityKind, Label, QuotationKind, Role};
use crate::record::{
    CueRecord, DocumentRecord, EntityRecord, MentionRecord, OpinionRecord, QuotationRecord, Records, SentenceRecord,
    VoiceRecord,
};
use crate::resolve::{Identities, Identity, Tally};

/// Tables in a temporary folder, and what was said of them.
pub(super) struct Tables<S> {
    folder: tempfile::TempDir,
    pub(super) summary: S,
}

impl<S> Tables<S> {
    /// Writes tables into a temporary folder.
    pub(super) fn write(write: impl FnOnce(&Path) -> S) -> Tables<S> {
        let folder = tempfile::tempdir().unwrap();
        let summary = write(folder.path());
        Tables { folder, summary }
    }

    /// What is in a file.
    pub(super) fn text(&self, file: &str) -> String {
        std::fs::read_to_string(self.folder.path().join(file)).unwrap()
    }

    /// The rows of a table.
    pub(super) fn rows(&self, file: &str) -> Vec<Row> {
        read(&self.folder.path().join(file))
    }
}

/// The cells of some columns of a row.
pub(super) fn cells<'a, const N: usize>(row: &'a Row, columns: [&str; N]) -> [&'a str; N] {
    columns.map(|column| row[column].as_str())
}

/// The tables of [`records`].
pub(super) fn record_tables() -> Tables<RecordSummary> {
    write_records(&records())
}

/// The tables of records that name the entities of [`records`].
pub(super) fn write_records(records: &[Records]) -> Tables<RecordSummary> {
    write_records_of(records, &Config::default())
}

/// Options that look something up.
pub(super) fn looking() -> Config {
    let concordance = ConcordanceConfig { patterns: vec!["brave".into()], ..ConcordanceConfig::default() };
    Config { concordance, ..Config::default() }
}

/// As [`write_records`], with these options.
pub(super) fn write_records_of(records: &[Records], config: &Config) -> Tables<RecordSummary> {
    let identities = identities();
    Tables::write(|folder| {
        let reports = chosen(config).unwrap();
        let outputs = Outputs::open(folder, config).unwrap();
        let mut writer = Writer::create(&outputs, &reports).unwrap();
        for doc in records {
            let numbers = identities.settle(&mut doc.clone());
            let known: Vec<&Identity> = numbers.iter().map(|&n| &identities.entities[n as usize]).collect();
            let mut sheets = Sheets::new(&reports, &config.output_files);
            sheets.write(doc, &known).unwrap();
            writer.append(sheets).unwrap();
        }
        writer.finish().unwrap()
    })
}

/// The tables of the corpus over bodies (see [`body`]) and over [`records`].
pub(super) fn corpus_tables(bodies: &[&str], config: &Config) -> Tables<Vec<TableSummary>> {
    write_corpus_of(bodies, &records(), config)
}

/// The tables of the corpus over bodies and records, which need not be the same documents.
pub(super) fn write_corpus_of(bodies: &[&str], records: &[Records], config: &Config) -> Tables<Vec<TableSummary>> {
    write_compared(bodies, records, config, None)
}

/// As [`write_corpus_of`], with a reference list.
pub(super) fn write_compared(
    bodies: &[&str],
    records: &[Records],
    config: &Config,
    reference: Option<ReferenceList>,
) -> Tables<Vec<TableSummary>> {
    let docs: Vec<_> = (1..).zip(bodies.iter().map(|text| body(text))).collect();
    let mut entities = EntityCounts::default();
    let mut names = Tally::default();
    records.iter().for_each(|doc| names.observe(doc));
    let identities = names.resolve(&config.entities.decisions);
    let mut naming = Naming::new(&config.count);
    for doc in records {
        let mut doc = doc.clone();
        let numbers = identities.settle(&mut doc);
        entities.observe(&doc, &numbers);
        naming.observe(&doc, &numbers);
    }
    let totals = records.iter().fold(Totals::default(), |sum, doc| Totals {
        documents: sum.documents + 1,
        paragraphs: sum.paragraphs + u64::from(doc.document.paragraphs),
        sentences: sum.sentences + u64::from(doc.document.sentences),
        tokens: sum.tokens + u64::from(doc.document.tokens),
        ..sum
    });
    let counts = Counts::of(segment(&docs), &config.count);
    // The outlets Courier and Gazette by turns.
    let mut grouper = Grouper::new(config, &[]);
    for (id, _) in &docs {
        let outlet = if id % 2 == 1 { "Courier" } else { "Gazette" }.to_owned();
        grouper.observe(&DocumentRecord { id: *id, outlet, ..DocumentRecord::default() });
    }
    let groupings = grouper.finish(counts.documents(), config.count.groups_top);
    let scratch = tempfile::tempdir().unwrap();
    let mut ledger = EntityLedger::new(0, scratch.path());
    ledger.add(entities).unwrap();
    let names = Counts::of(naming.seal(), &config.count).in_corpus_of(&totals);
    let known = &identities.entities;
    let who = |number: u32| known.get(number as usize).map(|who| (who.id.as_str(), who.name.as_str()));
    let corpus = CorpusRows {
        config,
        scratch: scratch.path(),
        reports: &chosen(config).unwrap(),
        skipped: &[],
        grouped: &Grouped::of(&counts, groupings, reference, &config.count)
            .and_then(|grouped| grouped.with_entities(&names, &who, &config.count))
            .unwrap(),
        counts: &counts,
        names: &names,
        entities: &ledger.finish().unwrap(),
        duplicates: &[],
        removed: &[],
        identities: &identities.entities,
    };
    Tables::write(|folder| write_corpus(&Outputs::open(folder, config).unwrap(), &corpus, &|| Ok(())).unwrap())
}

/// Who is who in [`records`]: Rosa Lindqvist, then Norland.
fn identities() -> Identities {
    let mut names = Tally::default();
    records().iter().for_each(|doc| names.observe(doc));
    names.resolve(&Decisions::default())
}

/// Two documents: one with a quotation inside another, one that is nearly empty.
pub(super) fn records() -> Vec<Records> {
    vec![first(), second()]
}

fn first() -> Records {
    let opinion = |voice, quotation, cues: Vec<CueRecord>| OpinionRecord {
        polarity: cues.iter().map(|cue| cue.contribution as i16).sum(),
        label: if cues.is_empty() { Label::Neutral } else { Label::Negative },
        probabilities: [300, 500, 200],
        voice,
        quotation,
        cues,
    };
    let quoted = vec![cue("good", vec![("not".into(), -740), ("very".into(), 1293)], -421), cue("brave", vec![], 300)];
    let mut mentions =
        vec![mention("Norland", 0, 0, 0), mention("Lindqvist", 1, 1, 40), mention("Rosa Lindqvist", 1, 1, 60)];
    mentions[1].quotation = Some(1);
    mentions[1].opinion = Some(opinion(VoiceRecord::Quoted, Some(0), quoted));
    mentions[2].opinion = Some(opinion(VoiceRecord::Author, None, Vec::new()));
    let mut outer = quotation("She is not very good, \"brave\" Lindqvist", "Norland", Some(0));
    outer.cue = "complained".into();
    outer.cue_class = -1;
    outer.rule = "cue after".into();
    outer.confidence = 90;
    let mut inner = quotation("brave", "", None);
    inner.kind = QuotationKind::Nested;
    inner.parent = Some(0);
    let mut records = empty(1);
    records.document.title = "Norland, \"unmoved\"".into();
    records.document.date = Date::from_ymd(2031, 4, 5);
    records.document.date_source = "text".into();
    records.document.tokens = 40;
    records.document.lexis.types = 30;
    records.document.quoted_tokens = 10;
    records.document.quotations = 2;
    records.mentions = mentions;
    records.quotations = vec![outer, inner];
    records
}

fn second() -> Records {
    let mut records = empty(2);
    records.mentions = vec![mention("=Norland", 0, 1, 0), mention("Lind\nqvist", 1, 1, 12)];
    records.document.warnings = vec!["no_title".into(), "no_date".into()];
    records
}

fn empty(id: u32) -> Records {
    Records {
        document: DocumentRecord {
            id,
            path: format!("input/{id}.txt"),
            sha256: "0".repeat(64),
            encoding: "utf-8".into(),
            chars: 100,
            paragraphs: 1,
            sentences: 1,
            ..DocumentRecord::default()
        },
        sentences: vec![sentence(0, "Norland, unmoved"), sentence(1, "An invented sentence.")],
        entities: vec![
            EntityRecord { name: "Norland".into(), kind: EntityKind::Gpe },
            EntityRecord { name: "Rosa Lindqvist".into(), kind: EntityKind::Person },
        ],
        mentions: Vec::new(),
        quotations: Vec::new(),
        removed: Vec::new(),
        kwic: Vec::new(),
    }
}

fn sentence(number: u32, text: &str) -> SentenceRecord {
    SentenceRecord { number, paragraph: number, text: text.into(), words: 4, tone: None }
}

fn mention(surface: &str, entity: u32, sentence: u32, char_start: u64) -> MentionRecord {
    MentionRecord {
        surface: surface.into(),
        entity,
        role: Role::Name,
        rule: AliasRule::Exact,
        confidence: 100,
        char_start,
        char_end: char_start + surface.len() as u64,
        line: 1,
        sentence,
        position: 0,
        length: 1,
        quotation: None,
        opinion: None,
    }
}

fn cue(text: &str, modifiers: Vec<(String, i16)>, contribution: i32) -> CueRecord {
    CueRecord {
        text: text.into(),
        weight: 440,
        modifiers,
        rule: "same clause".into(),
        distance: -2,
        contribution,
        char_start: 5,
        char_end: 5 + text.len() as u64,
    }
}

fn quotation(text: &str, surface: &str, speaker: Option<u32>) -> QuotationRecord {
    QuotationRecord {
        kind: QuotationKind::Direct,
        text: text.into(),
        words: 6,
        parent: None,
        paragraph: 1,
        speaker_surface: surface.into(),
        speaker,
        speaker_2: None,
        cue: String::new(),
        cue_class: 0,
        rule: String::new(),
        confidence: 0,
        unclosed: false,
        targets: Vec::new(),
        tone: (0, 0),
        char_start: 20,
        char_end: 70,
    }
}
