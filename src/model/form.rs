//! The counted form of a word: lower case, without the possessive ending, with straight apostrophes, without the dots of
//! an acronym. An acronym whose lower-case form is a function word (`US`, `WHO`) keeps its capitals.
//!
//! One definition for the words of a text and for the words of a user's list, so that the two meet. Knows no token and
//! no document.

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

use super::stopword;

/// Appends the counted form of a word without its possessive ending. `dotless` drops the dots of an acronym; `capitals`
/// tells that capitals mean nothing here.
pub fn push(base: &str, dotless: bool, capitals: bool, out: &mut String) {
    if base.is_ascii() {
        push_ascii(base, dotless, capitals, out);
    } else {
        push_unicode(base, char::to_lowercase, out);
    }
}

/// Appends the same form with its capitals.
pub fn push_cased(base: &str, dotless: bool, out: &mut String) {
    if base.is_ascii() {
        out.extend(base.chars().filter(|&c| !(dotless && c == '.')));
    } else {
        push_unicode(base, std::iter::once, out);
    }
}

/// A word with a capital first letter.
pub fn capitalised(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    push_capitalised(word, &mut out);
    out
}

/// Appends a word with a capital first letter.
pub fn push_capitalised(word: &str, out: &mut String) {
    let mut chars = word.chars();
    out.extend(chars.next().into_iter().flat_map(char::to_uppercase));
    out.push_str(chars.as_str());
}

/// Whether the dots of a word are those of an acronym or an abbreviation (`U.S`, `etc.`).
pub fn is_dotted(base: &str) -> bool {
    let bytes = base.as_bytes();
    bytes.last() == Some(&b'.') || bytes.len() >= 3 && bytes[1] == b'.' && bytes[0].is_ascii_alphabetic()
}

/// The counted form of a word that stands alone in a list.
pub fn of(word: &str) -> String {
    let base = &word[..possessive(word).unwrap_or(word.len())];
    let mut form = String::with_capacity(base.len());
    push(base, is_dotted(base), false, &mut form);
    form
}

/// Where a word ends without its possessive ending, if it has one.
pub fn possessive(word: &str) -> Option<usize> {
    let stem = word.strip_suffix(['s', 'S'])?;
    let base = stem.strip_suffix(is_apostrophe)?;
    (!base.is_empty() && !takes_verb(base)).then_some(base.len())
}

/// Whether a character is written for an apostrophe.
pub fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '\u{02BC}')
}

/// Words whose `'s` is a verb, never a possessive.
fn takes_verb(word: &str) -> bool {
    const WORDS: [&str; 14] =
        ["it", "he", "she", "that", "there", "what", "who", "where", "here", "how", "when", "let", "why", "this"];
    WORDS.iter().any(|w| word.eq_ignore_ascii_case(w))
}

fn push_ascii(base: &str, dotless: bool, capitals: bool, out: &mut String) {
    let at = out.len();
    match dotless {
        true => out.extend(base.chars().filter(|&c| c != '.')),
        false => out.push_str(base),
    }
    let acronym = !capitals && is_acronym(&out[at..]);
    out[at..].make_ascii_lowercase();
    if acronym && stopword::is_stopword(&out[at..]) {
        out[at..].make_ascii_uppercase();
    }
}

/// Whether a word is an acronym whose lower-case form is a function word.
pub fn keeps_capitals(word: &str, lower: &str) -> bool {
    is_acronym(word) && stopword::is_stopword(lower)
}

/// Two to five capitals.
fn is_acronym(word: &str) -> bool {
    (2..=5).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_uppercase())
}

fn push_unicode<I: Iterator<Item = char>>(base: &str, case: impl Fn(char) -> I, out: &mut String) {
    let fold = |c: char| match c {
        '’' | '\u{02BC}' => '\'',
        '\u{2010}' | '\u{2011}' => '-',
        _ => c,
    };
    let kept = base.chars().filter(|c| *c != '\u{00AD}').map(fold).flat_map(case);
    if is_nfc_quick(base.chars()) == IsNormalized::Yes {
        out.extend(kept);
    } else {
        out.extend(kept.nfc());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn listed_words_meet_the_words_of_a_text() {
        let forms = ["Treaty", "U.S.", "US", "us", "WHO", "Alzheimer’s", "it's", "isn’t", "St.", "E\u{301}lan"];
        let found: Vec<String> = forms.iter().map(|word| of(word)).collect();
        assert_eq!(found, ["treaty", "US", "US", "us", "WHO", "alzheimer", "it's", "isn't", "st", "élan"]);
    }

    #[test]
    fn capitals_can_be_kept() {
        let cased = |word: &str| {
            let mut out = String::new();
            push_cased(word, is_dotted(word), &mut out);
            out
        };
        assert_eq!([cased("NATO"), cased("Élan"), cased("U.S."), cased("don’t")], ["NATO", "Élan", "US", "don't"]);
    }
}
