//! A counting filter: how often a passage occurs in the corpus, at most, in a fixed amount of memory.
//!
//! It reads the keys of passages and holds one saturating counter for each of 2^25 remainders (32 MiB), so a count is
//! never too low and only sometimes too high, and the order of additions does not matter. It spares the exact counting
//! of the many passages that occur once: with ten million articles about one passage in ten is counted in vain.

/// Counters, a power of two.
const CELLS: usize = 1 << 25;

/// How often a key was added, at most.
#[derive(Clone, Debug, Default)]
pub(super) struct Filter {
    /// Empty until the first key comes.
    counters: Vec<u8>,
}

impl Filter {
    /// Counts the passages of one article.
    pub(super) fn add(&mut self, keys: &[u64]) {
        if self.counters.is_empty() && !keys.is_empty() {
            self.counters = vec![0; CELLS];
        }
        for key in keys {
            let counter = &mut self.counters[*key as usize % CELLS];
            *counter = counter.saturating_add(1);
        }
    }

    /// Whether a key may have been added at least so often.
    pub(super) fn may_reach(&self, key: u64, times: u8) -> bool {
        self.counters.get(key as usize % CELLS).is_some_and(|&counter| counter >= times)
    }
}
