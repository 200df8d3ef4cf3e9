//! Confidence intervals of 95 percent from integer sums.

/// The standard normal deviate of a two-sided interval of 95 percent.
const Z: f64 = 1.959_963_984_540_054;

/// Interval of the mean of `n` values of -`most`..=`most`, in their unit, that never leaves these bounds: Wilson's score
/// interval of the share p = (x̄ + most) / (2 most) among n* values (Wilson 1927), where the effective number
/// n* = n p (1 - p) / s² (z / t)² makes up for a variance s² (of the shares, with n - 1) that is not that of a share, and
/// for few values (Korn & Graubard 1998); z and t are the deviates of the normal and of Student's distribution with n - 1
/// degrees of freedom. Where all values are the same, n* = n. None for fewer than 2 values.
pub fn bounded_mean(n: u64, sum: i64, sum_squares: u64, most: u64) -> Option<(f64, f64)> {
    if n < 2 || most == 0 {
        return None;
    }
    let squares = i128::from(n) * i128::from(sum_squares) - i128::from(sum) * i128::from(sum);
    let (count, width) = (n as f64, 2.0 * most as f64);
    let share = ((sum as f64 / count + most as f64) / width).clamp(0.0, 1.0);
    let variance = squares.max(0) as f64 / (count * (count - 1.0)) / (width * width);
    let effective = match variance > 0.0 {
        true => count * share * (1.0 - share) / variance * (Z / student(n - 1)).powi(2),
        false => count,
    };
    let (low, high) = score(share, effective);
    Some((low * width - most as f64, high * width - most as f64))
}

/// The deviate of Student's distribution for a two-sided interval of 95 percent: exact for 1 and 2 degrees of freedom, above
/// by its expansion in powers of 1 / `freedom` (Abramowitz & Stegun 1964, 26.7.5), within 1 percent.
fn student(freedom: u64) -> f64 {
    match freedom {
        0 | 1 => 12.706_204_736_432_1,
        2 => 4.302_652_729_911_28,
        _ => {
            let (d, z2) = (freedom as f64, Z * Z);
            let first = (z2 + 1.0) / 4.0;
            let second = ((5.0 * z2 + 16.0) * z2 + 3.0) / 96.0;
            let third = (((3.0 * z2 + 19.0) * z2 + 17.0) * z2 - 15.0) / 384.0;
            Z * (1.0 + (first + (second + third / d) / d) / d)
        }
    }
}

/// Wilson's score interval of a share of `successes` among `n` (Wilson 1927); none for n = 0.
pub fn wilson(successes: u64, n: u64) -> Option<(f64, f64)> {
    if n == 0 {
        return None;
    }
    Some(score(successes as f64 / n as f64, n as f64))
}

fn score(share: f64, n: f64) -> (f64, f64) {
    let scale = 1.0 + Z * Z / n;
    let centre = share + Z * Z / (2.0 * n);
    let error = Z * (share * (1.0 - share) / n + Z * Z / (4.0 * n * n)).sqrt();
    (((centre - error) / scale).max(0.0), ((centre + error) / scale).min(1.0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::assert_close;

    #[test]
    fn of_a_bounded_mean() {
        assert_eq!(bounded_mean(1, 5, 25, 10), None);
        // Values that are -10 or 10 are shares: as Wilson's interval but for s² with n - 1 and t.
        let (low, high) = bounded_mean(2000, 0, 200_000, 10).expect("many values");
        let (share_low, share_high) = wilson(1000, 2000).expect("some trials");
        assert_close((low + 10.0) / 20.0, share_low, 1e-4);
        assert_close((high + 10.0) / 20.0, share_high, 1e-4);
        // Far from the bounds and for many values it is x̄ ± z s / sqrt(n).
        let (low, high) = bounded_mean(8000, 40_000, 232_000, 1000).expect("many values");
        let error = 1.959963984540054 * (32.0f64 / 8.0 / 8000.0).sqrt();
        assert_close(low, 5.0 - error, 1e-3);
        assert_close(high, 5.0 + error, 1e-3);
        // All values the same: as many as there are.
        let (low, high) = bounded_mean(20, -200, 2000, 10).expect("some values");
        assert_close((low + 10.0) / 20.0, 0.0, 1e-12);
        assert_close((high + 10.0) / 20.0, 0.1611, 5e-5);
    }

    #[test]
    fn a_bounded_interval_holds_the_mean_and_keeps_to_the_bounds() {
        for values in
            [vec![-1000, 1000], vec![999, 1000], vec![-1000, -1000, 1000], vec![0, 0], vec![0, 0, 0, 1], vec![1000; 5]]
        {
            let n = values.len() as u64;
            let sum: i64 = values.iter().sum();
            let squares = values.iter().map(|v| v.unsigned_abs().pow(2)).sum();
            let (low, high) = bounded_mean(n, sum, squares, 1000).expect("two values");
            let mean = sum as f64 / n as f64;
            assert!(
                -1000.0 <= low && low <= mean + 1e-9 && mean <= high + 1e-9 && high <= 1000.0,
                "{values:?} {low} {high}"
            );
        }
    }

    #[test]
    fn students_deviates() {
        // Tables of the 97.5 percent point.
        for (freedom, t) in
            [(1, 12.7062), (2, 4.3027), (3, 3.1824), (5, 2.5706), (10, 2.2281), (30, 2.0423), (1000, 1.9623)]
        {
            assert_close(student(freedom), t, t * 0.01);
        }
    }

    #[test]
    fn of_a_share() {
        // Newcombe 1998, table I: 81 of 263 gives 0.2553 to 0.3662; 0 of 20 gives 0 to 0.1611.
        let (low, high) = wilson(81, 263).expect("some trials");
        assert_close(low, 0.2553, 5e-5);
        assert_close(high, 0.3662, 5e-5);
        let (low, high) = wilson(0, 20).expect("some trials");
        assert_close(low, 0.0, 1e-12);
        assert_close(high, 0.1611, 5e-5);
        assert_eq!(wilson(0, 0), None);
    }
}
