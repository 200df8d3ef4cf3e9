//! The best rows by a score, without keeping or sorting the others.
//!
//! The order is total (score descending, then the two features in byte order), so the best k are one set, whatever the
//! order in which rows come and on however many threads.

/// A row that may be among the best.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Scored<T> {
    pub(crate) score: f64,
    pub(crate) key: (u32, u32),
    pub(crate) row: T,
}

/// Keeps the best `k` rows of those offered; all of them for `k` = 0.
#[derive(Clone, Debug)]
pub(crate) struct Top<T> {
    k: usize,
    rows: Vec<Scored<T>>,
    floor: f64,
}

fn better<T>(a: &Scored<T>, b: &Scored<T>) -> std::cmp::Ordering {
    b.score.total_cmp(&a.score).then(a.key.cmp(&b.key))
}

impl<T: Copy> Top<T> {
    pub(crate) fn new(k: usize) -> Top<T> {
        Top { k, rows: Vec::new(), floor: f64::NEG_INFINITY }
    }

    /// A row with a lower score than this is not among the best.
    pub(crate) fn floor(&self) -> f64 {
        self.floor
    }

    /// Offers a row. A score that is not a number counts as the lowest.
    pub(crate) fn offer(&mut self, score: f64, key: (u32, u32), row: T) {
        let score = if score.is_nan() { f64::NEG_INFINITY } else { score };
        if score < self.floor {
            return;
        }
        self.rows.push(Scored { score, key, row });
        if self.k > 0 && self.rows.len() >= self.k.saturating_mul(2).saturating_add(256) {
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

    pub(crate) fn merge(mut self, other: Top<T>) -> Top<T> {
        self.floor = self.floor.max(other.floor);
        self.rows.extend(other.rows);
        self.shrink();
        self
    }

    /// The best rows, best first.
    pub(crate) fn into_sorted(mut self) -> Vec<Scored<T>> {
        self.shrink();
        self.rows.sort_unstable_by(better);
        self.rows
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ties_go_to_the_smaller_key_in_any_order_of_offers() {
        let offers: Vec<(f64, (u32, u32))> = (0..5_000u32).map(|i| (f64::from(i % 7), (i, i + 1))).collect();
        let best = |offers: &[(f64, (u32, u32))]| {
            let mut top = Top::new(10);
            offers.iter().for_each(|&(score, key)| top.offer(score, key, ()));
            top.into_sorted()
        };
        let mut backwards = offers.clone();
        backwards.reverse();
        let forwards = best(&offers);
        assert_eq!(forwards, best(&backwards));
        assert_eq!(forwards.len(), 10);
        assert_eq!(forwards[0].key, (6, 7));
        assert_eq!(forwards[9].key, (69, 70));
        let (left, right) = offers.split_at(1_234);
        let mut halves = [Top::new(10), Top::new(10)];
        left.iter().for_each(|&(score, key)| halves[0].offer(score, key, ()));
        right.iter().for_each(|&(score, key)| halves[1].offer(score, key, ()));
        let [left, right] = halves;
        assert_eq!(right.merge(left).into_sorted(), forwards);
    }

    #[test]
    fn zero_keeps_all_and_nan_comes_last() {
        let mut top = Top::new(0);
        top.offer(f64::NAN, (0, 1), ());
        top.offer(-3.0, (2, 3), ());
        top.offer(5.0, (4, 5), ());
        let keys: Vec<_> = top.into_sorted().iter().map(|row| row.key).collect();
        assert_eq!(keys, [(4, 5), (2, 3), (0, 1)]);
    }
}
