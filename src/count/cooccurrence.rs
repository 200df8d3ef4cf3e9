//! Co-occurrence of content words in documents, paragraphs, sentences and windows: the rows of a segment.
//!
//! Items are relabelled (by descending frequency where order does not matter, in byte order where it does) and their
//! places inverted. The row of an item is then the sum of its neighbours with a smaller label in one dense array: nothing
//! is hashed and rows are independent of each other. Frequent items have small labels, so the cells most often met stay
//! in the cache.

use rayon::prelude::*;

use crate::config::CountConfig;
use crate::count::Unit;
use crate::count::segment::Segment;
use crate::count::totals::{Margins, ranges, unit_ends};
use crate::count::window::Window;

/// No item: a stop word, a number, a single letter.
pub(crate) const NONE: u32 = u32::MAX;
/// A neighbour of the item whose row was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Neighbour {
    pub(crate) label: u32,
    pub(crate) observed: u64,
    /// Documents in which the two co-occur.
    pub(crate) documents: u32,
}

/// How many co-occurrences are asked of a pair.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Least {
    /// To be counted; at least one.
    pub(crate) counted: u64,
    /// To be given out; not less than `counted`.
    pub(crate) given: u64,
}

impl Least {
    /// Every pair that is counted is given out.
    pub(crate) fn of(min: u64) -> Least {
        let min = min.max(1);
        Least { counted: min, given: min }
    }
}

/// The neighbours of a row that had enough co-occurrences.
struct Taken<'a> {
    least: Least,
    /// How many had enough to be counted.
    met: u64,
    out: &'a mut Vec<Neighbour>,
}

impl Taken<'_> {
    #[inline]
    fn offer(&mut self, label: u32, observed: u64, documents: u32) {
        self.met += u64::from(observed >= self.least.counted);
        if observed >= self.least.given {
            self.out.push(Neighbour { label, observed, documents });
        }
    }
}

/// The items of a segment under new numbers, and their places.
pub(crate) struct PairIndex {
    /// Feature of each label.
    pub(crate) features: Vec<u32>,
    /// Increments needed for the rows of all labels below.
    cost: Vec<u64>,
    places: Places,
}

enum Places {
    Units(Units),
    Window(Window),
}

/// Units as ascending lists of labels.
struct Units {
    labels: Vec<u32>,
    starts: Vec<u32>,
    /// Document of each unit plus one; empty when a unit is a document.
    documents: Vec<u32>,
    offsets: Vec<u32>,
    /// Of each label: its units, and where it stands in `labels`.
    posts: Vec<(u32, u32)>,
}

/// Sums that are looked at in one go.
const PIECE: usize = 16;

/// Dense sums of one row, reused from row to row.
#[derive(Default)]
pub(crate) struct Scratch {
    sums: Vec<u32>,
    pub(crate) cells: Vec<Cell>,
    pub(crate) touched: Vec<u32>,
}

#[derive(Clone, Copy, Default)]
pub(crate) struct Cell {
    observed: u64,
    documents: u32,
    /// The last document that added to it, plus one.
    last: u32,
}

/// In which order labels are given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Labels {
    /// By descending frequency: quickest, for rows in any order.
    Frequency,
    /// Against byte order, so that falling labels are rising features.
    ByteOrder,
}

impl PairIndex {
    pub(crate) fn of(
        segment: &Segment,
        unit: Unit,
        items: &[bool],
        margins: &Margins,
        order: Labels,
        config: &CountConfig,
    ) -> PairIndex {
        let mut features: Vec<u32> = (0..items.len() as u32).filter(|&id| items[id as usize]).collect();
        match order {
            Labels::Frequency => features.sort_by_key(|&id| std::cmp::Reverse(margins.of_unit(unit, id))),
            Labels::ByteOrder => features.reverse(),
        }
        let mut labels = vec![NONE; items.len()];
        for (label, &id) in features.iter().enumerate() {
            labels[id as usize] = label as u32;
        }
        let (places, cost) = match unit {
            Unit::Window => {
                let (window, cost) = Window::of(segment, &labels, features.len(), config.window as usize);
                (Places::Window(window), cost)
            }
            _ => Units::of(segment, unit, &labels, features.len(), config.unit_cap as usize),
        };
        PairIndex { features, cost, places }
    }

    /// How many rows there are.
    pub(crate) fn rows(&self) -> usize {
        self.features.len()
    }

    /// Ranges of rows of at most about `most` increments each, at least one row long, rising.
    pub(crate) fn chunks(&self, most: u64) -> Vec<std::ops::Range<usize>> {
        let mut chunks = Vec::new();
        let mut start = 0;
        for row in 1..=self.rows() {
            if row == self.rows() || self.cost[row + 1] - self.cost[start] > most {
                chunks.push(start..row);
                start = row;
            }
        }
        chunks
    }

    /// Increments needed for a row.
    fn increments(&self, row: usize) -> u64 {
        self.cost[row + 1] - self.cost[row]
    }

    /// A number of co-occurrences that no pair of a row has more of.
    pub(crate) fn most(&self, row: usize) -> u64 {
        match &self.places {
            Places::Units(units) => self.increments(row).min(units.of_row(row).len() as u64),
            Places::Window(_) => self.increments(row),
        }
    }

    /// Increments needed for all rows.
    pub(crate) fn total_cost(&self) -> u64 {
        self.cost.last().copied().unwrap_or(0)
    }

    /// The neighbours of `row` with smaller labels and as many co-occurrences as are asked for, in falling order of
    /// labels if `sorted`, else in any. Tells how many had enough to be counted.
    pub(crate) fn row(
        &self,
        row: usize,
        least: Least,
        sorted: bool,
        scratch: &mut Scratch,
        out: &mut Vec<Neighbour>,
    ) -> u64 {
        out.clear();
        if row == 0 || self.most(row) < least.counted {
            return 0;
        }
        let dense = self.increments(row) > row as u64 / 4;
        scratch.touched.resize(self.rows() + 1, 0);
        let mut taken = Taken { least, met: 0, out };
        match &self.places {
            Places::Units(units) if units.documents.is_empty() => {
                scratch.sums.resize(self.rows(), 0);
                units.add_sums(row, dense, scratch, &mut taken);
            }
            Places::Units(units) => {
                scratch.cells.resize(self.rows(), Cell::default());
                let touched = units.add_cells(row, scratch);
                take_cells(row, dense, touched, scratch, &mut taken);
            }
            Places::Window(window) => {
                scratch.cells.resize(self.rows(), Cell::default());
                let touched = window.add_cells(row, scratch);
                take_cells(row, dense, touched, scratch, &mut taken);
            }
        }
        let met = taken.met;
        if sorted && !dense {
            out.sort_unstable_by_key(|neighbour| std::cmp::Reverse(neighbour.label));
        }
        met
    }

    /// Rows of many labels at once, on all threads of the pool, in falling order of rows and neighbours: rising byte
    /// order of features under [`Labels::ByteOrder`].
    pub(crate) fn sorted_rows(
        &self,
        min: u64,
        sink: &mut dyn FnMut(u32, &Neighbour) -> crate::error::Result<()>,
    ) -> crate::error::Result<()> {
        let mut chunks = self.chunks(1 << 21);
        chunks.reverse();
        for group in chunks.chunks(rayon::current_num_threads().max(1)) {
            let done: Vec<Vec<(u32, Neighbour)>> = group
                .par_iter()
                .map_init(
                    || (Scratch::default(), Vec::new()),
                    |(scratch, row), chunk| {
                        let mut rows = Vec::new();
                        for label in chunk.clone().rev() {
                            self.row(label, Least::of(min), true, scratch, row);
                            rows.extend(row.iter().map(|&neighbour| (label as u32, neighbour)));
                        }
                        rows
                    },
                )
                .collect();
            for (label, neighbour) in done.iter().flatten() {
                sink(*label, neighbour)?;
            }
        }
        Ok(())
    }
}

/// Moves the cells of a row out and clears them.
fn take_cells(row: usize, dense: bool, touched: usize, scratch: &mut Scratch, taken: &mut Taken<'_>) {
    let Scratch { cells, touched: list, .. } = scratch;
    let mut take = |label: u32| {
        let cell = std::mem::take(&mut cells[label as usize]);
        taken.offer(label, cell.observed, cell.documents);
    };
    if dense {
        (0..row as u32).rev().for_each(&mut take);
    } else {
        list[..touched].iter().copied().for_each(&mut take);
    }
}

impl Cell {
    /// Adds one co-occurrence in a document; tells whether it is the row's first with this neighbour.
    pub(crate) fn add(&mut self, document: u32) -> bool {
        let new = self.observed == 0;
        self.observed += 1;
        self.documents += u32::from(self.last != document);
        self.last = document;
        new
    }
}

impl Units {
    fn of(segment: &Segment, unit: Unit, labels: &[u32], count: usize, cap: usize) -> (Places, Vec<u64>) {
        let mut units = Units {
            labels: Vec::new(),
            starts: vec![0],
            documents: Vec::new(),
            offsets: vec![0; count + 1],
            posts: Vec::new(),
        };
        let mut seen = vec![u32::MAX; count];
        let doc_ends = segment.doc_ends();
        let mut document = 0;
        for (number, range) in ranges(&unit_ends(segment, unit)).enumerate() {
            if range.is_empty() {
                continue;
            }
            let start = units.labels.len();
            document += doc_ends[document..].partition_point(|&end| end as usize <= range.start);
            for &id in &segment.ids[range] {
                let label = labels[id as usize];
                if label == NONE || seen[label as usize] == number as u32 {
                    continue;
                }
                if units.labels.len() - start == cap {
                    break;
                }
                seen[label as usize] = number as u32;
                units.offsets[label as usize + 1] += 1;
                units.labels.push(label);
            }
            units.labels[start..].sort_unstable();
            units.starts.push(units.labels.len() as u32);
            if unit != Unit::Document {
                units.documents.push(document as u32 + 1);
            }
        }
        let cost = units.invert(count);
        (Places::Units(units), cost)
    }

    fn invert(&mut self, count: usize) -> Vec<u64> {
        for label in 0..count {
            self.offsets[label + 1] += self.offsets[label];
        }
        let mut next = self.offsets.clone();
        self.posts = vec![(0, 0); self.labels.len()];
        let mut cost = vec![0u64; count + 1];
        for (unit, range) in self.starts.windows(2).enumerate() {
            for at in range[0]..range[1] {
                let label = self.labels[at as usize] as usize;
                self.posts[next[label] as usize] = (unit as u32, at);
                next[label] += 1;
                cost[label + 1] += u64::from(at - range[0]);
            }
        }
        for label in 0..count {
            cost[label + 1] += cost[label];
        }
        cost
    }

    /// The units of a row, and where it stands in `labels`.
    fn of_row(&self, row: usize) -> &[(u32, u32)] {
        &self.posts[self.offsets[row] as usize..self.offsets[row + 1] as usize]
    }

    /// The units of a row: the labels below the row's own, and the unit's number.
    fn prefixes(&self, row: usize) -> impl Iterator<Item = (&[u32], u32)> + '_ {
        self.of_row(row)
            .iter()
            .map(|&(unit, at)| (&self.labels[self.starts[unit as usize] as usize..at as usize], unit))
    }

    /// A unit is a document: every co-occurrence is in a document of its own, and one sum is enough.
    fn add_sums(&self, row: usize, dense: bool, scratch: &mut Scratch, taken: &mut Taken<'_>) {
        let sums = &mut scratch.sums[..row];
        if dense {
            for (prefix, _) in self.prefixes(row) {
                for &label in prefix {
                    sums[label as usize] += 1;
                }
            }
            // Most pieces hold no pair that counts, which is seen without looking at one after another.
            let counted = taken.least.counted.min(u64::from(u32::MAX)) as u32;
            for (piece, sums) in sums.chunks(PIECE).enumerate().rev() {
                if sums.iter().fold(false, |any, &observed| any | (observed >= counted)) {
                    for (at, &observed) in sums.iter().enumerate().rev() {
                        taken.offer((piece * PIECE + at) as u32, u64::from(observed), observed);
                    }
                }
            }
            sums.fill(0);
            return;
        }
        let mut touched = 0;
        for (prefix, _) in self.prefixes(row) {
            for &label in prefix {
                let sum = &mut sums[label as usize];
                scratch.touched[touched] = label;
                touched += usize::from(*sum == 0);
                *sum += 1;
            }
        }
        for &label in &scratch.touched[..touched] {
            let observed = std::mem::take(&mut sums[label as usize]);
            taken.offer(label, u64::from(observed), observed);
        }
    }

    fn add_cells(&self, row: usize, scratch: &mut Scratch) -> usize {
        let cells = &mut scratch.cells[..row];
        let mut touched = 0;
        for (prefix, unit) in self.prefixes(row) {
            let document = self.documents[unit as usize];
            for &label in prefix {
                scratch.touched[touched] = label;
                touched += usize::from(cells[label as usize].add(document));
            }
        }
        touched
    }
}
