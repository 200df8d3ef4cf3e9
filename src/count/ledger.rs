//! Sums under keys for the whole corpus, within a budget of memory: what workers counted is added up, and what is too
//! much for memory waits on disk, sorted. Rows come out in ascending order of keys, whatever the budget.
//!
//! It knows how keys and values are written as bytes and nothing of what they mean.

use std::marker::PhantomData;
use std::path::Path;

use crate::count::tally::{Sum, Tally};
use crate::error::Result;
use crate::spool::sorted::{Sorted, SortedRows};

/// What has bytes. Those of a key sort as the keys do.
pub trait Bytes: Sized {
    /// Appends them.
    fn put(&self, out: &mut Vec<u8>);
    /// What was written.
    fn get(bytes: &[u8]) -> Option<Self>;
}

/// Sums that are still growing.
#[derive(Debug)]
pub(crate) struct Ledger<K, V> {
    rows: Sorted,
    row: PhantomData<(K, V)>,
}

impl<K: Bytes + Ord + Clone, V: Bytes + Sum> Ledger<K, V> {
    /// Nothing; about `bytes` are held, the rest goes to `folder`.
    pub(crate) fn new(bytes: u64, folder: &Path) -> Ledger<K, V> {
        Ledger { rows: Sorted::new(bytes, folder, Some(add::<V>)), row: PhantomData }
    }

    /// Adds the sums of some documents.
    pub(crate) fn add(&mut self, sums: Tally<K, V>) -> Result<()> {
        let (mut key, mut value) = (Vec::new(), Vec::new());
        sums.into_rows().into_iter().try_for_each(|(k, v)| {
            key.clear();
            value.clear();
            k.put(&mut key);
            v.put(&mut value);
            self.rows.push(&key, &value)
        })
    }

    /// The sums, to be read as often as wanted.
    pub(crate) fn finish(self) -> Result<Sums<K, V>> {
        Ok(Sums { rows: self.rows.finish()?, row: PhantomData })
    }
}

fn add<V: Bytes + Sum>(sum: &mut Vec<u8>, other: &[u8]) {
    // Both were written by `put`, so both are read.
    if let (Some(mut value), Some(other)) = (V::get(sum), V::get(other)) {
        value.add(&other);
        sum.clear();
        value.put(sum);
    }
}

/// Sums by key, on disk where they are many.
#[derive(Debug)]
pub struct Sums<K, V> {
    rows: SortedRows,
    row: PhantomData<(K, V)>,
}

impl<K: Bytes, V: Bytes> Sums<K, V> {
    /// Hands all sums over in ascending order of keys.
    ///
    /// # Errors
    /// Those of `sink`, and of temporary files.
    pub fn each(&self, sink: &mut dyn FnMut(K, V) -> Result<()>) -> Result<()> {
        self.rows.each(&mut |key, value| match (K::get(key), V::get(value)) {
            (Some(key), Some(value)) => sink(key, value),
            _ => Ok(()),
        })
    }
}
