//! Keyness: how much more frequent a feature is in one part of the corpus than in another, from four integers.
//!
//! Signed measures are negative when the feature is relatively rarer in the target. What is not defined is NaN.

use super::chi_square;

/// How often a feature occurs in two parts of a corpus, and how large these are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Frequencies {
    /// a: occurrences in the target.
    pub target: u64,
    /// b: occurrences in the reference.
    pub reference: u64,
    /// c: tokens of the target.
    pub target_total: u64,
    /// d: tokens of the reference.
    pub reference_total: u64,
}

impl Frequencies {
    fn floats(self) -> [f64; 4] {
        [self.target as f64, self.reference as f64, self.target_total as f64, self.reference_total as f64]
    }

    /// 1, or -1 where the feature is relatively rarer in the target.
    fn sign(self) -> f64 {
        let here = u128::from(self.target) * u128::from(self.reference_total);
        let there = u128::from(self.reference) * u128::from(self.target_total);
        if here < there { -1.0 } else { 1.0 }
    }

    /// How much more the feature occurs in the target than expected, a - E1 = (a d - b c) / (c + d): from whole numbers,
    /// because the difference of two large floats would lose its digits.
    fn excess(self) -> f64 {
        let product = |count: u64, total: u64| i128::from(count) * i128::from(total);
        let [.., c, d] = self.floats();
        (product(self.target, self.reference_total) - product(self.reference, self.target_total)) as f64 / (c + d)
    }

    /// Observed and expected of the feature and of all other tokens, in target and reference, and the observed less the
    /// expected.
    fn cells(self) -> [Cell; 4] {
        let [a, b, c, d] = self.floats();
        let expected = |part: f64, row: f64| part * row / (c + d);
        let (feature, other, excess) = (a + b, (c - a) + (d - b), self.excess());
        [
            Cell { observed: a, expected: expected(c, feature), excess },
            Cell { observed: b, expected: expected(d, feature), excess: -excess },
            Cell { observed: c - a, expected: expected(c, other), excess: -excess },
            Cell { observed: d - b, expected: expected(d, other), excess },
        ]
    }
}

struct Cell {
    observed: f64,
    expected: f64,
    excess: f64,
}

impl Cell {
    /// o ln(o / e), and 0 for o = 0.
    fn surprise(&self) -> f64 {
        if self.observed == 0.0 { 0.0 } else { self.observed * (self.excess / self.expected).ln_1p() }
    }
}

/// Signed log-likelihood ratio over all four cells, 2 sum o ln(o / e) (Dunning 1993).
pub fn g2(frequencies: Frequencies) -> f64 {
    let sum: f64 = frequencies.cells().iter().map(Cell::surprise).sum();
    frequencies.sign() * (2.0 * sum).max(0.0)
}

/// Signed log-likelihood ratio over the two cells of the feature, 2 (a ln(a / E1) + b ln(b / E2)), E1 = c (a + b) / (c +
/// d), E2 = d (a + b) / (c + d) (Rayson & Garside 2000; the log-likelihood wizard of UCREL).
pub fn g2_rayson(frequencies: Frequencies) -> f64 {
    let [target, reference, ..] = frequencies.cells();
    frequencies.sign() * (2.0 * (target.surprise() + reference.surprise())).max(0.0)
}

/// Signed chi-square over all four cells, sum (o - e)^2 / e, without Yates' correction (Pearson 1900).
pub fn chi2(frequencies: Frequencies) -> f64 {
    let sum: f64 = frequencies.cells().iter().map(|cell| cell.excess * cell.excess / cell.expected).sum();
    frequencies.sign() * sum
}

/// Probability of so large a `g2` or `chi2` by chance: upper tail of chi-square with one degree of freedom at its size.
pub fn p_value(score: f64) -> f64 {
    chi_square::upper_tail(score.abs())
}

/// |G2| - ln(c + d), with the G2 of [`g2`]: above 2 is positive, above 10 very strong evidence of a difference (Wilson
/// 2013).
pub fn bic(frequencies: Frequencies) -> f64 {
    let [_, _, c, d] = frequencies.floats();
    g2(frequencies).abs() - (c + d).ln()
}

/// log2 of the ratio of relative frequencies; a count of 0 is taken for 0.5 (Hardie 2014).
pub fn log_ratio(frequencies: Frequencies) -> f64 {
    let [a, b, c, d] = frequencies.floats();
    let some = |count: f64| if count == 0.0 { 0.5 } else { count };
    ((some(a) / c) / (some(b) / d)).log2()
}

/// Difference of relative frequencies in percent of that of the reference (Gabrielatos & Marchi 2011). Not defined when
/// the reference lacks the feature.
pub fn pct_diff(frequencies: Frequencies) -> f64 {
    let [a, b, c, d] = frequencies.floats();
    if frequencies.reference == 0 {
        return f64::NAN;
    }
    100.0 * (a / c - b / d) / (b / d)
}

/// (a / (c - a)) / (b / (d - b)). Not defined when the reference lacks the feature or the target is nothing else.
pub fn odds_ratio(frequencies: Frequencies) -> f64 {
    let [a, b, c, d] = frequencies.floats();
    let ratio = (a / (c - a)) / (b / (d - b));
    if ratio.is_finite() { ratio } else { f64::NAN }
}

/// Ratio of frequencies per million tokens with `n` added to each: a large `n` prefers frequent features (Kilgarriff
/// 2009; Sketch Engine's keyness score, there with n = 1).
pub fn simple_maths(frequencies: Frequencies, n: f64) -> f64 {
    let [a, b, c, d] = frequencies.floats();
    (1e6 * a / c + n) / (1e6 * b / d + n)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::assert_close;

    fn of(target: u64, reference: u64, target_total: u64, reference_total: u64) -> Frequencies {
        Frequencies { target, reference, target_total, reference_total }
    }

    #[test]
    fn reference_numbers() {
        let published = of(35, 263, 112_289_776, 1_559_716_979);
        assert_close(simple_maths(published, 1.0), 1.122429, 5e-7);
        assert_close(g2_rayson(published), 9.976069865, 5e-9);
        // With fifty digits; 9.976072182 is what ordinary floats give.
        assert_close(g2(published), 9.976072009619, 1e-11);
        assert_close(log_ratio(published), 0.886350, 5e-7);
        assert_close(pct_diff(published), 84.849330, 5e-7);
    }

    #[test]
    fn agrees_with_scipy() {
        // scipy.stats.chi2_contingency([[120, 60], [9880, 19940]], correction=False, lambda_="pearson" or
        // "log-likelihood"): 90.54325955734406, 83.72147024509636; odds 120 * 19940 / (9880 * 60).
        let some = of(120, 60, 10_000, 20_000);
        assert_close(chi2(some), 90.54325955734406, 1e-9);
        assert_close(g2(some), 83.72147024509636, 1e-9);
        assert_close(odds_ratio(some), 120.0 * 19_940.0 / (9_880.0 * 60.0), 1e-12);
        assert_close(bic(some), 83.72147024509636 - 30_000f64.ln(), 1e-9);
    }

    #[test]
    fn signs_turn_with_the_sides() {
        let (here, there) = (of(3, 9, 100, 200), of(9, 3, 200, 100));
        for measure in [g2, g2_rayson, chi2] {
            assert!(measure(here) < 0.0);
            assert_close(measure(here), -measure(there), 1e-12);
        }
        assert_close(log_ratio(here), -log_ratio(there), 1e-12);
        assert_close(g2(of(5, 10, 100, 200)), 0.0, 1e-9);
    }

    #[test]
    fn what_is_not_defined_is_not_a_number() {
        let absent = of(5, 0, 100, 200);
        assert!(pct_diff(absent).is_nan() && odds_ratio(absent).is_nan());
        assert!(g2(absent) > 0.0 && log_ratio(absent) > 0.0);
        assert!(g2(of(1, 0, 5, 0)).is_nan() || g2(of(1, 0, 5, 0)) == 0.0);
        assert!(odds_ratio(of(5, 1, 5, 10)).is_nan());
    }
}
