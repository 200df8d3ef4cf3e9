//! Signatures: a few numbers a document by which likely copies are found without comparing all with all.
//!
//! It reads shingles and gives band keys: one-permutation MinHash (Li, Owen and Zhang 2012) with optimal
//! densification (Shrivastava 2017), cut into bands. Two documents that share a key are candidates; whether they are
//! copies is decided elsewhere, on their texts. Every shingle is hashed once, whatever the number of bins.
//!
//! The whole body has 32 bands of 4 bins: a copy with 70 % of the shingles in common is found with probability
//! 0.9998, one with 60 % with 0.988, one with 50 % with 0.87. The opening has 8 bands of 3 bins, for copies that were
//! cut short: of openings that share 80 %, 0.997 are found. 160 bytes for a document.
//!
//! The crate gaoya does not fit: its index hashes bands with a random state and gives candidates in hash order, its
//! permutations come from `StdRng`, whose numbers may change with its version, it keeps each whole signature beside
//! the bands (over a kilobyte for a document), and hashes each shingle once for each of its permutations.

use serde::{Deserialize, Serialize};

use super::shingle::{Shingles, mix, sequence};

/// Bands of the body.
const BODY_BANDS: usize = 32;
/// Bins of one band of the body.
const BODY_ROWS: usize = 4;
/// Bands of the opening.
const OPENING_BANDS: usize = 8;
/// Bins of one band of the opening.
const OPENING_ROWS: usize = 3;
/// Words of the opening.
const OPENING_WORDS: usize = 100;
/// Number of keys of a document.
pub(super) const BANDS: usize = BODY_BANDS + OPENING_BANDS;

/// The band keys of one document: first those of the body, then those of the opening. None for a text that is too
/// short to be compared.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signature(Vec<u32>);

impl Signature {
    /// The signature of a body, given its words and its shingles.
    pub(super) fn of(words: &[u64], shingles: &Shingles) -> Signature {
        if shingles.is_empty() {
            return Signature::default();
        }
        let opening = Shingles::of_words(&words[..words.len().min(OPENING_WORDS)]);
        let mut keys = Vec::with_capacity(BANDS);
        push_bands(&minima(shingles.hashes(), BODY_BANDS * BODY_ROWS), BODY_ROWS, &mut keys);
        push_bands(&minima(opening.hashes(), OPENING_BANDS * OPENING_ROWS), OPENING_ROWS, &mut keys);
        Signature(keys)
    }

    /// The keys, one for each band, or none.
    pub(super) fn keys(&self) -> &[u32] {
        &self.0
    }
}

fn push_bands(minima: &[u64], rows: usize, keys: &mut Vec<u32>) {
    keys.extend(minima.chunks_exact(rows).map(|band| (sequence(band) >> 32) as u32));
}

/// The least hash in every bin. An empty bin takes the value of another, chosen by the bin's number alone, so that two
/// sets choose alike. `hashes` is not empty; the greatest number stands for an empty bin.
fn minima(hashes: &[u64], bins: usize) -> Vec<u64> {
    let mut least = vec![u64::MAX; bins];
    for &hash in hashes {
        let bin = bin_of(hash, bins);
        least[bin] = least[bin].min(hash);
    }
    let filled = least.clone();
    for (bin, value) in least.iter_mut().enumerate().filter(|(_, value)| **value == u64::MAX) {
        let mut attempt = mix(bin as u64);
        let mut other = bin_of(attempt, bins);
        while filled[other] == u64::MAX {
            attempt = mix(attempt);
            other = bin_of(attempt, bins);
        }
        *value = filled[other];
    }
    least
}

/// The bin of a hash: its place on the line from 0 to 2^64, cut into equal parts.
fn bin_of(hash: u64, bins: usize) -> usize {
    ((u128::from(hash) * bins as u128) >> 64) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(range: std::ops::Range<u64>) -> Vec<u64> {
        let mut hashes: Vec<u64> = range.map(mix).collect();
        hashes.sort_unstable();
        hashes
    }

    /// Share of equal bins of two sets of `size` hashes of which `shared` are common.
    fn estimate(size: u64, shared: u64, start: u64) -> f64 {
        let (a, b) = (set(start..start + size), set(start + size - shared..start + 2 * size - shared));
        let (a, b) = (minima(&a, 128), minima(&b, 128));
        a.iter().zip(&b).filter(|(x, y)| x == y).count() as f64 / 128.0
    }

    #[test]
    fn equal_bins_estimate_the_similarity() {
        for (size, shared) in [(1000, 900), (1000, 500), (60, 50), (30, 20)] {
            let jaccard = shared as f64 / (2 * size - shared) as f64;
            let mean = (0..200).map(|i| estimate(size, shared, i * 10_000)).sum::<f64>() / 200.0;
            assert!((mean - jaccard).abs() < 0.03, "{size}, {shared}: {mean} for {jaccard}");
        }
    }

    #[test]
    fn one_shingle_fills_every_bin() {
        assert_eq!(minima(&[7], 128), vec![7; 128]);
        assert!(minima(&[u64::MAX - 1, 3], 24).iter().all(|v| *v == 3 || *v == u64::MAX - 1));
    }

    #[test]
    fn likely_copies_share_a_key_and_others_do_not() {
        let keys = |range| {
            let words: Vec<u64> = set(range);
            Signature::of(&words, &Shingles::of_words(&words))
        };
        let shares = |a: &Signature, b: &Signature| a.keys().iter().zip(b.keys()).any(|(x, y)| x == y);
        let text = keys(0..500);
        assert_eq!(text.keys().len(), BANDS);
        assert!(!shares(&text, &keys(1000..1500)));
        assert!(Signature::of(&[], &Shingles::default()).keys().is_empty());
    }

    #[test]
    fn nearly_every_pair_with_seven_tenths_in_common_shares_a_band() {
        let found = (0..300u64).filter(|i| {
            let start = i * 10_000;
            let bands = |range| {
                let mut keys = Vec::new();
                push_bands(&minima(&set(range), BODY_BANDS * BODY_ROWS), BODY_ROWS, &mut keys);
                keys
            };
            let (a, b) = (bands(start..start + 850), bands(start + 150..start + 1000));
            a.iter().zip(&b).any(|(x, y)| x == y)
        });
        assert!(found.count() >= 298);
    }
}
