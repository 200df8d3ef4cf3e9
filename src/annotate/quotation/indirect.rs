//! Attributed words without marks: `X said that ...`, `according to X, ...`, `..., X said`.
//!
//! Reads sentences through a [`View`], writes nothing. Precision first: the verb must take a clause, must have a
//! subject that can speak, and a clause must follow or precede it in the same sentence.

use crate::annotate::quotation::attribution::{self, Attribution};
use crate::annotate::quotation::noun_phrase::Phrase;
use crate::annotate::quotation::speaker::View;
use crate::annotate::word_class::{is_determiner, is_preposition, is_verb};
use crate::document::{Byte, Span, TokenKind};
use crate::model::lexicon::{Shape, Takes};

/// An indirect quotation.
#[derive(Clone, Copy, Debug)]
pub(super) struct Indirect {
    /// The content clause.
    pub content: Span<Byte>,
    /// Who says it.
    pub attribution: Attribution,
}

/// Fewest tokens of a content clause.
const SHORTEST: usize = 4;
/// Most tokens between a verb and its `that` (`told reporters on Tuesday that`).
const BEFORE_THAT: usize = 8;
/// Most cues that are tried in a sentence.
const CUES: usize = 6;

/// The indirect quotation of tokens `lo..hi`, a sentence, if there is one.
pub(super) fn indirect(view: &View<'_>, lo: usize, hi: usize) -> Option<Indirect> {
    let hi = clause_end(view, lo, hi);
    if let Some(found) = according(view, lo, hi) {
        return Some(found);
    }
    let cues = (lo + 1..hi).filter(|&at| view.depth[at] == 0 && view.cue(at, lo).is_some());
    for at in cues.take(CUES) {
        let Some(verb) = view.cue(at, lo).filter(|v| v.shape == Shape::Finite && v.takes != Takes::Object) else {
            continue;
        };
        let Some(phrase) = view.subject(at, lo).filter(|p| can_speak(view, *p)) else {
            continue;
        };
        if let Some(first) = clause_start(view, at, hi, verb.takes) {
            let rule = "subject-verb";
            return build(view, first, hi, phrase, (at, at + 1), verb.class, rule);
        }
        // `..., X said on Tuesday.`
        let comma = phrase.start.checked_sub(1).filter(|&c| c > lo && view.surface(c) == ",");
        if let Some(comma) = comma
            && hi - at <= BEFORE_THAT
            && comma - lo >= SHORTEST
            && (lo..hi).all(|t| view.depth[t] == 0)
            && (lo..comma).any(|t| is_verb(view.norm(t)))
        {
            return build(view, lo, comma, phrase, (at, at + 1), verb.class, "subject-verb");
        }
    }
    None
}

/// The sentence without its last mark.
fn clause_end(view: &View<'_>, lo: usize, hi: usize) -> usize {
    let mut end = hi;
    while end > lo && view.doc.tokens[end - 1].kind == TokenKind::Punctuation && view.depth[end - 1] == 0 {
        end -= 1;
    }
    end
}

fn can_speak(view: &View<'_>, phrase: Phrase) -> bool {
    !matches!(view.norm(phrase.start), "it" | "i" | "we" | "you" | "who" | "which" | "that" | "this" | "there")
        && (phrase.start == 0 || !is_preposition(view.norm(phrase.start - 1)))
        && view.depth[phrase.start] == 0
}

/// First token of the clause that the verb at `at` takes.
fn clause_start(view: &View<'_>, at: usize, hi: usize, takes: Takes) -> Option<usize> {
    for that in at + 1..hi.min(at + 1 + BEFORE_THAT) {
        let mark = view.doc.tokens[that].kind == TokenKind::Punctuation || view.depth[that] > 0;
        if mark || is_verb(view.norm(that)) {
            break;
        }
        if view.norm(that) == "that" {
            return (hi - that >= SHORTEST && view.depth[that + 1] == 0).then_some(that + 1);
        }
    }
    let first = at + 1;
    if takes != Takes::Clause || hi < first + SHORTEST || view.depth[first] > 0 {
        return None;
    }
    let norm = view.norm(first);
    let subject = is_determiner(norm)
        || view.mention(first).is_some()
        || matches!(norm, "he" | "she" | "it" | "they" | "we" | "there" | "such" | "all");
    let verb = (first + 1..hi.min(first + 10)).any(|t| is_verb(view.norm(t)));
    (subject && verb).then_some(first)
}

/// `According to X, ...` and `..., according to X`.
fn according(view: &View<'_>, lo: usize, hi: usize) -> Option<Indirect> {
    let at = (lo..hi.saturating_sub(2)).find(|&t| view.norm(t) == "according" && view.norm(t + 1) == "to")?;
    if view.depth[at] > 0 {
        return None;
    }
    let phrase = view.phrase_starting(at + 2, hi)?;
    if at == lo {
        let comma = (phrase.end..hi.min(phrase.end + 12)).find(|&t| view.surface(t) == ",")?;
        let enough = hi - comma > SHORTEST && view.depth[comma + 1] == 0;
        return enough.then(|| build(view, comma + 1, hi, phrase, (at, at + 2), 0, "according-to")).flatten();
    }
    let end = if view.surface(at - 1) == "," { at - 1 } else { at };
    let plain = (lo..end).all(|t| view.depth[t] == 0);
    (plain && end - lo >= SHORTEST).then(|| build(view, lo, end, phrase, (at, at + 2), 0, "according-to")).flatten()
}

fn build(
    view: &View<'_>,
    first: usize,
    end: usize,
    phrase: Phrase,
    cue: (usize, usize),
    class: i8,
    rule: &'static str,
) -> Option<Indirect> {
    if first >= end {
        return None;
    }
    let tokens = &view.doc.tokens;
    let attribution = attribution::named(view, phrase, cue.0, cue.1, class, rule, 85);
    Some(Indirect { content: Span::new(tokens[first].span.start, tokens[end - 1].span.end), attribution })
}
