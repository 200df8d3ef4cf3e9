//! The tables whose rows belong to one document: [`Writer`] takes the records of each document, in document order,
//! and appends its rows to every such table. [`DocumentRows`] is what those tables read: the records together with
//! the corpus-wide identity of each entity. From one document to the next only totals are kept.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use sha2::{Digest, Sha256};

use super::key::Key;
use super::sink::Outputs;
use super::table::{Table, TableSummary};
use super::{Report, Rows, key};
use crate::config::OutputConfig;
use crate::document::{Date, DocId, QuotationKind, RowOutside};
use crate::error::Result;
use crate::record::{MentionRecord, QuotationRecord, Records, SentenceRecord};
use crate::resolve::Identity;

/// One document's records, ready to be written.
#[derive(Clone, Copy, Debug)]
pub struct DocumentRows<'a> {
    /// The records.
    pub records: &'a Records,
    /// The identity of each of `records.entities`, by the same index.
    pub identities: &'a [&'a Identity],
}

impl<'a> DocumentRows<'a> {
    /// The document's identity.
    pub fn doc(&self) -> DocId {
        self.records.document.doc_id()
    }

    /// The entity of a local index.
    pub fn entity(&self, local: u32) -> Option<&'a Identity> {
        self.identities.get(local as usize).copied()
    }

    /// The name of an entity, when there is one.
    pub fn entity_name(&self, local: Option<u32>) -> Option<&'a str> {
        local.and_then(|local| self.entity(local)).map(|entity| entity.name.as_str())
    }

    /// The sentence of an index.
    pub fn sentence(&self, index: u32) -> Option<&'a SentenceRecord> {
        self.records.sentences.get(index as usize)
    }

    /// The text of a mention's sentence; of a very long one, what stands around the mention.
    pub fn sentence_of(&self, mention: &MentionRecord) -> Option<Cow<'a, str>> {
        self.sentence(mention.sentence).map(|sentence| around(&sentence.text, mention.within as usize))
    }

    /// The key of a sentence by index.
    pub fn sentence_id(&self, index: u32) -> Option<Key> {
        self.sentence(index).map(|sentence| key::sentence_id(self.doc(), sentence.number))
    }

    /// The quotation of an index.
    pub fn quotation(&self, index: Option<u32>) -> Option<&'a QuotationRecord> {
        self.records.quotations.get(index? as usize)
    }

    /// The quotation that tells the speaker of another: itself, or the nearest around it that names somebody.
    pub fn spoken(&self, index: Option<u32>) -> Option<&'a QuotationRecord> {
        let mut index = index?;
        loop {
            let quotation = self.quotation(Some(index))?;
            if quotation.speaker.is_some() || !quotation.speaker_surface.is_empty() {
                return Some(quotation);
            }
            // One around another comes first, so this ends.
            index = quotation.parent.filter(|parent| *parent < index)?;
        }
    }

    /// Who says the quotation of an index; nobody without one.
    pub fn speakers(&self, index: Option<u32>) -> String {
        self.quotation(index).map_or_else(String::new, |quotation| self.names_of_speakers(quotation))
    }

    /// Whether a quotation, or one around it, is in marks.
    pub fn is_in_marks(&self, index: Option<u32>) -> bool {
        let mut index = index;
        while let Some(quotation) = self.quotation(index) {
            if quotation.kind != QuotationKind::Indirect {
                return true;
            }
            // One around another comes first, so this ends.
            index = quotation.parent.filter(|parent| index.is_some_and(|index| *parent < index));
        }
        false
    }

    /// Who says a quotation: the names of the entities joined by `|`, or the words that name somebody who is none.
    pub fn names_of_speakers(&self, quotation: &QuotationRecord) -> String {
        let named = [quotation.speaker, quotation.speaker_2].map(|speaker| self.entity_name(speaker));
        let named: Vec<&str> = named.into_iter().flatten().collect();
        if named.is_empty() {
            return quotation.speaker_surface.clone();
        }
        named.join("|")
    }
}

/// The sums over all documents, for `run.json`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RecordTotals {
    /// Documents.
    pub documents: u64,
    /// Documents without a date.
    pub undated: u64,
    /// Earliest date of a document.
    pub first_date: Option<Date>,
    /// Latest date of a document.
    pub last_date: Option<Date>,
    /// Paragraphs of the bodies.
    pub paragraphs: u64,
    /// Sentences of the bodies.
    pub sentences: u64,
    /// Words and numbers of the bodies.
    pub tokens: u64,
    /// Mentions.
    pub mentions: u64,
    /// Mentions that were scored.
    pub mentions_scored: u64,
    /// Quotations, reported speech without marks among them.
    pub quotations: u64,
    /// Documents with a warning.
    pub documents_with_warnings: u64,
    /// Documents from records without a column that the user named, by the warning that says so.
    pub missing_columns: BTreeMap<String, u64>,
    /// Rows of `--entities` that do not lie in their documents.
    pub rows_outside: BTreeSet<RowOutside>,
    /// Hits of each pattern of the concordance that has any.
    pub hits: BTreeMap<String, u64>,
}

impl RecordTotals {
    fn merge(&mut self, other: RecordTotals) {
        // Taken apart by name, so that a new sum cannot be forgotten here.
        let RecordTotals {
            documents,
            undated,
            first_date,
            last_date,
            paragraphs,
            sentences,
            tokens,
            mentions,
            mentions_scored,
            quotations,
            documents_with_warnings,
            missing_columns,
            rows_outside,
            hits,
        } = other;
        self.documents += documents;
        self.undated += undated;
        self.first_date = self.first_date.into_iter().chain(first_date).min();
        self.last_date = self.last_date.max(last_date);
        self.paragraphs += paragraphs;
        self.sentences += sentences;
        self.tokens += tokens;
        self.mentions += mentions;
        self.mentions_scored += mentions_scored;
        self.quotations += quotations;
        self.documents_with_warnings += documents_with_warnings;
        for (word, count) in missing_columns {
            *self.missing_columns.entry(word).or_default() += count;
        }
        self.rows_outside.extend(rows_outside);
        for (pattern, count) in hits {
            *self.hits.entry(pattern).or_default() += count;
        }
    }

    fn add(&mut self, records: &Records) {
        let doc = &records.document;
        self.documents += 1;
        self.undated += u64::from(doc.date.is_none());
        if let Some(date) = doc.date {
            self.first_date = Some(self.first_date.map_or(date, |first| first.min(date)));
            self.last_date = Some(self.last_date.map_or(date, |last| last.max(date)));
        }
        self.paragraphs += u64::from(doc.paragraphs);
        self.sentences += u64::from(doc.sentences);
        self.tokens += u64::from(doc.tokens);
        self.mentions += records.mentions.len() as u64;
        self.mentions_scored += records.mentions.iter().filter(|mention| mention.opinion.is_some()).count() as u64;
        self.quotations += records.quotations.len() as u64;
        self.documents_with_warnings += u64::from(!doc.warnings.is_empty());
        let missing = |word: &&String| word.starts_with("missing_") && word.ends_with("_column");
        for word in doc.warnings.iter().filter(missing) {
            *self.missing_columns.entry(word.clone()).or_default() += 1;
        }
        self.rows_outside.extend(&doc.rows_outside);
        for hit in &records.kwic {
            match self.hits.get_mut(&hit.pattern) {
                Some(count) => *count += 1,
                None => drop(self.hits.insert(hit.pattern.clone(), 1)),
            }
        }
    }
}

/// What became of the tables of records.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordSummary {
    /// The tables, in the order of [`super::REPORTS`].
    pub tables: Vec<TableSummary>,
    /// The sums over all documents.
    pub totals: RecordTotals,
    /// SHA-256 over path, a zero byte, SHA-256 of the file and LF of each document in order, hexadecimal.
    pub input_sha256: String,
}

/// How a report writes the rows of one document.
type Append = fn(&DocumentRows<'_>, &mut Table) -> Result<()>;

/// The rows of some consecutive documents, in memory.
#[derive(Debug)]
pub struct Sheets {
    tables: Vec<(Append, Table)>,
    totals: RecordTotals,
    /// What the hash of the input is taken over.
    input: Vec<u8>,
}

impl Sheets {
    /// Sheets without rows for some reports, to be written so.
    pub fn new(reports: &[&Report], config: &OutputConfig) -> Sheets {
        let table = |report: &&Report| match report.rows {
            Rows::Document(append) => Some((append, Outputs::rows(config, report))),
            Rows::Corpus(_) | Rows::Network(_) | Rows::Graph(_) => None,
        };
        let tables = reports.iter().filter_map(table).collect();
        Sheets { tables, totals: RecordTotals::default(), input: Vec::new() }
    }

    /// Adds the rows of one document. Documents come in ascending order of their id; `identities` holds the identity
    /// of each of the document's entities, by the same index.
    ///
    /// # Errors
    /// None but those of a defect: rows are kept in memory.
    pub fn write(&mut self, records: &Records, identities: &[&Identity]) -> Result<()> {
        debug_assert_eq!(records.entities.len(), identities.len(), "identities of document {}", records.document.id);
        self.totals.add(records);
        let doc = &records.document;
        for part in [doc.path.as_bytes(), b"\0", doc.sha256.as_bytes(), b"\n"] {
            self.input.extend_from_slice(part);
        }
        let rows = DocumentRows { records, identities };
        self.tables.iter_mut().try_for_each(|(append, table)| append(&rows, table))
    }
}

/// The open tables of records.
#[derive(Debug)]
pub struct Writer {
    tables: Vec<Table>,
    totals: RecordTotals,
    input: Sha256,
}

impl Writer {
    /// Opens the tables of some reports.
    ///
    /// # Errors
    /// [`crate::error::ErrorKind::Write`] with the path of the table.
    pub fn create(outputs: &Outputs<'_>, reports: &[&Report]) -> Result<Writer> {
        let records = reports.iter().filter(|report| matches!(report.rows, Rows::Document(_)));
        let tables = records.map(|report| outputs.table(report));
        Ok(Writer { tables: tables.collect::<Result<_>>()?, totals: RecordTotals::default(), input: Sha256::new() })
    }

    /// Appends the rows of the next documents.
    ///
    /// # Errors
    /// [`crate::error::ErrorKind::Write`] with the path of the table.
    pub fn append(&mut self, sheets: Sheets) -> Result<()> {
        self.totals.merge(sheets.totals);
        self.input.update(&sheets.input);
        self.tables.iter_mut().zip(sheets.tables).try_for_each(|(table, (_, rows))| table.append(rows))
    }

    /// Closes the tables.
    ///
    /// # Errors
    /// [`crate::error::ErrorKind::Write`] with the path of the table.
    pub fn finish(self) -> Result<RecordSummary> {
        let tables = self.tables.into_iter().map(Table::finish).collect::<Result<_>>()?;
        Ok(RecordSummary { tables, totals: self.totals, input_sha256: format!("{:x}", self.input.finalize()) })
    }
}

/// Characters of a sentence that is shown whole.
const WHOLE: usize = 1_000;
/// Characters shown on either side of where a mention begins in a longer one, so that rows of a text without a full stop
/// stay small.
const AROUND: usize = 300;

fn around(text: &str, at: usize) -> Cow<'_, str> {
    if text.len() <= WHOLE || text.char_indices().nth(WHOLE).is_none() {
        return Cow::Borrowed(text);
    }
    let (before, behind) = text.split_at_checked(at).unwrap_or((text, ""));
    let first = before.char_indices().rev().nth(AROUND - 1).map_or(0, |(first, _)| first);
    let last = behind.char_indices().nth(AROUND).map_or(text.len(), |(last, _)| before.len() + last);
    let mark = |cut: bool| if cut { "…" } else { "" };
    Cow::Owned(format!("{}{}{}", mark(first > 0), &text[first..last], mark(last < text.len())))
}

#[cfg(test)]
mod tests {
    use super::super::fixture;

    #[test]
    fn a_very_long_sentence_is_cut_around_the_mention() {
        let whole = "é".repeat(1_000);
        assert_eq!(super::around(&whole, 500), whole);
        let long = format!("{}Vale{}", "é ".repeat(600), " ü".repeat(600));
        let cut = super::around(&long, 3 * 600);
        assert!(cut.starts_with("…é") && cut.ends_with("…") && cut.contains("é Vale ü"), "{cut}");
        assert_eq!(cut.chars().count(), 602);
        assert!(super::around(&long, 0).starts_with("é é"));
        assert!(super::around(&long, long.len()).ends_with('ü'));
    }

    #[test]
    fn rows_come_in_document_order_with_corpus_wide_entities() {
        let tables = fixture::record_tables();
        let mentions = tables.rows("mentions.csv");
        assert_eq!(mentions.len(), 5);
        assert_eq!(mentions[0]["mention_id"], "d00000001-m0001");
        assert_eq!(mentions[0]["entity_id"], "e000002");
        assert_eq!(mentions[0]["sentence_id"], "d00000001-s0000");
        assert_eq!(mentions[1]["entity"], "Rosa Lindqvist");
        assert_eq!(mentions[1]["speaker_entity"], "Norland", "the speaker of the quotation around the inner one");
        assert_eq!((mentions[1]["in_quote"].as_str(), mentions[1]["voice"].as_str()), ("true", "quoted"));
        assert_eq!((mentions[0]["polarity"].as_str(), mentions[0]["voice"].as_str()), ("", ""));
        assert_eq!(mentions[3]["doc_id"], "d00000002");
    }

    #[test]
    fn contributions_of_a_mention_sum_to_its_polarity() {
        let tables = fixture::record_tables();
        let evidence = tables.rows("sentiment_evidence.csv");
        for mention in tables.rows("mentions.csv") {
            let Ok(polarity) = mention["polarity"].parse::<f64>() else {
                continue;
            };
            let rows = evidence.iter().filter(|row| row["mention_id"] == mention["mention_id"]);
            let sum: f64 = rows.map(|row| row["contribution"].parse::<f64>().unwrap()).sum();
            assert!((sum - polarity).abs() < 1e-9, "{mention:?}");
        }
        assert_eq!(evidence[0]["modifiers"], "not(-0.74)|very(1.293)");
        assert_eq!(evidence[0]["speaker"], "Norland");
    }

    #[test]
    fn quotations_point_to_the_one_around_them() {
        let rows = fixture::record_tables().rows("quotations.csv");
        assert_eq!(rows[0]["quote_id"], "q00000001-0001");
        assert_eq!((rows[0]["parent_quote_id"].as_str(), rows[0]["verb_class"].as_str()), ("", "negative"));
        assert_eq!(rows[1]["parent_quote_id"], "q00000001-0001");
        assert_eq!((rows[1]["attribution_confidence"].as_str(), rows[1]["verb_class"].as_str()), ("", ""));
        assert_eq!(rows[0]["attribution_confidence"], "0.90");
    }

    #[test]
    fn documents_say_what_is_missing() {
        let tables = fixture::record_tables();
        let rows = tables.rows("documents.csv");
        assert_eq!((rows[0]["ttr"].as_str(), rows[0]["quoted_share"].as_str()), ("0.750000", "0.250000"));
        assert_eq!((rows[1]["ttr"].as_str(), rows[1]["date"].as_str(), rows[1]["title"].as_str()), ("", "", ""));
        let totals = &tables.summary.totals;
        assert_eq!((totals.documents, totals.undated, totals.mentions, totals.mentions_scored), (2, 1, 5, 2));
        assert_eq!(totals.first_date, totals.last_date);
        assert_eq!(tables.summary.input_sha256.len(), 64);
    }

    #[test]
    fn indices_that_lead_nowhere_are_missing_values() {
        let mut records = fixture::records();
        let doc = &mut records[0];
        doc.mentions[0].sentence = 99;
        doc.mentions[0].entity = 99;
        doc.mentions[1].quotation = Some(99);
        doc.quotations[1].parent = Some(1);
        doc.quotations[0].speaker = Some(99);
        let rows = fixture::write_records(&records).rows("mentions.csv");
        assert_eq!((rows[0]["sentence_id"].as_str(), rows[0]["entity_id"].as_str()), ("", ""));
        assert_eq!(rows[1]["speaker_entity"], "");
    }
}
