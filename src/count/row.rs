//! Rows of integers as reports take them: n-grams and pairs. Those of terms stand in [`super::term`].

use crate::count::term::Posting;

/// An n-gram of the corpus.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NgramRow<'a> {
    /// Its features joined by a space.
    pub ngram: &'a str,
    /// How many features.
    pub length: usize,
    /// Occurrences.
    pub frequency: u64,
    /// Of these inside a longer n-gram of at least the least frequency.
    pub nested: u64,
    /// For each place i, in how many n-grams of this length the i-th feature is the one here: R1 and C1 of a bigram.
    pub marginals: &'a [u64],
    /// N: places in the corpus where an n-gram of this length can stand.
    pub positions: u64,
    /// Occurrences in each document that has it, in order of documents.
    pub postings: &'a [Posting],
}

/// The four integers of a co-occurrence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PairCount {
    /// Units that hold both; in the window unit, pairs of places within reach of each other.
    pub observed: u64,
    /// Units that hold the first; in the window unit, its frequency.
    pub first: u64,
    /// Units that hold the second; in the window unit, its frequency.
    pub second: u64,
    /// Units in the corpus; in the window unit, tokens.
    pub total: u64,
    /// Places in reach of one place: twice the window, and 1 in the other units.
    pub span: u64,
}

/// Two features that co-occur; `first` is less than `second` in byte order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PairRow<'a> {
    /// The first feature.
    pub first: &'a str,
    /// The second feature.
    pub second: &'a str,
    /// How often.
    pub count: PairCount,
    /// Documents in which they co-occur.
    pub documents: u64,
}

/// One of the best pairs in few bytes; [`Counts::pair`](super::Counts::pair) makes a row of it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RankedPair {
    /// What it is ranked by, the highest first.
    pub score: f64,
    /// The numbers of its two features, the smaller first.
    pub key: (u32, u32),
    /// Units that hold both.
    pub observed: u64,
    /// Documents in which they co-occur.
    pub documents: u32,
}

/// The best pairs.
#[derive(Clone, Debug, PartialEq)]
pub struct TopPairs {
    /// Best first; pairs of the same score in byte order.
    pub rows: Vec<RankedPair>,
    /// Pairs that met the least count, written or not.
    pub candidates: u64,
}
