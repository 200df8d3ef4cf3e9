//! Terms of a segment: for each feature the documents it occurs in and how often.

use crate::count::segment::Segment;
use crate::error::Result;

/// How often something occurs in one document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Posting {
    /// Place of the document in [`crate::count::Counts::documents`].
    pub document: u32,
    /// Occurrences in it, at least 1.
    pub count: u32,
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

/// All features in byte order.
pub(crate) fn stream(segment: &Segment, sink: &mut dyn FnMut(u32, &[Posting]) -> Result<()>) -> Result<()> {
    let doc_ends = segment.doc_ends();
    let positions = Positions::of(&segment.ids, segment.words.len());
    let mut row = Vec::new();
    for id in 0..segment.words.len() {
        postings(positions.places[positions.range(id)].iter().copied(), &doc_ends, &mut row);
        sink(id as u32, &row)?;
    }
    Ok(())
}
