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
/// Weights of a row, padded for the processor.
const WIDTH: usize = 20;

/// The key of an empty place in the table.
const EMPTY: u32 = 0;

/// Weights of the tagger.
#[derive(Clone, Debug)]
pub(crate) struct Model {
    /// Keys of features in a table with open addressing, [`EMPTY`] where there is none.
    keys: Vec<u32>,
    /// The weights of the feature at each place; apart from the keys, so that looking in vain stays in near memory.
    weights: Vec<[i8; WIDTH]>,
    /// Scores of tags behind tags.
    pub(crate) transitions: Transitions,
}

impl Model {
    /// A model of some rows: key and a weight for each tag.
    pub(crate) fn new(rows: impl ExactSizeIterator<Item = (u32, [i8; TAGS])>, transitions: Transitions) -> Model {
        let size = table_size(rows.len());
        let (mut keys, mut weights) = (vec![EMPTY; size], vec![[0; WIDTH]; size]);
        for (key, row) in rows.filter(|row| row.0 != EMPTY) {
            let mut at = place(key, size);
            while keys[at] != EMPTY {
                at = (at + 1) & (size - 1);
            }
            keys[at] = key;
            weights[at][..TAGS].copy_from_slice(&row);
        }
        Model { keys, weights, transitions }
    }

    /// The score of every tag.
    pub(crate) fn score(&self, features: &[u32]) -> [f32; TAGS] {
        let mut sums = [0i16; WIDTH];
        let size = self.keys.len();
        for &key in features {
            let mut at = place(key, size);
            while self.keys[at] != key && self.keys[at] != EMPTY {
                at = (at + 1) & (size - 1);
            }
            if self.keys[at] == key {
                sums.iter_mut().zip(&self.weights[at]).for_each(|(sum, &weight)| *sum += i16::from(weight));
            }
        }
        std::array::from_fn(|tag| f32::from(sums[tag]))
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

/// Places of the table for some rows.
fn table_size(rows: usize) -> usize {
    (rows * 3 / 2 + 2).next_power_of_two()
}

#[inline]
fn place(key: u32, size: usize) -> usize {
    (key.wrapping_mul(0x9e37_79b1) >> 7) as usize & (size - 1)
}
