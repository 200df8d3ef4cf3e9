//! Terms of a segment: for each feature the documents it occurs in, how often, and where.

use std::ops::Range;

use rayon::prelude::{IntoParallelIterator, ParallelIterator};

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

/// Which document holds a place of a stream.
pub(crate) struct Holders {
    /// Where each document ends.
    ends: Vec<u32>,
    /// The document that holds every 64th place.
    near: Vec<u32>,
}

/// Places from one entry of [`Holders::near`] to the next, as a power of two.
const NEAR: u32 = 6;

impl Holders {
    /// The documents of a segment's own stream.
    pub(crate) fn of(segment: &Segment) -> Holders {
        Holders::ending_at(segment.doc_ends())
    }

    /// The documents of a stream, by where each ends.
    pub(crate) fn ending_at(ends: Vec<u32>) -> Holders {
        let places = ends.last().copied().unwrap_or(0);
        let mut near = Vec::with_capacity((places >> NEAR) as usize + 1);
        let mut document = 0;
        for place in (0..places).step_by(1 << NEAR) {
            document += ends[document..].iter().take_while(|&&end| end <= place).count();
            near.push(document as u32);
        }
        Holders { ends, near }
    }

    /// The document that holds a place, and where it ends.
    pub(crate) fn of_place(&self, place: u32) -> (u32, u32) {
        let mut document = self.near.get((place >> NEAR) as usize).map_or(0, |&document| document as usize);
        while self.ends.get(document).is_some_and(|&end| end <= place) {
            document += 1;
        }
        (document as u32, self.ends.get(document).copied().unwrap_or(u32::MAX))
    }

    /// Ascending places turned into counts for each document.
    pub(crate) fn postings(&self, places: impl Iterator<Item = u32>, out: &mut Vec<Posting>) {
        out.clear();
        let mut open_until = 0;
        for place in places {
            match out.last_mut() {
                Some(last) if place < open_until => last.count += 1,
                _ => {
                    let (document, end) = self.of_place(place);
                    open_until = end;
                    out.push(Posting { document, count: 1 });
                }
            }
        }
    }
}

/// What a stream of features goes to: the number of each, its postings and its places in the segment.
pub(crate) type Sink<'a> = dyn FnMut(u32, &[Posting], &[u32]) -> Result<()> + 'a;

/// Where the features of a segment stand, and in which documents.
pub(crate) struct Inverted {
    holders: Holders,
    positions: Positions,
    features: usize,
}

impl Inverted {
    pub(crate) fn of(segment: &Segment) -> Inverted {
        let features = segment.words.len();
        Inverted { holders: Holders::of(segment), positions: Positions::of(&segment.ids, features), features }
    }

    /// Features of a range of numbers, in order.
    fn each(&self, features: Range<usize>, sink: &mut Sink<'_>) -> Result<()> {
        let mut row = Vec::new();
        for id in features {
            let places = &self.positions.places[self.positions.range(id)];
            self.holders.postings(places.iter().copied(), &mut row);
            sink(id as u32, &row, places)?;
        }
        Ok(())
    }

    /// What `map` makes of each feature, in order; ranges of features are taken side by side.
    pub(crate) fn map<T: Send>(&self, map: impl Fn(u32, &[Posting], &[u32]) -> T + Sync) -> Result<Vec<T>> {
        let ranges: Vec<Range<usize>> =
            (0..self.features).step_by(STEP).map(|from| from..self.features.min(from + STEP)).collect();
        let made: Vec<Result<Vec<T>>> = ranges
            .into_par_iter()
            .map(|features| {
                let mut made = Vec::with_capacity(features.len());
                self.each(features, &mut |id, postings, places| {
                    made.push(map(id, postings, places));
                    Ok(())
                })?;
                Ok(made)
            })
            .collect();
        let mut all = Vec::with_capacity(self.features);
        for part in made {
            all.extend(part?);
        }
        Ok(all)
    }
}

/// Features that one thread takes at a time.
const STEP: usize = 1 << 10;

/// All features in byte order.
pub(crate) fn stream(segment: &Segment, sink: &mut Sink<'_>) -> Result<()> {
    let inverted = Inverted::of(segment);
    inverted.each(0..inverted.features, sink)
}
