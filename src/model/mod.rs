//! Word lists and weights, embedded.

pub mod gazetteer;
pub mod lexicon;
pub mod lookup;
pub mod stopword;
