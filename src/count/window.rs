//! Places of items for the window unit of co-occurrence: the stream of labels of a segment and where each label stands.
//!
//! Every word and number takes a place in the stream, so that what is no item still counts towards the distance.

use crate::count::cooccurrence::Scratch;
use crate::count::segment::Segment;
use crate::count::term::{Holders, Positions};
use crate::count::totals::ranges;

/// Between two sentences.
const BREAK: u32 = u32::MAX - 1;

/// The stream of labels with a mark between sentences.
pub(crate) struct Window {
    stream: Vec<u32>,
    positions: Positions,
    holders: Holders,
    reach: usize,
}

impl Window {
    pub(crate) fn of(segment: &Segment, labels: &[u32], count: usize, reach: usize) -> (Window, Vec<u64>) {
        let mut stream = Vec::with_capacity(segment.ids.len() + segment.sentences.len() + 1);
        stream.push(BREAK);
        let mut doc_ends = Vec::with_capacity(segment.docs.len());
        let mut sentences = ranges(&segment.sentences);
        let mut before = 0;
        for ends in &segment.ends {
            for range in sentences.by_ref().take((ends.sentences - before) as usize) {
                if !range.is_empty() {
                    stream.extend(segment.ids[range].iter().map(|&id| labels[id as usize]));
                    stream.push(BREAK);
                }
            }
            before = ends.sentences;
            doc_ends.push(stream.len() as u32);
        }
        let positions = positions_of_items(&stream, count);
        let cost = positions.offsets.iter().map(|&offset| u64::from(offset) * 2 * reach as u64).collect();
        let window = Window { stream, positions, holders: Holders::ending_at(doc_ends), reach };
        (window, cost)
    }

    /// Adds the neighbours of a row; tells how many labels were touched.
    pub(crate) fn add_cells(&self, row: usize, scratch: &mut Scratch) -> usize {
        let cells = &mut scratch.cells[..row];
        let (mut touched, mut document, mut end) = (0, 0, 0);
        for &place in &self.positions.places[self.positions.range(row)] {
            if place >= end {
                (document, end) = self.holders.of_place(place);
            }
            let (left, right) = self.stream.split_at(place as usize);
            let mut add = |label: u32| {
                if let Some(cell) = cells.get_mut(label as usize) {
                    scratch.touched[touched] = label;
                    touched += usize::from(cell.add(document + 1));
                }
            };
            left.iter().rev().take(self.reach).take_while(|&&label| label != BREAK).for_each(|&label| add(label));
            let right = right.iter().skip(1).take(self.reach);
            right.take_while(|&&label| label != BREAK).for_each(|&label| add(label));
        }
        touched
    }
}

/// The places of items alone: marks and what is no item have none.
fn positions_of_items(stream: &[u32], count: usize) -> Positions {
    let mut offsets = vec![0u32; count + 1];
    for &label in stream.iter().filter(|&&label| label < BREAK) {
        offsets[label as usize + 1] += 1;
    }
    for label in 0..count {
        offsets[label + 1] += offsets[label];
    }
    let mut next = offsets.clone();
    let mut places = vec![0u32; offsets[count] as usize];
    for (place, &label) in stream.iter().enumerate().filter(|&(_, &label)| label < BREAK) {
        places[next[label as usize] as usize] = place as u32;
        next[label as usize] += 1;
    }
    Positions { offsets, places }
}
