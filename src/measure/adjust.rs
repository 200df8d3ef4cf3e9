//! Corrections for testing many things at once.

/// Benjamini & Hochberg's (1995) adjusted p-values, in the order given: the false discovery rate at which each test would
/// be the last to be called significant. With the m values in ascending order, the i-th becomes the least of
/// `p_j m / j` over all j >= i, at most 1. A value that is no number stays so and is not counted.
pub fn benjamini_hochberg(p: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..p.len()).filter(|&at| !p[at].is_nan()).collect();
    order.sort_by(|&a, &b| p[a].total_cmp(&p[b]));
    let tests = order.len();
    let mut adjusted = p.to_vec();
    let mut least: f64 = 1.0;
    for (before, &at) in order.iter().enumerate().rev() {
        least = least.min(p[at] * tests as f64 / (before + 1) as f64);
        adjusted[at] = least;
    }
    adjusted
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::assert_close;

    #[test]
    fn agrees_with_scipy() {
        // scipy.stats.false_discovery_control([0.01, 0.04, 0.03, 0.005, 0.55, 0.04], method="bh")
        let adjusted = benjamini_hochberg(&[0.01, 0.04, 0.03, 0.005, 0.55, 0.04]);
        for (value, expected) in adjusted.iter().zip([0.03, 0.048, 0.048, 0.03, 0.55, 0.048]) {
            assert_close(*value, expected, 1e-12);
        }
    }

    #[test]
    fn what_is_no_number_is_not_counted() {
        let adjusted = benjamini_hochberg(&[f64::NAN, 0.5]);
        assert!(adjusted[0].is_nan());
        assert_close(adjusted[1], 0.5, 0.0);
        assert!(benjamini_hochberg(&[]).is_empty());
    }
}
