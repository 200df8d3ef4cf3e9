//! The counts of a corpus as tables of integers, pushed row by row in rising order of keys.
//!
//! Rows come straight from the one segment in memory, or from a merge of spilled tables; which of the two never shows in
//! a row. No table is held whole. It scores nothing itself: a score is a function that the caller hands in.

mod ngrams;

use rayon::prelude::*;

use crate::config::CountConfig;
use crate::count::cooccurrence::{Labels, Least, Neighbour, PairIndex, Scratch};
use crate::count::places::{self, Places};
use crate::count::row::{PairCount, PairRow, RankedPair, TopPairs};
use crate::count::run::{PairRecord, TermRecord};
use crate::count::segment::{DocStat, Segment};
use crate::count::store::{Merged, Spill};
use crate::count::term::{Inverted, Posting, TermRow};
use crate::count::top::{Shared, Top};
use crate::count::totals::{Margins, Totals};
use crate::count::vocabulary::{FeatureKind, Words};
use crate::count::{Unit, item, term};
use crate::error::Result;

/// The counts of a whole corpus.
#[derive(Debug)]
pub struct Counts {
    /// How large the corpus is.
    pub totals: Totals,
    config: CountConfig,
    body: Body,
    margins: Margins,
}

#[derive(Debug)]
enum Body {
    Memory { segment: Box<Segment>, items: Vec<bool> },
    Runs { spill: Spill, merged: Box<Merged> },
}

type Pair = (u64, u32);

impl Counts {
    /// The counts of a segment, computed as they are asked for.
    pub fn of(segment: Segment, config: &CountConfig) -> Counts {
        let segment = Segment::merge(vec![segment]);
        let items = item::items(&segment.words, &config.terms);
        Counts {
            totals: Totals::of(&segment, &items, config),
            config: config.clone(),
            margins: Margins::of(&segment, config),
            body: Body::Memory { segment: Box::new(segment), items },
        }
    }

    pub(crate) fn of_runs(spill: Spill, config: &CountConfig) -> Result<Counts> {
        let merged = Merged::of(&spill.runs);
        let mut totals = Totals::default();
        spill.runs.iter().for_each(|run| totals.add(&run.totals));
        let mut margins = Margins::empty(merged.words.len(), config.ngram_max);
        merged.rows(&spill.runs, "terms", &mut |row: TermRecord| {
            let at = row.id as usize;
            margins.frequency[at] = row.postings.iter().map(|posting| u64::from(posting.count)).sum();
            margins.documents[at] = row.postings.len() as u64;
            margins.paragraphs[at] = row.paragraphs;
            margins.sentences[at] = row.sentences;
            for (counts, count) in margins.ngram.iter_mut().zip(row.ngram) {
                counts[at] = count;
            }
            Ok(())
        })?;
        Ok(Counts { totals, config: config.clone(), margins, body: Body::Runs { spill, merged: Box::new(merged) } })
    }

    /// The same counts in a corpus of this size: what is counted may be a part of the text, such as names.
    pub fn in_corpus_of(mut self, size: &Totals) -> Counts {
        let Totals { documents, paragraphs, sentences, tokens, .. } = *size;
        self.totals = Totals { documents, paragraphs, sentences, tokens, ..self.totals };
        self
    }

    /// The documents in order of their ids; postings point here.
    pub fn documents(&self) -> &[DocStat] {
        match &self.body {
            Body::Memory { segment, .. } => &segment.docs,
            Body::Runs { merged, .. } => &merged.docs,
        }
    }

    fn words(&self) -> &Words {
        match &self.body {
            Body::Memory { segment, .. } => &segment.words,
            Body::Runs { merged, .. } => &merged.words,
        }
    }

    /// How many distinct features there are.
    pub fn features(&self) -> usize {
        self.words().len()
    }

    /// The form of a feature and what it is, by its number.
    pub fn feature(&self, number: u32) -> (&str, FeatureKind) {
        (self.words().word(number), self.words().kind(number))
    }

    /// The number of a feature, if it occurs.
    pub fn find(&self, feature: &str, kind: FeatureKind) -> Option<u32> {
        self.words().find(feature, kind)
    }

    /// The numbers of the most frequent content words, at most so many (0: all), in byte order; of two words of one
    /// frequency the first in byte order is taken.
    pub fn frequent_items(&self, most: u64) -> Vec<u32> {
        let items = item::items(self.words(), &self.config.terms);
        let mut numbers: Vec<u32> = (0..).zip(&items).filter(|(_, item)| **item).map(|(number, _)| number).collect();
        numbers.sort_by_key(|&number| std::cmp::Reverse(self.margins.frequency[number as usize]));
        if most > 0 {
            numbers.truncate(usize::try_from(most).unwrap_or(usize::MAX));
        }
        numbers.sort_unstable();
        numbers
    }

    /// How often a feature occurs.
    pub fn frequency(&self, feature: &str, kind: FeatureKind) -> u64 {
        let number = self.words().find(feature, kind);
        number.map_or(0, |number| self.margins.frequency[number as usize])
    }

    /// All features in byte order.
    ///
    /// # Errors
    /// Those of `sink`, and of temporary files.
    pub fn terms(&self, sink: &mut dyn FnMut(TermRow<'_>) -> Result<()>) -> Result<()> {
        let mut push = |id: u32, postings: &[Posting], places: Places<'_>| sink(self.term_row(id, postings, places));
        match &self.body {
            Body::Memory { segment, .. } => {
                term::stream(segment, &mut |id, postings, places| push(id, postings, Places::narrow(places)))
            }
            Body::Runs { spill, merged } => {
                let (starts, mut all) = (places::starts(&merged.docs), Vec::new());
                merged.rows(&spill.runs, "terms", &mut |row: TermRecord| {
                    places::in_corpus(&row.postings, &row.places, &starts, &mut all);
                    push(row.id, &row.postings, Places::wide(&all))
                })
            }
        }
    }

    /// What `map` makes of each feature, in byte order; where the counts are in memory, on all threads.
    ///
    /// # Errors
    /// Those of temporary files.
    pub fn map_terms<T: Send>(&self, map: impl Fn(&TermRow<'_>) -> T + Sync) -> Result<Vec<T>> {
        if let Body::Memory { segment, .. } = &self.body {
            let row =
                |id, postings: &[Posting], places: &[u32]| map(&self.term_row(id, postings, Places::narrow(places)));
            return Inverted::of(segment).map(row);
        }
        let mut made = Vec::with_capacity(self.features());
        self.terms(&mut |row| {
            made.push(map(&row));
            Ok(())
        })?;
        Ok(made)
    }

    fn term_row<'a>(&'a self, id: u32, postings: &'a [Posting], places: Places<'a>) -> TermRow<'a> {
        TermRow {
            number: id,
            feature: self.words().word(id),
            kind: self.words().kind(id),
            frequency: self.margins.frequency[id as usize],
            documents: postings.len() as u64,
            postings,
            places,
        }
    }

    /// N of a unit: documents, paragraphs or sentences of the corpus; tokens for windows.
    pub fn unit_total(&self, unit: Unit) -> u64 {
        match unit {
            Unit::Document => self.totals.documents,
            Unit::Paragraph => self.totals.paragraphs,
            Unit::Sentence => self.totals.sentences,
            Unit::Window => self.totals.tokens,
        }
    }

    fn pair_count(&self, unit: Unit, (first, second): (u32, u32), observed: u64) -> PairCount {
        PairCount {
            observed,
            first: self.margins.of_unit(unit, first),
            second: self.margins.of_unit(unit, second),
            total: self.unit_total(unit),
            span: unit.span(&self.config),
        }
    }

    fn pair_row(&self, unit: Unit, key: (u32, u32), (observed, documents): Pair) -> PairRow<'_> {
        let words = self.words();
        PairRow {
            first: words.word(key.0),
            second: words.word(key.1),
            count: self.pair_count(unit, key, observed),
            documents: u64::from(documents),
        }
    }

    /// All pairs that co-occur at least `min_count` times in a unit, in byte order.
    ///
    /// # Errors
    /// Those of `sink`, and of temporary files.
    pub fn pairs(&self, unit: Unit, min_count: u64, sink: &mut dyn FnMut(PairRow<'_>) -> Result<()>) -> Result<()> {
        match &self.body {
            Body::Memory { segment, items } => {
                let index = PairIndex::of(segment, unit, items, &self.margins, Labels::ByteOrder, &self.config);
                index.sorted_rows(min_count, &mut |label, neighbour| {
                    let (key, pair) = resolve(&index, label, neighbour);
                    sink(self.pair_row(unit, key, pair))
                })
            }
            Body::Runs { spill, merged } => merged.rows(&spill.runs, unit.name(), &mut |row: PairRecord| {
                if row.observed < min_count {
                    return Ok(());
                }
                sink(self.pair_row(unit, (row.first, row.second), (row.observed, row.documents as u32)))
            }),
        }
    }

    /// The best `k` pairs (all for 0) of those that co-occur at least `min_count` times in a unit, by a score.
    ///
    /// `score` gets the counts and a floor. It may answer none for a pair whose score is certainly below the floor,
    /// which saves computing it; answering the score is always right. None also says that the score is below the floor
    /// for fewer co-occurrences, and for a second item that is more frequent than the first where both were given the
    /// frequency of the first: most pairs are ruled out by their count alone.
    ///
    /// # Errors
    /// Those of temporary files.
    pub fn top_pairs<F>(&self, unit: Unit, min_count: u64, k: usize, score: F) -> Result<TopPairs>
    where
        F: Fn(PairCount, f64) -> Option<f64> + Sync,
    {
        let ranked = |floor: f64, key: (u32, u32), (observed, documents): Pair| {
            let score = score(self.pair_count(unit, key, observed), floor)?;
            Some(RankedPair { score, key, observed, documents })
        };
        let mut candidates = 0;
        let top = match &self.body {
            Body::Memory { segment, items } => {
                let index = PairIndex::of(segment, unit, items, &self.margins, Labels::Frequency, &self.config);
                let may_rank = |floor: f64, item: u32, observed: u64| {
                    score(self.pair_count(unit, (item, item), observed), floor).is_some()
                };
                let (top, met) = best(&index, min_count, k, &ranked, &may_rank);
                candidates = met;
                top
            }
            Body::Runs { spill, merged } => {
                let mut top = Top::new(k);
                merged.rows(&spill.runs, unit.name(), &mut |row: PairRecord| {
                    if row.observed >= min_count {
                        candidates += 1;
                        let pair = (row.observed, row.documents as u32);
                        ranked(top.floor(), (row.first, row.second), pair).into_iter().for_each(|pair| top.offer(pair));
                    }
                    Ok(())
                })?;
                top
            }
        };
        Ok(TopPairs { rows: top.into_sorted(), candidates })
    }

    /// The row of one of the best pairs of a unit.
    pub fn pair(&self, unit: Unit, pair: &RankedPair) -> PairRow<'_> {
        self.pair_row(unit, pair.key, (pair.observed, pair.documents))
    }
}

/// The two features of a row and a neighbour, in byte order.
fn resolve(index: &PairIndex, label: u32, neighbour: &Neighbour) -> ((u32, u32), Pair) {
    let (a, b) = (index.features[label as usize], index.features[neighbour.label as usize]);
    ((a.min(b), a.max(b)), (neighbour.observed, neighbour.documents))
}

/// The best pairs of an index, each thread of the pool taking every n-th chunk of rows, and how many there were.
///
/// Labels below that of a row are of items at least as frequent, so what `may_rank` says of an item with itself holds
/// for its whole row.
fn best(
    index: &PairIndex,
    min_count: u64,
    k: usize,
    ranked: &(impl Fn(f64, (u32, u32), Pair) -> Option<RankedPair> + Sync),
    may_rank: &(impl Fn(f64, u32, u64) -> bool + Sync),
) -> (Top, u64) {
    let threads = rayon::current_num_threads().max(1);
    let chunks = index.chunks(index.total_cost() / (threads as u64 * 16) + 1);
    let shared = Shared::new(k);
    let share = |thread: usize| {
        let (mut offers, mut met) = (shared.offers(), 0u64);
        let (mut scratch, mut row) = (Scratch::default(), Vec::new());
        let mut least = Least::of(min_count);
        for label in chunks.iter().skip(thread).step_by(threads).cloned().flatten() {
            let (floor, item, most) = (offers.floor(), index.features[label], index.most(label));
            while least.given > least.counted && may_rank(floor, item, least.given - 1) {
                least.given -= 1;
            }
            while least.given <= most && !may_rank(floor, item, least.given) {
                least.given += 1;
            }
            met += index.row(label, least, false, &mut scratch, &mut row);
            for neighbour in &row {
                let (key, pair) = resolve(index, label as u32, neighbour);
                ranked(offers.floor(), key, pair).into_iter().for_each(|pair| offers.offer(pair));
            }
        }
        met
    };
    let met = (0..threads).into_par_iter().map(share).sum();
    (shared.into_top(), met)
}
