//! How words become what is counted, and which of them are paired: plain values, with the user's lists already read.

use super::word_list::{SpellingMap, TermList, WordList};

/// How words become features, and which features are items of co-occurrence pairs.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct TermConfig {
    /// What becomes of capitals.
    pub case: Case,
    /// What becomes of endings.
    pub stem: Stem,
    /// Features that are no items of pairs.
    pub stopwords: Stopwords,
    /// Features that are items whatever the stop list has.
    pub keep_words: Option<WordList>,
    /// Variants that are counted under a standard form.
    pub spelling: Option<SpellingMap>,
    /// Terms of several words that are counted as one feature.
    pub multiword: Option<TermList>,
}

impl TermConfig {
    /// Whether a token is counted in just the form that the token stage gave it.
    pub fn counts_tokens_as_they_are(&self) -> bool {
        self.case == Case::Fold && self.stem == Stem::None && self.spelling.is_none() && self.multiword.is_none()
    }
}

/// What becomes of capitals.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Case {
    /// Lower case, but for acronyms whose lower-case form is a function word (`US`).
    #[default]
    Fold,
    /// As in the text.
    Keep,
}

/// What becomes of endings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Stem {
    /// They stay.
    #[default]
    None,
    /// Words are counted under their stem by the Snowball algorithm for English; stop words stay as they are.
    English,
}

/// Features that are no items of pairs. N-grams and frequencies keep all words.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Stopwords {
    /// English function words, words of one character, and numbers.
    #[default]
    English,
    /// None: every word and number is an item.
    None,
    /// The words of a list, words of one character, and numbers.
    List(WordList),
}
