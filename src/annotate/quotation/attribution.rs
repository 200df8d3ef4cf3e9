//! Who is said to have said a marked passage: the reporting verb before or after it in its sentence, and that verb's
//! subject.
//!
//! Reads tokens, sentences, mentions and marks through a [`View`]; writes nothing. Precision first: where two readings
//! are open, the speaker's words are given and the entity is left out.

use crate::annotate::quotation::noun_phrase::{Head, Phrase};
use crate::annotate::quotation::quote_marks::Marked;
use crate::annotate::quotation::speaker::View;
use crate::annotate::word_class::{is_adverb, is_be, is_clause_word, is_day, is_modal, is_preposition, is_verb};
use crate::document::{Byte, Span, Speaker};
use crate::model::lexicon::{Reporting, Shape, Takes};

/// A speaker with the cue and the rule that found it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Attribution {
    /// Who.
    pub speaker: Option<Speaker>,
    /// The reporting verb or `according to`.
    pub cue: Option<Span<Byte>>,
    /// Class of the cue.
    pub class: i8,
    /// Stable name of the rule.
    pub rule: &'static str,
    /// Percent.
    pub confidence: u8,
    /// The subject is plain plural or a pronoun and was not resolved.
    pub open: bool,
}

/// Most verbs before a mark that are tried.
const CUES: usize = 5;
/// Furthest a cue stands from the mark, tokens.
const REACH: usize = 40;
/// Furthest the end of a subject-verb cue stands after a closing mark, tokens.
const REACH_RIGHT: usize = 24;

/// Furthest the subject stands after a closing mark, tokens.
const FAR: usize = 8;

/// Tokens `lo..hi` of the sentence around a marked passage that a speaker may be looked for in.
#[derive(Clone, Copy, Debug)]
pub(super) struct Frame {
    /// First token of the sentence in which the opening mark stands, or of the quotation around.
    pub lo: usize,
    /// Token after the last of the sentence in which the closing mark stands, or of the quotation around.
    pub hi: usize,
}

/// Attributes one marked passage by the words of its own sentence.
pub(super) fn attribute(view: &View<'_>, marked: &Marked, frame: Frame) -> Option<Attribution> {
    let comma = ends_like_speech(view, marked);
    if comma && let Some(found) = after(view, marked, frame) {
        return Some(found);
    }
    let found = colon(view, marked.open as usize, frame)
        .or_else(|| before(view, marked, frame))
        .or_else(|| if comma { None } else { after(view, marked, frame) });
    // Whom the author addresses (`what you may call "growth"`) is no speaker.
    let addressed = |s: Speaker| view.doc.text(s.span).eq_ignore_ascii_case("you");
    found.filter(|found| !found.speaker.is_some_and(addressed) || view.depth[marked.open as usize] > 1)
}

/// Whether a comma or a terminal mark stands at the closing mark, as before `he said`.
fn ends_like_speech(view: &View<'_>, marked: &Marked) -> bool {
    let text = view.doc.text(marked.inner);
    let after = view.surface(marked.close as usize);
    text.ends_with([',', '!', '?', '—', '-', '…', '.']) || matches!(after, "," | "—" | "–")
}

/// `"...," X said`, `"...," said X`, `"...," according to X`.
fn after(view: &View<'_>, marked: &Marked, frame: Frame) -> Option<Attribution> {
    let mut at = marked.close as usize;
    if matches!(view.surface(at), "," | "—" | "–") {
        at += 1;
    }
    if marked.unclosed {
        return None;
    }
    if at >= frame.hi {
        return next_sentence(view, marked, at);
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
        if view.depth[verb_at] > level || matches!(view.surface(verb_at), ";" | ":") {
            return None;
        }
        // `Vale is quoted as saying`
        let quoted =
            verb_at > at + 2 && view.norm(verb_at - 1) == "as" && matches!(view.norm(verb_at - 2), "quoted" | "cited");
        let Some(verb) = view.cue(verb_at, at).filter(|v| v.shape == Shape::Finite || quoted) else {
            continue;
        };
        let phrase = view.subject(if quoted { verb_at - 2 } else { verb_at }, at)?;
        let plain = |t: usize| !is_verb(view.norm(t)) && !is_clause_word(view.norm(t)) && view.surface(t) != ":";
        if phrase.start > at + FAR || !(at..phrase.start).all(plain) || matches!(view.norm(at), "and" | "but" | "or") {
            return None;
        }
        return Some(named(view, phrase, verb_at, verb_at + 1, verb.class, "subject-verb", 95));
    }
    None
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

/// `"..." Vale said.`: the cue is a short sentence of its own after the mark.
fn next_sentence(view: &View<'_>, marked: &Marked, at: usize) -> Option<Attribution> {
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
    let speaks = verb.takes != Takes::Object;
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

/// `X said: "..."`, `X told Z that "..."`, `According to X, "..."`, `..., urging Z to "..."`.
fn before(view: &View<'_>, marked: &Marked, frame: Frame) -> Option<Attribution> {
    let open = marked.open as usize;
    let level = view.depth.get(open)?.saturating_sub(1);
    let from = open.saturating_sub(REACH).max(frame.lo);
    let (mut tried, mut subjectless) = (0, false);
    for at in (from..open).rev() {
        if view.depth[at] > level {
            continue;
        }
        if tried == CUES {
            break;
        }
        if view.surface(at) == ";" {
            break;
        }
        if view.norm(at) == "according" && view.norm(at + 1) == "to" {
            let phrase = view.source(at + 2, open)?;
            return Some(named(view, phrase, at, at + 2, 0, "according-to", 90));
        }
        if let Some(verb) = view.cue(at, frame.lo).filter(|v| v.shape == Shape::Finite || !subjectless) {
            tried += 1;
            // Without a main subject before this participle there is none before an earlier one.
            subjectless |= verb.shape != Shape::Finite;
            if let Some(found) = by_verb(view, at, verb, frame) {
                return Some(found);
            }
        }
    }
    // `Vale resisted: "..."`
    let at = open.checked_sub(1).filter(|&at| at > frame.lo && view.surface(at) == ":")?;
    let phrase = view.main_subject(frame.lo, at)?;
    Some(named(view, phrase, at, at, 0, "colon", 65))
}

/// The speaker by a verb left of the mark.
fn by_verb(view: &View<'_>, at: usize, verb: Reporting, frame: Frame) -> Option<Attribution> {
    // `Vale would denounce the "wild" plan`
    let modal = verb.shape == Shape::Base && at > frame.lo && is_modal(view.norm(at - 1));
    // `Stated Vale: "..."`, `but, said Vale, "..."`; who stands behind a verb that judges is its object.
    let inverts = verb.shape == Shape::Finite && !(verb.takes == Takes::Object && verb.class != 0);
    if inverts && (at == frame.lo || view.surface(at - 1) == ",") {
        let phrase = view.phrase_starting(at + 1, frame.hi);
        let last = phrase.map_or("", |phrase| view.surface(phrase.end));
        let leads = phrase.is_some_and(|phrase| view.depth.get(phrase.end + 1).is_some_and(|&d| d > view.depth[at]));
        if let Some(phrase) = phrase.filter(|_| leads && matches!(last, ":" | ",")) {
            return Some(named(view, phrase, at, at + 1, verb.class, "verb-subject", 85));
        }
    }
    if inverts && at == frame.lo {
        let phrase = view.phrase_starting(at + 1, frame.hi)?;
        let colon = view.surface(phrase.end) == ":";
        return colon.then(|| named(view, phrase, at, at + 1, verb.class, "colon", 85));
    }
    if verb.shape == Shape::Finite || modal {
        if let Some(phrase) = view.subject(at, frame.lo) {
            let colon = view.surface(at + 1) == ":";
            let rule = if colon { "colon" } else { "subject-verb" };
            return Some(named(view, phrase, at, at + 1, verb.class, rule, 95));
        }
        if let Some(phrase) = (at > frame.lo)
            .then(|| shared_subject(view, at, frame.lo))
            .flatten()
            .filter(|_| matches!(view.norm(at - 1), "and" | "but" | "then") || view.surface(at - 1) == ",")
        {
            return Some(named(view, phrase, at, at + 1, verb.class, "subject-verb", 80));
        }
        return None;
    }
    // `with Vale reportedly yelling`, `attacked Vale for saying`
    let mut end = at;
    while end > frame.lo && is_adverb(view.norm(end - 1)) {
        end -= 1;
    }
    let fault = end > frame.lo && view.norm(end - 1) == "for";
    let own = view
        .phrase_ending(end - usize::from(fault), frame.lo)
        .filter(|phrase| phrase.start > frame.lo && (fault || matches!(view.norm(phrase.start - 1), "with" | "as")));
    let phrase = own.or_else(|| view.main_subject(frame.lo, at))?;
    Some(named(view, phrase, at, at + 1, verb.class, "participle", 80))
}

/// The subject that a verb joined by `and` shares with the reporting verb before it, else the sentence's subject.
pub(super) fn shared_subject(view: &View<'_>, at: usize, lo: usize) -> Option<Phrase> {
    let from = at.saturating_sub(REACH).max(lo);
    // `he laughed and said`
    let near = (at.saturating_sub(4).max(lo + 1)..at.saturating_sub(1)).rev().find(|&t| is_verb(view.norm(t)));
    if let Some(phrase) = near.filter(|&t| view.mention(t).is_none()).and_then(|t| view.subject(t, lo)) {
        return Some(phrase);
    }
    let earlier = (from..at).rev().filter(|&t| view.depth[t] <= view.depth[at]).find_map(|t| {
        view.cue(t, lo).filter(|v| v.shape == Shape::Finite)?;
        view.subject(t, lo)
    });
    earlier.or_else(|| view.main_subject(lo, at))
}

/// `Vale: "..."` at the head of a sentence or after a dash.
fn colon(view: &View<'_>, open: usize, frame: Frame) -> Option<Attribution> {
    let at = open.checked_sub(1).filter(|&at| at > frame.lo && view.surface(at) == ":")?;
    let phrase = view.phrase_ending(at, frame.lo)?;
    let dash = phrase.start > frame.lo && matches!(view.surface(phrase.start - 1), "-" | "–" | "—");
    let short = at - frame.lo <= 6 && phrase.start <= frame.lo + 3 || dash;
    let name = matches!(phrase.head, Head::Names(..)) || view.surface(at - 1).starts_with(char::is_uppercase);
    // `Vale Rips Moss: "..."`: the name before the colon is whom the headline's subject speaks of.
    if view.is_title(at) && phrase.start > frame.lo && !dash {
        let subject = view.phrase_starting(frame.lo, phrase.start)?;
        let person =
            matches!(subject.head, Head::Names(..)) && subject.start == frame.lo && view.mention(frame.lo).is_some();
        return person.then(|| named(view, subject, at, at, 0, "colon", 65));
    }
    (short && name).then(|| Attribution { cue: None, ..named(view, phrase, at, at, 0, "colon", 85) })
}

/// An attribution to a noun phrase; the cue is tokens `cue..cue_end`.
pub(super) fn named(
    view: &View<'_>,
    phrase: Phrase,
    cue: usize,
    cue_end: usize,
    class: i8,
    rule: &'static str,
    confidence: u8,
) -> Attribution {
    let (entity, second) = match phrase.head {
        Head::Names(first, second) => (Some(first), second),
        _ => (None, None),
    };
    let tokens = &view.doc.tokens;
    let span = Span::new(tokens[phrase.start].span.start, tokens[phrase.end - 1].base_end);
    let open = matches!(phrase.head, Head::Pronoun | Head::Plural);
    Attribution {
        speaker: Some(Speaker { span, entity, second }),
        cue: (cue < cue_end).then(|| Span::new(tokens[cue].span.start, tokens[cue_end - 1].span.end)),
        class,
        rule: match phrase.head {
            Head::Pronoun => "pronoun",
            Head::Plural => "plural",
            _ => rule,
        },
        confidence: match phrase.head {
            Head::Names(..) => confidence,
            Head::Common => confidence - 15,
            Head::Pronoun | Head::Plural => 40,
        },
        open,
    }
}

/// Whether the words before a mark lead into speech: a cue, a colon, a comma, or nothing.
pub(super) fn leads_in(view: &View<'_>, open: usize, lo: usize) -> bool {
    if open <= lo {
        return true;
    }
    let before = open - 1;
    matches!(view.surface(before), "," | ":" | "—" | "–")
        || view.cue(before, lo).is_some()
        || (view.norm(before) == "that" && !is_preposition(view.norm(before.saturating_sub(1))))
        || is_be(view.norm(before)) && before == lo
}
