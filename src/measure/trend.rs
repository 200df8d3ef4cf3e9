//! Whether values rise or fall over time: a slope that outliers do not move, and a test that assumes no distribution.

use crate::measure::chi_square;

/// Points of which every pair gives a slope; more points are paired at half the series' length.
pub const ALL_PAIRS: usize = 1_000;

/// Theil-Sen slope: the median of (y_j - y_i) / (x_j - x_i) over all pairs of points (Theil 1950; Sen 1968); of more
/// than [`ALL_PAIRS`] points over the pairs (i, i + n / 2), Theil's incomplete method. `points` are (x, y) with rising x.
/// NaN for fewer than two points.
pub fn theil_sen(points: &[(f64, f64)]) -> f64 {
    let slope = |a: &(f64, f64), b: &(f64, f64)| (b.1 - a.1) / (b.0 - a.0);
    let mut slopes: Vec<f64> = Vec::new();
    if points.len() > ALL_PAIRS {
        let (early, late) = points.split_at(points.len() / 2);
        slopes.extend(early.iter().zip(late).map(|(a, b)| slope(a, b)));
    } else {
        for (at, a) in points.iter().enumerate() {
            slopes.extend(points[at + 1..].iter().map(|b| slope(a, b)));
        }
    }
    median(&mut slopes)
}

/// The middle value, or the mean of the two in the middle; NaN of none.
fn median(values: &mut [f64]) -> f64 {
    if values.is_empty() {
        return f64::NAN;
    }
    let middle = values.len() / 2;
    let even = values.len().is_multiple_of(2);
    let (below, upper, _) = values.select_nth_unstable_by(middle, f64::total_cmp);
    let upper = *upper;
    let lower = below.iter().copied().max_by(f64::total_cmp).filter(|_| even);
    lower.map_or(upper, |lower| (lower + upper) / 2.0)
}

/// The Mann-Kendall test for a trend (Mann 1945; Kendall 1975).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MannKendall {
    /// Pairs of which the later is higher, less those of which it is lower.
    pub s: i64,
    /// Kendall's tau-b, S / sqrt((n (n - 1) / 2 - tied pairs) n (n - 1) / 2); NaN when all values are the same.
    pub tau: f64,
    /// S with continuity correction in standard deviations, ties corrected; 0 for S = 0.
    pub z: f64,
    /// Probability of a z at least so far from 0 without a trend; NaN for fewer than two values.
    pub p: f64,
}

/// Tests values in order of time.
pub fn mann_kendall(values: &[f64]) -> MannKendall {
    let n = values.len() as i64;
    let mut sorted = values.to_vec();
    let falling = falls(&mut sorted);
    let ties: Vec<i64> = sorted.chunk_by(|a, b| a.total_cmp(b).is_eq()).map(|run| run.len() as i64).collect();
    let pairs = |n: i64| n * (n - 1) / 2;
    let weight = |n: i64| (n * (n - 1)) as f64 * (2 * n + 5) as f64;
    let tied: i64 = ties.iter().map(|run| pairs(*run)).sum();
    let s = pairs(n) - tied - 2 * falling;
    let variance = (weight(n) - ties.iter().map(|run| weight(*run)).sum::<f64>()) / 18.0;
    let z = if s == 0 { 0.0 } else { (s - s.signum()) as f64 / variance.sqrt() };
    let p = if n < 2 { f64::NAN } else { chi_square::upper_tail(z * z) };
    MannKendall {
        s,
        tau: s as f64 / (pairs(n) - tied) as f64 * ((pairs(n) - tied) as f64 / pairs(n) as f64).sqrt(),
        z,
        p,
    }
}

/// Pairs of which the later is lower; sorts the values (merge sort).
fn falls(values: &mut [f64]) -> i64 {
    if values.len() < 2 {
        return 0;
    }
    let (early, late) = values.split_at_mut(values.len() / 2);
    let mut count = falls(early) + falls(late);
    let mut merged = Vec::with_capacity(early.len() + late.len());
    let (mut left, mut right) = (early.iter().peekable(), late.iter().peekable());
    while let (Some(a), Some(b)) = (left.peek(), right.peek()) {
        if b.total_cmp(a).is_lt() {
            // It is lower than all that are left of the earlier ones.
            count += left.len() as i64;
            merged.extend(right.next());
        } else {
            merged.extend(left.next());
        }
    }
    merged.extend(left.chain(right));
    values.copy_from_slice(&merged);
    count
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::assert_close;

    #[test]
    fn agrees_with_a_plain_count_over_all_pairs() {
        // Computed pair by pair in Python.
        let test = mann_kendall(&[1.0, 3.0, 2.0, 4.0, 5.0, 5.0, 3.0]);
        assert_eq!(test.s, 11);
        assert_close(test.z, 10.0 / (42.333333333333336_f64).sqrt(), 1e-12);
        assert_close(test.p, 0.12430, 5e-5);
        assert_close(test.tau, 11.0 / (19.0_f64 * 21.0).sqrt(), 1e-12);
        let falling: Vec<f64> = (0..50).map(|n| f64::from(-n)).collect();
        assert_close(mann_kendall(&falling).tau, -1.0, 1e-12);
        assert_eq!(mann_kendall(&falling).s, -1225);
    }

    #[test]
    fn what_never_changes_has_no_trend() {
        let flat = mann_kendall(&[2.0; 9]);
        assert_eq!(flat.s, 0);
        assert!(flat.tau.is_nan());
        assert_close(flat.p, 1.0, 0.0);
        assert!(mann_kendall(&[]).p.is_nan() && mann_kendall(&[1.0]).p.is_nan());
    }

    #[test]
    fn one_outlier_does_not_move_the_slope() {
        let mut points: Vec<(f64, f64)> = (0..9).map(|n| (f64::from(n), 3.0 * f64::from(n) + 1.0)).collect();
        points[4].1 = 1e6;
        assert_close(theil_sen(&points), 3.0, 1e-12);
        assert_close(theil_sen(&[(0.0, 1.0), (2.0, 2.0)]), 0.5, 0.0);
        assert_close(theil_sen(&[(0.0, 1.0), (1.0, 2.0), (2.0, 1.0)]), 0.0, 0.0);
        assert!(theil_sen(&[(0.0, 1.0)]).is_nan());
        let long: Vec<(f64, f64)> = (0..5_000).map(|n| (f64::from(n), 2.0 * f64::from(n))).collect();
        assert_close(theil_sen(&long), 2.0, 1e-12);
    }
}
