//! Which features are items of co-occurrence pairs: content words, that is words of at least two characters that are no
//! stop words, multi-word terms, and all entities. Forms are compared exactly, so `US` (the country) is not the stop word
//! `us`. Without a stop list, and for the words of a keep list, nothing else counts: every feature is an item.

use crate::config::word_list::WordList;
use crate::config::{Stopwords, TermConfig};
use crate::count::vocabulary::{FeatureKind, Words};
use crate::model::{form, stopword};

/// The stop list of a run, less the words to keep.
#[derive(Clone, Debug)]
pub struct StopList {
    stopwords: Stopwords,
    keep: Option<WordList>,
}

impl StopList {
    /// The stop list that options ask for.
    pub fn of(config: &TermConfig) -> StopList {
        StopList { stopwords: config.stopwords.clone(), keep: config.keep_words.clone() }
    }

    /// Whether a feature is a stop word, whatever its case.
    pub fn has(&self, feature: &str) -> bool {
        let listed = |feature: &str| match &self.stopwords {
            Stopwords::English => stopword::is_stopword(feature),
            Stopwords::None => false,
            Stopwords::List(list) => list.contains(feature),
        };
        let cased = || feature.contains(char::is_uppercase);
        (listed(feature) || cased() && listed(&form::of(feature))) && !self.keeps(feature)
    }

    fn keeps(&self, feature: &str) -> bool {
        self.keep.as_ref().is_some_and(|keep| keep.contains(feature) || keep.contains(&form::of(feature)))
    }

    fn is_item(&self, feature: &str, kind: FeatureKind) -> bool {
        if self.stopwords == Stopwords::None || self.keeps(feature) {
            return true;
        }
        let content = match kind {
            FeatureKind::Word => feature.chars().nth(1).is_some(),
            FeatureKind::Number => false,
            FeatureKind::Mwe | FeatureKind::Entity => true,
        };
        content && !self.has(feature)
    }
}

/// For each feature whether it is an item of pairs.
pub(crate) fn items(words: &Words, config: &TermConfig) -> Vec<bool> {
    let stop = StopList::of(config);
    (0..words.len() as u32).map(|number| stop.is_item(words.word(number), words.kind(number))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words() -> Words {
        let mut words = Words::default();
        for (word, kind) in [
            ("42", FeatureKind::Number),
            ("The", FeatureKind::Word),
            ("US", FeatureKind::Word),
            ("don't", FeatureKind::Word),
            ("s", FeatureKind::Word),
            ("the", FeatureKind::Word),
            ("the treaty", FeatureKind::Mwe),
            ("treaty", FeatureKind::Word),
            ("us", FeatureKind::Word),
            ("é", FeatureKind::Word),
        ] {
            words.push(word, kind);
        }
        words
    }

    fn list(text: &str) -> WordList {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), text).unwrap();
        WordList::read(file.path()).unwrap()
    }

    fn chosen(config: &TermConfig) -> Vec<String> {
        let words = words();
        let items = items(&words, config);
        (0..words.len() as u32).filter(|n| items[*n as usize]).map(|n| words.word(n).to_owned()).collect()
    }

    #[test]
    fn content_words_are_items() {
        assert_eq!(chosen(&TermConfig::default()), ["US", "the treaty", "treaty"]);
    }

    #[test]
    fn without_a_stop_list_everything_is_an_item() {
        let config = TermConfig { stopwords: Stopwords::None, ..TermConfig::default() };
        assert_eq!(chosen(&config).len(), words().len());
    }

    #[test]
    fn own_lists_take_the_place_of_the_english_one() {
        let config = TermConfig { stopwords: Stopwords::List(list("Treaty\nThe treaty\n")), ..TermConfig::default() };
        assert_eq!(chosen(&config), ["The", "US", "don't", "the", "us"]);
    }

    #[test]
    fn kept_words_are_items_whatever_they_are() {
        let config = TermConfig { keep_words: Some(list("us\n42\ns\n")), ..TermConfig::default() };
        assert_eq!(chosen(&config), ["42", "US", "s", "the treaty", "treaty", "us"]);
    }
}
