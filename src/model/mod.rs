//! Word lists and weights, embedded.

pub mod lexicon;
pub mod lookup;
pub mod stopword;
