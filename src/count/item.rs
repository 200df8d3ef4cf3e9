//! Which features are items of co-occurrence pairs: content words, that is words of at least two characters that are no
//! stop words ([`crate::model::stopword`]), and all entities. Forms are compared exactly, so `US` (the country) is not the stop word `us`.

use crate::count::vocabulary::{FeatureKind, Words};
use crate::model::stopword;

/// For each feature whether it is an item of pairs.
pub(crate) fn items(words: &Words) -> Vec<bool> {
    let is_item = |word: &str, kind| match kind {
        FeatureKind::Word => word.chars().nth(1).is_some() && !stopword::is_stopword(word),
        FeatureKind::Number => false,
        FeatureKind::Entity => true,
    };
    (0..words.len() as u32).map(|number| is_item(words.word(number), words.kind(number))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_words_are_items() {
        let mut words = Words::default();
        for (word, kind) in [
            ("42", FeatureKind::Number),
            ("US", FeatureKind::Word),
            ("don't", FeatureKind::Word),
            ("s", FeatureKind::Word),
            ("the", FeatureKind::Word),
            ("treaty", FeatureKind::Word),
            ("us", FeatureKind::Word),
            ("é", FeatureKind::Word),
        ] {
            words.push(word, kind);
        }
        assert_eq!(items(&words), [false, true, false, false, false, true, false, false]);
    }
}
