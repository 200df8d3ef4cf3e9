//! A counting filter: how often a passage occurs in the corpus, at most, in a fixed amount of memory.
//!
//! It reads the keys of passages and holds one counter up to [`MOST`] for each of 2^25 remainders (8 MiB), so a count is
//! never too low and only sometimes too high, and the order of additions does not matter. It spares the exact counting
//! of the many passages that occur once: with ten million articles about one passage in ten is counted in vain.

/// Counters, a power of two.
const CELLS: usize = 1 << 25;
/// Bits of a counter.
const BITS: usize = 2;
/// Counters of a byte.
const IN_BYTE: usize = 8 / BITS;
/// The count beyond which no more is told.
pub(super) const MOST: u8 = (1 << BITS) - 1;

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
            self.counters = vec![0; CELLS / IN_BYTE];
        }
        for key in keys {
            let (at, shift) = place(*key);
            let byte = &mut self.counters[at];
            *byte += u8::from(*byte >> shift & MOST < MOST) << shift;
        }
    }

    /// Whether a key may have been added at least so often, which is at most [`MOST`].
    pub(super) fn may_reach(&self, key: u64, times: u8) -> bool {
        let (at, shift) = place(key);
        self.counters.get(at).is_some_and(|byte| byte >> shift & MOST >= times)
    }
}

/// The byte of a key's counter, and its first bit there.
fn place(key: u64) -> (usize, usize) {
    let cell = key as usize % CELLS;
    (cell / IN_BYTE, cell % IN_BYTE * BITS)
}

#[cfg(test)]
mod tests {
    use super::{CELLS, Filter, MOST};

    #[test]
    fn counts_are_never_too_low_and_neighbours_do_not_add_up() {
        let mut filter = Filter::default();
        assert!(!filter.may_reach(7, 1));
        for times in 1..=6 {
            filter.add(&[7, 9, 9 + CELLS as u64]);
            assert!(filter.may_reach(7, MOST.min(times)) && (times >= MOST || !filter.may_reach(7, times + 1)));
            assert!(filter.may_reach(9, MOST.min(2 * times)));
        }
        assert!(!filter.may_reach(6, 1) && !filter.may_reach(8, 1) && !filter.may_reach(10, 1));
    }
}
