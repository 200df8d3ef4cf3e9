//! Word lists and weights, embedded.

pub mod lookup;
pub mod stopword;
