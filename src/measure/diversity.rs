//! How rich the vocabulary of one text is. A text is its types in order, as numbers that count up from 0 as each type
//! first occurs, so that arrays do the work of hashing.

/// Mean type-token ratio over all windows of so many tokens (Covington & McFall 2010). NaN for a text that is shorter.
pub fn mattr(types: &[u32], window: usize) -> f64 {
    if window == 0 || types.len() < window {
        return f64::NAN;
    }
    let mut counts = vec![0u32; distinct(types)];
    let (mut inside, mut sum) = (0u64, 0u64);
    for (at, &id) in types.iter().enumerate() {
        let count = &mut counts[id as usize];
        inside += u64::from(*count == 0);
        *count += 1;
        if at + 1 >= window {
            sum += inside;
            let count = &mut counts[types[at + 1 - window] as usize];
            *count -= 1;
            inside -= u64::from(*count == 0);
        }
    }
    let windows = (types.len() - window + 1) as f64;
    sum as f64 / window as f64 / windows
}

/// Mean length of runs of tokens until their type-token ratio falls to 0.72, over both directions; the last run counts by how
/// far it fell (McCarthy & Jarvis 2010). NaN for a text in which no type recurs.
pub fn mtld(types: &[u32]) -> f64 {
    let mut last = vec![0u32; distinct(types)];
    let forward = types.len() as f64 / factors(types.iter(), &mut last, 1);
    let backward = types.len() as f64 / factors(types.iter().rev(), &mut last, types.len() as u32 + 1);
    let mean = (forward + backward) / 2.0;
    if mean.is_finite() { mean } else { f64::NAN }
}

/// How many runs there are, the last in part. `last` holds for each type the last run that had it; runs are numbered from
/// `run`.
fn factors<'a>(types: impl Iterator<Item = &'a u32>, last: &mut [u32], mut run: u32) -> f64 {
    let (mut whole, mut seen, mut tokens) = (0u32, 0u64, 0u64);
    for &id in types {
        tokens += 1;
        seen += u64::from(last[id as usize] != run);
        last[id as usize] = run;
        // seen / tokens <= 0.72, in whole numbers.
        if seen * 25 <= tokens * 18 {
            whole += 1;
            run += 1;
            (seen, tokens) = (0, 0);
        }
    }
    let rest = if tokens == 0 { 0.0 } else { (1.0 - seen as f64 / tokens as f64) / (1.0 - 0.72) };
    f64::from(whole) + rest
}

/// Yule's K = 10^4 (sum f^2 - N) / N^2, f the occurrences of each type (Yule 1944, as in Tweedie & Baayen 1998). NaN for an
/// empty text.
pub fn yule_k(types: &[u32]) -> f64 {
    let mut counts = vec![0u64; distinct(types)];
    types.iter().for_each(|&id| counts[id as usize] += 1);
    let squares: u64 = counts.iter().map(|count| count * count).sum();
    let tokens = types.len() as u64;
    1e4 * (squares - tokens) as f64 / (tokens as f64 * tokens as f64)
}

/// How many types there are.
fn distinct(types: &[u32]) -> usize {
    types.iter().max().map_or(0, |&most| most as usize + 1)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::measure::assert_close;

    /// 400 tokens of 112 types, some of them frequent.
    fn text() -> Vec<u32> {
        let mut state = 12_345u64;
        let mut token = || {
            state = (state * 1_103_515_245 + 12_345) % (1 << 31);
            let share = ((state >> 16) % 1000) as f64 / 1000.0;
            (share.powi(3) * 150.0) as u32
        };
        (0..400).map(|_| token()).collect()
    }

    fn naive_factors(types: &[u32]) -> f64 {
        let (mut factors, mut start, mut ratio) = (0.0, 0, 1.0);
        for end in 1..=types.len() {
            let mut run = types[start..end].to_vec();
            run.sort_unstable();
            run.dedup();
            ratio = run.len() as f64 / (end - start) as f64;
            if ratio < 0.72 + 1e-12 {
                (factors, start, ratio) = (factors + 1.0, end, 1.0);
            }
        }
        factors + (1.0 - ratio) / 0.28
    }

    #[test]
    fn reference_numbers() {
        // The first two by the Python package LexicalRichness 0.5.1 over the same text, the third by its formula in Python.
        assert_close(mattr(&text(), 50), 0.638_233_618_233_618_2, 1e-12);
        assert_close(mtld(&text()), 23.640_953_387_342_96, 1e-10);
        assert_close(yule_k(&text()), 499.75, 1e-9);
    }

    #[test]
    fn small_texts() {
        assert!(mattr(&[0; 49], 50).is_nan() && yule_k(&[]).is_nan() && mtld(&[]).is_nan());
        assert!(mtld(&[0, 1, 2, 3]).is_nan(), "nothing recurs");
        assert_close(mattr(&[0; 50], 50), 0.02, 1e-15);
        // Runs of two tokens of one type.
        assert_close(mtld(&[0, 0, 0, 0]), 2.0, 1e-12);
        assert_close(yule_k(&[0, 1, 2]), 0.0, 0.0);
    }

    proptest! {
        #[test]
        fn one_pass_agrees_with_looking_at_every_window(types in proptest::collection::vec(0u32..12, 1..80), window in 1usize..20) {
            let distinct = |run: &[u32]| run.iter().collect::<std::collections::BTreeSet<_>>().len() as f64;
            let ratios: Vec<f64> = types.windows(window).map(|run| distinct(run) / window as f64).collect();
            let mean = ratios.iter().sum::<f64>() / ratios.len() as f64;
            let found = mattr(&types, window);
            prop_assert!(found.is_nan() && mean.is_nan() || (found - mean).abs() < 1e-9);
            let backward: Vec<u32> = types.iter().rev().copied().collect();
            let n = types.len() as f64;
            let expected = (n / naive_factors(&types) + n / naive_factors(&backward)) / 2.0;
            prop_assert!(!expected.is_finite() && mtld(&types).is_nan() || (mtld(&types) - expected).abs() < 1e-9);
        }
    }
}
