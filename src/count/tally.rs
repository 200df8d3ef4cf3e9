//! Integers summed under a key: what the counts of entities are made of.
//!
//! Additions are appended and, from time to time, sorted and folded; there is no hash and so no hash order.

/// A value that can be added to another of its kind, in any order.
pub(crate) trait Sum: Clone {
    fn add(&mut self, other: &Self);
}

/// Sums by key.
#[derive(Clone, Debug)]
pub(crate) struct Tally<K, V> {
    rows: Vec<(K, V)>,
    /// Rows before this are sorted and have distinct keys.
    folded: usize,
}

impl<K, V> Default for Tally<K, V> {
    fn default() -> Self {
        Tally { rows: Vec::new(), folded: 0 }
    }
}

impl<K: Ord + Clone, V: Sum> Tally<K, V> {
    pub(crate) fn add(&mut self, key: K, value: V) {
        self.rows.push((key, value));
        self.fold_when_long();
    }

    pub(crate) fn merge(&mut self, other: Tally<K, V>) {
        self.rows.extend(other.rows);
        self.fold_when_long();
    }

    /// Folds when there is as much to fold as there is folded, so that folding stays linear in the end.
    fn fold_when_long(&mut self) {
        if self.rows.len() > 2 * self.folded + (1 << 12) {
            self.fold();
        }
    }

    fn fold(&mut self) {
        if self.folded == self.rows.len() {
            return;
        }
        self.rows.sort_by(|(a, _), (b, _)| a.cmp(b));
        self.rows.dedup_by(|(key, value), (kept, sum)| {
            let same = key == kept;
            if same {
                sum.add(value);
            }
            same
        });
        self.folded = self.rows.len();
    }

    /// The sums in ascending order of keys.
    pub(crate) fn into_rows(mut self) -> Vec<(K, V)> {
        self.fold();
        self.rows
    }
}
