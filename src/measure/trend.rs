//! Trends of a series of periods: how steep, and whether more than chance.

use super::chi_square;

/// Most points whose every pair is compared; of a longer series every so many-th point is.
const MOST_POINTS: usize = 1_000;

/// The Theil-Sen slope: the median of the slopes between every two points (time, value), in values per unit of time
/// (Theil 1950; Sen 1968). Of more than 1,000 points evenly spaced ones are compared. NaN for fewer than two points.
pub fn theil_sen(points: &[(f64, f64)]) -> f64 {
    let step = points.len().div_ceil(MOST_POINTS).max(1);
    let points: Vec<(f64, f64)> = points.iter().copied().step_by(step).collect();
    let mut slopes = Vec::with_capacity(points.len() * points.len().saturating_sub(1) / 2);
    for (at, a) in points.iter().enumerate() {
        let later = points[at + 1..].iter().filter(|b| b.0.total_cmp(&a.0).is_ne());
        slopes.extend(later.map(|b| (b.1 - a.1) / (b.0 - a.0)));
    }
    median(&mut slopes)
}

/// The median; the mean of the middle two of an even count; NaN of nothing.
fn median(values: &mut [f64]) -> f64 {
    let middle = values.len() / 2;
    if values.is_empty() {
        return f64::NAN;
    }
    let even = values.len().is_multiple_of(2);
    let (below, &mut high, _) = values.select_nth_unstable_by(middle, f64::total_cmp);
    if !even {
        return high;
    }
    let low = below.iter().copied().max_by(f64::total_cmp).unwrap_or(high);
    f64::midpoint(low, high)
}

/// The Mann-Kendall test of a trend in values in order of time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MannKendall {
    /// S: pairs that rise less pairs that fall.
    pub s: i64,
    /// Kendall's tau-b: S over the geometric mean of all pairs and of those that are not tied; NaN when all are tied.
    pub tau: f64,
    /// S, drawn to 0 by 1, in its standard deviations under no trend, ties corrected; 0 when all are tied.
    pub z: f64,
    /// Two-sided probability of such a z by chance, by the normal approximation, which is good from about 10 values on.
    pub p: f64,
}

/// Mann (1945), Kendall (1975), with Kendall's correction of the variance for ties, (n (n - 1) (2 n + 5) - sum t (t - 1)
/// (2 t + 5)) / 18 over groups of t equal values.
pub fn mann_kendall(values: &[f64]) -> MannKendall {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let n = values.len() as i128;
    let (mut tied_pairs, mut tied_variance) = (0i128, 0i128);
    for same in sorted.chunk_by(|a, b| a.total_cmp(b).is_eq()) {
        let t = same.len() as i128;
        tied_pairs += t * (t - 1) / 2;
        tied_variance += t * (t - 1) * (2 * t + 5);
    }
    sorted.dedup_by(|a, b| a.total_cmp(b).is_eq());
    let s = rises_less_falls(values, &sorted);
    let pairs = n * (n - 1) / 2;
    let variance = (n * (n - 1) * (2 * n + 5) - tied_variance) as f64 / 18.0;
    let z = if s == 0 || variance <= 0.0 { 0.0 } else { (s - s.signum()) as f64 / variance.sqrt() };
    let tau = s as f64 / (pairs as f64 * (pairs - tied_pairs) as f64).sqrt();
    MannKendall { s, tau, z, p: chi_square::upper_tail(z * z) }
}

/// Counts, for each value, those before it that are less and those that are greater, in a tree over the distinct values.
fn rises_less_falls(values: &[f64], distinct: &[f64]) -> i64 {
    let mut tree = vec![0i64; distinct.len() + 1];
    let mut s = 0;
    for (before, value) in (0i64..).zip(values) {
        let rank = distinct.partition_point(|other| other.total_cmp(value).is_lt());
        let (less, up_to) = (sum(&tree, rank), sum(&tree, rank + 1));
        s += less - (before - up_to);
        let mut at = rank + 1;
        while at < tree.len() {
            tree[at] += 1;
            at += at & at.wrapping_neg();
        }
    }
    s
}

/// Values counted in the first `end` places of a Fenwick tree.
fn sum(tree: &[i64], mut end: usize) -> i64 {
    let mut sum = 0;
    while end > 0 {
        sum += tree[end];
        end &= end - 1;
    }
    sum
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::measure::assert_close;

    #[test]
    fn agrees_with_scipy_and_pymannkendall() {
        let values = [2.0, 1.0, 4.0, 4.0, 3.0, 7.0, 6.0, 8.0, 4.0, 9.0];
        let test = mann_kendall(&values);
        // pymannkendall.original_test: s 28, z 2.4511715073086497, p 0.014239208908223944;
        // scipy.stats.kendalltau over 0..10: 0.6440611887195304.
        assert_eq!(test.s, 28);
        assert_close(test.z, 2.4511715073086497, 1e-12);
        assert_close(test.p, 0.014239208908223944, 1e-10);
        assert_close(test.tau, 0.6440611887195304, 1e-12);
        // scipy.stats.theilslopes(values): 0.7142857142857143.
        let points: Vec<(f64, f64)> = (0..10).map(f64::from).zip(values).collect();
        assert_close(theil_sen(&points), 0.7142857142857143, 1e-12);
    }

    #[test]
    fn without_a_trend() {
        let flat = mann_kendall(&[3.0; 12]);
        assert!(flat.s == 0 && flat.z == 0.0 && flat.tau.is_nan());
        assert_close(flat.p, 1.0, 0.0);
        assert!(theil_sen(&[(1.0, 2.0)]).is_nan() && theil_sen(&[(1.0, 2.0), (1.0, 3.0)]).is_nan());
        assert_eq!(mann_kendall(&[]).s, 0);
    }

    #[test]
    fn a_long_series_is_thinned_and_keeps_its_slope() {
        let points: Vec<(f64, f64)> = (0..10_000).map(|at| (f64::from(at), 2.0 * f64::from(at))).collect();
        assert_close(theil_sen(&points), 2.0, 1e-12);
    }

    proptest! {
        #[test]
        fn s_is_the_sum_of_signs(values in proptest::collection::vec(-3i8..4, 0..30)) {
            let values: Vec<f64> = values.into_iter().map(f64::from).collect();
            let mut s = 0;
            for (at, a) in values.iter().enumerate() {
                s += values[at + 1..].iter().map(|b| (b > a) as i64 - (b < a) as i64).sum::<i64>();
            }
            prop_assert_eq!(mann_kendall(&values).s, s);
        }
    }
}
