//! English function words: the NLTK list of the `stop-words` crate, and the ones that it forgets. Read where a word's case must be kept (`US`, not
//! `us`) and where content words are chosen.

use std::sync::LazyLock;

use super::lookup::Lookup;

/// Name of the list as `run.json` reports it.
pub const NAME: &str = "stop-words 0.10 NLTK English and 26 more";

/// Function words that the NLTK list lacks.
const MORE: [&str; 26] = [
    "across", "also", "although", "among", "amid", "cannot", "could", "however", "let's", "may", "might", "must",
    "one", "ought", "per", "shall", "since", "that's", "though", "toward", "towards", "upon", "us", "within",
    "without", "would",
];

static ENGLISH: LazyLock<Lookup<&'static str, ()>> =
    LazyLock::new(|| stop_words::get("en").iter().chain(MORE.iter()).map(|w| (*w, ())).collect());

/// Whether a counted form (lower case, straight apostrophes) is a function word. `US` in capitals is none.
pub fn is_stopword(norm: &str) -> bool {
    ENGLISH.contains(norm)
}

#[cfg(test)]
mod tests {
    use super::is_stopword;

    #[test]
    fn function_words_are_stop_words_and_acronyms_are_not() {
        assert!(is_stopword("us") && is_stopword("who"));
        assert!(is_stopword("the") && !is_stopword("US") && !is_stopword("treaty"));
    }
}
