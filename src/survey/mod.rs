//! What the corpus as a whole tells before any article is annotated: which articles are copies of others, which
//! passages recur so often that they are boilerplate, and whether day or month comes first in its dates.
//!
//! It reads a [`Digest`] of every article and, through a callback, the texts of likely copies; it reads and writes no
//! file, annotates nothing and changes no article. Whatever it decides is a function of the set of articles and their
//! order, never of threads or of the order in which they were read. About 220 bytes stay in memory for a document.
//!
//! ```text
//! Article ─▶ Digest ─▶ Survey ─┬▶ dates      (day first or month first)
//!                              ├▶ Clusters   (copies)
//!                              └▶ Learned    (boilerplate, counted without copies)
//! ```

mod block;
mod boilerplate;
mod date_order;
mod digest;
mod duplicates;
mod filter;
#[cfg(test)]
mod fixture;
mod outlet;
mod shingle;
mod signature;
mod wire;

use std::collections::BTreeMap;

use crate::document::Date;

pub use block::{Block, Place, Traits, passage_keys};
pub use boilerplate::{Learned, Learning, Recurring};
pub use date_order::{DateVotes, Resolved};
pub use digest::Digest;
pub use duplicates::{Clusters, Copy, Similarity};
pub use shingle::Shingles;
pub use signature::Signature;
pub use wire::wire_tag;

use filter::Filter;
use signature::BANDS;

/// What is kept of one document.
#[derive(Clone, Debug)]
struct Row {
    /// Hash that only exact copies share.
    exact: u64,
    /// Number of shingles.
    shingles: u32,
    /// Number of the outlet in `Survey::outlets`.
    outlet: u32,
    /// Where its band keys are in `Survey::keys`; none for a text too short to be compared.
    keys: Option<u32>,
    /// Date of publication.
    date: Option<Date>,
    /// The readings of an ambiguous date: day first, month first.
    readings: Option<[Date; 2]>,
}

/// The digests of all articles, gathered in any order.
#[derive(Clone, Debug, Default)]
pub struct Survey {
    rows: Vec<Row>,
    /// Band keys, [`BANDS`] for each document that has some.
    keys: Vec<u32>,
    /// Numbers of outlets; the numbers depend on the order of reading and only ever tell outlets apart.
    outlets: BTreeMap<String, u32>,
    filter: Filter,
    votes: DateVotes,
}

impl Survey {
    /// Takes up an article. The number that comes back is its place until [`Survey::arrange`].
    pub fn add(&mut self, digest: &Digest) -> u32 {
        let outlet = self.outlet(&digest.outlet);
        self.votes.add(outlet, digest.day_first);
        self.filter.add(&digest.passages);
        let keys = digest.signature.keys();
        let first_key = (keys.len() == BANDS).then_some((self.keys.len() / BANDS) as u32);
        if first_key.is_some() {
            self.keys.extend_from_slice(keys);
        }
        self.rows.push(Row {
            exact: digest.exact,
            shingles: digest.shingles,
            outlet,
            keys: first_key,
            date: digest.date,
            readings: digest.date_readings,
        });
        (self.rows.len() - 1) as u32
    }

    /// Puts the documents into the order of the corpus: `order[i]` is the place that [`Survey::add`] gave the document
    /// that is number `i` from now on. A document that `order` leaves out is forgotten.
    pub fn arrange(&mut self, order: &[u32]) {
        self.rows = order.iter().filter_map(|&place| self.rows.get(place as usize).cloned()).collect();
    }

    /// Number of documents.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there is no document.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The dates of all documents, ambiguous ones read as the corpus reads its dates, where it is clear.
    pub fn dates(&self) -> Vec<Resolved> {
        self.rows.iter().map(|row| self.votes.resolve(row.outlet, row.date, row.readings)).collect()
    }

    /// The band keys of a document.
    fn keys(&self, row: &Row) -> &[u32] {
        row.keys.map_or(&[], |at| &self.keys[at as usize * BANDS..][..BANDS])
    }

    fn outlet(&mut self, name: &str) -> u32 {
        if let Some(&number) = self.outlets.get(name) {
            return number;
        }
        let number = self.outlets.len() as u32;
        self.outlets.insert(name.to_owned(), number);
        number
    }
}
