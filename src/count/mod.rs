//! Counting: documents in, tables of integers out.
//!
//! ```text
//! Document ──▶ Census (one a worker) ──seal──▶ Segment ──push──▶ Store ──finish──▶ Counts ──▶ rows of integers
//! Records  ──▶ entity::EntityCounts ──merge──▶ rows of integers
//! ```
//!
//! Everything is a sum of integers under a key, so results cannot depend on threads, batches or spills. No float is
//! computed here; [`crate::measure`] makes scores of these integers. To add a count, write its rows as a file here and
//! give [`Counts`] a method that streams them.
//!
//! # What is counted
//! The words and numbers of bodies (`Token::is_counted`); titles are left out. For the two sentences (one paragraph)
//! "Peace talks failed. Peace failed" of the only document:
//!
//! | table | rows |
//! |---|---|
//! | terms | Peace 2, failed 2, talks 1 |
//! | n-grams | `Peace failed` 1, `Peace talks` 1, `Peace talks failed` 1, `talks failed` 1: never across a sentence end |
//! | pairs, sentence | Peace+failed 2, Peace+talks 1, failed+talks 1 |
//! | pairs, paragraph and document | the same three, each 1 |
//! | pairs, window of 1 | Peace+failed 1, Peace+talks 1, failed+talks 1 |
//!
//! Items of pairs are content words and multi-word terms (see `item`); (w, w) is no pair. In documents, paragraphs and sentences a pair
//! counts once for each unit that holds both. In windows each two places at most `window` words apart in one sentence
//! count once; every word and number counts towards the distance.
//!
//! # Use
//! ```
//! use byline::config::CountConfig;
//! use byline::count::{Census, Counts, Unit};
//!
//! let config = CountConfig::default();
//! let census = Census::new(&config); // and census.observe(&doc) for each document
//! let counts = Counts::of(census.seal(), &config);
//! counts.terms(&mut |row| {
//!     assert!(row.frequency >= row.documents);
//!     Ok(())
//! })?;
//! let dice = |pair: byline::count::PairCount, _floor: f64| {
//!     Some(2.0 * pair.observed as f64 / (pair.first + pair.second) as f64)
//! };
//! let top = counts.top_pairs(Unit::Sentence, 2, 100, dice)?;
//! assert!(top.rows.is_empty());
//! # Ok::<(), byline::error::Error>(())
//! ```

mod census;
mod cooccurrence;
mod counts;
pub mod entity;
mod feature;
#[cfg(test)]
pub(crate) mod fixture;
pub mod group;
pub mod grouped;
mod item;
#[cfg(test)]
mod laws;
mod ledger;
mod merge;
mod naming;
mod nested;
mod ngram;
pub mod opinion;
pub(crate) mod period;
mod places;
pub mod removed;
mod row;
mod run;
mod segment;
pub mod series;
mod store;
mod tally;
mod term;
mod top;
mod totals;
pub mod vocabulary;
mod window;
mod wording;
pub mod wordlist;

pub use crate::config::Unit;
pub use census::Census;
pub use counts::Counts;
pub use item::StopList;
pub use ledger::{Bytes, Sums};
pub use naming::{Naming, entity_of};
pub use ngram::LONGEST as LONGEST_NGRAM;
pub use places::Places;
pub use row::{NgramRow, PairCount, PairRow, RankedPair, TopPairs};
pub use segment::{DocStat, Segment};
pub use store::Store;
pub use term::{Posting, TermRow};
pub use totals::Totals;
pub use vocabulary::FeatureKind;
pub use wording::Wording;
