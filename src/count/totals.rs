//! The totals of a corpus and the marginal counts of its features: what every statistic divides by.
//!
//! Computed in one walk over a [`Segment`]; sums of integers, so the totals of two parts add up to those of the whole.

use crate::config::CountConfig;
use crate::count::Unit;
use crate::count::segment::Segment;

/// How large the corpus is, in every unit that a statistic may divide by. Titles are left out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// Documents.
    pub documents: u64,
    /// Paragraphs and headings of bodies.
    pub paragraphs: u64,
    /// Sentences of bodies.
    pub sentences: u64,
    /// Words and numbers of bodies.
    pub tokens: u64,
    /// Places where an n-gram can stand, for n = 2, 3, ...: for a sentence of t tokens there are t - n + 1.
    pub ngram_positions: Vec<u64>,
    /// Documents, paragraphs and sentences with more distinct items than `unit_cap`, of which only the first were paired.
    pub units_cut: [u64; 3],
}

impl Totals {
    pub(crate) fn add(&mut self, other: &Totals) {
        self.documents += other.documents;
        self.paragraphs += other.paragraphs;
        self.sentences += other.sentences;
        self.tokens += other.tokens;
        self.ngram_positions.resize(other.ngram_positions.len().max(self.ngram_positions.len()), 0);
        for (sum, part) in self.ngram_positions.iter_mut().zip(&other.ngram_positions) {
            *sum += part;
        }
        for (sum, part) in self.units_cut.iter_mut().zip(&other.units_cut) {
            *sum += part;
        }
    }

    pub(crate) fn of(segment: &Segment, items: &[bool], config: &CountConfig) -> Totals {
        let mut totals = Totals {
            documents: segment.docs.len() as u64,
            paragraphs: segment.paragraphs.len() as u64,
            sentences: segment.sentences.len() as u64,
            tokens: segment.ids.len() as u64,
            ngram_positions: vec![0; config.ngram_max.saturating_sub(1) as usize],
            units_cut: [0; 3],
        };
        for range in ranges(&segment.sentences) {
            for (n, places) in (2..).zip(&mut totals.ngram_positions) {
                *places += (range.len() + 1).saturating_sub(n) as u64;
            }
        }
        for (unit, cut) in [Unit::Document, Unit::Paragraph, Unit::Sentence].into_iter().zip(&mut totals.units_cut) {
            if config.units.contains(&unit) {
                *cut = units_cut(segment, unit, items, config.unit_cap as usize);
            }
        }
        totals
    }
}

fn units_cut(segment: &Segment, unit: Unit, items: &[bool], cap: usize) -> u64 {
    let mut cut = 0;
    for range in ranges(&unit_ends(segment, unit)).filter(|range| range.len() > cap) {
        let mut distinct: Vec<u32> = segment.ids[range].iter().copied().filter(|&id| items[id as usize]).collect();
        distinct.sort_unstable();
        distinct.dedup();
        cut += u64::from(distinct.len() > cap);
    }
    cut
}

/// The ranges between ends.
pub(crate) fn ranges(ends: &[u32]) -> impl Iterator<Item = std::ops::Range<usize>> + '_ {
    let starts = std::iter::once(0).chain(ends.iter().copied());
    starts.zip(ends).map(|(start, &end)| start as usize..end as usize)
}

/// The ends of documents, paragraphs or sentences in the stream of feature numbers.
pub(crate) fn unit_ends(segment: &Segment, unit: Unit) -> std::borrow::Cow<'_, [u32]> {
    match unit {
        Unit::Document => segment.doc_ends().into(),
        Unit::Paragraph => segment.paragraphs.as_slice().into(),
        Unit::Sentence | Unit::Window => segment.sentences.as_slice().into(),
    }
}

/// For each feature, how often it occurs, and in how many units of those in which pairs are counted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Margins {
    pub(crate) frequency: Vec<u64>,
    pub(crate) documents: Vec<u64>,
    pub(crate) paragraphs: Vec<u64>,
    pub(crate) sentences: Vec<u64>,
    /// By [`slot`]: in how many n-grams of length n the feature is the i-th word.
    pub(crate) ngram: Vec<Vec<u64>>,
}

/// The place in `Margins::ngram` of the i-th word (from 0) of n-grams of length n.
pub(crate) fn slot(n: usize, i: usize) -> usize {
    (n - 2) * (n + 1) / 2 + i
}

impl Margins {
    pub(crate) fn empty(features: usize, ngram_max: u32) -> Margins {
        let zeros = vec![0; features];
        Margins {
            frequency: zeros.clone(),
            documents: zeros.clone(),
            paragraphs: zeros.clone(),
            sentences: zeros.clone(),
            ngram: vec![zeros; slot(ngram_max as usize + 1, 0)],
        }
    }

    pub(crate) fn of(segment: &Segment, config: &CountConfig) -> Margins {
        let mut margins = Margins::empty(segment.words.len(), config.ngram_max);
        let mut seen = vec![u32::MAX; segment.words.len()];
        for (unit, counts) in [
            (Unit::Document, &mut margins.documents),
            (Unit::Paragraph, &mut margins.paragraphs),
            (Unit::Sentence, &mut margins.sentences),
        ] {
            if !config.units.contains(&unit) {
                continue;
            }
            seen.fill(u32::MAX);
            for (number, range) in ranges(&unit_ends(segment, unit)).enumerate() {
                for &id in &segment.ids[range] {
                    let last = &mut seen[id as usize];
                    counts[id as usize] += u64::from(*last != number as u32);
                    *last = number as u32;
                }
            }
        }
        for &id in &segment.ids {
            margins.frequency[id as usize] += 1;
        }
        margins.ngram_edges(segment, config.ngram_max as usize);
        margins
    }

    /// A word is the i-th of an n-gram at every place but those too near to an end of its sentence.
    fn ngram_edges(&mut self, segment: &Segment, max: usize) {
        for counts in &mut self.ngram {
            counts.clone_from(&self.frequency);
        }
        for range in ranges(&segment.sentences) {
            let sentence = &segment.ids[range];
            let len = sentence.len();
            for (n, i) in (2..=max).flat_map(|n| (0..n).map(move |i| (n, i))) {
                let counts = &mut self.ngram[slot(n, i)];
                // Places i ..= len - n + i have the n-gram.
                let first = i.min(len);
                let after = (len + 1 + i).saturating_sub(n).max(first).min(len);
                for &id in sentence[..first].iter().chain(&sentence[after..]) {
                    counts[id as usize] -= 1;
                }
            }
        }
    }

    /// The count of a feature that is the marginal of pairs in a unit.
    pub(crate) fn of_unit(&self, unit: Unit, id: u32) -> u64 {
        let counts = match unit {
            Unit::Document => &self.documents,
            Unit::Paragraph => &self.paragraphs,
            Unit::Sentence => &self.sentences,
            Unit::Window => &self.frequency,
        };
        counts[id as usize]
    }
}
