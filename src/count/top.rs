//! The best pairs by a score, without keeping or sorting the others.
//!
//! The order is total (score descending, then the two features in byte order), so the best k are one set, whatever the
//! order in which pairs come and on however many threads. [`Shared`] gathers those of many threads in one place: what a
//! thread has found raises the floor of all.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

use crate::count::row::RankedPair;

/// Pairs that a thread gathers before it hands them over.
const HANDFUL: usize = 1 << 12;

/// Keeps the best `k` pairs of those offered; all of them for `k` = 0.
#[derive(Clone, Debug)]
pub(crate) struct Top {
    k: usize,
    rows: Vec<RankedPair>,
    floor: f64,
}

fn better(a: &RankedPair, b: &RankedPair) -> std::cmp::Ordering {
    b.score.total_cmp(&a.score).then(a.key.cmp(&b.key))
}

impl Top {
    pub(crate) fn new(k: usize) -> Top {
        Top { k, rows: Vec::new(), floor: f64::NEG_INFINITY }
    }

    /// A pair with a lower score than this is not among the best.
    pub(crate) fn floor(&self) -> f64 {
        self.floor
    }

    /// Offers a pair. A score that is not a number counts as the lowest.
    pub(crate) fn offer(&mut self, mut pair: RankedPair) {
        if pair.score.is_nan() {
            pair.score = f64::NEG_INFINITY;
        }
        if pair.score < self.floor {
            return;
        }
        self.rows.push(pair);
        if self.k > 0 && self.rows.len() >= self.k.saturating_add(self.k / 4).saturating_add(256) {
            self.shrink();
        }
    }

    fn shrink(&mut self) {
        if self.k == 0 || self.rows.len() <= self.k {
            return;
        }
        let (_, worst, _) = self.rows.select_nth_unstable_by(self.k - 1, better);
        self.floor = worst.score;
        self.rows.truncate(self.k);
    }

    /// The best pairs, best first.
    pub(crate) fn into_sorted(mut self) -> Vec<RankedPair> {
        self.shrink();
        self.rows.sort_unstable_by(better);
        self.rows
    }
}

/// A [`Top`] that many threads offer to.
#[derive(Debug)]
pub(crate) struct Shared {
    top: Mutex<Top>,
    /// The bits of the floor of `top`, which only rises.
    floor: AtomicU64,
}

/// What one thread offers to a [`Shared`]; what is left is handed over when it is dropped.
#[derive(Debug)]
pub(crate) struct Offers<'a> {
    shared: &'a Shared,
    rows: Vec<RankedPair>,
}

impl Shared {
    pub(crate) fn new(k: usize) -> Shared {
        let top = Top::new(k);
        Shared { floor: AtomicU64::new(top.floor.to_bits()), top: Mutex::new(top) }
    }

    /// What a thread offers through.
    pub(crate) fn offers(&self) -> Offers<'_> {
        Offers { shared: self, rows: Vec::with_capacity(HANDFUL) }
    }

    /// What was gathered.
    pub(crate) fn into_top(self) -> Top {
        self.top.into_inner().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Offers<'_> {
    /// A pair with a lower score than this is not among the best.
    pub(crate) fn floor(&self) -> f64 {
        f64::from_bits(self.shared.floor.load(Ordering::Relaxed))
    }

    /// Offers a pair.
    pub(crate) fn offer(&mut self, pair: RankedPair) {
        self.rows.push(pair);
        if self.rows.len() == HANDFUL {
            self.hand_over();
        }
    }

    fn hand_over(&mut self) {
        let mut top = self.shared.top.lock().unwrap_or_else(PoisonError::into_inner);
        self.rows.drain(..).for_each(|pair| top.offer(pair));
        self.shared.floor.store(top.floor.to_bits(), Ordering::Relaxed);
    }
}

impl Drop for Offers<'_> {
    fn drop(&mut self) {
        self.hand_over();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pair(score: f64, key: (u32, u32)) -> RankedPair {
        RankedPair { score, key, observed: 1, documents: 1 }
    }

    #[test]
    fn ties_go_to_the_smaller_key_in_any_order_of_offers() {
        let mut offers: Vec<RankedPair> = (0..50_000u32).map(|i| pair(f64::from(i % 7), (i, i + 1))).collect();
        let best = |offers: &[RankedPair]| {
            let mut top = Top::new(10);
            offers.iter().for_each(|&pair| top.offer(pair));
            top.into_sorted()
        };
        let forwards = best(&offers);
        let shared = Shared::new(10);
        std::thread::scope(|scope| {
            for part in offers.chunks(9_999) {
                let mut mine = shared.offers();
                scope.spawn(move || {
                    for &pair in part {
                        if pair.score >= mine.floor() {
                            mine.offer(pair);
                        }
                    }
                });
            }
        });
        assert_eq!(shared.into_top().into_sorted(), forwards);
        offers.reverse();
        assert_eq!(forwards, best(&offers));
        assert_eq!(forwards.len(), 10);
        assert_eq!(forwards[0].key, (6, 7));
        assert_eq!(forwards[9].key, (69, 70));
    }

    #[test]
    fn zero_keeps_all_and_nan_comes_last() {
        let mut top = Top::new(0);
        [pair(f64::NAN, (0, 1)), pair(-3.0, (2, 3)), pair(5.0, (4, 5))].into_iter().for_each(|pair| top.offer(pair));
        let keys: Vec<_> = top.into_sorted().iter().map(|row| row.key).collect();
        assert_eq!(keys, [(4, 5), (2, 3), (0, 1)]);
    }
}
