//! Association of two items from a two-by-two table of counts. Formulas and names follow Evert (2004), *The Statistics
//! of Word Cooccurrences*, unless a function says otherwise.

use crate::measure::chi_square;

/// How often two items occur together and apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Contingency {
    /// o: places or units with both.
    pub both: u64,
    /// f1: places or units with the first.
    pub first: u64,
    /// f2: places or units with the second.
    pub second: u64,
    /// N: places or units in all.
    pub total: u64,
    /// S: places in reach of one place; 1 for documents, paragraphs and sentences, twice the reach for windows.
    pub span: u64,
}

/// The table's sums and cells as floats: exact up to 2^53.
struct Cells {
    both: f64,
    first_only: f64,
    second_only: f64,
    neither: f64,
    first: f64,
    second: f64,
    total: f64,
}

impl Contingency {
    fn cells(self) -> Cells {
        let whole = |count: u64| i64::try_from(count).unwrap_or(i64::MAX);
        let places = |count: u64| whole(count).saturating_mul(whole(self.span));
        let (both, first, second, total) =
            (whole(self.both), places(self.first), places(self.second), places(self.total));
        Cells {
            both: both as f64,
            first_only: (first - both) as f64,
            second_only: (second - both) as f64,
            neither: (total - first).saturating_sub(second - both) as f64,
            first: first as f64,
            second: second as f64,
            total: total as f64,
        }
    }

    /// Whether the items occur together less often than expected.
    fn repels(self) -> bool {
        let square = |a: u64, b: u64| u128::from(a) * u128::from(b);
        square(self.both, self.total) < square(self.first, self.second).saturating_mul(u128::from(self.span))
    }
}

/// E = f1 f2 S / N.
pub fn expected(counts: Contingency) -> f64 {
    let cells = counts.cells();
    cells.first * cells.second / cells.total
}

/// Pointwise mutual information, log2(o / E) (Church & Hanks 1990).
pub fn pmi(counts: Contingency) -> f64 {
    (counts.both as f64 / expected(counts)).log2()
}

/// Normalised PMI, PMI / -log2(o / T), from -1 to 1; 1 when o = T (Bouma 2009).
pub fn npmi(counts: Contingency) -> f64 {
    let cells = counts.cells();
    if counts.both > 0 && counts.both == counts.total.saturating_mul(counts.span) {
        return 1.0;
    }
    pmi(counts) / -(cells.both / cells.total).log2()
}

/// log2(o^3 / E) (Daille 1994).
pub fn mi3(counts: Contingency) -> f64 {
    let both = counts.both as f64;
    (both * both * both / expected(counts)).log2()
}

/// (o - E) / sqrt(o) (Church et al. 1991).
pub fn t_score(counts: Contingency) -> f64 {
    let both = counts.both as f64;
    (both - expected(counts)) / both.sqrt()
}

/// (o - E) / sqrt(E).
pub fn z_score(counts: Contingency) -> f64 {
    let expected = expected(counts);
    (counts.both as f64 - expected) / expected.sqrt()
}

/// Pearson's chi-square, T (o11 o22 - o12 o21)^2 / (R1 R2 C1 C2), without Yates' correction.
pub fn chi2(counts: Contingency) -> f64 {
    let cells = counts.cells();
    let difference = cells.both * cells.neither - cells.first_only * cells.second_only;
    let rows = cells.first * (cells.total - cells.first);
    let columns = cells.second * (cells.total - cells.second);
    cells.total * (difference / rows) * (difference / columns)
}

/// Log-likelihood ratio, 2 sum o_ij ln(o_ij / e_ij) with 0 ln 0 = 0, negative when o < E (Dunning 1993).
pub fn g2(counts: Contingency) -> f64 {
    let cells = counts.cells();
    let (not_first, not_second) = (cells.total - cells.first, cells.total - cells.second);
    let part = |count: f64, row: f64, column: f64| {
        if count > 0.0 { count * (count * cells.total / (row * column)).ln() } else { 0.0 }
    };
    let sum = part(cells.both, cells.first, cells.second)
        + part(cells.first_only, cells.first, not_second)
        + part(cells.second_only, not_first, cells.second)
        + part(cells.neither, not_first, not_second);
    // A ratio of likelihoods is never below 1; what is below is rounding.
    let size = 2.0 * sum.max(0.0);
    if counts.total == 0 {
        f64::NAN
    } else if counts.repels() {
        -size
    } else {
        size
    }
}

/// Upper tail of the chi-square distribution with 1 degree of freedom at |G2|.
pub fn p_value(counts: Contingency) -> f64 {
    chi_square::upper_tail(g2(counts).abs())
}

/// 2 o / (R1 + C1) (Dice 1945), 0 to 1.
pub fn dice(counts: Contingency) -> f64 {
    let cells = counts.cells();
    2.0 * cells.both / (cells.first + cells.second)
}

/// 14 + log2(2 o / (f1 + f2)), with plain frequencies in windows too (Rychly 2008, RASLAN).
pub fn log_dice(counts: Contingency) -> f64 {
    14.0 + (2.0 * counts.both as f64 / (counts.first as f64 + counts.second as f64)).log2()
}

/// o / (R1 + C1 - o), 0 to 1.
pub fn jaccard(counts: Contingency) -> f64 {
    let cells = counts.cells();
    cells.both / (cells.first + cells.second_only)
}

/// min(o / R1, o / C1) (Pedersen 1998).
pub fn min_sensitivity(counts: Contingency) -> f64 {
    let cells = counts.cells();
    cells.both / cells.first.max(cells.second)
}

/// By how much the first raises the share of the second, o / R1 - (C1 - o) / (T - R1) (Ellis 2006; Gries 2013).
pub fn delta_p_2_given_1(counts: Contingency) -> f64 {
    let cells = counts.cells();
    cells.both / cells.first - cells.second_only / (cells.total - cells.first)
}

/// By how much the second raises the share of the first, o / C1 - (R1 - o) / (T - C1).
pub fn delta_p_1_given_2(counts: Contingency) -> f64 {
    delta_p_2_given_1(Contingency { first: counts.second, second: counts.first, ..counts })
}

/// [`g2`] of the counts, or none where it is certainly below the floor: most of many pairs are ruled out by a bound that
/// takes one logarithm instead of four.
pub fn g2_above(counts: Contingency, floor: f64) -> Option<f64> {
    if floor > f64::NEG_INFINITY && g2_bound(counts, floor) < floor {
        return None;
    }
    Some(g2(counts))
}

/// Not less than [`g2`]: o ln(o / E) is exact, and x ln(x / e) <= (x - e) + (x - e)^2 / e for the other three cells, all of
/// which are o - E away from what is expected.
fn g2_bound(counts: Contingency, floor: f64) -> f64 {
    let (both, first, second) = (counts.both as f64, counts.first as f64, counts.second as f64);
    let span = counts.span as f64;
    let (first, second, total) = (first * span, second * span, counts.total as f64 * span);
    let expected = first * second / total;
    // Rounding of the sums that make up G2.
    let slack = 1e-12 * (1.0 + total);
    let away = both - expected;
    if away < -1e-9 * expected {
        return slack;
    }
    let others = 1.0 / (first - expected) + 1.0 / (second - expected) + 1.0 / (total - first - second + expected);
    let bound = |information: f64| 2.0 * (information - away + away * away * others) + slack;
    // ln x <= (x - 1) / sqrt x for x >= 1: a root is quicker than a logarithm, and rules out most of what the tighter
    // bound does.
    let loose = bound(away.max(0.0) * (both / expected).sqrt() + 1e-9 * both);
    if loose < floor {
        return loose;
    }
    let bound = bound(both * (both / expected).ln());
    // Where a margin is the whole there is no such bound.
    if bound.is_nan() { f64::INFINITY } else { bound }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::{MEASURES, assert_close};

    fn table(both: u64, first: u64, second: u64, total: u64) -> Contingency {
        Contingency { both, first, second, total, span: 1 }
    }

    fn check(counts: Contingency, expected: &[(&str, f64)]) {
        for &(name, value) in expected {
            let measure = MEASURES.iter().find(|measure| measure.name == name).expect("a known measure");
            let digits = if value.abs() >= 20.0 { 1e-4 } else { 6e-7 };
            assert_close((measure.score)(counts), value, digits);
        }
    }

    #[test]
    fn reference_numbers_of_sentence_pairs() {
        // Computed with base R, NLTK and by hand; see `MEASURES` for the formulas.
        check(
            table(8, 10, 10, 41),
            &[
                ("expected", 2.439024),
                ("pmi", 1.713696),
                ("npmi", 0.726896),
                ("mi3", 7.713696),
                ("t_score", 1.966102),
                ("z_score", 3.560762),
                ("dice", 0.8),
                ("log_dice", 13.678072),
                ("jaccard", 0.666667),
                ("min_sensitivity", 0.8),
                ("g2", 20.714493),
                ("chi2", 22.1784),
                ("delta_p_2_given_1", 0.735484),
                ("delta_p_1_given_2", 0.735484),
            ],
        );
        check(
            table(7, 16, 11, 41),
            &[
                ("pmi", 0.705475),
                ("npmi", 0.276636),
                ("g2", 3.773822),
                ("log_dice", 13.052467),
                ("delta_p_2_given_1", 0.2775),
                ("delta_p_1_given_2", 0.336364),
            ],
        );
        check(table(2, 2, 10, 41), &[("pmi", 2.035624), ("delta_p_2_given_1", 0.794872), ("delta_p_1_given_2", 0.2)]);
        check(table(1, 4, 18, 41), &[("pmi", -0.812373), ("t_score", -0.756098)]);
        assert_close(log_dice(table(10, 20, 30, 1000)), 12.678072, 6e-7);
    }

    #[test]
    fn fewer_than_expected_is_negative() {
        // o is nearly E, a little below: G2 = -0.000248.
        check(table(7, 18, 16, 41), &[("pmi", -0.005018), ("g2", -0.000248)]);
        assert!(g2(table(1, 4, 18, 41)) < 0.0);
        assert_close(g2(table(10, 100, 100, 1000)), 0.0, 1e-9);
    }

    #[test]
    fn reference_numbers_of_bigrams() {
        let n = 1247;
        check(
            table(4, 5, 4, n),
            &[("pmi", 7.962318), ("t_score", 1.991981), ("log_dice", 13.830075), ("g2", 48.920744)],
        );
        check(table(2, 3, 2, n), &[("pmi", 8.699283), ("g2", 25.919101)]);
        check(table(2, 2, 2, n), &[("log_dice", 14.0), ("g2", 29.738186)]);
        check(table(10, 104, 16, n), &[("pmi", 2.905734), ("t_score", 2.740303), ("g2", 30.376394)]);
    }

    #[test]
    fn windows_multiply_the_marginals() {
        let counts = Contingency { span: 10, ..table(6, 4, 5, 1000) };
        assert_close(expected(counts), 0.2, 1e-12);
        assert_close(pmi(counts), 30f64.log2(), 1e-12);
        assert_close(jaccard(counts), 6.0 / 84.0, 1e-12);
        assert_close(log_dice(counts), 14.0 + (12f64 / 9.0).log2(), 1e-12);
    }

    #[test]
    fn all_scores_at_once_are_those_of_each_measure() {
        for counts in [table(0, 3, 4, 10), table(5, 5, 5, 5), table(8, 10, 12, 1000), table(1, 500, 500, 1000)] {
            let each = MEASURES.iter().map(|measure| (measure.score)(counts).to_bits());
            assert!(crate::measure::scores(counts).map(f64::to_bits).eq(each));
        }
    }

    #[test]
    fn nothing_is_not_a_number_and_never_a_panic() {
        for counts in [table(0, 0, 0, 0), table(0, 3, 4, 10), table(5, 5, 5, 5), table(0, 0, 5, 9)] {
            for measure in MEASURES {
                let _ = (measure.score)(counts);
            }
        }
        assert!(g2(table(0, 0, 0, 0)).is_nan());
        assert_close(npmi(table(5, 5, 5, 5)), 1.0, 0.0);
        assert_close(g2(table(5, 5, 5, 5)), 0.0, 0.0);
    }

    #[test]
    fn the_bound_never_rules_out_a_pair() {
        for total in [41u64, 2_225, 900_000, 40_000_000] {
            for (both, first, second) in [(1, 1, 1), (2, 3, 2), (7, 18, 16), (30, 31, 33), (1, 40, 40), (2, 2_000, 9)] {
                for span in [1, 10] {
                    let counts = Contingency { span, ..table(both, first, second, total) };
                    let score = g2(counts);
                    if first + second - both > total {
                        continue;
                    }
                    assert_eq!(g2_above(counts, score), Some(score), "{counts:?}");
                    // And it is of use.
                    assert!(g2_bound(counts, f64::NEG_INFINITY) <= 2.5 * score.max(0.0) + 1e-3, "{counts:?}");
                }
            }
        }
    }
}
