//! Confidence intervals of 95 percent from integer sums.

/// The standard normal deviate of a two-sided interval of 95 percent.
const Z: f64 = 1.959_963_984_540_054;

/// Normal interval of a mean: x̄ ± z s / sqrt(n), s² with n - 1. In the unit of the values; none for fewer than 2 values.
pub fn mean(n: u64, sum: i64, sum_squares: u64) -> Option<(f64, f64)> {
    if n < 2 {
        return None;
    }
    let squares = i128::from(n) * i128::from(sum_squares) - i128::from(sum) * i128::from(sum);
    let n = n as f64;
    let error = Z * (squares.max(0) as f64 / (n * (n - 1.0)) / n).sqrt();
    let mean = sum as f64 / n;
    Some((mean - error, mean + error))
}

/// Wilson's score interval of a share of `successes` among `n` (Wilson 1927); none for n = 0.
pub fn wilson(successes: u64, n: u64) -> Option<(f64, f64)> {
    if n == 0 {
        return None;
    }
    let (share, n) = (successes as f64 / n as f64, n as f64);
    let scale = 1.0 + Z * Z / n;
    let centre = share + Z * Z / (2.0 * n);
    let error = Z * (share * (1.0 - share) / n + Z * Z / (4.0 * n * n)).sqrt();
    Some((((centre - error) / scale).max(0.0), ((centre + error) / scale).min(1.0)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::assert_close;

    #[test]
    fn of_a_mean() {
        // 2, 4, 4, 4, 5, 5, 7, 9: mean 5, s^2 = 32 / 7.
        let (low, high) = mean(8, 40, 232).expect("eight values");
        let error = 1.959963984540054 * (32.0f64 / 7.0 / 8.0).sqrt();
        assert_close(low, 5.0 - error, 1e-12);
        assert_close(high, 5.0 + error, 1e-12);
        assert_eq!(mean(1, 5, 25), None);
        assert_eq!(mean(3, -6, 12), Some((-2.0, -2.0)));
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
