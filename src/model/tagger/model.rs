//! The file of the tagger: long lists, transitions and a row of small whole numbers for each feature that is kept.
//!
//! Payload, little-endian: number of list rows, 4 bytes, then key (4) and bits (2) of each; scores of transitions, 2
//! bytes each; number of rows, 4 bytes, then the keys (4 each) and the weights (a byte for each tag) of all rows.

use super::lists::NameLists;
use super::tag::{TAGS, Transitions};
use crate::error::{Error, ErrorKind, Result};
use crate::model::weights;

const KIND: &str = "ner";
const VERSION: u32 = 1;
/// The key of an empty place in the table.
const EMPTY: u32 = 0;
/// Rows of a [`Bucket`].
const BUCKET: usize = 3;
/// Features whose weights are fetched before any is added.
const ROUND: usize = 64;

/// Rows in one line of the processor's memory: the table is too large for the near memory and most features are found,
/// so nearly all of the time of looking one up is that of fetching its line.
#[derive(Clone, Copy, Debug)]
#[repr(align(64))]
struct Bucket {
    /// Fill from the front, [`EMPTY`] where there is none.
    keys: [u32; BUCKET],
    weights: [[i8; TAGS]; BUCKET],
}

/// Sums of weights for each tag.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Sums([i16; TAGS]);

impl Sums {
    /// Adds other sums.
    #[inline]
    pub(crate) fn add(&mut self, other: &Sums) {
        self.0.iter_mut().zip(&other.0).for_each(|(sum, part)| *sum += part);
    }

    /// The score of every tag.
    pub(crate) fn scores(&self) -> [f32; TAGS] {
        std::array::from_fn(|tag| f32::from(self.0[tag]))
    }
}

/// Weights of the tagger.
#[derive(Clone, Debug)]
pub(crate) struct Model {
    /// Features by their keys; what finds no room in its bucket is in the next.
    buckets: Vec<Bucket>,
    /// Scores of tags behind tags.
    pub(crate) transitions: Transitions,
}

impl Model {
    /// A model of some rows: key and a weight for each tag.
    pub(crate) fn new(rows: impl ExactSizeIterator<Item = (u32, [i8; TAGS])>, transitions: Transitions) -> Model {
        let size = table_size(rows.len());
        let mut buckets = vec![Bucket { keys: [EMPTY; BUCKET], weights: [[0; TAGS]; BUCKET] }; size];
        for (key, row) in rows.filter(|row| row.0 != EMPTY) {
            let mut at = place(key, size);
            let free = loop {
                match buckets[at].keys.iter().position(|held| *held == EMPTY) {
                    Some(free) => break free,
                    None => at = (at + 1) % size,
                }
            };
            buckets[at].keys[free] = key;
            buckets[at].weights[free] = row;
        }
        Model { buckets, transitions }
    }

    /// The sums of the weights of some features.
    pub(crate) fn sums(&self, features: &[u32]) -> Sums {
        let mut sums = Sums::default();
        let size = self.buckets.len();
        // Looking up without a branch that depends on what is found lets the processor wait for many places at once.
        for round in features.chunks(ROUND) {
            let (mut found, mut places) = (0, [(0u32, 0u32); ROUND]);
            for &key in round {
                let mut at = place(key, size);
                let mut held = hits(&self.buckets[at].keys, key);
                while held == 0 && self.buckets[at].keys[BUCKET - 1] != EMPTY {
                    at = (at + 1) % size;
                    held = hits(&self.buckets[at].keys, key);
                }
                places[found] = (at as u32, held.trailing_zeros().min(BUCKET as u32 - 1));
                found += usize::from(held != 0);
            }
            for &(at, row) in &places[..found] {
                let row = &self.buckets[at as usize].weights[row as usize];
                sums.0.iter_mut().zip(row).for_each(|(sum, &weight)| *sum += i16::from(weight));
            }
        }
        sums
    }

    /// Reads a model and its lists.
    ///
    /// # Errors
    /// [`ErrorKind::Model`] for a file that is damaged or of another version.
    pub(crate) fn open(file: &[u8]) -> Result<(Model, NameLists)> {
        let payload = weights::open(file, KIND, VERSION)?;
        let read = || {
            let (lists, rest) = counted(payload, 6)?;
            let lists = NameLists::new(lists.chunks_exact(6).map(|row| {
                (u32::from_le_bytes([row[0], row[1], row[2], row[3]]), u16::from_le_bytes([row[4], row[5]]))
            }));
            let (scores, rest) = rest.split_at_checked(2 * TAGS * (TAGS + 1))?;
            let mut scores = scores.chunks_exact(2).map(|score| f32::from(i16::from_le_bytes([score[0], score[1]])));
            let mut transitions = [[0.0; TAGS]; TAGS + 1];
            transitions.iter_mut().flatten().zip(&mut scores).for_each(|(held, score)| *held = score);
            let (rows, _) = counted(rest, 4 + TAGS)?;
            let (keys, rows) = rows.split_at(rows.len() / (4 + TAGS) * 4);
            let rows = keys.chunks_exact(4).zip(rows.chunks_exact(TAGS)).map(|(key, row)| {
                (u32::from_le_bytes([key[0], key[1], key[2], key[3]]), std::array::from_fn(|tag| row[tag] as i8))
            });
            Some((Model::new(rows, transitions), lists))
        };
        read().ok_or_else(|| {
            Error::new(ErrorKind::Model, format!("the model {KIND:?} is cut short"), "train the model again")
        })
    }
}

/// Records behind their number, and what follows.
fn counted(bytes: &[u8], size: usize) -> Option<(&[u8], &[u8])> {
    let (number, rest) = bytes.split_first_chunk::<4>()?;
    rest.split_at_checked(u32::from_le_bytes(*number) as usize * size)
}

/// The file of a model.
#[cfg(feature = "train")]
pub(crate) fn seal(lists: &[(u32, u16)], transitions: &[[i16; TAGS]], rows: &[(u32, [i8; TAGS])]) -> Vec<u8> {
    // In the order of the table, so that reading fills it from front to back.
    let size = table_size(rows.len());
    let mut rows: Vec<&(u32, [i8; TAGS])> = rows.iter().collect();
    rows.sort_unstable_by_key(|row| (place(row.0, size), row.0));
    let mut payload = (lists.len() as u32).to_le_bytes().to_vec();
    for (key, bits) in lists {
        payload.extend_from_slice(&key.to_le_bytes());
        payload.extend_from_slice(&bits.to_le_bytes());
    }
    transitions.iter().flatten().for_each(|score| payload.extend_from_slice(&score.to_le_bytes()));
    payload.extend_from_slice(&(rows.len() as u32).to_le_bytes());
    rows.iter().for_each(|row| payload.extend_from_slice(&row.0.to_le_bytes()));
    rows.iter().for_each(|row| payload.extend(row.1.iter().map(|&weight| weight as u8)));
    weights::seal(KIND, VERSION, &payload)
}

/// Buckets of the table for some rows: two thirds of the places are taken.
fn table_size(rows: usize) -> usize {
    rows / 2 + 1
}

/// Which places of a bucket hold a key, as bits.
#[inline]
fn hits(keys: &[u32; BUCKET], key: u32) -> u32 {
    keys.iter().enumerate().fold(0, |bits, (at, &held)| bits | u32::from(held == key) << at)
}

/// The bucket of a key in a table of `size`.
#[inline]
fn place(key: u32, size: usize) -> usize {
    ((u64::from(key.wrapping_mul(0x9e37_79b1)) * size as u64) >> 32) as usize
}
