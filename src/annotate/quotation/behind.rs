//! Who is said to have said a marked passage by the words behind its closing mark: `"..." Vale said`, `"..." said Vale`,
//! `"..." according to Vale`, `"..." as Vale put it`.
//!
//! Reads tokens through a [`View`]; writes nothing.

use super::attribution::{Attribution, Frame, named};
use super::beside;
use super::noun_phrase::pronoun;
use super::quote_marks::Marked;
use super::speaker::View;
use crate::annotate::word_class::{is_adverb, is_be, is_clause_word, is_day, is_modal, is_preposition, is_verb};
use crate::model::lexicon::{self, Shape, Takes};

/// Furthest the end of a subject-verb cue stands after a closing mark, tokens.
pub(super) const REACH_RIGHT: usize = 40;
/// Furthest the subject stands after a closing mark, tokens.
const FAR: usize = 8;
/// Tokens of marked words that are speech even where they begin small.
const LONG: usize = 5;

/// Whether a comma or a terminal mark stands at the closing mark, as before `he said`.
pub(super) fn ends_like_speech(view: &View<'_>, marked: &Marked) -> bool {
    let text = view.doc.text(marked.inner).trim_end_matches(MARKS);
    let after = view.surface(marked.close as usize);
    text.ends_with([',', '!', '?', '—', '-', '…', '.']) || matches!(after, "," | "—" | "–")
}

/// Marks of an inner quotation that ends with the outer one.
const MARKS: [char; 4] = ['\'', '’', '”', '"'];

/// `"...," X said`, `"...," said X`, `"...," according to X`.
pub(super) fn after(view: &View<'_>, marked: &Marked, frame: Frame) -> Option<Attribution> {
    let mut at = marked.close as usize;
    if matches!(view.surface(at), "," | "—" | "–") {
        at += 1;
    }
    if marked.unclosed {
        return None;
    }
    if at >= frame.hi {
        return beside::signed(view, marked).or_else(|| beside::next_sentence(view, marked, at));
    }
    if let Some(found) = beside::signed(view, marked) {
        return Some(found);
    }
    let level = view.depth[at];
    if view.norm(at) == "according" && view.norm(at + 1) == "to" {
        let phrase = view.source(at + 2, frame.hi)?;
        return Some(named(view, phrase, at, at + 2, 0, "according-to", 90));
    }
    if let Some(verb) = view.cue(at, at).filter(|v| v.shape == Shape::Finite) {
        let phrase = view.phrase_starting(at + 1, frame.hi)?;
        return Some(named(view, phrase, at, at + 1, verb.class, "verb-subject", 95));
    }
    if view.norm(at) == "as" {
        return put(view, at + 1, frame.hi);
    }
    for verb_at in at + 1..frame.hi.min(at + REACH_RIGHT) {
        if matches!(view.surface(verb_at), ";" | ":") {
            return None;
        }
        // `Vale, wearing a “Moss” badge, said`
        if view.depth[verb_at] > level {
            if ends_like_speech(view, marked) {
                continue;
            }
            return None;
        }
        let told = told_of(view, verb_at, at);
        let Some(verb) = view.cue(verb_at, at).filter(|v| v.shape == Shape::Finite || told.is_some()) else {
            continue;
        };
        let phrase = view.subject(told.unwrap_or(verb_at), at)?;
        let joins = phrase.start > at && matches!(view.norm(phrase.start - 1), "and" | "but" | "or" | "while");
        let plain = |t: usize| !is_verb(view.norm(t)) && !is_clause_word(view.norm(t)) && view.surface(t) != ":";
        if joins
            || phrase.start > at + FAR
            || !(at..phrase.start).all(plain)
            || matches!(view.norm(at), "and" | "but" | "or")
        {
            return None;
        }
        return Some(named(view, phrase, verb_at, verb_at + 1, verb.class, "subject-verb", 95));
    }
    unlisted(view, marked, at, frame.hi)
}

/// `Vale is quoted as saying`, `Vale can be heard saying`: the token that ends the passive before the participle at `verb`.
fn told_of(view: &View<'_>, verb: usize, lo: usize) -> Option<usize> {
    let before = verb.checked_sub(1).filter(|&at| at > lo + 1)?;
    match view.norm(before) {
        "as" if matches!(view.norm(before - 1), "quoted" | "cited") => Some(before - 1),
        "heard" | "seen" => {
            let mut end = before;
            while end > lo + 1 && (is_be(view.norm(end - 1)) || is_modal(view.norm(end - 1))) {
                end -= 1;
            }
            (end < before).then_some(end)
        }
        _ => None,
    }
}

/// `"...," an angry Vale retaliated.`, `"...," Vale points out.`: behind speech that ends with a comma, a subject and its
/// verb are said of the speech, whatever the verb is.
fn unlisted(view: &View<'_>, marked: &Marked, at: usize, hi: usize) -> Option<Attribution> {
    let text = view.doc.text(marked.inner).trim_end_matches(MARKS);
    let comma = text.ends_with(',') || view.surface(marked.close as usize) == ",";
    let speech = text.chars().next().is_some_and(char::is_uppercase) || view.doc.tokens_in(marked.inner).len() > LONG;
    if !comma || !speech {
        return None;
    }
    let verb = (at + 1..hi.min(at + FAR)).find(|&t| {
        let norm = view.norm(t);
        let phrasal = matches!(view.norm(t + 1), "out" | "up" | "on" | "in");
        let named = view.mention(t - 1).is_some() || pronoun(view.norm(t - 1)).is_some();
        let present = norm.len() > 3 && norm.ends_with('s') && (phrasal || named);
        let listed = lexicon::reporting(norm).is_some_and(|verb| verb.shape == Shape::Finite);
        view.mention(t).is_none() && view.is_word(t) && (is_verb(norm) || present || listed)
    })?;
    let own =
        |t: usize| is_be(view.norm(t)) || is_modal(view.norm(t)) || matches!(view.norm(t), "has" | "have" | "had");
    let phrase = view.subject(verb, at).filter(|phrase| phrase.start == at && phrase.end == verb && !own(verb))?;
    let next = view.surface(verb + 1);
    // `"...," he cut the cake`: a verb with an object is another deed.
    let free = !view.is_word(verb + 1)
        || is_preposition(view.norm(verb + 1))
        || is_adverb(view.norm(verb + 1))
        || is_clause_word(view.norm(verb + 1))
        || is_day(view.norm(verb + 1))
        || matches!(next, "back" | "out" | "up" | "off");
    free.then(|| named(view, phrase, verb, verb + 1, 0, "subject-verb", 75))
}

/// `"...," as X put it`, `"...," as X said`: from the subject on.
fn put(view: &View<'_>, first: usize, hi: usize) -> Option<Attribution> {
    let verb = |at: usize| match view.norm(at) {
        "put" | "puts" => view.norm(at + 1) == "it",
        _ => view.cue(at, first).is_some_and(|v| v.shape == Shape::Finite && v.takes != Takes::Object),
    };
    let at = (first + 1..hi.min(first + REACH_RIGHT)).find(|&at| verb(at))?;
    let phrase = view.subject(at, first).filter(|phrase| phrase.start == first)?;
    Some(named(view, phrase, at, at + 1, 0, "subject-verb", 85))
}
