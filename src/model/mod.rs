//! Word lists and, later, trained weights, embedded in the binary. Knows words and numbers, never documents. What each
//! list is, where its facts come from and its licence stand in `assets/README.md`.

pub mod form;
pub mod gazetteer;
pub mod lexicon;
pub mod lookup;
pub mod prior;
pub mod reference;
pub mod sentiment;
pub mod stopword;
pub mod weights;

/// Names of the lists, for `run.json`.
pub const WORD_LISTS: &[&str] = &[stopword::NAME, gazetteer::NAME, lexicon::NAME, prior::NAME, sentiment::NAME];
