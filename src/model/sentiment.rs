//! The embedded model of sentiment towards a target: two integer weights for each hashed feature, and from their sums
//! the probabilities of negative, neutral and positive.
//!
//! The weights are logits against neutral: a softmax regression whose neutral row is zero. Payload of the file, integers
//! little-endian: logit of one unit of weight and biases of negative and positive (three 4-byte floats, temperature
//! included), then 2^[`BITS`] rows: two weights of a byte and the check of the feature, 2 bytes. The upper bits of
//! a feature's hash tell in which four rows it may be; a row with another check is that of another feature, so that what was never learned
//! weighs nothing. How it is trained stands in `assets/models/sentiment.md`.

use std::sync::LazyLock;

use super::weights;
use crate::error::Result;

/// Name of the model as `run.json` reports it.
pub const NAME: &str = "byline sentiment en 3";
/// The kind in the model's file.
pub const KIND: &str = "sentiment";
/// The version of the payload and of the features: a change of either makes old files unreadable.
pub const VERSION: u32 = 2;
/// Binary logarithm of the number of rows.
pub const BITS: u32 = 19;

const HEADER: usize = 12;
const ROW: usize = 4;

/// Probabilities of negative, neutral and positive.
pub type Probabilities = [f64; 3];

/// A trained model.
#[derive(Clone, Copy, Debug)]
pub struct Model<'a> {
    unit: f64,
    bias: [f64; 2],
    rows: &'a [u8],
}

const FILE: &[u8] = include_bytes!("assets/models/sentiment.bin");

static EMBEDDED: LazyLock<Model<'static>> = LazyLock::new(|| {
    // A run checks the file before it begins; one that does not open finds nothing.
    Model::open(FILE).unwrap_or(Model { unit: 0.0, bias: [-1.0; 2], rows: &[] })
});

/// Whether the model of the product opens.
///
/// # Errors
/// [`crate::error::ErrorKind::Model`] for a damaged file.
pub fn check() -> Result<()> {
    Model::open(FILE).map(|_| ())
}

/// The model of the product.
pub fn embedded() -> &'static Model<'static> {
    &EMBEDDED
}

impl<'a> Model<'a> {
    /// Reads a sealed model.
    ///
    /// # Errors
    /// [`crate::error::ErrorKind::Model`] for a file that is damaged or of another kind or version.
    pub fn open(file: &'a [u8]) -> Result<Model<'a>> {
        let payload = weights::open(file, KIND, VERSION)?;
        let (header, rows) = payload.split_at_checked(HEADER).unwrap_or((&[0; HEADER], &[]));
        let float = |at: usize| header[at..].first_chunk::<4>().map_or(0.0, |b| f64::from(f32::from_le_bytes(*b)));
        Ok(Model { unit: float(0), bias: [float(4), float(8)], rows })
    }

    /// Weights of a feature by its hash, negative and positive against neutral.
    #[inline]
    pub fn weights(&self, hash: u32) -> [i64; 2] {
        let at = bucket_of(hash) * BUCKET * ROW;
        let bucket = self.rows.get(at..).and_then(<[u8]>::first_chunk::<{ BUCKET * ROW }>).unwrap_or(&[0; _]);
        let check = check_of(hash);
        // All rows are looked at, without a branch that depends on what is found; the first that fits counts.
        let row = bucket.as_chunks::<ROW>().0.iter().rev().fold(0, |found, row| {
            let row = u32::from_le_bytes(*row);
            if (row >> 16) as u16 == check { row } else { found }
        });
        let [negative, positive, ..] = row.to_le_bytes();
        [i64::from(negative as i8), i64::from(positive as i8)]
    }

    /// Logit of one unit of weight.
    pub fn unit(&self) -> f64 {
        self.unit
    }

    /// Logits of negative and positive without any feature.
    pub fn bias(&self) -> [f64; 2] {
        self.bias
    }
}

/// Rows in a bucket: a feature may be in any of them.
pub const BUCKET: usize = 4;

/// The bucket of a feature.
pub fn bucket_of(hash: u32) -> usize {
    (hash >> (32 - BITS)) as usize / BUCKET
}

fn check_of(hash: u32) -> u16 {
    hash as u16
}

/// The file of a model: features by their hashes with weights in units of `unit` logits. Those for which their bucket
/// has no room are left out.
pub fn seal(unit: f32, bias: [f32; 2], features: &[(u32, [i8; 2])]) -> Vec<u8> {
    let mut payload = Vec::with_capacity(HEADER + (ROW << BITS));
    for float in [unit, bias[0], bias[1]] {
        payload.extend_from_slice(&float.to_le_bytes());
    }
    payload.resize(HEADER + (ROW << BITS), 0);
    for &(hash, [negative, positive]) in features {
        let at = HEADER + bucket_of(hash) * BUCKET * ROW;
        let [c, d] = check_of(hash).to_le_bytes();
        let mut rows = payload[at..at + BUCKET * ROW].chunks_exact_mut(ROW);
        if let Some(row) = rows.find(|row| row.iter().all(|byte| *byte == 0)) {
            row.copy_from_slice(&[negative as u8, positive as u8, c, d]);
        }
    }
    weights::seal(KIND, VERSION, &payload)
}

/// Softmax over the logits of negative, neutral (0) and positive.
pub fn softmax([negative, positive]: [f64; 2]) -> Probabilities {
    let most = negative.max(positive).max(0.0);
    let parts = [(negative - most).exp(), (-most).exp(), (positive - most).exp()];
    let sum: f64 = parts.iter().sum();
    parts.map(|part| part / sum)
}

/// By how much the score P(positive) - P(negative) grows for each logit of positive over negative, so that the score is
/// this factor times the sum of all logit differences, whatever their signs. Where the difference is 0 it is the limit.
pub fn slope(logits: [f64; 2], probabilities: Probabilities) -> f64 {
    let difference = logits[1] - logits[0];
    if difference.abs() < 1e-9 { probabilities[2] } else { (probabilities[2] - probabilities[0]) / difference }
}

#[cfg(test)]
mod tests {
    use super::{BITS, Model, seal, slope, softmax};

    #[test]
    fn the_embedded_model_opens() {
        let model = Model::open(super::FILE).unwrap();
        assert_eq!(model.rows.len(), 4 << BITS);
        assert!(model.unit > 0.0);
    }

    #[test]
    fn what_was_sealed_is_read_back() {
        let file = seal(0.5, [-1.0, 2.0], &[(7, [1, -2]), (u32::MAX, [127, -128])]);
        let model = Model::open(&file).unwrap();
        assert_eq!((model.weights(7), model.weights(u32::MAX), model.weights(8)), ([1, -2], [127, -128], [0, 0]));
        assert!((model.unit() - 0.5).abs() < 1e-9 && (model.bias()[1] - 2.0).abs() < 1e-9);
    }

    #[test]
    fn the_score_is_slope_times_difference() {
        for logits in [[0.0, 0.0], [2.0, -1.0], [-3.0, 0.5], [1.0, 1.0]] {
            let p = softmax(logits);
            assert!((p.iter().sum::<f64>() - 1.0).abs() < 1e-12);
            assert!(((p[2] - p[0]) - slope(logits, p) * (logits[1] - logits[0])).abs() < 1e-9, "{logits:?}");
            assert!(slope(logits, p) > 0.0);
        }
    }
}
