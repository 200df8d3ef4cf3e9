//! Keyness: how differently often a word occurs in two texts, from four integers. Effect sizes and tests after Dunning
//! (1993), Rayson & Garside (2000), Hardie (2014) and others named at each function; signs say on which side the word is
//! more frequent: plus is the target.

use crate::measure::chi_square;

/// A word in two texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Frequencies {
    /// a: its occurrences in the target.
    pub target: u64,
    /// b: its occurrences in the reference.
    pub reference: u64,
    /// c: tokens of the target.
    pub target_total: u64,
    /// d: tokens of the reference.
    pub reference_total: u64,
}

impl Frequencies {
    /// a, b, c, d as wide integers: their products are exact.
    fn wide(self) -> [i128; 4] {
        [self.target, self.reference, self.target_total, self.reference_total].map(i128::from)
    }

    /// a / c and b / d.
    fn shares(self) -> (f64, f64) {
        let share = |count: u64, total: u64| count as f64 / total as f64;
        (share(self.target, self.target_total), share(self.reference, self.reference_total))
    }

    /// A size with the sign of a / c - b / d; NaN when a side is empty.
    fn signed(self, size: f64) -> f64 {
        let [a, b, c, d] = self.wide();
        if c == 0 || d == 0 {
            return f64::NAN;
        }
        if a * d < b * c { -size } else { size }
    }

    /// o ln(o / e) for a cell of the two-by-two table with these sums of its row and column: exact in o / e - 1.
    fn part(self, count: i128, row: i128, column: i128) -> f64 {
        let total = i128::from(self.target_total) + i128::from(self.reference_total);
        if count == 0 {
            return 0.0;
        }
        let excess = (count * total - row * column) as f64 / (row as f64 * column as f64);
        count as f64 * excess.ln_1p()
    }
}

/// Log-likelihood ratio of the two-by-two table of the word and all other words, 2 sum o_ij ln(o_ij / e_ij) with
/// 0 ln 0 = 0 (Dunning 1993): four terms. NaN when a side is empty.
pub fn g2(counts: Frequencies) -> f64 {
    let [a, b, c, d] = counts.wide();
    let (word, others) = (a + b, c + d - a - b);
    let sum = counts.part(a, c, word)
        + counts.part(b, d, word)
        + counts.part(c - a, c, others)
        + counts.part(d - b, d, others);
    // A ratio of likelihoods is never below 1; what is below is rounding.
    counts.signed(2.0 * sum.max(0.0))
}

/// The log-likelihood of the UCREL wizard, 2 (a ln(a / E1) + b ln(b / E2)): two terms (Rayson & Garside 2000).
pub fn g2_rayson(counts: Frequencies) -> f64 {
    let [a, b, c, d] = counts.wide();
    counts.signed(2.0 * (counts.part(a, c, a + b) + counts.part(b, d, a + b)).max(0.0))
}

/// Pearson's chi-square of the same table as [`g2`], without Yates' correction, signed.
pub fn chi2(counts: Frequencies) -> f64 {
    let [a, b, c, d] = counts.wide();
    let difference = (a * (d - b) - b * (c - a)) as f64;
    let sums = (c as f64 * d as f64, (a + b) as f64 * (c + d - a - b) as f64);
    counts.signed((c + d) as f64 * (difference / sums.0) * (difference / sums.1))
}

/// Probability of a G2 at least that far from 0: upper tail of chi-square with 1 degree of freedom.
pub fn p_value(g2: f64) -> f64 {
    chi_square::upper_tail(g2.abs())
}

/// Bayes factor approximated by BIC, |G2| - ln(c + d) for 1 degree of freedom (Wilson 2013).
pub fn bic(counts: Frequencies) -> f64 {
    let [_, _, c, d] = counts.wide();
    g2(counts).abs() - ((c + d) as f64).ln()
}

/// log2((a / c) / (b / d)), a count of zero taken as 0.5 (Hardie 2014).
pub fn log_ratio(counts: Frequencies) -> f64 {
    let count = |count: u64| if count == 0 { 0.5 } else { count as f64 };
    let (target, reference) = (count(counts.target), count(counts.reference));
    (target / counts.target_total as f64 / (reference / counts.reference_total as f64)).log2()
}

/// %DIFF, 100 ((a / c) - (b / d)) / (b / d) (Gabrielatos & Marchi 2011). Infinite for b = 0.
pub fn pct_diff(counts: Frequencies) -> f64 {
    let (target, reference) = counts.shares();
    100.0 * (target - reference) / reference
}

/// Odds ratio, (a / (c - a)) / (b / (d - b)). Infinite for b = 0.
pub fn odds_ratio(counts: Frequencies) -> f64 {
    let [a, b, c, d] = counts.wide();
    (a as f64 / (c - a) as f64) / (b as f64 / (d - b) as f64)
}

/// Simple maths, the ratio of relative frequencies per million with `add` added to each (Kilgarriff 2009).
pub fn simple_maths(counts: Frequencies, add: f64) -> f64 {
    let (target, reference) = counts.shares();
    (target * 1e6 + add) / (reference * 1e6 + add)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::assert_close;

    fn counts(target: u64, reference: u64, target_total: u64, reference_total: u64) -> Frequencies {
        Frequencies { target, reference, target_total, reference_total }
    }

    #[test]
    fn reference_numbers() {
        // Simple maths as Sketch Engine publishes it; two-term log-likelihood checked with base R, four-term with 50
        // digits (in 53 bits without ln(1 + x), rounding gives 9.976072182).
        let word = counts(35, 263, 112_289_776, 1_559_716_979);
        assert_close(simple_maths(word, 1.0), 1.122429, 5e-7);
        assert_close(g2_rayson(word), 9.976069865, 5e-10);
        assert_close(g2(word), 9.976072009619, 5e-10);
        assert_close(log_ratio(word), 0.886350, 5e-7);
        assert_close(pct_diff(word), 84.849330, 5e-7);
        assert_close(p_value(g2(word)), 0.001585876365, 1e-11);
        assert_close(bic(word), 9.976072009619 - 1_672_006_755_f64.ln(), 5e-9);
        // By hand: 10 of 1,000 against 5 of 2,000.
        let word = counts(10, 5, 1_000, 2_000);
        assert_close(log_ratio(word), 2.0, 1e-12);
        assert_close(odds_ratio(word), 10.0 / 990.0 / (5.0 / 1995.0), 1e-12);
        assert_close(chi2(word), 7.5376884422110555, 1e-12);
    }

    #[test]
    fn signs_say_on_which_side_it_is_more_frequent() {
        for score in [g2, g2_rayson, chi2] {
            let more = score(counts(10, 5, 1_000, 2_000));
            assert!(more > 0.0);
            assert_close(score(counts(5, 10, 2_000, 1_000)), -more, 1e-12);
            assert_close(score(counts(5, 10, 1_000, 2_000)), 0.0, 0.0);
        }
    }

    #[test]
    fn zeros_and_empty_sides() {
        assert_close(log_ratio(counts(8, 0, 100, 100)), 4.0, 1e-12);
        assert!(!pct_diff(counts(8, 0, 100, 100)).is_finite() && !odds_ratio(counts(8, 0, 100, 100)).is_finite());
        assert!(g2(counts(0, 8, 100, 100)) < 0.0);
        assert!(g2(counts(100, 0, 100, 100)).is_finite(), "a text of one word");
        for score in [g2, g2_rayson, chi2] {
            assert!(score(counts(0, 0, 0, 10)).is_nan() && score(counts(1, 0, 10, 0)).is_nan());
        }
        assert_close(g2(counts(0, 0, 10, 10)), 0.0, 0.0);
    }
}
