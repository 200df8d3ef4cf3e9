//! Lexical diversity of one text. A text is its words as numbers: word types are 0 .. `types`, in any order.
//!
//! A value that is not defined is NaN: that of an empty text, and MTLD of a text without a repetition.

/// TTR at which a stretch of text has used up its diversity (McCarthy & Jarvis 2010).
const MTLD_THRESHOLD: f64 = 0.72;

/// Moving-average type-token ratio: the mean of types / tokens over all stretches of `window` words (Covington & McFall
/// 2010); the plain ratio of a text of fewer words.
pub fn mattr(words: &[u32], types: u32, window: usize) -> f64 {
    if words.len() < window || window == 0 {
        return f64::from(types) / words.len() as f64;
    }
    let mut counts = vec![0u32; types as usize];
    let (mut distinct, mut sum) = (0u64, 0u64);
    for (at, &word) in words.iter().enumerate() {
        let count = &mut counts[word as usize];
        distinct += u64::from(*count == 0);
        *count += 1;
        if at + 1 >= window {
            sum += distinct;
            let gone = &mut counts[words[at + 1 - window] as usize];
            *gone -= 1;
            distinct -= u64::from(*gone == 0);
        }
    }
    sum as f64 / (window as f64 * (words.len() - window + 1) as f64)
}

/// Measure of textual lexical diversity: tokens by the number of stretches whose type-token ratio falls to 0.72, the last
/// one counted in part; the mean of reading forwards and backwards (McCarthy & Jarvis 2010).
pub fn mtld(words: &[u32], types: u32) -> f64 {
    let mut seen = vec![0u32; types as usize];
    let forwards = factors(words.iter(), &mut seen);
    seen.fill(0);
    let backwards = factors(words.iter().rev(), &mut seen);
    let tokens = words.len() as f64;
    let mean = f64::midpoint(tokens / forwards, tokens / backwards);
    if mean.is_finite() { mean } else { f64::NAN }
}

/// How many stretches a text has. `seen` holds for each type the last stretch it was met in, from 1.
fn factors<'a>(words: impl Iterator<Item = &'a u32>, seen: &mut [u32]) -> f64 {
    let (mut stretch, mut tokens, mut distinct) = (1u32, 0u32, 0u32);
    for &word in words {
        let last = &mut seen[word as usize];
        distinct += u32::from(*last != stretch);
        *last = stretch;
        tokens += 1;
        if f64::from(distinct) / f64::from(tokens) <= MTLD_THRESHOLD {
            stretch += 1;
            (tokens, distinct) = (0, 0);
        }
    }
    let rest = if tokens == 0 { 0.0 } else { (1.0 - f64::from(distinct) / f64::from(tokens)) / (1.0 - MTLD_THRESHOLD) };
    f64::from(stretch - 1) + rest
}

/// Yule's K, 10^4 (sum of f^2 - N) / N^2 over the frequencies f of all types, N their sum: higher is less diverse (Yule
/// 1944; as quanteda.textstats has it).
pub fn yule_k(words: &[u32], types: u32) -> f64 {
    let mut counts = vec![0u64; types as usize];
    words.iter().for_each(|&word| counts[word as usize] += 1);
    let squares: u64 = counts.iter().map(|count| count * count).sum();
    let tokens = words.len() as u64;
    1e4 * (squares - tokens) as f64 / (tokens * tokens) as f64
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::measure::assert_close;

    /// A text of letters.
    fn text(letters: &str) -> (Vec<u32>, u32) {
        let mut known: Vec<char> = Vec::new();
        let mut words = Vec::new();
        for letter in letters.chars() {
            let number = known.iter().position(|other| *other == letter).unwrap_or_else(|| {
                known.push(letter);
                known.len() - 1
            });
            words.push(number as u32);
        }
        (words, known.len() as u32)
    }

    #[test]
    fn small_texts_by_hand() {
        let (words, types) = text("abcab");
        // Windows of 3: abc 3, bca 3, cab 3; of 4: abca 3, bcab 3.
        assert_close(mattr(&words, types, 3), 1.0, 0.0);
        assert_close(mattr(&words, types, 4), 0.75, 0.0);
        assert_close(mattr(&words, types, 50), 0.6, 1e-12);
        // Frequencies 2, 2, 1: (9 - 5) / 25.
        assert_close(yule_k(&words, types), 1600.0, 1e-9);
        // Forwards abca has 3/4, abcab 3/5: one stretch, nothing left. Backwards the same.
        assert_close(mtld(&words, types), 5.0, 1e-12);
    }

    #[test]
    fn agrees_with_lexicalrichness() {
        // LexicalRichness(" ".join(letters)) of 0.5.1: mattr(window_size=10), mtld(threshold=0.72), yulek.
        let (words, types) = text("thequickbrownfoxjumpsoverthelazydogandthenthequickfoxsleepsunderthelazytree");
        assert_close(mattr(&words, types, 10), 0.8818181818181811, 1e-12);
        assert_close(mtld(&words, types), 20.092904677034525, 1e-9);
        assert_close(yule_k(&words, types), 458.6666666666667, 1e-9);
    }

    #[test]
    fn what_is_not_defined_is_not_a_number() {
        assert!(mattr(&[], 0, 50).is_nan() && mtld(&[], 0).is_nan() && yule_k(&[], 0).is_nan());
        let (words, types) = text("abcdef");
        assert!(mtld(&words, types).is_nan());
        assert_close(yule_k(&words, types), 0.0, 0.0);
    }

    proptest! {
        #[test]
        fn mattr_is_the_mean_over_windows(letters in "[a-f]{1,40}", window in 1usize..12) {
            let (words, types) = text(&letters);
            let window = window.min(words.len());
            let ratios: Vec<f64> = words.windows(window).map(|stretch| {
                let distinct: std::collections::BTreeSet<&u32> = stretch.iter().collect();
                distinct.len() as f64 / window as f64
            }).collect();
            let mean = ratios.iter().sum::<f64>() / ratios.len() as f64;
            prop_assert!((mattr(&words, types, window) - mean).abs() < 1e-12);
        }
    }
}
