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
use crate::count::tally::{Sum, Tally};
use crate::count::{PairCount, Unit};
use crate::document::{AliasRule, Date, Role};
use crate::record::{MentionRecord, OpinionRecord, Records, VoiceRecord};

/// Below this many thousandths to each side an opinion is neutral, or mixed.
pub const NEUTRAL_BELOW: u16 = 50;

/// Mentions that may follow one within the window, for each word of it: more than one only inside hyphenated words.
const CROWD: usize = 4;

/// What is counted of one entity.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct EntityCount {
    /// Mentions in titles and bodies.
    pub mentions: u64,
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

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct PairSum {
    observed: u64,
    documents: u64,
}

impl Sum for PairSum {
    fn add(&mut self, other: &PairSum) {
        self.observed += other.observed;
        self.documents += other.documents;
    }
}

/// Whose words are summed up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum VoiceScope {
    /// All words.
    All,
    /// The authors' words.
    Author,
    /// Words in quotation marks.
    Quoted,
    /// Attributed words without marks.
    Attributed,
}

impl VoiceScope {
    /// The word written in tables.
    pub fn name(self) -> &'static str {
        match self {
            VoiceScope::All => "all",
            VoiceScope::Author => VoiceRecord::Author.name(),
            VoiceScope::Quoted => VoiceRecord::Quoted.name(),
            VoiceScope::Attributed => VoiceRecord::Attributed.name(),
        }
    }
}

impl From<VoiceRecord> for VoiceScope {
    fn from(voice: VoiceRecord) -> VoiceScope {
        match voice {
            VoiceRecord::Author => VoiceScope::Author,
            VoiceRecord::Quoted => VoiceScope::Quoted,
            VoiceRecord::Attributed => VoiceScope::Attributed,
        }
    }
}

/// Whose voice within a scope.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SpeakerScope {
    /// Everybody's: the sum of the scope.
    All,
    /// Speakers who are no known entity. Only for quoted and attributed words.
    Unknown,
    /// One entity's, by its corpus-wide number. Only for quoted and attributed words; words of two speakers are in both.
    Entity(u32),
}

/// How one mention, or one sum of mentions, is spoken of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Label {
    /// Polarity of at least [`NEUTRAL_BELOW`].
    Positive,
    /// Polarity of at most minus [`NEUTRAL_BELOW`].
    Negative,
    /// In between.
    Neutral,
    /// In between, with cues of both signs.
    Mixed,
}

impl Label {
    /// The word written in tables.
    pub fn name(self) -> &'static str {
        match self {
            Label::Positive => "positive",
            Label::Negative => "negative",
            Label::Neutral => "neutral",
            Label::Mixed => "mixed",
        }
    }

    /// The label of one opinion.
    pub fn of(opinion: &OpinionRecord) -> Label {
        let has = |sign: i32| opinion.cues.iter().any(|cue| cue.contribution.signum() == sign);
        match opinion.polarity {
            p if p.unsigned_abs() >= NEUTRAL_BELOW && p > 0 => Label::Positive,
            p if p.unsigned_abs() >= NEUTRAL_BELOW => Label::Negative,
            _ if has(1) && has(-1) => Label::Mixed,
            _ => Label::Neutral,
        }
    }
}

/// Sums of the opinions on one entity in one voice.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct OpinionCount {
    /// Documents with such an opinion.
    pub documents: u64,
    /// Opinions.
    pub scored: u64,
    /// Sum of polarities, thousandths.
    pub sum: i64,
    /// Sum of the sizes of polarities, thousandths.
    pub sum_abs: u64,
    /// Sum of the squares of polarities, millionths.
    pub sum_squares: u64,
    /// Positive opinions.
    pub positive: u64,
    /// Negative opinions.
    pub negative: u64,
    /// Neutral opinions.
    pub neutral: u64,
    /// Mixed opinions.
    pub mixed: u64,
}

impl Sum for OpinionCount {
    fn add(&mut self, other: &OpinionCount) {
        self.documents += other.documents;
        self.scored += other.scored;
        self.sum += other.sum;
        self.sum_abs += other.sum_abs;
        self.sum_squares += other.sum_squares;
        self.positive += other.positive;
        self.negative += other.negative;
        self.neutral += other.neutral;
        self.mixed += other.mixed;
    }
}

impl OpinionCount {
    /// The sums of one opinion; no document is counted.
    pub fn of(opinion: &OpinionRecord) -> OpinionCount {
        let label = Label::of(opinion);
        let size = u64::from(opinion.polarity.unsigned_abs());
        OpinionCount {
            documents: 0,
            scored: 1,
            sum: i64::from(opinion.polarity),
            sum_abs: size,
            sum_squares: size * size,
            positive: u64::from(label == Label::Positive),
            negative: u64::from(label == Label::Negative),
            neutral: u64::from(label == Label::Neutral),
            mixed: u64::from(label == Label::Mixed),
        }
    }

    /// Adds the sums of other opinions.
    pub fn add(&mut self, other: &OpinionCount) {
        Sum::add(self, other);
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

/// Two entities that co-occur; `first` is less than `second`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EntityPair {
    /// The first entity's number.
    pub first: u32,
    /// The second entity's number.
    pub second: u32,
    /// How often.
    pub count: PairCount,
    /// Documents in which they co-occur.
    pub documents: u64,
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
    /// Pairs of each of [`Unit::ALL`].
    pub pairs: [Vec<EntityPair>; 4],
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
            let alias = AliasCount {
                count: 1,
                confidence: mention.confidence,
            };
            self.aliases.add((entity, mention.surface.clone(), mention.rule), alias);
        }
        let named = named_in_body(&mentions, records);
        self.pair_units(&named, &mut counts);
        self.pair_windows(&named);
        for (entity, count) in counts {
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
        let marginal = |unit: Unit, entity: u32| {
            let found = entities.binary_search_by_key(&entity, |&(number, _)| number);
            found.map_or(0, |at| match unit {
                Unit::Window => entities[at].1.body_names,
                unit => entities[at].1.units[unit as usize],
            })
        };
        let mut units = Unit::ALL.into_iter();
        let pairs = self.pairs.map(|pairs| {
            let unit = units.next().unwrap_or(Unit::Window);
            let row = |((first, second), sum): ((u32, u32), PairSum)| EntityPair {
                first,
                second,
                count: PairCount {
                    observed: sum.observed,
                    first: marginal(unit, first),
                    second: marginal(unit, second),
                    total: self.totals[unit as usize],
                    span: unit.span(&self.config),
                },
                documents: sum.documents,
            };
            pairs.into_rows().into_iter().map(row).collect()
        });
        EntityTables {
            pairs,
            aliases: self.aliases.into_rows(),
            opinions: self.opinions.into_rows(),
            units_cut: self.units_cut,
            entities,
        }
    }

    fn pair_units(&mut self, named: &[Named], counts: &mut BTreeMap<u32, EntityCount>) {
        let same: [fn(&Named, &Named) -> bool; 3] = [
            |_, _| true,
            |a, b| a.paragraph == b.paragraph,
            |a, b| a.sentence == b.sentence,
        ];
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

/// The voices and speakers whose sums an opinion is in.
fn scopes(opinion: &OpinionRecord, records: &Records, identity: &[u32]) -> BTreeSet<(VoiceScope, SpeakerScope)> {
    let voice = VoiceScope::from(opinion.voice);
    let mut scopes = BTreeSet::from([(VoiceScope::All, SpeakerScope::All), (voice, SpeakerScope::All)]);
    if voice == VoiceScope::Author {
        return scopes;
    }
    let quotation = opinion.quotation.and_then(|at| records.quotations.get(at as usize));
    let speakers = quotation
        .into_iter()
        .flat_map(|quotation| [quotation.speaker, quotation.speaker_2]);
    let known = speakers.flatten().filter_map(|entity| identity.get(entity as usize));
    scopes.extend(known.map(|&entity| (voice, SpeakerScope::Entity(entity))));
    if scopes.len() == 2 {
        scopes.insert((voice, SpeakerScope::Unknown));
    }
    scopes
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

/// Adds the pairs of one document.
fn add_pairs(tally: &mut Tally<(u32, u32), PairSum>, mut found: Vec<(u32, u32)>) {
    found.sort_unstable();
    for same in found.chunk_by(|a, b| a == b) {
        let sum = PairSum {
            observed: same.len() as u64,
            documents: 1,
        };
        tally.add(same[0], sum);
    }
}
