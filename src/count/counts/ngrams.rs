//! The n-grams of the counts as rows, one after the other or in parts that are made on all threads.

use rayon::prelude::*;

use super::{Body, Counts};
use crate::count::nested::{self, Nested};
use crate::count::ngram::{self, Ngrams};
use crate::count::row::NgramRow;
use crate::count::run::NgramRecord;
use crate::count::term::Posting;
use crate::count::totals::slot;
use crate::error::Result;

/// Places of the first words of a part of the n-grams, where it is made in memory.
const PART_PLACES: u32 = 1 << 14;
/// Rows of a part where they come from disk.
const PART_ROWS: u64 = 1 << 12;

impl Counts {
    /// All n-grams of at least `min_count` occurrences in order of their features, a prefix first.
    ///
    /// # Errors
    /// Those of `sink`, and of temporary files.
    pub fn ngrams(&self, min_count: u64, sink: &mut dyn FnMut(NgramRow<'_>) -> Result<()>) -> Result<()> {
        let mut push = self.ngram_rows(min_count, sink);
        let max = self.config.ngram_max as usize;
        match &self.body {
            Body::Memory { segment, .. } => ngram::stream(segment, max, min_count, &mut push),
            Body::Runs { spill, merged } => {
                let mut nested = Nested::of(&spill.runs, merged, max, min_count)?.rows.into_iter().peekable();
                merged.rows(&spill.runs, "ngrams", &mut |row: NgramRecord| {
                    let len = nested::length(&row.key);
                    if len > max {
                        return Ok(());
                    }
                    let inside = nested.next_if(|(key, _)| *key == row.key).map_or(0, |(_, count)| count);
                    push(&row.key.map(|id| id.wrapping_sub(1))[..len], &row.postings, inside)
                })
            }
        }
    }

    /// The same n-grams gathered in parts, which come in order; where the counts are in memory, parts are made on all
    /// threads.
    ///
    /// # Errors
    /// Those of `sink`, and of temporary files.
    pub fn ngram_parts<P: Default + Send>(
        &self,
        min_count: u64,
        add: impl Fn(&mut P, NgramRow<'_>) + Sync,
        sink: &mut dyn FnMut(P) -> Result<()>,
    ) -> Result<()> {
        let Body::Memory { segment, .. } = &self.body else {
            let (mut part, mut held) = (P::default(), 0);
            self.ngrams(min_count, &mut |row| {
                add(&mut part, row);
                held += 1;
                if held % PART_ROWS == 0 { sink(std::mem::take(&mut part)) } else { Ok(()) }
            })?;
            return sink(part);
        };
        let Some(ngrams) = Ngrams::of(segment, self.config.ngram_max as usize, min_count) else { return Ok(()) };
        for round in ngrams.chunks(PART_PLACES).chunks(4 * rayon::current_num_threads().max(1)) {
            let parts: Vec<Result<P>> = round
                .par_iter()
                .map(|firsts| {
                    let mut part = P::default();
                    let mut gather = |row: NgramRow<'_>| {
                        add(&mut part, row);
                        Ok(())
                    };
                    ngrams.each(firsts.clone(), &mut self.ngram_rows(min_count, &mut gather))?;
                    Ok(part)
                })
                .collect();
            parts.into_iter().try_for_each(|part| sink(part?))?;
        }
        Ok(())
    }

    /// Makes rows of features, postings and nested occurrences.
    fn ngram_rows(
        &self,
        min_count: u64,
        sink: &mut dyn FnMut(NgramRow<'_>) -> Result<()>,
    ) -> impl FnMut(&[u32], &[Posting], u64) -> Result<()> {
        let words = self.words();
        let (mut text, mut marginals) = (String::new(), Vec::new());
        move |ids: &[u32], postings: &[Posting], nested: u64| {
            let frequency: u64 = postings.iter().map(|posting| u64::from(posting.count)).sum();
            if frequency < min_count {
                return Ok(());
            }
            let n = ids.len();
            text.clear();
            marginals.clear();
            for (i, &id) in ids.iter().enumerate() {
                if i > 0 {
                    text.push(' ');
                }
                text.push_str(words.word(id));
                marginals.push(self.margins.ngram[slot(n, i)][id as usize]);
            }
            sink(NgramRow {
                ngram: &text,
                length: n,
                frequency,
                nested,
                marginals: &marginals,
                positions: self.totals.ngram_positions.get(n - 2).copied().unwrap_or(0),
                postings,
            })
        }
    }
}
