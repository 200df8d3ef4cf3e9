//! From the words of a text to what is counted: case, spelling, multi-word terms, stems.
//!
//! Each word by itself first: its standard spelling, then its stem, if it is no stop word. Then the terms of the user's
//! list, longest first, where their words stand next to each other in a sentence; a word of a list goes the way of a word of a
//! text, so that a term meets its plural when endings are cut. What one word becomes is worked out once for each distinct
//! word of a worker. Without any such option nothing here is touched.

use std::collections::BTreeMap;
use std::sync::Arc;

use frostem::{Algorithm, Stemmer};

use crate::config::word_list::{SpellingMap, marks};
use crate::config::{Case, Stem, TermConfig};
use crate::count::item::StopList;
use crate::count::vocabulary::{FeatureKind, Vocabulary};
use crate::document::{Document, Token, TokenKind};
use crate::model::form;

/// No word of a term, no term, no feature yet.
const NONE: u32 = u32::MAX;
/// Bytes of the longest word that is stemmed; longer ones are no words of a language.
const LONGEST_STEMMED: usize = 64;

/// What a token is, numbers and words.
pub(crate) fn kind(token: &Token) -> FeatureKind {
    match token.kind {
        TokenKind::Number => FeatureKind::Number,
        _ => FeatureKind::Word,
    }
}

/// The rules of a run, shared by its workers.
#[derive(Debug)]
struct Rules {
    cased: bool,
    stems: bool,
    stop: StopList,
    spelling: Option<SpellingMap>,
    terms: Terms,
}

/// The terms of the user's list as a tree of words.
#[derive(Debug, Default)]
struct Terms {
    /// The words of all terms.
    words: BTreeMap<String, u32>,
    /// The marks between words of all terms.
    gaps: BTreeMap<String, u32>,
    /// From a node by marks and a word to the next node; the root is 0.
    steps: BTreeMap<(u32, u32, u32), u32>,
    /// The term that ends at each node.
    ends: Vec<u32>,
    /// How each term is written.
    written: Vec<String>,
}

/// What a word becomes.
#[derive(Clone, Copy, Debug)]
struct Single {
    feature: u32,
    /// Its number among the words of terms.
    word: u32,
}

/// The step of one worker.
#[derive(Clone, Debug)]
pub(crate) struct FeatureStep {
    rules: Arc<Rules>,
    /// Words as they stand in the texts, but for case where it is folded.
    forms: Vocabulary,
    singles: Vec<Single>,
    /// The feature of each term.
    terms: Vec<u32>,
    form: String,
    sentence: Vec<(Single, u32)>,
}

impl FeatureStep {
    /// The step that options ask for; none when tokens are counted as they are.
    pub(crate) fn of(config: &TermConfig) -> Option<FeatureStep> {
        if config.counts_tokens_as_they_are() {
            return None;
        }
        let mut rules = Rules {
            cased: config.case == Case::Keep,
            stems: config.stem == Stem::English,
            stop: StopList::of(config),
            spelling: config.spelling.clone(),
            terms: Terms::default(),
        };
        rules.terms = Terms::of(config, &rules);
        let terms = vec![NONE; rules.terms.written.len()];
        Some(FeatureStep {
            rules: Arc::new(rules),
            forms: Vocabulary::default(),
            singles: Vec::new(),
            terms,
            form: String::new(),
            sentence: Vec::new(),
        })
    }

    /// Memory held, in bytes.
    pub(crate) fn bytes(&self) -> usize {
        self.forms.bytes() + self.singles.capacity() * size_of::<Single>() + self.terms.len() * 4
    }

    /// Appends the features of a sentence to `ids`; `word` is told the number of each word before it is changed.
    pub(crate) fn push(
        &mut self,
        doc: &Document,
        tokens: &[Token],
        vocabulary: &mut Vocabulary,
        ids: &mut Vec<u32>,
        word: &mut dyn FnMut(u32, &str, &Token),
    ) {
        let mut before: Option<&Token> = None;
        self.sentence.clear();
        for token in tokens.iter().filter(|token| token.is_counted()) {
            let number = self.intern(doc, token, vocabulary);
            word(number, doc.norm(token), token);
            let single = self.singles[number as usize];
            let gap = before.map_or(NONE, |before| self.rules.terms.gap(single, doc, before, token));
            self.sentence.push((single, gap));
            before = Some(token);
        }
        self.join(vocabulary, ids);
    }

    /// The number of a token's form; a new form goes through the rules.
    fn intern(&mut self, doc: &Document, token: &Token, vocabulary: &mut Vocabulary) -> u32 {
        let kind = kind(token);
        let mut form = std::mem::take(&mut self.form);
        form.clear();
        if self.rules.cased {
            let base = doc.base(token);
            form::push_cased(base, token.kind == TokenKind::Word && form::is_dotted(base), &mut form);
        } else {
            form.push_str(doc.norm(token));
        }
        let number = self.forms.intern(&form, kind);
        if number as usize == self.singles.len() {
            let single = self.rules.apply(&form, kind);
            let word = self.rules.terms.words.get(&single.to_lowercase()).copied().unwrap_or(NONE);
            self.singles.push(Single { feature: vocabulary.intern(&single, kind), word });
        }
        self.form = form;
        number
    }

    /// Appends a sentence, its terms joined: from left to right, the longest first.
    fn join(&mut self, vocabulary: &mut Vocabulary, ids: &mut Vec<u32>) {
        let mut at = 0;
        while let Some((single, _)) = self.sentence.get(at) {
            let Some((term, end)) = self.rules.terms.longest(&self.sentence, at) else {
                ids.push(single.feature);
                at += 1;
                continue;
            };
            let feature = &mut self.terms[term as usize];
            if *feature == NONE {
                *feature = vocabulary.intern(&self.rules.terms.written[term as usize], FeatureKind::Mwe);
            }
            ids.push(*feature);
            at = end;
        }
    }
}

impl Rules {
    /// What a word of a text or of a list becomes.
    fn apply(&self, word: &str, kind: FeatureKind) -> String {
        if kind != FeatureKind::Word {
            return word.to_owned();
        }
        let folded = if self.cased { form::of(word) } else { word.to_owned() };
        let standard = self.spelling.as_ref().and_then(|map| map.standard(&folded));
        let spelled = standard.map_or_else(|| word.to_owned(), |standard| recase(word, standard));
        if !self.stems || spelled.len() > LONGEST_STEMMED || self.stop.has(&spelled) {
            return spelled;
        }
        let lower = spelled.to_lowercase();
        // Capitals inside a word are those of an acronym or of a name that has no stem.
        if spelled.chars().skip(1).any(char::is_uppercase) {
            return spelled;
        }
        recase(&spelled, &Stemmer::new(Algorithm::English).stem(&lower))
    }
}

/// A lower-case form with the capital that another begins with.
fn recase(like: &str, form: &str) -> String {
    if like.starts_with(char::is_uppercase) { form::capitalised(form) } else { form.to_owned() }
}

impl Terms {
    fn of(config: &TermConfig, rules: &Rules) -> Terms {
        let mut tree = Terms { ends: vec![NONE], ..Terms::default() };
        for term in config.multiword.iter().flat_map(|list| list.terms()) {
            let mut node = 0;
            for (at, word) in term.words.iter().enumerate() {
                let kind = if word.starts_with(|c: char| c.is_ascii_digit()) {
                    FeatureKind::Number
                } else {
                    FeatureKind::Word
                };
                let next = tree.words.len() as u32;
                let word = *tree.words.entry(rules.apply(word, kind).to_lowercase()).or_insert(next);
                let next = tree.gaps.len() as u32;
                let gap = match at {
                    0 => NONE,
                    _ => *tree.gaps.entry(term.gaps[at - 1].clone()).or_insert(next),
                };
                let next = tree.ends.len() as u32;
                node = *tree.steps.entry((node, gap, word)).or_insert(next);
                if node == next {
                    tree.ends.push(NONE);
                }
            }
            // Of two terms that come to the same, the first gives the name.
            if tree.ends[node as usize] == NONE {
                tree.ends[node as usize] = tree.written.len() as u32;
                tree.written.push(term.written.clone());
            }
        }
        tree
    }

    /// The number of the marks between two tokens, when a word of a term follows.
    fn gap(&self, single: Single, doc: &Document, before: &Token, token: &Token) -> u32 {
        if single.word == NONE {
            return NONE;
        }
        let between = &doc.article.text[before.span.end as usize..token.span.start as usize];
        self.gaps.get(&marks(between)).copied().unwrap_or(NONE)
    }

    /// The longest term that begins at a place of a sentence, and the place after it.
    fn longest(&self, sentence: &[(Single, u32)], start: usize) -> Option<(u32, usize)> {
        let (mut node, mut found) = (0, None);
        for (at, (single, gap)) in sentence.iter().enumerate().skip(start) {
            if single.word == NONE || at > start && *gap == NONE {
                break;
            }
            let gap = if at == start { NONE } else { *gap };
            let Some(&next) = self.steps.get(&(node, gap, single.word)) else { break };
            node = next;
            let term = self.ends[node as usize];
            if term != NONE {
                found = Some((term, at + 1));
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::config::word_list::{TermList, WordList};
    use crate::config::{CountConfig, Stopwords};
    use crate::count::Census;
    use crate::count::fixture::{body, document};

    fn file(text: &str) -> tempfile::NamedTempFile {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), text).unwrap();
        file
    }

    /// The features of one paragraph, joined by `|`, and their kinds by their first letter.
    fn features(text: &str, terms: TermConfig) -> (String, String) {
        let mut census = Census::new(&CountConfig { terms, ..CountConfig::default() });
        census.observe(&document(1, &body(text)));
        let segment = census.seal();
        let words = segment.ids.iter().map(|&id| segment.words.word(id));
        let kinds = segment.ids.iter().map(|&id| &segment.words.kind(id).name()[..1]);
        (words.collect::<Vec<_>>().join("|"), kinds.collect())
    }

    fn multiword(list: &str) -> TermConfig {
        TermConfig { multiword: Some(TermList::read(file(list).path(), false).unwrap()), ..TermConfig::default() }
    }

    fn stemmed() -> TermConfig {
        TermConfig { stem: Stem::English, ..TermConfig::default() }
    }

    #[test]
    fn terms_are_joined_longest_first_inside_a_sentence() {
        let terms = || multiword("prime minister\nPrime Minister of Norland\nof norland\n");
        let (words, kinds) = features("the prime minister of norland met a prime minister of ours", terms());
        assert_eq!(words, "the|prime minister of norland|met|a|prime minister|of|ours");
        assert_eq!(kinds, "wmwwmww");
        assert_eq!(features("in his prime. minister of norland", terms()).0, "in|his|prime|minister|of norland");
        assert_eq!(features("in his prime , minister", terms()).0, "in|his|prime|minister", "a mark stands between");
        assert_eq!(features("prime prime minister minister", terms()).0, "prime|prime minister|minister");
    }

    #[test]
    fn a_term_that_is_cut_short_leaves_its_words() {
        let terms = || multiword("a b c d\nb c\n");
        assert_eq!(features("a b c e", terms()).0, "a|b c|e");
        assert_eq!(features("a b c", terms()).0, "a|b c");
    }

    #[test]
    fn words_are_counted_under_their_stem_but_for_stop_words() {
        let (words, kinds) = features("during talks US officials were connecting 12 running", stemmed());
        assert_eq!(words, "during|talk|US|offici|were|connect|12|run");
        assert_eq!(kinds, "wwwwwwnw");
        let all = TermConfig { stopwords: Stopwords::None, ..stemmed() };
        assert_eq!(features("during", all).0, "dure");
        let kept = TermConfig { keep_words: Some(WordList::read(file("during").path()).unwrap()), ..stemmed() };
        assert_eq!(features("during", kept).0, "dure");
        let long = format!("{}ing", "x".repeat(10_000));
        assert_eq!(features(&long, stemmed()).0, long);
    }

    #[test]
    fn terms_meet_their_plural_when_endings_are_cut() {
        let terms = TermConfig { stem: Stem::English, ..multiword("prime minister\n") };
        assert_eq!(features("two prime ministers met", terms).0, "two|prime minister|met");
    }

    #[test]
    fn variants_are_counted_under_the_standard_form() {
        let map = || SpellingMap::read(file("colour,color\nprogramme,program\n").path()).ok();
        let terms = TermConfig { spelling: map(), ..multiword("health program\n") };
        assert_eq!(features("the colour of a health programme", terms).0, "the|color|of|a|health program");
        let cased = TermConfig { case: Case::Keep, spelling: map(), ..TermConfig::default() };
        assert_eq!(features("Colour and colour", cased).0, "Color|and|color");
    }

    #[test]
    fn capitals_are_kept_when_asked_for_and_terms_meet_all_the_same() {
        let list = TermList::read(file("Prime Minister\n").path(), true).ok();
        let terms = TermConfig { case: Case::Keep, multiword: list, stem: Stem::English, ..TermConfig::default() };
        let (words, _) = features("Talks with the prime minister or Prime Minister of NATO states", terms);
        assert_eq!(words, "Talk|with|the|Prime Minister|or|Prime Minister|of|NATO|state");
    }

    #[test]
    fn wording_is_that_of_the_words_before_they_are_changed() {
        let text = "a connecting line connecting lines";
        let measure = |terms| {
            let mut census = Census::new(&CountConfig { terms, ..CountConfig::default() });
            census.observe(&document(1, &body("other words first")));
            let wording = census.observe(&document(2, &body(text)));
            (wording.features.to_vec(), wording.types, wording.letters, wording.syllables)
        };
        let (plain, stems) = (measure(TermConfig::default()), measure(stemmed()));
        assert_eq!((plain.0, plain.1, plain.2), (vec![0, 1, 2, 1, 3], 4, 30));
        assert_eq!((stems.0, stems.1, stems.2), (vec![0, 1, 2, 1, 2], 3, 30));
        assert_eq!(plain.3, stems.3);
    }

    /// Joins terms by looking at every term at every place.
    fn naive(words: &[&str], terms: &[Vec<&str>]) -> Vec<String> {
        let (mut at, mut joined) = (0, Vec::new());
        while at < words.len() {
            let here = terms.iter().filter(|term| words[at..].starts_with(term));
            let longest = here.max_by_key(|term| term.len()).map_or(1, |term| term.len());
            joined.push(words[at..at + longest].join(" "));
            at += longest;
        }
        joined
    }

    proptest! {
        #[test]
        fn joining_agrees_with_looking_at_every_term(
            words in proptest::collection::vec(proptest::sample::select(vec!["a", "b", "c"]), 1..20),
            terms in proptest::collection::vec(
                proptest::collection::vec(proptest::sample::select(vec!["a", "b", "c", "d"]), 2..5), 1..6),
        ) {
            let list: String = terms.iter().map(|term| term.join(" ") + "\n").collect();
            let (found, kinds) = features(&words.join(" "), multiword(&list));
            let expected = naive(&words, &terms);
            prop_assert_eq!(found, expected.join("|"));
            let mwe: String = expected.iter().map(|word| if word.contains(' ') { 'm' } else { 'w' }).collect();
            prop_assert_eq!(kinds, mwe);
        }
    }
}
