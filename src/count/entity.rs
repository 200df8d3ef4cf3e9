//! Counts of entities: mentions, aliases, co-occurrence, and how they are spoken of.
//!
//! It reads the [`Records`] of documents and, for each, the corpus-wide number of each of its entities, which the
//! caller decides. It keeps integers under keys, so two counts merge in any order; it knows no name and no text but the
//! surfaces of aliases. Distinct keys are held in memory.
//!
//! Pairs are counted over mentions by name in bodies, with the meaning that term pairs have: in documents, paragraphs and
//! sentences one for each unit that names both; in windows one for each two mentions of one sentence whose nearest words
//! are at most `window` words apart. For "Ada met Bo. Ada left Bo and Ada." (one paragraph): document 1, paragraph 1,
//! sentence 2, and in a window of 2 there are 3 (`Ada met Bo`, `Ada left Bo`, `Bo and Ada`).

use std::collections::{BTreeMap, BTreeSet};

use crate::config::CountConfig;
use crate::count::Unit;
use crate::count::entity_pair::{EntityPairs, PairSum, add_pairs};
use crate::count::opinion::{OpinionCount, SpeakerScope, VoiceScope, scopes};
use crate::count::tally::{Sum, Tally};
use crate::document::{AliasRule, Date, Role};
use crate::record::{MentionRecord, Records};

/// Mentions that may follow one within the window, for each word of it: more than one only inside hyphenated words.
const CROWD: usize = 4;

/// What is counted of one entity.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct EntityCount {
    /// Mentions in titles and bodies.
    pub mentions: u64,
    /// Of these in documents that are no copies.
    pub originals: u64,
    /// Of these by name, whole or as a hyphen part.
    pub names: u64,
    /// Of these by demonym.
    pub demonyms: u64,
    /// Of these by metonym.
    pub metonyms: u64,
    /// Documents that mention it.
    pub documents: u64,
    /// Date of the first dated document that mentions it.
    pub first: Option<Date>,
    /// Date of the last.
    pub last: Option<Date>,
    /// Sum over documents of its salience, millionths. In a document of n tokens an entity weighs m (2n - p), m its
    /// mentions and p the tokens before its first; its salience is its share of the weights of all entities.
    pub salience: u64,
    /// Mentions by name in bodies: the marginal of the window unit.
    pub body_names: u64,
    /// Documents whose bodies name it, paragraphs that do, sentences that do: the marginals of the other units.
    pub units: [u64; 3],
}

impl Sum for EntityCount {
    fn add(&mut self, other: &EntityCount) {
        self.mentions += other.mentions;
        self.originals += other.originals;
        self.names += other.names;
        self.demonyms += other.demonyms;
        self.metonyms += other.metonyms;
        self.documents += other.documents;
        self.first = self.first.into_iter().chain(other.first).min();
        self.last = self.last.max(other.last);
        self.salience += other.salience;
        self.body_names += other.body_names;
        for (sum, part) in self.units.iter_mut().zip(other.units) {
            *sum += part;
        }
    }
}

/// A surface under which an entity is mentioned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AliasCount {
    /// Mentions.
    pub count: u64,
    /// Least confidence, percent.
    pub confidence: u8,
}

impl Sum for AliasCount {
    fn add(&mut self, other: &AliasCount) {
        self.count += other.count;
        self.confidence = self.confidence.min(other.confidence);
    }
}

type OpinionKey = (u32, VoiceScope, SpeakerScope);

/// Counts of the entities of some documents.
#[derive(Clone, Debug)]
pub struct EntityCounts {
    config: CountConfig,
    totals: [u64; 4],
    units_cut: [u64; 3],
    entities: Tally<u32, EntityCount>,
    aliases: Tally<(u32, String, AliasRule), AliasCount>,
    opinions: Tally<OpinionKey, OpinionCount>,
    pairs: [Tally<(u32, u32), PairSum>; 4],
}

/// The counts as tables, each in ascending order of its key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntityTables {
    /// Entities by number.
    pub entities: Vec<(u32, EntityCount)>,
    /// Surfaces by entity, surface and rule.
    pub aliases: Vec<((u32, String, AliasRule), AliasCount)>,
    /// Opinions by entity, voice and speaker.
    pub opinions: Vec<((u32, VoiceScope, SpeakerScope), OpinionCount)>,
    /// Pairs that co-occur.
    pub pairs: EntityPairs,
    /// Documents, paragraphs and sentences that name more distinct entities than `unit_cap`; only the first were paired.
    pub units_cut: [u64; 3],
}

/// A mention by name in a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Named {
    paragraph: u32,
    sentence: u32,
    position: u32,
    length: u32,
    entity: u32,
}

impl EntityCounts {
    /// Counts of no document.
    pub fn new(config: &CountConfig) -> EntityCounts {
        EntityCounts {
            config: config.clone(),
            totals: [0; 4],
            units_cut: [0; 3],
            entities: Tally::default(),
            aliases: Tally::default(),
            opinions: Tally::default(),
            pairs: Default::default(),
        }
    }

    /// Adds a document. `identity` gives for each of `records.entities` its corpus-wide number; a mention of an entity
    /// without one is left out.
    pub fn observe(&mut self, records: &Records, identity: &[u32]) {
        let document = &records.document;
        let sizes = [1, document.paragraphs, document.sentences, document.tokens];
        for (total, size) in self.totals.iter_mut().zip(sizes) {
            *total += u64::from(size);
        }
        let mentions: Vec<(u32, &MentionRecord)> = records
            .mentions
            .iter()
            .filter_map(|mention| Some((*identity.get(mention.entity as usize)?, mention)))
            .collect();
        let mut counts = mention_counts(&mentions, document.date, document.tokens);
        for &(entity, mention) in &mentions {
            let alias = AliasCount { count: 1, confidence: mention.confidence };
            self.aliases.add((entity, mention.surface.clone(), mention.rule), alias);
        }
        let named = named_in_body(&mentions, records);
        self.pair_units(&named, &mut counts);
        self.pair_windows(&named);
        for (entity, mut count) in counts {
            count.originals = if document.is_copy() { 0 } else { count.mentions };
            self.entities.add(entity, count);
        }
        self.add_opinions(&mentions, records, identity);
    }

    /// Adds the counts of other documents.
    pub fn merge(mut self, other: EntityCounts) -> EntityCounts {
        for (sum, part) in self.totals.iter_mut().zip(other.totals) {
            *sum += part;
        }
        for (sum, part) in self.units_cut.iter_mut().zip(other.units_cut) {
            *sum += part;
        }
        self.entities.merge(other.entities);
        self.aliases.merge(other.aliases);
        self.opinions.merge(other.opinions);
        for (pairs, other) in self.pairs.iter_mut().zip(other.pairs) {
            pairs.merge(other);
        }
        self
    }

    /// The tables.
    pub fn finish(self) -> EntityTables {
        let entities = self.entities.into_rows();
        EntityTables {
            pairs: EntityPairs::new(self.pairs, &entities, self.totals, &self.config),
            aliases: self.aliases.into_rows(),
            opinions: self.opinions.into_rows(),
            units_cut: self.units_cut,
            entities,
        }
    }

    fn pair_units(&mut self, named: &[Named], counts: &mut BTreeMap<u32, EntityCount>) {
        let same: [fn(&Named, &Named) -> bool; 3] =
            [|_, _| true, |a, b| a.paragraph == b.paragraph, |a, b| a.sentence == b.sentence];
        for (unit, same) in same.into_iter().enumerate() {
            let mut found = Vec::new();
            for group in named.chunk_by(same) {
                let mut seen = BTreeSet::new();
                let mut distinct: Vec<u32> = group.iter().map(|name| name.entity).collect();
                distinct.retain(|&entity| seen.insert(entity));
                for entity in &distinct {
                    counts.entry(*entity).or_default().units[unit] += 1;
                }
                let cap = self.config.unit_cap as usize;
                self.units_cut[unit] += u64::from(distinct.len() > cap);
                distinct.truncate(cap);
                for (at, &a) in distinct.iter().enumerate() {
                    found.extend(distinct[at + 1..].iter().map(|&b| (a.min(b), a.max(b))));
                }
            }
            add_pairs(&mut self.pairs[unit], found);
        }
        for name in named {
            counts.entry(name.entity).or_default().body_names += 1;
        }
    }

    fn pair_windows(&mut self, named: &[Named]) {
        let reach = self.config.window;
        let mut found = Vec::new();
        for (at, a) in named.iter().enumerate() {
            let last = a.position.saturating_add(a.length.saturating_sub(1));
            let near = named[at + 1..]
                .iter()
                .take(CROWD * (reach as usize + 1))
                .take_while(|b| b.sentence == a.sentence && b.position.saturating_sub(last) <= reach)
                .filter(|b| b.entity != a.entity);
            found.extend(near.map(|b| (a.entity.min(b.entity), a.entity.max(b.entity))));
        }
        add_pairs(&mut self.pairs[Unit::Window as usize], found);
    }

    fn add_opinions(&mut self, mentions: &[(u32, &MentionRecord)], records: &Records, identity: &[u32]) {
        let mut sums: BTreeMap<OpinionKey, OpinionCount> = BTreeMap::new();
        for &(entity, mention) in mentions {
            let Some(opinion) = &mention.opinion else { continue };
            let count = OpinionCount::of(opinion);
            for (voice, speaker) in scopes(opinion, records, identity) {
                sums.entry((entity, voice, speaker)).or_default().add(&count);
            }
        }
        for (key, mut count) in sums {
            count.documents = 1;
            self.opinions.add(key, count);
        }
    }
}

fn mention_counts(mentions: &[(u32, &MentionRecord)], date: Option<Date>, tokens: u32) -> BTreeMap<u32, EntityCount> {
    let mut counts: BTreeMap<u32, (EntityCount, u32)> = BTreeMap::new();
    for &(entity, mention) in mentions {
        let (count, first) = counts.entry(entity).or_insert((EntityCount::default(), u32::MAX));
        count.mentions += 1;
        count.names += u64::from(mention.role.is_name());
        count.demonyms += u64::from(mention.role == Role::Demonym);
        count.metonyms += u64::from(mention.role == Role::Metonym);
        *first = (*first).min(mention.position);
    }
    let whole = u128::from(tokens.max(1));
    let weigh =
        |count: &EntityCount, first: u32| u128::from(count.mentions) * (2 * whole - u128::from(first).min(whole));
    let all: u128 = counts.values().map(|(count, first)| weigh(count, *first)).sum();
    let finish = |(entity, (mut count, first)): (u32, (EntityCount, u32))| {
        count.salience = (weigh(&count, first) * 1_000_000 / all.max(1)) as u64;
        count.documents = 1;
        count.first = date;
        count.last = date;
        (entity, count)
    };
    counts.into_iter().map(finish).collect()
}

/// The mentions by name in the body, in text order.
fn named_in_body(mentions: &[(u32, &MentionRecord)], records: &Records) -> Vec<Named> {
    let mut named: Vec<Named> = mentions
        .iter()
        .filter(|(_, mention)| mention.role.is_name())
        .filter_map(|&(entity, mention)| {
            let sentence = records.sentences.get(mention.sentence as usize)?;
            (sentence.number > 0).then_some(Named {
                paragraph: sentence.paragraph,
                sentence: sentence.number,
                position: mention.position,
                length: mention.length,
                entity,
            })
        })
        .collect();
    // Stable: parts of one hyphenated word stay in their order.
    named.sort_by_key(|name| (name.paragraph, name.sentence, name.position));
    named
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::count::fixture::opinion;
    use crate::document::{EntityKind, QuotationKind};
    use crate::record::{DocumentRecord, EntityRecord, QuotationRecord, SentenceRecord, VoiceRecord};

    /// A mention: entity, sentence (0 is the title), position, length, role, polarity with voice and speaker.
    type Shape = (u32, u32, u32, u32, Role, Option<(i16, VoiceRecord, Option<u32>)>);

    fn quotation(speaker: Option<u32>) -> QuotationRecord {
        QuotationRecord {
            kind: QuotationKind::Direct,
            text: String::new(),
            words: 0,
            parent: None,
            paragraph: 1,
            speaker_surface: String::new(),
            speaker,
            speaker_2: None,
            cue: String::new(),
            cue_class: 0,
            rule: String::new(),
            confidence: 0,
            unclosed: false,
            char_start: 0,
            char_end: 0,
        }
    }

    /// Records of a document of 20 tokens whose sentences 1 and 2 are paragraph 1, 3 and 4 paragraph 2, and so on.
    fn records(id: u32, shapes: &[Shape]) -> Records {
        let mut quotations = Vec::new();
        let mut mention = |&(entity, sentence, position, length, role, scored): &Shape| MentionRecord {
            surface: format!("surface {}", entity + position % 2),
            entity,
            role,
            rule: AliasRule::Exact,
            confidence: 50 + position as u8 % 50,
            char_start: 0,
            char_end: 0,
            line: 1,
            sentence,
            position,
            length,
            quotation: None,
            opinion: scored.map(|(polarity, voice, speaker)| {
                quotations.push(quotation(speaker));
                opinion(polarity, voice, Some(quotations.len() as u32 - 1), &[40, -20])
            }),
        };
        let mentions = shapes.iter().map(&mut mention).collect();
        let sentence = |number: u32| SentenceRecord { number, paragraph: number.div_ceil(2), text: String::new() };
        let entity = |number: u32| EntityRecord { name: format!("Entity {number}"), kind: EntityKind::Person };
        Records {
            document: DocumentRecord {
                id,
                date: Date::from_ymd(2024, 5, 1 + (id % 28) as u8),
                paragraphs: 3,
                sentences: 6,
                tokens: 20,
                ..DocumentRecord::default()
            },
            sentences: (0..7).map(sentence).collect(),
            entities: (0..5).map(entity).collect(),
            mentions,
            quotations,
            removed: Vec::new(),
        }
    }

    /// Document-local entity `i` is corpus-wide `(i + document) % 5`.
    fn identity(id: u32) -> Vec<u32> {
        (0..5).map(|entity| (entity + id) % 5).collect()
    }

    fn count(documents: &[Records], config: &CountConfig) -> EntityCounts {
        let mut counts = EntityCounts::new(config);
        for records in documents {
            counts.observe(records, &identity(records.document.id));
        }
        counts
    }

    fn named(entity: u32, sentence: u32, position: u32) -> Shape {
        (entity, sentence, position, 1, Role::Name, None)
    }

    #[test]
    fn the_example_of_the_module_documentation() {
        // "Ada met Bo. Ada left Bo and Ada.", Ada 0 and Bo 1; document 5 keeps the numbers.
        let shapes = [named(0, 1, 0), named(1, 1, 2), named(0, 2, 3), named(1, 2, 5), named(0, 2, 7)];
        let config = CountConfig { window: 2, ..CountConfig::default() };
        let tables = count(&[records(5, &shapes)], &config).finish();
        let first = |unit| tables.pairs.of(unit).next().unwrap();
        let observed: Vec<u64> = Unit::ALL.map(|u| first(u).count.observed).to_vec();
        assert_eq!(observed, [1, 1, 2, 3]);
        let sentence = first(Unit::Sentence).count;
        assert_eq!((sentence.first, sentence.second, sentence.total, sentence.span), (2, 2, 6, 1));
        let window = first(Unit::Window).count;
        assert_eq!((window.first, window.second, window.total, window.span), (3, 2, 20, 4));
        let (ada, bo) = (tables.entities[0].1, tables.entities[1].1);
        assert_eq!((ada.mentions, bo.mentions, ada.units, ada.documents), (3, 2, [1, 1, 2], 1));
        // Weights 3 (40 - 0) and 2 (40 - 2).
        assert_eq!((ada.salience, bo.salience), (612_244, 387_755));
    }

    #[test]
    fn titles_and_other_roles_are_mentions_but_no_pairs() {
        let shapes = [
            named(0, 0, 0),
            named(1, 0, 0),
            (0, 1, 1, 1, Role::Demonym, None),
            (1, 1, 2, 1, Role::Metonym, None),
            (2, 1, 3, 1, Role::HyphenPart, None),
        ];
        let tables = count(&[records(5, &shapes)], &CountConfig::default()).finish();
        assert!(Unit::ALL.iter().all(|&unit| tables.pairs.of(unit).next().is_none()));
        let counts: Vec<_> =
            tables.entities.iter().map(|(_, e)| (e.mentions, e.names, e.demonyms, e.metonyms)).collect();
        assert_eq!(counts, [(2, 1, 1, 0), (2, 1, 0, 1), (1, 1, 0, 0)]);
        assert_eq!(tables.aliases[0].0, (0, "surface 0".to_owned(), AliasRule::Exact));
    }

    #[test]
    fn opinions_are_summed_by_voice_and_speaker() {
        let says = |polarity, voice, speaker| (0, 1, 0, 1, Role::Name, Some((polarity, voice, speaker)));
        let shapes = [
            says(300, VoiceRecord::Author, None),
            says(-500, VoiceRecord::Quoted, Some(1)),
            says(-50, VoiceRecord::Quoted, None),
            says(20, VoiceRecord::Quoted, Some(1)),
        ];
        let tables = count(&[records(5, &shapes), records(10, &shapes[..1])], &CountConfig::default()).finish();
        let rows: Vec<_> =
            tables.opinions.iter().map(|(key, c)| (key.1, key.2, c.documents, c.scored, c.sum)).collect();
        assert_eq!(
            rows,
            [
                (VoiceScope::All, SpeakerScope::All, 2, 5, 70),
                (VoiceScope::Author, SpeakerScope::All, 2, 2, 600),
                (VoiceScope::Quoted, SpeakerScope::All, 1, 3, -530),
                (VoiceScope::Quoted, SpeakerScope::Unknown, 1, 1, -50),
                (VoiceScope::Quoted, SpeakerScope::Entity(1), 1, 2, -480),
            ]
        );
        let all = tables.opinions[0].1;
        assert_eq!((all.sum_abs, all.sum_squares), (1170, 90_000 * 2 + 250_000 + 2_500 + 400));
        assert_eq!((all.positive, all.negative, all.neutral, all.mixed), (2, 2, 0, 1));
    }

    #[test]
    fn an_index_out_of_range_is_left_out() {
        let mut odd = records(5, &[named(0, 1, 0), named(4, 99, 1)]);
        odd.mentions[0].entity = 77;
        let tables = count(&[odd], &CountConfig::default()).finish();
        assert_eq!(tables.entities.len(), 1);
        assert!(Unit::ALL.iter().all(|&unit| tables.pairs.of(unit).next().is_none()));
    }

    fn shape() -> impl Strategy<Value = Shape> {
        let role = proptest::sample::select(vec![Role::Name, Role::HyphenPart, Role::Demonym, Role::Metonym]);
        let voice = proptest::sample::select(vec![VoiceRecord::Author, VoiceRecord::Quoted, VoiceRecord::Attributed]);
        let scored = proptest::option::of((-1000i16..=1000, voice, proptest::option::of(0u32..5)));
        (0u32..5, 0u32..7, 0u32..20, 1u32..3, role, scored)
    }

    fn corpus() -> impl Strategy<Value = Vec<Records>> {
        let document = proptest::collection::vec(shape(), 0..12);
        proptest::collection::vec(document, 0..7)
            .prop_map(|all| (1..).zip(all).map(|(id, shapes)| records(id, &shapes)).collect())
    }

    /// Observed and documents of each pair, from every two mentions.
    fn naive(documents: &[Records], unit: Unit, window: u32) -> Vec<((u32, u32), (u64, u64))> {
        let mut found: BTreeMap<(u32, u32), (u64, BTreeSet<u32>)> = BTreeMap::new();
        for records in documents {
            let identity = identity(records.document.id);
            let mut units = BTreeSet::new();
            for (i, a) in records.mentions.iter().enumerate() {
                for (j, b) in records.mentions.iter().enumerate().filter(|&(j, _)| j != i) {
                    let (first, second) = (identity[a.entity as usize], identity[b.entity as usize]);
                    let title = a.sentence == 0 || b.sentence == 0;
                    if first >= second || title || !a.role.is_name() || !b.role.is_name() {
                        continue;
                    }
                    let paragraph = |mention: &MentionRecord| mention.sentence.div_ceil(2);
                    let (one, other) = if (a.position, i) < (b.position, j) { (a, b) } else { (b, a) };
                    let gap = other.position.saturating_sub(one.position + one.length - 1);
                    let (place, within) = match unit {
                        Unit::Document => ((0, 0), true),
                        Unit::Paragraph => ((paragraph(a), 0), paragraph(a) == paragraph(b)),
                        Unit::Sentence => ((a.sentence, 0), a.sentence == b.sentence),
                        Unit::Window => ((i as u32, j as u32), a.sentence == b.sentence && gap <= window),
                    };
                    if within && units.insert((first, second, place)) {
                        let sum = found.entry((first, second)).or_default();
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
        fn pairs_agree_with_a_naive_count(documents in corpus(), window in 2u32..6) {
            let config = CountConfig { window, ..CountConfig::default() };
            let tables = count(&documents, &config).finish();
            for unit in Unit::ALL {
                let rows: Vec<_> = tables.pairs.of(unit)
                    .map(|pair| ((pair.first, pair.second), (pair.count.observed, pair.documents)))
                    .collect();
                prop_assert_eq!(rows, naive(&documents, unit, window), "{:?}", unit);
            }
        }

        #[test]
        fn merging_is_associative_and_commutative(documents in corpus(), cuts in (0usize..8, 0usize..8)) {
            let config = CountConfig::default();
            let (low, high) = (cuts.0.min(cuts.1).min(documents.len()), cuts.0.max(cuts.1).min(documents.len()));
            let part = |range: std::ops::Range<usize>| count(&documents[range], &config);
            let parts = || (part(0..low), part(low..high), part(high..documents.len()));
            let whole = count(&documents, &config).finish();
            let (a, b, c) = parts();
            prop_assert_eq!(&a.merge(b).merge(c).finish(), &whole);
            let (a, b, c) = parts();
            prop_assert_eq!(&a.merge(b.merge(c)).finish(), &whole);
            let (a, b, c) = parts();
            prop_assert_eq!(&c.merge(a).merge(b).finish(), &whole);
            let (a, b, c) = parts();
            prop_assert_eq!(&EntityCounts::new(&config).merge(b).merge(c).merge(a).finish(), &whole);
        }
    }
}
