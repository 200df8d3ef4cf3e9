//! Counts of entities: mentions, aliases, and how they are spoken of.
//!
//! It reads the [`Records`] of documents and, for each, the corpus-wide number of each of its entities, which the
//! caller decides. It keeps integers under keys, so two counts merge in any order; it knows no name and no text but the
//! surfaces of aliases. Distinct keys are held in memory. Pairs of entities are counted elsewhere ([`super::naming`]).

use std::collections::BTreeMap;

use crate::config::Period;
use crate::count::opinion::{OpinionCount, SpeakerScope, VoiceScope, scopes};
use crate::count::period;
use crate::count::tally::{Sum, Tally};
use crate::document::{AliasRule, Date, Role};
use crate::record::{MentionRecord, Records};

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
/// Entity and running number of the period.
type PeriodKey = (u32, i32);

/// Counts of the entities of some documents.
#[derive(Clone, Debug, Default)]
pub struct EntityCounts {
    entities: Tally<u32, EntityCount>,
    aliases: Tally<(u32, String, AliasRule), AliasCount>,
    opinions: Tally<OpinionKey, OpinionCount>,
    periods: Tally<PeriodKey, OpinionCount>,
    period: Period,
}

/// The counts as tables, each in ascending order of its key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntityTables {
    /// Entities by number.
    pub entities: Vec<(u32, EntityCount)>,
    /// Surfaces by entity, surface and rule.
    pub aliases: Vec<((u32, String, AliasRule), AliasCount)>,
    /// Opinions by entity, voice and speaker. The sum of what a speaker says in marks and without stands under all
    /// voices.
    pub opinions: Vec<((u32, VoiceScope, SpeakerScope), OpinionCount)>,
    /// Opinions of dated documents by entity and label of the period.
    pub periods: Vec<((u32, String), OpinionCount)>,
}

impl EntityCounts {
    /// Counts whose opinions are also summed by periods of this length.
    pub fn by(period: Period) -> EntityCounts {
        EntityCounts { period, ..EntityCounts::default() }
    }

    /// Adds a document. `identity` gives for each of `records.entities` its corpus-wide number; a mention of an entity
    /// without one is left out.
    pub fn observe(&mut self, records: &Records, identity: &[u32]) {
        let document = &records.document;
        let mentions: Vec<(u32, &MentionRecord)> = records
            .mentions
            .iter()
            .filter_map(|mention| Some((*identity.get(mention.entity as usize)?, mention)))
            .collect();
        let counts = mention_counts(&mentions, document.date, document.tokens);
        for &(entity, mention) in &mentions {
            let alias = AliasCount { count: 1, confidence: mention.confidence };
            self.aliases.add((entity, mention.surface.clone(), mention.rule), alias);
        }
        for (entity, mut count) in counts {
            count.originals = if document.is_copy() { 0 } else { count.mentions };
            self.entities.add(entity, count);
        }
        self.add_opinions(&mentions, records, identity);
    }

    /// Adds the counts of other documents.
    pub fn merge(mut self, other: EntityCounts) -> EntityCounts {
        self.entities.merge(other.entities);
        self.aliases.merge(other.aliases);
        self.opinions.merge(other.opinions);
        self.periods.merge(other.periods);
        self
    }

    /// The tables.
    pub fn finish(self) -> EntityTables {
        EntityTables {
            entities: self.entities.into_rows(),
            aliases: self.aliases.into_rows(),
            opinions: self.opinions.into_rows(),
            periods: self
                .periods
                .into_rows()
                .into_iter()
                .map(|((entity, number), count)| ((entity, period::label(self.period, number)), count))
                .collect(),
        }
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
        let number = records.document.date.map(|date| period::number(self.period, date));
        for (key, mut count) in sums {
            count.documents = 1;
            if let (Some(number), (entity, VoiceScope::All, SpeakerScope::All)) = (number, key) {
                self.periods.add((entity, number), count);
            }
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::count::fixture::{identity, mentioning, named, records};
    use crate::record::VoiceRecord;

    fn count(documents: &[Records]) -> EntityCounts {
        let mut counts = EntityCounts::default();
        for records in documents {
            counts.observe(records, &identity(records.document.id));
        }
        counts
    }

    #[test]
    fn salience_is_a_share_of_weights() {
        // "Ada met Bo. Ada left Bo and Ada.", Ada 0 and Bo 1; document 5 keeps the numbers.
        let shapes = [named(0, 1, 0), named(1, 1, 2), named(0, 2, 3), named(1, 2, 5), named(0, 2, 7)];
        let tables = count(&[records(5, &shapes)]).finish();
        let (ada, bo) = (tables.entities[0].1, tables.entities[1].1);
        assert_eq!((ada.mentions, bo.mentions, ada.documents), (3, 2, 1));
        // Weights 3 (40 - 0) and 2 (40 - 2).
        assert_eq!((ada.salience, bo.salience), (612_244, 387_755));
    }

    #[test]
    fn mentions_are_counted_by_role() {
        let shapes = [
            named(0, 0, 0),
            named(1, 0, 0),
            (0, 1, 1, 1, Role::Demonym, None),
            (1, 1, 2, 1, Role::Metonym, None),
            (2, 1, 3, 1, Role::HyphenPart, None),
        ];
        let tables = count(&[records(5, &shapes)]).finish();
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
        let tables = count(&[records(5, &shapes), records(10, &shapes[..1])]).finish();
        let rows: Vec<_> =
            tables.opinions.iter().map(|(key, c)| (key.1, key.2, c.documents, c.scored, c.sum)).collect();
        assert_eq!(
            rows,
            [
                (VoiceScope::All, SpeakerScope::All, 2, 5, 70),
                (VoiceScope::All, SpeakerScope::Entity(1), 1, 2, -480),
                (VoiceScope::Author, SpeakerScope::All, 2, 2, 600),
                (VoiceScope::Quoted, SpeakerScope::All, 1, 3, -530),
                (VoiceScope::Quoted, SpeakerScope::Unknown, 1, 1, -50),
                (VoiceScope::Quoted, SpeakerScope::Entity(1), 1, 2, -480),
            ]
        );
        assert_eq!(tables.periods.iter().map(|(_, c)| c.sum).sum::<i64>(), 70);
        let all = tables.opinions[0].1;
        assert_eq!((all.sum_abs, all.sum_squares), (1170, 90_000 * 2 + 250_000 + 2_500 + 400));
        assert_eq!((all.positive, all.negative, all.neutral, all.mixed), (2, 2, 1, 0));
    }

    #[test]
    fn an_index_out_of_range_is_left_out() {
        let mut odd = records(5, &[named(0, 1, 0), named(4, 99, 1)]);
        odd.mentions[0].entity = 77;
        let tables = count(&[odd]).finish();
        assert_eq!(tables.entities.len(), 1);
    }

    proptest! {
        #[test]
        fn merging_is_associative_and_commutative(documents in mentioning(), cuts in (0usize..8, 0usize..8)) {
            let (low, high) = (cuts.0.min(cuts.1).min(documents.len()), cuts.0.max(cuts.1).min(documents.len()));
            let part = |range: std::ops::Range<usize>| count(&documents[range]);
            let parts = || (part(0..low), part(low..high), part(high..documents.len()));
            let whole = count(&documents).finish();
            let (a, b, c) = parts();
            prop_assert_eq!(&a.merge(b).merge(c).finish(), &whole);
            let (a, b, c) = parts();
            prop_assert_eq!(&a.merge(b.merge(c)).finish(), &whole);
            let (a, b, c) = parts();
            prop_assert_eq!(&c.merge(a).merge(b).finish(), &whole);
            let (a, b, c) = parts();
            prop_assert_eq!(&EntityCounts::default().merge(b).merge(c).merge(a).finish(), &whole);
        }
    }
}
