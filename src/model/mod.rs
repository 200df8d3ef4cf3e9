//! Word lists and weights, embedded.

pub mod gazetteer;
pub mod lookup;
pub mod stopword;
