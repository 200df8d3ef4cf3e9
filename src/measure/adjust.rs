//! Probabilities adjusted for the number of tests.

/// Benjamini and Hochberg (1995): for the i-th smallest of m probabilities the smallest p_(k) m / k over k >= i, at most
/// 1; in the order given. One that is not a number is no test and stays as it is.
pub fn benjamini_hochberg(p_values: &[f64]) -> Vec<f64> {
    let mut order: Vec<u32> = (0..).zip(p_values).filter(|(_, p)| !p.is_nan()).map(|(at, _)| at).collect();
    order.sort_unstable_by(|a, b| p_values[*a as usize].total_cmp(&p_values[*b as usize]));
    let tests = order.len() as f64;
    let mut adjusted = vec![f64::NAN; p_values.len()];
    let mut least = 1.0_f64;
    for (rank, at) in (1_u32..).zip(&order).collect::<Vec<_>>().into_iter().rev() {
        least = least.min(p_values[*at as usize] * tests / f64::from(rank));
        adjusted[*at as usize] = least;
    }
    adjusted
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::assert_close;

    #[test]
    fn agrees_with_p_adjust_of_r() {
        // p.adjust(c(0.03, 0.001, 0.04, 0.9, 0.02), "BH")
        let adjusted = benjamini_hochberg(&[0.03, 0.001, 0.04, 0.9, 0.02]);
        for (value, expected) in adjusted.iter().zip([0.05, 0.005, 0.05, 0.9, 0.05]) {
            assert_close(*value, expected, 1e-12);
        }
    }

    #[test]
    fn what_is_no_number_is_no_test() {
        let adjusted = benjamini_hochberg(&[f64::NAN, 0.02, 0.02]);
        assert!(adjusted[0].is_nan());
        assert_close(adjusted[1], 0.02, 1e-15);
        assert!(benjamini_hochberg(&[]).is_empty());
        assert_close(benjamini_hochberg(&[0.7, 1.0])[1], 1.0, 0.0);
    }
}
