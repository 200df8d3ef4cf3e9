//! Sums of opinions: how entities are spoken of, by whose voice.
//!
//! Every opinion is counted in the sum of all voices, in that of its own voice, and, outside the author's, in that of
//! each of its speakers. Integers alone; means and intervals are made of them by `measure`.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::count::tally::Sum;
use crate::document::Label;
use crate::record::{OpinionRecord, Records, VoiceRecord};

/// Whose words are summed up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
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

/// Sums of the opinions on one entity in one voice.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
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
        let label = opinion.label;
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

/// The voices and speakers whose sums an opinion is in.
pub(crate) fn scopes(
    opinion: &OpinionRecord,
    records: &Records,
    identity: &[u32],
) -> BTreeSet<(VoiceScope, SpeakerScope)> {
    let voice = VoiceScope::from(opinion.voice);
    let mut scopes = BTreeSet::from([(VoiceScope::All, SpeakerScope::All), (voice, SpeakerScope::All)]);
    if voice == VoiceScope::Author {
        return scopes;
    }
    let quotation = opinion.quotation.and_then(|at| records.quotations.get(at as usize));
    let speakers = quotation.into_iter().flat_map(|quotation| [quotation.speaker, quotation.speaker_2]);
    let known = speakers.flatten().filter_map(|entity| identity.get(entity as usize));
    for &entity in known {
        scopes.insert((voice, SpeakerScope::Entity(entity)));
        scopes.insert((VoiceScope::All, SpeakerScope::Entity(entity)));
    }
    if scopes.len() == 2 {
        scopes.insert((voice, SpeakerScope::Unknown));
    }
    scopes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::count::fixture;

    fn opinion(polarity: i16, cues: &[i32]) -> OpinionRecord {
        fixture::opinion(polarity, VoiceRecord::Author, None, cues)
    }

    #[test]
    fn one_opinion() {
        let count = OpinionCount::of(&opinion(-300, &[-300]));
        assert_eq!((count.scored, count.sum, count.sum_abs, count.sum_squares), (1, -300, 300, 90_000));
        assert_eq!((count.documents, count.negative), (0, 1));
    }
}
