//! Terms of a segment: for each feature the documents it occurs in, how often, and where.

use crate::count::places::Places;
use crate::count::segment::Segment;
use crate::count::vocabulary::FeatureKind;
use crate::error::Result;

/// How often something occurs in one document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Posting {
    /// Place of the document in [`crate::count::Counts::documents`].
    pub document: u32,
    /// Occurrences in it, at least 1.
    pub count: u32,
}

/// A feature of the corpus.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TermRow<'a> {
    /// Its number: its place in byte order, from 0.
    pub number: u32,
    /// Its form.
    pub feature: &'a str,
    /// What it is.
    pub kind: FeatureKind,
    /// Occurrences.
    pub frequency: u64,
    /// Documents it occurs in.
    pub documents: u64,
    /// Occurrences in each document that has it, in order of documents.
    pub postings: &'a [Posting],
    /// Where it stands in the corpus.
    pub places: Places<'a>,
}

/// Positions of each feature in the stream: feature `id` stands at `places[offsets[id]..offsets[id + 1]]`, ascending.
pub(crate) struct Positions {
    pub(crate) offsets: Vec<u32>,
    pub(crate) places: Vec<u32>,
}

impl Positions {
    pub(crate) fn of(ids: &[u32], features: usize) -> Positions {
        let mut offsets = vec![0u32; features + 1];
        for &id in ids {
            offsets[id as usize + 1] += 1;
        }
        for at in 0..features {
            offsets[at + 1] += offsets[at];
        }
        let mut next = offsets.clone();
        let mut places = vec![0u32; ids.len()];
        for (place, &id) in ids.iter().enumerate() {
            let slot = &mut next[id as usize];
            places[*slot as usize] = place as u32;
            *slot += 1;
        }
        Positions { offsets, places }
    }

    pub(crate) fn range(&self, id: usize) -> std::ops::Range<usize> {
        self.offsets[id] as usize..self.offsets[id + 1] as usize
    }
}

/// Ascending places turned into counts for each document.
pub(crate) fn postings(places: impl Iterator<Item = u32>, doc_ends: &[u32], out: &mut Vec<Posting>) {
    out.clear();
    let (mut document, mut end) = (0, 0);
    for place in places {
        match out.last_mut() {
            Some(last) if place < end => last.count += 1,
            _ => {
                document += doc_ends[document..].partition_point(|&end| end <= place);
                end = doc_ends.get(document).copied().unwrap_or(u32::MAX);
                out.push(Posting { document: document as u32, count: 1 });
            }
        }
    }
}

/// What a stream of features goes to: the number of each, its postings and its places in the segment.
pub(crate) type Sink<'a> = dyn FnMut(u32, &[Posting], &[u32]) -> Result<()> + 'a;

/// All features in byte order.
pub(crate) fn stream(segment: &Segment, sink: &mut Sink<'_>) -> Result<()> {
    let doc_ends = segment.doc_ends();
    let positions = Positions::of(&segment.ids, segment.words.len());
    let mut row = Vec::new();
    for id in 0..segment.words.len() {
        let places = &positions.places[positions.range(id)];
        postings(places.iter().copied(), &doc_ends, &mut row);
        sink(id as u32, &row, places)?;
    }
    Ok(())
}
