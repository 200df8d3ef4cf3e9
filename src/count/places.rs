//! Where a feature stands in the corpus: what its average reduced frequency is made of.
//!
//! A place is a number of tokens: those before it in the bodies of all documents, in order of their ids. Spilled tables
//! keep places inside a document, because what stands before a document is known only when all are merged.

use std::fmt;

use crate::count::run::{Bytes, put_int};
use crate::count::segment::{DocStat, Segment};
use crate::count::term::Posting;

/// The places of a feature in the corpus, ascending.
#[derive(Clone, Copy, Default)]
pub struct Places<'a> {
    /// Those of a corpus in memory.
    narrow: &'a [u32],
    /// Those of any corpus.
    wide: &'a [u64],
}

impl<'a> Places<'a> {
    pub(crate) fn narrow(places: &'a [u32]) -> Places<'a> {
        Places { narrow: places, wide: &[] }
    }

    pub(crate) fn wide(places: &'a [u64]) -> Places<'a> {
        Places { narrow: &[], wide: places }
    }

    /// Each place: tokens before it.
    pub fn iter(self) -> impl Iterator<Item = u64> + 'a {
        self.narrow.iter().map(|&place| u64::from(place)).chain(self.wide.iter().copied())
    }
}

impl fmt::Debug for Places<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}

impl PartialEq for Places<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.iter().eq(other.iter())
    }
}

impl Eq for Places<'_> {}

/// Places in a segment as places in their documents; `postings` are of the same feature.
pub(crate) fn in_documents(postings: &[Posting], places: &[u32], segment: &Segment) -> Vec<u32> {
    let starts = postings.iter().map(|posting| (segment.start(posting.document as usize).ids, posting.count));
    let starts = starts.flat_map(|(start, count)| std::iter::repeat_n(start, count as usize));
    starts.zip(places).map(|(start, place)| place - start).collect()
}

/// The tokens before each document.
pub(crate) fn starts(docs: &[DocStat]) -> Vec<u64> {
    let mut before = 0;
    let start = |doc: &DocStat| {
        let start = before;
        before += u64::from(doc.tokens);
        start
    };
    docs.iter().map(start).collect()
}

/// Places in documents as places in a corpus whose documents have so many tokens before them.
pub(crate) fn in_corpus(postings: &[Posting], places: &[u32], starts: &[u64], out: &mut Vec<u64>) {
    out.clear();
    let start = |posting: &Posting| starts.get(posting.document as usize).copied().unwrap_or(0);
    let starts = postings.iter().flat_map(|posting| std::iter::repeat_n(start(posting), posting.count as usize));
    out.extend(starts.zip(places).map(|(start, &place)| start + u64::from(place)));
}

/// Appends places in documents as the distances between them.
pub(crate) fn put(postings: &[Posting], places: &[u32], out: &mut Vec<u8>) {
    let mut rest = places;
    for posting in postings {
        let (here, after) = rest.split_at((posting.count as usize).min(rest.len()));
        let mut before = 0;
        for &place in here {
            put_int(u64::from(place - before), out);
            before = place;
        }
        rest = after;
    }
}

/// Takes the places of some postings.
pub(crate) fn get(postings: &[Posting], bytes: &mut Bytes<'_>) -> Option<Vec<u32>> {
    let mut places = Vec::new();
    for posting in postings {
        let mut place = 0u32;
        for _ in 0..posting.count {
            place = place.checked_add(bytes.small()?)?;
            places.push(place);
        }
    }
    Some(places)
}

/// The places of two parts of the corpus, in the order of the documents of both. No document is in two parts.
pub(crate) fn join(first: (&[Posting], &[u32]), second: (&[Posting], &[u32])) -> Vec<u32> {
    let mut parts: Vec<(u32, &[u32])> = Vec::with_capacity(first.0.len() + second.0.len());
    for (postings, mut rest) in [first, second] {
        for posting in postings {
            let (here, after) = rest.split_at((posting.count as usize).min(rest.len()));
            parts.push((posting.document, here));
            rest = after;
        }
    }
    // Mostly two runs that are in order: cheap to sort.
    parts.sort_by_key(|(document, _)| *document);
    parts.into_iter().flat_map(|(_, places)| places).copied().collect()
}
