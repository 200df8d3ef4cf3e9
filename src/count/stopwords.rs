//! Which features are items of co-occurrence pairs: content words. The list of stop words is NLTK's English one.
//!
//! Forms are compared exactly, so `US` (the country) is not the stop word `us`.

use crate::count::vocabulary::{FeatureKind, Words};

/// For each feature whether it is an item of pairs: a word of at least two characters that is no stop word.
pub(crate) fn items(words: &Words) -> Vec<bool> {
    let mut stop: Vec<String> = Vec::new();
    for word in stop_words::lookup("en").unwrap_or_default() {
        stop.push((*word).to_owned());
        if word.contains('\'') {
            stop.push(word.replace('\'', "\u{2019}"));
        }
    }
    stop.sort_unstable();
    let is_item = |word: &str, kind| {
        kind == FeatureKind::Word
            && word.chars().nth(1).is_some()
            && stop.binary_search_by(|stop| stop.as_str().cmp(word)).is_err()
    };
    (0..words.len() as u32)
        .map(|number| is_item(words.word(number), words.kind(number)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_words_are_items() {
        let mut words = Words::default();
        let all = ["42", "The", "US", "don't", "don’t", "s", "the", "treaty", "us", "é"];
        for word in all {
            let kind = if word == "42" {
                FeatureKind::Number
            } else {
                FeatureKind::Word
            };
            words.push(word, kind);
        }
        let found: Vec<&str> = items(&words)
            .iter()
            .zip(all)
            .filter_map(|(&item, word)| item.then_some(word))
            .collect();
        assert_eq!(found, ["The", "US", "treaty"]);
    }
}
