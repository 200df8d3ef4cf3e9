//! Association inside n-grams of two or more words. For bigrams these are the measures of `association`.

use crate::measure::association::{self, Contingency};

/// A bigram as a two-by-two table: `marginals` are R1 and C1, `positions` is N.
pub fn bigram(observed: u64, marginals: &[u64], positions: u64) -> Option<Contingency> {
    let &[first, second] = marginals else { return None };
    Some(Contingency { both: observed, first, second, total: positions, span: 1 })
}

/// E = N prod (f_i / N): the n-grams expected were words independent.
pub fn expected(marginals: &[u64], positions: u64) -> f64 {
    let total = positions as f64;
    marginals.iter().fold(total, |product, &count| product * (count as f64 / total))
}

/// log2(o / E); for three words log2(o N^2 / (f1 f2 f3)), specific correlation (Van de Cruys 2011).
pub fn pmi(observed: u64, marginals: &[u64], positions: u64) -> f64 {
    (observed as f64 / expected(marginals, positions)).log2()
}

/// PMI / (-(n - 1) log2(o / N)), at most 1; 1 when o = N (Bouma 2009 for two words).
pub fn npmi(observed: u64, marginals: &[u64], positions: u64) -> f64 {
    if observed == positions && observed > 0 {
        return 1.0;
    }
    let links = marginals.len().saturating_sub(1) as f64;
    pmi(observed, marginals, positions) / (-links * (observed as f64 / positions as f64).log2())
}

/// (o - E) / sqrt(o).
pub fn t_score(observed: u64, marginals: &[u64], positions: u64) -> f64 {
    (observed as f64 - expected(marginals, positions)) / (observed as f64).sqrt()
}

/// 14 + log2(n o / sum f_i) (Rychly 2008 for two words, extended as in Sketch Engine).
pub fn log_dice(observed: u64, marginals: &[u64]) -> f64 {
    let sum: f64 = marginals.iter().map(|&count| count as f64).sum();
    14.0 + (marginals.len() as f64 * observed as f64 / sum).log2()
}

/// Signed log-likelihood ratio of a bigram; NaN for longer n-grams, for which no one table exists.
pub fn g2(observed: u64, marginals: &[u64], positions: u64) -> f64 {
    bigram(observed, marginals, positions).map_or(f64::NAN, association::g2)
}

/// Lambda of a bigram, the log odds ratio ln(n11 n22 / (n12 n21)) with 0.5 added to each count, and its z, lambda /
/// sqrt(1/n11 + 1/n12 + 1/n21 + 1/n22) (Blaheta & Johnson 2001; as in quanteda). NaN for longer n-grams, for which
/// marginals do not tell the counts.
pub fn lambda(observed: u64, marginals: &[u64], positions: u64) -> (f64, f64) {
    let Some(table) = bigram(observed, marginals, positions) else { return (f64::NAN, f64::NAN) };
    let (both, total) = (table.both as f64, table.total as f64);
    let (first, second) = (table.first as f64, table.second as f64);
    let counts = [both, first - both, second - both, total - first - second + both].map(|count| count + 0.5);
    let [n11, n12, n21, n22] = counts;
    let lambda = (n11 * n22 / (n12 * n21)).ln();
    let variance: f64 = counts.iter().map(|count| 1.0 / count).sum();
    (lambda, lambda / variance.sqrt())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::assert_close;

    #[test]
    fn lambda_is_the_smoothed_log_odds_ratio() {
        // Python, math.log: counts 4, 1, 0, 1242, each with 0.5 added.
        let (value, z) = lambda(4, &[5, 4], 1247);
        assert_close(value, 8.916640227198839, 1e-12);
        assert_close(z, 5.245360445545349, 1e-12);
        assert!(lambda(4, &[5, 4, 4], 1247).0.is_nan());
    }

    #[test]
    fn bigrams_agree_with_the_table() {
        for (observed, marginals) in [(4, [5, 4]), (10, [104, 16]), (2, [3, 2])] {
            let counts = bigram(observed, &marginals, 1247).expect("two marginals");
            assert_close(pmi(observed, &marginals, 1247), association::pmi(counts), 1e-12);
            assert_close(npmi(observed, &marginals, 1247), association::npmi(counts), 1e-12);
            assert_close(t_score(observed, &marginals, 1247), association::t_score(counts), 1e-12);
            assert_close(log_dice(observed, &marginals), association::log_dice(counts), 1e-12);
        }
    }

    #[test]
    fn trigrams() {
        // o = 3, f = 4, 5, 6, N = 1000: E = 120 / 10^6.
        let marginals = [4, 5, 6];
        assert_close(expected(&marginals, 1000), 1.2e-4, 1e-16);
        assert_close(pmi(3, &marginals, 1000), 25_000f64.log2(), 1e-9);
        assert_close(log_dice(3, &marginals), 14.0 + 0.6f64.log2(), 1e-12);
        assert_close(t_score(3, &marginals, 1000), 1.731981526, 1e-8);
        assert!(g2(3, &marginals, 1000).is_nan());
        assert!(!pmi(1, &[], 0).is_finite());
    }
}
