//! How evenly something is spread over the parts (documents) of a corpus.

/// A part of the corpus: occurrences in it and its size in tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    /// v: occurrences.
    pub count: u64,
    /// Tokens of the part.
    pub tokens: u64,
}

/// Gries's deviation of proportions, 1/2 sum |v_i / f - s_i| over all parts; 0 is even, near 1 is clumped (Gries 2008).
///
/// `parts` are those with an occurrence, in any order: the others add their share s_i each, which is summed without them.
/// The sum is one of integers, sum |v_i N - n_i f| / (2 f N), so its order does not matter.
pub fn dp(parts: impl IntoIterator<Item = Part, IntoIter: Clone>, tokens: u64) -> f64 {
    let parts = parts.into_iter();
    let (mut frequency, mut covered) = (0, 0);
    for part in parts.clone() {
        frequency += u128::from(part.count);
        covered += u128::from(part.tokens);
    }
    let total = u128::from(tokens);
    let apart = |part: Part| (u128::from(part.count) * total).abs_diff(u128::from(part.tokens) * frequency);
    let sum: u128 = parts.map(apart).sum::<u128>() + total.saturating_sub(covered) * frequency;
    sum as f64 / (2.0 * frequency as f64 * total as f64)
}

/// DP / (1 - min s_i), so that 1 can be reached (Lijffijt & Gries 2012). NaN for a corpus of one part.
pub fn dp_norm(dp: f64, smallest_part: u64, tokens: u64) -> f64 {
    dp / (1.0 - smallest_part as f64 / tokens as f64)
}

/// Juilland's D = 1 - V / sqrt(n - 1), V the coefficient of variation of relative frequencies over all `n` parts
/// (Juilland & Chang-Rodriguez 1964). `parts` are those with an occurrence, in a fixed order. NaN for one part.
pub fn juilland_d(parts: impl IntoIterator<Item = Part>, n: u64) -> f64 {
    let (mut sum, mut squares) = (0.0, 0.0);
    for part in parts {
        let share = part.count as f64 / part.tokens as f64;
        sum += share;
        squares += share * share;
    }
    if n < 2 {
        return f64::NAN;
    }
    let n = n as f64;
    let mean = sum / n;
    let variance = (squares / n - mean * mean).max(0.0);
    1.0 - variance.sqrt() / mean / (n - 1.0).sqrt()
}

/// Average reduced frequency, 1/v sum min(d_i, v) with v = T / f: f when the occurrences are evenly spread over the T
/// tokens of the corpus, near 1 when they are all in one place (Savický & Hlaváčová 2002; as Sketch Engine has it).
///
/// `places` are the f places in the corpus in ascending order, from 0; d_i is the distance from one to the next, and from
/// the last around the end of the corpus to the first. The sum is one of integers, min(d_i f, T). 0 for no place.
pub fn arf(places: impl IntoIterator<Item = u64>, frequency: u64, tokens: u64) -> f64 {
    let reduced = |distance: u64| u128::from(distance.saturating_mul(frequency).min(tokens));
    let mut places = places.into_iter();
    let Some(first) = places.next() else { return 0.0 };
    let (mut last, mut sum) = (first, 0);
    for place in places {
        sum += reduced(place - last);
        last = place;
    }
    sum += reduced(tokens - last + first);
    sum as f64 / tokens as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::assert_close;

    fn parts(counts: &[u64], sizes: &[u64]) -> Vec<Part> {
        let parts = counts.iter().zip(sizes).filter(|(count, _)| **count > 0);
        parts.map(|(&count, &tokens)| Part { count, tokens }).collect()
    }

    #[test]
    fn reference_numbers() {
        let spread = parts(&[10, 0, 5, 1], &[100, 300, 400, 200]);
        let value = dp(spread.clone(), 1000);
        assert_close(value, 0.525, 1e-12);
        assert_close(dp_norm(value, 100, 1000), 0.583333, 5e-7);
        assert_close(juilland_d(spread, 4), 0.193826, 5e-7);
        // Gries's own example: three equal parts.
        assert_close(dp(parts(&[2, 1, 0], &[7, 7, 7]), 21), 1.0 / 3.0, 1e-12);
    }

    #[test]
    fn average_reduced_frequency() {
        assert_close(arf([3, 4, 5, 90], 4, 100), 1.6, 1e-12);
        assert_close(arf([0, 25, 50, 75], 4, 100), 4.0, 1e-12);
        assert_close(arf([7], 1, 100), 1.0, 1e-12);
        assert_close(arf([], 0, 100), 0.0, 0.0);
    }

    #[test]
    fn even_is_zero_and_one_part_has_no_norm() {
        assert_close(dp(parts(&[1, 2, 3], &[10, 20, 30]), 60), 0.0, 0.0);
        assert!(dp_norm(dp(parts(&[4], &[40]), 40), 40, 40).is_nan());
        assert!(juilland_d(parts(&[4], &[40]), 1).is_nan());
        assert!(dp(Vec::new(), 10).is_nan());
    }
}
