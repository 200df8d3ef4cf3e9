//! The language stage: in which language a document is written.
//!
//! Reads the tokens; writes `Article::language` unless the user names the language. A document whose words are English
//! function words often enough is English; others are told by their letters and trigrams (crate `whatlang`). What is too
//! short to tell keeps the language that its file declares.

use crate::annotate::Annotator;
use crate::config::CorpusConfig;
use crate::document::{Document, Layer};

/// Words looked at.
const WORDS: usize = 400;
/// Fewest words by which a language can be told.
const FEWEST: usize = 12;
/// Share of English function words, percent, that makes a text English.
const ENGLISH: usize = 15;
/// Bytes of text that trigrams are taken from.
const SAMPLE: usize = 4_000;

/// Writes `Article::language`.
#[derive(Clone, Debug, Default)]
pub(super) struct Guesser {
    forced: Option<String>,
}

impl Guesser {
    /// The stage; with `language` of the options, every document is in that language.
    pub(super) fn new(config: &CorpusConfig) -> Guesser {
        Guesser { forced: config.language.clone() }
    }
}

impl Annotator for Guesser {
    fn layer(&self) -> Layer {
        Layer::Tokens
    }

    fn annotate(&self, doc: &mut Document) {
        if let Some(forced) = &self.forced {
            doc.article.language.clone_from(forced);
        } else if let Some(found) = language(doc) {
            found.clone_into(&mut doc.article.language);
        }
    }
}

/// The language that the words show, if there are enough of them.
fn language(doc: &Document) -> Option<&'static str> {
    let words = doc.tokens.iter().filter(|token| token.is_counted()).take(WORDS);
    let (mut all, mut english) = (0, 0);
    for word in words {
        all += 1;
        english += usize::from(is_english(doc.norm(word)));
    }
    if all < FEWEST {
        return None;
    }
    if english * 100 >= all * ENGLISH {
        return Some("en");
    }
    let text = &doc.article.text;
    let sample = text.char_indices().find(|(at, _)| *at >= SAMPLE).map_or(text.as_str(), |(at, _)| &text[..at]);
    let found = whatlang::detect(sample).filter(|found| found.is_reliable())?;
    two_letters(found.lang())
}

/// Function words of English that are no words, or rare ones, in the languages around it.
fn is_english(word: &str) -> bool {
    matches!(
        word,
        "the"
            | "and"
            | "of"
            | "that"
            | "with"
            | "from"
            | "which"
            | "this"
            | "have"
            | "been"
            | "were"
            | "their"
            | "would"
            | "they"
            | "his"
            | "her"
            | "has"
            | "had"
            | "are"
            | "but"
            | "not"
            | "who"
            | "its"
            | "you"
            | "by"
            | "for"
            | "to"
            | "it"
            | "as"
            | "be"
            | "will"
            | "said"
            | "there"
            | "what"
            | "than"
            | "about"
    )
}

/// ISO 639-1 of a language that `whatlang` knows.
fn two_letters(language: whatlang::Lang) -> Option<&'static str> {
    use whatlang::Lang;
    Some(match language {
        Lang::Eng => "en",
        Lang::Deu => "de",
        Lang::Fra => "fr",
        Lang::Spa => "es",
        Lang::Por => "pt",
        Lang::Ita => "it",
        Lang::Nld => "nl",
        Lang::Cat => "ca",
        Lang::Ron => "ro",
        Lang::Lat => "la",
        Lang::Epo => "eo",
        Lang::Dan => "da",
        Lang::Swe => "sv",
        Lang::Nob => "no",
        Lang::Fin => "fi",
        Lang::Est => "et",
        Lang::Lav => "lv",
        Lang::Lit => "lt",
        Lang::Pol => "pl",
        Lang::Ces => "cs",
        Lang::Slk => "sk",
        Lang::Slv => "sl",
        Lang::Hrv => "hr",
        Lang::Srp => "sr",
        Lang::Bul => "bg",
        Lang::Mkd => "mk",
        Lang::Rus => "ru",
        Lang::Ukr => "uk",
        Lang::Bel => "be",
        Lang::Hun => "hu",
        Lang::Ell => "el",
        Lang::Tur => "tr",
        Lang::Aze => "az",
        Lang::Tuk => "tk",
        Lang::Uzb => "uz",
        Lang::Kat => "ka",
        Lang::Hye => "hy",
        Lang::Heb => "he",
        Lang::Yid => "yi",
        Lang::Ara => "ar",
        Lang::Pes => "fa",
        Lang::Urd => "ur",
        Lang::Hin => "hi",
        Lang::Ben => "bn",
        Lang::Guj => "gu",
        Lang::Pan => "pa",
        Lang::Mar => "mr",
        Lang::Ori => "or",
        Lang::Kan => "kn",
        Lang::Mal => "ml",
        Lang::Tam => "ta",
        Lang::Tel => "te",
        Lang::Sin => "si",
        Lang::Nep => "ne",
        Lang::Khm => "km",
        Lang::Tha => "th",
        Lang::Mya => "my",
        Lang::Vie => "vi",
        Lang::Ind => "id",
        Lang::Jav => "jv",
        Lang::Tgl => "tl",
        Lang::Afr => "af",
        Lang::Zul => "zu",
        Lang::Sna => "sn",
        Lang::Aka => "ak",
        Lang::Amh => "am",
        Lang::Cmn => "zh",
        Lang::Jpn => "ja",
        Lang::Kor => "ko",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotate::fixture::tokenized;

    fn found(text: &str) -> &'static str {
        language(&tokenized(text)).unwrap_or("")
    }

    #[test]
    fn languages_are_told_apart() {
        let english = "The council of the valley said on Monday that it would mend the bridge before the winter comes.";
        assert_eq!(found(english), "en");
        let terse = "Rovers 3, United 2. Late goal. Smith scores twice; Jones sent off. Crowd 12,450. Referee: A. Poe.";
        assert!(matches!(found(terse), "en" | ""), "{}", found(terse));
        let german =
            "Der Gemeinderat hat am Montag beschlossen, dass die alte Brücke noch vor dem Winter erneuert wird.";
        assert_eq!(found(german), "de");
        let french =
            "Le conseil municipal a décidé lundi que le vieux pont serait réparé avant l’hiver, selon le maire.";
        assert_eq!(found(french), "fr");
        let russian = "Совет долины решил в понедельник, что старый мост будет отремонтирован ещё до наступления зимы.";
        assert_eq!(found(russian), "ru");
        assert_eq!(found("Bridge opens."), "");
    }

    #[test]
    fn the_user_and_then_the_words_decide() {
        let mut doc =
            tokenized("Der Gemeinderat hat am Montag beschlossen, dass die Brücke vor dem Winter erneuert wird.");
        doc.article.language = "en".into();
        Guesser::default().annotate(&mut doc);
        assert_eq!(doc.article.language, "de", "a template may declare what it likes");
        Guesser { forced: Some("en".into()) }.annotate(&mut doc);
        assert_eq!(doc.article.language, "en");
        let mut short = tokenized("Kurz gesagt.");
        short.article.language = "de".into();
        Guesser::default().annotate(&mut short);
        assert_eq!(short.article.language, "de");
    }
}
