//! The trained tagger of names: a linear model over features of words, decoded as a sequence. Words in, names out; it
//! knows no document.
//!
//! A text is read once ([`passage`]), each word that may be part of a name gets features ([`feature`]) and scores
//! ([`model`]), and the best sequence of tags is found ([`tag`]). What was learnt from what stands in
//! `assets/ner.md`. Training (`byline train ner`) goes through the same functions.

pub(crate) mod feature;
pub(crate) mod lists;
pub(crate) mod model;
pub(crate) mod passage;
pub(crate) mod seen;
pub(crate) mod tag;
pub(crate) mod vocabulary;
pub(crate) mod word;

use std::sync::LazyLock;

use self::feature::{PLACES, features_together, may_be_name};
use self::model::Model;
use self::passage::{Knowledge, Text};
pub(crate) use self::seen::Seen;
use self::tag::{Decoder, names};
pub(crate) use self::tag::{Name, NameType};
use crate::error::{Error, Result};

static ENGLISH: LazyLock<Result<Tagger>> =
    LazyLock::new(|| Tagger::open(include_bytes!("../assets/words.bin"), include_bytes!("../assets/ner.bin")));

/// The embedded tagger.
///
/// # Errors
/// [`crate::error::ErrorKind::Model`] for a program whose models are damaged.
pub(crate) fn english() -> std::result::Result<&'static Tagger, &'static Error> {
    ENGLISH.as_ref()
}

/// Weights and all they need.
#[derive(Clone, Debug)]
pub(crate) struct Tagger {
    knowledge: Knowledge,
    model: Model,
}

impl Tagger {
    /// Opens the files of words and of weights.
    ///
    /// # Errors
    /// [`crate::error::ErrorKind::Model`] for a file that is damaged or of another version.
    pub(crate) fn open(words: &[u8], weights: &[u8]) -> Result<Tagger> {
        let vocabulary = vocabulary::Vocabulary::open(words)?;
        let (model, lists) = Model::open(weights)?;
        Ok(Tagger { knowledge: Knowledge { vocabulary, lists }, model })
    }

    /// The names in the sentences of a text, each given as words and marks. `seen` is one of this tagger's own.
    pub(crate) fn tag(&self, sentences: &[Vec<&str>], seen: &mut Seen) -> Vec<Vec<Name>> {
        let text = Text::read(sentences, &self.knowledge, seen);
        let (mut decoder, mut found, mut scores, mut tags) = (Decoder::default(), Vec::new(), Vec::new(), Vec::new());
        let line = |line| {
            scores.clear();
            scores.extend((0..text.words_in(line)).map(|at| {
                may_be_name(&text, line, at).then(|| {
                    features_together(&text, line, at, &mut found);
                    let mut sums = self.model.sums(&found);
                    for place in 0..PLACES {
                        let word = (at + place).checked_sub(PLACES / 2);
                        sums.add(seen.alone(text.seen(line, word), place, &self.model));
                    }
                    sums.scores()
                })
            }));
            decoder.decode(&scores, &self.model.transitions, &mut tags);
            names(&tags).collect()
        };
        let tagged = text.lines.iter().map(line).collect();
        seen.end(text);
        tagged
    }
}

#[cfg(test)]
mod tests {
    use super::{NameType, Seen, Tagger, english};
    use crate::model::weights;

    #[test]
    fn names_are_found_and_typed() {
        let words: Vec<&str> = "Angela Merkel left Berlin on Monday .".split(' ').collect();
        let names = english().unwrap().tag(&[words], &mut Seen::default());
        let told: Vec<_> = names[0].iter().map(|name| (name.start, name.end, name.is)).collect();
        assert_eq!(told, [(0, 2, NameType::Person), (3, 4, NameType::Place)]);
        assert!(english().unwrap().tag(&[], &mut Seen::default()).is_empty());
    }

    #[test]
    fn a_damaged_model_is_told_and_not_used() {
        let words = include_bytes!("../assets/words.bin").to_vec();
        let mut damaged = include_bytes!("../assets/ner.bin").to_vec();
        let middle = damaged.len() / 2;
        damaged[middle] ^= 1;
        let told = Tagger::open(&words, &damaged).unwrap_err().to_string();
        assert!(told.contains("checksum") && told.contains("ner"), "{told}");
        assert!(Tagger::open(&words, &weights::seal("ner", 1, &[1, 0])).unwrap_err().to_string().contains("cut short"));
    }
}
