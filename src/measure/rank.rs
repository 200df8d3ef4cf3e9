//! Places by a count, highest first: those of one count share the best of theirs (standard competition ranking, 1 2 2 4).

/// Gives places, one count after the other in descending order.
#[derive(Clone, Copy, Debug, Default)]
pub struct Ranks {
    place: u64,
    rank: u64,
    last: Option<u64>,
}

impl Ranks {
    /// The place of the next count, from 1.
    pub fn of(&mut self, count: u64) -> u64 {
        self.place += 1;
        if self.last.replace(count) != Some(count) {
            self.rank = self.place;
        }
        self.rank
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ties_share_the_best_place() {
        let mut ranks = Ranks::default();
        assert_eq!([9, 4, 4, 4, 2, 0, 0].map(|count| ranks.of(count)), [1, 2, 2, 2, 5, 6, 6]);
    }
}
