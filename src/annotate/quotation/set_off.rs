//! Marks that set words off without anybody speaking them: titles of works and shows, names, nicknames, headings, values
//! of attributes in left-over markup.
//!
//! Reads the words before and after the marks through a [`View`]; writes nothing.

use super::attribution::Frame;
use super::behind::ends_like_speech;
use super::quote_marks::Marked;
use super::speaker::View;
use crate::annotate::word_class::{is_be, is_determiner, is_preposition, is_verb};
use crate::document::PassageKind;

/// Words of fewer bytes may be written small in a title.
const CAPITAL_FROM: u32 = 4;
/// Most words with a capital of a title.
const LONGEST_TITLE: usize = 9;
/// Most words of a nickname.
const NICKNAME: usize = 2;

/// Whether the words in marks are nobody's words.
pub(super) fn is_set_off(view: &View<'_>, m: &Marked, frame: Frame) -> bool {
    let title = view.doc.article.passages.get(m.passage as usize).is_some_and(|p| p.kind == PassageKind::Title);
    !title && m.paragraphs == 1 && (is_value(view, m) || is_heading(view, m) || is_name(view, m, frame))
}

/// `<a href="...">`: the value of an attribute.
fn is_value(view: &View<'_>, m: &Marked) -> bool {
    let open = m.open as usize;
    open > 0 && view.surface(open - 1) == "=" && view.doc.tokens[open - 1].span.end == view.doc.tokens[open].span.start
}

/// A paragraph in single marks alone, in a text that quotes in double marks, or one of capitals.
fn is_heading(view: &View<'_>, m: &Marked) -> bool {
    let shouted = || {
        let text = view.doc.text(m.inner);
        text.contains(' ') && !text.contains(char::is_lowercase) && text.contains(char::is_alphabetic)
    };
    view.is_paragraph(m) && (m.is_single() && view.quotes_double || shouted())
}

fn is_name(view: &View<'_>, m: &Marked, frame: Frame) -> bool {
    let (open, close) = (m.open as usize, m.close as usize);
    let (capitals, whole) = capitals(view, m);
    if open <= frame.lo {
        // `"Daily Show" host Ann Vale`
        let next = view.surface(close);
        let noun = next.starts_with(char::is_lowercase) && !is_verb(view.norm(close)) && !is_preposition(next);
        return whole && capitals >= 2 && noun && !ends_like_speech(view, m);
    }
    let before = view.norm(open - 1);
    let large = |at: usize| view.surface(at).starts_with(char::is_uppercase);
    // `John "Jack" Vale`
    let words = m.close - m.open - 2;
    if whole && words as usize <= NICKNAME && large(open - 1) && large(close) && view.is_word(open - 1) {
        return true;
    }
    // `an account called "The Vale"`, not `what he called "a disgrace"`
    if is_naming(before) && open >= frame.lo + 2 {
        let from = open.saturating_sub(NAMED_BY).max(frame.lo);
        let named = view.norm(open - 2);
        let noun = view.is_word(open - 2) && view.mention(open - 2).is_none() && !is_verb(named) && !is_be(named);
        let said = (from..open - 1).any(|at| matches!(view.norm(at), "what" | "which" | "it" | "he" | "she" | "they"));
        if noun && !said && (whole || is_determiner(view.norm(open.saturating_sub(3)))) {
            return true;
        }
    }
    // `a spot, titled "Vale,"`, `the film, "Vale at Sea,"`
    if whole
        && capitals >= 1
        && (is_title_verb(before) || view.surface(open - 1) == "," && is_work(view.norm(open.saturating_sub(2))))
    {
        return true;
    }
    // `his 1994 "Contract with Vale"`
    let dated = before.len() == 4 && before.bytes().all(|b| b.is_ascii_digit());
    let owned = view.is_possessive(open - 1);
    let hearer = matches!(before, "told" | "tells" | "telling" | "hosts" | "hosted" | "hosting");
    let placed = dated || owned || hearer || is_preposition(before) || is_determiner(before);
    let noun = view.is_word(open - 1) && view.cue(open - 1, frame.lo).is_none() && !is_be(before) && before != "that";
    let long = capitals >= 2 || view.doc.tokens_in(m.inner).iter().any(|t| t.span.len() >= CAPITAL_FROM);
    whole && capitals <= LONGEST_TITLE && long && (placed && capitals >= 1 || noun && capitals >= 2)
}

/// Tokens before `called` in which the object of naming may stand.
const NAMED_BY: usize = 5;

/// Participles that give a title only.
fn is_title_verb(norm: &str) -> bool {
    matches!(norm, "titled" | "entitled" | "headlined" | "captioned")
}

/// Nouns of what bears a title.
fn is_work(norm: &str) -> bool {
    matches!(
        norm,
        "film"
            | "movie"
            | "book"
            | "novel"
            | "memoir"
            | "song"
            | "album"
            | "show"
            | "program"
            | "programme"
            | "series"
            | "play"
            | "documentary"
            | "podcast"
            | "magazine"
            | "musical"
            | "poem"
            | "spot"
            | "single"
    )
}

/// Participles that give a name.
fn is_naming(norm: &str) -> bool {
    ["called", "titled", "entitled", "named", "dubbed", "headlined", "captioned", "nicknamed"].contains(&norm)
}

/// How many words in marks have a capital, and whether all but the short ones between have one.
fn capitals(view: &View<'_>, m: &Marked) -> (usize, bool) {
    let doc = view.doc;
    let (mut capitals, mut whole) = (0, true);
    for word in doc.tokens_in(m.inner).iter().filter(|t| t.is_counted()) {
        if doc.surface(word).starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit()) {
            capitals += 1;
        } else if capitals == 0 || word.span.len() >= CAPITAL_FROM && !is_preposition(doc.norm(word)) {
            whole = false;
        }
        if capitals > LONGEST_TITLE || !whole {
            break;
        }
    }
    (capitals, whole)
}
