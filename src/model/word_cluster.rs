//! Groups of words that mean nearly the same, by number: what the sentiment model learns of one word it also learns, a
//! little, of its group. How the groups were made stands in `assets/models/sentiment.md`.

use std::sync::LazyLock;

use super::lookup::Lookup;

/// Words and numbers of groups, in order of words.
const TABLE: &str = include_str!("assets/en/word_clusters.csv");

static CLUSTERS: LazyLock<Lookup<&'static str, u16>> = LazyLock::new(|| {
    let row = |line: &'static str| {
        let (word, cluster) = line.split_once(',')?;
        Some((word, cluster.parse().ok()?))
    };
    TABLE.lines().skip(1).filter_map(row).collect()
});

/// The group of a counted form.
pub fn of(norm: &str) -> Option<u16> {
    CLUSTERS.get(norm).copied()
}

#[cfg(test)]
mod tests {
    use super::{CLUSTERS, TABLE, of};

    #[test]
    fn every_row_is_read() {
        assert_eq!(CLUSTERS.len() + 1, TABLE.lines().count());
        assert!(of("slammed").is_some() && of("x y").is_none());
    }
}
