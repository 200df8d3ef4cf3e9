//! What one worker collects of who is named where: names as a stream of features, so that pairs of entities are counted
//! by the same engine as pairs of terms.
//!
//! It reads the [`Records`] of documents and, for each, the corpus-wide number of each of its entities. Mentions by name
//! in bodies are counted, not titles, demonyms or metonyms. A name is one place of the stream however many words it has;
//! the words between two names of a sentence are places too, so that windows reach over them. For "Ada met Bo. Ada left
//! Bo and Ada." (one paragraph) the pair of Ada and Bo is observed 1 time in documents, 1 in paragraphs, 2 in sentences,
//! and 3 times in a window of 2 (`Ada met Bo`, `Ada left Bo`, `Bo and Ada`).

use crate::config::CountConfig;
use crate::count::segment::{DocStat, Ends, Segment};
use crate::count::vocabulary::{FeatureKind, Vocabulary};
use crate::record::Records;

/// The names in the bodies of the documents of one worker.
#[derive(Clone, Debug, Default)]
pub struct Naming {
    vocabulary: Vocabulary,
    stream: Segment,
    /// Words that a window reaches over; longer gaps are cut to one more.
    reach: u32,
}

/// A mention by name in a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Name {
    paragraph: u32,
    sentence: u32,
    position: u32,
    length: u32,
    entity: u32,
}

impl Naming {
    /// Names of no document.
    pub fn new(config: &CountConfig) -> Naming {
        Naming { reach: config.window, ..Naming::default() }
    }

    /// Adds a document. `numbers` gives for each of `records.entities` its corpus-wide number; a mention of an entity
    /// without one is left out.
    pub fn observe(&mut self, records: &Records, numbers: &[u32]) {
        let mut names = names_in_body(records, numbers);
        // Stable: parts of one hyphenated word stay in their order.
        names.sort_by_key(|name| (name.paragraph, name.sentence, name.position));
        for paragraph in names.chunk_by(|a, b| a.paragraph == b.paragraph) {
            for sentence in paragraph.chunk_by(|a, b| a.sentence == b.sentence) {
                self.sentence(sentence);
            }
            self.stream.paragraphs.push(self.stream.ids.len() as u32);
        }
        let document = &records.document;
        self.stream.docs.push(DocStat {
            id: document.doc_id(),
            date: document.date,
            tokens: document.tokens,
            copy: document.is_copy(),
        });
        self.stream.ends.push(Ends {
            ids: self.stream.ids.len() as u32,
            sentences: self.stream.sentences.len() as u32,
            paragraphs: self.stream.paragraphs.len() as u32,
        });
    }

    fn sentence(&mut self, names: &[Name]) {
        let mut end = None;
        for name in names {
            // Words between the last word of the name before and the first of this one.
            let gap = end.map_or(0, |end| name.position.saturating_sub(end)).min(self.reach);
            for _ in 0..gap {
                let word = self.vocabulary.intern("", FeatureKind::Number);
                self.stream.ids.push(word);
            }
            let number = self.vocabulary.intern(&feature(name.entity), FeatureKind::Entity);
            self.stream.ids.push(number);
            end = Some(name.position + name.length);
        }
        self.stream.sentences.push(self.stream.ids.len() as u32);
    }

    /// The mergeable form.
    pub fn seal(self) -> Segment {
        Segment { words: self.vocabulary.into_words(), ..self.stream }
    }
}

fn names_in_body(records: &Records, numbers: &[u32]) -> Vec<Name> {
    let name = |mention: &crate::record::MentionRecord| {
        let sentence = records.sentences.get(mention.sentence as usize)?;
        let entity = *numbers.get(mention.entity as usize)?;
        (mention.role.is_name() && sentence.number > 0).then_some(Name {
            paragraph: sentence.paragraph,
            sentence: sentence.number,
            position: mention.position,
            length: mention.length,
            entity,
        })
    };
    records.mentions.iter().filter_map(name).collect()
}

/// The feature of an entity: its corpus-wide number in digits, so that byte order is the order of numbers.
fn feature(entity: u32) -> String {
    format!("{entity:010}")
}

/// The corpus-wide number of an entity's feature.
pub fn entity_of(feature: &str) -> Option<u32> {
    feature.parse().ok()
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use proptest::prelude::*;

    use super::*;
    use crate::config::Unit;
    use crate::count::Counts;
    use crate::count::fixture::{identity, mentioning, named, records};
    use crate::document::Role;

    fn count(documents: &[Records], config: &CountConfig) -> Counts {
        let mut names = Naming::new(config);
        documents.iter().for_each(|records| names.observe(records, &identity(records.document.id)));
        Counts::of(names.seal(), &CountConfig { ngram_max: 1, ..config.clone() })
    }

    /// Observed, first, second, documents of each pair.
    fn pairs(counts: &Counts, unit: Unit) -> BTreeMap<(u32, u32), (u64, u64, u64, u64)> {
        let mut rows = BTreeMap::new();
        counts
            .pairs(unit, 1, &mut |row| {
                let number = |feature| entity_of(feature).unwrap();
                let integers = (row.count.observed, row.count.first, row.count.second, row.documents);
                rows.insert((number(row.first), number(row.second)), integers);
                Ok(())
            })
            .unwrap();
        rows
    }

    #[test]
    fn the_example_of_the_module_documentation() {
        // "Ada met Bo. Ada left Bo and Ada.", Ada 0 and Bo 1; document 5 keeps the numbers.
        let shapes = [named(0, 1, 0), named(1, 1, 2), named(0, 2, 3), named(1, 2, 5), named(0, 2, 7)];
        let config = CountConfig { window: 2, ..CountConfig::default() };
        let counts = count(&[records(5, &shapes)], &config);
        let rows = Unit::ALL.map(|unit| pairs(&counts, unit)[&(0, 1)]);
        assert_eq!(rows, [(1, 1, 1, 1), (1, 1, 1, 1), (2, 2, 2, 1), (3, 3, 2, 1)]);
    }

    #[test]
    fn titles_other_roles_and_indices_out_of_range_are_no_names() {
        let shapes = [
            named(0, 0, 0),
            named(1, 0, 0),
            (0, 1, 1, 1, Role::Demonym, None),
            (1, 1, 2, 1, Role::Metonym, None),
            (2, 1, 3, 1, Role::HyphenPart, None),
            named(3, 99, 1),
        ];
        let mut odd = records(5, &shapes);
        odd.mentions[1].entity = 77;
        let counts = count(&[odd], &CountConfig::default());
        assert!(Unit::ALL.iter().all(|&unit| pairs(&counts, unit).is_empty()));
        assert_eq!(counts.totals.tokens, 1);
    }

    /// Position, length and entity of a name.
    type Laid = (u32, u32, u32);

    /// The places of the names of each sentence: names and, between them, words.
    fn places(records: &Records) -> BTreeMap<(u32, u32), Vec<Option<u32>>> {
        let numbers = identity(records.document.id);
        let mut sentences: BTreeMap<(u32, u32), Vec<Laid>> = BTreeMap::new();
        for mention in records.mentions.iter().filter(|mention| mention.sentence > 0 && mention.role.is_name()) {
            let sentence = sentences.entry((mention.sentence.div_ceil(2), mention.sentence)).or_default();
            sentence.push((mention.position, mention.length, numbers[mention.entity as usize]));
        }
        let lay = |mut names: Vec<Laid>| {
            names.sort_by_key(|name| name.0);
            let mut places = Vec::new();
            for (at, &(position, _, entity)) in names.iter().enumerate() {
                let end = if at == 0 { position } else { names[at - 1].0 + names[at - 1].1 };
                places.extend((end..position).map(|_| None));
                places.push(Some(entity));
            }
            places
        };
        sentences.into_iter().map(|(key, names)| (key, lay(names))).collect()
    }

    /// Observed and documents of each pair, from every two places.
    fn naive(documents: &[Records], unit: Unit, window: usize) -> BTreeMap<(u32, u32), (u64, u64)> {
        let mut found: BTreeMap<(u32, u32), (u64, BTreeSet<u32>)> = BTreeMap::new();
        for records in documents {
            let mut seen = BTreeSet::new();
            let all: Vec<_> = places(records)
                .into_iter()
                .flat_map(|(key, places)| places.into_iter().enumerate().map(move |(at, place)| (key, at, place)))
                .collect();
            for (i, (a_key, a_at, a)) in all.iter().enumerate() {
                for (b_key, b_at, b) in &all[i + 1..] {
                    let (Some(a), Some(b)) = (a, b) else { continue };
                    let (within, place) = match unit {
                        Unit::Document => (true, (0, 0, 0, 0)),
                        Unit::Paragraph => (a_key.0 == b_key.0, (a_key.0, 0, 0, 0)),
                        Unit::Sentence => (a_key == b_key, (a_key.0, a_key.1, 0, 0)),
                        Unit::Window => (a_key == b_key && b_at - a_at <= window, (a_key.0, a_key.1, *a_at, *b_at)),
                    };
                    if a != b && within && seen.insert((a.min(b), a.max(b), place)) {
                        let sum = found.entry((*a.min(b), *a.max(b))).or_default();
                        sum.0 += 1;
                        sum.1.insert(records.document.id);
                    }
                }
            }
        }
        found.into_iter().map(|(key, (observed, docs))| (key, (observed, docs.len() as u64))).collect()
    }

    proptest! {
        #[test]
        fn pairs_agree_with_a_naive_count(documents in mentioning(), window in 1u32..6) {
            let config = CountConfig { window, ..CountConfig::default() };
            let counts = count(&documents, &config);
            for unit in Unit::ALL {
                let rows: BTreeMap<_, _> = pairs(&counts, unit).into_iter().map(|(key, row)| (key, (row.0, row.3))).collect();
                prop_assert_eq!(rows, naive(&documents, unit, window as usize), "{:?}", unit);
            }
        }
    }
}
