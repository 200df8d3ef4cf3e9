//! Counts of entities: mentions, aliases, and how they are spoken of.
//!
//! It reads the [`Records`] of documents and, for each, the corpus-wide number of each of its entities, which the
//! caller decides. It keeps integers under keys, so two counts merge in any order; it knows no name and no text but the
//! surfaces of aliases. Of the whole corpus only one count for each entity is held in memory; aliases and opinions are
//! kept within a budget ([`super::ledger`]). Pairs of entities are counted elsewhere ([`super::naming`]).

use std::collections::BTreeMap;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::config::Period;
use crate::count::ledger::{Bytes, Ledger, Sums};
use crate::count::opinion::{OpinionCount, SpeakerScope, VoiceScope, scopes};
use crate::count::period;
use crate::count::tally::{Sum, Tally};
use crate::document::{AliasRule, Date, Role};
use crate::error::Result;
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
    /// Mentions that were scored.
    pub scored: u64,
    /// Sum of their polarities, thousandths.
    pub polarity: i64,
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
        self.scored += other.scored;
        self.polarity += other.polarity;
        self.salience += other.salience;
    }
}

/// A surface under which an entity is mentioned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
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

/// An entity, a surface of it, and by which rule.
pub type AliasKey = (u32, String, AliasRule);
/// An entity, and whose words.
pub type OpinionKey = (u32, VoiceScope, SpeakerScope);
/// An entity, and the running number of a period.
pub type PeriodKey = (u32, i32);

/// Counts of the entities of some documents.
#[derive(Clone, Debug, Default)]
pub struct EntityCounts {
    entities: Tally<u32, EntityCount>,
    aliases: Tally<AliasKey, AliasCount>,
    opinions: Tally<OpinionKey, OpinionCount>,
    periods: Tally<PeriodKey, OpinionCount>,
    period: Period,
}

/// Counts of the entities of the whole corpus that are still growing.
#[derive(Debug)]
pub struct EntityLedger {
    entities: Tally<u32, EntityCount>,
    aliases: Ledger<AliasKey, AliasCount>,
    opinions: Ledger<OpinionKey, OpinionCount>,
    periods: Ledger<PeriodKey, OpinionCount>,
}

/// The counts as tables, each in ascending order of its key.
#[derive(Debug)]
pub struct EntityTables {
    /// Entities by number.
    pub entities: Vec<(u32, EntityCount)>,
    /// Surfaces by entity, surface and rule.
    pub aliases: Sums<AliasKey, AliasCount>,
    /// Opinions by entity, voice and speaker. What a speaker says in marks and without, taken together, stands under all
    /// voices.
    pub opinions: Sums<OpinionKey, OpinionCount>,
    /// Opinions of dated documents by entity and period.
    pub periods: Sums<PeriodKey, OpinionCount>,
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
        let mentions = mentions_of(records, identity);
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

/// What a document adds to the counts of its entities, by number.
pub fn in_document(records: &Records, identity: &[u32]) -> BTreeMap<u32, EntityCount> {
    mention_counts(&mentions_of(records, identity), records.document.date, records.document.tokens)
}

/// The mentions whose entity has a number, with it.
fn mentions_of<'r>(records: &'r Records, identity: &[u32]) -> Vec<(u32, &'r MentionRecord)> {
    let numbered = |mention: &'r MentionRecord| Some((*identity.get(mention.entity as usize)?, mention));
    records.mentions.iter().filter_map(numbered).collect()
}

impl EntityLedger {
    /// No counts; of aliases and opinions about `bytes` are held, the rest goes to `folder`.
    pub fn new(bytes: u64, folder: &Path) -> EntityLedger {
        let (aliases, opinions) = (Ledger::new(bytes / 2, folder), Ledger::new(bytes / 4, folder));
        EntityLedger { entities: Tally::default(), aliases, opinions, periods: Ledger::new(bytes / 4, folder) }
    }

    /// Adds the counts of some documents.
    ///
    /// # Errors
    /// When a temporary file cannot be written.
    pub fn add(&mut self, counts: EntityCounts) -> Result<()> {
        self.entities.merge(counts.entities);
        self.aliases.add(counts.aliases)?;
        self.opinions.add(counts.opinions)?;
        self.periods.add(counts.periods)
    }

    /// The tables.
    ///
    /// # Errors
    /// When a temporary file cannot be written.
    pub fn finish(self) -> Result<EntityTables> {
        Ok(EntityTables {
            entities: self.entities.into_rows(),
            aliases: self.aliases.finish()?,
            opinions: self.opinions.finish()?,
            periods: self.periods.finish()?,
        })
    }
}

impl Bytes for AliasKey {
    fn put(&self, out: &mut Vec<u8>) {
        let (entity, surface, rule) = self;
        out.extend(entity.to_be_bytes());
        out.extend(surface.as_bytes());
        out.extend([0, *rule as u8]);
    }

    fn get(bytes: &[u8]) -> Option<AliasKey> {
        let (entity, rest) = bytes.split_first_chunk()?;
        let (surface, [0, rule]) = rest.split_last_chunk()? else { return None };
        let surface = std::str::from_utf8(surface).ok()?.to_owned();
        Some((u32::from_be_bytes(*entity), surface, postcard::from_bytes(&[*rule]).ok()?))
    }
}

impl Bytes for OpinionKey {
    fn put(&self, out: &mut Vec<u8>) {
        let (entity, voice, speaker) = self;
        out.extend(entity.to_be_bytes());
        out.push(*voice as u8);
        match speaker {
            SpeakerScope::All => out.push(0),
            SpeakerScope::Unknown => out.push(1),
            SpeakerScope::Entity(number) => {
                out.push(2);
                out.extend(number.to_be_bytes());
            }
        }
    }

    fn get(bytes: &[u8]) -> Option<OpinionKey> {
        let (entity, rest) = bytes.split_first_chunk()?;
        let ([voice, which], rest) = rest.split_first_chunk()?;
        let speaker = match which {
            0 => SpeakerScope::All,
            1 => SpeakerScope::Unknown,
            _ => SpeakerScope::Entity(u32::from_be_bytes(*rest.first_chunk()?)),
        };
        Some((u32::from_be_bytes(*entity), postcard::from_bytes(&[*voice]).ok()?, speaker))
    }
}

impl Bytes for PeriodKey {
    fn put(&self, out: &mut Vec<u8>) {
        out.extend(self.0.to_be_bytes());
        // So that negative numbers come first.
        out.extend((self.1 ^ i32::MIN).to_be_bytes());
    }

    fn get(bytes: &[u8]) -> Option<PeriodKey> {
        let (entity, rest) = bytes.split_first_chunk()?;
        Some((u32::from_be_bytes(*entity), i32::from_be_bytes(*rest.first_chunk()?) ^ i32::MIN))
    }
}

impl Bytes for AliasCount {
    fn put(&self, out: &mut Vec<u8>) {
        put(self, out);
    }

    fn get(bytes: &[u8]) -> Option<AliasCount> {
        postcard::from_bytes(bytes).ok()
    }
}

impl Bytes for OpinionCount {
    fn put(&self, out: &mut Vec<u8>) {
        put(self, out);
    }

    fn get(bytes: &[u8]) -> Option<OpinionCount> {
        postcard::from_bytes(bytes).ok()
    }
}

/// Writing integers into memory cannot fail.
fn put(value: &impl Serialize, out: &mut Vec<u8>) {
    *out = postcard::to_extend(value, std::mem::take(out)).unwrap_or_default();
}

fn mention_counts(mentions: &[(u32, &MentionRecord)], date: Option<Date>, tokens: u32) -> BTreeMap<u32, EntityCount> {
    let mut counts: BTreeMap<u32, (EntityCount, u32)> = BTreeMap::new();
    for &(entity, mention) in mentions {
        let (count, first) = counts.entry(entity).or_insert((EntityCount::default(), u32::MAX));
        count.mentions += 1;
        count.names += u64::from(mention.role.is_name());
        count.demonyms += u64::from(mention.role == Role::Demonym);
        count.metonyms += u64::from(mention.role == Role::Metonym);
        if let Some(opinion) = &mention.opinion {
            count.scored += 1;
            count.polarity += i64::from(opinion.polarity);
        }
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

    /// The tables, held.
    #[derive(Debug, PartialEq)]
    struct Held {
        entities: Vec<(u32, EntityCount)>,
        aliases: Vec<(AliasKey, AliasCount)>,
        opinions: Vec<(OpinionKey, OpinionCount)>,
    }

    fn tables(parts: Vec<EntityCounts>) -> Held {
        let folder = tempfile::tempdir().unwrap();
        let mut ledger = EntityLedger::new(1, folder.path());
        parts.into_iter().for_each(|part| ledger.add(part).unwrap());
        let tables = ledger.finish().unwrap();
        let (mut aliases, mut opinions) = (Vec::new(), Vec::new());
        let push = &mut |key, count| {
            aliases.push((key, count));
            Ok(())
        };
        tables.aliases.each(push).unwrap();
        let push = &mut |key, count| {
            opinions.push((key, count));
            Ok(())
        };
        tables.opinions.each(push).unwrap();
        Held { entities: tables.entities, aliases, opinions }
    }

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
        let tables = tables(vec![count(&[records(5, &shapes)])]);
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
        let tables = tables(vec![count(&[records(5, &shapes)])]);
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
        let tables = tables(vec![count(&[records(5, &shapes), records(10, &shapes[..1])])]);
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
        let all = tables.opinions[0].1;
        assert_eq!((all.sum_abs, all.sum_squares), (1170, 90_000 * 2 + 250_000 + 2_500 + 400));
        assert_eq!((all.positive, all.negative, all.neutral, all.mixed), (2, 2, 1, 0));
    }

    #[test]
    fn an_index_out_of_range_is_left_out() {
        let mut odd = records(5, &[named(0, 1, 0), named(4, 99, 1)]);
        odd.mentions[0].entity = 77;
        let tables = tables(vec![count(&[odd])]);
        assert_eq!(tables.entities.len(), 1);
    }

    proptest! {
        #[test]
        fn the_order_of_adding_never_shows(documents in mentioning(), cuts in (0usize..8, 0usize..8)) {
            let (low, high) = (cuts.0.min(cuts.1).min(documents.len()), cuts.0.max(cuts.1).min(documents.len()));
            let part = |range: std::ops::Range<usize>| count(&documents[range]);
            let parts = || (part(0..low), part(low..high), part(high..documents.len()));
            let whole = tables(vec![count(&documents)]);
            let (a, b, c) = parts();
            prop_assert_eq!(&tables(vec![a, b, c]), &whole);
            let (a, b, c) = parts();
            prop_assert_eq!(&tables(vec![EntityCounts::default(), b, c, a]), &whole);
        }
    }
}
