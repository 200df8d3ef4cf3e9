//! Counts of what was left out of the texts: in how many documents of an outlet a block stands.
//!
//! It reads the [`Records`] of documents. Blocks that differ in letter case, digits, marks or white space only are one.

use crate::count::tally::{Sum, Tally};
use crate::document::{DocId, RemovedBy};
use crate::record::Records;

/// Which block of which outlet.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct RemovedKey {
    /// Newspaper or site; empty when it is not known.
    pub outlet: String,
    /// Why it was left out.
    pub why: RemovedBy,
    /// Its letters in lower case, with `0` for every digit.
    folded: String,
}

/// How often a block was left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RemovedCount {
    /// Documents.
    pub documents: u64,
    /// Places.
    pub blocks: u64,
    /// The first document that has it.
    pub first: DocId,
    /// The block as it stands there.
    pub text: String,
}

impl Sum for RemovedCount {
    fn add(&mut self, other: &RemovedCount) {
        self.documents += other.documents;
        self.blocks += other.blocks;
        if (other.first, &other.text) < (self.first, &self.text) {
            self.first = other.first;
            self.text.clone_from(&other.text);
        }
    }
}

/// What was left out of some documents.
#[derive(Clone, Debug, Default)]
pub struct Removals {
    blocks: Tally<RemovedKey, RemovedCount>,
}

impl Removals {
    /// Adds a document.
    pub fn observe(&mut self, records: &Records) {
        let mut here: Tally<RemovedKey, RemovedCount> = Tally::default();
        for block in &records.removed {
            let outlet = records.document.outlet.clone();
            let key = RemovedKey { outlet, why: block.why, folded: folded(&block.text) };
            let first = records.document.doc_id();
            here.add(key, RemovedCount { documents: 0, blocks: 1, first, text: block.text.clone() });
        }
        for (key, count) in here.into_rows() {
            self.blocks.add(key, RemovedCount { documents: 1, ..count });
        }
    }

    /// Adds what was left out of other documents.
    pub fn merge(mut self, other: Removals) -> Removals {
        self.blocks.merge(other.blocks);
        self
    }

    /// The blocks, by outlet, reason and words.
    pub fn finish(self) -> Vec<(RemovedKey, RemovedCount)> {
        self.blocks.into_rows()
    }
}

fn folded(text: &str) -> String {
    let kept = text.chars().filter(|c| c.is_alphanumeric());
    kept.flat_map(char::to_lowercase).map(|c| if c.is_numeric() { '0' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::EntityKind;
    use crate::record::{DocumentRecord, EntityRecord, RemovedRecord};

    fn records(id: u32, outlet: &str, texts: &[&str]) -> Records {
        let block = |text: &&str| RemovedRecord { text: (*text).to_owned(), why: RemovedBy::Rule };
        Records {
            document: DocumentRecord { id, outlet: outlet.into(), ..DocumentRecord::default() },
            sentences: Vec::new(),
            entities: vec![EntityRecord { name: "Norland".into(), kind: EntityKind::Gpe }],
            mentions: Vec::new(),
            quotations: Vec::new(),
            removed: texts.iter().map(block).collect(),
            kwic: Vec::new(),
        }
    }

    #[test]
    fn blocks_are_counted_by_outlet_whoever_counts_them() {
        let docs = [
            records(3, "Gazette", &["READ more: page 12", "Read more: page 07"]),
            records(1, "Gazette", &["Read more, page 55"]),
            records(2, "Courier", &["Read more: page 12"]),
        ];
        let of = |docs: &[&Records]| {
            let mut removals = Removals::default();
            docs.iter().for_each(|doc| removals.observe(doc));
            removals
        };
        let whole = of(&[&docs[0], &docs[1], &docs[2]]).finish();
        assert_eq!(whole, of(&[&docs[2], &docs[1]]).merge(of(&[&docs[0]])).finish());
        let seen: Vec<_> = whole.iter().map(|(k, c)| (k.outlet.as_str(), c.documents, c.blocks, c.first.0)).collect();
        assert_eq!(seen, [("Courier", 1, 1, 2), ("Gazette", 2, 3, 1)]);
        assert_eq!(whole[1].1.text, "Read more, page 55");
    }
}
