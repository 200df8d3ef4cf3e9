//! Nested n-grams of spilled counts: how many occurrences of an n-gram lie inside a longer frequent one, from the merged
//! frequencies alone, because a frequency is known only when all runs are merged.
//!
//! An occurrence of g is nested when the n-gram x g that begins a word earlier is frequent, or g y that ends a word
//! later. So it is: occurrences of all frequent x g, and of all frequent g y, less the x g y of which both are frequent.
//! For the last, runs hold n-grams longer by a word than those that are written.

use crate::count::ngram::{LONGEST, NgramKey};
use crate::count::run::{Bytes, NgramRecord, Renumbering, Row, put_int, put_ngram, renumber_ngram};
use crate::count::store::{Merged, Run};
use crate::error::Result;

/// The frequent n-grams in order of keys, and how many occurrences of each are nested.
pub(crate) struct Nested {
    pub(crate) rows: Vec<(NgramKey, u64)>,
    max: usize,
}

impl Nested {
    /// Reads the n-grams of all runs twice: which are frequent, then which of these hold others.
    pub(crate) fn of(runs: &[Run], merged: &Merged, max: usize, least: u64) -> Result<Nested> {
        let mut nested = Nested { rows: Vec::new(), max };
        merged.rows(runs, "ngrams", &mut |row: NgramTotal| {
            if row.frequency >= least && length(&row.key) <= max {
                nested.rows.push((row.key, 0));
            }
            Ok(())
        })?;
        merged.rows(runs, "ngrams", &mut |row: NgramTotal| {
            nested.add(&row, least);
            Ok(())
        })?;
        Ok(nested)
    }

    fn add(&mut self, row: &NgramTotal, least: u64) {
        let len = length(&row.key);
        if len < 3 {
            return;
        }
        let ends = [part(&row.key, 0, len - 1), part(&row.key, 1, len)].map(|key| self.find(&key));
        if row.frequency >= least && len <= self.max {
            for &at in ends.iter().flatten() {
                self.rows[at].1 = self.rows[at].1.wrapping_add(row.frequency);
            }
        }
        if ends.iter().all(Option::is_some)
            && let Some(middle) = self.find(&part(&row.key, 1, len - 1))
        {
            // Its occurrences here are counted for both ends. Rows come in any order, so the sum may be below 0 for a while.
            self.rows[middle].1 = self.rows[middle].1.wrapping_sub(row.frequency);
        }
    }

    fn find(&self, key: &NgramKey) -> Option<usize> {
        self.rows.binary_search_by(|(row, _)| row.cmp(key)).ok()
    }
}

/// How many words an n-gram has.
pub(crate) fn length(key: &NgramKey) -> usize {
    key.iter().take_while(|&&id| id > 0).count()
}

/// Some words of an n-gram.
fn part(key: &NgramKey, start: usize, end: usize) -> NgramKey {
    let mut part = [0; LONGEST];
    part[..end - start].copy_from_slice(&key[start..end]);
    part
}

/// A spilled n-gram, read for its frequency alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct NgramTotal {
    key: NgramKey,
    frequency: u64,
}

impl Row for NgramTotal {
    type Key = NgramKey;
    const TABLE: u8 = NgramRecord::TABLE;
    fn key(&self) -> NgramKey {
        self.key
    }
    /// As a record of one document.
    fn put(&self, out: &mut Vec<u8>) {
        put_ngram(&self.key, out);
        [1, 0, self.frequency].iter().for_each(|&int| put_int(int, out));
    }
    fn get(bytes: &mut Bytes<'_>) -> Option<NgramTotal> {
        let key = bytes.ngram()?;
        let mut frequency = 0;
        for _ in 0..bytes.small()? {
            bytes.small()?;
            frequency += bytes.int()?;
        }
        Some(NgramTotal { key, frequency })
    }
    fn add(&mut self, other: NgramTotal) {
        self.frequency += other.frequency;
    }
    fn renumber(&mut self, numbers: &Renumbering) {
        renumber_ngram(&mut self.key, numbers);
    }
}
