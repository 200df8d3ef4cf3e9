//! Who is said to have said a marked passage by the sentence beside it: a short one behind it (`"..." Vale said.`), the one
//! before a paragraph that it opens (`Vale went on:`), or a signature below it (`- Ann Vale`).
//!
//! Reads tokens and sentences through a [`View`]; writes nothing.

use super::attribution::{Attribution, Frame, REACH, by_verb, named};
use super::behind::REACH_RIGHT;
use super::noun_phrase::{Head, Phrase};
use super::quote_marks::Marked;
use super::speaker::View;
use crate::annotate::word_class::{is_day, is_preposition};
use crate::document::EntityKind;
use crate::model::lexicon::{Shape, Takes};

/// Most tokens of a signature below a quotation.
const SIGNATURE: usize = 16;
/// Most tokens of a name behind a dash.
const NAME: usize = 6;
/// Most tokens of a sentence that leads into the speech behind it.
const SPOKEN: usize = 30;

/// `"..." Vale said.`: the cue is a short sentence of its own after the mark.
pub(super) fn next_sentence(view: &View<'_>, marked: &Marked, at: usize) -> Option<Attribution> {
    let doc = view.doc;
    let index = doc.sentences.partition_point(|s| (s.tokens.end as usize) <= at);
    let sentence = doc.sentences.get(index).filter(|s| s.passage == marked.passage)?;
    let hi = sentence.tokens.end as usize;
    if sentence.tokens.start as usize != at {
        return None;
    }
    let verb_at =
        (at + 1..hi.min(at + REACH_RIGHT)).find(|&t| view.cue(t, at).is_some_and(|v| v.shape == Shape::Finite))?;
    let verb = view.cue(verb_at, at)?;
    let phrase = view.subject(verb_at, at).filter(|phrase| phrase.start == at)?;
    let next = view.norm(verb_at + 1);
    let hearer = matches!(view.norm(verb_at), "told" | "tells" | "asked" | "asks");
    let ends = hi <= verb_at + 2 || hearer || is_preposition(next) || is_day(next);
    let speaks = verb.takes != Takes::Object || hi <= verb_at + 2;
    (ends && speaks).then(|| named(view, phrase, verb_at, verb_at + 1, verb.class, "subject-verb", 85))
}

/// `Vale went on:` at the end of the paragraph before a quotation that opens its own.
pub(super) fn lead(view: &View<'_>, marked: &Marked) -> Option<Attribution> {
    let doc = view.doc;
    let open = marked.open as usize;
    let colon = open.checked_sub(1).filter(|&at| view.surface(at) == ":")?;
    let index = doc.sentences.partition_point(|s| (s.tokens.end as usize) <= colon);
    let sentence = doc.sentences.get(index)?;
    let adjacent = sentence.passage + 1 == marked.passage && !doc.in_title(sentence);
    let lo = sentence.tokens.start as usize;
    if !adjacent {
        return None;
    }
    let from = colon.saturating_sub(REACH).max(lo);
    let frame = Frame { lo, hi: colon };
    let by_cue = (from..colon).rev().filter(|&at| view.depth[at] == 0).find_map(|at| {
        let verb = view.cue(at, lo)?;
        by_verb(view, at, verb, frame)
    });
    by_cue.map(|found| Attribution { rule: if found.open { found.rule } else { "colon" }, ..found }).or_else(|| {
        let phrase = view.main_subject(lo, colon)?;
        Some(named(view, phrase, colon, colon, 0, "colon", 65))
    })
}

/// `"..." - Ann Vale` at the end of a paragraph.
pub(super) fn signed(view: &View<'_>, marked: &Marked) -> Option<Attribution> {
    let doc = view.doc;
    let dash = marked.close as usize;
    let passage = doc.article.passages.get(marked.passage as usize).filter(|_| marked.paragraphs == 1)?;
    let last = doc.tokens.get(dash..)?.iter().take(NAME + 2).take_while(|t| t.span.end <= passage.span.end).count();
    let (start, end) = (dash + 1, dash + last);
    let end = end - usize::from(last > 2 && view.surface(end - 1) == ".");
    let large = |at: usize| view.surface(at).starts_with(char::is_uppercase) || view.surface(at) == ".";
    let whole = last <= NAME + 1 && start < end && (start..end).all(large);
    if !is_dash(view.surface(dash)) || !whole {
        return None;
    }
    let head = view.mention(start).map_or(Head::Common, |mention| Head::Names(mention.entity, None));
    Some(named(view, Phrase { start, end, head }, dash, dash, 0, "signature", 85))
}

fn is_dash(mark: &str) -> bool {
    matches!(mark, "-" | "–" | "—" | "--" | "―")
}

/// The subject of the sentence before the one that begins at token `first`, in the same paragraph.
pub(super) fn subject_before(view: &View<'_>, first: usize) -> Option<Phrase> {
    let doc = view.doc;
    let index = doc.sentences.partition_point(|s| (s.tokens.end as usize) <= first);
    let (own, before) = (doc.sentences.get(index)?, doc.sentences.get(index.checked_sub(1)?)?);
    let same = own.passage == before.passage && own.tokens.start as usize == first;
    let (lo, hi) = (before.tokens.start as usize, before.tokens.end as usize);
    same.then(|| view.main_subject(lo, hi)).flatten()
}

/// `Vale agreed. "..."`: a sentence of speech in one paragraph behind one without marks whose subject speaks.
pub(super) fn spoken_before(view: &View<'_>, marked: &Marked) -> Option<Attribution> {
    let doc = view.doc;
    let open = marked.open as usize;
    let index = doc.sentences.partition_point(|s| (s.tokens.end as usize) <= open);
    let (own, before) = (doc.sentences.get(index)?, doc.sentences.get(index.checked_sub(1)?)?);
    let (lo, hi) = (before.tokens.start as usize, before.tokens.end as usize);
    let adjacent = own.tokens.start as usize == open && own.passage == before.passage && !doc.in_title(before);
    let large = doc.text(marked.inner).starts_with(char::is_uppercase);
    if !adjacent || !large || hi - lo > SPOKEN || (lo..hi).any(|at| view.depth[at] > 0) {
        return None;
    }
    let verb_at = (lo + 1..hi).find(|&at| view.cue(at, lo).is_some_and(|verb| verb.shape == Shape::Finite))?;
    let verb = view.cue(verb_at, lo)?;
    let phrase = view.subject(verb_at, lo).filter(|phrase| phrase.start == lo)?;
    Some(named(view, phrase, verb_at, verb_at + 1, verb.class, "sentence-before", 60))
}

/// `- Ann Vale, the mayor` as the paragraph below a marked passage that is a paragraph of its own.
pub(super) fn signature(view: &View<'_>, marked: &Marked) -> Option<Attribution> {
    let doc = view.doc;
    let first = marked.close as usize;
    let passage = doc.article.passages.get((marked.passage + marked.paragraphs) as usize)?;
    let below = doc.tokens.get(first)?.span.start == passage.span.start;
    if !below || !is_dash(view.surface(first)) {
        return None;
    }
    let end =
        first + doc.tokens[first..].iter().take(SIGNATURE + 1).take_while(|t| t.span.end <= passage.span.end).count();
    let mention = view.mention(first + 1).filter(|m| view.kind(m.entity) == Some(EntityKind::Person))?;
    let phrase = Phrase { start: first + 1, end: mention.tokens.end as usize, head: Head::Names(mention.entity, None) };
    (end - first <= SIGNATURE).then(|| named(view, phrase, first, first, 0, "signature", 75))
}
